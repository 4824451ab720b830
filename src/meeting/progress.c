/* progress.c — what a step of a meeting stands on: what keeps from it, and what is only worth a question. */
#include "meeting/progress.h"

#include <string.h>

#include "meeting/attendance.h"
#include "meeting/online.h"
#include "meeting/store.h"
#include "meeting_sql.h"

#define COUNTED(f) COL(struct meeting_progress, f)
static const struct field fields[] = {
	COUNTED(agenda_items), COUNTED(agenda_open), COUNTED(pre_meetings), COUNTED(pre_signed), COUNTED(papers), COUNTED(drafts),
	COUNTED(notified), COUNTED(first_sent_at), COUNTED(rows), COUNTED(votes), COUNTED(votes_open), COUNTED(conclusion_adopted),
	COUNTED(score_adopted), COUNTED(self_sheets), COUNTED(voted_sheets), COUNTED(guest_sheets), COUNTED(decided_sheets), COUNTED(tasks),
	COUNTED(minutes), COUNTED(resolutions), COUNTED(numbered), COUNTED(signed_copies), COUNTED(guests), COUNTED(guests_present),
	COUNTED(guests_confirmed), COUNTED(appeals_open), COUNTED(appeals), FIELD_END,
};
const struct record meeting_progress_record = { "meeting_progress", sizeof(struct meeting_progress), fields };

fail meeting_progress_of(struct call *c, const struct meeting *m, struct meeting_progress *out)
{
	return db_one(c, &Q_meeting_progress, ARGS(V(m->realm), V(m->id)), &meeting_progress_record, out);
}

/* ---------------------------------------------------------------- what a step cannot do without */

/* The refusal of a check as a flaw. */
static fail as_flaw(struct call *c, fail f, struct flaws *out)
{
	if (f != FAIL_INPUT)
		return f;
	flaw_add(c, out, c->problem.field, "%s", c->problem.text);
	problem_clear(c);
	return FAIL_OK;
}

static fail groups_facts(struct call *c, const struct meeting *m, int64_t *leaders, int64_t *before)
{
	int64_t first = m->month - m->month % 12;

	TRY(db_int(c, &Q_meeting_group_leaders, ARGS(V(m->realm), V(m->unit_id), V(meeting_day(m))), 0, leaders));
	return db_int(c, &Q_meeting_by_groups_in_year, ARGS(V(m->realm), V(m->unit_id), V(first), V(first + 11), V(m->id > 0 ? m->id : (int64_t)0)), 0, before);
}

fail meeting_check_groups(struct call *c, const struct meeting *m)
{
	struct member_counts people;
	int64_t leaders, before;

	if (!m->by_groups)
		return FAIL_OK;
	TRY(org_member_counts(c, m->unit_id, meeting_day(m), &people));
	TRY(groups_facts(c, m, &leaders, &before));
	if (!leaders)
		return problem(c, FAIL_INPUT, "by_groups", "this cell has no party groups that day; groups can only meet in place of the plenary where there are "
		                                           "some with a leader");
	if (people.ever && people.members < 50)
		return problem(c, FAIL_INPUT, "by_groups", "party groups may meet in place of the plenary in cells of 50 members or more; this one had %lld",
		               (long long)people.members);
	if (before >= 3)
		return problem(c, FAIL_INPUT, "by_groups", "party groups have met in place of the plenary %lld times this year; more than 3 are not allowed",
		               (long long)before);
	return FAIL_OK;
}

static fail block_open(struct call *c, const struct meeting *m, struct flaws *out)
{
	TRY(as_flaw(c, meeting_check_roll(c, m), out));
	TRY(as_flaw(c, meeting_check_groups(c, m), out));
	TRY(as_flaw(c, meeting_check_online(c, m), out));
	if (meeting_day(m).days > c->today.days)
		flaw_add(c, out, "starts_at", "the meeting is on %s; if it is held today, change its day first",
		         show_date(c->arena, c->lang, meeting_day(m)));
	return FAIL_OK;
}

/* Where nobody is on the roll of that day, the counts alone will do. */
static fail block_roll_call(struct call *c, const struct meeting *m, struct flaws *out)
{
	struct roll roll;
	struct attendances rows;
	struct flaws unread = { 0 };

	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	TRY(attendance_of(c, m, &rows));
	struct tally t = attendance_tally(c, &roll, &rows, &unread);

	if (roll.n && !t.complete)
		flaw_add(c, out, "attendance", "the roll call is not complete: %lld still have no entry", (long long)t.missing);
	if (!roll.n && (m->present == INT_UNKNOWN || m->expected == INT_UNKNOWN))
		flaw_add(c, out, "attendance", "how many were expected and how many came is not recorded");
	return FAIL_OK;
}

