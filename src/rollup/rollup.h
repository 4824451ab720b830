/* rollup.h — counters per cell and month, and per unit and year, kept in step with the facts.
 *
 * Whoever writes a fact of a meeting (a row of meeting, meeting_fact or score_sheet) calls rollup_touch in the same transaction,
 * once per cell and month it altered: the row of cell_month is computed again from the facts, and after the commit the counters in
 * memory (figures.h) move by the difference. A meeting that goes from one month to another touches both months.
 *
 * What a row of cell_month counts, from the meetings of the cell in that month:
 * - meetings: regular, thematic and extraordinary ones; a committee's own meeting counts nowhere.
 * - regular: 1 when there is a regular meeting; where there are several, the latest is "the" regular meeting of the month.
 * - thematic: thematic meetings, and regular or extraordinary ones with a thematic part.
 * - pre_meetings: meetings with a committee pre-meeting dated not after them (pre_meeting_on, or the fact pre_meeting_held) (T03).
 * - expected, present (T06, T13): sums over meetings for which both are known; excused, unexcused: of those that are known.
 * - points, scored and one of good fair average poor: of the regular meeting, by its sheet: decided, else voted, else self, the latest
 *   revision. decided: that sheet is the committee's. self_scored, self_good: by its own sheet (T14).
 * - complete (T04): 1 when the regular meeting was scored in the same sitting and all its steps were done. Same sitting: the fact
 *   scored_same_sitting, else scored_at not after ends_at, or (a meeting that went through its life cycle here) on the day it ended and
 *   before its minutes were approved, else (end unknown) scored on the day of the meeting. Steps: steps_done ≥
 *   steps_required. A meeting that came in by its counts has no record of its steps; that is neither "done" nor "left out", so
 *   there the score in the same sitting decides, and the row says so: by_score 1. Pages show how many of the complete are such.
 * - reported: 1 when the regular meeting's papers were uploaded; one that came in by its counts alone (no row of meeting_fact) is
 *   itself the report.
 * - thematic_poor: thematic meetings scored Average or Poor (Y2).
 * A missing count is never a zero: the meeting is left out of that sum.
 *
 * Whoever writes a record of a year (a case, its sheet, its state or choice; an initiative or its authors) calls rollup_touch_year likewise; whoever
 * changes members or posts needs not: org calls rollup_people_changed. There is a row of cell_year for every unit and year with a case or an
 * initiative. What it counts (the sheet that counts: appraised, else voted, else self, the latest revision):
 * - registered: its "four good" case is not withdrawn. assessed: nor transferred out. met: of these, the sheet that counts meets the standard.
 *   recognised: decided so; exemplary: of these, chosen for a certificate.
 * - excellent … not_completed: the annual level of the unit, by the sheet that counts of its case; members_…: cases of members of this unit.
 * - secretaries: those of these members who are secretary here on 31 December, with a level; secretaries_good: of these Good or better.
 * - members: on the roll at home here on 31 December (in the running year: as known today). initiatives: recorded here in that year;
 *   members_with_initiative: their authors who belonged here at any time of the year. */
#ifndef CHIBO_ROLLUP_ROLLUP_H
#define CHIBO_ROLLUP_ROLLUP_H

#include "base/call.h"

/* Computes one row again. Inside db_write only. */
fail rollup_touch(struct call *c, int64_t realm, int64_t unit_id, month_no month) MUST_CHECK;

/* Computes the row of a unit's year again. Inside db_write only. */
fail rollup_touch_year(struct call *c, int64_t realm, int64_t unit_id, int year) MUST_CHECK;
/* Memberships or posts of a unit have changed: its years that have a row are computed again (org/people.h). Inside db_write only. */
fail rollup_people_changed(struct call *c, int64_t realm, int64_t unit_id) MUST_CHECK;

/* A set of cells and months, units and years, for imports: filled row by row, computed again at the end in statements of many rows each. */
struct rollup_dirty;
/* Lives in `a`, which must last until rollup_touch_many; 24 bytes an entry. */
struct rollup_dirty *rollup_dirty_new(struct arena *a);
void rollup_dirty_add(struct rollup_dirty *dirty, int64_t realm, int64_t unit_id, month_no month);
void rollup_dirty_add_year(struct rollup_dirty *dirty, int64_t realm, int64_t unit_id, int year);
fail rollup_touch_many(struct call *c, struct rollup_dirty *dirty) MUST_CHECK;

/* Makes every row of cell_month and cell_year again from the facts; *changed (may be NULL) gets how many differed. Inside db_write only. */
fail rollup_rebuild(struct call *c, int64_t *changed) MUST_CHECK;

#endif
