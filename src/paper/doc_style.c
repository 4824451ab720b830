/* doc_style.c — defaults, then the chain of styles from the oldest, then what stands at the place itself. Does not know conditional table formats. */
#include "paper/doc_style.h"

#include <stdlib.h>
#include <string.h>

enum { CHAIN = 12, LEVELS = 9 };

struct style { const char *id, *type, *base; const struct xml_node *node; bool otherwise; };

struct list { int id; const struct xml_node *levels[LEVELS]; int counts[LEVELS]; };

struct doc_styles {
	struct arena *arena;
	const struct xml_node *look, *paragraph; /* defaults of the document */
	struct style *v;
	size_t n;
	struct list *lists;
	size_t list_count;
};

/* ---- values ---- */

int doc_length(const struct xml_node *node, const char *local, int otherwise)
{
	const char *text = xml_value(node, local);
	long n = text ? strtol(text, NULL, 10) : 0;

	return !text ? otherwise : n > 100000 ? 100000 : n < -100000 ? -100000 : (int)n;
}

int doc_color(const char *hex, int otherwise)
{
	char *end;
	long n = hex ? strtol(hex, &end, 16) : 0;

	return hex && strlen(hex) == 6 && *end == '\0' ? (int)n : otherwise;
}

static void set_switch(const struct xml_node *properties, const char *name, bool *out)
{
	if (xml_child(properties, name))
		*out = xml_on(properties, name);
}

static void set_length(const struct xml_node *node, const char *local, int *out) { *out = doc_length(node, local, *out); }

/* ---- letters ---- */

void doc_look_apply(const struct xml_node *r, struct doc_look *out)
{
	const char *font = xml_value(xml_child(r, "rFonts"), "ascii"), *raise = xml_val(r, "vertAlign");

	if (!r)
		return;
	set_switch(r, "b", &out->bold);
	set_switch(r, "i", &out->italic);
	set_switch(r, "u", &out->underline);
	set_switch(r, "strike", &out->strike);
	set_switch(r, "caps", &out->caps);
	set_switch(r, "vanish", &out->hidden);
	out->size = doc_length(xml_child(r, "sz"), "val", out->size);
	if (out->size < 2 || out->size > 400)
		out->size = 20;
	if (xml_child(r, "color"))
		out->color = doc_color(xml_val(r, "color"), DOC_BLACK);
	if (raise)
		out->raise = strcmp(raise, "superscript") == 0 ? 1 : strcmp(raise, "subscript") == 0 ? -1 : 0;
	if (font)
		out->font = font;
}

/* ---- paragraphs ---- */

static enum doc_align align_of(const char *word, enum doc_align otherwise)
{
	static const struct { const char *word; enum doc_align align; } words[] = { { "left", DOC_LEFT }, { "start", DOC_LEFT }, { "center", DOC_CENTER },
		{ "right", DOC_RIGHT }, { "end", DOC_RIGHT }, { "both", DOC_JUSTIFY }, { "distribute", DOC_JUSTIFY } };

	for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].align;
	return otherwise;
}

static enum doc_rule rule_of(const char *word, enum doc_rule otherwise)
{
	return !word ? otherwise : strcmp(word, "exact") == 0 ? DOC_EXACT : strcmp(word, "atLeast") == 0 ? DOC_AT_LEAST : DOC_AUTO;
}

static void apply_indent(const struct xml_node *ind, struct doc_paragraph *out)
{
	set_length(ind, "start", &out->left);
	set_length(ind, "left", &out->left);
	set_length(ind, "end", &out->right);
	set_length(ind, "right", &out->right);
	set_length(ind, "firstLine", &out->first);
	if (xml_value(ind, "hanging"))
		out->first = -doc_length(ind, "hanging", 0);
}

static void apply_tabs(struct arena *a, const struct xml_node *tabs, struct doc_paragraph *out)
{
	if (tabs && !out->tabs)
		out->tabs = ARENA_ARRAY(a, DOC_TABS, struct doc_tab);
	for (const struct xml_node *tab = tabs ? tabs->first : NULL; tab; tab = tab->next) {
		const char *kind = xml_value(tab, "val"), *leader = xml_value(tab, "leader");

		if (!xml_is(tab, "tab") || !kind || strcmp(kind, "clear") == 0 || strcmp(kind, "bar") == 0 || out->tab_count == DOC_TABS)
			continue;
		out->tabs[out->tab_count++] = (struct doc_tab){ doc_length(tab, "pos", 0), align_of(kind, DOC_LEFT),
			!leader ? 0 : strcmp(leader, "dot") == 0 ? '.' : strcmp(leader, "underscore") == 0 ? '_' : 0 };
	}
}