static fail block_close(struct call *c, const struct meeting *m, const struct meeting_progress *p, struct flaws *out)
{
	TRY(block_roll_call(c, m, out));
	if (!moment_is(m->ends_at))
		flaw_add(c, out, "ends_at", "the time at which the meeting ended is missing");
	if (p->votes_open)
		flaw_add(c, out, "votes", "%lld votes are still open; close or withdraw them", (long long)p->votes_open);
	return FAIL_OK;
}

static void block_sign(struct call *c, const struct meeting *m, struct flaws *out)
{
	if (!moment_is(m->minutes_approved_at))
		flaw_add(c, out, "minutes_approved_at", "the minutes were not read out and approved yet");
	if (!date_is(m->minutes_signed_on))
		flaw_add(c, out, "minutes_signed_on", "the day on which minute-taker and chair signed is missing");
}

static fail block_afterwards(struct call *c, const struct meeting *m, const struct meeting_progress *p, enum meeting_step step, struct flaws *out)
{
	bool scored = meeting_is_scored_kind(m);

	if (step == STEP_SCORE && scored && !p->self_sheets)
		flaw_add(c, out, "self", "the cell has no score sheet yet");
	if (step == STEP_VOTE && scored && !p->voted_sheets && !p->score_adopted)
		flaw_add(c, out, "voted", "the cell has not voted on the score yet");
	if (step == STEP_SIGN)
		block_sign(c, m, out);
	if (step == STEP_REPORT && !moment_is(m->uploaded_at))
		flaw_add(c, out, "uploaded_at", "the signed papers were not uploaded yet");
	if (step == STEP_DECIDE && scored && !p->decided_sheets)
		flaw_add(c, out, "decided", "there is no sheet of the committee yet");
	if (step == STEP_LOCK && p->appeals_open)
		flaw_add(c, out, "appeal", "an appeal of the cell has no answer yet");
	return FAIL_OK;
}

fail meeting_step_blocks(struct call *c, const struct meeting *m, enum meeting_step step, struct flaws *out)
{
	struct meeting_progress p;

	TRY(meeting_progress_of(c, m, &p));
	if (step == STEP_OPEN)
		return block_open(c, m, out);
	if (step == STEP_CLOSE)
		return block_close(c, m, &p, out);
	if (step == STEP_PREPARE && !p.agenda_items)
		flaw_add(c, out, "agenda", "there is no agenda yet");
	if (step == STEP_SCHEDULE && m->state == MEETING_POSTPONED && meeting_day(m).days < c->today.days)
		flaw_add(c, out, "starts_at", "the new day is missing: %s is over", show_date(c->arena, c->lang, meeting_day(m)));
	return block_afterwards(c, m, &p, step, out);
}

/* ---------------------------------------------------------------- what is only a question */

static void ask_prepare(struct call *c, const struct meeting *m, const struct meeting_progress *p, struct flaws *out)
{
	if (!p->pre_meetings && !date_is(m->pre_meeting_on))
		flaw_add(c, out, "pre", "without a pre-meeting with minutes D3.3 gives no points");
	if (!p->drafts)
		flaw_add(c, out, "papers", "without a guide for the discussion and a draft resolution D3.2 gives no points");
	if (!p->notified)
		flaw_add(c, out, "sendings", "nobody has been told of time, place and content yet (D3.4)");
	else if (moment_is(p->first_sent_at) && p->first_sent_at.minutes > m->starts_at.minutes - 1440)
		flaw_add(c, out, "sendings", "papers went out less than a day before the meeting (D3.5)");
}

fail meeting_step_questions(struct call *c, const struct meeting *m, const struct meeting_progress *p, enum meeting_step step,
                            struct flaws *out)
{
	int64_t regular = 0;

	if (step == STEP_REGISTER && !*m->place)
		flaw_add(c, out, "place", "the place is not named yet");
	if (step == STEP_PREPARE)
		ask_prepare(c, m, p, out);
	if (step == STEP_OPEN && m->kind == MEETING_THEMATIC) {
		TRY(db_int(c, &Q_meeting_others_in_month, ARGS(V(m->realm), V(m->unit_id), V(m->month), V(m->id)), 0, &regular));
		if (!regular)
			flaw_add(c, out, "kind", "a thematic meeting does not take the place of the regular one, and this month has no regular meeting yet");
	}
	if (step == STEP_CLOSE && p->agenda_open)
		flaw_add(c, out, "agenda", "%lld steps of the agenda that have to be are not done (D4.1)", (long long)p->agenda_open);
	if (step == STEP_CLOSE && !p->conclusion_adopted)
		flaw_add(c, out, "votes", "no vote on conclusion or resolution is recorded (D8.1)");
	if (step == STEP_CLOSE && !p->tasks)
		flaw_add(c, out, "tasks", "no task with a person and a deadline was assigned (D8.2)");
	if (step == STEP_REPORT && !p->numbered)
		flaw_add(c, out, "resolution", "the resolution has no number yet");
	return FAIL_OK;
}
