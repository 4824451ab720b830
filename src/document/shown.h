/* shown.h — what the pages of this room show. Private to src/document. */
#ifndef CHIBO_DOCUMENT_SHOWN_H
#define CHIBO_DOCUMENT_SHOWN_H

#include "document/context.h"
#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"

/* ---- parts ---- */

/* A text that is edited where it stands. */
struct text_edit {
	int64_t meeting;
	enum meeting_text text;
	const char *name, *title, *value, *back; /* back: "minutes" or "resolution": where saving leads to without a script */
	int64_t rev;
	bool may;
};
void html_text_edit(struct out *o, const struct page *pg, const struct text_edit *t);
/* PDF, Word, Excel and print of a form of a meeting. */
struct paper_links { int64_t meeting; const char *form; };
void html_paper_links(struct out *o, const struct page *pg, const struct paper_links *p);
/* What is missing, each with a link. */
void html_gaps(struct out *o, const struct page *pg, const struct gaps *g);
/* "2025-06-01", for addresses and fields. */
const char *field_date_of(const struct page *pg, struct date d);
/* Paragraphs of a text; nothing when it is empty. */
void html_lines(struct out *o, const struct page *pg, const struct lines *l);
/* An issued document as it was frozen: markup made by fragment.c. */
fail document_fragment(struct call *c, const char *form, struct date on, const char *content, struct html *out) MUST_CHECK;

/* ---- minutes and resolution ---- */

struct issued_part {          /* what stands on the page once the paper was issued */
	const struct document *document;
	const char *line;         /* "Minutes No. 01-BB/CB of 03/11/2025" */
	struct html text;
	struct documents annexes;
	bool may_annex;
};
void html_issued(struct out *o, const struct page *pg, const struct issued_part *p);
void html_resolution_text(struct out *o, const struct page *pg, const struct text_edit *t);
struct item_part { const struct worded_item *item; const char *said; struct text_edit edits[3]; size_t edit_n; };
struct minutes_view {
	struct form form;
	int64_t id, rev;
	const char *title, *approved, *late; /* late: why nothing can be changed */
	const struct minutes *m;
	const struct dossier *d;
	struct item_part *items;
	size_t item_n;
	struct text_edit score[2], loose[16]; /* loose: texts of steps that are not on the agenda */
	size_t loose_n;
	struct issued_part issued;
	struct paper_links paper;
	bool may_edit, may_approve, may_sign;
	const char *approve_at;
};
struct resolution_view {
	struct form form;
	int64_t id;
	const char *title, *type, *vote, *late;
	const struct resolution *r;
	const struct dossier *d;
	struct text_edit edits[10];
	size_t edit_n;
	struct issued_part issued;
	struct paper_links paper;
	bool may_edit, may_issue, may_first; /* may_first: none of this type was numbered in the term yet */
	const char *day;
};
struct forms_view { int64_t id; const char *title; size_t n; };
struct conflict_view { int64_t meeting, rev; const char *title, *name, *back, *stored, *yours; };

/* ---- signing, reporting ---- */

struct sign_view {
	struct form form;
	int64_t id, rev;
	const char *title, *chair, *taker, *day, *blocked;
	const struct document *minutes; /* signed already, or NULL */
	const char *line;
	bool may;
};
struct report_line { const char *line, *href; bool done; const char *missing; };
struct report_papers_view {
	struct form form;
	int64_t id, rev;
	const char *title, *clock, *now, *blocked, *reported;
	struct report_line papers[3];
	size_t n;
	bool may;
};

/* ---- register ---- */

struct document_line_row { const struct document *d; const char *number, *type, *state, *day; bool secret; };
struct documents_view {
	struct form form;
	const struct unit *unit;
	const char *query, *action;
	unsigned type, state;
	const char *term;
	struct terms terms;
	struct choice *types, *states, *new_types, *secrecies;
	size_t type_n, state_n, new_type_n, secrecy_n;
	struct document_line_row *v;
	size_t n;
	struct pager pager;
	bool may;
};
struct document_view {
	struct form form;
	const struct document *d;
	const char *title, *number, *state, *secrecy, *file, *meeting_title, *day, *annex_of, *today;
	struct html text;
	struct documents annexes;
	struct choice *types, *secrecies;
	size_t type_n, secrecy_n;
	struct conflict conflict;
	bool may, may_issue, may_withdraw, may_annex, may_attach, may_first, has_text, printed; /* printed: it can be had as PDF */
};
struct terms_view {
	struct form form;
	const struct unit *unit;
	struct terms terms;
	const char *locality, *recipients, *found_locality;
	bool may;
};

/* ---- papers to read before a meeting ---- */

struct paper_line {
	int64_t id;
	const char *subject, *secrecy, *about; /* about: purpose, author, size */
	const char *read;         /* how many have read an internal one; NULL */
	bool file, may_file;
};
struct papers_view {
	struct form form;
	int64_t id;
	const char *title, *place, *accept, *file_hint, *too_large;
	int64_t most;             /* bytes of a file */
	struct moment starts_at;
	struct paper_line *v;
	size_t n;
	bool may;
	struct choice purposes[3], secrecies[3];
	struct choice *people;
	size_t people_n;
};

#endif
