/* detail.h — the small demonstrations: every meeting recorded person by person, with tasks and sheets, through the product's own functions. */
#ifndef CHIBO_DEMO_DETAIL_H
#define CHIBO_DEMO_DETAIL_H

#include "base/call.h"
#include "demo/model.h"
#include "demo/shape.h"

/* Gives some cells of a commune a part to play: a village of 22, one under 7, an agency, a school, a weak one. */
void demo_profile(const struct demo_shape *shape, int n, struct cell_profile *p);
/* Records the meeting the model drew: roll call, facts, tasks, the cell's own sheet, and for months gone by the decision. Inside db_write. */
fail demo_record(struct call *c, const struct demo_shape *shape, const struct cell_profile *p, int64_t unit, month_no month,
                 const struct meeting_model *m) MUST_CHECK;

#endif
