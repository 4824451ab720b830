/* case_keep.h — the parts of changing a case that the files of cases put together: locked, moved, touched, journal. Private to src/year.
 *
 * All inside db_write. */
#ifndef CHIBO_YEAR_CASE_KEEP_H
#define CHIBO_YEAR_CASE_KEEP_H

#include "year/store.h"

/* Months until June need a vote on the half year. */
#define HALF_YEAR_LAST(year) date_of((int)(year), 6, 30)

/* Reads a case. FAIL_CONFLICT when its rev is not `rev` (ANY_REV: not compared); *k is what is stored. */
fail case_lock(struct call *c, int64_t id, int64_t rev, struct year_case *k) MUST_CHECK;
/* FAIL_DENIED when the person may not take that step of this case. */
fail case_check_right(struct call *c, const struct year_case *k, enum case_step step) MUST_CHECK;
/* Takes a row of the table: state, history, journal, counters. Rights and blocks were looked at. note may be NULL. */
fail case_move(struct call *c, struct year_case *k, enum case_step step, const struct case_note *note) MUST_CHECK;
/* The same with rights and what stands in the way; FAIL_CONFLICT when there is no such way. */
fail case_move_checked(struct call *c, struct year_case *k, enum case_step step, const struct case_note *note, struct flaws *found) MUST_CHECK;
/* Was `step` taken with this older `rev`, by the same person with the same remark (NULL: not compared), as the last thing that happened: the same click
 * come twice? */
fail case_same_click(struct call *c, const struct year_case *k, int64_t rev, enum case_step step, const char *remark, bool *out) MUST_CHECK;
/* Is `step` possible from where the case stands? */
bool case_has_way(const struct year_case *k, enum case_step step);
fail case_no_way(struct call *c, const struct year_case *k, enum case_step step) MUST_CHECK;
/* The row over the stored one, with its journal entry under `action`; the version is raised, the counters of the year follow. */
fail case_write(struct call *c, const struct year_case *before, struct year_case *k, const char *action) MUST_CHECK;
/* Something beside the row changed: the version is raised, the counters follow. */
fail case_touched(struct call *c, struct year_case *k) MUST_CHECK;
/* The counters of the unit's year, made anew. Part of the functions above. */
fail case_count(struct call *c, const struct year_case *k) MUST_CHECK;
/* Puts a new row and its first step. k->id is made; *k is the case as stored. */
fail case_insert(struct call *c, struct year_case *k, enum case_step first) MUST_CHECK;
/* The day that names, places and deciders of a year are taken on: its last, or today before it. */
struct date case_day(const struct call *c, int64_t year);
/* "year_case" as JSON for the journal, in the arena. */
const char *case_text(struct call *c, const struct year_case *k);

/* ---- votes (vote.c) ---- */

struct year_vote;
/* Checks a vote (base V06, majority V07) and keeps it under its stage; everything wrong goes to *found, fields "in_favour" …. v->base not above 0 is computed. */
fail case_vote_check(struct call *c, const struct year_case *k, struct year_vote *v, struct flaws *found) MUST_CHECK;
fail case_vote_keep(struct call *c, const struct year_case *k, const struct year_vote *v) MUST_CHECK;

#endif
