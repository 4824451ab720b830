/* test_vote.c — votes: base, majority, two thirds, rounds, tellers; ballots in the urn: nothing of one is ever written. */
#include "org/fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "meeting/ballot.h"
#include "meeting/cycle.h"

/* ---- a cell and its meeting ---- */

/* W19: 20 official, 2 on probation; official 18, 19, 20 and probationary 22 are absent. */
static struct meeting make_meeting(struct call *c, int64_t unit, const char *code)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.code = code;
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, 11, 3).days * 1440 + 19 * 60 };
	assert_ok(c, meeting_create(c, &m));
	return m;
}

static void take_roll(struct call *c, struct meeting *m, const char *prefix, int people, const int *absent, int absent_n)
{
	struct attendance v[40];
	struct flaws found = { 0 };

	for (int i = 0; i < people; i++) {
		record_clear(&attendance_record, &v[i]);
		v[i].member_code = arena_printf(c->arena, "%s-%02d", prefix, i + 1);
		v[i].status = ATTENDANCE_PRESENT;
		for (int k = 0; k < absent_n; k++)
			if (absent[k] == i + 1)
				v[i].status = ATTENDANCE_EXCUSED;
	}
	assert_ok(c, attendance_replace(c, m->id, m->rev, &(struct attendances){ v, (size_t)people }, m, &found));
}

static struct meeting w19(struct call *c)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 20, 2);
	struct meeting m = make_meeting(c, f.v1, "M11");

	take_roll(c, &m, "V1", 22, (const int[]){ 18, 19, 20, 22 }, 4);
	return m;
}

static struct vote prepare(const struct meeting *m, unsigned subject, unsigned method)
{
	struct vote v;

	record_clear(&vote_record, &v);
	v.meeting_id = m->id;
	v.subject = subject;
	v.method = method;
	return v;
}

static struct vote call_vote(struct call *c, const struct meeting *m, unsigned subject, const char *person)
{
	struct vote v = prepare(m, subject, METHOD_HAND);

	v.member_code = person;
	assert_ok(c, vote_call(c, &v));
	return v;
}

static struct teller counted(const char *who, int64_t yes, int64_t no, int64_t abstain, int64_t invalid)
{
	return (struct teller){ .member_code = who, .member_name = "", .in_favour = yes, .against = no, .abstain = abstain, .invalid = invalid };
}

static fail count(struct call *c, struct vote *v, struct teller a, struct teller b, int64_t marked, struct flaws *found)
{
	return vote_count(c, v->id, v->rev, (struct teller[]){ a, b }, marked, v, found);
}

/* 17 vote: so many in favour, so many against, the others abstain. */
static void counted_17(struct call *c, struct vote *v, int64_t yes, int64_t no)
{
	struct flaws found;

	assert_ok(c, count(c, v, counted("V1-01", yes, no, 17 - yes - no, 0), counted("V1-02", yes, no, 17 - yes - no, 0), 17, &found));
}

static struct voters voters(struct call *c, const struct meeting *m)
{
	struct voters v;

	READING(c)
		assert_ok(c, voters_of(c, m, &v));
	return v;
}

/* ---------------------------------------------------------------- V06, V07, V08 */

