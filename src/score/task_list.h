/* task_list.h — a meeting as a task list: every step from the registered day to the locked record, each done, next or blocked with the reason in
 * words and the page that unblocks it. For the meeting page, the page of a single step and the home pages. Private to src/score and src/app. */
#ifndef CHIBO_SCORE_TASK_LIST_H
#define CHIBO_SCORE_TASK_LIST_H

#include "html/parts.h"
#include "meeting/progress.h"
#include "score/sheet_text.h"

struct task_group {
	const char *title;
	struct step steps[8];
	size_t n, done;
	bool open;               /* something in it can be done now */
};
struct task_list {
	struct task_group groups[4];
	size_t n;
	const struct step *next;   /* the one thing to do now, or NULL: nothing, or not for this person */
	struct step others[3];     /* steps off the way: postpone, cancel, reopen */
	size_t other_n;
	const char *standstill;    /* cancelled or postponed: what and why; else NULL */
};
/* Of a meeting that is not written down afterwards. Inside db_read. */
fail task_list_of(struct call *c, const struct meeting_whole *w, const struct meeting_progress *p, struct task_list *out) MUST_CHECK;

/* The next step from the state alone, for lists: where to go and what it is called; title NULL: none. */
struct step task_list_next(struct call *c, const struct meeting *m);
/* Until when the final papers have to be uploaded: 2 days after the end. "1 day 4 hours left, until …" NULL: does not run. */
const char *task_list_upload_clock(struct call *c, const struct meeting *m);
/* The page on which what a flaw names is put right, or NULL. */
const char *task_list_remedy(struct call *c, const struct meeting *m, const char *field);

struct history_line { struct moment at; const char *step, *by, *remark; };
/* Last step first. */
void task_list_history(struct call *c, const struct steps_taken *s, struct history_line **v, size_t *n);

#endif
