/* postgres.c — PostgreSQL 15 and later by libpq: a pool of connections, prepared statements, repeated transactions.
 *
 * Reads have one snapshot (REPEATABLE READ READ ONLY), writes are SERIALIZABLE and run again when they clash or the server goes
 * away before the commit. A connection lost during COMMIT is reported as it is: nobody knows whether the change was saved, so it
 * is not repeated here. Results are in binary form; streamed ones come through a cursor, so that the connection is free for
 * other statements between two rows. */
#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/engine.h"

enum {
	MOST_CONNECTIONS = 32,
	WAIT_FOR_CONNECTION_S = 30,
	TRIES = 20,
	ROWS_A_FETCH = 1000,
	MOST_OPEN = 32,   /* statements one inside the other */
	MAX_PARAMS = 256,
};

/* Types of the results we read (pg_type.dat). */
enum { OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_UNKNOWN = 705,
       OID_BPCHAR = 1042, OID_VARCHAR = 1043, OID_NUMERIC = 1700 };

struct kept {
	bool prepared;
	struct column_map map;
};

struct pg_conn {
	struct db_conn base;
	PGconn *h;              /* NULL: not connected (any more) */
	struct kept *kept;      /* by slot; behind them those of write transactions, planned for these */
	PGresult *open[MOST_OPEN];
	int cursors;            /* names used in this transaction */
	bool warned;            /* the server warned since this was last set to false */
};

struct pg_state {
	pthread_mutex_t lock, hooks;
	pthread_cond_t freed;
	struct db_conn *free;
	int made, most;
};

static struct pg_conn *own(struct db_conn *conn)
{
	return (struct pg_conn *)conn;
}

static struct pg_state *state_of(struct db *db)
{
	return db->state;
}

/* ---- what the server says, in our words ---- */

static bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static const char *one_line(struct call *c, const char *message)
{
	return arena_strndup(c->arena, message, strcspn(message, "\n"));
}

static fail clash(struct call *c, struct pg_conn *conn)
{
	conn->base.again = true;
	return problem(c, FAIL_BUSY, "", "others are changing the same thing at this moment; try again");
}

static fail lost(struct call *c, struct pg_conn *conn)
{
	conn->base.again = conn->base.lost = true;
	return problem(c, FAIL_BUSY, "db", "the connection to the database was lost: %s", one_line(c, PQerrorMessage(conn->h)));
}

/* Citus writes the number of the shard behind a table's name: member_102097. */
static const char *table_name(struct call *c, const char *name)
{
	size_t n = strlen(name);

	while (n && name[n - 1] >= '0' && name[n - 1] <= '9')
		n--;
	return n > 1 && name[n] && name[n - 1] == '_' ? arena_strndup(c->arena, name, n - 1) : name;
}

static fail by_state(struct call *c, struct pg_conn *conn, const PGresult *res, const char *state, const char *where)
{
	const char *table = PQresultErrorField(res, PG_DIAG_TABLE_NAME);
	const char *message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		return clash(c, conn);
	if (begins(state, "08") || begins(state, "57P0"))
		return lost(c, conn);
	if (strcmp(state, "23505") == 0)
		return problem_unique(c, table_name(c, arena_strdup(c->arena, table ? table : "")));
	if (strcmp(state, "23503") == 0)
		return problem_reference(c);
	if (begins(state, "53") || strcmp(state, "55P03") == 0)
		return problem(c, FAIL_BUSY, "", "the database cannot take this now: %s", message);
	return problem(c, FAIL_BROKEN, where, "the database refused %s: %s", where, message);
}

static fail engine_problem(struct call *c, struct pg_conn *conn, const PGresult *res, const char *where)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;

	conn->base.failed = true;
	return state ? by_state(c, conn, res, state, where) : lost(c, conn);
}

/* ---- connections ---- */

static void note_warning(void *arg, const PGresult *res)
{
	struct pg_conn *conn = arg;
	const char *severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity && strcmp(severity, "WARNING") == 0)
		conn->warned = true;
}

