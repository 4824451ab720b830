/* test_mustache.c — the public specification, case by case, and what documents ask beyond it. */
#include <jansson.h>

#include "support/support.h"

#include <string.h>

#include "paper/mustache.h"

#define SPEC "../shared/data/mustache-spec"

struct partials { struct call *c; const json_t *texts; };

static const struct mustache *partial(void *arg, const char *name)
{
	struct partials *p = arg;
	const char *text = json_string_value(json_object_get(p->texts, name));
	struct mustache *m;

	if (!text)
		return NULL;
	assert_ok(p->c, mustache_compile(p->c, p->c->arena, name, text, strlen(text), &m));
	return m;
}

static const char *render(struct call *c, const char *text, const json_t *data, const json_t *texts)
{
	struct partials partials = { c, texts };
	struct mustache_options options = { .partial = partial, .partial_arg = &partials };
	struct mustache *m;
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, mustache_compile(c, c->arena, "template", text, strlen(text), &m));
	assert_ok(c, mustache_render(c, m, data, &options, &o));
	return out_text(&o);
}

static int spec_file(struct call *c, const char *path)
{
	json_t *root = json_load_file(path, JSON_DECODE_ANY, NULL), *test;
	size_t i;

	if (!root)
		return 0;
	json_array_foreach(json_object_get(root, "tests"), i, test) {
		const char *name = json_string_value(json_object_get(test, "name"));
		const char *got = render(c, json_string_value(json_object_get(test, "template")), json_object_get(test, "data"), json_object_get(test, "partials"));
		const char *expected = json_string_value(json_object_get(test, "expected"));

		if (strcmp(got, expected) != 0)
			fail_msg("%s: %s: expected “%s”, got “%s”", path, name, expected, got);
	}
	json_decref(root);
	return (int)i;
}

static void every_case_of_the_specification_holds(void **state)
{
	static const char *const files[] = { "comments", "delimiters", "interpolation", "inverted", "partials", "sections" };
	struct call c;
	int n = 0;

	(void)state;
	test_call(&c);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		n += spec_file(&c, arena_printf(c.arena, SPEC "/%s.json", files[i]));
	if (n == 0)
		test_skip(&c, SPEC " is not there");
	assert_true(n >= 130);
	call_end(&c);
}

static void broken_templates_are_refused_with_their_line(void **state)
{
	static const struct { const char *text, *words; } rows[] = {
		{ "a\n{{#x}}", "t: line 2: the section “x” is not closed" },
		{ "{{/x}}", "t: line 1: {{/x}} closes a section that is not open" },
		{ "{{#a}}\n{{#b}}\n{{/a}}{{/b}}", "t: line 3: {{/a}} stands where {{/b}} is expected; the section was opened in line 2" },
		{ "a {{x", "t: line 1: a tag begins here and is not closed; expected }}" },
		{ "{{}}", "is not a name" },
		{ "{{a b}}", "“a b” is not a name" },
		{ "{{=a=}}", "these delimiters cannot be used" },
	};
	struct mustache *m;
	struct call c;

	(void)state;
	test_call(&c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_fails(&c, FAIL_INPUT, mustache_compile(&c, c.arena, "t", rows[i].text, strlen(rows[i].text), &m));
		assert_non_null(strstr(test_problem.text, rows[i].words));
	}
	call_end(&c);
}

static fail strict(struct call *c, const char *text, const char *json, struct out *o)
{
	struct mustache_options options = { .strict = true, .escape = mustache_plain };
	json_t *data = json_loads(json, JSON_DECODE_ANY, NULL);
	struct mustache *m;
	fail f;

	out_memory(o, c->arena);
	assert_ok(c, mustache_compile(c, c->arena, "t", text, strlen(text), &m));
	f = mustache_render(c, m, data, &options, o);
	json_decref(data);
	return f;
}

static void strict_rendering_names_the_unknown_field_and_its_place(void **state)
{
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	assert_fails(&c, FAIL_INPUT, strict(&c, "a\n{{nam}}", "{\"name\":\"x\"}", &o));
	assert_string_equal(test_problem.text, "t: line 2: “nam” is not a field of this form");
	assert_string_equal(test_problem.field, "nam");
	assert_fails(&c, FAIL_INPUT, strict(&c, "{{#a}}{{b.c}}{{/a}}", "{\"a\":{\"b\":{}}}", &o));
	assert_fails(&c, FAIL_INPUT, strict(&c, "{{^list}}{{/list}}", "{}", &o));
	assert_fails(&c, FAIL_INPUT, strict(&c, "{{list}}", "{\"list\":[1]}", &o));
	assert_ok(&c, strict(&c, "{{a}}{{#e}}x{{/e}}{{^e}}y{{/e}}{{#f}}{{a}}{{g}}{{/f}}", "{\"a\":null,\"e\":\"\",\"f\":[{\"g\":1},{\"g\":2}]}", &o));
	assert_string_equal(out_text(&o), "y12");
	c.lang = LANG_VI;
	assert_fails(&c, FAIL_INPUT, strict(&c, "{{nam}}", "{}", &o));
	assert_string_equal(test_problem.text, "t: dòng 1: “nam” không phải là trường của biểu mẫu này");
	call_end(&c);
}

static void partials_that_use_each_other_without_end_are_refused(void **state)
{
	json_t *texts = json_loads("{\"a\":\"{{>a}}\"}", 0, NULL), *data = json_loads("{}", 0, NULL);
	struct partials partials;
	struct mustache_options options = { .partial = partial, .partial_arg = &partials };
	struct mustache *m;
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	partials = (struct partials){ &c, texts };
	out_memory(&o, c.arena);
	assert_ok(&c, mustache_compile(&c, c.arena, "t", "{{>a}}", 6, &m));
	assert_fails(&c, FAIL_INPUT, mustache_render(&c, m, data, &options, &o));
	json_decref(texts);
	json_decref(data);
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_of_the_specification_holds),
		cmocka_unit_test(broken_templates_are_refused_with_their_line),
		cmocka_unit_test(strict_rendering_names_the_unknown_field_and_its_place),
		cmocka_unit_test(partials_that_use_each_other_without_end_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
