/* support.c — fresh databases, faults and asserting results. */
#include "support/support.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/id.h"
#include "db/engine.h"

enum { CALL_BYTES = 64 << 20, FIRST_ID = 1001 };

_Thread_local struct problem test_problem;

void test_call(struct call *c)
{
	call_begin(c, CALL_BYTES);
	c->lang = LANG_EN;
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 15).days * 1440 + 9 * 60 });
}

void test_call_like(struct call *c, const struct call *like)
{
	test_call(c);
	c->db = like->db;
}

void assert_result(struct call *c, fail expected, fail got, const char *expression, const char *file, int line)
{
	test_problem = c->problem;
	if (got == expected) {
		problem_clear(c);
		return;
	}
	print_error("%s: %s, expected %s; problem: [%s] %s\n", expression, fail_name(got), fail_name(expected), c->problem.field,
	            c->problem.text);
	_fail(file, line);
}

/* ---- files ---- */

static char directory[64];

static void remove_directory(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", directory);
	if (system(command) != 0)
		perror(directory);
}

const char *test_dir(void)
{
	if (!*directory) {
		bool memory = access("/dev/shm", W_OK) == 0;

		snprintf(directory, sizeof directory, "%s/chibo-test-XXXXXX", memory ? "/dev/shm" : "/tmp");
		if (!mkdtemp(directory))
			abort();
		atexit(remove_directory);
	}
	return directory;
}

/* ---- databases ---- */

static void open_sqlite(struct call *c)
{
	static int number;
	struct db_options options = { .create = true, .write = true };
	const char *path = arena_printf(c->arena, "%s/%d.db", test_dir(), ++number);

	assert_ok(c, db_open(c, path, &options, &c->db));
}

/* On PostgreSQL every test has a schema of its own, found by the search path in its address. */
static char schema[64];

static void run_admin(const char *sql)
{
	PGconn *h = PQconnectdb(getenv("CHIBO_TEST_PG"));
	PGresult *res;

	PQclear(PQexec(h, "SET client_min_messages = error; SET lock_timeout = '10s'"));
	res = PQexec(h, sql);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		print_error("%s: %s", sql, PQerrorMessage(h));
	assert_int_equal(PQresultStatus(res), PGRES_COMMAND_OK);
	PQclear(res);
	PQfinish(h);
}

static void drop_schema(void)
{
	char sql[128];

	if (!*schema)
		return;
	snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS %s CASCADE", schema);
	*schema = '\0';
	run_admin(sql);
}

static void open_postgres(struct call *c)
{
	static int number;
	const char *server = getenv("CHIBO_TEST_PG");
	struct db_options options = { .write = true };

	if (!server || !*server) {
		print_message("no PostgreSQL: set CHIBO_TEST_PG or run under scripts/with-postgres\n");
		call_end(c);
		skip();
	}
	drop_schema();
	snprintf(schema, sizeof schema, "test_%ld_%d", (long)getpid(), ++number);
	run_admin(arena_printf(c->arena, "CREATE SCHEMA %s", schema));
	const char *url = arena_printf(c->arena, "%s%coptions=-csearch_path%%3D%s", server, strchr(server, '?') ? '&' : '?', schema);

	assert_ok(c, db_open(c, url, &options, &c->db));
}

static void open_on(struct call *c, enum db_engine engine)
{
	test_call(c);
	id_set_fixed(FIRST_ID);
	if (engine == DB_POSTGRES)
		open_postgres(c);
	else
		open_sqlite(c);
}

static void close_on(struct call *c)
{
	db_close(c->db);
	call_end(c);
	drop_schema();
}

void test_on_empty(enum db_engine engine, void (*test)(struct call *c))
{
	struct call c;

	open_on(&c, engine);
	test(&c);
	assert_null(c.conn);
	close_on(&c);
}

void test_on(enum db_engine engine, void (*test)(struct call *c))
{
	struct call c;

	open_on(&c, engine);
	assert_ok(&c, db_migrate(&c, NULL));
	test(&c);
	assert_null(c.conn);
	close_on(&c);
}

void test_skip(struct call *c, const char *why)
{
	print_message("skipped: %s\n", why);
	close_on(c);
	skip();
	abort();
}

const char *test_db_url(const struct call *c)
{
	return c->db->path;
}

/* ---- faults ---- */

int test_faults(struct call *c, fail (*operation)(struct call *c, void *arg), void (*check)(struct call *c, void *arg, bool done), void *arg)
{
	for (int n = 0;; n++) {
		db_fault_after(c->db, n);
		fail f = operation(c, arg);
		bool pending = db_fault_pending(c->db);

		db_fault_after(c->db, -1);
		if (pending)
			assert_ok(c, f);
		problem_clear(c);
		check(c, arg, f == FAIL_OK);
		if (pending)
			return n;
		assert_true(n < 100000);
	}
}

/* ---- looking from outside ---- */

static fail script_body(struct call *c, void *arg)
{
	return c->db->engine->script(c, c->conn, arg);
}

void test_sql(struct call *c, const char *sql)
{
	assert_ok(c, db_write(c, script_body, (void *)sql));
}

struct number {
	const struct query *query;
	int64_t value;
};

static fail int_body(struct call *c, void *arg)
{
	struct number *n = arg;

	return db_int(c, n->query, NO_ARGS, INT_UNKNOWN, &n->value);
}

int64_t test_int(struct call *c, const char *sql)
{
	const struct query q = { .name = "test", .sqlite = sql, .postgres = sql, .slot = -1 };
	struct number n = { .query = &q };

	assert_ok(c, db_read(c, int_body, &n));
	return n.value;
}
