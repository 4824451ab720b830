/* shown.h — what the pages of this room show. Private to src/work. */
#ifndef CHIBO_WORK_SHOWN_H
#define CHIBO_WORK_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "work/cascade.h"
#include "work/programme.h"
#include "work/progress.h"

/* ---- tasks ---- */

struct task_line {
	const struct task *task;
	const char *state, *href;
	const char *far;      /* "40 %", "12 of 23", "" */
	bool late;
};
struct list_tab { const char *href, *text; bool current; };
struct task_list_view {
	const char *title, *unit_name;
	int64_t unit_id;
	bool cell;            /* one cell: a short list instead of a table */
	bool may_add, may_give;
	struct task_totals totals;
	struct list_tab tabs[6];
	size_t tab_n;
	const char *only;     /* "of the resolution 05-NQ", or NULL */
	const char *all_href;
	struct table table;
	struct task_line *v;
	size_t n;
	struct pager pager;
};

struct progress_line {
	const struct task_progress *p;
	struct moment at;
	const char *href;     /* of the file, or NULL */
};
struct answer_row {
	const struct answer_line *a;
	const char *href;     /* the cell's task, or the units below */
	const char *state;
};
struct task_page_view {
	struct form report, edit;
	const struct task *task;
	const struct task *stored;  /* a stale save: what there is now; or NULL */
	const char *unit_name, *state, *resolution, *action, *back;
	const char *file_href;      /* where a file can be added as evidence, or NULL */
	const char *parent_href, *parent_title;
	struct date claimed_on;     /* said to be finished that day, waits for the secretary; DATE_NONE: not */
	bool late, mine, may_report, may_edit, may_give;
	int64_t rev;
	struct progress_line *history;
	size_t history_n;
	struct choice *people;
	size_t people_n;
	struct table table;         /* of the answers */
	struct answer_row *answers;
	size_t answer_n;
	struct answer_line sum;
	const char *answers_of;     /* the unit whose answers these are, when it is not the task's own */
	const char *answers_back;
	int64_t elsewhere;          /* cells that hang elsewhere today */
};

struct task_new_view {
	struct form form;
	const char *unit_name, *action;
	int64_t unit_id;
	struct choice *people;
	size_t people_n;
};

struct cell_pick { int64_t id; const char *name, *type; bool picked, had; };
struct type_pick { const char *value, *text; int64_t n; bool picked; };
struct cascade_view {
	struct form form;
	const struct task *task;    /* cells are added to it; NULL: a new one */
	const char *title, *unit_name, *action, *back;
	bool all, some;             /* which radio is on */
	struct type_pick *types;
	size_t type_n;
	struct cell_pick *cells;
	size_t cell_n;
	bool too_many;              /* to be listed one by one */
};

/* ---- targets of a programme ---- */

struct goals_view {
	const char *unit_name;
	int64_t unit_id;
	struct date day;
	const char *day_iso;
	bool may_add;
	struct card *cards;
	size_t n;
};
struct goal_tree_view {
	const char *title, *unit_name, *code, *action, *day_iso;
	struct date day;
	struct card card;
	struct goal_sum sum;
	struct table table;
	struct goal_line { const struct goal_sum *l; const char *href; } *v;
	size_t n;
};
struct goal_page_view {
	struct form form;       /* of a value */
	const struct programme_target *t;
	struct card card;
	struct target_values values; /* latest first */
	struct date day;
	bool may_record;
	const char *tree_href;  /* the same target above, or NULL */
};
struct goal_edit_view {
	struct form form;
	const struct programme_target *t, *stored;
	int64_t rev;
};
struct goal_share { int64_t unit_id; const char *name, *whole, *baseline, *goal, *problem; bool had; };
struct goal_new_view {
	struct form form;
	const char *unit_name;
	int64_t unit_id;
	bool one;               /* the unit itself and no other */
	struct goal_share *v;
	size_t n;
	bool too_many;
};

/* ---- resolutions ---- */

struct resolution_line {
	int64_t document_id, meeting_id, number;
	struct date dated_on;
	const char *subject, *meeting_code;
	int64_t given, done, on_time, late;
	const char *name, *href;
};
struct resolutions_view {
	const char *unit_name;
	struct table table;
	struct resolution_line *v;
	size_t n;
};

#endif
