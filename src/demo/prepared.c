/* prepared.c — a meeting before it is held: who is invited, what the committee resolved, what there is to read, who knows of it. */
#include "demo/prepared.h"

#include <string.h>

#include "document/paper.h"
#include "meeting/agenda.h"
#include "meeting/guest.h"
#include "meeting/pre_meeting.h"
#include "meeting/sending.h"
#include "meeting/text.h"

enum { NOT_TOLD = 3 };

static fail invite(struct call *c, int64_t id)
{
	struct guest g = { .name = "Bùi Xuân Sơn", .function = "Phó bí thư Đảng ủy xã", .contact = "", .kind = GUEST_ASSIGNED };

	return guest_invite(c, id, "", &g);
}

/* ---- the committee, on the evening before today ---- */

static const struct { enum meeting_text text; const char *value; } texts[] = {
	{ TEXT_PRE_RESULTS, "Các nhiệm vụ tháng trước cơ bản hoàn thành đúng hạn; công tác vệ sinh đường thôn còn chậm ở hai xóm ngoài." },
	{ TEXT_PRE_TASKS, "– Thu quỹ vì người nghèo, xong trước ngày 25\n– Rà soát hộ có nhà tiêu hợp vệ sinh\n– Gặp gỡ hai quần chúng ưu tú" },
	{ TEXT_PRE_POINTS, "Cách làm để các hộ tự phân loại rác; đảng viên phụ trách nhóm hộ nào." },
	{ TEXT_PRE_DRAFT, "Thống nhất dự thảo nghị quyết tháng, trình chi bộ thảo luận và biểu quyết." },
};

static fail write_texts(struct call *c, const struct meeting *m, const struct agenda *a)
{
	struct agenda_sums s = agenda_sums(a);
	const char *agenda = arena_printf(c->arena, "Thông qua chương trình: %lld mục, %lld phút.", (long long)s.items, (long long)s.planned_minutes);

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		TRY(meeting_text_save(c, m, texts[i].text, texts[i].value, ANY_TEXT_REV, NULL));
	return meeting_text_save(c, m, TEXT_PRE_AGENDA, agenda, ANY_TEXT_REV, NULL);
}

static fail confer(struct call *c, int64_t id, const struct agenda *a)
{
	struct meeting m;
	struct pre_meeting p, stored;
	struct pre_people people;
	struct flaws found = { 0 };
	enum pre_need need;

	TRY(meeting_by_id(c, id, &m));
	TRY(pre_meeting_of(c, &m, &p, &people, &need));
	if (people.n < 2)
		return FAIL_OK;
	p.starts_at.minutes = (c->today.days - 1) * INT64_C(1440) + 19 * 60;
	p.ends_at.minutes = p.starts_at.minutes + 70;
	p.place = m.place;
	p.chair_id = people.v[0].member_id;
	p.minute_taker_id = people.v[1].member_id;
	TRY(pre_meeting_save(c, id, &p, &people, &stored, &found));
	TRY(write_texts(c, &m, a));
	return pre_meeting_sign(c, id, p.rev, moment_date(p.starts_at), &m, &found);
}

/* ---- papers and notices ---- */

static const char guide[] =
	"GỢI Ý THẢO LUẬN\r\n\r\n1. Vì sao hai xóm ngoài thu gom rác còn chậm? Ai cùng làm với tổ tự quản?\r\n"
	"2. Đảng viên nhận giúp những hộ nào làm nhà tiêu hợp vệ sinh?\r\n3. Việc gì cần kiến nghị với đảng ủy xã?\r\n";
static const char draft[] =
	"DỰ THẢO NGHỊ QUYẾT\r\n\r\nI. Đánh giá tháng trước: hoàn thành các nhiệm vụ đề ra.\r\nII. Nhiệm vụ tháng tới: thu quỹ vì người nghèo; rà soát hộ có nhà tiêu hợp vệ sinh; "
	"gặp gỡ quần chúng ưu tú.\r\nIII. Tổ chức thực hiện: chi ủy phân công, chi bộ đánh giá tại kỳ họp sau.\r\n";

static fail put_up(struct call *c, int64_t meeting, unsigned purpose, const char *name, const char *text, size_t size, int64_t *id)
{
	struct file_taken file;
	struct paper out;
	struct paper_new p = { .meeting_id = meeting, .purpose = purpose, .secrecy = SECRECY_INTERNAL, .subject = "", .outside_no = "", .file = &file };

	TRY(file_take_bytes(c, text, size, name, &file));
	TRY(paper_add(c, &p, &out));
	*id = out.document.id;
	return FAIL_OK;
}

/* The notice by message, the papers on paper; a few people are left for whoever looks at the demonstration. */
static fail tell(struct call *c, int64_t id, const int64_t *papers, size_t paper_n)
{
	static const int64_t notice[] = { NOTICE };
	struct meeting m;
	struct told_people people;
	int64_t sent;

	TRY(meeting_by_id(c, id, &m));
	TRY(sending_people(c, &m, &people));
	const char **names = ARENA_ARRAY(c->arena, people.n + 1, const char *);
	struct sending_order o = { .meeting_id = id, .documents = notice, .document_n = 1, .people = names, .channel = CHANNEL_MESSAGE };

	o.at = (struct moment){ (c->today.days - 1) * INT64_C(1440) + 20 * 60 + 30 };
	for (size_t i = NOT_TOLD; i < people.n; i++)
		names[o.people_n++] = people.v[i].person;
	if (!o.people_n)
		return FAIL_OK;
	TRY(sending_send(c, &o, &sent));
	o.documents = papers;
	o.document_n = paper_n;
	o.channel = CHANNEL_PAPER;
	return sending_send(c, &o, &sent);
}

fail demo_prepare(struct call *c, int64_t meeting_id)
{
	struct agenda agenda;
	int64_t papers[2];

	TRY(invite(c, meeting_id));
	TRY(agenda_propose(c, meeting_id, &agenda));
	TRY(put_up(c, meeting_id, PAPER_GUIDE, "Gợi ý thảo luận.txt", guide, sizeof guide - 1, &papers[0]));
	TRY(put_up(c, meeting_id, PAPER_DRAFT, "Dự thảo nghị quyết.txt", draft, sizeof draft - 1, &papers[1]));
	TRY(confer(c, meeting_id, &agenda));
	return tell(c, meeting_id, papers, 2);
}
