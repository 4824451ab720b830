/* cell_sheet.c — the sheet of a case at the stages of the cell: proposed by the program, judged by people, total always in sight; and the vote on it.
 *
 * Half-year sheet and vote are kept together; the self-assessment alone; the vote on it takes the self-assessment over, or changes its judged points. */
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "cell_views.h"
#include "score/pages.h"
#include "score/sheet_view.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct data {
	const struct req *rq;
	enum case_stage stage;
	bool on_vote_page, typed;
	struct judged judged;
	struct line_whys whys;
	struct year_case k;
	const char *type;                 /* of the unit */
	struct year_draft draft;
	struct year_view kept, before;    /* of this stage; of the one it follows */
	struct year_evidences evidence;
	struct year_votes votes;
	struct year_vote_fields fields;
	struct cell_sheet_view v;
};

static enum case_step step_of(enum case_stage stage)
{
	return stage == CASE_STAGE_HALF_YEAR ? CASE_STEP_HALF_YEAR : stage == CASE_STAGE_SELF ? CASE_STEP_SELF_ASSESS : CASE_STEP_VOTE;
}

static fail path_stage(struct call *c, const struct req *rq, bool on_vote_page, enum case_stage *out)
{
	const char *asked = req_query(rq, "stage");
	int i = asked ? word_index(case_stages, asked) : on_vote_page ? CASE_STAGE_VOTED : CASE_STAGE_SELF;

	if (i < CASE_STAGE_HALF_YEAR || i > CASE_STAGE_VOTED)
		return problem(c, FAIL_NOT_FOUND, "stage", "there are the stages half_year, self and voted");
	*out = (enum case_stage)i;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- gathering */

/* Whose points stand before anybody types: this stage's own, else those it follows. While a vote is awaited, always the self-assessment: a vote of before
 * was about an older one. */
static const struct year_view *base_of(const struct data *d)
{
	bool awaited = d->stage == CASE_STAGE_VOTED && d->k.state == CASE_SELF_ASSESSED;

	return d->before.sheet.revision && (awaited || !d->kept.sheet.revision) ? &d->before : &d->kept;
}

static fail load_kept(struct call *c, struct data *d, const struct year_gathered *now)
{
	TRY(year_view(c, &d->k, d->stage, now, &d->kept));
	d->before = (struct year_view){ 0 };
	if (d->stage == CASE_STAGE_HALF_YEAR)
		return FAIL_OK;
	return year_view(c, &d->k, d->stage == CASE_STAGE_SELF ? CASE_STAGE_HALF_YEAR : CASE_STAGE_SELF, now, &d->before);
}

/* A point that does not fit is said at its field; the sheet is shown without it. */
static fail draft(struct call *c, struct data *d)
{
	struct judged judged = d->judged;

	if (!d->typed) {
		judged = base_of(d)->judged;
		d->whys = base_of(d)->whys;
	}
	fail f = year_draft(c, &d->k, judged, &d->draft);

	if (f != FAIL_INPUT)
		return f;
	problem_clear(c);
	return year_draft(c, &d->k, JUDGED_NONE, &d->draft);
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;
	struct period months;

	TRY(year_page_case(c, d->rq, &d->k));
	months = (struct period){ month_of((int)d->k.year, 1), month_of((int)d->k.year + 1, 3) };
	TRY(load_kept(c, d, NULL));
	TRY(draft(c, d));
	TRY(load_kept(c, d, &d->draft.gathered));
	TRY(year_evidence_of(c, &d->k, &d->evidence));
	TRY(year_page_type(c, &d->k, &d->type));
	TRY(year_votes_of(c, &d->k, &d->votes));
	return d->stage == CASE_STAGE_SELF ? FAIL_OK : year_vote_fields_of(c, d->k.unit_id, months, false, &d->fields);
}

/* ---------------------------------------------------------------- showing */

static const char *lead_of(enum lang lang, enum case_stage stage)
{
	static const char *const leads[] = { "", N_("Half-year results and vote"), N_("Self-assessment"), N_("Vote of the members") };

	return tr(lang, leads[stage]);
}

static fail find_closed(struct call *c, struct data *d)
{
	enum case_step step = step_of(d->stage);

	d->v.may = case_person_may(c, &d->k, step);
	if (case_find_row(d->k.kind, step, d->k.state))
		return d->v.may ? case_step_blocks(c, &d->k, step, &d->v.blocks) : FAIL_OK;
	d->v.may = false;
	d->v.closed = arena_printf(c->arena, tr(c->lang, "Nothing is asked for here now; the case is: %s."), case_state_name(c->lang, d->k.kind, d->k.state));
	return FAIL_OK;
}

/* What this page brings itself, the sheet and the vote, is not in its way. */
static void drop_own_blocks(struct data *d)
{
	struct flaws *f = &d->v.blocks;
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].field, "in_favour") != 0 && strcmp(f->v[i].field, "sheet") != 0)
			f->v[n++] = f->v[i];
	f->n = n;
}

