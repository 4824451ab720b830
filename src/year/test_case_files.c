/* test_case_files.c — cases by their totals as files, at the command line, by people with their roles; what verify finds. */
#include "org/fixture.h"

#include <pthread.h>

#include "access/account.h"
#include "access/session.h"
#include "exchange/transfer.h"
#include "rules/load.h"
#include "sheet/table.h"
#include "year/assess.h"
#include "year/kinds.h"
#include "year/verify.h"
#include "year/year_commands.h"

static void on(struct call *c, int year, int month, int day)
{
	call_set_now(c, (struct moment){ (int64_t)date_of(year, month, day).days * 1440 + 540 });
}

static struct fixture world(struct call *c)
{
	struct fixture f = fixture_make(c);
	struct rules *r = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", r, &bad));
	c->rules = r;
	on(c, 2026, 1, 15);
	fixture_members(c, f.c11, "C11", 9, 0);
	return f;
}

/* ---------------------------------------------------------------- files */

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

#define FOUR_GOOD "unit_code,year,registered_on,state,self_points,voted_points,appraised_points,exemplary,decision_no,decided_on,moved_to\n"
#define CLASSES "unit_code,member_code,year,points,level,decided_on\n"
static const char cases_file[] = FOUR_GOOD "C11,2025,2025-01-10,recognised,98.0,98.0,97.5,1,12-QĐ/ĐU,2026-01-05,\n"
                                           "C12,2025,2025-07-15,transferred_out,,,,0,,,Q19\n"
                                           "V1,2025,2025-02-03,not_recognised,93.0,93.0,92.0,0,,,\n";

static void checks(struct call *c, fail expected)
{
	for (const struct verify_check *v = year_checks; v->name; v++) {
		int64_t n;

		assert_ok(c, db_read_begin(c));
		fail f = v->run(c, &n);

		db_read_end(c);
		if (f != FAIL_OK) {
			assert_int_equal(f, expected);
			problem_clear(c);
			return;
		}
	}
	assert_int_equal(expected, FAIL_OK);
}

TEST_BOTH(four_good_come_in_by_totals_and_go_out_the_same)
{
	struct fixture f = world(c);
	struct case_steps_taken steps;
	struct year_case k;

	assert_ok(c, take(c, &four_good_kind, cases_file));
	assert_int_equal(result.added, 3);
	assert_ok(c, take(c, &four_good_kind, cases_file));
	assert_int_equal(result.same, 3);
	assert_string_equal(give(c, &four_good_kind, NULL), cases_file);
	assert_ok(c, take(c, &four_good_kind, give(c, &four_good_kind, "X1")));
	assert_int_equal(result.same, 3);
	READING(c) {
		assert_ok(c, case_find(c, CASE_FOUR_GOOD, 2025, f.c11, 0, &k));
		assert_int_equal(k.imported, 1);
		assert_int_equal(k.exemplary, 1);
		assert_ok(c, case_history(c, &k, &steps));
		assert_int_equal(steps.n, 6); /* register half_year self_assess vote appraise recognise */
		assert_int_equal(steps.v[1].step, CASE_STEP_HALF_YEAR);
		assert_ok(c, case_find(c, CASE_FOUR_GOOD, 2025, f.c12, 0, &k));
		assert_int_equal(k.state, CASE_TRANSFERRED_OUT);
	}
	assert_int_equal(test_int(c, "SELECT sum(recognised) FROM cell_year"), 1);
	assert_int_equal(test_int(c, "SELECT sum(assessed) FROM cell_year"), 2);
	checks(c, FAIL_OK);
}

