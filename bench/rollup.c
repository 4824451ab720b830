/* rollup.c — a province's year, 12 months of the province and of each of its communes: from memory, and as sums by SQLite and PostgreSQL.
 *
 * usage: bench_rollup CHIBO.db [POSTGRES-CONNINFO]. The database engines read the same rows (cell_month) through prepared statements, hot, in this
 * process; PostgreSQL over its unix socket. Every answer is compared before anything is timed. Prints nanoseconds per question, one line a contender:
 * "NAME median least most", five interleaved rounds. */
#include <inttypes.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/db.h"
#include "rollup/state.h"

enum { ROUNDS = 5, YEAR = 2025 };

/* Cells that met, people expected and present, points: by commune and month, in the structure of that time. */
static const char sql[] =
	"WITH w(month, last) AS (VALUES (24300,'2025-01-31'),(24301,'2025-02-28'),(24302,'2025-03-31'),(24303,'2025-04-30'),"
	"(24304,'2025-05-31'),(24305,'2025-06-30'),(24306,'2025-07-31'),(24307,'2025-08-31'),"
	"(24308,'2025-09-30'),(24309,'2025-10-31'),(24310,'2025-11-30'),(24311,'2025-12-31'))"
	" SELECT s.parent_id, m.month, sum(m.regular), sum(m.expected), sum(m.present), sum(m.points)"
	" FROM cell_month m JOIN w ON w.month = m.month"
	" JOIN unit_span s ON s.unit_id = m.unit_id AND s.valid_from <= w.last AND s.valid_to >= w.last"
	" WHERE m.realm = $1 GROUP BY s.parent_id, m.month";

struct bench {
	struct call c;
	struct state *state;
	int32_t province;
	int64_t realm;
	sqlite3_stmt *lite;
	PGconn *pg;
	uint64_t sink;
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static const enum figure asked[] = { FIG_regular, FIG_expected, FIG_present, FIG_points };
enum { ASKED = 4 };
struct totals { int64_t v[12][ASKED]; size_t rows; };

/* The province's children, a row of twelve months each. */
static void ask_memory(struct bench *b, struct totals *out)
{
	const struct shape *shape = &b->state->shape;
	size_t n;
	const struct shape_link *children = shape_children(shape, THEN, b->province, &n);
	uint32_t room[12][FIG_COUNT];

	for (size_t i = 0; i < n; i++) {
		uint32_t (*year)[FIG_COUNT] = cube_year(&b->state->cube, THEN, children[i].child, YEAR, room);

		for (int month = 0; month < 12; month++)
			for (int k = 0; k < ASKED; k++)
				out->v[month][k] += year[month][asked[k]];
		out->rows += 12;
	}
}

static void take(struct totals *out, int64_t month, const int64_t v[ASKED])
{
	for (int k = 0; k < ASKED; k++)
		out->v[month - YEAR * 12][k] += v[k];
	out->rows++;
}

static void ask_sqlite(struct bench *b, struct totals *out)
{
	sqlite3_reset(b->lite);
	sqlite3_bind_int64(b->lite, 1, b->realm);
	while (sqlite3_step(b->lite) == SQLITE_ROW) {
		int64_t v[ASKED];

		for (int k = 0; k < ASKED; k++)
			v[k] = sqlite3_column_int64(b->lite, 2 + k);
		take(out, sqlite3_column_int64(b->lite, 1), v);
	}
}

static void ask_postgres(struct bench *b, struct totals *out)
{
	char realm[24];
	const char *values[] = { realm };

	snprintf(realm, sizeof realm, "%" PRId64, b->realm);
	PGresult *r = PQexecPrepared(b->pg, "q", 1, values, NULL, NULL, 0);

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		fprintf(stderr, "%s", PQerrorMessage(b->pg)), exit(1);
	for (int i = 0; i < PQntuples(r); i++) {
		int64_t v[ASKED];

		for (int k = 0; k < ASKED; k++)
			v[k] = strtoll(PQgetvalue(r, i, 2 + k), NULL, 10);
		take(out, strtoll(PQgetvalue(r, i, 1), NULL, 10), v);
	}
	PQclear(r);
}

/* ---- the same rows for PostgreSQL ---- */

static void pg_do(PGconn *pg, const char *statement)
{
	PGresult *r = PQexec(pg, statement);
	ExecStatusType s = PQresultStatus(r);

	if (s != PGRES_COMMAND_OK && s != PGRES_COPY_IN && s != PGRES_TUPLES_OK)
		fprintf(stderr, "%s", PQerrorMessage(pg)), exit(1);
	PQclear(r);
}

static void copy_rows(sqlite3 *lite, PGconn *pg, const char *select, const char *copy)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(lite, select, -1, &s, NULL) != SQLITE_OK)
		fprintf(stderr, "%s\n", sqlite3_errmsg(lite)), exit(1);
	pg_do(pg, copy);
	while (sqlite3_step(s) == SQLITE_ROW) {
		char line[512];
		int at = 0, n = sqlite3_column_count(s);

		for (int i = 0; i < n; i++) {
			const char *text = (const char *)sqlite3_column_text(s, i);

			at += snprintf(line + at, sizeof line - (size_t)at, "%s%c", text ? text : "\\N", i + 1 < n ? '\t' : '\n');
		}
		PQputCopyData(pg, line, at);
	}
	PQputCopyEnd(pg, NULL);
	PQclear(PQgetResult(pg));
	while (PQgetResult(pg))
		;
	sqlite3_finalize(s);
}

