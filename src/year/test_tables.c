/* test_tables.c — local tables: within a framework, versions, issuing and withdrawing, and that they join the rules in force. */
#include "org/fixture.h"

#include <string.h>

#include "app/rulebook.h"
#include "year/tables_edit.h"
#include "year/tables_try.h"
#include "year/tables.h"

static struct complaints bad;

/* The rules in force as a call that comes now sees them. */
static void anew(struct call *c)
{
	assert_ok(c, rulebook_load(c, "rules"));
	rulebook_give(c);
}

static const struct scheme *scheme_of(struct call *c, const struct local_table *t)
{
	const struct scheme *s;

	assert_ok(c, table_scheme(c, t, &s));
	return s;
}

static const char *holding_id(struct call *c, int64_t unit, int year)
{
	const struct scheme *s = NULL;
	struct unit u;

	READING(c) {
		assert_ok(c, org_unit(c, unit, c->today, &u));
		assert_ok(c, table_holding(c, &u, USE_FOUR_GOOD_CELL, date_of(year, 12, 31), true, &s));
	}
	return s ? s->id : "";
}

static struct local_table issued(struct call *c, int64_t unit, int year)
{
	struct local_table t, out;

	assert_ok(c, table_start(c, unit, USE_FOUR_GOOD_CELL, 0, &t));
	assert_ok(c, table_issue(c, t.id, t.rev, year, "12-QĐ/ĐU", DATE_NONE, &out, &bad));
	anew(c);
	return out;
}

TEST_BOTH(a_province_issues_a_framework_and_it_holds_below_without_a_restart)
{
	struct fixture f = fixture_make(c);
	struct local_table t;

	anew(c);
	assert_string_equal(holding_id(c, f.c11, 2026), "4G-C");
	t = issued(c, f.q08, 2026);
	assert_string_equal(t.rule_id, "4G-C.Q08");
	assert_string_equal(scheme_of(c, &t)->framework, "");
	assert_string_equal(holding_id(c, f.c11, 2026), "4G-C.Q08");
	assert_string_equal(holding_id(c, f.c11, 2025), "4G-C"); /* in force from 2026 */
	assert_string_equal(holding_id(c, f.x9, 2026), "4G-C");  /* another province */
	assert_non_null(rules_by_id(c->rules, "4G-C.Q08", DATE_NONE));
}

TEST_BOTH(a_committee_below_makes_it_concrete_and_the_nearest_wins)
{
	struct fixture f = fixture_make(c);
	struct local_table t;

	anew(c);
	issued(c, f.q08, 2026);
	t = issued(c, f.x1, 2026);
	assert_string_equal(t.based_on, "4G-C.Q08");
	assert_string_equal(scheme_of(c, &t)->framework, "4G-C.Q08");
	assert_string_equal(holding_id(c, f.c11, 2026), "4G-C.X1");
	assert_string_equal(holding_id(c, f.c21, 2026), "4G-C.Q08");
}

/* A copy whose lines may be changed. */
static struct scheme changed(struct call *c, const struct scheme *s, struct scheme_line **lines, struct scheme_group **groups)
{
	struct scheme own = *s;

	*lines = ARENA_ARRAY(c->arena, s->n_lines, struct scheme_line);
	*groups = ARENA_ARRAY(c->arena, s->n_groups, struct scheme_group);
	memcpy(*lines, s->lines, s->n_lines * sizeof **lines);
	memcpy(*groups, s->groups, s->n_groups * sizeof **groups);
	own.lines = *lines;
	own.groups = *groups;
	return own;
}

