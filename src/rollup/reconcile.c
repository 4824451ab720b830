/* reconcile.c — the structure of that time against today's: what differs, by how much, and which months of which cells make it so.
 *
 * For every unit directly below: figures then, now, and the difference. Then the cells behind the differences: those that in a month hung below
 * another of these units than today (or not below the unit asked about at all). The differences are exactly the sums of these rows; the
 * grand totals of the whole installation are equal. Likewise for figures of years: there the month of the year decides where a unit stands. */
#include <string.h>

#include "rollup/children.h"
#include "rollup/memory.h"
#include "rollup/report.h"

enum { MOVED_MAX = 5000 }; /* rows of cells; beyond them only counted */

static const struct report_column unit_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Unit"), VALUE_TEXT },
	{ "due_then", N_("Months due, then"), VALUE_COUNT }, { "due_now", N_("Months due, now"), VALUE_COUNT },
	{ "due_difference", N_("Difference"), VALUE_COUNT },
	{ "regular_then", N_("Regular meetings, then"), VALUE_COUNT }, { "regular_now", N_("Regular meetings, now"), VALUE_COUNT },
	{ "regular_difference", N_("Difference"), VALUE_COUNT },
	{ "attendance_then", N_("Attendance, then"), VALUE_RATE }, { "attendance_now", N_("Attendance, now"), VALUE_RATE },
};
static const struct report_column moved_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Cell"), VALUE_TEXT }, { "from", N_("From month"), VALUE_MONTH },
	{ "to", N_("To month"), VALUE_MONTH }, { "then_code", N_("Then below, code"), VALUE_TEXT }, { "then_name", N_("Then below"), VALUE_TEXT },
	{ "now_code", N_("Now below, code"), VALUE_TEXT }, { "now_name", N_("Now below"), VALUE_TEXT },
	{ "due", N_("Months due"), VALUE_COUNT }, { "regular", N_("Regular meetings"), VALUE_COUNT },
	{ "attendance", N_("Attendance"), VALUE_RATE },
};

static const struct report_column year_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Unit"), VALUE_TEXT },
	{ "cells_then", N_("Cells, then"), VALUE_COUNT }, { "cells_now", N_("Cells, now"), VALUE_COUNT },
	{ "registered_then", N_("Registered, then"), VALUE_COUNT }, { "registered_now", N_("Registered, now"), VALUE_COUNT },
	{ "registered_difference", N_("Difference"), VALUE_COUNT },
	{ "met_then", N_("Met, then"), VALUE_COUNT }, { "met_now", N_("Met, now"), VALUE_COUNT }, { "met_difference", N_("Difference"), VALUE_COUNT },
};
static const struct report_column year_moved_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Unit"), VALUE_TEXT }, { "year", N_("Year"), VALUE_TEXT },
	{ "then_code", N_("Then below, code"), VALUE_TEXT }, { "then_name", N_("Then below"), VALUE_TEXT },
	{ "now_code", N_("Now below, code"), VALUE_TEXT }, { "now_name", N_("Now below"), VALUE_TEXT },
	{ "registered", N_("Registered"), VALUE_COUNT }, { "met", N_("Standard met"), VALUE_COUNT },
};

struct work {
	struct call *c;
	struct report *r;
	const struct cube *cube;
	int32_t unit;
};

/* ---- the units below ---- */

static void unit_values(struct report_value *v, const struct figures *then, const struct figures *now)
{
	v[2].a = then->v[FIG_due];
	v[3].a = now->v[FIG_due];
	v[4].a = now->v[FIG_due] - then->v[FIG_due];
	v[5].a = then->v[FIG_regular];
	v[6].a = now->v[FIG_regular];
	v[7].a = now->v[FIG_regular] - then->v[FIG_regular];
	v[8] = (struct report_value){ then->v[FIG_present], then->v[FIG_expected], "" };
	v[9] = (struct report_value){ now->v[FIG_present], now->v[FIG_expected], "" };
}

