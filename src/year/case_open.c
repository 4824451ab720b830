/* case_open.c — registering a unit for "four good", opening a classification, one or all of them. */
#include <string.h>

#include "org/member.h"
#include "year/assess.h"
#include "year/case_keep.h"
#include "year_sql.h"

struct opening {
	struct case_opening o;
	struct year_case *out;
};

/* ---------------------------------------------------------------- registering */

static fail find_meeting(struct call *c, const struct year_case *k, struct case_opening *o, struct flaws *found)
{
	struct meeting m;
	struct moment day = { (int64_t)o->registered_on.days * 1440 }, next = { day.minutes + 1440 };

	if (o->meeting_id <= 0)
		TRY(db_int(c, &Q_case_meeting_on, ARGS(V(k->realm), V(k->unit_id), V(day), V(next)), 0, &o->meeting_id));
	if (o->meeting_id <= 0) {
		flaw_add(c, found, "meeting_id", "it is registered at a regular meeting; there is none recorded as held on %s",
		         show_date(c->arena, c->lang, o->registered_on));
		return FAIL_OK;
	}
	TRY(meeting_by_id(c, o->meeting_id, &m));
	if (m.unit_id != k->unit_id || m.kind != MEETING_REGULAR || (m.state != MEETING_OPEN && !meeting_was_held(m.state)))
		flaw_add(c, found, "meeting_id", "it is registered at a regular meeting of the cell itself that was held");
	else
		o->registered_on = meeting_day(&m);
	return FAIL_OK;
}

static fail find_plan(struct call *c, const struct year_case *k, struct case_opening *o, struct flaws *found)
{
	if (o->plan_id <= 0)
		TRY(db_int(c, &Q_case_plan_document,
		           ARGS(V(k->realm), V(k->unit_id), V(date_of((int)k->year - 1, 11, 1)), V(date_of((int)k->year, 12, 31))), 0, &o->plan_id));
	if (o->plan_id <= 0)
		flaw_add(c, found, "plan_id", "there is no plan for %lld among the documents of %s; add it first", (long long)k->year, k->unit_name);
	return FAIL_OK;
}

/* From December of the year before; not before the unit was there. */
static void check_day(struct call *c, const struct year_case *k, const struct case_opening *o, struct flaws *found)
{
	struct date first = date_of((int)k->year - 1, 12, 1), last = date_of((int)k->year, 12, 31);

	if (o->registered_on.days <= 0)
		flaw_add(c, found, "registered_on", "say on which day it was registered");
	else if (o->registered_on.days > c->today.days)
		flaw_add(c, found, "registered_on", "%s is still to come", show_date(c->arena, c->lang, o->registered_on));
	else if (o->registered_on.days < first.days || o->registered_on.days > last.days)
		flaw_add(c, found, "registered_on", "for %lld one registers from %s to %s", (long long)k->year, show_date(c->arena, c->lang, first),
		         show_date(c->arena, c->lang, last));
}

static void check_agreement(struct call *c, const struct case_opening *o, struct flaws *found)
{
	if (o->agreement_on.days <= 0)
		flaw_add(c, found, "agreement_on", "say when the emulation agreement was signed");
	else if (o->agreement_on.days > c->today.days)
		flaw_add(c, found, "agreement_on", "%s is still to come", show_date(c->arena, c->lang, o->agreement_on));
}

static struct year_vote vote_of(const struct case_opening *o)
{
	return (struct year_vote){ .stage_word = YEAR_VOTE_REGISTRATION, .on = o->registered_on, .meeting_id = o->meeting_id, .base = o->base,
		                       .in_favour = o->in_favour, .against = o->against, .abstain = o->abstain };
}

static fail check_vote(struct call *c, const struct year_case *k, const struct case_opening *o, struct year_vote *v, struct flaws *found)
{
	*v = vote_of(o);
	if (o->base != INT_UNKNOWN)
		return case_vote_check(c, k, v, found);
	flaw_add(c, found, "in_favour", "the members vote on registering; write down the votes");
	return FAIL_OK;
}

static fail was_recognised(struct call *c, const struct year_case *k, bool *out)
{
	struct year_case last;

	TRY(case_find(c, CASE_FOUR_GOOD, (int)k->year - 1, k->unit_id, 0, &last));
	*out = last.id && last.state == CASE_RECOGNISED;
	return FAIL_OK;
}

