/* recognition.h — "four good" recognised: the proposal list of a committee, its decision with a number, certificates for the exemplary ones (R17).
 *
 * The list is made of all cases the committee decides, or of these and all that committees below it decide (a higher committee recognises what they appraised): those appraised as meeting the standard, those appraised below it with the reason, those that cannot be decided
 * now (an open appeal, facts that have changed since the appraisal), those still on their way. One decision recognises what was chosen and refuses the other appraised
 * ones, all of it or nothing; what cannot be decided now is left for a later decision. Undone by reopening a case (case.h): its certificate is then
 * revoked with the reason. */
#ifndef CHIBO_YEAR_RECOGNITION_H
#define CHIBO_YEAR_RECOGNITION_H

#include "document/document.h"
#include "growth/award.h"
#include "year/store.h"

enum recognition_place {
	RECOGNITION_PROPOSED,   /* appraised, meets the standard, can be decided */
	RECOGNITION_BELOW,      /* appraised, does not meet it */
	RECOGNITION_LEFT_OUT,   /* appraised, cannot be decided now */
	RECOGNITION_WAITING,    /* registered, not appraised yet */
	RECOGNITION_RECOGNISED, RECOGNITION_REFUSED,
	RECOGNITION_GONE,       /* withdrawn or moved to another body: outside of the evaluated set */
	RECOGNITION_PLACES
};
extern const char *const recognition_places[]; /* proposed below left_out waiting recognised refused gone, NULL-ended */
const char *recognition_place_name(enum lang lang, enum recognition_place p);

struct recognition_row {
	enum recognition_place place;
	int64_t case_id, rev, unit_id;
	const char *unit_code, *unit_name;
	unsigned level, state;
	struct tenths self, voted, points; /* points: of the appraisal; TENTHS_NONE: no sheet */
	const char *why;                   /* BELOW, LEFT_OUT, REFUSED, GONE: a sentence; else "" */
	bool exemplary;
	const char *decision_no;           /* of what was decided, or "" */
	struct date decided_on;
	int64_t award_id;                  /* its certificate that stands; 0: none */
	const char *check_code;
};
struct recognition {
	struct unit unit;                  /* the committee, on the day that counts for the year */
	int year;
	bool below;                        /* with what committees below it appraised */
	bool any_below;                    /* there are such committees */
	struct recognition_row *v;         /* proposed first by points, the others by place and name */
	size_t n;
	int64_t count[RECOGNITION_PLACES];
	int64_t registered, assessed;      /* 51 and 49 of W8: all but withdrawn; without those that moved away, too */
	int64_t exemplary;                 /* recognised and chosen */
};
/* The list of a year. Inside db_read or db_write. Also what R17 prints. */
fail recognition_list(struct call *c, int64_t unit_id, int year, bool below, struct recognition *out) MUST_CHECK;

/* ---- deciding (opens a write transaction, or joins the open one) ---- */

struct recognition_choice { int64_t case_id, rev; bool exemplary; };
struct recognition_decision {
	int64_t unit_id;
	int year;
	bool below;              /* over the longer list */
	const struct recognition_choice *v; /* to be recognised */
	size_t n;
	const char *why;         /* why those that meet the standard and were not chosen are refused; needed where there are any */
	const char *outside_no;  /* the number the decision has elsewhere; "": the committee's own register gives one (QĐ) */
	struct date decided_on;
	const char *signed_by;   /* "": the secretary of the day */
};
struct recognition_done {
	int64_t recognised, refused, certificates, left_out;
	const char *decision_no;
	int64_t document_id;     /* 0: an outside number */
};
/* FAIL_INPUT: nothing to decide, number, day or reason missing, a term of documents missing; FAIL_CONFLICT: a case was changed meanwhile, or cannot be recognised
 * (the problem names the unit); FAIL_DENIED. */
fail recognition_decide(struct call *c, const struct recognition_decision *d, struct recognition_done *out) MUST_CHECK;
/* Chooses a recognised case for a certificate afterwards, under the decision that recognised it, or takes the choice back: its certificate is then
 * revoked with `why`. *award (may be NULL) is the certificate. */
fail recognition_set_exemplary(struct call *c, int64_t case_id, int64_t rev, bool exemplary, const char *why, struct award *award) MUST_CHECK;

/* ---- on paper ---- */

/* Facts of the form recognition_proposal: what is proposed now. Inside db_read or db_write. `exemplary`: chosen so far, by case. */
fail recognition_proposal(struct call *c, const struct recognition *r, struct date on, const char **facts) MUST_CHECK;

#endif
