/* invite.c — inviting guests before the meeting: known members by their code, others by name, each with a function. */
#include <string.h>

#include "meeting/guest.h"
#include "org/member.h"

struct invite {
	int64_t meeting_id;
	const char *member_code;
	struct guest *g;
};

/* A member of the cell takes part anyway. */
static fail refuse_own(struct call *c, const struct meeting *m, const struct member *who)
{
	struct roll roll;

	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	for (size_t i = 0; i < roll.n; i++)
		if (roll.v[i].id == who->id)
			return problem(c, FAIL_INPUT, "member_code", "%s belongs to this cell and is no guest", who->full_name);
	return FAIL_OK;
}

static fail name_guest(struct call *c, void *arg)
{
	struct invite *v = arg;
	struct meeting m;
	struct member who;

	TRY(meeting_by_id(c, v->meeting_id, &m));
	TRY(org_member_by_code(c, 0, v->member_code, &who));
	TRY(refuse_own(c, &m, &who));
	v->g->member_id = who.realm == m.realm ? who.id : INT_UNKNOWN;
	v->g->name = who.full_name;
	if (!*v->g->contact && strchr(who.contact, '@'))
		v->g->contact = who.contact;
	return FAIL_OK;
}

static fail check(struct call *c, const struct guest *g)
{
	if (!*g->name)
		return problem(c, FAIL_INPUT, "name", "name the guest, or give the member's code");
	if (!*g->function)
		return problem(c, FAIL_INPUT, "function", "write the guest's function: the minutes name it");
	if (!g->kind)
		return problem(c, FAIL_INPUT, "kind", "say whether the guest was assigned by the committee above or is a visitor");
	if (*g->contact && !strchr(g->contact, '@'))
		return problem(c, FAIL_INPUT, "contact", "“%s” is not a mail address; leave it empty if there is none", g->contact);
	return FAIL_OK;
}

fail guest_invite(struct call *c, int64_t meeting_id, const char *member_code, struct guest *g)
{
	g->meeting_id = meeting_id;
	g->member_id = INT_UNKNOWN;
	g->present = INT_UNKNOWN;
	g->arrived_at = MOMENT_NONE;
	if (*member_code)
		TRY(db_read(c, name_guest, &(struct invite){ meeting_id, member_code, g }));
	TRY(check(c, g));
	return guest_add(c, g);
}
