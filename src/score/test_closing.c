/* test_closing.c — from facts to the decided class: what the record of a meeting gives, what waits, stages, appeals. */
#include "score/closing_fixture.h"

#include "meeting/cycle.h"
#include "meeting/recorded.h"
#include "score/appeal.h"
#include "score/settle.h"
#include "score/sheet_text.h"
#include "score/stage.h"
#include "score/verify.h"

static struct score_draft draft_of(struct call *c, struct judged judged)
{
	struct score_draft d;
	struct meeting m;

	READING(c)
	{
		assert_ok(c, meeting_by_code(c, "M11", &m));
		assert_ok(c, score_draft(c, &m, judged, &d));
	}
	return d;
}

static const struct scored_line *line_of(const struct scored_sheet *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->lines[i].id, id) == 0)
			return &s->lines[i];
	assert_string_equal("no such line", id);
	return NULL;
}

static struct meeting meeting_now(struct call *c)
{
	struct meeting m;

	READING(c)
	assert_ok(c, meeting_by_code(c, "M11", &m));
	return m;
}

static struct score_sheet save(struct call *c, enum score_stage stage, struct judged judged, const char *reason)
{
	struct score_request rq = { .meeting_id = meeting_now(c).id, .rev = ANY_REV, .stage = stage, .judged = judged, .reason = reason };
	struct score_sheet s;
	struct flaws found;
	struct meeting m;

	assert_ok(c, score_save(c, &rq, &m, &s, &found));
	return s;
}

/* ---------------------------------------------------------------- the whole meeting */

TEST_BOTH(the_record_of_the_full_meeting_gives_91_before_the_upload)
{
	fixture_room(c, "excused");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_true(d.sheet.complete);
	assert_int_equal(d.sheet.total.t, 910);
	assert_true(d.gathered.waiting.not_due & FACT_BIT(FACT_upload_minutes_after_end));
	assert_true(d.gathered.waiting.not_due & FACT_BIT(FACT_minutes_approved));
	assert_int_equal(line_of(&d.sheet, "D8.3")->points.t, 10);
	assert_string_equal(line_of(&d.sheet, "D8.3")->why, "Not due yet: full points if it is uploaded before 5 Nov 2025, 20:20");
	c->lang = LANG_VI;
	d = draft_of(c, JUDGED_OF_THE_EXAMPLE);
	assert_string_equal(line_of(&d.sheet, "D8.3")->why, "Chưa đến hạn: tính đủ điểm nếu đăng tải trước 20 giờ 20, 05/11/2025");
}

/* What documents/ does: the minutes read out and signed on the evening, the papers uploaded on the third day. */
static void sign(struct call *c)
{
	struct meeting m;
	struct settled s;

	test_sql(c, "UPDATE meeting SET minutes_approved_at = '2025-11-03T20:35', minutes_signed_on = '2025-11-03' WHERE code = 'M11'");
	m = meeting_now(c);
	assert_ok(c, score_settle(c, &m, &s));
	assert_int_equal(s.sheets, 1);
	assert_false(s.class_changed);
}

static struct meeting upload(struct call *c, const char *at)
{
	struct meeting m;
	struct settled s;

	at_moment(c, at);
	test_sql(c, arena_printf(c->arena, "UPDATE meeting SET uploaded_at = '%s' WHERE code = 'M11'", at));
	m = meeting_now(c);
	assert_ok(c, score_settle(c, &m, &s));
	assert_true(s.sheets > 0);
	return m;
}

static void play(struct call *c, const char *second, int before, int after, unsigned class)
{
	struct score_sheet s;

	fixture_room(c, second);
	assert_int_equal(save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "").points.t, before);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_wait"), 1);
	sign(c);
	struct meeting m = upload(c, "2025-11-06T08:00");

	assert_int_equal(m.points.t, after);
	assert_int_equal(m.class, class);
	READING(c)
	assert_ok(c, score_latest(c, &m, STAGE_SELF, &s));
	assert_int_equal(s.revision, 3);
	assert_string_equal(s.actor, SETTLED_BY);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_wait"), 0);
	assert_int_equal(test_int(c, "SELECT points FROM cell_month WHERE month = 24310"), after);
}

TEST_BOTH(full_meeting_of_22_from_its_record_is_90_good_once_the_upload_was_late)
{
	play(c, "excused", 910, 900, GRADE_GOOD);
}

TEST_BOTH(one_absence_unexcused_from_its_record_is_87_fair)
{
	play(c, "unexcused", 880, 870, GRADE_FAIR);
}

/* ---------------------------------------------------------------- each fact alone moves its line */

static void moves(struct call *c, const char *line, int before, const char *sql, int after)
{
	fixture_room(c, "excused");
	test_sql(
	    c,
	    "UPDATE meeting SET minutes_approved_at = '2025-11-03T20:35', minutes_signed_on = '2025-11-03', uploaded_at = '2025-11-04T08:00' "
	    "WHERE code = 'M11'");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_true(d.sheet.complete);
	assert_int_equal(d.sheet.total.t, 910);
	assert_int_equal(line_of(&d.sheet, line)->points.t, before);
	test_sql(c, sql);
	at_moment(c, "2025-11-10T08:00"); /* nothing waits any more */
	d = draft_of(c, JUDGED_OF_THE_EXAMPLE);
	assert_int_equal(line_of(&d.sheet, line)->points.t, after);
	assert_int_equal(d.sheet.total.t, 910 - before + after);
}
#define MOVES(name, line, before, sql, after)                                                                                              \
	TEST_BOTH(name)                                                                                                                        \
	{                                                                                                                                      \
		moves(c, line, before, sql, after);                                                                                                \
	}

