/* test_store.c — what keeps a database right over years: migrations, the journal, backups, the writer's lock. */
#include "support/support.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/journal.h"
#include "db/migrate.h"

/* ---- migrations ---- */

#define BOTH_TEXTS(text) text, text

static const struct migration old_list[] = {
	{ 1, "0001-one", BOTH_TEXTS("CREATE TABLE a (x TEXT)") },
	{ 0, NULL, NULL, NULL },
};
static const struct migration new_list[] = {
	{ 1, "0001-one", BOTH_TEXTS("CREATE TABLE a (x TEXT)") },
	{ 2, "0002-two", BOTH_TEXTS("CREATE TABLE b (x TEXT); INSERT INTO b VALUES ('it''s; here')") },
	{ 3, "0003-three", BOTH_TEXTS("ALTER TABLE b ADD COLUMN y TEXT") },
	{ 0, NULL, NULL, NULL },
};
static const struct migration changed_list[] = {
	{ 1, "0001-one", BOTH_TEXTS("CREATE TABLE a (x TEXT, y TEXT)") },
	{ 0, NULL, NULL, NULL },
};
static const struct migration broken_list[] = {
	{ 1, "0001-one", BOTH_TEXTS("CREATE TABLE a (x TEXT)") },
	{ 2, "0002-two", BOTH_TEXTS("CREATE TABLE b (x TEXT); INSERT INTO nowhere VALUES (1)") },
	{ 0, NULL, NULL, NULL },
};

static void migrations_run(struct call *c)
{
	int applied;

	assert_fails(c, FAIL_CONFLICT, migrate_check(c, old_list));
	assert_ok(c, migrate_with(c, old_list, &applied));
	assert_int_equal(applied, 1);
	assert_ok(c, migrate_check(c, old_list));
	assert_fails(c, FAIL_CONFLICT, migrate_check(c, new_list));
	assert_non_null(strstr(test_problem.text, "older program"));
	assert_ok(c, migrate_with(c, new_list, &applied));
	assert_int_equal(applied, 2);
	assert_ok(c, migrate_with(c, new_list, &applied));
	assert_int_equal(applied, 0);
	assert_ok(c, migrate_check(c, new_list));
	assert_int_equal(test_int(c, "SELECT count(*) FROM b WHERE x = 'it''s; here' AND y IS NULL"), 1);
	assert_fails(c, FAIL_CONFLICT, migrate_check(c, old_list));
	assert_non_null(strstr(test_problem.text, "newer program"));
	assert_fails(c, FAIL_CONFLICT, migrate_with(c, old_list, NULL));
}

static void a_changed_migration_is_refused(struct call *c)
{
	assert_ok(c, migrate_with(c, old_list, NULL));
	assert_fails(c, FAIL_BROKEN, migrate_check(c, changed_list));
	assert_fails(c, FAIL_BROKEN, migrate_with(c, changed_list, NULL));
	assert_non_null(strstr(test_problem.text, "0001-one"));
}

static void a_migration_is_applied_whole_or_not(struct call *c)
{
	assert_fails(c, FAIL_BROKEN, migrate_with(c, broken_list, NULL));
	assert_ok(c, migrate_check(c, old_list));
	assert_ok(c, migrate_with(c, new_list, NULL));
}

static fail migrate_new(struct call *c, void *arg)
{
	(void)arg;
	return migrate_with(c, new_list, NULL);
}

static void still_a_beginning(struct call *c, void *arg, bool done)
{
	(void)arg;
	fail f = migrate_check(c, new_list);

	assert_true(done ? f == FAIL_OK : f == FAIL_CONFLICT || f == FAIL_OK);
	problem_clear(c);
}

static void migrations_stand_faults(struct call *c)
{
	assert_true(test_faults(c, migrate_new, still_a_beginning, NULL) >= 2);
}

/* ---- journal ---- */

static fail add_entries(struct call *c, void *arg)
{
	for (int64_t i = 0; i < *(int *)arg; i++)
		TRY(journal_add(c, 5, 6, "update", "unit", i % 3, "{\"name\":\"cũ\"}", i % 2 ? "{\"name\":\"mới\"}" : NULL));
	return FAIL_OK;
}

static fail read_entries(struct call *c, void *arg)
{
	struct journal_entry *rows;
	size_t n;

	(void)arg;
	TRY(journal_of(c, "unit", 1, &rows, &n));
	assert_int_equal(n, 3);
	assert_true(rows[0].seq > rows[1].seq);
	assert_string_equal(rows[0].actor, "cli");
	assert_string_equal(rows[0].before, "{\"name\":\"cũ\"}");
	TRY(journal_of_unit(c, 6, INT64_MAX, 4, &rows, &n));
	assert_int_equal(n, 4);
	TRY(journal_of_unit(c, 6, rows[0].at_ms, 4, &rows, &n));
	assert_int_equal(n, 0);
	return FAIL_OK;
}

