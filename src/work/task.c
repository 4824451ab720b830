/* task.c — tasks in the store. */
#include "work/task.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "meeting/attendance.h"
#include "meeting/cycle.h"
#include "org/unit.h"
#include "task_sql.h"

const char *const task_result_words[] = { "", N_("done"), N_("above_requirement"), N_("not_done"), N_("cancelled"), NULL };
const char *const task_state_words[] = { "open", "late", "done_on_time", "done_late", "done", "not_done", "cancelled", NULL };

#define FILE_FIELDS                                                                                                    \
	FIELD(struct task, code, N_("Task code"), REQUIRED | KEY, .max = 80),                                              \
	FIELD(struct task, meeting_code, N_("Assigned at meeting"), 0, .max = 60),                                         \
	FIELD(struct task, unit_code, N_("Unit code"), REQUIRED, .max = 60),                                               \
	FIELD(struct task, title, N_("Task"), REQUIRED, .max = 500),                                                       \
	FIELD(struct task, member_code, N_("Person in charge"), 0, .max = 60), FIELD(struct task, due_on, N_("Due on"), 0), \
	FIELD(struct task, done_on, N_("Done on"), 0), FIELD(struct task, result, N_("Result"), 0, .words = task_result_words)

static const struct field fields[] = {
	FILE_FIELDS,
	FIELD(struct task, measure, N_("One sees that it is done by"), 0, .max = 300),
	FIELD(struct task, report_at, N_("Result is reported at"), 0, .max = 100),
	COL(struct task, realm),
	COL(struct task, id),
	COL(struct task, meeting_id),
	COL(struct task, unit_id),
	COL(struct task, member_id),
	COL(struct task, member_name),
	COL(struct task, rev),
	COL(struct task, resolution_id),
	COL(struct task, parent_realm),
	COL(struct task, parent_id),
	COL(struct task, unit_name),
	COL(struct task, resolution_type),
	COL(struct task, resolution_number),
	COL(struct task, percent),
	COL(struct task, progress),
	COL(struct task, reported_ms),
	COL(struct task, children),
	COL(struct task, children_done),
	COL(struct task, children_not_done),
	COL(struct task, children_done_on),
	FIELD_END,
};
const struct record task_record = { "task", sizeof(struct task), fields };

/* What a file holds; the rest is known to the database alone. */
static const struct field file_fields[] = {
	FILE_FIELDS,
	COL(struct task, measure),
	COL(struct task, report_at),
	COL(struct task, realm),
	COL(struct task, id),
	COL(struct task, meeting_id),
	COL(struct task, unit_id),
	COL(struct task, member_id),
	COL(struct task, member_name),
	COL(struct task, rev),
	COL(struct task, resolution_id),
	COL(struct task, parent_realm),
	COL(struct task, parent_id),
	FIELD_END,
};
const struct record task_file_record = { "task", sizeof(struct task), file_fields };

static const struct field sum_fields[] = { COL(struct task_sums, assigned), COL(struct task_sums, with_person_and_deadline), FIELD_END };
static const struct record sums_record = { "task_sums", sizeof(struct task_sums), sum_fields };

/* ---------------------------------------------------------------- what it is */

static enum task_state state_by_day(const struct task *t, struct date done_on, struct date today)
{
	if (date_is(done_on))
		return !date_is(t->due_on) ? TASK_IS_DONE : done_on.days <= t->due_on.days ? TASK_IS_ON_TIME : TASK_IS_DONE_LATE;
	return date_is(t->due_on) && t->due_on.days < today.days ? TASK_IS_LATE : TASK_IS_OPEN;
}

static enum task_state state_of_children(const struct task *t, struct date today)
{
	if (t->children_done == t->children)
		return date_is(t->children_done_on) ? state_by_day(t, t->children_done_on, today) : TASK_IS_DONE;
	if (t->children_done + t->children_not_done == t->children)
		return TASK_IS_NOT_DONE;
	return state_by_day(t, DATE_NONE, today);
}

enum task_state task_state(const struct task *t, struct date today)
{
	if (t->result == TASK_CANCELLED)
		return TASK_IS_CANCELLED;
	if (t->children > 0)
		return state_of_children(t, today);
	if (t->result == TASK_NOT_DONE)
		return TASK_IS_NOT_DONE;
	return t->result != TASK_OPEN && !date_is(t->done_on) ? TASK_IS_DONE : state_by_day(t, t->done_on, today);
}

const char *task_state_name(enum lang lang, enum task_state s)
{
	static const char *const names[] = { N_("open"), N_("overdue"), N_("done on time"), N_("done late"), N_("done"), N_("not done"),
		                                 N_("cancelled") };

	return tr(lang, names[s]);
}

