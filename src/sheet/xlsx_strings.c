/* xlsx_strings.c — a scanner of its own for the usual form, expat for prefixed elements and other encodings. */
#include "sheet/xlsx_strings.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "sheet/encoding.h"
#include "sheet/xlsx_book.h"
#include "sheet/xlsx_text.h"
#include "sheet/xml_window.h"

/* ---- the table ---- */

static fail larger(struct call *c, void **block, size_t *room, size_t need, size_t unit)
{
	size_t want = *room + *room / 2 + 4096;
	void *more;

	if (need <= *room)
		return FAIL_OK;
	if (want < need)
		want = need;
	more = realloc(*block, want * unit);
	if (more == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	*block = more;
	*room = want;
	return FAIL_OK;
}

/* Adds text to the string being made. */
static fail add_text(struct call *c, struct xlsx_strings *s, const struct xlsx_limits *limits, const char *text, size_t n)
{
	if ((int64_t)(s->size + n + s->n * sizeof *s->at) > limits->strings)
		return problem(c, FAIL_INPUT, "file", "the texts of the file need more than %lld MB; split it, or use CSV", (long long)(limits->strings >> 20));
	TRY(larger(c, (void **)&s->text, &s->room, s->size + n + 1, 1));
	memcpy(s->text + s->size, text, n);
	s->size += n;
	return FAIL_OK;
}

/* Ends the string being made and begins the next. */
static fail end_string(struct call *c, struct xlsx_strings *s, const struct xlsx_limits *limits)
{
	char *text;
	size_t n;

	TRY(add_text(c, s, limits, "", 0));
	TRY(larger(c, (void **)&s->at, &s->at_room, s->n + 2, sizeof *s->at));
	text = s->text + s->at[s->n];
	n = s->size - s->at[s->n];
	if (utf8_valid_until(text, n) < n)
		return package_damaged(c);
	xlsx_unescape(text, &n);
	text[n] = '\0';
	s->size = s->at[s->n] + n + 1;
	s->at[++s->n] = (uint32_t)s->size;
	return FAIL_OK;
}

static fail strings_begin(struct call *c, struct xlsx_strings *s)
{
	s->n = s->size = 0;
	TRY(larger(c, (void **)&s->at, &s->at_room, 2, sizeof *s->at));
	s->at[0] = 0;
	return FAIL_OK;
}

bool strings_get(const struct xlsx_strings *s, size_t i, struct sheet_cell *out)
{
	if (i >= s->n)
		return false;
	*out = (struct sheet_cell){ s->text + s->at[i], s->at[i + 1] - s->at[i] - 1 };
	return true;
}

void strings_free(struct xlsx_strings *s)
{
	free(s->text);
	free(s->at);
	*s = (struct xlsx_strings){ 0 };
}

/* ---- the usual form ---- */

/* Is it this name at s, and no longer one? */
static inline bool is_tag(const char *s, const char *name)
{
	while (*name != '\0' && *s == *name) {
		s++;
		name++;
	}
	return *name == '\0' && (*s == '>' || *s == ' ' || *s == '/' || *s == '\t' || *s == '\r' || *s == '\n');
}

/* A comment, CDATA, an instruction or a prefixed element: left to expat. The XML declaration is none of them. */
static bool is_foreign(const char *s, const char *close)
{
	if (*s == '!' || (*s == '?' && strncmp(s, "?xml", 4) != 0))
		return true;
	for (; s < close && *s != ' ' && *s != '?'; s++)
		if (*s == ':')
			return true;
	return false;
}

struct string_scan {
	struct xlsx_strings *out;
	const struct xlsx_limits *limits;
	bool phonetic;
	bool done;    /* </sst> */
	bool foreign; /* a form for expat */
};

/* One tag at s (behind the <), its end at `close`; text follows. */
static fail scan_tag(struct call *c, struct string_scan *scan, char *s, char *close, char *end)
{
	bool empty = close[-1] == '/';

	if ((scan->foreign = is_foreign(s, close))) {
		return FAIL_OK;
	} else if (is_tag(s, "t") && !empty && !scan->phonetic) {
		char *stop = memchr(close, '<', (size_t)(end - close));
		size_t n = stop == NULL ? 0 : (size_t)(stop - close - 1);
		if (stop == NULL || (!xml_is_plain(close + 1, n) && !xml_decode(close + 1, &n)))
			return package_damaged(c);
		return add_text(c, scan->out, scan->limits, close + 1, n);
	} else if (is_tag(s, "rPh") || is_tag(s, "/rPh")) {
		scan->phonetic = *s != '/' && !empty;
	} else if (is_tag(s, "/si") || (is_tag(s, "si") && empty)) {
		return end_string(c, scan->out, scan->limits);
	} else if (is_tag(s, "/sst")) {
		scan->done = true;
	}
	return FAIL_OK;
}

static fail scan_strings(struct call *c, struct xml_window *w, struct string_scan *scan)
{
	bool first = true;

	for (;;) {
		TRY(window_fill(c, w));
		if (w->whole == w->at)
			return package_damaged(c);
		scan->foreign |= first && xml_other_encoding(w->data);
		first = false;
		char *p = w->data + w->at, *end = w->data + w->whole;
		while (!scan->foreign && !scan->done && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
			char *close = memchr(p, '>', (size_t)(end - p));
			if (close == NULL)
				return package_damaged(c);
			TRY(scan_tag(c, scan, p + 1, close, end));
			p = close + 1;
		}
		if (scan->foreign || scan->done)
			return FAIL_OK;
		w->at = w->whole;
	}
}

/* ---- any form ---- */

struct string_xml {
	struct call *c;
	XML_Parser parser;
	struct string_scan scan;
	bool text; /* inside a <t> that counts */
	fail failed;
};

static void keep(struct string_xml *x, fail f)
{
	if (f != FAIL_OK && x->failed == FAIL_OK) {
		x->failed = f;
		XML_StopParser(x->parser, XML_FALSE);
	}
}

static void on_start(void *user, const char *name, const char **attrs)
{
	struct string_xml *x = user;

	(void)attrs;
	x->scan.phonetic |= strcmp(xml_local(name), "rPh") == 0;
	x->text = strcmp(xml_local(name), "t") == 0 && !x->scan.phonetic;
}

static void on_end(void *user, const char *name)
{
	struct string_xml *x = user;

	x->text = false;
	if (strcmp(xml_local(name), "rPh") == 0)
		x->scan.phonetic = false;
	else if (strcmp(xml_local(name), "si") == 0)
		keep(x, end_string(x->c, x->scan.out, x->scan.limits));
}

static void on_text(void *user, const char *text, int n)
{
	struct string_xml *x = user;

	if (x->text)
		keep(x, add_text(x->c, x->scan.out, x->scan.limits, text, (size_t)n));
}

static void on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
	struct string_xml *x = user;

	(void)name, (void)system, (void)public, (void)internal;
	keep(x, package_damaged(x->c));
}

