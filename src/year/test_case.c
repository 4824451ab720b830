/* test_case.c — cases: every state × step × kind, opening, the order of work, clicks that come twice. */
#include "org/fixture.h"

#include <pthread.h>

#include "year/assess.h"
#include "year/store.h"

/* The domain's sections 7.1 and 8 once more, independent of the program's own table. Kinds: f "four good", u unit, m member. "" is no case yet. */
static const struct { const char *kinds, *from, *step, *to; } ways[] = {
	{ "f", "", "register", "registered" }, { "um", "", "register", "open" },
	{ "f", "registered", "half_year", "half_year" },
	{ "f", "registered", "self_assess", "self_assessed" }, { "f", "half_year", "self_assess", "self_assessed" },
	{ "um", "open", "self_assess", "self_assessed" }, { "fum", "returned", "self_assess", "self_assessed" },
	{ "fum", "self_assessed", "vote", "voted" }, { "fum", "voted", "appraise", "appraised" }, { "fum", "reopened", "appraise", "appraised" },
	{ "fum", "voted", "return", "returned" }, { "fum", "appraised", "return", "returned" },
	{ "f", "appraised", "recognise", "recognised" }, { "f", "appraised", "refuse", "not_recognised" }, { "um", "appraised", "notify", "notified" },
	{ "f", "recognised", "reopen", "reopened" }, { "f", "not_recognised", "reopen", "reopened" }, { "um", "notified", "reopen", "reopened" },
	{ "f", "registered", "withdraw", "withdrawn" }, { "f", "half_year", "withdraw", "withdrawn" }, { "um", "open", "withdraw", "withdrawn" },
	{ "fum", "self_assessed", "withdraw", "withdrawn" }, { "fum", "voted", "withdraw", "withdrawn" }, { "fum", "returned", "withdraw", "withdrawn" },
	{ "f", "registered", "transfer_out", "transferred_out" }, { "f", "half_year", "transfer_out", "transferred_out" },
	{ "um", "open", "transfer_out", "transferred_out" }, { "fum", "self_assessed", "transfer_out", "transferred_out" },
	{ "fum", "voted", "transfer_out", "transferred_out" }, { "fum", "returned", "transfer_out", "transferred_out" },
	{ "fum", "appraised", "transfer_out", "transferred_out" },
};

static const char *way(unsigned kind, const char *from, const char *step)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strchr(ways[i].kinds, " fum"[kind]) && strcmp(ways[i].from, from) == 0 && strcmp(ways[i].step, step) == 0)
			return ways[i].to;
	return NULL;
}

static void the_table_is_that_of_the_domain(void **state)
{
	(void)state;
	for (unsigned kind = 1; kind < CASE_KINDS; kind++)
		for (unsigned from = 0; from < CASE_STATES; from++)
			for (int step = 1; step < CASE_STEPS; step++) {
				const struct case_row *row = case_find_row(kind, (enum case_step)step, from);
				const char *to = way(kind, case_states[from], case_steps[step]);

				assert_int_equal(row != NULL, to != NULL);
				if (row)
					assert_string_equal(case_states[row->to], to);
			}
}

static void each_row_says_who_and_why(void **state)
{
	(void)state;
	for (const struct case_row *r = case_table; r->step; r++) {
		bool classification = r->kinds != 1u << CASE_FOUR_GOOD;
		bool above = r->step == CASE_STEP_RETURN || (r->step >= CASE_STEP_APPRAISE && r->step <= CASE_STEP_REOPEN) ||
		             r->step == CASE_STEP_TRANSFER_OUT || (r->step == CASE_STEP_WITHDRAW && classification);

		assert_int_equal(r->may, above ? MAY_DECIDE : MAY_RECORD);
		assert_int_equal(r->needs_reason, r->step == CASE_STEP_RETURN || r->step == CASE_STEP_REOPEN || r->step == CASE_STEP_WITHDRAW);
	}
}

/* ---------------------------------------------------------------- a case that has everything a step may stand on */

