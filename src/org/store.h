/* store.h — single rows of this room, written. For the files of src/org only: rules and journals are the callers' work.
 *
 * Inside db_write. Keys of texts are made here when a row has none yet. */
#ifndef CHIBO_ORG_STORE_H
#define CHIBO_ORG_STORE_H

#include "db/db.h"
#include "org/member.h"
#include "org/post.h"
#include "org/unit.h"

fail store_unit(struct call *c, int64_t id, int64_t realm, const char *code) MUST_CHECK;
/* A span of u->id. With `update` the one that begins on u->valid_from is written over. */
fail store_span(struct call *c, const struct unit *u, bool update) MUST_CHECK;
fail store_raise_unit(struct call *c, int64_t id) MUST_CHECK;
fail store_predecessor(struct call *c, int64_t unit_id, int64_t predecessor_id, struct date on, const char *operation) MUST_CHECK;

fail store_member(struct call *c, const struct member *m) MUST_CHECK;
fail store_member_update(struct call *c, const struct member *m) MUST_CHECK;
/* A row of the person in another realm; nothing when there is one. FAIL_CONFLICT when the code there is somebody else's. */
fail store_member_copy(struct call *c, int64_t id, int64_t from_realm, int64_t to_realm) MUST_CHECK;
fail store_raise_member(struct call *c, int64_t realm, int64_t id) MUST_CHECK;

fail store_membership(struct call *c, const struct membership *m) MUST_CHECK;
/* The row named by realm, unit, member and valid_from: its last day, or the whole row taken away. */
fail store_membership_end(struct call *c, const struct membership *m, struct date last) MUST_CHECK;
fail store_membership_drop(struct call *c, const struct membership *m) MUST_CHECK;

/* Halves of org_post_check: the one against who is where, the other against other posts. */
fail post_check_holder(struct call *c, const struct post *p) MUST_CHECK;
fail post_check_overlap(struct call *c, const struct post *p) MUST_CHECK;

fail store_post(struct call *c, const struct post *p) MUST_CHECK;
fail store_post_end(struct call *c, const struct post *p, struct date last) MUST_CHECK;
fail store_post_drop(struct call *c, const struct post *p) MUST_CHECK;

/* A journal entry whose before and after (each may be NULL) are rows of `record`. */
fail store_journal(struct call *c, int64_t realm, int64_t unit_id, const char *action, int64_t entity_id, const struct record *record,
                   const void *before, const void *after) MUST_CHECK;

/* Room for one more at v[n], in the arena: v = store_grow(a, v, n, sizeof *v). */
void *store_grow(struct arena *a, void *v, size_t n, size_t size);

static inline struct date date_before(struct date d) { return (struct date){ d.days - 1 }; }
static inline struct date date_after(struct date d) { return (struct date){ d.days + 1 }; }

#endif
