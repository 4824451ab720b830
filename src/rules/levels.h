/* levels.h — annual classification as data: levels, their points, the conditions beside the points, the cap on the best (domain, section 8). Pure.
 *
 * Levels go from best to worst. A level is reached when the points are and all its conditions hold; the best level reached is proposed. A condition
 * whose facts are not known leaves the level open. The lowest level asks nothing. Conditions name the facts of the year of a unit, or of a member. */
#ifndef CHIBO_RULES_LEVELS_H
#define CHIBO_RULES_LEVELS_H

#include "rules/rules.h"

enum level { LEVEL_OF_NONE, LEVEL_OF_NOT_COMPLETED, LEVEL_OF_COMPLETED, LEVEL_OF_GOOD, LEVEL_OF_EXCELLENT, LEVEL_OF_COUNT };
extern const char *const level_words[]; /* "" not_completed completed good excellent, NULL-ended */
const char *level_title(enum level level, enum lang lang); /* "Hoàn thành xuất sắc nhiệm vụ" */

enum levels_use { LEVELS_OF_UNITS, LEVELS_OF_MEMBERS };
extern const char *const levels_use_words[]; /* units members, NULL-ended */
enum cap_base { CAP_OF_GOOD, CAP_OF_GOOD_OR_BETTER, CAP_OF_ALL };
extern const char *const cap_base_words[]; /* good good_or_better all, NULL-ended */

struct level_condition {
	const char *id;      /* "X1" */
	two_texts title;
	struct expr holds;
	struct phrase why[LANG_COUNT];
	struct place at;
};
struct level_row {
	struct tenths from;  /* least points */
	const struct level_condition *conditions;
	uint32_t n_conditions;
};
struct levels_rule {
	const char *id;
	two_texts title, note;
	const char *source;
	struct date valid_from, valid_to; /* chosen by the last day of the year */
	const char *scope;
	bool is_default;
	enum levels_use use;
	struct level_row rows[LEVEL_OF_COUNT]; /* by level; NOT_COMPLETED asks nothing */
	int32_t cap_percent;   /* 20; 0: no cap */
	enum cap_base cap_base;
	struct place at;
};

struct level_asked { const struct level_condition *condition; enum level level; bool known, holds; const char *why; };
struct level_result {
	enum level level;      /* LEVEL_OF_NONE when a condition that decides is not known */
	enum level by_points;  /* by the points alone */
	struct level_asked *asked; /* all conditions of the levels that the points reach, best level first */
	size_t n;
	uint64_t missing;
};
/* points TENTHS_NONE: the sheet is not complete, no level, no conditions. */
void level_of(struct arena *a, const struct levels_rule *rule, struct tenths points, const struct facts *facts, enum lang lang,
              struct level_result *out);

/* The facts that its conditions may name. */
const struct fact_book *levels_book(enum levels_use use);
/* The rule for a year: in force on its last day, nearest. NULL: none. */
const struct levels_rule *rules_levels(const struct rules *r, enum levels_use use, int year, struct scopes scopes);
/* How many Excellent a group of these counts allows: floor(base × percent / 100), *base what was counted. Without a cap: as many as there are. */
int64_t levels_cap(const struct levels_rule *rule, const int64_t by_level[LEVEL_OF_COUNT], int64_t *base);

#endif
