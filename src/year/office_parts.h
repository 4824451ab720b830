/* office_parts.h — what the pages of a committee share. Private to src/year. */
#ifndef CHIBO_YEAR_OFFICE_PARTS_H
#define CHIBO_YEAR_OFFICE_PARTS_H

#include "year/office_shown.h"

/* "kind" of the address. FAIL_INPUT on nonsense. */
fail office_read_kind(struct call *c, const struct req *rq, unsigned otherwise, unsigned *kind) MUST_CHECK;
/* "/units/ID/appraisal?year=2025&kind=four_good" + more */
const char *office_queue_path(struct call *c, int64_t unit_id, int64_t year, unsigned kind, const char *more);
/* "ID.REV" of a selection. FAIL_INPUT at `field`. */
fail office_read_choice(struct call *c, const char *field, const char *text, int64_t *id, int64_t *rev) MUST_CHECK;
/* Was this "ID.REV" among those ticked? A page that comes back keeps the ticks. */
bool office_was_ticked(const struct req *rq, const char *pick);
/* The name of a case for people: unit, or member and cell. */
const char *office_case_title(struct call *c, const struct year_case *k);
/* "+1,5", "−2", "" when they are equal or one is not known. */
const char *office_difference(struct call *c, struct tenths before, struct tenths now);
/* Text of a column table with translated labels. */
struct table office_table(struct call *c, const char *id, const char *caption, const struct column *columns, size_t n);
/* {"done":2,"left":["V3: …"]}: of many at once some went through; the others are named by the form's problems. */
void office_left_json(struct res *rs, int64_t done, const struct form *form);
/* Every "judged.ID" that is not empty, with decimal comma or point; problems go to the form. */
void office_read_judged(struct call *c, const struct req *rq, struct judged *out, struct form *form);
/* Fields of an appraisal: judged.ID, why.ID, result, reason, keep, rev; of the case of the path. Problems go to the form. */
fail office_read_request(struct call *c, const struct req *rq, struct year_request *out, struct form *form) MUST_CHECK;
/* All that was found becomes problems of the form; then so does the call's own problem. */
void office_flaws(struct form *form, const struct flaws *found);

#endif
