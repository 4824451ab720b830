/* office_levels_pages.c — the levels that a committee decides: each group with its cap and the ranked list, the order of work, changing levels with words. */
#include <string.h>

#include "org/address.h"
#include "rollup/report.h"
#include "year/office_levels.h"
#include "year/office_pages.h"
#include "office_views.h"

enum { ROWS_OPEN = 150 };

/* ---------------------------------------------------------------- groups */

static struct level_line line_of(struct call *c, const struct office_levels *d, const struct cap_entry *e)
{
	const struct year_case *k = &e->kase;
	bool may = k->state == CASE_VOTED || k->state == CASE_REOPENED || k->state == CASE_APPRAISED || k->state == CASE_NOTIFIED;

	return (struct level_line){
		.e = e,
		.href = arena_printf(c->arena, "/cases/%lld/appraise", (long long)k->id),
		.name = year_page_subject(k),
		.under = d->q.kind == CASE_MEMBER ? "" : k->group_name && *k->group_name ? k->group_name : "",
		.state = case_state_name(c->lang, k->kind, k->state),
		.pick = may ? arena_printf(c->arena, "%lld.%lld", (long long)k->id, (long long)k->rev) : NULL,
		.over = e->over ? tr(c->lang, "below the cap") : "",
	};
}

static void add_list(struct call *c, const struct req *rq, const struct office_levels *d, struct office_levels_view *v, struct level_group *g)
{
	static const struct column columns[] = {
		{ N_("Unit"), NULL, false }, { N_("Level decided"), NULL, false }, { N_("Rank"), NULL, true }, { N_("Points"), NULL, true }, { N_("State"), NULL, false },
	};

	g->v = ARENA_ARRAY(c->arena, g->g->entry_n + 1, struct level_line);
	for (size_t i = 0; i < g->g->entry_n; i++) {
		g->v[g->n] = line_of(c, d, &g->g->entries[i]);
		g->v[g->n].ticked = office_was_ticked(rq, g->v[g->n].pick);
		g->n++;
	}
	v->shown += g->n;
	g->table = office_table(c, arena_printf(c->arena, "group-%d", (int)(g - v->v) + 1), tr(c->lang, "Ranked list"), columns, 5);
	if (d->q.kind == CASE_MEMBER)
		((struct column *)g->table.columns)[0].label = tr(c->lang, "Member");
}

/* Shown at once: the group asked for, or all where they fit on a page, else those that have too many. */
static bool opens(const struct req *rq, const struct office_levels *d, const struct cap_group *g)
{
	const char *asked = req_query(rq, "group");
	size_t all = 0;

	for (size_t i = 0; i < d->groups.n; i++)
		all += d->groups.v[i].entry_n;
	if (asked)
		return strcmp(asked, g->name) == 0;
	return g->excess > 0 || d->groups.n == 1 || all <= ROWS_OPEN;
}

static void add_groups(struct call *c, const struct req *rq, const struct office_levels *d, struct office_levels_view *v)
{
	static const struct column columns[] = {
		{ N_("Group"), NULL, false },       { N_("Excellent"), NULL, true }, { N_("Good"), NULL, true }, { N_("Completed"), NULL, true },
		{ N_("Not completed"), NULL, true }, { N_("All"), NULL, true },       { N_("At most"), NULL, true }, { N_("Too many"), NULL, true },
	};

	v->table = office_table(c, "groups", tr(c->lang, "Groups and the cap on Excellent"), columns, 8);
	v->v = ARENA_ARRAY(c->arena, d->groups.n + 1, struct level_group);
	for (size_t i = 0; i < d->groups.n; i++) {
		struct level_group *g = &v->v[v->n++];

		*g = (struct level_group){ .g = &d->groups.v[i], .name = d->groups.v[i].name, .words = office_cap_words(c, d->groups.rule, &d->groups.v[i]),
			                       .href = req_link(c, rq, "group", d->groups.v[i].name) };
		g->open = opens(rq, d, g->g);
		if (g->open)
			add_list(c, rq, d, v, g);
	}
	v->table.excel = req_link(c, rq, "format", "xlsx");
	v->table.csv = req_link(c, rq, "format", "csv");
}

/* ---------------------------------------------------------------- the page */

static fail load(struct call *c, const struct req *rq, struct office_levels *d)
{
	TRY(unit_of_path(c, rq, &d->q.unit_id));
	TRY(year_page_year(c, rq, &d->q.year));
	TRY(office_read_kind(c, rq, CASE_UNIT, &d->q.kind));
	if (d->q.kind == CASE_FOUR_GOOD)
		return problem(c, FAIL_INPUT, "kind", "levels are of unit_class or member_class");
	return office_levels_load(c, d);
}

