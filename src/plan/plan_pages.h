/* plan_pages.h — the year plan of a cell; what a committee sees of all its cells; the schedule notice. */
#ifndef CHIBO_PLAN_PLAN_PAGES_H
#define CHIBO_PLAN_PLAN_PAGES_H

#include "http/route.h"

extern const struct route plan_routes[], plan_line_routes[], plan_committee_routes[], plan_schedule_routes[], plan_paper_routes[];

#endif
