/* reports.h — R15 to R18: registration, score sheet, recognition, annual levels, as tables and papers (domain, section 13).
 *
 * Each is about one year: the one in which the period ends; R16 shows the stage of half a year like the others. Which units: those below the unit
 * where the figures of the year count them (rollup/report_year.h), so that reports and figures agree. Counts of members by level stand there
 * only for those who may see members, and never a name.
 *
 * What this does not do: decide or rank (year/cap.h), print certificates (growth). */
#ifndef CHIBO_YEAR_REPORTS_H
#define CHIBO_YEAR_REPORTS_H

#include "rollup/report_year.h"
#include "year/assess.h"

extern const struct report_kind year_reports[];

fail report_registration(struct call *c, struct report *r) MUST_CHECK; /* R15 */
fail report_sheet(struct call *c, struct report *r) MUST_CHECK;        /* R16 */
fail report_recognition(struct call *c, struct report *r) MUST_CHECK;  /* R17 */
fail report_levels(struct call *c, struct report *r) MUST_CHECK;       /* R18 */

/* ---- for these files ---- */

/* "Đảng bộ cơ sở", "Chi bộ cơ sở", "Đảng bộ bộ phận", "Chi bộ trực thuộc", or the name of the level. */
const char *report_unit_kind(enum lang lang, const struct year_unit *u);
/* The year of a report. Sets its period to all of it. */
int report_year_of(struct report *r);

/* A unit's case with what was said of it at each stage. */
struct report_case {
	struct year_case kase;   /* id 0: none */
	struct year_sheet sheet[CASE_STAGES]; /* the latest of each stage */
	const struct year_sheet *counts;      /* appraised, else voted, else self; NULL: none */
};
fail report_case_of(struct call *c, unsigned kind, int year, int64_t unit_id, struct report_case *out) MUST_CHECK;
/* Points of a stage, or INT_UNKNOWN. */
int64_t report_points(const struct report_case *k, enum case_stage stage);

#endif
