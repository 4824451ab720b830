/* test_office_pages.c — the year as a committee works on it, over real HTTP: queue, many at once, differences that need words, return, an appeal that
 * succeeds, the cap on Excellent, who may what. With a small table of its own. */
#include "app/test_people.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/rulebook.h"
#include "app/serve.h"
#include "base/id.h"
#include "year/assess.h"

enum { SECRETARY, OFFICER, OTHER_OFFICER, UPPER };
static struct server *server;

/* J1 judged up to 60; F1 40 when nobody was disciplined, else 34. Nearer to the units than the general tables. */
#define TABLE(id, use, more)                                                                                                                      \
	"- kind: scheme\n  id: " id "\n  title: {vi: Bảng, en: Table}\n  source: P\n  valid_from: 2018-01-01\n  scope: Q08\n  for: " use "\n" more         \
	"  criteria:\n    - id: J\n      title: {vi: Tự chấm, en: Judged}\n      max: 60\n      lines:\n"                                             \
	"        - {id: J1, title: {vi: Tự chấm, en: Judged}, max: 60, judged: true}\n"                                                             \
	"    - id: F\n      title: {vi: Kỷ luật, en: Discipline}\n      max: 40\n      lines:\n"                                                     \
	"        - id: F1\n          title: {vi: Không kỷ luật, en: Nobody disciplined}\n          max: 40\n"                                       \
	"          to_full: {vi: Không kỷ luật, en: Nobody disciplined}\n"                                                                           \
	"          cases:\n            - {when: disciplined == 0, points: 40}\n            - {otherwise: true, points: 34}\n"
static const char table[] = TABLE("T-C", "four_good_cell", "  standard: 95\n") TABLE("T-U", "annual_unit", "")
	"- kind: classification\n  id: L-U\n  title: {vi: Mức, en: Levels}\n  source: P\n  valid_from: 2018-01-01\n  scope: Q08\n  for: units\n"
	"  excellent:\n    from: 90\n  good:\n    from: 70\n  completed:\n    from: 50\n  cap: {percent: 20, of: good}\n";

struct world {
	struct fixture f;
	int64_t cells[6], cases[6]; /* V2 … V7 below X1 */
};

/* ---------------------------------------------------------------- the world */

static void save(struct call *c, int64_t id, enum case_stage stage, int points)
{
	struct judged_line l = { "J1", { points * 10 } };
	struct year_request rq = { .case_id = id, .rev = ANY_REV, .stage = stage, .judged = { &l, 1 }, .reason = "" };
	struct year_vote v = { .base = INT_UNKNOWN, .in_favour = 3, .against = 0, .abstain = 0 };
	struct year_case k;
	struct year_sheet s;

	assert_ok(c, year_save(c, &rq, stage == CASE_STAGE_VOTED ? &v : NULL, &k, &s, NULL));
}

/* A cell below X1 with its case voted at so many points; 0: only registered. */
static void add_cell(struct call *c, struct world *w, int i, int points)
{
	const char *code = arena_printf(c->arena, "V%d", i + 2);

	w->cells[i] = fixture_unit(c, w->f.x1, code, LEVEL_CELL, TYPE_RESIDENTIAL);
	w->cases[i] = INT64_C(7000000001) + i;
	fixture_members(c, w->cells[i], code, 3, 0);
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_number (realm, id, unit_id, year, name, value) VALUES (%lld, %d, %lld, 2025, 'none_discipline', 1)",
	                         (long long)w->f.q08, 40 + i, (long long)w->cells[i]));
	test_sql(c, arena_printf(c->arena,
	                         "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on) VALUES (%lld, %lld, 'four_good', 2025, %lld, "
	                         "'half_year', '2025-01-10')",
	                         (long long)w->f.q08, (long long)w->cases[i], (long long)w->cells[i]));
	if (!points)
		return;
	save(c, w->cases[i], CASE_STAGE_SELF, points);
	save(c, w->cases[i], CASE_STAGE_VOTED, points);
}

static void discipline(struct call *c, const struct world *w, int i)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO discipline (realm, id, code, unit_id, subject, decided_on) VALUES (%lld, %d, 'K%d', %lld, 'member', "
	                         "'2025-08-01')", (long long)w->f.q08, 60 + i, i, (long long)w->cells[i]));
}

