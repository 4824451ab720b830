/* test_exchange.c — importing and exporting a made-up kind of record, on both engines. */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/journal.h"
#include "exchange/columns.h"
#include "exchange/commands.h"
#include "exchange/keys.h"
#include "exchange/transfer.h"
#include "sheet/table.h"

#define QUERY(params_, text)                                                                                           \
	{ .name = "test", .sqlite = text, .postgres = text, .params = params_, .slot = -1 }

/* ---- a kind: things in boxes ---- */

static const char *const levels[] = { "", "low", "high", NULL };

struct thing {
	const char *code, *box, *name;
	unsigned level;
	int64_t expected;
	bool thematic;
	struct tenths points;
	struct date from, to;
	struct moment starts_at;
	const char *name_key;
};

static const struct record thing_record = {
	.name = "thing", .size = sizeof(struct thing), .fields = (const struct field[]){
		FIELD(struct thing, code, "Code", REQUIRED | KEY, .max = 20),
		FIELD(struct thing, box, "Box", 0, .max = 20),
		FIELD(struct thing, name, "Name", REQUIRED | NAME_TEXT, .max = 100),
		FIELD(struct thing, level, "Level", 0, .words = levels),
		FIELD(struct thing, expected, "Expected", 0, .min = 0, .max = 500),
		FIELD(struct thing, thematic, "Thematic", 0),
		FIELD(struct thing, points, "Points", 0, .min = 0, .max = 1000),
		FIELD(struct thing, from, "From", KEY | FROM_DATE),
		FIELD(struct thing, to, "To", TO_DATE),
		FIELD(struct thing, starts_at, "Starts", 0),
		COL(struct thing, name_key),
		FIELD_END,
	},
};

static const struct query find_thing = QUERY(2, "SELECT code, box, name, level, expected, thematic, points, \"from\", \"to\", starts_at, name_key "
                                                "FROM thing WHERE code = $1 AND \"from\" = $2");
static const struct query all_things = QUERY(1, "SELECT code, box, name, level, expected, thematic, points, \"from\", \"to\", starts_at, name_key "
                                                "FROM thing WHERE CAST($1 AS TEXT) IS NULL OR box = $1 ORDER BY code, \"from\"");
