/* kinds.h — the kinds of record files this room knows. */
#ifndef CHIBO_MEETING_KINDS_H
#define CHIBO_MEETING_KINDS_H

#include "exchange/exchange.h"

extern const struct exchange_kind attendance_kind, upload_kind;

#endif