static void year_values(struct report_value *v, const struct figures *then, const struct figures *now)
{
	v[2].a = then->v[FIG_cells];
	v[3].a = now->v[FIG_cells];
	v[4].a = then->v[FIG_cells_registered];
	v[5].a = now->v[FIG_cells_registered];
	v[6].a = v[5].a - v[4].a;
	v[7].a = then->v[FIG_cells_met];
	v[8].a = now->v[FIG_cells_met];
	v[9].a = v[8].a - v[7].a;
}

/* Which figures a row shows. */
typedef void put_values(struct report_value *v, const struct figures *then, const struct figures *now);

static const struct figures no_figures;

static const struct figures *figures_in(const struct children *kids, int32_t unit, bool own)
{
	for (size_t i = 0; i < kids->n; i++)
		if (kids->v[i].unit == unit && kids->v[i].own == own)
			return &kids->v[i].f;
	return &no_figures;
}

static void unit_row(struct work *w, struct report_table *t, put_values *put, const struct child *x, const struct figures *then, const struct figures *now)
{
	const struct shape_unit *u = &w->cube->shape->unit[x->unit];
	struct report_value *v;

	if (!figures_any(then) && !figures_any(now) && !then->v[FIG_cells] && !now->v[FIG_cells])
		return;
	v = report_row(w->c, t);
	v[0].s = arena_strdup(w->c->arena, u->code);
	v[1].s = x->own ? tr(w->c->lang, "own meetings") : arena_strdup(w->c->arena, u->name);
	v[1].b = u->id;
	put(v, then, now);
}

static void unit_rows(struct work *w, struct report_table *t, put_values *put)
{
	struct question q = w->r->question;
	struct children then, now;

	q.structure = THEN;
	children_of(w->c, w->cube, w->unit, &q, &then);
	q.structure = NOW;
	children_of(w->c, w->cube, w->unit, &q, &now);
	for (size_t i = 0; i < then.n; i++)
		unit_row(w, t, put, &then.v[i], &then.v[i].f, figures_in(&now, then.v[i].unit, then.v[i].own));
	for (size_t i = 0; i < now.n; i++)
		if (figures_in(&then, now.v[i].unit, now.v[i].own) == &no_figures)
			unit_row(w, t, put, &now.v[i], figures_in(&then, now.v[i].unit, now.v[i].own), &now.v[i].f);
	struct report_value *total = report_total(w->c, t);

	total[1].s = tr(w->c->lang, "Total");
	put(total, &then.total, &now.total);
}

/* ---- the cells behind it ---- */

/* The unit directly below the one asked about through which `u` hangs; the unit itself for its own meetings; -1: not below. */
static int32_t way_to(const struct work *w, enum structure k, int32_t u, month_no m)
{
	const struct shape *s = w->cube->shape;

	for (int32_t up; u >= 0 && u != w->unit; u = up) {
		up = shape_parent(s, k, u, m);
		if (up == w->unit)
			return u;
	}
	return u;
}

struct place_of { int32_t then_way, now_way, then_parent, now_parent; };

static struct place_of place_of(const struct work *w, int32_t u, month_no m)
{
	const struct shape *s = w->cube->shape;

	return (struct place_of){ way_to(w, THEN, u, m), way_to(w, NOW, u, m), shape_parent(s, THEN, u, m), shape_parent(s, NOW, u, m) };
}

static void put_place(struct work *w, struct report_value *v, int32_t unit)
{
	const struct shape *s = w->cube->shape;

	v[0].s = unit < 0 ? "" : arena_strdup(w->c->arena, s->unit[unit].code);
	v[1].s = unit < 0 ? "" : arena_strdup(w->c->arena, s->unit[unit].name);
	v[1].b = unit < 0 ? 0 : s->unit[unit].id;
}

