/* xlsx_scan.c — the scanner of a sheet in its usual form: elements without prefix, UTF-8, no comments inside rows.
 *
 * Works in place on a window of whole rows. It checks what it relies on and calls anything else damaged or foreign; it is no XML parser. */
#include <stdlib.h>
#include <string.h>

#include "sheet/encoding.h"
#include "sheet/xlsx_sheet.h"
#include "sheet/xlsx_text.h"

void sheet_scan_begin(struct sheet_scan *s, struct part *part)
{
	*s = (struct sheet_scan){ 0 };
	window_begin(&s->window, part, "row");
}

void sheet_scan_end(struct sheet_scan *s)
{
	window_end(&s->window);
}

/* ---- tags ---- */

static bool ends_name(char ch) { return ch == ' ' || ch == '>' || ch == '/' || ch == '\n' || ch == '\r' || ch == '\t'; }

/* memchr for what is usually near: a few steps here, then the library's. */
static inline const char *near(const char *p, const char *end, char ch)
{
	for (const char *soon = end - p < 12 ? end : p + 12; p < soon; p++)
		if (*p == ch)
			return p;
	return p < end ? memchr(p, ch, (size_t)(end - p)) : NULL;
}

/* Behind the next "<" at or after p; NULL at the end. */
static inline char *next_tag(char *p, char *end)
{
	const char *tag = near(p, end, '<');
	return tag == NULL ? NULL : p + (tag - p) + 1;
}

/* The ">" of the tag p stands in; NULL at the end. */
static char *tag_close(char *p, char *end)
{
	while (p < end && *p != '>')
		p++;
	return p < end ? p : NULL;
}

/* A comment, CDATA, an instruction or a prefixed element: left to expat. p: behind "<". */
static bool is_foreign(const char *p, const char *end)
{
	if (*p == '!' || *p == '?')
		return true;
	for (; p < end && !ends_name(*p); p++)
		if (*p == ':')
			return true;
	return false;
}

/* The next attribute of a tag in [p, close): its name if that is one letter, else 0, and where its value begins. Returns the place of the
 * closing quote, NULL when there are no more. */
static const char *next_attr(const char *p, const char *close, char *name, const char **value)
{
	const char *equal, *quote;

	while (p < close && !ends_name(*p))
		p++;
	while (p < close && ends_name(*p))
		p++;
	equal = near(p, close, '=');
	if (equal == NULL || close - equal < 3)
		return NULL;
	quote = near(equal + 2, close, equal[1]);
	*name = equal == p + 1 ? *p : '\0';
	*value = equal + 2;
	return quote;
}

/* ---- cells ---- */

/* A small whole number; anything else is 0. */
static size_t digits(const char *s)
{
	size_t n = 0;

	for (; *s >= '0' && *s <= '9' && n < 1000000; s++)
		n = 10 * n + (size_t)(*s - '0');
	return n;
}

/* <c r="AB12" s="3" t="s">; p behind "c". */
static void head_of(const char *p, const char *close, size_t otherwise, struct cell_head *h)
{
	const char *value;
	char name;

	*h = (struct cell_head){ .column = otherwise };
	while ((p = next_attr(p, close, &name, &value)) != NULL) {
		if (name == 'r')
			h->column = cell_column(value, otherwise);
		else if (name == 's')
			h->style = digits(value);
		else if (name == 't')
			h->type = cell_type_of(value);
		p++;
	}
}

/* Text of one <v> or <t>, decoded and moved behind what the cell already has. */
static bool take_text(char *from, char *stop, char **text, size_t *n)
{
	size_t more = (size_t)(stop - from);

	if (!xml_is_plain(from, more) && (!xml_decode(from, &more) || utf8_valid_until(from, more) < more))
		return false;
	if (*text == NULL)
		*text = from;
	else
		memmove(*text + *n, from, more);
	*n += more;
	return true;
}

struct inside {
	char *text;
	size_t n;
	bool phonetic, done;
};

