/* paper_xlsx.c — blocks put on a grid. Does not know formulas: a report's totals are those it was given. */
#include "paper/paper_xlsx.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sheet/xlsx_grid.h"

enum { COLUMNS = 200, POINTS_A_CHARACTER = 6 };

struct sheet {
	struct call *c;
	struct grid *grid;
	int row, columns;
	int edges[COLUMNS + 1]; /* left edges of the columns, twips */
	const struct doc_table *main;
	int first_heading, last_heading;
};

/* ---- numbers ---- */

/* Digits in groups of three: "3.321" in Vietnamese, "3,321" in English. */
static bool is_grouped(const char *s, char mark)
{
	size_t n = strspn(s, "0123456789");

	if (n == 0 || n > 3 || s[n] != mark)
		return false;
	for (s += n; *s == mark; s += 4)
		if (strspn(s + 1, "0123456789") != 3)
			return false;
	return *s == '\0';
}

/* The number a text is, as digits with a point, and how it is shown; NULL when it is none. "05" is a code, not a number. */
static const char *number_of(struct call *c, const char *text, const char **format)
{
	char point = c->lang == LANG_VI ? ',' : '.', group = c->lang == LANG_VI ? '.' : ',';
	const char *digits = text + (*text == '-');
	size_t n = strspn(digits, "0123456789"), decimals;
	char *copy = arena_strdup(c->arena, text), *to = copy;

	if (n == 0 || strlen(text) > 15 || (*digits == '0' && n > 1))
		return NULL;
	decimals = digits[n] == point ? strspn(digits + n + 1, "0123456789") : 0;
	if (is_grouped(digits, group)) {
		*format = "#,##0";
		for (const char *p = text; *p; p++)
			if (*p != group)
				*to++ = *p;
		*to = '\0';
		return copy;
	}
	if (digits[n] == '\0') {
		*format = "0";
		return copy;
	}
	if (decimals == 0 || decimals > 4 || digits[n + 1 + decimals] != '\0')
		return NULL;
	copy[digits - text + (ptrdiff_t)n] = '.';
	*format = arena_printf(c->arena, "0.%.*s", (int)decimals, "0000");
	return copy;
}

/* ---- looks ---- */

static struct grid_look look_of(const struct doc_paragraph *p)
{
	static const enum grid_align aligns[] = { GRID_LEFT, GRID_CENTER, GRID_RIGHT, GRID_LEFT };
	struct grid_look look = { .size = (p->mark.size + 1) / 2, .align = aligns[p->align], .bold = true, .italic = true };
	bool any = false;

	for (const struct doc_run *run = p->runs; run; run = run->next) {
		if (run->kind != DOC_TEXT)
			continue;
		look.bold &= run->look.bold;
		look.italic &= run->look.italic;
		look.underline |= run->look.underline;
		look.size = any ? look.size : (run->look.size + 1) / 2;
		any = true;
	}
	look.bold &= any;
	look.italic &= any;
	return look;
}

/* How high a text is in a cell of that width. */
static double height_of(const char *text, int twips, int size)
{
	int room = twips / 20 * 9 / 4 / size, lines = 0; /* a letter is about 0.44 of its size wide */

	room = room < 1 ? 1 : room;
	for (const char *at = text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
		size_t n = strcspn(at, "\n"), letters = 0;

		for (size_t i = 0; i < n; i++)
			letters += ((unsigned char)at[i] & 0xc0) != 0x80;
		lines += letters == 0 ? 1 : (int)((letters + (size_t)room - 1) / (size_t)room);
	}
	return lines * size * 1.3 + 3;
}

/* ---- paragraphs ---- */

static fail put(struct sheet *s, int row, int from, int to, int rows, const char *text, const struct doc_paragraph *p, bool border, enum grid_middle middle)
{
	struct grid_look look = look_of(p);
	const char *number = border ? number_of(s->c, text, &look.number) : NULL;

	look.border = border;
	look.middle = middle;
	return grid_cell(s->c, s->grid, row, from, rows, to - from, number ? number : text, &look);
}

static fail put_paragraph(struct sheet *s, const struct doc_paragraph *p)
{
	const char *text = doc_text(s->c->arena, p);

	if (!*text && s->row == 0)
		return FAIL_OK;
	if (*text) {
		TRY(put(s, s->row, 0, s->columns, 1, text, p, false, GRID_TOP));
		TRY(grid_row_height(s->c, s->grid, s->row, height_of(text, s->edges[s->columns], look_of(p).size)));
	}
	s->row++;
	return FAIL_OK;
}

