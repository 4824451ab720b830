/* shown.h — what the pages of this room show. Private to src/oversight. */
#ifndef CHIBO_OVERSIGHT_SHOWN_H
#define CHIBO_OVERSIGHT_SHOWN_H

#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"

struct year_links { const char *before, *after, *before_text, *after_text; };

/* ---- all registers of a unit ---- */

struct ledger_card {
	const char *href, *label, *purpose; /* href NULL: only counted here */
	const char *counts;       /* "4 rows, 3 done, 1 overdue", or that nothing is known */
	const char *below;        /* the same of all units below; NULL: a cell */
	bool known, late;
	const char *action;       /* declares "nothing in this year", or takes it back; NULL: not for this person, or not now */
	const char *name;         /* of a declaration without a register of its own, or "" */
	const char *button;
	bool taking_back;
};
struct registers_view {
	const char *title, *unit_name;
	int64_t year;
	struct year_links years;
	struct ledger_card *v;
	size_t n;
	int64_t unknown;          /* registers of which nothing is known */
	const char *questions_href;
};

/* ---- one register ---- */

struct ledger_line {
	int64_t id;
	const char *title, *facts, *state; /* state "" where there is none */
	const char *href;         /* to change it, or the register of its unit; NULL: neither */
	const char *mark;         /* address of the one tap; NULL: done, or not for this person */
	bool late;
	const char *unit_name;
	const struct ledger_value *values;
};
struct ledger_value { const char *text; bool number; };
struct ledger_view {
	const char *title, *unit_name, *purpose, *teach, *action;
	int64_t year;
	struct year_links years;
	const char *counts;
	struct ledger_line *v;
	size_t n;
	size_t value_n;
	bool body;                /* a committee: a table of all below */
	bool may_edit;
	const char *add;          /* words of the button */
	const char *add_href;
	const char *mark_word;
	struct table table;
	struct pager pager;
	const char *nothing;      /* words of the button, of what was declared */
	bool declared, may_declare;
	const char *declare_below; /* words of the button for all below; NULL: not here */
	const char *import_hint;  /* kind of the file, for those who import */
};

/* ---- a row in a form ---- */

enum ledger_control { CONTROL_FIELD, CONTROL_RADIOS, CONTROL_SELECT, CONTROL_PEOPLE };
struct ledger_field {
	const char *name, *label, *hint, *value, *problem;
	enum ledger_control control;
	struct choice *choices;
	size_t choice_n;
};
struct ledger_form_view {
	struct form form;
	struct conflict conflict;
	const char *title, *unit_name, *action, *back, *code, *drop;
	int64_t rev, year;
	struct ledger_field *fields;
	size_t field_n;
	bool known;               /* a row that stands in the register */
};

/* ---- questions that figures raise ---- */

struct question_shown {
	const char *text, *unit_name, *unit_href; /* unit_name NULL: on the cell's own page */
	const char *kind, *field;
	const char *action;         /* where the cell answers; NULL: not this person */
	const char *asked;          /* when, and from when the committee above sees it */
	const char *answer;         /* "" none yet */
	const char *answered;       /* "The cell answered on …"; "" */
	struct form form;
	struct conflict conflict;
	int64_t rev;
};
struct question_month_shown { month_no month; struct tenths self, decided; int64_t present, expected; };
struct questions_view {
	const char *title, *unit_name, *intro, *count, *empty_title, *empty;
	struct year_links years;
	int64_t year;
	struct question_shown *v;
	size_t n;
	bool body, own;
	const char *ask;            /* address of looking at the figures now; NULL: not for this person */
	struct question_month_shown *months;
	size_t month_n;
};

#endif
