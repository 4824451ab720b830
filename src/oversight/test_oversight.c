/* test_oversight.c — the plain registers: as files, one by one, and the declaration that there was nothing. */
#include "org/fixture.h"

#include "exchange/transfer.h"
#include "oversight/kinds.h"
#include "oversight/ledger.h"
#include "oversight/verify.h"
#include "sheet/table.h"

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

static const char *issues(struct call *c)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < result.n; i++)
		out_printf(&o, "%s\n", import_issue_text(c, &result.issues[i]));
	return out_text(&o);
}

static struct fixture world(struct call *c)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.c11, "C11", 4, 0);
	fixture_members(c, fixture_unit(c, f.x9, "C91", LEVEL_CELL, TYPE_AGENCY), "X9", 2, 0); /* of another province */
	return f;
}

/* ---------------------------------------------------------------- files */

/* One file of each kind: two rows, the second changed at the second time. `wrong` lacks something; `says` is in its refusal. */
static const struct { const struct exchange_kind *kind; const char *text, *later, *wrong, *says; } files[] = {
	{ &disciplines_kind, "unit_code,code,subject,decided_on,decision_no\nC11,K1,member,2025-03-01,12-QĐ\nG1,K2,committee,2025-04-01,\n",
	  "unit_code,code,subject,decided_on,decision_no\nC11,K1,member,2025-03-01,12-QĐ\nG1,K2,leader,2025-04-01,\n",
	  "unit_code,code,subject,decided_on,decision_no\nC11,K1,person,2025-03-01,12-QĐ\n", "Line 2, column `subject`" },
	{ &inspections_kind, "unit_code,code,kind,title,planned_on,done_on,result\nC11,I1,inspection,Thu nộp đảng phí,2025-06-01,2025-06-03,Tốt\nX1,I2,supervision,Quy chế,2025-07-01,,\n",
	  "unit_code,code,kind,title,planned_on,done_on,result\nC11,I1,inspection,Thu nộp đảng phí,2025-06-01,2025-06-03,Tốt\nX1,I2,supervision,Quy chế,2025-07-01,2025-07-02,\n",
	  "unit_code,code,kind,title,planned_on,done_on,result\nC11,I1,inspection,Thu nộp đảng phí,2025-06-01,2026-06-03,Tốt\n", "Line 2, column `done_on`" },
	{ &reports_kind, "unit_code,code,title,due_on,sent_on\nC11,R1,Báo cáo quý I,2025-03-20,2025-03-19\nC12,R2,Báo cáo quý II,2025-06-20,\n",
	  "unit_code,code,title,due_on,sent_on\nC11,R1,Báo cáo quý I,2025-03-20,2025-03-19\nC12,R2,Báo cáo quý II,2025-06-20,2025-06-21\n",
	  "unit_code,code,title,due_on,sent_on\nC11,R1,Báo cáo quý I,2025-03-20,2025-03-19\nC99,R2,Báo cáo quý II,2025-06-20,\n", "Line 3, column `unit_code`" },
	{ &feedback_kind, "unit_code,code,received_on,kind,topic,due_on,answered_on\nC11,F1,2025-03-01,resident,Đường thôn,2025-03-15,2025-03-10\nV1,F2,2025-04-01,,,2025-04-15,\n",
	  "unit_code,code,received_on,kind,topic,due_on,answered_on\nC11,F1,2025-03-01,resident,Đường thôn,2025-03-15,2025-03-10\nV1,F2,2025-04-01,member,,2025-04-15,\n",
	  "unit_code,code,received_on,kind,topic,due_on,answered_on\nC11,F1,2025-03-01,resident,Đường thôn,2025-02-15,\n", "Line 2, column `due_on`" },
	{ &trainings_kind, "member_code,unit_code,course,held_on,hours,result\nC11-01,C11,Bồi dưỡng bí thư,2025-05-05,16,passed\nC11-02,C11,Bồi dưỡng bí thư,2025-05-05,,\n",
	  "member_code,unit_code,course,held_on,hours,result\nC11-01,C11,Bồi dưỡng bí thư,2025-05-05,16,passed\nC11-02,C11,Bồi dưỡng bí thư,2025-05-05,8,failed\n",
	  "member_code,unit_code,course,held_on,hours,result\nC11-01,C12,Bồi dưỡng bí thư,2025-05-05,16,passed\n", "Line 2, column `member_code`" },
	{ &numbers_kind, "unit_code,year,name,value\nC11,2025,admissions_aim,2\nC12,2025,none_initiative,1\n", "unit_code,year,name,value\nC11,2025,admissions_aim,2\nC12,2025,none_initiative,0\n",
	  "unit_code,year,name,value\nC11,2025,none_discipline,3\n", "Line 2, column `value`" },
	{ &assignments_kind, "member_code,unit_code,level,from,to,required_turns,per\nC11-01,G1,grassroots,2025-01-01,,4,year\nX9-01,C11,province,2025-01-01,2025-12-31,1,quarter\n",
	  "member_code,unit_code,level,from,to,required_turns,per\nC11-01,G1,grassroots,2025-01-01,,4,year\nX9-01,C11,province,2025-01-01,2025-06-30,1,quarter\n",
	  "member_code,unit_code,level,from,to,required_turns,per\nC11-01,G1,grassroots,2025-02-01,2025-01-01,4,year\n", "Line 2, column `to`" },
	{ &visits_kind, "member_code,unit_code,meeting_code,held_on\nX9-01,C11,,2025-03-03\nC11-01,G1,,2025-03-04\n", NULL,
	  "member_code,unit_code,meeting_code,held_on\nX9-01,C11,,\n", "Line 2, column `held_on`" },
};

