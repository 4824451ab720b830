/* office_appeal_pages.c — the committee answers an appeal: the decision is upheld with a reason, or changed by a new appraisal. */
#include <string.h>

#include "score/appeal.h"
#include "year/office_pages.h"
#include "year/office_view.h"
#include "office_views.h"

/* ---------------------------------------------------------------- showing */

static fail find_appeal(struct call *c, const struct office_case *d, int64_t seq, const struct year_appeal **out)
{
	for (size_t i = 0; i < d->appeals.n; i++)
		if (d->appeals.v[i].seq == seq) {
			*out = &d->appeals.v[i];
			return FAIL_OK;
		}
	return problem(c, FAIL_NOT_FOUND, "appeal", "there is no such appeal");
}

static const char *made_words(struct call *c, const struct year_appeal *a, bool late)
{
	return arena_printf(c->arena, tr(c->lang, late ? N_("%s; an answer was due by %s") : N_("%s; an answer is due by %s")),
	                    show_moment(c->arena, c->lang, call_local(a->at_ms)), show_date(c->arena, c->lang, a->due_on));
}

static void add_fields(struct call *c, const struct req *rq, struct office_appeal_view *v)
{
	struct pairs *values = (struct pairs *)v->sheet.form.typed;

	pairs_add(c->arena, values, "answer", year_page_typed(c, rq, "answer"));
	pairs_add(c->arena, values, "outcome", year_page_typed(c, rq, "outcome"));
	v->outcomes = ARENA_ARRAY(c->arena, 2, struct choice);
	v->outcomes[0] = (struct choice){ "upheld", tr(c->lang, "The decision is upheld"), NULL };
	v->outcomes[1] = (struct choice){ "changed", tr(c->lang, "The decision is changed to the points below"), NULL };
}

static void build(struct call *c, const struct req *rq, const struct office_case *d, const struct year_appeal *a, struct office_appeal_view *v)
{
	office_view_build(c, rq, d, &v->sheet);
	v->appeal = a;
	v->open = !a->outcome;
	v->late = v->open && a->due_on.days < c->today.days;
	v->state = appeal_outcome_name(c->lang, a->outcome);
	v->made = made_words(c, a, v->late);
	v->answered = a->outcome ? show_moment(c->arena, c->lang, call_local(a->answered_ms)) : NULL;
	v->decided = d->appraised.sheet.revision ? d->appraised.sheet.points : TENTHS_NONE;
	v->decided_result = d->appraised.sheet.revision ? d->appraised.sheet.result : RESULT_NONE;
	v->sheet.action = arena_printf(c->arena, "/cases/%lld/appeal/%lld", (long long)d->k.id, (long long)a->seq);
	add_fields(c, rq, v);
}

static fail write_page(struct call *c, const struct req *rq, struct res *rs, const struct office_case *d, int64_t seq, struct office_appeal_view *v)
{
	const struct year_appeal *a;
	struct page pg;

	TRY(find_appeal(c, d, seq, &a));
	build(c, rq, d, a, v);
	year_page_begin(c, rq, rs, &pg, &d->k, tr(c->lang, "Appeal against the decision"), tr(c->lang, "Appeal"));
	pg.wide = true;
	view_office_appeal(&rs->body, &pg, v);
	return FAIL_OK;
}

static void day_json(struct json *j, const char *key, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	json_put_str(j, key, date_is(d) ? text : NULL);
}

static fail write_json(struct call *c, struct res *rs, const struct office_case *d, int64_t seq)
{
	const struct year_appeal *a;
	struct json j;

	TRY(find_appeal(c, d, seq, &a));
	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "appeal", a->seq);
	json_put_int(&j, "revision", a->revision);
	json_put_str(&j, "reason", a->reason);
	json_put_str(&j, "wanted", a->wanted);
	day_json(&j, "due_on", a->due_on);
	json_put_str(&j, "outcome", appeal_outcome_words[a->outcome]);
	json_put_str(&j, "answer", a->answer);
	year_sheet_json(&j, "voted", &d->voted.sheet);
	year_sheet_json(&j, "appraised", &d->appraised.sheet);
	json_put_int(&j, "rev", d->k.rev);
	json_object_end(&j);
	return FAIL_OK;
}

