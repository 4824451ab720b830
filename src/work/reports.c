/* reports.c — the ledger of tasks and the analysis of attendance as tables. */
#include "work/reports.h"

#include "meeting/attendance.h"
#include "org/unit.h"
#include "work/remind.h"
#include "work_sql.h"

enum { LEDGER_MAX = 20000 };

/* Units hang below on these days: all of the period, or today. */
static void tree_days(const struct call *c, const struct question *q, struct date *since, struct date *until)
{
	*since = q->structure == NOW ? c->today : month_first(q->period.from);
	*until = q->structure == NOW ? c->today : month_last(q->period.to);
}

/* The last day of the period, or today while it is not over. */
static struct date tree_day(const struct call *c, const struct question *q)
{
	struct date end = month_last(q->period.to);

	return q->structure == NOW || end.days > c->today.days ? c->today : end;
}

static int64_t day_or_none(struct date d)
{
	return date_is(d) ? d.days : INT_UNKNOWN;
}

/* ---------------------------------------------------------------- R10 */

static const struct report_column ledger_columns[] = {
	{ "code", N_("Task code"), VALUE_TEXT }, { "task", N_("Task"), VALUE_TEXT }, { "unit", N_("Unit"), VALUE_TEXT },
	{ "resolution", N_("Resolution"), VALUE_TEXT }, { "person", N_("Person in charge"), VALUE_TEXT }, { "due_on", N_("Due on"), VALUE_DAY },
	{ "state", N_("State"), VALUE_TEXT }, { "done_on", N_("Done on"), VALUE_DAY }, { "result", N_("Result"), VALUE_TEXT },
};

static const char *result_words(struct call *c, const struct task *t)
{
	if (t->children > 0)
		return arena_printf(c->arena, tr(c->lang, "%1$s of %2$s"), show_int(c->arena, c->lang, t->children_done),
		                    show_int(c->arena, c->lang, t->children));
	if (t->result == TASK_ABOVE)
		return tr(c->lang, task_result_words[TASK_ABOVE]);
	if (t->percent >= 0 && t->percent < 100)
		return arena_printf(c->arena, "%d %%%s%s", (int)t->percent, *t->progress ? ", " : "", t->progress);
	return t->progress ? t->progress : "";
}

static void ledger_row(struct call *c, struct report_table *table, const struct task *t, bool names)
{
	struct report_value *v = report_row(c, table);

	v[0].s = t->code;
	v[1].s = t->title;
	v[2] = (struct report_value){ .b = t->unit_id, .s = t->unit_name };
	v[3].s = task_resolution(c->arena, t);
	v[4].s = names && t->member_name ? t->member_name : "";
	v[5].a = day_or_none(t->due_on);
	v[6].s = task_state_name(c->lang, task_state(t, c->today));
	v[7].a = day_or_none(t->done_on);
	v[8].s = result_words(c, t);
}

static fail ledger_body(struct call *c, void *arg)
{
	struct report *r = arg;
	const struct question *q = &r->question;
	struct report_table *table = report_table(r, "tasks", r->kind->title, COLUMNS(ledger_columns));
	struct date since, until;
	struct tasks t;
	bool names = call_may(c, MAY_SEE_MEMBERS, q->unit_id);

	tree_days(c, q, &since, &until);
	TRY(db_all(c, &Q_ledger,
	           ARGS(V(q->unit_id), V(since), V(until), V(month_first(q->period.from)), V(month_last(q->period.to)), V((int64_t)LEDGER_MAX + 1)),
	           &task_record, &t.v, &t.n));
	if (t.n > LEDGER_MAX)
		return problem(c, FAIL_INPUT, "period", "these are more than %s tasks; choose a shorter period or a unit further down",
		               show_int(c->arena, c->lang, LEDGER_MAX));
	for (size_t i = 0; i < t.n; i++)
		ledger_row(c, table, &t.v[i], names);
	table->note = tr(c->lang, "Tasks due in this period, those left over from before, and open ones without a deadline.");
	return FAIL_OK;
}

static fail ledger(struct call *c, struct report *r)
{
	return db_read(c, ledger_body, r);
}

