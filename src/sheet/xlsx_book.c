/* xlsx_book.c — relations, workbook and styles, by expat: small parts where care counts and speed does not. */
#include "sheet/xlsx_book.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "sheet/xlsx_date.h"

enum { PART_MAX = 64 << 20 };

/* ---- expat ---- */

const char *xml_local(const char *name)
{
	const char *bar = strrchr(name, '|');
	return bar == NULL ? name : bar + 1;
}

const char *xml_attr(const char **attrs, const char *local)
{
	for (; attrs[0] != NULL; attrs += 2)
		if (strcmp(xml_local(attrs[0]), local) == 0)
			return attrs[1];
	return NULL;
}

static void refuse_doctype(void *parser, const char *name, const char *system, const char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	XML_StopParser(parser, XML_FALSE);
}

static fail feed(struct call *c, struct part *t, XML_Parser parser)
{
	char block[1 << 14];
	size_t got, all = 0;

	do {
		TRY(part_read(c, t, block, sizeof block, &got));
		all += got;
		if (all > PART_MAX || XML_Parse(parser, block, (int)got, got == 0) != XML_STATUS_OK)
			return package_damaged(c);
	} while (got > 0);
	return FAIL_OK;
}

fail xml_part(struct call *c, struct package *p, const char *path, void *user, void (*start)(void *user, const char *name, const char **attrs))
{
	XML_Parser parser;
	struct part *t;
	fail f;

	TRY(part_open(c, p, path, &t));
	parser = XML_ParserCreateNS(NULL, '|');
	if (parser == NULL) {
		part_close(t);
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	}
	XML_SetUserData(parser, user);
	XML_SetStartElementHandler(parser, start);
	XML_UseParserAsHandlerArg(parser);
	XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
	f = feed(c, t, parser);
	XML_ParserFree(parser);
	part_close(t);
	return f;
}

/* XML_UseParserAsHandlerArg hands the parser to every handler. */
static void *user_of(void *parser)
{
	return XML_GetUserData((XML_Parser)parser);
}

/* ---- paths ---- */

/* The path of a relation's target, seen from the part `from`: "worksheets/sheet1.xml" beside "xl/workbook.xml". */
static void resolve(const char *from, const char *target, char out[BOOK_PATH])
{
	const char *slash = strrchr(from, '/');
	size_t n = slash == NULL || *target == '/' ? 0 : (size_t)(slash + 1 - from);

	target += *target == '/';
	while (strncmp(target, "../", 3) == 0 && n > 0) {
		target += 3;
		for (n--; n > 0 && from[n - 1] != '/'; n--)
			;
	}
	if (n + strlen(target) >= BOOK_PATH) {
		out[0] = '\0';
		return;
	}
	memcpy(out, from, n);
	strcpy(out + n, target);
}

/* Where the relations of a part stand: xl/_rels/workbook.xml.rels. */
static void relations_of(const char *part, char out[BOOK_PATH])
{
	const char *slash = strrchr(part, '/'), *name = slash == NULL ? part : slash + 1;

	if (snprintf(out, BOOK_PATH, "%.*s_rels/%s.rels", (int)(name - part), part, name) >= BOOK_PATH)
		out[0] = '\0';
}

/* ---- the parts ---- */

struct relations {
	const char *from, *id; /* id: of the sheet wanted */
	char document[BOOK_PATH], sheet[BOOK_PATH], strings[BOOK_PATH], styles[BOOK_PATH];
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n >= m && strcmp(s + n - m, end) == 0;
}

static void on_relation(void *parser, const char *name, const char **attrs)
{
	struct relations *r = user_of(parser);
	const char *id = xml_attr(attrs, "Id"), *type = xml_attr(attrs, "Type"), *target = xml_attr(attrs, "Target");

	if (strcmp(xml_local(name), "Relationship") != 0 || id == NULL || type == NULL || target == NULL)
		return;
	if (ends_with(type, "/officeDocument"))
		resolve(r->from, target, r->document);
	else if (ends_with(type, "/sharedStrings"))
		resolve(r->from, target, r->strings);
	else if (ends_with(type, "/styles"))
		resolve(r->from, target, r->styles);
	else if (ends_with(type, "/worksheet") && r->id != NULL && strcmp(id, r->id) == 0)
		resolve(r->from, target, r->sheet);
}

struct workbook {
	bool from_1904;
	char id[64]; /* relation of the first visible sheet */
};

static bool is_true(const char *s) { return s != NULL && (strcmp(s, "1") == 0 || strcmp(s, "true") == 0); }

static void on_workbook(void *parser, const char *name, const char **attrs)
{
	struct workbook *w = user_of(parser);
	const char *state, *id;

	if (strcmp(xml_local(name), "workbookPr") == 0)
		w->from_1904 = is_true(xml_attr(attrs, "date1904"));
	if (strcmp(xml_local(name), "sheet") != 0 || w->id[0] != '\0')
		return;
	state = xml_attr(attrs, "state");
	id = xml_attr(attrs, "id");
	if (id != NULL && strlen(id) < sizeof w->id && (state == NULL || strcmp(state, "visible") == 0))
		strcpy(w->id, id);
}

