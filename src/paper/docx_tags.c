/* docx_tags.c — joins the text of a paragraph, looks for tags, and cuts the texts of its runs at them. Does not move anything. */
#include "paper/docx_tags.h"

#include <string.h>

#include "paper/docx_template.h"

/* ---- places ---- */

const char *docx_place_words(struct call *c, void *places, int where)
{
	const struct docx_places *all = places;
	const struct docx_place *p = &all->v[where];
	const char *words;

	if (p->table > 0)
		words = arena_printf(c->arena, tr(c->lang, "table %d, row %d, column %d"), p->table, p->row, p->column);
	else
		words = arena_printf(c->arena, tr(c->lang, "paragraph %d"), p->paragraph);
	return all->label ? arena_printf(c->arena, "%s, %s", tr(c->lang, all->label), words) : words;
}

static int place_now(struct docx_tags *t)
{
	struct docx_places *all = t->places;

	if (all->n == all->room) {
		struct docx_place *old = all->v;

		all->room = all->room ? 2 * all->room : 32;
		all->v = ARENA_ARRAY(t->keep, all->room, struct docx_place);
		if (old)
			memcpy(all->v, old, all->n * sizeof *old);
	}
	all->v[all->n] = t->at;
	return (int)all->n++;
}

/* ---- the text of a paragraph ---- */

struct pieces {
	struct out text;
	struct xml_node **v; /* the w:t elements */
	size_t *from;        /* where each begins in the text */
	size_t n, room;
	bool other;          /* something else than text is to be seen */
};

static void add_piece(struct arena *a, struct pieces *p, struct xml_node *t)
{
	if (p->n == p->room) {
		struct xml_node **v = p->v;
		size_t *from = p->from;

		p->room = p->room ? 2 * p->room : 16;
		p->v = ARENA_ARRAY(a, p->room, struct xml_node *);
		p->from = ARENA_ARRAY(a, p->room, size_t);
		if (v) {
			memcpy(p->v, v, p->n * sizeof *v);
			memcpy(p->from, from, p->n * sizeof *from);
		}
	}
	p->v[p->n] = t;
	p->from[p->n++] = p->text.size;
	for (const struct xml_node *child = t->first; child; child = child->next)
		if (child->kind == XML_TEXT)
			out_bytes(&p->text, child->text, child->size);
}

/* Everything of the paragraph itself; paragraphs inside of it (text boxes) are walked on their own. */
static void gather(struct arena *a, struct pieces *p, struct xml_node *parent)
{
	static const char *const seen[] = { "drawing", "pict", "object", "br", "tab", "sym", "fldChar", "fldSimple", "AlternateContent" };

	for (struct xml_node *node = parent->first; node; node = node->next) {
		if (node->kind != XML_ELEMENT || xml_is(node, "p"))
			continue;
		for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
			p->other |= strcmp(node->w, seen[i]) == 0 || (!*node->w && strstr(node->name, seen[i]));
		if (xml_is(node, "t"))
			add_piece(a, p, node);
		else if (!xml_is(node, "pPr") && !xml_is(node, "rPr"))
			gather(a, p, node);
	}
}

/* ---- tags ---- */

struct found {
	size_t from, to; /* in the text of the paragraph */
	struct xml_node *node;
	bool value;
};

struct found_list { struct found *v; size_t n, room; };

static struct found *add_found(struct arena *a, struct found_list *list)
{
	if (list->n == list->room) {
		struct found *old = list->v;

		list->room = list->room ? 2 * list->room : 8;
		list->v = ARENA_ARRAY(a, list->room, struct found);
		if (old)
			memcpy(list->v, old, list->n * sizeof *old);
	}
	return &list->v[list->n++];
}

static struct xml_node *tag_node(struct docx_tags *t, const struct mustache_tag *tag, int op)
{
	struct xml_node *node = ARENA_NEW(t->c->arena, struct xml_node);

	*node = (struct xml_node){ .kind = XML_TAG, .op = op, .where = place_now(t) };
	node->text = arena_strndup(t->c->arena, tag->name, tag->name_size);
	node->size = tag->name_size;
	return node;
}

static fail read_tag(struct docx_tags *t, const char *text, size_t n, const char *at, struct found *out)
{
	struct mustache_tag tag;
	enum mustache_op op;
	bool does;

	if (!mustache_read_tag(at, n - (size_t)(at - text), t->delimiters.open, t->delimiters.close, &tag))
		return problem(t->c, FAIL_INPUT, "file", "%s: %s: a tag begins here and is not closed in the same paragraph: “%.40s”; expected %s", t->file,
		               docx_place_words(t->c, t->places, place_now(t)), at, t->delimiters.close);
	if (tag.sigil == '=' && !mustache_set_delimiters(&tag, &t->delimiters))
		return problem(t->c, FAIL_INPUT, "file", "%s: %s: these delimiters cannot be used; expected two words such as {{=<%% %%>=}}", t->file,
		               docx_place_words(t->c, t->places, place_now(t)));
	if (tag.sigil == '>')
		return problem(t->c, FAIL_INPUT, "file", "%s: %s: a document cannot take in another one by {{>…}}", t->file,
		               docx_place_words(t->c, t->places, place_now(t)));
	does = mustache_op_of(tag.sigil, &op);
	*out = (struct found){ (size_t)(at - text), (size_t)(at - text) + tag.size, tag_node(t, &tag, does ? (int)op : DOCX_NOTHING), false };
	out->value = does && (op == MUSTACHE_VALUE || op == MUSTACHE_RAW);
	return FAIL_OK;
}

