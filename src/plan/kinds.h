/* kinds.h — what of this room goes in and out as files. */
#ifndef CHIBO_PLAN_KINDS_H
#define CHIBO_PLAN_KINDS_H

#include "exchange/exchange.h"

/* Thematic topics of year plans: known by cell, year and title. */
extern const struct exchange_kind topic_kind;

#endif
