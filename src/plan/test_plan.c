/* test_plan.c — the year plan of a cell: proposed, adopted once, changed; topics and the meetings that carry them; the programme. */
#include "plan/test_support.h"

/* V1 has seven members; the commune X1 meets on the 3rd. Today is 15 November 2025. */
static struct fixture begin(struct call *c)
{
	struct fixture f = fixture_make(c);

	test_rules(c);
	fixture_members(c, f.v1, "V1", 7, 0);
	assert_ok(c, plan_fixed_day_put(c, f.x1, 3));
	return f;
}

static struct plan_year plan_of(struct call *c, int64_t unit, int year)
{
	struct plan_year y;

	READING(c)
	assert_ok(c, plan_load(c, unit, year, &y));
	return y;
}

static struct plan_made adopt(struct call *c, const struct plan_wish *w)
{
	struct plan_made made;
	struct flaws found;

	assert_ok(c, plan_adopt(c, w, &made, &found));
	return made;
}

static struct plan_made adopt_all(struct call *c, int64_t unit, int year)
{
	struct plan_wish w = test_wish(unit, year, NO_PLAN_REV);

	return adopt(c, &w);
}

static void held_on(const struct plan_year *y, int month, struct date day)
{
	char got[DATE_TEXT], want[DATE_TEXT];

	date_format(moment_date(y->slot[month - 1].starts_at), got);
	date_format(day, want);
	assert_string_equal(got, want);
}

TEST_BOTH(a_cell_without_a_fixed_day_takes_that_of_the_committee_above)
{
	struct fixture f = begin(c);
	struct plan_year y = plan_of(c, f.v1, 2026);

	assert_int_equal(y.fixed.day, 3);
	assert_int_equal(y.fixed.unit_id, f.x1);
	assert_ok(c, plan_fixed_day_put(c, f.v1, 31));
	y = plan_of(c, f.v1, 2026);
	assert_int_equal(y.fixed.day, 31);
	assert_int_equal(y.fixed.unit_id, f.v1);
	held_on(&y, 2, date_of(2026, 2, 28));
	held_on(&y, 4, date_of(2026, 4, 29));
	assert_ok(c, plan_fixed_day_put(c, f.v1, 0));
	assert_int_equal(plan_of(c, f.v1, 2026).fixed.day, 3);
	assert_int_equal(plan_of(c, f.c21, 2026).fixed.day, 0);
	assert_fails(c, FAIL_INPUT, plan_fixed_day_put(c, f.v1, 32));
}

TEST_BOTH(a_plan_is_shown_before_it_is_adopted)
{
	struct fixture f = begin(c);

	assert_ok(c, plan_fixed_day_put(c, f.v1, 17));
	struct plan_year y = plan_of(c, f.v1, 2026);

	assert_int_equal(y.plan.rev, 0);
	for (int i = 0; i < 12; i++)
		assert_int_equal(y.slot[i].state, SLOT_PROPOSED);
	held_on(&y, 2, date_of(2026, 2, 23));
	assert_int_equal(y.slot[1].fixed.fixed.days, date_of(2026, 2, 17).days);
	assert_string_equal(y.slot[1].fixed.why, "Lunar New Year");
	assert_null(y.slot[2].fixed.why);
	assert_true(y.holidays_known);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 0);
	READING(c)
	{
		assert_fails(c, FAIL_INPUT, plan_load(c, f.x1, 2026, &y)); /* a committee has no meetings of a cell */
		assert_fails(c, FAIL_INPUT, plan_load(c, f.v1, 20260, &y));
	}
}

