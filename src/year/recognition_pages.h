/* recognition_pages.h — the pages of recognition. Listed in app/routes.c. */
#ifndef CHIBO_YEAR_RECOGNITION_PAGES_H
#define CHIBO_YEAR_RECOGNITION_PAGES_H

#include "http/route.h"

extern const struct route recognition_routes[];

#endif
