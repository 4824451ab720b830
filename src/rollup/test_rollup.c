/* test_rollup.c — rows of cell_month from the facts of meetings. */
#include "rollup/rollup.h"

#include "rollup/row.h"
#include "rollup_sql.h"
#include "support/support.h"

enum { CELL = 10, REALM = 1 };

static void lay_ground(struct call *c)
{
	test_sql(c, "INSERT INTO unit (id, realm, code) VALUES (1, 1, 'P1'), (10, 1, 'C1'), (11, 1, 'C2')");
}

static void meeting(struct call *c, int64_t id, const char *kind, const char *starts, const char *more_columns, const char *more_values)
{
	int y, m;

	sscanf(starts, "%d-%d", &y, &m);
	test_sql(c, arena_printf(c->arena,
		"INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at%s) VALUES (1, %lld, 'M%lld', 10, %d, '%s', '%s'%s)",
		more_columns, (long long)id, (long long)id, month_of(y, m), kind, starts, more_values));
}

static void fact(struct call *c, int64_t meeting_id, const char *name, int value)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting_fact (realm, meeting_id, name, value) VALUES (1, %lld, '%s', %d)",
		(long long)meeting_id, name, value));
}

static void sheet(struct call *c, int64_t meeting_id, const char *stage, int revision, int points, const char *class)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms)"
		" VALUES (1, %lld, '%s', %d, %d, '%s', 'test', 0)", (long long)meeting_id, stage, revision, points, class));
}

static fail touch(struct call *c, void *arg)
{
	return rollup_touch(c, REALM, CELL, *(month_no *)arg);
}

static fail read_row(struct call *c, void *arg)
{
	struct cell_month *row = arg;

	return db_one(c, &Q_cell_month_load_unit, ARGS(V(row->realm), V(row->unit_id), V(row->month), V(row->month)), &cell_month_record, row);
}

static struct cell_month touched(struct call *c, month_no month)
{
	struct cell_month row = { .realm = REALM, .unit_id = CELL, .month = month };

	assert_ok(c, db_write(c, touch, &month));
	assert_ok(c, db_read(c, read_row, &row));
	return row;
}

TEST_BOTH(counts_of_a_month)
{
	month_no march = month_of(2025, 3);

	lay_ground(c);
	meeting(c, 100, "regular", "2025-03-03T19:00", ", thematic, expected, present, excused, unexcused, pre_meeting_on",
	        ", 1, 21, 19, 2, 0, '2025-03-01'");
	meeting(c, 101, "thematic", "2025-03-20T19:00", ", expected, present", ", 21, NULL");
	meeting(c, 102, "committee", "2025-03-01T19:00", ", expected, present", ", 3, 3");
	struct cell_month r = touched(c, march);

	assert_int_equal(r.rev, 1);
	assert_int_equal(r.regular, 1);
	assert_int_equal(r.meetings, 2);
	assert_int_equal(r.thematic, 2);
	assert_int_equal(r.pre_meetings, 1);
	assert_int_equal(r.expected, 21); /* the other meeting's presence is unknown: left out of both sums */
	assert_int_equal(r.present, 19);
	assert_int_equal(r.excused, 2);
	assert_int_equal(r.scored, 0);
	assert_int_equal(r.reported, 1);
	assert_int_equal(touched(c, march).rev, 1); /* nothing changed */
}

TEST_BOTH(sheet_that_counts_is_decided_else_voted_else_self)
{
	month_no march = month_of(2025, 3);

	lay_ground(c);
	meeting(c, 100, "regular", "2025-03-03T19:00", "", "");
	sheet(c, 100, "self", 1, 900, "good");
	assert_int_equal(touched(c, march).good, 1);
	sheet(c, 100, "voted", 1, 880, "fair");
	assert_int_equal(touched(c, march).fair, 1);
	sheet(c, 100, "guest", 1, 100, "poor");
	struct cell_month r = touched(c, march);

	assert_int_equal(r.fair, 1);
	assert_int_equal(r.self_good, 1);
	assert_int_equal(r.decided, 0);
	sheet(c, 100, "decided", 1, 650, "average");
	sheet(c, 100, "decided", 2, 700, "fair");
	r = touched(c, march);
	assert_int_equal(r.points, 700);
	assert_int_equal(r.fair, 1);
	assert_int_equal(r.average, 0);
	assert_int_equal(r.decided, 1);
	assert_int_equal(r.self_scored, 1);
	sheet(c, 100, "self", 2, 400, "poor");
	assert_int_equal(touched(c, march).self_good, 0);
}

TEST_BOTH(the_regular_meeting_is_the_latest_one)
{
	month_no march = month_of(2025, 3);

	lay_ground(c);
	meeting(c, 100, "regular", "2025-03-03T19:00", "", "");
	meeting(c, 101, "regular", "2025-03-25T19:00", "", "");
	sheet(c, 100, "self", 1, 950, "good");
	struct cell_month r = touched(c, march);

	assert_int_equal(r.regular, 1);
	assert_int_equal(r.scored, 0);
	sheet(c, 101, "self", 1, 500, "average");
	assert_int_equal(touched(c, march).average, 1);
	assert_int_equal(touched(c, march).good, 0);
}

