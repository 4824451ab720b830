/* state.c — from rows of the database to arrays. Rows come in order of id; units are put in the order in which people want to read them. */
#include "rollup/state.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "org/tree.h"
#include "rollup_sql.h"

/* ---- the tree ---- */

struct reading {
	struct arena *keep;      /* texts that stay */
	struct arena *work;
	struct date today;
	struct shape_unit *units;
	const struct blob **keys; /* sort key of a unit's span nearest to today */
	int64_t *parent_ids;      /* of each span */
	struct shape_span *spans;
	size_t unit_n, unit_room, span_n, span_room;
	int32_t *by_id;           /* units in order of id, which is the order of reading */
};

static void *grown(struct arena *a, void *old, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return old;
	size_t more = *room ? *room * 2 : 1024;
	void *p = arena_array(a, more, size);

	if (n)
		memcpy(p, old, n * size);
	return p;
}

static void begin_unit(struct reading *r, const struct unit *u)
{
	size_t room = r->unit_room;

	r->units = grown(r->work, r->units, r->unit_n, &room, sizeof *r->units);
	room = r->unit_room;
	r->keys = grown(r->work, r->keys, r->unit_n, &room, sizeof *r->keys);
	if (r->unit_n == r->unit_room)
		r->unit_room = r->unit_room ? r->unit_room * 2 : 1024;
	r->keys[r->unit_n] = NULL;
	r->units[r->unit_n++] = (struct shape_unit){ .id = u->id, .realm = u->realm, .code = arena_strdup(r->keep, u->code) };
}

static const struct blob *kept_key(struct arena *a, struct blob b)
{
	struct blob *k = arena_alloc(a, sizeof *k + b.size);

	if (b.size)
		memcpy(k + 1, b.data, b.size);
	*k = (struct blob){ k + 1, b.size };
	return k;
}

/* The span of today counts for name and level, else the last one begun, else the first. */
static void describe(struct reading *r, const struct unit *u)
{
	struct shape_unit *unit = &r->units[r->unit_n - 1];

	if (unit->name && u->valid_from.days > r->today.days)
		return;
	unit->name = arena_strdup(r->keep, u->name);
	unit->level = u->level;
	unit->type = u->type;
	r->keys[r->unit_n - 1] = kept_key(r->work, u->sort_key);
}

static fail read_span(struct call *c, const struct unit *u, void *arg)
{
	struct reading *r = arg;
	size_t room = r->span_room;

	(void)c;
	if (!r->unit_n || r->units[r->unit_n - 1].id != u->id)
		begin_unit(r, u);
	describe(r, u);
	r->spans = grown(r->work, r->spans, r->span_n, &room, sizeof *r->spans);
	room = r->span_room;
	r->parent_ids = grown(r->work, r->parent_ids, r->span_n, &room, sizeof *r->parent_ids);
	if (r->span_n == r->span_room)
		r->span_room = r->span_room ? r->span_room * 2 : 1024;
	r->parent_ids[r->span_n] = u->parent_id;
	r->spans[r->span_n++] = (struct shape_span){
		.unit = (int32_t)r->unit_n - 1, .parent = -1, .from = u->valid_from, .to = u->valid_to, .level = u->level,
	};
	return FAIL_OK;
}

