/* test_rights.c — every route × every role × own or other unit, as the router decides it, against tests/golden/rights.txt; and over real
 * HTTP: what the table refuses is refused.
 *
 * After a wanted change: CHIBO_ACCEPT=1 build/dev/tests/test_rights, look at the difference, commit it. */
#include "org/fixture.h"
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "access/session.h"
#include "app/rulebook.h"
#include "app/serve.h"
#include "base/id.h"
#include "document/document.h"
#include "http/res.h"
#include "meeting/vote.h"
#include "org/version.h"
#include "growth/award.h"
#include "growth/emulation.h"
#include "growth/example.h"
#include "growth/initiative.h"
#include "support/web.h"
#include "work/programme.h"
#include "work/task.h"
#include "year/store.h"
#include "year/tables.h"

#define GOLDEN "tests/golden/rights.txt"
#define PASSWORD "mot hai ba bon"

/* Where a request goes: the own cell V1 (commune X1, province Q08), a cell of another commune of it, a cell of another province. */
enum { OWN, NEAR, FAR, PLACES };
struct place_ids { int64_t unit, meeting, task, account, vote, goal, document; const char *member; int64_t emulation[6], cases, table; };
/* What a unit keeps of emulation: parameters of addresses, in the order of place_ids.emulation. */
static const char *const emulation_names[] = { "initiative", "title", "agreement", "undertaking", "example", "award" };

/* Nobody, somebody without a role, and one for each role; where the role is held. */
enum { NOBODY, NO_ROLE, FIRST_ROLE, PERSONS = FIRST_ROLE + ROLE_COUNT - 1 };
static const char *const person_names[PERSONS] = { "nobody", "no role", "member", "secretary", "officer", "upper", "inspector", "administrator" };

static struct place_ids places[PLACES];
static char tokens[PERSONS][SESSION_TOKEN];
static struct server *server;

/* ---- an organisation with one of everything in each place ---- */

static int64_t add_vote(struct call *c, struct meeting *m, const char *code)
{
	struct attendance rows[4];
	struct flaws found = { 0 };
	struct vote v;

	for (int i = 0; i < 4; i++) {
		record_clear(&attendance_record, &rows[i]);
		rows[i].member_code = arena_printf(c->arena, "%s-%02d", code, i + 1);
		rows[i].status = ATTENDANCE_PRESENT;
	}
	assert_ok(c, attendance_replace(c, m->id, ANY_REV, &(struct attendances){ rows, 4 }, m, &found));
	record_clear(&vote_record, &v);
	v.meeting_id = m->id;
	v.subject = SUBJECT_RESOLUTION;
	v.method = METHOD_HAND;
	assert_ok(c, vote_call(c, &v));
	return v.id;
}

static int64_t add_document(struct call *c, int64_t unit)
{
	struct document d;

	record_clear(&document_record, &d);
	d.unit_id = unit;
	d.type = DOC_PLAN;
	d.subject = "Trồng cây";
	d.purpose = d.form = d.content = d.signed_by = d.outside_no = "";
	assert_ok(c, document_create(c, &d));
	return d.id;
}

static int64_t add_goal(struct call *c, int64_t unit)
{
	struct programme_target t;

	record_clear(&programme_target_record, &t);
	t.unit_id = unit;
	t.code = "NVS";
	t.title = "Hộ có nhà vệ sinh hợp chuẩn";
	t.baseline = 3;
	t.goal = t.whole = 77;
	t.starts_on = date_of(2025, 1, 1);
	t.due_on = date_of(2025, 12, 31);
	assert_ok(c, programme_target_add(c, &t));
	return t.id;
}

static void add_entry(struct call *c, const struct entry_kind *k, struct entry *e, int64_t unit, int64_t *id)
{
	e->id = 0;
	e->unit_id = unit;
	e->year = 2025;
	assert_ok(c, entry_save(c, k, e, NULL));
	*id = e->id;
}

static void add_emulation(struct call *c, struct place_ids *p)
{
	struct initiative i;
	struct emulation_title t;
	struct agreement g;
	struct undertaking u;
	struct example x;
	struct award a;

	record_clear(&initiative_record, &i);
	record_clear(&title_record, &t);
	record_clear(&agreement_record, &g);
	record_clear(&undertaking_record, &u);
	record_clear(&example_record, &x);
	record_clear(&award_record, &a);
	i.title = t.title = g.title = x.title = a.title = u.text = x.text = "Thi đua";
	i.authors = u.member_code = p->member;
	add_entry(c, &initiative_entries, &i.e, p->unit, &p->emulation[0]);
	add_entry(c, &title_entries, &t.e, p->unit, &p->emulation[1]);
	add_entry(c, &agreement_entries, &g.e, p->unit, &p->emulation[2]);
	add_entry(c, &undertaking_entries, &u.e, p->unit, &p->emulation[3]);
	add_entry(c, &example_entries, &x.e, p->unit, &p->emulation[4]);
	a.kind = AWARD_COMMENDATION;
	a.year = 2025;
	a.unit_id = a.given_by = p->unit;
	a.decision_no = "1-QĐ/ĐU";
	a.decided_on = date_of(2025, 11, 1);
	assert_ok(c, award_give(c, &a));
	p->emulation[5] = a.id;
}

