/* reader.c — the typed values of reader.h. */
#include "rules/reader.h"
#include "rules/agenda_rule.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void complain(struct reader *r, struct place at, const char *text, ...)
{
	struct complaints *bad = r->bad;
	va_list args;

	if (bad->n == bad->room) {
		size_t room = bad->room ? bad->room * 2 : 8;
		struct complaint *v = ARENA_ARRAY(bad->arena, room, struct complaint);

		if (bad->n)
			memcpy(v, bad->v, bad->n * sizeof *v);
		bad->v = v;
		bad->room = room;
	}
	va_start(args, text);
	bad->v[bad->n++] = (struct complaint){ .file = arena_strdup(bad->arena, r->file), .at = at,
		                                   .text = arena_vprintf(bad->arena, tr(bad->lang, text), args) };
	va_end(args);
}

static bool word_in(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = strstr(list, word); n && at; at = strstr(at + 1, word))
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

bool read_keys(struct reader *r, const struct yaml *map, const char *keys)
{
	bool ok = true;

	if (map->kind != YAML_MAP) {
		complain(r, map->at, "expected keys with values: %s", keys);
		return false;
	}
	for (size_t i = 0; i < map->n; i++) {
		if (word_in(keys, map->v[i].key))
			continue;
		complain(r, map->v[i].at, "“%s” is not a key here; expected one of: %s", map->v[i].key, keys);
		ok = false;
	}
	return ok;
}

const struct yaml *read_optional(const struct yaml *map, const char *key)
{
	const struct yaml_entry *e = yaml_get(map, key);

	return e && !(e->value.kind == YAML_TEXT && !*e->value.text) ? &e->value : NULL;
}

const struct yaml *read_required(struct reader *r, const struct yaml *map, const char *key)
{
	const struct yaml *value = read_optional(map, key);

	if (!value)
		complain(r, map->at, "the key “%s” is missing here", key);
	return value;
}

static bool is_text(struct reader *r, const struct yaml *value)
{
	if (value->kind == YAML_TEXT)
		return true;
	complain(r, value->at, "expected a single value here, not a list or keys");
	return false;
}

const char *read_text(struct reader *r, const struct yaml *map, const char *key, const char *otherwise)
{
	const struct yaml *value = otherwise ? read_optional(map, key) : read_required(r, map, key);

	if (!value || !is_text(r, value))
		return otherwise ? otherwise : "";
	return value->text;
}

const char *read_id(struct reader *r, const struct yaml *map, const char *key)
{
	const struct yaml *value = read_required(r, map, key);
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";

	if (!value || !is_text(r, value))
		return "";
	if (strlen(value->text) > 40 || value->text[strspn(value->text, allowed)])
		complain(r, value->at, "“%s” is not an id; expected letters without marks, digits, “.”, “-”, “_”, at most 40", value->text);
	return value->text;
}

bool read_yes(struct reader *r, const struct yaml *map, const char *key, bool otherwise)
{
	const struct yaml *value = read_optional(map, key);

	if (!value || !is_text(r, value))
		return otherwise;
	if (strcmp(value->text, "true") == 0 || strcmp(value->text, "yes") == 0)
		return true;
	if (strcmp(value->text, "false") != 0 && strcmp(value->text, "no") != 0)
		complain(r, value->at, "“%s” is neither true nor false", value->text);
	return false;
}

int64_t read_int(struct reader *r, const struct yaml *map, const char *key, int64_t least, int64_t most, int64_t otherwise)
{
	const struct yaml *value = read_optional(map, key);
	int64_t n;

	if (!value || !is_text(r, value))
		return otherwise;
	if (int_parse(value->text, &n) && n >= least && n <= most)
		return n;
	complain(r, value->at, "“%s” is out of bounds; expected a whole number from %lld to %lld", value->text, (long long)least,
	         (long long)most);
	return otherwise;
}

struct date read_date(struct reader *r, const struct yaml *map, const char *key, struct date otherwise)
{
	const struct yaml *value = read_optional(map, key);
	struct date d;

	if (!value || !is_text(r, value))
		return otherwise;
	if (date_parse(value->text, &d))
		return d;
	complain(r, value->at, "“%s” is not a date; expected a day such as 2026-01-31", value->text);
	return otherwise;
}

int read_word(struct reader *r, const struct yaml *map, const char *key, const char *const *words, int otherwise)
{
	const struct yaml *value = otherwise >= 0 ? read_optional(map, key) : read_required(r, map, key);
	struct out list;

	if (!value || !is_text(r, value))
		return otherwise < 0 ? 0 : otherwise;
	out_memory(&list, r->arena);
	for (int i = 0; words[i]; i++) {
		if (*words[i] && strcmp(words[i], value->text) == 0)
			return i;
		out_printf(&list, "%s%s", list.size ? " " : "", words[i]);
	}
	complain(r, value->at, "“%s” is not known here; expected one of: %s", value->text, out_text(&list));
	return otherwise < 0 ? 0 : otherwise;
}

void read_title(struct reader *r, const struct yaml *map, const char *key, bool required, two_texts out)
{
	const struct yaml *value = required ? read_required(r, map, key) : read_optional(map, key);

	for (int lang = 0; lang < LANG_COUNT; lang++)
		out[lang] = NULL;
	if (!value || !read_keys(r, value, "vi en"))
		return;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const struct yaml *text = read_required(r, value, lang_code((enum lang)lang));

		out[lang] = text && is_text(r, text) ? text->text : NULL;
	}
}

const struct yaml *read_rows(struct reader *r, const struct yaml *map, const char *key, bool required)
{
	const struct yaml *list = required ? read_required(r, map, key) : read_optional(map, key);

	if (list && list->kind != YAML_LIST) {
		complain(r, list->at, "expected a list, each line beginning with “-”");
		return NULL;
	}
	return list;
}