TEST_BOTH(adopting_plans_twelve_meetings_once)
{
	struct fixture f = begin(c);
	struct plan_wish w = test_wish(f.v1, 2026, 0);

	w.day[4] = date_of(2026, 5, 6);
	w.start_time = "19:30";
	w.place = " Nhà văn hóa thôn  4 ";
	assert_int_equal(adopt(c, &w).created, 12);
	struct plan_year y = plan_of(c, f.v1, 2026);

	assert_int_equal(y.plan.rev, 1);
	assert_int_equal(y.plan.adopted_on.days, c->today.days);
	for (int i = 0; i < 12; i++) {
		assert_int_equal(y.slot[i].state, SLOT_PLANNED);
		assert_int_equal(y.slot[i].meeting->planned_on.days, moment_date(y.slot[i].starts_at).days);
	}
	held_on(&y, 5, date_of(2026, 5, 6));
	assert_int_equal(y.slot[0].starts_at.minutes % 1440, 19 * 60 + 30);
	assert_string_equal(y.slot[0].meeting->place, "Nhà văn hóa thôn 4");
	assert_false(y.slot[0].meeting->afterwards);
	assert_int_equal(adopt(c, &w).created, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 12);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step WHERE step = 'plan'"), 12);
	assert_int_equal(test_int(c, "SELECT count(*) FROM cell_month WHERE meetings > 0"), 0);
}

TEST_BOTH(months_gone_by_are_not_planned)
{
	struct fixture f = begin(c);
	struct plan_year y = plan_of(c, f.v1, 2025);

	assert_int_equal(y.slot[9].state, SLOT_MISSED); /* October went by without a meeting */
	assert_int_equal(y.slot[10].state, SLOT_GONE);  /* 3 November has passed, the month has not */
	assert_int_equal(adopt_all(c, f.v1, 2025).created, 1);
	y = plan_of(c, f.v1, 2025);
	assert_int_equal(y.slot[11].state, SLOT_PLANNED);
	assert_int_equal(y.slot[10].state, SLOT_GONE);
	assert_int_equal(y.expected, 10);
	assert_int_equal(y.held, 0);
}

TEST_BOTH(a_later_day_of_this_month_can_still_be_named)
{
	struct fixture f = begin(c);
	struct plan_wish w = test_wish(f.v1, 2025, 0);
	struct plan_made made;
	struct flaws found;

	w.day[10] = date_of(2025, 11, 10);
	assert_fails(c, FAIL_INPUT, plan_adopt(c, &w, &made, &found));
	assert_string_equal(test_problem.field, "m11");
	w.day[10] = date_of(2025, 11, 28);
	assert_int_equal(adopt(c, &w).created, 2);
}

TEST_BOTH(V03_a_regular_meeting_stays_in_its_month)
{
	struct fixture f = begin(c);
	struct plan_wish w = test_wish(f.v1, 2026, 0);
	struct plan_made made;
	struct flaws found;

	w.day[3] = date_of(2026, 5, 4);
	w.start_time = "7 giờ";
	assert_fails(c, FAIL_INPUT, plan_adopt(c, &w, &made, &found));
	assert_int_equal(found.n, 2);
	assert_string_equal(found.v[0].field, "start_time");
	assert_string_equal(found.v[1].field, "m04");
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 0);
}

TEST_BOTH(a_month_that_has_its_meeting_gets_no_second_one)
{
	struct fixture f = begin(c);
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = f.v1;
	m.kind = MEETING_REGULAR;
	assert_true(moment_parse("2025-11-05T19:00", &m.starts_at));
	assert_ok(c, meeting_create(c, &m));
	assert_int_equal(plan_of(c, f.v1, 2025).slot[10].state, SLOT_HELD);
	assert_int_equal(adopt_all(c, f.v1, 2025).created, 1);
	assert_int_equal(plan_of(c, f.v1, 2025).held, 1);
}

