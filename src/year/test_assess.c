/* test_assess.c — sheets of a year: what is missing, explained, kept, out of date; votes; appeals; many at once; caps. With small tables of its own. */
#include "org/fixture.h"

#include <pthread.h>

#include "rules/load.h"
#include "score/appeal.h"
#include "year/cap.h"

/* Points: J1 judged up to 60, F1 40 when nobody was disciplined (else 34). Veto V1: a leader was disciplined. */
#define TABLE(id, use, from, j, f, extra)                                                                                                         \
	"- kind: scheme\n  id: " id "\n  title: {vi: Bảng, en: Table}\n  source: P\n  valid_from: " from "\n  for: " use "\n" extra                      \
	"  criteria:\n    - id: J\n      title: {vi: Tự chấm, en: Judged}\n      max: " j "\n      lines:\n"                                           \
	"        - {id: J1, title: {vi: Tự chấm, en: Judged}, max: " j ", judged: true}\n"                                                           \
	"    - id: F\n      title: {vi: Kỷ luật, en: Discipline}\n      max: " f "\n      lines:\n"                                                   \
	"        - id: F1\n          title: {vi: Không kỷ luật, en: Nobody disciplined}\n          max: " f "\n"                                       \
	"          to_full: {vi: Không kỷ luật, en: Nobody disciplined}\n"                                                                           \
	"          cases:\n            - {when: disciplined == 0, points: " f "}\n            - {otherwise: true, points: 34}\n"
#define STANDARD                                                                                                                                  \
	"  standard: 95\n  vetoes:\n    - id: V1\n      title: {vi: Kỷ luật lãnh đạo, en: A leader was disciplined}\n      when: leaders_disciplined > 0\n"
#define LEVELS(id, use, holds, base)                                                                                                              \
	"- kind: classification\n  id: " id "\n  title: {vi: Mức, en: Levels}\n  source: P\n  valid_from: 2018-01-01\n  for: " use "\n"                  \
	"  excellent:\n    from: 90\n    conditions:\n      - {id: X1, title: {vi: Điều kiện, en: Condition}, holds: " holds                            \
	", why: {vi: Điều kiện, en: The condition}}\n  good:\n    from: 70\n  completed:\n    from: 50\n  cap: {percent: 20, of: " base "}\n"

static const char four_good[] = TABLE("T-C", "four_good_cell", "2018-01-01", "60", "40", STANDARD) TABLE("T-O", "four_good_body", "2018-01-01", "60", "40", STANDARD)
    TABLE("T-U", "annual_unit", "2018-01-01", "60", "40", "") LEVELS("L-U", "units", "disciplined == 0", "good")
    "- kind: scheme\n  id: T-M\n  title: {vi: Bảng, en: Table}\n  source: P\n  valid_from: 2018-01-01\n  for: annual_member\n"
    "  criteria:\n    - {id: J1, title: {vi: Tự chấm, en: Judged}, max: 100, judged: true}\n"
    LEVELS("L-M", "members", "months_member >= 6", "good");

static void rules_from(struct call *c, const char *text)
{
	struct rules *r = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };
	struct rule_text one = { "t.yaml", text, strlen(text) };

	if (rules_load_texts(c->arena, &one, 1, r, &bad) != FAIL_OK)
		fail_msg("%d:%d %s", bad.v[0].at.line, bad.v[0].at.column, bad.v[0].text);
	c->rules = r;
}

/* Cell C11 with nine official members, its case in `state`; the register of discipline declared empty. 15 December 2025. */
static struct fixture begin(struct call *c, unsigned kind, const char *state)
{
	struct fixture f = fixture_make(c);

	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 15).days * 1440 + 540 });
	rules_from(c, four_good);
	fixture_members(c, f.c11, "C11", 9, 0);
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_number (realm, id, unit_id, year, name, value) VALUES (%lld, 40, %lld, 2025, 'none_discipline', 1)",
	                         (long long)f.q08, (long long)f.c11));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on) VALUES (%lld, 77, '%s', 2025, %lld, '%s', "
	                         "'2025-01-10')", (long long)f.q08, case_kinds[kind], (long long)f.c11, state));
	return f;
}

static void discipline(struct call *c, const struct fixture *f, const char *subject)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO discipline (realm, id, code, unit_id, subject, decided_on) VALUES (%lld, 41, 'K1', %lld, '%s', '2025-08-01')",
	                         (long long)f->q08, (long long)f->c11, subject));
}

static struct year_case case_now(struct call *c)
{
	struct year_case k;

	READING(c)
		assert_ok(c, case_by_id(c, 77, &k));
	return k;
}

static struct judged given(struct call *c, int points)
{
	struct judged_line *l = ARENA_NEW(c->arena, struct judged_line);

	*l = (struct judged_line){ "J1", { points * 10 } };
	return (struct judged){ l, 1 };
}

static struct year_request request(struct call *c, enum case_stage stage, int j)
{
	return (struct year_request){ .case_id = 77, .stage = stage, .judged = j >= 0 ? given(c, j) : JUDGED_NONE, .keep = j < 0, .reason = "" };
}

static const struct year_vote carried = { .base = INT_UNKNOWN, .in_favour = 5, .against = 4, .abstain = 0 };

