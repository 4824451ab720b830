/* doc.h — a filled Word document as blocks that can be drawn: paragraphs with runs, tables with cells, page set-up.
 *
 * What is known is the part of WordprocessingML that office documents use: page sizes and margins, headers and footers, alignment, indents, spacing, line height,
 * keeping together, tabs, borders; bold, italic, underline, strike, capitals, size, colour, raised and lowered letters; tables with merged cells,
 * repeated heading rows and borders; numbered and bulleted lists; numbers of page and pages; one frame around the page. Styles are resolved while reading. Left out: pictures, drawings, text boxes,
 * footnotes, columns of text, comments.
 *
 * Lengths are twips (a twentieth of a point), sizes half points, as in the file. */
#ifndef CHIBO_PAPER_DOC_H
#define CHIBO_PAPER_DOC_H

#include "base/call.h"
#include "paper/docx.h"

enum doc_align { DOC_LEFT, DOC_CENTER, DOC_RIGHT, DOC_JUSTIFY };
enum doc_rule { DOC_AUTO, DOC_EXACT, DOC_AT_LEAST }; /* of line heights; DOC_AUTO counts in 240ths of a line */
enum doc_side { DOC_TOP, DOC_LEFT_SIDE, DOC_BOTTOM, DOC_RIGHT_SIDE, DOC_INSIDE_H, DOC_INSIDE_V };
enum { DOC_UNSET = -1, DOC_BLACK = 0 };

struct doc_look {
	bool bold, italic, underline, strike, caps, hidden;
	int size;          /* half points */
	int raise;         /* 1 raised, -1 lowered */
	int color;         /* 0xRRGGBB */
	const char *font;
};

enum doc_run_kind { DOC_TEXT, DOC_TAB, DOC_BREAK, DOC_PAGE_NUMBER, DOC_PAGE_COUNT };

struct doc_run {
	enum doc_run_kind kind;
	const char *text; /* capitals already made */
	size_t size;
	struct doc_look look;
	struct doc_run *next;
};

/* width in eighths of a point; 0: none, DOC_UNSET: not said. */
struct doc_border { int width, space; };

struct doc_tab { int at; enum doc_align align; char leader; /* '.', '_' or 0 */ };
enum { DOC_TABS = 16 };

struct doc_paragraph {
	enum doc_align align;
	int left, right, first; /* first: of the first line, against `left` */
	int before, after, line;
	enum doc_rule rule;
	bool keep_next, keep_lines, page_break_before, contextual;
	const char *style;
	struct doc_border borders[4];
	struct doc_tab *tabs;
	int tab_count;
	int list, level;       /* numbering, while reading */
	struct doc_look mark;  /* gives empty paragraphs their height */
	struct doc_run *runs;
	bool fields;           /* page numbers are in it */
};

enum doc_merge { DOC_ALONE, DOC_MERGE_STARTS, DOC_MERGE_GOES_ON };

struct doc_cell {
	int width, span;
	enum doc_merge merge;
	int align;                    /* 0 top, 1 middle, 2 bottom */
	int shade;                    /* 0xRRGGBB, or DOC_UNSET */
	int margins[4];               /* by doc_side */
	struct doc_border borders[4];
	struct doc_block *blocks;
	struct doc_cell *next;
};

struct doc_row {
	int height;
	enum doc_rule rule;
	bool heading, cant_split;
	struct doc_cell *cells;
	struct doc_row *next;
};

struct doc_table {
	int *grid, columns; /* widths */
	int indent, width;
	enum doc_align align;
	struct doc_border borders[6];
	int margins[4];
	struct doc_row *rows;
};

enum doc_kind { DOC_PARAGRAPH, DOC_TABLE };

struct doc_block {
	enum doc_kind kind;
	struct doc_paragraph *paragraph;
	struct doc_table *table;
	struct doc_block *next;
};

/* Pages of one set-up. */
struct doc_section {
	int width, height, margins[4], header_at, footer_at;
	bool title_page, continuous;
	struct { int width, space, color; bool thin; } frame; /* around the page: eighths of a point, points from its edge; width 0: none; a thin line within */
	struct doc_block *headers[2], *footers[2]; /* usual, and of the first page */
	struct doc_block *body;
	struct doc_section *next;
};

struct doc {
	const char *title;
	struct doc_section *sections;
};

/* Reads the filled document into the call's arena. FAIL_INPUT when its XML is broken. */
fail doc_read(struct call *c, const struct docx_filled *filled, const char *title, struct doc **out) MUST_CHECK;
/* The text of the paragraph: tabs as tabs, breaks as line ends, no page numbers. */
const char *doc_text(struct arena *a, const struct doc_paragraph *p);

#endif
