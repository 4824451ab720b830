/* test_reports.c — R01, R09 and R13 as tables and as papers; topics in and out as files. */
#include <jansson.h>

#include "plan/schedule.h"
#include "plan/test_support.h"

#include "exchange/transfer.h"
#include "plan/kinds.h"
#include "rollup/rollup_commands.h"
#include "rollup/test_facts.h"
#include "sheet/table.h"

static json_t *report(struct call *c, const char *name, const char *unit, const char *period)
{
	json_t *j = json_loads(RUN(c, FAIL_OK, "report", name, "--unit", unit, "--period", period), JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(j);
	return j;
}

static json_t *rows(json_t *report, const char *name)
{
	json_t *t;
	size_t i;

	json_array_foreach(json_object_get(report, "tables"), i,
	                   t) if (strcmp(json_string_value(json_object_get(t, "name")), name) == 0) return json_object_get(t, "rows");
	return NULL;
}

static const json_t *row(json_t *list, const char *code, const char *month)
{
	json_t *r;
	size_t i;

	json_array_foreach(list, i, r) if (strcmp(json_string_value(json_object_get(r, "code")), code) == 0 &&
	                                   (!month || strcmp(json_string_value(json_object_get(r, "month")), month) == 0)) return r;
	return NULL;
}

static const char *text(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	assert_non_null(row);
	return s ? s : "";
}

static int64_t number(const json_t *row, const char *key)
{
	return json_integer_value(json_object_get(row, key));
}

TEST_BOTH(R09_says_what_is_missing_since_when_and_who_is_secretary)
{
	struct fixture f = test_commune(c);
	struct member m;
	struct post p;

	READING(c)
	assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	record_clear(&post_record, &p);
	p.realm = m.realm;
	p.member_id = m.id;
	p.unit_id = f.v1;
	p.post = POST_SECRETARY;
	p.valid_from = FIXTURE_FROM;
	assert_ok(c, org_post_begin(c, &p));
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 2).days * 1440 });
	test_adopt(c, f.v1, 2025); /* November and December */
	test_held(c, f.v1, MEETING_REGULAR, "2025-10-03T19:00");
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 20).days * 1440 + 600 });
	json_t *j = report(c, "R09", "X1", "2025-H2"), *t = rows(j, "exceptions");
	const json_t *r = row(t, "V1", "2025-11");

	assert_string_equal(text(r, "kind"), "planned_not_held");
	assert_string_equal(text(r, "held_on"), "2025-11-03");
	assert_int_equal(number(r, "over"), 17);
	assert_string_equal(text(r, "secretary"), "Nguyễn Văn V1-01");
	assert_string_equal(text(row(t, "V1", "2025-10"), "kind"), "not_scored");
	assert_string_equal(text(row(t, "V1", "2025-09"), "kind"), "no_meeting");
	assert_int_equal(number(row(t, "V1", "2025-09"), "over"), 51);
	assert_null(row(t, "C11", "2025-11")); /* without a plan the month has time until its end */
	t = rows(j, "plans");
	assert_int_equal(json_array_size(t), 2);
	assert_non_null(row(t, "C11", NULL));
	assert_null(row(t, "V1", NULL));
	json_decref(j);
	j = report(c, "R09", "X1", "2024");
	assert_int_equal(json_array_size(rows(j, "plans")), 0); /* nobody is asked for a plan of a year gone by */
	json_decref(j);
}

TEST_BOTH(R09_a_meeting_held_on_its_day_is_no_exception_until_its_time_is_over)
{
	struct fixture f = test_commune(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 2).days * 1440 });
	test_adopt(c, f.v1, 2025);
	json_t *j = report(c, "R09", "V1", "2025-11");

	assert_int_equal(json_array_size(rows(j, "exceptions")), 0); /* its day has not come */
	json_decref(j);
	test_sql(c,
	         "UPDATE meeting SET state = 'minutes_signed', ends_at = '2025-11-03T21:00' WHERE month = 24310;"
	         "INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms) SELECT realm, id, 'self', 1, 950, "
	         "'good', 't', 0"
	         " FROM meeting WHERE month = 24310;"
	         "INSERT INTO meeting_fact (realm, meeting_id, name, value) SELECT realm, id, 'speakers', 3 FROM meeting WHERE month = 24310");
	assert_ok(c, db_write(c, touch, &(struct record_of){ f.v1, month_of(2025, 11) }));
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 5).days * 1440 });
	j = report(c, "R09", "V1", "2025-11");
	assert_int_equal(json_array_size(rows(j, "exceptions")), 0); /* two days to send the papers */
	json_decref(j);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 7).days * 1440 });
	j = report(c, "R09", "V1", "2025-11");
	assert_string_equal(text(row(rows(j, "exceptions"), "V1", "2025-11"), "kind"), "not_reported");
	assert_int_equal(number(row(rows(j, "exceptions"), "V1", "2025-11"), "over"), 2);
	json_decref(j);
	test_sql(c, "UPDATE meeting SET state = 'scored' WHERE month = 24310");
	j = report(c, "R09", "V1", "2025-11");
	assert_string_equal(text(row(rows(j, "exceptions"), "V1", "2025-11"), "kind"), "not_closed");
	json_decref(j);
}

