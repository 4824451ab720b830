/* xml_tree.h — a part of a Word document as a tree that can be changed and written again.
 *
 * Names and attributes are kept as they are written; elements of WordprocessingML are known by their local name, whatever prefix the file uses.
 * Document type declarations are refused, so no entity can expand. */
#ifndef CHIBO_PAPER_XML_TREE_H
#define CHIBO_PAPER_XML_TREE_H

#include "base/call.h"
#include "base/out.h"

enum xml_kind { XML_ELEMENT, XML_TEXT, XML_TAG };

struct xml_node {
	enum xml_kind kind;
	int op, where;            /* of a tag: enum mustache_op, place */
	union {
		struct {                  /* an element */
			const char *name;     /* with prefix */
			const char *w;        /* its local name when it is WordprocessingML, otherwise "" */
			const char **attrs;   /* name, value, …, NULL */
		};
		struct {                  /* a text or a tag */
			const char *text;     /* the name in a tag */
			size_t size;
			struct xml_node *partner; /* of the tag that begins a section, the one that ends it, and the other way round */
		};
	};
	struct xml_node *parent, *first, *last, *prev, *next;
};

/* The tree lives in `keep`. `file` and `part` are for messages. FAIL_INPUT with line and column: not well formed, a document type, deeper than 200 levels
 * or larger than a document can be. */
fail xml_parse(struct call *c, struct arena *keep, const char *file, const char *part, const char *data, size_t n, struct xml_node **out) MUST_CHECK;

/* Is it that element of WordprocessingML? NULL is none. */
bool xml_is(const struct xml_node *node, const char *w);
/* The first child element of that name, or NULL. */
struct xml_node *xml_child(const struct xml_node *node, const char *w);
/* The value of an attribute by its local name, or NULL. */
const char *xml_value(const struct xml_node *node, const char *local);
/* The value of the attribute w:val of the child `w`; NULL when there is no such child or attribute. */
const char *xml_val(const struct xml_node *node, const char *w);
/* Is the switch <w:name/> there and not off? */
bool xml_on(const struct xml_node *node, const char *w);

/* Takes a node out of its parent; puts one in front of another, or at the end of a parent (`before` NULL). */
void xml_remove(struct xml_node *node);
void xml_insert(struct xml_node *parent, struct xml_node *before, struct xml_node *node);
/* A copy of the element without its children; one with them. */
struct xml_node *xml_copy_head(struct arena *a, const struct xml_node *node);
struct xml_node *xml_copy(struct arena *a, const struct xml_node *node);

/* Text of an element's content, escaped; the tags around it. */
void xml_escape_text(struct out *o, const char *s, size_t n);
void xml_write_start(struct out *o, const struct xml_node *node);
void xml_write_end(struct out *o, const struct xml_node *node);

#endif
