/* detail.c — the small demonstrations, recorded as a secretary would: roll call, answers, tasks, sheet, decision. */
#include "demo/detail.h"

#include <string.h>

#include "demo/whole.h"
#include "meeting/attendance.h"
#include "meeting/recorded.h"
#include "org/member.h"
#include "score/score.h"
#include "work/task.h"

void demo_profile(const struct demo_shape *shape, int n, struct cell_profile *p)
{
	static const struct { int n, members, quality; const char *type; } parts[] = {
		{ 1, 18, 840, "VR" }, { 2, 13, 700, "VR" }, { 3, 15, 760, "AG" }, { 4, 22, 930, "VR" },
		{ 5, 6, 640, "VR" },  { 7, 26, 330, "VR" }, { 9, 36, 880, "VR" }, { 11, 12, 950, "AG" },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n != n && !(shape->size == DEMO_CELL && parts[i].n == 4))
			continue;
		p->members = parts[i].members;
		p->quality = parts[i].quality;
		p->type = parts[i].type;
		p->founded = INT32_MIN;
		p->probationary = p->members > 7 ? 2 : 0;
		p->exempt = p->members > 7 ? 1 : 0;
		p->away = p->incoming = 0;
	}
	if (shape->size == DEMO_COMMUNE && n > 19 && n <= 23)
		p->type = "PS";
	p->exemplary = shape->size == DEMO_COMMUNE && (n % 3 == 0 || n == 11);
	if (p->exemplary && p->quality < 760)
		p->quality = 760;
}

/* What one record draws from; the months of a cell do not disturb each other. */
struct draw {
	struct call *c;
	struct rng r;
	const struct cell_profile *p;
	const struct meeting_model *m;
	struct date today;
};

/* ---- the meeting and its roll call ---- */

static const char *topic_of(struct rng *r, const struct cell_profile *p)
{
	static const char *const village[] = {
		"Giữ gìn vệ sinh môi trường ở khu dân cư", "Xây dựng nông thôn mới kiểu mẫu", "Vận động hiến đất mở rộng đường thôn",
		"Phát triển kinh tế hộ và giảm nghèo bền vững", "Thực hiện quy chế dân chủ ở cơ sở", "Tạo nguồn kết nạp đảng viên ở khu dân cư",
	};
	static const char *const office[] = {
		"Cải cách thủ tục hành chính, phục vụ người dân", "Chuyển đổi số trong công việc của cơ quan", "Thực hành tiết kiệm, chống lãng phí",
		"Nâng cao chất lượng chuyên môn", "Trách nhiệm nêu gương của đảng viên", "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
	};

	return strcmp(p->type, "VR") == 0 ? village[rng_below(r, 6)] : office[rng_below(r, 6)];
}

static fail record_meeting(struct draw *d, int64_t unit, struct meeting *out)
{
	const struct meeting_model *m = d->m;

	record_clear(&meeting_record, out);
	out->unit_id = unit;
	out->kind = MEETING_REGULAR;
	out->thematic = m->thematic;
	out->starts_at = m->starts_at;
	out->ends_at = m->ends_at;
	out->pre_meeting_on = m->pre_meeting_on;
	out->documents_sent_at = m->documents_sent_at;
	out->scored_at = m->scored_at;
	if (moment_date(m->uploaded_at).days <= d->today.days)
		out->uploaded_at = m->uploaded_at;
	out->topic = m->thematic ? topic_of(&d->r, d->p) : "";
	return meeting_create(d->c, out);
}

/* `absent` people with that status, drawn among those who are still present. */
static void mark_absent(struct draw *d, struct attendances *rows, int absent, unsigned status)
{
	for (int tries = 0; absent > 0 && tries < 400; tries++) {
		struct attendance *a = &rows->v[rng_below(&d->r, (int)rows->n)];

		if (a->status != ATTENDANCE_PRESENT)
			continue;
		a->status = status;
		a->mode = MODE_NONE;
		absent--;
	}
}

static fail record_roll_call(struct draw *d, struct meeting *m)
{
	struct call *c = d->c;
	struct roll roll;
	struct attendances rows = { 0 };
	struct flaws found = { 0 };

	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	rows.v = ARENA_ARRAY(c->arena, roll.n + 1, struct attendance);
	for (size_t i = 0; i < roll.n; i++) {
		struct attendance a = { .member_id = roll.v[i].id, .status = ATTENDANCE_PRESENT, .mode = MODE_IN_PERSON };

		a.member_code = roll.v[i].code;
		a.arrived_at = MOMENT_NONE;
		if (member_is_expected(roll.v[i].status))
			rows.v[rows.n++] = a;
	}
	if (!rows.n)
		return FAIL_OK;
	mark_absent(d, &rows, d->m->excused, ATTENDANCE_EXCUSED);
	mark_absent(d, &rows, d->m->unexcused, ATTENDANCE_UNEXCUSED);
	TRY(attendance_replace(c, m->id, ANY_REV, &rows, m, &found));
	struct meeting stored;

	m->speakers = d->m->speakers < m->present ? d->m->speakers : m->present;
	return meeting_update(c, m, &stored);
}

