/* xlsx_xml.c — reading a sheet with expat: slower, but any well-formed sheet. The parser is stopped after every row and resumed for the next. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "sheet/xlsx_sheet.h"

enum { BLOCK = 1 << 14, ROW_MAX = 16 << 20 };

struct pending {
	struct cell_head head;
	size_t at, size; /* in x->text */
};

struct sheet_xml {
	XML_Parser parser;
	struct part *part;
	char block[BLOCK];
	int64_t line;
	size_t column;
	bool row, suspended, done, ended; /* a row is complete; stopped in the middle of a block; end of rows; end of part */
	bool capture, phonetic, full, cell, in_row, tangled; /* tangled: a cell in a cell, a row in a row */
	char *text;
	size_t size, room, n;
	struct pending cells[SHEET_COLUMNS_MAX + 1];
};

static void add_text(struct sheet_xml *x, const char *s, size_t n)
{
	char *larger;
	size_t room = 2 * x->room + n + 4096;

	if (x->size + n + 1 > x->room) {
		larger = room > ROW_MAX ? NULL : realloc(x->text, room);
		if (larger == NULL) {
			x->full = true;
			XML_StopParser(x->parser, XML_FALSE);
			return;
		}
		x->text = larger;
		x->room = room;
	}
	memcpy(x->text + x->size, s, n);
	x->size += n;
	x->text[x->size] = '\0';
}

static void stop_tangled(struct sheet_xml *x)
{
	x->tangled = true;
	XML_StopParser(x->parser, XML_FALSE);
}

static void start_cell(struct sheet_xml *x, const char **attrs)
{
	const char *r = xml_attr(attrs, "r"), *s = xml_attr(attrs, "s"), *t = xml_attr(attrs, "t");
	struct pending *p = &x->cells[x->n];

	*p = (struct pending){ .head.column = r != NULL ? cell_column(r, x->column) : x->column, .at = x->size };
	p->head.style = s != NULL ? strtoul(s, NULL, 10) : 0;
	p->head.type = t != NULL ? cell_type_of(t) : CELL_NUMBER;
	x->column = p->head.column + 1;
	x->cell = true;
}

static void on_start(void *user, const char *name, const char **attrs)
{
	struct sheet_xml *x = user;
	const char *local = xml_local(name), *r;

	if ((strcmp(local, "row") == 0 && x->in_row) || (strcmp(local, "c") == 0 && x->cell)) {
		stop_tangled(x);
	} else if (strcmp(local, "row") == 0) {
		x->in_row = true;
		r = xml_attr(attrs, "r");
		x->line = r != NULL ? strtoll(r, NULL, 10) : x->line + 1;
		x->n = x->size = x->column = 0;
	} else if (strcmp(local, "c") == 0) {
		start_cell(x, attrs);
	} else if (strcmp(local, "rPh") == 0) {
		x->phonetic = true;
	} else if (x->cell && !x->phonetic && (strcmp(local, "v") == 0 || strcmp(local, "t") == 0)) {
		x->capture = true;
	}
}

/* Cells beyond the last column stay in the one spare place, where cells_set refuses them if they hold anything. */
static void end_cell(struct sheet_xml *x)
{
	struct pending *p = &x->cells[x->n];

	x->cell = false;
	p->size = x->size - p->at;
	add_text(x, "", 1);
	if (p->size > 0 && x->n < SHEET_COLUMNS_MAX)
		x->n++;
}

static void on_end(void *user, const char *name)
{
	struct sheet_xml *x = user;
	const char *local = xml_local(name);

	x->capture = false;
	if (strcmp(local, "c") == 0) {
		end_cell(x);
	} else if (strcmp(local, "rPh") == 0) {
		x->phonetic = false;
	} else if (strcmp(local, "row") == 0) {
		x->in_row = false;
		x->row = true;
		XML_StopParser(x->parser, XML_TRUE);
	} else if (strcmp(local, "sheetData") == 0) {
		x->done = true;
		XML_StopParser(x->parser, XML_TRUE);
	}
}

static void on_text(void *user, const char *text, int n)
{
	struct sheet_xml *x = user;

	if (x->capture)
		add_text(x, text, (size_t)n);
}

static void on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
	struct sheet_xml *x = user;

	(void)name, (void)system, (void)public, (void)internal;
	XML_StopParser(x->parser, XML_FALSE);
}

fail sheet_xml_begin(struct call *c, struct part *part, struct sheet_xml **out)
{
	struct sheet_xml *x = calloc(1, sizeof *x);

	*out = x;
	if (x == NULL || (x->parser = XML_ParserCreateNS(NULL, '|')) == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	x->part = part;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return FAIL_OK;
}

void sheet_xml_end(struct sheet_xml *x)
{
	if (x != NULL) {
		XML_ParserFree(x->parser);
		free(x->text);
	}
	free(x);
}

static fail step(struct call *c, struct sheet_xml *x)
{
	enum XML_Status status;
	size_t got = 0;

	if (x->suspended) {
		status = XML_ResumeParser(x->parser);
	} else {
		TRY(part_read(c, x->part, x->block, sizeof x->block, &got));
		x->ended = got == 0;
		status = XML_Parse(x->parser, x->block, (int)got, got == 0);
	}
	x->suspended = status == XML_STATUS_SUSPENDED;
	if (x->full)
		return problem(c, FAIL_INPUT, "file", "one row of the sheet is larger than 16 MB; look whether this file is a table at all");
	if (x->tangled || status == XML_STATUS_ERROR || (x->ended && !x->suspended && !x->row && !x->done))
		return package_damaged(c);
	return FAIL_OK;
}

fail sheet_xml_next(struct call *c, struct sheet_xml *x, struct xlsx_cells *cells, bool *more)
{
	*more = false;
	x->row = false;
	while (!x->row && !x->done)
		TRY(step(c, x));
	if (!x->row)
		return FAIL_OK;
	cells_begin(cells, x->line);
	for (size_t i = 0; i < x->n; i++)
		TRY(cells_set(c, cells, &x->cells[i].head, x->text + x->cells[i].at, x->cells[i].size));
	*more = true;
	return FAIL_OK;
}