static const struct { const char *row, *column; } refused[] = {
	{ "C99,2025,2025-01-10,registered,,,,false,,,", "unit_code" },
	{ "C11,2025,,registered,,,,false,,,", "registered_on" },
	{ "C11,2025,2026-01-10,registered,,,,false,,,", "registered_on" },
	{ "C11,2025,2025-01-10,open,,,,false,,,", "state" },
	{ "C11,2025,2025-01-10,returned,90,,,false,,,", "state" },
	{ "C11,2025,2025-01-10,dancing,,,,false,,,", "state" },
	{ "C11,2025,2025-01-10,self_assessed,,,,false,,,", "self_points" },
	{ "C11,2025,2025-01-10,appraised,96,96,,false,,,", "appraised_points" },
	{ "C11,2025,2025-01-10,appraised,,96,96,false,,,", "self_points" },
	{ "C11,2025,2025-01-10,appraised,96,96,100.5,false,,,", "appraised_points" },
	{ "C11,2025,2025-01-10,recognised,96,96,94.9,false,1,2026-01-05,", "appraised_points" },
	{ "C11,2025,2025-01-10,recognised,96,96,96,false,,2026-01-05,", "decision_no" },
	{ "C11,2025,2025-01-10,recognised,96,96,96,false,1,,", "decided_on" },
	{ "C11,2025,2025-01-10,recognised,96,96,96,false,1,2026-02-05,", "decided_on" },
	{ "C11,2025,2025-01-10,appraised,96,96,96,true,,,", "exemplary" },
	{ "C11,2025,2025-01-10,transferred_out,,,,false,,,", "moved_to" },
	{ "C11,2025,2025-01-10,registered,,,,false,,,Q19", "moved_to" },
	{ "C11,2027,2027-01-10,registered,,,,false,,,", "year" },
};

TEST_BOTH(W8_W9_51_registered_49_assessed_47_met)
{
	struct fixture f = world(c);
	struct out o;
	char rate[NUM_TEXT];

	out_memory(&o, c->arena);
	out_str(&o, FOUR_GOOD);
	for (int i = 0; i < 51; i++) {
		const char *code = arena_printf(c->arena, "P%02d", i);

		fixture_unit(c, f.x1, code, LEVEL_CELL, TYPE_RESIDENTIAL);
		if (i < 47)
			out_printf(&o, "%s,2025,2025-01-10,recognised,96,96,95.0,%d,1-QĐ,2026-01-05,\n", code, i < 9);
		else
			out_printf(&o, i < 49 ? "%s,2025,2025-01-10,not_recognised,95,95,94.9,0,,,\n" : "%s,2025,2025-01-10,transferred_out,,,,0,,,Q19\n", code);
	}
	assert_ok(c, take(c, &four_good_kind, out_text(&o)));
	assert_int_equal(test_int(c, "SELECT sum(registered) FROM cell_year"), 51);
	assert_int_equal(test_int(c, "SELECT sum(assessed) FROM cell_year"), 49);
	assert_int_equal(test_int(c, "SELECT sum(met) FROM cell_year"), 47);
	assert_int_equal(test_int(c, "SELECT sum(exemplary) FROM cell_year"), 9);
	percent_format(47, 49, rate);
	assert_string_equal(rate, "95.92");
}

TEST_BOTH(a_refused_row_keeps_the_whole_file_out)
{
	world(c);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_fails(c, FAIL_INPUT, take(c, &four_good_kind, arena_printf(c->arena, "%sV1,2025,2025-02-03,registered,,,,false,,,\n%s\n", FOUR_GOOD, refused[i].row)));
		if (!result.n || strcmp(result.issues[0].column, refused[i].column) != 0)
			fail_msg("%s: %s", refused[i].row, result.n ? result.issues[0].column : "nothing");
		assert_int_equal(test_int(c, "SELECT count(*) FROM year_case"), 0);
	}
	assert_fails(c, FAIL_INPUT, take(c, &four_good_kind, FOUR_GOOD "C11,2025,2025-01-10,registered,,,,false,,,\nC11,2025,2025-01-10,registered,,,,false,,,\n"));
}

