/* test_year_pages.c — the year as a cell and its members live it, over real HTTP: registering, carrying on, monthly checks, half-year, sheet, votes that are
 * carried and lost, evidence, appeal, the members' classification in its order; what is refused, and to whom. With small tables of its own. */
#include "org/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "access/account.h"
#include "access/session.h"
#include "app/rulebook.h"
#include "app/serve.h"
#include "base/id.h"
#include "document/document.h"
#include "http/http.h"
#include "support/web.h"
#include "year/assess.h"

#define PASSWORD "mot hai ba bon"
#define HTML "Accept: text/html\r\n"
#define JSON "Accept: application/json\r\n"

/* J1 judged, F1 known once the register of discipline is filled in or declared empty. */
#define CRITERIA(j, f)                                                                                                                            \
	"  criteria:\n    - id: J\n      title: {vi: Tự chấm, en: Judged}\n      max: " j "\n      lines:\n"                                           \
	"        - {id: J1, title: {vi: Tự chấm, en: Judged}, max: " j ", judged: true}\n"                                                           \
	"    - id: F\n      title: {vi: Kỷ luật, en: Discipline}\n      max: " f "\n      lines:\n"                                                   \
	"        - id: F1\n          title: {vi: Không kỷ luật, en: Nobody disciplined}\n          max: " f "\n"                                       \
	"          to_full: {vi: Không kỷ luật, en: Nobody disciplined}\n"                                                                           \
	"          cases:\n            - {when: disciplined == 0, points: " f "}\n            - {otherwise: true, points: 34}\n"
#define TABLE(id, use, extra) "- kind: scheme\n  id: " id "\n  title: {vi: Bảng, en: Table}\n  source: P\n  valid_from: 2018-01-01\n  scope: Q08\n  for: " use "\n" extra
static const char tables[] =
	TABLE("T-C", "four_good_cell", "  standard: 95\n") CRITERIA("60", "40")
	TABLE("T-U", "annual_unit", "") "  criteria:\n    - {id: J1, title: {vi: Tự chấm, en: Judged}, max: 100, judged: true}\n"
	TABLE("T-M", "annual_member", "") "  criteria:\n    - {id: J1, title: {vi: Tự chấm, en: Judged}, max: 100, judged: true}\n"
	"- kind: classification\n  id: L-U\n  title: {vi: Mức, en: Levels}\n  source: P\n  valid_from: 2018-01-01\n  scope: Q08\n  for: units\n"
	"  excellent:\n    from: 90\n  good:\n    from: 70\n  completed:\n    from: 50\n  cap: {percent: 20, of: good}\n"
	"- kind: classification\n  id: L-M\n  title: {vi: Mức, en: Levels}\n  source: P\n  valid_from: 2018-01-01\n  scope: Q08\n  for: members\n"
	"  excellent:\n    from: 90\n  good:\n    from: 70\n  completed:\n    from: 50\n  cap: {percent: 20, of: good}\n";

struct browser { char token[SESSION_TOKEN]; const char *csrf; };
struct answer { int status; const char *head, *body; };
struct world {
	struct fixture f;
	int64_t meeting, plan;
	struct browser secretary, member, other, stranger, officer, inspector;
};

static struct settings settings;
static struct server *server;
static int port;

/* ---------------------------------------------------------------- the world */

static void load_rules(struct call *c)
{
	const char *dir = arena_printf(c->arena, "%s/rules", test_dir());
	FILE *f;

	assert_int_equal(system(arena_printf(c->arena, "mkdir -p %s && cp rules/*.yaml %s", dir, dir)), 0);
	f = fopen(arena_printf(c->arena, "%s/t.yaml", dir), "w");
	assert_non_null(f);
	fputs(tables, f);
	fclose(f);
	assert_ok(c, rulebook_load(c, dir));
	rulebook_give(c);
}

static void start(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--workers=4", "--config=/dev/null" };
	struct args args = { 3, words };

	assert_ok(c, settings_read(c, &args, &settings));
	load_rules(c);
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
}

static void stop(void)
{
	assert_true(server_stop(server, 5000));
}

static struct browser signed_in(struct call *c, const char *login, unsigned role, int64_t unit, const char *member)
{
	struct account a = { .login = login, .name = login, .lang = 2, .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = role, .unit_id = unit, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };
	struct browser b;
	struct member m;

	if (member) {
		READING(c)
			assert_ok(c, org_member_by_code(c, 0, member, &m));
		a.member_realm = m.realm;
		a.member_id = m.id;
	}
	assert_ok(c, account_add(c, &a, PASSWORD, &g));
	assert_ok(c, session_begin_for(c, a.id, 3000, b.token));
	b.csrf = http_csrf(c->arena, b.token);
	return b;
}

