/* test_load.c — rule files with one thing wrong each: every complaint with line, column and what was expected; and sets of
 * files, folders, the place rules are read from. */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rules/load.h"
#include "rules/sheet.h"

static struct call c;

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

/* A scheme that is in order, so that a mistake can be put into line N. */
static const char *const good_lines[] = {
	"kind: scheme",                                                    /* 1 */
	"id: X-1",                                                         /* 2 */
	"title: {vi: Một, en: One}",                                       /* 3 */
	"source: local",                                                   /* 4 */
	"valid_from: 2026-01-01",                                          /* 5 */
	"valid_to: 2026-12-31",                                            /* 6 */
	"for: regular",                                                    /* 7 */
	"classes: {good: 90, fair: 70, average: 50, poor: 0}",             /* 8 */
	"required_minutes: {usual: 90, long: 120, long_from_members: 30}", /* 9 */
	"criteria:",                                                       /* 10 */
	"  - id: G",                                                       /* 11 */
	"    title: {vi: Nhóm, en: Group}",                                /* 12 */
	"    max: 60",                                                     /* 13 */
	"    lines:",                                                      /* 14 */
	"      - id: G.1",                                                 /* 15 */
	"        title: {vi: Dự, en: Present}",                            /* 16 */
	"        max: 20",                                                 /* 17 */
	"        measure: present / expected",                             /* 18 */
	"        cases:",                                                  /* 19 */
	"          - {when: unexcused > 0, points: 5}",                    /* 20 */
	"          - {from: 90%, points: 20}",                             /* 21 */
	"          - {above: 50%, points: 10.5}",                          /* 22 */
	"          - {otherwise: true, points: 0}",                        /* 23 */
	"      - id: G.2",                                                 /* 24 */
	"        title: {vi: Nội dung, en: Content}",                      /* 25 */
	"        max: [{when: thematic_held, points: 30}, {otherwise: true, points: 40}]", /* 26 */
	"        judged: true",                                            /* 27 */
	"      - id: G.3",                                                 /* 28 */
	"        title: {vi: Chuyên đề, en: Thematic}",                    /* 29 */
	"        max: [{when: thematic_held, points: 10}, {otherwise: true, points: 0}]", /* 30 */
	"        judged: true",                                            /* 31 */
	"  - id: I",                                                       /* 32 */
	"    title: {vi: Kết luận, en: Conclusion}",                       /* 33 */
	"    max: 40",                                                     /* 34 */
	"    cases:",                                                      /* 35 */
	"      - {when: concluded and minutes_approved, points: 40}",      /* 36 */
	"      - {when: minutes_approved, points: 10}",                    /* 37 */
	"      - {otherwise: true, points: 0}",                            /* 38 */
};
enum { GOOD = sizeof good_lines / sizeof *good_lines };

static const char *file_with(int n, const char *line)
{
	struct out o;

	out_memory(&o, c.arena);
	for (int i = 0; i < GOOD; i++)
		out_printf(&o, "%s\n", i + 1 == n ? line : good_lines[i]);
	return out_text(&o);
}

static fail load(const char *text, struct rules *rules, struct complaints *bad)
{
	struct rule_text v = { "x.yaml", text, strlen(text) };

	*bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	return rules_load_texts(c.arena, &v, 1, rules, bad);
}

static void expect_in(const char *text, int line, int column, const char *words)
{
	struct complaints bad;
	struct rules rules;

	if (load(text, &rules, &bad) != FAIL_INPUT)
		fail_msg("accepted, expected “%s”:\n%s", words, text);
	for (size_t i = 0; i < bad.n; i++)
		if (bad.v[i].at.line == line && bad.v[i].at.column == column && strstr(bad.v[i].text, words))
			return;
	for (size_t i = 0; i < bad.n; i++)
		print_error("%s:%d:%d: %s\n", bad.v[i].file, bad.v[i].at.line, bad.v[i].at.column, bad.v[i].text);
	fail_msg("no complaint at %d:%d with “%s”", line, column, words);
}

/* Line n replaced: a complaint at that place with these words. */
struct mistake {
	int n;
	const char *text;
	int line, column;
	const char *words;
};

