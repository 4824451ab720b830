/* xlsx_cells.c — from stored values to the texts of files. */
#include "sheet/xlsx_cells.h"

#include <string.h>

#include "sheet/encoding.h"
#include "sheet/xlsx_text.h"

void cells_begin(struct xlsx_cells *r, int64_t line)
{
	r->line = line;
	r->n = 0;
}

size_t cell_column(const char *s, size_t otherwise)
{
	size_t column = 0;

	for (; (unsigned char)(*s - 'A') < 26 && column <= SHEET_COLUMNS_MAX; s++)
		column = 26 * column + (size_t)(*s - 'A') + 1;
	return column == 0 ? otherwise : column - 1;
}

enum cell_type cell_type_of(const char *word)
{
	switch (word[0]) {
	case 's': return word[1] == 't' ? CELL_TEXT : CELL_SHARED; /* str: the text of a formula */
	case 'i': return CELL_TEXT;
	case 'b': return CELL_BOOL;
	case 'e': return CELL_ERROR;
	case 'd': return CELL_ISO_DATE;
	default: return CELL_NUMBER;
	}
}

/* "2026-01-05T00:00:00Z" → "2026-01-05"; "2026-01-05T19:00:00.000" → "2026-01-05T19:00". */
static size_t iso_date(char *s, size_t n)
{
	if (n >= 16 && s[10] == 'T')
		n = strncmp(s + 11, "00:00", 5) == 0 ? 10 : 16;
	s[n] = '\0';
	return n;
}

/* At most 15 digits and nothing else. */
static bool whole_number(const char *s, size_t *number)
{
	size_t n = 0, i = 0;

	for (; s[i] >= '0' && s[i] <= '9' && i < 16; i++)
		n = 10 * n + (size_t)(s[i] - '0');
	*number = n;
	return s[i] == '\0' && i > 0 && i < 16;
}

static fail set_number(struct xlsx_cells *r, const struct cell_head *h, char *text, size_t n, struct sheet_cell *cell)
{
	unsigned shows = h->style < r->book->styles ? r->book->shows[h->style] : 0;
	char *to = r->numbers[h->column];
	size_t index;

	if (shows == 0 && whole_number(text, &index)) {
		*cell = (struct sheet_cell){ text, n };
		return FAIL_OK;
	}
	n = shows != 0 ? xlsx_date_text(text, shows, r->book->from_1904, to) : xlsx_number_text(text, to);
	*cell = (struct sheet_cell){ to, n };
	return FAIL_OK;
}

fail cells_set(struct call *c, struct xlsx_cells *r, const struct cell_head *h, char *text, size_t n)
{
	struct sheet_cell *cell;
	size_t index;

	if (n == 0)
		return FAIL_OK;
	if (h->column >= SHEET_COLUMNS_MAX)
		return problem(c, FAIL_INPUT, "file", "the row has more than 512 columns; remove those that are not needed");
	for (; r->n <= h->column; r->n++)
		r->cells[r->n] = (struct sheet_cell){ "", 0 };
	cell = &r->cells[h->column];
	switch (h->type) {
	case CELL_NUMBER:
		return set_number(r, h, text, n, cell);
	case CELL_SHARED:
		return whole_number(text, &index) && strings_get(r->strings, index, cell) ? FAIL_OK : package_damaged(c);
	case CELL_ISO_DATE:
		n = iso_date(text, n);
		break;
	case CELL_TEXT:
		xlsx_unescape(text, &n);
		text[n] = '\0';
		break;
	case CELL_BOOL: case CELL_ERROR:
		break;
	}
	*cell = (struct sheet_cell){ text, n };
	return FAIL_OK;
}