static void disconnect(struct pg_conn *conn)
{
	PQfinish(conn->h);
	conn->h = NULL;
	for (int i = 0; i < 2 * db_query_count; i++)
		conn->kept[i].prepared = false;
}

static fail connect_now(struct call *c, struct pg_conn *conn)
{
	const char *const names[] = { "connect_timeout", "fallback_application_name", "dbname", "client_encoding", NULL };
	const char *const values[] = { "10", "chibo", conn->base.db->path, "UTF8", NULL };

	conn->h = PQconnectdbParams(names, values, 1);
	if (PQstatus(conn->h) == CONNECTION_OK) {
		PQsetNoticeReceiver(conn->h, note_warning, conn);
		/* Reads of whole tables are priced out of writes (CMD_BEGIN_WRITE), and such a price would have even the smallest plan compiled, at a
		 * tenth of a second each. */
		PQclear(PQexec(conn->h, "SET jit = off"));
		conn->base.lost = false;
		return FAIL_OK;
	}
	fail f = problem(c, FAIL_BUSY, "db", "the database server does not answer: %s", one_line(c, PQerrorMessage(conn->h)));

	disconnect(conn);
	return f;
}

static struct pg_conn *new_conn(struct db *db, int lane)
{
	struct pg_conn *conn = calloc(1, sizeof *conn);

	if (conn)
		conn->kept = calloc(2 * (size_t)db_query_count + 1, sizeof *conn->kept);
	if (!conn || !conn->kept) {
		free(conn);
		return NULL;
	}
	conn->base.db = db;
	conn->base.lane = lane;
	return conn;
}

static void free_conn(struct pg_conn *conn)
{
	disconnect(conn);
	for (int i = 0; i < 2 * db_query_count; i++)
		free(conn->kept[i].map.fields);
	free(conn->kept);
	free(conn);
}

/* A free connection or a new one, not connected yet; NULL when all stay in use. */
static struct db_conn *take_free(struct db *db)
{
	struct pg_state *s = state_of(db);
	struct db_conn *conn = NULL;
	struct timespec until;
	int waited = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_FOR_CONNECTION_S;
	pthread_mutex_lock(&s->lock);
	while (!s->free && s->made >= s->most && waited == 0)
		waited = pthread_cond_timedwait(&s->freed, &s->lock, &until);
	if (s->free) {
		conn = s->free;
		s->free = conn->next;
	} else if (s->made < s->most) {
		struct pg_conn *fresh = new_conn(db, s->made + 1);

		s->made += fresh != NULL;
		conn = fresh ? &fresh->base : NULL;
	}
	pthread_mutex_unlock(&s->lock);
	return conn;
}

static void put_back(struct db_conn *conn)
{
	struct pg_state *s = state_of(conn->db);

	pthread_mutex_lock(&s->lock);
	conn->next = s->free;
	s->free = conn;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
}

/* A server that was started anew closed its side: noticed when its word arrives, before the connection is used. */
static bool still_there(struct pg_conn *conn)
{
	return conn->h && PQconsumeInput(conn->h) && PQstatus(conn->h) == CONNECTION_OK;
}

static fail connect_again(struct call *c, struct pg_conn *conn)
{
	if (still_there(conn))
		return FAIL_OK;
	disconnect(conn);
	return connect_now(c, conn);
}

static fail take(struct call *c, struct db *db, struct db_conn **out)
{
	struct db_conn *conn = take_free(db);

	if (!conn)
		return problem(c, FAIL_BUSY, "", "too many people are using the database at this moment; try again");
	fail f = connect_again(c, own(conn));

	if (f == FAIL_OK)
		*out = conn;
	else
		put_back(conn);
	return f;
}

static void end_all(struct db_conn *base)
{
	struct pg_conn *conn = own(base);

	for (int i = 0; i < MOST_OPEN; i++) {
		PQclear(conn->open[i]);
		conn->open[i] = NULL;
	}
}

/* Nothing open any more; a connection that is lost or in doubt is closed. */
static void rest(struct db_conn *conn)
{
	struct pg_conn *pg = own(conn);

	end_all(conn);
	if (!conn->lost && pg->h && PQtransactionStatus(pg->h) != PQTRANS_IDLE)
		PQclear(PQexec(pg->h, "ROLLBACK"));
	if (conn->lost || PQtransactionStatus(pg->h) != PQTRANS_IDLE)
		disconnect(pg);
	conn->begun = conn->failed = conn->write = conn->again = conn->lost = false;
	pg->cursors = 0;
}

