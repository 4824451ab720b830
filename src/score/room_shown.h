/* room_shown.h — what the pages of the running meeting show: votes, ballots, the agenda as it goes. Private to src/score. */
#ifndef CHIBO_SCORE_ROOM_SHOWN_H
#define CHIBO_SCORE_ROOM_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "meeting/ballot.h"
#include "meeting/guest.h"

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

#endif