static struct year_case some_case(struct call *c, const struct fixture *f, unsigned kind)
{
	struct year_case k;
	int64_t member = 0;

	if (kind == CASE_MEMBER)
		member = fixture_member(c, f->c11, "C11-99", STATUS_OFFICIAL).id;
	if (kind == CASE_MEMBER)
		test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, 70, 'unit_class', 2025, %lld, 'notified')",
		                         (long long)f->q08, (long long)f->c11));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, member_id, state, registered_on, rev) "
	                         "VALUES (%lld, 77, '%s', 2025, %lld, %lld, 'open', '2025-07-15', 100)",
	                         (long long)f->q08, case_kinds[kind], (long long)f->c11, (long long)member));
	for (int i = 1; i < CASE_STAGES; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, 77, '%s', 1, 960, "
		                         "'%s', 'x', 1)", (long long)f->q08, case_stages[i], kind == CASE_FOUR_GOOD ? "met" : "good"));
	for (int i = 0; i < 2; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO year_vote (realm, case_id, stage, seq, on_date, base, in_favour, against, abstain, actor, at_ms) "
		                         "VALUES (%lld, 77, '%s', 1, '2025-11-01', 9, 5, 4, 0, 'x', 1)", (long long)f->q08, i ? "half_year" : "voted"));
	READING(c)
		assert_ok(c, case_by_id(c, 77, &k));
	return k;
}

static void put_into(struct call *c, const char *state)
{
	test_sql(c, arena_printf(c->arena, "UPDATE year_case SET state = '%s', rev = 100, moved_to = '', remark = '' WHERE id = 77", state));
	test_sql(c, "DELETE FROM year_step");
}

static bool is_in(struct call *c, const char *state)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM year_case WHERE id = 77 AND state = '%s'", state)) == 1;
}

static const struct case_note full_note = { .remark = "vì lũ", .due_on = { 20500 }, .decision_no = "12-QĐ/ĐU", .decided_on = { 20400 }, .moved_to = "Q19" };

static void try_pair(struct call *c, unsigned kind, unsigned from, int step)
{
	const char *to = way(kind, case_states[from], case_steps[step]);
	struct year_case k;

	put_into(c, case_states[from]);
	int64_t journal = test_int(c, "SELECT count(*) FROM journal");
	fail f = case_take_step(c, 77, 100, (enum case_step)step, &full_note, &k, NULL);

	if (f != (to ? FAIL_OK : FAIL_CONFLICT))
		fail_msg("%s: %s from %s: %d %s", case_kinds[kind], case_steps[step], case_states[from], (int)f, c->problem.text);
	problem_clear(c);
	assert_true(is_in(c, to ? to : case_states[from]));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), to != NULL);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal") - journal, to != NULL);
	assert_int_equal(test_int(c, "SELECT rev FROM year_case WHERE id = 77"), to ? 101 : 100);
	assert_int_equal(k.rev, to ? 101 : 100);
}

static void try_every_pair(struct call *c, unsigned kind)
{
	struct fixture f = fixture_make(c);

	some_case(c, &f, kind);
	for (unsigned from = 1; from < CASE_STATES; from++)
		for (int step = 1; step < CASE_STEPS; step++)
			try_pair(c, kind, from, step);
}

TEST_BOTH(every_way_and_no_other_of_four_good)
{
	try_every_pair(c, CASE_FOUR_GOOD);
}

TEST_BOTH(every_way_and_no_other_of_a_unit)
{
	try_every_pair(c, CASE_UNIT);
}

TEST_BOTH(every_way_and_no_other_of_a_member)
{
	try_every_pair(c, CASE_MEMBER);
}

TEST_BOTH(the_same_click_twice_is_one_step)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "voted");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_RETURN, &full_note, &k, NULL));
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_RETURN, &full_note, &k, NULL));
	assert_int_equal(k.rev, 101);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 1);
	assert_fails(c, FAIL_CONFLICT, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL)); /* stale: the stored one comes back */
	assert_int_equal(k.state, CASE_RETURNED);
	assert_int_equal(k.rev, 101);
	assert_string_equal(k.remark, "vì lũ");
}

