/* tables_try_pages.c — the page on which a table is tried on a year. */
#include "tables_views.h"
#include "year/pages.h"
#include "year/tables_pages.h"
#include "year/tables_try.h"

enum { ROWS_MOST = 300 };

struct asking {
	const struct req *rq;
	struct local_table t;
	struct unit u;
	const struct scheme *s;
	struct try_view v;
	int year;
};

static fail ask(struct call *c, void *arg)
{
	struct asking *p = arg;

	TRY(table_page_of(c, p->rq, &p->t));
	TRY(org_unit_nearest(c, p->t.unit_id, c->today, &p->u));
	TRY(table_scheme(c, &p->t, &p->s));
	p->v = (struct try_view){ .year = p->year };
	return table_try(c, &p->t, p->s, &p->v);
}

static void row_json(struct json *j, const struct try_row *r)
{
	char text[NUM_TEXT];

	json_object(j);
	json_put_int(j, "unit", r->unit_id);
	json_put_str(j, "name", r->name);
	tenths_format(r->before, text);
	json_put_str(j, "before", text);
	tenths_format(r->after, text);
	json_put_str(j, "after", text);
	json_put_str(j, "was", case_results[r->was]);
	json_put_str(j, "now", case_results[r->now]);
	json_object_end(j);
}

static void try_json(struct res *rs, const struct try_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "year", v->year);
	json_put_int(&j, "units", v->n);
	json_put_int(&j, "met_before", v->met_before);
	json_put_int(&j, "met_after", v->met_after);
	json_put_int(&j, "gained", v->gained);
	json_put_int(&j, "lost", v->lost);
	json_put_int(&j, "open", v->open);
	json_put_int(&j, "own_tables", v->own_tables);
	json_key(&j, "rows");
	json_array(&j);
	for (size_t i = 0; i < v->shown; i++)
		row_json(&j, &v->v[i]);
	json_array_end(&j);
	json_object_end(&j);
}

static void dress(struct call *c, struct asking *p)
{
	static const char *const labels[] = { N_("Unit"), N_("Points now in force"), N_("Points by this table"), N_("Result now in force"), N_("Result by this table") };
	struct column *columns = ARENA_ARRAY(c->arena, 5, struct column);
	struct try_view *v = &p->v;

	for (size_t i = 0; i < 5; i++)
		columns[i] = (struct column){ .label = tr(c->lang, labels[i]), .number = i == 1 || i == 2 };
	v->u = &p->u;
	v->title = p->s->title[c->lang];
	v->action = table_page_path(c, p->t.id, "/try");
	v->before_href = arena_printf(c->arena, "%s?year=%d", v->action, p->year - 1);
	v->after_href = arena_printf(c->arena, "%s?year=%d", v->action, p->year + 1);
	v->table = (struct table){ .caption = tr(c->lang, "Units"), .id = "units", .columns = columns, .n = 5, .local = true };
	v->left_out = v->shown > ROWS_MOST;
	if (v->left_out)
		v->shown = ROWS_MOST;
	for (size_t i = 0; i < v->shown; i++)
		v->v[i].href = year_page_unit_path(c, v->v[i].unit_id, "/year", p->year);
}

static fail try_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct asking p = { .rq = rq };
	struct page pg;

	TRY(year_page_year(c, rq, &p.year));
	TRY(db_read(c, ask, &p));
	if (req_wants_json(rq)) {
		try_json(rs, &p.v);
		return FAIL_OK;
	}
	dress(c, &p);
	table_page_begin(c, rq, rs, &pg, &p.u, &p.t, tr(c->lang, "Try a table"), tr(c->lang, "Try a table"));
	view_tables_try(&rs->body, &pg, &p.v);
	return FAIL_OK;
}

static const struct query_param try_params[] = { { "year", N_("the year whose records are used; otherwise that of today") }, { NULL, NULL } };

const struct route table_try_routes[] = {
	{ GET, "/tables/:table/try", MAY_DECIDE, table_page_unit, try_show, ROUTE_SLOW, N_("Who would pass by a table, on the records of a year"), .query = try_params },
	{ HTTP_NONE },
};
