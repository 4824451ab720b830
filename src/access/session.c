/* session.c — from login and password to a cookie, and from the cookie to a person. */
#include "access/session.h"

#include <sodium.h>
#include <string.h>

#include "access/access.h"
#include "access/password.h"
#include "access/remembered.h"
#include "access_sql.h"
#include "db/journal.h"
#include "org/version.h"

enum { TOKEN_BYTES = 32 };
#define DAY_MS ((int64_t)86400000)

static const struct field session_fields[] = {
	COL(struct session, token_hash),
	COL(struct session, account_id),
	COL(struct session, created_ms),
	COL(struct session, expires_ms),
	FIELD_END,
};
const struct record session_record = { "session", sizeof(struct session), session_fields };

/* False: this cannot be a token. */
static bool hash_token(const char *token, unsigned char out[TOKEN_HASH])
{
	size_t n = strlen(token);

	return n == SESSION_TOKEN - 1 && strspn(token, "0123456789abcdef") == n &&
	       crypto_generichash(out, TOKEN_HASH, (const unsigned char *)token, n, NULL, 0) == 0;
}

static struct blob as_blob(const unsigned char hash[TOKEN_HASH])
{
	return (struct blob){ hash, TOKEN_HASH };
}

/* ---- beginning ---- */

struct beginning {
	int64_t account_id, days;
	unsigned char hash[TOKEN_HASH];
};

static fail begin_body(struct call *c, void *arg)
{
	const struct beginning *b = arg;

	TRY(db_exec(c, &Q_session_delete_old, ARGS(V(b->account_id), V(c->now_ms)), NULL));
	TRY(db_exec(c, &Q_session_insert,
	            ARGS(V(as_blob(b->hash)), V(b->account_id), V(c->now_ms), V(c->now_ms + b->days * DAY_MS)), NULL));
	return journal_add(c, 0, 0, "sign-in", "account", b->account_id, NULL, NULL);
}

fail session_begin_for(struct call *c, int64_t account_id, int64_t days, char token[SESSION_TOKEN])
{
	struct beginning b = { .account_id = account_id, .days = days };
	unsigned char bytes[TOKEN_BYTES];

	if (sodium_init() < 0)
		return problem(c, FAIL_BROKEN, "", "there is no source of random numbers");
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(token, SESSION_TOKEN, bytes, sizeof bytes);
	if (!hash_token(token, b.hash))
		return problem(c, FAIL_BROKEN, "", "there is no source of random numbers");
	return db_write(c, begin_body, &b);
}

struct lookup { const char *login; int64_t id; struct account account; };

static fail find_login(struct call *c, void *arg)
{
	struct lookup *l = arg;

	return db_one(c, &Q_account_by_login, ARGS(V(l->login)), &account_record, &l->account);
}

static fail find_id(struct call *c, void *arg)
{
	struct lookup *l = arg;

	return account_get(c, l->id, &l->account);
}

fail session_begin(struct call *c, const char *login, const char *password, int64_t days, char token[SESSION_TOKEN])
{
	struct lookup l = { .login = account_login_clean(c, login) };
	fail f = db_read(c, find_login, &l);
	const char *name_before = c->who.name;
	bool known = f == FAIL_OK, right;

	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	TRY(password_is(c, known ? l.account.password : NULL, password, &right));
	if (!right || l.account.disabled)
		return problem(c, FAIL_INPUT, "login", "the login or the password is not right; look for capital letters and tone marks, or ask your administrator for a new password");
	c->who.name = l.account.login;
	f = session_begin_for(c, l.account.id, days, token);
	c->who.name = name_before;
	return f;
}

fail session_password_is(struct call *c, int64_t account_id, const char *password, bool *right)
{
	struct lookup l = { .id = account_id };

	TRY(db_read(c, find_id, &l));
	return password_is(c, l.account.password, password, right);
}

/* ---- resuming ---- */

void session_prepare(struct call *c)
{
	c->who.tree = org_tree_version();
	c->who.accounts = accounts_version();
}

void session_settle(struct call *c)
{
	c->who.tree = c->who.accounts = 0;
}

/* *out stays NULL when the session is not known, over, or the account disabled. */
static fail read_session(struct call *c, const unsigned char hash[TOKEN_HASH], struct access **out)
{
	struct access *a = ARENA_NEW(c->arena, struct access);
	struct session s;
	fail f = db_one(c, &Q_session_by_token, ARGS(V(as_blob(hash))), &session_record, &s);

	if (f != FAIL_OK)
		return f == FAIL_NOT_FOUND ? FAIL_OK : f;
	TRY(account_get(c, s.account_id, &a->account));
	if (a->account.disabled)
		return FAIL_OK;
	a->account.password = "";
	TRY(account_grants(c, s.account_id, c->today, &a->grants));
	a->expires_ms = s.expires_ms;
	a->day = c->today;
	remembered_put(c, hash, a);
	*out = a;
	return FAIL_OK;
}

static void set_who(struct call *c, struct access *a)
{
	c->who.access = a;
	c->who.account = a->account.id;
	c->who.name = a->account.login;
	c->lang = a->account.lang == 2 ? LANG_EN : LANG_VI;
}

void session_nobody(struct call *c)
{
	c->who.access = NULL;
	c->who.account = 0;
	c->who.name = "";
	c->who.operator = false;
	c->who.may = access_has;
}

fail session_resume(struct call *c, const char *token)
{
	unsigned char hash[TOKEN_HASH];
	struct access *a;

	session_nobody(c);
	if (!token || !hash_token(token, hash))
		return FAIL_OK;
	a = db_engine_of(c->db) == DB_SQLITE ? remembered_get(c, hash) : NULL;
	if (!a)
		TRY(read_session(c, hash, &a));
	if (a && a->expires_ms > c->now_ms)
		set_who(c, a);
	return FAIL_OK;
}

/* ---- ending ---- */

static fail end_body(struct call *c, void *arg)
{
	TRY(db_exec(c, &Q_session_delete, ARGS(V(as_blob(arg))), NULL));
	accounts_changed(c);
	return FAIL_OK;
}

fail session_end(struct call *c, const char *token)
{
	unsigned char hash[TOKEN_HASH];

	return token && hash_token(token, hash) ? db_write(c, end_body, hash) : FAIL_OK;
}

struct ending {
	int64_t account_id;
	unsigned char keep[TOKEN_HASH];
	size_t keep_size;
	int64_t ended;
};

static fail end_all_body(struct call *c, void *arg)
{
	struct ending *e = arg;
	struct blob keep = { e->keep, e->keep_size };

	TRY(db_exec(c, &Q_session_delete_of, ARGS(V(e->account_id), V(keep)), &e->ended));
	TRY(journal_add(c, 0, 0, "sign-out", "account", e->account_id, NULL, NULL));
	accounts_changed(c);
	return FAIL_OK;
}

fail session_end_all(struct call *c, int64_t account_id, const char *keep, int64_t *ended)
{
	struct ending e = { .account_id = account_id };

	if (keep && hash_token(keep, e.keep))
		e.keep_size = TOKEN_HASH;
	TRY(db_write(c, end_all_body, &e));
	if (ended)
		*ended = e.ended;
	return FAIL_OK;
}

fail session_list(struct call *c, int64_t account_id, struct session **out, size_t *n)
{
	return db_all(c, &Q_session_of_account, ARGS(V(account_id), V(c->now_ms)), &session_record, out, n);
}
