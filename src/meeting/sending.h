/* sending.h — what was told to whom: the notice of a meeting, and each of its papers; and who has received it.
 *
 * Told are everybody expected on the roll of the day and every guest; a person who was told twice, or through two channels, counts once. A sending by `app`
 * reaches whoever has an account: it is received when that person signs in and opens it. `mail` is confirmed by the link in the letter; `told`
 * is received as it is told. A secret paper goes on paper only, an internal one by app, on paper or told in person: nothing of it leaves the
 * installation. Sending again what was sent changes nothing.
 *
 * D3.4: the notice covers everybody expected and the assigned guest. D3.5: papers went out a day before the start. */
#ifndef CHIBO_MEETING_SENDING_H
#define CHIBO_MEETING_SENDING_H

#include "meeting/meeting.h"

enum sending_channel { CHANNEL_NONE, CHANNEL_APP, CHANNEL_MAIL, CHANNEL_MESSAGE, CHANNEL_PAPER, CHANNEL_TOLD, CHANNEL_COUNT };
extern const char *const sending_channel_words[]; /* "" app mail message paper told, NULL-ended */
const char *sending_channel_name(enum lang lang, unsigned channel);
extern const char *const sending_receipt_words[]; /* "" sign_in mail told, NULL-ended */

#define NOTICE INT64_C(0) /* the document_id of the notice of the meeting itself */

/* Somebody to be told. */
struct told_person {
	const char *person;        /* "m<member id>", "g<guest id>" */
	const char *name, *contact;
	bool guest, assigned;      /* a guest; one who was assigned */
	bool has_login;            /* reached by `app` */
};
extern const struct record told_person_record;
struct told_people { struct told_person *v; size_t n; };
/* Everybody expected, by name, then the guests. Inside db_read or db_write. */
fail sending_people(struct call *c, const struct meeting *m, struct told_people *out) MUST_CHECK;

struct sending {
	int64_t realm, meeting_id, document_id;
	const char *person;
	unsigned channel;
	struct moment sent_at;
	const char *sent_by;
	struct moment received_at; /* MOMENT_NONE: not yet */
	unsigned receipt;          /* by what one knows */
	const char *told_by;
};
extern const struct record sending_record;
struct sendings { struct sending *v; size_t n; };
/* By document, person and time. */
fail sendings_of(struct call *c, const struct meeting *m, struct sendings *out) MUST_CHECK;

/* ---- what others count: pure ---- */

struct sending_sums {
	int64_t people, told, received;    /* expected and assigned guests; told about the meeting in time; who have received it */
	struct moment first_paper_at;      /* when the first paper went out; MOMENT_NONE */
	bool all_told;                     /* D3.4: 100 % of those expected and assigned, before the start */
	bool a_day_before;                 /* D3.5: first_paper_at is at least 24 hours before the start */
};
struct sending_sums sending_sums(const struct meeting *m, const struct told_people *people, const struct sendings *all);
/* The first sending of a document to a person, or NULL. Received ones come before others. */
const struct sending *sending_find(const struct sendings *all, int64_t document_id, const char *person);

/* ---- writing (opens a write transaction, or joins the open one; journal; before the meeting opens) ---- */

struct sending_order {
	int64_t meeting_id;
	const int64_t *documents;    /* NOTICE or papers */
	size_t document_n;
	const char *const *people;   /* keys; n 0: everybody whom the channel reaches and who was not told yet by any channel */
	size_t people_n;
	unsigned channel;
	const char *told_by;         /* of `told`: by whom; "" the person asking */
	struct moment at;            /* MOMENT_NONE: now. Not in the future */
};
/* *sent: how many sendings were added. FAIL_INPUT: a channel that the secrecy of a paper forbids, somebody who is not to be told. */
fail sending_send(struct call *c, const struct sending_order *order, int64_t *sent) MUST_CHECK;

/* The person asking has opened it: if something was sent to them by app, it is received. `person` as above. Nothing to note: nothing is written. Opens its own
 * db_write when there is. Call it outside of db_read bodies. */
fail sending_opened(struct call *c, const struct meeting *m, int64_t document_id, const char *person) MUST_CHECK;
/* The key of the member the person asking is: on the roll of the cell, or a guest; NULL: neither. Inside db_read or db_write. */
fail sending_person_asking(struct call *c, const struct meeting *m, const char **person) MUST_CHECK;

#endif
