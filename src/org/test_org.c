/* test_org.c — units on a day, reorganisation, and the laws of the tree. */
#include "org/fixture.h"

#include "db/journal.h"
#include "org/tree.h"
#include "org/version.h"

static struct date D(const char *text)
{
	struct date d;

	assert_true(date_parse(text, &d));
	return d;
}

static struct unit unit_on(struct call *c, int64_t id, const char *day)
{
	struct unit u;

	READING(c)
		assert_ok(c, org_unit(c, id, D(day), &u));
	return u;
}

static size_t child_count(struct call *c, int64_t id, const char *day)
{
	struct units u = { 0 };

	READING(c)
		assert_ok(c, org_children(c, id, D(day), &u));
	return u.n;
}

static void finding(struct call *c, const struct unit *span, const char *text, void *arg)
{
	(void)c;
	(void)span;
	print_error("law broken: %s\n", text);
	++*(int *)arg;
}

static void laws_hold(struct call *c)
{
	struct tree t;
	int found = 0;

	READING(c) {
		assert_ok(c, tree_load(c, &t));
		tree_check(c, &t, 0, finding, &found);
	}
	assert_int_equal(found, 0);
}

/* ---- reading ---- */

TEST_BOTH(a_unit_is_read_as_it_was_on_a_day)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_RENAME, .on = D("2025-07-01"), .unit_id = f.x1, .name = "Xã Mới" };
	struct unit u;
	bool below;

	assert_ok(c, org_change_apply(c, &ch, NULL));
	assert_string_equal(unit_on(c, f.x1, "2025-06-30").name, "Đơn vị X1");
	assert_string_equal(unit_on(c, f.x1, "2025-07-01").name, "Xã Mới");
	assert_string_equal(unit_on(c, f.x1, "2025-07-01").parent_code, "Q08");
	READING(c) {
		struct units up;

		assert_fails(c, FAIL_NOT_FOUND, org_unit(c, f.x1, D("2023-12-31"), &u));
		assert_fails(c, FAIL_NOT_FOUND, org_unit(c, 5, D("2025-01-01"), &u));
		assert_fails(c, FAIL_NOT_FOUND, org_unit_by_code(c, "nowhere", D("2025-01-01"), &u));
		assert_ok(c, org_unit_nearest(c, f.x1, D("2023-12-31"), &u));
		assert_string_equal(u.name, "Đơn vị X1");
		assert_ok(c, org_ancestors(c, f.c11, D("2025-08-01"), &up));
		assert_int_equal(up.n, 3);
		assert_string_equal(up.v[0].code, "Q08");
		assert_string_equal(up.v[1].name, "Xã Mới");
		assert_string_equal(up.v[2].code, "G1");
		assert_ok(c, org_below(c, f.x1, D("2025-01-01"), LEVEL_CELL, &up));
		assert_int_equal(up.n, 3);
		assert_ok(c, org_below(c, f.x1, D("2025-01-01"), LEVEL_NONE, &up));
		assert_int_equal(up.n, 5);
		assert_ok(c, org_is_below(c, f.c11, f.q08, D("2025-01-01"), &below));
		assert_true(below);
		assert_ok(c, org_is_below(c, f.c21, f.x1, D("2025-01-01"), &below));
		assert_false(below);
		assert_ok(c, org_roots(c, D("2025-01-01"), &up));
		assert_int_equal(up.n, 2);
	}
	assert_int_equal(unit_on(c, f.c11, "2025-01-01").realm, f.q08);
	laws_hold(c);
}

TEST_BOTH(a_commune_alone_is_its_own_realm)
{
	int64_t x = fixture_unit(c, 0, "X", LEVEL_COMMUNE, TYPE_NONE), cell = fixture_unit(c, x, "C", LEVEL_CELL, TYPE_RESIDENTIAL);

	assert_int_equal(unit_on(c, cell, "2025-01-01").realm, x);
	laws_hold(c);
}

/* ---- create ---- */

