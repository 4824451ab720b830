/* coming.h — the small demonstrations: the next meetings that cells have registered, some already on the schedule, the village's prepared. */
#ifndef CHIBO_DEMO_COMING_H
#define CHIBO_DEMO_COMING_H

#include "base/call.h"
#include "demo/shape.h"

/* After the plans were made. One transaction. Nothing for a province or a nation. */
fail demo_coming(struct call *c, const struct demo_shape *shape) MUST_CHECK;

#endif
