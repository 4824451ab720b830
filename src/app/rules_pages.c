/* rules_pages.c — the rules as people read them, from the set that this call scores by. */
#include "app/app_pages.h"
#include "app/shown.h"
#include "app_views.h"
#include "http/res.h"
#include "rules/rule_words.h"

static const char *day_words(struct call *c, struct date d, const char *otherwise)
{
	return d.days == DATE_EVER.days || d.days == DATE_OPEN.days ? tr(c->lang, otherwise) : show_date(c->arena, c->lang, d);
}

static bool is_in_force(const struct call *c, const struct rule *r)
{
	return r->valid_from.days <= c->today.days && c->today.days <= r->valid_to.days;
}

static struct rule_row list_row(struct call *c, const struct rule *r)
{
	static const char *const kinds[] = { [RULE_SCHEME] = N_("scoring table"), [RULE_YEAR] = N_("year rule"), [RULE_TARGET] = N_("target"),
		                             [RULE_HOLIDAYS] = N_("holidays"), [RULE_AGENDA] = N_("agenda"), [RULE_LEVELS] = N_("classification") };

	return (struct rule_row){
		.id = r->id, .title = r->title[c->lang], .kind = tr(c->lang, kinds[r->kind]), .from = day_words(c, r->valid_from, N_("since ever")),
		.to = day_words(c, r->valid_to, N_("until further notice")), .scope = *r->scope ? r->scope : tr(c->lang, "everywhere"),
		.source = rule_source_words(c->lang, r->source), .in_force = is_in_force(c, r),
	};
}

static fail rules_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct column columns[] = {
		{ .label = tr(c->lang, "Rule") }, { .label = tr(c->lang, "Name") }, { .label = tr(c->lang, "Kind") }, { .label = tr(c->lang, "Valid from") },
		{ .label = tr(c->lang, "Valid to") }, { .label = tr(c->lang, "Where") }, { .label = tr(c->lang, "Today") }, { .label = tr(c->lang, "Source") },
	};
	struct rules_view v = { .origin = c->rules->origin };
	struct page pg;
	struct json j;

	if (req_wants_json(rq)) {
		res_json(rs, &j);
		rule_list_json(c, &j, DATE_NONE);
		return FAIL_OK;
	}
	v.v = ARENA_ARRAY(c->arena, c->rules->n + 1, struct rule_row);
	for (; v.n < c->rules->n; v.n++)
		v.v[v.n] = list_row(c, &c->rules->v[v.n]);
	v.table = (struct table){ .caption = tr(c->lang, "Rules"), .id = "rules", .columns = columns, .n = sizeof columns / sizeof *columns };
	res_page(c, rq, rs, &pg, tr(c->lang, "Rules"));
	pg.wide = true;
	view_rules(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- one rule ---- */

static struct rule_line_row line_row(struct call *c, const struct scheme *s, uint32_t i)
{
	const struct scheme_line *line = &s->lines[i];
	bool first_of_group = line->group >= 0 && (i == 0 || s->lines[i - 1].group != line->group);
	struct rule_line_row row = { .id = line->id, .title = line->title[c->lang], .max = rule_max_words(c, line), .judged = line->judged };

	if (first_of_group)
		row.group = arena_printf(c->arena, "%s %s", s->groups[line->group].id, s->groups[line->group].title[c->lang]);
	if (line->measure.n)
		row.measure = rule_expr_words(c, &line->measure, NULL);
	if (line->not_applicable.n)
		row.not_applicable = rule_expr_words(c, &line->not_applicable, NULL);
	row.cases = ARENA_ARRAY(c->arena, line->n_cases + 1, struct rule_case_row);
	for (; row.case_n < line->n_cases; row.case_n++)
		row.cases[row.case_n] = (struct rule_case_row){ rule_case_points(c, &line->cases[row.case_n]),
			                                            rule_case_words(c, line, &line->cases[row.case_n]) };
	row.evidence = ARENA_ARRAY(c->arena, line->n_evidence + 1, const char *);
	for (; row.evidence_n < line->n_evidence; row.evidence_n++)
		row.evidence[row.evidence_n] = rule_evidence_words(c, &line->evidence[row.evidence_n]);
	return row;
}

static void fill_scheme(struct call *c, const struct scheme *s, struct rule_view *v)
{
	const char **beside;

	v->note = s->note[c->lang];
	v->fact_n = rule_year_words(c, s, &beside);
	v->facts = beside;
	v->lines = ARENA_ARRAY(c->arena, s->n_lines + 1, struct rule_line_row);
	for (; v->line_n < s->n_lines; v->line_n++)
		v->lines[v->line_n] = line_row(c, s, (uint32_t)v->line_n);
}

struct sentences { const char **v; size_t n; };

static void add_sentence(struct sentences *s, const char *text)
{
	s->v[s->n++] = text;
}

static const char *year_level_words(struct call *c, enum grade g, const struct year_level *l)
{
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, "%s:", grade_title(g, c->lang));
	if (l->worst)
		out_printf(&o, " %s %s;", tr(c->lang, "every meeting at least"), grade_title(l->worst, c->lang));
	if (l->count_grade)
		out_printf(&o, " %s %s: %d / 12;", tr(c->lang, "months of at least"), grade_title(l->count_grade, c->lang), l->count_of_12);
	if (tenths_is(l->mean_from))
		out_printf(&o, " %s ≥ %s;", tr(c->lang, "mean"), show_tenths(c->arena, c->lang, l->mean_from));
	if (l->no_month_missed)
		out_printf(&o, " %s;", tr(c->lang, "no month missed"));
	if (l->thematic_each_quarter)
		out_printf(&o, " %s;", tr(c->lang, "a thematic part each quarter"));
	return out_text(&o);
}

