/* support.h — what every test program needs: cmocka, and databases to test on.
 *
 * A database test is written once and runs on both engines, each time on a fresh, migrated database, with a fixed clock
 * (15 November 2025, 09:00), ids that count up from 1001, the operator's rights and English messages:
 *
 *	TEST_BOTH(V02_levels_are_checked)
 *	{
 *		assert_ok(c, org_create(c, …));
 *		assert_fails(c, FAIL_INPUT, org_create(c, …));
 *	}
 *	int main(void)
 *	{
 *		const struct CMUnitTest tests[] = { BOTH(V02_levels_are_checked) };
 *		return cmocka_run_group_tests(tests, NULL, NULL);
 *	}
 *
 * PostgreSQL is the server at $CHIBO_TEST_PG (scripts/with-postgres starts one); without it that half is skipped. */
#ifndef CHIBO_TESTS_SUPPORT_H
#define CHIBO_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* cmocka takes the word as a macro; here it is the type of a result */
#undef fail
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/call.h"
#include "db/db.h"

/* Defines a test and its two runs; the body sees `struct call *c`. */
#define TEST_BOTH(name)                                                                                                \
	static void name(struct call *c);                                                                                  \
	static void name##_sqlite(void **state) { (void)state; test_on(DB_SQLITE, name); }                                 \
	static void name##_postgres(void **state) { (void)state; test_on(DB_POSTGRES, name); }                             \
	static void name(struct call *c)
/* Its two rows in the list of tests. */
#define BOTH(name) cmocka_unit_test(name##_sqlite), cmocka_unit_test(name##_postgres)

/* Runs a test on a fresh, migrated database of that engine; skips where there is no server. */
void test_on(enum db_engine engine, void (*test)(struct call *c));
/* The same with an empty database: no table at all. */
void test_on_empty(enum db_engine engine, void (*test)(struct call *c));

/* Ends the test as skipped, and says why: data that is not part of the repository is absent. Gives back the database first. */
_Noreturn void test_skip(struct call *c, const char *why);

/* A call as tests want it (clock, language, 64 MB), without a database. Ended by call_end. */
void test_call(struct call *c);
/* A second call on the same database, for another thread or person. */
void test_call_like(struct call *c, const struct call *like);
/* The address of the database a test runs on, to open it once more. */
const char *test_db_url(const struct call *c);

/* Succeeds, or shows the problem and ends the test. */
#define assert_ok(c, expression) assert_result((c), FAIL_OK, (expression), #expression, __FILE__, __LINE__)
/* Fails in this way; the recorded problem is kept in `test_problem` and cleared. */
#define assert_fails(c, code, expression) assert_result((c), (code), (expression), #expression, __FILE__, __LINE__)
void assert_result(struct call *c, fail expected, fail got, const char *expression, const char *file, int line);
/* The last problem that assert_fails has seen: field and text. Valid while the call lives. */
extern _Thread_local struct problem test_problem; /* a thread's own */

/* Repeats `operation` with its statement number 0, 1, 2 … failing until it runs through, and calls `check` after each try:
 * `done` tells whether it had succeeded. Returns how many statements were failed. */
int test_faults(struct call *c, fail (*operation)(struct call *c, void *arg), void (*check)(struct call *c, void *arg, bool done), void *arg);

/* The whole number that a statement text without parameters gives, for looking at the database from outside of the queries. */
int64_t test_int(struct call *c, const char *sql);
/* Runs statement texts as one change, also such as no query does. */
void test_sql(struct call *c, const char *sql);
/* A directory of this test program for files, removed at its end. */
const char *test_dir(void);

#endif
