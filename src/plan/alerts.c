/* alerts.c — months without a regular meeting (V03), quarters without a thematic one (V04), thematic meetings that stand alone (V05). */
#include "plan/alerts.h"

struct list {
	struct call *c;
	struct plan_alerts *out;
	size_t room;
};

static void add(struct list *l, const struct plan_cell *x, struct plan_alert a)
{
	if (l->out->n == l->room) {
		struct plan_alert *old = l->out->v;

		l->room = l->room ? l->room * 2 : 32;
		l->out->v = ARENA_ARRAY(l->c->arena, l->room, struct plan_alert);
		for (size_t i = 0; i < l->out->n; i++)
			l->out->v[i] = old[i];
	}
	a.unit_id = x->unit.id;
	a.unit_name = x->unit.name;
	l->out->v[l->out->n++] = a;
}

static bool has_theme_meeting(const struct plan_cell *x, month_no month)
{
	for (size_t i = 0; i < x->meeting_n; i++)
		if (x->meetings[i].month == month && x->meetings[i].kind == MEETING_THEMATIC && x->meetings[i].state != MEETING_CANCELLED)
			return true;
	return false;
}

static void check_month(struct list *l, const struct plan_cell *x, int year, int i)
{
	struct call *c = l->c;
	month_no month = month_of(year, i + 1), now = date_month(c->today);
	const struct cell_slot *s = &x->slot[i];
	bool held = s->state == SLOT_HELD || s->state == SLOT_LATE, alone = has_theme_meeting(x, month);
	bool none = s->state == SLOT_GONE || s->state == SLOT_CANCELLED || s->state == SLOT_MISSED;
	struct plan_alert a = { .rule = alone ? "V05" : "V03", .period = { month, month }, .closed = month < now };
	const char *when = show_month(c->arena, c->lang, month);

	if (held || s->state == SLOT_NONE || month > now || (!a.closed && !(alone && none)))
		return;
	if (alone)
		a.text = arena_printf(c->arena, tr(c->lang, "%s has a thematic meeting only; it does not take the place of the regular one"), when);
	else if (s->state == SLOT_CANCELLED)
		a.text = arena_printf(c->arena, tr(c->lang, "the meeting of %s was cancelled: the month counts as missed"), when);
	else
		a.text = arena_printf(c->arena, tr(c->lang, "%s has closed without a regular meeting"), when);
	add(l, x, a);
}

static bool existed_all(const struct plan_cell *x, int quarter)
{
	for (int i = quarter * 3; i < quarter * 3 + 3; i++)
		if (x->slot[i].state == SLOT_NONE)
			return false;
	return true;
}

/* The last month of a quarter is the time to ask, its end the time to say so. */
static void check_quarter(struct list *l, const struct plan_cell *x, int year, int q)
{
	struct call *c = l->c;
	struct period p = { month_of(year, q * 3 + 1), month_of(year, q * 3 + 3) };
	bool closed = date_month(c->today) > p.to;
	const char *when = show_period(c->arena, c->lang, p);

	if (x->theme[q] || date_month(c->today) < p.to || !existed_all(x, q) || (!closed && x->theme_planned[q]))
		return;
	const char *text = closed ? tr(c->lang, N_("%s has ended without a thematic meeting"))
	                          : tr(c->lang, N_("%s ends with this month, and no thematic meeting was held or is planned"));

	add(l, x, (struct plan_alert){ .rule = "V04", .period = p, .closed = closed, .text = arena_printf(c->arena, text, when) });
}

void plan_alerts_of(struct call *c, const struct plan_cells *cells, struct plan_alerts *out)
{
	struct list l = { c, out, 0 };

	*out = (struct plan_alerts){ 0 };
	for (size_t i = 0; i < cells->n; i++) {
		const struct plan_cell *x = &cells->v[i];

		if (!x->meeting_n && !x->adopted)
			continue;
		for (int m = 0; m < 12; m++)
			check_month(&l, x, cells->year, m);
		for (int q = 0; q < 4; q++)
			check_quarter(&l, x, cells->year, q);
	}
}

fail plan_alerts_load(struct call *c, int64_t unit_id, struct plan_alerts *out)
{
	month_no now = date_month(c->today);
	struct plan_cells cells;

	/* in January it is the year before that has just closed */
	TRY(plan_cells_load(c, unit_id, now % 12 ? now / 12 : now / 12 - 1, now, false, &cells));
	plan_alerts_of(c, &cells, out);
	return FAIL_OK;
}
