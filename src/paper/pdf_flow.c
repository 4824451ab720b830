/* pdf_flow.c — paragraphs and tables cut into pieces, and which pieces stay together. */
#include "paper/pdf_flow.h"

#include <string.h>

static double points(int twips) { return twips / 20.0; }

static struct pdf_piece *add(struct pdf *p, struct pdf_flow *f)
{
	if (f->n == f->room) {
		struct pdf_piece *old = f->v;

		f->room = f->room ? 2 * f->room : 2;
		f->v = ARENA_ARRAY(p->c->arena, (size_t)f->room, struct pdf_piece);
		if (old)
			memcpy(f->v, old, (size_t)f->n * sizeof *old);
	}
	return &f->v[f->n++];
}

/* ---- paragraphs ---- */

/* May a page end behind line i? Not after the first of several, nor before the last. */
static bool line_keeps(const struct pdf_text *t, int i)
{
	if (i + 1 == t->n)
		return t->paragraph->keep_next;
	return t->paragraph->keep_lines || i == 0 || i == t->n - 2;
}

static void add_paragraph(struct pdf *p, struct pdf_flow *f, const struct doc_paragraph *paragraph, double width)
{
	const struct pdf_text *t = pdf_text_make(p, paragraph, width);

	for (int i = 0; i < t->n; i++) {
		struct pdf_piece *piece = add(p, f);

		*piece = (struct pdf_piece){ .text = t, .index = i, .height = t->lines[i].height, .keep = line_keeps(t, i) };
		piece->before = i == 0 ? t->before : 0;
		piece->after = i + 1 == t->n ? t->after : 0;
		piece->new_page = i == 0 && paragraph->page_break_before;
	}
}

/* ---- tables ---- */

static double column_x(const struct doc_table *t, int column)
{
	int x = 0;

	for (int i = 0; i < column && i < t->columns; i++)
		x += t->grid[i];
	return points(x);
}

static struct pdf_cell *make_cell(struct pdf *p, const struct doc_table *t, const struct doc_cell *cell, int column)
{
	struct pdf_cell *made = ARENA_NEW(p->c->arena, struct pdf_cell);

	made->cell = cell;
	made->x = column_x(t, column);
	made->width = column_x(t, column + cell->span) - made->x;
	made->flow = pdf_flow_make(p, cell->merge == DOC_MERGE_GOES_ON ? NULL : cell->blocks,
	                           made->width - points(cell->margins[DOC_LEFT_SIDE] + cell->margins[DOC_RIGHT_SIDE]));
	made->height = made->flow->height + points(cell->margins[DOC_TOP] + cell->margins[DOC_BOTTOM]);
	return made;
}

static void make_row(struct pdf *p, const struct doc_table *t, const struct doc_row *row, struct pdf_row *out)
{
	struct pdf_cell **end = &out->cells;
	int column = 0;

	out->row = row;
	for (const struct doc_cell *cell = row->cells; cell; cell = cell->next) {
		*end = make_cell(p, t, cell, column);
		column += cell->span;
		if (cell->merge == DOC_ALONE && (*end)->height > out->height)
			out->height = (*end)->height;
		end = &(*end)->next;
	}
	if (row->height > 0 && (row->rule == DOC_EXACT || points(row->height) > out->height))
		out->height = points(row->height);
	if (out->height < 1)
		out->height = 1;
}

static const struct pdf_cell *cell_at(const struct pdf_row *row, double x)
{
	for (const struct pdf_cell *cell = row->cells; cell; cell = cell->next)
		if (cell->x > x - 0.5 && cell->x < x + 0.5)
			return cell;
	return NULL;
}

/* A merged cell reaches down as long as the cell below goes on; the last of its rows grows when it needs more. */
static void stretch(struct pdf_table *t, int first, struct pdf_cell *cell)
{
	double height = t->rows[first].height;
	int last = first;

	for (; last + 1 < t->n; last++) {
		const struct pdf_cell *below = cell_at(&t->rows[last + 1], cell->x);

		if (!below || below->cell->merge != DOC_MERGE_GOES_ON)
			break;
		height += t->rows[last + 1].height;
	}
	if (cell->height > height)
		t->rows[last].height += cell->height - height;
}

