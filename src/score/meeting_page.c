/* meeting_page.c — one meeting as a task list: what is recorded, what is missing and what it costs.
 *
 * A meeting that is lived through in the program shows its whole life (task_list.h); one written down afterwards the short list of what can
 * be recorded of it. */
#include "meeting/recorded.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

/* ---------------------------------------------------------------- steps */

static const char *counts_why(struct call *c, const struct meeting_whole *w)
{
	const struct meeting *m = &w->meeting;

	if (m->present == INT_UNKNOWN || m->expected == INT_UNKNOWN)
		return tr(c->lang, "Who came? By roll call, or the counts alone.");
	return arena_printf(c->arena, tr(c->lang, "%s of %s came (%s)"), show_int(c->arena, c->lang, m->present),
	                    show_int(c->arena, c->lang, m->expected), show_percent(c->arena, c->lang, m->present, m->expected));
}

/* Facts that a person can answer and the sheet still asks for. */
static size_t open_answers(const struct meeting_whole *w)
{
	size_t n = 0;

	for (int f = 0; f < FACT_COUNT; f++)
		n += (w->draft.sheet.missing & FACT_BIT(f)) && recorded_question((enum fact)f);
	return n;
}

static struct step step_of(struct call *c, const struct meeting_whole *w, const char *below, const char *title, const char *why, bool done)
{
	return (struct step){ page_meeting_path(c, &w->meeting, below), tr(c->lang, title), why, done ? STEP_DONE : STEP_TODO };
}

static struct step times_step(struct call *c, const struct meeting_whole *w)
{
	const struct meeting *m = &w->meeting;
	const char *why = moment_is(m->ends_at) ? arena_printf(c->arena, tr(c->lang, "%s, %lld minutes"), show_moment(c->arena, c->lang, m->starts_at),
	                                                       (long long)(m->ends_at.minutes - m->starts_at.minutes)) :
	                                          tr(c->lang, "The end is not recorded yet.");

	return step_of(c, w, "/edit", N_("Time, documents, pre-meeting"), why, moment_is(m->ends_at));
}

static struct step answers_step(struct call *c, const struct meeting_whole *w)
{
	size_t open = open_answers(w);
	const char *why = open ? arena_printf(c->arena, tr(c->lang, "%zu answers are still missing"), open) : tr(c->lang, "All answered");

	return step_of(c, w, "/facts", N_("Questions on the meeting"), why, !open);
}

static struct step tasks_step(struct call *c, const struct meeting_whole *w)
{
	const char *why = w->tasks.n ? arena_printf(c->arena, tr(c->lang, "%zu tasks assigned"), w->tasks.n) : tr(c->lang, "What was assigned, to whom, until when?");

	return step_of(c, w, "/tasks", N_("Tasks"), why, w->tasks.n > 0 || facts_know(&w->draft.gathered.facts, FACT_tasks_assigned));
}

static const char *sheet_words(struct call *c, const struct score_view *v)
{
	const char *text = arena_printf(c->arena, tr(c->lang, "%s points, %s"), show_tenths(c->arena, c->lang, v->sheet.points),
	                                grade_title((enum grade)v->sheet.class, c->lang));

	return v->changed || v->other_rule ? arena_printf(c->arena, tr(c->lang, "%s; something has changed since: look again"), text) : text;
}

static struct step score_step(struct call *c, const struct meeting_whole *w)
{
	if (w->self.sheet.revision)
		return step_of(c, w, "/score", N_("The cell's own score"), sheet_words(c, &w->self), !w->self.changed && !w->self.other_rule);
	if (w->no_scheme)
		return (struct step){ NULL, tr(c->lang, "The cell's own score"), w->no_scheme, STEP_BLOCKED };
	struct step s = step_of(c, w, "/score", N_("The cell's own score"), tr(c->lang, "Everything is there: give the judged points"), false);

	if (w->draft.sheet.missing) {
		s.state = STEP_BLOCKED;
		s.why = tr(c->lang, "Waits for what is missing above; the sheet can be looked at already");
	}
	return s;
}

static struct step decide_step(struct call *c, const struct meeting_whole *w)
{
	if (w->decided.sheet.revision)
		return step_of(c, w, "/decide", N_("Decision of the committee above"), sheet_words(c, &w->decided), true);
	struct step s = step_of(c, w, "/decide", N_("Decision of the committee above"), tr(c->lang, "Waits for the committee above"), false);

	if (!w->self.sheet.revision)
		s.why = tr(c->lang, "Waits for the cell's own score");
	s.state = STEP_BLOCKED;
	if (!call_may(c, MAY_DECIDE, w->meeting.unit_id))
		s.href = NULL;
	else if (w->self.sheet.revision)
		s.state = STEP_TODO;
	return s;
}

