/* case_table.c — the one table of states of a case, and who takes which step. */
#include "access/access.h"
#include "access/account.h"
#include "year/case_keep.h"

#define IN(state) (UINT32_C(1) << CASE_##state)
#define NEW IN(NO_STATE)
#define FOUR_GOOD (1u << CASE_FOUR_GOOD)
#define LEVELS (1u << CASE_UNIT | 1u << CASE_MEMBER)
#define ALL (FOUR_GOOD | LEVELS)
#define ON_THE_WAY (IN(SELF_ASSESSED) | IN(VOTED) | IN(RETURNED))

/* clang-format off */
const struct case_row case_table[] = {
	{ CASE_STEP_REGISTER,     FOUR_GOOD, NEW,                                            CASE_REGISTERED,      MAY_RECORD, false },
	{ CASE_STEP_REGISTER,     LEVELS,    NEW,                                            CASE_OPEN,            MAY_RECORD, false },
	{ CASE_STEP_HALF_YEAR,    FOUR_GOOD, IN(REGISTERED),                                 CASE_HALF_YEAR,       MAY_RECORD, false },
	{ CASE_STEP_SELF_ASSESS,  FOUR_GOOD, IN(REGISTERED) | IN(HALF_YEAR) | IN(RETURNED),  CASE_SELF_ASSESSED,   MAY_RECORD, false },
	{ CASE_STEP_SELF_ASSESS,  LEVELS,    IN(OPEN) | IN(RETURNED),                        CASE_SELF_ASSESSED,   MAY_RECORD, false },
	{ CASE_STEP_VOTE,         ALL,       IN(SELF_ASSESSED),                              CASE_VOTED,           MAY_RECORD, false },
	{ CASE_STEP_RETURN,       ALL,       IN(VOTED) | IN(APPRAISED),                      CASE_RETURNED,        MAY_DECIDE, true },
	{ CASE_STEP_APPRAISE,     ALL,       IN(VOTED) | IN(REOPENED),                       CASE_APPRAISED,       MAY_DECIDE, false },
	{ CASE_STEP_RECOGNISE,    FOUR_GOOD, IN(APPRAISED),                                  CASE_RECOGNISED,      MAY_DECIDE, false },
	{ CASE_STEP_REFUSE,       FOUR_GOOD, IN(APPRAISED),                                  CASE_NOT_RECOGNISED,  MAY_DECIDE, false },
	{ CASE_STEP_NOTIFY,       LEVELS,    IN(APPRAISED),                                  CASE_NOTIFIED,        MAY_DECIDE, false },
	{ CASE_STEP_REOPEN,       FOUR_GOOD, IN(RECOGNISED) | IN(NOT_RECOGNISED),            CASE_REOPENED,        MAY_DECIDE, true },
	{ CASE_STEP_REOPEN,       LEVELS,    IN(NOTIFIED),                                   CASE_REOPENED,        MAY_DECIDE, true },
	{ CASE_STEP_WITHDRAW,     FOUR_GOOD, IN(REGISTERED) | IN(HALF_YEAR) | ON_THE_WAY,    CASE_WITHDRAWN,       MAY_RECORD, true },
	{ CASE_STEP_WITHDRAW,     LEVELS,    IN(OPEN) | ON_THE_WAY,                          CASE_WITHDRAWN,       MAY_DECIDE, true },
	{ CASE_STEP_TRANSFER_OUT, FOUR_GOOD, IN(REGISTERED) | IN(HALF_YEAR) | ON_THE_WAY | IN(APPRAISED), CASE_TRANSFERRED_OUT, MAY_DECIDE, false },
	{ CASE_STEP_TRANSFER_OUT, LEVELS,    IN(OPEN) | ON_THE_WAY | IN(APPRAISED),          CASE_TRANSFERRED_OUT, MAY_DECIDE, false },
	{ CASE_STEP_NONE, 0, 0, CASE_NO_STATE, MAY_NOBODY, false },
};
/* clang-format on */

const struct case_row *case_find_row(unsigned kind, enum case_step step, unsigned from)
{
	for (const struct case_row *r = case_table; r->step; r++)
		if (r->step == step && r->kinds >> kind & 1 && r->from >> from & 1)
			return r;
	return NULL;
}

bool case_has_way(const struct year_case *k, enum case_step step)
{
	return case_find_row(k->kind, step, k->state) != NULL;
}

/* ---------------------------------------------------------------- who */

static enum right right_of(unsigned kind, enum case_step step)
{
	for (const struct case_row *r = case_table; r->step; r++)
		if (r->step == step && r->kinds >> kind & 1)
			return r->may;
	return MAY_NOBODY;
}

static bool is_own(const struct call *c, const struct year_case *k)
{
	const struct account *a = access_account(c);

	return k->kind == CASE_MEMBER && a && a->member_id == k->member_id && a->member_realm == k->realm;
}

/* A unit that moved away in the year: the committee it registered under. */
static bool registered_under(struct call *c, const struct year_case *k)
{
	struct unit then;
	struct problem before = c->problem;
	fail f = date_is(k->registered_on) ? org_unit_nearest(c, k->unit_id, k->registered_on, &then) : FAIL_NOT_FOUND;

	c->problem = before;
	return f == FAIL_OK && then.parent_id > 0 && call_may(c, MAY_DECIDE, then.parent_id);
}

bool case_person_may(struct call *c, const struct year_case *k, enum case_step step)
{
	enum right right = right_of(k->kind, step);
	struct unit decider;

	if (right == MAY_RECORD)
		return call_may(c, right, k->unit_id) || (step == CASE_STEP_SELF_ASSESS && is_own(c, k));
	if (right != MAY_DECIDE)
		return false;
	if (case_decider(c, k, &decider) == FAIL_OK && call_may(c, right, decider.id))
		return true;
	return step == CASE_STEP_TRANSFER_OUT && registered_under(c, k);
}

fail case_check_right(struct call *c, const struct year_case *k, enum case_step step)
{
	if (case_person_may(c, k, step))
		return FAIL_OK;
	return problem(c, FAIL_DENIED, "step", "“%s” is not yours to do here", case_step_name(c->lang, k->kind, step));
}

/* ---------------------------------------------------------------- no way */

static const char *possible_now(struct call *c, const struct year_case *k)
{
	struct out o;
	bool any = false;

	out_memory(&o, c->arena);
	for (const struct case_row *r = case_table; r->step; r++)
		if (r->kinds >> k->kind & 1 && r->from >> k->state & 1) {
			out_printf(&o, "%s“%s”", any ? ", " : "", case_step_name(c->lang, k->kind, r->step));
			any = true;
		}
	return any ? out_text(&o) : tr(c->lang, "nothing more");
}

fail case_no_way(struct call *c, const struct year_case *k, enum case_step step)
{
	return problem(c, FAIL_CONFLICT, "step", "“%s” is not possible: %s is at “%s”. Possible now: %s", case_step_name(c->lang, k->kind, step),
	               k->member_id > 0 ? k->member_name : k->unit_name, case_state_name(c->lang, k->kind, k->state), possible_now(c, k));
}