static int64_t held_meeting(struct call *c, int64_t unit, int month)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, month, 9).days * 1440 + 19 * 60 };
	assert_ok(c, meeting_create(c, &m));
	return m.id;
}

static int64_t programme(struct call *c, int64_t unit)
{
	struct document d;

	record_clear(&document_record, &d);
	d.unit_id = unit;
	d.type = DOC_PROGRAMME;
	d.subject = "Chương trình công tác năm 2025";
	d.purpose = d.form = d.content = d.signed_by = d.outside_no = "";
	d.outside_no = "01-CTr/CB";
	d.dated_on = date_of(2025, 1, 6);
	assert_ok(c, document_create(c, &d));
	return d.id;
}

/* Cell V1 with nine official members, its meetings of January and November, its programme. */
static void make_world(struct call *c, struct world *w)
{
	id_set_fixed(INT64_C(5000000001)); /* as long as real ones: shorter numbers in addresses are codes */
	w->f = fixture_make(c);
	fixture_members(c, w->f.v1, "V1", 9, 0);
	fixture_members(c, w->f.c21, "C21", 4, 0);
	w->meeting = held_meeting(c, w->f.v1, 1);
	(void)held_meeting(c, w->f.v1, 11);
	w->plan = programme(c, w->f.v1);
	start(c);
	w->secretary = signed_in(c, "bithu", ROLE_SECRETARY, w->f.v1, "V1-01");
	w->member = signed_in(c, "dangvien", ROLE_MEMBER, w->f.v1, "V1-02");
	w->other = signed_in(c, "dangvien3", ROLE_MEMBER, w->f.v1, "V1-03");
	w->stranger = signed_in(c, "bithu2", ROLE_SECRETARY, w->f.c21, NULL);
	w->officer = signed_in(c, "canbo", ROLE_OFFICER, w->f.x1, NULL);
	w->inspector = signed_in(c, "kiemtra", ROLE_INSPECTOR, w->f.q08, NULL);
}

static void nothing_disciplined(struct call *c, const struct world *w)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_number (realm, id, unit_id, year, name, value) VALUES (%lld, 40, %lld, 2025, 'none_discipline', 1)",
	                         (long long)w->f.q08, (long long)w->f.v1));
}

/* ---------------------------------------------------------------- asking */

static struct answer ask(struct call *c, const struct browser *b, const char *method, const char *path, const char *body, const char *more)
{
	bool json = body && *body == '{';
	const char *type = strstr(more, "Content-Type") ? "" : json ? "Content-Type: application/json\r\n" : "Content-Type: application/x-www-form-urlencoded\r\n";
	const char *headers = arena_printf(c->arena, "Cookie: chibo=%s\r\nX-CSRF-Token: %s\r\n%s%s", b->token, b->csrf, type, more);
	struct web_reply r = web_ask(port, method, path, headers, body);
	struct answer a = { r.status, arena_strdup(c->arena, r.head ? r.head : ""), arena_strdup(c->arena, r.body ? r.body : "") };

	web_free(&r);
	return a;
}

static struct answer get(struct call *c, const struct browser *b, const char *path, const char *accept)
{
	return ask(c, b, "GET", path, NULL, accept);
}

static struct answer post(struct call *c, const struct browser *b, const char *path, const char *body)
{
	return ask(c, b, "POST", path, body, HTML);
}

static const char *unit_page(struct call *c, int64_t unit, const char *below)
{
	return arena_printf(c->arena, "/units/%lld%s", (long long)unit, below);
}

static const char *case_page(struct call *c, int64_t id, const char *below)
{
	return arena_printf(c->arena, "/cases/%lld%s", (long long)id, below);
}

static int64_t rev_of(struct call *c, int64_t id)
{
	return test_int(c, arena_printf(c->arena, "SELECT rev FROM year_case WHERE id = %lld", (long long)id));
}

static const char *with_rev(struct call *c, int64_t id, const char *form)
{
	return arena_printf(c->arena, "rev=%lld&%s", (long long)rev_of(c, id), form);
}

static bool is_in(struct call *c, int64_t id, const char *state)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM year_case WHERE id = %lld AND state = '%s'", (long long)id, state)) == 1;
}

static bool has(const struct answer *a, const char *text)
{
	return strstr(a->body, text) != NULL;
}

static const char *main_of(const struct answer *a)
{
	const char *main = strstr(a->body, "id=\"main\"");

	return main ? main : a->body;
}

