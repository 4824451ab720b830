/* test_score.c — a meeting recorded, scored, decided; facts gathered; conflicts; faults. */
#include "score/fixture.h"

#include "meeting/recorded.h"
#include "rules/year.h"
#include "score/verify.h"

static fail store(struct call *c, const char *json, struct intake_result *out)
{
	struct intake in;
	fail f = intake_parse(c, "test", json, strlen(json), &in);

	return f == FAIL_OK ? intake_store(c, &in, out) : f;
}

static const char *points(struct call *c, struct tenths p)
{
	char *text = arena_alloc(c->arena, NUM_TEXT);

	tenths_format(p, text);
	return text;
}

static struct meeting by_code(struct call *c, const char *code)
{
	struct meeting m;

	READING(c)
		assert_ok(c, meeting_by_code(c, code, &m));
	return m;
}

static struct score_draft draft_of(struct call *c, const char *code, struct judged judged)
{
	struct meeting m = by_code(c, code);
	struct score_draft d;

	READING(c)
		assert_ok(c, score_draft(c, &m, judged, &d));
	return d;
}

static const struct scored_line *line(const struct scored_sheet *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->lines[i].id, id) == 0)
			return &s->lines[i];
	assert_string_equal("no such line", id);
	return NULL;
}

/* ---------------------------------------------------------------- the full meeting of section 10 */

TEST_BOTH(full_meeting_of_22_is_90_good)
{
	struct intake_result r;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	assert_true(r.created);
	assert_int_equal(r.meeting.expected, 21);
	assert_int_equal(r.meeting.present, 19);
	assert_int_equal(r.meeting.excused, 2);
	assert_int_equal(r.meeting.unexcused, 0);
	assert_int_equal(r.meeting.official_present, 17);
	assert_string_equal(r.sheet.scheme, "MQ-2025-D");
	assert_string_equal(points(c, r.sheet.points), "90.0");
	assert_int_equal(r.sheet.class, GRADE_GOOD);
	assert_int_equal(r.meeting.stage, STAGE_SELF);
	assert_int_equal(test_int(c, "SELECT self_good FROM cell_month WHERE month = 24310"), 1);
	assert_int_equal(test_int(c, "SELECT present FROM cell_month WHERE month = 24310"), 19);
}

TEST_BOTH(one_absence_unexcused_is_87_fair)
{
	struct intake_result r;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "unexcused"), &r));
	assert_string_equal(points(c, r.sheet.points), "87.0");
	assert_int_equal(r.sheet.class, GRADE_FAIR);
}

TEST_BOTH(lines_of_the_full_meeting)
{
	static const struct { const char *id; int tenths; } expected[] = {
		{ "D1", 40 }, { "D2.1", 40 }, { "D2.2", 10 }, { "D3.1", 30 }, { "D3.2", 20 }, { "D3.3", 20 }, { "D3.4", 10 }, { "D3.5", 20 },
		{ "D4.1", 50 }, { "D4.2", 130 }, { "D4.4", 20 }, { "D4.5", 40 }, { "D4.6", 10 }, { "D4.7", 10 }, { "D4.8", 10 }, { "D7", 270 },
		{ "D8.1", 20 }, { "D8.2", 20 }, { "D8.3", 0 },
	};
	struct intake_result r;
	struct score_view v;
	struct gathered now;
	const struct scheme *s;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	READING(c)
	{
		assert_ok(c, scheme_of_meeting(c, &r.meeting, &s));
		assert_ok(c, facts_gather(c, s, &r.meeting, &now));
		assert_ok(c, score_view(c, &r.meeting, STAGE_SELF, &now, &v));
	}
	assert_true(v.has_lines);
	assert_int_equal(v.changed, 0);
	assert_false(v.other_rule);
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		assert_int_equal(line(&v.lines, expected[i].id)->points.t, expected[i].tenths);
}

