/* test_work.c — tasks with progress, tasks carried out by many cells, targets of a programme, what was achieved, reminders. */
#include "org/fixture.h"

#include "meeting/attendance.h"
#include "work/achieved.h"
#include "work/cascade.h"
#include "work/programme.h"
#include "work/progress.h"
#include "work/remind.h"
#include "work/reports.h"

static struct task task_of(int64_t unit, const char *title, struct date due)
{
	struct task t;

	record_clear(&task_record, &t);
	t.unit_id = unit;
	t.title = title;
	t.due_on = due;
	return t;
}

static struct task made(struct call *c, int64_t unit, const char *title, struct date due)
{
	struct task t = task_of(unit, title, due);

	assert_ok(c, task_create(c, &t));
	return t;
}

static struct task seen(struct call *c, int64_t id)
{
	struct task t;

	READING(c)
		assert_ok(c, task_seen(c, id, &t));
	return t;
}

static struct task_progress report(int64_t task_id, int64_t percent, const char *remark)
{
	struct task_progress p;

	record_clear(&task_progress_record, &p);
	p.task_id = task_id;
	p.percent = percent;
	p.remark = remark;
	p.evidence_no = "";
	return p;
}

/* ---------------------------------------------------------------- tasks and progress */

TEST_BOTH(a_task_keeps_measure_and_meeting_of_the_report)
{
	struct fixture f = fixture_make(c);
	struct task t = task_of(f.v1, "Trồng cây", date_of(2025, 12, 1)), stored;

	t.measure = "50 cây sống";
	t.report_at = "tháng 12/2025";
	assert_ok(c, task_create(c, &t));
	t = seen(c, t.id);
	assert_string_equal(t.measure, "50 cây sống");
	assert_string_equal(t.report_at, "tháng 12/2025");
	t.measure = "60 cây sống";
	assert_ok(c, task_update(c, &t, &stored));
	assert_string_equal(seen(c, t.id).measure, "60 cây sống");
	assert_int_equal(seen(c, t.id).rev, 2);
}

TEST_BOTH(progress_is_kept_one_behind_the_other)
{
	struct fixture f = fixture_make(c);
	struct task t = made(c, f.v1, "Trồng cây", date_of(2025, 12, 1));
	struct task_progress p = report(t.id, 40, "đã đào hố"), q = report(t.id, 100, "xong"), nothing = report(t.id, INT_UNKNOWN, "");
	struct task_history h;

	assert_ok(c, task_progress_add(c, &p, &t));
	assert_int_equal(t.percent, 40);
	p = report(t.id, 40, "đã đào hố");
	assert_ok(c, task_progress_add(c, &p, &t)); /* a double click */
	q.evidence_no = "12-BC";
	assert_ok(c, task_progress_add(c, &q, &t));
	assert_true(task_is_claimed(&t, c->today));
	assert_int_equal(task_state(&t, c->today), TASK_IS_OPEN);
	assert_fails(c, FAIL_INPUT, task_progress_add(c, &nothing, &t));
	READING(c)
		assert_ok(c, task_progress_of(c, &t, &h));
	assert_int_equal(h.n, 2);
	assert_string_equal(h.v[0].evidence_no, "12-BC");
	assert_string_equal(h.v[1].remark, "đã đào hố");
}

TEST_BOTH(the_secretary_ends_a_task_with_a_day)
{
	struct fixture f = fixture_make(c);
	struct task t = made(c, f.v1, "Trồng cây", date_of(2025, 11, 10));
	struct task_progress p = report(t.id, INT_UNKNOWN, "");

	p.done_on = date_of(2025, 11, 20);
	assert_fails(c, FAIL_INPUT, task_progress_add(c, &p, &t));
	assert_string_equal(test_problem.field, "done_on");
	p.done_on = date_of(2025, 11, 9);
	assert_ok(c, task_progress_add(c, &p, &t));
	assert_int_equal(t.percent, 100);
	assert_int_equal(task_state(&t, c->today), TASK_IS_ON_TIME);
	assert_false(task_is_claimed(&t, c->today));
}

TEST_BOTH(a_cancelled_task_takes_no_report)
{
	struct fixture f = fixture_make(c);
	struct task t = made(c, f.v1, "Trồng cây", date_of(2025, 11, 10)), stored;
	struct task_progress p = report(t.id, 10, "");

	t.result = TASK_CANCELLED;
	assert_ok(c, task_update(c, &t, &stored));
	assert_fails(c, FAIL_CONFLICT, task_progress_add(c, &p, &t));
}

