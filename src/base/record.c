/* record.c — reading and writing one field of a described record. */
#include "base/record.h"

#include <string.h>

#define AT(type, row, f) (*(type *)((char *)(row) + (f)->at))
#define CONST_AT(type, row, f) (*(const type *)((const char *)(row) + (f)->at))

int word_index(const char *const *words, const char *text)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

static const char *word_list(struct arena *a, const char *const *words)
{
	struct out o;

	out_memory(&o, a);
	for (int i = 0; words[i]; i++) {
		if (!*words[i])
			continue;
		if (o.size)
			out_str(&o, ", ");
		out_str(&o, words[i]);
	}
	return out_text(&o);
}

static const char *expected_int(struct arena *a, enum lang lang, const struct field *f)
{
	if (f->max > f->min)
		return arena_printf(a, tr(lang, "a whole number from %lld to %lld"), (long long)f->min, (long long)f->max);
	return tr(lang, "a whole number");
}

static const char *expected_tenths(struct arena *a, enum lang lang, const struct field *f)
{
	char low[NUM_TEXT], high[NUM_TEXT];

	if (f->max <= f->min)
		return tr(lang, "points with at most one decimal, such as 4.5");
	tenths_format((struct tenths){ (int32_t)f->min }, low);
	tenths_format((struct tenths){ (int32_t)f->max }, high);
	return arena_printf(a, tr(lang, "points from %s to %s with at most one decimal"), low, high);
}

const char *field_expected(struct arena *a, enum lang lang, const struct field *f)
{
	switch (f->type) {
	case FIELD_INT: return expected_int(a, lang, f);
	case FIELD_TENTHS: return expected_tenths(a, lang, f);
	case FIELD_BOOL: return tr(lang, "1 for yes or 0 for no");
	case FIELD_DATE: return tr(lang, "a date as year-month-day, such as 2026-01-05");
	case FIELD_MOMENT: return tr(lang, "a day and time such as 2026-01-05T19:00");
	case FIELD_WORD: return arena_printf(a, tr(lang, "one of: %s"), word_list(a, f->words));
	case FIELD_TEXT:
		if (f->max > 0)
			return arena_printf(a, tr(lang, "a text of at most %lld characters"), (long long)f->max);
		return tr(lang, "a text");
	case FIELD_BLOB: break;
	}
	return "";
}

static void clear_field(const struct field *f, void *row)
{
	switch (f->type) {
	case FIELD_INT: AT(int64_t, row, f) = INT_UNKNOWN; break;
	case FIELD_BOOL: AT(bool, row, f) = false; break;
	case FIELD_TEXT: AT(const char *, row, f) = ""; break;
	case FIELD_DATE:
		AT(struct date, row, f) = f->flags & FROM_DATE ? DATE_EVER : f->flags & TO_DATE ? DATE_OPEN : DATE_NONE;
		break;
	case FIELD_MOMENT: AT(struct moment, row, f) = MOMENT_NONE; break;
	case FIELD_TENTHS: AT(struct tenths, row, f) = TENTHS_NONE; break;
	case FIELD_WORD: AT(unsigned, row, f) = 0; break;
	case FIELD_BLOB: AT(struct blob, row, f) = (struct blob){ NULL, 0 }; break;
	}
}

void record_clear(const struct record *r, void *row)
{
	for (const struct field *f = r->fields; f->name; f++)
		clear_field(f, row);
}

/* Screen dates are taken as well as ISO ones: 05/01/2026. */
static bool parse_date(const char *text, struct date *out)
{
	char iso[DATE_TEXT];

	if (strlen(text) == 10 && text[2] == '/' && text[5] == '/') {
		memcpy(iso, text + 6, 4);
		memcpy(iso + 5, text + 3, 2);
		memcpy(iso + 8, text, 2);
		iso[4] = iso[7] = '-';
		iso[10] = '\0';
		return date_parse(iso, out);
	}
	return date_parse(text, out);
}

static bool in_bounds(const struct field *f, int64_t n)
{
	return f->max <= f->min || (n >= f->min && n <= f->max);
}

/* "present" is 1 as in files; forms send "on". */
static bool parse_bool(const char *text, bool *out)
{
	*out = strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0;
	return *out || strcmp(text, "0") == 0 || strcmp(text, "false") == 0;
}

static bool parse_text(struct call *c, const struct field *f, const char *text, void *row)
{
	AT(const char *, row, f) = text;
	(void)c;
	return f->max <= 0 || strlen(text) <= (size_t)f->max || text_length(text) <= (size_t)f->max;
}

static bool parse_word(const struct field *f, const char *text, void *row)
{
	int i = word_index(f->words, text);

	if (i >= 0)
		AT(unsigned, row, f) = (unsigned)i;
	return i >= 0;
}