static struct year_sheet saved(struct call *c, enum case_stage stage, int j)
{
	struct year_request rq = request(c, stage, j);
	struct year_case k;
	struct year_sheet s;

	assert_ok(c, year_save(c, &rq, &carried, &k, &s, NULL));
	return s;
}

/* ---------------------------------------------------------------- drafts */

TEST_BOTH(a_draft_says_what_is_secured_and_what_can_still_be_reached)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "registered");
	struct year_case k = case_now(c);
	struct year_draft d;

	test_sql(c, "DELETE FROM year_number");
	READING(c) {
		assert_ok(c, year_draft(c, &k, JUDGED_NONE, &d));
		assert_int_equal(d.secured.t, 0);
		assert_int_equal(d.reachable.t, 1000);
		assert_int_equal(d.standard.t, 950);
		assert_false(d.sheet.complete);
		assert_int_equal(d.result, RESULT_NONE);
	}
	discipline(c, &f, "member");
	READING(c) {
		assert_ok(c, year_draft(c, &k, JUDGED_NONE, &d));
		assert_int_equal(d.secured.t, 340);
		assert_int_equal(d.reachable.t, 940); /* what was decided stays: the standard is out of reach */
		assert_fails(c, FAIL_INPUT, year_draft(c, &k, given(c, 61), &d));
		assert_string_equal(test_problem.field, "judged.J1");
	}
}

TEST_BOTH(T19_the_standard_is_met_from_95_0)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct judged_line l = { "J1", { 549 } };
	struct year_case k = case_now(c);
	struct year_draft d;

	READING(c) {
		assert_ok(c, year_draft(c, &k, (struct judged){ &l, 1 }, &d));
		assert_int_equal(d.sheet.total.t, 949);
		assert_int_equal(d.result, RESULT_NOT_MET);
		l.points.t = 550;
		assert_ok(c, year_draft(c, &k, (struct judged){ &l, 1 }, &d));
		assert_int_equal(d.result, RESULT_MET);
	}
	discipline(c, &f, "leader");
	READING(c) {
		l.points.t = 600;
		assert_ok(c, year_draft(c, &k, (struct judged){ &l, 1 }, &d));
		assert_int_equal(d.result, RESULT_NOT_MET); /* 94 and a veto */
		assert_true(d.conditions[0].holds);
		assert_string_equal(d.conditions[0].id, "V1");
	}
}

TEST_BOTH(many_drafts_are_those_of_each)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_draft one, many[2];
	struct unit units[2];

	READING(c) {
		assert_ok(c, org_unit(c, f.c11, c->today, &units[0]));
		assert_ok(c, org_unit(c, f.c12, c->today, &units[1]));
		assert_ok(c, year_draft_many(c, CASE_FOUR_GOOD, 2025, units, 2, NULL, NULL, many));
		for (int i = 0; i < 2; i++) {
			assert_ok(c, year_draft_unit(c, CASE_FOUR_GOOD, 2025, &units[i], JUDGED_NONE, &one));
			assert_int_equal(one.secured.t, many[i].secured.t);
			assert_int_equal(one.reachable.t, many[i].reachable.t);
		}
		assert_int_equal(many[0].secured.t, 400);
		assert_int_equal(many[1].secured.t, 0);
	}
}

/* ---------------------------------------------------------------- keeping */

TEST_BOTH(V06_V07_a_case_goes_its_way)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "registered");
	struct year_request rq = request(c, CASE_STAGE_HALF_YEAR, -1);
	struct year_vote v = carried;
	struct flaws found;
	struct year_case k;
	struct year_sheet s;

	(void)f;
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, NULL, &k, &s, &found)); /* the members vote on the half year */
	assert_ok(c, year_save(c, &rq, &v, &k, &s, &found));
	assert_int_equal(k.state, CASE_HALF_YEAR);
	assert_int_equal(s.points.t, 400); /* as far as it is known */
	assert_int_equal(s.result, RESULT_NONE);
	rq = request(c, CASE_STAGE_SELF, -1);
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, NULL, &k, &s, &found));
	assert_int_equal(found.n, 1);
	assert_string_equal(found.v[0].field, "judged.J1");
	assert_int_equal(saved(c, CASE_STAGE_SELF, 58).points.t, 980);
	rq = request(c, CASE_STAGE_VOTED, -1);
	v.in_favour = 4;
	v.against = 5;
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, &v, &k, &s, &found)); /* 4 of 9 */
	v.base = 8;
	v.in_favour = 5;
	v.against = 3;
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, &v, &k, &s, &found)); /* the base is computed */
	assert_string_equal(found.v[0].field, "base");
	assert_int_equal(case_now(c).state, CASE_SELF_ASSESSED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_vote"), 1);
	assert_int_equal(saved(c, CASE_STAGE_VOTED, -1).points.t, 980);
	assert_int_equal(saved(c, CASE_STAGE_APPRAISED, -1).result, RESULT_MET);
	k = case_now(c);
	assert_int_equal(k.state, CASE_APPRAISED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 4);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_vote WHERE base = 9"), 2);
	assert_int_equal(test_int(c, "SELECT sum(points) FROM year_line WHERE stage = 'appraised'"), 980);
	assert_int_equal(test_int(c, "SELECT met FROM cell_year WHERE year = 2025"), 1);
}

