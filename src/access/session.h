/* session.h — signing in and out.
 *
 * A session is 32 random bytes in a cookie; stored is only their BLAKE2b hash. A new one is made at every sign-in and every change of
 * password, so nothing that was planted before is ever signed in. Sessions are remembered in memory and read again whenever an account,
 * a role or a session was changed; on PostgreSQL, where other processes write too, they are read at every request. */
#ifndef CHIBO_ACCESS_SESSION_H
#define CHIBO_ACCESS_SESSION_H

#include "access/account.h"

#define SESSION_TOKEN 65 /* hexadecimal, with the zero */

struct session {
	int64_t account_id, created_ms, expires_ms;
	struct blob token_hash;
};
extern const struct record session_record;

/* Checks login and password and begins a session of `days` days. FAIL_INPUT with one and the same sentence for a login that does not
 * exist, a wrong password and a disabled account, after the same work. FAIL_BUSY: too many passwords are being worked on.
 * Takes tens of milliseconds: never on an event thread, and outside any transaction. */
fail session_begin(struct call *c, const char *login, const char *password, int64_t days, char token[SESSION_TOKEN]) MUST_CHECK;
/* A session for somebody whose password was just checked or set. Opens its own db_write. */
fail session_begin_for(struct call *c, int64_t account_id, int64_t days, char token[SESSION_TOKEN]) MUST_CHECK;
/* Is this the account's password? *right. As slow as session_begin, and never inside a transaction. */
fail session_password_is(struct call *c, int64_t account_id, const char *password, bool *right) MUST_CHECK;

/* Makes the call that of somebody who has not signed in: without any right. */
void session_nobody(struct call *c);
/* Cookie's value → c->who and c->lang. An unknown, expired or disabled one is FAIL_OK and leaves c->who empty. Inside db_read. */
fail session_resume(struct call *c, const char *token) MUST_CHECK;
/* What a call has to know before its read snapshot is taken, so that what it reads may be remembered. */
void session_prepare(struct call *c);
/* Nothing read from here on may be remembered: the snapshot is gone. */
void session_settle(struct call *c);

fail session_end(struct call *c, const char *token) MUST_CHECK;
/* Ends all sessions of an account, except that with the token `keep` (may be NULL). *ended (may be NULL): how many. */
fail session_end_all(struct call *c, int64_t account_id, const char *keep, int64_t *ended) MUST_CHECK;
/* Sessions in force, latest first. Inside db_read. */
fail session_list(struct call *c, int64_t account_id, struct session **out, size_t *n) MUST_CHECK;

#endif
