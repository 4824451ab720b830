/* test_cycle.c — the life of a meeting: every way of the table, and every pair of state and step outside of it, by function, command, form and JSON. */
#include "score/fixture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "access/account.h"
#include "app/rulebook.h"
#include "app/serve.h"
#include "app/tables.h"
#include "meeting/progress.h"
#include "meeting/verify.h"
#include "support/web.h"

/* The domain's section 5 once more, independent of the program's own table. "" is a meeting that is not there yet. */
static const struct { const char *from, *step, *to; bool afterwards; } ways[] = {
	{ "", "plan", "planned", false }, { "", "register", "date_registered", false }, { "", "record", "held", true },
	{ "planned", "register", "date_registered", false }, { "date_registered", "schedule", "scheduled", false },
	{ "scheduled", "prepare", "prepared", false }, { "prepared", "open", "open", false }, { "open", "close", "held", false },
	{ "held", "score", "scored", false }, { "scored", "vote", "voted", false }, { "voted", "sign", "minutes_signed", false },
	{ "minutes_signed", "report", "reported", false }, { "reported", "decide", "decided", false }, { "decided", "lock", "locked", false },
	{ "planned", "postpone", "postponed", false }, { "scheduled", "postpone", "postponed", false },
	{ "postponed", "schedule", "scheduled", false }, { "planned", "cancel", "cancelled", false }, { "scheduled", "cancel", "cancelled", false },
	{ "locked", "reopen", "reopened", false }, { "reopened", "score", "scored", false }, { "reopened", "decide", "decided", false },
	{ "reopened", "lock", "locked", false },
	{ "held", "decide", "decided", true }, { "scored", "decide", "decided", true }, { "voted", "decide", "decided", true },
	{ "minutes_signed", "decide", "decided", true },
};

static const char *way(const char *from, const char *step, bool afterwards)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strcmp(ways[i].from, from) == 0 && strcmp(ways[i].step, step) == 0 && (afterwards || !ways[i].afterwards))
			return ways[i].to;
	return NULL;
}

static void the_table_is_that_of_the_domain(void **state)
{
	(void)state;
	for (unsigned s = 0; s < MEETING_STATES; s++)
		for (int step = 1; step < STEP_COUNT; step++)
			for (int afterwards = 0; afterwards < 2; afterwards++) {
				const struct cycle_row *row = cycle_find((enum meeting_step)step, (enum meeting_state)s, afterwards);
				const char *to = way(meeting_state_words[s], meeting_step_words[step], afterwards);

				assert_int_equal(row != NULL, to != NULL);
				if (row)
					assert_string_equal(meeting_state_words[row->to], to);
			}
}

static void each_row_says_who_and_why(void **state)
{
	(void)state;
	for (const struct cycle_row *r = cycle_table; r->step; r++) {
		bool above = r->step == STEP_DECIDE || r->step == STEP_LOCK || r->step == STEP_REOPEN;

		assert_int_equal(r->may, above ? MAY_DECIDE : MAY_RECORD);
		assert_int_equal(r->needs_reason, r->step == STEP_POSTPONE || r->step == STEP_CANCEL || r->step == STEP_REOPEN);
		assert_int_equal(r->needs_approval, r->step == STEP_POSTPONE || r->step == STEP_CANCEL);
	}
}

/* ---------------------------------------------------------------- a meeting that has everything a step may stand on */

static struct meeting complete_meeting(struct call *c, int64_t unit)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.state = MEETING_DATE_REGISTERED;
	m.code = "L1";
	moment_parse("2025-11-14T19:00", &m.starts_at);
	assert_ok(c, meeting_create(c, &m));
	test_sql(c, "UPDATE meeting SET ends_at = '2025-11-14T20:30', minutes_approved_at = '2025-11-14T20:30', minutes_signed_on = '2025-11-14', "
	            "uploaded_at = '2025-11-15T08:00', expected = 21, present = 21");
	test_sql(c, "INSERT INTO agenda_item (realm, meeting_id, item, place, part, title) SELECT realm, id, 1, 1, 'main', 'x' FROM meeting");
	test_sql(c, "INSERT INTO attendance (realm, meeting_id, member_id, status) SELECT m.realm, m.id, p.member_id, 'present' FROM meeting m "
	            "JOIN membership p ON p.realm = m.realm AND p.unit_id = m.unit_id AND p.status IN ('official', 'probationary') AND p.valid_to > '2026-01-01'");
	for (int i = 0; i < 3; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO score_sheet (realm, meeting_id, stage, revision, scheme, points, class, facts, reason, actor, at_ms) "
		                                   "SELECT realm, id, '%s', 1, '', 900, 'good', '', '', 'x', 0 FROM meeting",
		                         (const char *[]){ "self", "voted", "decided" }[i]));
	return m;
}

/* As if it had come there: state, a known version and an empty history. */
static void put_into(struct call *c, const char *state, bool afterwards)
{
	test_sql(c, arena_printf(c->arena, "UPDATE meeting SET state = '%s', afterwards = %d, rev = 100, starts_at = '2025-11-14T19:00', ends_at = '2025-11-14T20:30', "
	                         "place = '', month = 24310",
	                         state, afterwards));
	test_sql(c, "DELETE FROM meeting_step");
}