MOVES(D1_minutes_held, "D1", 40, "UPDATE meeting SET ends_at = '2025-11-03T20:30' WHERE code = 'M11'", 50)
MOVES(D2_1_an_absence_without_reason, "D2.1", 40, "UPDATE meeting SET excused = 1, unexcused = 1 WHERE code = 'M11'", 10)
MOVES(D2_2_excused_four_times_running, "D2.2", 10,
      "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at) SELECT realm, 9001, 'M08', unit_id, month - 3, 'regular', "
      "'2025-08-03T19:00' FROM meeting WHERE code = 'M11';"
      "INSERT INTO meeting (realm, id, code, unit_id, month, kind, starts_at) SELECT realm, 9002, 'M09', unit_id, month - 2, 'regular', "
      "'2025-09-03T19:00' FROM meeting WHERE code = 'M11';"
      "INSERT INTO attendance (realm, meeting_id, member_id, status) SELECT m.realm, m.id, b.id, 'excused' FROM meeting m JOIN member b "
      "ON b.realm = m.realm AND b.code = 'V1-02' WHERE m.code IN ('M08', 'M09', 'M10')",
      0)
MOVES(D3_2_no_guide, "D3.2", 20, "UPDATE document SET state = 'withdrawn' WHERE purpose = 'guide'", 0)
MOVES(D3_2_the_committees_own_points_and_draft_do, "D3.2", 20,
      "UPDATE document SET purpose = 'material';"
      "INSERT INTO meeting_text (realm, meeting_id, name, value) SELECT realm, id, 'pre_points', 'Gợi ý' FROM meeting WHERE code = 'M11';"
      "INSERT INTO meeting_text (realm, meeting_id, name, value) SELECT realm, id, 'pre_draft', 'Dự thảo' FROM meeting WHERE code = 'M11'",
      20)
MOVES(D3_3_no_pre_meeting, "D3.3", 20, "DELETE FROM pre_meeting", 0)
MOVES(D3_3_a_pre_meeting_after_the_meeting, "D3.3", 20, "UPDATE pre_meeting SET starts_at = '2025-11-03T21:00'", 0)
MOVES(D3_4_one_person_without_notice, "D3.4", 10,
      "DELETE FROM sending WHERE document_id = 0 AND person = (SELECT min(person) FROM sending)", 0)
MOVES(D3_4_the_assigned_guest_without_notice, "D3.4", 10,
      "INSERT INTO meeting_guest (realm, meeting_id, id, name, function, kind) SELECT realm, id, 77, 'Lê Thị Ủy Viên', 'Đảng ủy viên', "
      "'assigned' "
      "FROM meeting WHERE code = 'M11'",
      0)
MOVES(D3_4_a_notice_after_the_start, "D3.4", 10, "UPDATE sending SET sent_at = '2025-11-03T19:30' WHERE document_id = 0", 0)
MOVES(D3_5_papers_sent_less_than_a_day_before, "D3.5", 20, "UPDATE sending SET sent_at = '2025-11-02T19:01' WHERE document_id <> 0", 0)
MOVES(D3_5_no_paper_sent, "D3.5", 20, "DELETE FROM sending WHERE document_id <> 0", 0)
MOVES(D4_1_a_step_left_out, "D4.1", 50, "UPDATE agenda_item SET done = 0 WHERE step = 'ST-O4'", 0)
MOVES(D4_4_no_commendation, "D4.4", 20, "UPDATE agenda_item SET done = 0, mandatory = 0 WHERE step = 'ST-M3'", 0)
MOVES(D4_5_fewer_speak, "D4.5", 40, "UPDATE meeting SET speakers = 5 WHERE code = 'M11'", 20)
MOVES(D4_6_a_place_is_missing_in_the_minutes, "D4.6", 10, "UPDATE meeting SET place = '' WHERE code = 'M11'", 0)
MOVES(D4_6_a_guest_without_function, "D4.6", 10,
      "INSERT INTO meeting_guest (realm, meeting_id, id, name, kind, present) SELECT realm, id, 78, 'Khách', 'visitor', 1 FROM meeting "
      "WHERE code = 'M11'",
      0)
MOVES(D4_6_signatures_are_missing, "D4.6", 10, "UPDATE meeting SET minutes_signed_on = NULL WHERE code = 'M11'", 0)
MOVES(D4_7_political_item_too_short, "D4.7", 10, "UPDATE agenda_item SET minutes = 14 WHERE step = 'ST-M4'", 0)
MOVES(D4_8_papers_not_published, "D4.8", 10, "UPDATE document SET uploaded_at = NULL WHERE purpose = 'draft_resolution'", 0)
MOVES(D4_8_a_secret_paper_is_handled_on_paper, "D4.8", 10,
      "UPDATE document SET uploaded_at = NULL, secrecy = 'secret' WHERE purpose = 'draft_resolution'", 10)
