/* targets.h — T01–T04, T06, T09, T13, T14 and whatever else the rule files name, for any unit and period.
 *
 * The version of a target is the one in force on the last day of the period, the nearest to the unit. Compared exactly as worded; an empty
 * denominator is neither met nor missed; above 100 % is legal (W2). */
#ifndef CHIBO_ROLLUP_TARGETS_H
#define CHIBO_ROLLUP_TARGETS_H

#include "base/call.h"
#include "base/json.h"
#include "rollup/cube.h"

/* What is asked: a unit, a period, a structure. unit_id 0: everything. */
struct question {
	int64_t unit_id;
	struct period period;
	enum structure structure;
	bool hide_members; /* who asks may not see members: levels of persons are left out, also as counts (of a secretary it would be one) */
};

struct target_line {
	const struct target *target;
	struct target_result result;
	int64_t by_score; /* of a count of complete meetings: those whose steps were not recorded */
};
struct target_lines { struct target_line *v; size_t n; };

/* The targets that hold for a unit at the end of a period, by id. */
fail targets_choose(struct call *c, const struct cube *cube, int32_t unit, struct period p, const struct target ***out,
                    size_t *n) MUST_CHECK;
/* Does it tell levels of persons? */
bool target_of_members(const struct target *t);
bool counter_of_members(enum counter counter);
/* A target from figures. */
struct target_line target_line(const struct target *t, const struct figures *f);
/* All of a unit's targets, while the cube is held. */
fail targets_of(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct target_lines *out) MUST_CHECK;

/* Takes the cube, answers, lets go. FAIL_NOT_FOUND: no such unit. *code gets the unit's code. */
fail targets_ask(struct call *c, const struct question *q, struct target_lines *out, const char **code) MUST_CHECK;

/* {"unit","period","structure","targets":[…]} as in the contract (design, section 4), with title, numerator_name, denominator_name and
 * needed (the least numerator that meets the target) besides; by_score where some are. */
void targets_json(struct json *j, enum lang lang, const char *code, const struct question *q, const struct target_lines *lines);
/* "numerator":n,"denominator":d,"percent":"90.48" or null */
void rate_json(struct json *j, int64_t numerator, int64_t denominator);

#endif
