/* xml_tree.c — expat feeds the tree; nothing of its bytes is kept but texts, names and attributes. */
#include "paper/xml_tree.h"

#include <expat.h>
#include <string.h>

enum { LEVELS = 200, NODES = 2000000, WORDS = 512, SHORT = 24 };

struct reading {
	struct call *c;
	struct arena *keep;
	XML_Parser parser;
	struct xml_node *root, *at;
	const char *prefix; /* of WordprocessingML in this part: "w:" */
	int level, nodes;
	const char *refused; /* why it was stopped, a message id */
	const char *words[WORDS]; /* names and short values, which come again and again */
	struct out text;    /* being gathered */
};

static const char *const namespaces[] = { "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main" };

/* ---- tree ---- */

void xml_insert(struct xml_node *parent, struct xml_node *before, struct xml_node *node)
{
	node->parent = parent;
	node->next = before;
	node->prev = before ? before->prev : parent->last;
	*(node->prev ? &node->prev->next : &parent->first) = node;
	*(before ? &before->prev : &parent->last) = node;
}

void xml_remove(struct xml_node *node)
{
	*(node->prev ? &node->prev->next : &node->parent->first) = node->next;
	*(node->next ? &node->next->prev : &node->parent->last) = node->prev;
	node->parent = node->prev = node->next = NULL;
}

struct xml_node *xml_copy_head(struct arena *a, const struct xml_node *node)
{
	struct xml_node *copy = ARENA_NEW(a, struct xml_node);

	*copy = *node;
	copy->parent = copy->first = copy->last = copy->prev = copy->next = NULL;
	return copy;
}

struct xml_node *xml_copy(struct arena *a, const struct xml_node *node)
{
	struct xml_node *copy = xml_copy_head(a, node);

	for (const struct xml_node *child = node->first; child; child = child->next)
		xml_insert(copy, NULL, xml_copy(a, child));
	return copy;
}

bool xml_is(const struct xml_node *node, const char *w)
{
	return node && node->kind == XML_ELEMENT && strcmp(node->w, w) == 0;
}

struct xml_node *xml_child(const struct xml_node *node, const char *w)
{
	struct xml_node *child = node ? node->first : NULL;

	while (child && !xml_is(child, w))
		child = child->next;
	return child;
}

const char *xml_value(const struct xml_node *node, const char *local)
{
	if (!node || node->kind != XML_ELEMENT || !node->attrs)
		return NULL;
	for (const char **a = node->attrs; *a; a += 2) {
		const char *colon = strchr(*a, ':');

		if (strcmp(colon ? colon + 1 : *a, local) == 0)
			return a[1];
	}
	return NULL;
}

const char *xml_val(const struct xml_node *node, const char *w) { return xml_value(xml_child(node, w), "val"); }

bool xml_on(const struct xml_node *node, const char *w)
{
	const struct xml_node *child = xml_child(node, w);
	const char *val = xml_value(child, "val");

	return child && !(val && (strcmp(val, "0") == 0 || strcmp(val, "false") == 0 || strcmp(val, "off") == 0 || strcmp(val, "none") == 0));
}

/* ---- reading ---- */

static void stop(struct reading *r, const char *why)
{
	if (!r->refused)
		r->refused = why;
	XML_StopParser(r->parser, XML_FALSE);
}

static struct xml_node *add(struct reading *r, enum xml_kind kind)
{
	struct xml_node *node = ARENA_NEW(r->keep, struct xml_node);

	node->kind = kind;
	if (r->at)
		xml_insert(r->at, NULL, node);
	if (++r->nodes > NODES)
		stop(r, N_("the document has more parts than a form can have"));
	return node;
}

static void end_text(struct reading *r)
{
	struct xml_node *node;

	if (r->text.size == 0 || !r->at)
		return;
	node = add(r, XML_TEXT);
	node->text = arena_strndup(r->keep, r->text.data, r->text.size);
	node->size = r->text.size;
	r->text.size = 0;
}

/* A copy of the word, the same one as before where it came lately. */
static const char *word(struct reading *r, const char *s)
{
	unsigned hash = 5381;
	size_t n = 0;

	for (; s[n] && n <= SHORT; n++)
		hash = hash * 33 + (unsigned char)s[n];
	if (n > SHORT)
		return arena_strdup(r->keep, s);
	hash %= WORDS;
	if (!r->words[hash] || strcmp(r->words[hash], s) != 0)
		r->words[hash] = arena_strdup(r->keep, s);
	return r->words[hash];
}

