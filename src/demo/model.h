/* model.h — how believable cells behave: sizes, habits, attendance, punctuality, points. Pure, driven by a seed.
 *
 * A cell has a quality of 0…1000 that changes little from month to month; everything else is drawn around it: most cells
 * are good, some are fair, a few miss months, send papers late or forget to score. Nothing here scores by the rules: where the product
 * itself can (small sizes), it does; for the large sizes the model gives the totals that a monthly summary would report. */
#ifndef CHIBO_DEMO_MODEL_H
#define CHIBO_DEMO_MODEL_H

#include "base/date.h"
#include "base/num.h"
#include "demo/random.h"

struct cell_profile {
	const char *type;     /* VR AG PS EN AF ST */
	int members;          /* official and probationary */
	int probationary, exempt, away, incoming;
	int quality;          /* 0 … 1000 */
	bool exemplary;       /* keeps every deadline: a cell that others are shown */
	int day;              /* usual day of the month */
	int hour;             /* usual hour of the evening or afternoon */
	month_no founded;     /* first month with a meeting; INT32_MIN: before everything */
	struct rng rng;       /* drives the cell's months */
};

struct meeting_model {
	bool held, thematic, pre_meeting, scored_late, unscored;
	struct moment starts_at, ends_at, documents_sent_at, scored_at, uploaded_at;
	struct date pre_meeting_on;
	int expected, present, excused, unexcused, official_present, speakers;
	struct tenths self, decided; /* TENTHS_NONE: not given */
	int lost_judged;             /* points the chairing and content lose: 0 … 8 */
	int tasks, tasks_late;
};

/* Draws cell number `n`: `village` cells are VR, others a mixture. */
void model_cell(struct rng *r, int n, month_no first, month_no last, struct cell_profile *out);
/* Draws what happened in that month; thematic parts fall in the middle month of each quarter, mostly. */
void model_month(const struct cell_profile *p, month_no month, struct meeting_model *out);

#endif
