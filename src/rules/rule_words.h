/* rule_words.h — a rule as people read it, and as JSON: for `chibo rules show` and the page of a rule. Texts are in the call's language and arena. */
#ifndef CHIBO_RULES_RULE_WORDS_H
#define CHIBO_RULES_RULE_WORDS_H

#include "base/call.h"
#include "base/json.h"
#include "rules/agenda_rule.h"
#include "rules/holidays.h"
#include "rules/levels.h"

/* The tag of a source: "published rule", "proposed" … */
const char *rule_source_words(enum lang lang, const char *tag);
/* When a case holds: "≥ 90 %", "otherwise"; and what it gives: "4", "by share". */
const char *rule_case_words(struct call *c, const struct scheme_line *line, const struct scheme_case *k);
const char *rule_case_points(struct call *c, const struct scheme_case *k);
/* The maximum of a line, with its conditions. */
const char *rule_max_words(struct call *c, const struct scheme_line *line);
const char *rule_expr_words(struct call *c, const struct expr *e, const struct expr *measure);
/* What a table of a year has beside its lines: standard, framework, vetoes, initiatives. How many lines. */
size_t rule_year_words(struct call *c, const struct scheme *s, const char ***lines);
/* "AG, PS: the work plan was met"; "initiatives of EN: one per member". */
const char *rule_evidence_words(struct call *c, const struct scheme_evidence *e);
const char *rule_initiatives_words(struct call *c, const struct scheme_initiatives *row);
/* A line for each holiday, and for how meetings move: how many. */
size_t rule_holiday_words(struct call *c, const struct holidays *h, const char ***lines);
/* A line for each step of an agenda, and for the items offered to each type of unit: how many. */
size_t rule_agenda_words(struct call *c, const struct agenda_rule *a, const char ***lines);
/* A line for each level of a classification, and for its cap: how many. */
size_t rule_levels_words(struct call *c, const struct levels_rule *rule, const char ***lines);
/* Rules valid on a day (DATE_NONE: all) as an array; one rule with its lines and its text as an object. */
void rule_list_json(struct call *c, struct json *j, struct date on);
void rule_show_json(struct call *c, struct json *j, const struct rule *r);

#endif
