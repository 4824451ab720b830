/* report.h — reports as tables, made once and written in any form (domain, section 13).
 *
 * A report answers a question (unit, period, structure) with one or more tables. Columns say what their values are; rates are kept as two
 * whole numbers and shown with numerator, denominator and per cent in every form. Everything lives in the call's arena. */
#ifndef CHIBO_ROLLUP_REPORT_H
#define CHIBO_ROLLUP_REPORT_H

#include "base/call.h"
#include "base/out.h"
#include "rollup/targets.h"

enum value_kind {
	VALUE_TEXT,   /* s; b: the unit of that name, for a link, or 0 */
	VALUE_COUNT,  /* a; INT_UNKNOWN: not known */
	VALUE_RATE,   /* a of b */
	VALUE_POINTS, /* a tenths; INT_UNKNOWN: none */
	VALUE_DAY,    /* a days since 1970; INT_UNKNOWN: none */
	VALUE_MONTH,  /* a month_no */
	VALUE_CLASS,  /* a enum grade */
	VALUE_MET,    /* a 1 met, 0 not met, -1 nothing to count */
};

struct report_column { const char *key, *label; enum value_kind kind; };
struct report_value { int64_t a, b; const char *s; };

struct report_table {
	const char *name, *title;
	const struct report_column *columns;
	size_t column_n;
	struct report_value **rows; /* each of column_n values */
	size_t row_n, room;
	struct report_value *total; /* or NULL */
	const char *note;           /* a sentence below, or NULL */
};

#define REPORT_TABLES 4
struct report_kind;
struct report {
	const struct report_kind *kind;
	struct question question;
	const char *unit_code, *unit_name;
	struct report_table tables[REPORT_TABLES];
	size_t table_n;
	const char *number; /* of a report that was issued with one, or NULL */
	bool holds; /* of `reconcile`: grand totals are equal */
};

/* The words of `chibo report`, as they were typed; NULL where one was not given. */
struct report_words {
	const char *unit, *period, *structure, *meeting, *format, *out;
};
struct report_kind {
	const char *id;   /* "R08", or "" */
	const char *name; /* "monthly-quality" */
	const char *title; /* message id */
	fail (*make)(struct call *c, struct report *r); /* a table over unit and period; NULL: `run` */
	/* A paper that is no table of figures, such as the minutes of a meeting: answers the command line itself. NULL: `make`. */
	fail (*run)(struct call *c, const struct report_kind *kind, const struct report_words *w);
};
extern const struct report_kind rollup_reports[];      /* of this room; like every room's table it ends with a NULL name */
extern const struct report_kind *const report_tables[]; /* those of all rooms, NULL-ended; src/app defines it */
/* All kinds in the order of their numbers; *out has no end mark. `tables_only`: those with `make`. */
size_t report_all(struct arena *a, bool tables_only, const struct report_kind **out);
/* By id or name. FAIL_NOT_FOUND with a sentence that lists what there is. */
fail report_find(struct call *c, const char *name, const struct report_kind **out) MUST_CHECK;

/* Makes a report. FAIL_NOT_FOUND: no such unit. */
fail report_make(struct call *c, const struct report_kind *kind, const struct question *q, struct report *out) MUST_CHECK;

/* ---- writing ---- */

enum report_format { REPORT_JSON, REPORT_CSV, REPORT_XLSX, REPORT_HTML, REPORT_DOCX, REPORT_PDF };
extern const char *const report_formats[]; /* json csv xlsx html docx pdf, NULL-ended */
/* The word typed for it; NULL is JSON. */
fail report_format_of(struct call *c, const char *text, enum report_format *out) MUST_CHECK;
const char *report_content_type(enum report_format format);
/* HTML, DOCX and PDF are the paper of report_paper.h; a report with very many rows becomes a plain page to print. CSV holds the
 * tables below one another, a blank line between, each with its header row of keys; XLSX a sheet for each, under labels. In both a rate takes three
 * columns. */
fail report_write(struct call *c, const struct report *r, enum report_format format, struct out *out) MUST_CHECK;
/* The text of a value for people ("–" when there is none). */
const char *value_show(struct arena *a, enum lang lang, enum value_kind kind, const struct report_value *v);

/* ---- for the makers ---- */

#define COLUMNS(v) (v), sizeof(v) / sizeof *(v)
struct report_table *report_table(struct report *r, const char *name, const char *title, const struct report_column *columns,
                                  size_t n);
/* A new row, empty: texts "", counts 0. */
struct report_value *report_row(struct call *c, struct report_table *t);
struct report_value *report_total(struct call *c, struct report_table *t);

/* A cell that hung below the unit from one month to another, inside the period. */
struct below { int32_t unit; month_no from, to; };
struct belows { struct below *v; size_t n; };
/* Every cell (and whoever else held meetings) below a unit, in reading order. While the cube is held. */
void cells_below(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct belows *out);

fail report_monthly_quality(struct call *c, struct report *r) MUST_CHECK;
fail report_thematic(struct call *c, struct report *r) MUST_CHECK; /* coverage only; plan/report_thematic.c adds the plan */
fail report_summary(struct call *c, struct report *r) MUST_CHECK;
fail report_targets(struct call *c, struct report *r) MUST_CHECK;
fail report_year_sheet(struct call *c, struct report *r) MUST_CHECK;
fail report_reconcile(struct call *c, struct report *r) MUST_CHECK;

#endif