TEST_BOTH(create_refuses_what_cannot_be)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_CREATE, .on = D("2025-01-01"), .parent_id = f.g1, .code = "C13", .name = "Chi bộ 13", .level = LEVEL_CELL };
	struct change bad = ch;
	int64_t version = org_tree_version();

	bad.code = "C11";
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &bad, NULL));
	assert_string_equal(test_problem.field, "code");
	bad = ch;
	bad.parent_id = f.c11; /* nothing stands below a cell */
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &bad, NULL));
	bad = ch;
	bad.on = D("2023-01-01"); /* before its parent */
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &bad, NULL));
	bad = ch;
	bad.name = "";
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &bad, NULL));
	assert_string_equal(test_problem.field, "name");
	assert_int_equal(org_tree_version(), version);
	assert_ok(c, org_change_apply(c, &ch, NULL));
	assert_true(org_tree_version() > version);
	assert_int_equal(child_count(c, f.g1, "2025-01-01"), 3);
	assert_int_equal(child_count(c, f.g1, "2024-12-31"), 2);
	laws_hold(c);
}

/* ---- rename, move ---- */

TEST_BOTH(rename_on_its_own_first_day_corrects_instead_of_cutting)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_RENAME, .on = FIXTURE_FROM, .unit_id = f.x1, .name = "Xã Đúng Tên", .type = TYPE_RESIDENTIAL };
	struct units life;

	assert_ok(c, org_change_apply(c, &ch, NULL));
	READING(c)
		assert_ok(c, org_spans(c, f.x1, &life));
	assert_int_equal(life.n, 1);
	assert_string_equal(life.v[0].name, "Xã Đúng Tên");
	assert_int_equal(life.v[0].type, TYPE_RESIDENTIAL);
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* nothing would change */
	laws_hold(c);
}

TEST_BOTH(move_keeps_the_past)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MOVE, .on = D("2025-03-01"), .unit_id = f.v1, .parent_id = f.x2, .note = "QĐ 12" };
	struct unit_event *events;
	size_t n;

	assert_ok(c, org_change_apply(c, &ch, NULL));
	assert_string_equal(unit_on(c, f.v1, "2025-02-28").parent_code, "X1");
	assert_string_equal(unit_on(c, f.v1, "2025-03-01").parent_code, "X2");
	READING(c)
		assert_ok(c, org_events(c, f.v1, &events, &n));
	assert_int_equal(n, 2);
	assert_int_equal(events[0].kind, CHANGE_MOVE);
	assert_string_equal(events[0].note, "QĐ 12");
	laws_hold(c);
}

TEST_BOTH(move_refuses_circles_levels_other_provinces_and_changes_of_the_past)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MOVE, .on = D("2025-03-01"), .unit_id = f.x1, .parent_id = f.g1 };

	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* below its own child: levels only go down */
	ch.parent_id = f.x1;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* below itself */
	ch.parent_id = f.q19;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* another province */
	ch.parent_id = f.q08;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* it is there already */
	ch = (struct change){ .kind = CHANGE_MOVE, .on = D("2025-03-01"), .unit_id = f.v1, .parent_id = f.x2 };
	assert_ok(c, org_change_apply(c, &ch, NULL));
	ch.on = D("2025-02-01");
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* a later change is there */
	assert_string_equal(test_problem.field, "on");
	laws_hold(c);
}

TEST_BOTH(a_change_of_what_somebody_else_changed_is_a_conflict)
{
	struct fixture f = fixture_make(c);
	int64_t rev = unit_on(c, f.v1, "2025-01-01").rev;
	struct change ch = { .kind = CHANGE_RENAME, .on = D("2025-03-01"), .unit_id = f.v1, .name = "Thôn Thượng", .rev = rev };

	assert_ok(c, org_change_apply(c, &ch, NULL));
	ch.name = "Thôn Hạ";
	ch.on = D("2025-04-01");
	assert_fails(c, FAIL_CONFLICT, org_change_apply(c, &ch, NULL));
	ch.rev = unit_on(c, f.v1, "2025-03-01").rev;
	assert_true(ch.rev > rev);
	assert_ok(c, org_change_apply(c, &ch, NULL));
}

