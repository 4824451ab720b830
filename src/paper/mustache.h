/* mustache.h — Mustache: texts with names in double braces, compiled once and filled many times.
 *
 * Names with dots, sections, inverted sections, comments, set delimiters and partials as the public specification has them. The facts are
 * JSON values of jansson. False are: false, null, an empty list, an empty text, and a name that is not there.
 *
 * Lenient rendering (the specification) prints nothing for an unknown name. Strict rendering, which documents use, refuses a name that no level of
 * the context has, and a list or object where a text is wanted, naming it and its place. A compiled text is only read afterwards: any number of threads
 * may render it at once. */
#ifndef CHIBO_PAPER_MUSTACHE_H
#define CHIBO_PAPER_MUSTACHE_H

#include "base/call.h"
#include "base/out.h"

struct mustache; /* a compiled text */
struct json_t;   /* a value of jansson, which a file includes before base/json.h */

/* Writes a value so that it is text and nothing else in what is being made. */
typedef void mustache_escape(struct out *o, const char *s, size_t n);
mustache_escape mustache_html; /* & < > " ' */
mustache_escape mustache_plain; /* as it is */

/* Words for a place of the text: "line 3". In the call's language and arena. */
typedef const char *mustache_place(struct call *c, void *arg, int where);

struct mustache_options {
	mustache_escape *escape; /* {{name}}; NULL: mustache_html */
	mustache_escape *raw;    /* {{{name}}} and {{&name}}; NULL: mustache_plain */
	bool strict;
	void (*unknown)(void *arg, const char *sentence); /* strict: told of every such name instead of stopping at the first */
	void *unknown_arg;
	const struct mustache *(*partial)(void *arg, const char *name); /* NULL, or answering NULL: the partial is empty */
	void *partial_arg;
};

enum { MUSTACHE_DEPTH = 64 }; /* sections within sections; partials within partials count too */

/* Compiles n bytes into `keep`. `name` is what messages call the text. FAIL_INPUT with name and line: a tag or section that is not closed, closed but
 * not open, or nested too deeply. */
fail mustache_compile(struct call *c, struct arena *keep, const char *name, const char *text, size_t n, struct mustache **out) MUST_CHECK;
/* Writes the text filled with `data`. FAIL_INPUT when strict and a name is unknown, or when partials nest too deeply. */
fail mustache_render(struct call *c, const struct mustache *m, const struct json_t *data, const struct mustache_options *options, struct out *out) MUST_CHECK;

#endif
