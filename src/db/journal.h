/* journal.h — who changed what, when, from what to what; append-only, chained by hashes.
 *
 * An entry is written in the transaction of the change itself. Entries form chains ("lanes"): SQLite has one; on PostgreSQL
 * every pooled connection has its own, so that writers do not wait for each other. hash = BLAKE2b(previous hash, fields).
 * The head of each lane is stored apart, so that entries cut off at the end are noticed. */
#ifndef CHIBO_DB_JOURNAL_H
#define CHIBO_DB_JOURNAL_H

#include "db/db.h"

struct journal_entry {
	int64_t realm, unit_id; /* where it belongs; 0 = the whole installation */
	int64_t at_ms;
	const char *actor;
	const char *action;     /* "create", "update", "delete", "decide", "sign-in" … */
	const char *entity;     /* record name: "unit", "meeting" … */
	int64_t entity_id;
	const char *before, *after; /* JSON, or "" when there is none */
	int64_t lane, seq;
	struct blob hash;
};
extern const struct record journal_record;

/* Adds an entry; time and actor are the call's. Inside db_write only. */
fail journal_add(struct call *c, int64_t realm, int64_t unit_id, const char *action, const char *entity, int64_t entity_id,
                 const char *before, const char *after) MUST_CHECK;
/* Recomputes every chain. FAIL_BROKEN names lane and entry of the first break. *entries gets how many were checked. */
fail journal_verify(struct call *c, int64_t *entries) MUST_CHECK;
/* Newest first, entries of a record (entity, id) or of a unit; `before_at_ms` for paging, INT64_MAX to begin. */
fail journal_of(struct call *c, const char *entity, int64_t entity_id, struct journal_entry **rows, size_t *n) MUST_CHECK;
fail journal_of_unit(struct call *c, int64_t unit_id, int64_t before_at_ms, int64_t limit, struct journal_entry **rows, size_t *n) MUST_CHECK;

#endif
