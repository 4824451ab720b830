/* test_server.c — the whole server over real HTTP: signing in and out, forged forms, too many attempts, what a change of account does. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "access/session.h"
#include "app/rule_store.h"
#include "app/rulebook.h"
#include "app/serve.h"
#include "org/version.h"
#include "rules/rules.h"
#include "support/web.h"

#define PASSWORD "mot hai ba bon"

static struct settings settings;
static struct server *server;
static int port;

/* ---- a small organisation: province 1, commune 2 with cell 4, commune 3 with cell 6 ---- */

static fail tree_changed(struct call *c, void *arg)
{
	(void)arg;
	org_tree_changed(c);
	return FAIL_OK;
}

static void make_tree(struct call *c)
{
	static const struct { const char *id, *parent, *level, *code; } units[] = {
		{ "1", "NULL", "province", "P" }, { "2", "1", "commune", "A" }, { "3", "1", "commune", "B" },
		{ "4", "2", "cell", "A1" },       { "6", "3", "cell", "B1" },
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		test_sql(c, arena_printf(c->arena, "INSERT INTO unit (id, realm, code) VALUES (%s, 1, '%s')", units[i].id, units[i].code));
		test_sql(c, arena_printf(c->arena,
		                         "INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, name, name_key, sort_key) "
		                         "VALUES (%s, '0001-01-01', '9999-12-31', %s, '%s', 'unit %s', 'unit', CAST('' AS %s))",
		                         units[i].id, units[i].parent, units[i].level, units[i].code,
		                         db_engine_of(c->db) == DB_SQLITE ? "BLOB" : "BYTEA"));
	}
	assert_ok(c, db_write(c, tree_changed, NULL));
}

static int64_t add_account(struct call *c, const char *login, unsigned role, int64_t unit)
{
	struct account a = { .login = login, .name = login, .lang = 2, .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = role, .unit_id = unit, .valid_from = { c->today.days - 30 }, .valid_to = DATE_OPEN };

	assert_ok(c, account_add(c, &a, PASSWORD, &g));
	return a.id;
}

static void start(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--workers=4", "--config=/dev/null" };
	struct args args = { 3, words };

	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	make_tree(c);
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
}

static void stop(void)
{
	assert_true(server_stop(server, 5000));
}

/* ---- a browser ---- */

struct browser { char cookie[128], csrf[128]; };

static const char *cookie_line(struct call *c, const struct browser *b, const char *more)
{
	return *b->cookie ? arena_printf(c->arena, "Cookie: chibo=%s\r\n%s", b->cookie, more) : more;
}

/* Keeps the session cookie that an answer sets. */
static void take_cookie(struct browser *b, const struct web_reply *r)
{
	const char *at = strstr(r->head, "Set-Cookie: chibo=");
	size_t n;

	if (!at)
		return;
	at += strlen("Set-Cookie: chibo=");
	n = strcspn(at, ";\r");
	snprintf(b->cookie, sizeof b->cookie, "%.*s", (int)n, at);
}

static void take_csrf(struct browser *b, const struct web_reply *r)
{
	const char *at = strstr(r->body, "name=\"csrf\" value=\"");

	if (!at)
		return;
	at += strlen("name=\"csrf\" value=\"");
	snprintf(b->csrf, sizeof b->csrf, "%.*s", (int)strcspn(at, "\""), at);
}

static int get(struct call *c, struct browser *b, const char *path)
{
	struct web_reply r = web_ask(port, "GET", path, cookie_line(c, b, "Accept: text/html\r\n"), NULL);
	int status = r.status;

	take_csrf(b, &r);
	web_free(&r);
	return status;
}

static int post(struct call *c, struct browser *b, const char *path, const char *body, const char *headers)
{
	struct web_reply r = web_ask(port, "POST", path, cookie_line(c, b, arena_printf(c->arena, "Content-Type: application/x-www-form-urlencoded\r\n%s", headers)), body);
	int status = r.status;

	take_cookie(b, &r);
	web_free(&r);
	return status;
}

static int sign_in(struct call *c, struct browser *b, const char *login, const char *password)
{
	return post(c, b, "/sign-in", arena_printf(c->arena, "login=%s&password=%s", login, password), "");
}

static const char *with_csrf(struct call *c, const struct browser *b, const char *body)
{
	return arena_printf(c->arena, "csrf=%s&%s", b->csrf, body);
}

/* ---- tests ---- */