/* ---- tables ---- */

/* The column of the sheet whose edge is nearest. */
static int column_at(const struct sheet *s, int x)
{
	int best = 0;

	for (int i = 1; i <= s->columns; i++)
		if (abs(s->edges[i] - x) < abs(s->edges[best] - x))
			best = i;
	return best;
}

/* Left edge of column k of a table, stretched to the sheet. */
static int edge_of(const struct sheet *s, const struct doc_table *t, int k)
{
	int64_t x = 0, sum = 0;

	for (int i = 0; i < t->columns; i++) {
		x += i < k ? t->grid[i] : 0;
		sum += t->grid[i];
	}
	return sum > 0 ? (int)(x * s->edges[s->columns] / sum) : 0;
}

/* Where column k of a table begins on the sheet: at the nearest edge that leaves every column before and after it one of its own. */
static int place_of(const struct sheet *s, const struct doc_table *t, int k)
{
	int place = 0;

	for (int i = 1; i <= k; i++) {
		int near = column_at(s, edge_of(s, t, i)), least = place + 1, most = s->columns - (t->columns - i);

		place = near > most ? most : near;
		place = place < least ? least : place;
	}
	return place < s->columns ? place : s->columns;
}

static void span_of(const struct sheet *s, const struct doc_table *t, int column, int span, int *from, int *to)
{
	*from = t == s->main ? column : place_of(s, t, column);
	*to = t == s->main ? column + span : place_of(s, t, column + span);
	if (*to <= *from) { /* a table wider than the sheet */
		*from = *from < s->columns ? *from : s->columns - 1;
		*to = *from + 1;
	}
}

/* The paragraphs of a cell, one under the other. */
static const char *cell_text(struct arena *a, const struct doc_block *blocks, const struct doc_paragraph **first)
{
	const char *all = "";

	for (; blocks; blocks = blocks->next) {
		const char *text = blocks->kind == DOC_PARAGRAPH ? doc_text(a, blocks->paragraph) : "";

		if (blocks->kind == DOC_PARAGRAPH && (!*first || (!*all && *text)))
			*first = blocks->paragraph;
		if (*text)
			all = *all ? arena_join(a, all, "\n", text, NULL) : text;
	}
	return all;
}

static const struct doc_cell *cell_at(const struct doc_row *row, int column)
{
	const struct doc_cell *cell = row->cells;

	for (int at = 0; cell && at < column; cell = cell->next)
		at += cell->span;
	return cell;
}

static int rows_of(const struct doc_row *row, const struct doc_cell *cell, int column)
{
	int n = 1;

	for (const struct doc_row *below = row->next; below && cell->merge == DOC_MERGE_STARTS; below = below->next, n++) {
		const struct doc_cell *other = cell_at(below, column);

		if (!other || other->merge != DOC_MERGE_GOES_ON)
			break;
	}
	return n;
}

static fail put_row(struct sheet *s, const struct doc_table *t, const struct doc_row *row)
{
	double height = 0;
	int column = 0;

	for (const struct doc_cell *cell = row->cells; cell; column += cell->span, cell = cell->next) {
		const struct doc_paragraph *first = NULL;
		const char *text = cell_text(s->c->arena, cell->blocks, &first);
		int from, to, rows = rows_of(row, cell, column);
		double need;

		if (cell->merge == DOC_MERGE_GOES_ON || !first)
			continue;
		span_of(s, t, column, cell->span, &from, &to);
		TRY(put(s, s->row, from, to, rows, text, first, true, cell->align == 1 ? GRID_MIDDLE : GRID_TOP));
		need = height_of(text, s->edges[to] - s->edges[from], look_of(first).size) / rows;
		height = need > height ? need : height;
	}
	TRY(grid_row_height(s->c, s->grid, s->row, height));
	if (row->heading && t == s->main) {
		s->first_heading = s->first_heading < 0 ? s->row : s->first_heading;
		s->last_heading = s->row;
	}
	s->row++;
	return FAIL_OK;
}

static bool has_lines(const struct doc_table *t)
{
	for (int i = 0; i < 6; i++)
		if (t->borders[i].width > 0)
			return true;
	return false;
}

