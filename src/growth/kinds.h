/* kinds.h — what of this room goes in and out as files. */
#ifndef CHIBO_GROWTH_KINDS_H
#define CHIBO_GROWTH_KINDS_H

#include "exchange/exchange.h"

/* Initiatives: known by their code. */
extern const struct exchange_kind initiative_kind;

#endif