struct trace { int64_t journal, steps, rev, sequence, counted; };

static struct trace trace_of(struct call *c)
{
	return (struct trace){ test_int(c, "SELECT count(*) FROM journal"), test_int(c, "SELECT count(*) FROM meeting_step"),
		                   test_int(c, "SELECT rev FROM meeting"), test_int(c, "SELECT sequence FROM meeting"),
		                   test_int(c, "SELECT count(*) FROM cell_month WHERE regular = 1") };
}

static bool is_in(struct call *c, const char *state)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM meeting WHERE state = '%s'", state)) == 1;
}

static void assert_untouched(struct call *c, const struct trace *before, const char *state)
{
	struct trace now = trace_of(c);

	assert_memory_equal(&now, before, sizeof now);
	assert_true(is_in(c, state));
}

/* ---------------------------------------------------------------- four doors */

enum door { BY_FUNCTION, BY_COMMAND, BY_FORM, BY_JSON, DOORS };
enum result { TAKEN, NO_WAY, OTHERWISE };

static int port;
static char cookie[128], csrf[128];

static enum result by_function(struct call *c, const struct meeting *m, int step)
{
	struct step_note note = { "vì lũ", "đảng ủy", MOMENT_NONE, NULL };
	struct meeting out;

	moment_parse("2025-11-20T19:00", &note.starts_at);
	fail f = meeting_take_step(c, m->id, ANY_REV, (enum meeting_step)step, &note, &out, NULL);

	problem_clear(c);
	return f == FAIL_OK ? TAKEN : f == FAIL_CONFLICT ? NO_WAY : OTHERWISE;
}

static enum result by_command(struct call *c, const struct meeting *m, int step)
{
	const char *words[] = { m->code, meeting_step_words[step], "--reason=vì lũ", "--approved-by=đảng ủy", "--starts-at=2025-11-20T19:00" };
	struct args args = { 5, words };
	FILE *was = c->out, *nowhere = fopen("/dev/null", "w");
	fail f = FAIL_BROKEN;

	c->out = nowhere;
	for (const struct command *const *table = app_commands; *table; table++)
		for (const struct command *k = *table; k->name; k++)
			if (strcmp(k->name, "meetings step") == 0)
				f = k->run(c, &args);
	fclose(nowhere);
	c->out = was;
	problem_clear(c);
	return f == FAIL_OK ? TAKEN : f == FAIL_CONFLICT ? NO_WAY : OTHERWISE;
}

static int ask(struct call *c, const char *path, const char *type, const char *body, char **answer)
{
	const char *headers = arena_printf(c->arena, "Cookie: chibo=%s\r\nContent-Type: %s\r\nAccept: %s\r\nX-CSRF-Token: %s\r\n", cookie, type,
	                                   strstr(type, "json") ? "application/json" : "text/html", csrf);
	struct web_reply r = web_ask(port, "POST", path, headers, body);
	int status = r.status;

	if (answer)
		*answer = arena_strdup(c->arena, r.body ? r.body : "");
	web_free(&r);
	return status;
}

static const char *form_body = "rev=100&remark=v%C3%AC+l%C5%A9&approved_by=%C4%91%E1%BA%A3ng+%E1%BB%A7y&starts_at=2025-11-20T19%3A00";
static const char *json_body = "{\"rev\":100,\"remark\":\"vì lũ\",\"approved_by\":\"đảng ủy\",\"starts_at\":\"2025-11-20T19:00\"}";

static enum result by_web(struct call *c, const struct meeting *m, int step, bool json)
{
	const char *path = arena_printf(c->arena, "/meetings/%lld/steps/%s", (long long)m->id, meeting_step_words[step]);
	int status = ask(c, path, json ? "application/json" : "application/x-www-form-urlencoded", json ? json_body : form_body, NULL);

	return status == 303 || status == 200 || status == 201 ? TAKEN : status == 409 ? NO_WAY : OTHERWISE;
}

static enum result through(struct call *c, enum door door, const struct meeting *m, int step)
{
	if (door == BY_FUNCTION)
		return by_function(c, m, step);
	if (door == BY_COMMAND)
		return by_command(c, m, step);
	return by_web(c, m, step, door == BY_JSON);
}

static void try_pair(struct call *c, const struct meeting *m, enum door door, unsigned s, int step, bool afterwards)
{
	const char *state = meeting_state_words[s], *to = way(state, meeting_step_words[step], afterwards);

	put_into(c, state, afterwards);
	struct trace before = trace_of(c);
	enum result r = through(c, door, m, step);

	if (r != (to ? TAKEN : NO_WAY))
		fail_msg("door %d: %s from %s%s: %d", (int)door, meeting_step_words[step], state, afterwards ? " (afterwards)" : "", (int)r);
	if (!to) {
		assert_untouched(c, &before, state);
		return;
	}
	struct trace now = trace_of(c);

	assert_true(is_in(c, to));
	assert_int_equal(now.steps, 1);
	assert_true(now.journal > before.journal && now.rev > before.rev);
}

