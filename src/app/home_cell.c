/* home_cell.c — a cell's own: this month's meeting, the month before, sheets, decisions, tasks. */
#include "app/home.h"
#include "meeting/progress.h"
#include "org/unit.h"
#include "score/score.h"
#include "score/task_list.h"
#include "work/remind.h"

static const char *meeting_link(struct call *c, const struct meeting *m)
{
	return arena_printf(c->arena, "/meetings/%lld", (long long)m->id);
}

static const char *meeting_name(struct call *c, const struct meeting *m)
{
	return arena_printf(c->arena, tr(c->lang, "Meeting of %s"), show_date(c->arena, c->lang, meeting_day(m)));
}

/* The regular meeting of a month, held ones first; NULL: none, or cancelled. */
static const struct meeting *regular_of(const struct meetings *list, month_no month)
{
	const struct meeting *coming = NULL;

	for (size_t i = 0; i < list->n; i++) {
		const struct meeting *m = &list->v[i];

		if (m->kind != MEETING_REGULAR || m->month != month || m->state == MEETING_CANCELLED)
			continue;
		if (meeting_was_held(m->state))
			return m;
		coming = m;
	}
	return coming;
}

/* ---- what comes next ---- */

static const char *when_and_where(struct call *c, const struct meeting *m)
{
	const char *when = show_moment(c->arena, c->lang, m->starts_at);

	return *m->place ? arena_printf(c->arena, "%s, %s", when, m->place) : when;
}

static fail next_for_member(struct call *c, const struct meeting *next, struct home_section *s)
{
	struct meeting_progress p;

	TRY(meeting_progress_of(c, next, &p));
	home_step(c, s, STEP_NEXT, meeting_link(c, next), meeting_name(c, next),
	          p.papers ? arena_printf(c->arena, tr(c->lang, "%s. Papers to read: %s"), when_and_where(c, next), show_int(c->arena, c->lang, p.papers)) :
	                     when_and_where(c, next));
	return FAIL_OK;
}

/* The one meeting that waits, and what it waits for. */
static fail next_meeting(struct call *c, const struct meeting *next, bool records, struct home_section *s)
{
	struct step step = task_list_next(c, next);
	const char *clock = task_list_upload_clock(c, next);

	if (!records)
		return meeting_was_held(next->state) ? FAIL_OK : next_for_member(c, next, s);
	if (step.title)
		home_step(c, s, STEP_NEXT, meeting_link(c, next), step.title,
		          arena_printf(c->arena, "%s%s%s", when_and_where(c, next), clock ? ". " : "", clock ? clock : ""));
	return FAIL_OK;
}

/* Nothing stands in the calendar for next month: by the 20th its day is registered. */
static fail register_next(struct call *c, const struct grant *g, struct home_section *s)
{
	month_no month = date_month(c->today) + 1;
	struct date until = { month_first(month - 1).days + REGISTER_BY_DAY - 1 };
	struct meetings list;

	TRY(meetings_in_month(c, g->unit_id, MEETING_REGULAR, month, &list));
	if (list.n && list.v[0].state != MEETING_PLANNED)
		return FAIL_OK;
	home_step(c, s, STEP_NEXT, arena_printf(c->arena, "/units/%lld/meetings/register", (long long)g->unit_id),
	          arena_printf(c->arena, tr(c->lang, "Register day and place for %s"), show_month(c->arena, c->lang, month)),
	          arena_printf(c->arena, tr(c->lang, c->today.days > until.days ? N_("was to be done by %s") : N_("the last day is %s")), show_date(c->arena, c->lang, until)));
	return FAIL_OK;
}

static void this_month(struct call *c, const struct grant *g, const struct meetings *list, bool records, struct home_section *s)
{
	month_no month = date_month(c->today);
	const struct meeting *m = regular_of(list, month);
	const char *when = show_month(c->arena, c->lang, month);

	if (m && !meeting_was_held(m->state))
		return;
	if (m)
		home_step(c, s, STEP_DONE, meeting_link(c, m), meeting_name(c, m), arena_printf(c->arena, tr(c->lang, "the regular meeting of %s is recorded"), when));
	else
		home_step(c, s, STEP_NEXT, records ? arena_printf(c->arena, "/units/%lld/meetings/new", (long long)g->unit_id) : NULL,
		          arena_printf(c->arena, tr(c->lang, "Regular meeting of %s"), when),
		          records ? tr(c->lang, "not recorded yet: record it as soon as it was held") : tr(c->lang, "not recorded yet"));
}

/* The month before without a meeting is a question, not a reproach: it may not have been due. */
static void month_before(struct call *c, const struct grant *g, const struct meetings *list, struct home_section *s)
{
	month_no month = date_month(c->today) - 1;

	if (!regular_of(list, month))
		home_step(c, s, STEP_NEXT, arena_printf(c->arena, "/units/%lld/meetings/new", (long long)g->unit_id),
		          arena_printf(c->arena, tr(c->lang, "Regular meeting of %s"), show_month(c->arena, c->lang, month)),
		          tr(c->lang, "nothing is recorded: was it held?"));
}

