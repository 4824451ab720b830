/* cell_year.c — the year of a unit on one page: where it stands, what is still missing for the standard and what it would take, the criteria with their
 * reasons, the steps, the months. */
#include <stdlib.h>
#include <string.h>

#include "cell_views.h"
#include "org/address.h"
#include "rollup/shown.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct data {
	int64_t unit_id;
	int year;
	struct unit unit;
	struct year_case four, level, before;
	struct year_draft draft;
	bool drafted;
	struct cell_year_view v;
};

/* The day the unit is looked at: the last of the year, today while it runs. */
static struct date day_of(const struct call *c, int year)
{
	struct date last = date_of(year, 12, 31);

	return last.days < c->today.days ? last : c->today;
}

/* ---------------------------------------------------------------- gathering */

/* Points given by people so far: of the latest sheet of the cell's own. */
static fail judged_so_far(struct call *c, const struct year_case *k, struct judged *out)
{
	static const enum case_stage stages[] = { CASE_STAGE_VOTED, CASE_STAGE_SELF, CASE_STAGE_HALF_YEAR };
	struct year_view kept;

	*out = JUDGED_NONE;
	for (size_t i = 0; k->id && i < 3; i++) {
		struct year_sheet s;

		TRY(year_latest(c, k, stages[i], &s));
		if (!s.revision)
			continue;
		TRY(year_view(c, k, stages[i], NULL, &kept));
		*out = kept.judged;
		return FAIL_OK;
	}
	return FAIL_OK;
}

/* No table for such a unit, or none in force: the page says so and shows the rest. */
static fail draft(struct call *c, struct data *d)
{
	struct judged judged;

	TRY(judged_so_far(c, &d->four, &judged));
	fail f = d->four.id ? year_draft(c, &d->four, judged, &d->draft)
	                    : year_draft_unit(c, CASE_FOUR_GOOD, d->year, &d->unit, judged, &d->draft);

	d->drafted = f == FAIL_OK;
	if (f != FAIL_NOT_FOUND && f != FAIL_INPUT)
		return f;
	d->v.no_table = c->problem.text;
	problem_clear(c);
	return FAIL_OK;
}

static fail load(struct call *c, const struct req *rq, struct data *d)
{
	TRY(unit_of_path(c, rq, &d->unit_id));
	TRY(year_page_year(c, rq, &d->year));
	TRY(org_unit_nearest(c, d->unit_id, day_of(c, d->year), &d->unit));
	TRY(case_find(c, CASE_FOUR_GOOD, d->year, d->unit_id, 0, &d->four));
	TRY(case_find(c, CASE_FOUR_GOOD, d->year - 1, d->unit_id, 0, &d->before));
	TRY(case_find(c, CASE_UNIT, d->year, d->unit_id, 0, &d->level));
	return draft(c, d);
}

/* ---------------------------------------------------------------- where it stands */

static const char *points(struct call *c, int32_t t)
{
	return show_tenths(c->arena, c->lang, (struct tenths){ t });
}

static size_t vetoes(const struct year_draft *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->condition_n; i++)
		n += d->conditions[i].known && d->conditions[i].holds;
	return n;
}

static const char *stands(struct call *c, const struct year_draft *d)
{
	int32_t has = d->secured.t, may = d->reachable.t, limit = d->standard.t;

	if (vetoes(d))
		return tr(c->lang, "The standard cannot be met this year, whatever the points:");
	if (has >= limit)
		return arena_printf(c->arena, tr(c->lang, "The %s points of the standard are there."), points(c, limit));
	if (may < limit)
		return arena_printf(c->arena, tr(c->lang, "At most %1$s points can still be reached; the standard is %2$s."), points(c, may), points(c, limit));
	return arena_printf(c->arena, tr(c->lang, "%1$s points are missing for the standard of %2$s; up to %3$s can still be reached."),
	                    points(c, limit - has), points(c, limit), points(c, may));
}

static int by_points(const void *a, const void *b)
{
	const struct year_win *x = a, *y = b;

	return (y->points.t > x->points.t) - (y->points.t < x->points.t);
}

static struct year_win win_of(const struct year_line *l, const char *text)
{
	int32_t max = tenths_is(l->max) ? l->max.t : 0;

	return (struct year_win){ l->id, l->title, text, l->fix, { max - (tenths_is(l->points) ? l->points.t : 0) } };
}

/* What can still bring points, what is gone, what is only not recorded. */
static void sort_lines(struct call *c, struct cell_year_view *v)
{
	const size_t n = v->lines.n + 1;

	v->wins = ARENA_ARRAY(c->arena, n, struct year_win);
	v->gone = ARENA_ARRAY(c->arena, n, struct year_win);
	v->missing = ARENA_ARRAY(c->arena, n, struct year_win);
	for (size_t i = 0; i < v->lines.n; i++) {
		const struct year_line *l = &v->lines.v[i];

		if (l->missing)
			v->missing[v->missing_n++] = win_of(l, l->why);
		else if (l->can_win)
			v->wins[v->win_n++] = win_of(l, l->waits || !*l->to_full ? l->why : l->to_full);
		else if (l->gone)
			v->gone[v->gone_n++] = win_of(l, l->why);
	}
	qsort(v->wins, v->win_n, sizeof *v->wins, by_points);
	qsort(v->gone, v->gone_n, sizeof *v->gone, by_points);
	qsort(v->missing, v->missing_n, sizeof *v->missing, by_points);
}