static const char *path_of(struct call *c, const struct office_levels *d, int year, unsigned kind)
{
	return arena_printf(c->arena, "/units/%lld/levels?year=%d&kind=%s", (long long)d->q.unit_id, year, case_kinds[kind]);
}

static void add_fields(struct call *c, const struct req *rq, struct office_levels_view *v)
{
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);
	static const char *const names[] = { "level", "reason", "group" };

	for (size_t i = 0; i < 3; i++)
		pairs_add(c->arena, values, names[i], year_page_typed(c, rq, names[i]));
	v->form.typed = values;
	for (unsigned i = 0; i < 4; i++)
		v->levels[i] = (struct choice){ case_results[RESULT_EXCELLENT - i], case_result_name(c->lang, RESULT_EXCELLENT - i), NULL };
}

static void build(struct call *c, const struct req *rq, const struct office_levels *d, struct office_levels_view *v)
{
	const struct levels_rule *rule = d->groups.rule;

	v->unit_id = d->q.unit_id;
	v->unit_name = d->unit.name;
	v->kind = d->q.kind;
	v->year = d->q.year;
	v->may = call_may(c, MAY_DECIDE, d->q.unit_id);
	v->action = path_of(c, d, d->q.year, d->q.kind);
	v->queue = office_queue_path(c, d->q.unit_id, d->q.year, d->q.kind, "");
	v->before = path_of(c, d, d->q.year - 1, d->q.kind);
	v->after = path_of(c, d, d->q.year + 1, d->q.kind);
	for (unsigned i = 0; i < 2; i++)
		v->kinds[i] = (struct office_tab){ path_of(c, d, d->q.year, CASE_UNIT + i), case_kind_name(c->lang, CASE_UNIT + i), -1,
			                               d->q.kind == CASE_UNIT + i };
	if (rule && rule->cap_percent)
		v->rule = arena_printf(c->arena, tr(c->lang, "%1$s: at most %2$d %% of a group may be Excellent, counted on %3$s."), rule->id, (int)rule->cap_percent,
		                       tr(c->lang, rule->cap_base == CAP_OF_GOOD              ? N_("those that are Good")
		                                   : rule->cap_base == CAP_OF_GOOD_OR_BETTER ? N_("those that are Good or better")
		                                                                             : N_("all that have a level")));
	office_order(c, d, v);
	if (d->q.year > date_month(c->today) / 12)
		v->to_open = 0; /* not before its time */
	add_groups(c, rq, d, v);
	add_fields(c, rq, v);
}

/* ---------------------------------------------------------------- JSON and files */

static void entry_json(struct json *j, const struct cap_entry *e)
{
	char points[NUM_TEXT];

	tenths_format(e->sheet.points, points);
	json_object(j);
	json_put_id(j, "case", e->kase.id);
	json_put_int(j, "rev", e->kase.rev);
	json_put_str(j, "unit", e->kase.unit_code);
	if (e->kase.member_id > 0)
		json_put_str(j, "member", e->kase.member_code);
	json_put_str(j, "points", e->sheet.revision ? points : NULL);
	json_put_str(j, "level", case_results[e->sheet.result]);
	json_put_str(j, "state", case_states[e->kase.state]);
	json_put_int(j, "rank", e->excellent ? e->rank : 0);
	json_put_bool(j, "over", e->over);
	json_object_end(j);
}

static void group_json(struct json *j, const struct level_group *g)
{
	json_object(j);
	json_put_str(j, "name", g->name);
	json_put_int(j, "count", g->g->n);
	json_put_int(j, "base", g->g->base);
	json_put_int(j, "allowed", g->g->allowed);
	json_put_int(j, "excellent", g->g->excellent);
	json_put_int(j, "excess", g->g->excess);
	json_put_int(j, "base_needed", g->g->base_needed);
	json_put_str(j, "words", g->words);
	json_key(j, "by_level");
	json_object(j);
	for (unsigned i = RESULT_NOT_COMPLETED; i <= RESULT_EXCELLENT; i++)
		json_put_int(j, case_results[i], g->g->by_result[i]);
	json_object_end(j);
	json_key(j, "entries");
	json_array(j);
	for (size_t i = 0; i < g->g->entry_n; i++)
		entry_json(j, &g->g->entries[i]);
	json_array_end(j);
	json_object_end(j);
}

