/* test_meeting.c — counts and votes from a roll, contradictions inside a meeting; paging, structure of then and of now. */
#include "org/fixture.h"
#include "meeting/attendance.h"

static struct roll_member person(int64_t id, unsigned status, bool official)
{
	return (struct roll_member){ .id = id, .code = "P", .full_name = "Người", .status = status, .official = official };
}

static struct attendance row(int64_t id, unsigned status)
{
	return (struct attendance){ .member_id = id, .member_code = "P", .status = status, .arrived_at = MOMENT_NONE };
}

/* 1, 2 official · 3 on probation · 4 exempt · 5 away elsewhere · 6 here from elsewhere */
static struct roll_member people[6];
static struct roll roll = { people, 6 };

static void lay_people(void)
{
	people[0] = person(1, STATUS_OFFICIAL, true);
	people[1] = person(2, STATUS_OFFICIAL, true);
	people[2] = person(3, STATUS_PROBATIONARY, false);
	people[3] = person(4, STATUS_EXEMPT, true);
	people[4] = person(5, STATUS_TEMP_AWAY, true);
	people[5] = person(6, STATUS_TEMP_HERE, true);
}

static struct tally tally(struct call *c, const struct attendance *v, size_t n, size_t flaws)
{
	struct flaws found = { 0 };
	struct tally t = attendance_tally(c, &roll, &(struct attendances){ (struct attendance *)v, n }, &found);

	assert_int_equal(found.n, flaws);
	return t;
}

static void expected_is_official_and_probationary_and_incoming(void **state)
{
	struct call c;
	const struct attendance rows[] = { row(1, ATTENDANCE_PRESENT), row(2, ATTENDANCE_EXCUSED), row(3, ATTENDANCE_UNEXCUSED),
		                               row(6, ATTENDANCE_PRESENT) };

	(void)state;
	test_call(&c);
	lay_people();
	struct tally t = tally(&c, rows, 4, 0);

	assert_true(t.complete);
	assert_int_equal(t.expected, 4);
	assert_int_equal(t.present, 2);
	assert_int_equal(t.excused, 1);
	assert_int_equal(t.unexcused, 1);
	assert_int_equal(t.official_present, 1); /* V23: who is here for a time counts as present, not as official of the cell */
	call_end(&c);
}

static void who_comes_all_the_same_is_on_both_sides(void **state)
{
	struct call c;
	const struct attendance rows[] = { row(1, ATTENDANCE_PRESENT), row(2, ATTENDANCE_PRESENT), row(3, ATTENDANCE_PRESENT), row(4, ATTENDANCE_PRESENT),
		                               row(5, ATTENDANCE_PRESENT), row(6, ATTENDANCE_EXEMPT) };

	(void)state;
	test_call(&c);
	lay_people();
	struct tally t = tally(&c, rows, 6, 0);

	assert_true(t.complete);
	assert_int_equal(t.expected, 5); /* the sixth was left out at this meeting */
	assert_int_equal(t.present, 5);
	assert_int_equal(t.official_present, 4);
	call_end(&c);
}

static void a_gap_makes_the_roll_call_incomplete(void **state)
{
	struct call c;
	const struct attendance rows[] = { row(1, ATTENDANCE_PRESENT), row(2, ATTENDANCE_PRESENT) };

	(void)state;
	test_call(&c);
	lay_people();
	assert_false(tally(&c, rows, 2, 0).complete);
	assert_int_equal(tally(&c, rows, 2, 0).missing, 2);
	assert_false(tally(&c, rows, 0, 0).complete);
	call_end(&c);
}

static void rows_that_cannot_be_are_flaws(void **state)
{
	struct call c;
	const struct attendance rows[] = { row(4, ATTENDANCE_EXCUSED), row(5, ATTENDANCE_UNEXCUSED), row(77, ATTENDANCE_PRESENT) };

	(void)state;
	test_call(&c);
	lay_people();
	tally(&c, rows, 3, 3);
	call_end(&c);
}

static void V06_V23_who_has_a_vote(void **state)
{
	const struct attendance came[] = { row(4, ATTENDANCE_PRESENT), row(5, ATTENDANCE_PRESENT) };
	const struct attendance left_out[] = { row(1, ATTENDANCE_EXEMPT) };

	(void)state;
	lay_people();
	struct voting v = attendance_voting(&roll, &(struct attendances){ 0 });

	assert_int_equal(v.official, 4);
	assert_int_equal(v.base, 2); /* without the exempt and the one who is away; the incoming one has no vote here */
	v = attendance_voting(&roll, &(struct attendances){ (struct attendance *)came, 2 });
	assert_int_equal(v.base, 4);
	v = attendance_voting(&roll, &(struct attendances){ (struct attendance *)left_out, 1 });
	assert_int_equal(v.base, 1);
	assert_false(attendance_voting(&(struct roll){ 0 }, &(struct attendances){ 0 }).known);
}

