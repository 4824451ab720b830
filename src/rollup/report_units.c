/* report_units.c — reports with a row for each unit directly below: R13, R14, R19. */
#include "rollup/children.h"
#include "rollup/memory.h"
#include "rollup/report.h"

#define QUARTERS_MAX 12

/* ---- a table of children ---- */

typedef void fill_row(const void *arg, const struct cube *cube, const struct figures *f, int32_t unit, struct report_value *v);

static void name_row(struct call *c, const struct cube *cube, const struct child *x, struct report_value *v)
{
	v[0].s = arena_strdup(c->arena, cube->shape->unit[x->unit].code);
	v[1].s = x->own ? tr(c->lang, N_("own meetings")) : arena_strdup(c->arena, cube->shape->unit[x->unit].name);
	v[1].b = cube->shape->unit[x->unit].id;
}

/* The cube is held by the caller. A cell has one row: its own. */
static void child_rows(struct call *c, const struct report *r, struct report_table *t, const struct cube *cube, int32_t unit, fill_row *fill,
                       const void *arg)
{
	struct children kids;

	children_of(c, cube, unit, &r->question, &kids);
	for (size_t i = 0; i < kids.n; i++) {
		struct report_value *v = report_row(c, t);

		name_row(c, cube, &kids.v[i], v);
		fill(arg, cube, &kids.v[i].f, kids.v[i].unit, v + 2);
	}
	struct report_value *total = report_total(c, t);

	total[1].s = tr(c->lang, N_("Total"));
	fill(arg, cube, &kids.total, unit, total + 2);
}

static struct report_value rate(const struct figures *f, enum figure num, enum figure den)
{
	return (struct report_value){ f->v[num], f->v[den], "" };
}

static struct report_value number(int64_t n)
{
	return (struct report_value){ n, 0, "" };
}

/* Half up to a tenth. */
static struct report_value mean(int64_t sum, int64_t n)
{
	return number(n ? (2 * sum + n) / (2 * n) : INT_UNKNOWN);
}

static fail hold(struct call *c, const struct report *r, const struct cube **cube, int32_t *unit)
{
	struct rollup_want want = { r->question.unit_id, r->question.period };

	TRY(rollup_lock(c, &want, cube));
	*unit = shape_find((*cube)->shape, r->question.unit_id);
	if (*unit >= 0)
		return FAIL_OK;
	rollup_unlock(c);
	return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
}

/* ---- R14 ---- */

static void fill_summary(const void *arg, const struct cube *cube, const struct figures *f, int32_t unit, struct report_value *v)
{
	(void)arg;
	(void)cube;
	(void)unit;
	v[0] = rate(f, FIG_regular, FIG_due);
	v[1] = rate(f, FIG_thematic_quarters, FIG_cell_quarters);
	v[2] = rate(f, FIG_pre_meetings, FIG_meetings);
	v[3] = rate(f, FIG_present, FIG_expected);
	v[4] = number(f->v[FIG_excused]);
	v[5] = number(f->v[FIG_unexcused]);
	v[6] = rate(f, FIG_scored, FIG_regular);
	v[7] = mean(f->v[FIG_points], f->v[FIG_scored]);
	for (int i = 0; i < 4; i++)
		v[8 + i] = number(f->v[FIG_good + i]);
	v[12] = rate(f, FIG_good_years, FIG_cell_years);
}

static const struct report_column summary_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Unit"), VALUE_TEXT }, { "regular", N_("Regular meetings"), VALUE_RATE },
	{ "thematic", N_("Quarters with a thematic part"), VALUE_RATE }, { "pre_meetings", N_("Pre-meetings"), VALUE_RATE },
	{ "attendance", N_("Attendance"), VALUE_RATE }, { "excused", N_("Excused"), VALUE_COUNT }, { "unexcused", N_("Unexcused"), VALUE_COUNT },
	{ "scored", N_("Scored"), VALUE_RATE }, { "mean", N_("Mean points"), VALUE_POINTS }, { "good", N_("Good"), VALUE_COUNT },
	{ "fair", N_("Fair"), VALUE_COUNT }, { "average", N_("Average"), VALUE_COUNT }, { "poor", N_("Poor"), VALUE_COUNT },
	{ "good_years", N_("Cells of class Good in the year"), VALUE_RATE },
};

