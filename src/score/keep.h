/* keep.h — puts a sheet on top of the ones before. Private to src/score. */
#ifndef CHIBO_SCORE_KEEP_H
#define CHIBO_SCORE_KEEP_H

#include "score/score.h"
#include "score/snapshot.h"

/* A new revision over `last` (revision 0: there was none) with its lines (NULL: a total), journal entry under `action`, and what it waits for; the meeting
 * and the counters of its month follow. Fills realm, meeting_id, revision, actor, at_ms of *s. *m is the meeting afterwards. Inside db_write. */
fail score_keep(struct call *c, struct meeting *m, const char *action, const struct score_sheet *last, struct score_sheet *s,
                const struct scored_sheet *lines) MUST_CHECK;
/* Do two sheets say the same, whoever made them and when? */
bool score_same(const struct score_sheet *x, const struct score_sheet *y);
/* Says in the lines what waits or is overdue in place of what the value says, and adds the notes of facts (may be NULL) to lines that lost points. */
void sheet_explain(struct call *c, const struct waiting *w, const struct gathered *g, struct scored_sheet *sheet);
/* The rule a kept sheet was made by, or NULL. */
const struct scheme *scheme_of_sheet(const struct call *c, const struct meeting *m, const struct score_sheet *s);

#endif