static void expect_all(const struct mistake *v, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_in(file_with(v[i].n, v[i].text), v[i].line, v[i].column, v[i].words);
}
#define EXPECT_ALL(rows) expect_all(rows, sizeof rows / sizeof *rows)

static void a_scheme_in_order_loads(void **state)
{
	struct complaints bad;
	struct rules rules;

	(void)state;
	assert_int_equal(load(file_with(0, ""), &rules, &bad), FAIL_OK);
	assert_int_equal(bad.n, 0);
	assert_int_equal(rules.n, 1);
	assert_string_equal(rules.v[0].id, "X-1");
	assert_int_equal(rules.v[0].scheme->n_lines, 4);
	assert_int_equal(rules.v[0].scheme->lines[0].cases[2].points.t, 105);
	assert_int_equal(rules.v[0].scheme->lines[3].at.line, 32);
}

static void W22_sums_are_checked_with_and_without_a_thematic_part(void **state)
{
	static const struct mistake rows[] = {
		{ 34, "    max: 39", 36, 10, "I: the points of this case are out of bounds; expected 0 to 39.0" },
		{ 36, "      - {when: concluded and minutes_approved, points: 39}", 32, 5, "I: no case gives the maximum" },
		{ 30, "        max: 5", 11, 5, "G: the lines of the group add to 65.0, its maximum says 60.0 (thematic_held = false)" },
		{ 30, "        max: 5", 1, 1, "X-1: the maxima add to 95.0, expected 100.0 (thematic_held = true)" },
		{ 26, "        max: 35", 1, 1, "X-1: the maxima add to 105.0, expected 100.0 (thematic_held = true)" },
		{ 26, "        max: 35", 1, 1, "X-1: the maxima add to 95.0, expected 100.0 (thematic_held = false)" },
		{ 13, "    max: 61", 11, 5, "G: the lines of the group add to 60.0, its maximum says 61.0" },
	};

	(void)state;
	EXPECT_ALL(rows);
}

static void holes_and_overlaps_are_refused(void **state)
{
	static const struct mistake rows[] = {
		{ 23, "          - {above: 10%, points: 0}", 23, 14, "G.1: the cases leave a hole" },
		{ 38, "      - {when: concluded, points: 0}", 38, 10, "I: the cases leave a hole" },
		{ 22, "          - {from: 90%, points: 10}", 22, 14, "G.1: this case can never be reached" },
		{ 22, "          - {above: 90%, points: 10}", 22, 14, "G.1: this case can never be reached" },
		{ 22, "          - {from: 95%, points: 10}", 22, 14, "G.1: this case can never be reached" },
		{ 22, "          - {up_to: 90%, points: 10}", 23, 14, "G.1: this case can never be reached" },
		{ 22, "          - {below: 90%, points: 10}", 23, 14, "G.1: this case can never be reached" },
		{ 22, "          - {when: unexcused > 0, points: 10}", 22, 14, "G.1: this case can never be reached" },
		{ 22, "          - {from: 95%, when: excused > 0, points: 10}", 22, 14, "G.1: this case can never be reached" },
		{ 20, "          - {otherwise: true, points: 5}", 21, 14, "G.1: this case can never be reached" },
		{ 20, "          - {when: 1 > 0, points: 5}", 20, 14, "G.1: this case can never be reached" },
		{ 37, "      - {when: concluded and not not minutes_approved, points: 10}", 37, 10, "I: this case can never be reached" },
		{ 37, "      - {when: not (concluded and minutes_approved), points: 10}", 38, 10, "I: this case can never be reached" },
		{ 26, "        max: [{when: thematic_held, points: 30}, {when: concluded, points: 40}]", 24, 9, "G.2: the maximum has a hole" },
		{ 26, "        max: [{otherwise: true, points: 30}, {otherwise: true, points: 40}]", 24, 9, "G.2: the maximum has a hole" },
		{ 34, "    max: [{when: thematic_held, points: 20}, {otherwise: true, points: 40}]", 32, 5, "I: a line with cases has one maximum" },
		{ 26, "        max: [{when: present > 10, points: 30}, {otherwise: true, points: 40}]", 24, 9, "G.2: a maximum may depend on yes/no facts only" },
	};

	(void)state;
	EXPECT_ALL(rows);
}

