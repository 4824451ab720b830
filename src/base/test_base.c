/* test_base.c — dates, numbers, texts, records, buffers. */
#include "support/support.h"

#include <string.h>

#include "base/command.h"
#include "base/id.h"
#include "base/record.h"
#include "base/right.h"

static void a_date_is_real_or_refused(void **state)
{
	struct date d;
	char text[DATE_TEXT];

	(void)state;
	assert_true(date_parse("2024-02-29", &d));
	date_format(d, text);
	assert_string_equal(text, "2024-02-29");
	assert_false(date_parse("2023-02-29", &d));
	assert_false(date_parse("2026-1-5", &d));
	assert_false(date_parse("2026-01-05 ", &d));
	assert_int_equal(date_of(1, 1, 1).days, DATE_EVER.days);
	assert_int_equal(date_of(9999, 12, 31).days, DATE_OPEN.days);
	assert_int_equal(date_weekday(date_of(2026, 11, 20)), 5);
}

static void every_day_of_four_centuries_splits_back(void **state)
{
	(void)state;
	for (int32_t days = date_of(1900, 1, 1).days; days < date_of(2300, 1, 1).days; days++) {
		int y, m, d;

		date_split((struct date){ days }, &y, &m, &d);
		assert_int_equal(date_of(y, m, d).days, days);
	}
}

static void months_are_added_to_the_last_day_that_exists(void **state)
{
	(void)state;
	assert_int_equal(date_add_months(date_of(2025, 1, 31), 1).days, date_of(2025, 2, 28).days);
	assert_int_equal(date_add_months(date_of(2024, 2, 29), 12).days, date_of(2025, 2, 28).days);
	assert_int_equal(date_add_months(date_of(2025, 1, 31), -2).days, date_of(2024, 11, 30).days);
}

static void a_period_has_one_shortest_name(void **state)
{
	static const char *const names[] = { "2025", "2025-H1", "2025-H2", "2025-Q1", "2025-Q4", "2025-03", "2025-02..2025-07" };
	struct period p;
	char text[PERIOD_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_true(period_parse(names[i], &p));
		period_format(p, text);
		assert_string_equal(text, names[i]);
	}
	assert_false(period_parse("2025-Q5", &p));
	assert_false(period_parse("2025-13", &p));
	assert_false(period_parse("25", &p));
	assert_false(period_parse("2025-07..2025-02", &p));
}

static void percent_is_rounded_half_up_from_the_fraction(void **state)
{
	char text[NUM_TEXT];

	(void)state;
	percent_format(33690, 39204, text);
	assert_string_equal(text, "85.94");
	percent_format(1, 8, text);
	assert_string_equal(text, "12.50");
	percent_format(1, 20000, text); /* 0.005 % */
	assert_string_equal(text, "0.01");
	percent_format(209, 200, text);
	assert_string_equal(text, "104.50");
	percent_format(1, 0, text);
	assert_string_equal(text, "");
	assert_int_equal(rate_compare(17, 20, 85, 100), 0);
	assert_int_equal(rate_compare(INT64_MAX, INT64_MAX - 1, INT64_MAX - 1, INT64_MAX), 1);
}

static void tenths_take_one_decimal(void **state)
{
	struct tenths p;
	char text[NUM_TEXT];

	(void)state;
	assert_true(tenths_parse("94.9", &p));
	assert_int_equal(p.t, 949);
	tenths_format(p, text);
	assert_string_equal(text, "94.9");
	assert_false(tenths_parse("94.95", &p));
	assert_false(tenths_parse("94,9", &p));
	assert_false(tenths_parse("", &p));
}

/* A Greek letter sends the whole text to ICU: the table must say the same for every Latin letter. */
static void text_keys_from_the_table_are_those_of_icu(void **state)
{
	struct arena *a = arena_new(64 << 20);
	char text[16];

	(void)state;
	for (unsigned ch = 0x20; ch < 0x2000; ch++) {
		size_t n = 0;
		text[n++] = 'x';
		if (ch < 0x80) {
			text[n++] = (char)ch;
		} else if (ch < 0x800) {
			text[n++] = (char)(0xC0 | ch >> 6);
			text[n++] = (char)(0x80 | (ch & 0x3F));
		} else {
			text[n++] = (char)(0xE0 | ch >> 12);
			text[n++] = (char)(0x80 | (ch >> 6 & 0x3F));
			text[n++] = (char)(0x80 | (ch & 0x3F));
		}
		text[n++] = 'X';
		text[n] = '\0';
		const char *greek = arena_printf(a, "%sω", text);

		assert_string_equal(arena_printf(a, "%sω", text_key(a, text)), text_key(a, greek));
		assert_string_equal(arena_printf(a, "%sω", text_clean(a, text)), text_clean(a, greek));
	}
	arena_free(a);
}

