/* cells.c — the year of all cells of a committee, from four statements. Alerts are alerts.c. */
#include "plan/cells.h"

#include <stdlib.h>
#include <string.h>

#include "plan_sql.h"

#define M(f, ...) COL(struct cell_meeting, f, __VA_ARGS__)
static const struct field meeting_fields[] = {
	COL(struct cell_meeting, id),           COL(struct cell_meeting, unit_id),
	COL(struct cell_meeting, month),        COL(struct cell_meeting, thematic),
	COL(struct cell_meeting, afterwards),   COL(struct cell_meeting, registered_ms),
	COL(struct cell_meeting, sheets),       M(kind, .words = meeting_kind_words),
	M(state, .words = meeting_state_words), COL(struct cell_meeting, starts_at),
	COL(struct cell_meeting, ends_at),      COL(struct cell_meeting, uploaded_at),
	COL(struct cell_meeting, planned_on),   COL(struct cell_meeting, place),
	COL(struct cell_meeting, topic),        FIELD_END,
};
#undef M
static const struct record meeting_fields_record = { "cell_meeting", sizeof(struct cell_meeting), meeting_fields };

struct named {
	int64_t id;
	const char *name;
};
static const struct field named_fields[] = { COL(struct named, id), COL(struct named, name), FIELD_END };
static const struct record named_record = { "named", sizeof(struct named), named_fields };

struct since {
	int64_t id;
	struct date since;
};
static const struct field since_fields[] = { COL(struct since, id), COL(struct since, since), FIELD_END };
static const struct record since_record = { "since", sizeof(struct since), since_fields };

const char *registration_name(enum lang lang, enum cell_registration r)
{
	static const char *const names[] = { N_("not registered"), N_("registered in time"), N_("registered late"), N_("held") };

	return tr(lang, names[r]);
}

/* ---- which cells ---- */

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct plan_cell *)a)->unit.code, ((const struct plan_cell *)b)->unit.code);
}

static bool has_cells(const struct units *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].parent_id == id)
			return true;
	return false;
}

static fail find_cells(struct call *c, struct plan_cells *out)
{
	struct units cells, bodies;

	TRY(org_below(c, out->unit.id, c->today, LEVEL_CELL, &cells));
	TRY(org_below(c, out->unit.id, c->today, LEVEL_GRASSROOTS, &bodies));
	out->all = cells.n;
	if (cells.n > CELLS_MOST || bodies.n > CELLS_MOST)
		return FAIL_OK;
	out->v = ARENA_ARRAY(c->arena, cells.n + bodies.n + 1, struct plan_cell);
	for (size_t i = 0; i < cells.n; i++)
		out->v[out->n++].unit = cells.v[i];
	for (size_t i = 0; i < bodies.n; i++)
		if (!has_cells(&cells, bodies.v[i].id))
			out->v[out->n++].unit = bodies.v[i];
	out->all = out->n;
	qsort(out->v, out->n, sizeof *out->v, by_code);
	return FAIL_OK;
}

static struct plan_cell *cell_of(struct plan_cells *cells, int64_t unit_id)
{
	for (size_t i = 0; i < cells->n; i++)
		if (cells->v[i].unit.id == unit_id)
			return &cells->v[i];
	return NULL;
}

/* ---- their months ---- */

static enum slot_state state_of(const struct call *c, const struct cell_meeting *m)
{
	if (m->state == MEETING_CANCELLED)
		return SLOT_CANCELLED;
	if (meeting_was_held(m->state))
		return date_is(m->planned_on) && moment_date(m->starts_at).days > m->planned_on.days ? SLOT_LATE : SLOT_HELD;
	if (m->month < date_month(c->today))
		return SLOT_MISSED;
	return m->state == MEETING_PLANNED ? SLOT_PLANNED : SLOT_REGISTERED;
}

/* On its first day: a month that the cell did not see whole is not due. */
static bool existed_in(const struct plan_cell *x, month_no month)
{
	return x->since.days <= month_first(month).days && x->unit.valid_to.days >= month_last(month).days;
}

