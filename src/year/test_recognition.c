/* test_recognition.c — the proposal list, the decision with its number and certificates, what is left out, reopening. */
#include "org/fixture.h"

#include "growth/certificate.h"
#include "rules/load.h"
#include "year/recognition.h"

static void load_rules(struct call *c)
{
	struct rules *rules = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", rules, &bad));
	c->rules = rules;
}

static void put_case(struct call *c, const struct fixture *f, int id, int64_t unit, const char *state, int tenths, const char *result)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on, imported) VALUES (%lld, %d, 'four_good', 2025, %lld, '%s', "
	                         "'2025-01-10', 1)", (long long)f->q08, id, (long long)unit, state));
	if (tenths)
		test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, %d, 'appraised', 1, %d, '%s', "
		                         "'x', 1)", (long long)f->q08, id, tenths, result));
}

/* G1 decides C11 (98.0), C12 (95.0), N1 (94.9), N2 (voted only), N3 (moved away). 10 January 2026. */
static struct fixture begin(struct call *c)
{
	struct fixture f = fixture_make(c);
	struct term t = { .unit_id = f.g1, .unit_code = "", .name = "", .valid_from = date_of(2025, 7, 1), .valid_to = date_of(2030, 6, 30) };
	int64_t n1 = fixture_unit(c, f.g1, "N1", LEVEL_CELL, TYPE_AGENCY), n2 = fixture_unit(c, f.g1, "N2", LEVEL_CELL, TYPE_AGENCY);
	int64_t n3 = fixture_unit(c, f.g1, "N3", LEVEL_CELL, TYPE_AGENCY);

	load_rules(c);
	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 10).days * 1440 + 540 });
	assert_ok(c, term_save(c, &t));
	put_case(c, &f, 71, f.c11, "appraised", 980, "met");
	put_case(c, &f, 72, f.c12, "appraised", 950, "met");
	put_case(c, &f, 73, n1, "appraised", 949, "not_met");
	put_case(c, &f, 74, n2, "voted", 0, "");
	put_case(c, &f, 75, n3, "transferred_out", 0, "");
	return f;
}

static struct recognition list_of(struct call *c, int64_t unit)
{
	struct recognition r;

	READING(c)
	assert_ok(c, recognition_list(c, unit, 2025, false, &r));
	return r;
}

static struct year_case case_now(struct call *c, int64_t id)
{
	struct year_case k;

	READING(c)
	assert_ok(c, case_by_id(c, id, &k));
	return k;
}

static struct recognition_decision asking(const struct fixture *f, const struct recognition_choice *v, size_t n)
{
	return (struct recognition_decision){ .unit_id = f->g1, .year = 2025, .v = v, .n = n, .why = "", .outside_no = "", .decided_on = date_of(2026, 1, 8), .signed_by = "" };
}

TEST_BOTH(recognition_lists_who_meets_the_standard_and_who_does_not_with_the_reason)
{
	struct fixture f = begin(c);
	struct recognition r = list_of(c, f.g1);

	assert_int_equal(r.n, 5);
	assert_int_equal(r.registered, 5);
	assert_int_equal(r.assessed, 4); /* W8: who moved away leaves the set */
	assert_int_equal(r.count[RECOGNITION_PROPOSED], 2);
	assert_int_equal(r.v[0].case_id, 71); /* by points */
	assert_int_equal(r.v[1].case_id, 72);
	assert_int_equal(r.v[2].place, RECOGNITION_BELOW);
	assert_string_equal(r.v[2].why, "94.9 points; the standard is 95");
	assert_int_equal(r.count[RECOGNITION_WAITING], 1);
	assert_int_equal(r.count[RECOGNITION_GONE], 1);
	assert_int_equal(list_of(c, f.x1).n, 0); /* the committee above decides others */
}