/* Carries on with one tap: what is given is kept, nothing is asked for. */
static fail carry_on(struct call *c, struct year_case *k, struct case_opening *o, struct flaws *found)
{
	if (k->carried_over <= 0)
		flaw_add(c, found, "carried_over", "%s was not recognised for %lld; it registers at a regular meeting", k->unit_name, (long long)k->year - 1);
	if (o->registered_on.days <= 0)
		o->registered_on = c->today;
	check_day(c, k, o, found);
	return flaws_refuse(c, found);
}

static fail register_checks(struct call *c, struct year_case *k, const struct unit *unit, struct case_opening *o, struct year_vote *v)
{
	struct flaws found = { 0 };
	bool recognised;

	TRY(was_recognised(c, k, &recognised));
	k->carried_over = recognised;
	if (o->carried_over)
		return carry_on(c, k, o, &found);
	if (unit->level == LEVEL_CELL && (o->meeting_id > 0 || o->registered_on.days > 0))
		TRY(find_meeting(c, k, o, &found));
	check_day(c, k, o, &found);
	check_agreement(c, o, &found);
	TRY(find_plan(c, k, o, &found));
	TRY(check_vote(c, k, o, v, &found));
	return flaws_refuse(c, &found);
}

static fail register_unit(struct call *c, struct year_case *k, const struct unit *unit, struct case_opening *o)
{
	struct year_vote v = { 0 };

	TRY(register_checks(c, k, unit, o, &v));
	k->registered_on = o->registered_on;
	k->agreement_on = o->agreement_on.days > 0 ? o->agreement_on : DATE_NONE;
	k->meeting_id = o->meeting_id;
	k->plan_id = o->plan_id;
	k->state = CASE_REGISTERED;
	TRY(case_insert(c, k, CASE_STEP_REGISTER));
	return v.stage_word ? case_vote_keep(c, k, &v) : FAIL_OK;
}

/* ---------------------------------------------------------------- classification */

static fail collective_reviewed(struct call *c, const struct year_case *k)
{
	struct year_case unit;

	TRY(case_find(c, CASE_UNIT, (int)k->year, k->unit_id, 0, &unit));
	if (unit.id && unit.state != CASE_OPEN && unit.state != CASE_WITHDRAWN)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "order", "the collective comes before its members: %s has not reviewed itself for %lld yet", k->unit_name,
	               (long long)k->year);
}

/* Somebody who moved in the year is classified where they are at its end. */
static fail not_here(struct call *c, const struct year_case *k, const struct membership *v, size_t n, struct date on)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].unit_id != k->unit_id && member_is_here(v[i].status) && v[i].status != STATUS_TEMP_HERE && v[i].valid_from.days <= on.days &&
		    v[i].valid_to.days >= on.days)
			return problem(c, FAIL_INPUT, "member", "%s belongs to %s now and is classified there", k->member_name, v[i].unit_name);
	return problem(c, FAIL_INPUT, "member", "%s is not on the roll of %s on %s", k->member_name, k->unit_name, show_date(c->arena, c->lang, on));
}

static fail check_member(struct call *c, struct year_case *k)
{
	struct member m;
	struct membership *v;
	size_t n;
	struct date on = case_day(c, k->year);

	TRY(org_member(c, k->realm, k->member_id, &m));
	TRY(org_memberships(c, k->realm, k->member_id, &v, &n));
	k->member_code = m.code;
	k->member_name = m.full_name;
	for (size_t i = 0; i < n; i++)
		if (v[i].unit_id == k->unit_id && member_is_here(v[i].status) && v[i].status != STATUS_TEMP_HERE && v[i].valid_from.days <= on.days &&
		    v[i].valid_to.days >= on.days)
			return FAIL_OK;
	return not_here(c, k, v, n, on);
}

static fail may_open(struct call *c, const struct year_case *k)
{
	struct unit decider;

	if (case_person_may(c, k, CASE_STEP_REGISTER))
		return FAIL_OK;
	if (k->kind != CASE_FOUR_GOOD) {
		TRY(case_decider(c, k, &decider));
		if (call_may(c, MAY_DECIDE, decider.id))
			return FAIL_OK;
	}
	return case_check_right(c, k, CASE_STEP_REGISTER);
}

static fail open_class(struct call *c, struct year_case *k)
{
	if (k->kind == CASE_MEMBER) {
		TRY(check_member(c, k));
		TRY(collective_reviewed(c, k));
	}
	k->state = CASE_OPEN;
	return case_insert(c, k, CASE_STEP_REGISTER);
}

/* ---------------------------------------------------------------- one */

