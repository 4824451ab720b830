/* case_snapshot.c — writing and reading what stands beside a sheet of a year. */
#include <jansson.h> /* before base/json.h, which says why */

#include "year/case_snapshot.h"

#include <string.h>

const struct fact_book *case_book(unsigned kind)
{
	return kind == CASE_MEMBER ? &FACTS_OF_PERSON : &FACTS_OF_YEAR;
}

const char *case_why_of(const struct line_whys *whys, const char *line)
{
	for (size_t i = 0; i < whys->n; i++)
		if (strcmp(whys->v[i].line, line) == 0)
			return whys->v[i].text;
	return "";
}

static void put_facts(struct json *j, const struct fact_book *book, const struct facts *facts)
{
	json_key(j, "facts");
	json_object(j);
	for (int f = 0; f < book->n; f++) {
		if (!facts_know(facts, f))
			continue;
		if (book->facts[f].type == FACT_TYPE_YESNO)
			json_put_bool(j, book->facts[f].name, facts->v[f]);
		else
			json_put_int(j, book->facts[f].name, facts->v[f]);
	}
	json_object_end(j);
}

static void put_judged(struct json *j, struct judged judged)
{
	char points[NUM_TEXT];

	json_key(j, "judged");
	json_object(j);
	for (size_t i = 0; i < judged.n; i++) {
		tenths_format(judged.v[i].points, points);
		json_put_str(j, judged.v[i].id, points);
	}
	json_object_end(j);
}

const char *case_snapshot_text(struct call *c, const struct fact_book *book, const struct case_snapshot *s)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	put_facts(&j, book, &s->facts);
	put_judged(&j, s->judged);
	json_key(&j, "whys");
	json_object(&j);
	for (size_t i = 0; i < s->whys.n; i++)
		if (*s->whys.v[i].text)
			json_put_str(&j, s->whys.v[i].line, s->whys.v[i].text);
	json_object_end(&j);
	json_object_end(&j);
	return out_text(&o);
}

/* ---------------------------------------------------------------- back */

static void free_json(void *arg)
{
	json_decref(arg);
}

static void read_facts(const struct fact_book *book, json_t *object, struct facts *out)
{
	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		const json_t *value = json_object_iter_value(at);
		int f = book_by_name(book, json_object_iter_key(at));

		if (f >= 0)
			(void)!book_set(book, out, f, json_is_boolean(value) ? json_is_true(value) : json_integer_value(value));
	}
}

static bool read_judged(struct call *c, json_t *object, struct judged *out)
{
	struct judged_line *v = ARENA_ARRAY(c->arena, json_object_size(object) + 1, struct judged_line);
	size_t n = 0;

	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at), n++) {
		const char *points = json_string_value(json_object_iter_value(at));

		v[n].id = arena_strdup(c->arena, json_object_iter_key(at));
		if (!points || !tenths_parse(points, &v[n].points))
			return false;
	}
	*out = (struct judged){ v, n };
	return true;
}

static bool read_whys(struct call *c, json_t *object, struct line_whys *out)
{
	struct line_why *v = ARENA_ARRAY(c->arena, json_object_size(object) + 1, struct line_why);
	size_t n = 0;

	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at), n++) {
		const char *text = json_string_value(json_object_iter_value(at));

		if (!text)
			return false;
		v[n] = (struct line_why){ arena_strdup(c->arena, json_object_iter_key(at)), arena_strdup(c->arena, text) };
	}
	*out = (struct line_whys){ v, n };
	return true;
}

fail case_snapshot_read(struct call *c, const struct fact_book *book, const char *text, struct case_snapshot *out)
{
	*out = CASE_SNAPSHOT_NONE;
	if (!*text)
		return FAIL_OK;
	json_t *root = json_loads(text, 0, NULL);

	if (root) {
		arena_defer(c->arena, free_json, root);
		read_facts(book, json_object_get(root, "facts"), &out->facts);
		if (read_judged(c, json_object_get(root, "judged"), &out->judged) && read_whys(c, json_object_get(root, "whys"), &out->whys))
			return FAIL_OK;
	}
	return problem(c, FAIL_BROKEN, "facts", "the facts kept beside a score sheet cannot be read");
}