TEST_BOTH(W19_V06_V07_a_resolution_needs_11_of_20)
{
	struct meeting m = w19(c);
	struct voters all = voters(c, &m);

	assert_int_equal(all.voting.base, 20);
	assert_int_equal(all.n, 17);
	struct vote v = call_vote(c, &m, SUBJECT_RESOLUTION, "");

	assert_int_equal(v.base, 20);
	assert_int_equal(vote_votes_needed(&v), 11);
	counted_17(c, &v, 10, 0);
	assert_int_equal(v.result, VOTE_REJECTED);
	v = call_vote(c, &m, SUBJECT_RESOLUTION, "");
	counted_17(c, &v, 11, 6);
	assert_int_equal(v.result, VOTE_ADOPTED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote_teller"), 4);
}

TEST_BOTH(W19_V08_a_decision_on_a_member_needs_14_of_20)
{
	struct meeting m = w19(c);
	struct vote v = call_vote(c, &m, SUBJECT_MAKE_OFFICIAL, "V1-21");

	assert_int_equal(vote_votes_needed(&v), 14);
	counted_17(c, &v, 13, 4);
	assert_int_equal(v.result, VOTE_UNDECIDED);
	v = call_vote(c, &m, SUBJECT_MAKE_OFFICIAL, "V1-21");
	assert_int_equal(v.round, 2);
	counted_17(c, &v, 14, 3);
	assert_int_equal(v.result, VOTE_ADOPTED);
	v = call_vote(c, &m, SUBJECT_STRIKE, "V1-05");
	counted_17(c, &v, 2, 14);
	assert_int_equal(v.result, VOTE_REJECTED);
}

static void set_status(struct call *c, const struct meeting *m, const char *code, unsigned status)
{
	struct membership ms;
	struct member who;

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, code, &who));
	record_clear(&membership_record, &ms);
	ms.realm = who.realm;
	ms.member_id = who.id;
	ms.unit_id = m->unit_id;
	ms.status = status;
	ms.reason = status == STATUS_EXEMPT ? REASON_AGE_OR_HEALTH : REASON_NONE;
	ms.valid_from = date_of(2025, 6, 1);
	assert_ok(c, org_member_set_status(c, &ms, 0));
}

static void mark(struct call *c, struct meeting *m, const char *code, unsigned status)
{
	struct attendances rows;
	struct flaws found;

	READING(c)
		assert_ok(c, attendance_of(c, m, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (strcmp(rows.v[i].member_code, code) == 0)
			rows.v[i].status = status;
	assert_ok(c, attendance_replace(c, m->id, ANY_REV, &rows, m, &found));
}

TEST_BOTH(V06_exempt_and_away_count_only_when_they_come)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 20, 2);
	struct meeting m = make_meeting(c, f.v1, "M11");

	set_status(c, &m, "V1-20", STATUS_EXEMPT);
	set_status(c, &m, "V1-19", STATUS_TEMP_AWAY);
	struct attendance v[22];
	struct flaws found = { 0 };

	for (int i = 0; i < 22; i++) {
		record_clear(&attendance_record, &v[i]);
		v[i].member_code = arena_printf(c->arena, "V1-%02d", i + 1);
		v[i].status = i == 18 || i == 19 ? ATTENDANCE_EXEMPT : ATTENDANCE_PRESENT;
	}
	assert_ok(c, attendance_replace(c, m.id, m.rev, &(struct attendances){ v, 22 }, &m, &found));
	assert_int_equal(voters(c, &m).voting.base, 18);
	assert_int_equal(voters(c, &m).n, 18);
	mark(c, &m, "V1-20", ATTENDANCE_PRESENT);
	assert_int_equal(voters(c, &m).voting.base, 19);
	assert_int_equal(voters(c, &m).n, 19);
	mark(c, &m, "V1-19", ATTENDANCE_PRESENT);
	assert_int_equal(voters(c, &m).voting.base, 20);
}

TEST_BOTH(V06_without_a_roll_call_nothing_is_voted_on)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 5, 0);
	struct meeting m = make_meeting(c, f.v1, "M11");
	struct vote v = prepare(&m, SUBJECT_RESOLUTION, METHOD_HAND);

	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote"), 0);
}

TEST_BOTH(V23_incoming_members_attend_and_have_no_vote)
{
	struct fixture f = fixture_make(c);
	struct flaws found;

	fixture_members(c, f.v1, "V1", 5, 0);
	struct meeting m = make_meeting(c, f.v1, "M11");

	set_status(c, &m, "V1-05", STATUS_TEMP_HERE);
	take_roll(c, &m, "V1", 5, NULL, 0);
	assert_int_equal(m.expected, 5);
	assert_int_equal(m.present, 5);
	assert_int_equal(m.official_present, 4);
	assert_int_equal(voters(c, &m).voting.base, 4);
	assert_int_equal(voters(c, &m).n, 4);
	struct vote v = call_vote(c, &m, SUBJECT_RESOLUTION, "");

	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 5, 0, 0, 0), counted("V1-02", 5, 0, 0, 0), 5, &found));
	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 4, 0, 0, 0), counted("V1-05", 4, 0, 0, 0), 4, &found));
	assert_string_equal(test_problem.field, "b.teller");
	assert_ok(c, count(c, &v, counted("V1-01", 4, 0, 0, 0), counted("V1-02", 4, 0, 0, 0), 4, &found));
}

