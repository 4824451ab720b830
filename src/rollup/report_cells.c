/* report_cells.c — the year of each cell: R24. The month of each cell is report_quality.c. */
#include <string.h>

#include "db/db.h"
#include "org/member.h"
#include "rollup/memory.h"
#include "rollup/report.h"
#include "rollup_sql.h"
#include "rules/rules.h"

static fail hold(struct call *c, const struct report *r, const struct cube **cube, struct belows *cells)
{
	struct rollup_want want = { r->question.unit_id, r->question.period };

	want.period.from -= want.period.from % 12; /* classes of a year look at all of it */
	TRY(rollup_lock(c, &want, cube));
	int32_t unit = shape_find((*cube)->shape, r->question.unit_id);

	if (unit < 0) {
		rollup_unlock(c);
		return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	}
	cells_below(c, *cube, unit, &r->question, cells);
	return FAIL_OK;
}

static const char *code_of(struct call *c, const struct cube *cube, int32_t unit)
{
	return arena_strdup(c->arena, cube->shape->unit[unit].code);
}

static struct report_value name_of(struct call *c, const struct cube *cube, int32_t unit)
{
	if (unit <= SHAPE_TOP)
		return (struct report_value){ .s = "" };
	return (struct report_value){ .b = cube->shape->unit[unit].id, .s = arena_strdup(c->arena, cube->shape->unit[unit].name) };
}

/* ---- R24 ---- */

static const char *const month_keys[12] = { "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12" };

static struct report_column *year_columns(struct call *c, size_t *n)
{
	static const struct report_column last[] = {
		{ "months", N_("Months due"), VALUE_COUNT }, { "held", N_("Held"), VALUE_COUNT }, { "good", N_("Good"), VALUE_COUNT },
		{ "mean", N_("Mean points"), VALUE_POINTS }, { "class", N_("Class of the year"), VALUE_CLASS }, { "why", N_("Reason"), VALUE_TEXT },
	};
	size_t end = sizeof last / sizeof *last;
	struct report_column *v = ARENA_ARRAY(c->arena, 14 + end, struct report_column);

	v[0] = (struct report_column){ "code", N_("Code"), VALUE_TEXT };
	v[1] = (struct report_column){ "name", N_("Cell"), VALUE_TEXT };
	for (int m = 0; m < 12; m++)
		v[2 + m] = (struct report_column){ month_keys[m], arena_printf(c->arena, "%d", m + 1), VALUE_POINTS };
	memcpy(v + 14, last, sizeof last);
	*n = 14 + end;
	return v;
}

static void year_row(struct call *c, struct report_table *t, const struct cube *cube, const struct below *b, int year, int last)
{
	const struct cell_facts *facts = cube_facts(cube, b->unit, year);
	const struct year_rule *rule = cube->rule ? cube->rule(cube->rule_arg, b->unit, year) : NULL;
	struct report_value *v = report_row(c, t);
	struct year_result result = { .mean = TENTHS_NONE, .why = "" };
	struct year_facts y;

	v[0].s = code_of(c, cube, b->unit);
	v[1] = name_of(c, cube, b->unit);
	figure_year_facts(facts, shape_covered(cube->shape, b->unit, year), last, &y);
	if (rule)
		year_classify(c->arena, rule, &y, c->lang, &result);
	for (int m = 0; m < 12; m++)
		v[2 + m].a = y.month[m].state == MONTH_SCORED ? y.month[m].points.t : INT_UNKNOWN;
	v[14].a = result.months;
	v[15].a = result.held;
	v[16].a = result.at_least[GRADE_GOOD];
	v[17].a = tenths_is(result.mean) ? result.mean.t : INT_UNKNOWN;
	v[18].a = result.grade;
	v[19].s = result.why;
}

/* The year in which the period ends; a cell that moved stands with the unit it hung below at the end. */
fail report_year_sheet(struct call *c, struct report *r)
{
	int year = r->question.period.to / 12;
	const struct cube *cube;
	struct belows cells;
	size_t n;

	r->question.period = (struct period){ month_of(year, 1), month_of(year, 12) };
	TRY(hold(c, r, &cube, &cells));
	const struct report_column *columns = year_columns(c, &n);
	struct report_table *t = report_table(r, "cells", r->kind->title, columns, n);
	int last = cube->now - month_of(year, 1);

	for (size_t i = 0; i < cells.n; i++)
		if (cells.v[i].to == month_of(year, 12))
			year_row(c, t, cube, &cells.v[i], year, last < 0 ? -1 : last > 11 ? 12 : last);
	rollup_unlock(c);
	return FAIL_OK;
}