TEST_BOTH(a_preview_tells_what_will_be_and_writes_nothing)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MERGE, .on = D("2025-07-01"), .units = { &f.c12, 1 }, .into_id = f.c11 };
	struct change_plan p;

	fixture_members(c, f.c12, "C12", 3, 1);
	READING(c)
		assert_ok(c, org_change_plan(c, &ch, &p));
	assert_int_equal(p.problem_n, 0);
	assert_int_equal(p.members.n, 4);
	assert_int_equal(p.link_n, 1);
	assert_int_equal(p.span_n, 1);
	assert_string_equal(p.spans[0].before.code, "C12");
	assert_int_equal(p.spans[0].after.valid_to.days, D("2025-06-30").days);
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_predecessor"), 0);
	assert_string_equal(unit_on(c, f.c12, "2025-07-01").code, "C12");
}

/* ---- merge ---- */

TEST_BOTH(merge_takes_members_and_ends_posts)
{
	struct fixture f = fixture_make(c);
	struct member s;
	struct change ch = { .kind = CHANGE_MERGE, .on = D("2025-07-01"), .units = { &f.c12, 1 }, .into_id = f.c11 };
	struct post post = { .post = POST_SECRETARY, .unit_id = f.c12, .valid_from = D("2024-06-01"), .valid_to = DATE_OPEN };
	struct roll roll;
	struct posts posts;

	fixture_members(c, f.c11, "C11", 4, 0);
	fixture_members(c, f.c12, "C12", 2, 1);
	s = fixture_member(c, f.c12, "S", STATUS_OFFICIAL);
	post.member_id = s.id;
	assert_ok(c, org_post_begin(c, &post));
	assert_ok(c, org_change_apply(c, &ch, NULL));
	READING(c) {
		struct unit u;

		assert_ok(c, org_members_on(c, f.c12, D("2025-06-30"), &roll));
		assert_int_equal(roll.n, 4);
		assert_ok(c, org_members_on(c, f.c11, D("2025-06-30"), &roll));
		assert_int_equal(roll.n, 4);
		assert_ok(c, org_members_on(c, f.c11, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 8);
		assert_ok(c, org_posts(c, f.c12, D("2025-06-30"), &posts));
		assert_int_equal(posts.n, 1);
		assert_ok(c, org_posts(c, f.c12, D("2025-07-01"), &posts));
		assert_int_equal(posts.n, 0);
		assert_fails(c, FAIL_NOT_FOUND, org_unit(c, f.c12, D("2025-07-01"), &u));
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_predecessor"), 1);
	laws_hold(c);
}

TEST_BOTH(merge_joins_a_stay_elsewhere_with_its_home)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.c12, "M", STATUS_OFFICIAL);
	struct membership away = { .status = STATUS_TEMP_AWAY, .unit_id = f.c12, .member_id = m.id, .realm = m.realm, .valid_from = D("2025-05-01"),
		                       .valid_to = D("2025-12-31"), .decision_no = "" };
	struct membership here = { .status = STATUS_TEMP_HERE, .unit_id = f.c11, .member_id = m.id, .realm = m.realm, .valid_from = D("2025-05-01"),
		                       .valid_to = D("2025-12-31"), .decision_no = "" };
	struct change ch = { .kind = CHANGE_MERGE, .on = D("2025-07-01"), .units = { &f.c12, 1 }, .into_id = f.c11 };
	struct roll roll;

	assert_ok(c, org_member_set_status(c, &away, 0));
	assert_ok(c, org_member_set_status(c, &here, 0));
	assert_ok(c, org_change_apply(c, &ch, NULL));
	READING(c) {
		assert_ok(c, org_members_on(c, f.c11, D("2025-06-30"), &roll));
		assert_int_equal(roll.n, 1);
		assert_int_equal(roll.v[0].status, STATUS_TEMP_HERE);
		assert_ok(c, org_members_on(c, f.c11, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 1);
		assert_int_equal(roll.v[0].status, STATUS_OFFICIAL);
		assert_ok(c, org_members_on(c, f.c11, D("2026-01-01"), &roll));
		assert_int_equal(roll.n, 1);
		assert_int_equal(roll.v[0].status, STATUS_OFFICIAL);
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM membership a JOIN membership b ON a.realm = b.realm AND a.member_id = b.member_id AND "
	                             "a.unit_id = b.unit_id AND a.valid_from < b.valid_from AND a.valid_to >= b.valid_from"), 0);
}

