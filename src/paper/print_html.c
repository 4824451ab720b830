/* print_html.c — blocks as HTML. Looks become classes of a style in the head, each distinct one once, because the pages' policy allows no style attributes. */
#include "paper/print_html.h"

#include <sodium.h>
#include <string.h>

#include "html/html.h"

enum { CLASSES = 4096 };

struct printer {
	struct call *c;
	struct out body, look; /* look: of the element at hand, used again and again */
	const char **looks; /* declarations of class k0, k1, … */
	int n;
};

/* ---- classes ---- */

/* The number of the class with these declarations. */
static int class_of(struct printer *p, const char *look)
{
	for (int i = 0; i < p->n; i++)
		if (strcmp(p->looks[i], look) == 0)
			return i;
	if (p->n == CLASSES)
		return 0;
	p->looks[p->n] = arena_strdup(p->c->arena, look);
	return p->n++;
}

static struct out *begin_look(struct printer *p)
{
	p->look.size = 0;
	return &p->look;
}

static void open_tag(struct printer *p, const char *tag, const char *look, const char *more)
{
	out_printf(&p->body, "<%s", tag);
	if (*look)
		out_printf(&p->body, " class=\"k%d\"", class_of(p, look));
	out_printf(&p->body, "%s>", more);
}

static const char *pt(struct arena *a, int twips) { return twips % 20 ? arena_printf(a, "%d.%02dpt", twips / 20, abs(twips % 20) * 5) : arena_printf(a, "%dpt", twips / 20); }

/* ---- runs ---- */

