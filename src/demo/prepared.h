/* prepared.h — the small demonstrations: the village's next meeting, prepared as it should be, with three people still to be told. */
#ifndef CHIBO_DEMO_PREPARED_H
#define CHIBO_DEMO_PREPARED_H

#include "base/call.h"

/* Guest, agenda, the committee's minutes, two papers, notices. Inside db_write. */
fail demo_prepare(struct call *c, int64_t meeting_id) MUST_CHECK;

#endif