const char *task_resolution(struct arena *a, const struct task *t)
{
	return t->resolution_number > 0 ? arena_printf(a, "%02lld-%s", (long long)t->resolution_number, t->resolution_type) : "";
}

void task_json(struct json *j, const struct task *t, struct date today)
{
	char id[NUM_TEXT];

	snprintf(id, sizeof id, "%lld", (long long)t->id);
	json_put_str(j, "id", id);
	record_json(j, &task_record, t);
	json_put_str(j, "member_name", t->member_name);
	json_put_str(j, "state", task_state_words[task_state(t, today)]);
	if (t->percent >= 0)
		json_put_int(j, "percent", t->percent);
	if (t->children > 0) {
		json_put_int(j, "children", t->children);
		json_put_int(j, "children_done", t->children_done);
	}
	json_put_int(j, "rev", t->rev);
}

void task_check(struct call *c, const struct task *t, struct flaws *out)
{
	if (date_is(t->done_on) && (t->result == TASK_NOT_DONE || t->result == TASK_CANCELLED))
		flaw_add(c, out, "done_on", "a task that was not done or was cancelled has no day on which it was done; empty one of the two");
	if (date_is(t->done_on) && t->done_on.days > c->today.days)
		flaw_add(c, out, "done_on", "the day on which the task was done lies in the future; check it");
}

/* ---------------------------------------------------------------- reading */

fail task_by_id(struct call *c, int64_t id, struct task *out)
{
	fail f = db_one(c, &Q_task_by_id, ARGS(V(id)), &task_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "task", "there is no such task") : f;
}

fail task_by_code(struct call *c, int64_t realm, const char *code, struct task *out)
{
	fail f = db_one(c, &Q_task_by_code, ARGS(V(realm), V(code)), &task_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "task", "there is no task with the code “%s”", code) : f;
}

fail tasks_of_meeting(struct call *c, const struct meeting *m, struct tasks *out)
{
	return db_all(c, &Q_tasks_of_meeting, ARGS(V(m->realm), V(m->id)), &task_record, &out->v, &out->n);
}

fail tasks_due_between(struct call *c, int64_t realm, int64_t unit_id, struct date after, struct date until, struct tasks *out)
{
	return db_all(c, &Q_tasks_due_between, ARGS(V(realm), V(unit_id), V(after), V(until)), &task_record, &out->v, &out->n);
}

fail tasks_open(struct call *c, int64_t realm, int64_t unit_id, struct tasks *out)
{
	return db_all(c, &Q_tasks_open, ARGS(V(realm), V(unit_id)), &task_record, &out->v, &out->n);
}

fail tasks_count(struct call *c, const struct meeting *m, struct task_sums *out)
{
	return db_one(c, &Q_tasks_sums, ARGS(V(m->realm), V(m->id)), &sums_record, out);
}

fail task_seen(struct call *c, int64_t id, struct task *out)
{
	fail f = db_one(c, &Q_task_seen, ARGS(V(id)), &task_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "task", "there is no such task") : f;
}

fail tasks_of_member(struct call *c, int64_t realm, int64_t member_id, struct tasks *out)
{
	return db_all(c, &Q_tasks_of_member, ARGS(V(realm), V(member_id)), &task_record, &out->v, &out->n);
}

const char *const task_show_words[] = { "open", "late", "done", "all", NULL };

fail tasks_below(struct call *c, const struct task_query *q, struct tasks *out)
{
	struct date after = date_is(q->after_due) ? q->after_due : DATE_EVER;
	bool open = q->show == SHOW_OPEN || q->show == SHOW_LATE;
	/* late: due before today; those without a deadline never are */
	struct date until = q->show == SHOW_LATE ? (struct date){ c->today.days - 1 } : DATE_OPEN;

	return db_all(c, open ? &Q_tasks_open_below : &Q_tasks_all_below,
	              ARGS(V(q->unit_id), V(c->today), V(until), V((int64_t)(q->show == SHOW_DONE)), V(q->member_id > 0 ? q->member_id : 0),
	                   V(q->resolution_id > 0 ? q->resolution_id : 0), V(q->parent_id > 0 ? q->parent_id : 0), V(after), V(q->after_id),
	                   V(q->limit), V(q->meeting_id > 0 ? q->meeting_id : 0)),
	              &task_record, &out->v, &out->n);
}

static const struct field total_fields[] = { COL(struct task_totals, open), COL(struct task_totals, late), COL(struct task_totals, soon),
	                                         COL(struct task_totals, done), COL(struct task_totals, all), FIELD_END };
static const struct record totals_record = { "task_totals", sizeof(struct task_totals), total_fields };

