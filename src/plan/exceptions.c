/* exceptions.c — R09: what is missing where, from the counters first and the meetings themselves second, so that a province is quickly
 * looked through. */
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "org/post.h"
#include "plan/cells.h"
#include "plan/reports.h"
#include "plan_sql.h"
#include "rollup/memory.h"

enum { PLANS_MOST = 1000 }; /* cells without a plan that are named one by one */

enum exception_kind { X_NONE, X_NO_MEETING, X_CANCELLED, X_NOT_HELD, X_NOT_SCORED, X_NOT_CLOSED, X_NOT_REPORTED };
static const struct {
	const char *word, *text;
} kinds[] = {
	{ "", "" },
	{ "no_meeting", N_("no regular meeting") },
	{ "cancelled", N_("cancelled: the month counts as missed") },
	{ "planned_not_held", N_("planned, the day has passed, not held") },
	{ "not_scored", N_("held, not scored") },
	{ "not_closed", N_("held, minutes not signed") },
	{ "not_reported", N_("held, papers not uploaded") },
};

/* Something that may be missing, as far as the counters know. */
struct suspect {
	int64_t realm, unit_id, parent_id;
	const char *code, *name, *parent;
	month_no month;
	bool held, scored, reported;
};
struct cell_here {
	int64_t realm, unit_id, parent_id;
	const char *code, *name, *parent;
};

struct found_meeting {
	int64_t id, month, afterwards;
	unsigned state;
	struct moment starts_at, ends_at, uploaded_at;
	struct date planned_on, minutes_signed_on;
};
#define F(f) COL(struct found_meeting, f)
static const struct field found_fields[] = { F(id),
	                                         F(month),
	                                         F(afterwards),
	                                         COL(struct found_meeting, state, .words = meeting_state_words),
	                                         F(starts_at),
	                                         F(ends_at),
	                                         F(uploaded_at),
	                                         F(planned_on),
	                                         F(minutes_signed_on),
	                                         FIELD_END };
#undef F
static const struct record found_record = { "exception_meeting", sizeof(struct found_meeting), found_fields };
struct unit_month {
	int64_t id, month;
};
static const struct field unit_month_fields[] = { COL(struct unit_month, id), COL(struct unit_month, month), FIELD_END };
static const struct record unit_month_record = { "unit_month", sizeof(struct unit_month), unit_month_fields };

struct job {
	struct call *c;
	struct report *r;
	struct report_table *table, *plans;
	struct cell_here *cells;
	size_t cell_n;
	struct suspect *v;
	size_t n, room;
	bool names;
};

/* ---- the counters ---- */

static void suspect(struct job *j, struct suspect s)
{
	if (j->n == j->room) {
		struct suspect *old = j->v;

		j->room = j->room ? j->room * 2 : 256;
		j->v = ARENA_ARRAY(j->c->arena, j->room, struct suspect);
		if (j->n)
			memcpy(j->v, old, j->n * sizeof *old);
	}
	j->v[j->n++] = s;
}

static struct cell_here cell_here(struct call *c, const struct cube *cube, enum structure k, int32_t unit, month_no m)
{
	const struct shape_unit *u = &cube->shape->unit[unit];
	int32_t parent = shape_parent(cube->shape, k, unit, m);
	struct cell_here x = {
		.realm = u->realm, .unit_id = u->id, .code = arena_strdup(c->arena, u->code), .name = arena_strdup(c->arena, u->name), .parent = ""
	};

	if (parent > SHAPE_TOP) {
		x.parent_id = cube->shape->unit[parent].id;
		x.parent = arena_strdup(c->arena, cube->shape->unit[parent].name);
	}
	return x;
}

static void look_at(struct job *j, const struct cube *cube, const struct below *b, month_no m)
{
	static const struct cell_facts none;
	const struct cell_facts *year = cube_facts(cube, b->unit, m / 12), *f = year ? &year[m % 12] : &none;
	bool due = m <= cube->now && shape_covered(cube->shape, b->unit, m / 12) >> m % 12 & 1;
	struct suspect s = {
		.month = m, .held = f->marks & MARK_REGULAR, .scored = f->grade != GRADE_NONE, .reported = f->marks & MARK_REPORTED
	};

	if (s.held ? s.scored && s.reported : !due || m >= cube->now)
		return;
	struct cell_here x = cell_here(j->c, cube, j->r->question.structure, b->unit, m);

	s.realm = x.realm;
	s.unit_id = x.unit_id;
	s.parent_id = x.parent_id;
	s.code = x.code;
	s.name = x.name;
	s.parent = x.parent;
	suspect(j, s);
}

