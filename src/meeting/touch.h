/* touch.h — tells the counters that something of a cell's month has changed. */
#ifndef CHIBO_MEETING_TOUCH_H
#define CHIBO_MEETING_TOUCH_H

#include "base/call.h"

/* Inside db_write, after the change. */
fail meeting_touch_month(struct call *c, int64_t realm, int64_t unit_id, month_no month) MUST_CHECK;

#endif