static void search_keys_meet_across_tone_marks_and_accent_places(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	assert_string_equal(text_key(a, "Đảng ủy"), "dang uy");
	assert_string_equal(text_key(a, "đảng uỷ"), "dang uy");
	assert_string_equal(text_key(a, "Hòa"), text_key(a, "Hoà"));
	assert_string_equal(text_key(a, "  Nguyễn   Văn\tÁnh "), "nguyen van anh");
	/* decomposed input becomes one form */
	assert_string_equal(text_clean(a, "Ho\xCC\x80" "a"), "Hòa");
	arena_free(a);
}

static int compare_keys(struct blob x, struct blob y)
{
	size_t n = x.size < y.size ? x.size : y.size;
	int r = memcmp(x.data, y.data, n);

	return r ? r : (int)x.size - (int)y.size;
}

static void names_sort_by_given_name_in_vietnamese_order(void **state)
{
	static const char *const names[] = { "Trần Văn An", "Lê Thị Anh", "Bùi Văn Ánh", "Nguyễn Thị Ân", "Phạm Văn Dũng", "Lê Văn Đức" };
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 1; i < sizeof names / sizeof *names; i++)
		assert_true(compare_keys(text_name_sort_key(a, names[i - 1]), text_name_sort_key(a, names[i])) < 0);
	arena_free(a);
}

struct sample {
	int64_t expected;
	bool thematic;
	const char *topic;
	struct date valid_from, valid_to;
	struct moment starts_at;
	struct tenths points;
	unsigned kind;
};
static const char *const kinds[] = { "", "regular", "thematic", NULL };
static const struct field sample_fields[] = {
	FIELD(struct sample, expected, "Expected", 0, .min = 0, .max = 500),
	FIELD(struct sample, thematic, "Thematic", 0),
	FIELD(struct sample, topic, "Topic", 0, .max = 5),
	FIELD(struct sample, valid_from, "From", FROM_DATE),
	FIELD(struct sample, valid_to, "To", TO_DATE),
	FIELD(struct sample, starts_at, "Starts", REQUIRED),
	FIELD(struct sample, points, "Points", 0, .min = 0, .max = 1000),
	FIELD(struct sample, kind, "Kind", REQUIRED, .words = kinds),
	FIELD_END,
};
static const struct record sample_record = { "sample", sizeof(struct sample), sample_fields };

static void a_field_is_read_and_written_the_same(void **state)
{
	static const char *const texts[] = { "20", "1", "Đất", "2025-01-01", "", "2026-01-05T19:00", "89.5", "regular" };
	struct call c;
	struct sample s;

	(void)state;
	call_begin(&c, 1 << 20);
	record_clear(&sample_record, &s);
	for (int i = 0; sample_fields[i].name; i++) {
		assert_int_equal(field_parse(&c, &sample_fields[i], texts[i], &s), FAIL_OK);
		assert_string_equal(field_text(c.arena, &sample_fields[i], &s), texts[i]);
	}
	assert_int_equal(s.valid_to.days, DATE_OPEN.days);
	call_end(&c);
}

static void a_wrong_value_names_field_value_and_expectation(void **state)
{
	struct call c;
	struct sample s;

	(void)state;
	call_begin(&c, 1 << 20);
	assert_int_equal(field_parse(&c, &sample_fields[0], "hai mươi", &s), FAIL_INPUT);
	assert_string_equal(c.problem.field, "expected");
	assert_string_equal(c.problem.text, "“hai mươi” không hợp lệ; cần ghi số nguyên từ 0 đến 500");
	assert_true(s.expected == INT_UNKNOWN);
	problem_clear(&c);
	c.lang = LANG_EN;
	assert_int_equal(field_parse(&c, &sample_fields[7], "party", &s), FAIL_INPUT);
	assert_string_equal(c.problem.text, "“party” does not fit; expected one of: regular, thematic");
	problem_clear(&c);
	assert_int_equal(field_parse(&c, &sample_fields[2], "Đất đai", &s), FAIL_INPUT);
	call_end(&c);
}

static void json_escapes_and_nests(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct out o;
	struct json j;

	(void)state;
	out_memory(&o, a);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "a\"b", "x\n\x01\\");
	json_key(&j, "list");
	json_array(&j);
	json_int(&j, -7);
	json_object(&j);
	json_object_end(&j);
	json_null(&j);
	json_array_end(&j);
	json_put_bool(&j, "t", true);
	json_object_end(&j);
	assert_string_equal(out_text(&o), "{\"a\\\"b\":\"x\\n\\u0001\\\\\",\"list\":[-7,{},null],\"t\":true}");
	arena_free(a);
}

