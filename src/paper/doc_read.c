/* doc_read.c — walks the tree of a filled document and makes blocks of it. */
#include "paper/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "paper/doc_style.h"

struct reading {
	struct call *c;
	const struct docx_filled *filled;
	struct doc_styles *styles;
	struct doc *doc;
	struct doc_section *section; /* being filled */
	struct doc_section *before;  /* whose headers go on */
};

/* Where runs are being added. */
struct line {
	struct reading *r;
	struct doc_paragraph *p;
	struct doc_run **end;
	struct doc_block ***blocks; /* where a page break begins the next paragraph */
	int field;                  /* 0 none, 1 its code, 2 its result */
	struct out code;
	bool drawn;                 /* the result of the field is not wanted */
};

static fail read_blocks(struct reading *r, const struct xml_node *parent, struct doc_block ***end);

/* ---- runs ---- */

static struct doc_run *add_run(struct line *l, enum doc_run_kind kind, const struct doc_look *look)
{
	struct doc_run *run = ARENA_NEW(l->r->c->arena, struct doc_run);

	run->kind = kind;
	run->text = "";
	run->look = *look;
	*l->end = run;
	l->end = &run->next;
	l->p->fields |= kind == DOC_PAGE_NUMBER || kind == DOC_PAGE_COUNT;
	return run;
}

static void add_text(struct line *l, const struct doc_look *look, const char *s, size_t n)
{
	struct doc_run *run;

	if (n == 0 || look->hidden)
		return;
	run = add_run(l, DOC_TEXT, look);
	run->text = arena_strndup(l->r->c->arena, s, n);
	if (look->caps)
		run->text = text_upper(l->r->c->arena, run->text);
	run->size = strlen(run->text);
}

static void add_list_mark(struct line *l, const char *mark)
{
	add_text(l, &l->p->mark, mark, strlen(mark));
	add_run(l, DOC_TAB, &l->p->mark);
}

static bool field_is(const char *code, const char *name)
{
	code += strspn(code, " ");
	return strncasecmp(code, name, strlen(name)) == 0 && strchr(" \\", code[strlen(name)]);
}

/* Adds the number a field stands for; false: another kind of field, whose last result is shown. */
static bool add_field(struct line *l, const char *code, const struct doc_look *look)
{
	if (field_is(code, "PAGE"))
		add_run(l, DOC_PAGE_NUMBER, look);
	else if (field_is(code, "NUMPAGES") || field_is(code, "SECTIONPAGES"))
		add_run(l, DOC_PAGE_COUNT, look);
	else
		return false;
	return true;
}

static void field_mark(struct line *l, const char *kind, const struct doc_look *look)
{
	if (!kind)
		return;
	if (strcmp(kind, "begin") == 0) {
		out_memory(&l->code, l->r->c->arena);
		l->field = 1;
		l->drawn = false;
	} else if (l->field == 1) {
		l->drawn = add_field(l, out_text(&l->code), look);
		l->field = 2;
	}
	if (strcmp(kind, "end") == 0)
		l->field = 0;
}

/* A page break: what follows is a paragraph of its own on the next page. */
static void break_page(struct line *l)
{
	struct reading *r = l->r;
	struct doc_paragraph *next = ARENA_NEW(r->c->arena, struct doc_paragraph);
	struct doc_block *block = ARENA_NEW(r->c->arena, struct doc_block);

	*next = *l->p;
	next->runs = NULL;
	next->fields = false;
	next->page_break_before = true;
	next->first = next->before = 0;
	l->p->after = 0;
	*block = (struct doc_block){ .kind = DOC_PARAGRAPH, .paragraph = next };
	**l->blocks = block;
	*l->blocks = &block->next;
	l->p = next;
	l->end = &next->runs;
}

static void add_break(struct line *l, const struct xml_node *node, const struct doc_look *look)
{
	const char *type = xml_value(node, "type");

	if (type && strcmp(type, "page") == 0)
		break_page(l);
	else
		add_run(l, DOC_BREAK, look);
}

static const char *symbol(const struct xml_node *node)
{
	return xml_is(node, "noBreakHyphen") ? "\xe2\x80\x91" : xml_is(node, "softHyphen") ? "\xc2\xad" : xml_is(node, "sym") ? "•" : NULL;
}

static void read_text(struct line *l, const struct xml_node *t, const struct doc_look *look)
{
	for (const struct xml_node *node = t->first; node; node = node->next)
		if (node->kind == XML_TEXT)
			add_text(l, look, node->text, node->size);
}

