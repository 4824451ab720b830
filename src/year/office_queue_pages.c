/* office_queue_pages.c — the queue of a committee: which cases wait for what, the bodies below, and acting on many at once.
 *
 * Each case of a selection is a change of its own: one that changed since it was shown, whose facts have changed or that cannot be taken over is named and
 * left, and does not hold up the others. */
#include <string.h>

#include "org/address.h"
#include "org/unit.h"
#include "rollup/report.h"
#include "year/office_pages.h"
#include "year/office_parts.h"
#include "year/office_many.h"
#include "office_views.h"

enum { QUEUE_PAGE = 100 };

struct queue {
	struct office_query q;
	struct unit unit;
	struct office_rows all;     /* before filtering */
	struct office_rows chosen;  /* in the state asked for, in order */
	size_t from, n;             /* the page */
	struct office_bodies bodies;
	const char **changed;       /* by row of the page; "" */
};

/* ---------------------------------------------------------------- gathering */

static fail choose(struct call *c, const struct req *rq, struct queue *q)
{
	q->chosen = (struct office_rows){ ARENA_ARRAY(c->arena, q->all.n + 1, struct office_row), q->all.n };
	for (size_t i = 0; i < q->all.n; i++)
		q->chosen.v[i] = q->all.v[i];
	TRY(office_filter(c, &q->chosen, req_query(rq, "state")));
	return office_sort(c, &q->chosen, req_query(rq, "sort"));
}

/* "UNIT.MEMBER": the last row of the page before. One that is gone begins anew. */
static void find_page(struct call *c, const struct req *rq, struct queue *q)
{
	const char *after = req_query(rq, "after");

	q->from = 0;
	for (size_t i = 0; after && i < q->chosen.n; i++) {
		const char *here = arena_printf(c->arena, "%lld.%lld", (long long)q->chosen.v[i].unit_id, (long long)q->chosen.v[i].member_id);

		if (strcmp(here, after) == 0)
			q->from = i + 1;
	}
	q->n = q->chosen.n - q->from < QUEUE_PAGE ? q->chosen.n - q->from : QUEUE_PAGE;
}

static fail load(struct call *c, const struct req *rq, struct queue *q)
{
	TRY(unit_of_path(c, rq, &q->q.unit_id));
	TRY(year_page_year(c, rq, &q->q.year));
	TRY(office_read_kind(c, rq, CASE_FOUR_GOOD, &q->q.kind));
	TRY(org_unit_nearest(c, q->q.unit_id, office_day(c, q->q.year), &q->unit));
	if (unit_decides(&q->unit))
		TRY(office_load(c, &q->q, &q->all));
	TRY(choose(c, rq, q));
	find_page(c, rq, q);
	if (unit_decides(&q->unit))
		TRY(office_bodies_of(c, &q->q, &q->bodies));
	return office_changed(c, &q->q, q->chosen.v + q->from, q->n, &q->changed);
}

/* ---------------------------------------------------------------- the page */

static void add_kinds(struct call *c, const struct queue *q, struct office_queue_view *v)
{
	for (unsigned i = 0; i < 3; i++)
		v->kinds[i] = (struct office_tab){ office_queue_path(c, q->q.unit_id, q->q.year, i + 1, ""), case_kind_name(c->lang, i + 1), -1,
			                               q->q.kind == i + 1 };
	v->before = office_queue_path(c, q->q.unit_id, q->q.year - 1, q->q.kind, "");
	v->after = office_queue_path(c, q->q.unit_id, q->q.year + 1, q->q.kind, "");
}

static void add_states(struct call *c, const struct req *rq, const struct queue *q, struct office_queue_view *v)
{
	const char *now = req_query(rq, "state");
	int64_t n[OFFICE_WAITS] = { 0 };

	for (size_t i = 0; i < q->all.n; i++)
		n[q->all.v[i].wait]++;
	v->states = ARENA_ARRAY(c->arena, OFFICE_WAITS + 1, struct office_tab);
	v->states[v->state_n++] = (struct office_tab){ office_queue_path(c, q->q.unit_id, q->q.year, q->q.kind, ""), tr(c->lang, "All"), (int64_t)q->all.n,
		                                           !now || !*now };
	for (int i = 0; i < OFFICE_WAITS; i++)
		if (n[i] || (now && strcmp(now, office_waits[i]) == 0))
			v->states[v->state_n++] = (struct office_tab){
				office_queue_path(c, q->q.unit_id, q->q.year, q->q.kind, arena_printf(c->arena, "&state=%s", office_waits[i])),
				office_wait_name(c->lang, q->q.kind, (enum office_wait)i), n[i], now && strcmp(now, office_waits[i]) == 0 };
}