static const struct query put_thing = QUERY(11, "INSERT INTO thing (code, box, name, level, expected, thematic, points, \"from\", \"to\", starts_at, name_key) "
                                                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (code, \"from\") DO UPDATE SET box = excluded.box, "
                                                "name = excluded.name, level = excluded.level, expected = excluded.expected, thematic = excluded.thematic, "
                                                "points = excluded.points, \"to\" = excluded.\"to\", starts_at = excluded.starts_at, name_key = excluded.name_key");
static const struct query count_code = QUERY(1, "SELECT count(*) FROM thing WHERE code = $1");

static fail thing_prepare(struct call *c, void *row)
{
	struct thing *t = row;

	if (t->to.days < t->from.days)
		return problem(c, FAIL_INPUT, "to", "the last day lies before the first");
	t->name_key = text_key(c->arena, t->name);
	return FAIL_OK;
}

struct state { int64_t rows, boxless_line; };

static fail thing_begin(struct call *c, struct import *im, void **state)
{
	(void)c;
	*state = ARENA_NEW(import_arena(im), struct state);
	return FAIL_OK;
}

static bool same(const struct thing *a, const struct thing *b)
{
	return strcmp(a->box, b->box) == 0 && strcmp(a->name, b->name) == 0 && a->level == b->level && a->expected == b->expected &&
	       a->thematic == b->thematic && a->points.t == b->points.t && a->to.days == b->to.days && a->starts_at.minutes == b->starts_at.minutes;
}

static fail write_thing(struct call *c, const struct thing *t)
{
	return db_exec(c, &put_thing, ARGS(V(t->code), V(t->box), V(t->name), V(levels[t->level]), V(t->expected), V(t->thematic), V(t->points),
	                                   V(t->from), V(t->to), V(t->starts_at), V(t->name_key)), NULL);
}

static fail thing_row(struct call *c, struct import *im, void *state, const void *row)
{
	const struct thing *t = row;
	struct state *s = state;
	struct thing was;
	int64_t boxes = 1;

	s->rows++;
	if (*t->box != '\0')
		TRY(db_int(c, &count_code, ARGS(V(t->box)), 0, &boxes));
	else
		s->boxless_line = import_line(im);
	if (boxes == 0 && import_refused(im, t->box))
		return FAIL_INPUT;
	if (boxes == 0)
		return problem(c, FAIL_NOT_FOUND, "box", "there is no box “%s”", t->box);
	fail f = db_one(c, &find_thing, ARGS(V(t->code), V(t->from)), &thing_record, &was);
	if (f == FAIL_OK && same(t, &was)) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	TRY(write_thing(c, t));
	if (f == FAIL_OK)
		return import_changed(c, im, 0, 0, "thing", 1, &was, t);
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

static fail thing_finish(struct call *c, struct import *im, void *state)
{
	const struct state *s = state;

	if (s->boxless_line == 0 && s->rows > 0 && s->rows < 3)
		import_problem(c, im, 2, "box", "", "%s", arena_printf(c->arena, "%lld rows and all of them in a box", (long long)s->rows));
	return FAIL_OK;
}

static fail thing_out(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail thing_each(struct call *c, const struct export_query *q, struct export *ex)
{
	return db_each(c, &all_things, ARGS(V(q->unit_code)), &thing_record, thing_out, ex);
}

static const struct exchange_kind things = {
	.name = "things", .label = "Things", .record = &thing_record, .may_export = MAY_SEE, .prepare = thing_prepare, .begin = thing_begin,
	.row = thing_row, .finish = thing_finish, .each = thing_each,
};
const struct exchange_kind *const exchange_kinds[] = { &things, NULL };

static void make_table(struct call *c)
{
	bool sqlite = db_engine_of(c->db) == DB_SQLITE;

	test_sql(c, sqlite ? "CREATE TABLE thing (code TEXT, box TEXT, name TEXT, level TEXT, expected INTEGER, thematic INTEGER, points INTEGER, "
	                     "\"from\" TEXT, \"to\" TEXT, starts_at TEXT, name_key TEXT, PRIMARY KEY (code, \"from\")) STRICT"
	                   : "CREATE TABLE thing (code TEXT, box TEXT, name TEXT, level TEXT, expected BIGINT, thematic BIGINT, points BIGINT, "
	                     "\"from\" TEXT, \"to\" TEXT, starts_at TEXT, name_key TEXT, PRIMARY KEY (code, \"from\"))");
}

/* ---- helpers ---- */

static struct import_result result;

static fail take(struct call *c, const void *data, size_t size, bool check)
{
	struct table_reader *t;

	TRY(table_open_memory(c, "things.csv", data, size, &t));
	return exchange_import(c, &things, t, check, &result);
}

#define TAKE(c, text) take(c, text, strlen(text), false)

/* The problems, one a line. */
static const char *issues(struct call *c)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < result.n; i++)
		out_printf(&o, "%s\n", import_issue_text(c, &result.issues[i]));
	return out_text(&o);
}

static void assert_counts(int64_t rows, int64_t added, int64_t changed, int64_t unchanged)
{
	assert_int_equal(result.rows, rows);
	assert_int_equal(result.added, added);
	assert_int_equal(result.changed, changed);
	assert_int_equal(result.same, unchanged);
}

static const char *give(struct call *c, enum export_format format, size_t *size)
{
	struct export_query q = { .on = DATE_NONE };
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, exchange_export(c, &things, &q, format, &o));
	*size = o.size;
	return out_text(&o);
}

#define HEAD "code,box,name,level,expected,thematic,points,from,to,starts_at\n"
#define THREE HEAD "B,,Hộp,,,0,,,,\nT1,B,Một,low,20,1,95.5,2025-01-01,2025-12-31,2025-03-03T19:00\nT1,B,=Một,high,0,0,0,2026-01-01,,\n"

static int64_t journal_count(struct call *c, const char *entity)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM journal WHERE entity = '%s'", entity));
}

/* ---- in ---- */