TEST_BOTH(a_fact_that_is_not_known_keeps_a_sheet_from_being_saved)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_request rq = request(c, CASE_STAGE_SELF, 60);
	struct flaws found;
	struct year_case k;

	(void)f;
	test_sql(c, "DELETE FROM year_number");
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, NULL, &k, NULL, &found));
	assert_string_equal(found.v[0].field, "disciplined");
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet"), 0);
}

TEST_BOTH(an_appraisal_that_differs_says_why_at_each_line)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_request rq;
	struct line_why why = { "J1", "thiếu minh chứng" };
	struct year_case k;
	struct year_sheet s;
	struct year_view v;
	struct flaws found;

	saved(c, CASE_STAGE_SELF, 60);
	saved(c, CASE_STAGE_VOTED, -1);
	discipline(c, &f, "member"); /* F1 falls by itself */
	rq = request(c, CASE_STAGE_APPRAISED, 58);
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, NULL, &k, &s, &found));
	assert_int_equal(found.n, 2);
	assert_string_equal(found.v[0].field, "why.J1");
	assert_string_equal(found.v[1].field, "why.F1");
	struct line_why both[] = { why, { "F1", "quyết định kỷ luật tháng 8" } };

	rq.whys = (struct line_whys){ both, 2 };
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, &found));
	assert_int_equal(s.points.t, 920);
	assert_int_equal(s.result, RESULT_NOT_MET);
	READING(c) {
		assert_ok(c, year_view(c, &k, CASE_STAGE_APPRAISED, NULL, &v));
		assert_true(v.has_lines);
		assert_int_equal(v.whys.n, 2);
		assert_string_equal(v.whys.v[0].text, "thiếu minh chứng");
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_line WHERE stage = 'appraised' AND why <> ''"), 2);
}

TEST_BOTH(a_sheet_stays_when_facts_change_and_says_that_it_is_out_of_date)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_case k;
	struct year_draft now;
	struct year_view v;

	saved(c, CASE_STAGE_SELF, 60);
	discipline(c, &f, "member");
	k = case_now(c);
	READING(c) {
		assert_ok(c, year_draft(c, &k, JUDGED_NONE, &now));
		assert_ok(c, year_view(c, &k, CASE_STAGE_SELF, &now.gathered, &v));
		assert_int_equal(v.sheet.points.t, 1000);
		assert_int_equal(v.lines.total.t, 1000);
		assert_true(v.changed & FACT_BIT(YEAR_disciplined));
		assert_int_equal(v.judged.n, 1);
	}
}

TEST_BOTH(a_table_that_changes_in_mid_year_leaves_kept_sheets_readable)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "registered");
	struct year_case k;
	struct year_view v;

	(void)f;
	saved(c, CASE_STAGE_HALF_YEAR, 50);
	/* from July on the same table weighs otherwise; the last day of the year decides */
	rules_from(c, TABLE("T-C", "four_good_cell", "2018-01-01\n  valid_to: 2025-06-30", "60", "40", STANDARD)
	              TABLE("T-C", "four_good_cell", "2025-07-01", "64", "36", STANDARD));
	k = case_now(c);
	READING(c) {
		assert_ok(c, year_view(c, &k, CASE_STAGE_HALF_YEAR, NULL, &v));
		assert_int_equal(v.sheet.points.t, 900);
		assert_true(v.has_lines);
		assert_int_equal(v.lines.n, 2);
		assert_int_equal(v.lines.lines[0].points.t, 400); /* F1 as it was kept */
		assert_int_equal(v.lines.lines[0].max.t, 400);
		assert_non_null(strstr(v.lines.lines[0].why, "has changed"));
	}
	assert_int_equal(saved(c, CASE_STAGE_SELF, 64).points.t, 1000);
	assert_int_equal(test_int(c, "SELECT max FROM year_line WHERE stage = 'self' AND line = 'F1'"), 360);
}

TEST_BOTH(the_same_sheet_come_twice_is_one_and_another_one_is_refused)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_request rq = request(c, CASE_STAGE_SELF, 60);
	struct year_case k;
	struct year_sheet s;

	(void)f;
	rq.rev = 1;
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, NULL));
	assert_int_equal(k.rev, 2);
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, NULL));
	assert_int_equal(k.rev, 2);
	assert_int_equal(s.revision, 1);
	rq.judged = given(c, 55);
	assert_fails(c, FAIL_CONFLICT, year_save(c, &rq, NULL, &k, &s, NULL)); /* from a tab left open: nobody loses anything */
	assert_int_equal(k.rev, 2);
	rq.rev = 2;
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, NULL));
	assert_int_equal(s.revision, 2);
	assert_int_equal(k.state, CASE_SELF_ASSESSED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 1);
}

TEST_BOTH(what_was_returned_is_assessed_and_voted_anew)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	const struct case_note note = { .remark = "thiếu minh chứng J1", .due_on = { c->today.days + 5 } };
	struct year_case k;

	(void)f;
	saved(c, CASE_STAGE_SELF, 60);
	saved(c, CASE_STAGE_VOTED, -1);
	assert_ok(c, case_take_step(c, 77, ANY_REV, CASE_STEP_RETURN, &note, &k, NULL));
	assert_int_equal(saved(c, CASE_STAGE_SELF, 56).revision, 2);
	assert_int_equal(saved(c, CASE_STAGE_VOTED, -1).points.t, 960);
	assert_int_equal(case_now(c).state, CASE_VOTED);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_vote"), 2);
}