TEST_BOTH(every_register_goes_in_and_out_as_a_file)
{
	world(c);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const char *out;

		assert_ok(c, take(c, files[i].kind, files[i].text));
		assert_int_equal(result.added, 2);
		assert_ok(c, take(c, files[i].kind, files[i].text));
		assert_int_equal(result.same, 2);
		assert_int_equal(result.added + result.changed, 0);
		if (files[i].later) {
			assert_ok(c, take(c, files[i].kind, files[i].later));
			assert_int_equal(result.changed, 1);
			assert_int_equal(result.same, 1);
		}
		out = give(c, files[i].kind, NULL);
		assert_ok(c, take(c, files[i].kind, out)); /* what went out goes in again */
		assert_int_equal(result.same, 2);
		assert_null(strstr(give(c, files[i].kind, "C12"), "C11"));
	}
}

TEST_BOTH(a_wrong_row_is_refused_with_its_place_and_nothing_stays)
{
	world(c);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		assert_fails(c, FAIL_INPUT, take(c, files[i].kind, files[i].wrong));
		if (!strstr(issues(c), files[i].says))
			fail_msg("%s: %s", files[i].kind->name, issues(c));
		assert_int_equal(strlen(strchr(give(c, files[i].kind, NULL), '\n') + 1), 0);
	}
}

TEST_BOTH(units_and_members_are_checked_on_the_day)
{
	struct fixture f = world(c);

	assert_fails(c, FAIL_INPUT, take(c, &reports_kind, "unit_code,code,title,due_on,sent_on\nC11,R1,Báo cáo,2023-03-20,\n"));
	assert_non_null(strstr(issues(c), "did not exist"));
	assert_fails(c, FAIL_INPUT, take(c, &assignments_kind, "member_code,unit_code,level,from,to,required_turns,per\nX9-01,C11,province,2022-01-01,2023-06-01,1,month\n"));
	assert_fails(c, FAIL_INPUT, take(c, &visits_kind, "member_code,unit_code,meeting_code,held_on\nX9-01,C11,M-1,2025-03-03\n"));
	assert_non_null(strstr(issues(c), "meeting_code"));
	/* a committee's members stand on the list of their cells and hold a post here */
	struct member m = fixture_member(c, f.v1, "BT", STATUS_OFFICIAL);
	struct post p = { .post = POST_SECRETARY, .valid_from = date_of(2025, 1, 1), .valid_to = DATE_OPEN, .realm = m.realm, .unit_id = f.x1, .member_id = m.id };

	assert_fails(c, FAIL_INPUT, take(c, &trainings_kind, "member_code,unit_code,course,held_on,hours,result\nBT,X1,Bồi dưỡng,2025-05-05,,\n"));
	assert_ok(c, org_post_begin(c, &p));
	assert_ok(c, take(c, &trainings_kind, "member_code,unit_code,course,held_on,hours,result\nBT,X1,Bồi dưỡng,2025-05-05,,\n"));
}