/* ---------------------------------------------------------------- V09 */

TEST_BOTH(V09_the_third_undecided_vote_is_referred_and_the_fourth_refused)
{
	struct meeting m = w19(c);

	for (int round = 1; round <= 3; round++) {
		struct vote v = call_vote(c, &m, SUBJECT_MAKE_OFFICIAL, "V1-21");

		assert_int_equal(v.round, round);
		counted_17(c, &v, 10, 7);
		assert_int_equal(v.result, round < 3 ? VOTE_UNDECIDED : VOTE_REFERRED);
	}
	struct vote fourth = prepare(&m, SUBJECT_MAKE_OFFICIAL, METHOD_HAND), other = fourth, last;

	fourth.member_code = "V1-21";
	other.member_code = "V1-22";
	assert_fails(c, FAIL_INPUT, vote_call(c, &fourth));
	assert_ok(c, vote_call(c, &other)); /* another person is another matter */
	/* also at the next meeting; until the third is declared void */
	struct meeting next = make_meeting(c, m.unit_id, "M12");

	take_roll(c, &next, "V1", 22, NULL, 0);
	fourth.meeting_id = next.id;
	assert_fails(c, FAIL_INPUT, vote_call(c, &fourth));
	READING(c)
		assert_ok(c, vote_latest(c, &m, SUBJECT_MAKE_OFFICIAL, &last));
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote WHERE result = 'referred'"), 1);
}

TEST_BOTH(V09_a_void_round_does_not_count)
{
	struct meeting m = w19(c);

	for (int round = 1; round <= 2; round++) {
		struct vote v = call_vote(c, &m, SUBJECT_ADMIT, "V1-21");

		counted_17(c, &v, 10, 7);
		if (round == 2) {
			assert_fails(c, FAIL_INPUT, vote_void(c, v.id, v.rev, "  ", &v));
			assert_ok(c, vote_void(c, v.id, v.rev, "Kiểm phiếu sai quy trình", &v));
			assert_int_equal(v.result, VOTE_VOID);
		}
	}
	assert_int_equal(call_vote(c, &m, SUBJECT_ADMIT, "V1-21").round, 2);
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote"), 3);
}

/* ---------------------------------------------------------------- V10 */

TEST_BOTH(V10_on_probation_no_vote_and_no_teller_but_minute_taker)
{
	struct meeting m = w19(c);
	struct flaws found;
	struct vote v = call_vote(c, &m, SUBJECT_MINUTE_TAKER, "V1-21");

	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-21", 17, 0, 0, 0), counted("V1-02", 17, 0, 0, 0), 17, &found));
	assert_string_equal(test_problem.field, "a.teller");
	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 18, 0, 0, 0), counted("V1-02", 18, 0, 0, 0), 18, &found)); /* 18 came, 17 with a vote */
	counted_17(c, &v, 17, 0);
	READING(c)
		assert_ok(c, meeting_by_id(c, m.id, &m));
	assert_int_equal(m.minute_taker_id, v.member_id);
}

TEST_BOTH(V10_only_who_is_on_probation_becomes_official)
{
	struct meeting m = w19(c);
	struct vote v = prepare(&m, SUBJECT_MAKE_OFFICIAL, METHOD_HAND);

	v.member_code = "V1-03";
	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
	v.member_code = "";
	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
	v.member_code = "C11-01";
	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
}

/* ---------------------------------------------------------------- V22 */

