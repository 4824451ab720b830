/* award.h — awards: what a unit or a member was given, by whom, by which decision, and the code with which a stranger checks the paper.
 *
 * What is printed is composed once, in the transaction that gives the award, and kept: names change, the certificate does not. An award is never changed and never
 * deleted; it is revoked with a reason, and its code then says so. */
#ifndef CHIBO_GROWTH_AWARD_H
#define CHIBO_GROWTH_AWARD_H

#include "db/db.h"

enum award_kind { AWARD_NONE, AWARD_CERTIFICATE, AWARD_COMMENDATION, AWARD_TITLE, AWARD_PRIZE, AWARD_KINDS };
extern const char *const award_kinds[]; /* "" certificate commendation title prize */
const char *award_kind_name(enum lang lang, unsigned kind);

struct award {
	int64_t realm, id, unit_id, case_id, year, given_by, at_ms, rev;
	int64_t member_id;                     /* 0: the unit itself; of a member, unit_id is the unit at that time */
	unsigned kind;
	const char *title;                     /* what for, as printed */
	const char *decision_no, *signed_by;
	struct date decided_on, revoked_on;    /* revoked_on DATE_NONE: it stands */
	const char *check_code, *content, *revoked_why, *actor, *search_key;
	const char *unit_code, *unit_name, *giver_name, *member_code, *member_name; /* read only, names of today; member: "" for a unit */
};
extern const struct record award_record; /* its labelled fields are those of the form */
struct awards { struct award *v; size_t n; };

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem. */
fail award_by_id(struct call *c, int64_t id, struct award *out) MUST_CHECK;
/* By a code as code_clean gives it. FAIL_NOT_FOUND without a problem. */
fail award_by_code(struct call *c, const char *code, struct award *out) MUST_CHECK;

struct award_query {
	int64_t unit_id;       /* given to it or to one below it today, or by it */
	bool given_only;       /* only by it */
	int year;              /* 0: all */
	unsigned kind;         /* 0: all */
	const char *words;     /* of receiver, title or decision, without tone marks; NULL or "": all */
	int64_t before_id, limit; /* latest first; INT64_MAX to begin */
};
fail award_list(struct call *c, const struct award_query *q, struct awards *out) MUST_CHECK;

/* ---- writing (opens a write transaction, or joins the open one; journal) ---- */

/* Gives it: kind, year, unit_id, member_code ("" or NULL: the unit), case_id, title, given_by, decision_no, decided_on, signed_by are read; the rest is filled. */
fail award_give(struct call *c, struct award *a) MUST_CHECK;
/* FAIL_CONFLICT: another rev, or revoked before. *a is the award afterwards. */
fail award_revoke(struct call *c, int64_t id, int64_t rev, const char *why, struct award *a) MUST_CHECK;
/* All that stand for a case; *n (may be NULL) how many. */
fail award_revoke_case(struct call *c, int64_t realm, int64_t case_id, const char *why, int64_t *n) MUST_CHECK;

#endif
