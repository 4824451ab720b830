/* cell_case.c — a case as a task list with its stages, votes, papers and history; and the steps that need no sheet, each on a page of its own. */
#include <string.h>

#include "base/record.h"
#include "cell_views.h"
#include "document/document.h"
#include "score/pages.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

/* ---------------------------------------------------------------- the case */

struct data {
	struct year_case k;
	struct unit decider;
	struct year_sheet counts;
	struct case_steps_taken history;
	struct year_votes votes;
	struct year_evidences evidence;
	struct year_appeals appeals;
	struct cell_case_view v;
};

static fail load(struct call *c, const struct req *rq, struct data *d)
{
	TRY(year_page_case(c, rq, &d->k));
	TRY(case_decider(c, &d->k, &d->decider));
	TRY(year_counting(c, &d->k, &d->counts));
	TRY(case_history(c, &d->k, &d->history));
	TRY(year_votes_of(c, &d->k, &d->votes));
	TRY(year_evidence_of(c, &d->k, &d->evidence));
	TRY(year_appeals_of(c, &d->k, &d->appeals));
	return year_steps_of(c, &d->k, &d->v.steps);
}

/* Last step first. */
static void add_history(struct call *c, struct data *d)
{
	d->v.past = ARENA_ARRAY(c->arena, d->history.n + 1, struct year_past);
	for (size_t i = d->history.n; i > 0; i--) {
		const struct case_step_taken *t = &d->history.v[i - 1];

		d->v.past[d->v.past_n++] =
		    (struct year_past){ call_local(t->at_ms), case_step_name(c->lang, d->k.kind, t->step), t->actor, t->remark ? t->remark : "" };
	}
}

/* Who voted how is nobody's to know: only the counts. */
static void add_votes(struct call *c, struct data *d)
{
	static const char *const what[] = { "", N_("Registration"), N_("Half-year"), N_("Self-assessment") };

	d->v.votes = ARENA_ARRAY(c->arena, d->votes.n + 1, const char *);
	for (size_t i = 0; i < d->votes.n; i++)
		d->v.votes[d->v.vote_n++] =
		    arena_printf(c->arena, "%s, %s", tr(c->lang, what[d->votes.v[i].stage_word & 3]), year_vote_words(c, &d->votes.v[i]));
}

static void add_decision(struct call *c, struct data *d)
{
	if (!*d->k.decision_no)
		return;
	d->v.decided = date_is(d->k.decided_on)
	                   ? arena_printf(c->arena, tr(c->lang, "Decision no. %1$s of %2$s"), d->k.decision_no, show_date(c->arena, c->lang, d->k.decided_on))
	                   : arena_printf(c->arena, tr(c->lang, "Decision no. %s"), d->k.decision_no);
}

static fail add_appeal(struct call *c, struct data *d)
{
	struct date last;
	const char *why = NULL;

	d->v.appeal_n = d->appeals.n;
	TRY(year_appeal_possible(c, &d->k, &last, &why));
	d->v.may_appeal = !why && (call_may(c, MAY_RECORD, d->k.unit_id) || year_page_is_mine(c, &d->k));
	return FAIL_OK;
}

static fail add_plan(struct call *c, struct data *d)
{
	struct document doc;

	if (d->k.plan_id <= 0)
		return FAIL_OK;
	TRY(document_by_id(c, d->k.plan_id, &doc));
	d->v.plan = document_line(c->arena, c->lang, &doc);
	return FAIL_OK;
}

