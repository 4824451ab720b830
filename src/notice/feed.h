/* feed.h — a person's calendar under a secret address.
 *
 * Who knows the address reads the calendar, without signing in: that is how calendars on phones work. So it holds when and where and nothing
 * else, belongs to one account, only its hash is stored, and it can be revoked; asking for a new one revokes the old one. */
#ifndef CHIBO_NOTICE_FEED_H
#define CHIBO_NOTICE_FEED_H

#include "db/db.h"
#include "notice/event.h"

#define FEED_TOKEN 65 /* hexadecimal, with the zero */

struct feed {
	int64_t account_id, created_ms, revoked_ms; /* revoked_ms INT_UNKNOWN: in force */
};
extern const struct record feed_record;

/* A new address for the account; the one before is revoked. Opens its own db_write; journal, without the token. */
fail feed_make(struct call *c, int64_t account_id, char token[FEED_TOKEN]) MUST_CHECK;
/* Revokes it; *revoked (may be NULL): was there one? */
fail feed_revoke(struct call *c, int64_t account_id, bool *revoked) MUST_CHECK;
/* The feed in force of an account; created_ms INT_UNKNOWN: none. Inside db_read. */
fail feed_of(struct call *c, int64_t account_id, struct feed *out) MUST_CHECK;
/* Whose feed that is. FAIL_NOT_FOUND for anything that is not a token in force of an account in use. Inside db_read. */
fail feed_account(struct call *c, const char *token, int64_t *account_id) MUST_CHECK;

struct calendar_entries { struct calendar_entry *v; size_t n; };
/* The meetings a person sees in the calendar: of the cells they belong to or are secretary of, and those they are invited to as a guest; from
 * two months ago to thirteen months ahead, in order. Inside db_read. */
fail feed_entries(struct call *c, int64_t account_id, struct calendar_entries *out) MUST_CHECK;
/* The whole calendar as text. */
fail feed_write(struct call *c, int64_t account_id, const char *site, struct out *o) MUST_CHECK;

#endif
