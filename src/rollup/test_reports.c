/* test_reports.c — the reports of this room on a small organisation, and what chibo verify finds. */
#include <jansson.h>

#include "rollup/report.h"

#include "org/change.h"
#include "rollup/memory.h"
#include "rollup/test_facts.h"

static struct fixture ground(struct call *c)
{
	load_rules(c);
	return fixture_make(c);
}

/* ---- looking into JSON ---- */

static json_t *report(struct call *c, const char *name, const char *unit, const char *period, const char *structure)
{
	const char *text = RUN(c, FAIL_OK, "report", name, "--unit", unit, "--period", period, "--structure", structure);
	json_error_t error;
	json_t *j = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!j)
		print_error("%s at %d in %s\n", error.text, error.position, text);
	assert_non_null(j);
	return j;
}

static json_t *table(json_t *report, const char *name)
{
	json_t *tables = json_object_get(report, "tables"), *t;
	size_t i;

	json_array_foreach(tables, i, t)
		if (strcmp(json_string_value(json_object_get(t, "name")), name) == 0)
			return t;
	return NULL;
}

/* The n-th row in which column `key` has this text. */
static json_t *row(json_t *table, const char *key, const char *text, int nth)
{
	json_t *r;
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, r)
		if (strcmp(json_string_value(json_object_get(r, key)), text) == 0 && nth-- == 0)
			return r;
	return NULL;
}

static int64_t number(json_t *row, const char *key)
{
	assert_non_null(json_object_get(row, key));
	return json_integer_value(json_object_get(row, key));
}

static const char *text(json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s ? s : "";
}

static void is_rate(json_t *row, const char *key, int64_t num, int64_t den, const char *percent)
{
	json_t *rate = json_object_get(row, key);

	assert_int_equal(number(rate, "numerator"), num);
	assert_int_equal(number(rate, "denominator"), den);
	assert_string_equal(text(rate, "percent"), percent);
}

/* ---- reports ---- */

TEST_BOTH(R08_says_why_points_were_lost)
{
	struct fixture f = ground(c);
	int64_t id = record(c, (struct record_of){ f.c21, month_of(2025, 11), 21, 19, "good", "fair" });

	test_sql(c, arena_printf(c->arena, "UPDATE score_sheet SET scheme = 'MQ-2025-D';"
		"INSERT INTO score_line (realm, meeting_id, stage, revision, line, points, max, source) SELECT realm, %lld, 'decided', 1, 'D2.1', 10, 40, 'fact'"
		" FROM unit WHERE code = 'C21'; INSERT INTO score_line (realm, meeting_id, stage, revision, line, points, max, source)"
		" SELECT realm, %lld, 'decided', 1, 'D1', 40, 50, 'fact' FROM unit WHERE code = 'C21'", (long long)id, (long long)id));
	json_t *j = report(c, "R08", "X2", "2025-11", "then"), *r = row(table(j, "meetings"), "code", "C21", 0);

	assert_string_equal(text(r, "held_on"), "2025-11-03");
	assert_string_equal(text(r, "points"), "80.0");
	assert_string_equal(text(r, "class"), "fair");
	assert_string_equal(text(r, "stage"), "committee above");
	assert_int_equal(number(r, "members"), 21); /* the roll is unknown: those expected */
	assert_non_null(strstr(text(r, "why"), "D2.1 "));
	assert_non_null(strstr(text(r, "why"), "−3; D1 "));
	json_decref(j);
	j = report(c, "monthly-quality", "X2", "2025-10", "then");
	assert_string_equal(text(row(table(j, "meetings"), "code", "C21", 0), "why"), "no regular meeting");
	json_decref(j);
}