static void add_evidence(struct call *c, struct data *d, const struct scored_sheet *s)
{
	d->v.hints = ARENA_ARRAY(c->arena, d->v.lines.n + 1, const char *);
	for (size_t i = 0; i < s->n; i++)
		d->v.hints[i] = year_line_evidence(c, &s->lines[i], d->type);
	d->v.evidence = ARENA_ARRAY(c->arena, d->v.lines.n + 1, const char *);
	for (size_t i = 0; i < d->v.lines.n; i++) {
		int64_t n = 0;

		for (size_t e = 0; e < d->evidence.n; e++)
			n += strcmp(d->evidence.v[e].line, d->v.lines.v[i].id) == 0;
		d->v.evidence[i] = n ? arena_printf(c->arena, tr(c->lang, "Evidence: %s"), show_int(c->arena, c->lang, n))
		                     : d->v.lines.v[i].judged ? tr(c->lang, "Add evidence") : NULL;
	}
}

static void add_totals(struct call *c, struct data *d, const struct scored_sheet *s)
{
	struct cell_sheet_view *v = &d->v;

	v->total = s->total;
	v->sofar = d->draft.secured;
	v->reachable = d->draft.reachable;
	v->standard = d->k.kind == CASE_FOUR_GOOD ? d->draft.standard : TENTHS_NONE;
	v->result = v->closed ? d->kept.sheet.result : d->draft.result;
	v->table = s->scheme->title[c->lang];
	v->proposed = strcmp(s->scheme->source, "P") == 0;
	if (!v->closed && s->unjudged)
		v->waits = arena_printf(c->arena, tr(c->lang, "%zu lines wait for your points"), s->unjudged);
	else if (!v->closed && s->missing)
		v->waits = tr(c->lang, "facts are missing: see the lines marked");
}

static void add_stale(struct call *c, struct data *d)
{
	d->v.stale = ARENA_ARRAY(c->arena, 64, const char *);
	for (size_t i = 0; d->kept.sheet.revision && d->kept.changed && i < d->draft.sheet.n; i++) {
		const struct scored_line *l = &d->draft.sheet.lines[i];

		if (l->line && scheme_line_facts(l->line) & d->kept.changed && d->v.stale_n < 64)
			d->v.stale[d->v.stale_n++] = l->id;
	}
}

static void add_votes(struct call *c, struct data *d)
{
	unsigned word = d->stage == CASE_STAGE_HALF_YEAR ? YEAR_VOTE_HALF_YEAR : YEAR_VOTE_VOTED;

	d->v.votes = ARENA_ARRAY(c->arena, d->votes.n + 1, const char *);
	for (size_t i = 0; i < d->votes.n && d->stage != CASE_STAGE_SELF; i++)
		if (d->votes.v[i].stage_word == word)
			d->v.votes[d->v.vote_n++] = year_vote_words(c, &d->votes.v[i]);
}

/* What stands in the fields: typed, else what is kept, else nothing. */
static void fill_fields(struct call *c, struct data *d)
{
	struct form *f = &d->v.form;

	for (size_t i = 0; i < d->v.lines.n; i++) {
		const struct year_line *l = &d->v.lines.v[i];

		if (!l->judged)
			continue;
		year_page_value(c, f, l->field, tenths_is(l->points) ? show_tenths(c->arena, c->lang, l->points) : "");
		year_page_value(c, f, l->why_field, l->said ? l->said : "");
	}
	year_page_value(c, f, "meeting_id", d->fields.meeting_n ? d->fields.meetings[0].value : "");
	year_page_value(c, f, "told", d->kept.sheet.reason ? d->kept.sheet.reason : "");
	year_page_values_typed(c, d->rq, f);
}