TEST_BOTH(a_code_belongs_to_one_unit_of_the_province)
{
	world(c);
	assert_ok(c, take(c, &reports_kind, "unit_code,code,title,due_on,sent_on\nC11,R1,Báo cáo,2025-03-20,\n"));
	assert_fails(c, FAIL_INPUT, take(c, &reports_kind, "unit_code,code,title,due_on,sent_on\nC12,R1,Báo cáo,2025-03-20,\n"));
	assert_non_null(strstr(issues(c), "another unit"));
	assert_ok(c, take(c, &reports_kind, "unit_code,code,title,due_on,sent_on\nX9,R1,Báo cáo,2025-03-20,\n"));
}

/* ---------------------------------------------------------------- one row */

static struct ledger_row report(const struct ledger *l, int64_t unit, const char *title, struct date due)
{
	struct ledger_row row;

	ledger_clear(l, &row);
	row.unit_id = unit;
	row.title = title;
	row.due_on = due;
	return row;
}

TEST_BOTH(a_row_is_added_changed_and_taken_away)
{
	const struct ledger *l = &ledgers[LEDGER_REPORTS];
	struct fixture f = world(c);
	struct ledger_row row = report(l, f.c11, "Báo cáo quý III", date_of(2025, 9, 20)), again = report(l, f.c11, "Báo cáo năm", date_of(2025, 12, 1)), stored;

	assert_ok(c, ledger_add(c, l, &row));
	assert_string_equal(row.code, "C11/BC-2025-01");
	assert_ok(c, ledger_add(c, l, &again));
	assert_string_equal(again.code, "C11/BC-2025-02");
	row.title = "Báo cáo 9 tháng";
	assert_ok(c, ledger_change(c, l, &row, &stored));
	assert_int_equal(row.rev, 2);
	row.rev = 1; /* as seen before that */
	row.title = "Báo cáo khác";
	assert_fails(c, FAIL_CONFLICT, ledger_change(c, l, &row, &stored));
	assert_string_equal(stored.title, "Báo cáo 9 tháng");
	assert_fails(c, FAIL_CONFLICT, ledger_drop(c, l, f.c11, row.id, 1));
	assert_fails(c, FAIL_NOT_FOUND, ledger_drop(c, l, f.c12, row.id, 2)); /* under another unit's address */
	assert_ok(c, ledger_drop(c, l, f.c11, row.id, 2));
	assert_int_equal(test_int(c, "SELECT count(*) FROM report_due"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'report_due' AND action = 'delete'"), 1);
}

TEST_BOTH(one_tap_says_that_it_was_done_today_and_can_be_undone)
{
	const struct ledger *l = &ledgers[LEDGER_REPORTS];
	struct fixture f = world(c);
	struct ledger_row row = report(l, f.c11, "Báo cáo", date_of(2025, 11, 1)), now;
	struct ledger_count n[LEDGER_COUNT + 2];
	struct ledger_due due[LEDGER_COUNT];

	assert_ok(c, ledger_add(c, l, &row));
	READING(c)
	{
		assert_ok(c, ledger_counts(c, f.x1, true, 2025, n));
		assert_ok(c, ledger_due(c, f.c11, 7, due));
	}
	assert_int_equal(n[LEDGER_REPORTS].late, 1);
	assert_int_equal(due[LEDGER_REPORTS].late, 1);
	assert_int_equal(due[LEDGER_REPORTS].soon, 0);
	assert_ok(c, ledger_mark(c, l, f.c11, row.id, c->today, &now));
	assert_int_equal(now.done_on.days, c->today.days);
	READING(c)
		assert_ok(c, ledger_counts(c, f.x1, true, 2025, n));
	assert_int_equal(n[LEDGER_REPORTS].late, 0);
	assert_int_equal(n[LEDGER_REPORTS].done, 1);
	assert_ok(c, ledger_mark(c, l, f.c11, row.id, DATE_NONE, &now));
	assert_false(date_is(now.done_on));
	assert_fails(c, FAIL_INPUT, ledger_mark(c, l, f.c11, row.id, date_of(2025, 11, 16), &now));
}

static struct ledger_rows seen(struct call *c, const struct ledger *l, struct ledger_query q)
{
	struct ledger_rows out;

	q.since = date_of(2025, 1, 1);
	q.until = date_of(2025, 12, 31);
	if (!q.after_id)
		q.after_day = DATE_NONE;
	READING(c)
		assert_ok(c, ledger_rows(c, l, &q, &out));
	return out;
}

TEST_BOTH(lists_go_down_the_tree_and_page)
{
	const struct ledger *l = &ledgers[LEDGER_REPORTS];
	struct fixture f = world(c);
	int64_t units[] = { f.c11, f.c12, f.v1, f.c21 };

	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 3; k++) {
			struct ledger_row row = report(l, units[i], "Báo cáo", date_of(2025, k + 1, 20));

			assert_ok(c, ledger_add(c, l, &row));
		}
	assert_int_equal(seen(c, l, (struct ledger_query){ .unit_id = f.c11 }).n, 3);
	assert_int_equal(seen(c, l, (struct ledger_query){ .unit_id = f.x1 }).n, 0);
	assert_int_equal(seen(c, l, (struct ledger_query){ .unit_id = f.x1, .below = true }).n, 9);
	struct ledger_rows page = seen(c, l, (struct ledger_query){ .unit_id = f.x1, .below = true, .limit = 4 });
	struct ledger_row last = page.v[3];

	page = seen(c, l, (struct ledger_query){ .unit_id = f.x1, .below = true, .after_day = last.due_on, .after_id = last.id });
	assert_int_equal(page.n, 5);
	assert_true(page.v[0].id != last.id);
	assert_string_equal(page.v[0].unit_name, "Đơn vị C12");
}

/* ---------------------------------------------------------------- unknown is not zero */

static int64_t declared(struct call *c, int64_t unit, size_t ledger)
{
	struct ledger_count n[LEDGER_COUNT + 2];

	READING(c)
		assert_ok(c, ledger_counts(c, unit, true, 2025, n));
	return n[ledger].declared;
}

TEST_BOTH(nothing_to_record_is_declared_and_the_first_row_takes_it_back)
{
	const struct ledger *l = &ledgers[LEDGER_REPORTS];
	struct fixture f = world(c);
	struct ledger_row row = report(l, f.c11, "Báo cáo", date_of(2025, 3, 1)), other = report(l, f.c11, "Báo cáo", date_of(2024, 3, 1));

	assert_int_equal(declared(c, f.c11, LEDGER_REPORTS), 0);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, 2025, true));
	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, 2025, true)); /* twice is once */
	assert_int_equal(declared(c, f.c11, LEDGER_REPORTS), 1);
	assert_int_equal(declared(c, f.c11, LEDGER_FEEDBACK), 0);
	assert_ok(c, ledger_add(c, l, &other)); /* of another year */
	assert_int_equal(declared(c, f.c11, LEDGER_REPORTS), 1);
	assert_ok(c, ledger_add(c, l, &row));
	assert_int_equal(declared(c, f.c11, LEDGER_REPORTS), 0);
	assert_fails(c, FAIL_CONFLICT, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, 2025, true));
	assert_fails(c, FAIL_INPUT, take(c, &numbers_kind, "unit_code,year,name,value\nC11,2025,none_report,1\n"));
	assert_ok(c, ledger_drop(c, l, f.c11, row.id, 0));
	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, 2025, true));
	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, 2025, false));
	assert_int_equal(declared(c, f.c11, LEDGER_REPORTS), 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_number"), 0);
}

