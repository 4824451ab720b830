/* test_room_pages.c — the room through its pages, over real HTTP: W19 and W20, tellers who do not agree, a ballot that leaves nothing behind, two people
 * at one agenda, closing. */
#include "score/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "access/session.h"
#include "app/rulebook.h"
#include "app/serve.h"
#include "http/http.h"
#include "meeting/agenda.h"
#include "meeting/vote.h"
#include "support/web.h"

#define PASSWORD "mot hai ba bon"

static struct settings settings;
static struct server *server;
static int port;

static void start(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--workers=4", "--config=/dev/null" };
	struct args args = { 3, words };

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1); /* the server's calls too */
	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
}

static void stop(void)
{
	assert_true(server_stop(server, 5000));
}

/* ---- people ---- */

struct browser { char token[SESSION_TOKEN]; const char *csrf; };

static struct browser signed_in(struct call *c, const char *login, unsigned role, int64_t unit, const struct roll_member *who)
{
	struct account a = { .login = login, .name = login, .lang = 2, .member_realm = who ? who->realm : INT_UNKNOWN, .member_id = who ? who->id : INT_UNKNOWN };
	struct grant g = { .role = role, .unit_id = unit, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };
	struct browser b;

	assert_ok(c, account_add(c, &a, PASSWORD, &g));
	assert_ok(c, session_begin_for(c, a.id, 3000, b.token));
	b.csrf = http_csrf(c->arena, b.token);
	return b;
}

struct answer { int status; const char *head, *body; size_t size; };

static struct answer ask(struct call *c, const struct browser *b, const char *method, const char *path, const char *body, const char *more)
{
	bool json = body && *body == '{';
	const char *headers = arena_printf(c->arena, "Cookie: chibo=%s\r\nX-CSRF-Token: %s\r\nContent-Type: %s\r\n%s", b->token, b->csrf,
	                                   json ? "application/json" : "application/x-www-form-urlencoded", more);
	struct web_reply r = web_ask(port, method, path, headers, body);
	struct answer a = { r.status, arena_strdup(c->arena, r.head ? r.head : ""), arena_strdup(c->arena, r.body ? r.body : ""), r.body_size };

	web_free(&r);
	return a;
}

#define HTML "Accept: text/html\r\n"
#define JSON "Accept: application/json\r\n"

static struct answer post(struct call *c, const struct browser *b, const char *path, const char *body)
{
	return ask(c, b, "POST", path, body, HTML);
}

static struct answer get(struct call *c, const struct browser *b, const char *path, const char *accept)
{
	return ask(c, b, "GET", path, NULL, accept);
}

static bool has(const struct answer *a, const char *text)
{
	return strstr(a->body, text) != NULL;
}

#define assert_has(a, text)                                                                                            \
	do {                                                                                                               \
		if (!has((a), (text)))                                                                                         \
			fail_msg("not in the answer (%d): %s\n%.1500s", (a)->status, (text), (a)->body);                           \
	} while (0)

/* ---- a meeting ---- */

static struct meeting make_meeting(struct call *c, int64_t unit)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, 11, 15).days * 1440 + 8 * 60 };
	assert_ok(c, meeting_create(c, &m));
	return m;
}

static struct roll people(struct call *c, const struct meeting *m)
{
	struct roll r;

	READING(c)
		assert_ok(c, org_members_on(c, m->unit_id, meeting_day(m), &r));
	return r;
}

static const char *at(struct call *c, const struct meeting *m, const char *below)
{
	return arena_printf(c->arena, "/meetings/%lld%s", (long long)m->id, below);
}

/* The roll call as the form sends it: everybody present but those named. */
static void call_roll(struct call *c, const struct browser *b, const struct meeting *m, const char *const *absent)
{
	struct roll r = people(c, m);
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, "rev=%lld", (long long)test_int(c, arena_printf(c->arena, "SELECT rev FROM meeting WHERE id = %lld", (long long)m->id)));
	for (size_t i = 0; i < r.n; i++) {
		const char *s = "present";

		for (size_t k = 0; absent && absent[k]; k++)
			s = strcmp(r.v[i].code, absent[k]) == 0 ? "excused" : s;
		out_printf(&o, "&s.%lld=%s", (long long)r.v[i].id, s);
	}
	assert_int_equal(post(c, b, at(c, m, "/attendance"), out_text(&o)).status, 303);
}

