/* pdf_pages.h — from flows to pages: what stays together, headings of tables on every page, headers and footers. */
#ifndef CHIBO_PAPER_PDF_PAGES_H
#define CHIBO_PAPER_PDF_PAGES_H

#include "paper/pdf_flow.h"

struct pdf_section {
	const struct doc_section *section;
	struct pdf_flow *flow;
	double width;           /* of the text */
	double header, footer;  /* heights, the larger of usual and first page */
	struct pdf_section *next;
};

struct pdf_section *pdf_sections_make(struct pdf *p, const struct doc *doc);
/* Goes through all pages; with a surface it draws them, without one (NULL) it only counts. Returns how many there are. */
int pdf_pages_run(struct pdf *p, const struct pdf_section *sections, cairo_surface_t *surface);

#endif
