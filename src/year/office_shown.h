/* office_shown.h — what the pages of a committee show. Private to src/year. */
#ifndef CHIBO_YEAR_OFFICE_SHOWN_H
#define CHIBO_YEAR_OFFICE_SHOWN_H

#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"
#include "year/cap.h"
#include "year/office_case.h"
#include "year/pages.h"

/* A choice in the address: state, kind. */
struct office_tab { const char *href, *text; int64_t n; bool current; };

/* ---- the queue ---- */

struct office_line {
	const struct office_row *row;
	const char *href, *name, *under; /* under: the cell of a member, or the body's level; "" */
	const char *state, *wait, *due, *difference, *vetoes, *changed; /* "" where there is nothing to say */
	struct tenths self, voted, appraised;
	unsigned result;                 /* the latest word on it */
	const char *pick;                /* "ID.REV", or NULL: nothing can be done with many of these */
	bool late, flag, ticked;
};
struct body_line {
	const struct office_body *b;
	const char *href;
};
struct office_queue_view {
	struct form form;
	const char *unit_name, *action, *lead;
	int64_t unit_id;
	unsigned kind;
	int64_t year;
	const char *before, *after;      /* the years beside */
	struct office_tab kinds[3], *states;
	size_t state_n;
	struct table table, body_table;
	struct office_line *v;
	size_t n;
	struct pager pager;
	struct body_line *bodies;
	size_t body_n;
	bool may, members, all_ticked;   /* may: decide here */
	bool can_appraise, can_notify;   /* some row shown is for that */
	const char *tick_href, *levels, *recognition;
	const char *above;               /* a department committee decides nothing: the queue of the committee above; else NULL */
};

/* ---- one case side by side ---- */

struct evidence_line { const char *text, *href; }; /* href NULL: the number of a paper */
struct appraise_line {
	const struct year_line *l;
	struct tenths self, voted, kept; /* kept: the committee's last appraisal */
	bool open;                       /* a field for points */
	bool differs;                    /* from what is compared with: words are needed */
	bool ask, said_open;             /* a field for words; unfolded */
	const char *difference;          /* "−1,5"; "" */
	const char *said;                /* the cell's words, or NULL */
	const char *answered;            /* the committee's kept words, or NULL */
	struct evidence_line *evidence;
	size_t evidence_n;
};
struct condition_line { const char *text, *why; int met; }; /* met: 1 kept, 0 not, -1 not known */
struct office_view {
	struct form form;
	const struct year_case *k;
	const struct unit *decider;
	const char *subject, *title, *queue, *action, *here, *button;
	int64_t rev;
	const char *closed, *no_draft, *deadline; /* closed: why nothing can be changed now, or NULL */
	struct appraise_line *v;
	size_t n;
	struct evidence_line *papers;    /* that belong to no line shown */
	size_t paper_n;
	struct condition_line *conditions;
	size_t condition_n;
	const char *compared;            /* "Voted" or "Self"; NULL: nothing to compare with */
	bool levels;                     /* a classification: a level, not a standard */
	struct tenths self, voted, now, sofar, possible, standard;
	unsigned self_result, voted_result, result;
	bool complete;
	const char *open_words;          /* what keeps it from being complete, or NULL */
	const char *vote, *returned, *changed; /* sentences, or NULL */
	const struct flaw *order;        /* what has to be decided before this one */
	size_t order_n;
	struct choice *choices;          /* of levels, the proposed first */
	size_t choice_n;
	const struct office_neighbour *before, *after;
	bool may, may_return, may_notify, may_reopen;
	const char *appeal;              /* address of an open appeal, or NULL */
	struct conflict conflict;
};

/* ---- return for correction ---- */

struct office_return_view {
	struct form form;
	const struct year_case *k;
	const char *subject, *title, *action, *back, *closed; /* closed: why it cannot be returned, or NULL */
	int64_t rev;
	bool may;
};

/* ---- the answer to an appeal ---- */

struct office_appeal_view {
	struct office_view sheet;        /* of the new appraisal; its form is the one of the page */
	const struct year_appeal *appeal;
	const char *made, *state, *answered; /* answered: when, or NULL */
	struct tenths decided;
	unsigned decided_result;
	struct choice *outcomes;
	bool open, late;
};

/* ---- levels and the cap on Excellent ---- */

struct level_line {
	const struct cap_entry *e;
	const char *href, *name, *under, *state;
	const char *pick;             /* "ID.REV", or NULL */
	const char *over;             /* "below the cap", or "" */
	bool ticked;
};
struct level_group {
	const struct cap_group *g;
	const char *name, *words, *href; /* words: the arithmetic of the cap; href: the whole list */
	bool open;                    /* its list is shown */
	struct level_line *v;
	size_t n;
	struct table table;
};
struct office_levels_view {
	struct form form;
	const char *unit_name, *action, *queue, *rule, *lead;
	int64_t unit_id, year;
	unsigned kind;
	const char *before, *after;
	struct office_tab kinds[2];
	struct step steps[24];        /* the order of work */
	size_t step_n;
	int64_t to_open;              /* how many could be opened with one tap */
	struct table table;
	struct level_group *v;
	size_t n, shown;              /* shown: rows that can be ticked */
	struct choice levels[4];
	bool may;
};

#endif
