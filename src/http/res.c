/* res.c — what a handler says in answer. */
#include "http/res.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "http/conn.h"

void res_header(struct res *rs, const char *name, const char *value)
{
	pairs_add(rs->c->arena, &rs->headers, arena_strdup(rs->c->arena, name), arena_strdup(rs->c->arena, value));
}

void res_page(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const char *title)
{
	const struct http_config *config = rq->http ? http_config_of(rq->http) : NULL;

	*pg = (struct page){ .lang = c->lang, .arena = c->arena, .today = c->today, .title = title, .path = rq->target, .csrf = rq->csrf,
	                     .flash = rq->flash };
	if (c->who.account)
		pg->who = c->who.name;
	if (config && config->hooks.page)
		config->hooks.page(c, rq, pg, config->arg);
	if (rq->flash.text)
		res_cookie(rq, rs, FLASH_COOKIE, "", 0);
}

void res_json(struct res *rs, struct json *j)
{
	rs->type = "application/json";
	json_begin(j, &rs->body);
}

fail res_redirect(struct call *c, struct res *rs, const char *to)
{
	const char *safe = req_local_path(to, "/");
	struct json j;

	rs->location = safe;
	rs->status = 303;
	(void)c;
	if (!rs->rq || !rs->rq->wants_json)
		return FAIL_OK;
	rs->status = 200;
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "location", safe);
	json_object_end(&j);
	return FAIL_OK;
}

static void put_part(struct out *o, const char *name, const char *value)
{
	if (!value)
		return;
	out_str(o, o->size ? "&" : "");
	out_str(o, name);
	html_url_part(o, NULL, value);
}

/* A program gets the words and the receipt in the answer; a page gets them after the redirect, by a short-lived cookie. */
fail res_done(struct call *c, const struct req *rq, struct res *rs, const char *to, const struct flash *what)
{
	struct out said;
	struct json j;

	TRY(res_redirect(c, rs, to));
	if (rq->wants_json) {
		rs->body.size = 0;
		res_json(rs, &j);
		json_object(&j);
		json_put_str(&j, "location", rs->location);
		json_put_str(&j, "done", what->text);
		json_put_str(&j, "receipt", what->receipt);
		json_put_str(&j, "undo", what->undo);
		json_object_end(&j);
		return FAIL_OK;
	}
	out_memory(&said, c->arena);
	put_part(&said, "t=", what->text);
	put_part(&said, "r=", what->receipt);
	put_part(&said, "u=", what->undo);
	res_cookie(rq, rs, FLASH_COOKIE, said.size ? out_text(&said) : "", 60);
	return FAIL_OK;
}

fail res_again(struct res *rs, fail why)
{
	rs->failed = why == FAIL_OK ? FAIL_INPUT : why;
	rs->status = fail_http(rs->failed);
	return FAIL_OK;
}

fail res_conflict(struct call *c, const struct req *rq, struct res *rs, void (*put)(struct json *j, const void *stored), const void *stored,
                  int64_t rev)
{
	int status = req_header(rq, "If-Match") ? 412 : 409;
	struct json j;

	res_json(rs, &j);
	rs->type = "application/problem+json";
	json_object(&j);
	json_put_str(&j, "type", "about:blank");
	json_put_int(&j, "status", status);
	json_put_str(&j, "detail", c->problem.text);
	json_put_str(&j, "code", "conflict");
	json_put_str(&j, "field", "rev");
	json_key(&j, "stored");
	json_object(&j);
	put(&j, stored);
	json_object_end(&j);
	json_key(&j, "yours");
	json_object(&j);
	for (size_t i = 0; i < rq->form.n; i++)
		json_put_str(&j, rq->form.v[i].name, rq->form.v[i].value);
	json_object_end(&j);
	json_object_end(&j);
	problem_clear(c);
	res_rev(c, rq, rs, rev);
	TRY(res_again(rs, FAIL_CONFLICT));
	rs->status = status;
	return FAIL_OK;
}

void res_rev(struct call *c, const struct req *rq, struct res *rs, int64_t rev)
{
	if (rq->wants_json)
		rs->etag = arena_printf(c->arena, "r%lld", (long long)rev);
}

/* ---- files ---- */

struct file_sink { int fd; };

static fail write_fd(void *arg, const char *data, size_t size)
{
	struct file_sink *sink = arg;

	while (size) {
		ssize_t n = write(sink->fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FAIL_BROKEN;
		data += n;
		size -= (size_t)n;
	}
	return FAIL_OK;
}

/* Plain letters for old programs, the whole name for the others (RFC 6266). */
static const char *disposition(struct call *c, const char *filename)
{
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, "attachment; filename=\"");
	for (const char *s = filename; *s; s++)
		out_char(&o, (unsigned char)*s < ' ' || (unsigned char)*s > '~' || strchr("\"\\/", *s) ? '_' : *s);
	out_str(&o, "\"; filename*=UTF-8''");
	html_url_part(&o, NULL, filename);
	return out_text(&o);
}

static void attach(struct call *c, struct res *rs, const char *filename, const char *type, int fd)
{
	rs->fd = fd;
	rs->type = type;
	res_header(rs, "Content-Disposition", disposition(c, filename));
}

fail res_file_begin(struct call *c, struct res *rs, const char *filename, const char *type, struct out *o)
{
	struct file_sink *sink = ARENA_NEW(c->arena, struct file_sink);

	sink->fd = http_temp_file(NULL);
	if (sink->fd < 0)
		return problem(c, FAIL_BROKEN, "", "cannot make a temporary file: %s", strerror(errno));
	attach(c, rs, filename, type, sink->fd);
	out_to(o, write_fd, sink);
	return FAIL_OK;
}

fail res_file_end(struct call *c, struct res *rs, struct out *o)
{
	fail f = out_flush(o);

	out_free(o);
	(void)rs;
	if (f != FAIL_OK)
		return problem(c, FAIL_BROKEN, "", "cannot write the temporary file: %s", strerror(errno));
	return FAIL_OK;
}

fail res_file_fd(struct call *c, struct res *rs, const char *filename, const char *type, int fd)
{
	attach(c, rs, filename, type, fd);
	return FAIL_OK;
}

/* ---- cookies ---- */

void res_cookie(const struct req *rq, struct res *rs, const char *name, const char *value, int64_t max_age_s)
{
	res_header(rs, "Set-Cookie",
	           arena_printf(rs->c->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=%lld", name, value, rq->https ? "; Secure" : "",
	                        (long long)(*value ? max_age_s : 0)));
}

void res_session(const struct req *rq, struct res *rs, const char *token, int64_t max_age_s)
{
	res_cookie(rq, rs, SESSION_COOKIE, token ? token : "", max_age_s);
}
