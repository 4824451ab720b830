/* test_gather.c — each kind of record, counted; what is not kept, unknown; the same for one unit as for many. */
#include "org/fixture.h"

#include "rollup/rollup.h"
#include "rules/load.h"
#include "year/standing.h"

#define YEAR 2025

static void rules(struct call *c)
{
	struct rules *r = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", r, &bad));
	c->rules = r;
}

/* The year is over. */
static struct fixture begin(struct call *c)
{
	struct fixture f = fixture_make(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 10).days * 1440 + 540 });
	rules(c);
	return f;
}

static void on(struct call *c, int year, int month, int day)
{
	call_set_now(c, (struct moment){ (int64_t)date_of(year, month, day).days * 1440 + 540 });
}

/* A row of a table with the unit's realm and id in front. */
static void row(struct call *c, int64_t unit, const char *table, const char *columns, const char *values)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO %s (realm, unit_id, %s) SELECT realm, id, %s FROM unit WHERE id = %lld", table, columns, values,
	                         (long long)unit));
}

static fail touch(struct call *c, void *arg)
{
	const int64_t *unit = arg;
	int64_t realm;

	TRY(org_realm(c, *unit, &realm));
	for (month_no m = month_of(YEAR, 1); m <= month_of(YEAR, 12); m++)
		TRY(rollup_touch(c, realm, *unit, m));
	return FAIL_OK;
}

static int64_t next_id = 500000;

/* A regular meeting of 21 expected, 19 present, everything in time, scored Good by the cell itself; `more` changes columns. */
static int64_t meets(struct call *c, int64_t unit, int month, const char *more)
{
	int64_t id = next_id++;

	row(c, unit, "meeting", "id, code, month, kind, starts_at, ends_at, expected, present, pre_meeting_on, documents_sent_at, scored_at, uploaded_at",
	    arena_printf(c->arena, "%lld, 'M%lld', %d, 'regular', '2025-%02d-03T19:00', '2025-%02d-03T20:30', 21, 19, '2025-%02d-01', '2025-%02d-02T18:59', "
	                           "'2025-%02d-03T20:25', '2025-%02d-05T20:30'", (long long)id, (long long)id, month_of(YEAR, month), month, month, month, month,
	                 month, month));
	if (*more)
		test_sql(c, arena_printf(c->arena, "UPDATE meeting SET %s WHERE id = %lld", more, (long long)id));
	test_sql(c, arena_printf(c->arena, "INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms) SELECT realm, id, 'self', 1, "
	                                   "950, 'good', 'test', 0 FROM meeting WHERE id = %lld", (long long)id));
	assert_ok(c, db_write(c, touch, &unit));
	return id;
}

static void meets_all_year(struct call *c, int64_t unit, int from)
{
	for (int m = from; m <= 12; m++)
		meets(c, unit, m, m % 3 == 1 ? "thematic = 1" : "");
}

static struct year_gathered facts_of(struct call *c, int64_t id)
{
	struct year_gathered g;
	struct unit u;

	READING(c)
	{
		assert_ok(c, org_unit_nearest(c, id, date_of(YEAR, 12, 31), &u));
		assert_ok(c, year_gather(c, YEAR, &u, 1, NULL, &g));
	}
	return g;
}

static void assert_value(struct year_gathered g, int f, int64_t value)
{
	assert_true(facts_know(&g.facts, f));
	assert_int_equal(g.facts.v[f], value);
}

static void assert_not_known(struct year_gathered g, int f)
{
	assert_false(facts_know(&g.facts, f));
}

#define assert_fact(g, f, value) assert_value(g, YEAR_##f, value)
#define assert_unknown(g, f) assert_not_known(g, YEAR_##f)

/* ---------------------------------------------------------------- meetings */

TEST_BOTH(Y1_twelve_good_meetings_make_a_good_year)
{
	struct fixture f = begin(c);

	meets_all_year(c, f.v1, 1);
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, months_due, 12);
	assert_fact(g, months_held, 12);
	assert_fact(g, months_missed, 0);
	assert_fact(g, months_missed_unexplained, 0);
	assert_fact(g, quarters_due, 4);
	assert_fact(g, quarters_thematic, 4);
	assert_fact(g, expected, 252);
	assert_fact(g, present, 228);
	assert_fact(g, meetings, 12);
	assert_fact(g, meetings_prepared, 12);
	assert_fact(g, meetings_documents_ahead, 12);
	assert_fact(g, meetings_not_scored_at_once, 0);
	assert_fact(g, meetings_papers_complete, 12);
	assert_fact(g, class_good, 1);
	assert_fact(g, class_fair, 1);
	assert_fact(g, is_village, 1);
	assert_fact(g, is_agency, 0);
	assert_int_equal(g.open, 0);
	assert_int_equal(g.origin[YEAR_months_held], YEAR_FROM_MEETINGS);
	assert_int_equal(g.origin[YEAR_is_village], YEAR_FROM_UNIT);
}