static bool parse_value(struct call *c, const struct field *f, const char *text, void *row)
{
	switch (f->type) {
	case FIELD_INT: return int_parse(text, &AT(int64_t, row, f)) && in_bounds(f, AT(int64_t, row, f));
	case FIELD_BOOL: return parse_bool(text, &AT(bool, row, f));
	case FIELD_TEXT: return parse_text(c, f, text, row);
	case FIELD_DATE: return parse_date(text, &AT(struct date, row, f));
	case FIELD_MOMENT: return moment_parse(text, &AT(struct moment, row, f));
	case FIELD_TENTHS: return tenths_parse(text, &AT(struct tenths, row, f)) && in_bounds(f, AT(struct tenths, row, f).t);
	case FIELD_WORD: return parse_word(f, text, row);
	case FIELD_BLOB: break;
	}
	return false;
}

fail field_parse(struct call *c, const struct field *f, const char *text, void *row)
{
	const char *clean = text_clean(c->arena, text);

	clear_field(f, row);
	if (!*clean) {
		if (f->flags & REQUIRED)
			return problem(c, FAIL_INPUT, f->name, "nothing is given; expected %s", field_expected(c->arena, c->lang, f));
		return FAIL_OK;
	}
	if (parse_value(c, f, clean, row))
		return FAIL_OK;
	clear_field(f, row);
	return problem(c, FAIL_INPUT, f->name, "“%s” does not fit; expected %s", clean, field_expected(c->arena, c->lang, f));
}

static bool date_is_empty(const struct field *f, struct date d)
{
	return !date_is(d) || (f->flags & FROM_DATE && d.days == DATE_EVER.days) || (f->flags & TO_DATE && d.days == DATE_OPEN.days);
}

static const char *int_text(struct arena *a, int64_t n)
{
	return n == INT_UNKNOWN ? "" : arena_printf(a, "%lld", (long long)n);
}

const char *field_text(struct arena *a, const struct field *f, const void *row)
{
	char *text = arena_alloc(a, NUM_TEXT);

	switch (f->type) {
	case FIELD_INT: return int_text(a, CONST_AT(int64_t, row, f));
	case FIELD_BOOL: return CONST_AT(bool, row, f) ? "1" : "0";
	case FIELD_TEXT: return CONST_AT(char *, row, f) ? CONST_AT(char *, row, f) : "";
	case FIELD_DATE:
		if (!date_is_empty(f, CONST_AT(struct date, row, f)))
			date_format(CONST_AT(struct date, row, f), text);
		return text;
	case FIELD_MOMENT: moment_format(CONST_AT(struct moment, row, f), text); return text;
	case FIELD_TENTHS: tenths_format(CONST_AT(struct tenths, row, f), text); return text;
	case FIELD_WORD: return f->words[CONST_AT(unsigned, row, f)];
	case FIELD_BLOB: break;
	}
	return "";
}

const char *field_show(struct arena *a, enum lang lang, const struct field *f, const void *row)
{
	switch (f->type) {
	case FIELD_INT: return show_int(a, lang, CONST_AT(int64_t, row, f));
	case FIELD_BOOL: return CONST_AT(bool, row, f) ? tr(lang, "yes") : tr(lang, "no");
	case FIELD_DATE: return show_date(a, lang, CONST_AT(struct date, row, f));
	case FIELD_MOMENT: return show_moment(a, lang, CONST_AT(struct moment, row, f));
	case FIELD_TENTHS: return show_tenths(a, lang, CONST_AT(struct tenths, row, f));
	case FIELD_WORD: return tr(lang, f->words[CONST_AT(unsigned, row, f)]);
	default: return field_text(a, f, row);
	}
}

void field_json(struct json *j, const struct field *f, const void *row)
{
	char text[NUM_TEXT];

	json_key(j, f->name);
	switch (f->type) {
	case FIELD_INT:
		if (CONST_AT(int64_t, row, f) == INT_UNKNOWN)
			json_null(j);
		else
			json_int(j, CONST_AT(int64_t, row, f));
		break;
	case FIELD_BOOL: json_bool(j, CONST_AT(bool, row, f)); break;
	case FIELD_TEXT: json_str(j, CONST_AT(char *, row, f)); break;
	case FIELD_DATE:
		text[0] = '\0';
		if (!date_is_empty(f, CONST_AT(struct date, row, f)))
			date_format(CONST_AT(struct date, row, f), text);
		json_str(j, *text ? text : NULL);
		break;
	case FIELD_MOMENT:
		moment_format(CONST_AT(struct moment, row, f), text);
		json_str(j, *text ? text : NULL);
		break;
	case FIELD_TENTHS:
		tenths_format(CONST_AT(struct tenths, row, f), text);
		json_str(j, *text ? text : NULL);
		break;
	case FIELD_WORD: json_str(j, f->words[CONST_AT(unsigned, row, f)]); break;
	case FIELD_BLOB: json_null(j); break;
	}
}

void record_json(struct json *j, const struct record *r, const void *row)
{
	for (const struct field *f = r->fields; f->name; f++)
		if (!(f->flags & INTERNAL))
			field_json(j, f, row);
}

const struct field *record_field(const struct record *r, const char *name)
{
	for (const struct field *f = r->fields; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}