static int32_t find_id(const struct reading *r, int64_t id)
{
	size_t lo = 0, hi = r->unit_n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (r->units[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < r->unit_n && r->units[lo].id == id ? (int32_t)lo : -1;
}

/* ---- the order in which people read: level, then name ---- */

static int compare_units(const void *a, const void *b, void *arg)
{
	const struct reading *r = arg;
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	const struct blob *k = r->keys[x], *l = r->keys[y];
	size_t n = k->size < l->size ? k->size : l->size;

	if (r->units[x].level != r->units[y].level)
		return r->units[x].level < r->units[y].level ? -1 : 1;
	int order = n ? memcmp(k->data, l->data, n) : 0;

	if (order == 0 && k->size != l->size)
		order = k->size < l->size ? -1 : 1;
	return order ? order : (x > y) - (x < y);
}

/* place[u]: where the u-th unit by id stands in reading order. */
static int32_t *order_units(struct reading *r)
{
	int32_t *order = ARENA_ARRAY(r->work, r->unit_n, int32_t), *place = ARENA_ARRAY(r->work, r->unit_n, int32_t);

	for (size_t i = 0; i < r->unit_n; i++)
		order[i] = (int32_t)i;
	qsort_r(order, r->unit_n, sizeof *order, compare_units, r);
	for (size_t i = 0; i < r->unit_n; i++)
		place[order[i]] = (int32_t)i;
	return place;
}

static fail read_successions(struct call *c, struct reading *r, const int32_t *place, struct shape_input *in)
{
	struct predecessor *p;
	size_t n;

	TRY(org_predecessors(c, &p, &n));
	struct shape_succession *v = ARENA_ARRAY(r->work, n, struct shape_succession);

	for (size_t i = 0; i < n; i++) {
		int32_t unit = find_id(r, p[i].unit_id), before = find_id(r, p[i].predecessor_id);

		if (unit >= 0 && before >= 0 && unit != before)
			v[in->succession_n++] = (struct shape_succession){ place[unit], place[before], p[i].on_date };
	}
	in->successions = v;
	return FAIL_OK;
}

/* Units and spans in reading order; spans of a unit stay together and in order of day. */
static void reorder(struct reading *r, const int32_t *place, struct shape_input *in)
{
	struct shape_unit *units = ARENA_ARRAY(r->work, r->unit_n, struct shape_unit);
	size_t *at = ARENA_ARRAY(r->work, r->unit_n + 1, size_t);
	struct shape_span *spans = ARENA_ARRAY(r->work, r->span_n, struct shape_span);

	for (size_t i = 0; i < r->unit_n; i++)
		units[place[i]] = r->units[i];
	for (size_t i = 0; i < r->span_n; i++)
		at[place[r->spans[i].unit] + 1]++;
	for (size_t i = 0; i < r->unit_n; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < r->span_n; i++) {
		struct shape_span x = r->spans[i];
		int32_t parent = r->parent_ids[i] ? find_id(r, r->parent_ids[i]) : -1;

		x.unit = place[x.unit];
		x.parent = parent < 0 ? -1 : place[parent];
		spans[at[x.unit]++] = x;
	}
	in->units = units;
	in->spans = spans;
}

static fail read_tree(struct call *c, struct state *s, struct reading *r)
{
	struct shape_input in = { .today = c->today };

	TRY(org_each_span(c, read_span, r));
	int32_t *place = order_units(r);

	in.unit_n = r->unit_n;
	in.span_n = r->span_n;
	TRY(read_successions(c, r, place, &in));
	reorder(r, place, &in);
	shape_build(s->arena, &in, &s->shape);
	return FAIL_OK;
}

/* ---- year rules ---- */

static const struct year_rule *year_rule(void *arg, int32_t unit, int year)
{
	const struct state *s = arg;
	int y = year - s->cube.year_from;
	uint8_t i;

	if (y < 0 || y >= s->cube.years)
		return NULL;
	i = s->rule_of ? s->rule_of[(size_t)y * (size_t)s->shape.n + (size_t)unit] : s->rule_year[y];
	return i ? &s->rule[i - 1] : NULL;
}

static uint8_t copy_rule(struct state *s, const struct year_rule *rule)
{
	if (!rule)
		return 0;
	for (size_t i = 0; i < s->rule_n; i++)
		if (memcmp(&s->rule[i], rule, sizeof *rule) == 0)
			return (uint8_t)(i + 1);
	if (s->rule_n == UINT8_MAX)
		return 0;
	s->rule[s->rule_n++] = *rule;
	return (uint8_t)s->rule_n;
}

static struct scopes scopes_of(const struct state *s, int32_t unit, int year, const char **codes)
{
	size_t n = 0;

	for (; unit > SHAPE_TOP && n < 32; unit = shape_parent(&s->shape, THEN, unit, month_of(year, 12)))
		codes[n++] = s->shape.unit[unit].code;
	return (struct scopes){ codes, n };
}

static bool any_scoped(const struct rules *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->v[i].kind == RULE_YEAR && rules->v[i].scope && *rules->v[i].scope)
			return true;
	return false;
}

static void choose_rules(struct state *s, const struct rules *rules)
{
	const char *codes[32];

	s->rules = rules;
	s->cube.rule = year_rule;
	s->cube.rule_arg = s;
	if (!rules)
		return;
	s->rule = ARENA_ARRAY(s->arena, UINT8_MAX, struct year_rule);
	for (int y = 0; y < s->cube.years; y++)
		s->rule_year[y] = copy_rule(s, rules_year_rule(rules, s->cube.year_from + y, SCOPES_NONE));
	if (!any_scoped(rules))
		return;
	s->rule_of = ARENA_ARRAY(s->arena, (size_t)s->cube.years * (size_t)s->shape.n, uint8_t);
	for (int y = 0; y < s->cube.years; y++)
		for (int32_t u = 0; u < s->shape.n; u++)
			s->rule_of[(size_t)y * (size_t)s->shape.n + (size_t)u] =
				copy_rule(s, rules_year_rule(rules, s->cube.year_from + y, scopes_of(s, u, s->cube.year_from + y, codes)));
}

/* ---- building ---- */

static fail no_memory(struct call *c)
{
	return problem(c, FAIL_BUSY, "", "the machine has no memory left");
}

fail state_load_tree(struct call *c, int year_from, int years, struct state **out)
{
	struct state *s = calloc(1, sizeof *s);
	struct reading r = { .today = c->today };

	if (!s || !(s->arena = arena_new(SIZE_MAX / 2)) || !(r.work = arena_new(SIZE_MAX / 2))) {
		state_free(s);
		return no_memory(c);
	}
	r.keep = s->arena;
	fail f = read_tree(c, s, &r);

	arena_free(r.work);
	if (f == FAIL_OK && !cube_begin(&s->cube, &s->shape, date_month(c->today), year_from, years))
		f = no_memory(c);
	if (f != FAIL_OK) {
		state_free(s);
		return f;
	}
	choose_rules(s, c->rules);
	*out = s;
	return FAIL_OK;
}

void state_free(struct state *s)
{
	if (!s)
		return;
	cube_free(&s->cube);
	arena_free(s->arena);
	free(s);
}

struct putting { struct state *s; int64_t unit_id; int32_t unit; };

static fail put_row(struct call *c, const void *row, void *arg)
{
	const struct cell_month *r = row;
	struct putting *p = arg;

	(void)c;
	if (p->unit_id != r->unit_id) {
		p->unit_id = r->unit_id;
		p->unit = shape_find(&p->s->shape, r->unit_id);
	}
	struct cell_facts *at = p->unit > 0 ? cube_facts(&p->s->cube, p->unit, (int)(r->month / 12)) : NULL;

	if (at)
		at[r->month % 12] = cell_month_pack(r);
	return FAIL_OK;
}

static fail put_year(struct call *c, const void *row, void *arg)
{
	const struct cell_year *r = row;
	struct putting *p = arg;
	int32_t unit = shape_find(&p->s->shape, r->unit_id);
	struct unit_year *at = unit > 0 ? cube_unit_year(&p->s->cube, unit, (int)r->year) : NULL;

	(void)c;
	if (at)
		*at = cell_year_pack(r);
	return FAIL_OK;
}

static fail load_unit(struct call *c, struct putting *put, const struct shape_unit *x, struct period p)
{
	TRY(db_each(c, &Q_cell_month_load_unit, ARGS(V(x->realm), V(x->id), V(p.from), V(p.to)), &cell_month_record, put_row, put));
	return db_each(c, &Q_cell_year_load_unit, ARGS(V(x->realm), V(x->id), V(p.from / 12), V(p.to / 12)), &cell_year_record, put_year, put);
}

/* Unit by unit when few are wanted, else the whole tables in one walk each. */
fail state_load_facts(struct call *c, struct state *s, struct period p, const bool *wanted)
{
	struct putting put = { .s = s };
	size_t n = 0;

	for (int32_t u = 1; wanted && u < s->shape.n; u++)
		n += wanted[u];
	if (!wanted || n > (size_t)s->shape.n / 4 + 16) {
		TRY(db_each(c, &Q_cell_month_load, ARGS(V(p.from), V(p.to)), &cell_month_record, put_row, &put));
		return db_each(c, &Q_cell_year_load, ARGS(V(p.from / 12), V(p.to / 12)), &cell_year_record, put_year, &put);
	}
	for (int32_t u = 1; u < s->shape.n; u++)
		if (wanted[u])
			TRY(load_unit(c, &put, &s->shape.unit[u], p));
	return FAIL_OK;
}

/* Months without a row are not copied: memory that was never written costs nothing. */
static void copy_year(struct cell_facts *to, const struct cell_facts *from)
{
	for (int m = 0; m < 12; m++)
		if (from[m].rev)
			to[m] = from[m];
}

void state_copy_facts(struct state *to, const struct state *from)
{
	for (int32_t u = 1; u < from->shape.n; u++) {
		int32_t v = shape_find(&to->shape, from->shape.unit[u].id);

		for (int y = 0; v > 0 && y < from->cube.years; y++) {
			struct cell_facts *at = cube_facts(&to->cube, v, from->cube.year_from + y);

			if (at)
				copy_year(at, from->cube.facts[y][u]);
			if (at && from->cube.of_year[y][u].rev)
				*cube_unit_year(&to->cube, v, from->cube.year_from + y) = from->cube.of_year[y][u];
		}
	}
}

fail state_years(struct call *c, int *year_from, int *years)
{
	int this_year = date_month(c->today) / 12;
	int64_t first, first_year;

	TRY(db_int(c, &Q_cell_month_first, NO_ARGS, month_of(this_year, 1), &first));
	TRY(db_int(c, &Q_cell_year_first, NO_ARGS, this_year, &first_year));
	*year_from = (int)(first / 12 < first_year ? first / 12 : first_year);
	if (*year_from > this_year - 1)
		*year_from = this_year - 1;
	if (*year_from <= this_year - MEMORY_YEARS)
		*year_from = this_year - MEMORY_YEARS + 1;
	*years = this_year + 2 - *year_from;
	return FAIL_OK;
}

void state_mark_below(const struct shape *s, int32_t unit, bool *wanted)
{
	if (wanted[unit])
		return;
	wanted[unit] = true;
	for (int k = THEN; k <= NOW; k++) {
		size_t n;
		const struct shape_link *l = shape_children(s, (enum structure)k, unit, &n);

		for (size_t i = 0; i < n; i++)
			state_mark_below(s, l[i].child, wanted);
	}
}
