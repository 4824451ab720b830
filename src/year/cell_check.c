/* cell_check.c — the monthly self-check: each criterion met or not met so far, as the cell sees it, with what the records say proposed; the year's months
 * as a table. */
#include <string.h>

#include "cell_views.h"
#include "score/pages.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct data {
	const struct req *rq;
	month_no month;
	struct year_case k;
	struct year_draft draft;
	struct year_checks checks;
	struct cell_check_view v;
};

/* ---------------------------------------------------------------- gathering */

/* ?month=, otherwise the current one, or the last of the year. */
static fail path_month(struct call *c, struct data *d)
{
	const char *asked = req_query(d->rq, "month");
	month_no first = month_of((int)d->k.year, 1), now = date_month(c->today);
	struct period p = { now, now };

	if (asked && (!period_parse(asked, &p) || p.from != p.to))
		return problem(c, FAIL_INPUT, "month", "“%s” is not a month; write it as 2025-11", asked);
	if (!asked)
		p.from = now < first ? first : now > first + 11 ? first + 11 : now;
	if (p.from < first || p.from > first + 11)
		return problem(c, FAIL_INPUT, "month", "%s is not a month of the year %d", show_month(c->arena, c->lang, p.from), (int)d->k.year);
	d->month = p.from;
	return FAIL_OK;
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(year_page_case(c, d->rq, &d->k));
	if (d->k.kind != CASE_FOUR_GOOD)
		return problem(c, FAIL_NOT_FOUND, "case", "only “four good” is checked month by month");
	TRY(path_month(c, d));
	TRY(year_draft(c, &d->k, JUDGED_NONE, &d->draft));
	return year_checks_of(c, &d->k, &d->checks);
}

/* ---------------------------------------------------------------- showing */

static const struct year_check *kept_of(const struct data *d, const char *line, month_no month)
{
	for (size_t i = 0; i < d->checks.n; i++)
		if (d->checks.v[i].month == month && strcmp(d->checks.v[i].line, line) == 0)
			return &d->checks.v[i];
	return NULL;
}

/* What the records say today: it holds for this month and the one before. */
static int64_t proposed(const struct call *c, const struct data *d, const struct scored_line *l)
{
	const struct year_check *kept = kept_of(d, l->id, d->month);

	if (d->month < date_month(c->today) - 1)
		return kept ? kept->proposed : INT_UNKNOWN;
	if (l->state != LINE_SCORED || !tenths_is(l->max))
		return INT_UNKNOWN;
	return l->points.t >= l->max.t;
}

static struct cell_check_row row_of(struct call *c, const struct data *d, size_t at)
{
	const struct scored_line *l = &d->draft.sheet.lines[at];
	const struct year_check *kept = kept_of(d, l->id, d->month);
	struct cell_check_row r = { .id = l->id, .title = l->title, .why = l->why, .field = arena_printf(c->arena, "met.%s", l->id),
		                        .remark_field = arena_printf(c->arena, "remark.%s", l->id), .proposed = proposed(c, d, l) };

	if (l->group >= 0 && (!at || d->draft.sheet.lines[at - 1].group != l->group))
		r.group = d->draft.scheme->groups[l->group].title[c->lang];
	r.met = kept ? kept->met : r.proposed;
	for (int m = 0; m < 12; m++) {
		const struct year_check *k = kept_of(d, l->id, month_of((int)d->k.year, m + 1));

		r.months[m] = k ? k->met : INT_UNKNOWN;
	}
	return r;
}

static void add_months(struct call *c, struct data *d)
{
	month_no now = date_month(c->today);

	d->v.months = ARENA_ARRAY(c->arena, 12, struct choice);
	for (int m = 0; m < 12; m++) {
		month_no month = month_of((int)d->k.year, m + 1);
		char *text = ARENA_ARRAY(c->arena, MONTH_TEXT, char);

		if (month > now)
			break;
		month_format(month, text);
		d->v.months[d->v.month_n++] = (struct choice){ text, arena_printf(c->arena, "%d", m + 1), NULL };
	}
}

static void fill_fields(struct call *c, struct data *d)
{
	struct form *f = &d->v.form;

	for (size_t i = 0; i < d->v.n; i++) {
		const struct cell_check_row *r = &d->v.v[i];
		const struct year_check *kept = kept_of(d, r->id, d->month);

		year_page_value(c, f, r->field, r->met == INT_UNKNOWN ? "" : r->met ? "1" : "0");
		year_page_value(c, f, r->remark_field, kept && kept->remark ? kept->remark : "");
	}
	year_page_values_typed(c, d->rq, f);
}

static void build(struct call *c, struct data *d)
{
	struct cell_check_view *v = &d->v;
	char month[MONTH_TEXT];
	bool kept = false;

	month_format(d->month, month);
	v->k = &d->k;
	v->month = d->month;
	v->month_name = show_month(c->arena, c->lang, d->month);
	v->action = year_page_path(c, &d->k, arena_printf(c->arena, "/check?month=%s", month));
	v->may = call_may(c, MAY_RECORD, d->k.unit_id) && d->month <= date_month(c->today) && d->k.state != CASE_WITHDRAWN &&
	         d->k.state != CASE_TRANSFERRED_OUT;
	v->v = ARENA_ARRAY(c->arena, d->draft.sheet.n + 1, struct cell_check_row);
	for (size_t i = 0; i < d->draft.sheet.n; i++)
		v->v[v->n++] = row_of(c, d, i);
	for (size_t i = 0; i < d->checks.n; i++)
		kept |= d->checks.v[i].month == d->month;
	v->kept = kept ? tr(c->lang, "This month is checked; keeping it again replaces it.") : NULL;
	add_months(c, d);
	fill_fields(c, d);
}

