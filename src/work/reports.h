/* reports.h — R10, the ledger of tasks, and R11, the analysis of attendance.
 *
 * R10: one row a task of the unit and all below it: due in the period, left over from before, or open without a deadline. Names of persons only
 * for those who may see members. R11: sums by month; below a committee a row each cell; of a cell, for those who keep its records, a row each
 * person with the longest run of being excused (D2.2: more than 3) and, for its secretary alone, the months without attending and without
 * reason (V18). */
#ifndef CHIBO_WORK_REPORTS_H
#define CHIBO_WORK_REPORTS_H

#include "rollup/report.h"

extern const struct report_kind work_reports[];

/* ---- pure: one person's roll calls ---- */

struct person_row { unsigned status; bool regular; int64_t month; };
struct person_sums {
	int64_t expected, present, excused, unexcused;
	int64_t longest_run;   /* regular meetings running at which the person was excused */
	int64_t months_missed; /* months with an absence without reason and no attendance (V18) */
};
/* In the order of the meetings. */
struct person_sums person_sums(const struct person_row *rows, size_t n);

#endif
