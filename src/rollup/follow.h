/* follow.h — learning what other processes wrote, from the ends of the journal's chains (PostgreSQL). For the files of this room. */
#ifndef CHIBO_ROLLUP_FOLLOW_H
#define CHIBO_ROLLUP_FOLLOW_H

#include "rollup/memory.h"

struct follow_head { int64_t lane, seq; };
struct follow {
	struct follow_head *v; /* by lane */
	size_t n, room;
};

/* Notes where the chains end now. Inside a read, before the counters are read. */
fail follow_begin(struct call *c, struct follow *f) MUST_CHECK;
/* Reads again what new entries name and puts it into `r`; *all: too much has changed, everything has to be read again. */
fail follow_read(struct call *c, struct follow *f, struct rollup *r, bool *all) MUST_CHECK;
void follow_free(struct follow *f);

/* memory.c: changed months into the cube. */
void rollup_put(struct rollup *r, const struct moved *v, size_t n);

#endif
