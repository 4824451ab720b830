/* score.h — score sheets of meetings: proposed from the facts, kept by stage and revision, never overwritten.
 *
 * A sheet is computed with the rule in force on the meeting's day and keeps the facts and judged points it was made from, so that every
 * reason can be given again later. A fact that changes afterwards does not change the sheet: it is shown as out of date until somebody
 * scores anew. Sheets that came in as a total only have no scheme and no lines.
 *
 * Stages: self by the cell, voted by the cell, guest by the assigned higher member, decided by the committee above. What a sheet counts as fulfilled
 * although it is not due yet is settled later (settle.h). */
#ifndef CHIBO_SCORE_SCORE_H
#define CHIBO_SCORE_SCORE_H

#include "rules/sheet.h"
#include "score/gather.h"

struct score_sheet {
	int64_t realm, meeting_id;
	unsigned stage;
	int64_t revision;     /* 1, 2 …: the latest counts */
	const char *scheme;   /* "": only a total was reported */
	struct tenths points;
	unsigned class;       /* enum grade */
	const char *facts;    /* JSON: {"facts":{…},"judged":{…}}; "" for a total */
	const char *reason;
	const char *actor;
	int64_t at_ms;
	int64_t followed_by;  /* the member who followed the sheet in the meeting; not above 0: not named */
};
extern const struct record score_sheet_record;

/* ---- reading (inside db_read or db_write) ---- */

/* out->revision 0 when there is none. */
fail score_latest(struct call *c, const struct meeting *m, enum score_stage stage, struct score_sheet *out) MUST_CHECK;

/* A stored sheet laid open: its lines with their reasons, computed again from the kept facts. */
struct score_view {
	struct score_sheet sheet;  /* revision 0: there is no sheet of this stage */
	bool has_lines;            /* false: a total only, or a rule that is no longer there */
	struct scored_sheet lines;
	struct judged judged;      /* what people gave */
	struct waiting waiting;    /* what was not due yet when it was made */
	bool settled;              /* made by settling (settle.h) … */
	struct score_sheet before; /* … from this one, the last that people made */
	uint64_t changed;          /* facts of the rule that are different now: not 0 = out of date */
	bool other_rule;           /* the rule in force on the day of the meeting is another one now, or gives another total */
};
/* `now` are the facts of today (facts_gather), to see what has changed since. */
fail score_view(struct call *c, const struct meeting *m, enum score_stage stage, const struct gathered *now, struct score_view *out) MUST_CHECK;
/* The last sheet of its stage that people made, when `s` was made by settling; otherwise out->revision 0. */
fail score_before_settling(struct call *c, const struct score_sheet *s, struct score_sheet *out) MUST_CHECK;
/* The judged points that a sheet was made with; none for a total. */
fail score_judged(struct call *c, const struct score_sheet *s, struct judged *out) MUST_CHECK;

/* What the sheet would be today. Judged points outside the scheme: FAIL_INPUT at "judged.ID". Missing facts are no failure: see
 * out->complete. */
struct score_draft {
	const struct scheme *scheme;
	struct gathered gathered;
	struct scored_sheet sheet;
};
fail score_draft(struct call *c, const struct meeting *m, struct judged judged, struct score_draft *out) MUST_CHECK;
/* Everything that keeps a draft from being saved: each missing fact at the fact's name, each line that waits for a person at "judged.ID". */
void score_missing(struct call *c, const struct score_draft *d, struct flaws *out);

/* ---- writing (opens a write transaction, or joins the open one) ---- */

struct score_request {
	int64_t meeting_id, rev; /* ANY_REV: not compared */
	enum score_stage stage;  /* STAGE_SELF, STAGE_VOTED or STAGE_DECIDED; of the guest see stage.h */
	struct judged judged;
	bool keep_judged;        /* nothing was judged anew: those of the latest sheet of the stage, else of the cell's own, stand */
	const char *reason;      /* of a decision; "" */
	int64_t followed_by;     /* the member who followed the sheet; 0: as before */
};
/* Computes and keeps a sheet. FAIL_INPUT when a fact is unknown or a line is not judged (all of them in *found); when a decision differs from the cell's
 * voted (else own) sheet in total or class and no reason is given (field "reason"). A sheet equal to the latest one is not kept twice. Takes the
 * step of the stage (cycle.h); FAIL_CONFLICT when the meeting is not there. A decision settles first what has become due. *m is the meeting afterwards. */
fail score_save(struct call *c, const struct score_request *rq, struct meeting *m, struct score_sheet *out, struct flaws *found) MUST_CHECK;
/* The committee takes over the cell's sheet (voted, else own) as it stands. FAIL_CONFLICT when facts have changed since, or the meeting's rev is not `rev`
 * (ANY_REV: not compared): it has to be looked at; FAIL_INPUT when there is no sheet. */
fail score_confirm(struct call *c, int64_t meeting_id, int64_t rev, struct meeting *m) MUST_CHECK;

/* A total without lines, as old summaries report it (imports). The class follows the bands of the rule of that day. Inside db_write; does
 * not touch the counters. *was gets the total before; *kept: false when the latest sheet says the same. FAIL_CONFLICT when a computed sheet says
 * something else. */
fail score_put_total(struct call *c, const struct meeting *m, enum score_stage stage, struct tenths points, bool may_exist, struct tenths *was,
                     bool *kept) MUST_CHECK;

/* Meetings below a unit (or of it) with the cell's own sheet and no decision, oldest first; paging by start and id of the last one. */
fail score_queue(struct call *c, int64_t unit_id, month_no since, struct moment after, int64_t after_id, int64_t limit,
                 struct meetings *out) MUST_CHECK;

/* {"stage","revision","scheme","total","class","reason","by","at","lines":[…],"out_of_date":[fact names]} */
void score_view_json(struct json *j, const struct score_view *v);

#endif
