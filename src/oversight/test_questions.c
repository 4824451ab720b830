/* test_questions.c — which figures raise a question, who sees it when, and the answer. */
#include "org/fixture.h"

#include "oversight/questions.h"

static int64_t next_id;

/* A regular meeting of a month with own and decided points (tenths; 0: none) and counts. */
static int64_t meets(struct call *c, int64_t unit, int month, int self, int decided, int expected, int present)
{
	int64_t id = 800000 + ++next_id;
	static const char *const stages[] = { "self", "decided" };

	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting (realm, id, unit_id, code, month, kind, starts_at, expected, present) SELECT realm, %lld, id, 'Q%lld', %d, "
	                                   "'regular', '2025-%02d-03T19:00', %d, %d FROM unit WHERE id = %lld",
	                         (long long)id, (long long)id, month_of(2025, month), month, expected, present, (long long)unit));
	for (int i = 0; i < 2; i++)
		if (i ? decided : self)
			test_sql(c, arena_printf(c->arena, "INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms) SELECT realm, id, '%s', 1, %d, "
			                                   "'good', 'a', 0 FROM meeting WHERE id = %lld", stages[i], i ? decided : self, (long long)id));
	return id;
}

static void line(struct call *c, int64_t meeting, const char *id, int points)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO score_line (realm, meeting_id, stage, revision, line, points, max, source) SELECT realm, id, 'self', 1, '%s', %d, 50, "
	                                   "'judged' FROM meeting WHERE id = %lld", id, points, (long long)meeting));
}

static struct figure_questions found(struct call *c, int64_t unit)
{
	struct figure_questions q;
	struct unit u;

	READING(c)
	{
		assert_ok(c, org_unit(c, unit, c->today, &u));
		assert_ok(c, questions_find(c, &u, 2025, &q));
	}
	return q;
}

TEST_BOTH(a_gap_of_five_points_in_three_months_raises_a_question)
{
	struct fixture f = fixture_make(c);

	meets(c, f.v1, 1, 950, 890, 20, 19);
	meets(c, f.v1, 2, 940, 890, 20, 19);
	meets(c, f.v1, 3, 930, 0, 20, 19);
	assert_int_equal(found(c, f.v1).n, 0);
	meets(c, f.v1, 4, 935, 895, 20, 19); /* 6.0 + 5.0 + 4.0 = 15 in 3 months */
	struct figure_questions q = found(c, f.v1);

	assert_int_equal(q.n, 1);
	assert_int_equal(q.v[0].kind, QUESTION_GAP);
	assert_string_equal(q.v[0].text, "The cell's own score was on average 5 points above the decided one in 3 months. What explains the difference?");
	c->lang = LANG_VI;
	assert_string_equal(found(c, f.v1).v[0].text, "Điểm tự chấm cao hơn điểm quyết định trung bình 5 điểm trong 3 tháng. Sự chênh lệch này do đâu?");
	c->lang = LANG_EN;
	test_sql(c, "UPDATE score_sheet SET points = 896 WHERE stage = 'decided' AND points = 895"); /* 4.97 on average */
	assert_int_equal(found(c, f.v1).n, 0);
	test_sql(c, arena_printf(c->arena, "INSERT INTO unit_setting (unit_id, name, value) VALUES (%lld, 'question_gap', '49')", (long long)f.q08));
	assert_int_equal(found(c, f.v1).n, 1);
}

TEST_BOTH(the_same_points_six_times_raise_a_question)
{
	struct fixture f = fixture_make(c);

	for (int m = 1; m <= 5; m++)
		meets(c, f.v1, m, 930, 0, 20, 19);
	meets(c, f.v1, 6, 935, 0, 20, 19);
	assert_int_equal(found(c, f.v1).n, 0);
	meets(c, f.v1, 7, 930, 0, 20, 19);
	assert_int_equal(found(c, f.v1).n, 1);
	assert_string_equal(found(c, f.v1).v[0].text, "In 6 months the cell gave itself 93 points every time. What did these meetings have in common?");
}

