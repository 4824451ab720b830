/* vote.h — votes in a meeting: called, counted by two tellers or in a secret ballot on devices (ballot.h), and what they came to.
 *
 * The rule follows from the subject: two thirds of the base for a decision on a member (V08), more than half for everything else (V07). The base is
 * computed from the roll of the cell and the roll call (V06, V10, V23), never typed, and so is the result. A vote by hand or on paper is counted by two
 * people who each write down what they counted; it is stored only when each count adds up to the number of voters and both are the same.
 * Three votes in a row on one matter under V08 that reach neither result go to the committee above; a fourth is refused (V09). "The same
 * matter" is the same subject and person in the same cell, also at a later meeting; where no person is on the roll yet, the same title.
 * A vote is never deleted: it can be declared void with a reason, and then counts for nothing.
 *
 * Tellers are official members of the cell who are present, for only they vote (V10). A minute-taker may be anybody present: the task is no
 * post of the committee, and V10 keeps people on probation from being elected to posts.
 *
 * What an adopted vote decides takes effect with it: the minute-taker is named, the minutes are approved.
 *
 * Each write opens a transaction or joins the open one, wants the meeting's part PART_ROOM open, writes the journal and raises the rev of the
 * vote, not of the meeting. What this does not do: hold ballots. */
#ifndef CHIBO_MEETING_VOTE_H
#define CHIBO_MEETING_VOTE_H

#include "meeting/attendance.h"
#include "rules/votes.h"

enum vote_subject {
	SUBJECT_NONE, SUBJECT_MINUTE_TAKER, SUBJECT_AGENDA, SUBJECT_RESOLUTION, SUBJECT_CONCLUSION, SUBJECT_SCORE, SUBJECT_MINUTES, SUBJECT_ADMIT,
	SUBJECT_MAKE_OFFICIAL, SUBJECT_STRIKE, SUBJECT_OTHER, SUBJECT_COUNT
};
extern const char *const vote_subject_words[]; /* "" minute_taker agenda resolution conclusion score minutes admit make_official strike other */
const char *vote_subject_name(enum lang lang, unsigned subject);
enum vote_kind vote_rule(unsigned subject);

enum vote_method { METHOD_NONE, METHOD_HAND, METHOD_PAPER, METHOD_DEVICE };
extern const char *const vote_method_words[]; /* "" hand paper device */
const char *vote_method_name(enum lang lang, unsigned method);
const char *vote_result_name(enum lang lang, unsigned result);

struct vote {
	int64_t realm, id, meeting_id, member_id, round, base, in_favour, against, abstain, invalid, marked, rev;
	unsigned subject, rule, method, result; /* rule: enum vote_kind + 1, 0 only before it is called; result: enum vote_result */
	const char *title, *member_code, *member_name, *remark;
	struct moment opened_at, closed_at;
};
extern const struct record vote_record; /* its labelled fields are what a form may give to call one */
struct votes { struct vote *v; size_t n; };
static inline enum vote_kind vote_kind_of(const struct vote *v) { return v->rule > 1 ? VOTE_MEMBER : VOTE_RESOLUTION; }
static inline int64_t vote_votes_needed(const struct vote *v) { return vote_needed(vote_kind_of(v), v->base); }
/* Members as JSON, with the votes needed. */
void vote_json(struct json *j, const struct vote *v);

struct teller {
	int64_t teller, member_id; /* 1, 2 */
	const char *member_code, *member_name;
	int64_t in_favour, against, abstain, invalid;
};
struct tellers { struct teller *v; size_t n; };

/* ---- reading (inside db_read or db_write) ---- */

fail votes_of(struct call *c, const struct meeting *m, struct votes *out) MUST_CHECK;
fail vote_by_id(struct call *c, int64_t id, struct vote *out) MUST_CHECK;
/* Only which unit it belongs to: what rights are asked on. */
fail vote_unit(struct call *c, int64_t id, int64_t *unit_id) MUST_CHECK;
fail vote_tellers(struct call *c, const struct vote *v, struct tellers *out) MUST_CHECK;
/* Those of the latest counted vote of the meeting: whom a page proposes. */
fail vote_tellers_before(struct call *c, const struct meeting *m, struct tellers *out) MUST_CHECK;
/* The latest vote on a subject that is not void, open ones included; out->id 0: none. */
fail vote_latest(struct call *c, const struct meeting *m, unsigned subject, struct vote *out) MUST_CHECK;
/* Votes that are still open: they block closing the meeting. */
fail votes_open(struct call *c, const struct meeting *m, int64_t *n) MUST_CHECK;

/* Open ballots on devices of meetings at which that member is marked as present. */
fail votes_waiting(struct call *c, int64_t realm, int64_t member_id, struct votes *out) MUST_CHECK;
/* Who voted in a closed ballot on devices, by name: teller[].member_…, the counts unset. */
fail vote_ballot_roll(struct call *c, const struct vote *v, struct tellers *out) MUST_CHECK;

/* Who may vote in that meeting, as its roll call stands now. */
struct voters {
	struct voting voting;      /* V06 to V08 */
	bool complete;             /* the roll call names everybody */
	bool online;               /* somebody takes part online, or the whole meeting is */
	const struct roll_member **v;
	size_t n;                  /* official members of the cell who are present: they vote (V10, V23) */
};
fail voters_of(struct call *c, const struct meeting *m, struct voters *out) MUST_CHECK;
/* V22: a question when under two thirds of the official members with a vote are present, in the call's language; NULL: none. */
const char *voters_question(struct call *c, const struct voters *v);

/* ---- writing ---- */

/* Calls a vote: meeting_id, subject, title, member_id or member_code where it is about a person, method. Fills the rest. The same matter called a second
 * time while it is open is that vote (a double tap). Refused: a roll call with gaps, V08 or a secret vote while somebody takes part online,
 * a fourth vote (V09). */
fail vote_call(struct call *c, struct vote *v) MUST_CHECK;

/* What both tellers counted, and how many people voted. All that is wrong is in *found, at fields "a.in_favour", "b.teller", "marked" …; then nothing
 * is stored. Otherwise *v is the vote with its result. A vote that is closed already with the same count is left as it is. */
fail vote_count(struct call *c, int64_t id, int64_t rev, const struct teller count[2], int64_t marked, struct vote *v, struct flaws *found) MUST_CHECK;
/* The same for a ballot: totals, and the members who voted, sorted by id. For ballot.c. */
fail vote_close_ballot(struct call *c, int64_t id, const struct teller *total, const int64_t *members, size_t n, struct vote *v) MUST_CHECK;
fail vote_void(struct call *c, int64_t id, int64_t rev, const char *reason, struct vote *v) MUST_CHECK;

#endif
