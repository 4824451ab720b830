/* paper_xlsx.h — a document as a sheet: paragraphs as rows, tables as cells, plain numbers as numbers.
 *
 * The table with the most columns gives the columns of the sheet; other tables are fitted to them. A table without lines (letterhead, signatures) becomes
 * rows of paragraphs side by side. Texts keep what they say; only the looks of runs within a text are lost. */
#ifndef CHIBO_PAPER_PAPER_XLSX_H
#define CHIBO_PAPER_PAPER_XLSX_H

#include "paper/doc.h"

fail paper_xlsx(struct call *c, const struct doc *doc, struct out *out) MUST_CHECK;

#endif
