/* test_year.c — rows of cell_year from cases, sheets, initiatives, members and posts; figures of years of any unit, in both structures; the targets
 * that count them (T10, T17 to T21). */
#include <string.h>

#include "org/change.h"
#include "rollup/memory.h"
#include "rollup/row.h"
#include "rollup/rows.h"
#include "rollup/targets.h"
#include "rollup/test_facts.h"
#include "rollup_sql.h"

enum { YEAR = 2025 };

/* ---- what the tests record ---- */

struct touch_year { int64_t unit; int year; };

static fail touch_year(struct call *c, void *arg)
{
	const struct touch_year *t = arg;
	int64_t realm;

	TRY(org_realm(c, t->unit, &realm));
	return rollup_touch_year(c, realm, t->unit, t->year);
}

static void touched(struct call *c, int64_t unit, int year)
{
	assert_ok(c, db_write(c, touch_year, &(struct touch_year){ unit, year }));
}

static int64_t next_id = 700000;

static int64_t add_case(struct call *c, const char *kind, int64_t unit, int64_t member, const char *state)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, member_id, state)"
		" SELECT realm, %lld, '%s', %d, id, %lld, '%s' FROM unit WHERE id = %lld", (long long)next_id, kind, YEAR, (long long)member, state,
		(long long)unit));
	return next_id++;
}

static void add_sheet(struct call *c, int64_t id, const char *stage, int revision, const char *result)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms)"
		" SELECT realm, id, '%s', %d, 950, '%s', 'test', 0 FROM year_case WHERE id = %lld", stage, revision, result, (long long)id));
}

/* A case with its appraisal, and the counters with it. */
static int64_t decided(struct call *c, const char *kind, int64_t unit, int64_t member, const char *state, const char *result)
{
	int64_t id = add_case(c, kind, unit, member, state);

	if (*result)
		add_sheet(c, id, "appraised", 1, result);
	touched(c, unit, YEAR);
	return id;
}

static void set_state(struct call *c, int64_t id, int64_t unit, const char *state)
{
	test_sql(c, arena_printf(c->arena, "UPDATE year_case SET state = '%s' WHERE id = %lld", state, (long long)id));
	touched(c, unit, YEAR);
}

static void initiative(struct call *c, int64_t unit, int64_t author, int64_t author2)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO initiative (realm, id, code, unit_id, year, title) SELECT realm, %lld, 'S%lld', id, %d, 'x'"
		" FROM unit WHERE id = %lld", (long long)next_id, (long long)next_id, YEAR, (long long)unit));
	for (int i = 0; i < 2; i++)
		if (i ? author2 : author)
			test_sql(c, arena_printf(c->arena, "INSERT INTO initiative_author (realm, initiative_id, member_id) SELECT realm, id, %lld FROM initiative"
				" WHERE id = %lld", (long long)(i ? author2 : author), (long long)next_id));
	next_id++;
	touched(c, unit, YEAR);
}

/* ---- what they look at ---- */

struct row_of { int64_t unit; struct cell_year row; };

static fail read_row(struct call *c, void *arg)
{
	struct row_of *r = arg;
	int64_t realm;

	TRY(org_realm(c, r->unit, &realm));
	return db_one(c, &Q_cell_year_load_unit, ARGS(V(realm), V(r->unit), V(YEAR), V(YEAR)), &cell_year_record, &r->row);
}

static struct cell_year row_of(struct call *c, int64_t unit)
{
	struct row_of r = { .unit = unit };

	assert_ok(c, db_read(c, read_row, &r));
	return r.row;
}

static struct figures figures(struct call *c, int64_t unit, struct period p, enum structure k)
{
	struct rollup_want want = { unit, p };
	const struct cube *cube;
	struct figures f;
	struct call once, *x = c->rollup ? c : &once;

	if (x == &once) {
		test_call_like(&once, c);
		once.rules = c->rules;
		once.now_ms = c->now_ms;
		once.today = c->today;
	}
	assert_ok(x, rollup_lock(x, &want, &cube));
	cube_figures(cube, k, shape_find(cube->shape, unit), p, MONTH_EVER, MONTH_FAR, &f);
	rollup_unlock(x);
	if (x == &once)
		call_end(&once);
	return f;
}

static struct target_result target(struct call *c, int64_t unit, const char *id)
{
	struct question q = { unit, YEAR_2025, THEN };
	struct target_lines lines;
	struct call once;
	const char *code;

