/* touch.c — rows of cell_month made again from the facts, one unit and a few months at a time. */
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

static fail keep_row(struct call *c, const void *row, void *arg)
{
	const struct cell_month *r = row;
	struct touched *t = arg;

	if (!c->rollup || t->n > ROWS_KEPT)
		return FAIL_OK;
	if (t->n == t->room)
		make_room(t);
	t->v[t->n++] = (struct moved){ r->unit_id, (month_no)r->month, cell_month_pack(r) };
	return FAIL_OK;
}

static fail touch_months(struct call *c, struct touched *t, int64_t realm, int64_t unit_id, month_no from, month_no to)
{
	struct db_args args = ARGS(V(realm), V(unit_id), V(from), V(to));

	TRY(db_each(c, &Q_cell_month_touch, args, &cell_month_record, keep_row, t));
	return db_each(c, &Q_cell_month_empty, args, &cell_month_record, keep_row, t);
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

/* ---- many ---- */

struct dirty { int64_t realm, unit_id; month_no month; };
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

void rollup_dirty_add(struct rollup_dirty *d, int64_t realm, int64_t unit_id, month_no month)
{
	struct dirty x = { realm, unit_id, month };

	if (d->n && compare(&d->v[d->n - 1], &x) == 0)
		return;
	if (d->n == d->room)
		grow(d);
	d->v[d->n++] = x;
}

/* Entries of one unit whose months follow each other closely are one statement. */
static size_t run_of(const struct rollup_dirty *d, size_t i)
{
	size_t end = i + 1;

	while (end < d->n && d->v[end].realm == d->v[i].realm && d->v[end].unit_id == d->v[i].unit_id &&
	       d->v[end].month - d->v[end - 1].month <= 3)
		end++;
	return end - i;
}

fail rollup_touch_many(struct call *c, struct rollup_dirty *d)
{
	struct touched t = { .arena = d->arena };

	sort(d);
	for (size_t i = 0, n; i < d->n; i += n) {
		n = run_of(d, i);
		TRY(touch_months(c, &t, d->v[i].realm, d->v[i].unit_id, d->v[i].month, d->v[i + n - 1].month));
	}
	tell_memory(c, &t);
	return FAIL_OK;
}

fail rollup_rebuild(struct call *c, int64_t *changed)
{
	int64_t made = 0, emptied = 0;

	TRY(db_exec(c, &Q_cell_month_remake, NO_ARGS, &made));
	TRY(db_exec(c, &Q_cell_month_remake_empty, NO_ARGS, &emptied));
	if (changed)
		*changed = made + emptied;
	if (made + emptied == 0)
		return FAIL_OK;
	rollup_later_all(c);
	return journal_add(c, 0, 0, "rebuild", "cell_month", 0, NULL, NULL);
}
