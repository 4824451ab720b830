/* doc_style.h — the styles of a Word document, and how properties are laid one over the other. */
#ifndef CHIBO_PAPER_DOC_STYLE_H
#define CHIBO_PAPER_DOC_STYLE_H

#include "paper/doc.h"
#include "paper/xml_tree.h"

struct doc_styles; /* styles.xml and numbering.xml */

fail doc_styles_read(struct call *c, const struct docx_filled *filled, struct doc_styles **out) MUST_CHECK;
/* What a paragraph, a run or a table is before anything is said of it. */
void doc_paragraph_begin(const struct doc_styles *s, const struct xml_node *properties, struct doc_paragraph *out);
void doc_look_begin(const struct doc_styles *s, const struct doc_paragraph *p, const struct xml_node *properties, struct doc_look *out);
void doc_table_begin(const struct doc_styles *s, const struct xml_node *properties, struct doc_table *out);

/* Lays what the properties (w:rPr, w:tcBorders …) say over what is there; NULL says nothing. */
void doc_look_apply(const struct xml_node *properties, struct doc_look *out);
void doc_borders_apply(const struct xml_node *borders, struct doc_border *out, int sides);
void doc_margins_apply(const struct xml_node *margins, int out[4]);
int doc_color(const char *hex, int otherwise);
/* Twips of an attribute, or `otherwise`. */
int doc_length(const struct xml_node *node, const char *local, int otherwise);

/* The number or bullet before a paragraph of a list, counted on; NULL when it is in none. Indents of the list go into the paragraph. */
const char *doc_list_mark(struct call *c, struct doc_styles *s, struct doc_paragraph *p, const struct xml_node *properties);

#endif