static fail build(struct call *c, struct data *d)
{
	static const char *const below[] = { "", "/sheet?stage=half_year", "/sheet?stage=self", "/vote?stage=voted" };
	struct cell_sheet_view *v = &d->v;

	v->k = &d->k;
	v->stage = d->stage;
	v->lead = lead_of(c->lang, d->stage);
	v->subject = year_page_subject(&d->k);
	v->back = year_page_path(c, &d->k, "");
	v->action = v->draft = year_page_path(c, &d->k, below[d->stage]);
	v->voting = d->stage != CASE_STAGE_SELF;
	v->only_vote = d->stage == CASE_STAGE_VOTED;
	v->is_member = d->k.kind == CASE_MEMBER;
	if (d->k.state == CASE_RETURNED)
		v->returned = year_returned_words(c, &d->k);
	TRY(find_closed(c, d));
	drop_own_blocks(d);
	v->fixes = call_may(c, MAY_RECORD, d->k.unit_id);
	v->told = v->is_member && d->stage == CASE_STAGE_SELF && !year_page_is_mine(c, &d->k);
	bool as_kept = v->closed && d->kept.has_lines;
	const struct scored_sheet *s = as_kept ? &d->kept.lines : &d->draft.sheet;

	year_lines_of(c, d->k.unit_id, (int)d->k.year, s, as_kept ? NULL : &d->draft.gathered, as_kept ? &d->kept.whys : &d->whys, &v->lines);
	v->conditions = as_kept ? d->kept.conditions : d->draft.conditions;
	v->condition_n = as_kept ? d->kept.condition_n : d->draft.condition_n;
	v->vote = d->fields;
	add_evidence(c, d, s);
	add_totals(c, d, s);
	add_stale(c, d);
	add_votes(c, d);
	fill_fields(c, d);
	return year_cards_of(c, &d->k, &v->cards);
}

static fail write_page(struct call *c, struct res *rs, struct data *d)
{
	struct page pg;

	TRY(build(c, d));
	year_page_begin(c, d->rq, rs, &pg, &d->k, d->v.lead, d->v.lead);
	view_cell_sheet(&rs->body, &pg, &d->v);
	return FAIL_OK;
}

static void sheet_json(struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	case_json(&j, &d->k);
	year_sheet_json(&j, "kept", &d->kept.sheet);
	year_draft_json(&j, &d->draft);
	json_object_end(&j);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, bool on_vote_page)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	*d = (struct data){ .rq = rq, .on_vote_page = on_vote_page };
	TRY(path_stage(c, rq, on_vote_page, &d->stage));
	TRY(load(c, d));
	res_rev(c, rq, rs, d->k.rev);
	if (req_wants_json(rq)) {
		sheet_json(rs, d);
		return FAIL_OK;
	}
	form_begin(&d->v.form, c, NULL, NULL);
	d->v.rev = d->k.rev;
	return write_page(c, rs, d);
}

/* ---------------------------------------------------------------- saving */

struct save {
	struct data *d;
	struct year_request request;
	struct year_vote vote;
	struct year_case k;
	struct year_sheet sheet;
	struct flaws found;
};

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct data *d = s->d;
	bool voting = d->stage != CASE_STAGE_SELF;

	s->found = (struct flaws){ 0 };
	TRY(year_page_case(c, d->rq, &s->k));
	if (!case_person_may(c, &s->k, step_of(d->stage)))
		return problem(c, FAIL_DENIED, "case", "this is done by the cell itself, for a member also by the member");
	s->request.case_id = s->k.id;
	if (voting)
		TRY(year_vote_read(c, d->rq, s->k.unit_id, &s->vote));
	s->vote.stage_word = d->stage == CASE_STAGE_HALF_YEAR ? YEAR_VOTE_HALF_YEAR : YEAR_VOTE_VOTED;
	if (s->k.kind == CASE_MEMBER && d->stage == CASE_STAGE_SELF && !year_page_is_mine(c, &s->k))
		s->request.reason = year_page_typed(c, d->rq, "told");
	return year_save(c, &s->request, voting ? &s->vote : NULL, &s->k, &s->sheet, &s->found);
}

/* Without a single judged point in the body the vote takes the self-assessment over as it stands. */
static fail read_request(struct call *c, struct save *s)
{
	struct data *d = s->d;

	s->request = (struct year_request){ .stage = d->stage, .judged = d->judged, .whys = d->whys, .reason = "" };
	s->request.keep = d->stage == CASE_STAGE_VOTED && !d->judged.n;
	TRY(req_rev(c, d->rq, &s->request.rev));
	return d->v.form.n ? problem(c, FAIL_INPUT, d->v.form.problems[0].field, "%s", d->v.form.problems[0].text) : FAIL_OK;
}

/* Both versions where somebody was faster: what is kept now beside what was typed. */
static void add_conflict(struct call *c, struct data *d)
{
	for (size_t i = 0; i < d->judged.n; i++) {
		const struct year_view *now = base_of(d);
		struct tenths stored = TENTHS_NONE;

		for (size_t k = 0; k < now->judged.n; k++)
			if (strcmp(now->judged.v[k].id, d->judged.v[i].id) == 0)
				stored = now->judged.v[k].points;
		conflict_add(c, &d->v.conflict, d->judged.v[i].id, tenths_is(stored) ? show_tenths(c->arena, c->lang, stored) : "–",
		             show_tenths(c->arena, c->lang, d->judged.v[i].points));
	}
}

