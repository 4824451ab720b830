/* facts_year.c — the words of facts_year.h, and which of its facts may not pass another. */
#include "rules/facts_year.h"

#define YEAR_LABEL_months_due { "số tháng phải sinh hoạt", "months in which a meeting was due" }
#define YEAR_LABEL_months_held { "số tháng đã sinh hoạt", "months with a regular meeting" }
#define YEAR_LABEL_months_missed { "số tháng không sinh hoạt", "months without a regular meeting" }
#define YEAR_LABEL_months_missed_unexplained { "số tháng không sinh hoạt mà không có lý do được chấp thuận", "months without a regular meeting and without an approved reason" }
#define YEAR_LABEL_quarters_due { "số quý phải có sinh hoạt chuyên đề", "quarters in which a thematic meeting was due" }
#define YEAR_LABEL_quarters_thematic { "số quý có sinh hoạt chuyên đề", "quarters with a thematic meeting" }
#define YEAR_LABEL_expected { "tổng số lượt phải dự sinh hoạt", "attendances expected over the year" }
#define YEAR_LABEL_present { "tổng số lượt có mặt", "attendances over the year" }
#define YEAR_LABEL_meetings { "số cuộc sinh hoạt", "meetings held" }
#define YEAR_LABEL_meetings_prepared { "số cuộc có họp chi ủy trước", "meetings with a committee pre-meeting" }
#define YEAR_LABEL_meetings_documents_ahead { "số cuộc gửi tài liệu trước", "meetings with documents sent beforehand" }
#define YEAR_LABEL_meetings_not_scored_at_once { "số cuộc không chấm điểm ngay tại buổi họp", "meetings not scored in the same sitting" }
#define YEAR_LABEL_meetings_papers_complete { "số cuộc có biên bản, nghị quyết đầy đủ, đúng hạn", "meetings with complete minutes and resolution, uploaded on time" }
#define YEAR_LABEL_class_good { "chất lượng sinh hoạt cả năm xếp loại Tốt", "the year class of the meetings is Good" }
#define YEAR_LABEL_class_fair { "chất lượng sinh hoạt cả năm xếp loại Khá trở lên", "the year class of the meetings is Fair or better" }
#define YEAR_LABEL_programme_issued { "đã ban hành chương trình công tác năm", "the programme of the year was issued" }
#define YEAR_LABEL_programme_day { "ngày thứ mấy trong năm ban hành chương trình công tác", "day of the year on which the programme was issued" }
#define YEAR_LABEL_founded_day { "ngày thứ mấy trong năm thành lập (1 nếu đã có từ trước)", "day of the year it was founded on (1 if it existed before)" }
#define YEAR_LABEL_targets_assigned { "số chỉ tiêu được giao", "targets assigned" }
#define YEAR_LABEL_targets_reached { "số chỉ tiêu đạt", "targets reached" }
#define YEAR_LABEL_tasks_due { "số nhiệm vụ đến hạn", "tasks due" }
#define YEAR_LABEL_tasks_on_time { "số nhiệm vụ hoàn thành đúng hạn", "tasks done on time" }
#define YEAR_LABEL_tasks_done { "số nhiệm vụ đã hoàn thành", "tasks done" }
#define YEAR_LABEL_tasks_late { "số nhiệm vụ chậm hạn", "tasks that are late" }
#define YEAR_LABEL_tasks_above_requirement { "số nhiệm vụ hoàn thành vượt mức yêu cầu", "tasks done above requirement" }
#define YEAR_LABEL_initiatives { "số sáng kiến được công nhận", "recognised initiatives" }
#define YEAR_LABEL_initiatives_required { "số sáng kiến cần có", "initiatives required" }
#define YEAR_LABEL_members { "số đảng viên", "members" }
#define YEAR_LABEL_working_rules_valid { "quy chế làm việc của nhiệm kỳ còn hiệu lực", "working rules of the term are in force" }
#define YEAR_LABEL_disciplined { "số quyết định kỷ luật trong năm", "decisions on discipline in the year" }
#define YEAR_LABEL_leaders_disciplined { "số lãnh đạo bị kỷ luật trong năm", "leaders disciplined in the year" }
#define YEAR_LABEL_units_disciplined { "số tổ chức bị kỷ luật trong năm", "bodies disciplined in the year" }
#define YEAR_LABEL_inspections_planned { "số cuộc kiểm tra, giám sát theo kế hoạch", "inspections and supervisions planned" }
#define YEAR_LABEL_inspections_done { "số cuộc kiểm tra, giám sát đã thực hiện", "inspections and supervisions carried out" }
#define YEAR_LABEL_reports_due { "số báo cáo đến hạn", "reports due" }
#define YEAR_LABEL_reports_on_time { "số báo cáo gửi đúng hạn", "reports sent on time" }
#define YEAR_LABEL_members_classified { "số đảng viên được xếp loại", "members classified" }
#define YEAR_LABEL_members_good { "số đảng viên hoàn thành tốt nhiệm vụ trở lên", "members classified Good or better" }
#define YEAR_LABEL_members_not_completed { "số đảng viên không hoàn thành nhiệm vụ", "members classified “not completed”" }
#define YEAR_LABEL_members_to_assign { "số đảng viên cần được phân công nhiệm vụ", "members who need an assigned task" }
#define YEAR_LABEL_members_with_task { "số đảng viên đã được phân công nhiệm vụ", "members with an assigned task" }
#define YEAR_LABEL_leaders { "số bí thư, phó bí thư, chi ủy viên", "secretary, deputies and committee members" }
#define YEAR_LABEL_leaders_trained { "số bí thư, phó bí thư, chi ủy viên được bồi dưỡng", "of these trained this year" }
#define YEAR_LABEL_admissions_aim_set { "được giao chỉ tiêu kết nạp đảng viên", "an aim of new members was set" }
#define YEAR_LABEL_admissions_aim { "chỉ tiêu kết nạp đảng viên", "aim of new members" }
#define YEAR_LABEL_admissions { "số đảng viên mới kết nạp", "members admitted" }
#define YEAR_LABEL_feedback_received { "số phản ánh, kiến nghị đến hạn trả lời", "feedback whose answer fell due" }
#define YEAR_LABEL_feedback_on_time { "số phản ánh, kiến nghị được trả lời đúng hạn", "feedback answered on time" }
#define YEAR_LABEL_level_good { "tổ chức được xếp loại hoàn thành tốt nhiệm vụ trở lên", "the unit is classified Good or better" }
#define YEAR_LABEL_four_good_met { "đạt chuẩn “bốn tốt”", "the “four good” standard is met" }
#define YEAR_LABEL_is_cell { "là chi bộ", "it is a cell" }
#define YEAR_LABEL_is_agency { "là cơ quan", "it is an agency" }
#define YEAR_LABEL_is_public_service { "là đơn vị sự nghiệp", "it is a public service unit" }
#define YEAR_LABEL_is_enterprise { "là doanh nghiệp", "it is an enterprise" }
#define YEAR_LABEL_is_village { "là thôn, tổ dân phố", "it is a village or residential unit" }
#define YEAR_LABEL_is_armed_forces { "là lực lượng vũ trang", "it belongs to the armed forces" }
#define YEAR_LABEL_is_students { "là chi bộ sinh viên, học sinh", "it is a unit of students" }
#define YEAR_LABEL_committee_months_due { "số tháng cấp ủy phải họp", "months in which the committee had to meet" }
#define YEAR_LABEL_committee_months_met { "số tháng cấp ủy đã họp", "months in which the committee met" }
#define YEAR_LABEL_cells { "số chi bộ trực thuộc", "subordinate cells" }
#define YEAR_LABEL_cells_class_good { "số chi bộ có chất lượng sinh hoạt cả năm xếp loại Tốt", "cells whose year class is Good" }
#define YEAR_LABEL_cells_four_good { "số chi bộ đạt chuẩn “bốn tốt”", "cells that meet the “four good” standard" }
#define YEAR_LABEL_turns_required { "số lượt cấp ủy viên phải dự sinh hoạt chi bộ", "attendances at cell meetings required of committee members" }
#define YEAR_LABEL_turns_realised { "số lượt cấp ủy viên đã dự sinh hoạt chi bộ", "attendances at cell meetings by committee members" }

