/* kinds.h — the record files of this room: `units`, `members`, `posts`, `predecessors` (exchange/exchange.h). */
#ifndef CHIBO_ORG_KINDS_H
#define CHIBO_ORG_KINDS_H

#include "exchange/exchange.h"

/* units: several rows per code with consecutive validity; a parent may come after its child. */
extern const struct exchange_kind org_units_kind;
/* members: a row per membership; the person's own columns must agree between the rows of one code (the last one counts). */
extern const struct exchange_kind org_members_kind;
extern const struct exchange_kind org_posts_kind;
/* predecessors: operation,from_code,to_code,on,from_name,to_name: which unit came from which; names are not compared. */
extern const struct exchange_kind org_predecessors_kind;

#endif