static void assert_has_at(int line, const struct answer *a, const char *text)
{
	if (!has(a, text))
		fail_msg("line %d, not in the answer (%d): %s\n%.3000s", line, a->status, text, main_of(a));
}

static void assert_status_at(int line, struct answer a, int expected)
{
	if (a.status != expected)
		fail_msg("line %d: %d instead of %d\n%.3000s", line, a.status, expected, main_of(&a));
}

#define assert_has(a, text) assert_has_at(__LINE__, (a), (text))
#define assert_status(a, expected) assert_status_at(__LINE__, (a), (expected))

/* The case that an answer leads to. */
static int64_t case_of(struct call *c, const struct answer *a)
{
	const char *where = strstr(a->head, "Location: /cases/");
	int64_t id = 0;

	if (!where || !int_parse(arena_strndup(c->arena, where + 17, strspn(where + 17, "0123456789")), &id))
		fail_msg("%d leads to no case: %s", a->status, a->body);
	return id;
}

static int64_t register_it(struct call *c, const struct world *w)
{
	struct answer a = post(c, &w->secretary, unit_page(c, w->f.v1, "/year/register?year=2025"),
	                       arena_printf(c->arena, "meeting_id=%lld&plan_id=%lld&agreement_on=2025-01-20&in_favour=9", (long long)w->meeting, (long long)w->plan));

	assert_status(a, 303);
	return case_of(c, &a);
}

/* ---------------------------------------------------------------- where do we stand */

TEST_BOTH(the_year_says_where_a_cell_stands_and_what_is_not_recorded)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	const char *path = unit_page(c, w.f.v1, "/year?year=2025");

	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "Not registered for “four good” this year");
	assert_has(&a, "/year/register?year=2025\">Register</a>");
	assert_has(&a, "/registers/disciplines?year=2025\">Record it</a>"); /* an empty register is not “none” */
	a = get(c, &w.member, path, HTML);
	assert_status(a, 200);
	assert_false(has(&a, ">Register</a>"));
	assert_false(has(&a, "Record it"));
	a = get(c, &w.secretary, path, JSON);
	assert_has(&a, "\"four_good\":null");
	assert_has(&a, "\"secured\":\"0.0\",\"reachable\":\"100.0\",\"standard\":\"95.0\"");
	nothing_disciplined(c, &w);
	a = get(c, &w.secretary, path, JSON);
	assert_has(&a, "\"secured\":\"40.0\",\"reachable\":\"100.0\"");
	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "55 points are missing for the standard of 95; up to 100 can still be reached.");
	test_sql(c, arena_printf(c->arena, "INSERT INTO discipline (realm, id, code, unit_id, subject, decided_on) VALUES (%lld, 41, 'K1', %lld, 'member', '2025-08-01')",
	                         (long long)w.f.q08, (long long)w.f.v1));
	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "At most 94 points can still be reached; the standard is 95.");
	assert_has(&a, "Lost this year");
	assert_status(get(c, &w.stranger, path, HTML), 404);
	assert_status(get(c, &w.officer, path, HTML), 200);
	assert_status(get(c, &w.secretary, unit_page(c, w.f.v1, "/year?year=x"), HTML), 422);
	assert_status(get(c, &w.officer, unit_page(c, w.f.x1, "/year?year=2025"), HTML), 200); /* a body: no table of its own here */
	a = get(c, &w.inspector, unit_page(c, w.f.q08, "/year?year=2025"), HTML);
	assert_has(&a, "is a matter of cells and grassroots organisations");
	assert_false(has(&a, "Steps of the year"));
	a = get(c, &w.secretary, unit_page(c, w.f.v1, ""), HTML);
	assert_has(&a, unit_page(c, w.f.v1, "/year"));
	stop();
}

/* ---------------------------------------------------------------- registering */