TEST_BOTH(T04_steps_full_and_scored_in_the_same_sitting)
{
	month_no march = month_of(2025, 3);

	lay_ground(c);
	meeting(c, 100, "regular", "2025-03-03T19:00", ", ends_at, scored_at", ", '2025-03-03T20:30', '2025-03-03T20:30'");
	struct cell_month r = touched(c, march);

	assert_int_equal(r.complete, 1);
	assert_int_equal(r.by_score, 1); /* its steps were not recorded, and the row says so */
	fact(c, 100, "steps_required", 16);
	assert_int_equal(touched(c, march).complete, 0);
	fact(c, 100, "steps_done", 15);
	assert_int_equal(touched(c, march).complete, 0);
	test_sql(c, "UPDATE meeting_fact SET value = 16 WHERE name = 'steps_done'");
	r = touched(c, march);
	assert_int_equal(r.complete, 1);
	assert_int_equal(r.by_score, 0);
	test_sql(c, "UPDATE meeting SET scored_at = '2025-03-03T20:31'");
	assert_int_equal(touched(c, march).complete, 0);
	test_sql(c, "UPDATE meeting SET ends_at = NULL");
	assert_int_equal(touched(c, march).complete, 1);
	test_sql(c, "UPDATE meeting SET scored_at = '2025-03-04T00:00'");
	assert_int_equal(touched(c, march).complete, 0);
	fact(c, 100, "scored_same_sitting", 1);
	assert_int_equal(touched(c, march).complete, 1);
	assert_int_equal(touched(c, march).reported, 0);
	test_sql(c, "UPDATE meeting SET uploaded_at = '2025-03-05T10:00'");
	assert_int_equal(touched(c, march).reported, 1);
}

TEST_BOTH(T03_a_pre_meeting_comes_before_the_meeting)
{
	month_no march = month_of(2025, 3);

	lay_ground(c);
	meeting(c, 100, "regular", "2025-03-03T19:00", ", pre_meeting_on", ", '2025-03-03'");
	assert_int_equal(touched(c, march).pre_meetings, 1);
	test_sql(c, "UPDATE meeting SET pre_meeting_on = '2025-03-04'");
	assert_int_equal(touched(c, march).pre_meetings, 0);
	fact(c, 100, "pre_meeting_held", 1);
	assert_int_equal(touched(c, march).pre_meetings, 1);
}

TEST_BOTH(a_month_without_meetings_any_more_is_empty)
{
	month_no march = month_of(2025, 3);

	lay_ground(c);
	meeting(c, 100, "regular", "2025-03-03T19:00", ", expected, present", ", 10, 9");
	touched(c, march);
	test_sql(c, arena_printf(c->arena, "UPDATE meeting SET month = %d, starts_at = '2025-04-01T19:00'", march + 1));
	struct cell_month r = touched(c, march);

	assert_int_equal(r.meetings + r.regular + r.expected + r.present, 0);
	assert_int_equal(r.rev, 2);
	assert_int_equal(touched(c, march + 1).present, 9);
}

static fail touch_many(struct call *c, void *arg)
{
	struct rollup_dirty *d = rollup_dirty_new(c->arena);

	(void)arg;
	for (int round = 0; round < 3; round++)
		for (month_no m = month_of(2025, 1); m <= month_of(2025, 12); m += 1 + round)
			rollup_dirty_add(d, REALM, CELL, m);
	rollup_dirty_add(d, REALM, 11, month_of(2020, 1));
	return rollup_touch_many(c, d);
}

static fail touch_many_written(struct call *c, void *arg)
{
	return db_write(c, touch_many, arg);
}

static void meetings_of_a_year(struct call *c)
{
	lay_ground(c);
	for (int m = 1; m <= 12; m++) {
		char day[20];

		snprintf(day, sizeof day, "2025-%02d-03T19:00", m);
		meeting(c, 100 + m, "regular", day, ", expected, present", ", 20, 18");
	}
}

TEST_BOTH(many_rows_are_made_at_once)
{
	meetings_of_a_year(c);
	assert_ok(c, db_write(c, touch_many, NULL));
	assert_int_equal(test_int(c, "SELECT sum(present) FROM cell_month"), 12 * 18);
	assert_int_equal(test_int(c, "SELECT count(*) FROM cell_month"), 12);
}

static fail rebuild(struct call *c, void *arg)
{
	return rollup_rebuild(c, arg);
}

TEST_BOTH(rebuild_makes_every_row_again)
{
	int64_t changed;

	meetings_of_a_year(c);
	assert_ok(c, db_write(c, rebuild, &changed));
	assert_int_equal(changed, 12);
	test_sql(c, "UPDATE cell_month SET present = 0 WHERE month % 2 = 0");
	test_sql(c, "DELETE FROM meeting WHERE id = 101");
	assert_ok(c, db_write(c, rebuild, &changed));
	assert_int_equal(changed, 6);
	assert_int_equal(test_int(c, "SELECT sum(present) FROM cell_month"), 11 * 18);
	assert_ok(c, db_write(c, rebuild, &changed));
	assert_int_equal(changed, 0);
}

static void row_is_whole(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM cell_month"), done ? 12 : 0);
}

TEST_BOTH(a_failing_statement_leaves_no_half_of_it)
{
	meetings_of_a_year(c);
	assert_true(test_faults(c, touch_many_written, row_is_whole, NULL) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(counts_of_a_month),
		BOTH(sheet_that_counts_is_decided_else_voted_else_self),
		BOTH(the_regular_meeting_is_the_latest_one),
		BOTH(T04_steps_full_and_scored_in_the_same_sitting),
		BOTH(T03_a_pre_meeting_comes_before_the_meeting),
		BOTH(a_month_without_meetings_any_more_is_empty),
		BOTH(many_rows_are_made_at_once),
		BOTH(rebuild_makes_every_row_again),
		BOTH(a_failing_statement_leaves_no_half_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
