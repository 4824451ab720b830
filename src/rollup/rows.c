/* rows.c — from a figure down to the cells and months that made it. */
#include "rollup/rows.h"

#include <string.h>

#include "rollup/memory.h"

struct list {
	struct call *c;
	const struct cube *cube;
	const struct question *q;
	enum figure num, den;
	bool alone;             /* a counter without a denominator */
	bool short_only;
	int64_t skip, limit;
	struct target_rows *out;
	size_t room;
};

static void add_row(struct list *l, const struct target_row *row)
{
	struct target_rows *o = l->out;

	if (o->n == l->room) {
		struct target_row *old = o->v;

		l->room = l->room ? l->room * 2 : 64;
		o->v = ARENA_ARRAY(l->c->arena, l->room, struct target_row);
		if (o->n)
			memcpy(o->v, old, o->n * sizeof *old);
	}
	o->v[o->n++] = *row;
}

static void take_row(struct list *l, int32_t unit, struct period of, int64_t num, int64_t den)
{
	const struct shape *s = l->cube->shape;

	if (num == 0 && den == 0)
		return;
	l->out->num += num;
	l->out->den += den;
	if (l->short_only && num >= den)
		return;
	if (l->out->all++ < l->skip || (int64_t)l->out->n >= l->limit)
		return;
	int32_t parent = shape_parent(s, l->q->structure, unit, of.to);

	add_row(l, &(struct target_row){
		.unit_id = s->unit[unit].id, .code = arena_strdup(l->c->arena, s->unit[unit].code),
		.name = arena_strdup(l->c->arena, s->unit[unit].name), .of_year = figure_of_year(l->den),
		.parent = parent < 0 ? "" : arena_strdup(l->c->arena, s->unit[parent].name), .of = of, .num = num, .den = den,
	});
}

/* Is a counter read at this month of the period, and for which months does it speak? */
static bool read_at(const struct list *l, month_no m, struct period *of)
{
	bool end = m == l->q->period.to;

	*of = (struct period){ m, m };
	if (l->den >= FIG_YEARLY)
		of->from = m - m % 12;
	else if (l->den >= FIG_MONTHLY)
		of->from = m - m % 3;
	return l->den < FIG_MONTHLY || end || (l->den >= FIG_YEARLY ? m % 12 == 11 : m % 3 == 2);
}

static void rows_of_cell(struct list *l, const struct below *b)
{
	uint32_t rows[12][FIG_COUNT];
	struct period of;

	for (month_no m = b->from; m <= b->to; m++) {
		if (m == b->from || m % 12 == 0)
			cube_own_year(l->cube, b->unit, m / 12, rows);
		if (read_at(l, m, &of))
			take_row(l, b->unit, of, rows[m % 12][l->num], rows[m % 12][l->den]);
	}
}

/* ---- figures of years: a row for each unit and year, bodies too ---- */

static void row_of_year(struct list *l, int32_t unit, int year)
{
	uint32_t own[FIG_OF_YEARS];

	cube_own_of_year(l->cube, unit, year, own);
	take_row(l, unit, (struct period){ month_of(year, 1), month_of(year, 12) }, own[l->num - FIG_COUNT],
	         l->alone ? 0 : own[l->den - FIG_COUNT]);
}

/* Where a unit hung in the month of the year, there its year counts. */
static void rows_of_year(struct list *l, int32_t unit, int year, month_no m, int depth)
{
	size_t n;
	const struct shape_link *links = shape_children(l->cube->shape, l->q->structure, unit, &n);

	row_of_year(l, unit, year);
	for (size_t i = 0; i < n && depth < 64; i++)
		if (links[i].from <= m && m <= links[i].to)
			rows_of_year(l, links[i].child, year, m, depth + 1);
}

static void rows_of_years(struct list *l, int32_t unit)
{
	for (int year = l->q->period.from / 12; year <= l->q->period.to / 12; year++)
		if (cube_has_year(l->cube, year))
			rows_of_year(l, unit, year, cube_year_month(l->cube, year), 0);
}

static fail find_target(struct list *l, int32_t unit, const char *id)
{
	const struct target **v;
	size_t n;

	TRY(targets_choose(l->c, l->cube, unit, l->q->period, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i]->id, id) == 0) {
			l->out->target = v[i];
			l->out->counter = v[i]->numerator;
			l->num = figure_of(v[i]->numerator);
			l->den = figure_of(v[i]->denominator);
			return FAIL_OK;
		}
	int counter = word_index(counter_words, id);

	if (counter >= 0 && figure_of_year(figure_of((enum counter)counter))) {
		l->out->counter = (enum counter)counter;
		l->num = l->den = figure_of((enum counter)counter);
		l->alone = true;
		return FAIL_OK;
	}
	return problem(l->c, FAIL_NOT_FOUND, "target", "there is no target “%s” for this period", id);
}

static fail list_rows(struct list *l, const char *id)
{
	int32_t unit = shape_find(l->cube->shape, l->q->unit_id);
	struct belows cells;

	if (unit < 0)
		return problem(l->c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	TRY(find_target(l, unit, id));
	if (l->q->hide_members && counter_of_members(l->out->counter))
		return problem(l->c, FAIL_DENIED, "target", "levels of members are for those who may see the members");
	l->out->unit_code = arena_strdup(l->c->arena, l->cube->shape->unit[unit].code);
	l->out->unit_name = arena_strdup(l->c->arena, l->cube->shape->unit[unit].name);
	if (figure_of_year(l->den)) {
		rows_of_years(l, unit);
		return FAIL_OK;
	}
	cells_below(l->c, l->cube, unit, l->q, &cells);
	for (size_t i = 0; i < cells.n; i++)
		rows_of_cell(l, &cells.v[i]);
	return FAIL_OK;
}

fail target_rows(struct call *c, const struct question *q, const char *name, bool short_only, int64_t skip, int64_t limit,
                 struct target_rows *out)
{
	struct rollup_want want = { q->unit_id, q->period };
	struct list l = { .c = c, .q = q, .short_only = short_only, .skip = skip, .limit = limit, .out = out };

	*out = (struct target_rows){ 0 };
	want.period.from -= want.period.from % 12;
	TRY(rollup_lock(c, &want, &l.cube));
	fail f = list_rows(&l, name);

	rollup_unlock(c);
	return f;
}