TEST_BOTH(registering_asks_for_meeting_plan_agreement_and_vote)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	const char *path = unit_page(c, w.f.v1, "/year/register?year=2025");

	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "Regular meeting on 9 Jan 2025 – 9 with a vote");
	assert_has(&a, "Chương trình công tác năm 2025");
	a = post(c, &w.secretary, path, arena_printf(c->arena, "meeting_id=%lld&in_favour=9", (long long)w.meeting));
	assert_status(a, 422);
	assert_has(&a, "say when the emulation agreement was signed");
	assert_has(&a, "value=\"9\""); /* what was typed stays */
	a = post(c, &w.secretary, path, arena_printf(c->arena, "meeting_id=%lld&agreement_on=2025-01-20&in_favour=4&against=5", (long long)w.meeting));
	assert_status(a, 422);
	assert_has(&a, "4 of 9 in favour, 5 are needed"); /* V07 */
	a = post(c, &w.secretary, path, arena_printf(c->arena, "meeting_id=%lld&agreement_on=20-1&in_favour=9", (long long)w.meeting));
	assert_status(a, 422);
	assert_has(&a, "“20-1” is not a day");
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case"), 0);
	assert_status(post(c, &w.member, path, "carry=1"), 403);
	assert_status(post(c, &w.secretary, path, "carry=1"), 422); /* not recognised last year */
	int64_t k = register_it(c, &w);

	a = get(c, &w.secretary, case_page(c, k, ""), HTML);
	assert_has(&a, "9 of 9 in favour (100.00%)");
	a = get(c, &w.secretary, case_page(c, k, ""), JSON);
	assert_has(&a, "\"state\":\"registered\"");
	assert_has(&a, "\"possible\":[\"half_year\",\"self_assess\",\"withdraw\"]");
	assert_status(get(c, &w.secretary, path, HTML), 303); /* there is nothing to register any more */
	assert_status(post(c, &w.secretary, path, "meeting_id=0&in_favour=9"), 409);
	stop();
}

TEST_BOTH(a_recognised_cell_carries_on_in_one_tap)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on) VALUES (%lld, 7000000001, 'four_good', 2024, %lld, "
	                         "'recognised', '2024-01-10')", (long long)w.f.q08, (long long)w.f.v1));
	a = get(c, &w.secretary, unit_page(c, w.f.v1, "/year/register?year=2025"), HTML);
	assert_has(&a, "name=\"carry\"");
	a = post(c, &w.secretary, unit_page(c, w.f.v1, "/year/register?year=2025"), "carry=1");
	assert_status(a, 303);
	a = get(c, &w.secretary, case_page(c, case_of(c, &a), ""), HTML);
	assert_has(&a, "carries on from last year");
	stop();
}

TEST_BOTH(withdrawing_needs_a_reason_and_ends_the_list)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	int64_t k = register_it(c, &w);
	const char *path = case_page(c, k, "/steps/withdraw");

	assert_status(get(c, &w.secretary, path, HTML), 200);
	a = post(c, &w.secretary, path, with_rev(c, k, "remark="));
	assert_status(a, 422);
	assert_has(&a, "say why");
	assert_status(post(c, &w.member, path, with_rev(c, k, "remark=x")), 403);
	a = post(c, &w.secretary, path, "rev=77&remark=Ch%C6%B0a%20%C4%91%E1%BB%A7%20s%E1%BB%A9c");
	assert_status(a, 409);
	assert_status(post(c, &w.secretary, path, with_rev(c, k, "remark=too%20few")), 303);
	assert_true(is_in(c, k, "withdrawn"));
	a = get(c, &w.secretary, case_page(c, k, ""), HTML);
	assert_has(&a, "Withdrawn: too few");
	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "This step is not possible while the case is “Withdrawn”.");
	assert_status(get(c, &w.secretary, case_page(c, k, "/steps/dance"), HTML), 404);
	a = get(c, &w.secretary, case_page(c, k, "/sheet?stage=self"), HTML);
	assert_has(&a, "Nothing is asked for here now");
	stop();
}

TEST_BOTH(a_unit_that_moves_is_let_go_by_the_committee)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	int64_t k = register_it(c, &w);
	const char *path = case_page(c, k, "/steps/transfer_out");

	assert_status(post(c, &w.secretary, path, with_rev(c, k, "moved_to=X2")), 403);
	assert_status(post(c, &w.officer, path, with_rev(c, k, "moved_to=")), 422);
	assert_status(post(c, &w.officer, path, with_rev(c, k, "moved_to=the%20ward")), 303);
	a = get(c, &w.secretary, unit_page(c, w.f.v1, "/year?year=2025"), HTML);
	assert_has(&a, "The unit has moved to the ward and is not evaluated here this year.");
	stop();
}

/* ---------------------------------------------------------------- the way of a case */

