/* assess.c — what a sheet of a year would be today: the table in force, facts, points, what keeps from the standard or from a level. */
#include "year/assess.h"

#include <string.h>

#include "org/scopes.h"
#include "year/assess_keep.h"
#include "year/case_keep.h"

/* ---------------------------------------------------------------- which table */

static bool any_scope(const struct rules *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (*r->v[i].scope)
			return true;
	return false;
}

static fail scopes_of(struct call *c, int64_t year, const struct unit *unit, struct scopes *out)
{
	*out = SCOPES_NONE;
	if (!c->rules)
		return problem(c, FAIL_BROKEN, "", "no rules were loaded");
	return any_scope(c->rules) ? org_scopes(c, unit->id, unit->code, case_day(c, year), out) : FAIL_OK;
}

static enum scheme_use use_of(unsigned kind, const struct unit *unit)
{
	if (kind == CASE_FOUR_GOOD)
		return unit->level == LEVEL_CELL ? USE_FOUR_GOOD_CELL : USE_FOUR_GOOD_BODY;
	return kind == CASE_UNIT ? USE_ANNUAL_UNIT : USE_ANNUAL_MEMBER;
}

static struct date last_day(int64_t year)
{
	return date_of((int)year, 12, 31);
}

fail assess_scheme(struct call *c, unsigned kind, int64_t year, const struct unit *unit, const struct scheme **out)
{
	struct scopes scopes;

	TRY(scopes_of(c, year, unit, &scopes));
	*out = rules_scheme(c->rules, use_of(kind, unit), last_day(year), scopes);
	if (*out)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "scheme", "no table is in force for %s on %s", case_kind_name(c->lang, kind),
	               show_date(c->arena, c->lang, last_day(year)));
}

fail assess_levels(struct call *c, unsigned kind, int64_t year, const struct unit *unit, const struct levels_rule **out)
{
	struct scopes scopes;

	*out = NULL;
	if (kind == CASE_FOUR_GOOD)
		return FAIL_OK;
	TRY(scopes_of(c, year, unit, &scopes));
	*out = rules_levels(c->rules, kind == CASE_UNIT ? LEVELS_OF_UNITS : LEVELS_OF_MEMBERS, (int)year, scopes);
	if (*out)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "scheme", "no levels are in force for “%s” on %s", case_kind_name(c->lang, kind),
	               show_date(c->arena, c->lang, last_day(year)));
}

fail assess_unit(struct call *c, const struct year_case *k, struct unit *out)
{
	return org_unit_nearest(c, k->unit_id, case_day(c, k->year), out);
}

/* ---------------------------------------------------------------- what it comes to */

unsigned assess_result_of_level(enum level level)
{
	static const unsigned results[LEVEL_OF_COUNT] = { [LEVEL_OF_NOT_COMPLETED] = RESULT_NOT_COMPLETED, [LEVEL_OF_COMPLETED] = RESULT_COMPLETED,
		                                              [LEVEL_OF_GOOD] = RESULT_GOOD, [LEVEL_OF_EXCELLENT] = RESULT_EXCELLENT };

	return results[level];
}

static void conclude_standard(struct call *c, const struct scored_sheet *sheet, struct assess_outcome *out)
{
	out->v = ARENA_ARRAY(c->arena, sheet->n_vetoes + 1, struct year_condition);
	for (; out->n < sheet->n_vetoes; out->n++) {
		const struct scored_veto *v = &sheet->vetoes[out->n];

		out->v[out->n] = (struct year_condition){ v->veto->id, v->veto->title[c->lang], v->known, v->applies, v->why };
		out->facts |= v->veto->when.facts;
	}
	if (sheet->complete && sheet->verdict != VERDICT_OPEN)
		out->result = sheet->verdict == VERDICT_MET ? RESULT_MET : RESULT_NOT_MET;
}

static void conclude_level(struct call *c, const struct scored_sheet *sheet, const struct levels_rule *rule, const struct facts *facts,
                           struct assess_outcome *out)
{
	struct level_result r;

	level_of(c->arena, rule, sheet->total, facts, c->lang, &r);
	out->v = ARENA_ARRAY(c->arena, r.n + 1, struct year_condition);
	for (; out->n < r.n; out->n++) {
		const struct level_asked *a = &r.asked[out->n];

		out->v[out->n] = (struct year_condition){ a->condition->id, a->condition->title[c->lang], a->known, a->holds, a->why };
		out->facts |= a->condition->holds.facts;
	}
	out->result = assess_result_of_level(r.level);
}