TEST_BOTH(import_adds_changes_and_leaves_alone)
{
	make_table(c);
	assert_ok(c, TAKE(c, THREE));
	assert_counts(3, 3, 0, 0);
	assert_int_equal(journal_count(c, "things"), 1);
	assert_ok(c, TAKE(c, THREE));
	assert_counts(3, 0, 0, 3);
	assert_int_equal(journal_count(c, "things"), 1);
	assert_string_equal(import_summary(c, &result), "3 rows, all as they were; nothing was changed");
	assert_ok(c, TAKE(c, HEAD "B,,Hộp,,,0,,,,\nT1,B,Một,low,21,1,95.5,2025-01-01,2025-12-31,2025-03-03T19:00\nT2,B,Hai,,,,,,,\n"));
	assert_counts(3, 1, 1, 1);
	assert_int_equal(journal_count(c, "things"), 2);
	assert_int_equal(journal_count(c, "thing"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing WHERE name_key = 'mot'"), 1);
	assert_ok(c, journal_verify(c, NULL));
}

TEST_BOTH(names_may_stand_in_any_order_and_some_may_be_missing)
{
	make_table(c);
	assert_ok(c, TAKE(c, "Name;CODE;starts_at;points\nMột;A;05/01/2026 19:00;9,5\nHai;B;;\n;;;\nBa;C;2026-01-05 08:30:00;\n"));
	assert_counts(3, 3, 0, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing WHERE starts_at = '2026-01-05T19:00' AND points = 95"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing WHERE starts_at = '2026-01-05T08:30'"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing WHERE expected IS NULL AND \"from\" = '0001-01-01' AND \"to\" = '9999-12-31'"), 3);
}

TEST_BOTH(wrong_names_are_refused_with_the_right_ones)
{
	make_table(c);
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,nam,code\nA,b,c\n"));
	assert_string_equal(issues(c), "Line 1, column `code`: the column stands here twice; remove one of the two\n"
	                               "Line 1, column `nam`: there is no such column; the columns are: code, box, name, level, expected, thematic, points, from, to, starts_at\n");
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,box\nA,b\n"));
	assert_string_equal(issues(c), "Line 1, column `name`: this column is missing; the first row must have the names: code, box, name, level, expected, thematic, points, from, to, starts_at\n");
	assert_fails(c, FAIL_INPUT, TAKE(c, "\n\n"));
	assert_ok(c, TAKE(c, "code,name\n"));
	assert_counts(0, 0, 0, 0);
}

TEST_BOTH(every_problem_is_named_with_its_place)
{
	make_table(c);
	assert_fails(c, FAIL_INPUT, TAKE(c, HEAD "A,,Một,,hai mươi,,,,,\n,,\"Hai\ndòng\",middle,501,x,95.55,2025-02-30,,\nC,none,Ba,,,,,,,,extra\nD,none,Bốn,,,,,,,\nE,,Năm,,,,,2025-02-01,2025-01-01,\n"));
	assert_string_equal(issues(c),
	                    "Line 2, column `expected` (Expected): “hai mươi” does not fit; expected a whole number from 0 to 500\n"
	                    "Line 3, column `code` (Code): nothing is given; expected a text of at most 20 characters\n"
	                    "Line 3, column `expected` (Expected): “501” does not fit; expected a whole number from 0 to 500\n"
	                    "Line 3, column `from` (From): “2025-02-30” does not fit; expected a date as year-month-day, such as 2026-01-05\n"
	                    "Line 3, column `level` (Level): “middle” does not fit; expected one of: low, high\n"
	                    "Line 3, column `points` (Points): “95.55” does not fit; expected points from 0.0 to 100.0 with at most one decimal\n"
	                    "Line 3, column `thematic` (Thematic): “x” does not fit; expected 1 for yes or 0 for no\n"
	                    "Line 5: “extra” stands in a column without a name; look for a comma too many, or name the column\n"
	                    "Line 6, column `box` (Box): there is no box “none”\n"
	                    "Line 7, column `to` (To): the last day lies before the first\n");
	assert_string_equal(result.issues[0].value, "hai mươi");
	assert_string_equal(result.issues[8].value, "none");
	assert_string_equal(result.issues[0].expected, "a whole number from 0 to 500");
	assert_string_equal(test_problem.field, "expected");
	assert_string_equal(import_summary(c, &result), "5 rows read, 10 problems; nothing was changed");
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing"), 0);
	c->lang = LANG_VI;
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name,expected\nA,Một,hai mươi\n"));
	assert_string_equal(issues(c), "Dòng 2, cột `expected` (Phải dự): “hai mươi” không hợp lệ; cần ghi số nguyên từ 0 đến 500\n");
}

TEST_BOTH(one_bad_row_and_nothing_is_written)
{
	make_table(c);
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name,box\nA,Một,\nB,Hai,A\nC,Ba,X\nD,Bốn,\n"));
	assert_int_equal(result.n, 1);
	assert_int_equal(result.issues[0].line, 4);
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing"), 0);
	assert_int_equal(journal_count(c, "things"), 0);
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name\nA,Một\nB,\"Hai\n"));
	assert_string_equal(issues(c), "Line 3: a quotation mark opened here is not closed; close it, or double it if it belongs to the text\n");
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name,box\nA,Một,A\n"));
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name\nA,NguyÔn V¨n\n"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing"), 0);
}

