/* change_steps.h — what a plan writes, in the order in which it is written. For change*.c only.
 *
 * change_plan.c works out units and spans, change_people.c who goes where, change.c writes. */
#ifndef CHIBO_ORG_CHANGE_STEPS_H
#define CHIBO_ORG_CHANGE_STEPS_H

#include "org/change.h"
#include "org/store.h"

struct new_unit { int64_t id, realm; const char *code; };
/* A membership or post before and after: no after: taken away; no before: added; both: the last day is another. */
struct membership_step { bool has_before, has_after; struct membership before, after; };
struct post_step { bool has_before, has_after; struct post before, after; };
struct member_copy { int64_t id, from_realm, to_realm; };

struct unit_steps {
	struct new_unit *units;
	size_t unit_n;
	struct membership_step *memberships;
	size_t membership_n;
	struct post_step *posts;
	size_t post_n;
	struct member_copy *copies;
	size_t copy_n;
	int64_t shown; /* the unit to show afterwards */
};

/* Adds a problem; `id` is a message id. */
void plan_problem(struct call *c, struct change_plan *p, const char *field, const char *id, ...) PRINTF_LIKE(4, 5);

/* Everybody who stands in one of `from` on or after the day goes to `to` (only those listed, when `only` is given). Where somebody stands in
 * several of these units, the fullest status counts: a stay elsewhere and a stay here become one membership again. */
fail plan_move_members(struct call *c, struct change_plan *p, struct ids from, const struct unit *to, const struct ids *only) MUST_CHECK;
/* Posts in a unit end the day before (only those of the members listed, when `only` is given). */
fail plan_end_posts(struct call *c, struct change_plan *p, const struct unit *unit, const struct ids *only) MUST_CHECK;
/* The same people and posts go on in `to`, in another realm. */
fail plan_carry_over(struct call *c, struct change_plan *p, const struct unit *from, const struct unit *to) MUST_CHECK;

static inline bool ids_have(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; ids && i < ids->n; i++)
		if (ids->v[i] == id)
			return true;
	return false;
}

#endif