static void try_every_pair(struct call *c, enum door door)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	for (unsigned s = 1; s < MEETING_STATES; s++)
		for (int step = 1; step < STEP_COUNT; step++)
			for (int afterwards = 0; afterwards < 2; afterwards++)
				try_pair(c, &m, door, s, step, afterwards);
}

TEST_BOTH(every_way_and_no_other_by_function)
{
	try_every_pair(c, BY_FUNCTION);
}

TEST_BOTH(every_way_and_no_other_by_command)
{
	try_every_pair(c, BY_COMMAND);
}

/* ---- the server ---- */

static struct settings settings;
static struct server *server;

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
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
}

TEST_BOTH(every_way_and_no_other_by_form)
{
	struct fixture f;

	f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	serve(c);
	sign_in(c, f.x1);
	for (unsigned s = 1; s < MEETING_STATES; s++)
		for (int step = 1; step < STEP_COUNT; step++)
			try_pair(c, &m, BY_FORM, s, step, false);
	assert_true(server_stop(server, 5000));
}

TEST_BOTH(every_way_and_no_other_by_JSON)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	serve(c);
	sign_in(c, f.x1);
	for (unsigned s = 1; s < MEETING_STATES; s++)
		for (int step = 1; step < STEP_COUNT; step++)
			for (int afterwards = 0; afterwards < 2; afterwards++)
				try_pair(c, &m, BY_JSON, s, step, afterwards);
	assert_true(server_stop(server, 5000));
}

TEST_BOTH(a_double_click_does_one_thing)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	const char *path = arena_printf(c->arena, "/meetings/%lld/steps/open", (long long)m.id);

	serve(c);
	sign_in(c, f.x1);
	put_into(c, "prepared", false);
	assert_int_equal(ask(c, path, "application/x-www-form-urlencoded", "rev=100", NULL), 303);
	struct trace once = trace_of(c);

	assert_int_equal(ask(c, path, "application/x-www-form-urlencoded", "rev=100", NULL), 303); /* the same click again */
	assert_int_equal(ask(c, path, "application/x-www-form-urlencoded", "rev=101", NULL), 303); /* from a page shown anew */
	assert_true(ask(c, path, "application/json", "{\"rev\":100}", NULL) < 300);
	assert_untouched(c, &once, "open");
	assert_true(server_stop(server, 5000));
}

