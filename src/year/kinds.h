/* kinds.h — the kinds of record files this room knows: cases of "four good" and annual classifications, by their totals. */
#ifndef CHIBO_YEAR_KINDS_H
#define CHIBO_YEAR_KINDS_H

#include "exchange/exchange.h"

extern const struct exchange_kind four_good_kind, classification_kind;

#endif
