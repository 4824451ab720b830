/* test_cases.c — the table of cases in tests/rules/cases, natively. tests/rules/wasm.test.mjs runs the same table in the
 * WebAssembly build and compares the bytes. Every case is applied by the scheme as loaded and as packed and unpacked. */
#include <jansson.h>

#include "support/support.h"

#include <string.h>

#include "rules/facts_file.h"
#include "rules/load.h"

static const char *case_name;

static void expect_text(const char *what, const char *id, const char *expected, const char *got)
{
	if (strcmp(expected, got) == 0)
		return;
	print_error("%s: %s %s: expected “%s”, got “%s”\n", case_name, what, id, expected, got);
	fail_msg("case failed");
}

static const struct scored_line *line_of(const struct scored_sheet *sheet, const char *id)
{
	for (size_t i = 0; i < sheet->n; i++)
		if (strcmp(sheet->lines[i].id, id) == 0)
			return &sheet->lines[i];
	fail_msg("%s: no line %s", case_name, id);
	return NULL;
}

static const char *tenths_text(struct tenths p)
{
	static char text[NUM_TEXT];

	tenths_format(p, text);
	return text;
}

/* {"D1": "4.0", …}: null stands for no points. */
static void check_lines(const struct scored_sheet *sheet, json_t *expected)
{
	const char *id;
	json_t *points;

	json_object_foreach(expected, id, points)
		expect_text("points of", id, json_is_null(points) ? "" : json_string_value(points), tenths_text(line_of(sheet, id)->points));
}

static void check_words(const struct scored_sheet *sheet, json_t *expected, const char *what)
{
	const char *id;
	json_t *words;

	json_object_foreach(expected, id, words) {
		const struct scored_line *line = line_of(sheet, id);
		const char *got = strcmp(what, "why") == 0 ? line->why
		                  : strcmp(what, "to_full") == 0 ? line->to_full : line_source_words[line->source];

		expect_text(what, id, json_string_value(words), got);
	}
}

static void check_missing(const struct scored_sheet *sheet, json_t *names)
{
	uint64_t expected = 0;
	json_t *name;
	size_t i;

	json_array_foreach(names, i, name)
		expected |= FACT_BIT(book_by_name(scheme_use_book(sheet->scheme->use), json_string_value(name)));
	if (sheet->missing != expected)
		fail_msg("%s: the missing facts are not those expected", case_name);
}

static void check_state(const struct scored_sheet *sheet, json_t *ids, enum line_state state)
{
	size_t expected = json_array_size(ids), got = 0, i;
	json_t *id;

	for (size_t k = 0; k < sheet->n; k++)
		got += sheet->lines[k].state == state;
	assert_int_equal(got, expected);
	json_array_foreach(ids, i, id)
		assert_int_equal(line_of(sheet, json_string_value(id))->state, state);
}

static const char *verdict_text(const json_t *meets)
{
	return json_is_null(meets) ? "open" : json_is_true(meets) ? "met" : "not met";
}

/* "meets": true, false or null, and "vetoes": {"V1": true}: which apply, null: not known. */
static void check_verdict(const struct scored_sheet *sheet, json_t *expected)
{
	static const char *const got[] = { "open", "not met", "met" };
	json_t *meets = json_object_get(expected, "meets"), *applies;
	const char *id;

	if (meets)
		expect_text("standard", "", verdict_text(meets), got[sheet->verdict]);
	json_object_foreach(json_object_get(expected, "vetoes"), id, applies) {
		size_t i = 0;

		while (i < sheet->n_vetoes && strcmp(sheet->vetoes[i].veto->id, id) != 0)
			i++;
		assert_true(i < sheet->n_vetoes);
		expect_text("veto", id, verdict_text(applies), got[!sheet->vetoes[i].known ? 0 : sheet->vetoes[i].applies ? 2 : 1]);
	}
}

static void check_sheet(const struct scored_sheet *sheet, json_t *expected)
{
	json_t *total = json_object_get(expected, "total"), *grade = json_object_get(expected, "class");
	bool open = json_object_get(expected, "missing") || json_object_get(expected, "unjudged") || json_object_get(expected, "undefined");

	if (sheet->complete == open)
		fail_msg("%s: complete is %d", case_name, sheet->complete);
	if (open) {
		assert_false(tenths_is(sheet->total));
		assert_int_equal(sheet->grade, GRADE_NONE);
	}
	if (total)
		expect_text("total", "", json_string_value(total), tenths_text(sheet->total));
	if (grade)
		expect_text("class", "", json_string_value(grade), grade_words[sheet->grade]);
	check_verdict(sheet, expected);
	check_lines(sheet, json_object_get(expected, "lines"));
	check_words(sheet, json_object_get(expected, "why"), "why");
	check_words(sheet, json_object_get(expected, "to_full"), "to_full");
	check_words(sheet, json_object_get(expected, "source"), "source");
	check_missing(sheet, json_object_get(expected, "missing"));
	check_state(sheet, json_object_get(expected, "unjudged"), LINE_UNJUDGED);
	check_state(sheet, json_object_get(expected, "undefined"), LINE_UNDEFINED);
}

