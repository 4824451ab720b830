/* whole.c — the last meetings of the village cell of 22, step by step through the product's own functions, each at its own time. */
#include "demo/whole.h"

#include <string.h>

#include "demo_sql.h"
#include "document/closing.h"
#include "document/document.h"
#include "meeting/agenda.h"
#include "meeting/ballot.h"
#include "meeting/cycle.h"
#include "meeting/guest.h"
#include "meeting/pre_meeting.h"
#include "meeting/sending.h"
#include "meeting/text.h"
#include "meeting/vote.h"
#include "org/post.h"
#include "score/appeal.h"
#include "score/stage.h"
#include "work/task.h"

enum { DAY = 1440 };

struct play {
	struct call *c;
	const struct meeting_model *model;
	struct meeting m;
	struct roll roll;
	int64_t secretary, taker; /* members */
	int64_t guest;
	struct moment real; /* the clock as it was */
	struct flaws found;
};

/* False: that moment has not come yet. */
static bool at(struct play *p, int64_t minutes_from_start)
{
	struct moment then = { p->model->starts_at.minutes + minutes_from_start };

	if (then.minutes > p->real.minutes)
		return false;
	call_set_now(p->c, then);
	return true;
}

static fail step(struct play *p, enum meeting_step s, const char *remark)
{
	const struct step_note note = { .remark = remark };

	return meeting_take_step(p->c, p->m.id, ANY_REV, s, &note, &p->m, &p->found);
}

static fail say(struct play *p, enum meeting_text t, const char *text)
{
	return meeting_text_save(p->c, &p->m, t, text, ANY_TEXT_REV, NULL);
}

/* ---------------------------------------------------------------- before */

static fail find_people(struct play *p, int64_t unit)
{
	struct posts posts;

	TRY(org_members_on(p->c, unit, moment_date(p->model->starts_at), &p->roll));
	TRY(org_posts(p->c, unit, moment_date(p->model->starts_at), &posts));
	for (size_t i = 0; i < posts.n; i++) {
		if (posts.v[i].post == POST_SECRETARY)
			p->secretary = posts.v[i].member_id;
		else if (posts.v[i].member_id != p->secretary && p->taker <= 0)
			p->taker = posts.v[i].member_id;
	}
	return FAIL_OK;
}

static fail register_day(struct play *p, int64_t unit)
{
	struct meeting *m = &p->m;

	record_clear(&meeting_record, m);
	m->unit_id = unit;
	m->kind = MEETING_REGULAR;
	m->starts_at = p->model->starts_at;
	m->place = "Nhà văn hóa thôn";
	m->state = MEETING_DATE_REGISTERED;
	m->chair_id = p->secretary;
	m->minute_taker_id = p->taker;
	m->author_id = p->secretary;
	TRY(meeting_create(p->c, m));
	return step(p, STEP_SCHEDULE, "Thông báo số 12-TB/ĐU");
}

static fail invite_guest(struct play *p)
{
	struct guest g;

	record_clear(&guest_record, &g);
	g.meeting_id = p->m.id;
	g.name = "Đỗ Thị Thanh Tâm";
	g.function = "Ủy viên Ban Thường vụ Đảng ủy xã";
	g.kind = GUEST_ASSIGNED;
	g.present = INT_UNKNOWN;
	TRY(guest_invite(p->c, p->m.id, "", &g));
	p->guest = g.id;
	return FAIL_OK;
}