static void give(struct db_conn *conn)
{
	rest(conn);
	put_back(conn);
}

/* ---- transactions ---- */

/* Reading a whole small table would make a change clash with every other one that touches the table: changes go by the indexes. */
static const char *const word_text[CMD_COUNT] = {
	[CMD_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	[CMD_BEGIN_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL enable_seqscan = off",
	[CMD_COMMIT] = "COMMIT", [CMD_ROLLBACK] = "ROLLBACK", [CMD_SAVEPOINT] = "SAVEPOINT inner_part",
	[CMD_ROLLBACK_TO] = "ROLLBACK TO inner_part", [CMD_RELEASE] = "RELEASE inner_part",
};

static fail run_text(struct call *c, struct pg_conn *conn, const char *sql, const char *where)
{
	PGresult *res = PQexec(conn->h, sql);
	ExecStatusType status = PQresultStatus(res);
	fail f = FAIL_OK;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		f = engine_problem(c, conn, res, where);
	PQclear(res);
	return f;
}

static fail command(struct call *c, struct db_conn *conn, enum command_word word)
{
	return run_text(c, own(conn), word_text[word], word_text[word]);
}

static fail script(struct call *c, struct db_conn *conn, const char *sql)
{
	return run_text(c, own(conn), sql, "a script");
}

/* An answer that does not say for certain that the change is safe on every server that has to have it is no answer. */
static fail unknown_end(struct call *c, struct pg_conn *conn)
{
	conn->base.again = false;
	conn->base.lost = true;
	problem_clear(c);
	return problem(c, FAIL_BUSY, "db",
	               "the connection was lost while saving: it is not known whether the change was saved; look before you repeat it");
}

static fail commit(struct call *c, struct pg_conn *conn)
{
	TRY(tx_fault(c, conn->base.db));
	conn->warned = false;
	PGresult *res = PQexec(conn->h, "COMMIT");
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	fail f = FAIL_OK;

	if (PQresultStatus(res) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(res), "COMMIT") == 0)
		f = conn->warned ? unknown_end(c, conn) : FAIL_OK;
	else if (!state || begins(state, "08") || begins(state, "57P0"))
		f = unknown_end(c, conn);
	else
		f = engine_problem(c, conn, res, "COMMIT");
	PQclear(res);
	return f;
}

static fail begin(struct call *c, struct db_conn *conn)
{
	TRY(tx_fault(c, conn->db));
	TRY(command(c, conn, CMD_BEGIN_WRITE));
	conn->begun = conn->write = true;
	return FAIL_OK;
}

/* One try. *again: it may be worth another. */
static fail write_once(struct call *c, struct db_conn *conn, db_body *body, void *arg, bool *again)
{
	TRY(connect_again(c, own(conn)));
	conn->again = false;
	fail f = begin(c, conn);

	if (f == FAIL_OK)
		f = tx_body(c, conn, body, arg);
	if (f == FAIL_OK)
		f = commit(c, own(conn));
	*again = conn->again;
	rest(conn);
	return f;
}

/* Waits longer from try to try, everybody differently. */
static void pause_before(int try)
{
	static _Thread_local unsigned seed;
	int most_us = 500 << (try < 7 ? try : 7);

	if (!seed)
		seed = (unsigned)(uintptr_t)&seed ^ (unsigned)time(NULL);
	struct timespec t = { .tv_nsec = (long)(rand_r(&seed) % most_us + most_us / 2) * 1000 };

	nanosleep(&t, NULL);
}

static void run_hooks(struct call *c, struct db *db)
{
	if (!c->after)
		return;
	pthread_mutex_lock(&state_of(db)->hooks);
	tx_committed(c);
	pthread_mutex_unlock(&state_of(db)->hooks);
}

static fail write_tries(struct call *c, struct db_conn *conn, db_body *body, void *arg)
{
	struct problem before = c->problem;
	fail f = FAIL_BUSY;
	bool again = true;

	for (int try = 0; try < TRIES && again; try++) {
		if (try) {
			pause_before(try);
			c->problem = before;
		}
		again = false;
		tx_undone(c);
		f = write_once(c, conn, body, arg, &again);
	}
	return again ? FAIL_BUSY : f;
}

/* A connection that the call holds for reading serves here too: two for each of many requests would exhaust the pool. */
static fail write_outermost(struct call *c, struct db *db, struct db_conn *reader, db_body *body, void *arg)
{
	struct db_conn *conn = reader;

	if (!conn)
		TRY(take(c, db, &conn));
	int holds = conn->holds, bodies = conn->bodies;
	fail f = write_tries(c, conn, body, arg);

	conn->holds = holds;
	conn->bodies = bodies;
	if (!reader)
		put_back(conn);
	if (f == FAIL_OK)
		run_hooks(c, db);
	else
		tx_undone(c);
	return f;
}

/* ---- statements ---- */

struct params {
	int n;
	const char *values[MAX_PARAMS];
	int lengths[MAX_PARAMS], formats[MAX_PARAMS];
	char numbers[MAX_PARAMS][24];
};

static void set_params(struct params *p, struct db_args args)
{
	p->n = args.n;
	for (int i = 0; i < args.n; i++) {
		const struct dbv *v = &args.v[i];

		p->lengths[i] = (int)v->size;
		p->formats[i] = v->type == DBV_BLOB;
		p->values[i] = v->type == DBV_NULL ? NULL : v->s;
		if (v->type == DBV_INT) {
			snprintf(p->numbers[i], sizeof p->numbers[i], "%lld", (long long)v->i);
			p->values[i] = p->numbers[i];
		}
		if (v->type == DBV_BLOB && !v->size)
			p->values[i] = "";
	}
}

static PGresult *run_params(struct pg_conn *conn, const char *sql, const struct params *p)
{
	return PQexecParams(conn->h, sql, p->n, NULL, p->values, p->lengths, p->formats, 1);
}

static struct kept *kept_of(const struct pg_conn *conn, const struct query *q)
{
	return &conn->kept[q->slot + (conn->base.write ? db_query_count : 0)];
}

static PGresult *run_kept(struct pg_conn *conn, const struct query *q, const struct params *p)
{
	struct kept *k = kept_of(conn, q);
	char name[80];

	snprintf(name, sizeof name, "%s%s", q->name, conn->base.write ? " (change)" : "");
	if (!k->prepared) {
		PGresult *res = PQprepare(conn->h, name, q->postgres, 0, NULL);

		if (PQresultStatus(res) != PGRES_COMMAND_OK)
			return res;
		PQclear(res);
		k->prepared = true;
	}
	return PQexecPrepared(conn->h, name, p->n, p->values, p->lengths, p->formats, 1);
}

static fail keep_result(struct call *c, struct db_rows *r, PGresult *res)
{
	struct pg_conn *conn = own(r->conn);
	ExecStatusType status = PQresultStatus(res);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		fail f = engine_problem(c, conn, res, r->query->name);

		PQclear(res);
		return f;
	}
	PQclear(conn->open[r->number]);
	conn->open[r->number] = res;
	r->handle = res;
	r->at = -1;
	r->count = PQntuples(res);
	r->columns = PQnfields(res);
	if (status == PGRES_COMMAND_OK || *PQcmdTuples(res))
		r->changed = atoll(PQcmdTuples(res));
	return FAIL_OK;
}

