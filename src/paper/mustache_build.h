/* mustache_build.h — making a compiled text piece by piece, for readers of other forms of templates (paper/docx_template.h). */
#ifndef CHIBO_PAPER_MUSTACHE_BUILD_H
#define CHIBO_PAPER_MUSTACHE_BUILD_H

#include "paper/mustache.h"

enum mustache_op { MUSTACHE_TEXT, MUSTACHE_VALUE, MUSTACHE_RAW, MUSTACHE_SECTION, MUSTACHE_INVERTED, MUSTACHE_CLOSE, MUSTACHE_PARTIAL };

struct mustache_node {
	enum mustache_op op;
	const char *text;         /* bytes of a text; name of a value, section or partial */
	size_t size;
	const char *const *parts; /* of a dotted name */
	size_t part_count;        /* 0: the name is "." */
	size_t end;               /* of a section: its MUSTACHE_CLOSE */
	int where;
	const char *indent;       /* of a partial that stands alone on its line */
};

struct mustache {
	const char *name;
	struct mustache_node *v;
	size_t n, room;
	mustache_place *place;
	void *place_arg;
};

struct mustache_builder {
	struct call *c;
	struct arena *keep;
	struct mustache *made;
	size_t open[MUSTACHE_DEPTH]; /* sections that are open */
	int depth;
};

/* `place` and its argument last as long as the compiled text. */
void mustache_begin(struct mustache_builder *b, struct call *c, struct arena *keep, const char *name, mustache_place *place, void *place_arg);
/* Literal bytes, which stay the caller's and last as long as the compiled text. */
void mustache_add_text(struct mustache_builder *b, const char *text, size_t n);
/* A value, section, end of a section or partial; the name is copied. Returns the problem with its place. */
fail mustache_add_tag(struct mustache_builder *b, enum mustache_op op, const char *name, size_t n, int where) MUST_CHECK;
fail mustache_finish(struct mustache_builder *b, struct mustache **out) MUST_CHECK;

/* One tag at `s`, which begins with `open`. */
struct mustache_tag {
	char sigil;       /* # ^ / > & ! = {, or 0 for a plain name */
	const char *name; /* without blanks around */
	size_t name_size;
	size_t size;      /* of the whole tag, braces included */
};
/* False: the tag is not closed. */
bool mustache_read_tag(const char *s, size_t n, const char *open, const char *close, struct mustache_tag *out);

/* The delimiters in force. */
enum { MUSTACHE_DELIMITER = 16 };
struct mustache_delimiters { char open[MUSTACHE_DELIMITER], close[MUSTACHE_DELIMITER]; };
/* "= <% %> =" read; false: they cannot be used. */
bool mustache_set_delimiters(const struct mustache_tag *tag, struct mustache_delimiters *out);
/* What a sigil adds to the text; false for comments and delimiters, which add nothing. */
bool mustache_op_of(char sigil, enum mustache_op *out);

#endif
