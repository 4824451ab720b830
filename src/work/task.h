/* task.h — a task of a cell: who, what, until when, with which result.
 *
 * Tasks are assigned at a meeting or stand alone. Due and on time are what the next meeting's score looks at: a task is due on the
 * day it has to be finished, and on time when it was finished by then. A finished task without a day is done, but whether on time
 * is unknown. A cancelled one is neither due nor done. Nothing is deleted. */
#ifndef CHIBO_WORK_TASK_H
#define CHIBO_WORK_TASK_H

#include "meeting/meeting.h"

enum task_result { TASK_OPEN, TASK_DONE, TASK_ABOVE, TASK_NOT_DONE, TASK_CANCELLED };
extern const char *const task_result_words[]; /* "" done above_requirement not_done cancelled */

enum task_state { TASK_IS_OPEN, TASK_IS_LATE, TASK_IS_ON_TIME, TASK_IS_DONE_LATE, TASK_IS_DONE, TASK_IS_NOT_DONE, TASK_IS_CANCELLED };
extern const char *const task_state_words[]; /* open late done_on_time done_late done not_done cancelled */

struct task {
	int64_t realm, id, meeting_id, unit_id, member_id, rev;
	const char *code;         /* "" on creating: one is made */
	const char *meeting_code, *unit_code, *member_code, *member_name;
	const char *title;
	struct date due_on, done_on;
	unsigned result;
};
extern const struct record task_record; /* its labelled fields are the columns of files */
struct tasks { struct task *v; size_t n; };

enum task_state task_state(const struct task *t, struct date today);
/* The state in words for people. */
const char *task_state_name(enum lang lang, enum task_state s);
void task_json(struct json *j, const struct task *t, struct date today);
/* Contradictions inside the row itself. */
void task_check(struct call *c, const struct task *t, struct flaws *out);

/* ---- reading ---- */

fail task_by_id(struct call *c, int64_t id, struct task *out) MUST_CHECK;
fail task_by_code(struct call *c, int64_t realm, const char *code, struct task *out) MUST_CHECK;
/* Assigned at a meeting, in the order of codes. */
fail tasks_of_meeting(struct call *c, const struct meeting *m, struct tasks *out) MUST_CHECK;
/* Of a cell, due after `after` and not later than `until`, cancelled ones left out. */
fail tasks_due_between(struct call *c, int64_t realm, int64_t unit_id, struct date after, struct date until, struct tasks *out) MUST_CHECK;
/* Not finished yet, the most urgent first; those without a deadline last. */
fail tasks_open(struct call *c, int64_t realm, int64_t unit_id, struct tasks *out) MUST_CHECK;

struct task_sums {
	int64_t assigned, with_person_and_deadline; /* of one meeting */
};
fail tasks_count(struct call *c, const struct meeting *m, struct task_sums *out) MUST_CHECK;

/* ---- writing ---- */

/* unit_id or unit_code, or meeting_id or meeting_code, names the cell; member_id or member_code the person. Fills the rest. */
fail task_create(struct call *c, struct task *t) MUST_CHECK;
/* If its stored rev is t->rev or that is ANY_REV. FAIL_CONFLICT: *stored is what there is. The cell and the meeting stay. */
fail task_update(struct call *c, struct task *t, struct task *stored) MUST_CHECK;

#endif
