/* facts_file.c — reading facts_file.h by jansson. It does not keep places, so a refused key is looked up in the text again. */
#include <jansson.h> /* before base/json.h, see there */
#include <string.h>

#include "rules/facts_file.h"

struct parse {
	struct call *c;
	const char *path, *text;
	struct facts_file *out;
	const struct fact_book *book;
	struct judged_line *judged;
};

/* Where "key" stands: line and column, 1-based. */
static struct place place_of(const struct parse *p, const char *key)
{
	const char *quoted = arena_printf(p->c->arena, "\"%s\"", key), *at = strstr(p->text, quoted);
	struct place place = { 1, 1 };

	for (const char *s = p->text; at && s < at; s++) {
		place.column = *s == '\n' ? 1 : place.column + ((*s & 0xc0) != 0x80);
		place.line += *s == '\n';
	}
	return place;
}

static fail refuse(struct parse *p, const char *key, const char *text)
{
	struct place at = place_of(p, key);

	return problem(p->c, FAIL_INPUT, key, "%s:%d:%d: “%s”: %s", p->path, at.line, at.column, key, text);
}

static fail read_fact(struct parse *p, const char *key, const json_t *value)
{
	int f = book_by_name(p->book, key);

	if (f < 0)
		return refuse(p, key, tr(p->c->lang, "no such fact; “chibo rules facts” lists them"));
	if (json_is_null(value))
		return FAIL_OK;
	if (facts_know(&p->out->facts, f))
		return refuse(p, key, tr(p->c->lang, "this fact is given twice"));
	if (p->book->facts[f].type == FACT_TYPE_YESNO) {
		if (!json_is_boolean(value))
			return refuse(p, key, tr(p->c->lang, "expected true or false"));
		book_set(p->book, &p->out->facts, f, json_is_true(value));
		return FAIL_OK;
	}
	if (!json_is_integer(value) || !book_set(p->book, &p->out->facts, f, json_integer_value(value)))
		return refuse(p, key, arena_printf(p->c->arena, tr(p->c->lang, "expected a whole number from %lld to %d"),
		                                   (long long)p->book->facts[f].least, FACT_LIMIT));
	return FAIL_OK;
}

static fail read_facts(struct parse *p, const char *key, json_t *value)
{
	const char *name;
	json_t *fact;

	if (!json_is_object(value))
		return refuse(p, key, tr(p->c->lang, "expected an object of facts"));
	json_object_foreach(value, name, fact)
		TRY(read_fact(p, name, fact));
	return FAIL_OK;
}

static bool points_of(const json_t *value, struct tenths *out)
{
	json_int_t n;

	if (json_is_string(value))
		return tenths_parse(json_string_value(value), out);
	if (!json_is_integer(value))
		return false;
	n = json_integer_value(value);
	out->t = n >= -1000 && n <= 1000 ? (int32_t)n * 10 : 0;
	return n >= -1000 && n <= 1000;
}

static fail read_judged(struct parse *p, const char *key, json_t *value)
{
	const char *id;
	json_t *points;

	if (!json_is_object(value))
		return refuse(p, key, tr(p->c->lang, "expected an object of judged points"));
	p->judged = ARENA_ARRAY(p->c->arena, json_object_size(value), struct judged_line);
	p->out->judged.v = p->judged;
	json_object_foreach(value, id, points) {
		struct judged_line *line = &p->judged[p->out->judged.n];

		if (json_is_null(points))
			continue;
		line->id = arena_strdup(p->c->arena, id);
		if (!points_of(points, &line->points))
			return refuse(p, id, tr(p->c->lang, "expected points as a text with at most one decimal, such as \"13\" or \"4.5\""));
		p->out->judged.n++;
	}
	return FAIL_OK;
}

static fail read_date(struct parse *p, const char *key, const json_t *value)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	struct moment m;

	if (date_parse(text, &p->out->date))
		return FAIL_OK;
	if (!moment_parse(text, &m))
		return refuse(p, key, tr(p->c->lang, "expected a day such as \"2026-01-05\""));
	p->out->date = moment_date(m);
	return FAIL_OK;
}

