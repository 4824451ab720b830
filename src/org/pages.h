/* pages.h — what the page files of this room share. Private to src/org. */
#ifndef CHIBO_ORG_PAGES_H
#define CHIBO_ORG_PAGES_H

#include "http/res.h"
#include "org/address.h"
#include "org/shown.h"
#include "org/unit.h"

/* The unit of the path "/units/:unit/…", as it is today or was last. */
fail org_page_unit(struct call *c, const struct req *rq, struct unit *out) MUST_CHECK;
/* The day asked for by ?on=, or today; an impossible one is FAIL_INPUT. */
fail org_page_day(struct call *c, const struct req *rq, struct date *out) MUST_CHECK;
const char *org_page_iso(struct call *c, struct date d);
/* "since 1 Jan 2024", "until …", "… – …" */
const char *org_page_span(struct call *c, struct date from, struct date to);
/* "/units/7/members" with what follows. */
const char *org_page_path(struct call *c, const struct unit *u, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* A page below a unit: crumbs to the unit, to `section` (may be NULL), and `here`. */
void org_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const char *section_href,
                    const char *section, const char *here);
/* The words of a list with their names for people; with_empty: "–" first. */
struct choices org_page_choices(struct call *c, const char *const *words, const char *(*name)(enum lang lang, unsigned word), bool with_empty);
/* The member of the path, who must stand or have stood in the unit: FAIL_NOT_FOUND otherwise. *here: the unit still answers for the person: on
 * its roll today or later, or on nobody's. */
fail org_page_member(struct call *c, const struct req *rq, const struct unit *u, struct member *out, bool *here) MUST_CHECK;
/* Columns with labels in the language of the call. */
const struct column *org_page_columns(struct call *c, const struct column *columns, size_t n);

#endif
