/* account.c — accounts and roles: reading, and the changes with their journal entries. Hashing is in password.c. */
#include "access/account.h"

#include <sodium.h>
#include <string.h>

#include "access/access.h"
#include "access/password.h"
#include "access/remembered.h"
#include "access_sql.h"
#include "base/id.h"
#include "base/json.h"
#include "db/journal.h"
#include "org/unit.h"

enum { PASSWORD_MIN = 10, LOGIN_MIN = 2, LOGIN_MAX = 64 };

const char *const account_langs[] = { "", "vi", "en", NULL };

static const struct field account_fields[] = {
	FIELD(struct account, login, N_("Login"), REQUIRED | KEY, .max = LOGIN_MAX),
	FIELD(struct account, name, N_("Name"), REQUIRED | NAME_TEXT, .max = 200),
	FIELD(struct account, lang, N_("Language"), 0, .words = account_langs),
	FIELD(struct account, disabled, N_("Disabled"), 0, ),
	COL(struct account, id),
	COL(struct account, member_realm),
	COL(struct account, member_id),
	COL(struct account, created_ms),
	COL(struct account, rev),
	COL(struct account, password),
	FIELD_END,
};
const struct record account_record = { "account", sizeof(struct account), account_fields };

static const struct field grant_fields[] = {
	FIELD(struct grant, role, N_("Role"), REQUIRED, .words = role_words),
	FIELD(struct grant, unit_code, N_("Unit"), REQUIRED, .max = 64),
	FIELD(struct grant, unit_name, N_("Name of the unit"), 0, .max = 300),
	FIELD(struct grant, valid_from, N_("From"), FROM_DATE, ),
	FIELD(struct grant, valid_to, N_("To"), TO_DATE, ),
	COL(struct grant, account_id),
	COL(struct grant, unit_id),
	FIELD_END,
};
const struct record grant_record = { "role", sizeof(struct grant), grant_fields };

const char *role_name(enum lang lang, unsigned role)
{
	static const char *const names[ROLE_COUNT] = {
		[ROLE_NONE] = N_("none"),
		[ROLE_MEMBER] = N_("member"),
		[ROLE_SECRETARY] = N_("cell secretary"),
		[ROLE_OFFICER] = N_("committee officer"),
		[ROLE_UPPER] = N_("upper committee"),
		[ROLE_INSPECTOR] = N_("inspector"),
		[ROLE_ADMINISTRATOR] = N_("administrator"),
	};

	return tr(lang, role < ROLE_COUNT ? names[role] : names[ROLE_NONE]);
}

/* ---- reading ---- */

fail account_get(struct call *c, int64_t id, struct account *out)
{
	fail f = db_one(c, &Q_account_by_id, ARGS(V(id)), &account_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "", "there is no such account") : f;
}

fail account_by_login(struct call *c, const char *login, struct account *out)
{
	fail f = db_one(c, &Q_account_by_login, ARGS(V(login)), &account_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "login", "there is no account “%s”", login) : f;
}

fail account_grants(struct call *c, int64_t account_id, struct date on, struct grants *out)
{
	if (!date_is(on))
		return db_all(c, &Q_grants_ever, ARGS(V(account_id), V(c->today)), &grant_record, &out->v, &out->n);
	return db_all(c, &Q_grants_on, ARGS(V(account_id), V(on)), &grant_record, &out->v, &out->n);
}

fail account_may_manage(struct call *c, int64_t account_id)
{
	struct grants held;

	if (c->who.operator || access_has(c, MAY_MANAGE_ACCOUNTS, 0))
		return FAIL_OK;
	TRY(account_grants(c, account_id, c->today, &held));
	for (size_t i = 0; i < held.n; i++)
		if (!access_has(c, MAY_MANAGE_ACCOUNTS, held.v[i].unit_id))
			return problem(c, FAIL_NOT_FOUND, "", "there is no such account");
	return held.n ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "", "there is no such account");
}

static fail is_listed(struct call *c, int64_t account_id, bool *out)
{
	fail f = account_may_manage(c, account_id);

	*out = f == FAIL_OK;
	if (f != FAIL_NOT_FOUND)
		return f;
	problem_clear(c);
	return FAIL_OK;
}

