/* sheet_words.h — the sentences of a score sheet, and of conditions beside the points. Used by sheet.c and levels.c only. */
#ifndef CHIBO_RULES_SHEET_WORDS_H
#define CHIBO_RULES_SHEET_WORDS_H

#include "rules/sheet.h"

/* What every sentence about a line is made from. */
struct wording_of {
	struct arena *arena;
	const struct scheme_line *line;
	const struct fact_book *book;
	const struct facts *facts;
	enum lang lang;
	struct tenths points, max;
};

const char *words_case(const struct wording_of *w, const struct scheme_case *chosen);
const char *words_not_applicable(const struct wording_of *w);
const char *words_judged(const struct wording_of *w);
const char *words_unjudged(const struct wording_of *w);
const char *words_missing(const struct wording_of *w, uint64_t missing);
const char *words_undefined(const struct wording_of *w);
/* What would give the full points of a computed line; of a judged one, by its title. */
const char *words_to_full(const struct wording_of *w);
const char *words_to_full_judged(const struct wording_of *w, const char *title);

/* Why a condition beside the points holds or not: its own sentence, or one made from its facts; what is missing where it cannot be told. */
const char *words_condition(struct arena *a, const struct expr *e, const struct phrase own[LANG_COUNT], const struct facts *facts, enum lang lang);

enum refusal { REFUSED_UNKNOWN, REFUSED_COMPUTED, REFUSED_TWICE, REFUSED_RANGE };
const char *words_refused(struct arena *a, enum refusal refusal, const char *id, struct tenths given, struct tenths max, enum lang lang);

#endif
