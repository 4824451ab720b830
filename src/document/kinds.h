/* kinds.h — files of this room: terms. */
#ifndef CHIBO_DOCUMENT_KINDS_H
#define CHIBO_DOCUMENT_KINDS_H

#include "exchange/exchange.h"

extern const struct exchange_kind term_kind, document_kind;

#endif
