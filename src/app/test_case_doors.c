/* test_case_doors.c — every state × step × kind of a case of the year through each door: command, form and JSON. The table itself is src/year/test_case.c. */
#include "org/fixture.h"

#include <stdlib.h>

#include "access/account.h"
#include "app/rulebook.h"
#include "app/serve.h"
#include "app/tables.h"
#include "support/web.h"
#include "year/store.h"

/* The domain's sections 7.1 and 8 once more. Kinds: f "four good", u unit, m member. Steps of sheets have a page of their own and are not in here. */
static const struct { const char *kinds, *from, *step, *to; } ways[] = {
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

static bool has_page_of_its_own(int step)
{
	return step == CASE_STEP_REGISTER || step == CASE_STEP_HALF_YEAR || step == CASE_STEP_SELF_ASSESS || step == CASE_STEP_VOTE || step == CASE_STEP_APPRAISE;
}

/* ---------------------------------------------------------------- a case with an appraised sheet */

static void make_case(struct call *c, const struct fixture *f, unsigned kind)
{
	int64_t member = kind == CASE_MEMBER ? fixture_member(c, f->c11, "C11-99", STATUS_OFFICIAL).id : 0;

	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, member_id, state, registered_on) VALUES (%lld, 77, '%s', 2025, %lld, %lld, "
	                         "'open', '2025-07-15')", (long long)f->q08, case_kinds[kind], (long long)f->c11, (long long)member));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, 77, 'appraised', 1, 960, '%s', "
	                         "'x', 1)", (long long)f->q08, kind == CASE_FOUR_GOOD ? "met" : "good"));
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

/* ---------------------------------------------------------------- doors */

enum door { BY_COMMAND, BY_FORM, BY_JSON };
enum result { TAKEN, NO_WAY, OTHERWISE };

static int port;
static char cookie[128], csrf[128];
static struct settings settings;
static struct server *server;

static enum result by_command(struct call *c, unsigned kind, int step)
{
	const char *words[] = { "C11", case_steps[step], arena_printf(c->arena, "--kind=%s", case_kinds[kind]), "--year=2025", "--reason=vì lũ", "--due-on=2025-12-20",
		                    "--decision-no=12-QĐ", "--decided-on=2025-11-10", "--moved-to=Q19", "--member=C11-99" };
	struct args args = { kind == CASE_MEMBER ? 10 : 9, words };
	FILE *was = c->out, *nowhere = fopen("/dev/null", "w");
	fail f = FAIL_BROKEN;

	c->out = nowhere;
	for (const struct command *const *table = app_commands; *table; table++)
		for (const struct command *k = *table; k->name; k++)
			if (strcmp(k->name, "cases step") == 0)
				f = k->run(c, &args);
	fclose(nowhere);
	c->out = was;
	problem_clear(c);
	return f == FAIL_OK ? TAKEN : f == FAIL_CONFLICT ? NO_WAY : OTHERWISE;
}

static int ask(struct call *c, const char *path, const char *type, const char *body)
{
	const char *headers = arena_printf(c->arena, "Cookie: chibo=%s\r\nContent-Type: %s\r\nAccept: %s\r\nX-CSRF-Token: %s\r\n", cookie, type,
	                                   strstr(type, "json") ? "application/json" : "text/html", csrf);
	struct web_reply r = web_ask(port, "POST", path, headers, body);
	int status = r.status;

	web_free(&r);
	return status;
}

static const char *form_body = "rev=100&remark=v%C3%AC+l%C5%A9&due_on=2025-12-20&decision_no=12-Q%C4%90&decided_on=2025-11-10&moved_to=Q19";
static const char *json_body = "{\"rev\":100,\"remark\":\"vì lũ\",\"due_on\":\"2025-12-20\",\"decision_no\":\"12-QĐ\",\"decided_on\":\"2025-11-10\",\"moved_to\":\"Q19\"}";

static enum result through(struct call *c, enum door door, unsigned kind, int step)
{
	if (door == BY_COMMAND)
		return by_command(c, kind, step);
	int status = ask(c, arena_printf(c->arena, "/cases/77/steps/%s", case_steps[step]), door == BY_JSON ? "application/json" : "application/x-www-form-urlencoded",
	                 door == BY_JSON ? json_body : form_body);

