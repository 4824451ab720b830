/* tree.c — the whole tree in memory, and the laws that hold on every day. Nothing is written here.
 *
 * All laws are local: a span against the span before it and against the spans of its parent. Levels strictly go down from parent to
 * child, so a circle is impossible and no walk over the tree is needed. */
#include "org/tree.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "unit_sql.h"

const char *const predecessor_operations[] = { "", "continue", "merge", "split", "transfer", NULL };

static const struct field predecessor_fields[] = {
	COL(struct predecessor, unit_id),
	COL(struct predecessor, predecessor_id),
	COL(struct predecessor, on_date),
	COL(struct predecessor, operation, .words = predecessor_operations),
	FIELD_END,
};
const struct record predecessor_record = { "predecessor", sizeof(struct predecessor), predecessor_fields };

struct each_span {
	fail (*each)(struct call *c, const struct unit *span, void *arg);
	void *arg;
};

static fail pass_span(struct call *c, const void *row, void *arg)
{
	const struct each_span *e = arg;

	return e->each(c, row, e->arg);
}

fail org_each_span(struct call *c, fail (*each)(struct call *c, const struct unit *span, void *arg), void *arg)
{
	struct each_span e = { each, arg };

	return db_each(c, &Q_org_each_span, NO_ARGS, &unit_record, pass_span, &e);
}

fail org_spans(struct call *c, int64_t id, struct units *out)
{
	return db_all(c, &Q_org_spans, ARGS(V(id)), &unit_record, &out->v, &out->n);
}

fail org_predecessors(struct call *c, struct predecessor **out, size_t *n)
{
	return db_all(c, &Q_org_predecessors, NO_ARGS, &predecessor_record, out, n);
}

fail org_predecessors_of(struct call *c, int64_t id, struct predecessor **out, size_t *n)
{
	return db_all(c, &Q_org_predecessors_of, ARGS(V(id)), &predecessor_record, out, n);
}

fail tree_load(struct call *c, struct tree *out)
{
	return db_all(c, &Q_org_each_span, NO_ARGS, &unit_record, &out->v, &out->n);
}

size_t tree_find(const struct tree *t, int64_t unit_id, size_t *n)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->v[mid].id < unit_id)
			low = mid + 1;
		else
			high = mid;
	}
	for (high = low; high < t->n && t->v[high].id == unit_id; high++)
		;
	*n = high - low;
	return low;
}

static int by_unit_and_day(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->valid_from.days > y->valid_from.days) - (x->valid_from.days < y->valid_from.days);
}

void tree_sort(struct tree *t)
{
	qsort(t->v, t->n, sizeof *t->v, by_unit_and_day);
}

struct check {
	struct call *c;
	const struct tree *tree;
	tree_found *found;
	void *arg;
};

static void PRINTF_LIKE(3, 4) report(const struct check *k, const struct unit *span, const char *id, ...)
{
	va_list args;

	va_start(args, id);
	k->found(k->c, span, arena_vprintf(k->c->arena, tr(k->c->lang, id), args), k->arg);
	va_end(args);
}

static const char *day(const struct check *k, struct date d)
{
	return show_date(k->c->arena, k->c->lang, d);
}

static void check_order(const struct check *k, const struct unit *span, const struct unit *before)
{
	if (span->valid_from.days > span->valid_to.days)
		report(k, span, N_("unit %s: the last day (%s) comes before the first day (%s)"), span->code, day(k, span->valid_to),
		       day(k, span->valid_from));
	if (!before || before->id != span->id)
		return;
	if (span->valid_from.days <= before->valid_to.days)
		report(k, span, N_("unit %s: what holds from %s overlaps what holds to %s"), span->code, day(k, span->valid_from),
		       day(k, before->valid_to));
	else if (span->valid_from.days > before->valid_to.days + 1)
		report(k, span, N_("unit %s: nothing holds between %s and %s"), span->code, day(k, before->valid_to), day(k, span->valid_from));
}

/* Walks the parent's spans that meet this one: they must cover it. */
static void check_parent(const struct check *k, const struct unit *span)
{
	size_t n, first = tree_find(k->tree, span->parent_id, &n);
	int64_t covered = (int64_t)span->valid_from.days - 1;

	for (size_t i = first; i < first + n; i++) {
		const struct unit *p = &k->tree->v[i];

		if (p->valid_to.days < span->valid_from.days || p->valid_from.days > span->valid_to.days)
			continue;
		if (!unit_level_may_hold(p->level, span->level)) {
			report(k, span, N_("unit %s (%s) cannot stand below %s (%s)"), span->code, unit_level_name(k->c->lang, span->level), p->code,
			       unit_level_name(k->c->lang, p->level));
			return;
		}
		if (p->valid_from.days <= covered + 1 && p->valid_to.days > covered)
			covered = p->valid_to.days;
	}
	if (covered < span->valid_to.days)
		report(k, span, N_("unit %s stands below %s on days when that does not exist: from %s to %s"), span->code,
		       *span->parent_code ? span->parent_code : "?", day(k, (struct date){ (int32_t)(covered + 1) }), day(k, span->valid_to));
}

static void check_realm(const struct check *k, const struct unit *span)
{
	size_t n, first = tree_find(k->tree, span->parent_id, &n);
	int64_t realm = span->level == LEVEL_PROVINCE || !span->parent_id || !n ? span->id : k->tree->v[first].realm;

	if (span->realm != realm)
		report(k, span, N_("unit %s would go over to another province; use a transfer"), span->code);
}

void tree_check(struct call *c, const struct tree *t, int64_t unit_id, tree_found *found, void *arg)
{
	struct check k = { c, t, found, arg };
	size_t n = t->n, first = unit_id ? tree_find(t, unit_id, &n) : 0;

	for (size_t i = first; i < first + n; i++) {
		check_order(&k, &t->v[i], i > first ? &t->v[i - 1] : NULL);
		if (t->v[i].parent_id)
			check_parent(&k, &t->v[i]);
		check_realm(&k, &t->v[i]);
	}
}