fail tasks_totals(struct call *c, int64_t unit_id, struct task_totals *out)
{
	struct task_totals share;
	int year = date_month(c->today) / 12;

	TRY(db_one(c, &Q_tasks_totals, ARGS(V(unit_id), V(c->today), V((struct date){ c->today.days + 7 })), &totals_record, out));
	TRY(db_one(c, &Q_tasks_done_share, ARGS(V(unit_id), V(date_of(year, 1, 1)), V(c->today)), &totals_record, &share));
	out->done = share.done;
	out->all = share.all;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- writing */

static const char *as_json(struct call *c, const struct task *t)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &task_record, t);
	json_object_end(&j);
	return out_text(&o);
}

static bool given(const char *s)
{
	return s && *s;
}

/* A task goes to somebody of the cell: on its roll today or on the day of the meeting. */
static fail check_roll(struct call *c, const struct task *t, int64_t member_id)
{
	struct meeting m;
	int64_t there;

	for (int i = 0; i < 2; i++) {
		if (i && t->meeting_id <= 0)
			break;
		if (i)
			TRY(meeting_by_id(c, t->meeting_id, &m));
		TRY(db_int(c, &Q_task_member_there, ARGS(V(t->realm), V(t->unit_id), V(member_id), V(i ? meeting_day(&m) : c->today)), 0, &there));
		if (there)
			return FAIL_OK;
	}
	return problem(c, FAIL_INPUT, "member_code", "this person does not belong to the cell; choose somebody of the cell");
}

/* The person: looked up by code in the realm of the cell. */
static fail find_member(struct call *c, struct task *t)
{
	struct member m;

	if (given(t->member_code))
		TRY(org_member_by_code(c, t->realm, t->member_code, &m));
	else if (t->member_id > 0)
		TRY(org_member(c, t->realm, t->member_id, &m));
	else {
		t->member_id = INT_UNKNOWN;
		return FAIL_OK;
	}
	t->member_id = m.id;
	t->member_code = m.code;
	t->member_name = m.full_name;
	return check_roll(c, t, m.id);
}

static fail find_cell(struct call *c, struct task *t)
{
	struct meeting m;
	struct unit u;

	if (t->meeting_id > 0 || given(t->meeting_code)) {
		TRY(t->meeting_id > 0 ? meeting_by_id(c, t->meeting_id, &m) : meeting_by_code(c, t->meeting_code, &m));
		t->meeting_id = m.id;
		t->meeting_code = m.code;
		if (given(t->unit_code) && strcmp(t->unit_code, m.unit_code) != 0)
			return problem(c, FAIL_INPUT, "unit_code", "the meeting %s is one of the unit %s, not of %s", m.code, m.unit_code, t->unit_code);
		t->unit_id = m.unit_id;
		t->unit_code = m.unit_code;
	} else {
		t->meeting_id = INT_UNKNOWN;
		if (t->unit_id <= 0)
			TRY(org_unit_id(c, t->unit_code, &t->unit_id));
		if (!given(t->unit_code)) {
			TRY(org_unit_nearest(c, t->unit_id, c->today, &u));
			t->unit_code = u.code;
		}
	}
	return org_realm(c, t->unit_id, &t->realm);
}

/* MEETING/1, MEETING/2 …; tasks without a meeting: UNIT/T1 … */
static fail make_code(struct call *c, struct task *t)
{
	const char *stem = given(t->meeting_code) ? t->meeting_code : t->unit_code, *mark = given(t->meeting_code) ? "" : "T";
	int64_t taken = 1;

	for (int n = 1; taken; n++) {
		t->code = arena_printf(c->arena, "%s/%s%d", stem, mark, n);
		TRY(db_int(c, &Q_task_code_taken, ARGS(V(t->realm), V(t->code)), 0, &taken));
	}
	return FAIL_OK;
}

fail task_code_free(struct call *c, int64_t unit_id, const char **out)
{
	struct task t = { .unit_id = unit_id, .meeting_code = "" };
	struct unit u;

	TRY(org_unit_nearest(c, unit_id, c->today, &u));
	t.unit_code = u.code;
	t.realm = u.realm;
	TRY(make_code(c, &t));
	*out = t.code;
	return FAIL_OK;
}

static fail check(struct call *c, const struct task *t)
{
	struct flaws found = { 0 };

	if (!given(t->title))
		flaw_add(c, &found, "title", "say in a few words what has to be done");
	task_check(c, t, &found);
	return flaws_refuse(c, &found);
}

/* The meeting that assigned the task looks different now; no counter counts tasks. */
static fail touch(struct call *c, const struct task *t)
{
	return t->meeting_id > 0 ? meeting_raise(c, t->realm, t->meeting_id) : FAIL_OK;
}

