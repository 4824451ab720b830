/* exchange_meetings.c — meetings in and out as files, with the totals of their sheets.
 *
 * A meeting is known by its code within the province of its cell. Counts of a meeting with a complete roll call follow from that and
 * are not taken from the file. An empty total leaves the sheets as they are; one that differs from a computed sheet is refused.
 *
 * What is looked up of a cell (its life, who was on its roll) stays in memory: files name the same cell once a month. */
#include <string.h>

#include "base/id.h"
#include "db/batch.h"
#include "meeting/store.h"
#include "meeting_sql.h"
#include "org/member.h"
#include "org/unit.h"
#include "rollup/rollup.h"
#include "score/kinds.h"
#include "score/score.h"
#include "score_sql.h"

struct span {
	int64_t id, realm;
	unsigned level;
	struct date valid_from, valid_to;
};
static const struct field span_fields[] = { COL(struct span, id),
	                                        COL(struct span, realm),
	                                        COL(struct span, level, .words = unit_levels),
	                                        COL(struct span, valid_from),
	                                        COL(struct span, valid_to),
	                                        FIELD_END };
static const struct record span_record = { "span", sizeof(struct span), span_fields };

/* A time on the roll of a cell. */
struct stay {
	unsigned status;
	struct date valid_from, valid_to, admitted_on, official_on;
};
static const struct field stay_fields[] = { COL(struct stay, status, .words = member_statuses),
	                                        COL(struct stay, valid_from),
	                                        COL(struct stay, valid_to),
	                                        COL(struct stay, admitted_on),
	                                        COL(struct stay, official_on),
	                                        FIELD_END };
static const struct record stay_record = { "stay", sizeof(struct stay), stay_fields };

struct known_unit {
	const char *code;
	struct span *spans;
	size_t n;
	struct { struct date from, to, official_from; } *roll;
	size_t roll_n;
	struct known_unit *next;
};

enum { BUCKETS = 1 << 14 };
struct state {
	struct known_unit *bucket[BUCKETS];
	struct rollup_dirty *dirty;
	struct db_batch *steps; /* history of new meetings */
};

static fail prepare(struct call *c, void *row)
{
	struct flaws found = { 0 };

	meeting_check(c, row, &found);
	return flaws_refuse(c, &found);
}

static fail begin(struct call *c, struct import *im, void **out)
{
	struct state *s = ARENA_NEW(import_arena(im), struct state);

	if (!c->rules)
		return problem(c, FAIL_BROKEN, "", "no rules were loaded");
	s->dirty = rollup_dirty_new(import_arena(im));
	s->steps = db_batch_new(import_arena(im), &Q_meeting_step_insert, &Q_meeting_step_insert_rows);
	*out = s;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the cell */

static uint32_t hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h % BUCKETS;
}

/* From which day of the stay the person is an official member; DATE_OPEN: not in it. As org/member.h has it for one day. */
static struct date official_from(const struct stay *s)
{
	if (s->status == STATUS_OFFICIAL)
		return DATE_EVER;
	if (s->status == STATUS_PROBATIONARY)
		return DATE_OPEN;
	if (date_is(s->official_on))
		return s->official_on;
	return date_is(s->admitted_on) ? date_add_months(s->admitted_on, 12) : DATE_EVER;
}

static fail load_roll(struct call *c, struct arena *keep, struct known_unit *u)
{
	struct stay *v;

	TRY(db_all(c, &Q_import_roll, ARGS(V(u->spans[0].realm), V(u->spans[0].id)), &stay_record, &v, &u->roll_n));
	u->roll = arena_array(keep, u->roll_n, sizeof *u->roll);
	for (size_t i = 0; i < u->roll_n; i++) {
		u->roll[i].from = v[i].valid_from;
		u->roll[i].to = v[i].valid_to;
		u->roll[i].official_from = official_from(&v[i]);
	}
	return FAIL_OK;
}

