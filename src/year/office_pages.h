/* office_pages.h — the year in the browser as a committee sees it: queue, appraisal side by side, appeals, levels with their cap. */
#ifndef CHIBO_YEAR_OFFICE_PAGES_H
#define CHIBO_YEAR_OFFICE_PAGES_H

#include "http/route.h"

extern const struct route office_queue_routes[], office_appraise_routes[], office_return_routes[], office_appeal_routes[], office_levels_routes[];

#endif
