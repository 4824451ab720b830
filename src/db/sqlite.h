/* sqlite.h — what writer.c needs to know of a SQLite connection. For the files of this room only. */
#ifndef CHIBO_DB_SQLITE_H
#define CHIBO_DB_SQLITE_H

#include <pthread.h>
#include <sqlite3.h>

#include "db/engine.h"

struct prepared;

struct sqlite_conn {
	struct db_conn base;
	sqlite3 *h;
	struct prepared *cache;          /* one for each query, by slot */
	sqlite3_stmt *words[CMD_COUNT];
	int open, extra;                 /* statements in use; of these not in the cache */
	int statements;                  /* run since the last rest, on the connection that writes */
};

struct sqlite_state {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct db_conn *free;            /* readers nobody uses */
	int opened, most;
	int lock_fd;                     /* PATH.lock, or -1 */
	struct writer *writer;           /* NULL: open for reading only */
};

/* Runs BEGIN, COMMIT …; the result is SQLite's. */
int sqlite_word(struct sqlite_conn *conn, enum command_word word);
/* Between two transactions of the writer: gives back the memory of a large one. */
void sqlite_rest(struct sqlite_conn *conn);
/* Undoes whatever transaction is open. */
void sqlite_undo(struct sqlite_conn *conn);

/* ---- writer.c: the one thread that owns the one connection that writes, commits and checkpoints ---- */

/* Starts the thread; `conn` belongs to it from now on. */
fail writer_start(struct call *c, struct db *db, struct sqlite_conn *conn, struct writer **out) MUST_CHECK;
/* Finishes what waits and gives the connection back. */
struct sqlite_conn *writer_stop(struct writer *w);
/* Runs a body in the next group and returns after its commit. */
fail writer_run(struct call *c, struct writer *w, db_body *body, void *arg) MUST_CHECK;
/* Runs `job` on the writer's thread with the connection and without a transaction, between two groups. */
fail writer_alone(struct call *c, struct writer *w, fail (*job)(struct call *c, struct sqlite_conn *conn, void *arg), void *arg) MUST_CHECK;

/* ---- vfs.c: the files of the connection that writes ---- */

/* Makes SQLite know the way; returns its name for sqlite3_open_v2. Once a process. */
const char *vfs_register(void);
/* Syncs of the database file after pages were moved out of the log happen on a thread of their own from now on, while the log is kept from
 * beginning anew; false: no thread could be started, they happen as usual. vfs_end finishes what was asked for and goes back to that. */
bool vfs_begin(sqlite3 *h);
void vfs_end(sqlite3 *h);
/* Waits for what was asked for. False: it failed, the disk cannot be relied on. */
bool vfs_wait(sqlite3 *h);
bool vfs_failed(sqlite3 *h);

/* ---- backup.c ---- */
fail sqlite_check(struct call *c) MUST_CHECK;
fail sqlite_backup(struct call *c, const char *path) MUST_CHECK;
fail sqlite_restore(struct call *c, const char *path) MUST_CHECK;

#endif
