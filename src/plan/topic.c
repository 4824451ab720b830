/* topic.c — thematic topics and the lines of the work programme; topics and the meetings that carry them. */
#include <string.h>

#include "meeting/cycle.h"
#include "org/member.h"
#include "plan/plan.h"
#include "plan_sql.h"

/* Somebody on the cell's roll today, by code. "" gives INT_UNKNOWN. */
static fail find_person(struct call *c, int64_t unit_id, const char *code, const char *field, int64_t *id)
{
	struct roll roll;

	*id = INT_UNKNOWN;
	if (!*code)
		return FAIL_OK;
	TRY(org_members_on(c, unit_id, c->today, &roll));
	for (size_t i = 0; i < roll.n && *id == INT_UNKNOWN; i++)
		if (strcmp(roll.v[i].code, code) == 0)
			*id = roll.v[i].id;
	if (*id == INT_UNKNOWN)
		return problem(c, FAIL_INPUT, field, "nobody with the code “%s” is on the roll of this cell", code);
	return FAIL_OK;
}

static fail begin(struct call *c, int64_t unit_id, int64_t year, struct plan *p)
{
	struct unit u;

	TRY(org_unit_nearest(c, unit_id, c->today, &u));
	if (!meeting_fits_level(MEETING_REGULAR, u.level))
		return problem(c, FAIL_INPUT, "unit", "%s holds no meetings of a cell; its plans are those of the cells below it", u.name);
	return plan_get(c, u.realm, unit_id, year, p);
}

/* ---------------------------------------------------------------- topics and meetings */

static fail topics_of(struct call *c, int64_t realm, int64_t unit_id, int64_t year, struct plan_topics *out)
{
	return db_all(c, &Q_plan_topics, ARGS(V(realm), V(unit_id), V(year)), &plan_topic_record, &out->v, &out->n);
}

static const struct plan_topic *topic_of_month(const struct plan_topics *t, int64_t month)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].month == month)
			return &t->v[i];
	return NULL;
}

static bool was_carried(const struct plan_topics *t, const struct plan_topic *gone, int64_t meeting_id)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].meeting_id == meeting_id)
			return true;
	return gone && gone->meeting_id == meeting_id;
}

/* The meeting gets the topic of its month; one that carried a topic and has none any more loses it. */
static fail dress(struct call *c, struct meeting *m, const struct plan_topics *t, const struct plan_topic *gone)
{
	const struct plan_topic *topic = topic_of_month(t, m->month % 12 + 1);
	struct meeting stored;

	if (!meeting_part_is_open(m, PART_TIME) || meeting_was_held(m->state) || (!topic && !was_carried(t, gone, m->id)))
		return FAIL_OK;
	m->thematic = topic != NULL;
	m->topic = topic ? topic->title : "";
	m->author_id = topic ? topic->author_id : INT_UNKNOWN;
	return meeting_update(c, m, &stored);
}

static const struct meeting *carrier(const struct meetings *list, int64_t month)
{
	const struct meeting *found = NULL;

	for (size_t i = 0; i < list->n; i++) {
		const struct meeting *m = &list->v[i];

		if (m->month % 12 + 1 == month && m->state != MEETING_CANCELLED && (!meeting_was_held(m->state) || meeting_has_theme(m)))
			found = m;
	}
	return found;
}

static fail carry(struct call *c, int64_t realm, int64_t unit_id, int64_t year, const struct plan_topic *gone)
{
	month_no first = month_of((int)year, 1);
	struct plan_topics topics;
	struct meetings list;

	TRY(topics_of(c, realm, unit_id, year, &topics));
	TRY(db_all(c, &Q_plan_meetings, ARGS(V(realm), V(unit_id), V(first), V(first + 11)), &meeting_record, &list.v, &list.n));
	for (size_t i = 0; i < list.n; i++)
		TRY(dress(c, &list.v[i], &topics, gone));
	for (size_t i = 0; i < topics.n; i++) {
		const struct plan_topic *t = &topics.v[i];
		const struct meeting *m = carrier(&list, t->month);
		int64_t id = m ? m->id : INT_UNKNOWN;

		if (id != t->meeting_id)
			TRY(db_exec(c, &Q_plan_topic_meeting, ARGS(V(realm), V(unit_id), V(year), V(t->id), V(id)), NULL));
	}
	return FAIL_OK;
}

fail plan_carry_topics(struct call *c, int64_t realm, int64_t unit_id, int64_t year)
{
	return carry(c, realm, unit_id, year, NULL);
}

