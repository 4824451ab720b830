/* ancestors.h — what a unit stands under today, remembered. Private to src/access.
 *
 * Filled unit by unit as questions come, forgotten as a whole when the tree has changed (org/version.h) or a day has passed. On
 * PostgreSQL, where other processes change the tree too, what is remembered is at most five seconds old. */
#ifndef CHIBO_ACCESS_ANCESTORS_H
#define CHIBO_ACCESS_ANCESTORS_H

#include "base/call.h"

enum { ANCESTORS_MAX = 64 };

/* The unit itself and everything above it, nearest first; for a closed unit also its successors and what they stand under. *n is at most
 * ANCESTORS_MAX and 0 when there is no such unit. Inside db_read or db_write. */
fail ancestors_of(struct call *c, int64_t unit_id, int64_t out[ANCESTORS_MAX], size_t *n) MUST_CHECK;
/* Is it a top unit of today? */
fail ancestors_is_top(struct call *c, int64_t unit_id, bool *out) MUST_CHECK;

#endif
