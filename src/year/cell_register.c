/* cell_register.c — a unit registers for "four good": at a regular meeting, with the plan and the signed agreement and a vote; or carries on. */
#include <string.h>

#include "cell_views.h"
#include "document/document.h"
#include "org/address.h"
#include "score/pages.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct registering {
	const struct req *rq;
	int64_t unit_id;
	int year;
	struct unit unit;
	struct year_case stored, before;
	struct cell_register_view v;
};

/* ---------------------------------------------------------------- showing */

/* Documents that can be the plan: plans and programmes of the unit, newest first. */
static fail add_plans(struct call *c, struct registering *r)
{
	static const unsigned types[] = { DOC_PROGRAMME, DOC_PLAN };

	r->v.plans = ARENA_ARRAY(c->arena, 41, struct choice);
	r->v.plans[r->v.plan_n++] = (struct choice){ "", tr(c->lang, "not in the register"), NULL };
	for (size_t t = 0; t < 2; t++) {
		struct document_query q = { .unit_id = r->unit_id, .type = types[t], .term_from = DATE_NONE, .before_id = INT64_MAX, .limit = 20 };
		struct documents found;

		TRY(document_list(c, &q, &found));
		for (size_t i = 0; i < found.n; i++)
			if (found.v[i].state != DOCUMENT_WITHDRAWN)
				r->v.plans[r->v.plan_n++] =
				    (struct choice){ arena_printf(c->arena, "%lld", (long long)found.v[i].id),
					                 arena_printf(c->arena, "%s: %s", document_line(c->arena, c->lang, &found.v[i]), found.v[i].subject), NULL };
	}
	return FAIL_OK;
}

static fail load(struct call *c, void *arg)
{
	struct registering *r = arg;
	struct period months = { month_of(r->year - 1, 12), month_of(r->year, 12) };

	TRY(org_unit_nearest(c, r->unit_id, c->today, &r->unit));
	TRY(case_find(c, CASE_FOUR_GOOD, r->year, r->unit_id, 0, &r->stored));
	TRY(case_find(c, CASE_FOUR_GOOD, r->year - 1, r->unit_id, 0, &r->before));
	TRY(year_vote_fields_of(c, r->unit_id, months, true, &r->v.vote));
	r->v.plan_n = 0;
	TRY(add_plans(c, r));
	r->v.may = call_may(c, MAY_RECORD, r->unit_id);
	return FAIL_OK;
}

static const char *until_words(struct call *c, int year)
{
	struct date by = year_step_by(year, CASE_STEP_REGISTER);

	return arena_printf(c->arena, tr(c->lang, c->today.days > by.days ? N_("Proposed by %s; that day is past, registering is still possible.") : N_("Proposed by %s.")),
	                    show_date(c->arena, c->lang, by));
}

static void fill_fields(struct call *c, struct registering *r)
{
	struct form *f = &r->v.form;

	year_page_value(c, f, "meeting_id", r->v.vote.meetings[0].value);
	year_page_value(c, f, "plan_id", r->v.plan_n > 1 ? r->v.plans[1].value : "");
	year_page_value(c, f, "agreement_on", "");
	year_page_value(c, f, "on", "");
	year_page_values_typed(c, r->rq, f);
}

static void write_page(struct call *c, struct res *rs, struct registering *r)
{
	struct page pg;

	r->v.unit = &r->unit;
	r->v.year = r->year;
	r->v.action = year_page_unit_path(c, r->unit_id, "/year/register", r->year);
	r->v.until = until_words(c, r->year);
	if (r->before.id && r->before.state == CASE_RECOGNISED)
		r->v.carry = arena_printf(c->arena, tr(c->lang, "Recognised for %d: the cell can carry on in one step."), r->year - 1);
	fill_fields(c, r);
	year_page_unit_begin(c, r->rq, rs, &pg, &r->unit, r->year, tr(c->lang, "Registration"), tr(c->lang, "Registration"));
	view_cell_register(&rs->body, &pg, &r->v);
}

