/* parts.h — the parts that pages are put together from, so that the same thing looks the same everywhere.
 *
 * In templates: {% call NAME(arguments) %} writes html_NAME(o, pg, arguments). Texts given here are already translated.
 *
 * Classes for what pages write themselves (assets/app.css): lead, quiet, small, sr (for screen readers only), n (a number), narrow and stack
 * (sections), buttons, buttons bottom (stays at the thumb), button / primary / second / plainlink / tool, cards (around target cards),
 * facts (dl), plain (ul without bullets), verdict (total and class), lost (points with reasons), person (a line of a roll call), segments
 * (radio buttons side by side), criterion, cases (small table), callout or note with info / warn / good, flag (a table row). */
#ifndef CHIBO_HTML_PARTS_H
#define CHIBO_HTML_PARTS_H

#include "html/page.h"

/* ---- class of a meeting: word and shape first, colour second ---- */

enum class_mark { CLASS_NONE, CLASS_GOOD, CLASS_FAIR, CLASS_AVERAGE, CLASS_POOR };
/* "good" "fair" "average" "poor" (as stored) → mark; anything else CLASS_NONE. */
enum class_mark class_mark(const char *word);
const char *class_word(enum lang lang, enum class_mark m); /* Tốt / Good; "–" for none */
void html_class(struct out *o, const struct page *pg, enum class_mark m);
/* "met" / "not met" / "–" in words and shape; met: 1, 0, -1 unknown. */
void html_met(struct out *o, const struct page *pg, int met);

/* ---- target card: value, threshold, met in words, small trend ---- */

struct trend { const int64_t *num, *den; size_t n; }; /* months in order; den 0: no value that month */
struct card {
	const char *id;        /* "T06" */
	const char *title;
	const char *href;      /* the rows behind it, or NULL */
	int64_t num, den;
	const char *threshold; /* as it is worded: "> 85 %"; NULL: the figure is only reported */
	int64_t limit_num, limit_den; /* where the threshold line is drawn: 85, 100; den 0: none */
	int met;               /* 1, 0, -1 unknown */
	const char *note;      /* one short line under the value, or NULL */
	struct trend trend;
};
void html_card(struct out *o, const struct page *pg, const struct card *c);
/* The trend alone, as an SVG with a text alternative: a line through the months, the threshold across with its number. */
void html_trend(struct out *o, const struct page *pg, const struct trend *t, int64_t limit_num, int64_t limit_den);

/* ---- tables ---- */

struct column {
	const char *label;
	const char *key;      /* sorting key in the address, or NULL: not sortable */
	bool number;          /* right-aligned, tabular figures */
};
struct table {
	const char *caption;  /* for screen readers and paper */
	const char *id;       /* of the element: "children" */
	const char *base;     /* address without sorting, for the links in the header; NULL: not sortable */
	const char *sort;     /* key in use, with "-" in front when descending; NULL: as given */
	const char *csv, *excel; /* addresses of the same rows as files, or NULL. "Copy" needs only the page */
	bool local;           /* every row is on the page: a script may sort without asking the server */
	const struct column *columns;
	size_t n;
};
/* Writes the corner, <table>, header row and <tbody>; the page writes its rows: the first cell <th scope="row">, numbers
 * <td class="n">, with data-v="…" where the text does not sort by itself. Totals follow table_foot; the end closes. */
void html_table_begin(struct out *o, const struct page *pg, const struct table *t);
void html_table_foot(struct out *o, const struct page *pg);
void html_table_end(struct out *o, const struct page *pg);

/* The previous and next pages of a list by cursor; NULL where there is none. */
struct pager { const char *prev, *next; int64_t shown, total; /* total -1: not counted */ };
void html_pager(struct out *o, const struct page *pg, const struct pager *p);

/* ---- period and structure, chosen once and kept in the address ---- */

struct chooser {
	const char *action;    /* address of the page */
	struct period period;
	const char *structure; /* "then" or "now" */
	const char *keep_name, *keep_value; /* one more parameter to keep, or NULL */
};
void html_chooser(struct out *o, const struct page *pg, const struct chooser *c);

/* ---- small parts ---- */

/* What will be here and the one thing to do first. `href`/`action` may be NULL. */
void html_empty(struct out *o, const struct page *pg, const char *title, const char *text, const char *href, const char *action);
/* A notice set off from the text: kind "info", "warn" (a flag is a question) or "good". */
void html_note(struct out *o, const struct page *pg, const char *kind, const char *text);

enum step_state { STEP_TODO, STEP_NEXT, STEP_DONE, STEP_BLOCKED };
struct step {
	const char *href, *title;
	const char *why;       /* what is missing, when, or by whom; NULL */
	enum step_state state;
};
/* A task list: steps in order, each done / next / blocked in words with the reason. */
void html_steps(struct out *o, const struct page *pg, const struct step *steps, size_t n);

/* Units beside this one, one tap away. */
struct sibling { const char *href, *text; bool current; };
void html_siblings(struct out *o, const struct page *pg, const struct sibling *s, size_t n);

/* "Are you sure" page body: what will happen, then one button that posts to `action` and one way back. */
struct confirm { const char *title, *text, *action, *button, *back; const char *name, *value; /* a hidden field, or NULL */ };
void html_confirm(struct out *o, const struct page *pg, const struct confirm *c);

/* Label and value in a list of facts: {% call fact("…", value) %} inside <dl class="facts">. */
void html_fact(struct out *o, const struct page *pg, const char *label, const char *value);

#endif
