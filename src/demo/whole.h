/* whole.h — one meeting of the demonstration through its whole life: registered, prepared, held, scored, voted, confirmed by the guest, signed,
 * reported, decided, appealed against. */
#ifndef CHIBO_DEMO_WHOLE_H
#define CHIBO_DEMO_WHOLE_H

#include "base/call.h"
#include "demo/model.h"

/* Instead of demo_record for that month of that cell. What would lie in the future is left out. The clock of the call goes from step to step and stands as
 * before afterwards. Inside db_write. */
fail demo_record_whole(struct call *c, int64_t unit, const struct meeting_model *model) MUST_CHECK;

#endif