TEST_BOTH(points_that_rise_while_attendance_falls_raise_a_question)
{
	struct fixture f = fixture_make(c);

	for (int m = 1; m <= 3; m++)
		meets(c, f.v1, m, 900 + m, 0, 20, 19);
	for (int m = 4; m <= 5; m++)
		meets(c, f.v1, m, 930 + m, 0, 20, 17);
	assert_int_equal(found(c, f.v1).n, 0);
	meets(c, f.v1, 6, 936, 0, 20, 17);
	struct figure_questions q = found(c, f.v1);

	assert_int_equal(q.n, 1);
	assert_int_equal(q.v[0].kind, QUESTION_DIVERGING);
	assert_non_null(strstr(q.v[0].text, "fell from 95.00"));
	test_sql(c, "UPDATE meeting SET present = 19");
	assert_int_equal(found(c, f.v1).n, 0);
}

TEST_BOTH(sheets_alike_to_the_last_line_raise_a_question_unless_nothing_was_lost)
{
	struct fixture f = fixture_make(c);

	for (int m = 1; m <= 4; m++) {
		int64_t id = meets(c, f.v1, m, 900 + m, 0, 20, 19);

		line(c, id, "D1", 50);
		line(c, id, "D2", m == 4 ? 41 : 40);
	}
	assert_int_equal(found(c, f.v1).n, 0);
	test_sql(c, "UPDATE score_line SET points = 40 WHERE points = 41");
	assert_int_equal(found(c, f.v1).n, 1);
	assert_string_equal(found(c, f.v1).v[0].text, "4 of 4 score sheets have the very same points in every line. How is each meeting scored?");
	test_sql(c, "UPDATE score_line SET points = 50");
	assert_int_equal(found(c, f.v1).n, 0);
}

TEST_BOTH(the_same_sheet_in_other_cells_of_the_committee_raises_a_question)
{
	struct fixture f = fixture_make(c);
	int64_t cells[] = { f.c11, f.c12, f.v1 };

	test_sql(c, arena_printf(c->arena, "INSERT INTO unit_setting (unit_id, name, value) VALUES (%lld, 'question_same_cells', '1')", (long long)f.q08));
	for (int i = 0; i < 3; i++)
		line(c, meets(c, cells[i], 5, 900 + i, 0, 20, 19), "D1", 40);
	assert_string_equal(found(c, f.c11).v[0].text,
	                    "In 5/2025 the sheet had the very same points in every line as those of 1 other cells. How was it made?");
	assert_int_equal(found(c, f.v1).n, 0); /* alone below its committee */
}

static struct figure_questions seen(struct call *c, int64_t unit, bool above)
{
	struct figure_questions q;

	READING(c)
	assert_ok(c, above ? questions_below(c, unit, 2025, &q) : questions_of_cell(c, unit, 2025, &q));
	return q;
}

static void constant(struct call *c, int64_t unit)
{
	for (int m = 1; m <= 6; m++)
		meets(c, unit, m, 930, 0, 20, 19);
}

TEST_BOTH(the_cell_is_asked_first_and_the_committee_sees_it_after_14_days)
{
	struct fixture f = fixture_make(c);
	int64_t asked;

	constant(c, f.v1);
	assert_int_equal(seen(c, f.v1, false).n, 0);
	assert_ok(c, questions_ask(c, f.x1, 2025, &asked)); /* 15 November */
	assert_int_equal(asked, 1);
	assert_ok(c, questions_ask(c, f.v1, 2025, &asked));
	assert_int_equal(asked, 0);
	assert_int_equal(seen(c, f.v1, false).n, 1);
	assert_int_equal(seen(c, f.x1, true).n, 0);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 28).days * 1440 });
	assert_int_equal(seen(c, f.x1, true).n, 0);
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 29).days * 1440 });
	assert_int_equal(seen(c, f.x1, true).n, 1);
	assert_int_equal(seen(c, f.x2, true).n, 0);
}

