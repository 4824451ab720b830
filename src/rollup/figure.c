/* figure.c — facts of months into figures; knows no tree and no database. */
#include "rollup/figure.h"

#include <string.h>

const char *const figure_words[] = {
#define X(name) #name,
	FIGURE_LIST(X)
	YEAR_FIGURE_LIST(X)
#undef X
	NULL
};

enum figure figure_of(enum counter counter)
{
	static const enum figure of[COUNTER_COUNT] = {
#define X(name) [COUNTER_##name] = FIG_##name,
		COUNTER_LIST(X)
#undef X
	};
	return of[counter];
}

static void month_figures(const struct cell_facts *f, bool due, uint32_t *o)
{
	o[FIG_due] = due;
	o[FIG_regular] = (f->marks & MARK_REGULAR) != 0;
	o[FIG_thematic] = f->thematic;
	o[FIG_meetings] = f->meetings;
	o[FIG_pre_meetings] = f->pre_meetings;
	o[FIG_complete] = (f->marks & MARK_COMPLETE) != 0;
	o[FIG_by_score] = (f->marks & MARK_BY_SCORE) != 0;
	o[FIG_scored] = f->grade != GRADE_NONE;
	o[FIG_good] = f->grade == GRADE_GOOD;
	o[FIG_fair] = f->grade == GRADE_FAIR;
	o[FIG_average] = f->grade == GRADE_AVERAGE;
	o[FIG_poor] = f->grade == GRADE_POOR;
	o[FIG_points] = f->points;
	o[FIG_decided] = (f->marks & MARK_DECIDED) != 0;
	o[FIG_reported] = (f->marks & MARK_REPORTED) != 0;
	o[FIG_self_scored] = (f->marks & MARK_SELF_SCORED) != 0;
	o[FIG_self_good] = (f->marks & MARK_SELF_GOOD) != 0;
	o[FIG_expected] = f->expected;
	o[FIG_present] = f->present;
	o[FIG_excused] = f->excused;
	o[FIG_unexcused] = f->unexcused;
}

static bool month_due(const struct cell_facts *facts, unsigned covered, int last, int m)
{
	bool held = facts && facts[m].marks & MARK_REGULAR;
	return held || (m <= last && covered >> m & 1);
}

static enum month_state month_state(const struct cell_facts *facts, unsigned covered, int last, int m)
{
	if (facts && facts[m].marks & MARK_REGULAR && facts[m].grade != GRADE_NONE)
		return MONTH_SCORED;
	if (m >= last && last < 12)
		return MONTH_NOT_DUE; /* the current month still has time */
	if (!month_due(facts, covered, last, m))
		return MONTH_NOT_DUE;
	return facts && facts[m].marks & MARK_REGULAR ? MONTH_UNSCORED : MONTH_MISSED;
}

/* What is known of the year up to a month: enough to class it. */
struct so_far {
	int months, missed, unscored;
	enum grade worst;
	int at_least[GRADE_COUNT];
	int64_t points;
	int quarters_due, quarters_thematic;
};

static void so_far_month(struct so_far *s, enum month_state state, const struct cell_facts *f)
{
	if (state == MONTH_NOT_DUE)
		return;
	s->months++;
	s->missed += state == MONTH_MISSED;
	s->unscored += state == MONTH_UNSCORED;
	if (state != MONTH_SCORED)
		return;
	enum grade grade = (enum grade)f->grade;
	if (s->worst == GRADE_NONE || grade < s->worst)
		s->worst = grade;
	for (int g = 0; g <= (int)grade; g++)
		s->at_least[g]++;
	s->points += f->points;
}

static bool level_holds(const struct year_level *l, const struct so_far *s)
{
	if (l->worst != GRADE_NONE && s->worst != GRADE_NONE && s->worst < l->worst)
		return false;
	if (l->count_of_12 > 0 && s->at_least[l->count_grade] < year_scaled(l->count_of_12, s->months))
		return false;
	if (tenths_is(l->mean_from) && s->points < (int64_t)l->mean_from.t * s->months)
		return false;
	if (l->no_month_missed && s->missed > 0)
		return false;
	return !l->thematic_each_quarter || s->quarters_thematic >= s->quarters_due;
}

static bool is_good(const struct year_rule *rule, const struct so_far *s)
{
	return rule && s->months > 0 && s->unscored == 0 && level_holds(&rule->levels[GRADE_GOOD], s);
}