TEST_BOTH(V22_a_question_below_two_thirds_never_a_refusal)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 9, 0);
	struct meeting m = make_meeting(c, f.v1, "M11");
	struct voters all;

	take_roll(c, &m, "V1", 9, (const int[]){ 7, 8, 9 }, 3);
	all = voters(c, &m);
	assert_null(voters_question(c, &all)); /* 6 of 9 */
	take_roll(c, &m, "V1", 9, (const int[]){ 6, 7, 8, 9 }, 4);
	all = voters(c, &m);
	assert_non_null(voters_question(c, &all));
	struct vote v = prepare(&m, SUBJECT_RESOLUTION, METHOD_HAND);

	assert_ok(c, vote_call(c, &v));
}

/* ---------------------------------------------------------------- tellers */

TEST_BOTH(counts_that_do_not_balance_are_refused)
{
	struct meeting m = w19(c);
	struct vote v = call_vote(c, &m, SUBJECT_RESOLUTION, "");
	struct flaws found;

	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 15, 1, 0, 0), counted("V1-02", 16, 1, 0, 0), 17, &found));
	assert_string_equal(test_problem.field, "a.in_favour");
	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 16, 1, 0, 0), counted("V1-02", 15, 2, 0, 0), 17, &found));
	assert_string_equal(test_problem.field, "b.in_favour");
	assert_non_null(strstr(test_problem.text, "16, 1, 0, 0 and 15, 2, 0, 0"));
	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 17, 0, 0, 0), counted("V1-01", 17, 0, 0, 0), 17, &found));
	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-01", 18, -1, 0, 0), counted("V1-02", 18, -1, 0, 0), 17, &found));
	assert_fails(c, FAIL_INPUT, count(c, &v, counted("V1-18", 17, 0, 0, 0), counted("V1-02", 17, 0, 0, 0), 17, &found)); /* an absent teller */
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote WHERE result <> ''"), 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote_teller"), 0);
	assert_ok(c, count(c, &v, counted("V1-01", 14, 1, 1, 1), counted("V1-02", 14, 1, 1, 1), 17, &found));
	assert_int_equal(v.invalid, 1);
}

TEST_BOTH(a_double_tap_does_one_thing)
{
	struct meeting m = w19(c);
	struct vote v = call_vote(c, &m, SUBJECT_RESOLUTION, ""), again = call_vote(c, &m, SUBJECT_RESOLUTION, ""), first;
	struct flaws found;

	assert_int_equal(v.id, again.id);
	counted_17(c, &v, 16, 1);
	first = again;
	counted_17(c, &first, 16, 1); /* the same count once more */
	assert_int_equal(first.rev, v.rev);
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote_teller"), 2);
	assert_fails(c, FAIL_CONFLICT, count(c, &again, counted("V1-01", 17, 0, 0, 0), counted("V1-02", 17, 0, 0, 0), 17, &found));
	assert_int_equal(test_int(c, "SELECT in_favour FROM vote"), 16);
}

TEST_BOTH(an_open_vote_keeps_the_meeting_from_closing)
{
	struct meeting m = w19(c);
	struct vote v = call_vote(c, &m, SUBJECT_RESOLUTION, "");
	struct flaws found = { 0 };
	int64_t n;

	READING(c)
	{
		assert_ok(c, votes_open(c, &m, &n));
		assert_int_equal(n, 1);
		assert_ok(c, meeting_step_blocks(c, &m, STEP_CLOSE, &found));
	}
	bool named = false;

	for (size_t i = 0; i < found.n; i++)
		named |= strcmp(found.v[i].field, "votes") == 0;
	assert_true(named);
	counted_17(c, &v, 17, 0);
	READING(c)
		assert_ok(c, votes_open(c, &m, &n));
	assert_int_equal(n, 0);
}

