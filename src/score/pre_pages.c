/* pre_pages.c — the committee before the meeting: when, who, its minutes text by text, its signature.
 *
 * What the records already tell – how last month's tasks stand, what is on the agenda, which draft there is – is proposed as text; it is saved with the first
 * key, or when the minutes are signed. */
#include <string.h>

#include "db/journal.h"
#include "meeting/cycle.h"
#include "org/post.h"
#include "prepare_views.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/prepare_shown.h"

static const enum meeting_text texts[] = { TEXT_PRE_RESULTS, TEXT_PRE_TASKS, TEXT_PRE_AGENDA, TEXT_PRE_POINTS, TEXT_PRE_DRAFT };
enum { TEXTS = sizeof texts / sizeof *texts };

struct data {
	int64_t id;
	struct meeting m;
	struct pre_meeting p;
	struct pre_people people;
	enum pre_need need;
	struct meeting_texts texts;
	struct agenda agenda;
	struct flaws questions;
	const char *proposed[TEXT_COUNT]; /* "" none */
};

/* ---------------------------------------------------------------- what the records tell; part of the record, so in Vietnamese */

static const char *task_lines(struct call *c, const struct tasks *t, bool with_state)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < t->n; i++) {
		const struct task *k = &t->v[i];

		out_printf(&o, "%s– %s", i ? "\n" : "", k->title);
		if (k->member_name)
			out_printf(&o, " (%s)", k->member_name);
		if (with_state)
			out_printf(&o, ": %s", task_state_name(LANG_VI, task_state(k, c->today)));
		else if (date_is(k->due_on))
			out_printf(&o, ", %s", show_date(c->arena, LANG_VI, k->due_on));
	}
	return out_text(&o);
}

static fail propose_tasks(struct call *c, struct data *d)
{
	struct tasks open, due = { 0 };
	struct meeting before;

	TRY(meeting_previous_regular(c, &d->m, &before));
	if (before.id)
		TRY(tasks_due_between(c, d->m.realm, d->m.unit_id, meeting_day(&before), meeting_day(&d->m), &due));
	TRY(tasks_open(c, d->m.realm, d->m.unit_id, &open));
	d->proposed[TEXT_PRE_RESULTS] = task_lines(c, &due, true);
	d->proposed[TEXT_PRE_TASKS] = task_lines(c, &open, false);
	return FAIL_OK;
}

static const char *agenda_words(struct call *c, enum lang lang, const struct agenda *a)
{
	struct agenda_sums s = agenda_sums(a);

	return arena_printf(c->arena, tr(lang, "%lld items, %lld minutes"), (long long)s.items, (long long)s.planned_minutes);
}

static fail propose(struct call *c, struct data *d)
{
	for (int t = 0; t < TEXT_COUNT; t++)
		d->proposed[t] = "";
	TRY(propose_tasks(c, d));
	if (d->agenda.n)
		d->proposed[TEXT_PRE_AGENDA] = arena_printf(c->arena, tr(LANG_VI, "The agenda was approved: %s."), agenda_words(c, LANG_VI, &d->agenda));
	return FAIL_OK;
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	d->questions.n = 0;
	TRY(meeting_by_id(c, d->id, &d->m));
	TRY(pre_meeting_of(c, &d->m, &d->p, &d->people, &d->need));
	TRY(meeting_texts_of(c, &d->m, &d->texts));
	TRY(agenda_of(c, &d->m, &d->agenda));
	TRY(pre_meeting_questions(c, &d->m, &d->p, &d->people, d->need, &d->questions));
	return propose(c, d);
}

/* ---------------------------------------------------------------- showing */

static const char *name_of(const struct pre_people *people, int64_t member)
{
	for (size_t i = 0; i < people->n; i++)
		if (member > 0 && people->v[i].member_id == member)
			return people->v[i].full_name;
	return NULL;
}

static void add_people(struct call *c, const struct data *d, struct pre_view *v)
{
	v->people = d->people;
	v->chairs = ARENA_ARRAY(c->arena, d->people.n + 1, struct choice);
	v->chairs[v->chair_n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < d->people.n; i++)
		v->chairs[v->chair_n++] = (struct choice){ arena_printf(c->arena, "%lld", (long long)d->people.v[i].member_id), d->people.v[i].full_name, NULL };
	v->chair = name_of(&d->people, d->p.chair_id);
	v->minute_taker = name_of(&d->people, d->p.minute_taker_id);
}

