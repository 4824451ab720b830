/* test_cells.c — the year of all cells of a committee, who registered in time, and the alerts V03, V04, V05. */
#include "plan/alerts.h"
#include "plan/test_support.h"

static struct plan_cells cells_of(struct call *c, int64_t unit, int year, month_no month)
{
	struct plan_cells cells;

	READING(c)
	assert_ok(c, plan_cells_load(c, unit, year, month, false, &cells));
	return cells;
}

static const struct plan_cell *cell(const struct plan_cells *cells, int64_t unit)
{
	for (size_t i = 0; i < cells->n; i++)
		if (cells->v[i].unit.id == unit)
			return &cells->v[i];
	fail_msg("the cell is not in the list");
	return NULL;
}

TEST_BOTH(all_cells_of_a_committee_stand_in_the_list_with_what_is_expected)
{
	struct fixture f = test_commune(c);

	test_adopt(c, f.v1, 2026);
	struct plan_cells cells = cells_of(c, f.x1, 2026, month_of(2026, 1));

	assert_int_equal(cells.n, 3); /* the grassroots body has cells of its own and is none itself */
	assert_string_equal(cells.v[0].unit.code, "C11");
	assert_int_equal(cells.with_plan, 1);
	assert_true(cell(&cells, f.v1)->adopted);
	assert_false(cell(&cells, f.c11)->adopted);
	assert_int_equal(cell(&cells, f.v1)->slot[0].state, SLOT_PLANNED);
	assert_int_equal(cell(&cells, f.c11)->slot[0].state, SLOT_GONE);
	assert_int_equal(cells.not_registered, 3);
	assert_int_equal(cells_of(c, f.v1, 2026, month_of(2026, 1)).n, 1); /* a cell is a list of one */
}

TEST_BOTH(held_late_and_missed_months_are_told_apart)
{
	struct fixture f = test_commune(c);

	test_held(c, f.v1, MEETING_REGULAR, "2025-09-03T19:00");
	test_held(c, f.v1, MEETING_REGULAR, "2025-10-20T19:00");
	test_sql(c, "UPDATE meeting SET planned_on = '2025-10-03' WHERE starts_at = '2025-10-20T19:00'");
	test_held(c, f.v1, MEETING_REGULAR, "2025-11-03T19:00");
	struct plan_cells cells = cells_of(c, f.x1, 2025, month_of(2025, 12));
	const struct plan_cell *x = cell(&cells, f.v1);

	assert_int_equal(x->slot[7].state, SLOT_MISSED);
	assert_int_equal(x->slot[8].state, SLOT_HELD);
	assert_int_equal(x->slot[9].state, SLOT_LATE);
	assert_int_equal(x->slot[10].state, SLOT_HELD);
	assert_int_equal(x->slot[11].state, SLOT_GONE);
	assert_int_equal(x->due, 11);
	assert_int_equal(x->held, 3);
	assert_int_equal(x->late, 1);
	assert_true(x->exception);
}

TEST_BOTH(registered_by_the_20th_is_in_time)
{
	struct fixture f = test_commune(c);

	test_adopt(c, f.v1, 2026);
	test_adopt(c, f.c11, 2026);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 20).days * 1440 + 23 * 60 });
	test_step(c, f.v1, 2026, 1, STEP_REGISTER);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 21).days * 1440 + 10 });
	test_step(c, f.c11, 2026, 1, STEP_REGISTER);
	struct plan_cells cells = cells_of(c, f.x1, 2025, month_of(2026, 1));

	assert_int_equal(cell(&cells, f.v1)->registration, REGISTRATION_IN_TIME);
	assert_int_equal(cell(&cells, f.c11)->registration, REGISTRATION_LATE);
	assert_int_equal(cell(&cells, f.c12)->registration, REGISTRATION_NONE);
	assert_int_equal(cells.in_time, 1);
	assert_int_equal(cells.late, 1);
	assert_int_equal(cells.not_registered, 1);
}

TEST_BOTH(a_committee_proposes_for_all_its_cells_at_once)
{
	struct fixture f = test_commune(c);
	struct proposing p = { f.x1, 2026, 0 };

	test_adopt(c, f.v1, 2026);
	assert_ok(c, plan_propose_all(c, &p));
	assert_int_equal(p.made, 2);
	assert_ok(c, plan_propose_all(c, &p));
	assert_int_equal(p.made, 0);
	struct plan_cells cells = cells_of(c, f.x1, 2026, month_of(2026, 1));

	assert_true(cell(&cells, f.c11)->proposed);
	assert_int_equal(cells.with_plan, 1);
	p.unit_id = f.x9; /* a committee without cells */
	assert_fails(c, FAIL_INPUT, plan_propose_all(c, &p));
}