TEST_BOTH(R09_names_months_without_meeting_without_score_without_report)
{
	struct fixture f = ground(c);

	record(c, (struct record_of){ f.c21, month_of(2025, 8), 20, 18 });
	int64_t id = record(c, (struct record_of){ f.c21, month_of(2025, 9), 20, 18, "good" });

	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting_fact (realm, meeting_id, name, value) SELECT realm, %lld, 'speakers', 3 FROM unit WHERE code = 'C21'",
		(long long)id));
	assert_ok(c, db_write(c, touch, &(struct record_of){ f.c21, month_of(2025, 9) }));
	json_t *j = report(c, "exceptions", "X2", "2025-H2", "then"), *t = table(j, "exceptions");

	assert_int_equal(json_array_size(json_object_get(t, "rows")), 4); /* July, August, September, October; November has time yet */
	assert_string_equal(text(row(t, "month", "2025-07", 0), "kind"), "no_meeting");
	assert_string_equal(text(row(t, "month", "2025-08", 0), "kind"), "not_scored");
	assert_string_equal(text(row(t, "month", "2025-09", 0), "kind"), "not_reported");
	assert_string_equal(text(row(t, "month", "2025-10", 0), "kind"), "no_meeting");
	assert_string_equal(text(row(t, "month", "2025-10", 0), "parent"), "Đơn vị X2");
	json_decref(j);
}

TEST_BOTH(R13_and_R14_and_R19_add_up)
{
	struct fixture f = ground(c);

	year_of_meetings(c, f.c11, "GGGFFFGGG");
	year_of_meetings(c, f.v1, "GG-");
	json_t *j = report(c, "R13", "X1", "2025", "then"), *t = table(j, "units");

	is_rate(row(t, "code", "G1", 0), "2025-Q1", 1, 2, "50.00");
	is_rate(row(t, "code", "V1", 0), "total", 1, 4, "25.00");
	is_rate(json_object_get(t, "total"), "2025-Q1", 2, 3, "66.67");
	is_rate(json_object_get(t, "total"), "total", 4, 12, "33.33");
	json_decref(j);
	j = report(c, "R14", "X1", "2025", "then");
	t = table(j, "units");
	is_rate(row(t, "code", "G1", 0), "regular", 9, 22, "40.91");
	is_rate(json_object_get(t, "total"), "attendance", 11 * 18, 11 * 20, "90.00");
	assert_string_equal(text(row(t, "code", "G1", 0), "mean"), "90.0"); /* (6 × 95 + 3 × 80) / 9 */
	json_decref(j);
	j = report(c, "R19", "X1", "2025", "now");
	is_rate(row(table(j, "targets"), "id", "T06", 0), "value", 198, 220, "90.00");
	assert_true(json_is_true(json_object_get(row(table(j, "targets"), "id", "T06", 0), "met")));
	is_rate(row(table(j, "units"), "code", "V1", 0), "T06", 36, 40, "90.00");
	assert_non_null(strstr(text(table(j, "targets"), "note"), "11")); /* complete by the score alone, said openly */
	json_decref(j);
}

TEST_BOTH(R24_year_of_a_cell_W21)
{
	struct fixture f = ground(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 5).days * 1440 });
	year_of_meetings(c, f.v1, "GGGGGGGFFFFF");
	year_of_meetings(c, f.c11, "GGGGGGGGGGGA");
	json_t *j = report(c, "R24", "X1", "2025", "then"), *t = table(j, "cells"), *r = row(t, "code", "V1", 0);

	assert_string_equal(text(r, "class"), "good");
	assert_string_equal(text(r, "mean"), "88.8"); /* (7 × 95 + 5 × 80) / 12 = 88.75 */
	assert_string_equal(text(r, "m12"), "80.0");
	assert_string_equal(text(row(t, "code", "C11", 0), "class"), "fair");
	assert_string_equal(text(row(t, "code", "C12", 0), "m01"), "");
	/* side by side: 7 Good and 5 Fair are Good by Y1, a mean of 88.75 is not by Y2; a single Average rules Good out in both */
	assert_string_equal(text(r, "class_y1"), "good");
	assert_string_equal(text(r, "class_y2"), "fair");
	assert_string_equal(text(row(t, "code", "C11", 0), "class_y1"), "fair");
	assert_string_equal(text(row(t, "code", "C11", 0), "class_y2"), "fair");
	assert_int_equal(number(json_object_get(t, "total"), "held"), 24);
	json_decref(j);
}