static fail read_kind(struct parse *p, const char *key, const json_t *value)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";

	for (int i = 0; scheme_use_words[i]; i++) {
		if (strcmp(text, scheme_use_words[i]) != 0)
			continue;
		p->out->use = (enum scheme_use)i;
		return FAIL_OK;
	}
	return refuse(p, key, tr(p->c->lang, "expected one of: regular thematic four_good_cell four_good_body annual_unit annual_member"));
}

static fail read_year(struct parse *p, const char *key, const json_t *value)
{
	json_int_t year = json_is_integer(value) ? json_integer_value(value) : 0;

	if (year < 1900 || year > 2999)
		return refuse(p, key, tr(p->c->lang, "expected a year such as 2026"));
	p->out->date = date_of((int)year, 12, 31);
	return FAIL_OK;
}

static fail read_units(struct parse *p, const char *key, json_t *value)
{
	const char **codes = ARENA_ARRAY(p->c->arena, json_array_size(value), const char *);
	json_t *code;
	size_t i;

	if (!json_is_array(value))
		return refuse(p, key, tr(p->c->lang, "expected a list of unit codes, nearest first"));
	json_array_foreach(value, i, code) {
		if (!json_is_string(code))
			return refuse(p, key, tr(p->c->lang, "expected a list of unit codes, nearest first"));
		codes[i] = arena_strdup(p->c->arena, json_string_value(code));
	}
	p->out->scopes = (struct scopes){ codes, i };
	return FAIL_OK;
}

static fail read_top(struct parse *p, const char *key, json_t *value)
{
	static const struct { const char *key; fail (*read)(struct parse *p, const char *key, json_t *value); } known[] = {
		{ "facts", read_facts }, { "judged", read_judged }, { "units", read_units },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(key, known[i].key) == 0)
			return known[i].read(p, key, value);
	if (strcmp(key, "date") == 0)
		return read_date(p, key, value);
	if (strcmp(key, "year") == 0)
		return read_year(p, key, value);
	if (strcmp(key, "kind") == 0)
		return FAIL_OK; /* was read first */
	return read_fact(p, key, value);
}

static fail check_agreement(struct parse *p)
{
	int part, whole;

	if (book_agree(p->book, &p->out->facts, &part, &whole))
		return FAIL_OK;
	return refuse(p, p->book->facts[part].name,
	              arena_printf(p->c->arena, tr(p->c->lang, "%lld is more than “%s” (%lld)"), (long long)p->out->facts.v[part],
	                           p->book->facts[whole].name, (long long)p->out->facts.v[whole]));
}

static void forget(void *json)
{
	json_decref(json);
}

fail facts_file_parse(struct call *c, const char *path, const char *text, size_t size, enum scheme_use use, struct facts_file *out)
{
	struct parse p = { .c = c, .path = path, .text = text, .out = out };
	json_error_t error;
	json_t *top = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error), *value;
	const char *key;

	*out = (struct facts_file){ .date = DATE_NONE, .use = use };
	if (!top)
		return problem(c, FAIL_INPUT, path, "%s:%d:%d: this is not JSON: %s", path, error.line, error.column, error.text);
	arena_defer(c->arena, forget, top);
	if (!json_is_object(top))
		return problem(c, FAIL_INPUT, path, "%s:1:1: expected an object with “facts” and “judged”", path);
	if (json_object_get(top, "kind"))
		TRY(read_kind(&p, "kind", json_object_get(top, "kind")));
	p.book = scheme_use_book(out->use);
	json_object_foreach(top, key, value)
		TRY(read_top(&p, key, value));
	return check_agreement(&p);
}

fail facts_file_read(struct call *c, const char *path, enum scheme_use use, struct facts_file *out)
{
	char *text = arena_alloc(c->arena, FACTS_FILE_MAX + 2);
	bool own_input = strcmp(path, "-") == 0;
	FILE *f = c->in;
	size_t size;

	if (!own_input)
		TRY(call_open(c, path, "r", &f));
	size = fread(text, 1, FACTS_FILE_MAX + 1, f);
	bool broken = ferror(f);

	if (!own_input)
		fclose(f);
	if (broken)
		return problem(c, FAIL_INPUT, path, "cannot read the file “%s”: %s", path, "");
	if (size > FACTS_FILE_MAX)
		return problem(c, FAIL_INPUT, path, "%s: the file is larger than 256 KB", path);
	return facts_file_parse(c, path, text, size, use, out);
}
