/* office_case.h — one case as the committee above sees it: its sheets side by side, what the facts say today, evidence, votes, and its neighbours in the
 * queue. Private to src/year. */
#ifndef CHIBO_YEAR_OFFICE_CASE_H
#define CHIBO_YEAR_OFFICE_CASE_H

#include "http/route.h"
#include "year/assess.h"
#include "year/office_queue.h"

/* The unit that decides the case of the path "/cases/:case/…": where MAY_DECIDE is asked. */
unit_of office_case_decider;

struct office_neighbour { int64_t id; const char *name; }; /* id 0: there is none */

struct office_case {
	/* asked for */
	int64_t id;
	bool typed;              /* `judged` was typed; else the points of the appraisal, else of the vote, else the cell's own */
	struct judged judged;
	bool answering;          /* an appeal is answered: a new appraisal may be kept in any state */
	/* answered */
	struct year_case k;
	struct unit decider;
	struct year_draft draft; /* with those points and today's facts */
	const char *no_draft;    /* why there is none, or NULL */
	struct year_view self, voted, appraised;
	struct year_evidences evidence;
	struct year_votes votes;
	struct year_appeals appeals;
	struct case_steps_taken steps;
	struct flaws order;      /* what has to be decided before: lower units, the collective of a member */
	struct office_neighbour before, after; /* that wait for the same, in the order of their names */
};
/* db_body: reads `id`. */
fail office_case_load(struct call *c, void *arg) MUST_CHECK;
/* What the appraisal is compared with: voted, else the cell's own; NULL: there is neither. */
const struct year_view *office_case_before(const struct office_case *d);
/* May the committee keep an appraisal now, by state? One that is appraised may be put right until it is recognised or notified. */
bool office_case_is_open(const struct office_case *d);
/* Points of a line in a kept sheet, or TENTHS_NONE. */
struct tenths office_line_points(const struct year_view *v, const char *id);

#endif
