/* cube.c — sums along the ways up. Rows below are added to the rows above month by month, because the tree of `then` differs by month. */
#include "rollup/cube.h"

#include <stdlib.h>
#include <string.h>

typedef uint32_t year_rows[12][FIG_COUNT];

bool cube_begin(struct cube *cube, const struct shape *shape, month_no now, int year_from, int years)
{
	*cube = (struct cube){ .shape = shape, .now = now, .year_from = year_from, .years = years };
	for (int y = 0; y < years; y++) {
		cube->facts[y] = calloc((size_t)shape->n, sizeof *cube->facts[y]);
		if (!cube->facts[y])
			break;
		cube->of_year[y] = calloc((size_t)shape->n, sizeof *cube->of_year[y]);
		for (int k = THEN; k <= NOW; k++) {
			cube->rows[k][y] = calloc((size_t)shape->row_n, sizeof(year_rows));
			cube->year_sums[k][y] = calloc((size_t)shape->row_n, sizeof *cube->year_sums[k][y]);
		}
		if (!cube->of_year[y] || !cube->rows[THEN][y] || !cube->rows[NOW][y] || !cube->year_sums[THEN][y] || !cube->year_sums[NOW][y])
			break;
		if (y == years - 1)
			return true;
	}
	cube_free(cube);
	return years == 0;
}

void cube_free(struct cube *cube)
{
	for (int y = 0; y < CUBE_YEARS; y++) {
		free(cube->facts[y]);
		free(cube->rows[THEN][y]);
		free(cube->rows[NOW][y]);
		free(cube->of_year[y]);
		free(cube->year_sums[THEN][y]);
		free(cube->year_sums[NOW][y]);
	}
	*cube = (struct cube){ 0 };
}

struct cell_facts *cube_facts(const struct cube *cube, int32_t unit, int year)
{
	return cube_has_year(cube, year) ? cube->facts[year - cube->year_from][unit] : NULL;
}

/* The current month's place in a year, as figure_year wants it. */
static int last_month(const struct cube *cube, int year)
{
	int last = cube->now - month_of(year, 1);

	return last < 0 ? -1 : last > 11 ? 12 : last;
}

void cube_own_year(const struct cube *cube, int32_t unit, int year, year_rows out)
{
	const struct year_rule *rule = cube->rule ? cube->rule(cube->rule_arg, unit, year) : NULL;

	figure_year(cube_facts(cube, unit, year), shape_covered(cube->shape, unit, year), last_month(cube, year), rule, out);
}

struct unit_year *cube_unit_year(const struct cube *cube, int32_t unit, int year)
{
	return cube_has_year(cube, year) ? &cube->of_year[year - cube->year_from][unit] : NULL;
}

month_no cube_year_month(const struct cube *cube, int year)
{
	return cube->now / 12 == year ? cube->now : month_of(year, 12);
}

void cube_own_of_year(const struct cube *cube, int32_t unit, int year, uint32_t out[FIG_OF_YEARS])
{
	static const struct unit_year none;
	const struct unit_year *facts = cube_unit_year(cube, unit, year);
	month_no m = cube_year_month(cube, year);
	bool body = unit == SHAPE_TOP || shape_is_body(cube->shape, unit, m);
	bool exists = unit != SHAPE_TOP && m <= cube->now && shape_exists(cube->shape, unit, (struct period){ m, m });

	figure_unit_year(facts ? facts : &none, body ? YEAR_OF_BODY : YEAR_OF_CELL, exists, out);
}

static uint32_t *year_row_at(const struct cube *cube, enum structure structure, int32_t unit, int year)
{
	return cube->year_sums[structure][year - cube->year_from][cube->shape->row[unit]];
}

static void add_year_row(uint32_t *to, const uint32_t *what)
{
	for (int f = 0; f < FIG_OF_YEARS; f++)
		to[f] += what[f];
}

static uint32_t *row_at(const struct cube *cube, enum structure structure, int32_t unit, int year, int m)
{
	return cube->rows[structure][year - cube->year_from][cube->shape->row[unit]][m];
}

static void add_row(uint32_t *to, const uint32_t *what)
{
	for (int f = 0; f < FIG_COUNT; f++)
		to[f] += what[f];
}

/* ---- building ---- */

static bool any_facts(const struct cell_facts facts[12])
{
	for (int m = 0; m < 12; m++)
		if (facts[m].rev)
			return true;
	return false;
}

