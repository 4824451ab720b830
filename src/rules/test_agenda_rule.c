/* test_agenda_rule.c — the agenda that is proposed, its minutes, and what a file of agendas may not say. */
#include "support/support.h"

#include <string.h>

#include "rules/agenda_rule.h"
#include "rules/load.h"

static struct call c;
static struct rules rules;
static const struct agenda_rule *rule;

static int begin(void **state)
{
	struct complaints bad;

	(void)state;
	test_call(&c);
	bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	if (rules_load_dir(c.arena, "rules", &rules, &bad) != FAIL_OK)
		return -1;
	rule = rules_agenda(&rules, date_of(2026, 1, 3), SCOPES_NONE);
	return rule ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static size_t plan(struct agenda_case k, struct agenda_planned *out, int64_t *sum)
{
	size_t n = agenda_plan(rule, &k, out);

	*sum = 0;
	for (size_t i = 0; i < n; i++)
		*sum += out[i].minutes;
	return n;
}

static int32_t minutes_of(const struct agenda_planned *v, size_t n, const char *step)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].step->step, step) == 0)
			return v[i].minutes;
	return -1;
}

static void the_minutes_sum_to_what_is_required(void **state)
{
	static const struct agenda_case cases[] = { { false, false, 90 }, { false, true, 90 },  { true, false, 120 },
		                                        { true, true, 120 },  { false, false, 120 }, { false, false, 97 } };
	struct agenda_planned v[64];
	int64_t sum;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n = plan(cases[i], v, &sum);

		assert_int_equal(sum, cases[i].minutes);
		assert_in_range(minutes_of(v, n, "ST-M4"), 15, 30); /* D4.7 */
	}
	(void)plan((struct agenda_case){ false, false, 30 }, v, &sum);
	assert_int_equal(sum, 84); /* the least there is */
}

static void D4_1_every_mandatory_step_is_proposed(void **state)
{
	static const char *const always[] = { "ST-O1", "ST-O2", "ST-O3", "ST-O4", "ST-O5", "ST-M1", "ST-M2", "ST-M3",
		                                  "ST-M4", "ST-M6", "ST-C1", "ST-C2", "ST-C3", "ST-C4", "ST-C5", "ST-C6" };
	struct agenda_planned v[64];
	int64_t sum;
	size_t n = plan((struct agenda_case){ false, false, 90 }, v, &sum);

	(void)state;
	assert_int_equal(n, 16);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(v[i].step->step, always[i]);
		assert_true(v[i].step->mandatory);
	}
	assert_int_equal(plan((struct agenda_case){ false, true, 90 }, v, &sum), 17);
	assert_string_equal(v[9].step->step, "ST-M5");
	n = plan((struct agenda_case){ true, false, 120 }, v, &sum);
	assert_int_equal(n, 20);
	assert_true(minutes_of(v, n, "ST-T3") >= 10);
}

static void items_are_offered_by_type_and_owner(void **state)
{
	size_t n;

	(void)state;
	assert_string_equal(agenda_offers(rule, "VR", "", &n)[0][LANG_EN], "Work with residents");
	assert_int_equal(n, 5);
	assert_ptr_equal(agenda_offers(rule, "AG", "", &n), agenda_offers(rule, "PS", "state", &n));
	assert_string_equal(agenda_offers(rule, "EN", "state", &n)[2][LANG_EN], "Workplace democracy");
	assert_string_equal(agenda_offers(rule, "EN", "foreign", &n)[1][LANG_EN], "Productivity");
	assert_null(agenda_offers(rule, "EN", "", &n));
	assert_int_equal(n, 0);
	assert_null(agenda_offers(rule, "", "", &n));
}

static void no_agenda_before_its_day(void **state)
{
	(void)state;
	assert_null(rules_agenda(&rules, date_of(2025, 10, 27), SCOPES_NONE));
	assert_non_null(rules_agenda(&rules, date_of(2025, 10, 28), SCOPES_NONE));
}

