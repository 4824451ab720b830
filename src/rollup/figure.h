/* figure.h — the figures kept for every unit and month, and how a month's facts turn into them. Pure.
 *
 * Three kinds, told apart by when they are read for a period:
 * - monthly ones (due … unexcused) are added over the months of the period;
 * - cell_quarters and thematic_quarters stand at each month for "the quarter up to here" and are read once a quarter, at its last
 *   month inside the period;
 * - cell_years and good_years stand for "the year up to here" and are read once a year, likewise.
 * So a whole year gives its four quarters and its class, and a half-year what was true at the end of June.
 *
 * What is due: a month of a cell counts as due when the cell existed on every day of it, or when it held its regular meeting
 * all the same; never a month after the current one. A cell of the quarter (year) is one with a due month in it so far, or with a
 * thematic part in that quarter. good_years: cells whose class of the year so far is Good; a cell that cannot be classed yet, because
 * a meeting has no sheet, is a cell and is not Good. The current month enters the class only once its meeting is scored. */
#ifndef CHIBO_ROLLUP_FIGURE_H
#define CHIBO_ROLLUP_FIGURE_H

#include "rules/target.h"
#include "rules/year.h"

#define FIGURE_LIST(X)                                                                                                 \
	X(due) X(regular) X(thematic) X(meetings) X(pre_meetings) X(complete) X(by_score) X(scored) X(good) X(fair)        \
	X(average) X(poor) X(points) X(decided) X(reported) X(self_scored) X(self_good) X(expected) X(present) X(excused)  \
	X(unexcused) X(cell_quarters) X(thematic_quarters) X(cell_years) X(good_years)
enum figure {
#define X(name) FIG_##name,
	FIGURE_LIST(X)
#undef X
	FIG_COUNT,
	FIG_MONTHLY = FIG_cell_quarters, /* the first that is not monthly */
	FIG_YEARLY = FIG_cell_years
};
/* "due" …, NULL-ended. */
extern const char *const figure_words[];
/* The figure that a target's counter names. */
enum figure figure_of(enum counter counter);

/* The figures of a unit for a period. */
struct figures { int64_t v[FIG_COUNT]; };

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
