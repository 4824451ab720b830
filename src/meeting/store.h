/* store.h — the parts of writing a meeting that imports put together in their own way. For src/meeting and the import of meetings. */
#ifndef CHIBO_MEETING_STORE_H
#define CHIBO_MEETING_STORE_H

#include "meeting/attendance.h"

/* Writes `m` over `before` if anything differs: counts from a complete roll call first, then all checks, the row, the journal, the counters
 * of both months. m->rev is the one stored then. Inside db_write. */
fail meeting_store(struct call *c, const struct meeting *before, struct meeting *m) MUST_CHECK;
/* Puts the counts that follow from the stored roll call into *m, where it is complete. */
fail attendance_apply(struct call *c, struct meeting *m, struct flaws *found) MUST_CHECK;
/* The row as it is, without checks, journal or counters. */
fail meeting_insert_row(struct call *c, const struct meeting *m) MUST_CHECK;
/* The row over the stored one, nothing else; the stored rev is raised. */
fail meeting_overwrite(struct call *c, const struct meeting *m) MUST_CHECK;
/* The row over the one before, and its journal entry; m->rev is raised. No checks, no counters. */
fail meeting_write_row(struct call *c, const struct meeting *before, struct meeting *m) MUST_CHECK;
/* Is everything that a change may touch the same? */
bool meeting_same_content(const struct meeting *x, const struct meeting *y);
/* The counts of a complete roll call into *m. */
void tally_put(struct meeting *m, const struct tally *t);

#endif