fail report_summary(struct call *c, struct report *r)
{
	const struct cube *cube;
	int32_t unit;

	TRY(hold(c, r, &cube, &unit));
	struct report_table *t = report_table(r, "units", r->kind->title, COLUMNS(summary_columns));

	child_rows(c, r, t, cube, unit, fill_summary, NULL);
	rollup_unlock(c);
	return FAIL_OK;
}

/* ---- R13: a column for each quarter, then the whole period ---- */

struct quarters { struct period v[QUARTERS_MAX]; size_t n; const struct question *q; int32_t above; };

static fail find_quarters(struct call *c, const struct question *q, struct quarters *out)
{
	out->q = q;
	for (month_no m = q->period.from; m <= q->period.to; m = m - m % 3 + 3) {
		month_no last = m - m % 3 + 2;

		if (out->n == QUARTERS_MAX)
			return problem(c, FAIL_INPUT, "period", "this report covers at most three years at once");
		out->v[out->n++] = (struct period){ m, last < q->period.to ? last : q->period.to };
	}
	return FAIL_OK;
}

static const struct report_column *quarter_columns(struct call *c, const struct quarters *q)
{
	struct report_column *v = ARENA_ARRAY(c->arena, q->n + 4, struct report_column);

	v[0] = summary_columns[0];
	v[1] = summary_columns[1];
	for (size_t i = 0; i < q->n; i++) {
		int year = q->v[i].from / 12, quarter = q->v[i].from % 12 / 3 + 1;

		v[2 + i] = (struct report_column){ arena_printf(c->arena, "%d-Q%d", year, quarter),
			                                arena_printf(c->arena, tr(c->lang, "Quarter %d/%d"), quarter, year), VALUE_RATE };
	}
	v[2 + q->n] = (struct report_column){ "parts", N_("Thematic parts held"), VALUE_COUNT };
	v[3 + q->n] = (struct report_column){ "total", N_("All quarters"), VALUE_RATE };
	return v;
}

/* Each quarter of a child again for the months in which it hung here. */
static void quarter_values(const struct quarters *q, const struct cube *cube, int32_t parent, const struct child *x, struct report_value *v)
{
	size_t n;
	const struct shape_link *l = shape_children(cube->shape, q->q->structure, parent, &n);
	struct figures f;

	for (size_t i = 0; i < q->n; i++) {
		if (x->own)
			cube_own_figures(cube, x->unit, q->v[i], &f);
		for (size_t k = 0; !x->own && k < n; k++) {
			if (l[k].child != x->unit)
				continue;
			cube_figures(cube, q->q->structure, x->unit, q->v[i], l[k].from, l[k].to, &f);
			v[i].a += f.v[FIG_thematic_quarters];
			v[i].b += f.v[FIG_cell_quarters];
		}
		if (x->own)
			v[i] = rate(&f, FIG_thematic_quarters, FIG_cell_quarters);
	}
	v[q->n] = number(x->f.v[FIG_thematic]);
	v[q->n + 1] = rate(&x->f, FIG_thematic_quarters, FIG_cell_quarters);
}