TEST_BOTH(two_people_editing_see_both_versions_and_lose_nothing)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	const char *path = arena_printf(c->arena, "/meetings/%lld/edit", (long long)m.id), *form = "application/x-www-form-urlencoded";
	char *answer;

	serve(c);
	sign_in(c, f.x1);
	put_into(c, "scheduled", false);
	assert_int_equal(ask(c, path, form, "rev=100&place=Nha+van+hoa", NULL), 303);
	assert_int_equal(ask(c, path, form, "rev=100&place=Tru+so", &answer), 409);
	assert_non_null(strstr(answer, "Nha van hoa"));
	assert_non_null(strstr(answer, "Tru so"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE place = 'Nha van hoa'"), 1);
	assert_int_equal(ask(c, path, "application/json", "{\"rev\":100,\"place\":\"Tru so\"}", &answer), 409);
	assert_non_null(strstr(answer, "\"stored\""));
	assert_non_null(strstr(answer, "Nha van hoa"));
	assert_non_null(strstr(answer, "\"yours\""));
	assert_true(server_stop(server, 5000));
}

TEST_BOTH(a_registered_day_moves_the_planned_meeting_and_registers_once)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	const char *path = "/units/V1/meetings/register", *form = "application/x-www-form-urlencoded";
	char *answer;

	(void)m;
	serve(c);
	sign_in(c, f.x1);
	test_sql(c, "UPDATE meeting SET state = 'planned', starts_at = '2025-12-03T19:00', month = 24311, ends_at = NULL");
	assert_int_equal(ask(c, path, form, "starts_at=2025-12-05T19%3A30&place=Nha+van+hoa&kind=regular", NULL), 303);
	assert_true(is_in(c, "date_registered"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE starts_at = '2025-12-05T19:30' AND place = 'Nha van hoa'"), 1);
	assert_int_equal(ask(c, path, form, "starts_at=2025-12-05T19%3A30&place=Nha+van+hoa&kind=regular", NULL), 303);
	assert_int_equal(ask(c, path, form, "starts_at=2025-12-09T19%3A30&kind=regular", &answer), 422); /* a second regular one */
	assert_int_equal(ask(c, path, form, "starts_at=2025-11-09T19%3A30&kind=regular", &answer), 422); /* the day is over */
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 1);
	assert_int_equal(ask(c, path, form, "starts_at=2026-01-05T19%3A30&kind=regular", NULL), 303); /* nothing was planned */
	assert_int_equal(ask(c, path, form, "starts_at=2026-01-05T19%3A30&kind=regular", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 2);
	assert_true(server_stop(server, 5000));
}

static char *page(struct call *c, const char *path, int expected)
{
	struct web_reply r = web_ask(port, "GET", path, arena_printf(c->arena, "Cookie: chibo=%s\r\nAccept: text/html\r\nAccept-Language: en\r\n", cookie), NULL);
	char *body = arena_strdup(c->arena, r.body ? r.body : "");

	assert_int_equal(r.status, expected);
	web_free(&r);
	return body;
}

/* Every state has its page; the task list names what comes next, and the home page leads there. */
TEST_BOTH(a_meeting_in_any_state_has_its_page_and_its_next_step)
{
	static const struct { const char *state, *next; } pages[] = {
		{ "planned", "/register\"" }, { "scheduled", "/pre\"" }, { "prepared", "/steps/open\"" }, { "held", "/score\"" }, { "scored", "/vote-score\"" },
		{ "minutes_signed", "/steps/report\"" }, { "reported", "/decide\"" }, { "decided", "/steps/lock\"" }, { "locked", "/steps/reopen\"" },
		{ "postponed", "/steps/schedule\"" }, { "cancelled", "" }, { "reopened", "/decide\"" }, { "open", "/close\"" }, { "voted", "/minutes\"" },
		{ "date_registered", "/steps/schedule\"" },
	};
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	serve(c);
	sign_in(c, f.x1);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		put_into(c, pages[i].state, false);
		assert_non_null(strstr(page(c, arena_printf(c->arena, "/meetings/%lld", (long long)m.id), 200), pages[i].next));
		for (int step = 1; step < STEP_COUNT; step++)
			page(c, arena_printf(c->arena, "/meetings/%lld/steps/%s", (long long)m.id, meeting_step_words[step]), 200);
		page(c, "/", 200);
	}
	page(c, arena_printf(c->arena, "/meetings/%lld/steps/dance", (long long)m.id), 404);
	assert_true(server_stop(server, 5000));
}

/* ---------------------------------------------------------------- conditions */

static fail take(struct call *c, const struct meeting *m, enum meeting_step step, const char *reason, const char *approved)
{
	struct meeting out;

	return meeting_take_step(c, m->id, ANY_REV, step, &(struct step_note){ .remark = reason, .approved_by = approved }, &out, NULL);
}

TEST_BOTH(off_the_way_needs_a_reason_and_approval)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	static const enum meeting_step steps[] = { STEP_POSTPONE, STEP_CANCEL };

	for (int i = 0; i < 2; i++) {
		put_into(c, "scheduled", false);
		struct trace before = trace_of(c);

		assert_fails(c, FAIL_INPUT, take(c, &m, steps[i], "", "đảng ủy"));
		assert_string_equal(test_problem.field, "remark");
		assert_fails(c, FAIL_INPUT, take(c, &m, steps[i], "vì lũ", " "));
		assert_string_equal(test_problem.field, "approved_by");
		assert_untouched(c, &before, "scheduled");
		assert_ok(c, take(c, &m, steps[i], "vì lũ", "đảng ủy"));
		assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step WHERE remark = 'vì lũ' AND approved_by = 'đảng ủy'"), 1);
	}
	put_into(c, "locked", false);
	assert_fails(c, FAIL_INPUT, take(c, &m, STEP_REOPEN, "", ""));
	assert_ok(c, take(c, &m, STEP_REOPEN, "tính sai", ""));
}

static bool only_records(struct call *c, enum right right, int64_t unit)
{
	(void)c, (void)unit;
	return right == MAY_RECORD;
}

TEST_BOTH(what_the_committee_does_the_cell_may_not)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	static const struct { const char *state; enum meeting_step step; } steps[] = { { "reported", STEP_DECIDE }, { "decided", STEP_LOCK }, { "locked", STEP_REOPEN } };

	for (int i = 0; i < 3; i++) {
		put_into(c, steps[i].state, false);
		struct trace before = trace_of(c);

		c->who.operator = false;
		c->who.may = only_records;
		assert_fails(c, FAIL_DENIED, take(c, &m, steps[i].step, "x", "x"));
		c->who.operator = true;
		assert_untouched(c, &before, steps[i].state);
	}
	/* the notice of the committee, when it came on paper */
	put_into(c, "date_registered", false);
	c->who.operator = false;
	assert_fails(c, FAIL_INPUT, take(c, &m, STEP_SCHEDULE, "", ""));
	assert_ok(c, take(c, &m, STEP_SCHEDULE, "Số 12-TB/ĐU ngày 25/10", ""));
	c->who.operator = true;
}

static void missing(struct call *c, const struct meeting *m, const char *state, enum meeting_step step, const char *change, const char *field)
{
	struct trace before;

	put_into(c, state, false);
	test_sql(c, change);
	before = trace_of(c);
	assert_fails(c, FAIL_INPUT, take(c, m, step, "", ""));
	assert_string_equal(test_problem.field, field);
	assert_untouched(c, &before, state);
}

