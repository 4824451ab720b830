/* shape.c — building the arrays of shape.h. Levels only go down (org/unit.h), so ways up end; bounds and cuts guard against data that
 * breaks the laws of the tree. */
#include "rollup/shape.h"

#include <string.h>

#include "org/unit.h"

#define STEPS_MAX 64

const char *const structure_words[] = { "then", "now", NULL };

/* ---- in the numbers of the input ---- */

struct build {
	struct arena *a;
	const struct shape_input *in;
	int32_t n;             /* units given */
	int32_t *first;        /* n + 1: spans of a unit */
	int32_t *successor;    /* n, or -1 */
	int32_t *parent;       /* n: today's, as a number given, or -1 for the top */
	int32_t *number;       /* n: given → final */
	int32_t only_root;     /* the one unit without a parent today, or -1 */
	struct shape *s;
};

static void find_spans(struct build *b)
{
	b->first = ARENA_ARRAY(b->a, (size_t)b->n + 1, int32_t);
	for (size_t i = 0; i < b->in->span_n; i++)
		b->first[b->in->spans[i].unit + 1]++;
	for (int32_t u = 0; u < b->n; u++)
		b->first[u + 1] += b->first[u];
}

static void find_successors(struct build *b)
{
	struct date *on = ARENA_ARRAY(b->a, (size_t)b->n, struct date);

	b->successor = ARENA_ARRAY(b->a, (size_t)b->n, int32_t);
	memset(b->successor, 0xff, (size_t)b->n * sizeof(int32_t));
	for (size_t i = 0; i < b->in->succession_n; i++) {
		const struct shape_succession *x = &b->in->successions[i];
		int32_t *best = &b->successor[x->predecessor];

		if (*best >= 0 && (on[x->predecessor].days < x->on.days || (on[x->predecessor].days == x->on.days && *best <= x->unit)))
			continue;
		*best = x->unit;
		on[x->predecessor] = x->on;
	}
}

/* The last span that has begun by `day`, else the first. */
static const struct shape_span *span_by(const struct shape_span *spans, int32_t first, int32_t end, struct date day)
{
	for (int32_t i = end - 1; i > first; i--)
		if (spans[i].from.days <= day.days)
			return &spans[i];
	return &spans[first];
}

static const struct shape_span *given_span(const struct build *b, int32_t u)
{
	return span_by(b->in->spans, b->first[u], b->first[u + 1], b->in->today);
}

static bool there_today(const struct build *b, int32_t u)
{
	const struct shape_span *x = given_span(b, u);

	return x->from.days <= b->in->today.days && x->to.days >= b->in->today.days;
}

/* The unit of today's tree that stands for `u`; -1: none. */
static int32_t stands_for(const struct build *b, int32_t u)
{
	for (int steps = 0; u >= 0 && steps < STEPS_MAX; steps++) {
		if (there_today(b, u))
			return u;
		u = b->successor[u] >= 0 ? b->successor[u] : given_span(b, u)->parent;
	}
	return -1;
}

/* Where `u` hangs today. */
static int32_t hangs_below(struct build *b, int32_t u)
{
	int32_t v = u;

	for (int steps = 0; !there_today(b, v) && b->successor[v] >= 0 && steps < STEPS_MAX; steps++)
		v = b->successor[v];
	bool root = there_today(b, v) && given_span(b, v)->parent < 0;
	int32_t parent = stands_for(b, given_span(b, v)->parent);
	if (parent >= 0 || root)
		return parent;
	b->s->hung++;
	return b->only_root;
}

static void find_only_root(struct build *b)
{
	int roots = 0;

	b->only_root = -1;
	for (int32_t u = 0; u < b->n; u++)
		if (there_today(b, u) && given_span(b, u)->parent < 0) {
			roots++;
			b->only_root = u;
		}
	if (roots != 1)
		b->only_root = -1;
}

