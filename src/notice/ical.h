/* ical.h — writing calendars (RFC 5545): what a phone's calendar reads, from a feed or from a letter.
 *
 * Lines are folded at 75 bytes between characters, texts escaped, times local to Asia/Ho_Chi_Minh with its VTIMEZONE. An event keeps its UID for
 * life; a higher SEQUENCE tells readers that it was moved, STATUS:CANCELLED that it does not take place. Pure: no clock, no database. */
#ifndef CHIBO_NOTICE_ICAL_H
#define CHIBO_NOTICE_ICAL_H

#include "base/date.h"
#include "base/out.h"

enum ical_status { ICAL_TENTATIVE, ICAL_CONFIRMED, ICAL_CANCELLED };

struct ical_event {
	const char *uid;
	int64_t sequence;
	int64_t stamp_ms;      /* when this version of it was made, UTC */
	struct moment starts_at, ends_at;
	enum ical_status status;
	const char *summary, *location, *description, *url; /* "" where there is none */
	const char *organizer; /* a mail address, "" none: needed in letters (RFC 5546) */
	const char *attendee, *attendee_name; /* likewise */
};

enum ical_method { ICAL_PUBLISH, ICAL_REQUEST, ICAL_CANCEL };

/* `name` of the calendar as readers show it; NULL in letters. */
void ical_begin(struct out *o, enum ical_method method, const char *name);
void ical_event(struct out *o, const struct ical_event *e);
void ical_end(struct out *o);

#endif
