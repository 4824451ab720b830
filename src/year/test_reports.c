/* test_reports.c — R15 to R18 print the published figures of a bloc (domain, section 10, W7 to W10): 64 organisations of which 33 with a committee and 31 cells,
 * 10 department committees, 247 subordinate cells; 51 registered, 2 moved away, 49 assessed, 47 meet the standard, 26 Excellent, 9 certificates. */
#include <jansson.h>

#include "rollup/test_facts.h"
#include "year/reports.h"

enum { YEAR = 2025, REALM = 1, BLOC = 1, OTHER = 2, BODIES = 33, CELLS = 31, DEPARTMENTS = 10, SUBORDINATE = 247 };
enum { FIRST_BODY = 100, FIRST_CELL = 200, FIRST_DEPARTMENT = 300, FIRST_SUBORDINATE = 1000, FIRST_CASE = 10000 };

/* ---- the bloc ---- */

static void put_unit(struct call *c, struct out *o, int id, int parent, const char *level, const char *name)
{
	bool postgres = db_engine_of(c->db) == DB_POSTGRES;

	out_printf(o, "INSERT INTO unit (id, realm, code) VALUES (%d, %d, 'U%d');"
		"INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, type, name, name_key, sort_key)"
		" VALUES (%d, '2020-01-01', '9999-12-31', nullif(%d, 0), '%s', 'AG', '%s %d', 'u%d', %s%04x');",
		id, REALM, id, id, parent, level, name, id, id, postgres ? "'\\x" : "x'", (unsigned)id);
}

/* Subordinate cells hang below bodies in turn, every eighth below a department committee. */
static int parent_of(int i)
{
	return i % 8 == 7 ? FIRST_DEPARTMENT + i / 8 % DEPARTMENTS : FIRST_BODY + i % BODIES;
}

static void make_bloc(struct call *c)
{
	struct out o;

	out_memory(&o, c->arena);
	put_unit(c, &o, BLOC, 0, "bloc", "Đảng bộ khối");
	put_unit(c, &o, OTHER, 0, "bloc", "Đảng bộ khác");
	for (int i = 0; i < BODIES; i++)
		put_unit(c, &o, FIRST_BODY + i, BLOC, "grassroots", "Đảng bộ");
	for (int i = 0; i < CELLS; i++)
		put_unit(c, &o, FIRST_CELL + i, BLOC, "grassroots", "Chi bộ cơ sở");
	for (int i = 0; i < DEPARTMENTS; i++)
		put_unit(c, &o, FIRST_DEPARTMENT + i, FIRST_BODY + i, "subcommittee", "Đảng bộ bộ phận");
	for (int i = 0; i < SUBORDINATE; i++)
		put_unit(c, &o, FIRST_SUBORDINATE + i, parent_of(i), "cell", "Chi bộ");
	test_sql(c, out_text(&o));
}

/* ---- its year ---- */

static int next_case;

static void put_case(struct out *o, const char *kind, int unit, const char *state, const char *result, bool exemplary)
{
	int id = next_case++;

	out_printf(o, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on, exemplary, decision_no, decided_on)"
		" VALUES (%d, %d, '%s', %d, %d, '%s', '2025-02-03', %d, '7-QĐ/ĐU', '2026-01-05');", REALM, id, kind, YEAR, unit, state, exemplary);
	if (*result)
		out_printf(o, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%d, %d, 'appraised', 1, %d,"
			" '%s', 'test', 0);", REALM, id, strcmp(result, "met") == 0 ? 960 : 900, result);
	if (strcmp(kind, "four_good") == 0)
		out_printf(o, "INSERT INTO year_vote (realm, case_id, stage, seq, on_date, base, in_favour, against, abstain, actor, at_ms)"
			" VALUES (%d, %d, 'registration', 1, '2025-02-03', 20, 19, 1, 0, 'test', 0);", REALM, id);
}

static int registered(int i)
{
	return i < CELLS ? FIRST_CELL + i : FIRST_SUBORDINATE + i - CELLS;
}

/* The first 47 meet the standard, of which 26 are Excellent (20 grassroots cells and 6 subordinate ones) and 9 exemplary; 47 and 48 do not; 49 and
 * 50 moved away. */
