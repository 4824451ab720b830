/* scopes.c — which rules may hold for a meeting, and how long they want it to last. */
#include "meeting/scopes.h"

#include "base/num.h"
#include "org/member.h"
#include "org/scopes.h"
#include "org/unit.h"

static bool any_scope(const struct rules *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (*r->v[i].scope)
			return true;
	return false;
}

fail meeting_scopes(struct call *c, const struct meeting *m, struct scopes *out)
{
	*out = SCOPES_NONE;
	return c->rules && any_scope(c->rules) ? org_scopes(c, m->unit_id, m->unit_code, meeting_day(m), out) : FAIL_OK;
}

fail meeting_required_minutes(struct call *c, const struct meeting *m, int64_t *out)
{
	struct member_counts n;
	struct scopes scopes;
	const struct scheme *s = NULL;
	const char *own;

	*out = 90;
	TRY(org_setting(c, m->unit_id, "required_minutes", &own));
	if (int_parse(own, out))
		return FAIL_OK;
	TRY(meeting_scopes(c, m, &scopes));
	if (c->rules)
		s = rules_scheme(c->rules, m->kind == MEETING_THEMATIC ? USE_THEMATIC : USE_REGULAR, meeting_day(m), scopes);
	TRY(org_member_counts(c, m->unit_id, meeting_day(m), &n));
	if (s)
		*out = scheme_required_minutes(s, m->thematic, n.members);
	return FAIL_OK;
}
