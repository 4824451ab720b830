/* home_plan.c — of the year plans: a plan that is still to be adopted, and what V03 to V05 ask about. */
#include "app/home.h"
#include "plan/alerts.h"

static const char *plan_link(struct call *c, int64_t unit_id, const char *page, int year)
{
	return arena_printf(c->arena, "/units/%lld/%s?year=%d", (long long)unit_id, page, year);
}

static void alert_step(struct call *c, struct home_section *s, const struct plan_alert *a, const char *title)
{
	home_step(c, s, a->closed ? STEP_TODO : STEP_NEXT, plan_link(c, a->unit_id, "plan", a->period.to / 12), title,
	          arena_printf(c->arena, "%s: %s", a->rule, a->text));
}

/* From December on it is the plan of the next year that is asked for. */
fail home_plan_cell(struct call *c, const struct grant *g, struct home_section *s)
{
	month_no now = date_month(c->today);
	int year = now % 12 == 11 ? now / 12 + 1 : now / 12;
	struct plan_alerts alerts;
	struct plan p;
	int64_t realm;

	TRY(org_realm(c, g->unit_id, &realm));
	TRY(plan_get(c, realm, g->unit_id, year, &p));
	if (!date_is(p.adopted_on))
		home_step(c, s, STEP_TODO, plan_link(c, g->unit_id, "plan", year), arena_printf(c->arena, tr(c->lang, "Plan of %d"), year),
		          *p.proposed_by ? arena_printf(c->arena, tr(c->lang, "proposed by %s, not adopted yet"), p.proposed_by)
		                         : tr(c->lang, "not adopted yet"));
	TRY(plan_alerts_load(c, g->unit_id, &alerts));
	for (size_t i = 0; i < alerts.n && i < HOME_SHOWN; i++)
		if (!alerts.v[i].closed || alerts.v[i].period.to >= now - 3)
			alert_step(c, s, &alerts.v[i], tr(c->lang, "Asks for a look"));
	return FAIL_OK;
}

/* Newest first: what can still be put right stands before what is past. */
fail home_plan_officer(struct call *c, const struct grant *g, struct home_view *v)
{
	month_no now = date_month(c->today);
	struct plan_cells cells;
	struct plan_alerts alerts;
	struct unit u;
	size_t shown = 0;

	TRY(org_unit_nearest(c, g->unit_id, c->today, &u));
	if (u.level < LEVEL_COMMUNE)
		return FAIL_OK;
	TRY(plan_cells_load(c, g->unit_id, now / 12, now + 1, false, &cells));
	plan_alerts_of(c, &cells, &alerts);
	if (!cells.n || (!alerts.n && cells.with_plan == cells.n))
		return FAIL_OK;
	struct home_section *s = home_section(c, v, tr(c->lang, "Plans of the cells"));

	if (cells.with_plan < cells.n)
		home_step(c, s, STEP_TODO, plan_link(c, g->unit_id, "plan-overview", now / 12),
		          arena_printf(c->arena, tr(c->lang, "%s cells without an adopted plan"),
		                       show_int(c->arena, c->lang, (int64_t)(cells.n - cells.with_plan))),
		          NULL);
	for (size_t i = alerts.n; i > 0 && shown < HOME_SHOWN; i--)
		if (!alerts.v[i - 1].closed || alerts.v[i - 1].period.to >= now - 1) {
			alert_step(c, s, &alerts.v[i - 1], alerts.v[i - 1].unit_name);
			shown++;
		}
	s->more_href = plan_link(c, g->unit_id, "plan-overview", now / 12);
	s->more = tr(c->lang, "The year of all cells");
	return FAIL_OK;
}
