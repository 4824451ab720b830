/* part.c — what of a meeting may be edited in which state. */
#include "meeting/cycle.h"
#include "meeting/store.h"

#include <string.h>

#define IN(state) (UINT32_C(1) << MEETING_##state)
#define BEFORE (IN(PLANNED) | IN(DATE_REGISTERED) | IN(SCHEDULED) | IN(PREPARED) | IN(POSTPONED))
#define UNSIGNED (IN(OPEN) | IN(HELD) | IN(SCORED) | IN(VOTED))
#define AFTER (IN(HELD) | IN(SCORED) | IN(VOTED) | IN(MINUTES_SIGNED) | IN(REPORTED) | IN(DECIDED) | IN(REOPENED))

static const struct {
	uint32_t open;       /* states */
	bool signed_closes;  /* whatever the state, also after a reopening: signed minutes are not edited */
	const char *refusal;
} parts[PART_COUNT] = {
	[PART_TIME] = { BEFORE, false, N_("day, time, place and kind are settled once a meeting has begun or was cancelled; it is “%s” now") },
	[PART_PREPARATION] = { BEFORE, false, N_("the preparation is over once a meeting has begun or was cancelled; it is “%s” now") },
	[PART_ROOM] = { UNSIGNED, true, N_("what happened in the room is recorded from the opening until the minutes are signed; the meeting is “%s” now") },
	[PART_TEXTS] = { BEFORE | UNSIGNED, true, N_("signed minutes are never changed; write a correction as an annex. The meeting is “%s” now") },
	[PART_OWN_SHEET] = { IN(HELD) | IN(SCORED) | IN(REOPENED), false, N_("the cell scores after the meeting and before it votes on the score; the meeting is “%s” now") },
	[PART_VOTED_SHEET] = { IN(SCORED) | IN(VOTED), false, N_("the cell votes on the score once it is proposed and before the minutes are signed; the meeting is “%s” now") },
	[PART_PAPERS] = { AFTER, false, N_("final papers are added from the end of the meeting until it is locked; it is “%s” now") },
	[PART_DECISION] = { IN(REPORTED) | IN(DECIDED) | IN(REOPENED), false, N_("the class is decided once the meeting was reported and until it is locked; it is “%s” now") },
};

bool meeting_part_is_open(const struct meeting *m, enum meeting_part part)
{
	if (parts[part].signed_closes && date_is(m->minutes_signed_on))
		return false;
	return (m->afterwards && AFTER >> m->state & 1) || parts[part].open >> m->state & 1;
}

fail meeting_may_edit(struct call *c, const struct meeting *m, enum meeting_part part)
{
	if (meeting_part_is_open(m, part))
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "state", parts[part].refusal, meeting_state_name(c->lang, m->state));
}

/* ---------------------------------------------------------------- the meeting's own row */

static bool same_time(const struct meeting *x, const struct meeting *y)
{
	return x->kind == y->kind && x->thematic == y->thematic && x->starts_at.minutes == y->starts_at.minutes && strcmp(x->topic, y->topic) == 0 &&
	       strcmp(x->place, y->place) == 0 && x->mode == y->mode && x->by_groups == y->by_groups;
}

static bool same_counts(const struct meeting *x, const struct meeting *y)
{
	return x->expected == y->expected && x->present == y->present && x->excused == y->excused && x->unexcused == y->unexcused &&
	       x->official_present == y->official_present && x->speakers == y->speakers;
}

fail meeting_check_parts(struct call *c, const struct meeting *before, const struct meeting *m)
{
	/* while it is open the mode and the groups can still turn out differently than planned */
	if (!same_time(before, m) && before->state != MEETING_OPEN)
		TRY(meeting_may_edit(c, before, PART_TIME));
	if (before->pre_meeting_on.days != m->pre_meeting_on.days || before->documents_sent_at.minutes != m->documents_sent_at.minutes)
		TRY(meeting_may_edit(c, before, PART_PREPARATION));
	if (!same_counts(before, m))
		TRY(meeting_may_edit(c, before, PART_ROOM));
	if (before->ends_at.minutes != m->ends_at.minutes && !meeting_part_is_open(before, PART_TIME))
		TRY(meeting_may_edit(c, before, PART_ROOM));
	if (before->minutes_approved_at.minutes != m->minutes_approved_at.minutes || before->minutes_signed_on.days != m->minutes_signed_on.days)
		TRY(meeting_may_edit(c, before, PART_TEXTS));
	if (before->uploaded_at.minutes != m->uploaded_at.minutes)
		TRY(meeting_may_edit(c, before, PART_PAPERS));
	return FAIL_OK;
}