/* Each unit's own year goes to the row that it has, or to its parent's. */
static void sum_own(struct cube *cube, int year)
{
	const struct shape *s = cube->shape;
	year_rows own;

	for (int32_t u = 1; u < s->n; u++) {
		if (!any_facts(cube_facts(cube, u, year)) && !shape_covered(s, u, year))
			continue;
		cube_own_year(cube, u, year, own);
		for (int k = THEN; k <= NOW; k++)
			for (int m = 0; m < 12; m++) {
				int32_t to = s->row[u] >= 0 ? u : shape_parent(s, (enum structure)k, u, month_of(year, m + 1));

				add_row(row_at(cube, (enum structure)k, to, year, m), own[m]);
			}
	}
}

static void sum_own_years(struct cube *cube, int year)
{
	const struct shape *s = cube->shape;
	month_no month = cube_year_month(cube, year);
	uint32_t own[FIG_OF_YEARS];

	for (int32_t u = 1; u < s->n; u++) {
		cube_own_of_year(cube, u, year, own);
		for (int k = THEN; k <= NOW; k++) {
			int32_t to = s->row[u] >= 0 ? u : shape_parent(s, (enum structure)k, u, month);

			add_year_row(year_row_at(cube, (enum structure)k, to, year), own);
		}
	}
}

/* The order in which rows are added to the rows above them in one month: children before parents. */
struct order {
	int32_t *parent; /* by row number: the parent's unit, -1 for the top */
	int32_t *below;  /* by row number: rows below that are not added yet */
	int32_t *queue;
};

static void find_parents(const struct cube *cube, enum structure structure, month_no m, struct order *o)
{
	const struct shape *s = cube->shape;

	memset(o->below, 0, (size_t)s->row_n * sizeof(int32_t));
	for (int32_t r = 0; r < s->row_n; r++) {
		o->parent[r] = shape_parent(s, structure, s->row_unit[r], m);
		if (o->parent[r] >= 0)
			o->below[s->row[o->parent[r]]]++;
	}
}

static void sum_up(struct cube *cube, enum structure structure, int year, int m, struct order *o)
{
	const struct shape *s = cube->shape;
	int32_t at = 0, end = 0;

	find_parents(cube, structure, month_of(year, m + 1), o);
	for (int32_t r = 0; r < s->row_n; r++)
		if (!o->below[r])
			o->queue[end++] = r;
	for (; at < end; at++) {
		int32_t r = o->queue[at], up = o->parent[r];

		if (up < 0)
			continue;
		add_row(row_at(cube, structure, up, year, m), row_at(cube, structure, s->row_unit[r], year, m));
		if (m == cube_year_month(cube, year) % 12)
			add_year_row(year_row_at(cube, structure, up, year), year_row_at(cube, structure, s->row_unit[r], year));
		if (--o->below[s->row[up]] == 0)
			o->queue[end++] = s->row[up];
	}
}

void cube_sum(struct cube *cube)
{
	size_t n = (size_t)cube->shape->row_n;
	struct arena *a = arena_new(SIZE_MAX / 2);
	struct order o = { ARENA_ARRAY(a, n, int32_t), ARENA_ARRAY(a, n, int32_t), ARENA_ARRAY(a, n, int32_t) };

	for (int y = 0; y < cube->years; y++) {
		int year = cube->year_from + y;

		for (int k = THEN; k <= NOW; k++) {
			memset(cube->rows[k][y], 0, n * sizeof(year_rows));
			memset(cube->year_sums[k][y], 0, n * sizeof *cube->year_sums[k][y]);
		}
		sum_own(cube, year);
		sum_own_years(cube, year);
		for (int k = THEN; k <= NOW; k++)
			for (int m = 0; m < 12; m++)
				sum_up(cube, (enum structure)k, year, m, &o);
	}
	arena_free(a);
}

/* ---- changing ---- */

/* Revisions go from 1 to 65535 and round again. */
static bool is_newer(uint16_t rev, uint16_t than)
{
	return than == 0 || (int16_t)(uint16_t)(rev - than) > 0;
}

static void add_difference(struct cube *cube, enum structure structure, int32_t unit, int year, int m, const uint32_t diff[FIG_COUNT])
{
	const struct shape *s = cube->shape;
	month_no month = month_of(year, m + 1);

	if (s->row[unit] < 0)
		unit = shape_parent(s, structure, unit, month);
	for (; unit >= 0; unit = shape_parent(s, structure, unit, month))
		add_row(row_at(cube, structure, unit, year, m), diff);
}

