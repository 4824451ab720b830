/* check.c — what may be wrong with a meeting, and what is worth a question. */
#include <string.h>

#include "meeting/attendance.h"
#include "meeting_sql.h"

void flaw_add(struct call *c, struct flaws *f, const char *field, const char *text, ...)
{
	va_list args;

	if (f->n == f->room) {
		size_t room = f->room ? f->room * 2 : 8;
		struct flaw *v = ARENA_ARRAY(c->arena, room, struct flaw);

		if (f->n)
			memcpy(v, f->v, f->n * sizeof *v);
		f->v = v;
		f->room = room;
	}
	va_start(args, text);
	f->v[f->n++] = (struct flaw){ field, arena_vprintf(c->arena, tr(c->lang, text), args) };
	va_end(args);
}

fail flaws_refuse(struct call *c, const struct flaws *f)
{
	return f->n ? problem(c, FAIL_INPUT, f->v[0].field, "%s", f->v[0].text) : FAIL_OK;
}

static bool known(int64_t n)
{
	return n != INT_UNKNOWN;
}

static void check_times(struct call *c, const struct meeting *m, struct flaws *out)
{
	if (moment_is(m->ends_at) && m->ends_at.minutes < m->starts_at.minutes)
		flaw_add(c, out, "ends_at", "the end lies before the start; check both times");
	else if (moment_is(m->ends_at) && m->ends_at.minutes - m->starts_at.minutes > 24 * 60)
		flaw_add(c, out, "ends_at", "the end lies more than a day after the start; check the day");
	if (moment_is(m->scored_at) && m->scored_at.minutes < m->starts_at.minutes)
		flaw_add(c, out, "scored_at", "a meeting cannot be scored before it begins; check the time");
}

/* A part may not be larger than its whole. */
static void check_part(struct call *c, const char *field, int64_t part, int64_t whole, const char *text, struct flaws *out)
{
	if (known(part) && known(whole) && part > whole)
		flaw_add(c, out, field, text, (long long)part, (long long)whole);
}

static void check_sum(struct call *c, const struct meeting *m, struct flaws *out)
{
	int64_t sum = 0;
	bool all = known(m->present) && known(m->excused) && known(m->unexcused);

	if (!known(m->expected))
		return;
	sum += known(m->present) ? m->present : 0;
	sum += known(m->excused) ? m->excused : 0;
	sum += known(m->unexcused) ? m->unexcused : 0;
	if (all ? sum == m->expected : sum <= m->expected)
		return;
	flaw_add(c, out, "expected", "present, excused and unexcused add up to %lld, but %lld were expected; correct the number that is wrong",
	            (long long)sum, (long long)m->expected);
}

void meeting_check(struct call *c, const struct meeting *m, struct flaws *out)
{
	if (m->kind == MEETING_NO_KIND)
		flaw_add(c, out, "kind", "say which kind of meeting it is");
	if (!moment_is(m->starts_at)) {
		flaw_add(c, out, "starts_at", "say on which day and at what time the meeting began");
		return;
	}
	check_times(c, m, out);
	check_sum(c, m, out);
	check_part(c, "official_present", m->official_present, m->present, N_("%lld official members among %lld present cannot be; correct one of the two"),
	           out);
	check_part(c, "speakers", m->speakers, m->present, N_("%lld spoke, but only %lld were present; correct one of the two"), out);
	if (m->thematic && m->kind != MEETING_REGULAR && m->kind != MEETING_THEMATIC)
		flaw_add(c, out, "thematic", "only a regular meeting can have a thematic part; choose the kind “regular” or leave this empty");
	if (!meeting_is_scored_kind(m) && (tenths_is(m->self_points) || tenths_is(m->decided_points)))
		flaw_add(c, out, tenths_is(m->self_points) ? "self_points" : "decided_points",
		            "only regular and thematic meetings are scored; leave the points empty");
}

fail meeting_check_quorum(struct call *c, unsigned kind, int64_t official)
{
	if (kind == MEETING_COMMITTEE || official == INT_UNKNOWN || official >= 3)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "unit_code",
	               "a cell needs at least 3 official members to meet, this one had %lld that day; the committee above moves members here or "
	               "merges the cell",
	               (long long)official);
}

static fail ask_about_month(struct call *c, const struct meeting *m, struct flaws *out)
{
	int64_t regular;

	TRY(db_int(c, &Q_meeting_others_in_month, ARGS(V(m->realm), V(m->unit_id), V(m->month), V(m->id)), 0, &regular));
	if (m->kind == MEETING_REGULAR && regular)
		flaw_add(c, out, "starts_at", "the cell has another regular meeting in this month; is this one extraordinary, or of another month?");
	if (m->kind == MEETING_THEMATIC && !regular)
		flaw_add(c, out, "kind",
		            "a thematic meeting does not take the place of the regular one, and this month has no regular meeting yet");
	return FAIL_OK;
}

fail meeting_questions(struct call *c, const struct meeting *m, const struct voting *v, struct flaws *out)
{
	struct date day = meeting_day(m);

	TRY(ask_about_month(c, m, out));
	if (v->known && known(m->official_present) && m->official_present * 3 < v->base * 2)
		flaw_add(c, out, "official_present", "fewer than two thirds of the official members with a vote came (%lld of %lld); is that right?",
		            (long long)m->official_present, (long long)v->base);
	if (date_is(m->pre_meeting_on) && m->pre_meeting_on.days > day.days)
		flaw_add(c, out, "pre_meeting_on", "the pre-meeting is dated after the meeting; is the day right?");
	if (day.days > c->today.days)
		flaw_add(c, out, "starts_at", "the meeting lies in the future; is the day right?");
	return FAIL_OK;
}
