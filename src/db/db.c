/* db.c — opening by address, values, and running statements into structs. Transactions are in tx.c. */
#include "db/db.h"

#include <stdlib.h>
#include <string.h>

#include "db/engine.h"
#include "db/rows.h"

/* ---- values ---- */

struct dbv dbv_int(int64_t i)
{
	return i == INT_UNKNOWN ? (struct dbv){ .type = DBV_NULL } : (struct dbv){ .type = DBV_INT, .i = i };
}

struct dbv dbv_bool(bool b)
{
	return (struct dbv){ .type = DBV_INT, .i = b };
}

struct dbv dbv_text(const char *s)
{
	return s ? (struct dbv){ .type = DBV_TEXT, .s = s, .size = strlen(s) } : (struct dbv){ .type = DBV_NULL };
}

/* Arguments are used at once: a statement takes far fewer than the ring holds. */
static char *ring_text(void)
{
	static _Thread_local char ring[DBV_RING][MOMENT_TEXT];
	static _Thread_local unsigned next;

	return ring[next++ % DBV_RING];
}

struct dbv dbv_date(struct date d)
{
	if (!date_is(d))
		return dbv_text(NULL);
	char *s = ring_text();

	date_format(d, s);
	return dbv_text(s);
}

struct dbv dbv_moment(struct moment m)
{
	if (!moment_is(m))
		return dbv_text(NULL);
	char *s = ring_text();

	moment_format(m, s);
	return dbv_text(s);
}

struct dbv dbv_tenths(struct tenths p)
{
	return tenths_is(p) ? dbv_int(p.t) : dbv_text(NULL);
}

struct dbv dbv_blob(struct blob b)
{
	return b.data ? (struct dbv){ .type = DBV_BLOB, .s = b.data, .size = b.size } : (struct dbv){ .type = DBV_NULL };
}

/* ---- opening ---- */

static bool is_postgres(const char *url)
{
	return strncmp(url, "postgres://", 11) == 0 || strncmp(url, "postgresql://", 13) == 0;
}

static fail open_engine(struct call *c, struct db *db)
{
	return db->kind == DB_SQLITE ? sqlite_open(c, db) : postgres_open(c, db);
}

fail db_open(struct call *c, const char *url, const struct db_options *options, struct db **out)
{
	struct db *db = calloc(1, sizeof *db);
	fail f = FAIL_BUSY;

	if (db) {
		db->kind = is_postgres(url) ? DB_POSTGRES : DB_SQLITE;
		db->engine = db->kind == DB_SQLITE ? &engine_sqlite : &engine_postgres;
		db->options = *options;
		db->path = strdup(url);
		db->url = strdup(url);
		atomic_init(&db->fault, -1);
		if (db->path && db->url)
			f = open_engine(c, db);
	}
	if (f == FAIL_OK) {
		*out = db;
		return FAIL_OK;
	}
	if (db) {
		free(db->path);
		free(db->url);
		free(db);
	}
	return problem(c, f, "", "the machine has no memory left");
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db->engine->close(db);
	free(db->path);
	free(db->url);
	free(db);
}

enum db_engine db_engine_of(const struct db *db)
{
	return db->kind;
}

const char *db_url(const struct db *db)
{
	return db->url;
}

/* ---- statements ---- */

static fail check_use(struct call *c, const struct query *q, struct db_args args)
{
	if (!c->conn)
		return problem(c, FAIL_BROKEN, q->name, "statement %s runs outside of a transaction", q->name);
	if (args.n != q->params)
		return problem(c, FAIL_BROKEN, q->name, "statement %s takes %d parameters, %d are given", q->name, q->params, args.n);
	if (c->conn->failed)
		return problem(c, FAIL_BROKEN, q->name, "statement %s follows one that failed", q->name);
	return FAIL_OK;
}

static fail rows_begin(struct call *c, const struct query *q, struct db_args args, bool stream, struct db_rows *r)
{
	TRY(check_use(c, q, args));
	struct db_conn *conn = c->conn;

	*r = (struct db_rows){ .conn = conn, .query = q };
	if (!conn->begun) {
		TRY(conn->db->engine->command(c, conn, CMD_BEGIN_READ));
		conn->begun = true;
	}
	fail f = tx_fault(c, conn->db);

	if (f == FAIL_OK)
		f = conn->db->engine->start(c, r, args, stream);
	conn->failed = f != FAIL_OK;
	return f;
}

static fail rows_next(struct call *c, struct db_rows *r, bool *more)
{
	fail f = r->conn->db->engine->next(c, r, more);

	if (f != FAIL_OK)
		r->conn->failed = true;
	return f;
}

static void rows_end(struct db_rows *r)
{
	r->conn->db->engine->end(r);
}

/* An empty row of the record, to start every row from. */
static void *blank_row(struct call *c, const struct record *record)
{
	void *blank = arena_alloc(c->arena, record->size);

	record_clear(record, blank);
	return blank;
}

struct list { char *rows; size_t n, room; };

static void *list_add(struct call *c, struct list *l, const struct record *record, const void *blank)
{
	if (l->n == l->room) {
		size_t room = l->room ? l->room * 2 : 8;
		char *rows = arena_array(c->arena, room, record->size);

		if (l->n)
			memcpy(rows, l->rows, l->n * record->size);
		l->rows = rows;
		l->room = room;
	}
	return memcpy(l->rows + l->n++ * record->size, blank, record->size);
}