enum { CLERKS = 8 };
struct clerk {
	pthread_t thread;
	const struct call *like;
	fail result;
};

static void *return_it(void *arg)
{
	struct clerk *k = arg;
	struct call c;
	struct year_case out;

	test_call_like(&c, k->like);
	k->result = case_take_step(&c, 77, ANY_REV, CASE_STEP_RETURN, &full_note, &out, NULL);
	call_end(&c);
	return NULL;
}

TEST_BOTH(eight_clerks_return_a_case_once)
{
	struct fixture f = fixture_make(c);
	struct clerk clerks[CLERKS];
	int done = 0;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "voted");
	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = (struct clerk){ .like = c };
		assert_int_equal(pthread_create(&clerks[i].thread, NULL, return_it, &clerks[i]), 0);
	}
	for (int i = 0; i < CLERKS; i++) {
		pthread_join(clerks[i].thread, NULL);
		assert_true(clerks[i].result == FAIL_OK || clerks[i].result == FAIL_CONFLICT);
		done += clerks[i].result == FAIL_OK;
	}
	assert_int_equal(done, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 1);
	assert_int_equal(test_int(c, "SELECT rev FROM year_case WHERE id = 77"), 101);
}

static fail return_case(struct call *c, void *arg)
{
	struct year_case k;

	(void)arg;
	return case_take_step(c, 77, ANY_REV, CASE_STEP_RETURN, &full_note, &k, NULL);
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	problem_clear(c);
	assert_true(is_in(c, done ? "returned" : "voted"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE action = 'return'"), done);
	assert_int_equal(test_int(c, "SELECT rev FROM year_case WHERE id = 77"), done ? 101 : 100);
}

TEST_BOTH(a_step_that_fails_midway_leaves_nothing)
{
	struct fixture f = fixture_make(c);

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "voted");
	assert_true(test_faults(c, return_case, whole_or_nothing, NULL) > 4);
}

/* ---------------------------------------------------------------- what a step stands on */

TEST_BOTH(a_return_needs_a_reason_and_a_day)
{
	struct fixture f = fixture_make(c);
	struct case_note note = { .remark = "" };
	struct flaws found;
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "voted");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_RETURN, &note, &k, &found));
	assert_int_equal(found.n, 2);
	note.remark = "thiếu minh chứng";
	note.due_on = (struct date){ c->today.days - 1 };
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_RETURN, &note, &k, &found));
	assert_string_equal(test_problem.field, "due_on");
	note.due_on = (struct date){ c->today.days + 7 };
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_RETURN, &note, &k, &found));
	assert_int_equal(k.due_on.days, c->today.days + 7);
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_SELF_ASSESS, NULL, &k, &found));
	assert_false(date_is(k.due_on));
}

TEST_BOTH(recognition_needs_the_standard_and_a_decision)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "appraised");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_RECOGNISE, NULL, &k, NULL));
	assert_string_equal(test_problem.field, "decision_no");
	test_sql(c, "UPDATE year_sheet SET result = 'not_met', points = 949 WHERE stage = 'appraised'");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_RECOGNISE, &full_note, &k, NULL));
	assert_string_equal(test_problem.field, "result");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_REFUSE, NULL, &k, NULL));
	put_into(c, "appraised");
	test_sql(c, "UPDATE year_sheet SET result = 'met', points = 950 WHERE stage = 'appraised'");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_REFUSE, NULL, &k, NULL)); /* 95.0 meets: say why not */
	assert_string_equal(test_problem.field, "remark");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_RECOGNISE, &full_note, &k, NULL));
	assert_string_equal(k.decision_no, "12-QĐ/ĐU");
}

