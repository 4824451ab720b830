/* schedule.h — the notice with which a committee makes the dates of all its cells known (R01; domain, section 5, step 2).
 *
 * Issued before the month begins, as a numbered notice (TB) in the committee's register. Every meeting on it that was registered goes on
 * the schedule in the same transaction: the notice and the states of the meetings never differ. Cells that have not registered stand on the
 * page, not on the notice. When days, times or places have changed since, or more cells have registered, it is issued again as a notice of
 * change, with a number of its own. */
#ifndef CHIBO_PLAN_SCHEDULE_H
#define CHIBO_PLAN_SCHEDULE_H

#include "document/document.h"
#include "plan/cells.h"
#include "rollup/head.h"

#define PURPOSE_SCHEDULE "schedule:" /* and the month: schedule:2026-12 */
#define FORM_SCHEDULE "schedule"

struct schedule_row {
	int64_t unit_id, meeting_id, rev; /* meeting_id 0: nothing is known for that month */
	const char *code, *name, *place, *secretary;
	struct moment starts_at;
	int64_t members;
	unsigned state;     /* of the meeting */
	bool listed;        /* registered or further: stands on the notice */
	const char *before; /* as the last notice had it, when that differs; "" when it is new on it; NULL: the same */
};

struct schedule {
	struct unit unit;
	month_no month;
	struct schedule_row *v; /* in the order of the cells' codes */
	size_t n, listed, missing, changed;
	int64_t members;         /* of the listed ones */
	struct document *issued; /* newest first */
	size_t issued_n;
	bool first; /* none was issued yet */
};

/* FAIL_INPUT when the unit has too many cells for one notice. Inside db_read or db_write. */
fail schedule_load(struct call *c, int64_t unit_id, month_no month, struct schedule *out) MUST_CHECK;

struct schedule_issue {
	int64_t unit_id, seen; /* seen: how many notices there were on the page; -1: whatever there is */
	month_no month;
	struct date dated_on;
	const char *signed_by, *note; /* note: "" or a sentence below the table */
};
/* Issues it. FAIL_INPUT when nobody has registered or a field is wrong; FAIL_CONFLICT when nothing has changed since the last notice, or
 * somebody issued one meanwhile. *notice is the document, *scheduled how many meetings went on the schedule. One transaction. */
fail schedule_issue(struct call *c, const struct schedule_issue *how, struct document *notice, int64_t *scheduled) MUST_CHECK;

/* The facts of the form R01 (docs/forms.md) as it would be issued now. Inside db_read or db_write. */
fail schedule_facts(struct call *c, const struct schedule *s, const struct paper_of *paper, const char *note, const char **out) MUST_CHECK;
/* The facts of a notice as it was issued, with its number. FAIL_NOT_FOUND: it was not made here. */
fail schedule_printed(struct call *c, const struct document *d, const char **facts) MUST_CHECK;
/* "19 giờ 00 ngày 03/12/2026" */
const char *schedule_time(struct call *c, struct moment at);

#endif