TEST_BOTH(W19_V06_voting_base_of_a_meeting)
{
	struct intake_result r;
	struct roll roll;
	struct attendances rows;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	READING(c)
	{
		assert_ok(c, org_members_on(c, r.meeting.unit_id, meeting_day(&r.meeting), &roll));
		assert_ok(c, attendance_of(c, &r.meeting, &rows));
	}
	struct voting v = attendance_voting(&roll, &rows);

	assert_int_equal(v.official, 20);
	assert_int_equal(v.exempt_absent, 1);
	assert_int_equal(v.base, 19);
	assert_int_equal(v.for_resolution, 10);
	assert_int_equal(v.for_two_thirds, 13);
	/* W19 proper: nobody exempt, 4 absent; base 20, 11 and 14 */
	for (size_t i = 0; i < roll.n; i++)
		roll.v[i].status = roll.v[i].status == STATUS_EXEMPT ? STATUS_OFFICIAL : roll.v[i].status;
	v = attendance_voting(&roll, &(struct attendances){ 0 });
	assert_int_equal(v.base, 20);
	assert_int_equal(v.for_resolution, 11);
	assert_int_equal(v.for_two_thirds, 14);
}

TEST_BOTH(V06_an_exempt_person_who_comes_counts_on_both_sides)
{
	struct intake_result r;
	struct attendances rows;
	struct flaws found;
	struct roll roll;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	READING(c)
	{
		assert_ok(c, attendance_of(c, &r.meeting, &rows));
		assert_ok(c, org_members_on(c, r.meeting.unit_id, meeting_day(&r.meeting), &roll));
	}
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].status == ATTENDANCE_EXEMPT)
			rows.v[i].status = ATTENDANCE_PRESENT;
	assert_ok(c, attendance_replace(c, r.meeting.id, r.meeting.rev, &rows, &r.meeting, &found));
	assert_int_equal(r.meeting.expected, 22);
	assert_int_equal(r.meeting.present, 20);
	assert_int_equal(r.meeting.official_present, 18);
	assert_int_equal(attendance_voting(&roll, &rows).base, 20);
}

/* ---------------------------------------------------------------- which rule */

static const char *scheme_on(struct call *c, const char *kind, const char *day)
{
	struct intake_result r;
	const struct scheme *s = NULL;

	assert_ok(c, store(c, arena_printf(c->arena, "{\"unit_code\":\"V1\",\"kind\":\"%s\",\"starts_at\":\"%sT19:00\"}", kind, day), &r));
	READING(c)
		assert_ok(c, scheme_of_meeting(c, &r.meeting, &s));
	return s->id;
}

TEST_BOTH(the_day_of_the_meeting_chooses_the_rule)
{
	fixture_cell(c);
	assert_string_equal(scheme_on(c, "regular", "2025-10-27"), "MQ-2018");
	assert_string_equal(scheme_on(c, "regular", "2025-10-28"), "MQ-2025-D");
	assert_string_equal(scheme_on(c, "thematic", "2025-11-10"), "MQ-TH");
}

TEST_BOTH(a_committee_meeting_has_no_score)
{
	struct intake_result r;
	const struct scheme *s;

	fixture_cell(c);
	assert_ok(c, store(c, "{\"unit_code\":\"V1\",\"kind\":\"committee\",\"starts_at\":\"2025-11-01T19:00\"}", &r));
	READING(c)
		assert_fails(c, FAIL_INPUT, scheme_of_meeting(c, &r.meeting, &s));
}

/* ---------------------------------------------------------------- trap of 6.2: 100 points without a thematic part */

static const char perfect[] =
	"{\"code\":\"P1\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"thematic\":%s,\"starts_at\":\"2025-11-03T19:00\",\"ends_at\":\"2025-11-03T21:00\","
	"\"expected\":21,\"present\":21,\"excused\":0,\"unexcused\":0,\"speakers\":15,\"pre_meeting_on\":\"2025-11-01\","
	"\"documents_sent_at\":\"2025-11-01T07:00\",\"scored_at\":\"2025-11-03T20:50\",\"uploaded_at\":\"2025-11-04T08:00\","
	"\"facts\":{%s,\"tasks_due\":0,\"tasks_on_time\":0,\"tasks_assigned\":3,\"tasks_with_person_and_deadline\":3},\"judged\":{\"D3.1\":3,"
	"\"D4.2\":%s,\"D5\":10,\"D6\":5}}";

TEST_BOTH(a_month_without_thematic_part_can_reach_100)
{
	struct intake_result r;

	fixture_cell(c);
	assert_ok(c, store(c, arena_printf(c->arena, perfect, "false", fixture_facts, "15"), &r));
	assert_string_equal(points(c, r.sheet.points), "100.0");
}

