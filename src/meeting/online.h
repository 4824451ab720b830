/* online.h — meeting online or in a mixed way: only where the committee above has allowed it, for a time (domain, section 5, proposed).
 *
 * A unit has leave from a day to a day (unit_setting online_allowed). At most three meetings a year are held wholly online; matters on secret papers
 * never are, not even mixed. That there is no secret vote and no decision on a member while somebody takes part online is kept by the votes (vote.h).
 * Meetings written down afterwards are taken as they were. */
#ifndef CHIBO_MEETING_ONLINE_H
#define CHIBO_MEETING_ONLINE_H

#include "meeting/meeting.h"

#define SETTING_ONLINE "online_allowed" /* "2026-01-01..2026-12-31"; "" or absent: not allowed */
#define ONLINE_MOST 3                   /* wholly online meetings a year */

struct online_leave { bool given; struct date from, to; /* both inclusive */ };
/* Inside db_read or db_write. */
fail online_leave_of(struct call *c, int64_t unit_id, struct online_leave *out) MUST_CHECK;
/* Gives leave, or (given false) takes it back. FAIL_INPUT for an end before the beginning, or more than a year. Opens its own db_write; journal. */
fail online_leave_put(struct call *c, int64_t unit_id, const struct online_leave *leave) MUST_CHECK;

/* Wholly online meetings of the unit in the year of that one, itself and cancelled ones left out. Inside db_read or db_write. */
fail online_meetings_in_year(struct call *c, const struct meeting *m, int64_t *n) MUST_CHECK;
/* FAIL_INPUT at "mode" when the meeting may not be held in the way it says. Inside db_read or db_write. */
fail meeting_check_online(struct call *c, const struct meeting *m) MUST_CHECK;

#endif
