/* example.h — good examples: written by a cell, proposed by it, published by the committee above, read by everybody who is signed in.
 *
 *	draft → proposed → published → withdrawn; proposed → draft (sent back); withdrawn → proposed
 *
 * The cell's words can be changed as a draft or when withdrawn; what is published stays as it was published. */
#ifndef CHIBO_GROWTH_EXAMPLE_H
#define CHIBO_GROWTH_EXAMPLE_H

#include "base/right.h"
#include "growth/entry.h"

enum example_state { EXAMPLE_NONE, EXAMPLE_DRAFT, EXAMPLE_PROPOSED, EXAMPLE_PUBLISHED, EXAMPLE_WITHDRAWN, EXAMPLE_STATES };
extern const char *const example_states[]; /* "" draft proposed published withdrawn */
const char *example_state_name(enum lang lang, unsigned state);

struct example {
	struct entry e;
	const char *title, *text, *topic;
	unsigned state;
	struct date published_on;
	int64_t published_by;
	const char *publisher; /* read only: its name, or NULL */
};
extern const struct record example_record;
struct examples { struct example *v; size_t n; };

enum example_step { EXAMPLE_PROPOSE, EXAMPLE_PUBLISH, EXAMPLE_SEND_BACK, EXAMPLE_WITHDRAW, EXAMPLE_STEPS };
extern const char *const example_steps[]; /* propose publish send_back withdraw */
/* The right a step needs on the cell. MAY_NOBODY: there is no such step from that state. */
enum right example_step_may(enum example_step step, unsigned state);
/* FAIL_CONFLICT: another rev (*x is what there is), or no such step from here. *x is the example afterwards. */
fail example_take_step(struct call *c, int64_t id, int64_t rev, enum example_step step, struct example *x) MUST_CHECK;

/* Published ones, latest first. Inside db_read or db_write. */
struct example_query {
	const char *words;      /* without tone marks; NULL or "": all */
	const char *topic;      /* NULL or "": all */
	struct date before;     /* paging: DATE_OPEN to begin */
	int64_t before_id, limit;
};
fail examples_published(struct call *c, const struct example_query *q, struct examples *out) MUST_CHECK;
/* Topics that published ones have. */
struct example_topics { const char **v; size_t n; };
fail example_topics(struct call *c, struct example_topics *out) MUST_CHECK;
/* Waiting to be published, below a committee. */
fail examples_proposed(struct call *c, int64_t unit_id, struct examples *out) MUST_CHECK;

#endif
