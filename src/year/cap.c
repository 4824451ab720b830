/* cap.c — groups of a committee's classifications, ranked, with how many Excellent their base allows. Changes nothing. */
#include "year/cap.h"

#include <stdlib.h>
#include <string.h>

#include "year/assess_keep.h"
#include "year/case_keep.h"

/* ---------------------------------------------------------------- groups */

struct building {
	struct cap_groups *out;
	struct { int64_t unit_id; unsigned type; const char *named; } *key; /* of each group */
	struct cap_entry *entries; /* of all groups, in the order of the list … */
	size_t *group, n;          /* … and the group of each */
};

static bool same_group(const struct building *b, size_t i, unsigned kind, const struct year_case *k, unsigned type)
{
	if (strcmp(b->key[i].named, k->group_name) != 0 || (kind == CASE_MEMBER && b->key[i].unit_id != k->unit_id))
		return false;
	return *k->group_name || kind == CASE_MEMBER || b->key[i].type == type;
}

static const char *group_name(struct call *c, unsigned kind, const struct year_case *k, unsigned type)
{
	const char *name = unit_type_name(c->lang, type);

	if (kind == CASE_MEMBER)
		return *k->group_name ? arena_printf(c->arena, "%s · %s", k->unit_name, k->group_name) : k->unit_name;
	return *k->group_name ? k->group_name : *name ? name : tr(c->lang, "No type given");
}

static size_t group_of(struct call *c, struct building *b, unsigned kind, const struct year_case *k, unsigned type)
{
	struct cap_groups *out = b->out;

	for (size_t i = 0; i < out->n; i++)
		if (same_group(b, i, kind, k, type))
			return i;
	b->key[out->n].unit_id = k->unit_id;
	b->key[out->n].type = type;
	b->key[out->n].named = k->group_name;
	out->v[out->n] = (struct cap_group){ .name = group_name(c, kind, k, type) };
	return out->n++;
}

static fail add(struct call *c, struct building *b, unsigned kind, const struct year_case *k)
{
	struct year_sheet s;
	struct unit unit;

	if (k->state == CASE_WITHDRAWN || k->state == CASE_TRANSFERRED_OUT)
		return FAIL_OK;
	TRY(assess_unit(c, k, &unit));
	TRY(year_counting(c, k, &s));
	b->group[b->n] = group_of(c, b, kind, k, unit.type);
	struct cap_group *g = &b->out->v[b->group[b->n]];
	bool has_level = s.revision && s.result >= RESULT_NOT_COMPLETED;

	g->by_result[has_level ? s.result : RESULT_NONE]++;
	g->n += has_level;
	g->entry_n++;
	b->entries[b->n++] = (struct cap_entry){ .kase = *k, .sheet = s, .excellent = has_level && s.result == RESULT_EXCELLENT };
	return FAIL_OK;
}

/* ---------------------------------------------------------------- ranks */

static int32_t points_of(const struct cap_entry *e)
{
	return e->sheet.revision ? e->sheet.points.t : -1;
}

static int by_rank(const void *x, const void *y)
{
	const struct cap_entry *a = x, *b = y;

	if (a->excellent != b->excellent)
		return b->excellent - a->excellent;
	if (points_of(a) != points_of(b))
		return points_of(a) < points_of(b) ? 1 : -1;
	int names = strcmp(a->kase.unit_code, b->kase.unit_code);

	return names ? names : strcmp(a->kase.member_code, b->kase.member_code);
}

/* Equal points share a rank; a rank that does not fit under the cap as a whole is over it. */
static void rank(struct cap_group *g)
{
	size_t n = (size_t)g->excellent;

	for (size_t i = 0; i < n; i++) {
		size_t last = i;

		while (last + 1 < n && points_of(&g->entries[last + 1]) == points_of(&g->entries[i]))
			last++;
		g->entries[i].rank = i > 0 && points_of(&g->entries[i - 1]) == points_of(&g->entries[i]) ? g->entries[i - 1].rank : (int64_t)i + 1;
		g->entries[i].over = (int64_t)last + 1 > g->allowed;
	}
}

static void count(struct cap_group *g, const struct levels_rule *rule)
{
	const int64_t by_level[LEVEL_OF_COUNT] = { [LEVEL_OF_NOT_COMPLETED] = g->by_result[RESULT_NOT_COMPLETED],
		                                       [LEVEL_OF_COMPLETED] = g->by_result[RESULT_COMPLETED], [LEVEL_OF_GOOD] = g->by_result[RESULT_GOOD],
		                                       [LEVEL_OF_EXCELLENT] = g->by_result[RESULT_EXCELLENT] };

	g->excellent = g->by_result[RESULT_EXCELLENT];
	g->allowed = levels_cap(rule, by_level, &g->base);
	g->excess = g->excellent > g->allowed ? g->excellent - g->allowed : 0;
	g->base_needed = rule->cap_percent > 0 ? (g->excellent * 100 + rule->cap_percent - 1) / rule->cap_percent : 0;
	qsort(g->entries, g->entry_n, sizeof *g->entries, by_rank);
	rank(g);
}

/* Each group gets its entries. */
static void hand_out(struct call *c, const struct building *b)
{
	size_t *filled = ARENA_ARRAY(c->arena, b->out->n + 1, size_t);

	for (size_t i = 0; i < b->out->n; i++)
		b->out->v[i].entries = ARENA_ARRAY(c->arena, b->out->v[i].entry_n + 1, struct cap_entry);
	for (size_t i = 0; i < b->n; i++)
		b->out->v[b->group[i]].entries[filled[b->group[i]]++] = b->entries[i];
}

fail cap_groups_of(struct call *c, unsigned kind, int year, int64_t decider, struct cap_groups *out)
{
	const struct case_query q = { .decided_by = decider, .kind = kind, .year = year };
	struct year_cases list;
	struct unit unit;

	*out = (struct cap_groups){ 0 };
	if (kind != CASE_UNIT && kind != CASE_MEMBER)
		return problem(c, FAIL_INPUT, "kind", "a cap is set on the annual classification");
	TRY(org_unit_nearest(c, decider, case_day(c, year), &unit));
	TRY(assess_levels(c, kind, year, &unit, &out->rule));
	TRY(case_list(c, &q, &list));
	struct building b = { .out = out, .entries = ARENA_ARRAY(c->arena, list.n + 1, struct cap_entry), .group = ARENA_ARRAY(c->arena, list.n + 1, size_t) };

	out->v = ARENA_ARRAY(c->arena, list.n + 1, struct cap_group);
	b.key = arena_array(c->arena, list.n + 1, sizeof *b.key);
	for (size_t i = 0; i < list.n; i++)
		TRY(add(c, &b, kind, &list.v[i]));
	hand_out(c, &b);
	for (size_t i = 0; i < out->n; i++)
		count(&out->v[i], out->rule);
	return FAIL_OK;
}