static void find_prefix(struct reading *r, const char **attrs)
{
	for (const char **a = attrs; *a; a += 2)
		for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
			if (strcmp(a[1], namespaces[i]) == 0 && strncmp(*a, "xmlns", 5) == 0)
				r->prefix = (*a)[5] == ':' ? arena_printf(r->keep, "%s:", *a + 6) : "";
}

static const char **copy_attrs(struct reading *r, const char **attrs)
{
	const char **copy;
	size_t n = 0;

	while (attrs[n])
		n++;
	if (n == 0)
		return NULL;
	copy = ARENA_ARRAY(r->keep, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		copy[i] = word(r, attrs[i]);
	return copy;
}

static void XMLCALL on_start(void *user, const char *name, const char **attrs)
{
	struct reading *r = user;
	struct xml_node *node;

	end_text(r);
	if (!r->root)
		find_prefix(r, attrs);
	if (++r->level > LEVELS)
		stop(r, N_("the document is nested more deeply than a form can be"));
	node = add(r, XML_ELEMENT);
	node->name = word(r, name);
	node->attrs = copy_attrs(r, attrs);
	node->w = "";
	if (r->prefix && strncmp(name, r->prefix, strlen(r->prefix)) == 0 && !strchr(node->name + strlen(r->prefix), ':'))
		node->w = node->name + strlen(r->prefix);
	if (!r->root)
		r->root = node;
	r->at = node;
}

static void XMLCALL on_end(void *user, const char *name)
{
	struct reading *r = user;

	(void)name;
	end_text(r);
	r->level--;
	r->at = r->at->parent;
}

static void XMLCALL on_text(void *user, const char *s, int n)
{
	struct reading *r = user;

	out_bytes(&r->text, s, (size_t)n);
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(user, N_("a document type is declared, as no Word document does"));
}

static fail not_well_formed(struct reading *r, const char *file, const char *part)
{
	const char *why = r->refused ? tr(r->c->lang, r->refused) : XML_ErrorString(XML_GetErrorCode(r->parser));

	return problem(r->c, FAIL_INPUT, "file", "%s: %s: line %lu, column %lu: the document is damaged: %s", file, part,
	               XML_GetCurrentLineNumber(r->parser), XML_GetCurrentColumnNumber(r->parser) + 1, why);
}

static void free_parser(void *parser) { XML_ParserFree(parser); }

fail xml_parse(struct call *c, struct arena *keep, const char *file, const char *part, const char *data, size_t n, struct xml_node **out)
{
	struct reading r = { .c = c, .keep = keep, .parser = XML_ParserCreate(NULL) };
	fail f = FAIL_OK;

	if (!r.parser)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	arena_defer(c->arena, free_parser, r.parser);
	out_memory(&r.text, c->arena);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	if (n > INT32_MAX || XML_Parse(r.parser, data, (int)n, 1) != XML_STATUS_OK || r.refused)
		f = not_well_formed(&r, file, part);
	*out = r.root;
	return f;
}

/* ---- writing ---- */

void xml_escape_text(struct out *o, const char *s, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		const char *as = s[i] == '&' ? "&amp;" : s[i] == '<' ? "&lt;" : s[i] == '>' ? "&gt;" : s[i] == '\r' ? "&#13;" : NULL;

		if (!as)
			continue;
		out_bytes(o, s + from, i - from);
		out_str(o, as);
		from = i + 1;
	}
	out_bytes(o, s + from, n - from);
}

static void write_value(struct out *o, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '&': out_str(o, "&amp;"); break;
		case '<': out_str(o, "&lt;"); break;
		case '"': out_str(o, "&quot;"); break;
		case '\n': out_str(o, "&#10;"); break;
		case '\t': out_str(o, "&#9;"); break;
		case '\r': out_str(o, "&#13;"); break;
		default: out_char(o, *s);
		}
}

void xml_write_start(struct out *o, const struct xml_node *node)
{
	out_char(o, '<');
	out_str(o, node->name);
	for (const char **a = node->attrs; a && *a; a += 2) {
		out_char(o, ' ');
		out_str(o, *a);
		out_str(o, "=\"");
		write_value(o, a[1]);
		out_char(o, '"');
	}
	out_str(o, node->first ? ">" : "/>");
}

void xml_write_end(struct out *o, const struct xml_node *node)
{
	if (!node->first)
		return;
	out_str(o, "</");
	out_str(o, node->name);
	out_char(o, '>');
}
