/* columns.c — names, values, bounds. What a value should be is said by the record (base/record.h). */
#include "exchange/columns.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { VALUE_SHOWN = 80 };

/* ---- issues ---- */

/* The beginning of a long value, cut between letters. */
static const char *shortened(struct arena *a, const char *value)
{
	size_t n = strlen(value);

	if (n <= VALUE_SHOWN)
		return arena_strdup(a, value);
	for (n = VALUE_SHOWN; n > 0 && ((unsigned char)value[n] & 0xC0) == 0x80; n--)
		;
	return arena_printf(a, "%.*s…", (int)n, value);
}

static const char *copied(struct arena *a, const char *s)
{
	return s == NULL || *s == '\0' ? "" : arena_strdup(a, s);
}

void issues_add(struct arena *arena, struct issues *list, const struct import_issue *issue)
{
	if (list->n >= IMPORT_ISSUES_MAX) {
		list->more++;
		return;
	}
	if (list->n == list->room) {
		size_t room = list->room == 0 ? 8 : 2 * list->room;
		struct import_issue *v = ARENA_ARRAY(arena, room, struct import_issue);
		if (list->n > 0)
			memcpy(v, list->v, list->n * sizeof *v);
		list->v = v;
		list->room = room;
	}
	list->v[list->n++] = (struct import_issue){
		.line = issue->line,
		.column = copied(arena, issue->column),
		.label = copied(arena, issue->label),
		.value = issue->value == NULL ? "" : shortened(arena, issue->value),
		.expected = copied(arena, issue->expected),
		.text = copied(arena, issue->text),
	};
}

/* ---- names ---- */

static bool is_column(const struct field *f) { return !(f->flags & INTERNAL); }

static const struct field *named(const struct record *r, const char *name)
{
	for (const struct field *f = r->fields; f->name != NULL; f++)
		if (is_column(f) && strcasecmp(f->name, name) == 0)
			return f;
	return NULL;
}

static const char *all_names(struct arena *a, const struct record *r, unsigned with)
{
	const char *names = "";

	for (const struct field *f = r->fields; f->name != NULL; f++)
		if (is_column(f) && (f->flags & with) == with)
			names = arena_printf(a, *names == '\0' ? "%s%s" : "%s, %s", names, f->name);
	return names;
}

const char *columns_key_names(struct arena *a, const struct record *r)
{
	return all_names(a, r, KEY);
}

static void name_issue(struct call *c, struct issues *issues, int64_t line, const char *name, const char *text)
{
	issues_add(c->arena, issues, &(struct import_issue){ .line = line, .column = name, .text = text });
}

static bool taken(const struct columns *columns, size_t n, const struct field *f)
{
	for (size_t i = 0; i < n; i++)
		if (columns->fields[i] == f)
			return true;
	return false;
}

static void read_name(struct call *c, const struct sheet_row *names, size_t i, struct columns *out, struct issues *issues)
{
	const char *name = text_clean(c->arena, names->cells[i].text);
	const struct field *f = named(out->record, name);

	out->fields[i] = NULL;
	if (*name == '\0')
		return;
	if (f == NULL)
		name_issue(c, issues, names->line, name, arena_printf(c->arena, tr(c->lang, "there is no such column; the columns are: %s"),
		                                                      all_names(c->arena, out->record, 0)));
	else if (taken(out, i, f))
		name_issue(c, issues, names->line, name, tr(c->lang, "the column stands here twice; remove one of the two"));
	else
		out->fields[i] = f;
}

void columns_read(struct call *c, const struct record *r, const struct sheet_row *names, struct columns *out, struct issues *issues)
{
	size_t before = issues->n;

	*out = (struct columns){ .record = r, .n = names->n };
	for (size_t i = 0; i < names->n; i++)
		read_name(c, names, i, out, issues);
	for (const struct field *f = r->fields; f->name != NULL && issues->n == before; f++)
		if (is_column(f) && f->flags & REQUIRED && !taken(out, out->n, f))
			name_issue(c, issues, names->line, f->name, arena_printf(c->arena, tr(c->lang, "this column is missing; the first row must have the names: %s"),
			                                                         all_names(c->arena, r, 0)));
}

/* ---- values ---- */