/* Calls a vote and gives its address. */
static const char *call_vote(struct call *c, const struct browser *b, const struct meeting *m, const char *form)
{
	struct answer a = post(c, b, at(c, m, "/votes"), form);
	const char *where = strstr(a.head, "Location: /votes/");

	if (a.status != 303 || !where)
		fail_msg("%d %s", a.status, a.body);
	where += strlen("Location: ");
	return arena_strndup(c->arena, where, strcspn(where, "\r"));
}

static const char *below(struct call *c, const char *path, const char *more)
{
	return arena_printf(c->arena, "%s%s", path, more);
}

static const char *count_form(struct call *c, int marked, int a_yes, int a_no, int b_yes, int b_no, const char *second)
{
	return arena_printf(c->arena, "rev=1&marked=%d&a.teller=V1-01&a.in_favour=%d&a.against=%d&b.teller=%s&b.in_favour=%d&b.against=%d", marked, a_yes, a_no,
	                    second, b_yes, b_no);
}

/* ---------------------------------------------------------------- W19 */

static const char *const w19_absent[] = { "V1-18", "V1-19", "V1-20", "V1-22", NULL };

static struct meeting w19(struct call *c, struct browser *b)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 20, 2);
	struct meeting m = make_meeting(c, f.v1);

	start(c);
	*b = signed_in(c, "bithu", ROLE_SECRETARY, f.v1, NULL);
	return m;
}

TEST_BOTH(W19_V06_V07_V08_through_the_pages)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct answer a;

	a = post(c, &b, at(c, &m, "/votes"), "subject=resolution&method=hand");
	assert_int_equal(a.status, 422); /* no roll call yet */
	call_roll(c, &b, &m, w19_absent);
	a = get(c, &b, at(c, &m, "/votes"), HTML);
	assert_has(&a, "20 have a vote, 17 of them are present. More than half is 11 votes; for a decision on a member two thirds, 14.");
	const char *v = call_vote(c, &b, &m, "subject=resolution&method=hand");

	a = get(c, &b, v, HTML);
	assert_has(&a, "20 have a vote; at least 11 votes in favour are needed");
	assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 11, 6, 11, 6, "V1-02")).status, 303);
	a = get(c, &b, v, JSON);
	assert_has(&a, "\"base\":20,\"needed\":11");
	assert_has(&a, "\"result\":\"adopted\"");
	v = call_vote(c, &b, &m, "subject=make_official&method=paper&member_code=V1-21");
	a = get(c, &b, v, HTML);
	assert_has(&a, "20 have a vote; at least 14 votes in favour are needed");
	assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 13, 4, 13, 4, "V1-02")).status, 303);
	a = get(c, &b, v, JSON);
	assert_has(&a, "\"result\":\"undecided\"");
	stop();
}

TEST_BOTH(tellers_who_do_not_agree_see_both_counts)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct answer a;

	call_roll(c, &b, &m, w19_absent);
	const char *v = call_vote(c, &b, &m, "subject=resolution&method=hand");

	a = post(c, &b, below(c, v, "/count"), count_form(c, 17, 16, 1, 15, 2, "V1-02"));
	assert_int_equal(a.status, 422);
	assert_has(&a, "16, 1, 0, 0 and 15, 2, 0, 0");
	assert_has(&a, "name=\"a.in_favour\" inputmode=\"numeric\" autocomplete=\"off\" value=\"16\"");
	assert_has(&a, "name=\"b.in_favour\" inputmode=\"numeric\" autocomplete=\"off\" value=\"15\"");
	assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 16, 0, 16, 0, "V1-02")).status, 422);  /* 16 of 17 */
	assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 18, 17, 1, 17, 1, "V1-02")).status, 422);  /* more than there are */
	assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 16, 1, 16, 1, "V1-21")).status, 422);  /* V10 */
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote WHERE result <> ''"), 0);
	for (int i = 0; i < 2; i++) /* a double click */
		assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 16, 1, 16, 1, "V1-02")).status, 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote_teller"), 2);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'vote'"), 2);
	a = post(c, &b, below(c, v, "/count"), count_form(c, 17, 17, 0, 17, 0, "V1-02"));
	assert_int_equal(a.status, 409);
	stop();
}