static struct tasks below(struct call *c, struct task_query q)
{
	struct tasks out;

	q.limit = q.limit ? q.limit : 50;
	if (!q.after_due.days)
		q.after_due = DATE_NONE;
	READING(c)
		assert_ok(c, tasks_below(c, &q, &out));
	return out;
}

TEST_BOTH(lists_over_the_tree_filter_and_page)
{
	struct fixture f = fixture_make(c);
	struct task late = made(c, f.c11, "Trễ", date_of(2025, 11, 1)), done = made(c, f.c12, "Xong", date_of(2025, 11, 2));
	struct task_progress p = report(done.id, 100, "");
	struct task_totals n;

	made(c, f.v1, "Sắp đến", date_of(2025, 11, 18));
	made(c, f.v1, "Không hạn", DATE_NONE);
	made(c, f.c21, "Xã khác", date_of(2025, 11, 1));
	p.done_on = date_of(2025, 11, 2);
	assert_ok(c, task_progress_add(c, &p, &done));
	struct tasks t = below(c, (struct task_query){ .unit_id = f.x1 });

	assert_int_equal(t.n, 3);
	assert_string_equal(t.v[0].title, "Trễ");
	assert_string_equal(t.v[0].unit_name, "Đơn vị C11");
	assert_string_equal(t.v[2].title, "Không hạn");
	t = below(c, (struct task_query){ .unit_id = f.x1, .after_due = late.due_on, .after_id = late.id, .limit = 1 });
	assert_int_equal(t.n, 1);
	assert_string_equal(t.v[0].title, "Sắp đến");
	t = below(c, (struct task_query){ .unit_id = f.x1, .after_due = t.v[0].due_on, .after_id = t.v[0].id });
	assert_string_equal(t.v[0].title, "Không hạn");
	assert_int_equal(below(c, (struct task_query){ .unit_id = f.x1, .show = SHOW_LATE }).n, 1);
	assert_int_equal(below(c, (struct task_query){ .unit_id = f.x1, .show = SHOW_DONE }).n, 1);
	assert_int_equal(below(c, (struct task_query){ .unit_id = f.q08, .show = SHOW_ALL }).n, 5);
	READING(c)
		assert_ok(c, tasks_totals(c, f.x1, &n));
	assert_int_equal(n.open, 3);
	assert_int_equal(n.late, 1);
	assert_int_equal(n.soon, 1);
	READING(c)
		assert_ok(c, tasks_totals(c, f.c12, &n));
	assert_int_equal(n.all, 1);
	assert_int_equal(n.done, 1);
}

/* ---------------------------------------------------------------- one task, many cells */

static struct cascade job_of(struct fixture *f, int64_t *cells, size_t n)
{
	struct cascade job = { .task = task_of(f->x1, "Rà soát hộ nghèo", date_of(2025, 12, 10)), .cells = cells, .n = n };

	job.task.code = "X1/RS";
	job.task.measure = "Danh sách gửi đảng ủy";
	return job;
}

