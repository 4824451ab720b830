/* own.c — the rows that every server has: built-in files, language, the description of the API, a sign of life. */
#include <string.h>

#include "html/asset.h"
#include "http/conn.h"
#include "http/parse.h"

static fail asset_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct conn *k = rq->conn;
	const struct asset *a = asset_find(rq->path);

	if (!a)
		return problem(c, FAIL_NOT_FOUND, "", "there is no page at this address");
	bool packed = accept_gzip(req_header(rq, "Accept-Encoding"));

	(void)rs;
	k->response = k->h->assets[2 * (a - asset_list) + packed];
	k->shared = true;
	k->sent = (int64_t)(packed ? a->gz_size : a->size);
	return FAIL_OK;
}

static fail language_set(struct call *c, const struct req *rq, struct res *rs)
{
	const char *code = req_form(rq, "lang");
	enum lang lang;

	if (!code || !lang_parse(code, &lang))
		return problem(c, FAIL_INPUT, "lang", "“%s” is not a language of this system; write vi or en", code ? code : "");
	res_cookie(rq, rs, LANG_COOKIE, lang_code(lang), 365 * 24 * 3600);
	return res_redirect(c, rs, req_form(rq, "next"));
}

static fail openapi_show(struct call *c, const struct req *rq, struct res *rs)
{
	(void)c;
	rs->type = "application/json";
	rs->fixed = rq->http->openapi;
	rs->fixed_size = rq->http->openapi_size;
	return FAIL_OK;
}

/* The router has opened a read connection: the database answers. */
static fail health_show(struct call *c, const struct req *rq, struct res *rs)
{
	(void)c, (void)rq;
	rs->type = "text/plain; charset=utf-8";
	rs->no_store = true;
	out_str(&rs->body, "ok\n");
	return FAIL_OK;
}

static fail robots_show(struct call *c, const struct req *rq, struct res *rs)
{
	(void)c, (void)rq;
	rs->type = "text/plain; charset=utf-8";
	out_str(&rs->body, "User-agent: *\nDisallow: /\n");
	return FAIL_OK;
}

const struct route own_routes[] = {
	{ GET, "/assets/:file", MAY_PUBLIC, NULL, asset_show, ROUTE_STATIC, N_("Style sheet, scripts and pictures") },
	{ POST, "/language", MAY_PUBLIC, NULL, language_set, ROUTE_NO_CSRF | ROUTE_NOT_ONCE, N_("Choose the language of the pages") },
	{ GET, "/openapi.json", MAY_PUBLIC, NULL, openapi_show, 0, N_("This description") },
	{ GET, "/health", MAY_PUBLIC, NULL, health_show, 0, N_("Does the server answer, and its database") },
	{ GET, "/robots.txt", MAY_PUBLIC, NULL, robots_show, 0, N_("Nothing here is for search engines") },
	{ 0 }
};