/* The annual classification of the unit: a case as any other. */
static int64_t add_table(struct call *c, int64_t unit)
{
	struct local_table t;

	assert_ok(c, table_start(c, unit, USE_FOUR_GOOD_CELL, 0, &t));
	return t.id;
}

static int64_t add_case(struct call *c, int64_t unit)
{
	struct case_opening o = { .kind = CASE_UNIT, .year = 2025, .unit_id = unit, .base = INT_UNKNOWN };
	struct year_case k;

	assert_ok(c, case_open(c, &o, &k));
	return k.id;
}

static void fill_place(struct call *c, struct place_ids *p, int64_t unit, const char *code)
{
	struct meeting m;
	struct task t;
	struct account a = { .login = arena_printf(c->arena, "of.%s", code), .name = code, .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = ROLE_SECRETARY, .unit_id = unit, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };

	fixture_members(c, unit, code, 4, 0);
	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, 11, 3).days * 1440 + 19 * 60 };
	assert_ok(c, meeting_create(c, &m));
	record_clear(&task_record, &t);
	t.meeting_id = m.id;
	t.unit_id = unit;
	t.title = "Trồng cây";
	assert_ok(c, task_create(c, &t));
	a.login = arena_strdup(c->arena, a.login);
	assert_ok(c, account_add(c, &a, PASSWORD, &g));
	*p = (struct place_ids){ unit, m.id, t.id, a.id, add_vote(c, &m, code), add_goal(c, unit), add_document(c, unit), arena_printf(c->arena, "%s-01", code), { 0 } };
	add_emulation(c, p);
	p->cases = add_case(c, unit);
	p->table = add_table(c, unit);
}

static void add_person(struct call *c, int person, int64_t unit)
{
	struct account a = { .login = arena_printf(c->arena, "person%d", person), .name = person_names[person], .lang = 2,
		                 .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = (unsigned)(person - FIRST_ROLE + 1), .unit_id = unit, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };

	assert_ok(c, account_add(c, &a, PASSWORD, unit ? &g : NULL));
	assert_ok(c, session_begin_for(c, a.id, 14, tokens[person]));
}

static void make_world(struct call *c)
{
	id_set_fixed(INT64_C(5000000001)); /* as long as real ones: shorter numbers in addresses are codes */
	struct fixture f = fixture_make(c);
	int64_t far = fixture_unit(c, f.x9, "C91", LEVEL_CELL, TYPE_AGENCY);

	fill_place(c, &places[OWN], f.v1, "v1");
	fill_place(c, &places[NEAR], f.c21, "c21");
	fill_place(c, &places[FAR], far, "c91");
	add_person(c, NO_ROLE, 0);
	add_person(c, FIRST_ROLE + ROLE_MEMBER - 1, f.v1);
	add_person(c, FIRST_ROLE + ROLE_SECRETARY - 1, f.v1);
	add_person(c, FIRST_ROLE + ROLE_OFFICER - 1, f.x1);
	add_person(c, FIRST_ROLE + ROLE_UPPER - 1, f.q08);
	add_person(c, FIRST_ROLE + ROLE_INSPECTOR - 1, f.q08);
	add_person(c, FIRST_ROLE + ROLE_ADMINISTRATOR - 1, f.x1);
}

/* ---- addresses ---- */

/* The value of a path parameter; NULL: this test has to be taught about it. *by_place: does it lead to a unit? */
static const char *value_of(struct call *c, const struct place_ids *p, const char *name, bool *by_place)
{
	static const struct { const char *name, *value; } fixed[] = { { "rule", "MQ-2025-D" }, { "kind", "units" }, { "file", "x.css" },
		                                                          { "report", "R08" }, { "form", "minutes" }, { "text", "reason" }, { "calendar", "0.ics" }, { "code", "K7QF3-9XW2M-PT4RD" }, { "token", "0" },
		                                                          { "step", "sign" }, { "topic", "new" }, { "item", "new" }, { "appeal", "1" }, { "seq", "1" }, { "guest", "1" }, { "paper", "1" }, { "row", "1" }, { "evidence", "1" } };

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(fixed[i].name, name) == 0)
			return fixed[i].value;
	*by_place = true;
	if (strcmp(name, "unit") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->unit);
	if (strcmp(name, "meeting") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->meeting);
	if (strcmp(name, "task") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->task);
	if (strcmp(name, "account") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->account);
	if (strcmp(name, "vote") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->vote);
	if (strcmp(name, "goal") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->goal);
	if (strcmp(name, "document") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->document);
	for (size_t i = 0; i < sizeof emulation_names / sizeof *emulation_names; i++)
		if (strcmp(name, emulation_names[i]) == 0)
			return arena_printf(c->arena, "%lld", (long long)p->emulation[i]);
	if (strcmp(name, "case") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->cases);
	if (strcmp(name, "table") == 0)
		return arena_printf(c->arena, "%lld", (long long)p->table);
	return strcmp(name, "member") == 0 ? p->member : NULL;
}