TEST_BOTH(only_a_recognised_cell_is_chosen_for_a_certificate)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "appraised");
	assert_fails(c, FAIL_CONFLICT, case_set_exemplary(c, 77, 100, true, &k));
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_RECOGNISE, &full_note, &k, NULL));
	assert_ok(c, case_set_exemplary(c, 77, k.rev, true, &k));
	assert_int_equal(k.exemplary, 1);
	assert_int_equal(k.rev, 102);
	assert_ok(c, case_set_exemplary(c, 77, 100, true, &k)); /* once more changes nothing */
	assert_int_equal(k.rev, 102);
	assert_fails(c, FAIL_CONFLICT, case_set_exemplary(c, 77, 100, false, &k));
	assert_ok(c, case_take_step(c, 77, 102, CASE_STEP_REOPEN, &full_note, &k, NULL));
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_APPRAISE, NULL, &k, NULL));
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_REFUSE, &full_note, &k, NULL));
	assert_int_equal(k.exemplary, 0);
}

TEST_BOTH(lower_units_come_before_higher_ones)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_UNIT);
	put_into(c, "voted");
	test_sql(c, arena_printf(c->arena, "UPDATE year_case SET unit_id = %lld WHERE id = 77", (long long)f.g1));
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL));
	assert_string_equal(test_problem.field, "order");
	assert_non_null(strstr(test_problem.text, "2 below it"));
	assert_non_null(strstr(test_problem.text, "Đơn vị C11"));
	for (int i = 0; i < 2; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, %d, 'unit_class', 2025, %lld, 'appraised')",
		                         (long long)f.q08, 80 + i, (long long)(i ? f.c11 : f.c12)));
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL));
}

TEST_BOTH(of_four_good_only_registered_units_are_waited_for)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "voted");
	test_sql(c, arena_printf(c->arena, "UPDATE year_case SET unit_id = %lld WHERE id = 77", (long long)f.g1));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, 80, 'four_good', 2025, %lld, 'registered')",
	                         (long long)f.q08, (long long)f.c11));
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL));
	assert_non_null(strstr(test_problem.text, "1 below it"));
	test_sql(c, "UPDATE year_case SET state = 'transferred_out' WHERE id = 80");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL));
}

TEST_BOTH(the_collective_comes_before_its_members)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_MEMBER);
	put_into(c, "voted");
	test_sql(c, "UPDATE year_case SET state = 'voted' WHERE id = 70");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL));
	assert_string_equal(test_problem.field, "order");
	test_sql(c, "UPDATE year_case SET state = 'appraised' WHERE id = 70");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_APPRAISE, NULL, &k, NULL));
}

TEST_BOTH(V07_a_vote_of_half_is_not_enough)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "self_assessed");
	test_sql(c, "UPDATE year_vote SET base = 10, in_favour = 5");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_VOTE, NULL, &k, NULL));
	assert_non_null(strstr(test_problem.text, "5 of 10 in favour, 6 are needed"));
	test_sql(c, "UPDATE year_vote SET in_favour = 6, against = 0");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_VOTE, NULL, &k, NULL));
}

TEST_BOTH(the_half_year_is_voted_on_by_who_registered_until_June)
{
	struct fixture f = fixture_make(c);
	struct year_case k;

	some_case(c, &f, CASE_FOUR_GOOD);
	put_into(c, "registered");
	test_sql(c, "UPDATE year_case SET registered_on = '2025-06-30' WHERE id = 77");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, 100, CASE_STEP_SELF_ASSESS, NULL, &k, NULL));
	assert_non_null(strstr(test_problem.text, "half year"));
	test_sql(c, "UPDATE year_case SET registered_on = '2025-07-01' WHERE id = 77");
	assert_ok(c, case_take_step(c, 77, 100, CASE_STEP_SELF_ASSESS, NULL, &k, NULL));
}

/* ---------------------------------------------------------------- opening */

