/* test_db.c — statements, transactions, groups, faults and snapshots, on both engines. */
#include "support/support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "db/engine.h"
#include "db/batch.h"
#include "db/journal.h"

#define QUERY(params_, text)                                                                                           \
	{ .name = "test", .sqlite = text, .postgres = text, .params = params_, .slot = -1 }

/* ---- a table of its own ---- */

enum { WORD_NONE, WORD_RED, WORD_BLUE };
static const char *const colours[] = { "", "red", "blue", NULL };

struct thing {
	int64_t id;
	const char *text;
	bool yes;
	struct date day;
	struct moment at;
	struct tenths points;
	unsigned colour;
	struct blob bytes;
};

static const struct record thing_record = {
	.name = "thing", .size = sizeof(struct thing), .fields = (const struct field[]){
		COL(struct thing, id),
		COL(struct thing, text),
		COL(struct thing, yes),
		COL(struct thing, day),
		COL(struct thing, at),
		COL(struct thing, points),
		COL(struct thing, colour, .words = colours),
		COL(struct thing, bytes),
		FIELD_END,
	},
};

static const struct query insert_thing = QUERY(8, "INSERT INTO thing (id, text, yes, day, at, points, colour, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
static const struct query insert_id = QUERY(1, "INSERT INTO thing (id) VALUES ($1)");
static const struct query all_things = QUERY(0, "SELECT id, text, yes, day, at, points, colour, bytes FROM thing ORDER BY id");
static const struct query all_ids = QUERY(0, "SELECT id FROM thing ORDER BY id");
static const struct query one_thing = QUERY(1, "SELECT id, text, yes, day, at, points, colour, bytes FROM thing WHERE id = $1");
static const struct query count_things = QUERY(0, "SELECT count(*) FROM thing");

static void make_table(struct call *c)
{
	bool sqlite = db_engine_of(c->db) == DB_SQLITE;

	test_sql(c, sqlite ? "CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT, yes INTEGER, day TEXT, at TEXT, points INTEGER, "
	                     "colour TEXT, bytes BLOB, of INTEGER REFERENCES thing (id)) STRICT"
	                   : "CREATE TABLE thing (id BIGINT PRIMARY KEY, text TEXT, yes BIGINT, day TEXT, at TEXT, points BIGINT, "
	                     "colour TEXT, bytes BYTEA, of BIGINT REFERENCES thing (id))");
}

static int64_t things(struct call *c)
{
	return test_int(c, "SELECT count(*) FROM thing");
}

static fail add_id(struct call *c, int64_t id)
{
	return db_exec(c, &insert_id, ARGS(V(id)), NULL);
}

/* ---- values ---- */

static fail store_things(struct call *c, void *arg)
{
	const struct thing *t = arg;
	int64_t changed;

	TRY(db_exec(c, &insert_thing, ARGS(V(t->id), V(t->text), V(t->yes), V(t->day), V(t->at), V(t->points),
	                                   V(colours[t->colour]), V(t->bytes)), &changed));
	assert_int_equal(changed, 1);
	return add_id(c, 2);
}

static fail load_things(struct call *c, void *arg)
{
	struct thing *rows;
	size_t n;

	TRY(db_all(c, &all_things, NO_ARGS, &thing_record, &rows, &n));
	assert_int_equal(n, 2);
	memcpy(arg, rows, 2 * sizeof *rows);
	return FAIL_OK;
}

static void assert_empty(const struct thing *t)
{
	assert_string_equal(t->text, "");
	assert_false(t->yes);
	assert_false(date_is(t->day));
	assert_false(moment_is(t->at));
	assert_false(tenths_is(t->points));
	assert_int_equal(t->colour, WORD_NONE);
	assert_null(t->bytes.data);
}

TEST_BOTH(every_type_comes_back_as_it_went)
{
	struct thing t = { 1, "Chi bộ thôn Đoài’s \"x\"", true, date_of(2025, 10, 28), { 29000000 }, { -5 }, WORD_BLUE, { "a\0\xff", 3 } };
	struct thing back[2];

	make_table(c);
	assert_ok(c, db_write(c, store_things, &t));
	assert_ok(c, db_read(c, load_things, back));
	assert_string_equal(back[0].text, t.text);
	assert_true(back[0].yes);
	assert_int_equal(back[0].day.days, t.day.days);
	assert_int_equal(back[0].at.minutes, t.at.minutes);
	assert_int_equal(back[0].points.t, -5);
	assert_int_equal(back[0].colour, WORD_BLUE);
	assert_int_equal(back[0].bytes.size, 3);
	assert_memory_equal(back[0].bytes.data, "a\0\xff", 3);
	assert_empty(&back[1]);
}

static const struct query strange[] = {
	QUERY(0, "SELECT id, 'x' AS colour FROM thing"),        /* a word that is not in the list */
	QUERY(0, "SELECT id, 1 AS nobody FROM thing"),          /* a column without a field */
	QUERY(0, "SELECT id, 'x' AS points FROM thing"),        /* text where points belong */
	QUERY(0, "SELECT id, '2025-02-30' AS day FROM thing"),  /* no such day */
	QUERY(0, "SELECT id, 3 AS text FROM thing"),            /* a number where text belongs */
};

static fail load_strange(struct call *c, void *arg)
{
	struct thing t;

	return db_one(c, arg, NO_ARGS, &thing_record, &t);
}

TEST_BOTH(a_column_that_does_not_fit_is_told)
{
	struct thing t = { .id = 1, .text = "" };

	make_table(c);
	assert_ok(c, db_write(c, store_things, &t));
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
		assert_fails(c, FAIL_BROKEN, db_read(c, load_strange, (void *)&strange[i]));
		assert_non_null(strstr(test_problem.text, "does not fit record thing"));
	}
}