TEST_BOTH(with_a_thematic_part_it_is_10_and_5)
{
	struct intake_result r;

	fixture_cell(c);
	assert_ok(c, store(c, arena_printf(c->arena, perfect, "true", fixture_facts, "10,\"D4.3\":5"), &r));
	assert_string_equal(points(c, r.sheet.points), "100.0");
	assert_fails(c, FAIL_INPUT, store(c, arena_printf(c->arena, perfect, "true", fixture_facts, "15,\"D4.3\":5"), &r));
	assert_string_equal(test_problem.field, "judged.D4.2");
}

/* ---------------------------------------------------------------- unknown facts */

TEST_BOTH(an_unknown_fact_is_an_error_that_names_it)
{
	struct intake_result r;

	fixture_cell(c);
	assert_fails(c, FAIL_INPUT,
	             store(c, "{\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\",\"judged\":{\"D3.1\":3}}", &r));
	assert_string_equal(test_problem.field, "held_minutes");
	assert_non_null(strstr(test_problem.text, "held_minutes"));
	assert_true(r.found.n > 10);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting"), 0);
}

TEST_BOTH(no_task_kept_is_not_nothing_due)
{
	struct intake_result r;

	fixture_cell(c);
	assert_ok(c, store(c, "{\"code\":\"A\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-10-30T19:00\"}", &r));
	assert_ok(c, store(c, "{\"code\":\"B\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-30T19:00\"}", &r));
	struct score_draft d = draft_of(c, "B", JUDGED_NONE);

	assert_false(facts_know(&d.gathered.facts, FACT_tasks_due));
	assert_true(d.sheet.missing & FACT_BIT(FACT_tasks_due));
	assert_ok(c, store(c, "{\"code\":\"A\",\"tasks\":[{\"title\":\"Một việc\",\"due_on\":\"2026-01-15\"}]}", &r));
	d = draft_of(c, "B", JUDGED_NONE);
	assert_true(facts_know(&d.gathered.facts, FACT_tasks_due)); /* tasks are kept, none was due */
	assert_int_equal(d.gathered.facts.v[FACT_tasks_due], 0);
	assert_int_equal(d.gathered.origin[FACT_tasks_due], FROM_TASKS);
}

TEST_BOTH(a_finished_task_without_a_day_is_not_known_to_be_on_time)
{
	struct intake_result r;

	fixture_cell(c);
	assert_ok(c, store(c, "{\"code\":\"A\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-10-30T19:00\","
	                      "\"tasks\":[{\"title\":\"Việc\",\"due_on\":\"2025-11-15\",\"result\":\"done\"}]}", &r));
	assert_ok(c, store(c, "{\"code\":\"B\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-30T19:00\"}", &r));
	struct score_draft d = draft_of(c, "B", JUDGED_NONE);

	assert_int_equal(d.gathered.facts.v[FACT_tasks_due], 1);
	assert_false(facts_know(&d.gathered.facts, FACT_tasks_on_time));
}

static void run_of(const char *rows, const char *gaps, int64_t least, int64_t most)
{
	unsigned char status[16];
	bool may[16] = { false };
	size_t n = strlen(rows);

	for (size_t i = 0; i < n; i++) {
		status[i] = rows[i] == 'x' ? ATTENDANCE_EXCUSED : rows[i] == '.' ? ATTENDANCE_NONE : ATTENDANCE_PRESENT;
		may[i] = gaps[i] == '?';
	}
	struct excused_run r = excused_longest(status, may, n);

	assert_int_equal(r.least, least);
	assert_int_equal(r.most, most);
}

static void the_longest_excused_run(void **state)
{
	(void)state;
	run_of("pppp", "    ", 0, 0);
	run_of("xxpx", "    ", 2, 2);
	run_of("xxxx", "    ", 4, 4);
	run_of("xx.x", "    ", 2, 2); /* nobody was excused in the meeting without rows */
	run_of("xx.x", "  ? ", 2, 4);
	run_of("..", "??", 0, 2);
}

/* ---------------------------------------------------------------- stages */

static struct score_request request(const struct meeting *m, enum score_stage stage)
{
	return (struct score_request){ .meeting_id = m->id, .rev = ANY_REV, .stage = stage, .keep_judged = true, .reason = "" };
}

