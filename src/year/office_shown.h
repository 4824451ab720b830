/* office_shown.h — what the pages of a committee show. Private to src/year. */
#ifndef CHIBO_YEAR_OFFICE_SHOWN_H
#define CHIBO_YEAR_OFFICE_SHOWN_H

#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"
#include "year/office_queue.h"

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
	bool late, flag;
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
};

#endif
