/* mustache_compile.c — from text to a flat list of pieces, each section knowing where it ends. Does not know JSON. */
#include <string.h>

#include "paper/mustache_build.h"

/* ---- building ---- */

void mustache_begin(struct mustache_builder *b, struct call *c, struct arena *keep, const char *name, mustache_place *place, void *place_arg)
{
	*b = (struct mustache_builder){ .c = c, .keep = keep, .made = ARENA_NEW(keep, struct mustache) };
	b->made->name = arena_strdup(keep, name);
	b->made->place = place;
	b->made->place_arg = place_arg;
}

static struct mustache_node *add_node(struct mustache_builder *b)
{
	struct mustache *m = b->made;

	if (m->n == m->room) {
		struct mustache_node *old = m->v;

		m->room = m->room ? 2 * m->room : 32;
		m->v = ARENA_ARRAY(b->keep, m->room, struct mustache_node);
		if (old)
			memcpy(m->v, old, m->n * sizeof *old);
	}
	return &m->v[m->n++];
}

void mustache_add_text(struct mustache_builder *b, const char *text, size_t n)
{
	if (n > 0)
		*add_node(b) = (struct mustache_node){ .op = MUSTACHE_TEXT, .text = text, .size = n };
}

static const char *place_of(struct mustache_builder *b, int where)
{
	return b->made->place(b->c, b->made->place_arg, where);
}

static void split_name(struct arena *keep, struct mustache_node *node)
{
	char *copy = arena_strdup(keep, node->text);
	const char **parts;
	size_t n = 1;

	if (strcmp(copy, ".") == 0)
		return;
	for (const char *p = copy; *p; p++)
		n += *p == '.';
	parts = ARENA_ARRAY(keep, n, const char *);
	for (char *at = copy; at; node->part_count++) {
		char *dot = strchr(at, '.');

		parts[node->part_count] = at;
		if (dot)
			*dot = '\0';
		at = dot ? dot + 1 : NULL;
	}
	node->parts = parts;
}

static fail close_section(struct mustache_builder *b, const char *name, int where)
{
	struct mustache_node *opened;

	if (b->depth == 0)
		return problem(b->c, FAIL_INPUT, name, "%s: %s: {{/%s}} closes a section that is not open; expected {{#%s}} before it", b->made->name,
		               place_of(b, where), name, name);
	opened = &b->made->v[b->open[--b->depth]];
	if (strcmp(opened->text, name) != 0)
		return problem(b->c, FAIL_INPUT, name, "%s: %s: {{/%s}} stands where {{/%s}} is expected; the section was opened in %s", b->made->name,
		               place_of(b, where), name, opened->text, place_of(b, opened->where));
	opened->end = b->made->n;
	*add_node(b) = (struct mustache_node){ .op = MUSTACHE_CLOSE, .text = "", .where = where };
	return FAIL_OK;
}

fail mustache_add_tag(struct mustache_builder *b, enum mustache_op op, const char *name, size_t n, int where)
{
	struct mustache_node node = { .op = op, .where = where, .indent = "" };

	node.text = arena_strndup(b->keep, name, n);
	node.size = n;
	if (n == 0 || strpbrk(node.text, " \t\r\n{}"))
		return problem(b->c, FAIL_INPUT, node.text, "%s: %s: “%s” is not a name; expected letters, digits and _, with points between", b->made->name,
		               place_of(b, where), node.text);
	if (op == MUSTACHE_CLOSE)
		return close_section(b, node.text, where);
	if (op == MUSTACHE_SECTION || op == MUSTACHE_INVERTED) {
		if (b->depth == MUSTACHE_DEPTH)
			return problem(b->c, FAIL_INPUT, node.text, "%s: %s: sections are nested more than %d deep", b->made->name, place_of(b, where),
			               MUSTACHE_DEPTH);
		b->open[b->depth++] = b->made->n;
	}
	if (op != MUSTACHE_PARTIAL)
		split_name(b->keep, &node);
	*add_node(b) = node;
	return FAIL_OK;
}

fail mustache_finish(struct mustache_builder *b, struct mustache **out)
{
	if (b->depth > 0) {
		const struct mustache_node *node = &b->made->v[b->open[b->depth - 1]];

		return problem(b->c, FAIL_INPUT, node->text, "%s: %s: the section “%s” is not closed; expected {{/%s}} behind it", b->made->name,
		               place_of(b, node->where), node->text, node->text);
	}
	*out = b->made;
	return FAIL_OK;
}

/* ---- tags ---- */

static const char *find(const char *s, const char *end, const char *what)
{
	return memmem(s, (size_t)(end - s), what, strlen(what));
}