TEST_BOTH(a_row_that_needs_a_refused_one_is_not_blamed)
{
	make_table(c);
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name,box,expected\nA,Một,,x\nB,Hai,A,\nC,Ba,B,\nD,Bốn,Z,\n"));
	assert_string_equal(issues(c), "Line 2, column `expected` (Expected): “x” does not fit; expected a whole number from 0 to 500\n"
	                               "Line 5, column `box` (Box): there is no box “Z”\n");
}

TEST_BOTH(keys_twice_in_a_file_are_named_with_both_lines)
{
	make_table(c);
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name,from\nA,Một,2025-01-01\nB,Hai,\nA,Ba,2025-01-02\nA,Bốn,01/01/2025\n"));
	assert_string_equal(issues(c), "Line 5, column `code` (Code): line 2 has the same code, from (“A”); leave only one of the two\n");
}

TEST_BOTH(checks_of_the_whole_file_come_last)
{
	make_table(c);
	test_sql(c, "INSERT INTO thing (code, name, \"from\") VALUES ('B', 'Hộp', '0001-01-01')");
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name,box\nA,Một,B\nC,Hai,B\n"));
	assert_string_equal(issues(c), "Line 2, column `box` (Box): 2 rows and all of them in a box\n");
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing"), 1);
}

TEST_BOTH(check_reports_and_changes_nothing)
{
	make_table(c);
	assert_ok(c, take(c, THREE, strlen(THREE), true));
	assert_counts(3, 3, 0, 0);
	assert_string_equal(import_summary(c, &result), "3 rows are right: 3 would be added, 0 changed, 0 are the same; nothing was changed");
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing"), 0);
	assert_int_equal(journal_count(c, "things"), 0);
	assert_fails(c, FAIL_INPUT, take(c, "code,name\nA,\n", 12, true));
	assert_int_equal(result.n, 1);
}

TEST_BOTH(a_thousand_problems_are_kept_and_the_rest_counted)
{
	struct out o;

	make_table(c);
	out_memory(&o, c->arena);
	out_str(&o, "code,name\n");
	for (int i = 0; i < 3000; i++)
		out_printf(&o, "A%d,%s\n", i, i % 2 ? "" : "x");
	assert_fails(c, FAIL_INPUT, take(c, o.data, o.size, false));
	assert_int_equal(result.n, IMPORT_ISSUES_MAX);
	assert_int_equal(result.more, 500);
	assert_int_equal(result.issues[999].line, 2001);
}

TEST_BOTH(result_as_json)
{
	struct json j;
	struct out o;

	make_table(c);
	assert_fails(c, FAIL_INPUT, TAKE(c, "code,name\nA,\n"));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	import_result_json(&j, &things, &result);
	assert_string_equal(out_text(&o), "{\"kind\":\"things\",\"check\":false,\"file\":\"things.csv\",\"digest\":\"691ab42968583009ffed92c2d1bcdac5816cb64b65af0bdbb2f08cffcfe9938a\",\"rows\":1,\"added\":0,\"changed\":0,\"same\":0,"
	                                 "\"problems\":[{\"line\":2,\"column\":\"name\",\"value\":\"\",\"expected\":\"a text of at most 100 characters\",\"text\":\"nothing is given; expected a text of at most 100 characters\"}],\"more\":0}");
}

