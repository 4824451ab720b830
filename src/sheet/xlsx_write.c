/* xlsx_write.c — libxlsxwriter with constant_memory, through a temporary file that is passed on and removed. */
#include "sheet/xlsx_write.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "sheet/xlsx_date.h"
#include "sheet/xlsx_file.h"
#include "sheet/xlsx_text.h"

enum { ROWS_MAX = 1048576 };

struct xlsx_writer {
	struct xlsx_file file;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold, *day, *moment;
	const struct sheet_column *columns;
	size_t n, column;
	lxw_row_t row;
};

static fail failed(struct call *c, lxw_error error)
{
	return problem(c, FAIL_BUSY, "file", "the XLSX file cannot be written: %s", lxw_strerror(error));
}

static fail header(struct call *c, struct xlsx_writer *w)
{
	worksheet_freeze_panes(w->sheet, 1, 0);
	for (size_t i = 0; i < w->n; i++) {
		lxw_error e = worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, w->columns[i].width, NULL);
		if (e == LXW_NO_ERROR)
			e = worksheet_write_string(w->sheet, 0, (lxw_col_t)i, w->columns[i].name, w->bold);
		if (e != LXW_NO_ERROR)
			return failed(c, e);
	}
	w->row = 1;
	return FAIL_OK;
}

static void make_formats(struct xlsx_writer *w)
{
	w->bold = workbook_add_format(w->book);
	format_set_bold(w->bold);
	w->day = workbook_add_format(w->book);
	format_set_num_format(w->day, "dd/mm/yyyy");
	w->moment = workbook_add_format(w->book);
	format_set_num_format(w->moment, "dd/mm/yyyy hh:mm");
}

/* At most 31 characters; a name that XLSX does not take is left to the library, which counts the sheets. */
fail xlsx_sheet(struct call *c, struct xlsx_writer *w, const char *title, const struct sheet_column *columns, size_t n)
{
	w->columns = columns;
	w->n = n;
	w->column = 0;
	w->sheet = workbook_add_worksheet(w->book, workbook_validate_sheet_name(w->book, title) == LXW_NO_ERROR ? title : NULL);
	return w->sheet == NULL ? failed(c, LXW_ERROR_CREATING_TMPFILE) : header(c, w);
}

fail xlsx_begin(struct call *c, const char *title, const struct sheet_column *columns, size_t n, struct xlsx_writer **out)
{
	struct xlsx_writer *w = calloc(1, sizeof *w);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_doc_properties properties = { .created = (time_t)(c->now_ms / 1000) };

	*out = w;
	if (w == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	w->file.fd = -1;
	TRY(xlsx_file_make(c, &w->file));
	w->book = workbook_new_opt(w->file.path, &options);
	if (w->book == NULL)
		return failed(c, LXW_ERROR_CREATING_TMPFILE);
	workbook_set_properties(w->book, &properties);
	make_formats(w);
	return xlsx_sheet(c, w, title, columns, n);
}

/* "2026-01-05" or "2026-01-05T19:00" as a serial; false when it is neither or before the serials begin. */
static bool serial_of(const char *text, enum sheet_value value, double *serial)
{
	struct moment m = MOMENT_NONE;
	struct date d = DATE_NONE;

	if (value == SHEET_MOMENT ? !moment_parse(text, &m) : !date_parse(text, &d))
		return false;
	if (value == SHEET_MOMENT)
		d = moment_date(m);
	*serial = xlsx_serial(d);
	if (*serial > 0 && value == SHEET_MOMENT)
		*serial += (double)(m.minutes - (int64_t)d.days * 1440) / 1440;
	return *serial > 0;
}

static bool number_of(const char *text, double *number)
{
	char *end;

	if (strlen(text) > 15 || strspn(text, "-.0123456789") != strlen(text))
		return false;
	*number = strtod(text, &end);
	return *end == '\0';
}

fail xlsx_cell(struct call *c, struct xlsx_writer *w, const char *text)
{
	lxw_col_t column = (lxw_col_t)w->column;
	enum sheet_value value = w->columns[w->column++].value;
	lxw_error e;
	double number;

	if (*text == '\0')
		return FAIL_OK;
	if (value == SHEET_NUMBER && number_of(text, &number))
		e = worksheet_write_number(w->sheet, w->row, column, number, NULL);
	else if (value >= SHEET_DAY && serial_of(text, value, &number))
		e = worksheet_write_number(w->sheet, w->row, column, number, value == SHEET_DAY ? w->day : w->moment);
	else
		e = worksheet_write_string(w->sheet, w->row, column, xlsx_escape(c->arena, text), NULL);
	if (e == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return problem(c, FAIL_INPUT, w->columns[column].name, "a text is longer than the 32,767 characters that XLSX can hold; use CSV");
	return e == LXW_NO_ERROR ? FAIL_OK : failed(c, e);
}

fail xlsx_row_end(struct call *c, struct xlsx_writer *w)
{
	w->column = 0;
	if (++w->row >= ROWS_MAX)
		return problem(c, FAIL_INPUT, "format", "an XLSX sheet cannot hold more than 1,048,575 rows; use CSV or choose a smaller unit");
	return FAIL_OK;
}

fail xlsx_end(struct call *c, struct xlsx_writer *w, struct out *out)
{
	lxw_error e = workbook_close(w->book);
	fail f;

	w->book = NULL;
	f = e == LXW_NO_ERROR ? xlsx_file_pass(c, &w->file, out) : failed(c, e);
	xlsx_abandon(w);
	return f;
}

void xlsx_abandon(struct xlsx_writer *w)
{
	if (w == NULL)
		return;
	if (w->book != NULL)
		lxw_workbook_free(w->book);
	xlsx_file_remove(&w->file);
	free(w);
}
