/* closing.c — closing a meeting durably: roll call of 20, 4 tasks, the end, and the score sheet of 25 lines proposed from the record.
 *
 *   bench_closing prepare DB|postgres://…                   fills an empty database: cells of 20 members, each with a meeting that is open
 *   bench_closing product DB|postgres://… CLIENTS SECONDS   the program's own functions in one change: every check, the facts gathered, the
 * score computed, history, journal, counters bench_closing plain   DB CLIENTS SECONDS                the same rows by plain SQLite
 * statements, one transaction (synchronous=FULL), a connection a client; nothing is checked, gathered, computed or journalled
 *
 * Each closing takes a meeting that nobody has closed yet; prepare anew when they are used up. Prints one line of JSON, as write.c does. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "db/engine.h"
#include "meeting/cycle.h"
#include "rules/load.h"
#include "score/score.h"
#include "work/task.h"

enum { MEETINGS = 6000, PEOPLE = 20, TASKS = 4, LINES = 25, CALL_BYTES = 64 << 20 };

static struct db *db;
static const char *url;
static struct rules rules;
static atomic_bool stop;
static atomic_int taken;
static bool plain;

_Noreturn static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_closing: %s: %s\n", what, why ? why : "");
	exit(1);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- filling ---- */

/* Cell n holds members (n-1)*20+1 … n*20; meeting n is its November, meeting 1000000+n its October with four tasks done on time. The 16
 * steps of the agenda stand on item 1 to 16. */
static const char fill[] =
    "CREATE TABLE num (n BIGINT PRIMARY KEY); INSERT INTO num SELECT n FROM %s;"
    "INSERT INTO unit (id, realm, code) SELECT n, 1, 'U' || n FROM num WHERE n <= 6000;"
    "INSERT INTO unit_span (unit_id, valid_from, valid_to, level, type, name, name_key, sort_key) "
    "	SELECT n, '2020-01-01', '9999-12-31', 'cell', 'VR', 'Chi bộ ' || n, 'chi bo ' || n, %s FROM num WHERE n <= 6000;"
    "INSERT INTO member (realm, id, code, full_name, name_key, sort_key, admitted_on, official_on) "
    "	SELECT 1, n, 'M' || n, 'Nguyễn Văn ' || n, 'nguyen van ' || n, %s, '2010-05-19', '2011-05-19' FROM num;"
    "INSERT INTO membership (realm, member_id, unit_id, valid_from, valid_to, status) "
    "	SELECT 1, n, (n - 1) / 20 + 1, '2020-01-01', '9999-12-31', 'official' FROM num;"
    "INSERT INTO post (realm, unit_id, member_id, post, valid_from, valid_to) "
    "	SELECT 1, n, (n - 1) * 20 + 1, 'secretary', '2020-01-01', '9999-12-31' FROM num WHERE n <= 6000;"
    "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, ends_at, state, afterwards, expected, present, excused, "
    "unexcused) "
    "	SELECT 1, 1000000 + n, 'O' || n, n, 24309, 'regular', '2025-10-30T19:00', '2025-10-30T20:30', 'locked', 0, 20, 20, 0, 0 "
    "	FROM num WHERE n <= 6000;"
    "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at, place, state, afterwards, chair_id, minute_taker_id) "
    "	SELECT 1, n, 'N' || n, n, 24310, 'regular', '2025-11-20T19:00', 'Nhà văn hóa', 'open', 0, (n - 1) * 20 + 1, (n - 1) * 20 + 2 "
    "	FROM num WHERE n <= 6000;"
    "INSERT INTO task (realm, id, code, meeting_id, unit_id, title, member_id, due_on, done_on, result) "
    "	SELECT 1, n, 'T' || n, 1000000 + (n - 1) / 4 + 1, (n - 1) / 4 + 1, 'Việc', (n - 1) / 4 * 20 + 3, '2025-11-15', '2025-11-14', "
    "'done' "
    "	FROM num WHERE n <= 24000;"
    "INSERT INTO agenda_item (realm, meeting_id, item, place, part, step, title, mandatory, minutes, done, conclusion) "
    "	SELECT 1, m.n, i.n, i.n, CASE WHEN i.n <= 5 THEN 'opening' WHEN i.n <= 10 THEN 'main' ELSE 'closing' END, "
    "	CASE i.n WHEN 8 THEN 'ST-M3' WHEN 9 THEN 'ST-M4' WHEN 15 THEN 'ST-C5' WHEN 16 THEN 'ST-C6' ELSE '' END, 'Mục', 1, 15, "
    "	CASE WHEN i.n < 15 THEN 1 ELSE 0 END, 'Thống nhất' FROM num m JOIN num i ON i.n <= 16 WHERE m.n <= 6000;"
    "INSERT INTO pre_meeting (realm, meeting_id, form, starts_at) SELECT 1, n, 'confer', '2025-11-18T19:00' FROM num WHERE n <= 6000;"
    "INSERT INTO document (realm, id, unit_id, meeting_id, purpose, subject, uploaded_at) "
    "	SELECT 1, n, (n - 1) / 2 + 1, (n - 1) / 2 + 1, CASE n %% 2 WHEN 0 THEN 'guide' ELSE 'draft_resolution' END, 'Tài liệu', "
    "'2025-11-18T08:00' "
    "	FROM num WHERE n <= 12000;"
    "INSERT INTO sending (realm, meeting_id, document_id, person, channel, sent_at, sent_by) "
    "	SELECT 1, (n - 1) / 20 + 1, 0, 'm' || n, 'paper', '2025-11-18T08:00', 'x' FROM num;"
    "INSERT INTO sending (realm, meeting_id, document_id, person, channel, sent_at, sent_by) "
    "	SELECT 1, (n - 1) / 20 + 1, ((n - 1) / 20 + 1) * 2, 'm' || n, 'app', '2025-11-18T08:00', 'x' FROM num;"
    "INSERT INTO vote (realm, id, meeting_id, subject, title, rule, method, base, in_favour, against, abstain, invalid, result, closed_at) "
    "	SELECT 1, n, n, 'resolution', 'Nghị quyết', 'majority', 'hand', 20, 17, 0, 1, 0, 'adopted', '2025-11-20T20:20' FROM num WHERE n <= "
    "6000;"
    "INSERT INTO meeting_text (realm, meeting_id, name, value) SELECT 1, n, 'conclusion', 'Chi bộ thống nhất' FROM num WHERE n <= 6000;%s";