static void load_rules(struct call *c)
{
	const char *dir = arena_printf(c->arena, "%s/rules", test_dir());
	FILE *f;

	assert_int_equal(system(arena_printf(c->arena, "mkdir -p %s && cp rules/*.yaml %s", dir, dir)), 0);
	f = fopen(arena_printf(c->arena, "%s/t.yaml", dir), "w");
	assert_non_null(f);
	fputs(table, f);
	fclose(f);
	assert_ok(c, rulebook_load(c, dir));
	rulebook_give(c);
}

static void make_world(struct call *c, struct world *w)
{
	static const int points[6] = { 56, 57, 58, 0, 55, 60 };

	id_set_fixed(INT64_C(5000000001)); /* as long as real ones: shorter numbers in addresses are codes */
	w->f = fixture_make(c);
	for (int i = 0; i < 6; i++)
		add_cell(c, w, i, points[i]);
	add_person(c, SECRETARY, ROLE_SECRETARY, w->cells[0], NULL);
	add_person(c, OFFICER, ROLE_OFFICER, w->f.x1, NULL);
	add_person(c, OTHER_OFFICER, ROLE_OFFICER, w->f.x2, NULL);
	add_person(c, UPPER, ROLE_UPPER, w->f.q08, NULL);
}

/* ---------------------------------------------------------------- asking */

static const char *json_of(struct call *c, int person, const char *path)
{
	const char *body;

	assert_int_equal(get(c, person, path, "application/json", &body), 200);
	return body;
}

static int64_t rev_of(struct call *c, int64_t id)
{
	return test_int(c, arena_printf(c->arena, "SELECT rev FROM year_case WHERE id = %lld", (long long)id));
}

static bool is_in(struct call *c, int64_t id, const char *state)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM year_case WHERE id = %lld AND state = '%s'", (long long)id, state)) == 1;
}

static void assert_has(const char *body, const char *text)
{
	const char *main = strstr(body, "<h1");

	if (!strstr(body, text)) {
		fprintf(stderr, "%.6000s\n", main ? main : body);
		fail_msg("“%s” is not there", text);
	}
}

/* ---------------------------------------------------------------- what is tried */

static void the_queue_says_what_waits(struct call *c, const struct world *w)
{
	const char *path = at(c, "/units/%/appraisal?year=2025", w->f.x1), *body = json_of(c, OFFICER, path);

	assert_has(body, "\"unit\":\"X1\"");
	assert_has(body, "\"count\":8"); /* six cells, V1 and the body G1 */
	assert_has(body, "\"unit\":\"V1\"");
	assert_has(body, "\"waits\":\"none\"");
	assert_has(body, "\"waits\":\"silent\""); /* V5: half a year is behind it, and 30 November too */
	assert_has(json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025&state=appraise", w->f.x1)), "\"count\":5");
	assert_has(json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025&state=voted", w->f.x1)), "\"count\":5");
	body = json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025&state=voted&sort=-voted", w->f.x1));
	assert_true(strstr(body, "\"unit\":\"V7\"") < strstr(body, "\"unit\":\"V6\""));
	assert_int_equal(see(c, OFFICER, at(c, "/units/%/appraisal?year=2025&sort=nothing", w->f.x1)), 422);
	assert_int_equal(see(c, OFFICER, at(c, "/units/%/appraisal?year=2025&state=nothing", w->f.x1)), 422);
	assert_int_equal(get(c, OFFICER, at(c, "/units/%/appraisal?year=2025&format=csv", w->f.x1), "*/*", &body), 200);
	assert_has(body, "unit_code,unit,member_code");
	assert_has(body, "V7");
	assert_int_equal(see(c, OFFICER, at(c, "/units/%/appraisal?year=2025&format=xlsx", w->f.x1)), 200);
	assert_int_equal(see(c, OFFICER, at(c, "/units/%/appraisal?year=2025&kind=member_class", w->f.x1)), 200);
	assert_has(json_of(c, UPPER, at(c, "/units/%/appraisal?year=2025", w->f.q08)), "\"with_case\":6");
}