/* "05/01/2026 19:00" and "2026-01-05 19:00:00" as spreadsheets save them → ISO. */
static const char *iso_moment(struct arena *a, const char *s, size_t n)
{
	bool slashes = n >= 16 && s[2] == '/' && s[5] == '/' && s[10] == ' ';

	if (n == 19 && strcmp(s + 16, ":00") == 0)
		n = 16;
	if (n != 16 || (s[10] != ' ' && s[10] != 'T'))
		return s;
	return slashes ? arena_printf(a, "%.4s-%.2s-%.2sT%.5s", s + 6, s + 3, s, s + 11) : arena_printf(a, "%.10sT%.5s", s, s + 11);
}

/* What spreadsheets make of a value, brought back to the form of files. Other texts pass as they are. */
static const char *usual_form(struct arena *a, const struct field *f, const struct sheet_cell *cell)
{
	const char *s = cell->text;
	char *comma;

	switch (f->type) {
	case FIELD_TEXT:
		return arena_strndup(a, s, cell->size);
	case FIELD_DATE:
		return cell->size == 16 && strcmp(s + 10, "T00:00") == 0 ? arena_strndup(a, s, 10) : s;
	case FIELD_MOMENT:
		return iso_moment(a, s, cell->size);
	case FIELD_TENTHS:
		if (strchr(s, ',') == NULL)
			return s;
		comma = arena_strndup(a, s, cell->size);
		*strchr(comma, ',') = '.';
		return comma;
	default:
		return s;
	}
}

static void value_issue(struct call *c, const struct sheet_row *cells, const struct field *f, const char *value, struct issues *issues)
{
	issues_add(c->arena, issues, &(struct import_issue){
		.line = cells->line, .column = f->name, .label = f->label == NULL ? "" : tr(c->lang, f->label), .value = value,
		.expected = field_expected(c->arena, c->lang, f), .text = c->problem.text,
	});
	problem_clear(c);
}

static const struct sheet_cell no_cell = { "", 0 };

bool columns_row(struct call *c, const struct columns *columns, const struct sheet_row *cells, void *row, struct issues *issues)
{
	size_t before = issues->n;
	int64_t before_more = issues->more;

	record_clear(columns->record, row);
	for (size_t i = 0; i < columns->n || i < cells->n; i++) {
		const struct field *f = i < columns->n ? columns->fields[i] : NULL;
		const struct sheet_cell *cell = i < cells->n ? &cells->cells[i] : &no_cell;
		if (f == NULL && cell->size > 0 && *text_clean(c->arena, cell->text) != '\0')
			issues_add(c->arena, issues, &(struct import_issue){ .line = cells->line, .value = cell->text,
				.text = arena_printf(c->arena, tr(c->lang, "“%s” stands in a column without a name; look for a comma too many, or name the column"), cell->text) });
		else if (f != NULL && field_parse(c, f, usual_form(c->arena, f, cell), row) != FAIL_OK)
			value_issue(c, cells, f, cell->text, issues);
	}
	return issues->n == before && issues->more == before_more;
}

/* ---- keys ---- */

const struct field *columns_first_key(const struct record *r)
{
	for (const struct field *f = r->fields; f->name != NULL; f++)
		if (is_column(f) && f->flags & KEY)
			return f;
	return NULL;
}

/* The value itself where it is a number or a day, so that no text has to be made. */
static void put_key(struct arena *a, struct out *o, const struct field *f, const void *row)
{
	const char *at = (const char *)row + f->at, *text;

	switch (f->type) {
	case FIELD_INT: out_bytes(o, at, sizeof(int64_t)); break;
	case FIELD_DATE: out_bytes(o, at, sizeof(struct date)); break;
	case FIELD_MOMENT: out_bytes(o, at, sizeof(struct moment)); break;
	case FIELD_WORD: out_bytes(o, at, sizeof(unsigned)); break;
	default:
		text = field_text(a, f, row);
		out_bytes(o, text, strlen(text) + 1);
	}
}

struct blob columns_key(struct arena *a, const struct record *r, const void *row)
{
	struct out o;

	out_memory(&o, a);
	for (const struct field *f = r->fields; f->name != NULL; f++)
		if (is_column(f) && f->flags & KEY)
			put_key(a, &o, f, row);
	return (struct blob){ o.data, o.size };
}
