/* sqlite.c — connections and statements of SQLite.
 *
 * Readers may only read, never checkpoint and leave the log alone when they close: the library of Debian 12 can damage a
 * database when two connections write or checkpoint at the same instant, so exactly one connection of one process does
 * either (writer.c). PATH.lock makes sure of the process. */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
	READER_CACHE_KB = 16384,
	WRITER_CACHE_KB = 16384,  /* SQLite looks through all of it at many commits: small is quick, the system keeps the file anyway */
	LARGE_CACHE_KB = 262144,  /* for a change of more than… */
	LARGE_CHANGE = 10000,     /* …statements: it would write pages again and again */
	WAIT_FOR_READER_S = 30, BUSY_MS = 10000, MAX_PARAMS = 256,
};

struct prepared {
	sqlite3_stmt *stmt;
	struct column_map map;
	unsigned char *index; /* of $1, $2 … in SQLite's own count */
	bool busy;
};

static struct sqlite_conn *own(struct db_conn *conn)
{
	return (struct sqlite_conn *)conn;
}

/* ---- what SQLite says, in our words ---- */

/* "UNIQUE constraint failed: unit.code" → unit */
static const char *unique_table(struct call *c, const char *message)
{
	const char *from = strrchr(message, ':');

	from = from ? from + 1 + strspn(from + 1, " ") : message;
	return arena_strndup(c->arena, from, strcspn(from, "."));
}

static fail engine_problem(struct call *c, struct sqlite_conn *conn, int rc, const char *where)
{
	const char *message = sqlite3_errmsg(conn->h);

	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
		return problem_unique(c, unique_table(c, message));
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return problem_reference(c);
	}
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_NOMEM:
		return problem(c, FAIL_BUSY, "", "the database cannot take this now: %s", message);
	case SQLITE_NOTADB:
	case SQLITE_CANTOPEN:
		return problem(c, FAIL_INPUT, "db", "this is not a database that can be opened: %s", message);
	}
	return problem(c, FAIL_BROKEN, where, "the database refused %s: %s", where, message);
}

/* ---- connections ---- */

static void close_conn(struct sqlite_conn *conn)
{
	if (!conn)
		return;
	for (int i = 0; conn->cache && i < db_query_count; i++) {
		free(conn->cache[i].map.fields);
		free(conn->cache[i].index);
	}
	for (sqlite3_stmt *s; conn->h && (s = sqlite3_next_stmt(conn->h, NULL));)
		sqlite3_finalize(s);
	sqlite3_close(conn->h);
	free(conn->cache);
	free(conn);
}

