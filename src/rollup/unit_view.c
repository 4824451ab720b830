/* unit_view.c — gathered while the counters are held; texts are copied, so that nothing is held while the page is written. */
#include "rollup/unit_view.h"

#include <stdlib.h>
#include <string.h>

#include "org/unit.h"
#include "rollup/memory.h"

struct gather {
	struct call *c;
	const struct cube *cube;
	const struct shape *shape;
	int32_t unit;
	const struct question *q;
	struct unit_view *v;
};

static const char *name_of(const struct gather *g, int32_t unit)
{
	return arena_strdup(g->c->arena, g->shape->unit[unit].name);
}

/* ---- where it stands ---- */

static int32_t parent_of(const struct gather *g, int32_t unit)
{
	return shape_parent(g->shape, g->q->structure, unit, g->q->period.to);
}

static void gather_above(struct gather *g)
{
	int32_t way[64];
	size_t n = 0;

	for (int32_t u = parent_of(g, g->unit); u > SHAPE_TOP && n < 64; u = parent_of(g, u))
		way[n++] = u;
	g->v->above.v = ARENA_ARRAY(g->c->arena, n, struct relative);
	while (n-- > 0)
		g->v->above.v[g->v->above.n++] = (struct relative){ g->shape->unit[way[n]].id, name_of(g, way[n]), false };
}

static bool hangs_at(const struct gather *g, const struct shape_link *l)
{
	return l->from <= g->q->period.to && g->q->period.to <= l->to &&
	       (g->q->structure == NOW ? g->shape->unit[l->child].today : shape_exists(g->shape, l->child, g->q->period));
}

/* The one before, and those that follow: the unit itself is in sight on a phone. */
static void gather_beside(struct gather *g)
{
	int32_t parent = parent_of(g, g->unit);
	size_t n, count = 0, here = 0, first;
	const struct shape_link *l = shape_children(g->shape, g->q->structure, parent < 0 ? SHAPE_TOP : parent, &n);
	int32_t *units = ARENA_ARRAY(g->c->arena, n, int32_t);

	for (size_t i = 0; i < n; i++) {
		if (!hangs_at(g, &l[i]) && l[i].child != g->unit)
			continue;
		if (l[i].child == g->unit)
			here = count;
		units[count++] = l[i].child;
	}
	first = here > 1 ? here - 1 : 0;
	if (first + SIBLINGS_SHOWN > count)
		first = count > SIBLINGS_SHOWN ? count - SIBLINGS_SHOWN : 0;
	g->v->beside.v = ARENA_ARRAY(g->c->arena, SIBLINGS_SHOWN, struct relative);
	for (size_t i = first; i < count && i < first + SIBLINGS_SHOWN; i++)
		g->v->beside.v[g->v->beside.n++] = (struct relative){ g->shape->unit[units[i]].id, name_of(g, units[i]), false };
}

/* ---- targets and trends ---- */

/* Twelve months that end with the period, or with the current month if that is earlier. */
static struct period trend_months(const struct gather *g)
{
	month_no to = g->q->period.to > g->cube->now ? g->cube->now : g->q->period.to;

	return (struct period){ to - 11, to };
}

/* A count by the quarter has a value at the end of each quarter, and so far in the last one: eight of them. */
static size_t trend_points(const struct gather *g, const struct target *t, month_no at[12])
{
	enum figure den = figure_of(t->denominator);
	bool quarters = den >= FIG_MONTHLY && den < FIG_YEARLY;
	size_t n = quarters ? 8 : 12;
	month_no last = g->v->months.to;

	for (size_t i = 0; i < n; i++) {
		size_t back = n - 1 - i;

		at[i] = !quarters ? last - (month_no)back : back == 0 ? last : last - last % 3 - 3 * (month_no)(back - 1) - 1;
	}
	return n;
}

/* The months of three years, worked out once for all targets. */
struct trend_years { uint32_t room[3][12][FIG_COUNT], (*row[3])[FIG_COUNT]; int first; };

static void gather_trend_years(const struct gather *g, struct trend_years *y)
{
	y->first = g->v->months.to / 12 - 2;
	for (int i = 0; i < 3; i++)
		y->row[i] = cube_year(g->cube, g->q->structure, g->unit, y->first + i, y->room[i]);
}

