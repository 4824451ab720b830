/* office_queue.h — what a committee decides in a year: every unit (or member) it decides with the case, what the case waits for, and what was said of
 * it at each stage; and how far the bodies below have come. Sorted, filtered and paged in memory: a committee decides hundreds, not millions.
 *
 * What this does not do: decide anything, gather facts (year/gather.h). All inside db_read or db_write. */
#ifndef CHIBO_YEAR_OFFICE_QUEUE_H
#define CHIBO_YEAR_OFFICE_QUEUE_H

#include "year/case.h"

/* What a case waits for, most urgent for the committee first. */
enum office_wait {
	WAIT_ANSWER,    /* an appeal is open */
	WAIT_APPRAISE,  /* voted or reopened */
	WAIT_OVERDUE,   /* returned, and the deadline is over */
	WAIT_DECISION,  /* appraised: to be recognised; a classification: to be notified */
	WAIT_RETURNED,  /* returned, the cell has time */
	WAIT_SILENT,    /* the cell's next step is past its day in the calendar of the year */
	WAIT_NONE,      /* no case: not registered, not opened */
	WAIT_CELL,      /* the cell is at work */
	WAIT_DONE,      /* recognised or not, notified */
	WAIT_LEFT,      /* withdrawn, moved away */
	OFFICE_WAITS
};
extern const char *const office_waits[]; /* answer appraise overdue decision returned silent none cell done left, NULL-ended */
const char *office_wait_name(enum lang lang, unsigned kind, enum office_wait w);

struct office_row {
	int64_t realm, unit_id, id, rev, member_id; /* id 0: there is no case */
	const char *unit_code, *unit_name, *member_code, *member_name, *group_name;
	unsigned level, type, state;
	struct blob sort_key, member_key;
	struct date due_on, decided_on;             /* due_on as stored: of a return */
	int64_t exemplary;
	/* from here filled by office_load */
	enum office_wait wait;
	struct date due;                            /* of what it waits for; DATE_NONE: no day */
	int64_t appeal_seq, evidence;
	struct tenths points[CASE_STAGES];          /* TENTHS_NONE: no sheet */
	unsigned result[CASE_STAGES];
	const char *vetoes;                         /* of the sheet that counts: ids with a blank between */
};
struct office_rows { struct office_row *v; size_t n; };

struct office_query {
	int64_t unit_id; /* the committee */
	unsigned kind;
	int year;
	bool below;      /* and what the committees below it decide; not of members */
};
/* The last day of the year, or today before it: whose parent decides. */
struct date office_day(const struct call *c, int year);
/* By unit, then member, in Vietnamese order. Cases without a unit that could register for "four good" are left out (districts and above). */
fail office_load(struct call *c, const struct office_query *q, struct office_rows *out) MUST_CHECK;
/* Voted where there is such a sheet, else the cell's own: what an appraisal is compared with. */
enum case_stage office_before(const struct office_row *r);

/* Sorts by "wait" (most urgent first), "name", "state", "due", "self", "voted", "appraised", "difference", "evidence", with "-" in front downwards;
 * NULL: "wait". FAIL_INPUT on another word. */
fail office_sort(struct call *c, struct office_rows *rows, const char *by) MUST_CHECK;
/* Keeps the rows in a state (case_states, "" all) or that wait for something (office_waits). FAIL_INPUT on another word. */
fail office_filter(struct call *c, struct office_rows *rows, const char *state) MUST_CHECK;

/* How far a body has come with the units below it. */
struct office_body {
	int64_t unit_id;
	const char *unit_code, *unit_name;
	unsigned level;
	struct blob sort_key;
	int64_t all, with_case, voted, appraised, done, returned; /* each of `with_case` counted once: where it stands */
};
struct office_bodies { struct office_body *v; size_t n; };
fail office_bodies_of(struct call *c, const struct office_query *q, struct office_bodies *out) MUST_CHECK;

struct office_count { unsigned kind, state; int64_t n, appeals; };
struct office_counts { struct office_count *v; size_t n; };
/* Cases of a year directly below a committee, for its first page. */
fail office_waiting_of(struct call *c, int64_t unit_id, int year, struct office_counts *out) MUST_CHECK;

#endif