static void add_texts(struct call *c, const struct data *d, struct pre_view *v)
{
	for (int i = 0; i < TEXTS; i++) {
		enum meeting_text t = texts[i];
		bool proposed = !d->texts.rev[t] && *d->proposed[t];

		v->texts[v->text_n++] = (struct pre_text){
			.name = meeting_text_words[t], .title = meeting_text_title(c->lang, t), .rev = d->texts.rev[t], .proposed = proposed,
			.value = proposed ? d->proposed[t] : d->texts.value[t], .problem = form_problem_at(&v->form, meeting_text_words[t]),
		};
	}
}

static void fill(struct call *c, const struct data *d, struct pre_view *v)
{
	const char **questions = ARENA_ARRAY(c->arena, d->questions.n + 1, const char *);

	for (size_t i = 0; i < d->questions.n; i++)
		questions[i] = d->questions.v[i].text;
	v->questions = questions;
	v->question_n = d->questions.n;
	v->id = d->m.id;
	v->title = page_meeting_title(c, &d->m);
	v->need = d->need;
	v->stored = &d->p;
	v->is_signed = date_is(d->p.signed_on);
	v->may = call_may(c, MAY_RECORD, d->m.unit_id) && meeting_part_is_open(&d->m, PART_PREPARATION);
	if (v->is_signed)
		v->closed = tr(c->lang, "These minutes are signed.");
	else if (!meeting_part_is_open(&d->m, PART_PREPARATION))
		v->closed = tr(c->lang, "The meeting has begun: what was before it stays as it was written.");
	v->agenda = d->agenda.n ? agenda_words(c, c->lang, &d->agenda) : NULL;
	v->unit_posts = arena_printf(c->arena, "/units/%lld/posts", (long long)d->m.unit_id);
	add_people(c, d, v);
	add_texts(c, d, v);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct pre_view *v)
{
	struct page pg;
	const char *title = d->need == PRE_NEEDS_COMMITTEE ? tr(c->lang, "Committee pre-meeting") : tr(c->lang, "Secretary and deputy confer");

	page_begin(c, rq, rs, &pg, &d->m, title, title);
	view_pre(&rs->body, &pg, v);
}

/* Usual values: two days before, at the same hour; secretary in the chair. */
static struct pre_meeting initial(const struct data *d)
{
	struct pre_meeting p = d->p;

	if (p.rev)
		return p;
	p.starts_at.minutes = d->m.starts_at.minutes - 2 * 24 * 60;
	p.place = d->m.place;
	for (size_t i = 0; i < d->people.n; i++)
		if (d->people.v[i].post == POST_SECRETARY)
			p.chair_id = d->people.v[i].member_id;
	return p;
}

static void json_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d)
{
	static const char *const needs[] = { "committee", "confer", "none", "unknown" };
	struct json j;

	res_rev(c, rq, rs, d->p.rev);
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", d->m.code);
	json_put_str(&j, "needs", needs[d->need]);
	json_put_str(&j, "form", pre_form_words[d->p.form]);
	record_json(&j, &pre_meeting_record, &d->p);
	json_put_int(&j, "rev", d->p.rev);
	json_key(&j, "people");
	json_array(&j);
	for (size_t i = 0; i < d->people.n; i++) {
		json_object(&j);
		json_put_str(&j, "member_code", d->people.v[i].code);
		json_put_str(&j, "full_name", d->people.v[i].full_name);
		json_put_bool(&j, "present", d->people.v[i].present);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, "texts");
	json_object(&j);
	for (int i = 0; i < TEXTS; i++)
		json_put_str(&j, meeting_text_words[texts[i]], d->texts.value[texts[i]]);
	json_object_end(&j);
	json_object_end(&j);
}

static fail pre_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct pre_view v = { 0 };
	struct pre_meeting p;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		json_page(c, rq, rs, &d);
		return FAIL_OK;
	}
	p = initial(&d);
	p.signed_on = c->today;
	form_begin(&v.form, c, &pre_meeting_record, &p);
	v.rev = d.p.rev;
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- when and who */