static fail look_through(struct call *c, struct job *j)
{
	struct rollup_want want = { j->r->question.unit_id, j->r->question.period };
	const struct cube *cube;
	struct belows cells;

	TRY(rollup_lock(c, &want, &cube));
	int32_t unit = shape_find(cube->shape, j->r->question.unit_id);

	if (unit < 0) {
		rollup_unlock(c);
		return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	}
	cells_below(c, cube, unit, &j->r->question, &cells);
	j->cells = ARENA_ARRAY(c->arena, cells.n + 1, struct cell_here);
	for (size_t i = 0; i < cells.n; i++) {
		/* who is a cell today: plans are asked of nobody else */
		if (shape_covered(cube->shape, cells.v[i].unit, cube->now / 12) >> cube->now % 12 & 1 && cells.v[i].to >= cube->now)
			j->cells[j->cell_n++] = cell_here(c, cube, j->r->question.structure, cells.v[i].unit, cells.v[i].to);
		for (month_no m = cells.v[i].from; m <= cells.v[i].to; m++)
			look_at(j, cube, &cells.v[i], m);
	}
	rollup_unlock(c);
	return FAIL_OK;
}

/* ---- the meetings ---- */

static const struct found_meeting *meeting_in(const struct found_meeting *v, size_t n, month_no month)
{
	const struct found_meeting *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (v[i].month == month)
			found = &v[i];
	return found;
}

static struct date end_day(const struct found_meeting *m)
{
	return moment_date(moment_is(m->ends_at) ? m->ends_at : m->starts_at);
}

static const char *secretary_of(struct call *c, const struct job *j, int64_t unit_id)
{
	struct posts posts;

	if (!j->names)
		return "";
	if (org_posts(c, unit_id, c->today, &posts) != FAIL_OK) {
		problem_clear(c);
		return "";
	}
	for (size_t i = 0; i < posts.n; i++)
		if (posts.v[i].post == POST_SECRETARY)
			return posts.v[i].full_name;
	return "";
}

static void row(struct call *c, const struct job *j, const struct suspect *s, enum exception_kind kind, struct date day, int64_t over)
{
	struct report_value *v = report_row(c, j->table);

	v[0].s = s->code;
	v[1] = (struct report_value){ .b = s->unit_id, .s = s->name };
	v[2] = (struct report_value){ .b = s->parent_id, .s = s->parent };
	v[3].a = s->month;
	v[4].s = kinds[kind].word;
	v[5].s = tr(c->lang, kinds[kind].text);
	v[6].a = date_is(day) ? day.days : INT_UNKNOWN;
	v[7].a = over > 0 ? over : INT_UNKNOWN;
	v[8].s = secretary_of(c, j, s->unit_id);
}

static void not_held(struct call *c, const struct job *j, const struct suspect *s, const struct found_meeting *m)
{
	struct date day = m ? date_is(m->planned_on) ? m->planned_on : moment_date(m->starts_at) : DATE_NONE;

	if (!m)
		row(c, j, s, X_NO_MEETING, DATE_NONE, c->today.days - month_last(s->month).days);
	else if (m->state == MEETING_CANCELLED)
		row(c, j, s, X_CANCELLED, day, c->today.days - month_last(s->month).days);
	else
		row(c, j, s, X_NOT_HELD, day, c->today.days - day.days);
}

/* Papers have two days; minutes that are not signed keep everything behind them waiting. */
static void not_finished(struct call *c, const struct job *j, const struct suspect *s, const struct found_meeting *m)
{
	struct date day = m ? moment_date(m->starts_at) : DATE_NONE;
	int64_t since = m ? c->today.days - end_day(m).days : 0;

	if (!s->scored)
		row(c, j, s, X_NOT_SCORED, day, since);
	if (s->reported)
		return;
	if (m && !m->afterwards && m->state < MEETING_MINUTES_SIGNED)
		row(c, j, s, X_NOT_CLOSED, day, since);
	else if (!m || since > UPLOAD_DAYS)
		row(c, j, s, X_NOT_REPORTED, day, since - UPLOAD_DAYS);
}

static fail tell(struct call *c, const struct job *j, const struct suspect *s)
{
	struct found_meeting *v;
	size_t n;

	TRY(db_all(c, &Q_plan_cell_regular, ARGS(V(s->realm), V(s->unit_id), V(s->month), V(s->month)), &found_record, &v, &n));
	if (s->held)
		not_finished(c, j, s, meeting_in(v, n, s->month));
	else
		not_held(c, j, s, meeting_in(v, n, s->month));
	return FAIL_OK;
}

/* ---- meetings of this month whose day has passed; plans of this year ---- */

static int by_unit(const void *key, const void *elem)
{
	int64_t id = *(const int64_t *)key;
	const struct unit_month *x = elem;

	return id < x->id ? -1 : id > x->id;
}

static bool knows(const struct job *j, const struct suspect *s)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->v[i].unit_id == s->unit_id && j->v[i].month == s->month)
			return true;
	return false;
}

static fail overdue(struct call *c, struct job *j, int64_t realm, const char *now)
{
	struct unit_month *v;
	size_t n;

	TRY(db_all(c, &Q_plan_overdue, ARGS(V(realm), V(now), V(j->r->question.period.from), V(j->r->question.period.to)), &unit_month_record,
	           &v, &n));
	for (size_t i = 0; n && i < j->cell_n; i++) {
		const struct cell_here *x = &j->cells[i];
		const struct unit_month *m = x->realm == realm ? bsearch(&x->unit_id, v, n, sizeof *v, by_unit) : NULL;
		struct suspect s = { x->realm, x->unit_id, x->parent_id, x->code, x->name, x->parent, m ? (month_no)m->month : 0,
			                 false,    false,      false };

		if (m && m->month == date_month(c->today) && !knows(j, &s))
			suspect(j, s);
	}
	return FAIL_OK;
}

