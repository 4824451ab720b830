/* work.h — what the committee of the demonstration's commune gave its cells to do, and a target of its programme. */
#ifndef CHIBO_DEMO_WORK_H
#define CHIBO_DEMO_WORK_H

#include "base/call.h"
#include "demo/shape.h"

/* Two tasks carried out by all cells, one running and one just over its deadline, with reports; households with a sanitary toilet in the
 * village cells, month by month. The same for the same organisation and day. Nothing where there is no such commune. */
fail demo_work(struct call *c, const struct demo_shape *shape) MUST_CHECK;

#endif
