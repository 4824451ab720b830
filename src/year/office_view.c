/* office_view.c — from a case to the page on which the committee appraises it: every line with what each stage said, what must be explained, evidence. */
#include "year/office_view.h"

#include <string.h>

/* ---------------------------------------------------------------- words */

const char *office_fact_names(struct call *c, unsigned kind, uint64_t facts)
{
	const struct fact_book *book = kind == CASE_MEMBER ? &FACTS_OF_PERSON : &FACTS_OF_YEAR;
	int said = 0, all = __builtin_popcountll(facts);
	struct out o;

	if (!facts)
		return "";
	out_memory(&o, c->arena);
	for (int f = 0; f < book->n && said < 3; f++)
		if (facts >> f & 1)
			out_printf(&o, "%s%s", said++ ? ", " : "", book->facts[f].label[c->lang]);
	if (all > said)
		out_printf(&o, tr(c->lang, ", and %d more"), all - said);
	return out_text(&o);
}

static const char *open_words(struct call *c, const struct scored_sheet *s)
{
	int facts = __builtin_popcountll(s->missing);

	if (facts && s->unjudged)
		return arena_printf(c->arena, tr(c->lang, "%d facts are missing, %zu lines wait for points"), facts, s->unjudged);
	if (facts)
		return arena_printf(c->arena, tr(c->lang, "%d facts are missing"), facts);
	return s->unjudged ? arena_printf(c->arena, tr(c->lang, "%zu lines wait for points"), s->unjudged) : NULL;
}

static const char *vote_words(struct call *c, const struct office_case *d)
{
	const struct year_vote *last = NULL;

	for (size_t i = 0; i < d->votes.n; i++)
		if (d->votes.v[i].stage_word == YEAR_VOTE_VOTED && (!last || d->votes.v[i].seq > last->seq))
			last = &d->votes.v[i];
	if (!last)
		return NULL;
	return arena_printf(c->arena, tr(c->lang, "Vote of the members on %1$s: %2$s of %3$s in favour (%4$s)."), show_date(c->arena, c->lang, last->on),
	                    show_int(c->arena, c->lang, last->in_favour), show_int(c->arena, c->lang, last->base),
	                    show_percent(c->arena, c->lang, last->in_favour, last->base));
}

/* The last time it was sent back, and why. */
static const char *return_words(struct call *c, const struct office_case *d)
{
	for (size_t i = d->steps.n; i-- > 0;)
		if (d->steps.v[i].step == CASE_STEP_RETURN)
			return arena_printf(c->arena, tr(c->lang, "Returned for correction on %1$s: %2$s"),
			                    show_date(c->arena, c->lang, moment_date(call_local(d->steps.v[i].at_ms))), d->steps.v[i].remark);
	return NULL;
}

static const char *changed_words(struct call *c, const struct office_case *d)
{
	const struct year_view *before = office_case_before(d);

	return before && before->changed ? office_fact_names(c, d->k.kind, before->changed) : NULL;
}

static const char *closed_words(struct call *c, const struct office_case *d)
{
	if (office_case_is_open(d))
		return NULL;
	return arena_printf(c->arena, tr(c->lang, "The case stands at “%s”: nothing is appraised now."), case_state_name(c->lang, d->k.kind, d->k.state));
}

/* ---------------------------------------------------------------- lines */

static const char *said_at(const struct year_view *v, const char *id)
{
	for (size_t i = 0; v && i < v->whys.n; i++)
		if (strcmp(v->whys.v[i].line, id) == 0 && *v->whys.v[i].text)
			return v->whys.v[i].text;
	return NULL;
}

static struct evidence_line evidence_of(struct call *c, const struct office_case *d, const struct year_evidence *e)
{
	struct evidence_line l = { .text = e->title };

	if (e->paper_no && *e->paper_no)
		l.text = arena_printf(c->arena, "%s, %s", e->title, e->paper_no);
	if (e->document_id > 0)
		l.href = arena_printf(c->arena, "/documents/%lld", (long long)e->document_id);
	else if (e->file_id > 0)
		l.href = arena_printf(c->arena, "/cases/%lld/evidence/%lld", (long long)d->k.id, (long long)e->id);
	return l;
}

static void add_evidence(struct call *c, const struct office_case *d, struct appraise_line *l)
{
	l->evidence = ARENA_ARRAY(c->arena, d->evidence.n + 1, struct evidence_line);
	for (size_t i = 0; i < d->evidence.n; i++)
		if (strcmp(d->evidence.v[i].line, l->l->id) == 0)
			l->evidence[l->evidence_n++] = evidence_of(c, d, &d->evidence.v[i]);
}

