/* agreement_pages.c — an emulation agreement: what was agreed, its parties, and how each signs. */
#include "growth/pages.h"
#include "growth_views.h"

struct agreeing {
	struct agreement a;
	struct unit leader;
	struct parties parties;
	struct units can;      /* units that can be parties */
};

/* Whoever may do that for the unit that leads, or for a party: asked on the first of them where it is so. */
static fail asked_on(struct call *c, const struct req *rq, enum right right, int64_t *unit_id)
{
	struct agreement a;
	struct parties p;
	int64_t id;

	TRY(req_id(c, rq, "agreement", &id));
	TRY(entry_by_id(c, &agreement_entries, id, &a));
	TRY(agreement_parties(c, &a, &p));
	*unit_id = a.e.unit_id;
	for (size_t i = 0; i < p.n && !call_may(c, right, *unit_id); i++)
		if (call_may(c, right, p.v[i].unit_id))
			*unit_id = p.v[i].unit_id;
	return FAIL_OK;
}

static fail unit_that_sees(struct call *c, const struct req *rq, int64_t *unit_id)
{
	return asked_on(c, rq, MAY_SEE, unit_id);
}

static fail unit_that_signs(struct call *c, const struct req *rq, int64_t *unit_id)
{
	return asked_on(c, rq, MAY_RECORD, unit_id);
}

static fail unit_that_leads(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "agreement", &id));
	return entry_unit(c, &agreement_entries, id, unit_id);
}

/* Units below a committee; those beside a cell. */
static fail load(struct call *c, int64_t id, struct agreeing *g)
{
	TRY(entry_by_id(c, &agreement_entries, id, &g->a));
	TRY(org_unit_nearest(c, g->a.e.unit_id, c->today, &g->leader));
	TRY(agreement_parties(c, &g->a, &g->parties));
	TRY(org_children(c, g->leader.id, c->today, &g->can));
	if (!g->can.n && g->leader.parent_id)
		return org_children(c, g->leader.parent_id, c->today, &g->can);
	return FAIL_OK;
}

static bool is_party(const struct agreeing *g, int64_t unit)
{
	for (size_t i = 0; i < g->parties.n; i++)
		if (g->parties.v[i].unit_id == unit)
			return true;
	return false;
}

static void fill_parties(struct call *c, const struct agreeing *g, struct agreement_view *v)
{
	v->v = ARENA_ARRAY(c->arena, g->parties.n + 1, struct party_line);
	v->mine = ARENA_ARRAY(c->arena, g->parties.n + 1, struct choice);
	for (v->n = 0; v->n < g->parties.n; v->n++) {
		const struct party *p = &g->parties.v[v->n];
		bool done = date_is(p->signed_on), may = !done && call_may(c, MAY_RECORD, p->unit_id);

		v->v[v->n] = (struct party_line){ .p = p, .may_sign = may };
		v->v[v->n].state = done ? arena_printf(c->arena, tr(c->lang, "signed on %1$s by %2$s"), show_date(c->arena, c->lang, p->signed_on), p->signed_by)
		                        : tr(c->lang, N_("not signed yet"));
		if (may)
			v->mine[v->mine_n++] = (struct choice){ arena_printf(c->arena, "%lld", (long long)p->unit_id), p->unit_name, NULL };
	}
	v->units = ARENA_ARRAY(c->arena, g->can.n + 1, struct pick);
	for (v->unit_n = 0; v->unit_n < g->can.n; v->unit_n++)
		v->units[v->unit_n] = (struct pick){ arena_printf(c->arena, "%lld", (long long)g->can.v[v->unit_n].id), g->can.v[v->unit_n].name,
			                                 is_party(g, g->can.v[v->unit_n].id) };
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct agreeing *g, struct agreement_view *v)
{
	struct page pg;

	v->a = &g->a;
	v->leader = g->leader.name;
	v->lines = growth_lines(c, g->a.text, &v->line_n);
	v->path = growth_path(c, "/agreements/%lld", (long long)g->a.e.id);
	v->may_lead = call_may(c, MAY_RECORD, g->leader.id);
	fill_parties(c, g, v);
	growth_page_begin(c, rq, rs, &pg, &g->leader, g->a.title);
	view_agreement(&rs->body, &pg, v);
}