static fail fill(struct call *c, struct data *d)
{
	struct cell_case_view *v = &d->v;

	v->k = &d->k;
	v->title = d->k.kind == CASE_MEMBER ? arena_printf(c->arena, tr(c->lang, "Classification of the member %d"), (int)d->k.year) : year_page_title(c, &d->k);
	v->subject = year_page_subject(&d->k);
	v->state = case_state_name(c->lang, d->k.kind, d->k.state);
	v->standstill = v->steps.standstill;
	v->result = d->counts.result;
	v->points = d->counts.revision ? d->counts.points : TENTHS_NONE;
	v->evidence_n = d->evidence.n;
	v->mine = year_page_is_mine(c, &d->k);
	v->may_members = year_page_may_members(c, d->k.unit_id);
	v->decider = &d->decider;
	add_history(c, d);
	add_votes(c, d);
	add_decision(c, d);
	TRY(year_cards_of(c, &d->k, &v->cards));
	TRY(add_plan(c, d));
	return add_appeal(c, d);
}

static void history_json(struct call *c, struct json *j, const struct data *d)
{
	json_key(j, "steps");
	json_array(j);
	for (size_t i = 0; i < d->history.n; i++) {
		const struct case_step_taken *t = &d->history.v[i];
		char at[MOMENT_TEXT];

		moment_format(call_local(t->at_ms), at);
		json_object(j);
		json_put_str(j, "step", case_steps[t->step]);
		json_put_str(j, "from", case_states[t->from_state]);
		json_put_str(j, "to", case_states[t->to_state]);
		json_put_str(j, "at", at);
		json_put_str(j, "by", t->actor);
		json_put_str(j, "remark", t->remark);
		json_object_end(j);
	}
	json_array_end(j);
	json_key(j, "possible");
	json_array(j);
	for (const struct case_row *r = case_table; r->step; r++)
		if (case_find_row(d->k.kind, r->step, d->k.state) == r && case_person_may(c, &d->k, r->step))
			json_str(j, case_steps[r->step]);
	json_array_end(j);
}

static void case_page_json(struct call *c, struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	case_json(&j, &d->k);
	json_put_str(&j, "decided_by", d->decider.code);
	year_sheet_json(&j, "counts", &d->counts);
	json_key(&j, "votes");
	json_array(&j);
	for (size_t i = 0; i < d->votes.n; i++) {
		const struct year_vote *w = &d->votes.v[i];

		json_object(&j);
		json_put_int(&j, "stage", w->stage_word);
		json_put_int(&j, "base", w->base);
		json_put_int(&j, "in_favour", w->in_favour);
		json_put_int(&j, "against", w->against);
		json_put_int(&j, "abstain", w->abstain);
		json_object_end(&j);
	}
	json_array_end(&j);
	history_json(c, &j, d);
	json_object_end(&j);
}

