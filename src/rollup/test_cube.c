/* test_cube.c — random trees with moves, mergers and closures: the cube against a naive count, in both structures. */
#include "rollup/cube.h"

#include <string.h>

#include "org/unit.h"
#include "support/support.h"

enum { UNITS = 60, SPANS = 240, YEARS = 2, YEAR = 2024 };

static uint64_t seed;

static unsigned rnd(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

struct world {
	struct arena *a;
	struct shape_unit unit[UNITS];
	struct shape_span span[SPANS];
	struct shape_succession succession[UNITS];
	size_t units, spans, successions;
	struct date today;
	struct cell_facts facts[UNITS][YEARS * 12];
	struct unit_year of_year[UNITS][YEARS];
	struct shape shape;
	struct cube cube;
};

static struct date day_in(int first_year, int years)
{
	return (struct date){ date_of(first_year, 1, 1).days + (int32_t)rnd((unsigned)(years * 365)) };
}

static unsigned level_of(size_t u, size_t n)
{
	return u == 0 ? LEVEL_CENTRE : u < n / 12 + 1 ? LEVEL_PROVINCE : u < n / 5 + 2 ? LEVEL_COMMUNE : u < n / 3 + 2 ? LEVEL_GRASSROOTS : LEVEL_CELL;
}

/* A unit of a higher level: numbers below the first of this level. */
static int32_t some_parent(const struct world *w, size_t u)
{
	size_t above = 0;

	while (above < u && level_of(above, w->units) < level_of(u, w->units))
		above++;
	if (above == 0 || rnd(20) == 0)
		return -1;
	return (int32_t)rnd((unsigned)above);
}

static void add_span(struct world *w, size_t u, struct date from, struct date to)
{
	w->span[w->spans++] = (struct shape_span){ (int32_t)u, some_parent(w, u), from, to, level_of(u, w->units) };
}

/* A life: begins some time, is moved now and then, and may end. */
static void live(struct world *w, size_t u)
{
	struct date from = rnd(3) ? DATE_EVER : day_in(YEAR - 1, 3), end = rnd(4) ? DATE_OPEN : day_in(YEAR, 3);

	if (end.days < from.days)
		end = DATE_OPEN;
	for (int moves = (int)rnd(4); moves > 0; moves--) {
		struct date next = day_in(YEAR - 1, 3);

		if (next.days <= from.days || next.days > end.days)
			continue;
		add_span(w, u, from, (struct date){ next.days - 1 });
		from = next;
	}
	add_span(w, u, from, end);
}

static struct cell_facts some_facts(void)
{
	struct cell_facts f = { .rev = 1, .meetings = (uint8_t)rnd(3) };

	if (!f.meetings)
		return f;
	f.expected = (uint16_t)rnd(40);
	f.present = (uint16_t)rnd(f.expected + 1u);
	f.thematic = (uint8_t)rnd(f.meetings + 1u);
	f.pre_meetings = (uint8_t)rnd(f.meetings + 1u);
	f.unexcused = (uint16_t)rnd(3);
	if (rnd(8))
		f.marks = (uint8_t)(MARK_REGULAR | (rnd(2) ? MARK_COMPLETE : 0) | (rnd(2) ? MARK_SELF_SCORED : 0) | (rnd(2) ? MARK_DECIDED : 0));
	if (f.marks && rnd(12)) {
		f.points = (uint16_t)(600 + rnd(400));
		f.grade = (uint8_t)(f.points >= 900 ? GRADE_GOOD : f.points >= 700 ? GRADE_FAIR : GRADE_AVERAGE);
	}
	return f;
}

static struct unit_year some_year(void)
{
	struct unit_year y = { .rev = 1, .level = (uint8_t)rnd(5), .initiatives = (uint16_t)rnd(5) };

	if (rnd(2))
		y.marks = (uint8_t)(MARK_REGISTERED | (rnd(8) ? MARK_ASSESSED : 0) | (rnd(3) ? MARK_MET : 0) | (rnd(2) ? MARK_RECOGNISED : 0));
	for (int i = 0; i < 4; i++)
		y.members[i] = (uint16_t)rnd(9);
	y.members_all = (uint16_t)(y.members[0] + y.members[1] + y.members[2] + y.members[3] + (int)rnd(3));
	y.members_with_initiative = (uint16_t)rnd(y.members_all + 1u);
	y.secretaries = (uint16_t)rnd(2);
	return y;
}

static const struct year_rule Y1 = {
	.id = "Y1",
	.levels = { [GRADE_GOOD] = { .worst = GRADE_FAIR, .count_grade = GRADE_GOOD, .count_of_12 = 7, .mean_from = TENTHS_NONE, .no_month_missed = true } },
};

static const struct year_rule *y1(void *arg, int32_t unit, int year)
{
	(void)arg;
	(void)unit;
	(void)year;
	return &Y1;
}

static void build(struct world *w)
{
	struct shape_input in = {
		.units = w->unit, .spans = w->span, .successions = w->succession,
		.unit_n = w->units, .span_n = w->spans, .succession_n = w->successions, .today = w->today,
	};

	w->a = arena_new(SIZE_MAX / 2);
	shape_build(w->a, &in, &w->shape);
	assert_true(cube_begin(&w->cube, &w->shape, date_month(w->today), YEAR, YEARS));
	w->cube.rule = y1;
}

static int32_t number(const struct world *w, size_t u)
{
	return shape_find(&w->shape, w->unit[u].id);
}

static void fill(struct world *w)
{
	for (size_t u = 1; u < w->units; u++)
		for (int m = 0; m < YEARS * 12; m++) {
			/* cells meet; now and then somebody else has a meeting too */
			if (level_of(u, w->units) < LEVEL_GRASSROOTS && rnd(40))
				continue;
			w->facts[u][m] = some_facts();
			cube_facts(&w->cube, number(w, u), YEAR + m / 12)[m % 12] = w->facts[u][m];
		}
	for (size_t u = 1; u < w->units; u++)
		for (int y = 0; y < YEARS; y++)
			if (rnd(3))
				*cube_unit_year(&w->cube, number(w, u), YEAR + y) = w->of_year[u][y] = some_year();
}

static void begin(struct world *w, uint64_t s)
{
	memset(w, 0, sizeof *w);
	seed = s * 7919 + 17;
	w->units = 20 + rnd(UNITS - 20);
	w->today = day_in(YEAR, 2);
	for (size_t u = 0; u < w->units; u++) {
		w->unit[u] = (struct shape_unit){ .id = 1000 + (int64_t)u * 7, .realm = 1000, .code = "", .name = "", .level = level_of(u, w->units) };
		if (u)
			live(w, u);
		else
			add_span(w, u, DATE_EVER, DATE_OPEN);
	}
	for (size_t n = rnd(8); n > 0; n--) {
		int32_t from = 1 + (int32_t)rnd((unsigned)w->units - 1), to = 1 + (int32_t)rnd((unsigned)w->units - 1);

		if (from != to)
			w->succession[w->successions++] = (struct shape_succession){ to, from, day_in(YEAR, 2) };
	}
	build(w);
	fill(w);
	cube_sum(&w->cube);
}

static void end(struct world *w)
{
	cube_free(&w->cube);
	arena_free(w->a);
}

/* ---- the naive count: by days, from the spans as given ---- */

static const struct shape_span *span_on(const struct world *w, int32_t u, int32_t day)
{
	for (size_t i = 0; i < w->spans; i++)
		if (w->span[i].unit == u && w->span[i].from.days <= day && day <= w->span[i].to.days)
			return &w->span[i];
	return NULL;
}

static const struct shape_span *last_before(const struct world *w, int32_t u, int32_t day)
{
	const struct shape_span *best = NULL;

	for (size_t i = 0; i < w->spans; i++)
		if (w->span[i].unit == u && w->span[i].to.days < day && (!best || w->span[i].to.days > best->to.days))
			best = &w->span[i];
	return best;
}

static const struct shape_span *first_of(const struct world *w, int32_t u)
{
	for (size_t i = 0; i < w->spans; i++)
		if (w->span[i].unit == u)
			return &w->span[i];
	return NULL;
}

static int32_t naive_then(const struct world *w, int32_t u, month_no m)
{
	const struct shape_span *x = NULL;

	for (int32_t d = month_last(m).days; !x && d >= month_first(m).days; d--)
		x = span_on(w, u, d);
	if (!x)
		x = last_before(w, u, month_first(m).days);
	return (x ? x : first_of(w, u))->parent;
}

static int32_t naive_successor(const struct world *w, int32_t u)
{
	const struct shape_succession *best = NULL;

	for (size_t i = 0; i < w->successions; i++) {
		const struct shape_succession *x = &w->succession[i];

		if (x->predecessor == u && (!best || x->on.days < best->on.days || (x->on.days == best->on.days && x->unit < best->unit)))
			best = x;
	}
	return best ? best->unit : -1;
}

static int32_t nearest_parent(const struct world *w, int32_t u)
{
	const struct shape_span *x = span_on(w, u, w->today.days);

	if (!x)
		x = last_before(w, u, w->today.days);
	return (x ? x : first_of(w, u))->parent;
}

static int32_t naive_stands_for(const struct world *w, int32_t u, int depth)
{
	if (u < 0 || depth > 60)
		return -1;
	if (span_on(w, u, w->today.days))
		return u;
	int32_t next = naive_successor(w, u);

	return naive_stands_for(w, next >= 0 ? next : nearest_parent(w, u), depth + 1);
}

static int32_t naive_top(const struct world *w)
{
	int32_t root = -1;

	for (int32_t u = 0; u < (int32_t)w->units; u++) {
		const struct shape_span *x = span_on(w, u, w->today.days);

		if (x && x->parent < 0 && root >= 0)
			return -1;
		if (x && x->parent < 0)
			root = u;
	}
	return root;
}

static int32_t naive_now(const struct world *w, int32_t u)
{
	int32_t v = u;

	for (int i = 0; i < 64 && !span_on(w, v, w->today.days) && naive_successor(w, v) >= 0; i++)
		v = naive_successor(w, v);
	const struct shape_span *x = span_on(w, v, w->today.days);

	if (x && x->parent < 0)
		return -1;
	int32_t p = naive_stands_for(w, nearest_parent(w, v), 0);

	return p >= 0 ? p : naive_top(w);
}

static bool naive_below(const struct world *w, enum structure k, int32_t u, int32_t above, month_no m)
{
	for (int i = 0; u >= 0 && i < 64; i++) {
		if (u == above)
			return true;
		u = k == THEN ? naive_then(w, u, m) : naive_now(w, u);
	}
	return above < 0;
}

static bool naive_exists(const struct world *w, int32_t u, month_no m)
{
	for (int32_t d = month_first(m).days; d <= month_last(m).days; d++)
		if (span_on(w, u, d))
			return true;
	return false;
}

static bool naive_covered(const struct world *w, int32_t u, month_no m)
{
	unsigned level = level_of((size_t)u, w->units);

	for (int32_t d = month_first(m).days; d <= month_last(m).days; d++)
		if (!span_on(w, u, d))
			return false;
	if (level == LEVEL_CELL)
		return true;
	for (int32_t v = 0; v < (int32_t)w->units; v++)
		if (naive_then(w, v, m) == u && naive_exists(w, v, m))
			return false;
	return level == LEVEL_GRASSROOTS;
}

static bool naive_due(const struct world *w, int32_t u, month_no m)
{
	return (w->facts[u][m - YEAR * 12].marks & MARK_REGULAR) || (m <= date_month(w->today) && naive_covered(w, u, m));
}

static bool naive_is_body(const struct world *w, int32_t u, month_no m)
{
	unsigned level = level_of((size_t)u, w->units);
	bool there = naive_exists(w, u, m);

	if (level == LEVEL_CELL || level != LEVEL_GRASSROOTS)
		return level != LEVEL_CELL;
	for (month_no k = there ? m : m - m % 12; k <= m; k++)
		for (int32_t v = 0; v < (int32_t)w->units; v++)
			if (naive_then(w, v, k) == u && naive_exists(w, v, k) && (there || k < m))
				return true;
	return false;
}

/* A year counts once, whatever part of it is asked for, where the unit hung in the year's last month or in the current one. */
static void naive_years(const struct world *w, enum structure k, int32_t above, struct period p, struct figures *sum)
{
	month_no now = date_month(w->today);

	for (int32_t u = 0; u < (int32_t)w->units; u++)
		for (int year = p.from / 12; year <= p.to / 12; year++) {
			const struct unit_year *y = &w->of_year[u][year - YEAR];
			month_no m = now / 12 == year ? now : month_of(year, 12);
			bool cell = !naive_is_body(w, u, m), there = m <= now && naive_exists(w, u, m);

			if (!naive_below(w, k, u, above, m))
				continue;
			sum->v[FIG_cells] += cell && (there || y->marks & MARK_REGISTERED);
			sum->v[FIG_bodies] += !cell && (there || y->marks & MARK_REGISTERED);
			sum->v[FIG_cells_registered] += cell && y->marks & MARK_REGISTERED;
			sum->v[FIG_bodies_met] += !cell && y->marks & MARK_MET;
			sum->v[FIG_cells_met] += cell && y->marks & MARK_MET;
			sum->v[FIG_cells_recognised] += cell && y->marks & MARK_RECOGNISED;
			sum->v[FIG_cells_classified] += cell && y->level;
			sum->v[FIG_cells_good_or_better] += cell && (y->level == 1 || y->level == 2);
			sum->v[FIG_bodies_completed] += !cell && y->level == 3;
			sum->v[FIG_members] += y->members_all;
			sum->v[FIG_members_good_or_better] += y->members[0] + y->members[1];
			sum->v[FIG_members_with_initiative] += y->members_with_initiative;
			sum->v[FIG_secretaries] += y->secretaries;
			sum->v[FIG_initiatives] += y->initiatives;
		}
}

/* The whole count of one period, straight from the definitions of figure.h. */
static void naive(const struct world *w, enum structure k, int32_t above, struct period p, struct figures *sum)
{
	*sum = (struct figures){ 0 };
	naive_years(w, k, above, p, sum);
	for (int32_t u = 0; u < (int32_t)w->units; u++)
		for (month_no m = p.from; m <= p.to; m++) {
			const struct cell_facts *f = &w->facts[u][m - YEAR * 12];

			if (!naive_below(w, k, u, above, m))
				continue;
			sum->v[FIG_due] += naive_due(w, u, m);
			sum->v[FIG_regular] += (f->marks & MARK_REGULAR) != 0;
			sum->v[FIG_present] += f->present;
			sum->v[FIG_expected] += f->expected;
			sum->v[FIG_thematic] += f->thematic;
			sum->v[FIG_points] += f->points;
			if (m % 3 == 2 || m == p.to) {
				bool cell = false, thematic = false;

				for (month_no q = m - m % 3; q <= m; q++) {
					cell |= naive_due(w, u, q) || w->facts[u][q - YEAR * 12].thematic > 0;
					thematic |= w->facts[u][q - YEAR * 12].thematic > 0;
				}
				sum->v[FIG_cell_quarters] += cell;
				sum->v[FIG_thematic_quarters] += thematic;
			}
			if (m % 12 == 11 || m == p.to) {
				bool cell = false;
				int months = 0, good = 0, missed = 0, low = 0, unscored = 0;

				for (month_no q = m - m % 12; q <= m; q++) {
					const struct cell_facts *g = &w->facts[u][q - YEAR * 12];
					bool scored = (g->marks & MARK_REGULAR) && g->grade != GRADE_NONE;

					cell |= naive_due(w, u, q);
					if (!scored && (!naive_due(w, u, q) || q >= date_month(w->today)))
						continue;
					months++;
					missed += !(g->marks & MARK_REGULAR);
					unscored += (g->marks & MARK_REGULAR) && !scored;
					good += scored && g->grade == GRADE_GOOD;
					low += scored && g->grade < GRADE_FAIR;
				}
				sum->v[FIG_cell_years] += cell;
				sum->v[FIG_good_years] += months > 0 && !unscored && !missed && !low && good >= (7 * months + 11) / 12;
			}
		}
}

static const enum figure compared[] = {
	FIG_due, FIG_regular, FIG_present, FIG_expected, FIG_thematic, FIG_points, FIG_cell_quarters, FIG_thematic_quarters, FIG_cell_years,
	FIG_good_years, FIG_cells, FIG_bodies, FIG_cells_registered, FIG_bodies_met, FIG_cells_met, FIG_cells_recognised, FIG_cells_classified,
	FIG_cells_good_or_better, FIG_bodies_completed, FIG_members, FIG_members_good_or_better, FIG_members_with_initiative, FIG_secretaries,
	FIG_initiatives,
};

static void same(const struct figures *a, const struct figures *b, const char *where, uint64_t s, int32_t u)
{
	for (size_t i = 0; i < sizeof compared / sizeof *compared; i++)
		if (a->v[compared[i]] != b->v[compared[i]]) {
			print_error("%s: seed %llu unit %d %s: %lld, naive %lld\n", where, (unsigned long long)s, (int)u, figure_words[compared[i]],
			            (long long)a->v[compared[i]], (long long)b->v[compared[i]]);
			assert_true(false);
		}
}

static struct period some_period(void)
{
	month_no a = month_of(YEAR, 1) + (month_no)rnd(YEARS * 12), b = month_of(YEAR, 1) + (month_no)rnd(YEARS * 12);

	return a < b ? (struct period){ a, b } : (struct period){ b, a };
}

/* Units that outlive their parents may end up in a ring, which the shape cuts: not what is compared here. */
static bool has_ring(const struct world *w)
{
	for (int32_t u = 0; u < (int32_t)w->units; u++) {
		int32_t v = u;

		for (int i = 0; v >= 0; i++, v = naive_now(w, v))
			if (i > 64)
				return true;
	}
	return false;
}

static void compare_world(const struct world *w, uint64_t s, const char *where)
{
	if (has_ring(w))
		return;
	for (int n = 0; n < 12; n++) {
		int32_t u = (int32_t)rnd((unsigned)w->units + 1) - 1;
		struct period p = some_period();

		for (int k = THEN; k <= NOW; k++) {
			struct figures cube, count;

			cube_figures(&w->cube, (enum structure)k, u < 0 ? SHAPE_TOP : number(w, (size_t)u), p, MONTH_EVER, MONTH_FAR, &cube);
			naive(w, (enum structure)k, u, p, &count);
			same(&cube, &count, where, s, u);
		}
	}
}

static void cube_equals_naive_count(void **state)
{
	static struct world w;

	(void)state;
	for (uint64_t s = 1; s <= 150; s++) {
		begin(&w, s);
		compare_world(&w, s, "built");
		end(&w);
	}
}

static void change_year(struct world *w, size_t u, int y)
{
	struct unit_year f = some_year(), old = w->of_year[u][y];

	f.rev = (uint16_t)(old.rev % 65535 + 1);
	assert_true(cube_change_year(&w->cube, number(w, u), YEAR + y, &f));
	assert_false(cube_change_year(&w->cube, number(w, u), YEAR + y, rnd(2) || !old.rev ? &f : &old));
	w->of_year[u][y] = f;
}

/* Late facts, corrections, one after the other, sometimes twice or too late. */
static void changes_carry_up_as_a_new_sum_would(void **state)
{
	static struct world w;

	(void)state;
	for (uint64_t s = 1; s <= 60; s++) {
		begin(&w, s);
		for (int n = 0; n < 200; n++) {
			size_t u = 1 + rnd((unsigned)w.units - 1);
			int m = (int)rnd(YEARS * 12);
			struct cell_facts f = some_facts(), old = w.facts[u][m];

			f.rev = (uint16_t)(old.rev % 65535 + 1);
			assert_true(cube_change(&w.cube, number(&w, u), month_of(YEAR, 1) + m, &f));
			if (rnd(3) == 0) { /* the same once more, or the one before again */
				assert_false(cube_change(&w.cube, number(&w, u), month_of(YEAR, 1) + m, &f));
				if (old.rev)
					assert_false(cube_change(&w.cube, number(&w, u), month_of(YEAR, 1) + m, &old));
			}
			w.facts[u][m] = f;
			change_year(&w, u, (int)rnd(YEARS));
		}
		compare_world(&w, s, "changed");
		end(&w);
	}
}

static void add_figures(struct figures *to, const struct figures *f)
{
	for (int i = 0; i < FIG_ALL; i++)
		to->v[i] += f->v[i];
}

/* What the table of a unit's children shows adds up to the unit, in any period and both structures. */
static void children_and_own_meetings_add_up_to_the_unit(void **state)
{
	static struct world w;

	(void)state;
	for (uint64_t s = 1; s <= 60; s++) {
		begin(&w, s);
		for (int32_t u = 0; u < w.shape.n; u++) {
			struct period p = some_period();

			for (int k = THEN; k <= NOW; k++) {
				struct figures total, sum = { 0 }, part;
				size_t n;
				const struct shape_link *l = shape_children(&w.shape, (enum structure)k, u, &n);

				cube_figures(&w.cube, (enum structure)k, u, p, MONTH_EVER, MONTH_FAR, &total);
				if (u != SHAPE_TOP) {
					cube_own_figures(&w.cube, u, p, &part);
					add_figures(&sum, &part);
				}
				for (size_t i = 0; i < n; i++) {
					cube_figures(&w.cube, (enum structure)k, l[i].child, p, l[i].from, l[i].to, &part);
					add_figures(&sum, &part);
				}
				assert_memory_equal(&sum, &total, sizeof sum);
			}
		}
		end(&w);
	}
}

static void moving_keeps_the_grand_total(void **state)
{
	static struct world w, moved;

	(void)state;
	for (uint64_t s = 1; s <= 60; s++) {
		struct period p = { month_of(YEAR, 1), month_of(YEAR + YEARS - 1, 12) };
		struct figures then, now, after;

		begin(&w, s);
		cube_figures(&w.cube, THEN, SHAPE_TOP, p, MONTH_EVER, MONTH_FAR, &then);
		cube_figures(&w.cube, NOW, SHAPE_TOP, p, MONTH_EVER, MONTH_FAR, &now);
		assert_memory_equal(&then, &now, sizeof then);
		memcpy(&moved, &w, sizeof w);
		for (size_t i = 1; i < moved.spans; i++)
			if (moved.span[i].level == LEVEL_CELL && rnd(4) == 0) /* cells have nothing below: due months stay */
				moved.span[i].parent = (int32_t)rnd((unsigned)(w.units / 5));
		build(&moved);
		for (size_t u = 1; u < w.units; u++)
			for (int m = 0; m < YEARS * 12; m++)
				cube_facts(&moved.cube, number(&moved, u), YEAR + m / 12)[m % 12] = w.facts[u][m];
		cube_sum(&moved.cube);
		for (int k = THEN; k <= NOW; k++) {
			cube_figures(&moved.cube, (enum structure)k, SHAPE_TOP, p, MONTH_EVER, MONTH_FAR, &after);
			assert_int_equal(after.v[FIG_present], then.v[FIG_present]);
			assert_int_equal(after.v[FIG_regular], then.v[FIG_regular]);
			assert_int_equal(after.v[FIG_thematic_quarters], then.v[FIG_thematic_quarters]);
		}
		end(&moved);
		end(&w);
	}
}

/* ---- year classes ---- */

static void year_of(struct cell_facts f[12], const char *grades)
{
	for (int m = 0; m < 12; m++) {
		f[m] = (struct cell_facts){ .rev = 1 };
		if (grades[m] == '-')
			continue;
		f[m].marks = MARK_REGULAR;
		f[m].meetings = 1;
		f[m].grade = (uint8_t)(grades[m] == 'G' ? GRADE_GOOD : grades[m] == 'F' ? GRADE_FAIR : grades[m] == 'A' ? GRADE_AVERAGE : GRADE_NONE);
		f[m].points = grades[m] == 'G' ? 950 : grades[m] == 'F' ? 800 : grades[m] == 'A' ? 600 : 0;
	}
}

static bool good_at(const char *grades, unsigned covered, int last, int m)
{
	struct cell_facts f[12];
	uint32_t rows[12][FIG_COUNT];

	year_of(f, grades);
	figure_year(f, covered, last, &Y1, rows);
	return rows[m][FIG_good_years] != 0;
}

static void W21_class_of_the_year_so_far(void **state)
{
	(void)state;
	assert_true(good_at("GGGGGGGFFFFF", 0xfff, 12, 11));
	assert_false(good_at("GGGGGGFFFFFF", 0xfff, 12, 11));
	assert_false(good_at("GGGGGGGGGGGA", 0xfff, 12, 11));
	assert_true(good_at("GGGGGGGGGGGA", 0xfff, 12, 10)); /* by November it was Good */
	assert_true(good_at("GGGGFF------", 0xfff, 5, 11));  /* the year so far: 4 of 6, needs ceil(7 * 6 / 12) = 4 */
	assert_false(good_at("GGGFFF------", 0xfff, 5, 11));
	assert_false(good_at("GGGGGG-GGGGG", 0xfff, 12, 11)); /* a missed month breaks Good */
	assert_true(good_at("------GGGGFF", 0xfc0, 12, 11)); /* founded in July */
	assert_false(good_at("GGGGGGGGGGG?", 0xfff, 12, 11)); /* not scored: not classed, not Good */
	assert_true(good_at("GGGGGGG-----", 0xfff, 7, 11));   /* the current month has time yet */
	assert_false(good_at("GGGGGGG-----", 0xfff, 8, 11));
}

/* The class here must be that of the rule engine with its sentence. */
static void classes_agree_with_the_year_rules(void **state)
{
	struct arena *a = arena_new(SIZE_MAX / 2);

	(void)state;
	seed = 5;
	for (int n = 0; n < 20000; n++) {
		struct year_rule rule = { .id = "X" };
		struct year_level *l = &rule.levels[GRADE_GOOD];
		struct cell_facts f[12];
		struct year_facts facts;
		struct year_result result;
		uint32_t rows[12][FIG_COUNT];
		unsigned covered = rnd(4) ? 0xfff : rnd(0x1000);
		int last = (int)rnd(14) - 1;

		*l = (struct year_level){ (enum grade)rnd(5), (enum grade)rnd(5), (int32_t)rnd(12) + 1, TENTHS_NONE, rnd(2), rnd(2) };
		if (!l->count_grade)
			l->count_of_12 = 0;
		if (rnd(2))
			l->mean_from = (struct tenths){ (int32_t)(600 + rnd(400)) };
		for (int m = 0; m < 12; m++)
			f[m] = some_facts();
		figure_year(f, covered, last, &rule, rows);
		figure_year_facts(f, covered, last, &facts);
		year_classify(a, &rule, &facts, LANG_EN, &result);
		if ((rows[11][FIG_good_years] != 0) != (result.grade == GRADE_GOOD)) {
			print_error("case %d: %s\n", n, result.why);
			assert_true(false);
		}
		arena_reset(a);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cube_equals_naive_count),
		cmocka_unit_test(changes_carry_up_as_a_new_sum_would),
		cmocka_unit_test(children_and_own_meetings_add_up_to_the_unit),
		cmocka_unit_test(moving_keeps_the_grand_total),
		cmocka_unit_test(W21_class_of_the_year_so_far),
		cmocka_unit_test(classes_agree_with_the_year_rules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
