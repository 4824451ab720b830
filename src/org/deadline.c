/* deadline.c — V11, V12, V13 and V15 over a part of the tree. */
#include "org/deadline.h"

#include <string.h>

#include "member_sql.h"
#include "org/scopes.h"
#include "org/store.h"
#include "rules/holidays.h"

enum { PROBATION_MONTHS = 12, CONSIDER_DAYS = 30, CEREMONY_DAYS = 30, TRANSFER_DAYS = 60, GROUP_GUESTS = 10 };

#define S struct deadline
static const struct field deadline_fields[] = {
	FIELD(S, rule, N_("Rule"), 0), FIELD(S, unit_code, N_("Unit"), 0), FIELD(S, member_code, N_("Member code"), 0),
	FIELD(S, full_name, N_("Full name"), 0), FIELD(S, due, N_("Due on"), 0), FIELD(S, days_left, N_("Days left"), 0),
	FIELD(S, notice, N_("Mark passed"), 0), FIELD(S, text, N_("What to look at"), 0), COL(S, unit_id), COL(S, member_id), FIELD_END,
};
#undef S
const struct record deadline_record = { "deadline", sizeof(struct deadline), deadline_fields };

struct row {
	const char *rule, *unit_code, *member_code, *full_name;
	int64_t unit_id, member_id, people;
	struct date since;
	struct blob sort_key;
};
#define S struct row
static const struct field row_fields[] = { COL(S, rule), COL(S, unit_code), COL(S, member_code), COL(S, full_name), COL(S, unit_id),
	                                       COL(S, member_id), COL(S, people), COL(S, since), COL(S, sort_key), FIELD_END };
#undef S
static const struct record row_record = { "deadline", sizeof(struct row), row_fields };

/* ---------------------------------------------------------------- pure */

struct date probation_end(struct date admitted_on)
{
	return date_add_months(admitted_on, PROBATION_MONTHS);
}

int64_t probation_notice(int64_t left)
{
	static const int64_t marks[] = { 7, 15, 30, 60, 90 };

	for (size_t i = 0; left >= 0 && i < sizeof marks / sizeof *marks; i++)
		if (left <= marks[i])
			return marks[i];
	return 0;
}

/* ---------------------------------------------------------------- each rule */

struct look {
	struct deadlines *out;
	struct date on;
	int64_t unit_id;      /* whose scopes are at hand */
	struct scopes scopes;
};

static fail working_days(struct call *c, struct look *l, const struct row *r, int n, struct date from, struct date *out)
{
	if (l->unit_id != r->unit_id)
		TRY(org_scopes(c, r->unit_id, r->unit_code, l->on, &l->scopes));
	l->unit_id = r->unit_id;
	*out = holidays_working_day_after(c->rules, from, n, l->scopes);
	return FAIL_OK;
}

static struct deadline *add(struct call *c, struct look *l, const struct row *r, struct date due)
{
	struct deadlines *d = l->out;

	d->v = store_grow(c->arena, d->v, d->n, sizeof *d->v);
	d->v[d->n] = (struct deadline){ r->rule, r->unit_code, r->member_code ? r->member_code : "", r->full_name ? r->full_name : "", due,
		                            date_is(due) ? due.days - l->on.days : INT_UNKNOWN, 0, "", r->unit_id, r->member_id };
	return &d->v[d->n++];
}

static fail look_at_probation(struct call *c, struct look *l, const struct row *r)
{
	struct date end = probation_end(r->since), due;
	int64_t left = end.days - l->on.days;
	struct deadline *d;

	if (left > 0 && !probation_notice(left))
		return FAIL_OK;
	TRY(working_days(c, l, r, CONSIDER_DAYS, end, &due));
	d = add(c, l, r, due);
	d->notice = left > 0 ? probation_notice(left) : 0;
	if (left > 0)
		d->text = arena_printf(c->arena, tr(c->lang, "Probation ends on %s; is the file being prepared?"), show_date(c->arena, c->lang, end));
	else if (d->days_left >= 0)
		d->text = arena_printf(c->arena, tr(c->lang, "Probation ended on %1$s: the cell considers it by %2$s."), show_date(c->arena, c->lang, end),
		                       show_date(c->arena, c->lang, due));
	else
		d->text = arena_printf(c->arena,
		                       tr(c->lang, "Probation ended on %1$s and should have been considered by %2$s; the official date stays the first of these."),
		                       show_date(c->arena, c->lang, end), show_date(c->arena, c->lang, due));
	return FAIL_OK;
}

static fail look_at_ceremony(struct call *c, struct look *l, const struct row *r)
{
	struct date due;

	TRY(working_days(c, l, r, CEREMONY_DAYS, r->since, &due));
	add(c, l, r, due)->text = arena_printf(c->arena, tr(c->lang, "Admission was decided on %1$s: the ceremony is due by %2$s."),
	                                       show_date(c->arena, c->lang, r->since), show_date(c->arena, c->lang, due));
	return FAIL_OK;
}

static fail look_at_transfer(struct call *c, struct look *l, const struct row *r)
{
	struct date due;

	TRY(working_days(c, l, r, TRANSFER_DAYS, r->since, &due));
	add(c, l, r, due)->text = arena_printf(c->arena, tr(c->lang, "Transfer begun on %1$s: to be completed by %2$s. Has the new unit taken the member in?"),
	                                       show_date(c->arena, c->lang, r->since), show_date(c->arena, c->lang, due));
	return FAIL_OK;
}

static fail look_at(struct call *c, struct look *l, const struct row *r)
{
	if (strcmp(r->rule, "V11") == 0)
		return look_at_probation(c, l, r);
	return strcmp(r->rule, "V12") == 0 ? look_at_ceremony(c, l, r) : look_at_transfer(c, l, r);
}

/* ---------------------------------------------------------------- all of them */

fail org_deadlines(struct call *c, int64_t unit_id, struct date on, struct deadlines *out)
{
	struct look l = { .out = out, .on = on };
	struct row *v;
	size_t n;

	*out = (struct deadlines){ 0 };
	TRY(db_all(c, &Q_org_deadline_people, ARGS(V(unit_id), V(on)), &row_record, &v, &n));
	for (size_t i = 0; i < n; i++)
		TRY(look_at(c, &l, &v[i]));
	TRY(db_all(c, &Q_org_deadline_guests, ARGS(V(unit_id), V(on), V((int64_t)GROUP_GUESTS)), &row_record, &v, &n));
	for (size_t i = 0; i < n; i++)
		add(c, &l, &v[i], DATE_NONE)->text = arena_printf(c->arena, tr(c->lang, "%lld temporary members sit here: a party group may be formed."),
		                                                  (long long)v[i].people);
	return FAIL_OK;
}
