/* levels.c — levels by points and conditions, and the cap. What a condition says is worded in sheet_words.c. */
#include "rules/levels.h"

#include "rules/sheet_words.h"

const char *const level_words[] = { "", "not_completed", "completed", "good", "excellent", NULL };
const char *const levels_use_words[] = { "units", "members", NULL };
const char *const cap_base_words[] = { "good", "good_or_better", "all", NULL };

const char *level_title(enum level level, enum lang lang)
{
	static const char *const titles[LEVEL_OF_COUNT][LANG_COUNT] = {
		{ "Chưa xếp loại", "Not classified" },
		{ "Không hoàn thành nhiệm vụ", "Not completed" },
		{ "Hoàn thành nhiệm vụ", "Completed" },
		{ "Hoàn thành tốt nhiệm vụ", "Good" },
		{ "Hoàn thành xuất sắc nhiệm vụ", "Excellent" },
	};

	return titles[level][lang];
}

const struct fact_book *levels_book(enum levels_use use)
{
	return use == LEVELS_OF_MEMBERS ? &FACTS_OF_PERSON : &FACTS_OF_YEAR;
}

static enum level level_by_points(const struct levels_rule *rule, struct tenths points)
{
	for (int l = LEVEL_OF_EXCELLENT; l > LEVEL_OF_NOT_COMPLETED; l--)
		if (points.t >= rule->rows[l].from.t)
			return (enum level)l;
	return LEVEL_OF_NOT_COMPLETED;
}

/* Known and false, known and true, or open: of all conditions of a level together; a condition that fails decides. */
static struct value ask_level(struct arena *a, const struct levels_rule *rule, enum level level, const struct facts *facts, enum lang lang,
                              struct level_result *out)
{
	const struct level_row *row = &rule->rows[level];
	struct value all = { .num = 1, .den = 1 };

	for (uint32_t i = 0; i < row->n_conditions; i++) {
		const struct level_condition *k = &row->conditions[i];
		struct value holds = expr_eval(&k->holds, NULL, facts);
		bool known = holds.state == VALUE_KNOWN;

		out->asked[out->n++] = (struct level_asked){ .condition = k, .level = level, .known = known, .holds = known && holds.num,
			                                         .why = words_condition(a, &k->holds, k->why, facts, lang) };
		if (!known)
			out->missing |= k->holds.facts & ~facts->known;
		if (known && !holds.num)
			all = holds;
		else if (!known && (all.state != VALUE_KNOWN || all.num))
			all = holds;
	}
	return all;
}

void level_of(struct arena *a, const struct levels_rule *rule, struct tenths points, const struct facts *facts, enum lang lang,
              struct level_result *out)
{
	size_t room = 0;
	bool decided = false;

	*out = (struct level_result){ 0 };
	if (!tenths_is(points))
		return;
	for (int l = 0; l < LEVEL_OF_COUNT; l++)
		room += rule->rows[l].n_conditions;
	out->asked = ARENA_ARRAY(a, room, struct level_asked);
	out->by_points = level_by_points(rule, points);
	for (int l = (int)out->by_points; l > LEVEL_OF_NOT_COMPLETED; l--) {
		struct value all = ask_level(a, rule, (enum level)l, facts, lang, out);

		if (decided || (all.state == VALUE_KNOWN && !all.num))
			continue;
		decided = true;
		out->level = all.state == VALUE_KNOWN ? (enum level)l : LEVEL_OF_NONE;
	}
	if (!decided)
		out->level = LEVEL_OF_NOT_COMPLETED;
}

int64_t levels_cap(const struct levels_rule *rule, const int64_t by_level[LEVEL_OF_COUNT], int64_t *base)
{
	int64_t good = by_level[LEVEL_OF_GOOD], excellent = by_level[LEVEL_OF_EXCELLENT];

	*base = good;
	if (rule->cap_base != CAP_OF_GOOD)
		*base += excellent;
	if (rule->cap_base == CAP_OF_ALL)
		*base += by_level[LEVEL_OF_COMPLETED] + by_level[LEVEL_OF_NOT_COMPLETED];
	return rule->cap_percent ? cap_allowed(*base, rule->cap_percent) : excellent;
}
