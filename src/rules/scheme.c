/* scheme.c — small questions about a scheme. */
#include "rules/scheme.h"

#include <string.h>

const char *const scheme_use_words[] = { "regular", "thematic", NULL };

int64_t scheme_required_minutes(const struct scheme *s, bool thematic_part, int64_t members)
{
	bool many = s->minutes_long_from_members > 0 && members >= s->minutes_long_from_members;

	return many || (thematic_part && s->minutes_long_if_thematic) ? s->minutes_long : s->minutes_usual;
}

const struct scheme_line *scheme_line_by_id(const struct scheme *s, const char *id)
{
	for (uint32_t i = 0; i < s->n_lines; i++)
		if (strcmp(s->lines[i].id, id) == 0)
			return &s->lines[i];
	return NULL;
}

static bool all_judged(const struct scheme *s, int group)
{
	bool any = false;

	for (uint32_t i = 0; i < s->n_lines; i++) {
		if (s->lines[i].group != group)
			continue;
		if (!s->lines[i].judged)
			return false;
		any = true;
	}
	return any;
}

const struct scheme_group *scheme_judged_group(const struct scheme *s, const char *id)
{
	for (uint32_t g = 0; g < s->n_groups; g++)
		if (strcmp(s->groups[g].id, id) == 0)
			return all_judged(s, (int)g) ? &s->groups[g] : NULL;
	return NULL;
}

struct tenths scheme_line_max(const struct scheme_line *line)
{
	struct tenths most = { 0 };

	for (uint32_t i = 0; i < line->n_max; i++)
		if (line->max[i].points.t > most.t)
			most = line->max[i].points;
	return most;
}

uint64_t scheme_line_facts(const struct scheme_line *line)
{
	uint64_t facts = line->measure.facts | line->not_applicable.facts;

	for (uint32_t k = 0; k < line->n_max; k++)
		facts |= line->max[k].when.facts;
	for (uint32_t k = 0; k < line->n_cases; k++)
		facts |= line->cases[k].when.facts;
	return facts;
}

uint64_t scheme_facts(const struct scheme *s)
{
	uint64_t facts = 0;

	for (uint32_t i = 0; i < s->n_lines; i++)
		facts |= scheme_line_facts(&s->lines[i]);
	return facts;
}
