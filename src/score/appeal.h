/* appeal.h — the cell does not agree with a decision: reason, wished points, deadline, answer, all kept.
 *
 * An appeal is about one revision of the decided sheet, and made within ten days of it (unit setting "appeal_days"); the committee answers within
 * ten days (setting "appeal_answer_days"), also of a meeting that was locked meanwhile: to change the points that one is reopened, with the appeal as its
 * reason. Until it is answered the decision stands. Upheld: it stays as it is. Changed: a new decided revision, counted from that moment. A
 * meeting with an open appeal cannot be locked (cycle.h). */
#ifndef CHIBO_SCORE_APPEAL_H
#define CHIBO_SCORE_APPEAL_H

#include "score/score.h"

enum appeal_outcome { APPEAL_OPEN, APPEAL_UPHELD, APPEAL_CHANGED, APPEAL_WITHDRAWN };
extern const char *const appeal_outcome_words[]; /* "" upheld changed withdrawn, NULL-ended */
const char *appeal_outcome_name(enum lang lang, unsigned outcome);

struct appeal {
	int64_t realm, meeting_id, seq, revision, at_ms, answered_ms;
	const char *reason, *actor, *answer, *answered_by;
	struct tenths wanted;    /* TENTHS_NONE: the cell names none */
	struct date due_on;      /* the committee answers by then */
	unsigned outcome;
};
extern const struct record appeal_record; /* labelled: reason, wanted */
struct appeals { struct appeal *v; size_t n; };
void appeal_json(struct json *j, const struct appeal *a);

/* ---- reading (inside db_read or db_write) ---- */

/* First one first. */
fail appeals_of(struct call *c, const struct meeting *m, struct appeals *out) MUST_CHECK;
/* May the cell appeal now? *last gets the last day for it (DATE_NONE: there is no decision); *why the reason why not, NULL when it may. */
fail appeal_possible(struct call *c, const struct meeting *m, struct date *last, const char **why) MUST_CHECK;

/* ---- writing (opens a write transaction or joins the open one) ---- */

/* By the cell. FAIL_CONFLICT when it is too late or one is open; FAIL_INPUT without a reason. *out is the appeal. */
fail appeal_make(struct call *c, int64_t meeting_id, int64_t rev, const char *reason, struct tenths wanted, struct meeting *m, struct appeal *out) MUST_CHECK;
/* By the cell, while it is open; not by those who decide. */
fail appeal_withdraw(struct call *c, int64_t meeting_id, int64_t rev, int64_t seq, struct meeting *m) MUST_CHECK;

struct appeal_reply {
	int64_t meeting_id, rev, seq;
	bool changed;            /* with these points; false: the decision is upheld */
	struct judged judged;
	const char *answer;      /* required; of a change the reason of the new decision */
};
/* By the committee above. FAIL_INPUT when a change changes nothing. */
fail appeal_answer(struct call *c, const struct appeal_reply *reply, struct meeting *m, struct flaws *found) MUST_CHECK;

#endif
