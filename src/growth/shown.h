/* shown.h — what the pages of this room show. Private to src/growth. */
#ifndef CHIBO_GROWTH_SHOWN_H
#define CHIBO_GROWTH_SHOWN_H

#include "growth/award.h"
#include "growth/emulation.h"
#include "growth/example.h"
#include "growth/initiative.h"
#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"

/* ---- a form for an entry of any kind ---- */

struct pick { const char *value, *text; bool picked; };
struct entry_field { const char *name, *hint; }; /* hint may be NULL */
struct entry_form_view {
	struct form form;
	struct conflict conflict;
	const char *title, *lead, *action, *back, *button;
	int64_t rev;                  /* 0: a new one */
	struct entry_field *fields;
	size_t field_n;
	const char *people_label;     /* of a list to choose from: field member_code; NULL: none */
	struct choice *people;
	size_t people_n;
	const char *picks_label;      /* of boxes to tick: field author; NULL: none */
	struct pick *picks;
	size_t pick_n;
	const char *givers_label;     /* field given_by; NULL: none */
	struct choice *givers;
	size_t giver_n;
	const char *words_name, *words_label; /* of a field of words, whose names stand in `words`; NULL: none */
	struct choice *words;
	size_t word_n;
	const char *remove;           /* address that removes it; NULL: it stays */
	bool closed;                  /* shown, but not to be changed any more */
	const struct undertaking *undertaking; /* under review; NULL: another kind */
	bool may_review;
	struct form review;
};
void html_entry_fields(struct out *o, const struct page *pg, const struct entry_form_view *v);

/* ---- the emulation of a year ---- */

struct year_link { const char *href, *text; };
struct list_line { const char *href, *title, *quiet, *state; }; /* href, quiet, state may be NULL */
struct line_list { struct list_line *v; size_t n; };
void html_emulation_lines(struct out *o, const struct page *pg, const struct line_list *v);
struct emulation_row {
	int64_t unit_id, initiatives, members, titles, titles_reached, undertakings, undertakings_done, signed_n, awards;
	const char *unit_name, *href;
};
struct emulation_view {
	const char *title, *unit_name, *path; /* path "/units/7" */
	int year;
	struct year_link before, after;
	bool cell, names, may_record, may_take_part, may_lead, may_table;
	struct initiative_count counts;
	struct step *steps;
	size_t step_n;
	struct line_list initiatives, titles, agreements, undertakings, awards, examples;
	const char *undertakings_note;       /* how many others there are; NULL */
	struct table table;                  /* of the units below */
	struct emulation_row *rows;
	size_t row_n;
	struct emulation_row sum;
};
struct initiatives_view {
	const char *title, *unit_name, *path;
	int year;
	struct year_link before, after;
	struct initiative_count counts;
	struct table table;
	struct initiatives list;
	bool may_record;
};

/* ---- an agreement ---- */

struct party_line { const struct party *p; const char *state; bool may_sign; const char *day; };
struct agreement_view {
	const struct agreement *a;
	const char *path, *leader;
	const char *const *lines;            /* of its text */
	size_t line_n;
	bool may_lead;
	struct party_line *v;
	size_t n;
	struct form form;                    /* of signing */
	struct pick *units;                  /* that can be parties */
	size_t unit_n;
	struct choice *mine;                 /* parties that the person may sign for */
	size_t mine_n;
};

/* ---- good examples ---- */

struct example_line { const struct example *x; const char *href, *by; };
struct examples_view {
	const char *words, *topic;
	struct choice *topics;
	size_t topic_n;
	struct example_line *v;
	size_t n;
	const char *more;                    /* the next ones, or NULL */
	struct example_line *waiting;        /* for the committee to look at */
	size_t waiting_n;
};
struct example_button { const char *action, *label; bool primary; };
struct example_view {
	const struct example *x;
	const char *state, *by, *published;
	const char *const *lines;
	size_t line_n;
	struct example_button buttons[4];
	size_t button_n;
	const char *edit;                    /* address, or NULL */
};

/* ---- awards ---- */

struct award_line { const struct award *a; const char *href, *receiver, *kind; };
struct awards_view {
	const char *title, *unit_name, *path, *words, *kind, *year_text; /* year_text "": all */
	int year;
	struct choice years[13], kinds[8];
	size_t year_n, kind_n;
	struct table table;
	struct award_line *v;
	size_t n;
	const char *more;
	const char *batch;                   /* address of all certificates of the year as PDF, or NULL */
	bool may_give, standing;
	struct form form;
};
struct award_view {
	const struct award *a;
	const char *path, *receiver, *kind, *verify;
	bool may_revoke, printable;
	struct form form;
};

/* ---- checking a certificate ---- */

enum verify_answer { VERIFY_ASK, VERIFY_STANDS, VERIFY_REVOKED, VERIFY_NONE, VERIFY_MISTYPED };
struct verify_view {
	enum verify_answer answer;
	const char *code, *heading, *receiver, *under, *title, *year, *decision_no, *decided_on, *giver, *revoked_on;
};

#endif