struct showing { struct save *s; struct res *rs; fail why; };

static fail again_body(struct call *c, void *arg)
{
	struct showing *w = arg;
	struct data *d = w->s->d;

	TRY(load(c, d));
	d->v.rev = w->why == FAIL_CONFLICT ? d->k.rev : w->s->request.rev;
	if (w->why == FAIL_CONFLICT)
		add_conflict(c, d);
	return write_page(c, w->rs, d);
}

/* The page once more: with what is wrong, or worked out without keeping anything. */
static fail again(struct call *c, struct res *rs, struct save *s, fail f)
{
	struct showing w = { s, rs, f };

	page_flaws(&s->d->v.form, &s->found);
	problem_clear(c);
	TRY(db_read(c, again_body, &w));
	return f == FAIL_OK ? FAIL_OK : res_again(rs, f);
}

/* In June the result is not known yet: the points stand alone then. */
static fail done(struct call *c, const struct req *rq, struct res *rs, const struct save *s)
{
	static const char *const texts[] = { "", N_("Half-year results kept: %s."), N_("Self-assessment kept: %s."), N_("The members have voted: %s.") };
	const char *points = arena_printf(c->arena, tr(c->lang, "%s points"), show_tenths(c->arena, c->lang, s->sheet.points));
	const char *said = s->sheet.result ? arena_printf(c->arena, "%s, %s", points, case_result_name(c->lang, s->sheet.result)) : points;

	return year_page_done(c, rq, rs, &s->k, "", arena_printf(c->arena, tr(c->lang, texts[s->d->stage]), said));
}

static fail refuse_json(struct call *c, const struct req *rq, struct res *rs, struct save *s, fail f)
{
	if (f != FAIL_CONFLICT || strcmp(c->problem.field, "rev") != 0)
		return f;
	TRY(db_read(c, load, s->d));
	return year_page_conflict(c, rq, rs, &s->d->k);
}

static fail post(struct call *c, const struct req *rq, struct res *rs, bool on_vote_page)
{
	struct data *d = ARENA_NEW(c->arena, struct data);
	struct save s = { .d = d };

	*d = (struct data){ .rq = rq, .on_vote_page = on_vote_page, .typed = true };
	TRY(path_stage(c, rq, on_vote_page, &d->stage));
	form_begin(&d->v.form, c, NULL, NULL);
	sheet_read_judged(c, rq, &d->judged, &d->v.form);
	year_page_whys(c, rq, &d->whys);
	d->typed = d->judged.n || d->stage != CASE_STAGE_VOTED;
	fail f = read_request(c, &s);

	if (f == FAIL_OK && strcmp(year_page_typed(c, rq, "do"), "work-out") == 0)
		return again(c, rs, &s, FAIL_OK);
	if (f == FAIL_OK)
		f = db_write(c, save_body, &s);
	if (f == FAIL_OK)
		return done(c, rq, rs, &s);
	if (f != FAIL_INPUT && f != FAIL_CONFLICT)
		return f;
	return req_wants_json(rq) ? refuse_json(c, rq, rs, &s, f) : again(c, rs, &s, f);
}

static fail sheet_show(struct call *c, const struct req *rq, struct res *rs) { return show(c, rq, rs, false); }
static fail vote_show(struct call *c, const struct req *rq, struct res *rs) { return show(c, rq, rs, true); }
static fail sheet_post(struct call *c, const struct req *rq, struct res *rs) { return post(c, rq, rs, false); }
static fail vote_post(struct call *c, const struct req *rq, struct res *rs) { return post(c, rq, rs, true); }

static const struct query_param stage_params[] = { { "stage", N_("half_year, self or voted") }, { NULL } };

const struct route cell_sheet_routes[] = {
	{ GET, "/cases/:case/sheet", MAY_SEE, year_page_unit, sheet_show, 0, N_("The sheet of a case: every line with its reason"), NULL, NULL, stage_params },
	{ POST, "/cases/:case/sheet", MAY_SEE, year_page_unit, sheet_post, 0,
	  N_("Keeps the sheet of a case: judged.ID and why.ID for each judged line; half_year also meeting_id, in_favour, against, abstain. Who may is asked with the step"),
	  NULL, NULL, stage_params },
	{ GET, "/cases/:case/vote", MAY_SEE, year_page_unit, vote_show, 0, N_("The vote of the members on a case"), NULL, NULL, stage_params },
	{ POST, "/cases/:case/vote", MAY_SEE, year_page_unit, vote_post, 0,
	  N_("Keeps the vote of the members on a case: meeting_id, in_favour, against, abstain; judged.ID where points change"), NULL, NULL, stage_params },
	{ HTTP_NONE },
};
