/* year.c — the class of a year and the sentence why. Means are compared exactly: sum against threshold × months. */
#include "rules/year.h"

#include "base/out.h"

struct year_work {
	const struct year_rule *rule;
	const struct year_facts *facts;
	enum lang lang;
	struct year_result *r;
	int64_t sum; /* tenths; a missed month adds nothing */
};

int year_scaled(int count_of_12, int months)
{
	return (count_of_12 * months + 11) / 12;
}

static void count_months(struct year_work *w)
{
	for (int m = 0; m < 12; m++) {
		const struct year_month *month = &w->facts->month[m];

		w->r->months += month->state != MONTH_NOT_DUE;
		w->r->missed += month->state == MONTH_MISSED;
		w->r->unscored += month->state == MONTH_UNSCORED;
		w->r->held += month->state == MONTH_UNSCORED || month->state == MONTH_SCORED;
		if (month->state != MONTH_SCORED)
			continue;
		w->sum += month->points.t;
		for (int g = GRADE_POOR; g <= (int)month->grade; g++)
			w->r->at_least[g]++;
	}
	if (w->r->months)
		w->r->mean.t = (int32_t)((2 * w->sum + w->r->months) / (2 * w->r->months));
}

/* ---------------------------------------------------------------- conditions: each says what fails, or stays silent */

static void out_tenths(struct out *o, struct tenths p, enum lang lang)
{
	out_int(o, p.t / 10);
	if (p.t % 10) {
		out_char(o, lang == LANG_EN ? '.' : ',');
		out_int(o, p.t % 10);
	}
}

static void say_missed(struct out *o, int n, enum lang lang)
{
	out_int(o, n);
	out_str(o, lang == LANG_EN ? (n == 1 ? " month without a regular meeting" : " months without a regular meeting")
	                           : " tháng không sinh hoạt thường kỳ");
}

static void say_worst(struct out *o, int n, enum grade worst, enum lang lang)
{
	out_int(o, n);
	out_str(o, lang == LANG_EN ? (n == 1 ? " meeting below " : " meetings below ") : " cuộc họp dưới mức ");
	out_str(o, grade_title(worst, lang));
}

static void say_count(struct out *o, int have, int need, enum grade g, enum lang lang)
{
	out_int(o, have);
	out_str(o, lang == LANG_EN ? (have == 1 ? " month " : " months ") : " tháng đạt ");
	out_str(o, grade_title(g, lang));
	if (g != GRADE_GOOD)
		out_str(o, lang == LANG_EN ? " or better" : " trở lên");
	out_str(o, lang == LANG_EN ? ", needs " : ", cần ");
	out_int(o, need);
}

static void say_mean(struct out *o, struct tenths mean, struct tenths need, enum lang lang)
{
	out_str(o, lang == LANG_EN ? "mean " : "điểm trung bình ");
	out_tenths(o, mean, lang);
	out_str(o, lang == LANG_EN ? ", needs " : ", cần ");
	out_tenths(o, need, lang);
}

static void say_quarters(struct out *o, const struct year_facts *f, enum lang lang)
{
	out_int(o, f->quarters_thematic);
	out_str(o, lang == LANG_EN ? " of " : " trong ");
	out_int(o, f->quarters_due);
	out_str(o, lang == LANG_EN ? " quarters with a thematic part" : " quý có sinh hoạt chuyên đề");
}

static bool mean_reached(const struct year_work *w, struct tenths from)
{
	return !tenths_is(from) || w->sum >= (int64_t)from.t * w->r->months;
}

/* True when everything the level asks holds; otherwise the first thing that fails is written to `o`. */
static bool level_holds(const struct year_work *w, const struct year_level *level, struct out *o)
{
	const struct year_result *r = w->r;
	int below = r->at_least[GRADE_POOR] - r->at_least[level->worst > GRADE_POOR ? level->worst : GRADE_POOR];
	int need = level->count_grade ? year_scaled(level->count_of_12, r->months) : 0;

	if (level->no_month_missed && r->missed)
		say_missed(o, r->missed, w->lang);
	else if (below)
		say_worst(o, below, level->worst, w->lang);
	else if (level->count_grade && r->at_least[level->count_grade] < need)
		say_count(o, r->at_least[level->count_grade], need, level->count_grade, w->lang);
	else if (!mean_reached(w, level->mean_from))
		say_mean(o, r->mean, level->mean_from, w->lang);
	else if (level->thematic_each_quarter && w->facts->quarters_thematic < w->facts->quarters_due)
		say_quarters(o, w->facts, w->lang);
	else
		return true;
	return false;
}

/* ---------------------------------------------------------------- the sentence */

static void say_months(struct out *o, const struct year_result *r, enum lang lang)
{
	bool any = false;

	out_int(o, r->months);
	out_str(o, lang == LANG_EN ? (r->months == 1 ? " month: " : " months: ") : " tháng: ");
	for (int g = GRADE_GOOD; g >= GRADE_POOR; g--) {
		int n = r->at_least[g] - (g < GRADE_GOOD ? r->at_least[g + 1] : 0);

		if (!n)
			continue;
		out_str(o, any ? ", " : "");
		any = true;
		out_int(o, n);
		out_char(o, ' ');
		out_str(o, grade_title((enum grade)g, lang));
	}
	if (r->missed) {
		out_str(o, any ? ", " : "");
		say_missed(o, r->missed, lang);
	}
}

static const char *open_year(struct out *o, const struct year_result *r, enum lang lang)
{
	if (!r->months) {
		out_str(o, lang == LANG_EN ? "No month was due yet" : "Chưa có tháng nào đến hạn");
		return out_text(o);
	}
	out_int(o, r->unscored);
	out_str(o, lang == LANG_EN ? (r->unscored == 1 ? " month is not scored yet" : " months are not scored yet")
	                           : " tháng chưa được chấm điểm");
	return out_text(o);
}

void year_classify(struct arena *a, const struct year_rule *rule, const struct year_facts *facts, enum lang lang,
                   struct year_result *out)
{
	struct year_work w = { .rule = rule, .facts = facts, .lang = lang, .r = out };
	struct out sentence, failed;

	*out = (struct year_result){ .mean = TENTHS_NONE };
	out_memory(&sentence, a);
	count_months(&w);
	if (!out->months || out->unscored) {
		out->why = open_year(&sentence, out, lang);
		return;
	}
	out->grade = GRADE_GOOD;
	out_memory(&failed, a);
	for (; out->grade > GRADE_POOR; out->grade--) {
		struct out reason;

		out_memory(&reason, a);
		if (level_holds(&w, &rule->levels[out->grade], &reason))
			break;
		failed = reason;
	}
	say_months(&sentence, out, lang);
	if (out->grade < GRADE_GOOD) {
		out_str(&sentence, lang == LANG_EN ? "; not " : "; chưa đạt ");
		out_str(&sentence, grade_title(out->grade + 1, lang));
		out_str(&sentence, ": ");
		out_bytes(&sentence, failed.data, failed.size);
	}
	out->why = out_text(&sentence);
}
