/* rules.c — choosing from a loaded set. */
#include "rules/rules.h"
#include "rules/agenda_rule.h"
#include "rules/levels.h"

#include <string.h>

const char *const rule_kind_words[] = { "scheme", "year_rule", "target", "holidays", "agenda", "classification", NULL };

static bool valid_on(const struct rule *r, struct date on)
{
	return r->valid_from.days <= on.days && on.days <= r->valid_to.days;
}

/* 0 for the unit itself, more further up, n for everywhere, -1 when the rule is not for this unit. */
static int distance(const struct rule *r, struct scopes scopes)
{
	if (!*r->scope)
		return (int)scopes.n;
	for (size_t i = 0; i < scopes.n; i++)
		if (strcmp(scopes.v[i], r->scope) == 0)
			return (int)i;
	return -1;
}

static const struct rule *nearest(const struct rules *r, struct date on, struct scopes scopes,
                                  bool (*fits)(const struct rule *rule, const void *arg), const void *arg)
{
	const struct rule *best = NULL;
	int best_distance = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct rule *rule = &r->v[i];
		int d = distance(rule, scopes);

		if (d < 0 || !valid_on(rule, on) || !fits(rule, arg) || (best && d >= best_distance))
			continue;
		best = rule;
		best_distance = d;
	}
	return best;
}

static bool fits_use(const struct rule *rule, const void *use)
{
	return rule->scheme && rule->is_default && rule->scheme->use == *(const enum scheme_use *)use;
}

const struct scheme *rules_scheme(const struct rules *r, enum scheme_use use, struct date on, struct scopes scopes)
{
	const struct rule *rule = nearest(r, on, scopes, fits_use, &use);

	return rule ? rule->scheme : NULL;
}

static bool fits_year(const struct rule *rule, const void *arg)
{
	(void)arg;
	return rule->year && rule->is_default;
}

const struct year_rule *rules_year_rule(const struct rules *r, int year, struct scopes scopes)
{
	const struct rule *rule = nearest(r, date_of(year, 12, 31), scopes, fits_year, NULL);

	return rule ? rule->year : NULL;
}

static bool fits_target(const struct rule *rule, const void *id)
{
	return rule->target && strcmp(rule->id, id) == 0;
}

const struct target *rules_target(const struct rules *r, const char *id, struct date on, struct scopes scopes)
{
	const struct rule *rule = nearest(r, on, scopes, fits_target, id);

	return rule ? rule->target : NULL;
}

static bool fits_agenda(const struct rule *rule, const void *arg)
{
	(void)arg;
	return rule->agenda && rule->is_default;
}

const struct agenda_rule *rules_agenda(const struct rules *r, struct date on, struct scopes scopes)
{
	const struct rule *rule = nearest(r, on, scopes, fits_agenda, NULL);

	return rule ? rule->agenda : NULL;
}

static bool fits_levels(const struct rule *rule, const void *use)
{
	return rule->levels && rule->is_default && rule->levels->use == *(const enum levels_use *)use;
}

const struct levels_rule *rules_levels(const struct rules *r, enum levels_use use, int year, struct scopes scopes)
{
	const struct rule *rule = nearest(r, date_of(year, 12, 31), scopes, fits_levels, &use);

	return rule ? rule->levels : NULL;
}

const struct rule *rules_by_id(const struct rules *r, const char *id, struct date on)
{
	const struct rule *latest = NULL;

	for (size_t i = 0; i < r->n; i++) {
		const struct rule *rule = &r->v[i];

		if (strcmp(rule->id, id) != 0 || (date_is(on) && !valid_on(rule, on)))
			continue;
		if (!latest || rule->valid_from.days > latest->valid_from.days)
			latest = rule;
	}
	return latest;
}

const struct scheme *rules_scheme_by_id(const struct rules *r, const char *id, struct date on)
{
	const struct rule *rule = rules_by_id(r, id, on);

	return rule ? rule->scheme : NULL;
}
