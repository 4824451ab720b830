/* mustache_render.c — filling a compiled text from a stack of JSON values. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "paper/mustache_build.h"

enum { LEVELS = 4 * MUSTACHE_DEPTH };

struct render {
	struct call *c;
	const struct mustache *m; /* the text or partial at hand */
	const struct mustache_options *options;
	struct out *out;
	const json_t *stack[LEVELS];
	int levels;
	const char *indent; /* of a partial: stands before each of its lines */
	bool line_begins;
};

void mustache_plain(struct out *o, const char *s, size_t n) { out_bytes(o, s, n); }

void mustache_html(struct out *o, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		switch (s[i]) {
		case '&': out_str(o, "&amp;"); break;
		case '<': out_str(o, "&lt;"); break;
		case '>': out_str(o, "&gt;"); break;
		case '"': out_str(o, "&quot;"); break;
		case '\'': out_str(o, "&#39;"); break;
		default: out_char(o, s[i]);
		}
}

/* ---- names ---- */

/* The value of a name: its first part from the nearest level that has it, the others inside of that. NULL: there is none. */
static const json_t *look_up(const struct render *r, const struct mustache_node *node)
{
	const json_t *found = NULL;

	if (node->part_count == 0)
		return r->stack[r->levels - 1];
	for (int i = r->levels - 1; i >= 0 && !found; i--)
		found = json_object_get(r->stack[i], node->parts[0]);
	for (size_t k = 1; found && k < node->part_count; k++)
		found = json_object_get(found, node->parts[k]);
	return found;
}

static bool is_false(const json_t *v)
{
	return !v || json_is_false(v) || json_is_null(v) || (json_is_array(v) && json_array_size(v) == 0) ||
	       (json_is_string(v) && json_string_length(v) == 0);
}

static fail unknown(struct render *r, const struct mustache_node *node)
{
	const struct mustache_options *o = r->options;
	const char *sentence;
	fail f;

	if (!o->strict)
		return FAIL_OK;
	f = problem(r->c, FAIL_INPUT, node->text, "%s: %s: “%s” is not a field of this form", r->m->name, r->m->place(r->c, r->m->place_arg, node->where),
	            node->text);
	if (!o->unknown)
		return f;
	sentence = r->c->problem.text;
	problem_clear(r->c);
	o->unknown(o->unknown_arg, sentence);
	return FAIL_OK;
}

static fail no_text(struct render *r, const struct mustache_node *node)
{
	if (!r->options->strict)
		return FAIL_OK;
	return problem(r->c, FAIL_INPUT, node->text, "%s: %s: “%s” is a list or has fields of its own; expected {{#%s}} … {{/%s}}", r->m->name,
	               r->m->place(r->c, r->m->place_arg, node->where), node->text, node->text, node->text);
}

/* ---- pieces ---- */

static void begin_line(struct render *r)
{
	if (r->line_begins && *r->indent)
		out_str(r->out, r->indent);
	r->line_begins = false;
}

static void text(struct render *r, const char *s, size_t n)
{
	const char *end = s + n;

	if (!*r->indent) {
		out_bytes(r->out, s, n);
		return;
	}
	while (s < end) {
		const char *line_end = memchr(s, '\n', (size_t)(end - s)), *stop = line_end ? line_end + 1 : end;

		begin_line(r);
		out_bytes(r->out, s, (size_t)(stop - s));
		r->line_begins = line_end;
		s = stop;
	}
}

static fail value(struct render *r, const struct mustache_node *node)
{
	mustache_escape *write = node->op == MUSTACHE_RAW ? (r->options->raw ? r->options->raw : mustache_plain)
	                                                  : (r->options->escape ? r->options->escape : mustache_html);
	const json_t *v = look_up(r, node);
	char number[40] = "";

	begin_line(r);
	if (!v)
		return unknown(r, node);
	if (json_is_string(v)) {
		write(r->out, json_string_value(v), json_string_length(v));
		return FAIL_OK;
	}
	if (json_is_array(v) || json_is_object(v))
		return no_text(r, node);
	if (json_is_integer(v))
		snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	else if (json_is_real(v))
		snprintf(number, sizeof number, "%.15g", json_real_value(v));
	else if (json_is_boolean(v))
		strcpy(number, json_is_true(v) ? "true" : "false");
	write(r->out, number, strlen(number));
	return FAIL_OK;
}

static fail run(struct render *r, size_t from, size_t to);

static fail with(struct render *r, const json_t *level, size_t from, size_t to)
{
	fail f;

	if (r->levels == LEVELS)
		return problem(r->c, FAIL_INPUT, "", "%s: sections and partials are nested more than %d deep", r->m->name, LEVELS);
	r->stack[r->levels++] = level;
	f = run(r, from, to);
	r->levels--;
	return f;
}

static fail section(struct render *r, const struct mustache_node *node)
{
	size_t from = (size_t)(node - r->m->v) + 1;
	const json_t *v = look_up(r, node), *item;
	size_t i;

	if (!v)
		TRY(unknown(r, node));
	if (node->op == MUSTACHE_INVERTED)
		return is_false(v) ? run(r, from, node->end) : FAIL_OK;
	if (is_false(v))
		return FAIL_OK;
	if (!json_is_array(v))
		return with(r, v, from, node->end);
	json_array_foreach(v, i, item)
		TRY(with(r, item, from, node->end));
	return FAIL_OK;
}

static fail partial(struct render *r, const struct mustache_node *node)
{
	const struct mustache *inner = r->options->partial ? r->options->partial(r->options->partial_arg, node->text) : NULL;
	const struct mustache *outer = r->m;
	const char *indent = r->indent;
	fail f;

	if (!inner)
		return FAIL_OK;
	r->m = inner;
	if (*node->indent) {
		r->indent = *indent ? arena_join(r->c->arena, indent, node->indent, NULL) : node->indent;
		r->line_begins = true;
	}
	f = with(r, r->stack[r->levels - 1], 0, inner->n);
	r->m = outer;
	r->indent = indent;
	return f;
}

static fail run(struct render *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct mustache_node *node = &r->m->v[i];

		switch (node->op) {
		case MUSTACHE_TEXT: text(r, node->text, node->size); break;
		case MUSTACHE_VALUE:
		case MUSTACHE_RAW: TRY(value(r, node)); break;
		case MUSTACHE_SECTION:
		case MUSTACHE_INVERTED:
			TRY(section(r, node));
			i = node->end;
			break;
		case MUSTACHE_PARTIAL: TRY(partial(r, node)); break;
		case MUSTACHE_CLOSE: break;
		}
	}
	return FAIL_OK;
}

fail mustache_render(struct call *c, const struct mustache *m, const json_t *data, const struct mustache_options *options, struct out *out)
{
	struct render r = { .c = c, .m = m, .options = options, .out = out, .stack = { data }, .levels = 1, .indent = "" };

	return run(&r, 0, m->n);
}
