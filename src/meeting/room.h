/* room.h — what is written down while the meeting runs: items of the agenda ticked with their minutes, conclusions, who chairs and who takes the minutes, how many
 * spoke (a number, never who).
 *
 * Ticks are answers of one tap: the last word on an item holds, and two people who tick different items keep both. A conclusion is a text:
 * it has the item's rev, and who comes late is shown both versions. Each function opens a write transaction or joins the open one, wants
 * PART_ROOM open and writes the journal. */
#ifndef CHIBO_MEETING_ROOM_H
#define CHIBO_MEETING_ROOM_H

#include "meeting/agenda.h"

/* Minutes since the item before was ticked, or since the meeting was opened: what the clock proposes for `item` now. INT_UNKNOWN when the
 * meeting does not run, or began on another day. Inside db_read or db_write. */
fail room_clock(struct call *c, const struct meeting *m, int64_t item, int64_t *minutes) MUST_CHECK;

/* Ticks an item, or takes the tick back (then its minutes are forgotten). `minutes` INT_UNKNOWN: what the clock says. The same tick twice changes
 * nothing, not even when the clock has gone on. */
fail agenda_tick(struct call *c, int64_t meeting_id, int64_t item, bool done, int64_t minutes, struct agenda_item *out) MUST_CHECK;
/* FAIL_CONFLICT when the stored rev is another: *out is what there is. */
fail agenda_conclude(struct call *c, int64_t meeting_id, int64_t item, const char *text, int64_t rev, struct agenda_item *out) MUST_CHECK;

/* Who and how many. INT_UNKNOWN: stays as it is; 0 for a person: nobody named. People are on the roll of the cell and, where the roll was called, present.
 * The chair is an official member; the minute-taker may be anybody. FAIL_INPUT at "chair", "minute_taker", "speakers". */
struct room_people { int64_t chair_id, minute_taker_id, speakers; };
fail room_set(struct call *c, int64_t meeting_id, const struct room_people *p, struct meeting *m) MUST_CHECK;

#endif
