/* assess.h — sheets of a case: proposed from the facts of the year, judged where people judge, kept by stage and revision.
 *
 * The scheme is the one in force on the last day of the year, nearest to the unit; a sheet keeps the facts and points it was made from, so that every
 * reason can be given again, and a fact that changes later shows the sheet as out of date instead of changing it. "Four good": meets = the standard's
 * points and no veto. Classification: level by points and conditions (rules/levels.h); no condition is ever waived by the program, none demotes
 * by itself. */
#ifndef CHIBO_YEAR_ASSESS_H
#define CHIBO_YEAR_ASSESS_H

#include "rules/sheet.h"
#include "year/gather.h"
#include "year/store.h"

/* A person's words beside a line: of a judged line, or why the appraisal differs. */
struct line_why { const char *line, *text; };
struct line_whys { const struct line_why *v; size_t n; };

struct year_condition {
	const char *id, *text; /* "V1", "a month without a regular meeting and without an approved reason" */
	bool known, holds;     /* of a veto: it applies; of a level's condition: it is fulfilled */
	const char *why;       /* a sentence with the figures */
};

struct year_draft {
	const struct scheme *scheme;
	struct year_gathered gathered;
	struct scored_sheet sheet;
	struct year_condition *conditions; /* vetoes, or the conditions of the levels */
	size_t condition_n;
	unsigned result;                   /* RESULT_NONE unless complete */
	struct tenths secured;             /* sum of the lines that have points */
	struct tenths reachable;           /* the most this year can still come to: lines without points count in full, lines that can still change too */
	struct tenths standard;            /* four good: 95.0 */
	uint64_t looked_at;                /* bits of the facts that lines, vetoes and conditions name: a sheet keeps these */
};
/* What the sheet would be today. Judged points outside the scheme: FAIL_INPUT at "judged.ID". Inside db_read or db_write. */
fail year_draft(struct call *c, const struct year_case *k, struct judged judged, struct year_draft *out) MUST_CHECK;
/* The same for a unit that has not registered: `unit` as on the last day of the year. */
fail year_draft_unit(struct call *c, unsigned kind, int year, const struct unit *unit, struct judged judged, struct year_draft *out) MUST_CHECK;
/* Many units at once (for committees and "try this table"); scheme NULL: each its own. */
fail year_draft_many(struct call *c, unsigned kind, int year, const struct unit *units, size_t n, const struct scheme *scheme,
                     const struct judged *judged, struct year_draft *out) MUST_CHECK;

/* A stored sheet laid open, its reasons computed again from the kept facts. */
struct year_view {
	struct year_sheet sheet;   /* revision 0: there is none of this stage */
	bool has_lines;
	struct scored_sheet lines;
	struct year_condition *conditions;
	size_t condition_n;
	struct judged judged;
	struct line_whys whys;
	uint64_t changed;          /* facts that are different now and would change points, or what holds beside them */
};
fail year_view(struct call *c, const struct year_case *k, enum case_stage stage, const struct year_gathered *now, struct year_view *out) MUST_CHECK;
fail year_sheets_of(struct call *c, const struct year_case *k, struct year_sheets *out) MUST_CHECK;
fail year_latest(struct call *c, const struct year_case *k, enum case_stage stage, struct year_sheet *out) MUST_CHECK;
/* The sheet that counts: appraised, else voted, else self; revision 0: none. */
fail year_counting(struct call *c, const struct year_case *k, struct year_sheet *out) MUST_CHECK;

struct year_request {
	int64_t case_id, rev;
	enum case_stage stage;   /* HALF_YEAR, SELF, VOTED or APPRAISED */
	struct judged judged;
	struct line_whys whys;   /* explanations; an appraisal that differs from the voted (else own) sheet needs one at each differing line ("why.G1.4") */
	bool keep;               /* take judged points and words of the stage before as they stand */
	unsigned result;         /* classification, APPRAISED only: the committee's level where it is lower than proposed; RESULT_NONE: as computed */
	const char *reason;      /* required where `result` is not the computed one */
};
/* Computes and keeps a sheet and takes the step of its stage (half_year, self_assess, vote with *v, appraise). FAIL_INPUT: all that is missing in *found. */
struct year_vote;
fail year_save(struct call *c, const struct year_request *rq, const struct year_vote *v, struct year_case *k, struct year_sheet *out,
               struct flaws *found) MUST_CHECK;