TEST_BOTH(V09_a_fourth_vote_is_refused_by_the_page)
{
	struct browser b;
	struct meeting m = w19(c, &b);

	call_roll(c, &b, &m, w19_absent);
	for (int i = 0; i < 3; i++) {
		const char *v = call_vote(c, &b, &m, "subject=make_official&method=paper&member_code=V1-21");

		assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 10, 7, 10, 7, "V1-02")).status, 303);
	}
	struct answer a = post(c, &b, at(c, &m, "/votes"), "subject=make_official&method=paper&member_code=V1-21");

	assert_int_equal(a.status, 422);
	assert_has(&a, "it lies with the committee above now");
	assert_int_equal(test_int(c, "SELECT count(*) FROM vote"), 3);
	stop();
}

/* ---------------------------------------------------------------- W20 */

TEST_BOTH(W20_V07_V08_through_the_pages)
{
	static const struct { int base, majority, two_thirds; } rows[] = { { 3, 2, 2 }, { 9, 5, 6 }, { 17, 9, 12 }, { 21, 11, 14 } };
	struct fixture f = fixture_make(c);
	const int64_t cells[] = { f.v1, f.c11, f.c12, f.c21 };
	struct browser b;

	for (int i = 0; i < 4; i++)
		fixture_members(c, cells[i], arena_printf(c->arena, "K%d", i), rows[i].base, 1);
	start(c);
	b = signed_in(c, "canbo", ROLE_OFFICER, f.q08, NULL);
	for (int i = 0; i < 4; i++) {
		struct meeting m = make_meeting(c, cells[i]);

		call_roll(c, &b, &m, NULL);
		struct answer a = get(c, &b, at(c, &m, "/votes"), JSON);

		assert_has(&a, arena_printf(c->arena, "\"base\":%d,\"present_with_a_vote\":%d,\"for_resolution\":%d,\"for_two_thirds\":%d", rows[i].base, rows[i].base,
		                            rows[i].majority, rows[i].two_thirds));
	}
	stop();
}

/* ---------------------------------------------------------------- the roll */

TEST_BOTH(a_person_twice_on_a_roll_is_refused_over_json)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct answer a = ask(c, &b, "POST", at(c, &m, "/attendance"),
	                      "{\"rev\":1,\"attendance\":[{\"member_code\":\"V1-01\",\"status\":\"present\"},{\"member_code\":\"V1-02\",\"status\":\"present\"},"
	                      "{\"member_code\":\"V1-01\",\"status\":\"excused\"}]}", JSON);

	assert_int_equal(a.status, 422);
	assert_has(&a, "V1-01 has two rows");
	assert_int_equal(test_int(c, "SELECT count(*) FROM attendance"), 0);
	stop();
}

TEST_BOTH(a_roll_call_tap_by_tap)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct roll r = people(c, &m);
	struct answer a;

	a = ask(c, &b, "POST", at(c, &m, "/attendance/mark"), arena_printf(c->arena, "member=%lld&s=excused", (long long)r.v[0].id), JSON);
	assert_int_equal(a.status, 200);
	assert_has(&a, "\"present\":21,\"expected\":22");
	a = ask(c, &b, "POST", at(c, &m, "/attendance/mark"), arena_printf(c->arena, "member=%lld&s=late&t=08:20", (long long)r.v[1].id), JSON);
	assert_has(&a, "\"at\":\"08:20\"");
	assert_int_equal(ask(c, &b, "POST", at(c, &m, "/attendance/mark"), "member=4711&s=excused", JSON).status, 422);
	assert_int_equal(ask(c, &b, "POST", at(c, &m, "/attendance/mark"), arena_printf(c->arena, "member=%lld&s=asleep", (long long)r.v[1].id), JSON).status, 422);
	/* a late person without a time, when the meeting is over */
	assert_int_equal(ask(c, &b, "POST", at(c, &m, "/attendance/mark"), arena_printf(c->arena, "member=%lld&s=late&t=", (long long)r.v[1].id), JSON).status, 422);
	/* the form of before those taps is stale: it shows both */
	a = post(c, &b, at(c, &m, "/attendance"), arena_printf(c->arena, "rev=1&s.%lld=unexcused", (long long)r.v[0].id));
	assert_int_equal(a.status, 409);
	assert_has(&a, "stored now “With reason”, yours “No reason”");
	stop();
}