static void make_year(struct call *c)
{
	struct out o;

	next_case = FIRST_CASE;
	out_memory(&o, c->arena);
	for (int i = 0; i < 51; i++)
		put_case(&o, "four_good", registered(i), i < 47 ? "recognised" : i < 49 ? "not_recognised" : "transferred_out",
		         i < 47 ? "met" : i < 49 ? "not_met" : "", i < 9);
	for (int i = 0; i < 49; i++)
		put_case(&o, "unit_class", registered(i), "notified", i < 20 || (i >= 31 && i < 37) ? "excellent" : "good", false);
	for (int i = 0; i < BODIES; i++)
		put_case(&o, "unit_class", FIRST_BODY + i, "notified", "good", false);
	/* one of those that moved away hangs elsewhere since July, the other was closed */
	out_printf(&o, "UPDATE unit_span SET valid_to = '2025-06-30' WHERE unit_id IN (%d, %d);", registered(49), registered(50));
	out_printf(&o, "INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, type, name, name_key, sort_key)"
		" VALUES (%d, '2025-07-01', '9999-12-31', %d, 'cell', 'AG', 'Chi bộ chuyển đi', 'c', %s);", registered(49), OTHER,
		db_engine_of(c->db) == DB_POSTGRES ? "'\\x99'" : "x'99'");
	test_sql(c, out_text(&o));
}

static fail rebuild(struct call *c, void *arg)
{
	return rollup_rebuild(c, arg);
}

static void ground(struct call *c)
{
	load_rules(c);
	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 20).days * 1440 });
	make_bloc(c);
	make_year(c);
	assert_ok(c, db_write(c, rebuild, NULL));
}

/* ---- what the reports say ---- */

static json_t *report(struct call *c, const char *name, const char *unit)
{
	json_t *j = json_loads(RUN(c, FAIL_OK, "report", name, "--unit", unit, "--period", "2025", "--format", "json"), 0, NULL);

	assert_non_null(j);
	return j;
}

static json_t *table(json_t *report, const char *name)
{
	size_t i;
	json_t *t;

	json_array_foreach(json_object_get(report, "tables"), i, t)
		if (strcmp(json_string_value(json_object_get(t, "name")), name) == 0)
			return t;
	print_error("no table %s\n", name);
	assert_true(false);
	return NULL;
}

static json_t *row(json_t *t, const char *key, const char *value)
{
	size_t i;
	json_t *r;

	json_array_foreach(json_object_get(t, "rows"), i, r)
		if (strcmp(json_string_value(json_object_get(r, key)), value) == 0)
			return r;
	print_error("no row %s %s\n", key, value);
	assert_true(false);
	return NULL;
}

static size_t rows(json_t *t)
{
	return json_array_size(json_object_get(t, "rows"));
}

static int number(json_t *r, const char *key)
{
	return (int)json_integer_value(json_object_get(r, key));
}

static void is_rate(json_t *r, const char *key, int num, int den, const char *percent)
{
	json_t *v = json_object_get(r, key);

	assert_int_equal(number(v, "numerator"), num);
	assert_int_equal(number(v, "denominator"), den);
	assert_string_equal(json_string_value(json_object_get(v, "percent")), percent);
}

static void is_kind(json_t *t, const char *name, int units, int registered_n, int moved, int assessed)
{
	json_t *r = row(t, "name", name);

	assert_int_equal(number(r, "units"), units);
	assert_int_equal(number(json_object_get(r, "registered"), "numerator"), registered_n);
	assert_int_equal(number(r, "moved"), moved);
	assert_int_equal(number(r, "assessed"), assessed);
}

