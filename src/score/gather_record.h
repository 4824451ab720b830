/* gather_record.h — the facts that the record of a meeting gives: agenda, the committee's own minutes, sendings, votes, papers.
 *
 * For meetings that went through their life cycle here (meeting.afterwards 0). For src/score. */
#ifndef CHIBO_SCORE_GATHER_RECORD_H
#define CHIBO_SCORE_GATHER_RECORD_H

#include "score/gather.h"

/* Sets a fact and where it comes from; an unknown value, or one out of bounds, changes nothing. */
void gathered_put(struct gathered *g, enum fact f, int64_t value, enum fact_origin origin);

/* Adds what the record gives to what the meeting's own row, roll call, tasks and posts gave already. `complete`: the roll call names everybody. */
fail gather_record(struct call *c, const struct meeting *m, const struct roll *roll, bool complete, struct gathered *g) MUST_CHECK;

/* When what comes after the meeting is due: two days after its end, or what the unit's setting "upload_minutes" says. MOMENT_NONE without an end. */
fail closing_due(struct call *c, const struct meeting *m, struct moment *out) MUST_CHECK;

#endif