TEST_BOTH(merge_of_communes_brings_their_units_along)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MERGE, .on = D("2025-07-01"), .units = { &f.x1, 1 }, .into_id = f.x2 };

	assert_ok(c, org_change_apply(c, &ch, NULL));
	assert_string_equal(unit_on(c, f.g1, "2025-07-01").parent_code, "X2");
	assert_string_equal(unit_on(c, f.v1, "2025-06-30").parent_code, "X1");
	assert_int_equal(child_count(c, f.x2, "2025-07-01"), 3);
	laws_hold(c);
}

TEST_BOTH(merge_refuses_itself_cells_with_bodies_and_provinces)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MERGE, .on = D("2025-07-01"), .units = { &f.c11, 1 }, .into_id = f.c11 };

	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL));
	ch.into_id = f.x2;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL));
	ch.units.v = &f.x1;
	ch.into_id = f.x9;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL));
	ch.units.n = 0;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL));
	laws_hold(c);
}

/* ---- split, close ---- */

TEST_BOTH(split_takes_those_who_were_chosen)
{
	struct fixture f = fixture_make(c);
	struct member a = fixture_member(c, f.c11, "A", STATUS_OFFICIAL), b = fixture_member(c, f.c11, "B", STATUS_OFFICIAL);
	int64_t chosen[] = { a.id }, stranger[] = { 77 }, id;
	struct change ch = { .kind = CHANGE_SPLIT, .on = D("2025-07-01"), .unit_id = f.c11, .code = "C11b", .name = "Chi bộ mới",
		                 .members = { chosen, 1 } };
	struct roll roll;

	ch.members.v = stranger;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL));
	ch.members.v = chosen;
	assert_ok(c, org_change_apply(c, &ch, &id));
	READING(c) {
		assert_ok(c, org_members_on(c, id, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 1);
		assert_string_equal(roll.v[0].code, "A");
		assert_ok(c, org_members_on(c, f.c11, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 1);
		assert_int_equal(roll.v[0].id, b.id);
	}
	assert_string_equal(unit_on(c, id, "2025-07-01").parent_code, "G1");
	laws_hold(c);
}

TEST_BOTH(split_of_a_body_takes_units_along)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_SPLIT, .on = D("2025-07-01"), .unit_id = f.x1, .code = "X1b", .name = "Xã mới", .units = { &f.v1, 1 } };
	int64_t id;

	assert_ok(c, org_change_apply(c, &ch, &id));
	assert_int_equal(unit_on(c, f.v1, "2025-07-01").parent_id, id);
	assert_int_equal(unit_on(c, f.v1, "2025-06-30").parent_id, f.x1);
	laws_hold(c);
}

TEST_BOTH(close_only_what_is_empty)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_CLOSE, .on = D("2025-07-01"), .unit_id = f.g1 };
	struct member m = fixture_member(c, f.c21, "M", STATUS_OFFICIAL);

	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* cells stand below it */
	ch.unit_id = f.c21;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* a member stands there */
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.c21, f.c11, D("2025-06-15"), "12-QĐ", 0, NULL));
	assert_ok(c, org_change_apply(c, &ch, NULL));
	assert_int_equal(child_count(c, f.x2, "2025-06-30"), 1);
	assert_int_equal(child_count(c, f.x2, "2025-07-01"), 0);
	ch.on = D("2025-08-01");
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* it is closed already */
	laws_hold(c);
}

/* ---- transfer ---- */