/* ---------------------------------------------------------------- the agenda */

/* As if it had gone its way to the opening at 8 o'clock; it is 9 now. */
static void open_it(struct call *c, struct meeting *m)
{
	struct agenda a;

	assert_ok(c, agenda_propose(c, m->id, &a));
	test_sql(c, "UPDATE meeting SET state = 'open', afterwards = 0");
}

TEST_BOTH(two_people_at_one_agenda_keep_both)
{
	struct browser b, other;
	struct meeting m = w19(c, &b);
	struct answer a;

	open_it(c, &m);
	other = signed_in(c, "photho", ROLE_SECRETARY, m.unit_id, NULL);
	const char *room = at(c, &m, "/room");

	/* different items */
	assert_int_equal(post(c, &b, room, "item=1&done=1&minutes=3").status, 303);
	assert_int_equal(post(c, &other, room, "item=2&done=1&minutes=2").status, 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM agenda_item WHERE done = 1"), 2);
	assert_int_equal(post(c, &b, room, "item=1&done=1&minutes=3").status, 303); /* a double click */
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'agenda_item' AND action = 'update'"), 2);
	/* the same text */
	assert_int_equal(post(c, &b, room, "item=1&text.reason=M%E1%BB%99t&rev.reason=0").status, 303);
	a = post(c, &other, room, "item=1&text.reason=Hai&rev.reason=0");
	assert_int_equal(a.status, 409);
	assert_has(&a, "<dd>Một</dd>");
	assert_has(&a, "<dd>Hai</dd>");
	assert_has(&a, ">Hai</textarea>");
	a = ask(c, &other, "POST", room, "{\"item\":1,\"text\":{\"reason\":\"Hai\"},\"rev\":{\"reason\":0}}", JSON);
	assert_int_equal(a.status, 409);
	assert_has(&a, "\"text.reason\":\"Một\"");
	assert_has(&a, "\"text.reason\":\"Hai\"");
	/* a field that was left alone is not in anybody's way: its sum says so ("" is 811c9dc5) */
	assert_int_equal(post(c, &other, room, "item=1&text.reason=&rev.reason=0.811c9dc5&conclusion=Xong&rev.item=1").status, 303);
	a = get(c, &b, room, JSON);
	assert_has(&a, "\"reason\":{\"value\":\"Một\",\"rev\":1}");
	assert_has(&a, "\"conclusion\":\"Xong\"");
	stop();
}

TEST_BOTH(the_clock_proposes_the_minutes)
{
	struct browser b;
	struct meeting m = w19(c, &b);

	open_it(c, &m);
	test_sql(c, "UPDATE agenda_item SET done = 1, minutes = 2, done_at = '2025-11-15T08:48' WHERE item = 1");
	struct answer a = get(c, &b, at(c, &m, "/room"), HTML);

	assert_has(&a, "name=\"minutes\" inputmode=\"numeric\" autocomplete=\"off\" value=\"");
	assert_int_equal(post(c, &b, at(c, &m, "/room"), "item=2&done=1").status, 303);
	assert_true(test_int(c, "SELECT minutes FROM agenda_item WHERE item = 2") >= 0);
	assert_int_equal(post(c, &b, at(c, &m, "/room"), "item=2&done=0").status, 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM agenda_item WHERE item = 2 AND done = 0 AND minutes IS NULL"), 1);
	stop();
}

TEST_BOTH(people_speakers_dues_and_tasks)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct answer a;

	open_it(c, &m);
	call_roll(c, &b, &m, w19_absent);
	const char *room = at(c, &m, "/room");

	assert_int_equal(post(c, &b, room, "chair=V1-01&minute_taker=V1-21&speakers=8&one_more=1&dues=complete").status, 303);
	assert_int_equal(post(c, &b, room, "chair=V1-01&minute_taker=V1-21&speakers=8&one_more=1").status, 303); /* a double click */
	assert_int_equal(test_int(c, "SELECT speakers FROM meeting"), 9);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_text WHERE name = 'dues'"), 1);
	assert_int_equal(post(c, &b, room, "chair=V1-21").status, 422);         /* on probation */
	assert_int_equal(post(c, &b, room, "minute_taker=V1-22").status, 422);  /* absent */
	assert_int_equal(post(c, &b, room, "speakers=20").status, 422);         /* 18 came */
	for (int i = 0; i < 2; i++)
		assert_int_equal(post(c, &b, below(c, room, "/tasks"), "title=Tr%E1%BB%93ng+c%C3%A2y&member_code=V1-05&due_on=2025-12-15&measure=50+c%C3%A2y&report_at=th%C3%A1ng+12%2F2025").status, 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task"), 1);
	a = post(c, &b, below(c, room, "/tasks"), "title=&member_code=V1-05");
	assert_int_equal(a.status, 422);
	stop();
}

TEST_BOTH(an_open_vote_blocks_the_end_and_a_second_click_does_nothing)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct answer a;

	open_it(c, &m);
	call_roll(c, &b, &m, w19_absent);
	const char *v = call_vote(c, &b, &m, "subject=resolution&method=hand"), *close = at(c, &m, "/close");

	a = post(c, &b, close, "ends_at=2025-11-15T09:00");
	assert_int_equal(a.status, 422);
	assert_has(&a, "1 votes are still open");
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE ends_at IS NULL AND state = 'open'"), 1);
	assert_int_equal(post(c, &b, below(c, v, "/count"), count_form(c, 17, 17, 0, 17, 0, "V1-02")).status, 303);
	assert_int_equal(post(c, &b, close, "ends_at=").status, 422);
	assert_int_equal(post(c, &b, close, "ends_at=2025-11-15T09:00").status, 303);
	assert_int_equal(post(c, &b, close, "ends_at=2025-11-15T09:00").status, 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE ends_at = '2025-11-15T09:00' AND state = 'held'"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step WHERE step = 'close'"), 1);
	stop();
}