/* The address of a route in a place, and its parameters. */
static const char *address(struct call *c, const struct route *r, const struct place_ids *p, struct pairs *params, bool *by_place)
{
	struct out o;

	out_memory(&o, c->arena);
	*by_place = false;
	for (const char *s = r->path; *s == '/';) {
		size_t n = strcspn(s + 1, "/");
		const char *name = arena_strndup(c->arena, s + 2, n ? n - 1 : 0);
		const char *value = n && s[1] == ':' ? value_of(c, p, name, by_place) : arena_strndup(c->arena, s + 1, n);

		if (!value)
			fail_msg("%s: say in test_rights.c what “:%s” is", r->path, name);
		if (n && s[1] == ':')
			pairs_add(c->arena, params, name, value);
		out_printf(&o, "/%s", value);
		s += 1 + n;
	}
	return out_text(&o);
}

/* ---- what the router decides ---- */

struct asking { const struct route *route; const struct place_ids *place; int person; bool may, by_place; };

static fail decide(struct call *c, struct asking *q)
{
	const struct route *r = q->route;
	struct req rq = { .method = r->method, .route = r };
	int64_t unit = 0;

	(void)address(c, r, q->place, &rq.params, &q->by_place);
	if (r->may == MAY_PUBLIC)
		return FAIL_OK;
	if (!c->who.access || r->may == MAY_NOBODY)
		return FAIL_DENIED;
	if (r->may == MAY_SIGNED_IN)
		return FAIL_OK;
	if (r->unit)
		TRY(r->unit(c, &rq, &unit));
	return access_may(c, r->may, unit);
}

static fail decide_body(struct call *c, void *arg)
{
	struct asking *q = arg;
	fail f;

	TRY(session_resume(c, q->person == NOBODY ? NULL : tokens[q->person]));
	f = decide(c, q);
	q->may = f == FAIL_OK;
	if (f != FAIL_OK && f != FAIL_DENIED && f != FAIL_NOT_FOUND)
		return f;
	problem_clear(c);
	return FAIL_OK;
}

static void ask(struct call *like, struct asking *q)
{
	struct call c;

	test_call_like(&c, like);
	c.rules = like->rules;
	session_prepare(&c);
	assert_ok(&c, db_read(&c, decide_body, q));
	call_end(&c);
}

/* ---- over HTTP ---- */

static int status_of(struct call *c, const struct asking *q)
{
	struct pairs params = { 0 };
	bool by_place;
	const char *path = address(c, q->route, q->place, &params, &by_place);
	const char *headers = q->person == NOBODY ? "Accept: application/json\r\n"
	                                          : arena_printf(c->arena, "Accept: application/json\r\nCookie: chibo=%s\r\n", tokens[q->person]);
	struct web_reply r = web_ask(http_port(server_http(server)), "GET", path, headers, NULL);
	int status = r.status;

	web_free(&r);
	return status;
}

/* What the table refuses must be refused for real; and nothing may break. */
static void check_http(struct call *c, const struct asking *q)
{
	int status;

	if (q->route->method != GET)
		return;
	status = status_of(c, q);
	if (!q->may && status != 401 && status != 403 && status != 404)
		fail_msg("%s as %s: the table refuses, the server says %d", q->route->path, person_names[q->person], status);
	if (status >= 500 || status == 0 || (q->may && status == 401))
		fail_msg("%s as %s: the server says %d", q->route->path, person_names[q->person], status);
}

/* ---- the table ---- */

static void add_row(struct call *c, struct out *o, const struct route *r)
{
	out_printf(o, "%-6s %-42s %-16s", http_method_name(r->method), r->path, right_name(r->may));
	for (int person = 0; person < PERSONS; person++) {
		char signs[PLACES + 1] = "";
		bool by_place = false;

		for (int place = 0; place < PLACES; place++) {
			struct asking q = { r, &places[place], person, false, false };

			ask(c, &q);
			check_http(c, &q);
			signs[place] = q.may ? '+' : '-';
			by_place = q.by_place;
		}
		out_printf(o, " %-9.*s", by_place ? PLACES : 1, signs);
	}
	while (o->size && o->data[o->size - 1] == ' ')
		o->size--;
	out_char(o, '\n');
}