static fail hold_pre_meeting(struct play *p)
{
	struct pre_meeting pre, stored;
	struct pre_people people;
	enum pre_need need;

	TRY(say(p, TEXT_PRE_RESULTS, "Tháng trước chi bộ hoàn thành hầu hết nhiệm vụ; việc vận động làm nhà vệ sinh còn chậm."));
	TRY(say(p, TEXT_PRE_TASKS, "Vận động làm nhà vệ sinh hợp chuẩn; dọn vệ sinh đường thôn; nhắc nộp đảng phí quý."));
	TRY(say(p, TEXT_PRE_AGENDA, "Theo quy trình sinh hoạt thường kỳ."));
	TRY(say(p, TEXT_PRE_POINTS, "Làm thế nào để các hộ còn lại có nhà vệ sinh hợp chuẩn trước Tết?"));
	TRY(say(p, TEXT_PRE_DRAFT, "Nghị quyết tháng gồm ba nhiệm vụ, phân công đến từng đảng viên."));
	TRY(pre_meeting_of(p->c, &p->m, &pre, &people, &need));
	pre.starts_at = call_local(p->c->now_ms);
	pre.ends_at = pre.starts_at;
	pre.starts_at.minutes -= 45;
	pre.place = "Nhà văn hóa thôn";
	pre.chair_id = p->secretary;
	pre.minute_taker_id = p->taker;
	TRY(pre_meeting_save(p->c, p->m.id, &pre, &people, &stored, &p->found));
	return pre_meeting_sign(p->c, p->m.id, pre.rev, p->c->today, &p->m, &p->found);
}

static fail add_paper(struct play *p, const char *purpose, const char *subject, int64_t *id)
{
	struct document d;

	record_clear(&document_record, &d);
	d.unit_id = p->m.unit_id;
	d.meeting_id = p->m.id;
	d.purpose = purpose;
	d.subject = subject;
	d.secrecy = SECRECY_OPEN;
	d.author_id = p->secretary;
	d.state = DOCUMENT_DRAFT;
	TRY(document_create(p->c, &d));
	*id = d.id;
	return FAIL_OK;
}

static fail send_papers(struct play *p)
{
	int64_t documents[3] = { NOTICE }, sent;
	struct sending_order order = {
		.meeting_id = p->m.id, .documents = documents, .document_n = 3, .channel = CHANNEL_PAPER, .told_by = "", .at = MOMENT_NONE
	};

	TRY(add_paper(p, "guide", "Gợi ý thảo luận: vận động làm nhà vệ sinh hợp chuẩn", &documents[1]));
	TRY(add_paper(p, "draft_resolution", "Dự thảo nghị quyết tháng", &documents[2]));
	return sending_send(p->c, &order, &sent);
}

static fail prepare(struct play *p, int64_t unit)
{
	struct agenda agenda;

	at(p, -14 * DAY);
	TRY(find_people(p, unit));
	TRY(register_day(p, unit));
	at(p, -4 * DAY);
	TRY(invite_guest(p));
	TRY(agenda_propose(p->c, p->m.id, &agenda));
	TRY(hold_pre_meeting(p));
	at(p, -2 * DAY);
	TRY(send_papers(p));
	return step(p, STEP_PREPARE, "");
}

/* ---------------------------------------------------------------- in the room */

static fail call_roll(struct play *p)
{
	struct call *c = p->c;
	struct attendances rows = { ARENA_ARRAY(c->arena, p->roll.n + 1, struct attendance), 0 };
	int excused = 2, late = 1;

	for (size_t i = 0; i < p->roll.n; i++) {
		const struct roll_member *who = &p->roll.v[i];
		bool away = excused && who->id != p->secretary && who->id != p->taker;
		struct attendance a = {
			.member_id = who->id, .member_code = who->code, .status = ATTENDANCE_PRESENT, .mode = MODE_IN_PERSON, .arrived_at = MOMENT_NONE
		};

		if (!member_is_expected(who->status))
			continue;
		if (away) {
			a.status = ATTENDANCE_EXCUSED;
			a.mode = MODE_NONE;
			excused--;
		}
		if (!away && late && who->id != p->secretary && who->id != p->taker) {
			a.arrived_at.minutes = p->m.starts_at.minutes + 20;
			late--;
		}
		rows.v[rows.n++] = a;
	}
	return attendance_replace(c, p->m.id, ANY_REV, &rows, &p->m, &p->found);
}

