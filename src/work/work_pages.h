/* work_pages.h — the pages of tasks, of targets and of what was resolved. Each table is listed in app/routes.c. */
#ifndef CHIBO_WORK_WORK_PAGES_H
#define CHIBO_WORK_WORK_PAGES_H

#include "http/route.h"
#include "work/task.h"

extern const struct route task_list_routes[], task_page_routes[], cascade_routes[], goal_routes[], resolution_routes[];

/* For pages about a task that stand in other rooms: the unit of ":task" in the path; is it the task of the person signed in? */
unit_of page_of_task;
bool task_is_mine(const struct call *c, const struct task *t);

#endif