TEST_BOTH(papers_sent_late_and_a_score_on_another_day_are_counted)
{
	struct fixture f = begin(c);

	meets(c, f.v1, 1, "documents_sent_at = '2025-01-02T19:00'"); /* exactly a day */
	meets(c, f.v1, 2, "documents_sent_at = '2025-02-02T19:01'");
	meets(c, f.v1, 3, "scored_at = '2025-03-04T08:00'");
	meets(c, f.v1, 4, "scored_at = NULL");
	meets(c, f.v1, 5, "uploaded_at = '2025-05-05T20:31'");
	int64_t june = meets(c, f.v1, 6, "scored_at = NULL");

	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting_fact (realm, meeting_id, name, value) SELECT realm, id, 'scored_same_sitting', 1 FROM meeting WHERE "
	                                   "id = %lld", (long long)june));
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, meetings, 6);
	assert_fact(g, meetings_documents_ahead, 5);
	assert_fact(g, meetings_not_scored_at_once, 2);
	assert_fact(g, meetings_papers_complete, 5);
	assert_fact(g, months_missed, 6);
}

TEST_BOTH(papers_nobody_recorded_leave_the_fact_unknown)
{
	struct fixture f = begin(c);

	meets(c, f.v1, 1, "documents_sent_at = NULL");
	meets(c, f.v1, 2, "uploaded_at = NULL");
	struct year_gathered g = facts_of(c, f.v1);

	assert_unknown(g, meetings_documents_ahead);
	assert_unknown(g, meetings_papers_complete);
	test_sql(c, "UPDATE meeting SET afterwards = 0"); /* lived through here: not sent, not uploaded */
	g = facts_of(c, f.v1);
	assert_fact(g, meetings_documents_ahead, 1);
	assert_fact(g, meetings_papers_complete, 0); /* and January's minutes were never signed */
}

TEST_BOTH(a_missed_month_is_explained_only_by_an_approved_reason)
{
	struct fixture f = begin(c);

	meets_all_year(c, f.v1, 3);
	assert_fact(facts_of(c, f.v1), months_missed_unexplained, 2);
	int64_t january = meets(c, f.v1, 1, "state = 'cancelled'");

	assert_fact(facts_of(c, f.v1), months_missed_unexplained, 2);
	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting_step (realm, meeting_id, seq, step, from_state, to_state, actor, at_ms, remark, approved_by) SELECT realm, "
	                                   "id, 1, 'cancel', 'scheduled', 'cancelled', 'a', 0, 'Bão', 'Đảng ủy' FROM meeting WHERE id = %lld", (long long)january));
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, months_missed, 2);
	assert_fact(g, months_missed_unexplained, 1);
}

TEST_BOTH(a_meeting_put_off_to_january_explains_december)
{
	struct fixture f = begin(c);

	meets_all_year(c, f.v1, 1);
	test_sql(c, "UPDATE meeting SET starts_at = '2026-01-04T19:00', ends_at = '2026-01-04T20:30', month = month + 1, planned_on = '2025-12-03' WHERE "
	            "starts_at LIKE '2025-12%'");
	assert_ok(c, db_write(c, touch, &f.v1));
	assert_fact(facts_of(c, f.v1), months_missed_unexplained, 1);
	test_sql(c, "INSERT INTO meeting_step (realm, meeting_id, seq, step, from_state, to_state, actor, at_ms, approved_by) SELECT realm, id, 1, 'postpone', "
	            "'scheduled', 'postponed', 'a', 0, 'Đảng ủy' FROM meeting WHERE starts_at LIKE '2026-01%'");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, months_missed, 1);
	assert_fact(g, months_missed_unexplained, 0);
}

TEST_BOTH(a_cell_founded_in_may_has_eight_months)
{
	struct fixture f = begin(c);
	struct change ch = { .kind = CHANGE_CREATE, .on = date_of(YEAR, 5, 1), .parent_id = f.x1, .code = "V2", .level = LEVEL_CELL,
		                 .type = TYPE_RESIDENTIAL, .name = "Chi bộ thôn 2" };
	int64_t v2;

	assert_ok(c, org_change_apply(c, &ch, &v2));
	meets_all_year(c, v2, 5);
	struct year_gathered g = facts_of(c, v2);

	assert_fact(g, months_due, 8);
	assert_fact(g, months_held, 8);
	assert_fact(g, quarters_due, 3);
	assert_fact(g, class_good, 1);
}

TEST_BOTH(a_unit_moved_in_mid_year_keeps_its_year)
{
	struct fixture f = begin(c);
	struct change ch = { .kind = CHANGE_MOVE, .on = date_of(YEAR, 7, 1), .unit_id = f.v1, .parent_id = f.x2 };

	assert_ok(c, org_change_apply(c, &ch, NULL));
	meets_all_year(c, f.v1, 1);
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, months_due, 12);
	assert_fact(g, class_good, 1);
	assert_fact(facts_of(c, f.x2), cells_class_good, 1);
	assert_fact(facts_of(c, f.x2), cells, 2);
	assert_fact(facts_of(c, f.x1), cells_class_good, 0);
}

