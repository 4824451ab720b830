/* docx_template.c — moves the marks of sections to where they repeat whole paragraphs, rows or runs, and writes the tree as a Mustache text. */
#include "paper/docx_template.h"

#include <string.h>

#include "paper/docx_tags.h"

/* What becomes of a mark. */
enum move { STAY, SPLIT, BEFORE, BEHIND };

struct plan {
	enum move move;
	struct xml_node *target; /* SPLIT: up to below this; BEFORE, BEHIND: of this */
	bool row;                /* the target is a row that holds nothing but marks and vanishes */
};

struct compiler {
	struct call *c;
	struct docx_tags tags;
	struct plan *plans; /* one a mark */
};

/* ---- pairs ---- */

static bool opens(const struct xml_node *tag) { return tag->op == MUSTACHE_SECTION || tag->op == MUSTACHE_INVERTED; }

/* False: sections are not closed as they were opened, which the builder will say. */
static bool find_pairs(struct compiler *k)
{
	struct xml_node *open[MUSTACHE_DEPTH];
	int depth = 0;

	for (size_t i = 0; i < k->tags.n; i++) {
		struct xml_node *tag = k->tags.marks[i].node;

		if (opens(tag)) {
			if (depth == MUSTACHE_DEPTH)
				return false;
			open[depth++] = tag;
		} else if (tag->op == MUSTACHE_CLOSE) {
			if (depth == 0 || strcmp(open[depth - 1]->text, tag->text) != 0)
				return false;
			tag->partner = open[--depth];
			tag->partner->partner = tag;
		}
	}
	return depth == 0;
}

static int depth_of(const struct xml_node *node)
{
	int n = 0;

	for (; node->parent; node = node->parent)
		n++;
	return n;
}

/* The children of the nearest common ancestor in which the two stand. */
static void part_ways(struct xml_node **a, struct xml_node **b)
{
	int from_a = depth_of(*a), from_b = depth_of(*b);

	for (; from_a > from_b; from_a--)
		*a = (*a)->parent;
	for (; from_b > from_a; from_b--)
		*b = (*b)->parent;
	while ((*a)->parent != (*b)->parent) {
		*a = (*a)->parent;
		*b = (*b)->parent;
	}
}

/* ---- planning ---- */

static const char *words_of(struct compiler *k, const struct xml_node *tag) { return docx_place_words(k->c, k->tags.places, tag->where); }

static fail crossing(struct compiler *k, const struct xml_node *open)
{
	return problem(k->c, FAIL_INPUT, "file", "%s: the section “%s” begins in %s and ends in %s; expected both in one paragraph, in one row of a table, or each "
		"alone in a paragraph or row of its own", k->tags.file, open->text, words_of(k, open), words_of(k, open->partner));
}

/* Does every paragraph of the row hold nothing but marks, or nothing at all? */
static bool row_is_marks(const struct xml_node *node)
{
	for (const struct xml_node *child = node->first; child; child = child->next) {
		if (child->kind == XML_TAG && child->op != DOCX_NOTHING && !opens(child) && child->op != MUSTACHE_CLOSE)
			return false;
		if (child->kind == XML_TEXT && xml_is(node, "t") && strspn(child->text, " \t\r\n") < child->size)
			return false;
		if (child->kind == XML_ELEMENT && (xml_is(child, "drawing") || !row_is_marks(child)))
			return false;
	}
	return true;
}

/* Where the mark goes when its partner stands outside of `side`, a child of the common ancestor. */
static bool plan_block(const struct docx_mark *mark, struct xml_node *side, struct plan *out)
{
	bool open = opens(mark->node);

	if (xml_is(side, "tc")) {
		*out = (struct plan){ open ? BEFORE : BEHIND, side->parent, false };
		return true;
	}
	if (xml_is(side, "tr")) {
		*out = (struct plan){ BEFORE, side, true };
		return row_is_marks(side);
	}
	*out = (struct plan){ open || mark->alone ? BEFORE : BEHIND, side, false };
	return side == mark->paragraph && (mark->alone || (open ? mark->starts : mark->ends));
}

static fail plan_mark(struct compiler *k, size_t i)
{
	const struct docx_mark *mark = &k->tags.marks[i];
	struct xml_node *mine = mark->node, *other = mine->partner;
	const struct xml_node *open = opens(mine) ? mine : other;

	if (!other) {
		k->plans[i] = mark->alone ? (struct plan){ BEFORE, mark->paragraph, false } : (struct plan){ STAY, NULL, false };
		return FAIL_OK;
	}
	part_ways(&mine, &other);
	if (mine == mark->node) {
		k->plans[i] = (struct plan){ STAY, NULL, false };
		return FAIL_OK;
	}
	for (const struct xml_node *up = mine->parent; up; up = up->parent)
		if (up == mark->paragraph) {
			k->plans[i] = mark->alone ? (struct plan){ BEFORE, mark->paragraph, false } : (struct plan){ SPLIT, mine->parent, false };
			return FAIL_OK;
		}
	return plan_block(mark, mine, &k->plans[i]) ? FAIL_OK : crossing(k, open);
}

