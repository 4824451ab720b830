/* task.h — a task of a cell (or of a committee): who, what, until when, by what one sees that it is done, with which result.
 *
 * Tasks are assigned at a meeting, come from a higher committee (cascade.h: parent_realm, parent_id) or stand alone. How far they are is
 * reported step by step (progress.h). Due and on time are what the next meeting's score looks at: a task is due on the
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
	const char *measure;      /* by what one sees that it is done */
	const char *report_at;    /* at which meeting the result is reported, in words: "tháng 12/2025" */
	struct date due_on, done_on;
	unsigned result;
	int64_t resolution_id;    /* the document it stands in; not above 0: none named */
	int64_t parent_realm, parent_id; /* the task of a higher committee it carries out; not above 0: none */
	/* only in lists and on pages (task_seen); INT_UNKNOWN or "" elsewhere */
	const char *unit_name;    /* the latest */
	const char *resolution_type;
	int64_t resolution_number;
	int64_t percent, reported_ms; /* of the latest report */
	const char *progress;     /* its remark */
	int64_t children, children_done, children_not_done; /* of the tasks that carry this one out; cancelled ones are left out */
	struct date children_done_on; /* the last day on which one was done */
};
extern const struct record task_record;
extern const struct record task_file_record; /* the columns of import and export (design, section 4) */
struct tasks { struct task *v; size_t n; };

/* One that others carry out is what they have become together: done when all are. */
enum task_state task_state(const struct task *t, struct date today);
/* Is somebody still to do something about it? */
static inline bool task_is_open(enum task_state s) { return s == TASK_IS_OPEN || s == TASK_IS_LATE; }
/* "05-NQ"; "" when it stands in no numbered resolution. */
const char *task_resolution(struct arena *a, const struct task *t);
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
/* The task with everything that its page shows. */
fail task_seen(struct call *c, int64_t id, struct task *out) MUST_CHECK;
/* Of one person, open ones first by urgency, then the latest done. At most 200. */
fail tasks_of_member(struct call *c, int64_t realm, int64_t member_id, struct tasks *out) MUST_CHECK;

enum task_show { SHOW_OPEN, SHOW_LATE, SHOW_DONE, SHOW_ALL };
extern const char *const task_show_words[]; /* open late done all, NULL-ended */
struct task_query {
	int64_t unit_id;          /* this unit and all below it today */
	enum task_show show;
	int64_t member_realm, member_id; /* only of this person; not above 0: of anybody */
	int64_t resolution_id, meeting_id, parent_id; /* only of this resolution, of this meeting, only those that carry out this task; likewise */
	struct date after_due;    /* paging: behind this row; DATE_NONE: from the beginning (DATE_OPEN stands for "no deadline") */
	int64_t after_id, limit;
};
/* The most urgent first, those without a deadline last. One statement; the tree of today. */
fail tasks_below(struct call *c, const struct task_query *q, struct tasks *out) MUST_CHECK;
struct task_totals {
	int64_t open, late, soon; /* of a unit and all below it today; soon: due within a week */
	int64_t done, all;        /* of the unit itself, due since the beginning of this year and not after today */
};
fail tasks_totals(struct call *c, int64_t unit_id, struct task_totals *out) MUST_CHECK;

/* A code that is free now for a task of a unit without a meeting: "X1/T4". Inside db_read or db_write. */
fail task_code_free(struct call *c, int64_t unit_id, const char **out) MUST_CHECK;

/* ---- writing ---- */

/* unit_id or unit_code, or meeting_id or meeting_code, names the cell; member_id or member_code the person. Fills the rest.
 * FAIL_CONFLICT once the minutes of its meeting are signed (meeting/cycle.h); then its title stays, too. */
fail task_create(struct call *c, struct task *t) MUST_CHECK;
/* If its stored rev is t->rev or that is ANY_REV. FAIL_CONFLICT: *stored is what there is. The cell, the meeting and the task it carries out
 * stay. */
fail task_update(struct call *c, struct task *t, struct task *stored) MUST_CHECK;

#endif
