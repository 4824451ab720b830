/* year.c — where all cells of a province stand on their way to "four good": by the program from its own database, and by one statement written by hand for
 * PostgreSQL over the same rows.
 *
 * usage: bench_year CHIBO.db RULES-DIRECTORY POSTGRES-URL|-
 *
 * PostgreSQL gets the program's own tables with their indexes, filled by COPY, vacuumed and analysed; the statement is prepared and hot, work_mem is
 * enough, just-in-time compilation off (on, it is slower). It leaves out what this data does not have (answers in meeting_fact, postponed meetings,
 * sendings): the program looks for them. Points and vetoes of every cell are compared before anything is timed. "try" applies a second table, with two
 * lines changed, beside the one in force. Prints milliseconds, one line a contender: "NAME median least most processor-time"; BENCH_ROUNDS (5) interleaved
 * rounds. The processor time of a statement is that of its server process: whole only with BENCH_SERIAL=1, which keeps PostgreSQL from using parallel
 * workers. */
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/db.h"
#include "org/unit.h"
#include "rules/load.h"
#include "year/standing.h"

enum { YEAR = 2025, MOST_ROUNDS = 25 };

struct points { int64_t unit_id; int own, tried; unsigned vetoes; };
struct answer { struct points *v; size_t n; };

struct bench {
	struct call c;
	const struct scheme *tried;
	int64_t root, realm;
	PGconn *pg;
};

