/* scheme_check.h — is a scheme whole? Sums, holes, overlaps, reach. Pure; the loader puts the faults into words. */
#ifndef CHIBO_RULES_SCHEME_CHECK_H
#define CHIBO_RULES_SCHEME_CHECK_H

#include "rules/scheme.h"

enum fault_code {
	FAULT_NO_TITLE,        /* of the line, group or scheme `id`, in `lang` */
	FAULT_DATES,           /* valid_to before valid_from */
	FAULT_EMPTY,           /* no lines */
	FAULT_DUPLICATE_ID,
	FAULT_SUM,             /* maxima add to `got`, not 1000 tenths; `facts` are yes, `of` minus `facts` are no */
	FAULT_GROUP_SUM,       /* lines of a group add to `got`, not to its maximum `want` */
	FAULT_MAX_CONDITION,   /* a maximum may depend on yes/no facts only, at most 6 in a scheme */
	FAULT_MAX_HOLE,        /* the last row of a maximum has a condition, or an earlier one has none */
	FAULT_MAX_VARIES,      /* a line that is not judged has one maximum, or 0 */
	FAULT_POINTS,          /* points of a case outside 0…`want` */
	FAULT_HOLE,            /* the last case is not "otherwise" */
	FAULT_UNREACHABLE,     /* an earlier case already takes everything this one could */
	FAULT_FULL_UNREACHABLE,/* no case gives the maximum */
	FAULT_NO_WAY,          /* neither judged nor cases, or both */
	FAULT_NO_MEASURE,      /* a bound or pro rata without a measure, or pro rata of something that is not a quotient */
	FAULT_TYPE,            /* a condition that is not yes/no, a measure that is */
	FAULT_GRADES,          /* not falling from good to average, or poor above 0 */
	FAULT_MINUTES,         /* required minutes: 1…1440, the long one not shorter */
	FAULT_STANDARD,        /* four good: no standard between 0.1 and 100 points */
	FAULT_VETO,            /* a veto without a condition, or with one that is not yes/no */
	FAULT_TYPE_FULL,       /* units of the type whose fact is the one bit of `facts` can never get the maximum */
	FAULT_LIMIT,           /* more lines, cases or points than a scheme may have */
};

struct fault {
	enum fault_code code;
	struct place at;
	const char *id;
	enum lang lang;
	struct tenths got, want;
	uint64_t facts, of;
};

enum { SCHEME_MAX_LINES = 200, SCHEME_MAX_CASES = 40, SCHEME_MAX_POINTS = 1000, SCHEME_MAX_INITIATIVES = 1000 };

/* Calls `tell` for every fault; true when there was none. */
bool scheme_check(const struct scheme *s, void (*tell)(void *arg, const struct fault *fault), void *arg);

#endif