static void apply_paragraph(const struct doc_styles *s, const struct xml_node *p, struct doc_paragraph *out)
{
	const struct xml_node *spacing = xml_child(p, "spacing"), *number = xml_child(p, "numPr");

	if (!p)
		return;
	out->align = align_of(xml_val(p, "jc"), out->align);
	apply_indent(xml_child(p, "ind"), out);
	set_length(spacing, "before", &out->before);
	set_length(spacing, "after", &out->after);
	set_length(spacing, "line", &out->line);
	if (xml_value(spacing, "line"))
		out->rule = rule_of(xml_value(spacing, "lineRule"), DOC_AUTO);
	set_switch(p, "keepNext", &out->keep_next);
	set_switch(p, "keepLines", &out->keep_lines);
	set_switch(p, "pageBreakBefore", &out->page_break_before);
	set_switch(p, "contextualSpacing", &out->contextual);
	doc_borders_apply(xml_child(p, "pBdr"), out->borders, 4);
	apply_tabs(s->arena, xml_child(p, "tabs"), out);
	if (number) {
		out->list = doc_length(xml_child(number, "numId"), "val", out->list);
		out->level = doc_length(xml_child(number, "ilvl"), "val", out->level);
	}
}

/* ---- chains ---- */

static const struct style *style_of(const struct doc_styles *s, const char *id, const char *type)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].type, type) == 0 && (id ? strcmp(s->v[i].id, id) == 0 : s->v[i].otherwise))
			return &s->v[i];
	return NULL;
}

/* The style and what it is based on, the oldest last. */
static int chain(const struct doc_styles *s, const char *id, const char *type, const struct style *out[CHAIN])
{
	const struct style *at = style_of(s, id, type);
	int n = 0;

	if (!at && id)
		at = style_of(s, NULL, type);
	for (; at && n < CHAIN; at = at->base ? style_of(s, at->base, type) : NULL)
		out[n++] = at;
	return n;
}

void doc_paragraph_begin(const struct doc_styles *s, const struct xml_node *properties, struct doc_paragraph *out)
{
	const struct style *styles[CHAIN];
	const char *id = xml_val(properties, "pStyle");
	int n = chain(s, id, "paragraph", styles);

	*out = (struct doc_paragraph){ .line = 240, .style = n > 0 ? styles[0]->id : "" };
	apply_paragraph(s, s->paragraph, out);
	while (n-- > 0)
		apply_paragraph(s, xml_child(styles[n]->node, "pPr"), out);
	apply_paragraph(s, properties, out);
	doc_look_begin(s, out, xml_child(properties, "rPr"), &out->mark);
}

void doc_look_begin(const struct doc_styles *s, const struct doc_paragraph *p, const struct xml_node *properties, struct doc_look *out)
{
	const struct style *styles[CHAIN];
	const char *id = xml_val(properties, "rStyle");
	int n = chain(s, *p->style ? p->style : NULL, "paragraph", styles);

	*out = (struct doc_look){ .size = 20, .font = "Times New Roman" };
	doc_look_apply(s->look, out);
	while (n-- > 0)
		doc_look_apply(xml_child(styles[n]->node, "rPr"), out);
	for (n = id ? chain(s, id, "character", styles) : 0; n-- > 0;)
		doc_look_apply(xml_child(styles[n]->node, "rPr"), out);
	doc_look_apply(properties, out);
}

/* ---- tables ---- */

void doc_borders_apply(const struct xml_node *borders, struct doc_border *out, int sides)
{
	static const char *const names[][2] = { { "top", "top" }, { "left", "start" }, { "bottom", "bottom" }, { "right", "end" }, { "insideH", "insideH" },
		{ "insideV", "insideV" } };

	for (int i = 0; borders && i < sides; i++) {
		const struct xml_node *b = xml_child(borders, names[i][0]);
		const char *kind;

		b = b ? b : xml_child(borders, names[i][1]);
		kind = xml_value(b, "val");
		if (!kind)
			continue;
		out[i].width = strcmp(kind, "nil") == 0 || strcmp(kind, "none") == 0 ? 0 : doc_length(b, "sz", 4);
		out[i].space = doc_length(b, "space", 0);
	}
}

