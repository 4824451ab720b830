/* room_shown.h — what the pages of the running meeting show: votes, ballots, the agenda as it goes. Private to src/score. */
#ifndef CHIBO_SCORE_ROOM_SHOWN_H
#define CHIBO_SCORE_ROOM_SHOWN_H

#include "html/conflict.h"
#include "html/form.h"
#include "html/parts.h"
#include "meeting/ballot.h"
#include "meeting/guest.h"
#include "meeting/room.h"
#include "work/task.h"

/* ---- roll call ---- */

struct person_row {
	int64_t id;
	const char *name, *code, *status; /* status in words when the person need not come */
	const char *value;   /* present late online excused unexcused exempt */
	const char *at;      /* "19:20": arrived late */
	bool expected;
	const char *problem;
};
struct guest_row {
	const struct guest *guest;
	const char *kind;
	const char *value;   /* came absent, or "" */
};
struct roll_form {
	struct form form;
	int64_t id, rev;
	const char *title;
	struct person_row *v;
	size_t n;
	struct guest_row *guests;
	size_t guest_n;
	bool online;         /* somebody takes part online, or may: offer it */
	bool may_online;     /* offer to offer it */
	bool may;            /* can still be changed */
	bool running;        /* the meeting is open: a time of arrival is now */
	const char *refusal; /* why it cannot, or NULL */
	int64_t present, expected; /* as it stands */
	struct choice kinds[2];
};

/* ---- votes ---- */

struct vote_line {
	const struct vote *vote;
	const char *result;     /* in words */
	const char *counts;     /* "17 for, 1 against, 0 abstained", or what it waits for */
};
struct quick_vote { const char *subject, *text; };
struct votes_view {
	struct form form;
	int64_t id;
	const char *title;
	const char *base;       /* who has a vote and how many votes are needed */
	const char *question;   /* V22, or NULL */
	const char *blocked;    /* why none can be called now, or NULL */
	bool may;
	bool online;
	struct vote_line *v;
	size_t n;
	struct quick_vote *quick;
	size_t quick_n;
	struct choice *people, *subjects, *methods;
	size_t people_n, subject_n, method_n;
};

struct count_row {
	const char *side;       /* "a" */
	const char *title;
	const char *teller;     /* code of the one proposed */
};
struct mark_row { const char *name; bool voted; };
struct vote_view {
	struct form form;
	const struct vote *vote;
	const char *title;      /* of the meeting */
	const char *base, *rule, *round, *result, *question;
	int64_t present;        /* who may vote and are here */
	bool may;
	struct choice *tellers;
	size_t teller_n;
	struct count_row rows[2];
	struct tellers counted; /* by whom, once it is closed */
	int64_t marked;         /* in the urn; -1: no urn */
	struct mark_row *marks;
	size_t mark_n;
};

struct ballot_view {
	struct form form;
	const struct vote *vote;
	const char *title, *base;
	bool lend;              /* at the chair's device: the person picks a name */
	bool voted, closed, lost, few;
	struct choice *people;
	size_t people_n;
	int64_t marked, present;
};
struct ballots_view {
	struct vote_line *v;
	size_t n;
};

/* ---- the running meeting ---- */

struct room_text {
	const char *name;        /* "reason" */
	const char *title, *value;
	const char *seen;        /* which version is in the field: its rev and a sum of its letters */
};
struct room_guest { const struct guest *guest; const char *remark, *seen; };
struct room_task { const struct task *task; const char *state; bool open; };
struct room_vote { const struct vote *vote; const char *result, *counts; const char *subject, *name; /* vote NULL: not called yet */ };
struct room_view {
	struct form form, task_form;
	struct conflict conflict;
	int64_t id;
	const char *title, *status, *refusal;
	bool may;
	const struct agenda *agenda;
	size_t done;
	const struct agenda_item *now; /* the one in hand; NULL: none is left, or there is no agenda */
	const char *next;        /* the title of the one behind it, or NULL */
	const char *conclusion, *conclusion_seen;
	int64_t clock;           /* minutes that the clock proposes; INT_UNKNOWN */
	int64_t running;         /* the meeting is open for so many minutes; INT_UNKNOWN */
	struct room_text texts[4];
	size_t text_n;
	bool ask_people, ask_roll, ask_dues, ask_speakers, ask_score, ask_minutes, ask_results, ask_tasks, ask_guests;
	struct choice *people, *chairs;
	size_t people_n, chair_n;
	const char *chair, *minute_taker; /* codes, or "" */
	const char *came;        /* "19 of 21 (90.48 %)", or NULL */
	const char *dues;        /* "complete" "open", or "" */
	int64_t speakers, present;
	struct room_task *results, *assigned;
	size_t result_n, assigned_n;
	const char *due_on, *report_at; /* proposed for a new task */
	struct room_guest *guests;
	size_t guest_n;
	struct room_vote votes[2];
	size_t vote_n;
};

/* ---- closing ---- */

struct close_line { const char *href, *text; };
struct close_view {
	struct form form;
	int64_t id;
	const char *title, *no_way;
	bool may;
	const char *ends_at;     /* as the field wants it */
	int64_t minutes, planned; /* how long it has lasted */
	struct close_line *blocks, *questions;
	size_t block_n, question_n;
};

#endif
