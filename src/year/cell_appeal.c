/* cell_appeal.c — the cell, or the member, does not agree with an appraisal or a level: make an appeal, withdraw it, read the answer. */
#include "cell_views.h"
#include "score/appeal.h"
#include "score/pages.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct data {
	const struct req *rq;
	struct res *rs;
	struct year_case k;
	struct year_appeals all;
	struct date last;
	const char *why_not;
	fail why_again;
	int64_t rev;
	struct cell_appeal_view v;
};

static bool may_appeal(struct call *c, const struct year_case *k)
{
	return year_page_is_mine(c, k) || (k->kind != CASE_MEMBER && call_may(c, MAY_RECORD, k->unit_id));
}

static fail load(struct call *c, struct data *d)
{
	TRY(year_page_case(c, d->rq, &d->k));
	TRY(year_appeals_of(c, &d->k, &d->all));
	TRY(year_cards_of(c, &d->k, &d->v.cards));
	return year_appeal_possible(c, &d->k, &d->last, &d->why_not);
}

/* ---------------------------------------------------------------- showing */

static const char *made_words(struct call *c, const struct year_appeal *a)
{
	bool late = a->outcome == APPEAL_OPEN && a->due_on.days < c->today.days;

	return arena_printf(c->arena, tr(c->lang, late ? N_("%s; an answer was due by %s") : N_("%s; an answer is due by %s")),
	                    show_moment(c->arena, c->lang, call_local(a->at_ms)), show_date(c->arena, c->lang, a->due_on));
}

static void build(struct call *c, struct data *d)
{
	struct cell_appeal_view *v = &d->v;

	v->k = &d->k;
	v->possible = d->why_not ? d->why_not : arena_printf(c->arena, tr(c->lang, "An appeal is possible until %s."), show_date(c->arena, c->lang, d->last));
	v->v = ARENA_ARRAY(c->arena, d->all.n + 1, struct cell_appeal_row);
	for (size_t i = 0; i < d->all.n; i++) {
		const struct year_appeal *a = &d->all.v[i];

		v->v[v->n++] = (struct cell_appeal_row){ a, appeal_outcome_name(c->lang, a->outcome), made_words(c, a),
			                                     a->outcome ? show_moment(c->arena, c->lang, call_local(a->answered_ms)) : NULL };
		if (a->outcome == APPEAL_OPEN)
			v->open = a;
	}
	v->may_make = !d->why_not && may_appeal(c, &d->k);
	v->may_withdraw = v->open && may_appeal(c, &d->k);
	year_page_value(c, &v->form, "reason", "");
	year_page_value(c, &v->form, "wanted", "");
	year_page_values_typed(c, d->rq, &v->form);
}

static void write_page(struct call *c, struct res *rs, struct data *d)
{
	struct page pg;

	build(c, d);
	year_page_begin(c, d->rq, rs, &pg, &d->k, tr(c->lang, "Appeal"), tr(c->lang, "Appeal"));
	view_cell_appeal(&rs->body, &pg, &d->v);
}

static void one_json(struct json *j, const struct year_appeal *a)
{
	char due[DATE_TEXT];

	json_object(j);
	json_put_int(j, "seq", a->seq);
	json_put_str(j, "reason", a->reason);
	json_put_str(j, "wanted", a->wanted);
	date_format(a->due_on, due);
	json_put_str(j, "due_on", due);
	json_put_str(j, "outcome", appeal_outcome_words[a->outcome]);
	json_put_str(j, "answer", a->answer);
	json_object_end(j);
}

static void appeals_json(struct res *rs, const struct data *d)
{
	char last[DATE_TEXT] = "";
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "appeals");
	json_array(&j);
	for (size_t i = 0; i < d->all.n; i++)
		one_json(&j, &d->all.v[i]);
	json_array_end(&j);
	date_format(d->last, last);
	json_put_str(&j, "possible_until", d->why_not ? NULL : last);
	json_put_int(&j, "rev", d->k.rev);
	json_object_end(&j);
}

static fail appeal_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	*d = (struct data){ .rq = rq };
	TRY(load(c, d));
	res_rev(c, rq, rs, d->k.rev);
	if (req_wants_json(rq)) {
		appeals_json(rs, d);
		return FAIL_OK;
	}
	form_begin(&d->v.form, c, NULL, NULL);
	d->v.rev = d->k.rev;
	write_page(c, rs, d);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- acting */

static fail again_body(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(load(c, d));
	d->v.rev = d->why_again == FAIL_CONFLICT ? d->k.rev : d->rev;
	write_page(c, d->rs, d);
	return FAIL_OK;
}

static fail again(struct call *c, const struct req *rq, struct res *rs, int64_t rev, fail f)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	*d = (struct data){ .rq = rq, .rs = rs, .rev = rev, .why_again = f };
	form_begin(&d->v.form, c, NULL, NULL);
	(void)form_failed(&d->v.form);
	TRY(db_read(c, again_body, d));
	return res_again(rs, f);
}

struct acting {
	const struct req *rq;
	struct year_case k;
	int64_t rev, seq; /* seq 0: a new one */
};

static fail act_body(struct call *c, void *arg)
{
	struct acting *a = arg;

	TRY(year_page_case(c, a->rq, &a->k));
	if (!may_appeal(c, &a->k))
		return problem(c, FAIL_DENIED, "case", "the cell appeals itself, and a member for their own level");
	if (a->seq)
		return year_appeal_withdraw(c, a->k.id, a->rev, a->seq, &a->k);
	return year_appeal_make(c, a->k.id, a->rev, year_page_typed(c, a->rq, "reason"), year_page_typed(c, a->rq, "wanted"), &a->k);
}

static fail act(struct call *c, const struct req *rq, struct res *rs, int64_t seq, const char *text)
{
	struct acting a = { .rq = rq, .seq = seq };

	TRY(req_rev(c, rq, &a.rev));
	fail f = db_write(c, act_body, &a);

	return f == FAIL_OK ? year_page_done(c, rq, rs, &a.k, "/appeal", tr(c->lang, text)) : again(c, rq, rs, a.rev, f);
}

static fail make_post(struct call *c, const struct req *rq, struct res *rs)
{
	return act(c, rq, rs, 0, N_("The appeal is made; the committee answers it."));
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t seq;

	TRY(req_id(c, rq, "appeal", &seq));
	return act(c, rq, rs, seq, N_("The appeal is withdrawn."));
}

const struct route cell_appeal_routes[] = {
	{ GET, "/cases/:case/appeal", MAY_SEE, year_page_unit, appeal_show, 0, N_("Appeals against the appraisal or the level of a case") },
	{ POST, "/cases/:case/appeal", MAY_SEE, year_page_unit, make_post, 0, N_("Appeals: reason, wanted. By the cell, of a member's level by the member") },
	{ POST, "/cases/:case/appeal/:appeal/withdraw", MAY_SEE, year_page_unit, withdraw_post, 0, N_("Withdraws an appeal") },
	{ HTTP_NONE },
};