static void choices_json(struct json *j, const char *key, const struct choice *v, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_str(j, "id", v[i].value);
		json_put_str(j, "text", v[i].text);
		json_object_end(j);
	}
	json_array_end(j);
}

static void register_json(struct res *rs, const struct registering *r)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "year", r->year);
	json_put_bool(&j, "registered", r->stored.id != 0);
	json_put_bool(&j, "may_carry_on", r->before.id && r->before.state == CASE_RECOGNISED);
	choices_json(&j, "meetings", r->v.vote.meetings, r->v.vote.meeting_n);
	choices_json(&j, "plans", r->v.plans, r->v.plan_n);
	json_object_end(&j);
}

static fail read_where(struct call *c, const struct req *rq, struct registering *r)
{
	*r = (struct registering){ .rq = rq };
	TRY(unit_of_path(c, rq, &r->unit_id));
	return year_page_year(c, rq, &r->year);
}

static fail register_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct registering *r = ARENA_NEW(c->arena, struct registering);

	TRY(read_where(c, rq, r));
	TRY(load(c, r));
	if (req_wants_json(rq)) {
		register_json(rs, r);
		return FAIL_OK;
	}
	if (r->stored.id)
		return res_redirect(c, rs, year_page_path(c, &r->stored, ""));
	form_begin(&r->v.form, c, NULL, NULL);
	write_page(c, rs, r);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- registering */

static fail read_opening(struct call *c, struct registering *r, struct case_opening *o)
{
	const char *plan = year_page_typed(c, r->rq, "plan_id");
	struct year_vote v;

	if (*year_page_typed(c, r->rq, "carry")) {
		o->carried_over = true;
		o->registered_on = c->today;
		return FAIL_OK;
	}
	TRY(year_vote_read(c, r->rq, r->unit_id, &v));
	if (*plan && !int_parse(plan, &o->plan_id))
		return problem(c, FAIL_INPUT, "plan_id", "“%s” is not a whole number", plan);
	o->registered_on = v.on;
	o->meeting_id = v.meeting_id;
	o->base = v.in_favour == INT_UNKNOWN ? INT_UNKNOWN : v.base;
	o->in_favour = v.in_favour;
	o->against = v.against;
	o->abstain = v.abstain;
	return year_page_day(c, r->rq, "agreement_on", DATE_NONE, &o->agreement_on);
}

static fail open_body(struct call *c, void *arg)
{
	struct registering *r = arg;
	struct case_opening o = { .kind = CASE_FOUR_GOOD, .year = r->year, .unit_id = r->unit_id, .agreement_on = DATE_NONE, .base = INT_UNKNOWN,
		                      .in_favour = INT_UNKNOWN, .against = INT_UNKNOWN, .abstain = INT_UNKNOWN };

	TRY(read_opening(c, r, &o));
	return case_open(c, &o, &r->stored);
}

static fail register_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct registering *r = ARENA_NEW(c->arena, struct registering);

	TRY(read_where(c, rq, r));
	form_begin(&r->v.form, c, NULL, NULL);
	fail f = db_write(c, open_body, r);

	if (f == FAIL_OK)
		return year_page_done(c, rq, rs, &r->stored, "", arena_printf(c->arena, tr(c->lang, "Registered for “four good” %d."), r->year));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&r->v.form);
	TRY(db_read(c, load, r));
	write_page(c, rs, r);
	return res_again(rs, f);
}

static const struct query_param year_params[] = { { "year", N_("the year; otherwise that of today") }, { NULL } };

const struct route cell_register_routes[] = {
	{ GET, "/units/:unit/year/register", MAY_RECORD, unit_of_path, register_show, 0, N_("Registering a unit for “four good”: meetings and plans to choose from"),
	  NULL, NULL, year_params },
	{ POST, "/units/:unit/year/register", MAY_RECORD, unit_of_path, register_post, 0,
	  N_("Registers a unit for “four good”: meeting_id, plan_id, agreement_on, in_favour, against, abstain, base; or carry"), NULL, NULL, year_params },
	{ HTTP_NONE },
};
