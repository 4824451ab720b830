/* deadline.h — what has to be done about a person by a day: end of probation, ceremony, transfer (V11, V12, V13), and many guests (V15).
 *
 * Flags are questions, nothing happens by itself. For the cell's own leadership and the staff office above it only: who calls this asks for
 * MAY_EDIT_MEMBERS on the unit. Working days leave out weekends and the holidays of the rules (rules/holidays.h). */
#ifndef CHIBO_ORG_DEADLINE_H
#define CHIBO_ORG_DEADLINE_H

#include "base/call.h"
#include "base/record.h"

struct deadline {
	const char *rule;        /* "V11" */
	const char *unit_code, *member_code, *full_name; /* no person: V15 */
	struct date due;         /* the last day for it; DATE_NONE: V15 */
	int64_t days_left;       /* below 0: overdue; INT_UNKNOWN: V15 */
	int64_t notice;          /* V11 before the end: 90 60 30 15 7, the last mark that was passed; otherwise 0 */
	const char *text;        /* a sentence in the call's language */
	int64_t unit_id, member_id;
};
extern const struct record deadline_record;
struct deadlines { struct deadline *v; size_t n; };

/* For a unit and all below it:
 *	V11  probation (12 months from the ceremony) ends within 90 days, or has ended: to be considered within 30 working days
 *	V12  admission decided, no ceremony yet: within 30 working days of the decision
 *	V13  formal transfer begun, not yet taken up elsewhere: within 60 working days
 *	V15  ten or more temporary members in a cell: a party group may be formed
 * By rule, unit and name. c->rules may be NULL: then only weekends are left out. Inside db_read or db_write. */
fail org_deadlines(struct call *c, int64_t unit_id, struct date on, struct deadlines *out) MUST_CHECK;

/* Pure: the day probation ends, and the last mark of 90 60 30 15 7 that `left` days have passed; 0: none yet. */
struct date probation_end(struct date admitted_on);
int64_t probation_notice(int64_t left);

#endif
