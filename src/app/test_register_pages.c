/* test_register_pages.c — the registers and the questions over real HTTP: who may write what, forms that come back, both versions, one tap, a cell
 * that is asked first. */
#include "app/test_people.h"

#include <stdlib.h>
#include <string.h>

#include "app/rulebook.h"
#include "app/serve.h"
#include "base/id.h"
#include "oversight/questions.h"

enum { MEMBER, SECRETARY, OFFICER, OTHER_OFFICER };
static struct server *server;

static const char *path_of(struct call *c, int64_t unit, const char *tail)
{
	return arena_printf(c->arena, "/units/%lld%s", (long long)unit, tail);
}

/* ---------------------------------------------------------------- registers */

static void a_secretary_keeps_the_cells_own_registers(struct call *c, const struct fixture *f)
{
	const char *reports = path_of(c, f->v1, "/registers/reports"), *body;

	assert_int_equal(see(c, SECRETARY, path_of(c, f->v1, "/registers/reports/new")), 200);
	assert_int_equal(post(c, SECRETARY, reports, "title=&due_on=2025-03-20", &body), 422);
	assert_non_null(strstr(body, "2025-03-20")); /* what was typed stays */
	assert_int_equal(post(c, SECRETARY, reports, "title=Q1&due_on=2025-03-20&unit_code=C21&code=X", NULL), 303);
	assert_int_equal(test_int(c, arena_printf(c->arena, "SELECT count(*) FROM report_due WHERE unit_id = %lld", (long long)f->v1)), 1); /* not of C21 */
	assert_int_equal(post(c, SECRETARY, reports, "title=Q4&due_on=2025-12-20&sent_on=2026-01-01", &body), 422);
	assert_non_null(strstr(body, "lies in the future"));
	int64_t id = test_int(c, "SELECT id FROM report_due");
	const char *row = arena_printf(c->arena, "%s/%lld", reports, (long long)id);

	assert_int_equal(post(c, SECRETARY, arena_printf(c->arena, "%s/mark", row), "", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM report_due WHERE sent_on = '2025-11-15' AND rev = 2"), 1);
	assert_int_equal(post(c, SECRETARY, row, "rev=1&title=Q1+moi&due_on=2025-03-20", &body), 409);
	assert_non_null(strstr(body, "Q1 moi"));
	assert_int_equal(post(c, SECRETARY, arena_printf(c->arena, "%s/mark?back=1", row), "", NULL), 303);
	assert_int_equal(get(c, SECRETARY, arena_printf(c->arena, "%s?year=2025", reports), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"late\":1"));
	assert_int_equal(get(c, SECRETARY, "/", "text/html", &body), 200);
	assert_non_null(strstr(body, "1 overdue")); /* the first page says so */
	assert_int_equal(see(c, SECRETARY, arena_printf(c->arena, "%s/delete", row)), 200);
	assert_int_equal(post(c, SECRETARY, arena_printf(c->arena, "%s/delete", row), "rev=1", NULL), 409);
	assert_int_equal(post(c, SECRETARY, arena_printf(c->arena, "%s/delete", row), "rev=3", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM report_due"), 0);
}

static void what_others_may_not(struct call *c, const struct fixture *f)
{
	const char *own = path_of(c, f->v1, "/registers");

	assert_int_equal(see(c, MEMBER, own), 200);
	assert_int_equal(see(c, MEMBER, path_of(c, f->v1, "/registers/disciplines")), 403);
	assert_int_equal(post(c, MEMBER, path_of(c, f->v1, "/registers/reports"), "title=Q1&due_on=2025-03-20", NULL), 403);
	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/registers/disciplines"), "subject=member&decided_on=2025-03-20", NULL), 403);
	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/registers/year-numbers"), "year=2025&value=3", NULL), 403);
	assert_int_equal(see(c, SECRETARY, path_of(c, f->c11, "/registers")), 404);
	assert_int_equal(see(c, OTHER_OFFICER, own), 404);
}

static void nothing_to_record(struct call *c, const struct fixture *f)
{
	const char *all = path_of(c, f->x1, "/registers/disciplines/nothing"), *body;

	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/registers/feedback/nothing"), "year=2025", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_number WHERE name = 'none_feedback'"), 1);
	assert_int_equal(get(c, SECRETARY, path_of(c, f->v1, "/registers/feedback?year=2025"), "text/html", &body), 200);
	assert_non_null(strstr(body, "No feedback was received in 2025"));
	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/registers/feedback/nothing"), "year=2025&take_back=1", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_number"), 0);
	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/registers/nothing"), "year=2025&name=none_target", NULL), 303);
	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/registers/nothing"), "year=2025&name=none_discipline", NULL), 422);
	assert_int_equal(see(c, OFFICER, path_of(c, f->x1, "/registers/disciplines?year=2025")), 200);
	assert_int_equal(post(c, OFFICER, all, "year=2025&below=1", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_number WHERE name = 'none_discipline'"), 5); /* X1 G1 C11 C12 V1 */
	assert_int_equal(post(c, OFFICER, path_of(c, f->x1, "/registers/reports/nothing"), "year=2025&below=1", NULL), 403);
}

static void a_committee_sees_all_below_in_one_table(struct call *c, const struct fixture *f)
{
	const char *body;

	assert_int_equal(post(c, OFFICER, path_of(c, f->c12, "/registers/inspections"), "kind=inspection&title=Thu+phi&planned_on=2025-05-01", NULL), 303);
	assert_int_equal(post(c, OFFICER, path_of(c, f->v1, "/registers/inspections"), "kind=supervision&title=Quy+che&planned_on=2025-06-01", NULL), 303);
	assert_int_equal(get(c, OFFICER, path_of(c, f->x1, "/registers/inspections?year=2025"), "text/html", &body), 200);
	assert_non_null(strstr(body, "Đơn vị C12"));
	assert_non_null(strstr(body, "Quy che"));
	assert_non_null(strstr(body, "/export/inspections?unit=X1&amp;period=2025&amp;format=xlsx"));
	assert_int_equal(get(c, OFFICER, "/export/inspections?unit=X1&period=2025&format=csv", "*/*", &body), 200);
	assert_non_null(strstr(body, "Thu phi"));
	assert_int_equal(get(c, OFFICER, path_of(c, f->x1, "/registers/inspections?year=2024"), "application/json", &body), 200);
	assert_non_null(strstr(body, "\"rows\":[]"));
}

/* A body directly below counts with all its cells: G1 has no members of its own. */
static void emulation_sums_up_the_tree(struct call *c, const struct fixture *f)
{
	const char *body, *row;

	fixture_members(c, f->c11, "C11", 3, 0);
	assert_int_equal(get(c, OFFICER, path_of(c, f->x1, "/emulation?year=2025"), "text/html", &body), 200);
	row = strstr(body, ">Đơn vị G1</a>");
	assert_non_null(row);
	assert_ptr_equal(strstr(row, "<td class=\"n\">"), strstr(row, "<td class=\"n\">3</td>"));
}

/* ---------------------------------------------------------------- questions */

static void ask_directly(struct call *c, const struct fixture *f)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO figure_question (realm, unit_id, year, kind, figures, asked_on) SELECT realm, id, 2025, 'constant', "
	                                   "'{\"months\":6,\"points\":930}', '2025-11-10' FROM unit WHERE id = %lld", (long long)f->v1));
}

