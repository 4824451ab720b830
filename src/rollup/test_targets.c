/* test_targets.c — targets of any unit and period, the two structures, the memory of a server beside the database. */
#include "rollup/targets.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "org/change.h"
#include "rollup/memory.h"
#include "rollup/test_facts.h"

/* ---- what they ask ---- */

static struct target_line ask_line(struct call *c, int64_t unit, struct period p, enum structure k, const char *id)
{
	struct question q = { unit, p, k };
	struct target_lines lines;
	const char *code;

	assert_ok(c, targets_ask(c, &q, &lines, &code));
	for (size_t i = 0; i < lines.n; i++)
		if (strcmp(lines.v[i].target->id, id) == 0)
			return lines.v[i];
	print_error("no target %s\n", id);
	assert_true(false);
	return (struct target_line){ 0 };
}

/* Without a server the figures are loaded for the call; here each question loads anew. */
static struct target_line ask(struct call *c, int64_t unit, struct period p, enum structure k, const char *id)
{
	struct call once;

	test_call_like(&once, c);
	once.rules = c->rules;
	once.now_ms = c->now_ms;
	once.today = c->today;
	struct target_line l = ask_line(&once, unit, p, k, id);

	call_end(&once);
	return l;
}

static void is(struct target_line l, int64_t num, int64_t den, const char *percent, int met)
{
	assert_int_equal(l.result.numerator, num);
	assert_int_equal(l.result.denominator, den);
	assert_string_equal(l.result.percent, percent);
	assert_int_equal(l.result.known ? l.result.met : -1, met);
}

static struct period month(int m)
{
	return (struct period){ month_of(2025, m), month_of(2025, m) };
}

/* A commune X2 with one cell C21; today is 15 November 2025. */
static struct fixture ground(struct call *c)
{
	load_rules(c);
	return fixture_make(c);
}

TEST_BOTH(T01_regular_meeting_every_month)
{
	struct fixture f = ground(c);

	year_of_meetings(c, f.c21, "GGGGGGGGGGG");
	is(ask(c, f.c21, YEAR_2025, THEN, "T01"), 11, 11, "100.00", 1); /* December is not due yet */
	is(ask(c, f.x2, month(3), THEN, "T01"), 1, 1, "100.00", 1);
	is(ask(c, f.x1, month(3), THEN, "T01"), 0, 3, "0.00", 0);      /* C11, C12, V1; the grassroots body G1 is no cell */
	is(ask(c, f.q08, month(3), THEN, "T01"), 1, 4, "25.00", 0);
	is(ask(c, f.x9, month(3), THEN, "T01"), 0, 0, "", -1);         /* nothing to count: neither met nor missed */
	is(ask(c, f.c21, (struct period){ month_of(2026, 1), month_of(2026, 12) }, THEN, "T01"), 0, 0, "", -1);
}

TEST_BOTH(T02_thematic_part_each_quarter)
{
	struct fixture f = ground(c);

	record(c, (struct record_of){ f.c21, month_of(2025, 2), 20, 18, .thematic = true });
	record(c, (struct record_of){ f.c21, month_of(2025, 3), 20, 18, .thematic = true });
	record(c, (struct record_of){ f.c21, month_of(2025, 9), 20, 18, .thematic = true });
	is(ask(c, f.c21, YEAR_2025, THEN, "T02"), 2, 4, "50.00", 0);
	is(ask(c, f.c21, (struct period){ month_of(2025, 1), month_of(2025, 3) }, THEN, "T02"), 1, 1, "100.00", 1);
	is(ask(c, f.c21, month(1), THEN, "T02"), 0, 1, "0.00", 0);
	is(ask(c, f.c21, month(2), THEN, "T02"), 1, 1, "100.00", 1);
}

