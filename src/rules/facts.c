/* facts.c — the facts of a meeting with their words, and what may be asked of any book. Those of a year are in facts_year.c. */
#include "rules/facts.h"

#include <string.h>

#define LABEL_required_minutes { "số phút yêu cầu", "required minutes" }
#define LABEL_held_minutes { "số phút đã họp", "minutes held" }
#define LABEL_expected { "số người phải dự", "members expected" }
#define LABEL_present { "số người có mặt", "members present" }
#define LABEL_excused { "vắng có lý do", "excused absences" }
#define LABEL_unexcused { "vắng không lý do", "unexcused absences" }
#define LABEL_longest_excused_run { "số lần vắng có lý do liên tiếp nhiều nhất", "longest run of excused absences" }
#define LABEL_has_committee { "có chi ủy", "the cell has a committee" }
#define LABEL_pre_meeting_held { "đã họp chi ủy trước", "a committee pre-meeting was held" }
#define LABEL_guide_and_draft_ready { "có gợi ý thảo luận và dự thảo", "discussion guide and draft are ready" }
#define LABEL_notified_all { "đã thông báo cho mọi người", "everybody was notified" }
#define LABEL_documents_lead_minutes { "số phút gửi tài liệu trước giờ họp", "minutes by which documents went out beforehand" }
#define LABEL_steps_required { "số bước quy trình bắt buộc", "mandatory procedure steps" }
#define LABEL_steps_done { "số bước quy trình đã làm", "procedure steps done" }
#define LABEL_thematic_held { "có phần chuyên đề", "a thematic part was held" }
#define LABEL_commendation_done { "đã biểu dương, nhắc nhở", "commendation and reminder were given" }
#define LABEL_speakers { "số người phát biểu", "members who spoke" }
#define LABEL_minute_fields_required { "số mục biên bản bắt buộc", "mandatory minute fields" }
#define LABEL_minute_fields_filled { "số mục biên bản đã ghi", "minute fields filled" }
#define LABEL_political_minutes { "số phút cho công tác tư tưởng, tự phê bình", "minutes for the political-work item" }
#define LABEL_documents_published { "đã đăng tải tài liệu", "documents were published" }
#define LABEL_tasks_due { "số nhiệm vụ đến hạn", "tasks due" }
#define LABEL_tasks_on_time { "số nhiệm vụ đúng hạn", "tasks on time" }
#define LABEL_concluded { "chủ trì đã kết luận", "the chair concluded" }
#define LABEL_resolution_adopted { "đã biểu quyết kết luận, nghị quyết", "a conclusion or resolution was adopted" }
#define LABEL_minutes_approved { "đã thông qua biên bản", "the minutes were approved" }
#define LABEL_tasks_with_person_and_deadline { "số nhiệm vụ có người và thời hạn", "tasks with a person and a deadline" }
#define LABEL_tasks_assigned { "số nhiệm vụ được giao", "tasks assigned" }
#define LABEL_upload_minutes_after_end { "số phút từ lúc kết thúc đến lúc đăng tải", "minutes from the end to the upload" }
#define LABEL_scored_same_sitting { "đã chấm điểm ngay tại cuộc họp", "the meeting was scored in the same sitting" }
#define LABEL_topic_in_plan { "chuyên đề có trong kế hoạch", "the topic stands in the plan" }
#define LABEL_draft_has_author { "dự thảo có người được phân công", "the draft has a named author" }
#define LABEL_draft_approved_by_committee { "chi ủy đã thông qua dự thảo", "the committee approved the draft" }
#define LABEL_aim_stated { "đã nêu mục đích, yêu cầu", "the aim was stated" }
#define LABEL_content_prepared_by_leader { "bí thư hoặc phó bí thư chuẩn bị nội dung", "secretary or deputy prepared the content" }

const struct rule_fact rule_facts[FACT_COUNT] = {
#define X(name, type, least) { #name, FACT_TYPE_##type, least, LABEL_##name },
	FACT_LIST(X)
#undef X
};

static const unsigned char pairs[][2] = {
	{ FACT_present, FACT_expected },
	{ FACT_unexcused, FACT_expected },
	{ FACT_excused, FACT_expected },
	{ FACT_speakers, FACT_present },
	{ FACT_steps_done, FACT_steps_required },
	{ FACT_minute_fields_filled, FACT_minute_fields_required },
	{ FACT_tasks_on_time, FACT_tasks_due },
	{ FACT_tasks_with_person_and_deadline, FACT_tasks_assigned },
};
const struct fact_book FACTS_OF_MEETING = { "meeting", { "của cuộc họp", "of a meeting" }, rule_facts, FACT_COUNT, pairs, sizeof pairs / sizeof *pairs, 0 };

const struct fact_book *const fact_books[] = { &FACTS_OF_MEETING, &FACTS_OF_YEAR, &FACTS_OF_PERSON, NULL };
const char *const unit_type_words[] = { "", "AG", "PS", "EN", "VR", "AF", "ST", NULL };

bool book_set(const struct fact_book *book, struct facts *facts, int f, int64_t value)
{
	int64_t most = book->facts[f].type == FACT_TYPE_YESNO ? 1 : FACT_LIMIT;

	if (value < book->facts[f].least || value > most)
		return false;
	facts->v[f] = value;
	facts->known |= FACT_BIT(f);
	return true;
}

int book_find(const struct fact_book *book, const char *name, size_t length)
{
	for (int f = 0; f < book->n; f++)
		if (strlen(book->facts[f].name) == length && memcmp(book->facts[f].name, name, length) == 0)
			return f;
	return -1;
}

int book_by_name(const struct fact_book *book, const char *name)
{
	return book_find(book, name, strlen(name));
}

bool book_agree(const struct fact_book *book, const struct facts *facts, int *part, int *whole)
{
	for (int i = 0; i < book->n_pairs; i++) {
		int a = book->pairs[i][0], b = book->pairs[i][1];

		if (!facts_know(facts, a) || !facts_know(facts, b) || facts->v[a] <= facts->v[b])
			continue;
		*part = a;
		*whole = b;
		return false;
	}
	return true;
}

void book_set_type(const struct fact_book *book, struct facts *facts, const char *type)
{
	int t = 1;

	for (int f = 0; f < book->n; f++)
		if (book->types & FACT_BIT(f))
			book_set(book, facts, f, strcmp(unit_type_words[t++], type) == 0);
}

bool facts_set(struct facts *facts, enum fact f, int64_t value)
{
	return book_set(&FACTS_OF_MEETING, facts, (int)f, value);
}

int fact_by_name(const char *name)
{
	return book_by_name(&FACTS_OF_MEETING, name);
}

bool facts_agree(const struct facts *facts, enum fact *part, enum fact *whole)
{
	int a = 0, b = 0;
	bool ok = book_agree(&FACTS_OF_MEETING, facts, &a, &b);

	*part = (enum fact)a;
	*whole = (enum fact)b;
	return ok;
}