static void a_narrower_bound_first_leaves_room(void **state)
{
	struct complaints bad;
	struct rules rules;

	(void)state;
	assert_int_equal(load(file_with(22, "          - {from: 90%, when: excused > 0, points: 10}"), &rules, &bad), FAIL_INPUT);
	assert_int_equal(load(file_with(22, "          - {below: 90%, when: excused > 0, points: 10}"), &rules, &bad), FAIL_OK);
	assert_int_equal(load(file_with(21, "          - {above: 50%, when: excused == 0, points: 20}"), &rules, &bad), FAIL_OK);
	assert_int_equal(load(file_with(22, "          - {below: 50%, points: 10}"), &rules, &bad), FAIL_OK);
}

static void unknown_keys_words_and_facts_are_refused_with_their_place(void **state)
{
	static const struct mistake rows[] = {
		{ 5, "valid_form: 2026-01-01", 5, 1, "“valid_form” is not a key here; expected one of: kind id title" },
		{ 12, "    titel: {vi: Nhóm, en: Group}", 12, 5, "“titel” is not a key here; expected one of: id title max lines" },
		{ 17, "        maximum: 20", 17, 9, "“maximum” is not a key here" },
		{ 20, "          - {if: unexcused > 0, points: 5}", 20, 14, "“if” is not a key here; expected one of: when from above" },
		{ 8, "classes: {good: 90, fair: 70, middling: 50, poor: 0}", 8, 31, "“middling” is not a key here" },
		{ 1, "kind: skeme", 1, 7, "“skeme” is not known here; expected one of: scheme year_rule target" },
		{ 7, "for: weekly", 7, 6, "“weekly” is not known here; expected one of: regular thematic" },
		{ 4, "source: me", 4, 9, "“me” is not known here; expected one of: S R R2 P local" },
		{ 20, "          - {when: unexcusd > 0, points: 5}", 20, 20, "at character 1, “unexcusd”: no such fact" },
		{ 18, "        measure: presnt / expected", 18, 18, "at character 1, “presnt”: no such fact" },
		{ 18, "        measure: unexcused > 0", 18, 18, "is a condition; expected a number" },
		{ 20, "          - {when: unexcused + 1, points: 5}", 20, 20, "is a number; expected a condition" },
		{ 20, "          - {when: \"unexcused >\", points: 5}", 20, 21, "the expression ends too early" },
		{ 20, "          - {when: measure > 1 and concluded > 0, points: 5}", 20, 20, "yes/no and numbers are mixed" },
	};

	(void)state;
	EXPECT_ALL(rows);
}

