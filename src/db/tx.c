/* tx.c — snapshots, transactions, savepoints, faults and what waits for a commit; the same for every engine. */
#include <setjmp.h>

#include "db/engine.h"

/* Remembers a connection so that it is given back when the call's arena goes, also after a jump. */
struct read_hold { struct db_conn *conn; };

static void forget_hold(void *arg)
{
	struct read_hold *h = arg;

	if (h->conn)
		h->conn->db->engine->give(h->conn);
}

/* ---- reading ---- */

fail db_read_begin(struct call *c)
{
	if (!c->conn) {
		struct read_hold *h = ARENA_NEW(c->arena, struct read_hold);

		arena_defer(c->arena, forget_hold, h); /* before there is something to lose */
		TRY(c->db->engine->take(c, c->db, &h->conn));
		c->conn = h->conn;
		c->conn->hold = h;
		c->conn->holds = c->conn->bodies = 0;
	}
	c->conn->holds++;
	return FAIL_OK;
}

void db_read_end(struct call *c)
{
	struct db_conn *conn = c->conn;

	if (--conn->holds > 0 || conn->write)
		return;
	c->conn = NULL;
	conn->hold->conn = NULL;
	conn->db->engine->give(conn);
}

fail db_read(struct call *c, db_body *body, void *arg)
{
	TRY(db_read_begin(c));
	struct db_conn *conn = c->conn;

	conn->bodies++;
	fail f = body(c, arg);

	conn->bodies--;
	db_read_end(c);
	return f;
}

/* ---- what waits for the commit ---- */

struct pending { struct after *first, *last; };

static struct pending pending_now(const struct call *c)
{
	return (struct pending){ c->after, c->after_last };
}

static void pending_back(struct call *c, struct pending p)
{
	c->after = p.first;
	c->after_last = p.last;
	if (p.last)
		p.last->next = NULL;
}

void tx_undone(struct call *c)
{
	c->after = c->after_last = NULL;
}

void tx_committed(struct call *c)
{
	struct after *a = c->after;

	tx_undone(c);
	for (; a; a = a->next)
		a->run(a->arg);
}

/* ---- writing ---- */

bool tx_fault_now(struct db *db)
{
	return atomic_load_explicit(&db->fault, memory_order_relaxed) >= 0 && atomic_fetch_sub(&db->fault, 1) == 0;
}

fail tx_fault(struct call *c, struct db *db)
{
	return tx_fault_now(db) ? problem(c, FAIL_BROKEN, "", "this statement was made to fail by a test") : FAIL_OK;
}

fail tx_problem(struct call *c, fail code, const char *text)
{
	if (c->problem.code == FAIL_OK)
		c->problem = (struct problem){ code, "", tr(c->lang, text) };
	return code;
}

/* Where to go when the arena is full in the middle of a body, and whose handler stood there before. */
struct guard {
	jmp_buf full;
	arena_full *old;
	void *old_arg;
};

_Noreturn static void leave_body(void *arg)
{
	longjmp(((struct guard *)arg)->full, 1);
}

static fail too_large(struct call *c)
{
	problem_clear(c);
	return tx_problem(c, FAIL_INPUT, N_("this needs more memory than one request may use: do it in smaller parts"));
}

static fail guarded(struct call *c, db_body *body, void *arg)
{
	struct guard g;
	volatile fail f = FAIL_INPUT;

	g.old = arena_on_full(c->arena, leave_body, &g, &g.old_arg);
	if (setjmp(g.full) == 0)
		f = body(c, arg);
	else
		f = too_large(c);
	arena_on_full(c->arena, g.old, g.old_arg, NULL);
	return f;
}

static fail ignored_failure(struct call *c, const struct db_conn *conn)
{
	if (!conn->failed)
		return FAIL_OK;
	problem_clear(c);
	return problem(c, FAIL_BROKEN, "", "a statement failed and the change went on: nothing was saved");
}

/* A jump may leave statements open and counters raised; they belong to this body alone. */
fail tx_body(struct call *c, struct db_conn *conn, db_body *body, void *arg)
{
	struct db_conn *outer = c->conn;

	c->conn = conn;
	conn->failed = conn->again = false;
	conn->depth = conn->holds = conn->bodies = 0;
	tx_undone(c);
	fail f = guarded(c, body, arg);

	conn->db->engine->end_all(conn);
	if (f == FAIL_OK)
		f = ignored_failure(c, conn);
	if (f != FAIL_OK)
		tx_undone(c);
	c->conn = outer;
	return f;
}

static fail savepoint_undo(struct call *c, struct db_conn *conn)
{
	TRY(conn->db->engine->command(c, conn, CMD_ROLLBACK_TO));
	return conn->db->engine->command(c, conn, CMD_RELEASE);
}

/* A clash or a lost connection cannot be mended by a savepoint: `failed` stays and the outermost write decides. */
static fail write_inside(struct call *c, db_body *body, void *arg)
{
	struct db_conn *conn = c->conn;
	struct pending before = pending_now(c);

	if (conn->failed)
		return problem(c, FAIL_BROKEN, "", "a change follows one that failed");
	TRY(tx_fault(c, conn->db));
	TRY(conn->db->engine->command(c, conn, CMD_SAVEPOINT));
	conn->depth++;
	fail f = body(c, arg);

	conn->depth--;
	if (f == FAIL_OK)
		f = ignored_failure(c, conn);
	if (f == FAIL_OK)
		return conn->db->engine->command(c, conn, CMD_RELEASE);
	pending_back(c, before);
	if (!conn->again && savepoint_undo(c, conn) == FAIL_OK)
		conn->failed = false;
	return f;
}

static fail drop_snapshot(struct call *c, struct db_conn *reader)
{
	if (!reader->begun)
		return FAIL_OK;
	TRY(reader->db->engine->command(c, reader, CMD_ROLLBACK));
	reader->begun = reader->failed = false;
	return FAIL_OK;
}

fail db_read_renew(struct call *c)
{
	if (!c->conn || c->conn->write || c->conn->bodies)
		return problem(c, FAIL_BROKEN, "", "a snapshot cannot be renewed inside a read or a change");
	return drop_snapshot(c, c->conn);
}

/* The snapshot of a request that reads through its whole life is renewed, so that it sees its own change. */
static fail write_after_read(struct call *c, db_body *body, void *arg)
{
	struct db_conn *reader = c->conn;

	if (reader->bodies)
		return problem(c, FAIL_BROKEN, "", "a change cannot begin inside a read");
	TRY(drop_snapshot(c, reader));
	c->conn = NULL;
	fail f = c->db->engine->write(c, c->db, reader, body, arg);

	c->conn = reader;
	return f;
}

fail db_write(struct call *c, db_body *body, void *arg)
{
	if (c->conn && c->conn->write)
		return write_inside(c, body, arg);
	if (!c->db->options.write)
		return problem(c, FAIL_DENIED, "", "the database is open for reading only");
	if (c->conn)
		return write_after_read(c, body, arg);
	return c->db->engine->write(c, c->db, NULL, body, arg);
}