TEST_BOTH(a_task_goes_to_cells_once)
{
	struct fixture f = fixture_make(c);
	int64_t cells[] = { f.c11, f.v1, f.c11 };
	struct cascade job = job_of(&f, cells, 3), again = job_of(&f, cells, 3);
	struct cascade_result r;

	assert_ok(c, work_cascade(c, &job, &r));
	assert_int_equal(r.added, 2);
	assert_int_equal(r.had, 0);
	assert_ok(c, work_cascade(c, &again, &r)); /* the form sent twice */
	assert_int_equal(r.added, 0);
	assert_int_equal(r.had, 2);
	assert_int_equal(again.task.id, job.task.id);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task"), 3);
	cells[0] = f.c12;
	again.n = 1;
	assert_ok(c, work_cascade(c, &again, &r)); /* one more cell */
	assert_int_equal(r.added, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM task WHERE measure = 'Danh sách gửi đảng ủy' AND parent_id IS NOT NULL"), 3);
}

TEST_BOTH(a_task_does_not_go_to_another_commune)
{
	struct fixture f = fixture_make(c);
	int64_t cells[] = { f.v1, f.c21 };
	struct cascade job = job_of(&f, cells, 2);
	struct cascade_result r;

	assert_fails(c, FAIL_INPUT, work_cascade(c, &job, &r));
	job.n = 0;
	assert_fails(c, FAIL_INPUT, work_cascade(c, &job, &r));
	assert_int_equal(test_int(c, "SELECT count(*) FROM task"), 0);
}

static struct task child_of(struct call *c, const struct task *parent, int64_t unit)
{
	struct tasks t = below(c, (struct task_query){ .unit_id = unit, .parent_id = parent->id, .show = SHOW_ALL });

	assert_int_equal(t.n, 1);
	return t.v[0];
}

TEST_BOTH(answers_roll_up_the_tree)
{
	struct fixture f = fixture_make(c);
	int64_t cells[] = { f.c11, f.c12, f.v1 };
	struct cascade job = job_of(&f, cells, 3);
	struct cascade_result r;
	struct answers a;
	struct task parent;

	assert_ok(c, work_cascade(c, &job, &r));
	struct task child = child_of(c, &job.task, f.c11);
	struct task_progress p = report(child.id, 100, "đủ"), q = report(job.task.id, 50, "");

	p.done_on = date_of(2025, 11, 14);
	assert_ok(c, task_progress_add(c, &p, &child));
	parent = seen(c, job.task.id);
	assert_int_equal(parent.children, 3);
	assert_int_equal(parent.children_done, 1);
	assert_int_equal(task_state(&parent, c->today), TASK_IS_OPEN);
	assert_int_equal(task_state(&parent, date_of(2025, 12, 11)), TASK_IS_LATE);
	assert_fails(c, FAIL_CONFLICT, task_progress_add(c, &q, &parent)); /* its state is what the cells make of it */
	READING(c)
		assert_ok(c, work_answers(c, &parent, f.x1, &a));
	assert_int_equal(a.n, 2);
	assert_int_equal(a.sum.given, 3);
	assert_int_equal(a.sum.done, 1);
	for (size_t i = 0; i < a.n; i++) {
		assert_int_equal(a.v[i].given, a.v[i].unit_id == f.g1 ? 2 : 1);
		assert_int_equal(a.v[i].cell, a.v[i].unit_id == f.v1);
	}
	READING(c)
		assert_ok(c, work_answers(c, &parent, f.g1, &a)); /* drilling down */
	assert_int_equal(a.n, 2);
	assert_true(a.v[0].cell && a.v[1].cell);
	for (int i = 1; i < 3; i++) {
		child = child_of(c, &job.task, cells[i]);
		p = report(child.id, 100, "");
		p.done_on = c->today;
		assert_ok(c, task_progress_add(c, &p, &child));
	}
	parent = seen(c, job.task.id);
	assert_int_equal(task_state(&parent, c->today), TASK_IS_ON_TIME);
	assert_int_equal(below(c, (struct task_query){ .unit_id = f.x1 }).n, 0); /* nothing open any more */
}

TEST_BOTH(a_task_of_the_centre_reaches_cells_of_two_provinces)
{
	struct fixture f = fixture_make(c);
	int64_t top = fixture_unit(c, 0, "VN", LEVEL_CENTRE, TYPE_NONE), north = fixture_unit(c, top, "Q20", LEVEL_PROVINCE, TYPE_NONE);
	int64_t south = fixture_unit(c, top, "Q21", LEVEL_PROVINCE, TYPE_NONE), a = fixture_unit(c, north, "A", LEVEL_CELL, TYPE_AGENCY);
	int64_t b = fixture_unit(c, south, "B", LEVEL_CELL, TYPE_RESIDENTIAL), cells[] = { a, b };
	struct cascade job = { .task = task_of(top, "Học nghị quyết", date_of(2025, 12, 1)), .cells = cells, .n = 2 };
	struct cascade_result r;
	struct answers ans;
	struct units found;

	assert_ok(c, work_cascade(c, &job, &r));
	assert_int_equal(r.added, 2);
	assert_int_equal(test_int(c, "SELECT count(DISTINCT realm) FROM task WHERE parent_id IS NOT NULL"), 2);
	struct task parent = seen(c, job.task.id);

	assert_int_equal(parent.children, 2);
	READING(c)
	{
		assert_ok(c, work_answers(c, &parent, top, &ans));
		assert_ok(c, work_cells(c, top, TYPE_RESIDENTIAL, &found));
	}
	assert_int_equal(ans.n, 2);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.v[0].id, b);
	(void)f;
}

