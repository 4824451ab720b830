/* test_kinds.c — the files units, members, posts, predecessors in and out. */
#include "org/fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "exchange/transfer.h"
#include "org/kinds.h"
#include "org/tree.h"
#include "sheet/table.h"

static struct import_result result;

static struct date D(const char *text)
{
	struct date d;

	assert_true(date_parse(text, &d));
	return d;
}

static fail take_table(struct call *c, const struct exchange_kind *kind, struct table_reader *t)
{
	fail f = exchange_import(c, kind, t, false, &result);

	table_close(t);
	return f;
}

static fail take(struct call *c, const struct exchange_kind *kind, const char *text)
{
	struct table_reader *t;

	TRY(table_open_memory(c, "test.csv", text, strlen(text), &t));
	return take_table(c, kind, t);
}

static const char *give(struct call *c, const struct exchange_kind *kind, const char *unit)
{
	struct export_query q = { .unit_code = unit, .on = DATE_NONE };
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, exchange_export(c, kind, &q, EXPORT_CSV, &o));
	return out_text(&o);
}

static const char *issues(struct call *c)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < result.n; i++)
		out_printf(&o, "%s\n", import_issue_text(c, &result.issues[i]));
	return out_text(&o);
}

#define assert_counts(rows_, added_, changed_, same_)                                                                  \
	do {                                                                                                               \
		assert_int_equal(result.rows, rows_);                                                                          \
		assert_int_equal(result.added, added_);                                                                        \
		assert_int_equal(result.changed, changed_);                                                                    \
		assert_int_equal(result.same, same_);                                                                          \
	} while (0)

#define UNITS "code,parent_code,level,type,owner,name,valid_from,valid_to\n"
#define MEMBERS "code,full_name,unit_code,status,admitted_on,official_on,from,to\n"
#define POSTS "unit_code,member_code,post,from,to\n"
#define SMALL UNITS "V1,X,cell,VR,,Chi bộ thôn 1,,\nV2,X,cell,VR,,Chi bộ thôn 2,,\nX,Q,commune,,,Xã Đồng Tâm,,\nQ,,province,,,Tỉnh Thử,,\n"

