/* may.c — the question every page begins with. */
#include "access/access.h"

#include "access/ancestors.h"
#include "access/remembered.h"

static bool is_in_force(const struct grant *g, struct date today)
{
	return g->valid_from.days <= today.days && today.days <= g->valid_to.days;
}

const struct account *access_account(const struct call *c)
{
	return c->who.access ? &c->who.access->account : NULL;
}

const struct grant *access_grants(const struct call *c, size_t *n)
{
	*n = c->who.access ? c->who.access->grants.n : 0;
	return c->who.access ? c->who.access->grants.v : NULL;
}

bool access_anywhere(const struct call *c, enum right right)
{
	size_t n;
	const struct grant *g = access_grants(c, &n);

	if (c->who.operator || right == MAY_PUBLIC || (right == MAY_SIGNED_IN && c->who.access))
		return right != MAY_NOBODY;
	for (size_t i = 0; i < n; i++)
		if (is_in_force(&g[i], c->today) && role_allows(g[i].role, right))
			return true;
	return false;
}

/* Does one of the person's roles give the right on a unit with these ancestors (itself first)? */
static bool roles_give(const struct call *c, enum right right, const int64_t *line, size_t line_n)
{
	size_t n;
	const struct grant *g = access_grants(c, &n);

	for (size_t i = 0; i < n; i++) {
		size_t reach = role_reaches_below(g[i].role) ? line_n : line_n > 0;

		if (!is_in_force(&g[i], c->today) || !role_allows(g[i].role, right))
			continue;
		for (size_t k = 0; k < reach; k++)
			if (line[k] == g[i].unit_id)
				return true;
	}
	return false;
}

static fail may_on_installation(struct call *c, enum right right)
{
	size_t n;
	const struct grant *g = access_grants(c, &n);
	bool top;

	for (size_t i = 0; i < n; i++) {
		if (!is_in_force(&g[i], c->today) || !role_allows(g[i].role, right) || !role_reaches_below(g[i].role))
			continue;
		TRY(ancestors_is_top(c, g[i].unit_id, &top));
		if (top)
			return FAIL_OK;
	}
	return problem(c, FAIL_DENIED, "", "this concerns the whole installation; it takes a role on a top unit that allows it");
}

fail access_may(struct call *c, enum right right, int64_t unit_id)
{
	int64_t line[ANCESTORS_MAX];
	size_t n;

	if (right == MAY_NOBODY)
		return problem(c, FAIL_DENIED, "", "nobody may do this");
	if (right == MAY_PUBLIC || c->who.operator)
		return FAIL_OK;
	if (!c->who.access)
		return problem(c, FAIL_DENIED, "", "sign in first");
	if (right == MAY_SIGNED_IN)
		return FAIL_OK;
	if (!unit_id)
		return may_on_installation(c, right);
	TRY(ancestors_of(c, unit_id, line, &n));
	if (roles_give(c, right, line, n))
		return FAIL_OK;
	if (roles_give(c, MAY_SEE, line, n))
		return problem(c, FAIL_DENIED, "", "your role on this unit does not allow that");
	return problem(c, FAIL_NOT_FOUND, "", "there is no such unit, or you hold no role on it");
}

bool access_has(struct call *c, enum right right, int64_t unit_id)
{
	struct problem before = c->problem;
	fail f = access_may(c, right, unit_id);

	c->problem = before;
	return f == FAIL_OK;
}

static struct reach reach_of(struct call *c, enum right right, bool below)
{
	size_t n;
	const struct grant *g = access_grants(c, &n);
	int64_t *units = ARENA_ARRAY(c->arena, n + 1, int64_t);
	struct reach r = { units, 0, c->who.operator };

	for (size_t i = 0; i < n && !r.everything; i++)
		if (is_in_force(&g[i], c->today) && role_allows(g[i].role, right) && role_reaches_below(g[i].role) == below)
			units[r.n++] = g[i].unit_id;
	return r;
}

struct reach access_reach(struct call *c, enum right right)
{
	return reach_of(c, right, true);
}

struct reach access_reach_single(struct call *c, enum right right)
{
	return reach_of(c, right, false);
}
