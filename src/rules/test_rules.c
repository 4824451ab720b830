/* test_rules.c — the worked examples of domain section 10 that concern targets, votes, year classes and samples; which rule
 * holds when; the sums of the schemes. Scores of meetings are in test_cases.c. */
#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "rules/load.h"
#include "rules/votes.h"

static struct call c;
static struct rules rules;

static int begin(void **state)
{
	struct complaints bad = { 0 };

	(void)state;
	test_call(&c);
	bad.arena = c.arena;
	return rules_load_dir(c.arena, "rules", &rules, &bad) == FAIL_OK ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static const char *percent(int64_t num, int64_t den)
{
	static char text[NUM_TEXT];

	percent_format(num, den, text);
	return text;
}

static struct target_result eval(const char *id, int64_t num, int64_t den)
{
	const struct target *t = rules_target(&rules, id, date_of(2025, 6, 30), SCOPES_NONE);

	assert_non_null(t);
	return target_eval(t, num, den);
}

/* ---------------------------------------------------------------- W1 to W15: published percentages */

static void W1_33690_of_39204_turns_is_85_94(void **state)
{
	(void)state;
	assert_string_equal(percent(33690, 39204), "85.94");
}

static void W2_more_turns_than_the_quota_are_legal_and_not_clamped(void **state)
{
	(void)state;
	assert_string_equal(percent(10455, 10000), "104.55");
	assert_true(eval("T13", 23, 22).met);
	assert_string_equal(eval("T13", 23, 22).percent, "104.55");
}

static void W3_a_group_below_the_mean_balances_groups_above_it(void **state)
{
	(void)state;
	assert_true(rate_compare(8921, 10000, 33690, 39204) > 0);
	assert_true(rate_compare(10455, 10000, 33690, 39204) > 0);
}

static void W4_average_attendance_90_48_meets_90(void **state)
{
	struct target_result r = eval("T13", 19, 21);

	(void)state;
	assert_true(r.known && r.met);
	assert_string_equal(r.percent, "90.48");
	assert_false(eval("T13", 8999, 10000).met);
	assert_true(eval("T13", 9000, 10000).met);
	assert_int_equal(r.needed, 19);
}

static void W5_self_rated_good_92_11_meets_80(void **state)
{
	(void)state;
	assert_true(eval("T14", 35, 38).met);
	assert_string_equal(eval("T14", 35, 38).percent, "92.11");
	assert_true(eval("T14", 8, 10).met);
	assert_false(eval("T14", 799, 1000).met);
}

static void W6_14_of_15_targets(void **state)
{
	(void)state;
	assert_string_equal(percent(14, 15), "93.33");
}

static void W7_cells_of_the_bloc(void **state)
{
	(void)state;
	assert_int_equal(33 + 31, 64);
	assert_int_equal(31 + 247, 278);
	assert_string_equal(percent(4300, 278 * 100), "15.47"); /* about 15.5 members a cell */
}

static void W9_47_of_49_met_the_standard(void **state)
{
	(void)state;
	assert_string_equal(percent(47, 51 - 2), "95.92"); /* W8: two were transferred away */
}

static void W10_shares_and_the_cap_on_excellent(void **state)
{
	(void)state;
	assert_string_equal(percent(26, 47), "55.32");
	assert_string_equal(percent(26, 49), "53.06");
	assert_string_equal(percent(9, 47), "19.15");
	assert_int_equal(cap_base_needed(26, 20), 130);
	assert_int_equal(cap_allowed(130, 20), 26);
	assert_int_equal(cap_allowed(129, 20), 25);
	assert_int_equal(cap_allowed(278, 20), 55);
	assert_int_equal(cap_allowed(0, 20), 0);
}

static void W12_all_of_all_is_100(void **state)
{
	(void)state;
	assert_string_equal(percent(5, 5), "100.00");
	assert_string_equal(percent(26, 26), "100.00");
	assert_true(eval("T01", 26, 26).met);
	assert_false(eval("T01", 25, 26).met);
}

static void W14_W15_means(void **state)
{
	(void)state;
	assert_string_equal(percent(6280, 126 * 100), "49.84");
	assert_string_equal(percent(320, 21 * 100), "15.24");
}

/* ---------------------------------------------------------------- W16 to W18: samples and thresholds */

static void expect_sample(int64_t n, int64_t regular_lo, int64_t regular_hi, int64_t thematic_lo, int64_t thematic_hi)
{
	struct sample regular = sample_size(n, 5, 10), thematic = sample_size(n, 3, 5);

	assert_int_equal(regular.lo, regular_lo);
	assert_int_equal(regular.hi, regular_hi);
	assert_int_equal(thematic.lo, thematic_lo);
	assert_int_equal(thematic.hi, thematic_hi);
}

static void W16_T11_T12_sample_sizes(void **state)
{
	(void)state;
	expect_sample(278, 14, 27, 9, 13);
	expect_sample(21, 2, 2, 1, 1);
	expect_sample(12, 1, 1, 1, 1);
	expect_sample(6, 1, 1, 1, 1);
	expect_sample(0, 0, 0, 0, 0);
	expect_sample(200, 10, 20, 6, 10);
}

static void W17_T06_over_85_percent(void **state)
{
	static const int64_t rows[][2] = { { 10, 9 }, { 20, 18 }, { 21, 18 }, { 40, 35 }, { 116, 99 }, { 8, 7 }, { 3, 3 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(eval("T06", 0, rows[i][0]).needed, rows[i][1]);
		assert_true(eval("T06", rows[i][1], rows[i][0]).met);
		assert_false(eval("T06", rows[i][1] - 1, rows[i][0]).met);
	}
	assert_string_equal(rules_target(&rules, "T06", date_of(2025, 1, 1), SCOPES_NONE)->threshold, "> 85");
}

static void W18_T13_at_least_90_percent(void **state)
{
	static const int64_t rows[][2] = { { 10, 9 }, { 20, 18 }, { 21, 19 }, { 40, 36 }, { 116, 105 }, { 8, 8 }, { 15, 14 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(eval("T13", 0, rows[i][0]).needed, rows[i][1]);
		assert_true(eval("T13", rows[i][1], rows[i][0]).met);
		assert_false(eval("T13", rows[i][1] - 1, rows[i][0]).met);
	}
	assert_string_equal(rules_target(&rules, "T13", date_of(2025, 1, 1), SCOPES_NONE)->threshold, "≥ 90");
}

static void T09_more_than_80_percent_of_the_cells(void **state)
{
	(void)state;
	assert_false(eval("T09", 80, 100).met);
	assert_true(eval("T09", 81, 100).met);
	assert_false(eval("T09", 4, 5).met);
}

static void T19_is_reported_without_a_threshold(void **state)
{
	struct target_result r = eval("T19", 47, 49);

	(void)state;
	assert_false(r.known); /* neither met nor missed */
	assert_string_equal(r.percent, "95.92");
	assert_string_equal(target_threshold_words(c.arena, rules_target(&rules, "T19", date_of(2024, 1, 1), SCOPES_NONE), LANG_VI), "chỉ thống kê");
}

static void targets_of_nothing_are_neither_met_nor_missed(void **state)
{
	struct target_result r = eval("T06", 0, 0);

	(void)state;
	assert_false(r.known);
	assert_false(r.met);
	assert_string_equal(r.percent, "");
}

static void targets_name_their_counters(void **state)
{
	static const struct { const char *id, *numerator, *denominator, *threshold; } rows[] = {
		{ "T01", "regular", "due", "= 100" },         { "T02", "thematic_quarters", "cell_quarters", "= 100" },
		{ "T03", "pre_meetings", "meetings", "= 100" }, { "T04", "complete", "regular", "= 100" },
		{ "T06", "present", "expected", "> 85" },     { "T09", "good_years", "cell_years", "> 80" },
		{ "T13", "present", "expected", "≥ 90" },     { "T14", "self_good", "self_scored", "≥ 80" },
		{ "T10", "cells_registered", "cells", "= 100" }, { "T17", "cells_good_or_better", "cells_classified", "reported" },
		{ "T18", "secretaries_good", "secretaries", "reported" }, { "T19", "cells_met", "cells_assessed", "reported" },
		{ "T20", "members_good_or_better", "members_classified", "= 100" },
		{ "T21", "members_with_initiative", "members", "= 100" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct target *t = rules_target(&rules, rows[i].id, date_of(2024, 12, 31), SCOPES_NONE);

		assert_non_null(t);
		assert_string_equal(counter_words[t->numerator], rows[i].numerator);
		assert_string_equal(counter_words[t->denominator], rows[i].denominator);
		assert_string_equal(t->threshold, rows[i].threshold);
	}
	assert_string_equal(target_threshold_words(c.arena, rules_target(&rules, "T06", date_of(2024, 1, 1), SCOPES_NONE), LANG_VI), "trên 85 %");
	assert_string_equal(target_threshold_words(c.arena, rules_target(&rules, "T13", date_of(2024, 1, 1), SCOPES_NONE), LANG_VI), "từ 90 % trở lên");
}

/* ---------------------------------------------------------------- W19, W20: votes */

static void W19_V06_voting_base(void **state)
{
	(void)state;
	assert_int_equal(vote_base(20, 0, 0), 20); /* absence without exemption changes nothing */
	assert_int_equal(vote_needed(VOTE_RESOLUTION, 20), 11);
	assert_int_equal(vote_needed(VOTE_MEMBER, 20), 14);
	assert_int_equal(vote_base(20, 0, 1), 19); /* section 10: one exempt and absent */
	assert_int_equal(vote_needed(VOTE_RESOLUTION, 19), 10);
	assert_int_equal(vote_needed(VOTE_MEMBER, 19), 13);
	assert_int_equal(vote_base(20, 2, 1), 17);
	assert_int_equal(vote_base(2, 2, 1), 0);
}

static void V07_V08_what_a_count_means(void **state)
{
	(void)state;
	assert_int_equal(vote_result(VOTE_RESOLUTION, 20, 11, 0, 1), VOTE_ADOPTED);
	assert_int_equal(vote_result(VOTE_RESOLUTION, 20, 10, 0, 1), VOTE_REJECTED); /* 10 of 10 who voted, and yet not more than half of the base */
	assert_int_equal(vote_result(VOTE_MEMBER, 20, 14, 3, 1), VOTE_ADOPTED);
	assert_int_equal(vote_result(VOTE_MEMBER, 20, 3, 14, 1), VOTE_REJECTED);
	assert_int_equal(vote_result(VOTE_MEMBER, 20, 13, 4, 1), VOTE_UNDECIDED);
	assert_int_equal(vote_result(VOTE_RESOLUTION, 0, 0, 0, 1), VOTE_REJECTED);
}

static void V09_three_undecided_votes_are_referred(void **state)
{
	const unsigned two[] = { VOTE_UNDECIDED, VOTE_UNDECIDED }, ended[] = { VOTE_UNDECIDED, VOTE_REJECTED, VOTE_UNDECIDED },
	               three[] = { VOTE_UNDECIDED, VOTE_UNDECIDED, VOTE_UNDECIDED }, referred[] = { VOTE_REFERRED, VOTE_UNDECIDED };

	(void)state;
	assert_int_equal(vote_result(VOTE_MEMBER, 20, 13, 4, 2), VOTE_UNDECIDED);
	assert_int_equal(vote_result(VOTE_MEMBER, 20, 13, 4, 3), VOTE_REFERRED);
	assert_int_equal(vote_result(VOTE_MEMBER, 20, 14, 3, 3), VOTE_ADOPTED);
	assert_int_equal(vote_next_round(NULL, 0), 1);
	assert_int_equal(vote_next_round(two, 2), 3);
	assert_int_equal(vote_next_round(ended, 3), 2); /* a result in between begins anew */
	assert_int_equal(vote_next_round(three, 3), 0);
	assert_int_equal(vote_next_round(referred, 2), 0);
}

static void W20_V07_V08_votes_needed(void **state)
{
	static const int64_t rows[][3] = { { 3, 2, 2 }, { 9, 5, 6 }, { 17, 9, 12 }, { 21, 11, 14 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t base = rows[i][0];

		assert_int_equal(vote_needed(VOTE_RESOLUTION, base), rows[i][1]);
		assert_int_equal(vote_needed(VOTE_MEMBER, base), rows[i][2]);
		assert_true(vote_carried(VOTE_RESOLUTION, base, rows[i][1]));
		assert_false(vote_carried(VOTE_RESOLUTION, base, rows[i][1] - 1));
		assert_true(vote_carried(VOTE_MEMBER, base, rows[i][2]));
		assert_false(vote_carried(VOTE_MEMBER, base, rows[i][2] - 1));
	}
}

static void V07_half_is_not_more_than_half(void **state)
{
	(void)state;
	for (int64_t base = 1; base <= 300; base++) {
		assert_true(2 * vote_needed(VOTE_RESOLUTION, base) > base);
		assert_false(2 * (vote_needed(VOTE_RESOLUTION, base) - 1) > base);
		assert_true(3 * vote_needed(VOTE_MEMBER, base) >= 2 * base);
		assert_false(3 * (vote_needed(VOTE_MEMBER, base) - 1) >= 2 * base);
	}
	assert_false(vote_carried(VOTE_RESOLUTION, 0, 5));
}

/* ---------------------------------------------------------------- W11, W21: class of the year */

/* Grades of the months as letters: G F A P, m missed, u held without a sheet, - not due. */
static struct year_facts year_of(const char *months, int quarters_due, int quarters_thematic)
{
	static const struct { char letter; enum month_state state; enum grade grade; int32_t points; } letters[] = {
		{ 'G', MONTH_SCORED, GRADE_GOOD, 920 }, { 'F', MONTH_SCORED, GRADE_FAIR, 800 }, { 'A', MONTH_SCORED, GRADE_AVERAGE, 600 },
		{ 'P', MONTH_SCORED, GRADE_POOR, 300 }, { 'm', MONTH_MISSED, GRADE_NONE, 0 }, { 'u', MONTH_UNSCORED, GRADE_NONE, 0 },
		{ '-', MONTH_NOT_DUE, GRADE_NONE, 0 },
	};
	struct year_facts f = { .quarters_due = quarters_due, .quarters_thematic = quarters_thematic };

	assert_int_equal(strlen(months), 12);
	for (int m = 0; m < 12; m++)
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (months[m] == letters[i].letter)
				f.month[m] = (struct year_month){ letters[i].state, { letters[i].points }, letters[i].grade };
	return f;
}

static struct year_result classify(const char *id, const char *months, int quarters_thematic)
{
	struct year_facts f = year_of(months, 4, quarters_thematic);
	struct year_result r;

	year_classify(c.arena, rules_by_id(&rules, id, DATE_NONE)->year, &f, LANG_VI, &r);
	return r;
}

static void expect_year(const char *id, const char *months, enum grade grade)
{
	struct year_result r = classify(id, months, 4);

	if (r.grade != grade)
		fail_msg("%s %s: expected %s, got %s (%s)", id, months, grade_words[grade], grade_words[r.grade], r.why);
}

static void W11_twelve_meetings_seven_thematic_all_good(void **state)
{
	(void)state;
	expect_year("Y1", "GGGGGGGGGGGG", GRADE_GOOD);
	expect_year("Y2", "GGGGGGGGGGGG", GRADE_GOOD);
	assert_true(eval("T02", 4, 4).met);
}

static void W21_Y1(void **state)
{
	(void)state;
	expect_year("Y1", "GGGGGGGFFFFF", GRADE_GOOD);
	expect_year("Y1", "GGGGGGFFFFFF", GRADE_FAIR);
	expect_year("Y1", "GGGGGGGGGGGA", GRADE_FAIR);
	assert_string_equal(classify("Y1", "GGGGGGFFFFFF", 4).why, "12 tháng: 6 Tốt, 6 Khá; chưa đạt Tốt: 6 tháng đạt Tốt, cần 7");
	assert_string_equal(classify("Y1", "GGGGGGGFFFFF", 4).why, "12 tháng: 7 Tốt, 5 Khá");
}

static void Y1_lower_classes(void **state)
{
	(void)state;
	expect_year("Y1", "FFFFFFFAAAAA", GRADE_FAIR);
	expect_year("Y1", "FFFFFFAAAAAA", GRADE_AVERAGE); /* 6 of the 7 */
	expect_year("Y1", "GGGGGGGGGGGP", GRADE_AVERAGE); /* one Poor */
	expect_year("Y1", "PPPPPPPPPPPP", GRADE_POOR);
	expect_year("Y1", "AAAAAAAAAAPP", GRADE_AVERAGE); /* mean 55 */
	expect_year("Y1", "AAAAAAAAPPPP", GRADE_AVERAGE); /* mean exactly 50 */
	expect_year("Y1", "AAAAAAAPPPPP", GRADE_POOR);    /* mean 47.5 */
}

static void Y1_a_missed_month_counts_nothing_and_breaks_good(void **state)
{
	struct year_result r = classify("Y1", "GGGGGGGGGGGm", 4);

	(void)state;
	assert_int_equal(r.grade, GRADE_FAIR);
	assert_int_equal(r.missed, 1);
	assert_int_equal(r.mean.t, 843); /* 11 × 92 / 12 = 84.33 */
	assert_string_equal(r.why, "12 tháng: 11 Tốt, 1 tháng không sinh hoạt thường kỳ; chưa đạt Tốt: 1 tháng không sinh hoạt thường kỳ");
	expect_year("Y1", "mmmmmmmmmmmm", GRADE_POOR);
}

static void Y1_scales_with_the_months_of_existence(void **state)
{
	static const int scaled[] = { 0, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6, 7, 7 };

	(void)state;
	for (int m = 0; m <= 12; m++)
		assert_int_equal(year_scaled(7, m), scaled[m]);
	expect_year("Y1", "------GGGGFF", GRADE_GOOD); /* 6 months: 4 of ceil(3.5) */
	expect_year("Y1", "------GGGFFF", GRADE_FAIR);
	expect_year("Y1", "-----------G", GRADE_GOOD);
	expect_year("Y1", "------------", GRADE_NONE);
}

static void a_month_without_a_sheet_leaves_the_year_open(void **state)
{
	struct year_result r = classify("Y1", "GGGGGGGGGGGu", 4);

	(void)state;
	assert_int_equal(r.grade, GRADE_NONE);
	assert_int_equal(r.unscored, 1);
	assert_string_equal(r.why, "1 tháng chưa được chấm điểm");
}

static void Y2_by_mean(void **state)
{
	(void)state;
	expect_year("Y2", "GGGGGGGGGGFF", GRADE_GOOD); /* mean 90 exactly, 10 Good */
	expect_year("Y2", "GGGGGGGGGFFF", GRADE_FAIR); /* 9 Good */
	expect_year("Y2", "GGGGGGGGGGGA", GRADE_FAIR); /* an Average */
	expect_year("Y2", "GGGGGGGGGGGP", GRADE_AVERAGE); /* a Poor */
	expect_year("Y2", "GGGGGGGGGGGm", GRADE_FAIR);
	assert_int_equal(classify("Y2", "GGGGGGGGGGGG", 3).grade, GRADE_FAIR); /* a quarter without a thematic part */
	expect_year("Y2", "FFFFFFAAAAAA", GRADE_FAIR); /* mean 70 exactly */
	expect_year("Y2", "FFFFFAAAAAAA", GRADE_AVERAGE);
}

/* ---------------------------------------------------------------- W22: sums */

static void W22_sums_of_the_groups(void **state)
{
	static const struct { const char *id; int32_t groups[10]; } rows[] = {
		{ "MQ-2025", { 50, 50, 100, 400, 50, 300, 50 } },
		{ "MQ-2025-D", { 50, 50, 100, 300, 100, 50, 300, 50 } },
		{ "MQ-2018", { 150, 200, 450, 200 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct scheme *s = rules_scheme_by_id(&rules, rows[i].id, DATE_NONE);
		int32_t total = 0;
		int g = 0, last = -2;

		for (uint32_t k = 0; k < s->n_lines; k++) {
			const struct scheme_line *line = &s->lines[k];

			if (line->group >= 0 && line->group == last)
				continue;
			last = line->group;
			int32_t max = line->group >= 0 ? s->groups[line->group].max.t : scheme_line_max(line).t;

			assert_int_equal(max, rows[i].groups[g++]);
			total += max;
		}
		assert_int_equal(total, 1000);
	}
}

static void W22_thematic_scheme_adds_to_100(void **state)
{
	const struct scheme *s = rules_scheme_by_id(&rules, "MQ-TH", DATE_NONE);
	int32_t total = 0;

	(void)state;
	assert_int_equal(s->n_lines, 13);
	for (uint32_t i = 0; i < s->n_lines; i++)
		total += scheme_line_max(&s->lines[i]).t;
	assert_int_equal(total, 1000);
}

/* ---------------------------------------------------------------- which rule when */

static void a_meeting_of_27_oct_2025_is_scored_by_MQ_2018_and_one_of_28_oct_by_MQ_2025_D(void **state)
{
	(void)state;
	assert_string_equal(rules_scheme(&rules, USE_REGULAR, date_of(2025, 10, 27), SCOPES_NONE)->id, "MQ-2018");
	assert_string_equal(rules_scheme(&rules, USE_REGULAR, date_of(2025, 10, 28), SCOPES_NONE)->id, "MQ-2025-D");
	assert_string_equal(rules_scheme(&rules, USE_REGULAR, date_of(2018, 7, 6), SCOPES_NONE)->id, "MQ-2018");
	assert_null(rules_scheme(&rules, USE_REGULAR, date_of(2018, 7, 5), SCOPES_NONE));
	assert_string_equal(rules_scheme(&rules, USE_THEMATIC, date_of(2025, 10, 28), SCOPES_NONE)->id, "MQ-TH");
	assert_string_equal(rules_year_rule(&rules, 2025, SCOPES_NONE)->id, "Y1");
	assert_string_equal(rules_scheme_by_id(&rules, "MQ-2025", DATE_NONE)->id, "MQ-2025");
	assert_null(rules_by_id(&rules, "MQ-2018", date_of(2025, 10, 28)));
}

/* A regular scheme with one judged line. */
static const char *small_scheme(const char *id, const char *scope, const char *from, const char *to)
{
	return arena_printf(c.arena, "kind: scheme\nid: %s\ntitle: {vi: a, en: b}\nsource: local\nscope: \"%s\"\nvalid_from: %s\nvalid_to: %s\n"
	                    "for: regular\nclasses: {good: 90, fair: 70, average: 50, poor: 0}\nrequired_minutes: {usual: 90, long: 120}\n"
	                    "criteria:\n  - {id: L1, title: {vi: a, en: b}, max: 100, judged: true}\n", id, scope, from, to);
}

static void scopes_the_nearest_wins(void **state)
{
	const char *texts[] = { small_scheme("ALL", "", "2020-01-01", ""), small_scheme("PROVINCE", "38", "2020-01-01", ""),
		                    small_scheme("COMMUNE", "38.168", "2026-01-01", "2026-06-30") };
	const char *const above[] = { "38.168.001", "38.168", "38", "00" }, *const elsewhere[] = { "39.001", "39", "00" };
	struct scopes here = { above, 4 }, there = { elsewhere, 3 };
	struct complaints bad = { .arena = c.arena };
	struct rule_text v[3];
	struct rules r;

	(void)state;
	for (int i = 0; i < 3; i++)
		v[i] = (struct rule_text){ "x.yaml", texts[i], strlen(texts[i]) };
	assert_int_equal(rules_load_texts(c.arena, v, 3, &r, &bad), FAIL_OK);
	assert_string_equal(rules_scheme(&r, USE_REGULAR, date_of(2026, 3, 1), here)->id, "COMMUNE");
	assert_string_equal(rules_scheme(&r, USE_REGULAR, date_of(2026, 7, 1), here)->id, "PROVINCE");
	assert_string_equal(rules_scheme(&r, USE_REGULAR, date_of(2025, 12, 31), here)->id, "PROVINCE");
	assert_string_equal(rules_scheme(&r, USE_REGULAR, date_of(2026, 3, 1), there)->id, "ALL");
	assert_string_equal(rules_scheme(&r, USE_REGULAR, date_of(2026, 3, 1), SCOPES_NONE)->id, "ALL");
	assert_null(rules_scheme(&r, USE_THEMATIC, date_of(2026, 3, 1), here));
}

static void required_minutes_120_with_a_thematic_part_or_30_members(void **state)
{
	const struct scheme *d = rules_scheme_by_id(&rules, "MQ-2025-D", DATE_NONE), *old = rules_scheme_by_id(&rules, "MQ-2018", DATE_NONE);

	(void)state;
	assert_int_equal(scheme_required_minutes(d, false, 29), 90);
	assert_int_equal(scheme_required_minutes(d, false, 30), 120);
	assert_int_equal(scheme_required_minutes(d, true, 5), 120);
	assert_int_equal(scheme_required_minutes(d, true, 200), 120);
	assert_int_equal(scheme_required_minutes(old, true, 200), 90);
}

static void the_built_in_rules_are_those_of_the_folder(void **state)
{
	struct complaints bad = { .arena = c.arena };
	struct rules builtin;

	(void)state;
	assert_int_equal(rules_load_builtin(c.arena, &builtin, &bad), FAIL_OK);
	assert_int_equal(builtin.n, rules.n);
	for (size_t i = 0; i < rules.n; i++) {
		assert_string_equal(builtin.v[i].id, rules.v[i].id);
		assert_string_equal(builtin.v[i].text, rules.v[i].text);
	}
}

static void bands_of_section_6_1(void **state)
{
	static const struct { int32_t tenths; enum grade grade; } rows[] = {
		{ 1000, GRADE_GOOD }, { 900, GRADE_GOOD }, { 899, GRADE_FAIR }, { 700, GRADE_FAIR }, { 699, GRADE_AVERAGE },
		{ 500, GRADE_AVERAGE }, { 499, GRADE_POOR }, { 0, GRADE_POOR },
	};
	static const char *const schemes[] = { "MQ-2025", "MQ-2025-D", "MQ-2018", "MQ-TH" };

	(void)state;
	for (size_t s = 0; s < 4; s++)
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
			assert_int_equal(grade_of(&rules_scheme_by_id(&rules, schemes[s], DATE_NONE)->grades, (struct tenths){ rows[i].tenths }), rows[i].grade);
	assert_int_equal(grade_of(&rules_scheme_by_id(&rules, "MQ-TH", DATE_NONE)->grades, TENTHS_NONE), GRADE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(W1_33690_of_39204_turns_is_85_94),
		cmocka_unit_test(W2_more_turns_than_the_quota_are_legal_and_not_clamped),
		cmocka_unit_test(W3_a_group_below_the_mean_balances_groups_above_it),
		cmocka_unit_test(W4_average_attendance_90_48_meets_90),
		cmocka_unit_test(W5_self_rated_good_92_11_meets_80),
		cmocka_unit_test(W6_14_of_15_targets),
		cmocka_unit_test(W7_cells_of_the_bloc),
		cmocka_unit_test(W9_47_of_49_met_the_standard),
		cmocka_unit_test(W10_shares_and_the_cap_on_excellent),
		cmocka_unit_test(W11_twelve_meetings_seven_thematic_all_good),
		cmocka_unit_test(W12_all_of_all_is_100),
		cmocka_unit_test(W14_W15_means),
		cmocka_unit_test(W16_T11_T12_sample_sizes),
		cmocka_unit_test(W17_T06_over_85_percent),
		cmocka_unit_test(W18_T13_at_least_90_percent),
		cmocka_unit_test(T09_more_than_80_percent_of_the_cells),
		cmocka_unit_test(T19_is_reported_without_a_threshold),
		cmocka_unit_test(targets_of_nothing_are_neither_met_nor_missed),
		cmocka_unit_test(targets_name_their_counters),
		cmocka_unit_test(W19_V06_voting_base),
		cmocka_unit_test(W20_V07_V08_votes_needed), cmocka_unit_test(V07_V08_what_a_count_means),
		cmocka_unit_test(V09_three_undecided_votes_are_referred),
		cmocka_unit_test(V07_half_is_not_more_than_half),
		cmocka_unit_test(W21_Y1),
		cmocka_unit_test(Y1_lower_classes),
		cmocka_unit_test(Y1_a_missed_month_counts_nothing_and_breaks_good),
		cmocka_unit_test(Y1_scales_with_the_months_of_existence),
		cmocka_unit_test(a_month_without_a_sheet_leaves_the_year_open),
		cmocka_unit_test(Y2_by_mean),
		cmocka_unit_test(W22_sums_of_the_groups),
		cmocka_unit_test(W22_thematic_scheme_adds_to_100),
		cmocka_unit_test(a_meeting_of_27_oct_2025_is_scored_by_MQ_2018_and_one_of_28_oct_by_MQ_2025_D),
		cmocka_unit_test(scopes_the_nearest_wins),
		cmocka_unit_test(required_minutes_120_with_a_thematic_part_or_30_members),
		cmocka_unit_test(the_built_in_rules_are_those_of_the_folder),
		cmocka_unit_test(bands_of_section_6_1),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
