/* case.h — a case of a year: a unit on its way to "four good", or the annual classification of a unit or a member (domain, sections 7 and 8).
 *
 * One table of states and steps for the three kinds; every change of state, by page, JSON, command or import, is a row of it. Each step keeps
 * actor, time and remark. Sheets are computed from the facts of the year (year/gather.h) by the scheme in force on the last day of the year, nearest to
 * the unit, and kept by stage and revision.
 *
 *	four good:       registered → half_year → self_assessed → voted → appraised → recognised | not_recognised
 *	                 … → withdrawn | transferred_out; voted | appraised → returned → self_assessed; recognised | not_recognised → reopened → appraised
 *	classification:  open → self_assessed → voted → appraised (decided by the committee above) → notified; voted | appraised → returned; notified → reopened
 *
 * Who: the steps up to voted are the cell's (of its own case: the member's), returned and from appraised on the committee's above. A cell founded or
 * registered after June needs no half-year vote. */
#ifndef CHIBO_YEAR_CASE_H
#define CHIBO_YEAR_CASE_H

#include "base/right.h"
#include "org/unit.h"

enum case_kind { CASE_NO_KIND, CASE_FOUR_GOOD, CASE_UNIT, CASE_MEMBER, CASE_KINDS };
extern const char *const case_kinds[]; /* "" four_good unit_class member_class, NULL-ended */
const char *case_kind_name(enum lang lang, unsigned kind);

enum case_state {
	CASE_NO_STATE, CASE_OPEN, CASE_REGISTERED, CASE_HALF_YEAR, CASE_SELF_ASSESSED, CASE_VOTED, CASE_RETURNED, CASE_APPRAISED, CASE_RECOGNISED,
	CASE_NOT_RECOGNISED, CASE_NOTIFIED, CASE_REOPENED, CASE_WITHDRAWN, CASE_TRANSFERRED_OUT, CASE_STATES
};
/* "" open registered half_year self_assessed voted returned appraised recognised not_recognised notified reopened withdrawn transferred_out */
extern const char *const case_states[];
const char *case_state_name(enum lang lang, unsigned kind, unsigned state);

enum case_step {
	CASE_STEP_NONE,
	CASE_STEP_REGISTER,     /* nothing → registered: at a regular meeting, with plan and agreement. Classification: nothing → open */
	CASE_STEP_HALF_YEAR,    /* registered → half_year: sheet and vote of half a year */
	CASE_STEP_SELF_ASSESS,  /* → self_assessed: the sheet of the stage "self" */
	CASE_STEP_VOTE,         /* self_assessed → voted: more than half of the base (V06, V07) */
	CASE_STEP_RETURN,       /* voted, appraised → returned: reason and deadline */
	CASE_STEP_APPRAISE,     /* voted, reopened → appraised: the committee's sheet, differences explained. Classification: the decision */
	CASE_STEP_RECOGNISE,    /* appraised → recognised: meets the standard; decision with number */
	CASE_STEP_REFUSE,       /* appraised → not_recognised */
	CASE_STEP_NOTIFY,       /* appraised → notified */
	CASE_STEP_REOPEN,       /* recognised, not_recognised, notified → reopened: the deciding level, with a reason */
	CASE_STEP_WITHDRAW,     /* before it is appraised → withdrawn */
	CASE_STEP_TRANSFER_OUT, /* before it is recognised → transferred_out: the unit leaves the set (51 − 2 = 49) */
	CASE_STEPS
};
/* "" register half_year self_assess vote return appraise recognise refuse notify reopen withdraw transfer_out */
extern const char *const case_steps[];
const char *case_step_name(enum lang lang, unsigned kind, unsigned step);

enum case_stage { CASE_STAGE_NONE, CASE_STAGE_HALF_YEAR, CASE_STAGE_SELF, CASE_STAGE_VOTED, CASE_STAGE_APPRAISED, CASE_STAGES };
extern const char *const case_stages[]; /* "" half_year self voted appraised, NULL-ended */
const char *case_stage_name(enum lang lang, unsigned kind, unsigned stage);

struct year_case {
	int64_t realm, id, year, unit_id, member_id, meeting_id, plan_id, decision_id, rev; /* not above 0: none */
	unsigned kind, state;
	int64_t carried_over, exemplary, imported;
	struct date registered_on, agreement_on, decided_on, due_on;
	const char *group_name, *decision_no, *moved_to, *remark;
	/* read only */
	const char *unit_code, *unit_name, *member_code, *member_name; /* names as on the last day of the year, or today before it */
};
extern const struct record year_case_record;
struct year_cases { struct year_case *v; size_t n; };

struct year_sheet {
	int64_t realm, case_id, revision, at_ms; /* revision 0: none */
	unsigned stage, result;                  /* enum case_result */
	struct tenths points;
	const char *scheme, *vetoes, *facts, *reason, *actor;
};
struct year_sheets { struct year_sheet *v; size_t n; };

/* What a sheet comes to. The order within a kind is the order of quality. */
enum case_result { RESULT_NONE, RESULT_NOT_MET, RESULT_MET, RESULT_NOT_COMPLETED, RESULT_COMPLETED, RESULT_GOOD, RESULT_EXCELLENT, CASE_RESULTS };
extern const char *const case_results[]; /* "" not_met met not_completed completed good excellent, NULL-ended */
const char *case_result_name(enum lang lang, unsigned result);

#endif