TEST_BOTH(no_secret_vote_and_no_V08_while_somebody_is_online)
{
	struct meeting m = w19(c);
	struct attendances rows;
	struct flaws found;

	READING(c)
		assert_ok(c, attendance_of(c, &m, &rows));
	rows.v[0].mode = MODE_ONLINE;
	assert_ok(c, attendance_replace(c, m.id, ANY_REV, &rows, &m, &found));
	struct vote v = prepare(&m, SUBJECT_RESOLUTION, METHOD_PAPER);

	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
	v.method = METHOD_DEVICE;
	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
	v = prepare(&m, SUBJECT_MAKE_OFFICIAL, METHOD_HAND);
	v.member_code = "V1-21";
	assert_fails(c, FAIL_INPUT, vote_call(c, &v));
	v = prepare(&m, SUBJECT_RESOLUTION, METHOD_HAND);
	assert_ok(c, vote_call(c, &v));
}

TEST_BOTH(signed_minutes_end_all_votes)
{
	struct meeting m = w19(c), stored;
	struct vote v = prepare(&m, SUBJECT_RESOLUTION, METHOD_HAND);

	m.minutes_signed_on = date_of(2025, 11, 4);
	assert_ok(c, meeting_update(c, &m, &stored));
	assert_fails(c, FAIL_CONFLICT, vote_call(c, &v));
}

/* ---------------------------------------------------------------- the urn */

static struct vote open_ballot(struct call *c, const struct meeting *m)
{
	struct vote v = prepare(m, SUBJECT_MAKE_OFFICIAL, METHOD_DEVICE);

	v.member_code = "V1-21";
	assert_ok(c, vote_call(c, &v));
	assert_ok(c, ballot_begin(c, &v));
	return v;
}

TEST_BOTH(V10_V23_only_official_members_who_are_present_drop_a_ballot)
{
	struct meeting m = w19(c);
	struct vote v = open_ballot(c, &m), closed;
	struct voters all = voters(c, &m);
	struct member probationary, absent;

	READING(c)
	{
		assert_ok(c, org_member_by_code(c, 0, "V1-21", &probationary));
		assert_ok(c, org_member_by_code(c, 0, "V1-18", &absent));
	}
	assert_fails(c, FAIL_DENIED, ballot_cast(c, v.id, probationary.id, BALLOT_IN_FAVOUR));
	assert_fails(c, FAIL_DENIED, ballot_cast(c, v.id, absent.id, BALLOT_IN_FAVOUR));
	assert_fails(c, FAIL_DENIED, ballot_cast(c, v.id, 4711, BALLOT_IN_FAVOUR));
	assert_fails(c, FAIL_INPUT, ballot_cast(c, v.id, all.v[0]->id, BALLOT_NONE));
	assert_ok(c, ballot_cast(c, v.id, all.v[0]->id, BALLOT_AGAINST));
	assert_fails(c, FAIL_CONFLICT, ballot_cast(c, v.id, all.v[0]->id, BALLOT_IN_FAVOUR));
	assert_int_equal(ballot_marked(c, v.id), 1);
	assert_ok(c, ballot_close(c, v.id, &closed));
	assert_int_equal(closed.against, 1);
	assert_int_equal(closed.in_favour, 0);
	assert_int_equal(closed.marked, 1);
	assert_fails(c, FAIL_CONFLICT, ballot_cast(c, v.id, all.v[1]->id, BALLOT_IN_FAVOUR));
	assert_fails(c, FAIL_CONFLICT, ballot_close(c, v.id, &closed));
}

TEST_BOTH(a_lost_urn_means_the_ballot_is_repeated)
{
	struct meeting m = w19(c);
	struct vote v = open_ballot(c, &m), closed;
	struct voters all = voters(c, &m);

	assert_ok(c, ballot_cast(c, v.id, all.v[0]->id, BALLOT_IN_FAVOUR));
	ballot_drop_all(); /* the server stops */
	assert_int_equal(ballot_marked(c, v.id), -1);
	assert_fails(c, FAIL_CONFLICT, ballot_cast(c, v.id, all.v[1]->id, BALLOT_IN_FAVOUR));
	assert_fails(c, FAIL_CONFLICT, ballot_close(c, v.id, &closed));
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote WHERE result = ''"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM ballot_roll"), 0);
	assert_ok(c, ballot_repeat(c, v.id));
	assert_int_equal(ballot_marked(c, v.id), 0);
	for (size_t i = 0; i < all.n; i++)
		assert_ok(c, ballot_cast(c, v.id, all.v[i]->id, BALLOT_IN_FAVOUR));
	assert_ok(c, ballot_close(c, v.id, &closed));
	assert_int_equal(closed.in_favour, 17);
	assert_int_equal(closed.result, VOTE_ADOPTED);
}

