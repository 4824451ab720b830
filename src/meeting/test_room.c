/* test_room.c — the roll call taken tap by tap, party groups, guests. */
#include "org/fixture.h"

#include "meeting/attendance.h"
#include "meeting/cycle.h"
#include "meeting/guest.h"
#include "meeting/online.h"

static struct meeting blank(int64_t unit, int month, bool by_groups)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.by_groups = by_groups;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, month, 3).days * 1440 + 19 * 60 };
	return m;
}

static struct meeting make_meeting(struct call *c, int64_t unit, int month, bool by_groups)
{
	struct meeting m = blank(unit, month, by_groups);

	assert_ok(c, meeting_create(c, &m));
	return m;
}

static struct attendance called(struct call *c, const char *code, unsigned status)
{
	struct member who;
	struct attendance a;

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, code, &who));
	record_clear(&attendance_record, &a);
	a.member_id = who.id;
	a.status = status;
	return a;
}

TEST_BOTH(one_tap_makes_the_whole_roll)
{
	struct fixture f = fixture_make(c);
	struct attendance a;

	fixture_members(c, f.v1, "V1", 15, 0);
	struct meeting m = make_meeting(c, f.v1, 11, false);

	a = called(c, "V1-07", ATTENDANCE_EXCUSED);
	assert_ok(c, attendance_mark(c, m.id, &a, &m));
	assert_int_equal(m.expected, 15);
	assert_int_equal(m.present, 14);
	assert_int_equal(m.excused, 1);
	int64_t rev = m.rev, entries = test_int(c, "SELECT count(*) FROM journal");

	assert_ok(c, attendance_mark(c, m.id, &a, &m)); /* the same once more */
	assert_int_equal(m.rev, rev);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal"), entries);
	a = called(c, "V1-07", ATTENDANCE_PRESENT);
	a.arrived_at = (struct moment){ m.starts_at.minutes + 20 };
	assert_ok(c, attendance_mark(c, m.id, &a, &m));
	assert_int_equal(m.present, 15);
	assert_int_equal(test_int(c, "SELECT count(*) FROM attendance WHERE arrived_at = '2025-11-03T19:20'"), 1);
}

TEST_BOTH(nobody_tapped_means_everybody_came)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 5, 1);
	struct meeting m = make_meeting(c, f.v1, 11, false);

	assert_ok(c, attendance_fill(c, m.id, &m));
	assert_int_equal(m.present, 6);
	assert_int_equal(m.official_present, 5);
}

/* Two people with the same page before them call two names. */
TEST_BOTH(two_people_who_call_different_names_keep_both)
{
	struct fixture f = fixture_make(c);
	struct attendance a, b;

	fixture_members(c, f.v1, "V1", 8, 0);
	struct meeting m = make_meeting(c, f.v1, 11, false), other = m;

	a = called(c, "V1-01", ATTENDANCE_EXCUSED);
	b = called(c, "V1-02", ATTENDANCE_UNEXCUSED);
	assert_ok(c, attendance_mark(c, m.id, &a, &m));
	assert_ok(c, attendance_mark(c, other.id, &b, &other));
	assert_int_equal(other.excused, 1);
	assert_int_equal(other.unexcused, 1);
	a = called(c, "V1-01", ATTENDANCE_EXEMPT);
	a.member_id = 4711;
	assert_fails(c, FAIL_INPUT, attendance_mark(c, m.id, &a, &m));
}

TEST_BOTH(a_person_twice_on_a_roll_is_refused)
{
	struct fixture f = fixture_make(c);
	struct attendance rows[4];
	struct flaws found;

	fixture_members(c, f.v1, "V1", 3, 0);
	struct meeting m = make_meeting(c, f.v1, 11, false);

	for (int i = 0; i < 4; i++) {
		record_clear(&attendance_record, &rows[i]);
		rows[i].member_code = i < 3 ? arena_printf(c->arena, "V1-0%d", i + 1) : "V1-02";
		rows[i].status = i < 3 ? ATTENDANCE_PRESENT : ATTENDANCE_EXCUSED;
	}
	assert_fails(c, FAIL_INPUT, attendance_replace(c, m.id, m.rev, &(struct attendances){ rows, 4 }, &m, &found));
	assert_string_equal(test_problem.field, "V1-02");
	assert_int_equal(test_int(c, "SELECT count(*) FROM attendance"), 0);
	assert_ok(c, attendance_replace(c, m.id, m.rev, &(struct attendances){ rows, 3 }, &m, &found));
}

TEST_BOTH(signed_minutes_end_the_roll_call)
{
	struct fixture f = fixture_make(c);
	struct attendance a;
	struct meeting stored;

	fixture_members(c, f.v1, "V1", 3, 0);
	struct meeting m = make_meeting(c, f.v1, 11, false);

	m.minutes_signed_on = date_of(2025, 11, 4);
	assert_ok(c, meeting_update(c, &m, &stored));
	a = called(c, "V1-01", ATTENDANCE_EXCUSED);
	assert_fails(c, FAIL_CONFLICT, attendance_mark(c, m.id, &a, &m));
}