static void values_are_checked(void **state)
{
	static const struct mistake rows[] = {
		{ 3, "title: {vi: Một}", 3, 9, "the key “en” is missing here" },
		{ 3, "title: {vi: \"\", en: One}", 3, 9, "the key “vi” is missing here" },
		{ 16, "        title: {en: Present}", 16, 17, "the key “vi” is missing here" },
		{ 3, "title: Một", 3, 8, "expected keys with values: vi en" },
		{ 2, "id: \"\"", 1, 1, "the key “id” is missing here" },
		{ 2, "id: Bảng 1", 2, 5, "is not an id" },
		{ 5, "valid_from: 01/01/2026", 5, 13, "is not a date; expected a day such as 2026-01-31" },
		{ 5, "valid_from: 2026-02-30", 5, 13, "is not a date" },
		{ 5, "valid_from: 2027-01-01", 1, 1, "valid_to lies before valid_from" },
		{ 8, "classes: {good: 90, fair: 90, average: 50, poor: 0}", 1, 1, "classes must fall from good to average" },
		{ 8, "classes: {good: 90, fair: 70, average: 50, poor: 10}", 1, 1, "poor begins at 0" },
		{ 9, "required_minutes: {usual: 0}", 9, 27, "expected a whole number from 1 to 1440" },
		{ 9, "required_minutes: {usual: 90, long: 60}", 1, 1, "the long meeting is not shorter" },
		{ 17, "        max: 20.25", 17, 14, "is not a number of points" },
		{ 17, "        max: -5", 17, 14, "is not a number of points" },
		{ 17, "        max: 0", 15, 9, "each with a maximum above 0" },
		{ 21, "          - {from: many, points: 20}", 21, 20, "is not a bound; expected a number such as 15 or 90%" },
		{ 21, "          - {from: 90%, above: 80%, points: 20}", 21, 32, "a case has at most one of" },
		{ 21, "          - {points: 20}", 21, 14, "expected a condition" },
		{ 23, "          - {otherwise: maybe, points: 0}", 23, 25, "is neither true nor false" },
		{ 23, "          - {otherwise: true, from: 10%, points: 0}", 23, 14, "expected a condition" },
		{ 23, "          - {otherwise: true}", 23, 14, "the key “points” is missing here" },
		{ 18, "        source: P", 21, 14, "a bound or pro_rata needs “measure:”" },
		{ 36, "      - {when: concluded, points: pro_rata}", 36, 10, "a bound or pro_rata needs “measure:”" },
		{ 27, "        source: P", 24, 9, "expected either “judged: true” or “cases:”" },
		{ 38, "      - {otherwise: true, points: 0}\n    judged: true", 32, 5, "and not both" },
		{ 28, "      - id: G.2", 28, 9, "G.2: this id is given twice" },
		{ 32, "  - id: G", 32, 5, "G: this id is given twice" },
		{ 21, "          - {from: 90%, points: 20, why: {vi: \"{presnt}\", en: ok}}", 21, 41, "no such fact" },
		{ 21, "          - {from: 90%, points: 20, why: {vi: \"{present\", en: ok}}", 21, 41, "a brace is left over" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].n == 21 && strstr(rows[i].text, "why")) {
			struct complaints bad;
			struct rules rules;

			assert_int_equal(load(file_with(21, rows[i].text), &rules, &bad), FAIL_INPUT);
			assert_int_equal(bad.v[0].at.line, 21);
			assert_non_null(strstr(bad.v[0].text, rows[i].words));
		} else {
			expect_all(&rows[i], 1);
		}
}

static void what_is_not_a_rule_is_refused(void **state)
{
	(void)state;
	expect_in("", 1, 1, "the file is empty");
	expect_in("# only: remarks\n\n", 1, 1, "the file is empty");
	expect_in("just words", 1, 1, "expected a rule");
	expect_in("- a\n- b", 1, 3, "expected a rule");
	expect_in("kind: scheme\nkind: scheme\n", 2, 1, "this key is given twice");
	expect_in("kind: &a scheme\nid: *a\n", 1, 10, "anchors, aliases and tags");
	expect_in("kind: [scheme\n", 2, 1, "");
	expect_in("kind: \"\xff\"", 1, 1, "not UTF-8");
	expect_in("{}", 1, 1, "the key “kind” is missing here");
}

static const char *repeated(const char *text, size_t times)
{
	struct out o;

	out_memory(&o, c.arena);
	for (size_t i = 0; i < times; i++)
		out_str(&o, text);
	return out_text(&o);
}

static void files_and_nesting_are_bounded(void **state)
{
	(void)state;
	expect_in(repeated("# long\n", 10000), 1, 1, "at most 64 KB");
	expect_in(repeated("- ", 60), 1, 1, "nested too deep");
}

/* ---------------------------------------------------------------- year rules and targets */

