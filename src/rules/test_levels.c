/* test_levels.c — annual levels: thresholds, each condition by itself, unknown facts, the cap worked out by hand; which version holds when. */
#include "support/support.h"

#include <string.h>

#include "rules/facts_year.h"
#include "rules/levels.h"
#include "rules/load.h"

static struct call c;
static struct rules rules;

static int begin(void **state)
{
	struct complaints bad = { 0 };

	(void)state;
	test_call(&c);
	bad.arena = c.arena;
	assert_int_equal(rules_load_dir(c.arena, "rules", &rules, &bad), FAIL_OK);
	return 0;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static const struct levels_rule *rule_of(enum levels_use use, int year)
{
	const struct levels_rule *rule = rules_levels(&rules, use, year, SCOPES_NONE);

	assert_non_null(rule);
	return rule;
}

/* Ten tasks, all on time, three above requirement, nobody disciplined: every condition holds. */
static struct facts good_year(void)
{
	static const struct { int f, v; } known[] = {
		{ YEAR_tasks_due, 10 }, { YEAR_tasks_on_time, 10 }, { YEAR_tasks_done, 10 }, { YEAR_tasks_late, 0 }, { YEAR_tasks_above_requirement, 3 },
		{ YEAR_units_disciplined, 0 }, { YEAR_leaders_disciplined, 0 },
	};
	struct facts facts = FACTS_NONE;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_true(book_set(&FACTS_OF_YEAR, &facts, known[i].f, known[i].v));
	return facts;
}

static struct level_result level_at(const struct levels_rule *rule, int32_t tenths, const struct facts *facts)
{
	struct level_result result;

	level_of(c.arena, rule, (struct tenths){ tenths }, facts, LANG_EN, &result);
	return result;
}

static void thresholds_90_70_50_just_under_at_and_over(void **state)
{
	static const struct { int32_t tenths; enum level level; } rows[] = {
		{ 0, LEVEL_OF_NOT_COMPLETED }, { 499, LEVEL_OF_NOT_COMPLETED }, { 500, LEVEL_OF_COMPLETED }, { 501, LEVEL_OF_COMPLETED },
		{ 699, LEVEL_OF_COMPLETED }, { 700, LEVEL_OF_GOOD }, { 701, LEVEL_OF_GOOD }, { 899, LEVEL_OF_GOOD }, { 900, LEVEL_OF_EXCELLENT },
		{ 901, LEVEL_OF_EXCELLENT }, { 1000, LEVEL_OF_EXCELLENT },
	};
	struct facts facts = good_year();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct level_result r = level_at(rule_of(LEVELS_OF_UNITS, 2025), rows[i].tenths, &facts);

		assert_int_equal(r.level, rows[i].level);
		assert_int_equal(r.by_points, rows[i].level);
	}
	assert_int_equal(level_at(rule_of(LEVELS_OF_UNITS, 2025), TENTHS_NONE.t, &facts).level, LEVEL_OF_NONE);
}

static void each_condition_alone_keeps_a_level_away(void **state)
{
	static const struct { int f, v; int32_t tenths; enum level level; const char *id; } rows[] = {
		{ YEAR_tasks_above_requirement, 2, 950, LEVEL_OF_GOOD, "X2" },
		{ YEAR_units_disciplined, 1, 950, LEVEL_OF_GOOD, "X3" },
		{ YEAR_leaders_disciplined, 1, 950, LEVEL_OF_GOOD, "X4" },
		{ YEAR_tasks_on_time, 9, 950, LEVEL_OF_COMPLETED, "X1" },  /* Good asks for the same */
		{ YEAR_tasks_on_time, 9, 800, LEVEL_OF_COMPLETED, "G1" },
		{ YEAR_tasks_done, 9, 600, LEVEL_OF_NOT_COMPLETED, "C1" },
		{ YEAR_tasks_late, 3, 600, LEVEL_OF_NOT_COMPLETED, "C2" },
		{ YEAR_tasks_late, 2, 600, LEVEL_OF_COMPLETED, NULL },     /* 20 % may be late */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct facts facts = good_year();
		struct level_result r;
		size_t failed = 0;

		book_set(&FACTS_OF_YEAR, &facts, rows[i].f, rows[i].v);
		r = level_at(rule_of(LEVELS_OF_UNITS, 2025), rows[i].tenths, &facts);
		assert_int_equal(r.level, rows[i].level);
		while (failed < r.n && r.asked[failed].holds)
			failed++;
		if (!rows[i].id)
			assert_int_equal(failed, r.n);
		else
			assert_string_equal(r.asked[failed].condition->id, rows[i].id);
	}
}

