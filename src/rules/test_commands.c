/* test_commands.c — chibo score and chibo rules …: what they print, what they refuse, and how they end. */
#include <jansson.h>

#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules/facts_file.h"
#include "rules/load.h"
#include "rules/facts_year.h"
#include "rules/rules_commands.h"

/* The full meeting of domain section 10; the rest are changes to it. */
#define FULL_MEETING                                                                                                   \
	"\"required_minutes\":90,\"held_minutes\":80,\"expected\":21,\"present\":19,\"excused\":2,\"unexcused\":0,"        \
	"\"longest_excused_run\":1,\"has_committee\":true,\"pre_meeting_held\":true,\"guide_and_draft_ready\":true,"       \
	"\"notified_all\":true,\"documents_lead_minutes\":1500,\"steps_required\":16,\"steps_done\":16,"                   \
	"\"thematic_held\":false,\"commendation_done\":true,\"speakers\":9,\"minute_fields_required\":12,"                 \
	"\"minute_fields_filled\":12,\"political_minutes\":20,\"documents_published\":true,\"tasks_due\":8,"               \
	"\"tasks_on_time\":7,\"concluded\":true,\"resolution_adopted\":true,\"minutes_approved\":true,"                    \
	"\"tasks_with_person_and_deadline\":3,\"tasks_assigned\":3,\"upload_minutes_after_end\":3600"
#define JUDGED "\"judged\":{\"D3.1\":\"3\",\"D4.2\":\"13\",\"D5\":\"8\",\"D6\":\"5\"}"

static struct call c;
static char *printed, *said;
static size_t printed_size, said_size;

