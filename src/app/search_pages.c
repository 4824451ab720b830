/* search_pages.c — units and people by name or code, without tone marks, as far as the person's rights reach. */
#include <string.h>

#include "access/access.h"
#include "app/app_pages.h"
#include "app/shown.h"
#include "app_views.h"
#include "http/res.h"
#include "org/search.h"

enum { MOST = 50 };

/* Where a right holds, on whole sub-trees and on single units alike; NULL: everywhere. A single unit is a cell, nothing stands below it. */
static const struct ids *roots_of(struct call *c, enum right right)
{
	struct reach below = access_reach(c, right), alone = access_reach_single(c, right);
	struct ids *out = ARENA_NEW(c->arena, struct ids);
	int64_t *v = ARENA_ARRAY(c->arena, below.n + alone.n + 1, int64_t);

	if (below.everything)
		return NULL;
	for (size_t i = 0; i < below.n; i++)
		v[out->n++] = below.v[i];
	for (size_t i = 0; i < alone.n; i++)
		v[out->n++] = alone.v[i];
	out->v = v;
	return out;
}

static void search_json(struct res *rs, const struct hits *hits)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "hits");
	json_array(&j);
	for (size_t i = 0; i < hits->n; i++) {
		json_object(&j);
		json_put_int(&j, "id", hits->v[i].id);
		record_json(&j, &hit_record, &hits->v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static void fill_rows(struct call *c, const struct hits *hits, struct search_view *v)
{
	v->v = ARENA_ARRAY(c->arena, hits->n + 1, struct search_row);
	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *h = &hits->v[i];
		const char *href = h->kind == HIT_UNIT ? arena_printf(c->arena, "/units/%lld", (long long)h->id)
		                                       : arena_printf(c->arena, "/units/%lld/members/%lld", (long long)h->unit_id, (long long)h->id);

		v->v[v->n++] = (struct search_row){ href, h->name, h->code, h->place };
		v->unit_n += h->kind == HIT_UNIT;
	}
}

static fail search_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *text = req_query(rq, "q");
	struct search s = { .text = text ? text : "", .on = c->today, .limit = MOST };
	struct search_view v = { .text = s.text };
	struct hits hits;
	struct page pg;

	s.unit_roots = roots_of(c, MAY_SEE);
	s.member_roots = roots_of(c, MAY_SEE_MEMBERS);
	TRY(org_search(c, &s, &hits));
	if (req_wants_json(rq)) {
		search_json(rs, &hits);
		return FAIL_OK;
	}
	fill_rows(c, &hits, &v);
	res_page(c, rq, rs, &pg, tr(c->lang, "Search"));
	pg.query = s.text;
	view_search(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param params[] = { { "q", N_("What to look for: a name or a code, with or without tone marks") }, { NULL, NULL } };

const struct route search_routes[] = {
	{ GET, "/search", MAY_SIGNED_IN, NULL, search_show, .summary = N_("Units and people by name or code"), .answer = &hit_record, .query = params },
	{ HTTP_NONE },
};
