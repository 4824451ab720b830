/* office_parts.h — what the pages of a committee share. Private to src/year. */
#ifndef CHIBO_YEAR_OFFICE_PARTS_H
#define CHIBO_YEAR_OFFICE_PARTS_H

#include "year/office_shown.h"
#include "year/pages.h"

/* "kind" of the address. FAIL_INPUT on nonsense. */
fail office_read_kind(struct call *c, const struct req *rq, unsigned otherwise, unsigned *kind) MUST_CHECK;
/* "/units/ID/appraisal?year=2025&kind=four_good" + more */
const char *office_queue_path(struct call *c, int64_t unit_id, int64_t year, unsigned kind, const char *more);
/* "ID.REV" of a selection. FAIL_INPUT at `field`. */
fail office_read_choice(struct call *c, const char *field, const char *text, int64_t *id, int64_t *rev) MUST_CHECK;
/* The name of a case for people: unit, or member and cell. */
const char *office_case_title(struct call *c, const struct year_case *k);
/* "+1,5", "−2", "" when they are equal or one is not known. */
const char *office_difference(struct call *c, struct tenths before, struct tenths now);
/* Text of a column table with translated labels. */
struct table office_table(struct call *c, const char *id, const char *caption, const struct column *columns, size_t n);

#endif
