/* gather.h — the facts of a year (rules/facts_year.h) from what is recorded: meetings, attendance, tasks, targets, documents, posts, registers, cases.
 *
 * Nothing is typed. Where nothing is kept, the fact is unknown and says where it would be recorded: an empty register is not "none" until somebody has
 * recorded that there was nothing in that year (year_number "none_inspection" …). While the year runs the facts count up to today, and those that
 * can still change are marked. Units are read in sets: one cell, or every cell below a committee, by the same statements. */
#ifndef CHIBO_YEAR_GATHER_H
#define CHIBO_YEAR_GATHER_H

#include "org/unit.h"
#include "rules/facts_year.h"
#include "rules/rules.h"

/* Where a fact comes from, for the sentence beside it and for the link to its records. */
enum year_origin {
	YEAR_FROM_NOWHERE, YEAR_FROM_MEETINGS, YEAR_FROM_TASKS, YEAR_FROM_TARGETS, YEAR_FROM_DOCUMENTS, YEAR_FROM_MEMBERS, YEAR_FROM_CASES,
	YEAR_FROM_INITIATIVES, YEAR_FROM_DISCIPLINES, YEAR_FROM_INSPECTIONS, YEAR_FROM_REPORTS, YEAR_FROM_FEEDBACK, YEAR_FROM_TRAININGS,
	YEAR_FROM_NUMBERS, YEAR_FROM_ASSIGNMENTS, YEAR_FROM_UNIT, YEAR_FROM_UNDERTAKINGS, YEAR_ORIGINS
};
const char *year_origin_name(enum lang lang, enum year_origin o); /* "from the meetings"; "" for nowhere */

struct year_gathered {
	struct facts facts;
	unsigned char origin[64]; /* enum year_origin by fact */
	uint64_t open;            /* facts that can still change before the year is over */
};

/* The facts of units, of which each existed in the year; out has n of them. Units may be cells and bodies. `scheme` of each unit decides initiatives_required
 * (NULL: unknown). Inside db_read or db_write. */
fail year_gather(struct call *c, int year, const struct unit *units, size_t n, const struct scheme *const *schemes, struct year_gathered *out) MUST_CHECK;
/* The facts of one member in a cell; `open` as above. */
fail person_gather(struct call *c, int year, int64_t realm, int64_t unit_id, int64_t member_id, struct year_gathered *out) MUST_CHECK;

#endif
