/* pages.h — what the page files of this room share. Private to src/plan. */
#ifndef CHIBO_PLAN_PAGES_H
#define CHIBO_PLAN_PAGES_H

#include "http/res.h"
#include "org/address.h"
#include "plan/shown.h"

/* "year" of the query or body, or this year. FAIL_INPUT on nonsense. */
fail plan_page_year(struct call *c, const struct req *rq, int *year) MUST_CHECK;
/* "/units/7/plan" with what follows. */
const char *plan_page_path(struct call *c, int64_t unit_id, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* A page below a unit: crumbs to the unit, to the section (may be NULL), `here`. */
void plan_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const char *section_href,
                     const char *section, const char *here);
struct year_links plan_page_years(struct call *c, int64_t unit_id, const char *tail, int year);
/* The version seen: If-Match or the field rev; 0 where there was no plan. */
fail plan_page_rev(struct call *c, const struct req *rq, int64_t *rev) MUST_CHECK;
/* "The 3rd of each month, as Đảng bộ xã An Bình has it". */
const char *plan_page_fixed(struct call *c, const struct fixed_day *f, int64_t unit_id);
const char *plan_page_iso(struct call *c, struct date d);
fail plan_page_done(struct call *c, const struct req *rq, struct res *rs, const char *to, const char *text, const char *receipt) MUST_CHECK;

#endif