/* ---------------------------------------------------------------- the ballot */

/* What may differ between two answers by nature: the moment, and the name of the request. */
static const char *shape(struct call *c, const struct answer *a)
{
	struct out o;

	out_memory(&o, c->arena);
	for (const char *s = a->head; *s;) {
		size_t n = strcspn(s, "\n");
		bool skip = strncasecmp(s, "Date:", 5) == 0 || strncasecmp(s, "X-Request-Id:", 13) == 0 || strncasecmp(s, "ETag:", 5) == 0;

		if (!skip)
			out_bytes(&o, s, n);
		s += n + (s[n] == '\n');
	}
	out_printf(&o, "|%zu", a->size);
	return out_text(&o);
}

static int64_t traces(struct call *c)
{
	return test_int(c, "SELECT count(*) FROM journal") * 1000000 + test_int(c, "SELECT count(*) FROM idempotency") * 10000 +
	       test_int(c, "SELECT count(*) FROM ballot_roll") * 100 + test_int(c, "SELECT count(*) FROM session");
}

TEST_BOTH(V10_a_ballot_by_device_leaves_nothing_and_looks_like_any_other)
{
	struct browser chair, voters[3], probationary;
	struct meeting m = w19(c, &chair);
	struct roll r = people(c, &m);
	struct answer a[3];

	for (int i = 0; i < 3; i++)
		voters[i] = signed_in(c, arena_printf(c->arena, "dv%d", i), ROLE_MEMBER, m.unit_id, roll_find(&r, r.v[i].id));
	for (size_t i = 0; i < r.n; i++)
		if (strcmp(r.v[i].code, "V1-21") == 0)
			probationary = signed_in(c, "dubi", ROLE_MEMBER, m.unit_id, &r.v[i]);
	call_roll(c, &chair, &m, w19_absent);
	const char *v = call_vote(c, &chair, &m, "subject=other&method=device&title=Ph%C3%A2n+c%C3%B4ng"), *ballot = below(c, v, "/ballot");
	int64_t before = traces(c);

	for (int i = 0; i < 3; i++) {
		struct answer form = get(c, &voters[i], ballot, HTML);

		assert_int_equal(form.status, 200);
		a[i] = ask(c, &voters[i], "POST", ballot, arena_printf(c->arena, "choice=%d", i + 1), HTML "Idempotency-Key: 0192f0c1-0000-7000-8000-000000000001\r\n");
		assert_int_equal(a[i].status, 303);
		assert_string_equal(shape(c, &a[i]), shape(c, &a[0]));
	}
	assert_int_equal(traces(c), before);
	struct answer again = post(c, &voters[0], ballot, "choice=2");

	assert_int_equal(again.status, 409);
	assert_false(has(&again, "checked"));
	assert_int_equal(post(c, &probationary, ballot, "choice=1").status, 403);
	assert_int_equal(post(c, &voters[1], below(c, v, "/close"), "").status, 403); /* only the chair closes */
	/* those without a device vote at the chair's; nobody twice */
	assert_int_equal(post(c, &chair, below(c, v, "/lend"), "person=V1-01&choice=1").status, 409);
	assert_int_equal(post(c, &chair, below(c, v, "/lend"), "person=V1-04&choice=1").status, 303);
	assert_int_equal(post(c, &chair, below(c, v, "/lend"), "choice=1").status, 422);
	assert_int_equal(post(c, &chair, below(c, v, "/lend"), "person=V1-18&choice=1").status, 422); /* absent */
	assert_int_equal(traces(c), before);
	struct answer list = get(c, &chair, v, HTML);

	assert_has(&list, "of 17 have voted");
	assert_int_equal(post(c, &chair, below(c, v, "/close"), "").status, 303);
	struct answer closed = get(c, &chair, v, JSON);

	assert_has(&closed, "\"marked\":4,\"in_favour\":2,\"against\":1,\"abstain\":1,\"invalid\":0,\"result\":\"rejected\"");
	assert_int_equal(post(c, &voters[2], ballot, "choice=1").status, 409);
	stop();
}

