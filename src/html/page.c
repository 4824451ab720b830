/* page.c — the frame around a page. Its HTML is in views/frame_begin.html and frame_end.html. */
#include "html/page.h"

#include <string.h>

#include "html/form.h"
#include "html/frame.h"
#include "html_views.h"

void page_crumb(struct page *pg, const char *href, const char *text)
{
	struct crumb *more = ARENA_ARRAY(pg->arena, pg->crumb_n + 1, struct crumb);

	if (pg->crumb_n)
		memcpy(more, pg->crumbs, pg->crumb_n * sizeof *more);
	more[pg->crumb_n] = (struct crumb){ href, text };
	pg->crumbs = more;
	pg->crumb_n++;
}

/* Does `path` lie at or below `href`? "/" only covers itself. */
static bool lies_below(const char *path, const char *href)
{
	size_t n = strlen(href);

	if (strcmp(href, "/") == 0)
		return strcmp(path, "/") == 0 || strncmp(path, "/?", 2) == 0;
	return strncmp(path, href, n) == 0 && strchr("/?", path[n]) != NULL;
}

void page_nav_current(struct nav_item *nav, size_t n, const char *path)
{
	struct nav_item *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (lies_below(path, nav[i].href) && (!best || strlen(nav[i].href) > strlen(best->href)))
			best = &nav[i];
	if (best)
		best->current = true;
}

void html_frame_begin(struct out *o, const struct page *pg)
{
	view_frame_begin(o, pg);
}

void html_frame_end(struct out *o, const struct page *pg)
{
	view_frame_end(o, pg);
}

void html_csrf(struct out *o, const struct page *pg)
{
	if (pg->csrf && *pg->csrf)
		html_hidden(o, pg, "csrf", pg->csrf);
}

#define PICTURE(paths) "<svg viewBox=\"0 0 20 20\" aria-hidden=\"true\">" paths "</svg>"

struct html nav_picture(enum nav_icon icon)
{
	static const char *const pictures[] = {
		[NAV_HOME] = PICTURE("<path d=\"M3 9.5 10 3.5l7 6M5 8.5v8h10v-8M8.5 16.5v-4.5h3v4.5\"/>"),
		[NAV_UNITS] = PICTURE("<path d=\"M7.5 2.5h5v4h-5zM2.5 13.5h5v4h-5zM12.5 13.5h5v4h-5zM10 6.5v3.5M5 13.5V10h10v3.5\"/>"),
		[NAV_MEETINGS] = PICTURE("<path d=\"M3.5 4.5h13v12h-13zM3.5 8h13M7 2.5v4M13 2.5v4M7 12l2 2 4-4\"/>"),
		[NAV_REPORTS] = PICTURE("<path d=\"M3 17h14M5 17v-5M10 17V8M15 17V3.5\"/>"),
		[NAV_TASKS] = PICTURE("<path d=\"M3 5l1.5 1.5L7 3.5M3 11l1.5 1.5L7 9.5M3 16.5h3M10 5h7M10 11h7M10 16.5h7\"/>"),
		[NAV_SETTINGS] = PICTURE("<path d=\"M3 6h8M15 6h2M3 14h2M9 14h8\"/><circle cx=\"13\" cy=\"6\" r=\"2\"/><circle cx=\"7\" cy=\"14\" r=\"2\"/>"),
	};
	return (struct html){ pictures[icon] };
}

/* Vietnamese names end with the given name. */
const char *initial(struct arena *a, const char *name)
{
	const char *last = strrchr(name, ' ');
	bool named = last && last[1] && !(last[1] >= '0' && last[1] <= '9'); /* "Bí thư 4" is no given name */
	const char *s = named ? last + 1 : name;
	size_t n = 1;

	while (s[n] && ((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	return arena_strndup(a, s, *s ? n : 0);
}
