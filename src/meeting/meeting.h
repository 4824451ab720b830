/* meeting.h — a meeting of a cell as it was held: when, of which kind, how many came, what was sent before and after.
 *
 * A meeting is described once, in meeting_record; the columns of files are meeting_file_record, a part of it. Counts are either
 * typed (old monthly summaries come in so) or follow from the roll call (attendance.h), which then rules. What is not
 * known is INT_UNKNOWN, MOMENT_NONE, DATE_NONE, never zero.
 *
 * Rules kept here: V01 (fewer than 3 official members cannot meet), V05 (a thematic meeting is not the regular one), V22
 * (a question when under two thirds of the official members came). A meeting is never deleted. Every change raises `rev`,
 * writes a journal entry and brings the counters of the month up to date in the same transaction. */
#ifndef CHIBO_MEETING_MEETING_H
#define CHIBO_MEETING_MEETING_H

#include "db/db.h"
#include "rules/grade.h"

enum meeting_kind { MEETING_NO_KIND, MEETING_REGULAR, MEETING_THEMATIC, MEETING_EXTRAORDINARY, MEETING_COMMITTEE };
extern const char *const meeting_kind_words[]; /* "" regular thematic extraordinary committee */

/* Where a meeting stands (domain, section 5). cycle.h has the one table of how it gets from one state to another. In the order of its life. */
enum meeting_state {
	MEETING_NO_STATE, MEETING_PLANNED, MEETING_DATE_REGISTERED, MEETING_SCHEDULED, MEETING_PREPARED, MEETING_OPEN, MEETING_HELD, MEETING_SCORED,
	MEETING_VOTED, MEETING_MINUTES_SIGNED, MEETING_REPORTED, MEETING_DECIDED, MEETING_LOCKED, MEETING_POSTPONED, MEETING_CANCELLED,
	MEETING_REOPENED, MEETING_STATES
};
extern const char *const meeting_state_words[]; /* "" planned date_registered scheduled prepared open held scored voted minutes_signed … */
const char *meeting_state_name(enum lang lang, unsigned state);
/* Has it taken place: does it count? */
static inline bool meeting_was_held(unsigned state)
{
	return (state >= MEETING_HELD && state <= MEETING_LOCKED) || state == MEETING_REOPENED;
}

enum meeting_mode { MEETING_MODE_NONE, MEETING_IN_PERSON, MEETING_ONLINE, MEETING_HYBRID };
extern const char *const meeting_mode_words[]; /* "" in_person online hybrid */

/* Stages of a score sheet, the weightiest last: reports use decided, else voted, else self (domain, section 6.5). */
enum score_stage { STAGE_NONE, STAGE_SELF, STAGE_GUEST, STAGE_VOTED, STAGE_DECIDED };
extern const char *const score_stage_words[]; /* "" self guest voted decided */

struct meeting {
	int64_t realm, id, unit_id, month, rev;
	const char *code;      /* "" on creating: one is made from the unit's code and the day */
	const char *unit_code, *unit_name; /* name on the day of the meeting */
	unsigned kind;         /* enum meeting_kind */
	bool thematic;         /* a regular meeting with a thematic part */
	struct moment starts_at, ends_at;
	int64_t expected, present, excused, unexcused, official_present, speakers;
	struct date pre_meeting_on;
	struct moment documents_sent_at, scored_at, uploaded_at;
	const char *topic;
	unsigned state;        /* enum meeting_state; written by cycle.c only. Creating one without: held, written down afterwards */
	bool afterwards;       /* written down, or imported, after it was held: its steps were on paper */
	const char *place;
	unsigned mode;         /* enum meeting_mode */
	bool by_groups;        /* party groups met instead of the plenary (V16) */
	int64_t chair_id, minute_taker_id, author_id; /* members; author of the thematic draft; not above 0: not named */
	struct date planned_on; /* the day of the year plan */
	int64_t sequence;      /* of its calendar entry: raised when time, place or being held changes */
	struct moment minutes_approved_at;
	struct date minutes_signed_on;
	int64_t rows;          /* of the roll call */
	/* from the latest sheets; written by src/score only */
	struct tenths self_points, decided_points;
	struct tenths points;  /* of the sheet that counts, TENTHS_NONE: not scored */
	unsigned class;        /* its enum grade */
	unsigned stage;        /* which sheet that is: enum score_stage */
};
extern const struct record meeting_record;      /* everything; what a form may fill has a label */
extern const struct record meeting_file_record; /* the columns of import and export (design, section 4) */

