/* rollup_pages.c — requests in, questions to the counters, pages and JSON out. */
#include "rollup/rollup_pages.h"

#include <string.h>

#include "base/text.h"
#include "http/res.h"
#include "org/address.h"
#include "org/unit.h"
#include "paper/paper.h"
#include "rollup/shown.h"
#include "rollup_views.h"

enum { ROWS_PAGE = 200 };

/* Without a word about it: this year, on the structure of that time. */
static fail question_of(struct call *c, const struct req *rq, struct question *q)
{
	int year = date_month(c->today) / 12;
	bool now;

	TRY(unit_of_path(c, rq, &q->unit_id));
	TRY(req_period(c, rq, (struct period){ month_of(year, 1), month_of(year, 12) }, &q->period));
	TRY(req_structure(c, rq, &now));
	q->structure = now ? NOW : THEN;
	q->hide_members = !call_may(c, MAY_SEE_MEMBERS, q->unit_id);
	if (period_months(q->period) > 120)
		return problem(c, FAIL_INPUT, "period", "a period may be at most %d years long", 10);
	return FAIL_OK;
}

/* ---- the page of a unit ---- */

static const struct query_param question_params[] = {
	{ "period", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	{ "structure", N_("the tree of that time (otherwise), or that of today") },
	{ NULL },
};

/* Above and beside are shown to everybody who sees the unit, but linked only for those who may go there. */
static void ask_rights(struct call *c, struct unit_view *v)
{
	for (size_t i = 0; i < v->above.n; i++)
		v->above.v[i].may = call_may(c, MAY_SEE, v->above.v[i].id);
	for (size_t i = 0; i < v->beside.n; i++)
		v->beside.v[i].may = v->beside.v[i].id == v->id || call_may(c, MAY_SEE, v->beside.v[i].id);
}

static void add_crumbs(struct call *c, struct page *pg, const struct unit_view *v)
{
	for (size_t i = 0; i < v->above.n; i++)
		if (v->above.v[i].may)
			page_crumb(pg, keep_address(c->arena, v, v->above.v[i].id, ""), v->above.v[i].name);
	page_crumb(pg, NULL, v->name);
}

static void add_siblings(struct call *c, struct unit_view *v)
{
	v->siblings = ARENA_ARRAY(c->arena, v->beside.n, struct sibling);
	for (size_t i = 0; i < v->beside.n; i++)
		if (v->beside.v[i].may)
			v->siblings[v->sibling_n++] =
				(struct sibling){ keep_address(c->arena, v, v->beside.v[i].id, ""), v->beside.v[i].name, v->beside.v[i].id == v->id };
}

static void add_places(struct call *c, struct unit_view *v)
{
	const struct { const char *tail, *text; enum right may; bool keeps; } places[] = {
		{ "/meetings", N_("Meetings"), MAY_SEE, true }, { v->cell ? "/plan" : "/plan-overview", N_("Year plan"), MAY_SEE, false },
		{ arena_printf(c->arena, "/year?year=%d", v->year_number), N_("“Four good” and classification"), MAY_SEE, false },
		{ arena_printf(c->arena, "/appraisal?year=%d", v->year_number), N_("Appraisal"), v->cell ? MAY_NOBODY : MAY_SEE_MEMBERS, false },
		{ "/tasks", N_("Tasks"), MAY_SEE_MEMBERS, false }, { "/goals", N_("Targets of the programme"), MAY_SEE, false },
		{ "/documents", N_("Documents"), MAY_SEE, false }, { "/members", N_("Members"), MAY_SEE_MEMBERS, false },
		{ "/registers", N_("Registers"), MAY_SEE, false }, { "/posts", N_("Posts"), MAY_SEE_MEMBERS, false }, { "/reports", N_("Reports"), MAY_SEE, true },
		{ "/reconcile", N_("Then against now"), MAY_SEE, true }, { "/structure", N_("Structure"), MAY_SEE, false },
		{ "/journal", N_("Journal"), MAY_READ_JOURNAL, false },
	};
	size_t n = sizeof places / sizeof *places;

	v->places = ARENA_ARRAY(c->arena, n, struct crumb);
	for (size_t i = 0; i < n; i++)
		if (places[i].may == MAY_SEE || call_may(c, places[i].may, v->id))
			v->places[v->place_n++] = (struct crumb){
				places[i].keeps ? keep_address(c->arena, v, v->id, places[i].tail) : unit_address(c->arena, v->id, places[i].tail),
				tr(c->lang, places[i].text),
			};
}

static void link_cards(struct call *c, struct unit_view *v)
{
	for (size_t i = 0; i < v->targets.n; i++) {
		struct card *card = &v->cards[i];
		const struct target_line *l = &v->targets.v[i];

		card->href = keep_address(c->arena, v, v->id, arena_printf(c->arena, "/rows?target=%s", card->id));
		if (l->by_score)
			card->note = arena_printf(c->arena, tr(c->lang, "%s of %s; %s by the score alone, steps not recorded"),
			                          show_int(c->arena, c->lang, card->num), show_int(c->arena, c->lang, card->den),
			                          show_int(c->arena, c->lang, l->by_score));
	}
}

static void children_table(struct call *c, struct unit_view *v, const char *sort)
{
	static const struct column labels[] = {
		{ N_("Unit"), "name", false }, { N_("Regular"), "regular", true }, { N_("Thematic"), "thematic", true },
		{ N_("Attended"), "attendance", true }, { N_("Scored"), "scored", true }, { N_("Rated Good"), "good", true },
		{ N_("Mean points"), "mean", true }, { N_("Year Good"), "year", true }, { N_("“Four good” registered"), "registered", true },
		{ N_("“Four good” met"), "met", true }, { N_("Classified Good or better"), "level", true },
	};
	size_t n = sizeof labels / sizeof *labels - (v->years ? 0 : 3);
	struct column *columns = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++)
		columns[i] = (struct column){ tr(c->lang, labels[i].label), labels[i].key, labels[i].number };
	v->table = (struct table){
		.caption = tr(c->lang, N_("Units below")), .id = "children", .base = keep_address(c->arena, v, v->id, ""), .sort = sort,
		.csv = keep_address(c->arena, v, v->id, "/reports/R14?format=csv"),
		.excel = keep_address(c->arena, v, v->id, "/reports/R14?format=xlsx"),
		.local = true, .columns = columns, .n = n,
	};
}