/* A figure of years has one value a year. */
static struct trend trend_by_year(const struct gather *g, const struct trend_years *y, const struct target *t)
{
	int64_t *num = ARENA_ARRAY(g->c->arena, 6, int64_t), *den = num + 3;
	struct figures f;

	for (int i = 0; i < 3; i++) {
		cube_month(g->cube, g->q->structure, g->unit, month_of(y->first + i, 1), &f);
		num[i] = f.v[figure_of(t->numerator)];
		den[i] = f.v[figure_of(t->denominator)];
	}
	return (struct trend){ num, den, 3 };
}

static struct trend trend_of(const struct gather *g, const struct trend_years *y, const struct target *t)
{
	if (figure_of_year(figure_of(t->denominator)))
		return trend_by_year(g, y, t);
	int64_t *num = ARENA_ARRAY(g->c->arena, 24, int64_t), *den = num + 12;
	month_no at[12];
	size_t n = trend_points(g, t, at);

	for (size_t i = 0; i < n; i++) {
		const uint32_t *row = y->row[at[i] / 12 - y->first][at[i] % 12];

		num[i] = row[figure_of(t->numerator)];
		den[i] = row[figure_of(t->denominator)];
	}
	return (struct trend){ num, den, n };
}

static void gather_cards(struct gather *g)
{
	size_t n = g->v->targets.n;
	struct trend_years years;

	gather_trend_years(g, &years);
	g->v->cards = ARENA_ARRAY(g->c->arena, n, struct card);
	for (size_t i = 0; i < n; i++) {
		const struct target_line *l = &g->v->targets.v[i];

		g->v->cards[i] = (struct card){
			.id = l->target->id, .title = l->target->title[g->c->lang], .num = l->result.numerator, .den = l->result.denominator,
			.threshold = l->target->compare == TARGET_REPORTED ? NULL : target_threshold_words(g->c->arena, l->target, g->c->lang),
			.limit_num = l->target->num, .limit_den = l->target->den,
			.met = l->result.known ? l->result.met : -1, .trend = trend_of(g, &years, l->target),
		};
	}
}

/* ---- the units below ---- */

static struct rate rate(const struct figures *f, enum figure num, enum figure den)
{
	return (struct rate){ f->v[num], f->v[den] };
}

static struct child_view view_of(const struct gather *g, int32_t unit, const struct figures *f)
{
	const struct shape_unit *u = &g->shape->unit[unit];
	int64_t n = f->v[FIG_scored];

	return (struct child_view){
		.id = u->id, .code = arena_strdup(g->c->arena, u->code), .name = name_of(g, unit),
		.regular = rate(f, FIG_regular, FIG_due), .thematic = rate(f, FIG_thematic_quarters, FIG_cell_quarters),
		.attendance = rate(f, FIG_present, FIG_expected), .scored = rate(f, FIG_scored, FIG_regular),
		.good = rate(f, FIG_good, FIG_scored), .mean = n ? (2 * f->v[FIG_points] + n) / (2 * n) : INT_UNKNOWN,
		.year = rate(f, FIG_good_years, FIG_cell_years), .registered = rate(f, FIG_cells_registered, FIG_cells),
		.met = rate(f, FIG_cells_met, FIG_cells_assessed), .level = rate(f, FIG_cells_good_or_better, FIG_cells_classified),
	};
}

static bool misses_line(const struct target *t, struct rate attendance)
{
	struct target_result r = t ? target_eval(t, attendance.num, attendance.den) : (struct target_result){ 0 };

	return r.known && !r.met;
}

static void gather_children(struct gather *g)
{
	struct children kids;

	children_of(g->c, g->cube, g->unit, g->q, &kids);
	g->v->children.v = ARENA_ARRAY(g->c->arena, kids.n, struct child_view);
	for (size_t i = 0; i < kids.n; i++) {
		struct child_view *x = &g->v->children.v[g->v->children.n++];

		*x = view_of(g, kids.v[i].unit, &kids.v[i].f);
		x->own = kids.v[i].own;
		x->flag = x->regular.num < x->regular.den || misses_line(g->v->looks.attendance, x->attendance);
	}
	g->v->total = view_of(g, g->unit, &kids.total);
	g->v->nothing = !figures_any(&kids.total);
}

