/* figure.h — the figures kept for every unit, by month and by year, and how facts turn into them. Pure.
 *
 * Figures of months, of three kinds, told apart by when they are read for a period:
 * - monthly ones (due … unexcused) are added over the months of the period;
 * - cell_quarters and thematic_quarters stand at each month for "the quarter up to here" and are read once a quarter, at its last
 *   month inside the period;
 * - cell_years and good_years stand for "the year up to here" and are read once a year, likewise.
 * So a whole year gives its four quarters and its class, and a half-year what was true at the end of June.
 *
 * What is due: a month of a cell counts as due when the cell existed on every day of it, or when it held its regular meeting
 * all the same; never a month after the current one. A cell of the quarter (year) is one with a due month in it so far, or with a
 * thematic part in that quarter. good_years: cells whose class of the year so far is Good; a cell that cannot be classed yet, because
 * a meeting has no sheet, is a cell and is not Good. The current month enters the class only once its meeting is scored.
 *
 * Figures of years ("four good", levels, initiatives) are kept apart, one row a unit and year: they have the same value in every month of their year and
 * are read once for each year that a period touches. Cells and bodies (whoever has cells below it) have figures of their own:
 * nothing counts a body as a cell. cells: those there at the end of the year, or today in the running one, and those registered. */
#ifndef CHIBO_ROLLUP_FIGURE_H
#define CHIBO_ROLLUP_FIGURE_H

#include "rules/target.h"
#include "rules/year.h"

#define FIGURE_LIST(X)                                                                                                 \
	X(due) X(regular) X(thematic) X(meetings) X(pre_meetings) X(complete) X(by_score) X(scored) X(good) X(fair)        \
	X(average) X(poor) X(points) X(decided) X(reported) X(self_scored) X(self_good) X(expected) X(present) X(excused)  \
	X(unexcused) X(cell_quarters) X(thematic_quarters) X(cell_years) X(good_years)
#define YEAR_FIGURE_LIST(X)                                                                                            \
	X(cells) X(cells_registered) X(cells_assessed) X(cells_met) X(cells_recognised) X(cells_exemplary) X(cells_excellent) \
	X(cells_good) X(cells_completed) X(cells_not_completed) X(cells_classified) X(cells_good_or_better)                \
	X(bodies) X(bodies_registered) X(bodies_assessed) X(bodies_met) X(bodies_recognised) X(bodies_exemplary)           \
	X(bodies_excellent) X(bodies_good) X(bodies_completed) X(bodies_not_completed) X(bodies_classified)                \
	X(bodies_good_or_better) X(members) X(members_excellent) X(members_good) X(members_completed)                      \
	X(members_not_completed) X(members_classified) X(members_good_or_better) X(members_with_initiative) X(secretaries) \
	X(secretaries_good) X(initiatives)
enum figure {
#define X(name) FIG_##name,
	FIGURE_LIST(X)
	FIG_COUNT, /* of months; those of years follow */
	FIG_LAST_OF_MONTHS = FIG_COUNT - 1,
	YEAR_FIGURE_LIST(X)
#undef X
	FIG_ALL,
	FIG_OF_YEARS = FIG_ALL - FIG_COUNT,
	FIG_MONTHLY = FIG_cell_quarters, /* the first that is not monthly */
	FIG_YEARLY = FIG_cell_years
};
/* "due" …, NULL-ended. */
extern const char *const figure_words[];
/* The figure that a target's counter names. */
enum figure figure_of(enum counter counter);

/* The figures of a unit for a period. */
struct figures { int64_t v[FIG_ALL]; };
static inline bool figure_of_year(enum figure f) { return f >= FIG_COUNT; }

/* One month of one cell, as stored in cell_month, packed: 18 bytes. rev 0: there is no row. */
enum mark {
	MARK_REGULAR = 1, MARK_SELF_SCORED = 2, MARK_SELF_GOOD = 4, MARK_DECIDED = 8, MARK_COMPLETE = 16, MARK_BY_SCORE = 32,
	MARK_REPORTED = 64,
};
struct cell_facts {
	uint16_t rev, points, expected, present, excused, unexcused;
	uint8_t meetings, thematic, pre_meetings, thematic_poor;
	uint8_t grade; /* enum grade of the regular meeting; GRADE_NONE: no sheet */
	uint8_t marks;
};

/* One year of one unit, as stored in cell_year, packed: 22 bytes. rev 0: there is no row. */
enum year_mark { MARK_REGISTERED = 1, MARK_ASSESSED = 2, MARK_MET = 4, MARK_RECOGNISED = 8, MARK_EXEMPLARY = 16 };
struct unit_year {
	uint16_t rev;
	uint8_t marks;
	uint8_t level;          /* annual level of the unit: 0 none, else 1 + place of excellent, good, completed, not completed */
	uint16_t members[4];    /* with each of these levels */
	uint16_t secretaries, secretaries_good, initiatives, members_all, members_with_initiative;
};
/* What a unit is in a year; exists: at its end, or today in the running one. */
enum year_kind { YEAR_OF_CELL, YEAR_OF_BODY };
void figure_unit_year(const struct unit_year *facts, enum year_kind kind, bool exists, uint32_t out[FIG_OF_YEARS]);

/* Twelve months of one cell as figures. `facts` are its twelve months or NULL; `covered` has bit m when the cell existed on every
 * day of month m; `last` is the last month that is not in the future: 0 … 11, -1 when the whole year is, 12 when it is over.
 * `rule` may be NULL: then nobody is Good. About 0.2 µs. */
void figure_year(const struct cell_facts facts[12], unsigned covered, int last, const struct year_rule *rule,
                 uint32_t out[12][FIG_COUNT]);
/* The months as the year rules want them (year_classify). */
void figure_year_facts(const struct cell_facts facts[12], unsigned covered, int last, struct year_facts *out);

/* Adds a period's figures from a unit's rows of one year (row 0 is January of `year`). Only months from `from` to `to` are taken: the time
 * in which the unit hung where it is being counted. */
void figure_add(struct figures *sum, uint32_t rows[12][FIG_COUNT], int year, struct period p, month_no from, month_no to);

#endif