TEST_BOTH(while_the_year_runs_facts_count_up_to_today_and_are_open)
{
	struct fixture f = begin(c);

	on(c, 2025, 5, 20);
	for (int m = 1; m <= 4; m++)
		meets(c, f.v1, m, "");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, months_due, 4); /* May still has time */
	assert_fact(g, quarters_due, 1);
	assert_true(g.open & FACT_BIT(YEAR_months_due));
	assert_false(g.open & FACT_BIT(YEAR_is_village));
	on(c, 2025, 6, 1);
	assert_fact(facts_of(c, f.v1), months_missed, 1);
}

/* ---------------------------------------------------------------- work */

static void task(struct call *c, int64_t unit, const char *member, const char *due, const char *done, const char *result)
{
	int64_t id = next_id++;
	const char *who = *member ? arena_printf(c->arena, "(SELECT id FROM member WHERE code = '%s')", member) : "NULL";

	row(c, unit, "task", "id, code, title, member_id, due_on, done_on, result",
	    arena_printf(c->arena, "%lld, 'T%lld', 'Việc', %s, '%s', %s, '%s'", (long long)id, (long long)id, who, due,
	                 *done ? arena_printf(c->arena, "'%s'", done) : "NULL", result));
}

TEST_BOTH(tasks_are_counted_by_what_became_of_them)
{
	struct fixture f = begin(c);

	assert_unknown(facts_of(c, f.v1), tasks_due);
	task(c, f.v1, "", "2025-03-01", "2025-03-01", "done");
	task(c, f.v1, "", "2025-03-01", "2025-02-01", "above_requirement");
	task(c, f.v1, "", "2025-03-01", "2025-03-02", "done");
	task(c, f.v1, "", "2025-12-31", "", "");
	task(c, f.v1, "", "2025-04-01", "", "not_done");
	task(c, f.v1, "", "2025-04-01", "", "cancelled");
	task(c, f.v1, "", "2024-12-31", "2024-12-30", "done");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, tasks_due, 5);
	assert_fact(g, tasks_on_time, 2);
	assert_fact(g, tasks_late, 1);
	assert_fact(g, tasks_done, 3);
	assert_fact(g, tasks_above_requirement, 1);
	task(c, f.v1, "", "2025-04-01", "", "done"); /* nobody wrote down when */
	g = facts_of(c, f.v1);
	assert_fact(g, tasks_done, 4);
	assert_unknown(g, tasks_on_time);
	assert_unknown(g, tasks_late);
}

TEST_BOTH(a_task_is_not_due_before_its_day)
{
	struct fixture f = begin(c);

	on(c, 2025, 6, 15);
	task(c, f.v1, "", "2025-06-15", "", "");
	task(c, f.v1, "", "2025-06-14", "", "");
	task(c, f.v1, "", "2025-09-01", "2025-06-01", "done");
	assert_fact(facts_of(c, f.v1), tasks_due, 2);
	assert_fact(facts_of(c, f.v1), tasks_on_time, 1);
}

TEST_BOTH(a_task_that_cells_carry_out_is_what_they_made_of_it)
{
	struct fixture f = begin(c);

	task(c, f.x1, "", "2025-06-01", "", "");
	task(c, f.v1, "", "2025-06-01", "2025-05-20", "done");
	task(c, f.c11, "", "2025-06-01", "2025-06-02", "done");
	test_sql(c, arena_printf(c->arena, "UPDATE task SET parent_id = (SELECT id FROM task WHERE unit_id = %lld), parent_realm = realm WHERE unit_id <> %lld",
	                         (long long)f.x1, (long long)f.x1));
	struct year_gathered g = facts_of(c, f.x1);

	assert_fact(g, tasks_due, 1);
	assert_fact(g, tasks_late, 1);
	assert_fact(g, tasks_done, 1);
	test_sql(c, arena_printf(c->arena, "UPDATE task SET result = 'not_done', done_on = NULL WHERE unit_id = %lld", (long long)f.c11));
	g = facts_of(c, f.x1);
	assert_fact(g, tasks_due, 1);
	assert_fact(g, tasks_done, 0);
}

