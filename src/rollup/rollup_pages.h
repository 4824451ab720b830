/* rollup_pages.h — the page of a unit, the rows behind its figures, its reports. */
#ifndef CHIBO_ROLLUP_ROLLUP_PAGES_H
#define CHIBO_ROLLUP_ROLLUP_PAGES_H

#include "http/route.h"

extern const struct route rollup_routes[];

#endif