static void missing_sheets(struct call *c, const struct meetings *list, int64_t but, struct home_section *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (meeting_is_scored_kind(&list->v[i]) && list->v[i].state == MEETING_HELD && list->v[i].id != but)
			home_step(c, s, STEP_NEXT, meeting_link(c, &list->v[i]), meeting_name(c, &list->v[i]), tr(c->lang, "held, but not scored yet"));
}

static fail decisions(struct call *c, const struct meetings *list, struct home_section *s)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct meeting *m = &list->v[i];
		struct score_sheet sheet;

		if (meeting_state(m) != MEETING_DECIDED || m->decided_points.t == m->self_points.t)
			continue;
		TRY(score_latest(c, m, STAGE_DECIDED, &sheet));
		home_step(c, s, STEP_DONE, meeting_link(c, m), meeting_name(c, m),
		          arena_printf(c->arena, tr(c->lang, "decided differently: %1$s instead of %2$s. %3$s"),
		                       show_tenths(c->arena, c->lang, m->decided_points), show_tenths(c->arena, c->lang, m->self_points),
		                       sheet.reason ? sheet.reason : ""));
	}
	return FAIL_OK;
}

static fail late_tasks(struct call *c, const struct grant *g, struct home_section *s)
{
	struct tasks open;
	size_t shown = 0;
	int64_t realm;

	TRY(org_realm(c, g->unit_id, &realm));
	TRY(tasks_open(c, realm, g->unit_id, &open));
	for (size_t i = 0; i < open.n && shown < HOME_SHOWN; i++) {
		enum task_state state = task_state(&open.v[i], c->today);
		bool soon = date_is(open.v[i].due_on) && open.v[i].due_on.days <= c->today.days + 14;

		if (!soon)
			continue;
		home_step(c, s, STEP_TODO, arena_printf(c->arena, "/tasks/%lld", (long long)open.v[i].id), open.v[i].title,
		          arena_printf(c->arena, "%s, %s", task_state_name(c->lang, state), show_date(c->arena, c->lang, open.v[i].due_on)));
		shown++;
	}
	return FAIL_OK;
}

/* V18: for the secretary's eyes alone, without any consequence here. */
static fail long_missing(struct call *c, const struct grant *g, struct home_section *s)
{
	struct missing_people p;
	int64_t realm;

	if (!may_see_missing(c, g->unit_id))
		return FAIL_OK;
	TRY(org_realm(c, g->unit_id, &realm));
	TRY(attendance_missing(c, realm, g->unit_id, c->today, &p));
	for (size_t i = 0; i < p.n && i < HOME_SHOWN; i++)
		home_step(c, s, STEP_TODO, arena_printf(c->arena, "/units/%lld/reports/R11", (long long)g->unit_id), p.v[i].full_name,
		          arena_printf(c->arena, tr(c->lang, "%s months this year without attending and without reason: a matter for the cell to consider"),
		                       show_int(c->arena, c->lang, p.v[i].months)));
	return FAIL_OK;
}

static void member_lines(struct call *c, const struct meetings *list, struct home_section *s)
{
	for (size_t i = 0; i < list->n && i < 4; i++)
		if (list->v[i].month != date_month(c->today) && meeting_was_held(list->v[i].state))
			home_step(c, s, STEP_DONE, meeting_link(c, &list->v[i]), meeting_name(c, &list->v[i]),
			          list->v[i].class ? grade_title((enum grade)list->v[i].class, c->lang) : tr(c->lang, "not scored yet"));
}

fail home_cell(struct call *c, const struct grant *g, struct home_view *v)
{
	month_no now = date_month(c->today);
	struct meeting_list_query q = { .unit_id = g->unit_id, .period = { now - 2, now }, .today = c->today, .before = MOMENT_NONE, .limit = 20 };
	bool records = role_allows(g->role, MAY_RECORD);
	struct home_section *s = home_section(c, v, g->unit_name);
	struct meetings list;
	struct meeting next;

	TRY(meeting_list(c, &q, &list));
	TRY(meeting_next(c, g->unit_id, &next));
	if (next.id)
		TRY(next_meeting(c, &next, records, s));
	this_month(c, g, &list, records, s);
	if (records) {
		TRY(register_next(c, g, s));
		month_before(c, g, &list, s);
		missing_sheets(c, &list, next.id, s);
		TRY(decisions(c, &list, s));
		TRY(late_tasks(c, g, s));
		TRY(long_missing(c, g, s));
		TRY(home_plan_cell(c, g, s));
		TRY(home_year_cell(c, g, s));
		TRY(home_registers_cell(c, g, s));
	} else {
		member_lines(c, &list, s);
	}
	TRY(home_year_member(c, g, s));
	s->more_href = arena_printf(c->arena, "/units/%lld/meetings", (long long)g->unit_id);
	s->more = tr(c->lang, "All meetings");
	s->also_href = arena_printf(c->arena, "/units/%lld/year", (long long)g->unit_id);
	s->also = tr(c->lang, "The year of the cell");
	return FAIL_OK;
}