static void months_table(struct call *c, struct unit_view *v)
{
	static const struct column labels[] = {
		{ N_("Month"), NULL, false }, { N_("Class"), NULL, false }, { N_("Points"), NULL, true }, { N_("Attended"), NULL, true },
		{ N_("Regular meeting"), NULL, false }, { N_("Thematic"), NULL, false }, { N_("Pre-meeting"), NULL, false },
	};
	size_t n = sizeof labels / sizeof *labels;
	struct column *columns = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++)
		columns[i] = (struct column){ tr(c->lang, labels[i].label), NULL, labels[i].number };
	v->table = (struct table){
		.caption = tr(c->lang, N_("Month by month")), .id = "months", .excel = keep_address(c->arena, v, v->id, "/reports/R24?format=xlsx"),
		.csv = keep_address(c->arena, v, v->id, "/reports/R24?format=csv"), .columns = columns, .n = n,
	};
}

static void figures_table(struct call *c, struct unit_view *v)
{
	struct column *columns = ARENA_ARRAY(c->arena, 4, struct column);
	size_t n = 0;

	columns[n++] = (struct column){ tr(c->lang, N_("Figure")), NULL, false };
	columns[n++] = (struct column){ tr(c->lang, v->cell ? N_("Cell") : N_("Cells")), NULL, true };
	if (!v->cell)
		columns[n++] = (struct column){ tr(c->lang, N_("Bodies")), NULL, true };
	if (v->sees_members)
		columns[n++] = (struct column){ tr(c->lang, N_("Members")), NULL, true };
	v->figures = (struct table){
		.caption = arena_printf(c->arena, tr(c->lang, N_("Figures of the year %d")), v->year_number), .id = "year-figures", .columns = columns, .n = n,
	};
}

