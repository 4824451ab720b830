/* records.h — the small demonstrations: what a year's facts are counted from besides meetings and tasks: working rules, programmes, inspections, reports,
 * training, feedback, initiatives, undertakings. */
#ifndef CHIBO_DEMO_RECORDS_H
#define CHIBO_DEMO_RECORDS_H

#include "base/call.h"
#include "demo/shape.h"

/* After the plans were made: both years of every cell, up to today. One transaction. Every fourth cell is behind with its papers; one keeps hardly any
 * register, so that there is something to see. Nothing for a province or a nation. */
fail demo_records(struct call *c, const struct demo_shape *shape) MUST_CHECK;

#endif