	test_call_like(&once, c);
	once.rules = c->rules;
	once.now_ms = c->now_ms;
	once.today = c->today;
	assert_ok(&once, targets_ask(&once, &q, &lines, &code));
	for (size_t i = 0; i < lines.n; i++)
		if (strcmp(lines.v[i].target->id, id) == 0) {
			struct target_result r = lines.v[i].result;

			call_end(&once);
			return r;
		}
	print_error("no target %s\n", id);
	assert_true(false);
	return (struct target_result){ 0 };
}

static void is(struct target_result r, int64_t num, int64_t den, const char *percent, int met)
{
	assert_int_equal(r.numerator, num);
	assert_int_equal(r.denominator, den);
	assert_string_equal(r.percent, percent);
	assert_int_equal(r.known ? r.met : -1, met);
}

static struct fixture ground(struct call *c)
{
	load_rules(c);
	return fixture_make(c);
}

/* ---- rows ---- */

TEST_BOTH(the_sheet_that_counts_is_appraised_else_voted_else_self)
{
	struct fixture f = ground(c);
	int64_t id = add_case(c, "four_good", f.c11, 0, "self_assessed");

	add_sheet(c, id, "half_year", 1, "met");
	touched(c, f.c11, YEAR);
	assert_int_equal(row_of(c, f.c11).registered, 1);
	assert_int_equal(row_of(c, f.c11).met, 0); /* half a year is no result */
	add_sheet(c, id, "self", 1, "met");
	touched(c, f.c11, YEAR);
	assert_int_equal(row_of(c, f.c11).met, 1);
	add_sheet(c, id, "voted", 1, "not_met");
	touched(c, f.c11, YEAR);
	assert_int_equal(row_of(c, f.c11).met, 0);
	add_sheet(c, id, "appraised", 1, "not_met");
	add_sheet(c, id, "appraised", 2, "met");
	touched(c, f.c11, YEAR);
	struct cell_year r = row_of(c, f.c11);

	assert_int_equal(r.met, 1);
	assert_int_equal(r.recognised, 0);
	int64_t rev = r.rev;

	touched(c, f.c11, YEAR);
	assert_int_equal(row_of(c, f.c11).rev, rev); /* nothing changed */
	test_sql(c, arena_printf(c->arena, "UPDATE year_case SET state = 'recognised', exemplary = 1 WHERE id = %lld", (long long)id));
	touched(c, f.c11, YEAR);
	assert_int_equal(row_of(c, f.c11).recognised, 1);
	assert_int_equal(row_of(c, f.c11).exemplary, 1);
	set_state(c, id, f.c11, "reopened");
	assert_int_equal(row_of(c, f.c11).recognised, 0);
	assert_int_equal(row_of(c, f.c11).exemplary, 0);
	set_state(c, id, f.c11, "transferred_out");
	r = row_of(c, f.c11);
	assert_int_equal(r.registered, 1);
	assert_int_equal(r.assessed + r.met, 0);
	set_state(c, id, f.c11, "withdrawn");
	assert_int_equal(row_of(c, f.c11).registered, 0);
}

TEST_BOTH(T18_T20_T21_members_secretaries_and_initiatives_of_a_year)
{
	struct fixture f = ground(c);
	struct member a = fixture_member(c, f.c11, "A", STATUS_OFFICIAL), b = fixture_member(c, f.c11, "B", STATUS_OFFICIAL);
	struct post p;

	fixture_member(c, f.c11, "P", STATUS_PROBATIONARY);
	record_clear(&post_record, &p);
	p = (struct post){ .realm = a.realm, .unit_id = f.c11, .member_id = a.id, .post = POST_SECRETARY, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };
	assert_ok(c, org_post_begin(c, &p));
	decided(c, "unit_class", f.c11, 0, "notified", "good");
	decided(c, "member_class", f.c11, a.id, "notified", "excellent");
	decided(c, "member_class", f.c11, b.id, "notified", "completed");
	struct cell_year r = row_of(c, f.c11);

	assert_int_equal(r.good, 1);
	assert_int_equal(r.members_excellent, 1);
	assert_int_equal(r.members_completed, 1);
	assert_int_equal(r.secretaries, 1);
	assert_int_equal(r.secretaries_good, 1);
	assert_int_equal(r.members, 3);
	assert_int_equal(r.initiatives, 0);
	initiative(c, f.c11, a.id, b.id);
	initiative(c, f.c11, a.id, 0);
	r = row_of(c, f.c11);
	assert_int_equal(r.initiatives, 2);
	assert_int_equal(r.members_with_initiative, 2);
	is(target(c, f.c11, "T21"), 2, 3, "66.67", 0);
	is(target(c, f.c11, "T18"), 1, 1, "100.00", -1);
	is(target(c, f.c11, "T20"), 1, 2, "50.00", 0);
}

