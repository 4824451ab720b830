/* touch.c — the one line that leads from meetings to the counters. */
#include "meeting/touch.h"

#include "rollup/rollup.h"

fail meeting_touch_month(struct call *c, int64_t realm, int64_t unit_id, month_no month)
{
	return rollup_touch(c, realm, unit_id, month);
}