/* ---- out and in again ---- */

TEST_BOTH(what_goes_out_comes_in_unchanged)
{
	static const enum export_format formats[] = { EXPORT_CSV, EXPORT_CSV_EXCEL, EXPORT_XLSX };
	const char *file;
	size_t size;

	make_table(c);
	assert_ok(c, TAKE(c, THREE "'x,B,\"'=cmd, \"\"a\"\" _x0041_\",,,,,,,\n-5,,-5,,,,,,,\n00123,,+84 tab,,,,,1900-02-01,1950-05-05,1955-01-01T00:00\n"));
	for (size_t i = 0; i < 3; i++) {
		file = give(c, formats[i], &size);
		assert_ok(c, take(c, file, size, false));
		assert_counts(6, 0, 0, 6);
	}
	assert_string_equal(give(c, EXPORT_CSV, &size),
	                    HEAD "'x,B,\"'=cmd, \"\"a\"\" _x0041_\",,,0,,,,\n-5,,-5,,,0,,,,\n00123,,'+84 tab,,,0,,1900-02-01,1950-05-05,1955-01-01T00:00\n"
	                    "B,,Hộp,,,0,,,,\nT1,B,Một,low,20,1,95.5,2025-01-01,2025-12-31,2025-03-03T19:00\nT1,B,'=Một,high,0,0,0.0,2026-01-01,,\n");
}

TEST_BOTH(json_has_the_same_columns)
{
	size_t size;

	make_table(c);
	assert_ok(c, TAKE(c, THREE));
	assert_string_equal(give(c, EXPORT_JSON, &size),
	                    "[{\"code\":\"B\",\"box\":\"\",\"name\":\"Hộp\",\"level\":\"\",\"expected\":null,\"thematic\":false,\"points\":null,\"from\":null,\"to\":null,\"starts_at\":null},"
	                    "{\"code\":\"T1\",\"box\":\"B\",\"name\":\"Một\",\"level\":\"low\",\"expected\":20,\"thematic\":true,\"points\":\"95.5\",\"from\":\"2025-01-01\",\"to\":\"2025-12-31\",\"starts_at\":\"2025-03-03T19:00\"},"
	                    "{\"code\":\"T1\",\"box\":\"B\",\"name\":\"=Một\",\"level\":\"high\",\"expected\":0,\"thematic\":false,\"points\":\"0.0\",\"from\":\"2026-01-01\",\"to\":null,\"starts_at\":null}]\n");
}

/* ---- faults, memory ---- */

static fail fault_import(struct call *c, void *arg)
{
	(void)arg;
	return TAKE(c, THREE);
}

static void fault_check(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing"), done ? 3 : 0);
	assert_int_equal(journal_count(c, "things"), done);
}

TEST_BOTH(failing_each_statement_leaves_all_or_nothing)
{
	make_table(c);
	assert_true(test_faults(c, fault_import, fault_check, NULL) >= 8);
}

TEST_BOTH(memory_does_not_grow_with_the_rows)
{
	struct out o;
	size_t before;

	make_table(c);
	out_memory(&o, NULL);
	out_str(&o, "code,name\n");
	for (int i = 0; i < 20000; i++)
		out_printf(&o, "T%06d,Nguyễn Văn %d\n", i, i % 100);
	before = arena_used(c->arena);
	assert_ok(c, take(c, o.data, o.size, false));
	assert_counts(20000, 20000, 0, 0);
	assert_true(arena_used(c->arena) - before < 200000);
	out_free(&o);
}

/* ---- commands ---- */

static const char *run_command(struct call *c, fail expected, int n, const char **words, const char **err)
{
	char *out_data, *err_data;
	size_t out_size, err_size;
	struct args args = { n - 1, words + 1 };
	const struct command *command = exchange_commands;
	FILE *out = c->out, *messages = c->err;

	while (strcmp(command->name, words[0]) != 0)
		command++;
	c->out = open_memstream(&out_data, &out_size);
	c->err = open_memstream(&err_data, &err_size);
	fail f = command->run(c, &args);
	fclose(c->out);
	fclose(c->err);
	c->out = out;
	c->err = messages;
	*err = arena_strdup(c->arena, err_data);
	const char *text = arena_strdup(c->arena, out_data);
	free(out_data);
	free(err_data);
	assert_result(c, expected, f, words[0], __FILE__, __LINE__);
	return text;
}

