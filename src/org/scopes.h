/* scopes.h — where a unit stands when rules are chosen: its code and those of the units above it. */
#ifndef CHIBO_ORG_SCOPES_H
#define CHIBO_ORG_SCOPES_H

#include "base/call.h"
#include "rules/rules.h"

/* Nearest first, as the tree stood that day; a unit that did not exist then stands for itself alone. In the call's arena. Inside db_read or db_write. */
fail org_scopes(struct call *c, int64_t unit_id, const char *unit_code, struct date on, struct scopes *out) MUST_CHECK;

#endif
