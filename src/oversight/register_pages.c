/* register_pages.c — all registers of a unit on one page: what is known of the year, what each is for, and where there was nothing. */
#include "base/right.h"
#include "oversight/oversight_pages.h"
#include "oversight/pages.h"
#include "oversight/register_pages.h"
#include "oversight_views.h"

/* What other rooms keep: it is only counted here. */
static const struct { const char *label, *purpose, *none, *nothing; } others[] = {
	{ N_("Initiatives"), N_("Counts for G1.5 (initiatives, emulation)."), "none_initiative", N_("There was no initiative in %s") },
	{ N_("Targets of the programme"), N_("Counts for G1.2 and GO1 (targets reached of those assigned)."), "none_target", N_("No target was set for %s") },
};

struct registers_data {
	struct unit u;
	int year;
	bool body;
	struct ledger_count own[LEDGER_COUNT + 2], below[LEDGER_COUNT + 2];
};

static fail load(struct call *c, const struct req *rq, struct registers_data *d)
{
	TRY(oversight_year(c, rq, &d->year));
	TRY(oversight_unit(c, rq, d->year, &d->u));
	TRY(oversight_is_body(c, &d->u, d->year, &d->body));
	TRY(ledger_counts(c, d->u.id, false, d->year, d->own));
	return d->body ? ledger_counts(c, d->u.id, true, d->year, d->below) : FAIL_OK;
}

static void count_json(struct json *j, const char *key, const struct ledger_count *n)
{
	json_key(j, key);
	json_object(j);
	json_put_int(j, "rows", n->n);
	json_put_int(j, "done", n->done);
	json_put_int(j, "late", n->late);
	json_put_int(j, "declared_nothing", n->declared);
	json_object_end(j);
}

static void registers_json(struct res *rs, const struct registers_data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", d->u.code);
	json_put_int(&j, "year", d->year);
	json_key(&j, "registers");
	json_object(&j);
	for (size_t i = 0; i < LEDGER_COUNT + 2; i++) {
		const char *name = i < LEDGER_COUNT ? ledgers[i].name : i == LEDGER_COUNT ? "initiatives" : "targets";

		json_key(&j, name);
		json_object(&j);
		count_json(&j, "own", &d->own[i]);
		if (d->body)
			count_json(&j, "with_all_below", &d->below[i]);
		json_object_end(&j);
	}
	json_object_end(&j);
	json_object_end(&j);
}

static const char *year_text(struct call *c, int year)
{
	return arena_printf(c->arena, "%d", year);
}

static const char *below_text(struct call *c, const struct ledger *l, const struct ledger_count *n, bool declares)
{
	const char *text = arena_printf(c->arena, tr(c->lang, "With all units below: %s"), oversight_counts(c, l, n));

	if (!declares || !n->declared)
		return text;
	return arena_printf(c->arena, tr(c->lang, "%1$s; %2$s units said that there was nothing"), text, show_int(c->arena, c->lang, n->declared));
}

static struct ledger_card card_of(struct call *c, const struct registers_data *d, size_t i)
{
	const struct ledger *l = i < LEDGER_COUNT ? &ledgers[i] : NULL;
	const struct ledger_count *n = &d->own[i];
	const char *none = l ? (ledger_declares(l, d->body) ? l->none : NULL) : others[i - LEDGER_COUNT].none, *nothing = l ? l->nothing : others[i - LEDGER_COUNT].nothing;
	struct ledger_card k = { .label = tr(c->lang, l ? l->label : others[i - LEDGER_COUNT].label),
		                     .purpose = tr(c->lang, l ? l->purpose : others[i - LEDGER_COUNT].purpose), .known = n->n || n->declared || !none,
		                     .late = n->late > 0, .name = l || !none ? "" : none };
	const char *said = nothing ? arena_printf(c->arena, tr(c->lang, nothing), year_text(c, d->year)) : NULL;