/* A cell with nine official members, a regular meeting held on 10 January, and its plan. */
static struct fixture ready(struct call *c)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.c11, "C11", 9, 1);
	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, state, afterwards) "
	                         "VALUES (%lld, 50, 'M1', %lld, %d, 'regular', '2025-01-10T19:00', 'held', 1)",
	                         (long long)f.q08, (long long)f.c11, (int)month_of(2025, 1)));
	test_sql(c, arena_printf(c->arena, "INSERT INTO document (realm, id, unit_id, type, subject, dated_on, state) VALUES (%lld, 60, %lld, 'KH', 'Kế hoạch', "
	                         "'2025-01-05', 'issued')", (long long)f.q08, (long long)f.c11));
	return f;
}

static struct case_opening registration(const struct fixture *f)
{
	return (struct case_opening){ .kind = CASE_FOUR_GOOD, .year = 2025, .unit_id = f->c11, .registered_on = date_of(2025, 1, 10),
		                          .agreement_on = date_of(2025, 1, 10), .base = 9, .in_favour = 5, .against = 4 };
}

TEST_BOTH(V06_V07_a_cell_registers_at_a_regular_meeting)
{
	struct fixture f = ready(c);
	struct case_opening o = registration(&f);
	struct year_case k;
	struct year_votes votes;

	o.registered_on = date_of(2025, 1, 11);
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k));
	assert_string_equal(test_problem.field, "meeting_id");
	o = registration(&f);
	o.in_favour = 4;
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k)); /* 4 of 9 */
	assert_non_null(strstr(test_problem.text, "5 are needed"));
	o = registration(&f);
	o.base = 10;
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k)); /* a probationary member does not vote */
	assert_string_equal(test_problem.field, "base");
	o = registration(&f);
	o.agreement_on = DATE_NONE;
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k));
	o = registration(&f);
	o.base = INT_UNKNOWN;
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k));
	o = registration(&f);
	o.registered_on = date_of(2025, 12, 1);
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case"), 0);
	o = registration(&f);
	assert_ok(c, case_open(c, &o, &k));
	assert_int_equal(k.state, CASE_REGISTERED);
	assert_int_equal(k.meeting_id, 50);
	assert_int_equal(k.plan_id, 60);
	assert_string_equal(k.unit_name, "Đơn vị C11");
	assert_fails(c, FAIL_CONFLICT, case_open(c, &o, &k));
	assert_int_equal(k.rev, 1);
	READING(c)
		assert_ok(c, year_votes_of(c, &k, &votes));
	assert_int_equal(votes.n, 1);
	assert_int_equal(votes.v[0].base, 9);
	assert_int_equal(votes.v[0].stage_word, YEAR_VOTE_REGISTRATION);
}

TEST_BOTH(a_recognised_cell_carries_on_with_one_tap)
{
	struct fixture f = ready(c);
	struct case_opening o = { .kind = CASE_FOUR_GOOD, .year = 2025, .unit_id = f.c11, .base = INT_UNKNOWN, .carried_over = true };
	struct year_case k;

	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k));
	assert_string_equal(test_problem.field, "carried_over");
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, 70, 'four_good', 2024, %lld, 'recognised')",
	                         (long long)f.q08, (long long)f.c11));
	assert_ok(c, case_open(c, &o, &k));
	assert_int_equal(k.carried_over, 1);
	assert_int_equal(k.registered_on.days, c->today.days);
}