static void the_cell_is_asked_first(struct call *c, const struct fixture *f)
{
	const char *own = path_of(c, f->v1, "/questions?year=2025"), *above = path_of(c, f->x1, "/questions?year=2025"), *body;
	const char *answer = path_of(c, f->v1, "/questions/constant");

	ask_directly(c, f);
	assert_int_equal(get(c, SECRETARY, own, "text/html", &body), 200);
	assert_non_null(strstr(body, "In 6 months the cell gave itself 93 points"));
	assert_non_null(strstr(body, "24 Nov 2025")); /* from when the committee sees it */
	assert_int_equal(get(c, SECRETARY, "/", "text/html", &body), 200);
	assert_non_null(strstr(body, "/questions?year=2025"));
	assert_int_equal(get(c, MEMBER, own, "text/html", &body), 200);
	assert_non_null(strstr(body, "93 points"));
	assert_null(strstr(body, "<textarea"));
	assert_int_equal(get(c, OFFICER, above, "text/html", &body), 200);
	assert_null(strstr(body, "93 points"));
	assert_int_equal(get(c, OFFICER, own, "application/json", &body), 200); /* nor by the cell's own address */
	assert_null(strstr(body, "93 points"));
	assert_int_equal(post(c, OFFICER, answer, "year=2025&rev=1&answer=x", NULL), 403);
	assert_int_equal(post(c, MEMBER, answer, "year=2025&rev=1&answer=x", NULL), 403);
	assert_int_equal(post(c, SECRETARY, answer, "year=2025&rev=1&answer.constant=", &body), 422);
	assert_non_null(strstr(body, "write an answer"));
	assert_int_equal(post(c, SECRETARY, answer, "year=2025&rev=1&answer.constant=Cung+mot+nep", NULL), 303);
	assert_int_equal(post(c, SECRETARY, answer, "year=2025&rev=1&answer.constant=Khac", &body), 409);
	assert_non_null(strstr(body, "Khac"));
	assert_non_null(strstr(body, "Cung mot nep"));
	assert_int_equal(get(c, OFFICER, above, "text/html", &body), 200);
	assert_non_null(strstr(body, "Cung mot nep"));
	assert_int_equal(see(c, OTHER_OFFICER, above), 404);
}

static void who_may_look_now(struct call *c, const struct fixture *f)
{
	assert_int_equal(post(c, SECRETARY, path_of(c, f->v1, "/questions/ask"), "year=2025", NULL), 303);
	assert_int_equal(post(c, OFFICER, path_of(c, f->x1, "/questions/ask"), "year=2025", NULL), 303);
	assert_int_equal(post(c, OFFICER, path_of(c, f->v1, "/questions/ask"), "year=2025", NULL), 403);
}

/* ---------------------------------------------------------------- the server */

static void all_of_it(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--config=/dev/null" };
	struct args args = { 2, words };
	struct settings settings;
	struct fixture f;

	assert_ok(c, settings_read(c, &args, &settings));
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
	id_set_fixed(INT64_C(5000000001)); /* as long as real ones: shorter numbers in addresses are codes */
	f = fixture_make(c);
	add_person(c, MEMBER, ROLE_MEMBER, f.v1, NULL);
	add_person(c, SECRETARY, ROLE_SECRETARY, f.v1, NULL);
	add_person(c, OFFICER, ROLE_OFFICER, f.x1, NULL);
	add_person(c, OTHER_OFFICER, ROLE_OFFICER, f.x2, NULL);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 15).days * 1440 + 9 * 60 });
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
	a_secretary_keeps_the_cells_own_registers(c, &f);
	what_others_may_not(c, &f);
	nothing_to_record(c, &f);
	a_committee_sees_all_below_in_one_table(c, &f);
	emulation_sums_up_the_tree(c, &f);
	the_cell_is_asked_first(c, &f);
	who_may_look_now(c, &f);
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
