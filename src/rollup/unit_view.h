/* unit_view.h — what the page of a unit shows, gathered from the counters in memory in one go. No statement is run here. */
#ifndef CHIBO_ROLLUP_UNIT_VIEW_H
#define CHIBO_ROLLUP_UNIT_VIEW_H

#include "html/parts.h"
#include "rollup/children.h"

#define SIBLINGS_SHOWN 12
#define LOW_SHOWN 8

/* A unit above or beside this one. */
struct relative { int64_t id; const char *name; bool may; };
struct relatives { struct relative *v; size_t n; };

struct rate { int64_t num, den; };

/* A unit directly below, or the unit's own meetings. */
struct child_view {
	int64_t id;
	const char *code, *name;
	bool own, flag;          /* flag: months without a meeting, or attendance below the line */
	struct rate regular, thematic, attendance, scored, good;
	int64_t mean;            /* tenths; INT_UNKNOWN: none */
	struct rate year;        /* cells of class Good */
	struct rate registered, met, level; /* cells: registered for "four good", meeting its standard of those assessed, Good or better of those classified */
};
struct child_views { struct child_view *v; size_t n; };

/* A month of a cell. */
struct month_view {
	month_no month;
	bool due, regular, thematic, pre, decided, complete, future;
	enum class_mark class;
	int64_t points;          /* tenths; INT_UNKNOWN: none */
	struct rate attendance;
};
struct month_views { struct month_view *v; size_t n; };

struct looks { /* what needs a look, over the months of the period that are over */
	int64_t due, missed;     /* months of cells; of these without a regular meeting */
	int64_t now_due, now_missed; /* the same for the current month */
	int64_t regular, unscored, unreported;
	struct child_views low;  /* units below whose attendance misses the target, lowest first, at most LOW_SHOWN */
	int64_t low_n;
	const struct target *attendance; /* the target that draws the line, or NULL */
};

struct unit_view {
	struct question q;
	struct period months;    /* of the trends */
	int64_t id;
	const char *code, *name, *level, *type;
	bool today;              /* exists today */
	bool cell;               /* nothing below it */
	bool now;                /* structure of today */
	bool nothing;            /* no figure at all in this period */
	struct relatives above, beside;
	struct target_lines targets;
	struct card *cards;
	struct looks looks;
	struct child_views children;
	struct child_view total;
	struct month_views year; /* of a cell: the months of the year in which the period ends */
	int year_number;         /* in which the period ends */
	struct figures of_year;  /* of that year; months are left out */
	bool years;              /* the period is made of whole years: the units below show figures of years */
	bool sees_members, decides; /* may the person see what concerns members; filled by the page */
	enum class_mark year_class;
	const char *year_why;    /* "" unless it is a cell */
	struct crumb *places;    /* the other pages of this unit that the person may open */
	size_t place_n;
	const char *keep;        /* period and structure as a query, ready to stand in HTML: made once, written hundreds of times */
	struct table table;      /* of the children */
	struct table figures;    /* of the year */
	struct sibling *siblings;
	size_t sibling_n;
};

/* Fills everything but links and rights. FAIL_NOT_FOUND: no such unit. */
fail unit_view_fill(struct call *c, const struct question *q, struct unit_view *out) MUST_CHECK;
/* Orders children by "name", "code", "regular" …, "-" in front: from the largest. Anything else leaves them as they are. */
void unit_view_sort(struct unit_view *v, const char *sort);

#endif
