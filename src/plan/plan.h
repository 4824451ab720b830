/* plan.h — the year plan of a cell: twelve regular meetings by the fixed day, thematic topics, the work programme (domain, section 5, steps
 * 1–3).
 *
 * Until it is adopted a plan is a proposal: the fixed day of the cell (unit_setting fixed_day, or that of the nearest committee above that
 * has one) in every month, moved past holidays (rules/holidays.h). Adopting makes the meetings, `planned`, in one transaction and once;
 * months gone by and months that have their regular meeting already get none. From then on the plan is these meetings: changing a day moves
 * the meeting, as long as it is still planned. A topic with a month is carried by the regular meeting of that month, which thereby has a
 * thematic part (V05: it takes the place of no regular one).
 *
 * Rules kept here: V03 (a regular meeting in each month, inside that month), V04 (a topic in each quarter is asked for). Every change
 * raises `rev` of the plan, whatever part of it changed, and writes a journal entry. */
#ifndef CHIBO_PLAN_PLAN_H
#define CHIBO_PLAN_PLAN_H

#include "meeting/meeting.h"
#include "org/unit.h"
#include "rules/holidays.h"

#define SETTING_FIXED_DAY "fixed_day" /* "1" … "31"; "" inherited */

struct plan {
	int64_t realm, unit_id, year, programme_id, rev; /* rev 0: there is none */
	struct date adopted_on;                          /* DATE_NONE: a proposal */
	const char *start_time, *place;                  /* "19:00" */
	const char *proposed_by;                         /* name of the committee that proposed it, or "" */
};
extern const struct record plan_record; /* its labelled fields are those of the form */

struct plan_topic {
	int64_t realm, unit_id, year, id, quarter, month, author_id, meeting_id; /* month 1 … 12, INT_UNKNOWN: not known yet */
	const char *title, *author_code, *author_name, *unit_code;
	unsigned state;          /* of its meeting: enum meeting_state */
	struct moment starts_at; /* of its meeting */
};
extern const struct record plan_topic_record; /* its labelled fields are the columns of files */
struct plan_topics {
	struct plan_topic *v;
	size_t n;
};

/* A line of the work programme. */
struct plan_item {
	int64_t realm, unit_id, year, id, leader_id;
	const char *title, *leader_code, *leader_name;
	struct date due_on, done_on;
};
extern const struct record plan_item_record;
struct plan_items {
	struct plan_item *v;
	size_t n;
};

enum slot_state {
	SLOT_GONE,     /* the month, or its day, went by before there was a plan */
	SLOT_PROPOSED, /* would be planned */
	SLOT_PLANNED,
	SLOT_REGISTERED, /* registered: date registered, on the schedule, prepared, in session */
	SLOT_HELD,
	SLOT_LATE,   /* late: after the day of the plan */
	SLOT_MISSED, /* planned, and its month has closed without it */
	SLOT_CANCELLED,
	SLOT_NONE, /* the cell did not exist then */
	SLOT_STATES
};
extern const char *const slot_words[]; /* "gone" "proposed" …, NULL-ended */
const char *slot_name(enum lang lang, enum slot_state s);
struct plan_slot {
	month_no month;
	enum slot_state state;
	struct meeting_day fixed; /* what the fixed day gives */
	struct moment starts_at;  /* of the meeting, or what would be planned */
	struct meeting *meeting;  /* NULL: none */
};

/* Where a fixed day comes from. day 0: nobody above has one either. */
struct fixed_day {
	int day;
	int64_t unit_id;
	const char *unit_name;
};
enum { FIXED_DAY_USUAL = 3 }; /* where nobody said anything: the 3rd, as in many places */

struct plan_year {
	struct unit unit;
	struct plan plan;
	struct plan_slot slot[12];
	struct plan_topics topics;
	struct plan_items items;
	struct fixed_day fixed;
	bool holidays_known;          /* the holidays that follow the moon are in the rules for that year */
	int64_t expected, held, late; /* of the months that are due so far */
};

fail plan_fixed_day(struct call *c, const struct unit *u, struct date on, struct fixed_day *out) MUST_CHECK;
/* 1 … 31, or 0: inherited. Opens a write transaction, or joins the open one; journal. */
fail plan_fixed_day_put(struct call *c, int64_t unit_id, int64_t day) MUST_CHECK;

/* The plan of a year as it is, or as it would be. FAIL_INPUT when the unit holds no meetings of its own, or the year is far off. Inside
 * db_read or db_write; needs c->rules. */
fail plan_load(struct call *c, int64_t unit_id, int year, struct plan_year *out) MUST_CHECK;

/* What was filled in: a day for each month; DATE_NONE: as proposed, or as it is. */
struct plan_wish {
	int64_t unit_id, rev; /* the one seen, 0 where there was none; NO_PLAN_REV */
	int year;
	struct date day[12];
	const char *start_time, *place; /* NULL: as it is */
};
struct plan_made {
	int64_t created, moved;
};
/* Adopts the plan. An adopted one is left as it is: created 0. Flaws at the fields m01 … m12. FAIL_CONFLICT at "rev". Writes, as above. */
fail plan_adopt(struct call *c, const struct plan_wish *w, struct plan_made *made, struct flaws *found) MUST_CHECK;
/* Moves the meetings that are still planned. Days of others may not differ from what they are. */
fail plan_change(struct call *c, const struct plan_wish *w, struct plan_made *made, struct flaws *found) MUST_CHECK;
/* A proposal of the committee above where there is no plan yet; *made false: there is one already. */
fail plan_propose(struct call *c, int64_t unit_id, int year, const char *proposed_by, bool *made) MUST_CHECK;

/* id 0: a new one. author_code names the author. FAIL_CONFLICT at "rev"; FAIL_INPUT with a sentence at the field. Writes. */
fail plan_topic_save(struct call *c, struct plan_topic *t, int64_t rev) MUST_CHECK;
fail plan_topic_remove(struct call *c, int64_t unit_id, int year, int64_t id, int64_t rev) MUST_CHECK;
fail plan_item_save(struct call *c, struct plan_item *i, int64_t rev) MUST_CHECK;
fail plan_item_remove(struct call *c, int64_t unit_id, int year, int64_t id, int64_t rev) MUST_CHECK;
/* Topics, programme, time and place of the year before, into a year that has none of its own. *made: how many lines. */
fail plan_copy(struct call *c, int64_t unit_id, int year, int64_t rev, int64_t *made) MUST_CHECK;

/* ---- for the files of this room ---- */

#define NO_PLAN_REV INT64_C(-1) /* whatever it is: commands and files */
/* The plan's row; rev 0 where there is none. */
fail plan_get(struct call *c, int64_t realm, int64_t unit_id, int64_t year, struct plan *out) MUST_CHECK;
/* FAIL_CONFLICT unless it is the version seen; writes the row with the next rev and the journal entry. */
fail plan_put(struct call *c, struct plan *p, int64_t seen, const char *action, const char *after) MUST_CHECK;
/* Topics with a month go to their meetings, others leave them. Inside db_write. */
fail plan_carry_topics(struct call *c, int64_t realm, int64_t unit_id, int64_t year) MUST_CHECK;

#endif