static void half_year(struct call *c, const struct world *w, int64_t k)
{
	const char *path = case_page(c, k, "/sheet?stage=half_year");
	struct answer a = get(c, &w->secretary, path, HTML);

	assert_has(&a, "name=\"judged.J1\"");
	a = post(c, &w->secretary, case_page(c, k, "/sheet?stage=self"), with_rev(c, k, "judged.J1=50"));
	assert_true(a.status == 422 || a.status == 409);
	assert_has(&a, "half year first");
	a = post(c, &w->secretary, path, with_rev(c, k, "judged.J1=61&in_favour=9&meeting_id=0"));
	assert_status(a, 422);
	assert_has(&a, "value=\"61\"");
	a = post(c, &w->secretary, path, with_rev(c, k, "judged.J1=abc&in_favour=9&meeting_id=0"));
	assert_status(a, 422);
	assert_has(&a, "write points with at most one decimal");
	assert_status(post(c, &w->secretary, path, with_rev(c, k, "judged.J1=50,5&meeting_id=0")), 422); /* no vote */
	assert_true(is_in(c, k, "registered"));
	a = post(c, &w->secretary, path, with_rev(c, k, "judged.J1=50,5&in_favour=8&against=1&meeting_id=0&on=2025-07-05&why.J1=on%20the%20way"));
	assert_status(a, 303);
	assert_true(is_in(c, k, "half_year"));
}

static void self_assessment(struct call *c, const struct world *w, int64_t k)
{
	const char *path = case_page(c, k, "/sheet?stage=self");
	struct answer a = get(c, &w->secretary, path, HTML);

	assert_has(&a, "value=\"50.5\""); /* of the half year */
	assert_has(&a, "value=\"on the way\"");
	a = post(c, &w->secretary, path, with_rev(c, k, "judged.J1=56&do=work-out"));
	assert_status(a, 200);
	assert_has(&a, "<b>96</b> / 100");
	assert_true(is_in(c, k, "half_year")); /* worked out, not kept */
	assert_status(post(c, &w->member, path, with_rev(c, k, "judged.J1=56")), 403);
	assert_status(post(c, &w->stranger, path, with_rev(c, k, "judged.J1=56")), 404);
	assert_status(post(c, &w->secretary, path, with_rev(c, k, "judged.J1=")), 422);
	a = post(c, &w->secretary, path, "rev=1&judged.J1=57");
	assert_status(a, 409);
	assert_has(&a, "value=\"57\"");
	assert_has(&a, "warn conflict\""); /* both versions */
	a = ask(c, &w->secretary, "POST", path, "{\"rev\":1,\"judged\":{\"J1\":\"57\"}}", JSON);
	assert_status(a, 409);
	assert_has(&a, "\"stored\"");
	a = post(c, &w->secretary, path, with_rev(c, k, "judged.J1=56&why.J1=done"));
	assert_status(a, 303);
	assert_true(is_in(c, k, "self_assessed"));
}