TEST_BOTH(journal_entries_are_chained_and_found)
{
	int n = 9;
	int64_t entries;

	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries, 0);
	assert_ok(c, db_write(c, add_entries, &n));
	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries, 9);
	assert_ok(c, db_read(c, read_entries, NULL));
	assert_fails(c, FAIL_BROKEN, add_entries(c, &n));
}

static const struct { const char *what, *sql, *undo; } tampering[] = {
	{ "a changed field", "UPDATE journal SET actor = 'x' WHERE seq = 4", "UPDATE journal SET actor = 'cli' WHERE seq = 4" },
	{ "another moment", "UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 1", "UPDATE journal SET at_ms = at_ms - 1 WHERE seq = 1" },
	{ "text moved to the next field", "UPDATE journal SET action = 'updateu', entity = 'nit' WHERE seq = 2",
	  "UPDATE journal SET action = 'update', entity = 'unit' WHERE seq = 2" },
	{ "a number changed", "UPDATE journal SET seq = 99 WHERE seq = 9", "UPDATE journal SET seq = 9 WHERE seq = 99" },
	{ "two entries exchanged", "UPDATE journal SET entity_id = 2 - entity_id WHERE seq IN (1, 3)",
	  "UPDATE journal SET entity_id = 2 - entity_id WHERE seq IN (1, 3)" },
	{ "the head of a chain", "UPDATE journal_head SET seq = 8", "UPDATE journal_head SET seq = 9" },
};

static const char *const cutting[] = {
	"DELETE FROM journal WHERE seq = 9",  /* the end */
	"DELETE FROM journal WHERE seq = 4",  /* the middle */
	"DELETE FROM journal",                /* everything but the head */
	"DELETE FROM journal_head",           /* only the head, after everything */
};

TEST_BOTH(journal_tampering_is_found)
{
	int n = 9;

	assert_ok(c, db_write(c, add_entries, &n));
	for (size_t i = 0; i < sizeof tampering / sizeof *tampering; i++) {
		test_sql(c, tampering[i].sql);
		print_message("%s\n", tampering[i].what);
		assert_fails(c, FAIL_BROKEN, journal_verify(c, NULL));
		test_sql(c, tampering[i].undo);
		assert_ok(c, journal_verify(c, NULL));
	}
	for (size_t i = 0; i < 3; i++) {
		test_sql(c, cutting[i]);
		assert_fails(c, FAIL_BROKEN, journal_verify(c, NULL));
	}
}

TEST_BOTH(a_journal_without_its_head_is_found)
{
	int n = 2;

	assert_ok(c, db_write(c, add_entries, &n));
	test_sql(c, cutting[3]);
	assert_fails(c, FAIL_BROKEN, journal_verify(c, NULL));
}

/* ---- opening ---- */

static const struct db_options to_read = { 0 }, to_write = { .write = true }, to_make = { .create = true, .write = true };

static const char *in_dir(struct call *c, const char *name)
{
	return arena_printf(c->arena, "%s/%s", test_dir(), name);
}

static void what_is_no_database_is_told(void **state)
{
	struct call c;
	struct db *db;
	FILE *f;

	(void)state;
	test_call(&c);
	assert_fails(&c, FAIL_NOT_FOUND, db_open(&c, in_dir(&c, "missing.db"), &to_read, &db));
	assert_non_null(strstr(test_problem.text, "chibo init"));
	f = fopen(in_dir(&c, "text.db"), "w");
	for (int i = 0; i < 200; i++)
		fputs("this is only a text\n", f);
	fclose(f);
	assert_fails(&c, FAIL_INPUT, db_open(&c, in_dir(&c, "text.db"), &to_read, &db));
	assert_fails(&c, FAIL_INPUT, db_open(&c, in_dir(&c, "text.db"), &to_write, &db));
	assert_fails(&c, FAIL_INPUT, db_open(&c, in_dir(&c, "no/such/dir/x.db"), &to_make, &db));
	assert_fails(&c, FAIL_BUSY, db_open(&c, "postgres://nobody@/x?host=/nonexistent", &to_read, &db));
	assert_fails(&c, FAIL_INPUT, db_open(&c, "postgres://nobody@/x?nonsense=1", &to_read, &db));
	call_end(&c);
}

