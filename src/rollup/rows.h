/* rows.h — the rows behind a target's figure: which cell (of figures of years: which unit), in which month, quarter or year, gave how much to numerator and denominator.
 *
 * The sums over all rows are exactly the figure. Counters "so far" (quarters, years) have a row for the month at which they were read. */
#ifndef CHIBO_ROLLUP_ROWS_H
#define CHIBO_ROLLUP_ROWS_H

#include "rollup/report.h"

struct target_row {
	int64_t unit_id;
	const char *code, *name, *parent;
	bool of_year;          /* of a unit's year, not of meetings */
	struct period of;      /* the month, or the quarter or year so far */
	int64_t num, den;
};

struct target_rows {
	const struct target *target; /* NULL: of one counter */
	enum counter counter;  /* of the numerator */
	const char *unit_code, *unit_name;
	struct target_row *v;  /* from `skip` on, at most `limit` */
	size_t n;
	int64_t all;           /* rows that fit the filter */
	int64_t num, den;      /* sums over every row, shown or not */
};

/* `name`: a target's id, or the word of a counter of years ("cells_met"): then the units that give something to it, with it as numerator alone.
 * `short_only`: only rows whose numerator is below the denominator. FAIL_NOT_FOUND: no such unit, target or counter. */
fail target_rows(struct call *c, const struct question *q, const char *name, bool short_only, int64_t skip, int64_t limit,
                 struct target_rows *out) MUST_CHECK;

#endif
