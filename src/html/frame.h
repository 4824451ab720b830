/* frame.h — what the templates of this room ask for, and the page shown when something went wrong. */
#ifndef CHIBO_HTML_FRAME_H
#define CHIBO_HTML_FRAME_H

#include "html/parts.h"

struct problem_page {
	int status;
	const char *title, *text, *advice; /* already translated */
};

/* A small picture for the navigation. */
struct html nav_picture(enum nav_icon icon);
/* The first letter of the given name, for the round sign of the person. */
const char *initial(struct arena *a, const char *name);

/* "ascending", "descending" or NULL. */
const char *column_sort(const struct table *t, const struct column *c);
/* The address that sorts by this column, or turns its order round. */
const char *column_link(struct arena *a, const struct table *t, const struct column *c);

/* The period one step (its own length) before or after, structure kept. */
const char *chooser_link(struct arena *a, const struct chooser *c, int step);
/* <option>s: the year, halves, quarters and months around `p`. */
void html_period_options(struct out *o, const struct page *pg, struct period p);

#endif