TEST_BOTH(T19_95_0_is_recognised_from_a_file)
{
	world(c);
	assert_ok(c, take(c, &four_good_kind, FOUR_GOOD "C11,2025,2025-01-10,recognised,95,95,95.0,false,1,2026-01-05,\n"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE result = 'met'"), 3);
}

TEST_BOTH(a_file_brings_an_imported_case_on_and_not_back)
{
	world(c);
	assert_ok(c, take(c, &four_good_kind, FOUR_GOOD "C11,2025,2025-01-10,voted,96,96,,false,,,\n"));
	assert_ok(c, take(c, &four_good_kind, FOUR_GOOD "C11,2025,2025-01-10,recognised,96,96,95.5,false,1,2026-01-05,\n"));
	assert_int_equal(result.changed, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 6);
	assert_fails(c, FAIL_INPUT, take(c, &four_good_kind, FOUR_GOOD "C11,2025,2025-01-10,voted,96,96,,false,,,\n"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE state = 'recognised'"), 1);
	checks(c, FAIL_OK);
}

TEST_BOTH(a_file_does_not_change_what_is_kept_step_by_step)
{
	struct fixture f = world(c);

	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on) VALUES (%lld, 77, 'four_good', 2025, %lld, "
	                         "'registered', '2025-01-10'); INSERT INTO year_step (realm, case_id, seq, step, from_state, to_state, actor, at_ms) VALUES (%lld, 77, 1, "
	                         "'register', '', 'registered', 'x', 1)", (long long)f.q08, (long long)f.c11, (long long)f.q08));
	assert_ok(c, take(c, &four_good_kind, give(c, &four_good_kind, NULL)));
	assert_int_equal(result.same, 1);
	assert_fails(c, FAIL_INPUT, take(c, &four_good_kind, FOUR_GOOD "C11,2025,2025-01-10,withdrawn,,,,false,,,\n"));
	assert_string_equal(result.issues[0].column, "state");
}

static const char levels_file[] = CLASSES "C11,,2025,92.0,excellent,2026-01-05\nC11,C11-01,2025,85.0,good,2026-01-05\nC11,C11-02,2025,93.0,good,2026-01-05\n"
                                          "V1,,2025,55.0,completed,\n";

TEST_BOTH(levels_come_in_and_go_out_the_same)
{
	struct fixture f = world(c);
	struct year_case k;

	assert_ok(c, take(c, &classification_kind, levels_file));
	assert_int_equal(result.added, 4);
	assert_ok(c, take(c, &classification_kind, levels_file));
	assert_int_equal(result.same, 4);
	assert_string_equal(give(c, &classification_kind, NULL), levels_file);
	READING(c) {
		assert_ok(c, case_find(c, CASE_UNIT, 2025, f.v1, 0, &k));
		assert_int_equal(k.state, CASE_VOTED); /* nobody has decided it */
		assert_ok(c, case_find(c, CASE_UNIT, 2025, f.c11, 0, &k));
		assert_int_equal(k.state, CASE_NOTIFIED);
	}
	assert_int_equal(test_int(c, "SELECT sum(members_good) FROM cell_year"), 2);
	assert_int_equal(test_int(c, "SELECT sum(excellent) FROM cell_year"), 1);
	checks(c, FAIL_OK);
	assert_fails(c, FAIL_INPUT, take(c, &classification_kind, CLASSES "C12,,2025,89.9,excellent,2026-01-05\n"));
	assert_string_equal(result.issues[0].column, "level");
	assert_ok(c, take(c, &classification_kind, CLASSES "C12,,2025,90.0,excellent,2026-01-05\n"));
	assert_fails(c, FAIL_INPUT, take(c, &classification_kind, CLASSES "C12,C11-01,2025,90.0,excellent,2026-01-05\n")); /* not of that cell */
	assert_string_equal(result.issues[0].column, "member_code");
}

TEST_BOTH(verify_finds_a_state_without_its_step_and_points_without_their_lines)
{
	world(c);
	assert_ok(c, take(c, &four_good_kind, cases_file));
	checks(c, FAIL_OK);
	test_sql(c, "UPDATE year_case SET state = 'withdrawn' WHERE state = 'recognised'");
	checks(c, FAIL_BROKEN);
	test_sql(c, "UPDATE year_case SET state = 'recognised' WHERE state = 'withdrawn'");
	checks(c, FAIL_OK);
	test_sql(c, "UPDATE year_step SET to_state = 'voted' WHERE seq = 2");
	checks(c, FAIL_BROKEN);
	test_sql(c, "UPDATE year_step SET to_state = CASE step WHEN 'half_year' THEN 'half_year' ELSE 'transferred_out' END WHERE seq = 2");
	checks(c, FAIL_OK);
	test_sql(c, "UPDATE year_sheet SET scheme = '4G-C' WHERE stage = 'self'");
	checks(c, FAIL_BROKEN);
}

/* ---------------------------------------------------------------- at the command line */

static fail run(struct call *c, const char *name, const char *const *words, int n)
{
	const char *copy[24];
	struct args args = { n, copy };
	FILE *was = c->out, *err = c->err, *nowhere = fopen("/dev/null", "w");
	fail f = FAIL_BROKEN;

	memcpy(copy, words, (size_t)n * sizeof *words);
	c->out = c->err = nowhere;
	for (const struct command *k = year_commands; k->name; k++)
		if (strcmp(k->name, name) == 0)
			f = k->run(c, &args);
	fclose(nowhere);
	c->out = was;
	c->err = err;
	return f;
}
#define RUN(c, name, ...) run((c), (name), (const char *const[]){ __VA_ARGS__ }, (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)))

TEST_BOTH(a_case_is_carried_at_the_command_line)
{
	struct fixture f = world(c);

	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, state, afterwards) "
	                         "VALUES (%lld, 50, 'M1', %lld, %d, 'regular', '2025-07-10T19:00', 'held', 1); "
	                         "INSERT INTO document (realm, id, unit_id, type, subject, dated_on, state) VALUES (%lld, 60, %lld, 'CTr', 'Chương trình', '2025-01-05', 'issued')",
	                         (long long)f.q08, (long long)f.c11, (int)month_of(2025, 7), (long long)f.q08, (long long)f.c11));
	assert_fails(c, FAIL_NOT_FOUND, RUN(c, "cases show", "C11", "--year", "2025"));
	assert_fails(c, FAIL_INPUT, RUN(c, "cases register", "C11", "--year", "2025", "--on", "2025-07-10", "--agreement", "2025-07-10"));
	assert_ok(c, RUN(c, "cases register", "C11", "--year", "2025", "--on", "2025-07-10", "--agreement", "2025-07-10", "--in-favour", "9"));
	assert_fails(c, FAIL_CONFLICT, RUN(c, "cases register", "C11", "--year", "2025", "--on", "2025-07-10", "--agreement", "2025-07-10", "--in-favour", "9"));
	assert_ok(c, RUN(c, "cases show", "C11", "--year=2025", "--json"));
	assert_ok(c, RUN(c, "cases list", "--unit", "X1", "--year=2025", "--json"));
	assert_fails(c, FAIL_INPUT, RUN(c, "cases score", "C11", "--year", "2025", "--stage", "self")); /* facts are missing */
	assert_fails(c, FAIL_CONFLICT, RUN(c, "cases step", "C11", "recognise", "--year", "2025"));
	assert_fails(c, FAIL_INPUT, RUN(c, "cases step", "C11", "dance", "--year", "2025"));
	assert_fails(c, FAIL_INPUT, RUN(c, "cases step", "C11", "withdraw", "--year", "2025"));
	assert_ok(c, RUN(c, "cases step", "C11", "withdraw", "--year", "2025", "--reason", "chưa đủ điều kiện"));
	assert_ok(c, RUN(c, "cases open", "G1", "--all", "--kind", "unit", "--year", "2025"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE kind = 'unit_class'"), 2);
	assert_fails(c, FAIL_CONFLICT, RUN(c, "cases open", "C11", "--all", "--kind", "member", "--year", "2025"));
	assert_ok(c, RUN(c, "cases caps", "--unit", "G1", "--kind", "unit", "--year", "2025", "--json"));
	assert_ok(c, RUN(c, "cases group", "C11", "--kind", "unit", "--year", "2025", "--group", "Khối văn phòng"));
	assert_ok(c, RUN(c, "cases appraise-all", "--unit", "G1", "--kind", "unit", "--year", "2025"));
	test_sql(c, "UPDATE year_case SET state = 'voted' WHERE kind = 'unit_class'");
	assert_fails(c, FAIL_CONFLICT, RUN(c, "cases appraise-all", "--unit", "G1", "--kind", "unit", "--year", "2025", "--json")); /* without a sheet they are left */
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE state = 'voted'"), 2);
	assert_ok(c, take(c, &four_good_kind, FOUR_GOOD "C12,2025,2025-07-15,appraised,96,96,96,false,,,\nV1,2025,2025-07-15,appraised,96,96,94,false,,,\n"));
	assert_ok(c, RUN(c, "cases step-all", "recognise", "--unit", "X1", "--below", "--year", "2025", "--decision-no", "1-QĐ", "--decided-on", "2026-01-10"));
	assert_ok(c, RUN(c, "cases step-all", "refuse", "--unit", "X1", "--below", "--year", "2025"));
	assert_ok(c, RUN(c, "cases exemplary", "C12", "--year", "2025"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE state = 'recognised' AND exemplary = 1"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE state = 'not_recognised'"), 1);
}

/* ---------------------------------------------------------------- people */

static fail resume_body(struct call *c, void *arg)
{
	return session_resume(c, arg);
}

static void sign_in(struct call *c, struct call *p, const char *login, enum role role, int64_t unit, const struct member *as)
{
	struct account a = { .login = login, .name = login, .lang = 2, .member_realm = as ? as->realm : INT_UNKNOWN, .member_id = as ? as->id : INT_UNKNOWN };
	struct grant g = { .role = role, .unit_id = unit, .valid_from = date_of(2025, 1, 1), .valid_to = DATE_OPEN };
	char token[SESSION_TOKEN];

	assert_ok(c, account_add(c, &a, "mot hai ba bon", &g));
	assert_ok(c, session_begin(c, login, "mot hai ba bon", 14, token));
	test_call_like(p, c);
	p->now_ms = c->now_ms;
	p->today = c->today;
	p->rules = c->rules;
	session_prepare(p);
	assert_ok(p, db_read(p, resume_body, token));
	assert_true(p->who.account != 0);
}

static bool may(struct call *p, const struct year_case *k, enum case_step step)
{
	bool yes = false;

	READING(p)
		yes = case_person_may(p, k, step);
	return yes;
}

TEST_BOTH(each_step_is_for_whom_the_table_names)
{
	struct fixture f = world(c);
	struct call secretary, officer, above, member, other;
	struct member m, n;
	struct year_case unit, own;
	struct case_note note = { .remark = "thiếu", .due_on = { c->today.days + 3 } };

	READING(c) {
		assert_ok(c, org_member_by_code(c, 0, "C11-02", &m));
		assert_ok(c, org_member_by_code(c, 0, "C11-03", &n));
	}
	assert_ok(c, take(c, &classification_kind, CLASSES "C11,,2025,92.0,excellent,\nC11,C11-02,2025,85.0,good,\n"));
	READING(c) {
		assert_ok(c, case_find(c, CASE_UNIT, 2025, f.c11, 0, &unit));
		assert_ok(c, case_find(c, CASE_MEMBER, 2025, f.c11, m.id, &own));
	}
	sign_in(c, &secretary, "secretary", ROLE_SECRETARY, f.c11, NULL);
	sign_in(c, &officer, "officer", ROLE_OFFICER, f.g1, NULL);
	sign_in(c, &above, "above", ROLE_OFFICER, f.x1, NULL);
	sign_in(c, &member, "member", ROLE_MEMBER, f.c11, &m);
	sign_in(c, &other, "other", ROLE_MEMBER, f.c11, &n);
	assert_true(may(&secretary, &unit, CASE_STEP_SELF_ASSESS) && may(&secretary, &unit, CASE_STEP_VOTE));
	assert_false(may(&secretary, &unit, CASE_STEP_APPRAISE) || may(&secretary, &unit, CASE_STEP_RETURN) || may(&secretary, &unit, CASE_STEP_REOPEN));
	assert_true(may(&officer, &unit, CASE_STEP_APPRAISE) && may(&officer, &unit, CASE_STEP_RETURN) && may(&officer, &unit, CASE_STEP_TRANSFER_OUT));
	assert_true(may(&above, &unit, CASE_STEP_APPRAISE));
	assert_true(may(&member, &own, CASE_STEP_SELF_ASSESS));
	assert_false(may(&member, &own, CASE_STEP_VOTE) || may(&member, &unit, CASE_STEP_SELF_ASSESS));
	assert_false(may(&other, &own, CASE_STEP_SELF_ASSESS));
	assert_fails(&secretary, FAIL_DENIED, case_take_step(&secretary, unit.id, ANY_REV, CASE_STEP_RETURN, &note, &unit, NULL));
	assert_ok(&officer, case_take_step(&officer, unit.id, ANY_REV, CASE_STEP_RETURN, &note, &unit, NULL));
	call_end(&secretary);
	call_end(&officer);
	call_end(&above);
	call_end(&member);
	call_end(&other);
}

TEST_BOTH(a_body_is_not_decided_by_its_own_officer)
{
	struct fixture f = world(c);
	struct call own, above;
	struct year_case k;

	assert_ok(c, take(c, &classification_kind, CLASSES "G1,,2025,92.0,excellent,\n"));
	READING(c)
		assert_ok(c, case_find(c, CASE_UNIT, 2025, f.g1, 0, &k));
	sign_in(c, &own, "own", ROLE_OFFICER, f.g1, NULL);
	sign_in(c, &above, "above", ROLE_OFFICER, f.x1, NULL);
	assert_true(may(&own, &k, CASE_STEP_SELF_ASSESS));
	assert_false(may(&own, &k, CASE_STEP_APPRAISE));
	assert_true(may(&above, &k, CASE_STEP_APPRAISE));
	call_end(&own);
	call_end(&above);
}

/* ---------------------------------------------------------------- a cell founded in the year */

TEST_BOTH(a_cell_founded_in_May_goes_the_same_way)
{
	struct fixture f = world(c);
	struct change ch = { .kind = CHANGE_CREATE, .on = date_of(2025, 5, 5), .parent_id = f.g1, .code = "C13", .level = LEVEL_CELL, .type = TYPE_AGENCY,
		                 .name = "Chi bộ mới" };
	struct case_opening o = { .kind = CASE_FOUR_GOOD, .year = 2025, .registered_on = date_of(2025, 7, 3), .agreement_on = date_of(2025, 7, 3), .base = 5, .in_favour = 5 };
	struct year_case k;
	struct year_draft d;
	struct flaws found = { 0 };

	assert_ok(c, org_change_apply(c, &ch, &o.unit_id));
	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, state, afterwards) "
	                         "VALUES (%lld, 50, 'M1', %lld, %d, 'regular', '2025-07-03T19:00', 'held', 1); "
	                         "INSERT INTO document (realm, id, unit_id, type, subject, dated_on, state) VALUES (%lld, 60, %lld, 'CTr', 'Chương trình', '2025-05-20', 'issued')",
	                         (long long)f.q08, (long long)o.unit_id, (int)month_of(2025, 7), (long long)f.q08, (long long)o.unit_id));
	o.year = 2024;
	o.registered_on = date_of(2024, 7, 3);
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k)); /* it was not there */
	o.year = 2025;
	o.registered_on = date_of(2025, 7, 3);
	assert_ok(c, case_open(c, &o, &k));
	READING(c) {
		assert_ok(c, year_draft(c, &k, JUDGED_NONE, &d));
		assert_int_equal(d.gathered.facts.v[YEAR_months_due], 7); /* from June: the month of its founding asks for none */
		assert_ok(c, case_step_blocks(c, &k, CASE_STEP_SELF_ASSESS, &found));
	}
	assert_int_equal(found.n, 1); /* the sheet only: no vote on a half year that it was not there */
	assert_string_equal(found.v[0].field, "sheet");
}

