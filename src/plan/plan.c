/* plan.c — adopting a plan, changing it, proposing one, copying the year before. */
#include "plan/plan.h"

#include <string.h>

#include "db/journal.h"
#include "plan_sql.h"

static const char *const day_fields[12] = { "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12" };

/* ---------------------------------------------------------------- the row */

static const char *plan_json(struct call *c, const struct plan *p, const char *after)
{
	char adopted[DATE_TEXT];
	struct out o;
	struct json j;

	date_format(p->adopted_on, adopted);
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_int(&j, "year", p->year);
	json_put_str(&j, "adopted_on", adopted);
	json_put_str(&j, "start_time", p->start_time);
	json_put_str(&j, "place", p->place);
	json_put_int(&j, "rev", p->rev);
	json_put_str(&j, "what", after);
	json_object_end(&j);
	return out_text(&o);
}

fail plan_put(struct call *c, struct plan *p, int64_t seen, const char *action, const char *after)
{
	if (seen != NO_PLAN_REV && seen != p->rev)
		return problem(c, FAIL_CONFLICT, "rev",
		               "somebody changed this plan in the meantime; it is now version %lld. Compare and save again", (long long)p->rev);
	p->rev++;
	TRY(db_exec(c, &Q_plan_put,
	            ARGS(V(p->realm), V(p->unit_id), V(p->year), V(p->adopted_on), V(p->start_time), V(p->place), V(p->proposed_by),
	                 V(p->programme_id > 0 ? p->programme_id : INT_UNKNOWN), V(p->rev)),
	            NULL));
	return journal_add(c, p->realm, p->unit_id, action, "year_plan", p->unit_id, NULL, plan_json(c, p, after));
}

/* ---------------------------------------------------------------- days */

struct work {
	const struct plan_wish *w;
	struct plan_made *made;
	struct flaws *found;
	struct plan_year y;
	bool proposed; /* proposed months become meetings also when no day was given for them */
};

static fail check_wish(struct call *c, const struct plan_wish *w, struct flaws *found)
{
	struct moment unused;

	if (w->start_time && !moment_parse(arena_printf(c->arena, "2026-01-01T%s", w->start_time), &unused))
		flaw_add(c, found, "start_time", "“%s” is not a time; write hours and minutes, such as 19:30", w->start_time);
	for (int i = 0; i < 12; i++) {
		month_no month = month_of(w->year, i + 1);

		if (!date_is(w->day[i]))
			continue;
		if (date_month(w->day[i]) != month)
			flaw_add(c, found, day_fields[i], "the regular meeting of %s is held in that month; choose a day in it",
			         show_month(c->arena, c->lang, month));
	}
	return flaws_refuse(c, found);
}

static struct moment start_of(const struct work *k, struct date day)
{
	struct moment m;
	char text[DATE_TEXT], whole[MOMENT_TEXT];

	date_format(day, text);
	snprintf(whole, sizeof whole, "%sT%s", text, k->y.plan.start_time);
	return moment_parse(whole, &m) ? m : MOMENT_NONE;
}

static void check_passed(struct call *c, struct work *k, int i, struct date day)
{
	if (day.days < c->today.days)
		flaw_add(c, k->found, day_fields[i], "%s has passed; a plan is made for days to come", show_date(c->arena, c->lang, day));
}

static fail create(struct call *c, struct work *k, int i, struct date day)
{
	struct meeting m;

	check_passed(c, k, i, day);
	if (k->found->n)
		return FAIL_OK;
	record_clear(&meeting_record, &m);
	m.unit_id = k->y.unit.id;
	m.kind = MEETING_REGULAR;
	m.state = MEETING_PLANNED;
	m.starts_at = start_of(k, day);
	m.planned_on = day;
	m.place = k->y.plan.place;
	TRY(meeting_create(c, &m));
	k->made->created++;
	return FAIL_OK;
}

static fail move(struct call *c, struct work *k, struct meeting *m, struct date day)
{
	struct moment was = m->starts_at;
	struct meeting stored;

	if (k->w->start_time)
		m->starts_at = start_of(k, day);
	else
		m->starts_at.minutes += ((int64_t)day.days - meeting_day(m).days) * 1440;
	if (k->w->place)
		m->place = k->y.plan.place;
	int64_t rev = m->rev;

	TRY(meeting_update(c, m, &stored));
	if (m->planned_on.days != day.days)
		TRY(db_exec(c, &Q_plan_meeting_day, ARGS(V(m->realm), V(m->id), V(day)), NULL));
	k->made->moved += m->rev != rev || was.minutes != m->starts_at.minutes;
	return FAIL_OK;
}

