/* children.h — a unit taken apart: its own meetings and the units directly below it, which together are the unit. */
#ifndef CHIBO_ROLLUP_CHILDREN_H
#define CHIBO_ROLLUP_CHILDREN_H

#include "base/call.h"
#include "rollup/targets.h"

struct child {
	int32_t unit;
	bool own; /* the unit itself: meetings of its own */
	struct figures f;
};
struct children {
	struct child *v;
	size_t n;
	struct figures total; /* equal to the unit's figures: the sum of the rows, and the unit itself as a body */
};

/* In reading order, own meetings first. Units that did not exist in the period and left no figure are left out. While the cube is held. */
void children_of(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct children *out);
/* Is there any figure but that units exist? */
bool figures_any(const struct figures *f);

#endif
