/* report_year.c — a walk through the tree of a year's month. */
#include "rollup/report_year.h"

#include <string.h>

#include "org/unit.h"
#include "rollup/memory.h"

struct walk {
	struct call *c;
	const struct cube *cube;
	const struct question *q;
	int year;
	month_no month;
	struct year_units *out;
	size_t room;
	bool *seen; /* by unit */
};

/* Until 25 July 2026 a commune's committee stands above the grassroots, from then on it is the grassroots (domain, section 3.1). */
static bool above_grassroots(unsigned level, struct date on)
{
	return level == LEVEL_COMMUNE ? on.days < date_of(2026, 7, 26).days : level > LEVEL_NONE && level < LEVEL_COMMUNE;
}

static bool is_grassroots_cell(const struct walk *w, int32_t unit, month_no month)
{
	const struct shape *s = w->cube->shape;
	struct date on = month_last(month);
	const struct shape_span *own = shape_span_at(s, unit, on);
	int32_t parent = shape_parent(s, w->q->structure, unit, month);

	if (own->level == LEVEL_GRASSROOTS)
		return !shape_is_body(s, unit, month);
	return own->level == LEVEL_CELL && parent > SHAPE_TOP && above_grassroots(shape_span_at(s, parent, on)->level, on);
}

/* `month`: in which it stood where its kind is read, the walk's own unless it left. */
static void add(struct walk *w, int32_t unit, int32_t parent, month_no month)
{
	const struct shape *s = w->cube->shape;
	const struct unit_year *facts = cube_unit_year(w->cube, unit, w->year);
	struct year_units *o = w->out;

	if (o->n == w->room) {
		struct year_unit *old = o->v;

		w->room = w->room ? w->room * 2 : 128;
		o->v = ARENA_ARRAY(w->c->arena, w->room, struct year_unit);
		if (o->n)
			memcpy(o->v, old, o->n * sizeof *old);
	}
	o->v[o->n++] = (struct year_unit){
		.id = s->unit[unit].id, .realm = s->unit[unit].realm, .code = arena_strdup(w->c->arena, s->unit[unit].code),
		.name = arena_strdup(w->c->arena, s->unit[unit].name), .parent = parent > SHAPE_TOP ? arena_strdup(w->c->arena, s->unit[parent].name) : "",
		.level = shape_span_at(s, unit, month_last(w->month))->level, .body = shape_is_body(s, unit, w->month), .grassroots_cell = is_grassroots_cell(w, unit, month),
		.exists = shape_exists(s, unit, (struct period){ w->month, w->month }), .left = month != w->month,
		.facts = facts ? *facts : (struct unit_year){ 0 },
	};
	w->seen[unit] = true;
}

static void walk_down(struct walk *w, int32_t unit, int32_t parent, int depth)
{
	size_t n;
	const struct shape_link *l = shape_children(w->cube->shape, w->q->structure, unit, &n);

	if (unit != SHAPE_TOP)
		add(w, unit, parent, w->month);
	for (size_t i = 0; i < n && depth < 64; i++)
		if (l[i].from <= w->month && w->month <= l[i].to)
			walk_down(w, l[i].child, unit, depth + 1);
}

/* The last month in which it hung below, or one before all months. */
static month_no last_below(const struct walk *w, int32_t unit, int32_t above)
{
	for (month_no m = w->month - 1; m >= month_of(w->year, 1); m--)
		for (int32_t u = unit, n = 0; u >= 0 && n < 64; u = shape_parent(w->cube->shape, THEN, u, m), n++)
			if (u == above)
				return m;
	return MONTH_EVER;
}

static void add_left(struct walk *w, int32_t above)
{
	for (int32_t u = 1; w->q->structure == THEN && cube_has_year(w->cube, w->year) && u < w->cube->shape->n; u++) {
		const struct unit_year *y = cube_unit_year(w->cube, u, w->year);

		if (w->seen[u] || !(y->marks & MARK_REGISTERED) || y->marks & MARK_ASSESSED)
			continue;
		month_no month = last_below(w, u, above);

		if (month != MONTH_EVER)
			add(w, u, shape_parent(w->cube->shape, THEN, u, w->month), month);
	}
}

fail report_year_units(struct call *c, const struct question *q, int year, struct year_units *out)
{
	struct rollup_want want = { 0, { month_of(year, 1), month_of(year, 12) } }; /* those that left hang elsewhere */
	struct walk w = { .c = c, .q = q, .year = year, .out = out };

	*out = (struct year_units){ 0 };
	TRY(rollup_lock(c, &want, &w.cube));
	int32_t unit = shape_find(w.cube->shape, q->unit_id);

	if (unit >= 0) {
		w.month = cube_year_month(w.cube, year);
		w.seen = ARENA_ARRAY(c->arena, (size_t)w.cube->shape->n, bool);
		walk_down(&w, unit, SHAPE_TOP, 0);
		add_left(&w, unit);
	}
	rollup_unlock(c);
	return unit < 0 ? problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit") : FAIL_OK;
}