static void add_table(struct call *c, const struct req *rq, struct office_queue_view *v)
{
	static const struct column columns[] = {
		{ N_("Unit"), "name", false }, { N_("Waits for"), "wait", false }, { N_("Due by"), "due", false }, { N_("Self"), "self", true },
		{ N_("Voted"), "voted", true }, { N_("Appraisal"), "appraised", true }, { N_("Difference"), "difference", true }, { N_("Result"), NULL, false },
		{ N_("To look at"), NULL, false }, { N_("Evidence"), "evidence", true },
	};

	v->table = office_table(c, "queue", tr(c->lang, "What this committee decides"), columns, sizeof columns / sizeof *columns);
	if (v->members)
		((struct column *)v->table.columns)[0].label = tr(c->lang, "Member");
	v->table.base = req_link(c, rq, "sort", NULL);
	v->table.sort = req_query(rq, "sort");
	v->table.excel = req_link(c, rq, "format", "xlsx");
	v->table.csv = req_link(c, rq, "format", "csv");
}

static const char *line_address(struct call *c, const struct queue *q, const struct office_row *r)
{
	if (!r->id)
		return arena_printf(c->arena, "/units/%lld/year?year=%d", (long long)r->unit_id, q->q.year);
	if (r->wait == WAIT_ANSWER)
		return arena_printf(c->arena, "/cases/%lld/appeal/%lld", (long long)r->id, (long long)r->appeal_seq);
	return arena_printf(c->arena, r->wait == WAIT_APPRAISE || r->wait == WAIT_DECISION ? "/cases/%lld/appraise" : "/cases/%lld", (long long)r->id);
}

static unsigned latest_result(const struct office_row *r)
{
	for (int i = CASE_STAGES - 1; i > CASE_STAGE_HALF_YEAR; i--)
		if (r->result[i])
			return r->result[i];
	return RESULT_NONE;
}

static bool for_many(const struct office_row *r)
{
	return r->id && (r->wait == WAIT_APPRAISE || r->wait == WAIT_DECISION);
}

/* Where the state is not already said by what the case waits for. */
static bool says_more(const struct office_row *r)
{
	return r->state == CASE_REOPENED || r->wait == WAIT_ANSWER || r->wait == WAIT_CELL || r->wait == WAIT_SILENT || r->wait >= WAIT_DONE;
}

static struct office_line line_of(struct call *c, const struct queue *q, const struct office_row *r, const char *changed)
{
	bool asked = r->id || r->level >= LEVEL_GRASSROOTS; /* whoever stands higher registers or not */
	bool late = asked && date_is(r->due) && r->due.days < c->today.days && r->wait <= WAIT_NONE;

	return (struct office_line){
		.row = r,
		.href = line_address(c, q, r),
		.name = r->member_id ? r->member_name : r->unit_name,
		.under = r->member_id ? r->unit_name : r->level == LEVEL_CELL ? unit_type_name(c->lang, r->type) : unit_level_name(c->lang, r->level),
		.state = says_more(r) ? case_state_name(c->lang, q->q.kind, r->state) : "",
		.wait = office_wait_name(c->lang, q->q.kind, r->wait),
		.due = date_is(r->due) && r->wait < WAIT_DONE ? show_date(c->arena, c->lang, r->due) : "",
		.difference = office_difference(c, r->points[office_before(r)], r->points[CASE_STAGE_APPRAISED]),
		.vetoes = *r->vetoes ? arena_printf(c->arena, tr(c->lang, "conditions not kept: %s"), r->vetoes) : "",
		.changed = changed,
		.self = r->points[CASE_STAGE_SELF],
		.voted = r->points[CASE_STAGE_VOTED],
		.appraised = r->points[CASE_STAGE_APPRAISED],
		.result = latest_result(r),
		.pick = for_many(r) ? arena_printf(c->arena, "%lld.%lld", (long long)r->id, (long long)r->rev) : NULL,
		.late = late,
		.flag = late || *changed || *r->vetoes || r->wait == WAIT_ANSWER || r->wait == WAIT_OVERDUE,
	};
}

