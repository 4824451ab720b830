/* test_work_pages.c — tasks, targets and a member's own page over real HTTP: who gets what, forms sent twice, stale forms, files as evidence. */
#include "app/test_people.h"

#include <stdlib.h>
#include <string.h>

#include "app/rulebook.h"
#include "app/serve.h"
#include "base/id.h"
#include "work/programme.h"
#include "work/progress.h"

enum { MEMBER, SECRETARY, OFFICER, OTHER_OFFICER };
static struct server *server;

struct world {
	struct fixture f;
	struct task mine, theirs;
	struct programme_target t;
};

static struct task add_task(struct call *c, int64_t unit, const char *title, const char *member_code)
{
	struct task t;

	record_clear(&task_record, &t);
	t.unit_id = unit;
	t.title = title;
	t.member_code = member_code;
	t.due_on = date_of(2025, 12, 1);
	assert_ok(c, task_create(c, &t));
	return t;
}

static void make_world(struct call *c, struct world *w)
{
	id_set_fixed(INT64_C(5000000001)); /* as long as real ones: shorter numbers in addresses are codes */
	w->f = fixture_make(c);
	fixture_members(c, w->f.v1, "V1", 4, 0);
	w->mine = add_task(c, w->f.v1, "Trồng cây", "V1-02");
	w->theirs = add_task(c, w->f.v1, "Việc của người khác", "V1-03");
	record_clear(&programme_target_record, &w->t);
	w->t.unit_id = w->f.v1;
	w->t.code = "NVS";
	w->t.title = "Hộ có nhà vệ sinh hợp chuẩn";
	w->t.baseline = 3;
	w->t.goal = w->t.whole = 77;
	w->t.starts_on = date_of(2025, 1, 1);
	w->t.due_on = date_of(2025, 12, 31);
	assert_ok(c, programme_target_add(c, &w->t));
	add_person(c, MEMBER, ROLE_MEMBER, w->f.v1, "V1-02");
	add_person(c, SECRETARY, ROLE_SECRETARY, w->f.v1, "V1-01");
	add_person(c, OFFICER, ROLE_OFFICER, w->f.x1, NULL);
	add_person(c, OTHER_OFFICER, ROLE_OFFICER, w->f.x2, NULL);
}

/* ---------------------------------------------------------------- asking */

/* ---------------------------------------------------------------- what is tried */

static void member_sees_own_tasks_only(struct call *c, const struct world *w)
{
	const char *body;

	assert_int_equal(get(c, MEMBER, "/mine", "text/html", &body), 200);
	assert_non_null(strstr(body, "Trồng cây"));
	assert_null(strstr(body, "Việc của người khác"));
	assert_int_equal(see(c, MEMBER, at(c, "/me/tasks/%", w->mine.id)), 200);
	assert_int_equal(see(c, MEMBER, at(c, "/me/tasks/%", w->theirs.id)), 404);
	assert_int_equal(see(c, MEMBER, at(c, "/tasks/%", w->mine.id)), 403);
	assert_int_equal(see(c, MEMBER, at(c, "/units/%/tasks", w->f.v1)), 403);
	assert_int_equal(post(c, MEMBER, at(c, "/me/tasks/%", w->theirs.id), "percent=100", NULL), 404);
	assert_int_equal(post(c, MEMBER, at(c, "/tasks/%/progress", w->mine.id), "percent=100", NULL), 403);
}