static size_t child_count(struct call *c, const char *code, const char *day)
{
	struct units u = { 0 };
	int64_t id;

	READING(c) {
		assert_ok(c, org_unit_id(c, code, &id));
		assert_ok(c, org_children(c, id, D(day), &u));
	}
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

/* ---- units ---- */

TEST_BOTH(a_parent_may_come_after_its_child)
{
	struct unit u;

	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_counts(4, 4, 0, 0);
	READING(c) {
		int64_t q;

		assert_ok(c, org_unit_by_code(c, "V1", D("2025-01-01"), &u));
		assert_ok(c, org_unit_id(c, "Q", &q));
		assert_int_equal(u.realm, q);
		assert_string_equal(u.parent_code, "X");
		assert_string_equal(u.name_key, "");
	}
	laws_hold(c);
	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_counts(4, 0, 0, 4);
}

TEST_BOTH(units_export_comes_back_without_change)
{
	const char *file;

	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_ok(c, take(c, &org_units_kind, UNITS "X,Q,commune,,,Xã Đồng Tâm,,2025-06-30\nX,Q,commune,,,Xã Đồng Lòng,2025-07-01,\n"));
	assert_counts(2, 1, 1, 0);
	file = give(c, &org_units_kind, NULL);
	assert_ok(c, take(c, &org_units_kind, file));
	assert_counts(5, 0, 0, 5);
	assert_string_equal(give(c, &org_units_kind, NULL), file);
	assert_string_equal(give(c, &org_units_kind, "V1"), &("\xEF\xBB\xBF" UNITS "V1,X,cell,VR,,Chi bộ thôn 1,,\n")[file[0] == 'c' ? 3 : 0]);
	laws_hold(c);
}

TEST_BOTH(units_that_break_a_law_are_named_with_their_line)
{
	static const struct { const char *rows, *place; } cases[] = {
		{ "A,Q,commune,,,Xã A,,2025-01-01\nA,Q,commune,,,Xã A,2025-01-03,\n", "Line 3, column `valid_from`" },
		{ "A,Q,commune,,,Xã A,,2025-01-01\nA,Q,commune,,,Xã A,2025-01-01,\n", "Line 3, column `valid_from`" },
		{ "A,nowhere,commune,,,Xã A,,\n", "Line 2, column `parent_code`" },
		{ "A,A,commune,,,Xã A,,\n", "Line 2, column `parent_code`" },
		{ "A,V1,grassroots,,,A,,\n", "Line 2, column `valid_from`" },
		{ "A,Q,commune,,,Xã A,2025-01-02,2025-01-01\n", "Line 2, column `valid_to`" },
		{ "A,Q,commun,,,Xã A,,\n", "Line 2, column `level`" },
		{ "A B,Q,commune,,,Xã A,,\n", "Line 2, column `code`" },
		{ "X,Q,commune,,,Xã Đồng Tâm,,2025-06-30\n", "Line 2, column `valid_from`" }, /* its cells would stand below nothing */
	};

	assert_ok(c, take(c, &org_units_kind, SMALL));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_fails(c, FAIL_INPUT, take(c, &org_units_kind, arena_printf(c->arena, "%s%s", UNITS, cases[i].rows)));
		if (strncmp(issues(c), cases[i].place, strlen(cases[i].place)) != 0)
			fail_msg("case %zu: %s", i, issues(c));
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_span"), 4);
	laws_hold(c);
}

TEST_BOTH(a_unit_with_members_does_not_leave_its_province_by_a_file)
{
	const char *away = UNITS "R,,province,,,Tỉnh Khác,,\nX,R,commune,,,Xã Đồng Tâm,,\n";

	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_ok(c, take(c, &org_units_kind, away)); /* nothing belongs to anybody yet */
	laws_hold(c);
	assert_ok(c, take(c, &org_members_kind, MEMBERS "M1,Lê Thị Hoa,V1,official,,,,\n"));
	assert_fails(c, FAIL_INPUT, take(c, &org_units_kind, SMALL));
	assert_non_null(strstr(issues(c), "another province"));
	laws_hold(c);
}

static fail take_small(struct call *c, void *arg)
{
	(void)arg;
	return take(c, &org_units_kind, SMALL);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_span"), done ? 4 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit"), done ? 4 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal"), done ? 1 : 0);
}

TEST_BOTH(a_failing_statement_leaves_an_import_undone)
{
	assert_true(test_faults(c, take_small, all_or_nothing, NULL) > 8);
}

/* ---- the real tree ---- */

#define DATA "../shared/data/"

static void take_file(struct call *c, const struct exchange_kind *kind, const char *path)
{
	struct table_reader *t;

	assert_ok(c, table_open(c, path, &t));
	assert_ok(c, take_table(c, kind, t));
}

TEST_BOTH(both_trees_of_2025_are_there_each_on_its_days)
{
	struct units up;

	if (access(DATA "units-until-2025-06-30.csv", R_OK) != 0)
		test_skip(c, DATA " is not here");
	take_file(c, &org_units_kind, DATA "units-until-2025-06-30.csv");
	assert_counts(10795, 10795, 0, 0);
	take_file(c, &org_units_kind, DATA "units-from-2025-07-01.csv");
	assert_counts(3356, 3355, 0, 1);
	assert_int_equal(child_count(c, "VN", "2025-06-30"), 63);
	assert_int_equal(child_count(c, "VN", "2025-07-01"), 34);
	assert_int_equal(child_count(c, "P01", "2025-06-30"), 30);
	assert_int_equal(child_count(c, "P01", "2025-07-01"), 0);
	assert_int_equal(child_count(c, "Q01", "2025-06-30"), 0);
	READING(c) {
		int64_t id;

		assert_ok(c, org_unit_id(c, "C00001", &id));
		assert_ok(c, org_ancestors(c, id, D("2025-06-30"), &up));
		assert_int_equal(up.n, 3);
		assert_string_equal(up.v[2].code, "D001");
	}
	take_file(c, &org_predecessors_kind, DATA "provinces-2025-07-01.csv");
	assert_counts(63, 63, 0, 0);
	take_file(c, &org_units_kind, DATA "units-until-2025-06-30.csv");
	assert_counts(10795, 0, 0, 10795);
	take_file(c, &org_units_kind, DATA "units-from-2025-07-01.csv");
	assert_counts(3356, 0, 0, 3356);
	take_file(c, &org_predecessors_kind, DATA "provinces-2025-07-01.csv");
	assert_counts(63, 0, 0, 63);
	assert_ok(c, take(c, &org_units_kind, give(c, &org_units_kind, NULL)));
	assert_counts(14150, 0, 0, 14150);
	laws_hold(c);
}

