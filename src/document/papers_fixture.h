/* papers_fixture.h — the full meeting of the domain guide (section 10) with everything its papers tell: texts, guest, votes, tasks, sheets. For tests. */
#ifndef CHIBO_DOCUMENT_PAPERS_FIXTURE_H
#define CHIBO_DOCUMENT_PAPERS_FIXTURE_H

#include "document/context.h"
#include "score/closing_fixture.h"

static const char *const fixture_names[22] = {
	"Lò Văn Hặc",       "Nguyễn Thị Thúy Hằng", "Hoàng Văn Chuyền", "Đặng Quỳnh Ưởng", "Lường Thị Ỉnh",  "Cầm Bá Thược",  "Quàng Văn Đôi", "Vì Thị Phượng",
	"Trần Quốc Khánh",  "Bạc Cầm Sương",        "Phạm Ngọc Diễm",   "Tòng Văn Ngoan",  "Mùi Thị Xuyến",  "Lê Đức Thuận",  "Đinh Công Vỹ",  "Hà Thị Huệ",
	"Nguyễn Hữu Nghĩa", "Sa Văn Kỷ",            "Bùi Thị Mỹ Duyên", "Ngô Xuân Bảo",    "Lò Thị Yêu",     "Vàng A Súa",
};

static inline void fixture_text(struct call *c, const struct meeting *m, enum meeting_text t, const char *value)
{
	assert_ok(c, meeting_text_save(c, m, t, value, ANY_TEXT_REV, NULL));
}

static inline void fixture_all_texts(struct call *c, const struct meeting *m)
{
	fixture_text(c, m, TEXT_REASON, "Sinh hoạt thường kỳ tháng 11/2025.");
	fixture_text(c, m, TEXT_DUES, "Đảng phí tháng 11 đã nộp đủ.");
	fixture_text(c, m, TEXT_ASSESSMENT, "Chi bộ đã lãnh đạo hoàn thành 7/8 nhiệm vụ đề ra.\nCông tác vệ sinh môi trường có chuyển biến rõ.");
	fixture_text(c, m, TEXT_COMMENDATION, "Đồng chí Cầm Bá Thược hoàn thành sớm việc vận động hiến đất.");
	fixture_text(c, m, TEXT_REMINDER, "Nhóm phụ trách đường điện thôn chậm so với thời hạn.");
	fixture_text(c, m, TEXT_WEAKNESSES, "Việc tu sửa đường điện còn chậm.");
	fixture_text(c, m, TEXT_CAUSES, "Chưa chủ động phối hợp với đơn vị quản lý điện.");
	fixture_text(c, m, TEXT_DIRECTION, "Tiếp tục vận động các hộ xây dựng nhà tiêu hợp vệ sinh; chuẩn bị tổng kết năm.");
	fixture_text(c, m, TEXT_EXECUTION, "Chi ủy phân công đảng viên phụ trách nhóm hộ, báo cáo kết quả tại kỳ sinh hoạt tháng 12/2025.");
	fixture_text(c, m, TEXT_DISCUSSION, "Chi bộ thống nhất các nhiệm vụ tháng 12/2025 và thời hạn thực hiện.");
	fixture_text(c, m, TEXT_SCORE_WEAKNESSES, "Thời lượng chưa đủ 90 phút.");
	fixture_text(c, m, TEXT_SCORE_REMEDY, "Bắt đầu đúng giờ, gửi tài liệu sớm hơn.");
	fixture_text(c, m, TEXT_PRE_RESULTS, "Tháng 10 chi bộ hoàn thành 7/8 nhiệm vụ.");
	fixture_text(c, m, TEXT_PRE_TASKS, "Vận động xây nhà tiêu hợp vệ sinh; trồng cây.");
	fixture_text(c, m, TEXT_PRE_AGENDA, "Thực hiện theo quy trình sinh hoạt thường kỳ.");
	fixture_text(c, m, TEXT_PRE_POINTS, "Giải pháp để các hộ còn lại có nhà tiêu hợp vệ sinh.");
	fixture_text(c, m, TEXT_PRE_DRAFT, "Dự thảo nghị quyết tháng 12/2025 gồm ba nhiệm vụ.");
}