static void member_reports_and_the_secretary_confirms(struct call *c, const struct world *w)
{
	const char *body;

	/* the member cannot end the task, whatever the form says */
	assert_int_equal(post(c, MEMBER, at(c, "/me/tasks/%", w->mine.id), "percent=100&done_on=2025-11-01", NULL), 303);
	assert_int_equal(post(c, MEMBER, at(c, "/me/tasks/%", w->mine.id), "percent=100&done_on=2025-11-01", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task_update"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task WHERE done_on IS NOT NULL"), 0);
	assert_int_equal(get(c, SECRETARY, at(c, "/tasks/%", w->mine.id), "text/html", &body), 200);
	assert_non_null(strstr(body, "Was it done?"));
	assert_int_equal(post(c, SECRETARY, at(c, "/tasks/%/progress", w->mine.id), "done_on=2025-11-15", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task WHERE done_on = '2025-11-15' AND result = 'done'"), 1);
	assert_int_equal(post(c, MEMBER, at(c, "/me/tasks/%", w->mine.id), "remark=", NULL), 422);
}

static void two_secretaries_get_both_versions(struct call *c, const struct world *w)
{
	const char *path = at(c, "/tasks/%", w->theirs.id), *body;

	assert_int_equal(see(c, SECRETARY, at(c, "/tasks/%/edit", w->theirs.id)), 200);
	assert_int_equal(post(c, SECRETARY, path, "rev=1&title=B%E1%BA%A3n+m%E1%BB%99t&member_code=V1-03", NULL), 303);
	assert_int_equal(post(c, SECRETARY, path, "rev=1&title=B%E1%BA%A3n+hai&member_code=V1-03", &body), 409);
	assert_non_null(strstr(body, "Bản một"));
	assert_non_null(strstr(body, "Bản hai"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM task WHERE title = 'Bản một'"), 1);
	assert_int_equal(post(c, SECRETARY, path, "rev=2&title=B%E1%BA%A3n+hai&member_code=V1-03", NULL), 303);
}

static void a_committee_gives_a_task_once(struct call *c, const struct world *w)
{
	const char *give = at(c, "/units/%/tasks/give", w->f.x1), *body;
	const char *form = "code=X1%2FT1&title=R%C3%A0+so%C3%A1t&due_on=2025-12-10&who=all";

	assert_int_equal(see(c, OFFICER, give), 200);
	assert_int_equal(see(c, OTHER_OFFICER, give), 404);
	assert_int_equal(see(c, SECRETARY, give), 404);
	assert_int_equal(post(c, OFFICER, give, "code=X1%2FT1&title=R%C3%A0+so%C3%A1t&due_on=2025-12-10&who=some", &body), 422);
	assert_non_null(strstr(body, "choose at least one cell"));
	assert_non_null(strstr(body, "Rà soát")); /* what was typed stays */
	assert_int_equal(post(c, OFFICER, give, form, NULL), 303);
	assert_int_equal(post(c, OFFICER, give, form, NULL), 303); /* a double click */
	assert_int_equal(test_int(c, "SELECT count(*) FROM task WHERE code LIKE 'X1/T1%'"), 4);
	int64_t parent = test_int(c, "SELECT id FROM task WHERE code = 'X1/T1'");

	assert_int_equal(get(c, OFFICER, at(c, "/tasks/%", parent), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"children\":3"));
	assert_int_equal(see(c, OFFICER, arena_printf(c->arena, "/tasks/%lld?below=%lld", (long long)parent, (long long)w->f.g1)), 200);
	assert_int_equal(see(c, OFFICER, arena_printf(c->arena, "/tasks/%lld?below=%lld", (long long)parent, (long long)w->f.x2)), 404);
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/tasks/%", parent)), 404);
	assert_int_equal(see(c, SECRETARY, at(c, "/tasks/%", parent)), 404); /* the roll-up is the committee's */
}

static void targets_are_set_and_valued(struct call *c, const struct world *w)
{
	const char *path = at(c, "/goals/%/values", w->t.id), *body, *fresh = at(c, "/units/%/goals/new", w->f.x1);

	assert_int_equal(see(c, MEMBER, at(c, "/goals/%", w->t.id)), 200); /* figures are for everybody in the cell */
	assert_int_equal(post(c, MEMBER, path, "value=10", NULL), 403);
	assert_int_equal(see(c, SECRETARY, at(c, "/goals/%", w->t.id)), 200);
	assert_int_equal(post(c, SECRETARY, path, "value=78&on_date=2025-11-15", &body), 422);
	assert_non_null(strstr(body, "there are only 77 in all"));
	assert_int_equal(post(c, SECRETARY, path, "value=50&on_date=2025-11-15", NULL), 303);
	assert_int_equal(get(c, OFFICER, arena_printf(c->arena, "/units/%lld/goals/tree?code=NVS", (long long)w->f.x1), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"numerator\":50"));
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/goals/%", w->t.id)), 404);
	assert_int_equal(see(c, OFFICER, fresh), 200);
	const char *form = "code=CX&title=C%C3%A2y+xanh&starts_on=2025-01-01&due_on=2025-12-31";

	assert_int_equal(post(c, OFFICER, fresh, form, NULL), 422);
	assert_int_equal(post(c, OFFICER, fresh, arena_printf(c->arena, "%s&goal.%lld=ba", form, (long long)w->f.c11), &body), 422);
	assert_non_null(strstr(body, "write whole numbers"));
	assert_int_equal(post(c, OFFICER, fresh, arena_printf(c->arena, "%s&goal.%lld=30&goal.%lld=20", form, (long long)w->f.c11, (long long)w->f.c12), NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM programme_target WHERE code = 'CX'"), 2);
}

static int send_file(struct call *c, int person, const char *path, const char *name, const char *content)
{
	const char *headers = arena_printf(c->arena, "Accept: text/html\r\nCookie: chibo=%s\r\nContent-Type: multipart/form-data; boundary=XX\r\n", tokens[person]);
	const char *body = arena_printf(c->arena,
	                                "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
	                                "--XX\r\nContent-Disposition: form-data; name=\"percent\"\r\n\r\n75\r\n"
	                                "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/plain\r\n\r\n%s\r\n--XX--\r\n",
	                                csrf[person], name, content);
	struct web_reply r = web_ask(port, "POST", path, headers, body);
	int status = r.status;

	web_free(&r);
	return status;
}

static void a_file_is_evidence(struct call *c, const struct world *w)
{
	const char *body, *path = at(c, "/tasks/%/evidence", w->theirs.id);
	int64_t before = test_int(c, "SELECT count(*) FROM task_update");

	assert_int_equal(see(c, SECRETARY, path), 200);
	assert_int_equal(send_file(c, SECRETARY, path, "x.pdf", "MZ this is a program"), 422);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task_update"), before);
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 0);
	assert_int_equal(send_file(c, SECRETARY, path, "danh-sach.txt", "Danh sách đã rà soát"), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 1);
	assert_int_equal(get(c, SECRETARY, at(c, "/tasks/%/evidence/1", w->theirs.id), "*/*", &body), 200);
	assert_string_equal(body, "Danh sách đã rà soát");
	assert_int_equal(see(c, MEMBER, at(c, "/tasks/%/evidence/1", w->theirs.id)), 403);
	assert_int_equal(see(c, MEMBER, at(c, "/me/tasks/%/evidence/1", w->theirs.id)), 404);
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/tasks/%/evidence/1", w->theirs.id)), 404);
}

static void what_is_stored_is_given_out_to_the_person(struct call *c, const struct world *w)
{
	const char *body;

	(void)w;
	assert_int_equal(get(c, MEMBER, "/me/data", "application/json", &body), 200);
	assert_non_null(strstr(body, "Trồng cây"));
	assert_null(strstr(body, "V1-03"));
	assert_int_equal(see(c, MEMBER, "/me/data?format=zip"), 200);
	assert_int_equal(get(c, OFFICER, "/me/data", "application/json", &body), 200);
	assert_null(strstr(body, "Trồng cây"));
}

static void all_of_it(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--config=/dev/null" };
	struct args args = { 2, words };
	struct settings settings;
	struct world w;

	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	make_world(c, &w);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 15).days * 1440 + 9 * 60 });
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
	member_sees_own_tasks_only(c, &w);
	member_reports_and_the_secretary_confirms(c, &w);
	two_secretaries_get_both_versions(c, &w);
	a_committee_gives_a_task_once(c, &w);
	targets_are_set_and_valued(c, &w);
	a_file_is_evidence(c, &w);
	what_is_stored_is_given_out_to_the_person(c, &w);
	assert_true(server_stop(server, 5000));
}

static void pages_on_sqlite(void **state)
{
	(void)state;
	test_on(DB_SQLITE, all_of_it);
}

static void pages_on_postgres(void **state)
{
	(void)state;
	test_on(DB_POSTGRES, all_of_it);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(pages_on_sqlite), cmocka_unit_test(pages_on_postgres) };

	setenv("CHIBO_NOW", "2025-11-15T09:00", 1); /* for the server's own calls */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