TEST_BOTH(a_step_needs_what_it_stands_on)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	missing(c, &m, "open", STEP_CLOSE, "UPDATE meeting SET ends_at = NULL", "ends_at");
	test_sql(c, "UPDATE meeting SET ends_at = '2025-11-14T20:30'");
	missing(c, &m, "open", STEP_CLOSE,
	        "INSERT INTO vote (realm, id, meeting_id, subject, title, rule, method, base) SELECT realm, 77, id, 'resolution', 'x', 'majority', 'hand', 19 FROM meeting", "votes");
	test_sql(c, "DELETE FROM vote");
	missing(c, &m, "voted", STEP_SIGN, "UPDATE meeting SET minutes_approved_at = NULL", "minutes_approved_at");
	test_sql(c, "UPDATE meeting SET minutes_approved_at = '2025-11-14T20:30'");
	missing(c, &m, "voted", STEP_SIGN, "UPDATE meeting SET minutes_signed_on = NULL", "minutes_signed_on");
	missing(c, &m, "minutes_signed", STEP_REPORT, "UPDATE meeting SET uploaded_at = NULL", "uploaded_at");
	missing(c, &m, "scored", STEP_VOTE, "DELETE FROM score_sheet WHERE stage = 'voted'", "voted");
	missing(c, &m, "reported", STEP_DECIDE, "DELETE FROM score_sheet WHERE stage = 'decided'", "decided");
	missing(c, &m, "held", STEP_SCORE, "DELETE FROM score_sheet", "self");
	missing(c, &m, "decided", STEP_LOCK,
	        "INSERT INTO appeal (realm, meeting_id, seq, revision, reason, actor, at_ms, due_on) SELECT realm, id, 1, 1, 'x', 'x', 0, '2025-12-01' FROM meeting", "appeal");
	missing(c, &m, "scheduled", STEP_PREPARE, "DELETE FROM agenda_item", "agenda");
	missing(c, &m, "prepared", STEP_OPEN, "UPDATE meeting SET starts_at = '2025-11-16T19:00'", "starts_at");
	missing(c, &m, "postponed", STEP_SCHEDULE, "UPDATE meeting SET place = ''", "starts_at");
	missing(c, &m, "open", STEP_CLOSE, "DELETE FROM attendance", "attendance");
}

/* Late papers cost points; they keep nobody from meeting. */
TEST_BOTH(a_badly_prepared_meeting_can_be_held)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	struct meeting_progress p;
	struct flaws questions = { 0 };

	put_into(c, "scheduled", false);
	READING(c)
	{
		assert_ok(c, meeting_progress_of(c, &m, &p));
		assert_ok(c, meeting_step_questions(c, &m, &p, STEP_PREPARE, &questions));
	}
	assert_int_equal(questions.n, 3); /* no pre-meeting, no drafts, nobody told */
	assert_ok(c, take(c, &m, STEP_PREPARE, "", ""));
	assert_ok(c, take(c, &m, STEP_OPEN, "", ""));
	assert_ok(c, take(c, &m, STEP_CLOSE, "", ""));
}

TEST_BOTH(V01_a_cell_of_two_official_members_does_not_open)
{
	struct fixture f = fixture_cell(c);
	struct meeting m;

	fixture_members(c, f.c21, "C21", 2, 3);
	m = complete_meeting(c, f.c21);
	put_into(c, "prepared", false);
	struct trace before = trace_of(c);

	assert_fails(c, FAIL_INPUT, take(c, &m, STEP_OPEN, "", ""));
	assert_string_equal(test_problem.field, "unit_code");
	assert_untouched(c, &before, "prepared");
	fixture_member(c, f.c21, "C21-99", STATUS_OFFICIAL);
	assert_ok(c, take(c, &m, STEP_OPEN, "", ""));
}

/* ---------------------------------------------------------------- what counts */

static int64_t counted(struct call *c, const char *column)
{
	return test_int(c, arena_printf(c->arena, "SELECT coalesce(sum(%s), 0) FROM cell_month", column));
}

static fail touch(struct call *c, void *arg)
{
	return meeting_touched(c, arg);
}

TEST_BOTH(V03_only_a_held_meeting_counts_and_a_cancelled_month_is_missed)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	static const char *const before[] = { "planned", "date_registered", "scheduled", "prepared", "open", "postponed", "cancelled" };

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		put_into(c, before[i], false);
		assert_ok(c, db_write(c, touch, &m));
		assert_int_equal(counted(c, "regular"), 0);
	}
	put_into(c, "open", false);
	assert_int_equal(counted(c, "regular"), 0);
	assert_ok(c, take(c, &m, STEP_CLOSE, "", ""));
	assert_int_equal(counted(c, "regular"), 1);
	put_into(c, "planned", false);
	test_sql(c, "DELETE FROM cell_month");
	assert_ok(c, take(c, &m, STEP_CANCEL, "vì lũ", "đảng ủy"));
	assert_int_equal(counted(c, "regular"), 0);
}

TEST_BOTH(V04_a_thematic_part_counts_once_it_was_held)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	put_into(c, "open", false);
	test_sql(c, "UPDATE meeting SET thematic = 1");
	assert_int_equal(counted(c, "thematic"), 0);
	assert_ok(c, take(c, &m, STEP_CLOSE, "", ""));
	assert_int_equal(counted(c, "thematic"), 1);
}

