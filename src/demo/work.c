/* work.c — tasks of the commune for its cells, and a target with its values. */
#include "demo/work.h"

#include "db/db.h"
#include "org/member.h"
#include "work/cascade.h"
#include "work/programme.h"
#include "work/progress.h"

static const char *const remarks[] = { "Đã phân công tổ rà soát, đang đi từng hộ", "Đã họp thôn, còn ba hộ chưa thống nhất", "Đã lập danh sách, chờ xác nhận" };

static fail child_of(struct call *c, const struct task *parent, int64_t unit, struct task *out)
{
	struct task_query q = { .unit_id = unit, .show = SHOW_ALL, .parent_id = parent->id, .after_due = DATE_NONE, .limit = 1 };
	struct tasks t;

	TRY(tasks_below(c, &q, &t));
	*out = t.v[0];
	return FAIL_OK;
}

/* part 100: done, on the day given; otherwise a report on the way. */
static fail report(struct call *c, const struct task *parent, int64_t unit, int64_t part, struct date day, int n)
{
	struct task_progress p;
	struct task t;

	TRY(child_of(c, parent, unit, &t));
	record_clear(&task_progress_record, &p);
	p.task_id = t.id;
	p.percent = part;
	p.remark = part == 100 ? "Đã gửi báo cáo về đảng ủy" : remarks[n % 3];
	if (part == 100) {
		p.evidence_no = arena_printf(c->arena, "%02d-BC/CB", n % 40 + 1);
		p.done_on = day;
	}
	return task_progress_add(c, &p, &t);
}

static fail give(struct call *c, const struct unit *commune, const struct units *cells, const char *title, const char *measure, struct date due,
                 struct task *out)
{
	int64_t *ids = ARENA_ARRAY(c->arena, cells->n + 1, int64_t);
	struct cascade job = { .cells = ids, .n = cells->n };
	struct cascade_result r;

	record_clear(&task_record, &job.task);
	job.task.id = 0;
	job.task.unit_id = commune->id;
	job.task.title = title;
	job.task.measure = measure;
	job.task.due_on = due;
	for (size_t i = 0; i < cells->n; i++)
		ids[i] = cells->v[i].id;
	TRY(work_cascade(c, &job, &r));
	*out = job.task;
	return FAIL_OK;
}

/* The cell names somebody who is to do it: not the one who stands first on the roll everywhere. */
static fail name_somebody(struct call *c, const struct task *parent, int64_t unit, int n)
{
	struct roll roll;
	struct task t, stored;

	TRY(child_of(c, parent, unit, &t));
	TRY(org_members_on(c, unit, c->today, &roll));
	if (!roll.n)
		return FAIL_OK;
	t.member_code = roll.v[(size_t)(n * 7 + 5) % roll.n].code;
	t.rev = ANY_REV;
	return task_update(c, &t, &stored);
}

static fail add_tasks(struct call *c, const struct unit *commune, const struct units *cells, struct date today)
{
	struct task running, over;
	int year = date_month(today) / 12;

	TRY(give(c, commune, cells, arena_printf(c->arena, "Rà soát hộ nghèo, hộ cận nghèo năm %d", year), "Danh sách có xác nhận của thôn, tổ dân phố",
	         (struct date){ today.days + 10 }, &running));
	TRY(give(c, commune, cells, "Góp ý dự thảo quy chế làm việc của đảng ủy", "Bản góp ý bằng văn bản", (struct date){ today.days - 1 }, &over));
	for (size_t i = 0; i < cells->n; i++) {
		TRY(name_somebody(c, &running, cells->v[i].id, (int)i));
		TRY(name_somebody(c, &over, cells->v[i].id, (int)i + 1));
		if (i % 3 < 2)
			TRY(report(c, &running, cells->v[i].id, i % 3 ? 50 : 100, (struct date){ today.days - 2 }, (int)i));
		if (i % 8 != 5)
			TRY(report(c, &over, cells->v[i].id, 100, (struct date){ today.days - 1 - (int)(i % 5) }, (int)i));
	}
	return FAIL_OK;
}

/* From about a tenth to nearly all over the year, each cell at its own pace. */
static fail add_values(struct call *c, const struct programme_target *t, struct date today, int n)
{
	month_no first = date_month(t->starts_on), last = date_month(today);
	int64_t span = t->goal - t->baseline;

	for (month_no m = first; m <= last; m++) {
		struct date day = m == last ? today : month_last(m);
		int64_t done = span * (m - first + 1) * (12 + n % 4) / 130;
		struct target_value v;
		struct programme_target now;

		if ((m + n) % 2) /* not every month says a new one */
			continue;
		record_clear(&target_value_record, &v);
		v.target_id = t->id;
		v.on_date = day;
		v.value = t->baseline + (done < span ? done : span);
		TRY(target_value_put(c, &v, &now));
	}
	return FAIL_OK;
}

static fail add_target(struct call *c, const struct units *cells, struct date today)
{
	int year = date_month(today) / 12;

	for (size_t i = 0; i < cells->n; i++) {
		struct programme_target t;

		if (cells->v[i].type != TYPE_RESIDENTIAL)
			continue;
		record_clear(&programme_target_record, &t);
		t.unit_id = cells->v[i].id;
		t.code = "NVS";
		t.title = "Hộ có nhà vệ sinh hợp chuẩn";
		t.measure = "hộ";
		t.whole = t.goal = 77 + (int64_t)(i * 13 % 40);
		t.baseline = 3 + (int64_t)(i * 5 % 20);
		t.starts_on = date_of(year, 1, 1);
		t.due_on = date_of(year, 12, 31);
		TRY(programme_target_add(c, &t));
		TRY(add_values(c, &t, today, (int)i));
	}
	return FAIL_OK;
}

struct job { const struct demo_shape *shape; };

static fail body(struct call *c, void *arg)
{
	struct date today = ((struct job *)arg)->shape->today;
	struct units cells;
	struct unit commune;
	fail f = org_unit_by_code(c, "01.001", c->today, &commune);

	if (f == FAIL_NOT_FOUND) {
		problem_clear(c);
		return FAIL_OK;
	}
	TRY(f);
	TRY(work_cells(c, commune.id, TYPE_NONE, &cells));
	if (!cells.n)
		return FAIL_OK;
	TRY(add_tasks(c, &commune, &cells, today));
	return add_target(c, &cells, today);
}

fail demo_work(struct call *c, const struct demo_shape *shape)
{
	return db_write(c, body, &(struct job){ shape });
}