static int set_up(struct sqlite_conn *conn, bool writer)
{
	char sql[400];

	snprintf(sql, sizeof sql,
	         "PRAGMA busy_timeout=%d; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
	         "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-%d; PRAGMA trusted_schema=OFF;%s",
	         BUSY_MS, writer ? WRITER_CACHE_KB : READER_CACHE_KB,
	         writer ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;" : "PRAGMA query_only=ON;");
	if (!writer)
		sqlite3_db_config(conn->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return sqlite3_exec(conn->h, sql, NULL, NULL, NULL);
}

static const char *writer_vfs_name;

static fail open_conn(struct call *c, struct db *db, bool writer, struct sqlite_conn **out)
{
	struct sqlite_conn *conn = calloc(1, sizeof *conn);

	if (!conn)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	conn->base.db = db;
	conn->base.lane = 1;
	conn->cache = calloc((size_t)db_query_count + 1, sizeof *conn->cache);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (writer ? SQLITE_OPEN_CREATE : 0);
	int rc = conn->cache ? sqlite3_open_v2(db->path, &conn->h, flags, writer ? writer_vfs_name : NULL) : SQLITE_NOMEM;

	if (rc == SQLITE_OK)
		rc = set_up(conn, writer);
	if (rc == SQLITE_OK) {
		*out = conn;
		return FAIL_OK;
	}
	fail f = engine_problem(c, conn, rc, "opening");

	close_conn(conn);
	return f;
}

static struct sqlite_state *state_of(struct db *db)
{
	return db->state;
}

static bool wait_for_free(struct sqlite_state *s)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_FOR_READER_S;
	while (!s->free && s->opened >= s->most)
		if (pthread_cond_timedwait(&s->freed, &s->lock, &until) == ETIMEDOUT)
			return false;
	return true;
}

/* A free reader, or leave to open one more (*out stays NULL); false when all stay in use. */
static bool take_free(struct sqlite_state *s, struct db_conn **out)
{
	pthread_mutex_lock(&s->lock);
	bool may = wait_for_free(s);

	*out = s->free;
	if (*out)
		s->free = (*out)->next;
	else if (may)
		s->opened++;
	pthread_mutex_unlock(&s->lock);
	return may;
}

static fail take_reader(struct call *c, struct db *db, struct db_conn **out)
{
	struct sqlite_state *s = state_of(db);
	struct sqlite_conn *conn;

	if (!take_free(s, out))
		return problem(c, FAIL_BUSY, "", "too many people are reading at this moment; try again");
	if (*out)
		return FAIL_OK;
	fail f = open_conn(c, db, false, &conn);

	if (f == FAIL_OK) {
		*out = &conn->base;
		return FAIL_OK;
	}
	pthread_mutex_lock(&s->lock);
	s->opened--;
	pthread_mutex_unlock(&s->lock);
	return f;
}

static void end_all(struct db_conn *base);

static void give_reader(struct db_conn *conn)
{
	struct sqlite_state *s = state_of(conn->db);

	end_all(conn);
	sqlite_undo(own(conn));
	conn->begun = conn->failed = false;
	pthread_mutex_lock(&s->lock);
	conn->next = s->free;
	s->free = conn;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
}

/* ---- transactions ---- */

static const char *const word_text[CMD_COUNT] = {
	[CMD_BEGIN_READ] = "BEGIN",       [CMD_BEGIN_WRITE] = "BEGIN IMMEDIATE",   [CMD_COMMIT] = "COMMIT",
	[CMD_ROLLBACK] = "ROLLBACK",      [CMD_SAVEPOINT] = "SAVEPOINT inner_part", [CMD_ROLLBACK_TO] = "ROLLBACK TO inner_part",
	[CMD_RELEASE] = "RELEASE inner_part",
};

int sqlite_word(struct sqlite_conn *conn, enum command_word word)
{
	sqlite3_stmt **s = &conn->words[word];
	int rc = SQLITE_OK;

	if (!*s)
		rc = sqlite3_prepare_v3(conn->h, word_text[word], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
	if (rc == SQLITE_OK && sqlite3_step(*s) != SQLITE_DONE)
		rc = sqlite3_extended_errcode(conn->h);
	sqlite3_reset(*s);
	return rc;
}

static void set_cache(struct sqlite_conn *conn, int kb)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d", kb);
	sqlite3_exec(conn->h, sql, NULL, NULL, NULL);
}

void sqlite_rest(struct sqlite_conn *conn)
{
	if (conn->statements >= LARGE_CHANGE)
		set_cache(conn, WRITER_CACHE_KB);
	conn->statements = 0;
}

void sqlite_undo(struct sqlite_conn *conn)
{
	if (!sqlite3_get_autocommit(conn->h))
		sqlite_word(conn, CMD_ROLLBACK);
}

static fail command(struct call *c, struct db_conn *conn, enum command_word word)
{
	int rc = sqlite_word(own(conn), word);

	return rc == SQLITE_OK ? FAIL_OK : engine_problem(c, own(conn), rc, word_text[word]);
}

static fail write_outermost(struct call *c, struct db *db, struct db_conn *reader, db_body *body, void *arg)
{
	(void)reader;
	return writer_run(c, state_of(db)->writer, body, arg);
}

static fail script(struct call *c, struct db_conn *conn, const char *sql)
{
	int rc = sqlite3_exec(own(conn)->h, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? FAIL_OK : engine_problem(c, own(conn), rc, "a script");
}

/* ---- statements ---- */

static void learn_params(sqlite3_stmt *s, int params, unsigned char *index)
{
	char name[16];

	for (int i = 0; i < params; i++) {
		snprintf(name, sizeof name, "$%d", i + 1);
		index[i] = (unsigned char)sqlite3_bind_parameter_index(s, name);
	}
}

/* Prepares a kept statement at its first use. */
static int prepare_kept(struct sqlite_conn *conn, const struct query *q)
{
	struct prepared *p = &conn->cache[q->slot];

	if (p->stmt)
		return SQLITE_OK;
	p->index = calloc((size_t)q->params + 1, 1);
	if (!p->index)
		return SQLITE_NOMEM;
	int rc = sqlite3_prepare_v3(conn->h, q->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &p->stmt, NULL);

	if (rc == SQLITE_OK)
		learn_params(p->stmt, q->params, p->index);
	return rc;
}

static int bind_one(sqlite3_stmt *s, int index, struct dbv v, sqlite3_destructor_type keep)
{
	switch (v.type) {
	case DBV_INT: return sqlite3_bind_int64(s, index, v.i);
	case DBV_TEXT: return sqlite3_bind_text(s, index, v.s, (int)v.size, keep);
	case DBV_BLOB: return sqlite3_bind_blob(s, index, v.s, (int)v.size, keep);
	default: return sqlite3_bind_null(s, index);
	}
}

/* Texts of a streamed statement are copied: the callback may overwrite the ring they lie in. */
static int bind_all(sqlite3_stmt *s, const unsigned char *index, struct db_args args, bool stream)
{
	int rc = SQLITE_OK;

	for (int i = 0; i < args.n && rc == SQLITE_OK; i++)
		rc = bind_one(s, index[i], args.v[i], stream ? SQLITE_TRANSIENT : SQLITE_STATIC);
	return rc;
}

static int use_kept(struct sqlite_conn *conn, struct db_rows *r, unsigned char *index)
{
	struct prepared *p = &conn->cache[r->query->slot];
	int rc = prepare_kept(conn, r->query);

	if (rc != SQLITE_OK)
		return rc;
	memcpy(index, p->index, (size_t)r->query->params);
	p->busy = true;
	r->handle = p->stmt;
	r->map = &p->map;
	conn->open++;
	return SQLITE_OK;
}

/* The same statement is already running further out, or it is not one of the program's: this run has a handle of its own. */
static int use_extra(struct sqlite_conn *conn, struct db_rows *r, unsigned char *index)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v3(conn->h, r->query->sqlite, -1, 0, &s, NULL);

	if (rc != SQLITE_OK)
		return rc;
	learn_params(s, r->query->params, index);
	r->handle = s;
	r->own_handle = true;
	conn->open++;
	conn->extra++;
	return SQLITE_OK;
}

static void end_rows(struct db_rows *r)
{
	struct sqlite_conn *conn = own(r->conn);

	conn->open--;
	if (r->own_handle) {
		conn->extra--;
		sqlite3_finalize(r->handle);
		return;
	}
	sqlite3_reset(r->handle);
	conn->cache[r->query->slot].busy = false;
}

static fail start(struct call *c, struct db_rows *r, struct db_args args, bool stream)
{
	struct sqlite_conn *conn = own(r->conn);
	unsigned char index[MAX_PARAMS];
	bool extra = r->query->slot < 0 || conn->cache[r->query->slot].busy;

	if (conn->base.write && ++conn->statements == LARGE_CHANGE)
		set_cache(conn, LARGE_CACHE_KB);
	int rc = extra ? use_extra(conn, r, index) : use_kept(conn, r, index);

	if (rc != SQLITE_OK)
		return engine_problem(c, conn, rc, r->query->name);
	rc = bind_all(r->handle, index, args, stream);
	if (rc != SQLITE_OK) {
		fail f = engine_problem(c, conn, rc, r->query->name);

		end_rows(r);
		return f;
	}
	r->columns = sqlite3_column_count(r->handle);
	return FAIL_OK;
}

static fail next_row(struct call *c, struct db_rows *r, bool *more)
{
	int rc = sqlite3_step(r->handle);

	*more = rc == SQLITE_ROW;
	if (rc == SQLITE_DONE)
		r->changed = sqlite3_changes64(own(r->conn)->h);
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		return FAIL_OK;
	return engine_problem(c, own(r->conn), rc, r->query->name);
}

static const char *column_name(const struct db_rows *r, int column)
{
	return sqlite3_column_name(r->handle, column);
}

/* The value is taken hold of once: each sqlite3_column_… would look for it again. A connection is used by one thread at a time. */
static struct dbv cell(const struct db_rows *r, int column)
{
	sqlite3_value *v = sqlite3_column_value(r->handle, column);

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL: return (struct dbv){ .type = DBV_NULL };
	case SQLITE_INTEGER: return (struct dbv){ .type = DBV_INT, .i = sqlite3_value_int64(v) };
	case SQLITE_TEXT: {
		const char *text = (const char *)sqlite3_value_text(v);

		return (struct dbv){ .type = DBV_TEXT, .s = text, .size = (size_t)sqlite3_value_bytes(v) };
	}
	case SQLITE_BLOB: {
		const char *bytes = sqlite3_value_blob(v);

		return (struct dbv){ .type = DBV_BLOB, .s = bytes, .size = (size_t)sqlite3_value_bytes(v) };
	}
	default: return (struct dbv){ .type = DBV_OTHER };
	}
}