static fail fetch(struct call *c, struct db_rows *r)
{
	const struct params none = { 0 };
	char sql[64];

	snprintf(sql, sizeof sql, "FETCH FORWARD %d FROM cursor_%d", ROWS_A_FETCH, r->cursor);
	return keep_result(c, r, run_params(own(r->conn), sql, &none));
}

static bool can_stream(const struct query *q)
{
	return begins(q->postgres, "SELECT") || begins(q->postgres, "WITH");
}

static fail start_cursor(struct call *c, struct db_rows *r, const struct params *p)
{
	struct pg_conn *conn = own(r->conn);

	r->cursor = ++conn->cursors;
	TRY(keep_result(c, r, run_params(conn, arena_printf(c->arena, "DECLARE cursor_%d NO SCROLL CURSOR FOR %s", r->cursor,
	                                                    r->query->postgres), p)));
	r->streamed = true;
	return fetch(c, r);
}

static int free_place(const struct pg_conn *conn)
{
	for (int i = 0; i < MOST_OPEN; i++)
		if (!conn->open[i])
			return i;
	return -1;
}

static fail start(struct call *c, struct db_rows *r, struct db_args args, bool stream)
{
	struct pg_conn *conn = own(r->conn);
	const struct query *q = r->query;
	struct params p;

	r->number = free_place(conn);
	if (r->number < 0)
		return problem(c, FAIL_BROKEN, q->name, "too many statements run one inside the other");
	set_params(&p, args);
	if (q->slot >= 0)
		r->map = &kept_of(conn, q)->map;
	if (stream && can_stream(q))
		return start_cursor(c, r, &p);
	return keep_result(c, r, q->slot >= 0 ? run_kept(conn, q, &p) : run_params(conn, q->postgres, &p));
}

