/* test_year_tables.c — tables of a year: their books of facts, standard, vetoes, evidence, initiatives, and what is refused on load. */
#include "support/support.h"

#include <string.h>

#include "rules/facts_year.h"
#include "rules/load.h"
#include "rules/scheme_write.h"
#include "rules/sheet.h"

#define HEAD "kind: scheme\nid: T-4G\ntitle: {vi: Bảng, en: Table}\nsource: P\nfor: four_good_cell\nstandard: 95\n"
#define RATE                                                                                                           \
	"  - id: A\n    title: {vi: A, en: A}\n    max: 60\n    measure: present / expected\n    cases:\n"                 \
	"      - {from: 90%, points: pro_rata}\n      - {otherwise: true, points: 0}\n"
#define JUDGED(id, max) "  - {id: " id ", title: {vi: B, en: B}, max: " max ", judged: true}\n"
#define VETO                                                                                                           \
	"vetoes:\n  - id: V1\n    title: {vi: Bỏ sinh hoạt, en: A month missed}\n    when: months_missed_unexplained > 0\n" \
	"    why: {vi: \"{months_missed_unexplained} tháng\", en: \"{months_missed_unexplained} months\"}\n"

static struct call c;
static struct complaints bad;
static struct rules rules;

static fail load(const char *text)
{
	struct rule_text one = { "t.yaml", text, strlen(text) };

	bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	return rules_load_texts(c.arena, &one, 1, &rules, &bad);
}

static const struct scheme *loaded(const char *text)
{
	if (load(text) != FAIL_OK)
		fail_msg("%d:%d: %s", bad.v[0].at.line, bad.v[0].at.column, bad.v[0].text);
	return rules.v[0].scheme;
}

static const struct scheme *alone(const char *text)
{
	struct rule_text one = { "t.yaml", text, strlen(text) };
	const struct scheme *s;

	bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	assert_int_equal(rules_read_scheme(c.arena, &one, &s, &bad), FAIL_OK);
	return s;
}

/* One complaint at that line, with these words. */
static void refused(const char *text, int line, const char *words)
{
	assert_int_equal(load(text), FAIL_INPUT);
	if (bad.v[0].at.line != line || !strstr(bad.v[0].text, words))
		fail_msg("expected line %d “%s”, got %d:%d: %s", line, words, bad.v[0].at.line, bad.v[0].at.column, bad.v[0].text);
}

