/* people.h — who wants to know that memberships or posts of a unit have changed.
 *
 * Rooms above keep numbers that depend on who belongs to a unit. They are told inside the transaction that changes it, once or several times. */
#ifndef CHIBO_ORG_PEOPLE_H
#define CHIBO_ORG_PEOPLE_H

#include "base/call.h"

typedef fail people_watcher(struct call *c, int64_t realm, int64_t unit_id);
extern people_watcher *const people_watchers[]; /* NULL-ended; src/app defines it */

/* Tells them. Inside db_write. */
fail org_people_changed(struct call *c, int64_t realm, int64_t unit_id) MUST_CHECK;

#endif
