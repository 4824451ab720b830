/* record_pages.c — writing a meeting down: time and counts, answers.
 *
 * A JSON body gives as much as it likes of a meeting at once (intake.h); a form gives one thing. */
#include <string.h>

#include "meeting/recorded.h"
#include "org/unit.h"
#include "score/intake.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

/* ---------------------------------------------------------------- JSON */

static fail answer_json(struct call *c, const struct req *rq, struct res *rs, const struct meeting *m, bool created)
{
	struct flash said = { .text = tr(c->lang, "Saved."), .receipt = arena_printf(c->arena, "%s · %lld", m->code, (long long)m->rev) };

	res_rev(c, rq, rs, m->rev);
	TRY(res_done(c, rq, rs, page_meeting_path(c, m, ""), &said));
	if (created && req_wants_json(rq))
		rs->status = 201;
	return FAIL_OK;
}

fail page_store_json(struct call *c, const struct req *rq, struct res *rs, int64_t unit_id, const struct meeting *m)
{
	struct intake in;
	struct intake_result result = { 0 };

	TRY(intake_read(c, rq->json, &in));
	if (m) {
		in.meeting.code = m->code;
		if (in.rev == ANY_REV)
			TRY(req_rev(c, rq, &in.rev));
	}
	in.meeting.unit_id = unit_id;
	in.only_unit = unit_id;
	fail f = intake_store(c, &in, &result);

	if (f == FAIL_CONFLICT && m && strcmp(c->problem.field, "rev") == 0)
		return page_conflict_json(c, rq, rs, m);
	TRY(f);
	return answer_json(c, rq, rs, &result.meeting, result.created);
}

/* ---------------------------------------------------------------- time and counts */

static void write_form(struct call *c, const struct req *rq, struct res *rs, struct meeting_form *v, const struct meeting *m)
{
	struct page pg;

	if (m->id > 0)
		page_begin(c, rq, rs, &pg, m, v->title, tr(c->lang, "Time and counts"));
	else {
		res_page(c, rq, rs, &pg, v->title);
		page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)v->unit_id), v->unit_name);
		page_crumb(&pg, arena_printf(c->arena, "/units/%lld/meetings", (long long)v->unit_id), tr(c->lang, "Meetings"));
		page_crumb(&pg, NULL, v->title);
	}
	view_meeting_form(&rs->body, &pg, v);
}

struct new_page {
	int64_t unit_id;
	struct unit unit;
};

static fail load_unit(struct call *c, void *arg)
{
	struct new_page *p = arg;

	return org_unit_nearest(c, p->unit_id, c->today, &p->unit);
}

static void new_form(struct call *c, struct meeting_form *v, const struct new_page *p)
{
	v->unit_id = p->unit_id;
	v->unit_name = p->unit.name;
	v->title = tr(c->lang, "Record a meeting");
	v->action = arena_printf(c->arena, "/units/%lld/meetings", (long long)p->unit_id);
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct new_page p;
	struct meeting_form v = { 0 };
	struct meeting m;

	TRY(unit_of_path(c, rq, &p.unit_id));
	TRY(load_unit(c, &p));
	record_clear(&meeting_record, &m);
	m.kind = MEETING_REGULAR;
	form_begin(&v.form, c, &meeting_record, &m);
	new_form(c, &v, &p);
	write_form(c, rq, rs, &v, &m);
	return FAIL_OK;
}

/* What a form may not say. */
static fail refuse_totals(struct call *c, const struct req *rq)
{
	if (req_form(rq, "self_points") || req_form(rq, "decided_points"))
		return problem(c, FAIL_INPUT, "self_points", "a total is not typed: give the facts and the judged points, the program adds them up");
	return FAIL_OK;
}