static void a_condition_says_its_figures(void **state)
{
	struct facts facts = good_year();
	struct level_result r;

	(void)state;
	book_set(&FACTS_OF_YEAR, &facts, YEAR_tasks_above_requirement, 2);
	r = level_at(rule_of(LEVELS_OF_UNITS, 2025), 950, &facts);
	assert_string_equal(r.asked[1].why, "2 tasks above requirement, 3 of 10 needed");
	level_of(c.arena, rule_of(LEVELS_OF_UNITS, 2025), (struct tenths){ 950 }, &facts, LANG_VI, &r);
	assert_string_equal(r.asked[1].why, "2 nhiệm vụ vượt mức, cần 3 trong 10");
}

static void an_unknown_fact_leaves_the_level_open(void **state)
{
	struct facts facts = good_year();
	struct level_result r;

	(void)state;
	facts.known &= ~FACT_BIT(YEAR_units_disciplined);
	r = level_at(rule_of(LEVELS_OF_UNITS, 2025), 950, &facts);
	assert_int_equal(r.level, LEVEL_OF_NONE);
	assert_int_equal(r.by_points, LEVEL_OF_EXCELLENT);
	assert_true(r.missing == FACT_BIT(YEAR_units_disciplined));
	assert_non_null(strstr(r.asked[2].why, "units_disciplined"));
	assert_int_equal(level_at(rule_of(LEVELS_OF_UNITS, 2025), 850, &facts).level, LEVEL_OF_GOOD); /* Good does not ask it */
	book_set(&FACTS_OF_YEAR, &facts, YEAR_leaders_disciplined, 1); /* what fails decides, whatever is not known */
	assert_int_equal(level_at(rule_of(LEVELS_OF_UNITS, 2025), 950, &facts).level, LEVEL_OF_GOOD);
}

static void members_have_levels_of_their_own_facts(void **state)
{
	struct facts facts = FACTS_NONE;

	(void)state;
	book_set(&FACTS_OF_PERSON, &facts, PERSON_tasks_due, 10);
	book_set(&FACTS_OF_PERSON, &facts, PERSON_tasks_on_time, 10);
	book_set(&FACTS_OF_PERSON, &facts, PERSON_tasks_above_requirement, 2);
	assert_int_equal(level_at(rule_of(LEVELS_OF_MEMBERS, 2026), 900, &facts).level, LEVEL_OF_GOOD);
	book_set(&FACTS_OF_PERSON, &facts, PERSON_tasks_above_requirement, 3);
	assert_int_equal(level_at(rule_of(LEVELS_OF_MEMBERS, 2026), 900, &facts).level, LEVEL_OF_EXCELLENT);
}

static void the_version_of_the_last_day_of_the_year_counts(void **state)
{
	struct facts facts = good_year();

	(void)state;
	assert_non_null(strstr(rule_of(LEVELS_OF_UNITS, 2025)->title[LANG_EN], "366"));
	assert_non_null(strstr(rule_of(LEVELS_OF_UNITS, 2024)->title[LANG_EN], "124"));
	assert_non_null(strstr(rule_of(LEVELS_OF_UNITS, 2023)->title[LANG_EN], "124"));
	assert_non_null(strstr(rule_of(LEVELS_OF_UNITS, 2022)->title[LANG_EN], "132"));
	assert_null(rules_levels(&rules, LEVELS_OF_UNITS, 2017, SCOPES_NONE));
	facts.v[YEAR_tasks_above_requirement] = 0; /* asked for since 2025 */
	assert_int_equal(level_at(rule_of(LEVELS_OF_UNITS, 2024), 950, &facts).level, LEVEL_OF_EXCELLENT);
	assert_int_equal(level_at(rule_of(LEVELS_OF_UNITS, 2025), 950, &facts).level, LEVEL_OF_GOOD);
}

static void expect_cap(enum cap_base base, const int64_t *by_level, int64_t counted, int64_t allowed)
{
	struct levels_rule rule = { .cap_percent = 20, .cap_base = base };
	int64_t got;

	assert_int_equal(levels_cap(&rule, by_level, &got), allowed);
	assert_int_equal(got, counted);
}