fail report_thematic(struct call *c, struct report *r)
{
	struct quarters q = { .n = 0 };
	const struct cube *cube;
	struct children kids;
	int32_t unit;

	TRY(find_quarters(c, &r->question, &q));
	TRY(hold(c, r, &cube, &unit));
	struct report_table *t = report_table(r, "units", r->kind->title, quarter_columns(c, &q), q.n + 4);

	children_of(c, cube, unit, &r->question, &kids);
	struct report_value *total = report_total(c, t);

	for (size_t i = 0; i < kids.n; i++) {
		struct report_value *v = report_row(c, t);

		name_row(c, cube, &kids.v[i], v);
		quarter_values(&q, cube, unit, &kids.v[i], v + 2);
		for (size_t k = 2; k < t->column_n; k++) {
			total[k].a += v[k].a;
			total[k].b += v[k].b;
		}
	}
	total[1].s = tr(c->lang, N_("Total"));
	rollup_unlock(c);
	return FAIL_OK;
}

/* ---- R19: the unit's targets, then each of them for every unit below ---- */

static const struct report_column target_columns[] = {
	{ "id", N_("No."), VALUE_TEXT }, { "title", N_("Target"), VALUE_TEXT }, { "value", N_("Value"), VALUE_RATE },
	{ "threshold", N_("Required"), VALUE_TEXT }, { "met", N_("Met?"), VALUE_MET }, { "needed", N_("Least number that meets it"), VALUE_COUNT },
};

static void own_targets(struct call *c, struct report *r, const struct target_lines *lines)
{
	struct report_table *t = report_table(r, "targets", r->kind->title, COLUMNS(target_columns));
	int64_t by_score = 0;

	for (size_t i = 0; i < lines->n; i++) {
		const struct target_line *l = &lines->v[i];
		struct report_value *v = report_row(c, t);

		v[0].s = l->target->id;
		v[1].s = l->target->title[c->lang];
		v[2] = (struct report_value){ l->result.numerator, l->result.denominator, "" };
		v[3].s = l->target->compare == TARGET_REPORTED ? target_threshold_words(c->arena, l->target, c->lang) : l->target->threshold;
		v[4].a = l->result.known ? l->result.met : -1;
		v[5].a = l->result.known ? l->result.needed : INT_UNKNOWN;
		by_score += l->by_score;
	}
	if (by_score)
		t->note = arena_printf(c->arena,
		                       tr(c->lang, "Of the complete meetings, %s came in without a record of their steps: there the score in the "
		                                   "same sitting alone was counted."),
		                       show_int(c->arena, c->lang, by_score));
}

struct chosen { const struct target **v; size_t n; };

static void fill_targets(const void *arg, const struct cube *cube, const struct figures *f, int32_t unit, struct report_value *v)
{
	const struct chosen *t = arg;

	(void)cube;
	(void)unit;
	for (size_t i = 0; i < t->n; i++)
		v[i] = rate(f, figure_of(t->v[i]->numerator), figure_of(t->v[i]->denominator));
}

static void drop_members(const struct question *q, struct chosen *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (!q->hide_members || !target_of_members(t->v[i]))
			t->v[n++] = t->v[i];
	t->n = n;
}

static fail both_tables(struct call *c, struct report *r, const struct cube *cube, int32_t unit)
{
	struct target_lines lines;
	struct chosen chosen;

	TRY(targets_of(c, cube, unit, &r->question, &lines));
	own_targets(c, r, &lines);
	TRY(targets_choose(c, cube, unit, r->question.period, &chosen.v, &chosen.n));
	drop_members(&r->question, &chosen);
	struct report_column *columns = ARENA_ARRAY(c->arena, chosen.n + 2, struct report_column);

	columns[0] = summary_columns[0];
	columns[1] = summary_columns[1];
	for (size_t i = 0; i < chosen.n; i++)
		columns[2 + i] = (struct report_column){ chosen.v[i]->id, chosen.v[i]->id, VALUE_RATE };
	child_rows(c, r, report_table(r, "units", N_("By unit"), columns, chosen.n + 2), cube, unit, fill_targets, &chosen);
	return FAIL_OK;
}

fail report_targets(struct call *c, struct report *r)
{
	const struct cube *cube;
	int32_t unit;

	TRY(hold(c, r, &cube, &unit));
	fail f = both_tables(c, r, cube, unit);

	rollup_unlock(c);
	return f;
}