TEST_BOTH(a_close_that_fails_keeps_the_urn)
{
	struct meeting m = w19(c);
	struct vote v = open_ballot(c, &m), closed;
	struct voters all = voters(c, &m);

	assert_ok(c, ballot_cast(c, v.id, all.v[0]->id, BALLOT_IN_FAVOUR));
	for (int n = 0; n < 6; n++) {
		db_fault_after(c->db, n);
		fail f = ballot_close(c, v.id, &closed);

		db_fault_after(c->db, -1);
		assert_int_not_equal(f, FAIL_OK);
		problem_clear(c);
		assert_int_equal(ballot_marked(c, v.id), 1);
		assert_int_equal(test_int(c, "SELECT count(*) FROM ballot_roll"), 0);
	}
	assert_ok(c, ballot_cast(c, v.id, all.v[1]->id, BALLOT_AGAINST));
	assert_ok(c, ballot_close(c, v.id, &closed));
	assert_int_equal(closed.marked, 2);
	assert_int_equal(ballot_marked(c, v.id), -1);
}

/* Whatever the order and the choices: totals are right, their sum is the number marked, and the roll is sorted by member. */
TEST_BOTH(totals_equal_the_number_marked_in_any_order)
{
	struct meeting m = w19(c);
	struct voters all = voters(c, &m);
	unsigned seed = 20251103;

	for (int run = 0; run < 12; run++) {
		struct vote v = prepare(&m, SUBJECT_OTHER, METHOD_DEVICE), closed;
		int64_t want[BALLOT_CHOICES] = { 0 };
		size_t order[40], n = all.n;

		v.title = arena_printf(c->arena, "Lần %d", run);
		assert_ok(c, vote_call(c, &v));
		assert_ok(c, ballot_begin(c, &v));
		for (size_t i = 0; i < n; i++)
			order[i] = i;
		for (size_t i = n; i-- > 1;) {
			size_t k = (size_t)rand_r(&seed) % (i + 1), keep = order[i];

			order[i] = order[k];
			order[k] = keep;
		}
		n = (size_t)rand_r(&seed) % (n + 1);
		for (size_t i = 0; i < n; i++) {
			enum ballot_choice choice = (enum ballot_choice)(1 + rand_r(&seed) % 3);

			want[choice]++;
			assert_ok(c, ballot_cast(c, v.id, all.v[order[i]]->id, choice));
		}
		assert_ok(c, ballot_close(c, v.id, &closed));
		assert_int_equal(closed.marked, n);
		assert_int_equal(closed.in_favour, want[BALLOT_IN_FAVOUR]);
		assert_int_equal(closed.against, want[BALLOT_AGAINST]);
		assert_int_equal(closed.abstain, want[BALLOT_ABSTAIN]);
		assert_int_equal(closed.in_favour + closed.against + closed.abstain, closed.marked);
		assert_int_equal(test_int(c, arena_printf(c->arena, "SELECT count(*) FROM ballot_roll WHERE vote_id = %lld", (long long)v.id)), n);
	}
}

/* ---------------------------------------------------------------- the whole database in hand */

struct bytes { char *data; size_t n; };

static struct bytes read_file(const char *path)
{
	struct bytes b = { 0 };
	FILE *f = fopen(path, "rb");

	if (!f)
		return b;
	fseek(f, 0, SEEK_END);
	b.n = (size_t)ftell(f);
	rewind(f);
	b.data = malloc(b.n + 1);
	assert_non_null(b.data);
	assert_int_equal(fread(b.data, 1, b.n, f), b.n);
	fclose(f);
	return b;
}

/* Database and log as they lie on the disk. */
static struct bytes on_disk(struct call *c, const char *ending)
{
	return read_file(arena_printf(c->arena, "%s%s", test_db_url(c), ending));
}