/* Worked by hand: floor(base × 20 / 100). */
static void W10_cap_of_groups_of_130_129_and_5_units(void **state)
{
	static const struct { int64_t by_level[LEVEL_OF_COUNT], good, good_cap, better, better_cap, all, all_cap; } rows[] = {
		/* –, not completed, completed, good, excellent */
		{ { 0, 0, 0, 130, 0 }, 130, 26, 130, 26, 130, 26 },
		{ { 0, 0, 0, 129, 0 }, 129, 25, 129, 25, 129, 25 },
		{ { 0, 0, 0, 5, 0 }, 5, 1, 5, 1, 5, 1 },
		{ { 0, 2, 8, 94, 26 }, 94, 18, 120, 24, 130, 26 }, /* a group of 130 */
		{ { 0, 1, 8, 95, 25 }, 95, 19, 120, 24, 129, 25 }, /* of 129 */
		{ { 0, 0, 1, 3, 1 }, 3, 0, 4, 0, 5, 1 },           /* of 5: three Good allow none */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		expect_cap(CAP_OF_GOOD, rows[i].by_level, rows[i].good, rows[i].good_cap);
		expect_cap(CAP_OF_GOOD_OR_BETTER, rows[i].by_level, rows[i].better, rows[i].better_cap);
		expect_cap(CAP_OF_ALL, rows[i].by_level, rows[i].all, rows[i].all_cap);
	}
}

static void W10_26_excellent_need_130_good(void **state)
{
	(void)state;
	assert_int_equal(cap_base_needed(26, 20), 130);
	assert_int_equal(rule_of(LEVELS_OF_UNITS, 2025)->cap_base, CAP_OF_GOOD);
	assert_int_equal(rule_of(LEVELS_OF_UNITS, 2025)->cap_percent, 20);
}

#define LEVELS                                                                                                         \
	"kind: classification\nid: X\ntitle: {vi: A, en: A}\nsource: local\nfor: units\nexcellent: {from: 90}\n"           \
	"good: {from: %s, conditions: [{id: G, title: {vi: A, en: A}, holds: %s}]}\ncompleted: {from: 50}\ncap: {percent: %s, of: %s}\n"

static void refused(const char *good, const char *holds, const char *percent, const char *of, int line, const char *words)
{
	const char *text = arena_printf(c.arena, LEVELS, good, holds, percent, of);
	struct rule_text one = { "x.yaml", text, strlen(text) };
	struct complaints bad = { .arena = c.arena, .lang = LANG_EN };
	struct rules set;

	assert_int_equal(rules_load_texts(c.arena, &one, 1, &set, &bad), *words ? FAIL_INPUT : FAIL_OK);
	if (*words && (bad.v[0].at.line != line || !strstr(bad.v[0].text, words)))
		fail_msg("%s: got %d: %s", words, bad.v[0].at.line, bad.v[0].text);
}

static void a_classification_with_a_mistake_is_refused_with_its_place(void **state)
{
	(void)state;
	refused("70", "tasks_late == 0", "20", "all", 0, "");
	refused("95", "tasks_late == 0", "20", "all", 1, "must fall from excellent to completed");
	refused("70", "tasks_late", "20", "all", 7, "is a number");
	refused("70", "unexcused == 0", "20", "all", 7, "no such fact");
	refused("70", "tasks_late == 0", "120", "all", 9, "out of bounds");
	refused("70", "tasks_late == 0", "20", "half", 9, "good good_or_better all");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(thresholds_90_70_50_just_under_at_and_over, begin, end),
		cmocka_unit_test_setup_teardown(each_condition_alone_keeps_a_level_away, begin, end),
		cmocka_unit_test_setup_teardown(a_condition_says_its_figures, begin, end),
		cmocka_unit_test_setup_teardown(an_unknown_fact_leaves_the_level_open, begin, end),
		cmocka_unit_test_setup_teardown(members_have_levels_of_their_own_facts, begin, end),
		cmocka_unit_test_setup_teardown(the_version_of_the_last_day_of_the_year_counts, begin, end),
		cmocka_unit_test_setup_teardown(W10_cap_of_groups_of_130_129_and_5_units, begin, end),
		cmocka_unit_test_setup_teardown(W10_26_excellent_need_130_good, begin, end),
		cmocka_unit_test_setup_teardown(a_classification_with_a_mistake_is_refused_with_its_place, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