TEST_BOTH(a_change_moves_only_what_is_still_planned)
{
	struct fixture f = begin(c);
	struct plan_made made;
	struct flaws found;
	struct plan_wish w;

	adopt_all(c, f.v1, 2026);
	test_sql(c, "UPDATE meeting SET state = 'date_registered' WHERE month = 24312"); /* January 2026 */
	w = test_wish(f.v1, 2026, 1);
	w.day[1] = date_of(2026, 2, 10);
	assert_ok(c, plan_change(c, &w, &made, &found));
	assert_int_equal(made.moved, 1);
	struct plan_year y = plan_of(c, f.v1, 2026);

	held_on(&y, 2, date_of(2026, 2, 10));
	assert_int_equal(y.slot[1].meeting->planned_on.days, date_of(2026, 2, 10).days);
	assert_int_equal(y.plan.rev, 2);
	struct plan_wish stale = test_wish(f.v1, 2026, 1);

	stale.place = "Trường học";
	assert_fails(c, FAIL_CONFLICT, plan_change(c, &stale, &made, &found));
	w.rev = 2;
	w.day[0] = date_of(2026, 1, 20);
	assert_fails(c, FAIL_INPUT, plan_change(c, &w, &made, &found));
	assert_string_equal(test_problem.field, "m01");
	w.day[0] = date_of(2026, 1, 3);
	assert_ok(c, plan_change(c, &w, &made, &found));
	assert_int_equal(made.moved, 0);
	assert_int_equal(plan_of(c, f.v1, 2026).plan.rev, 2);
}

static struct plan_topic topic(int64_t unit, int quarter, int64_t month, const char *title)
{
	struct plan_topic t;

	record_clear(&plan_topic_record, &t);
	t.unit_id = unit;
	t.year = 2026;
	t.id = 0;
	t.quarter = quarter;
	t.month = month;
	t.title = title;
	return t;
}

TEST_BOTH(V04_a_topic_with_a_month_is_carried_by_its_meeting)
{
	struct fixture f = begin(c);
	struct plan_topic t = topic(f.v1, 1, 3, "Xây dựng nông thôn mới");

	t.author_code = "V1-02";
	assert_ok(c, plan_topic_save(c, &t, 0));
	adopt_all(c, f.v1, 2026);
	struct plan_year y = plan_of(c, f.v1, 2026);
	struct meeting *march = y.slot[2].meeting;

	assert_true(march->thematic);
	assert_int_equal(march->kind, MEETING_REGULAR); /* V05: the theme is a part of the regular meeting */
	assert_string_equal(march->topic, "Xây dựng nông thôn mới");
	assert_int_equal(march->author_id, y.topics.v[0].author_id);
	assert_int_equal(y.topics.v[0].meeting_id, march->id);
	t.month = 2;
	assert_ok(c, plan_topic_save(c, &t, NO_PLAN_REV));
	y = plan_of(c, f.v1, 2026);
	assert_false(y.slot[2].meeting->thematic);
	assert_string_equal(y.slot[2].meeting->topic, "");
	assert_true(y.slot[1].meeting->thematic);
	assert_ok(c, plan_topic_remove(c, f.v1, 2026, t.id, NO_PLAN_REV));
	y = plan_of(c, f.v1, 2026);
	assert_false(y.slot[1].meeting->thematic);
	assert_int_equal(y.topics.n, 0);
}

TEST_BOTH(V04_topics_that_cannot_be_are_refused)
{
	struct fixture f = begin(c);
	struct plan_topic t = topic(f.v1, 1, 5, "Chuyên đề");

	assert_fails(c, FAIL_INPUT, plan_topic_save(c, &t, NO_PLAN_REV));
	assert_string_equal(test_problem.field, "month");
	t.quarter = 2;
	t.author_code = "C21-01";
	assert_fails(c, FAIL_INPUT, plan_topic_save(c, &t, NO_PLAN_REV));
	assert_string_equal(test_problem.field, "author_code");
	t.author_code = "";
	assert_ok(c, plan_topic_save(c, &t, NO_PLAN_REV));
	struct plan_topic second = topic(f.v1, 2, 5, "Chuyên đề khác");

	assert_fails(c, FAIL_INPUT, plan_topic_save(c, &second, NO_PLAN_REV));
	second.month = INT_UNKNOWN;
	assert_ok(c, plan_topic_save(c, &second, NO_PLAN_REV));
	assert_fails(c, FAIL_CONFLICT, plan_topic_save(c, &second, 1));
	assert_int_equal(test_int(c, "SELECT count(*) FROM planned_topic"), 2);
}