#define PERSON_LABEL_months_member { "số tháng sinh hoạt tại chi bộ trong năm", "months of the year in the unit" }
#define PERSON_LABEL_is_leader { "giữ chức vụ lãnh đạo", "holds a post of leadership" }
#define PERSON_LABEL_tasks_due { "số nhiệm vụ đến hạn", "tasks due" }
#define PERSON_LABEL_tasks_on_time { "số nhiệm vụ hoàn thành đúng hạn", "tasks done on time" }
#define PERSON_LABEL_tasks_done { "số nhiệm vụ đã hoàn thành", "tasks done" }
#define PERSON_LABEL_tasks_late { "số nhiệm vụ chậm hạn", "tasks that are late" }
#define PERSON_LABEL_tasks_above_requirement { "số nhiệm vụ hoàn thành vượt mức yêu cầu", "tasks done above requirement" }
#define PERSON_LABEL_expected { "số cuộc sinh hoạt phải dự", "meetings the member had to attend" }
#define PERSON_LABEL_present { "số cuộc sinh hoạt có mặt", "meetings attended" }
#define PERSON_LABEL_unexcused { "số lần vắng không lý do", "unexcused absences" }
#define PERSON_LABEL_undertakings { "số nội dung cam kết trong năm", "undertakings of the year" }
#define PERSON_LABEL_undertakings_done { "số nội dung cam kết đã thực hiện", "undertakings kept" }
#define PERSON_LABEL_initiatives { "số sáng kiến được công nhận", "recognised initiatives" }
#define PERSON_LABEL_trained { "đã được bồi dưỡng trong năm", "was trained this year" }

