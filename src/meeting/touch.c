/* touch.c — the one line that leads from meetings to the counters. */
#include "meeting/touch.h"

fail meeting_touch_month(struct call *c, int64_t realm, int64_t unit_id, month_no month)
{
	(void)c, (void)realm, (void)unit_id, (void)month;
	return FAIL_OK;
}
