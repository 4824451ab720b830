/* touch.c — rows of cell_month and cell_year made again from the facts, one unit and a few months or years at a time. */
#include "rollup/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/journal.h"
#include "rollup/later.h"
#include "rollup_sql.h"

/* Beyond this many changed rows the memory is read again as a whole instead of row by row. */
enum { ROWS_KEPT = 20000 };

struct touched {
	struct arena *arena; /* of v */
	struct moved *v;
	size_t n, room;
};

static void make_room(struct touched *t)
{
	struct moved *old = t->v;

	t->room = t->room ? t->room * 2 : 2;
	t->v = ARENA_ARRAY(t->arena, t->room, struct moved);
	if (t->n)
		memcpy(t->v, old, t->n * sizeof *old);
}

static void keep(struct call *c, struct touched *t, struct moved m)
{
	if (!c->rollup || t->n > ROWS_KEPT)
		return;
	if (t->n == t->room)
		make_room(t);
	t->v[t->n++] = m;
}

static fail keep_row(struct call *c, const void *row, void *arg)
{
	const struct cell_month *r = row;

	keep(c, arg, (struct moved){ .unit_id = r->unit_id, .month = (month_no)r->month, .facts = cell_month_pack(r) });
	return FAIL_OK;
}

static fail keep_year(struct call *c, const void *row, void *arg)
{
	const struct cell_year *r = row;

	keep(c, arg, (struct moved){ .unit_id = r->unit_id, .month = month_of((int)r->year, 1), .of_year = true, .year = cell_year_pack(r) });
	return FAIL_OK;
}

static fail touch_months(struct call *c, struct touched *t, int64_t realm, int64_t unit_id, month_no from, month_no to)
{
	struct db_args args = ARGS(V(realm), V(unit_id), V(from), V(to));

	TRY(db_each(c, &Q_cell_month_touch, args, &cell_month_record, keep_row, t));
	return db_each(c, &Q_cell_month_empty, args, &cell_month_record, keep_row, t);
}

static fail touch_years(struct call *c, struct touched *t, int64_t realm, int64_t unit_id, int from, int to)
{
	struct db_args args = ARGS(V(realm), V(unit_id), V(from), V(to));

	TRY(db_each(c, &Q_cell_year_touch, args, &cell_year_record, keep_year, t));
	return db_each(c, &Q_cell_year_empty, args, &cell_year_record, keep_year, t);
}

static void tell_memory(struct call *c, const struct touched *t)
{
	if (t->n > ROWS_KEPT)
		rollup_later_all(c);
	else
		rollup_later(c, t->v, t->n);
}

fail rollup_touch(struct call *c, int64_t realm, int64_t unit_id, month_no month)
{
	struct touched t = { .arena = c->arena };

	TRY(touch_months(c, &t, realm, unit_id, month, month));
	tell_memory(c, &t);
	return FAIL_OK;
}

fail rollup_touch_year(struct call *c, int64_t realm, int64_t unit_id, int year)
{
	struct touched t = { .arena = c->arena };

	TRY(touch_years(c, &t, realm, unit_id, year, year));
	tell_memory(c, &t);
	return FAIL_OK;
}

fail rollup_people_changed(struct call *c, int64_t realm, int64_t unit_id)
{
	struct touched t = { .arena = c->arena };
	int64_t any;

	TRY(db_int(c, &Q_cell_year_any, ARGS(V(realm), V(unit_id)), 0, &any));
	if (!any)
		return FAIL_OK;
	TRY(touch_years(c, &t, realm, unit_id, 0, 9999));
	tell_memory(c, &t);
	return FAIL_OK;
}

/* ---- many ---- */

/* A month, or (of_year) a year by its January. */
struct dirty { int64_t realm, unit_id; month_no month; bool of_year; };
struct rollup_dirty {
	struct arena *arena;
	struct dirty *v;
	size_t n, room;
};