bool cube_change(struct cube *cube, int32_t unit, month_no month, const struct cell_facts *facts)
{
	int year = month / 12;
	struct cell_facts *at = cube_facts(cube, unit, year);
	year_rows before, after;

	if (!at || !is_newer(facts->rev, at[month % 12].rev))
		return false;
	cube_own_year(cube, unit, year, before);
	at[month % 12] = *facts;
	cube_own_year(cube, unit, year, after);
	for (int m = month % 12; m < 12; m++) {
		if (memcmp(before[m], after[m], sizeof before[m]) == 0)
			continue;
		for (int f = 0; f < FIG_COUNT; f++)
			after[m][f] -= before[m][f]; /* modulo 2^32: adding it takes away */
		for (int k = THEN; k <= NOW; k++)
			add_difference(cube, (enum structure)k, unit, year, m, after[m]);
	}
	return true;
}

bool cube_change_year(struct cube *cube, int32_t unit, int year, const struct unit_year *facts)
{
	const struct shape *s = cube->shape;
	struct unit_year *at = cube_unit_year(cube, unit, year);
	uint32_t before[FIG_OF_YEARS], diff[FIG_OF_YEARS];
	month_no month = cube_year_month(cube, year);

	if (!at || !is_newer(facts->rev, at->rev))
		return false;
	cube_own_of_year(cube, unit, year, before);
	*at = *facts;
	cube_own_of_year(cube, unit, year, diff);
	for (int f = 0; f < FIG_OF_YEARS; f++)
		diff[f] -= before[f]; /* modulo 2^32 */
	for (int k = THEN; k <= NOW; k++)
		for (int32_t up = unit; up >= 0; up = shape_parent(s, (enum structure)k, up, month))
			if (s->row[up] >= 0)
				add_year_row(year_row_at(cube, (enum structure)k, up, year), diff);
	return true;
}

/* ---- asking ---- */

static void add_of_year(struct figures *sum, const uint32_t *row)
{
	for (int f = 0; f < FIG_OF_YEARS; f++)
		sum->v[FIG_COUNT + f] += row[f];
}

/* A unit with all that is below it, or itself alone. */
static void add_unit_year(struct figures *sum, const struct cube *cube, enum structure structure, int32_t unit, int year, bool own)
{
	uint32_t room[FIG_OF_YEARS];
	bool row = !own && cube->shape->row[unit] >= 0;

	if (!cube_has_year(cube, year))
		return;
	if (!row)
		cube_own_of_year(cube, unit, year, room);
	add_of_year(sum, row ? year_row_at(cube, structure, unit, year) : room);
}

uint32_t (*cube_year(const struct cube *cube, enum structure structure, int32_t unit, int year, year_rows room))[FIG_COUNT]
{
	if (cube->shape->row[unit] >= 0 && cube_has_year(cube, year))
		return cube->rows[structure][year - cube->year_from][cube->shape->row[unit]];
	if (cube->shape->row[unit] >= 0)
		memset(room, 0, sizeof(year_rows));
	else
		cube_own_year(cube, unit, year, room);
	return room;
}

void cube_figures(const struct cube *cube, enum structure structure, int32_t unit, struct period p, month_no from, month_no to,
                  struct figures *out)
{
	year_rows room;

	*out = (struct figures){ 0 };
	for (int year = p.from / 12; year <= p.to / 12; year++) {
		month_no m = cube_year_month(cube, year);

		figure_add(out, cube_year(cube, structure, unit, year, room), year, p, from, to);
		if (from <= m && m <= to)
			add_unit_year(out, cube, structure, unit, year, false);
	}
}

void cube_own_figures(const struct cube *cube, int32_t unit, struct period p, struct figures *out)
{
	year_rows room;

	*out = (struct figures){ 0 };
	for (int year = p.from / 12; year <= p.to / 12; year++) {
		cube_own_year(cube, unit, year, room);
		figure_add(out, room, year, p, MONTH_EVER, MONTH_FAR);
		add_unit_year(out, cube, THEN, unit, year, true);
	}
}

void cube_month(const struct cube *cube, enum structure structure, int32_t unit, month_no month, struct figures *out)
{
	year_rows room;
	uint32_t (*rows)[FIG_COUNT] = cube_year(cube, structure, unit, month / 12, room);

	*out = (struct figures){ 0 };
	for (int f = 0; f < FIG_COUNT; f++)
		out->v[f] = rows[month % 12][f];
	add_unit_year(out, cube, structure, unit, month / 12, false);
}
