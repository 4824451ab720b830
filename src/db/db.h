/* db.h — one way to SQLite and PostgreSQL.
 *
 * Statements live in sql/NAME.sql files, turned by the build into `const struct query Q_name`. Rows come back as structs
 * through the record descriptions of base/record.h: result columns are matched to fields by name, and a column without a
 * field (or a type that does not fit) is FAIL_BROKEN at the first run.
 *
 * Reads: db_read gives the call a read-only connection with one consistent snapshot. Writes: db_write runs `body` in one
 * write transaction; on SQLite it runs on the single writer thread, grouped with others that wait, each behind a savepoint
 * of its own; on PostgreSQL on a pooled connection under SERIALIZABLE, repeated on clashes. `body` may run more than once,
 * so it does nothing the database cannot take back. db_write returns after the commit is durable.
 *
 * What this room does not know: units, meetings, points. */
#ifndef CHIBO_DB_DB_H
#define CHIBO_DB_DB_H

#include "base/call.h"
#include "base/record.h"

enum db_engine { DB_SQLITE, DB_POSTGRES };

struct query {
	const char *name;
	const char *sqlite;   /* text for each engine: the same unless overridden in NAME.postgres.sql */
	const char *postgres;
	int params;           /* $1 … $params */
	int slot;             /* index in db_queries, for statement caches; -1: prepared anew at every run */
};
extern const struct query *const db_queries[]; /* all statements of the program, NULL-ended (generated) */
extern const int db_query_count;

enum db_type { DBV_NULL, DBV_INT, DBV_TEXT, DBV_BLOB, DBV_OTHER /* of a result: a type this program does not use */ };
struct dbv {
	enum db_type type;
	int64_t i;
	const char *s; /* text, or bytes of a blob */
	size_t size;   /* bytes */
};
struct db_args { const struct dbv *v; int n; };

struct dbv dbv_int(int64_t i);          /* INT_UNKNOWN → NULL */
struct dbv dbv_bool(bool b);            /* 0 or 1 */
struct dbv dbv_text(const char *s);     /* NULL → NULL */
#define DBV_RING 64
struct dbv dbv_date(struct date d);     /* text; DATE_NONE → NULL. The text is kept in a ring of DBV_RING a thread */
struct dbv dbv_moment(struct moment m); /* likewise */
struct dbv dbv_tenths(struct tenths p); /* TENTHS_NONE → NULL */
struct dbv dbv_blob(struct blob b);
#define V(x)                                                                                                           \
	_Generic((x), int64_t: dbv_int, int32_t: dbv_int, unsigned: dbv_int, bool: dbv_bool, char *: dbv_text,             \
	         const char *: dbv_text, struct date: dbv_date, struct moment: dbv_moment, struct tenths: dbv_tenths,      \
	         struct blob: dbv_blob)(x)
#define ARGS(...)                                                                                                      \
	((struct db_args){ (const struct dbv[]){ __VA_ARGS__ }, sizeof((const struct dbv[]){ __VA_ARGS__ }) / sizeof(struct dbv) })
#define NO_ARGS ((struct db_args){ NULL, 0 })

/* ---- opening ---- */

struct db_options {
	bool create;        /* make the file if it is not there */
	bool write;         /* take the writer's place (SQLite: the exclusive lock file; FAIL_BUSY if another process holds it) */
	int readers;        /* read connections kept open; 0: as many as there are processors, at least 4 */
};
/* `url` is a path, or postgres://… ; the result belongs to the caller (db_close). Problems go to the call. */
fail db_open(struct call *c, const char *url, const struct db_options *options, struct db **out) MUST_CHECK;
void db_close(struct db *db);
enum db_engine db_engine_of(const struct db *db);
const char *db_url(const struct db *db); /* without a password */

/* Brings the schema up to date: numbered migrations, one transaction each, checksums compared (a changed old migration is
 * FAIL_BROKEN). *applied (may be NULL) gets how many ran. Needs options.write. */
fail db_migrate(struct call *c, int *applied) MUST_CHECK;
/* FAIL_CONFLICT with advice when the schema is older or newer than the program. */
fail db_check_schema(struct call *c) MUST_CHECK;

/* ---- transactions ---- */

typedef fail db_body(struct call *c, void *arg);
/* Runs `body` with a read-only snapshot. Nested reads join the outer transaction. */
fail db_read(struct call *c, db_body *body, void *arg) MUST_CHECK;
/* Runs `body` in one write transaction and returns after the commit. Nested writes join the outer transaction, behind a savepoint:
 * a failed inner body undoes its own changes only. Arena objects made by a run that is repeated stay until the call ends. */
fail db_write(struct call *c, db_body *body, void *arg) MUST_CHECK;
/* Takes and gives back the read connection by hand: for a request that reads through its whole life. */
fail db_read_begin(struct call *c) MUST_CHECK;
void db_read_end(struct call *c);
/* Lets go of the snapshot of db_read_begin: the next statement sees the latest commit. FAIL_BROKEN inside a db_read or db_write body. */
fail db_read_renew(struct call *c) MUST_CHECK;

/* ---- statements (inside db_read or db_write) ---- */

/* All rows, in the call's arena. *rows points to *n structs of r->size bytes. */
fail db_all(struct call *c, const struct query *q, struct db_args args, const struct record *r, void *rows, size_t *n) MUST_CHECK;
/* The one row; FAIL_NOT_FOUND (without a recorded problem) when there is none. */
fail db_one(struct call *c, const struct query *q, struct db_args args, const struct record *r, void *row) MUST_CHECK;
/* Row after row in constant memory. `row` and its texts are valid during the callback only. A failing callback ends the walk. */
fail db_each(struct call *c, const struct query *q, struct db_args args, const struct record *r,
             fail (*each)(struct call *c, const void *row, void *arg), void *arg) MUST_CHECK;
/* A single whole number: the first column of the first row; `otherwise` when there is no row or NULL. */
fail db_int(struct call *c, const struct query *q, struct db_args args, int64_t otherwise, int64_t *out) MUST_CHECK;
/* A change. *changed (may be NULL) gets the number of rows. Unique and foreign-key violations are FAIL_CONFLICT with a plain sentence. */
fail db_exec(struct call *c, const struct query *q, struct db_args args, int64_t *changed) MUST_CHECK;

/* Inside a long write that fills tables: lets PostgreSQL look again at those that have grown much since it last looked. Its plans, also those
 * of foreign keys, were made when they were empty and would read a whole table for every row. SQLite: nothing. */
fail db_grown(struct call *c) MUST_CHECK;

/* ---- tests and care ---- */

/* The n-th statement from now (0 = the next) of this database fails as if the engine had refused it; -1 ends that. */
void db_fault_after(struct db *db, int n);
/* Is a statement still waiting to be failed? */
bool db_fault_pending(const struct db *db);
/* Copies the whole database to a new file while it is in use (SQLite backup API; PostgreSQL: FAIL_INPUT naming pg_dump).
 * FAIL_CONFLICT when the file is there already. */
fail db_backup(struct call *c, const char *path) MUST_CHECK;
/* Replaces everything by the content of a backup, as one change, after the file itself was checked: schema, pages, references,
 * journal. What other rooms keep in memory has to be read again afterwards. PostgreSQL: FAIL_INPUT naming pg_restore. */
fail db_restore(struct call *c, const char *path) MUST_CHECK;
/* Engine's own consistency check (SQLite integrity_check and foreign_key_check; PostgreSQL does this on its own). Outside of transactions. */
fail db_check(struct call *c) MUST_CHECK;

#endif
