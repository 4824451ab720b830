/* fuzz_csv.c — any bytes as CSV: read without harm, and what was read is the same after being written and read once more. */
#include <stdlib.h>
#include <string.h>

#include "sheet/csv_read.h"
#include "sheet/csv_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every cell with its end, every row with its line end, into `cells`; the same rows as CSV into `csv`. */
static fail read_all(struct call *c, const void *data, size_t size, struct out *cells, struct out *csv)
{
	struct source source;
	struct csv_reader *r = NULL;
	struct csv_writer w;
	struct sheet_row row;
	bool more = true;
	fail f;

	source_memory("fuzz", data, size, &source);
	csv_begin_write(&w, csv, false);
	f = csv_open(c, &source, &r);
	while (f == FAIL_OK && (f = csv_next(c, r, &row, &more)) == FAIL_OK && more) {
		for (size_t i = 0; i < row.n; i++) {
			if (strlen(row.cells[i].text) != row.cells[i].size)
				abort();
			out_bytes(cells, row.cells[i].text, row.cells[i].size + 1);
			csv_cell(&w, row.cells[i].text);
		}
		out_char(cells, '\n');
		csv_row_end(&w);
	}
	csv_close(r);
	return f;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct call c;
	struct out once, twice, csv, again;

	call_begin(&c, (size_t)256 << 20);
	out_memory(&once, c.arena);
	out_memory(&twice, c.arena);
	out_memory(&csv, c.arena);
	out_memory(&again, c.arena);
	if (read_all(&c, data, size, &once, &csv) == FAIL_OK) {
		if (read_all(&c, csv.data, csv.size, &twice, &again) != FAIL_OK)
			abort();
		if (once.size != twice.size || (once.size > 0 && memcmp(once.data, twice.data, once.size) != 0))
			abort();
	}
	call_end(&c);
	return 0;
}