static const char sqlite_numbers[] = "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 120000) SELECT n FROM s)";
static const char postgres_numbers[] = "(SELECT generate_series(1, 120000) AS n) s";

static fail run_script(struct call *c, void *arg)
{
	return c->db->engine->script(c, c->conn, arg);
}

static void must(struct call *c, fail f, const char *what)
{
	if (f != FAIL_OK)
		die(what, c->problem.text);
}

static void prepare(struct call *c)
{
	bool sqlite = db_engine_of(db) == DB_SQLITE;
	const char *blob = sqlite ? "X'00'" : "'\\x00'::bytea";

	must(c, db_migrate(c, NULL), "migrate");
	must(c,
	     db_write(c, run_script,
	              arena_printf(c->arena, fill, sqlite ? sqlite_numbers : postgres_numbers, blob, blob, sqlite ? "" : "ANALYZE;")),
	     "fill");
}

/* ---- by the program's own functions ---- */

static fail call_roll(struct call *c, int64_t n, struct meeting *m)
{
	struct attendance rows[PEOPLE];
	struct flaws found;

	for (int i = 0; i < PEOPLE; i++)
		rows[i] = (struct attendance){ .member_id = (n - 1) * PEOPLE + i + 1,
			                           .member_code = "",
			                           .mode = i < 2 ? MODE_NONE : MODE_IN_PERSON,
			                           .status = i < 2 ? ATTENDANCE_EXCUSED : ATTENDANCE_PRESENT,
			                           .arrived_at = MOMENT_NONE };
	return attendance_replace(c, n, ANY_REV, &(struct attendances){ rows, PEOPLE }, m, &found);
}

static fail give_tasks(struct call *c, const struct meeting *m)
{
	for (int i = 0; i < TASKS; i++) {
		struct task t;

		record_clear(&task_record, &t);
		t.meeting_id = m->id;
		t.title = "Vận động hộ dân";
		t.member_id = (m->id - 1) * PEOPLE + i + 3;
		t.due_on = date_of(2025, 12, 15);
		TRY(task_create(c, &t));
	}
	return FAIL_OK;
}

static fail score_it(struct call *c, struct meeting *m)
{
	static const struct judged_line judged[] = { { "D3.1", { 30 } }, { "D4.2", { 140 } }, { "D5.1", { 20 } }, { "D5.2", { 35 } },
		                                         { "D5.3", { 30 } }, { "D5.4", { 10 } },  { "D6", { 50 } } };
	struct score_request rq = { .meeting_id = m->id, .rev = ANY_REV, .stage = STAGE_SELF, .judged = { judged, 7 }, .reason = "" };
	struct score_sheet s;
	struct flaws found;

	return score_save(c, &rq, m, &s, &found);
}