static void order_json(struct json *j, const struct office_levels_view *v)
{
	static const char *const states[] = { [STEP_TODO] = "todo", [STEP_NEXT] = "next", [STEP_DONE] = "done", [STEP_BLOCKED] = "blocked" };

	json_key(j, "order");
	json_array(j);
	for (size_t i = 0; i < v->step_n; i++) {
		json_object(j);
		json_put_str(j, "state", states[v->steps[i].state]);
		json_put_str(j, "title", v->steps[i].title);
		json_put_str(j, "why", v->steps[i].why);
		json_put_str(j, "href", v->steps[i].href);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_json(struct res *rs, const struct office_levels *d, const struct office_levels_view *v)
{
	const struct levels_rule *rule = d->groups.rule;
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", d->unit.code);
	json_put_int(&j, "year", d->q.year);
	json_put_str(&j, "kind", case_kinds[d->q.kind]);
	json_put_str(&j, "rule", rule ? rule->id : NULL);
	json_put_int(&j, "cap_percent", rule ? rule->cap_percent : 0);
	json_put_str(&j, "cap_base", rule ? cap_base_words[rule->cap_base] : NULL);
	json_key(&j, "groups");
	json_array(&j);
	for (size_t i = 0; i < v->n; i++)
		group_json(&j, &v->v[i]);
	json_array_end(&j);
	json_put_int(&j, "to_open", v->to_open);
	order_json(&j, v);
	json_object_end(&j);
}

static const struct report_kind file_kind = { "", "levels", N_("Levels and the cap on Excellent"), NULL, NULL };

static void file_row(struct call *c, const struct level_group *g, const struct cap_entry *e, struct report_table *t)
{
	struct report_value *v = report_row(c, t);

	v[0].s = g->name;
	v[1].a = e->excellent ? e->rank : INT_UNKNOWN;
	v[2].s = e->kase.unit_code;
	v[3].s = e->kase.unit_name;
	v[4].s = e->kase.member_id > 0 ? e->kase.member_code : "";
	v[5].s = e->kase.member_id > 0 ? e->kase.member_name : "";
	v[6].a = e->sheet.revision ? e->sheet.points.t : INT_UNKNOWN;
	v[7].s = case_result_name(c->lang, e->sheet.result);
	v[8].s = e->over ? tr(c->lang, "below the cap") : "";
}

static fail write_file(struct call *c, struct res *rs, const struct office_levels *d, const struct office_levels_view *view, enum report_format format)
{
	static const struct report_column columns[] = {
		{ "group", N_("Group"), VALUE_TEXT }, { "rank", N_("Rank"), VALUE_COUNT }, { "unit_code", N_("Code"), VALUE_TEXT }, { "unit", N_("Unit"), VALUE_TEXT },
		{ "member_code", N_("Member code"), VALUE_TEXT }, { "member", N_("Member"), VALUE_TEXT }, { "points", N_("Points"), VALUE_POINTS },
		{ "level", N_("Level decided"), VALUE_TEXT }, { "cap", N_("The cap on Excellent"), VALUE_TEXT },
	};
	struct report r = { .kind = &file_kind, .question = { d->q.unit_id, { month_of(d->q.year, 1), month_of(d->q.year, 12) }, THEN },
		                .unit_code = d->unit.code, .unit_name = d->unit.name };
	struct report_table *t = report_table(&r, "levels", N_("Levels and the cap on Excellent"), COLUMNS(columns));
	struct out o;

	for (size_t i = 0; i < view->n; i++)
		for (size_t k = 0; k < view->v[i].g->entry_n; k++)
			file_row(c, &view->v[i], &view->v[i].g->entries[k], t);
	TRY(res_file_begin(c, rs, arena_printf(c->arena, "levels-%s-%d.%s", d->unit.code, d->q.year, report_formats[format]), report_content_type(format), &o));
	TRY(report_write(c, &r, format, &o));
	return res_file_end(c, rs, &o);
}

static fail write_levels(struct call *c, const struct req *rq, struct res *rs, const struct office_levels *d, struct office_levels_view *v)
{
	const char *format = req_query(rq, "format");
	int i = format ? word_index(report_formats, format) : -1;
	struct page pg;

	build(c, rq, d, v);
	if (i == REPORT_XLSX || i == REPORT_CSV)
		return write_file(c, rs, d, v, (enum report_format)i);
	if (req_wants_json(rq) || i == REPORT_JSON) {
		write_json(rs, d, v);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, arena_printf(c->arena, "%s %d", tr(c->lang, "Levels"), d->q.year));
	pg.wide = true;
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)d->q.unit_id), d->unit.name);
	page_crumb(&pg, v->queue, tr(c->lang, "Appraisal"));
	page_crumb(&pg, NULL, tr(c->lang, "Levels"));
	view_office_levels(&rs->body, &pg, v);
	return FAIL_OK;
}

