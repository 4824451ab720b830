/* meeting_pages.h — a meeting in the browser: lists, the task list of one meeting, recording, scoring, deciding. */
#ifndef CHIBO_SCORE_MEETING_PAGES_H
#define CHIBO_SCORE_MEETING_PAGES_H

#include "http/route.h"

extern const struct route queue_routes[], appeal_routes[];
extern const struct route meeting_list_routes[], meeting_routes[], record_routes[], task_routes[], sheet_routes[], roll_routes[], vote_routes[],
	ballot_routes[];
extern const struct route room_routes[], close_routes[];
extern const struct route register_routes[], step_routes[];
extern const struct route agenda_routes[], pre_routes[], guest_routes[], sending_routes[], online_routes[];

#endif
