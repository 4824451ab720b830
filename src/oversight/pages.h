/* pages.h — what the page files of this room share. Private to src/oversight. */
#ifndef CHIBO_OVERSIGHT_PAGES_H
#define CHIBO_OVERSIGHT_PAGES_H

#include "http/res.h"
#include "org/address.h"
#include "oversight/ledger.h"
#include "oversight/shown.h"

/* The unit of the path, as it was at the end of the year, or is today. */
fail oversight_unit(struct call *c, const struct req *rq, int year, struct unit *out) MUST_CHECK;
/* "year" of the body or query, or this year. FAIL_INPUT on nonsense. */
fail oversight_year(struct call *c, const struct req *rq, int *year) MUST_CHECK;
/* Has the unit others below it in that year? */
fail oversight_is_body(struct call *c, const struct unit *u, int year, bool *out) MUST_CHECK;
struct year_links oversight_years(struct call *c, const char *base, int year);
const char *oversight_path(struct call *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The register that the route names: "/units/:unit/registers/NAME…". */
const struct ledger *oversight_ledger(const struct req *rq);
/* "4 rows, 3 done, 1 overdue" */
const char *oversight_counts(struct call *c, const struct ledger *l, const struct ledger_count *n);
/* How far a row is, in words: "Sent: 14 Mar 2025, 2 days late", "overdue by 5 days"; "" where nothing is to be said. `beside`: the day itself stands in a
 * column of its own, so that only what is late is said. */
const char *oversight_state(struct call *c, const struct ledger *l, const struct ledger_row *row, bool beside, bool *late);

#endif
