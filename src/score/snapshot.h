/* snapshot.h — the facts and judged points a sheet was made from, as JSON text and back. For src/score. */
#ifndef CHIBO_SCORE_SNAPSHOT_H
#define CHIBO_SCORE_SNAPSHOT_H

#include "rules/facts.h"
#include "rules/sheet.h"
#include "base/call.h"

/* {"facts":{"present":19,"has_committee":true,…},"judged":{"D3.1":"3.0",…}} in the order of the list of facts. */
const char *snapshot_text(struct call *c, const struct facts *facts, struct judged judged);
/* FAIL_BROKEN when the text is not one of ours. "" gives nothing. */
fail snapshot_read(struct call *c, const char *text, struct facts *facts, struct judged *judged) MUST_CHECK;

#endif