/* ---------------------------------------------------------------- at the same time */

enum { CLERKS = 8 };
struct clerk {
	pthread_t thread;
	const struct call *like;
	struct case_opening o;
	fail result;
};

static void *open_it(void *arg)
{
	struct clerk *k = arg;
	struct call c;
	struct year_case out;

	test_call_like(&c, k->like);
	c.now_ms = k->like->now_ms;
	c.today = k->like->today;
	k->result = case_open(&c, &k->o, &out);
	call_end(&c);
	return NULL;
}

TEST_BOTH(eight_clerks_open_a_review_once)
{
	struct fixture f = world(c);
	struct clerk clerks[CLERKS];
	int opened = 0;

	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = (struct clerk){ .like = c, .o = { .kind = CASE_UNIT, .year = 2025, .unit_id = f.c11, .base = INT_UNKNOWN } };
		assert_int_equal(pthread_create(&clerks[i].thread, NULL, open_it, &clerks[i]), 0);
	}
	for (int i = 0; i < CLERKS; i++) {
		pthread_join(clerks[i].thread, NULL);
		assert_true(clerks[i].result == FAIL_OK || clerks[i].result == FAIL_CONFLICT);
		opened += clerks[i].result == FAIL_OK;
	}
	assert_int_equal(opened, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(four_good_come_in_by_totals_and_go_out_the_same),
		BOTH(W8_W9_51_registered_49_assessed_47_met),
		BOTH(a_refused_row_keeps_the_whole_file_out),
		BOTH(T19_95_0_is_recognised_from_a_file),
		BOTH(a_file_brings_an_imported_case_on_and_not_back),
		BOTH(a_file_does_not_change_what_is_kept_step_by_step),
		BOTH(levels_come_in_and_go_out_the_same),
		BOTH(verify_finds_a_state_without_its_step_and_points_without_their_lines),
		BOTH(a_case_is_carried_at_the_command_line),
		BOTH(each_step_is_for_whom_the_table_names),
		BOTH(a_body_is_not_decided_by_its_own_officer),
		BOTH(a_cell_founded_in_May_goes_the_same_way),
		BOTH(eight_clerks_open_a_review_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
