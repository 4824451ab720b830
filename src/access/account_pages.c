/* account_pages.c — the care of accounts: who there is, new ones, their roles, a new password, closing. */
#include <string.h>

#include "access/access.h"
#include "access/access_pages.h"
#include "access/pages.h"
#include "access_views.h"
#include "db/db.h"
#include "http/res.h"
#include "org/unit.h"

enum { PAGE = 50, MISSING_SHOWN = 20 };

/* A unit on which the person holds the right; 0, the installation, where there is none. */
static fail unit_of_manager(struct call *c, const struct req *rq, int64_t *out)
{
	struct reach r = access_reach(c, MAY_MANAGE_ACCOUNTS);

	(void)rq;
	*out = r.n ? r.v[0] : 0;
	return FAIL_OK;
}

/* The same for one account: it has to be within reach. */
static fail unit_of_account(struct call *c, const struct req *rq, int64_t *out)
{
	int64_t id;

	TRY(req_id(c, rq, "account", &id));
	if (access_anywhere(c, MAY_MANAGE_ACCOUNTS))
		TRY(account_may_manage(c, id));
	return unit_of_manager(c, rq, out);
}

static void role_choices(struct call *c, struct choice **out, size_t *n)
{
	*out = ARENA_ARRAY(c->arena, ROLE_COUNT, struct choice);
	*n = 0;
	for (unsigned r = ROLE_MEMBER; r < ROLE_COUNT; r++)
		(*out)[(*n)++] = (struct choice){ .value = role_words[r], .text = role_name(c->lang, r) };
}

/* ---- list ---- */

static const char *roles_of(struct call *c, int64_t id, fail *f)
{
	struct grants g = { 0 };
	struct out o;

	*f = account_grants(c, id, c->today, &g);
	out_memory(&o, c->arena);
	for (size_t i = 0; i < g.n; i++)
		out_printf(&o, "%s%s, %s", i ? "; " : "", role_name(c->lang, g.v[i].role), g.v[i].unit_name);
	return out_text(&o);
}

static fail account_rows(struct call *c, const struct req *rq, struct accounts_view *v)
{
	const char *after = req_query(rq, "after");
	struct accounts list;

	TRY(account_list(c, after ? after : "", PAGE + 1, &list));
	v->n = list.n > PAGE ? PAGE : list.n;
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct account_row);
	for (size_t i = 0; i < v->n; i++) {
		fail f;
		const struct account *a = &list.v[i];

		v->v[i] = (struct account_row){ a->id, a->login, a->name, roles_of(c, a->id, &f), a->disabled };
		TRY(f);
	}
	v->pager = (struct pager){ .shown = (int64_t)v->n, .total = -1 };
	if (list.n > PAGE)
		v->pager.next = req_link(c, rq, "after", list.v[PAGE - 1].login);
	if (after)
		v->pager.prev = "/accounts";
	return FAIL_OK;
}

static void accounts_json(struct res *rs, const struct accounts_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "accounts");
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&j);
		json_put_int(&j, "id", v->v[i].id);
		json_put_str(&j, "login", v->v[i].login);
		json_put_str(&j, "name", v->v[i].name);
		json_put_str(&j, "roles", v->v[i].roles);
		json_put_bool(&j, "disabled", v->v[i].disabled);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_str(&j, "next", v->pager.next);
	json_object_end(&j);
}