static void add_steps(struct call *c, struct meeting_view *v)
{
	const struct meeting_whole *w = v->w;
	const struct meeting *m = &w->meeting;
	bool counted = m->present != INT_UNKNOWN && m->expected != INT_UNKNOWN, next = false;

	v->steps[v->step_n++] = times_step(c, w);
	v->steps[v->step_n++] = step_of(c, w, "/attendance", N_("Roll call"), counts_why(c, w), counted);
	v->steps[v->step_n++] = tasks_step(c, w);
	if (w->scored_kind) {
		v->steps[v->step_n++] = answers_step(c, w);
		v->steps[v->step_n++] = score_step(c, w);
		v->steps[v->step_n++] = decide_step(c, w);
	}
	for (size_t i = 0; i < v->step_n; i++) {
		struct step *s = &v->steps[i];
		bool theirs = i == 5;

		if (!v->may_record && !theirs && i != 4)
			s->href = NULL;
		if (s->state == STEP_TODO && !next && s->href) {
			s->state = STEP_NEXT;
			next = true;
		}
	}
}

/* ---------------------------------------------------------------- what it costs */

static struct lost *lost_of(struct call *c, const struct meeting_whole *w, size_t *count)
{
	const struct scored_sheet *s = &w->draft.sheet;
	struct lost *v = ARENA_ARRAY(c->arena, s->n + 1, struct lost);

	*count = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct scored_line *l = &s->lines[i];
		int32_t max = tenths_is(l->max) ? l->max.t : scheme_line_max(l->line).t;
		int32_t lost = max - (l->state == LINE_SCORED ? l->points.t : 0);

		if (l->state == LINE_UNJUDGED || lost <= 0)
			continue;
		v[(*count)++] = (struct lost){ l->id, l->title, l->state == LINE_SCORED ? l->to_full : l->why, { lost } };
	}
	return v;
}

static const char **question_texts(struct call *c, const struct meeting_whole *w)
{
	const char **texts = ARENA_ARRAY(c->arena, w->questions.n + 1, const char *);

	for (size_t i = 0; i < w->questions.n; i++)
		texts[i] = w->questions.v[i].text;
	return texts;
}

static const char *vote_words(struct call *c, const struct meeting_whole *w)
{
	if (!w->voting.known)
		return NULL;
	return arena_printf(c->arena, tr(c->lang, "%lld have a vote; a resolution needs %lld in favour, a decision on a member %lld."),
	                    (long long)w->voting.base, (long long)w->voting.for_resolution, (long long)w->voting.for_two_thirds);
}

static fail life_show(struct call *c, const struct req *rq, struct res *rs, const struct meeting_whole *w)
{
	const struct meeting *m = &w->meeting;
	struct life_view v = { .w = w, .title = page_meeting_title(c, m), .state = meeting_state_name(c->lang, m->state) };
	struct meeting_progress p;
	struct steps_taken taken;
	struct page pg;

	TRY(meeting_progress_of(c, m, &p));
	TRY(meeting_steps_taken(c, m, &taken));
	TRY(task_list_of(c, w, &p, &v.list));
	task_list_history(c, &taken, &v.history, &v.history_n);
	v.clock = task_list_upload_clock(c, m);
	v.may_people = call_may(c, MAY_SEE_MEMBERS, m->unit_id);
	v.may_papers = page_may_read_papers(c, m->unit_id);
	v.votes = vote_words(c, w);
	if (meeting_was_held(m->state)) {
		v.questions = question_texts(c, w);
		v.question_n = w->questions.n;
		v.lost = lost_of(c, w, &v.lost_n);
	}
	page_begin(c, rq, rs, &pg, m, v.title, NULL);
	view_meeting_life(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail meeting_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting m;
	struct meeting_whole w;
	struct meeting_view v = { .w = &w };
	struct page pg;
	struct json j;

	TRY(page_meeting(c, rq, &m));
	TRY(meeting_whole(c, &m, &w));
	v.may_people = call_may(c, MAY_SEE_MEMBERS, m.unit_id);
	v.may_papers = page_may_read_papers(c, m.unit_id);
	v.may_record = call_may(c, MAY_RECORD, m.unit_id);
	res_rev(c, rq, rs, m.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		whole_json(&j, c, &w, v.may_people);
		return FAIL_OK;
	}
	if (!m.afterwards)
		return life_show(c, rq, rs, &w);
	v.title = page_meeting_title(c, &m);
	add_steps(c, &v);
	v.lost = lost_of(c, &w, &v.lost_n);
	v.questions = question_texts(c, &w);
	v.question_n = w.questions.n;
	v.votes = vote_words(c, &w);
	page_begin(c, rq, rs, &pg, &m, v.title, NULL);
	view_meeting(&rs->body, &pg, &v);
	return FAIL_OK;
}

const struct route meeting_routes[] = {
	{ GET, "/meetings/:meeting", MAY_SEE, page_meeting_unit, meeting_show, 0, N_("A meeting: what is recorded, what is missing, its sheets"), NULL,
	  &meeting_record, NULL },
	{ HTTP_NONE },
};
