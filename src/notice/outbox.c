/* outbox.c — writing letters: who gets one, what it says. Sending them is deliver.c. */
#include "notice/outbox.h"

#include <sodium.h>
#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "notice/event.h"
#include "notice/post_box.h"
#include "notice_sql.h"

const char *const letter_state_words[] = { "", "waiting", "sent", "failed", NULL };

#define S struct outbox_letter
static const struct field fields[] = {
	COL(S, realm), COL(S, id), COL(S, kind), COL(S, meeting_id), COL(S, sequence), COL(S, person), COL(S, name), COL(S, address), COL(S, subject),
	COL(S, body), COL(S, calendar), COL(S, error), COL(S, state, .words = letter_state_words), COL(S, tries), COL(S, next_ms),
	COL(S, created_ms), COL(S, done_ms), COL(S, received), COL(S, receipt), FIELD_END,
};
#undef S
const struct record outbox_record = { "outbox", sizeof(struct outbox_letter), fields };

static const struct field recipient_fields[] = { COL(struct recipient, person), COL(struct recipient, name), COL(struct recipient, address),
	                                             FIELD_END };
static const struct record recipient_record = { "recipient", sizeof(struct recipient), recipient_fields };

/* ---------------------------------------------------------------- who */

fail outbox_recipients(struct call *c, const struct meeting *m, struct recipients *out)
{
	TRY(db_all(c, &Q_outbox_recipients, ARGS(V(m->realm), V(m->unit_id), V(meeting_day(m)), V(m->id)), &recipient_record, &out->v, &out->n));
	for (size_t i = 0; i < out->n; i++)
		if (!mail_is_address(out->v[i].address))
			out->v[i].address = "";
	return FAIL_OK;
}

/* ---------------------------------------------------------------- what */

struct writing {
	const struct meeting *m;
	const char *kind, *site;
	const struct recipient *to;
	const char *token;
};

static const char *subject_of(struct call *c, const struct writing *w)
{
	const char *what = event_title(c, w->m), *when = show_moment(c->arena, c->lang, w->m->starts_at);

	if (strcmp(w->kind, "cancellation") == 0)
		return arena_printf(c->arena, tr(c->lang, "Does not take place: %1$s, %2$s"), what, when);
	if (strcmp(w->kind, "change") == 0)
		return arena_printf(c->arena, tr(c->lang, "Changed: %1$s, %2$s"), what, when);
	return arena_printf(c->arena, tr(c->lang, "Invitation: %1$s, %2$s"), what, when);
}

static const char *opening(const char *kind)
{
	if (strcmp(kind, "cancellation") == 0)
		return N_("%1$s tells you that this meeting does not take place at the time that was announced.");
	if (strcmp(kind, "change") == 0)
		return N_("%1$s tells you that time or place of this meeting have changed.");
	return N_("%1$s invites you to the meeting.");
}

static const char *body_of(struct call *c, const struct writing *w)
{
	const struct meeting *m = w->m;
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, tr(c->lang, "Dear comrade %s,"), w->to->name);
	out_str(&o, "\r\n\r\n");
	out_printf(&o, tr(c->lang, opening(w->kind)), m->unit_name ? m->unit_name : m->unit_code);
	out_printf(&o, "\r\n\r\n%s\r\n%s: %s\r\n", event_title(c, m), tr(c->lang, "Time"), show_moment(c->arena, c->lang, m->starts_at));
	if (*m->place)
		out_printf(&o, "%s: %s\r\n", tr(c->lang, "Place"), m->place);
	if (*m->topic)
		out_printf(&o, "%s: %s\r\n", tr(c->lang, "Topic"), m->topic);
	if (*w->site)
		out_printf(&o, "\r\n%s\r\n%s/meetings/%lld\r\n\r\n%s\r\n%s/receipt/%s\r\n", tr(c->lang, "Agenda and papers, after signing in:"), w->site,
		           (long long)m->id, tr(c->lang, "Please confirm that you have received this:"), w->site, w->token);
	return out_text(&o);
}

static const char *calendar_of(struct call *c, const struct writing *w)
{
	struct calendar_entry entry = { *w->m, c->now_ms };
	struct ical_event e = event_of_meeting(c, &entry, w->site);
	struct out o;

	e.organizer = post_box_address();
	e.attendee = w->to->address;
	e.attendee_name = w->to->name;
	out_memory(&o, c->arena);
	ical_begin(&o, e.status == ICAL_CANCELLED ? ICAL_CANCEL : ICAL_REQUEST, NULL);
	ical_event(&o, &e);
	ical_end(&o);
	return out_text(&o);
}

/* ---------------------------------------------------------------- writing */

static void wake(void *arg)
{
	(void)arg;
	post_box_wake();
}

static fail insert(struct call *c, const struct outbox_letter *l, struct blob receipt)
{
	TRY(db_exec(c, &Q_outbox_insert,
	            ARGS(V(l->realm), V(id_new()), V(l->kind), V(l->meeting_id), V(l->sequence), V(l->person), V(l->name), V(l->address), V(l->subject),
	                 V(l->body), V(l->calendar), receipt.size ? V(receipt) : (struct dbv){ .type = DBV_NULL }, V(c->now_ms)),
	            NULL));
	call_after_commit(c, wake, NULL);
	return FAIL_OK;
}

static fail write_letter(struct call *c, const struct meeting *m, const char *kind, const char *site, const struct recipient *to)
{
	unsigned char hash[RECEIPT_HASH];
	const char *token = receipt_make(c, hash);
	struct writing w = { m, kind, site, to, token };
	struct outbox_letter l = { .realm = m->realm, .meeting_id = m->id, .sequence = m->sequence > 0 ? m->sequence : 0, .kind = kind, .person = to->person,
		                       .name = to->name, .address = to->address, .subject = subject_of(c, &w), .body = body_of(c, &w),
		                       .calendar = calendar_of(c, &w) };

	return insert(c, &l, (struct blob){ hash, sizeof hash });
}

