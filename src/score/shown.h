/* shown.h — what the pages of a meeting show. Private to src/score. */
#ifndef CHIBO_SCORE_SHOWN_H
#define CHIBO_SCORE_SHOWN_H

#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"
#include "score/sheet_text.h"
#include "score/task_list.h"

/* ---- lists ---- */

struct meeting_line {
	int64_t id;
	struct moment starts_at;
	const char *kind, *unit;
	bool theme;
	int64_t present, expected;
	struct tenths points, self;
	enum class_mark class, self_class;
	const char *stage;   /* whose score it is, or what it waits for */
	bool flag;
	bool coming;         /* not held (yet): nobody was to be counted */
};
struct meetings_view {
	const char *title, *unit_name;
	int64_t unit_id;
	bool may_record;     /* a cell, and the person may */
	bool one_cell;       /* a short list instead of a table */
	struct chooser chooser;
	struct table table;
	struct meeting_line *v;
	size_t n;
	struct pager pager;
};
/* ---- one meeting ---- */

struct lost { const char *id, *title, *why; struct tenths points; };
struct meeting_view {
	const struct meeting_whole *w;
	const char *title;
	struct step steps[8];
	size_t step_n;
	struct lost *lost;   /* lines that wait for a fact, and lines with points lost */
	size_t lost_n;
	const char *const *questions;
	size_t question_n;
	const char *votes;   /* the sentence on the voting base, or NULL */
	bool may_people, may_record, may_decide, may_papers;
};

/* A meeting that is lived through in the program: the task list of its whole life. */
struct life_view {
	const struct meeting_whole *w;
	const char *title, *state, *clock;
	struct task_list list;
	struct lost *lost;
	size_t lost_n;
	const char *const *questions;
	size_t question_n;
	const char *votes;
	struct history_line *history;
	size_t history_n;
	bool may_people, may_papers;
};
struct step_line { const char *href, *text; };
/* One step: what it is, what stands in its way, one button. */
struct step_view {
	struct form form;
	const struct meeting *meeting;
	int64_t rev;
	const char *what, *meaning, *action, *no_way;
	struct step_line *blocks, *questions;
	size_t block_n, question_n;
	const char *remark;  /* label of the remark; NULL: the step is not possible */
	bool approval, day, may, grave;
};
struct history_view {
	const char *title;
	struct history_line *lines;
	size_t n;
};
/* Day and place of a meeting to come. */
struct register_form {
	struct form form;
	int64_t unit_id, rev;
	const char *unit_name, *action, *deadline, *planned; /* words; planned: the day of the year plan, or NULL */
	bool late;
	struct conflict conflict;
};

/* Time, kind and counts: recorded for the first time (id 0) or changed. */
struct meeting_form {
	struct form form;
	int64_t id, unit_id, rev;
	const char *title, *unit_name, *action;
	bool roll_call;      /* the counts follow from it */
	bool afterwards;     /* written down after it was held: everything can be filled in; else what is settled before the meeting */
	struct conflict conflict; /* a stale save: what somebody else changed */
};

struct question_row {
	const char *field, *question, *hint; /* "facts.concluded" */
	bool yesno;
};
struct known_row { const char *label, *value, *from; };
struct facts_form {
	struct form form;
	int64_t id, rev;
	const char *title;
	struct question_row *v;
	size_t n;
	struct known_row *known;
	size_t known_n;
	struct conflict conflict;
};

struct task_row {
	const struct task *task;
	const char *state;
	bool late;
};
struct tasks_form {
	struct form form;    /* of a new task */
	int64_t id;
	const char *title;
	struct task_row *due, *assigned;
	size_t due_n, assigned_n;
	struct choice *people;
	size_t people_n;
	bool may_record;
};

/* ---- the sheet ---- */

/* A kept stage on top of the sheet. */
struct stage_card {
	const char *title, *by;
	struct tenths points;
	enum class_mark class;
	const char *settled; /* "was 91, Good, before …": what settling changed, or NULL */
	const char *reason;  /* "" */
};
struct side { const char *label; struct tenths points; };
struct sheet_line {
	const char *id, *title, *group; /* group: its title before its first line */
	struct tenths group_points, group_max;
	bool group_known;
	struct tenths points, max;
	const char *why, *to_full, *from; /* from: which records its facts come from; "" */
	const char *fix;                /* where a missing fact is recorded, or NULL */
	bool judged, open, missing, waits; /* open: a field to fill in; waits: counted in full, not due yet */
	const char *field;              /* "judged.D3.1" */
	struct side *sides;             /* points by stage, where they differ */
	size_t side_n;
};
struct sheet_view {
	struct form form;
	const struct meeting_whole *w;
	const char *title, *scheme_title, *scheme_id, *action, *lead;
	int64_t id, rev;
	enum score_stage stage;
	bool may_papers, may, deciding, proposed; /* proposed: the rule's numbers are not a published rule */
	const char *closed;           /* why nothing can be changed now, or NULL */
	struct stage_card *cards;
	size_t card_n;
	struct sheet_line *v;
	size_t n;
	struct tenths sofar, possible;  /* sum of what is scored; most that can still be reached */
	struct tenths total;
	enum class_mark class;
	const char *state;              /* what is still open, in words; NULL: complete */
	const char *const *stale;       /* facts that changed since the kept sheet */
	size_t stale_n;
	bool ask_scored_at;
	struct choice *people;          /* who followed the sheet; tellers */
	size_t people_n;
	/* the vote on the score */
	const char *vote;               /* what it came to, or NULL: not held yet */
	const char *vote_needs;         /* "19 have a vote; at least 10 …", or NULL */
	bool vote_done;                 /* adopted: nothing to count */
	int64_t weaknesses_rev, remedy_rev;
	/* the guest */
	struct choice *guests, *opinions;
	size_t guest_n;
	bool on_paper;                  /* somebody else writes down what the guest said */
};

/* ---- appeals ---- */

struct appeal_row {
	const struct appeal *appeal;
	const char *state, *made, *answered;
	bool open;
};
struct judged_row { const char *id, *title, *field; struct tenths now, max; };
struct appeal_view {
	struct form form;
	int64_t id, rev;
	const char *title, *possible, *decision_by, *reason; /* possible: until when, or why not */
	struct tenths points, cells;
	enum class_mark class, cells_class;
	bool may_make, may_answer, may_withdraw;
	struct appeal_row *v;
	size_t n;
	const struct appeal *open;
	struct judged_row *lines;      /* of the decision, for a change */
	size_t line_n;
	struct choice *outcomes;
};

/* ---- the queue ---- */

struct queue_row {
	int64_t id, rev;
	const char *unit;
	struct date day;
	int64_t present, expected;
	struct tenths self, voted, guest, decided;
	enum class_mark class;
	const char *lost;    /* "D1 −1, D7 −3", the dearest first */
	const char *upload;  /* on time, late by …, not yet */
	bool upload_late;
	const char *flags;   /* what to look at, or "" */
};
struct queue_view {
	struct form form;
	struct table table, appeals_table, lock_table, late_table;
	struct queue_row *v, *appeals, *lock, *late; /* waiting; appealed; decided and not locked; overdue uploads */
	size_t n, appeal_n, lock_n, late_n;
	bool more, all;      /* all: every sheet is ticked */
};

#endif
