/* emulation_pages.c — the emulation of a unit in a year on one page: what there is, in numbers, and what to do next; its initiatives as a table. */
#include <string.h>

#include "growth/pages.h"
#include "growth_sql.h"
#include "growth_views.h"

enum { AWARDS_SHOWN = 30 };

void html_emulation_lines(struct out *o, const struct page *pg, const struct line_list *v)
{
	view_emulation_lines(o, pg, v);
}

/* ---------------------------------------------------------------- loading */

struct emulation {
	struct unit u;
	int year;
	bool cell, names, may_record;
	const char *own;
	struct initiative_count counts;
	struct initiatives initiatives;
	struct titles titles;
	struct agreements agreements;
	struct undertakings undertakings;
	struct examples examples;
	struct awards awards;
	bool signed_ours;          /* the unit has signed an agreement of the year */
	struct emulation_row *rows;
	size_t row_n;
};

/* clang-format off */
static const struct field row_fields[] = {
	COL(struct emulation_row, unit_id), COL(struct emulation_row, unit_name), COL(struct emulation_row, initiatives), COL(struct emulation_row, members),
	COL(struct emulation_row, titles), COL(struct emulation_row, titles_reached), COL(struct emulation_row, undertakings),
	COL(struct emulation_row, undertakings_done), COL(struct emulation_row, awards),
	{ .name = "signed", .type = FIELD_INT, .at = offsetof(struct emulation_row, signed_n), .flags = INTERNAL }, FIELD_END,
};
/* clang-format on */
static const struct record row_record = { "emulation", sizeof(struct emulation_row), row_fields };

static fail find_signature(struct call *c, struct emulation *e)
{
	struct parties p;

	for (size_t i = 0; i < e->agreements.n; i++) {
		const struct agreement *a = &e->agreements.v[i];

		e->signed_ours |= a->e.unit_id == e->u.id && date_is(a->signed_on);
		TRY(agreement_parties(c, a, &p));
		for (size_t k = 0; k < p.n; k++)
			e->signed_ours |= p.v[k].unit_id == e->u.id && date_is(p.v[k].signed_on);
	}
	return FAIL_OK;
}

static fail load(struct call *c, const struct req *rq, struct emulation *e)
{
	struct award_query q = { .before_id = INT64_MAX, .limit = AWARDS_SHOWN };

	TRY(growth_page_unit(c, rq, &e->u));
	TRY(growth_page_year(c, rq, &e->year));
	struct date last = date_of(e->year, 12, 31), on = last.days < c->today.days ? last : c->today;

	e->cell = e->u.level == LEVEL_CELL || e->u.level == LEVEL_GRASSROOTS;
	e->names = growth_may_names(c, e->u.id);
	e->may_record = call_may(c, MAY_RECORD, e->u.id);
	q.unit_id = e->u.id;
	q.year = e->year;
	TRY(growth_own_code(c, &e->u, e->year, &e->own));
	TRY(initiative_counts(c, e->u.id, e->year, e->u.level != LEVEL_CELL, &e->counts));
	TRY(entry_list(c, &initiative_entries, e->u.id, e->year, &e->initiatives.v, &e->initiatives.n));
	TRY(entry_list(c, &title_entries, e->u.id, e->year, &e->titles.v, &e->titles.n));
	TRY(entry_list(c, &undertaking_entries, e->u.id, e->year, &e->undertakings.v, &e->undertakings.n));
	TRY(entry_list(c, &example_entries, e->u.id, e->year, &e->examples.v, &e->examples.n));
	TRY(agreements_with(c, e->u.id, e->year, &e->agreements));
	TRY(award_list(c, &q, &e->awards));
	TRY(db_all(c, &Q_emulation_below, ARGS(V(e->u.id), V(e->year), V(on)), &row_record, &e->rows, &e->row_n));
	return find_signature(c, e);
}

/* ---------------------------------------------------------------- lines */

static void add_line(struct call *c, struct line_list *l, size_t most, struct list_line line)
{
	if (!l->v)
		l->v = ARENA_ARRAY(c->arena, most, struct list_line);
	l->v[l->n++] = line;
}

static const char *join(struct call *c, const char *a, const char *b)
{
	return !a || !*a ? b : !b || !*b ? a : arena_join(c->arena, a, " · ", b, NULL);
}

static void initiative_lines(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	for (size_t i = 0; i < e->initiatives.n; i++) {
		const struct initiative *x = &e->initiatives.v[i];

		add_line(c, &v->initiatives, e->initiatives.n,
		         (struct list_line){ e->may_record ? growth_path(c, "/initiatives/%lld", (long long)x->e.id) : NULL, x->title,
			                         join(c, e->names ? x->author_names : "", x->benefit), *x->recognised_by ? x->recognised_by : NULL });
	}
}