/* Nobody has to remember the counters when people come and go: the room of members says that they did. */
TEST_BOTH(changes_of_members_and_posts_reach_the_year_by_themselves)
{
	struct fixture f = ground(c);
	struct member a = fixture_member(c, f.c11, "A", STATUS_OFFICIAL);
	struct post p;

	decided(c, "member_class", f.c11, a.id, "notified", "good");
	assert_int_equal(row_of(c, f.c11).members, 1);
	assert_int_equal(row_of(c, f.c11).secretaries, 0);
	fixture_member(c, f.c11, "B", STATUS_OFFICIAL);
	assert_int_equal(row_of(c, f.c11).members, 2);
	record_clear(&post_record, &p);
	p = (struct post){ .realm = a.realm, .unit_id = f.c11, .member_id = a.id, .post = POST_SECRETARY, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };
	assert_ok(c, org_post_begin(c, &p));
	assert_int_equal(row_of(c, f.c11).secretaries_good, 1);
	assert_ok(c, org_post_end(c, &p, date_of(2025, 10, 31)));
	assert_int_equal(row_of(c, f.c11).secretaries_good, 0);
	initiative(c, f.c11, a.id, 0);
	assert_ok(c, org_member_transfer(c, a.realm, a.id, f.c11, f.c12, date_of(2025, 6, 1), "1-QĐ", 0, NULL));
	assert_int_equal(row_of(c, f.c11).members, 1);
	assert_int_equal(row_of(c, f.c11).members_with_initiative, 1); /* made while it was this cell's */
}

/* What tells a person's level is left out for whoever may not see members: of a secretary the count would be one. */
TEST_BOTH(levels_of_members_are_hidden_where_members_are)
{
	struct fixture f = ground(c);
	struct member a = fixture_member(c, f.c11, "A", STATUS_OFFICIAL);
	struct question q = { f.c11, YEAR_2025, THEN, true };
	struct target_lines lines;
	struct target_rows rows;
	const char *code;

	decided(c, "member_class", f.c11, a.id, "notified", "good");
	decided(c, "four_good", f.c11, 0, "registered", "");
	assert_ok(c, targets_ask(c, &q, &lines, &code));
	for (size_t i = 0; i < lines.n; i++)
		assert_false(strcmp(lines.v[i].target->id, "T18") == 0 || strcmp(lines.v[i].target->id, "T20") == 0 ||
		             strcmp(lines.v[i].target->id, "T17-DV") == 0);
	assert_fails(c, FAIL_DENIED, target_rows(c, &q, "T20", false, 0, 10, &rows));
	assert_fails(c, FAIL_DENIED, target_rows(c, &q, "members_good", false, 0, 10, &rows));
	assert_ok(c, target_rows(c, &q, "T21", false, 0, 10, &rows));
	assert_ok(c, target_rows(c, &q, "cells_registered", false, 0, 10, &rows));
	assert_int_equal(rows.num, 1);
	q.hide_members = false;
	assert_ok(c, target_rows(c, &q, "T20", false, 0, 10, &rows));
	assert_int_equal(rows.num, 1);
	assert_int_equal(rows.den, 1);
}

/* ---- cells and bodies ---- */

TEST_BOTH(T10_and_T19_count_cells_and_bodies_apart)
{
	struct fixture f = ground(c);

	decided(c, "four_good", f.g1, 0, "recognised", "met"); /* a body with two cells */
	decided(c, "four_good", f.c11, 0, "recognised", "met");
	decided(c, "four_good", f.c12, 0, "appraised", "not_met");
	is(target(c, f.x1, "T10"), 2, 3, "66.67", 0);
	is(target(c, f.x1, "T19"), 1, 2, "50.00", -1);
	struct figures y = figures(c, f.x1, YEAR_2025, THEN);

	assert_int_equal(y.v[FIG_bodies], 2); /* G1 and X1 itself */
	assert_int_equal(y.v[FIG_bodies_registered], 1);
	assert_int_equal(y.v[FIG_bodies_met], 1);
	assert_int_equal(y.v[FIG_bodies_recognised], 1);
	assert_int_equal(y.v[FIG_cells_recognised], 1);
	/* a grassroots organisation without cells below is a cell itself */
	int64_t g2 = fixture_unit(c, f.x1, "G2", LEVEL_GRASSROOTS, TYPE_AGENCY);

	decided(c, "four_good", g2, 0, "recognised", "met");
	is(target(c, f.x1, "T10"), 3, 4, "75.00", 0);
	decided(c, "four_good", f.v1, 0, "registered", "");
	is(target(c, f.x1, "T10"), 4, 4, "100.00", 1);
	is(target(c, f.x1, "T19"), 2, 4, "50.00", -1); /* the one that only registered has not met yet */
}

