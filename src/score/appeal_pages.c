/* appeal_pages.c — the cell appeals against a decision, the committee answers. */
#include <string.h>

#include "base/text.h"
#include "score/appeal.h"
#include "score/meeting_pages.h"
#include "score/sheet_view.h"
#include "score_views.h"

struct data {
	int64_t id;
	struct meeting_whole w;
	struct appeals all;
	struct date last;
	const char *why_not;
};

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;
	struct meeting m;

	TRY(meeting_by_id(c, d->id, &m));
	TRY(meeting_whole(c, &m, &d->w));
	TRY(appeals_of(c, &m, &d->all));
	return appeal_possible(c, &m, &d->last, &d->why_not);
}

/* ---------------------------------------------------------------- showing */

static const char *made_words(struct call *c, const struct appeal *a)
{
	bool late = a->outcome == APPEAL_OPEN && a->due_on.days < c->today.days;

	return arena_printf(c->arena, tr(c->lang, late ? N_("%s; an answer was due by %s") : N_("%s; an answer is due by %s")),
	                    show_moment(c->arena, c->lang, call_local(a->at_ms)), show_date(c->arena, c->lang, a->due_on));
}

static void add_appeals(struct call *c, const struct data *d, struct appeal_view *v)
{
	v->v = ARENA_ARRAY(c->arena, d->all.n + 1, struct appeal_row);
	for (size_t i = 0; i < d->all.n; i++) {
		const struct appeal *a = &d->all.v[i];

		v->v[v->n++] = (struct appeal_row){ .appeal = a,
			                                .state = appeal_outcome_name(c->lang, a->outcome),
			                                .made = made_words(c, a),
			                                .answered = a->outcome ? show_moment(c->arena, c->lang, call_local(a->answered_ms)) : NULL,
			                                .open = a->outcome == APPEAL_OPEN };
		if (a->outcome == APPEAL_OPEN)
			v->open = a;
	}
}

/* Points people may give, as they were decided. */
static void add_lines(struct call *c, const struct data *d, struct appeal_view *v)
{
	const struct scored_sheet *s = &d->w.decided.lines;

	if (!d->w.decided.has_lines)
		return;
	v->lines = ARENA_ARRAY(c->arena, s->n + 1, struct judged_row);
	for (size_t i = 0; i < s->n; i++) {
		const struct scored_line *l = &s->lines[i];
		bool judged = l->line ? l->line->judged : true;

		if (judged && l->source == SOURCE_JUDGED)
			v->lines[v->line_n++] = (struct judged_row){ l->id, l->title, arena_printf(c->arena, "judged.%s", l->id), l->points, l->max };
	}
}

static void fill_fields(struct call *c, const struct req *rq, struct appeal_view *v)
{
	static const char *const names[] = { "reason", "wanted", "answer", "outcome" };
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);

	for (size_t i = 0; i < 4; i++) {
		const char *typed = req_form(rq, names[i]);

		pairs_add(c->arena, values, names[i], typed ? typed : "");
	}
	for (size_t i = 0; i < v->line_n; i++) {
		const char *typed = req_form(rq, v->lines[i].field);

		pairs_add(c->arena, values, v->lines[i].field, typed ? typed : show_tenths(c->arena, c->lang, v->lines[i].now));
	}
	v->form.typed = values;
}

static void build(struct call *c, const struct req *rq, const struct data *d, struct appeal_view *v)
{
	const struct meeting *m = &d->w.meeting;
	const struct score_view *own = d->w.voted.sheet.revision ? &d->w.voted : &d->w.self, *decided = &d->w.decided;

	v->id = d->id;
	v->title = page_meeting_title(c, m);
	v->points = decided->sheet.revision ? decided->sheet.points : TENTHS_NONE;
	v->class = class_mark(grade_words[decided->sheet.class]);
	v->cells = own->sheet.revision ? own->sheet.points : TENTHS_NONE;
	v->cells_class = class_mark(grade_words[own->sheet.class]);
	v->reason = decided->sheet.revision ? decided->sheet.reason : "";
	v->decision_by = decided->sheet.revision ? show_moment(c->arena, c->lang, call_local(decided->sheet.at_ms)) : NULL;
	v->possible = d->why_not ? d->why_not
	                         : arena_printf(c->arena, tr(c->lang, "The cell may appeal until %s."), show_date(c->arena, c->lang, d->last));
	v->may_make = !d->why_not && call_may(c, MAY_RECORD, m->unit_id);
	add_appeals(c, d, v);
	v->may_answer = v->open && call_may(c, MAY_DECIDE, m->unit_id);
	v->may_withdraw = v->open && !v->may_answer && call_may(c, MAY_RECORD, m->unit_id);
	add_lines(c, d, v);
	v->outcomes = ARENA_ARRAY(c->arena, 2, struct choice);
	v->outcomes[0] = (struct choice){ "upheld", tr(c->lang, "The decision is upheld"), NULL };
	v->outcomes[1] = (struct choice){ "changed", tr(c->lang, "The decision is changed to the points below"), NULL };
	fill_fields(c, rq, v);
}

static fail write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct appeal_view *v)
{
	struct page pg;

	build(c, rq, d, v);
	page_begin(c, rq, rs, &pg, &d->w.meeting, tr(c->lang, "Appeal against the decision"), tr(c->lang, "Appeal"));
	view_appeal(&rs->body, &pg, v);
	return FAIL_OK;
}