/* ---- what needs a look ---- */

static const struct target *attendance_target(const struct target_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		if (lines->v[i].target->numerator == COUNTER_present && lines->v[i].target->denominator == COUNTER_expected)
			return lines->v[i].target;
	return NULL;
}

static int by_attendance(const void *a, const void *b)
{
	const struct rate *x = &((const struct child_view *)a)->attendance, *y = &((const struct child_view *)b)->attendance;

	return rate_compare(x->num, x->den, y->num, y->den);
}

static void gather_low(struct gather *g)
{
	struct looks *l = &g->v->looks;
	const struct child_views *kids = &g->v->children;

	l->low.v = ARENA_ARRAY(g->c->arena, kids->n, struct child_view);
	for (size_t i = 0; i < kids->n; i++)
		if (!kids->v[i].own && misses_line(l->attendance, kids->v[i].attendance))
			l->low.v[l->low.n++] = kids->v[i];
	qsort(l->low.v, l->low.n, sizeof *l->low.v, by_attendance);
	l->low_n = (int64_t)l->low.n;
	if (l->low.n > LOW_SHOWN)
		l->low.n = LOW_SHOWN;
}

static void gather_looks(struct gather *g)
{
	struct looks *l = &g->v->looks;
	struct period over = g->q->period;
	struct figures f;

	if (over.to >= g->cube->now) {
		over.to = g->cube->now - 1;
		if (over.from <= g->cube->now) {
			cube_month(g->cube, g->q->structure, g->unit, g->cube->now, &f);
			l->now_due = f.v[FIG_due];
			l->now_missed = f.v[FIG_due] - f.v[FIG_regular];
		}
	}
	cube_figures(g->cube, g->q->structure, g->unit, over, MONTH_EVER, MONTH_FAR, &f);
	l->due = f.v[FIG_due];
	l->missed = f.v[FIG_due] - f.v[FIG_regular];
	cube_figures(g->cube, g->q->structure, g->unit, g->q->period, MONTH_EVER, MONTH_FAR, &f);
	l->regular = f.v[FIG_regular];
	l->unscored = f.v[FIG_regular] - f.v[FIG_scored];
	l->unreported = f.v[FIG_regular] - f.v[FIG_reported];
}

/* ---- a cell's year ---- */

static enum class_mark mark_of(enum grade g)
{
	return class_mark(grade_words[g]);
}

static struct month_view month_of_cell(const struct gather *g, const struct cell_facts *f, month_no m, unsigned covered)
{
	bool regular = f && f->marks & MARK_REGULAR;

	return (struct month_view){
		.month = m, .due = covered >> m % 12 & 1, .regular = regular, .thematic = f && f->thematic, .pre = f && f->pre_meetings,
		.decided = f && f->marks & MARK_DECIDED, .complete = f && f->marks & MARK_COMPLETE, .future = m > g->cube->now,
		.class = f ? mark_of((enum grade)f->grade) : CLASS_NONE, .points = f && f->grade != GRADE_NONE ? f->points : INT_UNKNOWN,
		.attendance = { f ? f->present : 0, f ? f->expected : 0 },
	};
}

static void gather_year(struct gather *g)
{
	int year = g->q->period.to / 12, last = g->cube->now - month_of(year, 1);
	unsigned covered = shape_covered(g->shape, g->unit, year);
	const struct cell_facts *facts = cube_facts(g->cube, g->unit, year);
	const struct year_rule *rule = g->cube->rule ? g->cube->rule(g->cube->rule_arg, g->unit, year) : NULL;
	struct year_result result = { .why = "" };
	struct year_facts y;

	g->v->year.v = ARENA_ARRAY(g->c->arena, 12, struct month_view);
	for (int m = 0; m < 12; m++)
		g->v->year.v[g->v->year.n++] = month_of_cell(g, facts ? &facts[m] : NULL, month_of(year, m + 1), covered);
	figure_year_facts(facts, covered, last < 0 ? -1 : last > 11 ? 12 : last, &y);
	if (rule)
		year_classify(g->c->arena, rule, &y, g->c->lang, &result);
	g->v->year_class = mark_of(result.grade);
	g->v->year_why = result.why;
}

