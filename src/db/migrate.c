/* migrate.c — brings a schema up to date and tells when it is older, newer or changed behind our back. */
#include "db/migrate.h"

#include <sodium.h>
#include <string.h>

#include "db/engine.h"
#include "db_sql.h"

enum { CHECKSUM_BYTES = 16, CHECKSUM_TEXT = 2 * CHECKSUM_BYTES + 1 };

struct applied {
	int64_t number;
	const char *name, *checksum;
};

static const struct record applied_record = {
	.name = "migration", .size = sizeof(struct applied), .fields = (const struct field[]){
		COL(struct applied, number),
		COL(struct applied, name),
		COL(struct applied, checksum),
		FIELD_END,
	},
};

static const char *text_of(const struct call *c, const struct migration *m)
{
	return db_engine_of(c->db) == DB_SQLITE ? m->sqlite : m->postgres;
}

static void checksum_of(const char *text, char out[CHECKSUM_TEXT])
{
	unsigned char hash[CHECKSUM_BYTES];

	crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
	sodium_bin2hex(out, CHECKSUM_TEXT, hash, sizeof hash);
}

static int count_of(const struct migration *list)
{
	int n = 0;

	while (list[n].number)
		n++;
	return n;
}

static fail read_applied(struct call *c, struct applied **rows, size_t *n)
{
	int64_t there;

	*n = 0;
	TRY(db_int(c, &Q_migration_table_exists, NO_ARGS, 0, &there));
	return there ? db_all(c, &Q_migration_list, NO_ARGS, &applied_record, rows, n) : FAIL_OK;
}

static fail check_one(struct call *c, const struct migration *m, const struct applied *a)
{
	char checksum[CHECKSUM_TEXT];

	checksum_of(text_of(c, m), checksum);
	if (a->number == m->number && strcmp(a->checksum, checksum) == 0)
		return FAIL_OK;
	return problem(c, FAIL_BROKEN, "db",
	               "migration %s of this database is not the one this program knows: use the program that made it, or a backup", a->name);
}

/* Those that were applied are a beginning of the list, unchanged. */
static fail check_applied(struct call *c, const struct migration *list, const struct applied *rows, size_t n)
{
	if (n > (size_t)count_of(list))
		return problem(c, FAIL_CONFLICT, "db", "the database was made by a newer program (schema %d, this one knows %d): install that one",
		               (int)n, count_of(list));
	for (size_t i = 0; i < n; i++)
		TRY(check_one(c, &list[i], &rows[i]));
	return FAIL_OK;
}

struct step {
	const struct migration *list;
	bool done; /* nothing was left to do */
};

static const char table_text[] =
	"CREATE TABLE schema_migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at_ms BIGINT NOT NULL)";
static const char sqlite_table_text[] =
	"CREATE TABLE schema_migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT";

static fail make_table(struct call *c)
{
	int64_t there;

	TRY(db_int(c, &Q_migration_table_exists, NO_ARGS, 0, &there));
	if (there)
		return FAIL_OK;
	return c->db->engine->script(c, c->conn, db_engine_of(c->db) == DB_SQLITE ? sqlite_table_text : table_text);
}

/* One migration in one transaction; two processes that begin together do not apply it twice. */
static fail apply_next(struct call *c, void *arg)
{
	struct step *s = arg;
	struct applied *rows;
	char checksum[CHECKSUM_TEXT];
	size_t n;

	TRY(make_table(c));
	TRY(read_applied(c, &rows, &n));
	TRY(check_applied(c, s->list, rows, n));
	const struct migration *m = &s->list[n];

	s->done = m->number == 0;
	if (s->done)
		return FAIL_OK;
	checksum_of(text_of(c, m), checksum);
	TRY(tx_fault(c, c->db));
	TRY(c->db->engine->script(c, c->conn, text_of(c, m)));
	return db_exec(c, &Q_migration_add, ARGS(V(m->number), V(m->name), dbv_text(checksum), V(c->now_ms)), NULL);
}

fail migrate_with(struct call *c, const struct migration *list, int *applied)
{
	struct step s = { .list = list };
	int n = 0;

	for (;;) {
		TRY(db_write(c, apply_next, &s));
		if (s.done)
			break;
		n++;
	}
	if (applied)
		*applied = n;
	return FAIL_OK;
}

static fail check_body(struct call *c, void *arg)
{
	const struct migration *list = arg;
	struct applied *rows;
	size_t n;

	TRY(read_applied(c, &rows, &n));
	TRY(check_applied(c, list, rows, n));
	if (n == 0)
		return problem(c, FAIL_CONFLICT, "db", "there is nothing of chibo in this database yet: “chibo init” prepares it");
	if (n < (size_t)count_of(list))
		return problem(c, FAIL_CONFLICT, "db",
		               "the database is of an older program (schema %d, this one needs %d): make a backup, then run “chibo init” on it",
		               (int)n, count_of(list));
	return FAIL_OK;
}

fail migrate_check(struct call *c, const struct migration *list)
{
	return db_read(c, check_body, (void *)list);
}

fail db_migrate(struct call *c, int *applied)
{
	return migrate_with(c, db_migrations, applied);
}

fail db_check_schema(struct call *c)
{
	return migrate_check(c, db_migrations);
}