TEST_BOTH(stages_are_kept_and_a_different_decision_needs_a_reason)
{
	struct intake_result r;
	struct score_sheet s;
	struct flaws found;
	struct judged_line fewer[] = { { "D3.1", { 20 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } };

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	struct score_request rq = request(&r.meeting, STAGE_DECIDED);

	rq.keep_judged = false;
	rq.judged = (struct judged){ fewer, 4 };
	assert_fails(c, FAIL_INPUT, score_save(c, &rq, &r.meeting, &s, &found));
	assert_string_equal(test_problem.field, "reason");
	rq.reason = "Nội dung chưa trọng tâm";
	assert_ok(c, score_save(c, &rq, &r.meeting, &s, &found));
	assert_string_equal(points(c, s.points), "89.0");
	assert_int_equal(s.class, GRADE_FAIR);
	assert_int_equal(r.meeting.stage, STAGE_DECIDED);
	assert_int_equal(r.meeting.self_points.t, 900);
	assert_int_equal(r.meeting.points.t, 890);
	rq.judged.v = (struct judged_line[]){ { "D3.1", { 30 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } };
	rq.reason = "";
	assert_ok(c, score_save(c, &rq, &r.meeting, &s, &found)); /* agrees with the cell again */
	assert_int_equal(s.revision, 2);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE stage = 'decided'"), 2);
	assert_int_equal(test_int(c, "SELECT good FROM cell_month WHERE month = 24310"), 1);
	assert_ok(c, score_save(c, &rq, &r.meeting, &s, &found));
	assert_int_equal(s.revision, 2); /* the same again is not kept twice */
}

TEST_BOTH(a_changed_fact_puts_the_sheet_out_of_date_and_changes_nothing)
{
	struct intake_result r;
	struct score_view v;
	struct score_draft d;
	struct meeting m;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	assert_ok(c, store(c, "{\"code\":\"M11\",\"speakers\":12}", &r));
	READING(c)
	{
		assert_ok(c, score_draft(c, &r.meeting, JUDGED_NONE, &d));
		assert_ok(c, score_view(c, &r.meeting, STAGE_SELF, &d.gathered, &v));
	}
	assert_int_equal(v.changed, FACT_BIT(FACT_speakers));
	assert_string_equal(points(c, v.sheet.points), "90.0");
	assert_int_equal(line(&v.lines, "D4.5")->points.t, 40);
	assert_fails(c, FAIL_CONFLICT, score_confirm(c, r.meeting.id, ANY_REV, &m));
}

TEST_BOTH(the_committee_takes_over_a_sheet)
{
	struct intake_result r;
	struct meeting m;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	assert_ok(c, score_confirm(c, r.meeting.id, ANY_REV, &m));
	assert_int_equal(meeting_state(&m), MEETING_DECIDED);
	assert_int_equal(m.decided_points.t, 900);
	assert_true(test_int(c, "SELECT count(*) FROM score_line WHERE stage = 'decided'") > 20);
}

static fail run_checks(struct call *c, void *arg)
{
	return score_checks[0].run(c, arg);
}

TEST_BOTH(lines_that_do_not_add_up_are_found)
{
	struct intake_result r;
	int64_t checked = 0;

	fixture_cell(c);
	fixture_october(c);
	assert_ok(c, store(c, fixture_november(c, "excused"), &r));
	assert_ok(c, db_read(c, run_checks, &checked));
	assert_int_equal(checked, 1);
	test_sql(c, "UPDATE score_sheet SET points = 910");
	assert_fails(c, FAIL_BROKEN, db_read(c, run_checks, &checked));
}

/* ---------------------------------------------------------------- checks */

TEST_BOTH(V01_fewer_than_3_official_members_cannot_meet)
{
	struct intake_result r;
	struct fixture f = fixture_make(c);

	fixture_rules(c);
	fixture_members(c, f.c11, "C11", 2, 3);
	assert_fails(c, FAIL_INPUT, store(c, "{\"unit_code\":\"C11\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\"}", &r));
	assert_string_equal(test_problem.field, "unit_code");
	/* a cell whose members are not kept here may report */
	assert_ok(c, store(c, "{\"unit_code\":\"C12\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\"}", &r));
}

static void refused(struct call *c, const char *field, const char *more)
{
	struct intake_result r;

	assert_fails(c, FAIL_INPUT,
	             store(c, arena_printf(c->arena, "{\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\",%s}", more), &r));
	assert_string_equal(test_problem.field, field);
}

TEST_BOTH(contradictions_are_refused_at_their_field)
{
	fixture_cell(c);
	refused(c, "expected", "\"expected\":21,\"present\":19,\"excused\":1,\"unexcused\":0");
	refused(c, "expected", "\"expected\":21,\"present\":22");
	refused(c, "speakers", "\"present\":19,\"speakers\":20");
	refused(c, "official_present", "\"present\":19,\"official_present\":20");
	refused(c, "ends_at", "\"ends_at\":\"2025-11-03T18:59\"");
	refused(c, "scored_at", "\"scored_at\":\"2025-11-03T18:59\"");
	refused(c, "attendance.0.status", "\"attendance\":[{\"member_code\":\"V1-01\",\"status\":\"late\"}]");
	refused(c, "V1-20", "\"attendance\":[{\"member_code\":\"V1-20\",\"status\":\"excused\"}]");
	refused(c, "C11-1", "\"attendance\":[{\"member_code\":\"C11-1\",\"status\":\"present\"}]");
	refused(c, "steps_done", "\"facts\":{\"steps_required\":16,\"steps_done\":17}");
	refused(c, "present", "\"facts\":{\"present\":19}");
	refused(c, "self_points", "\"self_points\":90");
	refused(c, "colour", "\"colour\":\"red\"");
}

TEST_BOTH(V05_a_thematic_meeting_is_not_the_regular_one)
{
	struct intake_result r;
	struct flaws found = { 0 };

	fixture_cell(c);
	assert_ok(c, store(c, "{\"unit_code\":\"V1\",\"kind\":\"thematic\",\"starts_at\":\"2025-11-10T19:00\"}", &r));
	READING(c)
		assert_ok(c, meeting_questions(c, &r.meeting, &(struct voting){ 0 }, &found));
	assert_int_equal(found.n, 1);
	assert_string_equal(found.v[0].field, "kind");
	assert_int_equal(test_int(c, "SELECT regular FROM cell_month"), 0);
	assert_int_equal(test_int(c, "SELECT thematic FROM cell_month"), 1);
}

TEST_BOTH(V22_few_official_members_are_a_question)
{
	struct intake_result r;
	struct flaws found = { 0 };

	fixture_cell(c);
	assert_ok(c, store(c, "{\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-10T19:00\",\"present\":14,\"official_present\":12}", &r));
	READING(c)
		assert_ok(c, meeting_questions(c, &r.meeting, &(struct voting){ .known = true, .base = 19 }, &found));
	assert_int_equal(found.n, 1);
	assert_string_equal(found.v[0].field, "official_present");
}

TEST_BOTH(a_stale_change_shows_both_versions)
{
	struct intake_result r;
	struct meeting mine, theirs, stored;

	fixture_cell(c);
	assert_ok(c, store(c, "{\"code\":\"M\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\",\"topic\":\"Một\"}", &r));
	mine = theirs = r.meeting;
	theirs.topic = "Hai";
	assert_ok(c, meeting_update(c, &theirs, &stored));
	assert_int_equal(theirs.rev, 2);
	mine.topic = "Ba";
	assert_fails(c, FAIL_CONFLICT, meeting_update(c, &mine, &stored));
	assert_string_equal(mine.topic, "Ba");
	assert_string_equal(stored.topic, "Hai");
	assert_int_equal(stored.rev, 2);
	assert_fails(c, FAIL_CONFLICT, store(c, "{\"code\":\"M\",\"rev\":1,\"speakers\":3}", &r));
	assert_ok(c, store(c, "{\"code\":\"M\",\"rev\":2,\"topic\":\"Hai\"}", &r));
	assert_int_equal(r.meeting.rev, 2); /* nothing differs, nothing is written */
}

TEST_BOTH(a_meeting_that_moves_touches_both_months)
{
	struct intake_result r;

	fixture_cell(c);
	assert_ok(c, store(c, "{\"code\":\"M\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-10-31T19:00\"}", &r));
	assert_ok(c, store(c, "{\"code\":\"M\",\"starts_at\":\"2025-11-01T19:00\"}", &r));
	assert_int_equal(test_int(c, "SELECT coalesce(sum(regular), 0) FROM cell_month WHERE month = 24309"), 0);
	assert_int_equal(test_int(c, "SELECT regular FROM cell_month WHERE month = 24310"), 1);
}

/* ---------------------------------------------------------------- W21: the class of a year */

TEST_BOTH(W21_year_class_from_recorded_meetings)
{
	struct intake_result r;
	struct year_facts year = { .quarters_due = 4, .quarters_thematic = 4 };
	struct year_result result;
	struct meetings list;
	struct meeting_list_query q = { .period = { month_of(2024, 1), month_of(2024, 12) }, .before = MOMENT_NONE, .limit = 100 };

	q.unit_id = fixture_cell(c).v1;
	for (int i = 1; i <= 12; i++) {
		assert_ok(c, store(c, arena_printf(c->arena, "{\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2024-%02d-03T19:00\"}", i), &r));
		test_sql(c, arena_printf(c->arena,
			"INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms) VALUES (%lld, %lld, 'self', 1, %d, '%s', 't', 0)",
			(long long)r.meeting.realm, (long long)r.meeting.id, i <= 7 ? 900 : 890, i <= 7 ? "good" : "fair"));
	}
	READING(c)
		assert_ok(c, meeting_list(c, &q, &list));
	assert_int_equal(list.n, 12);
	for (size_t i = 0; i < 12; i++)
		year.month[list.v[i].month % 12] = (struct year_month){ MONTH_SCORED, list.v[i].points, (enum grade)list.v[i].class };
	year_classify(c->arena, rules_year_rule(c->rules, 2024, SCOPES_NONE), &year, LANG_EN, &result);
	assert_int_equal(result.grade, GRADE_GOOD);
	year.month[6].grade = GRADE_FAIR;
	year_classify(c->arena, rules_year_rule(c->rules, 2024, SCOPES_NONE), &year, LANG_EN, &result);
	assert_int_equal(result.grade, GRADE_FAIR);
}

/* ---------------------------------------------------------------- faults: whole or nothing */

static fail record_and_score(struct call *c, void *arg)
{
	struct intake_result r;

	return store(c, arg, &r);
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE code = 'M11'"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM attendance"), done ? 22 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_fact"), done ? 12 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task"), done ? 9 : 8);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet"), done);
	assert_int_equal(test_int(c, "SELECT coalesce(sum(present), 0) FROM cell_month WHERE month = 24310"), done ? 19 : 0);
}

