/* progress.h — what there is of a meeting, from the tables of all rooms, in one statement: what its steps stand on.
 *
 * Hard blocks (meeting_step_blocks in cycle.h) are what a step cannot do without. Everything else that is missing is a question and may
 * cost points; it keeps nobody from meeting. */
#ifndef CHIBO_MEETING_PROGRESS_H
#define CHIBO_MEETING_PROGRESS_H

#include "meeting/cycle.h"

struct meeting_progress {
	int64_t agenda_items, agenda_open;   /* on the agenda; mandatory ones not done, without score and minutes, which follow the closing */
	int64_t pre_meetings, pre_signed;    /* 0 or 1 */
	int64_t papers, drafts;              /* documents to read; of them guide or draft resolution */
	int64_t notified;                    /* people the notice was sent to */
	struct moment first_sent_at;         /* of a document or notice */
	int64_t rows;                        /* of the roll call */
	int64_t votes, votes_open, conclusion_adopted, score_adopted;
	int64_t self_sheets, voted_sheets, guest_sheets, decided_sheets; /* revisions */
	int64_t tasks;
	int64_t minutes, resolutions, numbered, signed_copies; /* documents: minutes, resolution or conclusion, of these with a number, signed copies */
	int64_t guests, guests_present, guests_confirmed;      /* higher members assigned; present; who have confirmed the score */
	int64_t appeals_open, appeals;
};
extern const struct record meeting_progress_record;
/* Inside db_read or db_write. */
fail meeting_progress_of(struct call *c, const struct meeting *m, struct meeting_progress *out) MUST_CHECK;

/* What is missing for a step but does not keep anybody from it, and what it costs, in words. Inside db_read or db_write. */
fail meeting_step_questions(struct call *c, const struct meeting *m, const struct meeting_progress *p, enum meeting_step step,
                            struct flaws *out) MUST_CHECK;

/* V16: FAIL_INPUT when party groups may not meet in place of the plenary: no party groups, fewer than 50 members, or the fourth time this year. */
fail meeting_check_groups(struct call *c, const struct meeting *m) MUST_CHECK;

#endif
