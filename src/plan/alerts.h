/* alerts.h — what the statute asks of a cell's year and has not happened: V03, V04, V05. For the pages of the cell and of the committee. */
#ifndef CHIBO_PLAN_ALERTS_H
#define CHIBO_PLAN_ALERTS_H

#include "plan/cells.h"

struct plan_alert {
	const char *rule; /* "V03" */
	int64_t unit_id;
	const char *unit_name;
	struct period period; /* the month or quarter it is about */
	bool closed;          /* it is over; otherwise there is still time */
	const char *text;     /* one sentence */
};
struct plan_alerts {
	struct plan_alert *v;
	size_t n;
};

/* Of cells that were loaded. Months and quarters of their year, up to the current one; a cell without any meeting and plan in the whole
 * year is asked for its plan instead (no alert): its record may begin later. */
void plan_alerts_of(struct call *c, const struct plan_cells *cells, struct plan_alerts *out);
/* Of a cell, or of all cells of a committee, in the current year and (in January) the last month of the year before. Nothing for units with
 * too many cells. Inside db_read or db_write. */
fail plan_alerts_load(struct call *c, int64_t unit_id, struct plan_alerts *out) MUST_CHECK;

#endif