static fail vote_by_hand(struct play *p, unsigned subject, const char *title)
{
	struct vote v = { .meeting_id = p->m.id, .subject = subject, .title = title, .method = METHOD_HAND };
	struct teller count[2];
	struct voters all;

	TRY(voters_of(p->c, &p->m, &all));
	TRY(vote_call(p->c, &v));
	for (int i = 0; i < 2; i++)
		count[i] = (struct teller){
			.teller = i + 1, .member_id = all.v[i]->id, .in_favour = (int64_t)all.n - 1, .against = 0, .abstain = 1, .invalid = 0
		};
	return vote_count(p->c, v.id, ANY_REV, count, (int64_t)all.n, &v, &p->found);
}

/* The cell chooses who writes the minutes. */
static fail vote_on_taker(struct play *p)
{
	struct vote v = { .meeting_id = p->m.id, .subject = SUBJECT_MINUTE_TAKER, .member_id = p->taker, .method = METHOD_HAND };
	struct teller count[2];
	struct voters all;

	TRY(voters_of(p->c, &p->m, &all));
	TRY(vote_call(p->c, &v));
	for (int i = 0; i < 2; i++)
		count[i] = (struct teller){ .teller = i + 1, .member_id = all.v[i]->id, .in_favour = (int64_t)all.n };
	return vote_count(p->c, v.id, ANY_REV, count, (int64_t)all.n, &v, &p->found);
}

/* A secret ballot on devices: whom the cell proposes as the active citizen of the year. */
static fail vote_in_secret(struct play *p)
{
	struct vote v = { .meeting_id = p->m.id,
		              .subject = SUBJECT_OTHER,
		              .title = "Giới thiệu quần chúng ưu tú bồi dưỡng kết nạp Đảng",
		              .method = METHOD_DEVICE };
	struct voters all;

	TRY(voters_of(p->c, &p->m, &all));
	TRY(vote_call(p->c, &v));
	TRY(ballot_begin(p->c, &v));
	for (size_t i = 0; i < all.n; i++)
		TRY(ballot_cast(p->c, v.id, all.v[i]->id, i % 8 == 7 ? BALLOT_ABSTAIN : i % 8 == 5 ? BALLOT_AGAINST : BALLOT_IN_FAVOUR));
	return ballot_close(p->c, v.id, &v);
}

static fail give_tasks(struct play *p)
{
	static const char *const titles[] = { "Vận động 5 hộ làm nhà vệ sinh hợp chuẩn", "Dọn vệ sinh đường thôn sáng thứ Bảy",
		                                  "Nhắc nộp đảng phí quý", "Chuẩn bị nội dung họp thôn" };

	for (size_t i = 0; i < 4 && i + 3 < p->roll.n; i++) {
		struct task t;

		record_clear(&task_record, &t);
		t.meeting_id = p->m.id;
		t.title = titles[i];
		t.member_id = p->roll.v[i + 3].id;
		t.due_on.days = meeting_day(&p->m).days + 20 + (int32_t)i;
		TRY(task_create(p->c, &t));
	}
	return FAIL_OK;
}

