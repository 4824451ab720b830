/* vote.c — votes of the members on a case: base V06, majority V07. A vote that was lost is not kept here: what it was about is changed and voted anew. */
#include "rules/votes.h"

#include "meeting/vote.h"
#include "year/assess.h"
#include "year/case_keep.h"
#include "year_sql.h"

static const char *const stage_words[] = { "", "registration", "half_year", "voted", NULL };

static const struct field fields[] = {
	COL(struct year_vote, seq),
	COL(struct year_vote, meeting_id),
	COL(struct year_vote, base),
	COL(struct year_vote, in_favour),
	COL(struct year_vote, against),
	COL(struct year_vote, abstain),
	COL(struct year_vote, at_ms),
	COL(struct year_vote, stage_word, .words = stage_words),
	{ .name = "on_date", .type = FIELD_DATE, .at = offsetof(struct year_vote, on), .flags = INTERNAL },
	COL(struct year_vote, remark),
	COL(struct year_vote, actor),
	FIELD_END,
};
static const struct record vote_record_of_year = { "year_vote", sizeof(struct year_vote), fields };

fail year_votes_of(struct call *c, const struct year_case *k, struct year_votes *out)
{
	return db_all(c, &Q_case_votes_of, ARGS(V(k->realm), V(k->id)), &vote_record_of_year, &out->v, &out->n);
}

fail year_vote_base(struct call *c, int64_t unit_id, struct date on, int64_t meeting_id, int64_t *base)
{
	struct meeting m;
	struct voters voters;
	struct roll roll;
	struct voting v;

	if (meeting_id > 0) {
		TRY(meeting_by_id(c, meeting_id, &m));
		TRY(voters_of(c, &m, &voters));
		v = voters.voting;
	} else {
		TRY(org_members_on(c, unit_id, on, &roll));
		v = attendance_voting(&roll, &(struct attendances){ NULL, 0 });
	}
	*base = v.known ? v.base : INT_UNKNOWN;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- is it a vote? */

static fail check_meeting(struct call *c, const struct year_case *k, struct year_vote *v, struct flaws *found)
{
	struct meeting m;

	if (v->meeting_id <= 0)
		return FAIL_OK;
	TRY(meeting_by_id(c, v->meeting_id, &m));
	if (m.unit_id != k->unit_id)
		flaw_add(c, found, "meeting_id", "that meeting is not one of %s", k->unit_name);
	else if (m.state != MEETING_OPEN && !meeting_was_held(m.state))
		flaw_add(c, found, "meeting_id", "that meeting was not held");
	else
		v->on = meeting_day(&m);
	return FAIL_OK;
}

static void check_counts(struct call *c, const struct year_vote *v, struct flaws *found)
{
	if (v->in_favour < 0)
		flaw_add(c, found, "in_favour", "give the number of votes in favour");
	else if (v->against < 0)
		flaw_add(c, found, "against", "give the number of votes against");
	else if (v->abstain < 0)
		flaw_add(c, found, "abstain", "give the number of abstentions");
	else if (v->in_favour > v->base || v->against > v->base || v->abstain > v->base || v->in_favour + v->against + v->abstain > v->base)
		flaw_add(c, found, "in_favour", "more votes were counted than the %lld who may vote", (long long)v->base);
	else if (!vote_carried(VOTE_RESOLUTION, v->base, v->in_favour))
		flaw_add(c, found, "in_favour", "the vote was not carried: %lld of %lld in favour, %lld are needed", (long long)v->in_favour, (long long)v->base,
		         (long long)vote_needed(VOTE_RESOLUTION, v->base));
}

fail case_vote_check(struct call *c, const struct year_case *k, struct year_vote *v, struct flaws *found)
{
	int64_t base;

	if (v->on.days <= 0)
		v->on = c->today;
	if (v->against == INT_UNKNOWN)
		v->against = 0;
	if (v->abstain == INT_UNKNOWN)
		v->abstain = 0;
	TRY(check_meeting(c, k, v, found));
	if (v->on.days > c->today.days)
		flaw_add(c, found, "on", "%s is still to come", show_date(c->arena, c->lang, v->on));
	TRY(year_vote_base(c, k->unit_id, v->on, v->meeting_id, &base));
	if (v->base <= 0)
		v->base = base;
	if (v->base <= 0)
		flaw_add(c, found, "base", "give the number of those who may vote; the roll of that day is not known");
	else if (base != INT_UNKNOWN && v->base != base)
		flaw_add(c, found, "base", "%lld may vote that day, not %lld: official members without those away or exempt and not present", (long long)base,
		         (long long)v->base);
	else
		check_counts(c, v, found);
	return FAIL_OK;
}

fail case_vote_keep(struct call *c, const struct year_case *k, const struct year_vote *v)
{
	const char *stage = stage_words[v->stage_word];
	int64_t last;

	TRY(db_int(c, &Q_case_vote_last, ARGS(V(k->realm), V(k->id), V(stage)), 0, &last));
	return db_exec(c, &Q_case_vote_insert,
	               ARGS(V(k->realm), V(k->id), V(stage), V(last + 1), V(v->on), v->meeting_id > 0 ? V(v->meeting_id) : V(INT_UNKNOWN), V(v->base),
	                    V(v->in_favour), V(v->against), V(v->abstain), V(v->remark ? v->remark : ""), V(c->who.name), V(c->now_ms)),
	               NULL);
}