static void add_line(struct call *c, const struct req *rq, const struct office_case *d, const struct scored_line *s, const struct year_line *l,
                     struct office_view *v)
{
	const struct year_view *before = office_case_before(d);
	struct tenths base = before ? office_line_points(before, l->id) : TENTHS_NONE;
	const char *typed = req_form(rq, l->why_field);
	struct appraise_line *out = &v->v[v->n++];

	*out = (struct appraise_line){
		.l = l,
		.self = office_line_points(&d->self, l->id),
		.voted = office_line_points(&d->voted, l->id),
		.kept = office_line_points(&d->appraised, l->id),
		.open = v->may && l->judged && s->source != SOURCE_NOT_APPLICABLE && tenths_is(l->max) && l->max.t > 0,
		.differs = tenths_is(base) && tenths_is(l->points) && base.t != l->points.t,
		.difference = office_difference(c, base, l->points),
		.said = said_at(before, l->id),
		.answered = said_at(&d->appraised, l->id),
	};
	out->said_open = out->differs || (typed && *typed) || form_problem_at(&v->form, l->why_field);
	out->ask = v->may && (out->open || out->said_open);
	add_evidence(c, d, out);
	v->sofar.t += tenths_is(l->points) ? l->points.t : 0;
	v->possible.t += tenths_is(l->points) ? l->points.t : tenths_is(l->max) ? l->max.t : 0;
}

static void add_lines(struct call *c, const struct req *rq, const struct office_case *d, const struct scored_sheet *s, struct office_view *v)
{
	struct year_lines lines;

	year_lines_of(c, d->k.unit_id, (int)d->k.year, s, d->no_draft ? NULL : &d->draft.gathered, NULL, &lines);
	v->v = ARENA_ARRAY(c->arena, lines.n + 1, struct appraise_line);
	for (size_t i = 0; i < lines.n; i++)
		add_line(c, rq, d, &s->lines[i], &lines.v[i], v);
}

static bool line_is_shown(const struct office_view *v, const char *id)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->v[i].l->id, id) == 0)
			return true;
	return false;
}

static void add_papers(struct call *c, const struct office_case *d, struct office_view *v)
{
	v->papers = ARENA_ARRAY(c->arena, d->evidence.n + 1, struct evidence_line);
	for (size_t i = 0; i < d->evidence.n; i++)
		if (!line_is_shown(v, d->evidence.v[i].line))
			v->papers[v->paper_n++] = evidence_of(c, d, &d->evidence.v[i]);
}

/* A veto that holds is bad, a condition of a level that holds is good. */
static void add_conditions(struct call *c, const struct year_condition *conditions, size_t n, struct office_view *v)
{
	v->conditions = ARENA_ARRAY(c->arena, n + 1, struct condition_line);
	for (size_t i = 0; i < n; i++) {
		const struct year_condition *k = &conditions[i];
		bool kept = v->levels ? k->holds : !k->holds;

		v->conditions[v->condition_n++] =
			(struct condition_line){ arena_printf(c->arena, "%s %s", k->id, k->text), k->why ? k->why : "", k->known ? kept : -1 };
	}
}

/* ---------------------------------------------------------------- levels */

static void add_choices(struct call *c, struct office_view *v)
{
	unsigned best = v->result;

	if (best <= RESULT_NOT_COMPLETED)
		return; /* still open, or there is none lower */
	v->choices = ARENA_ARRAY(c->arena, CASE_RESULTS, struct choice);
	v->choices[v->choice_n++] = (struct choice){
		"", arena_printf(c->arena, tr(c->lang, "As points and conditions say: %s"), case_result_name(c->lang, best)), NULL };
	for (unsigned r = best - 1; r >= RESULT_NOT_COMPLETED; r--)
		v->choices[v->choice_n++] = (struct choice){ case_results[r], case_result_name(c->lang, r), NULL };
}

/* ---------------------------------------------------------------- fields */

static void put(struct call *c, const struct req *rq, struct pairs *values, const char *name, const char *now)
{
	const char *typed = req_form(rq, name);

	pairs_add(c->arena, values, name, typed ? typed : now);
}

