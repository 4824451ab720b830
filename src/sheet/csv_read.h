/* csv_read.h — reading CSV in constant memory.
 *
 * RFC 4180: quotes around a cell, doubled inside, line ends inside quotes kept. Taken as well: UTF-8 with or without byte order mark,
 * UTF-16 (Excel's "Unicode Text"), semicolon or tab between cells (told from the first line, or from Excel's `sep=;`), line ends LF, CRLF
 * or CR. Blank lines are skipped. An apostrophe that csv_write put before a formula is taken off again. Refused with the line: bytes that
 * are not UTF-8 (naming TCVN3, VNI or Windows-1258), zero bytes, a quote inside an unquoted cell, text after a closing quote, a quote
 * never closed, rows beyond SHEET_ROW_BYTES_MAX, columns beyond SHEET_COLUMNS_MAX. */
#ifndef CHIBO_SHEET_CSV_READ_H
#define CHIBO_SHEET_CSV_READ_H

#include "sheet/row.h"
#include "sheet/source.h"

struct csv_reader;

/* The source must outlive the reader; csv_close frees it. */
fail csv_open(struct call *c, struct source *source, struct csv_reader **out) MUST_CHECK;
void csv_close(struct csv_reader *r);
/* The next row; *more false at the end. */
fail csv_next(struct call *c, struct csv_reader *r, struct sheet_row *row, bool *more) MUST_CHECK;
/* Back to the first row. */
fail csv_rewind(struct call *c, struct csv_reader *r) MUST_CHECK;
/* Line of the trouble after a failure; before that the line at hand. */
int64_t csv_line(const struct csv_reader *r);

#endif
