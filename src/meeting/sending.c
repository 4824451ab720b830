/* sending.c — notices and papers on their way, in the store. How a letter looks and how it leaves is not known here. */
#include "meeting/sending.h"

#include <string.h>

#include "db/batch.h"
#include "db/journal.h"
#include "meeting/cycle.h"
#include "sending_sql.h"

const char *const sending_channel_words[] = { "", "app", "mail", "message", "paper", "told", NULL };
const char *const sending_receipt_words[] = { "", "sign_in", "mail", "told", NULL };

const char *sending_channel_name(enum lang lang, unsigned channel)
{
	static const char *const names[] = { "", N_("in the program"), N_("by mail"), N_("by message"), N_("on paper"), N_("told in person") };

	return channel && channel < CHANNEL_COUNT ? tr(lang, names[channel]) : "";
}

static const struct field person_fields[] = {
	COL(struct told_person, person), COL(struct told_person, name), COL(struct told_person, contact), COL(struct told_person, guest),
	COL(struct told_person, assigned), COL(struct told_person, has_login), FIELD_END,
};
const struct record told_person_record = { "told_person", sizeof(struct told_person), person_fields };

static const struct field sending_fields[] = {
	COL(struct sending, realm),
	COL(struct sending, meeting_id),
	COL(struct sending, document_id),
	FIELD(struct sending, person, N_("Person"), 0),
	FIELD(struct sending, channel, N_("How"), 0, .words = sending_channel_words),
	FIELD(struct sending, sent_at, N_("Sent"), 0),
	FIELD(struct sending, sent_by, N_("Sent by"), 0),
	FIELD(struct sending, received_at, N_("Received"), 0),
	FIELD(struct sending, receipt, N_("Known by"), 0, .words = sending_receipt_words),
	FIELD(struct sending, told_by, N_("Told by"), 0, .max = 120),
	FIELD_END,
};
const struct record sending_record = { "sending", sizeof(struct sending), sending_fields };

/* ---------------------------------------------------------------- reading */

fail sending_people(struct call *c, const struct meeting *m, struct told_people *out)
{
	struct told_people members, guests;

	TRY(db_all(c, &Q_sending_members, ARGS(V(m->realm), V(m->unit_id), V(meeting_day(m))), &told_person_record, &members.v, &members.n));
	TRY(db_all(c, &Q_sending_guests, ARGS(V(m->realm), V(m->id)), &told_person_record, &guests.v, &guests.n));
	out->n = members.n + guests.n;
	out->v = ARENA_ARRAY(c->arena, out->n + 1, struct told_person);
	if (members.n)
		memcpy(out->v, members.v, members.n * sizeof *out->v);
	if (guests.n)
		memcpy(out->v + members.n, guests.v, guests.n * sizeof *out->v);
	return FAIL_OK;
}

fail sendings_of(struct call *c, const struct meeting *m, struct sendings *out)
{
	return db_all(c, &Q_sendings, ARGS(V(m->realm), V(m->id)), &sending_record, &out->v, &out->n);
}

const struct sending *sending_find(const struct sendings *all, int64_t document_id, const char *person)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].document_id == document_id && strcmp(all->v[i].person, person) == 0)
			return &all->v[i];
	return NULL;
}

static bool told_in_time(const struct meeting *m, const struct sendings *all, const char *person)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].document_id == NOTICE && strcmp(all->v[i].person, person) == 0 && all->v[i].sent_at.minutes <= m->starts_at.minutes)
			return true;
	return false;
}

struct sending_sums sending_sums(const struct meeting *m, const struct told_people *people, const struct sendings *all)
{
	struct sending_sums s = { .first_paper_at = MOMENT_NONE };

	for (size_t i = 0; i < people->n; i++) {
		const struct told_person *p = &people->v[i];
		const struct sending *first = sending_find(all, NOTICE, p->person);

		if (p->guest && !p->assigned)
			continue;
		s.people++;
		s.told += told_in_time(m, all, p->person);
		s.received += first && moment_is(first->received_at);
	}
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].document_id != NOTICE && (!moment_is(s.first_paper_at) || all->v[i].sent_at.minutes < s.first_paper_at.minutes))
			s.first_paper_at = all->v[i].sent_at;
	s.all_told = s.people > 0 && s.told == s.people;
	s.a_day_before = moment_is(s.first_paper_at) && s.first_paper_at.minutes + 24 * 60 <= m->starts_at.minutes;
	return s;
}

