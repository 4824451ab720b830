/* test_schedule.c — R01: who stands on the notice, its number, the meetings that go on the schedule with it, notices of change. */
#include "plan/schedule.h"
#include "plan/test_support.h"

static const month_no JANUARY = 2026 * 12;

static struct fixture begin(struct call *c)
{
	struct fixture f = test_commune(c);
	struct term t = { .unit_id = f.x1, .unit_code = "", .name = "", .valid_from = date_of(2025, 7, 1), .valid_to = date_of(2030, 6, 30) };

	assert_ok(c, term_save(c, &t));
	test_adopt(c, f.v1, 2026);
	test_adopt(c, f.c11, 2026);
	test_adopt(c, f.c12, 2026);
	return f;
}

static struct schedule schedule(struct call *c, int64_t unit)
{
	struct schedule s;

	READING(c)
	assert_ok(c, schedule_load(c, unit, JANUARY, &s));
	return s;
}

static struct schedule_issue asking(int64_t unit, int64_t seen)
{
	return (struct schedule_issue){
		.unit_id = unit, .seen = seen, .month = JANUARY, .dated_on = date_of(2025, 12, 25), .signed_by = "", .note = ""
	};
}

TEST_BOTH(R01_lists_the_cells_that_registered_and_names_the_others)
{
	struct fixture f = begin(c);

	test_step(c, f.v1, 2026, 1, STEP_REGISTER);
	test_step(c, f.c11, 2026, 1, STEP_REGISTER);
	struct schedule s = schedule(c, f.x1);

	assert_int_equal(s.n, 3);
	assert_int_equal(s.listed, 2);
	assert_int_equal(s.missing, 1);
	assert_int_equal(s.members, 10);
	assert_false(s.v[1].listed);
	assert_string_equal(s.v[1].code, "C12");
	assert_string_equal(s.v[0].place, "Nhà văn hóa");
	assert_true(s.first);
}

TEST_BOTH(R01_issuing_numbers_the_notice_and_puts_the_meetings_on_the_schedule)
{
	struct fixture f = begin(c);
	struct schedule_issue how = asking(f.x1, 0);
	struct document d;
	int64_t scheduled;

	assert_fails(c, FAIL_INPUT, schedule_issue(c, &how, &d, &scheduled)); /* nobody has registered */
	test_step(c, f.v1, 2026, 1, STEP_REGISTER);
	test_step(c, f.c11, 2026, 1, STEP_REGISTER);
	assert_ok(c, schedule_issue(c, &how, &d, &scheduled));
	assert_int_equal(scheduled, 2);
	assert_string_equal(document_number_text(c->arena, &d), "01-TB/ĐU");
	assert_int_equal(test_meeting_of(c, f.v1, 2026, 1).state, MEETING_SCHEDULED);
	assert_int_equal(test_meeting_of(c, f.c12, 2026, 1).state, MEETING_PLANNED);
	how.seen = 1;
	assert_fails(c, FAIL_CONFLICT, schedule_issue(c, &how, &d, &scheduled)); /* nothing has changed */
	how.seen = 0;
	assert_fails(c, FAIL_CONFLICT, schedule_issue(c, &how, &d, &scheduled));
	assert_int_equal(test_int(c, "SELECT count(*) FROM document"), 1);
}

TEST_BOTH(R01_a_day_that_moved_makes_a_notice_of_change)
{
	struct fixture f = begin(c);
	struct schedule_issue how = asking(f.x1, 0);
	struct meeting m, stored;
	struct document d;
	int64_t scheduled;
	const char *facts;

	m = test_step(c, f.v1, 2026, 1, STEP_REGISTER);
	assert_ok(c, schedule_issue(c, &how, &d, &scheduled));
	m = test_meeting_of(c, f.v1, 2026, 1);
	assert_true(moment_parse("2026-01-06T19:30", &m.starts_at));
	assert_ok(c, meeting_update(c, &m, &stored));
	test_step(c, f.c12, 2026, 1, STEP_REGISTER);
	struct schedule s = schedule(c, f.x1);

	assert_int_equal(s.changed, 2);
	assert_non_null(s.v[2].before);
	assert_non_null(strstr(s.v[2].before, "19 giờ 00 ngày 03/01/2026"));
	assert_string_equal(s.v[1].before, ""); /* new on it */
	assert_null(s.v[0].before);
	how.seen = 1;
	assert_ok(c, schedule_issue(c, &how, &d, &scheduled));
	assert_int_equal(scheduled, 1);
	assert_int_equal(d.number, 2);
	assert_non_null(strstr(d.content, "thay Thông báo số 01-TB/ĐU"));
	assert_ok(c, schedule_printed(c, &d, &facts));
	assert_non_null(strstr(facts, "02-TB/ĐU"));
	assert_int_equal(schedule(c, f.x1).changed, 0);
}

TEST_BOTH(R01_needs_a_term_to_be_numbered_in)
{
	struct fixture f = begin(c);
	struct schedule_issue how = asking(f.x1, 0);
	struct document d;
	int64_t scheduled;

	test_step(c, f.v1, 2026, 1, STEP_REGISTER);
	how.dated_on = date_of(2031, 1, 1);
	assert_fails(c, FAIL_INPUT, schedule_issue(c, &how, &d, &scheduled));
	assert_string_equal(test_problem.field, "dated_on");
	how.dated_on = DATE_NONE;
	assert_fails(c, FAIL_INPUT, schedule_issue(c, &how, &d, &scheduled));
	assert_int_equal(test_meeting_of(c, f.v1, 2026, 1).state, MEETING_DATE_REGISTERED);
}

static fail issue_once(struct call *c, void *arg)
{
	struct document d;
	int64_t scheduled;

	return schedule_issue(c, arg, &d, &scheduled);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM document"), done ? 1 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE state = 'scheduled'"), done ? 2 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step WHERE step = 'schedule'"), done ? 2 : 0);
}

TEST_BOTH(R01_a_fault_while_issuing_leaves_nothing)
{
	struct fixture f = begin(c);
	struct schedule_issue how = asking(f.x1, -1);

	test_step(c, f.v1, 2026, 1, STEP_REGISTER);
	test_step(c, f.c11, 2026, 1, STEP_REGISTER);
	assert_true(test_faults(c, issue_once, all_or_nothing, &how) > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(R01_lists_the_cells_that_registered_and_names_the_others),
		BOTH(R01_issuing_numbers_the_notice_and_puts_the_meetings_on_the_schedule),
		BOTH(R01_a_day_that_moved_makes_a_notice_of_change),
		BOTH(R01_needs_a_term_to_be_numbered_in),
		BOTH(R01_a_fault_while_issuing_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
