/* views — turns view templates into typed C.
 *
 *	views ROOM out.c out.h a.html b.html …
 *
 * A template names its function and the struct it shows, then is plain HTML with
 *	{{ expression }}                     written as its C type asks (html/html.h): text is escaped
 *	{% if e %} {% elif e %} {% else %} {% end %}
 *	{% for x in list %} … {% else %} … {% end %}   list: a struct { v, n }; or `for x in pointer, count`; x points to the item
 *	{% let x = e %}                      a name for the rest of the block
 *	{% t "English %s" e %}               translated text with values
 *	{% call name(args) %}                html_name(o, pg, args): a component
 *	{% view name(args) %}                view_name(o, pg, args): another template
 *	{# page NAME TYPE #} or {# view NAME TYPE #} on top, {# include "room/x.h" #}, other {# comments #}
 * Expressions are C; `v` is the struct, `pg` the page, `o` the output. A misspelt field is an ordinary compiler error that
 * points into the template.
 *
 * The generator follows the HTML closely enough to know where a value stands. It refuses values outside text and quoted
 * attributes, a value that begins an address without url(), inline scripts and styles (the content security policy would
 * block them), and branches that leave a tag half open. It does not check that the HTML is valid: a test does. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum place { IN_TEXT, IN_TAG_NAME, IN_TAG, IN_ATTR_NAME, AFTER_EQUALS, IN_VALUE, IN_COMMENT };

/* Where in the HTML the template has come to. */
struct html_at {
	enum place place;
	char quote;
	bool value_start; /* nothing of the attribute's value was written yet */
	char tag[32], attr[32];
	bool closing;
	char keep[16];    /* inside <pre>, <textarea>: white space stays */
};

enum block_kind { BLOCK_IF, BLOCK_FOR };
struct block {
	enum block_kind kind;
	int line;
	struct html_at before, first_end;
	bool has_else, has_first_end;
	char count[256]; /* of a for: the expression that counts */
};

struct view {
	const char *path;
	char *text, *at;
	int line;
	char name[64], type[96];
	bool is_page;
	struct html_at html;
	struct block blocks[32];
	int depth;
	FILE *c, *head;
	FILE *body;       /* statements, written behind the includes */
	char *body_text;
	size_t body_size;
	char *pending;    /* literal HTML not yet written */
	size_t pending_n, pending_room;
};

