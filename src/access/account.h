/* account.h — accounts and the roles they hold.
 *
 * An account has a login, a name, a password (argon2id, libsodium's text form) and roles on units, each from a day to a day. Every
 * change opens its own db_write, writes the journal (never the password) and takes effect at once for those signed in.
 *
 * Nobody hands out what is not theirs: who is not the operator needs MAY_MANAGE_ACCOUNTS on the unit of the role, and on every unit on
 * which the account holds a role today before changing the account itself. */
#ifndef CHIBO_ACCESS_ACCOUNT_H
#define CHIBO_ACCESS_ACCOUNT_H

#include "base/call.h"
#include "base/record.h"
#include "base/right.h"

struct account {
	const char *login, *name;
	unsigned lang;             /* account_langs */
	bool disabled;
	int64_t id, member_realm, member_id; /* the member this person is; INT_UNKNOWN: none */
	int64_t created_ms, rev;
	const char *password;      /* never shown; "" where it was not asked for */
};
extern const struct record account_record;
extern const char *const account_langs[]; /* "" vi en, NULL-ended */
struct accounts { struct account *v; size_t n; };

struct grant {
	unsigned role;             /* role_words */
	const char *unit_code, *unit_name; /* read only */
	struct date valid_from, valid_to;
	int64_t account_id, unit_id;
};
extern const struct record grant_record;
struct grants { struct grant *v; size_t n; };

const char *role_name(enum lang lang, unsigned role);

/* ---- reading; inside db_read or db_write ---- */

fail account_get(struct call *c, int64_t id, struct account *out) MUST_CHECK;
fail account_by_login(struct call *c, const char *login, struct account *out) MUST_CHECK;
/* By login, those after `after_login` ("" to begin), at most `limit`. Only accounts that the person asking may manage. */
fail account_list(struct call *c, const char *after_login, int64_t limit, struct accounts *out) MUST_CHECK;
/* Roles in force on a day; DATE_NONE: all there ever were, latest first. */
fail account_grants(struct call *c, int64_t account_id, struct date on, struct grants *out) MUST_CHECK;
/* FAIL_DENIED or FAIL_NOT_FOUND unless the person asking may change that account. */
fail account_may_manage(struct call *c, int64_t account_id) MUST_CHECK;
/* Cells of today on which nobody holds the role of secretary, below what the person may manage; at most `limit`. Filled: unit_id, unit_code, unit_name. */
fail account_missing(struct call *c, int64_t limit, struct grants *units) MUST_CHECK;

/* ---- changes ---- */

/* A new account; `password` in plain text. a->login is lower-cased and cleaned; a->id is filled. `first` (may be NULL) is granted in the same
 * transaction. FAIL_CONFLICT: the login is taken. FAIL_BUSY: too many passwords are being worked on. */
fail account_add(struct call *c, struct account *a, const char *password, const struct grant *first) MUST_CHECK;
/* A login as it is stored and compared: cleaned, lower case. */
const char *account_login_clean(struct call *c, const char *login);
/* FAIL_INPUT unless it is long enough and not the login. */
fail account_password_check(struct call *c, const char *login, const char *password) MUST_CHECK;
/* A new password, chosen by the program: easy to read out, 60 bits. In the arena. */
const char *account_password_make(struct call *c);
/* Ends all sessions of the account. */
fail account_password_set(struct call *c, int64_t id, const char *password) MUST_CHECK;
fail account_disable(struct call *c, int64_t id, bool disabled) MUST_CHECK;
fail account_lang_set(struct call *c, int64_t id, unsigned lang) MUST_CHECK;
/* A role on a unit. The same role over the same days changes nothing; spans that touch or overlap become one. */
fail account_grant(struct call *c, const struct grant *g) MUST_CHECK;
/* Ends a role: yesterday was its last day. FAIL_NOT_FOUND when it is not held today. */
fail account_revoke(struct call *c, int64_t account_id, unsigned role, int64_t unit_id) MUST_CHECK;

#endif
