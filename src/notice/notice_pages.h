/* notice_pages.h — my calendar, the letters of a meeting, the link that confirms a letter. */
#ifndef CHIBO_NOTICE_PAGES_H
#define CHIBO_NOTICE_PAGES_H

#include "http/route.h"

extern const struct route calendar_routes[], letter_routes[];

#endif