	k.counts = n->n ? oversight_counts(c, l, n) : n->declared ? said : none ? tr(c->lang, "nothing written yet: not known") : oversight_counts(c, NULL, n);
	if (d->body)
		k.counts = arena_printf(c->arena, tr(c->lang, "The committee itself: %s"), k.counts);
	k.below = d->body ? below_text(c, l, &d->below[i], none != NULL) : NULL;
	if (l && call_may(c, l->may_see, d->u.id))
		k.href = oversight_path(c, "/units/%lld/registers/%s?year=%d", (long long)d->u.id, l->name, d->year);
	if (l ? none && call_may(c, l->may_edit, d->u.id) : call_may(c, MAY_RECORD, d->u.id)) {
		k.taking_back = n->declared > 0;
		k.button = k.taking_back ? tr(c->lang, "Take that back") : said;
		if (!(i == LEDGER_ASSIGNMENTS ? d->below[i].n : n->n) && d->year <= date_month(c->today) / 12)
			k.action = l ? oversight_path(c, "/units/%lld/registers/%s/nothing", (long long)d->u.id, l->name)
			             : oversight_path(c, "/units/%lld/registers/nothing", (long long)d->u.id);
	}
	return k;
}

static const char *other_href(struct call *c, const struct registers_data *d, size_t i)
{
	return i == 0 ? oversight_path(c, "/units/%lld/emulation?year=%d", (long long)d->u.id, d->year) : oversight_path(c, "/units/%lld/goals", (long long)d->u.id);
}

static fail registers_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct registers_data d;
	struct registers_view v = { 0 };
	struct page pg;

	TRY(load(c, rq, &d));
	if (req_wants_json(rq)) {
		registers_json(rs, &d);
		return FAIL_OK;
	}
	v.title = arena_printf(c->arena, tr(c->lang, "Registers of the year %d"), d.year);
	v.unit_name = d.u.name;
	v.year = d.year;
	v.years = oversight_years(c, oversight_path(c, "/units/%lld/registers", (long long)d.u.id), d.year);
	v.v = ARENA_ARRAY(c->arena, LEDGER_COUNT + 2, struct ledger_card);
	for (; v.n < LEDGER_COUNT + 2; v.n++) {
		v.v[v.n] = card_of(c, &d, v.n);
		if (v.n >= LEDGER_COUNT)
			v.v[v.n].href = other_href(c, &d, v.n - LEDGER_COUNT);
	}
	res_page(c, rq, rs, &pg, v.title);
	page_crumb(&pg, oversight_path(c, "/units/%lld", (long long)d.u.id), d.u.name);
	page_crumb(&pg, NULL, tr(c->lang, "Registers"));
	view_oversight_registers(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* Of what other rooms keep: name=none_initiative or none_target. */
static fail other_nothing(struct call *c, const struct req *rq, struct res *rs)
{
	const char *name = req_form(rq, "name");
	int word = name ? word_index(year_number_names, name) : -1, year;
	int64_t unit;

	TRY(oversight_year(c, rq, &year));
	TRY(unit_of_path(c, rq, &unit));
	if (word != NUMBER_NONE_INITIATIVE && word != NUMBER_NONE_TARGET)
		return problem(c, FAIL_INPUT, "name", "write none_initiative or none_target; the others are declared in their own registers");
	bool back = req_form(rq, "take_back") != NULL;

	TRY(ledger_declare(c, (unsigned)word, unit, year, !back));
	return oversight_declared(c, rq, rs, oversight_path(c, "/units/%lld/registers?year=%d", (long long)unit, year),
	                          tr(c->lang, others[word - NUMBER_NONE_INITIATIVE].nothing), year, back);
}

fail oversight_declared(struct call *c, const struct req *rq, struct res *rs, const char *to, const char *nothing, int year, bool back)
{
	struct flash said = { .text = back ? tr(c->lang, "Taken back: the register is empty again, and nothing is known.")
		                               : arena_printf(c->arena, tr(c->lang, "Noted: %s"), arena_printf(c->arena, nothing, year_text(c, year))) };

	return res_done(c, rq, rs, to, &said);
}

static const struct query_param year_param[] = { { "year", N_("the year; this year if not given") }, { NULL, NULL } };

const struct route register_list_routes[] = {
	{ GET, "/units/:unit/registers", MAY_SEE, unit_of_path, registers_show, 0, N_("The plain registers a year's facts are counted from"), .query = year_param },
	{ POST, "/units/:unit/registers/nothing", MAY_RECORD, unit_of_path, other_nothing, 0,
	  N_("Says that there was no initiative, or no target, in a year: name, year, take_back") },
	{ HTTP_NONE },
};