TEST_BOTH(T03_pre_meeting_and_T04_complete)
{
	struct fixture f = ground(c);

	record(c, (struct record_of){ f.c21, month_of(2025, 1), 20, 18, "good", .pre = true, .at_once = true });
	record(c, (struct record_of){ f.c21, month_of(2025, 2), 20, 18, "good", .pre = true });
	record(c, (struct record_of){ f.c21, month_of(2025, 3), 20, 18, "good" });
	is(ask(c, f.c21, YEAR_2025, THEN, "T03"), 2, 3, "66.67", 0);
	struct target_line l = ask(c, f.c21, YEAR_2025, THEN, "T04");

	is(l, 1, 3, "33.33", 0);
	assert_int_equal(l.by_score, 1); /* said openly: nobody recorded its steps */
}

TEST_BOTH(T06_over_85_W17_and_T13_from_90_W4)
{
	struct fixture f = ground(c);

	record(c, (struct record_of){ f.c21, month_of(2025, 1), 20, 17 });
	is(ask(c, f.c21, month(1), THEN, "T06"), 17, 20, "85.00", 0); /* exactly 85 is not over 85 */
	record(c, (struct record_of){ f.c21, month_of(2025, 2), 20, 18 });
	is(ask(c, f.c21, month(2), THEN, "T06"), 18, 20, "90.00", 1);
	is(ask(c, f.c21, month(2), THEN, "T13"), 18, 20, "90.00", 1); /* exactly 90 is from 90 */
	record(c, (struct record_of){ f.c21, month_of(2025, 3), 21, 19 });
	is(ask(c, f.c21, month(3), THEN, "T13"), 19, 21, "90.48", 1); /* W4 */
	record(c, (struct record_of){ f.c21, month_of(2025, 4), 116, 99 });
	is(ask(c, f.c21, month(4), THEN, "T06"), 99, 116, "85.34", 1); /* W17: 99 is the least */
	assert_int_equal(ask(c, f.c21, month(4), THEN, "T06").result.needed, 99);
	record(c, (struct record_of){ f.c21, month_of(2025, 5), 20, 21 });
	is(ask(c, f.c21, month(5), THEN, "T06"), 21, 20, "105.00", 1); /* W2: above 100 is legal */
	is(ask(c, f.c21, (struct period){ month_of(2025, 1), month_of(2025, 3) }, THEN, "T06"), 54, 61, "88.52", 1);
}

TEST_BOTH(T09_cells_of_class_Good_W21)
{
	struct fixture f = ground(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 5).days * 1440 });
	year_of_meetings(c, f.c11, "GGGGGGGFFFFF");
	year_of_meetings(c, f.c12, "GGGGGGFFFFFF");
	year_of_meetings(c, f.v1, "GGGGGGGGGGGA");
	is(ask(c, f.x1, YEAR_2025, THEN, "T09"), 1, 3, "33.33", 0);
	is(ask(c, f.x1, (struct period){ month_of(2025, 1), month_of(2025, 6) }, THEN, "T09"), 3, 3, "100.00", 1);
	is(ask(c, f.q08, YEAR_2025, THEN, "T09"), 1, 4, "25.00", 0); /* C21 met never: a cell all the same */
}

/* A commune's own year rule holds for the cells below it, and for nobody else. */
TEST_BOTH(T09_by_the_rule_nearest_to_the_cell)
{
	static const char text[] = "- kind: year_rule\n  id: Z1\n  title: {vi: Dễ, en: Easy}\n  source: P\n  scope: X1\n"
		"  good:\n    months: {of: fair, at_least: 1}\n  fair:\n    mean: 2\n  average:\n    mean: 1\n";
	struct fixture f = ground(c);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };
	struct rules own, *both = ARENA_NEW(c->arena, struct rules);
	struct rule *v;

	assert_ok(c, rules_load_texts(c->arena, &(struct rule_text){ "z1.yaml", text, sizeof text - 1 }, 1, &own, &bad));
	v = ARENA_ARRAY(c->arena, c->rules->n + own.n, struct rule);
	memcpy(v, c->rules->v, c->rules->n * sizeof *v);
	memcpy(v + c->rules->n, own.v, own.n * sizeof *v);
	*both = (struct rules){ v, c->rules->n + own.n, "test" };
	year_of_meetings(c, f.c11, "FFFFFFFFFFF");
	year_of_meetings(c, f.c21, "FFFFFFFFFFF");
	is(ask(c, f.q08, YEAR_2025, THEN, "T09"), 0, 4, "0.00", 0);
	c->rules = both;
	is(ask(c, f.x1, YEAR_2025, THEN, "T09"), 1, 3, "33.33", 0);
	is(ask(c, f.x2, YEAR_2025, THEN, "T09"), 0, 1, "0.00", 0);
	is(ask(c, f.q08, YEAR_2025, THEN, "T09"), 1, 4, "25.00", 0);
}

