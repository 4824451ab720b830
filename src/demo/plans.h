/* plans.h — the small demonstrations: fixed day, year plans, topics and programmes of the commune's cells; registrations for the next meeting. */
#ifndef CHIBO_DEMO_PLANS_H
#define CHIBO_DEMO_PLANS_H

#include "base/call.h"
#include "demo/shape.h"

/* After the meetings were made. One transaction. Nothing for a province or a nation. Two cells stay without a plan, so that there is something to see. */
fail demo_plans(struct call *c, const struct demo_shape *shape) MUST_CHECK;

#endif