static fail close_body(struct call *c, void *arg)
{
	int64_t n = *(int64_t *)arg;
	struct meeting m, stored;

	TRY(call_roll(c, n, &m));
	TRY(give_tasks(c, &m));
	TRY(meeting_by_id(c, n, &m));
	m.speakers = 10;
	m.ends_at.minutes = m.starts_at.minutes + 95;
	TRY(meeting_update(c, &m, &stored));
	TRY(meeting_take_step(c, n, ANY_REV, STEP_CLOSE, NULL, &m, NULL));
	return score_it(c, &m);
}

static void close_by_us(int64_t n)
{
	struct call c;

	call_begin(&c, CALL_BYTES);
	c.lang = LANG_EN;
	c.db = db;
	c.rules = &rules;
	call_set_now(&c, (struct moment){ (int64_t)date_of(2025, 11, 20).days * 1440 + 20 * 60 + 40 });
	must(&c, db_write(&c, close_body, &n), "close");
	call_end(&c);
}

/* ---- by plain statements ---- */

enum plain_statement { P_BEGIN, P_MEETING, P_MARK, P_TASK, P_SHEET, P_LINE, P_STEP, P_COMMIT, PLAIN };
static const char *const plain_text[PLAIN] = {
	"BEGIN IMMEDIATE",
	"UPDATE meeting SET expected = 20, present = 18, excused = 2, unexcused = 0, official_present = 18, speakers = 10, ends_at = "
	"'2025-11-20T20:35', "
	"scored_at = '2025-11-20T20:40', state = 'scored', rev = rev + 1 WHERE realm = 1 AND id = ?1",
	"INSERT INTO attendance (realm, meeting_id, member_id, status, mode) VALUES (1, ?1, ?2, ?3, 'in_person')",
	"INSERT INTO task (realm, id, code, meeting_id, unit_id, title, member_id, due_on) VALUES (1, ?2, 'P' || ?2, ?1, ?1, 'Vận động hộ "
	"dân', ?3, '2025-12-15')",
	"INSERT INTO score_sheet (realm, meeting_id, stage, revision, scheme, points, class, facts, actor, at_ms) VALUES (1, ?1, 'self', 1, "
	"'MQ-2025-D', 965, "
	"'good', ?2, 'x', 0)",
	"INSERT INTO score_line (realm, meeting_id, stage, revision, line, points, max, source) VALUES (1, ?1, 'self', 1, ?2, 10, 10, 'fact')",
	"INSERT INTO meeting_step (realm, meeting_id, seq, step, from_state, to_state, actor, at_ms) VALUES (1, ?1, ?2, 'close', 'open', "
	"'held', 'x', 0)",
	"COMMIT",
};

struct peer {
	sqlite3 *h;
	sqlite3_stmt *s[PLAIN];
};

