/* res.h — the answer to a request.
 *
 * A handler writes into rs->body and returns FAIL_OK, or returns a failure with the problem recorded in the call: the router
 * then writes the problem page (or problem+json) itself. A refused form comes back with res_again. */
#ifndef CHIBO_HTTP_RES_H
#define CHIBO_HTTP_RES_H

#include "base/json.h"
#include "html/page.h"
#include "http/req.h"

struct res {
	int status;            /* 0: 200, or the failure's own */
	const char *type;      /* NULL: text/html; charset=utf-8 */
	struct out body;
	const char *location;
	const char *etag;      /* without quotes; NULL: made from the bytes of the body */
	bool no_store;         /* must not be kept anywhere */
	const char *policy;    /* Content-Security-Policy instead of the usual one: for a page that brings a style of its own. NULL: the usual */
	fail failed;           /* not FAIL_OK: the body stands, and nothing was done (res_again) */
	struct pairs headers;
	int fd;                /* -1, or a file sent instead of the body */
	int64_t fd_size;
	const void *fixed;     /* static memory sent instead of the body */
	size_t fixed_size;
	struct call *c;
	const struct req *rq;
};

/* Begins a page: filled with person, navigation, language, flash. Set title and crumbs, then write a view into rs->body. */
void res_page(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const char *title);
/* Begins a JSON answer. */
void res_json(struct res *rs, struct json *j);
/* Goes elsewhere after an action: 303 for a page, 201 (created) or 200 with Location for JSON. `to` is a local address. */
fail res_redirect(struct call *c, struct res *rs, const char *to) MUST_CHECK;
/* The same, with what happened (already translated), a receipt code and an address that undoes it (each may be NULL). */
fail res_done(struct call *c, const struct req *rq, struct res *rs, const char *to, const struct flash *what) MUST_CHECK;
/* The form comes back with its problems: the page stands with 422 (or 409). Returns FAIL_OK:
 *	if (form_failed(&v.form)) { view_x(&rs->body, &pg, &v); return res_again(rs, FAIL_INPUT); } */
fail res_again(struct res *rs, fail why) MUST_CHECK;
/* Somebody was faster, for JSON: problem+json with "stored" (what `put` writes, as members of an object) and "yours" (what was sent); 409, or 412 after
 * If-Match. The problem is the call's. For pages see html/conflict.h. */
fail res_conflict(struct call *c, const struct req *rq, struct res *rs, void (*put)(struct json *j, const void *stored), const void *stored,
                  int64_t rev) MUST_CHECK;
void res_header(struct res *rs, const char *name, const char *value);
/* The state of the thing shown: ETag "r12" on the JSON answer. On a page the bytes decide, and the form carries `rev`. */
void res_rev(struct call *c, const struct req *rq, struct res *rs, int64_t rev);
/* A file to save, written row by row in constant memory: bytes put into *o go to a temporary file. Finish with res_file_end. */
fail res_file_begin(struct call *c, struct res *rs, const char *filename, const char *type, struct out *o) MUST_CHECK;
fail res_file_end(struct call *c, struct res *rs, struct out *o) MUST_CHECK;
/* A file made by somebody else: `fd` is taken over. */
fail res_file_fd(struct call *c, struct res *rs, const char *filename, const char *type, int fd) MUST_CHECK;
/* A cookie: HttpOnly, SameSite=Lax, Path=/, Secure whenever TLS is in front. value "" removes it. */
void res_cookie(const struct req *rq, struct res *rs, const char *name, const char *value, int64_t max_age_s);
/* Sets (or with NULL removes) the session cookie. */
void res_session(const struct req *rq, struct res *rs, const char *token, int64_t max_age_s);

#endif