TEST_BOTH(V05_a_thematic_meeting_is_not_the_regular_one)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	struct meeting_progress p = { 0 };
	struct flaws asked = { 0 };

	put_into(c, "prepared", false);
	test_sql(c, "UPDATE meeting SET kind = 'thematic'");
	READING(c)
	{
		assert_ok(c, meeting_by_id(c, m.id, &m));
		assert_ok(c, meeting_step_questions(c, &m, &p, STEP_OPEN, &asked));
	}
	assert_int_equal(asked.n, 1);
	assert_string_equal(asked.v[0].field, "kind");
	assert_ok(c, take(c, &m, STEP_OPEN, "", ""));
	assert_ok(c, take(c, &m, STEP_CLOSE, "", ""));
	assert_int_equal(counted(c, "regular"), 0);
	assert_int_equal(counted(c, "thematic"), 1);
}

/* A cell of 60 with two party groups; `held` meetings by groups this year already. */
static struct meeting group_meeting(struct call *c, int64_t unit, int held)
{
	struct meeting m = complete_meeting(c, unit);

	for (int i = 0; i < held; i++)
		test_sql(c, arena_printf(c->arena,
		                         "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, state, by_groups) SELECT realm, id + %d, 'G%d', unit_id, "
		                         "month - %d, kind, '2025-0%d-03T19:00', 'held', 1 FROM meeting WHERE code = 'L1'", i + 1, i, i + 1, i + 1));
	test_sql(c, "UPDATE meeting SET state = 'prepared', by_groups = 1 WHERE code = 'L1'");
	return m;
}

static void lead_group(struct call *c, int64_t unit)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO post (realm, unit_id, member_id, post, valid_from, valid_to) SELECT realm, unit_id, min(member_id), "
	                                   "'group_leader', '2024-01-01', '9999-12-31' FROM membership WHERE unit_id = %lld GROUP BY realm, unit_id", (long long)unit));
}

TEST_BOTH(V16_groups_meet_at_most_three_times_a_year)
{
	struct fixture f = fixture_cell(c);
	struct meeting m;

	fixture_members(c, f.c21, "C21", 60, 0);
	lead_group(c, f.c21);
	m = group_meeting(c, f.c21, 2);
	assert_ok(c, take(c, &m, STEP_OPEN, "", "")); /* the third */
	test_sql(c, "UPDATE meeting SET state = 'prepared' WHERE code = 'L1'");
	test_sql(c, "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, state, by_groups) SELECT realm, id + 9, 'G9', unit_id, month - 5, kind, "
	            "'2025-06-03T19:00', 'held', 1 FROM meeting WHERE code = 'L1'");
	assert_fails(c, FAIL_INPUT, take(c, &m, STEP_OPEN, "", "")); /* the fourth */
	assert_string_equal(test_problem.field, "by_groups");
	test_sql(c, "UPDATE meeting SET state = 'cancelled' WHERE code = 'G9'");
	assert_ok(c, take(c, &m, STEP_OPEN, "", ""));
}

TEST_BOTH(V16_only_cells_of_fifty_with_party_groups)
{
	struct fixture f = fixture_cell(c);
	struct meeting m;

	fixture_members(c, f.c21, "C21", 49, 0);
	m = group_meeting(c, f.c21, 0);
	assert_fails(c, FAIL_INPUT, take(c, &m, STEP_OPEN, "", "")); /* no groups */
	lead_group(c, f.c21);
	assert_fails(c, FAIL_INPUT, take(c, &m, STEP_OPEN, "", "")); /* 49 */
	assert_string_equal(test_problem.field, "by_groups");
	fixture_member(c, f.c21, "C21-99", STATUS_OFFICIAL);
	assert_ok(c, take(c, &m, STEP_OPEN, "", ""));
}

/* ---------------------------------------------------------------- calendar, history, parts, faults */

TEST_BOTH(a_calendar_sees_moves_and_cancellations)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1), stored;

	put_into(c, "scheduled", false);
	test_sql(c, "UPDATE meeting SET sequence = 0");
	READING(c)
		assert_ok(c, meeting_by_id(c, m.id, &m));
	m.topic = "khác";
	assert_ok(c, meeting_update(c, &m, &stored));
	assert_int_equal(test_int(c, "SELECT sequence FROM meeting"), 0);
	m.place = "Nhà văn hóa";
	assert_ok(c, meeting_update(c, &m, &stored));
	assert_int_equal(test_int(c, "SELECT sequence FROM meeting"), 1);
	assert_ok(c, take(c, &m, STEP_POSTPONE, "vì lũ", "đảng ủy"));
	assert_int_equal(test_int(c, "SELECT sequence FROM meeting"), 2);
	struct step_note note = { .remark = "" };

	moment_parse("2025-11-20T19:00", &note.starts_at);
	assert_ok(c, meeting_take_step(c, m.id, ANY_REV, STEP_SCHEDULE, &note, &m, NULL));
	assert_int_equal(m.sequence, 4); /* the new day, and that it is on again */
	assert_ok(c, take(c, &m, STEP_CANCEL, "vì lũ", "đảng ủy"));
	assert_int_equal(test_int(c, "SELECT sequence FROM meeting"), 5);
}