static void in_through_the_door_and_out_again(struct call *c)
{
	struct browser b = { 0 };

	add_account(c, "officer", ROLE_OFFICER, 2);
	assert_int_equal(get(c, &b, "/"), 303);
	assert_int_equal(get(c, &b, "/me"), 303);
	assert_int_equal(get(c, &b, "/sign-in"), 200);
	assert_int_equal(sign_in(c, &b, "officer", "wrong+password"), 422);
	assert_string_equal(b.cookie, "");
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	assert_int_equal(strlen(b.cookie), 64);
	assert_int_equal(get(c, &b, "/"), 200);
	assert_int_equal(get(c, &b, "/me"), 200);
	char token[128];

	snprintf(token, sizeof token, "%s", b.cookie);
	assert_int_equal(post(c, &b, "/sign-out", with_csrf(c, &b, ""), ""), 303);
	snprintf(b.cookie, sizeof b.cookie, "%s", token);
	assert_int_equal(get(c, &b, "/me"), 303);
}

static void a_planted_session_is_never_signed_in(struct call *c)
{
	struct browser b = { 0 }, thief = { 0 };

	add_account(c, "officer", ROLE_OFFICER, 2);
	snprintf(b.cookie, sizeof b.cookie, "%064d", 7);
	snprintf(thief.cookie, sizeof thief.cookie, "%s", b.cookie);
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	assert_string_not_equal(b.cookie, thief.cookie);
	assert_int_equal(get(c, &thief, "/me"), 303);
	/* and a session that was there before ends with the new one */
	char first[128];

	snprintf(first, sizeof first, "%s", b.cookie);
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	snprintf(thief.cookie, sizeof thief.cookie, "%s", first);
	assert_int_equal(get(c, &thief, "/me"), 303);
}

static void the_cookie_is_for_this_site_alone(struct call *c)
{
	add_account(c, "officer", ROLE_OFFICER, 2);
	struct web_reply r = web_ask(port, "POST", "/sign-in", "Content-Type: application/x-www-form-urlencoded\r\n", "login=officer&password=mot+hai+ba+bon");
	char cookie[512];

	web_header(&r, "Set-Cookie", cookie, sizeof cookie);
	assert_non_null(strstr(cookie, "HttpOnly"));
	assert_non_null(strstr(cookie, "SameSite=Lax"));
	assert_non_null(strstr(cookie, "Path=/"));
	web_free(&r);
}

static void forged_forms_are_refused(struct call *c)
{
	struct browser b = { 0 }, other = { 0 };

	add_account(c, "officer", ROLE_OFFICER, 2);
	add_account(c, "second", ROLE_OFFICER, 3);
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	assert_int_equal(sign_in(c, &other, "second", "mot+hai+ba+bon"), 303);
	get(c, &b, "/me");
	get(c, &other, "/me");
	assert_int_equal(post(c, &b, "/me/language", "lang=vi", ""), 403);
	assert_int_equal(post(c, &b, "/me/language", with_csrf(c, &other, "lang=vi"), ""), 403);
	assert_int_equal(post(c, &b, "/me/language", with_csrf(c, &b, "lang=vi"), "Origin: http://elsewhere.example\r\n"), 403);
	assert_int_equal(post(c, &b, "/me/language", with_csrf(c, &b, "lang=vi"), "Sec-Fetch-Site: cross-site\r\n"), 403);
	assert_int_equal(post(c, &b, "/me/language", with_csrf(c, &b, "lang=vi"), ""), 303);
	assert_int_equal(post(c, &(struct browser){ 0 }, "/sign-in", "login=officer&password=mot+hai+ba+bon", "Origin: http://elsewhere.example\r\n"), 403);
}

static void too_many_attempts_have_to_wait(struct call *c)
{
	struct browser b = { 0 };
	int status = 0, known, unknown;

	add_account(c, "officer", ROLE_OFFICER, 2);
	for (known = 0; known < 20 && status != 429; known++)
		status = sign_in(c, &b, "officer", "wrong");
	assert_int_equal(status, 429);
	/* the right password does not help now */
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 429);
	/* a login that does not exist is counted in the same way */
	status = 0;
	for (unknown = 0; unknown < 20 && status != 429; unknown++)
		status = sign_in(c, &b, "nobody", "wrong");
	assert_int_equal(known, unknown);
	assert_int_equal(sign_in(c, &b, "third", "wrong"), 422);
}

