/* parts.c — parts that several pages of this room use: a text edited in place, links to the paper, what is missing. */
#include "document/shown.h"

#include "document_views.h"

void html_text_edit(struct out *o, const struct page *pg, const struct text_edit *t)
{
	view_text_edit(o, pg, t);
}

void html_paper_links(struct out *o, const struct page *pg, const struct paper_links *p)
{
	view_paper_links(o, pg, p);
}

void html_issued(struct out *o, const struct page *pg, const struct issued_part *p)
{
	view_issued(o, pg, p);
}

void html_resolution_text(struct out *o, const struct page *pg, const struct text_edit *t)
{
	view_resolution_text(o, pg, t);
}

void html_gaps(struct out *o, const struct page *pg, const struct gaps *g)
{
	if (g->n)
		view_gaps(o, pg, g);
}

void html_lines(struct out *o, const struct page *pg, const struct lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		out_str(o, "<p>");
		html_text(o, pg, l->v[i]);
		out_str(o, "</p>\n");
	}
}

const char *field_date_of(const struct page *pg, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	return arena_strdup(pg->arena, text);
}
