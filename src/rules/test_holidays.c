/* test_holidays.c — which days are off, and where a fixed day of meetings goes; what a file of holidays may not say. */
#include "support/support.h"

#include <string.h>

#include "rules/holidays.h"
#include "rules/load.h"

static struct call c;
static struct rules rules;

static int begin(void **state)
{
	struct complaints bad;

	(void)state;
	test_call(&c);
	bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	return rules_load_dir(c.arena, "rules", &rules, &bad) == FAIL_OK ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static void goes(int year, int month, int day, struct date expected, const char *why)
{
	struct meeting_day d = holidays_meeting_day(&rules, month_of(year, month), day, SCOPES_NONE, LANG_EN);
	char text[DATE_TEXT], want[DATE_TEXT];

	date_format(d.day, text);
	date_format(expected, want);
	assert_string_equal(text, want);
	assert_string_equal(d.why ? d.why : "", why);
}

static void a_fixed_day_stays_where_no_holiday_is(void **state)
{
	(void)state;
	goes(2026, 1, 3, date_of(2026, 1, 3), ""); /* a Saturday: cells meet in the evening */
	goes(2026, 3, 3, date_of(2026, 3, 3), "");
	goes(2026, 11, 24, date_of(2026, 11, 24), ""); /* a rule that is only used when asked for */
}

static void a_fixed_day_moves_past_the_whole_lunar_new_year(void **state)
{
	(void)state;
	goes(2026, 2, 17, date_of(2026, 2, 23), "Lunar New Year"); /* off from Saturday 14 to Sunday 22 February */
	goes(2026, 2, 14, date_of(2026, 2, 23), "Lunar New Year");
	goes(2025, 1, 28, date_of(2025, 1, 24), "Lunar New Year"); /* off until 2 February: the next working day is in another month */
	goes(2024, 2, 10, date_of(2024, 2, 15), "Lunar New Year");
	goes(2027, 2, 6, date_of(2027, 2, 12), "Lunar New Year");
	goes(2028, 1, 27, date_of(2028, 1, 24), "Lunar New Year");
}

static void a_meeting_never_leaves_its_month_V03(void **state)
{
	(void)state;
	goes(2026, 4, 30, date_of(2026, 4, 29), "Victory Day");
	goes(2026, 5, 1, date_of(2026, 5, 4), "International Labour Day"); /* Friday; Saturday and Sunday are no working days */
	goes(2026, 9, 1, date_of(2026, 9, 3), "National Day (second day)");
	goes(2026, 1, 1, date_of(2026, 1, 2), "New Year's Day");
	goes(2026, 4, 27, date_of(2026, 4, 28), "Hùng Kings' day");
}

static void the_31st_is_the_last_day_of_a_short_month(void **state)
{
	(void)state;
	goes(2026, 2, 31, date_of(2026, 2, 28), "");
	goes(2028, 2, 31, date_of(2028, 2, 29), "");
	goes(2026, 4, 31, date_of(2026, 4, 29), "Victory Day");
	goes(2026, 6, 31, date_of(2026, 6, 30), "");
	goes(2026, 12, 31, date_of(2026, 12, 31), "");
}

static void only_years_with_their_dates_are_known(void **state)
{
	(void)state;
	assert_true(holidays_know_year(&rules, 2024, SCOPES_NONE));
	assert_true(holidays_know_year(&rules, 2028, SCOPES_NONE));
	assert_false(holidays_know_year(&rules, 2029, SCOPES_NONE));
	goes(2029, 9, 2, date_of(2029, 9, 3), "National Day");
}

static fail load(struct rules *out, struct complaints *bad, const char *text)
{
	*bad = (struct complaints){ .arena = c.arena, .lang = LANG_EN };
	return rules_load_texts(c.arena, &(struct rule_text){ "x.yaml", text, strlen(text) }, 1, out, bad);
}

static const char two[] =
    "- kind: holidays\n  id: A\n  title: {vi: Chung, en: All}\n  source: R\n  move: next_working_day\n  weekend: keep\n"
    "  every_year:\n    - {day: 09-02, title: {vi: Quốc khánh, en: National Day}}\n"
    "- kind: holidays\n  id: B\n  title: {vi: Tỉnh, en: Province}\n  source: local\n  scope: \"38\"\n  move: previous_working_day\n  "
    "weekend: move\n"
    "  days:\n    - {from: 2026-10-08, to: 2026-10-09, title: {vi: Ngày hội, en: Festival}}\n";

static void a_province_adds_days_and_its_own_way_to_move(void **state)
{
	static const char *const codes[] = { "38.001", "38" };
	struct scopes there = { codes, 2 };
	struct complaints bad;
	struct meeting_day d;
	struct rules set;

	(void)state;
	assert_int_equal(load(&set, &bad, two), FAIL_OK);
	d = holidays_meeting_day(&set, month_of(2026, 10), 9, there, LANG_EN);
	assert_int_equal(d.day.days, date_of(2026, 10, 7).days);
	assert_string_equal(d.why, "Festival");
	assert_null(holidays_meeting_day(&set, month_of(2026, 10), 9, SCOPES_NONE, LANG_EN).why);
	d = holidays_meeting_day(&set, month_of(2026, 9), 2, there, LANG_EN); /* the general day, moved the province's way */
	assert_int_equal(d.day.days, date_of(2026, 9, 1).days);
	d = holidays_meeting_day(&set, month_of(2026, 10), 3, there, LANG_EN); /* a Saturday; 1 and 2 October are working days */
	assert_int_equal(d.day.days, date_of(2026, 10, 2).days);
	assert_string_equal(d.why, "Saturday");
	d = holidays_meeting_day(&set, month_of(2026, 8), 1, there, LANG_EN); /* Saturday the 1st: nothing before it in the month */
	assert_int_equal(d.day.days, date_of(2026, 8, 3).days);
}

static void complains(const char *body, const char *words)
{
	const char *text = arena_printf(c.arena, "kind: holidays\nid: A\ntitle: {vi: Một, en: One}\nsource: R\n%s", body);
	struct complaints bad;
	struct rules set;

	assert_int_equal(load(&set, &bad, text), FAIL_INPUT);
	assert_int_equal(bad.n, 1);
	if (!strstr(bad.v[0].text, words))
		fail_msg("“%s” does not say “%s”", bad.v[0].text, words);
}

static void mistakes_are_named_with_their_place(void **state)
{
	(void)state;
	complains("", "every_year");
	complains("move: sideways\n", "sideways");
	complains("every_year: {day: 09-02}\n", "expected a list");
	complains("every_year:\n  - {day: 02-29, title: {vi: a, en: b}}\n", "every year has");
	complains("every_year:\n  - {day: 2.9, title: {vi: a, en: b}}\n", "every year has");
	complains("days:\n  - {from: 2026-02-30, title: {vi: a, en: b}}\n", "2026-02-30");
	complains("days:\n  - {from: 2026-02-20, to: 2026-02-16, title: {vi: a, en: b}}\n", "1 to 31 days");
	complains("days:\n  - {from: 2026-02-16, name: Tết, title: {vi: a, en: b}}\n", "name");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fixed_day_stays_where_no_holiday_is), cmocka_unit_test(a_fixed_day_moves_past_the_whole_lunar_new_year),
		cmocka_unit_test(a_meeting_never_leaves_its_month_V03),  cmocka_unit_test(the_31st_is_the_last_day_of_a_short_month),
		cmocka_unit_test(only_years_with_their_dates_are_known), cmocka_unit_test(a_province_adds_days_and_its_own_way_to_move),
		cmocka_unit_test(mistakes_are_named_with_their_place),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
