/* oversight_pages.h — the pages of the registers and of the questions that figures raise. Each table is listed in app/routes.c. */
#ifndef CHIBO_OVERSIGHT_OVERSIGHT_PAGES_H
#define CHIBO_OVERSIGHT_OVERSIGHT_PAGES_H

#include "http/route.h"

extern const struct route register_list_routes[], ledger_routes[], question_routes[];

#endif