TEST_BOTH(T14_self_rated_Good_W5)
{
	struct fixture f = ground(c);

	year_of_meetings(c, f.c21, "GGGGF-GGGG"); /* the scored ones only */
	record(c, (struct record_of){ f.c21, month_of(2025, 11), 20, 18, NULL, "good" });
	is(ask(c, f.c21, YEAR_2025, THEN, "T14"), 8, 9, "88.89", 1);
}

/* ---- acceptance 5: a cell goes from one committee to another in the middle of the year ---- */

static void move(struct call *c, int64_t unit, int64_t parent, struct date on)
{
	struct change ch = { .kind = CHANGE_MOVE, .unit_id = unit, .parent_id = parent, .on = on };

	assert_ok(c, org_change_apply(c, &ch, NULL));
}

TEST_BOTH(moving_a_cell_in_mid_year_leaves_the_grand_total)
{
	struct fixture f = ground(c);

	year_of_meetings(c, f.v1, "GGGGGGGGGGG");
	year_of_meetings(c, f.c21, "GGGGGGGGGGG");
	is(ask(c, f.q08, YEAR_2025, THEN, "T06"), 22 * 18, 22 * 20, "90.00", 1);
	move(c, f.v1, f.x2, date_of(2025, 7, 1));
	for (int k = THEN; k <= NOW; k++) {
		is(ask(c, f.q08, YEAR_2025, (enum structure)k, "T06"), 22 * 18, 22 * 20, "90.00", 1);
		is(ask(c, 0, YEAR_2025, (enum structure)k, "T01"), 22, 44, "50.00", 0);
	}
	/* then: six months with X1, five with X2; now: all with X2 */
	is(ask(c, f.x1, YEAR_2025, THEN, "T06"), 6 * 18, 6 * 20, "90.00", 1);
	is(ask(c, f.x2, YEAR_2025, THEN, "T06"), 16 * 18, 16 * 20, "90.00", 1);
	is(ask(c, f.x1, YEAR_2025, NOW, "T06"), 0, 0, "", -1);
	is(ask(c, f.x2, YEAR_2025, NOW, "T06"), 22 * 18, 22 * 20, "90.00", 1);
	is(ask(c, f.x1, YEAR_2025, THEN, "T01"), 6, 28, "21.43", 0);
	is(ask(c, f.x1, YEAR_2025, NOW, "T01"), 0, 22, "0.00", 0);
}

/* ---- the memory of a server ---- */

struct server { struct rollup *rollup; };

static struct server serve(struct call *c)
{
	struct server s;

	assert_ok(c, rollup_open(c, &s.rollup));
	c->rollup = s.rollup;
	return s;
}

static void stop(struct call *c, struct server s)
{
	c->rollup = NULL;
	rollup_close(s.rollup);
}