void doc_margins_apply(const struct xml_node *margins, int out[4])
{
	static const char *const names[][2] = { { "top", "top" }, { "left", "start" }, { "bottom", "bottom" }, { "right", "end" } };

	for (int i = 0; margins && i < 4; i++) {
		const struct xml_node *m = xml_child(margins, names[i][0]);

		out[i] = doc_length(m ? m : xml_child(margins, names[i][1]), "w", out[i]);
	}
}

static void apply_table(const struct xml_node *t, struct doc_table *out)
{
	if (!t)
		return;
	doc_borders_apply(xml_child(t, "tblBorders"), out->borders, 6);
	doc_margins_apply(xml_child(t, "tblCellMar"), out->margins);
	out->indent = doc_length(xml_child(t, "tblInd"), "w", out->indent);
	out->align = align_of(xml_val(t, "jc"), out->align);
	if (xml_child(t, "tblW") && xml_value(xml_child(t, "tblW"), "type") && strcmp(xml_value(xml_child(t, "tblW"), "type"), "dxa") == 0)
		out->width = doc_length(xml_child(t, "tblW"), "w", out->width);
}

void doc_table_begin(const struct doc_styles *s, const struct xml_node *properties, struct doc_table *out)
{
	const struct style *styles[CHAIN];
	int n = chain(s, xml_val(properties, "tblStyle"), "table", styles);

	*out = (struct doc_table){ .margins = { 0, 108, 0, 108 } };
	while (n-- > 0)
		apply_table(xml_child(styles[n]->node, "tblPr"), out);
	apply_table(properties, out);
}

/* ---- lists ---- */

static struct list *list_of(struct doc_styles *s, int id)
{
	for (size_t i = 0; i < s->list_count; i++)
		if (s->lists[i].id == id)
			return &s->lists[i];
	return NULL;
}

static const char *roman(struct arena *a, int n, bool upper)
{
	static const struct { int value; const char *small, *large; } rows[] = { { 100, "c", "C" }, { 90, "xc", "XC" }, { 50, "l", "L" }, { 40, "xl", "XL" },
		{ 10, "x", "X" }, { 9, "ix", "IX" }, { 5, "v", "V" }, { 4, "iv", "IV" }, { 1, "i", "I" } };
	const char *text = "";

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (; n >= rows[i].value; n -= rows[i].value)
			text = arena_join(a, text, upper ? rows[i].large : rows[i].small, NULL);
	return text;
}

static const char *number_text(struct arena *a, const char *format, int n)
{
	if (strcmp(format, "lowerLetter") == 0 || strcmp(format, "upperLetter") == 0)
		return arena_printf(a, "%c", (*format == 'l' ? 'a' : 'A') + (n + 25) % 26);
	if (strcmp(format, "lowerRoman") == 0 || strcmp(format, "upperRoman") == 0)
		return roman(a, n % 400, *format == 'u');
	return arena_printf(a, strcmp(format, "decimalZero") == 0 ? "%02d" : "%d", n);
}

static int first_number(const struct xml_node *level) { return doc_length(xml_child(level, "start"), "val", 1); }

/* "%1.%2." with the numbers of the list as they stand. */
static const char *fill_mark(struct arena *a, const struct list *l, const char *pattern)
{
	struct out o;

	out_memory(&o, a);
	for (const char *p = pattern; *p; p++) {
		int level = p[1] - '1';
		const char *format;

		if (*p != '%' || level < 0 || level >= LEVELS || !l->levels[level]) {
			out_char(&o, *p);
			continue;
		}
		format = xml_val(l->levels[level], "numFmt");
		out_str(&o, number_text(a, format ? format : "decimal", l->counts[level]));
		p++;
	}
	return out_text(&o);
}

/* Bullets of symbol fonts stand in a private range; people know them as these. */
static const char *bullet(const char *text)
{
	static const char *const known[][2] = { { "\xef\x82\xb7", "•" }, { "\xef\x82\xa7", "▪" }, { "\xef\x83\xbc", "✓" }, { "\xef\x83\x98", "➢" }, { "o", "○" } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(text, known[i][0]) == 0)
			return known[i][1];
	return (unsigned char)text[0] == 0xef && text[1] && text[2] && !text[3] ? "•" : text;
}