TEST_BOTH(a_committee_declares_for_all_below_that_have_nothing)
{
	const struct ledger *l = &ledgers[LEDGER_DISCIPLINES];
	struct fixture f = world(c);
	struct ledger_row row;
	int64_t n;

	ledger_clear(l, &row);
	row.unit_id = f.c12;
	row.kind = 1;
	row.on = date_of(2025, 5, 5);
	assert_ok(c, ledger_add(c, l, &row));
	assert_ok(c, ledger_declare(c, NUMBER_NONE_DISCIPLINE, f.v1, 2025, true));
	assert_ok(c, ledger_declare_below(c, NUMBER_NONE_DISCIPLINE, f.x1, 2025, &n));
	assert_int_equal(n, 3); /* X1, G1, C11 */
	assert_int_equal(declared(c, f.x1, LEDGER_DISCIPLINES), 4);
	assert_int_equal(declared(c, f.c12, LEDGER_DISCIPLINES), 0);
	assert_int_equal(declared(c, f.x2, LEDGER_DISCIPLINES), 0);
}

static fail add_one(struct call *c, void *arg)
{
	const struct ledger *l = &ledgers[LEDGER_REPORTS];
	struct ledger_row row = report(l, *(int64_t *)arg, "Báo cáo", date_of(2025, 3, 1));

	return ledger_add(c, l, &row);
}