static void a_disabled_account_is_out_at_once(struct call *c)
{
	struct browser b = { 0 };
	int64_t id = add_account(c, "officer", ROLE_OFFICER, 2);

	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	assert_int_equal(get(c, &b, "/me"), 200);
	assert_ok(c, account_disable(c, id, true));
	assert_int_equal(get(c, &b, "/me"), 303);
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 422);
}

static void a_role_that_ended_yesterday_refuses(struct call *c)
{
	struct browser b = { 0 };
	int64_t id = add_account(c, "officer", ROLE_OFFICER, 2);

	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	assert_int_equal(get(c, &b, "/units/A1/journal"), 200);
	assert_int_equal(get(c, &b, "/units/B1/journal"), 404);
	assert_int_equal(get(c, &b, "/units/999/journal"), 404);
	assert_ok(c, account_revoke(c, id, ROLE_OFFICER, 2));
	assert_int_equal(get(c, &b, "/units/A1/journal"), 404);
	assert_int_equal(get(c, &b, "/me"), 200);
}

static void a_new_password_goes_on_under_a_new_session(struct call *c)
{
	struct browser b = { 0 }, elsewhere = { 0 };
	char before[128];

	add_account(c, "officer", ROLE_OFFICER, 2);
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	assert_int_equal(sign_in(c, &elsewhere, "officer", "mot+hai+ba+bon"), 303);
	get(c, &b, "/me");
	snprintf(before, sizeof before, "%s", b.cookie);
	assert_int_equal(post(c, &b, "/me/password", with_csrf(c, &b, "current=wrong&password=nam+sau+bay+tam"), ""), 422);
	assert_int_equal(post(c, &b, "/me/password", with_csrf(c, &b, "current=mot+hai+ba+bon&password=short"), ""), 422);
	assert_int_equal(post(c, &b, "/me/password", with_csrf(c, &b, "current=mot+hai+ba+bon&password=nam+sau+bay+tam"), ""), 303);
	assert_string_not_equal(b.cookie, before);
	assert_int_equal(get(c, &b, "/me"), 200);
	assert_int_equal(get(c, &elsewhere, "/me"), 303);
	snprintf(elsewhere.cookie, sizeof elsewhere.cookie, "%s", before);
	assert_int_equal(get(c, &elsewhere, "/me"), 303);
}

static void accounts_are_made_in_the_browser(struct call *c)
{
	struct browser admin = { 0 }, made = { 0 };

	add_account(c, "admin", ROLE_ADMINISTRATOR, 2);
	assert_int_equal(sign_in(c, &admin, "admin", "mot+hai+ba+bon"), 303);
	assert_int_equal(get(c, &admin, "/accounts/new?unit=A1"), 200);
	struct web_reply r = web_ask(port, "POST", "/accounts",
	                             cookie_line(c, &admin, "Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n"),
	                             with_csrf(c, &admin, "login=bithu&name=B%C3%AD+th%C6%B0&role=secretary&unit=A1&valid_from=2025-11-01&valid_to="));
	const char *at = strstr(r.body, "\"password\":\"");
	char password[32];

	assert_int_equal(r.status, 201);
	assert_non_null(at);
	snprintf(password, sizeof password, "%.15s", at + strlen("\"password\":\""));
	web_free(&r);
	assert_int_equal(sign_in(c, &made, "bithu", password), 303);
	assert_int_equal(get(c, &made, "/"), 200);
	/* not beyond the own tree, and not into it from below */
	assert_int_equal(post(c, &admin, "/accounts", with_csrf(c, &admin, "login=other&name=x&role=officer&unit=B&valid_from=2025-11-01"), ""), 422);
	assert_int_equal(post(c, &admin, "/accounts", with_csrf(c, &admin, "login=other&name=x&role=officer&unit=P&valid_from=2025-11-01"), ""), 422);
	assert_int_equal(get(c, &made, "/accounts"), 403);
	assert_int_equal(test_int(c, "SELECT count(*) FROM account WHERE login = 'other'"), 0);
}