/* What stands in the fields: typed, else what the sheet holds. */
static void fill_fields(struct call *c, const struct req *rq, const struct office_case *d, struct office_view *v)
{
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);
	bool again = d->k.state != CASE_VOTED && d->appraised.sheet.revision;

	v->form.typed = values;
	for (size_t i = 0; i < v->n; i++) {
		const struct appraise_line *l = &v->v[i];

		if (l->open)
			put(c, rq, values, l->l->field, tenths_is(l->l->points) ? show_tenths(c->arena, c->lang, l->l->points) : "");
		if (l->ask)
			put(c, rq, values, l->l->why_field, again && l->answered ? l->answered : "");
	}
	put(c, rq, values, "result", again && d->appraised.sheet.result < v->result ? case_results[d->appraised.sheet.result] : "");
	put(c, rq, values, "reason", again && d->appraised.sheet.reason ? d->appraised.sheet.reason : "");
}

/* ---------------------------------------------------------------- all of it */

static void add_totals(const struct office_case *d, const struct scored_sheet *s, unsigned result, struct office_view *v)
{
	v->self = d->self.sheet.revision ? d->self.sheet.points : TENTHS_NONE;
	v->voted = d->voted.sheet.revision ? d->voted.sheet.points : TENTHS_NONE;
	v->self_result = d->self.sheet.revision ? d->self.sheet.result : RESULT_NONE;
	v->voted_result = d->voted.sheet.revision ? d->voted.sheet.result : RESULT_NONE;
	v->now = s ? s->total : TENTHS_NONE;
	v->result = result;
	v->complete = s && s->complete;
	v->standard = v->levels || d->no_draft ? TENTHS_NONE : d->draft.standard;
}

static const char *appeal_address(struct call *c, const struct office_case *d)
{
	for (size_t i = 0; i < d->appeals.n; i++)
		if (!d->appeals.v[i].outcome)
			return arena_printf(c->arena, "/cases/%lld/appeal/%lld", (long long)d->k.id, (long long)d->appeals.v[i].seq);
	return NULL;
}

static void add_rights(struct call *c, const struct office_case *d, struct office_view *v)
{
	bool decides = call_may(c, MAY_DECIDE, d->decider.id);
	unsigned state = d->k.state, kind = d->k.kind;

	v->may = decides && !v->closed && !d->no_draft;
	v->may_return = decides && case_find_row(kind, CASE_STEP_RETURN, state);
	v->may_notify = decides && case_find_row(kind, CASE_STEP_NOTIFY, state);
	v->may_reopen = decides && case_find_row(kind, CASE_STEP_REOPEN, state);
}

static const char *deadline_words(struct call *c, const struct office_case *d)
{
	struct date by = year_step_by((int)d->k.year, CASE_STEP_APPRAISE);

	if (d->k.state != CASE_VOTED && d->k.state != CASE_REOPENED)
		return NULL;
	return arena_printf(c->arena, tr(c->lang, by.days < c->today.days ? N_("Was to be appraised by %s.") : N_("To be appraised by %s.")),
	                    show_date(c->arena, c->lang, by));
}

void office_view_build(struct call *c, const struct req *rq, const struct office_case *d, struct office_view *v)
{
	const struct year_view *kept = d->appraised.has_lines && !office_case_is_open(d) ? &d->appraised : NULL;
	const struct scored_sheet *s = kept ? &kept->lines : d->no_draft ? NULL : &d->draft.sheet;

	v->k = &d->k;
	v->decider = &d->decider;
	v->subject = office_case_title(c, &d->k);
	v->title = year_page_title(c, &d->k);
	v->queue = office_queue_path(c, d->decider.id, d->k.year, d->k.kind, "");
	v->action = year_page_path(c, &d->k, "/appraise");
	v->button = tr(c->lang, d->k.kind == CASE_FOUR_GOOD ? N_("Appraise") : N_("Decide"));
	v->levels = d->k.kind != CASE_FOUR_GOOD;
	v->closed = closed_words(c, d);
	v->no_draft = d->no_draft;
	v->deadline = deadline_words(c, d);
	v->compared = !office_case_before(d) ? NULL : tr(c->lang, d->voted.sheet.revision ? N_("Voted") : N_("Self"));
	v->vote = vote_words(c, d);
	v->returned = return_words(c, d);
	v->changed = changed_words(c, d);
	v->order = d->order.v;
	v->order_n = d->order.n;
	v->appeal = appeal_address(c, d);
	v->before = &d->before;
	v->after = &d->after;
	add_rights(c, d, v);
	add_totals(d, s, kept ? kept->sheet.result : d->no_draft ? RESULT_NONE : d->draft.result, v);
	if (s) {
		add_lines(c, rq, d, s, v);
		v->open_words = open_words(c, s);
		add_conditions(c, kept ? kept->conditions : d->draft.conditions, kept ? kept->condition_n : d->draft.condition_n, v);
	}
	add_papers(c, d, v);
	if (v->levels && v->may)
		add_choices(c, v);
	fill_fields(c, rq, d, v);
}
