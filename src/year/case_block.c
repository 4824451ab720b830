/* case_block.c — what has to be there before a step of a case: sheets, votes, the order of work. */
#include <string.h>

#include "rules/votes.h"
#include "year/assess.h"
#include "year/case_keep.h"
#include "year_sql.h"

static fail need_sheet(struct call *c, const struct year_case *k, enum case_stage stage, struct flaws *out)
{
	struct year_sheet s;

	TRY(year_latest(c, k, stage, &s));
	if (!s.revision)
		flaw_add(c, out, "sheet", "there is no sheet of the stage “%s” yet", case_stage_name(c->lang, k->kind, stage));
	return FAIL_OK;
}

/* The day and time of the last step into the state the case is in. */
static fail last_step_at(struct call *c, const struct year_case *k, int64_t *at_ms)
{
	struct case_steps_taken all;

	TRY(case_history(c, k, &all));
	*at_ms = all.n ? all.v[all.n - 1].at_ms : INT64_MIN;
	return FAIL_OK;
}

/* The latest vote of that stage was carried, and is not older than what it is about. */
static fail need_vote(struct call *c, const struct year_case *k, enum year_vote_stage stage, struct flaws *out)
{
	struct year_votes all;
	const struct year_vote *v = NULL;
	int64_t since;

	TRY(year_votes_of(c, k, &all));
	TRY(last_step_at(c, k, &since));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].stage_word == stage)
			v = &all.v[i];
	if (!v || v->at_ms < since)
		flaw_add(c, out, "in_favour", "the members have not voted yet");
	else if (!vote_carried(VOTE_RESOLUTION, v->base, v->in_favour))
		flaw_add(c, out, "in_favour", "the vote was not carried: %lld of %lld in favour, %lld are needed", (long long)v->in_favour, (long long)v->base,
		         (long long)vote_needed(VOTE_RESOLUTION, v->base));
	return FAIL_OK;
}

/* Registered after June: there was no half year to vote on. */
static bool half_year_due(const struct year_case *k)
{
	return k->kind == CASE_FOUR_GOOD && k->state == CASE_REGISTERED && date_is(k->registered_on) &&
	       k->registered_on.days <= HALF_YEAR_LAST(k->year).days;
}

static fail self_blocks(struct call *c, const struct year_case *k, struct flaws *out)
{
	if (half_year_due(k) && k->imported <= 0)
		flaw_add(c, out, "state", "the members vote on the results of the half year first; only who registered after June does not");
	return need_sheet(c, k, CASE_STAGE_SELF, out);
}

/* ---------------------------------------------------------------- the order of work */

static void name_waiting(struct call *c, const struct units *waiting, struct flaws *out)
{
	struct out names;

	out_memory(&names, c->arena);
	for (size_t i = 0; i < waiting->n && i < 5; i++)
		out_printf(&names, "%s%s", i ? ", " : "", waiting->v[i].name);
	if (waiting->n > 5)
		out_printf(&names, " …");
	flaw_add(c, out, "order", "lower units come before higher ones; %lld below it are not appraised yet: %s", (long long)waiting->n, out_text(&names));
}

static fail units_first(struct call *c, const struct year_case *k, struct flaws *out)
{
	struct units waiting;

	TRY(db_all(c, &Q_case_children_waiting,
	           ARGS(V(k->unit_id), V(case_day(c, k->year)), V(case_kinds[k->kind]), V(k->year), V(k->kind == CASE_UNIT)), &unit_record, &waiting.v,
	           &waiting.n));
	if (waiting.n)
		name_waiting(c, &waiting, out);
	return FAIL_OK;
}

static fail collective_first(struct call *c, const struct year_case *k, struct flaws *out)
{
	struct year_case unit;

	TRY(case_find(c, CASE_UNIT, (int)k->year, k->unit_id, 0, &unit));
	if (!unit.id || (unit.state != CASE_APPRAISED && unit.state != CASE_NOTIFIED))
		flaw_add(c, out, "order", "the collective comes before its members; the level of %s is not decided yet", k->unit_name);
	return FAIL_OK;
}

static fail appraise_blocks(struct call *c, const struct year_case *k, struct flaws *out)
{
	TRY(k->kind == CASE_MEMBER ? collective_first(c, k, out) : units_first(c, k, out));
	return need_sheet(c, k, CASE_STAGE_APPRAISED, out);
}

/* ---------------------------------------------------------------- the decision */

static fail no_open_appeal(struct call *c, const struct year_case *k, struct flaws *out)
{
	int64_t n;

	TRY(db_int(c, &Q_case_appeals_open, ARGS(V(k->realm), V(k->id)), 0, &n));
	if (n)
		flaw_add(c, out, "appeal", "an appeal is open; the committee answers it first");
	return FAIL_OK;
}

static fail recognise_blocks(struct call *c, const struct year_case *k, struct flaws *out)
{
	struct year_sheet s;

	TRY(no_open_appeal(c, k, out));
	TRY(year_latest(c, k, CASE_STAGE_APPRAISED, &s));
	if (!s.revision)
		flaw_add(c, out, "sheet", "there is no sheet of the stage “%s” yet", case_stage_name(c->lang, k->kind, CASE_STAGE_APPRAISED));
	else if (s.result != RESULT_MET)
		flaw_add(c, out, "result", "%s points%s do not meet the standard; it cannot be recognised", show_tenths(c->arena, c->lang, s.points),
		         *s.vetoes ? arena_printf(c->arena, " (%s)", s.vetoes) : "");
	return FAIL_OK;
}

fail case_step_blocks(struct call *c, const struct year_case *k, enum case_step step, struct flaws *out)
{
	switch (step) {
	case CASE_STEP_HALF_YEAR:
		TRY(need_sheet(c, k, CASE_STAGE_HALF_YEAR, out));
		return k->imported > 0 ? FAIL_OK : need_vote(c, k, YEAR_VOTE_HALF_YEAR, out);
	case CASE_STEP_SELF_ASSESS:
		return self_blocks(c, k, out);
	case CASE_STEP_VOTE:
		TRY(need_sheet(c, k, CASE_STAGE_VOTED, out));
		return k->imported > 0 ? FAIL_OK : need_vote(c, k, YEAR_VOTE_VOTED, out);
	case CASE_STEP_APPRAISE:
		return appraise_blocks(c, k, out);
	case CASE_STEP_RECOGNISE:
		return recognise_blocks(c, k, out);
	case CASE_STEP_REFUSE:
	case CASE_STEP_NOTIFY:
	case CASE_STEP_RETURN:
		return no_open_appeal(c, k, out);
	default:
		return FAIL_OK;
	}
}
