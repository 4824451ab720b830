/* engine.h — what an engine gives and what db.c and tx.c ask of it. For the files of this room only. */
#ifndef CHIBO_DB_ENGINE_H
#define CHIBO_DB_ENGINE_H

#include <stdatomic.h>

#include "db/db.h"

/* Statements that open, close and split transactions; each engine has its own words. */
enum command_word { CMD_BEGIN_READ, CMD_BEGIN_WRITE, CMD_COMMIT, CMD_ROLLBACK, CMD_SAVEPOINT, CMD_ROLLBACK_TO, CMD_RELEASE, CMD_COUNT };

/* Which result column goes to which field; kept with the prepared statement. */
struct column_map {
	const struct record *record;
	int columns;
	const struct field **fields;
};

/* A statement being run on a connection. `handle` and the numbers behind it belong to the engine. */
struct db_rows {
	struct db_conn *conn;
	const struct query *query;
	int columns;
	int64_t changed;        /* rows changed, once next() has reached the end */
	struct column_map *map; /* lives as long as the prepared statement; NULL: none kept */
	struct column_map own;  /* used where none is kept */
	void *handle;
	int at, count, number, cursor;
	bool own_handle, streamed;
};

struct db_conn {
	struct db *db;
	bool write;         /* a write transaction is open */
	bool begun;         /* a transaction is open */
	bool failed;        /* a statement failed since the last savepoint: nothing more may run until it is undone */
	bool again;         /* …and running the whole transaction again may help (clash, server restart) */
	bool lost;          /* the connection to the server is gone */
	int depth;          /* savepoints open */
	int holds, bodies;  /* db_read_begin not ended; of these by db_read */
	int lane;           /* of the journal */
	struct read_hold *hold;
	struct db_conn *next;
};

struct engine {
	void (*close)(struct db *db);
	/* A connection for reading; waits a while for a free one. */
	fail (*take)(struct call *c, struct db *db, struct db_conn **out);
	/* Gives it back: open statements are ended, an open transaction is undone. */
	void (*give)(struct db_conn *conn);
	/* The outermost write: opens a transaction, runs tx_body, commits, runs what was left for after the commit. `reader`: a connection
	 * that the call holds without an open transaction and that may be used; or NULL. */
	fail (*write)(struct call *c, struct db *db, struct db_conn *reader, db_body *body, void *arg);
	fail (*command)(struct call *c, struct db_conn *conn, enum command_word word);
	/* Several statements without parameters or results. */
	fail (*script)(struct call *c, struct db_conn *conn, const char *sql);
	/* Starts a statement. `stream`: rows are wanted one after the other. */
	fail (*start)(struct call *c, struct db_rows *r, struct db_args args, bool stream);
	fail (*next)(struct call *c, struct db_rows *r, bool *more);
	const char *(*column_name)(const struct db_rows *r, int column);
	/* Valid until the next row. */
	struct dbv (*cell)(const struct db_rows *r, int column);
	void (*end)(struct db_rows *r);
	/* Ends every statement that is still open on the connection (after a jump out of a body). */
	void (*end_all)(struct db_conn *conn);
	fail (*check)(struct call *c);
	fail (*backup)(struct call *c, const char *path);
	fail (*restore)(struct call *c, const char *path);
};

struct db {
	const struct engine *engine;
	enum db_engine kind;
	char *url;           /* as it may be shown */
	char *path;          /* what to open */
	struct db_options options;
	void *state;         /* the engine's own */
	atomic_int fault;    /* statements until one is made to fail; -1: never */
};

extern const struct engine engine_sqlite, engine_postgres;
fail sqlite_open(struct call *c, struct db *db) MUST_CHECK;
fail postgres_open(struct call *c, struct db *db) MUST_CHECK;

/* ---- tx.c ---- */

/* Counts a statement; true when this is the one that tests want to fail. tx_fault records it as a problem. */
bool tx_fault_now(struct db *db);
fail tx_fault(struct call *c, struct db *db) MUST_CHECK;
/* Runs a body on a connection whose write transaction is open. A body that swallowed the failure of a statement fails;
 * a call whose arena is full becomes FAIL_INPUT instead of a jump. What waits for the commit is forgotten on failure. */
fail tx_body(struct call *c, struct db_conn *conn, db_body *body, void *arg) MUST_CHECK;
/* Records a problem without touching the arena: for the writer's thread, where nobody can take a jump. `text`: a message id. */
fail tx_problem(struct call *c, fail code, const char *text) MUST_CHECK;
/* Runs, in order, what the call left for after the commit. */
void tx_committed(struct call *c);
/* Forgets what the call left for after the commit. */
void tx_undone(struct call *c);

/* The plain sentence for a unique or foreign-key violation; `what`: table or constraint, "" when not known. */
fail problem_unique(struct call *c, const char *what) MUST_CHECK;
fail problem_reference(struct call *c) MUST_CHECK;

#endif