static struct meeting meeting_of(struct call *c, int64_t unit, const char *starts)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	assert_true(moment_parse(starts, &m.starts_at));
	assert_ok(c, meeting_create(c, &m));
	return m;
}

static struct meetings list(struct call *c, struct meeting_list_query q)
{
	struct meetings out;

	q.period = (struct period){ month_of(2025, 1), month_of(2025, 12) };
	q.before = moment_is(q.before) && q.before_id ? q.before : MOMENT_NONE;
	q.today = c->today;
	READING(c)
		assert_ok(c, meeting_list(c, &q, &out));
	return out;
}

TEST_BOTH(lists_follow_the_tree_of_then_or_of_now)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MOVE, .on = date_of(2025, 7, 1), .unit_id = f.v1, .parent_id = f.x2 };

	meeting_of(c, f.v1, "2025-03-03T19:00");
	meeting_of(c, f.v1, "2025-09-03T19:00");
	meeting_of(c, f.c21, "2025-09-04T19:00");
	assert_ok(c, org_change_apply(c, &ch, NULL));
	assert_int_equal(list(c, (struct meeting_list_query){ .unit_id = f.x1, .limit = 10 }).n, 1);
	assert_int_equal(list(c, (struct meeting_list_query){ .unit_id = f.x2, .limit = 10 }).n, 2);
	assert_int_equal(list(c, (struct meeting_list_query){ .unit_id = f.x1, .limit = 10, .now = true }).n, 0);
	assert_int_equal(list(c, (struct meeting_list_query){ .unit_id = f.x2, .limit = 10, .now = true }).n, 3);
	assert_int_equal(list(c, (struct meeting_list_query){ .unit_id = f.q08, .limit = 10 }).n, 3);
}

TEST_BOTH(a_list_goes_on_where_it_ended)
{
	struct fixture f = fixture_make(c);
	struct meeting_list_query q = { .unit_id = f.q08, .limit = 2 };

	for (int i = 1; i <= 3; i++) {
		meeting_of(c, f.c11, arena_printf(c->arena, "2025-%02d-03T19:00", i));
		meeting_of(c, f.c12, arena_printf(c->arena, "2025-%02d-03T19:00", i));
	}
	struct meetings page = list(c, q);
	int seen = 0;

	for (struct moment last = { INT64_MAX }; page.n; page = list(c, q)) {
		for (size_t i = 0; i < page.n; i++, seen++) {
			assert_true(page.v[i].starts_at.minutes <= last.minutes);
			last = page.v[i].starts_at;
		}
		q.before = last;
		q.before_id = page.v[page.n - 1].id;
	}
	assert_int_equal(seen, 6);
}

TEST_BOTH(a_code_is_made_from_cell_and_day)
{
	struct fixture f = fixture_make(c);
	struct meeting m;

	assert_string_equal(meeting_of(c, f.v1, "2025-03-03T19:00").code, "V1-20250303");
	assert_string_equal(meeting_of(c, f.v1, "2025-03-03T21:00").code, "V1-20250303-2");
	record_clear(&meeting_record, &m);
	m.unit_id = f.x1;
	m.kind = MEETING_REGULAR;
	moment_parse("2025-03-03T19:00", &m.starts_at);
	assert_fails(c, FAIL_INPUT, meeting_create(c, &m)); /* a commune is no cell */
	m.kind = MEETING_COMMITTEE;
	assert_ok(c, meeting_create(c, &m));
	assert_string_equal(m.code, "X1-20250303-C");
	m.id = 0;
	assert_fails(c, FAIL_CONFLICT, meeting_create(c, &m));
	assert_string_equal(test_problem.field, "code");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expected_is_official_and_probationary_and_incoming),
		cmocka_unit_test(who_comes_all_the_same_is_on_both_sides),
		cmocka_unit_test(a_gap_makes_the_roll_call_incomplete),
		cmocka_unit_test(rows_that_cannot_be_are_flaws),
		cmocka_unit_test(V06_V23_who_has_a_vote),
		BOTH(lists_follow_the_tree_of_then_or_of_now),
		BOTH(a_list_goes_on_where_it_ended),
		BOTH(a_code_is_made_from_cell_and_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
