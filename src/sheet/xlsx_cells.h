/* xlsx_cells.h — the row being read: cells of any type become texts. Shared by both ways of reading a sheet. */
#ifndef CHIBO_SHEET_XLSX_CELLS_H
#define CHIBO_SHEET_XLSX_CELLS_H

#include "sheet/row.h"
#include "sheet/xlsx_book.h"
#include "sheet/xlsx_date.h"
#include "sheet/xlsx_strings.h"

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_ERROR, CELL_ISO_DATE };

/* What stands in the tag of a cell. */
struct cell_head {
	size_t column;       /* from 0 */
	size_t style;
	enum cell_type type;
};

struct xlsx_cells {
	const struct xlsx_book *book;
	const struct xlsx_strings *strings;
	int64_t line;
	size_t n;
	struct sheet_cell cells[SHEET_COLUMNS_MAX];
	char numbers[SHEET_COLUMNS_MAX][XLSX_NUMBER_TEXT];
};

void cells_begin(struct xlsx_cells *r, int64_t line);
/* Sets a cell from its stored text, which is zero-terminated, decoded and lasts until the row was used. */
fail cells_set(struct call *c, struct xlsx_cells *r, const struct cell_head *head, char *text, size_t n) MUST_CHECK;

/* Attributes of a cell's tag: "AB12" → 27 (SHEET_COLUMNS_MAX or more when out of bounds), "s" → CELL_SHARED. */
size_t cell_column(const char *reference, size_t otherwise);
enum cell_type cell_type_of(const char *word);

#endif
