/* recorded.h — facts of a meeting that are recorded as such: answers to plain questions.
 *
 * A fact that the meeting's own columns give (present, held_minutes …) is refused here. Facts that can also be derived (tasks due, the
 * longest excused run …) may be recorded for cells that do not keep those rows; what is derived comes first (score/gather.h). */
#ifndef CHIBO_MEETING_RECORDED_H
#define CHIBO_MEETING_RECORDED_H

#include "meeting/meeting.h"
#include "rules/facts.h"

/* The question a person is asked for this fact, as a message id; NULL for facts that are not recorded in this way. */
const char *recorded_question(enum fact f);
/* A hint under the question, or NULL. */
const char *recorded_hint(enum fact f);

/* Facts recorded for a meeting. Inside db_read or db_write. */
fail recorded_of(struct call *c, const struct meeting *m, struct facts *out) MUST_CHECK;
/* Makes the recorded facts those of `wanted`: facts in `mask` only; one that is in the mask and not known in `wanted` is forgotten.
 * Contradicting facts are FAIL_INPUT at the fact's name; FAIL_CONFLICT before the opening and once the meeting is locked. rev and *m as in attendance_replace. */
fail recorded_replace(struct call *c, int64_t meeting_id, int64_t rev, const struct facts *wanted, uint64_t mask, struct meeting *m) MUST_CHECK;

#endif