static fail find_all(struct docx_tags *t, struct pieces *p, struct found_list *list)
{
	const char *text = out_text(&p->text), *at = text;
	size_t n = p->text.size;

	while ((at = memmem(at, n - (size_t)(at - text), t->delimiters.open, strlen(t->delimiters.open)))) {
		struct found *f = add_found(t->c->arena, list);

		TRY(read_tag(t, text, n, at, f));
		at = text + f->to;
	}
	return FAIL_OK;
}

/* ---- cutting ---- */

static void add_text(struct arena *a, struct xml_node *parent, const char *s, size_t n)
{
	struct xml_node *node;

	if (n == 0)
		return;
	node = ARENA_NEW(a, struct xml_node);
	*node = (struct xml_node){ .kind = XML_TEXT, .text = s, .size = n };
	xml_insert(parent, NULL, node);
}

static const char **keep_space(struct arena *a)
{
	const char **attrs = ARENA_ARRAY(a, 3, const char *);

	attrs[0] = "xml:space";
	attrs[1] = "preserve";
	return attrs;
}

/* The texts of the runs anew: what is not in a tag, and each tag in the run where it begins. */
static void cut(struct arena *a, struct pieces *p, const struct found_list *list)
{
	const char *text = p->text.data;
	size_t next = 0, at = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct xml_node *t = p->v[i];
		size_t end = i + 1 < p->n ? p->from[i + 1] : p->text.size;

		t->first = t->last = NULL;
		t->attrs = keep_space(a);
		while (next < list->n && list->v[next].from < end) {
			const struct found *f = &list->v[next++];

			add_text(a, t, text + at, f->from - at);
			xml_insert(t, NULL, f->node);
			at = f->to;
		}
		if (at < end) {
			add_text(a, t, text + at, end - at);
			at = end;
		}
	}
}

/* ---- marks ---- */

static bool is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\r\n", s[i]))
			return false;
	return true;
}

/* Is there nothing but blanks and marks from tag `from` up to (not with) tag `to`, outer texts included? */
static bool only_marks(const struct pieces *p, const struct found_list *list, size_t from, size_t to)
{
	size_t at = from == 0 ? 0 : list->v[from - 1].to;

	for (size_t i = from; i < to; i++) {
		if (list->v[i].value || !is_blank(p->text.data + at, list->v[i].from - at))
			return false;
		at = list->v[i].to;
	}
	return is_blank(p->text.data + at, (to < list->n ? list->v[to].from : p->text.size) - at);
}

static void add_mark(struct docx_tags *t, struct docx_mark mark)
{
	if (t->n == t->room) {
		struct docx_mark *old = t->marks;

		t->room = t->room ? 2 * t->room : 32;
		t->marks = ARENA_ARRAY(t->c->arena, t->room, struct docx_mark);
		if (old)
			memcpy(t->marks, old, t->n * sizeof *old);
	}
	t->marks[t->n++] = mark;
}

static void list_marks(struct docx_tags *t, const struct pieces *p, const struct found_list *list, struct xml_node *paragraph)
{
	bool alone = !p->other && only_marks(p, list, 0, list->n);

	for (size_t i = 0; i < list->n; i++)
		if (!list->v[i].value)
			add_mark(t, (struct docx_mark){ list->v[i].node, paragraph, alone, only_marks(p, list, 0, i), only_marks(p, list, i + 1, list->n) });
}

static fail paragraph_tags(struct docx_tags *t, struct xml_node *paragraph)
{
	struct found_list list = { 0 };
	struct pieces p = { 0 };

	out_memory(&p.text, t->c->arena);
	gather(t->c->arena, &p, paragraph);
	if (p.text.size < 4)
		return FAIL_OK;
	TRY(find_all(t, &p, &list));
	if (list.n == 0)
		return FAIL_OK;
	cut(t->c->arena, &p, &list);
	list_marks(t, &p, &list, paragraph);
	return FAIL_OK;
}

/* ---- the walk ---- */

static fail step_in(struct docx_tags *t, struct xml_node *node)
{
	struct docx_place before = t->at;
	bool table = xml_is(node, "tbl");

	if (table)
		t->at = (struct docx_place){ .table = ++t->tables };
	TRY(docx_find_tags(t, node));
	if (table)
		t->at = before;
	return FAIL_OK;
}

fail docx_find_tags(struct docx_tags *t, struct xml_node *root)
{
	for (struct xml_node *node = root->first; node; node = node->next) {
		if (node->kind != XML_ELEMENT)
			continue;
		if (xml_is(node, "tr")) {
			t->at.row++;
			t->at.column = 0;
		}
		t->at.column += xml_is(node, "tc");
		if (xml_is(node, "p")) {
			t->at.paragraph += t->at.table == 0;
			TRY(paragraph_tags(t, node));
		}
		TRY(step_in(t, node));
	}
	return FAIL_OK;
}
