/* remembered.h — sessions kept in memory between requests. Private to src/access. */
#ifndef CHIBO_ACCESS_REMEMBERED_H
#define CHIBO_ACCESS_REMEMBERED_H

#include "access/account.h"

/* The person behind a session: what call.h knows as struct access. Lives in the call's arena. */
struct access {
	struct account account; /* without the password */
	struct grants grants;   /* in force on the day it was read */
	struct date day;
	int64_t expires_ms;
};

enum { TOKEN_HASH = 32 };

/* The number that moves with every change of an account, a role or the end of a session. */
int64_t accounts_version(void);
/* Inside the write transaction of such a change. */
void accounts_changed(struct call *c);

/* A copy of what is remembered under the hash, or NULL. */
struct access *remembered_get(struct call *c, const unsigned char hash[TOKEN_HASH]);
/* Keeps a copy, if the call's snapshot was taken after the last change. */
void remembered_put(struct call *c, const unsigned char hash[TOKEN_HASH], const struct access *a);

#endif