TEST_BOTH(memory_follows_commits_tree_day_and_rules)
{
	struct fixture f = ground(c);
	struct server s = serve(c);

	is(ask_line(c, f.q08, month(3), THEN, "T01"), 0, 4, "0.00", 0);
	record(c, (struct record_of){ f.v1, month_of(2025, 3), 20, 18 });
	is(ask_line(c, f.q08, month(3), THEN, "T01"), 1, 4, "25.00", 0);
	is(ask_line(c, f.x1, month(3), THEN, "T06"), 18, 20, "90.00", 1);
	move(c, f.v1, f.x2, date_of(2025, 7, 1));
	is(ask_line(c, f.x1, month(3), NOW, "T06"), 0, 0, "", -1);
	is(ask_line(c, f.x2, month(3), NOW, "T06"), 18, 20, "90.00", 1);
	is(ask_line(c, f.x1, month(3), THEN, "T06"), 18, 20, "90.00", 1);
	int64_t born = fixture_unit(c, f.x9, "C91", LEVEL_CELL, TYPE_AGENCY);

	record(c, (struct record_of){ born, month_of(2025, 4), 10, 10 });
	is(ask_line(c, f.q19, month(4), THEN, "T06"), 10, 10, "100.00", 1);
	is(ask_line(c, f.q19, YEAR_2025, THEN, "T01"), 1, 11, "9.09", 0);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 1).days * 1440 });
	is(ask_line(c, f.q19, YEAR_2025, THEN, "T01"), 1, 12, "8.33", 0);
	record(c, (struct record_of){ born, month_of(2019, 4), 10, 5 }); /* older than anything known so far */
	is(ask_line(c, f.q19, (struct period){ month_of(2019, 1), month_of(2019, 12) }, THEN, "T06"), 5, 10, "50.00", 0);
	stop(c, s);
}

static fail fails_after_touch(struct call *c, void *arg)
{
	TRY(touch(c, arg));
	return problem(c, FAIL_INPUT, "", "no");
}

TEST_BOTH(what_is_undone_never_reaches_the_memory)
{
	struct fixture f = ground(c);
	struct server s = serve(c);
	struct record_of r = { f.v1, month_of(2025, 3), 20, 18 };

	test_sql(c, meeting_sql(c, &r, 77));
	assert_fails(c, FAIL_INPUT, db_write(c, fails_after_touch, &r));
	is(ask_line(c, f.x1, month(3), THEN, "T06"), 0, 0, "", -1);
	assert_ok(c, db_write(c, touch, &r));
	is(ask_line(c, f.x1, month(3), THEN, "T06"), 18, 20, "90.00", 1);
	stop(c, s);
}

/* Another process: a second opening of the same database, with its own memory (PostgreSQL). */
TEST_BOTH(another_process_is_followed_by_the_journal)
{
	struct fixture f = ground(c);
	struct server s = serve(c);
	struct call other;

	if (db_engine_of(c->db) != DB_POSTGRES) {
		stop(c, s);
		return; /* one process writes */
	}
	test_call_like(&other, c);
	other.rules = c->rules;
	record(&other, (struct record_of){ f.v1, month_of(2025, 3), 20, 18 }); /* other.rollup is NULL: nobody tells */
	test_sql(&other, "INSERT INTO journal (lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, hash)"
		" SELECT 900, 1, realm, id, 0, 'x', 'create', 'meeting', 1, '\\x00' FROM unit WHERE code = 'V1';"
		" INSERT INTO journal_head (lane, seq, hash) VALUES (900, 1, '\\x00')");
	is(ask_line(c, f.x1, month(3), THEN, "T06"), 18, 20, "90.00", 1);
	record(&other, (struct record_of){ f.v1, month_of(2025, 4), 20, 18 });
	test_sql(&other, "INSERT INTO journal (lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, hash)"
		" VALUES (900, 2, 0, 0, 0, 'x', 'import', 'meetings', 0, '\\x00'); UPDATE journal_head SET seq = 2 WHERE lane = 900");
	is(ask_line(c, f.x1, month(4), THEN, "T06"), 18, 20, "90.00", 1);
	call_end(&other);
	stop(c, s);
}

/* ---- readers and a writer at the same time ---- */

struct crowd { const struct call *like; struct fixture f; struct rollup *rollup; atomic_int done; atomic_int wrong; };