/* ---------------------------------------------------------------- saving a topic */

static fail check_topic(struct call *c, const struct plan_topic *t, const struct plan_topics *others)
{
	if (!*t->title)
		return problem(c, FAIL_INPUT, "title", "name the topic");
	if (t->quarter < 1 || t->quarter > 4)
		return problem(c, FAIL_INPUT, "quarter", "say in which quarter, from 1 to 4");
	if (t->month == INT_UNKNOWN)
		return FAIL_OK;
	if (t->month < 1 || t->month > 12 || (t->month - 1) / 3 + 1 != t->quarter)
		return problem(c, FAIL_INPUT, "month", "month %lld is not in quarter %lld; correct one of the two", (long long)t->month,
		               (long long)t->quarter);
	for (size_t i = 0; i < others->n; i++)
		if (others->v[i].month == t->month && others->v[i].id != t->id)
			return problem(c, FAIL_INPUT, "month", "the meeting of month %lld already has the topic “%s”; choose another month",
			               (long long)t->month, others->v[i].title);
	return FAIL_OK;
}

static const struct plan_topic *topic_by_id(const struct plan_topics *t, int64_t id)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].id == id)
			return &t->v[i];
	return NULL;
}

/* A body can run more than once: what was asked for stays as it was. */
struct topic_save {
	const struct plan_topic *asked;
	struct plan_topic *done;
	int64_t rev;
};

static fail topic_body(struct call *c, void *arg)
{
	struct topic_save *s = arg;
	struct plan_topic *t = s->done;
	struct plan_topics all;
	struct plan p;

	*t = *s->asked;
	TRY(begin(c, t->unit_id, t->year, &p));
	TRY(topics_of(c, p.realm, t->unit_id, t->year, &all));
	const struct plan_topic *was = topic_by_id(&all, t->id);

	if (t->id && !was)
		return problem(c, FAIL_NOT_FOUND, "", "this topic is no longer in the plan");
	TRY(check_topic(c, t, &all));
	TRY(find_person(c, t->unit_id, t->author_code, "author_code", &t->author_id));
	if (!t->id) {
		TRY(db_int(c, &Q_plan_topic_last, ARGS(V(p.realm), V(t->unit_id), V(t->year)), 0, &t->id));
		t->id++;
	}
	TRY(db_exec(c, &Q_plan_topic_put,
	            ARGS(V(p.realm), V(t->unit_id), V(t->year), V(t->id), V(t->quarter), V(t->month), V(t->title), V(t->author_id)), NULL));
	TRY(carry(c, p.realm, t->unit_id, t->year, was));
	return plan_put(c, &p, s->rev, "update", t->title);
}

fail plan_topic_save(struct call *c, struct plan_topic *t, int64_t rev)
{
	struct plan_topic asked = *t;

	return db_write(c, topic_body, &(struct topic_save){ &asked, t, rev });
}

struct removal {
	int64_t unit_id, id, rev;
	int year;
};

static fail topic_remove_body(struct call *c, void *arg)
{
	const struct removal *r = arg;
	struct plan_topics all;
	struct plan p;

	TRY(begin(c, r->unit_id, r->year, &p));
	TRY(topics_of(c, p.realm, r->unit_id, r->year, &all));
	const struct plan_topic *was = topic_by_id(&all, r->id);

	if (!was)
		return problem(c, FAIL_NOT_FOUND, "", "this topic is no longer in the plan");
	if (meeting_was_held(was->state))
		return problem(c, FAIL_CONFLICT, "", "this topic was held already; it stays in the plan");
	TRY(db_exec(c, &Q_plan_topic_delete, ARGS(V(p.realm), V(r->unit_id), V(r->year), V(r->id)), NULL));
	TRY(carry(c, p.realm, r->unit_id, r->year, was));
	return plan_put(c, &p, r->rev, "update", was->title);
}

fail plan_topic_remove(struct call *c, int64_t unit_id, int year, int64_t id, int64_t rev)
{
	return db_write(c, topic_remove_body, &(struct removal){ unit_id, id, rev, year });
}

/* ---------------------------------------------------------------- the programme */

struct item_save {
	const struct plan_item *asked;
	struct plan_item *done;
	int64_t rev;
};