static bool is_kept(const struct sqlite_conn *conn, const sqlite3_stmt *s)
{
	for (int i = 0; i < CMD_COUNT; i++)
		if (conn->words[i] == s)
			return true;
	for (int i = 0; i < db_query_count; i++)
		if (conn->cache[i].stmt == s)
			return true;
	return false;
}

static void drop_extra(struct sqlite_conn *conn)
{
	for (sqlite3_stmt *s = sqlite3_next_stmt(conn->h, NULL), *after; s; s = after) {
		after = sqlite3_next_stmt(conn->h, s);
		if (!is_kept(conn, s))
			sqlite3_finalize(s);
	}
	conn->extra = 0;
}

static void end_all(struct db_conn *base)
{
	struct sqlite_conn *conn = own(base);

	if (conn->extra)
		drop_extra(conn);
	for (int i = 0; conn->open && i < db_query_count; i++)
		if (conn->cache[i].busy) {
			sqlite3_reset(conn->cache[i].stmt);
			conn->cache[i].busy = false;
		}
	conn->open = 0;
}

/* ---- opening and closing the database ---- */

/* The path stays right when the directory it started from is no longer open. */
static fail full_path(struct call *c, struct db *db)
{
	char *path = strdup(call_path(c, db->path));

	if (!path)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	free(db->path);
	db->path = path;
	return FAIL_OK;
}