static fail next_row(struct call *c, struct db_rows *r, bool *more)
{
	if (++r->at >= r->count && r->streamed && r->count == ROWS_A_FETCH) {
		TRY(fetch(c, r));
		r->at++;
	}
	*more = r->at < r->count;
	return FAIL_OK;
}

static void end_rows(struct db_rows *r)
{
	struct pg_conn *conn = own(r->conn);
	char sql[32];

	PQclear(conn->open[r->number]);
	conn->open[r->number] = NULL;
	if (!r->streamed || r->conn->failed)
		return;
	snprintf(sql, sizeof sql, "CLOSE cursor_%d", r->cursor);
	PQclear(PQexec(conn->h, sql));
}

/* ---- values ---- */

static uint64_t big_endian(const char *bytes, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)bytes[i];
	return v;
}

static struct dbv number(int64_t i)
{
	return (struct dbv){ .type = DBV_INT, .i = i };
}

/* A sum of whole numbers comes as numeric: groups of four digits. One with a fraction or beyond 64 bits is not for us. */
static struct dbv numeric(const char *bytes)
{
	const struct dbv other = { .type = DBV_OTHER };
	int digits = (int16_t)big_endian(bytes, 2), weight = (int16_t)big_endian(bytes + 2, 2);
	unsigned sign = (unsigned)big_endian(bytes + 4, 2);
	int64_t v = 0;

	if (sign != 0 && sign != 0x4000)
		return other;
	for (int i = 0; i <= weight || i < digits; i++) {
		int64_t digit = i < digits ? (int64_t)big_endian(bytes + 8 + 2 * i, 2) : 0;

		if (i > weight && digit)
			return other;
		if (i <= weight && (__builtin_mul_overflow(v, 10000, &v) || __builtin_add_overflow(v, digit, &v)))
			return other;
	}
	return number(sign ? -v : v);
}

static struct dbv cell(const struct db_rows *r, int column)
{
	const PGresult *res = r->handle;
	const char *bytes = PQgetvalue(res, r->at, column);
	size_t size = (size_t)PQgetlength(res, r->at, column);

	if (PQgetisnull(res, r->at, column))
		return (struct dbv){ .type = DBV_NULL };
	switch (PQftype(res, column)) {
	case OID_INT8: return number((int64_t)big_endian(bytes, 8));
	case OID_INT4: return number((int32_t)big_endian(bytes, 4));
	case OID_INT2: return number((int16_t)big_endian(bytes, 2));
	case OID_NUMERIC: return numeric(bytes);
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_BPCHAR:
	case OID_NAME:
	case OID_UNKNOWN: return (struct dbv){ .type = DBV_TEXT, .s = bytes, .size = size };
	case OID_BYTEA: return (struct dbv){ .type = DBV_BLOB, .s = bytes, .size = size };
	default: return (struct dbv){ .type = DBV_OTHER };
	}
}

