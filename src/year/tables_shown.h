/* tables_shown.h — what the pages of local tables show, and what their files share. Private to src/year. */
#ifndef CHIBO_YEAR_TABLES_SHOWN_H
#define CHIBO_YEAR_TABLES_SHOWN_H

#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"
#include "http/res.h"
#include "year/assess.h"
#include "year/pages.h"
#include "year/tables.h"

/* The unit of "/tables/:table…". */
unit_of table_page_unit;
/* The table of the path. Inside db_read or db_write. */
fail table_page_of(struct call *c, const struct req *rq, struct local_table *out) MUST_CHECK;
const char *table_page_path(struct call *c, int64_t id, const char *below);
/* Crumbs: the unit, its tables, the table (NULL: none), `here` (NULL: none). */
void table_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const struct local_table *t,
                      const char *title, const char *here);
/* Who made a table: the name of the unit of its scope, or "the general table". Inside db_read or db_write. */
fail table_page_from(struct call *c, const struct scheme *s, const char **out) MUST_CHECK;
/* "Draft", "from 01/01/2026", "01/01/2025 – 31/12/2025" */
const char *table_page_validity(struct call *c, const struct local_table *t);

/* ---- the tables of a unit ---- */

struct table_version_row { const struct local_table *t; const char *href, *state, *validity, *decision, *title; };
struct table_use_row {
	const char *name, *use;           /* in words; as in files */
	const char *title, *href, *from, *since; /* title NULL: no table holds */
	struct table table;
	struct table_version_row *v;
	size_t n;
	int64_t last_id;                  /* the latest version of its own; 0: none */
	bool draft;                       /* there is one already */
	bool can_start;
};
struct tables_view {
	struct form form;
	const struct unit *u;
	const char *action, *year_href;
	struct table_use_row *v;
	size_t n;
	bool may;
};

/* ---- one table ---- */

struct table_case_row { const char *points, *when, *field; }; /* field NULL: not to be edited */
struct table_line_row {
	const struct scheme_line *l;
	const char *group;                /* heading before this line, or NULL */
	const char *group_id, *group_points, *group_field; /* field NULL: fixed */
	const char *title, *max, *measure, *not_applicable;
	struct table_case_row *cases;
	size_t case_n;
	const char **evidence;
	size_t evidence_n;
	const char *title_field, *max_field, *evidence_field, *drop_field, *new_field, *newmax_field; /* drop, max: NULL where it may not be */
	bool open_new;                    /* something was typed there */
};
struct table_view {
	struct form form;
	struct conflict conflict;
	const struct local_table *t;
	const struct unit *u;
	const struct scheme *s;
	const char *title, *state, *validity, *use, *frame, *frame_href; /* frame NULL: bound by none */
	const char *action, *here;
	const char **beside;              /* standard, vetoes, initiatives in words */
	size_t beside_n;
	struct table_line_row *v;
	size_t n;
	int64_t rev;
	bool edit, may, standard_field;
	const char *total;                /* "100" */
	int64_t try_year, issue_year;
};

/* ---- differences ---- */

struct compare_row {
	const char *id, *group;            /* heading before this row, or NULL */
	struct html title, how;            /* words that go struck out, words that come underlined */
	struct tenths was, now;            /* TENTHS_NONE: not there */
	const char *difference;            /* "+1", "−2,5", "new", "dropped", "" */
	bool changed;
};
struct compare_view {
	const struct unit *u;
	const char *this_title, *other_title, *other_id, *action, *try_href;
	struct choice *others;             /* what it may be compared with */
	size_t other_n;
	struct html *beside;
	size_t beside_n;
	struct table table;
	struct compare_row *v;
	size_t n, changed;
	struct form form;
};

/* ---- trying a table on a year ---- */

struct try_row {
	const char *name, *href;
	int64_t unit_id;
	struct blob key;                   /* of the name, for the order */
	struct tenths before, after;
	unsigned was, now;                 /* enum case_result */
	bool open_before, open_after;      /* lines wait for facts or people: the points are those so far */
	int change;                        /* 1 gained, -1 lost, 0 */
};
struct try_view {
	const struct unit *u;
	const char *title, *action, *lead, *before_href, *after_href;
	int64_t year, n, met_before, met_after, gained, lost, open, own_tables;
	struct table table;
	struct try_row *v;
	size_t shown;
	bool left_out;                     /* more rows than are shown */
};

#endif