static void die(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* Of this process, or of PostgreSQL's serving it. */
static double cpu_ms(const struct bench *b, bool server)
{
	struct timespec ts;
	char path[64], line[1024];
	unsigned long user = 0, kernel = 0;
	FILE *f;

	if (!server) {
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
		return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
	}
	snprintf(path, sizeof path, "/proc/%d/stat", PQbackendPID(b->pg));
	f = fopen(path, "r");
	if (f && fgets(line, sizeof line, f) && strrchr(line, ')'))
		sscanf(strrchr(line, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
	if (f)
		fclose(f);
	return (double)(user + kernel) * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

/* ---- the program ---- */

struct question { struct bench *b; bool try; struct answer *out; };

static void keep(const struct standings *own, const struct standings *tried, struct answer *out)
{
	out->v = calloc(own->n, sizeof *out->v);
	out->n = own->n;
	for (size_t i = 0; i < own->n; i++)
		out->v[i] = (struct points){ own->v[i].unit->id, own->v[i].secured.t, tried ? tried->v[i].secured.t : 0, (unsigned)own->v[i].vetoes };
}

static fail try_table(struct call *c, struct bench *b, struct standings *own, struct standings *tried)
{
	struct units cells;

	TRY(org_below(c, b->root, date_of(YEAR, 12, 31), LEVEL_CELL, &cells));
	const struct scheme **in_force = ARENA_ARRAY(c->arena, cells.n, const struct scheme *), **other = ARENA_ARRAY(c->arena, cells.n, const struct scheme *);
	struct year_gathered *gathered = ARENA_ARRAY(c->arena, cells.n, struct year_gathered);

	for (size_t i = 0; i < cells.n; i++) {
		in_force[i] = rules_scheme(c->rules, USE_FOUR_GOOD_CELL, date_of(YEAR, 12, 31), SCOPES_NONE);
		other[i] = b->tried;
	}
	TRY(year_gather(c, YEAR, cells.v, cells.n, in_force, gathered));
	TRY(year_standing_of(c, cells.v, gathered, in_force, cells.n, own));
	return year_standing_of(c, cells.v, gathered, other, cells.n, tried);
}

static fail ask(struct call *c, void *arg)
{
	struct question *q = arg;
	struct standings own, tried;

	if (q->try)
		TRY(try_table(c, q->b, &own, &tried));
	else
		TRY(year_standing(c, CASE_FOUR_GOOD, YEAR, q->b->root, NULL, &own));
	keep(&own, q->try ? &tried : NULL, q->out);
	return FAIL_OK;
}

static void program(struct bench *b, bool try, struct answer *out)
{
	struct call c = b->c;

	c.arena = arena_new((size_t)1 << 30);
	if (db_read(&c, ask, &(struct question){ b, try, out }) != FAIL_OK)
		die(c.problem.text);
	arena_free(c.arena);
}

/* ---- the statement ---- */

#define SHARE(n, of, from, points) "WHEN " n " * 100 >= " from " * " of " THEN " points " "
#define LINES(g13, g23, g23b) \
	"CASE WHEN programme_day <= founded_day + 30 THEN 40 WHEN programme_day <= founded_day + 58 THEN 20 ELSE 0 END" \
	" + CASE WHEN coalesce(assigned, 0) = 0 THEN CASE WHEN none_target = 1 THEN 120 ELSE 0 END " \
	SHARE("reached", "assigned", "100", "120") SHARE("reached", "assigned", "95", "90") SHARE("reached", "assigned", "90", "60") "ELSE 0 END" \
	" + CASE WHEN coalesce(tasks, 0) = 0 OR sometime > 0 THEN 0 " \
	SHARE("on_time", "tasks", g13, "80") SHARE("on_time", "tasks", "90", "60") SHARE("on_time", "tasks", "80", "40") "ELSE 0 END" \
	" + CASE WHEN (initiatives IS NULL AND none_initiative IS NULL) OR members IS NULL THEN 0 WHEN coalesce(initiatives, 0) >= required THEN 20" \
	" WHEN 2 * coalesce(initiatives, 0) >= required THEN 10 ELSE 0 END" \
	" + CASE WHEN held >= due THEN 40 ELSE 0 END" \
	" + CASE WHEN quarters_due = 0 OR quarters = quarters_due THEN 30 WHEN quarters * 100 >= 75 * quarters_due THEN 10 ELSE 0 END" \
	" + CASE WHEN due = 0 THEN 30 WHEN expected = 0 THEN 0 WHEN present * 100 >= " g23 " * expected THEN 30" \
	" WHEN present * 100 > " g23b " * expected THEN 20 ELSE 0 END" \
	" + CASE WHEN due = 0 THEN 20 WHEN meetings = 0 THEN 0 " SHARE("prepared", "meetings", "100", "20") SHARE("prepared", "meetings", "90", "10") "ELSE 0 END" \
	" + CASE WHEN due = 0 THEN 20 WHEN meetings = 0 OR ahead_unknown > 0 THEN 0 " SHARE("ahead", "meetings", "100", "20") SHARE("ahead", "meetings", "90", "10") "ELSE 0 END" \
	" + CASE WHEN class_good AND not_at_once = 0 THEN 40 WHEN class_good AND not_at_once = 1 THEN 30" \
	" WHEN (class_good AND not_at_once = 2) OR (class_fair AND not_at_once = 0) THEN 20" \
	" WHEN (class_good AND not_at_once = 3) OR (class_fair AND not_at_once = 1) THEN 10 ELSE 0 END" \
	" + CASE WHEN due = 0 THEN 20 WHEN meetings = 0 OR complete_unknown > 0 THEN 0 " SHARE("complete", "meetings", "100", "20") SHARE("complete", "meetings", "90", "10") "ELSE 0 END" \
	" + CASE WHEN rules_on >= term_from THEN 50 ELSE 0 END" \
	" + CASE WHEN disciplined IS NULL AND none_discipline = 1 THEN 60 ELSE 0 END" \
	" + CASE WHEN coalesce(planned, 0) = 0 THEN CASE WHEN none_inspection = 1 THEN 50 ELSE 0 END " SHARE("inspected", "planned", "100", "50") SHARE("inspected", "planned", "80", "30") "ELSE 0 END" \
	" + CASE WHEN coalesce(reports, 0) = 0 THEN CASE WHEN none_report = 1 THEN 40 ELSE 0 END " SHARE("reported", "reports", "100", "40") SHARE("reported", "reports", "90", "20") "ELSE 0 END" \
	" + CASE WHEN coalesce(classified, 0) = 0 THEN 0 " SHARE("good_members", "classified", "90", "80") SHARE("good_members", "classified", "80", "60") SHARE("good_members", "classified", "70", "30") "ELSE 0 END" \
	" + CASE WHEN classified > 0 AND not_completed = 0 THEN 40 ELSE 0 END" \
	" + CASE WHEN coalesce(to_assign, 0) = 0 OR coalesce(tasks, 0) = 0 THEN 0 " SHARE("with_task", "to_assign", "100", "40") SHARE("with_task", "to_assign", "90", "20") "ELSE 0 END" \
	" + CASE WHEN coalesce(leaders, 0) = 0 OR (trainings IS NULL AND trained = 0 AND none_training IS NULL) THEN 0 " SHARE("trained", "leaders", "100", "30") SHARE("trained", "leaders", "80", "10") "ELSE 0 END" \
	" + CASE WHEN aim IS NULL THEN 30 WHEN members IS NULL THEN 0 WHEN coalesce(admissions, 0) >= aim THEN 30 WHEN admissions > 0 THEN 10 ELSE 0 END" \
	" + CASE WHEN coalesce(received, 0) = 0 THEN CASE WHEN none_feedback = 1 THEN 30 ELSE 0 END " SHARE("answered", "received", "95", "30") SHARE("answered", "received", "80", "10") "ELSE 0 END"

#define IN_YEAR(column) column " BETWEEN '2025-01-01' AND '2025-12-31'"
#define LAST_DAY "valid_from <= '2025-12-31' AND valid_to >= '2025-12-31'"
#define FACTS \
	"WITH cell AS (SELECT u.id, s.type, l.first FROM unit u" \
	" JOIN unit_span s ON s.unit_id = u.id AND s.valid_from <= '2025-12-31' AND s.valid_to >= '2025-12-31' AND s.level = 'cell'" \
	" JOIN (SELECT unit_id, min(valid_from) AS first FROM unit_span GROUP BY unit_id) l ON l.unit_id = u.id WHERE u.realm = $1)," \
	"mon AS (SELECT unit_id, bit_or(CASE WHEN regular = 1 THEN 1 << (month - 24300)::int ELSE 0 END) AS held_bits," \
	" bit_or(CASE WHEN thematic > 0 THEN 1 << (month - 24300)::int ELSE 0 END) AS theme_bits, sum(regular) AS held, sum(meetings) AS meetings," \
	" sum(pre_meetings) AS prepared, sum(expected) AS expected, sum(present) AS present, sum(good) AS good, sum(fair) AS fair, sum(average) AS average," \
	" sum(poor) AS poor FROM cell_month WHERE realm = $1 AND month BETWEEN 24300 AND 24311 GROUP BY unit_id)," \
	"mtg AS (SELECT unit_id, count(*) FILTER (WHERE documents_sent_at IS NULL) AS ahead_unknown," \
	" count(*) FILTER (WHERE documents_sent_at::timestamp <= starts_at::timestamp - interval '1 day') AS ahead," \
	" count(*) FILTER (WHERE uploaded_at IS NULL) AS complete_unknown," \
	" count(*) FILTER (WHERE uploaded_at::timestamp <= ends_at::timestamp + interval '2 days') AS complete," \
	" count(*) FILTER (WHERE kind = 'regular' AND (scored_at >= starts_at AND scored_at <= ends_at) IS NOT TRUE) AS not_at_once" \
	" FROM meeting WHERE realm = $1 AND month BETWEEN 24300 AND 24311 AND kind <> 'committee'" \
	" AND state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled') GROUP BY unit_id)," \
	"tsk AS (SELECT unit_id, count(*) AS tasks, count(*) FILTER (WHERE result <> 'not_done' AND done_on <= due_on) AS on_time," \
	" count(*) FILTER (WHERE result NOT IN ('', 'not_done') AND done_on IS NULL) AS sometime" \
	" FROM task WHERE realm = $1 AND result <> 'cancelled' AND " IN_YEAR("due_on") " GROUP BY unit_id)," \
	"hold AS (SELECT DISTINCT unit_id, member_id FROM task WHERE realm = $1 AND result <> 'cancelled' AND " IN_YEAR("due_on") " AND member_id IS NOT NULL)," \
	"mem AS (SELECT ms.unit_id, count(*) FILTER (WHERE ms.status <> 'temp_here') AS members," \
	" count(*) FILTER (WHERE ms.status IN ('probationary', 'official', 'temp_here')) AS to_assign," \
	" count(h.member_id) FILTER (WHERE ms.status IN ('probationary', 'official', 'temp_here')) AS with_task" \
	" FROM membership ms LEFT JOIN hold h ON h.unit_id = ms.unit_id AND h.member_id = ms.member_id" \
	" WHERE ms.realm = $1 AND ms." LAST_DAY " AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here') GROUP BY ms.unit_id)," \
	"adm AS (SELECT ms.unit_id, count(*) AS admissions FROM membership ms JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id" \
	" WHERE ms.realm = $1 AND ms.status = 'probationary' AND " IN_YEAR("m.admitted_on") " AND m.admitted_on BETWEEN ms.valid_from AND ms.valid_to" \
	" GROUP BY ms.unit_id)," \
	"lead AS (SELECT p.unit_id, count(DISTINCT p.member_id) AS leaders, count(DISTINCT t.member_id) AS trained FROM post p" \
	" LEFT JOIN training t ON t.realm = p.realm AND t.member_id = p.member_id AND " IN_YEAR("t.held_on") " AND t.result <> 'failed'" \
	" WHERE p.realm = $1 AND p." LAST_DAY " AND p.post IN ('secretary', 'deputy', 'committee', 'standing_committee') GROUP BY p.unit_id)," \
	"trn AS (SELECT unit_id, count(*) AS trainings FROM training WHERE realm = $1 AND " IN_YEAR("held_on") " GROUP BY unit_id)," \
	"lvl AS (SELECT unit_id, members_excellent + members_good + members_completed + members_not_completed AS classified," \
	" members_excellent + members_good AS good_members, members_not_completed AS not_completed FROM cell_year WHERE realm = $1 AND year = 2025)," \
	"own AS (SELECT DISTINCT ON (k.unit_id) k.unit_id, s.result AS level FROM year_case k JOIN year_sheet s ON s.realm = k.realm AND s.case_id = k.id" \
	" AND s.stage IN ('appraised', 'voted', 'self') WHERE k.realm = $1 AND k.year = 2025 AND k.kind = 'unit_class'" \
	" ORDER BY k.unit_id, CASE s.stage WHEN 'appraised' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END, s.revision DESC)," \
	"doc AS (SELECT unit_id, min(dated_on) FILTER (WHERE type = 'CTr' AND " IN_YEAR("dated_on") ") AS programme_on," \
	" max(dated_on) FILTER (WHERE type = 'QC' AND dated_on <= '2025-12-31') AS rules_on FROM document WHERE realm = $1 AND state = 'issued' GROUP BY unit_id)," \
	"trm AS (SELECT unit_id, max(valid_from) AS term_from FROM term WHERE realm = $1 AND " LAST_DAY " GROUP BY unit_id)," \
	"val AS (SELECT DISTINCT ON (target_id) target_id, value FROM target_value WHERE realm = $1 AND on_date <= '2025-12-31' ORDER BY target_id, on_date DESC)," \
	"tgt AS (SELECT t.unit_id, count(*) AS assigned, count(*) FILTER (WHERE (t.goal >= t.baseline AND coalesce(v.value, t.baseline) >= t.goal)" \
	" OR (t.goal < t.baseline AND coalesce(v.value, t.baseline) <= t.goal)) AS reached FROM programme_target t LEFT JOIN val v ON v.target_id = t.id" \
	" WHERE t.realm = $1 AND " IN_YEAR("t.due_on") " GROUP BY t.unit_id)," \
	"num AS (SELECT unit_id, max(value) FILTER (WHERE name = 'admissions_aim') AS aim, max(value) FILTER (WHERE name = 'none_discipline') AS none_discipline," \
	" max(value) FILTER (WHERE name = 'none_initiative') AS none_initiative, max(value) FILTER (WHERE name = 'none_target') AS none_target," \
	" max(value) FILTER (WHERE name = 'none_inspection') AS none_inspection, max(value) FILTER (WHERE name = 'none_report') AS none_report," \
	" max(value) FILTER (WHERE name = 'none_feedback') AS none_feedback, max(value) FILTER (WHERE name = 'none_training') AS none_training" \
	" FROM year_number WHERE realm = $1 AND year = 2025 GROUP BY unit_id)," \
	"ini AS (SELECT unit_id, count(*) FILTER (WHERE recognised_by <> '') AS initiatives FROM initiative WHERE realm = $1 AND year = 2025 GROUP BY unit_id)," \
	"dis AS (SELECT unit_id, count(*) AS disciplined FROM discipline WHERE realm = $1 AND " IN_YEAR("decided_on") " GROUP BY unit_id)," \
	"ins AS (SELECT unit_id, count(*) AS planned, count(*) FILTER (WHERE done_on <= '2025-12-31') AS inspected FROM inspection" \
	" WHERE realm = $1 AND " IN_YEAR("planned_on") " GROUP BY unit_id)," \
	"rep AS (SELECT unit_id, count(*) AS reports, count(*) FILTER (WHERE sent_on <= due_on) AS reported FROM report_due" \
	" WHERE realm = $1 AND " IN_YEAR("due_on") " GROUP BY unit_id)," \
	"fed AS (SELECT unit_id, count(*) AS received, count(*) FILTER (WHERE answered_on <= due_on) AS answered FROM feedback" \
	" WHERE realm = $1 AND " IN_YEAR("received_on") " GROUP BY unit_id)," \
	"joined AS (SELECT c.id, c.type, greatest(c.first::date - '2025-01-01'::date + 1, 1) AS founded_day, d.programme_on::date - '2025-01-01'::date + 1 AS programme_day," \
	" d.rules_on, t.term_from, coalesce(m.held_bits, 0) AS held_bits, coalesce(m.theme_bits, 0) AS theme_bits, coalesce(m.held, 0) AS held," \
	" coalesce(m.meetings, 0) AS meetings, coalesce(m.prepared, 0) AS prepared, coalesce(m.expected, 0) AS expected, coalesce(m.present, 0) AS present," \
	" coalesce(m.good, 0) AS good, coalesce(m.fair, 0) AS fair, coalesce(m.average, 0) AS average, coalesce(m.poor, 0) AS poor," \
	" (CASE WHEN c.first <= '2025-01-01' THEN 4095 ELSE (4095 << (extract(month FROM c.first::date)::int - CASE WHEN right(c.first, 2) = '01' THEN 1 ELSE 0 END)) & 4095 END)" \
	" | coalesce(m.held_bits, 0) AS due_bits," \
	" g.ahead, coalesce(g.ahead_unknown, 0) AS ahead_unknown, g.complete, coalesce(g.complete_unknown, 0) AS complete_unknown, coalesce(g.not_at_once, 0) AS not_at_once," \
	" k.tasks, k.on_time, k.sometime, e.members, e.to_assign, e.with_task, a.admissions, l.leaders, l.trained, r.trainings, v.classified, v.good_members," \
	" v.not_completed, o.level, q.assigned, q.reached, n.aim, n.none_discipline, n.none_initiative, n.none_target, n.none_inspection, n.none_report," \
	" n.none_feedback, n.none_training, i.initiatives, x.disciplined, p.planned, p.inspected, y.reports, y.reported, f.received, f.answered," \
	" CASE c.type WHEN 'EN' THEN e.members WHEN 'VR' THEN 1 WHEN 'ST' THEN 1 ELSE (e.members + 2) / 3 END AS required" \
	" FROM cell c LEFT JOIN mon m ON m.unit_id = c.id LEFT JOIN mtg g ON g.unit_id = c.id LEFT JOIN tsk k ON k.unit_id = c.id LEFT JOIN mem e ON e.unit_id = c.id" \
	" LEFT JOIN adm a ON a.unit_id = c.id LEFT JOIN lead l ON l.unit_id = c.id LEFT JOIN trn r ON r.unit_id = c.id LEFT JOIN lvl v ON v.unit_id = c.id" \
	" LEFT JOIN own o ON o.unit_id = c.id LEFT JOIN doc d ON d.unit_id = c.id LEFT JOIN trm t ON t.unit_id = c.id LEFT JOIN tgt q ON q.unit_id = c.id" \
	" LEFT JOIN num n ON n.unit_id = c.id LEFT JOIN ini i ON i.unit_id = c.id LEFT JOIN dis x ON x.unit_id = c.id LEFT JOIN ins p ON p.unit_id = c.id" \
	" LEFT JOIN rep y ON y.unit_id = c.id LEFT JOIN fed f ON f.unit_id = c.id)," \
	"counted AS (SELECT *, bit_count(due_bits::bit(12)) AS due, ((due_bits | theme_bits) & 7 <> 0)::int + ((due_bits | theme_bits) & 56 <> 0)::int" \
	" + ((due_bits | theme_bits) & 448 <> 0)::int + ((due_bits | theme_bits) & 3584 <> 0)::int AS quarters_due," \
	" (theme_bits & 7 <> 0)::int + (theme_bits & 56 <> 0)::int + (theme_bits & 448 <> 0)::int + (theme_bits & 3584 <> 0)::int AS quarters FROM joined)," \
	"good AS (SELECT *, due > 0 AND held = good + fair + average + poor AS classed, average + poor = 0 AND held = due AND good >= (7 * due + 11) / 12 AS as_good," \
	" poor = 0 AND good + fair >= (7 * due + 11) / 12 AS as_fair FROM counted)," \
	"facts AS (SELECT *, classed AND as_good AS class_good, classed AND (as_good OR as_fair) AS class_fair FROM good) "

#define VETOES "(CASE WHEN held < due THEN 1 ELSE 0 END + CASE WHEN classed AND NOT class_fair THEN 2 ELSE 0 END + CASE WHEN level NOT IN ('good', 'excellent') THEN 4 ELSE 0 END)"

static const char own_statement[] = FACTS "SELECT id, " LINES("95", "90", "85") ", 0, " VETOES " FROM facts";
static const char try_statement[] = FACTS "SELECT id, " LINES("95", "90", "85") ", " LINES("98", "92", "88") ", " VETOES " FROM facts";

static void statement(struct bench *b, bool try, struct answer *out)
{
	char realm[24];
	const char *values[] = { realm };

	snprintf(realm, sizeof realm, "%lld", (long long)b->realm);
	PGresult *r = PQexecPrepared(b->pg, try ? "try" : "own", 1, values, NULL, NULL, 0);

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		die(PQerrorMessage(b->pg));
	out->n = (size_t)PQntuples(r);
	out->v = calloc(out->n, sizeof *out->v);
	for (int i = 0; i < PQntuples(r); i++)
		out->v[i] = (struct points){ strtoll(PQgetvalue(r, i, 0), NULL, 10), atoi(PQgetvalue(r, i, 1)), atoi(PQgetvalue(r, i, 2)), (unsigned)atoi(PQgetvalue(r, i, 3)) };
	PQclear(r);
}

/* ---- the same rows for PostgreSQL ---- */

static void pg_do(PGconn *pg, const char *text)
{
	PGresult *r = PQexec(pg, text);
	ExecStatusType s = PQresultStatus(r);

	if (s != PGRES_COMMAND_OK && s != PGRES_COPY_IN && s != PGRES_TUPLES_OK)
		die(PQerrorMessage(pg));
	PQclear(r);
}

static void put_value(FILE *f, sqlite3_stmt *s, int i)
{
	const unsigned char *text;

	switch (sqlite3_column_type(s, i)) {
	case SQLITE_NULL: fputs("\\N", f); return;
	case SQLITE_BLOB:
		text = sqlite3_column_blob(s, i);
		fputs("\\\\x", f);
		for (int k = 0; k < sqlite3_column_bytes(s, i); k++)
			fprintf(f, "%02x", text[k]);
		return;
	default:
		for (text = sqlite3_column_text(s, i); *text; text++) {
			if (*text == '\\' || *text == '\t' || *text == '\n')
				fputc('\\', f);
			fputc(*text, f);
		}
	}
}

static void put_row(PGconn *pg, sqlite3_stmt *s)
{
	char *line;
	size_t size;
	FILE *f = open_memstream(&line, &size);

	for (int i = 0; i < sqlite3_column_count(s); i++) {
		if (i)
			fputc('\t', f);
		put_value(f, s, i);
	}
	fputc('\n', f);
	fclose(f);
	PQputCopyData(pg, line, (int)size);
	free(line);
}

static void copy_table(sqlite3 *lite, PGconn *pg, const char *table)
{
	char text[4096];
	sqlite3_stmt *s;
	size_t at;

	snprintf(text, sizeof text, "SELECT * FROM %s", table);
	if (sqlite3_prepare_v2(lite, text, -1, &s, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(lite));
	at = (size_t)snprintf(text, sizeof text, "COPY %s (", table);
	for (int i = 0; i < sqlite3_column_count(s); i++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", i ? ", " : "", sqlite3_column_name(s, i));
	snprintf(text + at, sizeof text - at, ") FROM STDIN");
	pg_do(pg, text);
	while (sqlite3_step(s) == SQLITE_ROW)
		put_row(pg, s);
	PQputCopyEnd(pg, NULL);
	for (PGresult *r; (r = PQgetResult(pg)); PQclear(r))
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			die(PQerrorMessage(pg));
	sqlite3_finalize(s);
}

static void fill_postgres(struct bench *b, const char *db, const char *url)
{
	static const char *const tables[] = { "unit", "unit_span", "unit_setting", "member", "membership", "post", "meeting", "task", "term", "document", "year_plan",
		                                  "programme_target", "target_value", "year_case", "year_sheet", "initiative", "discipline", "inspection", "report_due",
		                                  "feedback", "training", "year_number", "cell_month", "cell_year" };
	struct call c;
	sqlite3 *lite;

	call_begin(&c, (size_t)64 << 20);
	if (db_open(&c, url, &(struct db_options){ .create = true, .write = true }, &c.db) != FAIL_OK || db_migrate(&c, NULL) != FAIL_OK)
		die(c.problem.text);
	db_close(c.db);
	call_end(&c);
	b->pg = PQconnectdb(url);
	if (PQstatus(b->pg) != CONNECTION_OK)
		die(PQerrorMessage(b->pg));
	sqlite3_open_v2(db, &lite, SQLITE_OPEN_READONLY, NULL);
	pg_do(b->pg, "SET session_replication_role = replica"); /* references were checked where the rows come from */
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		copy_table(lite, b->pg, tables[i]);
	sqlite3_close(lite);
	pg_do(b->pg, "VACUUM ANALYZE");
	pg_do(b->pg, "SET jit = off; SET work_mem = '128MB'");
	if (getenv("BENCH_SERIAL"))
		pg_do(b->pg, "SET max_parallel_workers_per_gather = 0");
	PQclear(PQprepare(b->pg, "own", own_statement, 1, (const Oid[]){ 20 }));
	PQclear(PQprepare(b->pg, "try", try_statement, 1, (const Oid[]){ 20 }));
}

/* ---- comparing and timing ---- */

static int by_unit(const void *a, const void *b)
{
	const struct points *x = a, *y = b;

	return (x->unit_id > y->unit_id) - (x->unit_id < y->unit_id);
}

static void compare(struct bench *b, bool try)
{
	struct answer ours, theirs;

	program(b, try, &ours);
	statement(b, try, &theirs);
	if (ours.n != theirs.n)
		die("not the same number of cells");
	qsort(ours.v, ours.n, sizeof *ours.v, by_unit);
	qsort(theirs.v, theirs.n, sizeof *theirs.v, by_unit);
	for (size_t i = 0; i < ours.n; i++)
		if (memcmp(&ours.v[i], &theirs.v[i], sizeof *ours.v) != 0) {
			fprintf(stderr, "unit %lld: %d %d %u against %d %d %u\n", (long long)ours.v[i].unit_id, ours.v[i].own, ours.v[i].tried, ours.v[i].vetoes,
			        theirs.v[i].own, theirs.v[i].tried, theirs.v[i].vetoes);
			exit(1);
		}
	if (!try)
		printf("cells %zu\n", ours.n);
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
		void (*ask)(struct bench *, bool, struct answer *);
		bool try;
	} who[] = { { "program", program, false }, { "statement", statement, false }, { "program_try", program, true }, { "statement_try", statement, true } };
	double ms[4][MOST_ROUNDS], cpu[4] = { 0 };
	int rounds = getenv("BENCH_ROUNDS") ? atoi(getenv("BENCH_ROUNDS")) : 5;

	rounds = rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
	for (int round = 0; round < rounds; round++)
		for (int k = 0; k < 4; k++) {
			struct answer a = { 0 };

			if (k % 2 && !b->pg)
				continue;
			double start = now_ms(), before = cpu_ms(b, k % 2);

			who[k].ask(b, who[k].try, &a);
			ms[k][round] = now_ms() - start;
			cpu[k] += (cpu_ms(b, k % 2) - before) / rounds;
			free(a.v);
		}
	for (int k = 0; k < 4; k++) {
		qsort(ms[k], (size_t)rounds, sizeof **ms, by_size);
		if (k % 2 == 0 || b->pg)
			printf("%s %.2f %.2f %.2f %.0f\n", who[k].name, ms[k][rounds / 2], ms[k][0], ms[k][rounds - 1], cpu[k]);
	}
}

/* ---- rules ---- */

/* The table in force with two lines changed: tasks on time from 98 %, attendance from 92 % or above 88 %. */
static const struct scheme *changed_table(struct call *c)
{
	static const char *const changes[][2] = { { "{from: 95%, points: 8}", "{from: 98%, points: 8}" }, { "{from: 90%, points: 3}", "{from: 92%, points: 3}" },
		                                      { "{above: 85%, points: 2}", "{above: 88%, points: 2}" } };
	const struct rule *rule = rules_by_id(c->rules, "4G-C", DATE_NONE);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };
	const char *text = rule ? rule->text : "";
	const struct scheme *out;

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *at = strstr(text, changes[i][0]);

		if (!at)
			die("the table 4G-C is not the one this was written for");
		text = arena_printf(c->arena, "%.*s%s%s", (int)(at - text), text, changes[i][1], at + strlen(changes[i][0]));
	}
	if (rules_read_scheme(c->arena, &(struct rule_text){ "tried", text, strlen(text) }, &out, &bad) != FAIL_OK)
		die(bad.n ? bad.v[0].text : "the changed table was refused");
	return out;
}

static fail find(struct call *c, void *arg)
{
	struct bench *b = arg;

	TRY(org_unit_id(c, "01", &b->root));
	return org_realm(c, b->root, &b->realm);
}

int main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct rules rules;
	struct complaints bad = { .lang = LANG_EN };

	if (argc < 4)
		die("usage: bench_year CHIBO.db RULES-DIRECTORY POSTGRES-URL|-");
	call_begin(&b.c, (size_t)256 << 20);
	call_set_now(&b.c, (struct moment){ (int64_t)date_of(YEAR + 1, 1, 15).days * 1440 });
	bad.arena = b.c.arena;
	if (rules_load_dir(b.c.arena, argv[2], &rules, &bad) != FAIL_OK)
		die(bad.n ? bad.v[0].text : "no rules");
	b.c.rules = &rules;
	b.tried = changed_table(&b.c);
	if (db_open(&b.c, argv[1], &(struct db_options){ 0 }, &b.c.db) != FAIL_OK || db_read(&b.c, find, &b) != FAIL_OK)
		die(b.c.problem.text);
	if (strcmp(argv[3], "-") != 0) {
		fill_postgres(&b, argv[1], argv[3]);
		compare(&b, false);
		compare(&b, true);
	}
	measure(&b);
	return 0;
}
