/* home_cell.c — a cell's own: this month's meeting, the month before, sheets, decisions, tasks. */
#include "app/home.h"
#include "meeting/meeting.h"
#include "org/unit.h"
#include "score/score.h"
#include "work/task.h"

static const char *meeting_link(struct call *c, const struct meeting *m)
{
	return arena_printf(c->arena, "/meetings/%lld", (long long)m->id);
}

static const char *meeting_name(struct call *c, const struct meeting *m)
{
	return arena_printf(c->arena, tr(c->lang, "Meeting of %s"), show_date(c->arena, c->lang, meeting_day(m)));
}

static const struct meeting *regular_of(const struct meetings *list, month_no month)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].kind == MEETING_REGULAR && list->v[i].month == month)
			return &list->v[i];
	return NULL;
}

static void this_month(struct call *c, const struct grant *g, const struct meetings *list, bool records, struct home_section *s)
{
	month_no month = date_month(c->today);
	const struct meeting *m = regular_of(list, month);
	const char *when = show_month(c->arena, c->lang, month);

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

static void missing_sheets(struct call *c, const struct meetings *list, struct home_section *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (meeting_is_scored_kind(&list->v[i]) && meeting_state(&list->v[i]) == MEETING_HELD)
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

static void member_lines(struct call *c, const struct meetings *list, struct home_section *s)
{
	for (size_t i = 0; i < list->n && i < 4; i++)
		if (list->v[i].month != date_month(c->today))
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

	TRY(meeting_list(c, &q, &list));
	this_month(c, g, &list, records, s);
	if (records) {
		month_before(c, g, &list, s);
		missing_sheets(c, &list, s);
		TRY(decisions(c, &list, s));
		TRY(late_tasks(c, g, s));
	} else {
		member_lines(c, &list, s);
	}
	s->more_href = arena_printf(c->arena, "/units/%lld/meetings", (long long)g->unit_id);
	s->more = tr(c->lang, "All meetings");
	return FAIL_OK;
}