static void fill_sentences(struct call *c, const struct rule *r, struct rule_view *v)
{
	struct sentences s = { ARENA_ARRAY(c->arena, GRADE_COUNT + 1, const char *), 0 };

	if (r->year) {
		v->note = r->year->note[c->lang];
		for (int g = GRADE_GOOD; g > GRADE_POOR; g--)
			add_sentence(&s, year_level_words(c, (enum grade)g, &r->year->levels[g]));
	}
	if (r->target) {
		v->note = r->target->note[c->lang];
		add_sentence(&s, arena_printf(c->arena, "%s / %s: %s", counter_title(r->target->numerator, c->lang),
		                              counter_title(r->target->denominator, c->lang), target_threshold_words(c->arena, r->target, c->lang)));
	}
	if (r->holidays) {
		v->note = r->holidays->note[c->lang];
		s.n = rule_holiday_words(c, r->holidays, &s.v);
	}
	if (r->agenda) {
		v->note = r->agenda->note[c->lang];
		s.n = rule_agenda_words(c, r->agenda, &s.v);
	}
	if (r->levels) {
		v->note = r->levels->note[c->lang];
		s.n = rule_levels_words(c, r->levels, &s.v);
	}
	v->facts = s.v;
	v->fact_n = s.n;
}

static fail rule_of_path(struct call *c, const struct req *rq, const struct rule **out)
{
	const char *id = req_param(rq, "rule"), *day = req_query(rq, "on");
	struct date on = DATE_NONE;

	if (day && !date_parse(day, &on))
		return problem(c, FAIL_INPUT, "on", "“%s” is not a day; write year-month-day, such as 2026-01-05", day);
	*out = rules_by_id(c->rules, id, on);
	return *out ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "", "there is no rule “%s”", id);
}

static fail rule_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct rule_view v = { 0 };
	struct page pg;
	struct json j;

	TRY(rule_of_path(c, rq, &v.rule));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		rule_show_json(c, &j, v.rule);
		return FAIL_OK;
	}
	v.title = v.rule->title[c->lang];
	v.source = rule_source_words(c->lang, v.rule->source);
	v.from = day_words(c, v.rule->valid_from, N_("since ever"));
	v.to = day_words(c, v.rule->valid_to, N_("until further notice"));
	if (v.rule->scheme)
		fill_scheme(c, v.rule->scheme, &v);
	else
		fill_sentences(c, v.rule, &v);
	res_page(c, rq, rs, &pg, v.title);
	page_crumb(&pg, "/rules", tr(c->lang, "Rules"));
	page_crumb(&pg, NULL, v.rule->id);
	view_rule(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param rule_params[] = { { "on", N_("the version valid on that day; otherwise the latest") }, { NULL, NULL } };

const struct route rules_routes[] = {
	{ GET, "/rules", MAY_SIGNED_IN, NULL, rules_show, 0, N_("All rules: scoring tables, year rules, targets") },
	{ GET, "/rules/:rule", MAY_SIGNED_IN, NULL, rule_show, 0, N_("A rule in words and as it was written"), .query = rule_params },
	{ HTTP_NONE },
};
