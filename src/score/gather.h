/* gather.h — the facts of a meeting (design, section 5) from what is recorded: who came, when, which tasks, which posts, which answers.
 *
 * What can be derived is derived; an answer recorded by a person (meeting/recorded.h) stands only where nothing can be. What
 * neither gives stays unknown and makes the line of the sheet name it. Two zeros are never assumed: a cell whose tasks are not kept here has
 * no "nothing was due", and a person whose earlier roll calls are not kept here has no "never excused".
 *
 * A meeting that went through its life cycle here answers nothing twice: its agenda, votes, sendings and papers give the facts (gather_record.h).
 * Some of them can only come after the scoring in the same sitting: the minutes approved, the papers uploaded. Until their deadline, two days
 * after the end, such a fact counts as fulfilled and is marked "not due yet"; settle.h says how that ends. */
#ifndef CHIBO_SCORE_GATHER_H
#define CHIBO_SCORE_GATHER_H

#include "meeting/attendance.h"
#include "rules/facts.h"
#include "rules/rules.h"

enum fact_origin {
	FROM_NOWHERE,   /* unknown */
	FROM_SCHEME,    /* required minutes: the rule, or the unit's own setting */
	FROM_MEETING,   /* the meeting's own times and counts */
	FROM_ROLL_CALL,
	FROM_TASKS,
	FROM_POSTS,
	FROM_ANSWER,
	FROM_AGENDA,
	FROM_PRE_MEETING, /* the committee's own minutes */
	FROM_SENDINGS,    /* notices and papers sent */
	FROM_PAPERS,
	FROM_VOTE,
	FROM_MINUTES,
	FROM_PLAN,
};
/* "from the roll call", "from the tasks" …; "" for FROM_NOWHERE. */
const char *fact_origin_name(enum lang lang, enum fact_origin o);

/* What comes after the scoring. A fact is in neither word once it has happened. */
struct waiting {
	uint64_t not_due;    /* counted as fulfilled until `due` */
	uint64_t overdue;    /* `due` has passed and it has not happened */
	struct moment due;   /* two days after the end; MOMENT_NONE: nothing waits */
};
#define WAITING_NONE ((struct waiting){ 0, 0, MOMENT_NONE })

struct gathered {
	struct facts facts;
	unsigned char origin[FACT_COUNT];
	struct waiting waiting;
	const char *note[FACT_COUNT]; /* what the value alone does not say: which entries are missing, which vote it was; or NULL */
};
/* Where a fact comes from, in words: the note of a vote ("from the vote of 20:10"), else the name of its origin. */
const char *fact_origin_text(enum lang lang, const struct gathered *g, enum fact f);
/* What a waiting fact says in place of its value ("not due yet: …", "not uploaded by …"), or NULL. */
const char *waiting_text(struct call *c, const struct waiting *w, enum fact f);
const char *waiting_text_in(struct call *c, enum lang lang, const struct waiting *w, enum fact f);

/* Facts that an answer of a person may give: all of a meeting written down afterwards; of one with its own record only what lies before the first that is
 * kept here. */
uint64_t facts_answerable(const struct meeting *m);

/* The rule for a meeting: by its kind and day and the units above it on that day. FAIL_INPUT for a kind that is not scored, FAIL_NOT_FOUND
 * when no rule is in force. */
fail scheme_of_meeting(struct call *c, const struct meeting *m, const struct scheme **out) MUST_CHECK;
/* `s` decides the required minutes; NULL leaves them unknown. Inside db_read or db_write. */
fail facts_gather(struct call *c, const struct scheme *s, const struct meeting *m, struct gathered *out) MUST_CHECK;

/* ---- pure, for tests ---- */

/* A person's rows over the regular meetings of a year, in order; ATTENDANCE_NONE where the meeting has no rows. */
struct excused_run { int64_t least, most; };
/* The longest run of excused absences: `least` counts what is recorded, `most` takes every meeting without rows where somebody was excused, or may
 * have been, as an absence of this person. Equal: known. */
struct excused_run excused_longest(const unsigned char *status, const bool *may_be_excused, size_t n);

#endif
