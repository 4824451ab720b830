/* cascade.h — a task of a higher committee that many cells carry out.
 *
 * The committee's task is one row of its own unit; each cell gets a task with the same words, measure and deadline that names it as its parent
 * (also across provinces). All in one transaction. Repeating adds nothing; cells can be added later. A cell that no longer is there keeps its
 * task. The committee's task has no state of its own: it is what the cells have made of theirs (task_state). */
#ifndef CHIBO_WORK_CASCADE_H
#define CHIBO_WORK_CASCADE_H

#include "org/unit.h"
#include "work/task.h"

struct cascade {
	struct task task;        /* unit_id: the committee; title, measure, report_at, due_on, resolution_id. id above 0: cells are added to that task.
	                            A code that is there already with the same title and deadline is that task (a form sent twice) */
	const int64_t *cells;    /* chosen; each must hang below the committee today: FAIL_INPUT otherwise */
	size_t n;
};
struct cascade_result { int64_t added, had; /* cells that got a task now, and that had one before */ };
/* Opens a write transaction or joins the open one. *task becomes the committee's task as it is stored. */
fail work_cascade(struct call *c, struct cascade *job, struct cascade_result *out) MUST_CHECK;
/* Changes title, measure, report_at and deadline of the committee's task and of every task that carries it out and is still open with the old
 * words; cancelling cancels those still open. FAIL_CONFLICT as task_update. */
fail work_cascade_change(struct call *c, struct task *t, struct task *stored, int64_t *changed) MUST_CHECK;

/* Units that can be given a task: cells, and grassroots organisations with nothing below them, below `unit_id` today; type TYPE_NONE: of
 * every type. In the order of names. Inside db_read or db_write. */
fail work_cells(struct call *c, int64_t unit_id, unsigned type, struct units *out) MUST_CHECK;

/* ---- how it stands ---- */

struct answer_line {
	int64_t unit_id;
	const char *unit_code, *unit_name;
	bool cell;               /* it carries the task out itself: task_id */
	int64_t task_id, given, done, on_time, late, not_done; /* late: still open after the deadline */
};
struct answers {
	struct answer_line *v;
	size_t n;
	struct answer_line sum;
};
/* One line for each unit directly below `unit_id` (and the unit itself) in the tree of today that carries the task out or has units below it
 * that do. A cell that hangs elsewhere today is not in it; the difference to parent->children tells. Inside db_read or db_write. */
fail work_answers(struct call *c, const struct task *parent, int64_t unit_id, struct answers *out) MUST_CHECK;

#endif
