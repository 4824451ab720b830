/* office_return_pages.c — a case goes back to the cell for correction: what is wrong, and by when. */
#include "year/office_pages.h"
#include "year/office_parts.h"
#include "office_views.h"

struct reading { const struct req *rq; struct year_case k; bool may; };

/* db_body */
static fail read_case(struct call *c, void *arg)
{
	struct reading *r = arg;

	TRY(year_page_case(c, r->rq, &r->k));
	r->may = case_find_row(r->k.kind, CASE_STEP_RETURN, r->k.state) && case_person_may(c, &r->k, CASE_STEP_RETURN);
	return FAIL_OK;
}

static fail write_page(struct call *c, const struct req *rq, struct res *rs, const struct reading *r, struct office_return_view *v)
{
	const struct year_case *k = &r->k;
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);
	struct page pg;

	v->k = k;
	v->subject = office_case_title(c, k);
	v->title = year_page_title(c, k);
	v->action = year_page_path(c, k, "/return");
	v->back = year_page_path(c, k, "/appraise");
	v->may = r->may;
	if (!v->may)
		v->closed = arena_printf(c->arena, tr(c->lang, "The case stands at “%s”: it cannot be returned now."),
		                         case_state_name(c->lang, k->kind, k->state));
	pairs_add(c->arena, values, "reason", year_page_typed(c, rq, "reason"));
	pairs_add(c->arena, values, "due_on", year_page_typed(c, rq, "due_on"));
	v->form.typed = values;
	year_page_begin(c, rq, rs, &pg, k, tr(c->lang, "Return for correction"), tr(c->lang, "Return for correction"));
	view_office_return(&rs->body, &pg, v);
	return FAIL_OK;
}

static fail return_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_return_view v = { 0 };
	struct reading r = { .rq = rq };
	struct json j;

	TRY(read_case(c, &r));
	res_rev(c, rq, rs, r.k.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		case_json(&j, &r.k);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	v.rev = r.k.rev;
	return write_page(c, rq, rs, &r, &v);
}

static fail again(struct call *c, const struct req *rq, struct res *rs, struct office_return_view *v, const struct flaws *found, int64_t rev, fail f)
{
	struct reading r = { .rq = rq };
	struct problem said = c->problem;

	if (f == FAIL_CONFLICT && req_wants_json(rq)) {
		problem_clear(c);
		TRY(db_read(c, read_case, &r));
		c->problem = said;
		return year_page_conflict(c, rq, rs, &r.k);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	office_flaws(&v->form, found);
	problem_clear(c);
	TRY(db_read(c, read_case, &r));
	v->rev = f == FAIL_CONFLICT ? r.k.rev : rev;
	TRY(write_page(c, rq, rs, &r, v));
	return res_again(rs, f);
}

static fail read_note(struct call *c, const struct req *rq, struct case_note *note, struct form *form)
{
	*note = (struct case_note){ .remark = year_page_typed(c, rq, "reason"), .due_on = DATE_NONE, .decided_on = DATE_NONE };
	if (!*note->remark)
		form_problem(form, "reason", tr(c->lang, "write what is to be corrected; the cells read it"));
	if (!date_parse(year_page_typed(c, rq, "due_on"), &note->due_on) || note->due_on.days < c->today.days)
		form_problem(form, "due_on", tr(c->lang, "choose a day by which it is to be done, today or later"));
	return form->n ? problem(c, FAIL_INPUT, form->problems[0].field, "%s", form->problems[0].text) : FAIL_OK;
}

static fail return_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_return_view v = { 0 };
	struct flaws found = { 0 };
	struct case_note note;
	struct year_case k;
	int64_t id, rev;

	TRY(req_id(c, rq, "case", &id));
	TRY(req_rev(c, rq, &rev));
	form_begin(&v.form, c, NULL, NULL);
	fail f = read_note(c, rq, &note, &v.form);

	if (f == FAIL_OK)
		f = case_take_step(c, id, rev, CASE_STEP_RETURN, &note, &k, &found);
	if (f != FAIL_OK)
		return again(c, rq, rs, &v, &found, rev, f);
	return year_page_done(c, rq, rs, &k, "/appraise",
	                      arena_printf(c->arena, tr(c->lang, "Returned for correction, by %s."), show_date(c->arena, c->lang, note.due_on)));
}

const struct route office_return_routes[] = {
	{ GET, "/cases/:case/return", MAY_DECIDE, office_case_decider, return_show, 0, N_("Returning a case to the cell"), NULL, NULL, NULL },
	{ POST, "/cases/:case/return", MAY_DECIDE, office_case_decider, return_post, 0, N_("Returns a case for correction: reason, due_on"), NULL, NULL, NULL },
	{ HTTP_NONE },
};