/* ---- members ---- */

TEST_BOTH(members_come_in_and_go_out)
{
	static const char file[] = MEMBERS "M1,Lê Thị Hoa,V1,probationary,2024-05-19,,2024-05-19,2025-05-18\n"
	                                   "M1,Lê Thị Hoa,V1,official,2024-05-19,2025-05-19,2025-05-19,\n"
	                                   "M2,Trần Văn An,V1,exempt,,,,\n"
	                                   "M3,Đỗ Bá Lộc,V2,temp_away,,,2025-01-01,2025-12-31\n"
	                                   "M3,Đỗ Bá Lộc,V1,temp_here,,,2025-01-01,2025-12-31\n";
	struct roll roll;
	const char *out;

	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_ok(c, take(c, &org_members_kind, file));
	assert_counts(5, 5, 0, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member"), 3);
	READING(c) {
		struct unit v1;

		assert_ok(c, org_unit_by_code(c, "V1", D("2025-06-01"), &v1));
		assert_ok(c, org_members_on(c, v1.id, D("2025-06-01"), &roll));
	}
	assert_int_equal(roll.n, 3);
	assert_string_equal(roll.v[0].full_name, "Trần Văn An");
	assert_ok(c, take(c, &org_members_kind, file));
	assert_counts(5, 0, 0, 5);
	out = give(c, &org_members_kind, NULL);
	assert_ok(c, take(c, &org_members_kind, out));
	assert_counts(5, 0, 0, 5);
	assert_string_equal(give(c, &org_members_kind, "Q"), out);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member WHERE official_on = '2025-05-19'"), 1);
}

TEST_BOTH(members_that_do_not_fit_are_named_with_their_line)
{
	static const struct { const char *rows, *place; } cases[] = {
		{ "M1,Lê Thị Hoa,nowhere,official,,,,\n", "Line 2, column `unit_code`" },
		{ "M1,Lê Thị Hoa,X,official,,,,\n", "Line 2, column `unit_code`" },
		{ "M1,Lê Thị Hoa,V1,offical,,,,\n", "Line 2, column `status`" },
		{ "M1,Lê Thị Hoa,V1,official,,,2025-01-02,2025-01-01\n", "Line 2, column `to`" },
		{ "M1,Lê Thị Hoa,V1,official,2020-01-01,2019-01-01,,\n", "Line 2, column `official_on`" },
		{ "M1,Lê Thị Hoa,V3,official,,,,\n", "Line 2, column `to`" },
		{ "M1,Lê Thị Hoa,V3,official,,,2019-12-31,2025-01-01\n", "Line 2, column `from`" },
		{ "M1,Lê Thị Hoa,V1,official,,,,\nM1,Lê Thị Hoa,V2,official,,,2025-01-01,\n", "Line 3, column `unit_code`" },
		{ "M1,Lê Thị Hoa,V1,official,,,,\nM1,Lê Thị Hoa,V1,exempt,,,2025-01-01,\n", "Line 3, column `from`" },
	};

	assert_ok(c, take(c, &org_units_kind, SMALL "V3,X,cell,VR,,Chi bộ thôn 3,2020-01-01,2025-06-30\n"));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_fails(c, FAIL_INPUT, take(c, &org_members_kind, arena_printf(c->arena, "%s%s", MEMBERS, cases[i].rows)));
		if (strncmp(issues(c), cases[i].place, strlen(cases[i].place)) != 0)
			fail_msg("case %zu: %s", i, issues(c));
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM member"), 0);
}

TEST_BOTH(a_later_file_of_members_changes_what_differs_in_any_order)
{
	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_ok(c, take(c, &org_members_kind, MEMBERS "M1,Lê Thị Hoa,V1,official,2020-01-01,2021-01-01,,\n"));
	/* moved to V2; the new membership stands before the end of the old one; the empty dates take nothing away */
	assert_ok(c, take(c, &org_members_kind, MEMBERS "M1,Lê Thị Hoa,V2,official,,,2025-07-01,\nM1,Lê Thị Hoa,V1,official,,,,2025-06-30\n"));
	assert_counts(2, 1, 1, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member WHERE official_on = '2021-01-01'"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM membership"), 2);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'member'"), 1);
	assert_ok(c, take(c, &org_members_kind, MEMBERS "M1,Lê Thị Hoa Mai,V2,official,,,2025-07-01,\n"));
	assert_counts(1, 0, 1, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member WHERE name_key = 'le thi hoa mai'"), 1);
}

/* More than one statement holds, some people with a second row among them: what is sent later is found all the same. */
static const char *fifty(struct call *c)
{
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, MEMBERS);
	for (int i = 0; i < 50; i++) {
		out_printf(&o, "M%d,Nguyễn Văn %d,V1,probationary,2023-05-19,,2023-05-19,2024-05-18\n", i, i);
		if (i % 7 == 3)
			out_printf(&o, "M%d,Nguyễn Văn %d,V1,official,2023-05-19,2024-05-19,2024-05-19,\n", i - 2, i - 2);
	}
	return out_text(&o);
}

