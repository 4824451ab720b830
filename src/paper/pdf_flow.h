/* pdf_flow.h — blocks laid out in a width: a list of pieces with heights, each a line of a paragraph or a row of a table.
 *
 * Lengths are points. The page maker (pdf_pages.c) decides where pages end and draws pieces; cells of tables hold flows of their own. */
#ifndef CHIBO_PAPER_PDF_FLOW_H
#define CHIBO_PAPER_PDF_FLOW_H

#include <pango/pangocairo.h>

#include "paper/doc.h"

struct pdf_line {
	PangoLayoutLine *line;
	double x;                /* from the left edge of the layout */
	double height, baseline; /* baseline from the top of the line */
};

/* A paragraph laid out. */
struct pdf_text {
	const struct doc_paragraph *paragraph;
	PangoLayout *layout;
	double left, width;      /* of the layout, in its container */
	double before, after;    /* space around, borders included */
	struct pdf_line *lines;
	int n;
	struct pdf_leader *leaders;
};

/* Dots or a line drawn in the place of a tab. */
struct pdf_leader { int line; char ch; double from, to, size; struct pdf_leader *next; };

struct pdf_cell {
	const struct doc_cell *cell;
	double x, width;
	double height;           /* what it needs; of a merged cell for all its rows */
	double merged;           /* drawn height of a merged cell */
	struct pdf_flow *flow;
	struct pdf_cell *next;
};

struct pdf_row {
	const struct doc_row *row;
	double height;
	struct pdf_cell *cells;
	bool first, last;        /* of the table */
};

struct pdf_table {
	const struct doc_table *table;
	double x, width;
	struct pdf_row *rows;
	int n, headings;         /* the first rows are headings */
	double heading_height;
};

struct pdf_piece {
	const struct pdf_text *text;   /* a line of this */
	const struct pdf_table *table; /* or a row of this */
	int index;                     /* number of the line or row */
	double before, height, after;
	bool keep;                     /* no page ends behind it */
	bool new_page;                 /* a page begins with it */
};

struct pdf_flow {
	struct pdf_piece *v;
	int n, room;
	double height;                 /* of all together */
};

struct pdf {
	struct call *c;
	cairo_t *cr;
	PangoContext *context;
	int page, pages;               /* numbers for fields */
	struct out text;               /* of the paragraph at hand, used again and again */
};

/* Lays blocks out; everything lives until the call ends. */
struct pdf_flow *pdf_flow_make(struct pdf *p, const struct doc_block *blocks, double width);
/* One paragraph with the numbers of pages as they are now. */
struct pdf_text *pdf_text_make(struct pdf *p, const struct doc_paragraph *paragraph, double width);
/* Draws a piece whose top (behind its space before) is at y. */
void pdf_draw_piece(struct pdf *p, const struct pdf_piece *piece, double x, double y, double width);
/* Draws a whole flow downwards. */
void pdf_draw_flow(struct pdf *p, const struct pdf_flow *flow, double x, double y, double width);
/* Draws one row of a table at y; `room` is what the page has left for cells merged downwards. */
void pdf_draw_row(struct pdf *p, const struct pdf_table *t, int row, double x, double y, double room);
void pdf_draw_borders(struct pdf *p, const struct pdf_table *t, const struct pdf_row *row, const struct pdf_cell *cell, double x, double y, double height);

#endif
