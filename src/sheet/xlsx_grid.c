/* xlsx_grid.c — libxlsxwriter with its rows in memory; looks that are the same share one format. */
#include "sheet/xlsx_grid.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "sheet/xlsx_file.h"
#include "sheet/xlsx_text.h"

enum { LOOKS = 200, A4 = 9 };

struct grid {
	struct xlsx_file file;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	struct grid_look looks[LOOKS];
	lxw_format *formats[LOOKS];
	int n;
};

static fail failed(struct call *c, lxw_error error)
{
	return error == LXW_NO_ERROR ? FAIL_OK : problem(c, FAIL_BUSY, "file", "the XLSX file cannot be written: %s", lxw_strerror(error));
}

static void let_go(void *arg)
{
	struct grid *g = arg;

	if (g->book)
		lxw_workbook_free(g->book);
	xlsx_file_remove(&g->file);
	free(g);
}

static void set_page(struct grid *g, const struct grid_page *page)
{
	worksheet_set_paper(g->sheet, A4);
	worksheet_set_margins(g->sheet, page->left, page->right, page->top, page->bottom);
	worksheet_fit_to_pages(g->sheet, 1, 0);
	worksheet_gridlines(g->sheet, LXW_HIDE_ALL_GRIDLINES);
	if (page->landscape)
		worksheet_set_landscape(g->sheet);
}

fail grid_begin(struct call *c, const struct grid_page *page, const double *widths, int columns, struct grid **out)
{
	struct grid *g = calloc(1, sizeof *g);
	lxw_doc_properties properties = { .title = (char *)(uintptr_t)page->title, .created = (time_t)(c->now_ms / 1000) };

	*out = g;
	if (!g)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	g->file.fd = -1;
	arena_defer(c->arena, let_go, g);
	TRY(xlsx_file_make(c, &g->file));
	g->book = workbook_new(g->file.path);
	g->sheet = g->book ? workbook_add_worksheet(g->book, NULL) : NULL;
	if (!g->sheet)
		return failed(c, LXW_ERROR_CREATING_TMPFILE);
	workbook_set_properties(g->book, &properties);
	set_page(g, page);
	for (int i = 0; i < columns; i++)
		TRY(failed(c, worksheet_set_column(g->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL)));
	return FAIL_OK;
}

fail grid_row_height(struct call *c, struct grid *g, int row, double points)
{
	return failed(c, worksheet_set_row(g->sheet, (lxw_row_t)row, points > 409 ? 409 : points, NULL));
}

static bool same(const struct grid_look *a, const struct grid_look *b)
{
	return a->bold == b->bold && a->italic == b->italic && a->underline == b->underline && a->border == b->border && a->size == b->size &&
	       a->align == b->align && a->middle == b->middle && (a->number == b->number || (a->number && b->number && strcmp(a->number, b->number) == 0));
}

static lxw_format *make_format(struct grid *g, const struct grid_look *look)
{
	static const uint8_t aligns[] = { LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT, LXW_ALIGN_JUSTIFY };
	static const uint8_t middles[] = { LXW_ALIGN_VERTICAL_TOP, LXW_ALIGN_VERTICAL_CENTER, LXW_ALIGN_VERTICAL_BOTTOM };
	lxw_format *f = workbook_add_format(g->book);

	format_set_font_name(f, "Times New Roman");
	format_set_font_size(f, look->size);
	format_set_align(f, aligns[look->align]);
	format_set_align(f, middles[look->middle]);
	format_set_text_wrap(f);
	if (look->bold)
		format_set_bold(f);
	if (look->italic)
		format_set_italic(f);
	if (look->underline)
		format_set_underline(f, LXW_UNDERLINE_SINGLE);
	if (look->border)
		format_set_border(f, LXW_BORDER_THIN);
	if (look->number)
		format_set_num_format(f, look->number);
	return f;
}

static lxw_format *format_of(struct grid *g, const struct grid_look *look)
{
	for (int i = 0; i < g->n; i++)
		if (same(&g->looks[i], look))
			return g->formats[i];
	if (g->n == LOOKS)
		return g->formats[0];
	g->looks[g->n] = *look;
	return g->formats[g->n++] = make_format(g, look);
}

fail grid_cell(struct call *c, struct grid *g, int row, int column, int rows, int columns, const char *text, const struct grid_look *look)
{
	lxw_format *format = format_of(g, look);
	lxw_row_t r = (lxw_row_t)row;
	lxw_col_t k = (lxw_col_t)column;
	lxw_error e = LXW_NO_ERROR;

	if (rows > 1 || columns > 1)
		e = worksheet_merge_range(g->sheet, r, k, r + (lxw_row_t)rows - 1, (lxw_col_t)(k + columns - 1), "", format);
	if (e == LXW_NO_ERROR && look->number)
		e = worksheet_write_number(g->sheet, r, k, strtod(text, NULL), format);
	else if (e == LXW_NO_ERROR)
		e = *text ? worksheet_write_string(g->sheet, r, k, xlsx_escape(c->arena, text), format) : worksheet_write_blank(g->sheet, r, k, format);
	if (e == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return problem(c, FAIL_INPUT, "format", "a text is longer than the 32,767 characters that XLSX can hold; use DOCX");
	return failed(c, e);
}

fail grid_repeat(struct call *c, struct grid *g, int first, int last)
{
	return failed(c, worksheet_repeat_rows(g->sheet, (lxw_row_t)first, (lxw_row_t)last));
}

fail grid_end(struct call *c, struct grid *g, struct out *out)
{
	lxw_error e = workbook_close(g->book);

	g->book = NULL;
	TRY(failed(c, e));
	return xlsx_file_pass(c, &g->file, out);
}