/* Only where a unit outlives its parent, which the laws of the tree forbid, can parents go round in a ring: it is cut open. */
static void cut_rings(struct build *b)
{
	int32_t *walk = ARENA_ARRAY(b->a, (size_t)b->n, int32_t); /* the walk that came by, 0: none yet */

	for (int32_t start = 0; start < b->n; start++) {
		int32_t u = start;

		for (; u >= 0 && !walk[u]; u = b->parent[u])
			walk[u] = start + 1;
		if (u >= 0 && walk[u] == start + 1) {
			b->parent[u] = -1;
			b->s->hung++;
		}
	}
}

static void find_parents(struct build *b)
{
	find_only_root(b);
	b->parent = ARENA_ARRAY(b->a, (size_t)b->n, int32_t);
	for (int32_t u = 0; u < b->n; u++)
		b->parent[u] = hangs_below(b, u);
	cut_rings(b);
}

/* ---- numbering: breadth-first, siblings in the order given ---- */

static void number_units(struct build *b)
{
	int32_t *head = ARENA_ARRAY(b->a, (size_t)b->n + 2, int32_t), *kids = ARENA_ARRAY(b->a, (size_t)b->n, int32_t);
	int32_t *queue = ARENA_ARRAY(b->a, (size_t)b->n + 1, int32_t);
	int32_t at = 0, end = 1;

	for (int32_t u = 0; u < b->n; u++)
		head[b->parent[u] + 2]++;
	for (int32_t u = 0; u <= b->n; u++)
		head[u + 1] += head[u];
	int32_t *fill = ARENA_ARRAY(b->a, (size_t)b->n + 1, int32_t);
	memcpy(fill, head, ((size_t)b->n + 1) * sizeof(int32_t));
	for (int32_t u = 0; u < b->n; u++)
		kids[fill[b->parent[u] + 1]++] = u;
	b->number = ARENA_ARRAY(b->a, (size_t)b->n, int32_t);
	for (queue[0] = -1; at < end; at++)
		for (int32_t i = head[queue[at] + 1]; i < head[queue[at] + 2]; i++) {
			b->number[kids[i]] = end;
			queue[end++] = kids[i];
		}
}

static int32_t final_of(const struct build *b, int32_t u)
{
	return u < 0 ? SHAPE_TOP : b->number[u];
}

static void move_units(struct build *b)
{
	struct shape *s = b->s;

	s->n = b->n + 1;
	s->unit = ARENA_ARRAY(b->a, (size_t)s->n, struct shape_unit);
	s->now_parent = ARENA_ARRAY(b->a, (size_t)s->n, int32_t);
	s->span_first = ARENA_ARRAY(b->a, (size_t)s->n + 1, int32_t);
	s->unit[SHAPE_TOP] = (struct shape_unit){ .code = "", .name = "", .today = true };
	s->now_parent[SHAPE_TOP] = -1;
	for (int32_t u = 0; u < b->n; u++) {
		int32_t v = b->number[u];

		s->unit[v] = b->in->units[u];
		s->unit[v].today = there_today(b, u);
		s->now_parent[v] = final_of(b, b->parent[u]);
		s->span_first[v + 1] = b->first[u + 1] - b->first[u];
	}
	for (int32_t v = 0; v < s->n; v++)
		s->span_first[v + 1] += s->span_first[v];
}

static void move_spans(struct build *b)
{
	struct shape *s = b->s;

	s->span = ARENA_ARRAY(b->a, b->in->span_n, struct shape_span);
	for (int32_t u = 0; u < b->n; u++) {
		struct shape_span *to = s->span + s->span_first[b->number[u]];

		for (int32_t i = b->first[u]; i < b->first[u + 1]; i++, to++) {
			*to = b->in->spans[i];
			to->unit = b->number[u];
			to->parent = final_of(b, to->parent);
		}
	}
}

/* Today's tree is the same until the next day on which a span begins or the last on which one ends. */
static void find_same_days(struct build *b)
{
	int32_t today = b->in->today.days;
	struct date from = DATE_EVER, to = DATE_OPEN;

	for (size_t i = 0; i < b->in->span_n; i++) {
		const int32_t first = b->in->spans[i].from.days, last = b->in->spans[i].to.days;

		if (first <= today && first > from.days)
			from.days = first;
		if (first > today && first - 1 < to.days)
			to.days = first - 1;
		if (last < today && last + 1 > from.days)
			from.days = last + 1;
		if (last >= today && last < to.days)
			to.days = last;
	}
	b->s->same_from = from;
	b->s->same_to = to;
}

