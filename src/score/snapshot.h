/* snapshot.h — the facts and judged points a sheet was made from, as JSON text and back. For src/score. */
#ifndef CHIBO_SCORE_SNAPSHOT_H
#define CHIBO_SCORE_SNAPSHOT_H

#include "rules/sheet.h"
#include "score/gather.h"

struct snapshot {
	struct facts facts;
	struct judged judged;
	struct waiting waiting; /* what was not due, or overdue, when the sheet was made */
};
#define SNAPSHOT_NONE ((struct snapshot){ FACTS_NONE, JUDGED_NONE, WAITING_NONE })

/* {"facts":{"present":19,"has_committee":true,…},"judged":{"D3.1":"3.0",…}} in the order of the list of facts; with what waits also
 * "not_due":["minutes_approved"],"overdue":[],"due":"2025-12-05T19:00". */
const char *snapshot_text(struct call *c, const struct snapshot *s);
/* FAIL_BROKEN when the text is not one of ours. "" gives SNAPSHOT_NONE. */
fail snapshot_read(struct call *c, const char *text, struct snapshot *out) MUST_CHECK;

#endif