static void read_run(struct line *l, const struct xml_node *r)
{
	struct doc_look look;

	doc_look_begin(l->r->styles, l->p, xml_child(r, "rPr"), &look);
	for (const struct xml_node *node = r->first; node; node = node->next) {
		if (node->kind != XML_ELEMENT)
			continue;
		if (xml_is(node, "fldChar"))
			field_mark(l, xml_value(node, "fldCharType"), &look);
		else if (xml_is(node, "instrText") && l->field == 1 && node->first)
			out_bytes(&l->code, node->first->text, node->first->kind == XML_TEXT ? node->first->size : 0);
		else if (l->field == 1 || (l->field == 2 && l->drawn))
			continue;
		else if (xml_is(node, "t"))
			read_text(l, node, &look);
		else if (xml_is(node, "tab") || xml_is(node, "ptab"))
			add_run(l, DOC_TAB, &look);
		else if (xml_is(node, "br") || xml_is(node, "cr"))
			add_break(l, node, &look);
		else if (symbol(node))
			add_text(l, &look, symbol(node), strlen(symbol(node)));
	}
}

static void read_runs(struct line *l, const struct xml_node *parent);

static void read_simple_field(struct line *l, const struct xml_node *node)
{
	const char *code = xml_value(node, "instr");
	struct doc_look look;

	doc_look_begin(l->r->styles, l->p, xml_child(xml_child(node, "r"), "rPr"), &look);
	if (!code || !add_field(l, code, &look))
		read_runs(l, node);
}

static void read_runs(struct line *l, const struct xml_node *parent)
{
	static const char *const around[] = { "hyperlink", "ins", "smartTag", "sdt", "sdtContent", "customXml", "moveTo", "bdo", "dir" };

	for (const struct xml_node *node = parent->first; node; node = node->next) {
		if (xml_is(node, "r"))
			read_run(l, node);
		else if (xml_is(node, "fldSimple"))
			read_simple_field(l, node);
		for (size_t i = 0; i < sizeof around / sizeof *around; i++)
			if (xml_is(node, around[i]))
				read_runs(l, node);
	}
}

/* ---- page set-up ---- */

static fail read_related(struct reading *r, const char *id, struct doc_block **out)
{
	struct docx_bytes bytes = docx_related(r->filled, id, NULL);
	struct doc_block **end = out;
	struct xml_node *root;

	*out = NULL;
	if (!bytes.data)
		return FAIL_OK;
	TRY(xml_parse(r->c, r->c->arena, docx_name(r->filled->form), tr(r->c->lang, "page header"), bytes.data, bytes.size, &root));
	return read_blocks(r, root, &end);
}

static fail read_headers(struct reading *r, const struct xml_node *node, struct doc_section *s)
{
	for (const struct xml_node *child = node->first; child; child = child->next) {
		bool header = xml_is(child, "headerReference"), footer = xml_is(child, "footerReference");
		const char *type = xml_value(child, "type"), *id = xml_value(child, "id");
		int which = type && strcmp(type, "first") == 0;

		if ((header || footer) && id && !(type && strcmp(type, "even") == 0))
			TRY(read_related(r, id, header ? &s->headers[which] : &s->footers[which]));
	}
	return FAIL_OK;
}

/* A frame is told by its upper line; what stands at the other sides is taken to be the same. */
static void read_frame(const struct xml_node *node, struct doc_section *s)
{
	const struct xml_node *borders = xml_child(node, "pgBorders"), *top = xml_child(borders, "top");
	const char *kind = xml_value(top, "val"), *from = xml_value(borders, "offsetFrom");

	if (!top || !kind || strcmp(kind, "none") == 0 || strcmp(kind, "nil") == 0 || !from || strcmp(from, "page") != 0)
		return;
	s->frame.width = doc_length(top, "sz", 4);
	s->frame.space = doc_length(top, "space", 24);
	s->frame.color = doc_color(xml_value(top, "color"), DOC_BLACK);
	s->frame.thin = strncmp(kind, "thin", 4) == 0 || strcmp(kind, "double") == 0;
}

/* The section properties end a section: its blocks are those gathered so far. */
static fail read_section(struct reading *r, const struct xml_node *node)
{
	static const char *const sides[] = { "top", "left", "bottom", "right" };
	const struct xml_node *size = xml_child(node, "pgSz"), *margins = xml_child(node, "pgMar");
	struct doc_section *s = r->section;
	const char *type = xml_val(node, "type");

	if (r->before) {
		memcpy(s->headers, r->before->headers, sizeof s->headers);
		memcpy(s->footers, r->before->footers, sizeof s->footers);
	}
	s->width = doc_length(size, "w", s->width);
	s->height = doc_length(size, "h", s->height);
	for (int i = 0; i < 4; i++)
		s->margins[i] = abs(doc_length(margins, sides[i], s->margins[i]));
	s->header_at = doc_length(margins, "header", s->header_at);
	s->footer_at = doc_length(margins, "footer", s->footer_at);
	s->title_page = xml_on(node, "titlePg");
	read_frame(node, s);
	s->continuous = type && strcmp(type, "continuous") == 0;
	if (s->width < 1440 || s->height < 1440 || s->margins[DOC_LEFT_SIDE] + s->margins[DOC_RIGHT_SIDE] > s->width - 720 ||
	    s->margins[DOC_TOP] + s->margins[DOC_BOTTOM] > s->height - 720)
		return problem(r->c, FAIL_INPUT, "file", "%s: the margins leave no room for text on the page", docx_name(r->filled->form));
	return node ? read_headers(r, node, s) : FAIL_OK;
}

