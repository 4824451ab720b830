/* case_snapshot.h — what a sheet of a year was made from, as JSON text and back: facts, judged points, people's words. Private to src/year. */
#ifndef CHIBO_YEAR_CASE_SNAPSHOT_H
#define CHIBO_YEAR_CASE_SNAPSHOT_H

#include "year/assess.h"

struct case_snapshot {
	struct facts facts;
	struct judged judged;
	struct line_whys whys;
};
#define CASE_SNAPSHOT_NONE ((struct case_snapshot){ FACTS_NONE, JUDGED_NONE, { NULL, 0 } })

/* {"facts":{"months_held":12,"is_village":true,…},"judged":{"G1.4":"4.0"},"whys":{"G1.4":"…"}} in the order of the book. */
const char *case_snapshot_text(struct call *c, const struct fact_book *book, const struct case_snapshot *s);
/* FAIL_BROKEN when the text is not one of ours. "" gives CASE_SNAPSHOT_NONE. Facts that the book no longer has are passed over. */
fail case_snapshot_read(struct call *c, const struct fact_book *book, const char *text, struct case_snapshot *out) MUST_CHECK;

/* The book of a case's facts. */
const struct fact_book *case_book(unsigned kind);
/* People's words beside a line; "" when there are none. */
const char *case_why_of(const struct line_whys *whys, const char *line);

#endif
