/* call.h — one use of the program: a request, a command, a test.
 *
 * Carries what every layer needs and nothing else: where results live, which database, who is asking, what time it is,
 * in which language to answer, and the first problem met. */
#ifndef CHIBO_BASE_CALL_H
#define CHIBO_BASE_CALL_H

#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/lang.h"
#include "base/right.h"

struct db;       /* an opened database (db/db.h) */
struct db_conn;  /* a connection in use by this call (db/db.h) */
struct access;   /* the rights of the person asking (access/access.h) */
struct rules;    /* the rules in force (rules/rules.h) */
struct rollup;   /* counters in memory (rollup/figures.h) */

struct call;
struct who {
	int64_t account;     /* 0: nobody, or the operator at the command line */
	const char *name;    /* for the journal: a login, or "cli" */
	struct access *access; /* NULL: not signed in; the operator's calls set `operator` instead */
	bool operator;       /* the command line on the machine itself: every right */
	bool (*may)(struct call *c, enum right right, int64_t unit_id); /* how call_may finds out; NULL: nothing is allowed */
	int64_t tree, accounts; /* versions of tree and accounts before the read snapshot was taken; 0: keep no copy of what this call reads */
};

struct problem {
	fail code;
	const char *field; /* name of the field at fault, or "" */
	const char *text;  /* one sentence in the call's language */
};

/* Something to do after the transaction has been committed, such as adding a change to the counters in memory. */
struct after {
	void (*run)(void *arg);
	void *arg;
	struct after *next;
};

struct call {
	struct arena *arena;
	struct db *db;         /* NULL where no database is needed */
	struct db_conn *conn;  /* set by db_read / db_write while the call uses the database */
	const struct rules *rules; /* set for every request and for commands with NEEDS_RULES; stays whole until the call ends */
	struct rollup *rollup; /* set by the server; NULL: figures are summed in the database */
	struct who who;
	int64_t now_ms;        /* UTC, one reading for the whole call; tests choose it */
	struct date today;     /* the local day of now_ms */
	enum lang lang;
	struct problem problem;
	struct after *after, *after_last; /* pending while a write transaction is open, in order */
	FILE *in, *out, *err;  /* input, results, messages: never the process's own streams directly */
	int cwd;               /* directory that relative paths start from, or AT_FDCWD */
};

/* Fills a call: arena, operator's rights, the clock (or $CHIBO_NOW, an ISO date or local time, for tests and demos), Vietnamese. */
void call_begin(struct call *c, size_t arena_ceiling);
/* Frees what belongs to it. */
void call_end(struct call *c);
/* Sets now_ms and today to a local moment. */
void call_set_now(struct call *c, struct moment local);
/* The local moment of a UTC reading such as now_ms. */
struct moment call_local(int64_t ms);

/* May the person asking do that on the unit (0: the installation)? For rooms below access: to show a button only to those who may press it,
 * and for every row of a file that is imported. The operator may do everything. Inside db_read or db_write. */
bool call_may(struct call *c, enum right right, int64_t unit_id);

/* Records what is wrong, in the call's language, unless something was recorded before, and returns `code`. `text` is a message id with its
 * arguments: return problem(c, FAIL_CONFLICT, "parent", "a unit cannot sit below itself"); */
fail problem(struct call *c, fail code, const char *field, const char *text, ...) PRINTF_LIKE(4, 5);
/* Forgets the recorded problem: for code that handles a failure and goes on. */
void problem_clear(struct call *c);

/* Runs `run(arg)` once the open write transaction has been committed, before db_write returns; it is forgotten if the transaction
 * (or the inner db_write it belongs to) is undone. On SQLite these run on the writer's thread, all calls' in the order of their
 * commits; on PostgreSQL one at a time, independent changes in either order. `run` is quick, cannot fail, does not use the
 * database and takes nothing from the call's arena. */
void call_after_commit(struct call *c, void (*run)(void *arg), void *arg);
/* Opens a file named by the person, relative to the call's own directory; mode as fopen. */
fail call_open(struct call *c, const char *path, const char *mode, FILE **out) MUST_CHECK;
/* The absolute form of such a path, for libraries that open files by name. In the arena. */
const char *call_path(struct call *c, const char *path);

#endif
