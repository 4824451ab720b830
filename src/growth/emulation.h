/* emulation.h — emulation of a year: titles that units and members register for, agreements between units, what members undertake.
 *
 * A committee or a cell leads an agreement; every party signs for itself, with day and name. A member writes own undertakings; the cell reviews them: done, partly
 * or not done, with words where it is not "done". */
#ifndef CHIBO_GROWTH_EMULATION_H
#define CHIBO_GROWTH_EMULATION_H

#include "growth/entry.h"

/* ---- titles registered for ---- */

enum title_result { TITLE_OPEN, TITLE_REACHED, TITLE_NOT_REACHED, TITLE_RESULTS };
extern const char *const title_results[]; /* "" reached not_reached */
const char *title_result_name(enum lang lang, unsigned result);
struct emulation_title {
	struct entry e;
	int64_t member_id;             /* 0: the unit itself */
	const char *member_code, *member_name; /* "": the unit */
	const char *title;
	unsigned result;
};
extern const struct record title_record;
struct titles { struct emulation_title *v; size_t n; };

/* ---- agreements ---- */

struct agreement {
	struct entry e;
	const char *title, *text;
	struct date signed_on;
};
extern const struct record agreement_record;
struct agreements { struct agreement *v; size_t n; };
struct party {
	int64_t realm, agreement_id, unit_id;
	const char *unit_code, *unit_name, *signed_by;
	struct date signed_on; /* DATE_NONE: not yet */
};
extern const struct record party_record;
struct parties { struct party *v; size_t n; };
fail agreement_parties(struct call *c, const struct agreement *a, struct parties *out) MUST_CHECK;
/* Agreements of a year that the unit leads or is a party of. */
fail agreements_with(struct call *c, int64_t unit_id, int year, struct agreements *out) MUST_CHECK;
/* Who stands in it: adds those that are missing, takes away those that are not on the list and have not signed (FAIL_CONFLICT names one that has). */
fail agreement_set_parties(struct call *c, int64_t id, const int64_t *units, size_t n) MUST_CHECK;
/* A party signs. FAIL_NOT_FOUND: it is none; FAIL_CONFLICT: it has signed. */
fail agreement_sign(struct call *c, int64_t id, int64_t unit_id, struct date on, const char *by) MUST_CHECK;

/* ---- undertakings ---- */

enum undertaking_result { UNDERTAKING_OPEN, UNDERTAKING_DONE, UNDERTAKING_PARTLY, UNDERTAKING_NOT_DONE, UNDERTAKING_RESULTS };
extern const char *const undertaking_results[]; /* "" done partly not_done */
const char *undertaking_result_name(enum lang lang, unsigned result);
struct undertaking {
	struct entry e;
	int64_t member_id;
	const char *member_code, *member_name, *text, *review;
	struct date due_on, reviewed_on;
	unsigned result;
};
extern const struct record undertaking_record;
struct undertakings { struct undertaking *v; size_t n; };
/* The cell's word on it; with UNDERTAKING_OPEN the review is taken back. FAIL_INPUT: words are missing; FAIL_CONFLICT: another rev, *stored is what there is. */
fail undertaking_review(struct call *c, int64_t id, int64_t rev, unsigned result, const char *words, struct undertaking *stored) MUST_CHECK;

#endif
