/* pre_meeting.h — the committee before the meeting: in a cell with a committee it meets, in one without secretary and deputy confer, a cell
 * with a secretary alone needs none (D3.3). Its minutes are texts (text.h, pre_…) and are never changed once they are signed.
 *
 * Rules kept here: V02 (only a cell with a committee has a meeting of it), V03 (the committee meets once a month). Who takes part follows from the posts of
 * the day. Signing it sets pre_meeting_on of the meeting. */
#ifndef CHIBO_MEETING_PRE_MEETING_H
#define CHIBO_MEETING_PRE_MEETING_H

#include "meeting/meeting.h"

enum pre_form { PRE_NO_FORM, PRE_COMMITTEE, PRE_CONFER };
extern const char *const pre_form_words[]; /* "" committee confer, NULL-ended */

/* What the posts of a day ask for. */
enum pre_need {
	PRE_NEEDS_COMMITTEE, /* the committee meets */
	PRE_NEEDS_CONFER,    /* secretary and deputy confer */
	PRE_NEEDS_NONE,      /* a secretary alone */
	PRE_UNKNOWN,         /* nobody's post is known here */
};

struct pre_meeting {
	int64_t realm, meeting_id;
	unsigned form;            /* follows from the posts; PRE_NO_FORM in a record that is not there */
	struct moment starts_at, ends_at;
	const char *place;
	int64_t chair_id, minute_taker_id; /* members; not above 0: not named */
	struct date signed_on;    /* DATE_NONE: a draft */
	int64_t rev;              /* 0: not there yet */
};
extern const struct record pre_meeting_record; /* what a form may fill has a label */

/* Somebody who takes part by post. */
struct pre_person {
	int64_t member_id;
	const char *code, *full_name;
	unsigned post;            /* enum post_kind: the weightiest held */
	bool present;
};
struct pre_people { struct pre_person *v; size_t n; };

/* ---- reading (inside db_read or db_write) ---- */

/* What is asked for, and who takes part: the committee, or secretary and deputy; from the posts on the day of the pre-meeting, or of the meeting
 * while there is none. `present` as stored; everybody while nothing is stored. *out as stored; rev 0: not there yet. */
fail pre_meeting_of(struct call *c, const struct meeting *m, struct pre_meeting *out, struct pre_people *people, enum pre_need *need) MUST_CHECK;
/* V03: did the committee of that unit meet in the month: before a meeting of the cell, or on its own? */
fail pre_meeting_committee_met(struct call *c, int64_t realm, int64_t unit_id, month_no month, bool *out) MUST_CHECK;
/* Questions, not refusals: V03 for the month before, absent members, a time after the meeting. */
fail pre_meeting_questions(struct call *c, const struct meeting *m, const struct pre_meeting *p, const struct pre_people *people, enum pre_need need,
                           struct flaws *out) MUST_CHECK;

/* ---- writing (opens a write transaction, or joins the open one; journal; before the meeting opens) ---- */

/* Writes it down if its stored rev is still p->rev. `people` says who was present. All problems in *found. FAIL_CONFLICT: somebody changed it
 * first, or it is signed; *stored is what there is. *p is what is stored afterwards. */
fail pre_meeting_save(struct call *c, int64_t meeting_id, struct pre_meeting *p, const struct pre_people *people, struct pre_meeting *stored,
                      struct flaws *found) MUST_CHECK;
/* Signs the minutes: times, chair, minute-taker, results, tasks, an agenda have to be there (all that is missing in *found). Again: nothing is done.
 * *m is the meeting afterwards. */
fail pre_meeting_sign(struct call *c, int64_t meeting_id, int64_t rev, struct date on, struct meeting *m, struct flaws *found) MUST_CHECK;
/* FAIL_CONFLICT once the committee's minutes are signed: their texts stay as they are. Inside db_read or db_write. */
fail pre_meeting_may_edit(struct call *c, const struct meeting *m) MUST_CHECK;

#endif