static void vote(struct call *c, const struct world *w, int64_t k)
{
	const char *path = case_page(c, k, "/vote?stage=voted");
	struct answer a = get(c, &w->secretary, path, HTML);

	assert_has(&a, "What is voted on: the sheet");
	a = post(c, &w->secretary, path, with_rev(c, k, "in_favour=4&against=5&meeting_id=0"));
	assert_status(a, 422);
	assert_has(&a, "4 of 9 in favour, 5 are needed"); /* V07 */
	a = post(c, &w->secretary, path, with_rev(c, k, "in_favour=9&against=1&meeting_id=0"));
	assert_status(a, 422);
	assert_has(&a, "more votes were counted than the 9 who may vote"); /* V06 */
	assert_status(post(c, &w->secretary, path, with_rev(c, k, "in_favour=x&meeting_id=0")), 422);
	a = ask(c, &w->secretary, "POST", path, arena_printf(c->arena, "{\"rev\":%lld,\"meeting_id\":0,\"in_favour\":5,\"against\":4}", (long long)rev_of(c, k)), JSON);
	assert_true(a.status == 200 || a.status == 201);
	assert_true(is_in(c, k, "voted"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE stage = 'voted' AND points = 960 AND result = 'met'"), 1);
}

static void appraise(struct call *c, int64_t k, int points)
{
	struct judged_line l = { "J1", { points * 10 } };
	struct line_why why = { "J1", "not all papers are there" };
	struct year_request rq = { .case_id = k, .rev = ANY_REV, .stage = CASE_STAGE_APPRAISED, .judged = { &l, 1 }, .whys = { &why, 1 }, .reason = "" };
	struct year_case after;
	struct year_sheet s;

	assert_ok(c, year_save(c, &rq, NULL, &after, &s, NULL));
}

static void appeal(struct call *c, const struct world *w, int64_t k)
{
	const char *path = case_page(c, k, "/appeal");
	struct answer a = get(c, &w->secretary, path, HTML);

	assert_has(&a, "An appeal is possible until");
	assert_status(post(c, &w->secretary, path, with_rev(c, k, "reason=")), 422);
	assert_status(post(c, &w->member, path, with_rev(c, k, "reason=no")), 403);
	assert_status(post(c, &w->secretary, path, with_rev(c, k, "reason=the%20papers%20are%20there&wanted=96")), 303);
	assert_status(post(c, &w->secretary, path, with_rev(c, k, "reason=again")), 409);
	a = get(c, &w->secretary, path, JSON);
	assert_has(&a, "\"reason\":\"the papers are there\",\"wanted\":\"96\"");
	assert_status(post(c, &w->member, case_page(c, k, "/appeal/1/withdraw"), with_rev(c, k, "")), 403);
	assert_status(post(c, &w->secretary, case_page(c, k, "/appeal/1/withdraw"), with_rev(c, k, "")), 303);
	a = get(c, &w->secretary, path, JSON);
	assert_has(&a, "\"outcome\":\"withdrawn\"");
}

TEST_BOTH(a_case_goes_its_way_through_the_pages)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	nothing_disciplined(c, &w);
	int64_t k = register_it(c, &w);

	half_year(c, &w, k);
	a = get(c, &w.secretary, "/", HTML);
	assert_has(&a, "“Four good” 2025: Assess yourselves"); /* what has to be done now */
	self_assessment(c, &w, k);
	vote(c, &w, k);
	a = get(c, &w.secretary, unit_page(c, w.f.v1, "/year?year=2025"), HTML);
	assert_has(&a, "The 95 points of the standard are there.");
	appraise(c, k, 54);
	a = get(c, &w.secretary, case_page(c, k, ""), HTML);
	assert_has(&a, "Standard not met");
	appeal(c, &w, k);
	assert_status(get(c, &w.inspector, case_page(c, k, "/sheet?stage=self"), HTML), 200);
	a = get(c, &w.secretary, case_page(c, k, "/sheet?stage=self"), HTML);
	assert_has(&a, "Nothing is asked for here now");
	assert_false(has(&a, "name=\"judged.J1\""));
	assert_status(get(c, &w.secretary, case_page(c, k, "/sheet?stage=appraised"), HTML), 404);
	assert_status(get(c, &w.secretary, "/cases/4711", HTML), 404);
	stop();
}

TEST_BOTH(a_returned_case_says_why_and_is_assessed_again)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	nothing_disciplined(c, &w);
	int64_t k = register_it(c, &w);

	half_year(c, &w, k);
	self_assessment(c, &w, k);
	vote(c, &w, k);
	a = post(c, &w.officer, case_page(c, k, "/steps/return"), with_rev(c, k, "remark=papers%20are%20missing&due_on=2025-11-25"));
	assert_status(a, 303);
	a = get(c, &w.secretary, case_page(c, k, ""), HTML);
	assert_has(&a, "returned: papers are missing; by 25 Nov 2025");
	assert_status(post(c, &w.secretary, case_page(c, k, "/sheet?stage=self"), with_rev(c, k, "judged.J1=55")), 303);
	a = get(c, &w.secretary, case_page(c, k, "/vote?stage=voted"), HTML);
	assert_has(&a, "value=\"55\""); /* the newer self-assessment, not the vote before */
	stop();
}

/* ---------------------------------------------------------------- checks and evidence */

TEST_BOTH(a_month_is_checked_with_what_the_records_say)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	nothing_disciplined(c, &w);
	int64_t k = register_it(c, &w);
	const char *path = case_page(c, k, "/check?month=2025-11");

	a = get(c, &w.secretary, path, JSON);
	assert_has(&a, "{\"line\":\"J1\",\"proposed\":null,\"met\":null");
	assert_has(&a, "{\"line\":\"F1\",\"proposed\":true,\"met\":null");
	assert_status(post(c, &w.secretary, path, with_rev(c, k, "")), 422);
	assert_status(post(c, &w.secretary, path, with_rev(c, k, "met.J1=2")), 422);
	assert_status(post(c, &w.member, path, with_rev(c, k, "met.J1=1")), 403);
	assert_status(get(c, &w.member, path, HTML), 200);
	assert_status(post(c, &w.secretary, path, with_rev(c, k, "met.J1=0&remark.J1=not%20yet&met.F1=1")), 303);
	a = get(c, &w.secretary, path, JSON);
	assert_has(&a, "{\"line\":\"J1\",\"proposed\":null,\"met\":false,\"remark\":\"not yet\"");
	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "This month is checked");
	assert_has(&a, "value=\"not yet\"");
	a = post(c, &w.secretary, path, "rev=1&met.J1=1&met.F1=1");
	assert_status(a, 409);
	assert_has(&a, "not met"); /* kept … */
	assert_has(&a, "warn conflict\""); /* … beside what was chosen */
	assert_status(get(c, &w.secretary, case_page(c, k, "/check?month=2024-11"), HTML), 422);
	assert_status(get(c, &w.secretary, case_page(c, k, "/check?month=x"), HTML), 422);
	stop();
}