TEST_BOTH(failing_each_statement_leaves_data_whole)
{
	fixture_cell(c);
	fixture_october(c);
	assert_true(test_faults(c, record_and_score, whole_or_nothing, (void *)fixture_november(c, "excused")) > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(full_meeting_of_22_is_90_good),
		BOTH(one_absence_unexcused_is_87_fair),
		BOTH(lines_of_the_full_meeting),
		BOTH(W19_V06_voting_base_of_a_meeting),
		BOTH(V06_an_exempt_person_who_comes_counts_on_both_sides),
		BOTH(the_day_of_the_meeting_chooses_the_rule),
		BOTH(a_committee_meeting_has_no_score),
		BOTH(a_month_without_thematic_part_can_reach_100),
		BOTH(with_a_thematic_part_it_is_10_and_5),
		BOTH(an_unknown_fact_is_an_error_that_names_it),
		BOTH(no_task_kept_is_not_nothing_due),
		BOTH(a_finished_task_without_a_day_is_not_known_to_be_on_time),
		cmocka_unit_test(the_longest_excused_run),
		BOTH(stages_are_kept_and_a_different_decision_needs_a_reason),
		BOTH(a_changed_fact_puts_the_sheet_out_of_date_and_changes_nothing),
		BOTH(the_committee_takes_over_a_sheet),
		BOTH(lines_that_do_not_add_up_are_found),
		BOTH(V01_fewer_than_3_official_members_cannot_meet),
		BOTH(contradictions_are_refused_at_their_field),
		BOTH(V05_a_thematic_meeting_is_not_the_regular_one),
		BOTH(V22_few_official_members_are_a_question),
		BOTH(a_stale_change_shows_both_versions),
		BOTH(a_meeting_that_moves_touches_both_months),
		BOTH(W21_year_class_from_recorded_meetings),
		BOTH(failing_each_statement_leaves_data_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