static void fill_months(const struct call *c, const struct plan_cells *cells, struct plan_cell *x)
{
	month_no first = month_of(cells->year, 1), now = date_month(c->today);

	for (int i = 0; i < 12; i++) {
		struct cell_slot *s = &x->slot[i];
		bool held;

		if (s->meeting)
			s->state = state_of(c, s->meeting);
		else if (!existed_in(x, first + i))
			s->state = SLOT_NONE;
		else
			s->state = first + i < now ? SLOT_MISSED : SLOT_GONE;
		held = s->state == SLOT_HELD || s->state == SLOT_LATE;
		if (s->state == SLOT_NONE || (first + i >= now && !held))
			continue;
		x->due++;
		x->held += held;
		x->late += s->state == SLOT_LATE;
		x->exception |= !held;
	}
}

static void take_meeting(const struct plan_cells *cells, struct plan_cell *x, const struct cell_meeting *m)
{
	int i = (int)(m->month - month_of(cells->year, 1));
	bool theme = m->kind == MEETING_THEMATIC || m->thematic == 1;

	if (i < 0 || i > 11)
		return;
	if (theme && m->state != MEETING_CANCELLED)
		*(meeting_was_held(m->state) ? &x->theme[i / 3] : &x->theme_planned[i / 3]) = true;
	if (m->kind == MEETING_REGULAR)
		x->slot[i].meeting = m;
}

/* By the 20th of the month before. */
static enum cell_registration registration_of(const struct call *c, const struct cell_meeting *m, month_no month)
{
	struct date limit = { month_first(month - 1).days + REGISTER_BY_DAY - 1 };

	(void)c;
	if (!m || m->state == MEETING_PLANNED || m->state == MEETING_CANCELLED)
		return REGISTRATION_NONE;
	if (meeting_was_held(m->state))
		return REGISTRATION_HELD;
	if (m->registered_ms == INT_UNKNOWN)
		return REGISTRATION_IN_TIME;
	return moment_date(call_local(m->registered_ms)).days > limit.days ? REGISTRATION_LATE : REGISTRATION_IN_TIME;
}

