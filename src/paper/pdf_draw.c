/* pdf_draw.c — pieces put on the page: lines of text, borders, rows of tables. */
#include <string.h>

#include "paper/pdf_flow.h"

static double points(int twips) { return twips / 20.0; }

static void stroke(struct pdf *p, double x1, double y1, double x2, double y2, int eighths)
{
	cairo_set_line_width(p->cr, eighths / 8.0);
	cairo_move_to(p->cr, x1, y1);
	cairo_line_to(p->cr, x2, y2);
	cairo_stroke(p->cr);
}

/* ---- paragraphs ---- */

static void draw_leader(struct pdf *p, const struct pdf_leader *l, double x, double baseline)
{
	double from = x + l->from + 1.5, to = x + l->to - 1.5, step = l->size * 0.25;

	if (to <= from)
		return;
	if (l->ch == '_') {
		stroke(p, from, baseline + 1, to, baseline + 1, 4);
		return;
	}
	for (double at = to - step; at > from; at -= step)
		cairo_rectangle(p->cr, at, baseline - l->size * 0.07, l->size * 0.07, l->size * 0.07);
	cairo_fill(p->cr);
}

/* Lines around a paragraph: the top one with its first line, the bottom one with its last. */
static void draw_paragraph_borders(struct pdf *p, const struct pdf_text *t, int i, double x, double y, double width)
{
	const struct doc_paragraph *d = t->paragraph;
	double left = x + points(d->left), right = x + width - points(d->right), bottom = y + t->lines[i].height;

	if (i == 0 && d->borders[DOC_TOP].width > 0)
		stroke(p, left, y - d->borders[DOC_TOP].space, right, y - d->borders[DOC_TOP].space, d->borders[DOC_TOP].width);
	if (i + 1 == t->n && d->borders[DOC_BOTTOM].width > 0)
		stroke(p, left, bottom + d->borders[DOC_BOTTOM].space, right, bottom + d->borders[DOC_BOTTOM].space, d->borders[DOC_BOTTOM].width);
	if (d->borders[DOC_LEFT_SIDE].width > 0)
		stroke(p, left - d->borders[DOC_LEFT_SIDE].space, y, left - d->borders[DOC_LEFT_SIDE].space, bottom, d->borders[DOC_LEFT_SIDE].width);
	if (d->borders[DOC_RIGHT_SIDE].width > 0)
		stroke(p, right + d->borders[DOC_RIGHT_SIDE].space, y, right + d->borders[DOC_RIGHT_SIDE].space, bottom, d->borders[DOC_RIGHT_SIDE].width);
}

/* ▀ ▄ █: the bits of what is filled, upper half 1, lower half 2; 0 for everything else. */
static int block_of(const char *s)
{
	return (unsigned char)s[0] != 0xe2 || (unsigned char)s[1] != 0x96 ? 0 : s[2] == '\x80' ? 1 : s[2] == '\x84' ? 2 : s[2] == '\x88' ? 3 : 0;
}

/* Blocks and no-break blanks only, and not blanks alone. */
static bool is_picture(const char *s, const char *end)
{
	bool any = false;

	for (; s < end; s = g_utf8_next_char(s)) {
		if (block_of(s))
			any = true;
		else if ((unsigned char)s[0] != 0xc2 || (unsigned char)s[1] != 0xa0)
			return false;
	}
	return any;
}

/* A line of blocks is a picture of blocks, such as a QR code: drawn as areas that meet, whatever the font has. */
static bool draw_blocks(struct pdf *p, const struct pdf_text *t, const struct pdf_line *l, double x, double y)
{
	const char *text = pango_layout_get_text(t->layout) + l->line->start_index, *end = text + l->line->length;

	if (!is_picture(text, end))
		return false;
	for (const char *s = text; s < end; s = g_utf8_next_char(s)) {
		int from, to, b = block_of(s);

		pango_layout_line_index_to_x(l->line, (int)(s - text) + l->line->start_index, FALSE, &from);
		pango_layout_line_index_to_x(l->line, (int)(s - text) + l->line->start_index, TRUE, &to);
		if (b)
			cairo_rectangle(p->cr, x + (double)from / PANGO_SCALE, y + (b == 2 ? l->height / 2 : 0), (double)(to - from) / PANGO_SCALE,
			                b == 3 ? l->height : l->height / 2);
	}
	cairo_fill(p->cr);
	return true;
}

