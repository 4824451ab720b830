/* rules.h — the rules in force: a checked, immutable set of schemes, year rules, targets, holidays, agendas and classifications, and how one is chosen.
 *
 * A rule is chosen by the day of the fact, never by today. Among those valid on that day the one whose scope is nearest to
 * the unit wins: a commune's before the province's before the general one. The set owns nothing; it lives in the arena it
 * was loaded into and may be read by any number of threads. */
#ifndef CHIBO_RULES_RULES_H
#define CHIBO_RULES_RULES_H

#include "rules/scheme.h"
#include "rules/target.h"
#include "rules/year.h"

struct holidays;    /* rules/holidays.h */
struct agenda_rule; /* rules/agenda_rule.h */
struct levels_rule; /* rules/levels.h */

enum rule_kind { RULE_SCHEME, RULE_YEAR, RULE_TARGET, RULE_HOLIDAYS, RULE_AGENDA, RULE_LEVELS };
extern const char *const rule_kind_words[]; /* scheme year_rule target holidays agenda classification, NULL-ended */

/* One rule, whatever its kind: what `rules list` and the table rule_file show. */
struct rule {
	enum rule_kind kind;
	const char *id, *scope, *source; /* source: tag */
	const char *const *title;        /* by language */
	struct date valid_from, valid_to;
	bool is_default;
	const char *file;                /* where it was read, for people */
	const char *text;                /* the whole file */
	const struct scheme *scheme;     /* one of the six is set */
	const struct year_rule *year;
	const struct target *target;
	const struct holidays *holidays;
	const struct agenda_rule *agenda;
	const struct levels_rule *levels;
};

struct rules {
	const struct rule *v; /* by kind, id, valid_from */
	size_t n;
	const char *origin;   /* the directory, or "built in" */
};

/* Codes of the unit and of the units above it, nearest first. n 0: only rules that apply everywhere. */
struct scopes { const char *const *v; size_t n; };
#define SCOPES_NONE ((struct scopes){ NULL, 0 })

/* The table for a meeting of that day, or for the year that ends on that day, or NULL. Only rules with `default: true`. */
const struct scheme *rules_scheme(const struct rules *r, enum scheme_use use, struct date on, struct scopes scopes);
/* The rule for the class of that year. */
const struct year_rule *rules_year_rule(const struct rules *r, int year, struct scopes scopes);
/* The version of a target that is valid on the last day of a period. */
const struct target *rules_target(const struct rules *r, const char *id, struct date on, struct scopes scopes);

/* By id: the version valid on that day, or with DATE_NONE the latest. NULL: none. */
const struct rule *rules_by_id(const struct rules *r, const char *id, struct date on);
const struct scheme *rules_scheme_by_id(const struct rules *r, const char *id, struct date on);

#endif