static fail save_self(struct call *c, void *arg)
{
	struct year_case k;

	return year_save(c, arg, NULL, &k, NULL, NULL);
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	problem_clear(c);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_line"), done ? 2 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'year_sheet'"), done);
	assert_int_equal(test_int(c, "SELECT rev FROM year_case WHERE id = 77"), done ? 2 : 1);
}

TEST_BOTH(a_sheet_that_fails_midway_leaves_nothing)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_request rq = request(c, CASE_STAGE_SELF, 60);

	(void)f;
	assert_true(test_faults(c, save_self, whole_or_nothing, &rq) > 8);
}

/* ---------------------------------------------------------------- many at once */

TEST_BOTH(many_are_appraised_as_voted_and_changed_ones_left)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	int64_t ids[2] = { 77, 78 }, revs[2], done;
	struct cases_left left;

	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state, registered_on) VALUES (%lld, 78, 'four_good', 2025, %lld, "
	                         "'half_year', '2025-01-10')", (long long)f.q08, (long long)f.c12));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_number (realm, id, unit_id, year, name, value) VALUES (%lld, 42, %lld, 2025, 'none_discipline', 1)",
	                         (long long)f.q08, (long long)f.c12));
	fixture_members(c, f.c12, "C12", 9, 0);
	for (int i = 0; i < 2; i++) {
		struct year_request rq = request(c, CASE_STAGE_SELF, 60);
		struct year_case k;

		rq.case_id = ids[i];
		assert_ok(c, year_save(c, &rq, NULL, &k, NULL, NULL));
		rq = request(c, CASE_STAGE_VOTED, -1);
		rq.case_id = ids[i];
		assert_ok(c, year_save(c, &rq, &carried, &k, NULL, NULL));
		revs[i] = k.rev;
	}
	discipline(c, &f, "member");
	assert_ok(c, year_appraise_many(c, ids, revs, 2, &done, &left));
	assert_int_equal(done, 1);
	assert_int_equal(left.n, 1);
	assert_int_equal(left.v[0].id, 77);
	assert_non_null(strstr(left.v[0].why, "have changed"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE state = 'appraised' AND id = 78"), 1);
	assert_ok(c, year_appraise_many(c, ids, revs, 2, &done, &left)); /* old versions: nothing happens twice */
	assert_int_equal(done, 0);
	assert_int_equal(left.n, 2);
}

/* ---------------------------------------------------------------- levels */

TEST_BOTH(a_level_is_computed_and_only_lowered_with_words)
{
	struct fixture f = begin(c, CASE_UNIT, "open");
	struct year_request rq;
	struct year_case k;
	struct year_sheet s;
	struct flaws found;

	(void)f;
	assert_int_equal(saved(c, CASE_STAGE_SELF, 50).result, RESULT_EXCELLENT);
	saved(c, CASE_STAGE_VOTED, -1);
	rq = request(c, CASE_STAGE_APPRAISED, -1);
	rq.result = RESULT_GOOD;
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, NULL, &k, &s, &found));
	assert_string_equal(found.v[0].field, "reason");
	rq.reason = "vượt tỷ lệ 20 %";
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, &found));
	assert_int_equal(s.result, RESULT_GOOD);
	assert_int_equal(s.points.t, 900);
	assert_int_equal(k.state, CASE_APPRAISED);
	assert_ok(c, case_take_step(c, 77, ANY_REV, CASE_STEP_NOTIFY, NULL, &k, NULL));
}

TEST_BOTH(a_condition_is_never_waived)
{
	struct fixture f = begin(c, CASE_UNIT, "open");
	struct year_request rq;
	struct year_case k;
	struct flaws found;

	discipline(c, &f, "member");
	assert_int_equal(saved(c, CASE_STAGE_SELF, 60).result, RESULT_GOOD); /* 94 points, X1 does not hold */
	saved(c, CASE_STAGE_VOTED, -1);
	rq = request(c, CASE_STAGE_APPRAISED, -1);
	rq.result = RESULT_EXCELLENT;
	rq.reason = "đề nghị của chi bộ";
	assert_fails(c, FAIL_INPUT, year_save(c, &rq, NULL, &k, NULL, &found));
	assert_string_equal(found.v[0].field, "result");
}

TEST_BOTH(a_member_is_classified_by_their_own_year)
{
	struct fixture f = begin(c, CASE_UNIT, "notified");
	struct member m;
	struct year_case k;
	struct year_sheet s;
	struct year_request rq = request(c, CASE_STAGE_SELF, -1);
	struct judged_line l = { "J1", { 920 } };

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "C11-02", &m));
	struct case_opening o = { .kind = CASE_MEMBER, .year = 2025, .unit_id = f.c11, .member_id = m.id, .base = INT_UNKNOWN };

	assert_ok(c, case_open(c, &o, &k));
	rq.case_id = k.id;
	rq.judged = (struct judged){ &l, 1 };
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, NULL));
	assert_int_equal(s.result, RESULT_EXCELLENT);
	/* transferred in June: five months here are not six */
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.c11, f.c12, date_of(2025, 8, 15), "", 0, NULL));
	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, 90, 'unit_class', 2025, %lld, 'notified')",
	                         (long long)f.q08, (long long)f.c12));
	o.unit_id = f.c12;
	assert_ok(c, case_open(c, &o, &k));
	rq.case_id = k.id;
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, NULL));
	assert_int_equal(s.result, RESULT_GOOD);
}

