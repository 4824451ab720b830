/* router.c — a tree of path parts. Small nodes in lists: a table of a few hundred routes is a few parts deep. */
#include "http/router.h"

#include <stdlib.h>
#include <string.h>

#include "http/parse.h"

struct node {
	char *part;
	struct node *next, *children, *param; /* plain children in a list; at most one parameter child */
	const struct route *by[HTTP_METHODS];
	unsigned allowed;
};

struct router { struct node root; };

static void free_node(struct node *n)
{
	for (struct node *child = n->children, *next; child; child = next) {
		next = child->next;
		free_node(child);
		free(child);
	}
	if (n->param)
		free_node(n->param);
	free(n->param);
	free(n->part);
}

void router_free(struct router *r)
{
	if (!r)
		return;
	free_node(&r->root);
	free(r);
}

static struct node *plain_child(const struct node *n, const char *part, size_t size)
{
	for (struct node *child = n->children; child; child = child->next)
		if (strncmp(child->part, part, size) == 0 && child->part[size] == '\0')
			return child;
	return NULL;
}

/* The child for a part of a route's path, made if it is not there. */
static struct node *grow(struct node *n, const char *part, size_t size)
{
	struct node *child = *part == ':' ? n->param : plain_child(n, part, size);

	if (child)
		return child;
	child = calloc(1, sizeof *child);
	if (!child || !(child->part = strndup(part, size))) {
		free(child);
		return NULL;
	}
	if (*part == ':') {
		n->param = child;
	} else {
		child->next = n->children;
		n->children = child;
	}
	return child;
}

static bool add(struct router *r, const struct route *route)
{
	struct node *n = &r->root;

	for (const char *s = route->path; n && *s == '/'; ) {
		size_t size = strcspn(s + 1, "/");

		if (size)
			n = grow(n, s + 1, size);
		s += 1 + size;
	}
	if (!n || n->by[route->method])
		return false;
	n->by[route->method] = route;
	n->allowed |= 1u << route->method;
	return true;
}

struct router *router_new(const struct route *const *tables, const char **clash)
{
	struct router *r = calloc(1, sizeof *r);

	*clash = "";
	for (; r && *tables; tables++) {
		for (const struct route *route = *tables; route->method != HTTP_NONE; route++) {
			if (add(r, route))
				continue;
			*clash = route->path;
			router_free(r);
			return NULL;
		}
	}
	return r;
}

/* The parts of one path, decoded. */
struct parts { const char *v[ROUTE_PARTS_MOST]; int n; };

static bool split(struct arena *a, const char *path, struct parts *out)
{
	out->n = 0;
	if (*path != '/')
		return false;
	while (*path == '/') {
		size_t size = strcspn(path + 1, "/");
		bool last_empty = size == 0 && path[1] == '\0' && out->n == 0; /* "/" itself */

		if (last_empty)
			return true;
		if (out->n == ROUTE_PARTS_MOST || !parse_percent(a, path + 1, size, false, &out->v[out->n]))
			return false;
		out->n++;
		path += 1 + size;
	}
	return true;
}

/* The node of the path, or NULL. A plain part is tried before the parameter. */
static const struct node *walk(const struct node *n, const struct parts *p, int at)
{
	if (at == p->n)
		return n->allowed ? n : NULL;
	if (!*p->v[at])
		return NULL;
	const struct node *child = plain_child(n, p->v[at], strlen(p->v[at]));
	const struct node *found = child ? walk(child, p, at + 1) : NULL;

	return found || !n->param ? found : walk(n->param, p, at + 1);
}

/* Names are the route's own: "/units/:unit" and "/units/:id/move" may share a node. */
static void take_params(struct arena *a, const struct route *route, const struct parts *p, struct pairs *out)
{
	const char *s = route->path;

	for (int i = 0; i < p->n && *s == '/'; i++) {
		size_t size = strcspn(s + 1, "/");

		if (s[1] == ':')
			pairs_add(a, out, arena_strndup(a, s + 2, size - 1), p->v[i]);
		s += 1 + size;
	}
}

bool router_match(const struct router *r, struct arena *a, enum http_method method, const char *path, struct route_match *out)
{
	struct parts parts;

	*out = (struct route_match){ 0 };
	if (!split(a, path, &parts))
		return false;
	const struct node *n = walk(&r->root, &parts, 0);

	if (!n)
		return true;
	out->allowed = n->allowed | (n->by[GET] ? 1u << HEAD : 0) | 1u << OPTIONS;
	out->route = n->by[method == HEAD ? GET : method];
	if (out->route)
		take_params(a, out->route, &parts, &out->params);
	return true;
}