static const char *whole_table(struct call *c)
{
	static struct out o;

	out_memory(&o, c->arena);
	out_str(&o, "# Who may use which address: + may, - may not. Three signs: the own cell, a cell of another commune of the province, a cell of another\n"
	            "# province. Member and secretary hold their role on the own cell, officer and administrator on its commune, upper committee and inspector\n"
	            "# on its province. One sign: the address leads to no unit. Made by test_rights.\n\n");
	out_printf(&o, "%-6s %-42s %-16s", "", "address", "right");
	for (int person = 0; person < PERSONS; person++)
		out_printf(&o, person + 1 < PERSONS ? " %-9s" : " %s", person_names[person]);
	out_char(&o, '\n');
	for (const struct route *const *r = http_routes(server_http(server)); *r; r++)
		add_row(c, &o, *r);
	return out_text(&o);
}

static void compare(const char *made, const char *stored)
{
	while (*made && *stored) {
		size_t m = strcspn(made, "\n"), s = strcspn(stored, "\n");

		if (m != s || strncmp(made, stored, m) != 0)
			fail_msg("%s says\n%.*s\nbut it is\n%.*s\nIf that is wanted: CHIBO_ACCEPT=1 build/dev/tests/test_rights", GOLDEN, (int)s, stored, (int)m, made);
		made += m + (made[m] == '\n');
		stored += s + (stored[s] == '\n');
	}
	if (*made || *stored)
		fail_msg("%s has other rows than the program; CHIBO_ACCEPT=1 build/dev/tests/test_rights writes it anew", GOLDEN);
}

static void every_route_and_every_role(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--config=/dev/null" };
	struct args args = { 2, words };
	struct settings settings;
	static char stored[1 << 18];
	FILE *f;

	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	make_world(c);
	assert_ok(c, server_start(c, &settings, &server));
	const char *made = whole_table(c);

	assert_true(server_stop(server, 5000));
	if (getenv("CHIBO_ACCEPT")) {
		f = fopen(GOLDEN, "w");
		assert_non_null(f);
		fputs(made, f);
		fclose(f);
	}
	f = fopen(GOLDEN, "r");
	assert_non_null(f);
	stored[fread(stored, 1, sizeof stored - 1, f)] = '\0';
	fclose(f);
	compare(made, stored);
}

static void rights_on_sqlite(void **state)
{
	(void)state;
	test_on(DB_SQLITE, every_route_and_every_role);
}

static void rights_on_postgres(void **state)
{
	(void)state;
	test_on(DB_POSTGRES, every_route_and_every_role);
}

/* ---- a forgotten right ---- */

static fail never(struct call *c, const struct req *rq, struct res *rs)
{
	(void)c, (void)rq;
	out_str(&rs->body, "reached");
	return FAIL_OK;
}

static fail anybody(struct call *c, const char *token, void *arg)
{
	(void)token, (void)arg;
	c->who.account = 1;
	c->who.name = "somebody";
	return FAIL_OK;
}

static fail allow(struct call *c, enum right right, int64_t unit_id, void *arg)
{
	(void)c, (void)right, (void)unit_id, (void)arg;
	return FAIL_OK;
}

static void a_route_without_a_right_refuses(void **state)
{
	static const struct route forgotten[] = { { .method = GET, .path = "/forgotten", .handle = never }, { HTTP_NONE } };
	static const struct route *const tables[] = { forgotten, NULL };
	struct http_config config = { .listen = "127.0.0.1:0", .title = "t", .version = "0", .routes = tables, .hooks = { .session = anybody, .may = allow } };
	struct http *h;
	struct call c;

	(void)state;
	test_call(&c);
	assert_ok(&c, http_serve(&c, &config, &h));
	struct web_reply r = web_ask(http_port(h), "GET", "/forgotten", "Cookie: chibo=x\r\n", NULL);

	assert_int_equal(r.status, 403);
	assert_null(strstr(r.body, "reached"));
	web_free(&r);
	http_stop(h, 1000);
	assert_int_equal(access_may(&c, MAY_NOBODY, 0), FAIL_DENIED); /* not even the operator */
	call_end(&c);
}

static void every_route_names_a_right(void **state)
{
	(void)state;
	for (enum role role = ROLE_NONE; role < ROLE_COUNT; role++)
		assert_false(role_allows(role, MAY_NOBODY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_route_without_a_right_refuses),
		cmocka_unit_test(every_route_names_a_right),
		cmocka_unit_test(rights_on_sqlite),
		cmocka_unit_test(rights_on_postgres),
	};

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