void figure_year(const struct cell_facts facts[12], unsigned covered, int last, const struct year_rule *rule,
                 uint32_t out[12][FIG_COUNT])
{
	static const struct cell_facts none;
	struct so_far year = { 0 };
	bool cell_year = false, cell_quarter = false, thematic_quarter = false;

	for (int m = 0; m < 12; m++) {
		const struct cell_facts *f = facts ? &facts[m] : &none;
		bool due = month_due(facts, covered, last, m);

		if (m % 3 == 0)
			cell_quarter = thematic_quarter = false;
		year.quarters_thematic += f->thematic > 0 && !thematic_quarter;
		year.quarters_due += (due || f->thematic > 0) && !cell_quarter;
		thematic_quarter |= f->thematic > 0;
		cell_quarter |= due || f->thematic > 0;
		cell_year |= due;
		month_figures(f, due, out[m]);
		so_far_month(&year, month_state(facts, covered, last, m), f);
		out[m][FIG_cell_quarters] = cell_quarter;
		out[m][FIG_thematic_quarters] = thematic_quarter;
		out[m][FIG_cell_years] = cell_year;
		out[m][FIG_good_years] = is_good(rule, &year);
	}
}

void figure_year_facts(const struct cell_facts facts[12], unsigned covered, int last, struct year_facts *out)
{
	*out = (struct year_facts){ 0 };
	for (int m = 0; m < 12; m++) {
		struct year_month *y = &out->month[m];
		y->state = month_state(facts, covered, last, m);
		y->points = y->state == MONTH_SCORED ? (struct tenths){ facts[m].points } : TENTHS_NONE;
		y->grade = y->state == MONTH_SCORED ? (enum grade)facts[m].grade : GRADE_NONE;
	}
	for (int q = 0; q < 12; q += 3) {
		bool due = false, thematic = false;
		for (int m = q; m < q + 3; m++) {
			due |= month_due(facts, covered, last, m);
			thematic |= facts && facts[m].thematic > 0;
		}
		out->quarters_due += due || thematic;
		out->quarters_thematic += thematic;
	}
}

static void add(struct figures *sum, const uint32_t *row, int first, int end)
{
	for (int f = first; f < end; f++)
		sum->v[f] += row[f];
}

void figure_add(struct figures *sum, uint32_t rows[12][FIG_COUNT], int year, struct period p, month_no from, month_no to)
{
	month_no january = month_of(year, 1);
	int first = p.from > january ? p.from - january : 0, last = p.to < january + 11 ? p.to - january : 11;

	for (int m = first; m <= last; m++) {
		if (january + m < from || january + m > to)
			continue;
		add(sum, rows[m], 0, FIG_MONTHLY);
		if (m == last || m % 3 == 2)
			add(sum, rows[m], FIG_MONTHLY, FIG_YEARLY);
		if (m == last)
			add(sum, rows[m], FIG_YEARLY, FIG_COUNT);
	}
}

/* Figures of cells and of bodies stand in the same order. */
void figure_unit_year(const struct unit_year *f, enum year_kind kind, bool exists, uint32_t out[FIG_OF_YEARS])
{
	uint32_t *unit = out + (kind == YEAR_OF_CELL ? FIG_cells : FIG_bodies) - FIG_COUNT, *of = out - FIG_COUNT;

	memset(out, 0, FIG_OF_YEARS * sizeof *out);
	unit[0] = exists || f->marks & MARK_REGISTERED;
	for (int i = 0; i < 5; i++)
		unit[1 + i] = f->marks >> i & 1;
	if (f->level) {
		unit[FIG_cells_excellent - FIG_cells + f->level - 1] = 1;
		unit[FIG_cells_classified - FIG_cells] = 1;
		unit[FIG_cells_good_or_better - FIG_cells] = f->level <= 2;
	}
	for (int i = 0; i < 4; i++) {
		of[FIG_members_excellent + i] = f->members[i];
		of[FIG_members_classified] += f->members[i];
	}
	of[FIG_members] = f->members_all;
	of[FIG_members_good_or_better] = (uint32_t)f->members[0] + f->members[1];
	of[FIG_members_with_initiative] = f->members_with_initiative;
	of[FIG_secretaries] = f->secretaries;
	of[FIG_secretaries_good] = f->secretaries_good;
	of[FIG_initiatives] = f->initiatives;
}