#define STEP(code, part, more) "  - {step: " code ", part: " part ", minutes: 5, " more "title: {vi: Bước, en: Step}}\n"
#define HEAD "kind: agenda\nid: A\ntitle: {vi: Một, en: One}\nsource: R\n"

static fail load(struct rules *out, struct complaints *bad, const char *text)
{
	*bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	return rules_load_texts(c.arena, &(struct rule_text){ "x.yaml", text, strlen(text) }, 1, out, bad);
}

static void complains(const char *text, const char *words)
{
	struct complaints bad;
	struct rules set;

	assert_int_equal(load(&set, &bad, text), FAIL_INPUT);
	assert_int_equal(bad.n, 1);
	if (!strstr(bad.v[0].text, words))
		fail_msg("“%s” does not say “%s”", bad.v[0].text, words);
}

static void mistakes_are_named_with_their_place(void **state)
{
	struct complaints bad;
	struct rules set;

	(void)state;
	assert_int_equal(load(&set, &bad, HEAD "steps:\n" STEP("ST-O1", "opening", "")), FAIL_OK);
	complains(HEAD, "steps");
	complains(HEAD "steps: {step: A}\n", "expected a list");
	complains(HEAD "steps:\n" STEP("ST-O1", "middle", ""), "middle");
	complains(HEAD "steps:\n" STEP("ST-O1", "opening", "minute: 3, "), "minute");
	complains(HEAD "steps:\n" STEP("ST-O1", "opening", "") STEP("ST-O1", "opening", ""), "stands here twice");
	complains(HEAD "steps:\n" STEP("ST-C1", "closing", "") STEP("ST-O1", "opening", ""), "the opening comes first");
	complains(HEAD "steps:\n" STEP("ST-T1", "thematic", ""), "when: theme");
	complains(HEAD "steps:\n" STEP("ST-O1", "opening", "") "emphasis_before: ST-M6\n", "there is no step “ST-M6”");
	complains(HEAD "steps:\n" STEP("ST-O1", "opening", "") "emphasis:\n  - {types: [XX], items: [{vi: Một, en: One}]}\n", "“XX” is not known here");
	complains("- " "kind: agenda\n  id: A\n  title: {vi: Một, en: One}\n  source: R\n  steps:\n    - {step: S, part: main, minutes: 1, title: {vi: Một, en: One}}\n"
	          "- kind: agenda\n  id: B\n  title: {vi: Một, en: One}\n  source: R\n  steps:\n    - {step: S, part: main, minutes: 1, title: {vi: Một, en: One}}\n",
	          "valid on the same days");
}

static void the_nearest_agenda_wins(void **state)
{
	static const char *const codes[] = { "38.001", "38" };
	struct complaints bad;
	struct rules set;
	const char *text = "- kind: agenda\n  id: A\n  title: {vi: Một, en: One}\n  source: R\n  steps:\n    - {step: S, part: main, minutes: 1, title: {vi: Một, en: One}}\n"
	                   "- kind: agenda\n  id: B\n  title: {vi: Hai, en: Two}\n  source: local\n  scope: \"38\"\n  steps:\n    - {step: S, part: main, minutes: 1, title: {vi: Một, en: One}}\n";

	(void)state;
	assert_int_equal(load(&set, &bad, text), FAIL_OK);
	assert_string_equal(rules_agenda(&set, date_of(2026, 1, 1), SCOPES_NONE)->id, "A");
	assert_string_equal(rules_agenda(&set, date_of(2026, 1, 1), (struct scopes){ codes, 2 })->id, "B");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_minutes_sum_to_what_is_required), cmocka_unit_test(D4_1_every_mandatory_step_is_proposed),
		cmocka_unit_test(items_are_offered_by_type_and_owner), cmocka_unit_test(no_agenda_before_its_day),
		cmocka_unit_test(mistakes_are_named_with_their_place), cmocka_unit_test(the_nearest_agenda_wins),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