TEST_BOTH(targets_count_with_their_last_value_of_the_year)
{
	struct fixture f = begin(c);

	assert_unknown(facts_of(c, f.v1), targets_assigned);
	row(c, f.v1, "programme_target", "id, code, title, baseline, goal, starts_on, due_on", "1, 'A', 'A', 3, 77, '2025-01-01', '2025-12-31'");
	row(c, f.v1, "programme_target", "id, code, title, baseline, goal, starts_on, due_on", "2, 'B', 'B', 9, 2, '2025-01-01', '2025-06-30'");
	row(c, f.v1, "programme_target", "id, code, title, baseline, goal, starts_on, due_on", "3, 'C', 'C', 0, 5, '2025-01-01', '2026-06-30'");
	test_sql(c, "INSERT INTO target_value (realm, target_id, on_date, value, actor, at_ms) SELECT realm, 1, '2025-12-30', 76, 'a', 0 FROM programme_target WHERE id = 1");
	test_sql(c, "INSERT INTO target_value (realm, target_id, on_date, value, actor, at_ms) SELECT realm, 1, '2026-01-05', 77, 'a', 0 FROM programme_target WHERE id = 1");
	test_sql(c, "INSERT INTO target_value (realm, target_id, on_date, value, actor, at_ms) SELECT realm, 2, '2025-06-01', 2, 'a', 0 FROM programme_target WHERE id = 2");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, targets_assigned, 2);
	assert_fact(g, targets_reached, 1);
}

/* ---------------------------------------------------------------- people */

TEST_BOTH(a_member_transferred_in_june_counts_where_they_are_and_tasks_where_they_were_given)
{
	struct fixture f = begin(c);
	struct member m;

	fixture_members(c, f.v1, "V1", 4, 0);
	fixture_members(c, f.c11, "C1", 3, 0);
	task(c, f.v1, "V1-01", "2025-03-01", "2025-03-01", "done");
	task(c, f.v1, "V1-02", "2025-03-01", "2025-03-01", "done");
	task(c, f.c11, "C1-01", "2025-03-01", "2025-03-01", "done");
	READING(c)
	assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.v1, f.c11, date_of(YEAR, 6, 15), "12-QĐ", 0, NULL));
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, members, 3);
	assert_fact(g, members_to_assign, 3);
	assert_fact(g, members_with_task, 1);
	assert_fact(g, tasks_due, 2);
	g = facts_of(c, f.c11);
	assert_fact(g, members, 4);
	assert_fact(g, members_with_task, 1);
	task(c, f.c11, "V1-01", "2025-09-01", "2025-09-01", "done");
	assert_fact(facts_of(c, f.c11), members_with_task, 2);
	assert_fact(facts_of(c, f.g1), members, 4); /* the body above the cell */
}

TEST_BOTH(exempt_members_need_no_task_and_admissions_count_in_their_year)
{
	struct fixture f = begin(c);
	struct membership ms;
	struct member m;

	fixture_members(c, f.v1, "V1", 3, 1); /* the last was admitted on 19 May 2025; the list has been kept since 2024 */
	READING(c)
	assert_ok(c, org_member_by_code(c, 0, "V1-03", &m));
	record_clear(&membership_record, &ms);
	ms.realm = m.realm;
	ms.member_id = m.id;
	ms.unit_id = f.v1;
	ms.status = STATUS_EXEMPT;
	ms.reason = REASON_AGE_OR_HEALTH;
	ms.valid_from = date_of(YEAR, 2, 1);
	assert_ok(c, org_member_set_status(c, &ms, 0));
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, members, 4);
	assert_fact(g, members_to_assign, 3);
	assert_fact(g, admissions, 1);
	assert_fact(g, admissions_aim_set, 0);
	assert_unknown(g, admissions_aim);
	row(c, f.v1, "year_number", "id, year, name, value", "1, 2025, 'admissions_aim', 2");
	g = facts_of(c, f.v1);
	assert_fact(g, admissions_aim_set, 1);
	assert_fact(g, admissions_aim, 2);
}

static void post(struct call *c, int64_t unit, const char *member, const char *what)
{
	row(c, unit, "post", "member_id, post, valid_from, valid_to",
	    arena_printf(c->arena, "(SELECT id FROM member WHERE code = '%s'), '%s', '2024-01-01', '9999-12-31'", member, what));
}

TEST_BOTH(T07_leaders_are_people_and_trained_in_the_year)
{
	struct fixture f = begin(c);

	fixture_members(c, f.v1, "V1", 10, 0);
	assert_unknown(facts_of(c, f.v1), leaders);
	post(c, f.v1, "V1-01", "secretary");
	post(c, f.v1, "V1-01", "committee");
	post(c, f.v1, "V1-02", "deputy");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, leaders, 2);
	assert_unknown(g, leaders_trained);
	row(c, f.v1, "training", "id, member_id, course, held_on", "1, (SELECT id FROM member WHERE code = 'V1-02'), 'Bồi dưỡng', '2025-04-01'");
	row(c, f.v1, "training", "id, member_id, course, held_on, result", "2, (SELECT id FROM member WHERE code = 'V1-01'), 'Bồi dưỡng', '2025-04-01', 'failed'");
	row(c, f.v1, "training", "id, member_id, course, held_on", "3, (SELECT id FROM member WHERE code = 'V1-01'), 'Bồi dưỡng', '2024-04-01'");
	assert_fact(facts_of(c, f.v1), leaders_trained, 1);
}

