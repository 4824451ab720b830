/* reports.h — R01 schedule notice, R09 exceptions, R13 thematic plan and coverage (domain, section 13). */
#ifndef CHIBO_PLAN_REPORTS_H
#define CHIBO_PLAN_REPORTS_H

#include "rollup/report.h"

extern const struct report_kind plan_reports[];

/* R01 for the last month of the period: as it was issued, or as it would be. */
fail report_schedule(struct call *c, struct report *r) MUST_CHECK;
/* R09: per cell and month what is missing, since which day, how many days over, who is secretary; and the cells without a plan of this
 * year. */
fail report_exceptions(struct call *c, struct report *r) MUST_CHECK;
/* R13: coverage by quarter, and every planned topic with author and result. */
fail report_topics(struct call *c, struct report *r) MUST_CHECK;

#endif