static void begin_section(struct reading *r)
{
	struct doc_section *s = ARENA_NEW(r->c->arena, struct doc_section);

	*s = (struct doc_section){ .width = 11906, .height = 16838, .margins = { 1440, 1440, 1440, 1440 }, .header_at = 720, .footer_at = 720 };
	if (r->section)
		r->section->next = s;
	else
		r->doc->sections = s;
	r->before = r->section;
	r->section = s;
}

/* ---- blocks ---- */

static fail read_paragraph(struct reading *r, const struct xml_node *node, struct doc_block ***end)
{
	const struct xml_node *properties = xml_child(node, "pPr"), *section = xml_child(properties, "sectPr");
	struct doc_block *block = ARENA_NEW(r->c->arena, struct doc_block);
	struct doc_paragraph *p = ARENA_NEW(r->c->arena, struct doc_paragraph);
	struct line l = { .r = r, .p = p, .end = &p->runs, .blocks = end };
	const char *mark;

	*block = (struct doc_block){ .kind = DOC_PARAGRAPH, .paragraph = p };
	**end = block;
	*end = &block->next;
	doc_paragraph_begin(r->styles, properties, p);
	mark = doc_list_mark(r->c, r->styles, p, properties);
	if (mark)
		add_list_mark(&l, mark);
	read_runs(&l, node);
	if (section) {
		TRY(read_section(r, section));
		begin_section(r);
		*end = &r->section->body;
	}
	return FAIL_OK;
}

static fail read_cell(struct reading *r, const struct doc_table *t, const struct xml_node *node, struct doc_cell *cell)
{
	const struct xml_node *properties = xml_child(node, "tcPr"), *merge = xml_child(properties, "vMerge");
	const char *align = xml_val(properties, "vAlign");
	struct doc_block **end = &cell->blocks;

	*cell = (struct doc_cell){ .span = doc_length(xml_child(properties, "gridSpan"), "val", 1), .shade = DOC_UNSET,
		.width = doc_length(xml_child(properties, "tcW"), "w", 0) };
	if (cell->span < 1 || cell->span > 200)
		cell->span = 1;
	if (merge)
		cell->merge = xml_value(merge, "val") && strcmp(xml_value(merge, "val"), "restart") == 0 ? DOC_MERGE_STARTS : DOC_MERGE_GOES_ON;
	cell->align = !align ? 0 : strcmp(align, "center") == 0 ? 1 : strcmp(align, "bottom") == 0 ? 2 : 0;
	cell->shade = doc_color(xml_value(xml_child(properties, "shd"), "fill"), DOC_UNSET);
	memcpy(cell->margins, t->margins, sizeof cell->margins);
	doc_margins_apply(xml_child(properties, "tcMar"), cell->margins);
	for (int i = 0; i < 4; i++)
		cell->borders[i].width = DOC_UNSET;
	doc_borders_apply(xml_child(properties, "tcBorders"), cell->borders, 4);
	return read_blocks(r, node, &end);
}

static fail read_row(struct reading *r, const struct doc_table *t, const struct xml_node *node, struct doc_row *row)
{
	const struct xml_node *properties = xml_child(node, "trPr"), *height = xml_child(properties, "trHeight");
	const char *rule = xml_value(height, "hRule");
	struct doc_cell **end = &row->cells;

	row->heading = xml_on(properties, "tblHeader");
	row->cant_split = xml_on(properties, "cantSplit");
	row->height = doc_length(height, "val", 0);
	row->rule = rule && strcmp(rule, "exact") == 0 ? DOC_EXACT : DOC_AT_LEAST;
	for (const struct xml_node *child = node->first; child; child = child->next) {
		const struct xml_node *tc = xml_is(child, "sdt") ? xml_child(xml_child(child, "sdtContent"), "tc") : child;

		if (!xml_is(tc, "tc"))
			continue;
		*end = ARENA_NEW(r->c->arena, struct doc_cell);
		TRY(read_cell(r, t, tc, *end));
		end = &(*end)->next;
	}
	return FAIL_OK;
}