TEST_BOTH(each_step_keeps_who_when_and_why)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	struct steps_taken s;

	assert_ok(c, take(c, &m, STEP_SCHEDULE, "Số 12-TB/ĐU", ""));
	READING(c)
		assert_ok(c, meeting_steps_taken(c, &m, &s));
	assert_int_equal(s.n, 2);
	assert_int_equal(s.v[0].step, STEP_REGISTER);
	assert_int_equal(s.v[0].from_state, MEETING_NO_STATE);
	assert_int_equal(s.v[1].from_state, MEETING_DATE_REGISTERED);
	assert_int_equal(s.v[1].to_state, MEETING_SCHEDULED);
	assert_string_equal(s.v[1].remark, "Số 12-TB/ĐU");
	assert_string_equal(s.v[1].actor, c->who.name);
	assert_true(s.v[1].at_ms == c->now_ms);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'meeting' AND action = 'schedule'"), 1);
}

static int64_t steps_like(struct call *c, const char *words)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM meeting_step WHERE step IN (%s)", words));
}

TEST_BOTH(what_is_written_down_afterwards_takes_its_steps_too)
{
	struct intake in;
	struct intake_result result;
	struct meeting m;
	int64_t checked;
	const char *text;

	fixture_cell(c);
	fixture_october(c);
	text = fixture_november(c, "excused");
	assert_ok(c, intake_parse(c, "november", text, strlen(text), &in));
	assert_ok(c, intake_store(c, &in, &result));
	assert_int_equal(steps_like(c, "'record'"), 2);
	assert_int_equal(steps_like(c, "'score'"), 1);
	assert_int_equal(result.meeting.state, MEETING_SCORED);
	assert_ok(c, score_confirm(c, result.meeting.id, ANY_REV, &m));
	assert_int_equal(m.state, MEETING_DECIDED);
	assert_int_equal(steps_like(c, "'decide'"), 1);
	READING(c)
		assert_ok(c, meeting_checks[0].run(c, &checked));
	assert_int_equal(checked, 4);
	/* locked: not even its answers can be changed; and a history that is no way through the table is found */
	assert_ok(c, take(c, &m, STEP_LOCK, "", ""));
	assert_fails(c, FAIL_CONFLICT, intake_store(c, &in, &result));
	test_sql(c, "UPDATE meeting SET state = 'held' WHERE code = 'M11'");
	READING(c)
		assert_fails(c, FAIL_BROKEN, meeting_checks[0].run(c, &checked));
}

static void changed_when(struct call *c, int64_t id, const char *state, bool is_signed, enum meeting_part part, bool allowed)
{
	struct meeting m, stored;

	put_into(c, state, false);
	test_sql(c, is_signed ? "UPDATE meeting SET minutes_signed_on = '2025-11-14'" : "UPDATE meeting SET minutes_signed_on = NULL");
	READING(c)
		assert_ok(c, meeting_by_id(c, id, &m));
	if (part == PART_TIME)
		m.topic = "khác";
	if (part == PART_ROOM)
		m.speakers = 5;
	if (part == PART_TEXTS)
		m.minutes_approved_at.minutes += 1;
	if (part == PART_PAPERS)
		m.uploaded_at.minutes += 1;
	if (allowed)
		assert_ok(c, meeting_update(c, &m, &stored));
	else
		assert_fails(c, FAIL_CONFLICT, meeting_update(c, &m, &stored));
	test_sql(c, "UPDATE meeting SET topic = '', speakers = NULL, minutes_approved_at = '2025-11-14T20:30', uploaded_at = '2025-11-15T08:00'");
}

TEST_BOTH(what_is_settled_is_not_edited)
{
	struct fixture f = fixture_cell(c);

	int64_t id = complete_meeting(c, f.v1).id;

	changed_when(c, id, "scheduled", false, PART_TIME, true);
	changed_when(c, id, "held", false, PART_TIME, false);
	changed_when(c, id, "cancelled", false, PART_TIME, false);
	changed_when(c, id, "prepared", false, PART_ROOM, false);
	changed_when(c, id, "voted", false, PART_ROOM, true);
	changed_when(c, id, "minutes_signed", true, PART_ROOM, false);
	changed_when(c, id, "voted", false, PART_TEXTS, true);
	changed_when(c, id, "reported", true, PART_TEXTS, false); /* signed minutes are never edited */
	changed_when(c, id, "voted", true, PART_TEXTS, false); /* nor after a reopening */
	changed_when(c, id, "scored", true, PART_ROOM, false);
	changed_when(c, id, "open", false, PART_PAPERS, false);
	changed_when(c, id, "decided", true, PART_PAPERS, true);
	changed_when(c, id, "locked", true, PART_PAPERS, false);
}

