/* cell_shown.h — what the pages of the cell and of the member show. Private to src/year. */
#ifndef CHIBO_YEAR_CELL_SHOWN_H
#define CHIBO_YEAR_CELL_SHOWN_H

#include "html/conflict.h"
#include "rollup/unit_view.h"
#include "year/cell_steps.h"
#include "year/pages.h"

/* ---- parts ---- */

/* Secured and reachable against 100, the standard as a line with its number. */
struct year_bar { struct tenths secured, reachable, standard; };
void html_year_bar(struct out *o, const struct page *pg, const struct year_bar *b);
/* A line that has all its points, and why. */
void html_year_line(struct out *o, const struct page *pg, const struct year_line *l);

struct year_card { const char *title, *by, *reason; struct tenths points; unsigned result; };
struct year_cards { struct year_card *v; size_t n; };
/* One for each stage that has a sheet. Inside db_read. */
fail year_cards_of(struct call *c, const struct year_case *k, struct year_cards *out) MUST_CHECK;
void html_year_cards(struct out *o, const struct page *pg, const struct year_cards *cards);

/* A vote in words: "17 of 20 in favour (85 %)". */
const char *year_vote_words(struct call *c, const struct year_vote *v);

/* Fields of a vote: the meeting, the base, the counts. */
struct year_vote_fields {
	struct choice *meetings;
	size_t meeting_n;
	const char *base;          /* the base proposed, in words; NULL: not known */
	bool ask_day;              /* a meeting that is not recorded can be named by its day */
};
/* Meetings of the unit in the months given, latest first, each with the base it gives (V06). Inside db_read. */
fail year_vote_fields_of(struct call *c, int64_t unit_id, struct period months, bool regular_only, struct year_vote_fields *out) MUST_CHECK;
/* The vote as typed: "meeting_id", "on", "base", "in_favour", "against", "abstain", "remark"; an empty base is worked out. Inside db_read or db_write. */
fail year_vote_read(struct call *c, const struct req *rq, int64_t unit_id, struct year_vote *out) MUST_CHECK;
/* Meeting, day and base alone; then with the counts. */
void html_year_vote_head(struct out *o, const struct page *pg, const struct form *f, const struct year_vote_fields *v);
void html_year_vote_fields(struct out *o, const struct page *pg, const struct form *f, const struct year_vote_fields *v);

/* ---- the year of a unit ---- */

struct year_win { const char *id, *title, *text, *href; struct tenths points; };
struct year_month_mark { month_no month; enum class_mark class; const char *words, *href; bool missed; };
struct cell_year_view {
	const struct unit *unit;
	int year;
	const char *prev, *next;          /* the years beside */
	bool cell, may_record;
	bool evaluated;                   /* cells and grassroots organisations: those above are not registered */
	const struct year_case *four;     /* NULL: not registered */
	const char *state, *no_table;     /* no_table: why there are no criteria */
	const struct year_draft *draft;
	struct year_bar bar;
	const char *stands, *table;       /* one sentence: where we stand; name of the table */
	bool proposed;
	struct year_lines lines;
	struct year_line *groups;         /* first lines of the groups: their sums */
	struct year_win *wins, *gone, *missing;
	size_t win_n, gone_n, missing_n, full_n, group_n;
	struct year_steps steps;
	struct year_month_mark *months;
	size_t month_n;
	enum class_mark year_class;
	const char *year_why, *year_rule;
	const struct year_case *level;    /* annual classification of the unit, or NULL */
	struct year_sheet level_sheet;
	const char *level_state;
	const char *register_href, *members_href, *sheet_href, *carry;
	struct crumb *places;
	size_t place_n;
};

/* ---- registration ---- */

struct cell_register_view {
	struct form form;
	const struct unit *unit;
	int year;
	const char *action, *until, *carry, *table;
	bool may, is_cell;
	struct year_vote_fields vote;
	struct choice *plans;
	size_t plan_n;
	struct flaws blocks;
};

/* ---- a case ---- */