static void write_page(struct call *c, struct res *rs, struct data *d)
{
	struct page pg;

	build(c, d);
	year_page_begin(c, d->rq, rs, &pg, &d->k, tr(c->lang, "Self-check"), arena_printf(c->arena, tr(c->lang, "Self-check of %s"), d->v.month_name));
	view_cell_check(&rs->body, &pg, &d->v);
}

static void put_flag(struct json *j, const char *key, int64_t value)
{
	json_key(j, key);
	if (value == INT_UNKNOWN)
		json_null(j);
	else
		json_bool(j, value > 0);
}

static void check_json(struct call *c, struct res *rs, const struct data *d)
{
	char month[MONTH_TEXT];
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	month_format(d->month, month);
	json_put_str(&j, "month", month);
	json_key(&j, "lines");
	json_array(&j);
	for (size_t i = 0; i < d->draft.sheet.n; i++) {
		const struct scored_line *l = &d->draft.sheet.lines[i];
		const struct year_check *kept = kept_of(d, l->id, d->month);

		json_object(&j);
		json_put_str(&j, "line", l->id);
		put_flag(&j, "proposed", proposed(c, d, l));
		put_flag(&j, "met", kept ? kept->met : INT_UNKNOWN);
		json_put_str(&j, "remark", kept ? kept->remark : NULL);
		json_put_str(&j, "why", l->why);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_int(&j, "rev", d->k.rev);
	json_object_end(&j);
}

static fail check_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	*d = (struct data){ .rq = rq };
	TRY(load(c, d));
	res_rev(c, rq, rs, d->k.rev);
	if (req_wants_json(rq)) {
		check_json(c, rs, d);
		return FAIL_OK;
	}
	form_begin(&d->v.form, c, NULL, NULL);
	d->v.rev = d->k.rev;
	write_page(c, rs, d);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- keeping */

struct save { struct data *d; int64_t rev; struct year_check *v; size_t n; struct year_case k; struct res *rs; bool stale; };

static fail read_lines(struct call *c, struct save *s)
{
	struct data *d = s->d;

	s->v = ARENA_ARRAY(c->arena, d->draft.sheet.n + 1, struct year_check);
	s->n = 0;
	for (size_t i = 0; i < d->draft.sheet.n; i++) {
		const struct scored_line *l = &d->draft.sheet.lines[i];
		const char *met = year_page_typed(c, d->rq, arena_printf(c->arena, "met.%s", l->id));

		if (!*met)
			continue;
		if (strcmp(met, "0") != 0 && strcmp(met, "1") != 0)
			return problem(c, FAIL_INPUT, arena_printf(c->arena, "met.%s", l->id), "1: met; 0: not met");
		s->v[s->n++] = (struct year_check){ .line = l->id, .met = *met == '1', .proposed = proposed(c, d, l), .month = d->month,
			                                .remark = year_page_typed(c, d->rq, arena_printf(c->arena, "remark.%s", l->id)) };
	}
	return s->n ? FAIL_OK : problem(c, FAIL_INPUT, "", "say of at least one criterion whether it is met");
}

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;

	TRY(load(c, s->d));
	TRY(read_lines(c, s));
	return year_check_put(c, s->d->k.id, s->rev, s->d->month, s->v, s->n, &s->k);
}

/* Somebody was faster: what is kept of the month now beside what was chosen. */
static void add_conflict(struct call *c, struct data *d)
{
	const char *const words[] = { tr(c->lang, "not met"), tr(c->lang, "met") };

	for (size_t i = 0; i < d->draft.sheet.n; i++) {
		const struct scored_line *l = &d->draft.sheet.lines[i];
		const struct year_check *kept = kept_of(d, l->id, d->month);
		const char *yours = year_page_typed(c, d->rq, arena_printf(c->arena, "met.%s", l->id));

		if (kept && *yours)
			conflict_add(c, &d->v.conflict, arena_printf(c->arena, "%s %s", l->id, l->title), words[kept->met > 0], words[*yours == '1']);
	}
}

static fail again_body(struct call *c, void *arg)
{
	struct save *s = arg;

	TRY(load(c, s->d));
	if (s->stale)
		add_conflict(c, s->d);
	s->d->v.rev = s->d->k.rev;
	write_page(c, s->rs, s->d);
	return FAIL_OK;
}

static fail check_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);
	struct save s = { .d = d, .rs = rs };

	*d = (struct data){ .rq = rq };
	TRY(req_rev(c, rq, &s.rev));
	form_begin(&d->v.form, c, NULL, NULL);
	fail f = db_write(c, save_body, &s);

	if (f == FAIL_OK)
		return year_page_done(c, rq, rs, &s.k, "", arena_printf(c->arena, tr(c->lang, "Self-check of %s kept."), show_month(c->arena, c->lang, d->month)));
	if (f == FAIL_CONFLICT && req_wants_json(rq) && strcmp(c->problem.field, "rev") == 0) {
		TRY(db_read(c, load, d));
		return year_page_conflict(c, rq, rs, &d->k);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&d->v.form);
	s.stale = f == FAIL_CONFLICT;
	TRY(db_read(c, again_body, &s));
	return res_again(rs, f);
}

static const struct query_param month_params[] = { { "month", N_("the month, such as 2025-11; otherwise the current one") }, { NULL } };

const struct route cell_check_routes[] = {
	{ GET, "/cases/:case/check", MAY_SEE, year_page_unit, check_show, 0, N_("The self-check of a month: each criterion met or not met, and what the records say"),
	  NULL, NULL, month_params },
	{ POST, "/cases/:case/check", MAY_RECORD, year_page_unit, check_post, 0, N_("Keeps the self-check of a month: met.ID, remark.ID"), NULL, NULL, month_params },
	{ HTTP_NONE },
};