struct rollup_dirty *rollup_dirty_new(struct arena *a)
{
	struct rollup_dirty *d = ARENA_NEW(a, struct rollup_dirty);

	d->arena = a;
	return d;
}

static int compare(const void *a, const void *b)
{
	const struct dirty *x = a, *y = b;

	if (x->realm != y->realm)
		return x->realm < y->realm ? -1 : 1;
	if (x->unit_id != y->unit_id)
		return x->unit_id < y->unit_id ? -1 : 1;
	if (x->of_year != y->of_year)
		return x->of_year ? 1 : -1;
	return (x->month > y->month) - (x->month < y->month);
}

static void sort(struct rollup_dirty *d)
{
	size_t n = 0;

	if (d->n)
		qsort(d->v, d->n, sizeof *d->v, compare);
	for (size_t i = 0; i < d->n; i++)
		if (i == 0 || compare(&d->v[i], &d->v[n - 1]) != 0)
			d->v[n++] = d->v[i];
	d->n = n;
}

/* Before growing, repeated entries are dropped. */
static void grow(struct rollup_dirty *d)
{
	sort(d);
	if (d->n < d->room / 2)
		return;
	struct dirty *old = d->v;

	d->room = d->room ? d->room * 2 : 256;
	d->v = ARENA_ARRAY(d->arena, d->room, struct dirty);
	if (d->n)
		memcpy(d->v, old, d->n * sizeof *old);
}

static void add(struct rollup_dirty *d, struct dirty x)
{
	if (d->n && compare(&d->v[d->n - 1], &x) == 0)
		return;
	if (d->n == d->room)
		grow(d);
	d->v[d->n++] = x;
}

void rollup_dirty_add(struct rollup_dirty *d, int64_t realm, int64_t unit_id, month_no month)
{
	add(d, (struct dirty){ realm, unit_id, month, false });
}

void rollup_dirty_add_year(struct rollup_dirty *d, int64_t realm, int64_t unit_id, int year)
{
	add(d, (struct dirty){ realm, unit_id, month_of(year, 1), true });
}

/* Entries of one unit whose months (years) follow each other closely are one statement. */
static size_t run_of(const struct rollup_dirty *d, size_t i)
{
	size_t end = i + 1;

	while (end < d->n && d->v[end].realm == d->v[i].realm && d->v[end].unit_id == d->v[i].unit_id &&
	       d->v[end].of_year == d->v[i].of_year && d->v[end].month - d->v[end - 1].month <= (d->v[i].of_year ? 12 : 3))
		end++;
	return end - i;
}

fail rollup_touch_many(struct call *c, struct rollup_dirty *d)
{
	struct touched t = { .arena = d->arena };

	sort(d);
	for (size_t i = 0, n; i < d->n; i += n) {
		n = run_of(d, i);
		const struct dirty *first = &d->v[i], *last = &d->v[i + n - 1];

		if (first->of_year)
			TRY(touch_years(c, &t, first->realm, first->unit_id, first->month / 12, last->month / 12));
		else
			TRY(touch_months(c, &t, first->realm, first->unit_id, first->month, last->month));
	}
	tell_memory(c, &t);
	return FAIL_OK;
}

fail rollup_rebuild(struct call *c, int64_t *changed)
{
	int64_t made = 0, emptied = 0, years = 0, years_emptied = 0;

	TRY(db_exec(c, &Q_cell_month_remake, NO_ARGS, &made));
	TRY(db_exec(c, &Q_cell_month_remake_empty, NO_ARGS, &emptied));
	TRY(db_exec(c, &Q_cell_year_remake, NO_ARGS, &years));
	TRY(db_exec(c, &Q_cell_year_remake_empty, NO_ARGS, &years_emptied));
	made += emptied + years + years_emptied;
	if (changed)
		*changed = made;
	if (made == 0)
		return FAIL_OK;
	rollup_later_all(c);
	return journal_add(c, 0, 0, "rebuild", "cell_month", 0, NULL, NULL);
}
