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

enum { Y_CODE, Y_NAME, Y_MONTHS_FIRST, Y_DUE = Y_MONTHS_FIRST + 12, Y_HELD, Y_MISSED, Y_EXCUSED, Y_GOOD, Y_MEAN, Y_CLASS, Y_CLASS_Y1, Y_CLASS_Y2, Y_WHY };

static struct report_column *year_columns(struct call *c, size_t *n)
{
	static const struct report_column last[] = {
		{ "months", N_("Months due"), VALUE_COUNT }, { "held", N_("Held"), VALUE_COUNT }, { "missed", N_("Not held"), VALUE_COUNT },
		{ "excused", N_("Of these with an approved reason"), VALUE_COUNT }, { "good", N_("Good"), VALUE_COUNT },
		{ "mean", N_("Mean points"), VALUE_POINTS }, { "class", N_("Class of the year"), VALUE_CLASS }, { "class_y1", N_("By Y1"), VALUE_CLASS },
		{ "class_y2", N_("By Y2"), VALUE_CLASS }, { "why", N_("Reason"), VALUE_TEXT },
	};
	size_t end = sizeof last / sizeof *last;
	struct report_column *v = ARENA_ARRAY(c->arena, Y_DUE + end, struct report_column);

	v[Y_CODE] = (struct report_column){ "code", N_("Code"), VALUE_TEXT };
	v[Y_NAME] = (struct report_column){ "name", N_("Cell"), VALUE_TEXT };
	for (int m = 0; m < 12; m++)
		v[Y_MONTHS_FIRST + m] = (struct report_column){ month_keys[m], arena_printf(c->arena, "%d", m + 1), VALUE_POINTS };
	memcpy(v + Y_DUE, last, sizeof last);
	*n = Y_DUE + end;
	return v;
}

/* The rule of that name for the year, whether or not it is in force here: NULL when there is none. */
static const struct year_rule *rule_named(const struct rules *r, const char *id, int year)
{
	struct date on = date_of(year, 12, 31);

	for (size_t i = 0; r && i < r->n; i++)
		if (r->v[i].kind == RULE_YEAR && strcmp(r->v[i].id, id) == 0 && r->v[i].year->valid_from.days <= on.days &&
		    r->v[i].year->valid_to.days >= on.days)
			return r->v[i].year;
	return NULL;
}

static int64_t class_by(struct call *c, const struct year_rule *rule, const struct year_facts *facts)
{
	struct year_result result = { 0 };

	if (rule)
		year_classify(c->arena, rule, facts, c->lang, &result);
	return result.grade;
}

/* A cell of the table whose months are looked at again for approved reasons. */
struct missed_cell { int64_t realm, unit_id; unsigned missed; struct report_value *row; };
struct year_job { struct report_table *t; int year, last; struct missed_cell *missed; size_t n; };

static unsigned missed_bits(const struct year_facts *y)
{
	unsigned bits = 0;

	for (int m = 0; m < 12; m++)
		bits |= (unsigned)(y->month[m].state == MONTH_MISSED) << m;
	return bits;
}

static void year_row(struct call *c, struct year_job *j, const struct cube *cube, const struct below *b)
{
	const struct cell_facts *facts = cube_facts(cube, b->unit, j->year);
	const struct year_rule *rule = cube->rule ? cube->rule(cube->rule_arg, b->unit, j->year) : NULL;
	const struct shape_unit *u = &cube->shape->unit[b->unit];
	struct report_value *v = report_row(c, j->t);
	struct year_result result = { .mean = TENTHS_NONE, .why = "" };
	struct year_facts y;

	v[Y_CODE].s = code_of(c, cube, b->unit);
	v[Y_NAME] = name_of(c, cube, b->unit);
	figure_year_facts(facts, shape_covered(cube->shape, b->unit, j->year), j->last, &y);
	if (rule)
		year_classify(c->arena, rule, &y, c->lang, &result);
	for (int m = 0; m < 12; m++)
		v[Y_MONTHS_FIRST + m].a = y.month[m].state == MONTH_SCORED ? y.month[m].points.t : INT_UNKNOWN;
	v[Y_DUE].a = result.months;
	v[Y_HELD].a = result.held;
	v[Y_MISSED].a = result.missed;
	v[Y_GOOD].a = result.at_least[GRADE_GOOD];
	v[Y_MEAN].a = tenths_is(result.mean) ? result.mean.t : INT_UNKNOWN;
	v[Y_CLASS].a = result.grade;
	v[Y_CLASS_Y1].a = class_by(c, rule_named(c->rules, "Y1", j->year), &y);
	v[Y_CLASS_Y2].a = class_by(c, rule_named(c->rules, "Y2", j->year), &y);
	v[Y_WHY].s = result.why;
	if (result.missed)
		j->missed[j->n++] = (struct missed_cell){ u->realm, u->id, missed_bits(&y), v };
}

