/* frame.c — navigation by role. Five entries at most: that is what a thumb finds on a phone. */
#include "app/frame.h"

#include <string.h>

#include "access/access.h"
#include "access/account.h"

enum { NAV_MAX = 5 };

struct nav { struct nav_item *v; size_t n; };

static void add(struct call *c, struct nav *nav, enum nav_icon icon, const char *href, const char *text)
{
	if (nav->n < NAV_MAX)
		nav->v[nav->n++] = (struct nav_item){ .href = href, .text = tr(c->lang, text), .icon = icon };
}

/* The role that counts most today: the one a person works with. */
static const struct grant *chief_role(struct call *c)
{
	size_t n;
	const struct grant *g = access_grants(c, &n), *best = NULL;
	static const unsigned char weight[ROLE_COUNT] = { [ROLE_MEMBER] = 1, [ROLE_INSPECTOR] = 2, [ROLE_ADMINISTRATOR] = 3,
		                                              [ROLE_SECRETARY] = 4, [ROLE_UPPER] = 5, [ROLE_OFFICER] = 6 };

	for (size_t i = 0; i < n; i++)
		if (g[i].valid_from.days <= c->today.days && c->today.days <= g[i].valid_to.days &&
		    (!best || weight[g[i].role] > weight[best->role]))
			best = &g[i];
	return best;
}

static void fill_nav(struct call *c, const struct grant *chief, struct nav *nav)
{
	const char *unit = arena_printf(c->arena, "/units/%lld", (long long)chief->unit_id);
	bool of_cell = !role_reaches_below(chief->role);

	add(c, nav, NAV_UNITS, unit, of_cell ? N_("My cell") : N_("Units"));
	if (chief->role != ROLE_ADMINISTRATOR)
		add(c, nav, NAV_MEETINGS, arena_printf(c->arena, "%s/meetings", unit), N_("Meetings"));
	if (access_account(c)->member_id > 0)
		add(c, nav, NAV_TASKS, "/mine", N_("My own"));
	if (of_cell || access_anywhere(c, MAY_IMPORT))
		add(c, nav, NAV_REPORTS, "/import", N_("Files"));
	if (access_anywhere(c, MAY_MANAGE_ACCOUNTS))
		add(c, nav, NAV_SETTINGS, "/accounts", N_("Accounts"));
	if (access_anywhere(c, MAY_READ_JOURNAL))
		add(c, nav, NAV_TASKS, "/journal", N_("Journal"));
}

void frame_fill(struct call *c, const struct req *rq, const struct settings *settings, struct page *pg)
{
	const struct account *me = access_account(c);
	const struct grant *chief = me ? chief_role(c) : NULL;
	struct nav nav = { ARENA_ARRAY(c->arena, NAV_MAX, struct nav_item), 0 };

	pg->site = settings->name;
	pg->accent = settings->accent ? accent_words[settings->accent] : NULL;
	if (!me)
		return;
	pg->who = me->name;
	add(c, &nav, NAV_HOME, "/", N_("To do"));
	if (chief) {
		pg->who_role = arena_printf(c->arena, "%s, %s", role_name(c->lang, chief->role), chief->unit_name);
		pg->search = "/search";
		fill_nav(c, chief, &nav);
	}
	page_nav_current(nav.v, nav.n, rq->path);
	pg->nav = nav.v;
	pg->nav_n = nav.n;
}