static int begin(void **state)
{
	struct rules *rules;

	(void)state;
	test_call(&c);
	rules = ARENA_NEW(c.arena, struct rules);
	if (rules_open(&c, c.arena, "rules", rules) != FAIL_OK)
		return -1;
	c.rules = rules;
	c.lang = LANG_EN;
	return 0;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static const struct command *command_named(const char *name)
{
	for (const struct command *cmd = rules_commands; cmd->name; cmd++)
		if (strcmp(cmd->name, name) == 0)
			return cmd;
	fail_msg("no command %s", name);
	return NULL;
}

/* Runs a command with space-separated words; what it wrote stands in `printed` and `said`. */
static fail run(const char *name, const char *words)
{
	const struct command *cmd = command_named(name);
	FILE *out = c.out, *err = c.err;
	struct args args = { 0, ARENA_ARRAY(c.arena, 16, const char *) };
	char *rest = arena_strdup(c.arena, words);
	fail f;

	free(printed);
	free(said);
	for (char *word; (word = strsep(&rest, " "));)
		if (*word)
			args.v[args.n++] = word;
	c.out = open_memstream(&printed, &printed_size);
	c.err = open_memstream(&said, &said_size);
	problem_clear(&c);
	f = cmd->run(&c, &args);
	fclose(c.out);
	fclose(c.err);
	c.out = out;
	c.err = err;
	return f;
}

static const char *facts_file(const char *text)
{
	const char *path = arena_printf(c.arena, "%s/facts.json", test_dir());
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

static fail score(const char *options, const char *text)
{
	return run("score", arena_printf(c.arena, "%s --facts %s", options, facts_file(text)));
}

static void expect_problem(const char *words)
{
	if (!strstr(c.problem.text, words))
		fail_msg("expected a problem with “%s”, got “%s”", words, c.problem.text);
}

static void expect_printed(const char *words)
{
	if (!strstr(printed, words))
		fail_msg("expected “%s” in:\n%s", words, printed);
}

static void the_full_meeting_of_section_10_is_90_good(void **state)
{
	(void)state;
	assert_int_equal(score("--scheme MQ-2025-D --json", "{" FULL_MEETING "," JUDGED "}"), FAIL_OK);
	expect_printed("{\"scheme\":\"MQ-2025-D\",\"valid_on\":\"2025-10-28\",\"total\":\"90.0\",\"class\":\"good\",\"lines\":[");
	expect_printed("{\"id\":\"D2.1\",\"points\":\"4.0\",\"max\":\"4.0\",\"source\":\"fact\",\"why\":\"19/21 = 90.48% present");
	expect_printed("{\"id\":\"D4.2\",\"points\":\"13.0\",\"max\":\"15.0\",\"source\":\"judged\"");
	expect_printed("{\"id\":\"D4.3\",\"points\":\"0.0\",\"max\":\"0.0\",\"source\":\"not_applicable\"");
	json_t *sheet = json_loads(printed, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(sheet);
	assert_int_equal(json_array_size(json_object_get(sheet, "lines")), 22);
	json_decref(sheet);
	assert_int_equal(score("", "{\"date\":\"2026-01-05\",\"facts\":{" FULL_MEETING "}," JUDGED "}"), FAIL_OK);
	expect_printed("Total 90 of 100: Good");
	c.lang = LANG_VI;
	assert_int_equal(score("", "{\"date\":\"2026-01-05T19:00\",\"facts\":{" FULL_MEETING "}," JUDGED "}"), FAIL_OK);
	expect_printed("19/21 = 90,48 % có mặt, không ai vắng không lý do: đủ 4 điểm");
	expect_printed("Tổng điểm 90 trên 100: Tốt");
	c.lang = LANG_EN;
}

static void the_command_of_the_readme_works(void **state)
{
	(void)state;
	assert_int_equal(run("score", "--scheme MQ-2025-D --facts tests/rules/cases/worked-meeting.json"), FAIL_OK);
	expect_printed("Total 90 of 100: Good");
}

static const char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return arena_printf(c.arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void with_one_absence_unexcused_it_is_87_fair(void **state)
{
	const char *text = replaced("{" FULL_MEETING "," JUDGED "}", "\"excused\":2,\"unexcused\":0", "\"excused\":1,\"unexcused\":1");

	(void)state;
	assert_int_equal(score("--scheme MQ-2025-D --json", text), FAIL_OK);
	expect_printed("\"total\":\"87.0\",\"class\":\"fair\"");
}

static void the_date_of_the_file_chooses_the_scheme(void **state)
{
	(void)state;
	assert_int_equal(score("--json", "{\"date\":\"2025-10-28\"}"), FAIL_INPUT);
	expect_printed("{\"scheme\":\"MQ-2025-D\",\"valid_on\":\"2025-10-28\",\"total\":null,\"class\":null");
	assert_int_equal(score("--json", "{\"date\":\"2025-10-27\"}"), FAIL_INPUT);
	expect_printed("{\"scheme\":\"MQ-2018\",\"valid_on\":\"2025-10-27\"");
	assert_int_equal(score("--json", "{\"date\":\"2026-01-05\",\"kind\":\"thematic\"}"), FAIL_INPUT);
	expect_printed("{\"scheme\":\"MQ-TH\"");
	assert_int_equal(score("", "{\"date\":\"2018-07-05\"}"), FAIL_NOT_FOUND);
	assert_int_equal(score("", "{}"), FAIL_INPUT);
	expect_problem("give --scheme ID");
	assert_int_equal(score("--scheme MQ-9", "{}"), FAIL_NOT_FOUND);
	expect_problem("there is no scheme “MQ-9”");
	assert_int_equal(score("--scheme T06", "{}"), FAIL_NOT_FOUND);
	assert_int_equal(score("--scheme MQ-2018", "{\"date\":\"2026-01-05\"}"), FAIL_INPUT);
	assert_non_null(strstr(said, "MQ-2018 was not in force on 5 Jan 2026"));
}

static void missing_facts_and_unjudged_lines_are_named_and_no_total_is_given(void **state)
{
	const char *text = replaced("{" FULL_MEETING "," JUDGED "}", "\"held_minutes\":80,", "");

	(void)state;
	assert_int_equal(score("--scheme MQ-2025-D --json", replaced(text, "\"D3.1\":\"3\",", "")), FAIL_INPUT);
	expect_problem("held_minutes, D3.1");
	expect_printed("\"total\":null,\"class\":null");
	expect_printed("\"why\":\"Not recorded: minutes held (held_minutes)\",\"title\":\"Duration against required minutes\",\"to_full\":\"\",\"missing\":[\"held_minutes\"]");
	assert_int_equal(score("--scheme MQ-2025-D", text), FAIL_INPUT);
	expect_printed("No total: lines are open");
}

static void a_file_that_is_not_right_is_refused_with_its_place(void **state)
{
	static const struct { const char *text, *words; } rows[] = {
		{ "{\n  \"present\": 19,\n  \"weather\": 1\n}", "facts.json:3:3: “weather”: no such fact" },
		{ "{\n  \"present\": \"19\"\n}", "facts.json:2:3: “present”: expected a whole number from 0 to 1000000000" },
		{ "{\"present\": 19.5}", "expected a whole number" },
		{ "{\"present\": -1}", "expected a whole number" },
		{ "{\"has_committee\": 1}", "facts.json:1:2: “has_committee”: expected true or false" },
		{ "{\"present\": true}", "expected a whole number" },
		{ "{\"present\": 19, \"present\": 20}", "this is not JSON: duplicate object key" },
		{ "{\"present\": 19, \"facts\": {\"present\": 20}}", "this fact is given twice" },
		{ "{\"present\": 22, \"expected\": 21}", "“present”: 22 is more than “expected” (21)" },
		{ "{\"present\": 19,}", "facts.json:1:" },
		{ "[]", "expected an object with" },
		{ "", "this is not JSON" },
		{ "{\"judged\": {\"D3.1\": 3.5}}", "“D3.1”: expected points as a text" },
		{ "{\"judged\": {\"D3.1\": \"3.55\"}}", "“D3.1”: expected points as a text" },
		{ "{\"judged\": {\"D3.1\": \"4\"}}", "D3.1: 4 points are out of bounds: expected 0 to 3" },
		{ "{\"judged\": {\"D9.9\": \"4\"}}", "D9.9: the scheme has no such criterion" },
		{ "{\"judged\": {\"D1\": \"4\"}}", "D1: the points of this criterion are computed" },
		{ "{\"judged\": [3]}", "expected an object of judged points" },
		{ "{\"date\": \"05/01/2026\"}", "“date”: expected a day such as" },
		{ "{\"kind\": \"weekly\"}", "“kind”: expected one of: regular thematic four_good_cell" },
		{ "{\"units\": \"38\"}", "expected a list of unit codes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(score("--scheme MQ-2025-D", rows[i].text), FAIL_INPUT);
		expect_problem(rows[i].words);
	}
	assert_int_equal(run("score", "--scheme MQ-2025-D --facts /nowhere/f.json"), FAIL_NOT_FOUND);
	assert_int_equal(run("score", "--scheme MQ-2025-D"), FAIL_INPUT);
	expect_problem("--facts");
	assert_int_equal(run("score", "--scheme MQ-2025-D --facts x --wrong"), FAIL_INPUT);
}

static void facts_come_from_the_standard_input(void **state)
{
	static char text[] = "{\"date\":\"2026-01-05\"," FULL_MEETING "," JUDGED "}";
	FILE *in = c.in;

	(void)state;
	c.in = fmemopen(text, strlen(text), "r");
	assert_int_equal(run("score", "--facts - --json"), FAIL_OK);
	fclose(c.in);
	c.in = in;
	expect_printed("\"total\":\"90.0\"");
}

static void rules_list_tells_which_rule_is_in_force_when(void **state)
{
	json_t *list;

	(void)state;
	assert_int_equal(run("rules list", ""), FAIL_OK);
	expect_printed("MQ-2018");
	expect_printed("27 Oct 2025");
	expect_printed("[proposed]");
	assert_int_equal(run("rules list", "--json --on 2025-10-28"), FAIL_OK);
	list = json_loads(printed, JSON_REJECT_DUPLICATES, NULL);
	assert_true(json_array_size(list) >= 23);
	json_decref(list);
	assert_null(strstr(printed, "\"MQ-2018\""));
	expect_printed("\"4G-C\"");
	expect_printed("\"XL-U\"");
	expect_printed("{\"id\":\"MQ-2025\",\"kind\":\"scheme\",\"valid_from\":\"2025-10-28\",\"valid_to\":null,\"scope\":\"\",\"for\":\"regular\",\"default\":false");
	assert_int_equal(run("rules list", "--on yesterday"), FAIL_INPUT);
}

static void rules_check_names_file_line_and_column(void **state)
{
	const char *path;

	(void)state;
	assert_int_equal(run("rules check", "rules/MQ-2018.yaml rules/targets.yaml"), FAIL_OK);
	expect_printed("rules/MQ-2018.yaml: MQ-2018: in order");
	assert_int_equal(run("rules check", ""), FAIL_OK);
	assert_int_equal(run("rules check", "rules"), FAIL_OK);
	expect_printed("rules/MQ-TH.yaml: MQ-TH: in order");
	assert_int_equal(run("rules check", "tests"), FAIL_NOT_FOUND);
	path = facts_file("kind: scheme\nid: X\nmarks: 5\n");
	assert_int_equal(run("rules check", path), FAIL_INPUT);
	assert_non_null(strstr(said, "facts.json:3:1: “marks” is not a key here"));
	assert_int_equal(run("rules check", "rules/MQ-2018.yaml rules/MQ-2018.yaml"), FAIL_INPUT);
	expect_problem("the same id is already valid on the same days");
	assert_int_equal(run("rules check", "/nowhere.yaml"), FAIL_NOT_FOUND);
}

static void rules_show_puts_every_kind_into_words(void **state)
{
	(void)state;
	assert_int_equal(run("rules show", "MQ-2025-D"), FAIL_OK);
	expect_printed("D2.1  Attendance rate — at most 4");
	expect_printed("measure: members present / members expected");
	expect_printed("10 (a thematic part was held); 15, judged");
	assert_int_equal(run("rules show", "Y1"), FAIL_OK);
	expect_printed("Good: every meeting at least Fair; months of at least Good: 7 / 12; no month missed;");
	assert_int_equal(run("rules show", "T06"), FAIL_OK);
	expect_printed("attendances / attendances expected: over 85%");
	for (size_t i = 0; i < c.rules->n; i++) {
		json_t *shown;

		assert_int_equal(run("rules show", arena_printf(c.arena, "%s --json", c.rules->v[i].id)), FAIL_OK);
		shown = json_loads(printed, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(shown);
		json_decref(shown);
	}
	assert_int_equal(run("rules show", "MQ-1"), FAIL_NOT_FOUND);
	assert_int_equal(run("rules show", ""), FAIL_INPUT);
}

static void rules_facts_lists_them_all(void **state)
{
	json_t *facts;

	(void)state;
	assert_int_equal(run("rules facts", ""), FAIL_OK);
	expect_printed("longest_excused_run");
	expect_printed("months_missed_unexplained");
	expect_printed("undertakings_done");
	assert_int_equal(run("rules facts", "--json"), FAIL_OK);
	facts = json_loads(printed, 0, NULL);
	assert_int_equal(json_array_size(facts), FACT_COUNT + YEAR_FACT_COUNT + PERSON_FACT_COUNT);
	json_decref(facts);
}

static void rules_pack_gives_what_unpacks(void **state)
{
	struct scheme s;

	(void)state;
	assert_int_equal(run("rules pack", "MQ-TH"), FAIL_OK);
	assert_int_equal(scheme_unpack(c.arena, printed, printed_size, &s), FAIL_OK);
	assert_string_equal(s.id, "MQ-TH");
	assert_int_equal(run("rules pack", "T06"), FAIL_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_full_meeting_of_section_10_is_90_good),
		cmocka_unit_test(the_command_of_the_readme_works),
		cmocka_unit_test(with_one_absence_unexcused_it_is_87_fair),
		cmocka_unit_test(the_date_of_the_file_chooses_the_scheme),
		cmocka_unit_test(missing_facts_and_unjudged_lines_are_named_and_no_total_is_given),
		cmocka_unit_test(a_file_that_is_not_right_is_refused_with_its_place),
		cmocka_unit_test(facts_come_from_the_standard_input),
		cmocka_unit_test(rules_list_tells_which_rule_is_in_force_when),
		cmocka_unit_test(rules_check_names_file_line_and_column),
		cmocka_unit_test(rules_show_puts_every_kind_into_words),
		cmocka_unit_test(rules_facts_lists_them_all),
		cmocka_unit_test(rules_pack_gives_what_unpacks),
	};
	int failed = cmocka_run_group_tests(tests, begin, end);

	free(printed);
	free(said);
	return failed;
}