/* ---------------------------------------------------------------- R11: sums */

struct sums {
	int64_t month, unit_id, meetings, expected, present, excused, unexcused;
	const char *unit_code, *unit_name;
};
#define S(f) COL(struct sums, f)
static const struct field sums_fields[] = { S(month), S(unit_id), S(meetings), S(expected), S(present), S(excused), S(unexcused), S(unit_code),
	                                        S(unit_name), FIELD_END };
#undef S
static const struct record sums_record = { "attendance_sums", sizeof(struct sums), sums_fields };

static const struct report_column month_columns[] = {
	{ "month", N_("Month"), VALUE_MONTH }, { "meetings", N_("Meetings"), VALUE_COUNT }, { "attendance", N_("Attended"), VALUE_RATE },
	{ "excused", N_("With reason"), VALUE_COUNT }, { "unexcused", N_("No reason"), VALUE_COUNT },
};
static const struct report_column cell_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Cell"), VALUE_TEXT }, { "meetings", N_("Meetings"), VALUE_COUNT },
	{ "attendance", N_("Attended"), VALUE_RATE }, { "excused", N_("With reason"), VALUE_COUNT }, { "unexcused", N_("No reason"), VALUE_COUNT },
};

static void put_sums(struct report_value *v, const struct sums *s)
{
	v[0].a = s->meetings;
	v[1] = (struct report_value){ .a = s->present, .b = s->expected, .s = "" };
	v[2].a = s->excused;
	v[3].a = s->unexcused;
}

static void add_sums(struct sums *all, const struct sums *s)
{
	all->meetings += s->meetings;
	all->expected += s->expected;
	all->present += s->present;
	all->excused += s->excused;
	all->unexcused += s->unexcused;
}