#define UPLOAD(name, value) "--B\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

TEST_BOTH(evidence_is_a_file_a_document_or_a_number)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	int64_t k = register_it(c, &w);
	const char *path = case_page(c, k, "/evidence");

	assert_status(get(c, &w.secretary, case_page(c, k, "/evidence?line=J1"), HTML), 200);
	a = post(c, &w.secretary, path, "line=J1&title=x");
	assert_status(a, 422);
	assert_has(&a, "choose a file, a document of the register");
	assert_status(post(c, &w.secretary, path, "paper_no=12"), 422);
	assert_status(post(c, &w.secretary, path, "line=NO&paper_no=12"), 422);
	assert_status(post(c, &w.member, path, "line=J1&paper_no=12"), 403);
	assert_status(post(c, &w.secretary, path, "line=J1&paper_no=12-BC/CB&title=report"), 303);
	assert_status(post(c, &w.secretary, path, arena_printf(c->arena, "line=J1&document_id=%lld", (long long)w.plan)), 303);
	a = ask(c, &w.secretary, "POST", path,
	        UPLOAD("line", "F1") UPLOAD("title", "a list") "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.txt\"\r\nContent-Type: text/plain"
	        "\r\n\r\nnobody\r\n--B--\r\n", "Content-Type: multipart/form-data; boundary=B\r\n" HTML);
	assert_status(a, 303);
	a = get(c, &w.secretary, path, HTML);
	assert_has(&a, "12-BC/CB");
	assert_has(&a, "list.txt");
	assert_has(&a, "Chương trình công tác năm 2025"); /* called as the document is */
	int64_t file = test_int(c, "SELECT id FROM year_evidence WHERE file_id IS NOT NULL AND file_id > 0");
	const char *where = case_page(c, k, arena_printf(c->arena, "/evidence/%lld", (long long)file));

	a = get(c, &w.member, where, HTML);
	assert_status(a, 200);
	assert_string_equal(a.body, "nobody");
	assert_status(get(c, &w.stranger, where, HTML), 404);
	assert_status(post(c, &w.member, arena_printf(c->arena, "%s/remove", where), "x=1"), 403);
	assert_status(post(c, &w.secretary, arena_printf(c->arena, "%s/remove", where), "x=1"), 303);
	assert_status(get(c, &w.member, where, HTML), 404);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_evidence"), 2);
	stop();
}

/* ---------------------------------------------------------------- members */

static int64_t case_of_member(struct call *c, const char *code)
{
	return test_int(c, arena_printf(c->arena, "SELECT k.id FROM year_case k JOIN member m ON m.realm = k.realm AND m.id = k.member_id WHERE m.code = '%s'", code));
}

