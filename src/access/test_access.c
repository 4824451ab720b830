/* test_access.c — accounts, roles and sessions on both engines. */
#include "support/support.h"

#include <string.h>

#include "access/access.h"
#include "access/password.h"
#include "access/session.h"
#include "org/version.h"

static fail tree_changed(struct call *c, void *arg)
{
	(void)arg;
	org_tree_changed(c);
	return FAIL_OK;
}

/* A province P (1) over commune A (2) and B (3); cells A1 (4), A2 (5) and B1 (6). Until 30 June commune D (7), now closed, with cell D1 (8);
 * B took over from D. */
static void make_tree(struct call *c)
{
	test_sql(c, "INSERT INTO unit (id, realm, code) VALUES (1,1,'P'),(2,1,'A'),(3,1,'B'),(4,1,'A1'),(5,1,'A2'),(6,1,'B1'),(7,1,'D'),(8,1,'D1')");
	const char *row = "INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, name, name_key, sort_key) VALUES "
	                  "(%s, '%s', '%s', %s, '%s', 'unit %s', 'unit', CAST('' AS %s))";
	const char *bytes = db_engine_of(c->db) == DB_SQLITE ? "BLOB" : "BYTEA";

	static const char *const spans[][5] = {
		{ "1", "0001-01-01", "9999-12-31", "NULL", "province" }, { "2", "0001-01-01", "9999-12-31", "1", "commune" },
		{ "3", "0001-01-01", "9999-12-31", "1", "commune" },     { "4", "0001-01-01", "9999-12-31", "2", "cell" },
		{ "5", "0001-01-01", "9999-12-31", "2", "cell" },        { "6", "0001-01-01", "9999-12-31", "3", "cell" },
		{ "7", "0001-01-01", "2025-06-30", "1", "commune" },     { "8", "0001-01-01", "2025-06-30", "7", "cell" },
	};

	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
		test_sql(c, arena_printf(c->arena, row, spans[i][0], spans[i][1], spans[i][2], spans[i][3], spans[i][4], spans[i][0], bytes));
	test_sql(c, "INSERT INTO unit_predecessor (unit_id, predecessor_id, on_date) VALUES (3, 7, '2025-07-01')");
	assert_ok(c, db_write(c, tree_changed, NULL)); /* what was remembered belongs to the database of the test before */
}

#define GOOD_PASSWORD "mot hai ba bon"

static int64_t add_account(struct call *c, const char *login, unsigned role, int64_t unit)
{
	struct account a = { .login = login, .name = login, .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = role, .unit_id = unit, .valid_from = c->today, .valid_to = DATE_OPEN };

	assert_ok(c, account_add(c, &a, GOOD_PASSWORD, unit ? &g : NULL));
	return a.id;
}

static fail resume_body(struct call *c, void *token)
{
	return session_resume(c, token);
}

/* A call of whoever has the token; the account's id, 0 when nobody is signed in. */
static int64_t resume(struct call *c, struct call *person, const char *token)
{
	test_call_like(person, c);
	person->now_ms = c->now_ms;
	person->today = c->today;
	session_prepare(person);
	assert_ok(person, db_read(person, resume_body, (void *)(uintptr_t)token));
	return person->who.account;
}

struct question { enum right right; int64_t unit; };

static fail ask_body(struct call *c, void *arg)
{
	const struct question *q = arg;

	return access_may(c, q->right, q->unit);
}

static fail ask(struct call *c, enum right right, int64_t unit)
{
	struct question q = { right, unit };
	fail f = db_read(c, ask_body, &q);

	problem_clear(c);
	return f;
}

