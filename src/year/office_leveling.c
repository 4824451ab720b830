/* office_leveling.c — a committee changes levels, names groups of similar tasks, opens the cases that are missing. */
#include <string.h>

#include "year/office_levels.h"
#include "year/store.h"

/* ---------------------------------------------------------------- one case */

/* What was notified is reopened first, with the same reason. */
static fail reopen_if_notified(struct call *c, const struct office_leveling *m, struct year_case *k, int64_t *rev)
{
	struct case_note note = { .remark = year_page_typed(c, m->rq, "reason"), .due_on = DATE_NONE, .decided_on = DATE_NONE };

	if (k->state != CASE_NOTIFIED)
		return FAIL_OK;
	TRY(case_take_step(c, k->id, *rev, CASE_STEP_REOPEN, &note, k, NULL));
	*rev = k->rev;
	return FAIL_OK;
}

struct one { struct office_leveling *m; int64_t id, rev; struct flaws found; };

/* The points and words of the last appraisal stand; without one those of the vote. */
static fail decide_one(struct call *c, void *arg)
{
	struct one *o = arg;
	struct year_request rq = { .case_id = o->id, .rev = o->rev, .stage = CASE_STAGE_APPRAISED, .keep = true,
		                       .reason = year_page_typed(c, o->m->rq, "reason") };
	struct year_sheet sheet;
	struct year_case k;

	o->found = (struct flaws){ 0 };
	TRY(case_by_id(c, o->id, &k));
	TRY(reopen_if_notified(c, o->m, &k, &rq.rev));
	rq.result = (unsigned)word_index(case_results, year_page_typed(c, o->m->rq, "level"));
	return year_save(c, &rq, NULL, &k, &sheet, &o->found);
}

static fail group_one(struct call *c, void *arg)
{
	struct one *o = arg;
	struct year_case k;

	return case_set_group(c, o->id, o->rev, year_page_typed(c, o->m->rq, "group"), &k);
}

static fail name_case(struct call *c, struct office_leveling *m, const struct one *o)
{
	const char *why = o->found.n ? o->found.v[0].text : c->problem.text;
	struct year_case k;

	problem_clear(c);
	fail f = case_by_id(c, o->id, &k);

	if (f == FAIL_BUSY || f == FAIL_BROKEN)
		return f;
	problem_clear(c);
	form_problem(m->form, "case", f == FAIL_OK ? arena_printf(c->arena, "%s: %s", office_case_title(c, &k), why) : why);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- many */

static fail check(struct call *c, const struct office_leveling *m)
{
	const char *level = year_page_typed(c, m->rq, "level");

	if (m->grouping)
		return FAIL_OK;
	if (!*level || word_index(case_results, level) < RESULT_NOT_COMPLETED)
		return problem(c, FAIL_INPUT, "level", "choose the level");
	if (!*year_page_typed(c, m->rq, "reason"))
		return problem(c, FAIL_INPUT, "reason", "write why the committee changes the level");
	return FAIL_OK;
}

fail office_decide_levels(struct call *c, void *arg)
{
	struct office_leveling *m = arg;
	const char *text;
	bool any = false;

	m->done = 0;
	m->form->n = 0;
	TRY(check(c, m));
	for (size_t at = 0; (text = req_form_next(m->rq, "case", &at)); any = true) {
		struct one o = { .m = m };

		TRY(office_read_choice(c, "case", text, &o.id, &o.rev));
		fail f = db_write(c, m->grouping ? group_one : decide_one, &o);

		if (f == FAIL_BUSY || f == FAIL_BROKEN)
			return f;
		if (f == FAIL_OK)
			m->done++;
		else
			TRY(name_case(c, m, &o));
	}
	return any ? FAIL_OK : problem(c, FAIL_INPUT, "case", "tick the cases first");
}

/* Every cell that is decided here, also below a department committee. */
static fail open_members(struct call *c, struct office_opening *o)
{
	struct office_query units = { o->q.unit_id, CASE_UNIT, o->q.year };
	struct office_rows cells;

	TRY(office_load(c, &units, &cells));
	for (size_t i = 0; i < cells.n; i++) {
		int64_t n = 0;

		if (cells.v[i].level != LEVEL_CELL)
			continue;
		fail f = case_open_all(c, CASE_MEMBER, o->q.year, cells.v[i].unit_id, &n);

		if (f != FAIL_OK && f != FAIL_CONFLICT)
			return f;
		problem_clear(c);
		o->opened += n;
		o->left += f == FAIL_CONFLICT;
	}
	return FAIL_OK;
}

fail office_open_all(struct call *c, void *arg)
{
	struct office_opening *o = arg;

	o->opened = o->left = 0;
	if (o->q.kind == CASE_MEMBER)
		return open_members(c, o);
	return case_open_all(c, o->q.kind, o->q.year, o->q.unit_id, &o->opened);
}