/* ---------------------------------------------------------------- documents, registers */

static void document(struct call *c, int64_t unit, const char *type, const char *on_day, const char *key)
{
	int64_t id = next_id++;

	row(c, unit, "document", "id, type, subject, state, number, dated_on, search_key",
	    arena_printf(c->arena, "%lld, '%s', 'Văn bản', 'issued', %lld, '%s', '%s'", (long long)id, type, (long long)id, on_day, key));
}

TEST_BOTH(programme_and_working_rules_come_from_the_register_of_documents)
{
	struct fixture f = begin(c);

	assert_unknown(facts_of(c, f.v1), programme_issued);
	assert_unknown(facts_of(c, f.v1), working_rules_valid);
	document(c, f.v1, "NQ", "2025-01-05", "");
	row(c, f.v1, "term", "valid_from, valid_to, name", "'2025-03-01', '2027-12-31', '2025-2027'");
	document(c, f.v1, "QC", "2022-03-05", "");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, programme_issued, 0);
	assert_unknown(g, programme_day);
	assert_fact(g, working_rules_valid, 0); /* of the term before */
	document(c, f.v1, "QC", "2025-03-05", "");
	document(c, f.v1, "KH", "2025-01-10", "kiem tra");
	document(c, f.v1, "KH", "2025-01-31", "05 ke hoach cong tac nam 2025");
	document(c, f.v1, "CTr", "2025-02-20", "");
	g = facts_of(c, f.v1);
	assert_fact(g, programme_issued, 1);
	assert_fact(g, programme_day, 31);
	assert_fact(g, working_rules_valid, 1);
}

TEST_BOTH(an_empty_register_is_unknown_until_somebody_says_none)
{
	struct fixture f = begin(c);
	static const enum year_fact counted[] = { YEAR_disciplined, YEAR_inspections_planned, YEAR_reports_due, YEAR_feedback_received, YEAR_initiatives,
		                                      YEAR_targets_assigned };
	static const char *const none[] = { "discipline", "inspection", "report", "feedback", "initiative", "target" };
	struct year_gathered g = facts_of(c, f.v1);

	for (int i = 0; i < 6; i++)
		assert_false(facts_know(&g.facts, counted[i]));
	for (int i = 0; i < 6; i++)
		row(c, f.v1, "year_number", "id, year, name, value", arena_printf(c->arena, "%d, 2025, 'none_%s', 1", i + 1, none[i]));
	g = facts_of(c, f.v1);
	for (int i = 0; i < 6; i++) {
		assert_true(facts_know(&g.facts, counted[i]));
		assert_int_equal(g.facts.v[counted[i]], 0);
	}
}

TEST_BOTH(registers_count_what_lies_in_the_year)
{
	struct fixture f = begin(c);

	row(c, f.v1, "discipline", "id, code, subject, decided_on", "1, 'a', 'member', '2025-05-01'");
	row(c, f.v1, "discipline", "id, code, subject, decided_on", "2, 'b', 'leader', '2025-05-01'");
	row(c, f.v1, "discipline", "id, code, subject, decided_on", "3, 'c', 'leader', '2024-05-01'");
	row(c, f.v1, "inspection", "id, code, kind, title, planned_on, done_on", "1, 'a', 'inspection', 'x', '2025-05-01', '2025-05-09'");
	row(c, f.v1, "inspection", "id, code, kind, title, planned_on, done_on", "2, 'b', 'supervision', 'x', '2025-12-01', '2026-01-02'");
	row(c, f.v1, "report_due", "id, code, title, due_on, sent_on", "1, 'a', 'x', '2025-05-01', '2025-05-01'");
	row(c, f.v1, "report_due", "id, code, title, due_on, sent_on", "2, 'b', 'x', '2025-06-01', '2025-06-02'");
	row(c, f.v1, "report_due", "id, code, title, due_on", "3, 'c', 'x', '2025-12-31'");
	row(c, f.v1, "feedback", "id, code, received_on, due_on, answered_on", "1, 'a', '2025-05-01', '2025-05-16', '2025-05-16'");
	row(c, f.v1, "feedback", "id, code, received_on, due_on", "2, 'b', '2025-12-29', '2026-01-13'");
	row(c, f.v1, "initiative", "id, code, year, title, recognised_by", "1, 'a', 2025, 'x', 'Hội đồng'");
	row(c, f.v1, "initiative", "id, code, year, title", "2, 'b', 2025, 'x'");
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, disciplined, 2);
	assert_fact(g, leaders_disciplined, 1);
	assert_fact(g, units_disciplined, 0);
	assert_fact(g, inspections_planned, 2);
	assert_fact(g, inspections_done, 1);
	assert_fact(g, reports_due, 3);
	assert_fact(g, reports_on_time, 1);
	assert_fact(g, feedback_received, 1); /* the other still has time */
	assert_fact(g, feedback_on_time, 1);
	assert_fact(g, initiatives, 1);
	assert_fact(facts_of(c, f.x1), disciplined, 2);
	assert_unknown(facts_of(c, f.x1), leaders_disciplined);
	assert_unknown(facts_of(c, f.x2), disciplined);
}

