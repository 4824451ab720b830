/* write.c — durable small writes: recorded meetings with 20 attendance rows each, by many clients at once.
 *
 *   bench_write prepare DB|postgres://…                     fills an empty database: 16,667 cells of 20 members with 24 meetings each
 *   bench_write record  DB|postgres://… CLIENTS SECONDS     SQLite: the program's own statements through db_write
 *                                                           PostgreSQL: one call of a function each, one round trip, as fast as it goes
 *   bench_write product DB|postgres://… CLIENTS SECONDS     either engine: through db_write, and a journal entry with it
 *   bench_write fsync   DIR SECONDS                         append 4 KiB, fdatasync, and again: what the disk allows
 *
 * Prints one line of JSON: changes per second, median, 99th percentile and longest wait in milliseconds,
 * processor time of this program for each change in microseconds. */
#include <fcntl.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "db/engine.h"
#include "db/journal.h"
#include "meeting_sql.h"

enum { CELLS = 16667, MONTHS = 24, MARKS = 20, MEETINGS = CELLS * MONTHS, FIRST_MONTH = 24300, CALL_BYTES = 1 << 20, MOST_SAMPLES = 1 << 21 };

static struct db *db;
static const char *url;
static bool journalled;
static atomic_bool stop;

_Noreturn static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_write: %s: %s\n", what, why);
	exit(1);
}

