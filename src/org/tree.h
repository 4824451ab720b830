/* tree.h — the whole tree with its history: every span, who came from whom, and whether it is sound.
 *
 * For those who keep the tree in memory (the roll-up), for imports and for `chibo verify`. Who keeps a copy compares the number of
 * org/version.h and reads again when it has moved. */
#ifndef CHIBO_ORG_TREE_H
#define CHIBO_ORG_TREE_H

#include "base/verify.h"
#include "org/unit.h"

/* All spans of all units, ordered by unit id, then day. Constant memory: the row lasts during the callback only.
 * name_key is not filled. */
fail org_each_span(struct call *c, fail (*each)(struct call *c, const struct unit *span, void *arg), void *arg) MUST_CHECK;
/* The life of one unit, first span first. */
fail org_spans(struct call *c, int64_t id, struct units *out) MUST_CHECK;

/* `unit_id` took over, wholly or in part, from `predecessor_id` on that day. */
struct predecessor { int64_t unit_id, predecessor_id; struct date on_date; unsigned operation; };
extern const char *const predecessor_operations[]; /* "" continue merge split transfer, NULL-ended */
extern const struct record predecessor_record;
fail org_predecessors(struct call *c, struct predecessor **out, size_t *n) MUST_CHECK;
/* Only those of one unit, in both directions. */
fail org_predecessors_of(struct call *c, int64_t id, struct predecessor **out, size_t *n) MUST_CHECK;

/* Some or all spans in memory, sorted by unit id and day. */
struct tree { struct unit *v; size_t n; };
fail tree_load(struct call *c, struct tree *out) MUST_CHECK;
/* Spans of one unit: the index of the first, *n how many. */
size_t tree_find(const struct tree *t, int64_t unit_id, size_t *n);
/* Sorts after spans were added or changed by hand. */
void tree_sort(struct tree *t);

/* What is wrong with a span: `text` is a sentence in the call's language. `span` points into the tree. */
typedef void tree_found(struct call *c, const struct unit *span, const char *text, void *arg);
/* The laws of the tree: spans of a unit touch without gap or overlap; the parent exists on every day of a span and is of a higher
 * level; the realm is the parent's. Checks one unit, or all with unit_id 0. The tree must hold the unit's parents too. */
void tree_check(struct call *c, const struct tree *t, int64_t unit_id, tree_found *found, void *arg);
/* The laws of the stored tree, and of members: for `chibo verify`. Ends with a NULL name. */
extern const struct verify_check org_checks[];

#endif