static void year_rules_are_checked(void **state)
{
	static const char start[] = "kind: year_rule\nid: Y\ntitle: {vi: a, en: b}\nsource: P\n";
	const char *good = arena_printf(c.arena, "%sgood: {every_meeting: fair, months: {of: good, at_least: 7}}\nfair: {mean: 60}\naverage: {mean: 50}\n", start);
	struct complaints bad;
	struct rules rules;

	(void)state;
	assert_int_equal(load(good, &rules, &bad), FAIL_OK);
	assert_int_equal(rules.v[0].year->levels[GRADE_GOOD].count_of_12, 7);
	expect_in(arena_printf(c.arena, "%sgood: {mean: 90}\nfair: {mean: 60}\n", start), 1, 1, "the key “average” is missing");
	expect_in(arena_printf(c.arena, "%sgood: {mean: 60}\nfair: {mean: 70}\naverage: {mean: 50}\n", start), 1, 1, "the class “good” asks less than “fair”");
	expect_in(arena_printf(c.arena, "%sgood: {months: {of: good, at_least: 13}}\nfair: {mean: 70}\naverage: {mean: 50}\n", start), 5, 37, "from 1 to 12");
	expect_in(arena_printf(c.arena, "%sgood: {meen: 90}\nfair: {mean: 70}\naverage: {mean: 50}\n", start), 5, 8, "“meen” is not a key here");
	expect_in(arena_printf(c.arena, "%sgood: {every_meeting: great}\nfair: {mean: 70}\naverage: {mean: 50}\n", start), 5, 23, "expected one of: poor average fair good");
}

static void targets_are_checked(void **state)
{
	static const char start[] = "kind: target\nid: T\ntitle: {vi: a, en: b}\nsource: P\n";
	struct complaints bad;
	struct rules rules;

	(void)state;
	assert_int_equal(load(arena_printf(c.arena, "%snumerator: present\ndenominator: expected\nfrom: 92.5%%\n", start), &rules, &bad), FAIL_OK);
	assert_string_equal(rules.v[0].target->threshold, "≥ 92.50");
	assert_int_equal(load(arena_printf(c.arena, "%snumerator: cells_met\ndenominator: cells_assessed\nreported: yes\n", start), &rules, &bad), FAIL_OK);
	assert_string_equal(rules.v[0].target->threshold, "reported");
	expect_in(arena_printf(c.arena, "%snumerator: cells_met\ndenominator: cell_years\nreported: yes\n", start), 1, 1, "the other of years");
	expect_in(arena_printf(c.arena, "%snumerator: present\ndenominator: expected\nfrom: 92.5%%\nreported: yes\n", start), 1, 1, "expected exactly one of");
	expect_in(arena_printf(c.arena, "%snumerator: presence\ndenominator: expected\nfrom: 90%%\n", start), 5, 12, "“presence” is not known here");
	expect_in(arena_printf(c.arena, "%snumerator: present\ndenominator: present\nfrom: 90%%\n", start), 1, 1, "numerator and denominator are the same");
	expect_in(arena_printf(c.arena, "%snumerator: present\ndenominator: expected\nfrom: 90\n", start), 7, 7, "expected per cent");
	expect_in(arena_printf(c.arena, "%snumerator: present\ndenominator: expected\n", start), 1, 1, "expected exactly one of");
	expect_in(arena_printf(c.arena, "%snumerator: present\ndenominator: expected\nfrom: 90%%\nabove: 80%%\n", start), 1, 1, "expected exactly one of");
}

/* ---------------------------------------------------------------- sets */

static const char *scheme_text(const char *id, const char *scope, const char *from, const char *to, const char *more)
{
	struct out o;

	out_memory(&o, c.arena);
	for (int i = 0; i < GOOD; i++)
		if (i == 1)
			out_printf(&o, "id: %s\nscope: \"%s\"\n%s", id, scope, more);
		else if (i == 4)
			out_printf(&o, "valid_from: %s\n", from);
		else if (i == 5)
			out_printf(&o, "valid_to: %s\n", to);
		else
			out_printf(&o, "%s\n", good_lines[i]);
	return out_text(&o);
}

static fail load_two(const char *a, const char *b, struct complaints *bad)
{
	struct rule_text v[] = { { "a.yaml", a, strlen(a) }, { "b.yaml", b, strlen(b) } };
	struct rules rules;

	*bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	return rules_load_texts(c.arena, v, 2, &rules, bad);
}

