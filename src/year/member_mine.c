/* member_mine.c — the member's own year: what is recorded about me that the classification looks at, my cases, what I can do. */
#include "access/access.h"
#include "access/account.h"
#include "cell_views.h"
#include "rules/facts_year.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct data {
	int year;
	const struct account *me;
	struct year_gathered facts;
	bool gathered;
	int64_t unit_id;
	struct my_year_view v;
};

/* ---------------------------------------------------------------- facts about me */

static int64_t fact(const struct data *d, enum person_fact f)
{
	return facts_know(&d->facts.facts, f) ? d->facts.facts.v[f] : INT_UNKNOWN;
}

static const char *of(struct call *c, int64_t part, int64_t whole)
{
	if (part == INT_UNKNOWN || whole == INT_UNKNOWN)
		return tr(c->lang, "not recorded");
	return arena_printf(c->arena, tr(c->lang, "%1$s of %2$s"), show_int(c->arena, c->lang, part), show_int(c->arena, c->lang, whole));
}

static void add_fact(struct data *d, const char *label, const char *value)
{
	d->v.facts[d->v.fact_n++] = (struct my_fact){ label, value };
}

static const char *plain(struct call *c, int64_t n)
{
	return n == INT_UNKNOWN ? tr(c->lang, "not recorded") : show_int(c->arena, c->lang, n);
}

static void add_facts(struct call *c, struct data *d)
{
	d->v.facts = ARENA_ARRAY(c->arena, 8, struct my_fact);
	if (!d->gathered)
		return;
	add_fact(d, tr(c->lang, "Meetings attended"), of(c, fact(d, PERSON_present), fact(d, PERSON_expected)));
	add_fact(d, tr(c->lang, "Tasks done on time"), of(c, fact(d, PERSON_tasks_on_time), fact(d, PERSON_tasks_due)));
	add_fact(d, tr(c->lang, "Tasks above what was asked"), plain(c, fact(d, PERSON_tasks_above_requirement)));
	add_fact(d, tr(c->lang, "Undertakings kept"), of(c, fact(d, PERSON_undertakings_done), fact(d, PERSON_undertakings)));
	add_fact(d, tr(c->lang, "Initiatives"), plain(c, fact(d, PERSON_initiatives)));
}

/* ---------------------------------------------------------------- my cases */

static fail add_case(struct call *c, struct data *d, const struct year_case *k)
{
	struct my_year_row *r = &d->v.v[d->v.n++];
	struct year_steps steps;
	struct year_sheet s;

	TRY(year_counting(c, k, &s));
	TRY(year_steps_of(c, k, &steps));
	*r = (struct my_year_row){ .k = k, .title = k->unit_name, .state = case_state_name(c->lang, k->kind, k->state), .href = year_page_path(c, k, ""),
		                       .points = s.revision ? s.points : TENTHS_NONE, .result = s.result, .decided = s.stage == CASE_STAGE_APPRAISED };
	if (steps.next) {
		r->next = steps.next->title;
		r->href = steps.next->href;
	}
	return FAIL_OK;
}

/* One in each cell in which the person holds a role: after a transfer there may be two. */
static fail gather(struct call *c, struct data *d)
{
	size_t n;
	const struct grant *g = access_grants(c, &n);

	d->v.v = ARENA_ARRAY(c->arena, n + 1, struct my_year_row);
	for (size_t i = 0; i < n && d->me && d->me->member_id > 0; i++) {
		struct year_case *k = ARENA_NEW(c->arena, struct year_case);

		if (g[i].role != ROLE_MEMBER && g[i].role != ROLE_SECRETARY)
			continue;
		TRY(case_find(c, CASE_MEMBER, d->year, g[i].unit_id, d->me->member_id, k));
		d->unit_id = d->unit_id ? d->unit_id : g[i].unit_id;
		d->v.unit = d->v.unit ? d->v.unit : g[i].unit_name;
		bool seen = false;

		for (size_t s = 0; s < d->v.n; s++)
			seen |= d->v.v[s].k->id == k->id;
		if (k->id && !seen && year_page_is_mine(c, k))
			TRY(add_case(c, d, k));
	}
	return FAIL_OK;
}

static fail load(struct call *c, const struct req *rq, struct data *d)
{
	*d = (struct data){ .me = access_account(c) };
	TRY(year_page_year(c, rq, &d->year));
	TRY(gather(c, d));
	d->v.is_member = d->me && d->me->member_id > 0;
	d->gathered = d->v.is_member && d->unit_id;
	return d->gathered ? person_gather(c, d->year, d->me->member_realm, d->unit_id, d->me->member_id, &d->facts) : FAIL_OK;
}

/* ---------------------------------------------------------------- answering */

static void mine_json(struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "year", d->year);
	json_key(&j, "facts");
	json_array(&j);
	for (size_t i = 0; i < d->v.fact_n; i++) {
		json_object(&j);
		json_put_str(&j, "fact", d->v.facts[i].label);
		json_put_str(&j, "value", d->v.facts[i].value);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, "cases");
	json_array(&j);
	for (size_t i = 0; i < d->v.n; i++) {
		json_object(&j);
		case_json(&j, d->v.v[i].k);
		json_put_str(&j, "level", d->v.v[i].result ? year_result_word(d->v.v[i].result) : NULL);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail mine_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);
	struct page pg;

	TRY(load(c, rq, d));
	add_facts(c, d);
	rs->no_store = true;
	if (req_wants_json(rq)) {
		mine_json(rs, d);
		return FAIL_OK;
	}
	d->v.year = d->year;
	d->v.prev = arena_printf(c->arena, "/me/year?year=%d", d->year - 1);
	d->v.next = d->year < date_month(c->today) / 12 ? arena_printf(c->arena, "/me/year?year=%d", d->year + 1) : NULL;
	d->v.unit_href = d->unit_id ? year_page_unit_path(c, d->unit_id, "/year", d->year) : NULL;
	res_page(c, rq, rs, &pg, tr(c->lang, "My year"));
	page_crumb(&pg, "/me", tr(c->lang, "My account"));
	page_crumb(&pg, NULL, tr(c->lang, "My year"));
	view_my_year(&rs->body, &pg, &d->v);
	return FAIL_OK;
}

static const struct query_param year_params[] = { { "year", N_("the year; otherwise that of today") }, { NULL } };

const struct route my_year_routes[] = {
	{ GET, "/me/year", MAY_SIGNED_IN, NULL, mine_show, 0, N_("My own year: what is recorded about me, my classification"), NULL, NULL, year_params },
	{ HTTP_NONE },
};
