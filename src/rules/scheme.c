/* scheme.c — small questions about a scheme. */
#include "rules/scheme.h"

#include <string.h>

const char *const scheme_use_words[] = { "regular", "thematic", "four_good_cell", "four_good_body", "annual_unit", "annual_member", NULL };

const struct fact_book *scheme_use_book(enum scheme_use use)
{
	if (!scheme_use_is_year(use))
		return &FACTS_OF_MEETING;
	return use == USE_ANNUAL_MEMBER ? &FACTS_OF_PERSON : &FACTS_OF_YEAR;
}

int64_t scheme_required_minutes(const struct scheme *s, bool thematic_part, int64_t members)
{
	bool many = s->minutes_long_from_members > 0 && members >= s->minutes_long_from_members;

	return many || (thematic_part && s->minutes_long_if_thematic) ? s->minutes_long : s->minutes_usual;
}

/* The bit of a type of unit; 0: not one of the words. */
static uint32_t type_bit(const char *type)
{
	for (int i = 1; unit_type_words[i]; i++)
		if (strcmp(unit_type_words[i], type) == 0)
			return 1u << i;
	return 0;
}

int64_t scheme_initiatives_required(const struct scheme *s, const char *type, int64_t members)
{
	uint32_t bit = type_bit(type);

	for (uint32_t i = 0; i < s->n_initiatives; i++) {
		const struct scheme_initiatives *row = &s->initiatives[i];

		if (row->types && !(row->types & bit))
			continue;
		if (!row->one_per_members)
			return row->in_all;
		return members < 0 ? INT_UNKNOWN : (members + row->one_per_members - 1) / row->one_per_members;
	}
	return INT_UNKNOWN;
}

const struct scheme_evidence *scheme_evidence_for(const struct scheme_line *line, const char *type, uint32_t index)
{
	uint32_t bit = type_bit(type);

	for (uint32_t i = 0; i < line->n_evidence; i++)
		if ((!line->evidence[i].types || (line->evidence[i].types & bit)) && index-- == 0)
			return &line->evidence[i];
	return NULL;
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
	for (uint32_t i = 0; i < s->n_vetoes; i++)
		facts |= s->vetoes[i].when.facts;
	return facts;
}
