/* store.h — cases of a year: finding, listing, opening, and taking steps. The table of states is case.h.
 *
 * What this does not do: make sheets (assess.h), count facts (gather.h), print (reports.h). */
#ifndef CHIBO_YEAR_STORE_H
#define CHIBO_YEAR_STORE_H

#include "base/json.h"
#include "db/db.h"
#include "meeting/meeting.h"
#include "year/case.h"

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem. */
fail case_by_id(struct call *c, int64_t id, struct year_case *out) MUST_CHECK;
/* out->id 0 when there is none. member_id 0: of the unit. */
fail case_find(struct call *c, unsigned kind, int year, int64_t unit_id, int64_t member_id, struct year_case *out) MUST_CHECK;
/* The unit whose committee decides: the parent of the evaluated unit on the last day of the year (or today before it), or the next above where that is a
 * department committee, which decides nothing; for a member that of the cell; for a unit without a parent itself. */
fail case_decider(struct call *c, const struct year_case *k, struct unit *out) MUST_CHECK;

struct case_query {
	int64_t unit_id;        /* cases of this unit and all below it on the last day of the year; for members: of cells there */
	bool own_only;          /* only of the unit itself (for members: of this cell) */
	int64_t decided_by;     /* only those whose decider is this unit; 0: all */
	unsigned kind, state;   /* 0: all */
	int year;
	int64_t after_id, limit; /* paging by name is done by pages that need it: order is unit's tree order, then the member's name */
};
fail case_list(struct call *c, const struct case_query *q, struct year_cases *out) MUST_CHECK;

struct case_step_taken { int64_t seq, at_ms; unsigned step, from_state, to_state; const char *actor, *remark; };
struct case_steps_taken { struct case_step_taken *v; size_t n; };
/* First step first. */
fail case_history(struct call *c, const struct year_case *k, struct case_steps_taken *out) MUST_CHECK;

/* Its fields as members of the object that is open in `j`: kind, year, unit, member, state … as words, the version, no names of other units. */
void case_json(struct json *j, const struct year_case *k);

/* ---- the table ---- */

struct case_row {
	enum case_step step;
	unsigned kinds;       /* bits of kinds */
	uint32_t from;        /* bits of states; 1 << CASE_NO_STATE: a new case */
	enum case_state to;
	enum right may;       /* on the evaluated unit; MAY_DECIDE: on the unit that decides */
	bool needs_reason;
};
extern const struct case_row case_table[]; /* ends with CASE_STEP_NONE */
const struct case_row *case_find_row(unsigned kind, enum case_step step, unsigned from);
/* May the person asking take that step of this case, whatever its state? For buttons and for checks. A member assesses themselves; a unit that has
 * moved is let go by the committee it registered under, too. */
bool case_person_may(struct call *c, const struct year_case *k, enum case_step step);
/* What stands in the way of a step now, in words; n 0: nothing. Not whether the table has it, nor rights. */
fail case_step_blocks(struct call *c, const struct year_case *k, enum case_step step, struct flaws *out) MUST_CHECK;

/* ---- writing (opens a write transaction or joins the open one; journal; counters of the year) ---- */

struct case_opening {
	unsigned kind;
	int year;
	int64_t unit_id, member_id;
	struct date registered_on, agreement_on; /* four_good */
	int64_t meeting_id, plan_id;
	int64_t base, in_favour, against, abstain; /* the vote at the meeting; base INT_UNKNOWN: none was taken, 0: computed (V06) */
	bool carried_over;
};
/* Registers a unit for "four good", or opens a classification. FAIL_CONFLICT when there is one (*out is that). Registering takes a regular meeting that was
 * held (meeting_id 0: the one of registered_on; of cells), a plan among the unit's documents (plan_id 0: found there), the day of the agreement
 * and more than half of the voting base; a unit recognised in the year before carries on without them (carried_over, set by the program; asked for as
 * well, one tap: registered_on is then today where it is not given). Order of work for classification: a member's is opened
 * only after the collective of the cell has reviewed itself (FAIL_CONFLICT names it). */
fail case_open(struct call *c, const struct case_opening *o, struct year_case *out) MUST_CHECK;
/* Opens those that are missing for all members (kind CASE_MEMBER) of a cell, or all units decided by a committee (CASE_UNIT); *opened counts. */
fail case_open_all(struct call *c, unsigned kind, int year, int64_t unit_id, int64_t *opened) MUST_CHECK;

struct case_note {
	const char *remark;       /* reason where the table asks for one */
	struct date due_on;       /* of a return */
	const char *decision_no;  /* of recognition, refusal, classification */
	int64_t decision_id;      /* the document, 0 when it came from elsewhere */
	struct date decided_on;
	const char *moved_to;
};
/* Opens a write transaction or joins the open one. FAIL_CONFLICT: no such step from here, or another rev (ANY_REV: not compared; the same click come
 * twice is FAIL_OK and one step); FAIL_DENIED; FAIL_INPUT: all that is missing in *found (may be NULL). Order of work: a body is
 * appraised after the units below it, collectives before individuals. *k is the case afterwards. note may be NULL. */
fail case_take_step(struct call *c, int64_t id, int64_t rev, enum case_step step, const struct case_note *note, struct year_case *k,
                    struct flaws *found) MUST_CHECK;
/* The choice for a certificate. Of a recognised case, by the deciding level. */
fail case_set_exemplary(struct call *c, int64_t id, int64_t rev, bool exemplary, struct year_case *k) MUST_CHECK;
/* The group of similar tasks a classification is ranked in; "" by unit type. */
fail case_set_group(struct call *c, int64_t id, int64_t rev, const char *group, struct year_case *k) MUST_CHECK;

#endif
