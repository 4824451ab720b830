/* case_list.c — cases of a sub-tree in the order people read them: by the tree, then by the member's name. */
#include <stdlib.h>
#include <string.h>

#include "year/case_keep.h"
#include "year_sql.h"

/* ---------------------------------------------------------------- the order of the tree */

struct place {
	const struct unit *unit;
	int32_t rank;
	const struct place *parent; /* NULL: the top of what was asked for */
	int32_t depth;
};
struct places { struct place *v; size_t n; }; /* by unit id */

static int by_id(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	return (a->unit->id > b->unit->id) - (a->unit->id < b->unit->id);
}

static struct place *find_place(const struct places *p, int64_t id)
{
	const struct unit u = { .id = id };
	const struct place key = { .unit = &u };

	return p->n ? bsearch(&key, p->v, p->n, sizeof *p->v, by_id) : NULL;
}

static int among_siblings(const struct unit *a, const struct unit *b)
{
	size_t n = a->sort_key.size < b->sort_key.size ? a->sort_key.size : b->sort_key.size;
	int d = a->level != b->level ? (a->level > b->level) - (a->level < b->level) : memcmp(a->sort_key.data, b->sort_key.data, n);

	if (!d)
		d = (a->sort_key.size > b->sort_key.size) - (a->sort_key.size < b->sort_key.size);
	return d ? d : strcmp(a->code, b->code);
}

/* Both are lifted to the same depth; a unit comes before what is below it. */
static int by_tree(const void *x, const void *y)
{
	const struct place *a = *(const struct place *const *)x, *b = *(const struct place *const *)y;
	int32_t da = a->depth, db = b->depth;

	for (; a->depth > db; a = a->parent)
		;
	for (; b->depth > da; b = b->parent)
		;
	if (a == b)
		return (da > db) - (da < db);
	for (; a->parent != b->parent; a = a->parent, b = b->parent)
		;
	return among_siblings(a->unit, b->unit);
}

static int32_t depth_of(struct place *p)
{
	int32_t n = 0;

	for (const struct place *at = p->parent; at; at = at->parent)
		n++;
	return n;
}

static void rank_places(struct call *c, const struct units *units, int64_t top, struct places *out)
{
	*out = (struct places){ ARENA_ARRAY(c->arena, units->n + 1, struct place), units->n };
	struct place **order = ARENA_ARRAY(c->arena, units->n + 1, struct place *);

	for (size_t i = 0; i < units->n; i++)
		out->v[i].unit = &units->v[i];
	qsort(out->v, out->n, sizeof *out->v, by_id);
	for (size_t i = 0; i < out->n; i++) {
		out->v[i].parent = out->v[i].unit->id == top ? NULL : find_place(out, out->v[i].unit->parent_id);
		order[i] = &out->v[i];
	}
	for (size_t i = 0; i < out->n; i++)
		out->v[i].depth = depth_of(&out->v[i]);
	qsort(order, out->n, sizeof *order, by_tree);
	for (size_t i = 0; i < out->n; i++)
		order[i]->rank = (int32_t)i;
}

/* ---------------------------------------------------------------- the list */

struct ranked { int32_t rank, at; };

static int by_rank(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	return a->rank != b->rank ? (a->rank > b->rank) - (a->rank < b->rank) : (a->at > b->at) - (a->at < b->at);
}

static bool is_decided_by(const struct case_query *q, const struct place *p)
{
	if (q->decided_by <= 0 || (p->unit->parent_id <= 0 && p->unit->id == q->decided_by))
		return true;
	while (p->parent && !unit_decides(p->parent->unit))
		p = p->parent;
	return p->unit->parent_id == q->decided_by;
}

/* Sorts by place, leaves out what others decide and what comes before the page. */
static void arrange(struct call *c, const struct case_query *q, const struct places *places, struct year_cases *list)
{
	struct ranked *order = ARENA_ARRAY(c->arena, list->n + 1, struct ranked);
	struct year_case *out = ARENA_ARRAY(c->arena, list->n + 1, struct year_case);
	size_t n = 0, kept = 0;
	bool begun = q->after_id <= 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct place *p = find_place(places, list->v[i].unit_id);

		if (p && is_decided_by(q, p))
			order[n++] = (struct ranked){ p->rank, (int32_t)i };
	}
	qsort(order, n, sizeof *order, by_rank);
	for (size_t i = 0; i < n && (q->limit <= 0 || kept < (size_t)q->limit); i++) {
		if (begun)
			out[kept++] = list->v[order[i].at];
		begun = begun || list->v[order[i].at].id == q->after_id;
	}
	*list = (struct year_cases){ out, kept };
}

static fail list_own(struct call *c, const struct case_query *q, int64_t unit_id, struct year_cases *out)
{
	int64_t realm;

	TRY(org_realm(c, unit_id, &realm));
	return db_all(c, &Q_case_list_own, ARGS(V(realm), V(unit_id), V(case_kinds[q->kind]), V(case_states[q->state]), V(q->year)), &year_case_record,
	              &out->v, &out->n);
}

fail case_list(struct call *c, const struct case_query *q, struct year_cases *out)
{
	struct date on = case_day(c, q->year), first = date_of(q->year, 1, 1);
	int64_t top = q->unit_id > 0 ? q->unit_id : q->decided_by;
	struct units units;
	struct places places;

	if (first.days > on.days)
		first = on;
	TRY(db_all(c, &Q_case_units_below, ARGS(V(top), V(on), V(first)), &unit_record, &units.v, &units.n));
	if (q->own_only)
		TRY(list_own(c, q, top, out));
	else
		TRY(db_all(c, &Q_case_list_below,
		           ARGS(V(top), V(on), V(first), V(case_kinds[q->kind]), V(case_states[q->state]), V(q->year)), &year_case_record, &out->v, &out->n));
	rank_places(c, &units, top, &places);
	arrange(c, q, &places, out);
	return FAIL_OK;
}
