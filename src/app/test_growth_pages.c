/* test_growth_pages.c — emulation, recognition, certificates and their check over real HTTP: who gets what, stale forms, a stranger with a code, guesses. */
#include "app/test_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/rulebook.h"
#include "app/serve.h"
#include "base/id.h"
#include "document/term.h"
#include "growth/growth_pages.h"
#include "growth/initiative.h"

enum { MEMBER, SECRETARY, OFFICER, OTHER_OFFICER, OTHER_SECRETARY };
static struct server *server;

static void add_case(struct call *c, const struct fixture *f, int id, int64_t unit, int tenths)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on, imported) VALUES (%lld, %d, 'four_good', 2024, %lld, "
	                         "'appraised', '2024-01-10', 1)", (long long)f->q08, id, (long long)unit));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, %d, 'appraised', 1, %d, '%s', "
	                         "'x', 1)", (long long)f->q08, id, tenths, tenths >= 950 ? "met" : "not_met"));
}

static struct fixture make_world(struct call *c)
{
	id_set_fixed(INT64_C(5000000001)); /* as long as real ones: shorter numbers in addresses are codes */
	struct fixture f = fixture_make(c);
	struct term t = { .unit_id = f.x1, .unit_code = "", .name = "", .valid_from = date_of(2024, 1, 1), .valid_to = date_of(2030, 6, 30) };

	fixture_members(c, f.v1, "V1", 4, 0);
	assert_ok(c, term_save(c, &t));
	add_case(c, &f, 71, f.v1, 980);
	add_case(c, &f, 72, f.g1, 960);
	add_person(c, MEMBER, ROLE_MEMBER, f.v1, "V1-02");
	add_person(c, SECRETARY, ROLE_SECRETARY, f.v1, "V1-01");
	add_person(c, OFFICER, ROLE_OFFICER, f.x1, NULL);
	add_person(c, OTHER_OFFICER, ROLE_OFFICER, f.x2, NULL);
	add_person(c, OTHER_SECRETARY, ROLE_SECRETARY, f.c21, NULL);
	return f;
}

/* ---------------------------------------------------------------- asking */

static struct web_reply ask(struct call *c, int person, const char *path, const char *accept)
{
	const char *cookie = person < 0 ? "" : arena_printf(c->arena, "Cookie: chibo=%s\r\n", tokens[person]);

	return web_ask(port, "GET", path, arena_printf(c->arena, "Accept: %s\r\n%s", accept, cookie), NULL);
}

/* ---------------------------------------------------------------- what is tried */