/* ---------------------------------------------------------------- cases, bodies */

static void kase(struct call *c, int64_t unit, const char *kind, int64_t member, const char *state, const char *self, const char *appraised)
{
	int64_t id = next_id++;

	row(c, unit, "year_case", "id, kind, year, member_id, state",
	    arena_printf(c->arena, "%lld, '%s', 2025, %lld, '%s'", (long long)id, kind, (long long)member, state));
	for (int i = 0; i < 2; i++)
		if (*(i ? appraised : self))
			test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) SELECT realm, id, '%s', 1, 900, "
			                                   "'%s', 'a', 0 FROM year_case WHERE id = %lld", i ? "appraised" : "self", i ? appraised : self, (long long)id));
}

static fail touch_year(struct call *c, void *arg)
{
	const int64_t *unit = arg;
	int64_t realm;

	TRY(org_realm(c, *unit, &realm));
	return rollup_touch_year(c, realm, *unit, YEAR);
}

TEST_BOTH(the_sheet_that_counts_gives_levels)
{
	struct fixture f = begin(c);

	assert_unknown(facts_of(c, f.v1), members_classified);
	kase(c, f.v1, "member_class", 1, "self_assessed", "excellent", "");
	kase(c, f.v1, "member_class", 2, "notified", "good", "completed");
	kase(c, f.v1, "member_class", 3, "notified", "good", "not_completed");
	kase(c, f.v1, "member_class", 4, "open", "", "");
	kase(c, f.v1, "unit_class", 0, "appraised", "completed", "good");
	kase(c, f.v1, "four_good", 0, "recognised", "not_met", "met");
	kase(c, f.c11, "four_good", 0, "withdrawn", "met", "");
	kase(c, f.c12, "four_good", 0, "voted", "met", "");
	assert_ok(c, db_write(c, touch_year, &f.v1)); /* as whoever keeps a sheet does */
	struct year_gathered g = facts_of(c, f.v1);

	assert_fact(g, members_classified, 3);
	assert_fact(g, members_good, 1);
	assert_fact(g, members_not_completed, 1);
	assert_fact(g, level_good, 1);
	assert_fact(g, four_good_met, 1);
	g = facts_of(c, f.x1);
	assert_fact(g, cells, 3);
	assert_fact(g, cells_four_good, 2);
	assert_fact(g, members_good, 1);
	assert_unknown(g, four_good_met);
	assert_unknown(facts_of(c, f.x2), cells_four_good);
}

TEST_BOTH(a_committee_meets_by_months_and_its_people_attend_their_cells)
{
	struct fixture f = begin(c);

	assert_unknown(facts_of(c, f.g1), committee_months_met);
	meets(c, f.g1, 2, "kind = 'committee'");
	meets(c, f.g1, 3, "kind = 'committee'");
	struct year_gathered g = facts_of(c, f.g1);

	assert_fact(g, committee_months_due, 12);
	assert_fact(g, committee_months_met, 2);
	assert_unknown(g, months_held);
	assert_unknown(g, turns_required);
	fixture_members(c, f.c12, "C12", 1, 0);
	row(c, f.c11, "assignment", "id, member_realm, member_id, level, valid_from, valid_to, required_turns, per",
	    "1, realm, (SELECT id FROM member WHERE code = 'C12-01'), 'grassroots', '2025-07-10', '9999-12-31', 1, 'month'");
	row(c, f.c11, "visit", "id, member_realm, member_id, held_on", "1, realm, (SELECT id FROM member WHERE code = 'C12-01'), '2025-08-03'");
	row(c, f.c11, "visit", "id, member_realm, member_id, held_on", "2, realm, (SELECT id FROM member WHERE code = 'C12-01'), '2025-06-03'");
	int64_t october = meets(c, f.c11, 10, ""), august = meets(c, f.c11, 8, "");

	for (int i = 0; i < 2; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO meeting_guest (realm, meeting_id, id, member_id, name, kind, present) SELECT realm, id, %d, (SELECT id FROM member "
		                                   "WHERE code = 'C12-01'), 'x', 'assigned', 1 FROM meeting WHERE id = %lld", i + 1, (long long)(i ? august : october)));
	g = facts_of(c, f.g1);
	assert_fact(g, turns_required, 6);
	assert_fact(g, turns_realised, 2); /* August stands twice, June was before */
	assert_unknown(facts_of(c, f.x1), turns_required);
}

