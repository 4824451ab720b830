/* room.c — ticks, conclusions and people of a running meeting in the store. */
#include "meeting/room.h"

#include <string.h>

#include "db/journal.h"
#include "meeting/attendance.h"
#include "meeting/cycle.h"
#include "room_sql.h"

/* ---------------------------------------------------------------- the clock */

struct at { struct moment at; };
static const struct field at_fields[] = { COL(struct at, at), FIELD_END };
static const struct record at_record = { "agenda_item", sizeof(struct at), at_fields };

static fail opened_at(struct call *c, const struct meeting *m, struct moment *out)
{
	struct steps_taken all;

	*out = m->starts_at;
	TRY(meeting_steps_taken(c, m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].step == STEP_OPEN)
			*out = call_local(all.v[i].at_ms);
	return FAIL_OK;
}

fail room_clock(struct call *c, const struct meeting *m, int64_t item, int64_t *minutes)
{
	struct moment from, now = call_local(c->now_ms);
	struct at last;

	*minutes = INT_UNKNOWN;
	if (m->state != MEETING_OPEN)
		return FAIL_OK;
	TRY(opened_at(c, m, &from));
	TRY(db_one(c, &Q_agenda_last_tick, ARGS(V(m->realm), V(m->id), V(item)), &at_record, &last));
	if (moment_is(last.at) && last.at.minutes > from.minutes)
		from = last.at;
	if (now.minutes >= from.minutes && now.minutes - from.minutes < 12 * 60)
		*minutes = now.minutes - from.minutes;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- items */

static const char *as_json(struct call *c, const struct agenda_item *it)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &agenda_item_record, it);
	json_object_end(&j);
	return out_text(&o);
}

struct job {
	int64_t meeting_id, item, minutes, rev;
	bool done;
	const char *text;
	struct agenda_item *out;
};

static fail load(struct call *c, const struct job *k, struct meeting *m, struct agenda_item *it)
{
	struct agenda a;

	TRY(meeting_by_id(c, k->meeting_id, m));
	TRY(meeting_may_edit(c, m, PART_ROOM));
	TRY(agenda_of(c, m, &a));
	for (size_t i = 0; i < a.n; i++)
		if (a.v[i].item == k->item) {
			*it = a.v[i];
			return FAIL_OK;
		}
	return problem(c, FAIL_NOT_FOUND, "item", "this item is not on the agenda any more");
}

static fail note(struct call *c, const struct meeting *m, const struct agenda_item *before, const struct agenda_item *after)
{
	return journal_add(c, m->realm, m->unit_id, "update", "agenda_item", m->id, as_json(c, before), as_json(c, after));
}

static fail tick_body(struct call *c, void *arg)
{
	struct job *k = arg;
	struct agenda_item before;
	struct meeting m;
	int64_t minutes = k->minutes;

	TRY(load(c, k, &m, &before));
	*k->out = before;
	if (before.done == k->done && (!k->done || minutes == INT_UNKNOWN || minutes == before.minutes))
		return FAIL_OK;
	if (k->done && minutes == INT_UNKNOWN)
		TRY(room_clock(c, &m, k->item, &minutes));
	struct moment at = before.done || m.state != MEETING_OPEN ? MOMENT_NONE : call_local(c->now_ms);

	k->out->done = k->done;
	k->out->minutes = k->done ? minutes : INT_UNKNOWN;
	TRY(db_exec(c, &Q_agenda_tick, ARGS(V(m.realm), V(m.id), V(k->item), V(k->done), V(k->out->minutes), V(k->done ? at : MOMENT_NONE)), NULL));
	TRY(note(c, &m, &before, k->out));
	return meeting_touched(c, &m);
}