static fail write_texts(struct play *p)
{
	TRY(say(p, TEXT_REASON, "Sinh hoạt chi bộ thường kỳ."));
	TRY(say(p, TEXT_DUES, "Đảng viên đã đóng đảng phí đầy đủ, đúng kỳ hạn."));
	TRY(say(p, TEXT_ASSESSMENT, "Chi bộ hoàn thành hầu hết nhiệm vụ tháng trước; vệ sinh môi trường có chuyển biến rõ."));
	TRY(say(p, TEXT_COMMENDATION, "Biểu dương nhóm vận động hiến đất mở rộng đường thôn."));
	TRY(say(p, TEXT_REMINDER, "Nhắc nhở nhóm phụ trách điện chiếu sáng làm đúng thời hạn."));
	TRY(say(p, TEXT_WEAKNESSES, "Vận động làm nhà vệ sinh còn chậm."));
	TRY(say(p, TEXT_CAUSES, "Chưa phân công đến từng hộ."));
	TRY(say(p, TEXT_DIRECTION, "Hoàn thành nhà vệ sinh hợp chuẩn ở các hộ còn lại; giữ đường thôn sạch."));
	TRY(say(p, TEXT_EXECUTION, "Chi ủy phân công đảng viên phụ trách nhóm hộ, báo cáo tại kỳ sinh hoạt tới."));
	TRY(say(p, TEXT_DISCUSSION, "Chi bộ thống nhất các nhiệm vụ và thời hạn."));
	TRY(say(p, TEXT_GUEST, "Đề nghị chi bộ quan tâm tạo nguồn kết nạp đảng viên."));
	return say(p, TEXT_CONCLUSION, "Chi bộ thống nhất nghị quyết tháng với ba nhiệm vụ trọng tâm.");
}

static fail meet(struct play *p)
{
	struct meeting stored;
	struct call *c = p->c;

	at(p, 0);
	TRY(step(p, STEP_OPEN, ""));
	TRY(call_roll(p));
	TRY(guest_came(c, p->m.id, p->guest, 1, p->m.starts_at));
	TRY(vote_on_taker(p));
	TRY(vote_by_hand(p, SUBJECT_AGENDA, "Thông qua chương trình"));
	at(p, 80);
	TRY(db_exec(c, &Q_demo_tick, ARGS(V(p->m.realm), V(p->m.id)), NULL));
	TRY(give_tasks(p));
	TRY(write_texts(p));
	TRY(vote_in_secret(p));
	TRY(vote_by_hand(p, SUBJECT_RESOLUTION, "Thông qua nghị quyết tháng"));
	at(p, 95);
	TRY(meeting_by_id(c, p->m.id, &p->m));
	p->m.speakers = p->m.present / 2;
	p->m.ends_at.minutes = p->m.starts_at.minutes + 95;
	TRY(meeting_update(c, &p->m, &stored));
	return step(p, STEP_CLOSE, "");
}

/* ---------------------------------------------------------------- the score, the papers, the decision */

/* Judged lines get their maximum, less half a point on each `every`-th of them. */
static fail judge(struct play *p, int every, struct judged *out)
{
	struct score_draft draft;
	struct judged_line *v;
	size_t n = 0;

	TRY(score_draft(p->c, &p->m, JUDGED_NONE, &draft));
	v = ARENA_ARRAY(p->c->arena, draft.sheet.n + 1, struct judged_line);
	for (size_t i = 0; i < draft.sheet.n; i++) {
		const struct scored_line *l = &draft.sheet.lines[i];

		if (l->state != LINE_UNJUDGED || !tenths_is(l->max))
			continue;
		v[n] = (struct judged_line){ l->id, { l->max.t - (n % (size_t)every == 0 ? 5 : 0) } };
		n++;
	}
	*out = (struct judged){ v, n };
	return FAIL_OK;
}

static fail keep_stage(struct play *p, enum score_stage stage, int every, const char *reason)
{
	struct score_request rq = {
		.meeting_id = p->m.id, .stage = stage, .reason = reason, .followed_by = stage == STAGE_SELF ? p->taker : 0
	};
	struct score_sheet sheet;

	TRY(judge(p, every, &rq.judged));
	return score_save(p->c, &rq, &p->m, &sheet, &p->found);
}

static fail score_and_vote(struct play *p)
{
	struct guest_request guest = { .meeting_id = p->m.id, .guest_id = p->guest, .procedure_ok = 1, .remark = "" };
	struct score_sheet sheet;

	TRY(keep_stage(p, STAGE_SELF, 4, ""));
	TRY(vote_by_hand(p, SUBJECT_SCORE, "Điểm và xếp loại buổi sinh hoạt"));
	TRY(say(p, TEXT_SCORE_WEAKNESSES, "Còn ít ý kiến góp vào giải pháp."));
	TRY(say(p, TEXT_SCORE_REMEDY, "Gửi gợi ý thảo luận sớm hơn, phân công người chuẩn bị ý kiến."));
	TRY(keep_stage(p, STAGE_VOTED, 3, ""));
	return score_guest(p->c, &guest, &p->m, &sheet, &p->found);
}

