/* bulk.h — a province or a nation, written as counts and totals: what monthly summaries would have brought in. */
#ifndef CHIBO_DEMO_BULK_H
#define CHIBO_DEMO_BULK_H

#include "base/call.h"
#include "demo/shape.h"

struct demo_counts { int64_t units, cells, members, meetings; };

/* Fills the database, one transaction a province, with a progress bar. The counters are remade at the end of each. */
fail demo_bulk(struct call *c, const struct demo_shape *shape, struct demo_counts *out) MUST_CHECK;

#endif