/* Many appraisals at once, each taken over as voted, those whose facts have changed left out; *done counts, *left names the others with the reason. */
struct case_left { int64_t id; const char *why; };
struct cases_left { struct case_left *v; size_t n; };
fail year_appraise_many(struct call *c, const int64_t *ids, const int64_t *revs, size_t n, int64_t *done, struct cases_left *left) MUST_CHECK;

/* ---- votes ---- */

struct year_vote {
	int64_t seq, meeting_id, base, in_favour, against, abstain, at_ms;
	unsigned stage_word;     /* enum year_vote_stage */
	struct date on;
	const char *remark, *actor;
};
enum year_vote_stage { YEAR_VOTE_NONE, YEAR_VOTE_REGISTRATION, YEAR_VOTE_HALF_YEAR, YEAR_VOTE_VOTED };
struct year_votes { struct year_vote *v; size_t n; };
fail year_votes_of(struct call *c, const struct year_case *k, struct year_votes *out) MUST_CHECK;
/* The base proposed for a vote of the unit on a day: V06, from the meeting's roll call where one is given. */
fail year_vote_base(struct call *c, int64_t unit_id, struct date on, int64_t meeting_id, int64_t *base) MUST_CHECK;

/* ---- the monthly self-check ---- */

struct year_check { const char *line, *remark; int64_t month, met, proposed, at_ms; const char *actor; };
struct year_checks { struct year_check *v; size_t n; };
fail year_checks_of(struct call *c, const struct year_case *k, struct year_checks *out) MUST_CHECK;
/* Replaces the check of one month. */
fail year_check_put(struct call *c, int64_t case_id, int64_t rev, month_no month, const struct year_check *v, size_t n, struct year_case *k) MUST_CHECK;

/* ---- evidence ---- */

struct year_evidence { int64_t id, document_id, file_id, at_ms; const char *line, *title, *paper_no, *actor; };
struct year_evidences { struct year_evidence *v; size_t n; };
fail year_evidence_of(struct call *c, const struct year_case *k, struct year_evidences *out) MUST_CHECK;
fail year_evidence_add(struct call *c, int64_t case_id, const struct year_evidence *e, int64_t *id) MUST_CHECK;
fail year_evidence_remove(struct call *c, int64_t case_id, int64_t id) MUST_CHECK; /* only before it is voted, or returned */

/* ---- appeals: as for meetings (score/appeal.h), unit settings appeal_days and appeal_answer_days ---- */

struct year_appeal {
	int64_t seq, revision, at_ms, answered_ms;
	const char *reason, *wanted, *actor, *answer, *answered_by;
	struct date due_on;
	unsigned outcome; /* enum appeal_outcome (score/appeal.h) */
};
struct year_appeals { struct year_appeal *v; size_t n; };
fail year_appeals_of(struct call *c, const struct year_case *k, struct year_appeals *out) MUST_CHECK;
fail year_appeal_possible(struct call *c, const struct year_case *k, struct date *last, const char **why) MUST_CHECK;
fail year_appeal_make(struct call *c, int64_t case_id, int64_t rev, const char *reason, const char *wanted, struct year_case *k) MUST_CHECK;
fail year_appeal_withdraw(struct call *c, int64_t case_id, int64_t rev, int64_t seq, struct year_case *k) MUST_CHECK;
/* changed: rq is the new appraisal (its stage is APPRAISED); NULL: upheld. A case recognised, refused or notified is reopened by a change. */
fail year_appeal_answer(struct call *c, int64_t case_id, int64_t rev, int64_t seq, const char *answer, const struct year_request *rq,
                        struct year_case *k, struct flaws *found) MUST_CHECK;

#endif