static fail unit_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit_view v;
	struct question q;
	struct page pg;

	TRY(question_of(c, rq, &q));
	TRY(unit_view_fill(c, &q, &v));
	ask_rights(c, &v);
	unit_view_sort(&v, req_query(rq, "sort"));
	v.sees_members = call_may(c, MAY_SEE_MEMBERS, v.id);
	v.decides = call_may(c, MAY_DECIDE, v.id);
	if (req_wants_json(rq)) {
		struct json j;

		res_json(rs, &j);
		unit_view_json(&j, c->lang, &v);
		return FAIL_OK;
	}
	v.keep = keep_query(c->arena, &q);
	res_page(c, rq, rs, &pg, v.name);
	pg.wide = true;
	add_crumbs(c, &pg, &v);
	add_siblings(c, &v);
	add_places(c, &v);
	link_cards(c, &v);
	figures_table(c, &v);
	if (v.cell)
		months_table(c, &v);
	else
		children_table(c, &v, req_query(rq, "sort"));
	view_unit_page(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- rows behind a figure ---- */

static const struct query_param rows_params[] = {
	{ "target", N_("the target whose rows are wanted, such as T06, or a counter of years, such as cells_met") },
	{ "period", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	{ "structure", N_("the tree of that time (otherwise), or that of today") },
	{ "show", N_("short: only rows that fall short") },
	{ "after", N_("how many rows to pass over") },
	{ NULL },
};

static void rows_json(struct json *j, const struct rows_view *v)
{
	char period[PERIOD_TEXT];

	period_format(v->q.period, period);
	json_object(j);
	json_put_str(j, "unit", v->rows.unit_code);
	json_put_str(j, "period", period);
	json_put_str(j, "structure", structure_words[v->q.structure]);
	json_put_str(j, "target", v->rows.target ? v->rows.target->id : counter_words[v->rows.counter]);
	rate_json(j, v->rows.num, v->rows.den);
	json_put_int(j, "count", v->rows.all);
	json_key(j, "rows");
	json_array(j);
	for (size_t i = 0; i < v->rows.n; i++) {
		const struct target_row *r = &v->rows.v[i];

		period_format(r->of, period);
		json_object(j);
		json_put_int(j, "unit_id", r->unit_id);
		json_put_str(j, "unit", r->code);
		json_put_str(j, "name", r->name);
		json_put_str(j, "parent", r->parent);
		json_put_str(j, "of", period);
		rate_json(j, r->num, r->den);
		json_object_end(j);
	}
	json_array_end(j);
	if (v->pager.next)
		json_put_str(j, "next", v->pager.next);
	json_object_end(j);
}

/* "cells" → "Cells". */
static const char *capital(struct call *c, const char *s)
{
	size_t n = 1;

	while ((s[n] & 0xc0) == 0x80)
		n++;
	return arena_join(c->arena, text_upper(c->arena, arena_strndup(c->arena, s, n)), s + n, NULL);
}

static void rows_table(struct call *c, struct rows_view *v)
{
	static const struct column labels[] = {
		{ N_("Cell"), NULL, false }, { N_("Committee"), NULL, false }, { N_("When"), NULL, false }, { N_("Counted"), NULL, true },
		{ N_("Out of"), NULL, true }, { N_("Share"), NULL, true },
	};
	size_t n = sizeof labels / sizeof *labels - (v->rows.target ? 0 : 2);
	struct column *columns = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++)
		columns[i] = (struct column){ tr(c->lang, labels[i].label), labels[i].key, labels[i].number };
	if (v->of_years)
		columns[0].label = tr(c->lang, N_("Unit"));
	if (!v->rows.target)
		columns[3].label = tr(c->lang, N_("How many"));
	v->table = (struct table){ .caption = v->title, .id = "rows", .columns = columns, .n = n };
}

static const char *numbered(struct call *c, const struct req *rq, int64_t skip)
{
	return req_link(c, rq, "after", skip > 0 ? arena_printf(c->arena, "%lld", (long long)skip) : NULL);
}

static fail rows_ask(struct call *c, const struct req *rq, struct rows_view *v)
{
	const char *target = req_query(rq, "target"), *show = req_query(rq, "show"), *after = req_query(rq, "after");
	int64_t skip = 0;

	TRY(question_of(c, rq, &v->q));
	if (!target)
		return problem(c, FAIL_INPUT, "target", "say which target, for instance ?target=T06");
	if (after && (!int_parse(after, &skip) || skip < 0))
		return problem(c, FAIL_INPUT, "after", "“%s” is not a whole number", after);
	v->short_only = show && strcmp(show, "short") == 0;
	TRY(target_rows(c, &v->q, target, v->short_only, skip, ROWS_PAGE, &v->rows));
	v->pager = (struct pager){ .shown = skip + (int64_t)v->rows.n, .total = v->rows.all };
	if (skip > 0)
		v->pager.prev = numbered(c, rq, skip - ROWS_PAGE);
	if (skip + (int64_t)v->rows.n < v->rows.all)
		v->pager.next = numbered(c, rq, skip + ROWS_PAGE);
	return FAIL_OK;
}

static void unit_crumb(struct call *c, struct page *pg, const struct question *q, const char *name)
{
	struct unit_view v = { .q = *q };

	page_crumb(pg, keep_address(c->arena, &v, q->unit_id, ""), name);
}

static fail rows_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct rows_view v = { 0 };
	struct page pg;

	TRY(rows_ask(c, rq, &v));
	if (req_wants_json(rq)) {
		struct json j;

		res_json(rs, &j);
		rows_json(&j, &v);
		return FAIL_OK;
	}
	const struct target *t = v.rows.target;

	v.num_name = counter_title(v.rows.counter, c->lang);
	v.den_name = t ? counter_title(t->denominator, c->lang) : "";
	v.title = t ? arena_printf(c->arena, "%s %s", t->id, t->title[c->lang]) : capital(c, v.num_name);
	v.of_years = figure_of_year(figure_of(v.rows.counter));
	v.keep = req_query(rq, "target");
	v.action = unit_address(c->arena, v.q.unit_id, "/rows");
	v.short_href = req_link(c, rq, "show", "short");
	v.all_href = req_link(c, rq, "show", NULL);
	rows_table(c, &v);
	res_page(c, rq, rs, &pg, v.title);
	pg.wide = true;
	unit_crumb(c, &pg, &v.q, v.rows.unit_name);
	page_crumb(&pg, NULL, t ? t->id : v.title);
	view_rows_page(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- reports ---- */

static const struct query_param report_params[] = {
	{ "period", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	{ "structure", N_("the tree of that time (otherwise), or that of today") },
	{ "format", N_("json, csv, xlsx, docx, pdf, or html to print; otherwise a page") },
	{ NULL },
};

static fail send_file(struct call *c, struct res *rs, const struct report *r, enum report_format format)
{
	char period[PERIOD_TEXT];
	struct out o;

	period_format(r->question.period, period);
	const char *id = *r->kind->id ? r->kind->id : r->kind->name;
	const char *name = arena_printf(c->arena, "%s-%s-%s.%s", id, r->unit_code, period, report_formats[format]);

	TRY(res_file_begin(c, rs, name, report_content_type(format), &o));
	TRY(report_write(c, r, format, &o));
	return res_file_end(c, rs, &o);
}

static fail print_page(struct call *c, struct res *rs, const struct report *r)
{
	rs->type = report_content_type(REPORT_HTML);
	TRY(report_write(c, r, REPORT_HTML, &rs->body));
	rs->policy = paper_policy(c->arena, &rs->body);
	return FAIL_OK;
}

static fail show_report(struct call *c, const struct req *rq, struct res *rs, const struct report_kind *kind)
{
	const char *format = req_query(rq, "format");
	int i = format ? word_index(report_formats, format) : -1;
	struct question q;
	struct report r;
	struct page pg;

	TRY(question_of(c, rq, &q));
	if (format && i < 0)
		return problem(c, FAIL_INPUT, "format", "“%s” is not a form of reports; write json, csv, xlsx, html, docx or pdf", format);
	if (i >= REPORT_HTML)
		c->lang = LANG_VI; /* the language of paper */
	TRY(report_make(c, kind, &q, &r));
	if (i == REPORT_HTML)
		return print_page(c, rs, &r);
	if (req_wants_json(rq) || i == REPORT_JSON) {
		rs->type = report_content_type(REPORT_JSON);
		return report_write(c, &r, REPORT_JSON, &rs->body);
	}
	if (i >= 0)
		return send_file(c, rs, &r, (enum report_format)i);
	bool both = kind->make == report_reconcile; /* structures at once */
	struct report_view v = {
		.report = &r, .asked = q, .structured = !both, .title = tr(c->lang, kind->title),
		.action = unit_address(c->arena, q.unit_id, both ? "/reconcile" : arena_printf(c->arena, "/reports/%s", *kind->id ? kind->id : kind->name)),
	};

	res_page(c, rq, rs, &pg, v.title);
	pg.wide = true;
	unit_crumb(c, &pg, &q, r.unit_name);
	page_crumb(&pg, NULL, v.title);
	view_report_page(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail report_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct report_kind *kind;

	TRY(report_find(c, req_param(rq, "report"), &kind));
	return show_report(c, rq, rs, kind);
}

static fail reconcile_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct report_kind *kind;

	TRY(report_find(c, "reconcile", &kind));
	return show_report(c, rq, rs, kind);
}

static fail reports_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct reports_view v = { 0 };
	struct unit u;
	struct page pg;

	TRY(question_of(c, rq, &v.q));
	TRY(org_unit_nearest(c, v.q.unit_id, c->today, &u));
	v.name = u.name;
	v.action = unit_address(c->arena, v.q.unit_id, "/reports");
	v.n = report_all(c->arena, true, &v.kinds);
	if (req_wants_json(rq)) {
		struct json j;

		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < v.n; i++) {
			json_object(&j);
			json_put_str(&j, "id", v.kinds[i].id);
			json_put_str(&j, "name", v.kinds[i].name);
			json_put_str(&j, "title", tr(c->lang, v.kinds[i].title));
			json_put_str(&j, "href", report_address(c->arena, &v, &v.kinds[i], NULL));
			json_object_end(&j);
		}
		json_array_end(&j);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "Reports"));
	unit_crumb(c, &pg, &v.q, u.name);
	page_crumb(&pg, NULL, tr(c->lang, "Reports"));
	view_reports_page(&rs->body, &pg, &v);
	return FAIL_OK;
}

const struct route rollup_routes[] = {
	{ GET, "/units/:unit", MAY_SEE, unit_of_path, unit_show, 0, N_("A unit: where it stands, its targets, what needs a look, the units below"),
	  .query = question_params },
	{ GET, "/units/:unit/rows", MAY_SEE, unit_of_path, rows_show, 0, N_("The rows behind a target's figure"), .query = rows_params },
	{ GET, "/units/:unit/reconcile", MAY_SEE, unit_of_path, reconcile_show, ROUTE_SLOW, N_("The structure of that time against today's"),
	  .query = report_params },
	{ GET, "/units/:unit/reports", MAY_SEE, unit_of_path, reports_show, 0, N_("Which reports there are"), .query = question_params },
	{ GET, "/units/:unit/reports/:report", MAY_SEE, unit_of_path, report_show, ROUTE_SLOW, N_("A report as a page or a file"),
	  .query = report_params },
	{ 0 }
};