TEST_BOTH(sign_in_and_out)
{
	char token[SESSION_TOKEN], other[SESSION_TOKEN];
	struct call p;
	int64_t id;

	make_tree(c);
	id = add_account(c, "An.Nguyen", ROLE_OFFICER, 2);
	assert_ok(c, session_begin(c, " AN.nguyen ", GOOD_PASSWORD, 14, token));
	assert_int_equal(resume(c, &p, token), id);
	assert_string_equal(p.who.name, "an.nguyen");
	assert_false(p.who.operator);
	call_end(&p);
	assert_ok(c, session_begin(c, "an.nguyen", GOOD_PASSWORD, 14, other));
	assert_string_not_equal(token, other);
	assert_ok(c, session_end(c, token));
	assert_int_equal(resume(c, &p, token), 0);
	call_end(&p);
	assert_int_equal(resume(c, &p, other), id);
	call_end(&p);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE action = 'sign-in'"), 2);
}

TEST_BOTH(the_token_itself_is_not_stored)
{
	char token[SESSION_TOKEN];

	make_tree(c);
	add_account(c, "an", ROLE_OFFICER, 2);
	assert_ok(c, session_begin(c, "an", GOOD_PASSWORD, 14, token));
	const char *hash = arena_printf(c->arena, "SELECT count(*) FROM session WHERE length(token_hash) = 32");

	assert_int_equal(test_int(c, hash), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM account WHERE password LIKE '$argon2id$%'"), 1);
}

TEST_BOTH(refusals_do_not_say_which_logins_exist)
{
	char token[SESSION_TOKEN], wrong[300], unknown[300], disabled[300];

	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_OFFICER, 2);

	assert_fails(c, FAIL_INPUT, session_begin(c, "an", "mot hai ba nam", 14, token));
	snprintf(wrong, sizeof wrong, "%s", test_problem.text);
	assert_fails(c, FAIL_INPUT, session_begin(c, "binh", GOOD_PASSWORD, 14, token));
	snprintf(unknown, sizeof unknown, "%s", test_problem.text);
	assert_ok(c, account_disable(c, id, true));
	assert_fails(c, FAIL_INPUT, session_begin(c, "an", GOOD_PASSWORD, 14, token));
	snprintf(disabled, sizeof disabled, "%s", test_problem.text);
	assert_string_equal(wrong, unknown);
	assert_string_equal(wrong, disabled);
}

TEST_BOTH(a_disabled_account_loses_its_sessions_at_once)
{
	char token[SESSION_TOKEN];
	struct call p;

	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_OFFICER, 2);

	assert_ok(c, session_begin(c, "an", GOOD_PASSWORD, 14, token));
	for (int i = 0; i < 2; i++) { /* the second time out of memory */
		assert_int_equal(resume(c, &p, token), id);
		call_end(&p);
	}
	assert_ok(c, account_disable(c, id, true));
	assert_int_equal(resume(c, &p, token), 0);
	call_end(&p);
	assert_ok(c, account_disable(c, id, false));
	assert_int_equal(resume(c, &p, token), 0);
	call_end(&p);
}

TEST_BOTH(a_new_password_ends_all_sessions)
{
	char token[SESSION_TOKEN];
	struct call p;

	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_OFFICER, 2);

	assert_ok(c, session_begin(c, "an", GOOD_PASSWORD, 14, token));
	assert_int_equal(resume(c, &p, token), id);
	call_end(&p);
	assert_ok(c, account_password_set(c, id, "nam sau bay tam"));
	assert_int_equal(resume(c, &p, token), 0);
	call_end(&p);
	assert_fails(c, FAIL_INPUT, session_begin(c, "an", GOOD_PASSWORD, 14, token));
	assert_ok(c, session_begin(c, "an", "nam sau bay tam", 14, token));
}

TEST_BOTH(a_session_ends_by_itself)
{
	char token[SESSION_TOKEN];
	struct call p;
	int64_t now = c->now_ms;

	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_OFFICER, 2);

	assert_ok(c, session_begin(c, "an", GOOD_PASSWORD, 2, token));
	c->now_ms = now + 2 * 86400000LL - 1;
	assert_int_equal(resume(c, &p, token), id);
	call_end(&p);
	c->now_ms = now + 2 * 86400000LL;
	assert_int_equal(resume(c, &p, token), 0);
	call_end(&p);
}