MOVES(D7_one_more_task_late, "D7", 270, "UPDATE task SET done_on = '2025-11-03' WHERE title = 'Việc 2'", 240)
MOVES(D8_1_resolution_not_adopted, "D8.1", 20, "UPDATE vote SET result = 'rejected', in_favour = 8", 0)
MOVES(D8_1_no_vote_on_it, "D8.1", 20, "UPDATE vote SET subject = 'agenda'", 0)
MOVES(D8_3_uploaded_after_two_days, "D8.3", 10, "UPDATE meeting SET uploaded_at = '2025-11-05T20:21' WHERE code = 'M11'", 0)
MOVES(D8_3_uploaded_on_the_last_minute, "D8.3", 10, "UPDATE meeting SET uploaded_at = '2025-11-05T20:20' WHERE code = 'M11'", 10)
MOVES(D8_3_never_uploaded, "D8.3", 10, "UPDATE meeting SET uploaded_at = NULL WHERE code = 'M11'", 0)

TEST_BOTH(D8_2_minutes_not_approved_takes_the_line_when_it_is_due)
{
	fixture_room(c, "excused");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_int_equal(line_of(&d.sheet, "D8.2")->points.t, 20);
	assert_non_null(strstr(line_of(&d.sheet, "D8.2")->why, "Not due yet"));
	at_moment(c, "2025-11-05T20:21");
	d = draft_of(c, JUDGED_OF_THE_EXAMPLE);
	assert_int_equal(line_of(&d.sheet, "D8.2")->points.t, 0);
	assert_int_equal(line_of(&d.sheet, "D4.1")->points.t, 0); /* its last step is to approve them */
	assert_int_equal(line_of(&d.sheet, "D4.6")->points.t, 0);
}

/* It is also an entry of the minutes. */
TEST_BOTH(D8_2_no_task_with_person_and_deadline)
{
	fixture_room(c, "excused");
	test_sql(c, "UPDATE task SET due_on = NULL WHERE title = 'Trồng cây'");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_int_equal(line_of(&d.sheet, "D8.2")->points.t, 0);
	assert_int_equal(line_of(&d.sheet, "D4.6")->points.t, 0);
	assert_int_equal(d.sheet.total.t, 910 - 20 - 10);
}

TEST_BOTH(what_is_missing_in_the_minutes_is_named)
{
	fixture_room(c, "excused");
	test_sql(c, "UPDATE meeting SET place = '', chair_id = NULL WHERE code = 'M11'");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_int_equal(d.gathered.facts.v[FACT_minute_fields_required], 15);
	assert_int_equal(d.gathered.facts.v[FACT_minute_fields_filled], 13);
	assert_non_null(strstr(line_of(&d.sheet, "D4.6")->why, "Missing in the minutes: place, chair"));
}

TEST_BOTH(facts_name_where_they_come_from)
{
	fixture_room(c, "excused");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_string_equal(fact_origin_text(LANG_EN, &d.gathered, FACT_steps_done), "from the agenda");
	assert_string_equal(fact_origin_text(LANG_EN, &d.gathered, FACT_resolution_adopted), "from the vote of 3 Nov 2025, 20:10");
	assert_string_equal(fact_origin_text(LANG_EN, &d.gathered, FACT_notified_all), "from the notices and papers sent");
	assert_string_equal(fact_origin_text(LANG_EN, &d.gathered, FACT_tasks_due), "from the tasks");
	assert_string_equal(fact_origin_text(LANG_EN, &d.gathered, FACT_present), "from the roll call");
}

TEST_BOTH(an_answer_does_not_stand_against_the_record)
{
	struct meeting m = fixture_room(c, "excused");

	fixture_row(c, &m, "meeting_fact", "name, value", "'guide_and_draft_ready', 1");
	test_sql(c, "DELETE FROM document");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_int_equal(d.gathered.facts.v[FACT_guide_and_draft_ready], 0);
}

/* ---------------------------------------------------------------- a separate thematic meeting (MQ-TH) */

static const struct judged_line thematic_judged[] = { { "MTH-04", { 50 } }, { "MTH-07", { 120 } }, { "MTH-09", { 80 } } };

static struct score_draft thematic(struct call *c, const char *sql)
{
	struct meeting m = fixture_room(c, "excused");

	fixture_row(c, &m, "agenda_item", "item, place, part, step, title, mandatory, minutes, done",
	            "17, 17, 'thematic', 'ST-T1', 'Mục đích', 1, 2, 1");
	fixture_row(c, &m, "agenda_item", "item, place, part, step, title, mandatory, minutes, done",
	            "18, 18, 'thematic', 'ST-T2', 'Trình bày', 1, 20, 1");
	test_sql(
	    c, arena_printf(c->arena,
	                    "INSERT INTO planned_topic (realm, unit_id, year, id, quarter, title, meeting_id) VALUES (%lld, %lld, 2025, 1, 4, "
	                    "'Vệ sinh môi trường', %lld)",
	                    (long long)m.realm, (long long)m.unit_id, (long long)m.id));
	test_sql(c, "UPDATE meeting SET kind = 'thematic', author_id = chair_id WHERE code = 'M11'");
	if (*sql)
		test_sql(c, sql);
	return draft_of(c, (struct judged){ thematic_judged, 3 });
}

TEST_BOTH(MTH_a_thematic_meeting_from_its_record)
{
	struct score_draft d = thematic(c, "");

	assert_true(d.sheet.complete);
	assert_int_equal(line_of(&d.sheet, "MTH-01")->points.t, 50);
	assert_int_equal(line_of(&d.sheet, "MTH-02")->points.t, 80);
	assert_int_equal(line_of(&d.sheet, "MTH-06")->points.t, 50);
	assert_int_equal(line_of(&d.sheet, "MTH-13")->points.t, 40);
}

