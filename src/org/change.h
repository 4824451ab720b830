/* change.h — reorganisation: dated events that create, rename, move, merge, split, close and transfer units.
 *
 * A change is worked out first (org_change_plan: reads only, tells everything that will be, and every problem), then carried out
 * (org_change_apply) in one transaction with its journal entries, the event and the links to predecessors. What was before the day
 * stays as it was. `on` is the first day of the new state.
 *
 *	create    code, name, level, type, owner, parent_id
 *	rename    unit_id; name and, where given, level, type, owner
 *	move      unit_id, parent_id: another parent in the same realm
 *	merge     units[] end; their members and the units below go to into_id, which is their successor
 *	split     unit_id goes on; a new unit (code, name) beside it takes members[] and units[] that stood below
 *	close     unit_id ends; it must be empty by then
 *	transfer  unit_id and all below go to parent_id in another realm: each ends here and begins there under a new code with its members and
 *	          posts, so that what a province owns never changes hands (design, section 7); records made before stay where they were made
 *
 * A unit that has already a later change is not changed before it: history is corrected by importing `units`. */
#ifndef CHIBO_ORG_CHANGE_H
#define CHIBO_ORG_CHANGE_H

#include "org/unit.h"

enum change_kind { CHANGE_NONE, CHANGE_CREATE, CHANGE_RENAME, CHANGE_MOVE, CHANGE_MERGE, CHANGE_SPLIT, CHANGE_CLOSE, CHANGE_TRANSFER, CHANGE_COUNT };
extern const char *const change_kinds[]; /* "" create rename move merge split close transfer, NULL-ended */
const char *change_kind_name(enum lang lang, unsigned kind);

struct ids { const int64_t *v; size_t n; };

struct change {
	unsigned kind;
	struct date on;
	int64_t unit_id, parent_id, into_id;
	struct ids units, members;
	const char *code, *name;     /* "" or NULL: not given */
	unsigned level, type, owner; /* 0: not given */
	const char *note;            /* number of the decision, for instance; may be NULL */
	int64_t rev;                 /* revision of unit_id the person had before their eyes; 0: not compared */
};

/* A span before and after; one of the two may be missing: a span that begins, a span that is taken back. */
struct span_change { bool has_before, has_after; struct unit before, after; };

/* A member who will stand elsewhere, or a post that ends (to_id 0) or goes along. `what` is the status or the post in words of files. */
struct person_change {
	int64_t realm, member_id;
	const char *code, *full_name, *what;
	int64_t from_id, to_id;
	const char *from_code, *to_code;
	struct date from, to; /* of the membership or term as it is now */
};
struct person_changes { struct person_change *v; size_t n; };

struct finding { const char *field, *text; };

struct change_plan {
	struct change change;
	struct span_change *spans;
	size_t span_n;
	struct person_changes members, posts;
	struct { int64_t unit_id, predecessor_id; } *links;
	size_t link_n;
	struct finding *problems; /* reasons why it cannot be done, all of them; in the call's language */
	size_t problem_n;
	struct unit_steps *steps; /* private to change.c */
};

/* Works a change out. FAIL_OK also when there are problems; FAIL_NOT_FOUND for ids that do not exist. Inside db_read or db_write. */
fail org_change_plan(struct call *c, const struct change *change, struct change_plan *out) MUST_CHECK;
/* Carries it out, or fails with the first problem: FAIL_INPUT, or FAIL_CONFLICT when `rev` is not the unit's any more. *unit_id (may be NULL)
 * gets the unit to show afterwards: the created, the one merged into, the new one of a split or transfer. Opens its own db_write. */
fail org_change_apply(struct call *c, const struct change *change, int64_t *unit_id) MUST_CHECK;
/* {"kind","on","spans":[{"before":{…},"after":{…}}],"members":[…],"posts":[…],"predecessors":[…],"problems":[…]} */
void org_change_json(struct json *j, const struct change_plan *plan);

/* What happened to a unit, latest first. */
struct unit_event {
	int64_t id;
	unsigned kind;
	struct date on_date;
	int64_t unit_id;
	const char *note, *actor;
	int64_t at_ms;
};
extern const struct record unit_event_record;
fail org_events(struct call *c, int64_t unit_id, struct unit_event **out, size_t *n) MUST_CHECK;

#endif