TEST_BOTH(many_members_go_in_together)
{
	const char *file = fifty(c);

	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_ok(c, take(c, &org_members_kind, file));
	assert_counts(57, 57, 0, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member"), 50);
	assert_int_equal(test_int(c, "SELECT count(*) FROM membership"), 57);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member WHERE official_on IS NOT NULL"), 7);
	assert_ok(c, take(c, &org_members_kind, file));
	assert_counts(57, 0, 0, 57);
}

static fail take_fifty(struct call *c, void *arg)
{
	return take(c, &org_members_kind, arg);
}

static void nobody_or_all(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM member"), done ? 50 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM membership"), done ? 57 : 0);
}

TEST_BOTH(a_failing_statement_leaves_no_member_behind)
{
	const char *file = fifty(c);

	assert_ok(c, take(c, &org_units_kind, SMALL));
	assert_true(test_faults(c, take_fifty, nobody_or_all, (void *)file) > 20);
}

TEST_BOTH(the_same_code_in_two_provinces_is_two_people)
{
	assert_ok(c, take(c, &org_units_kind, SMALL "Q2,,province,,,Tỉnh Hai,,\nW,Q2,commune,,,Xã W,,\nW1,W,cell,VR,,Chi bộ W1,,\n"));
	assert_ok(c, take(c, &org_members_kind, MEMBERS "M1,Lê Thị Hoa,V1,official,,,,\nM1,Trần Văn An,W1,official,,,,\n"));
	assert_counts(2, 2, 0, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM member"), 2);
}

/* ---- posts ---- */

static void nine_in_v1(struct call *c)
{
	struct out o;

	assert_ok(c, take(c, &org_units_kind, SMALL));
	out_memory(&o, c->arena);
	out_str(&o, MEMBERS);
	for (int i = 1; i <= 9; i++)
		out_printf(&o, "M%d,Nguyễn Văn %d,V1,official,,,,\n", i, i);
	out_str(&o, "N1,Nguyễn Thị Hai,V2,official,,,,\nD1,Nguyễn Thị Ba,V2,probationary,2025-05-19,,2025-05-19,\n");
	assert_ok(c, take(c, &org_members_kind, out_text(&o)));
}

TEST_BOTH(posts_come_in_and_go_out)
{
	/* the next secretary stands before the end of the one before */
	static const char file[] = POSTS "V1,M2,secretary,2025-01-01,\nV1,M1,secretary,2020-01-01,2024-12-31\nV1,M1,committee,2025-01-01,\nV2,N1,secretary,,\n";
	const char *out;

	nine_in_v1(c);
	assert_ok(c, take(c, &org_posts_kind, file));
	assert_counts(4, 4, 0, 0);
	assert_ok(c, take(c, &org_posts_kind, file));
	assert_counts(4, 0, 0, 4);
	out = give(c, &org_posts_kind, NULL);
	assert_ok(c, take(c, &org_posts_kind, out));
	assert_counts(4, 0, 0, 4);
	assert_ok(c, take(c, &org_posts_kind, POSTS "V2,N1,secretary,,2025-12-31\n"));
	assert_counts(1, 0, 1, 0);
}

TEST_BOTH(V02_V10_hold_for_files_of_posts_too)
{
	static const struct { const char *rows, *place; } cases[] = {
		{ "V2,N1,committee,2025-06-01,\n", "Line 2, column `post`" },
		{ "V2,D1,secretary,2025-06-01,\n", "Line 2, column `member_code`" },
		{ "V2,M1,secretary,2025-06-01,\n", "Line 2, column `member_code`" },
		{ "V2,XX,secretary,2025-06-01,\n", "Line 2, column `member_code`" },
		{ "V9,M1,secretary,2025-06-01,\n", "Line 2, column `unit_code`" },
		{ "V1,M1,chief,2025-06-01,\n", "Line 2, column `post`" },
		{ "V1,M1,secretary,2025-06-01,\nV1,M2,secretary,2025-08-01,\n", "Line 2, column `from`" },
	};

	nine_in_v1(c);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_fails(c, FAIL_INPUT, take(c, &org_posts_kind, arena_printf(c->arena, "%s%s", POSTS, cases[i].rows)));
		if (strncmp(issues(c), cases[i].place, strlen(cases[i].place)) != 0)
			fail_msg("case %zu: %s", i, issues(c));
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM post"), 0);
}

/* ---- predecessors ---- */

TEST_BOTH(predecessors_need_units_that_were_there)
{
	static const char head[] = "operation,from_code,to_code,on,from_name,to_name\n";

	assert_ok(c, take(c, &org_units_kind, UNITS "A,,province,,,Tỉnh A,,2025-06-30\nB,,province,,,Tỉnh B,2025-07-01,\n"));
	assert_ok(c, take(c, &org_predecessors_kind, arena_printf(c->arena, "%smerge,A,B,2025-07-01,whatever,\n", head)));
	assert_ok(c, take(c, &org_predecessors_kind, give(c, &org_predecessors_kind, NULL)));
	assert_counts(1, 0, 0, 1);
	assert_fails(c, FAIL_INPUT, take(c, &org_predecessors_kind, arena_printf(c->arena, "%smerge,A,B,2025-07-02,,\n", head)));
	assert_fails(c, FAIL_INPUT, take(c, &org_predecessors_kind, arena_printf(c->arena, "%smerge,A,C,2025-07-01,,\n", head)));
	assert_fails(c, FAIL_INPUT, take(c, &org_predecessors_kind, arena_printf(c->arena, "%sdevour,A,B,2025-07-01,,\n", head)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_parent_may_come_after_its_child),
		BOTH(units_export_comes_back_without_change),
		BOTH(units_that_break_a_law_are_named_with_their_line),
		BOTH(a_unit_with_members_does_not_leave_its_province_by_a_file),
		BOTH(a_failing_statement_leaves_an_import_undone),
		BOTH(both_trees_of_2025_are_there_each_on_its_days),
		BOTH(members_come_in_and_go_out),
		BOTH(members_that_do_not_fit_are_named_with_their_line),
		BOTH(a_later_file_of_members_changes_what_differs_in_any_order),
		BOTH(many_members_go_in_together),
		BOTH(a_failing_statement_leaves_no_member_behind),
		BOTH(the_same_code_in_two_provinces_is_two_people),
		BOTH(posts_come_in_and_go_out),
		BOTH(V02_V10_hold_for_files_of_posts_too),
		BOTH(predecessors_need_units_that_were_there),
	};

	return cmocka_run_group_tests_name("org_kinds", tests, NULL, NULL);
}