static void validity_may_not_overlap_for_the_same_use_and_scope(void **state)
{
	const char *a = scheme_text("A", "", "2026-01-01", "2026-06-30", "");
	struct complaints bad;

	(void)state;
	assert_int_equal(load_two(a, scheme_text("B", "", "2026-06-30", "", ""), &bad), FAIL_INPUT);
	assert_string_equal(bad.v[0].file, "b.yaml");
	assert_non_null(strstr(bad.v[0].text, "B: valid on the same days and for the same units as A in a.yaml"));
	assert_int_equal(load_two(a, scheme_text("B", "", "2026-07-01", "", ""), &bad), FAIL_OK);
	assert_int_equal(load_two(a, scheme_text("B", "38", "2026-01-01", "", ""), &bad), FAIL_OK);
	assert_int_equal(load_two(a, scheme_text("B", "", "2026-01-01", "", "default: false\n"), &bad), FAIL_OK);
	assert_int_equal(load_two(a, scheme_text("A", "", "2026-07-01", "", ""), &bad), FAIL_OK); /* the next version of the same */
	assert_int_equal(load_two(a, scheme_text("A", "38", "2026-06-01", "", "default: false\n"), &bad), FAIL_INPUT);
	assert_non_null(strstr(bad.v[0].text, "the same id is already valid on the same days"));
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void a_scheme_of_a_province_dropped_into_the_folder_takes_effect(void **state)
{
	const char *dir = arena_printf(c.arena, "%s/rules", test_dir());
	const char *codes[] = { "38.168", "38" };
	struct scopes scopes = { codes, 2 };
	struct rules rules;

	(void)state;
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_fails(&c, FAIL_NOT_FOUND, rules_open(&c, c.arena, dir, &rules)); /* nothing there yet */
	write_file(arena_printf(c.arena, "%s/a.yaml", dir), scheme_text("GENERAL", "", "2020-01-01", "", ""));
	write_file(arena_printf(c.arena, "%s/notes.txt", dir), "not a rule");
	assert_ok(&c, rules_open(&c, c.arena, dir, &rules));
	assert_string_equal(rules_scheme(&rules, USE_REGULAR, date_of(2026, 5, 1), scopes)->id, "GENERAL");
	write_file(arena_printf(c.arena, "%s/province.yaml", dir), scheme_text("OURS", "38", "2026-01-01", "", ""));
	assert_ok(&c, rules_open(&c, c.arena, dir, &rules));
	assert_string_equal(rules_scheme(&rules, USE_REGULAR, date_of(2026, 5, 1), scopes)->id, "OURS");
	assert_string_equal(rules_scheme(&rules, USE_REGULAR, date_of(2025, 5, 1), scopes)->id, "GENERAL");
	write_file(arena_printf(c.arena, "%s/province.yaml", dir), "kind: scheme\n");
	assert_fails(&c, FAIL_INPUT, rules_open(&c, c.arena, dir, &rules));
	assert_non_null(strstr(test_problem.text, "province.yaml:1:1"));
}

static void the_examples_of_the_documentation_load(void **state)
{
	static const char fence[] = "```yaml\n";
	char *text = arena_alloc(c.arena, 64 * 1024), *at = text;
	FILE *f = fopen("docs/rules.md", "r");
	int blocks = 0;

	(void)state;
	assert_non_null(f);
	assert_true(fread(text, 1, 64 * 1024 - 1, f) > 1000);
	fclose(f);
	while ((at = strstr(at, fence))) {
		char *start = at + strlen(fence), *end_of = strstr(start, "```");
		struct complaints bad;
		struct rules rules;

		assert_non_null(end_of);
		if (load(arena_strndup(c.arena, start, (size_t)(end_of - start)), &rules, &bad) != FAIL_OK)
			fail_msg("example %d: %d:%d: %s", blocks + 1, bad.v[0].at.line, bad.v[0].at.column, bad.v[0].text);
		at = end_of + 3;
		blocks++;
	}
	assert_int_equal(blocks, 7);
}

/* ---------------------------------------------------------------- packed form */

static void packed_bytes_are_trusted_in_nothing(void **state)
{
	struct complaints bad;
	struct rules rules;
	struct scheme s;
	struct out packed;

	(void)state;
	assert_int_equal(load(file_with(0, ""), &rules, &bad), FAIL_OK);
	out_memory(&packed, c.arena);
	scheme_pack(rules.v[0].scheme, &packed);
	assert_int_equal(scheme_unpack(c.arena, packed.data, packed.size, &s), FAIL_OK);
	for (size_t n = 0; n < packed.size; n++)
		assert_int_equal(scheme_unpack(c.arena, packed.data, n, &s), FAIL_INPUT);
	char *longer = arena_alloc(c.arena, packed.size + 1);

	memcpy(longer, packed.data, packed.size);
	assert_int_equal(scheme_unpack(c.arena, longer, packed.size + 1, &s), FAIL_INPUT);
	for (size_t i = 0; i < packed.size; i++) { /* every single changed byte: refused, or another whole scheme */
		for (int bit = 0; bit < 8; bit++) {
			struct facts facts = FACTS_NONE;
			struct scored_sheet sheet;

			longer[i] ^= (char)(1 << bit);
			if (scheme_unpack(c.arena, longer, packed.size, &s) == FAIL_OK)
				assert_int_equal(scheme_apply(c.arena, &s, &facts, JUDGED_NONE, LANG_VI, &sheet), FAIL_OK);
			longer[i] ^= (char)(1 << bit);
		}
	}
}

/* A scheme without any sentence explains itself. */
static void generated_sentences_name_facts_and_numbers(void **state)
{
	struct judged_line given[] = { { "G.2", { 400 } } };
	struct facts facts = FACTS_NONE;
	struct scored_sheet sheet;
	struct complaints bad;
	struct rules rules;

	(void)state;
	facts_set(&facts, FACT_present, 8);
	facts_set(&facts, FACT_expected, 12);
	facts_set(&facts, FACT_unexcused, 0);
	facts_set(&facts, FACT_thematic_held, 0);
	facts_set(&facts, FACT_concluded, 0);
	facts_set(&facts, FACT_minutes_approved, 1);
	assert_int_equal(load(file_with(0, ""), &rules, &bad), FAIL_OK);
	assert_int_equal(scheme_apply(c.arena, rules.v[0].scheme, &facts, (struct judged){ given, 1 }, LANG_VI, &sheet), FAIL_OK);
	assert_string_equal(sheet.lines[0].why, "Số người có mặt / số người phải dự = 8/12 = 66,67 % (> 50 %): được 10,5 trong 20 điểm");
	assert_string_equal(sheet.lines[0].to_full, "Đủ 20 điểm khi: số người có mặt / số người phải dự ≥ 90 % và không phải (vắng không lý do > 0)");
	assert_string_equal(sheet.lines[2].why, "Không áp dụng cho cuộc họp này");
	assert_string_equal(sheet.lines[3].why, "Đã thông qua biên bản: có: được 10 trong 40 điểm");
	assert_int_equal(sheet.total.t, 105 + 400 + 0 + 100);
	assert_int_equal(scheme_apply(c.arena, rules.v[0].scheme, &facts, (struct judged){ given, 1 }, LANG_EN, &sheet), FAIL_OK);
	assert_string_equal(sheet.lines[0].why, "Members present / members expected = 8/12 = 66.67% (> 50%): 10.5 of 20 points");
	assert_string_equal(sheet.lines[3].to_full, "Full 40 points when: the chair concluded and the minutes were approved");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scheme_in_order_loads),
		cmocka_unit_test(W22_sums_are_checked_with_and_without_a_thematic_part),
		cmocka_unit_test(holes_and_overlaps_are_refused),
		cmocka_unit_test(a_narrower_bound_first_leaves_room),
		cmocka_unit_test(unknown_keys_words_and_facts_are_refused_with_their_place),
		cmocka_unit_test(values_are_checked),
		cmocka_unit_test(what_is_not_a_rule_is_refused),
		cmocka_unit_test(files_and_nesting_are_bounded),
		cmocka_unit_test(year_rules_are_checked),
		cmocka_unit_test(targets_are_checked),
		cmocka_unit_test(validity_may_not_overlap_for_the_same_use_and_scope),
		cmocka_unit_test(a_scheme_of_a_province_dropped_into_the_folder_takes_effect),
		cmocka_unit_test(the_examples_of_the_documentation_load),
		cmocka_unit_test(packed_bytes_are_trusted_in_nothing),
		cmocka_unit_test(generated_sentences_name_facts_and_numbers),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