/* One tag inside a cell, p behind its "<". Moves *at behind what was used. */
static bool inside_tag(struct inside *in, char *p, char *end, char **at)
{
	char *close = tag_close(p, end), *stop;

	if (close == NULL)
		return false;
	*at = close + 1;
	if ((p[0] == 'v' || p[0] == 't') && ends_name(p[1]) && close[-1] != '/' && !in->phonetic) {
		stop = next_tag(close + 1, end);
		if (stop == NULL || !take_text(close + 1, stop - 1, &in->text, &in->n))
			return false;
		*at = stop - 1;
	} else if (p[0] == '/' && p[1] == 'c' && ends_name(p[2])) {
		in->done = true;
	} else if (p[0] == 'c' && ends_name(p[1])) {
		return false;
	} else if (p[*p == '/'] == 'r' && strncmp(p + (*p == '/'), "rPh", 3) == 0) {
		in->phonetic = *p == 'r' && close[-1] != '/';
	}
	return true;
}

/* A cell; p behind "<c". Moves *at behind its end. */
static fail scan_cell(struct call *c, struct sheet_scan *s, struct xlsx_cells *cells, char *p, char *end, char **at, size_t *column)
{
	struct inside in = { 0 };
	struct cell_head head;
	char *close = tag_close(p, end);

	if (close == NULL)
		return package_damaged(c);
	head_of(p, close, *column, &head);
	*column = head.column + 1;
	*at = close + 1;
	while (close[-1] != '/' && !in.done) {
		p = next_tag(*at, end);
		if (p == NULL)
			return package_damaged(c);
		if (is_foreign(p, end)) {
			s->foreign = true;
			return FAIL_OK;
		}
		if (!inside_tag(&in, p, end, at))
			return package_damaged(c);
	}
	if (in.n == 0)
		return FAIL_OK;
	in.text[in.n] = '\0';
	return cells_set(c, cells, &head, in.text, in.n);
}

/* ---- rows ---- */

/* <row r="12" spans="1:9">; p behind "row". Without a number it is the next. */
static int64_t row_number(const char *p, const char *close, int64_t before)
{
	const char *value;
	char name;

	while ((p = next_attr(p, close, &name, &value)) != NULL) {
		if (name == 'r')
			return strtoll(value, NULL, 10);
		p++;
	}
	return before + 1;
}

static fail scan_row(struct call *c, struct sheet_scan *s, struct xlsx_cells *cells, char *p, char *end)
{
	char *close = tag_close(p, end);
	size_t column = 0;

	if (close == NULL)
		return package_damaged(c);
	s->line = row_number(p, close, s->line);
	cells_begin(cells, s->line);
	p = close + 1;
	while (close[-1] != '/') {
		char *tag = next_tag(p, end);
		if (tag == NULL)
			return package_damaged(c);
		if (tag[0] == 'c' && ends_name(tag[1])) {
			TRY(scan_cell(c, s, cells, tag + 1, end, &p, &column));
		} else if (strncmp(tag, "/row", 4) == 0) {
			p = tag + 5;
			break;
		} else if ((s->foreign = is_foreign(tag, end))) {
			return FAIL_OK;
		} else {
			p = tag;
		}
		if (s->foreign)
			return FAIL_OK;
	}
	s->window.at = (size_t)(p - s->window.data);
	return FAIL_OK;
}

/* The root decides: <worksheet> in UTF-8 is the usual form. */
static void look_at_root(struct sheet_scan *s)
{
	char *p = s->window.data, *end = p + s->window.whole;

	s->begun = true;
	s->foreign = xml_other_encoding(p);
	while (!s->foreign && (p = next_tag(p, end)) != NULL) {
		if (*p == '?')
			continue;
		s->foreign = strncmp(p, "worksheet", 9) != 0;
		return;
	}
}

fail sheet_scan_next(struct call *c, struct sheet_scan *s, struct xlsx_cells *cells, bool *more)
{
	struct xml_window *w = &s->window;

	*more = false;
	while (!s->done && !s->foreign) {
		if (w->at >= w->whole) {
			TRY(window_fill(c, w));
			if (w->whole == 0)
				return package_damaged(c);
			if (!s->begun)
				look_at_root(s);
			continue;
		}
		char *end = w->data + w->whole, *p = next_tag(w->data + w->at, end);
		if (p == NULL) {
			w->at = w->whole;
		} else if (strncmp(p, "row", 3) == 0 && ends_name(p[3])) {
			TRY(scan_row(c, s, cells, p + 3, end));
			*more = !s->foreign;
			return FAIL_OK;
		} else {
			s->foreign = *p == '!';
			s->done = strncmp(p, "/sheetData", 10) == 0 || strncmp(p, "/worksheet", 10) == 0;
			w->at = (size_t)(p - w->data);
		}
	}
	return FAIL_OK;
}