/* ---- links from parents to children ---- */

/* The months of span i of a unit: from the month in which it begins until the next span's. */
static struct period span_months(const struct shape *s, int32_t unit, int32_t i)
{
	bool is_first = i == s->span_first[unit], is_last = i + 1 == s->span_first[unit + 1];

	return (struct period){
		is_first ? MONTH_EVER : date_month(s->span[i].from),
		is_last ? MONTH_FAR : date_month(s->span[i + 1].from) - 1,
	};
}

typedef void link_found(struct shape *s, enum structure structure, int32_t parent, struct shape_link link);

static void each_then_link(struct shape *s, int32_t u, link_found *found)
{
	struct shape_link l = { .child = u, .from = MONTH_FAR, .to = MONTH_EVER };
	int32_t parent = -1;

	for (int32_t i = s->span_first[u]; i < s->span_first[u + 1]; i++) {
		struct period p = span_months(s, u, i);

		if (p.from > p.to)
			continue;
		if (parent != s->span[i].parent) {
			if (parent >= 0)
				found(s, THEN, parent, l);
			parent = s->span[i].parent;
			l.from = p.from;
		}
		l.to = p.to;
	}
	if (parent >= 0)
		found(s, THEN, parent, l);
}

static void each_link(struct shape *s, link_found *found)
{
	for (int32_t u = 1; u < s->n; u++) {
		each_then_link(s, u, found);
		found(s, NOW, s->now_parent[u], (struct shape_link){ u, MONTH_EVER, MONTH_FAR });
	}
}

static void count_link(struct shape *s, enum structure structure, int32_t parent, struct shape_link link)
{
	(void)link;
	s->link_first[structure][parent + 2]++;
}

static void put_link(struct shape *s, enum structure structure, int32_t parent, struct shape_link link)
{
	s->link[structure][s->link_first[structure][parent + 1]++] = link;
}

/* Counted one place further than they end up, so that filling moves the beginnings into place. */
static void make_links(struct arena *a, struct shape *s)
{
	for (int k = THEN; k <= NOW; k++)
		s->link_first[k] = ARENA_ARRAY(a, (size_t)s->n + 2, int32_t);
	each_link(s, count_link);
	for (int k = THEN; k <= NOW; k++) {
		for (int32_t u = 0; u <= s->n; u++)
			s->link_first[k][u + 1] += s->link_first[k][u];
		s->link[k] = ARENA_ARRAY(a, (size_t)s->link_first[k][s->n + 1], struct shape_link);
	}
	each_link(s, put_link);
}

static void number_rows(struct arena *a, struct shape *s)
{
	size_t n[2];

	s->row = ARENA_ARRAY(a, (size_t)s->n, int32_t);
	s->row_unit = ARENA_ARRAY(a, (size_t)s->n, int32_t);
	for (int32_t u = 0; u < s->n; u++) {
		shape_children(s, THEN, u, &n[THEN]);
		shape_children(s, NOW, u, &n[NOW]);
		s->row[u] = u == SHAPE_TOP || n[THEN] + n[NOW] ? s->row_n : -1;
		if (s->row[u] >= 0)
			s->row_unit[s->row_n++] = u;
	}
}

/* ---- ids ---- */

static uint32_t id_hash(int64_t id)
{
	return (uint32_t)((uint64_t)id * 0x9e3779b97f4a7c15u >> 32);
}

static void make_hash(struct arena *a, struct shape *s)
{
	uint32_t size = 16;

	while (size < (uint32_t)s->n * 2)
		size *= 2;
	s->hash_mask = size - 1;
	s->hash = ARENA_ARRAY(a, size, int32_t);
	for (int32_t u = 1; u < s->n; u++) {
		uint32_t h = id_hash(s->unit[u].id);

		while (s->hash[h & s->hash_mask])
			h++;
		s->hash[h & s->hash_mask] = u;
	}
}

