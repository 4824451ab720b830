/* home_pages.c — the first page: one list of what needs doing, put together from the roles a person holds today. */
#include "access/access.h"
#include "app/app_pages.h"
#include "app/home.h"
#include "app_views.h"
#include "http/res.h"

enum { SECTIONS_MAX = 24 };

struct home_section *home_section(struct call *c, struct home_view *v, const char *title)
{
	struct home_section *s = &v->v[v->n < SECTIONS_MAX ? v->n++ : SECTIONS_MAX - 1];

	*s = (struct home_section){ .title = title, .nothing = tr(c->lang, "Nothing needs doing here now.") };
	return s;
}

void home_step(struct call *c, struct home_section *s, enum step_state state, const char *href, const char *title, const char *why)
{
	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 8;
		struct step *more = ARENA_ARRAY(c->arena, room, struct step);

		for (size_t i = 0; i < s->n; i++)
			more[i] = s->steps[i];
		s->steps = more;
		s->room = room;
	}
	s->steps[s->n++] = (struct step){ .href = href, .title = title, .why = why, .state = state };
}

static fail gather(struct call *c, struct home_view *v)
{
	static fail (*const of_role[ROLE_COUNT])(struct call *, const struct grant *, struct home_view *) = {
		[ROLE_MEMBER] = home_cell,   [ROLE_SECRETARY] = home_cell,       [ROLE_OFFICER] = home_officer,
		[ROLE_UPPER] = home_upper,   [ROLE_INSPECTOR] = home_inspector, [ROLE_ADMINISTRATOR] = home_administrator,
	};
	size_t n;
	const struct grant *g = access_grants(c, &n);

	v->v = ARENA_ARRAY(c->arena, SECTIONS_MAX, struct home_section);
	for (size_t i = 0; i < n && v->n + 2 < SECTIONS_MAX; i++)
		if (g[i].valid_from.days <= c->today.days && c->today.days <= g[i].valid_to.days && of_role[g[i].role])
			TRY(of_role[g[i].role](c, &g[i], v));
	return FAIL_OK;
}

static void write_json(struct res *rs, const struct home_view *v)
{
	static const char *const states[] = { [STEP_TODO] = "todo", [STEP_NEXT] = "next", [STEP_DONE] = "done", [STEP_BLOCKED] = "blocked" };
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "sections");
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&j);
		json_put_str(&j, "title", v->v[i].title);
		json_key(&j, "items");
		json_array(&j);
		for (size_t k = 0; k < v->v[i].n; k++) {
			json_object(&j);
			json_put_str(&j, "state", states[v->v[i].steps[k].state]);
			json_put_str(&j, "title", v->v[i].steps[k].title);
			json_put_str(&j, "why", v->v[i].steps[k].why);
			json_put_str(&j, "href", v->v[i].steps[k].href);
			json_object_end(&j);
		}
		json_array_end(&j);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail home_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct home_view v = { 0 };
	struct page pg;

	TRY(gather(c, &v));
	if (req_wants_json(rq)) {
		write_json(rs, &v);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "What needs doing now"));
	view_home(&rs->body, &pg, &v);
	return FAIL_OK;
}

const struct route home_routes[] = {
	{ GET, "/", MAY_SIGNED_IN, NULL, home_show, 0, N_("What needs doing now, by role") },
	{ HTTP_NONE },
};