TEST_BOTH(MTH_01_a_topic_outside_the_plan)
{
	struct score_draft d = thematic(c, "DELETE FROM planned_topic");

	assert_int_equal(line_of(&d.sheet, "MTH-01")->points.t, 0);
}

TEST_BOTH(MTH_02_a_draft_without_an_author)
{
	struct score_draft d = thematic(c, "UPDATE meeting SET author_id = NULL WHERE code = 'M11'");

	assert_int_equal(line_of(&d.sheet, "MTH-02")->points.t, 0);
}

TEST_BOTH(MTH_03_a_draft_sent_too_late_or_that_the_committee_has_not_seen)
{
	struct score_draft d = thematic(c, "");

	assert_int_equal(line_of(&d.sheet, "MTH-03")->points.t, 70);
	test_sql(c, "UPDATE sending SET sent_at = '2025-11-03T07:00' WHERE document_id <> 0");
	d = draft_of(c, JUDGED_NONE);
	assert_int_equal(line_of(&d.sheet, "MTH-03")->points.t, 0);
	test_sql(c, "UPDATE sending SET sent_at = '2025-11-01T07:00' WHERE document_id <> 0; DELETE FROM pre_meeting");
	d = draft_of(c, JUDGED_NONE);
	assert_int_equal(line_of(&d.sheet, "MTH-03")->points.t, 0);
}

TEST_BOTH(MTH_06_the_aim_was_not_stated)
{
	struct score_draft d = thematic(c, "UPDATE agenda_item SET done = 0 WHERE step = 'ST-T1'");

	assert_int_equal(line_of(&d.sheet, "MTH-06")->points.t, 0);
}

/* ---------------------------------------------------------------- settling */

TEST_BOTH(a_deadline_that_passed_unnoticed_is_settled_later)
{
	int64_t done;
	struct meeting m;
	struct meeting_whole whole;

	fixture_room(c, "excused");
	save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "");
	at_moment(c, "2025-11-05T20:20");
	assert_ok(c, score_settle_due(c, &done));
	assert_int_equal(done, 0);
	at_moment(c, "2025-11-05T20:21");
	assert_ok(c, score_settle_due(c, &done));
	assert_int_equal(done, 1);
	m = meeting_now(c);
	assert_int_equal(m.points.t, 910 - 10 - 20 - 50 - 10); /* D8.3, D8.2, D4.1, D4.6 */
	assert_int_equal(m.class, GRADE_FAIR);
	READING(c)
	assert_ok(c, meeting_whole(c, &m, &whole));
	assert_true(whole.self.settled);
	assert_int_equal(whole.self.before.class, GRADE_GOOD);
	assert_true(whole.questions.n > 0);
	assert_string_equal(whole.questions.v[whole.questions.n - 1].field, "class"); /* told to the cell and to the committee */
	assert_ok(c, score_settle_due(c, &done));
	assert_int_equal(done, 0);
	/* signed all the same, and uploaded on the third day: what can still be had comes back */
	test_sql(c, "UPDATE meeting SET minutes_approved_at = '2025-11-06T08:00', minutes_signed_on = '2025-11-06' WHERE code = 'M11'");
	m = upload(c, "2025-11-06T09:00");
	assert_int_equal(m.points.t, 900);
}

TEST_BOTH(settling_changes_only_what_waited)
{
	struct score_sheet s;
	struct meeting m;
	struct settled settled;

	fixture_room(c, "excused");
	save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "");
	test_sql(c, "UPDATE meeting SET speakers = 12 WHERE code = 'M11'"); /* somebody has to score anew for that */
	m = upload(c, "2025-11-04T08:00");
	READING(c)
	assert_ok(c, score_latest(c, &m, STAGE_SELF, &s));
	assert_int_equal(s.points.t, 910);
	assert_int_equal(s.revision, 2);
	assert_ok(c, score_settle(c, &m, &settled));
	assert_int_equal(settled.sheets, 0);
}

/* ---------------------------------------------------------------- stages */

static fail try_save(struct call *c, enum score_stage stage, struct judged judged, const char *reason, struct meeting *m)
{
	struct score_request rq = { .meeting_id = meeting_now(c).id, .rev = ANY_REV, .stage = stage, .judged = judged, .reason = reason };
	struct score_sheet s;
	struct flaws found;

	return score_save(c, &rq, m, &s, &found);
}

static void vote_on_the_score(struct call *c, const char *result)
{
	struct meeting m = meeting_now(c);

	fixture_row(c, &m, "vote", "id, subject, title, rule, method, base, in_favour, against, abstain, result, closed_at",
	            arena_printf(c->arena, "602, 'score', 'Điểm', 'majority', 'hand', 19, 17, 0, 0, '%s', '2025-11-03T20:28'", result));
}

/* Self, voted, signed, uploaded on the next day, reported. */
static struct meeting reported(struct call *c)
{
	struct meeting m;

	fixture_room(c, "excused");
	save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "");
	vote_on_the_score(c, "adopted");
	save(c, STAGE_VOTED, JUDGED_OF_THE_EXAMPLE, "");
	test_sql(c, "UPDATE meeting SET minutes_approved_at = '2025-11-03T20:35', minutes_signed_on = '2025-11-03' WHERE code = 'M11'");
	m = meeting_now(c);
	assert_ok(c, meeting_take_step(c, m.id, ANY_REV, STEP_SIGN, NULL, &m, NULL));
	m = upload(c, "2025-11-04T08:00");
	assert_ok(c, meeting_take_step(c, m.id, ANY_REV, STEP_REPORT, NULL, &m, NULL));
	return m;
}