TEST_BOTH(a_change_of_the_committees_task_reaches_the_open_ones)
{
	struct fixture f = fixture_make(c);
	int64_t cells[] = { f.c11, f.c12 }, changed;
	struct cascade job = job_of(&f, cells, 2);
	struct cascade_result r;
	struct task t, stored;

	assert_ok(c, work_cascade(c, &job, &r));
	struct task child = child_of(c, &job.task, f.c11);
	struct task_progress p = report(child.id, 100, "");

	p.done_on = c->today;
	assert_ok(c, task_progress_add(c, &p, &child));
	t = seen(c, job.task.id);
	t.due_on = date_of(2025, 12, 20);
	assert_ok(c, work_cascade_change(c, &t, &stored, &changed));
	assert_int_equal(changed, 1);
	assert_int_equal(child_of(c, &job.task, f.c12).due_on.days, t.due_on.days);
	assert_int_equal(child_of(c, &job.task, f.c11).due_on.days, job.task.due_on.days);
	t.rev = 1; /* an old page */
	assert_fails(c, FAIL_CONFLICT, work_cascade_change(c, &t, &stored, &changed));
}

struct fault_case { struct cascade job; struct fixture f; };

static fail cascade_again(struct call *c, void *arg)
{
	struct fault_case *x = arg;
	struct cascade job = x->job;
	struct cascade_result r;

	return work_cascade(c, &job, &r);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM task"), done ? 4 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'task'"), done ? 4 : 0);
}

TEST_BOTH(a_fault_leaves_no_half_of_a_cascade)
{
	struct fixture f = fixture_make(c);
	int64_t cells[] = { f.c11, f.c12, f.v1 };
	struct fault_case x = { job_of(&f, cells, 3), f };

	assert_true(test_faults(c, cascade_again, all_or_nothing, &x) >= 6);
}

/* ---------------------------------------------------------------- targets */

static struct programme_target toilets(int64_t unit, int64_t baseline, int64_t whole)
{
	struct programme_target t;

	record_clear(&programme_target_record, &t);
	t.unit_id = unit;
	t.code = "NVS";
	t.title = "Hộ có nhà vệ sinh hợp chuẩn";
	t.measure = "hộ";
	t.whole = t.goal = whole;
	t.baseline = baseline;
	t.starts_on = date_of(2025, 1, 1);
	t.due_on = date_of(2025, 11, 1);
	return t;
}

static void say(struct call *c, const struct programme_target *t, struct date on, int64_t value)
{
	struct target_value v;
	struct programme_target now;

	record_clear(&target_value_record, &v);
	v.target_id = t->id;
	v.on_date = on;
	v.value = value;
	assert_ok(c, target_value_put(c, &v, &now));
	assert_int_equal(now.value, value);
}

TEST_BOTH(a_target_from_3_to_77_of_77)
{
	struct fixture f = fixture_make(c);
	struct programme_target t = toilets(f.v1, 3, 77), now;
	struct target_count n;

	assert_ok(c, programme_target_add(c, &t));
	say(c, &t, date_of(2025, 3, 1), 20);
	say(c, &t, date_of(2025, 10, 20), 77);
	READING(c)
	{
		assert_ok(c, programme_target(c, t.id, date_of(2025, 2, 1), &now));
		assert_int_equal(now.value, 3);
		assert_false(date_is(now.value_on));
		assert_ok(c, programme_target(c, t.id, date_of(2025, 9, 1), &now));
		assert_int_equal(now.value, 20);
		assert_ok(c, work_targets_reached(c, f.v1, date_of(2025, 10, 3), date_of(2025, 11, 3), date_of(2025, 9, 1), &n));
		assert_int_equal(n.assigned, 1);
		assert_int_equal(n.reached, 0);
		assert_ok(c, work_targets_reached(c, f.v1, date_of(2025, 10, 3), date_of(2025, 11, 3), date_of(2025, 11, 3), &n));
		assert_int_equal(n.reached, 1);
	}
}

TEST_BOTH(a_target_or_a_value_that_cannot_be_is_refused)
{
	struct fixture f = fixture_make(c);
	struct programme_target t = toilets(f.v1, 3, 77), bad = toilets(f.v1, 3, 77), now;
	struct target_value v;

	assert_ok(c, programme_target_add(c, &t));
	assert_fails(c, FAIL_CONFLICT, programme_target_add(c, &bad));
	bad.code = "X";
	bad.goal = 78;
	assert_fails(c, FAIL_INPUT, programme_target_add(c, &bad));
	assert_string_equal(test_problem.field, "whole");
	bad.goal = bad.baseline;
	assert_fails(c, FAIL_INPUT, programme_target_add(c, &bad));
	record_clear(&target_value_record, &v);
	v.target_id = t.id;
	v.value = 78;
	v.on_date = c->today;
	assert_fails(c, FAIL_INPUT, target_value_put(c, &v, &now));
	v.value = 10;
	v.on_date = date_of(2025, 11, 16); /* tomorrow */
	assert_fails(c, FAIL_INPUT, target_value_put(c, &v, &now));
	v.on_date = date_of(2024, 12, 31);
	assert_fails(c, FAIL_INPUT, target_value_put(c, &v, &now));
	assert_int_equal(test_int(c, "SELECT count(*) FROM target_value"), 0);
}