static fail look_for_one(struct call *c, void *arg)
{
	struct thing t;
	int64_t n = 0;

	(void)arg;
	assert_int_equal(db_one(c, &one_thing, ARGS(V((int64_t)99)), &thing_record, &t), FAIL_NOT_FOUND);
	assert_int_equal(c->problem.code, FAIL_OK);
	static const struct query none = QUERY(1, "SELECT id FROM thing WHERE id = $1");

	TRY(db_int(c, &none, ARGS(V((int64_t)99)), -7, &n));
	assert_int_equal(n, -7);
	static const struct query sum = QUERY(0, "SELECT sum(id) FROM thing");

	TRY(db_int(c, &sum, NO_ARGS, -8, &n));
	assert_int_equal(n, -8);
	return FAIL_OK;
}

static fail add_three(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 1));
	TRY(add_id(c, 1000000007));
	return add_id(c, INT64_MAX / 2);
}

TEST_BOTH(nothing_there_and_sums)
{
	make_table(c);
	assert_ok(c, db_read(c, look_for_one, NULL));
	assert_ok(c, db_write(c, add_three, NULL));
	assert_true(test_int(c, "SELECT sum(id) FROM thing") == INT64_MAX / 2 + 1000000008);
	assert_int_equal(test_int(c, "SELECT -sum(id) FROM thing WHERE id < 10000000000"), -1000000008);
}

static fail wrong_use(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, &insert_id, NO_ARGS, NULL);
}

TEST_BOTH(wrong_use_is_told)
{
	make_table(c);
	assert_fails(c, FAIL_BROKEN, add_id(c, 1));
	assert_fails(c, FAIL_BROKEN, db_write(c, wrong_use, NULL));
}

/* ---- walking ---- */

enum { MANY = 2500 };

static fail add_many(struct call *c, void *arg)
{
	(void)arg;
	for (int64_t i = 1; i <= MANY; i++)
		TRY(add_id(c, i));
	return FAIL_OK;
}

struct walk { int64_t rows, inner, sum; };

static fail count_inner(struct call *c, const void *row, void *arg)
{
	struct walk *w = arg;

	(void)c, (void)row;
	return ++w->inner % 3 == 0 ? FAIL_NOT_FOUND : FAIL_OK;
}

/* The same statement again while it is running, and another one. */
static fail count_outer(struct call *c, const void *row, void *arg)
{
	const struct thing *t = row;
	struct walk *w = arg;
	int64_t n;

	w->rows++;
	w->sum += t->id;
	TRY(db_int(c, &count_things, NO_ARGS, 0, &n));
	assert_int_equal(n, MANY);
	if (t->id % 500 == 0)
		assert_int_equal(db_each(c, &all_ids, NO_ARGS, &thing_record, count_inner, w), FAIL_NOT_FOUND);
	return FAIL_OK;
}