fail account_list(struct call *c, const char *after_login, int64_t limit, struct accounts *out)
{
	struct accounts page;
	bool listed;

	*out = (struct accounts){ ARENA_ARRAY(c->arena, (size_t)limit, struct account), 0 };
	do {
		TRY(db_all(c, &Q_account_after, ARGS(V(after_login), V(limit)), &account_record, &page.v, &page.n));
		for (size_t i = 0; i < page.n && out->n < (size_t)limit; i++) {
			after_login = page.v[i].login;
			TRY(is_listed(c, page.v[i].id, &listed));
			if (listed)
				out->v[out->n++] = page.v[i];
		}
	} while (page.n == (size_t)limit && out->n < (size_t)limit);
	return FAIL_OK;
}

static fail missing_below(struct call *c, int64_t unit_id, int64_t limit, struct grants *units)
{
	struct units cells;
	int64_t held;

	TRY(org_below(c, unit_id, c->today, LEVEL_CELL, &cells));
	for (size_t i = 0; i < cells.n && units->n < (size_t)limit; i++) {
		TRY(db_int(c, &Q_unit_has_secretary, ARGS(V(cells.v[i].id), V(c->today)), 0, &held));
		if (!held)
			units->v[units->n++] = (struct grant){ .unit_id = cells.v[i].id, .unit_code = cells.v[i].code, .unit_name = cells.v[i].name };
	}
	return FAIL_OK;
}

fail account_missing(struct call *c, int64_t limit, struct grants *units)
{
	struct reach reach = access_reach(c, MAY_MANAGE_ACCOUNTS);

	if (reach.everything || access_has(c, MAY_MANAGE_ACCOUNTS, 0))
		return db_all(c, &Q_cells_without_account, ARGS(V(c->today), V(limit)), &grant_record, &units->v, &units->n);
	*units = (struct grants){ ARENA_ARRAY(c->arena, (size_t)limit, struct grant), 0 };
	for (size_t i = 0; i < reach.n; i++)
		TRY(missing_below(c, reach.v[i], limit, units));
	return FAIL_OK;
}

/* ---- checks ---- */

static bool login_is_clean(const char *s)
{
	size_t n = strlen(s);

	return n >= LOGIN_MIN && n <= LOGIN_MAX && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-@") == n;
}

const char *account_login_clean(struct call *c, const char *login)
{
	char *s = arena_strdup(c->arena, text_clean(c->arena, login));

	for (char *p = s; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return s;
}

fail account_password_check(struct call *c, const char *login, const char *password)
{
	if (!password || !*password)
		return problem(c, FAIL_INPUT, "password", "no password was given");
	if (text_length(password) < PASSWORD_MIN)
		return problem(c, FAIL_INPUT, "password", "the password is too short; it needs at least %d characters", PASSWORD_MIN);
	if (strcmp(password, login) == 0 || (strlen(login) >= 4 && strstr(password, login)))
		return problem(c, FAIL_INPUT, "password", "the password contains the login; choose one that nobody can guess from it");
	return FAIL_OK;
}

const char *account_password_make(struct call *c)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* without those that look alike */
	char s[16];

	if (sodium_init() < 0)
		return NULL;
	for (int i = 0; i < 15; i++)
		s[i] = i % 4 == 3 ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
	s[15] = '\0';
	return arena_strdup(c->arena, s);
}

/* ---- journal ---- */

static const char *as_json(struct call *c, const struct record *r, const void *row)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, r, row);
	json_object_end(&j);
	return out_text(&o);
}

/* ---- roles ---- */

