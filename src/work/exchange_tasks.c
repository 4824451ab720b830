/* exchange_tasks.c — tasks in and out as files. A task is known by its code within the province of its cell. */
#include <string.h>

#include "base/id.h"
#include "org/member.h"
#include "org/unit.h"
#include "task_sql.h"
#include "work/kinds.h"
#include "work/task.h"

/* The cell and the meeting of the row before: neighbours in a file mostly share them. */
struct state {
	char unit_code[256], meeting_code[256];
	int64_t unit_id, realm;
	int64_t meeting_id, meeting_unit;
};

static fail prepare(struct call *c, void *row)
{
	struct flaws found = { 0 };

	task_check(c, row, &found);
	return flaws_refuse(c, &found);
}

static fail begin(struct call *c, struct import *im, void **out)
{
	(void)c;
	*out = ARENA_NEW(import_arena(im), struct state);
	return FAIL_OK;
}

static void remember(char *where, size_t size, const char *code)
{
	snprintf(where, size, "%s", code);
}

static fail find_unit(struct call *c, struct state *s, const char *code)
{
	if (strcmp(s->unit_code, code) == 0)
		return FAIL_OK;
	s->unit_code[0] = '\0';
	TRY(org_unit_id(c, code, &s->unit_id));
	TRY(org_realm(c, s->unit_id, &s->realm));
	if (!call_may(c, MAY_IMPORT, s->unit_id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	remember(s->unit_code, sizeof s->unit_code, code);
	return FAIL_OK;
}

static fail find_meeting(struct call *c, struct state *s, const char *code)
{
	struct meeting m;

	if (strcmp(s->meeting_code, code) == 0)
		return FAIL_OK;
	s->meeting_code[0] = '\0';
	TRY(meeting_by_code(c, code, &m));
	s->meeting_id = m.id;
	s->meeting_unit = m.unit_id;
	remember(s->meeting_code, sizeof s->meeting_code, code);
	return FAIL_OK;
}

static fail find_all(struct call *c, struct state *s, struct task *t)
{
	struct member person;

	TRY(find_unit(c, s, t->unit_code));
	t->unit_id = s->unit_id;
	t->realm = s->realm;
	t->meeting_id = t->member_id = INT_UNKNOWN;
	if (*t->meeting_code) {
		TRY(find_meeting(c, s, t->meeting_code));
		t->meeting_id = s->meeting_id;
		if (s->meeting_unit != t->unit_id)
			return problem(c, FAIL_INPUT, "unit_code", "the meeting %s is not one of the unit %s", t->meeting_code, t->unit_code);
	}
	if (*t->member_code) {
		TRY(org_member_by_code(c, t->realm, t->member_code, &person));
		t->member_id = person.id;
	}
	return FAIL_OK;
}

static bool same(const struct task *x, const struct task *y)
{
	return x->meeting_id == y->meeting_id && strcmp(x->title, y->title) == 0 && x->member_id == y->member_id &&
	       x->due_on.days == y->due_on.days && x->done_on.days == y->done_on.days && x->result == y->result;
}

static fail add(struct call *c, struct import *im, struct task *t)
{
	t->id = id_new();
	TRY(db_exec(c, &Q_task_insert,
	            ARGS(V(t->realm), V(t->id), V(t->code), V(t->meeting_id), V(t->unit_id), V(t->title), V(t->member_id), V(t->due_on),
	                 V(t->done_on), V(task_result_words[t->result]), V(""), V(""), V(INT_UNKNOWN), V(INT_UNKNOWN), V(INT_UNKNOWN)),
	            NULL));
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

static fail change(struct call *c, struct import *im, const struct task *was, const struct task *t)
{
	if (was->unit_id != t->unit_id)
		return problem(c, FAIL_CONFLICT, "unit_code", "the task %s belongs to the unit %s and cannot move to another", t->code, was->unit_code);
	if (was->meeting_id != t->meeting_id)
		return problem(c, FAIL_CONFLICT, "meeting_code", "the task %s was assigned at the meeting “%s”; this cannot change", t->code,
		               was->meeting_code);
	if (same(was, t)) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	TRY(db_exec(c, &Q_task_write,
	            ARGS(V(t->realm), V(was->id), V(t->title), V(t->member_id), V(t->due_on), V(t->done_on), V(task_result_words[t->result]),
	                 V(was->measure), V(was->report_at), V(was->resolution_id)),
	            NULL));
	return import_changed(c, im, t->realm, t->unit_id, "task", was->id, was, t);
}

static fail row(struct call *c, struct import *im, void *state, const void *row)
{
	struct task t = *(const struct task *)row, was;

	TRY(find_all(c, state, &t));
	fail f = db_one(c, &Q_task_by_code, ARGS(V(t.realm), V(t.code)), &task_file_record, &was);

	if (f == FAIL_NOT_FOUND)
		return add(c, im, &t);
	return f == FAIL_OK ? change(c, im, &was, &t) : f;
}

static fail out_row(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	bool all = q->period.from == 0 && q->period.to == 0;
	struct date since = all ? DATE_EVER : month_first(q->period.from), until = all ? DATE_OPEN : month_last(q->period.to);
	int64_t unit;

	if (!q->unit_code)
		return db_each(c, &Q_task_rows_all, ARGS(V(since), V(until), V((int64_t)all)), &task_file_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_task_rows_below, ARGS(V(unit), V(since), V(until), V((int64_t)all)), &task_file_record, out_row, ex);
}

const struct exchange_kind task_kind = {
	.name = "tasks",
	.label = N_("Tasks"),
	.record = &task_file_record,
	.may_export = MAY_SEE_MEMBERS,
	.prepare = prepare,
	.begin = begin,
	.row = row,
	.each = each,
};