/* A day for a meeting that left the plan's hands: only what it is already. */
static void refuse_other(struct call *c, struct work *k, int i)
{
	const struct plan_slot *s = &k->y.slot[i];

	if (s->meeting && meeting_day(s->meeting).days == k->w->day[i].days)
		return;
	if (s->meeting)
		flaw_add(c, k->found, day_fields[i], "the meeting of %s is “%s”; its day is changed on its own page",
		         show_month(c->arena, c->lang, s->month), meeting_state_name(c->lang, s->meeting->state));
	else
		flaw_add(c, k->found, day_fields[i], "%s has gone by and is not planned any more", show_month(c->arena, c->lang, s->month));
}

static fail apply_month(struct call *c, struct work *k, int i)
{
	struct plan_slot *s = &k->y.slot[i];
	struct date day = k->w->day[i];

	switch (s->state) {
	case SLOT_PROPOSED:
		if (!date_is(day) && !k->proposed)
			return FAIL_OK;
		return create(c, k, i, date_is(day) ? day : s->fixed.day);
	case SLOT_GONE: return date_is(day) ? create(c, k, i, day) : FAIL_OK;
	case SLOT_PLANNED:
		if (date_is(day) && day.days != meeting_day(s->meeting).days)
			check_passed(c, k, i, day);
		return k->found->n ? FAIL_OK : move(c, k, s->meeting, date_is(day) ? day : meeting_day(s->meeting));
	default:
		if (date_is(day))
			refuse_other(c, k, i);
		return FAIL_OK;
	}
}

static fail apply(struct call *c, struct work *k)
{
	if (k->w->start_time)
		k->y.plan.start_time = k->w->start_time;
	if (k->w->place)
		k->y.plan.place = text_clean(c->arena, k->w->place);
	for (int i = 0; i < 12; i++)
		TRY(apply_month(c, k, i));
	TRY(flaws_refuse(c, k->found));
	return plan_carry_topics(c, k->y.unit.realm, k->y.unit.id, k->w->year);
}

static fail begin(struct call *c, struct work *k)
{
	*k->found = (struct flaws){ 0 };
	*k->made = (struct plan_made){ 0 };
	TRY(check_wish(c, k->w, k->found));
	return plan_load(c, k->w->unit_id, k->w->year, &k->y);
}

static fail adopt_body(struct call *c, void *arg)
{
	struct work *k = arg;

	TRY(begin(c, k));
	if (date_is(k->y.plan.adopted_on))
		return FAIL_OK;
	k->proposed = true;
	k->y.plan.adopted_on = c->today;
	TRY(apply(c, k));
	return plan_put(c, &k->y.plan, k->w->rev, "adopt", arena_printf(c->arena, "%lld", (long long)k->made->created));
}

fail plan_adopt(struct call *c, const struct plan_wish *w, struct plan_made *made, struct flaws *found)
{
	return db_write(c, adopt_body, &(struct work){ .w = w, .made = made, .found = found });
}

static fail change_body(struct call *c, void *arg)
{
	struct work *k = arg;

	TRY(begin(c, k));
	struct plan before = k->y.plan;

	if (!date_is(before.adopted_on))
		return problem(c, FAIL_CONFLICT, "", "the plan of %d is not adopted yet", k->w->year);
	TRY(apply(c, k));
	if (!k->made->moved && !k->made->created && strcmp(before.start_time, k->y.plan.start_time) == 0 &&
	    strcmp(before.place, k->y.plan.place) == 0)
		return FAIL_OK;
	return plan_put(c, &k->y.plan, k->w->rev, "update", "days");
}

fail plan_change(struct call *c, const struct plan_wish *w, struct plan_made *made, struct flaws *found)
{
	return db_write(c, change_body, &(struct work){ .w = w, .made = made, .found = found });
}

/* ---------------------------------------------------------------- proposing */

struct proposal {
	int64_t unit_id;
	int year;
	const char *by;
	bool *made;
};

static fail propose_body(struct call *c, void *arg)
{
	const struct proposal *x = arg;
	struct plan p;
	int64_t realm;

	*x->made = false;
	TRY(org_realm(c, x->unit_id, &realm));
	TRY(plan_get(c, realm, x->unit_id, x->year, &p));
	if (p.rev)
		return FAIL_OK;
	p.proposed_by = x->by;
	*x->made = true;
	return plan_put(c, &p, 0, "propose", x->by);
}

fail plan_propose(struct call *c, int64_t unit_id, int year, const char *proposed_by, bool *made)
{
	return db_write(c, propose_body, &(struct proposal){ unit_id, year, proposed_by, made });
}