static void plan_row(struct call *c, const struct job *j, const struct cell_here *x)
{
	struct report_value *v = report_row(c, j->plans);

	v[0].s = x->code;
	v[1] = (struct report_value){ .b = x->unit_id, .s = x->name };
	v[2] = (struct report_value){ .b = x->parent_id, .s = x->parent };
	v[3].s = arena_printf(c->arena, tr(c->lang, "no adopted plan of %d"), date_month(c->today) / 12);
	v[4].s = secretary_of(c, j, x->unit_id);
}

struct realm_plans {
	int64_t realm;
	struct unit_month *v;
	size_t n;
};

static fail without_plan(struct call *c, struct job *j, const int64_t *realms, size_t realm_n)
{
	struct realm_plans *p = ARENA_ARRAY(c->arena, realm_n + 1, struct realm_plans);
	int year = date_month(c->today) / 12;
	int64_t without = 0;

	for (size_t i = 0; i < realm_n; i++) {
		p[i].realm = realms[i];
		TRY(db_all(c, &Q_plan_adopted, ARGS(V(realms[i]), V(year)), &unit_month_record, &p[i].v, &p[i].n));
	}
	for (size_t i = 0; i < j->cell_n; i++)
		for (size_t k = 0; k < realm_n; k++) {
			if (p[k].realm != j->cells[i].realm || (p[k].n && bsearch(&j->cells[i].unit_id, p[k].v, p[k].n, sizeof *p[k].v, by_unit)))
				continue;
			without++;
			if (j->cell_n <= PLANS_MOST)
				plan_row(c, j, &j->cells[i]);
		}
	if (without)
		j->plans->note = arena_printf(c->arena, tr(c->lang, "%1$s of %2$s cells have no adopted plan of %3$d."),
		                              show_int(c->arena, c->lang, without), show_int(c->arena, c->lang, (int64_t)j->cell_n), year);
	return FAIL_OK;
}

static size_t realms_of(struct call *c, const struct job *j, int64_t **out)
{
	size_t n = 0;

	*out = ARENA_ARRAY(c->arena, j->cell_n + 1, int64_t);
	for (size_t i = 0; i < j->cell_n; i++) {
		size_t k = 0;

		while (k < n && (*out)[k] != j->cells[i].realm)
			k++;
		if (k == n)
			(*out)[n++] = j->cells[i].realm;
	}
	return n;
}

/* ---- the report ---- */

static int in_order(const void *a, const void *b)
{
	const struct suspect *x = a, *y = b;
	int order = strcmp(x->code, y->code);

	return order ? order : (x->month > y->month) - (x->month < y->month);
}

static fail body(struct call *c, void *arg)
{
	struct job *j = arg;
	char now[MOMENT_TEXT];
	int64_t *realms;
	size_t n = realms_of(c, j, &realms), known = j->n;
	month_no month = date_month(c->today);

	j->names = call_may(c, MAY_SEE_MEMBERS, j->r->question.unit_id);
	moment_format(call_local(c->now_ms), now);
	if (j->r->question.period.from <= month && month <= j->r->question.period.to)
		for (size_t i = 0; i < n; i++)
			TRY(overdue(c, j, realms[i], now));
	if (j->n > known)
		qsort(j->v, j->n, sizeof *j->v, in_order);
	for (size_t i = 0; i < j->n; i++)
		TRY(tell(c, j, &j->v[i]));
	return j->r->question.period.to / 12 >= month / 12 && j->r->question.period.from / 12 <= month / 12 ? without_plan(c, j, realms, n)
	                                                                                                    : FAIL_OK;
}

static const struct report_column columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },
	{ "name", N_("Cell"), VALUE_TEXT },
	{ "parent", N_("Committee"), VALUE_TEXT },
	{ "month", N_("Month"), VALUE_MONTH },
	{ "kind", N_("What is missing"), VALUE_TEXT },
	{ "text", N_("In words"), VALUE_TEXT },
	{ "held_on", N_("Day"), VALUE_DAY },
	{ "over", N_("Days over"), VALUE_COUNT },
	{ "secretary", N_("Secretary"), VALUE_TEXT },
};
static const struct report_column plan_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },     { "name", N_("Cell"), VALUE_TEXT },           { "parent", N_("Committee"), VALUE_TEXT },
	{ "text", N_("In words"), VALUE_TEXT }, { "secretary", N_("Secretary"), VALUE_TEXT },
};

fail report_exceptions(struct call *c, struct report *r)
{
	struct job j = { .c = c, .r = r };

	TRY(look_through(c, &j));
	j.table = report_table(r, "exceptions", r->kind->title, COLUMNS(columns));
	j.plans = report_table(r, "plans", N_("Cells without a year plan"), COLUMNS(plan_columns));
	return db_read(c, body, &j);
}