static int begin(void **state)
{
	(void)state;
	test_call(&c);
	return 0;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static void year(struct facts *facts, int f, int64_t value)
{
	assert_true(book_set(&FACTS_OF_YEAR, facts, f, value));
}

static struct scored_sheet apply(const struct scheme *s, const struct facts *facts, int32_t judged_tenths)
{
	struct judged_line line = { "B", { judged_tenths } };
	struct scored_sheet sheet;

	assert_int_equal(scheme_apply(c.arena, s, facts, (struct judged){ &line, 1 }, LANG_EN, &sheet), FAIL_OK);
	return sheet;
}

static void T19_94_9_does_not_meet_and_95_does(void **state)
{
	const struct scheme *s = loaded(HEAD "criteria:\n" RATE JUDGED("B", "40"));
	struct facts facts = FACTS_NONE;
	struct scored_sheet sheet;

	(void)state;
	year(&facts, YEAR_expected, 1000);
	year(&facts, YEAR_present, 915); /* 54.9 of 60 */
	sheet = apply(s, &facts, 400);
	assert_int_equal(sheet.total.t, 949);
	assert_int_equal(sheet.verdict, VERDICT_NOT_MET);
	year(&facts, YEAR_present, 917); /* 55.02: half up 55.0 */
	sheet = apply(s, &facts, 400);
	assert_int_equal(sheet.total.t, 950);
	assert_int_equal(sheet.verdict, VERDICT_MET);
	assert_int_equal(sheet.grade, GRADE_NONE);
}

static void a_veto_keeps_from_the_standard_whatever_the_points(void **state)
{
	const struct scheme *s = loaded(HEAD VETO "criteria:\n" RATE JUDGED("B", "40"));
	struct facts facts = FACTS_NONE;
	struct scored_sheet sheet;

	(void)state;
	year(&facts, YEAR_expected, 10);
	year(&facts, YEAR_present, 10);
	sheet = apply(s, &facts, 400);
	assert_int_equal(sheet.total.t, 1000);
	assert_int_equal(sheet.verdict, VERDICT_OPEN);
	assert_false(sheet.vetoes[0].known);
	assert_non_null(strstr(sheet.vetoes[0].why, "months_missed_unexplained"));
	year(&facts, YEAR_months_missed_unexplained, 0);
	assert_int_equal(apply(s, &facts, 400).verdict, VERDICT_MET);
	year(&facts, YEAR_months_missed_unexplained, 1);
	sheet = apply(s, &facts, 400);
	assert_int_equal(sheet.verdict, VERDICT_NOT_MET);
	assert_string_equal(sheet.vetoes[0].why, "1 months");
	assert_int_equal(apply(s, &(struct facts){ .v = { [YEAR_months_missed_unexplained] = 2 },
	                                           .known = FACT_BIT(YEAR_months_missed_unexplained) }, 0).verdict, VERDICT_NOT_MET);
}

static void packed_and_unpacked_it_says_the_same(void **state)
{
	const struct scheme *s = alone(HEAD "framework: KHUNG\ninitiatives:\n  - {types: [EN], one_per_members: 1}\n" VETO "criteria:\n" RATE
	                                "  - id: B\n    title: {vi: B, en: B}\n    max: 40\n    judged: true\n    evidence:\n"
	                                "      - {types: [AG, PS], text: {vi: Kế hoạch, en: Plan}}\n      - {text: {vi: Khác, en: Other}}\n");
	struct scheme again;
	struct out o;

	(void)state;
	out_memory(&o, c.arena);
	scheme_pack(s, &o);
	assert_int_equal(scheme_unpack(c.arena, o.data, o.size, &again), FAIL_OK);
	assert_string_equal(again.framework, "KHUNG");
	assert_int_equal(again.standard.t, 950);
	assert_int_equal(scheme_initiatives_required(&again, "EN", 7), 7);
	assert_string_equal(scheme_evidence_for(&again.lines[1], "PS", 1)->text[LANG_EN], "Other");
	assert_string_equal(scheme_evidence_for(&again.lines[1], "VR", 0)->text[LANG_EN], "Other");
	assert_null(scheme_evidence_for(&again.lines[1], "VR", 1));
	for (size_t cut = 0; cut < o.size; cut++)
		assert_int_equal(scheme_unpack(c.arena, o.data, cut, &again), FAIL_INPUT);
}

static void initiatives_are_needed_by_type(void **state)
{
	const struct scheme *s = loaded(HEAD "initiatives:\n  - {types: [EN], one_per_members: 1}\n  - {types: [AG, PS], one_per_members: 3}\n"
	                                "  - {types: [VR], in_all: 1}\ncriteria:\n" RATE JUDGED("B", "40"));

	(void)state;
	assert_int_equal(scheme_initiatives_required(s, "EN", 12), 12);
	assert_int_equal(scheme_initiatives_required(s, "AG", 12), 4);
	assert_int_equal(scheme_initiatives_required(s, "PS", 13), 5);
	assert_int_equal(scheme_initiatives_required(s, "VR", 40), 1);
	assert_true(scheme_initiatives_required(s, "ST", 40) == INT_UNKNOWN);
}

static void what_no_unit_of_a_type_can_reach_is_refused(void **state)
{
#define BY_TYPE(rest) HEAD "criteria:\n" JUDGED("A", "60") "  - id: B\n    title: {vi: B, en: B}\n    max: 40\n" rest
	(void)state;
	refused(BY_TYPE("    cases:\n      - {when: is_enterprise and initiatives >= 1, points: 40}\n      - {otherwise: true, points: 30}\n"), 9,
	        "a unit of type AG can never get the full points");
	refused(BY_TYPE("    cases:\n      - {when: is_village, points: 10}\n      - {when: initiatives >= 1, points: 40}\n      - {otherwise: true, points: 30}\n"),
	        9, "type VR");
	loaded(BY_TYPE("    not_applicable: {when: not is_enterprise}\n    cases:\n      - {when: is_enterprise and initiatives >= 1, points: 40}\n"
	               "      - {otherwise: true, points: 30}\n"));
	loaded(BY_TYPE("    cases:\n      - {when: is_village or initiatives >= 1, points: 40}\n      - {otherwise: true, points: 30}\n"));
}

static void maxima_add_up_for_each_type_by_itself(void **state)
{
	(void)state;
	loaded(HEAD "criteria:\n  - {id: A, title: {vi: A, en: A}, judged: true, max: [{when: is_village, points: 60}, {otherwise: true, points: 50}]}\n"
	       "  - {id: B, title: {vi: B, en: B}, judged: true, max: [{when: is_village, points: 40}, {when: is_students, points: 50}, {otherwise: true, points: 50}]}\n");
	refused(HEAD "criteria:\n  - {id: A, title: {vi: A, en: A}, judged: true, max: [{when: is_village, points: 60}, {otherwise: true, points: 50}]}\n"
	        JUDGED("B", "40"), 1, "add to 90");
}

static void each_use_has_its_own_facts_and_parts(void **state)
{
	(void)state;
	refused(HEAD "criteria:\n" JUDGED("A", "60") "  - {id: B, title: {vi: B, en: B}, max: 40, measure: speakers / present, cases: [{otherwise: true, points: 40}]}\n",
	        9, "no such fact");
	refused("kind: scheme\nid: T\ntitle: {vi: B, en: B}\nsource: P\nfor: annual_member\ncriteria:\n" RATE JUDGED("B", "40") "standard: 90\n", 15, "standard");
	loaded("kind: scheme\nid: T\ntitle: {vi: B, en: B}\nsource: P\nfor: annual_member\ncriteria:\n" RATE JUDGED("B", "40"));
	refused("kind: scheme\nid: T\ntitle: {vi: B, en: B}\nsource: P\nfor: four_good_body\ncriteria:\n" RATE JUDGED("B", "40"), 1, "standard");
	refused(HEAD "vetoes:\n  - {id: V1, title: {vi: A, en: A}, when: members + 1}\ncriteria:\n" RATE JUDGED("B", "40"), 8, "is a number");
	refused(HEAD "vetoes:\n  - {id: B, title: {vi: A, en: A}, when: members > 1}\ncriteria:\n" RATE JUDGED("B", "40"), 8, "given twice");
	refused(HEAD "standard: 0\ncriteria:\n" RATE JUDGED("B", "40"), 7, "");
}

static const char *packed_of(const struct scheme *s, size_t *size)
{
	struct out o;

	out_memory(&o, c.arena);
	scheme_pack(s, &o);
	*size = o.size;
	return out_text(&o);
}

/* Every table of a year that is delivered, written and read again, has the same bytes. */
static void a_table_written_and_read_again_is_the_same(void **state)
{
	static const char *const ids[] = { "4G-C", "4G-O", "AC-U", "AC-M" };

	(void)state;
	bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	assert_int_equal(rules_load_dir(c.arena, "rules", &rules, &bad), FAIL_OK);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		const struct scheme *s = rules_scheme_by_id(&rules, ids[i], DATE_NONE), *again;
		size_t size, size_again;
		struct rule_text text = { .file = "again.yaml" };
		struct out o;

		out_memory(&o, c.arena);
		scheme_write(s, &o);
		text.text = out_text(&o);
		text.size = o.size;
		if (rules_read_scheme(c.arena, &text, &again, &bad) != FAIL_OK)
			fail_msg("%s:%d: %s", ids[i], bad.v[0].at.line, bad.v[0].text);
		const char *bytes = packed_of(s, &size), *bytes_again = packed_of(again, &size_again);

		assert_int_equal(size, size_again);
		assert_memory_equal(bytes, bytes_again, size);
	}
}

