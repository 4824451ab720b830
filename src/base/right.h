/* right.h — what a person may be allowed to do, and which role allows it.
 *
 * A right stands in the row of the route or command that needs it; the zero value refuses, so a forgotten column closes the
 * door. A role is held on a unit and all below it, for a time (access/access.h). */
#ifndef CHIBO_BASE_RIGHT_H
#define CHIBO_BASE_RIGHT_H

#include <stdbool.h>

enum right {
	MAY_NOBODY,          /* forgotten: refused to everybody */
	MAY_PUBLIC,          /* anybody, signed in or not */
	MAY_SIGNED_IN,       /* anybody with an account; the page shows what is theirs */
	MAY_SEE,             /* figures, meetings and sheets of the unit and what is below */
	MAY_SEE_MEMBERS,     /* names and attendance of members there */
	MAY_TAKE_PART,       /* a member of the cell: its papers, ballots, own tasks */
	MAY_RECORD,          /* record meetings and the cell's own sheet */
	MAY_DECIDE,          /* decide the class of meetings */
	MAY_EDIT_MEMBERS,    /* members and posts */
	MAY_EDIT_TREE,       /* dated events of units */
	MAY_IMPORT,          /* files of many rows */
	MAY_READ_JOURNAL,    /* who changed what */
	MAY_MANAGE_ACCOUNTS, /* accounts and roles */
	RIGHT_COUNT
};

enum role { ROLE_NONE, ROLE_MEMBER, ROLE_SECRETARY, ROLE_OFFICER, ROLE_UPPER, ROLE_INSPECTOR, ROLE_ADMINISTRATOR, ROLE_COUNT };
/* "" member secretary officer upper inspector administrator, NULL-ended */
extern const char *const role_words[];
/* The one table of role × right. A member's and a secretary's rights hold for the named unit only, the others' for all below it too. */
bool role_allows(enum role role, enum right right);
bool role_reaches_below(enum role role);
const char *right_name(enum right right); /* "see_members" */

#endif