static void whole(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM report_due"), done ? 1 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_number"), done ? 0 : 1);
}

TEST_BOTH(a_failing_statement_leaves_row_and_declaration_whole)
{
	struct fixture f = world(c);

	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, 2025, true));
	assert_true(test_faults(c, add_one, whole, &f.c11) > 3);
}

TEST_BOTH(verify_finds_a_declaration_beside_rows_and_people_who_are_not_there)
{
	const struct ledger *l = &ledgers[LEDGER_REPORTS];
	struct fixture f = world(c);
	struct ledger_row row = report(l, f.c11, "Báo cáo", date_of(2025, 3, 1));
	int64_t checked;

	assert_ok(c, ledger_add(c, l, &row));
	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c12, 2025, true));
	READING(c)
		assert_ok(c, oversight_checks[0].run(c, &checked));
	assert_int_equal(checked, 1);
	test_sql(c, arena_printf(c->arena, "UPDATE year_number SET unit_id = %lld", (long long)f.c11));
	READING(c)
		assert_fails(c, FAIL_BROKEN, oversight_checks[0].run(c, &checked));
	assert_non_null(strstr(test_problem.text, "none_report"));
	test_sql(c, "DELETE FROM year_number");
	assert_ok(c, take(c, &visits_kind, "member_code,unit_code,meeting_code,held_on\nX9-01,C11,,2025-03-03\n"));
	test_sql(c, "UPDATE visit SET member_id = 1");
	READING(c)
		assert_fails(c, FAIL_BROKEN, oversight_checks[0].run(c, &checked));
	assert_non_null(strstr(test_problem.text, "visit"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(every_register_goes_in_and_out_as_a_file),
		BOTH(a_wrong_row_is_refused_with_its_place_and_nothing_stays),
		BOTH(units_and_members_are_checked_on_the_day),
		BOTH(a_code_belongs_to_one_unit_of_the_province),
		BOTH(a_row_is_added_changed_and_taken_away),
		BOTH(one_tap_says_that_it_was_done_today_and_can_be_undone),
		BOTH(lists_go_down_the_tree_and_page),
		BOTH(nothing_to_record_is_declared_and_the_first_row_takes_it_back),
		BOTH(a_committee_declares_for_all_below_that_have_nothing),
		BOTH(a_failing_statement_leaves_row_and_declaration_whole),
		BOTH(verify_finds_a_declaration_beside_rows_and_people_who_are_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
