/* kinds.h — the kinds of record files this room knows. */
#ifndef CHIBO_SCORE_KINDS_H
#define CHIBO_SCORE_KINDS_H

#include "exchange/exchange.h"

/* Meetings with the totals of their sheets. Its import needs c->rules: the class of a total follows the rule of that day. */
extern const struct exchange_kind meeting_kind;

#endif
