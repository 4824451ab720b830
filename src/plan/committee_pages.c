/* committee_pages.c — for the committee: the year of all its cells, one row each; proposing plans; the fixed day. */
#include "plan/plan_pages.h"

#include <string.h>

#include "db/db.h"
#include "plan/pages.h"
#include "plan_views.h"

enum { ALERTS_SHOWN = 20 };

struct overview {
	const struct req *rq;
	int64_t unit_id;
	int year;
	struct plan_cells cells;
	struct plan_alerts alerts;
	struct fixed_day fixed;
	struct plan_child *children;
	size_t child_n;
	bool may_decide, may_fix;
};

static fail overview_load(struct call *c, void *arg)
{
	struct overview *d = arg;
	month_no now = date_month(c->today);

	TRY(unit_of_path(c, d->rq, &d->unit_id));
	TRY(plan_page_year(c, d->rq, &d->year));
	TRY(plan_cells_load(c, d->unit_id, d->year, now + 1, true, &d->cells));
	d->children = NULL;
	if (d->cells.all > CELLS_MOST)
		TRY(plan_children(c, d->unit_id, d->year, &d->children, &d->child_n));
	plan_alerts_of(c, &d->cells, &d->alerts);
	d->may_decide = call_may(c, MAY_DECIDE, d->unit_id);
	d->may_fix = call_may(c, MAY_RECORD, d->unit_id);
	return plan_fixed_day(c, &d->cells.unit, c->today, &d->fixed);
}

static const char *mark_word(struct call *c, const struct cell_slot *s)
{
	if (s->state == SLOT_GONE)
		return tr(c->lang, N_("not planned"));
	return s->state == SLOT_REGISTERED ? meeting_state_name(c->lang, s->meeting->state) : slot_name(c->lang, s->state);
}

static struct cell_line cell_line(struct call *c, const struct overview *d, const struct plan_cell *x)
{
	struct cell_line l = { .name = x->unit.name,
		                   .href = plan_page_path(c, x->unit.id, "/plan?year=%d", d->year),
		                   .exception = x->exception,
		                   .secretary = x->secretary };

	l.plan = x->adopted    ? tr(c->lang, N_("plan adopted"))
	         : x->proposed ? tr(c->lang, N_("plan proposed, not adopted"))
	                       : tr(c->lang, N_("no plan"));
	l.summary = arena_printf(c->arena, tr(c->lang, "held %1$s of %2$s, late %3$s"), show_int(c->arena, c->lang, x->held),
	                         show_int(c->arena, c->lang, x->due), show_int(c->arena, c->lang, x->late));
	l.registration =
	    arena_printf(c->arena, "%s: %s", show_month(c->arena, c->lang, d->cells.month), registration_name(c->lang, x->registration));
	for (int i = 0; i < 12; i++)
		l.strip[i] = (struct mark){ arena_printf(c->arena, "%d", i + 1), slot_shape(x->slot[i].state),
			                        arena_printf(c->arena, "%s: %s", show_month(c->arena, c->lang, month_of(d->year, i + 1)),
			                                     mark_word(c, &x->slot[i])),
			                        slot_words[x->slot[i].state] };
	return l;
}

static void legend(struct call *c, struct overview_view *v)
{
	static const enum slot_state shown[] = { SLOT_HELD, SLOT_LATE, SLOT_REGISTERED, SLOT_PLANNED, SLOT_MISSED, SLOT_CANCELLED };

	v->legend = ARENA_ARRAY(c->arena, 6, struct mark);
	for (size_t i = 0; i < 6; i++)
		v->legend[v->legend_n++] = (struct mark){ NULL, slot_shape(shown[i]), slot_name(c->lang, shown[i]), slot_words[shown[i]] };
}

static const char *registered_words(struct call *c, const struct plan_cells *k)
{
	int year, month, day;
	struct date by = { month_first(k->month - 1).days + REGISTER_BY_DAY - 1 };

	date_split(by, &year, &month, &day);
	return arena_printf(c->arena, tr(c->lang, "For %1$s (to be registered by %2$s): %3$s in time, %4$s late, %5$s not yet."),
	                    show_month(c->arena, c->lang, k->month), show_date(c->arena, c->lang, by),
	                    show_int(c->arena, c->lang, (int64_t)k->in_time), show_int(c->arena, c->lang, (int64_t)k->late),
	                    show_int(c->arena, c->lang, (int64_t)k->not_registered));
}