fail outbox_write(struct call *c, int64_t realm, const char *kind, const struct recipient *to, const char *subject, const char *body)
{
	struct outbox_letter l = { .realm = realm, .meeting_id = INT_UNKNOWN, .sequence = INT_UNKNOWN, .kind = kind, .person = to->person, .name = to->name,
		                       .address = to->address, .subject = subject, .body = body, .calendar = "" };

	return insert(c, &l, (struct blob){ NULL, 0 });
}

/* ---------------------------------------------------------------- invitations */

struct inviting {
	int64_t meeting_id, written, without;
	const char *site;
};

static fail may_invite(struct call *c, const struct meeting *m)
{
	if (m->state >= MEETING_DATE_REGISTERED && m->state <= MEETING_PREPARED)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "state", "invitations go out once a date is registered and before the meeting begins; this one is: %s",
	               meeting_state_name(c->lang, m->state));
}

static fail invite_one(struct call *c, struct inviting *in, const struct meeting *m, const struct recipient *to)
{
	int64_t known;

	if (!*to->address) {
		in->without++;
		return FAIL_OK;
	}
	TRY(db_int(c, &Q_outbox_known, ARGS(V(m->realm), V(m->id), V(to->person)), -1, &known));
	if (known >= (m->sequence > 0 ? m->sequence : 0))
		return FAIL_OK;
	in->written++;
	TRY(write_letter(c, m, known < 0 ? "invitation" : "change", in->site, to));
	return db_exec(c, &Q_sending_by_mail, ARGS(V(m->realm), V(m->id), V(to->person), V(call_local(c->now_ms)), V(c->who.name)), NULL);
}

static fail invite_body(struct call *c, void *arg)
{
	struct inviting *in = arg;
	struct recipients to;
	struct meeting m;

	in->written = in->without = 0;
	TRY(meeting_by_id(c, in->meeting_id, &m));
	TRY(may_invite(c, &m));
	TRY(outbox_recipients(c, &m, &to));
	for (size_t i = 0; i < to.n; i++)
		TRY(invite_one(c, in, &m, &to.v[i]));
	if (!in->written)
		return FAIL_OK;
	return journal_add(c, m.realm, m.unit_id, "invite", "meeting", m.id, NULL, arena_printf(c->arena, "{\"letters\":%lld}", (long long)in->written));
}

fail outbox_invite(struct call *c, int64_t meeting_id, const char *site, int64_t *written, int64_t *without)
{
	struct inviting in = { .meeting_id = meeting_id, .site = site };

	TRY(db_write(c, invite_body, &in));
	*written = in.written;
	if (without)
		*without = in.without;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- changes */

struct behind { int64_t realm, meeting_id, sequence; const char *person, *name, *address; };
#define S struct behind
static const struct field behind_fields[] = { COL(S, realm), COL(S, meeting_id), COL(S, sequence), COL(S, person), COL(S, name), COL(S, address),
	                                          FIELD_END };
#undef S
static const struct record behind_record = { "behind", sizeof(struct behind), behind_fields };

struct changing {
	struct behind *v;
	size_t n;
	const char *site;
};

static fail find_behind(struct call *c, void *arg)
{
	struct changing *ch = arg;

	return db_all(c, &Q_outbox_behind, ARGS(V(call_local(c->now_ms))), &behind_record, &ch->v, &ch->n);
}

/* Looked up again: another server may have written them in the meantime. */
static fail changes_body(struct call *c, void *arg)
{
	struct changing *ch = arg;
	struct meeting m = { 0 };

	TRY(find_behind(c, ch));
	for (size_t i = 0; i < ch->n; i++) {
		const struct behind *b = &ch->v[i];
		struct recipient to = { b->person, b->name, b->address };

		if (m.id != b->meeting_id)
			TRY(meeting_by_id(c, b->meeting_id, &m));
		bool off = m.state == MEETING_CANCELLED || m.state == MEETING_POSTPONED;

		TRY(write_letter(c, &m, off ? "cancellation" : "change", ch->site, &to));
	}
	return FAIL_OK;
}

fail outbox_changes(struct call *c, const char *site, int64_t *written)
{
	struct changing ch = { .site = site };

	*written = 0;
	TRY(db_read(c, find_behind, &ch));
	if (!ch.n)
		return FAIL_OK;
	TRY(db_write(c, changes_body, &ch));
	*written = (int64_t)ch.n;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- looking */

fail outbox_of_meeting(struct call *c, const struct meeting *m, struct outbox_letters *out)
{
	return db_all(c, &Q_outbox_of_meeting, ARGS(V(m->realm), V(m->id)), &outbox_record, &out->v, &out->n);
}

fail outbox_in_state(struct call *c, enum letter_state state, int64_t limit, struct outbox_letters *out)
{
	return db_all(c, &Q_outbox_in_state, ARGS(V(letter_state_words[state]), V(limit)), &outbox_record, &out->v, &out->n);
}

struct retry { int64_t meeting_id, again; };

static fail retry_body(struct call *c, void *arg)
{
	struct retry *r = arg;

	TRY(db_exec(c, &Q_outbox_retry, ARGS(V(r->meeting_id), V(c->now_ms)), &r->again));
	call_after_commit(c, wake, NULL);
	return FAIL_OK;
}

fail outbox_retry(struct call *c, int64_t meeting_id, int64_t *again)
{
	struct retry r = { meeting_id, 0 };

	TRY(db_write(c, retry_body, &r));
	*again = r.again;
	return FAIL_OK;
}
