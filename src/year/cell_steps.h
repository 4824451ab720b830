/* cell_steps.h — a case as a task list: every step of the year, done, next or blocked with the reason in words, and the page that unblocks it.
 *
 * For the page of a case, the year of a unit and the home page. Days are proposals (31 January, June and July, 30 November, 15 December): one that has
 * gone by is said, nothing else follows from it. */
#ifndef CHIBO_YEAR_CELL_STEPS_H
#define CHIBO_YEAR_CELL_STEPS_H

#include "html/parts.h"
#include "year/assess.h"

struct year_steps {
	struct step v[10];
	size_t n;
	const struct step *next;     /* the one thing to do now, or NULL: nothing, or not for this person */
	struct step others[5];       /* off the way: withdraw, moves away, reopen */
	size_t other_n;
	const char *standstill;      /* withdrawn, moved away: what and why; else NULL */
};
/* Inside db_read. */
fail year_steps_of(struct call *c, const struct year_case *k, struct year_steps *out) MUST_CHECK;
/* "returned: papers are missing; by 8 Dec 2025" */
const char *year_returned_words(struct call *c, const struct year_case *k);
/* Of a unit that has not registered for "four good" in that year. */
void year_steps_before(struct call *c, int64_t unit_id, int year, struct year_steps *out);

/* What a cell has to do about its year now: at most 4 lines for the home page. Inside db_read. */
struct year_duties { struct step v[4]; size_t n; };
fail year_duties_of(struct call *c, int64_t unit_id, struct year_duties *out) MUST_CHECK;
/* The same for the member signed in: the own self-assessment, an answer to an appeal. */
fail year_duties_of_me(struct call *c, int64_t unit_id, struct year_duties *out) MUST_CHECK;

#endif
