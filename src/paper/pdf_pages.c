/* pdf_pages.c — one walk over the pieces, made twice: to count the pages, then to draw them. */
#include "paper/pdf_pages.h"

#include <cairo-pdf.h>

enum { SPLIT_ROOM = 60 }; /* points that must be left before a row is begun that goes on on the next page */

struct pager {
	struct pdf *p;
	cairo_surface_t *surface; /* NULL: counting */
	const struct pdf_section *s;
	double x, top, bottom, y;
	bool empty;               /* nothing stands on the page yet */
	bool first;               /* the page is the section's first */
};

static double points(int twips) { return twips / 20.0; }

/* ---- pages ---- */

static void draw_edge(struct pager *g, struct doc_block *const blocks[2], bool header)
{
	const struct doc_section *d = g->s->section;
	const struct pdf_flow *flow = pdf_flow_make(g->p, blocks[g->first && d->title_page], g->s->width);
	double y = header ? points(d->header_at) : points(d->height) - points(d->footer_at) - flow->height;

	pdf_draw_flow(g->p, flow, g->x, y, g->s->width);
}

static void set_margins(struct pager *g)
{
	const struct doc_section *d = g->s->section;
	double header = points(d->header_at) + g->s->header, footer = points(d->footer_at) + g->s->footer;

	g->x = points(d->margins[DOC_LEFT_SIDE]);
	g->top = points(d->margins[DOC_TOP]);
	g->bottom = points(d->height - d->margins[DOC_BOTTOM]);
	if (g->s->header > 0 && header > g->top)
		g->top = header;
	if (g->s->footer > 0 && points(d->height) - footer < g->bottom)
		g->bottom = points(d->height) - footer;
}

static void frame_line(cairo_t *cr, const struct doc_section *d, double inset, double width)
{
	cairo_set_line_width(cr, width);
	cairo_rectangle(cr, inset, inset, points(d->width) - 2 * inset, points(d->height) - 2 * inset);
	cairo_stroke(cr);
}

static void draw_frame(struct pager *g, const struct doc_section *d)
{
	double width = d->frame.width / 8.0, inset = d->frame.space + width / 2;

	if (d->frame.width <= 0)
		return;
	cairo_set_source_rgb(g->p->cr, (d->frame.color >> 16 & 255) / 255.0, (d->frame.color >> 8 & 255) / 255.0, (d->frame.color & 255) / 255.0);
	frame_line(g->p->cr, d, inset, width);
	if (d->frame.thin)
		frame_line(g->p->cr, d, inset + width / 2 + 2.5, 0.6);
	cairo_set_source_rgb(g->p->cr, 0, 0, 0);
}

static void begin_page(struct pager *g, bool first)
{
	const struct doc_section *d = g->s->section;

	g->p->page++;
	g->first = first;
	g->empty = true;
	set_margins(g);
	g->y = g->top;
	if (!g->surface)
		return;
	cairo_pdf_surface_set_size(g->surface, points(d->width), points(d->height));
	draw_frame(g, d);
	draw_edge(g, d->headers, true);
	draw_edge(g, d->footers, false);
}

static void end_page(struct pager *g)
{
	if (g->surface && g->p->page > 0)
		cairo_show_page(g->p->cr);
}

static void turn(struct pager *g)
{
	end_page(g);
	begin_page(g, false);
}

/* ---- rows ---- */

static void put_headings(struct pager *g, const struct pdf_table *t)
{
	for (int i = 0; i < t->headings; i++) {
		if (g->surface)
			pdf_draw_row(g->p, t, i, g->x, g->y, t->heading_height);
		g->y += t->rows[i].height;
	}
}

/* Puts as many pieces of the cell on the page as there is room for; gives back their height. */
static double put_some(struct pager *g, const struct pdf_table *t, const struct pdf_cell *cell, int *from, double room)
{
	const struct doc_cell *d = cell->cell;
	double used = points(d->margins[DOC_TOP]), x = g->x + t->x + cell->x + points(d->margins[DOC_LEFT_SIDE]);
	double width = cell->width - points(d->margins[DOC_LEFT_SIDE] + d->margins[DOC_RIGHT_SIDE]);
	int begin = *from;

	for (; *from < cell->flow->n; ++*from) {
		const struct pdf_piece *piece = &cell->flow->v[*from];

		if (used + piece->before + piece->height > room && (*from > begin || !g->empty))
			break;
		if (g->surface)
			pdf_draw_piece(g->p, piece, x, g->y + used + piece->before, width);
		used += piece->before + piece->height + piece->after;
	}
	return used + points(d->margins[DOC_BOTTOM]);
}