/* ---------------------------------------------------------------- appeals */

static struct year_case appraised(struct call *c)
{
	saved(c, CASE_STAGE_SELF, 60);
	saved(c, CASE_STAGE_VOTED, -1);
	struct year_request rq = request(c, CASE_STAGE_APPRAISED, 50);
	struct line_why why = { "J1", "thiếu minh chứng" };
	struct year_case k;

	rq.whys = (struct line_whys){ &why, 1 };
	assert_ok(c, year_save(c, &rq, NULL, &k, NULL, NULL));
	return k;
}

TEST_BOTH(an_appeal_that_succeeds_changes_the_decision)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_case k = appraised(c);
	struct year_request rq = request(c, CASE_STAGE_APPRAISED, 60);
	struct year_appeals all;
	struct year_sheet s;

	(void)f;
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_REFUSE, NULL, &k, NULL));
	assert_fails(c, FAIL_INPUT, year_appeal_make(c, 77, k.rev, "", "95", &k));
	assert_ok(c, year_appeal_make(c, 77, k.rev, "đã nộp đủ minh chứng", "100", &k));
	assert_fails(c, FAIL_CONFLICT, year_appeal_make(c, 77, k.rev, "lần nữa", "", &k));
	assert_fails(c, FAIL_INPUT, year_appeal_answer(c, 77, k.rev, 1, "", &rq, &k, NULL));
	assert_ok(c, year_appeal_answer(c, 77, k.rev, 1, "đã xem lại minh chứng", &rq, &k, NULL));
	assert_int_equal(k.state, CASE_APPRAISED);
	READING(c) {
		assert_ok(c, year_latest(c, &k, CASE_STAGE_APPRAISED, &s));
		assert_int_equal(s.points.t, 1000);
		assert_int_equal(s.revision, 2);
		assert_string_equal(s.reason, "đã xem lại minh chứng");
		assert_ok(c, year_appeals_of(c, &k, &all));
		assert_int_equal(all.n, 1);
		assert_int_equal(all.v[0].outcome, APPEAL_CHANGED);
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step WHERE step = 'reopen'"), 1);
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_RECOGNISE,
	                            &(struct case_note){ .decision_no = "12-QĐ", .decided_on = date_of(2025, 12, 15) }, &k, NULL));
}

TEST_BOTH(an_appeal_upheld_leaves_the_decision_and_blocks_while_open)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_case k = appraised(c);
	struct year_request rq = request(c, CASE_STAGE_APPRAISED, 50);
	struct date last;
	const char *why;

	(void)f;
	rq.keep = true; /* the words stay */
	assert_ok(c, year_appeal_make(c, 77, k.rev, "không đồng ý", "", &k));
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, k.rev, CASE_STEP_REFUSE, NULL, &k, NULL));
	assert_string_equal(test_problem.field, "appeal");
	assert_fails(c, FAIL_INPUT, year_appeal_answer(c, 77, k.rev, 1, "đổi", &rq, &k, NULL)); /* a change that changes nothing */
	assert_string_equal(test_problem.field, "changed");
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_appeal WHERE outcome = ''"), 1);
	assert_ok(c, year_appeal_answer(c, 77, k.rev, 1, "giữ nguyên", NULL, &k, NULL));
	assert_int_equal(k.state, CASE_APPRAISED);
	READING(c) {
		assert_ok(c, year_appeal_possible(c, &k, &last, &why));
		assert_non_null(why);
	}
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_REFUSE, NULL, &k, NULL));
}

TEST_BOTH(an_appeal_has_its_days_and_can_be_withdrawn)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_case k = appraised(c);

	(void)f;
	assert_ok(c, year_appeal_make(c, 77, k.rev, "không đồng ý", "", &k));
	assert_ok(c, year_appeal_withdraw(c, 77, k.rev, 1, &k));
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 25).days * 1440 + 540 });
	assert_ok(c, year_appeal_make(c, 77, k.rev, "vẫn không đồng ý", "", &k));
	assert_ok(c, year_appeal_withdraw(c, 77, k.rev, 2, &k));
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 12, 26).days * 1440 + 540 });
	assert_fails(c, FAIL_CONFLICT, year_appeal_make(c, 77, k.rev, "muộn", "", &k));
}

