/* pdf_text.c — a paragraph as a layout of pango: runs with their looks, tabs, indents, and the height of every line. */
#include <string.h>

#include "paper/pdf_flow.h"

static double points(int twips) { return twips / 20.0; }
static int units(double pt) { return (int)(pt * PANGO_SCALE + (pt < 0 ? -0.5 : 0.5)); }

/* ---- fonts ---- */

static const char *family(const char *name)
{
	static const char *const same[][2] = { { "Times New Roman", "Tinos" }, { "Times", "Tinos" }, { "Arial", "Arimo" }, { "Helvetica", "Arimo" }, { "Courier New", "Cousine" } };

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (strcmp(same[i][0], name) == 0)
			return same[i][1];
	return name;
}

static double size_of(const struct doc_look *look) { return look->size / 2.0 * (look->raise ? 0.65 : 1); }

static PangoFontDescription *font_of(const struct doc_look *look)
{
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family(d, family(look->font));
	pango_font_description_set_absolute_size(d, size_of(look) * PANGO_SCALE);
	pango_font_description_set_weight(d, look->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_style(d, look->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	return d;
}

static void add(PangoAttrList *list, PangoAttribute *a, guint from, guint to)
{
	a->start_index = from;
	a->end_index = to;
	pango_attr_list_insert(list, a);
}

static void add_look(PangoAttrList *list, const struct doc_look *look, guint from, guint to)
{
	PangoFontDescription *d = font_of(look);

	add(list, pango_attr_font_desc_new(d), from, to);
	pango_font_description_free(d);
	if (look->underline)
		add(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, to);
	if (look->strike)
		add(list, pango_attr_strikethrough_new(TRUE), from, to);
	if (look->raise)
		add(list, pango_attr_rise_new(units(look->size / 2.0 * (look->raise > 0 ? 0.35 : -0.14))), from, to);
	if (look->color != DOC_BLACK)
		add(list, pango_attr_foreground_new((guint16)((look->color >> 16 & 255) * 257), (guint16)((look->color >> 8 & 255) * 257), (guint16)((look->color & 255) * 257)),
		    from, to);
}

/* ---- text ---- */

static void put_run(struct pdf *p, struct out *text, const struct doc_run *run)
{
	switch (run->kind) {
	case DOC_TEXT: out_bytes(text, run->text, run->size); break;
	case DOC_TAB: out_char(text, '\t'); break;
	case DOC_BREAK: out_str(text, "\xe2\x80\xa8"); break; /* line separator */
	case DOC_PAGE_NUMBER: out_int(text, p->page); break;
	case DOC_PAGE_COUNT: out_int(text, p->pages); break;
	}
}

static void set_text(struct pdf *p, PangoLayout *layout, const struct doc_paragraph *paragraph)
{
	PangoAttrList *list = pango_attr_list_new();
	PangoFontDescription *d = font_of(&paragraph->mark);
	struct out *text = &p->text;

	text->size = 0;
	for (const struct doc_run *run = paragraph->runs; run; run = run->next) {
		guint from = (guint)text->size;

		put_run(p, text, run);
		add_look(list, &run->look, from, (guint)text->size);
	}
	pango_layout_set_font_description(layout, d);
	pango_layout_set_text(layout, text->size ? text->data : "", (int)text->size);
	pango_layout_set_attributes(layout, list);
	pango_font_description_free(d);
	pango_attr_list_unref(list);
}

/* Tabs of the paragraph, the hanging indent as one of them, then one every half inch. Places count from `origin`. */
static void set_tabs(PangoLayout *layout, const struct doc_paragraph *paragraph, double origin, double width)
{
	static const PangoTabAlign kinds[] = { PANGO_TAB_LEFT, PANGO_TAB_CENTER, PANGO_TAB_RIGHT, PANGO_TAB_LEFT };
	PangoTabArray *tabs = pango_tab_array_new(0, FALSE);
	double last = 0;
	int n = 0;

	for (int i = 0; i < paragraph->tab_count; i++) {
		double at = points(paragraph->tabs[i].at) - origin;

		if (at <= 0)
			continue;
		pango_tab_array_set_tab(tabs, n++, kinds[paragraph->tabs[i].align], units(at));
		last = at > last ? at : last;
	}
	if (paragraph->first < 0 && last == 0)
		pango_tab_array_set_tab(tabs, n++, PANGO_TAB_LEFT, units(last = points(-paragraph->first)));
	for (double at = 36; at < width + 36 && n < 200; at += 36)
		if (at - origin > last + 1)
			pango_tab_array_set_tab(tabs, n++, PANGO_TAB_LEFT, units(at - origin));
	pango_layout_set_tabs(layout, tabs);
	pango_tab_array_free(tabs);
}

static void set_shape(PangoLayout *layout, const struct doc_paragraph *paragraph, double width)
{
	static const PangoAlignment kinds[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT, PANGO_ALIGN_LEFT };

	pango_layout_set_width(layout, units(width < 4 ? 4 : width));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, kinds[paragraph->align]);
	pango_layout_set_justify(layout, paragraph->align == DOC_JUSTIFY);
	pango_layout_set_indent(layout, paragraph->align == DOC_CENTER && paragraph->first > 0 ? 0 : units(points(paragraph->first)));
	pango_layout_set_auto_dir(layout, FALSE);
}

/* ---- lines ---- */

/* Line heights as Word has them: fonts bring a little more than their letters, exact heights sit four fifths above the baseline. */
static void set_height(const struct doc_paragraph *paragraph, struct pdf_line *line, const PangoRectangle *box, double ascent)
{
	double natural = (double)box->height / PANGO_SCALE * 1.038, wanted = points(paragraph->line);

	if (paragraph->rule == DOC_EXACT) {
		line->height = wanted;
		line->baseline = wanted * 0.8;
		return;
	}
	line->height = paragraph->rule == DOC_AUTO ? natural * paragraph->line / 240 : natural > wanted ? natural : wanted;
	line->baseline = line->height - natural + ascent + (natural - (double)box->height / PANGO_SCALE);
}

static void measure(struct pdf *p, struct pdf_text *t)
{
	PangoLayoutIter *at = pango_layout_get_iter(t->layout);

	t->n = pango_layout_get_line_count(t->layout);
	t->lines = ARENA_ARRAY(p->c->arena, (size_t)t->n, struct pdf_line);
	for (int i = 0; i < t->n; i++) {
		PangoRectangle box;
		int baseline = pango_layout_iter_get_baseline(at);

		pango_layout_iter_get_line_extents(at, NULL, &box);
		t->lines[i] = (struct pdf_line){ .line = pango_layout_iter_get_line_readonly(at), .x = (double)box.x / PANGO_SCALE };
		set_height(t->paragraph, &t->lines[i], &box, (double)(baseline - box.y) / PANGO_SCALE);
		pango_layout_iter_next_line(at);
	}
	pango_layout_iter_free(at);
}

static char leader_of(const struct doc_paragraph *paragraph, double to, double origin)
{
	for (int i = 0; i < paragraph->tab_count; i++)
		if (paragraph->tabs[i].leader && points(paragraph->tabs[i].at) - origin >= to - 1)
			return paragraph->tabs[i].leader;
	return 0;
}

/* Finds the tabs that are filled with dots or a line. */
static void find_leaders(struct pdf *p, struct pdf_text *t)
{
	const char *text = pango_layout_get_text(t->layout);
	bool any = false;

	for (int i = 0; i < t->paragraph->tab_count; i++)
		any |= t->paragraph->tabs[i].leader != 0;
	for (const char *tab = any ? strchr(text, '\t') : NULL; tab; tab = strchr(tab + 1, '\t')) {
		struct pdf_leader *leader = ARENA_NEW(p->c->arena, struct pdf_leader);
		PangoRectangle box;
		int x;

		pango_layout_index_to_line_x(t->layout, (int)(tab - text), FALSE, &leader->line, &x);
		pango_layout_index_to_pos(t->layout, (int)(tab - text), &box);
		leader->from = (double)box.x / PANGO_SCALE;
		leader->to = (double)(box.x + box.width) / PANGO_SCALE;
		leader->size = t->paragraph->mark.size / 2.0;
		leader->ch = leader_of(t->paragraph, leader->to, t->left);
		leader->next = t->leaders;
		if (leader->ch)
			t->leaders = leader;
	}
}

static void let_go(void *layout) { g_object_unref(layout); }

struct pdf_text *pdf_text_make(struct pdf *p, const struct doc_paragraph *paragraph, double width)
{
	struct pdf_text *t = ARENA_NEW(p->c->arena, struct pdf_text);

	t->paragraph = paragraph;
	t->layout = pango_layout_new(p->context);
	arena_defer(p->c->arena, let_go, t->layout);
	t->left = points(paragraph->left + (paragraph->first < 0 ? paragraph->first : 0));
	t->width = width - t->left - points(paragraph->right);
	t->before = points(paragraph->before) + (paragraph->borders[DOC_TOP].width > 0 ? paragraph->borders[DOC_TOP].space : 0);
	t->after = points(paragraph->after) + (paragraph->borders[DOC_BOTTOM].width > 0 ? paragraph->borders[DOC_BOTTOM].space : 0);
	set_shape(t->layout, paragraph, t->width);
	set_tabs(t->layout, paragraph, t->left, width);
	set_text(p, t->layout, paragraph);
	measure(p, t);
	find_leaders(p, t);
	return t;
}