static void moved_row(struct work *w, struct report_table *t, int32_t u, struct period p, const struct place_of *at)
{
	struct figures f;
	struct report_value *v;

	cube_own_figures(w->cube, u, p, &f);
	if (!figures_any(&f))
		return;
	if (t->row_n == MOVED_MAX) {
		t->note = tr(w->c->lang, N_("There are more cells than are listed here: ask about a unit further down."));
		return;
	}
	v = report_row(w->c, t);
	put_place(w, v, u);
	v[2].a = p.from;
	v[3].a = p.to;
	put_place(w, v + 4, at->then_parent);
	put_place(w, v + 6, at->now_parent);
	v[8].a = f.v[FIG_due];
	v[9].a = f.v[FIG_regular];
	v[10] = (struct report_value){ f.v[FIG_present], f.v[FIG_expected], "" };
}

/* Runs of months with the same places. */
static void moved_months(struct work *w, struct report_table *t, int32_t u)
{
	struct period p = w->r->question.period, run = { p.from, p.from - 1 };
	struct place_of at = place_of(w, u, p.from);

	for (month_no m = p.from; m <= p.to; m++) {
		struct place_of next = place_of(w, u, m);

		if (memcmp(&next, &at, sizeof at) != 0) {
			if (at.then_way != at.now_way)
				moved_row(w, t, u, run, &at);
			run.from = m;
			at = next;
		}
		run.to = m;
	}
	if (at.then_way != at.now_way)
		moved_row(w, t, u, run, &at);
}

static void moved_year(struct work *w, struct report_table *t, int32_t u, int year)
{
	struct place_of at = place_of(w, u, cube_year_month(w->cube, year));
	const struct unit_year *y = cube_unit_year(w->cube, u, year);
	struct report_value *v;

	if (at.then_way == at.now_way || !y || !(y->marks & MARK_REGISTERED))
		return;
	v = report_row(w->c, t);
	put_place(w, v, u);
	v[2].s = arena_printf(w->c->arena, "%d", year);
	put_place(w, v + 3, at.then_parent);
	put_place(w, v + 5, at.now_parent);
	v[7].a = 1;
	v[8].a = (y->marks & MARK_MET) != 0;
}

static void reconcile_years(struct work *w)
{
	const struct period *p = &w->r->question.period;
	struct report_table *years = report_table(w->r, "years", N_("Figures of years in both structures"), COLUMNS(year_columns));
	struct report_table *moved = report_table(w->r, "years_moved", N_("Units behind the differences of years"), COLUMNS(year_moved_columns));

	unit_rows(w, years, year_values);
	for (int32_t u = 1; u < w->cube->shape->n; u++)
		for (int year = p->from / 12; year <= p->to / 12 && moved->row_n < MOVED_MAX; year++)
			moved_year(w, moved, u, year);
}

static bool totals_equal(const struct work *w)
{
	struct figures then, now;

	cube_figures(w->cube, THEN, SHAPE_TOP, w->r->question.period, MONTH_EVER, MONTH_FAR, &then);
	cube_figures(w->cube, NOW, SHAPE_TOP, w->r->question.period, MONTH_EVER, MONTH_FAR, &now);
	return memcmp(&then, &now, sizeof then) == 0;
}

fail report_reconcile(struct call *c, struct report *r)
{
	struct rollup_want everything = { 0, r->question.period };
	struct work w = { .c = c, .r = r };

	TRY(rollup_lock(c, &everything, &w.cube));
	w.unit = shape_find(w.cube->shape, r->question.unit_id);
	if (w.unit >= 0) {
		struct report_table *units = report_table(r, "units", N_("Figures of both structures"), COLUMNS(unit_columns));
		struct report_table *moved = report_table(r, "moved", N_("Cells behind the differences"), COLUMNS(moved_columns));

		unit_rows(&w, units, unit_values);
		for (int32_t u = 1; u < w.cube->shape->n; u++)
			moved_months(&w, moved, u);
		reconcile_years(&w);
		r->holds = totals_equal(&w);
		units->note = tr(c->lang, r->holds ? N_("The grand totals of both structures are equal.")
		                                   : N_("The grand totals of the structures differ: have the counters checked (chibo verify)."));
	}
	rollup_unlock(c);
	return FAIL_OK;
}