TEST_BOTH(initiatives_required_follow_the_table_of_the_last_day_and_the_type)
{
	struct fixture f = begin(c);
	int64_t cells[] = { f.v1, f.c11 };

	fixture_members(c, f.v1, "V1", 7, 0);
	fixture_members(c, f.c11, "C1", 7, 0);
	const struct scheme *s = rules_scheme(c->rules, USE_FOUR_GOOD_CELL, date_of(YEAR, 12, 31), SCOPES_NONE);

	for (int i = 0; i < 2; i++) {
		struct year_gathered g;
		struct unit u;

		READING(c)
		{
			assert_ok(c, org_unit(c, cells[i], date_of(YEAR, 12, 31), &u));
			assert_ok(c, year_gather(c, YEAR, &u, 1, &s, &g));
		}
		assert_fact(g, initiatives_required, i ? 3 : 1); /* an agency: one for every three members; a village: one */
		assert_unknown(facts_of(c, cells[i]), initiatives_required);
	}
}

/* ---------------------------------------------------------------- sets */

/* 220 further cells: more than are read one by one. */
static void many_cells(struct call *c, int64_t parent)
{
	test_sql(c, arena_printf(c->arena,
	                         "INSERT INTO unit (id, realm, code) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 220) SELECT 700000 + n.i, u.realm, "
	                         "'Z' || n.i FROM n, unit u WHERE u.id = %lld",
	                         (long long)parent));
	test_sql(c, arena_printf(c->arena,
	                         "INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, type, name, name_key, sort_key) SELECT u.id, '2024-01-01', "
	                         "'9999-12-31', %lld, 'cell', 'VR', u.code, 'z', s.sort_key FROM unit u, unit_span s WHERE u.id > 700000 AND s.unit_id = %lld",
	                         (long long)parent, (long long)parent));
}

TEST_BOTH(one_cell_and_the_same_cell_among_many_give_the_same)
{
	struct fixture f = begin(c);
	struct units all;
	int found = 0;

	fixture_members(c, f.v1, "V1", 5, 1);
	meets_all_year(c, f.v1, 2);
	task(c, f.v1, "V1-01", "2025-03-01", "2025-03-01", "done");
	document(c, f.v1, "CTr", "2025-01-20", "");
	row(c, f.v1, "year_number", "id, year, name, value", "1, 2025, 'none_discipline', 1");
	kase(c, f.v1, "unit_class", 0, "appraised", "completed", "good");
	many_cells(c, f.x2);
	meets(c, 700100, 4, "");
	struct year_gathered one = facts_of(c, f.v1), other = facts_of(c, 700100);

	READING(c)
	{
		assert_ok(c, org_below(c, f.q08, date_of(YEAR, 12, 31), LEVEL_CELL, &all));
		struct year_gathered *many = ARENA_ARRAY(c->arena, all.n, struct year_gathered);

		assert_true(all.n > 220);
		assert_ok(c, year_gather(c, YEAR, all.v, all.n, NULL, many));
		for (size_t i = 0; i < all.n; i++) {
			const struct year_gathered *same = all.v[i].id == f.v1 ? &one : all.v[i].id == 700100 ? &other : NULL;

			if (!same)
				continue;
			found++;
			assert_int_equal(many[i].facts.known, same->facts.known);
			assert_memory_equal(many[i].facts.v, same->facts.v, sizeof same->facts.v);
			assert_memory_equal(many[i].origin, same->origin, sizeof same->origin);
			assert_int_equal(many[i].open, same->open);
		}
	}
	assert_int_equal(found, 2);
	assert_fact(other, months_held, 1);
}

/* ---------------------------------------------------------------- where cells stand */

TEST_BOTH(standing_gives_the_points_of_the_full_sheet)
{
	struct fixture f = begin(c);
	struct standings s;
	struct year_draft d[8];
	struct units cells;

	fixture_members(c, f.v1, "V1", 5, 1);
	meets_all_year(c, f.v1, 1);
	task(c, f.v1, "V1-01", "2025-03-01", "2025-03-01", "done");
	document(c, f.v1, "CTr", "2025-02-20", "");
	row(c, f.v1, "discipline", "id, code, subject, decided_on", "1, 'a', 'member', '2025-05-01'");
	READING(c)
	{
		assert_ok(c, year_standing(c, CASE_FOUR_GOOD, YEAR, f.x1, NULL, &s));
		assert_ok(c, org_below(c, f.x1, date_of(YEAR, 12, 31), LEVEL_CELL, &cells));
		assert_ok(c, year_draft_many(c, CASE_FOUR_GOOD, YEAR, cells.v, cells.n, NULL, NULL, d));
	}
	assert_int_equal(s.n, 3);
	for (size_t i = 0; i < s.n; i++) {
		assert_int_equal(s.v[i].unit->id, cells.v[i].id);
		assert_int_equal(s.v[i].secured.t, d[i].secured.t);
		assert_true(s.v[i].missing == d[i].sheet.missing);
		if (s.v[i].unit->id == f.v1)
			assert_true(s.v[i].secured.t > 200 && s.v[i].open.t > 0);
		else
			assert_int_equal(s.v[i].result, RESULT_NOT_MET); /* twelve months missed */
	}
}