TEST_BOTH(transfer_ends_here_and_begins_there)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_TRANSFER, .on = D("2025-07-01"), .unit_id = f.g1, .parent_id = f.x9, .code = "K1" };
	struct post post = { .post = POST_SECRETARY, .unit_id = f.c11, .valid_from = D("2024-06-01"), .valid_to = DATE_OPEN };
	struct unit u, cell;
	struct roll roll;
	struct posts posts;
	int64_t id;

	fixture_members(c, f.c11, "C11", 3, 1);
	post.member_id = test_int(c, "SELECT id FROM member WHERE code = 'C11-01'");
	assert_ok(c, org_post_begin(c, &post));
	assert_ok(c, org_change_apply(c, &ch, &id));
	u = unit_on(c, id, "2025-07-01");
	assert_string_equal(u.code, "K1");
	assert_int_equal(u.realm, f.q19);
	READING(c) {
		assert_ok(c, org_unit_by_code(c, "K1.C11", D("2025-07-01"), &cell));
		assert_int_equal(cell.realm, f.q19);
		assert_int_equal(cell.parent_id, id);
		assert_ok(c, org_members_on(c, cell.id, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 4);
		assert_int_equal(roll.v[0].realm, f.q19);
		assert_ok(c, org_members_on(c, f.c11, D("2025-06-30"), &roll));
		assert_int_equal(roll.n, 4);
		assert_int_equal(roll.v[0].realm, f.q08);
		assert_ok(c, org_posts(c, cell.id, D("2025-07-01"), &posts));
		assert_int_equal(posts.n, 1);
		assert_fails(c, FAIL_NOT_FOUND, org_unit(c, f.c11, D("2025-07-01"), &u));
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_predecessor"), 3);
	ch.unit_id = f.v1;
	ch.parent_id = f.x2;
	assert_fails(c, FAIL_INPUT, org_change_apply(c, &ch, NULL)); /* the same province: that is a move */
	laws_hold(c);
}

/* ---- failing statements ---- */

static int64_t state_of(struct call *c)
{
	return test_int(c, "SELECT (SELECT count(*) FROM unit) * 1000000 + (SELECT count(*) FROM unit_span) * 10000 + "
	                   "(SELECT count(*) FROM membership) * 100 + (SELECT count(*) FROM unit_event) + (SELECT count(*) FROM journal) * 100000000");
}

struct fault { const struct change *change; int64_t before; };

static fail change_once(struct call *c, void *arg)
{
	struct fault *f = arg;

	return org_change_apply(c, f->change, NULL);
}

static void whole(struct call *c, void *arg, bool done)
{
	struct fault *f = arg;

	if (done)
		assert_true(state_of(c) != f->before);
	else
		assert_int_equal(state_of(c), f->before);
	laws_hold(c);
}

TEST_BOTH(a_failing_statement_leaves_a_move_undone)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MOVE, .on = D("2025-03-01"), .unit_id = f.v1, .parent_id = f.x2 };
	struct fault fault = { &ch, state_of(c) };

	assert_true(test_faults(c, change_once, whole, &fault) > 5);
}

TEST_BOTH(a_failing_statement_leaves_a_merge_undone)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MERGE, .on = D("2025-07-01"), .units = { &f.c12, 1 }, .into_id = f.c11 };
	struct fault fault = { &ch, 0 };

	fixture_members(c, f.c12, "C12", 2, 1);
	fault.before = state_of(c);
	assert_true(test_faults(c, change_once, whole, &fault) > 10);
}

/* ---- laws ---- */

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static int64_t pick(struct call *c, uint32_t *random)
{
	int64_t n = test_int(c, "SELECT count(*) FROM unit");

	return test_int(c, arena_printf(c->arena, "SELECT id FROM unit ORDER BY id LIMIT 1 OFFSET %lld", (long long)(next_random(random) % n)));
}

/* Every cell has one path to the top on a day on which it exists. */
static void every_cell_has_one_path(struct call *c, struct date on)
{
	struct tree t;

	READING(c) {
		assert_ok(c, tree_load(c, &t));
		for (size_t i = 0; i < t.n; i++) {
			struct units up;

			if (t.v[i].level != LEVEL_CELL || t.v[i].valid_from.days > on.days || t.v[i].valid_to.days < on.days)
				continue;
			assert_ok(c, org_ancestors(c, t.v[i].id, on, &up));
			assert_int_equal(up.n > 0, t.v[i].parent_id != 0);
			for (size_t k = 0; k < up.n; k++)
				assert_int_equal(up.v[k].parent_id, k ? up.v[k - 1].id : 0);
			if (up.n)
				assert_int_equal(up.v[up.n - 1].id, t.v[i].parent_id);
		}
	}
}