TEST_BOTH(T17_levels_of_cells_and_members)
{
	struct fixture f = ground(c);
	struct member a = fixture_member(c, f.c21, "A", STATUS_OFFICIAL);

	decided(c, "unit_class", f.c11, 0, "notified", "excellent");
	decided(c, "unit_class", f.c12, 0, "notified", "good");
	decided(c, "unit_class", f.v1, 0, "appraised", "completed");
	decided(c, "unit_class", f.c21, 0, "open", "");
	decided(c, "unit_class", f.g1, 0, "notified", "good");
	decided(c, "member_class", f.c21, a.id, "notified", "good");
	is(target(c, f.q08, "T17"), 2, 3, "66.67", -1); /* C21 has no level yet, G1 is no cell */
	is(target(c, f.q08, "T17-DV"), 1, 1, "100.00", -1);
	is(target(c, f.c21, "T20"), 1, 1, "100.00", 1);
	assert_int_equal(figures(c, f.q08, YEAR_2025, THEN).v[FIG_bodies_good], 1);
}

/* The example cell of source B: 10 members, 12 meetings of which 7 with a thematic part, all Good; every member Good or better. */
TEST_BOTH(W11_the_example_cell)
{
	struct fixture f = ground(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 1, 15).days * 1440 });
	for (int i = 0; i < 10; i++) {
		struct member m = fixture_member(c, f.c21, arena_printf(c->arena, "B%d", i), STATUS_OFFICIAL);

		decided(c, "member_class", f.c21, m.id, "notified", i < 2 ? "excellent" : "good");
	}
	for (int m = 0; m < 12; m++)
		record(c, (struct record_of){ f.c21, month_of(2025, 1) + m, 10, 10, "good", "good", m % 2 == 0 || m == 1, true, true });
	decided(c, "four_good", f.c21, 0, "recognised", "met");
	is(target(c, f.c21, "T01"), 12, 12, "100.00", 1);
	is(target(c, f.c21, "T02"), 4, 4, "100.00", 1); /* 7 parts, in every quarter */
	assert_int_equal(figures(c, f.c21, YEAR_2025, THEN).v[FIG_thematic], 7);
	is(target(c, f.c21, "T09"), 1, 1, "100.00", 1);
	is(target(c, f.c21, "T20"), 10, 10, "100.00", 1);
	is(target(c, f.c21, "T19"), 1, 1, "100.00", -1);
	is(target(c, f.c21, "T10"), 1, 1, "100.00", 1);
}

/* ---- periods and structures ---- */

static void move(struct call *c, int64_t unit, int64_t parent, struct date on)
{
	struct change ch = { .kind = CHANGE_MOVE, .unit_id = unit, .parent_id = parent, .on = on };

	assert_ok(c, org_change_apply(c, &ch, NULL));
}

TEST_BOTH(every_period_of_a_year_shows_its_years_value)
{
	static const struct period periods[] = {
		{ YEAR * 12, YEAR * 12 + 11 }, { YEAR * 12, YEAR * 12 + 5 }, { YEAR * 12 + 6, YEAR * 12 + 8 }, { YEAR * 12 + 3, YEAR * 12 + 3 },
	};
	struct fixture f = ground(c);

	decided(c, "four_good", f.c11, 0, "recognised", "met");
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		assert_int_equal(figures(c, f.x1, periods[i], THEN).v[FIG_cells_met], 1);
		assert_int_equal(figures(c, f.c11, periods[i], NOW).v[FIG_cells_met], 1);
		assert_int_equal(figures(c, f.x1, periods[i], NOW).v[FIG_cells], 3);
	}
	assert_int_equal(figures(c, f.x1, (struct period){ month_of(2024, 7), month_of(2025, 6) }, THEN).v[FIG_cells_met], 1);
	assert_int_equal(figures(c, f.x1, (struct period){ month_of(2024, 1), month_of(2024, 12) }, THEN).v[FIG_cells_met], 0);
	assert_int_equal(figures(c, f.x1, (struct period){ month_of(2026, 1), month_of(2026, 12) }, THEN).v[FIG_cells], 0); /* not yet */
}