static int count_of(const struct plan_alerts *a, const char *rule, int64_t unit, bool closed)
{
	int n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += strcmp(a->v[i].rule, rule) == 0 && a->v[i].unit_id == unit && a->v[i].closed == closed;
	return n;
}

static struct plan_alerts alerts_of(struct call *c, int64_t unit)
{
	struct plan_alerts a;

	READING(c)
	assert_ok(c, plan_alerts_load(c, unit, &a));
	return a;
}

static void held_until(struct call *c, int64_t unit, int months)
{
	for (int m = 1; m <= months; m++)
		test_held(c, unit, MEETING_REGULAR, arena_printf(c->arena, "2025-%02d-03T19:00", m));
}

TEST_BOTH(V03_a_month_that_closed_without_a_regular_meeting_is_an_alert)
{
	struct fixture f = test_commune(c);

	held_until(c, f.v1, 9);
	struct plan_alerts a = alerts_of(c, f.x1);

	assert_int_equal(count_of(&a, "V03", f.v1, true), 1);  /* October; November has not closed yet */
	assert_int_equal(count_of(&a, "V03", f.c11, true), 0); /* nothing at all is known of it: it is asked for its plan */
	test_held(c, f.v1, MEETING_REGULAR, "2025-10-03T19:00");
	a = alerts_of(c, f.x1);
	assert_int_equal(count_of(&a, "V03", f.v1, true), 0);
}

TEST_BOTH(V03_a_cancelled_meeting_is_a_missed_month)
{
	struct fixture f = test_commune(c);

	test_adopt(c, f.v1, 2025);
	test_step(c, f.v1, 2025, 12, STEP_CANCEL);
	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 5).days * 1440 });
	struct plan_alerts a = alerts_of(c, f.v1);

	assert_int_equal(count_of(&a, "V03", f.v1, true), 12);
	assert_string_equal(a.v[11].text, "the meeting of Dec 2025 was cancelled: the month counts as missed");
}

TEST_BOTH(V04_a_quarter_without_a_thematic_meeting_is_an_alert)
{
	struct fixture f = test_commune(c);

	held_until(c, f.v1, 10);
	struct plan_alerts a = alerts_of(c, f.v1);

	assert_int_equal(count_of(&a, "V04", f.v1, true), 3);
	assert_int_equal(count_of(&a, "V04", f.v1, false), 0); /* the fourth quarter has another month */
	test_sql(c, "UPDATE meeting SET thematic = 1 WHERE starts_at IN ('2025-02-03T19:00', '2025-06-03T19:00')");
	test_held(c, f.v1, MEETING_THEMATIC, "2025-09-20T19:00");
	a = alerts_of(c, f.v1);
	assert_int_equal(count_of(&a, "V04", f.v1, true), 0);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 1).days * 1440 });
	a = alerts_of(c, f.v1);
	assert_int_equal(count_of(&a, "V04", f.v1, false), 1); /* asked while there is still time */
}

TEST_BOTH(V05_a_thematic_meeting_alone_leaves_the_month_without_a_regular_one)
{
	struct fixture f = test_commune(c);

	held_until(c, f.v1, 9);
	test_held(c, f.v1, MEETING_THEMATIC, "2025-10-08T19:00");
	struct plan_alerts a = alerts_of(c, f.v1);

	assert_int_equal(count_of(&a, "V05", f.v1, true), 1);
	assert_int_equal(count_of(&a, "V03", f.v1, true), 0); /* said once, by the rule that explains it */
	struct plan_cells cells = cells_of(c, f.v1, 2025, month_of(2025, 12));

	assert_int_equal(cells.v[0].slot[9].state, SLOT_MISSED);
	test_held(c, f.v1, MEETING_REGULAR, "2025-10-28T19:00"); /* both in one month are in order */
	a = alerts_of(c, f.v1);
	assert_int_equal(count_of(&a, "V05", f.v1, true), 0);
	test_held(c, f.v1, MEETING_THEMATIC, "2025-11-10T19:00");
	a = alerts_of(c, f.v1);
	assert_int_equal(count_of(&a, "V05", f.v1, false), 1); /* this month, while there is time */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(all_cells_of_a_committee_stand_in_the_list_with_what_is_expected),
		BOTH(held_late_and_missed_months_are_told_apart),
		BOTH(registered_by_the_20th_is_in_time),
		BOTH(a_committee_proposes_for_all_its_cells_at_once),
		BOTH(V03_a_month_that_closed_without_a_regular_meeting_is_an_alert),
		BOTH(V03_a_cancelled_meeting_is_a_missed_month),
		BOTH(V04_a_quarter_without_a_thematic_meeting_is_an_alert),
		BOTH(V05_a_thematic_meeting_alone_leaves_the_month_without_a_regular_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
