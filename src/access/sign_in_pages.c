/* sign_in_pages.c — signing in and out. Slow work (the password) is done outside of any transaction; POSTs run on worker threads. */
#include <string.h>
#include <time.h>

#include "access/access.h"
#include "access/access_pages.h"
#include "access/pages.h"
#include "access/shown.h"
#include "access_views.h"
#include "base/json.h"
#include "http/http.h"
#include "http/res.h"

enum { KEYS = 65536, PER_ADDRESS = 10 };

static struct {
	int64_t days;
	struct limiter *logins, *addresses;
} set = { .days = 14 };

void sign_in_configure(int64_t session_days, int64_t sign_ins)
{
	set.days = session_days;
	limiter_free(set.logins);
	limiter_free(set.addresses);
	set.logins = limiter_new((unsigned)sign_ins, (unsigned)sign_ins, KEYS);
	set.addresses = limiter_new((unsigned)sign_ins * PER_ADDRESS, (unsigned)sign_ins * PER_ADDRESS, KEYS);
}

int64_t sign_in_days(void)
{
	return set.days;
}

/* The machine's own clock, also where a chosen day is shown: attempts happen in real time. */
static int64_t real_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static fail not_too_often(struct call *c, const struct req *rq, struct res *rs, const char *login)
{
	int64_t now = real_ms();
	bool address = !set.addresses || limiter_take(set.addresses, rq->ip, now, NULL);
	bool name = !set.logins || limiter_take(set.logins, account_login_clean(c, login), now, NULL);

	if (address && name)
		return FAIL_OK;
	rs->status = 429;
	return problem(c, FAIL_BUSY, "login", "too many attempts; wait a minute and try again");
}

static void show(struct call *c, const struct req *rq, struct res *rs, struct sign_in_view *v)
{
	struct page pg;

	res_page(c, rq, rs, &pg, tr(c->lang, "Sign in"));
	pg.plain = true;
	rs->no_store = true;
	view_sign_in(&rs->body, &pg, v);
}

static fail sign_in_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct sign_in_view v = { .next = req_local_path(req_query(rq, "next"), NULL) };

	if (c->who.account)
		return res_redirect(c, rs, v.next ? v.next : "/");
	form_begin(&v.form, c, NULL, NULL);
	show(c, rq, rs, &v);
	return FAIL_OK;
}

static void answer_json(struct call *c, struct res *rs, const char *token)
{
	struct json j;

	res_json(rs, &j);
	rs->no_store = true;
	json_object(&j);
	json_put_str(&j, "csrf", http_csrf(c->arena, token));
	json_object_end(&j);
}

/* Who was signed in before is signed out: nobody is left behind under a cookie that was replaced. */
static fail sign_in(struct call *c, const struct req *rq, struct res *rs)
{
	const char *login = req_form(rq, "login"), *password = req_form(rq, "password");
	struct sign_in_view v = { .next = req_local_path(req_form(rq, "next"), NULL) };
	char token[SESSION_TOKEN];
	fail f;

	TRY(not_too_often(c, rq, rs, login ? login : ""));
	f = session_begin(c, login ? login : "", password ? password : "", set.days, token);
	if (f == FAIL_OK) {
		TRY(session_end(c, rq->session));
		res_session(rq, rs, token, set.days * 86400);
		if (!req_wants_json(rq))
			return res_redirect(c, rs, v.next ? v.next : "/");
		answer_json(c, rs, token);
		return FAIL_OK;
	}
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	show(c, rq, rs, &v);
	return res_again(rs, f);
}

static fail sign_out(struct call *c, const struct req *rq, struct res *rs)
{
	TRY(session_end(c, rq->session));
	res_session(rq, rs, NULL, 0);
	return res_redirect(c, rs, "/sign-in");
}

const struct route sign_in_routes[] = {
	{ GET, "/sign-in", MAY_PUBLIC, NULL, sign_in_show, 0, N_("The sign-in form") },
	{ POST, "/sign-in", MAY_PUBLIC, NULL, sign_in, ROUTE_NO_CSRF | ROUTE_NOT_ONCE, N_("Signs in: login, password; the answer carries the session cookie") },
	{ POST, "/sign-out", MAY_SIGNED_IN, NULL, sign_out, ROUTE_NOT_ONCE, N_("Ends this session") },
	{ HTTP_NONE },
};
