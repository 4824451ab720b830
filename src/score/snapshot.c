/* snapshot.c — writing and reading the facts beside a sheet. */
#include <jansson.h> /* before base/json.h, which says why */

#include "score/snapshot.h"

static void put_facts(struct json *j, const struct facts *facts)
{
	for (int f = 0; f < FACT_COUNT; f++) {
		if (!facts_know(facts, (enum fact)f))
			continue;
		if (rule_facts[f].type == FACT_TYPE_YESNO)
			json_put_bool(j, rule_facts[f].name, facts->v[f]);
		else
			json_put_int(j, rule_facts[f].name, facts->v[f]);
	}
}

const char *snapshot_text(struct call *c, const struct facts *facts, struct judged judged)
{
	struct out o;
	struct json j;
	char points[NUM_TEXT];

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_key(&j, "facts");
	json_object(&j);
	put_facts(&j, facts);
	json_object_end(&j);
	json_key(&j, "judged");
	json_object(&j);
	for (size_t i = 0; i < judged.n; i++) {
		tenths_format(judged.v[i].points, points);
		json_put_str(&j, judged.v[i].id, points);
	}
	json_object_end(&j);
	json_object_end(&j);
	return out_text(&o);
}

static void free_json(void *arg)
{
	json_decref(arg);
}

static bool read_facts(const json_t *object, struct facts *out)
{
	const char *name;
	json_t *value;
	void *at;

	for (at = json_object_iter((json_t *)object); at; at = json_object_iter_next((json_t *)object, at)) {
		name = json_object_iter_key(at);
		value = json_object_iter_value(at);
		int f = fact_by_name(name);
		int64_t n = json_is_boolean(value) ? json_is_true(value) : json_integer_value(value);

		if (f < 0 || !facts_set(out, (enum fact)f, n))
			return false;
	}
	return true;
}

static bool read_judged(struct call *c, const json_t *object, struct judged *out)
{
	struct judged_line *v = ARENA_ARRAY(c->arena, json_object_size(object), struct judged_line);
	size_t n = 0;

	for (void *at = json_object_iter((json_t *)object); at; at = json_object_iter_next((json_t *)object, at), n++) {
		const char *points = json_string_value(json_object_iter_value(at));

		v[n].id = arena_strdup(c->arena, json_object_iter_key(at));
		if (!points || !tenths_parse(points, &v[n].points))
			return false;
	}
	*out = (struct judged){ v, n };
	return true;
}

fail snapshot_read(struct call *c, const char *text, struct facts *facts, struct judged *judged)
{
	*facts = FACTS_NONE;
	*judged = JUDGED_NONE;
	if (!*text)
		return FAIL_OK;
	json_t *root = json_loads(text, 0, NULL);

	if (!root)
		return problem(c, FAIL_BROKEN, "facts", "the facts kept beside a score sheet cannot be read");
	arena_defer(c->arena, free_json, root);
	if (!read_facts(json_object_get(root, "facts"), facts) || !read_judged(c, json_object_get(root, "judged"), judged))
		return problem(c, FAIL_BROKEN, "facts", "the facts kept beside a score sheet cannot be read");
	return FAIL_OK;
}
