/* verify_pages.c — a stranger checks a certificate: no sign-in, nothing told beyond what is printed on it, guesses slowed down. */
#include <jansson.h>
#include <string.h>
#include <time.h>

#include "growth/code.h"
#include "growth/pages.h"
#include "growth_views.h"
#include "http/http.h"

enum { KEYS = 65536 };

static struct limiter *limit;

void verify_configure(unsigned per_minute)
{
	limiter_free(limit);
	limit = per_minute ? limiter_new(per_minute, per_minute, KEYS) : NULL;
}

static fail not_too_often(struct call *c, const struct req *rq, struct res *rs)
{
	struct timespec ts;
	int64_t wait;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	if (!limit || limiter_take(limit, rq->ip, (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000, &wait))
		return FAIL_OK;
	rs->status = 429;
	res_header(rs, "Retry-After", arena_printf(c->arena, "%lld", (long long)wait));
	return problem(c, FAIL_BUSY, "code", "too many attempts; wait a minute and try again");
}

/* The words as they were printed. */
static const char *printed(struct call *c, const json_t *content, const char *name)
{
	const char *text = json_string_value(json_object_get(content, name));

	return text ? arena_strdup(c->arena, text) : "";
}

static void fill(struct call *c, const struct award *a, struct verify_view *v)
{
	json_t *content = json_loads(a->content, 0, NULL);

	v->answer = date_is(a->revoked_on) ? VERIFY_REVOKED : VERIFY_STANDS;
	v->code = a->check_code;
	v->heading = printed(c, content, "heading");
	v->receiver = printed(c, content, "receiver");
	v->under = printed(c, content, "receiver_under");
	v->title = printed(c, content, "title");
	v->year = printed(c, content, "year");
	v->decision_no = printed(c, content, "decision_no");
	v->decided_on = printed(c, content, "decided_on");
	v->giver = printed(c, content, "giver");
	v->revoked_on = date_is(a->revoked_on) ? show_date(c->arena, c->lang, a->revoked_on) : NULL;
	json_decref(content);
}

static fail find(struct call *c, const char *typed, struct verify_view *v)
{
	char code[CODE_TEXT];
	struct award a;

	v->code = typed;
	if (!*typed)
		return FAIL_OK;
	if (!code_clean(typed, code)) {
		v->answer = VERIFY_MISTYPED;
		return FAIL_OK;
	}
	fail f = award_by_code(c, code, &a);

	if (f == FAIL_NOT_FOUND) {
		v->answer = VERIFY_NONE;
		v->code = arena_strdup(c->arena, code);
		return FAIL_OK;
	}
	TRY(f);
	fill(c, &a, v);
	return FAIL_OK;
}

static void verify_json(struct res *rs, const struct verify_view *v)
{
	static const char *const words[] = { "", "stands", "revoked", "none", "mistyped" };
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "answer", words[v->answer]);
	json_put_str(&j, "code", v->code);
	if (v->answer == VERIFY_STANDS || v->answer == VERIFY_REVOKED) {
		json_put_str(&j, "receiver", v->receiver);
		json_put_str(&j, "under", v->under);
		json_put_str(&j, "title", v->title);
		json_put_str(&j, "year", v->year);
		json_put_str(&j, "decision_no", v->decision_no);
		json_put_str(&j, "decided_on", v->decided_on);
		json_put_str(&j, "given_by", v->giver);
		json_put_str(&j, "revoked_on", v->revoked_on);
	}
	json_object_end(&j);
}

static fail verify_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *typed = req_param(rq, "code");
	struct verify_view v = { 0 };
	struct page pg;

	if (!typed)
		typed = req_query(rq, "code");
	res_header(rs, "X-Robots-Tag", "noindex, nofollow");
	rs->no_store = true;
	if (typed && *typed)
		TRY(not_too_often(c, rq, rs));
	TRY(find(c, typed ? text_clean(c->arena, typed) : "", &v));
	if (v.answer == VERIFY_NONE || v.answer == VERIFY_MISTYPED)
		rs->status = 404;
	if (req_wants_json(rq)) {
		verify_json(rs, &v);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "Check a certificate"));
	pg.plain = true;
	view_verify(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param code_param[] = { { "code", N_("the code on the certificate") }, { NULL, NULL } };

const struct route verify_routes[] = {
	{ GET, "/verify", MAY_PUBLIC, NULL, verify_show, 0, N_("Checks a certificate by its code, for anybody"), .query = code_param },
	{ GET, "/verify/:code", MAY_PUBLIC, NULL, verify_show, 0, N_("What a certificate with this code says, for anybody") },
	{ HTTP_NONE },
};
