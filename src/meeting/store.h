/* store.h — the parts of writing a meeting that imports put together in their own way. For src/meeting and the import of meetings. */
#ifndef CHIBO_MEETING_STORE_H
#define CHIBO_MEETING_STORE_H

#include "meeting/attendance.h"
#include "meeting/cycle.h"

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
/* FAIL_CONFLICT when m differs from the stored `before` in a part that may not be edited in its state (cycle.h). */
fail meeting_check_parts(struct call *c, const struct meeting *before, const struct meeting *m) MUST_CHECK;
/* Raises m->sequence over `before` when time, place or the like of a meeting to come has changed. */
void meeting_raise_sequence(const struct meeting *before, struct meeting *m);
/* V01 on the day of the meeting. Where nobody is on the roll of that day nothing is refused. */
fail meeting_check_roll(struct call *c, const struct meeting *m) MUST_CHECK;
/* The first row of the history of a meeting that was just inserted. FAIL_CONFLICT when no meeting begins in that state. */
fail meeting_step_first(struct call *c, const struct meeting *m) MUST_CHECK;
/* A row of the history: from `from` to the state *m is in. note may be NULL. */
fail meeting_step_write(struct call *c, const struct meeting *m, int64_t seq, enum meeting_step step, enum meeting_state from,
                        const struct step_note *note) MUST_CHECK;
/* Takes a row of the table without asking for rights or for what it stands on: for imports, which have asked in their own way. */
fail meeting_move(struct call *c, struct meeting *m, enum meeting_step step, const struct step_note *note) MUST_CHECK;
/* Is everything that a change may touch the same? */
bool meeting_same_content(const struct meeting *x, const struct meeting *y);
/* The counts of a complete roll call into *m. */
void tally_put(struct meeting *m, const struct tally *t);

#endif