TEST_BOTH(each_stage_takes_its_step)
{
	struct meeting m;

	fixture_room(c, "excused");
	assert_fails(c, FAIL_CONFLICT, try_save(c, STAGE_VOTED, JUDGED_OF_THE_EXAMPLE, "", &m)); /* before it is scored */
	save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "");
	m = meeting_now(c);
	assert_int_equal(m.state, MEETING_SCORED);
	assert_true(moment_is(m.scored_at));
	assert_int_equal(test_int(c, "SELECT done FROM agenda_item WHERE step = 'ST-C5'"), 1);
	assert_fails(c, FAIL_INPUT, try_save(c, STAGE_VOTED, JUDGED_OF_THE_EXAMPLE, "", &m));
	assert_string_equal(test_problem.field, "vote");
	assert_fails(c, FAIL_CONFLICT, try_save(c, STAGE_DECIDED, JUDGED_OF_THE_EXAMPLE, "", &m));
	vote_on_the_score(c, "adopted");
	save(c, STAGE_VOTED, JUDGED_OF_THE_EXAMPLE, "");
	assert_int_equal(meeting_now(c).state, MEETING_VOTED);
	assert_fails(c, FAIL_CONFLICT, try_save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "", &m)); /* the cell has voted on it */
}

TEST_BOTH(a_score_that_was_not_adopted_is_no_voted_score)
{
	struct meeting m;

	fixture_room(c, "excused");
	save(c, STAGE_SELF, JUDGED_OF_THE_EXAMPLE, "");
	vote_on_the_score(c, "rejected");
	assert_fails(c, FAIL_INPUT, try_save(c, STAGE_VOTED, JUDGED_OF_THE_EXAMPLE, "", &m));
}

TEST_BOTH(T04_scored_after_the_end_and_before_the_minutes_is_the_same_sitting)
{
	reported(c);
	assert_int_equal(test_int(c, "SELECT complete FROM cell_month WHERE month = 24310"), 1);
	assert_int_equal(test_int(c, "SELECT same_sitting FROM meeting_count WHERE month = 24310"), 1);
	test_sql(c, "UPDATE meeting SET scored_at = '2025-11-04T07:00' WHERE code = 'M11'");
	assert_int_equal(test_int(c, "SELECT same_sitting FROM meeting_count WHERE month = 24310"), 0);
}