static const struct doc_block *nth(const struct doc_block *blocks, int n)
{
	for (; blocks; blocks = blocks->next)
		if (blocks->kind == DOC_PARAGRAPH && !(blocks->paragraph->borders[DOC_TOP].width > 0 && !blocks->paragraph->runs) && n-- == 0)
			return blocks;
	return NULL;
}

/* A row without lines: the paragraphs of its cells side by side. */
static fail put_side_by_side(struct sheet *s, const struct doc_table *t, const struct doc_row *row)
{
	bool more = true;

	for (int n = 0; more; n++) {
		double height = 0;
		int column = 0;

		more = false;
		for (const struct doc_cell *cell = row->cells; cell; column += cell->span, cell = cell->next) {
			const struct doc_block *block = nth(cell->blocks, n);
			const char *text = block ? doc_text(s->c->arena, block->paragraph) : "";
			int from, to;
			double need;

			more |= block != NULL;
			if (!*text) {
				need = block && block->paragraph->rule == DOC_EXACT ? block->paragraph->line / 20.0 : 0;
				height = need > height ? need : height;
				continue;
			}
			span_of(s, t, column, cell->span, &from, &to);
			TRY(put(s, s->row, from, to, 1, text, block->paragraph, false, GRID_TOP));
			need = height_of(text, s->edges[to] - s->edges[from], look_of(block->paragraph).size);
			height = need > height ? need : height;
		}
		if (more && height > 0)
			TRY(grid_row_height(s->c, s->grid, s->row, height));
		s->row += more;
	}
	return FAIL_OK;
}

static fail put_table(struct sheet *s, const struct doc_table *t)
{
	bool lines = has_lines(t);

	for (const struct doc_row *row = t->rows; row; row = row->next)
		TRY(lines ? put_row(s, t, row) : put_side_by_side(s, t, row));
	return FAIL_OK;
}

/* ---- the sheet ---- */

static void find_main(struct sheet *s, const struct doc *doc)
{
	for (const struct doc_section *d = doc->sections; d; d = d->next)
		for (const struct doc_block *block = d->body; block; block = block->next)
			if (block->kind == DOC_TABLE && block->table->columns <= COLUMNS && (!s->main || block->table->columns > s->main->columns))
				s->main = block->table;
}

static void set_columns(struct sheet *s, const struct doc_section *d)
{
	int width = d->width - d->margins[DOC_LEFT_SIDE] - d->margins[DOC_RIGHT_SIDE];
	int64_t sum = 0, x = 0;

	s->columns = s->main ? s->main->columns : 1;
	for (int i = 0; s->main && i < s->columns; i++)
		sum += s->main->grid[i];
	for (int i = 0; i < s->columns; i++) {
		s->edges[i] = (int)(sum > 0 ? x * width / sum : 0);
		x += s->main ? s->main->grid[i] : 0;
	}
	s->edges[s->columns] = width;
}

static fail begin(struct sheet *s, const struct doc *doc)
{
	const struct doc_section *d = doc->sections;
	struct grid_page page = { d->width > d->height, d->margins[DOC_TOP] / 1440.0, d->margins[DOC_BOTTOM] / 1440.0, d->margins[DOC_LEFT_SIDE] / 1440.0,
		d->margins[DOC_RIGHT_SIDE] / 1440.0, doc->title };
	double widths[COLUMNS];

	find_main(s, doc);
	set_columns(s, d);
	for (int i = 0; i < s->columns; i++)
		widths[i] = (s->edges[i + 1] - s->edges[i]) / 20.0 / POINTS_A_CHARACTER;
	return grid_begin(s->c, &page, widths, s->columns, &s->grid);
}

fail paper_xlsx(struct call *c, const struct doc *doc, struct out *out)
{
	struct sheet s = { .c = c, .first_heading = -1 };

	TRY(begin(&s, doc));
	for (const struct doc_section *d = doc->sections; d; d = d->next)
		for (const struct doc_block *block = d->body; block; block = block->next)
			TRY(block->kind == DOC_TABLE ? put_table(&s, block->table) : put_paragraph(&s, block->paragraph));
	if (s.first_heading >= 0)
		TRY(grid_repeat(c, s.grid, s.first_heading, s.last_heading));
	return grid_end(c, s.grid, out);
}