static const char *sheet_json(struct call *c, const struct scored_sheet *sheet)
{
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	scored_sheet_json(&j, sheet, "");
	return out_text(&o);
}

/* The same sentence for the same facts, whichever way the scheme came and whatever the language. */
static void check_packed(struct call *c, const struct scheme *scheme, const struct scheme *unpacked, const struct facts_file *file)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct scored_sheet a, b;

		assert_int_equal(scheme_apply(c->arena, scheme, &file->facts, file->judged, (enum lang)lang, &a), FAIL_OK);
		assert_int_equal(scheme_apply(c->arena, unpacked, &file->facts, file->judged, (enum lang)lang, &b), FAIL_OK);
		assert_string_equal(sheet_json(c, &a), sheet_json(c, &b));
	}
}

static void run_case(struct call *c, const struct scheme *scheme, const struct scheme *unpacked, json_t *base, json_t *one)
{
	json_t *merged = json_pack("{s:o,s:o}", "facts", json_deep_copy(json_object_get(base, "facts")), "judged",
	                           json_deep_copy(json_object_get(base, "judged")));
	json_t *refused = json_object_get(one, "refused");
	struct facts_file file;
	struct scored_sheet sheet;
	char *text;
	fail f;

	case_name = json_string_value(json_object_get(one, "name"));
	json_object_update(json_object_get(merged, "facts"), json_object_get(one, "facts"));
	json_object_update(json_object_get(merged, "judged"), json_object_get(one, "judged"));
	text = json_dumps(merged, 0);
	assert_ok(c, facts_file_parse(c, case_name, text, strlen(text), scheme->use, &file));
	f = scheme_apply(c->arena, scheme, &file.facts, file.judged, LANG_VI, &sheet);
	if (refused) {
		assert_int_equal(f, FAIL_INPUT);
		expect_text("refused", "", json_string_value(refused), sheet.refused_id);
	} else {
		assert_int_equal(f, FAIL_OK);
		check_sheet(&sheet, one);
		check_packed(c, scheme, unpacked, &file);
	}
	free(text);
	json_decref(merged);
}

static void run_table(const char *id, size_t least)
{
	struct complaints bad = { 0 };
	struct scheme unpacked;
	const struct scheme *scheme;
	struct rules rules;
	struct call c;
	struct out packed;
	json_t *table, *one;
	size_t i;

	test_call(&c);
	bad.arena = c.arena;
	assert_int_equal(rules_load_dir(c.arena, "rules", &rules, &bad), FAIL_OK);
	scheme = rules_scheme_by_id(&rules, id, DATE_NONE);
	assert_non_null(scheme);
	out_memory(&packed, c.arena);
	scheme_pack(scheme, &packed);
	assert_int_equal(scheme_unpack(c.arena, packed.data, packed.size, &unpacked), FAIL_OK);
	table = json_load_file(arena_printf(c.arena, "tests/rules/cases/%s.json", id), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(table);
	assert_true(json_array_size(json_object_get(table, "cases")) >= least);
	json_array_foreach(json_object_get(table, "cases"), i, one)
		run_case(&c, scheme, &unpacked, json_object_get(table, "base"), one);
	json_decref(table);
	call_end(&c);
}

static void MQ_2025_D_every_line_at_below_and_above_its_bounds(void **state)
{
	(void)state;
	run_table("MQ-2025-D", 140);
}

static void MQ_2025_frame(void **state)
{
	(void)state;
	run_table("MQ-2025", 10);
}

static void MQ_2018_every_line_at_below_and_above_its_bounds(void **state)
{
	(void)state;
	run_table("MQ-2018", 60);
}

static void MQ_TH_every_line_at_below_and_above_its_bounds(void **state)
{
	(void)state;
	run_table("MQ-TH", 30);
}

/* T19: 94.9 does not meet the standard, 95.0 does. Vetoes work alone; every type of unit can reach exactly 100. */
static void four_good_cell_every_criterion_at_below_and_above_its_bands_T19(void **state)
{
	(void)state;
	run_table("4G-C", 140);
}

static void four_good_body_every_criterion_at_below_and_above_its_bands_T19(void **state)
{
	(void)state;
	run_table("4G-O", 70);
}

static void annual_unit_every_criterion_at_below_and_above_its_bands(void **state)
{
	(void)state;
	run_table("AC-U", 45);
}

static void annual_member_every_criterion_at_below_and_above_its_bands(void **state)
{
	(void)state;
	run_table("AC-M", 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(MQ_2025_D_every_line_at_below_and_above_its_bounds),
		cmocka_unit_test(MQ_2025_frame),
		cmocka_unit_test(MQ_2018_every_line_at_below_and_above_its_bounds),
		cmocka_unit_test(MQ_TH_every_line_at_below_and_above_its_bounds),
		cmocka_unit_test(four_good_cell_every_criterion_at_below_and_above_its_bands_T19),
		cmocka_unit_test(four_good_body_every_criterion_at_below_and_above_its_bands_T19),
		cmocka_unit_test(annual_unit_every_criterion_at_below_and_above_its_bands),
		cmocka_unit_test(annual_member_every_criterion_at_below_and_above_its_bands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
