/* kinds.h — the kinds of record files this room knows. */
#ifndef CHIBO_WORK_KINDS_H
#define CHIBO_WORK_KINDS_H

#include "exchange/exchange.h"

extern const struct exchange_kind task_kind, target_kind, target_value_kind;

#endif
