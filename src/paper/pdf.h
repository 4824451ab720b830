/* pdf.h — a document drawn as PDF by pango and cairo.
 *
 * Times New Roman is drawn with Tinos, Arial with Arimo, Courier New with Cousine: the same widths, and all Vietnamese letters (Debian's fonts-croscore).
 * The text can be copied and searched; title, day and language are in the file. The same bytes for the same document and day. Each thread has its own fonts. */
#ifndef CHIBO_PAPER_PDF_H
#define CHIBO_PAPER_PDF_H

#include "paper/doc.h"

/* FAIL_BUSY when the font is not installed. `day` is the day the file says it was made. */
fail pdf_write(struct call *c, const struct doc *doc, struct date day, struct out *out) MUST_CHECK;

#endif