static void draw_line(struct pdf *p, const struct pdf_text *t, int i, double x, double y, double width)
{
	const struct pdf_text *now = t->paragraph->fields ? pdf_text_make(p, t->paragraph, width) : t;
	const struct pdf_line *line;
	double baseline = y + t->lines[i].baseline;

	draw_paragraph_borders(p, t, i, x, y, width);
	if (i >= now->n)
		return;
	line = &now->lines[i];
	if (draw_blocks(p, now, line, x + now->left + line->x, y))
		return;
	cairo_move_to(p->cr, x + now->left + line->x, baseline);
	pango_cairo_show_layout_line(p->cr, line->line);
	for (const struct pdf_leader *l = now->leaders; l; l = l->next)
		if (l->line == i)
			draw_leader(p, l, x + now->left, baseline);
}

/* ---- tables ---- */

static int border(const struct doc_border *own, const struct doc_border *of_table) { return own->width != DOC_UNSET ? own->width : of_table->width; }

void pdf_draw_borders(struct pdf *p, const struct pdf_table *t, const struct pdf_row *row, const struct pdf_cell *cell, double x, double y, double height)
{
	const struct doc_border *own = cell->cell->borders, *table = t->table->borders;
	bool first = cell == row->cells, last = !cell->next;
	double right = x + cell->width, bottom = y + height;
	int top = border(&own[DOC_TOP], &table[row->first ? DOC_TOP : DOC_INSIDE_H]);
	int below = border(&own[DOC_BOTTOM], &table[row->last ? DOC_BOTTOM : DOC_INSIDE_H]);
	int left = border(&own[DOC_LEFT_SIDE], &table[first ? DOC_LEFT_SIDE : DOC_INSIDE_V]);
	int at_right = border(&own[DOC_RIGHT_SIDE], &table[last ? DOC_RIGHT_SIDE : DOC_INSIDE_V]);

	if (top > 0 && cell->cell->merge != DOC_MERGE_GOES_ON)
		stroke(p, x, y, right, y, top);
	if (below > 0 && (cell->cell->merge == DOC_ALONE || row->last))
		stroke(p, x, bottom, right, bottom, below);
	if (left > 0)
		stroke(p, x, y, x, bottom, left);
	if (at_right > 0)
		stroke(p, right, y, right, bottom, at_right);
}

static void shade(struct pdf *p, const struct pdf_cell *cell, double x, double y, double height)
{
	int color = cell->cell->shade;

	if (color == DOC_UNSET)
		return;
	cairo_set_source_rgb(p->cr, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0, (color & 255) / 255.0);
	cairo_rectangle(p->cr, x, y, cell->width, height);
	cairo_fill(p->cr);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
}

static void draw_cell(struct pdf *p, const struct pdf_cell *cell, double x, double y, double height)
{
	const struct doc_cell *d = cell->cell;
	double inner = height - points(d->margins[DOC_TOP] + d->margins[DOC_BOTTOM]), free = inner - cell->flow->height;
	double down = d->align && free > 0 ? (d->align == 1 ? free / 2 : free) : 0;

	pdf_draw_flow(p, cell->flow, x + points(d->margins[DOC_LEFT_SIDE]), y + points(d->margins[DOC_TOP]) + down,
	              cell->width - points(d->margins[DOC_LEFT_SIDE] + d->margins[DOC_RIGHT_SIDE]));
}

void pdf_draw_row(struct pdf *p, const struct pdf_table *t, int i, double x, double y, double room)
{
	const struct pdf_row *row = &t->rows[i];

	for (const struct pdf_cell *cell = row->cells; cell; cell = cell->next) {
		double height = cell->cell->merge == DOC_MERGE_STARTS ? cell->merged : row->height;

		shade(p, cell, x + t->x + cell->x, y, row->height);
		draw_cell(p, cell, x + t->x + cell->x, y, height > room ? row->height : height);
	}
	for (const struct pdf_cell *cell = row->cells; cell; cell = cell->next)
		pdf_draw_borders(p, t, row, cell, x + t->x + cell->x, y, row->height);
}

/* ---- pieces ---- */

void pdf_draw_piece(struct pdf *p, const struct pdf_piece *piece, double x, double y, double width)
{
	if (piece->text)
		draw_line(p, piece->text, piece->index, x, y, width);
	else
		pdf_draw_row(p, piece->table, piece->index, x, y, 1e6);
}

void pdf_draw_flow(struct pdf *p, const struct pdf_flow *flow, double x, double y, double width)
{
	for (int i = 0; i < flow->n; i++) {
		y += flow->v[i].before;
		pdf_draw_piece(p, &flow->v[i], x, y, width);
		y += flow->v[i].height + flow->v[i].after;
	}
}