TEST_BOTH(nonsense_is_no_session)
{
	static const char *const tokens[] = { "", "x", "0000", "../../etc/passwd",
		"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ",
		"0000000000000000000000000000000000000000000000000000000000000000",
		"00000000000000000000000000000000000000000000000000000000000000000" };
	struct call p;

	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
		assert_int_equal(resume(c, &p, tokens[i]), 0);
		call_end(&p);
	}
	assert_int_equal(resume(c, &p, NULL), 0);
	call_end(&p);
}

static void sign_in_as(struct call *c, struct call *p, const char *login)
{
	char token[SESSION_TOKEN];

	assert_ok(c, session_begin(c, login, GOOD_PASSWORD, 14, token));
	assert_true(resume(c, p, token) != 0);
}

TEST_BOTH(roles_reach_their_unit_and_what_is_below)
{
	struct call p;

	make_tree(c);
	add_account(c, "officer", ROLE_OFFICER, 2);
	add_account(c, "secretary", ROLE_SECRETARY, 4);
	add_account(c, "upper", ROLE_UPPER, 1);
	add_account(c, "nobody", ROLE_NONE, 0);
	sign_in_as(c, &p, "officer");
	assert_int_equal(ask(&p, MAY_DECIDE, 2), FAIL_OK);
	assert_int_equal(ask(&p, MAY_DECIDE, 4), FAIL_OK);
	assert_int_equal(ask(&p, MAY_MANAGE_ACCOUNTS, 4), FAIL_DENIED);
	assert_int_equal(ask(&p, MAY_SEE, 6), FAIL_NOT_FOUND);
	assert_int_equal(ask(&p, MAY_SEE, 1), FAIL_NOT_FOUND);
	assert_int_equal(ask(&p, MAY_SEE, 999), FAIL_NOT_FOUND);
	assert_int_equal(ask(&p, MAY_IMPORT, 0), FAIL_DENIED);
	assert_int_equal(ask(&p, MAY_NOBODY, 4), FAIL_DENIED);
	call_end(&p);
	sign_in_as(c, &p, "secretary");
	assert_int_equal(ask(&p, MAY_RECORD, 4), FAIL_OK);
	assert_int_equal(ask(&p, MAY_DECIDE, 4), FAIL_DENIED);
	assert_int_equal(ask(&p, MAY_SEE, 5), FAIL_NOT_FOUND);
	assert_int_equal(ask(&p, MAY_SEE, 2), FAIL_NOT_FOUND);
	call_end(&p);
	sign_in_as(c, &p, "upper");
	assert_int_equal(ask(&p, MAY_SEE, 6), FAIL_OK);
	assert_int_equal(ask(&p, MAY_DECIDE, 6), FAIL_DENIED);
	assert_int_equal(ask(&p, MAY_IMPORT, 0), FAIL_OK);
	call_end(&p);
	sign_in_as(c, &p, "nobody");
	assert_int_equal(ask(&p, MAY_SIGNED_IN, 0), FAIL_OK);
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_NOT_FOUND);
	call_end(&p);
	assert_int_equal(resume(c, &p, NULL), 0);
	assert_int_equal(ask(&p, MAY_PUBLIC, 0), FAIL_OK);
	assert_int_equal(ask(&p, MAY_SIGNED_IN, 0), FAIL_DENIED);
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_DENIED);
	call_end(&p);
}

TEST_BOTH(a_members_role_is_for_the_unit_alone)
{
	struct call p;

	make_tree(c);
	add_account(c, "member", ROLE_MEMBER, 2);
	sign_in_as(c, &p, "member");
	assert_int_equal(ask(&p, MAY_SEE, 2), FAIL_OK);
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_NOT_FOUND);
	assert_int_equal(ask(&p, MAY_SEE_MEMBERS, 2), FAIL_DENIED);
	call_end(&p);
}

