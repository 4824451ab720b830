/* event.h — a meeting as an entry of a calendar.
 *
 * The UID is the meeting's for life; SEQUENCE is raised by the life cycle whenever time, place or taking place changes. A meeting that is only
 * planned is tentative; a postponed one is cancelled until it has its new day. What is discussed is not in it: a calendar leaves the installation. */
#ifndef CHIBO_NOTICE_EVENT_H
#define CHIBO_NOTICE_EVENT_H

#include "meeting/meeting.h"
#include "notice/ical.h"

/* A meeting with the time of its last step. */
struct calendar_entry {
	struct meeting meeting;
	int64_t changed_ms;
};
/* `site` is the installation's own address without a slash at its end ("https://chibo.example"), "" when it is not known. In the call's
 * arena and language; ORGANIZER and ATTENDEE stay empty. */
struct ical_event event_of_meeting(struct call *c, const struct calendar_entry *e, const char *site);
/* "Regular cell meeting, December 2026" */
const char *event_title(struct call *c, const struct meeting *m);
/* When it will end: as recorded, else after the minutes that such a meeting takes (domain, section 6.2). */
struct moment event_end(const struct meeting *m);

#endif