/* The codes ticked in the form; without the question everybody was there. */
static struct pre_people who_was_there(struct call *c, const struct req *rq, const struct pre_people *all)
{
	struct pre_people out = { ARENA_ARRAY(c->arena, all->n + 1, struct pre_person), all->n };
	const char *code;

	for (size_t i = 0; i < all->n; i++) {
		size_t at = 0;

		out.v[i] = all->v[i];
		out.v[i].present = !req_form(rq, "asked") && !req_form(rq, "present");
		while ((code = req_form_next(rq, "present", &at)))
			out.v[i].present |= strcmp(code, all->v[i].code) == 0;
	}
	return out;
}

static void differences(struct call *c, const struct pre_meeting *stored, const struct pre_meeting *mine, struct pre_view *v)
{
	const char **out = ARENA_ARRAY(c->arena, 8, const char *);

	for (const struct field *f = pre_meeting_record.fields; f->name; f++)
		if (f->label && f->type != FIELD_INT && strcmp(field_text(c->arena, f, stored), field_text(c->arena, f, mine)) != 0)
			out[v->difference_n++] = arena_printf(c->arena, tr(c->lang, "%s: stored now “%s”, yours “%s”"), tr(c->lang, f->label),
			                                      field_show(c->arena, c->lang, f, stored), field_show(c->arena, c->lang, f, mine));
	v->differences = out;
}

static fail save(struct call *c, const struct req *rq, const struct data *d, struct pre_meeting *p, struct pre_meeting *stored, struct flaws *found,
                 struct form *form)
{
	struct pre_people people = who_was_there(c, rq, &d->people);

	*p = d->p;
	TRY(req_rev(c, rq, &p->rev));
	int64_t rev = p->rev;
	fail f = req_record(c, rq, &pre_meeting_record, p, form);

	p->rev = rev;
	p->form = PRE_NO_FORM;
	return f == FAIL_OK ? pre_meeting_save(c, d->id, p, &people, stored, found) : f;
}

static fail pre_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct pre_view v = { 0 };
	struct pre_meeting p, stored = { 0 };
	struct flaws found = { 0 };

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(db_read(c, load, &d));
	fail f = save(c, rq, &d, &p, &stored, &found, &v.form);

	if (f == FAIL_OK) {
		res_rev(c, rq, rs, p.rev);
		return page_done(c, rq, rs, &d.m, "/pre", tr(c->lang, "Saved. Now its minutes."));
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq) || !v.form.record)
		return f;
	page_flaws(&v.form, &found);
	TRY(db_read(c, load, &d));
	v.rev = f == FAIL_CONFLICT ? d.p.rev : p.rev;
	if (f == FAIL_CONFLICT)
		differences(c, &d.p, &p, &v);
	d.people = who_was_there(c, rq, &d.people);
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- texts */

struct text_save {
	int64_t id, rev, new_rev;
	enum meeting_text text;
	const char *value, *stored;
	struct meeting m;
};

static fail text_body(struct call *c, void *arg)
{
	struct text_save *s = arg;
	struct meeting_texts now;

	TRY(meeting_by_id(c, s->id, &s->m));
	TRY(meeting_may_edit(c, &s->m, PART_PREPARATION));
	TRY(pre_meeting_may_edit(c, &s->m));
	TRY(meeting_text_save(c, &s->m, s->text, s->value, s->rev, &s->stored));
	TRY(meeting_texts_of(c, &s->m, &now));
	s->new_rev = now.rev[s->text];
	return FAIL_OK;
}

static fail read_text(struct call *c, const struct req *rq, struct text_save *s)
{
	const char *value = req_form(rq, "value");
	int word = word_index(meeting_text_words, req_param(rq, "text"));

	TRY(req_id(c, rq, "meeting", &s->id));
	if (word < TEXT_PRE_RESULTS || word > TEXT_PRE_DRAFT)
		return problem(c, FAIL_NOT_FOUND, "text", "the committee's minutes have no such text");
	s->text = (enum meeting_text)word;
	s->value = value ? value : "";
	if (text_length(s->value) > 8000)
		return problem(c, FAIL_INPUT, "value", "the text has more than 8000 characters");
	return req_rev(c, rq, &s->rev);
}