/* People and units as they are called, instead of by their codes. */
static inline void fixture_rename(struct call *c)
{
	for (int i = 0; i < 22; i++)
		test_sql(c, arena_printf(c->arena, "UPDATE member SET full_name = '%s' WHERE code = 'V1-%02d'", fixture_names[i], i + 1));
	test_sql(c, "UPDATE unit_span SET name = 'Chi bộ bản Cải' WHERE unit_id = (SELECT id FROM unit WHERE code = 'V1')");
	test_sql(c, "UPDATE unit_span SET name = 'Đảng ủy xã Tường Hạ' WHERE unit_id = (SELECT id FROM unit WHERE code = 'X1')");
	test_sql(c, "UPDATE meeting SET place = 'Nhà văn hóa bản Cải' WHERE code = 'M11'");
	test_sql(c, "UPDATE meeting SET minute_taker_id = (SELECT id FROM member WHERE code = 'V1-04') WHERE code = 'M11'");
}

static inline void fixture_agenda_titles(struct call *c)
{
	static const char *const titles[16] = {
		"Nêu lý do, giới thiệu đại biểu", "Cử thư ký", "Điểm danh, thông báo tình hình đảng viên", "Thông báo tình hình nộp đảng phí", "Thông qua chương trình",
		"Thông tin thời sự, phổ biến văn bản mới", "Báo cáo kết quả tháng trước và từng nhiệm vụ được giao", "Kết quả công tác của đảng viên; biểu dương, nhắc nhở",
		"Vấn đề mới, khó; định hướng tư tưởng", "Thảo luận", "Tổng hợp, tiếp thu ý kiến", "Phân công nhiệm vụ", "Trả lời kiến nghị",
		"Kết luận; biểu quyết nghị quyết", "Chấm điểm, xếp loại buổi sinh hoạt", "Thông qua biên bản",
	};

	for (int i = 0; i < 16; i++)
		test_sql(c, arena_printf(c->arena, "UPDATE agenda_item SET title = '%s', planned_minutes = %d WHERE item = %d", titles[i], i < 5 ? 2 : 8, i + 1));
}

/* The meeting as it is when it has been scored and voted on, ready for its minutes. The clock stands at 20:25. */
static inline struct meeting fixture_papers(struct call *c)
{
	struct meeting m = fixture_room(c, "excused");
	struct score_request rq = { .meeting_id = m.id, .rev = ANY_REV, .stage = STAGE_SELF, .judged = JUDGED_OF_THE_EXAMPLE, .reason = "" };
	struct score_sheet s;
	struct flaws found;

	fixture_rename(c);
	fixture_agenda_titles(c);
	fixture_all_texts(c, &m);
	fixture_row(c, &m, "meeting_guest", "id, name, function, kind, present, remark",
	            "701, 'Đỗ Thị Thanh Tâm', 'Ủy viên Ban Thường vụ Đảng ủy xã', 'assigned', 1, 'Đề nghị chi bộ quan tâm tạo nguồn kết nạp đảng viên.'");
	fixture_row(c, &m, "sending", "document_id, person, channel, sent_at, sent_by", "0, 'g701', 'paper', '2025-10-31T08:00', 'bithu'");
	fixture_row(c, &m, "vote", "id, subject, title, rule, method, base, in_favour, against, abstain, result, closed_at",
	            "602, 'score', 'Chấm điểm, xếp loại', 'majority', 'hand', 19, 17, 0, 0, 'adopted', '2025-11-03T20:18'");
	test_sql(c, "UPDATE vote SET title = 'Thông qua nghị quyết tháng 11/2025' WHERE id = 601");
	test_sql(c, "UPDATE task SET measure = '200 cây', report_at = 'tháng 12/2025' WHERE title = 'Trồng cây'");
	test_sql(c, "UPDATE pre_meeting SET ends_at = '2025-11-01T20:00', chair_id = (SELECT id FROM member WHERE code = 'V1-01'), "
	            "minute_taker_id = (SELECT id FROM member WHERE code = 'V1-04')");
	for (int i = 1; i <= 4; i += 3)
		test_sql(c, arena_printf(c->arena,
		                         "INSERT INTO pre_meeting_person (realm, meeting_id, member_id, present) SELECT %lld, %lld, id, 1 FROM member WHERE code = "
		                         "'V1-%02d'",
		                         (long long)m.realm, (long long)m.id, i));
	assert_ok(c, score_save(c, &rq, &m, &s, &found));
	rq.stage = STAGE_VOTED;
	rq.keep_judged = true;
	assert_ok(c, score_save(c, &rq, &m, &s, &found));
	return m;
}

static inline void fixture_term(struct call *c, int64_t unit)
{
	struct term t = { .unit_id = unit, .name = "", .valid_from = date_of(2025, 6, 1), .valid_to = date_of(2027, 5, 31) };

	assert_ok(c, term_save(c, &t));
}

#endif
