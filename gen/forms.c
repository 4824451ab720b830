/* forms — turns the texts in forms/ into Word documents and puts them into the program.
 *
 *	forms out.c LAYOUTS FILE.form … FILE.part … FILE.json …
 *
 * The markup is described in docs/forms.md. Each form gives one .docx for every layout it is valid with; the JSON of the same name is its
 * sample. Everything is checked here: a word that is not known, a table whose rows do not fit, a part that is missing. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { LAYOUTS_MAX = 8, FILES_MAX = 400, COLUMNS_MAX = 30, DEPTH_MAX = 8, LINES_MAX = 2000 };

struct layout {
	char name[32], from[16], to[16];
	double top, bottom, left, right; /* mm */
	double body, line, indent, after; /* pt, pt, mm, pt */
	double table;                     /* pt */
};

struct file { const char *path; char *text; };

struct form {
	const struct file *file;
	char id[16], name[64], title[200], title_en[200], from[16], to[16], layouts[200];
	bool landscape, numbered, framed;
	double margins[4]; /* top bottom left right, mm; 0: those of the layout */
	char *body;
};

/* One table being written. */
struct table {
	int n;
	double width[COLUMNS_MAX]; /* mm */
	char align[COLUMNS_MAX];   /* '<' '^' '>' */
	bool data;                 /* .table, not .columns */
	int cell;                  /* of .columns */
	bool filled;               /* has the cell a paragraph? */
};

/* A line of the body, or of a part that it uses. */
struct line { const char *path; int number; char *text; };

/* What a line of body is written into. */
struct writer {
	FILE *out;
	const struct layout *layout;
	struct line *lines; /* all of them, parts put in their places */
	int n, at;
	const char *path; /* of the line at hand, for complaints */
	int line;
	double width; /* mm, of the page's text */
	struct table table;
	bool in_table;
};

static struct layout layouts[LAYOUTS_MAX];
static int layout_count;
static struct file files[FILES_MAX];
static int file_count;

_Noreturn static void die(const char *path, int line, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: error: ", path, line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void *must(void *p)
{
	if (!p)
		die("forms", 0, "out of memory");
	return p;
}

static char *read_all(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text;
	long n;

	if (!f || fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) != 0)
		die(path, 0, "cannot be read");
	text = must(calloc(1, (size_t)n + 1));
	if (fread(text, 1, (size_t)n, f) != (size_t)n)
		die(path, 0, "cannot be read");
	fclose(f);
	return text;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Takes one line off the text: the end becomes a zero, blanks around are left out. NULL at the end. */
static char *next_line(char **text)
{
	char *line = *text, *end;

	if (*line == '\0')
		return NULL;
	end = strchr(line, '\n');
	*text = end ? end + 1 : line + strlen(line);
	if (!end)
		end = *text;
	else
		*end = '\0';
	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	while (*line == ' ' || *line == '\t')
		line++;
	return line;
}

static const char *file_text(const char *name)
{
	for (int i = 0; i < file_count; i++)
		if (strcmp(base_name(files[i].path), name) == 0)
			return files[i].text;
	return NULL;
}

/* ---- layouts ---- */

static struct layout *last_layout(const char *path, int line)
{
	if (layout_count == 0)
		die(path, line, "expected “layout NAME” first");
	return &layouts[layout_count - 1];
}

static void begin_layout(const char *path, int line, const char *name)
{
	struct layout *l;

	if (layout_count == LAYOUTS_MAX)
		die(path, line, "more than %d layouts", LAYOUTS_MAX);
	l = &layouts[layout_count++];
	snprintf(l->name, sizeof l->name, "%s", name);
	strcpy(l->from, "0001-01-01");
	strcpy(l->to, "9999-12-31");
}

static void layout_line(const char *path, int number, const char *line)
{
	char word[32] = "", value[64] = "";
	struct layout *l;

	if (*line == '\0' || *line == '#')
		return;
	if (sscanf(line, "%31s %63[^#\n]", word, value) != 2)
		die(path, number, "expected a word and its value");
	for (size_t n = strlen(value); n > 0 && isspace((unsigned char)value[n - 1]); n--)
		value[n - 1] = '\0';
	if (strcmp(word, "layout") == 0) {
		begin_layout(path, number, value);
		return;
	}
	l = last_layout(path, number);
	if (strcmp(word, "valid_from") == 0)
		snprintf(l->from, sizeof l->from, "%.15s", value);
	else if (strcmp(word, "valid_to") == 0)
		snprintf(l->to, sizeof l->to, "%.15s", value);
	else if (strcmp(word, "margins") == 0 && sscanf(value, "%lf %lf %lf %lf", &l->top, &l->bottom, &l->left, &l->right) == 4)
		return;
	else if (strcmp(word, "text") == 0 && sscanf(value, "%lf %lf %lf %lf", &l->body, &l->line, &l->after, &l->indent) == 4)
		return;
	else if (strcmp(word, "table") == 0 && sscanf(value, "%lf", &l->table) == 1)
		return;
	else
		die(path, number, "“%s” is not understood; expected layout, valid_from, valid_to, margins, text, table", line);
}

static void read_layouts(const char *path)
{
	char *text = read_all(path), *line;

	for (int number = 1; (line = next_line(&text)); number++)
		layout_line(path, number, line);
}

/* ---- the head of a form ---- */

static void head_line(struct form *f, int number, char *line)
{
	const struct { const char *key; char *to; size_t room; } keys[] = {
		{ "id", f->id, sizeof f->id }, { "name", f->name, sizeof f->name }, { "title", f->title, sizeof f->title },
		{ "title_en", f->title_en, sizeof f->title_en }, { "valid_from", f->from, sizeof f->from }, { "valid_to", f->to, sizeof f->to },
		{ "layouts", f->layouts, sizeof f->layouts },
	};
	char *colon = strchr(line, ':'), *value;

	if (!colon)
		die(f->file->path, number, "expected “key: value”, or --- before the text");
	*colon = '\0';
	value = colon + 1 + strspn(colon + 1, " ");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(line, keys[i].key) == 0) {
			snprintf(keys[i].to, keys[i].room, "%s", value);
			return;
		}
	if (strcmp(line, "margins") == 0 && sscanf(value, "%lf %lf %lf %lf", &f->margins[0], &f->margins[1], &f->margins[2], &f->margins[3]) == 4)
		return;
	if (strcmp(line, "frame") == 0 && (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0))
		f->framed = *value == 'y';
	else if (strcmp(line, "page") == 0 && (strcmp(value, "portrait") == 0 || strcmp(value, "landscape") == 0))
		f->landscape = *value == 'l';
	else if (strcmp(line, "numbers") == 0 && (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0))
		f->numbered = *value == 'y';
	else
		die(f->file->path, number, "“%s: %s” is not understood", line, value);
}