TEST_BOTH(W7_W8_registration_list_counts_each_kind_of_unit)
{
	ground(c);
	json_t *j = report(c, "R15", "U1"), *kinds = table(j, "kinds"), *units = table(j, "units"), *total = json_object_get(kinds, "total");

	is_kind(kinds, "Grassroots body with a committee", 33, 0, 0, 0);
	is_kind(kinds, "Grassroots cell", 31, 31, 0, 31);
	is_kind(kinds, "Department committee", 10, 0, 0, 0);
	is_kind(kinds, "Subordinate cell", 247, 20, 2, 18);
	is_rate(total, "registered", 51, 33 + 31 + 10 + 247, "15.89");
	assert_int_equal(number(total, "moved"), 2);
	assert_int_equal(number(total, "assessed"), 49); /* 51 − 2 */
	assert_int_equal(rows(units), 51);
	is_rate(row(units, "code", "U200"), "vote", 19, 20, "95.00");
	assert_string_equal(json_string_value(json_object_get(row(units, "code", "U200"), "registered_on")), "2025-02-03");
	assert_string_equal(json_string_value(json_object_get(row(units, "code", "U1018"), "state")), "Moved to another body");
	json_decref(j);
	j = report(c, "R15", "U2"); /* where it moved to: nothing was registered there */
	assert_int_equal(rows(table(j, "units")), 1);
	json_decref(j);
}

TEST_BOTH(W9_W10_recognition_prints_the_published_rates)
{
	ground(c);
	test_sql(c, "INSERT INTO award (realm, id, kind, year, unit_id, case_id, title, given_by, decided_on, check_code, actor, at_ms)"
		" VALUES (1, 5, 'certificate', 2025, 200, 10000, 'Chi bộ 4 tốt', 1, '2026-01-06', 'ABCD-EFGH', 'test', 0)");
	json_t *j = report(c, "R17", "U1"), *rates = table(j, "rates"), *certificates = table(j, "certificates");

	is_rate(row(rates, "name", "Registered, of all units"), "value", 51, 321, "15.89");
	is_rate(row(rates, "name", "Assessed, of those registered"), "value", 49, 51, "96.08");
	is_rate(row(rates, "name", "Meeting the standard, of those assessed"), "value", 47, 49, "95.92");
	is_rate(row(rates, "name", "Recognised, of those meeting the standard"), "value", 47, 47, "100.00");
	is_rate(row(rates, "name", "Classified Excellent, of those meeting the standard"), "value", 26, 47, "55.32");
	is_rate(row(rates, "name", "Classified Excellent, of those assessed"), "value", 26, 49, "53.06");
	is_rate(row(rates, "name", "Exemplary, of those meeting the standard"), "value", 9, 47, "19.15");
	assert_int_equal(rows(table(j, "units")), 49);
	assert_int_equal(rows(certificates), 9);
	assert_string_equal(json_string_value(json_object_get(row(certificates, "code", "U200"), "check_code")), "ABCD-EFGH");
	assert_string_equal(json_string_value(json_object_get(row(certificates, "code", "U201"), "check_code")), "");
	json_decref(j);
}

/* Of the 64 the bloc decides 20 are Excellent and 44 Good: floor(44 × 20 / 100) = 8, and 20 would need 100 Good. Each of the six subordinate cells
 * stands in a group of its own body with nobody Good. */
TEST_BOTH(W10_levels_with_the_cap_and_its_excess)
{
	ground(c);
	json_t *j = report(c, "R18", "U1"), *groups = table(j, "groups"), *bloc = row(groups, "committee", "Đảng bộ khối 1"),
	       *total = json_object_get(groups, "total");

	assert_int_equal(number(bloc, "classified"), 64);
	assert_int_equal(number(bloc, "excellent"), 20);
	assert_int_equal(number(bloc, "good"), 44);
	assert_int_equal(number(bloc, "base"), 44);
	assert_int_equal(number(bloc, "allowed"), 8);
	assert_int_equal(number(bloc, "excess"), 12);
	assert_int_equal(number(bloc, "base_needed"), 100);
	assert_int_equal(number(total, "excellent"), 26);
	assert_int_equal(number(total, "classified"), 49 + 33);
	assert_int_equal(number(total, "base_needed"), 130); /* W10: what 26 Excellent need */
	assert_int_equal(rows(table(j, "units")), 49 + 33);
	assert_string_equal(json_string_value(json_object_get(row(table(j, "units"), "code", "U200"), "over")), "over the cap"); /* all 20 share a rank */
	json_decref(j);
}

