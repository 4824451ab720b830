/* test_deadline.c — V11, V12, V13 and V15: who is asked about, and until when. */
#include "org/fixture.h"

#include "org/deadline.h"
#include "rules/holidays.h"
#include "rules/load.h"

static struct date D(const char *text)
{
	struct date d;

	assert_true(date_parse(text, &d));
	return d;
}

static void with_holidays(struct call *c)
{
	struct rules *rules = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", rules, &bad));
	c->rules = rules;
}

static struct deadlines on_day(struct call *c, int64_t unit, const char *day)
{
	struct deadlines d;

	READING(c)
		assert_ok(c, org_deadlines(c, unit, D(day), &d));
	return d;
}

/* One deadline, of that rule; NULL: there is none at all. */
static const struct deadline *the_one(struct call *c, int64_t unit, const char *day, const char *rule)
{
	struct deadlines d = on_day(c, unit, day);

	assert_true(d.n <= 1);
	if (d.n)
		assert_string_equal(d.v->rule, rule);
	return d.n ? d.v : NULL;
}

static struct member newcomer(struct call *c, int64_t unit, const char *admitted, const char *decided)
{
	struct member m;
	struct membership ms;

	record_clear(&member_record, &m);
	record_clear(&membership_record, &ms);
	m.code = "NEW";
	m.full_name = "Lê Thị Mới";
	m.admitted_on = admitted ? D(admitted) : DATE_NONE;
	m.decision_on = decided ? D(decided) : DATE_NONE;
	ms.unit_id = unit;
	ms.status = STATUS_PROBATIONARY;
	ms.valid_from = D("2025-01-10");
	assert_ok(c, org_member_add(c, &m, &ms));
	return m;
}

static void V11_marks_are_passed_one_by_one(void **state)
{
	(void)state;
	assert_int_equal(probation_notice(91), 0);
	assert_int_equal(probation_notice(90), 90);
	assert_int_equal(probation_notice(61), 90);
	assert_int_equal(probation_notice(60), 60);
	assert_int_equal(probation_notice(30), 30);
	assert_int_equal(probation_notice(15), 15);
	assert_int_equal(probation_notice(7), 7);
	assert_int_equal(probation_notice(-1), 0);
	assert_int_equal(probation_end(D("2024-02-29")).days, D("2025-02-28").days);
}

TEST_BOTH(V11_probation_is_announced_and_becomes_overdue)
{
	struct fixture f = fixture_make(c);
	const struct deadline *d;

	with_holidays(c);
	newcomer(c, f.v1, "2025-01-10", NULL);
	assert_null(the_one(c, f.v1, "2025-10-10", "V11"));          /* 92 days before */
	assert_int_equal(the_one(c, f.v1, "2025-10-12", "V11")->notice, 90);
	assert_int_equal(the_one(c, f.x1, "2026-01-03", "V11")->notice, 7);
	d = the_one(c, f.v1, "2026-01-10", "V11");                    /* ended: 30 working days, Tết between */
	assert_int_equal(d->notice, 0);
	assert_true(d->days_left > 0);
	assert_int_equal(d->due.days, holidays_working_day_after(c->rules, D("2026-01-10"), 30, SCOPES_NONE).days);
	assert_true(d->due.days > holidays_working_day_after(NULL, D("2026-01-10"), 30, SCOPES_NONE).days);
	assert_true(the_one(c, f.v1, "2026-04-01", "V11")->days_left < 0);
	assert_null(the_one(c, f.c21, "2026-04-01", "V11"));         /* another commune sees nothing of it */
}

TEST_BOTH(V11_approved_late_the_official_date_is_the_end_of_the_12_months)
{
	struct fixture f = fixture_make(c);
	struct member m = newcomer(c, f.v1, "2025-01-10", NULL);
	struct membership ms = { .status = STATUS_OFFICIAL, .unit_id = f.v1, .member_id = m.id, .realm = m.realm, .valid_from = D("2026-03-20"),
		                     .valid_to = DATE_OPEN, .decision_no = "" };

	assert_ok(c, org_member_set_status(c, &ms, 0));
	READING(c)
		assert_ok(c, org_member(c, m.realm, m.id, &m));
	assert_int_equal(m.official_on.days, D("2026-01-10").days);
	assert_null(the_one(c, f.v1, "2026-04-01", "V11"));
}

TEST_BOTH(V12_the_ceremony_is_due_30_working_days_after_the_decision)
{
	struct fixture f = fixture_make(c);
	const struct deadline *d;

	with_holidays(c);
	newcomer(c, f.v1, NULL, "2025-11-03");
	d = the_one(c, f.v1, "2025-11-15", "V12");
	assert_int_equal(d->due.days, D("2025-12-15").days);          /* six weeks without a holiday */
	assert_int_equal(d->days_left, 30);
	assert_int_equal(the_one(c, f.v1, "2025-12-16", "V12")->days_left, -1);
	test_sql(c, "UPDATE member SET admitted_on = '2025-11-20' WHERE code = 'NEW'");
	assert_null(the_one(c, f.v1, "2025-12-16", "V12"));
}

TEST_BOTH(V13_a_transfer_is_due_60_working_days_after_it_began)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.v1, "V1-01", STATUS_OFFICIAL);
	struct membership ms = { .status = STATUS_TRANSFERRED, .unit_id = f.v1, .member_id = m.id, .realm = m.realm, .valid_from = D("2025-06-02"),
		                     .valid_to = DATE_OPEN, .decision_no = "" };
	const struct deadline *d;

	assert_ok(c, org_member_set_status(c, &ms, 0));
	d = the_one(c, f.v1, "2025-06-10", "V13");
	assert_int_equal(d->due.days, holidays_working_day_after(NULL, D("2025-06-02"), 60, SCOPES_NONE).days);
	ms.status = STATUS_OFFICIAL;
	ms.unit_id = f.c21;
	ms.valid_from = D("2025-06-20");
	assert_ok(c, org_member_set_status(c, &ms, 0));
	assert_null(the_one(c, f.v1, "2025-12-01", "V13"));           /* taken in elsewhere */
}

TEST_BOTH(V15_ten_guests_may_form_a_group)
{
	struct fixture f = fixture_make(c);

	for (int i = 0; i < 9; i++)
		fixture_member(c, f.v1, arena_printf(c->arena, "G-%02d", i), STATUS_TEMP_HERE);
	assert_null(the_one(c, f.v1, "2025-11-15", "V15"));
	fixture_member(c, f.v1, "G-10", STATUS_TEMP_HERE);
	assert_non_null(strstr(the_one(c, f.v1, "2025-11-15", "V15")->text, "10"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(V11_marks_are_passed_one_by_one),
		BOTH(V11_probation_is_announced_and_becomes_overdue),
		BOTH(V11_approved_late_the_official_date_is_the_end_of_the_12_months),
		BOTH(V12_the_ceremony_is_due_30_working_days_after_the_decision),
		BOTH(V13_a_transfer_is_due_60_working_days_after_it_began),
		BOTH(V15_ten_guests_may_form_a_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