static void add_lines(struct call *c, const struct req *rq, const struct queue *q, struct office_queue_view *v)
{
	v->v = ARENA_ARRAY(c->arena, q->n + 1, struct office_line);
	for (size_t i = 0; i < q->n; i++) {
		v->v[i] = line_of(c, q, &q->chosen.v[q->from + i], q->changed[i]);
		v->v[i].ticked = v->all_ticked || office_was_ticked(rq, v->v[i].pick);
		v->can_appraise |= v->v[i].pick && v->v[i].row->wait == WAIT_APPRAISE;
		v->can_notify |= v->v[i].pick && v->v[i].row->wait == WAIT_DECISION && q->q.kind != CASE_FOUR_GOOD;
	}
	v->n = q->n;
}

static void add_pager(struct call *c, const struct req *rq, const struct queue *q, struct office_queue_view *v)
{
	const struct office_row *last = q->n ? &q->chosen.v[q->from + q->n - 1] : NULL;

	v->pager = (struct pager){ .shown = (int64_t)(q->from + q->n), .total = (int64_t)q->chosen.n };
	if (q->from)
		v->pager.prev = req_link(c, rq, "after", NULL);
	if (last && q->from + q->n < q->chosen.n)
		v->pager.next = req_link(c, rq, "after", arena_printf(c->arena, "%lld.%lld", (long long)last->unit_id, (long long)last->member_id));
}

static void add_bodies(struct call *c, const struct queue *q, struct office_queue_view *v)
{
	static const struct column columns[] = {
		{ N_("Body"), "name", false }, { N_("Units below"), "all", true }, { N_("Registered"), "with", true }, { N_("To be appraised"), "voted", true },
		{ N_("Returned"), "returned", true }, { N_("Appraised"), "appraised", true }, { N_("Decided"), "done", true },
	};
	static const struct column levels[] = {
		{ N_("Body"), "name", false }, { N_("All"), "all", true }, { N_("Opened"), "with", true }, { N_("To be decided"), "voted", true },
		{ N_("Returned"), "returned", true }, { N_("Decided"), "appraised", true }, { N_("Notified"), "done", true },
	};

	v->body_table = office_table(c, "bodies", tr(c->lang, "How far the bodies below have come with their own units"),
	                             q->q.kind == CASE_FOUR_GOOD ? columns : levels, 7);
	v->body_table.base = office_queue_path(c, q->q.unit_id, q->q.year, q->q.kind, "");
	v->body_table.local = true;
	v->bodies = ARENA_ARRAY(c->arena, q->bodies.n + 1, struct body_line);
	for (size_t i = 0; i < q->bodies.n; i++)
		if (q->bodies.v[i].all || q->bodies.v[i].with_case)
			v->bodies[v->body_n++] = (struct body_line){ &q->bodies.v[i],
				                                         office_queue_path(c, q->bodies.v[i].unit_id, q->q.year, q->q.kind, "") };
}

static const char *lead_words(struct call *c, const struct queue *q)
{
	int64_t waiting = 0;

	for (size_t i = 0; i < q->all.n; i++)
		waiting += q->all.v[i].wait <= WAIT_DECISION;
	if (!waiting)
		return tr(c->lang, "Nothing waits for the committee now.");
	return arena_printf(c->arena, tr(c->lang, "%s cases wait for the committee."), show_int(c->arena, c->lang, waiting));
}

static void build(struct call *c, const struct req *rq, const struct queue *q, struct office_queue_view *v)
{
	v->unit_id = q->q.unit_id;
	v->unit_name = q->unit.name;
	v->kind = q->q.kind;
	v->year = q->q.year;
	v->members = q->q.kind == CASE_MEMBER;
	v->may = call_may(c, MAY_DECIDE, q->q.unit_id);
	v->action = req_link(c, rq, "tick", NULL);
	v->all_ticked = req_query(rq, "tick") != NULL;
	v->tick_href = req_link(c, rq, "tick", v->all_ticked ? NULL : "all");
	v->lead = lead_words(c, q);
	if (!unit_decides(&q->unit))
		v->above = office_queue_path(c, q->unit.parent_id, q->q.year, q->q.kind, "");
	if (q->q.kind == CASE_FOUR_GOOD)
		v->recognition = arena_printf(c->arena, "/units/%lld/recognition?year=%d", (long long)q->q.unit_id, q->q.year);
	else
		v->levels = arena_printf(c->arena, "/units/%lld/levels?year=%d&kind=%s", (long long)q->q.unit_id, q->q.year, case_kinds[q->q.kind]);
	add_kinds(c, q, v);
	add_states(c, rq, q, v);
	add_table(c, rq, v);
	add_lines(c, rq, q, v);
	add_pager(c, rq, q, v);
	add_bodies(c, q, v);
}