static fail read_rows(struct reading *r, struct doc_table *t, const struct xml_node *node, struct doc_row ***end)
{
	for (const struct xml_node *child = node->first; child; child = child->next) {
		if (xml_is(child, "sdt") && xml_child(child, "sdtContent"))
			TRY(read_rows(r, t, xml_child(child, "sdtContent"), end));
		if (!xml_is(child, "tr"))
			continue;
		**end = ARENA_NEW(r->c->arena, struct doc_row);
		TRY(read_row(r, t, child, **end));
		*end = &(**end)->next;
	}
	return FAIL_OK;
}

static int columns_of(const struct doc_row *row)
{
	int n = 0;

	for (const struct doc_cell *cell = row->cells; cell; cell = cell->next)
		n += cell->span;
	return n;
}

/* Widths from the grid; where it says nothing, from the cells of the first row, or all alike. */
static void read_grid(struct reading *r, struct doc_table *t, const struct xml_node *node)
{
	const struct xml_node *grid = xml_child(node, "tblGrid");
	int i = 0, sum = 0;

	for (const struct doc_row *row = t->rows; row; row = row->next)
		t->columns = columns_of(row) > t->columns ? columns_of(row) : t->columns;
	t->grid = ARENA_ARRAY(r->c->arena, (size_t)t->columns + 1, int);
	for (const struct xml_node *col = grid ? grid->first : NULL; col && i < t->columns; col = col->next)
		if (xml_is(col, "gridCol"))
			sum += t->grid[i++] = abs(doc_length(col, "w", 0));
	if (sum > 0 && i == t->columns)
		return;
	i = 0;
	for (const struct doc_cell *cell = t->rows ? t->rows->cells : NULL; cell && i < t->columns; cell = cell->next)
		for (int k = 0; k < cell->span && i < t->columns; k++)
			t->grid[i++] = cell->width > 0 ? cell->width / cell->span : 1440;
	for (; i < t->columns; i++)
		t->grid[i] = 1440;
}

static fail read_table(struct reading *r, const struct xml_node *node, struct doc_block ***end)
{
	struct doc_block *block = ARENA_NEW(r->c->arena, struct doc_block);
	struct doc_table *t = ARENA_NEW(r->c->arena, struct doc_table);
	struct doc_row **rows = &t->rows;

	doc_table_begin(r->styles, xml_child(node, "tblPr"), t);
	TRY(read_rows(r, t, node, &rows));
	read_grid(r, t, node);
	if (!t->rows || t->columns == 0)
		return FAIL_OK;
	*block = (struct doc_block){ .kind = DOC_TABLE, .table = t };
	**end = block;
	*end = &block->next;
	return FAIL_OK;
}

static fail read_blocks(struct reading *r, const struct xml_node *parent, struct doc_block ***end)
{
	static const char *const around[] = { "sdt", "sdtContent", "ins", "customXml" };

	for (const struct xml_node *node = parent->first; node; node = node->next) {
		if (xml_is(node, "p"))
			TRY(read_paragraph(r, node, end));
		else if (xml_is(node, "tbl"))
			TRY(read_table(r, node, end));
		for (size_t i = 0; i < sizeof around / sizeof *around; i++)
			if (xml_is(node, around[i]))
				TRY(read_blocks(r, node, end));
	}
	return FAIL_OK;
}

fail doc_read(struct call *c, const struct docx_filled *filled, const char *title, struct doc **out)
{
	struct doc *doc = ARENA_NEW(c->arena, struct doc);
	struct reading r = { .c = c, .filled = filled, .doc = doc };
	struct docx_bytes main = docx_main(filled);
	struct xml_node *root, *body;
	struct doc_block **end;

	doc->title = title;
	TRY(doc_styles_read(c, filled, &r.styles));
	TRY(xml_parse(c, c->arena, docx_name(filled->form), "document.xml", main.data, main.size, &root));
	body = xml_child(root, "body");
	begin_section(&r);
	end = &r.section->body;
	if (body) {
		TRY(read_blocks(&r, body, &end));
		TRY(read_section(&r, xml_child(body, "sectPr")));
	}
	*out = doc;
	return FAIL_OK;
}

const char *doc_text(struct arena *a, const struct doc_paragraph *p)
{
	size_t size = 1;
	char *text, *to;

	for (const struct doc_run *run = p->runs; run; run = run->next)
		size += run->size + 1;
	text = to = arena_alloc(a, size);
	for (const struct doc_run *run = p->runs; run; run = run->next) {
		if (run->kind == DOC_TEXT)
			to = mempcpy(to, run->text, run->size);
		else if (run->kind == DOC_TAB || run->kind == DOC_BREAK)
			*to++ = run->kind == DOC_TAB ? '\t' : '\n';
	}
	return text;
}