/* What was assigned stands in the minutes: once these are signed, nothing is added to it and it reads as it reads. */
static fail check_minutes(struct call *c, const struct task *t)
{
	struct meeting m;

	if (t->meeting_id <= 0)
		return FAIL_OK;
	TRY(meeting_by_id(c, t->meeting_id, &m));
	return meeting_may_edit(c, &m, PART_TEXTS);
}

static const char *text_or_empty(const char *s)
{
	return s ? s : "";
}

static int64_t id_or_none(int64_t id)
{
	return id > 0 ? id : INT_UNKNOWN;
}

static fail insert(struct call *c, struct task *t)
{
	t->measure = text_or_empty(t->measure);
	t->report_at = text_or_empty(t->report_at);
	return db_exec(c, &Q_task_insert,
	               ARGS(V(t->realm), V(t->id), V(t->code), V(t->meeting_id), V(t->unit_id), V(t->title), V(t->member_id), V(t->due_on),
	                    V(t->done_on), V(task_result_words[t->result]), V(t->measure), V(t->report_at), V(id_or_none(t->resolution_id)),
	                    V(id_or_none(t->parent_realm)), V(id_or_none(t->parent_id))),
	               NULL);
}

static fail create_body(struct call *c, void *arg)
{
	struct task *out = arg, made = *out, *t = &made;
	int64_t taken = 0;

	TRY(check(c, t));
	TRY(find_cell(c, t));
	TRY(find_member(c, t));
	TRY(check_minutes(c, t));
	if (!given(t->code))
		TRY(make_code(c, t));
	TRY(db_int(c, &Q_task_code_taken, ARGS(V(t->realm), V(t->code)), 0, &taken));
	if (taken)
		return problem(c, FAIL_CONFLICT, "code", "there is already a task with the code “%s”", t->code);
	t->id = id_new();
	t->rev = 1;
	TRY(insert(c, t));
	TRY(journal_add(c, t->realm, t->unit_id, "create", "task", t->id, NULL, as_json(c, t)));
	TRY(touch(c, t));
	*out = made;
	return FAIL_OK;
}

fail task_create(struct call *c, struct task *t)
{
	return db_write(c, create_body, t);
}

static void keep_identity(struct task *t, const struct task *stored)
{
	t->realm = stored->realm;
	t->code = stored->code;
	t->meeting_id = stored->meeting_id;
	t->meeting_code = stored->meeting_code;
	t->unit_id = stored->unit_id;
	t->unit_code = stored->unit_code;
	t->parent_realm = stored->parent_realm;
	t->parent_id = stored->parent_id;
	t->measure = t->measure ? t->measure : stored->measure;
	t->report_at = t->report_at ? t->report_at : stored->report_at;
	if (t->resolution_id <= 0)
		t->resolution_id = stored->resolution_id;
}

static bool same_content(const struct task *x, const struct task *y)
{
	return strcmp(x->title, y->title) == 0 && x->member_id == y->member_id && x->due_on.days == y->due_on.days &&
	       x->done_on.days == y->done_on.days && x->result == y->result && strcmp(x->measure, y->measure) == 0 &&
	       strcmp(x->report_at, y->report_at) == 0 && id_or_none(x->resolution_id) == id_or_none(y->resolution_id);
}

struct update {
	struct task *t, *stored;
};

static fail update_body(struct call *c, void *arg)
{
	struct update *u = arg;
	struct task t = *u->t;

	TRY(task_by_id(c, t.id, u->stored));
	if (t.rev != ANY_REV && t.rev != u->stored->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed this task in the meantime; compare and save again");
	keep_identity(&t, u->stored);
	TRY(check(c, &t));
	TRY(find_member(c, &t));
	if (strcmp(t.title, u->stored->title) != 0)
		TRY(check_minutes(c, &t));
	t.rev = u->stored->rev;
	if (!same_content(&t, u->stored)) {
		TRY(db_exec(c, &Q_task_write,
		            ARGS(V(t.realm), V(t.id), V(t.title), V(t.member_id), V(t.due_on), V(t.done_on), V(task_result_words[t.result]),
		                 V(t.measure), V(t.report_at), V(id_or_none(t.resolution_id))),
		            NULL));
		t.rev++;
		TRY(journal_add(c, t.realm, t.unit_id, "update", "task", t.id, as_json(c, u->stored), as_json(c, &t)));
		TRY(touch(c, &t));
	}
	*u->t = t;
	return FAIL_OK;
}

fail task_update(struct call *c, struct task *t, struct task *stored)
{
	return db_write(c, update_body, &(struct update){ t, stored });
}