static fail walk_all(struct call *c, void *arg)
{
	return db_each(c, &all_ids, NO_ARGS, &thing_record, count_outer, arg);
}

TEST_BOTH(walking_many_rows_leaves_the_connection_free)
{
	struct walk w = { 0 };

	make_table(c);
	assert_ok(c, db_write(c, add_many, NULL));
	size_t used = arena_used(c->arena);

	assert_ok(c, db_read(c, walk_all, &w));
	assert_int_equal(w.rows, MANY);
	assert_int_equal(w.sum, (int64_t)MANY * (MANY + 1) / 2);
	assert_int_equal(w.inner, 5 * 3);
	assert_true(arena_used(c->arena) - used < 64 * 1024);
	assert_ok(c, db_write(c, walk_all, &w));
}

/* Kept statements: the same query inside itself and with other records. */
static fail walk_heads_inside(struct call *c, const void *row, void *arg)
{
	struct journal_entry *rows;
	size_t n;

	(void)row;
	TRY(journal_of(c, "thing", 1, &rows, &n));
	*(size_t *)arg += n;
	return FAIL_OK;
}

static fail add_entries(struct call *c, void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		TRY(journal_add(c, 0, 0, "create", "thing", 1, "", "{}"));
	return FAIL_OK;
}

static fail walk_kept(struct call *c, void *arg)
{
	for (const struct query *const *q = db_queries; *q; q++)
		if (strcmp((*q)->name, "journal_of_entity") == 0)
			return db_each(c, *q, ARGS(V("thing"), V((int64_t)1)), &journal_record, walk_heads_inside, arg);
	return FAIL_BROKEN;
}

TEST_BOTH(a_kept_statement_may_run_inside_itself)
{
	size_t n = 0;

	assert_ok(c, db_write(c, add_entries, NULL));
	assert_ok(c, db_read(c, walk_kept, &n));
	assert_int_equal(n, 9);
}

/* ---- every statement of the program ---- */

/* Zeros fit everywhere; what a row refuses for its content shows that the statement itself is understood. */
static bool refused_for_content(const struct call *c, fail f)
{
	return f == FAIL_CONFLICT || (f == FAIL_BROKEN && (strstr(c->problem.text, "constraint") || strstr(c->problem.text, "cannot store")));
}

static fail run_query(struct call *c, void *arg)
{
	const struct query *q = arg;
	struct dbv zeros[256];

	for (int i = 0; i < q->params; i++)
		zeros[i] = dbv_int(0);
	return db_exec(c, q, (struct db_args){ zeros, q->params }, NULL);
}

static fail run_all_queries(struct call *c, void *arg)
{
	(void)arg;
	for (const struct query *const *q = db_queries; *q; q++) {
		fail f = db_write(c, run_query, (void *)*q);

		if (f != FAIL_OK && !refused_for_content(c, f)) {
			print_error("statement %s: %s\n", (*q)->name, c->problem.text);
			return FAIL_BROKEN;
		}
		problem_clear(c);
	}
	return FAIL_NOT_FOUND; /* nothing is kept */
}

TEST_BOTH(every_statement_of_the_program_runs)
{
	assert_int_equal(db_queries[db_query_count - 1]->slot, db_query_count - 1);
	assert_fails(c, FAIL_NOT_FOUND, db_write(c, run_all_queries, NULL));
}

/* ---- transactions ---- */

static fail add_two_then_fail(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 1));
	TRY(add_id(c, 2));
	return problem(c, FAIL_INPUT, "thing", "a text");
}

TEST_BOTH(a_failed_change_leaves_nothing)
{
	make_table(c);
	assert_fails(c, FAIL_INPUT, db_write(c, add_two_then_fail, NULL));
	assert_string_equal(test_problem.field, "thing");
	assert_int_equal(things(c), 0);
}

static fail add_same(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 10));
	return add_id(c, 1);
}

static fail refer_to_nothing(struct call *c, void *arg)
{
	static const struct query q = QUERY(0, "INSERT INTO thing (id, of) VALUES (50, 51)");

	(void)arg;
	return db_exec(c, &q, NO_ARGS, NULL);
}

