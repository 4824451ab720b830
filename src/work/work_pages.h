/* work_pages.h — the pages of tasks, of targets and of what was resolved. Each table is listed in app/routes.c. */
#ifndef CHIBO_WORK_WORK_PAGES_H
#define CHIBO_WORK_WORK_PAGES_H

#include "http/route.h"

extern const struct route task_list_routes[], task_page_routes[], cascade_routes[], goal_routes[];

#endif
