/* settle.h — what was counted as fulfilled before it was due: it happens, or its deadline passes.
 *
 * The sheets self, voted and guest of a meeting can hold facts that come only after the scoring: minutes approved and signed, papers uploaded
 * (gather.h). Settling puts what has become of them into a new revision of the same stage, by SETTLED_BY, with the reason; everything else of
 * the sheet stays as people made it. It is done in the transaction of the upload or the signing, before a decision, and for deadlines that
 * passed by `chibo meetings settle`, which the server runs at intervals. A decided sheet is never changed. */
#ifndef CHIBO_SCORE_SETTLE_H
#define CHIBO_SCORE_SETTLE_H

#include "score/score.h"

#define SETTLED_BY "chibo"

struct settled {
	int sheets;                  /* new revisions */
	bool class_changed;          /* of the sheet that counts */
};
/* Opens a write transaction or joins the open one. *m is the meeting afterwards. Nothing to settle is no failure. */
fail score_settle(struct call *c, struct meeting *m, struct settled *out) MUST_CHECK;
/* All meetings whose deadline has passed, each in a transaction of its own; *done gets how many meetings changed. */
fail score_settle_due(struct call *c, int64_t *done) MUST_CHECK;

#endif
