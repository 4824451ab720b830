/* print_html.h — a document as a page to look at and to print: the same text, paper size and margins by @page. */
#ifndef CHIBO_PAPER_PRINT_HTML_H
#define CHIBO_PAPER_PRINT_HTML_H

#include "paper/doc.h"

/* A whole page with its style inside; no script, nothing loaded. Headers and footers of the pages are left to the browser. */
fail print_html(struct call *c, const struct doc *doc, struct out *out) MUST_CHECK;
/* The Content-Security-Policy under which exactly that page's style counts. */
const char *print_html_policy(struct arena *a, const char *html, size_t n);

#endif
