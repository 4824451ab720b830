/* xlsx_write.h — writing sheets as XLSX in constant memory, one after the other: bold frozen header, widths, real dates, and never a formula.
 *
 * Values are given as the texts of files (ISO dates, digits with a point); the column says what they are. A text column is always
 * written as text, whatever it begins with. Days before March 1900, which spreadsheets do not know, are written as ISO text. */
#ifndef CHIBO_SHEET_XLSX_WRITE_H
#define CHIBO_SHEET_XLSX_WRITE_H

#include "base/call.h"
#include "base/out.h"

enum sheet_value { SHEET_TEXT, SHEET_NUMBER, SHEET_DAY, SHEET_MOMENT };

struct sheet_column {
	const char *name;
	enum sheet_value value;
	int width; /* in characters */
};

struct xlsx_writer;

/* Begins a workbook with one sheet and its header row. `title` names the sheet. The columns must last until the end. */
fail xlsx_begin(struct call *c, const char *title, const struct sheet_column *columns, size_t n, struct xlsx_writer **out) MUST_CHECK;
/* Ends the sheet at hand and begins another one; names of sheets differ. */
fail xlsx_sheet(struct call *c, struct xlsx_writer *w, const char *title, const struct sheet_column *columns, size_t n) MUST_CHECK;
/* The next cell of the row. FAIL_INPUT for texts above 32,767 characters, which XLSX cannot hold. */
fail xlsx_cell(struct call *c, struct xlsx_writer *w, const char *text) MUST_CHECK;
/* FAIL_INPUT beyond 1,048,575 rows. */
fail xlsx_row_end(struct call *c, struct xlsx_writer *w) MUST_CHECK;
/* Finishes the file and passes its bytes to `out`. The writer is gone in any case. */
fail xlsx_end(struct call *c, struct xlsx_writer *w, struct out *out) MUST_CHECK;
/* Gives up; NULL is allowed. */
void xlsx_abandon(struct xlsx_writer *w);

#endif
