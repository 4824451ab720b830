/* standing.h — where every cell below a unit stands in a year: points of the table so far, what keeps it from the standard, which lines are still open.
 *
 * All cells at once: facts are counted by one walk through the records (gather.h) and the table is applied without its sentences. Judged lines stay open:
 * nothing is proposed for them. The same with another table shows whom it would suit ("try this table"). */
#ifndef CHIBO_YEAR_STANDING_H
#define CHIBO_YEAR_STANDING_H

#include "year/assess.h"

struct standing {
	const struct unit *unit;    /* as on the last day of the year, or today before it */
	const struct scheme *scheme;
	struct tenths secured;      /* of the lines that have points */
	struct tenths open;         /* most that the lines without points can still give */
	unsigned result;            /* enum case_result: not met when a veto applies or the points are out of reach, met when complete; else RESULT_NONE */
	uint64_t vetoes;            /* bits of the scheme's vetoes that apply */
	uint64_t lines;             /* bits of the scheme's lines without points */
	uint64_t missing;           /* facts that are not known */
};
struct standings { struct standing *v; size_t n; };

/* Of all cells below a unit, or of the unit itself when it is a cell; scheme NULL: each cell's own. kind CASE_FOUR_GOOD or CASE_UNIT. Inside db_read or
 * db_write. */
fail year_standing(struct call *c, unsigned kind, int year, int64_t unit_id, const struct scheme *scheme, struct standings *out) MUST_CHECK;
/* The same for facts that were gathered before, so that several tables can be tried on them: schemes[i] of unit i. */
fail year_standing_of(struct call *c, const struct unit *units, const struct year_gathered *gathered, const struct scheme *const *schemes, size_t n,
                      struct standings *out) MUST_CHECK;

#endif