TEST_BOTH(a_role_holds_from_its_first_day_to_its_last)
{
	char token[SESSION_TOKEN];
	struct date start = c->today;
	struct call p;

	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_NONE, 0);
	struct grant g = { .account_id = id, .role = ROLE_OFFICER, .unit_id = 2, .valid_from = { start.days + 1 }, .valid_to = { start.days + 2 } };

	assert_ok(c, account_grant(c, &g));
	assert_ok(c, session_begin(c, "an", GOOD_PASSWORD, 30, token));
	static const fail expected[] = { FAIL_NOT_FOUND, FAIL_OK, FAIL_OK, FAIL_NOT_FOUND };

	for (int day = 0; day < 4; day++) {
		c->today.days = start.days + day;
		c->now_ms += 86400000;
		assert_int_equal(resume(c, &p, token), id);
		assert_int_equal(ask(&p, MAY_SEE, 4), expected[day]);
		call_end(&p);
	}
	c->today = start;
}

TEST_BOTH(a_revoked_role_ended_yesterday)
{
	char token[SESSION_TOKEN];
	struct call p;

	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_NONE, 0);
	struct grant g = { .account_id = id, .role = ROLE_OFFICER, .unit_id = 2, .valid_from = date_of(2025, 1, 1), .valid_to = DATE_OPEN };

	assert_ok(c, account_grant(c, &g));
	assert_ok(c, session_begin(c, "an", GOOD_PASSWORD, 30, token));
	resume(c, &p, token);
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_OK);
	call_end(&p);
	assert_ok(c, account_revoke(c, id, ROLE_OFFICER, 2));
	resume(c, &p, token);
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_NOT_FOUND);
	call_end(&p);
	assert_int_equal(test_int(c, "SELECT count(*) FROM account_role WHERE valid_to = '2025-11-14'"), 1);
	assert_fails(c, FAIL_NOT_FOUND, account_revoke(c, id, ROLE_OFFICER, 2));
	/* one that began today leaves no trace of a day it never held */
	g.valid_from = c->today;
	assert_ok(c, account_grant(c, &g));
	assert_int_equal(test_int(c, "SELECT count(*) FROM account_role"), 1);
}