TEST_BOTH(violations_are_conflicts_in_plain_words)
{
	make_table(c);
	assert_ok(c, db_write(c, add_three, NULL));
	assert_fails(c, FAIL_CONFLICT, db_write(c, add_same, NULL));
	assert_string_equal(test_problem.text, "there is already an entry with the same code or key (thing)");
	assert_fails(c, FAIL_CONFLICT, db_write(c, refer_to_nothing, NULL));
	assert_int_equal(things(c), 3);
}

static fail outer_goes_on(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 5));
	assert_int_equal(db_write(c, add_same, NULL), FAIL_OK);          /* 10 and 1 */
	assert_int_equal(db_write(c, add_same, NULL), FAIL_CONFLICT);    /* undone alone */
	problem_clear(c);
	assert_int_equal(db_write(c, add_two_then_fail, NULL), FAIL_CONFLICT);
	problem_clear(c);
	return add_id(c, 6);
}

TEST_BOTH(an_inner_change_undoes_only_itself)
{
	make_table(c);
	assert_ok(c, db_write(c, outer_goes_on, NULL));
	assert_int_equal(things(c), 4);
	assert_int_equal(test_int(c, "SELECT sum(id) FROM thing"), 22);
}

static fail swallow(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 1));
	if (add_id(c, 1) != FAIL_OK)
		problem_clear(c);
	return FAIL_OK;
}

static fail swallow_and_go_on(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 1));
	if (add_id(c, 1) != FAIL_OK)
		problem_clear(c);
	return add_id(c, 2);
}

TEST_BOTH(a_swallowed_failure_saves_nothing_on_either_engine)
{
	make_table(c);
	assert_fails(c, FAIL_BROKEN, db_write(c, swallow, NULL));
	assert_fails(c, FAIL_BROKEN, db_write(c, swallow_and_go_on, NULL));
	assert_int_equal(things(c), 0);
}

static fail write_inside(struct call *c, void *arg)
{
	return db_write(c, add_three, arg);
}

TEST_BOTH(a_change_does_not_begin_inside_a_read)
{
	make_table(c);
	assert_fails(c, FAIL_BROKEN, db_read(c, write_inside, NULL));
	assert_ok(c, db_write(c, write_inside, NULL));
}

TEST_BOTH(a_request_that_reads_all_along_sees_its_own_change)
{
	int64_t n;

	make_table(c);
	assert_ok(c, db_read_begin(c));
	assert_ok(c, db_int(c, &count_things, NO_ARGS, 0, &n));
	assert_int_equal(n, 0);
	assert_ok(c, db_write(c, add_three, NULL));
	assert_ok(c, db_int(c, &count_things, NO_ARGS, 0, &n));
	assert_int_equal(n, 3);
	db_read_end(c);
}

static fail fail_at_once(struct call *c, void *arg)
{
	(void)arg;
	return problem(c, FAIL_INPUT, "", "a text");
}

/* One connection has to do: many such requests at once would otherwise wait for each other. */
TEST_BOTH(a_reading_request_writes_without_a_second_connection)
{
	struct db_options options = { .write = true, .readers = 1 };
	struct db *first = c->db;
	int64_t n;

	make_table(c);
	const char *url = test_db_url(c);

	if (db_engine_of(first) == DB_SQLITE)
		url = arena_printf(c->arena, "%s/one.db", test_dir());
	options.create = true;
	assert_ok(c, db_open(c, url, &options, &c->db));
	if (db_engine_of(first) == DB_SQLITE)
		make_table(c);
	assert_ok(c, db_read_begin(c));
	assert_ok(c, db_int(c, &count_things, NO_ARGS, 0, &n));
	assert_ok(c, db_write(c, add_three, NULL));
	assert_fails(c, FAIL_INPUT, db_write(c, fail_at_once, NULL));
	assert_ok(c, db_int(c, &count_things, NO_ARGS, 0, &n));
	assert_int_equal(n, 3);
	db_read_end(c);
	assert_int_equal(things(c), 3);
	db_close(c->db);
	c->db = first;
}

/* ---- snapshots ---- */

