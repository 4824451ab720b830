/* pages.h — what the page files of this room share. Private to src/access. */
#ifndef CHIBO_ACCESS_PAGES_H
#define CHIBO_ACCESS_PAGES_H

#include "access/shown.h"

/* Days that a new session lasts. */
int64_t sign_in_days(void);
/* Roles as rows of a page; `all` with those of the past. Inside db_read. */
fail role_rows(struct call *c, int64_t account_id, bool all, struct role_rows *out) MUST_CHECK;

#endif
