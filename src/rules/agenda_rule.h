/* agenda_rule.h — the usual agenda of a meeting as data: steps in order with planned minutes, and items offered by type of unit. Pure.
 *
 * The steps of a procedure (5.4) and the emphasis by type of unit (5.5) are rules with a date (rules/agenda-*.yaml); the one whose scope is nearest to
 * the unit holds. A proposal takes the steps that the case asks for and shares the required minutes out: every step gets its least minutes,
 * what is left goes to the steps with a share. */
#ifndef CHIBO_RULES_AGENDA_RULE_H
#define CHIBO_RULES_AGENDA_RULE_H

#include "rules/rules.h"

enum agenda_part { AGENDA_NO_PART, AGENDA_OPENING, AGENDA_MAIN, AGENDA_THEMATIC, AGENDA_PERSONNEL, AGENDA_CLOSING };
extern const char *const agenda_part_words[]; /* "" opening main thematic personnel closing, NULL-ended */
const char *agenda_part_name(enum lang lang, unsigned part);

enum agenda_when { AGENDA_ALWAYS, AGENDA_WITH_GUEST, AGENDA_WITH_THEME, AGENDA_ON_REQUEST };
extern const char *const agenda_when_words[]; /* always guest theme request, NULL-ended */

struct agenda_step {
	const char *step;      /* "ST-O1" */
	enum agenda_part part;
	enum agenda_when when;
	bool mandatory;        /* an optional one is proposed, but may be dropped */
	int32_t minutes, share;
	two_texts title;
};

/* Items offered to units of some types and owners. */
struct agenda_emphasis {
	uint32_t types, owners; /* bits of unit_type_words (rules/facts.h), agenda_owner_words; owners 0: whoever owns it */
	const two_texts *items;
	size_t n;
};
extern const char *const agenda_owner_words[]; /* "" state private foreign */
/* The bit of a word in such a list; 0: not in it. */
uint32_t agenda_word_bit(const char *const *words, const char *word);

struct agenda_rule {
	const char *id, *source, *scope;
	two_texts title, note;
	struct date valid_from, valid_to;
	bool is_default;
	struct place at;
	const struct agenda_step *steps;
	size_t n;
	const char *emphasis_before; /* the step before which such an item is put, or "" */
	const struct agenda_emphasis *emphasis;
	size_t emphasis_n;
};

/* The rule for a meeting of that day, or NULL. */
const struct agenda_rule *rules_agenda(const struct rules *r, struct date on, struct scopes scopes);
/* The step of that code, or NULL. */
const struct agenda_step *agenda_step_find(const struct agenda_rule *r, const char *step);

/* What a meeting asks for. */
struct agenda_case {
	bool theme, guest;  /* a thematic part is planned; a higher member is assigned */
	int64_t minutes;    /* required for the whole meeting */
};
struct agenda_planned { const struct agenda_step *step; int32_t minutes; };
/* The proposal, in order; `out` has room for r->n. The minutes sum to k->minutes, or to the least minutes of the steps where those are more. */
size_t agenda_plan(const struct agenda_rule *r, const struct agenda_case *k, struct agenda_planned *out);
/* Items offered to a unit of that type and owner (words; "" when not known); *n of them. */
const two_texts *agenda_offers(const struct agenda_rule *r, const char *type, const char *owner, size_t *n);

#endif