/* A month without a meeting: with a reason that was approved, and without. */
TEST_BOTH(R24_tells_missed_months_with_an_approved_reason)
{
	struct fixture f = ground(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 5).days * 1440 });
	year_of_meetings(c, f.v1, "GGGGG-GGG-GG");
	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting (realm, id, code, unit_id, month, kind, state, starts_at) SELECT realm, 7001, 'M7001', id, %d,"
		" 'regular', 'cancelled', '2025-06-03T19:00' FROM unit WHERE id = %lld;"
		"INSERT INTO meeting_step (realm, meeting_id, seq, step, from_state, to_state, actor, approved_by, at_ms, remark)"
		" SELECT realm, 7001, 1, 'cancel', 'scheduled', 'cancelled', 'test', 'Bí thư đảng ủy', 0, 'bão' FROM unit WHERE id = %lld;",
		month_of(2025, 6), (long long)f.v1, (long long)f.v1));
	json_t *j = report(c, "R24", "V1", "2025", "then"), *r = row(table(j, "cells"), "code", "V1", 0);

	assert_int_equal(number(r, "missed"), 2);
	assert_int_equal(number(r, "excused"), 1);
	assert_string_equal(text(r, "class_y1"), "fair"); /* a missed month rules Good out, whatever the reason */
	json_decref(j);
}

static void move(struct call *c, int64_t unit, int64_t parent, struct date on)
{
	struct change ch = { .kind = CHANGE_MOVE, .unit_id = unit, .parent_id = parent, .on = on };

	assert_ok(c, org_change_apply(c, &ch, NULL));
}

TEST_BOTH(reconcile_then_and_now_differ_exactly_by_the_months_of_the_cell_that_moved)
{
	struct fixture f = ground(c);

	year_of_meetings(c, f.v1, "GGGGGGGGGGG");
	year_of_meetings(c, f.c21, "GGGG");
	move(c, f.v1, f.x2, date_of(2025, 7, 1));
	json_t *j = report(c, "reconcile", "Q08", "2025", "then"), *t = table(j, "units"), *m = table(j, "moved"), *r;

	assert_true(json_is_true(json_object_get(j, "equal")));
	assert_int_equal(json_array_size(json_object_get(m, "rows")), 1);
	r = row(m, "code", "V1", 0);
	assert_string_equal(text(r, "from"), "2025-01");
	assert_string_equal(text(r, "to"), "2025-06");
	assert_string_equal(text(r, "then_code"), "X1");
	assert_string_equal(text(r, "now_code"), "X2");
	assert_int_equal(number(r, "due"), 6);
	is_rate(r, "attendance", 6 * 18, 6 * 20, "90.00");
	assert_int_equal(number(row(t, "code", "X1", 0), "due_difference"), -6);
	assert_int_equal(number(row(t, "code", "X2", 0), "due_difference"), 6);
	assert_int_equal(number(row(t, "code", "X1", 0), "regular_difference"), -6);
	assert_int_equal(number(json_object_get(t, "total"), "due_difference"), 0);
	json_decref(j);
}