static fail make_term(struct play *p)
{
	struct term t = { .unit_id = p->m.unit_id, .name = "" };
	int year;

	if (term_on(p->c, p->m.unit_id, meeting_day(&p->m), &t) == FAIL_OK)
		return FAIL_OK;
	problem_clear(p->c);
	date_split(meeting_day(&p->m), &year, &(int){ 0 }, &(int){ 0 });
	t = (struct term){ .unit_id = p->m.unit_id, .name = "", .valid_from = date_of(year - 1, 1, 1), .valid_to = date_of(year + 1, 12, 31) };
	return term_save(p->c, &t);
}

static fail close_papers(struct play *p)
{
	struct resolution_issue issue = { .meeting_id = p->m.id, .dated_on = DATE_NONE, .signer = "" };
	struct document d;

	TRY(make_term(p));
	TRY(vote_by_hand(p, SUBJECT_MINUTES, "Thông qua biên bản"));
	TRY(minutes_approve(p->c, p->m.id, ANY_REV, call_local(p->c->now_ms), &p->m));
	TRY(minutes_sign(p->c, p->m.id, ANY_REV, meeting_day(&p->m), &p->m, &d));
	return resolution_issue(p->c, &issue, &d);
}

static fail decide_and_appeal(struct play *p)
{
	struct appeal a;

	TRY(keep_stage(p, STAGE_DECIDED, 1, "Nội dung thảo luận chưa sâu, kết luận còn chung chung"));
	if (!at(p, 6 * DAY))
		return FAIL_OK;
	TRY(appeal_make(p->c, p->m.id, ANY_REV,
	                "Chi bộ đã thảo luận theo gợi ý gửi trước, có 50% đảng viên phát biểu; đề nghị giữ điểm chi bộ đã biểu quyết.",
	                TENTHS_NONE, &p->m, &a));
	if (!at(p, 12 * DAY))
		return FAIL_OK;
	struct appeal_reply reply = {
		.meeting_id = p->m.id, .seq = a.seq, .changed = true, .answer = "Chấp nhận: biên bản ghi rõ kết luận từng nội dung"
	};

	TRY(judge(p, 3, &reply.judged));
	return appeal_answer(p->c, &reply, &p->m, &p->found);
}

/* What fell due until today was done a day early. */
static fail finish_tasks(struct play *p)
{
	struct tasks all;
	struct task stored;

	TRY(tasks_of_meeting(p->c, &p->m, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct task *t = &all.v[i];

		if (t->due_on.days > p->c->today.days)
			continue;
		t->done_on.days = t->due_on.days - 1;
		t->result = TASK_DONE;
		TRY(task_update(p->c, t, &stored));
	}
	return FAIL_OK;
}

static fail play(struct play *p, int64_t unit)
{
	TRY(prepare(p, unit));
	if (!at(p, 120)) /* it is tonight: prepared, and that is how far it is */
		return FAIL_OK;
	TRY(meet(p));
	TRY(score_and_vote(p));
	TRY(close_papers(p));
	if (!at(p, DAY))
		return FAIL_OK;
	TRY(papers_report(p->c, p->m.id, ANY_REV, call_local(p->c->now_ms), &p->m));
	return at(p, 4 * DAY) ? decide_and_appeal(p) : FAIL_OK;
}

fail demo_record_whole(struct call *c, int64_t unit, const struct meeting_model *model)
{
	struct play p = { .c = c, .model = model, .real = call_local(c->now_ms) };
	fail f = play(&p, unit);

	call_set_now(c, p.real);
	return f == FAIL_OK ? finish_tasks(&p) : f;
}
