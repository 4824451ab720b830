/* kinds.h — the record files of this room: disciplines inspections reports feedback trainings year-numbers assignments visits. */
#ifndef CHIBO_OVERSIGHT_KINDS_H
#define CHIBO_OVERSIGHT_KINDS_H

#include "exchange/exchange.h"

extern const struct exchange_kind disciplines_kind, inspections_kind, reports_kind, feedback_kind, trainings_kind, numbers_kind, assignments_kind, visits_kind;

#endif
