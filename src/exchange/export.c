/* export.c — the rows of a kind as CSV, XLSX or JSON, one after the other inside one snapshot. */
#include <string.h>

#include "db/db.h"
#include "exchange/transfer.h"
#include "sheet/csv_write.h"
#include "sheet/xlsx_write.h"

struct export {
	struct call *c;
	const struct exchange_kind *kind;
	const struct export_query *query;
	enum export_format format;
	struct out *out;
	struct arena *scratch; /* texts of the row at hand */
	struct csv_writer csv;
	struct xlsx_writer *xlsx;
	struct sheet_column *columns;
	struct json json;
};

static const struct { const char *word, *type, *ending; } formats[] = {
	[EXPORT_CSV] = { "csv", "text/csv; charset=utf-8", "csv" },
	[EXPORT_CSV_EXCEL] = { "csv-excel", "text/csv; charset=utf-8", "csv" },
	[EXPORT_XLSX] = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
	[EXPORT_JSON] = { "json", "application/json", "json" },
};

bool export_format_parse(const char *word, enum export_format *out)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(word, formats[i].word) == 0) {
			*out = (enum export_format)i;
			return true;
		}
	return false;
}

const char *export_content_type(enum export_format format) { return formats[format].type; }
const char *export_file_ending(enum export_format format) { return formats[format].ending; }

/* ---- columns ---- */

static bool is_column(const struct field *f) { return !(f->flags & INTERNAL); }

static struct sheet_column sheet_column_of(const struct field *f)
{
	struct sheet_column column = { f->name, SHEET_TEXT, f->flags & NAME_TEXT ? 32 : 14 };

	switch (f->type) {
	case FIELD_INT: case FIELD_TENTHS: case FIELD_BOOL: column.value = SHEET_NUMBER; column.width = 12; break;
	case FIELD_DATE: column.value = SHEET_DAY; column.width = 12; break;
	case FIELD_MOMENT: column.value = SHEET_MOMENT; column.width = 18; break;
	default: break;
	}
	if (column.width < (int)strlen(f->name) + 2)
		column.width = (int)strlen(f->name) + 2;
	return column;
}

static fail begin_xlsx(struct export *ex)
{
	size_t n = 0;

	for (const struct field *f = ex->kind->record->fields; f->name != NULL; f++)
		n += is_column(f);
	ex->columns = ARENA_ARRAY(ex->c->arena, n, struct sheet_column);
	n = 0;
	for (const struct field *f = ex->kind->record->fields; f->name != NULL; f++)
		if (is_column(f))
			ex->columns[n++] = sheet_column_of(f);
	return xlsx_begin(ex->c, ex->kind->name, ex->columns, n, &ex->xlsx);
}

static void begin_csv(struct export *ex)
{
	csv_begin_write(&ex->csv, ex->out, ex->format == EXPORT_CSV_EXCEL);
	for (const struct field *f = ex->kind->record->fields; f->name != NULL; f++)
		if (is_column(f))
			csv_cell(&ex->csv, f->name);
	csv_row_end(&ex->csv);
}

/* ---- rows ---- */

static fail row_cells(struct export *ex, const void *row)
{
	for (const struct field *f = ex->kind->record->fields; f->name != NULL; f++) {
		if (!is_column(f))
			continue;
		const char *text = field_text(ex->scratch, f, row);
		if (ex->format == EXPORT_XLSX)
			TRY(xlsx_cell(ex->c, ex->xlsx, text));
		else
			csv_cell(&ex->csv, text);
	}
	if (ex->format == EXPORT_XLSX)
		return xlsx_row_end(ex->c, ex->xlsx);
	csv_row_end(&ex->csv);
	return FAIL_OK;
}

fail export_row(struct export *ex, const void *row)
{
	fail f = FAIL_OK;

	if (ex->format == EXPORT_JSON) {
		json_object(&ex->json);
		record_json(&ex->json, ex->kind->record, row);
		json_object_end(&ex->json);
	} else {
		f = row_cells(ex, row);
		arena_reset(ex->scratch);
	}
	return f != FAIL_OK ? f : ex->out->failed;
}

static fail export_body(struct call *c, void *arg)
{
	struct export *ex = arg;
	return ex->kind->each(c, ex->query, ex);
}

static fail write_all(struct export *ex)
{
	if (ex->format == EXPORT_XLSX) {
		TRY(begin_xlsx(ex));
	} else if (ex->format == EXPORT_JSON) {
		json_begin(&ex->json, ex->out);
		json_array(&ex->json);
	} else {
		begin_csv(ex);
	}
	TRY(db_read(ex->c, export_body, ex));
	if (ex->format == EXPORT_XLSX) {
		struct xlsx_writer *w = ex->xlsx;
		ex->xlsx = NULL;
		return xlsx_end(ex->c, w, ex->out);
	}
	if (ex->format == EXPORT_JSON) {
		json_array_end(&ex->json);
		out_char(ex->out, '\n');
	}
	return FAIL_OK;
}

/* Also after a jump out of the middle. */
static void export_free(void *arg)
{
	struct export *ex = arg;

	xlsx_abandon(ex->xlsx);
	arena_free(ex->scratch);
	ex->xlsx = NULL;
	ex->scratch = NULL;
}

fail exchange_export(struct call *c, const struct exchange_kind *kind, const struct export_query *query, enum export_format format, struct out *out)
{
	struct export *ex = ARENA_NEW(c->arena, struct export);
	fail f;

	if (kind->each == NULL)
		return problem(c, FAIL_NOT_FOUND, "kind", "“%s” can be imported, not exported", kind->name);
	*ex = (struct export){ .c = c, .kind = kind, .query = query, .format = format, .out = out, .scratch = arena_new(64 << 20) };
	if (ex->scratch == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	arena_defer(c->arena, export_free, ex);
	f = write_all(ex);
	export_free(ex);
	return f;
}
