/* scopes.c — the codes above a unit, nearest first. */
#include "org/scopes.h"

#include "org/unit.h"

fail org_scopes(struct call *c, int64_t unit_id, const char *unit_code, struct date on, struct scopes *out)
{
	struct units above;

	TRY(org_ancestors(c, unit_id, on, &above));
	const char **codes = ARENA_ARRAY(c->arena, above.n + 1, const char *);

	codes[0] = unit_code;
	for (size_t i = 0; i < above.n; i++)
		codes[i + 1] = above.v[above.n - 1 - i].code;
	*out = (struct scopes){ codes, above.n + 1 };
	return FAIL_OK;
}