/* ---- moving ---- */

static bool is_empty_run(const struct xml_node *node)
{
	return xml_is(node, "t") ? !node->first : xml_is(node, "r") && (!node->first || (node->first == node->last && xml_is(node->first, "rPr")));
}

/* Cuts the parent of the tag in two; the tag comes to stand between the halves. */
static void split_at(struct arena *a, struct xml_node *tag)
{
	struct xml_node *parent = tag->parent, *behind = xml_copy_head(a, parent), *look = xml_child(parent, "rPr"), *next;

	if (look && xml_is(parent, "r"))
		xml_insert(behind, NULL, xml_copy(a, look));
	for (struct xml_node *node = tag->next; node; node = next) {
		next = node->next;
		xml_remove(node);
		xml_insert(behind, NULL, node);
	}
	xml_remove(tag);
	xml_insert(parent->parent, parent->next, behind);
	xml_insert(parent->parent, behind, tag);
	if (is_empty_run(behind))
		xml_remove(behind);
	if (is_empty_run(parent))
		xml_remove(parent);
}

/* Behind the target, and behind the marks that were put there before. */
static void move_behind(struct xml_node *tag, struct xml_node *target)
{
	struct xml_node *next = target->next;

	while (next && next->kind == XML_TAG && next->op == MUSTACHE_CLOSE)
		next = next->next;
	xml_insert(target->parent, next, tag);
}

static void move(struct compiler *k, size_t i)
{
	struct xml_node *tag = k->tags.marks[i].node;
	const struct plan *p = &k->plans[i];

	if (p->move == SPLIT)
		while (tag->parent != p->target && !xml_is(tag->parent, "p"))
			split_at(k->c->arena, tag);
	if (p->move != BEFORE && p->move != BEHIND)
		return;
	xml_remove(tag);
	if (p->move == BEFORE)
		xml_insert(p->target->parent, p->target, tag);
	else
		move_behind(tag, p->target);
}

/* Paragraphs and rows whose marks have all gone elsewhere. */
static void remove_emptied(struct compiler *k)
{
	for (size_t i = 0; i < k->tags.n; i++) {
		const struct docx_mark *mark = &k->tags.marks[i];
		const struct plan *p = &k->plans[i];

		if (mark->alone && mark->paragraph->parent && !xml_is(p->target, "tr"))
			xml_remove(mark->paragraph);
		if (p->row && p->target->parent)
			xml_remove(p->target);
	}
}

/* ---- cells ---- */

static struct xml_node *element(struct arena *a, const struct xml_node *like, const char *w, const char **attrs)
{
	struct xml_node *node = ARENA_NEW(a, struct xml_node);
	const char *colon = strchr(like->name, ':');

	*node = (struct xml_node){ .kind = XML_ELEMENT, .w = w, .attrs = attrs };
	node->name = colon ? arena_printf(a, "%.*s:%s", (int)(colon - like->name), like->name, w) : w;
	return node;
}

/* A paragraph one point high, for cells whose own are all under a condition: Word wants one in each. */
static struct xml_node *tiny_paragraph(struct arena *a, const struct xml_node *like)
{
	static const char *const names[] = { "before", "0", "after", "0", "line", "20", "lineRule", "exact" };
	const char **attrs = ARENA_ARRAY(a, 9, const char *);
	struct xml_node *p = element(a, like, "p", NULL), *properties = element(a, like, "pPr", NULL), *spacing;

	for (int i = 0; i < 8; i += 2) {
		attrs[i] = element(a, like, names[i], NULL)->name;
		attrs[i + 1] = names[i + 1];
	}
	spacing = element(a, like, "spacing", attrs);
	xml_insert(properties, NULL, spacing);
	xml_insert(p, NULL, properties);
	return p;
}

static bool has_sure_paragraph(const struct xml_node *cell)
{
	bool sure = false;
	int depth = 0;

	for (const struct xml_node *node = cell->first; node; node = node->next) {
		if (node->kind == XML_TAG)
			depth += opens(node) ? 1 : node->op == MUSTACHE_CLOSE ? -1 : 0;
		else if (xml_is(node, "p") && depth == 0)
			sure = true;
		else if (xml_is(node, "tbl"))
			sure = false; /* a table may not be the last thing */
	}
	return sure;
}