TEST_BOTH(a_server_that_was_stopped_asks_for_a_new_ballot)
{
	struct browser b;
	struct meeting m = w19(c, &b);
	struct answer a;

	call_roll(c, &b, &m, w19_absent);
	const char *v = call_vote(c, &b, &m, "subject=other&method=device&title=x");

	assert_int_equal(post(c, &b, below(c, v, "/lend"), "person=V1-04&choice=1").status, 303);
	stop();
	start(c);
	a = get(c, &b, v, HTML);
	assert_has(&a, "it has to be repeated");
	assert_int_equal(post(c, &b, below(c, v, "/lend"), "person=V1-05&choice=1").status, 409);
	assert_int_equal(post(c, &b, below(c, v, "/close"), "").status, 409);
	assert_int_equal(post(c, &b, below(c, v, "/repeat"), "").status, 303);
	assert_int_equal(post(c, &b, below(c, v, "/lend"), "person=V1-04&choice=2").status, 303);
	assert_int_equal(post(c, &b, below(c, v, "/close"), "").status, 303);
	assert_int_equal(test_int(c, "SELECT against FROM vote"), 1);
	assert_int_equal(test_int(c, "SELECT in_favour FROM vote"), 0);
	stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(W19_V06_V07_V08_through_the_pages),
		BOTH(tellers_who_do_not_agree_see_both_counts),
		BOTH(V09_a_fourth_vote_is_refused_by_the_page),
		BOTH(W20_V07_V08_through_the_pages),
		BOTH(a_person_twice_on_a_roll_is_refused_over_json),
		BOTH(a_roll_call_tap_by_tap),
		BOTH(two_people_at_one_agenda_keep_both),
		BOTH(the_clock_proposes_the_minutes),
		BOTH(people_speakers_dues_and_tasks),
		BOTH(an_open_vote_blocks_the_end_and_a_second_click_does_nothing),
		BOTH(V10_a_ballot_by_device_leaves_nothing_and_looks_like_any_other),
		BOTH(a_server_that_was_stopped_asks_for_a_new_ballot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
