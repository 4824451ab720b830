/* read.c — reads a table of rows, CSV or XLSX, with the program's own reader, and counts its cells and bytes. */
#include <inttypes.h>
#include <string.h>

#include "base/call.h"
#include "sheet/table.h"

static fail count(struct call *c, const char *path)
{
	struct table_reader *t;
	struct sheet_row row;
	bool more = true;
	int64_t rows = 0, cells = 0, bytes = 0;

	TRY(table_open(c, path, &t));
	for (;;) {
		TRY(table_next(c, t, &row, &more));
		if (!more)
			break;
		rows++;
		for (size_t i = 0; i < row.n; i++)
			bytes += (int64_t)row.cells[i].size, cells++;
	}
	fprintf(c->out, "%" PRId64 " rows, %" PRId64 " cells, %" PRId64 " bytes\n", rows, cells, bytes);
	return FAIL_OK;
}

int main(int argc, char **argv)
{
	struct call c;

	call_begin(&c, (size_t)2 << 30);
	fail f = argc == 2 ? count(&c, argv[1]) : problem(&c, FAIL_INPUT, "", "a text");

	if (f != FAIL_OK)
		fprintf(c.err, "%s\n", c.problem.text);
	call_end(&c);
	return fail_exit(f);
}
