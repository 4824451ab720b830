/* outbox.h — letters that are to go out: written with the change that causes them, sent afterwards, tried again, and what became of them.
 *
 * An invitation goes to everybody expected and to every guest with a mail address, with the meeting as a calendar entry; it counts as sent through
 * the channel "mail" (D3.4). When the meeting is moved, postponed or cancelled afterwards, everybody who was invited by mail gets the change under the
 * same UID with a higher SEQUENCE. A link in the letter confirms its receipt without signing in. A letter that cannot be handed over is tried for
 * two days; one that is refused for good is shown as failed and kept. */
#ifndef CHIBO_NOTICE_OUTBOX_H
#define CHIBO_NOTICE_OUTBOX_H

#include "db/db.h"
#include "meeting/meeting.h"
#include "notice/mail.h"

enum letter_state { LETTER_NO_STATE, LETTER_WAITING, LETTER_SENT, LETTER_FAILED };
extern const char *const letter_state_words[]; /* "" waiting sent failed */

struct outbox_letter {
	int64_t realm, id, meeting_id, sequence, tries, next_ms, created_ms, done_ms;
	const char *kind;      /* invitation change cancellation reminder */
	const char *person, *name, *address, *subject, *body, *calendar, *error;
	struct blob receipt;   /* hash of the secret in its link */
	unsigned state;
	bool received;         /* confirmed (list of a meeting only) */
};
extern const struct record outbox_record;
struct outbox_letters { struct outbox_letter *v; size_t n; };

/* Somebody a meeting is announced to. */
struct recipient { const char *person, *name, *address; /* address "": none is known */ };
struct recipients { struct recipient *v; size_t n; };
/* Everybody expected and every guest of a meeting. Inside db_read or db_write. */
fail outbox_recipients(struct call *c, const struct meeting *m, struct recipients *out) MUST_CHECK;

/* Invites by mail everybody who has an address and was not invited to this version of the meeting yet; *written: how many letters, *without (may be NULL):
 * how many have no address. FAIL_CONFLICT for a meeting that has no date yet, is over or is cancelled. `site` as in event.h. Opens its own db_write. */
fail outbox_invite(struct call *c, int64_t meeting_id, const char *site, int64_t *written, int64_t *without) MUST_CHECK;
/* Writes the change or cancellation to everybody invited to an older version of a meeting; *written: how many. Opens its own db_write if there are any. */
fail outbox_changes(struct call *c, const char *site, int64_t *written) MUST_CHECK;
/* A letter of another kind, without a calendar. Inside db_write. */
fail outbox_write(struct call *c, int64_t realm, const char *kind, const struct recipient *to, const char *subject, const char *body) MUST_CHECK;

/* Sends what is due, at most `limit` letters: each is claimed first, so that of several servers only one sends it. *sent: how many went out. */
fail outbox_deliver(struct call *c, const struct mail_server *server, int limit, int *sent) MUST_CHECK;

/* Letters of a meeting, newest first; of the whole installation in a state. Inside db_read. */
fail outbox_of_meeting(struct call *c, const struct meeting *m, struct outbox_letters *out) MUST_CHECK;
fail outbox_in_state(struct call *c, enum letter_state state, int64_t limit, struct outbox_letters *out) MUST_CHECK;
/* Failed letters of a meeting (0: all) wait again; *again: how many. Opens its own db_write. */
fail outbox_retry(struct call *c, int64_t meeting_id, int64_t *again) MUST_CHECK;

/* ---- receipts ---- */

/* The letter that a link belongs to, without its text. FAIL_NOT_FOUND. Inside db_read or db_write. */
fail receipt_letter(struct call *c, const char *token, struct outbox_letter *out) MUST_CHECK;
/* Confirms: the sending gets the receipt "mail". Again: nothing changes. Opens its own db_write. */
fail receipt_confirm(struct call *c, const char *token) MUST_CHECK;

#endif