TEST_BOTH(targets_sum_up_the_tree_at_any_day)
{
	struct fixture f = fixture_make(c);
	struct programme_target a = toilets(f.c11, 10, 40), b = toilets(f.v1, 3, 77), top = toilets(f.x1, 13, 117), other = toilets(f.c21, 1, 9);
	struct goal_sums lines;
	struct goal_sum sum;
	struct target_point trend[3];

	assert_ok(c, programme_target_add(c, &a));
	assert_ok(c, programme_target_add(c, &b));
	assert_ok(c, programme_target_add(c, &top)); /* the commune's own row is not counted twice */
	assert_ok(c, programme_target_add(c, &other));
	say(c, &a, date_of(2025, 9, 15), 30);
	say(c, &b, date_of(2025, 10, 15), 77);
	READING(c)
	{
		assert_ok(c, target_answers(c, f.x1, "NVS", date_of(2025, 11, 15), &lines, &sum));
		assert_int_equal(lines.n, 2); /* G1, V1 */
		assert_int_equal(sum.value, 107);
		assert_int_equal(sum.whole, 117);
		assert_int_equal(sum.units, 2);
		assert_int_equal(sum.reached, 1);
		assert_ok(c, target_answers(c, f.x1, "NVS", date_of(2025, 9, 30), &lines, &sum));
		assert_int_equal(sum.value, 33);
		assert_ok(c, target_answers(c, f.q08, "NVS", date_of(2025, 11, 15), &lines, &sum));
		assert_int_equal(sum.value, 108);
		assert_int_equal(sum.whole, 126);
		assert_ok(c, target_sums(c, f.x1, date_of(2025, 11, 15), &lines));
		assert_int_equal(lines.n, 1);
		assert_int_equal(lines.v[0].value, 107);
		assert_false(lines.v[0].own);
		assert_ok(c, target_trend(c, f.x1, "NVS", date_of(2025, 11, 15), trend, 3));
	}
	assert_int_equal(trend[0].value, 33);
	assert_int_equal(trend[1].value, 107);
	assert_int_equal(trend[2].on.days, date_of(2025, 11, 15).days);
}

/* ---------------------------------------------------------------- what was achieved */

TEST_BOTH(D7_tasks_and_targets_between_two_meetings)
{
	struct fixture f = fixture_make(c);
	struct programme_target t = toilets(f.v1, 3, 77);
	struct work_sums n;
	int64_t realm = 0;

	for (int i = 0; i < 4; i++) {
		struct task k = made(c, f.v1, "Việc", date_of(2025, 10, 20 + i));
		struct task_progress p = report(k.id, 100, "");

		p.done_on = date_of(2025, 10, i ? 20 : 25);
		assert_ok(c, task_progress_add(c, &p, &k));
	}
	assert_ok(c, programme_target_add(c, &t));
	READING(c)
	{
		assert_ok(c, org_realm(c, f.v1, &realm));
		assert_ok(c, work_achieved(c, realm, f.v1, date_of(2025, 10, 3), date_of(2025, 11, 3), &n));
	}
	assert_int_equal(n.tasks_due, 4);
	assert_int_equal(n.tasks_on_time, 3);
	assert_int_equal(n.targets_due, 1);
	assert_int_equal(n.due, 5);
	assert_int_equal(n.achieved, 3);
	say(c, &t, date_of(2025, 11, 2), 77); /* said the day before the meeting */
	READING(c)
	{
		assert_ok(c, work_achieved(c, realm, f.v1, date_of(2025, 10, 3), date_of(2025, 11, 3), &n));
		assert_int_equal(n.achieved, 4);
		assert_ok(c, work_achieved(c, realm, f.v1, date_of(2025, 11, 3), date_of(2025, 12, 3), &n)); /* it enters once */
	}
	assert_int_equal(n.due, 0);
	assert_int_equal(n.achieved, 0);
}

