/* app_pages.h — pages that look into several rooms at once: home, search, rules, journal, files in and out, what is stored about me. */
#ifndef CHIBO_APP_APP_PAGES_H
#define CHIBO_APP_APP_PAGES_H

#include "http/route.h"

extern const struct route rules_routes[], journal_routes[], home_routes[], file_routes[], mine_routes[], search_routes[], evidence_routes[];

#endif
