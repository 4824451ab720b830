/* cycle.h — the life of a meeting: one table of states, who takes each step, and what has to be there first (domain, section 5).
 *
 *	planned → date_registered → scheduled → prepared → open → held → scored → voted → minutes_signed → reported → decided → locked
 *	planned | scheduled → postponed → scheduled; planned | scheduled → cancelled; locked → reopened → scored | decided | locked
 *
 * A meeting begins planned (year plan), date_registered (the cell names a day), or held: written down, or imported, after it was held on paper
 * (meeting.afterwards). Every change of state, by page, JSON, command or import, is a row of the table; there is no other way. Each
 * step keeps actor, time and remark (meeting_step). What may be edited in which state is a second table here.
 *
 * What this does not do: make sheets, minutes or notices. The rooms that do call meeting_take_step inside their own transaction, after they
 * have written what the step stands on. What a step stands on is progress.h. */
#ifndef CHIBO_MEETING_CYCLE_H
#define CHIBO_MEETING_CYCLE_H

#include "base/right.h"
#include "meeting/meeting.h"

enum { REGISTER_BY_DAY = 20 }; /* of the month before: when day and place are registered */
enum { UPLOAD_DAYS = 2 };      /* after the end: when the final papers are uploaded */

enum meeting_step {
	STEP_NONE_TAKEN,
	STEP_PLAN,       /* nothing → planned */
	STEP_REGISTER,   /* nothing, planned → date_registered: day, time, place */
	STEP_SCHEDULE,   /* date_registered, postponed → scheduled: on the notice of the committee above; the remark is its number */
	STEP_PREPARE,    /* scheduled → prepared: there is an agenda */
	STEP_OPEN,       /* prepared → open: V01, V16, not before its day */
	STEP_CLOSE,      /* open → held: end, roll call, no vote left open */
	STEP_RECORD,     /* nothing → held, afterwards */
	STEP_SCORE,      /* held, reopened → scored: the cell's own sheet */
	STEP_VOTE,       /* scored → voted: a sheet of the stage "voted", or an adopted vote on the score */
	STEP_SIGN,       /* voted → minutes_signed: minutes approved and signed */
	STEP_REPORT,     /* minutes_signed → reported: uploaded */
	STEP_DECIDE,     /* reported, reopened → decided: the committee's sheet. Afterwards: from held on */
	STEP_LOCK,       /* decided, reopened → locked: no appeal open */
	STEP_POSTPONE, STEP_CANCEL, STEP_REOPEN,
	STEP_COUNT
};
/* "" plan register schedule prepare open close record score vote sign report decide lock postpone cancel reopen, NULL-ended */
extern const char *const meeting_step_words[];
const char *meeting_step_name(enum lang lang, enum meeting_step s); /* "Open the meeting" */

struct step_note {
	const char *remark;      /* "" ; the reason of a postponement, cancellation, reopening or a different decision; the number of a notice */
	const char *approved_by; /* of a postponement or cancellation */
	struct moment starts_at; /* register, schedule, postpone: the (new) day, written with the step; 0 or MOMENT_NONE: stays */
	const char *place;       /* likewise; NULL: stays */
};

/* Takes a step: opens a write transaction or joins the open one. FAIL_CONFLICT when the table has no such step from the state the meeting is in
 * (the sentence says what is possible now), FAIL_DENIED when the person may not, FAIL_INPUT when something has to be there first: all of it in
 * *found (may be NULL). Another rev: FAIL_CONFLICT. *m is the meeting afterwards; of a failure, as it is stored.
 * note may be NULL. Extraordinary and committee meetings are not scored: on the way to a later step they pass scored, voted and decided by
 * themselves, and the history says so. */
fail meeting_take_step(struct call *c, int64_t meeting_id, int64_t rev, enum meeting_step step, const struct step_note *note,
                       struct meeting *m, struct flaws *found) MUST_CHECK;

/* What stands in the way of a step now, in words; n 0: nothing. Not whether the table has it, nor rights. Inside db_read or db_write. */
fail meeting_step_blocks(struct call *c, const struct meeting *m, enum meeting_step step, struct flaws *out) MUST_CHECK;

/* A step that was taken. */
struct step_taken {
	int64_t seq, at_ms;
	unsigned step, from_state, to_state;
	const char *actor, *remark, *approved_by;
};
struct steps_taken { struct step_taken *v; size_t n; };
/* First step first. */
fail meeting_steps_taken(struct call *c, const struct meeting *m, struct steps_taken *out) MUST_CHECK;
/* Was this the last step, so that asking for it again is the same click come twice? */
fail meeting_step_is_last(struct call *c, const struct meeting *m, enum meeting_step step, bool *out) MUST_CHECK;

/* ---- the table itself ---- */

struct cycle_row {
	enum meeting_step step;
	uint32_t from;           /* bits of states; 1 << MEETING_NO_STATE: a new meeting */
	enum meeting_state to;
	enum right may;
	bool needs_reason, needs_approval;
	bool afterwards_only;    /* only for meetings written down afterwards, whose steps between were on paper */
};
extern const struct cycle_row cycle_table[]; /* ends with STEP_NONE_TAKEN */
/* The row for a step from a state, or NULL: there is no such way. */
const struct cycle_row *cycle_find(enum meeting_step step, enum meeting_state from, bool afterwards);
/* The step with which a new meeting begins in that state, or STEP_NONE_TAKEN. */
enum meeting_step cycle_first_step(enum meeting_state state);

/* ---- what may be edited when ---- */

enum meeting_part {
	PART_TIME,        /* day, time, place, kind, topic: before it is open */
	PART_PREPARATION, /* pre-meeting, agenda, documents, notices: before it is open */
	PART_ROOM,        /* roll call, guests, steps done, speakers, votes, the end: from open until the minutes are signed */
	PART_TEXTS,       /* texts of minutes and resolution, tasks: until the minutes are signed */
	PART_OWN_SHEET,   /* the cell's own sheet: from held until it is voted; reopened */
	PART_VOTED_SHEET, /* the sheet the cell votes on: scored and voted */
	PART_PAPERS,      /* signed copies, final documents: from held until it is locked */
	PART_DECISION,    /* the committee's sheet: from reported until it is locked */
	PART_COUNT
};
/* FAIL_CONFLICT with a sentence when that part may not be changed in the meeting's state. Signed minutes are never edited: annexes. A meeting
 * written down afterwards can be put right in every part until it is locked, except what signed minutes hold. */
fail meeting_may_edit(struct call *c, const struct meeting *m, enum meeting_part part) MUST_CHECK;
bool meeting_part_is_open(const struct meeting *m, enum meeting_part part);

#endif