TEST_BOTH(a_kind_without_score_passes_those_steps_by_itself)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);

	put_into(c, "held", false);
	test_sql(c, "UPDATE meeting SET kind = 'extraordinary'");
	test_sql(c, "DELETE FROM score_sheet");
	assert_ok(c, take(c, &m, STEP_SIGN, "", ""));
	assert_true(is_in(c, "minutes_signed"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step"), 3);
	assert_ok(c, take(c, &m, STEP_REPORT, "", ""));
	assert_ok(c, take(c, &m, STEP_LOCK, "", ""));
	assert_true(is_in(c, "locked"));
}

TEST_BOTH(no_task_is_added_to_signed_minutes)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	struct task t, stored;

	record_clear(&task_record, &t);
	t.meeting_id = m.id;
	t.title = "Trồng cây";
	put_into(c, "open", false);
	test_sql(c, "UPDATE meeting SET minutes_signed_on = NULL");
	assert_ok(c, task_create(c, &t));
	put_into(c, "minutes_signed", false);
	test_sql(c, "UPDATE meeting SET minutes_signed_on = '2025-11-14'");
	t.done_on = date_of(2025, 11, 15);
	t.result = TASK_DONE;
	assert_ok(c, task_update(c, &t, &stored)); /* what became of it */
	t.title = "Trồng hai cây";
	assert_fails(c, FAIL_CONFLICT, task_update(c, &t, &stored));
	t.code = "";
	assert_fails(c, FAIL_CONFLICT, task_create(c, &t));
	assert_int_equal(test_int(c, "SELECT count(*) FROM task"), 1);
}

/* ---- at the same time ---- */

enum { CLERKS = 8 };
struct clerk {
	pthread_t thread;
	const struct call *like;
	int64_t meeting;
	fail result;
};

static void *open_it(void *arg)
{
	struct clerk *k = arg;
	struct call c;
	struct meeting m;

	test_call_like(&c, k->like);
	c.rules = k->like->rules;
	k->result = meeting_take_step(&c, k->meeting, ANY_REV, STEP_OPEN, NULL, &m, NULL);
	call_end(&c);
	return NULL;
}

TEST_BOTH(eight_clerks_open_a_meeting_once)
{
	struct fixture f = fixture_cell(c);
	struct meeting m = complete_meeting(c, f.v1);
	struct clerk clerks[CLERKS];
	int opened = 0;

	put_into(c, "prepared", false);
	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = (struct clerk){ .like = c, .meeting = m.id };
		assert_int_equal(pthread_create(&clerks[i].thread, NULL, open_it, &clerks[i]), 0);
	}
	for (int i = 0; i < CLERKS; i++) {
		pthread_join(clerks[i].thread, NULL);
		assert_true(clerks[i].result == FAIL_OK || clerks[i].result == FAIL_CONFLICT);
		opened += clerks[i].result == FAIL_OK;
	}
	assert_int_equal(opened, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step"), 1);
	assert_int_equal(test_int(c, "SELECT rev FROM meeting"), 101);
}

struct faulty { struct meeting m; };

static fail close_it(struct call *c, void *arg)
{
	struct faulty *x = arg;

	return take(c, &x->m, STEP_CLOSE, "", "");
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	problem_clear(c);
	assert_true(is_in(c, done ? "held" : "open"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE action = 'close'"), done);
	assert_int_equal(counted(c, "regular"), done);
	assert_int_equal(test_int(c, "SELECT rev FROM meeting"), done ? 101 : 100);
}

TEST_BOTH(a_step_that_fails_midway_leaves_nothing)
{
	struct fixture f = fixture_cell(c);
	struct faulty x = { complete_meeting(c, f.v1) };

	put_into(c, "open", false);
	assert_true(test_faults(c, close_it, whole_or_nothing, &x) > 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_that_of_the_domain),
		cmocka_unit_test(each_row_says_who_and_why),
		BOTH(every_way_and_no_other_by_function),
		BOTH(every_way_and_no_other_by_command),
		BOTH(every_way_and_no_other_by_form),
		BOTH(every_way_and_no_other_by_JSON),
		BOTH(a_double_click_does_one_thing),
		BOTH(two_people_editing_see_both_versions_and_lose_nothing),
		BOTH(a_registered_day_moves_the_planned_meeting_and_registers_once),
		BOTH(a_meeting_in_any_state_has_its_page_and_its_next_step),
		BOTH(off_the_way_needs_a_reason_and_approval),
		BOTH(what_the_committee_does_the_cell_may_not),
		BOTH(a_step_needs_what_it_stands_on),
		BOTH(a_badly_prepared_meeting_can_be_held),
		BOTH(V01_a_cell_of_two_official_members_does_not_open),
		BOTH(V03_only_a_held_meeting_counts_and_a_cancelled_month_is_missed),
		BOTH(V04_a_thematic_part_counts_once_it_was_held),
		BOTH(V05_a_thematic_meeting_is_not_the_regular_one),
		BOTH(V16_groups_meet_at_most_three_times_a_year),
		BOTH(V16_only_cells_of_fifty_with_party_groups),
		BOTH(a_calendar_sees_moves_and_cancellations),
		BOTH(each_step_keeps_who_when_and_why),
		BOTH(what_is_written_down_afterwards_takes_its_steps_too),
		BOTH(what_is_settled_is_not_edited),
		BOTH(a_kind_without_score_passes_those_steps_by_itself),
		BOTH(no_task_is_added_to_signed_minutes),
		BOTH(eight_clerks_open_a_meeting_once),
		BOTH(a_step_that_fails_midway_leaves_nothing),
	};

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1); /* the server's clock is the tests' */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
