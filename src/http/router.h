/* router.h — from method and path to a row of the route tables.
 *
 * The tables are turned into a tree of path parts once, at start. Plain parts win over parameters; a path is tried with the
 * parameter when the plain part leads nowhere. */
#ifndef CHIBO_HTTP_ROUTER_H
#define CHIBO_HTTP_ROUTER_H

#include "html/form.h"
#include "http/route.h"

struct router;

enum { ROUTE_PARTS_MOST = 16 };

/* NULL: not enough memory, or two rows answer the same (their names go into *clash). */
struct router *router_new(const struct route *const *tables, const char **clash);
void router_free(struct router *r);

struct route_match {
	const struct route *route; /* NULL: none for this method */
	unsigned allowed;          /* 1 << method for every method known at this path; 0: no such path */
	struct pairs params;
};
/* `path` as it came, without the query, still percent-coded. HEAD matches GET. False: the path is malformed. */
bool router_match(const struct router *r, struct arena *a, enum http_method method, const char *path, struct route_match *out);

#endif