TEST_BOTH(a_decision_reopened_after_recognition_is_made_anew)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct case_note note = { .remark = "phát hiện sai sót", .decision_no = "12-QĐ", .decided_on = date_of(2025, 12, 15) };
	struct year_request rq;
	struct line_why why = { "F1", "quyết định kỷ luật tháng 8" };
	struct year_case k;
	struct year_sheet s;

	saved(c, CASE_STAGE_SELF, 60);
	saved(c, CASE_STAGE_VOTED, -1);
	saved(c, CASE_STAGE_APPRAISED, -1);
	assert_ok(c, case_take_step(c, 77, ANY_REV, CASE_STEP_RECOGNISE, &note, &k, NULL));
	assert_int_equal(test_int(c, "SELECT recognised FROM cell_year WHERE year = 2025"), 1);
	discipline(c, &f, "member");
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, k.rev, CASE_STEP_REOPEN, NULL, &k, NULL));
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_REOPEN, &note, &k, NULL));
	assert_int_equal(test_int(c, "SELECT recognised FROM cell_year WHERE year = 2025"), 0);
	rq = request(c, CASE_STAGE_APPRAISED, -1);
	rq.whys = (struct line_whys){ &why, 1 };
	assert_ok(c, year_save(c, &rq, NULL, &k, &s, NULL));
	assert_int_equal(s.result, RESULT_NOT_MET);
	assert_fails(c, FAIL_INPUT, case_take_step(c, 77, k.rev, CASE_STEP_RECOGNISE, &note, &k, NULL));
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_REFUSE, NULL, &k, NULL));
}

struct answer { struct year_request rq; };

static fail answer_it(struct call *c, void *arg)
{
	struct answer *a = arg;
	struct year_case k;

	return year_appeal_answer(c, 77, ANY_REV, 1, "đã xem lại", &a->rq, &k, NULL);
}

static void answered_or_not(struct call *c, void *arg, bool done)
{
	(void)arg;
	problem_clear(c);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_appeal WHERE outcome = 'changed'"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE stage = 'appraised'"), done ? 2 : 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step WHERE step = 'reopen'"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_case WHERE id = 77 AND state = 'appraised'"), done);
}

TEST_BOTH(an_answer_that_fails_midway_leaves_nothing)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_case k = appraised(c);
	struct answer a = { request(c, CASE_STAGE_APPRAISED, 60) };

	(void)f;
	assert_ok(c, case_take_step(c, 77, k.rev, CASE_STEP_REFUSE, NULL, &k, NULL));
	assert_ok(c, year_appeal_make(c, 77, k.rev, "không đồng ý", "", &k));
	assert_true(test_faults(c, answer_it, answered_or_not, &a) > 15);
}

enum { CLERKS = 8 };
struct clerk {
	pthread_t thread;
	const struct call *like;
	struct year_request rq;
	fail result;
};

static void *save_it(void *arg)
{
	struct clerk *k = arg;
	struct call c;
	struct year_case out;

	test_call_like(&c, k->like);
	c.rules = k->like->rules;
	c.now_ms = k->like->now_ms;
	c.today = k->like->today;
	k->result = year_save(&c, &k->rq, NULL, &out, NULL, NULL);
	call_end(&c);
	return NULL;
}

TEST_BOTH(eight_clerks_save_one_sheet)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct clerk clerks[CLERKS];

	(void)f;
	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = (struct clerk){ .like = c, .rq = request(c, CASE_STAGE_SELF, 60) };
		clerks[i].rq.rev = 1;
		assert_int_equal(pthread_create(&clerks[i].thread, NULL, save_it, &clerks[i]), 0);
	}
	for (int i = 0; i < CLERKS; i++) {
		pthread_join(clerks[i].thread, NULL);
		assert_int_equal(clerks[i].result, FAIL_OK); /* the same sheet: once kept, seven times the same click */
	}
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_step"), 1);
	assert_int_equal(test_int(c, "SELECT rev FROM year_case WHERE id = 77"), 2);
}

/* ---------------------------------------------------------------- the monthly check, evidence */

TEST_BOTH(a_month_is_checked_and_checked_again)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "registered");
	const struct year_check rows[] = { { .line = "J1", .met = 1, .remark = "" }, { .line = "F1", .met = 0, .remark = "chưa rõ" } };
	const struct year_check twice[] = { { .line = "J1", .met = 1 }, { .line = "J1", .met = 0 } }, other = { .line = "Z9", .met = 1 };
	struct year_checks all;
	struct year_case k;

	(void)f;
	assert_ok(c, year_check_put(c, 77, 1, month_of(2025, 3), rows, 2, &k));
	assert_int_equal(k.rev, 2);
	assert_ok(c, year_check_put(c, 77, 2, month_of(2025, 3), rows, 2, &k));
	assert_fails(c, FAIL_CONFLICT, year_check_put(c, 77, 2, month_of(2025, 3), rows, 1, &k));
	assert_fails(c, FAIL_INPUT, year_check_put(c, 77, 3, month_of(2025, 4), twice, 2, &k));
	assert_fails(c, FAIL_INPUT, year_check_put(c, 77, 3, month_of(2025, 4), &other, 1, &k));
	assert_fails(c, FAIL_INPUT, year_check_put(c, 77, 3, month_of(2026, 1), rows, 1, &k));
	READING(c)
		assert_ok(c, year_checks_of(c, &k, &all));
	assert_int_equal(all.n, 2);
	assert_string_equal(all.v[0].line, "F1");
	assert_int_equal(all.v[0].proposed, 1);           /* the records see it otherwise */
	assert_int_equal(all.v[1].proposed, INT_UNKNOWN); /* nobody can compute what people judge */
}