static fail appeal_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_case d = { .answering = true };
	struct office_appeal_view v = { 0 };
	int64_t seq;

	TRY(req_id(c, rq, "case", &d.id));
	TRY(req_id(c, rq, "seq", &seq));
	TRY(office_case_load(c, &d));
	res_rev(c, rq, rs, d.k.rev);
	if (req_wants_json(rq))
		return write_json(c, rs, &d, seq);
	form_begin(&v.sheet.form, c, NULL, NULL);
	v.sheet.rev = d.k.rev;
	return write_page(c, rq, rs, &d, seq, &v);
}

/* ---------------------------------------------------------------- answering */

static fail again(struct call *c, const struct req *rq, struct res *rs, struct office_case *d, int64_t seq, int64_t rev, struct office_appeal_view *v,
                  const struct flaws *found, fail f)
{
	if ((f != FAIL_OK && f != FAIL_INPUT && f != FAIL_CONFLICT) || (f && req_wants_json(rq)))
		return f;
	office_flaws(&v->sheet.form, found);
	problem_clear(c);
	TRY(db_read(c, office_case_load, d));
	v->sheet.rev = f == FAIL_CONFLICT ? d->k.rev : rev;
	TRY(write_page(c, rq, rs, d, seq, v));
	return f == FAIL_OK ? FAIL_OK : res_again(rs, f);
}

static fail read_outcome(struct call *c, const struct req *rq, bool *changed)
{
	const char *outcome = year_page_typed(c, rq, "outcome");

	*changed = strcmp(outcome, "changed") == 0;
	if (!*changed && strcmp(outcome, "upheld") != 0)
		return problem(c, FAIL_INPUT, "outcome", "say whether the decision is upheld or changed");
	return FAIL_OK;
}

static fail appeal_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct office_case d = { .answering = true, .typed = true };
	struct office_appeal_view v = { 0 };
	struct year_request request;
	struct flaws found = { 0 };
	struct year_case k;
	bool changed = false;
	int64_t seq;

	TRY(req_id(c, rq, "seq", &seq));
	form_begin(&v.sheet.form, c, NULL, NULL);
	fail f = office_read_request(c, rq, &request, &v.sheet.form);

	d.id = request.case_id;
	d.judged = request.judged;
	if (f == FAIL_OK && strcmp(year_page_typed(c, rq, "do"), "work-out") == 0)
		return again(c, rq, rs, &d, seq, request.rev, &v, &found, FAIL_OK);
	if (f == FAIL_OK)
		f = read_outcome(c, rq, &changed);
	if (f == FAIL_OK)
		f = year_appeal_answer(c, request.case_id, request.rev, seq, year_page_typed(c, rq, "answer"), changed ? &request : NULL, &k, &found);
	if (f != FAIL_OK)
		return again(c, rq, rs, &d, seq, request.rev, &v, &found, f);
	return year_page_done(c, rq, rs, &k, "/appraise",
	                      changed ? tr(c->lang, "The appeal succeeded: the decision was changed.") : tr(c->lang, "The decision is upheld."));
}

const struct route office_appeal_routes[] = {
	{ GET, "/cases/:case/appeal/:seq", MAY_DECIDE, office_case_decider, appeal_show, 0, N_("An appeal, to be answered by the committee above"), NULL, NULL,
	  NULL },
	{ POST, "/cases/:case/appeal/:seq", MAY_DECIDE, office_case_decider, appeal_post, 0,
	  N_("Answers an appeal: outcome upheld or changed, answer; of a change the new appraisal: judged.ID, why.ID, result, reason"), NULL, NULL, NULL },
	{ HTTP_NONE },
};
