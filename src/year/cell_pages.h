/* cell_pages.h — the year in the browser, for the cell and its members: where it stands, registering, steps, sheets, votes, checks, evidence, appeals,
 * the members' classification. */
#ifndef CHIBO_YEAR_CELL_PAGES_H
#define CHIBO_YEAR_CELL_PAGES_H

#include "http/route.h"
#include "year/assess.h"

extern const struct route cell_year_routes[], cell_register_routes[], cell_case_routes[], cell_sheet_routes[], cell_check_routes[],
	cell_evidence_routes[], cell_appeal_routes[], member_year_routes[], my_year_routes[];

/* The members secured, reachable, standard, result, conditions, sheet of an object. */
void year_draft_json(struct json *j, const struct year_draft *d);

#endif
