/* csv_write.h — writing CSV that spreadsheets open safely.
 *
 * Comma between cells, quotes only where they are needed. A text that a spreadsheet would take for a formula
 * (first character = + - @, tab or carriage return, other than a plain number such as -5) gets an apostrophe in front, and so does
 * a text that already begins with such an apostrophe: csv_read takes exactly one off, so reading gives back what was written. */
#ifndef CHIBO_SHEET_CSV_WRITE_H
#define CHIBO_SHEET_CSV_WRITE_H

#include <stdbool.h>

#include "base/out.h"

struct csv_writer {
	struct out *out;
	bool excel;
	bool filled; /* a cell stands on this line */
};

/* Lines end with LF; with `excel` the text begins with a byte order mark, by which Excel knows UTF-8, and lines end with CRLF. */
void csv_begin_write(struct csv_writer *w, struct out *out, bool excel);
/* The next cell of the line; UTF-8. */
void csv_cell(struct csv_writer *w, const char *text);
void csv_row_end(struct csv_writer *w);

/* Would a spreadsheet compute this text (or a text behind apostrophes)? */
bool csv_needs_guard(const char *text);

#endif