/* Returns the line on which the body begins. */
static int read_head(struct form *f, char **text)
{
	char *line;
	int number = 1;

	strcpy(f->from, "0001-01-01");
	strcpy(f->to, "9999-12-31");
	f->numbered = true;
	for (; (line = next_line(text)) && strcmp(line, "---") != 0; number++)
		if (*line != '\0' && *line != '#')
			head_line(f, number, line);
	if (!line)
		die(f->file->path, number, "there is no line --- between head and text");
	if (!*f->id || !*f->name || !*f->title || !*f->title_en)
		die(f->file->path, number, "id, name, title and title_en are needed");
	return number + 1;
}

/* ---- text with marks ---- */

static int twips(double mm) { return (int)(mm * 1440 / 25.4 + 0.5); }

static void put_escaped(FILE *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		switch (s[i]) {
		case '&': fputs("&amp;", out); break;
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		default: fputc(s[i], out);
		}
}

/* How the letters of a run look. */
struct look { bool bold, italic, underline, caps, red, blocks; double size; };

static void put_look(FILE *out, const struct look *k)
{
	if (!k->bold && !k->italic && !k->underline && !k->caps && !k->red && !k->blocks && k->size <= 0)
		return;
	/* in the order of the schema */
	fprintf(out, "<w:rPr>%s%s%s%s%s", k->blocks ? "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:eastAsia=\"Courier New\" w:cs=\"Courier New\"/>" : "",
	        k->bold ? "<w:b/>" : "", k->italic ? "<w:i/>" : "", k->caps ? "<w:caps/>" : "", k->red ? "<w:color w:val=\"A31515\"/>" : "");
	if (k->size > 0)
		fprintf(out, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", (int)(k->size * 2 + 0.5), (int)(k->size * 2 + 0.5));
	fprintf(out, "%s</w:rPr>", k->underline ? "<w:u w:val=\"single\"/>" : "");
}

static void put_run(FILE *out, const struct look *k, const char *s, size_t n)
{
	if (n == 0)
		return;
	fputs("<w:r>", out);
	put_look(out, k);
	fputs("<w:t xml:space=\"preserve\">", out);
	put_escaped(out, s, n);
	fputs("</w:t></w:r>", out);
}

static void put_field(FILE *out, const struct look *k, const char *name)
{
	fprintf(out, "<w:fldSimple w:instr=\" %s \"><w:r>", name);
	put_look(out, k);
	fputs("<w:t>1</w:t></w:r></w:fldSimple>", out);
}

static void put_empty(FILE *out, const struct look *k, const char *element)
{
	fputs("<w:r>", out);
	put_look(out, k);
	fprintf(out, "<w:%s/></w:r>", element);
}

/* One mark such as <b>, </i>, <br>; false: it is no mark but text. */
static bool mark(FILE *out, struct look *k, const char *s, size_t n)
{
	char name[8] = "";
	bool on = s[0] != '/';

	if (n >= sizeof name)
		return false;
	memcpy(name, s + !on, n - !on);
	if (strcmp(name, "b") == 0)
		k->bold = on;
	else if (strcmp(name, "i") == 0)
		k->italic = on;
	else if (strcmp(name, "u") == 0)
		k->underline = on;
	else if (on && (strcmp(name, "br") == 0 || strcmp(name, "tab") == 0))
		put_empty(out, k, name);
	else if (on && strcmp(name, "page") == 0)
		put_field(out, k, "PAGE");
	else if (on && strcmp(name, "pages") == 0)
		put_field(out, k, "NUMPAGES");
	else
		return false;
	return true;
}

/* The end of plain text: the next possible mark or escape outside of {{…}}. */
static const char *plain_end(const char *s)
{
	for (const char *p = s; *p; p++) {
		const char *close = strncmp(p, "{{", 2) == 0 ? strstr(p, "}}") : NULL;

		if (close)
			p = close + 1;
		else if (p > s && (*p == '<' || *p == '\\'))
			return p;
	}
	return s + strlen(s);
}

static void put_text(FILE *out, struct look k, const char *s)
{
	while (*s) {
		const char *close = *s == '<' ? strchr(s, '>') : NULL, *end;

		if (close && mark(out, &k, s + 1, (size_t)(close - s - 1))) {
			s = close + 1;
			continue;
		}
		if (*s == '\\' && s[1])
			s++;
		end = plain_end(s);
		put_run(out, &k, s, (size_t)(end - s));
		s = end;
	}
}

/* ---- paragraphs ---- */

struct style {
	char align;  /* 0: as the paragraph style has it; '<' '^' '>' '=' */
	bool flat, keep, cell, newpage, loose, gap;
	struct look look;
};

static bool style_word(struct style *s, const char *word)
{
	static const struct { const char *word; char align; } aligns[] = { { "left", '<' }, { "center", '^' }, { "right", '>' }, { "justify", '=' } };

	for (size_t i = 0; i < sizeof aligns / sizeof *aligns; i++)
		if (strcmp(word, aligns[i].word) == 0) {
			s->align = aligns[i].align;
			s->flat = s->align != '=';
			return true;
		}
	if (strcmp(word, "bold") == 0)
		s->look.bold = true;
	else if (strcmp(word, "italic") == 0)
		s->look.italic = true;
	else if (strcmp(word, "underline") == 0)
		s->look.underline = true;
	else if (strcmp(word, "caps") == 0)
		s->look.caps = true;
	else if (strcmp(word, "red") == 0)
		s->look.red = true;
	else if (strcmp(word, "blocks") == 0)
		s->flat = s->look.blocks = true;
	else if (strcmp(word, "flat") == 0)
		s->flat = true;
	else if (strcmp(word, "keep") == 0)
		s->keep = true;
	else if (strcmp(word, "newpage") == 0)
		s->newpage = true;
	else if (strcmp(word, "loose") == 0)
		s->loose = true;
	else if (strcmp(word, "gap") == 0)
		s->gap = true;
	else if (word[0] == 's' && isdigit((unsigned char)word[1]))
		s->look.size = atof(word + 1);
	else
		return false;
	if (s->look.blocks && s->look.size <= 0)
		s->look.size = 4;
	return true;
}

static const char *align_word(char align)
{
	return align == '^' ? "center" : align == '>' ? "right" : align == '=' ? "both" : "left";
}

enum { LARGE = 18 }; /* points: above this a paragraph has a line height of its own */

static void put_properties(struct writer *w, const struct style *s)
{
	FILE *o = w->out;

	fprintf(o, "<w:pPr><w:pStyle w:val=\"%s\"/>", s->cell ? "Cell" : s->flat ? "Flat" : "Body");
	if (s->keep)
		fputs("<w:keepNext/>", o);
	if (s->newpage)
		fputs("<w:pageBreakBefore/>", o);
	if (s->look.blocks) /* lines that touch: a letter of Courier New is 0.6 of its size wide, two blocks are twice as high */
		fprintf(o, "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"%d\" w:lineRule=\"exact\"/>", (int)(s->look.size * 24 + 0.5));
	else if (s->look.size > LARGE) /* lines of the layout's height would run into each other */
		fprintf(o, "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"%d\" w:lineRule=\"exact\"/>", s->loose ? 120 : 0, s->loose || s->gap ? 120 : 0,
		        (int)(s->look.size * 26 + 0.5));
	else if (s->loose)
		fputs("<w:spacing w:before=\"120\" w:after=\"120\"/>", o);
	else if (s->gap)
		fputs("<w:spacing w:after=\"120\"/>", o);
	if (s->align)
		fprintf(o, "<w:jc w:val=\"%s\"/>", align_word(s->align));
	fputs("</w:pPr>", o);
}

static void paragraph(struct writer *w, const struct style *s, const char *text)
{
	fputs("<w:p>", w->out);
	put_properties(w, s);
	put_text(w->out, s->look, text);
	fputs("</w:p>", w->out);
	w->table.filled = true;
}

static double room(const struct writer *w)
{
	return w->in_table ? w->table.width[w->table.cell] : w->width;
}

/* A line of that many millimetres in the middle, or of the whole width. */
static void rule(struct writer *w, const char *text)
{
	double width = *text ? atof(text) : room(w), side = (room(w) - width) / 2;

	if (width <= 0 || side < -0.01)
		die(w->path, w->line, "a rule of %g mm does not fit into %g mm", width, room(w));
	fprintf(w->out, "<w:p><w:pPr><w:pStyle w:val=\"Flat\"/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>"
		"<w:spacing w:before=\"40\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/><w:ind w:left=\"%d\" w:right=\"%d\"/></w:pPr></w:p>",
		twips(side), twips(side));
	w->table.filled = true;
}

static void space(struct writer *w, const char *text)
{
	double mm = atof(text);

	if (mm <= 0)
		die(w->path, w->line, "expected millimetres, such as “.space 20”");
	fprintf(w->out, "<w:p><w:pPr><w:pStyle w:val=\"Flat\"/><w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"%d\" w:lineRule=\"exact\"/></w:pPr></w:p>",
	        twips(mm));
	w->table.filled = true;
}

/* ---- what comes next ---- */

static bool begins(const char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 && (line[n] == ' ' || line[n] == '\0');
}

/* Is the line the end of a condition on the very text that stands in it? {{#note}}, {{note}}, {{/note}} */
static bool ends_condition(const char *line, const char *text)
{
	char value[100];
	size_t n = strcspn(line, "}");

	if (strncmp(line, "{{/", 3) != 0 || n + 2 >= sizeof value)
		return false;
	snprintf(value, sizeof value, "{{%.*s}}", (int)n - 3, line + 3);
	return strstr(text, value);
}

/* Do columns come next, as those of signatures do? They are not to stand alone on a page. */
static bool before_columns(const struct writer *w, const char *text)
{
	int next = w->at + 1;

	while (next < w->n && (begins(w->lines[next].text, ".space") || begins(w->lines[next].text, ".end") || ends_condition(w->lines[next].text, text)))
		next++;
	return next < w->n && begins(w->lines[next].text, ".columns");
}

/* ---- tables ---- */

static void column_widths(struct writer *w, char *text)
{
	struct table *t = &w->table;
	double sum = 0;

	for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
		char *end;

		if (t->n == COLUMNS_MAX)
			die(w->path, w->line, "more than %d columns", COLUMNS_MAX);
		t->width[t->n] = strtod(word, &end);
		t->align[t->n] = *end ? *end : '<';
		if (t->width[t->n] <= 0 || !strchr("<^>", t->align[t->n]))
			die(w->path, w->line, "“%s” is no column; expected millimetres and perhaps ^ (centre) or > (right)", word);
		sum += t->width[t->n++];
	}
	if (t->n == 0)
		die(w->path, w->line, "expected the widths of the columns");
	for (int i = 0; i < t->n; i++)
		t->width[i] *= w->width / sum;
}