TEST_BOTH(recognition_decides_all_in_one_with_a_number_and_certificates)
{
	struct fixture f = begin(c);
	struct recognition_choice both[] = { { 71, 1, true }, { 72, 1, false } };
	struct recognition_decision d = asking(&f, both, 2);
	struct recognition_done done;
	struct recognition r;
	struct document doc;
	struct awards list;
	struct award_query q = { .unit_id = f.g1, .given_only = true, .year = 2025, .before_id = INT64_MAX, .limit = 10 };
	const char *facts;

	d.decided_on = DATE_NONE;
	assert_fails(c, FAIL_INPUT, recognition_decide(c, &d, &done));
	assert_string_equal(test_problem.field, "decided_on");
	d.decided_on = date_of(2026, 1, 8);
	assert_ok(c, recognition_decide(c, &d, &done));
	assert_int_equal(done.recognised, 2);
	assert_int_equal(done.refused, 1);
	assert_int_equal(done.certificates, 1);
	assert_int_equal(done.left_out, 1);
	assert_string_equal(done.decision_no, "01-QĐ/ĐU");
	assert_int_equal(case_now(c, 71).state, CASE_RECOGNISED);
	assert_string_equal(case_now(c, 71).decision_no, "01-QĐ/ĐU");
	assert_int_equal(case_now(c, 73).state, CASE_NOT_RECOGNISED);
	assert_int_equal(case_now(c, 74).state, CASE_VOTED);
	READING(c) {
		assert_ok(c, document_by_id(c, done.document_id, &doc));
		assert_ok(c, award_list(c, &q, &list));
	}
	assert_non_null(strstr(doc.content, "94,9 điểm"));
	assert_non_null(strstr(doc.content, "Giấy khen"));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.v[0].case_id, 71);
	assert_ok(c, certificate_facts(c, &list, "https://chibo.example", &facts));
	assert_non_null(strstr(facts, "01-QĐ/ĐU"));
	r = list_of(c, f.g1);
	assert_int_equal(r.count[RECOGNITION_RECOGNISED], 2);
	assert_int_equal(r.exemplary, 1);
	assert_int_equal(r.v[r.v[0].case_id == 74].award_id > 0, r.v[r.v[0].case_id == 74].exemplary);
	assert_fails(c, FAIL_CONFLICT, recognition_decide(c, &d, &done)); /* decided already */
}

TEST_BOTH(recognition_refuses_those_not_chosen_only_with_a_reason)
{
	struct fixture f = begin(c);
	struct recognition_choice one[] = { { 71, 1, false } };
	struct recognition_decision d = asking(&f, one, 1);
	struct recognition_done done;

	d.outside_no = "77-QĐ/HU";
	assert_fails(c, FAIL_INPUT, recognition_decide(c, &d, &done));
	assert_string_equal(test_problem.field, "why");
	d.why = "nội bộ có đơn thư đang xác minh";
	assert_ok(c, recognition_decide(c, &d, &done));
	assert_int_equal(done.document_id, 0);
	assert_int_equal(done.refused, 2);
	assert_string_equal(case_now(c, 72).remark, "nội bộ có đơn thư đang xác minh");
	assert_string_equal(case_now(c, 71).decision_no, "77-QĐ/HU");
	assert_int_equal(test_int(c, "SELECT count(*) FROM document"), 0);
}

TEST_BOTH(recognition_leaves_out_an_open_appeal_and_names_it)
{
	struct fixture f = begin(c);
	struct recognition_choice both[] = { { 71, 1, true }, { 72, 1, false } };
	struct recognition_decision d = asking(&f, both, 2);
	struct recognition_done done;
	struct recognition r;

	test_sql(c, arena_printf(c->arena, "INSERT INTO year_appeal (realm, case_id, seq, revision, reason, actor, at_ms, due_on) VALUES (%lld, 72, 1, 1, 'x', 'x', 1, '2026-01-20')",
	                         (long long)f.q08));
	r = list_of(c, f.g1);
	assert_int_equal(r.count[RECOGNITION_LEFT_OUT], 1);
	assert_fails(c, FAIL_CONFLICT, recognition_decide(c, &d, &done));
	assert_non_null(strstr(test_problem.text, "Đơn vị C12"));
	d.n = 1;
	assert_ok(c, recognition_decide(c, &d, &done));
	assert_int_equal(done.left_out, 2);
	assert_int_equal(case_now(c, 72).state, CASE_APPRAISED);
	both[0] = (struct recognition_choice){ 71, 1, true };
}

TEST_BOTH(recognition_leaves_out_a_case_whose_facts_have_changed)
{
	struct fixture f = begin(c);
	struct recognition r;

	test_sql(c, "UPDATE year_sheet SET scheme = '4G-C', facts = '{\"facts\":{\"disciplined\":0}}' WHERE case_id = 72");
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, 72, 'self', 1, 950, 'met', 'x', 1)",
	                         (long long)f.q08));
	r = list_of(c, f.g1);
	assert_int_equal(r.count[RECOGNITION_LEFT_OUT], 1);
	for (size_t i = 0; i < r.n; i++)
		if (r.v[i].place == RECOGNITION_LEFT_OUT) {
			assert_int_equal(r.v[i].case_id, 72);
			assert_non_null(strstr(r.v[i].why, "changed"));
		}
}

