/* xlsx_read.c — workbook, strings and sheet joined into rows. */
#include "sheet/xlsx_read.h"

#include <stdlib.h>

#include "sheet/xlsx_sheet.h"

struct xlsx_reader {
	struct package *package;
	struct xlsx_book book;
	struct xlsx_strings strings;
	struct part *part;
	struct sheet_scan scan;
	struct sheet_xml *xml; /* NULL: the scanner reads */
	bool expat;
	int64_t rows;          /* handed out by the sheet, with the empty ones */
	struct xlsx_cells cells;
};

static void stop(struct xlsx_reader *r)
{
	sheet_scan_end(&r->scan);
	sheet_xml_end(r->xml);
	r->xml = NULL;
	part_close(r->part);
	r->part = NULL;
}

static fail start(struct call *c, struct xlsx_reader *r)
{
	stop(r);
	r->rows = 0;
	TRY(part_open(c, r->package, r->book.sheet, &r->part));
	sheet_scan_begin(&r->scan, r->part);
	return r->expat ? sheet_xml_begin(c, r->part, &r->xml) : FAIL_OK;
}

fail xlsx_open(struct call *c, struct source *source, const struct xlsx_limits *limits, struct xlsx_reader **out)
{
	struct xlsx_reader *r = calloc(1, sizeof *r);

	*out = r;
	if (r == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	TRY(package_open(c, source, limits, &r->package));
	TRY(book_read(c, r->package, &r->book));
	if (r->book.strings[0] != '\0')
		TRY(strings_read(c, r->package, r->book.strings, &r->strings));
	r->cells.book = &r->book;
	r->cells.strings = &r->strings;
	return start(c, r);
}

void xlsx_close(struct xlsx_reader *r)
{
	if (r == NULL)
		return;
	stop(r);
	strings_free(&r->strings);
	book_free(&r->book);
	package_close(r->package);
	free(r);
}

fail xlsx_rewind(struct call *c, struct xlsx_reader *r)
{
	package_recount(r->package);
	return start(c, r);
}

int64_t xlsx_line(const struct xlsx_reader *r)
{
	return r->cells.line;
}

void xlsx_progress(const struct xlsx_reader *r, int64_t *done, int64_t *total)
{
	*done = r->part == NULL ? 0 : part_taken(r->part);
	*total = r->part == NULL ? 0 : part_packed(r->part);
}

void xlsx_use_expat(struct xlsx_reader *r)
{
	r->expat = true;
}

/* The scanner met what it does not know, or thinks the sheet damaged: once more from the start, by expat, which decides, past the rows already
 * handed out. */
static fail change_over(struct call *c, struct xlsx_reader *r)
{
	int64_t rows = r->rows;
	bool more = true;

	r->expat = true;
	package_recount(r->package);
	TRY(start(c, r));
	for (; r->rows < rows && more; r->rows++)
		TRY(sheet_xml_next(c, r->xml, &r->cells, &more));
	return FAIL_OK;
}

static fail next_of_sheet(struct call *c, struct xlsx_reader *r, bool *more)
{
	if (r->xml == NULL) {
		fail f = sheet_scan_next(c, &r->scan, &r->cells, more);
		if ((f == FAIL_OK && !r->scan.foreign) || (f != FAIL_OK && f != FAIL_INPUT))
			return f;
		problem_clear(c);
		TRY(change_over(c, r));
	}
	return sheet_xml_next(c, r->xml, &r->cells, more);
}

fail xlsx_next(struct call *c, struct xlsx_reader *r, struct sheet_row *row, bool *more)
{
	do {
		TRY(next_of_sheet(c, r, more));
		if (*more && ++r->rows > package_limits(r->package)->rows)
			return problem(c, FAIL_INPUT, "file", "the sheet has more than %lld rows; split it, or use CSV", (long long)package_limits(r->package)->rows);
	} while (*more && r->cells.n == 0);
	*row = (struct sheet_row){ .line = r->cells.line, .n = r->cells.n, .cells = r->cells.cells };
	return FAIL_OK;
}
