/* xlsx_read.h — reading the first visible sheet of an XLSX file, row by row.
 *
 * Memory is constant apart from the shared strings. Cells come as the texts of files: numbers as digits with a point, days and times by
 * their number format as ISO 8601 (1900 and 1904 systems), booleans as 1 or 0, formulas as the value last computed, errors as "#REF!".
 * Rows without any text are skipped. Refused: passwords, damaged files, other kinds of ZIP files (named), ZIP bombs and sheets beyond the
 * limits, document type declarations. */
#ifndef CHIBO_SHEET_XLSX_READ_H
#define CHIBO_SHEET_XLSX_READ_H

#include "sheet/row.h"
#include "sheet/source.h"
#include "sheet/xlsx_package.h"

struct xlsx_reader;

/* The source must outlive the reader; `limits` NULL: xlsx_limits_usual. *out is to be closed also after a failure. */
fail xlsx_open(struct call *c, struct source *source, const struct xlsx_limits *limits, struct xlsx_reader **out) MUST_CHECK;
void xlsx_close(struct xlsx_reader *r);
fail xlsx_next(struct call *c, struct xlsx_reader *r, struct sheet_row *row, bool *more) MUST_CHECK;
fail xlsx_rewind(struct call *c, struct xlsx_reader *r) MUST_CHECK;
/* Row of the sheet at hand. */
int64_t xlsx_line(const struct xlsx_reader *r);
/* How far the reading is: bytes of the packed sheet, of how many. */
void xlsx_progress(const struct xlsx_reader *r, int64_t *done, int64_t *total);
/* Tests: read with expat from the next xlsx_rewind on, whatever the form. */
void xlsx_use_expat(struct xlsx_reader *r);

#endif
