/* goal_pages.c — targets of a programme: of a cell, of everything below a committee, one of them up and down the tree, its values. */
#include <string.h>

#include "work/pages.h"
#include "work/work_pages.h"
#include "work_views.h"

enum { TREND_POINTS = 12, SHARED_MAX = 200 };

static const struct query_param day_params[] = { { "on", N_("the day whose values count; otherwise today") }, { NULL, NULL } };
static const struct query_param tree_params[] = { { "code", N_("which target") }, { "on", N_("the day whose values count; otherwise today") }, { NULL, NULL } };

static const char *iso(struct call *c, struct date d)
{
	char *text = arena_alloc(c->arena, DATE_TEXT);

	date_format(d, text);
	return text;
}

/* ---------------------------------------------------------------- a card */

/* Of the whole, or where there is none, of the goal. */
static int64_t parts(const struct goal_sum *l)
{
	return l->whole != INT_UNKNOWN && l->whole > 0 ? l->whole : l->goal;
}

static fail fill_trend(struct call *c, const struct goal_sum *l, struct date on, struct card *out)
{
	struct target_point points[TREND_POINTS];
	int64_t *num = ARENA_ARRAY(c->arena, TREND_POINTS, int64_t), *den = ARENA_ARRAY(c->arena, TREND_POINTS, int64_t);

	TRY(target_trend(c, l->unit_id, l->code, on, points, TREND_POINTS));
	for (int i = 0; i < TREND_POINTS; i++) {
		bool known = points[i].value != INT_UNKNOWN;

		num[i] = known ? points[i].value : 0;
		den[i] = !known ? 0 : points[i].whole != INT_UNKNOWN && points[i].whole > 0 ? points[i].whole : points[i].goal;
	}
	out->trend = (struct trend){ num, den, TREND_POINTS };
	return FAIL_OK;
}

static fail card_of(struct call *c, const struct goal_sum *l, struct date on, const char *href, struct card *out)
{
	const char *goal = show_int(c->arena, c->lang, l->goal);

	*out = (struct card){ .id = l->code, .title = l->title, .href = href, .num = l->value, .den = parts(l), .met = l->reached == l->units, .limit_num = l->goal,
		                  .limit_den = parts(l) };
	out->threshold = arena_printf(c->arena, tr(c->lang, "%1$s %2$s by %3$s"), goal, l->measure, show_date(c->arena, c->lang, l->due_on));
	out->note = l->units > 1 ? arena_printf(c->arena, tr(c->lang, "now %1$s, at the beginning %2$s; %3$s of %4$s units have reached it"),
	                                        show_int(c->arena, c->lang, l->value), show_int(c->arena, c->lang, l->baseline),
	                                        show_int(c->arena, c->lang, l->reached), show_int(c->arena, c->lang, l->units))
	                         : arena_printf(c->arena, tr(c->lang, "now %1$s, at the beginning %2$s"), show_int(c->arena, c->lang, l->value),
	                                        show_int(c->arena, c->lang, l->baseline));
	return fill_trend(c, l, on, out);
}

static void line_json(struct json *j, const struct goal_sum *l)
{
	char percent[NUM_TEXT], due[DATE_TEXT];

	percent_format(l->value, parts(l) > 0 ? parts(l) : 0, percent);
	date_format(l->due_on, due);
	json_object(j);
	json_put_str(j, "unit", l->unit_code);
	json_put_str(j, "name", l->unit_name);
	json_put_str(j, "code", l->code);
	json_put_str(j, "title", l->title);
	json_put_int(j, "units", l->units);
	json_put_int(j, "reached", l->reached);
	json_put_int(j, "baseline", l->baseline);
	json_put_int(j, "goal", l->goal);
	json_put_int(j, "numerator", l->value);
	if (l->whole != INT_UNKNOWN)
		json_put_int(j, "denominator", l->whole);
	json_put_str(j, "percent", *percent ? percent : NULL);
	json_put_str(j, "due_on", due);
	json_object_end(j);
}

/* ---------------------------------------------------------------- all of a unit */