static fail find_unit(struct call *c, struct import *im, struct state *s, const char *code, struct known_unit **out)
{
	struct arena *keep = import_arena(im);
	struct known_unit **at = &s->bucket[hash(code)], *u;
	struct span *spans;
	size_t n;

	for (u = *at; u; u = u->next)
		if (strcmp(u->code, code) == 0) {
			*out = u;
			return FAIL_OK;
		}
	TRY(db_all(c, &Q_import_spans, ARGS(V(code)), &span_record, &spans, &n));
	if (!n)
		return problem(c, FAIL_NOT_FOUND, "unit_code", "there is no unit with the code “%s”; import the units first", code);
	if (!call_may(c, MAY_IMPORT, spans[0].id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	u = ARENA_NEW(keep, struct known_unit);
	*u = (struct known_unit){ .code = arena_strdup(keep, code), .n = n, .next = *at };
	u->spans = ARENA_ARRAY(keep, n, struct span);
	memcpy(u->spans, spans, n * sizeof *spans);
	TRY(load_roll(c, keep, u));
	*at = u;
	*out = u;
	return FAIL_OK;
}

static int64_t official_on(const struct known_unit *u, struct date on)
{
	int64_t official = 0, anybody = 0;

	for (size_t i = 0; i < u->roll_n; i++) {
		bool here = u->roll[i].from.days <= on.days && on.days <= u->roll[i].to.days;

		anybody += here;
		official += here && u->roll[i].official_from.days <= on.days;
	}
	return anybody ? official : INT_UNKNOWN;
}

static fail check_unit(struct call *c, const struct known_unit *u, struct meeting *m)
{
	struct date on = meeting_day(m);
	const struct span *span = NULL;

	for (size_t i = 0; i < u->n; i++)
		if (u->spans[i].valid_from.days <= on.days && on.days <= u->spans[i].valid_to.days)
			span = &u->spans[i];
	if (!span)
		return problem(c, FAIL_INPUT, "starts_at", "the unit %s did not exist on %s", u->code, show_date(c->arena, c->lang, on));
	if (!meeting_fits_level(m->kind, span->level))
		return problem(c, FAIL_INPUT, "unit_code", "%s is not a cell; only cells hold such meetings", u->code);
	m->realm = span->realm;
	m->unit_id = span->id;
	m->month = date_month(on);
	return meeting_check_quorum(c, m->kind, official_on(u, on));
}

/* ---------------------------------------------------------------- totals */

/* `was` gets the totals there were before. */
static fail put_totals(struct call *c, const struct meeting *m, bool may_exist, struct meeting *was, bool *changed)
{
	bool self = false, decided = false;

	if (tenths_is(m->self_points))
		TRY(score_put_total(c, m, STAGE_SELF, m->self_points, may_exist, &was->self_points, &self));
	if (tenths_is(m->decided_points))
		TRY(score_put_total(c, m, STAGE_DECIDED, m->decided_points, may_exist, &was->decided_points, &decided));
	*changed = self || decided;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- one row */

/* As the file tells it: held, and scored or decided where it has a total. */
static unsigned state_told(const struct meeting *m)
{
	return tenths_is(m->decided_points) ? MEETING_DECIDED : tenths_is(m->self_points) ? MEETING_SCORED : MEETING_HELD;
}

static fail add_history(struct call *c, struct state *s, const struct meeting *m)
{
	const enum meeting_step steps[] = { STEP_RECORD, tenths_is(m->self_points) ? STEP_SCORE : STEP_NONE_TAKEN,
		                                tenths_is(m->decided_points) ? STEP_DECIDE : STEP_NONE_TAKEN };
	enum meeting_state from = MEETING_NO_STATE;
	int64_t seq = 0;

	for (int i = 0; i < 3; i++) {
		const struct cycle_row *row = cycle_find(steps[i], from, true);

		if (!row)
			continue;
		TRY(db_batch_add(c, s->steps,
		                 ARGS(V(m->realm), V(m->id), V(++seq), V(meeting_step_words[steps[i]]), V(meeting_state_words[from]),
		                      V(meeting_state_words[row->to]), V(c->who.name), V(c->now_ms), V(""), V(""))));
		from = row->to;
	}
	return FAIL_OK;
}

static fail add(struct call *c, struct import *im, struct state *s, struct meeting *m)
{
	struct meeting nothing;
	bool changed;

	m->id = id_new();
	m->rev = 1;
	m->state = state_told(m);
	m->afterwards = true;
	TRY(meeting_insert_row(c, m));
	TRY(add_history(c, s, m));
	TRY(put_totals(c, m, false, &nothing, &changed));
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

/* What files do not hold. */
static void keep_unfiled(struct meeting *m, const struct meeting *was)
{
	m->state = was->state;
	m->afterwards = was->afterwards;
	m->place = was->place;
	m->mode = was->mode;
	m->by_groups = was->by_groups;
	m->chair_id = was->chair_id;
	m->minute_taker_id = was->minute_taker_id;
	m->author_id = was->author_id;
	m->planned_on = was->planned_on;
	m->sequence = was->sequence;
	m->minutes_approved_at = was->minutes_approved_at;
	m->minutes_signed_on = was->minutes_signed_on;
}

/* What the file does not say comes from the store; so do counts that a complete roll call gives. */
static fail settle(struct call *c, const struct meeting *was, struct meeting *m)
{
	struct flaws found = { 0 };

	m->id = was->id;
	m->rev = was->rev;
	m->uploaded_at = was->uploaded_at;
	m->topic = m->topic ? m->topic : "";
	keep_unfiled(m, was);
	TRY(attendance_apply(c, m, &found));
	if (m->rows)
		meeting_check(c, m, &found);
	return flaws_refuse(c, &found);
}

/* A total that is new moves the meeting on, where its state has that way; a locked one is not moved. */
static fail follow_totals(struct call *c, struct meeting *m)
{
	if (tenths_is(m->self_points)) {
		TRY(meeting_may_edit(c, m, PART_OWN_SHEET));
		if (cycle_find(STEP_SCORE, (enum meeting_state)m->state, m->afterwards))
			TRY(meeting_move(c, m, STEP_SCORE, NULL));
	}
	if (!tenths_is(m->decided_points))
		return FAIL_OK;
	TRY(meeting_may_edit(c, m, PART_DECISION));
	return m->state == MEETING_DECIDED ? FAIL_OK : meeting_move(c, m, STEP_DECIDE, NULL);
}

static fail change(struct call *c, struct import *im, struct state *s, struct meeting *was, struct meeting *m)
{
	bool totals;

	if (was->unit_id != m->unit_id)
		return problem(c, FAIL_CONFLICT, "unit_code", "the code “%s” belongs to a meeting of another unit; give this meeting a code of its own", m->code);
	TRY(settle(c, was, m));
	TRY(put_totals(c, m, true, was, &totals));
	if (totals)
		TRY(follow_totals(c, m));
	bool same = meeting_same_content(was, m);

	if (same && !totals) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	was->unit_code = m->unit_code;
	TRY(meeting_check_parts(c, was, m));
	meeting_raise_sequence(was, m);
	TRY(meeting_overwrite(c, m));
	if (was->month != m->month)
		rollup_dirty_add(s->dirty, m->realm, m->unit_id, (month_no)was->month);
	rollup_dirty_add(s->dirty, m->realm, m->unit_id, (month_no)m->month);
	return import_changed(c, im, m->realm, m->unit_id, "meeting", m->id, was, m);
}

static fail row(struct call *c, struct import *im, void *state, const void *row)
{
	struct state *s = state;
	struct meeting m = *(const struct meeting *)row, was;
	struct known_unit *unit;

	TRY(find_unit(c, im, s, m.unit_code, &unit));
	TRY(check_unit(c, unit, &m));
	fail f = db_one(c, &Q_meeting_plain, ARGS(V(m.realm), V(m.code)), &meeting_record, &was);

	if (f == FAIL_OK)
		return change(c, im, s, &was, &m);
	if (f != FAIL_NOT_FOUND)
		return f;
	rollup_dirty_add(s->dirty, m.realm, m.unit_id, (month_no)m.month);
	return add(c, im, s, &m);
}

static fail finish(struct call *c, struct import *im, void *state)
{
	struct state *s = state;

	(void)im;
	TRY(db_batch_flush(c, s->steps));
	return rollup_touch_many(c, s->dirty);
}

/* ---------------------------------------------------------------- out */

static fail out_row(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	bool all = q->period.from == 0 && q->period.to == 0;
	month_no from = all ? 0 : q->period.from, to = all ? month_of(9999, 12) : q->period.to;
	struct date since = all ? DATE_EVER : month_first(from), until = all ? DATE_OPEN : month_last(to);
	int64_t unit;

	if (!q->unit_code)
		return db_each(c, &Q_meeting_rows_all, ARGS(V(from), V(to)), &meeting_file_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_meeting_rows_below, ARGS(V(unit), V(since), V(until), V(from), V(to)), &meeting_file_record, out_row, ex);
}

const struct exchange_kind meeting_kind = {
	.name = "meetings",
	.label = N_("Meetings"),
	.record = &meeting_file_record,
	.may_export = MAY_SEE,
	.prepare = prepare,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
