/* req.h — a request, already read, checked and understood.
 *
 * Path parameters are percent-decoded valid UTF-8 without zero bytes; so are query and form values. A form posted by a browser and a
 * JSON body give the same names and values: {"a":1,"b":{"c":"x"},"d":["p","q"],"e":[{"f":2}]} reads as a=1, b.c=x, d=p, d=q,
 * e.0.f=2; true/false as 1/0, null as "". Everything lives as long as the call. */
#ifndef CHIBO_HTTP_REQ_H
#define CHIBO_HTTP_REQ_H

#include "html/form.h"
#include "http/route.h"

struct json_t; /* jansson */
struct http;

struct upload {
	const char *name;     /* of the form field */
	const char *filename; /* last part only, as the person's machine calls it */
	const char *type;     /* as claimed; never trusted */
	int fd;               /* unlinked temporary file, at its beginning; closed with the call */
	const char *path;     /* opens the same file anew: /proc/self/fd/N */
	int64_t size;
};

struct req {
	enum http_method method;
	const char *path;           /* decoded, without the query */
	const char *target;         /* as it came, with the query */
	const struct route *route;
	struct pairs params, query, form;
	struct upload *uploads;
	size_t upload_n;
	const struct json_t *json;  /* the JSON body, or NULL */
	const char *ip;             /* of the person, also behind a trusted proxy */
	bool https;
	bool wants_json;            /* Accept prefers application/json to text/html */
	const char *session;        /* value of the session cookie, or NULL */
	const char *csrf;           /* the proof for forms of this session; "" without a session */
	struct flash flash;         /* left by the request before */
	struct http *http;
	struct conn *conn;          /* private to src/http; its form's problems go into problem+json */
};

/* A path parameter; "" never happens in a route that was matched. NULL: the route has no such parameter. */
const char *req_param(const struct req *rq, const char *name);
/* The same as an id; FAIL_NOT_FOUND unless it is a positive whole number. */
fail req_id(struct call *c, const struct req *rq, const char *name, int64_t *out) MUST_CHECK;
/* A query parameter, or NULL. */
const char *req_query(const struct req *rq, const char *name);
/* A field of the body, or NULL. Repeated names: the last one; req_form_next walks them all (at: start with 0). */
const char *req_form(const struct req *rq, const char *name);
const char *req_form_next(const struct req *rq, const char *name, size_t *at);
const struct upload *req_upload(const struct req *rq, const char *name);
/* A header of the request, or NULL. */
const char *req_header(const struct req *rq, const char *name);
static inline bool req_wants_json(const struct req *rq) { return rq->wants_json; }

/* Fills the fields that the body gives; others keep what `row` holds. Collects every problem in `form` (which then shows
 * what was typed) and fails with FAIL_INPUT and the first of them. A required field may be missing only if `row` has it. */
fail req_record(struct call *c, const struct req *rq, const struct record *r, void *row, struct form *form) MUST_CHECK;

/* The revision the person had before their eyes: If-Match: "r12", or the hidden field `rev`. FAIL_INPUT when neither was sent:
 * a write without it could overwrite what somebody else did. */
fail req_rev(struct call *c, const struct req *rq, int64_t *rev) MUST_CHECK;

/* "period" and "structure" of the address; `otherwise` when absent. FAIL_INPUT on nonsense. */
fail req_period(struct call *c, const struct req *rq, struct period otherwise, struct period *out) MUST_CHECK;
fail req_structure(struct call *c, const struct req *rq, bool *now) MUST_CHECK;

/* A local address to go on to ("/units/3?x=1"), or `otherwise` when `s` is NULL or leads elsewhere. */
const char *req_local_path(const char *s, const char *otherwise);
/* The path and query of this request with one query parameter set (value NULL: removed). In the arena. */
const char *req_link(struct call *c, const struct req *rq, const char *name, const char *value);

#endif