static const char *column_name(const struct db_rows *r, int column)
{
	return PQfname(r->handle, column);
}

/* ---- opening and closing ---- */

static void close_all(struct db *db)
{
	struct pg_state *s = state_of(db);

	while (s->free) {
		struct db_conn *conn = s->free;

		s->free = conn->next;
		free_conn(own(conn));
	}
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->hooks);
	pthread_cond_destroy(&s->freed);
	free(s);
}

static const char *info_value(const PQconninfoOption *o, const char *name)
{
	for (; o->keyword; o++)
		if (strcmp(o->keyword, name) == 0)
			return o->val ? o->val : "";
	return "";
}

/* The address as it may be shown: without a password. */
static fail shown_url(struct call *c, struct db *db)
{
	char *error = NULL, *url = NULL;
	PQconninfoOption *o = PQconninfoParse(db->path, &error);

	if (!o) {
		fail f = problem(c, FAIL_INPUT, "db", "this is not the address of a database: %s", one_line(c, error ? error : ""));

		PQfreemem(error);
		return f;
	}
	const char *user = info_value(o, "user"), *port = info_value(o, "port");
	int n = asprintf(&url, "postgres://%s%s%s%s%s/%s", user, *user ? "@" : "", info_value(o, "host"), *port ? ":" : "", port,
	                 info_value(o, "dbname"));

	PQconninfoFree(o);
	if (n < 0)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	free(db->url);
	db->url = url;
	return FAIL_OK;
}

/* Texts have to sort by their bytes, as they do in SQLite: the order people see comes from keys made by the program. */
static fail check_server(struct call *c, struct pg_conn *conn)
{
	PGresult *res = PQexec(conn->h, "SELECT datcollate FROM pg_database WHERE datname = current_database()");
	const char *collate = PQntuples(res) == 1 ? PQgetvalue(res, 0, 0) : "";
	bool fits = strcmp(collate, "C") == 0 || strcmp(collate, "POSIX") == 0 || begins(collate, "C.");
	fail f = FAIL_OK;

	if (PQserverVersion(conn->h) < 150000)
		f = problem(c, FAIL_INPUT, "db", "PostgreSQL 15 or later is needed");
	else if (!fits)
		f = problem(c, FAIL_INPUT, "db",
		            "the database sorts by the rules of “%s”: make it with createdb -T template0 -E UTF8 --locale=C.UTF-8",
		            arena_strdup(c->arena, collate));
	PQclear(res);
	return f;
}

static fail try_connection(struct call *c, struct db *db)
{
	struct db_conn *conn;

	TRY(take(c, db, &conn));
	fail f = check_server(c, own(conn));

	give(conn);
	return f;
}

fail postgres_open(struct call *c, struct db *db)
{
	struct pg_state *s = calloc(1, sizeof *s);

	if (!s)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	db->state = s;
	s->most = db->options.readers > 0 ? db->options.readers : MOST_CONNECTIONS;
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->hooks, NULL);
	pthread_cond_init(&s->freed, NULL);
	fail f = shown_url(c, db);

	if (f == FAIL_OK)
		f = try_connection(c, db);
	if (f != FAIL_OK)
		close_all(db);
	return f;
}

/* ---- care ---- */

/* The server checks references by itself and pages when they are read: it only has to answer. */
static fail check(struct call *c)
{
	return try_connection(c, c->db);
}

static fail backup(struct call *c, const char *path)
{
	return problem(c, FAIL_INPUT, "db", "a PostgreSQL database is copied by its own tool: pg_dump -Fc -f %s %s", path, db_url(c->db));
}

static fail restore(struct call *c, const char *path)
{
	return problem(c, FAIL_INPUT, "db", "a PostgreSQL database is brought back by its own tool: pg_restore -d %s %s", db_url(c->db), path);
}

const struct engine engine_postgres = {
	.close = close_all,
	.take = take,
	.give = give,
	.write = write_outermost,
	.command = command,
	.script = script,
	.start = start,
	.next = next_row,
	.column_name = column_name,
	.cell = cell,
	.end = end_rows,
	.end_all = end_all,
	.check = check,
	.backup = backup,
	.restore = restore,
};