static void a_path_starts_from_the_calls_own_directory(void **state)
{
	struct call c;
	struct db *db;

	(void)state;
	test_call(&c);
	c.cwd = open(test_dir(), O_RDONLY | O_DIRECTORY);
	assert_ok(&c, db_open(&c, "relative.db", &to_make, &db));
	close(c.cwd);
	c.cwd = AT_FDCWD;
	c.db = db;
	assert_ok(&c, db_migrate(&c, NULL));
	db_close(db);
	assert_int_equal(access(in_dir(&c, "relative.db"), F_OK), 0);
	assert_int_not_equal(access(in_dir(&c, "relative.db-wal"), F_OK), 0);
	call_end(&c);
}

/* In a process of its own: what it finds, as its exit code. */
static int open_elsewhere(const char *path, const struct db_options *options)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		struct call c;
		struct db *db;

		test_call(&c);
		fail f = db_open(&c, path, options, &db);

		if (f == FAIL_OK) {
			c.db = db;
			f = db_check_schema(&c);
			db_close(db);
		}
		_exit(fail_exit(f));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void one_process_writes(void **state)
{
	struct call c;
	const char *path;

	(void)state;
	test_call(&c);
	path = in_dir(&c, "locked.db");
	assert_ok(&c, db_open(&c, path, &to_make, &c.db));
	assert_ok(&c, db_migrate(&c, NULL));
	struct db *again;

	assert_fails(&c, FAIL_BUSY, db_open(&c, path, &to_write, &again));
	assert_non_null(strstr(test_problem.text, arena_printf(c.arena, "(%ld)", (long)getpid())));
	assert_int_equal(open_elsewhere(path, &to_write), fail_exit(FAIL_BUSY));
	assert_int_equal(open_elsewhere(path, &to_read), 0);
	db_close(c.db);
	assert_int_equal(open_elsewhere(path, &to_write), 0);
	call_end(&c);
}

static void who_opens_for_reading_does_not_write(void **state)
{
	struct call c;
	int n = 1;

	(void)state;
	test_call(&c);
	assert_ok(&c, db_open(&c, in_dir(&c, "readonly.db"), &to_make, &c.db));
	assert_ok(&c, db_migrate(&c, NULL));
	db_close(c.db);
	assert_ok(&c, db_open(&c, in_dir(&c, "readonly.db"), &to_read, &c.db));
	assert_fails(&c, FAIL_DENIED, db_write(&c, add_entries, &n));
	assert_fails(&c, FAIL_DENIED, db_restore(&c, in_dir(&c, "readonly.db")));
	db_close(c.db);
	call_end(&c);
}

static void the_address_is_shown_without_a_password(struct call *c)
{
	assert_null(strstr(db_url(c->db), "search_path"));
	struct call other;
	struct db *db;

	test_call(&other);
	const char *url = arena_printf(other.arena, "%s&password=secret", test_db_url(c));

	assert_ok(&other, db_open(&other, url, &to_read, &db));
	assert_null(strstr(db_url(db), "secret"));
	assert_non_null(strstr(db_url(db), "postgres@"));
	db_close(db);
	call_end(&other);
}

/* ---- backups ---- */

static void damage(const char *path)
{
	FILE *f = fopen(path, "r+b");

	assert_non_null(f);
	for (long at = 5000; at < 200000; at += 3000) {
		fseek(f, at, SEEK_SET);
		fputs("damaged", f);
	}
	fclose(f);
}

static void a_backup_brings_everything_back(struct call *c)
{
	const char *copy = in_dir(c, "copy.db");
	int n = 50;
	int64_t entries;

	assert_ok(c, db_write(c, add_entries, &n));
	assert_ok(c, db_backup(c, copy));
	assert_fails(c, FAIL_CONFLICT, db_backup(c, copy));
	assert_ok(c, db_write(c, add_entries, &n));
	assert_int_equal(open_elsewhere(copy, &to_read), 0);
	assert_ok(c, db_restore(c, copy));
	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries, 50);
	assert_ok(c, db_write(c, add_entries, &n));
	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries, 100);
	assert_ok(c, db_check(c));
}

static void a_bad_backup_changes_nothing(struct call *c)
{
	const char *copy = in_dir(c, "bad.db"), *strange = in_dir(c, "strange.db");
	int n = 500;
	int64_t entries;

	assert_ok(c, db_write(c, add_entries, &n));
	assert_ok(c, db_backup(c, copy));
	damage(copy);
	assert_int_not_equal(db_restore(c, copy), FAIL_OK);
	problem_clear(c);
	assert_fails(c, FAIL_NOT_FOUND, db_restore(c, in_dir(c, "none.db")));
	struct call other;

	test_call(&other);
	assert_ok(&other, db_open(&other, strange, &to_make, &other.db));
	assert_ok(&other, migrate_with(&other, old_list, NULL));
	db_close(other.db);
	call_end(&other);
	assert_fails(c, FAIL_BROKEN, db_restore(c, strange));
	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries, 500);
}