static void title_lines(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	for (size_t i = 0; i < e->titles.n; i++) {
		const struct emulation_title *t = &e->titles.v[i];

		if (t->member_id && !e->names)
			continue;
		add_line(c, &v->titles, e->titles.n,
		         (struct list_line){ e->may_record ? growth_path(c, "/titles/%lld", (long long)t->e.id) : NULL, t->title,
			                         t->member_id ? t->member_name : e->u.name, title_result_name(c->lang, t->result) });
	}
}

static fail agreement_lines(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	for (size_t i = 0; i < e->agreements.n; i++) {
		const struct agreement *a = &e->agreements.v[i];
		struct parties p;
		int64_t n = 0;

		TRY(agreement_parties(c, a, &p));
		for (size_t k = 0; k < p.n; k++)
			n += date_is(p.v[k].signed_on);
		const char *state = p.n ? arena_printf(c->arena, tr(c->lang, "%1$s of %2$s have signed"), show_int(c->arena, c->lang, n),
		                                       show_int(c->arena, c->lang, (int64_t)p.n))
		                        : date_is(a->signed_on) ? arena_printf(c->arena, tr(c->lang, "signed on %s"), show_date(c->arena, c->lang, a->signed_on))
		                                                : tr(c->lang, N_("not signed yet"));

		add_line(c, &v->agreements, e->agreements.n,
		         (struct list_line){ growth_path(c, "/agreements/%lld", (long long)a->e.id), a->title,
			                         a->e.unit_id == e->u.id ? NULL : arena_printf(c->arena, tr(c->lang, "led by %s"), a->e.unit_name), state });
	}
	return FAIL_OK;
}

/* Leaders see all of them; a member the own ones, and how many others there are. */
static void undertaking_lines(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	bool all = call_may(c, MAY_SEE_MEMBERS, e->u.id);
	int64_t others = 0;

	for (size_t i = 0; i < e->undertakings.n; i++) {
		const struct undertaking *u = &e->undertakings.v[i];
		bool mine = *e->own && strcmp(e->own, u->member_code) == 0;

		if (!all && !mine) {
			others++;
			continue;
		}
		const char *due = date_is(u->due_on) ? arena_printf(c->arena, tr(c->lang, "until %s"), show_date(c->arena, c->lang, u->due_on)) : "";

		add_line(c, &v->undertakings, e->undertakings.n,
		         (struct list_line){ mine || e->may_record ? growth_path(c, "/undertakings/%lld", (long long)u->e.id) : NULL, u->text,
			                         join(c, join(c, u->member_name, due), u->review), undertaking_result_name(c->lang, u->result) });
	}
	if (others)
		v->undertakings_note = arena_printf(c->arena, tr(c->lang, "%s more by other members; the cell's leadership sees them."), show_int(c->arena, c->lang, others));
}

static void award_lines(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	for (size_t i = 0; i < e->awards.n; i++) {
		const struct award *a = &e->awards.v[i];

		if (a->member_id && !e->names)
			continue;
		add_line(c, &v->awards, e->awards.n,
		         (struct list_line){ growth_path(c, "/awards/%lld", (long long)a->id), a->title, a->member_id ? a->member_name : a->unit_name,
			                         date_is(a->revoked_on) ? tr(c->lang, N_("Revoked")) : award_kind_name(c->lang, a->kind) });
	}
}

static void example_lines(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	for (size_t i = 0; i < e->examples.n; i++) {
		const struct example *x = &e->examples.v[i];

		add_line(c, &v->examples, e->examples.n,
		         (struct list_line){ growth_path(c, "/examples/%lld", (long long)x->e.id), x->title, x->topic, example_state_name(c->lang, x->state) });
	}
}

/* ---------------------------------------------------------------- what to do next */

struct next { struct call *c; const struct emulation *e; struct emulation_view *v; bool found; };

static void step(struct next *n, bool done, const char *tail, const char *title, const char *why)
{
	struct call *c = n->c;
	enum step_state state = done ? STEP_DONE : n->found ? STEP_TODO : STEP_NEXT;
	const char *href = tail && n->e->may_record ? growth_path(c, "%s%s", n->v->path, tail) : NULL;

	n->found |= !done;
	n->v->steps[n->v->step_n++] = (struct step){ href, title, why, state };
}

static const char *of(struct call *c, int64_t n, int64_t all)
{
	return arena_printf(c->arena, tr(c->lang, "%1$s of %2$s"), show_int(c->arena, c->lang, n), show_int(c->arena, c->lang, all));
}

