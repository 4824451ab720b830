/* backup.c — checking, copying and bringing back a SQLite database while it is in use. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/progress.h"
#include "db/journal.h"
#include "db/sqlite.h"

enum { PAGES_A_STEP = 4096 };

static struct sqlite_conn *conn_of(const struct call *c)
{
	return (struct sqlite_conn *)c->conn;
}

/* ---- check ---- */

static fail first_line(struct call *c, const char *sql, const char **out)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(conn_of(c)->h, sql, -1, &s, NULL) != SQLITE_OK)
		return problem(c, FAIL_BROKEN, "db", "the database cannot be checked: %s", sqlite3_errmsg(conn_of(c)->h));
	int rc = sqlite3_step(s);
	const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;

	*out = text ? arena_strdup(c->arena, text) : NULL;
	sqlite3_finalize(s);
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		return FAIL_OK;
	return problem(c, FAIL_BROKEN, "db", "the database cannot be checked: %s", sqlite3_errmsg(conn_of(c)->h));
}

/* One state of the database for everything that follows. */
static fail fix_snapshot(struct call *c)
{
	const char *tables;

	TRY(c->db->engine->command(c, c->conn, CMD_BEGIN_READ));
	c->conn->begun = true;
	return first_line(c, "SELECT count(*) FROM sqlite_master", &tables);
}

static fail check_body(struct call *c, void *arg)
{
	const char *line;

	(void)arg;
	TRY(fix_snapshot(c));
	TRY(first_line(c, "PRAGMA integrity_check(1)", &line));
	if (!line || strcmp(line, "ok") != 0)
		return problem(c, FAIL_BROKEN, "db", "the database file is damaged (%s): bring back a backup", line ? line : "");
	TRY(first_line(c, "PRAGMA foreign_key_check", &line));
	if (line)
		return problem(c, FAIL_BROKEN, "db", "table %s refers to rows that do not exist: bring back a backup", line);
	return FAIL_OK;
}

fail sqlite_check(struct call *c)
{
	return db_read(c, check_body, NULL);
}

/* ---- copying ---- */

static fail copy_failed(struct call *c, const char *path, int rc)
{
	return problem(c, rc == SQLITE_BUSY || rc == SQLITE_FULL ? FAIL_BUSY : FAIL_BROKEN, "file", "“%s” could not be copied: %s", path,
	               sqlite3_errstr(rc));
}

static int copy_steps(struct call *c, sqlite3_backup *b)
{
	struct progress p;
	int rc;

	progress_begin(&p, c, tr(c->lang, "copying pages"), 0);
	do {
		rc = sqlite3_backup_step(b, PAGES_A_STEP);
		progress_at(&p, sqlite3_backup_pagecount(b) - sqlite3_backup_remaining(b));
	} while (rc == SQLITE_OK);
	progress_end(&p);
	return rc;
}

/* Copies everything from one connection to another; the copy appears as a whole or not at all. */
static int copy_all(struct call *c, sqlite3 *to, sqlite3 *from)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");

	if (!b)
		return sqlite3_extended_errcode(to);
	int rc = copy_steps(c, b);
	int finished = sqlite3_backup_finish(b);

	return rc == SQLITE_DONE ? finished : rc;
}

static fail open_file(struct call *c, const char *path, int flags, sqlite3 **out)
{
	int rc = sqlite3_open_v2(path, out, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

	if (rc == SQLITE_OK)
		return FAIL_OK;
	sqlite3_close(*out);
	*out = NULL;
	return problem(c, FAIL_INPUT, "file", "“%s” cannot be opened: %s", path, sqlite3_errstr(rc));
}

/* The copy is one file without a log beside it. */
static fail copy_to(struct call *c, const char *path)
{
	sqlite3 *to;

	TRY(open_file(c, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &to));
	int rc = copy_all(c, to, conn_of(c)->h);

	if (rc == SQLITE_OK)
		rc = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	sqlite3_close(to);
	return rc == SQLITE_OK ? FAIL_OK : copy_failed(c, path, rc);
}

static fail sync_path(struct call *c, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int bad = fd < 0 || fsync(fd) != 0;

	if (fd >= 0)
		close(fd);
	return bad ? problem(c, FAIL_BUSY, "file", "“%s” could not be written to the disk: %s", path, strerror(errno)) : FAIL_OK;
}

static const char *directory_of(struct call *c, const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash ? "." : slash == path ? "/" : arena_strndup(c->arena, path, (size_t)(slash - path));
}

/* A name is given to the copy only when it is complete and on the disk; an existing file is never replaced. */
static fail backup_body(struct call *c, void *arg)
{
	const char *path = arg;
	const char *part = arena_printf(c->arena, "%s.part-%ld", path, (long)getpid());

	TRY(fix_snapshot(c));
	unlink(part);
	fail f = copy_to(c, part);

	if (f == FAIL_OK)
		f = sync_path(c, part);
	if (f == FAIL_OK && link(part, path) != 0)
		f = errno == EEXIST ? problem(c, FAIL_CONFLICT, "file", "there is already a file “%s”: choose another name", path)
		                    : problem(c, FAIL_INPUT, "file", "“%s” cannot be made: %s", path, strerror(errno));
	unlink(part);
	return f == FAIL_OK ? sync_path(c, directory_of(c, path)) : f;
}

fail sqlite_backup(struct call *c, const char *path)
{
	path = call_path(c, path);
	if (access(path, F_OK) == 0)
		return problem(c, FAIL_CONFLICT, "file", "there is already a file “%s”: choose another name", path);
	return db_read(c, backup_body, (void *)path);
}

/* ---- bringing back ---- */

/* Everything that is asked of a running database is asked of the file first. */
static fail check_backup(struct call *c, const char *path)
{
	struct call look = *c;
	struct db_options options = { .readers = 1 };
	struct db *db;

	look.conn = NULL;
	fail f = db_open(&look, path, &options, &db);

	if (f == FAIL_OK) {
		look.db = db;
		f = db_check_schema(&look);
		if (f == FAIL_OK)
			f = sqlite_check(&look);
		if (f == FAIL_OK)
			f = journal_verify(&look, NULL);
		db_close(db);
	}
	c->problem = look.problem;
	return f;
}

static fail restore_job(struct call *c, struct sqlite_conn *conn, void *arg)
{
	const char *path = arg;
	sqlite3 *from;

	TRY(open_file(c, path, SQLITE_OPEN_READONLY, &from));
	int rc = copy_all(c, conn->h, from);

	sqlite3_close(from);
	return rc == SQLITE_OK ? FAIL_OK : copy_failed(c, path, rc);
}

fail sqlite_restore(struct call *c, const char *path)
{
	struct sqlite_state *s = c->db->state;

	path = call_path(c, path);
	if (!s->writer)
		return problem(c, FAIL_DENIED, "", "the database is open for reading only");
	if (access(path, R_OK) != 0)
		return problem(c, FAIL_NOT_FOUND, "file", "there is no file “%s”", path);
	TRY(check_backup(c, path));
	return writer_alone(c, s->writer, restore_job, (void *)path);
}
