/* office_appraise_pages.c — a case side by side: what the cell said, what the members voted, what the committee finds. Computed lines stand as the facts say,
 * judged lines are the committee's; every difference needs words at its line. */
#include <string.h>

#include "year/office_pages.h"
#include "year/office_view.h"
#include "office_views.h"

/* ---------------------------------------------------------------- showing */

static fail write_page(struct call *c, const struct req *rq, struct res *rs, const struct office_case *d, struct office_view *v)
{
	struct page pg;

	office_view_build(c, rq, d, v);
	v->here = case_step_name(c->lang, d->k.kind, CASE_STEP_APPRAISE);
	year_page_begin(c, rq, rs, &pg, &d->k, arena_printf(c->arena, "%s: %s", v->here, v->subject), v->here);
	pg.wide = true;
	view_office_appraise(&rs->body, &pg, v);
	return FAIL_OK;
}

static void points_json(struct json *j, const char *key, struct tenths p)
{
	char text[NUM_TEXT];

	tenths_format(p, text);
	json_put_str(j, key, tenths_is(p) ? text : NULL);
}

static void line_json(struct json *j, const struct appraise_line *l)
{
	json_object(j);
	json_put_str(j, "id", l->l->id);
	json_put_str(j, "title", l->l->title);
	points_json(j, "max", l->l->max);
	points_json(j, "self", l->self);
	points_json(j, "voted", l->voted);
	points_json(j, "now", l->l->points);
	points_json(j, "appraised", l->kept);
	json_put_str(j, "why", l->l->why);
	json_put_bool(j, "judged", l->l->judged);
	json_put_bool(j, "differs", l->differs);
	json_put_str(j, "said", l->said);
	json_put_str(j, "answered", l->answered);
	json_put_int(j, "evidence", (int64_t)l->evidence_n);
	json_object_end(j);
}