static void many_at_once_leaves_what_changed(struct call *c, const struct world *w)
{
	const char *path = at(c, "/units/%/appraisal?year=2025", w->f.x1), *body;

	discipline(c, w, 1);
	assert_int_equal(get(c, OFFICER, path, "text/html", &body), 200);
	assert_has(body, "discipl"); /* the fact that changed is named */
	const char *form = arena_printf(c->arena, "do=appraise&case=%lld.%lld&case=%lld.%lld", (long long)w->cases[0], (long long)rev_of(c, w->cases[0]),
	                                (long long)w->cases[1], (long long)rev_of(c, w->cases[1]));

	assert_int_equal(post(c, OFFICER, path, "do=appraise", &body), 422);
	assert_has(body, "tick the cases first");
	assert_int_equal(post(c, OFFICER, path, form, &body), 409);
	assert_has(body, "1 cases appraised");
	assert_has(body, "V3: ");
	assert_true(is_in(c, w->cases[0], "appraised"));
	assert_true(is_in(c, w->cases[1], "voted"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE stage = 'appraised' AND points = 960 AND result = 'met'"), 1);
}

static void a_difference_needs_words(struct call *c, const struct world *w)
{
	const char *path = at(c, "/cases/%/appraise", w->cases[1]), *body;
	int64_t rev = rev_of(c, w->cases[1]);

	body = json_of(c, OFFICER, path);
	assert_has(body, "\"now\":\"91.0\"");
	assert_has(body, "\"differs\":true");
	assert_int_equal(get(c, OFFICER, path, "text/html", &body), 200);
	assert_has(body, "name=\"why.F1\"");
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&judged.J1=55,5", (long long)rev), &body), 422);
	assert_has(body, "value=\"55,5\""); /* what was typed stays */
	assert_has(body, "href=\"#f-why.F1\"");
	assert_has(body, "href=\"#f-why.J1\"");
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&judged.J1=61", (long long)rev), &body), 422);
	assert_has(body, "value=\"61\"");
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&judged.J1=55&do=work-out", (long long)rev), &body), 200);
	assert_has(body, "<b>89</b>");
	assert_true(is_in(c, w->cases[1], "voted"));
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&judged.J1=57&why.F1=M%%E1%%BB%%99t+k%%E1%%BB%%B7+lu%%E1%%BA%%ADt&do=next",
	                                                     (long long)rev), &body), 303);
	assert_true(is_in(c, w->cases[1], "appraised"));
	assert_int_equal(test_int(c, "SELECT points FROM year_sheet WHERE stage = 'appraised' AND case_id = 7000000002"), 910);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_line WHERE stage = 'appraised' AND line = 'F1' AND why = 'Một kỷ luật'"), 1);
}

static void somebody_was_faster(struct call *c, const struct world *w)
{
	const char *path = at(c, "/cases/%/appraise", w->cases[2]), *body;
	int64_t rev = rev_of(c, w->cases[2]);

	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&judged.J1=58", (long long)rev), NULL), 303);
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&judged.J1=50&why.J1=x", (long long)rev), &body), 409);
	assert_has(body, "conflict");
	assert_has(body, "as it was when you opened it");
	assert_int_equal(post_as(c, OFFICER, path, "application/json", arena_printf(c->arena, "rev=%lld&judged.J1=50&why.J1=x", (long long)rev), &body), 409);
	assert_has(body, "\"stored\"");
	assert_int_equal(test_int(c, "SELECT points FROM year_sheet WHERE stage = 'appraised' AND case_id = 7000000003"), 980);
}

static void a_case_goes_back_with_reason_and_day(struct call *c, const struct world *w)
{
	const char *path = at(c, "/cases/%/return", w->cases[4]), *body;
	int64_t rev = rev_of(c, w->cases[4]);

	assert_int_equal(see(c, OFFICER, path), 200);
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&reason=&due_on=2025-12-01", (long long)rev), &body), 422);
	assert_has(body, "href=\"#f-reason\"");
	assert_has(body, "href=\"#f-due_on\"");
	assert_has(body, "value=\"2025-12-01\"");
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "rev=%lld&reason=Thi%%E1%%BA%%BFu&due_on=2025-12-20", (long long)rev), NULL), 303);
	assert_true(is_in(c, w->cases[4], "returned"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE due_on = '2025-12-20' AND remark = 'Thiếu'"), 1);
	assert_has(json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025&state=returned", w->f.x1)), "\"due_on\":\"2025-12-20\"");
}

static void an_appeal_succeeds(struct call *c, const struct world *w)
{
	struct year_case k;
	const char *path = at(c, "/cases/%/appeal/1", w->cases[1]), *body;

	assert_ok(c, year_appeal_make(c, w->cases[1], ANY_REV, "Kỷ luật đã được hủy", "97", &k));
	assert_has(json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025&state=answer", w->f.x1)), "\"count\":1");
	assert_int_equal(see(c, OTHER_OFFICER, path), 404);
	assert_int_equal(get(c, OFFICER, path, "text/html", &body), 200);
	assert_has(body, "Kỷ luật đã được hủy");
	const char *form = arena_printf(c->arena, "rev=%lld&judged.J1=57", (long long)k.rev);

	assert_int_equal(post(c, OFFICER, path, form, &body), 422);
	assert_has(body, "say whether the decision is upheld or changed");
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "%s&outcome=changed&answer=%%C4%%90%%C3%%BAng&why.F1=nh%%C6%%B0+c%%C5%%A9", form), &body), 422);
	test_sql(c, "DELETE FROM discipline");
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "%s&outcome=changed&answer=%%C4%%90%%C3%%BAng", form), NULL), 303);
	assert_int_equal(test_int(c, "SELECT points FROM year_sheet WHERE stage = 'appraised' AND case_id = 7000000002 AND revision = 2"), 970);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_appeal WHERE outcome = 'changed' AND answer = 'Đúng'"), 1);
	assert_int_equal(see(c, OFFICER, path), 200); /* answered: it stays to be read */
	assert_int_equal(see(c, OFFICER, at(c, "/cases/%/appeal/2", w->cases[1])), 404);
}