uint32_t read_bits(struct reader *r, const struct yaml *map, const char *key, const char *const *words, bool required)
{
	const struct yaml *list = read_rows(r, map, key, required);
	uint32_t bits = 0;

	for (size_t i = 0; list && i < list->n; i++) {
		const struct yaml *word = &list->v[i].value;
		uint32_t bit = word->kind == YAML_TEXT ? agenda_word_bit(words, word->text) : 0;

		bits |= bit;
		if (!bit)
			complain(r, word->at, "“%s” is not known here", word->kind == YAML_TEXT ? word->text : "");
	}
	return bits;
}

struct tenths points_value(struct reader *r, const struct yaml *value)
{
	struct tenths p;

	if (!is_text(r, value))
		return (struct tenths){ 0 };
	if (tenths_parse(value->text, &p) && p.t >= 0 && p.t <= 1000)
		return p;
	complain(r, value->at, "“%s” is not a number of points; expected 0 to 100 with at most one decimal, such as 4 or 4.5", value->text);
	return (struct tenths){ 0 };
}

bool fraction_value(struct reader *r, const struct yaml *value, int64_t *num, int64_t *den, bool *percent)
{
	struct facts none = FACTS_NONE;
	struct expr_problem why;
	struct expr e;

	*num = 0;
	*den = 1;
	if (!is_text(r, value))
		return false;
	if (!expr_parse(r->arena, value->text, r->book, NULL, &e, &why) || e.facts || e.type == EXPR_YESNO ||
	    e.n > 2 || expr_eval(&e, NULL, &none).state != VALUE_KNOWN) {
		complain(r, value->at, "“%s” is not a bound; expected a number such as 15 or 90%%", value->text);
		return false;
	}
	struct value v = expr_eval(&e, NULL, &none);

	*num = v.num;
	*den = v.den;
	*percent = e.type == EXPR_SHARE;
	return true;
}

static void complain_expr(struct reader *r, struct place at, const struct expr_problem *why)
{
	const char *what = tr(r->bad->lang, why->what);

	if (*why->near)
		complain(r, at, "in the expression, at character %d, “%s”: %s", why->column, why->near, what);
	else
		complain(r, at, "the expression ends too early, at character %d: %s", why->column, what);
}

struct expr expr_value(struct reader *r, const struct yaml *value, const struct expr *measure, bool yes_no)
{
	struct expr_problem why;
	struct expr e;

	if (!is_text(r, value))
		return (struct expr){ 0 };
	if (!expr_parse(r->arena, value->text, r->book, measure, &e, &why)) {
		complain_expr(r, value->at, &why);
		return (struct expr){ 0 };
	}
	if (yes_no && e.type != EXPR_YESNO)
		complain(r, value->at, "“%s” is a number; expected a condition such as unexcused == 0", value->text);
	else if (!yes_no && e.type == EXPR_YESNO)
		complain(r, value->at, "“%s” is a condition; expected a number or a quotient such as present / expected", value->text);
	else
		return e;
	return (struct expr){ 0 };
}

/* ---------------------------------------------------------------- phrases */

static size_t count_braces(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == '{';
	return n;
}

static void read_phrase(struct reader *r, const struct yaml *value, const struct expr *measure, struct phrase *out)
{
	struct phrase_part *parts = ARENA_ARRAY(r->arena, count_braces(value->text) + 1, struct phrase_part);
	const char *at = value->text, *open, *close;

	out->parts = parts;
	while ((open = strchr(at, '{')) && (close = strchr(open, '}'))) {
		struct yaml inside = { .at = value->at, .text = arena_strndup(r->arena, open + 1, (size_t)(close - open - 1)) };
		struct expr_problem why;

		parts[out->n].text = arena_strndup(r->arena, at, (size_t)(open - at));
		if (!expr_parse(r->arena, inside.text, r->book, measure, &parts[out->n].expr, &why))
			complain_expr(r, value->at, &why);
		out->n++;
		at = close + 1;
	}
	if (strchr(at, '{') || strchr(at, '}'))
		complain(r, value->at, "a brace is left over in “%s”; expected {…} around an expression", value->text);
	parts[out->n++].text = arena_strdup(r->arena, at);
}

void phrase_values(struct reader *r, const struct yaml *value, const struct expr *measure, struct phrase out[LANG_COUNT])
{
	two_texts check;
	struct yaml_entry entry = { .key = "text", .at = value->at, .value = *value };
	struct yaml holder = { .kind = YAML_MAP, .at = value->at, .v = &entry, .n = 1 };

	read_title(r, &holder, "text", true, check);
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (check[lang])
			read_phrase(r, read_optional(value, lang_code((enum lang)lang)), measure, &out[lang]);
}

/* ---------------------------------------------------------------- what every rule has */

struct frame read_frame(struct reader *r, const struct yaml *map)
{
	static const char *const tags[] = { "S", "R", "R2", "P", "local", NULL };
	struct frame f = { .at = map->at };

	f.id = read_id(r, map, "id");
	f.source = tags[read_word(r, map, "source", tags, -1)];
	f.scope = read_text(r, map, "scope", "");
	read_title(r, map, "title", true, f.title);
	read_title(r, map, "note", false, f.note);
	f.valid_from = read_date(r, map, "valid_from", DATE_EVER);
	f.valid_to = read_date(r, map, "valid_to", DATE_OPEN);
	f.is_default = read_yes(r, map, "default", true);
	if (f.valid_from.days > f.valid_to.days)
		complain(r, map->at, "valid_to lies before valid_from");
	return f;
}
