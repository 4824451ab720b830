/* achieved.h — what of the work was due and done between two days: the facts of D7, G1.2, G1.3 and G4.3.
 *
 * A task is due on its deadline, achieved when it was done by then; a cancelled one is neither. A target of the unit's own (programme.h) is due
 * on the day by which it is to be reached, achieved when its value of that day, or if later said of the last day asked about, has reached the goal.
 * So a target enters D7 once, at the first meeting after its deadline, like a task; while it runs it weighs nothing, because nothing says how far
 * it should be. To have a step on the way looked at, a cell makes it a task. The sums: due = tasks + targets, achieved likewise (domain, D7:
 * "tasks and targets achieved").
 *
 * Inside db_read or db_write. */
#ifndef CHIBO_WORK_ACHIEVED_H
#define CHIBO_WORK_ACHIEVED_H

#include "work/task.h"

struct work_sums {
	int64_t tasks_due, tasks_on_time;     /* on_time INT_UNKNOWN: one is done and nobody wrote down when */
	int64_t targets_due, targets_reached;
	int64_t due, achieved;                /* together; achieved INT_UNKNOWN likewise: facts tasks_due and tasks_on_time */
};
/* Due after the one day (the meeting before) and not later than the other (this meeting). */
fail work_achieved(struct call *c, int64_t realm, int64_t unit_id, struct date after, struct date until, struct work_sums *out) MUST_CHECK;

/* G1.2: targets of the unit's own that are due after `after` and not later than `until`, reached with the values of `on`. */
struct target_count { int64_t assigned, reached; };
fail work_targets_reached(struct call *c, int64_t unit_id, struct date after, struct date until, struct date on, struct target_count *out) MUST_CHECK;

/* G4.3: people who have to come to meetings on `until`, and how many of them had a task between the days (due then, or given at a meeting then). */
struct task_share { int64_t members, with_task; };
fail work_members_with_task(struct call *c, int64_t realm, int64_t unit_id, struct date from, struct date until, struct task_share *out) MUST_CHECK;

#endif
