/* programme.h — the year's work programme as a numbered document of the cell: what, who leads, until when, and the thematic topics.
 *
 * Issued once a year (CTr); its day of issue is what G1.1 of the "four good" looks at. Later changes are annexes of the document. */
#ifndef CHIBO_PLAN_PROGRAMME_H
#define CHIBO_PLAN_PROGRAMME_H

#include "document/document.h"
#include "plan/plan.h"

struct programme_issue {
	int64_t unit_id, rev;
	int year;
	struct date dated_on;
};
/* FAIL_INPUT without any work or day, or a term to number it in; FAIL_CONFLICT when it was issued before. Opens a write transaction, or
 * joins the open one. */
fail programme_issue(struct call *c, const struct programme_issue *how, struct document *made) MUST_CHECK;

#endif
