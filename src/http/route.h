/* route.h — a page or an operation as one row of a table.
 *
 *	const struct route org_routes[] = {
 *		{ GET,  "/units/:unit",      MAY_SEE,       unit_of_path, unit_show, .summary = N_("A unit and its figures") },
 *		{ POST, "/units/:unit/move", MAY_EDIT_TREE, unit_of_path, unit_move, .form = &move_record },
 *		{ 0 }
 *	};
 *
 * The router alone does sign-in, rights, CSRF proof, size limits, content negotiation, ETags and the log; a forgotten right
 * (the zero value) refuses everybody. GETs run on event threads with an open read connection, unless ROUTE_SLOW; everything
 * else runs on the worker pool without one, and handlers call db_write. */
#ifndef CHIBO_HTTP_ROUTE_H
#define CHIBO_HTTP_ROUTE_H

#include "base/record.h"
#include "base/right.h"

struct req;
struct res;

enum http_method { HTTP_NONE, GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, HTTP_METHODS };

/* The unit that the right is asked on, found from the path. FAIL_NOT_FOUND when there is no such thing. */
typedef fail unit_of(struct call *c, const struct req *rq, int64_t *unit_id);
typedef fail http_handler(struct call *c, const struct req *rq, struct res *rs);

enum route_flags {
	ROUTE_SLOW   = 1, /* a GET that takes long (export, report): on the worker pool */
	ROUTE_UPLOAD = 2, /* takes files: multipart bodies up to http_config.upload_limit, streamed to temporary files */
	ROUTE_NO_CSRF = 4, /* a POST before sign-in; the Origin is still compared */
	ROUTE_STATIC = 8, /* may be cached by anyone for ever: the address changes with the content */
	ROUTE_FILE   = 32, /* takes one file to keep: like ROUTE_UPLOAD, up to http_config.file_limit */
	ROUTE_NOT_ONCE = 16, /* an Idempotency-Key is ignored: the handler writes nothing, or not in one transaction */
};

/* A parameter in the query, for /openapi.json. */
struct query_param { const char *name, *summary; };

struct route {
	enum http_method method; /* HTTP_NONE ends the table */
	const char *path;        /* "/units/:unit/meetings": `:name` takes one part of the path */
	enum right may;
	unit_of *unit;           /* NULL: the right is asked on the installation as a whole */
	http_handler *handle;
	unsigned flags;
	const char *summary;     /* message id, for /openapi.json */
	const struct record *form;           /* fields of the form or JSON body */
	const struct record *answer;         /* fields of the JSON answer, or of each of its rows */
	const struct query_param *query;     /* ends with a NULL name */
};

#endif