static fail look_twice(struct call *c, void *arg)
{
	struct call other;
	int64_t before, after;

	(void)arg;
	TRY(db_int(c, &count_things, NO_ARGS, 0, &before));
	test_call_like(&other, c);
	assert_ok(&other, db_write(&other, add_three, NULL));
	call_end(&other);
	TRY(db_int(c, &count_things, NO_ARGS, 0, &after));
	assert_int_equal(before, 0);
	assert_int_equal(after, 0);
	return FAIL_OK;
}

TEST_BOTH(a_read_sees_one_state)
{
	make_table(c);
	assert_ok(c, db_read(c, look_twice, NULL));
	assert_int_equal(things(c), 3);
}

static fail write_while_reading(struct call *c, void *arg)
{
	return add_id(c, *(int64_t *)arg);
}

TEST_BOTH(a_reader_cannot_write)
{
	int64_t id = 1;

	make_table(c);
	assert_fails(c, FAIL_BROKEN, db_read(c, write_while_reading, &id));
	assert_int_equal(things(c), 0);
}

/* ---- after the commit ---- */

static int64_t heard[16];
static int heard_count;

static void hear(void *arg)
{
	heard[heard_count++] = *(int64_t *)arg;
}

static int64_t one = 1, two = 2, three = 3;

static fail inner_fails(struct call *c, void *arg)
{
	(void)arg;
	call_after_commit(c, hear, &two);
	return FAIL_NOT_FOUND;
}

static fail inner_succeeds(struct call *c, void *arg)
{
	(void)arg;
	call_after_commit(c, hear, &three);
	return FAIL_OK;
}

static fail outer_with_hooks(struct call *c, void *arg)
{
	call_after_commit(c, hear, &one);
	assert_int_equal(db_write(c, inner_fails, NULL), FAIL_NOT_FOUND);
	TRY(db_write(c, inner_succeeds, NULL));
	assert_int_equal(heard_count, 0);
	return *(fail *)arg;
}

TEST_BOTH(what_waits_for_the_commit_runs_after_it_and_only_then)
{
	fail ok = FAIL_OK, bad = FAIL_INPUT;

	heard_count = 0;
	assert_fails(c, FAIL_INPUT, db_write(c, outer_with_hooks, &bad));
	assert_int_equal(heard_count, 0);
	assert_ok(c, db_write(c, outer_with_hooks, &ok));
	assert_int_equal(heard_count, 2);
	assert_int_equal(heard[0], 1);
	assert_int_equal(heard[1], 3);
	assert_ok(c, db_write(c, inner_succeeds, NULL));
	assert_int_equal(heard_count, 3);
}

/* ---- memory ---- */

static fail fill_arena(struct call *c, void *arg)
{
	TRY(add_id(c, 1));
	if (arg)
		for (;;)
			arena_alloc(c->arena, 4096);
	return FAIL_OK;
}

TEST_BOTH(a_change_that_needs_too_much_memory_fails_alone)
{
	struct call small;

	make_table(c);
	call_begin(&small, 256 * 1024);
	small.db = c->db;
	small.lang = LANG_EN;
	assert_int_equal(db_write(&small, fill_arena, &small), FAIL_INPUT);
	assert_non_null(strstr(small.problem.text, "smaller parts"));
	call_end(&small);
	assert_int_equal(things(c), 0);
	assert_ok(c, db_write(c, fill_arena, NULL));
}

static jmp_buf arena_full_here;

_Noreturn static void jump_out(void *arg)
{
	(void)arg;
	longjmp(arena_full_here, 1);
}

static fail read_too_much(struct call *c, const void *row, void *arg)
{
	(void)row, (void)arg;
	for (;;)
		arena_alloc(c->arena, 4096);
	return FAIL_OK;
}

static fail read_until_full(struct call *c, void *arg)
{
	(void)arg;
	return db_each(c, &all_ids, NO_ARGS, &thing_record, read_too_much, NULL);
}

TEST_BOTH(a_read_that_is_left_by_a_jump_gives_its_connection_back)
{
	struct db_options options = { .readers = 1 };
	struct db *again;

	make_table(c);
	assert_ok(c, db_write(c, add_many, NULL));
	assert_ok(c, db_open(c, test_db_url(c), &options, &again));
	for (int i = 0; i < 3; i++) {
		struct call small;

		call_begin(&small, 256 * 1024);
		small.db = again;
		arena_on_full(small.arena, jump_out, NULL, NULL);
		if (setjmp(arena_full_here) == 0)
			assert_int_equal(db_read(&small, read_until_full, NULL), FAIL_BROKEN);
		call_end(&small);
	}
	db_close(again);
}

