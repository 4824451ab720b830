/* progress.h — how far a task is: reports with evidence, one behind the other, never changed.
 *
 * The person in charge and the secretary report: per cent, a remark, the number of a paper, a file (only its id is kept here; the room of
 * papers keeps the file). 100 per cent by the person in charge is a claim, shown as such; the secretary says "done" with a day, and the task
 * gets its result. So what the score looks at (D7, G1.3) is always the secretary's word. */
#ifndef CHIBO_WORK_PROGRESS_H
#define CHIBO_WORK_PROGRESS_H

#include "work/task.h"

struct task_progress {
	int64_t percent;          /* 0 … 100; INT_UNKNOWN: not said */
	const char *remark;
	const char *evidence_no;  /* number of a paper, as it stands on it */
	int64_t realm, task_id, seq, file_id, at_ms;
	const char *actor;
	struct date done_on;      /* reporting only: the secretary says it was done that day */
};
extern const struct record task_progress_record;
struct task_history { struct task_progress *v; size_t n; };

/* Latest first. */
fail task_progress_of(struct call *c, const struct task *t, struct task_history *out) MUST_CHECK;
/* Adds a report to the task p->task_id; with p->done_on also ends the task (result "done"). A report that says nothing, a cancelled task or one
 * that others carry out: FAIL_INPUT or FAIL_CONFLICT. The same words as the latest report on the same day add nothing: a form sent twice. *t is the
 * task afterwards. Opens a write transaction or joins the open one. */
fail task_progress_add(struct call *c, struct task_progress *p, struct task *t) MUST_CHECK;
/* Is it said to be finished, but not yet confirmed? */
static inline bool task_is_claimed(const struct task *t, struct date today)
{
	return t->percent == 100 && task_is_open(task_state(t, today));
}

#endif