TEST_BOTH(the_year_before_is_taken_over_once)
{
	struct fixture f = begin(c);
	struct plan_topic t = topic(f.v1, 3, 8, "Ôn truyền thống");
	struct plan_item i;
	int64_t made;

	record_clear(&plan_item_record, &i);
	i.unit_id = f.v1;
	i.year = 2026;
	i.id = 0;
	i.title = "Làm đường thôn";
	i.leader_code = "V1-03";
	i.due_on = date_of(2026, 6, 30);
	assert_ok(c, plan_item_save(c, &i, 0));
	assert_ok(c, plan_topic_save(c, &t, 1));
	assert_fails(c, FAIL_INPUT, plan_copy(c, f.v1, 2028, 0, &made));
	assert_ok(c, plan_copy(c, f.v1, 2027, 0, &made));
	assert_int_equal(made, 2);
	struct plan_year y = plan_of(c, f.v1, 2027);

	assert_int_equal(y.items.v[0].due_on.days, date_of(2027, 6, 30).days);
	assert_false(date_is(y.items.v[0].done_on));
	assert_string_equal(y.topics.v[0].title, "Ôn truyền thống");
	assert_fails(c, FAIL_CONFLICT, plan_copy(c, f.v1, 2027, 1, &made));
	assert_ok(c, plan_item_remove(c, f.v1, 2026, i.id, NO_PLAN_REV));
	assert_fails(c, FAIL_NOT_FOUND, plan_item_remove(c, f.v1, 2026, i.id, NO_PLAN_REV));
	i.id = 0;
	i.done_on = date_of(2026, 1, 1);
	assert_fails(c, FAIL_INPUT, plan_item_save(c, &i, NO_PLAN_REV));
}

TEST_BOTH(a_committee_proposes_where_there_is_no_plan)
{
	struct fixture f = begin(c);
	bool made;

	assert_ok(c, plan_propose(c, f.v1, 2026, "Đảng ủy X1", &made));
	assert_true(made);
	assert_ok(c, plan_propose(c, f.v1, 2026, "Đảng ủy X1", &made));
	assert_false(made);
	assert_string_equal(plan_of(c, f.v1, 2026).plan.proposed_by, "Đảng ủy X1");
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 0);
	assert_int_equal(adopt_all(c, f.v1, 2026).created, 12);
}

static fail adopt_once(struct call *c, void *arg)
{
	struct plan_made made;
	struct flaws found;

	return plan_adopt(c, arg, &made, &found);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), done ? 12 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step"), done ? 12 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_plan WHERE adopted_on IS NOT NULL"), done ? 1 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE thematic = 1"), done ? 1 : 0);
}

TEST_BOTH(a_fault_while_adopting_leaves_nothing)
{
	struct fixture f = begin(c);
	struct plan_topic t = topic(f.v1, 1, 2, "Chuyên đề");
	struct plan_wish w = test_wish(f.v1, 2026, 1);

	assert_ok(c, plan_topic_save(c, &t, 0));
	assert_true(test_faults(c, adopt_once, all_or_nothing, &w) > 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_cell_without_a_fixed_day_takes_that_of_the_committee_above),
		BOTH(a_plan_is_shown_before_it_is_adopted),
		BOTH(adopting_plans_twelve_meetings_once),
		BOTH(months_gone_by_are_not_planned),
		BOTH(a_later_day_of_this_month_can_still_be_named),
		BOTH(V03_a_regular_meeting_stays_in_its_month),
		BOTH(a_month_that_has_its_meeting_gets_no_second_one),
		BOTH(a_change_moves_only_what_is_still_planned),
		BOTH(V04_a_topic_with_a_month_is_carried_by_its_meeting),
		BOTH(V04_topics_that_cannot_be_are_refused),
		BOTH(the_year_before_is_taken_over_once),
		BOTH(a_committee_proposes_where_there_is_no_plan),
		BOTH(a_fault_while_adopting_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