TEST_BOTH(what_leaves_the_framework_is_refused_in_words_and_nothing_is_kept)
{
	struct fixture f = fixture_make(c);
	struct local_table t, out;
	struct scheme_line *lines;
	struct scheme_group *groups;
	struct scheme own;

	anew(c);
	assert_ok(c, table_start(c, f.x1, USE_FOUR_GOOD_CELL, 0, &t));
	own = changed(c, scheme_of(c, &t), &lines, &groups);
	own.standard = (struct tenths){ 900 };
	assert_fails(c, FAIL_INPUT, table_save(c, t.id, t.rev, &own, &out, &bad));
	assert_non_null(strstr(bad.v[0].text, "the standard is 90.0 points; the framework 4G-C says 95.0"));
	own = changed(c, scheme_of(c, &t), &lines, &groups);
	own.n_vetoes--;
	assert_fails(c, FAIL_INPUT, table_save(c, t.id, t.rev, &own, &out, &bad));
	assert_non_null(strstr(bad.v[0].text, "the veto V3 of the framework 4G-C was dropped"));
	own = changed(c, scheme_of(c, &t), &lines, &groups);
	groups[0].max = (struct tenths){ 290 };
	assert_fails(c, FAIL_INPUT, table_save(c, t.id, t.rev, &own, &out, &bad));
	READING(c)
		assert_ok(c, table_by_id(c, t.id, &out));
	assert_int_equal(out.rev, t.rev);
	own = changed(c, scheme_of(c, &t), &lines, &groups);
	lines[0].title[LANG_VI] = "Chương trình công tác năm của chi bộ";
	assert_ok(c, table_save(c, t.id, t.rev, &own, &out, &bad));
	assert_string_equal(scheme_of(c, &out)->lines[0].title[LANG_VI], "Chương trình công tác năm của chi bộ");
	assert_fails(c, FAIL_CONFLICT, table_save(c, t.id, t.rev, &own, &out, &bad)); /* the rev of before */
}

TEST_BOTH(versions_follow_each_other_and_a_withdrawn_one_gives_way_to_the_one_before)
{
	struct fixture f = fixture_make(c);
	struct local_table first, second, out;

	anew(c);
	first = issued(c, f.q08, 2025);
	assert_ok(c, table_start(c, f.q08, USE_FOUR_GOOD_CELL, first.id, &second));
	assert_int_equal(second.version, 2);
	assert_fails(c, FAIL_CONFLICT, table_issue(c, second.id, second.rev, 2025, "1", DATE_NONE, &out, &bad));
	assert_ok(c, table_issue(c, second.id, second.rev, 2026, "15-QĐ/TU", DATE_NONE, &second, &bad));
	anew(c);
	READING(c)
		assert_ok(c, table_by_id(c, first.id, &out));
	assert_int_equal(out.valid_to.days, date_of(2025, 12, 31).days);
	assert_int_equal(rules_by_id(c->rules, "4G-C.Q08", date_of(2025, 6, 1))->valid_to.days, date_of(2025, 12, 31).days);
	assert_fails(c, FAIL_CONFLICT, table_drop(c, second.id, second.rev));
	assert_fails(c, FAIL_INPUT, table_withdraw(c, second.id, second.rev, "", &out, &bad));
	assert_ok(c, table_withdraw(c, second.id, second.rev, "Ban hành nhầm", &second, &bad));
	anew(c);
	assert_int_equal(rules_by_id(c->rules, "4G-C.Q08", date_of(2026, 6, 1))->valid_to.days, DATE_OPEN.days);
	assert_int_equal(rules_by_id(c->rules, "4G-C.Q08", date_of(2026, 6, 1))->valid_from.days, date_of(2025, 1, 1).days);
}

TEST_BOTH(a_framework_in_use_is_not_withdrawn_under_the_tables_within_it)
{
	struct fixture f = fixture_make(c);
	struct local_table frame, out;

	anew(c);
	frame = issued(c, f.q08, 2026);
	issued(c, f.x1, 2026);
	assert_fails(c, FAIL_CONFLICT, table_withdraw(c, frame.id, frame.rev, "Ban hành nhầm", &out, &bad));
	assert_string_equal(holding_id(c, f.c11, 2026), "4G-C.X1");
}

static fail run_query(struct call *c, void *query)
{
	return db_exec(c, query, NO_ARGS, NULL);
}