TEST_BOTH(G4_3_members_with_a_task)
{
	struct fixture f = fixture_make(c);
	struct task t;
	struct task_share s;
	int64_t realm = 0;

	fixture_members(c, f.v1, "V1", 4, 1);
	t = task_of(f.v1, "Trồng cây", date_of(2025, 11, 20));
	t.member_code = "V1-02";
	assert_ok(c, task_create(c, &t));
	READING(c)
	{
		assert_ok(c, org_realm(c, f.v1, &realm));
		assert_ok(c, work_members_with_task(c, realm, f.v1, date_of(2025, 1, 1), date_of(2025, 12, 31), &s));
	}
	assert_int_equal(s.members, 5);
	assert_int_equal(s.with_task, 1);
}

/* ---------------------------------------------------------------- reminders */

static void which_days_remind(void **state)
{
	struct remind_rules usual = REMIND_USUAL;
	struct date due = date_of(2025, 11, 20);
	static const struct { int days; bool yes; } at[] = { { -8, false }, { -7, true }, { -6, false }, { -1, true }, { 0, false },
		                                                  { 1, true },  { 2, false }, { 7, false }, { 8, true }, { 15, true } };

	(void)state;
	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		assert_int_equal(remind_is_due(&usual, due, (struct date){ due.days + at[i].days }), at[i].yes);
	assert_false(remind_is_due(&usual, DATE_NONE, due));
}

static void the_setting_says_when(void **state)
{
	struct remind_rules r;
	struct call c;

	(void)state;
	test_call(&c);
	assert_ok(&c, remind_rules_parse(&c, "1,7,+14", &r));
	assert_int_equal(r.n, 2);
	assert_int_equal(r.before[0], 7);
	assert_int_equal(r.every, 14);
	assert_ok(&c, remind_rules_parse(&c, "", &r));
	assert_int_equal(r.n, 0);
	assert_fails(&c, FAIL_INPUT, remind_rules_parse(&c, "soon", &r));
	assert_fails(&c, FAIL_INPUT, remind_rules_parse(&c, "+0", &r));
	call_end(&c);
}

static void one_message_names_all_of_it(void **state)
{
	struct remind_rules usual = REMIND_USUAL;
	struct task v[4] = { task_of(1, "Trễ", date_of(2025, 11, 10)), task_of(1, "Mai", date_of(2025, 11, 16)),
		                 task_of(1, "Tuần này", date_of(2025, 11, 19)), task_of(1, "Tháng sau", date_of(2025, 12, 19)) };
	struct tasks all = { v, 4 }, quiet = { v + 2, 2 };
	struct task_reminder r;
	struct call c;

	(void)state;
	test_call(&c);
	assert_true(remind_make(c.arena, LANG_EN, &usual, c.today, &all, &r)); /* "Mai" is due in one day */
	assert_int_equal(r.late.n, 1);
	assert_int_equal(r.soon.n, 2);
	assert_non_null(strstr(r.text, "Trễ"));
	assert_non_null(strstr(r.text, "Tuần này"));
	assert_null(strstr(r.text, "Tháng sau"));
	assert_string_equal(r.subject, "Your tasks: 1 overdue, 2 soon due");
	assert_false(remind_make(c.arena, LANG_EN, &usual, c.today, &quiet, &r));
	call_end(&c);
}

static fail count_one(struct call *c, const struct task_reminder *r, void *arg)
{
	int *n = arg;

	(void)c;
	n[0]++;
	n[1] += (int)(r->late.n + r->soon.n);
	return FAIL_OK;
}

TEST_BOTH(everybody_gets_one_message)
{
	struct fixture f = fixture_make(c);
	struct remind_rules usual = REMIND_USUAL;
	int n[2] = { 0, 0 };

	fixture_members(c, f.v1, "V1", 3, 0);
	for (int i = 0; i < 3; i++) {
		struct task t = task_of(f.v1, "Việc", date_of(2025, 11, i == 2 ? 20 : 16));

		t.member_code = i == 2 ? "V1-02" : "V1-01";
		assert_ok(c, task_create(c, &t));
	}
	READING(c)
		assert_ok(c, remind_each(c, &usual, count_one, n));
	assert_int_equal(n[0], 1); /* V1-01 with two tasks; nothing of V1-02 reminds today */
	assert_int_equal(n[1], 2);
}

/* ---------------------------------------------------------------- V18 */