int32_t shape_find(const struct shape *s, int64_t id)
{
	if (id == 0)
		return SHAPE_TOP;
	for (uint32_t h = id_hash(id); s->hash[h & s->hash_mask]; h++)
		if (s->unit[s->hash[h & s->hash_mask]].id == id)
			return s->hash[h & s->hash_mask];
	return -1;
}

void shape_build(struct arena *a, const struct shape_input *in, struct shape *out)
{
	struct arena *work = arena_new(SIZE_MAX / 2);
	struct build b = { .a = work, .in = in, .n = (int32_t)in->unit_n, .s = out };

	*out = (struct shape){ 0 };
	find_spans(&b);
	find_successors(&b);
	find_parents(&b);
	number_units(&b);
	b.a = a;
	move_units(&b);
	move_spans(&b);
	find_same_days(&b);
	make_links(a, out);
	number_rows(a, out);
	make_hash(a, out);
	arena_free(work);
}

/* ---- questions ---- */

const struct shape_span *shape_span_at(const struct shape *s, int32_t unit, struct date day)
{
	return span_by(s->span, s->span_first[unit], s->span_first[unit + 1], day);
}

int32_t shape_parent(const struct shape *s, enum structure structure, int32_t unit, month_no m)
{
	if (unit == SHAPE_TOP || structure == NOW)
		return s->now_parent[unit];
	return shape_span_at(s, unit, month_last(m))->parent;
}

bool shape_exists(const struct shape *s, int32_t unit, struct period p)
{
	int32_t first = month_first(p.from).days, last = month_last(p.to).days;

	for (int32_t i = s->span_first[unit]; i < s->span_first[unit + 1]; i++)
		if (s->span[i].from.days <= last && s->span[i].to.days >= first)
			return true;
	return false;
}

static bool has_units_below(const struct shape *s, int32_t unit, month_no m)
{
	size_t n;
	const struct shape_link *l = shape_children(s, THEN, unit, &n);

	for (size_t i = 0; i < n; i++)
		if (l[i].from <= m && m <= l[i].to && shape_exists(s, l[i].child, (struct period){ m, m }))
			return true;
	return false;
}

bool shape_is_body(const struct shape *s, int32_t unit, month_no m)
{
	const struct shape_span *x = shape_span_at(s, unit, month_last(m));

	if (x->level == LEVEL_CELL || x->level != LEVEL_GRASSROOTS)
		return x->level != LEVEL_CELL;
	if (shape_exists(s, unit, (struct period){ m, m }))
		return has_units_below(s, unit, m);
	for (month_no k = m - m % 12; k < m; k++)
		if (has_units_below(s, unit, k))
			return true;
	return false;
}

/* Spans i … that touch each other and reach back from the month's last day to its first. */
static bool covers(const struct shape *s, int32_t unit, int32_t i, month_no m)
{
	int32_t need = month_first(m).days;

	while (s->span[i].from.days > need) {
		if (i == s->span_first[unit] || s->span[i - 1].to.days + 1 != s->span[i].from.days)
			return false;
		i--;
	}
	return true;
}

unsigned shape_covered(const struct shape *s, int32_t unit, int year)
{
	unsigned bits = 0;
	int32_t i = s->span_first[unit];

	if (unit == SHAPE_TOP)
		return 0;
	for (int m = 0; m < 12; m++) {
		month_no month = month_of(year, m + 1);
		int32_t last = month_last(month).days;

		while (i + 1 < s->span_first[unit + 1] && s->span[i + 1].from.days <= last)
			i++;
		const struct shape_span *x = &s->span[i];
		if (x->from.days > last || x->to.days < last || (x->level != LEVEL_CELL && x->level != LEVEL_GRASSROOTS))
			continue;
		if (!covers(s, unit, i, month) || (x->level == LEVEL_GRASSROOTS && has_units_below(s, unit, month)))
			continue;
		bits |= 1u << m;
	}
	return bits;
}