fail agenda_tick(struct call *c, int64_t meeting_id, int64_t item, bool done, int64_t minutes, struct agenda_item *out)
{
	if (minutes != INT_UNKNOWN && (minutes < 0 || minutes > 24 * 60))
		return problem(c, FAIL_INPUT, "minutes", "write the minutes as a whole number from 0 to %d", 24 * 60);
	return db_write(c, tick_body, &(struct job){ .meeting_id = meeting_id, .item = item, .done = done, .minutes = minutes, .out = out });
}

static fail conclude_body(struct call *c, void *arg)
{
	struct job *k = arg;
	struct agenda_item before;
	struct meeting m;

	TRY(load(c, k, &m, &before));
	*k->out = before;
	if (strcmp(before.conclusion, k->text) == 0)
		return FAIL_OK;
	if (k->rev != ANY_REV && k->rev != before.rev)
		return problem(c, FAIL_CONFLICT, "conclusion", "somebody else changed this text in the meantime; compare both and save again");
	k->out->conclusion = k->text;
	k->out->rev++;
	TRY(db_exec(c, &Q_agenda_conclude, ARGS(V(m.realm), V(m.id), V(k->item), V(k->text)), NULL));
	return note(c, &m, &before, k->out);
}

fail agenda_conclude(struct call *c, int64_t meeting_id, int64_t item, const char *text, int64_t rev, struct agenda_item *out)
{
	if (text_length(text) > 4000)
		return problem(c, FAIL_INPUT, "conclusion", "this text is too long: %zu characters, at most %d", text_length(text), 4000);
	return db_write(c, conclude_body, &(struct job){ .meeting_id = meeting_id, .item = item, .text = text, .rev = rev, .out = out });
}

/* ---------------------------------------------------------------- people */

struct set {
	int64_t meeting_id;
	const struct room_people *p;
	struct meeting *m;
};

static fail check_person(struct call *c, const struct roll *roll, const struct attendances *rows, int64_t id, const char *field, bool official)
{
	const struct roll_member *who = roll_find(roll, id);

	if (!who)
		return problem(c, FAIL_INPUT, field, "this person did not belong to the cell that day");
	if (official && !who->official)
		return problem(c, FAIL_INPUT, field, "%s is on probation and cannot chair the meeting", who->full_name);
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].member_id == id && rows->v[i].status != ATTENDANCE_PRESENT)
			return problem(c, FAIL_INPUT, field, "%s is not marked as present", who->full_name);
	return FAIL_OK;
}

static fail check_people(struct call *c, const struct meeting *m, const struct room_people *p)
{
	struct attendances rows;
	struct roll roll;

	TRY(attendance_of(c, m, &rows));
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	if (p->chair_id > 0 && p->chair_id != m->chair_id)
		TRY(check_person(c, &roll, &rows, p->chair_id, "chair", true));
	if (p->minute_taker_id > 0 && p->minute_taker_id != m->minute_taker_id)
		TRY(check_person(c, &roll, &rows, p->minute_taker_id, "minute_taker", false));
	return FAIL_OK;
}

static fail set_body(struct call *c, void *arg)
{
	struct set *s = arg;
	struct meeting m, stored;

	TRY(meeting_by_id(c, s->meeting_id, &m));
	TRY(meeting_may_edit(c, &m, PART_ROOM));
	TRY(check_people(c, &m, s->p));
	if (s->p->chair_id != INT_UNKNOWN)
		m.chair_id = s->p->chair_id;
	if (s->p->minute_taker_id != INT_UNKNOWN)
		m.minute_taker_id = s->p->minute_taker_id;
	if (s->p->speakers != INT_UNKNOWN)
		m.speakers = s->p->speakers;
	TRY(meeting_update(c, &m, &stored));
	*s->m = m;
	return FAIL_OK;
}

fail room_set(struct call *c, int64_t meeting_id, const struct room_people *p, struct meeting *m)
{
	if (p->speakers != INT_UNKNOWN && (p->speakers < 0 || p->speakers > 1000))
		return problem(c, FAIL_INPUT, "speakers", "write how many members spoke");
	return db_write(c, set_body, &(struct set){ meeting_id, p, m });
}