TEST_BOTH(spans_of_a_role_that_touch_become_one)
{
	make_tree(c);
	int64_t id = add_account(c, "an", ROLE_NONE, 0);
	struct grant g = { .account_id = id, .role = ROLE_OFFICER, .unit_id = 2, .valid_from = date_of(2025, 1, 1), .valid_to = date_of(2025, 1, 31) };

	assert_ok(c, account_grant(c, &g));
	assert_ok(c, account_grant(c, &g));
	g.valid_from = date_of(2025, 2, 1);
	g.valid_to = date_of(2025, 2, 28);
	assert_ok(c, account_grant(c, &g));
	assert_int_equal(test_int(c, "SELECT count(*) FROM account_role WHERE valid_from = '2025-01-01' AND valid_to = '2025-02-28'"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM account_role"), 1);
	g.valid_from = date_of(2025, 3, 2);
	g.valid_to = DATE_OPEN;
	assert_ok(c, account_grant(c, &g));
	assert_int_equal(test_int(c, "SELECT count(*) FROM account_role"), 2);
	g.valid_to = date_of(2025, 3, 1);
	assert_fails(c, FAIL_INPUT, account_grant(c, &g));
}

TEST_BOTH(a_closed_unit_stays_with_its_successor)
{
	struct call p;

	make_tree(c);
	add_account(c, "off.b", ROLE_OFFICER, 3);
	add_account(c, "off.a", ROLE_OFFICER, 2);
	add_account(c, "insp", ROLE_INSPECTOR, 1);
	sign_in_as(c, &p, "off.b");
	assert_int_equal(ask(&p, MAY_SEE, 7), FAIL_OK);
	assert_int_equal(ask(&p, MAY_SEE, 8), FAIL_OK);
	call_end(&p);
	sign_in_as(c, &p, "off.a");
	assert_int_equal(ask(&p, MAY_SEE, 8), FAIL_NOT_FOUND);
	call_end(&p);
	sign_in_as(c, &p, "insp");
	assert_int_equal(ask(&p, MAY_SEE, 8), FAIL_OK);
	call_end(&p);
}

TEST_BOTH(a_move_of_the_tree_moves_the_right)
{
	struct call p;

	make_tree(c);
	add_account(c, "off.a", ROLE_OFFICER, 2);
	sign_in_as(c, &p, "off.a");
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_OK);
	call_end(&p);
	test_sql(c, "UPDATE unit_span SET parent_id = 3 WHERE unit_id = 4");
	assert_ok(c, db_write(c, tree_changed, NULL));
	sign_in_as(c, &p, "off.a");
	if (db_engine_of(c->db) == DB_POSTGRES)
		p.now_ms += 5000; /* what is remembered there may be that old */
	assert_int_equal(ask(&p, MAY_SEE, 4), FAIL_NOT_FOUND);
	assert_int_equal(ask(&p, MAY_SEE, 5), FAIL_OK);
	call_end(&p);
}

TEST_BOTH(nobody_hands_out_what_is_not_theirs)
{
	struct call p;

	make_tree(c);
	int64_t province = add_account(c, "province", ROLE_UPPER, 1);
	int64_t secretary = add_account(c, "secretary", ROLE_SECRETARY, 4);

	add_account(c, "admin", ROLE_ADMINISTRATOR, 2);
	sign_in_as(c, &p, "admin");
	struct grant g = { .account_id = secretary, .role = ROLE_SECRETARY, .unit_id = 5, .valid_from = p.today, .valid_to = DATE_OPEN };

	assert_ok(&p, account_grant(&p, &g));
	g.unit_id = 6;
	assert_fails(&p, FAIL_NOT_FOUND, account_grant(&p, &g));
	g.unit_id = 1;
	assert_fails(&p, FAIL_NOT_FOUND, account_grant(&p, &g));
	g = (struct grant){ .account_id = province, .role = ROLE_OFFICER, .unit_id = 4, .valid_from = p.today, .valid_to = DATE_OPEN };
	assert_fails(&p, FAIL_NOT_FOUND, account_grant(&p, &g));
	assert_fails(&p, FAIL_NOT_FOUND, account_password_set(&p, province, "nam sau bay tam"));
	assert_fails(&p, FAIL_NOT_FOUND, account_disable(&p, province, true));
	assert_fails(&p, FAIL_CONFLICT, account_disable(&p, p.who.account, true));
	assert_ok(&p, account_disable(&p, secretary, true));
	struct account a = { .login = "new", .name = "New", .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };

	assert_fails(&p, FAIL_DENIED, account_add(&p, &a, GOOD_PASSWORD, NULL));
	g = (struct grant){ .role = ROLE_OFFICER, .unit_id = 2, .valid_from = p.today, .valid_to = DATE_OPEN };
	assert_ok(&p, account_add(&p, &a, GOOD_PASSWORD, &g));
	call_end(&p);
}

static fail list_all(struct call *c, void *arg)
{
	return account_list(c, "", 2, arg);
}

static fail list_missing(struct call *c, void *arg)
{
	return account_missing(c, 10, arg);
}

TEST_BOTH(lists_show_what_may_be_managed)
{
	struct accounts page;
	struct grants cells;
	struct call p;

	make_tree(c);
	add_account(c, "a-province", ROLE_UPPER, 1);
	add_account(c, "b-other", ROLE_OFFICER, 3);
	add_account(c, "c-own", ROLE_SECRETARY, 4);
	add_account(c, "d-admin", ROLE_ADMINISTRATOR, 2);
	add_account(c, "e-root", ROLE_ADMINISTRATOR, 1);
	assert_ok(c, db_read(c, list_all, &page));
	assert_int_equal(page.n, 2);
	assert_string_equal(page.v[0].login, "a-province");
	assert_ok(c, db_read(c, list_missing, &cells));
	assert_int_equal(cells.n, 2);
	sign_in_as(c, &p, "d-admin");
	assert_ok(&p, db_read(&p, list_all, &page));
	assert_int_equal(page.n, 2);
	assert_string_equal(page.v[0].login, "c-own");
	assert_string_equal(page.v[1].login, "d-admin");
	assert_ok(&p, db_read(&p, list_missing, &cells));
	assert_int_equal(cells.n, 1);
	assert_string_equal(cells.v[0].unit_code, "A2");
	call_end(&p);
	sign_in_as(c, &p, "e-root");
	assert_ok(&p, db_read(&p, list_all, &page));
	assert_string_equal(page.v[0].login, "a-province");
	call_end(&p);
}

TEST_BOTH(logins_and_passwords_are_checked)
{
	struct account a = { .name = "An", .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	static const char *const logins[] = { "", "a", "nguyễn an", "a b", "a/b", "<b>" };

	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
		a.login = logins[i];
		assert_fails(c, FAIL_INPUT, account_add(c, &a, GOOD_PASSWORD, NULL));
	}
	a.login = "an";
	assert_fails(c, FAIL_INPUT, account_add(c, &a, "short", NULL));
	assert_fails(c, FAIL_INPUT, account_add(c, &a, "", NULL));
	a.login = "an.nguyen";
	assert_fails(c, FAIL_INPUT, account_add(c, &a, "xx an.nguyen xx", NULL));
	assert_ok(c, account_add(c, &a, GOOD_PASSWORD, NULL));
	a.login = "AN.NGUYEN";
	assert_fails(c, FAIL_CONFLICT, account_add(c, &a, GOOD_PASSWORD, NULL));
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE after LIKE '%argon%'"), 0);
}

TEST_BOTH(made_passwords_are_good_and_differ)
{
	const char *one = account_password_make(c), *two = account_password_make(c);

	assert_int_equal(strlen(one), 15);
	assert_string_not_equal(one, two);
	assert_ok(c, account_password_check(c, "an", one));
}

static fail add_one(struct call *c, void *arg)
{
	struct account a = { .login = "an", .name = "An", .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = ROLE_OFFICER, .unit_id = 2, .valid_from = c->today, .valid_to = DATE_OPEN };

	(void)arg;
	return account_add(c, &a, GOOD_PASSWORD, &g);
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM account"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM account_role"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal"), done ? 2 : 0);
}

TEST_BOTH(an_account_is_added_whole_or_not_at_all)
{
	make_tree(c);
	assert_true(test_faults(c, add_one, whole_or_nothing, NULL) > 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(sign_in_and_out),
		BOTH(the_token_itself_is_not_stored),
		BOTH(refusals_do_not_say_which_logins_exist),
		BOTH(a_disabled_account_loses_its_sessions_at_once),
		BOTH(a_new_password_ends_all_sessions),
		BOTH(a_session_ends_by_itself),
		BOTH(nonsense_is_no_session),
		BOTH(roles_reach_their_unit_and_what_is_below),
		BOTH(a_members_role_is_for_the_unit_alone),
		BOTH(a_role_holds_from_its_first_day_to_its_last),
		BOTH(a_revoked_role_ended_yesterday),
		BOTH(spans_of_a_role_that_touch_become_one),
		BOTH(a_closed_unit_stays_with_its_successor),
		BOTH(a_move_of_the_tree_moves_the_right),
		BOTH(nobody_hands_out_what_is_not_theirs),
		BOTH(lists_show_what_may_be_managed),
		BOTH(logins_and_passwords_are_checked),
		BOTH(made_passwords_are_good_and_differ),
		BOTH(an_account_is_added_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