static fail grant_check(struct call *c, const struct grant *g)
{
	if (g->role == ROLE_NONE || g->role >= ROLE_COUNT)
		return problem(c, FAIL_INPUT, "role", "choose a role");
	if (g->valid_from.days > g->valid_to.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day is before the first");
	return access_may(c, MAY_MANAGE_ACCOUNTS, g->unit_id);
}

static bool is_inside(const struct grant *g, const struct grant *outer)
{
	return outer->valid_from.days <= g->valid_from.days && g->valid_to.days <= outer->valid_to.days;
}

/* Takes back the spans that touch `g` and widens it over them; *same: one of them covers it already. */
static fail join_spans(struct call *c, struct grant *g, bool *same)
{
	struct grants near;
	struct date before = { g->valid_from.days - (g->valid_from.days > DATE_EVER.days) };
	struct date after = { g->valid_to.days + (g->valid_to.days < DATE_OPEN.days) };
	const char *role = role_words[g->role];

	TRY(db_all(c, &Q_grants_touching, ARGS(V(g->account_id), V(role), V(g->unit_id), V(before), V(after)), &grant_record, &near.v, &near.n));
	*same = near.n == 1 && is_inside(g, &near.v[0]);
	for (size_t i = 0; i < near.n && !*same; i++) {
		if (near.v[i].valid_from.days < g->valid_from.days)
			g->valid_from = near.v[i].valid_from;
		if (near.v[i].valid_to.days > g->valid_to.days)
			g->valid_to = near.v[i].valid_to;
		TRY(db_exec(c, &Q_grant_delete, ARGS(V(g->account_id), V(role), V(g->unit_id), V(near.v[i].valid_from)), NULL));
	}
	return FAIL_OK;
}

static fail grant_body(struct call *c, void *arg)
{
	struct grant g = *(const struct grant *)arg;
	struct unit unit;
	struct account account;
	bool same;

	TRY(account_get(c, g.account_id, &account));
	TRY(org_unit_nearest(c, g.unit_id, c->today, &unit));
	TRY(grant_check(c, &g));
	TRY(join_spans(c, &g, &same));
	if (same)
		return FAIL_OK;
	g.unit_code = unit.code;
	g.unit_name = unit.name;
	TRY(db_exec(c, &Q_grant_insert, ARGS(V(g.account_id), V(role_words[g.role]), V(g.unit_id), V(g.valid_from), V(g.valid_to)), NULL));
	TRY(journal_add(c, unit.realm, g.unit_id, "grant", "account", g.account_id, NULL, as_json(c, &grant_record, &g)));
	accounts_changed(c);
	return FAIL_OK;
}

static fail grant_managed(struct call *c, void *arg)
{
	const struct grant *g = arg;
	struct grants held;

	TRY(account_grants(c, g->account_id, c->today, &held));
	if (held.n || c->who.operator)
		TRY(account_may_manage(c, g->account_id));
	return grant_body(c, arg);
}

fail account_grant(struct call *c, const struct grant *g)
{
	return db_write(c, grant_managed, (void *)(uintptr_t)g);
}

static fail revoke_body(struct call *c, void *arg)
{
	const struct grant *wanted = arg;
	struct grants held;
	struct grant *g = NULL;
	struct date yesterday = { c->today.days - 1 };
	int64_t realm;

	TRY(access_may(c, MAY_MANAGE_ACCOUNTS, wanted->unit_id));
	TRY(account_grants(c, wanted->account_id, c->today, &held));
	for (size_t i = 0; i < held.n; i++)
		if (held.v[i].role == wanted->role && held.v[i].unit_id == wanted->unit_id)
			g = &held.v[i];
	if (!g)
		return problem(c, FAIL_NOT_FOUND, "role", "the account does not hold this role on this unit today");
	TRY(org_realm(c, g->unit_id, &realm));
	const char *role = role_words[g->role], *before = as_json(c, &grant_record, g);

	if (g->valid_from.days >= c->today.days)
		TRY(db_exec(c, &Q_grant_delete, ARGS(V(g->account_id), V(role), V(g->unit_id), V(g->valid_from)), NULL));
	else
		TRY(db_exec(c, &Q_grant_end, ARGS(V(g->account_id), V(role), V(g->unit_id), V(c->today), V(yesterday)), NULL));
	TRY(journal_add(c, realm, g->unit_id, "revoke", "account", g->account_id, before, NULL));
	accounts_changed(c);
	return FAIL_OK;
}

fail account_revoke(struct call *c, int64_t account_id, unsigned role, int64_t unit_id)
{
	struct grant g = { .account_id = account_id, .role = role, .unit_id = unit_id };

	return db_write(c, revoke_body, &g);
}

/* ---- accounts ---- */

struct addition { struct account *account; const char *hash; const struct grant *first; };

static fail add_body(struct call *c, void *arg)
{
	const struct addition *add = arg;
	struct account *a = add->account;
	int64_t taken;

	TRY(db_int(c, &Q_account_by_login, ARGS(V(a->login)), 0, &taken));
	if (taken)
		return problem(c, FAIL_CONFLICT, "login", "the login “%s” is taken; choose another", a->login);
	if (!add->first)
		TRY(access_may(c, MAY_MANAGE_ACCOUNTS, 0));
	a->id = id_new();
	a->created_ms = c->now_ms;
	a->rev = 1;
	TRY(db_exec(c, &Q_account_insert,
	            ARGS(V(a->id), V(a->login), V(a->name), V(add->hash), V(a->member_realm), V(a->member_id), V(account_langs[a->lang]),
	                 V(a->created_ms)), NULL));
	TRY(journal_add(c, 0, 0, "create", "account", a->id, NULL, as_json(c, &account_record, a)));
	if (!add->first)
		return FAIL_OK;
	struct grant g = *add->first;

	g.account_id = a->id;
	return grant_body(c, &g);
}

fail account_add(struct call *c, struct account *a, const char *password, const struct grant *first)
{
	struct addition add = { a, NULL, first };

	a->login = account_login_clean(c, a->login);
	a->name = text_clean(c->arena, a->name);
	if (!login_is_clean(a->login))
		return problem(c, FAIL_INPUT, "login",
		               "“%s” cannot be a login; take %d to %d of the letters a–z, digits and . _ - @, such as an.nguyen", a->login,
		               LOGIN_MIN, LOGIN_MAX);
	if (!*a->name)
		return problem(c, FAIL_INPUT, "name", "write the person's name");
	if (!a->lang)
		a->lang = 1;
	TRY(account_password_check(c, a->login, password));
	TRY(password_hash(c, password, &add.hash));
	return db_write(c, add_body, &add);
}

struct change { int64_t id; const char *hash; int64_t number; };

static fail managed(struct call *c, int64_t id, struct account *out)
{
	TRY(account_get(c, id, out));
	return c->who.account == id ? FAIL_OK : account_may_manage(c, id);
}

static fail password_body(struct call *c, void *arg)
{
	const struct change *ch = arg;
	struct account a;

	TRY(managed(c, ch->id, &a));
	TRY(db_exec(c, &Q_account_set_password, ARGS(V(ch->id), V(ch->hash)), NULL));
	TRY(db_exec(c, &Q_session_delete_of, ARGS(V(ch->id), V(((struct blob){ "", 0 }))), NULL));
	TRY(journal_add(c, 0, 0, "password", "account", ch->id, NULL, NULL));
	accounts_changed(c);
	return FAIL_OK;
}

fail account_password_set(struct call *c, int64_t id, const char *password)
{
	struct change ch = { .id = id };

	TRY(password_hash(c, password, &ch.hash));
	return db_write(c, password_body, &ch);
}

static fail disable_body(struct call *c, void *arg)
{
	const struct change *ch = arg;
	struct account a;
	int64_t changed;

	TRY(managed(c, ch->id, &a));
	if (c->who.account == ch->id)
		return problem(c, FAIL_CONFLICT, "", "you cannot disable your own account; ask another administrator");
	TRY(db_exec(c, &Q_account_set_disabled, ARGS(V(ch->id), V(ch->number)), &changed));
	if (!changed)
		return FAIL_OK;
	TRY(db_exec(c, &Q_session_delete_of, ARGS(V(ch->id), V(((struct blob){ "", 0 }))), NULL));
	TRY(journal_add(c, 0, 0, ch->number ? "disable" : "enable", "account", ch->id, NULL, NULL));
	accounts_changed(c);
	return FAIL_OK;
}

fail account_disable(struct call *c, int64_t id, bool disabled)
{
	struct change ch = { .id = id, .number = disabled };

	return db_write(c, disable_body, &ch);
}

static fail lang_body(struct call *c, void *arg)
{
	const struct change *ch = arg;
	struct account a;

	TRY(managed(c, ch->id, &a));
	if (a.lang == ch->number)
		return FAIL_OK;
	TRY(db_exec(c, &Q_account_set_lang, ARGS(V(ch->id), V(account_langs[ch->number])), NULL));
	accounts_changed(c);
	return FAIL_OK;
}

fail account_lang_set(struct call *c, int64_t id, unsigned lang)
{
	struct change ch = { .id = id, .number = lang == 2 ? 2 : 1 };

	return db_write(c, lang_body, &ch);
}