/* What was typed comes back, and what somebody else wrote stands above it. */
static fail text_again(struct call *c, const struct req *rq, struct res *rs, const struct text_save *s, fail why)
{
	struct data d = { .id = s->id };
	struct pre_view v = { 0 };
	struct pre_meeting p;
	const char *text = c->problem.text;

	if (why == FAIL_CONFLICT && s->stored)
		text = arena_printf(c->arena, tr(c->lang, "Somebody else changed this text. Stored now: “%s”. Yours is below; save to put it in its place."), s->stored);
	problem_clear(c);
	TRY(db_read(c, load, &d));
	p = initial(&d);
	p.signed_on = c->today;
	form_begin(&v.form, c, &pre_meeting_record, &p);
	form_problem(&v.form, meeting_text_words[s->text], text);
	v.rev = d.p.rev;
	d.texts.value[s->text] = s->value;
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, why);
}

static fail text_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct text_save s = { 0 };
	fail f = read_text(c, rq, &s);

	if (f == FAIL_OK)
		f = db_write(c, text_body, &s);
	if (f == FAIL_OK) {
		struct flash what = { .text = tr(c->lang, "Saved.") };

		res_rev(c, rq, rs, s.new_rev);
		return res_done(c, rq, rs, arena_printf(c->arena, "/meetings/%lld/pre#f-%s", (long long)s.id, meeting_text_words[s.text]), &what);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq) || !s.text)
		return f;
	return text_again(c, rq, rs, &s, f);
}

/* ---------------------------------------------------------------- signing */

struct sign {
	struct data d;
	int64_t rev;
	struct date on;
	struct meeting m;
	struct flaws found;
};

/* What was proposed and left as it is becomes text with the signature. */
static fail sign_body(struct call *c, void *arg)
{
	struct sign *s = arg;

	TRY(load(c, &s->d));
	for (int i = 0; i < TEXTS && !date_is(s->d.p.signed_on); i++)
		if (!s->d.texts.rev[texts[i]] && *s->d.proposed[texts[i]])
			TRY(meeting_text_save(c, &s->d.m, texts[i], s->d.proposed[texts[i]], ANY_TEXT_REV, NULL));
	return pre_meeting_sign(c, s->d.id, s->rev, s->on, &s->m, &s->found);
}

static fail sign_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct sign s = { .on = DATE_NONE };
	struct pre_view v = { 0 };
	struct pre_meeting p;
	const char *day = req_form(rq, "signed_on");

	TRY(req_id(c, rq, "meeting", &s.d.id));
	TRY(req_rev(c, rq, &s.rev));
	if (day && *day && !date_parse(day, &s.on))
		return problem(c, FAIL_INPUT, "signed_on", "“%s” is not a day; write year-month-day, such as 2026-01-05", day);
	fail f = db_write(c, sign_body, &s);

	if (f == FAIL_OK)
		return page_done(c, rq, rs, &s.m, "", tr(c->lang, "The committee's minutes are signed."));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	TRY(db_read(c, load, &s.d));
	p = initial(&s.d);
	p.signed_on = s.on;
	form_begin(&v.form, c, &pre_meeting_record, &p);
	page_flaws(&v.form, &s.found);
	v.rev = s.d.p.rev;
	fill(c, &s.d, &v);
	write_page(c, rq, rs, &s.d, &v);
	return res_again(rs, f);
}

const struct route pre_routes[] = {
	{ GET, "/meetings/:meeting/pre", MAY_SEE_MEMBERS, page_meeting_unit, pre_show, 0, N_("The committee before the meeting, and its minutes"), NULL,
	  &pre_meeting_record, NULL },
	{ POST, "/meetings/:meeting/pre", MAY_RECORD, page_meeting_unit, pre_post, 0, N_("Writes down when it was held and who took part: present, many times"),
	  &pre_meeting_record, NULL, NULL },
	{ POST, "/meetings/:meeting/pre/texts/:text", MAY_RECORD, page_meeting_unit, text_post, 0, N_("Saves one text of the committee's minutes: value, rev") },
	{ POST, "/meetings/:meeting/pre/sign", MAY_RECORD, page_meeting_unit, sign_post, 0, N_("Signs the committee's minutes: signed_on, rev") },
	{ HTTP_NONE },
};