TEST_BOTH(laws_hold_after_any_sequence_of_changes)
{
	struct fixture f = fixture_make(c);
	uint32_t random = 20250701;
	int done = 0;

	fixture_members(c, f.c11, "C11", 4, 1);
	fixture_members(c, f.c12, "C12", 4, 1);
	fixture_members(c, f.c21, "C21", 4, 1);
	for (int i = 0; i < 120; i++) {
		struct call one;
		int64_t other, member;

		test_call_like(&one, c);
		other = pick(&one, &random);
		member = test_int(&one, arena_printf(one.arena, "SELECT id FROM member ORDER BY id LIMIT 1 OFFSET %u", next_random(&random) % 15));
		struct change ch = { .kind = 1 + next_random(&random) % (CHANGE_COUNT - 1), .on = { D("2025-01-01").days + i * 3 },
			                 .unit_id = pick(&one, &random), .parent_id = pick(&one, &random), .into_id = pick(&one, &random),
			                 .units = { &other, 1 }, .members = { &member, 1 }, .level = next_random(&random) % LEVEL_COUNT,
			                 .code = arena_printf(one.arena, "N%d", i), .name = arena_printf(one.arena, "Đơn vị mới %d", i) };

		if (ch.kind == CHANGE_SPLIT && next_random(&random) % 2)
			ch.units.n = 0;
		else if (ch.kind == CHANGE_SPLIT)
			ch.members.n = 0;
		if (ch.kind == CHANGE_RENAME || ch.kind == CHANGE_SPLIT)
			ch.level = LEVEL_NONE;
		done += org_change_apply(&one, &ch, NULL) == FAIL_OK;
		call_end(&one);
	}
	assert_true(done > 20);
	laws_hold(c);
	every_cell_has_one_path(c, D("2025-02-01"));
	every_cell_has_one_path(c, D("2025-09-01"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM membership a JOIN membership b ON a.realm = b.realm AND a.member_id = b.member_id AND "
	                             "a.unit_id = b.unit_id AND a.valid_from < b.valid_from AND a.valid_to >= b.valid_from"), 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM membership ms JOIN unit u ON u.id = ms.unit_id WHERE u.realm <> ms.realm"), 0);
}

TEST_BOTH(every_change_is_in_the_journal)
{
	struct fixture f = fixture_make(c);
	struct change ch = { .kind = CHANGE_MOVE, .on = D("2025-03-01"), .unit_id = f.v1, .parent_id = f.x2 };
	struct journal_entry *rows;
	size_t n;
	int64_t checked;

	assert_ok(c, org_change_apply(c, &ch, NULL));
	READING(c) {
		assert_ok(c, journal_of(c, "unit", f.v1, &rows, &n));
		assert_int_equal(n, 3); /* created, cut, begun anew */
		assert_non_null(strstr(rows[0].after, "\"parent_code\":\"X2\""));
		assert_ok(c, journal_verify(c, &checked));
	}
	assert_true(checked >= 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_unit_is_read_as_it_was_on_a_day),
		BOTH(a_commune_alone_is_its_own_realm),
		BOTH(create_refuses_what_cannot_be),
		BOTH(rename_on_its_own_first_day_corrects_instead_of_cutting),
		BOTH(move_keeps_the_past),
		BOTH(move_refuses_circles_levels_other_provinces_and_changes_of_the_past),
		BOTH(a_change_of_what_somebody_else_changed_is_a_conflict),
		BOTH(a_preview_tells_what_will_be_and_writes_nothing),
		BOTH(merge_takes_members_and_ends_posts),
		BOTH(merge_joins_a_stay_elsewhere_with_its_home),
		BOTH(merge_of_communes_brings_their_units_along),
		BOTH(merge_refuses_itself_cells_with_bodies_and_provinces),
		BOTH(split_takes_those_who_were_chosen),
		BOTH(split_of_a_body_takes_units_along),
		BOTH(close_only_what_is_empty),
		BOTH(transfer_ends_here_and_begins_there),
		BOTH(a_failing_statement_leaves_a_move_undone),
		BOTH(a_failing_statement_leaves_a_merge_undone),
		BOTH(laws_hold_after_any_sequence_of_changes),
		BOTH(every_change_is_in_the_journal),
	};

	return cmocka_run_group_tests_name("org", tests, NULL, NULL);
}
