/* xlsx_grid.h — a sheet laid out freely, as printed reports are: merged cells, looks, heights, paper size, heading rows on each page.
 *
 * Texts are always written as texts, never as formulas. Rows and cells may come in any order. */
#ifndef CHIBO_SHEET_XLSX_GRID_H
#define CHIBO_SHEET_XLSX_GRID_H

#include "base/call.h"
#include "base/out.h"

enum grid_align { GRID_LEFT, GRID_CENTER, GRID_RIGHT, GRID_JUSTIFY };
enum grid_middle { GRID_TOP, GRID_MIDDLE, GRID_BOTTOM };

struct grid_look {
	bool bold, italic, underline, border;
	int size;            /* points */
	enum grid_align align;
	enum grid_middle middle;
	const char *number;  /* format of a number, "#,##0"; NULL: the cell is a text */
};

struct grid_page {
	bool landscape;
	double top, bottom, left, right; /* inches */
	const char *title;               /* of the document */
};

struct grid;

/* Columns with widths in characters. The writer gives itself back with the call's arena. */
fail grid_begin(struct call *c, const struct grid_page *page, const double *widths, int columns, struct grid **out) MUST_CHECK;
fail grid_row_height(struct call *c, struct grid *g, int row, double points) MUST_CHECK;
/* A cell over `rows` and `columns`. With look->number the text is digits with a point. */
fail grid_cell(struct call *c, struct grid *g, int row, int column, int rows, int columns, const char *text, const struct grid_look *look) MUST_CHECK;
/* Rows printed at the top of every page. */
fail grid_repeat(struct call *c, struct grid *g, int first, int last) MUST_CHECK;
fail grid_end(struct call *c, struct grid *g, struct out *out) MUST_CHECK;

#endif
