/* year.h — the class of a cell's year from its twelve months (domain, section 6.6). Pure.
 *
 * A year rule is data: for each grade, best first, what must hold. Counts are written for twelve months and scaled to the
 * months the cell existed: ceil(count × months / 12). A missed month counts 0 points in the mean. */
#ifndef CHIBO_RULES_YEAR_H
#define CHIBO_RULES_YEAR_H

#include "base/arena.h"
#include "base/date.h"
#include "rules/scheme.h"

/* What must hold for one grade; a field left out asks nothing. */
struct year_level {
	enum grade worst;          /* every regular meeting held has at least this grade */
	enum grade count_grade;    /* at least count_of_12 months of this grade or better, scaled */
	int32_t count_of_12;
	struct tenths mean_from;   /* TENTHS_NONE: not asked */
	bool no_month_missed;
	bool thematic_each_quarter;
};

struct year_rule {
	const char *id; /* "Y1" */
	two_texts title, note;
	const char *source;
	struct date valid_from, valid_to; /* chosen by the last day of the year */
	const char *scope;
	bool is_default;
	struct year_level levels[GRADE_COUNT]; /* by grade; GRADE_POOR asks nothing */
	struct place at;
};

enum month_state {
	MONTH_NOT_DUE,  /* the cell did not exist, or the month is not over */
	MONTH_MISSED,   /* no regular meeting */
	MONTH_UNSCORED, /* held, without a sheet */
	MONTH_SCORED,
};
struct year_month {
	enum month_state state;
	struct tenths points; /* MONTH_SCORED */
	enum grade grade;
};
struct year_facts {
	struct year_month month[12];
	int quarters_due, quarters_thematic; /* quarters in which the cell existed; of these with a thematic part */
};

struct year_result {
	enum grade grade;   /* GRADE_NONE when no month was due or one is not scored */
	int months, held, missed, unscored;
	int at_least[GRADE_COUNT]; /* months of that grade or better */
	struct tenths mean; /* half up to a tenth, for display; compared exactly. TENTHS_NONE when no month was due */
	const char *why;    /* one sentence: why this grade and not the next better one */
};

/* ceil(count × months / 12). */
int year_scaled(int count_of_12, int months);
void year_classify(struct arena *a, const struct year_rule *rule, const struct year_facts *facts, enum lang lang,
                   struct year_result *out);

#endif