static void meeting_in(struct call *c, int64_t unit, int month, unsigned second)
{
	struct meeting m;
	struct attendance v[3] = { { .member_code = "V1-01", .status = ATTENDANCE_PRESENT, .arrived_at = MOMENT_NONE },
		                       { .member_code = "V1-02", .status = second, .arrived_at = MOMENT_NONE },
		                       { .member_code = "V1-03", .status = ATTENDANCE_EXCUSED, .arrived_at = MOMENT_NONE } };
	struct flaws found = { 0 };

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = MEETING_REGULAR;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, month, 3).days * 1440 + 19 * 60 };
	assert_ok(c, meeting_create(c, &m));
	assert_ok(c, attendance_replace(c, m.id, ANY_REV, &(struct attendances){ v, 3 }, &m, &found));
}

TEST_BOTH(V18_three_months_without_reason)
{
	struct fixture f = fixture_make(c);
	struct missing_people p;
	int64_t realm = 0;

	fixture_members(c, f.v1, "V1", 3, 0);
	meeting_in(c, f.v1, 3, ATTENDANCE_UNEXCUSED);
	meeting_in(c, f.v1, 4, ATTENDANCE_PRESENT);
	meeting_in(c, f.v1, 5, ATTENDANCE_UNEXCUSED);
	READING(c)
	{
		assert_ok(c, org_realm(c, f.v1, &realm));
		assert_ok(c, attendance_missing(c, realm, f.v1, c->today, &p));
	}
	assert_int_equal(p.n, 0);
	meeting_in(c, f.v1, 9, ATTENDANCE_UNEXCUSED);
	READING(c)
		assert_ok(c, attendance_missing(c, realm, f.v1, c->today, &p));
	assert_int_equal(p.n, 1);
	assert_string_equal(p.v[0].full_name, "Nguyễn Văn V1-02");
	assert_int_equal(p.v[0].months, 3);
	READING(c)
		assert_ok(c, attendance_missing(c, realm, f.v1, date_of(2026, 3, 1), &p)); /* another year begins anew */
	assert_int_equal(p.n, 0);
}

/* ---------------------------------------------------------------- R10, R11 */

static void runs_and_months_of_one_person(void **state)
{
	static const struct person_row rows[] = {
		{ ATTENDANCE_EXCUSED, true, 1 }, { ATTENDANCE_PRESENT, false, 1 }, /* an extraordinary one between does not end the run */
		{ ATTENDANCE_EXCUSED, true, 2 }, { ATTENDANCE_EXCUSED, true, 3 },   { ATTENDANCE_EXCUSED, true, 4 },
		{ ATTENDANCE_UNEXCUSED, true, 5 }, { ATTENDANCE_PRESENT, false, 5 }, /* came to the other meeting of that month */
		{ ATTENDANCE_UNEXCUSED, true, 6 }, { ATTENDANCE_EXEMPT, true, 7 },
	};
	struct person_sums s = person_sums(rows, sizeof rows / sizeof *rows);

	(void)state;
	assert_int_equal(s.longest_run, 4);
	assert_int_equal(s.months_missed, 1);
	assert_int_equal(s.expected, 8);
	assert_int_equal(s.present, 2);
	assert_int_equal(s.excused, 4);
	assert_int_equal(s.unexcused, 2);
}

static struct report made_report(struct call *c, const char *id, int64_t unit, struct period p)
{
	const struct report_kind *kind;
	struct question q = { .unit_id = unit, .period = p, .structure = THEN };
	struct report r;

	assert_ok(c, report_find(c, id, &kind));
	assert_ok(c, report_make(c, kind, &q, &r));
	return r;
}

TEST_BOTH(R10_ledger_has_what_is_due_and_what_is_left_over)
{
	struct fixture f = fixture_make(c);
	struct period november = { month_of(2025, 11), month_of(2025, 11) };
	struct task old = made(c, f.v1, "Tồn", date_of(2025, 9, 1)), gone = made(c, f.v1, "Xong trước", date_of(2025, 9, 1));
	struct task_progress p = report(gone.id, 100, "");

	made(c, f.v1, "Tháng này", date_of(2025, 11, 20));
	made(c, f.v1, "Tháng sau", date_of(2025, 12, 20));
	made(c, f.c21, "Nơi khác", date_of(2025, 11, 20));
	p.done_on = date_of(2025, 9, 3);
	assert_ok(c, task_progress_add(c, &p, &gone));
	struct report r = made_report(c, "R10", f.x1, november);

	assert_int_equal(r.tables[0].row_n, 2);
	assert_string_equal(r.tables[0].rows[0][0].s, old.code);
	assert_string_equal(r.tables[0].rows[0][6].s, "overdue");
	assert_string_equal(r.tables[0].rows[1][1].s, "Tháng này");
	assert_int_equal(made_report(c, "R10", f.v1, (struct period){ month_of(2025, 9), month_of(2025, 9) }).tables[0].row_n, 2);
}