static void *read_on(void *arg)
{
	struct crowd *w = arg;
	int rounds = 0;

	while (!atomic_load(&w->done) || rounds < 20) {
		struct call c;
		struct question q = { w->f.q08, YEAR_2025, (enum structure)(rounds % 2) };
		struct target_lines lines;
		const char *code;

		test_call_like(&c, w->like);
		c.rules = w->like->rules;
		c.rollup = w->rollup;
		if (targets_ask(&c, &q, &lines, &code) != FAIL_OK)
			atomic_fetch_add(&w->wrong, 1);
		for (size_t i = 0; i < lines.n; i++) /* every meeting has 18 of 20 */
			if (strcmp(lines.v[i].target->id, "T06") == 0 && lines.v[i].result.numerator * 20 != lines.v[i].result.denominator * 18)
				atomic_fetch_add(&w->wrong, 1);
		call_end(&c);
		rounds++;
	}
	return NULL;
}

TEST_BOTH(readers_see_whole_changes_only)
{
	struct fixture f = ground(c);
	struct server s = serve(c);
	struct crowd w = { .like = c, .f = f, .rollup = s.rollup };
	pthread_t t[3];

	for (int i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&t[i], NULL, read_on, &w), 0);
	for (int m = 1; m <= 11; m++) {
		record(c, (struct record_of){ f.v1, month_of(2025, m), 20, 18, "good", .thematic = true });
		record(c, (struct record_of){ f.c21, month_of(2025, m), 20, 18, "fair" });
		if (m % 4 == 0)
			move(c, f.v1, m % 8 ? f.x2 : f.x1, date_of(2025, m, 2));
	}
	atomic_store(&w.done, 1);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(atomic_load(&w.wrong), 0);
	is(ask_line(c, f.q08, YEAR_2025, NOW, "T06"), 22 * 18, 22 * 20, "90.00", 1);
	stop(c, s);
}

/* ---- the command ---- */

TEST_BOTH(targets_json_is_the_contract)
{
	struct fixture f = ground(c);

	record(c, (struct record_of){ f.c21, month_of(2025, 3), 21, 19 });
	const char *text = RUN(c, FAIL_OK, "targets", "--unit", "X2", "--period", "2025-03", "--json");

	assert_non_null(strstr(text, "\"unit\":\"X2\",\"period\":\"2025-03\",\"structure\":\"then\",\"targets\":["));
	assert_non_null(strstr(text, "{\"id\":\"T06\",\"numerator\":19,\"denominator\":21,\"percent\":\"90.48\",\"threshold\":\"> 85\",\"met\":true"));
	text = RUN(c, FAIL_OK, "targets", "--unit", "X9", "--period", "2025-03", "--structure", "now", "--json");
	assert_non_null(strstr(text, "{\"id\":\"T06\",\"numerator\":0,\"denominator\":0,\"percent\":null,\"threshold\":\"> 85\",\"met\":null"));
	RUN(c, FAIL_NOT_FOUND, "targets", "--unit", "nobody", "--period", "2025");
	RUN(c, FAIL_INPUT, "targets", "--unit", "X2", "--period", "2025-13");
	RUN(c, FAIL_INPUT, "targets", "--unit", "X2");
	RUN(c, FAIL_INPUT, "targets", "--unit", "X2", "--period", "2025", "--structure", "before");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(T01_regular_meeting_every_month),
		BOTH(T02_thematic_part_each_quarter),
		BOTH(T03_pre_meeting_and_T04_complete),
		BOTH(T06_over_85_W17_and_T13_from_90_W4),
		BOTH(T09_cells_of_class_Good_W21),
		BOTH(T09_by_the_rule_nearest_to_the_cell),
		BOTH(T14_self_rated_Good_W5),
		BOTH(moving_a_cell_in_mid_year_leaves_the_grand_total),
		BOTH(memory_follows_commits_tree_day_and_rules),
		BOTH(what_is_undone_never_reaches_the_memory),
		BOTH(another_process_is_followed_by_the_journal),
		BOTH(readers_see_whole_changes_only),
		BOTH(targets_json_is_the_contract),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
