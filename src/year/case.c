/* case.c — the words of case.h. */
#include "year/case.h"

#include "base/lang.h"

const char *const case_kinds[] = { "", "four_good", "unit_class", "member_class", NULL };
const char *const case_states[] = { "", "open", "registered", "half_year", "self_assessed", "voted", "returned", "appraised", "recognised",
	"not_recognised", "notified", "reopened", "withdrawn", "transferred_out", NULL };
const char *const case_steps[] = { "", "register", "half_year", "self_assess", "vote", "return", "appraise", "recognise", "refuse", "notify", "reopen",
	"withdraw", "transfer_out", NULL };
const char *const case_stages[] = { "", "half_year", "self", "voted", "appraised", NULL };
const char *const case_results[] = { "", "not_met", "met", "not_completed", "completed", "good", "excellent", NULL };

const char *case_kind_name(enum lang lang, unsigned kind)
{
	static const char *const names[] = { "", N_("“Four good”"), N_("Annual classification of the unit"), N_("Annual classification of a member") };

	return kind && kind < CASE_KINDS ? tr(lang, names[kind]) : "";
}

const char *case_state_name(enum lang lang, unsigned kind, unsigned state)
{
	static const char *const names[] = { "", N_("Under review"), N_("Registered"), N_("Half-year results voted"), N_("Self-assessed"), N_("Voted by the members"),
		N_("Returned for correction"), N_("Appraised"), N_("Recognised"), N_("Not recognised"), N_("Decided and notified"), N_("Reopened"),
		N_("Withdrawn"), N_("Moved to another body") };

	if (kind != CASE_FOUR_GOOD && state == CASE_APPRAISED)
		return tr(lang, N_("Decided"));
	return state && state < CASE_STATES ? tr(lang, names[state]) : "";
}

const char *case_step_name(enum lang lang, unsigned kind, unsigned step)
{
	static const char *const names[] = { "", N_("Register"), N_("Half-year results and vote"), N_("Assess yourselves"), N_("Vote of the members"),
		N_("Return for correction"), N_("Appraise"), N_("Recognise"), N_("Do not recognise"), N_("Notify"), N_("Reopen the decision"), N_("Withdraw"),
		N_("Moves to another body") };

	if (kind != CASE_FOUR_GOOD && step == CASE_STEP_REGISTER)
		return tr(lang, N_("Open the review"));
	if (kind != CASE_FOUR_GOOD && step == CASE_STEP_APPRAISE)
		return tr(lang, N_("Decide the level"));
	return step && step < CASE_STEPS ? tr(lang, names[step]) : "";
}

const char *case_stage_name(enum lang lang, unsigned kind, unsigned stage)
{
	static const char *const names[] = { "", N_("Half-year"), N_("Self"), N_("Voted"), N_("Appraisal") };

	if (kind != CASE_FOUR_GOOD && stage == CASE_STAGE_APPRAISED)
		return tr(lang, N_("Decision"));
	return stage && stage < CASE_STAGES ? tr(lang, names[stage]) : "";
}

const char *case_result_name(enum lang lang, unsigned result)
{
	static const char *const names[] = { "", N_("Standard not met"), N_("Standard met"), N_("Tasks not completed"), N_("Tasks completed"),
		N_("Tasks completed well"), N_("Tasks completed excellently") };

	return result && result < CASE_RESULTS ? tr(lang, names[result]) : "";
}