static void must(struct call *c, fail f, const char *what)
{
	if (f != FAIL_OK)
		die(what, c->problem.text);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- filling ---- */

/* Numbers from 1 to one of these; meeting m belongs to cell (m - 1) / 24 + 1, member n to cell (n - 1) / 20 + 1. */
static const char fill_common[] =
	"INSERT INTO unit (id, realm, code) SELECT n, 1, 'U' || n FROM %s WHERE n <= 16667;"
	"INSERT INTO member (realm, id, code, full_name, name_key, sort_key) "
	"	SELECT 1, n, 'M' || n, 'Nguyễn Văn ' || n, 'nguyen van ' || n, %s FROM %s WHERE n <= 333340;"
	"INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at) "
	"	SELECT 1, n, 'H' || n, (n - 1) / 24 + 1, 24300 + (n - 1) %% 24, 'regular', '2025-03-05T19:00' FROM %s;%s";
static const char sqlite_numbers[] = "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 400008) SELECT n FROM s)";
static const char postgres_numbers[] = "(SELECT generate_series(1, 400008) AS n) s";
static const char postgres_function[] =
	"CREATE FUNCTION record_meeting(m BIGINT, first BIGINT) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN "
	"UPDATE meeting SET month = 24300 + (m - 1) % 24, kind = 'regular', thematic = 0, starts_at = '2025-03-05T19:00', "
	"ends_at = '2025-03-05T20:30', expected = 20, present = 18, excused = 1, unexcused = 1, official_present = 17, speakers = 5, "
	"pre_meeting_on = '2025-03-03', documents_sent_at = NULL, scored_at = NULL, uploaded_at = NULL, topic = 'x', rev = rev + 1 "
	"WHERE realm = 1 AND id = m; "
	"INSERT INTO attendance (realm, meeting_id, member_id, status, mode, arrived_at) "
	"SELECT 1, m, first + g, CASE g WHEN 0 THEN 'excused' WHEN 1 THEN 'unexcused' ELSE 'present' END, 'in_person', NULL "
	"FROM generate_series(0, 19) g "
	"ON CONFLICT (realm, meeting_id, member_id) DO UPDATE SET status = excluded.status, mode = excluded.mode, arrived_at = excluded.arrived_at; "
	"END $f$; ANALYZE;";

static fail run_script(struct call *c, void *arg)
{
	return c->db->engine->script(c, c->conn, arg);
}

static int prepare(struct call *c)
{
	bool sqlite = db_engine_of(db) == DB_SQLITE;
	const char *numbers = sqlite ? sqlite_numbers : postgres_numbers;

	must(c, db_migrate(c, NULL), "migrate");
	must(c, db_write(c, run_script, arena_printf(c->arena, fill_common, numbers, sqlite ? "X'00'" : "'\\x00'::bytea", numbers, numbers,
	                                             sqlite ? "" : postgres_function)), "fill");
	return 0;
}

/* ---- one change ---- */

struct work { int64_t meeting, first; };

static struct work next_work(unsigned *seed)
{
	int64_t meeting = rand_r(seed) % MEETINGS + 1;

	return (struct work){ meeting, (meeting - 1) / MONTHS * MARKS + 1 };
}

static fail put_marks(struct call *c, const struct work *w)
{
	for (int64_t i = 0; i < MARKS; i++)
		TRY(db_exec(c, &Q_attendance_put, ARGS(V((int64_t)1), V(w->meeting), V(w->first + i),
		                                       V(i == 0 ? "excused" : i == 1 ? "unexcused" : "present"), V("in_person"), V((const char *)NULL)), NULL));
	return FAIL_OK;
}

static fail record(struct call *c, void *arg)
{
	const struct work *w = arg;
	const char *none = NULL;

	TRY(db_exec(c, &Q_meeting_write,
	            ARGS(V((int64_t)1), V(w->meeting), V(FIRST_MONTH + (w->meeting - 1) % MONTHS), V("regular"), V(0), V("2025-03-05T19:00"), V("2025-03-05T20:30"), V(20), V(18),
	                 V(1), V(1), V(17), V(5), V("2025-03-03"), V(none), V(none), V(none), V("x"), V(""), V(""), V(0), V(none), V(none), V(none),
	                 V(none), V(none), V(0)), NULL));
	TRY(put_marks(c, w));
	if (!journalled)
		return FAIL_OK;
	return journal_add(c, 1, 1, "update", "meeting", w->meeting, "{\"present\":null}", "{\"present\":18,\"excused\":1,\"unexcused\":1}");
}

static void record_by_us(struct call *c, struct work *w)
{
	must(c, db_write(c, record, w), "record");
}

static void record_by_function(PGconn *h, const struct work *w)
{
	char meeting[24], first[24];
	const char *values[] = { meeting, first };

	snprintf(meeting, sizeof meeting, "%lld", (long long)w->meeting);
	snprintf(first, sizeof first, "%lld", (long long)w->first);
	PGresult *res = PQexecPrepared(h, "record", 2, values, NULL, NULL, 0);

	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		die("record", PQerrorMessage(h));
	PQclear(res);
}

/* ---- clients ---- */

struct client {
	pthread_t thread;
	unsigned seed;
	bool function;
	double *waits;
	size_t n, room;
};

static PGconn *connect_peer(void)
{
	PGconn *h = PQconnectdb(url);

	if (PQstatus(h) != CONNECTION_OK)
		die(url, PQerrorMessage(h));
	PQclear(PQprepare(h, "record", "SELECT record_meeting($1, $2)", 2, NULL));
	return h;
}

static void *client_main(void *arg)
{
	struct client *k = arg;
	PGconn *h = k->function ? connect_peer() : NULL;

	while (!atomic_load_explicit(&stop, memory_order_relaxed) && k->n < k->room) {
		struct work w = next_work(&k->seed);
		struct call c;
		double begin = now_ms();

		if (h) {
			record_by_function(h, &w);
		} else {
			call_begin(&c, CALL_BYTES);
			c.lang = LANG_EN;
			c.db = db;
			record_by_us(&c, &w);
			call_end(&c);
		}
		k->waits[k->n++] = now_ms() - begin;
	}
	if (h)
		PQfinish(h);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double cpu_us(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static void report(double *waits, size_t n, double ms)
{
	qsort(waits, n, sizeof *waits, by_size);
	printf("{\"rate\":%.1f,\"p50\":%.4f,\"p99\":%.4f,\"longest\":%.3f,\"cpu_us\":%.1f,\"n\":%zu}\n", (double)n / ms * 1e3, n ? waits[n / 2] : 0,
	       n ? waits[n - n / 100 - 1] : 0, n ? waits[n - 1] : 0, n ? cpu_us() / (double)n : 0, n);
}

static int run_clients(int count, double seconds, bool function)
{
	struct client *k = calloc((size_t)count, sizeof *k);
	double *all = malloc(sizeof *all * MOST_SAMPLES), begin;
	size_t n = 0;

	if (!k || !all)
		die("clients", "no memory");
	begin = now_ms();
	for (int i = 0; i < count; i++) {
		k[i] = (struct client){ .seed = (unsigned)(i * 7919 + (int)getpid()), .function = function, .room = MOST_SAMPLES / (size_t)count };
		k[i].waits = malloc(sizeof *all * k[i].room);
		if (!k[i].waits || pthread_create(&k[i].thread, NULL, client_main, &k[i]) != 0)
			die("clients", "cannot be started");
	}
	usleep((useconds_t)(seconds * 1e6));
	atomic_store(&stop, true);
	double ms = now_ms() - begin;

	for (int i = 0; i < count; i++) {
		pthread_join(k[i].thread, NULL);
		memcpy(all + n, k[i].waits, k[i].n * sizeof *all);
		n += k[i].n;
		free(k[i].waits);
	}
	report(all, n, ms);
	free(all);
	free(k);
	return 0;
}

/* ---- the disk ---- */

static int append_and_sync(const char *dir, double seconds)
{
	static char page[4096];
	double *waits = malloc(sizeof *waits * MOST_SAMPLES), begin = now_ms(), last = begin;
	char path[4096];
	size_t n = 0;

	snprintf(path, sizeof path, "%s/fsync-%ld", dir, (long)getpid());
	int fd = open(path, O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || !waits)
		die(path, "cannot be made");
	while (last - begin < seconds * 1e3 && n < MOST_SAMPLES) {
		memset(page, (int)n, sizeof page);
		if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd) != 0)
			die(path, "cannot be written");
		double now = now_ms();

		waits[n++] = now - last;
		last = now;
	}
	close(fd);
	unlink(path);
	report(waits, n, last - begin);
	free(waits);
	return 0;
}

static bool is_postgres(void)
{
	return strncmp(url, "postgres", 8) == 0;
}

static int with_database(const char *what, int clients, double seconds)
{
	struct db_options options = { .create = true, .write = true };
	struct call c;
	int code;

	call_begin(&c, (size_t)1 << 28);
	c.lang = LANG_EN;
	must(&c, db_open(&c, url, &options, &db), "open");
	c.db = db;
	journalled = strcmp(what, "product") == 0;
	if (strcmp(what, "prepare") == 0)
		code = prepare(&c);
	else
		code = run_clients(clients, seconds, is_postgres() && !journalled);
	db_close(db);
	call_end(&c);
	return code;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		die("usage", "bench_write prepare|record|product DB [CLIENTS SECONDS] | fsync DIR SECONDS");
	url = argv[2];
	if (strcmp(argv[1], "fsync") == 0)
		return append_and_sync(argv[2], argc > 3 ? atof(argv[3]) : 3);
	return with_database(argv[1], argc > 3 ? atoi(argv[3]) : 16, argc > 4 ? atof(argv[4]) : 5);
}
