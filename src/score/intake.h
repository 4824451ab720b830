/* intake.h — everything about one meeting as it is written down in one go, from a JSON object: a file at the command line, a request.
 *
 *	{ "unit_code": "CB01", "kind": "regular", "starts_at": "2026-01-05T19:00", "ends_at": …,
 *	  "expected": 21, "present": 19, …                                    counts, or instead of them:
 *	  "attendance": [ {"member_code": "M1", "status": "present", "mode": "in_person"}, … ],
 *	  "facts": { "guide_and_draft_ready": true, "steps_required": 16, … },
 *	  "tasks": [ {"title": "…", "member_code": "M2", "due_on": "2026-02-05"}, … ],
 *	  "judged": { "D3.1": "3", … } }                                     also scores: the cell's own sheet
 *
 * A "code" that exists changes that meeting; what is not named stays. "rev" then has to be the stored one if it is given. All of it
 * is stored, or nothing. */
#ifndef CHIBO_SCORE_INTAKE_H
#define CHIBO_SCORE_INTAKE_H

#include "meeting/attendance.h"
#include "rules/sheet.h"
#include "score/score.h"
#include "work/task.h"

struct json_t;

struct intake {
	struct meeting meeting;
	uint64_t given;              /* which fields of meeting_record, by their place in it */
	int64_t rev;                 /* ANY_REV: not given */
	int64_t only_unit;           /* of this unit and no other: whose right was asked; 0: of any */
	bool has_attendance;
	struct attendances attendance;
	struct facts facts;          /* of these, */
	uint64_t fact_mask;          /* those that were named; null forgets one */
	struct tasks tasks;
	bool score;
	struct judged judged;
};

/* An empty one; fields of the meeting can then be set by hand and marked with intake_give. */
void intake_begin(struct intake *in);
/* Sets a field of the meeting from text. FAIL_INPUT at the field; an unknown name is refused. */
fail intake_give(struct call *c, struct intake *in, const char *name, const char *text) MUST_CHECK;
/* Problems name the member: "attendance.3.status". */
fail intake_read(struct call *c, const struct json_t *root, struct intake *in) MUST_CHECK;
/* The same from text; `path` names it in problems. */
fail intake_parse(struct call *c, const char *path, const char *text, size_t size, struct intake *in) MUST_CHECK;

struct intake_result {
	struct meeting meeting;   /* as stored afterwards */
	struct score_sheet sheet; /* revision 0: not scored */
	bool created;
	struct flaws found;    /* what was wrong, when it fails with FAIL_INPUT */
};
/* Stores all of it in one transaction. */
fail intake_store(struct call *c, const struct intake *in, struct intake_result *out) MUST_CHECK;

#endif