/* Entries are added all the while the copy is made; what is copied is one state. */
struct writer_thread {
	struct db *db;
	atomic_bool stop;
	int64_t written;
};

static void *keep_writing(void *arg)
{
	struct writer_thread *w = arg;
	int n = 20;

	while (!atomic_load(&w->stop)) {
		struct call c;

		test_call(&c);
		c.db = w->db;
		w->written += db_write(&c, add_entries, &n) == FAIL_OK;
		call_end(&c);
	}
	return NULL;
}

static void a_backup_while_writing_is_one_state(struct call *c)
{
	struct writer_thread w = { .db = c->db };
	pthread_t thread;
	int n = 2000;
	int64_t entries;

	for (int i = 0; i < 20; i++)
		assert_ok(c, db_write(c, add_entries, &n));
	assert_int_equal(pthread_create(&thread, NULL, keep_writing, &w), 0);
	assert_ok(c, db_backup(c, in_dir(c, "busy.db")));
	atomic_store(&w.stop, true);
	pthread_join(thread, NULL);
	assert_ok(c, db_restore(c, in_dir(c, "busy.db")));
	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries % 20, 0);
	assert_true(entries >= 40000);
}

static void backups_of_postgres_are_its_own_tools(struct call *c)
{
	assert_fails(c, FAIL_INPUT, db_backup(c, "x"));
	assert_non_null(strstr(test_problem.text, "pg_dump"));
	assert_fails(c, FAIL_INPUT, db_restore(c, "x"));
	assert_non_null(strstr(test_problem.text, "pg_restore"));
	assert_ok(c, db_check(c));
}

static void a_reference_to_nothing_is_found(struct call *c)
{
	sqlite3 *h;

	assert_ok(c, db_check(c));
	assert_int_equal(sqlite3_open(test_db_url(c), &h), SQLITE_OK);
	assert_int_equal(sqlite3_exec(h, "PRAGMA wal_autocheckpoint=0; INSERT INTO unit_setting VALUES (404, 'a', 'b')", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(h);
	assert_fails(c, FAIL_BROKEN, db_check(c));
	assert_non_null(strstr(test_problem.text, "unit_setting"));
}

/* ---- the two runs of tests that are not about the schema ---- */

#define ON_EMPTY(name)                                                                                                 \
	static void name##_sqlite(void **state) { (void)state; test_on_empty(DB_SQLITE, name); }                           \
	static void name##_postgres(void **state) { (void)state; test_on_empty(DB_POSTGRES, name); }
#define ONLY_ON(engine, name)                                                                                          \
	static void name##_only(void **state) { (void)state; test_on(engine, name); }

ON_EMPTY(migrations_run)
ON_EMPTY(a_changed_migration_is_refused)
ON_EMPTY(a_migration_is_applied_whole_or_not)
ON_EMPTY(migrations_stand_faults)
ONLY_ON(DB_POSTGRES, the_address_is_shown_without_a_password)
ONLY_ON(DB_SQLITE, a_backup_brings_everything_back)
ONLY_ON(DB_SQLITE, a_bad_backup_changes_nothing)
ONLY_ON(DB_SQLITE, a_backup_while_writing_is_one_state)
ONLY_ON(DB_SQLITE, a_reference_to_nothing_is_found)
ONLY_ON(DB_POSTGRES, backups_of_postgres_are_its_own_tools)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(migrations_run),
		BOTH(a_changed_migration_is_refused),
		BOTH(a_migration_is_applied_whole_or_not),
		BOTH(migrations_stand_faults),
		BOTH(journal_entries_are_chained_and_found),
		BOTH(journal_tampering_is_found),
		BOTH(a_journal_without_its_head_is_found),
		cmocka_unit_test(what_is_no_database_is_told),
		cmocka_unit_test(a_path_starts_from_the_calls_own_directory),
		cmocka_unit_test(one_process_writes),
		cmocka_unit_test(who_opens_for_reading_does_not_write),
		cmocka_unit_test(the_address_is_shown_without_a_password_only),
		cmocka_unit_test(a_backup_brings_everything_back_only),
		cmocka_unit_test(a_bad_backup_changes_nothing_only),
		cmocka_unit_test(a_backup_while_writing_is_one_state_only),
		cmocka_unit_test(a_reference_to_nothing_is_found_only),
		cmocka_unit_test(backups_of_postgres_are_its_own_tools_only),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
