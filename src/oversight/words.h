/* words.h — how this room shows its own words. Private to src/oversight. */
#ifndef CHIBO_OVERSIGHT_WORDS_H
#define CHIBO_OVERSIGHT_WORDS_H

#include "oversight/ledger.h"

/* A word of one of the lists for people; "–" for none. */
const char *ledger_word(enum lang lang, const char *const *words, unsigned word);
/* A column of a row for people, words in full. */
const char *ledger_shown(struct call *c, const struct field *f, const struct ledger_row *row);

#endif