static fail case_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);
	struct page pg;

	TRY(load(c, rq, d));
	res_rev(c, rq, rs, d->k.rev);
	if (req_wants_json(rq)) {
		case_page_json(c, rs, d);
		return FAIL_OK;
	}
	TRY(fill(c, d));
	year_page_begin(c, rq, rs, &pg, &d->k, d->v.title, NULL);
	view_cell_case(&rs->body, &pg, &d->v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- one step */

struct stepping {
	const struct req *rq;
	enum case_step step;
	struct year_case k;
	struct flaws blocks;
	const struct case_row *row;
	bool may;
	struct case_note note;
	int64_t rev;
	struct flaws found;
};

static const char *const sheets[CASE_STEPS] = {
	[CASE_STEP_HALF_YEAR] = "/sheet?stage=half_year", [CASE_STEP_SELF_ASSESS] = "/sheet?stage=self", [CASE_STEP_VOTE] = "/vote?stage=voted",
	[CASE_STEP_APPRAISE] = "/appraise", [CASE_STEP_RETURN] = "/return",
};

static fail path_step(struct call *c, const struct req *rq, enum case_step *out)
{
	const char *name = req_param(rq, "step");
	int i = word_index(case_steps, name);

	if (i <= 0)
		return problem(c, FAIL_NOT_FOUND, "step", "a case has no step “%s”", name);
	*out = (enum case_step)i;
	return FAIL_OK;
}

static fail look(struct call *c, void *arg)
{
	struct stepping *s = arg;

	s->blocks = (struct flaws){ 0 };
	TRY(year_page_case(c, s->rq, &s->k));
	s->row = case_find_row(s->k.kind, s->step, s->k.state);
	s->may = s->row && case_person_may(c, &s->k, s->step);
	return s->row ? case_step_blocks(c, &s->k, s->step, &s->blocks) : FAIL_OK;
}

static const char *meaning(enum lang lang, enum case_step step)
{
	static const char *const texts[CASE_STEPS] = {
		[CASE_STEP_RECOGNISE] = N_("The unit is recognised as meeting the standard. The number of the decision stands on its certificate."),
		[CASE_STEP_REFUSE] = N_("The unit is not recognised this year. It sees the reason and may appeal."),
		[CASE_STEP_NOTIFY] = N_("Those concerned are told their level; from today they may appeal."),
		[CASE_STEP_REOPEN] = N_("The decision can be taken anew. What was decided stays in the history."),
		[CASE_STEP_WITHDRAW] = N_("The unit is not evaluated this year. The committee above sees the reason."),
		[CASE_STEP_TRANSFER_OUT] = N_("The unit leaves the set that is evaluated here; it counts nowhere in the figures of this committee."),
	};

	return texts[step] ? tr(lang, texts[step]) : NULL;
}

static void fill_step(struct call *c, const struct stepping *s, struct cell_step_view *v)
{
	v->k = &s->k;
	v->step = s->step;
	v->what = case_step_name(c->lang, s->k.kind, s->step);
	v->meaning = meaning(c->lang, s->step);
	v->back = year_page_path(c, &s->k, "");
	v->action = year_page_path(c, &s->k, arena_printf(c->arena, "/steps/%s", case_steps[s->step]));
	v->blocks = s->blocks;
	v->may = s->may;
	v->reason = s->row && s->row->needs_reason;
	v->grave = s->step == CASE_STEP_WITHDRAW || s->step == CASE_STEP_TRANSFER_OUT || s->step == CASE_STEP_REFUSE;
	v->moved = s->step == CASE_STEP_TRANSFER_OUT;
	v->due = s->step == CASE_STEP_RETURN;
	v->decision = s->step == CASE_STEP_RECOGNISE || s->step == CASE_STEP_REFUSE || (s->step == CASE_STEP_NOTIFY && !*s->k.decision_no);
	if (!s->row)
		v->no_way = arena_printf(c->arena, tr(c->lang, "This step is not possible while the case is “%s”."), case_state_name(c->lang, s->k.kind, s->k.state));
}

static void write_step(struct call *c, struct res *rs, const struct stepping *s, struct cell_step_view *v)
{
	struct page pg;

	fill_step(c, s, v);
	year_page_values_typed(c, s->rq, &v->form);
	year_page_begin(c, s->rq, rs, &pg, &s->k, v->what, v->what);
	view_cell_step(&rs->body, &pg, v);
}

static void step_json(struct call *c, struct res *rs, const struct stepping *s)
{
	struct json j;

	(void)c;
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "step", case_steps[s->step]);
	json_put_str(&j, "state", case_states[s->k.state]);
	json_put_bool(&j, "possible", s->may && !s->blocks.n);
	json_put_bool(&j, "needs_reason", s->row && s->row->needs_reason);
	json_key(&j, "blocks");
	json_array(&j);
	for (size_t i = 0; i < s->blocks.n; i++)
		json_str(&j, s->blocks.v[i].text);
	json_array_end(&j);
	json_put_int(&j, "rev", s->k.rev);
	json_object_end(&j);
}