struct year_past { struct moment at; const char *step, *by, *remark; };
struct cell_case_view {
	const struct year_case *k;
	const char *title, *subject, *state, *standstill;
	unsigned result;
	struct tenths points;
	struct year_cards cards;
	struct year_steps steps;
	struct year_past *past;
	size_t past_n, evidence_n, appeal_n;
	const char **votes;
	size_t vote_n;
	const char *decided, *plan;
	bool mine, may_members, may_appeal;
	const struct unit *decider;
};
struct cell_step_view {
	struct form form;
	const struct year_case *k;
	unsigned step;
	const char *what, *meaning, *action, *no_way, *back;
	struct flaws blocks;
	bool may, grave, reason, moved, due, decision;
	int64_t rev;
};

/* ---- sheet and vote ---- */

struct cell_sheet_view {
	struct form form;
	struct conflict conflict;
	const struct year_case *k;
	unsigned stage;
	const char *lead, *subject, *action, *draft, *closed, *returned, *table, *back;
	bool may, proposed, voting, only_vote, told, is_member, fixes;
	int64_t rev;
	struct flaws blocks;
	struct year_cards cards;
	struct year_lines lines;
	const char **hints;               /* by line: the evidence the table expects, "" for none */
	const char **evidence;            /* by line: "2 papers", NULL: none */
	struct year_condition *conditions;
	size_t condition_n;
	struct tenths total, sofar, reachable, standard;
	unsigned result;
	const char *waits;                /* what is missing before it can be kept, or NULL */
	struct year_vote_fields vote;
	const char **votes;
	size_t vote_n;
	const char **stale;
	size_t stale_n;
};

/* ---- the monthly self-check ---- */

struct cell_check_row {
	const char *id, *title, *why, *field, *remark_field, *group;
	int64_t proposed, met;            /* 1, 0, INT_UNKNOWN */
	int64_t months[12];
};
struct cell_check_view {
	struct form form;
	struct conflict conflict;
	const struct year_case *k;
	const char *action, *kept, *month_name, *closed;
	month_no month;
	int64_t rev;
	bool may;
	struct cell_check_row *v;
	size_t n;
	struct choice *months;
	size_t month_n;
};

/* ---- evidence ---- */

struct cell_evidence_row { const struct year_evidence *e; const char *what, *href, *when; bool may_remove; };
struct cell_evidence_line { const char *id, *title, *hint; bool judged; struct cell_evidence_row *v; size_t n; };
struct cell_evidence_view {
	struct form form;
	const struct year_case *k;
	const char *action, *accept, *limit, *closed;
	bool may;
	struct cell_evidence_line *v;
	size_t n, count;
	struct choice *lines, *documents;
	size_t line_n, document_n;
};

/* ---- appeal ---- */

struct cell_appeal_row { const struct year_appeal *a; const char *state, *made, *answered; };
struct cell_appeal_view {
	struct form form;
	const struct year_case *k;
	const char *possible;
	int64_t rev;
	struct year_cards cards;
	struct cell_appeal_row *v;
	size_t n;
	const struct year_appeal *open;
	bool may_make, may_withdraw;
};

/* ---- members ---- */

struct member_row {
	const struct year_case *k;        /* NULL: not opened */
	const char *name, *state, *href, *assess; /* state NULL: the points say it; assess: the form of the self-assessment, where it is missing */
	struct tenths self, voted;
	unsigned self_result, voted_result, decided_result;
	const char *field_yes, *field_no, *field_abstain;
	bool may_vote;
};
struct members_year_view {
	struct form form;
	const struct unit *unit;
	int year;
	const char *prev, *next, *action, *summary;
	const struct year_case *level;    /* of the collective, or NULL */
	struct year_sheet level_sheet;
	const char *level_state;
	bool collective_done, may_record, has_members; /* a committee has no members of its own */
	struct member_row *v;
	size_t n, to_open, to_vote;
	struct year_vote_fields vote;
};

struct my_year_row { const struct year_case *k; const char *title, *state, *href, *next; struct tenths points; unsigned result; bool decided; };
struct my_fact { const char *label, *value; };
struct my_year_view {
	int year;
	const char *prev, *next, *unit, *unit_href;
	struct my_year_row *v;
	size_t n;
	struct my_fact *facts;
	size_t fact_n;
	bool is_member;
};

#endif