static const char *of(struct call *c, int64_t n, int64_t all)
{
	return arena_printf(c->arena, "%s\u00a0/\u00a0%s", show_int(c->arena, c->lang, n), show_int(c->arena, c->lang, all));
}

static int64_t without_plan(const struct plan_cells *k)
{
	int64_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		n += !k->v[i].adopted && !k->v[i].proposed;
	return n;
}

static void fill_numbers(struct call *c, const struct overview *d, struct overview_view *v)
{
	const struct plan_cells *k = &d->cells;
	int64_t without = without_plan(k);

	v->plans = of(c, (int64_t)k->with_plan, (int64_t)k->n);
	v->held =
	    arena_printf(c->arena, tr(c->lang, "%1$s, of these late: %2$s"), of(c, k->held, k->due), show_int(c->arena, c->lang, k->held_late));
	v->registered = registered_words(c, k);
	v->may_propose = d->may_decide && without > 0;
	v->propose = arena_printf(c->arena, tr(c->lang, "Propose a plan to the %s cells that have none"), show_int(c->arena, c->lang, without));
}

static void overview_write(struct call *c, const struct req *rq, struct res *rs, struct overview *d, struct overview_view *v)
{
	char month[MONTH_TEXT];
	struct page pg;

	month_format(d->cells.month, month);
	v->cells = &d->cells;
	v->title = arena_printf(c->arena, tr(c->lang, "Plans of the cells, %d"), d->year);
	v->action = plan_page_path(c, d->unit_id, "/plan-overview");
	v->years = plan_page_years(c, d->unit_id, "/plan-overview", d->year);
	v->alerts = plan_alert_lines(c, &d->alerts, ALERTS_SHOWN);
	v->more_alerts = d->alerts.n > v->alerts.n ? d->alerts.n - v->alerts.n : 0;
	v->children = d->children;
	v->child_n = d->child_n;
	v->may_fix = d->may_fix && d->cells.unit.level != LEVEL_CELL;
	v->fixed_words = plan_page_fixed(c, &d->fixed, d->unit_id);
	v->fixed_value = d->fixed.unit_id == d->unit_id ? arena_printf(c->arena, "%d", d->fixed.day) : "";
	if (d->cells.n && call_may(c, MAY_SEE_MEMBERS, d->unit_id)) {
		v->schedule_href = plan_page_path(c, d->unit_id, "/schedule?month=%s", month);
		v->schedule_text = arena_printf(c->arena, tr(c->lang, "Schedule notice for %s"), show_month(c->arena, c->lang, d->cells.month));
	}
	fill_numbers(c, d, v);
	legend(c, v);
	v->v = ARENA_ARRAY(c->arena, d->cells.n + 1, struct cell_line);
	for (; v->n < d->cells.n; v->n++)
		v->v[v->n] = cell_line(c, d, &d->cells.v[v->n]);
	plan_page_begin(c, rq, rs, &pg, &d->cells.unit, NULL, NULL, v->title);
	pg.wide = true;
	view_plan_overview(&rs->body, &pg, v);
}

static void cell_json(struct json *j, const struct plan_cell *x)
{
	json_object(j);
	json_put_str(j, "unit", x->unit.code);
	json_put_str(j, "name", x->unit.name);
	json_put_str(j, "plan", x->adopted ? "adopted" : x->proposed ? "proposed" : "none");
	json_put_int(j, "due", x->due);
	json_put_int(j, "held", x->held);
	json_put_int(j, "late", x->late);
	json_put_str(j, "registration",
	             x->registration == REGISTRATION_IN_TIME ? "in_time"
	             : x->registration == REGISTRATION_LATE  ? "late"
	             : x->registration == REGISTRATION_HELD  ? "held"
	                                                     : "none");
	json_key(j, "months");
	json_array(j);
	for (int i = 0; i < 12; i++)
		json_str(j, slot_words[x->slot[i].state]);
	json_array_end(j);
	json_object_end(j);
}

static void alerts_json(struct json *j, const struct plan_alerts *a)
{
	char period[PERIOD_TEXT];

	json_key(j, "alerts");
	json_array(j);
	for (size_t i = 0; i < a->n; i++) {
		period_format(a->v[i].period, period);
		json_object(j);
		json_put_str(j, "rule", a->v[i].rule);
		json_put_int(j, "unit_id", a->v[i].unit_id);
		json_put_str(j, "name", a->v[i].unit_name);
		json_put_str(j, "period", period);
		json_put_bool(j, "closed", a->v[i].closed);
		json_put_str(j, "text", a->v[i].text);
		json_object_end(j);
	}
	json_array_end(j);
}