	return status == 303 || status == 200 || status == 201 ? TAKEN : status == 409 ? NO_WAY : OTHERWISE;
}

static void try_pair(struct call *c, enum door door, unsigned kind, unsigned from, int step)
{
	const char *to = way(kind, case_states[from], case_steps[step]);

	put_into(c, case_states[from]);
	int64_t journal = test_int(c, "SELECT count(*) FROM journal");
	enum result r = through(c, door, kind, step);

	if (r != (to ? TAKEN : NO_WAY))
		fail_msg("door %d: %s %s from %s: %d", (int)door, case_kinds[kind], case_steps[step], case_states[from], (int)r);
	assert_true(is_in(c, to ? to : case_states[from]));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), to != NULL);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal") - journal, to != NULL);
	assert_int_equal(test_int(c, "SELECT rev FROM year_case WHERE id = 77"), to ? 101 : 100);
}

static void try_every_pair(struct call *c, enum door door, unsigned kind)
{
	for (unsigned from = 1; from < CASE_STATES; from++)
		for (int step = 1; step < CASE_STEPS; step++)
			if (!has_page_of_its_own(step))
				try_pair(c, door, kind, from, step);
}

/* ---------------------------------------------------------------- the server */

static void sign_in(struct call *c, int64_t unit)
{
	struct account a = { .login = "officer", .name = "officer", .lang = 2, .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = ROLE_OFFICER, .unit_id = unit, .valid_from = { c->today.days - 30 }, .valid_to = DATE_OPEN };

	assert_ok(c, account_add(c, &a, "mot hai ba bon", &g));
	struct web_reply r = web_ask(port, "POST", "/sign-in", "Content-Type: application/x-www-form-urlencoded\r\n", "login=officer&password=mot+hai+ba+bon");
	const char *at = strstr(r.head, "chibo=");

	assert_non_null(at);
	snprintf(cookie, sizeof cookie, "%.*s", (int)strcspn(at + 6, ";\r"), at + 6);
	web_free(&r);
	r = web_ask(port, "GET", "/me", arena_printf(c->arena, "Cookie: chibo=%s\r\nAccept: text/html\r\n", cookie), NULL);
	at = strstr(r.body, "name=\"csrf\" value=\"");
	assert_non_null(at);
	at += strlen("name=\"csrf\" value=\"");
	snprintf(csrf, sizeof csrf, "%.*s", (int)strcspn(at, "\""), at);
	web_free(&r);
}

static void serve(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--workers=2", "--config=/dev/null" };
	struct args args = { 3, words };

	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
}

static void through_the_server(struct call *c, unsigned kind)
{
	struct fixture f = fixture_make(c);

	make_case(c, &f, kind);
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	serve(c);
	sign_in(c, f.x1);
	try_every_pair(c, BY_FORM, kind);
	try_every_pair(c, BY_JSON, kind);
	assert_true(server_stop(server, 5000));
}

TEST_BOTH(every_way_and_no_other_of_four_good_by_form_and_JSON)
{
	through_the_server(c, CASE_FOUR_GOOD);
}

TEST_BOTH(every_way_and_no_other_of_a_unit_by_form_and_JSON)
{
	through_the_server(c, CASE_UNIT);
}

TEST_BOTH(every_way_and_no_other_of_a_member_by_form_and_JSON)
{
	through_the_server(c, CASE_MEMBER);
}

TEST_BOTH(every_way_and_no_other_by_command)
{
	struct fixture f = fixture_make(c);

	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	for (unsigned kind = 1; kind < CASE_KINDS; kind++) {
		make_case(c, &f, kind);
		try_every_pair(c, BY_COMMAND, kind);
		test_sql(c, "DELETE FROM year_step; DELETE FROM year_sheet; DELETE FROM year_case");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(every_way_and_no_other_of_four_good_by_form_and_JSON),
		BOTH(every_way_and_no_other_of_a_unit_by_form_and_JSON),
		BOTH(every_way_and_no_other_of_a_member_by_form_and_JSON),
		BOTH(every_way_and_no_other_by_command),
	};

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1); /* the server's clock is the tests' */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