/* ---- approved reasons ---- */

struct excused { int64_t month; struct date planned_on; };
static const struct field excused_fields[] = { COL(struct excused, month), COL(struct excused, planned_on), FIELD_END };
static const struct record excused_record = { "excused", sizeof(struct excused), excused_fields };

static fail excused_body(struct call *c, void *arg)
{
	const struct year_job *j = arg;
	month_no january = month_of(j->year, 1);

	for (size_t i = 0; i < j->n; i++) {
		const struct missed_cell *x = &j->missed[i];
		unsigned bits = 0;
		struct excused *v;
		size_t n;

		TRY(db_all(c, &Q_rollup_excused, ARGS(V(x->realm), V(x->unit_id), V(january), V(january + 11)), &excused_record, &v, &n));
		for (size_t k = 0; k < n; k++) {
			month_no planned = date_is(v[k].planned_on) ? date_month(v[k].planned_on) : (month_no)v[k].month;

			bits |= v[k].month >= january && v[k].month <= january + 11 ? 1u << (v[k].month - january) : 0;
			bits |= planned >= january && planned <= january + 11 ? 1u << (planned - january) : 0;
		}
		x->row[Y_EXCUSED].a = __builtin_popcount(bits & x->missed);
	}
	return FAIL_OK;
}

/* ---- sums ---- */

static int64_t of_class(const struct report_table *t, int column, enum grade g)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->row_n; i++)
		n += t->rows[i][column].a == (int64_t)g;
	return n;
}

static void year_sums(struct call *c, struct report_table *t)
{
	struct report_value *total = report_total(c, t);
	int64_t good = of_class(t, Y_CLASS, GRADE_GOOD), all = (int64_t)t->row_n;

	total[Y_NAME].s = tr(c->lang, "Total");
	for (int m = 0; m < 12; m++)
		total[Y_MONTHS_FIRST + m].a = INT_UNKNOWN;
	total[Y_MEAN].a = INT_UNKNOWN;
	for (size_t i = 0; i < t->row_n; i++)
		for (int k = Y_DUE; k <= Y_GOOD; k++)
			total[k].a += t->rows[i][k].a;
	t->note = arena_printf(c->arena, tr(c->lang, "Cells: %1$s. Good: %2$s (%3$s), Fair: %4$s, Average: %5$s, Poor: %6$s. Good by Y1: %7$s, by Y2: %8$s."),
	                       show_int(c->arena, c->lang, all), show_int(c->arena, c->lang, good), show_percent(c->arena, c->lang, good, all),
	                       show_int(c->arena, c->lang, of_class(t, Y_CLASS, GRADE_FAIR)), show_int(c->arena, c->lang, of_class(t, Y_CLASS, GRADE_AVERAGE)),
	                       show_int(c->arena, c->lang, of_class(t, Y_CLASS, GRADE_POOR)), show_int(c->arena, c->lang, of_class(t, Y_CLASS_Y1, GRADE_GOOD)),
	                       show_int(c->arena, c->lang, of_class(t, Y_CLASS_Y2, GRADE_GOOD)));
}

/* The year in which the period ends; a cell that moved stands with the unit it hung below at the end. */
fail report_year_sheet(struct call *c, struct report *r)
{
	struct year_job j = { .year = r->question.period.to / 12 };
	const struct cube *cube;
	struct belows cells;
	size_t n;

	r->question.period = (struct period){ month_of(j.year, 1), month_of(j.year, 12) };
	TRY(hold(c, r, &cube, &cells));
	const struct report_column *columns = year_columns(c, &n);

	j.t = report_table(r, "cells", r->kind->title, columns, n);
	j.missed = ARENA_ARRAY(c->arena, cells.n + 1, struct missed_cell);
	j.last = cube->now - month_of(j.year, 1);
	j.last = j.last < 0 ? -1 : j.last > 11 ? 12 : j.last;
	for (size_t i = 0; i < cells.n; i++)
		if (cells.v[i].to == month_of(j.year, 12))
			year_row(c, &j, cube, &cells.v[i]);
	rollup_unlock(c);
	TRY(db_read(c, excused_body, &j));
	year_sums(c, j.t);
	return FAIL_OK;
}
