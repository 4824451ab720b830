/* test_expr.c — the expression language: exactness, types, unknown facts, refusals with their place. */
#include "support/support.h"

#include <string.h>

#include "rules/expr.h"

static struct arena *a;

static int begin(void **state)
{
	(void)state;
	a = arena_new(8 << 20);
	return a ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static struct facts facts_of(int64_t present, int64_t expected, int64_t unexcused)
{
	struct facts f = FACTS_NONE;

	if (present >= 0)
		facts_set(&f, FACT_present, present);
	if (expected >= 0)
		facts_set(&f, FACT_expected, expected);
	if (unexcused >= 0)
		facts_set(&f, FACT_unexcused, unexcused);
	return f;
}

static struct expr parse(const char *text)
{
	struct expr_problem why;
	struct expr e;

	if (!expr_parse(a, text, &FACTS_OF_MEETING, NULL, &e, &why))
		fail_msg("“%s” is refused at %d: %s", text, why.column, why.what);
	return e;
}

/* What a text gives with 19 of 21 present and nobody unexcused. */
static const char *result(const char *text)
{
	struct facts f = facts_of(19, 21, 0);
	struct expr e = parse(text);
	struct out o;

	out_memory(&o, a);
	value_words(&o, expr_eval(&e, NULL, &f), e.type, LANG_EN);
	return out_text(&o);
}

static void arithmetic_is_exact(void **state)
{
	static const char *const rows[][2] = {
		{ "present / expected", "90.48%" }, { "present / expected >= 90%", "yes" }, { "present / expected > 19 / 21", "no" },
		{ "present / expected = 19 / 21", "yes" }, { "1 / 3 + 1 / 3 + 1 / 3 = 1", "yes" }, { "0.1 + 0.2 = 0.3", "yes" },
		{ "2.5% * 40", "1" }, { "ceil(90% * expected)", "19" }, { "floor(85% * expected) + 1", "18" }, { "ceil(-2.5)", "−2" },
		{ "floor(-2.5)", "−3" }, { "expected - present", "2" }, { "present - expected", "−2" }, { "1 + 2 * 3", "7" },
		{ "(1 + 2) * 3", "9" }, { "7 - 2 - 1", "4" }, { "16 / 4 / 2", "200%" }, { "--3", "3" }, { "2 * 3 = 6 and 1 < 2", "yes" },
		{ "not 1 > 2", "yes" }, { "1 > 2 or 2 > 1", "yes" }, { "true and not false", "yes" }, { "50% * 50%", "25%" }, { "1 / 8", "12.50%" },
		{ "999999999 * 999999999", "999999998000000001" }, { "1.5", "1.50" }, { "100%", "100%" }, { "2 / 2", "100%" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(result(rows[i][0]), rows[i][1]) != 0)
			fail_msg("%s: expected %s, got %s", rows[i][0], rows[i][1], result(rows[i][0]));
}

static enum value_state state_of(const char *text, struct facts f)
{
	struct expr e = parse(text);

	return expr_eval(&e, NULL, &f).state;
}

static bool holds(const char *text, struct facts f)
{
	struct expr e = parse(text);
	struct value v = expr_eval(&e, NULL, &f);

	assert_int_equal(v.state, VALUE_KNOWN);
	return v.num;
}

static void an_unknown_fact_stays_unknown_unless_it_does_not_matter(void **state)
{
	struct facts f = facts_of(19, -1, 0);

	(void)state;
	assert_int_equal(state_of("expected > 0", f), VALUE_UNKNOWN);
	assert_int_equal(state_of("expected * 0 = 0", f), VALUE_UNKNOWN);
	assert_int_equal(state_of("present / expected >= 0%", f), VALUE_UNKNOWN);
	assert_int_equal(state_of("unexcused = 0 and expected > 0", f), VALUE_UNKNOWN);
	assert_int_equal(state_of("unexcused > 0 or expected > 0", f), VALUE_UNKNOWN);
	assert_int_equal(state_of("not expected > 0", f), VALUE_UNKNOWN);
	assert_false(holds("unexcused > 0 and expected > 0", f));
	assert_false(holds("expected > 0 and unexcused > 0", f));
	assert_true(holds("unexcused = 0 or expected > 0", f));
	assert_true(holds("expected > 0 or unexcused = 0", f));
}

static void a_share_of_nothing_and_numbers_beyond_64_bits_are_undefined(void **state)
{
	struct facts f = facts_of(0, 0, 0);

	(void)state;
	assert_int_equal(state_of("present / expected", f), VALUE_UNDEFINED);
	assert_int_equal(state_of("present / expected >= 90%", f), VALUE_UNDEFINED);
	assert_int_equal(state_of("present / (expected - present)", f), VALUE_UNDEFINED);
	assert_int_equal(state_of("999999999 * 999999999 * 999999999", f), VALUE_UNDEFINED);
	assert_int_equal(state_of("(1 / 999999937) * (1 / 999999929) * (1 / 999999893) < 1", f), VALUE_UNDEFINED);
	assert_true(holds("expected = 0 or present / expected >= 90%", f));
	assert_false(holds("expected > 0 and present / expected >= 90%", f));
}

static void refusals_name_the_word_and_its_place(void **state)
{
	static const struct { const char *text; int column; const char *near; } rows[] = {
		{ "", 1, "" }, { "present /", 10, "" }, { "presnt > 1", 1, "presnt" }, { "present > ", 11, "" }, { "(present > 1", 13, "" },
		{ "present > 1)", 12, ")" }, { "present > 1 > 0", 13, ">" }, { "present and 1 > 0", 1, "present and 1 > 0" }, { "has_committee > 1", 1, "has_committee > 1" },
		{ "has_committee + 1 > 0", 1, "has_committee + 1 " }, { "not present", 1, "not present" }, { "1 2", 3, "2" }, { "1.2.3", 1, "1.2.3" },
		{ "12345678901", 1, "12345678901" }, { "0.12345", 1, "0.12345" }, { "present ≥ 1", 9, "≥" }, { "measure > 1", 1, "measure" },
		{ "ceil present", 6, "present" }, { "1 and", 6, "" }, { "and", 1, "and" }, { "-true", 1, "-true" }, { "present = has_committee", 1, "present = has_committee" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct expr_problem why = { 0 };
		struct expr e;

		if (expr_parse(a, rows[i].text, &FACTS_OF_MEETING, NULL, &e, &why))
			fail_msg("“%s” is accepted", rows[i].text);
		if (why.column != rows[i].column || strcmp(why.near, rows[i].near) != 0)
			fail_msg("“%s”: expected %d “%s”, got %d “%s”", rows[i].text, rows[i].column, rows[i].near, why.column, why.near);
	}
}

static const char *nested(const char *open, const char *close, int times)
{
	struct out o;

	out_memory(&o, a);
	for (int i = 0; i < times; i++)
		out_str(&o, open);
	out_str(&o, "1");
	for (int i = 0; i < times; i++)
		out_str(&o, close);
	return out_text(&o);
}

static void depth_and_length_are_bounded(void **state)
{
	struct expr_problem why;
	struct expr e;

	(void)state;
	assert_true(expr_parse(a, nested("(", ")", EXPR_MAX_DEPTH - 1), &FACTS_OF_MEETING, NULL, &e, &why));
	assert_false(expr_parse(a, nested("(", ")", EXPR_MAX_DEPTH), &FACTS_OF_MEETING, NULL, &e, &why));
	assert_false(expr_parse(a, nested("-", "", 1000), &FACTS_OF_MEETING, NULL, &e, &why));
	assert_false(expr_parse(a, nested("not ", "", 1000), &FACTS_OF_MEETING, NULL, &e, &why));
	assert_true(expr_parse(a, nested("1 + ", "", 31), &FACTS_OF_MEETING, NULL, &e, &why));
	assert_false(expr_parse(a, nested("1 + ", "", 32), &FACTS_OF_MEETING, NULL, &e, &why));
}

static const char *words(const char *text, enum lang lang)
{
	struct expr e = parse(text);
	struct out o;

	out_memory(&o, a);
	expr_words(&o, &e, NULL, lang);
	return out_text(&o);
}

static void expressions_have_words(void **state)
{
	(void)state;
	assert_string_equal(words("present / expected >= 90%", LANG_VI), "số người có mặt / số người phải dự ≥ 90 %");
	assert_string_equal(words("present/expected>=90%", LANG_EN), "members present / members expected ≥ 90%");
	assert_string_equal(words("not has_committee or unexcused == 0 and excused != 1", LANG_VI),
	                    "không (có chi ủy) hoặc vắng không lý do = 0 và vắng có lý do ≠ 1");
	assert_string_equal(words("(present + 1) * 2 - (3 - 4)", LANG_EN), "(members present + 1) × 2 − (3 − 4)");
	assert_string_equal(words("(true or false) and true", LANG_EN), "(yes or no) and yes");
	assert_string_equal(words("ceil(85% * expected)", LANG_EN), "rounded up (85% × members expected)");
}

static void operations_from_outside_are_verified(void **state)
{
	static const struct op too_few[] = { { .code = OP_FACT }, { .code = OP_ADD } };
	static const struct op two_left[] = { { .code = OP_YES }, { .code = OP_YES } };
	static const struct op mixed[] = { { .code = OP_YES }, { .code = OP_FACT }, { .code = OP_ADD } };
	static const struct op bad_fact[] = { { .code = OP_FACT, .arg = FACT_COUNT } };
	static const struct op bad_number[] = { { .code = OP_NUMBER, .num = 1, .den = 0 } };
	static const struct op bad_code[] = { { .code = OP_CODE_COUNT } };
	static const struct op measure[] = { { .code = OP_MEASURE } };
	static const struct { const struct op *ops; uint32_t n; } rows[] = {
		{ too_few, 2 }, { two_left, 2 }, { mixed, 3 }, { bad_fact, 1 }, { bad_number, 1 }, { bad_code, 1 }, { measure, 1 }, { measure, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct expr e = { .ops = rows[i].ops, .n = rows[i].n, .book = &FACTS_OF_MEETING };

		assert_false(expr_verify(&e, NULL));
	}
}

static void every_fact_has_a_name_and_words(void **state)
{
	(void)state;
	for (int f = 0; f < FACT_COUNT; f++) {
		assert_int_equal(fact_by_name(rule_facts[f].name), f);
		for (int lang = 0; lang < LANG_COUNT; lang++)
			assert_true(strlen(rule_facts[f].label[lang]) > 3);
	}
	assert_int_equal(fact_by_name("weather"), -1);
	assert_int_equal(fact_by_name(""), -1);
}

static void facts_stay_in_bounds_and_agree(void **state)
{
	struct facts f = FACTS_NONE;
	enum fact part, whole;

	(void)state;
	assert_false(facts_set(&f, FACT_present, -1));
	assert_false(facts_set(&f, FACT_has_committee, 2));
	assert_false(facts_set(&f, FACT_present, FACT_LIMIT + 1LL));
	assert_false(facts_set(&f, FACT_required_minutes, 0));
	assert_int_equal(f.known, 0);
	assert_true(facts_set(&f, FACT_documents_lead_minutes, -30));
	assert_true(facts_set(&f, FACT_present, 22));
	assert_true(facts_agree(&f, &part, &whole));
	assert_true(facts_set(&f, FACT_expected, 21));
	assert_false(facts_agree(&f, &part, &whole));
	assert_int_equal(part, FACT_present);
	assert_int_equal(whole, FACT_expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arithmetic_is_exact),
		cmocka_unit_test(an_unknown_fact_stays_unknown_unless_it_does_not_matter),
		cmocka_unit_test(a_share_of_nothing_and_numbers_beyond_64_bits_are_undefined),
		cmocka_unit_test(refusals_name_the_word_and_its_place),
		cmocka_unit_test(depth_and_length_are_bounded),
		cmocka_unit_test(expressions_have_words),
		cmocka_unit_test(operations_from_outside_are_verified),
		cmocka_unit_test(every_fact_has_a_name_and_words),
		cmocka_unit_test(facts_stay_in_bounds_and_agree),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