static bool is_blank(char ch) { return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n'; }

bool mustache_read_tag(const char *s, size_t n, const char *open, const char *close, struct mustache_tag *out)
{
	const char *end = s + n, *at = s + strlen(open), *stop;
	char closing[MUSTACHE_DELIMITER + 2];

	while (at < end && is_blank(*at))
		at++;
	*out = (struct mustache_tag){ .sigil = at < end && *at && strchr("#^/>&!={", *at) ? *at : '\0' };
	at += out->sigil != '\0';
	strcpy(closing, out->sigil == '{' ? "}" : out->sigil == '=' ? "=" : "");
	strcat(closing, close);
	stop = at <= end ? find(at, end, closing) : NULL;
	if (!stop)
		return false;
	out->size = (size_t)(stop - s) + strlen(closing);
	while (at < stop && is_blank(*at))
		at++;
	while (stop > at && is_blank(stop[-1]))
		stop--;
	out->name = at;
	out->name_size = (size_t)(stop - at);
	return true;
}

bool mustache_set_delimiters(const struct mustache_tag *tag, struct mustache_delimiters *out)
{
	char text[64], open[64], close[64], more[2];

	if (tag->name_size >= sizeof text)
		return false;
	memcpy(text, tag->name, tag->name_size);
	text[tag->name_size] = '\0';
	if (sscanf(text, "%63s %63s %1s", open, close, more) != 2 || strlen(open) >= MUSTACHE_DELIMITER || strlen(close) >= MUSTACHE_DELIMITER ||
	    strchr(open, '=') || strchr(close, '='))
		return false;
	strcpy(out->open, open);
	strcpy(out->close, close);
	return true;
}

bool mustache_op_of(char sigil, enum mustache_op *out)
{
	static const char sigils[] = "#^/>&{";
	static const enum mustache_op ops[] = { MUSTACHE_SECTION, MUSTACHE_INVERTED, MUSTACHE_CLOSE, MUSTACHE_PARTIAL, MUSTACHE_RAW, MUSTACHE_RAW };
	const char *at = sigil ? strchr(sigils, sigil) : NULL;

	*out = at ? ops[at - sigils] : MUSTACHE_VALUE;
	return at || !sigil;
}

/* ---- texts ---- */

struct reader {
	struct mustache_builder b;
	const char *begin, *at, *end;
	struct mustache_delimiters d;
	int line;
};

static const char *line_place(struct call *c, void *arg, int where)
{
	(void)arg;
	return arena_printf(c->arena, tr(c->lang, "line %d"), where);
}

/* A tag that writes nothing and has its line for itself takes the line with it. *before: where the blanks in front begin; *after: behind the line's end. */
static bool stands_alone(const struct reader *r, const char *tag, size_t size, const char **before, const char **after)
{
	const char *from = tag, *to = tag + size;

	while (from > r->begin && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if (from > r->begin && from[-1] != '\n')
		return false;
	while (to < r->end && (*to == ' ' || *to == '\t'))
		to++;
	if (to < r->end && *to == '\r' && to + 1 < r->end)
		to++;
	if (to < r->end && *to != '\n')
		return false;
	*before = from;
	*after = to < r->end ? to + 1 : to;
	return true;
}

static void count_lines(struct reader *r, const char *to)
{
	for (const char *p = r->at; p < to; p++)
		r->line += *p == '\n';
	r->at = to;
}

static fail add(struct reader *r, const struct mustache_tag *tag, const char *before, size_t indent)
{
	enum mustache_op op;

	if (tag->sigil == '=' && !mustache_set_delimiters(tag, &r->d))
		return problem(r->b.c, FAIL_INPUT, "", "%s: line %d: these delimiters cannot be used; expected two words such as {{=<%% %%>=}}", r->b.made->name,
		               r->line);
	if (!mustache_op_of(tag->sigil, &op))
		return FAIL_OK;
	TRY(mustache_add_tag(&r->b, op, tag->name, tag->name_size, r->line));
	if (op == MUSTACHE_PARTIAL)
		r->b.made->v[r->b.made->n - 1].indent = arena_strndup(r->b.keep, before, indent);
	return FAIL_OK;
}

static fail read_tag(struct reader *r, const char *tag_at)
{
	const char *before = tag_at, *after, *text = r->at;
	struct mustache_tag tag;
	bool alone;

	count_lines(r, tag_at);
	if (!mustache_read_tag(tag_at, (size_t)(r->end - tag_at), r->d.open, r->d.close, &tag))
		return problem(r->b.c, FAIL_INPUT, "", "%s: line %d: a tag begins here and is not closed; expected %s", r->b.made->name, r->line, r->d.close);
	alone = tag.sigil && !strchr("&{", tag.sigil) && stands_alone(r, tag_at, tag.size, &before, &after);
	if (!alone) {
		before = tag_at;
		after = tag_at + tag.size;
	}
	if (before > text)
		mustache_add_text(&r->b, text, (size_t)(before - text));
	TRY(add(r, &tag, before, alone ? (size_t)(tag_at - before) : 0));
	count_lines(r, after);
	return FAIL_OK;
}

fail mustache_compile(struct call *c, struct arena *keep, const char *name, const char *text, size_t n, struct mustache **out)
{
	struct reader r = { .d = { "{{", "}}" }, .line = 1 };
	const char *tag;

	r.begin = r.at = arena_strndup(keep, text, n);
	r.end = r.begin + n;
	mustache_begin(&r.b, c, keep, name, line_place, NULL);
	while ((tag = find(r.at, r.end, r.d.open)))
		TRY(read_tag(&r, tag));
	mustache_add_text(&r.b, r.at, (size_t)(r.end - r.at));
	return mustache_finish(&r.b, out);
}