TEST_BOTH(the_sheet_of_a_case_shows_its_stages)
{
	ground(c);
	test_sql(c, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, reason, actor, at_ms) VALUES"
		" (1, 10000, 'self', 1, 970, 'met', '', 'test', 0), (1, 10000, 'voted', 1, 965, 'met', 'x', 'test', 0);"
		"INSERT INTO year_vote (realm, case_id, stage, seq, on_date, base, in_favour, against, abstain, actor, at_ms)"
		" VALUES (1, 10000, 'voted', 1, '2025-12-01', 20, 18, 2, 0, 'test', 0);"
		"INSERT INTO year_line (realm, case_id, stage, revision, line, points, max, source) VALUES (1, 10000, 'self', 1, 'G1.1', 40, 40, 'fact');"
		"UPDATE year_sheet SET scheme = '4G-C', facts = '{}' WHERE case_id = 10000 AND stage = 'self'");
	json_t *j = report(c, "R16", "U200"), *stages = table(j, "stages");

	assert_int_equal(rows(stages), 3);
	assert_string_equal(json_string_value(json_object_get(row(stages, "name", "Voted"), "points")), "96.5");
	is_rate(row(stages, "name", "Voted"), "vote", 18, 20, "90.00");
	assert_string_equal(json_string_value(json_object_get(row(stages, "name", "Voted"), "on")), "2025-12-01");
	assert_string_equal(json_string_value(json_object_get(row(stages, "name", "Appraisal"), "result")), "Standard met");
	assert_string_equal(json_string_value(json_object_get(row(table(j, "lines"), "id", "G1.1"), "self")), "4.0");
	json_decref(j);
	j = report(c, "R16", "U1001"); /* registered, with a total alone */
	assert_int_equal(rows(table(j, "lines")), 0);
	json_decref(j);
	j = report(c, "R16", "U100");
	assert_int_equal(rows(table(j, "stages")), 0);
	assert_non_null(strstr(json_string_value(json_object_get(table(j, "stages"), "note")), "has not registered"));
	json_decref(j);
}

TEST_BOTH(every_report_of_a_year_is_a_paper)
{
	static const char *const names[] = { "R15", "R16", "R17", "R18", "R24" }, *const formats[] = { "csv", "xlsx", "docx", "html" };

	ground(c);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
			assert_true(strlen(RUN(c, FAIL_OK, "report", names[i], "--unit", i == 1 ? "U200" : "U1", "--period", "2025", "--format", formats[k])) > 0);
	const char *html = RUN(c, FAIL_OK, "report", "R17", "--unit", "U1", "--period", "2025", "--format", "html");

	assert_non_null(strstr(html, "47/49 (95,92"));
	assert_non_null(strstr(html, "26/47 (55,32"));
	assert_non_null(strstr(html, "9/47 (19,15"));
	assert_non_null(strstr(RUN(c, FAIL_OK, "report", "R15", "--unit", "U1", "--period", "2025", "--format", "html"), "51/321 (15,89"));
}

/* Moving away, of which the figures of the year speak too: the one that hangs elsewhere counts there as registered. */
TEST_BOTH(W8_figures_of_the_bloc)
{
	ground(c);
	const char *text = RUN(c, FAIL_OK, "targets", "--unit", "U1", "--period", "2025", "--json");

	assert_non_null(strstr(text, "{\"id\":\"T19\",\"numerator\":47,\"denominator\":49,\"percent\":\"95.92\",\"threshold\":\"reported\",\"met\":null"));
	assert_non_null(strstr(text, "{\"id\":\"T10\",\"numerator\":50,\"denominator\":277,\"percent\":\"18.05\",\"threshold\":\"= 100\",\"met\":false"));
	assert_non_null(strstr(text, "{\"id\":\"T17\",\"numerator\":49,\"denominator\":49,\"percent\":\"100.00\",\"threshold\":\"reported\",\"met\":null"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(W7_W8_registration_list_counts_each_kind_of_unit),
		BOTH(W9_W10_recognition_prints_the_published_rates),
		BOTH(W10_levels_with_the_cap_and_its_excess),
		BOTH(the_sheet_of_a_case_shows_its_stages),
		BOTH(every_report_of_a_year_is_a_paper),
		BOTH(W8_figures_of_the_bloc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
