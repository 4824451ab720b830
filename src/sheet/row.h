/* row.h — one row of cells as both readers hand it out. */
#ifndef CHIBO_SHEET_ROW_H
#define CHIBO_SHEET_ROW_H

#include <stddef.h>
#include <stdint.h>

struct sheet_cell {
	const char *text; /* UTF-8, zero-terminated, no zero inside; never NULL */
	size_t size;
};

/* Valid until the next row is read. */
struct sheet_row {
	int64_t line; /* line of the file where it begins (CSV), or row of the sheet (XLSX), from 1 */
	size_t n;
	const struct sheet_cell *cells;
};

#define SHEET_COLUMNS_MAX 512
#define SHEET_ROW_BYTES_MAX (1 << 20)

#endif
