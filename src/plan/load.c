/* load.c — a year as it is planned, or as it would be: the twelve months with their meetings, topics, programme. */
#include "org/tree.h"
#include "org/scopes.h"
#include "plan/plan.h"
#include "plan_sql.h"

fail plan_get(struct call *c, int64_t realm, int64_t unit_id, int64_t year, struct plan *out)
{
	fail f = db_one(c, &Q_plan_get, ARGS(V(realm), V(unit_id), V(year)), &plan_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&plan_record, out);
	out->realm = realm;
	out->unit_id = unit_id;
	out->year = year;
	out->programme_id = INT_UNKNOWN;
	out->rev = 0;
	out->start_time = "19:00";
	return FAIL_OK;
}

static struct moment at_time(struct date day, const char *time)
{
	int hours = (time[0] - '0') * 10 + time[1] - '0', minutes = (time[3] - '0') * 10 + time[4] - '0';

	return (struct moment){ (int64_t)day.days * 1440 + hours * 60 + minutes };
}

static bool existed_on(const struct units *life, struct date day)
{
	for (size_t i = 0; i < life->n; i++)
		if (life->v[i].valid_from.days <= day.days && day.days <= life->v[i].valid_to.days)
			return true;
	return false;
}

static enum slot_state state_of(const struct call *c, const struct meeting *m, month_no month)
{
	if (m->state == MEETING_CANCELLED)
		return SLOT_CANCELLED;
	if (meeting_was_held(m->state))
		return date_is(m->planned_on) && meeting_day(m).days > m->planned_on.days ? SLOT_LATE : SLOT_HELD;
	if (month < date_month(c->today))
		return SLOT_MISSED;
	return m->state == MEETING_PLANNED ? SLOT_PLANNED : SLOT_REGISTERED;
}

static void fill_slot(struct call *c, struct plan_year *y, struct plan_slot *s, const struct units *life)
{
	if (s->meeting) {
		s->starts_at = s->meeting->starts_at;
		s->state = state_of(c, s->meeting, s->month);
		return;
	}
	s->starts_at = at_time(s->fixed.day, y->plan.start_time);
	if (!existed_on(life, s->fixed.day))
		s->state = SLOT_NONE;
	else if (s->month < date_month(c->today))
		s->state = SLOT_MISSED;
	else
		s->state = s->fixed.day.days < c->today.days ? SLOT_GONE : SLOT_PROPOSED;
}

static void count_slot(const struct call *c, struct plan_year *y, const struct plan_slot *s)
{
	bool held = s->state == SLOT_HELD || s->state == SLOT_LATE;

	if (s->state == SLOT_NONE || (s->month >= date_month(c->today) && !held))
		return;
	y->expected++;
	y->held += held;
	y->late += s->state == SLOT_LATE;
}

static fail load_months(struct call *c, struct plan_year *y)
{
	month_no first = month_of((int)y->plan.year, 1);
	struct meetings list;
	struct units life;
	struct scopes scopes;

	TRY(org_scopes(c, y->unit.id, y->unit.code, c->today, &scopes));
	TRY(org_spans(c, y->unit.id, &life));
	TRY(db_all(c, &Q_plan_meetings, ARGS(V(y->unit.realm), V(y->unit.id), V(first), V(first + 11)), &meeting_record, &list.v, &list.n));
	y->holidays_known = holidays_know_year(c->rules, (int)y->plan.year, scopes);
	for (size_t i = 0; i < list.n; i++)
		y->slot[list.v[i].month - first].meeting = &list.v[i];
	for (int i = 0; i < 12; i++) {
		struct plan_slot *s = &y->slot[i];

		s->month = first + i;
		s->fixed = holidays_meeting_day(c->rules, s->month, y->fixed.day ? y->fixed.day : FIXED_DAY_USUAL, scopes, c->lang);
		fill_slot(c, y, s, &life);
		count_slot(c, y, s);
	}
	return FAIL_OK;
}

fail plan_load(struct call *c, int64_t unit_id, int year, struct plan_year *out)
{
	*out = (struct plan_year){ 0 };
	if (year < 2000 || year > 2100)
		return problem(c, FAIL_INPUT, "year", "%d is no year of a plan; give one such as 2026", year);
	TRY(org_unit_nearest(c, unit_id, c->today, &out->unit));
	if (!meeting_fits_level(MEETING_REGULAR, out->unit.level))
		return problem(c, FAIL_INPUT, "unit", "%s holds no meetings of a cell; its plans are those of the cells below it", out->unit.name);
	TRY(plan_get(c, out->unit.realm, unit_id, year, &out->plan));
	TRY(plan_fixed_day(c, &out->unit, c->today, &out->fixed));
	TRY(load_months(c, out));
	TRY(db_all(c, &Q_plan_topics, ARGS(V(out->unit.realm), V(unit_id), V(year)), &plan_topic_record, &out->topics.v, &out->topics.n));
	return db_all(c, &Q_plan_items, ARGS(V(out->unit.realm), V(unit_id), V(year)), &plan_item_record, &out->items.v, &out->items.n);
}