static void peer_open(struct peer *p)
{
	if (sqlite3_open_v2(url, &p->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		die(url, sqlite3_errmsg(p->h));
	sqlite3_busy_timeout(p->h, 60000);
	if (sqlite3_exec(p->h, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON", NULL, NULL, NULL) != SQLITE_OK)
		die("pragma", sqlite3_errmsg(p->h));
	for (int i = 0; i < PLAIN; i++)
		if (sqlite3_prepare_v2(p->h, plain_text[i], -1, &p->s[i], NULL) != SQLITE_OK)
			die(plain_text[i], sqlite3_errmsg(p->h));
}

static void peer_close(struct peer *p)
{
	for (int i = 0; i < PLAIN; i++)
		sqlite3_finalize(p->s[i]);
	sqlite3_close(p->h);
}

static void step(struct peer *p, enum plain_statement which)
{
	if (sqlite3_step(p->s[which]) != SQLITE_DONE)
		die(plain_text[which], sqlite3_errmsg(p->h));
	sqlite3_reset(p->s[which]);
}

static void bind(struct peer *p, enum plain_statement which, int at, int64_t value)
{
	sqlite3_bind_int64(p->s[which], at, value);
}

static void plain_marks(struct peer *p, int64_t n)
{
	for (int i = 0; i < PEOPLE; i++) {
		bind(p, P_MARK, 1, n);
		bind(p, P_MARK, 2, (n - 1) * PEOPLE + i + 1);
		sqlite3_bind_text(p->s[P_MARK], 3, i < 2 ? "excused" : "present", -1, SQLITE_STATIC);
		step(p, P_MARK);
	}
	for (int i = 0; i < TASKS; i++) {
		bind(p, P_TASK, 1, n);
		bind(p, P_TASK, 2, 10000000 + n * TASKS + i);
		bind(p, P_TASK, 3, (n - 1) * PEOPLE + i + 3);
		step(p, P_TASK);
	}
}

static void plain_sheet(struct peer *p, int64_t n)
{
	static const char *const ids[LINES] = { "D1",   "D2.1", "D2.2", "D3.1", "D3.2", "D3.3", "D3.4", "D3.5", "D4.1",
		                                    "D4.2", "D4.3", "D4.4", "D4.5", "D4.6", "D4.7", "D4.8", "D5.1", "D5.2",
		                                    "D5.3", "D5.4", "D6",   "D7",   "D8.1", "D8.2", "D8.3" };
	static char facts[1100];

	memset(facts, 'x', sizeof facts - 1);
	bind(p, P_SHEET, 1, n);
	sqlite3_bind_text(p->s[P_SHEET], 2, facts, -1, SQLITE_STATIC);
	step(p, P_SHEET);
	for (int i = 0; i < LINES; i++) {
		bind(p, P_LINE, 1, n);
		sqlite3_bind_text(p->s[P_LINE], 2, ids[i], -1, SQLITE_STATIC);
		step(p, P_LINE);
	}
	for (int i = 1; i <= 2; i++) {
		bind(p, P_STEP, 1, n);
		bind(p, P_STEP, 2, i);
		step(p, P_STEP);
	}
}

static void close_plain(struct peer *p, int64_t n)
{
	step(p, P_BEGIN);
	bind(p, P_MEETING, 1, n);
	step(p, P_MEETING);
	plain_marks(p, n);
	plain_sheet(p, n);
	step(p, P_COMMIT);
}

/* ---- clients ---- */

struct client {
	pthread_t thread;
	double waits[MEETINGS];
	size_t n;
};

static void *client_main(void *arg)
{
	struct client *k = arg;
	struct peer peer;

	if (plain)
		peer_open(&peer);
	while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
		int64_t n = atomic_fetch_add(&taken, 1) + 1;
		double begin = now_ms();

		if (n > MEETINGS)
			break;
		if (plain)
			close_plain(&peer, n);
		else
			close_by_us(n);
		k->waits[k->n++] = now_ms() - begin;
	}
	if (plain)
		peer_close(&peer);
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
	printf("{\"rate\":%.1f,\"p50\":%.4f,\"p99\":%.4f,\"longest\":%.3f,\"cpu_us\":%.1f,\"n\":%zu}\n", (double)n / ms * 1e3,
	       n ? waits[n / 2] : 0, n ? waits[n - n / 100 - 1] : 0, n ? waits[n - 1] : 0, n ? cpu_us() / (double)n : 0, n);
}

static void run_clients(int count, double seconds)
{
	struct client *k = calloc((size_t)count, sizeof *k);
	double *all = malloc(sizeof *all * MEETINGS), begin = now_ms();
	size_t n = 0;

	if (!k || !all)
		die("clients", "no memory");
	for (int i = 0; i < count; i++)
		if (pthread_create(&k[i].thread, NULL, client_main, &k[i]) != 0)
			die("clients", "cannot be started");
	while (now_ms() - begin < seconds * 1e3 && atomic_load(&taken) < MEETINGS)
		usleep(2000);
	atomic_store(&stop, true);
	for (int i = 0; i < count; i++) {
		pthread_join(k[i].thread, NULL);
		memcpy(all + n, k[i].waits, k[i].n * sizeof *all);
		n += k[i].n;
	}
	report(all, n, now_ms() - begin);
	free(all);
	free(k);
}

static void with_database(const char *what, int clients, double seconds)
{
	struct db_options options = { .create = true, .write = true };
	struct complaints bad = { .lang = LANG_EN };
	struct call c;

	call_begin(&c, (size_t)1 << 28);
	c.lang = LANG_EN;
	bad.arena = c.arena;
	must(&c, rules_load_builtin(c.arena, &rules, &bad), "rules");
	must(&c, db_open(&c, url, &options, &db), "open");
	c.db = db;
	if (strcmp(what, "prepare") == 0)
		prepare(&c);
	else
		run_clients(clients, seconds);
	db_close(db);
	call_end(&c);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		die("usage", "bench_closing prepare|product|plain DB [CLIENTS SECONDS]");
	int clients = argc > 3 ? atoi(argv[3]) : 16;
	double seconds = argc > 4 ? atof(argv[4]) : 4;

	url = argv[2];
	plain = strcmp(argv[1], "plain") == 0;
	if (plain)
		run_clients(clients, seconds);
	else
		with_database(argv[1], clients, seconds);
	return 0;
}
