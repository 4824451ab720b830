/* office_many.c — acting on a selection, and finding out which cases of a list stand on facts that have changed. */
#include "year/office_many.h"

#include "year/assess.h"
#include "year/office_view.h"

/* ---------------------------------------------------------------- acting */

static fail name_case(struct call *c, struct office_many *m, int64_t id, const char *why)
{
	struct year_case k;
	fail f = case_by_id(c, id, &k);

	if (f == FAIL_BUSY || f == FAIL_BROKEN)
		return f;
	problem_clear(c);
	form_problem(m->form, "case", f == FAIL_OK ? arena_printf(c->arena, "%s: %s", office_case_title(c, &k), why) : why);
	return FAIL_OK;
}

struct choices { int64_t *ids, *revs; size_t n; };

static fail read_choices(struct call *c, const struct office_many *m, struct choices *out)
{
	const char *text;

	*out = (struct choices){ ARENA_ARRAY(c->arena, m->rq->form.n + 1, int64_t), ARENA_ARRAY(c->arena, m->rq->form.n + 1, int64_t), 0 };
	for (size_t at = 0; (text = req_form_next(m->rq, "case", &at)); out->n++)
		TRY(office_read_choice(c, "case", text, &out->ids[out->n], &out->revs[out->n]));
	return FAIL_OK;
}

static fail appraise(struct call *c, struct office_many *m, const struct choices *chosen)
{
	struct cases_left left = { 0 };

	TRY(year_appraise_many(c, chosen->ids, chosen->revs, chosen->n, &m->done, &left));
	for (size_t i = 0; i < left.n; i++)
		TRY(name_case(c, m, left.v[i].id, left.v[i].why));
	return FAIL_OK;
}

static fail step_one(struct call *c, struct office_many *m, int64_t id, int64_t rev)
{
	struct flaws found = { 0 };
	struct year_case k;
	fail f = case_take_step(c, id, rev, m->step, &m->note, &k, &found);

	if (f == FAIL_BUSY || f == FAIL_BROKEN)
		return f;
	if (f == FAIL_OK) {
		m->done++;
		return FAIL_OK;
	}
	const char *why = found.n ? found.v[0].text : c->problem.text;

	problem_clear(c);
	return name_case(c, m, id, why);
}

fail office_act_on_many(struct call *c, void *arg)
{
	struct office_many *m = arg;
	struct choices chosen;

	m->done = 0;
	m->form->n = 0;
	TRY(read_choices(c, m, &chosen));
	if (!chosen.n)
		return problem(c, FAIL_INPUT, "case", "tick the cases first");
	if (m->step == CASE_STEP_APPRAISE)
		return appraise(c, m, &chosen);
	for (size_t i = 0; i < chosen.n; i++)
		TRY(step_one(c, m, chosen.ids[i], chosen.revs[i]));
	return FAIL_OK;
}

const char *office_many_words(struct call *c, const struct office_many *m)
{
	const char *text = m->step == CASE_STEP_APPRAISE ? N_("%s cases appraised as voted.")
	                   : m->step == CASE_STEP_RETURN ? N_("%s cases returned for correction.")
	                                                 : N_("%s cases notified.");

	return arena_printf(c->arena, tr(c->lang, text), show_int(c->arena, c->lang, m->done));
}

/* ---------------------------------------------------------------- facts that changed */

static fail compare(struct call *c, const struct office_row *r, const struct year_gathered *now, const char **out)
{
	struct year_case k;
	struct year_view view;

	TRY(case_by_id(c, r->id, &k));
	TRY(year_view(c, &k, r->wait == WAIT_DECISION ? CASE_STAGE_APPRAISED : office_before(r), now, &view));
	if (view.changed)
		*out = arena_printf(c->arena, tr(c->lang, "changed since: %s"), office_fact_names(c, k.kind, view.changed));
	return FAIL_OK;
}

static bool is_asked(const struct office_row *r)
{
	return r->id && (r->wait == WAIT_APPRAISE || r->wait == WAIT_DECISION) && tenths_is(r->points[CASE_STAGE_SELF]);
}

static fail member_changed(struct call *c, const struct office_row *r, int year, const char **out)
{
	struct year_gathered now;

	TRY(person_gather(c, year, r->realm, r->unit_id, r->member_id, &now));
	return compare(c, r, &now, out);
}

static fail units_changed(struct call *c, const struct office_query *q, const struct office_row *rows, const size_t *asked, size_t n, const char **out)
{
	struct unit *units = ARENA_ARRAY(c->arena, n + 1, struct unit);
	struct year_draft *drafts = ARENA_ARRAY(c->arena, n + 1, struct year_draft);

	for (size_t i = 0; i < n; i++)
		TRY(org_unit_nearest(c, rows[asked[i]].unit_id, office_day(c, q->year), &units[i]));
	if (n)
		TRY(year_draft_many(c, q->kind, q->year, units, n, NULL, NULL, drafts));
	for (size_t i = 0; i < n; i++)
		TRY(compare(c, &rows[asked[i]], &drafts[i].gathered, &out[asked[i]]));
	return FAIL_OK;
}

fail office_changed(struct call *c, const struct office_query *q, const struct office_row *rows, size_t n, const char ***out)
{
	size_t *asked = ARENA_ARRAY(c->arena, n + 1, size_t), asked_n = 0;
	const char **v = ARENA_ARRAY(c->arena, n + 1, const char *);

	*out = v;
	for (size_t i = 0; i < n; i++) {
		v[i] = "";
		if (is_asked(&rows[i]))
			asked[asked_n++] = i;
	}
	if (q->kind != CASE_MEMBER)
		return units_changed(c, q, rows, asked, asked_n, v);
	for (size_t i = 0; i < asked_n; i++)
		TRY(member_changed(c, &rows[asked[i]], q->year, &v[asked[i]]));
	return FAIL_OK;
}
