/* attendance.h — the roll call: one row for each person, and the counts and the voting base that follow from it.
 *
 * A roll call that names everybody who was expected is complete: then expected, present, excused, unexcused and
 * official_present of the meeting follow from it and are no longer typed. While it is not complete the typed counts stand. An exempt
 * or absent-at-another-place person who comes is added to both sides. A row `exempt` for somebody who should come means that the person was not expected
 * at this meeting. */
#ifndef CHIBO_MEETING_ATTENDANCE_H
#define CHIBO_MEETING_ATTENDANCE_H

#include "meeting/meeting.h"
#include "org/member.h"

enum attendance_status { ATTENDANCE_NONE, ATTENDANCE_PRESENT, ATTENDANCE_EXCUSED, ATTENDANCE_UNEXCUSED, ATTENDANCE_EXEMPT };
extern const char *const attendance_status_words[]; /* "" present excused unexcused exempt */
enum attendance_mode { MODE_NONE, MODE_IN_PERSON, MODE_ONLINE };
extern const char *const attendance_mode_words[];   /* "" in_person online */

struct attendance {
	int64_t realm, meeting_id, member_id;
	const char *meeting_code, *member_code, *full_name;
	unsigned status, mode;
	struct moment arrived_at;
};
extern const struct record attendance_record; /* its labelled fields are the columns of files */
struct attendances { struct attendance *v; size_t n; };

/* In the order of names. */
fail attendance_of(struct call *c, const struct meeting *m, struct attendances *out) MUST_CHECK;

/* ---- pure ---- */

/* The person on a roll, or NULL. */
const struct roll_member *roll_find(const struct roll *r, int64_t member_id);

struct tally {
	bool complete;   /* everybody expected has a row */
	int64_t missing; /* people expected without a row */
	int64_t expected, present, excused, unexcused, official_present;
};
/* What the rows say. Rows that cannot be are flaws: a person who was not in the cell that day, an exempt person excused. The field of
 * a flaw is the person's code. */
struct tally attendance_tally(struct call *c, const struct roll *r, const struct attendances *rows, struct flaws *out);

/* Who may decide. `known` is false when nobody is on the roll of that day. */
struct voting {
	bool known;
	int64_t official;            /* summoned: official members of the cell */
	int64_t away_absent, exempt_absent;
	int64_t base;                /* V06 */
	int64_t for_resolution, for_two_thirds; /* votes needed (V07, V08) */
};
/* Without rows everybody who is away or exempt is taken as absent. */
struct voting attendance_voting(const struct roll *r, const struct attendances *rows);

/* Questions, not refusals: V05, V22, a pre-meeting after the meeting, a second regular meeting in the month. Reads the store. */
fail meeting_questions(struct call *c, const struct meeting *m, const struct voting *v, struct flaws *out) MUST_CHECK;

/* ---- writing ---- */

/* Replaces the roll call of a meeting if its rev is still `rev` (or ANY_REV). Rows name the person by member_id or member_code.
 * *m becomes the meeting as stored afterwards; on FAIL_CONFLICT as it is stored. All problems are in *found. */
fail attendance_replace(struct call *c, int64_t meeting_id, int64_t rev, const struct attendances *rows, struct meeting *m,
                        struct flaws *found) MUST_CHECK;
/* One person's row, for a roll call that is taken tap by tap: two people who call different names keep both, the last word on a name holds. While there are gaps,
 * everybody else gets the row that is assumed: present who is expected, exempt who is not.
 * A name called twice with the same answer changes nothing. attendance_fill only fills the gaps. */
fail attendance_mark(struct call *c, int64_t meeting_id, const struct attendance *row, struct meeting *m) MUST_CHECK;
fail attendance_fill(struct call *c, int64_t meeting_id, struct meeting *m) MUST_CHECK;
/* Derives the counts of a meeting anew from its rows, for whoever wrote rows directly (imports). Inside db_write. The meeting's own
 * journal entry is written when counts change. */
fail attendance_recount(struct call *c, struct meeting *m) MUST_CHECK;

#endif