/* m->state as what it is. */
enum meeting_state meeting_state(const struct meeting *m);
/* Is it one of those that get a score: a regular or a thematic one? */
bool meeting_is_scored_kind(const struct meeting *m);
/* Does it have a thematic part (or is it one)? */
bool meeting_has_theme(const struct meeting *m);
/* Does a unit of that level (org/unit.h) hold such meetings? Cells, and grassroots bodies that are one cell; committees anywhere. */
bool meeting_fits_level(unsigned kind, unsigned level);
struct date meeting_day(const struct meeting *m);
/* Members as JSON: all fields of the record and the state. */
void meeting_json(struct json *j, const struct meeting *m);

/* ---- what may be wrong with it ---- */

/* Something found: at which field, in a sentence in the call's language. */
struct flaw { const char *field, *text; };
struct flaws {
	struct flaw *v;
	size_t n, room;
};
void flaw_add(struct call *c, struct flaws *f, const char *field, const char *text, ...) PRINTF_LIKE(4, 5);
/* FAIL_OK when empty; otherwise FAIL_INPUT with the first as the call's problem. */
fail flaws_refuse(struct call *c, const struct flaws *f) MUST_CHECK;

/* Contradictions inside the row itself, without a database: times, sums, parts larger than their whole. */
void meeting_check(struct call *c, const struct meeting *m, struct flaws *out);
/* V01: FAIL_INPUT when so few official members cannot hold a meeting of that kind. INT_UNKNOWN refuses nothing. */
fail meeting_check_quorum(struct call *c, unsigned kind, int64_t official) MUST_CHECK;

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem when there is none. */
fail meeting_by_id(struct call *c, int64_t id, struct meeting *out) MUST_CHECK;
/* Only which unit it belongs to: what rights are asked on. */
fail meeting_unit(struct call *c, int64_t id, int64_t *unit_id) MUST_CHECK;
/* FAIL_CONFLICT when two provinces use the same code. */
fail meeting_by_code(struct call *c, const char *code, struct meeting *out) MUST_CHECK;

struct meetings { struct meeting *v; size_t n; };
struct meeting_list_query {
	int64_t unit_id;        /* this unit and all that was below it */
	struct period period;
	bool now;               /* below it on `today` instead of on the day of each meeting */
	struct date today;
	struct moment before;   /* paging: older than this one … MOMENT_NONE: from the newest on */
	int64_t before_id;
	int64_t limit;
};
/* Newest first. */
fail meeting_list(struct call *c, const struct meeting_list_query *q, struct meetings *out) MUST_CHECK;
/* The regular meeting before this one of the same cell; out->id 0 when there is none. */
fail meeting_previous_regular(struct call *c, const struct meeting *m, struct meeting *out) MUST_CHECK;
/* Meetings of that kind of a unit in a month that were not cancelled, earliest first. */
fail meetings_in_month(struct call *c, int64_t unit_id, unsigned kind, month_no month, struct meetings *out) MUST_CHECK;
/* The next thing in the life of a unit's meetings: the earliest, not older than two months, that the cell still has something to do for; out->id 0:
 * none. */
fail meeting_next(struct call *c, int64_t unit_id, struct meeting *out) MUST_CHECK;
/* Regular meetings of the cell from the beginning of the year to this one, oldest first. */
fail meeting_year_regular(struct call *c, const struct meeting *m, struct meetings *out) MUST_CHECK;

/* ---- writing (opens a write transaction, or joins the open one) ---- */

/* `unit_id` or `unit_code` names the cell. Fills id, code, realm, month, rev, and the first row of its history. `state` is planned, date_registered
 * or (not given: afterwards) held; any other, and another meeting of that code: FAIL_CONFLICT. V01 is asked when it was held, V16 always. */
fail meeting_create(struct call *c, struct meeting *m) MUST_CHECK;
/* Changes the meeting m->id if its stored rev is still m->rev; then m is what is stored now. FAIL_CONFLICT: somebody changed it
 * first, *stored holds the version there is; the one wanted is in *m. With a complete roll call the counts in *m are ignored.
 * The cell cannot be changed. Nothing is written when nothing differs. */
fail meeting_update(struct call *c, struct meeting *m, struct meeting *stored) MUST_CHECK;

/* For the rooms that keep something of a meeting in a table of their own (tasks, sheets, facts): inside db_write, after the
 * change. Raises rev and brings the counters of its month up to date. */
fail meeting_touched(struct call *c, struct meeting *m) MUST_CHECK;
/* The same for what no counter counts, such as tasks: the rev alone. */
fail meeting_raise(struct call *c, int64_t realm, int64_t id) MUST_CHECK;
/* FAIL_CONFLICT unless the meeting's stored rev is `rev`; *m is filled from the store. Inside db_write. */
fail meeting_lock(struct call *c, int64_t id, int64_t rev, struct meeting *m) MUST_CHECK;
#define ANY_REV INT64_C(0) /* whatever it is: imports and commands that were not asked to compare */

#endif
