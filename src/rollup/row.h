/* row.h — rows of cell_month and cell_year as the database gives it, and packed for memory. For the files of this room. */
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

struct cell_year {
	int64_t realm, unit_id, year, rev;
	int64_t registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed, members_excellent, members_good,
		members_completed, members_not_completed, secretaries, secretaries_good, initiatives, members, members_with_initiative;
};
extern const struct record cell_year_record;
struct unit_year cell_year_pack(const struct cell_year *row);

#endif