/* ---- answers ---- */

static void answer(struct facts *f, uint64_t *mask, enum fact fact, int64_t value)
{
	if (facts_set(f, fact, value))
		*mask |= FACT_BIT(fact);
}

static fail record_answers(struct draw *d, struct meeting *m)
{
	struct facts f = FACTS_NONE;
	uint64_t mask = 0;
	int steps = m->thematic ? 20 : 16, quality = d->p->quality;

	if (!d->m->pre_meeting)
		answer(&f, &mask, FACT_pre_meeting_held, 0);
	answer(&f, &mask, FACT_guide_and_draft_ready, rng_chance(&d->r, 300 + quality * 7 / 10));
	answer(&f, &mask, FACT_notified_all, rng_chance(&d->r, 500 + quality / 2));
	answer(&f, &mask, FACT_steps_required, steps);
	answer(&f, &mask, FACT_steps_done, steps - (rng_chance(&d->r, (1000 - quality) / 3) ? 1 : 0));
	answer(&f, &mask, FACT_commendation_done, rng_chance(&d->r, 400 + quality * 6 / 10));
	answer(&f, &mask, FACT_minute_fields_required, 18);
	answer(&f, &mask, FACT_minute_fields_filled, 18 - (rng_chance(&d->r, (1000 - quality) / 3) ? 2 : 0));
	answer(&f, &mask, FACT_political_minutes, rng_between(&d->r, quality > 500 ? 14 : 5, 30));
	answer(&f, &mask, FACT_documents_published, rng_chance(&d->r, 400 + quality * 6 / 10));
	answer(&f, &mask, FACT_concluded, 1);
	answer(&f, &mask, FACT_resolution_adopted, rng_chance(&d->r, 600 + quality * 4 / 10));
	answer(&f, &mask, FACT_minutes_approved, rng_chance(&d->r, 500 + quality / 2));
	answer(&f, &mask, FACT_content_prepared_by_leader, 1);
	/* the first months of the record know nothing of what was before them */
	answer(&f, &mask, FACT_longest_excused_run, rng_between(&d->r, 1, quality > 600 ? 2 : 4));
	answer(&f, &mask, FACT_tasks_due, d->m->tasks);
	answer(&f, &mask, FACT_tasks_on_time, d->m->tasks - d->m->tasks_late);
	return recorded_replace(d->c, m->id, ANY_REV, &f, mask, m);
}

/* ---- tasks ---- */

static const char *title_of(struct rng *r, const struct cell_profile *p)
{
	static const char *const village[] = {
		"Vận động 5 hộ làm nhà vệ sinh hợp chuẩn", "Dọn vệ sinh đường thôn sáng thứ Bảy", "Rà soát hộ nghèo, hộ cận nghèo", "Vận động đóng góp quỹ khuyến học",
		"Giúp đỡ hai hộ làm lại vườn", "Kiểm tra an toàn đường điện chiếu sáng", "Nhắc nộp đảng phí quý", "Chuẩn bị nội dung họp thôn", "Gặp gỡ quần chúng ưu tú",
		"Vận động lắp camera an ninh cổng thôn",
	};
	static const char *const office[] = {
		"Xử lý dứt điểm hồ sơ quá hạn", "Đưa 12 thủ tục lên dịch vụ công trực tuyến", "Lập kế hoạch tự kiểm tra tháng", "Tập huấn chữ ký số cho cán bộ",
		"Rà soát quy chế làm việc", "Báo cáo kết quả cải cách hành chính", "Phân công giúp đỡ đảng viên dự bị", "Trả lời kiến nghị của người dân",
	};

	return strcmp(p->type, "VR") == 0 ? village[rng_below(r, 10)] : office[rng_below(r, 8)];
}