TEST_BOTH(a_member_is_reviewed_after_the_cell_and_where_they_are)
{
	struct fixture f = ready(c);
	struct case_opening o = { .kind = CASE_MEMBER, .year = 2025, .unit_id = f.c11, .base = INT_UNKNOWN };
	struct year_case k;
	struct member m;
	int64_t opened;

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "C11-03", &m));
	o.member_id = m.id;
	assert_fails(c, FAIL_CONFLICT, case_open(c, &o, &k));
	assert_string_equal(test_problem.field, "order");
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, 70, 'unit_class', 2025, %lld, 'open')",
	                         (long long)f.q08, (long long)f.c11));
	assert_fails(c, FAIL_CONFLICT, case_open_all(c, CASE_MEMBER, 2025, f.c11, &opened));
	test_sql(c, "UPDATE year_case SET state = 'self_assessed'");
	assert_ok(c, case_open(c, &o, &k));
	assert_string_equal(k.member_code, "C11-03");
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.c11, f.c12, date_of(2025, 6, 15), "", 0, NULL));
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "C11-04", &m));
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.c11, f.c12, date_of(2025, 6, 15), "", 0, NULL));
	o.member_id = m.id;
	assert_fails(c, FAIL_INPUT, case_open(c, &o, &k)); /* transferred in June: classified where they are */
	assert_non_null(strstr(test_problem.text, "Đơn vị C12"));
	assert_ok(c, case_open_all(c, CASE_MEMBER, 2025, f.c11, &opened));
	assert_int_equal(opened, 8); /* ten less the two who moved */
	assert_ok(c, case_open_all(c, CASE_MEMBER, 2025, f.c11, &opened));
	assert_int_equal(opened, 0);
}

TEST_BOTH(all_units_of_a_committee_are_opened_once)
{
	struct fixture f = ready(c);
	struct case_query q = { .decided_by = f.x1, .kind = CASE_UNIT, .year = 2025 };
	struct year_cases list;
	int64_t opened;

	assert_ok(c, case_open_all(c, CASE_UNIT, 2025, f.g1, &opened));
	assert_int_equal(opened, 2);
	assert_ok(c, case_open_all(c, CASE_UNIT, 2025, f.x1, &opened));
	assert_int_equal(opened, 2);
	READING(c) {
		assert_ok(c, case_list(c, &q, &list));
		assert_int_equal(list.n, 2);
		assert_string_equal(list.v[0].unit_code, "G1");
		assert_string_equal(list.v[1].unit_code, "V1");
		q = (struct case_query){ .unit_id = f.x1, .year = 2025 };
		assert_ok(c, case_list(c, &q, &list));
		assert_int_equal(list.n, 4);
		assert_string_equal(list.v[0].unit_code, "G1");
		assert_string_equal(list.v[1].unit_code, "C11");
		assert_string_equal(list.v[2].unit_code, "C12");
		assert_string_equal(list.v[3].unit_code, "V1");
		q.after_id = list.v[1].id;
		q.limit = 1;
		assert_ok(c, case_list(c, &q, &list));
		assert_int_equal(list.n, 1);
		assert_string_equal(list.v[0].unit_code, "C12");
		q = (struct case_query){ .unit_id = f.x1, .year = 2025, .own_only = true };
		assert_ok(c, case_list(c, &q, &list));
		assert_int_equal(list.n, 0);
		q = (struct case_query){ .unit_id = f.x1, .year = 2025, .state = CASE_VOTED };
		assert_ok(c, case_list(c, &q, &list));
		assert_int_equal(list.n, 0);
	}
}

/* ---------------------------------------------------------------- units that move */

TEST_BOTH(W8_units_that_move_away_leave_the_set)
{
	struct fixture f = fixture_make(c);
	struct case_query q = { .unit_id = f.x1, .kind = CASE_FOUR_GOOD, .year = 2025 };
	struct year_cases list;
	struct year_case k;
	int assessed = 0;

	for (int i = 0; i < 51; i++) {
		int64_t unit = fixture_unit(c, f.x1, arena_printf(c->arena, "P%02d", i), LEVEL_CELL, TYPE_RESIDENTIAL);

		test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on) VALUES (%lld, %d, 'four_good', 2025, %lld, "
		                         "'registered', '2025-01-10')", (long long)f.q08, 100 + i, (long long)unit));
	}
	for (int i = 0; i < 2; i++)
		assert_ok(c, case_take_step(c, 100 + i, ANY_REV, CASE_STEP_TRANSFER_OUT, &(struct case_note){ .moved_to = "Q19" }, &k, NULL));
	READING(c)
		assert_ok(c, case_list(c, &q, &list));
	assert_int_equal(list.n, 51);
	for (size_t i = 0; i < list.n; i++)
		assessed += list.v[i].state != CASE_TRANSFERRED_OUT;
	assert_int_equal(assessed, 49);
}