static void die(const struct view *v, const char *fmt, ...)
{
	va_list args;
	fprintf(stderr, "%s:%d: error: ", v->path, v->line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void *must(void *p)
{
	if (!p) {
		fputs("views: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

static char *read_all(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	size_t n = 0, room = 1 << 16;
	char *s = must(malloc(room));
	for (size_t got; (got = fread(s + n, 1, room - n - 1, f)) > 0;) {
		n += got;
		if (n + 1 == room)
			s = must(realloc(s, room *= 2));
	}
	fclose(f);
	s[n] = '\0';
	return s;
}

/* ---- literal HTML ---- */

static void pend(struct view *v, char ch)
{
	if (v->pending_n == v->pending_room)
		v->pending = must(realloc(v->pending, v->pending_room = v->pending_room ? v->pending_room * 2 : 1024));
	v->pending[v->pending_n++] = ch;
}

static void flush(struct view *v)
{
	if (v->pending_n == 0)
		return;
	fprintf(v->body, "\tout_bytes(o, \"");
	for (size_t i = 0; i < v->pending_n; i++) {
		char ch = v->pending[i];
		if (ch == '\n')
			fputs("\\n", v->body);
		else if (ch == '\t')
			fputs("\\t", v->body);
		else if (ch == '"' || ch == '\\')
			fprintf(v->body, "\\%c", ch);
		else
			fputc(ch, v->body);
	}
	fprintf(v->body, "\", %zu);\n", v->pending_n);
	v->pending_n = 0;
}

static void statement(struct view *v, const char *fmt, ...)
{
	va_list args;
	flush(v);
	fprintf(v->body, "#line %d \"%s\"\n\t", v->line, v->path);
	va_start(args, fmt);
	vfprintf(v->body, fmt, args);
	va_end(args);
	fputc('\n', v->body);
}

/* ---- following the HTML ---- */

static void append(char *word, size_t room, char ch)
{
	size_t n = strlen(word);
	if (n + 1 < room) {
		word[n] = (char)tolower((unsigned char)ch);
		word[n + 1] = '\0';
	}
}

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static void attr_begins(struct view *v)
{
	struct html_at *h = &v->html;
	if (strcmp(h->attr, "style") == 0 || strncmp(h->attr, "on", 2) == 0)
		die(v, "attribute %s: inline scripts and styles are blocked; use a class or a script file", h->attr);
	h->place = AFTER_EQUALS;
}

static void tag_ends(struct view *v)
{
	static const char *const kept[] = { "pre", "textarea", NULL };
	struct html_at *h = &v->html;
	if (h->closing && strcmp(h->tag, h->keep) == 0)
		h->keep[0] = '\0';
	else if (!h->closing && is_one_of(h->tag, kept))
		snprintf(h->keep, sizeof h->keep, "%.15s", h->tag);
	if (!h->closing && strcmp(h->tag, "style") == 0)
		die(v, "<style>: inline styles are blocked; use a class");
	h->place = IN_TEXT;
}

static void follow_tag(struct view *v, char ch)
{
	struct html_at *h = &v->html;
	if (ch == '>')
		tag_ends(v);
	else if (h->place == IN_TAG_NAME && ch == '/' && h->tag[0] == '\0')
		h->closing = true;
	else if (h->place == IN_TAG_NAME && !isspace((unsigned char)ch))
		append(h->tag, sizeof h->tag, ch);
	else if (isspace((unsigned char)ch) || ch == '/')
		h->place = IN_TAG;
	else if (ch == '=' && h->place == IN_ATTR_NAME)
		attr_begins(v);
	else {
		if (h->place != IN_ATTR_NAME)
			h->attr[0] = '\0';
		h->place = IN_ATTR_NAME;
		append(h->attr, sizeof h->attr, ch);
	}
}

static void follow(struct view *v, char ch)
{
	struct html_at *h = &v->html;
	switch (h->place) {
	case IN_TEXT:
		if (ch == '<' && strncmp(v->at, "<!--", 4) == 0)
			h->place = IN_COMMENT;
		else if (ch == '<') {
			h->place = IN_TAG_NAME;
			h->tag[0] = '\0';
			h->closing = false;
		}
		break;
	case IN_COMMENT:
		if (ch == '>' && v->at - v->text >= 2 && v->at[-1] == '-' && v->at[-2] == '-')
			h->place = IN_TEXT;
		break;
	case AFTER_EQUALS:
		if (ch != '"' && ch != '\'')
			die(v, "attribute %s: the value must be in quotes", h->attr);
		h->quote = ch;
		h->value_start = true;
		h->place = IN_VALUE;
		break;
	case IN_VALUE:
		if (ch == h->quote)
			h->place = IN_TAG;
		h->value_start = false;
		break;
	default:
		follow_tag(v, ch);
	}
}

/* Runs of white space that hold a line end become one line end, except where it shows. */
static void literal(struct view *v, const char *end)
{
	while (v->at < end) {
		char ch = *v->at;
		bool squeeze = v->html.place == IN_TEXT && v->html.keep[0] == '\0' && isspace((unsigned char)ch);
		if (!squeeze) {
			follow(v, ch);
			if (v->html.place != IN_COMMENT && !(ch == '>' && v->at >= v->text + 2 && strncmp(v->at - 2, "-->", 3) == 0))
				pend(v, ch);
			v->line += ch == '\n';
			v->at++;
			continue;
		}
		bool newline = false;
		for (; v->at < end && isspace((unsigned char)*v->at); v->at++) {
			newline |= *v->at == '\n';
			v->line += *v->at == '\n';
		}
		char last = v->pending_n ? v->pending[v->pending_n - 1] : 0;
		if (last != '\n' && !(newline && last == 0 && v->body_size == 0 && ftell(v->body) == 0))
			pend(v, newline ? '\n' : ' ');
	}
}

/* ---- values ---- */

static bool is_address(const char *attr)
{
	static const char *const names[] = { "href", "action", "src", "formaction", "poster", "cite", NULL };
	return is_one_of(attr, names);
}

static void value(struct view *v, const char *expression)
{
	struct html_at *h = &v->html;
	if (h->place == IN_TEXT && (strcmp(h->tag, "script") == 0 && !h->closing))
		die(v, "a value inside <script>: put it in a data- attribute");
	if (h->place != IN_TEXT && h->place != IN_VALUE)
		die(v, "a value may stand in text or in a quoted attribute only");
	bool address = h->place == IN_VALUE && is_address(h->attr);
	if (address && h->value_start && strncmp(expression, "url(", 4) != 0)
		die(v, "%s begins with a value: write %s=\"{{ url(%s) }}\" for a whole address", h->attr, h->attr, expression);
	statement(v, "%s(o, pg, %s);", address ? "OUT_URL" : "OUT", expression);
	h->value_start = false;
}

/* {% t "words" a, b %} */
static void translated(struct view *v, char *rest)
{
	if (v->html.place != IN_TEXT && v->html.place != IN_VALUE)
		die(v, "a text may stand in text or in a quoted attribute only");
	if (*rest != '"')
		die(v, "t: a text in quotes is expected");
	char *end = rest + 1;
	while (*end && *end != '"')
		end += *end == '\\' && end[1] ? 2 : 1;
	if (*end != '"')
		die(v, "t: the text has no closing quote");
	char *args = end + 1;
	while (isspace((unsigned char)*args) || *args == ',')
		args++;
	if (*args == '\0') {
		statement(v, "{ static struct html_words w_; html_t_once(o, pg, &w_, %.*s); }", (int)(end + 1 - rest), rest);
		return;
	}
	statement(v, "{ static struct html_words w_; for (struct html_tr t_ = html_tr_once(o, pg, &w_, %.*s); html_tr_next(&t_);) switch (t_.arg) {",
	          (int)(end + 1 - rest), rest);
	int n = 0, depth = 0;
	char *from = args;
	for (char *p = args;; p++) {
		depth += (*p == '(' || *p == '[') - (*p == ')' || *p == ']');
		if (*p && !(*p == ',' && depth == 0))
			continue;
		fprintf(v->body, "\tcase %d: OUT(o, pg, %.*s); break;\n", n++, (int)(p - from), from);
		if (!*p)
			break;
		from = p + 1;
	}
	fputs("\t} }\n", v->body);
}

/* ---- blocks ---- */

static struct block *open_block(struct view *v, enum block_kind kind)
{
	if (v->depth == (int)(sizeof v->blocks / sizeof *v->blocks))
		die(v, "blocks are nested too deeply");
	struct block *b = &v->blocks[v->depth++];
	*b = (struct block){ .kind = kind, .line = v->line, .before = v->html };
	return b;
}

static bool within_tag(const struct html_at *h)
{
	return h->place == IN_TAG_NAME || h->place == IN_TAG || h->place == IN_ATTR_NAME;
}

/* Behind the tag's name, between attributes or behind an attribute's name is the same place. */
static bool same_place(const struct html_at *a, const struct html_at *b)
{
	if (within_tag(a) && within_tag(b))
		return strcmp(a->tag, b->tag) == 0 && a->closing == b->closing;
	if (a->place == IN_VALUE && b->place == IN_VALUE)
		return a->quote == b->quote && strcmp(a->attr, b->attr) == 0;
	return a->place == b->place;
}

static void end_branch(struct view *v, struct block *b)
{
	if (!b->has_first_end) {
		b->first_end = v->html;
		b->has_first_end = true;
	} else if (!same_place(&b->first_end, &v->html)) {
		die(v, "the branches of the block from line %d end in different places of a tag", b->line);
	}
}

static struct block *innermost(struct view *v, const char *word)
{
	if (v->depth == 0)
		die(v, "{%% %s %%} without a block", word);
	return &v->blocks[v->depth - 1];
}

static void block_for(struct view *v, char *rest)
{
	char name[64];
	int used = 0;
	if (sscanf(rest, "%63[A-Za-z0-9_] in %n", name, &used) != 1 || used == 0)
		die(v, "for: expected `for x in list`");
	char *list = rest + used, *comma = NULL;
	int depth = 0;
	for (char *p = list; *p; p++) {
		depth += (*p == '(' || *p == '[') - (*p == ')' || *p == ']');
		if (*p == ',' && depth == 0)
			comma = p;
	}
	struct block *b = open_block(v, BLOCK_FOR);
	char items[256];
	if (comma) {
		*comma = '\0';
		snprintf(items, sizeof items, "(%s)", list);
		snprintf(b->count, sizeof b->count, "(%s)", comma + 1);
	} else {
		snprintf(items, sizeof items, "(%s).v", list);
		snprintf(b->count, sizeof b->count, "(%s).n", list);
	}
	statement(v, "for (size_t %s_i = 0; %s_i < (size_t)%s; %s_i++) { __auto_type %s = &%s[%s_i]; (void)%s;", name, name, b->count,
	          name, name, items, name, name);
}

static void block_else(struct view *v, const char *condition)
{
	struct block *b = innermost(v, condition ? "elif" : "else");
	if (b->has_else)
		die(v, "this block had its else already");
	end_branch(v, b);
	if (b->kind == BLOCK_FOR) {
		if (condition)
			die(v, "elif belongs to if");
		statement(v, "} if (%s == 0) {", b->count);
	} else if (condition) {
		statement(v, "} else if (%s) {", condition);
	} else {
		statement(v, "} else {");
	}
	b->has_else = !condition;
	v->html = b->before;
}

static void block_end(struct view *v)
{
	struct block *b = innermost(v, "end");
	end_branch(v, b);
	bool may_skip = b->kind == BLOCK_FOR || !b->has_else;
	if (may_skip && !same_place(&b->before, &v->html))
		die(v, "the block from line %d begins and ends in different places of a tag", b->line);
	v->depth--;
	statement(v, "}");
}

static void component(struct view *v, const char *prefix, const char *rest)
{
	size_t n = strcspn(rest, "( \t");
	const char *open = strchr(rest, '(');
	if (n == 0 || !open || rest[strlen(rest) - 1] != ')')
		die(v, "expected name(arguments)");
	if (v->html.place != IN_TEXT)
		die(v, "a component inside a tag");
	const char *args = open + 1;
	while (isspace((unsigned char)*args))
		args++;
	statement(v, "%s_%.*s(o, pg%s%s;", prefix, (int)n, rest, *args == ')' ? "" : ", ", args);
}

static void directive(struct view *v, char *text)
{
	size_t n = strcspn(text, " \t\n");
	char *rest = text + n;
	while (isspace((unsigned char)*rest))
		rest++;
	if (strncmp(text, "if", n) == 0 && n == 2) {
		open_block(v, BLOCK_IF);
		statement(v, "if (%s) {", rest);
	} else if (n == 4 && strncmp(text, "elif", n) == 0) {
		block_else(v, rest);
	} else if (n == 4 && strncmp(text, "else", n) == 0) {
		block_else(v, NULL);
	} else if (n == 3 && strncmp(text, "for", n) == 0) {
		block_for(v, rest);
	} else if (n == 3 && strncmp(text, "end", n) == 0) {
		block_end(v);
	} else if (n == 3 && strncmp(text, "let", n) == 0) {
		statement(v, "__auto_type %s;", rest);
	} else if (n == 1 && *text == 't') {
		translated(v, rest);
	} else if (n == 4 && strncmp(text, "call", n) == 0) {
		component(v, "html", rest);
	} else if (n == 4 && strncmp(text, "view", n) == 0) {
		component(v, "view", rest);
	} else {
		die(v, "unknown directive `%.*s`", (int)n, text);
	}
}

/* {# page NAME TYPE #}, {# view NAME TYPE #}, {# include "x.h" #}; anything else is a comment. */
static void note(struct view *v, char *text)
{
	char kind[16], name[64], type[96] = "";
	if (strncmp(text, "include", 7) == 0) {
		fprintf(v->c, "#include %s\n", text + 7 + strspn(text + 7, " \t"));
		return;
	}
	if (sscanf(text, "%15s %63[A-Za-z0-9_] %95[A-Za-z0-9_ ]", kind, name, type) < 2)
		return;
	if (strcmp(kind, "page") != 0 && strcmp(kind, "view") != 0)
		return;
	if (v->name[0])
		die(v, "a second view in one file");
	strcpy(v->name, name);
	for (size_t n = strlen(type); n > 0 && type[n - 1] == ' ';)
		type[--n] = '\0';
	strcpy(v->type, type);
	v->is_page = kind[0] == 'p';
}

/* ---- one file ---- */

/* The text between two marks, trimmed; v->at moves behind it. */
static char *between(struct view *v, const char *close)
{
	char *from = v->at + 2, *end = strstr(from, close);
	if (!end)
		die(v, "%.2s has no %s", v->at, close);
	char *next = end + 2;
	while (from < end && isspace((unsigned char)*from))
		from++;
	while (end > from && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	v->at = next;
	return from;
}

static int lines_in(const char *from, const char *to)
{
	int n = 0;
	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

static void mark(struct view *v)
{
	char *from = v->at, kind = from[1];
	const char *close = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
	const char *found = strstr(from + 2, close);
	int lines = found ? lines_in(from, found) : 0;
	char *inner = between(v, close);
	if (kind == '#') {
		note(v, inner);
	} else {
		if (v->name[0] == '\0')
			die(v, "the file must begin with {# page NAME TYPE #} or {# view NAME TYPE #}");
		if (kind == '{')
			value(v, inner);
		else
			directive(v, inner);
	}
	v->line += lines;
}

static void signature(FILE *f, const struct view *v, const char *end)
{
	if (v->type[0])
		fprintf(f, "void view_%s(struct out *o, const struct page *pg, const %s *v)%s", v->name, v->type, end);
	else
		fprintf(f, "void view_%s(struct out *o, const struct page *pg)%s", v->name, end);
}

static void compile(const char *path, FILE *c, FILE *head)
{
	struct view v = { .path = path, .line = 1, .c = c, .head = head };
	v.at = v.text = read_all(path);
	v.body = must(open_memstream(&v.body_text, &v.body_size));
	while (*v.at) {
		if (v.at[0] == '{' && (v.at[1] == '{' || v.at[1] == '%' || v.at[1] == '#')) {
			mark(&v);
			continue;
		}
		char *end = v.at + 1;
		while (*end && !(end[0] == '{' && (end[1] == '{' || end[1] == '%' || end[1] == '#')))
			end++;
		literal(&v, end);
	}
	if (v.name[0] == '\0')
		die(&v, "the file names no view");
	if (v.depth)
		die(&v, "the block from line %d has no {%% end %%}", v.blocks[v.depth - 1].line);
	if (v.html.place != IN_TEXT)
		die(&v, "the file ends inside <%s>", v.html.tag);
	flush(&v);
	fclose(v.body);
	if (strncmp(v.type, "struct ", 7) == 0)
		fprintf(head, "%s;\n", v.type);
	signature(head, &v, ";\n");
	signature(c, &v, "\n{\n");
	fputs(v.type[0] ? "\t(void)v;\n" : "", c);
	fputs(v.is_page ? "\thtml_frame_begin(o, pg);\n" : "\t(void)pg;\n", c);
	fwrite(v.body_text, 1, v.body_size, c);
	fputs(v.is_page ? "\thtml_frame_end(o, pg);\n}\n\n" : "}\n\n", c);
	free(v.body_text);
	free(v.text);
	free(v.pending);
}

static FILE *create(const char *path)
{
	FILE *f = fopen(path, "wb");
	if (!f) {
		perror(path);
		exit(1);
	}
	return f;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fputs("usage: views ROOM out.c out.h FILE.html …\n", stderr);
		return 2;
	}
	FILE *c = create(argv[2]), *head = create(argv[3]);
	fprintf(head, "/* Views of %s, made by gen/views.c. */\n#ifndef CHIBO_%s_VIEWS_H\n#define CHIBO_%s_VIEWS_H\n\n", argv[1], argv[1],
	        argv[1]);
	fputs("#include \"base/out.h\"\n#include \"html/page.h\"\n\n", head);
	fprintf(c, "/* Views of %s, made by gen/views.c. */\n", argv[1]);
	fprintf(c, "#include \"%s_views.h\"\n\n#include <string.h>\n\n#include \"html/conflict.h\"\n#include \"html/form.h\"\n#include \"html/html.h\"\n#include \"html/parts.h\"\n\n", argv[1]);
	for (int i = 4; i < argc; i++)
		compile(argv[i], c, head);
	fputs("\n#endif\n", head);
	return (ferror(c) | fclose(c) | fclose(head)) ? 1 : 0;
}
