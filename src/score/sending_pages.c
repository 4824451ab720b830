/* sending_pages.c — who was told of a meeting and got its papers, who is not reached yet; everybody with an account in one tap, the others by name. */
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "meeting/cycle.h"
#include "prepare_views.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/prepare_shown.h"
#include "score_sql.h"

struct paper_row { int64_t id; const char *subject, *secrecy, *outside_no; };
static const struct field paper_fields[] = { COL(struct paper_row, id), COL(struct paper_row, subject), COL(struct paper_row, secrecy),
	                                         COL(struct paper_row, outside_no), FIELD_END };
static const struct record paper_record = { "document", sizeof(struct paper_row), paper_fields };

struct data {
	int64_t id;
	struct meeting m;
	struct told_people people;
	struct sendings all;
	struct paper_row *papers;
	size_t paper_n;
};

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(meeting_by_id(c, d->id, &d->m));
	TRY(sending_people(c, &d->m, &d->people));
	TRY(sendings_of(c, &d->m, &d->all));
	return db_all(c, &Q_papers_to_send, ARGS(V(d->m.realm), V(d->m.id)), &paper_record, &d->papers, &d->paper_n);
}

static bool is_secret(const struct paper_row *p)
{
	return strcmp(p->secrecy, "secret") == 0;
}

/* ---------------------------------------------------------------- showing */

static const char *note_of(struct call *c, const struct told_person *p, bool accounts)
{
	if (p->guest)
		return p->assigned ? tr(c->lang, "assigned guest") : tr(c->lang, "guest");
	return p->has_login || !accounts ? "" : tr(c->lang, "no account");
}

/* Where nobody has an account, saying so of everybody helps nobody. */
static bool any_account(const struct told_people *people)
{
	for (size_t i = 0; i < people->n; i++)
		if (people->v[i].has_login)
			return true;
	return false;
}

static const char *how_words(struct call *c, const struct sending *s)
{
	const char *how = sending_channel_name(c->lang, s->channel), *at = show_moment(c->arena, c->lang, s->sent_at);

	if (*s->told_by)
		return arena_printf(c->arena, tr(c->lang, "%s by %s, %s"), how, s->told_by, at);
	return arena_printf(c->arena, "%s, %s", how, at);
}

static void add_people(struct call *c, const struct data *d, struct sendings_view *v)
{
	v->missing = ARENA_ARRAY(c->arena, d->people.n + 1, struct told_line);
	v->told = ARENA_ARRAY(c->arena, d->people.n + 1, struct told_line);
	for (size_t i = 0; i < d->people.n; i++) {
		const struct told_person *p = &d->people.v[i];
		const struct sending *s = sending_find(&d->all, NOTICE, p->person);
		struct told_line line = { .person = p->person, .name = p->name, .note = note_of(c, p, any_account(&d->people)), .has_login = p->has_login };

		if (!s) {
			v->with_login += p->has_login;
			v->missing[v->missing_n++] = line;
			continue;
		}
		line.note = p->guest ? line.note : "";
		line.how = how_words(c, s);
		line.received = moment_is(s->received_at) ? tr(c->lang, "received") : NULL;
		v->told[v->told_n++] = line;
	}
}

static void add_papers(struct call *c, const struct data *d, struct sendings_view *v)
{
	v->papers = ARENA_ARRAY(c->arena, d->paper_n + 1, struct sent_paper);
	for (size_t i = 0; i < d->paper_n; i++) {
		const struct paper_row *p = &d->papers[i];
		struct sent_paper *out = &v->papers[v->paper_n++];

		*out = (struct sent_paper){ .subject = is_secret(p) ? arena_printf(c->arena, tr(c->lang, "No. %s, handled on paper"), p->outside_no) : p->subject,
			                        .secrecy = strcmp(p->secrecy, "internal") == 0 ? tr(c->lang, "internal") : is_secret(p) ? tr(c->lang, "secret") : "" };
		for (size_t k = 0; k < d->people.n; k++) {
			bool told = sending_find(&d->all, p->id, d->people.v[k].person) != NULL;

			out->people++;
			out->told += told;
			v->papers_open |= !told && !is_secret(p) && d->people.v[k].has_login;
		}
	}
}

static void fill(struct call *c, const struct data *d, struct sendings_view *v)
{
	static const unsigned channels[] = { CHANNEL_TOLD, CHANNEL_PAPER, CHANNEL_MESSAGE, CHANNEL_MAIL };

	v->id = d->m.id;
	v->title = page_meeting_title(c, &d->m);
	v->starts_at = d->m.starts_at;
	v->place = d->m.place;
	v->sums = sending_sums(&d->m, &d->people, &d->all);
	v->may = call_may(c, MAY_RECORD, d->m.unit_id) && meeting_part_is_open(&d->m, PART_PREPARATION) && d->m.state != MEETING_PLANNED;
	if (d->m.state == MEETING_PLANNED)
		v->closed = tr(c->lang, "Register day, time and place first; then everybody is told.");
	else if (!meeting_part_is_open(&d->m, PART_PREPARATION))
		v->closed = tr(c->lang, "The meeting has begun: who was told before it stays as it is.");
	for (int i = 0; i < 4; i++)
		v->channels[i] = (struct choice){ sending_channel_words[channels[i]], sending_channel_name(c->lang, channels[i]), NULL };
	add_people(c, d, v);
	add_papers(c, d, v);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct sendings_view *v)
{
	struct page pg;

	page_begin(c, rq, rs, &pg, &d->m, tr(c->lang, "Notices"), tr(c->lang, "Notices"));
	view_sendings(&rs->body, &pg, v);
}

