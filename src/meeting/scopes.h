/* scopes.h — the units whose rules may hold for a meeting: its cell and those above it on its day. */
#ifndef CHIBO_MEETING_SCOPES_H
#define CHIBO_MEETING_SCOPES_H

#include "meeting/meeting.h"
#include "rules/rules.h"

/* Codes, nearest first; empty where no rule has a scope. Inside db_read or db_write. */
fail meeting_scopes(struct call *c, const struct meeting *m, struct scopes *out) MUST_CHECK;
/* The minutes a meeting has to last: the unit's own setting, else what the scheme of its day asks for (6.2), else 90. */
fail meeting_required_minutes(struct call *c, const struct meeting *m, int64_t *out) MUST_CHECK;

#endif