TEST_BOTH(a_broken_table_never_replaces_a_good_set)
{
	const struct query spoil = { .name = "spoil", .sqlite = "UPDATE local_table SET source = 'kind: nonsense'",
		                         .postgres = "UPDATE local_table SET source = 'kind: nonsense'", .params = 0, .slot = -1 };
	struct fixture f = fixture_make(c);
	const struct rules *before;

	anew(c);
	issued(c, f.q08, 2026);
	before = c->rules;
	assert_ok(c, db_write(c, run_query, (void *)&spoil));
	assert_fails(c, FAIL_INPUT, rulebook_reload(c));
	rulebook_give(c);
	assert_ptr_equal(c->rules, before);
	assert_string_equal(holding_id(c, f.c11, 2026), "4G-C.Q08");
}

TEST_BOTH(a_pasted_text_keeps_the_frame_of_its_row_and_says_where_it_is_wrong)
{
	static const char wrong[] = "kind: scheme\nid: X\ntitle: {vi: A, en: A}\nsource: P\nfor: four_good_cell\nstandard: 95\ncriteria:\n"
	                            "  - {id: G1, title: {vi: A, en: A}, max: 90, judged: true}\n";
	struct fixture f = fixture_make(c);
	struct local_table t, out;
	char *text;

	anew(c);
	assert_ok(c, table_start(c, f.x1, USE_FOUR_GOOD_CELL, 0, &t));
	assert_fails(c, FAIL_INPUT, table_save_text(c, t.id, t.rev, wrong, strlen(wrong), &out, &bad));
	assert_non_null(strstr(bad.v[0].text, "add to 90"));
	text = arena_strdup(c->arena, t.source);
	memcpy(strstr(text, "id: 4G-C.X1"), "id: 4G-ZZZZ", 11); /* whatever it calls itself */
	assert_ok(c, table_save_text(c, t.id, t.rev, text, strlen(text), &out, &bad));
	assert_string_equal(out.source, t.source);
	assert_ok(c, table_drop(c, t.id, out.rev));
}

/* ---- the form ---- */

static struct scheme edited(struct call *c, const struct scheme *s, const struct scheme *frame, struct pairs *typed, struct form *form)
{
	struct scheme out;

	form_begin(form, c, NULL, NULL);
	table_edit(c, typed, s, frame, form, &out);
	return out;
}

TEST_BOTH(a_criterion_is_split_and_its_bands_follow_in_proportion)
{
	struct fixture f = fixture_make(c);
	struct local_table t, out;
	struct pairs typed = { 0 };
	const struct scheme *s;
	struct scheme own;
	struct form form;

	anew(c);
	assert_ok(c, table_start(c, f.x1, USE_FOUR_GOOD_CELL, 0, &t));
	s = scheme_of(c, &t);
	pairs_add(c->arena, &typed, "max.G1.3", "6");
	pairs_add(c->arena, &typed, "new.G1.3", "Nhiệm vụ chuyển đổi số");
	pairs_add(c->arena, &typed, "newmax.G1.3", "2,0");
	pairs_add(c->arena, &typed, "evidence.G3.2", "Biên bản");
	own = edited(c, s, table_framework(c, s), &typed, &form);
	assert_int_equal(form.n, 0);
	assert_ok(c, table_save(c, t.id, t.rev, &own, &out, &bad));
	s = scheme_of(c, &out);
	assert_int_equal(scheme_line_by_id(s, "G1.3")->cases[1].points.t, 45); /* 6 of 8 becomes 4.5 of 6 */
	assert_true(scheme_line_by_id(s, "G1.3.1")->judged);
	assert_string_equal(scheme_line_by_id(s, "G1.3.1")->title[LANG_VI], "Nhiệm vụ chuyển đổi số");
	assert_string_equal(scheme_evidence_for(scheme_line_by_id(s, "G3.2"), "AG", 0)->text[LANG_VI], "Biên bản");
	assert_true(table_edit_may_drop(table_framework(c, s), scheme_line_by_id(s, "G1.3.1")));
	assert_false(table_edit_may_drop(table_framework(c, s), scheme_line_by_id(s, "G1.3")));
}