TEST_BOTH(a_move_in_mid_year_takes_the_whole_year_along)
{
	struct fixture f = ground(c);

	decided(c, "four_good", f.v1, 0, "recognised", "met");
	decided(c, "four_good", f.c11, 0, "recognised", "met");
	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 2, 5).days * 1440 });
	move(c, f.v1, f.x2, date_of(2025, 7, 1));
	move(c, f.c11, f.x2, date_of(2026, 1, 10)); /* after the year: then with X1, now with X2 */
	for (int k = THEN; k <= NOW; k++) {
		assert_int_equal(figures(c, f.q08, YEAR_2025, (enum structure)k).v[FIG_cells_met], 2);
		assert_int_equal(figures(c, 0, YEAR_2025, (enum structure)k).v[FIG_cells], 4);
	}
	assert_int_equal(figures(c, f.x1, YEAR_2025, THEN).v[FIG_cells_met], 1);
	assert_int_equal(figures(c, f.x2, YEAR_2025, THEN).v[FIG_cells_met], 1);
	assert_int_equal(figures(c, f.x1, YEAR_2025, NOW).v[FIG_cells_met], 0);
	assert_int_equal(figures(c, f.x2, YEAR_2025, NOW).v[FIG_cells_met], 2);
	assert_int_equal(figures(c, f.x1, (struct period){ month_of(2025, 1), month_of(2025, 6) }, THEN).v[FIG_cells_met], 1);
}

TEST_BOTH(reconcile_names_the_units_behind_the_difference)
{
	struct fixture f = ground(c);

	decided(c, "four_good", f.v1, 0, "recognised", "met");
	decided(c, "four_good", f.c11, 0, "registered", "");
	call_set_now(c, (struct moment){ (int64_t)date_of(2026, 2, 5).days * 1440 });
	move(c, f.v1, f.x2, date_of(2026, 1, 10));
	const char *text = RUN(c, FAIL_OK, "report", "reconcile", "--unit", "Q08", "--period", "2025", "--format", "csv");

	assert_non_null(strstr(text, "\nX1,Đơn vị X1,3,2,2,1,-1,1,0,-1"));
	assert_non_null(strstr(text, "\nX2,Đơn vị X2,1,2,0,1,1,0,1,1"));
	assert_non_null(strstr(text, "\nV1,Đơn vị V1,2025,X1,Đơn vị X1,X2,Đơn vị X2,1,1"));
	assert_non_null(strstr(RUN(c, FAIL_OK, "report", "reconcile", "--unit", "Q08", "--period", "2025", "--format", "json"), "\"equal\":true"));
}

/* ---- memory, rebuild, verify, imports ---- */

static fail undone(struct call *c, void *arg)
{
	TRY(touch_year(c, arg));
	return problem(c, FAIL_INPUT, "", "no");
}

TEST_BOTH(memory_follows_the_years_of_commits)
{
	struct fixture f = ground(c);

	assert_ok(c, rollup_open(c, &c->rollup));
	assert_int_equal(figures(c, f.q08, YEAR_2025, THEN).v[FIG_cells_registered], 0);
	int64_t id = decided(c, "four_good", f.c11, 0, "registered", "");

	assert_int_equal(figures(c, f.q08, YEAR_2025, THEN).v[FIG_cells_registered], 1);
	assert_int_equal(figures(c, f.x1, YEAR_2025, NOW).v[FIG_cells_registered], 1);
	test_sql(c, arena_printf(c->arena, "UPDATE year_case SET state = 'withdrawn' WHERE id = %lld", (long long)id));
	assert_fails(c, FAIL_INPUT, db_write(c, undone, &(struct touch_year){ f.c11, YEAR }));
	assert_int_equal(figures(c, f.q08, YEAR_2025, THEN).v[FIG_cells_registered], 1);
	touched(c, f.c11, YEAR);
	assert_int_equal(figures(c, f.q08, YEAR_2025, THEN).v[FIG_cells_registered], 0);
	set_state(c, id, f.c11, "registered");
	move(c, f.c11, f.x2, date_of(2025, 7, 1)); /* built anew: facts of years are taken along */
	assert_int_equal(figures(c, f.x2, YEAR_2025, THEN).v[FIG_cells_registered], 1);
	assert_int_equal(figures(c, f.x1, YEAR_2025, THEN).v[FIG_cells_registered], 0);
	struct rollup *r = c->rollup;

	c->rollup = NULL;
	rollup_close(r);
}

