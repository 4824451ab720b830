/* calendar_pages.c — a person's calendar: its secret address, and the calendar behind it. */
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "http/res.h"
#include "notice/notice_pages.h"
#include "notice/post_box.h"
#include "notice/shown.h"
#include "notice_views.h"

/* ---------------------------------------------------------------- the calendar itself */

/* Nobody is signed in here: the secret in the address says whose calendar it is, and in which language. */
static fail calendar_read(struct call *c, const struct req *rq, struct res *rs)
{
	const char *name = req_param(rq, "calendar"), *dot = strrchr(name, '.');
	size_t n = dot && strcmp(dot, ".ics") == 0 ? (size_t)(dot - name) : strlen(name);
	struct account a;
	int64_t account;

	TRY(feed_account(c, arena_printf(c->arena, "%.*s", (int)n, name), &account));
	TRY(account_get(c, account, &a));
	c->lang = a.lang == 2 ? LANG_EN : LANG_VI;
	rs->type = "text/calendar; charset=utf-8";
	res_header(rs, "Content-Disposition", "inline; filename=\"chibo.ics\"");
	return feed_write(c, account, notice_site(), &rs->body);
}

/* ---------------------------------------------------------------- my page */

static fail load(struct call *c, void *arg)
{
	struct calendar_view *v = arg;
	struct calendar_entries all;
	struct feed f;

	TRY(feed_of(c, c->who.account, &f));
	TRY(feed_entries(c, c->who.account, &all));
	v->in_force = f.created_ms != INT_UNKNOWN;
	v->made = v->in_force ? call_local(f.created_ms) : MOMENT_NONE;
	v->v = all.v;
	v->n = all.n;
	while (v->n && event_end(&v->v->meeting).minutes < call_local(c->now_ms).minutes) {
		v->v++;
		v->n--;
	}
	return FAIL_OK;
}

static void to_json(struct res *rs, const struct calendar_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_bool(&j, "in_force", v->in_force);
	if (v->address)
		json_put_str(&j, "address", v->address);
	json_key(&j, "meetings");
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&j);
		meeting_json(&j, &v->v[i].meeting);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static void show(struct call *c, const struct req *rq, struct res *rs, const struct calendar_view *v)
{
	struct page pg;

	rs->no_store = true;
	if (req_wants_json(rq)) {
		to_json(rs, v);
		return;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "My calendar"));
	page_crumb(&pg, "/me", tr(c->lang, "My account"));
	page_crumb(&pg, NULL, tr(c->lang, "My calendar"));
	view_calendar(&rs->body, &pg, v);
}

static fail my_calendar(struct call *c, const struct req *rq, struct res *rs)
{
	struct calendar_view v = { 0 };

	TRY(load(c, &v));
	show(c, rq, rs, &v);
	return FAIL_OK;
}

const char *notice_site_of(struct call *c, const struct req *rq)
{
	const char *host = req_header(rq, "Host");

	if (*notice_site())
		return notice_site();
	return host ? arena_printf(c->arena, "%s://%s", rq->https ? "https" : "http", host) : "";
}

/* The address is shown in the answer and nowhere else: only its hash is kept. */
static fail calendar_make(struct call *c, const struct req *rq, struct res *rs)
{
	struct calendar_view v = { 0 };
	char token[FEED_TOKEN];

	TRY(feed_make(c, c->who.account, token));
	TRY(db_read(c, load, &v));
	v.address = arena_printf(c->arena, "%s/calendar/%s.ics", notice_site_of(c, rq), token);
	show(c, rq, rs, &v);
	return FAIL_OK;
}

static fail calendar_revoke(struct call *c, const struct req *rq, struct res *rs)
{
	struct flash said = { .text = tr(c->lang, "The address of your calendar no longer works.") };
	bool revoked;

	TRY(feed_revoke(c, c->who.account, &revoked));
	return res_done(c, rq, rs, "/me/calendar", &said);
}

const struct route calendar_routes[] = {
	{ GET, "/calendar/:calendar", MAY_PUBLIC, NULL, calendar_read, 0, N_("A person's calendar under its secret address (iCalendar)") },
	{ GET, "/me/calendar", MAY_SIGNED_IN, NULL, my_calendar, 0, N_("My calendar: coming meetings, its secret address") },
	{ POST, "/me/calendar", MAY_SIGNED_IN, NULL, calendar_make, ROUTE_NOT_ONCE, N_("Makes a new secret address for my calendar; the one before ends") },
	{ POST, "/me/calendar/revoke", MAY_SIGNED_IN, NULL, calendar_revoke, 0, N_("Ends the secret address of my calendar") },
	{ HTTP_NONE },
};