/* ---------------------------------------------------------------- levels */

static int64_t next_case = INT64_C(8000000001);

/* n cells of a type below X2, classified with these points. */
static void classified(struct call *c, const struct world *w, unsigned type, int n, const char *result, int points)
{
	for (int i = 0; i < n; i++) {
		int64_t unit = fixture_unit(c, w->f.x2, arena_printf(c->arena, "%s%s%d", unit_types[type], result, i), LEVEL_CELL, type), id = next_case++;

		test_sql(c, arena_printf(c->arena,
		                         "INSERT INTO year_case (realm, id, kind, year, unit_id, state, imported) VALUES (%lld, %lld, 'unit_class', 2025, %lld, "
		                         "'appraised', 1); INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, %lld, "
		                         "'appraised', 1, %d, '%s', 'x', 1)",
		                         (long long)w->f.q08, (long long)id, (long long)unit, (long long)w->f.q08, (long long)id, points + i, result));
	}
}

static const char *group_in(const char *body, const char *name)
{
	const char *p = strstr(body, name);

	if (!p)
		fail_msg("no group “%s” in %.2000s", name, body);
	return p;
}

static void the_cap_is_that_of_the_domain(struct call *c, const struct world *w)
{
	const char *path = at(c, "/units/%/levels?year=2025&kind=unit_class", w->f.x2), *body, *g;

	classified(c, w, TYPE_RESIDENTIAL, 130, "good", 720);
	classified(c, w, TYPE_RESIDENTIAL, 28, "excellent", 910);
	classified(c, w, TYPE_AGENCY, 129, "good", 720);
	classified(c, w, TYPE_AGENCY, 25, "excellent", 910);
	classified(c, w, TYPE_ENTERPRISE, 5, "good", 720);
	classified(c, w, TYPE_ENTERPRISE, 1, "excellent", 910);
	body = json_of(c, OTHER_OFFICER, path);
	g = group_in(body, "\"name\":\"Village or residential area\"");
	assert_has(g, "\"count\":158,\"base\":130,\"allowed\":26,\"excellent\":28,\"excess\":2,\"base_needed\":140");
	assert_has(g, "130 Good → at most 26 Excellent (20 %); there are 28, 2 too many");
	g = group_in(body, "\"name\":\"Agency\"");
	assert_has(g, "\"count\":154,\"base\":129,\"allowed\":25,\"excellent\":25,\"excess\":0");
	g = group_in(body, "\"name\":\"Enterprise\"");
	assert_has(g, "\"count\":6,\"base\":5,\"allowed\":1,\"excellent\":1,\"excess\":0");
	assert_int_equal(get(c, OTHER_OFFICER, path, "text/html", &body), 200);
	assert_has(body, "below the cap");
	assert_int_equal(get(c, OTHER_OFFICER, at(c, "/units/%/levels?year=2025&kind=unit_class&format=csv", w->f.x2), "*/*", &body), 200);
	assert_has(body, "below the cap");
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE result = 'excellent'"), 54); /* nobody was demoted */
}

