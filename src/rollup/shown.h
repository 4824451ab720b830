/* shown.h — what the templates of this room ask for. */
#ifndef CHIBO_ROLLUP_SHOWN_H
#define CHIBO_ROLLUP_SHOWN_H

#include "rollup/report.h"
#include "rollup/rows.h"
#include "rollup/unit_view.h"

struct rows_view {
	struct question q;
	struct target_rows rows;
	const char *title, *num_name, *den_name;
	const char *action, *all_href, *short_href;
	bool short_only, of_years;
	const char *keep;        /* which figure, as asked */
	struct table table;
	struct pager pager;
};

struct report_view {
	const struct report *report;
	struct question asked;
	bool structured;         /* the report depends on the structure */
	const char *title, *action;
};

struct reports_view {
	struct question q;
	const char *name, *action;
	const struct report_kind *kinds;
	size_t n;
};

/* The page of a unit as data. */
void unit_view_json(struct json *j, enum lang lang, const struct unit_view *v);

/* Addresses. `tail` may carry a query; period and structure of the view are added to it. */
const char *unit_address(struct arena *a, int64_t unit_id, const char *tail);
const char *keep_address(struct arena *a, const struct unit_view *v, int64_t unit_id, const char *tail);
/* Another room's page of this unit in the year of the view: "/year", "&kind=four_good". */
const char *year_address(struct arena *a, const struct unit_view *v, const char *page, const char *more);
/* For unit_view.keep. */
const char *keep_query(struct arena *a, const struct question *q);
const char *month_address(struct arena *a, int64_t unit_id, month_no month);
const char *row_address(struct arena *a, const struct target_row *row);
const char *report_address(struct arena *a, const struct reports_view *v, const struct report_kind *kind, const char *format);

/* A line of the table of a year's figures; COUNTER_COUNT: nothing of that kind. */
struct figure_line { const char *label; enum counter cells, bodies, members; };
enum { FIGURE_LINES = 11 };
extern const struct figure_line figure_lines[FIGURE_LINES];
/* <td> with a figure of the year, linked to the units behind it. */
void html_figure_cell(struct out *o, const struct page *pg, const struct unit_view *v, enum counter counter);

const char *held_words(enum lang lang, const struct month_view *m);
const char *points_shown(const struct page *pg, int64_t points);

/* <td> with a rate, linked to the rows behind it where `target` is not "". */
void html_rate_cell(struct out *o, const struct page *pg, const struct unit_view *v, const struct child_view *k, const char *target,
                    struct rate rate);
void html_child_name(struct out *o, const struct page *pg, const struct unit_view *v, const struct child_view *k);
void html_mean_cell(struct out *o, const struct page *pg, int64_t mean);
void html_report_table(struct out *o, const struct page *pg, const struct report_view *v, const struct report_table *t);

#endif
