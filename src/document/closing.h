/* closing.h — what closes a meeting on paper: minutes read out and approved, signed, the resolution issued under its number, the papers uploaded
 * (domain, section 5, steps 11 and 12).
 *
 * Signing freezes the minutes: the document gets its number, and its content is what it said at that moment. From then on the room, the texts and the
 * tasks of the meeting are closed (meeting/cycle.h), and a mistake is put right by an annex. Each function opens a write transaction or joins the open
 * one, takes the step of the meeting where there is one, and settles the points that waited for it (score/settle.h). A meeting written down
 * afterwards has its steps on paper: its papers are made here all the same, without a step. */
#ifndef CHIBO_DOCUMENT_CLOSING_H
#define CHIBO_DOCUMENT_CLOSING_H

#include "document/document.h"

/* The minutes were read out and approved at that moment; MOMENT_NONE takes it back. PART_TEXTS. */
fail minutes_approve(struct call *c, int64_t meeting_id, int64_t rev, struct moment at, struct meeting *m) MUST_CHECK;

/* Minute-taker and chair signed. FAIL_INPUT when they were not named, the minutes were not approved, or the day is before the meeting. *d: the minutes. */
fail minutes_sign(struct call *c, int64_t meeting_id, int64_t rev, struct date signed_on, struct meeting *m, struct document *d) MUST_CHECK;

struct resolution_issue {
	int64_t meeting_id;
	struct date dated_on;     /* DATE_NONE: the day of the meeting */
	const char *signer;       /* "": secretary, or deputy (V21) */
	int64_t first;            /* as in struct document_issue */
};
/* The resolution, or the conclusion where no resolution was drafted, gets its number. FAIL_INPUT without the vote that V07 asks for, FAIL_CONFLICT when there
 * is one already. The tasks of the meeting are tied to it. */
fail resolution_issue(struct call *c, const struct resolution_issue *how, struct document *d) MUST_CHECK;

/* The final papers were uploaded and reported to the committee above at that moment: the clock of two days (step 12, D8.3) stops. FAIL_INPUT before the minutes are signed. */
fail papers_report(struct call *c, int64_t meeting_id, int64_t rev, struct moment at, struct meeting *m) MUST_CHECK;

#endif
