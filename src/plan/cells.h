/* cells.h — what is known of the year of every cell below a unit: its plan, its twelve months, who has registered, what is overdue.
 *
 * Known from the first day: a plan says what is expected before anything was held. A cell counts as one when it is of level cell, or a
 * grassroots body without cells of its own. A cell itself is a list of one. */
#ifndef CHIBO_PLAN_CELLS_H
#define CHIBO_PLAN_CELLS_H

#include "meeting/cycle.h"
#include "plan/plan.h"

enum { CELLS_MOST = 400 };   /* more are shown by committee, not one by one */

/* A meeting of the year as far as this page needs it. */
struct cell_meeting {
	int64_t id, unit_id, month, thematic, afterwards, registered_ms, sheets;
	unsigned kind, state;
	struct moment starts_at, ends_at, uploaded_at;
	struct date planned_on;
	const char *place, *topic;
};

enum cell_registration { REGISTRATION_NONE, REGISTRATION_IN_TIME, REGISTRATION_LATE, REGISTRATION_HELD };
const char *registration_name(enum lang lang, enum cell_registration r);

struct cell_slot {
	enum slot_state state;
	const struct cell_meeting *meeting;
};

struct plan_cell {
	struct unit unit;
	struct date since; /* when the cell began, whatever it was called */
	bool adopted, proposed;
	struct cell_slot slot[12];
	bool theme[4];                         /* a thematic part was held in that quarter */
	bool theme_planned[4];                 /* or is to be held */
	int64_t due, held, late;               /* months that have closed, or whose meeting was held */
	enum cell_registration registration;   /* of the month asked for */
	const struct cell_meeting *registered; /* its meeting, registered or planned; NULL: none */
	const char *secretary;
	const struct cell_meeting *meetings; /* all of the year, by month */
	size_t meeting_n;
	bool exception; /* something needs a look: no plan, a missed month, not registered in time */
};

struct plan_cells {
	struct unit unit;
	int year;
	month_no month; /* whose registrations were asked for */
	struct plan_cell *v;
	size_t n;
	size_t all; /* how many cells there are; n is 0 when these are more than CELLS_MOST */
	size_t with_plan, in_time, late, not_registered;
	int64_t due, held, held_late;
};

/* Cells of today in the order of their codes, those with exceptions first when `exceptions_first`. Inside db_read or db_write. */
fail plan_cells_load(struct call *c, int64_t unit_id, int year, month_no month, bool exceptions_first, struct plan_cells *out) MUST_CHECK;

/* Direct children with the plans of all cells below them, for units with too many cells. */
struct plan_child {
	int64_t id;
	const char *name;
	int64_t cells, with_plan;
};
fail plan_children(struct call *c, int64_t unit_id, int year, struct plan_child **out, size_t *n) MUST_CHECK;

struct proposing {
	int64_t unit_id;
	int year;
	int64_t made;
};
/* Proposes a plan for every cell below that has none: one transaction. FAIL_INPUT when there are too many cells. */
fail plan_propose_all(struct call *c, struct proposing *p) MUST_CHECK;

#endif
