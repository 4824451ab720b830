/* tables_parts.c — what the pages of local tables share. */
#include "org/address.h"
#include "year/pages.h"
#include "year/tables_shown.h"

fail table_page_of(struct call *c, const struct req *rq, struct local_table *out)
{
	int64_t id;

	TRY(req_id(c, rq, "table", &id));
	return table_by_id(c, id, out);
}

fail table_page_unit(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct local_table t;

	TRY(table_page_of(c, rq, &t));
	*unit_id = t.unit_id;
	return FAIL_OK;
}

const char *table_page_path(struct call *c, int64_t id, const char *below)
{
	return arena_printf(c->arena, "/tables/%lld%s", (long long)id, below);
}

void table_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const struct local_table *t,
                      const char *title, const char *here)
{
	res_page(c, rq, rs, pg, title);
	page_crumb(pg, arena_printf(c->arena, "/units/%lld", (long long)u->id), u->name);
	page_crumb(pg, t ? arena_printf(c->arena, "/units/%lld/tables", (long long)u->id) : NULL, tr(c->lang, "Tables of criteria"));
	if (t)
		page_crumb(pg, here ? table_page_path(c, t->id, "") : NULL, arena_printf(c->arena, "%s v%lld", t->rule_id, (long long)t->version));
	if (here)
		page_crumb(pg, NULL, here);
	pg->wide = true;
}

fail table_page_from(struct call *c, const struct scheme *s, const char **out)
{
	struct unit u;
	fail f;

	*out = tr(c->lang, "the general table");
	if (!*s->scope)
		return FAIL_OK;
	f = org_unit_nearest_by_code(c, s->scope, c->today, &u);
	if (f == FAIL_NOT_FOUND)
		problem_clear(c);
	else
		TRY(f);
	*out = f == FAIL_OK ? u.name : s->scope;
	return FAIL_OK;
}

const char *table_page_validity(struct call *c, const struct local_table *t)
{
	if (t->state == TABLE_DRAFT)
		return "";
	if (t->valid_to.days == DATE_OPEN.days)
		return arena_printf(c->arena, tr(c->lang, "from %s"), show_date(c->arena, c->lang, t->valid_from));
	return arena_printf(c->arena, "%s – %s", show_date(c->arena, c->lang, t->valid_from), show_date(c->arena, c->lang, t->valid_to));
}