static const struct rule_fact year_facts[YEAR_FACT_COUNT] = {
#define X(name, type, least) { #name, FACT_TYPE_##type, least, YEAR_LABEL_##name },
	YEAR_FACT_LIST(X)
#undef X
};

static const unsigned char year_pairs[][2] = {
	{ YEAR_months_held, YEAR_months_due },
	{ YEAR_months_missed, YEAR_months_due },
	{ YEAR_months_missed_unexplained, YEAR_months_missed },
	{ YEAR_quarters_thematic, YEAR_quarters_due },
	{ YEAR_present, YEAR_expected },
	{ YEAR_meetings_prepared, YEAR_meetings },
	{ YEAR_meetings_documents_ahead, YEAR_meetings },
	{ YEAR_meetings_not_scored_at_once, YEAR_meetings },
	{ YEAR_meetings_papers_complete, YEAR_meetings },
	{ YEAR_targets_reached, YEAR_targets_assigned },
	{ YEAR_tasks_on_time, YEAR_tasks_due },
	{ YEAR_tasks_done, YEAR_tasks_due },
	{ YEAR_tasks_on_time, YEAR_tasks_done },
	{ YEAR_tasks_late, YEAR_tasks_due },
	{ YEAR_tasks_above_requirement, YEAR_tasks_due },
	{ YEAR_inspections_done, YEAR_inspections_planned },
	{ YEAR_reports_on_time, YEAR_reports_due },
	{ YEAR_members_good, YEAR_members_classified },
	{ YEAR_members_not_completed, YEAR_members_classified },
	{ YEAR_members_with_task, YEAR_members_to_assign },
	{ YEAR_leaders_trained, YEAR_leaders },
	{ YEAR_feedback_on_time, YEAR_feedback_received },
	{ YEAR_class_good, YEAR_class_fair },
	{ YEAR_committee_months_met, YEAR_committee_months_due },
	{ YEAR_cells_class_good, YEAR_cells },
	{ YEAR_cells_four_good, YEAR_cells },
};

const struct fact_book FACTS_OF_YEAR = {
	"year", { "của một năm của tổ chức", "of the year of a unit" }, year_facts, YEAR_FACT_COUNT, year_pairs, sizeof year_pairs / sizeof *year_pairs,
	FACT_BIT(YEAR_is_agency) | FACT_BIT(YEAR_is_public_service) | FACT_BIT(YEAR_is_enterprise) |
		FACT_BIT(YEAR_is_village) | FACT_BIT(YEAR_is_armed_forces) | FACT_BIT(YEAR_is_students),
};

static const struct rule_fact person_facts[PERSON_FACT_COUNT] = {
#define X(name, type, least) { #name, FACT_TYPE_##type, least, PERSON_LABEL_##name },
	PERSON_FACT_LIST(X)
#undef X
};

static const unsigned char person_pairs[][2] = {
	{ PERSON_tasks_on_time, PERSON_tasks_due },
	{ PERSON_tasks_done, PERSON_tasks_due },
	{ PERSON_tasks_on_time, PERSON_tasks_done },
	{ PERSON_tasks_late, PERSON_tasks_due },
	{ PERSON_tasks_above_requirement, PERSON_tasks_due },
	{ PERSON_present, PERSON_expected },
	{ PERSON_unexcused, PERSON_expected },
	{ PERSON_undertakings_done, PERSON_undertakings },
};

const struct fact_book FACTS_OF_PERSON = {
	"person", { "của một năm của đảng viên", "of the year of a member" }, person_facts, PERSON_FACT_COUNT, person_pairs, sizeof person_pairs / sizeof *person_pairs,
	0,
};