/* ---- many at once ---- */

enum { THREADS = 8, EACH = 60 };

struct worker {
	struct db *db;
	pthread_t thread;
	int number, acknowledged, refused;
};

static fail add_or_refuse(struct call *c, void *arg)
{
	int64_t id = *(int64_t *)arg;

	TRY(add_id(c, id));
	TRY(journal_add(c, 0, 0, "create", "thing", id, "", "{}"));
	return id % 7 == 0 ? problem(c, FAIL_INPUT, "", "a text") : FAIL_OK;
}

static void *work(void *arg)
{
	struct worker *w = arg;

	for (int i = 0; i < EACH; i++) {
		struct call c;
		int64_t id = w->number * 1000 + i;

		test_call(&c);
		c.db = w->db;
		fail f = db_write(&c, add_or_refuse, &id);

		w->acknowledged += f == FAIL_OK;
		w->refused += f == FAIL_INPUT;
		call_end(&c);
	}
	return NULL;
}

TEST_BOTH(many_writers_each_get_their_own_answer)
{
	struct worker w[THREADS] = { 0 };
	int acknowledged = 0, refused = 0;
	int64_t entries;

	make_table(c);
	for (int i = 0; i < THREADS; i++) {
		w[i] = (struct worker){ .db = c->db, .number = i + 1 };
		assert_int_equal(pthread_create(&w[i].thread, NULL, work, &w[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(w[i].thread, NULL);
		acknowledged += w[i].acknowledged;
		refused += w[i].refused;
	}
	assert_int_equal(acknowledged + refused, THREADS * EACH);
	assert_int_equal(things(c), acknowledged);
	assert_int_equal(test_int(c, "SELECT count(*) FROM thing WHERE id % 7 = 0"), 0);
	assert_ok(c, journal_verify(c, &entries));
	assert_int_equal(entries, acknowledged);
}

/* Two changes that both read before either has written cannot both be right: one is run again. */
static pthread_barrier_t both_have_read;
static atomic_int runs;

static fail read_then_raise(struct call *c, void *arg)
{
	static const struct query get = QUERY(0, "SELECT points FROM thing WHERE id = 1");
	static const struct query put = QUERY(1, "UPDATE thing SET points = $1 WHERE id = 1");
	bool *first = arg;
	int64_t points;

	atomic_fetch_add(&runs, 1);
	TRY(db_int(c, &get, NO_ARGS, 0, &points));
	if (*first)
		pthread_barrier_wait(&both_have_read);
	*first = false;
	return db_exec(c, &put, ARGS(V(points + 1)), NULL);
}

static void *raise_once(void *arg)
{
	struct worker *w = arg;
	struct call c;
	bool first = true;

	test_call(&c);
	c.db = w->db;
	w->acknowledged = db_write(&c, read_then_raise, &first) == FAIL_OK;
	call_end(&c);
	return NULL;
}

static void a_clash_is_run_again(struct call *c)
{
	struct worker w[2] = { { .db = c->db }, { .db = c->db } };

	make_table(c);
	assert_ok(c, db_write(c, add_three, NULL));
	pthread_barrier_init(&both_have_read, NULL, 2);
	atomic_store(&runs, 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&w[i].thread, NULL, raise_once, &w[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(w[i].thread, NULL);
	assert_true(w[0].acknowledged && w[1].acknowledged);
	assert_int_equal(test_int(c, "SELECT points FROM thing WHERE id = 1"), 2);
	assert_true(atomic_load(&runs) >= 3);
	pthread_barrier_destroy(&both_have_read);
}

static void a_clash_is_run_again_postgres(void **state)
{
	(void)state;
	test_on(DB_POSTGRES, a_clash_is_run_again);
}

/* A server that ends our connections before the commit is a reason to try again, not to fail. */
static fail lose_connection(struct call *c, void *arg)
{
	bool *first = arg;
	struct call other;

	TRY(add_id(c, 1));
	if (*first) {
		*first = false;
		static const struct query pid = QUERY(0, "SELECT pg_backend_pid()");
		int64_t n;

		TRY(db_int(c, &pid, NO_ARGS, 0, &n));
		test_call_like(&other, c);
		int64_t killed = test_int(&other, arena_printf(other.arena, "SELECT CASE WHEN pg_terminate_backend(%d) THEN 1 ELSE 0 END", (int)n));

		call_end(&other);
		assert_int_equal(killed, 1);
	}
	return add_id(c, 2);
}

static void a_lost_connection_is_made_again(struct call *c)
{
	bool first = true;

	make_table(c);
	assert_ok(c, db_write(c, lose_connection, &first));
	assert_int_equal(things(c), 2);
}

static void a_lost_connection_is_made_again_postgres(void **state)
{
	(void)state;
	test_on(DB_POSTGRES, a_lost_connection_is_made_again);
}

/* ---- faults ---- */

static fail add_with_journal(struct call *c, void *arg)
{
	(void)arg;
	TRY(add_id(c, 1));
	TRY(db_write(c, add_entries, NULL));
	return add_id(c, 2);
}

static fail write_with_journal(struct call *c, void *arg)
{
	return db_write(c, add_with_journal, arg);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(things(c), done ? 2 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal"), done ? 3 : 0);
	assert_ok(c, journal_verify(c, NULL));
}

TEST_BOTH(any_statement_that_fails_leaves_data_whole)
{
	make_table(c);
	/* begin, savepoint, commit, 2 rows, 3 entries of 3 statements each */
	assert_int_equal(test_faults(c, write_with_journal, all_or_nothing, NULL), 14);
}

/* ---- many rows in one statement ---- */

static fail add_batch(struct call *c, void *arg)
{
	static const struct query single = { .name = "test_single", .params = 2, .slot = -1, .sqlite = "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2)",
		                              .postgres = "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2)" };
	static const struct query triple = { .name = "test_triple", .params = 6, .slot = -1,
		                                .sqlite = "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2), ($3, $3, $4), ($5, $5, $6)",
		                                .postgres = "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2), ($3, $3, $4), ($5, $5, $6)" };
	struct db_batch *b = db_batch_new(c->arena, &single, &triple);
	char code[32];

	for (int64_t i = 1; i <= *(int *)arg; i++) {
		snprintf(code, sizeof code, "U%d", (int)i); /* overwritten each time: the batch keeps its own */
		TRY(db_batch_add(c, b, ARGS(V(i), V((const char *)code))));
	}
	return db_batch_flush(c, b);
}

TEST_BOTH(a_batch_sends_every_row_once)
{
	int n = 8;

	assert_ok(c, db_write(c, add_batch, &n));
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit"), 8);
	assert_int_equal(test_int(c, "SELECT id FROM unit WHERE code = 'U7'"), 7);
	assert_fails(c, FAIL_CONFLICT, db_write(c, add_batch, &n));
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit"), 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(every_type_comes_back_as_it_went),
		BOTH(a_column_that_does_not_fit_is_told),
		BOTH(nothing_there_and_sums),
		BOTH(wrong_use_is_told),
		BOTH(walking_many_rows_leaves_the_connection_free),
		BOTH(a_kept_statement_may_run_inside_itself),
		BOTH(every_statement_of_the_program_runs),
		BOTH(a_failed_change_leaves_nothing),
		BOTH(violations_are_conflicts_in_plain_words),
		BOTH(an_inner_change_undoes_only_itself),
		BOTH(a_swallowed_failure_saves_nothing_on_either_engine),
		BOTH(a_change_does_not_begin_inside_a_read),
		BOTH(a_request_that_reads_all_along_sees_its_own_change),
		BOTH(a_reading_request_writes_without_a_second_connection),
		BOTH(a_read_sees_one_state),
		BOTH(a_reader_cannot_write),
		BOTH(what_waits_for_the_commit_runs_after_it_and_only_then),
		BOTH(a_change_that_needs_too_much_memory_fails_alone),
		BOTH(a_read_that_is_left_by_a_jump_gives_its_connection_back),
		BOTH(many_writers_each_get_their_own_answer),
		cmocka_unit_test(a_clash_is_run_again_postgres),
		cmocka_unit_test(a_lost_connection_is_made_again_postgres),
		BOTH(any_statement_that_fails_leaves_data_whole),
		BOTH(a_batch_sends_every_row_once),
	};

	return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