/* Once the committee has the word, nothing can be won any more. */
static bool decided(const struct year_case *k)
{
	return k->id && (k->state == CASE_APPRAISED || k->state == CASE_RECOGNISED || k->state == CASE_NOT_RECOGNISED || k->state == CASE_NOTIFIED ||
	                 k->state == CASE_WITHDRAWN || k->state == CASE_TRANSFERRED_OUT);
}

/* A year that has not begun has nothing to count. */
static bool begun(const struct call *c, const struct data *d)
{
	return d->year <= date_month(c->today) / 12;
}

static void add_groups(struct call *c, struct cell_year_view *v)
{
	v->groups = ARENA_ARRAY(c->arena, v->lines.n + 1, struct year_line);
	for (size_t i = 0; i < v->lines.n; i++) {
		v->full_n += v->lines.v[i].full;
		if (v->lines.v[i].group)
			v->groups[v->group_n++] = v->lines.v[i];
	}
}

static void add_criteria(struct call *c, struct data *d)
{
	struct cell_year_view *v = &d->v;

	if (!d->drafted || !begun(c, d) || !v->evaluated)
		return;
	v->draft = &d->draft;
	v->table = d->draft.scheme->title[c->lang];
	v->proposed = strcmp(d->draft.scheme->source, "P") == 0;
	v->bar = (struct year_bar){ d->draft.secured, d->draft.reachable, d->draft.standard };
	v->stands = stands(c, &d->draft);
	year_lines_of(c, d->unit_id, d->year, &d->draft.sheet, &d->draft.gathered, NULL, &v->lines);
	for (size_t i = 0; i < v->lines.n && !v->may_record; i++)
		v->lines.v[i].fix = NULL;
	if (!decided(&d->four))
		sort_lines(c, v);
	add_groups(c, v);
}

/* ---------------------------------------------------------------- months, steps, level */

/* The month that runs is not missed yet. */
static struct year_month_mark mark_of(struct call *c, int64_t unit_id, const struct month_view *m)
{
	bool none = m->due && !m->regular && !m->future, over = m->month < date_month(c->today);

	return (struct year_month_mark){
		.month = m->month, .class = m->class, .missed = none && over,
		.words = none ? tr(c->lang, over ? N_("no meeting") : N_("not met yet")) : m->regular && !m->class ? tr(c->lang, "not scored") : NULL,
		.href = m->regular || m->thematic ? month_address(c->arena, unit_id, m->month) : NULL,
	};
}

static fail add_months(struct call *c, struct data *d)
{
	struct question q = { .unit_id = d->unit_id, .period = { month_of(d->year, 1), month_of(d->year, 12) }, .structure = THEN };
	struct unit_view months;

	TRY(unit_view_fill(c, &q, &months));
	d->v.cell = months.cell;
	if (!months.cell || !begun(c, d))
		return FAIL_OK;
	d->v.months = ARENA_ARRAY(c->arena, 12, struct year_month_mark);
	for (size_t i = 0; i < months.year.n; i++)
		d->v.months[d->v.month_n++] = mark_of(c, d->unit_id, &months.year.v[i]);
	d->v.year_class = months.year_class;
	d->v.year_why = months.year_why;
	return FAIL_OK;
}

static fail add_level(struct call *c, struct data *d)
{
	if (!d->level.id)
		return FAIL_OK;
	d->v.level = &d->level;
	d->v.level_state = case_state_name(c->lang, CASE_UNIT, d->level.state);
	return year_counting(c, &d->level, &d->v.level_sheet);
}

static fail add_steps(struct call *c, struct data *d)
{
	if (!d->four.id) {
		year_steps_before(c, d->unit_id, d->year, &d->v.steps);
		return FAIL_OK;
	}
	return year_steps_of(c, &d->four, &d->v.steps);
}

static void add_places(struct call *c, struct data *d)
{
	const struct { const char *below, *text; enum right may; bool of_cell, of_body; } places[] = {
		{ "/appraisal", N_("Queue of appraisals"), MAY_DECIDE, false, true },
		{ "/levels", N_("Levels and the cap on Excellent"), MAY_DECIDE, false, true },
		{ "/recognition", N_("Recognition"), MAY_SEE, false, true },
		{ "/year/members", N_("Classification of the members"), MAY_SEE_MEMBERS, true, false },
		{ "/emulation", N_("Emulation and initiatives"), MAY_SEE, true, true },
		{ "/registers", N_("Registers of the year"), MAY_SEE, true, true },
		{ "/questions", N_("Questions that the figures raise"), MAY_SEE, true, true },
		{ "/awards", N_("Awards"), MAY_SEE, true, true },
	};

	d->v.places = ARENA_ARRAY(c->arena, sizeof places / sizeof *places, struct crumb);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if ((d->v.cell ? places[i].of_cell : places[i].of_body) && call_may(c, places[i].may, d->unit_id))
			d->v.places[d->v.place_n++] = (struct crumb){ year_page_unit_path(c, d->unit_id, places[i].below, d->year), tr(c->lang, places[i].text) };
}