static fail load_meetings(struct call *c, struct plan_cells *out)
{
	month_no first = month_of(out->year, 1), last = out->month > first + 11 ? out->month : first + 11;
	struct cell_meeting *v;
	size_t n;

	TRY(db_all(c, &Q_plan_cell_meetings, ARGS(V(out->unit.id), V(c->today), V(first < out->month ? first : out->month), V(last)),
	           &meeting_fields_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct plan_cell *x = cell_of(out, v[i].unit_id);

		if (!x)
			continue;
		if (!x->meeting_n++)
			x->meetings = &v[i];
		if (v[i].kind == MEETING_REGULAR && v[i].month == out->month)
			x->registered = &v[i];
		take_meeting(out, x, &v[i]);
	}
	return FAIL_OK;
}

static fail load_plans(struct call *c, struct plan_cells *out)
{
	struct plan *plans;
	struct named *secretaries;
	struct since *since;
	size_t n, m, k;

	TRY(db_all(c, &Q_plan_below, ARGS(V(out->unit.id), V(c->today), V(out->year)), &plan_record, &plans, &n));
	TRY(db_all(c, &Q_plan_secretaries, ARGS(V(out->unit.id), V(c->today)), &named_record, &secretaries, &m));
	TRY(db_all(c, &Q_plan_since, ARGS(V(out->unit.id), V(c->today)), &since_record, &since, &k));
	for (size_t i = 0; i < out->n; i++)
		out->v[i].secretary = "";
	for (size_t i = 0; i < n; i++) {
		struct plan_cell *x = cell_of(out, plans[i].unit_id);

		if (x) {
			x->adopted = date_is(plans[i].adopted_on);
			x->proposed = !x->adopted;
		}
	}
	for (size_t i = 0; i < k; i++) {
		struct plan_cell *x = cell_of(out, since[i].id);

		if (x)
			x->since = since[i].since;
	}
	for (size_t i = 0; i < m; i++) {
		struct plan_cell *x = cell_of(out, secretaries[i].id);

		if (x)
			x->secretary = secretaries[i].name;
	}
	return FAIL_OK;
}

/* ---- sums ---- */

static void sum_up(const struct call *c, struct plan_cells *out)
{
	struct date limit = { month_first(out->month - 1).days + REGISTER_BY_DAY - 1 };

	for (size_t i = 0; i < out->n; i++) {
		struct plan_cell *x = &out->v[i];

		fill_months(c, out, x);
		x->registration = registration_of(c, x->registered, out->month);
		x->exception |=
		    !x->adopted || x->registration == REGISTRATION_LATE || (x->registration == REGISTRATION_NONE && c->today.days > limit.days);
		out->with_plan += x->adopted;
		out->in_time += x->registration == REGISTRATION_IN_TIME || x->registration == REGISTRATION_HELD;
		out->late += x->registration == REGISTRATION_LATE;
		out->not_registered += x->registration == REGISTRATION_NONE;
		out->due += x->due;
		out->held += x->held;
		out->held_late += x->late;
	}
}

static int exceptions_before(const void *a, const void *b)
{
	const struct plan_cell *x = a, *y = b;

	return x->exception != y->exception ? y->exception - x->exception : by_code(a, b);
}

fail plan_cells_load(struct call *c, int64_t unit_id, int year, month_no month, bool exceptions_first, struct plan_cells *out)
{
	*out = (struct plan_cells){ .year = year, .month = month };
	if (year < 2000 || year > 2100)
		return problem(c, FAIL_INPUT, "year", "%d is no year of a plan; give one such as 2026", year);
	TRY(org_unit_nearest(c, unit_id, c->today, &out->unit));
	TRY(find_cells(c, out));
	if (!out->n)
		return FAIL_OK;
	TRY(load_meetings(c, out));
	TRY(load_plans(c, out));
	sum_up(c, out);
	if (exceptions_first)
		qsort(out->v, out->n, sizeof *out->v, exceptions_before);
	return FAIL_OK;
}

/* ---- units with very many cells ---- */

struct counts {
	int64_t cells, with_plan;
};
static const struct field counts_fields[] = { COL(struct counts, cells), COL(struct counts, with_plan), FIELD_END };
static const struct record counts_record = { "counts", sizeof(struct counts), counts_fields };

fail plan_children(struct call *c, int64_t unit_id, int year, struct plan_child **out, size_t *n)
{
	struct units kids;
	struct unit unit;

	TRY(org_unit_nearest(c, unit_id, c->today, &unit));
	TRY(org_children(c, unit_id, c->today, &kids));
	*out = ARENA_ARRAY(c->arena, kids.n + 1, struct plan_child);
	for (*n = 0; *n < kids.n; ++*n) {
		struct plan_child *x = &(*out)[*n];
		struct counts k = { INT_UNKNOWN, INT_UNKNOWN };

		if (unit.level != LEVEL_CENTRE) /* counting a nation cell by cell is not for a page */
			TRY(db_one(c, &Q_plan_counts, ARGS(V(kids.v[*n].id), V(c->today), V(year)), &counts_record, &k));
		*x = (struct plan_child){ kids.v[*n].id, kids.v[*n].name, k.cells, k.with_plan };
	}
	return FAIL_OK;
}

static fail propose_body(struct call *c, void *arg)
{
	struct proposing *p = arg;
	struct plan_cells cells;

	p->made = 0;
	TRY(plan_cells_load(c, p->unit_id, p->year, date_month(c->today), false, &cells));
	if (!cells.n)
		return problem(c, FAIL_INPUT, "unit", "%s has too many cells, or none, for one action; propose plans committee by committee",
		               cells.unit.name);
	for (size_t i = 0; i < cells.n; i++) {
		bool made;

		TRY(plan_propose(c, cells.v[i].unit.id, p->year, cells.unit.name, &made));
		p->made += made;
	}
	return FAIL_OK;
}

fail plan_propose_all(struct call *c, struct proposing *p)
{
	return db_write(c, propose_body, p);
}