static fail create_from_form(struct call *c, const struct req *rq, struct meeting *m, struct meeting_form *v)
{
	struct flaws found = { 0 };

	TRY(refuse_totals(c, rq));
	m->unit_code = "-"; /* the cell is the path's; the field may be missing */
	fail f = req_record(c, rq, &meeting_record, m, &v->form);

	if (f != FAIL_OK)
		return f;
	m->unit_code = "";
	meeting_check(c, m, &found);
	page_flaws(&v->form, &found);
	if (v->form.n)
		return problem(c, FAIL_INPUT, v->form.problems[0].field, "%s", v->form.problems[0].text);
	m->id = 0;
	return meeting_create(c, m);
}

static fail meeting_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct new_page p;
	struct meeting_form v = { 0 };
	struct meeting m;

	TRY(unit_of_path(c, rq, &p.unit_id));
	if (rq->json)
		return page_store_json(c, rq, rs, p.unit_id, NULL);
	record_clear(&meeting_record, &m);
	m.unit_id = p.unit_id;
	fail f = create_from_form(c, rq, &m, &v);

	if (f == FAIL_OK)
		return page_done(c, rq, rs, &m, "/attendance", tr(c->lang, "The meeting is recorded. Now: who came?"));
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	TRY(db_read(c, load_unit, &p));
	new_form(c, &v, &p);
	m.id = 0;
	write_form(c, rq, rs, &v, &m);
	return res_again(rs, f);
}

static void edit_form(struct call *c, struct meeting_form *v, const struct meeting *m, int64_t rev, bool complete)
{
	v->id = m->id;
	v->unit_id = m->unit_id;
	v->unit_name = m->unit_name;
	v->rev = rev;
	v->title = page_meeting_title(c, m);
	v->action = page_meeting_path(c, m, "/edit");
	v->roll_call = complete;
	v->afterwards = m->afterwards;
}

static fail edit_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting m;
	struct meeting_form v = { 0 };
	struct json j;

	TRY(page_meeting(c, rq, &m));
	res_rev(c, rq, rs, m.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		meeting_json(&j, &m);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &meeting_record, &m);
	edit_form(c, &v, &m, m.rev, m.rows > 0);
	write_form(c, rq, rs, &v, &m);
	return FAIL_OK;
}

struct edit {
	int64_t id;
	struct meeting stored;
};

static fail load_stored(struct call *c, void *arg)
{
	struct edit *e = arg;

	return meeting_by_id(c, e->id, &e->stored);
}

static fail update_from_form(struct call *c, const struct req *rq, struct edit *e, struct meeting *m, struct meeting_form *v)
{
	struct flaws found = { 0 };

	TRY(req_rev(c, rq, &m->rev));
	fail f = req_record(c, rq, &meeting_record, m, &v->form);

	if (f != FAIL_OK)
		return f;
	meeting_check(c, m, &found);
	page_flaws(&v->form, &found);
	if (v->form.n)
		return problem(c, FAIL_INPUT, v->form.problems[0].field, "%s", v->form.problems[0].text);
	return meeting_update(c, m, &e->stored);
}

static fail edit_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct edit e;
	struct meeting m;
	struct meeting_form v = { 0 };

	TRY(req_id(c, rq, "meeting", &e.id));
	TRY(db_read(c, load_stored, &e));
	if (rq->json)
		return page_store_json(c, rq, rs, e.stored.unit_id, &e.stored);
	TRY(refuse_totals(c, rq));
	m = e.stored;
	fail f = update_from_form(c, rq, &e, &m, &v);

	if (f == FAIL_OK)
		return page_done(c, rq, rs, &m, "", tr(c->lang, "Saved."));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq) || !v.form.record)
		return f;
	(void)form_failed(&v.form);
	if (f == FAIL_CONFLICT)
		conflict_of(c, &meeting_record, &e.stored, &m, &v.conflict);
	edit_form(c, &v, &e.stored, f == FAIL_CONFLICT ? e.stored.rev : m.rev, e.stored.rows > 0);
	write_form(c, rq, rs, &v, &e.stored);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- answers */

struct facts_page {
	int64_t id;
	struct meeting m;
	const struct scheme *scheme;
	struct gathered g;
};