static fail check_what(struct call *c, const struct case_opening *o)
{
	if (o->kind == CASE_NO_KIND || o->kind >= CASE_KINDS)
		return problem(c, FAIL_INPUT, "kind", "there are four_good, unit_class and member_class");
	if (o->year < 2000 || o->year > 9000)
		return problem(c, FAIL_INPUT, "year", "give the year");
	if ((o->kind == CASE_MEMBER) != (o->member_id > 0))
		return problem(c, FAIL_INPUT, "member", o->kind == CASE_MEMBER ? N_("say which member") : N_("a unit is evaluated here, not a member"));
	if (date_of(o->year - 1, 12, 1).days > c->today.days)
		return problem(c, FAIL_INPUT, "year", "the year %d has not begun", o->year);
	return FAIL_OK;
}

/* The unit was there in the year. */
static fail existed(struct call *c, const struct unit *u, int64_t year)
{
	if (u->valid_from.days <= date_of((int)year, 12, 31).days && u->valid_to.days >= date_of((int)year, 1, 1).days)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "year", "%s did not exist in %lld", u->name, (long long)year);
}

static fail open_one(struct call *c, struct case_opening *o, struct year_case *k)
{
	struct unit unit;

	TRY(check_what(c, o));
	TRY(case_find(c, o->kind, o->year, o->unit_id, o->member_id, k));
	if (k->id)
		return problem(c, FAIL_CONFLICT, "year", "%s is there already: “%s”", case_kind_name(c->lang, o->kind), case_state_name(c->lang, k->kind, k->state));
	TRY(org_unit_nearest(c, o->unit_id, case_day(c, o->year), &unit));
	TRY(existed(c, &unit, o->year));
	k->kind = o->kind;
	k->year = o->year;
	k->realm = unit.realm;
	k->unit_id = unit.id;
	k->unit_code = unit.code;
	k->unit_name = unit.name;
	k->member_id = o->member_id;
	k->carried_over = k->exemplary = k->imported = 0;
	TRY(may_open(c, k));
	return o->kind == CASE_FOUR_GOOD ? register_unit(c, k, &unit, o) : open_class(c, k);
}

static fail open_body(struct call *c, void *arg)
{
	struct opening *x = arg;
	struct case_opening o = x->o;

	return open_one(c, &o, x->out);
}

fail case_open(struct call *c, const struct case_opening *o, struct year_case *out)
{
	return db_write(c, open_body, &(struct opening){ *o, out });
}

/* ---------------------------------------------------------------- all */

struct opening_all {
	unsigned kind;
	int year;
	int64_t unit_id, *opened;
};

static fail open_missing(struct call *c, const struct opening_all *a, int64_t unit_id, int64_t member_id)
{
	struct case_opening o = { .kind = a->kind, .year = a->year, .unit_id = unit_id, .member_id = member_id, .base = INT_UNKNOWN };
	struct year_case k;

	TRY(case_find(c, a->kind, a->year, unit_id, member_id, &k));
	if (k.id)
		return FAIL_OK;
	TRY(open_one(c, &o, &k));
	++*a->opened;
	return FAIL_OK;
}

static fail open_members(struct call *c, const struct opening_all *a)
{
	struct roll roll;

	TRY(org_members_on(c, a->unit_id, case_day(c, a->year), &roll));
	for (size_t i = 0; i < roll.n; i++)
		if (roll.v[i].status != STATUS_TEMP_HERE) /* they are classified at home */
			TRY(open_missing(c, a, a->unit_id, roll.v[i].id));
	return FAIL_OK;
}

/* Also what stands below a department committee, which decides nothing itself. */
static fail open_units(struct call *c, const struct opening_all *a, int64_t above)
{
	struct units units;

	TRY(org_children(c, above, case_day(c, a->year), &units));
	for (size_t i = 0; i < units.n; i++) {
		TRY(open_missing(c, a, units.v[i].id, 0));
		if (!unit_decides(&units.v[i]))
			TRY(open_units(c, a, units.v[i].id));
	}
	return FAIL_OK;
}

static fail open_all_body(struct call *c, void *arg)
{
	const struct opening_all *a = arg;

	*a->opened = 0;
	if (a->kind != CASE_MEMBER && a->kind != CASE_UNIT)
		return problem(c, FAIL_INPUT, "kind", "a unit registers itself for “four good”");
	return a->kind == CASE_MEMBER ? open_members(c, a) : open_units(c, a, a->unit_id);
}

fail case_open_all(struct call *c, unsigned kind, int year, int64_t unit_id, int64_t *opened)
{
	return db_write(c, open_all_body, &(struct opening_all){ kind, year, unit_id, opened });
}