static fail feed_strings(struct call *c, struct part *t, struct string_xml *x)
{
	char block[1 << 14];
	size_t got;

	do {
		TRY(part_read(c, t, block, sizeof block, &got));
		if (XML_Parse(x->parser, block, (int)got, got == 0) != XML_STATUS_OK)
			return x->failed != FAIL_OK ? x->failed : package_damaged(c);
	} while (got > 0);
	return x->failed;
}

static fail parse_strings(struct call *c, struct part *t, struct xlsx_strings *out, const struct xlsx_limits *limits)
{
	struct string_xml x = { .c = c, .scan = { .out = out, .limits = limits }, .parser = XML_ParserCreateNS(NULL, '|') };
	fail f;

	if (x.parser == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, on_start, on_end);
	XML_SetCharacterDataHandler(x.parser, on_text);
	XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
	f = feed_strings(c, t, &x);
	XML_ParserFree(x.parser);
	return f;
}

/* ---- together ---- */

static fail read_usual(struct call *c, struct package *p, const char *path, struct xlsx_strings *out, bool *foreign)
{
	struct string_scan scan = { .out = out, .limits = package_limits(p) };
	struct xml_window w;
	struct part *t;
	fail f;

	TRY(part_open(c, p, path, &t));
	window_begin(&w, t, "si");
	f = scan_strings(c, &w, &scan);
	window_end(&w);
	part_close(t);
	*foreign = scan.foreign;
	return f;
}

fail strings_read(struct call *c, struct package *p, const char *path, struct xlsx_strings *out)
{
	struct part *t;
	bool foreign = false;
	fail f;

	TRY(strings_begin(c, out));
	f = read_usual(c, p, path, out, &foreign);
	if (f != FAIL_INPUT && !foreign)
		return f;
	problem_clear(c); /* what the scanner thinks damaged, expat decides */
	TRY(strings_begin(c, out));
	TRY(part_open(c, p, path, &t));
	f = parse_strings(c, t, out, package_limits(p));
	part_close(t);
	return f;
}
