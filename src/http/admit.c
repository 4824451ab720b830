/* admit.c — which row answers, who is asking, and may they. Everything a handler may take for granted is settled here. */
#include <string.h>
#include <strings.h>

#include "http/conn.h"
#include "http/parse.h"

/* ---- what stands in the header ---- */

static const char *last_address(struct arena *a, const char *forwarded)
{
	const char *comma = strrchr(forwarded, ',');
	const char *s = comma ? comma + 1 : forwarded;

	while (*s == ' ')
		s++;
	return arena_strdup(a, s);
}

static void read_header(struct conn *k)
{
	struct req *rq = &k->rq;
	const char *cookies = req_header(rq, "Cookie"), *type = req_header(rq, "Content-Type"), *accept = req_header(rq, "Accept");
	enum lang lang;

	rq->session = parse_cookie(k->c.arena, cookies, SESSION_COOKIE);
	rq->wants_json = accept_prefers_json(accept) ||
	                 (media_is(type, "application/json") && (!accept || strncmp(accept, "*/*", 3) == 0));
	if (k->h->config.trust_proxy) {
		const char *proto = req_header(rq, "X-Forwarded-Proto"), *from = req_header(rq, "X-Forwarded-For");

		rq->https = proto && strcasecmp(proto, "https") == 0;
		if (from)
			rq->ip = last_address(k->c.arena, from);
	}
	const char *chosen = parse_cookie(k->c.arena, cookies, LANG_COOKIE), *wished = req_header(rq, "Accept-Language");

	if (chosen && lang_parse(chosen, &lang))
		k->c.lang = lang;
	else if (wished && strncasecmp(wished, "en", 2) == 0)
		k->c.lang = LANG_EN;
}

static void read_flash(struct conn *k)
{
	const char *cookie = parse_cookie(k->c.arena, req_header(&k->rq, "Cookie"), FLASH_COOKIE);
	struct pairs said = { 0 };

	if (!cookie || !parse_urlencoded(k->c.arena, cookie, strlen(cookie), &said))
		return;
	k->rq.flash = (struct flash){ pairs_get(&said, "t"), pairs_get(&said, "r"), req_local_path(pairs_get(&said, "u"), NULL) };
}

/* ---- route ---- */

static fail no_route(struct conn *k)
{
	const char *names = "";

	if (k->match.allowed == 0)
		return problem(&k->c, FAIL_NOT_FOUND, "", "there is no page at this address");
	for (int m = GET; m < HTTP_METHODS; m++)
		if (k->match.allowed & 1u << m)
			names = arena_printf(k->c.arena, "%s%s%s", names, *names ? ", " : "", http_method_name((enum http_method)m));
	res_header(&k->rs, "Allow", names);
	k->rs.status = k->rq.method == OPTIONS ? 204 : 405;
	return problem(&k->c, FAIL_INPUT, "", "this address does not take %s; it takes %s", http_method_name(k->rq.method), names);
}

static fail find_route(struct conn *k)
{
	const char *mark = strchr(k->target, '?');
	size_t n = mark ? (size_t)(mark - k->target) : strlen(k->target);
	const char *raw = arena_strndup(k->c.arena, k->target, n);
	bool fine = router_match(k->h->router, k->c.arena, k->rq.method, raw, &k->match) &&
	            parse_percent(k->c.arena, raw, n, false, &k->rq.path) &&
	            (!mark || parse_urlencoded(k->c.arena, mark + 1, strlen(mark + 1), &k->rq.query));

	if (!fine) {
		k->rq.path = "/";
		k->rs.status = 400;
		return problem(&k->c, FAIL_INPUT, "", "this address is not written properly");
	}
	k->rq.route = k->match.route;
	k->rq.params = k->match.params;
	return k->rq.route ? FAIL_OK : no_route(k);
}

/* ---- person and right ---- */

static fail find_person(struct conn *k)
{
	enum lang asked = k->c.lang;
	bool chosen = parse_cookie(k->c.arena, req_header(&k->rq, "Cookie"), LANG_COOKIE) != NULL;

	if (!k->rq.session || !k->h->config.hooks.session)
		return FAIL_OK;
	TRY(k->h->config.hooks.session(&k->c, k->rq.session, k->h->config.arg));
	if (chosen)
		k->c.lang = asked;
	if (k->c.who.account)
		k->rq.csrf = http_csrf(k->c.arena, k->rq.session);
	return FAIL_OK;
}

static fail check_right(struct conn *k)
{
	const struct route *route = k->rq.route;
	int64_t unit = 0;

	if (route->may == MAY_PUBLIC)
		return FAIL_OK;
	if (k->c.who.account == 0) {
		k->rs.status = 401;
		return problem(&k->c, FAIL_DENIED, "", "please sign in first");
	}
	if (route->may == MAY_SIGNED_IN)
		return FAIL_OK;
	if (route->may == MAY_NOBODY)
		return problem(&k->c, FAIL_DENIED, "", "this is not yours to see or do; ask the person who manages accounts");
	if (route->unit)
		TRY(route->unit(&k->c, &k->rq, &unit));
	fail f = k->h->config.hooks.may ? k->h->config.hooks.may(&k->c, route->may, unit, k->h->config.arg) : FAIL_DENIED;

	if (f == FAIL_DENIED)
		return problem(&k->c, f, "", "this is not yours to see or do; ask the person who manages accounts");
	return f;
}

static fail begin_read(struct conn *k)
{
	if (!k->h->config.hooks.read_begin)
		return FAIL_OK;
	TRY(k->h->config.hooks.read_begin(&k->c, k->h->config.arg));
	k->reading = true;
	return FAIL_OK;
}

void admit_end_read(struct conn *k)
{
	if (k->reading && k->h->config.hooks.read_end)
		k->h->config.hooks.read_end(&k->c, k->h->config.arg);
	k->reading = false;
}

fail admit(struct conn *k)
{
	read_header(k);
	TRY(find_route(k));
	read_flash(k);
	if (k->rq.route->flags & ROUTE_STATIC)
		return FAIL_OK;
	TRY(begin_read(k));
	TRY(find_person(k));
	return check_right(k);
}

/* ---- proof that a write comes from our own pages ---- */

/* A browser says where a request comes from; other programs do not, and they carry no foreign cookies. */
static bool is_own_origin(const struct conn *k)
{
	const char *site = req_header(&k->rq, "Sec-Fetch-Site"), *origin = req_header(&k->rq, "Origin"), *host = req_header(&k->rq, "Host");

	if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	if (!origin)
		return true;
	const char *sign = strstr(origin, "://");

	return sign && host && strcasecmp(sign + 3, host) == 0;
}

fail admit_proof(struct conn *k)
{
	const char *proof = req_header(&k->rq, "X-CSRF-Token");
	bool free_of = k->rq.route->flags & ROUTE_NO_CSRF || k->c.who.account == 0;

	if (!proof)
		proof = req_form(&k->rq, "csrf");
	size_t n = strlen(k->rq.csrf);
	bool fits = proof && strlen(proof) == n && sodium_memcmp(proof, k->rq.csrf, n) == 0;

	if (is_own_origin(k) && (free_of || fits))
		return FAIL_OK;
	return problem(&k->c, FAIL_DENIED, "", "this form is no longer valid; open the page again and send it once more");
}

const char *http_csrf(struct arena *a, const char *session)
{
	static const unsigned char use[] = "chibo form proof 1";
	unsigned char hash[24];
	char *text = arena_alloc(a, 48);

	crypto_generichash(hash, sizeof hash, (const unsigned char *)session, strlen(session), use, sizeof use - 1);
	sodium_bin2base64(text, 48, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return text;
}
