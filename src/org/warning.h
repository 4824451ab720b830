/* warning.h — what the committee above should look at: V01, V02, V17, V19. Flags are questions; nothing is refused here. */
#ifndef CHIBO_ORG_WARNING_H
#define CHIBO_ORG_WARNING_H

#include "base/call.h"
#include "base/record.h"

struct warning {
	const char *rule;      /* "V19" */
	const char *unit_code, *unit_name;
	int64_t members, official;
	const char *text;      /* a sentence in the call's language */
	int64_t unit_id;
};
extern const struct record warning_record;
struct warnings { struct warning *v; size_t n; };

/* For a unit and all below it on a day, by rule, then unit:
 *	V01  cells with fewer than 3 official members
 *	V02  cells with 9 or more official members and no committee
 *	V17  bodies at the grassroots with fewer than 30 members; subordinate cells of more than 30, villages excepted
 *	V19  village and residential cells with fewer than 7 members (T22)
 * Cells whose roll was never recorded are left out: nothing is known about them. */
fail org_warnings(struct call *c, int64_t unit_id, struct date on, struct warnings *out) MUST_CHECK;

#endif