static void fill_postgres(struct bench *b, sqlite3 *lite, const char *conninfo)
{
	b->pg = PQconnectdb(conninfo);
	if (PQstatus(b->pg) != CONNECTION_OK)
		fprintf(stderr, "%s", PQerrorMessage(b->pg)), exit(1);
	pg_do(b->pg, "SET client_min_messages=warning; DROP TABLE IF EXISTS cell_month; DROP TABLE IF EXISTS unit_span;"
	             "CREATE TABLE cell_month (realm bigint, unit_id bigint, month bigint, regular bigint, expected bigint, present bigint, points bigint);"
	             "CREATE TABLE unit_span (unit_id bigint, valid_from text COLLATE \"C\", valid_to text COLLATE \"C\", parent_id bigint)");
	copy_rows(lite, b->pg, "SELECT realm, unit_id, month, regular, expected, present, points FROM cell_month", "COPY cell_month FROM STDIN");
	copy_rows(lite, b->pg, "SELECT unit_id, valid_from, valid_to, parent_id FROM unit_span", "COPY unit_span FROM STDIN");
	pg_do(b->pg, "ALTER TABLE cell_month ADD PRIMARY KEY (realm, unit_id, month); ALTER TABLE unit_span ADD PRIMARY KEY (unit_id, valid_from)");
	pg_do(b->pg, "VACUUM ANALYZE");
	PQclear(PQprepare(b->pg, "q", sql, 1, (const Oid[]){ 20 }));
}

/* ---- comparing and timing ---- */

static void same(const char *who, const struct totals *a, const struct totals *b)
{
	if (memcmp(a->v, b->v, sizeof a->v) == 0)
		return;
	fprintf(stderr, "the answer of %s differs from memory: January %" PRId64 " against %" PRId64 "\n", who, b->v[0][1], a->v[0][1]);
	exit(1);
}

static double time_one(struct bench *b, void (*ask)(struct bench *, struct totals *), int repeats)
{
	int64_t begin = now_ns();

	for (int i = 0; i < repeats; i++) {
		struct totals t = { 0 };

		ask(b, &t);
		b->sink += (uint64_t)t.v[11][1];
	}
	return (double)(now_ns() - begin) / repeats;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(struct bench *b)
{
	static const struct {
		const char *name;
		void (*ask)(struct bench *, struct totals *);
		int repeats;
	} who[] = { { "memory", ask_memory, 2000 }, { "sqlite", ask_sqlite, 3 }, { "postgres", ask_postgres, 3 } };
	double ns[3][ROUNDS];
	struct totals ours = { 0 };

	ask_memory(b, &ours);
	for (int k = 1; k < 3 && (k < 2 || b->pg); k++) {
		struct totals theirs = { 0 };

		who[k].ask(b, &theirs);
		same(who[k].name, &ours, &theirs);
	}
	for (int round = 0; round < ROUNDS; round++)
		for (int k = 0; k < 3 && (k < 2 || b->pg); k++)
			ns[k][round] = time_one(b, who[k].ask, who[k].repeats);
	for (int k = 0; k < 3 && (k < 2 || b->pg); k++) {
		qsort(ns[k], ROUNDS, sizeof **ns, by_size);
		printf("%s %.0f %.0f %.0f\n", who[k].name, ns[k][ROUNDS / 2], ns[k][0], ns[k][ROUNDS - 1]);
	}
	fprintf(stderr, "%zu rows an answer (%" PRIu64 ")\n", ours.rows, b->sink & 1);
}

static fail load(struct call *c, void *arg)
{
	struct bench *b = arg;
	struct period p = { YEAR * 12, YEAR * 12 + 11 };

	TRY(state_load_tree(c, YEAR, 1, &b->state));
	TRY(state_load_facts(c, b->state, p, NULL));
	cube_sum(&b->state->cube);
	return FAIL_OK;
}

/* The first province: the first unit that is its own realm and has a parent or children. */
static int32_t find_province(const struct shape *s)
{
	for (int32_t i = 1; i < s->n; i++) {
		size_t n;

		shape_children(s, NOW, i, &n);
		if (s->unit[i].id == s->unit[i].realm && n > 50)
			return i;
	}
	return -1;
}

static fail run(struct bench *b, int argc, char **argv)
{
	struct call *c = &b->c;
	sqlite3 *lite;

	TRY(db_open(c, argv[1], &(struct db_options){ 0 }, &c->db));
	TRY(db_read(c, load, b));
	b->province = find_province(&b->state->shape);
	if (b->province < 0)
		return problem(c, FAIL_INPUT, "", "a text");
	b->realm = b->state->shape.unit[b->province].id;
	if (sqlite3_open_v2(argv[1], &lite, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(lite, sql, -1, &b->lite, NULL) != SQLITE_OK)
		fprintf(stderr, "%s\n", sqlite3_errmsg(lite)), exit(1);
	sqlite3_exec(lite, "PRAGMA cache_size=-1000000", NULL, NULL, NULL);
	if (argc > 2)
		fill_postgres(b, lite, argv[2]);
	measure(b);
	return FAIL_OK;
}

int main(int argc, char **argv)
{
	struct bench b = { .province = -1 };

	if (argc < 2)
		return fprintf(stderr, "usage: bench_rollup CHIBO.db [POSTGRES-CONNINFO]\n"), 2;
	call_begin(&b.c, (size_t)4 << 30);
	fail f = run(&b, argc, argv);

	if (f != FAIL_OK)
		fprintf(stderr, "%s\n", b.c.problem.text);
	return fail_exit(f);
}
