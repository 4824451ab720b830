/* page.h — the frame around every page: who is signed in, where in the tree, what happened last, language, navigation.
 *
 * The router's page hook fills what belongs to the installation and the person (http/http.h); the handler adds title,
 * crumbs and whatever is its own. Views of kind `page` write the frame themselves. Everything lives in the call's arena. */
#ifndef CHIBO_HTML_PAGE_H
#define CHIBO_HTML_PAGE_H

#include "base/call.h"
#include "html/html.h"

struct crumb { const char *href, *text; };

enum nav_icon { NAV_HOME, NAV_UNITS, NAV_MEETINGS, NAV_REPORTS, NAV_TASKS, NAV_SETTINGS };
struct nav_item {
	const char *href, *text;
	enum nav_icon icon;
	bool current;
	int64_t waiting; /* things that wait there; 0 shows nothing */
};

/* What the last action did: shown once after the redirect. */
struct flash {
	const char *text;    /* NULL: nothing to say */
	const char *receipt; /* receipt code, or NULL */
	const char *undo;    /* local address that undoes it when posted to, or NULL */
};

struct page {
	enum lang lang;
	struct arena *arena;
	struct date today;
	const char *title;      /* of the document; the page writes its own <h1> */
	const char *site;       /* name of the installation */
	const char *accent;     /* lacquer indigo teal forest slate; NULL: lacquer */
	const char *path;       /* address of this page with its query, for the language switch and the printed line */
	const char *csrf;       /* "" when nobody is signed in */
	const char *who;        /* name of the person signed in, or NULL */
	const char *who_role;   /* in words, or NULL */
	const struct crumb *crumbs;
	size_t crumb_n;
	const struct nav_item *nav;
	size_t nav_n;
	struct flash flash;
	const char *search;     /* address of the search page, or NULL: no search box */
	const char *query;      /* what was searched for, shown in the box */
	const char *printed_at; /* moment for the printed line; NULL: today, and a script fills in the time (a page that holds the minute is never
	                           "unchanged" for its ETag) */
	bool wide;              /* a page for a laptop: tables use the whole width */
	bool plain;             /* no navigation: sign-in, errors before sign-in */
};

/* Adds a crumb; the last one added is the page itself when its href is NULL. */
void page_crumb(struct page *pg, const char *href, const char *text);
/* Marks the navigation item whose address is the longest beginning of `path`. */
void page_nav_current(struct nav_item *nav, size_t n, const char *path);

void html_frame_begin(struct out *o, const struct page *pg);
void html_frame_end(struct out *o, const struct page *pg);
/* <input type="hidden" name="csrf" …>: inside every form that posts. {% call csrf() %} */
void html_csrf(struct out *o, const struct page *pg);

#endif