static void agreement_json(struct res *rs, const struct agreeing *g)
{
	struct json j;
	char day[DATE_TEXT];

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", g->leader.code);
	record_json(&j, &agreement_record, &g->a);
	json_put_int(&j, "rev", g->a.e.rev);
	json_key(&j, "parties");
	json_array(&j);
	for (size_t i = 0; i < g->parties.n; i++) {
		date_format(g->parties.v[i].signed_on, day);
		json_object(&j);
		json_put_str(&j, "unit", g->parties.v[i].unit_code);
		json_put_str(&j, "name", g->parties.v[i].unit_name);
		json_put_str(&j, "signed_on", *day ? day : NULL);
		json_put_str(&j, "signed_by", g->parties.v[i].signed_by);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail agreement_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct agreement_view v = { 0 };
	struct agreeing g = { 0 };
	struct pairs *shown = ARENA_NEW(c->arena, struct pairs);
	int64_t id;

	TRY(req_id(c, rq, "agreement", &id));
	TRY(load(c, id, &g));
	res_rev(c, rq, rs, g.a.e.rev);
	if (req_wants_json(rq)) {
		agreement_json(rs, &g);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	pairs_add(c->arena, shown, "signed_on", growth_iso(c, c->today));
	v.form.typed = shown;
	write_page(c, rq, rs, &g, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- parties */

static fail parties_post(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t id, *units = ARENA_ARRAY(c->arena, rq->form.n + 1, int64_t);
	const char *one;
	size_t at = 0, n = 0;

	TRY(req_id(c, rq, "agreement", &id));
	while ((one = req_form_next(rq, "party", &at)))
		if (*one && !int_parse(one, &units[n++]))
			return problem(c, FAIL_INPUT, "party", "“%s” is no unit", one);
	TRY(agreement_set_parties(c, id, units, n));
	return growth_page_done(c, rq, rs, growth_path(c, "/agreements/%lld", (long long)id),
	                        arena_printf(c->arena, tr(c->lang, "Parties of the agreement: %s"), show_int(c->arena, c->lang, (int64_t)n)));
}

struct may_sign { int64_t unit_id; bool may; };

static fail find_right(struct call *c, void *arg)
{
	struct may_sign *m = arg;

	m->may = call_may(c, MAY_RECORD, m->unit_id);
	return FAIL_OK;
}

static fail sign(struct call *c, const struct req *rq, int64_t id)
{
	struct may_sign m = { 0 };
	struct date on;

	if (!int_parse(growth_typed(c, rq, "party"), &m.unit_id))
		return problem(c, FAIL_INPUT, "party", "say for which unit you sign");
	TRY(db_read(c, find_right, &m));
	if (!m.may)
		return problem(c, FAIL_DENIED, "party", "you may not sign for this unit");
	TRY(growth_day(c, rq, "signed_on", DATE_NONE, &on));
	return agreement_sign(c, id, m.unit_id, on, growth_typed(c, rq, "signed_by"));
}

struct again { int64_t id; struct agreeing g; };

static fail load_again(struct call *c, void *arg)
{
	struct again *a = arg;

	return load(c, a->id, &a->g);
}

static fail sign_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct agreement_view v = { 0 };
	struct again a = { 0 };

	TRY(req_id(c, rq, "agreement", &a.id));
	fail f = sign(c, rq, a.id);

	if (f == FAIL_OK)
		return growth_page_done(c, rq, rs, growth_path(c, "/agreements/%lld", (long long)a.id), tr(c->lang, N_("Signed.")));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read_begin(c));
	f = load_again(c, &a);
	if (f == FAIL_OK)
		write_page(c, rq, rs, &a.g, &v);
	db_read_end(c);
	return f == FAIL_OK ? res_again(rs, FAIL_INPUT) : f;
}

const struct route agreement_routes[] = {
	{ GET, "/agreements/:agreement", MAY_SEE, unit_that_sees, agreement_show, 0, N_("An emulation agreement: for the unit that leads it and its parties"),
	  .answer = &agreement_record },
	{ POST, "/agreements/:agreement/parties", MAY_RECORD, unit_that_leads, parties_post, 0, N_("Who is a party: party (an id, repeated)") },
	{ POST, "/agreements/:agreement/sign", MAY_RECORD, unit_that_signs, sign_post, 0, N_("A party signs: party, signed_on, signed_by") },
	{ HTTP_NONE },
};