TEST_BOTH(evidence_is_given_until_the_vote_and_stays)
{
	struct fixture f = begin(c, CASE_FOUR_GOOD, "half_year");
	struct year_evidence e = { .line = "J1", .title = "Báo cáo", .paper_no = "" };
	struct year_evidences all;
	struct year_case k;
	int64_t first, second;

	assert_fails(c, FAIL_INPUT, year_evidence_add(c, 77, &e, &first));
	e.paper_no = "05-BC/CB";
	assert_ok(c, year_evidence_add(c, 77, &e, &first));
	e.line = "Z9";
	assert_fails(c, FAIL_INPUT, year_evidence_add(c, 77, &e, &second));
	e.line = "F1";
	test_sql(c, arena_printf(c->arena, "INSERT INTO document (realm, id, unit_id, type, subject, dated_on, state) VALUES (%lld, 60, %lld, 'BC', 'Báo cáo', "
	                         "'2025-11-05', 'issued')", (long long)f.q08, (long long)f.c12));
	e.document_id = 60;
	assert_fails(c, FAIL_INPUT, year_evidence_add(c, 77, &e, &second)); /* of another cell */
	test_sql(c, arena_printf(c->arena, "UPDATE document SET unit_id = %lld", (long long)f.c11));
	assert_ok(c, year_evidence_add(c, 77, &e, &second));
	assert_ok(c, year_evidence_remove(c, 77, first));
	assert_fails(c, FAIL_NOT_FOUND, year_evidence_remove(c, 77, first));
	saved(c, CASE_STAGE_SELF, 60);
	saved(c, CASE_STAGE_VOTED, -1);
	assert_fails(c, FAIL_CONFLICT, year_evidence_remove(c, 77, second));
	k = case_now(c);
	READING(c)
		assert_ok(c, year_evidence_of(c, &k, &all));
	assert_int_equal(all.n, 1);
	assert_string_equal(all.v[0].line, "F1");
}

/* ---------------------------------------------------------------- caps */

static struct cap_group group_of(struct call *c, const char *base, int excellent, int good, int completed)
{
	struct fixture f = fixture_make(c);
	struct cap_groups groups;
	int id = 200000;

	rules_from(c, strcmp(base, "good") == 0            ? TABLE("T-U", "annual_unit", "2018-01-01", "60", "40", "") LEVELS("L-U", "units", "disciplined == 0", "good")
	              : strcmp(base, "good_or_better") == 0 ? TABLE("T-U", "annual_unit", "2018-01-01", "60", "40", "") LEVELS("L-U", "units", "disciplined == 0", "good_or_better")
	                                                    : TABLE("T-U", "annual_unit", "2018-01-01", "60", "40", "") LEVELS("L-U", "units", "disciplined == 0", "all"));
	test_sql(c, arena_printf(c->arena, "DELETE FROM unit_span WHERE unit_id IN (%lld, %lld)", (long long)f.v1, (long long)f.g1));
	for (int i = 0; i < excellent + good + completed; i++, id++) {
		test_sql(c, arena_printf(c->arena,
		                         "INSERT INTO unit (id, realm, code) VALUES (%d, %lld, 'K%d'); INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, type, "
		                         "name, name_key, sort_key) SELECT %d, valid_from, valid_to, %lld, 'cell', 'VR', 'Chi bộ %d', '', sort_key FROM unit_span WHERE unit_id = %lld; "
		                         "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, %d, 'unit_class', 2025, %d, 'appraised'); "
		                         "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, %d, 'appraised', 1, %d, '%s', 'x', 1)",
		                         id, (long long)f.q08, id, id, (long long)f.x1, id, (long long)f.x1, (long long)f.q08, id, id, (long long)f.q08, id,
		                         i < excellent ? 990 - i : i < excellent + good ? 800 : 600,
		                         i < excellent ? "excellent" : i < excellent + good ? "good" : "completed"));
	}
	READING(c)
		assert_ok(c, cap_groups_of(c, CASE_UNIT, 2025, f.x1, &groups));
	assert_int_equal(groups.n, 1);
	assert_int_equal(groups.v[0].n, excellent + good + completed);
	assert_int_equal(groups.v[0].excellent, excellent);
	return groups.v[0];
}

static void assert_cap(const struct cap_group *g, int64_t base, int64_t allowed, int64_t excess)
{
	int64_t over = 0;

	assert_int_equal(g->base, base);
	assert_int_equal(g->allowed, allowed);
	assert_int_equal(g->excess, excess);
	for (size_t i = 0; i < g->entry_n; i++)
		over += g->entries[i].over;
	assert_int_equal(over, excess);
	assert_int_equal(g->entries[0].rank, 1);
}

TEST_BOTH(W10_cap_base_good_of_130_allows_26)
{
	struct cap_group g = group_of(c, "good", 26, 130, 0);

	assert_cap(&g, 130, 26, 0);
	assert_int_equal(g.base_needed, 130);
}

TEST_BOTH(W10_cap_base_good_of_129_allows_25)
{
	struct cap_group g = group_of(c, "good", 26, 129, 3);

	assert_cap(&g, 129, 25, 1);
	assert_string_equal(g.entries[25].kase.unit_code, "K200025"); /* the one with the fewest points */
	assert_true(g.entries[25].over);
}