static void mend_cells(struct arena *a, struct xml_node *node)
{
	static const char *const holders[] = { "tc", "hdr", "ftr", "txbxContent", "footnote", "endnote" };

	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
		if (xml_is(node, holders[i]) && !has_sure_paragraph(node))
			xml_insert(node, NULL, tiny_paragraph(a, node));
	for (struct xml_node *child = node->first; child; child = child->next)
		if (child->kind == XML_ELEMENT)
			mend_cells(a, child);
}

/* ---- writing ---- */

void docx_escape(struct out *o, const char *s, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)s[i];
		const char *as = ch == '&' ? "&amp;" : ch == '<' ? "&lt;" : ch == '>' ? "&gt;" : ch == '"' ? "&quot;" : NULL;
		size_t skip = 1;

		if (ch == '\n')
			as = "</w:t><w:br/><w:t xml:space=\"preserve\">";
		else if (ch == '\t')
			as = "</w:t><w:tab/><w:t xml:space=\"preserve\">";
		else if (ch < 0x20)
			as = "";
		else if (ch == 0xef && i + 2 < n && (unsigned char)s[i + 1] == 0xbf && (unsigned char)s[i + 2] >= 0xbe) {
			as = "";
			skip = 3;
		}
		if (!as)
			continue;
		out_bytes(o, s + from, i - from);
		out_str(o, as);
		i += skip - 1;
		from = i + 1;
	}
	out_bytes(o, s + from, n - from);
}

struct writing {
	struct mustache_builder b;
	struct out text;
};

static void flush(struct writing *w)
{
	mustache_add_text(&w->b, arena_strndup(w->b.keep, w->text.data ? w->text.data : "", w->text.size), w->text.size);
	w->text.size = 0;
}

/* Ids of paragraphs would come twice when a paragraph is repeated. */
static void drop_ids(struct xml_node *node)
{
	const char **to = node->attrs;

	for (const char **a = node->attrs; a && *a; a += 2) {
		if (strstr(*a, ":paraId") || strstr(*a, ":textId"))
			continue;
		to[0] = a[0];
		to[1] = a[1];
		to += 2;
	}
	if (to)
		*to = NULL;
}

static fail write_node(struct writing *w, struct xml_node *node)
{
	if (node->kind == XML_TEXT) {
		xml_escape_text(&w->text, node->text, node->size);
		return FAIL_OK;
	}
	if (node->kind == XML_TAG) {
		if (node->op == DOCX_NOTHING)
			return FAIL_OK;
		flush(w);
		return mustache_add_tag(&w->b, (enum mustache_op)node->op, node->text, node->size, node->where);
	}
	drop_ids(node);
	xml_write_start(&w->text, node);
	for (struct xml_node *child = node->first; child; child = child->next)
		TRY(write_node(w, child));
	xml_write_end(&w->text, node);
	return FAIL_OK;
}

/* Values bring <w:br/> and <w:tab/> with them: the part has to know the prefix. */
static void know_w(struct arena *a, struct xml_node *root)
{
	const char *space = NULL, **attrs;
	size_t n = 0;

	for (const char **at = root->attrs; at && *at; at += 2, n += 2)
		if (strncmp(*at, "xmlns", 5) == 0 && strstr(at[1], "wordprocessingml") && strstr(at[1], "/main"))
			space = strcmp(*at, "xmlns:w") == 0 ? "" : space ? space : at[1];
	if (!space || !*space)
		return;
	attrs = ARENA_ARRAY(a, n + 3, const char *);
	memcpy(attrs, root->attrs, n * sizeof *attrs);
	attrs[n] = "xmlns:w";
	attrs[n + 1] = space;
	root->attrs = attrs;
}

fail docx_compile(struct call *c, struct arena *keep, const char *file, const char *label, struct xml_node *root, struct mustache **out)
{
	struct docx_places *places = ARENA_NEW(keep, struct docx_places);
	struct compiler k = { .c = c, .tags = { .c = c, .keep = keep, .file = file, .places = places, .delimiters = { "{{", "}}" } } };
	struct writing w;

	places->label = label;
	know_w(c->arena, root);
	TRY(docx_find_tags(&k.tags, root));
	k.plans = ARENA_ARRAY(c->arena, k.tags.n + 1, struct plan);
	if (find_pairs(&k)) {
		for (size_t i = 0; i < k.tags.n; i++)
			TRY(plan_mark(&k, i));
		for (size_t i = 0; i < k.tags.n; i++)
			move(&k, i);
		remove_emptied(&k);
		mend_cells(c->arena, root);
	}
	mustache_begin(&w.b, c, keep, file, docx_place_words, places);
	out_memory(&w.text, c->arena);
	out_str(&w.text, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
	TRY(write_node(&w, root));
	flush(&w);
	return mustache_finish(&w.b, out);
}
