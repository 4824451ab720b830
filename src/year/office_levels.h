/* office_levels.h — the levels that a committee decides in a year: groups with the cap on Excellent, and the order of work before it can decide. Private to
 * src/year. Nothing here changes a level: the committee does, with words. */
#ifndef CHIBO_YEAR_OFFICE_LEVELS_H
#define CHIBO_YEAR_OFFICE_LEVELS_H

#include "http/req.h"
#include "year/office_parts.h"

struct office_levels {
	struct office_query q;       /* kind CASE_UNIT or CASE_MEMBER */
	struct unit unit;
	struct cap_groups groups;
	struct office_rows rows;     /* all that is decided here */
	struct office_rows cells;    /* of members: the collectives, which come first */
	struct office_bodies bodies; /* of units: the bodies below, which come first */
};
/* Inside db_read; q is given. */
fail office_levels_load(struct call *c, struct office_levels *d) MUST_CHECK;
/* "130 Good → at most 26 Excellent; there are 28, 2 too many". */
const char *office_cap_words(struct call *c, const struct levels_rule *rule, const struct cap_group *g);
/* The steps before the committee can decide, each done, next or to do, with links; *to_open counts what one tap opens. */
void office_order(struct call *c, const struct office_levels *d, struct office_levels_view *v);

/* ---- acting ---- */

struct office_leveling {
	const struct req *rq;    /* "case": ID.REV many times; "level", "reason", "group" */
	struct form *form;       /* gets a problem at "case" for every case that was left */
	struct office_query q;
	bool grouping;           /* name their group; else decide the level */
	int64_t done;
};
/* db_body, inside db_write: the level of the ticked is decided anew, with a reason; what was notified is reopened with that reason. */
fail office_decide_levels(struct call *c, void *arg) MUST_CHECK;
struct office_opening { struct office_query q; int64_t opened, left; };
/* db_body, inside db_write: opens what is missing; of members cell by cell, those whose collective has not reviewed itself are left. */
fail office_open_all(struct call *c, void *arg) MUST_CHECK;

#endif