static fail goals_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct goals_view v = { 0 };
	struct goal_sums lines;
	struct unit u;
	struct page pg;
	struct json j;

	TRY(page_unit(c, rq, &u));
	TRY(page_day(c, rq, &v.day));
	TRY(target_sums(c, u.id, v.day, &lines));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < lines.n; i++)
			line_json(&j, &lines.v[i]);
		json_array_end(&j);
		return FAIL_OK;
	}
	v.cards = ARENA_ARRAY(c->arena, lines.n + 1, struct card);
	for (v.n = 0; v.n < lines.n; v.n++) {
		const struct goal_sum *l = &lines.v[v.n];
		const char *href = l->own && l->units == 1 ? page_path(c, "/goals/%lld", (long long)l->target_id)
		                                           : page_path(c, "/units/%lld/goals/tree?code=%s&on=%s", (long long)u.id, l->code, iso(c, v.day));

		TRY(card_of(c, l, v.day, href, &v.cards[v.n]));
	}
	v.unit_id = u.id;
	v.unit_name = u.name;
	v.day_iso = iso(c, v.day);
	v.may_add = call_may(c, MAY_RECORD, u.id);
	res_page(c, rq, rs, &pg, tr(c->lang, "Targets of the programme"));
	pg.wide = true;
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)u.id), u.name);
	page_crumb(&pg, NULL, tr(c->lang, "Targets of the programme"));
	view_goal_list(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- one target down the tree */

static void fill_tree(struct call *c, const struct goal_sums *lines, struct goal_tree_view *v)
{
	static const struct column columns[] = {
		{ N_("Unit"), NULL, false }, { N_("At the beginning"), NULL, true }, { N_("Now"), NULL, true }, { N_("Goal"), NULL, true },
		{ N_("Of how many"), NULL, true }, { N_("Share"), NULL, true }, { N_("Reached"), NULL, true }, { N_("As of"), NULL, false },
	};

	v->v = ARENA_ARRAY(c->arena, lines->n + 1, struct goal_line);
	for (v->n = 0; v->n < lines->n; v->n++) {
		const struct goal_sum *l = &lines->v[v->n];

		v->v[v->n] = (struct goal_line){ l, l->own ? page_path(c, "/goals/%lld", (long long)l->target_id)
		                                           : page_path(c, "/units/%lld/goals/tree?code=%s&on=%s", (long long)l->unit_id, l->code, v->day_iso) };
	}
	v->table = (struct table){ .caption = v->title, .id = "goals", .columns = page_columns(c, columns, 8), .n = 8, .local = true };
}

static fail tree_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct goal_tree_view v = { 0 };
	struct goal_sums lines;
	struct unit u;
	struct page pg;
	struct json j;

	TRY(page_unit(c, rq, &u));
	TRY(page_day(c, rq, &v.day));
	v.code = req_query(rq, "code");
	if (!v.code || !*v.code)
		return problem(c, FAIL_INPUT, "code", "say which target, for instance ?code=NVS");
	TRY(target_answers(c, u.id, v.code, v.day, &lines, &v.sum));
	if (!lines.n)
		return problem(c, FAIL_NOT_FOUND, "code", "nobody here carries a target with the code “%s” on that day", v.code);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < lines.n; i++)
			line_json(&j, &lines.v[i]);
		json_array_end(&j);
		return FAIL_OK;
	}
	v.title = v.sum.title;
	v.unit_name = u.name;
	v.day_iso = iso(c, v.day);
	v.action = page_path(c, "/units/%lld/goals/tree", (long long)u.id);
	TRY(card_of(c, &v.sum, v.day, NULL, &v.card));
	fill_tree(c, &lines, &v);
	res_page(c, rq, rs, &pg, v.title);
	pg.wide = true;
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)u.id), u.name);
	page_crumb(&pg, page_path(c, "/units/%lld/goals", (long long)u.id), tr(c->lang, "Targets of the programme"));
	page_crumb(&pg, NULL, v.code);
	view_goal_tree(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- one target of one unit */

struct goal_data {
	int64_t id;
	struct programme_target t;
	struct target_values values;
	struct card card;
	bool may_record;
};

static struct goal_sum line_of(const struct programme_target *t)
{
	return (struct goal_sum){ .unit_id = t->unit_id, .code = t->code, .title = t->title, .measure = t->measure, .own = true, .target_id = t->id,
		                         .units = 1, .reached = target_is_reached(t->baseline, t->goal, t->value), .value = t->value, .whole = t->whole,
		                         .baseline = t->baseline, .goal = t->goal, .due_on = t->due_on, .value_on = t->value_on };
}

static fail load_goal(struct call *c, void *arg)
{
	struct goal_data *g = arg;

	TRY(programme_target(c, g->id, c->today, &g->t));
	TRY(target_values_of(c, &g->t, &g->values));
	for (size_t i = 0; i < g->values.n / 2; i++) {
		struct target_value x = g->values.v[i];

		g->values.v[i] = g->values.v[g->values.n - 1 - i];
		g->values.v[g->values.n - 1 - i] = x;
	}
	struct goal_sum l = line_of(&g->t);

	g->may_record = call_may(c, MAY_RECORD, g->t.unit_id);
	return card_of(c, &l, c->today, NULL, &g->card);
}

static void begin_goal_page(struct call *c, const struct req *rq, struct res *rs, const struct programme_target *t, struct page *pg)
{
	res_page(c, rq, rs, pg, t->title);
	page_crumb(pg, page_path(c, "/units/%lld", (long long)t->unit_id), t->unit_name);
	page_crumb(pg, page_path(c, "/units/%lld/goals", (long long)t->unit_id), tr(c->lang, "Targets of the programme"));
}

static void write_goal(struct call *c, const struct req *rq, struct res *rs, struct goal_data *g, struct goal_page_view *v)
{
	struct page pg;

	v->t = &g->t;
	v->card = g->card;
	v->values = g->values;
	v->day = c->today;
	v->may_record = g->may_record;
	begin_goal_page(c, rq, rs, &g->t, &pg);
	page_crumb(&pg, NULL, g->t.code);
	view_goal_page(&rs->body, &pg, v);
}

static void goal_json(struct res *rs, const struct goal_data *g)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	record_json(&j, &programme_target_record, &g->t);
	json_put_int(&j, "value", g->t.value);
	json_put_int(&j, "rev", g->t.rev);
	json_key(&j, "values");
	json_array(&j);
	for (size_t i = 0; i < g->values.n; i++) {
		json_object(&j);
		record_json(&j, &target_value_record, &g->values.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

/* Today's day stands in the form already. */
static struct target_value value_of_today(const struct call *c, int64_t id)
{
	struct target_value v;

	record_clear(&target_value_record, &v);
	v.target_id = id;
	v.on_date = c->today;
	v.unit_code = v.code = "-"; /* given by the address */
	return v;
}

static fail goal_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct goal_data g = { 0 };
	struct goal_page_view v = { 0 };
	struct target_value today;

	TRY(req_id(c, rq, "goal", &g.id));
	TRY(load_goal(c, &g));
	res_rev(c, rq, rs, g.t.rev);
	if (req_wants_json(rq)) {
		goal_json(rs, &g);
		return FAIL_OK;
	}
	today = value_of_today(c, g.id);
	form_begin(&v.form, c, &target_value_record, &today);
	write_goal(c, rq, rs, &g, &v);
	return FAIL_OK;
}

static fail value_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct goal_data g = { 0 };
	struct goal_page_view v = { 0 };
	struct programme_target now;

	TRY(req_id(c, rq, "goal", &g.id));
	struct target_value x = value_of_today(c, g.id);
	fail f = req_record(c, rq, &target_value_record, &x, &v.form);

	if (f == FAIL_OK)
		f = target_value_put(c, &x, &now);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "Kept: %1$s on %2$s."), show_int(c->arena, c->lang, x.value),
			                                       show_date(c->arena, c->lang, x.on_date)), .receipt = now.code };

		return res_done(c, rq, rs, page_path(c, "/goals/%lld", (long long)g.id), &said);
	}
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	TRY(db_read(c, load_goal, &g));
	write_goal(c, rq, rs, &g, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- changing it */

static void write_edit(struct call *c, const struct req *rq, struct res *rs, struct goal_data *g, struct goal_edit_view *v)
{
	struct page pg;

	v->t = &g->t;
	v->rev = g->t.rev;
	begin_goal_page(c, rq, rs, &g->t, &pg);
	page_crumb(&pg, page_path(c, "/goals/%lld", (long long)g->id), g->t.code);
	page_crumb(&pg, NULL, tr(c->lang, "Change the target"));
	view_goal_edit(&rs->body, &pg, v);
}

static fail edit_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct goal_data g = { 0 };
	struct goal_edit_view v = { 0 };

	TRY(req_id(c, rq, "goal", &g.id));
	TRY(load_goal(c, &g));
	form_begin(&v.form, c, &programme_target_record, &g.t);
	write_edit(c, rq, rs, &g, &v);
	return FAIL_OK;
}