static fail accounts_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct column columns[] = { { tr(c->lang, "Login"), NULL, false }, { tr(c->lang, "Name"), NULL, false },
		                              { tr(c->lang, "Roles today"), NULL, false }, { tr(c->lang, "State"), NULL, false } };
	struct accounts_view v = { 0 };
	struct page pg;

	TRY(account_rows(c, rq, &v));
	if (req_wants_json(rq)) {
		accounts_json(rs, &v);
		return FAIL_OK;
	}
	if (!req_query(rq, "after"))
		TRY(account_missing(c, MISSING_SHOWN, &v.missing));
	v.table = (struct table){ .caption = tr(c->lang, "Accounts"), .id = "accounts", .columns = columns, .n = 4 };
	res_page(c, rq, rs, &pg, tr(c->lang, "Accounts"));
	pg.wide = true;
	view_accounts(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- one account ---- */

static fail read_account(struct call *c, void *arg)
{
	struct account_view *v = arg;

	TRY(account_get(c, v->account.id, &v->account));
	v->account.password = "";
	v->is_me = v->account.id == c->who.account;
	return role_rows(c, v->account.id, true, &v->roles);
}

static void show_account(struct call *c, const struct req *rq, struct res *rs, struct account_view *v)
{
	struct page pg;

	role_choices(c, &v->choices, &v->choice_n);
	res_page(c, rq, rs, &pg, v->account.name);
	page_crumb(&pg, "/accounts", tr(c->lang, "Accounts"));
	page_crumb(&pg, NULL, v->account.login);
	rs->no_store = true;
	view_account(&rs->body, &pg, v);
}

static void account_answer(struct res *rs, const struct account_view *v)
{
	struct json j;

	res_json(rs, &j);
	rs->no_store = true;
	json_object(&j);
	json_put_int(&j, "id", v->account.id);
	record_json(&j, &account_record, &v->account);
	if (v->password)
		json_put_str(&j, "password", v->password);
	json_key(&j, "roles");
	json_array(&j);
	for (size_t i = 0; i < v->roles.n; i++) {
		json_object(&j);
		json_put_str(&j, "role", v->roles.v[i].word);
		json_put_int(&j, "unit_id", v->roles.v[i].unit_id);
		json_put_str(&j, "unit_code", v->roles.v[i].unit_code);
		json_put_bool(&j, "in_force", v->roles.v[i].in_force);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

/* The account as page or data; after a write too, where a read has to be opened first. */
static fail answer(struct call *c, const struct req *rq, struct res *rs, struct account_view *v)
{
	TRY(db_read(c, read_account, v));
	if (req_wants_json(rq))
		account_answer(rs, v);
	else
		show_account(c, rq, rs, v);
	return FAIL_OK;
}

static fail account_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct account_view v = { 0 };

	TRY(req_id(c, rq, "account", &v.account.id));
	form_begin(&v.form, c, NULL, NULL);
	return answer(c, rq, rs, &v);
}

/* ---- new ---- */

static void show_new(struct call *c, const struct req *rq, struct res *rs, struct account_new_view *v)
{
	struct page pg;

	role_choices(c, &v->choices, &v->choice_n);
	res_page(c, rq, rs, &pg, tr(c->lang, "New account"));
	page_crumb(&pg, "/accounts", tr(c->lang, "Accounts"));
	page_crumb(&pg, NULL, tr(c->lang, "New account"));
	view_account_new(&rs->body, &pg, v);
}

/* What the form shows at first: the unit of the address, secretary, from today on. */
static const struct pairs *first_values(struct call *c, const struct req *rq)
{
	struct pairs *p = ARENA_NEW(c->arena, struct pairs);
	char today[DATE_TEXT];

	date_format(c->today, today);
	pairs_add(c->arena, p, "role", role_words[ROLE_SECRETARY]);
	pairs_add(c->arena, p, "unit", req_query(rq, "unit") ? req_query(rq, "unit") : "");
	pairs_add(c->arena, p, "valid_from", arena_strdup(c->arena, today));
	return p;
}

static fail account_new(struct call *c, const struct req *rq, struct res *rs)
{
	struct account_new_view v;

	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = first_values(c, rq);
	show_new(c, rq, rs, &v);
	return FAIL_OK;
}

static fail find_unit(struct call *c, void *arg)
{
	struct grant *g = arg;

	return org_unit_id(c, g->unit_code, &g->unit_id);
}

static fail form_day(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out)
{
	const char *text = req_form(rq, name);

	*out = otherwise;
	if (text && *text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, name, "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

static fail read_role(struct call *c, const struct req *rq, struct grant *g)
{
	const char *role = req_form(rq, "role"), *unit = req_form(rq, "unit");
	int r = role ? word_index(role_words, role) : 0;

	if (r <= 0)
		return problem(c, FAIL_INPUT, "role", "choose a role");
	if (!unit || !*unit)
		return problem(c, FAIL_INPUT, "unit", "write the code of the unit on which the role is held");
	g->role = (unsigned)r;
	g->unit_code = unit;
	TRY(form_day(c, rq, "valid_from", c->today, &g->valid_from));
	TRY(form_day(c, rq, "valid_to", DATE_OPEN, &g->valid_to));
	return db_read(c, find_unit, g);
}

static fail add(struct call *c, const struct req *rq, struct account_view *v)
{
	const char *login = req_form(rq, "login"), *name = req_form(rq, "name"), *password = account_password_make(c);
	struct account a = { .login = login ? login : "", .name = name ? name : "", .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { 0 };

	TRY(read_role(c, rq, &g));
	TRY(account_add(c, &a, password, &g));
	v->account.id = a.id;
	v->password = password;
	return FAIL_OK;
}

static fail account_create(struct call *c, const struct req *rq, struct res *rs)
{
	struct account_view v = { 0 };
	struct account_new_view again;
	fail f = add(c, rq, &v);

	if (f == FAIL_OK) {
		form_begin(&v.form, c, NULL, NULL);
		rs->status = 201;
		rs->location = arena_printf(c->arena, "/accounts/%lld", (long long)v.account.id);
		return answer(c, rq, rs, &v);
	}
	if (f == FAIL_BROKEN || f == FAIL_BUSY || req_wants_json(rq))
		return f;
	form_begin(&again.form, c, NULL, NULL);
	again.form.typed = &rq->form;
	(void)form_failed(&again.form);
	show_new(c, rq, rs, &again);
	return res_again(rs, f == FAIL_CONFLICT ? f : FAIL_INPUT);
}

/* ---- changes ---- */

static fail back_to(struct call *c, const struct req *rq, struct res *rs, int64_t id, const char *text)
{
	struct flash said = { .text = text };

	return res_done(c, rq, rs, arena_printf(c->arena, "/accounts/%lld", (long long)id), &said);
}

static fail account_role_add(struct call *c, const struct req *rq, struct res *rs)
{
	struct account_view v = { 0 };
	struct grant g = { 0 };
	fail f;

	TRY(req_id(c, rq, "account", &v.account.id));
	g.account_id = v.account.id;
	f = read_role(c, rq, &g);
	if (f == FAIL_OK)
		f = account_grant(c, &g);
	if (f == FAIL_OK)
		return back_to(c, rq, rs, v.account.id, tr(c->lang, "The role is given and holds at once."));
	if (f == FAIL_BROKEN || f == FAIL_BUSY || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(answer(c, rq, rs, &v));
	return res_again(rs, FAIL_INPUT);
}

static fail account_role_end(struct call *c, const struct req *rq, struct res *rs)
{
	const char *role = req_form(rq, "role"), *unit = req_form(rq, "unit_id");
	int r = role ? word_index(role_words, role) : 0;
	int64_t id, unit_id;

	TRY(req_id(c, rq, "account", &id));
	if (r <= 0 || !unit || !int_parse(unit, &unit_id))
		return problem(c, FAIL_INPUT, "role", "choose a role");
	TRY(account_revoke(c, id, (unsigned)r, unit_id));
	return back_to(c, rq, rs, id, tr(c->lang, "The role is ended; yesterday was its last day."));
}

static fail account_password_new(struct call *c, const struct req *rq, struct res *rs)
{
	struct account_view v = { 0 };

	TRY(req_id(c, rq, "account", &v.account.id));
	v.password = account_password_make(c);
	if (!v.password)
		return problem(c, FAIL_BROKEN, "", "there is no source of random numbers");
	TRY(account_password_set(c, v.account.id, v.password));
	form_begin(&v.form, c, NULL, NULL);
	return answer(c, rq, rs, &v);
}

static fail account_close(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t id;

	TRY(req_id(c, rq, "account", &id));
	TRY(account_disable(c, id, true));
	return back_to(c, rq, rs, id, tr(c->lang, "The account is disabled and signed out everywhere."));
}

static fail account_open(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t id;

	TRY(req_id(c, rq, "account", &id));
	TRY(account_disable(c, id, false));
	return back_to(c, rq, rs, id, tr(c->lang, "The account is open again."));
}

static const struct query_param list_params[] = { { "after", N_("the last login of the page before") }, { NULL, NULL } };

const struct route account_routes[] = {
	{ GET, "/accounts", MAY_MANAGE_ACCOUNTS, unit_of_manager, accounts_show, 0, N_("Accounts and their roles"), .query = list_params },
	{ GET, "/accounts/new", MAY_MANAGE_ACCOUNTS, unit_of_manager, account_new, 0, N_("The form of a new account") },
	{ POST, "/accounts", MAY_MANAGE_ACCOUNTS, unit_of_manager, account_create, ROUTE_NOT_ONCE, N_("Adds an account: login, name, role, unit, valid_from, valid_to; the password is in the answer") },
	{ GET, "/accounts/:account", MAY_MANAGE_ACCOUNTS, unit_of_account, account_show, 0, N_("An account and its roles") },
	{ POST, "/accounts/:account/roles", MAY_MANAGE_ACCOUNTS, unit_of_account, account_role_add, 0, N_("Gives a role: role, unit, valid_from, valid_to") },
	{ POST, "/accounts/:account/revoke", MAY_MANAGE_ACCOUNTS, unit_of_account, account_role_end, 0, N_("Ends a role: role, unit_id") },
	{ POST, "/accounts/:account/password", MAY_MANAGE_ACCOUNTS, unit_of_account, account_password_new, ROUTE_NOT_ONCE, N_("Makes a new password, which is in the answer") },
	{ POST, "/accounts/:account/disable", MAY_MANAGE_ACCOUNTS, unit_of_account, account_close, 0, N_("Disables an account and ends its sessions") },
	{ POST, "/accounts/:account/enable", MAY_MANAGE_ACCOUNTS, unit_of_account, account_open, 0, N_("Opens a disabled account again") },
	{ HTTP_NONE },
};