/* A cell that was closed hangs where its successor hangs; the grand totals stay. */
TEST_BOTH(reconcile_after_a_merger)
{
	struct fixture f = ground(c);
	struct ids units = { &f.v1, 1 };
	struct change ch = { .kind = CHANGE_MERGE, .units = units, .into_id = f.c21, .on = date_of(2025, 7, 1) };

	year_of_meetings(c, f.v1, "GGGGGG");
	year_of_meetings(c, f.c21, "GGGGGGGGGGG");
	assert_ok(c, org_change_apply(c, &ch, NULL));
	json_t *j = report(c, "reconcile", "Q08", "2025", "then"), *t = table(j, "units");

	assert_true(json_is_true(json_object_get(j, "equal")));
	assert_int_equal(number(row(t, "code", "X1", 0), "regular_difference"), -6);
	assert_int_equal(number(row(t, "code", "X2", 0), "regular_difference"), 6);
	assert_int_equal(number(row(table(j, "moved"), "code", "V1", 0), "regular"), 6);
	json_decref(j);
}

TEST_BOTH(reports_in_other_forms_and_names)
{
	struct fixture f = ground(c);

	record(c, (struct record_of){ f.c21, month_of(2025, 3), 21, 19, "good" });
	const char *csv = RUN(c, FAIL_OK, "report", "r14", "--unit", "X2", "--period", "2025-03", "--format", "csv");

	assert_int_equal(strncmp(csv, "code,name,regular_numerator,regular_denominator,regular_percent,", 60), 0);
	assert_non_null(strstr(csv, "C21,Đơn vị C21,1,1,100.00,"));
	const char *html = RUN(c, FAIL_OK, "report", "R14", "--unit", "X2", "--period", "2025-03", "--format", "html");

	assert_non_null(strstr(html, "19/21 (90,48")); /* paper is Vietnamese */
	RUN(c, FAIL_OK, "report", "R19", "--unit", "X2", "--period", "2025-03", "--format", "xlsx");
	RUN(c, FAIL_NOT_FOUND, "report", "R98", "--unit", "X2", "--period", "2025");
	RUN(c, FAIL_NOT_FOUND, "report", "R14", "--unit", "nobody", "--period", "2025");
	RUN(c, FAIL_INPUT, "report", "R14", "--unit", "X2", "--period", "2025", "--format", "doc");
	RUN(c, FAIL_INPUT, "report", "--unit", "X2", "--period", "2025");
}

/* ---- verify ---- */

static fail check_body(struct call *c, void *arg)
{
	int64_t checked = 0;
	const struct verify_check *check = arg;
	fail f = check->run(c, &checked);

	assert_true(f != FAIL_OK || checked > 0 || check->run == rollup_checks[1].run); /* no years here */
	return f;
}

TEST_BOTH(verify_compares_counters_with_facts_and_sums_with_the_tree)
{
	struct fixture f = ground(c);

	year_of_meetings(c, f.v1, "GGGFF");
	year_of_meetings(c, f.c21, "GG-A");
	move(c, f.v1, f.x2, date_of(2025, 3, 10));
	for (const struct verify_check *k = rollup_checks; k->name; k++)
		assert_ok(c, db_read(c, check_body, (void *)k));
	test_sql(c, "UPDATE cell_month SET present = present + 1 WHERE month = (SELECT max(month) FROM cell_month)");
	assert_fails(c, FAIL_BROKEN, db_read(c, check_body, (void *)&rollup_checks[0]));
	assert_non_null(strstr(test_problem.text, "2025-05"));
	assert_ok(c, db_read(c, check_body, (void *)&rollup_checks[2]));
	RUN(c, FAIL_OK, "rebuild");
	assert_ok(c, db_read(c, check_body, (void *)&rollup_checks[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(R08_says_why_points_were_lost),
		BOTH(R09_names_months_without_meeting_without_score_without_report),
		BOTH(R13_and_R14_and_R19_add_up),
		BOTH(R24_year_of_a_cell_W21),
		BOTH(R24_tells_missed_months_with_an_approved_reason),
		BOTH(reconcile_then_and_now_differ_exactly_by_the_months_of_the_cell_that_moved),
		BOTH(reconcile_after_a_merger),
		BOTH(reports_in_other_forms_and_names),
		BOTH(verify_compares_counters_with_facts_and_sums_with_the_tree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