static fail item_body(struct call *c, void *arg)
{
	struct item_save *s = arg;
	struct plan_item *i = s->done;
	struct plan p;

	*i = *s->asked;
	TRY(begin(c, i->unit_id, i->year, &p));
	if (!*i->title)
		return problem(c, FAIL_INPUT, "title", "say what is to be done");
	if (date_is(i->done_on) && i->done_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "done_on", "%s has not come yet", show_date(c->arena, c->lang, i->done_on));
	TRY(find_person(c, i->unit_id, i->leader_code, "leader_code", &i->leader_id));
	if (!i->id) {
		TRY(db_int(c, &Q_plan_item_last, ARGS(V(p.realm), V(i->unit_id), V(i->year)), 0, &i->id));
		i->id++;
	}
	TRY(db_exec(c, &Q_plan_item_put,
	            ARGS(V(p.realm), V(i->unit_id), V(i->year), V(i->id), V(i->title), V(i->leader_id), V(i->due_on), V(i->done_on)), NULL));
	return plan_put(c, &p, s->rev, "update", i->title);
}

fail plan_item_save(struct call *c, struct plan_item *i, int64_t rev)
{
	struct plan_item asked = *i;

	return db_write(c, item_body, &(struct item_save){ &asked, i, rev });
}

static fail item_remove_body(struct call *c, void *arg)
{
	const struct removal *r = arg;
	int64_t changed;
	struct plan p;

	TRY(begin(c, r->unit_id, r->year, &p));
	TRY(db_exec(c, &Q_plan_item_delete, ARGS(V(p.realm), V(r->unit_id), V(r->year), V(r->id)), &changed));
	if (!changed)
		return problem(c, FAIL_NOT_FOUND, "", "this line is no longer in the programme");
	return plan_put(c, &p, r->rev, "update", "programme");
}

fail plan_item_remove(struct call *c, int64_t unit_id, int year, int64_t id, int64_t rev)
{
	return db_write(c, item_remove_body, &(struct removal){ unit_id, id, rev, year });
}

/* ---------------------------------------------------------------- the year before */

struct copy {
	int64_t unit_id, rev;
	int year;
	int64_t *made;
};

static fail copy_lines(struct call *c, const struct plan *p, const struct plan_topics *topics, const struct plan_items *items)
{
	for (size_t i = 0; i < topics->n; i++) {
		const struct plan_topic *t = &topics->v[i];

		TRY(db_exec(c, &Q_plan_topic_put,
		            ARGS(V(p->realm), V(p->unit_id), V(p->year), V(t->id), V(t->quarter), V(t->month), V(t->title), V(t->author_id)),
		            NULL));
	}
	for (size_t i = 0; i < items->n; i++) {
		const struct plan_item *x = &items->v[i];
		struct date due = date_is(x->due_on) ? date_add_months(x->due_on, 12) : DATE_NONE;

		TRY(db_exec(c, &Q_plan_item_put,
		            ARGS(V(p->realm), V(p->unit_id), V(p->year), V(x->id), V(x->title), V(x->leader_id), V(due), V(DATE_NONE)), NULL));
	}
	return FAIL_OK;
}

static fail copy_body(struct call *c, void *arg)
{
	const struct copy *k = arg;
	struct plan_topics topics, own;
	struct plan_items items, own_items;
	struct plan p, before;

	TRY(begin(c, k->unit_id, k->year, &p));
	TRY(plan_get(c, p.realm, k->unit_id, k->year - 1, &before));
	TRY(topics_of(c, p.realm, k->unit_id, k->year - 1, &topics));
	TRY(topics_of(c, p.realm, k->unit_id, k->year, &own));
	TRY(db_all(c, &Q_plan_items, ARGS(V(p.realm), V(k->unit_id), V(k->year - 1)), &plan_item_record, &items.v, &items.n));
	TRY(db_all(c, &Q_plan_items, ARGS(V(p.realm), V(k->unit_id), V(k->year)), &plan_item_record, &own_items.v, &own_items.n));
	if (own.n || own_items.n)
		return problem(c, FAIL_CONFLICT, "", "this year has topics or a programme of its own; they are not overwritten");
	if (!topics.n && !items.n)
		return problem(c, FAIL_INPUT, "", "there is nothing to take over from %d", k->year - 1);
	TRY(copy_lines(c, &p, &topics, &items));
	if (before.rev && !date_is(p.adopted_on)) {
		p.start_time = before.start_time;
		p.place = before.place;
	}
	*k->made = (int64_t)(topics.n + items.n);
	TRY(plan_carry_topics(c, p.realm, k->unit_id, k->year));
	return plan_put(c, &p, k->rev, "update", "copy");
}

fail plan_copy(struct call *c, int64_t unit_id, int year, int64_t rev, int64_t *made)
{
	return db_write(c, copy_body, &(struct copy){ unit_id, rev, year, made });
}