static const char *run_look(struct printer *p, const struct doc_look *look, const struct doc_look *base)
{
	struct arena *a = p->c->arena;
	struct out *o = begin_look(p);

	if (look->size != base->size || look->raise)
		out_printf(o, "font-size:%s;", pt(a, look->raise ? look->size * 13 / 2 : look->size * 10));
	if (look->raise)
		out_printf(o, "vertical-align:%s;", look->raise > 0 ? "super" : "sub");
	if (look->color != DOC_BLACK)
		out_printf(o, "color:#%06x;", (unsigned)look->color);
	if (strcmp(look->font, base->font) != 0 && strspn(look->font, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ") == strlen(look->font))
		out_printf(o, "font-family:\"%s\",serif;", look->font);
	return out_text(o);
}

static void marks(struct printer *p, const struct doc_look *look, bool end)
{
	const struct { bool on; const char *tag; } rows[] = { { look->bold, "b" }, { look->italic, "i" }, { look->underline, "u" }, { look->strike, "s" } };

	for (int k = 0; k < 4; k++) {
		int i = end ? 3 - k : k;

		if (rows[i].on)
			out_printf(&p->body, "<%s%s>", end ? "/" : "", rows[i].tag);
	}
}

static void print_run(struct printer *p, const struct doc_run *run, const struct doc_look *base)
{
	const char *look;

	if (run->kind == DOC_BREAK)
		out_str(&p->body, "<br>");
	if (run->kind == DOC_TAB)
		out_str(&p->body, "&emsp;");
	if (run->kind != DOC_TEXT)
		return;
	look = run_look(p, &run->look, base);
	if (*look)
		open_tag(p, "span", look, "");
	marks(p, &run->look, false);
	html_text(&p->body, NULL, run->text);
	marks(p, &run->look, true);
	if (*look)
		out_str(&p->body, "</span>");
}

/* ---- paragraphs ---- */

static void side(struct out *o, struct arena *a, const char *name, int twips)
{
	if (twips != 0)
		out_printf(o, "%s:%s;", name, pt(a, twips));
}

static void line_height(struct out *o, struct arena *a, const struct doc_paragraph *d)
{
	if (d->rule == DOC_AUTO)
		out_printf(o, "line-height:%d%%;", d->line * 115 / 240);
	else
		out_printf(o, "line-height:%s;", pt(a, d->line));
}

static void border_look(struct out *o, struct arena *a, const struct doc_border *b, const char *name)
{
	if (b->width > 0)
		out_printf(o, "border-%s:%s solid;padding-%s:%dpt;", name, pt(a, b->width * 20 / 8), name, b->space);
}

static const char *paragraph_look(struct printer *p, const struct doc_paragraph *d)
{
	struct arena *a = p->c->arena;
	static const char *const aligns[] = { "left", "center", "right", "justify" };
	struct out *o = begin_look(p);

	out_printf(o, "text-align:%s;font-size:%s;", aligns[d->align], pt(a, d->mark.size * 10));
	line_height(o, a, d);
	side(o, a, "margin-top", d->before);
	side(o, a, "margin-bottom", d->after);
	side(o, a, "margin-left", d->left);
	side(o, a, "margin-right", d->right);
	side(o, a, "text-indent", d->first);
	border_look(o, a, &d->borders[DOC_TOP], "top");
	border_look(o, a, &d->borders[DOC_BOTTOM], "bottom");
	if (d->keep_next)
		out_str(o, "break-after:avoid;");
	if (d->page_break_before)
		out_str(o, "break-before:page;");
	if (!d->runs)
		out_printf(o, "min-height:%s;", d->rule == DOC_AUTO ? pt(a, d->mark.size * 10) : pt(a, d->line));
	return out_text(o);
}

static void print_paragraph(struct printer *p, const struct doc_paragraph *d)
{
	open_tag(p, "p", paragraph_look(p, d), "");
	for (const struct doc_run *run = d->runs; run; run = run->next)
		print_run(p, run, &d->mark);
	out_str(&p->body, "</p>\n");
}

/* ---- tables ---- */

static void print_blocks(struct printer *p, const struct doc_block *blocks);

static const struct doc_cell *cell_at(const struct doc_row *row, int column)
{
	const struct doc_cell *cell = row->cells;

	for (int at = 0; cell && at < column; cell = cell->next)
		at += cell->span;
	return cell;
}

/* How many rows the cell reaches down, and which row is its last. */
static int rows_of(const struct doc_row *row, const struct doc_cell *cell, int column, const struct doc_row **last)
{
	int n = 1;

	*last = row;
	for (const struct doc_row *below = row->next; below && cell->merge == DOC_MERGE_STARTS; below = below->next, n++) {
		const struct doc_cell *other = cell_at(below, column);

		if (!other || other->merge != DOC_MERGE_GOES_ON)
			break;
		*last = below;
	}
	return n;
}

static int width_of(const struct doc_border *own, const struct doc_border *of_table) { return own->width != DOC_UNSET ? own->width : of_table->width; }

static const char *cell_look(struct printer *p, const struct doc_table *t, const struct doc_row *row, const struct doc_row *last, const struct doc_cell *cell)
{
	static const char *const aligns[] = { "top", "middle", "bottom" };
	const struct doc_border *b = t->borders;
	const int widths[] = { width_of(&cell->borders[DOC_TOP], &b[row == t->rows ? DOC_TOP : DOC_INSIDE_H]),
		width_of(&cell->borders[DOC_RIGHT_SIDE], &b[cell->next ? DOC_INSIDE_V : DOC_RIGHT_SIDE]),
		width_of(&cell->borders[DOC_BOTTOM], &b[last->next ? DOC_INSIDE_H : DOC_BOTTOM]),
		width_of(&cell->borders[DOC_LEFT_SIDE], &b[cell == row->cells ? DOC_LEFT_SIDE : DOC_INSIDE_V]) };
	static const char *const names[] = { "top", "right", "bottom", "left" };
	struct arena *a = p->c->arena;
	struct out *o = begin_look(p);

	out_printf(o, "vertical-align:%s;padding:%s ", aligns[cell->align], pt(a, cell->margins[DOC_TOP]));
	out_printf(o, "%s ", pt(a, cell->margins[DOC_RIGHT_SIDE]));
	out_printf(o, "%s ", pt(a, cell->margins[DOC_BOTTOM]));
	out_printf(o, "%s;", pt(a, cell->margins[DOC_LEFT_SIDE]));
	for (int i = 0; i < 4; i++)
		if (widths[i] > 0)
			out_printf(o, "border-%s:%s solid;", names[i], pt(a, widths[i] * 20 / 8));
	if (cell->shade != DOC_UNSET)
		out_printf(o, "background:#%06x;", (unsigned)cell->shade);
	return out_text(o);
}

static void print_row(struct printer *p, const struct doc_table *t, const struct doc_row *row)
{
	const char *tag = row->heading ? "th" : "td";
	int column = 0;

	out_str(&p->body, "<tr>");
	for (const struct doc_cell *cell = row->cells; cell; column += cell->span, cell = cell->next) {
		const struct doc_row *last;
		int rows = rows_of(row, cell, column, &last);
		const char *span = cell->span > 1 ? arena_printf(p->c->arena, " colspan=\"%d\"", cell->span) : "";

		if (cell->merge == DOC_MERGE_GOES_ON)
			continue;
		open_tag(p, tag, cell_look(p, t, row, last, cell), rows > 1 ? arena_printf(p->c->arena, "%s rowspan=\"%d\"", span, rows) : span);
		print_blocks(p, cell->blocks);
		out_printf(&p->body, "</%s>", tag);
	}
	out_str(&p->body, "</tr>\n");
}

static bool has_lines(const struct doc_table *t)
{
	for (int i = 0; i < 6; i++)
		if (t->borders[i].width > 0)
			return true;
	return false;
}

static void print_table(struct printer *p, const struct doc_table *t)
{
	const struct doc_row *row = t->rows;
	int sum = 0;

	for (int i = 0; i < t->columns; i++)
		sum += t->grid[i];
	out_str(&p->body, has_lines(t) ? "<div class=\"t\" tabindex=\"0\"><table><colgroup>" : "<div><table class=\"c\"><colgroup>");
	for (int i = 0; i < t->columns; i++)
		open_tag(p, "col", arena_printf(p->c->arena, "width:%d.%02d%%;", t->grid[i] * 100 / (sum ? sum : 1), t->grid[i] * 10000 / (sum ? sum : 1) % 100), "");
	out_str(&p->body, "</colgroup>\n");
	if (row && row->heading) {
		out_str(&p->body, "<thead>");
		for (; row && row->heading; row = row->next)
			print_row(p, t, row);
		out_str(&p->body, "</thead>\n");
	}
	out_str(&p->body, "<tbody>");
	for (; row; row = row->next)
		print_row(p, t, row);
	out_str(&p->body, "</tbody></table></div>\n");
}

static void print_blocks(struct printer *p, const struct doc_block *blocks)
{
	for (const struct doc_block *block = blocks; block; block = block->next)
		if (block->kind == DOC_TABLE)
			print_table(p, block->table);
		else
			print_paragraph(p, block->paragraph);
}

/* ---- the page ---- */

static const char base_style[] =
	"*{box-sizing:border-box}html{background:#ddd}body{margin:0;color:#000;font-family:\"Times New Roman\",Tinos,\"Liberation Serif\",serif}"
	"section{background:#fff;margin:1rem auto;max-width:100%}p{margin:0;overflow-wrap:anywhere}"
	".t{overflow-x:auto;padding-right:1px}table{border-collapse:collapse;width:100%;table-layout:fixed}tr{break-inside:avoid}th{font-weight:inherit}"
	"@media print{html{background:none}section{margin:0;padding:0!important;width:auto!important;min-height:0!important}section+section{break-before:page}.t{overflow:visible}}"
	"@media screen and (max-width:50rem){section{padding:1rem!important;margin:0 auto}.t table{min-width:40rem}.c,.c tbody,.c tr,.c td{display:block;width:auto;min-width:0!important}.c td+td{margin-top:1rem}}";

static void section_style(struct out *o, struct arena *a, const struct doc_section *s, int i)
{
	const int *m = s->margins;

	out_printf(o, "@page s%d{size:%s ", i, pt(a, s->width));
	out_printf(o, "%s;margin:%s ", pt(a, s->height), pt(a, m[DOC_TOP]));
	out_printf(o, "%s %s ", pt(a, m[DOC_RIGHT_SIDE]), pt(a, m[DOC_BOTTOM]));
	out_printf(o, "%s}.s%d{page:s%d;width:%s;", pt(a, m[DOC_LEFT_SIDE]), i, i, pt(a, s->width));
	out_printf(o, "min-height:%s;padding:%s ", pt(a, s->height), pt(a, m[DOC_TOP]));
	out_printf(o, "%s %s ", pt(a, m[DOC_RIGHT_SIDE]), pt(a, m[DOC_BOTTOM]));
	out_printf(o, "%s}", pt(a, m[DOC_LEFT_SIDE]));
}

static void put_head(struct printer *p, const struct doc *doc, struct out *out)
{
	int i = 0;

	out_str(out, "<!doctype html>\n<html lang=\"vi\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
	html_text(out, NULL, doc->title);
	out_str(out, "</title>\n<style>");
	out_str(out, base_style);
	for (const struct doc_section *s = doc->sections; s; s = s->next)
		section_style(out, p->c->arena, s, i++);
	for (i = 0; i < p->n; i++)
		out_printf(out, ".k%d{%s}", i, p->looks[i]);
	out_str(out, "</style></head>\n<body><main>\n");
}

fail print_html(struct call *c, const struct doc *doc, struct out *out)
{
	struct printer p = { .c = c, .looks = ARENA_ARRAY(c->arena, CLASSES, const char *) };
	int i = 0;

	out_memory(&p.body, c->arena);
	out_memory(&p.look, c->arena);
	for (const struct doc_section *s = doc->sections; s; s = s->next) {
		out_printf(&p.body, "<section class=\"s%d\">\n", i++);
		print_blocks(&p, s->body);
		out_str(&p.body, "</section>\n");
	}
	put_head(&p, doc, out);
	out_bytes(out, p.body.data, p.body.size);
	out_str(out, "</main></body>\n</html>\n");
	return FAIL_OK;
}

const char *print_html_policy(struct arena *a, const char *html, size_t n)
{
	const char *from = memmem(html, n, "<style>", 7), *to = from ? memmem(from, n - (size_t)(from - html), "</style>", 8) : NULL;
	unsigned char hash[crypto_hash_sha256_BYTES];
	char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];

	if (!to)
		return "default-src 'none'";
	crypto_hash_sha256(hash, (const unsigned char *)from + 7, (unsigned long long)(to - from - 7));
	sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
	return arena_printf(a, "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", text);
}