static void a_named_group_and_missing_cases(struct call *c, const struct world *w)
{
	const char *path = at(c, "/units/%/levels?year=2025&kind=unit_class", w->f.x2), *body;

	assert_int_equal(post(c, OTHER_OFFICER, path, arena_printf(c->arena, "do=group&group=C%%E1%%BB%%A5m+1&case=%lld.1&case=%lld.1", (long long)next_case - 1,
	                                                           (long long)next_case - 2), NULL), 303);
	assert_has(json_of(c, OTHER_OFFICER, path), "\"name\":\"Cụm 1\",\"count\":2");
	assert_int_equal(post(c, OTHER_OFFICER, path, arena_printf(c->arena, "do=level&level=good&case=%lld.2", (long long)next_case - 1), &body), 422);
	assert_has(body, "write why the committee changes the level");
	assert_int_equal(post(c, OTHER_OFFICER, path, "do=nothing", NULL), 422);
	assert_int_equal(post(c, OTHER_OFFICER, path, "do=open", NULL), 303); /* C21 */
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE kind = 'unit_class' AND state = 'open'"), 1);
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/units/%/levels?year=2025&kind=member_class", w->f.x2)), 200);
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/units/%/levels?year=2025&kind=four_good", w->f.x2)), 422);
}

static bool has_level(struct call *c, int64_t id, const char *level)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM year_sheet WHERE case_id = %lld AND stage = 'appraised' AND result = '%s' AND points = 950 "
	                                "AND revision = (SELECT max(revision) FROM year_sheet WHERE case_id = %lld AND stage = 'appraised')",
	                                (long long)id, level, (long long)id)) == 1;
}

/* Points and conditions say Excellent; the committee decides Good, with words, and once more after it was notified. */
static void the_committee_changes_a_level_with_words(struct call *c, const struct world *w)
{
	const char *path = at(c, "/units/%/levels?year=2025&kind=unit_class", w->f.x1), *queue = at(c, "/units/%/appraisal?year=2025&kind=unit_class", w->f.x1);
	const int64_t id = INT64_C(7500000001);
	const char *body;

	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, %lld, 'unit_class', 2025, %lld, 'open')",
	                         (long long)w->f.q08, (long long)id, (long long)w->cells[0]));
	save(c, id, CASE_STAGE_SELF, 55);
	save(c, id, CASE_STAGE_VOTED, 55);
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "do=level&level=good&case=%lld.%lld", (long long)id, (long long)rev_of(c, id)), &body), 422);
	assert_has(body, "checked"); /* what was ticked stays ticked */
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "do=level&level=good&reason=V%%C6%%B0%%E1%%BB%%A3t&case=%lld.%lld", (long long)id,
	                                                     (long long)rev_of(c, id)), NULL), 303);
	assert_true(has_level(c, id, "good"));
	assert_int_equal(post(c, OFFICER, queue, arena_printf(c->arena, "do=notify&case=%lld.%lld", (long long)id, (long long)rev_of(c, id)), NULL), 303);
	assert_true(is_in(c, id, "notified"));
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "do=level&level=excellent&reason=Xem+l%%E1%%BA%%A1i&case=%lld.%lld", (long long)id,
	                                                     (long long)rev_of(c, id)), NULL), 303);
	assert_true(has_level(c, id, "excellent"));
	assert_true(is_in(c, id, "appraised"));
	assert_int_equal(post(c, OFFICER, path, arena_printf(c->arena, "do=level&level=good&reason=x&case=%lld.1", (long long)id), &body), 409); /* stale */
	assert_has(body, "V2: ");
	assert_true(has_level(c, id, "excellent"));
	body = json_of(c, OFFICER, path);
	assert_has(body, "\"order\":[");
	assert_has(body, "lower first: 0 of 2 of its units are decided"); /* G1 and its two cells */
	/* members: only of V2, whose collective has been decided */
	assert_int_equal(post(c, OFFICER, at(c, "/units/%/levels?year=2025&kind=member_class", w->f.x1), "do=open", NULL), 303);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE kind = 'member_class'"), 3);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE kind = 'member_class' AND state = 'open'"), 3);
}

