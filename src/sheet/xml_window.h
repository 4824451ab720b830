/* xml_window.h — a window over a part that holds whole elements of one kind: the rows of a sheet, the items of a string table.
 *
 * An element of the kind never holds another, and "<" never stands in text, so everything before the last opening tag is whole. */
#ifndef CHIBO_SHEET_XML_WINDOW_H
#define CHIBO_SHEET_XML_WINDOW_H

#include "sheet/xlsx_package.h"

struct xml_window {
	struct part *part;
	const char *tag;  /* "row" */
	char *data;       /* eight zero bytes stand behind the end */
	size_t room, size;
	size_t at;        /* the next byte to look at */
	size_t whole;     /* up to here elements are whole */
	bool ended;
};

void window_begin(struct xml_window *w, struct part *part, const char *tag);
/* Frees the buffer; the part stays the caller's. */
void window_end(struct xml_window *w);
/* Makes w->whole greater than w->at, or equal to it at the end of the part. FAIL_INPUT when one element is larger than 16 MB. */
fail window_fill(struct call *c, struct xml_window *w) MUST_CHECK;

#endif