static void add_links(struct call *c, struct data *d)
{
	struct cell_year_view *v = &d->v;

	v->prev = year_page_unit_path(c, d->unit_id, "/year", d->year - 1);
	v->next = d->year <= date_month(c->today) / 12 ? year_page_unit_path(c, d->unit_id, "/year", d->year + 1) : NULL;
	v->register_href = !d->four.id && v->evaluated && d->drafted && v->may_record ? year_page_unit_path(c, d->unit_id, "/year/register", d->year) : NULL;
	v->sheet_href = decided(&d->four) ? year_page_path(c, &d->four, "/sheet?stage=self") : NULL;
	v->members_href = v->may_record && begun(c, d) ? year_page_unit_path(c, d->unit_id, "/year/members", d->year) : NULL;
	v->carry = d->before.id && d->before.state == CASE_RECOGNISED
	               ? arena_printf(c->arena, tr(c->lang, "Recognised for %d: the cell can carry on in one step."), d->year - 1)
	               : NULL;
	v->four = d->four.id ? &d->four : NULL;
	v->state = d->four.id ? case_state_name(c->lang, CASE_FOUR_GOOD, d->four.state) : NULL;
	add_places(c, d);
}

/* ---------------------------------------------------------------- answering */

static void condition_json(struct json *j, const struct year_condition *k)
{
	json_object(j);
	json_put_str(j, "id", k->id);
	json_put_str(j, "text", k->text);
	json_key(j, "holds");
	if (k->known)
		json_bool(j, k->holds);
	else
		json_null(j);
	json_put_str(j, "why", k->why);
	json_object_end(j);
}

void year_draft_json(struct json *j, const struct year_draft *d)
{
	const char *const names[] = { "secured", "reachable", "standard" };
	const struct tenths values[] = { d->secured, d->reachable, d->standard };
	char text[NUM_TEXT];

	for (int i = 0; i < 3; i++) {
		tenths_format(values[i], text);
		json_put_str(j, names[i], *text ? text : NULL);
	}
	json_put_str(j, "result", d->result ? year_result_word(d->result) : NULL);
	json_key(j, "conditions");
	json_array(j);
	for (size_t i = 0; i < d->condition_n; i++)
		condition_json(j, &d->conditions[i]);
	json_array_end(j);
	json_key(j, "sheet");
	scored_sheet_json(j, &d->sheet, "");
}

static void put_case(struct json *j, const char *key, const struct year_case *k)
{
	json_key(j, key);
	if (!k->id) {
		json_null(j);
		return;
	}
	json_object(j);
	case_json(j, k);
	json_object_end(j);
}

static void year_json(struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_id(&j, "unit_id", d->unit_id);
	json_put_str(&j, "unit_code", d->unit.code);
	json_put_str(&j, "unit_name", d->unit.name);
	json_put_int(&j, "year", d->year);
	put_case(&j, "four_good", &d->four);
	put_case(&j, "classification", &d->level);
	if (d->drafted)
		year_draft_json(&j, &d->draft);
	json_put_str(&j, "no_table", d->v.no_table);
	json_object_end(&j);
}

static fail year_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);
	struct page pg;

	TRY(load(c, rq, d));
	if (req_wants_json(rq)) {
		year_json(rs, d);
		return FAIL_OK;
	}
	d->v.unit = &d->unit;
	d->v.year = d->year;
	d->v.may_record = call_may(c, MAY_RECORD, d->unit_id);
	d->v.evaluated = d->four.id || d->unit.level >= LEVEL_COMMUNE;
	add_criteria(c, d);
	TRY(add_months(c, d));
	TRY(add_level(c, d));
	TRY(add_steps(c, d));
	add_links(c, d);
	year_page_unit_begin(c, rq, rs, &pg, &d->unit, d->year, arena_printf(c->arena, tr(c->lang, "The year %d"), d->year), NULL);
	view_cell_year(&rs->body, &pg, &d->v);
	return FAIL_OK;
}

static const struct query_param year_params[] = { { "year", N_("the year; otherwise that of today") }, { NULL } };

const struct route cell_year_routes[] = {
	{ GET, "/units/:unit/year", MAY_SEE, unit_of_path, year_show, 0, N_("The year of a unit: points so far, what is missing for the standard, steps"), NULL,
	  NULL, year_params },
	{ HTTP_NONE },
};