static void same_bytes(struct bytes x, struct bytes y)
{
	assert_int_equal(x.n, y.n);
	if (x.n)
		assert_memory_equal(x.data, y.data, x.n);
	free(x.data);
	free(y.data);
}

/* Every row of every table as one number: PostgreSQL's own files also hold what it does for itself. */
static int64_t all_rows(struct call *c)
{
	static const char *const tables[] = { "vote", "vote_teller", "ballot_roll", "journal", "journal_head", "idempotency", "session", "attendance", "meeting",
		                                  "meeting_step", "meeting_text", "account", "outbox" };
	uint64_t sum = 0;

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		sum = sum * 31 + (uint64_t)test_int(c, arena_printf(c->arena, "SELECT count(*) FROM %s", tables[i])) +
		      (uint64_t)test_int(c, arena_printf(c->arena, "SELECT coalesce(sum(length(CAST(t.* AS TEXT))), 0) FROM %s t", tables[i]));
	return (int64_t)(sum >> 1);
}

/* Everything that PostgreSQL has ever put in, changed or taken out of any table of this test's schema: others run beside it. */
static int64_t tuples_written(struct call *c)
{
	test_sql(c, "SELECT pg_stat_force_next_flush()");
	return test_int(c, "SELECT CAST(coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) AS BIGINT) FROM pg_stat_all_tables WHERE schemaname = current_schema()");
}

static void cast_all(struct call *c, const struct vote *v, const struct voters *all)
{
	for (size_t i = all->n; i-- > 0;)
		assert_ok(c, ballot_cast(c, v->id, all->v[i]->id, i % 3 ? BALLOT_IN_FAVOUR : BALLOT_AGAINST));
}

static bool equal_bytes(struct bytes x, struct bytes y)
{
	bool equal = x.n == y.n && (!x.n || memcmp(x.data, y.data, x.n) == 0);

	free(x.data);
	free(y.data);
	return equal;
}

/* What was written before the ballot moves from the log into the database while nothing else is to be done: looked at once that is over. */
static void let_files_rest(struct call *c)
{
	bool rested = false;

	for (int i = 0; i < 100 && !rested; i++) {
		struct bytes file = on_disk(c, ""), log = on_disk(c, "-wal");

		nanosleep(&(struct timespec){ .tv_nsec = 300 * 1000 * 1000 }, NULL);
		rested = equal_bytes(file, on_disk(c, ""));
		rested &= equal_bytes(log, on_disk(c, "-wal"));
	}
	assert_true(rested);
}

TEST_BOTH(between_open_and_close_not_one_byte_is_written)
{
	struct meeting m = w19(c);
	struct voters all = voters(c, &m);
	struct vote v = open_ballot(c, &m), closed;

	if (db_engine_of(c->db) == DB_SQLITE) {
		let_files_rest(c);
		struct bytes file = on_disk(c, ""), log = on_disk(c, "-wal");

		assert_true(file.n + log.n > 0);
		cast_all(c, &v, &all);
		same_bytes(file, on_disk(c, ""));
		same_bytes(log, on_disk(c, "-wal"));
	} else {
		int64_t rows = all_rows(c), written = tuples_written(c);

		cast_all(c, &v, &all);
		assert_int_equal(all_rows(c), rows);
		assert_int_equal(tuples_written(c), written);
	}
	assert_ok(c, ballot_close(c, v.id, &closed));
	assert_int_equal(closed.marked, 17);
}

/* How often the eight bytes of a member's id stand right before or behind a small number is nothing one can search for; what can be searched for
 * is everything the closing wrote: one row of totals, 17 rows of the roll, one entry of the journal, and in these no person beside a choice. */
