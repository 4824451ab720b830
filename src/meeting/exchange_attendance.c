/* exchange_attendance.c — roll calls in and out as files.
 *
 * Rows of one meeting usually follow each other. While they do, the people of the cell and the rows there are stay in memory; when the meeting
 * changes, its counts are made from them. A meeting whose roll call is then not complete is looked at once more at the end, because
 * its other rows may stand elsewhere in the file. That a person is named twice the engine refuses: meeting and member
 * are the key of a row. */
#include <string.h>

#include "meeting/cycle.h"
#include "meeting/kinds.h"
#include "meeting/store.h"
#include "meeting_sql.h"
#include "org/unit.h"
#include "rollup/rollup.h"

struct later {
	int64_t meeting_id, line;
	struct later *next;
};

struct state {
	struct arena *hand; /* what is known of the meeting at hand */
	struct meeting meeting;
	int64_t line;       /* of its first row */
	struct roll roll;
	struct attendances rows; /* the stored ones, those of the file put over them */
	size_t room;
	bool changed;
	struct later *later;
	struct rollup_dirty *dirty;
};

static void free_hand(void *arg)
{
	arena_free(arg);
}

static fail begin(struct call *c, struct import *im, void **out)
{
	struct state *s = ARENA_NEW(import_arena(im), struct state);

	s->hand = arena_new(64 << 20);
	if (!s->hand)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	arena_defer(import_arena(im), free_hand, s->hand);
	s->dirty = rollup_dirty_new(import_arena(im));
	*out = s;
	return FAIL_OK;
}

static fail load(struct call *c, struct state *s, const char *code)
{
	struct attendances stored;

	TRY(meeting_by_code(c, code, &s->meeting));
	if (!call_may(c, MAY_IMPORT, s->meeting.unit_id))
		return problem(c, FAIL_DENIED, "meeting_code", "you may not import rows of this unit");
	TRY(org_members_on(c, s->meeting.unit_id, meeting_day(&s->meeting), &s->roll));
	TRY(attendance_of(c, &s->meeting, &stored));
	s->room = stored.n + s->roll.n + 16;
	s->rows.v = ARENA_ARRAY(s->hand, s->room, struct attendance);
	if (stored.n)
		memcpy(s->rows.v, stored.v, stored.n * sizeof *stored.v);
	s->rows.n = stored.n;
	return FAIL_OK;
}

/* What is loaded has to outlive the call's arena, which is emptied between rows. */
static fail take_in_hand(struct call *c, struct import *im, struct state *s, const char *code)
{
	struct arena *outer = c->arena;

	s->meeting = (struct meeting){ 0 };
	s->changed = false;
	arena_reset(s->hand);
	c->arena = s->hand;
	fail f = load(c, s, code);
	c->arena = outer;
	if (f != FAIL_OK) {
		s->meeting.id = 0;
		if (c->problem.code) { /* its texts, too */
			c->problem.text = arena_strdup(outer, c->problem.text);
			c->problem.field = arena_strdup(outer, c->problem.field);
		}
	}
	s->line = import_line(im);
	return f;
}

/* A flaw of the tally names the person, one of the counts does not. */
static fail refuse_all(struct call *c, struct import *im, int64_t line, const struct flaws *found, bool of_person)
{
	for (size_t i = 0; i < found->n; i++)
		import_problem(c, im, line, of_person ? "member_code" : "status", of_person ? found->v[i].field : NULL, "%s", found->v[i].text);
	return found->n ? FAIL_INPUT : FAIL_OK;
}

static fail remember(struct state *s, struct import *im)
{
	struct later *l = ARENA_NEW(import_arena(im), struct later);

	*l = (struct later){ s->meeting.id, s->line, s->later };
	s->later = l;
	return FAIL_OK;
}