TEST_BOTH(T14_stays_on_the_cells_own_sheet)
{
	struct meeting m = reported(c);
	static const struct judged_line fewer[] = { { "D3.1", { 10 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } };

	assert_ok(c, try_save(c, STAGE_DECIDED, (struct judged){ fewer, 4 }, "Nội dung chưa trọng tâm", &m));
	assert_int_equal(m.state, MEETING_DECIDED);
	assert_int_equal(m.points.t, 890);
	assert_int_equal(test_int(c, "SELECT self_good FROM cell_month WHERE month = 24310"), 1);
	assert_int_equal(test_int(c, "SELECT fair FROM cell_month WHERE month = 24310"), 1);
}

TEST_BOTH(a_different_decision_says_why_and_the_same_one_need_not)
{
	struct meeting m = reported(c);
	static const struct judged_line fewer[] = { { "D3.1", { 10 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } };

	assert_fails(c, FAIL_INPUT, try_save(c, STAGE_DECIDED, (struct judged){ fewer, 4 }, "", &m));
	assert_string_equal(test_problem.field, "reason");
	assert_int_equal(meeting_now(c).state, MEETING_REPORTED);
	assert_ok(c, score_confirm(c, m.id, m.rev, &m));
	assert_int_equal(m.state, MEETING_DECIDED);
	assert_int_equal(m.points.t, 910);
}

TEST_BOTH(a_stale_confirmation_is_left)
{
	struct meeting m = reported(c), seen = m;

	test_sql(c, "UPDATE meeting SET rev = rev + 1 WHERE code = 'M11'");
	assert_fails(c, FAIL_CONFLICT, score_confirm(c, seen.id, seen.rev, &m));
	assert_int_equal(meeting_now(c).state, MEETING_REPORTED);
}

TEST_BOTH(a_decision_settles_first_what_has_become_due)
{
	struct meeting m = reported(c);
	struct score_sheet s;

	/* a sheet whose upload was never settled, as after a crash between two versions */
	test_sql(c, "DELETE FROM score_line WHERE revision > 1; DELETE FROM score_sheet WHERE revision > 1;"
	            "UPDATE meeting SET uploaded_at = '2025-11-06T08:00' WHERE code = 'M11'");
	assert_ok(c, score_confirm(c, m.id, ANY_REV, &m));
	READING(c)
	assert_ok(c, score_latest(c, &m, STAGE_VOTED, &s));
	assert_int_equal(s.revision, 2);
	assert_string_equal(s.actor, SETTLED_BY);
	assert_int_equal(m.points.t, 900);
	assert_int_equal(m.stage, STAGE_DECIDED);
}

/* ---------------------------------------------------------------- the guest */

TEST_BOTH(the_guest_confirms_or_gives_points_and_changes_no_other_stage)
{
	struct meeting m = reported(c);
	struct score_sheet s;
	struct flaws found;
	static const struct judged_line fewer[] = { { "D3.1", { 20 } }, { "D4.2", { 120 } }, { "D5", { 80 } }, { "D6", { 50 } } };
	struct guest_request rq = { .meeting_id = m.id, .rev = ANY_REV, .guest_id = 77, .procedure_ok = 1, .remark = "" };

	assert_fails(c, FAIL_INPUT, score_guest(c, &rq, &m, &s, &found)); /* nobody was assigned */
	fixture_row(c, &m, "meeting_guest", "id, name, function, kind, present", "77, 'Lê Thị Ủy Viên', 'Đảng ủy viên', 'assigned', 1");
	fixture_row(c, &m, "sending", "person, channel, sent_at, sent_by", "'g77', 'mail', '2025-10-31T08:00', 'bithu'");
	assert_ok(c, score_guest(c, &rq, &m, &s, &found));
	assert_int_equal(s.points.t, 910);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_guest WHERE confirmed_at IS NOT NULL AND procedure_ok = 1"), 1);
	rq.own_points = true;
	rq.judged = (struct judged){ fewer, 4 };
	assert_ok(c, score_guest(c, &rq, &m, &s, &found));
	assert_int_equal(s.points.t, 890);
	assert_int_equal(s.revision, 2);
	assert_int_equal(m.points.t, 910); /* what counts is what the cell voted */
	assert_int_equal(m.state, MEETING_REPORTED);
	assert_ok(c, score_confirm(c, m.id, ANY_REV, &m));
	assert_fails(c, FAIL_CONFLICT, score_guest(c, &rq, &m, &s, &found)); /* decided */
}

static bool may_only_see(struct call *c, enum right right, int64_t unit_id)
{
	(void)c;
	(void)unit_id;
	return right == MAY_SEE || right == MAY_TAKE_PART;
}

TEST_BOTH(a_member_who_is_not_that_guest_confirms_nothing)
{
	struct meeting m = reported(c);
	struct score_sheet s;
	struct flaws found;
	struct guest_request rq = { .meeting_id = m.id, .rev = ANY_REV, .guest_id = 77, .procedure_ok = 1, .remark = "" };
	struct score_request own = { .meeting_id = m.id, .rev = ANY_REV, .stage = STAGE_DECIDED, .keep_judged = true, .reason = "" };
	struct appeal a;

	fixture_row(c, &m, "meeting_guest", "id, name, function, kind, present", "77, 'Lê Thị Ủy Viên', 'Đảng ủy viên', 'assigned', 1");
	c->who.operator= false;
	c->who.may = may_only_see;
	assert_fails(c, FAIL_DENIED, score_guest(c, &rq, &m, &s, &found));
	assert_fails(c, FAIL_DENIED, score_save(c, &own, &m, &s, &found));
	assert_fails(c, FAIL_DENIED, score_confirm(c, m.id, ANY_REV, &m));
	assert_fails(c, FAIL_DENIED, appeal_make(c, m.id, ANY_REV, "Không đồng ý", TENTHS_NONE, &m, &a));
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE stage IN ('guest', 'decided')"), 0);
}

TEST_BOTH(the_first_meeting_of_a_cell_asks_only_for_what_lies_before_it)
{
	struct meeting m = fixture_room(c, "excused");
	struct facts f = FACTS_NONE;

	test_sql(c, "DELETE FROM task WHERE title LIKE 'Việc%'; DELETE FROM meeting_step WHERE meeting_id IN (SELECT id FROM meeting WHERE "
	            "code = 'M10');"
	            "DELETE FROM meeting WHERE code = 'M10'");
	struct score_draft d = draft_of(c, JUDGED_OF_THE_EXAMPLE);

	assert_int_equal(d.sheet.missing, FACT_BIT(FACT_tasks_due) | FACT_BIT(FACT_tasks_on_time));
	facts_set(&f, FACT_tasks_due, 0);
	facts_set(&f, FACT_tasks_on_time, 0);
	assert_ok(c, recorded_replace(c, m.id, ANY_REV, &f, FACT_BIT(FACT_tasks_due) | FACT_BIT(FACT_tasks_on_time), &m));
	d = draft_of(c, JUDGED_OF_THE_EXAMPLE);
	assert_true(d.sheet.complete);
}

/* ---------------------------------------------------------------- appeals */

static const struct judged_line ten_more[] = { { "D3.1", { 30 } }, { "D4.2", { 140 } }, { "D5", { 80 } }, { "D6", { 50 } } };

static struct meeting decided(struct call *c)
{
	struct meeting m = reported(c);
	static const struct judged_line fewer[] = { { "D3.1", { 10 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } };

	at_moment(c, "2025-11-10T09:00");
	assert_ok(c, try_save(c, STAGE_DECIDED, (struct judged){ fewer, 4 }, "Nội dung chưa trọng tâm", &m));
	return m;
}

TEST_BOTH(an_appeal_in_time_changes_the_decision)
{
	struct meeting m = decided(c);
	struct appeal a;
	struct appeals all;
	struct flaws found;

	at_moment(c, "2025-11-20T17:00");
	assert_fails(c, FAIL_INPUT, appeal_make(c, m.id, m.rev, " ", TENTHS_NONE, &m, &a));
	assert_ok(c, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", (struct tenths){ 920 }, &m, &a));
	assert_fails(c, FAIL_CONFLICT, appeal_make(c, m.id, m.rev, "Lần nữa", TENTHS_NONE, &m, &a)); /* one is open */
	assert_fails(c, FAIL_INPUT, meeting_take_step(c, m.id, ANY_REV, STEP_LOCK, NULL, &m, NULL));
	struct appeal_reply reply = { .meeting_id = m.id, .rev = ANY_REV, .seq = 1, .changed = true, .judged = { ten_more, 4 }, .answer = "" };

	assert_fails(c, FAIL_INPUT, appeal_answer(c, &reply, &m, &found));
	assert_string_equal(test_problem.field, "answer");
	reply.answer = "Chấp nhận kiến nghị";
	assert_ok(c, appeal_answer(c, &reply, &m, &found));
	assert_int_equal(m.points.t, 920);
	assert_int_equal(m.class, GRADE_GOOD);
	assert_int_equal(m.state, MEETING_DECIDED);
	assert_int_equal(test_int(c, "SELECT good FROM cell_month WHERE month = 24310"), 1);
	READING(c)
	assert_ok(c, appeals_of(c, &m, &all));
	assert_int_equal(all.n, 1);
	assert_int_equal(all.v[0].outcome, APPEAL_CHANGED);
	assert_int_equal(all.v[0].revision, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE stage = 'decided'"), 2);
	assert_fails(c, FAIL_CONFLICT, appeal_answer(c, &reply, &m, &found)); /* it is closed */
}

TEST_BOTH(an_appeal_too_late_is_refused)
{
	struct meeting m = decided(c);
	struct appeal a;

	at_moment(c, "2025-11-21T00:00");
	assert_fails(c, FAIL_CONFLICT, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", TENTHS_NONE, &m, &a));
	assert_non_null(strstr(test_problem.text, "20 Nov 2025"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM appeal"), 0);
	/* the deadline is a setting of the unit */
	test_sql(c, "INSERT INTO unit_setting (unit_id, name, value) SELECT unit_id, 'appeal_days', '15' FROM meeting WHERE code = 'M11'");
	assert_ok(c, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", TENTHS_NONE, &m, &a));
	assert_int_equal(a.due_on.days, c->today.days + 10);
}

TEST_BOTH(an_appeal_of_a_locked_meeting_reopens_it_to_change_it)
{
	struct meeting m = decided(c);
	struct appeal a;
	struct flaws found;

	assert_ok(c, meeting_take_step(c, m.id, ANY_REV, STEP_LOCK, NULL, &m, NULL));
	assert_ok(c, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", TENTHS_NONE, &m, &a));
	struct appeal_reply reply = {
		.meeting_id = m.id, .rev = ANY_REV, .seq = 1, .changed = true, .judged = { ten_more, 4 }, .answer = "Chấp nhận"
	};

	assert_ok(c, appeal_answer(c, &reply, &m, &found));
	assert_int_equal(m.state, MEETING_DECIDED);
	assert_int_equal(m.points.t, 920);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting_step WHERE step = 'reopen'"), 1);
}

TEST_BOTH(an_appeal_is_upheld_or_withdrawn)
{
	struct meeting m = decided(c);
	struct appeal a;
	struct flaws found;

	assert_ok(c, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", TENTHS_NONE, &m, &a));
	assert_ok(c, appeal_withdraw(c, m.id, m.rev, 1, &m));
	assert_ok(c, appeal_make(c, m.id, m.rev, "Xem lại lần nữa", TENTHS_NONE, &m, &a));
	assert_int_equal(a.seq, 2);
	struct appeal_reply reply = { .meeting_id = m.id, .rev = ANY_REV, .seq = 2, .answer = "Giữ nguyên" };

	assert_ok(c, appeal_answer(c, &reply, &m, &found));
	assert_int_equal(m.points.t, 890);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE stage = 'decided'"), 1);
	assert_fails(c, FAIL_CONFLICT, appeal_make(c, m.id, m.rev, "Lần thứ ba", TENTHS_NONE, &m, &a)); /* answered */
	assert_ok(c, meeting_take_step(c, m.id, ANY_REV, STEP_LOCK, NULL, &m, NULL));
}

TEST_BOTH(a_change_that_changes_nothing_leaves_the_appeal_open)
{
	struct meeting m = decided(c);
	struct appeal a;
	struct flaws found;
	static const struct judged_line same[] = { { "D3.1", { 10 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } };

	assert_ok(c, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", TENTHS_NONE, &m, &a));
	struct appeal_reply reply = {
		.meeting_id = m.id, .rev = ANY_REV, .seq = 1, .changed = true, .judged = { same, 4 }, .answer = "Như cũ"
	};

	assert_fails(c, FAIL_INPUT, appeal_answer(c, &reply, &m, &found));
	assert_string_equal(test_problem.field, "changed");
	assert_int_equal(test_int(c, "SELECT count(*) FROM appeal WHERE outcome = ''"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE stage = 'decided'"), 1);
}

/* ---------------------------------------------------------------- no total is typed anywhere */

static fail run_checks(struct call *c, void *arg)
{
	return score_checks[0].run(c, arg);
}

TEST_BOTH(every_total_is_the_sum_of_its_lines_at_every_stage_and_revision)
{
	struct meeting m = decided(c);
	struct appeal a;
	struct flaws found;
	struct appeal_reply reply = {
		.meeting_id = m.id, .rev = ANY_REV, .seq = 1, .changed = true, .judged = { ten_more, 4 }, .answer = "Chấp nhận"
	};
	int64_t checked = 0;

	assert_ok(c, appeal_make(c, m.id, m.rev, "Nội dung bám sát kế hoạch", (struct tenths){ 1000 }, &m, &a));
	assert_ok(c, appeal_answer(c, &reply, &m, &found));
	assert_int_equal(m.points.t, 920); /* what the cell wished for is a wish */
	assert_ok(c, db_read(c, run_checks, &checked));
	assert_int_equal(checked, test_int(c, "SELECT count(*) FROM score_sheet"));
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet WHERE scheme = ''"), 0);
	assert_true(checked >= 6);
}

/* ---------------------------------------------------------------- faults: whole or nothing */

static fail score_it(struct call *c, void *arg)
{
	struct score_request rq = {
		.meeting_id = *(int64_t *)arg, .rev = ANY_REV, .stage = STAGE_SELF, .judged = JUDGED_OF_THE_EXAMPLE, .reason = ""
	};
	struct score_sheet s;
	struct flaws found;
	struct meeting m;

	return score_save(c, &rq, &m, &s, &found);
}

static void scored_or_not(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_sheet"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM score_wait"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM meeting WHERE state = 'scored' AND scored_at IS NOT NULL"), done);
}

TEST_BOTH(failing_each_statement_of_scoring_leaves_it_whole)
{
	struct meeting m = fixture_room(c, "excused");

	assert_true(test_faults(c, score_it, scored_or_not, &m.id) > 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_record_of_the_full_meeting_gives_91_before_the_upload),
		BOTH(full_meeting_of_22_from_its_record_is_90_good_once_the_upload_was_late),
		BOTH(one_absence_unexcused_from_its_record_is_87_fair),
		BOTH(D1_minutes_held),
		BOTH(D2_1_an_absence_without_reason),
		BOTH(D2_2_excused_four_times_running),
		BOTH(D3_2_no_guide),
		BOTH(D3_2_the_committees_own_points_and_draft_do),
		BOTH(D3_3_no_pre_meeting),
		BOTH(D3_3_a_pre_meeting_after_the_meeting),
		BOTH(D3_4_one_person_without_notice),
		BOTH(D3_4_the_assigned_guest_without_notice),
		BOTH(D3_4_a_notice_after_the_start),
		BOTH(D3_5_papers_sent_less_than_a_day_before),
		BOTH(D3_5_no_paper_sent),
		BOTH(D4_1_a_step_left_out),
		BOTH(D4_4_no_commendation),
		BOTH(D4_5_fewer_speak),
		BOTH(D4_6_a_place_is_missing_in_the_minutes),
		BOTH(D4_6_a_guest_without_function),
		BOTH(D4_6_signatures_are_missing),
		BOTH(D4_7_political_item_too_short),
		BOTH(D4_8_papers_not_published),
		BOTH(D4_8_a_secret_paper_is_handled_on_paper),
		BOTH(D7_one_more_task_late),
		BOTH(D8_1_resolution_not_adopted),
		BOTH(D8_1_no_vote_on_it),
		BOTH(D8_3_uploaded_after_two_days),
		BOTH(D8_3_uploaded_on_the_last_minute),
		BOTH(D8_3_never_uploaded),
		BOTH(D8_2_minutes_not_approved_takes_the_line_when_it_is_due),
		BOTH(D8_2_no_task_with_person_and_deadline),
		BOTH(what_is_missing_in_the_minutes_is_named),
		BOTH(facts_name_where_they_come_from),
		BOTH(an_answer_does_not_stand_against_the_record),
		BOTH(MTH_a_thematic_meeting_from_its_record),
		BOTH(MTH_01_a_topic_outside_the_plan),
		BOTH(MTH_02_a_draft_without_an_author),
		BOTH(MTH_03_a_draft_sent_too_late_or_that_the_committee_has_not_seen),
		BOTH(MTH_06_the_aim_was_not_stated),
		BOTH(a_deadline_that_passed_unnoticed_is_settled_later),
		BOTH(settling_changes_only_what_waited),
		BOTH(each_stage_takes_its_step),
		BOTH(a_score_that_was_not_adopted_is_no_voted_score),
		BOTH(T04_scored_after_the_end_and_before_the_minutes_is_the_same_sitting),
		BOTH(T14_stays_on_the_cells_own_sheet),
		BOTH(a_different_decision_says_why_and_the_same_one_need_not),
		BOTH(a_stale_confirmation_is_left),
		BOTH(a_decision_settles_first_what_has_become_due),
		BOTH(the_guest_confirms_or_gives_points_and_changes_no_other_stage),
		BOTH(a_member_who_is_not_that_guest_confirms_nothing),
		BOTH(the_first_meeting_of_a_cell_asks_only_for_what_lies_before_it),
		BOTH(an_appeal_in_time_changes_the_decision),
		BOTH(an_appeal_too_late_is_refused),
		BOTH(an_appeal_of_a_locked_meeting_reopens_it_to_change_it),
		BOTH(an_appeal_is_upheld_or_withdrawn),
		BOTH(a_change_that_changes_nothing_leaves_the_appeal_open),
		BOTH(every_total_is_the_sum_of_its_lines_at_every_stage_and_revision),
		BOTH(failing_each_statement_of_scoring_leaves_it_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
