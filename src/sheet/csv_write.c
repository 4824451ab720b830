/* csv_write.c — quoting and the guard against formulas. */
#include "sheet/csv_write.h"

#include <string.h>

void csv_begin_write(struct csv_writer *w, struct out *out, bool excel)
{
	*w = (struct csv_writer){ .out = out, .excel = excel };
	if (excel)
		out_bytes(out, "\xEF\xBB\xBF", 3);
}

/* A minus, digits, at most one point with digits behind it: harmless in a spreadsheet. */
static bool negative_number(const char *s)
{
	size_t whole = *s == '-' ? strspn(s + 1, "0123456789") : 0, part;

	if (whole == 0)
		return false;
	s += 1 + whole;
	if (*s != '.')
		return *s == '\0';
	part = strspn(s + 1, "0123456789");
	return part > 0 && s[1 + part] == '\0';
}

bool csv_needs_guard(const char *text)
{
	const char *s = text + strspn(text, "'");

	if (*s == '\0' || strchr("=+-@\t\r", *s) == NULL)
		return false;
	return s > text || !negative_number(s);
}

/* Also where a blank, a mark (EF BB BF) or Excel's hint at the edge of a text might be taken for something else. */
static bool needs_quotes(const char *text, size_t n)
{
	return text[strcspn(text, ",;\"\r\n\t")] != '\0' || *text == ' ' || *text == '\xEF' || (n > 0 && text[n - 1] == ' ') || strncmp(text, "sep=", 4) == 0;
}

void csv_cell(struct csv_writer *w, const char *text)
{
	bool guard = csv_needs_guard(text);
	size_t n = strlen(text);
	const char *quote;

	if (w->filled)
		out_char(w->out, ',');
	w->filled = true;
	if (!needs_quotes(text, n)) {
		if (guard)
			out_char(w->out, '\'');
		out_bytes(w->out, text, n);
		return;
	}
	out_str(w->out, guard ? "\"'" : "\"");
	while ((quote = strchr(text, '"')) != NULL) {
		out_bytes(w->out, text, (size_t)(quote + 1 - text));
		out_char(w->out, '"');
		text = quote + 1;
	}
	out_str(w->out, text);
	out_char(w->out, '"');
}

void csv_row_end(struct csv_writer *w)
{
	out_str(w->out, w->excel ? "\r\n" : "\n");
	w->filled = false;
}
