/* test_registers.c — each row of a plain register changes the fact of the year it is kept for; an empty register is unknown, a declaration is none. */
#include "org/fixture.h"

#include "oversight/ledger.h"
#include "rules/load.h"
#include "year/gather.h"

#define YEAR 2025

static struct fixture begin(struct call *c)
{
	struct rules *r = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };
	struct fixture f = fixture_make(c);

	fixture_members(c, f.c11, "C11", 4, 0);
	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 10).days * 1440 + 540 });
	assert_ok(c, rules_load_dir(c->arena, "rules", r, &bad));
	c->rules = r;
	return f;
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

#define assert_fact(c, unit, f, value) assert_value(facts_of(c, unit), YEAR_##f, value)
#define assert_unknown(c, unit, f) assert_not_known(facts_of(c, unit), YEAR_##f)

static struct ledger_row row_of(enum ledger_kind kind, int64_t unit)
{
	struct ledger_row row;

	ledger_clear(&ledgers[kind], &row);
	row.unit_id = unit;
	return row;
}

static void add(struct call *c, enum ledger_kind kind, struct ledger_row row)
{
	assert_ok(c, ledger_add(c, &ledgers[kind], &row));
}

TEST_BOTH(G3_3_and_GO7_discipline)
{
	struct fixture f = begin(c);
	struct ledger_row row = row_of(LEDGER_DISCIPLINES, f.c11);

	assert_unknown(c, f.c11, disciplined);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_DISCIPLINE, f.c11, YEAR, true));
	assert_fact(c, f.c11, disciplined, 0);
	row.kind = 1; /* member */
	row.on = date_of(YEAR, 4, 1);
	add(c, LEDGER_DISCIPLINES, row);
	assert_fact(c, f.c11, disciplined, 1);
	assert_fact(c, f.c11, leaders_disciplined, 0);
	row.kind = 2; /* leader */
	add(c, LEDGER_DISCIPLINES, row);
	assert_fact(c, f.c11, disciplined, 2);
	assert_fact(c, f.c11, leaders_disciplined, 1);
	row.on = date_of(YEAR - 1, 4, 1);
	add(c, LEDGER_DISCIPLINES, row);
	assert_fact(c, f.c11, disciplined, 2);
}

TEST_BOTH(G3_4_and_GO6_inspections)
{
	struct fixture f = begin(c);
	struct ledger_row row = row_of(LEDGER_INSPECTIONS, f.c11), now;

	assert_unknown(c, f.c11, inspections_planned);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_INSPECTION, f.c11, YEAR, true));
	assert_fact(c, f.c11, inspections_planned, 0);
	row.kind = 1;
	row.title = "Thu nộp đảng phí";
	row.due_on = date_of(YEAR, 6, 1);
	assert_ok(c, ledger_add(c, &ledgers[LEDGER_INSPECTIONS], &row));
	assert_fact(c, f.c11, inspections_planned, 1);
	assert_fact(c, f.c11, inspections_done, 0);
	assert_ok(c, ledger_mark(c, &ledgers[LEDGER_INSPECTIONS], f.c11, row.id, date_of(YEAR, 6, 2), &now));
	assert_fact(c, f.c11, inspections_done, 1);
}

TEST_BOTH(G3_5_reports)
{
	struct fixture f = begin(c);
	struct ledger_row row = row_of(LEDGER_REPORTS, f.c11), now;

	assert_unknown(c, f.c11, reports_due);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_REPORT, f.c11, YEAR, true));
	assert_fact(c, f.c11, reports_due, 0);
	row.title = "Báo cáo quý I";
	row.due_on = date_of(YEAR, 3, 20);
	assert_ok(c, ledger_add(c, &ledgers[LEDGER_REPORTS], &row));
	assert_fact(c, f.c11, reports_due, 1);
	assert_fact(c, f.c11, reports_on_time, 0);
	assert_ok(c, ledger_mark(c, &ledgers[LEDGER_REPORTS], f.c11, row.id, date_of(YEAR, 3, 20), &now));
	assert_fact(c, f.c11, reports_on_time, 1);
	assert_ok(c, ledger_mark(c, &ledgers[LEDGER_REPORTS], f.c11, row.id, date_of(YEAR, 3, 21), &now));
	assert_fact(c, f.c11, reports_on_time, 0);
}