/* ---------------------------------------------------------------- a member */

static struct year_gathered facts_of_member(struct call *c, int64_t unit, const char *code)
{
	struct year_gathered g;
	struct member m;

	READING(c)
	{
		assert_ok(c, org_member_by_code(c, 0, code, &m));
		assert_ok(c, person_gather(c, YEAR, m.realm, unit, m.id, &g));
	}
	return g;
}

#define assert_of(g, f, value) assert_value(g, PERSON_##f, value)

TEST_BOTH(the_year_of_a_member)
{
	struct fixture f = begin(c);
	struct member m;

	fixture_members(c, f.v1, "V1", 4, 0);
	post(c, f.v1, "V1-02", "secretary");
	struct year_gathered g = facts_of_member(c, f.v1, "V1-01");

	assert_of(g, months_member, 12);
	assert_of(g, is_leader, 0);
	assert_false(facts_know(&g.facts, PERSON_tasks_due));
	assert_false(facts_know(&g.facts, PERSON_expected));
	assert_false(facts_know(&g.facts, PERSON_initiatives));
	assert_of(facts_of_member(c, f.v1, "V1-02"), is_leader, 1);
	task(c, f.v1, "V1-01", "2025-03-01", "2025-03-01", "above_requirement");
	task(c, f.v1, "V1-01", "2025-03-01", "2025-03-05", "done");
	int64_t meeting[] = { meets(c, f.v1, 1, ""), meets(c, f.v1, 2, "") };

	for (int i = 0; i < 2; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO attendance (realm, meeting_id, member_id, status) SELECT realm, %lld, id, '%s' FROM member WHERE code = 'V1-01'",
		                         (long long)meeting[i], i ? "unexcused" : "present"));
	row(c, f.v1, "undertaking", "id, member_id, year, text, result", "1, (SELECT id FROM member WHERE code = 'V1-01'), 2025, 'x', 'done'");
	row(c, f.v1, "initiative", "id, code, year, title", "1, 'a', 2025, 'x'");
	READING(c)
	assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.v1, f.c11, date_of(YEAR, 6, 15), "12-QĐ", 0, NULL));
	g = facts_of_member(c, f.v1, "V1-01");
	assert_of(g, months_member, 6);
	assert_of(g, tasks_due, 2);
	assert_of(g, tasks_on_time, 1);
	assert_of(g, tasks_above_requirement, 1);
	assert_of(g, expected, 2);
	assert_of(g, present, 1);
	assert_of(g, unexcused, 1);
	assert_of(g, undertakings_done, 1);
	assert_of(facts_of_member(c, f.v1, "V1-02"), undertakings, 0); /* the cell keeps them, this member has none */
	assert_of(g, initiatives, 0);
	assert_of(facts_of_member(c, f.c11, "V1-01"), tasks_due, 2);
	assert_of(facts_of_member(c, f.c11, "V1-01"), months_member, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(Y1_twelve_good_meetings_make_a_good_year),
		BOTH(papers_sent_late_and_a_score_on_another_day_are_counted),
		BOTH(papers_nobody_recorded_leave_the_fact_unknown),
		BOTH(a_missed_month_is_explained_only_by_an_approved_reason),
		BOTH(a_meeting_put_off_to_january_explains_december),
		BOTH(a_cell_founded_in_may_has_eight_months),
		BOTH(a_unit_moved_in_mid_year_keeps_its_year),
		BOTH(while_the_year_runs_facts_count_up_to_today_and_are_open),
		BOTH(tasks_are_counted_by_what_became_of_them),
		BOTH(a_task_is_not_due_before_its_day),
		BOTH(a_task_that_cells_carry_out_is_what_they_made_of_it),
		BOTH(targets_count_with_their_last_value_of_the_year),
		BOTH(a_member_transferred_in_june_counts_where_they_are_and_tasks_where_they_were_given),
		BOTH(exempt_members_need_no_task_and_admissions_count_in_their_year),
		BOTH(T07_leaders_are_people_and_trained_in_the_year),
		BOTH(programme_and_working_rules_come_from_the_register_of_documents),
		BOTH(an_empty_register_is_unknown_until_somebody_says_none),
		BOTH(registers_count_what_lies_in_the_year),
		BOTH(the_sheet_that_counts_gives_levels),
		BOTH(a_committee_meets_by_months_and_its_people_attend_their_cells),
		BOTH(initiatives_required_follow_the_table_of_the_last_day_and_the_type),
		BOTH(one_cell_and_the_same_cell_among_many_give_the_same),
		BOTH(standing_gives_the_points_of_the_full_sheet),
		BOTH(the_year_of_a_member),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
