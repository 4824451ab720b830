/* report_year.h — which units a report about a year speaks of: those below a unit where the year's figures count them (cube.h), bodies and cells. */
#ifndef CHIBO_ROLLUP_REPORT_YEAR_H
#define CHIBO_ROLLUP_REPORT_YEAR_H

#include "rollup/report.h"

struct year_unit {
	int64_t id, realm;
	const char *code, *name, *parent; /* parent: its name, "" for the first */
	unsigned level;
	bool body;              /* has cells below it */
	bool grassroots_cell;   /* a cell that stands directly below a body above the grassroots (glossary) */
	bool exists;            /* at the end of the year, or today in the running one */
	bool left;              /* hung below in that year and does not any more: only units registered for "four good" */
	struct unit_year facts;
};
struct year_units { struct year_unit *v; size_t n; };

/* In reading order, the unit itself first; those that left come last. FAIL_NOT_FOUND: no such unit. */
fail report_year_units(struct call *c, const struct question *q, int year, struct year_units *out) MUST_CHECK;

#endif
