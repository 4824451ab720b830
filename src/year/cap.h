/* cap.h — how many may be Excellent in a group, and who stands where (domain, section 8; W10).
 *
 * A group: units decided by the same committee with the same unit type, or with the same group named by the committee; of members, those of one cell decided
 * together. The cap is floor(base × percent / 100); what the base counts is a parameter of the rule. Nothing here demotes anybody: the ranked list
 * and the excess are shown, the committee decides. */
#ifndef CHIBO_YEAR_CAP_H
#define CHIBO_YEAR_CAP_H

#include "rules/levels.h"
#include "year/assess.h"

struct cap_entry {
	struct year_case kase;
	struct year_sheet sheet;   /* that counts */
	bool excellent;
	int64_t rank;              /* by points among the Excellent; 1 first; equal points share a rank */
	bool over;                 /* ranked below the cap; those who share a rank that does not fit as a whole are all over it: the committee chooses */
};
struct cap_group {
	const char *name;          /* unit type or named group, for people */
	int64_t n, base, allowed, excellent, excess; /* n: all with a level */
	int64_t by_result[CASE_RESULTS];
	int64_t base_needed;       /* least base that would allow that many */
	struct cap_entry *entries; /* Excellent first, by points; then the others by points; those without a level last */
	size_t entry_n;            /* n and those without a level yet */
};
struct cap_groups { struct cap_group *v; size_t n; const struct levels_rule *rule; };
/* The groups that a committee decides in a year; kind CASE_UNIT or CASE_MEMBER. Inside db_read or db_write. */
fail cap_groups_of(struct call *c, unsigned kind, int year, int64_t decider, struct cap_groups *out) MUST_CHECK;

#endif