struct styles {
	struct custom { unsigned id, shows; } *custom;
	size_t customs;
	unsigned char *shows;
	size_t n;
	bool cells, full; /* inside cellXfs; no memory */
};

enum { STYLES_MAX = 1 << 17, FORMATS_MAX = 1 << 10 };

/* Room for one more in an array that doubles at powers of two. */
static bool grow(void **array, size_t n, size_t size)
{
	void *larger;

	if (n >= (size == 1 ? STYLES_MAX : FORMATS_MAX))
		return false;
	if ((n & (n - 1)) != 0)
		return true;
	larger = realloc(*array, (n == 0 ? 1 : 2 * n) * size);
	if (larger != NULL)
		*array = larger;
	return larger != NULL;
}

static unsigned number(const char *s) { return s == NULL ? 0 : (unsigned)strtoul(s, NULL, 10); }

static unsigned shows_of(const struct styles *s, unsigned id)
{
	for (size_t i = 0; i < s->customs; i++)
		if (s->custom[i].id == id)
			return s->custom[i].shows;
	return format_shows_builtin(id);
}

static void on_style(void *parser, const char *name, const char **attrs)
{
	struct styles *s = user_of(parser);
	const char *local = xml_local(name), *code;

	if (strcmp(local, "numFmt") == 0 && (code = xml_attr(attrs, "formatCode")) != NULL) {
		s->full |= !grow((void **)&s->custom, s->customs, sizeof *s->custom);
		if (!s->full)
			s->custom[s->customs++] = (struct custom){ number(xml_attr(attrs, "numFmtId")), format_shows(code) };
	} else if (strcmp(local, "cellXfs") == 0) {
		s->cells = true;
	} else if (strcmp(local, "cellStyles") == 0 || strcmp(local, "dxfs") == 0) {
		s->cells = false;
	} else if (s->cells && strcmp(local, "xf") == 0) {
		s->full |= !grow((void **)&s->shows, s->n, 1);
		if (!s->full)
			s->shows[s->n++] = (unsigned char)shows_of(s, number(xml_attr(attrs, "numFmtId")));
	}
}

static fail read_styles(struct call *c, struct package *p, const char *path, struct xlsx_book *b)
{
	struct styles s = { 0 };
	fail f = xml_part(c, p, path, &s, on_style);

	free(s.custom);
	b->shows = s.shows;
	b->styles = s.n;
	if (f == FAIL_NOT_FOUND)
		return FAIL_OK;
	if (f == FAIL_OK && s.full)
		return problem(c, FAIL_INPUT, "file", "the file has too many cell styles; copy the cells into a new workbook and save that");
	return f;
}

/* ---- together ---- */

static fail not_a_workbook(struct call *c, struct package *p)
{
	if (package_has(p, "xl/workbook.bin"))
		return problem(c, FAIL_INPUT, "file", "this is an Excel binary workbook (.xlsb); save it as “Excel Workbook (.xlsx)”");
	if (package_has(p, "content.xml"))
		return problem(c, FAIL_INPUT, "file", "this is an OpenDocument file (.ods); save it as “Excel Workbook (.xlsx)”");
	if (package_has(p, "word/document.xml"))
		return problem(c, FAIL_INPUT, "file", "this is a Word document; put the table into Excel and save it as “Excel Workbook (.xlsx)”");
	return package_damaged(c);
}

static fail find_parts(struct call *c, struct package *p, struct xlsx_book *b, char styles[BOOK_PATH])
{
	struct relations top = { .from = "" }, book;
	struct workbook w = { 0 };
	char path[BOOK_PATH];
	fail f = xml_part(c, p, "_rels/.rels", &top, on_relation);

	if (f != FAIL_OK || top.document[0] == '\0')
		return f == FAIL_NOT_FOUND || f == FAIL_OK ? not_a_workbook(c, p) : f;
	f = ends_with(top.document, ".xml") ? xml_part(c, p, top.document, &w, on_workbook) : FAIL_NOT_FOUND;
	if (f != FAIL_OK || w.id[0] == '\0')
		return f == FAIL_NOT_FOUND || f == FAIL_OK ? not_a_workbook(c, p) : f;
	book = (struct relations){ .from = top.document, .id = w.id };
	relations_of(top.document, path);
	f = xml_part(c, p, path, &book, on_relation);
	if (f != FAIL_OK || book.sheet[0] == '\0' || !package_has(p, book.sheet))
		return f == FAIL_NOT_FOUND || f == FAIL_OK ? not_a_workbook(c, p) : f;
	strcpy(b->sheet, book.sheet);
	strcpy(b->strings, package_has(p, book.strings) ? book.strings : "");
	strcpy(styles, book.styles);
	b->from_1904 = w.from_1904;
	return FAIL_OK;
}

fail book_read(struct call *c, struct package *p, struct xlsx_book *out)
{
	char styles[BOOK_PATH];

	*out = (struct xlsx_book){ 0 };
	TRY(find_parts(c, p, out, styles));
	return styles[0] == '\0' ? FAIL_OK : read_styles(c, p, styles, out);
}

void book_free(struct xlsx_book *b)
{
	free(b->shows);
	b->shows = NULL;
}