static void add_topic(struct call *c, int64_t unit, int quarter, int64_t month, const char *title, const char *author)
{
	struct plan_topic t;

	record_clear(&plan_topic_record, &t);
	t.unit_id = unit;
	t.year = 2025;
	t.id = 0;
	t.quarter = quarter;
	t.month = month;
	t.title = title;
	t.author_code = author;
	assert_ok(c, plan_topic_save(c, &t, NO_PLAN_REV));
}

TEST_BOTH(R13_lists_planned_topics_with_author_and_result)
{
	struct fixture f = test_commune(c);
	struct meeting m, stored;

	m = test_held(c, f.v1, MEETING_REGULAR, "2025-08-03T19:00");
	m.thematic = true;
	m.topic = "Vệ sinh môi trường";
	assert_ok(c, meeting_update(c, &m, &stored));
	add_topic(c, f.v1, 3, 8, "Vệ sinh môi trường", "V1-02");
	add_topic(c, f.v1, 2, 5, "Chuyển đổi số", "");
	add_topic(c, f.v1, 4, 12, "Thực hành tiết kiệm", "V1-03");
	json_t *j = report(c, "R13", "X1", "2025"), *t = rows(j, "topics");

	assert_int_equal(json_array_size(t), 3);
	assert_string_equal(text(json_array_get(t, 0), "state"), "not held");
	assert_string_equal(text(json_array_get(t, 1), "author"), "Nguyễn Văn V1-02");
	assert_string_equal(text(json_array_get(t, 1), "state"), "held on 3 Aug 2025");
	assert_string_equal(text(json_array_get(t, 2), "state"), "not at a meeting yet");
	json_decref(j);
	j = report(c, "R13", "X1", "2025-Q3");
	assert_int_equal(json_array_size(rows(j, "topics")), 1);
	json_decref(j);
}

TEST_BOTH(R01_and_the_others_are_papers_too)
{
	static const char *const names[] = { "R01", "R08", "R09", "R10", "R11", "R13", "R14", "R19", "R24", "reconcile" };
	struct fixture f = test_commune(c);

	test_adopt(c, f.v1, 2025);
	test_step(c, f.v1, 2025, 12, STEP_REGISTER);
	record(c, (struct record_of){ f.c11, month_of(2025, 10), 5, 4, "good" });
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *html = RUN(c, FAIL_OK, "report", names[i], "--unit", "X1", "--period", "2025", "--format", "html");

		assert_non_null(strstr(html, "ĐẢNG CỘNG SẢN VIỆT NAM"));
		assert_int_equal(strncmp(RUN(c, FAIL_OK, "report", names[i], "--unit", "X1", "--period", "2025", "--format", "pdf"), "%PDF-", 5),
		                 0);
		assert_int_equal(strncmp(RUN(c, FAIL_OK, "report", names[i], "--unit", "X1", "--period", "2025", "--format", "docx"), "PK", 2), 0);
		assert_int_equal(strncmp(RUN(c, FAIL_OK, "report", names[i], "--unit", "X1", "--period", "2025", "--format", "xlsx"), "PK", 2), 0);
	}
	const char *html = RUN(c, FAIL_OK, "report", "R01", "--unit", "X1", "--period", "2025-12", "--format", "html");

	assert_non_null(strstr(html, "19 giờ 00 ngày 03/12/2025"));
	assert_non_null(strstr(html, "-TB/ĐU")); /* room for a number: it is not issued yet */
	assert_null(strstr(html, "Đơn vị C11"));
}

/* ---- files ---- */

static struct import_result result;

static fail take(struct call *c, const char *lines)
{
	struct table_reader *t;

	TRY(table_open_memory(c, "test.csv", lines, strlen(lines), &t));
	fail f = exchange_import(c, &topic_kind, t, false, &result);

	table_close(t);
	return f;
}

#define TOPICS "unit_code,year,title,quarter,month,author_code\n"

TEST_BOTH(topics_go_in_and_out_and_the_same_file_changes_nothing)
{
	struct export_query q = { .unit_code = "X1", .on = DATE_NONE };
	struct out o;

	test_commune(c);
	assert_ok(c, take(c, TOPICS "V1,2026,Chuyển đổi số,1,2,V1-02\nV1,2026,Thực hành tiết kiệm,2,,\n"));
	assert_int_equal(result.added, 2);
	assert_ok(c, take(c, TOPICS "V1,2026,Chuyển đổi số,1,3,V1-02\nV1,2026,Thực hành tiết kiệm,2,,\n"));
	assert_int_equal(result.changed, 1);
	assert_int_equal(result.same, 1);
	out_memory(&o, c->arena);
	assert_ok(c, exchange_export(c, &topic_kind, &q, EXPORT_CSV, &o));
	assert_non_null(strstr(out_text(&o), "V1,2026,Chuyển đổi số,1,3,V1-02"));
	assert_ok(c, take(c, out_text(&o)));
	assert_int_equal(result.same, 2);
	assert_fails(c, FAIL_INPUT, take(c, TOPICS "V1,2026,Khác,1,7,\n"));
	assert_fails(c, FAIL_INPUT, take(c, TOPICS "X1,2026,Khác,1,,\n")); /* a committee has no topics of its own */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(R09_says_what_is_missing_since_when_and_who_is_secretary),
		BOTH(R09_a_meeting_held_on_its_day_is_no_exception_until_its_time_is_over),
		BOTH(R13_lists_planned_topics_with_author_and_result),
		BOTH(R01_and_the_others_are_papers_too),
		BOTH(topics_go_in_and_out_and_the_same_file_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