static void json_page(struct call *c, struct res *rs, const struct data *d)
{
	struct sending_sums s = sending_sums(&d->m, &d->people, &d->all);
	char at[MOMENT_TEXT];
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", d->m.code);
	json_put_int(&j, "people", s.people);
	json_put_int(&j, "told", s.told);
	json_put_int(&j, "received", s.received);
	json_put_bool(&j, "all_told", s.all_told);
	json_put_bool(&j, "a_day_before", s.a_day_before);
	moment_format(s.first_paper_at, at);
	json_put_str(&j, "first_paper_at", *at ? at : NULL);
	json_key(&j, "missing");
	json_array(&j);
	for (size_t i = 0; i < d->people.n; i++)
		if (!sending_find(&d->all, NOTICE, d->people.v[i].person))
			json_str(&j, d->people.v[i].person);
	json_array_end(&j);
	json_key(&j, "sendings");
	json_array(&j);
	for (size_t i = 0; i < d->all.n; i++) {
		json_object(&j);
		json_put_str(&j, "document_id", arena_printf(c->arena, "%lld", (long long)d->all.v[i].document_id)); /* "0": the notice */
		record_json(&j, &sending_record, &d->all.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail sendings_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct sendings_view v = { 0 };
	struct pairs usual = { 0 };

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		json_page(c, rs, &d);
		return FAIL_OK;
	}
	pairs_add(c->arena, &usual, "channel", sending_channel_words[CHANNEL_TOLD]);
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &usual;
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- sending */

/* The notice; with it the papers that may go this way. */
static void name_documents(struct call *c, const struct req *rq, const struct data *d, struct sending_order *o)
{
	bool all = req_form(rq, "all") || req_form(rq, "with_papers"), outside = o->channel == CHANNEL_MAIL || o->channel == CHANNEL_MESSAGE;
	int64_t *v = ARENA_ARRAY(c->arena, d->paper_n + 1, int64_t);

	v[o->document_n++] = NOTICE;
	for (size_t i = 0; all && i < d->paper_n; i++) {
		const struct paper_row *p = &d->papers[i];

		if ((is_secret(p) && o->channel != CHANNEL_PAPER) || (outside && strcmp(p->secrecy, "internal") == 0))
			continue;
		v[o->document_n++] = p->id;
	}
	o->documents = v;
}

static fail name_people(struct call *c, const struct req *rq, const struct data *d, struct sending_order *o)
{
	const char **v = ARENA_ARRAY(c->arena, d->people.n + 1, const char *), *person;
	size_t at = 0;

	while ((person = req_form_next(rq, "person", &at)) && o->people_n <= d->people.n)
		v[o->people_n++] = person;
	o->people = v;
	if (req_form(rq, "everyone"))
		o->people_n = 0;
	else if (!o->people_n && !req_form(rq, "all"))
		return problem(c, FAIL_INPUT, "person", "tick who was told");
	return FAIL_OK;
}

static fail read_order(struct call *c, const struct req *rq, const struct data *d, struct sending_order *o)
{
	const char *channel = req_form(rq, "channel"), *told_by = req_form(rq, "told_by"), *at = req_form(rq, "sent_at");
	const struct account *me = access_account(c);
	int word = channel ? word_index(sending_channel_words, channel) : 0;

	*o = (struct sending_order){ .meeting_id = d->id, .channel = word > 0 ? (unsigned)word : CHANNEL_NONE, .at = MOMENT_NONE };
	o->told_by = told_by ? text_clean(c->arena, told_by) : "";
	if (!*o->told_by && me)
		o->told_by = me->name;
	if (at && *at && !moment_parse(at, &o->at))
		return problem(c, FAIL_INPUT, "sent_at", "“%s” is not a time; write it like 2026-01-05T19:00", at);
	name_documents(c, rq, d, o);
	return name_people(c, rq, d, o);
}

static fail sendings_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct sendings_view v = { 0 };
	struct sending_order o;
	int64_t sent = 0;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(db_read(c, load, &d));
	fail f = read_order(c, rq, &d, &o);

	if (f == FAIL_OK)
		f = sending_send(c, &o, &sent);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &d.m, "/sendings", sent ? arena_printf(c->arena, tr(c->lang, "Recorded: %lld sendings."), (long long)sent) :
		                                                      tr(c->lang, "Nothing new to send: everybody named has it already."));
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

const struct route sending_routes[] = {
	{ GET, "/meetings/:meeting/sendings", MAY_SEE_MEMBERS, page_meeting_unit, sendings_show, 0, N_("Who was told of a meeting and got its papers, who is not reached yet"),
	  NULL, &sending_record, NULL },
	{ POST, "/meetings/:meeting/sendings", MAY_RECORD, page_meeting_unit, sendings_post, 0,
	  N_("Sends the notice, with all=1 the papers too, to everybody; or records who was told: channel, person (many times) or everyone=1, with_papers, told_by, sent_at") },
	{ HTTP_NONE },
};
