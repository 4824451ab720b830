/* test_files.c — the files meetings, attendance, tasks in and out. */
#include "score/fixture.h"

#include "exchange/transfer.h"
#include "meeting/kinds.h"
#include "score/kinds.h"
#include "sheet/table.h"
#include "work/kinds.h"

static struct import_result result;

static fail take(struct call *c, const struct exchange_kind *kind, const char *text)
{
	struct table_reader *t;

	TRY(table_open_memory(c, "test.csv", text, strlen(text), &t));
	fail f = exchange_import(c, kind, t, false, &result);

	table_close(t);
	return f;
}

static const char *give(struct call *c, const struct exchange_kind *kind, const char *unit)
{
	struct export_query q = { .unit_code = unit, .on = DATE_NONE };
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, exchange_export(c, kind, &q, EXPORT_CSV, &o));
	return out_text(&o);
}

#define assert_counts(rows_, added_, changed_, same_)                                                                  \
	do {                                                                                                               \
		assert_int_equal(result.rows, rows_);                                                                          \
		assert_int_equal(result.added, added_);                                                                        \
		assert_int_equal(result.changed, changed_);                                                                    \
		assert_int_equal(result.same, same_);                                                                          \
	} while (0)

#define MEETINGS                                                                                                       \
	"code,unit_code,kind,thematic,starts_at,ends_at,expected,present,excused,unexcused,official_present,speakers,"     \
	"pre_meeting_on,documents_sent_at,scored_at,self_points,decided_points,topic\n"
#define ATTENDANCE "meeting_code,member_code,status,mode,arrived_at\n"
#define TASKS "code,meeting_code,unit_code,title,member_code,due_on,done_on,result\n"

#define TWO                                                                                                            \
	MEETINGS "A,V1,regular,1,2025-09-03T19:00,2025-09-03T21:00,21,20,1,0,18,12,2025-09-01,2025-09-01T08:00,2025-09-03T20:50,91,88.5,\n"     \
			 "B,V1,regular,0,2025-10-03T19:00,,,,,,,,,,,,,\n"

TEST_BOTH(meetings_go_in_and_out_and_the_same_file_changes_nothing)
{
	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	assert_counts(2, 2, 0, 0);
	assert_ok(c, take(c, &meeting_kind, TWO));
	assert_counts(2, 0, 0, 2);
	const char *out = give(c, &meeting_kind, NULL);

	assert_non_null(strstr(out, "A,V1,regular,1,2025-09-03T19:00,2025-09-03T21:00,21,20,1,0,18,12,2025-09-01,2025-09-01T08:00,"
	                            "2025-09-03T20:50,91.0,88.5,"));
	assert_non_null(strstr(out, "B,V1,regular,0,2025-10-03T19:00,"));
	assert_ok(c, take(c, &meeting_kind, out));
	assert_counts(2, 0, 0, 2);
	assert_string_equal(give(c, &meeting_kind, "X1"), out);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE scheme = ''"), 2);
	assert_int_equal(test_int(c, "SELECT fair FROM cell_month WHERE month = 24308"), 1); /* decided: 88.5 */
	assert_int_equal(test_int(c, "SELECT self_good FROM cell_month WHERE month = 24308"), 1);
	assert_int_equal(test_int(c, "SELECT regular FROM cell_month WHERE month = 24309"), 1);
}