/* ---------------------------------------------------------------- JSON and files */

static void points_json(struct json *j, const char *key, struct tenths p)
{
	char text[NUM_TEXT];

	tenths_format(p, text);
	json_put_str(j, key, tenths_is(p) ? text : NULL);
}

static void day_json(struct json *j, const char *key, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	json_put_str(j, key, date_is(d) ? text : NULL);
}

static void row_json(struct json *j, const struct office_row *r, const char *changed)
{
	json_object(j);
	json_put_str(j, "unit", r->unit_code);
	json_put_str(j, "name", r->unit_name);
	json_put_id(j, "unit_id", r->unit_id);
	if (r->member_id) {
		json_put_str(j, "member", r->member_code);
		json_put_str(j, "member_name", r->member_name);
	}
	if (r->id) {
		json_put_id(j, "case", r->id);
		json_put_int(j, "rev", r->rev);
	}
	json_put_str(j, "state", case_states[r->state]);
	json_put_str(j, "waits", office_waits[r->wait]);
	day_json(j, "due_on", r->due);
	points_json(j, "self", r->points[CASE_STAGE_SELF]);
	points_json(j, "voted", r->points[CASE_STAGE_VOTED]);
	points_json(j, "appraised", r->points[CASE_STAGE_APPRAISED]);
	json_put_str(j, "result", case_results[latest_result(r)]);
	json_put_str(j, "vetoes", r->vetoes);
	json_put_str(j, "changed", changed);
	json_put_int(j, "evidence", r->evidence);
	json_object_end(j);
}

static void body_json(struct json *j, const struct office_body *b)
{
	json_object(j);
	json_put_id(j, "unit_id", b->unit_id);
	json_put_str(j, "unit", b->unit_code);
	json_put_str(j, "name", b->unit_name);
	json_put_int(j, "all", b->all);
	json_put_int(j, "with_case", b->with_case);
	json_put_int(j, "voted", b->voted);
	json_put_int(j, "returned", b->returned);
	json_put_int(j, "appraised", b->appraised);
	json_put_int(j, "decided", b->done);
	json_object_end(j);
}

static void write_json(struct call *c, const struct req *rq, struct res *rs, const struct queue *q)
{
	struct office_queue_view v = { 0 };
	struct json j;

	add_pager(c, rq, q, &v);
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", q->unit.code);
	json_put_int(&j, "year", q->q.year);
	json_put_str(&j, "kind", case_kinds[q->q.kind]);
	json_put_int(&j, "count", (int64_t)q->chosen.n);
	json_key(&j, "cases");
	json_array(&j);
	for (size_t i = 0; i < q->n; i++)
		row_json(&j, &q->chosen.v[q->from + i], q->changed[i]);
	json_array_end(&j);
	json_key(&j, "bodies");
	json_array(&j);
	for (size_t i = 0; i < q->bodies.n; i++)
		body_json(&j, &q->bodies.v[i]);
	json_array_end(&j);
	json_put_str(&j, "next", v.pager.next);
	json_object_end(&j);
}

static const struct report_kind file_kind = { "", "appraisal", N_("What this committee decides"), NULL, NULL };

static int64_t points_value(struct tenths p)
{
	return tenths_is(p) ? p.t : INT_UNKNOWN;
}

static int64_t difference_value(const struct office_row *r)
{
	struct tenths before = r->points[office_before(r)], now = r->points[CASE_STAGE_APPRAISED];

	return tenths_is(before) && tenths_is(now) ? now.t - before.t : INT_UNKNOWN;
}