static void fill_steps(struct call *c, const struct emulation *e, struct emulation_view *v)
{
	int64_t wrote = 0, reviewed = 0, reached = 0;
	struct next n = { c, e, v, false };
	const char *last = "";

	for (size_t i = 0; i < e->undertakings.n; i++) { /* in the order of the members */
		wrote += strcmp(last, e->undertakings.v[i].member_code) != 0;
		last = e->undertakings.v[i].member_code;
		reviewed += e->undertakings.v[i].result != UNDERTAKING_OPEN;
	}
	for (size_t i = 0; i < e->titles.n; i++)
		reached += e->titles.v[i].result != TITLE_OPEN;
	v->steps = ARENA_ARRAY(c->arena, 6, struct step);
	step(&n, e->signed_ours, "#agreements-title", tr(c->lang, N_("Sign the emulation agreement")), NULL);
	step(&n, e->titles.n > 0, growth_path(c, "/titles/new?year=%d", e->year), tr(c->lang, N_("Register for titles")),
	     e->titles.n ? show_int(c->arena, c->lang, (int64_t)e->titles.n) : NULL);
	step(&n, e->counts.members > 0 && wrote >= e->counts.members, growth_path(c, "/undertakings/new?year=%d", e->year),
	     tr(c->lang, N_("Every member undertakes something")), of(c, wrote, e->counts.members));
	step(&n, e->counts.members > 0 && e->counts.authors >= e->counts.members, growth_path(c, "/initiatives/new?year=%d", e->year),
	     tr(c->lang, N_("Write down initiatives")), of(c, e->counts.authors, e->counts.members));
	step(&n, e->undertakings.n && reviewed == (int64_t)e->undertakings.n, "#undertakings-title", tr(c->lang, N_("Review what was undertaken")),
	     of(c, reviewed, (int64_t)e->undertakings.n));
	step(&n, e->titles.n && reached == (int64_t)e->titles.n, "#titles-title", tr(c->lang, N_("Say which titles were reached")),
	     of(c, reached, (int64_t)e->titles.n));
}

/* ---------------------------------------------------------------- units below */

static void fill_below(struct call *c, struct emulation *e, struct emulation_view *v)
{
	static const struct column columns[] = { { N_("Unit"), NULL, false },           { N_("Members"), NULL, true },           { N_("Initiatives"), NULL, true },
		                                     { N_("Titles reached"), NULL, true }, { N_("Undertakings done"), NULL, true }, { N_("Agreements signed"), NULL, true },
		                                     { N_("Awards"), NULL, true } };

	v->table = (struct table){ .caption = tr(c->lang, "Units below"), .id = "below", .columns = growth_columns(c, columns, 7), .n = 7, .local = true };
	v->rows = e->rows;
	v->row_n = e->row_n;
	for (size_t i = 0; i < e->row_n; i++) {
		struct emulation_row *r = &e->rows[i];

		r->href = growth_path(c, "/units/%lld/emulation?year=%d", (long long)r->unit_id, e->year);
		v->sum.members += r->members;
		v->sum.initiatives += r->initiatives;
		v->sum.titles += r->titles;
		v->sum.titles_reached += r->titles_reached;
		v->sum.undertakings += r->undertakings;
		v->sum.undertakings_done += r->undertakings_done;
		v->sum.signed_n += r->signed_n;
		v->sum.awards += r->awards;
	}
}

static struct year_link year_link(struct call *c, int64_t unit_id, const char *page, int year)
{
	return (struct year_link){ growth_path(c, "/units/%lld/%s?year=%d", (long long)unit_id, page, year), growth_path(c, "%d", year) };
}

/* ---------------------------------------------------------------- JSON */

static void numbers_json(struct json *j, const struct initiative_count *n)
{
	json_put_int(j, "initiatives", n->initiatives);
	json_put_int(j, "recognised", n->recognised);
	json_put_int(j, "members", n->members);
	json_put_int(j, "members_with_initiative", n->authors);
}

static void lines_json(struct json *j, const char *key, const struct line_list *l)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < l->n; i++) {
		json_object(j);
		json_put_str(j, "href", l->v[i].href);
		json_put_str(j, "title", l->v[i].title);
		json_put_str(j, "about", l->v[i].quiet);
		json_put_str(j, "state", l->v[i].state);
		json_object_end(j);
	}
	json_array_end(j);
}