TEST_BOTH(a_changed_meeting_is_told_from_the_same)
{
	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	assert_ok(c, take(c, &meeting_kind, MEETINGS "A,V1,regular,1,2025-09-03T19:00,2025-09-03T21:00,21,19,2,0,18,12,2025-09-01,"
	                                             "2025-09-01T08:00,2025-09-03T20:50,92,,\nB,V1,regular,0,2025-11-03T19:00,,,,,,,,,,,,,\n"));
	assert_counts(2, 0, 2, 0);
	assert_int_equal(test_int(c, "SELECT max(revision) FROM score_sheet WHERE stage = 'self'"), 2);
	assert_int_equal(test_int(c, "SELECT max(revision) FROM score_sheet WHERE stage = 'decided'"), 1); /* empty: left as it is */
	assert_int_equal(test_int(c, "SELECT coalesce(sum(regular), 0) FROM cell_month WHERE month = 24309"), 0);
	assert_int_equal(test_int(c, "SELECT regular FROM cell_month WHERE month = 24310"), 1);
	assert_int_equal(test_int(c, "SELECT present FROM cell_month WHERE month = 24308"), 19);
	assert_true(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'meeting'") >= 2);
}

/* Refused with this line and column, and nothing written. */
static void refused(struct call *c, const struct exchange_kind *kind, const char *text, int line, const char *column)
{
	int64_t before = test_int(c, "SELECT count(*) FROM meeting") + test_int(c, "SELECT count(*) FROM attendance");

	assert_fails(c, FAIL_INPUT, take(c, kind, text));
	assert_true(result.n > 0);
	assert_int_equal(result.issues[0].line, line);
	assert_string_equal(result.issues[0].column, column);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting") + test_int(c, "SELECT count(*) FROM attendance"), before);
}

#define ROW "A,V1,regular,0,2025-09-03T19:00,,21,20,1,0,,,,,,,,\n"

TEST_BOTH(a_broken_meeting_refuses_the_whole_file)
{
	fixture_cell(c);
	refused(c, &meeting_kind, MEETINGS ROW "B,V1,regular,0,2025-10-03T19:00,,21,20,2,0,,,,,,,,\n", 3, "expected");
	refused(c, &meeting_kind, MEETINGS ROW "B,NO,regular,0,2025-10-03T19:00,,,,,,,,,,,,,\n", 3, "unit_code");
	refused(c, &meeting_kind, MEETINGS ROW "B,X1,regular,0,2025-10-03T19:00,,,,,,,,,,,,,\n", 3, "unit_code");
	refused(c, &meeting_kind, MEETINGS ROW "B,V1,regular,0,2023-10-03T19:00,,,,,,,,,,,,,\n", 3, "starts_at");
	refused(c, &meeting_kind, MEETINGS ROW "B,V1,regular,0,2025-10-03T19:00,2025-10-03T18:00,,,,,,,,,,,,\n", 3, "ends_at");
	refused(c, &meeting_kind, MEETINGS ROW "B,V1,committee,0,2025-10-03T19:00,,,,,,,,,,,90,,\n", 3, "self_points");
	refused(c, &meeting_kind, MEETINGS ROW "B,V1,party,0,2025-10-03T19:00,,,,,,,,,,,,,\n", 3, "kind");
	refused(c, &meeting_kind, MEETINGS ROW "A,V1,regular,0,2025-10-03T19:00,,,,,,,,,,,,,\n", 3, "code");
}

TEST_BOTH(V01_holds_for_files_too)
{
	struct fixture f = fixture_make(c);

	fixture_rules(c);
	fixture_members(c, f.c11, "C11", 2, 1);
	refused(c, &meeting_kind, MEETINGS "A,C11,regular,0,2025-09-03T19:00,,,,,,,,,,,,,\n", 2, "unit_code");
	assert_ok(c, take(c, &meeting_kind, MEETINGS "A,C12,regular,0,2025-09-03T19:00,,,,,,,,,,,,,\n"));
}

static const char *roll_of(struct call *c, const char *meeting, const char *third, int n)
{
	struct out o;

	out_memory(&o, c->arena);
	for (int i = 1; i <= n; i++)
		out_printf(&o, "%s,V1-%02d,%s,,\n", meeting, i, i == 3 ? third : i == 20 ? "exempt" : "present");
	return out_text(&o);
}

TEST_BOTH(rows_of_a_meeting_give_its_counts)
{
	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	const char *file = arena_printf(c->arena, ATTENDANCE "%s%s", roll_of(c, "A", "unexcused", 22), roll_of(c, "B", "excused", 22));

	assert_ok(c, take(c, &attendance_kind, file));
	assert_counts(44, 44, 0, 0);
	assert_int_equal(test_int(c, "SELECT present FROM meeting WHERE code = 'A'"), 20);
	assert_int_equal(test_int(c, "SELECT unexcused FROM meeting WHERE code = 'A'"), 1);
	assert_int_equal(test_int(c, "SELECT excused FROM meeting WHERE code = 'B'"), 1);
	assert_int_equal(test_int(c, "SELECT expected FROM cell_month WHERE month = 24309"), 21);
	assert_ok(c, take(c, &attendance_kind, file));
	assert_counts(44, 0, 0, 44);
	/* the typed counts of the first file no longer count */
	assert_ok(c, take(c, &meeting_kind, TWO));
	assert_counts(2, 0, 0, 2);
	const char *out = give(c, &attendance_kind, "V1");

	assert_ok(c, take(c, &attendance_kind, out));
	assert_counts(44, 0, 0, 44);
	out = give(c, &meeting_kind, NULL);
	assert_ok(c, take(c, &meeting_kind, out));
	assert_counts(2, 0, 0, 2);
}

TEST_BOTH(rows_of_a_meeting_may_stand_apart)
{
	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	const char *half = roll_of(c, "B", "present", 22), *rest = strstr(half, "B,V1-12");
	const char *file = arena_printf(c->arena, ATTENDANCE "%s%s%s", rest, roll_of(c, "A", "excused", 22),
	                                arena_strndup(c->arena, half, (size_t)(rest - half)));

	assert_ok(c, take(c, &attendance_kind, file));
	assert_int_equal(test_int(c, "SELECT present FROM meeting WHERE code = 'B'"), 21);
	/* a few rows are not yet a roll call: what was typed stands */
	assert_ok(c, take(c, &meeting_kind, MEETINGS "D,V1,regular,0,2025-08-03T19:00,,21,20,1,0,,,,,,,,\n"));
	assert_ok(c, take(c, &attendance_kind, ATTENDANCE "D,V1-01,present,,\n"));
	assert_int_equal(test_int(c, "SELECT present FROM meeting WHERE code = 'D'"), 20);
}

TEST_BOTH(rows_that_cannot_be_are_refused)
{
	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	refused(c, &attendance_kind, ATTENDANCE "A,V1-01,present,,\nA,V1-77,present,,\n", 3, "member_code");
	refused(c, &attendance_kind, ATTENDANCE "Z,V1-01,present,,\n", 2, "meeting_code");
	refused(c, &attendance_kind, ATTENDANCE "A,V1-01,late,,\n", 2, "status");
	refused(c, &attendance_kind, ATTENDANCE "A,V1-20,excused,,\n", 2, "member_code");
	refused(c, &attendance_kind, ATTENDANCE "A,V1-01,present,,\nA,V1-02,present,,\nA,V1-01,excused,,\n", 4, "meeting_code"); /* a person twice */
	refused(c, &attendance_kind, ATTENDANCE "A,V1-01,unexcused,,\nA,V1-02,unexcused,,\n", 2, "status"); /* typed: none */
}

TEST_BOTH(tasks_go_in_and_out)
{
	static const char file[] = TASKS "T1,A,V1,Dọn vệ sinh đường thôn,V1-04,2025-10-01,2025-09-28,done\n"
									 "T2,,V1,=1+1,,,,\n"
									 "T3,A,V1,Trồng cây,V1-05,2025-10-01,,not_done\n";

	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	assert_ok(c, take(c, &task_kind, file));
	assert_counts(3, 3, 0, 0);
	assert_ok(c, take(c, &task_kind, file));
	assert_counts(3, 0, 0, 3);
	assert_ok(c, take(c, &task_kind, give(c, &task_kind, NULL)));
	assert_counts(3, 0, 0, 3);
	assert_ok(c, take(c, &task_kind, TASKS "T3,A,V1,Trồng cây,V1-05,2025-10-01,2025-09-30,above_requirement\n"));
	assert_counts(1, 0, 1, 0);
	refused(c, &task_kind, TASKS "T9,A,C11,Việc,,,,\n", 2, "unit_code");
	refused(c, &task_kind, TASKS "T9,A,V1,Việc,NOBODY,,,\n", 2, "member_code");
	refused(c, &task_kind, TASKS "T9,A,V1,Việc,,,2025-09-30,cancelled\n", 2, "done_on");
}

/* A total never replaces a sheet that was computed. */
TEST_BOTH(a_total_does_not_overwrite_a_computed_sheet)
{
	struct intake in;
	struct intake_result r;
	const char *json;

	fixture_cell(c);
	fixture_october(c);
	json = fixture_november(c, "excused");
	assert_ok(c, intake_parse(c, "november", json, strlen(json), &in));
	assert_ok(c, intake_store(c, &in, &r));
	assert_ok(c, take(c, &meeting_kind, give(c, &meeting_kind, NULL)));
	assert_counts(2, 0, 0, 2);
	refused(c, &meeting_kind,
	        MEETINGS "M11,V1,regular,0,2025-11-03T19:00,2025-11-03T20:20,,,,,,9,2025-11-01,2025-11-02T07:00,2025-11-03T20:15,95,,\n", 2,
	        "self_points");
}

/* ---------------------------------------------------------------- targets of a programme */

#define TARGETS "unit_code,code,title,measure,whole,baseline,goal,starts_on,due_on\n"
#define VALUES "unit_code,code,on_date,value,remark,evidence_no\n"

TEST_BOTH(targets_and_their_values_go_in_and_out)
{
	const char *targets = TARGETS "V1,NVS,Hộ có nhà vệ sinh,hộ,77,3,77,2025-01-01,2025-12-31\nC11,NVS,Hộ có nhà vệ sinh,hộ,,5,40,2025-01-01,2025-12-31\n";
	const char *values = VALUES "V1,NVS,2025-03-01,20,,05-BC\nC11,NVS,2025-04-01,9,,\n";

	fixture_cell(c);
	assert_ok(c, take(c, &target_kind, targets));
	assert_counts(2, 2, 0, 0);
	assert_ok(c, take(c, &target_kind, give(c, &target_kind, NULL)));
	assert_counts(2, 0, 0, 2);
	assert_ok(c, take(c, &target_value_kind, values));
	assert_counts(2, 2, 0, 0);
	assert_ok(c, take(c, &target_value_kind, give(c, &target_value_kind, "X1")));
	assert_counts(2, 0, 0, 2);
	assert_ok(c, take(c, &target_value_kind, VALUES "V1,NVS,2025-03-01,21,sửa,05-BC\n"));
	assert_counts(1, 0, 1, 0);
	refused(c, &target_kind, TARGETS "V1,Mã có dấu,Hộ,hộ,77,3,77,2025-01-01,2025-12-31\n", 2, "code");
	refused(c, &target_kind, TARGETS "V1,X,Hộ,hộ,77,3,78,2025-01-01,2025-12-31\n", 2, "whole");
	refused(c, &target_kind, TARGETS "V1,X,Hộ,hộ,77,3,70,2025-12-31,2025-01-01\n", 2, "due_on");
	refused(c, &target_value_kind, VALUES "V1,KHÔNG,2025-03-01,20,,\n", 2, "code");
	refused(c, &target_value_kind, VALUES "V1,NVS,2025-03-02,78,,\n", 2, "value");
}

#define UPLOADS "meeting_code,uploaded_at\n"

/* A summary says what was held; when its papers came stands in a file of its own. */
TEST_BOTH(uploads_go_in_and_out)
{
	fixture_cell(c);
	assert_ok(c, take(c, &meeting_kind, TWO));
	assert_ok(c, take(c, &upload_kind, UPLOADS "A,2025-09-04T08:00\n"));
	assert_counts(1, 1, 0, 0);
	assert_int_equal(test_int(c, "SELECT reported FROM cell_month WHERE month = 24308"), 1);
	assert_ok(c, take(c, &upload_kind, give(c, &upload_kind, "X1")));
	assert_counts(1, 0, 0, 1);
	assert_ok(c, take(c, &upload_kind, UPLOADS "A,2025-09-05T08:00\n"));
	assert_counts(1, 0, 1, 0);
	refused(c, &upload_kind, UPLOADS "A,2025-09-03T08:00\n", 2, "uploaded_at");
	refused(c, &upload_kind, UPLOADS "B,2025-10-04T08:00\n", 2, "uploaded_at"); /* its end is not known */
	refused(c, &upload_kind, UPLOADS "A,2099-10-04T08:00\n", 2, "uploaded_at");
	refused(c, &upload_kind, UPLOADS "NO,2025-09-04T08:00\n", 2, "meeting_code");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(uploads_go_in_and_out),
		BOTH(targets_and_their_values_go_in_and_out),
		BOTH(meetings_go_in_and_out_and_the_same_file_changes_nothing),
		BOTH(a_changed_meeting_is_told_from_the_same),
		BOTH(a_broken_meeting_refuses_the_whole_file),
		BOTH(V01_holds_for_files_too),
		BOTH(rows_of_a_meeting_give_its_counts),
		BOTH(rows_of_a_meeting_may_stand_apart),
		BOTH(rows_that_cannot_be_are_refused),
		BOTH(tasks_go_in_and_out),
		BOTH(a_total_does_not_overwrite_a_computed_sheet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