static fail load_facts(struct call *c, void *arg)
{
	struct facts_page *p = arg;

	TRY(meeting_by_id(c, p->id, &p->m));
	p->scheme = NULL;
	fail f = scheme_of_meeting(c, &p->m, &p->scheme);

	if (f != FAIL_OK && f != FAIL_NOT_FOUND && f != FAIL_INPUT)
		return f;
	problem_clear(c);
	return facts_gather(c, p->scheme, &p->m, &p->g);
}

/* What a person is asked: facts that can be answered and that nothing else gives. Those the rule looks at; all where there is no rule. */
static bool is_asked(const struct facts_page *p, int f)
{
	bool derived = p->g.origin[f] != FROM_NOWHERE && p->g.origin[f] != FROM_ANSWER;
	uint64_t wanted = p->scheme ? scheme_facts(p->scheme) | FACT_BIT(FACT_steps_required) | FACT_BIT(FACT_steps_done) : UINT64_MAX;

	return recorded_question((enum fact)f) && !derived && facts_answerable(&p->m) & FACT_BIT(f) && (wanted & FACT_BIT(f) || p->g.origin[f] == FROM_ANSWER);
}

static const char *fact_words(struct call *c, const struct gathered *g, int f)
{
	if (rule_facts[f].type == FACT_TYPE_YESNO)
		return tr(c->lang, g->facts.v[f] ? N_("yes") : N_("no"));
	return show_int(c->arena, c->lang, g->facts.v[f]);
}

static const char *fact_field(struct call *c, int f)
{
	return arena_printf(c->arena, "facts.%s", rule_facts[f].name);
}

static void add_known(struct call *c, const struct facts_page *p, struct facts_form *v)
{
	v->known = ARENA_ARRAY(c->arena, FACT_COUNT, struct known_row);
	for (int f = 0; f < FACT_COUNT; f++)
		if (facts_know(&p->g.facts, (enum fact)f) && p->g.origin[f] != FROM_ANSWER)
			v->known[v->known_n++] = (struct known_row){ rule_facts[f].label[c->lang], fact_words(c, &p->g, f),
				                                         fact_origin_name(c->lang, (enum fact_origin)p->g.origin[f]) };
}

/* Stored answers stand in the fields as if they had been typed. */
static void add_questions(struct call *c, const struct req *rq, const struct facts_page *p, struct facts_form *v)
{
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);

	values->v = ARENA_ARRAY(c->arena, FACT_COUNT, struct pair);
	v->v = ARENA_ARRAY(c->arena, FACT_COUNT, struct question_row);
	for (int f = 0; f < FACT_COUNT; f++) {
		if (!is_asked(p, f))
			continue;
		const char *name = fact_field(c, f), *typed = req_form(rq, name), *hint = recorded_hint((enum fact)f);
		bool known = facts_know(&p->g.facts, (enum fact)f);

		v->v[v->n++] = (struct question_row){ name, tr(c->lang, recorded_question((enum fact)f)), hint ? tr(c->lang, hint) : NULL,
			                                  rule_facts[f].type == FACT_TYPE_YESNO };
		values->v[values->n++] =
			(struct pair){ name, typed ? typed : known ? arena_printf(c->arena, "%lld", (long long)p->g.facts.v[f]) : "" };
	}
	v->form.typed = values;
}

static void facts_write(struct call *c, const struct req *rq, struct res *rs, struct facts_page *p, struct facts_form *v)
{
	struct page pg;

	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	add_questions(c, rq, p, v);
	add_known(c, p, v);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Questions on the meeting"), tr(c->lang, "Questions on the meeting"));
	view_facts(&rs->body, &pg, v);
}

static fail facts_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct facts_page p;
	struct facts_form v = { 0 };
	struct json j;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load_facts(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		gathered_json(&j, &p.g);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	v.rev = p.m.rev;
	facts_write(c, rq, rs, &p, &v);
	return FAIL_OK;
}