static void file_row(struct call *c, const struct queue *q, const struct office_row *r, struct report_table *t)
{
	struct report_value *v = report_row(c, t);

	v[0].s = r->unit_code;
	v[1].s = r->unit_name;
	v[2].s = r->member_id ? r->member_code : "";
	v[3].s = r->member_id ? r->member_name : "";
	v[4].s = case_state_name(c->lang, q->q.kind, r->state);
	v[5].s = office_wait_name(c->lang, q->q.kind, r->wait);
	v[6].a = date_is(r->due) ? r->due.days : INT_UNKNOWN;
	v[7].a = points_value(r->points[CASE_STAGE_SELF]);
	v[8].a = points_value(r->points[CASE_STAGE_VOTED]);
	v[9].a = points_value(r->points[CASE_STAGE_APPRAISED]);
	v[10].a = difference_value(r);
	v[11].s = case_result_name(c->lang, latest_result(r));
	v[12].s = r->vetoes;
	v[13].a = r->evidence;
}

/* Every row of the choice, not the page alone: the same columns for Excel and as text. */
static fail write_file(struct call *c, struct res *rs, const struct queue *q, enum report_format format)
{
	static const struct report_column columns[] = {
		{ "unit_code", N_("Code"), VALUE_TEXT }, { "unit", N_("Unit"), VALUE_TEXT }, { "member_code", N_("Member code"), VALUE_TEXT },
		{ "member", N_("Member"), VALUE_TEXT }, { "state", N_("State"), VALUE_TEXT }, { "waits", N_("Waits for"), VALUE_TEXT }, { "due_on", N_("Due by"), VALUE_DAY },
		{ "self", N_("Self"), VALUE_POINTS }, { "voted", N_("Voted"), VALUE_POINTS }, { "appraised", N_("Appraisal"), VALUE_POINTS },
		{ "difference", N_("Difference"), VALUE_POINTS }, { "result", N_("Result"), VALUE_TEXT }, { "conditions", N_("Conditions not kept"), VALUE_TEXT },
		{ "evidence", N_("Evidence"), VALUE_COUNT },
	};
	struct report r = { .kind = &file_kind, .question = { q->q.unit_id, { month_of(q->q.year, 1), month_of(q->q.year, 12) }, THEN },
		                .unit_code = q->unit.code, .unit_name = q->unit.name };
	struct report_table *t = report_table(&r, "cases", N_("What this committee decides"), COLUMNS(columns));
	struct out o;

	for (size_t i = 0; i < q->chosen.n; i++)
		file_row(c, q, &q->chosen.v[i], t);
	TRY(res_file_begin(c, rs, arena_printf(c->arena, "%s-%s-%d.%s", case_kinds[q->q.kind], q->unit.code, q->q.year, report_formats[format]),
	                   report_content_type(format), &o));
	TRY(report_write(c, &r, format, &o));
	return res_file_end(c, rs, &o);
}

static fail write_queue(struct call *c, const struct req *rq, struct res *rs, const struct queue *q, struct office_queue_view *v)
{
	const char *format = req_query(rq, "format");
	int i = format ? word_index(report_formats, format) : -1;
	struct page pg;

	if (i == REPORT_XLSX || i == REPORT_CSV)
		return write_file(c, rs, q, (enum report_format)i);
	if (req_wants_json(rq) || i == REPORT_JSON) {
		write_json(c, rq, rs, q);
		return FAIL_OK;
	}
	build(c, rq, q, v);
	res_page(c, rq, rs, &pg, arena_printf(c->arena, "%s %d", tr(c->lang, "Appraisal"), q->q.year));
	pg.wide = true;
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)q->q.unit_id), q->unit.name);
	page_crumb(&pg, NULL, tr(c->lang, "Appraisal"));
	view_office_queue(&rs->body, &pg, v);
	return FAIL_OK;
}

static fail queue_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct queue q = { 0 };
	struct office_queue_view v = { 0 };

	form_begin(&v.form, c, NULL, NULL);
	TRY(load(c, rq, &q));
	return write_queue(c, rq, rs, &q, &v);
}

/* ---------------------------------------------------------------- many at once */