TEST_BOTH(cap_base_good_or_better_counts_the_excellent_too)
{
	struct cap_group g = group_of(c, "good_or_better", 27, 103, 10);

	assert_cap(&g, 130, 26, 1);
}

TEST_BOTH(cap_base_good_or_better_of_129)
{
	struct cap_group g = group_of(c, "good_or_better", 26, 103, 10);

	assert_cap(&g, 129, 25, 1);
}

TEST_BOTH(cap_base_all_counts_everybody)
{
	struct cap_group g = group_of(c, "all", 26, 100, 4);

	assert_cap(&g, 130, 26, 0);
}

TEST_BOTH(cap_base_all_of_129)
{
	struct cap_group g = group_of(c, "all", 26, 99, 4);

	assert_cap(&g, 129, 25, 1);
}

TEST_BOTH(cap_of_five)
{
	struct cap_group g = group_of(c, "good", 2, 5, 0);

	assert_cap(&g, 5, 1, 1);
}

TEST_BOTH(cap_of_five_good_or_better_and_all)
{
	struct cap_group g = group_of(c, "good_or_better", 2, 3, 2);

	assert_cap(&g, 5, 1, 1);
}

TEST_BOTH(cap_of_five_all_and_nothing_below_five)
{
	struct cap_group g = group_of(c, "all", 1, 3, 0);

	assert_cap(&g, 4, 0, 1);
}

TEST_BOTH(a_named_group_is_ranked_by_itself)
{
	struct fixture f = begin(c, CASE_UNIT, "appraised");
	struct cap_groups groups;
	struct year_case k;

	test_sql(c, arena_printf(c->arena, "INSERT INTO year_case (realm, id, kind, year, unit_id, state) VALUES (%lld, 78, 'unit_class', 2025, %lld, 'appraised')",
	                         (long long)f.q08, (long long)f.c12));
	for (int i = 0; i < 2; i++)
		test_sql(c, arena_printf(c->arena, "INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES (%lld, %d, 'appraised', 1, "
		                         "950, 'excellent', 'x', 1)", (long long)f.q08, 77 + i));
	READING(c)
		assert_ok(c, cap_groups_of(c, CASE_UNIT, 2025, f.g1, &groups));
	assert_int_equal(groups.n, 1);
	assert_int_equal(groups.v[0].excellent, 2);
	assert_int_equal(groups.v[0].entries[1].rank, 1); /* equal points share it */
	assert_int_equal(groups.v[0].allowed, 0);
	assert_ok(c, case_set_group(c, 78, ANY_REV, "Khối kinh tế", &k));
	READING(c)
		assert_ok(c, cap_groups_of(c, CASE_UNIT, 2025, f.g1, &groups));
	assert_int_equal(groups.n, 2);
	assert_string_equal(groups.v[1].name, "Khối kinh tế");
	assert_int_equal(test_int(c, "SELECT count(*) FROM year_sheet WHERE result = 'excellent'"), 2); /* nobody was demoted */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_draft_says_what_is_secured_and_what_can_still_be_reached),
		BOTH(T19_the_standard_is_met_from_95_0),
		BOTH(many_drafts_are_those_of_each),
		BOTH(V06_V07_a_case_goes_its_way),
		BOTH(a_fact_that_is_not_known_keeps_a_sheet_from_being_saved),
		BOTH(an_appraisal_that_differs_says_why_at_each_line),
		BOTH(a_sheet_stays_when_facts_change_and_says_that_it_is_out_of_date),
		BOTH(a_table_that_changes_in_mid_year_leaves_kept_sheets_readable),
		BOTH(the_same_sheet_come_twice_is_one_and_another_one_is_refused),
		BOTH(what_was_returned_is_assessed_and_voted_anew),
		BOTH(a_sheet_that_fails_midway_leaves_nothing),
		BOTH(many_are_appraised_as_voted_and_changed_ones_left),
		BOTH(a_level_is_computed_and_only_lowered_with_words),
		BOTH(a_condition_is_never_waived),
		BOTH(a_member_is_classified_by_their_own_year),
		BOTH(an_appeal_that_succeeds_changes_the_decision),
		BOTH(an_appeal_upheld_leaves_the_decision_and_blocks_while_open),
		BOTH(an_appeal_has_its_days_and_can_be_withdrawn),
		BOTH(a_decision_reopened_after_recognition_is_made_anew),
		BOTH(an_answer_that_fails_midway_leaves_nothing),
		BOTH(eight_clerks_save_one_sheet),
		BOTH(a_month_is_checked_and_checked_again),
		BOTH(evidence_is_given_until_the_vote_and_stays),
		BOTH(W10_cap_base_good_of_130_allows_26),
		BOTH(W10_cap_base_good_of_129_allows_25),
		BOTH(cap_base_good_or_better_counts_the_excellent_too),
		BOTH(cap_base_good_or_better_of_129),
		BOTH(cap_base_all_counts_everybody),
		BOTH(cap_base_all_of_129),
		BOTH(cap_of_five),
		BOTH(cap_of_five_good_or_better_and_all),
		BOTH(cap_of_five_all_and_nothing_below_five),
		BOTH(a_named_group_is_ranked_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
