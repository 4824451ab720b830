/* target.c — exact comparison of a share with a threshold, and the whole numbers that meet it. */
#include "rules/target.h"

#include <string.h>

const char *const counter_words[] = {
#define X(name) #name,
	COUNTER_LIST(X)
#undef X
	NULL
};

const char *counter_title(enum counter counter, enum lang lang)
{
	static const char *const titles[COUNTER_COUNT][LANG_COUNT] = {
		[COUNTER_due] = { "tháng phải sinh hoạt", "months due" },
		[COUNTER_regular] = { "tháng đã sinh hoạt thường kỳ", "months with a regular meeting" },
		[COUNTER_cell_quarters] = { "quý của các chi bộ", "quarters of cells" },
		[COUNTER_thematic_quarters] = { "quý có sinh hoạt chuyên đề", "quarters with a thematic part" },
		[COUNTER_meetings] = { "cuộc họp chi bộ", "meetings" },
		[COUNTER_pre_meetings] = { "cuộc họp có họp chi ủy trước", "meetings with a committee pre-meeting" },
		[COUNTER_complete] = { "cuộc họp đủ quy trình và chấm điểm ngay", "complete meetings scored at once" },
		[COUNTER_present] = { "lượt có mặt", "attendances" },
		[COUNTER_expected] = { "lượt phải dự", "attendances expected" },
		[COUNTER_cell_years] = { "chi bộ có trong năm", "cells of the year" },
		[COUNTER_good_years] = { "chi bộ xếp loại năm Tốt", "cells of class Good for the year" },
		[COUNTER_self_scored] = { "cuộc họp tự chấm điểm", "meetings scored by the cell" },
		[COUNTER_self_good] = { "cuộc họp tự xếp loại Tốt", "meetings the cell rated Good" },
		[COUNTER_cells] = { "chi bộ", "cells" },
		[COUNTER_cells_registered] = { "chi bộ đăng ký “4 tốt”", "cells registered for “four good”" },
		[COUNTER_cells_assessed] = { "chi bộ được đánh giá “4 tốt”", "cells assessed for “four good”" },
		[COUNTER_cells_met] = { "chi bộ đạt chuẩn “4 tốt”", "cells meeting the “four good” standard" },
		[COUNTER_cells_recognised] = { "chi bộ được công nhận “4 tốt”", "cells recognised as “four good”" },
		[COUNTER_cells_exemplary] = { "chi bộ “4 tốt” tiêu biểu", "exemplary “four good” cells" },
		[COUNTER_cells_excellent] = { "chi bộ hoàn thành xuất sắc nhiệm vụ", "cells that completed their tasks excellently" },
		[COUNTER_cells_good] = { "chi bộ hoàn thành tốt nhiệm vụ", "cells that completed their tasks well" },
		[COUNTER_cells_completed] = { "chi bộ hoàn thành nhiệm vụ", "cells that completed their tasks" },
		[COUNTER_cells_not_completed] = { "chi bộ không hoàn thành nhiệm vụ", "cells that did not complete their tasks" },
		[COUNTER_cells_classified] = { "chi bộ được xếp loại", "cells classified" },
		[COUNTER_cells_good_or_better] = { "chi bộ hoàn thành tốt nhiệm vụ trở lên", "cells that completed their tasks well or better" },
		[COUNTER_bodies] = { "đảng bộ", "bodies with a committee" },
		[COUNTER_bodies_registered] = { "đảng bộ đăng ký “4 tốt”", "bodies registered for “four good”" },
		[COUNTER_bodies_assessed] = { "đảng bộ được đánh giá “4 tốt”", "bodies assessed for “four good”" },
		[COUNTER_bodies_met] = { "đảng bộ đạt chuẩn “4 tốt”", "bodies meeting the “four good” standard" },
		[COUNTER_bodies_recognised] = { "đảng bộ được công nhận “4 tốt”", "bodies recognised as “four good”" },
		[COUNTER_bodies_exemplary] = { "đảng bộ “4 tốt” tiêu biểu", "exemplary “four good” bodies" },
		[COUNTER_bodies_excellent] = { "đảng bộ hoàn thành xuất sắc nhiệm vụ", "bodies that completed their tasks excellently" },
		[COUNTER_bodies_good] = { "đảng bộ hoàn thành tốt nhiệm vụ", "bodies that completed their tasks well" },
		[COUNTER_bodies_completed] = { "đảng bộ hoàn thành nhiệm vụ", "bodies that completed their tasks" },
		[COUNTER_bodies_not_completed] = { "đảng bộ không hoàn thành nhiệm vụ", "bodies that did not complete their tasks" },
		[COUNTER_bodies_classified] = { "đảng bộ được xếp loại", "bodies classified" },
		[COUNTER_bodies_good_or_better] = { "đảng bộ hoàn thành tốt nhiệm vụ trở lên", "bodies that completed their tasks well or better" },
		[COUNTER_members] = { "đảng viên", "members" },
		[COUNTER_members_excellent] = { "đảng viên hoàn thành xuất sắc nhiệm vụ", "members who completed their tasks excellently" },
		[COUNTER_members_good] = { "đảng viên hoàn thành tốt nhiệm vụ", "members who completed their tasks well" },
		[COUNTER_members_completed] = { "đảng viên hoàn thành nhiệm vụ", "members who completed their tasks" },
		[COUNTER_members_not_completed] = { "đảng viên không hoàn thành nhiệm vụ", "members who did not complete their tasks" },
		[COUNTER_members_classified] = { "đảng viên được xếp loại", "members classified" },
		[COUNTER_members_good_or_better] = { "đảng viên hoàn thành tốt nhiệm vụ trở lên", "members who completed their tasks well or better" },
		[COUNTER_members_with_initiative] = { "đảng viên có sáng kiến", "members with an initiative" },
		[COUNTER_secretaries] = { "bí thư được xếp loại", "secretaries classified" },
		[COUNTER_secretaries_good] = { "bí thư hoàn thành tốt nhiệm vụ trở lên", "secretaries who completed their tasks well or better" },
		[COUNTER_initiatives] = { "sáng kiến", "initiatives" },
	};

	return titles[counter][lang];
}