TEST_BOTH(another_process_is_followed_in_years_too)
{
	struct fixture f = ground(c);
	struct call other;

	if (db_engine_of(c->db) != DB_POSTGRES)
		return; /* one process writes */
	assert_ok(c, rollup_open(c, &c->rollup));
	test_call_like(&other, c);
	decided(&other, "four_good", f.c11, 0, "registered", "");
	test_sql(&other, "INSERT INTO journal (lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, hash)"
		" SELECT 900, 1, realm, id, 0, 'x', 'create', 'year_case', 1, '\\x00' FROM unit WHERE code = 'C11';"
		" INSERT INTO journal_head (lane, seq, hash) VALUES (900, 1, '\\x00')");
	assert_int_equal(figures(c, f.q08, YEAR_2025, THEN).v[FIG_cells_registered], 1);
	call_end(&other);
	struct rollup *r = c->rollup;

	c->rollup = NULL;
	rollup_close(r);
}

static fail many(struct call *c, void *arg)
{
	const struct fixture *f = arg;
	struct rollup_dirty *d = rollup_dirty_new(c->arena);
	int64_t realm;

	TRY(org_realm(c, f->c11, &realm));
	for (int i = 0; i < 3; i++) {
		rollup_dirty_add_year(d, realm, f->c11, YEAR);
		rollup_dirty_add_year(d, realm, f->c12, YEAR + 1);
		rollup_dirty_add_year(d, realm, f->c12, YEAR);
		rollup_dirty_add(d, realm, f->c12, month_of(YEAR, 1));
	}
	return rollup_touch_many(c, d);
}

static fail rebuild(struct call *c, void *arg)
{
	return rollup_rebuild(c, arg);
}

static fail wrong_rows(struct call *c, void *arg)
{
	int64_t n = 0;

	(void)arg;
	return rollup_checks[1].run(c, &n);
}

TEST_BOTH(rebuild_equals_touch_and_verify_sees_what_is_wrong)
{
	struct fixture f = ground(c);
	struct member a = fixture_member(c, f.c11, "A", STATUS_OFFICIAL);
	int64_t changed;

	add_case(c, "four_good", f.c11, 0, "registered");
	add_case(c, "four_good", f.c12, 0, "registered");
	assert_ok(c, db_write(c, many, &f));
	decided(c, "member_class", f.c11, a.id, "notified", "good");
	initiative(c, f.c11, a.id, 0);
	assert_ok(c, db_write(c, rebuild, &changed));
	assert_int_equal(changed, 0);
	assert_ok(c, db_read(c, wrong_rows, NULL));
	test_sql(c, "UPDATE cell_year SET met = 1");
	assert_fails(c, FAIL_BROKEN, db_read(c, wrong_rows, NULL));
	assert_non_null(strstr(test_problem.text, "2025"));
	assert_ok(c, db_write(c, rebuild, &changed));
	assert_int_equal(changed, 2);
	struct cell_year r = row_of(c, f.c11);

	assert_int_equal(r.members_good, 1);
	assert_int_equal(r.members_with_initiative, 1);
	assert_int_equal(r.met, 0);
	test_sql(c, "DELETE FROM year_case WHERE unit_id <> 0 AND kind = 'four_good'");
	touched(c, f.c12, YEAR);
	assert_int_equal(row_of(c, f.c12).registered, 0); /* nothing recorded any more: the row stays, empty */
	assert_ok(c, db_write(c, rebuild, &changed));
	assert_int_equal(changed, 1); /* C11 was not touched */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_sheet_that_counts_is_appraised_else_voted_else_self),
		BOTH(T18_T20_T21_members_secretaries_and_initiatives_of_a_year),
		BOTH(changes_of_members_and_posts_reach_the_year_by_themselves),
		BOTH(levels_of_members_are_hidden_where_members_are),
		BOTH(T10_and_T19_count_cells_and_bodies_apart),
		BOTH(T17_levels_of_cells_and_members),
		BOTH(W11_the_example_cell),
		BOTH(every_period_of_a_year_shows_its_years_value),
		BOTH(a_move_in_mid_year_takes_the_whole_year_along),
		BOTH(reconcile_names_the_units_behind_the_difference),
		BOTH(memory_follows_the_years_of_commits),
		BOTH(another_process_is_followed_in_years_too),
		BOTH(rebuild_equals_touch_and_verify_sees_what_is_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