TEST_BOTH(G4_4_trainings_of_leaders)
{
	struct fixture f = begin(c);
	struct ledger_row row = row_of(LEDGER_TRAININGS, f.c11);
	struct member m;

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "C11-01", &m));
	struct post p = { .post = POST_SECRETARY, .valid_from = date_of(2024, 1, 1), .valid_to = DATE_OPEN, .realm = m.realm, .unit_id = f.c11, .member_id = m.id };

	assert_ok(c, org_post_begin(c, &p));
	assert_unknown(c, f.c11, leaders_trained);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_TRAINING, f.c11, YEAR, true));
	assert_fact(c, f.c11, leaders, 1);
	assert_fact(c, f.c11, leaders_trained, 0);
	row.member_code = "C11-02"; /* no leader */
	row.title = "Bồi dưỡng";
	row.on = date_of(YEAR, 5, 5);
	add(c, LEDGER_TRAININGS, row);
	assert_fact(c, f.c11, leaders_trained, 0);
	row.member_code = "C11-01";
	add(c, LEDGER_TRAININGS, row);
	assert_fact(c, f.c11, leaders_trained, 1);
}

TEST_BOTH(G4_5_aims_and_G4_6_feedback)
{
	struct fixture f = begin(c);
	struct ledger_row aim = row_of(LEDGER_NUMBERS, f.c11), row = row_of(LEDGER_FEEDBACK, f.c11), now;

	aim.year = YEAR;
	aim.kind = NUMBER_ADMISSIONS_AIM;
	aim.number = 2;
	add(c, LEDGER_NUMBERS, aim);
	assert_fact(c, f.c11, admissions_aim, 2);
	assert_fact(c, f.c11, admissions_aim_set, 1);
	assert_unknown(c, f.c11, feedback_received);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_FEEDBACK, f.c11, YEAR, true));
	assert_fact(c, f.c11, feedback_received, 0);
	row.on = date_of(YEAR, 12, 20); /* due in the next year: it still counts for this one, once it is due */
	row.due_on = date_of(YEAR + 1, 1, 5);
	assert_ok(c, ledger_add(c, &ledgers[LEDGER_FEEDBACK], &row));
	assert_fact(c, f.c11, feedback_received, 1);
	assert_fact(c, f.c11, feedback_on_time, 0);
	assert_ok(c, ledger_mark(c, &ledgers[LEDGER_FEEDBACK], f.c11, row.id, date_of(YEAR + 1, 1, 5), &now));
	assert_fact(c, f.c11, feedback_on_time, 1);
}

/* A fact of the committee whose people were assigned to the cells below it. */
TEST_BOTH(GO5_turns_attended_of_those_assigned)
{
	struct fixture f = begin(c);
	struct ledger_row row = row_of(LEDGER_ASSIGNMENTS, f.c12), visit = row_of(LEDGER_VISITS, f.c12);

	assert_unknown(c, f.g1, turns_required);
	assert_ok(c, ledger_declare(c, NUMBER_NONE_ASSIGNMENT, f.g1, YEAR, true));
	assert_fact(c, f.g1, turns_required, 0);
	row.member_code = visit.member_code = "C11-01";
	row.kind = 4; /* grassroots */
	row.on = date_of(YEAR, 1, 1);
	row.due_on = date_of(YEAR, 12, 31);
	row.number = 1;
	row.per = 2; /* a quarter */
	add(c, LEDGER_ASSIGNMENTS, row);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_number"), 0); /* the committee's declaration is taken back */
	assert_fact(c, f.g1, turns_required, 4);
	assert_fact(c, f.g1, turns_realised, 0);
	visit.on = date_of(YEAR, 2, 3);
	add(c, LEDGER_VISITS, visit);
	assert_fact(c, f.g1, turns_realised, 1);
	visit.on = date_of(YEAR - 1, 12, 3); /* before the assignment */
	add(c, LEDGER_VISITS, visit);
	assert_fact(c, f.g1, turns_realised, 1);
	assert_fails(c, FAIL_CONFLICT, ledger_declare(c, NUMBER_NONE_ASSIGNMENT, f.g1, YEAR, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(G3_3_and_GO7_discipline), BOTH(G3_4_and_GO6_inspections), BOTH(G3_5_reports), BOTH(G4_4_trainings_of_leaders), BOTH(G4_5_aims_and_G4_6_feedback),
		BOTH(GO5_turns_attended_of_those_assigned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