static fail levels_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_levels d = { 0 };
	struct office_levels_view v = { 0 };

	form_begin(&v.form, c, NULL, NULL);
	TRY(load(c, rq, &d));
	return write_levels(c, rq, rs, &d, &v);
}

/* ---------------------------------------------------------------- acting */

static const char *done_words(struct call *c, const struct office_leveling *m)
{
	return arena_printf(c->arena, tr(c->lang, m->grouping ? N_("%s cases are in the group now.") : N_("The level of %s was decided anew.")),
	                    show_int(c->arena, c->lang, m->done));
}

struct reading { const struct req *rq; struct office_levels d; };

static fail read_levels(struct call *c, void *arg)
{
	struct reading *r = arg;

	return load(c, r->rq, &r->d);
}

static fail again(struct call *c, const struct req *rq, struct res *rs, struct office_levels_view *v, const struct office_leveling *m, fail f)
{
	struct reading r = { .rq = rq };

	if (req_wants_json(rq) && !m->done)
		return f ? f : problem(c, FAIL_CONFLICT, "case", "%s", v->form.problems[0].text);
	if (req_wants_json(rq)) {
		office_left_json(rs, m->done, &v->form);
		return FAIL_OK;
	}
	(void)form_failed(&v->form);
	if (m->done)
		form_problem(&v->form, "", arena_printf(c->arena, tr(c->lang, "%s The others were left as they are."), done_words(c, m)));
	TRY(db_read(c, read_levels, &r));
	TRY(write_levels(c, rq, rs, &r.d, v));
	return res_again(rs, f ? f : FAIL_CONFLICT);
}

static fail open_post(struct call *c, const struct req *rq, struct res *rs, const struct office_query *q)
{
	struct office_opening o = { .q = *q };

	TRY(db_write(c, office_open_all, &o));
	struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "%s cases opened."), show_int(c->arena, c->lang, o.opened)) };

	if (o.left)
		said.text = arena_printf(c->arena, tr(c->lang, "%1$s cases opened; %2$s cells have not reviewed themselves as a collective yet."),
		                         show_int(c->arena, c->lang, o.opened), show_int(c->arena, c->lang, o.left));
	return res_done(c, rq, rs, rq->target, &said);
}

static fail levels_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_levels_view v = { 0 };
	struct office_leveling m = { .rq = rq, .form = &v.form };
	const char *what = year_page_typed(c, rq, "do");
	fail f = FAIL_OK;

	TRY(unit_of_path(c, rq, &m.q.unit_id));
	TRY(year_page_year(c, rq, &m.q.year));
	TRY(office_read_kind(c, rq, CASE_UNIT, &m.q.kind));
	if (strcmp(what, "open") == 0)
		return open_post(c, rq, rs, &m.q);
	form_begin(&v.form, c, NULL, NULL);
	m.grouping = strcmp(what, "group") == 0;
	if (!m.grouping && strcmp(what, "level") != 0)
		f = problem(c, FAIL_INPUT, "do", "say what is to be done: open, level or group");
	if (f == FAIL_OK)
		f = db_write(c, office_decide_levels, &m);
	if (f == FAIL_OK && !v.form.n) {
		struct flash said = { .text = done_words(c, &m) };

		return res_done(c, rq, rs, rq->target, &said);
	}
	if (f != FAIL_OK && f != FAIL_INPUT)
		return f;
	return again(c, rq, rs, &v, &m, f);
}

static const struct query_param levels_query[] = {
	{ "year", N_("the year; otherwise this one") },
	{ "kind", N_("unit_class (otherwise) or member_class") },
	{ "group", N_("only the list of this group") },
	{ "format", N_("xlsx or csv: all rows as a file") },
	{ NULL, NULL },
};

const struct route office_levels_routes[] = {
	{ GET, "/units/:unit/levels", MAY_SEE_MEMBERS, unit_of_path, levels_show, 0,
	  N_("The levels that a committee decides: groups with the cap on Excellent, ranked lists, the order of work"), NULL, NULL, levels_query },
	{ POST, "/units/:unit/levels", MAY_DECIDE, unit_of_path, levels_post, 0,
	  N_("do=open: opens all that are missing; do=level (level, reason) or do=group (group) for case, many times, as ID.REV"), NULL, NULL, levels_query },
	{ HTTP_NONE },
};
