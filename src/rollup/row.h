/* row.h — a row of cell_month as the database gives it, and packed for memory. For the files of this room. */
#ifndef CHIBO_ROLLUP_ROW_H
#define CHIBO_ROLLUP_ROW_H

#include "base/record.h"
#include "rollup/figure.h"

struct cell_month {
	int64_t realm, unit_id, month, rev;
	int64_t regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good, self_scored,
		decided, reported, points, expected, present, excused, unexcused, thematic_poor;
};
extern const struct record cell_month_record;

/* Counts beyond what a cell can have in a month (255 meetings, 65,535 people) stay at that bound; chibo verify would show it. */
struct cell_facts cell_month_pack(const struct cell_month *row);

#endif
