/* xml_window.c — reading a part in whole elements. Does not look inside them. */
#include "sheet/xml_window.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW = 1 << 18, ELEMENT_MAX = 16 << 20, BEHIND = 16 };

void window_begin(struct xml_window *w, struct part *part, const char *tag)
{
	*w = (struct xml_window){ .part = part, .tag = tag };
}

void window_end(struct xml_window *w)
{
	free(w->data);
	w->data = NULL;
}

/* The last opening tag of the kind behind `at`, or `at`. */
static size_t last_tag(const struct xml_window *w)
{
	size_t n = strlen(w->tag), end = w->size;

	while (end > w->at) {
		const char *s = memrchr(w->data + w->at, '<', end - w->at);
		if (s == NULL)
			break;
		end = (size_t)(s - w->data);
		if (w->size - end > n + 1 && memcmp(s + 1, w->tag, n) == 0 && strchr(" >/\t\r\n", s[n + 1]) != NULL)
			return end;
	}
	return w->at;
}

static fail make_room(struct call *c, struct xml_window *w)
{
	char *larger;
	size_t room = w->room == 0 ? WINDOW : 2 * w->room;

	if (w->size < w->room / 2)
		return FAIL_OK;
	if (room > ELEMENT_MAX)
		return problem(c, FAIL_INPUT, "file", "one row of the sheet is larger than 16 MB; look whether this file is a table at all");
	larger = realloc(w->data, room + BEHIND);
	if (larger == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	w->data = larger;
	w->room = room;
	return FAIL_OK;
}

fail window_fill(struct call *c, struct xml_window *w)
{
	size_t got;

	if (w->at > 0)
		memmove(w->data, w->data + w->at, w->size - w->at);
	w->size -= w->at;
	w->at = w->whole = 0;
	while (w->whole == 0 && !w->ended) {
		TRY(make_room(c, w));
		TRY(part_read(c, w->part, w->data + w->size, w->room - w->size, &got));
		w->size += got;
		w->ended = got == 0;
		w->whole = w->ended ? w->size : last_tag(w);
	}
	if (w->ended)
		w->whole = w->size;
	memset(w->data + w->size, 0, BEHIND);
	return FAIL_OK;
}