static void emulation_json(struct res *rs, const struct emulation *e, const struct emulation_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", e->u.code);
	json_put_int(&j, "year", e->year);
	numbers_json(&j, &e->counts);
	lines_json(&j, "agreements", &v->agreements);
	lines_json(&j, "titles", &v->titles);
	lines_json(&j, "undertakings", &v->undertakings);
	lines_json(&j, "initiative_list", &v->initiatives);
	lines_json(&j, "awards", &v->awards);
	lines_json(&j, "examples", &v->examples);
	json_object_end(&j);
}

/* ---------------------------------------------------------------- pages */

static fail emulation_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct emulation_view v = { 0 };
	struct emulation e = { 0 };
	struct page pg;

	TRY(load(c, rq, &e));
	v.title = arena_printf(c->arena, tr(c->lang, "Emulation in %d"), e.year);
	v.unit_name = e.u.name;
	v.path = growth_path(c, "/units/%lld", (long long)e.u.id);
	v.year = e.year;
	v.before = year_link(c, e.u.id, "emulation", e.year - 1);
	v.after = year_link(c, e.u.id, "emulation", e.year + 1);
	v.cell = e.cell;
	v.names = e.names;
	v.may_record = e.may_record;
	v.may_take_part = *e.own;
	v.may_lead = call_may(c, MAY_DECIDE, e.u.id);
	v.may_table = call_may(c, MAY_SEE_MEMBERS, e.u.id);
	v.counts = e.counts;
	initiative_lines(c, &e, &v);
	title_lines(c, &e, &v);
	TRY(agreement_lines(c, &e, &v));
	undertaking_lines(c, &e, &v);
	award_lines(c, &e, &v);
	example_lines(c, &e, &v);
	if (req_wants_json(rq)) {
		emulation_json(rs, &e, &v);
		return FAIL_OK;
	}
	fill_steps(c, &e, &v);
	fill_below(c, &e, &v);
	res_page(c, rq, rs, &pg, v.title);
	page_crumb(&pg, v.path, e.u.name);
	page_crumb(&pg, NULL, v.title);
	pg.wide = e.row_n > 0;
	view_emulation(&rs->body, &pg, &v);
	return FAIL_OK;
}

static void initiatives_json(struct res *rs, const struct initiatives_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "year", v->year);
	numbers_json(&j, &v->counts);
	json_key(&j, "list");
	json_array(&j);
	for (size_t i = 0; i < v->list.n; i++) {
		json_object(&j);
		json_put_id(&j, "id", v->list.v[i].e.id);
		record_json(&j, &initiative_record, &v->list.v[i]);
		json_put_int(&j, "rev", v->list.v[i].e.rev);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail initiatives_show(struct call *c, const struct req *rq, struct res *rs)
{
	static const struct column columns[] = { { N_("Initiative"), NULL, false }, { N_("Authors"), NULL, false }, { N_("What it brings"), NULL, false },
		                                     { N_("Recognised by"), NULL, false }, { N_("Recognised on"), NULL, false } };
	struct initiatives_view v = { 0 };
	struct unit u;
	struct page pg;

	TRY(growth_page_unit(c, rq, &u));
	TRY(growth_page_year(c, rq, &v.year));
	TRY(entry_list(c, &initiative_entries, u.id, v.year, &v.list.v, &v.list.n));
	TRY(initiative_counts(c, u.id, v.year, u.level != LEVEL_CELL, &v.counts));
	if (req_wants_json(rq)) {
		initiatives_json(rs, &v);
		return FAIL_OK;
	}
	v.title = arena_printf(c->arena, tr(c->lang, "Initiatives in %d"), v.year);
	v.unit_name = u.name;
	v.path = growth_path(c, "/units/%lld", (long long)u.id);
	v.before = year_link(c, u.id, "initiatives", v.year - 1);
	v.after = year_link(c, u.id, "initiatives", v.year + 1);
	v.may_record = call_may(c, MAY_RECORD, u.id);
	v.table = (struct table){ .caption = v.title, .id = "initiatives", .columns = growth_columns(c, columns, 5), .n = 5, .local = true };
	growth_page_begin(c, rq, rs, &pg, &u, v.title);
	pg.wide = true;
	view_initiatives(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param year_param[] = { { "year", N_("the year; this year if not given") }, { NULL, NULL } };

const struct route emulation_routes[] = {
	{ GET, "/units/:unit/emulation", MAY_SEE, unit_of_path, emulation_show, 0, N_("Emulation of a unit in a year: agreements, titles, undertakings, initiatives, awards, examples"),
	  .query = year_param },
	{ GET, "/units/:unit/initiatives", MAY_SEE_MEMBERS, unit_of_path, initiatives_show, 0, N_("Initiatives of a unit in a year, and T21"), .answer = &initiative_record,
	  .query = year_param },
	{ HTTP_NONE },
};