static fail read_act(struct call *c, const struct req *rq, struct office_many *m)
{
	static const struct { const char *word; enum case_step step; } acts[] = {
		{ "appraise", CASE_STEP_APPRAISE }, { "return", CASE_STEP_RETURN }, { "notify", CASE_STEP_NOTIFY }
	};
	const char *what = year_page_typed(c, rq, "do"), *due = year_page_typed(c, rq, "due_on");

	for (size_t i = 0; i < 3; i++)
		if (strcmp(acts[i].word, what) == 0)
			m->step = acts[i].step;
	if (!m->step)
		return problem(c, FAIL_INPUT, "do", "say what is to be done: appraise, return or notify");
	m->note = (struct case_note){ .remark = year_page_typed(c, rq, "reason"), .due_on = DATE_NONE, .decided_on = DATE_NONE };
	if (m->step != CASE_STEP_RETURN)
		return FAIL_OK;
	if (!*m->note.remark)
		form_problem(m->form, "reason", tr(c->lang, "write what is to be corrected; the cells read it"));
	if (!date_parse(due, &m->note.due_on) || m->note.due_on.days < c->today.days)
		form_problem(m->form, "due_on", tr(c->lang, "choose a day by which it is to be done, today or later"));
	return m->form->n ? problem(c, FAIL_INPUT, m->form->problems[0].field, "%s", m->form->problems[0].text) : FAIL_OK;
}

static void keep_typed(struct call *c, const struct req *rq, struct form *form)
{
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);

	pairs_add(c->arena, values, "reason", year_page_typed(c, rq, "reason"));
	pairs_add(c->arena, values, "due_on", year_page_typed(c, rq, "due_on"));
	form->typed = values;
}

/* Some went through, some did not: the page says both. */
static fail some_left(struct call *c, const struct req *rq, struct res *rs, struct office_queue_view *v, const struct office_many *m, fail f)
{
	struct queue q = { 0 };

	if (req_wants_json(rq) && !m->done)
		return f ? f : problem(c, FAIL_CONFLICT, "case", "%s", v->form.problems[0].text);
	if (req_wants_json(rq)) {
		office_left_json(rs, m->done, &v->form);
		return FAIL_OK;
	}
	(void)form_failed(&v->form);
	if (m->done)
		form_problem(&v->form, "", arena_printf(c->arena, tr(c->lang, "%s The others were left as they are."), office_many_words(c, m)));
	keep_typed(c, rq, &v->form);
	TRY(db_read_begin(c));
	fail loaded = load(c, rq, &q);

	db_read_end(c);
	TRY(loaded);
	TRY(write_queue(c, rq, rs, &q, v));
	return res_again(rs, f ? f : FAIL_CONFLICT);
}

static fail queue_act(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_queue_view v = { 0 };
	struct office_many m = { .rq = rq, .form = &v.form };

	form_begin(&v.form, c, NULL, NULL);
	fail f = read_act(c, rq, &m);

	if (f == FAIL_OK)
		f = db_write(c, office_act_on_many, &m);
	if (f == FAIL_OK && !v.form.n) {
		struct flash said = { .text = office_many_words(c, &m) };

		return res_done(c, rq, rs, req_link(c, rq, "tick", NULL), &said);
	}
	if (f != FAIL_OK && f != FAIL_INPUT)
		return f;
	return some_left(c, rq, rs, &v, &m, f);
}

static const struct query_param queue_query[] = {
	{ "year", N_("the year; otherwise this one") },
	{ "kind", N_("four_good (otherwise), unit_class or member_class") },
	{ "state", N_("a state of a case, or what it waits for: answer appraise overdue decision returned silent none cell done left") },
	{ "sort", N_("wait (otherwise), name, state, due, self, voted, appraised, difference or evidence; “-” in front turns it round") },
	{ "after", N_("where the page before ended") },
	{ "format", N_("xlsx or csv: all rows as a file") },
	{ "tick", N_("all: every case is ticked") },
	{ NULL, NULL },
};

const struct route office_queue_routes[] = {
	{ GET, "/units/:unit/appraisal", MAY_SEE_MEMBERS, unit_of_path, queue_show, 0,
	  N_("What a committee decides in a year: every case with what it waits for, and how far the bodies below have come"), NULL, NULL, queue_query },
	{ POST, "/units/:unit/appraisal", MAY_DECIDE, unit_of_path, queue_act, 0,
	  N_("Many cases at once: do=appraise as voted, return (reason, due_on) or notify; case, many times, as ID.REV"), NULL, NULL, queue_query },
	{ HTTP_NONE },
};
