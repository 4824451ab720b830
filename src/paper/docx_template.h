/* docx_template.h — one part of a Word document made into a Mustache text: tags joined, sections put around what they repeat. */
#ifndef CHIBO_PAPER_DOCX_TEMPLATE_H
#define CHIBO_PAPER_DOCX_TEMPLATE_H

#include "paper/mustache.h"
#include "paper/xml_tree.h"

/* Compiles the part whose tree is `root` into `keep`; the tree is changed. `label` is what people call the part ("page header"), NULL for the document itself. */
fail docx_compile(struct call *c, struct arena *keep, const char *file, const char *label, struct xml_node *root, struct mustache **out) MUST_CHECK;
/* How values stand in such a text: escaped, line ends as breaks, tabs as tabs, characters that XML does not know left out. */
mustache_escape docx_escape;

#endif