static fail months_table(struct call *c, struct report *r, struct date on)
{
	const struct question *q = &r->question;
	struct report_table *t = report_table(r, "months", r->kind->title, COLUMNS(month_columns));
	struct sums *v, all = { 0 };
	size_t n;

	TRY(db_all(c, &Q_attendance_months, ARGS(V(q->unit_id), V(on), V((int64_t)q->period.from), V((int64_t)q->period.to)), &sums_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct report_value *row = report_row(c, t);

		row[0].a = v[i].month;
		put_sums(row + 1, &v[i]);
		add_sums(&all, &v[i]);
	}
	struct report_value *sum = report_total(c, t);

	sum[0].a = INT_UNKNOWN;
	put_sums(sum + 1, &all);
	return FAIL_OK;
}

static fail cells_table(struct call *c, struct report *r, struct date on)
{
	const struct question *q = &r->question;
	struct report_table *t = report_table(r, "cells", N_("Attendance of each cell"), COLUMNS(cell_columns));
	struct sums *v;
	size_t n;

	TRY(db_all(c, &Q_attendance_cells, ARGS(V(q->unit_id), V(on), V((int64_t)q->period.from), V((int64_t)q->period.to)), &sums_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct report_value *row = report_row(c, t);

		row[0].s = v[i].unit_code;
		row[1] = (struct report_value){ .b = v[i].unit_id, .s = v[i].unit_name };
		put_sums(row + 2, &v[i]);
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- R11: persons */

struct person_sums person_sums(const struct person_row *rows, size_t n)
{
	struct person_sums s = { 0 };
	int64_t run = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned status = rows[i].status;

		s.present += status == ATTENDANCE_PRESENT;
		s.excused += status == ATTENDANCE_EXCUSED;
		s.unexcused += status == ATTENDANCE_UNEXCUSED;
		s.expected += status != ATTENDANCE_EXEMPT;
		if (rows[i].regular)
			run = status == ATTENDANCE_EXCUSED ? run + 1 : 0;
		s.longest_run = run > s.longest_run ? run : s.longest_run;
	}
	for (size_t at = 0; at < n;) {
		bool came = false, missed = false;
		int64_t month = rows[at].month;

		for (; at < n && rows[at].month == month; at++) {
			came |= rows[at].status == ATTENDANCE_PRESENT;
			missed |= rows[at].status == ATTENDANCE_UNEXCUSED;
		}
		s.months_missed += missed && !came;
	}
	return s;
}

struct call_row { int64_t member_id, month; const char *full_name; unsigned kind, status; };
#define R(f, ...) COL(struct call_row, f, __VA_ARGS__)
static const struct field call_fields[] = { R(member_id), R(month), R(full_name), R(kind, .words = meeting_kind_words),
	                                        R(status, .words = attendance_status_words), FIELD_END };
#undef R
static const struct record call_record = { "call_row", sizeof(struct call_row), call_fields };

static const struct report_column person_columns[] = {
	{ "name", N_("Member"), VALUE_TEXT }, { "attendance", N_("Attended"), VALUE_RATE }, { "excused", N_("With reason"), VALUE_COUNT },
	{ "unexcused", N_("No reason"), VALUE_COUNT }, { "excused_run", N_("Longest run with reason"), VALUE_COUNT },
	{ "look", N_("Worth a look"), VALUE_TEXT },
};

static const char *look_words(struct call *c, const struct person_sums *s, bool secretary)
{
	const char *run = s->longest_run > 3 ? arena_printf(c->arena, tr(c->lang, "excused %s meetings running"),
	                                                    show_int(c->arena, c->lang, s->longest_run)) : "";

	if (!secretary || s->months_missed < 3)
		return run;
	return arena_printf(c->arena, tr(c->lang, "%1$s%2$s%3$s months without attending and without reason: for the cell to consider (V18)"), run,
	                    *run ? "; " : "", show_int(c->arena, c->lang, s->months_missed));
}

static void person_line(struct call *c, struct report_table *t, const struct call_row *rows, size_t n, bool secretary)
{
	struct person_row *v = ARENA_ARRAY(c->arena, n, struct person_row);
	struct report_value *row = report_row(c, t);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct person_row){ rows[i].status, rows[i].kind == MEETING_REGULAR, rows[i].month };
	struct person_sums s = person_sums(v, n);

	row[0].s = rows[0].full_name;
	row[1] = (struct report_value){ .a = s.present, .b = s.expected, .s = "" };
	row[2].a = s.excused;
	row[3].a = s.unexcused;
	row[4].a = s.longest_run;
	row[5].s = look_words(c, &s, secretary);
}

static fail persons_table(struct call *c, struct report *r)
{
	const struct question *q = &r->question;
	struct report_table *t = report_table(r, "persons", N_("Attendance of each member"), COLUMNS(person_columns));
	bool secretary = may_see_missing(c, q->unit_id);
	struct call_row *v;
	size_t n;

	TRY(db_all(c, &Q_attendance_people, ARGS(V(q->unit_id), V((int64_t)q->period.from), V((int64_t)q->period.to)), &call_record, &v, &n));
	for (size_t at = 0; at < n;) {
		size_t first = at;

		while (at < n && v[at].member_id == v[first].member_id)
			at++;
		person_line(c, t, v + first, at - first, secretary);
	}
	t->note = tr(c->lang, "Only for the leadership of the cell and the office above it.");
	return FAIL_OK;
}

static fail analysis_body(struct call *c, void *arg)
{
	struct report *r = arg;
	struct date on = tree_day(c, &r->question);
	struct unit u;

	TRY(org_unit_nearest(c, r->question.unit_id, on, &u));
	TRY(months_table(c, r, on));
	if (u.level != LEVEL_CELL)
		TRY(cells_table(c, r, on));
	if (u.level == LEVEL_CELL && call_may(c, MAY_RECORD, u.id))
		TRY(persons_table(c, r));
	return FAIL_OK;
}

static fail analysis(struct call *c, struct report *r)
{
	return db_read(c, analysis_body, r);
}

const struct report_kind work_reports[] = {
	{ .id = "R10", .name = "tasks", .title = N_("Ledger of tasks"), .make = ledger },
	{ .id = "R11", .name = "attendance", .title = N_("Analysis of attendance"), .make = analysis },
	{ .name = NULL },
};