/* The rows of a meeting are all in: its counts follow. */
static fail put_down(struct call *c, struct import *im, struct state *s)
{
	struct flaws found = { 0 };
	struct meeting after = s->meeting;

	if (!s->meeting.id || !s->changed)
		return FAIL_OK;
	s->changed = false;
	rollup_dirty_add(s->dirty, s->meeting.realm, s->meeting.unit_id, (month_no)s->meeting.month);
	struct tally t = attendance_tally(c, &s->roll, &s->rows, &found);

	TRY(refuse_all(c, im, s->line, &found, true));
	if (!t.complete)
		return remember(s, im);
	tally_put(&after, &t);
	meeting_check(c, &after, &found);
	TRY(refuse_all(c, im, s->line, &found, false));
	return meeting_same_content(&s->meeting, &after) ? FAIL_OK : meeting_write_row(c, &s->meeting, &after);
}

static fail find_member(struct call *c, const struct state *s, const char *code, int64_t *id)
{
	for (size_t i = 0; i < s->roll.n; i++)
		if (strcmp(s->roll.v[i].code, code) == 0) {
			*id = s->roll.v[i].id;
			return FAIL_OK;
		}
	TRY(db_int(c, &Q_attendance_member_id, ARGS(V(s->meeting.realm), V(code)), 0, id));
	if (!*id)
		return problem(c, FAIL_NOT_FOUND, "member_code", "there is no member with the code “%s”", code);
	return problem(c, FAIL_INPUT, "member_code", "%s did not belong to the cell of this meeting that day", code);
}

static struct attendance *stored_row(struct state *s, int64_t member_id)
{
	for (size_t i = 0; i < s->rows.n; i++)
		if (s->rows.v[i].member_id == member_id)
			return &s->rows.v[i];
	return NULL;
}

static void keep_row(struct state *s, const struct attendance *a)
{
	struct attendance *at = stored_row(s, a->member_id);

	if (!at) {
		if (s->rows.n == s->room)
			return; /* not reached: a row is of somebody on the roll, or was stored */
		at = &s->rows.v[s->rows.n++];
	}
	*at = *a;
	at->member_code = arena_strdup(s->hand, a->member_code);
	at->meeting_code = s->meeting.code;
}

static fail write(struct call *c, struct import *im, struct state *s, const struct attendance *a, const struct attendance *was)
{
	if (was && was->status == a->status && was->mode == a->mode && was->arrived_at.minutes == a->arrived_at.minutes) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	TRY(db_exec(c, &Q_attendance_put,
	            ARGS(V(s->meeting.realm), V(s->meeting.id), V(a->member_id), V(attendance_status_words[a->status]),
	                 V(attendance_mode_words[a->mode]), V(a->arrived_at)),
	            NULL));
	s->changed = true;
	if (was)
		return import_changed(c, im, s->meeting.realm, s->meeting.unit_id, "attendance", s->meeting.id, was, a);
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *row)
{
	struct state *s = state;
	struct attendance a = *(const struct attendance *)row;

	if (!s->meeting.id || strcmp(s->meeting.code, a.meeting_code) != 0) {
		TRY(put_down(c, im, s));
		TRY(take_in_hand(c, im, s, a.meeting_code));
	}
	TRY(find_member(c, s, a.member_code, &a.member_id));
	TRY(meeting_may_edit(c, &s->meeting, PART_ROOM));
	TRY(write(c, im, s, &a, stored_row(s, a.member_id)));
	keep_row(s, &a);
	return FAIL_OK;
}

/* A roll call that was not complete when its rows were put down. */
static fail recount(struct call *c, struct import *im, const struct later *l)
{
	struct meeting m;

	TRY(meeting_by_id(c, l->meeting_id, &m));
	fail f = attendance_recount(c, &m);

	if (f != FAIL_INPUT)
		return f;
	import_problem(c, im, l->line, "status", NULL, "%s", c->problem.text);
	problem_clear(c);
	return FAIL_OK;
}

static fail finish(struct call *c, struct import *im, void *state)
{
	struct state *s = state;

	TRY(put_down(c, im, s));
	for (const struct later *l = s->later; l; l = l->next)
		TRY(recount(c, im, l));
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
		return db_each(c, &Q_attendance_rows_all, ARGS(V(from), V(to)), &attendance_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_attendance_rows_below, ARGS(V(unit), V(since), V(until), V(from), V(to)), &attendance_record, out_row, ex);
}

const struct exchange_kind attendance_kind = {
	.name = "attendance",
	.label = N_("Roll calls"),
	.record = &attendance_record,
	.may_export = MAY_SEE_MEMBERS,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
