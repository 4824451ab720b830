/* table.c — one face over csv_read and xlsx_read, and the judgement of letters over both. */
#include "sheet/table.h"

#include <stdlib.h>
#include <string.h>

#include "sheet/csv_read.h"
#include "sheet/encoding.h"
#include "sheet/xlsx_read.h"

enum { JUDGED_ROWS = 2000, JUDGED_EVERY = 50 };

struct table_reader {
	struct source source;
	struct csv_reader *csv;   /* one of the two */
	struct xlsx_reader *xlsx;
	struct letters letters;
	int64_t rows, bad_line;
	bool closed;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? path : slash + 1;
}

void table_close(struct table_reader *t)
{
	if (t->closed)
		return;
	t->closed = true;
	csv_close(t->csv);
	xlsx_close(t->xlsx);
	source_close(&t->source);
}

static void close_late(void *arg)
{
	table_close(arg);
}

/* ---- what kind of file ---- */

static bool holds(const char *head, size_t n, const char *word, size_t size)
{
	return memmem(head, n, word, size) != NULL;
}

/* Files of the older Office: a workbook of before 2007, or one locked by a password. */
static fail refuse_ole(struct call *c, const char *head, size_t n)
{
	static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

	if (holds(head, n, locked, sizeof locked - 1))
		return problem(c, FAIL_INPUT, "file", "the file is protected by a password; remove the password in Excel and save it again");
	return problem(c, FAIL_INPUT, "file", "this is a workbook of an older Excel (.xls); save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”");
}

static fail refuse_others(struct call *c, const char *head, size_t n)
{
	size_t blank = 0;

	while (blank < n && strchr(" \t\r\n\xEF\xBB\xBF", head[blank]) != NULL && head[blank] != '\0')
		blank++;
	head += blank;
	n -= blank;
	if (n >= 5 && memcmp(head, "%PDF-", 5) == 0)
		return problem(c, FAIL_INPUT, "file", "this is a PDF; ask for the table itself as XLSX or CSV");
	if (n >= 5 && (strncasecmp(head, "<html", 5) == 0 || strncasecmp(head, "<!doc", 5) == 0 || strncasecmp(head, "<tabl", 5) == 0 ||
	               strncasecmp(head, "<?xml", 5) == 0))
		return problem(c, FAIL_INPUT, "file", "this is a web page or XML, even if its name ends in .xls; open it in Excel and save it as “Excel Workbook (.xlsx)”");
	if (n == 0)
		return problem(c, FAIL_INPUT, "file", "the file is empty");
	return FAIL_OK;
}

static fail open_content(struct call *c, struct table_reader *t)
{
	char *head = arena_alloc(c->arena, 1 << 16);
	size_t n;

	TRY(source_read(c, &t->source, head, (1 << 16) - 1, &n));
	source_rewind(&t->source);
	if (n >= 8 && memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
		return refuse_ole(c, head, n);
	if (n >= 4 && memcmp(head, "PK\3\4", 4) == 0)
		return xlsx_open(c, &t->source, NULL, &t->xlsx);
	TRY(refuse_others(c, head, n));
	return csv_open(c, &t->source, &t->csv);
}

static fail open_source(struct call *c, struct table_reader *t, struct table_reader **out)
{
	arena_defer(c->arena, close_late, t);
	TRY(open_content(c, t));
	*out = t;
	return FAIL_OK;
}

fail table_open_file(struct call *c, const char *name, FILE *file, struct table_reader **out)
{
	struct table_reader *t = ARENA_NEW(c->arena, struct table_reader);

	*out = NULL;
	TRY(source_file(c, arena_strdup(c->arena, base_name(name)), file, &t->source));
	return open_source(c, t, out);
}

fail table_open(struct call *c, const char *path, struct table_reader **out)
{
	FILE *file;

	*out = NULL;
	TRY(call_open(c, path, "rb", &file));
	return table_open_file(c, path, file, out);
}

fail table_open_memory(struct call *c, const char *name, const void *data, size_t size, struct table_reader **out)
{
	struct table_reader *t = ARENA_NEW(c->arena, struct table_reader);

	*out = NULL;
	source_memory(arena_strdup(c->arena, base_name(name)), data, size, &t->source);
	return open_source(c, t, out);
}

/* ---- rows ---- */

static bool has_text(const struct sheet_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].size > 0)
			return true;
	return false;
}

static fail judge(struct call *c, struct table_reader *t)
{
	enum encoding e = letters_judge_text(&t->letters);

	if (e == ENCODING_UTF8)
		return FAIL_OK;
	t->bad_line = t->letters.line;
	return encoding_refuse(c, e);
}

/* Letters of the first rows; judged now and then, and at the end. */
static fail look_at_letters(struct call *c, struct table_reader *t, const struct sheet_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		letters_of_text(&t->letters, row->cells[i].text, row->cells[i].size, row->line);
	return ++t->rows % JUDGED_EVERY == 0 ? judge(c, t) : FAIL_OK;
}

fail table_next(struct call *c, struct table_reader *t, struct sheet_row *row, bool *more)
{
	do {
		if (t->csv != NULL)
			TRY(csv_next(c, t->csv, row, more));
		else
			TRY(xlsx_next(c, t->xlsx, row, more));
		if (!*more)
			return t->rows < JUDGED_ROWS ? judge(c, t) : FAIL_OK;
	} while (!has_text(row));
	return t->rows < JUDGED_ROWS ? look_at_letters(c, t, row) : FAIL_OK;
}

fail table_rewind(struct call *c, struct table_reader *t)
{
	t->letters = (struct letters){ 0 };
	t->rows = t->bad_line = 0;
	return t->csv != NULL ? csv_rewind(c, t->csv) : xlsx_rewind(c, t->xlsx);
}

const char *table_name(const struct table_reader *t)
{
	return t->source.name;
}

int64_t table_line(const struct table_reader *t)
{
	if (t->bad_line != 0)
		return t->bad_line;
	return t->csv != NULL ? csv_line(t->csv) : xlsx_line(t->xlsx);
}

void table_progress(const struct table_reader *t, int64_t *done, int64_t *total)
{
	*done = (int64_t)t->source.at;
	*total = (int64_t)t->source.size;
	if (t->xlsx != NULL)
		xlsx_progress(t->xlsx, done, total);
}

fail table_digest(struct call *c, struct table_reader *t, char hex[DIGEST_TEXT])
{
	return source_digest(c, &t->source, hex);
}