/* Assigned for the coming month; late ones are the last of the list. */
static fail record_tasks(struct draw *d, const struct meeting *m)
{
	struct roll roll;

	TRY(org_members_on(d->c, m->unit_id, meeting_day(m), &roll));
	for (int i = 0; i < d->m->tasks; i++) {
		struct task t;

		record_clear(&task_record, &t);
		t.meeting_id = m->id;
		t.title = title_of(&d->r, d->p);
		int who = roll.n ? rng_below(&d->r, (int)roll.n) : 0;

		if (roll.n) /* in an exemplary cell it goes round, so that everybody has something to do */
			t.member_id = roll.v[d->p->exemplary ? ((size_t)m->month * 8 + (size_t)i) % roll.n : (size_t)who].id;
		t.due_on.days = meeting_day(m).days + rng_between(&d->r, 12, 25);
		bool late = i >= d->m->tasks - d->m->tasks_late;
		struct date done = { t.due_on.days + (late ? rng_between(&d->r, 2, 20) : -rng_between(&d->r, 0, 6)) };

		if (done.days <= d->today.days && !(late && rng_chance(&d->r, 300))) {
			t.done_on = done;
			t.result = !late && rng_chance(&d->r, d->p->exemplary ? 450 : 250) ? TASK_ABOVE : TASK_DONE;
		}
		TRY(task_create(d->c, &t));
	}
	return FAIL_OK;
}

/* ---- sheets ---- */

enum { JUDGED_ROOM = 32 };

/* Judged lines get their maximum, less what the chairing and the content lose in this month, a half or a whole point at a time. */
static void judge(struct draw *d, const struct scored_sheet *sheet, int lost_tenths, struct judged_line *v, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < sheet->n && *n < JUDGED_ROOM; i++) {
		const struct scored_line *line = &sheet->lines[i];

		if (line->state != LINE_UNJUDGED || !tenths_is(line->max))
			continue;
		int loss = rng_chance(&d->r, 600) ? rng_between(&d->r, 1, 4) * 5 : 0;

		if (loss > lost_tenths)
			loss = lost_tenths;
		if (loss > line->max.t)
			loss = line->max.t;
		lost_tenths -= loss;
		v[(*n)++] = (struct judged_line){ line->id, { line->max.t - loss } };
	}
}

static fail record_self(struct draw *d, struct meeting *m, struct score_sheet *sheet)
{
	struct score_draft draft;
	struct judged_line *judged = ARENA_ARRAY(d->c->arena, JUDGED_ROOM, struct judged_line);
	struct flaws found = { 0 };
	size_t n;

	TRY(score_draft(d->c, m, JUDGED_NONE, &draft));
	judge(d, &draft.sheet, d->m->lost_judged * 10, judged, &n);
	struct score_request rq = { .meeting_id = m->id, .stage = STAGE_SELF, .judged = { judged, n }, .reason = "" };

	return score_save(d->c, &rq, m, sheet, &found);
}

/* Mostly the committee takes the cell's sheet over; now and then it judges a line lower and says why. */
static fail record_decision(struct draw *d, struct meeting *m)
{
	struct score_draft draft;
	struct score_sheet sheet;
	struct judged_line *judged = ARENA_ARRAY(d->c->arena, JUDGED_ROOM, struct judged_line);
	struct flaws found = { 0 };
	size_t n;

	if (!rng_chance(&d->r, 130))
		return score_confirm(d->c, m->id, ANY_REV, m);
	TRY(score_draft(d->c, m, JUDGED_NONE, &draft));
	judge(d, &draft.sheet, d->m->lost_judged * 10 + 30, judged, &n);
	struct score_request rq = { .meeting_id = m->id, .stage = STAGE_DECIDED, .judged = { judged, n },
		                        .reason = "Nội dung thảo luận chưa sâu, kết luận còn chung chung" };

	return score_save(d->c, &rq, m, &sheet, &found);
}

fail demo_record(struct call *c, const struct demo_shape *shape, const struct cell_profile *p, int64_t unit, month_no month,
                 const struct meeting_model *model)
{
	struct draw d = { .c = c, .r = rng_part(&p->rng, (uint64_t)month + 100000), .p = p, .m = model, .today = shape->today };
	struct meeting m;
	struct score_sheet sheet;

	if (month >= shape->last - 1 && p->members == 22 && p->quality == 930)
		return demo_record_whole(c, unit, model);
	TRY(record_meeting(&d, unit, &m));
	TRY(record_roll_call(&d, &m));
	TRY(record_answers(&d, &m));
	TRY(record_tasks(&d, &m));
	/* the newest month stays open for people to try: the weaker half of the cells have not scored yet, nobody has decided */
	if (model->unscored || (month == shape->last && p->quality < 780))
		return FAIL_OK;
	if (!moment_is(m.uploaded_at)) /* its papers are still to come, and it was written down afterwards: its sheet needs them */
		return FAIL_OK;
	TRY(record_self(&d, &m, &sheet));
	return month < shape->last - (shape->size == DEMO_COMMUNE) ? record_decision(&d, &m) : FAIL_OK;
}