static void begin_table(struct writer *w, char *widths, bool data)
{
	FILE *o = w->out;

	if (w->in_table)
		die(w->path, w->line, "a table within a table is not understood; .end comes first");
	w->table = (struct table){ .data = data };
	column_widths(w, widths);
	w->in_table = true;
	fprintf(o, "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
	        data ? "Grid" : "Columns", twips(w->width));
	for (int i = 0; i < w->table.n; i++)
		fprintf(o, "<w:gridCol w:w=\"%d\"/>", twips(w->table.width[i]));
	fputs("</w:tblGrid>", o);
	if (!data)
		fprintf(o, "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", twips(w->table.width[0]));
}

/* A cell of .columns ends; Word wants a paragraph in each. */
static void end_cell(struct writer *w)
{
	if (!w->table.filled)
		paragraph(w, &(struct style){ .flat = true }, "");
	fputs("</w:tc>", w->out);
	w->table.filled = false;
}

static void next_cell(struct writer *w)
{
	if (!w->in_table || w->table.data || w->table.cell + 1 >= w->table.n)
		die(w->path, w->line, ".next has no column left");
	end_cell(w);
	w->table.cell++;
	fprintf(w->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", twips(w->table.width[w->table.cell]));
}

static void end_table(struct writer *w)
{
	if (!w->in_table)
		die(w->path, w->line, ".end without .table or .columns");
	if (!w->table.data) {
		if (w->table.cell + 1 != w->table.n)
			die(w->path, w->line, "%d of %d columns are there", w->table.cell + 1, w->table.n);
		end_cell(w);
		fputs("</w:tr>", w->out);
	}
	fputs("</w:tbl>", w->out);
	w->in_table = false;
	/* two tables that touch would become one; a point high, so that it finds room at the end of a full page */
	fprintf(w->out, "<w:p><w:pPr><w:pStyle w:val=\"Flat\"/>%s<w:spacing w:before=\"0\" w:after=\"100\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>",
	        before_columns(w, "") ? "<w:keepNext/>" : "");
}

/* Cuts at " | " or a bar at an end; returns how many cells there are. */
static int split_cells(struct writer *w, char *text, char *cells[COLUMNS_MAX])
{
	int n = 0;

	for (char *at = text; at; n++) {
		char *bar = at;

		while ((bar = strchr(bar, '|')) && bar > text && bar[-1] == '\\')
			bar++;
		if (n == COLUMNS_MAX)
			die(w->path, w->line, "more than %d cells", COLUMNS_MAX);
		cells[n] = at + strspn(at, " ");
		if (bar)
			*bar = '\0';
		for (char *end = at + strlen(at); end > cells[n] && end[-1] == ' ';)
			*--end = '\0';
		at = bar ? bar + 1 : NULL;
	}
	return n;
}

/* Cell i and those merged with it: "=" behind it, "~" for one that goes on from the row above; a "!" in front begins such a column. */
static int put_cell(struct writer *w, char *cells[], int i, struct style style, bool centred)
{
	struct table *t = &w->table;
	double width = t->width[i];
	char *text = cells[i];
	int span = 1;

	for (; i + span < t->n && strcmp(cells[i + span], "=") == 0; span++)
		width += t->width[i + span];
	fprintf(w->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", twips(width));
	if (span > 1)
		fprintf(w->out, "<w:gridSpan w:val=\"%d\"/>", span);
	if (*text == '!' || strcmp(text, "~") == 0)
		fprintf(w->out, "<w:vMerge%s/>", *text == '!' ? " w:val=\"restart\"" : "");
	fputs("<w:vAlign w:val=\"center\"/></w:tcPr>", w->out);
	text += *text == '!' || strcmp(text, "~") == 0;
	style.align = !style.align ? (centred ? '^' : t->align[i]) : style.align;
	if (text[0] && strchr("<^>", text[0]) && text[1] == ' ') {
		style.align = text[0];
		text += 2;
	}
	paragraph(w, &style, text);
	fputs("</w:tc>", w->out);
	return span;
}

static void row(struct writer *w, struct style style, char *text, bool head)
{
	char *cells[COLUMNS_MAX];
	int n = split_cells(w, text, cells);

	if (!w->in_table || !w->table.data)
		die(w->path, w->line, "a row outside of a .table");
	if (n != w->table.n)
		die(w->path, w->line, "the row has %d cells, the table has %d columns", n, w->table.n);
	if (strcmp(cells[0], "=") == 0)
		die(w->path, w->line, "the first cell cannot belong to one before it");
	style.cell = true;
	style.look.bold |= head;
	fprintf(w->out, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", head ? "<w:tblHeader/>" : "");
	for (int i = 0; i < n;)
		i += put_cell(w, cells, i, style, head);
	fputs("</w:tr>", w->out);
}

/* ---- lines ---- */

/* ".center.bold.s15" → the first word and a style from all that are style words. */
static void split_words(struct writer *w, char *words, const char **first, struct style *style)
{
	*first = "";
	for (char *word = strtok(words, "."); word; word = strtok(NULL, ".")) {
		if (style_word(style, word))
			continue;
		if (**first)
			die(w->path, w->line, "“%s” is not a word for the look of a paragraph", word);
		*first = word;
	}
}

static void directive(struct writer *w, char *line)
{
	char *text = line + strcspn(line, " ");
	const char *word;
	struct style style = { 0 };

	if (*text)
		*text++ = '\0';
	text += strspn(text, " ");
	split_words(w, line, &word, &style);
	style.keep |= before_columns(w, text) && !strstr(text, "{{#"); /* not the many rows of a list */
	if (strcmp(word, "") == 0)
		paragraph(w, &style, text);
	else if (strcmp(word, "rule") == 0)
		rule(w, text);
	else if (strcmp(word, "space") == 0)
		space(w, text);
	else if (strcmp(word, "columns") == 0 || strcmp(word, "table") == 0)
		begin_table(w, text, *word == 't');
	else if (strcmp(word, "next") == 0)
		next_cell(w);
	else if (strcmp(word, "end") == 0)
		end_table(w);
	else if (strcmp(word, "head") == 0 || strcmp(word, "row") == 0)
		row(w, style, text, *word == 'h');
	else
		die(w->path, w->line, "“.%s” is not understood; see docs/forms.md", word);
}

static void body_line(struct writer *w, char *line)
{
	if (w->in_table && w->table.data && *line != '.')
		die(w->path, w->line, "text between the rows of a table; a row begins with .row");
	if (*line == '.' && isalpha((unsigned char)line[1]))
		directive(w, line);
	else
		paragraph(w, &(struct style){ .flat = w->in_table, .keep = before_columns(w, line) }, line);
}

static void body(struct writer *w)
{
	for (w->at = 0; w->at < w->n; w->at++) {
		w->path = w->lines[w->at].path;
		w->line = w->lines[w->at].number;
		body_line(w, w->lines[w->at].text);
	}
}

/* Lists the lines of a text, and of the parts that it uses, in their order; remarks and empty lines are left out. */
static void list_lines(struct writer *w, const char *path, char *text, int number, int depth)
{
	char *line;

	for (; (line = next_line(&text)); number++) {
		if (*line == '\0' || strncmp(line, ".#", 2) == 0)
			continue;
		if (begins(line, ".use")) {
			const char *name = line + 4 + strspn(line + 4, " ");
			char *file = must(calloc(1, strlen(name) + 6));
			const char *part;

			strcat(strcpy(file, name), ".part");
			part = file_text(file);
			if (!part)
				die(path, number, "there is no part %s", file);
			if (depth == DEPTH_MAX)
				die(path, number, "parts use each other in a circle");
			list_lines(w, file, must(strdup(part)), 1, depth + 1);
			continue;
		}
		if (w->n == LINES_MAX)
			die(path, number, "more than %d lines", LINES_MAX);
		w->lines[w->n++] = (struct line){ path, number, line };
	}
}

/* ---- the parts of a .docx ---- */

#define MAIN "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static void put_section(FILE *o, const struct form *f, const struct layout *l)
{
	int width = twips(210), height = twips(297);

	fputs("<w:sectPr>", o);
	if (f->numbered)
		fputs("<w:headerReference w:type=\"default\" r:id=\"rId3\"/>", o);
	fprintf(o, "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>", f->landscape ? height : width, f->landscape ? width : height,
	        f->landscape ? " w:orient=\"landscape\"" : "");
	fprintf(o, "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
	        twips(l->top), twips(l->right), twips(l->bottom), twips(l->left), twips(10), twips(10));
	if (f->framed) {
		fputs("<w:pgBorders w:offsetFrom=\"page\">", o);
		for (int i = 0; i < 4; i++)
			fprintf(o, "<w:%s w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"24\" w:color=\"A31515\"/>", (const char *[]){ "top", "left", "bottom", "right" }[i]);
		fputs("</w:pgBorders>", o);
	}
	fprintf(o, "%s</w:sectPr>", f->numbered ? "<w:titlePg/>" : "");
}

static char *document_xml(const struct form *f, const struct layout *l, int first_line)
{
	struct writer w = { .layout = l, .width = (f->landscape ? 297 : 210) - l->left - l->right };
	char *text = NULL;
	size_t size;

	w.lines = must(calloc(LINES_MAX, sizeof *w.lines));
	list_lines(&w, f->file->path, must(strdup(f->body)), first_line, 0);
	w.out = must(open_memstream(&text, &size));
	fputs(XML "<w:document " MAIN " xmlns:r=\"" REL "\"><w:body>", w.out);
	body(&w);
	if (w.in_table)
		die(f->file->path, first_line, "a table has no .end");
	put_section(w.out, f, l);
	fputs("</w:body></w:document>", w.out);
	fclose(w.out);
	free(w.lines);
	return text;
}

static char *styles_xml(const struct layout *l)
{
	char *text = NULL;
	size_t size;
	FILE *o = must(open_memstream(&text, &size));
	int half = (int)(l->body * 2 + 0.5), cell = (int)(l->table * 2 + 0.5);

	fputs(XML "<w:styles " MAIN "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
		"w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:color w:val=\"000000\"/>", o);
	fprintf(o, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>", half, half);
	fputs("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>", o);
	fprintf(o, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Flat\"><w:name w:val=\"Dòng không thụt\"/><w:basedOn w:val=\"Normal\"/><w:pPr>"
		"<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"%d\" w:lineRule=\"exact\"/></w:pPr></w:style>", (int)(l->line * 20 + 0.5));
	fprintf(o, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Body\"><w:name w:val=\"Nội dung\"/><w:basedOn w:val=\"Flat\"/><w:pPr>"
		"<w:spacing w:after=\"%d\"/><w:ind w:firstLine=\"%d\"/><w:jc w:val=\"both\"/></w:pPr></w:style>", (int)(l->after * 20 + 0.5), twips(l->indent));
	fprintf(o, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Cell\"><w:name w:val=\"Ô bảng\"/><w:basedOn w:val=\"Normal\"/><w:pPr>"
		"<w:spacing w:before=\"20\" w:after=\"20\"/></w:pPr><w:rPr><w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr></w:style>", cell, cell);
	fputs("<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
		"<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>"
		"<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>", o);
	fputs("<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Columns\"><w:name w:val=\"Khối cột\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr>"
		"<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>", o);
	fputs("<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Grid\"><w:name w:val=\"Bảng kẻ\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>", o);
	for (int i = 0; i < 6; i++)
		fprintf(o, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>", (const char *[]){ "top", "left", "bottom", "right", "insideH", "insideV" }[i]);
	fputs("</w:tblBorders><w:tblCellMar><w:left w:w=\"68\" w:type=\"dxa\"/><w:right w:w=\"68\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>", o);
	fclose(o);
	return text;
}

static char *core_xml(const struct form *f)
{
	char *text = NULL;
	size_t size;
	FILE *o = must(open_memstream(&text, &size));

	fputs(XML "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>", o);
	put_escaped(o, f->title, strlen(f->title));
	fputs("</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>", o);
	fclose(o);
	return text;
}

static const char content_types[] = XML "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"" WORD "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD "styles+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"" WORD "settings+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"" WORD "header+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
static const char top_rels[] = XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" REL "/officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
static const char document_rels[] = XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" REL "/styles\" Target=\"styles.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" REL "/settings\" Target=\"settings.xml\"/><Relationship Id=\"rId3\" Type=\"" REL "/header\" Target=\"header1.xml\"/></Relationships>";
static const char settings[] = XML "<w:settings " MAIN "><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";
static const char header[] = XML "<w:hdr " MAIN "><w:p><w:pPr><w:pStyle w:val=\"Flat\"/><w:jc w:val=\"center\"/></w:pPr><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>";

static void add(zip_t *zip, const char *path, const char *text)
{
	zip_int64_t i = zip_file_add(zip, path, zip_source_buffer(zip, text, strlen(text), 0), 0);

	if (i < 0 || zip_file_set_mtime(zip, (zip_uint64_t)i, 315532800 + 86400, 0) != 0)
		die(path, 0, "cannot be packed");
}

static unsigned char *pack(const struct form *f, const struct layout *l, int first_line, size_t *size)
{
	char *document = document_xml(f, l, first_line), *styles = styles_xml(l), *core = core_xml(f);
	zip_error_t error;
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
	unsigned char *bytes;
	zip_stat_t st;

	zip_source_keep(memory);
	add(zip, "[Content_Types].xml", content_types);
	add(zip, "_rels/.rels", top_rels);
	add(zip, "word/document.xml", document);
	add(zip, "word/_rels/document.xml.rels", document_rels);
	add(zip, "word/styles.xml", styles);
	add(zip, "word/settings.xml", settings);
	add(zip, "word/header1.xml", header);
	add(zip, "docProps/core.xml", core);
	if (zip_close(zip) != 0 || zip_source_open(memory) != 0 || zip_source_stat(memory, &st) != 0)
		die(f->file->path, 0, "cannot be packed");
	bytes = must(malloc(st.size));
	if (zip_source_read(memory, bytes, st.size) != (zip_int64_t)st.size)
		die(f->file->path, 0, "cannot be packed");
	*size = st.size;
	zip_source_close(memory);
	zip_source_free(memory);
	free(document);
	free(styles);
	free(core);
	return bytes;
}

/* ---- the C file ---- */

static void put_bytes(FILE *c, const char *kind, int i, const void *data, size_t n)
{
	const unsigned char *p = data;

	fprintf(c, "static const unsigned char %s_%d[] = {", kind, i);
	for (size_t k = 0; k < n; k++)
		fprintf(c, "%s%u,", k % 32 ? "" : "\n", p[k]);
	fprintf(c, "0\n};\n");
}

/* Is the layout among those the head names, or are none named? */
static bool wants(const struct form *f, const struct layout *l)
{
	const char *at = f->layouts;
	size_t n = strlen(l->name);

	if (!*at)
		return true;
	for (; (at = strstr(at, l->name)); at += n)
		if ((at == f->layouts || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static const char *later(const char *a, const char *b) { return strcmp(a, b) > 0 ? a : b; }
static const char *earlier(const char *a, const char *b) { return strcmp(a, b) < 0 ? a : b; }

static void one_form(const struct file *file, FILE *c, FILE *list, int *count)
{
	struct form f = { .file = file };
	char *text = must(strdup(file->text)), sample_name[100], *rest = text;
	int line = read_head(&f, &rest), n = 0;
	const char *sample;

	f.body = rest;
	snprintf(sample_name, sizeof sample_name, "%s.json", f.name);
	sample = file_text(sample_name);
	for (int i = 0; i < layout_count; i++) {
		const struct layout *l = &layouts[i];
		const char *from = later(f.from, l->from), *to = earlier(f.to, l->to);
		unsigned char *bytes;
		size_t size;

		struct layout own = *l;

		if (!wants(&f, l) || strcmp(from, to) > 0)
			continue;
		if (f.margins[0] > 0) {
			own.top = f.margins[0];
			own.bottom = f.margins[1];
			own.left = f.margins[2];
			own.right = f.margins[3];
			l = &own;
		}
		bytes = pack(&f, l, line, &size);
		put_bytes(c, "docx", *count, bytes, size);
		put_bytes(c, "sample", *count, sample ? sample : "", sample ? strlen(sample) : 0);
		fprintf(list, "\t{ \"%s\", \"%s\", \"%s\", \"%s\", \"%s\", \"%s\", \"%s\", docx_%d, %zu, (const char *)sample_%d },\n", f.name, f.id, l->name,
		        f.title, f.title_en, from, to, *count, size, *count);
		free(bytes);
		++*count;
		n++;
	}
	if (n == 0)
		die(file->path, 1, "no layout is valid with this form");
	free(text);
}

static bool has_suffix(const char *path, const char *suffix)
{
	const char *dot = strrchr(path, '.');

	return dot && strcmp(dot, suffix) == 0;
}

int main(int argc, char **argv)
{
	FILE *c, *list;
	char *rows;
	size_t size;
	int count = 0;

	if (argc < 3 || argc - 3 > FILES_MAX)
		die("forms", 0, "usage: forms out.c LAYOUTS FILE …");
	read_layouts(argv[2]);
	for (int i = 3; i < argc; i++)
		files[file_count++] = (struct file){ argv[i], read_all(argv[i]) };
	c = must(fopen(argv[1], "wb"));
	list = must(open_memstream(&rows, &size));
	fputs("/* Made by gen/forms.c from forms/. */\n#include \"paper/builtin.h\"\n\n", c);
	for (int i = 0; i < file_count; i++)
		if (has_suffix(files[i].path, ".form"))
			one_form(&files[i], c, list, &count);
	fclose(list);
	fprintf(c, "const struct builtin_form builtin_forms[] = {\n%s\t{ 0 }\n};\n", rows);
	free(rows);
	return fclose(c) != 0;
}