TEST_BOTH(a_unit_moved_in_mid_year_is_decided_where_it_is)
{
	struct fixture f = ready(c);
	struct case_opening o = registration(&f);
	struct change ch = { .kind = CHANGE_MOVE, .on = date_of(2025, 6, 1), .unit_id = f.c11, .parent_id = f.x1 };
	struct unit decider;
	struct year_case k;
	int64_t id;

	assert_ok(c, case_open(c, &o, &k));
	assert_ok(c, org_change_apply(c, &ch, &id));
	READING(c)
		assert_ok(c, case_decider(c, &k, &decider));
	assert_string_equal(decider.code, "X1");
}

/* Glossary: a department committee reviews, it does not decide. */
TEST_BOTH(what_stands_below_a_department_committee_is_decided_above_it)
{
	struct fixture f = ready(c);
	struct change department = { .kind = CHANGE_CREATE, .on = FIXTURE_FROM, .parent_id = f.g1, .code = "B1", .level = LEVEL_SUBCOMMITTEE, .type = TYPE_AGENCY,
		                         .name = "Đảng bộ bộ phận Văn phòng" };
	struct change cell = { .kind = CHANGE_CREATE, .on = FIXTURE_FROM, .code = "C13", .level = LEVEL_CELL, .type = TYPE_AGENCY, .name = "Chi bộ Phòng 3" };
	struct case_query q = { .decided_by = f.g1, .kind = CASE_UNIT, .year = 2025 };
	struct year_cases list;
	struct year_case k;
	struct unit decider;
	int64_t id, opened;

	assert_ok(c, org_change_apply(c, &department, &cell.parent_id));
	assert_ok(c, org_change_apply(c, &cell, &id));
	assert_ok(c, case_open_all(c, CASE_UNIT, 2025, f.g1, &opened));
	assert_int_equal(opened, 4); /* two cells, the department committee and the cell below it */
	READING(c) {
		assert_ok(c, case_find(c, CASE_UNIT, 2025, id, 0, &k));
		assert_ok(c, case_decider(c, &k, &decider));
		assert_ok(c, case_list(c, &q, &list));
	}
	assert_string_equal(decider.code, "G1");
	assert_int_equal(list.n, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(what_stands_below_a_department_committee_is_decided_above_it),
		cmocka_unit_test(the_table_is_that_of_the_domain),
		cmocka_unit_test(each_row_says_who_and_why),
		BOTH(every_way_and_no_other_of_four_good),
		BOTH(every_way_and_no_other_of_a_unit),
		BOTH(every_way_and_no_other_of_a_member),
		BOTH(the_same_click_twice_is_one_step),
		BOTH(eight_clerks_return_a_case_once),
		BOTH(a_step_that_fails_midway_leaves_nothing),
		BOTH(a_return_needs_a_reason_and_a_day),
		BOTH(recognition_needs_the_standard_and_a_decision),
		BOTH(only_a_recognised_cell_is_chosen_for_a_certificate),
		BOTH(lower_units_come_before_higher_ones),
		BOTH(of_four_good_only_registered_units_are_waited_for),
		BOTH(the_collective_comes_before_its_members),
		BOTH(V07_a_vote_of_half_is_not_enough),
		BOTH(the_half_year_is_voted_on_by_who_registered_until_June),
		BOTH(V06_V07_a_cell_registers_at_a_regular_meeting),
		BOTH(a_recognised_cell_carries_on_with_one_tap),
		BOTH(a_member_is_reviewed_after_the_cell_and_where_they_are),
		BOTH(all_units_of_a_committee_are_opened_once),
		BOTH(W8_units_that_move_away_leave_the_set),
		BOTH(a_unit_moved_in_mid_year_is_decided_where_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
