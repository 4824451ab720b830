/* plan_page.h — what the pages of one cell's plan share. Private to src/plan. */
#ifndef CHIBO_PLAN_PLAN_PAGE_H
#define CHIBO_PLAN_PLAN_PAGE_H

#include "org/member.h"
#include "plan/pages.h"

struct plan_page {
	const struct req *rq;
	int64_t unit_id;
	int year;
	struct plan_year y;
	struct plan_alerts alerts;
	struct roll roll;
	struct document programme;
	bool may_edit, names, may_copy;
};

extern const char *const plan_quarters[]; /* "" I II III IV */

/* Everything of the unit and year of the request: `arg` is a struct plan_page with rq set. A db_body. */
fail plan_page_load(struct call *c, void *arg) MUST_CHECK;
void plan_page_json(struct call *c, struct res *rs, const struct plan_page *d);
/* After a change: back to the plan, or the plan with the problem. */
fail plan_page_end(struct call *c, const struct req *rq, struct res *rs, struct plan_page *d, fail f, const char *text) MUST_CHECK;

#endif