/* A frame with two groups and a veto, and a table within it. */
#define FRAME                                                                                                          \
	"- kind: scheme\n  id: F\n  title: {vi: K, en: F}\n  source: local\n  for: four_good_cell\n  standard: 95\n"          \
	"  vetoes: [{id: V1, title: {vi: A, en: A}, when: months_missed_unexplained > 0}]\n  criteria:\n"                   \
	"    - {id: G1, title: {vi: A, en: A}, max: 60, lines: [{id: G1.1, title: {vi: A, en: A}, max: 60, judged: true}]}\n" \
	"    - {id: G2, title: {vi: B, en: B}, max: 40, judged: true}\n"
#define WITHIN(standard, vetoes, criteria)                                                                             \
	FRAME "- kind: scheme\n  id: L\n  title: {vi: L, en: L}\n  source: local\n  scope: X1\n  for: four_good_cell\n  framework: F\n  standard: " standard \
	"\n  vetoes: [" vetoes "]\n  criteria:\n" criteria
#define VETO1 "{id: V1, title: {vi: A, en: A}, when: months_missed_unexplained > 0}"
#define SPLIT                                                                                                          \
	"    - {id: G1, title: {vi: Khác, en: A}, max: 60, lines: [{id: G1.1, title: {vi: A, en: A}, max: 45, judged: true}," \
	" {id: G1.2, title: {vi: M, en: N}, max: 15, judged: true, evidence: {vi: a, en: a}}]}\n"