TEST_BOTH(online_only_where_the_meeting_is_held_so)
{
	struct fixture f = fixture_make(c);
	struct attendance a;

	fixture_members(c, f.v1, "V1", 3, 0);
	struct meeting m = make_meeting(c, f.v1, 11, false);

	a = called(c, "V1-01", ATTENDANCE_PRESENT);
	a.mode = MODE_ONLINE;
	assert_ok(c, attendance_mark(c, m.id, &a, &m)); /* on paper it was so */
	a.mode = MODE_NONE;
	assert_ok(c, attendance_mark(c, m.id, &a, &m));
	test_sql(c, "UPDATE meeting SET state = 'open', afterwards = 0");
	a.mode = MODE_ONLINE;
	assert_fails(c, FAIL_INPUT, attendance_mark(c, m.id, &a, &m));
	assert_ok(c, online_leave_put(c, f.v1, &(struct online_leave){ true, date_of(2025, 6, 1), date_of(2026, 5, 31) }));
	test_sql(c, "UPDATE meeting SET mode = 'hybrid'");
	assert_ok(c, attendance_mark(c, m.id, &a, &m));
	assert_int_equal(m.present, 3);
}

/* ---------------------------------------------------------------- V16 */

static void groups(struct call *c, int64_t unit)
{
	struct member who;
	struct post p;

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-01", &who));
	record_clear(&post_record, &p);
	p.realm = who.realm;
	p.member_id = who.id;
	p.unit_id = unit;
	p.post = POST_GROUP_LEADER;
	p.valid_from = FIXTURE_FROM;
	assert_ok(c, org_post_begin(c, &p));
}

/* Members of all groups stand on one roll, and their attendance is that of the cell. */
TEST_BOTH(V16_groups_in_place_of_the_plenary_three_times_a_year)
{
	struct fixture f = fixture_make(c);
	struct attendance a;

	fixture_members(c, f.v1, "V1", 50, 0);
	groups(c, f.v1);
	for (int month = 1; month <= 3; month++) {
		struct meeting m = make_meeting(c, f.v1, month, true);

		a = called(c, "V1-50", ATTENDANCE_EXCUSED);
		assert_ok(c, attendance_mark(c, m.id, &a, &m));
		assert_int_equal(m.expected, 50);
		assert_int_equal(m.present, 49);
	}
	struct meeting fourth = blank(f.v1, 4, true);

	assert_fails(c, FAIL_INPUT, meeting_create(c, &fourth));
	fourth = blank(f.v1, 4, false);
	assert_ok(c, meeting_create(c, &fourth));
}

TEST_BOTH(V16_not_below_50_members_and_not_without_groups)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 49, 0);
	struct meeting m = blank(f.v1, 11, true);

	assert_fails(c, FAIL_INPUT, meeting_create(c, &m)); /* no groups */
	groups(c, f.v1);
	assert_fails(c, FAIL_INPUT, meeting_create(c, &m)); /* 49 */
	fixture_member(c, f.v1, "V1-50", STATUS_OFFICIAL);
	assert_ok(c, meeting_create(c, &m));
}

/* ---------------------------------------------------------------- guests */

TEST_BOTH(guests_change_no_count)
{
	struct fixture f = fixture_make(c);
	struct guests all;
	struct guest g, again, stored;

	fixture_members(c, f.v1, "V1", 5, 0);
	struct meeting m = make_meeting(c, f.v1, 11, false);

	assert_ok(c, attendance_fill(c, m.id, &m));
	record_clear(&guest_record, &g);
	g.meeting_id = m.id;
	g.name = "Trần Thị Hoa";
	g.function = "Ủy viên ban thường vụ";
	g.kind = GUEST_ASSIGNED;
	again = g;
	assert_ok(c, guest_add(c, &g));
	assert_ok(c, guest_add(c, &again));
	assert_int_equal(g.id, again.id);
	assert_ok(c, guest_came(c, m.id, g.id, 1, (struct moment){ m.starts_at.minutes + 5 }));
	g.remark = "Chi bộ sinh hoạt đúng quy trình.";
	g.procedure_ok = 1;
	assert_fails(c, FAIL_CONFLICT, guest_change(c, &g, &stored)); /* somebody marked the guest as present in the meantime */
	assert_int_equal(stored.present, 1);
	g.rev = stored.rev;
	g.present = 1;
	g.arrived_at = stored.arrived_at;
	assert_ok(c, guest_change(c, &g, &stored));
	READING(c)
	{
		assert_ok(c, guests_of(c, &m, &all));
		assert_ok(c, meeting_by_id(c, m.id, &m));
	}
	assert_int_equal(all.n, 1);
	assert_int_equal(all.v[0].procedure_ok, 1);
	assert_int_equal(m.expected, 5);
	assert_int_equal(m.present, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(one_tap_makes_the_whole_roll),
		BOTH(nobody_tapped_means_everybody_came),
		BOTH(two_people_who_call_different_names_keep_both),
		BOTH(a_person_twice_on_a_roll_is_refused),
		BOTH(signed_minutes_end_the_roll_call),
		BOTH(online_only_where_the_meeting_is_held_so),
		BOTH(V16_groups_in_place_of_the_plenary_three_times_a_year),
		BOTH(V16_not_below_50_members_and_not_without_groups),
		BOTH(guests_change_no_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