static void a_member_writes_own_undertakings_only(struct call *c, const struct fixture *f)
{
	const char *path = at(c, "/units/%/undertakings", f->v1), *body;

	assert_int_equal(see(c, MEMBER, at(c, "/units/%/undertakings/new", f->v1)), 200);
	assert_int_equal(post(c, MEMBER, path, "text=Tr%E1%BB%93ng+c%C3%A2y&year=2025&member_code=V1-03", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM undertaking u JOIN member m ON m.id = u.member_id WHERE m.code = 'V1-02'"), 1); /* whatever the form says */
	assert_int_equal(see(c, SECRETARY, at(c, "/units/%/undertakings/new", f->v1)), 200);
	assert_int_equal(post(c, SECRETARY, path, "text=Vi%E1%BB%87c+kh%C3%A1c&year=2025&member_code=V1-03", NULL), 303);
	int64_t mine = test_int(c, "SELECT u.id FROM undertaking u JOIN member m ON m.id = u.member_id WHERE m.code = 'V1-02'");
	int64_t theirs = test_int(c, "SELECT u.id FROM undertaking u JOIN member m ON m.id = u.member_id WHERE m.code = 'V1-03'");

	assert_int_equal(see(c, MEMBER, at(c, "/undertakings/%", mine)), 200);
	assert_int_equal(see(c, MEMBER, at(c, "/undertakings/%", theirs)), 403);
	assert_int_equal(post(c, MEMBER, at(c, "/undertakings/%/review", mine), "rev=1&result=done", NULL), 403);
	assert_int_equal(get(c, MEMBER, at(c, "/units/%/emulation?year=2025", f->v1), "text/html", &body), 200);
	assert_non_null(strstr(body, "Trồng cây"));
	assert_null(strstr(body, "Việc khác"));
	assert_int_equal(post(c, SECRETARY, at(c, "/undertakings/%/review", mine), "rev=1&result=partly", &body), 422);
	assert_int_equal(post(c, SECRETARY, at(c, "/undertakings/%/review", mine), "rev=1&result=partly&review=m%E1%BB%9Bi+m%E1%BB%99t+n%E1%BB%ADa", NULL), 303);
	assert_int_equal(see(c, OTHER_SECRETARY, at(c, "/units/%/emulation", f->v1)), 404);
}

static void initiatives_are_written_and_a_stale_form_shows_both(struct call *c, const struct fixture *f)
{
	const char *path = at(c, "/units/%/initiatives", f->v1), *body;

	assert_int_equal(see(c, MEMBER, at(c, "/units/%/initiatives/new", f->v1)), 403);
	assert_int_equal(see(c, SECRETARY, at(c, "/units/%/initiatives/new", f->v1)), 200);
	assert_int_equal(post(c, SECRETARY, path, "title=S%E1%BB%95+tay&year=2025&author=", &body), 422);
	assert_non_null(strstr(body, "name at least one author"));
	assert_non_null(strstr(body, "Sổ tay")); /* what was typed stays */
	assert_int_equal(post(c, SECRETARY, path, "title=S%E1%BB%95+tay&year=2025&author=&author=V1-01&author=V1-02", NULL), 303);
	int64_t id = test_int(c, "SELECT id FROM initiative");

	assert_int_equal(test_int(c, "SELECT members_with_initiative FROM cell_year WHERE year = 2025 AND initiatives = 1"), 2); /* T21 follows */
	assert_int_equal(post(c, SECRETARY, at(c, "/initiatives/%", id), "rev=1&title=B%E1%BA%A3n+m%E1%BB%99t", NULL), 303);
	assert_int_equal(post(c, SECRETARY, at(c, "/initiatives/%", id), "rev=1&title=B%E1%BA%A3n+hai", &body), 409);
	assert_non_null(strstr(body, "Bản một"));
	assert_non_null(strstr(body, "Bản hai"));
	assert_int_equal(get(c, SECRETARY, path, "application/json", &body), 200);
	assert_non_null(strstr(body, "\"members_with_initiative\":2"));
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/initiatives/%", id)), 404);
}

static void an_example_reaches_other_cells_when_published(struct call *c, const struct fixture *f)
{
	const char *body;

	assert_int_equal(post(c, SECRETARY, at(c, "/units/%/examples", f->v1), "title=%C4%90%C6%B0%E1%BB%9Dng+hoa&text=M%E1%BB%99t%0AHai&year=2025", NULL), 303);
	int64_t id = test_int(c, "SELECT id FROM example");

	assert_int_equal(see(c, OTHER_SECRETARY, at(c, "/examples/%", id)), 404);
	assert_int_equal(post(c, SECRETARY, at(c, "/examples/%/propose", id), "rev=1", NULL), 303);
	assert_int_equal(post(c, SECRETARY, at(c, "/examples/%/publish", id), "rev=2", NULL), 403);
	assert_int_equal(see(c, OFFICER, at(c, "/examples/%", id)), 200);
	assert_int_equal(post(c, OFFICER, at(c, "/examples/%/publish", id), "rev=2", NULL), 303);
	assert_int_equal(get(c, OTHER_SECRETARY, "/examples?q=duong+hoa", "text/html", &body), 200);
	assert_non_null(strstr(body, "Đường hoa"));
	assert_int_equal(see(c, OTHER_SECRETARY, at(c, "/examples/%", id)), 200);
	assert_int_equal(get(c, -1, at(c, "/examples/%", id), "application/json", NULL), 401);
}

static void recognition_is_decided_and_printed(struct call *c, const struct fixture *f)
{
	const char *page = at(c, "/units/%/recognition", f->x1), *body;

	assert_int_equal(get(c, OFFICER, arena_printf(c->arena, "%s?year=2024", page), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"proposed\":2"));
	assert_int_equal(see(c, OFFICER, arena_printf(c->arena, "%s?year=2024", page)), 200);
	assert_int_equal(see(c, SECRETARY, page), 404);
	assert_int_equal(see(c, OFFICER, arena_printf(c->arena, "%s/proposal?year=2024", page)), 200);
	assert_int_equal(post(c, OFFICER, page, "year=2024&case=71.1&exemplary=71&decided_on=2025-01-08", &body), 422);
	assert_non_null(strstr(body, "were not chosen"));
	assert_int_equal(post(c, OFFICER, page, "year=2024&case=71.1&case=72.1&exemplary=71&exemplary=72&decided_on=2025-01-08&signed_by=Nguy%E1%BB%85n+V%C4%83n+A", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM award WHERE kind = 'certificate'"), 2);
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/awards/%", test_int(c, "SELECT min(id) FROM award"))), 404);
}

static const char *code_of(struct call *c, int64_t unit)
{
	const char *body, *hit;

	assert_int_equal(get(c, OFFICER, at(c, "/units/%/awards", unit), "application/json", &body), 200);
	hit = strstr(body, "\"check_code\":\"");
	assert_non_null(hit);
	return arena_strndup(c->arena, hit + 14, 17);
}

static void the_batch_opens_and_shows_each_unit_and_code(struct call *c, const struct fixture *f)
{
	struct web_reply r = ask(c, OFFICER, at(c, "/units/%/awards/certificates?year=2024&kind=certificate", f->x1), "*/*");
	const char *path = arena_printf(c->arena, "%s/batch.pdf", test_dir());
	char text[20000];
	FILE *file;
	size_t n;

	assert_int_equal(r.status, 200);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(r.body, 1, r.body_size, file), r.body_size);
	assert_int_equal(fclose(file), 0);
	web_free(&r);
	file = popen(arena_printf(c->arena, "pdftotext -layout '%s' -", path), "r");
	assert_non_null(file);
	n = fread(text, 1, sizeof text - 1, file);
	text[n] = '\0';
	assert_int_equal(pclose(file), 0);
	assert_non_null(strstr(text, "Đơn vị V1"));
	assert_non_null(strstr(text, "Đơn vị G1"));
	assert_non_null(strstr(text, code_of(c, f->v1)));
	assert_non_null(strstr(text, code_of(c, f->g1)));
	assert_non_null(strstr(text, "01-QĐ/ĐU"));
}

static void a_stranger_checks_a_code(struct call *c, const struct fixture *f)
{
	const char *code = code_of(c, f->v1), *body;
	char header[100], wrong[20];
	struct web_reply r;

	assert_int_equal(get(c, -1, "/verify", "text/html", NULL), 200);
	r = ask(c, -1, arena_printf(c->arena, "/verify/%s", code), "text/html");
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body, "Đơn vị V1"));
	assert_non_null(strstr(r.body, "01-QĐ/ĐU"));
	assert_null(strstr(r.body, "Nguyễn Văn V1")); /* no member's name */
	assert_string_equal(web_header(&r, "X-Robots-Tag", header, sizeof header), "noindex, nofollow");
	web_free(&r);
	assert_int_equal(get(c, -1, arena_printf(c->arena, "/verify?code=%.5s+%.5s%.5s", code, code + 6, code + 12), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"answer\":\"stands\""));
	snprintf(wrong, sizeof wrong, "%s", code);
	wrong[3] = wrong[3] == 'Z' ? '2' : 'Z';
	assert_int_equal(get(c, -1, arena_printf(c->arena, "/verify/%s", wrong), "application/json", &body), 404);
	assert_non_null(strstr(body, "\"answer\":\"mistyped\""));
	assert_int_equal(get(c, -1, "/verify/22222-22222-22222", "application/json", &body), 404); /* a code by its check sign, given to nobody */
	assert_non_null(strstr(body, "\"answer\":\"none\""));
}

static void a_revoked_certificate_says_so(struct call *c, const struct fixture *f)
{
	const char *code = code_of(c, f->g1), *body;
	int64_t rev = test_int(c, "SELECT rev FROM year_case WHERE id = 72");

	assert_int_equal(post(c, OFFICER, "/cases/72/steps/reopen", arena_printf(c->arena, "rev=%lld&remark=s%%E1%%BB%%91+li%%E1%%BB%%87u+sai", (long long)rev), NULL), 303);
	assert_int_equal(get(c, -1, arena_printf(c->arena, "/verify/%s", code), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"answer\":\"revoked\""));
	assert_null(strstr(body, "số liệu sai")); /* the reason is not for strangers */
}

static void guesses_are_slowed_down(struct call *c)
{
	int status = 0;

	verify_configure(5);
	for (int i = 0; i < 7; i++)
		status = get(c, -1, "/verify/22222-22222-22222", "application/json", NULL);
	assert_int_equal(status, 429);
	assert_int_equal(get(c, -1, "/verify", "text/html", NULL), 200); /* the field alone asks nothing */
	verify_configure(30);
}

static void all_of_it(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--config=/dev/null" };
	struct args args = { 2, words };
	struct settings settings;

	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	struct fixture f = make_world(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 15).days * 1440 + 9 * 60 });
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
	a_member_writes_own_undertakings_only(c, &f);
	initiatives_are_written_and_a_stale_form_shows_both(c, &f);
	an_example_reaches_other_cells_when_published(c, &f);
	recognition_is_decided_and_printed(c, &f);
	the_batch_opens_and_shows_each_unit_and_code(c, &f);
	a_stranger_checks_a_code(c, &f);
	a_revoked_certificate_says_so(c, &f);
	guesses_are_slowed_down(c);
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