#define RUN(c, expected, err, ...) run_command(c, expected, (int)(sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *)), (const char *[]){ __VA_ARGS__ }, err)

static char *save(struct call *c, const char *name, const char *text)
{
	char *path = arena_printf(c->arena, "%s/%s", test_dir(), name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

TEST_BOTH(commands_say_what_they_did)
{
	const char *err, *out;
	char *good = save(c, "good.csv", THREE), *bad = save(c, "bad.csv", "code,name,expected\nA,Một,x\nB,,\n"), *copy = save(c, "copy.xlsx", "");

	make_table(c);
	assert_string_equal(RUN(c, FAIL_OK, &err, "import", "things", good, "--check"), "good.csv: 3 rows are right: 3 would be added, 0 changed, 0 are the same; nothing was changed\n");
	assert_string_equal(RUN(c, FAIL_OK, &err, "import", "things", good), "good.csv: 3 rows: 3 added, 0 changed, 0 the same\n");
	assert_string_equal(err, "");
	assert_string_equal(RUN(c, FAIL_INPUT, &err, "import", "things", bad), "");
	assert_string_equal(err, "bad.csv: Line 2, column `expected` (Expected): “x” does not fit; expected a whole number from 0 to 500\n"
	                         "bad.csv: Line 3, column `name` (Name): nothing is given; expected a text of at most 100 characters\n");
	assert_string_equal(test_problem.text, "bad.csv: 2 rows read, 2 problems; nothing was changed");
	out = RUN(c, FAIL_INPUT, &err, "import", "things", bad, "--json");
	assert_non_null(strstr(out, "\"problems\":[{\"line\":2,\"column\":\"expected\",\"value\":\"x\",\"expected\":\"a whole number from 0 to 500\","));
	RUN(c, FAIL_INPUT, &err, "import", "thongs", good);
	RUN(c, FAIL_INPUT, &err, "import", "things");
	RUN(c, FAIL_NOT_FOUND, &err, "import", "things", "nowhere.csv");
	RUN(c, FAIL_INPUT, &err, "export", "things", "--format", "pdf");
	assert_non_null(strstr(RUN(c, FAIL_OK, &err, "export", "things"), "\nT1,B,'=Một,high,"));
	assert_non_null(strstr(RUN(c, FAIL_OK, &err, "export", "things", "--unit", "none"), HEAD));
	assert_string_equal(RUN(c, FAIL_OK, &err, "export", "things", "--output", copy), "");
	assert_string_equal(RUN(c, FAIL_OK, &err, "import", "things", copy), "copy.xlsx: 3 rows, all as they were; nothing was changed\n");
}

static void keys_remember_their_line(void **state)
{
	struct keys k;

	(void)state;
	keys_begin(&k);
	for (int64_t i = 1; i < 50000; i++)
		assert_int_equal(keys_add(&k, &i, sizeof i, i), 0);
	for (int64_t i = 1; i < 50000; i += 7)
		assert_int_equal(keys_add(&k, &i, sizeof i, 1), i);
	assert_false(keys_has(&k, "x", 1));
	keys_end(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(import_adds_changes_and_leaves_alone), BOTH(names_may_stand_in_any_order_and_some_may_be_missing), BOTH(wrong_names_are_refused_with_the_right_ones),
		BOTH(every_problem_is_named_with_its_place), BOTH(one_bad_row_and_nothing_is_written), BOTH(a_row_that_needs_a_refused_one_is_not_blamed),
		BOTH(keys_twice_in_a_file_are_named_with_both_lines), BOTH(checks_of_the_whole_file_come_last), BOTH(check_reports_and_changes_nothing),
		BOTH(a_thousand_problems_are_kept_and_the_rest_counted), BOTH(result_as_json), BOTH(what_goes_out_comes_in_unchanged), BOTH(json_has_the_same_columns),
		BOTH(failing_each_statement_leaves_all_or_nothing), BOTH(memory_does_not_grow_with_the_rows), BOTH(commands_say_what_they_did),
		cmocka_unit_test(keys_remember_their_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