TEST_BOTH(points_that_do_not_add_up_are_told_at_the_field_and_nothing_is_kept)
{
	struct fixture f = fixture_make(c);
	struct local_table t, out;
	struct pairs typed = { 0 };
	const struct scheme *s;
	struct scheme own;
	struct form form;

	anew(c);
	assert_ok(c, table_start(c, f.x1, USE_FOUR_GOOD_CELL, 0, &t));
	s = scheme_of(c, &t);
	pairs_add(c->arena, &typed, "max.G1.3", "7");
	own = edited(c, s, table_framework(c, s), &typed, &form);
	assert_fails(c, FAIL_INPUT, table_save(c, t.id, t.rev, &own, &out, &bad));
	table_edit_complaints(c, &own, &bad, &form);
	assert_non_null(strstr(form_problem_at(&form, "max.G1.1"), "the lines of the group add to 29"));
	typed.v[0].value = "viele";
	edited(c, s, table_framework(c, s), &typed, &form);
	assert_non_null(form_problem_at(&form, "max.G1.3"));
}

TEST_BOTH(a_line_that_stands_by_itself_becomes_a_group_when_it_is_split)
{
	struct fixture f = fixture_make(c);
	struct local_table t, out;
	struct pairs typed = { 0 };
	const struct scheme *s;
	struct scheme own;
	struct form form;

	anew(c);
	assert_ok(c, table_start(c, f.x1, USE_FOUR_GOOD_BODY, 0, &t));
	s = scheme_of(c, &t);
	pairs_add(c->arena, &typed, "max.GO2", "8");
	pairs_add(c->arena, &typed, "new.GO2", "Nhiệm vụ đột xuất");
	pairs_add(c->arena, &typed, "newmax.GO2", "2");
	own = edited(c, s, table_framework(c, s), &typed, &form);
	assert_ok(c, table_save(c, t.id, t.rev, &own, &out, &bad));
	s = scheme_of(c, &out);
	assert_string_equal(s->groups[0].id, "GO2");
	assert_int_equal(s->groups[0].max.t, 100);
	assert_int_equal(scheme_line_by_id(s, "GO2.1")->n_cases, 4);
	assert_true(scheme_line_by_id(s, "GO2.2")->judged);
}

TEST_BOTH(a_table_is_tried_on_the_units_below_for_which_no_nearer_one_holds)
{
	struct fixture f = fixture_make(c);
	struct try_view v = { .year = 2025 };
	struct local_table t;

	anew(c);
	assert_ok(c, table_start(c, f.q08, USE_FOUR_GOOD_CELL, 0, &t));
	READING(c)
		assert_ok(c, table_try(c, &t, scheme_of(c, &t), &v));
	assert_int_equal(v.n, 4); /* C11 C12 V1 C21 */
	assert_int_equal(v.gained + v.lost, 0);
	for (size_t i = 0; i < v.shown; i++)
		assert_int_equal(v.v[i].before.t, v.v[i].after.t);
	issued(c, f.x1, 2025);
	v = (struct try_view){ .year = 2025 };
	READING(c)
		assert_ok(c, table_try(c, &t, scheme_of(c, &t), &v));
	assert_int_equal(v.n, 1);
	assert_int_equal(v.own_tables, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_province_issues_a_framework_and_it_holds_below_without_a_restart),
		BOTH(a_committee_below_makes_it_concrete_and_the_nearest_wins),
		BOTH(what_leaves_the_framework_is_refused_in_words_and_nothing_is_kept),
		BOTH(versions_follow_each_other_and_a_withdrawn_one_gives_way_to_the_one_before),
		BOTH(a_framework_in_use_is_not_withdrawn_under_the_tables_within_it),
		BOTH(a_broken_table_never_replaces_a_good_set),
		BOTH(a_criterion_is_split_and_its_bands_follow_in_proportion),
		BOTH(points_that_do_not_add_up_are_told_at_the_field_and_nothing_is_kept),
		BOTH(a_line_that_stands_by_itself_becomes_a_group_when_it_is_split),
		BOTH(a_table_is_tried_on_the_units_below_for_which_no_nearer_one_holds),
		BOTH(a_pasted_text_keeps_the_frame_of_its_row_and_says_where_it_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
