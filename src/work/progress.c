/* progress.c — reports on a task. */
#include "work/progress.h"

#include <string.h>

#include "db/journal.h"
#include "task_sql.h"

static const struct field fields[] = {
	FIELD(struct task_progress, percent, N_("Per cent done"), 0, .min = 0, .max = 100),
	FIELD(struct task_progress, remark, N_("Remark"), 0, .max = 1000),
	FIELD(struct task_progress, evidence_no, N_("Number of the paper that shows it"), 0, .max = 80),
	FIELD(struct task_progress, done_on, N_("Done on"), 0),
	COL(struct task_progress, realm),
	COL(struct task_progress, task_id),
	COL(struct task_progress, seq),
	COL(struct task_progress, file_id),
	COL(struct task_progress, actor),
	COL(struct task_progress, at_ms),
	FIELD_END,
};
const struct record task_progress_record = { "task_progress", sizeof(struct task_progress), fields };

fail task_progress_of(struct call *c, const struct task *t, struct task_history *out)
{
	return db_all(c, &Q_task_updates, ARGS(V(t->realm), V(t->id)), &task_progress_record, &out->v, &out->n);
}

static fail check(struct call *c, const struct task *t, const struct task_progress *p)
{
	if (t->result == TASK_CANCELLED)
		return problem(c, FAIL_CONFLICT, "", "this task was cancelled; there is nothing to report");
	if (t->children > 0)
		return problem(c, FAIL_CONFLICT, "", "other units carry out this task; their reports are what it has become");
	if (date_is(p->done_on) && p->done_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "done_on", "the day on which the task was done lies in the future; check it");
	if (p->percent == INT_UNKNOWN && !*p->remark && !*p->evidence_no && p->file_id <= 0 && !date_is(p->done_on))
		return problem(c, FAIL_INPUT, "percent", "say how far it is, or write a remark");
	return FAIL_OK;
}

static bool says_the_same(const struct task_progress *a, const struct task_progress *b)
{
	return a->percent == b->percent && strcmp(a->remark, b->remark) == 0 && strcmp(a->evidence_no, b->evidence_no) == 0 &&
	       (a->file_id > 0 ? a->file_id : 0) == (b->file_id > 0 ? b->file_id : 0) && strcmp(a->actor, b->actor) == 0;
}

/* The task's own end: result and day. */
static fail finish(struct call *c, struct task *t, struct date done_on)
{
	struct task stored;

	if (t->done_on.days == done_on.days && t->result != TASK_OPEN)
		return FAIL_OK;
	t->done_on = done_on;
	t->result = t->result == TASK_ABOVE ? TASK_ABOVE : TASK_DONE;
	t->rev = ANY_REV;
	return task_update(c, t, &stored);
}

static const char *as_json(struct call *c, const struct task_progress *p)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &task_progress_record, p);
	json_object_end(&j);
	return out_text(&o);
}

static fail append(struct call *c, const struct task *t, struct task_progress *p)
{
	struct task_history before;

	TRY(task_progress_of(c, t, &before));
	p->seq = before.n ? before.v[0].seq + 1 : 1;
	if (before.n && says_the_same(&before.v[0], p) && moment_date(call_local(before.v[0].at_ms)).days == c->today.days)
		return FAIL_OK;
	TRY(db_exec(c, &Q_task_update_insert,
	            ARGS(V(t->realm), V(t->id), V(p->seq), V(p->percent), V(p->remark), V(p->evidence_no),
	                 V(p->file_id > 0 ? p->file_id : INT_UNKNOWN), V(p->actor), V(p->at_ms)),
	            NULL));
	return journal_add(c, t->realm, t->unit_id, "report", "task", t->id, NULL, as_json(c, p));
}

struct job {
	struct task_progress *p;
	struct task *t;
};

static fail add_body(struct call *c, void *arg)
{
	struct job *j = arg;
	struct task_progress p = *j->p;
	struct task t;

	TRY(task_seen(c, p.task_id, &t));
	TRY(check(c, &t, &p));
	p.actor = c->who.name;
	p.at_ms = c->now_ms;
	if (date_is(p.done_on) && p.percent == INT_UNKNOWN)
		p.percent = 100;
	TRY(append(c, &t, &p));
	if (date_is(p.done_on))
		TRY(finish(c, &t, p.done_on));
	TRY(task_seen(c, p.task_id, j->t));
	*j->p = p;
	return FAIL_OK;
}

fail task_progress_add(struct call *c, struct task_progress *p, struct task *t)
{
	return db_write(c, add_body, &(struct job){ p, t });
}
