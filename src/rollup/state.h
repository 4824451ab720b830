/* state.h — one reading of the tree and the counters: a shape and a cube with all they need, built as a whole and replaced as a whole.
 * For the files of this room. */
#ifndef CHIBO_ROLLUP_STATE_H
#define CHIBO_ROLLUP_STATE_H

#include "rollup/memory.h"
#include "rules/rules.h"

struct state {
	struct arena *arena;      /* of shape and texts */
	struct shape shape;
	struct cube cube;
	const struct rules *rules; /* those it was built with; only compared */
	struct year_rule *rule;    /* copies of the year rules in use */
	size_t rule_n;
	uint8_t *rule_of;          /* [year][unit] → rule + 1, 0: none; or NULL: rule_year holds for every unit */
	uint8_t rule_year[CUBE_YEARS];
};

/* Reads the tree and makes an empty cube for the years. Inside a read. The result is freed by state_free. */
fail state_load_tree(struct call *c, int year_from, int years, struct state **out) MUST_CHECK;
/* Reads facts of all units, or of those with a bit in `wanted` (indexed by unit); not yet summed. */
fail state_load_facts(struct call *c, struct state *s, struct period p, const bool *wanted) MUST_CHECK;
/* Takes the facts of an older state over; units are matched by id. */
void state_copy_facts(struct state *to, const struct state *from);
void state_free(struct state *s);

/* The years worth keeping: from the first month with a meeting, at most MEMORY_YEARS back, to next year. */
fail state_years(struct call *c, int *year_from, int *years) MUST_CHECK;
/* Marks a unit and everything that ever hung below it, in either structure. */
void state_mark_below(const struct shape *s, int32_t unit, bool *wanted);

#endif
