/* queue.h — what waits for the committee above: sheets to decide, appeals to answer, decisions to lock, papers that are late.
 *
 * Each list is of a unit and all below it today, oldest first. The sheets to decide themselves are score_queue (score.h). Inside db_read. */
#ifndef CHIBO_SCORE_QUEUE_H
#define CHIBO_SCORE_QUEUE_H

#include "score/score.h"

/* With an open appeal, the one that is due first on top. */
fail queue_appealed(struct call *c, int64_t unit_id, int64_t limit, struct meetings *out) MUST_CHECK;
/* Decided, no appeal open, and the time for one is over. */
fail queue_lockable(struct call *c, int64_t unit_id, month_no since, int64_t limit, struct meetings *out) MUST_CHECK;
/* Held, and the papers not uploaded by their deadline. */
fail queue_overdue(struct call *c, int64_t unit_id, month_no since, int64_t limit, struct meetings *out) MUST_CHECK;

#endif