/* The collective assesses itself, then the members' reviews are opened. */
static void open_members(struct call *c, const struct world *w)
{
	const char *path = unit_page(c, w->f.v1, "/year/members?year=2025");
	struct answer a = get(c, &w->secretary, path, HTML);

	assert_has(&a, "Members are reviewed once the collective has assessed itself.");
	a = post(c, &w->secretary, path, "do=open");
	assert_status(a, 409); /* the order of work */
	assert_has(&a, "the collective comes before its members");
	a = post(c, &w->secretary, path, "do=open_collective");
	assert_status(a, 303);
	int64_t unit = case_of(c, &a);

	assert_status(post(c, &w->secretary, case_page(c, unit, "/sheet?stage=self"), with_rev(c, unit, "judged.J1=85")), 303);
	assert_status(post(c, &w->secretary, path, "do=open"), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE kind = 'member_class'"), 9);
}

static void assess_members(struct call *c, const struct world *w)
{
	int64_t mine = case_of_member(c, "V1-02"), other = case_of_member(c, "V1-03");
	struct answer a = get(c, &w->member, "/me/year?year=2025", HTML);

	assert_has(&a, case_page(c, mine, "/sheet?stage=self"));
	a = get(c, &w->member, "/", HTML);
	assert_has(&a, "Assess yourselves");
	assert_status(get(c, &w->member, case_page(c, mine, ""), HTML), 200);
	assert_status(get(c, &w->member, case_page(c, other, ""), HTML), 404); /* nobody sees the level of another */
	assert_status(get(c, &w->member, case_page(c, other, "/sheet"), HTML), 404);
	assert_status(get(c, &w->member, case_page(c, other, "/appeal"), HTML), 404);
	assert_status(post(c, &w->member, case_page(c, other, "/sheet?stage=self"), with_rev(c, other, "judged.J1=80")), 404);
	assert_status(get(c, &w->member, unit_page(c, w->f.v1, "/year/members?year=2025"), HTML), 403);
	assert_status(post(c, &w->member, case_page(c, mine, "/sheet?stage=self"), with_rev(c, mine, "judged.J1=92")), 303);
	assert_status(post(c, &w->member, case_page(c, mine, "/vote?stage=voted"), with_rev(c, mine, "in_favour=9&meeting_id=0")), 403);
	assert_status(post(c, &w->secretary, case_page(c, other, "/sheet?stage=self"), with_rev(c, other, "judged.J1=75&told=told%20at%20home")), 303);
	a = get(c, &w->secretary, case_page(c, other, ""), HTML);
	assert_has(&a, "told at home");
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE stage = 'self' AND reason = 'told at home'"), 1);
}

static void vote_on_members(struct call *c, const struct world *w)
{
	const char *path = unit_page(c, w->f.v1, "/year/members?year=2025");
	long long mine = (long long)case_of_member(c, "V1-02"), other = (long long)case_of_member(c, "V1-03");
	struct answer a = get(c, &w->secretary, path, HTML);

	assert_has(&a, arena_printf(c->arena, "name=\"in_favour.%lld\"", mine));
	a = post(c, &w->secretary, path, "do=vote&meeting_id=0");
	assert_status(a, 422);
	a = post(c, &w->secretary, path, arena_printf(c->arena, "do=vote&meeting_id=0&in_favour.%lld=9&in_favour.%lld=3&against.%lld=6", mine, other, other));
	assert_status(a, 422);
	assert_has(&a, "Nguyễn Văn V1-03: ");
	assert_has(&a, "3 of 9 in favour, 5 are needed");
	assert_has(&a, arena_printf(c->arena, "name=\"in_favour.%lld\" inputmode=\"numeric\" autocomplete=\"off\" value=\"9\"", mine));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_vote"), 0); /* all or nothing */
	a = post(c, &w->secretary, path, arena_printf(c->arena, "do=vote&meeting_id=0&in_favour.%lld=9&in_favour.%lld=7&against.%lld=2", mine, other, other));
	assert_status(a, 303);
	assert_true(is_in(c, mine, "voted"));
	assert_true(is_in(c, other, "voted"));
	a = get(c, &w->secretary, path, JSON);
	assert_has(&a, "\"self_points\":\"92.0\",\"voted_points\":\"92.0\",\"level\":null");
}

TEST_BOTH(members_are_classified_after_the_collective_and_see_only_their_own)
{
	struct world w;
	struct answer a;

	make_world(c, &w);
	open_members(c, &w);
	assess_members(c, &w);
	vote_on_members(c, &w);
	assert_status(get(c, &w.stranger, case_page(c, case_of_member(c, "V1-02"), ""), HTML), 404);
	a = get(c, &w.inspector, case_page(c, case_of_member(c, "V1-02"), ""), HTML);
	assert_status(a, 200);
	assert_status(get(c, &w.officer, unit_page(c, w.f.v1, "/year/members?year=2025"), HTML), 200);
	a = get(c, &w.member, "/me/year?year=2025", JSON);
	assert_has(&a, "\"member_code\":\"V1-02\"");
	assert_false(has(&a, "V1-03"));
	a = get(c, &w.stranger, "/me/year", HTML);
	assert_has(&a, "This account belongs to no member");
	stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_year_says_where_a_cell_stands_and_what_is_not_recorded),
		BOTH(registering_asks_for_meeting_plan_agreement_and_vote),
		BOTH(a_recognised_cell_carries_on_in_one_tap),
		BOTH(withdrawing_needs_a_reason_and_ends_the_list),
		BOTH(a_unit_that_moves_is_let_go_by_the_committee),
		BOTH(a_case_goes_its_way_through_the_pages),
		BOTH(a_returned_case_says_why_and_is_assessed_again),
		BOTH(a_month_is_checked_with_what_the_records_say),
		BOTH(evidence_is_a_file_a_document_or_a_number),
		BOTH(members_are_classified_after_the_collective_and_see_only_their_own),
	};

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1); /* for the server's own calls */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