static fail appeal_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct appeal_view v = { 0 };
	char last[DATE_TEXT];
	struct json j;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(load(c, &d));
	res_rev(c, rq, rs, d.w.meeting.rev);
	if (!req_wants_json(rq)) {
		form_begin(&v.form, c, NULL, NULL);
		v.rev = d.w.meeting.rev;
		return write_page(c, rq, rs, &d, &v);
	}
	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "appeals");
	json_array(&j);
	for (size_t i = 0; i < d.all.n; i++)
		appeal_json(&j, &d.all.v[i]);
	json_array_end(&j);
	date_format(d.last, last);
	json_put_str(&j, "possible_until", d.why_not ? NULL : last);
	json_put_int(&j, "rev", d.w.meeting.rev);
	json_object_end(&j);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- acting */

static fail again(struct call *c, const struct req *rq, struct res *rs, int64_t id, int64_t rev, struct appeal_view *v,
                  const struct flaws *found, fail f)
{
	struct data d = { .id = id };

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	page_flaws(&v->form, found);
	problem_clear(c);
	TRY(db_read(c, load, &d));
	v->rev = f == FAIL_CONFLICT ? d.w.meeting.rev : rev;
	TRY(write_page(c, rq, rs, &d, v));
	return res_again(rs, f);
}

static const char *typed(struct call *c, const struct req *rq, const char *name)
{
	const char *text = req_form(rq, name);

	return text ? text_clean(c->arena, text) : "";
}

static fail read_wanted(struct call *c, const struct req *rq, struct tenths *out)
{
	char *text = arena_strdup(c->arena, typed(c, rq, "wanted"));

	for (char *at = text; *at; at++)
		*at = *at == ',' ? '.' : *at;
	*out = TENTHS_NONE;
	if (!*text || tenths_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "wanted", "write points with at most one decimal, such as 4 or 4,5");
}

static fail make_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct appeal_view v = { 0 };
	struct flaws none = { 0 };
	struct tenths wanted;
	struct meeting m;
	struct appeal a;
	int64_t id, rev;

	TRY(req_id(c, rq, "meeting", &id));
	TRY(req_rev(c, rq, &rev));
	form_begin(&v.form, c, NULL, NULL);
	fail f = read_wanted(c, rq, &wanted);

	if (f == FAIL_OK)
		f = appeal_make(c, id, rev, typed(c, rq, "reason"), wanted, &m, &a);
	if (f != FAIL_OK)
		return again(c, rq, rs, id, rev, &v, &none, f);
	return page_done(
	    c, rq, rs, &m, "/appeal",
	    arena_printf(c->arena, tr(c->lang, "The appeal is made; the committee answers by %s."), show_date(c->arena, c->lang, a.due_on)));
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct appeal_view v = { 0 };
	struct flaws none = { 0 };
	struct meeting m;
	int64_t id, rev, seq;

	TRY(req_id(c, rq, "meeting", &id));
	TRY(req_id(c, rq, "appeal", &seq));
	TRY(req_rev(c, rq, &rev));
	form_begin(&v.form, c, NULL, NULL);
	fail f = appeal_withdraw(c, id, rev, seq, &m);

	if (f != FAIL_OK)
		return again(c, rq, rs, id, rev, &v, &none, f);
	return page_done(c, rq, rs, &m, "/appeal", tr(c->lang, "The appeal is withdrawn."));
}

static fail read_reply(struct call *c, const struct req *rq, struct appeal_reply *r, struct form *form)
{
	const char *outcome = typed(c, rq, "outcome");

	TRY(req_id(c, rq, "meeting", &r->meeting_id));
	TRY(req_id(c, rq, "appeal", &r->seq));
	TRY(req_rev(c, rq, &r->rev));
	r->answer = typed(c, rq, "answer");
	r->changed = strcmp(outcome, "changed") == 0;
	sheet_read_judged(c, rq, &r->judged, form);
	if (form->n)
		return problem(c, FAIL_INPUT, form->problems[0].field, "%s", form->problems[0].text);
	if (!r->changed && strcmp(outcome, "upheld") != 0)
		return problem(c, FAIL_INPUT, "outcome", "say whether the decision is upheld or changed");
	return FAIL_OK;
}

static fail answer_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct appeal_reply r = { 0 };
	struct appeal_view v = { 0 };
	struct flaws found = { 0 };
	struct meeting m;

	form_begin(&v.form, c, NULL, NULL);
	fail f = read_reply(c, rq, &r, &v.form);

	if (f == FAIL_OK)
		f = appeal_answer(c, &r, &m, &found);
	if (f != FAIL_OK)
		return again(c, rq, rs, r.meeting_id, r.rev, &v, &found, f);
	return page_done(c, rq, rs, &m, "/appeal",
	                 r.changed ? arena_printf(c->arena, tr(c->lang, "The decision was changed: %s points, %s."),
	                                          show_tenths(c->arena, c->lang, m.points), grade_title((enum grade)m.class, c->lang))
	                           : tr(c->lang, "The decision is upheld."));
}

const struct route appeal_routes[] = {
	{ GET, "/meetings/:meeting/appeal", MAY_SEE, page_meeting_unit, appeal_show, 0, N_("Appeals against the decision on a meeting"), NULL,
	  &appeal_record, NULL },
	{ POST, "/meetings/:meeting/appeal", MAY_RECORD, page_meeting_unit, make_post, 0, N_("The cell appeals: reason, wanted"),
	  &appeal_record, NULL, NULL },
	{ POST, "/meetings/:meeting/appeals/:appeal/withdraw", MAY_RECORD, page_meeting_unit, withdraw_post, 0,
	  N_("The cell withdraws an appeal"), NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/appeals/:appeal/answer", MAY_DECIDE, page_meeting_unit, answer_post, 0,
	  N_("The committee answers an appeal: outcome upheld or changed, answer, judged.ID"), NULL, NULL, NULL },
	{ HTTP_NONE },
};