TEST_BOTH(an_answer_shows_the_question_at_once_and_keeps_it)
{
	struct fixture f = fixture_make(c);
	struct figure_question q;

	constant(c, f.v1);
	assert_ok(c, questions_ask(c, f.v1, 2025, NULL));
	assert_fails(c, FAIL_INPUT, question_answer(c, f.v1, 2025, QUESTION_CONSTANT, 1, "  ", &q));
	assert_fails(c, FAIL_NOT_FOUND, question_answer(c, f.v1, 2025, QUESTION_GAP, 1, "Vì", &q));
	assert_fails(c, FAIL_CONFLICT, question_answer(c, f.v1, 2025, QUESTION_CONSTANT, 2, "Vì", &q));
	assert_ok(c, question_answer(c, f.v1, 2025, QUESTION_CONSTANT, 1, " Chi bộ chấm theo mẫu tháng trước. ", &q));
	assert_string_equal(q.answer, "Chi bộ chấm theo mẫu tháng trước.");
	assert_int_equal(q.rev, 2);
	assert_int_equal(seen(c, f.x1, true).n, 1);
	test_sql(c, "DELETE FROM score_sheet WHERE meeting_id > 800003");
	assert_ok(c, questions_ask(c, f.v1, 2025, NULL)); /* no reason any more, but it was answered */
	assert_int_equal(seen(c, f.v1, false).n, 1);
}

TEST_BOTH(an_unanswered_question_follows_the_figures)
{
	struct fixture f = fixture_make(c);

	constant(c, f.v1);
	assert_ok(c, questions_ask(c, f.v1, 2025, NULL));
	meets(c, f.v1, 7, 930, 0, 20, 19);
	assert_ok(c, questions_ask(c, f.v1, 2025, NULL));
	assert_non_null(strstr(seen(c, f.v1, false).v[0].text, "In 7 months"));
	assert_int_equal(seen(c, f.v1, false).v[0].rev, 2);
	test_sql(c, "DELETE FROM score_sheet");
	assert_ok(c, questions_ask(c, f.v1, 2025, NULL));
	assert_int_equal(seen(c, f.v1, false).n, 0);
}

TEST_BOTH(the_server_asks_once_a_night_everywhere)
{
	struct fixture f = fixture_make(c);
	int64_t asked;

	constant(c, f.v1);
	constant(c, f.c21);
	assert_false(questions_due(c, DATE_NONE)); /* nine in the morning */
	call_set_now(c, (struct moment){ (int64_t)date_of(2025, 11, 16).days * 1440 + 2 * 60 });
	assert_true(questions_due(c, DATE_NONE));
	assert_true(questions_due(c, date_of(2025, 11, 15)));
	assert_false(questions_due(c, date_of(2025, 11, 16)));
	assert_ok(c, questions_ask_all(c, &asked));
	assert_int_equal(asked, 2);
	assert_ok(c, questions_ask_all(c, &asked));
	assert_int_equal(asked, 0);
	assert_int_equal(seen(c, f.v1, false).n, 1);
	assert_int_equal(seen(c, f.c21, false).n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_gap_of_five_points_in_three_months_raises_a_question),
		BOTH(the_same_points_six_times_raise_a_question),
		BOTH(points_that_rise_while_attendance_falls_raise_a_question),
		BOTH(sheets_alike_to_the_last_line_raise_a_question_unless_nothing_was_lost),
		BOTH(the_same_sheet_in_other_cells_of_the_committee_raises_a_question),
		BOTH(the_cell_is_asked_first_and_the_committee_sees_it_after_14_days),
		BOTH(an_answer_shows_the_question_at_once_and_keeps_it),
		BOTH(an_unanswered_question_follows_the_figures),
		BOTH(the_server_asks_once_a_night_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