static fail step_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct stepping s = { .rq = rq };
	struct cell_step_view v = { 0 };

	TRY(path_step(c, rq, &s.step));
	TRY(look(c, &s));
	res_rev(c, rq, rs, s.k.rev);
	if (req_wants_json(rq)) {
		step_json(c, rs, &s);
		return FAIL_OK;
	}
	if (sheets[s.step])
		return res_redirect(c, rs, year_page_path(c, &s.k, sheets[s.step]));
	form_begin(&v.form, c, NULL, NULL);
	v.rev = s.k.rev;
	write_step(c, rs, &s, &v);
	return FAIL_OK;
}

static fail read_note(struct call *c, const struct req *rq, struct stepping *s)
{
	if (sheets[s->step] && s->step != CASE_STEP_RETURN)
		return problem(c, FAIL_INPUT, "step", "this step is taken with its sheet");
	s->note = (struct case_note){ .remark = year_page_typed(c, rq, "remark"), .decision_no = year_page_typed(c, rq, "decision_no"),
		                          .moved_to = year_page_typed(c, rq, "moved_to") };
	TRY(year_page_day(c, rq, "due_on", DATE_NONE, &s->note.due_on));
	return year_page_day(c, rq, "decided_on", DATE_NONE, &s->note.decided_on);
}

static fail take_body(struct call *c, void *arg)
{
	struct stepping *s = arg;
	struct year_case k;

	TRY(year_page_case(c, s->rq, &k));
	s->found = (struct flaws){ 0 };
	return case_take_step(c, k.id, s->rev, s->step, &s->note, &s->k, &s->found);
}

struct showing { struct stepping *s; struct res *rs; struct cell_step_view v; };

static fail again_body(struct call *c, void *arg)
{
	struct showing *w = arg;

	TRY(look(c, w->s));
	w->v.rev = w->s->k.rev;
	write_step(c, w->rs, w->s, &w->v);
	return FAIL_OK;
}

static fail refuse_json(struct call *c, struct res *rs, struct stepping *s, fail f)
{
	if (f != FAIL_CONFLICT || strcmp(c->problem.field, "rev") != 0)
		return f;
	TRY(db_read(c, look, s));
	return year_page_conflict(c, s->rq, rs, &s->k);
}

static fail refused(struct call *c, struct res *rs, struct stepping *s, fail f)
{
	struct showing w = { .s = s, .rs = rs };

	if (f != FAIL_INPUT && f != FAIL_CONFLICT)
		return f;
	if (req_wants_json(s->rq))
		return refuse_json(c, rs, s, f);
	form_begin(&w.v.form, c, NULL, NULL);
	page_flaws(&w.v.form, &s->found);
	TRY(db_read(c, again_body, &w));
	return res_again(rs, f);
}

static fail step_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct stepping s = { .rq = rq };

	TRY(path_step(c, rq, &s.step));
	TRY(req_rev(c, rq, &s.rev));
	fail f = read_note(c, rq, &s);

	if (f == FAIL_OK)
		f = db_write(c, take_body, &s);
	if (f != FAIL_OK)
		return refused(c, rs, &s, f);
	return year_page_done(c, rq, rs, &s.k, "", arena_printf(c->arena, tr(c->lang, "Done: %1$s. It is now: %2$s."), case_step_name(c->lang, s.k.kind, s.step),
	                                                        case_state_name(c->lang, s.k.kind, s.k.state)));
}

const struct route cell_case_routes[] = {
	{ GET, "/cases/:case", MAY_SEE, year_page_unit, case_show, 0, N_("A case of a year: its stages, votes, steps, what can be done now"), NULL, NULL, NULL },
	{ GET, "/cases/:case/steps/:step", MAY_SEE, year_page_unit, step_show, 0, N_("One step of a case: what stands in its way"), NULL, NULL, NULL },
	{ POST, "/cases/:case/steps/:step", MAY_SEE, year_page_unit, step_post, 0,
	  N_("Takes a step: withdraw transfer_out notify reopen recognise refuse return; remark, moved_to, due_on, decision_no, decided_on. Who may is asked with the step"),
	  NULL, NULL, NULL },
	{ HTTP_NONE },
};