TEST_BOTH(recognition_is_refused_when_a_case_was_changed_meanwhile)
{
	struct fixture f = begin(c);
	struct recognition_choice both[] = { { 71, 1, true }, { 72, 7, false } };
	struct recognition_decision d = asking(&f, both, 2);
	struct recognition_done done;

	assert_fails(c, FAIL_CONFLICT, recognition_decide(c, &d, &done));
	assert_non_null(strstr(test_problem.text, "Đơn vị C12"));
	assert_int_equal(case_now(c, 71).state, CASE_APPRAISED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM award"), 0);
}

TEST_BOTH(a_reopened_recognition_revokes_its_certificate_with_the_reason)
{
	struct fixture f = begin(c);
	struct recognition_choice one[] = { { 71, 1, true }, { 72, 1, false } };
	struct recognition_decision d = asking(&f, one, 2);
	struct recognition_done done;
	struct case_note note = { .remark = "phát hiện số liệu sai", .decision_no = "", .moved_to = "", .due_on = DATE_NONE, .decided_on = DATE_NONE };
	struct year_case k;
	struct awards list;
	struct award_query q = { .unit_id = f.g1, .year = 2025, .before_id = INT64_MAX, .limit = 10 };

	assert_ok(c, recognition_decide(c, &d, &done));
	assert_ok(c, case_take_step(c, 71, ANY_REV, CASE_STEP_REOPEN, &note, &k, NULL));
	assert_int_equal(k.exemplary, 0);
	READING(c)
	assert_ok(c, award_list(c, &q, &list));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.v[0].revoked_on.days, c->today.days);
	assert_string_equal(list.v[0].revoked_why, "phát hiện số liệu sai");
	assert_ok(c, case_take_step(c, 71, ANY_REV, CASE_STEP_APPRAISE, NULL, &k, NULL));
	struct recognition_choice again[] = { { 71, k.rev, true } };

	d = asking(&f, again, 1);
	assert_ok(c, recognition_decide(c, &d, &done));
	assert_string_equal(done.decision_no, "02-QĐ/ĐU");
	assert_int_equal(test_int(c, "SELECT count(*) FROM award WHERE revoked_on IS NULL"), 1);
}

TEST_BOTH(an_exemplary_choice_is_made_or_taken_back_afterwards)
{
	struct fixture f = begin(c);
	struct recognition_choice both[] = { { 71, 1, false }, { 72, 1, false } };
	struct recognition_decision d = asking(&f, both, 2);
	struct recognition_done done;
	struct award a;

	assert_ok(c, recognition_decide(c, &d, &done));
	assert_int_equal(done.certificates, 0);
	assert_ok(c, recognition_set_exemplary(c, 72, case_now(c, 72).rev, true, "", &a));
	assert_string_equal(a.decision_no, "01-QĐ/ĐU");
	assert_fails(c, FAIL_INPUT, recognition_set_exemplary(c, 72, case_now(c, 72).rev, false, "", NULL));
	assert_ok(c, recognition_set_exemplary(c, 72, case_now(c, 72).rev, false, "nhầm đơn vị", NULL));
	assert_int_equal(test_int(c, "SELECT count(*) FROM award WHERE revoked_on IS NULL"), 0);
}

static fail decide_once(struct call *c, void *arg)
{
	struct recognition_done done;

	return recognition_decide(c, arg, &done);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE state = 'recognised'"), done ? 2 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM award"), done ? 1 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM document"), done ? 1 : 0);
}

TEST_BOTH(recognition_with_a_fault_leaves_nothing)
{
	struct fixture f = begin(c);
	struct recognition_choice both[] = { { 71, 1, true }, { 72, 1, false } };
	struct recognition_decision d = asking(&f, both, 2);

	assert_true(test_faults(c, decide_once, all_or_nothing, &d) > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(recognition_lists_who_meets_the_standard_and_who_does_not_with_the_reason),
		BOTH(recognition_decides_all_in_one_with_a_number_and_certificates),
		BOTH(recognition_refuses_those_not_chosen_only_with_a_reason),
		BOTH(recognition_leaves_out_an_open_appeal_and_names_it),
		BOTH(recognition_leaves_out_a_case_whose_facts_have_changed),
		BOTH(recognition_is_refused_when_a_case_was_changed_meanwhile),
		BOTH(a_reopened_recognition_revokes_its_certificate_with_the_reason),
		BOTH(an_exemplary_choice_is_made_or_taken_back_afterwards),
		BOTH(recognition_with_a_fault_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