TEST_BOTH(after_closing_there_are_totals_and_a_sorted_roll_and_nothing_else)
{
	struct meeting m = w19(c);
	struct voters all = voters(c, &m);
	struct vote v = open_ballot(c, &m), closed;
	int64_t entries = test_int(c, "SELECT count(*) FROM journal");

	cast_all(c, &v, &all);
	assert_ok(c, ballot_close(c, v.id, &closed));
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal") - entries, 1);
	for (size_t i = 0; i < all.n; i++) /* no voter in what the journal says of the vote */
		assert_int_equal(test_int(c, arena_printf(c->arena, "SELECT count(*) FROM journal WHERE entity = 'vote' AND (after LIKE '%%%s%%' OR after LIKE '%%%lld%%')",
		                                          all.v[i]->code, (long long)all.v[i]->id)), 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM ballot_roll"), 17);
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote_teller"), 0);
	/* the physical order is that of the members, not that of casting (which was the reverse) */
	const char *place = db_engine_of(c->db) == DB_SQLITE ? "SELECT count(*) FROM (SELECT member_id, lag(member_id) OVER () AS before FROM ballot_roll NOT INDEXED) x "
	                                                       "WHERE before > member_id" :
	                                                       "SELECT count(*) FROM ballot_roll x JOIN ballot_roll y ON x.ctid < y.ctid AND x.member_id > y.member_id";

	assert_int_equal(test_int(c, place), 0);
}

/* ---------------------------------------------------------------- many at once */

struct rush {
	const struct call *like;
	const struct voters *all;
	int64_t vote_id;
	int done, refused;
};

static void *rush_in(void *arg)
{
	struct rush *r = arg;
	struct call c;

	test_call_like(&c, r->like);
	for (size_t i = 0; i < r->all->n; i++) {
		fail f = ballot_cast(&c, r->vote_id, r->all->v[i]->id, BALLOT_IN_FAVOUR);

		r->done += f == FAIL_OK;
		r->refused += f == FAIL_CONFLICT;
		problem_clear(&c);
		(void)ballot_marked(&c, r->vote_id);
	}
	call_end(&c);
	return NULL;
}

TEST_BOTH(four_devices_at_once_and_one_ballot_each)
{
	struct meeting m = w19(c);
	struct voters all = voters(c, &m);
	struct vote v = open_ballot(c, &m), closed;
	struct rush r[4];
	pthread_t threads[4];
	int done = 0;

	for (int i = 0; i < 4; i++) {
		r[i] = (struct rush){ c, &all, v.id, 0, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, rush_in, &r[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(r[i].done + r[i].refused, 17);
		done += r[i].done;
	}
	assert_int_equal(done, 17);
	assert_ok(c, ballot_close(c, v.id, &closed));
	assert_int_equal(closed.in_favour, 17);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(W19_V06_V07_a_resolution_needs_11_of_20),
		BOTH(W19_V08_a_decision_on_a_member_needs_14_of_20),
		BOTH(V06_exempt_and_away_count_only_when_they_come),
		BOTH(V06_without_a_roll_call_nothing_is_voted_on),
		BOTH(V23_incoming_members_attend_and_have_no_vote),
		BOTH(V09_the_third_undecided_vote_is_referred_and_the_fourth_refused),
		BOTH(V09_a_void_round_does_not_count),
		BOTH(V10_on_probation_no_vote_and_no_teller_but_minute_taker),
		BOTH(V10_only_who_is_on_probation_becomes_official),
		BOTH(V22_a_question_below_two_thirds_never_a_refusal),
		BOTH(counts_that_do_not_balance_are_refused),
		BOTH(a_double_tap_does_one_thing),
		BOTH(an_open_vote_keeps_the_meeting_from_closing),
		BOTH(no_secret_vote_and_no_V08_while_somebody_is_online),
		BOTH(signed_minutes_end_all_votes),
		BOTH(V10_V23_only_official_members_who_are_present_drop_a_ballot),
		BOTH(a_lost_urn_means_the_ballot_is_repeated),
		BOTH(a_close_that_fails_keeps_the_urn),
		BOTH(totals_equal_the_number_marked_in_any_order),
		BOTH(between_open_and_close_not_one_byte_is_written),
		BOTH(after_closing_there_are_totals_and_a_sorted_roll_and_nothing_else),
		BOTH(four_devices_at_once_and_one_ballot_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
