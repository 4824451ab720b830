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

static void put_names(struct json *j, const char *key, uint64_t bits)
{
	json_key(j, key);
	json_array(j);
	for (int f = 0; f < FACT_COUNT; f++)
		if (bits & FACT_BIT(f))
			json_str(j, rule_facts[f].name);
	json_array_end(j);
}

static void put_waiting(struct json *j, const struct waiting *w)
{
	char due[MOMENT_TEXT];

	if (!(w->not_due | w->overdue))
		return;
	put_names(j, "not_due", w->not_due);
	put_names(j, "overdue", w->overdue);
	moment_format(w->due, due);
	json_put_str(j, "due", due);
}

static void put_judged(struct json *j, struct judged judged)
{
	char points[NUM_TEXT];

	for (size_t i = 0; i < judged.n; i++) {
		tenths_format(judged.v[i].points, points);
		json_put_str(j, judged.v[i].id, points);
	}
}

const char *snapshot_text(struct call *c, const struct snapshot *s)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_key(&j, "facts");
	json_object(&j);
	put_facts(&j, &s->facts);
	json_object_end(&j);
	json_key(&j, "judged");
	json_object(&j);
	put_judged(&j, s->judged);
	json_object_end(&j);
	put_waiting(&j, &s->waiting);
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

static bool read_names(const json_t *list, uint64_t *bits)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *name = json_string_value(json_array_get(list, i));
		int f = name ? fact_by_name(name) : -1;

		if (f < 0)
			return false;
		*bits |= FACT_BIT(f);
	}
	return true;
}

static bool read_waiting(const json_t *root, struct waiting *out)
{
	const char *due = json_string_value(json_object_get(root, "due"));

	return read_names(json_object_get(root, "not_due"), &out->not_due) && read_names(json_object_get(root, "overdue"), &out->overdue) &&
	       (!due || !*due || moment_parse(due, &out->due));
}

fail snapshot_read(struct call *c, const char *text, struct snapshot *out)
{
	*out = SNAPSHOT_NONE;
	if (!*text)
		return FAIL_OK;
	json_t *root = json_loads(text, 0, NULL);

	if (root)
		arena_defer(c->arena, free_json, root);
	if (root && read_facts(json_object_get(root, "facts"), &out->facts) && read_judged(c, json_object_get(root, "judged"), &out->judged) &&
	    read_waiting(root, &out->waiting))
		return FAIL_OK;
	return problem(c, FAIL_BROKEN, "facts", "the facts kept beside a score sheet cannot be read");
}