/* ---------------------------------------------------------------- sending */

struct work {
	const struct sending_order *order;
	struct meeting m;
	struct told_people people;
	struct sendings all;
	struct moment at;
	int64_t *sent;
};

struct paper { const char *secrecy, *subject; };
static const struct field paper_fields[] = { COL(struct paper, secrecy), COL(struct paper, subject), FIELD_END };
static const struct record paper_record = { "document", sizeof(struct paper), paper_fields };

/* What may go by which channel. */
static fail check_paper(struct call *c, const struct work *w, int64_t document_id)
{
	unsigned channel = w->order->channel;
	struct paper p;

	if (document_id == NOTICE)
		return FAIL_OK;
	fail f = db_one(c, &Q_sending_paper, ARGS(V(w->m.realm), V(w->m.id), V(document_id)), &paper_record, &p);

	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "document", "there is no such paper of this meeting");
	TRY(f);
	if (strcmp(p.secrecy, "secret") == 0 && channel != CHANNEL_PAPER)
		return problem(c, FAIL_INPUT, "channel", "a secret paper is handed over on paper only");
	if (strcmp(p.secrecy, "internal") == 0 && (channel == CHANNEL_MAIL || channel == CHANNEL_MESSAGE))
		return problem(c, FAIL_INPUT, "channel", "“%s” is internal: it is read in the program or on paper and is not sent by mail or message", p.subject);
	return FAIL_OK;
}

static fail check_order(struct call *c, struct work *w)
{
	const struct sending_order *o = w->order;
	struct moment now = call_local(c->now_ms);

	w->at = moment_is(o->at) ? o->at : now;
	if (!o->channel || o->channel >= CHANNEL_COUNT)
		return problem(c, FAIL_INPUT, "channel", "say how it was sent");
	if (w->at.minutes > now.minutes)
		return problem(c, FAIL_INPUT, "sent_at", "write when it was sent: not a moment to come");
	if (!o->document_n)
		return problem(c, FAIL_INPUT, "document", "say what is sent: the notice, or a paper");
	for (size_t i = 0; i < o->document_n; i++)
		TRY(check_paper(c, w, o->documents[i]));
	return FAIL_OK;
}

static fail load(struct call *c, struct work *w)
{
	TRY(meeting_by_id(c, w->order->meeting_id, &w->m));
	TRY(meeting_may_edit(c, &w->m, PART_PREPARATION));
	if (!moment_is(w->m.starts_at) || w->m.state == MEETING_PLANNED)
		return problem(c, FAIL_CONFLICT, "state", "register day, time and place first: a notice without them helps nobody");
	TRY(sending_people(c, &w->m, &w->people));
	return sendings_of(c, &w->m, &w->all);
}

static bool was_sent(const struct work *w, int64_t document_id, const char *person)
{
	for (size_t i = 0; i < w->all.n; i++)
		if (w->all.v[i].document_id == document_id && w->all.v[i].channel == w->order->channel && strcmp(w->all.v[i].person, person) == 0)
			return true;
	return false;
}

static fail put(struct call *c, struct work *w, struct db_batch *b, int64_t document_id, const char *person)
{
	const struct sending_order *o = w->order;
	bool told = o->channel == CHANNEL_TOLD;
	const char *by = c->who.name ? c->who.name : "", *told_by = told ? o->told_by && *o->told_by ? o->told_by : by : "";

	if (was_sent(w, document_id, person))
		return FAIL_OK;
	++*w->sent;
	return db_batch_add(c, b, ARGS(V(w->m.realm), V(w->m.id), V(document_id), V(person), V(sending_channel_words[o->channel]), V(w->at), V(by),
	                               V(told ? w->at : MOMENT_NONE), V(told ? "told" : ""), V(told_by)));
}

