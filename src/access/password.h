/* password.h — hashing passwords, a few at a time. Private to src/access.
 *
 * argon2id at 19 MiB and two passes takes tens of milliseconds and real memory: as many run at once as there are processors, a few dozen
 * wait, more are turned away with FAIL_BUSY. Never inside a transaction, never on an event thread. */
#ifndef CHIBO_ACCESS_PASSWORD_H
#define CHIBO_ACCESS_PASSWORD_H

#include "base/call.h"

/* The stored form, in the arena. */
fail password_hash(struct call *c, const char *password, const char **out) MUST_CHECK;
/* `hash` NULL: nobody has that login; the same work is done and *right is false. */
fail password_is(struct call *c, const char *hash, const char *password, bool *right) MUST_CHECK;

#endif