/* ---- together ---- */

static fail gather(struct gather *g)
{
	const struct shape_unit *u;

	g->unit = shape_find(g->shape, g->q->unit_id);
	if (g->unit <= SHAPE_TOP)
		return problem(g->c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	u = &g->shape->unit[g->unit];
	*g->v = (struct unit_view){
		.q = *g->q, .id = u->id, .code = arena_strdup(g->c->arena, u->code), .name = name_of(g, g->unit),
		.level = unit_level_name(g->c->lang, u->level), .type = unit_type_name(g->c->lang, u->type), .today = u->today,
		.cell = g->shape->row[g->unit] < 0, .now = g->q->structure == NOW, .months = trend_months(g), .year_why = "",
		.year_number = g->q->period.to / 12, .years = g->q->period.from % 12 == 0 && g->q->period.to % 12 == 11,
	};
	gather_above(g);
	gather_beside(g);
	TRY(targets_of(g->c, g->cube, g->unit, g->q, &g->v->targets));
	gather_cards(g);
	g->v->looks.attendance = attendance_target(&g->v->targets);
	gather_children(g);
	gather_looks(g);
	gather_low(g);
	if (g->v->cell)
		gather_year(g);
	cube_month(g->cube, g->q->structure, g->unit, month_of(g->v->year_number, 12), &g->v->of_year);
	return FAIL_OK;
}

fail unit_view_fill(struct call *c, const struct question *q, struct unit_view *out)
{
	struct rollup_want want = { q->unit_id, { q->period.from - 24, q->period.to } };
	struct gather g = { .c = c, .q = q, .v = out };

	TRY(rollup_lock(c, &want, &g.cube));
	g.shape = g.cube->shape;
	fail f = gather(&g);

	rollup_unlock(c);
	return f;
}

/* ---- order ---- */

static const struct { const char *key; size_t at; } rate_keys[] = {
	{ "regular", offsetof(struct child_view, regular) }, { "thematic", offsetof(struct child_view, thematic) },
	{ "attendance", offsetof(struct child_view, attendance) }, { "scored", offsetof(struct child_view, scored) },
	{ "good", offsetof(struct child_view, good) }, { "year", offsetof(struct child_view, year) },
	{ "registered", offsetof(struct child_view, registered) }, { "met", offsetof(struct child_view, met) },
	{ "level", offsetof(struct child_view, level) },
};

struct order { const char *key; size_t at; bool down; };

/* What has no figure stands last either way. */
static int compare_rates(const struct rate *x, const struct rate *y, bool down)
{
	if (x->den <= 0 || y->den <= 0)
		return (x->den <= 0) - (y->den <= 0);
	int order = rate_compare(x->num, x->den, y->num, y->den);

	return down ? -order : order;
}

static int compare_children(const void *a, const void *b, void *arg)
{
	const struct child_view *x = a, *y = b;
	const struct order *o = arg;
	int order;

	if (strcmp(o->key, "code") == 0)
		order = strcmp(x->code, y->code);
	else if (strcmp(o->key, "mean") == 0)
		order = (x->mean > y->mean) - (x->mean < y->mean);
	else
		return compare_rates((const struct rate *)((const char *)x + o->at), (const struct rate *)((const char *)y + o->at), o->down);
	return o->down ? -order : order;
}

void unit_view_sort(struct unit_view *v, const char *sort)
{
	struct order o = { .down = sort && *sort == '-' };

	o.key = sort ? sort + o.down : "";
	for (size_t i = 0; i < sizeof rate_keys / sizeof *rate_keys; i++)
		if (strcmp(rate_keys[i].key, o.key) == 0)
			o.at = rate_keys[i].at;
	if (o.at || strcmp(o.key, "code") == 0 || strcmp(o.key, "mean") == 0)
		qsort_r(v->children.v, v->children.n, sizeof *v->children.v, compare_children, &o);
	for (size_t i = 0; strcmp(o.key, "name") == 0 && o.down && i < v->children.n / 2; i++) {
		struct child_view x = v->children.v[i];

		v->children.v[i] = v->children.v[v->children.n - 1 - i];
		v->children.v[v->children.n - 1 - i] = x;
	}
}
