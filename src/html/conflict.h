/* conflict.h — two people edited the same thing: both versions side by side, nothing lost.
 *
 * The page of a stale save shows the form again with what the person typed, the stored version beside it wherever the two differ, and the
 * stored rev in the hidden field: saving once more keeps theirs knowingly. JSON gets both versions from res_conflict (http/res.h).
 *
 *	if (f == FAIL_CONFLICT)
 *		conflict_of(c, &meeting_record, &stored, &typed, &v.conflict);
 *	{% call conflict(&v->conflict) %} */
#ifndef CHIBO_HTML_CONFLICT_H
#define CHIBO_HTML_CONFLICT_H

#include "base/record.h"
#include "html/page.h"

struct conflict_line { const char *label, *stored, *yours; }; /* in the language of the page */
struct conflict { struct conflict_line *v; size_t n, room; };

/* Adds a line if the two texts differ. `label` is already translated. */
void conflict_add(struct call *c, struct conflict *k, const char *label, const char *stored, const char *yours);
/* A line for every labelled field in which the two rows differ. */
void conflict_of(struct call *c, const struct record *r, const void *stored, const void *yours, struct conflict *k);
/* Nothing when there is no line. */
void html_conflict(struct out *o, const struct page *pg, const struct conflict *k);

#endif