/* Least whole n with n ≥ part × whole, or with > : the next above it. */
static int64_t least_from(int64_t whole, int64_t num, int64_t den, bool above)
{
	__int128 product = (__int128)whole * num;
	__int128 n = above ? product / den + 1 : (product + den - 1) / den;

	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

struct target_result target_eval(const struct target *t, int64_t numerator, int64_t denominator)
{
	struct target_result r = { .numerator = numerator, .denominator = denominator };
	int order;

	if (denominator <= 0)
		return r;
	percent_format(numerator, denominator, r.percent);
	if (t->compare == TARGET_REPORTED)
		return r;
	r.known = true;
	order = rate_compare(numerator, denominator, t->num, t->den);
	r.met = t->compare == TARGET_FROM ? order >= 0 : t->compare == TARGET_ABOVE ? order > 0 : order == 0;
	r.needed = least_from(denominator, t->num, t->den, t->compare == TARGET_ABOVE);
	return r;
}

const char *target_threshold_words(struct arena *a, const struct target *t, enum lang lang)
{
	static const char *const before[][LANG_COUNT] = { { "từ ", "at least " }, { "trên ", "over " }, { "đúng ", "exactly " } };
	struct out o;

	if (t->compare == TARGET_REPORTED)
		return lang == LANG_VI ? "chỉ thống kê" : "reported only";
	out_memory(&o, a);
	out_str(&o, before[t->compare][lang]);
	value_words(&o, (struct value){ .num = t->num, .den = t->den }, EXPR_SHARE, lang);
	if (t->compare == TARGET_FROM && lang == LANG_VI)
		out_str(&o, " trở lên");
	return out_text(&o);
}

struct sample sample_size(int64_t n, int lo_percent, int hi_percent)
{
	struct sample s = { 0, 0 };

	if (n <= 0)
		return s;
	s.lo = least_from(n, lo_percent, 100, false);
	s.hi = (int64_t)((__int128)n * hi_percent / 100);
	return s.hi < s.lo ? (struct sample){ 1, 1 } : s;
}

int64_t cap_allowed(int64_t base, int percent)
{
	return base <= 0 ? 0 : (int64_t)((__int128)base * percent / 100);
}

int64_t cap_base_needed(int64_t count, int percent)
{
	return count <= 0 || percent <= 0 ? 0 : least_from(count, 100, percent, false);
}