static fail edit_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct goal_data g = { 0 };
	struct goal_edit_view v = { 0 };
	struct programme_target t, stored;

	TRY(req_id(c, rq, "goal", &g.id));
	TRY(db_read(c, load_goal, &g));
	t = g.t;
	TRY(req_rev(c, rq, &t.rev));
	fail f = req_record(c, rq, &programme_target_record, &t, &v.form);

	if (f == FAIL_OK)
		f = programme_target_change(c, &t, &stored);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "Target saved: %s"), t.title), .receipt = t.code };

		res_rev(c, rq, rs, t.rev);
		return res_done(c, rq, rs, page_path(c, "/goals/%lld", (long long)g.id), &said);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	v.stored = f == FAIL_CONFLICT ? &stored : NULL;
	write_edit(c, rq, rs, &g, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- a new one: for the unit itself, or for the cells below */

struct new_data {
	int64_t unit_id;
	struct unit u;
	struct units cells;
};

static fail load_new(struct call *c, void *arg)
{
	struct new_data *d = arg;

	TRY(org_unit_nearest(c, d->unit_id, c->today, &d->u));
	if (d->u.level != LEVEL_CELL)
		TRY(work_cells(c, d->u.id, TYPE_NONE, &d->cells));
	if (d->cells.n)
		return FAIL_OK;
	d->cells = (struct units){ &d->u, 1 };
	return FAIL_OK;
}

static const char *typed(struct call *c, const struct req *rq, const char *what, int64_t unit)
{
	const char *text = req_form(rq, arena_printf(c->arena, "%s.%lld", what, (long long)unit));

	return text ? text : "";
}

static void write_new(struct call *c, const struct req *rq, struct res *rs, struct new_data *d, struct goal_new_view *v)
{
	struct page pg;

	v->unit_id = d->u.id;
	v->unit_name = d->u.name;
	v->one = d->cells.v == &d->u;
	v->too_many = d->cells.n > SHARED_MAX;
	v->v = ARENA_ARRAY(c->arena, d->cells.n + 1, struct goal_share);
	for (size_t i = 0; i < d->cells.n && !v->too_many; i++) {
		const struct unit *u = &d->cells.v[i];
		struct goal_share s = { .unit_id = u->id, .name = u->name, .whole = typed(c, rq, "whole", u->id), .baseline = typed(c, rq, "baseline", u->id),
			                    .goal = typed(c, rq, "goal", u->id) };

		s.problem = form_problem_at(&v->form, arena_printf(c->arena, "goal.%lld", (long long)u->id));
		v->v[v->n++] = s;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "New target"));
	pg.wide = !v->one;
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)d->u.id), d->u.name);
	page_crumb(&pg, page_path(c, "/units/%lld/goals", (long long)d->u.id), tr(c->lang, "Targets of the programme"));
	page_crumb(&pg, NULL, tr(c->lang, "New target"));
	view_goal_new(&rs->body, &pg, v);
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct new_data d = { 0 };
	struct goal_new_view v = { 0 };

	TRY(unit_of_path(c, rq, &d.unit_id));
	TRY(load_new(c, &d));
	form_begin(&v.form, c, &programme_target_record, NULL);
	write_new(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* One unit's three numbers; an empty goal: the unit does not carry it. */
static void read_share(struct call *c, const struct req *rq, const struct unit *u, const struct programme_target *like, struct form *form,
                       struct programme_target *rows, size_t *n)
{
	const char *whole = typed(c, rq, "whole", u->id), *baseline = typed(c, rq, "baseline", u->id), *goal = typed(c, rq, "goal", u->id);
	const char *field = arena_printf(c->arena, "goal.%lld", (long long)u->id);
	struct programme_target t = *like;

	if (!*goal && !*whole && !*baseline)
		return;
	t.unit_id = u->id;
	t.unit_code = u->code;
	t.whole = INT_UNKNOWN;
	if (!int_parse(goal, &t.goal) || !int_parse(*baseline ? baseline : "0", &t.baseline) || (*whole && !int_parse(whole, &t.whole))) {
		form_problem(form, field, arena_printf(c->arena, tr(c->lang, "%s: write whole numbers; the goal is needed"), u->name));
		return;
	}
	if (programme_target_check(c, &t) != FAIL_OK && strcmp(c->problem.field, "goal") != 0 && strcmp(c->problem.field, "whole") != 0)
		return; /* not about the numbers: said at its own field */
	if (c->problem.code != FAIL_OK) {
		form_problem(form, field, arena_printf(c->arena, "%s: %s", u->name, c->problem.text));
		problem_clear(c);
		return;
	}
	rows[(*n)++] = t;
}

static fail read_new(struct call *c, const struct req *rq, const struct new_data *d, struct form *form, struct programme_target *rows, size_t *n)
{
	struct programme_target *like = ARENA_NEW(c->arena, struct programme_target); /* the form shows it again */

	record_clear(&programme_target_record, like);
	like->unit_code = "-"; /* given by the path */
	like->baseline = 0;
	like->goal = 1;
	TRY(req_record(c, rq, &programme_target_record, like, form));
	TRY(programme_target_check(c, like));
	for (size_t i = 0; i < d->cells.n; i++)
		read_share(c, rq, &d->cells.v[i], like, form, rows, n);
	if (!*n && !form->n)
		return problem(c, FAIL_INPUT, "goal", "write the goal of at least one unit");
	return form->n ? FAIL_INPUT : FAIL_OK;
}

static fail new_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct new_data d = { 0 };
	struct goal_new_view v = { 0 };
	size_t n = 0;
	int64_t added = 0;

	TRY(unit_of_path(c, rq, &d.unit_id));
	TRY(db_read(c, load_new, &d));
	struct programme_target *rows = ARENA_ARRAY(c->arena, d.cells.n + 1, struct programme_target);
	fail f = read_new(c, rq, &d, &v.form, rows, &n);

	if (f == FAIL_OK)
		f = programme_target_share(c, rows, n, &added);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "%1$s units carry the target now: %2$s"), show_int(c->arena, c->lang, added),
			                                       rows[0].title), .receipt = rows[0].code };

		return res_done(c, rq, rs, page_path(c, "/units/%lld/goals", (long long)d.u.id), &said);
	}
	if (f != FAIL_INPUT)
		return f;
	(void)form_failed(&v.form);
	if (req_wants_json(rq))
		return problem(c, f, v.form.problems[0].field, "%s", v.form.problems[0].text);
	write_new(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

const struct route goal_routes[] = {
	{ GET, "/units/:unit/goals", MAY_SEE, unit_of_path, goals_show, ROUTE_SLOW, N_("Targets of the programme that a unit and those below it carry"), .query = day_params },
	{ GET, "/units/:unit/goals/tree", MAY_SEE, unit_of_path, tree_show, ROUTE_SLOW, N_("One target summed up the tree, unit by unit"), .query = tree_params },
	{ GET, "/units/:unit/goals/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form for a new target") },
	{ POST, "/units/:unit/goals/new", MAY_RECORD, unit_of_path, new_post, 0,
	  N_("A new target: code, title, measure, starts_on, due_on, and for each unit whole.ID, baseline.ID, goal.ID"), &programme_target_record, NULL, NULL },
	{ GET, "/goals/:goal", MAY_SEE, page_of_goal, goal_show, 0, N_("A target of a unit with its values"), NULL, &programme_target_record, NULL },
	{ POST, "/goals/:goal", MAY_RECORD, page_of_goal, edit_post, 0, N_("Changes a target"), &programme_target_record, NULL, NULL },
	{ GET, "/goals/:goal/edit", MAY_RECORD, page_of_goal, edit_show, 0, N_("The form that changes a target") },
	{ POST, "/goals/:goal/values", MAY_RECORD, page_of_goal, value_post, 0, N_("The value of a day: on_date, value, remark, evidence_no"),
	  &target_value_record, NULL, NULL },
	{ HTTP_NONE },
};