static void overview_json(struct res *rs, const struct overview *d)
{
	const struct plan_cells *k = &d->cells;
	char month[MONTH_TEXT];
	struct json j;

	month_format(k->month, month);
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", k->unit.code);
	json_put_int(&j, "year", k->year);
	json_put_int(&j, "cells_all", (int64_t)k->all);
	json_put_int(&j, "with_plan", (int64_t)k->with_plan);
	json_put_int(&j, "due", k->due);
	json_put_int(&j, "held", k->held);
	json_put_int(&j, "late", k->held_late);
	json_put_str(&j, "next_month", month);
	json_key(&j, "cells");
	json_array(&j);
	for (size_t i = 0; i < k->n; i++)
		cell_json(&j, &k->v[i]);
	json_array_end(&j);
	alerts_json(&j, &d->alerts);
	json_object_end(&j);
}

static fail overview_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct overview d = { .rq = rq };
	struct overview_view v = { 0 };

	TRY(overview_load(c, &d));
	if (!call_may(c, MAY_SEE_MEMBERS, d.unit_id))
		for (size_t i = 0; i < d.cells.n; i++)
			d.cells.v[i].secretary = "";
	if (req_wants_json(rq)) {
		overview_json(rs, &d);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	overview_write(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail propose_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct proposing p = { 0 };

	TRY(unit_of_path(c, rq, &p.unit_id));
	TRY(plan_page_year(c, rq, &p.year));
	TRY(plan_propose_all(c, &p));
	return plan_page_done(c, rq, rs, plan_page_path(c, p.unit_id, "/plan-overview?year=%d", p.year),
	                      p.made ? arena_printf(c->arena, tr(c->lang, "Plans proposed to %s cells; each adopts its own."),
	                                            show_int(c->arena, c->lang, p.made))
	                             : tr(c->lang, "Every cell has a plan or a proposal already."),
	                      NULL);
}

static fail fixed_day(struct call *c, const struct req *rq, struct res *rs, const char *section)
{
	const char *text = req_form(rq, "fixed_day");
	int64_t unit_id, day = 0;
	int year;

	TRY(unit_of_path(c, rq, &unit_id));
	TRY(plan_page_year(c, rq, &year));
	text = text ? text_clean(c->arena, text) : "";
	if (*text && (!int_parse(text, &day) || day < 1))
		return problem(c, FAIL_INPUT, "fixed_day", "the fixed day is a day of the month from 1 to 31");
	TRY(plan_fixed_day_put(c, unit_id, day));
	return plan_page_done(c, rq, rs, plan_page_path(c, unit_id, "%s?year=%d", section, year),
	                      tr(c->lang, "Fixed day saved; plans that were adopted stay as they are."), NULL);
}

static fail cell_day_post(struct call *c, const struct req *rq, struct res *rs)
{
	return fixed_day(c, rq, rs, "/plan");
}

static fail committee_day_post(struct call *c, const struct req *rq, struct res *rs)
{
	return fixed_day(c, rq, rs, "/plan-overview");
}

static const struct query_param year_param[] = { { "year", N_("the year, such as 2026; this year if not given") }, { NULL, NULL } };
const struct route plan_committee_routes[] = {
	{ GET, "/units/:unit/plan-overview", MAY_SEE, unit_of_path, overview_show, 0,
	  N_("Plans and meetings of the year of all cells below a unit"), .query = year_param },
	{ POST, "/units/:unit/plan-overview/propose", MAY_DECIDE, unit_of_path, propose_post, 0,
	  N_("Proposes a plan to every cell that has none: year") },
	{ POST, "/units/:unit/plan-overview/fixed-day", MAY_RECORD, unit_of_path, committee_day_post, 0,
	  N_("Sets the fixed day of the month for all cells below: fixed_day from 1 to 31, or empty") },
	{ POST, "/units/:unit/plan/fixed-day", MAY_RECORD, unit_of_path, cell_day_post, 0,
	  N_("Sets the fixed day of the month of a cell: fixed_day from 1 to 31, or empty") },
	{ HTTP_NONE },
};