#define TOP2 "    - {id: G2, title: {vi: B, en: B}, max: 40, judged: true}\n"

static void a_table_within_a_framework_keeps_groups_weights_standard_and_vetoes(void **state)
{
	(void)state;
	loaded(WITHIN("95", VETO1, SPLIT TOP2));
	loaded(WITHIN("95", VETO1 ", {id: V2, title: {vi: A, en: A}, when: not class_good}", SPLIT TOP2)); /* stricter is allowed */
	loaded(WITHIN("95", VETO1, SPLIT "    - {id: G2, title: {vi: B, en: B}, max: 40, lines: [{id: G2.1, title: {vi: A, en: A}, max: 40, judged: true}]}\n"));
	refused(WITHIN("94.9", VETO1, SPLIT TOP2), 11, "the standard is 94.9 points; the framework F says 95.0");
	refused(WITHIN("95", "", SPLIT TOP2), 11, "the veto V1 of the framework F was dropped");
	refused(WITHIN("95", "{id: V1, title: {vi: A, en: A}, when: months_missed_unexplained > 1}", SPLIT TOP2), 19, "the veto V1 applies in other cases");
	refused(WITHIN("95", VETO1, "    - {id: G1, title: {vi: A, en: A}, max: 50, judged: true}\n    - {id: G2, title: {vi: A, en: A}, max: 50, judged: true}\n"), 21,
	        "G1 has 50.0 points; the framework F gives it 60.0");
	refused(WITHIN("95", VETO1, "    - {id: G1, title: {vi: A, en: A}, max: 60, judged: true}\n    - {id: G3, title: {vi: A, en: A}, max: 40, judged: true}\n"), 22,
	        "G3 is no group of the framework F");
	refused("kind: scheme\nid: L\ntitle: {vi: L, en: L}\nsource: local\nfor: annual_unit\nframework: NONE\ncriteria:\n" JUDGED("A", "60") JUDGED("B", "40"), 1,
	        "no table “NONE”");
}

static void facts_of_a_year_that_contradict_each_other_are_found(void **state)
{
	struct facts facts = FACTS_NONE;
	int part, whole;

	(void)state;
	year(&facts, YEAR_tasks_due, 4);
	year(&facts, YEAR_tasks_on_time, 4);
	assert_true(book_agree(&FACTS_OF_YEAR, &facts, &part, &whole));
	year(&facts, YEAR_tasks_on_time, 5);
	assert_false(book_agree(&FACTS_OF_YEAR, &facts, &part, &whole));
	assert_int_equal(part, YEAR_tasks_on_time);
	assert_int_equal(whole, YEAR_tasks_due);
	book_set_type(&FACTS_OF_YEAR, &facts, "VR");
	assert_int_equal(facts.v[YEAR_is_village], 1);
	assert_int_equal(facts.v[YEAR_is_agency], 0);
	assert_true(facts_know(&facts, YEAR_is_students));
}

static void every_fact_of_every_book_has_a_name_and_words(void **state)
{
	(void)state;
	for (int b = 0; fact_books[b]; b++)
		for (int f = 0; f < fact_books[b]->n; f++) {
			assert_int_equal(book_by_name(fact_books[b], fact_books[b]->facts[f].name), f);
			for (int lang = 0; lang < LANG_COUNT; lang++)
				assert_true(fact_books[b]->facts[f].label[lang] && *fact_books[b]->facts[f].label[lang]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(T19_94_9_does_not_meet_and_95_does, begin, end),
		cmocka_unit_test_setup_teardown(a_veto_keeps_from_the_standard_whatever_the_points, begin, end),
		cmocka_unit_test_setup_teardown(packed_and_unpacked_it_says_the_same, begin, end),
		cmocka_unit_test_setup_teardown(initiatives_are_needed_by_type, begin, end),
		cmocka_unit_test_setup_teardown(what_no_unit_of_a_type_can_reach_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(maxima_add_up_for_each_type_by_itself, begin, end),
		cmocka_unit_test_setup_teardown(each_use_has_its_own_facts_and_parts, begin, end),
		cmocka_unit_test_setup_teardown(a_table_written_and_read_again_is_the_same, begin, end),
		cmocka_unit_test_setup_teardown(a_table_within_a_framework_keeps_groups_weights_standard_and_vetoes, begin, end),
		cmocka_unit_test(facts_of_a_year_that_contradict_each_other_are_found),
		cmocka_unit_test(every_fact_of_every_book_has_a_name_and_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
