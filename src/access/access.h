/* access.h — may this person do that, there, today?
 *
 * A right is a role on a unit for a time (base/right.h has the table of role × right). A member's and a secretary's role holds
 * for the unit itself, the others' for all below it too, as the tree stands on c->today. A unit that is closed stays with those
 * who hold the right on what it last stood under, or on its successors. The operator at the command line has every right.
 *
 * A unit on which a person has no right at all is FAIL_NOT_FOUND, as if it were not there; one that may be seen but not so used
 * is FAIL_DENIED. Both carry their sentence. Inside db_read or db_write.
 *
 * Accounts and their care are in account.h, sign-in and sessions in session.h. */
#ifndef CHIBO_ACCESS_ACCESS_H
#define CHIBO_ACCESS_ACCESS_H

#include "base/call.h"
#include "base/right.h"

/* unit_id 0: the installation as a whole, which belongs to whoever holds the right on a top unit. */
fail access_may(struct call *c, enum right right, int64_t unit_id) MUST_CHECK;
/* The same as a plain answer, for pages that show a button only to those who may press it. False when the database fails. */
bool access_has(struct call *c, enum right right, int64_t unit_id);
/* Does the person hold the right anywhere? Asks no database. */
bool access_anywhere(const struct call *c, enum right right);

/* Where a right holds, for lists and searches. `everything`: the operator, everywhere; then n is 0. */
struct reach { const int64_t *v; size_t n; bool everything; };
/* Units whose whole sub-tree the right covers. */
struct reach access_reach(struct call *c, enum right right);
/* Units (a member's or secretary's own) that the right covers alone. */
struct reach access_reach_single(struct call *c, enum right right);

/* What is known about the person signed in; NULL for the operator and for nobody. */
struct account;
struct grant;
const struct account *access_account(const struct call *c);
/* The roles in force today, *n of them. */
const struct grant *access_grants(const struct call *c, size_t *n);

#endif