/* Glossary: a department committee reviews and does not decide. */
static void below_a_department_committee(struct call *c, const struct world *w)
{
	struct change department = { .kind = CHANGE_CREATE, .on = FIXTURE_FROM, .parent_id = w->f.x1, .code = "B1", .level = LEVEL_SUBCOMMITTEE, .type = TYPE_AGENCY,
		                         .name = "Đảng bộ bộ phận Văn phòng" };
	const char *body;
	int64_t id;

	assert_ok(c, org_change_apply(c, &department, &id));
	fixture_unit(c, id, "B1C", LEVEL_CELL, TYPE_AGENCY);
	body = json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025", w->f.x1));
	assert_has(body, "\"unit\":\"B1C\"");
	assert_null(strstr(body, "\"name\":\"Đảng bộ bộ phận Văn phòng\",\"all\"")); /* not among the bodies that decide */
	assert_has(json_of(c, OFFICER, at(c, "/units/%/appraisal?year=2025", id)), "\"count\":0");
	assert_int_equal(get(c, OFFICER, at(c, "/units/%/appraisal?year=2025", id), "text/html", &body), 200);
	assert_has(body, "A department committee decides nothing");
}

static void a_program_is_told_what_was_left(struct call *c, const struct world *w)
{
	const char *path = at(c, "/units/%/appraisal?year=2025", w->f.x1), *body;
	const char *form = arena_printf(c->arena, "do=appraise&case=%lld.%lld&case=%lld.%lld", (long long)w->cases[5], (long long)rev_of(c, w->cases[5]),
	                                (long long)w->cases[0], (long long)rev_of(c, w->cases[0]));

	assert_int_equal(post_as(c, OFFICER, path, "application/json", form, &body), 200);
	assert_has(body, "\"done\":1,\"left\":[\"Đơn vị V2: ");
	assert_true(is_in(c, w->cases[5], "appraised"));
	assert_int_equal(post_as(c, OFFICER, path, "application/json", form, &body), 409);
}

/* ---------------------------------------------------------------- rights */

static void others_find_nothing(struct call *c, const struct world *w)
{
	const char *queue = at(c, "/units/%/appraisal?year=2025", w->f.x1), *one = at(c, "/cases/%/appraise", w->cases[5]);
	const char *form = arena_printf(c->arena, "do=appraise&case=%lld.%lld", (long long)w->cases[5], (long long)rev_of(c, w->cases[5]));

	assert_int_equal(see(c, OTHER_OFFICER, queue), 404);
	assert_int_equal(see(c, OTHER_OFFICER, one), 404);
	assert_int_equal(post(c, OTHER_OFFICER, queue, form, NULL), 404);
	assert_int_equal(post(c, OTHER_OFFICER, one, "rev=1&judged.J1=60", NULL), 404);
	assert_int_equal(see(c, OTHER_OFFICER, at(c, "/cases/%/return", w->cases[5])), 404);
	assert_int_equal(see(c, SECRETARY, one), 404);
	assert_int_equal(see(c, SECRETARY, queue), 404);
	assert_int_equal(see(c, UPPER, queue), 200);
	assert_int_equal(post(c, UPPER, queue, form, NULL), 403);
	assert_int_equal(see(c, UPPER, one), 403);
	assert_true(is_in(c, w->cases[5], "voted"));
	/* another committee's case in one's own queue */
	assert_int_equal(post(c, OTHER_OFFICER, at(c, "/units/%/appraisal?year=2025", w->f.x2), form, NULL), 409);
	assert_true(is_in(c, w->cases[5], "voted"));
}

static void all_of_it(struct call *c)
{
	const char *words[] = { "--listen=127.0.0.1:0", "--config=/dev/null" };
	struct args args = { 2, words };
	struct settings settings;
	struct world w;

	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 10).days * 1440 + 9 * 60 });
	assert_ok(c, settings_read(c, &args, &settings));
	load_rules(c);
	make_world(c, &w);
	assert_ok(c, server_start(c, &settings, &server));
	port = http_port(server_http(server));
	the_queue_says_what_waits(c, &w);
	many_at_once_leaves_what_changed(c, &w);
	a_difference_needs_words(c, &w);
	somebody_was_faster(c, &w);
	a_case_goes_back_with_reason_and_day(c, &w);
	an_appeal_succeeds(c, &w);
	the_cap_is_that_of_the_domain(c, &w);
	a_named_group_and_missing_cases(c, &w);
	the_committee_changes_a_level_with_words(c, &w);
	others_find_nothing(c, &w);
	below_a_department_committee(c, &w);
	a_program_is_told_what_was_left(c, &w);
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

	setenv("CHIBO_NOW", "2025-12-10T09:00", 1); /* for the server's own calls */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