/* Every "facts.NAME" of the form. An empty one forgets the answer. */
static void read_answers(struct call *c, const struct req *rq, struct facts *out, uint64_t *mask, struct form *form)
{
	int64_t value;

	*out = FACTS_NONE;
	*mask = 0;
	for (int f = 0; f < FACT_COUNT; f++) {
		const char *name = fact_field(c, f), *text = req_form(rq, name);

		if (!text)
			continue;
		*mask |= FACT_BIT(f);
		text = text_clean(c->arena, text);
		if (*text && (!int_parse(text, &value) || !facts_set(out, (enum fact)f, value)))
			form_problem(form, name, tr(c->lang, rule_facts[f].type == FACT_TYPE_YESNO ? N_("answer yes or no") : N_("write a whole number in digits")));
	}
}

/* What was answered here and what is stored by now, wherever the two differ. */
static void both_answers(struct call *c, const struct gathered *stored, const struct facts *wanted, uint64_t mask, struct conflict *k)
{
	struct gathered yours = { .facts = *wanted };

	for (int f = 0; f < FACT_COUNT; f++)
		if (mask & FACT_BIT(f))
			conflict_add(c, k, tr(c->lang, recorded_question((enum fact)f)), facts_know(&stored->facts, (enum fact)f) ? fact_words(c, stored, f) : "",
			             facts_know(wanted, (enum fact)f) ? fact_words(c, &yours, f) : "");
}

static fail facts_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct facts_page p;
	struct facts_form v = { 0 };
	struct facts wanted;
	struct meeting m;
	uint64_t mask;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(req_rev(c, rq, &v.rev));
	form_begin(&v.form, c, NULL, NULL);
	read_answers(c, rq, &wanted, &mask, &v.form);
	fail f = v.form.n ? problem(c, FAIL_INPUT, v.form.problems[0].field, "%s", v.form.problems[0].text) :
	                    recorded_replace(c, p.id, v.rev, &wanted, mask, &m);

	if (f == FAIL_OK)
		return page_done(c, rq, rs, &m, "", tr(c->lang, "The answers are saved."));
	if (f == FAIL_CONFLICT && req_wants_json(rq) && strcmp(c->problem.field, "rev") == 0)
		return page_conflict_json(c, rq, rs, &m);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	if (f == FAIL_INPUT && c->problem.code && strncmp(c->problem.field, "facts.", 6) != 0)
		c->problem.field = arena_printf(c->arena, "facts.%s", c->problem.field);
	(void)form_failed(&v.form);
	TRY(db_read(c, load_facts, &p));
	if (f == FAIL_CONFLICT) {
		v.rev = p.m.rev;
		both_answers(c, &p.g, &wanted, mask, &v.conflict);
	}
	facts_write(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

const struct route record_routes[] = {
	{ GET, "/units/:unit/meetings/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form of a new meeting"), NULL, NULL, NULL },
	{ POST, "/units/:unit/meetings", MAY_RECORD, unit_of_path, meeting_post, 0,
	  N_("Records a meeting; a JSON body may also hold attendance, facts, tasks and judged points"), &meeting_record, NULL, NULL },
	{ GET, "/meetings/:meeting/edit", MAY_RECORD, page_meeting_unit, edit_show, 0, N_("Time and counts of a meeting"), NULL, &meeting_record, NULL },
	{ POST, "/meetings/:meeting/edit", MAY_RECORD, page_meeting_unit, edit_post, 0, N_("Changes time and counts of a meeting"), &meeting_record,
	  NULL, NULL },
	{ GET, "/meetings/:meeting/facts", MAY_RECORD, page_meeting_unit, facts_show, 0, N_("What is known of a meeting, and what is asked"), NULL, NULL,
	  NULL },
	{ POST, "/meetings/:meeting/facts", MAY_RECORD, page_meeting_unit, facts_post, 0, N_("Records answers: facts.NAME, empty to forget one"), NULL,
	  NULL, NULL },
	{ HTTP_NONE },
};
