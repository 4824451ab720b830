/* shown.h — what the pages of this room show. Private to src/app. */
#ifndef CHIBO_APP_SHOWN_H
#define CHIBO_APP_SHOWN_H

#include "app/mine.h"
#include "db/journal.h"
#include "exchange/transfer.h"
#include "html/form.h"
#include "html/parts.h"
#include "meeting/meeting.h"
#include "meeting/vote.h"
#include "rules/rules.h"
#include "work/task.h"

/* ---- rules ---- */

struct rule_row { const char *id, *kind, *title, *from, *to, *scope, *source; bool in_force; };
struct rules_view { struct rule_row *v; size_t n; const char *origin; struct table table; };

struct rule_case_row { const char *points, *when; };
struct rule_line_row {
	const char *id, *title, *max, *measure, *not_applicable; /* the last two may be NULL */
	bool judged;
	const char *group; /* heading above the line, or NULL */
	struct rule_case_row *cases;
	size_t case_n;
	const char **evidence;
	size_t evidence_n;
};
struct rule_view {
	const struct rule *rule;
	const char *title, *source, *from, *to, *note;
	struct rule_line_row *lines;
	size_t line_n;
	const char *const *facts; /* sentences, for year rules and targets */
	size_t fact_n;
};

/* ---- journal ---- */

struct journal_change { const char *label, *before, *after; }; /* "" where there was nothing */
struct journal_row {
	struct moment at;
	const char *actor, *action, *entity;
	const char *unit, *href; /* name and address of the unit, or NULL */
	struct journal_change *changes;
	size_t change_n;
};
struct journal_view {
	const char *title;
	struct journal_row *v;
	size_t n;
	struct pager pager;
	struct table table;
};

/* A word of the journal (action or record) for people. */
const char *journal_words(enum lang lang, const char *word);

/* ---- search ---- */

struct search_row { const char *href, *name, *code, *place; };
struct search_view {
	const char *text;
	struct search_row *v; /* units first */
	size_t n, unit_n;
};

/* ---- files in and out ---- */

struct file_kind { const char *name, *label, *columns; }; /* label translated; columns as they stand in the first row */
struct files_view {
	struct form form;         /* kind, file */
	struct choice *kinds;     /* that may be imported */
	size_t kind_n;
	struct file_kind *in, *out;
	size_t in_n, out_n;
};
struct import_row { int64_t line; const char *column, *value, *text; };
struct import_view {
	const struct import_result *result;
	const char *kind, *label, *summary;
	bool may_confirm;         /* a dry run without problems whose file was kept */
	struct import_row *v;
	size_t n;
	struct table table;
};

/* ---- a report on a task with a file ---- */

struct evidence_view {
	struct form form;
	const struct task *task;
	const char *action, *back, *accept, *limit;
};

/* ---- my own page ---- */

struct my_paper { int64_t document_id, meeting_id; const char *subject; struct moment starts_at, received_at; };
struct my_call { int64_t meeting_id; unsigned kind, status; struct moment starts_at; const char *words; };
struct my_task { const struct task *task; const char *state; bool late; };
struct my_view {
	bool is_member;
	struct meetings meetings; /* to come */
	struct votes ballots;     /* secret ballots that are open now and wait for this person */
	struct my_paper *papers;
	size_t paper_n;
	int64_t unread;
	struct my_task *tasks;    /* open ones, then the latest done */
	size_t task_n, open_n, done_n;
	struct my_call *calls;    /* of the year, latest first */
	size_t call_n;
	int64_t present, expected;
	int year;
};

/* ---- home ---- */

struct home_section {
	const char *title;       /* what, and of which unit */
	struct step *steps;      /* the most pressing first */
	size_t n, room;
	const char *nothing;     /* said when there is nothing to do */
	const char *more_href, *more; /* the page with all of it, or NULL */
	const char *also_href, *also; /* one more, or NULL */
};
struct home_view { struct home_section *v; size_t n; const char *hello; };

#endif