static void screens_use_the_readers_own_forms(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct moment m;

	(void)state;
	assert_true(moment_parse("2026-01-05T19:00", &m));
	assert_string_equal(show_moment(a, LANG_VI, m), "19 giờ 00, 05/01/2026");
	assert_string_equal(show_moment(a, LANG_EN, m), "5 Jan 2026, 19:00");
	assert_string_equal(show_percent(a, LANG_VI, 19, 21), "90,48 %");
	assert_string_equal(show_percent(a, LANG_EN, 19, 21), "90.48%");
	assert_string_equal(show_int(a, LANG_VI, 1234567), "1.234.567");
	assert_string_equal(show_tenths(a, LANG_VI, (struct tenths){ 955 }), "95,5");
	assert_string_equal(show_period(a, LANG_VI, (struct period){ month_of(2025, 7), month_of(2025, 12) }), "6 tháng cuối năm 2025");
	arena_free(a);
}

static void a_forgotten_right_refuses_every_role(void **state)
{
	(void)state;
	for (enum role r = 0; r < ROLE_COUNT; r++)
		assert_false(role_allows(r, MAY_NOBODY));
	assert_false(role_allows(ROLE_MEMBER, MAY_RECORD));
	assert_false(role_allows(ROLE_INSPECTOR, MAY_RECORD));
	assert_true(role_allows(ROLE_SECRETARY, MAY_RECORD));
	assert_false(role_allows(ROLE_SECRETARY, MAY_DECIDE));
}

static void ids_grow(void **state)
{
	int64_t before = id_new();

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t next = id_new();

		assert_true(next > before);
		before = next;
	}
}

static void options_are_taken_out_of_the_words(void **state)
{
	const char *v[] = { "FILE.csv", "--unit", "38.168", "--check", "--format=csv", "--no" };
	struct args a = { 6, v };
	struct call c;

	(void)state;
	call_begin(&c, 1 << 16);
	assert_string_equal(args_option(&a, "--unit"), "38.168");
	assert_string_equal(args_option(&a, "--format"), "csv");
	assert_true(args_flag(&a, "--check"));
	assert_string_equal(args_next(&a), "FILE.csv");
	assert_null(args_next(&a));
	assert_int_equal(args_end(&c, &a), FAIL_INPUT);
	call_end(&c);
}

static int done_order[3], done_count;

static void note_done(void *arg)
{
	done_order[done_count++] = *(int *)arg;
}

static void an_arena_cleans_up_latest_first(void **state)
{
	struct arena *a = arena_new(1 << 16);
	int one = 1, two = 2;

	(void)state;
	arena_defer(a, note_done, &one);
	arena_defer(a, note_done, &two);
	char *s = arena_printf(a, "%s-%d", "x", 5);

	assert_string_equal(s, "x-5");
	arena_free(a);
	assert_int_equal(done_order[0], 2);
	assert_int_equal(done_order[1], 1);
}

static jmp_buf full_jump;

static void jump(void *arg)
{
	(void)arg;
	longjmp(full_jump, 1);
}

static void an_arena_has_a_ceiling(void **state)
{
	struct arena *a = arena_new(1000);
	static int jumped;

	(void)state;
	arena_on_full(a, jump, NULL, NULL);
	if (setjmp(full_jump) == 0) {
		arena_alloc(a, 900);
		arena_alloc(a, 200);
	} else {
		jumped = 1;
	}
	assert_int_equal(jumped, 1);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_keys_from_the_table_are_those_of_icu),
		cmocka_unit_test(a_date_is_real_or_refused),
		cmocka_unit_test(every_day_of_four_centuries_splits_back),
		cmocka_unit_test(months_are_added_to_the_last_day_that_exists),
		cmocka_unit_test(a_period_has_one_shortest_name),
		cmocka_unit_test(percent_is_rounded_half_up_from_the_fraction),
		cmocka_unit_test(tenths_take_one_decimal),
		cmocka_unit_test(search_keys_meet_across_tone_marks_and_accent_places),
		cmocka_unit_test(names_sort_by_given_name_in_vietnamese_order),
		cmocka_unit_test(a_field_is_read_and_written_the_same),
		cmocka_unit_test(a_wrong_value_names_field_value_and_expectation),
		cmocka_unit_test(json_escapes_and_nests),
		cmocka_unit_test(screens_use_the_readers_own_forms),
		cmocka_unit_test(a_forgotten_right_refuses_every_role),
		cmocka_unit_test(ids_grow),
		cmocka_unit_test(options_are_taken_out_of_the_words),
		cmocka_unit_test(an_arena_cleans_up_latest_first),
		cmocka_unit_test(an_arena_has_a_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
