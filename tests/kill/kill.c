/* kill.c — a program to be killed, and one that looks at what it left.
 *
 *   kill write DB ACKS THREADS   writes for ever; the id of every acknowledged change is appended to ACKS
 *   kill check DB ACKS           every acknowledged change is there, none is there in part, the journal holds together
 *
 * A change is a unit, two settings of it and a journal entry. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/id.h"
#include "db/journal.h"

enum { CALL_BYTES = 64 << 20, SMALL_CALL_BYTES = 1 << 20 };

static struct db *db;
static int acks;

static void must(struct call *c, fail f, const char *what)
{
	if (f == FAIL_OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", what, fail_name(f), c->problem.text);
	_exit(1);
}

#define QUERY(n, text) { .name = "kill", .sqlite = text, .postgres = text, .params = n, .slot = -1 }

/* ---- writing ---- */

static fail add(struct call *c, void *arg)
{
	static const struct query unit = QUERY(2, "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2)");
	static const struct query setting = QUERY(2, "INSERT INTO unit_setting (unit_id, name, value) VALUES ($1, $2, 'x')");
	int64_t id = *(int64_t *)arg;

	TRY(db_exec(c, &unit, ARGS(V(id), V(arena_printf(c->arena, "K%lld", (long long)id))), NULL));
	TRY(db_exec(c, &setting, ARGS(V(id), V("a")), NULL));
	TRY(journal_add(c, 0, id, "create", "unit", id, "", "{}"));
	return db_exec(c, &setting, ARGS(V(id), V("b")), NULL);
}

static void *keep_writing(void *arg)
{
	(void)arg;
	for (;;) {
		struct call c;
		int64_t id = id_new();

		call_begin(&c, SMALL_CALL_BYTES);
		c.db = db;
		must(&c, db_write(&c, add, &id), "write");
		if (write(acks, &id, sizeof id) != sizeof id)
			_exit(1);
		call_end(&c);
	}
	return NULL;
}

static fail count(struct call *c, void *arg)
{
	static const struct query units = QUERY(0, "SELECT count(*) FROM unit");

	return db_int(c, &units, NO_ARGS, 0, arg);
}

/* Readers hold old states, so that the log is in every possible condition when the end comes. */
static void *keep_reading(void *arg)
{
	int64_t n;

	(void)arg;
	for (;;) {
		struct call c;

		call_begin(&c, SMALL_CALL_BYTES);
		c.db = db;
		must(&c, db_read(&c, count, &n), "read");
		call_end(&c);
		usleep(3000);
	}
	return NULL;
}

static int write_for_ever(struct call *c, int threads)
{
	pthread_t t;

	must(c, db_migrate(c, NULL), "migrate");
	for (int i = 0; i < threads; i++)
		pthread_create(&t, NULL, keep_writing, NULL);
	keep_reading(NULL);
	return 1;
}

/* ---- checking ---- */

static int64_t number(struct call *c, const char *sql)
{
	const struct query q = QUERY(0, sql);
	int64_t n = 0;

	must(c, db_read_begin(c), "read");
	must(c, db_int(c, &q, NO_ARGS, 0, &n), sql);
	db_read_end(c);
	return n;
}

static bool is_there(struct call *c, int64_t id)
{
	static const struct query q = QUERY(1, "SELECT count(*) FROM unit WHERE id = $1");
	int64_t n = 0;

	must(c, db_int(c, &q, ARGS(V(id)), 0, &n), "look");
	return n == 1;
}

static int64_t count_missing(struct call *c, FILE *f, int64_t *total)
{
	int64_t id, missing = 0;

	must(c, db_read_begin(c), "read");
	for (*total = 0; fread(&id, sizeof id, 1, f) == 1; ++*total)
		missing += !is_there(c, id);
	db_read_end(c);
	return missing;
}

static int check_all(struct call *c, const char *acks_path)
{
	FILE *f = fopen(acks_path, "rb");
	int64_t acknowledged = 0, entries = 0;
	int64_t missing = f ? count_missing(c, f, &acknowledged) : 0;
	int64_t units = number(c, "SELECT count(*) FROM unit"), settings = number(c, "SELECT count(*) FROM unit_setting");

	must(c, journal_verify(c, &entries), "journal");
	must(c, db_check(c), "check");
	printf("%lld acknowledged, %lld missing; %lld stored, %lld journal entries\n", (long long)acknowledged, (long long)missing,
	       (long long)units, (long long)entries);
	if (missing || settings != 2 * units || entries != units || units < acknowledged)
		return 1;
	return acknowledged == 0; /* a run that wrote nothing has shown nothing */
}

int main(int argc, char **argv)
{
	struct db_options options = { .create = true, .write = true };
	struct call c;

	if (argc < 4)
		return 2;
	call_begin(&c, CALL_BYTES);
	c.lang = LANG_EN;
	must(&c, db_open(&c, argv[2], &options, &db), "open");
	c.db = db;
	if (strcmp(argv[1], "write") == 0) {
		acks = open(argv[3], O_WRONLY | O_CREAT | O_APPEND, 0644);
		return write_for_ever(&c, argc > 4 ? atoi(argv[4]) : 8);
	}
	int code = check_all(&c, argv[3]);

	db_close(db);
	call_end(&c);
	return code;
}