TEST_BOTH(R11_months_and_persons)
{
	struct fixture f = fixture_make(c);
	struct period year = { month_of(2025, 1), month_of(2025, 12) };

	fixture_members(c, f.v1, "V1", 3, 0);
	for (int m = 3; m < 7; m++)
		meeting_in(c, f.v1, m, m < 6 ? ATTENDANCE_UNEXCUSED : ATTENDANCE_PRESENT);
	struct report r = made_report(c, "R11", f.v1, year);

	assert_int_equal(r.table_n, 2); /* months, persons: the operator sees both */
	assert_int_equal(r.tables[0].row_n, 4);
	assert_int_equal(r.tables[0].total[2].a, 5);
	assert_int_equal(r.tables[0].total[2].b, 12);
	assert_int_equal(r.tables[1].row_n, 3);
	assert_non_null(strstr(r.tables[1].rows[1][5].s, "V18"));
	assert_int_equal(r.tables[1].rows[2][4].a, 4);
	assert_non_null(strstr(r.tables[1].rows[2][5].s, "excused 4 meetings running"));
	r = made_report(c, "R11", f.x1, year);
	assert_string_equal(r.tables[1].name, "cells");
	assert_int_equal(r.tables[1].row_n, 1);
}

static bool may_all_but_part(struct call *c, enum right right, int64_t unit_id)
{
	(void)c;
	(void)unit_id;
	return right == MAY_SEE || right == MAY_SEE_MEMBERS || right == MAY_RECORD;
}

static bool may_see(struct call *c, enum right right, int64_t unit_id)
{
	(void)c;
	(void)unit_id;
	return right == MAY_SEE;
}

TEST_BOTH(V18_is_for_the_secretary_alone)
{
	struct fixture f = fixture_make(c);
	struct period year = { month_of(2025, 1), month_of(2025, 12) };

	fixture_members(c, f.v1, "V1", 3, 0);
	for (int m = 3; m < 6; m++)
		meeting_in(c, f.v1, m, ATTENDANCE_UNEXCUSED);
	c->who.operator = false;
	c->who.may = may_all_but_part; /* an officer above */
	struct report r = made_report(c, "R11", f.v1, year);

	assert_int_equal(r.table_n, 2);
	assert_null(strstr(r.tables[1].rows[1][5].s, "V18"));
	c->who.may = may_see; /* a member */
	r = made_report(c, "R11", f.v1, year);
	assert_int_equal(r.table_n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_task_keeps_measure_and_meeting_of_the_report),
		BOTH(progress_is_kept_one_behind_the_other),
		BOTH(the_secretary_ends_a_task_with_a_day),
		BOTH(a_cancelled_task_takes_no_report),
		BOTH(lists_over_the_tree_filter_and_page),
		BOTH(a_task_goes_to_cells_once),
		BOTH(a_task_does_not_go_to_another_commune),
		BOTH(answers_roll_up_the_tree),
		BOTH(a_task_of_the_centre_reaches_cells_of_two_provinces),
		BOTH(a_change_of_the_committees_task_reaches_the_open_ones),
		BOTH(a_fault_leaves_no_half_of_a_cascade),
		BOTH(a_target_from_3_to_77_of_77),
		BOTH(a_target_or_a_value_that_cannot_be_is_refused),
		BOTH(targets_sum_up_the_tree_at_any_day),
		BOTH(D7_tasks_and_targets_between_two_meetings),
		BOTH(G4_3_members_with_a_task),
		cmocka_unit_test(which_days_remind),
		cmocka_unit_test(the_setting_says_when),
		cmocka_unit_test(one_message_names_all_of_it),
		BOTH(everybody_gets_one_message),
		BOTH(V18_three_months_without_reason),
		cmocka_unit_test(runs_and_months_of_one_person),
		BOTH(R10_ledger_has_what_is_due_and_what_is_left_over),
		BOTH(R11_months_and_persons),
		BOTH(V18_is_for_the_secretary_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
