/* table.h — a table of rows, whether it came as CSV or as XLSX: told by the content, not by the file's name.
 *
 * Kinds of files that people send by mistake (old .xls, password-protected workbooks, web pages, PDF) are refused with advice. Valid
 * UTF-8 whose letters are really TCVN3 or VNI is refused too, as soon as the letters show it. Rows without any text are skipped. */
#ifndef CHIBO_SHEET_TABLE_H
#define CHIBO_SHEET_TABLE_H

#include "sheet/row.h"
#include "sheet/source.h"

struct table_reader;

/* All of these close themselves with the call's arena; table_close may come earlier. Names for messages come without folders.
 * table_open: a file named by the person, relative to the call's directory. */
fail table_open(struct call *c, const char *path, struct table_reader **out) MUST_CHECK;
/* Takes over the file. */
fail table_open_file(struct call *c, const char *name, FILE *file, struct table_reader **out) MUST_CHECK;
/* The memory must outlive the reader. */
fail table_open_memory(struct call *c, const char *name, const void *data, size_t size, struct table_reader **out) MUST_CHECK;
void table_close(struct table_reader *t);

/* The next row; *more false at the end. Problems go to the call given here, which may be another than at opening (another thread). */
fail table_next(struct call *c, struct table_reader *t, struct sheet_row *row, bool *more) MUST_CHECK;
fail table_rewind(struct call *c, struct table_reader *t) MUST_CHECK;

const char *table_name(const struct table_reader *t);
/* Line of the file or row of the sheet at hand, or that of the trouble after a failure. */
int64_t table_line(const struct table_reader *t);
/* How far the reading is, in bytes of the file. */
void table_progress(const struct table_reader *t, int64_t *done, int64_t *total);
/* BLAKE2b-256 of the file's bytes as hexadecimal text. */
fail table_digest(struct call *c, struct table_reader *t, char hex[DIGEST_TEXT]) MUST_CHECK;

#endif