static void set_merged(struct pdf_table *t, int first, struct pdf_cell *cell)
{
	cell->merged = t->rows[first].height;
	for (int i = first + 1; i < t->n; i++) {
		const struct pdf_cell *below = cell_at(&t->rows[i], cell->x);

		if (!below || below->cell->merge != DOC_MERGE_GOES_ON)
			break;
		cell->merged += t->rows[i].height;
	}
}

static void merge(struct pdf_table *t, void (*what)(struct pdf_table *t, int row, struct pdf_cell *cell))
{
	for (int i = 0; i < t->n; i++)
		for (struct pdf_cell *cell = t->rows[i].cells; cell; cell = cell->next)
			if (cell->cell->merge == DOC_MERGE_STARTS)
				what(t, i, cell);
}

static struct pdf_table *make_table(struct pdf *p, const struct doc_table *table, double width)
{
	struct pdf_table *t = ARENA_NEW(p->c->arena, struct pdf_table);
	int i = 0;

	t->table = table;
	t->width = column_x(table, table->columns);
	t->x = table->align == DOC_CENTER ? (width - t->width) / 2 : table->align == DOC_RIGHT ? width - t->width : points(table->indent);
	for (const struct doc_row *row = table->rows; row; row = row->next)
		t->n++;
	t->rows = ARENA_ARRAY(p->c->arena, (size_t)t->n, struct pdf_row);
	for (const struct doc_row *row = table->rows; row; row = row->next, i++) {
		make_row(p, table, row, &t->rows[i]);
		t->rows[i].first = i == 0;
		t->rows[i].last = i + 1 == t->n;
		if (row->heading && t->headings == i && i + 1 < t->n)
			t->headings++;
	}
	merge(t, stretch);
	merge(t, set_merged);
	for (i = 0; i < t->headings; i++)
		t->heading_height += t->rows[i].height;
	return t;
}

/* Does a cell of the row ask that the row stays with the next? As Word has it: its first paragraph does. */
static bool row_keeps(const struct pdf_row *row)
{
	const struct doc_block *block = row->cells ? row->cells->cell->blocks : NULL;

	return block && block->kind == DOC_PARAGRAPH && block->paragraph->keep_next;
}

static void add_table(struct pdf *p, struct pdf_flow *f, const struct doc_table *table, double width)
{
	const struct pdf_table *t = make_table(p, table, width);

	for (int i = 0; i < t->n; i++)
		*add(p, f) = (struct pdf_piece){ .table = t, .index = i, .height = t->rows[i].height,
			.keep = i < t->headings || row_keeps(&t->rows[i]) };
}

/* ---- flows ---- */

static bool no_space_between(const struct doc_block *a, const struct doc_block *b)
{
	return a->kind == DOC_PARAGRAPH && b && b->kind == DOC_PARAGRAPH && a->paragraph->contextual && b->paragraph->contextual &&
	       strcmp(a->paragraph->style, b->paragraph->style) == 0;
}

struct pdf_flow *pdf_flow_make(struct pdf *p, const struct doc_block *blocks, double width)
{
	struct pdf_flow *f = ARENA_NEW(p->c->arena, struct pdf_flow);
	bool tight = false;

	for (const struct doc_block *block = blocks; block; block = block->next) {
		int from = f->n;

		if (block->kind == DOC_TABLE)
			add_table(p, f, block->table, width);
		else
			add_paragraph(p, f, block->paragraph, width);
		if (tight && f->n > from)
			f->v[from].before = 0;
		tight = no_space_between(block, block->next);
		if (tight && f->n > from)
			f->v[f->n - 1].after = 0;
	}
	for (int i = 0; i < f->n; i++)
		f->height += f->v[i].before + f->v[i].height + f->v[i].after;
	return f;
}
