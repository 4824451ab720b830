/* tending.h — what the server does by itself at intervals: scores of meetings whose papers fell due are settled (score/settle.h); once
 * a night the cells are asked what their figures make one ask (oversight/questions.h).
 *
 * A thread of its own with a call of its own; what fails is told and tried again at the next round. Nothing depends on it being on time: a decision
 * settles first what it needs. */
#ifndef CHIBO_APP_TENDING_H
#define CHIBO_APP_TENDING_H

#include "base/call.h"

struct tending;
/* Begins: at once, then every five minutes. `rollup` gets the changes of the counters. */
fail tending_start(struct call *c, struct db *db, struct rollup *rollup, struct tending **out) MUST_CHECK;
/* Ends it and waits for the round that runs; NULL: nothing. */
void tending_stop(struct tending *t);

#endif