static fail check_there(struct call *c, const struct db *db)
{
	if (db->options.create || access(db->path, F_OK) == 0)
		return FAIL_OK;
	return problem(c, FAIL_NOT_FOUND, "db", "there is no database at “%s”: “chibo init” makes one, --db names another", db->path);
}

static fail lock_refused(struct call *c, const struct db *db, int fd)
{
	char holder[32] = "";
	ssize_t n = errno == EWOULDBLOCK ? pread(fd, holder, sizeof holder - 1, 0) : -1;

	if (n < 0)
		return problem(c, FAIL_BUSY, "db", "“%s.lock” cannot be locked: %s", db->path, strerror(errno));
	holder[strcspn(holder, "\n")] = '\0';
	return problem(c, FAIL_BUSY, "db",
	               "another process (%s) is writing to “%s”: let the running server do it, or stop that process first", holder, db->path);
}

/* The lock is the kernel's: it goes with the process, whatever ends it. The number inside is only for people. */
static fail take_lock(struct call *c, struct db *db)
{
	struct sqlite_state *s = state_of(db);
	int fd = open(arena_printf(c->arena, "%s.lock", db->path), O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0)
		return problem(c, FAIL_INPUT, "db", "“%s.lock” cannot be made: %s", db->path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		fail f = lock_refused(c, db, fd);

		close(fd);
		return f;
	}
	s->lock_fd = fd;
	if (ftruncate(fd, 0) != 0 || dprintf(fd, "%ld\n", (long)getpid()) < 0)
		return problem(c, FAIL_BUSY, "db", "“%s.lock” cannot be written: %s", db->path, strerror(errno));
	return FAIL_OK;
}

static fail start_writer(struct call *c, struct db *db)
{
	struct sqlite_conn *conn;

	TRY(take_lock(c, db));
	TRY(open_conn(c, db, true, &conn));
	fail f = writer_start(c, db, conn, &state_of(db)->writer);

	if (f != FAIL_OK)
		close_conn(conn);
	return f;
}

/* Readers go first, so that the writer, as the last one, moves the log into the database and removes it. */
static void close_all(struct db *db)
{
	struct sqlite_state *s = state_of(db);

	while (s->free) {
		struct db_conn *conn = s->free;

		s->free = conn->next;
		close_conn(own(conn));
	}
	if (s->writer)
		close_conn(writer_stop(s->writer));
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->freed);
	free(s);
}

static int reader_count(const struct db_options *o)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return o->readers > 0 ? o->readers : n < 4 ? 4 : (int)n;
}

/* A wrong file is noticed here, not at the first question. */
static fail try_reader(struct call *c, struct db *db)
{
	struct db_conn *conn;

	TRY(take_reader(c, db, &conn));
	int rc = sqlite3_exec(own(conn)->h, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
	fail f = rc == SQLITE_OK ? FAIL_OK : engine_problem(c, own(conn), rc, "opening");

	give_reader(conn);
	return f;
}

/* Once a process. Nobody asks SQLite how much memory it uses, and counting takes a lock at every allocation. */
static void configure_library(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_initialize();
	writer_vfs_name = vfs_register();
}

fail sqlite_open(struct call *c, struct db *db)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sqlite_state *s = calloc(1, sizeof *s);

	pthread_once(&once, configure_library);

	if (!s)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	db->state = s;
	s->lock_fd = -1;
	s->most = reader_count(&db->options);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->freed, NULL);
	fail f = full_path(c, db);

	if (f == FAIL_OK)
		f = check_there(c, db);
	if (f == FAIL_OK && db->options.write)
		f = start_writer(c, db);
	if (f == FAIL_OK)
		f = try_reader(c, db);
	if (f != FAIL_OK)
		close_all(db);
	return f;
}

const struct engine engine_sqlite = {
	.close = close_all,
	.take = take_reader,
	.give = give_reader,
	.write = write_outermost,
	.command = command,
	.script = script,
	.start = start,
	.next = next_row,
	.column_name = column_name,
	.cell = cell,
	.end = end_rows,
	.end_all = end_all,
	.check = sqlite_check,
	.backup = sqlite_backup,
	.restore = sqlite_restore,
};