static void conditions_json(struct json *j, const struct office_view *v)
{
	json_key(j, "conditions");
	json_array(j);
	for (size_t i = 0; i < v->condition_n; i++) {
		json_object(j);
		json_put_str(j, "text", v->conditions[i].text);
		json_put_str(j, "why", v->conditions[i].why);
		json_key(j, "kept");
		if (v->conditions[i].met < 0)
			json_null(j);
		else
			json_bool(j, v->conditions[i].met);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_json(struct call *c, const struct req *rq, struct res *rs, const struct office_case *d)
{
	struct office_view v = { 0 };
	struct json j;

	form_begin(&v.form, c, NULL, NULL);
	office_view_build(c, rq, d, &v);
	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "case");
	json_object(&j);
	case_json(&j, &d->k);
	json_object_end(&j);
	json_put_str(&j, "decides", d->decider.code);
	year_sheet_json(&j, "self", &d->self.sheet);
	year_sheet_json(&j, "voted", &d->voted.sheet);
	year_sheet_json(&j, "appraised", &d->appraised.sheet);
	points_json(&j, "now", v.now);
	json_put_str(&j, "result", year_result_word(v.result));
	json_put_str(&j, "changed", v.changed);
	json_key(&j, "lines");
	json_array(&j);
	for (size_t i = 0; i < v.n; i++)
		line_json(&j, &v.v[i]);
	json_array_end(&j);
	conditions_json(&j, &v);
	json_put_int(&j, "rev", d->k.rev);
	json_object_end(&j);
}

static fail appraise_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_case d = { 0 };
	struct office_view v = { 0 };

	TRY(req_id(c, rq, "case", &d.id));
	TRY(office_case_load(c, &d));
	res_rev(c, rq, rs, d.k.rev);
	if (req_wants_json(rq)) {
		write_json(c, rq, rs, &d);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	v.rev = d.k.rev;
	return write_page(c, rq, rs, &d, &v);
}

/* ---------------------------------------------------------------- keeping */

/* Somebody was faster: what is stored now beside what was typed. */
static void show_conflict(struct call *c, const struct req *rq, const struct office_case *d, struct office_view *v)
{
	conflict_add(c, &v->conflict, tr(c->lang, "State"), case_state_name(c->lang, d->k.kind, d->k.state), tr(c->lang, "as it was when you opened it"));
	for (size_t i = 0; d->appraised.has_lines && i < d->appraised.lines.n; i++) {
		const struct scored_line *l = &d->appraised.lines.lines[i];
		const char *yours = req_form(rq, arena_printf(c->arena, "judged.%s", l->id));

		if (yours)
			conflict_add(c, &v->conflict, l->title, show_tenths(c->arena, c->lang, l->points), yours);
	}
}

/* The page once more: with what is wrong, or worked out without keeping anything. */
static fail again(struct call *c, const struct req *rq, struct res *rs, struct office_case *d, struct office_view *v, int64_t rev,
                  const struct flaws *found, fail f)
{
	office_flaws(&v->form, found);
	problem_clear(c);
	TRY(db_read(c, office_case_load, d));
	v->rev = f == FAIL_CONFLICT ? d->k.rev : rev;
	if (f == FAIL_CONFLICT && d->k.rev != rev)
		show_conflict(c, rq, d, v);
	TRY(write_page(c, rq, rs, d, v));
	return f == FAIL_OK ? FAIL_OK : res_again(rs, f);
}

/* To the next of the queue, when that was asked for; else the case stays in sight. */
static fail done(struct call *c, const struct req *rq, struct res *rs, const struct year_case *k, const struct year_sheet *s)
{
	struct office_case d = { .id = k->id };
	const char *text = arena_printf(c->arena, tr(c->lang, "Appraised: %1$s, %2$s points, %3$s."), office_case_title(c, k),
	                                show_tenths(c->arena, c->lang, s->points), case_result_name(c->lang, s->result));
	struct flash said = { .text = text, .receipt = arena_printf(c->arena, "%lld · %lld", (long long)k->id, (long long)k->rev) };

	if (strcmp(year_page_typed(c, rq, "do"), "next") != 0)
		return year_page_done(c, rq, rs, k, "/appraise", text);
	TRY(db_read(c, office_case_load, &d));
	const struct office_neighbour *next = d.after.id ? &d.after : &d.before;

	if (next->id)
		return res_done(c, rq, rs, arena_printf(c->arena, "/cases/%lld/appraise", (long long)next->id), &said);
	return res_done(c, rq, rs, office_queue_path(c, d.decider.id, d.k.year, d.k.kind, ""), &said);
}

static fail stale(struct call *c, const struct req *rq, struct res *rs, int64_t id)
{
	struct office_case d = { .id = id };
	struct problem said = c->problem;

	problem_clear(c);
	TRY(db_read(c, office_case_load, &d));
	c->problem = said;
	return year_page_conflict(c, rq, rs, &d.k);
}

static fail appraise_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct year_request request;
	struct office_case d = { .typed = true };
	struct office_view v = { 0 };
	struct flaws found = { 0 };
	struct year_sheet sheet;
	struct year_case k;

	form_begin(&v.form, c, NULL, NULL);
	fail f = office_read_request(c, rq, &request, &v.form);

	d.id = request.case_id;
	d.judged = request.judged;
	if (f == FAIL_OK && strcmp(year_page_typed(c, rq, "do"), "work-out") == 0)
		return again(c, rq, rs, &d, &v, request.rev, &found, FAIL_OK);
	if (f == FAIL_OK)
		f = year_save(c, &request, NULL, &k, &sheet, &found);
	if (f == FAIL_OK)
		return done(c, rq, rs, &k, &sheet);
	if (f == FAIL_CONFLICT && req_wants_json(rq))
		return stale(c, rq, rs, d.id);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	return again(c, rq, rs, &d, &v, request.rev, &found, f);
}

const struct route office_appraise_routes[] = {
	{ GET, "/cases/:case/appraise", MAY_DECIDE, office_case_decider, appraise_show, 0,
	  N_("A case side by side for the committee above: self, voted and appraised for each criterion, with reasons and evidence"), NULL, NULL, NULL },
	{ POST, "/cases/:case/appraise", MAY_DECIDE, office_case_decider, appraise_post, 0,
	  N_("Keeps the appraisal: judged.ID, why.ID at every line that differs; of a classification result (a lower level) with reason; keep=1 as voted"), NULL,
	  NULL, NULL },
	{ HTTP_NONE },
};