/* A row that goes over several pages. */
static void split_row(struct pager *g, const struct pdf_table *t, int i)
{
	const struct pdf_row *row = &t->rows[i];
	int from[200] = { 0 };
	bool more = true;

	while (more) {
		double height = 0;
		int k = 0;

		more = false;
		for (const struct pdf_cell *cell = row->cells; cell && k < 200; cell = cell->next, k++) {
			double used = put_some(g, t, cell, &from[k], g->bottom - g->y);

			height = used > height ? used : height;
			more |= from[k] < cell->flow->n;
		}
		if (more)
			height = g->bottom - g->y;
		for (const struct pdf_cell *cell = row->cells; cell && g->surface; cell = cell->next)
			pdf_draw_borders(g->p, t, row, cell, g->x + t->x + cell->x, g->y, height);
		g->y += height;
		g->empty = false;
		if (more)
			turn(g);
	}
}

/* ---- pieces ---- */

/* The height of the piece and of those that stay with it. */
static double together(const struct pdf_flow *f, int i, bool at_top)
{
	double sum = at_top ? 0 : f->v[i].before;

	for (;; i++) {
		sum += f->v[i].height;
		if (!f->v[i].keep || i + 1 == f->n)
			return sum;
		sum += f->v[i].after + f->v[i + 1].before;
	}
}

static bool may_split(const struct pager *g, const struct pdf_piece *piece)
{
	const struct pdf_row *row = piece->table ? &piece->table->rows[piece->index] : NULL;

	if (!row || piece->index < piece->table->headings)
		return false;
	if (piece->height > g->bottom - g->top)
		return true;
	return !row->row->cant_split && row->row->rule != DOC_EXACT && g->bottom - g->y > SPLIT_ROOM;
}

static bool fits(const struct pager *g, const struct pdf_flow *f, int i)
{
	const struct pdf_piece *piece = &f->v[i];
	double need = i == 0 || !f->v[i - 1].keep ? together(f, i, g->empty) : piece->height;

	if (need > g->bottom - g->top)
		need = piece->height;
	return g->y + need <= g->bottom + 0.01;
}

static void put(struct pager *g, const struct pdf_flow *f, int i)
{
	const struct pdf_piece *piece = &f->v[i];

	if (!g->empty || g->first)
		g->y += piece->before;
	if (piece->table && may_split(g, piece) && g->y + piece->height > g->bottom + 0.01) {
		split_row(g, piece->table, piece->index);
		return;
	}
	if (g->surface && piece->table)
		pdf_draw_row(g->p, piece->table, piece->index, g->x, g->y, g->bottom - g->y);
	else if (g->surface)
		pdf_draw_piece(g->p, piece, g->x, g->y, g->s->width);
	g->y += piece->height + piece->after;
	g->empty = false;
}

static void put_piece(struct pager *g, const struct pdf_flow *f, int i)
{
	const struct pdf_piece *piece = &f->v[i];
	const struct pdf_table *t = piece->table;

	if (!g->empty && (piece->new_page || (!fits(g, f, i) && !(may_split(g, piece) && g->bottom - g->y > SPLIT_ROOM)))) {
		turn(g);
		if (t && piece->index >= t->headings && t->headings > 0 && t->heading_height + piece->height <= g->bottom - g->top)
			put_headings(g, t);
	}
	put(g, f, i);
}

/* ---- all ---- */

/* How many pieces there are without the empty paragraphs at the end, which would only make an empty page. */
static int last_seen(const struct pdf_flow *f)
{
	int n = f->n;

	while (n > 0 && f->v[n - 1].text && !f->v[n - 1].text->paragraph->runs && f->v[n - 1].text->paragraph->borders[DOC_TOP].width <= 0)
		n--;
	return n;
}

int pdf_pages_run(struct pdf *p, const struct pdf_section *sections, cairo_surface_t *surface)
{
	struct pager g = { .p = p, .surface = surface };

	p->page = 0;
	for (const struct pdf_section *s = sections; s; s = s->next) {
		g.s = s;
		if (p->page == 0 || !s->section->continuous) {
			end_page(&g);
			begin_page(&g, true);
		} else {
			set_margins(&g);
		}
		for (int i = 0; i < last_seen(s->flow); i++)
			put_piece(&g, s->flow, i);
	}
	end_page(&g);
	return p->page;
}

static double larger(struct pdf *p, struct doc_block *const blocks[2], double width)
{
	double usual = pdf_flow_make(p, blocks[0], width)->height, first = pdf_flow_make(p, blocks[1], width)->height;

	return usual > first ? usual : first;
}

struct pdf_section *pdf_sections_make(struct pdf *p, const struct doc *doc)
{
	struct pdf_section *first = NULL, **end = &first;

	for (const struct doc_section *d = doc->sections; d; d = d->next) {
		struct pdf_section *s = ARENA_NEW(p->c->arena, struct pdf_section);

		s->section = d;
		s->width = points(d->width - d->margins[DOC_LEFT_SIDE] - d->margins[DOC_RIGHT_SIDE]);
		s->flow = pdf_flow_make(p, d->body, s->width);
		s->header = larger(p, d->headers, s->width);
		s->footer = larger(p, d->footers, s->width);
		*end = s;
		end = &s->next;
	}
	return first;
}
