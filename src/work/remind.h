/* remind.h — one message to a person about all tasks that are soon due or overdue.
 *
 * A task reminds 7 and 1 days before its deadline, on the first day after it, and then every week while it is open (the days are a
 * setting). On a day on which one of a person's tasks reminds, the person gets one message that names all tasks due within the longest of these spans and
 * all that are overdue; on other days none. So nobody gets two messages a day, and nothing is repeated daily. Whether and how it is sent is
 * the business of the room that sends.
 *
 * V18: three months of a year without attending and without reason are for the cell to consider: a list for the secretary alone, without any
 * consequence here. */
#ifndef CHIBO_WORK_REMIND_H
#define CHIBO_WORK_REMIND_H

#include "work/task.h"

#define REMIND_DAYS 8
struct remind_rules {
	int before[REMIND_DAYS]; /* days before the deadline, the longest first */
	size_t n;
	int every;               /* days between reminders of an overdue task; 0: overdue tasks do not remind by themselves */
};
#define REMIND_USUAL ((struct remind_rules){ { 7, 1 }, 2, 7 })
/* "7,1,+7": days before, and +N for every N days once it is late; "" none at all. FAIL_INPUT with the sentence. */
fail remind_rules_parse(struct call *c, const char *text, struct remind_rules *out) MUST_CHECK;

/* ---- pure ---- */

/* Does a task with that deadline, still open, remind on that day? */
bool remind_is_due(const struct remind_rules *rules, struct date due_on, struct date today);

struct task_reminder {
	int64_t realm, member_id;
	const char *member_name;
	struct tasks late, soon;   /* by deadline; they point into the tasks given */
	const char *subject, *text; /* in the language asked for; the text has a line a task, no greeting */
};
/* False: nothing is sent to this person on this day. `mine`: the person's open tasks, by deadline. */
bool remind_make(struct arena *a, enum lang lang, const struct remind_rules *rules, struct date today, const struct tasks *mine,
                 struct task_reminder *out);

/* ---- over the store; inside db_read or db_write ---- */

/* Everybody who gets a message today, one call each. What *r points to lasts during the callback only. */
fail remind_each(struct call *c, const struct remind_rules *rules, fail (*each)(struct call *c, const struct task_reminder *r, void *arg),
                 void *arg) MUST_CHECK;

/* ---- V18 ---- */

struct missing_person { int64_t member_id; const char *full_name; int64_t months; /* without attending and without reason */ };
struct missing_people { struct missing_person *v; size_t n; };
/* V18, in the year of the day: those with three months or more. Callers show it to the cell's secretary only (may_see_missing). */
fail attendance_missing(struct call *c, int64_t realm, int64_t unit_id, struct date today, struct missing_people *out) MUST_CHECK;
/* The secretary of the cell: takes part in it and records it. An officer above does not take part. */
bool may_see_missing(struct call *c, int64_t unit_id);

#endif
