/* tables_pages.h — local tables in the browser: which holds here, drafts, differences, trying one on a year. */
#ifndef CHIBO_YEAR_TABLES_PAGES_H
#define CHIBO_YEAR_TABLES_PAGES_H

#include "http/route.h"

extern const struct route table_routes[], table_compare_routes[], table_try_routes[];

#endif
