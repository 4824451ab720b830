/* me_pages.c — my account: password, language, where I am signed in. What is stored about me stands in app, which knows all rooms. */
#include "access/access.h"
#include "access/access_pages.h"
#include "access/pages.h"
#include "access_views.h"
#include "db/db.h"
#include "http/res.h"

/* An open beginning needs no words, an open end only the beginning. */
static const char *span_words(struct call *c, const struct grant *g)
{
	const char *from = show_date(c->arena, c->lang, g->valid_from), *to = show_date(c->arena, c->lang, g->valid_to);
	bool ever = g->valid_from.days == DATE_EVER.days, open = g->valid_to.days == DATE_OPEN.days;

	if (ever)
		return open ? "" : arena_printf(c->arena, tr(c->lang, "until %s"), to);
	return open ? arena_printf(c->arena, tr(c->lang, "since %s"), from) : arena_printf(c->arena, tr(c->lang, "from %1$s to %2$s"), from, to);
}

fail role_rows(struct call *c, int64_t account_id, bool all, struct role_rows *out)
{
	struct grants g;

	TRY(account_grants(c, account_id, all ? DATE_NONE : c->today, &g));
	*out = (struct role_rows){ ARENA_ARRAY(c->arena, g.n + 1, struct role_row), g.n };
	for (size_t i = 0; i < g.n; i++) {
		bool in_force = g.v[i].valid_from.days <= c->today.days && c->today.days <= g.v[i].valid_to.days;

		out->v[i] = (struct role_row){
			.role = role_name(c->lang, g.v[i].role), .word = role_words[g.v[i].role], .unit_id = g.v[i].unit_id,
			.unit_code = g.v[i].unit_code, .unit_name = g.v[i].unit_name, .from = g.v[i].valid_from, .to = g.v[i].valid_to,
			.span = span_words(c, &g.v[i]),
			.in_force = in_force, .may_end = in_force && access_has(c, MAY_MANAGE_ACCOUNTS, g.v[i].unit_id),
		};
	}
	return FAIL_OK;
}

static fail session_rows(struct call *c, struct me_view *v)
{
	struct session *s;

	TRY(session_list(c, c->who.account, &s, &v->session_n));
	v->sessions = ARENA_ARRAY(c->arena, v->session_n + 1, struct session_row);
	for (size_t i = 0; i < v->session_n; i++)
		v->sessions[i] = (struct session_row){ call_local(s[i].created_ms), call_local(s[i].expires_ms) };
	return FAIL_OK;
}

static fail gather(struct call *c, void *arg)
{
	struct me_view *v = arg;

	TRY(role_rows(c, c->who.account, false, &v->roles));
	return session_rows(c, v);
}

static void me_json(struct call *c, struct res *rs, const struct me_view *v)
{
	struct json j;

	(void)c;
	res_json(rs, &j);
	json_object(&j);
	record_json(&j, &account_record, v->account);
	json_key(&j, "roles");
	json_array(&j);
	for (size_t i = 0; i < v->roles.n; i++) {
		char from[DATE_TEXT], to[DATE_TEXT];

		date_format(v->roles.v[i].from, from);
		date_format(v->roles.v[i].to, to);
		json_object(&j);
		json_put_str(&j, "role", v->roles.v[i].word);
		json_put_int(&j, "unit_id", v->roles.v[i].unit_id);
		json_put_str(&j, "unit_code", v->roles.v[i].unit_code);
		json_put_str(&j, "unit_name", v->roles.v[i].unit_name);
		json_put_str(&j, "valid_from", from);
		json_put_str(&j, "valid_to", v->roles.v[i].to.days == DATE_OPEN.days ? "" : to);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_int(&j, "sessions", (int64_t)v->session_n);
	json_object_end(&j);
}

static void show(struct call *c, const struct req *rq, struct res *rs, struct me_view *v)
{
	struct page pg;

	res_page(c, rq, rs, &pg, tr(c->lang, "My account"));
	rs->no_store = true;
	view_me(&rs->body, &pg, v);
}

static fail me_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct me_view v = { .account = access_account(c) };

	form_begin(&v.form, c, NULL, NULL);
	TRY(gather(c, &v));
	if (req_wants_json(rq))
		me_json(c, rs, &v);
	else
		show(c, rq, rs, &v);
	return FAIL_OK;
}

/* ---- password ---- */

static fail check_passwords(struct call *c, const struct req *rq)
{
	const char *current = req_form(rq, "current"), *password = req_form(rq, "password");
	bool right;

	TRY(account_password_check(c, c->who.name, password));
	TRY(session_password_is(c, c->who.account, current ? current : "", &right));
	return right ? FAIL_OK : problem(c, FAIL_INPUT, "current", "this is not the password you have now");
}

/* All sessions end, this one too: it goes on under a new token. */
static fail change_password(struct call *c, const struct req *rq, struct res *rs)
{
	char token[SESSION_TOKEN];
	int64_t days = sign_in_days();

	TRY(check_passwords(c, rq));
	TRY(account_password_set(c, c->who.account, req_form(rq, "password")));
	TRY(session_begin_for(c, c->who.account, days, token));
	res_session(rq, rs, token, days * 86400);
	return FAIL_OK;
}

static fail me_password(struct call *c, const struct req *rq, struct res *rs)
{
	struct me_view v = { .account = access_account(c) };
	struct flash said = { .text = tr(c->lang, "The password is changed; everywhere else you are signed out.") };
	fail f = change_password(c, rq, rs);

	if (f == FAIL_OK)
		return res_done(c, rq, rs, "/me", &said);
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	(void)form_failed(&v.form);
	TRY(db_read(c, gather, &v));
	show(c, rq, rs, &v);
	return res_again(rs, f);
}

/* ---- language, sessions ---- */

static fail me_language(struct call *c, const struct req *rq, struct res *rs)
{
	const char *code = req_form(rq, "lang");
	enum lang lang;

	if (!code || !lang_parse(code, &lang))
		return problem(c, FAIL_INPUT, "lang", "“%s” is not a language of this system; write vi or en", code ? code : "");
	TRY(account_lang_set(c, c->who.account, lang == LANG_EN ? 2 : 1));
	res_cookie(rq, rs, "chibo_lang", "", 0); /* what was chosen on this device gives way to the account */
	return res_redirect(c, rs, "/me");
}

static fail me_sessions_end(struct call *c, const struct req *rq, struct res *rs)
{
	struct flash said = { .text = tr(c->lang, "Everywhere else you are signed out.") };

	TRY(session_end_all(c, c->who.account, rq->session, NULL));
	return res_done(c, rq, rs, "/me", &said);
}

const struct route me_routes[] = {
	{ GET, "/me", MAY_SIGNED_IN, NULL, me_show, 0, N_("My account: roles, language, sessions") },
	{ POST, "/me/password", MAY_SIGNED_IN, NULL, me_password, ROUTE_NOT_ONCE, N_("Changes my password: current, password") },
	{ POST, "/me/language", MAY_SIGNED_IN, NULL, me_language, 0, N_("Changes the language of my account: lang") },
	{ POST, "/me/sessions", MAY_SIGNED_IN, NULL, me_sessions_end, 0, N_("Ends all my other sessions") },
	{ HTTP_NONE },
};