/* Everybody whom it reaches and who does not have it yet. */
static fail put_all(struct call *c, struct work *w, struct db_batch *b, int64_t document_id)
{
	for (size_t i = 0; i < w->people.n; i++) {
		const struct told_person *p = &w->people.v[i];
		bool reached = w->order->channel == CHANNEL_APP ? p->has_login : w->order->channel == CHANNEL_MAIL ? strchr(p->contact, '@') != NULL : true;

		if (reached && !sending_find(&w->all, document_id, p->person))
			TRY(put(c, w, b, document_id, p->person));
	}
	return FAIL_OK;
}

static const struct told_person *find_person(const struct work *w, const char *person)
{
	for (size_t i = 0; i < w->people.n; i++)
		if (strcmp(w->people.v[i].person, person) == 0)
			return &w->people.v[i];
	return NULL;
}

static fail put_named(struct call *c, struct work *w, struct db_batch *b, int64_t document_id)
{
	for (size_t i = 0; i < w->order->people_n; i++) {
		const struct told_person *p = find_person(w, w->order->people[i]);

		if (!p)
			return problem(c, FAIL_INPUT, "person", "“%s” is neither expected at this meeting nor a guest", w->order->people[i]);
		if (w->order->channel == CHANNEL_APP && !p->has_login)
			return problem(c, FAIL_INPUT, "person", "%s has no account here: tell them in person or on paper", p->name);
		TRY(put(c, w, b, document_id, p->person));
	}
	return FAIL_OK;
}

/* A person named twice in one order is told once. */
static fail refuse_twice(struct call *c, const struct sending_order *o)
{
	for (size_t i = 0; i < o->people_n; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(o->people[i], o->people[k]) == 0)
				return problem(c, FAIL_INPUT, "person", "a person stands in the list twice");
	return FAIL_OK;
}

static fail send_body(struct call *c, void *arg)
{
	struct work *w = arg;
	struct db_batch *b = db_batch_new(c->arena, &Q_sending_put, &Q_sending_put_rows);

	*w->sent = 0;
	TRY(load(c, w));
	TRY(check_order(c, w));
	for (size_t i = 0; i < w->order->document_n; i++)
		TRY(w->order->people_n ? put_named(c, w, b, w->order->documents[i]) : put_all(c, w, b, w->order->documents[i]));
	TRY(db_batch_flush(c, b));
	if (!*w->sent)
		return FAIL_OK;
	return journal_add(c, w->m.realm, w->m.unit_id, "send", "meeting", w->m.id, "",
	                   arena_printf(c->arena, "{\"channel\":\"%s\",\"documents\":%zu,\"sendings\":%lld}", sending_channel_words[w->order->channel],
	                                w->order->document_n, (long long)*w->sent));
}

fail sending_send(struct call *c, const struct sending_order *order, int64_t *sent)
{
	TRY(refuse_twice(c, order));
	return db_write(c, send_body, &(struct work){ .order = order, .sent = sent });
}

/* ---------------------------------------------------------------- receipts */

struct opened {
	const struct meeting *m;
	int64_t document_id;
	const char *person;
	int64_t waiting;
};

static fail look(struct call *c, void *arg)
{
	struct opened *o = arg;

	return db_int(c, &Q_sending_unopened, ARGS(V(o->m->realm), V(o->m->id), V(o->document_id), V(o->person)), 0, &o->waiting);
}

static fail opened_body(struct call *c, void *arg)
{
	struct opened *o = arg;
	struct moment now = call_local(c->now_ms);

	return db_exec(c, &Q_sending_opened, ARGS(V(o->m->realm), V(o->m->id), V(o->document_id), V(o->person), V(now)), NULL);
}

fail sending_opened(struct call *c, const struct meeting *m, int64_t document_id, const char *person)
{
	struct opened o = { m, document_id, person, 0 };

	TRY(db_read(c, look, &o));
	return o.waiting ? db_write(c, opened_body, &o) : FAIL_OK;
}

fail sending_person_asking(struct call *c, const struct meeting *m, const char **person)
{
	struct told_person p;
	fail f = db_one(c, &Q_sending_account_member, ARGS(V(c->who.account), V(m->realm), V(m->unit_id), V(meeting_day(m)), V(m->id)), &told_person_record, &p);

	*person = f == FAIL_OK ? p.person : NULL;
	return f == FAIL_NOT_FOUND ? FAIL_OK : f;
}