void assess_conclude(struct call *c, const struct scored_sheet *sheet, const struct levels_rule *rule, const struct facts *facts,
                     struct assess_outcome *out)
{
	*out = (struct assess_outcome){ .result = RESULT_NONE, .facts = scheme_facts(sheet->scheme) };
	if (rule)
		conclude_level(c, sheet, rule, facts, out);
	else
		conclude_standard(c, sheet, out);
}

/* ---------------------------------------------------------------- what it can still come to */

static int32_t most_of_line(const struct scored_line *l, uint64_t open)
{
	struct tenths max = tenths_is(l->max) || !l->line ? l->max : scheme_line_max(l->line);
	bool can_change = l->state != LINE_SCORED || (l->line && l->source == SOURCE_FACT && scheme_line_facts(l->line) & open);

	return can_change && tenths_is(max) ? max.t : tenths_is(l->points) ? l->points.t : 0;
}

static void add_up(struct year_draft *d)
{
	d->secured = d->reachable = (struct tenths){ 0 };
	for (size_t i = 0; i < d->sheet.n; i++) {
		if (tenths_is(d->sheet.lines[i].points))
			d->secured.t += d->sheet.lines[i].points.t;
		d->reachable.t += most_of_line(&d->sheet.lines[i], d->gathered.open);
	}
}

/* ---------------------------------------------------------------- drafts */

static fail draft_from(struct call *c, const struct levels_rule *levels, struct judged judged, struct year_draft *d)
{
	struct assess_outcome outcome;
	fail f = scheme_apply(c->arena, d->scheme, &d->gathered.facts, judged, c->lang, &d->sheet);

	if (f == FAIL_INPUT)
		return problem(c, f, arena_printf(c->arena, "judged.%s", d->sheet.refused_id), "%s", d->sheet.refused);
	TRY(f);
	assess_conclude(c, &d->sheet, levels, &d->gathered.facts, &outcome);
	d->conditions = outcome.v;
	d->condition_n = outcome.n;
	d->result = outcome.result;
	d->looked_at = outcome.facts;
	d->standard = d->scheme->standard;
	add_up(d);
	return FAIL_OK;
}

static fail draft_of(struct call *c, unsigned kind, int64_t year, const struct unit *unit, int64_t member_id, struct judged judged, struct year_draft *d)
{
	const struct levels_rule *levels;

	*d = (struct year_draft){ 0 };
	TRY(assess_scheme(c, kind, year, unit, &d->scheme));
	TRY(assess_levels(c, kind, year, unit, &levels));
	TRY(kind == CASE_MEMBER ? person_gather(c, (int)year, unit->realm, unit->id, member_id, &d->gathered)
	                        : year_gather(c, (int)year, unit, 1, &d->scheme, &d->gathered));
	return draft_from(c, levels, judged, d);
}

fail year_draft(struct call *c, const struct year_case *k, struct judged judged, struct year_draft *out)
{
	struct unit unit;

	TRY(assess_unit(c, k, &unit));
	return draft_of(c, k->kind, k->year, &unit, k->member_id, judged, out);
}

fail year_draft_unit(struct call *c, unsigned kind, int year, const struct unit *unit, struct judged judged, struct year_draft *out)
{
	if (kind == CASE_MEMBER)
		return problem(c, FAIL_INPUT, "kind", "a unit is evaluated here, not a member");
	return draft_of(c, kind, year, unit, 0, judged, out);
}

fail year_draft_many(struct call *c, unsigned kind, int year, const struct unit *units, size_t n, const struct scheme *scheme,
                     const struct judged *judged, struct year_draft *out)
{
	const struct scheme **schemes = ARENA_ARRAY(c->arena, n + 1, const struct scheme *);
	struct year_gathered *gathered = ARENA_ARRAY(c->arena, n + 1, struct year_gathered);
	const struct levels_rule *levels;

	for (size_t i = 0; i < n; i++) {
		schemes[i] = scheme;
		if (!scheme)
			TRY(assess_scheme(c, kind, year, &units[i], &schemes[i]));
	}
	TRY(year_gather(c, year, units, n, schemes, gathered));
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct year_draft){ .scheme = schemes[i], .gathered = gathered[i] };
		TRY(assess_levels(c, kind, year, &units[i], &levels));
		TRY(draft_from(c, levels, judged ? judged[i] : JUDGED_NONE, &out[i]));
	}
	return FAIL_OK;
}