const char *doc_list_mark(struct call *c, struct doc_styles *s, struct doc_paragraph *p, const struct xml_node *properties)
{
	struct list *l = p->list > 0 ? list_of(s, p->list) : NULL;
	const struct xml_node *level = l && p->level >= 0 && p->level < LEVELS ? l->levels[p->level] : NULL;
	const char *format = xml_val(level, "numFmt"), *text = xml_val(level, "lvlText");

	if (!level)
		return NULL;
	apply_indent(xml_child(xml_child(level, "pPr"), "ind"), p);
	apply_indent(xml_child(properties, "ind"), p);
	l->counts[p->level] = l->counts[p->level] ? l->counts[p->level] + 1 : first_number(level);
	for (int i = p->level + 1; i < LEVELS; i++)
		l->counts[i] = 0;
	for (int i = 0; i < p->level; i++)
		if (l->levels[i] && l->counts[i] == 0)
			l->counts[i] = first_number(l->levels[i]);
	if (format && strcmp(format, "bullet") == 0)
		return text ? bullet(text) : "•";
	return format && strcmp(format, "none") == 0 ? NULL : fill_mark(c->arena, l, text ? text : "%1.");
}

/* ---- reading ---- */

static void read_styles(struct call *c, struct doc_styles *s, const struct xml_node *root)
{
	size_t n = 0;

	s->look = xml_child(xml_child(xml_child(root, "docDefaults"), "rPrDefault"), "rPr");
	s->paragraph = xml_child(xml_child(xml_child(root, "docDefaults"), "pPrDefault"), "pPr");
	for (const struct xml_node *node = root->first; node; node = node->next)
		n += xml_is(node, "style");
	s->v = ARENA_ARRAY(c->arena, n + 1, struct style);
	for (const struct xml_node *node = root->first; node; node = node->next) {
		const char *id = xml_value(node, "styleId"), *type = xml_value(node, "type"), *first = xml_value(node, "default");

		if (xml_is(node, "style") && id && type)
			s->v[s->n++] = (struct style){ id, type, xml_val(node, "basedOn"), node, first && (*first == '1' || *first == 't') };
	}
}

static const struct xml_node *abstract_list(const struct xml_node *root, const char *id)
{
	for (const struct xml_node *node = root->first; node && id; node = node->next) {
		const char *own = xml_value(node, "abstractNumId");

		if (xml_is(node, "abstractNum") && own && strcmp(own, id) == 0)
			return node;
	}
	return NULL;
}

static void read_lists(struct call *c, struct doc_styles *s, const struct xml_node *root)
{
	size_t n = 0;

	for (const struct xml_node *node = root->first; node; node = node->next)
		n += xml_is(node, "num");
	s->lists = ARENA_ARRAY(c->arena, n + 1, struct list);
	for (const struct xml_node *node = root->first; node; node = node->next) {
		const struct xml_node *abstract = xml_is(node, "num") ? abstract_list(root, xml_val(node, "abstractNumId")) : NULL;

		if (!abstract)
			continue;
		s->lists[s->list_count].id = doc_length(node, "numId", 0);
		for (const struct xml_node *level = abstract->first; level; level = level->next) {
			int i = doc_length(level, "ilvl", DOC_UNSET);

			if (xml_is(level, "lvl") && i >= 0 && i < LEVELS)
				s->lists[s->list_count].levels[i] = level;
		}
		s->list_count++;
	}
}

fail doc_styles_read(struct call *c, const struct docx_filled *filled, struct doc_styles **out)
{
	struct docx_bytes styles = docx_related(filled, NULL, "/styles"), lists = docx_related(filled, NULL, "/numbering");
	const char *name = docx_name(filled->form);
	struct xml_node *root;

	*out = ARENA_NEW(c->arena, struct doc_styles);
	(*out)->arena = c->arena;
	if (styles.data) {
		TRY(xml_parse(c, c->arena, name, "styles.xml", styles.data, styles.size, &root));
		read_styles(c, *out, root);
	}
	if (lists.data) {
		TRY(xml_parse(c, c->arena, name, "numbering.xml", lists.data, lists.size, &root));
		read_lists(c, *out, root);
	}
	return FAIL_OK;
}