static fail fill_list(struct call *c, struct db_rows *r, const struct record *record, struct list *l)
{
	const void *blank = blank_row(c, record);
	bool more;

	TRY(rows_map(c, r, record));
	for (;;) {
		TRY(rows_next(c, r, &more));
		if (!more)
			return FAIL_OK;
		TRY(rows_fill(c, r, c->arena, list_add(c, l, record, blank)));
	}
}

fail db_all(struct call *c, const struct query *q, struct db_args args, const struct record *record, void *rows, size_t *n)
{
	struct db_rows r;
	struct list l = { 0 };

	TRY(rows_begin(c, q, args, false, &r));
	fail f = fill_list(c, &r, record, &l);

	rows_end(&r);
	if (f == FAIL_OK) {
		memcpy(rows, &l.rows, sizeof l.rows);
		*n = l.n;
	}
	return f;
}

static fail fill_one(struct call *c, struct db_rows *r, const struct record *record, void *row)
{
	bool more;

	TRY(rows_map(c, r, record));
	TRY(rows_next(c, r, &more));
	if (!more)
		return FAIL_NOT_FOUND;
	record_clear(record, row);
	return rows_fill(c, r, c->arena, row);
}

fail db_one(struct call *c, const struct query *q, struct db_args args, const struct record *record, void *row)
{
	struct db_rows r;

	TRY(rows_begin(c, q, args, false, &r));
	fail f = fill_one(c, &r, record, row);

	rows_end(&r);
	return f;
}

static fail walk(struct call *c, struct db_rows *r, const struct record *record,
                 fail (*each)(struct call *c, const void *row, void *arg), void *arg)
{
	const void *blank = blank_row(c, record);
	void *row = arena_alloc(c->arena, record->size);
	bool more;

	TRY(rows_map(c, r, record));
	for (;;) {
		TRY(rows_next(c, r, &more));
		if (!more)
			return FAIL_OK;
		memcpy(row, blank, record->size);
		TRY(rows_fill(c, r, NULL, row));
		TRY(each(c, row, arg));
	}
}

fail db_each(struct call *c, const struct query *q, struct db_args args, const struct record *record,
             fail (*each)(struct call *c, const void *row, void *arg), void *arg)
{
	struct db_rows r;

	TRY(rows_begin(c, q, args, true, &r));
	fail f = walk(c, &r, record, each, arg);

	rows_end(&r);
	return f;
}

static fail first_int(struct call *c, struct db_rows *r, int64_t otherwise, int64_t *out)
{
	bool more;

	TRY(rows_next(c, r, &more));
	struct dbv v = more ? r->conn->db->engine->cell(r, 0) : (struct dbv){ .type = DBV_NULL };

	if (v.type != DBV_NULL && v.type != DBV_INT)
		return problem(c, FAIL_BROKEN, r->query->name, "statement %s: the first column is not a whole number", r->query->name);
	*out = v.type == DBV_NULL ? otherwise : v.i;
	return FAIL_OK;
}

fail db_int(struct call *c, const struct query *q, struct db_args args, int64_t otherwise, int64_t *out)
{
	struct db_rows r;

	TRY(rows_begin(c, q, args, false, &r));
	fail f = first_int(c, &r, otherwise, out);

	rows_end(&r);
	return f;
}

static fail run_to_end(struct call *c, struct db_rows *r)
{
	bool more = true;

	while (more)
		TRY(rows_next(c, r, &more));
	return FAIL_OK;
}

fail db_exec(struct call *c, const struct query *q, struct db_args args, int64_t *changed)
{
	struct db_rows r;

	TRY(rows_begin(c, q, args, false, &r));
	fail f = run_to_end(c, &r);

	if (f == FAIL_OK && changed)
		*changed = r.changed;
	rows_end(&r);
	return f;
}

fail problem_unique(struct call *c, const char *what)
{
	return problem(c, FAIL_CONFLICT, "", "there is already an entry with the same code or key (%s)", what);
}

fail problem_reference(struct call *c)
{
	return problem(c, FAIL_CONFLICT, "", "it refers to something that does not exist, or something else still refers to it");
}

/* ---- tests and care ---- */

void db_fault_after(struct db *db, int n)
{
	atomic_store(&db->fault, n);
}

bool db_fault_pending(const struct db *db)
{
	return atomic_load(&db->fault) >= 0;
}

fail db_check(struct call *c)
{
	return c->db->engine->check(c);
}

fail db_backup(struct call *c, const char *path)
{
	return c->db->engine->backup(c, path);
}

fail db_restore(struct call *c, const char *path)
{
	return c->db->engine->restore(c, path);
}

/* More than 1000 bytes for each row known at the last look: the table is at least twice, as a rule five times as large by now. */
static const char look_again[] =
	"DO $$ DECLARE t RECORD; BEGIN "
	"FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
	"AND pg_relation_size(oid) > 65536 AND pg_relation_size(oid) > greatest(reltuples, 1) * 1000 "
	"LOOP EXECUTE format('ANALYZE %I', t.relname); END LOOP; END $$";

fail db_grown(struct call *c)
{
	if (c->db->kind != DB_POSTGRES)
		return FAIL_OK;
	return c->db->engine->script(c, c->conn, look_again);
}