static void a_request_with_a_key_is_carried_out_once(struct call *c)
{
	struct browser b = { 0 };
	int64_t id = add_account(c, "officer", ROLE_OFFICER, 2);

	add_account(c, "admin", ROLE_ADMINISTRATOR, 1);
	assert_int_equal(sign_in(c, &b, "admin", "mot+hai+ba+bon"), 303);
	get(c, &b, "/me");
	const char *path = arena_printf(c->arena, "/accounts/%lld/disable", (long long)id);
	const char *open = arena_printf(c->arena, "/accounts/%lld/enable", (long long)id);
	const char *key = "Idempotency-Key: one\r\n";

	assert_int_equal(post(c, &b, path, with_csrf(c, &b, ""), key), 303);
	assert_int_equal(post(c, &b, open, with_csrf(c, &b, ""), ""), 303);
	assert_int_equal(post(c, &b, path, with_csrf(c, &b, ""), key), 303);
	assert_int_equal(test_int(c, "SELECT disabled FROM account WHERE login = 'officer'"), 0);
	assert_int_equal(post(c, &b, open, with_csrf(c, &b, ""), key), 409);
}

static void everything_stored_about_a_person_can_be_taken_away(struct call *c)
{
	struct browser b = { 0 };

	add_account(c, "officer", ROLE_OFFICER, 2);
	assert_int_equal(sign_in(c, &b, "officer", "mot+hai+ba+bon"), 303);
	struct web_reply r = web_ask(port, "GET", "/me/data?format=json", cookie_line(c, &b, ""), NULL);

	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body, "\"login\":\"officer\""));
	assert_non_null(strstr(r.body, "\"unit_code\":\"A\""));
	assert_null(strstr(r.body, "argon2"));
	assert_non_null(strstr(r.head, "attachment"));
	web_free(&r);
}

static void rules_are_kept_word_for_word_and_once(struct call *c)
{
	int64_t entries;

	assert_ok(c, rules_store(c));
	assert_int_equal(test_int(c, "SELECT count(*) FROM rule_file"), c->rules->n);
	assert_int_equal(test_int(c, "SELECT count(*) FROM rule_file WHERE id = 'MQ-2025-D' AND source LIKE '%MQ-2025-D%'"), 1);
	entries = test_int(c, "SELECT count(*) FROM journal WHERE entity = 'rule_file'");
	assert_int_equal(entries, c->rules->n);
	assert_ok(c, rules_store(c));
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'rule_file'"), entries);
	test_sql(c, "UPDATE rule_file SET digest = 'another' WHERE id = 'MQ-2025-D'");
	assert_ok(c, rules_store(c));
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'rule_file'"), entries + 1);
}

/* Starts the server around a test. */
#define SERVED(name)                                                                                                   \
	static void name##_served(struct call *c) { start(c); name(c); stop(); }                                           \
	static void name##_on_sqlite(void **state) { (void)state; test_on(DB_SQLITE, name##_served); }                     \
	static void name##_on_postgres(void **state) { (void)state; test_on(DB_POSTGRES, name##_served); }
#define BOTH_SERVED(name) cmocka_unit_test(name##_on_sqlite), cmocka_unit_test(name##_on_postgres)

SERVED(in_through_the_door_and_out_again)
SERVED(a_planted_session_is_never_signed_in)
SERVED(the_cookie_is_for_this_site_alone)
SERVED(forged_forms_are_refused)
SERVED(too_many_attempts_have_to_wait)
SERVED(a_disabled_account_is_out_at_once)
SERVED(a_role_that_ended_yesterday_refuses)
SERVED(a_new_password_goes_on_under_a_new_session)
SERVED(accounts_are_made_in_the_browser)
SERVED(a_request_with_a_key_is_carried_out_once)
SERVED(everything_stored_about_a_person_can_be_taken_away)
SERVED(rules_are_kept_word_for_word_and_once)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_SERVED(in_through_the_door_and_out_again),
		BOTH_SERVED(a_planted_session_is_never_signed_in),
		BOTH_SERVED(the_cookie_is_for_this_site_alone),
		BOTH_SERVED(forged_forms_are_refused),
		BOTH_SERVED(too_many_attempts_have_to_wait),
		BOTH_SERVED(a_disabled_account_is_out_at_once),
		BOTH_SERVED(a_role_that_ended_yesterday_refuses),
		BOTH_SERVED(a_new_password_goes_on_under_a_new_session),
		BOTH_SERVED(accounts_are_made_in_the_browser),
		BOTH_SERVED(a_request_with_a_key_is_carried_out_once),
		BOTH_SERVED(everything_stored_about_a_person_can_be_taken_away),
		BOTH_SERVED(rules_are_kept_word_for_word_and_once),
	};

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1); /* the server's clock is the tests' */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
