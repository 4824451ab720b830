/* assess_save.c — a sheet computed, explained, kept, and the step of its stage taken. */
#include <string.h>

#include "base/text.h"
#include "db/batch.h"
#include "db/journal.h"
#include "year/assess_keep.h"
#include "year/case_keep.h"
#include "year/case_snapshot.h"
#include "year_sql.h"

struct save {
	const struct year_request *rq;
	const struct year_vote *vote;
	struct year_case *k;
	struct year_sheet *out;
	struct flaws *found;
};

static enum case_step step_of(enum case_stage stage)
{
	static const enum case_step steps[CASE_STAGES] = { [CASE_STAGE_HALF_YEAR] = CASE_STEP_HALF_YEAR, [CASE_STAGE_SELF] = CASE_STEP_SELF_ASSESS,
		                                               [CASE_STAGE_VOTED] = CASE_STEP_VOTE, [CASE_STAGE_APPRAISED] = CASE_STEP_APPRAISE };

	return steps[stage];
}

/* ---------------------------------------------------------------- may it be made now */

/* In the state after its step a sheet may be put right: a new revision, no step. */
static fail check_open(struct call *c, const struct year_case *k, enum case_stage stage)
{
	static const unsigned after[CASE_STAGES] = { [CASE_STAGE_HALF_YEAR] = CASE_HALF_YEAR, [CASE_STAGE_SELF] = CASE_SELF_ASSESSED,
		                                         [CASE_STAGE_VOTED] = CASE_VOTED, [CASE_STAGE_APPRAISED] = CASE_APPRAISED };

	if (!stage || stage >= CASE_STAGES)
		return problem(c, FAIL_INPUT, "stage", "there are half_year, self, voted and appraised");
	return case_has_way(k, step_of(stage)) || k->state == after[stage] ? FAIL_OK : case_no_way(c, k, step_of(stage));
}

/* ---------------------------------------------------------------- points and words of people */

/* The sheet whose points people took over: of an appraisal what the cell stands by. */
static fail sheet_before(struct call *c, const struct year_case *k, enum case_stage stage, struct year_sheet *out)
{
	if (stage == CASE_STAGE_APPRAISED) {
		TRY(year_latest(c, k, CASE_STAGE_VOTED, out));
		return out->revision ? FAIL_OK : year_latest(c, k, CASE_STAGE_SELF, out);
	}
	TRY(year_latest(c, k, stage == CASE_STAGE_VOTED ? CASE_STAGE_SELF : stage, out));
	return out->revision || stage != CASE_STAGE_SELF ? FAIL_OK : year_latest(c, k, CASE_STAGE_HALF_YEAR, out);
}

/* A decision that is changed goes on from itself, with the words it has. */
static fail sheet_kept(struct call *c, const struct year_case *k, enum case_stage stage, const struct year_sheet *before, struct year_sheet *out)
{
	*out = *before;
	if (stage != CASE_STAGE_APPRAISED || (k->state != CASE_APPRAISED && k->state != CASE_REOPENED))
		return FAIL_OK;
	TRY(year_latest(c, k, stage, out));
	if (!out->revision || !*out->scheme)
		*out = *before;
	return FAIL_OK;
}

static const struct judged_line *judged_find(struct judged j, const char *id)
{
	for (size_t i = 0; i < j.n; i++)
		if (strcmp(j.v[i].id, id) == 0)
			return &j.v[i];
	return NULL;
}

/* What stood, with what was given now on top. */
static struct judged judged_over(struct call *c, struct judged before, struct judged now)
{
	struct judged_line *v = ARENA_ARRAY(c->arena, before.n + now.n + 1, struct judged_line);
	size_t n = 0;

	for (size_t i = 0; i < before.n; i++)
		if (!judged_find(now, before.v[i].id))
			v[n++] = before.v[i];
	for (size_t i = 0; i < now.n; i++)
		v[n++] = now.v[i];
	return (struct judged){ v, n };
}

static struct line_whys whys_over(struct call *c, struct line_whys before, struct line_whys now)
{
	struct line_why *v = ARENA_ARRAY(c->arena, before.n + now.n + 1, struct line_why);
	size_t n = 0;

	for (size_t i = 0; i < now.n; i++)
		v[n++] = (struct line_why){ now.v[i].line, text_clean(c->arena, now.v[i].text) };
	for (size_t i = 0; i < before.n; i++)
		if (!*case_why_of(&now, before.v[i].line))
			v[n++] = before.v[i];
	return (struct line_whys){ v, n };
}

static fail people_of(struct call *c, const struct year_case *k, const struct year_request *rq, const struct year_sheet *before, struct case_snapshot *out)
{
	struct case_snapshot kept = CASE_SNAPSHOT_NONE;

	if (rq->keep && before->revision)
		TRY(case_snapshot_read(c, case_book(k->kind), before->facts, &kept));
	out->judged = judged_over(c, kept.judged, rq->judged);
	out->whys = whys_over(c, kept.whys, rq->whys);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- what is missing */

static void add_missing_fact(struct call *c, const struct fact_book *book, const struct scored_sheet *s, int fact, struct flaws *out)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->lines[i].state == LINE_MISSING && s->lines[i].missing & FACT_BIT(fact)) {
			flaw_add(c, out, book->facts[fact].name, "%s cannot be scored: “%s” (%s) is not known; record it first", s->lines[i].id,
			         book->facts[fact].label[c->lang], book->facts[fact].name);
			return;
		}
}

static void add_missing(struct call *c, const struct year_case *k, const struct year_draft *d, struct flaws *out)
{
	const struct fact_book *book = case_book(k->kind);

	for (int f = 0; f < book->n; f++)
		if (d->sheet.missing & FACT_BIT(f))
			add_missing_fact(c, book, &d->sheet, f, out);
	for (size_t i = 0; i < d->sheet.n; i++) {
		const struct scored_line *l = &d->sheet.lines[i];

		if (l->state == LINE_UNJUDGED)
			flaw_add(c, out, arena_printf(c->arena, "judged.%s", l->id), "%s waits for your points, from 0 to %s", l->id,
			         tenths_is(l->max) ? show_tenths(c->arena, c->lang, l->max) : "…");
		else if (l->state == LINE_UNDEFINED)
			flaw_add(c, out, l->id, "%s cannot be scored: %s", l->id, l->why);
	}
}

/* All points are there, but a veto or a condition waits for a fact. */
static void add_open_conditions(struct call *c, const struct year_draft *d, struct flaws *out)
{
	for (size_t i = 0; i < d->condition_n; i++)
		if (!d->conditions[i].known)
			flaw_add(c, out, d->conditions[i].id, "%s",
			         arena_printf(c->arena, "%s (%s): %s", d->conditions[i].id, d->conditions[i].text, d->conditions[i].why));
	if (!out->n)
		flaw_add(c, out, "result", "the result is still open");
}

/* ---------------------------------------------------------------- differences */

static const struct scored_line *line_find(const struct scored_sheet *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->lines[i].id, id) == 0)
			return &s->lines[i];
	return NULL;
}

static void explain_line(struct call *c, const struct scored_line *now, const struct scored_line *before, const struct line_whys *whys, struct flaws *out)
{
	if (before && now->points.t != before->points.t && !*case_why_of(whys, now->id))
		flaw_add(c, out, arena_printf(c->arena, "why.%s", now->id), "%s: the cell has %s, you give %s; say why", now->id,
		         show_tenths(c->arena, c->lang, before->points), show_tenths(c->arena, c->lang, now->points));
}

/* An appraisal says why wherever it differs. */
static fail check_differences(struct call *c, const struct save *s, const struct year_sheet *before, const struct year_draft *d,
                              const struct line_whys *whys)
{
	struct year_view v;

	if (s->rq->stage != CASE_STAGE_APPRAISED || !before->revision)
		return FAIL_OK;
	TRY(year_view(c, s->k, (enum case_stage)before->stage, NULL, &v));
	if (v.has_lines)
		for (size_t i = 0; i < d->sheet.n; i++)
			explain_line(c, &d->sheet.lines[i], line_find(&v.lines, d->sheet.lines[i].id), whys, s->found);
	else if (before->points.t != d->sheet.total.t && !*s->out->reason)
		flaw_add(c, s->found, "reason", "the cell has %s, you give %s; say why", show_tenths(c->arena, c->lang, before->points),
		         show_tenths(c->arena, c->lang, d->sheet.total));
	return FAIL_OK;
}

/* The committee may set a lower level, with words; a condition is never waived. */
static void choose_level(struct call *c, const struct save *s)
{
	unsigned wanted = s->rq->result, computed = s->out->result;

	if (s->rq->stage != CASE_STAGE_APPRAISED || wanted == RESULT_NONE || wanted == computed)
		return;
	if (s->k->kind == CASE_FOUR_GOOD || wanted < RESULT_NOT_COMPLETED || wanted > RESULT_EXCELLENT)
		flaw_add(c, s->found, "result", "this is computed and not chosen");
	else if (wanted > computed)
		flaw_add(c, s->found, "result", "“%s” is not reached; the conditions are not waived", case_result_name(c->lang, wanted));
	else if (!*s->out->reason)
		flaw_add(c, s->found, "reason", "say why the level is lower than computed");
	else
		s->out->result = wanted;
}

/* ---------------------------------------------------------------- keeping */

static const char *vetoes_text(struct call *c, const struct year_case *k, const struct year_draft *d)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; k->kind == CASE_FOUR_GOOD && i < d->condition_n; i++)
		if (d->conditions[i].known && d->conditions[i].holds)
			out_printf(&o, "%s%s", o.size ? " " : "", d->conditions[i].id);
	return out_text(&o);
}

static bool same_sheet(const struct year_sheet *x, const struct year_sheet *y)
{
	return strcmp(x->scheme, y->scheme) == 0 && x->points.t == y->points.t && x->result == y->result && strcmp(x->facts, y->facts) == 0 &&
	       strcmp(x->reason, y->reason) == 0 && strcmp(x->vetoes, y->vetoes) == 0;
}

static const char *sheet_text(struct call *c, const struct year_sheet *s)
{
	struct out o;
	struct json j;
	char points[NUM_TEXT];

	if (!s->revision)
		return NULL;
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "stage", case_stages[s->stage]);
	json_put_int(&j, "revision", s->revision);
	json_put_str(&j, "scheme", s->scheme);
	tenths_format(s->points, points);
	json_put_str(&j, "points", points);
	json_put_str(&j, "result", case_results[s->result]);
	json_put_str(&j, "vetoes", s->vetoes);
	json_put_str(&j, "reason", s->reason);
	json_put_str(&j, "facts", s->facts);
	json_object_end(&j);
	return out_text(&o);
}

static fail insert_sheet(struct call *c, const struct year_sheet *s)
{
	return db_exec(c, &Q_case_sheet_insert,
	               ARGS(V(s->realm), V(s->case_id), V(case_stages[s->stage]), V(s->revision), V(s->scheme), V(s->points), V(case_results[s->result]),
	                    V(s->vetoes), V(s->facts), V(s->reason), V(s->actor), V(s->at_ms)),
	               NULL);
}

static fail insert_lines(struct call *c, const struct year_sheet *s, const struct scored_sheet *lines, const struct line_whys *whys)
{
	struct db_batch *b = db_batch_new(c->arena, &Q_case_line_insert, &Q_case_line_insert_rows);

	for (size_t i = 0; i < lines->n; i++) {
		const struct scored_line *l = &lines->lines[i];

		if (l->state == LINE_SCORED)
			TRY(db_batch_add(c, b, ARGS(V(s->realm), V(s->case_id), V(case_stages[s->stage]), V(s->revision), V(l->id), V(l->points), V(l->max),
			                            V(line_source_words[l->source]), V(case_why_of(whys, l->id)))));
	}
	return db_batch_flush(c, b);
}

fail assess_total(struct call *c, const struct year_case *k, const struct year_sheet *last, struct year_sheet *s)
{
	s->realm = k->realm;
	s->case_id = k->id;
	s->revision = last->revision + 1;
	s->actor = c->who.name;
	s->at_ms = c->now_ms;
	return insert_sheet(c, s);
}

fail assess_keep(struct call *c, struct year_case *k, const struct year_sheet *last, struct year_sheet *s, const struct scored_sheet *lines,
                 const struct line_whys *whys)
{
	TRY(assess_total(c, k, last, s));
	TRY(insert_lines(c, s, lines, whys));
	return journal_add(c, k->realm, k->unit_id, case_stages[s->stage], "year_sheet", k->id, sheet_text(c, last), sheet_text(c, s));
}

/* ---------------------------------------------------------------- making one */

static fail check_vote(struct call *c, const struct save *s, struct year_vote *v)
{
	bool wanted = s->rq->stage == CASE_STAGE_HALF_YEAR || s->rq->stage == CASE_STAGE_VOTED;

	*v = s->vote && wanted ? *s->vote : (struct year_vote){ 0 };
	if (!wanted)
		return FAIL_OK;
	if (!s->vote) {
		if (s->k->imported <= 0)
			flaw_add(c, s->found, "in_favour", "write down how the members voted");
		return FAIL_OK;
	}
	v->stage_word = s->rq->stage == CASE_STAGE_VOTED ? YEAR_VOTE_VOTED : YEAR_VOTE_HALF_YEAR;
	return case_vote_check(c, s->k, v, s->found);
}

/* Half a year is counted as far as it is known; later sheets are whole. */
static void check_whole(struct call *c, const struct save *s, const struct year_draft *d)
{
	if (s->rq->stage == CASE_STAGE_HALF_YEAR)
		return;
	if (!d->sheet.complete)
		add_missing(c, s->k, d, s->found);
	else if (d->result == RESULT_NONE)
		add_open_conditions(c, d, s->found);
}

static fail compute(struct call *c, const struct save *s, struct year_draft *d, struct case_snapshot *kept)
{
	struct year_sheet before, own;

	TRY(sheet_before(c, s->k, s->rq->stage, &before));
	TRY(sheet_kept(c, s->k, s->rq->stage, &before, &own));
	TRY(people_of(c, s->k, s->rq, &own, kept));
	TRY(year_draft(c, s->k, kept->judged, d));
	kept->facts = d->gathered.facts;
	kept->facts.known &= d->looked_at; /* others may follow from this very sheet */
	*s->out = (struct year_sheet){ .stage = s->rq->stage, .scheme = d->scheme->id, .points = d->secured, .result = d->result,
		                           .vetoes = vetoes_text(c, s->k, d), .facts = case_snapshot_text(c, case_book(s->k->kind), kept),
		                           .reason = s->rq->reason ? text_clean(c->arena, s->rq->reason) : "" };
	check_whole(c, s, d);
	if (d->sheet.complete) {
		TRY(check_differences(c, s, &before, d, &kept->whys));
		choose_level(c, s);
	}
	return flaws_refuse(c, s->found);
}

/* The sheet, the vote, the step; without a step the case is touched. */
static fail keep_all(struct call *c, struct save *s, const struct year_draft *d, const struct case_snapshot *kept, const struct year_vote *v)
{
	enum case_step step = step_of(s->rq->stage);
	struct case_note note = { .remark = s->out->reason };
	struct year_sheet last;
	bool steps = case_has_way(s->k, step);

	TRY(year_latest(c, s->k, s->rq->stage, &last));
	bool same = last.revision && same_sheet(&last, s->out);

	if (same)
		*s->out = last;
	else
		TRY(assess_keep(c, s->k, &last, s->out, &d->sheet, &kept->whys));
	if (v->stage_word)
		TRY(case_vote_keep(c, s->k, v));
	if (steps)
		return case_move_checked(c, s->k, step, &note, s->found);
	return same && !v->stage_word ? FAIL_OK : case_touched(c, s->k);
}

static fail make(struct call *c, struct save *s)
{
	struct year_draft draft;
	struct case_snapshot kept = CASE_SNAPSHOT_NONE;
	struct year_vote v;

	TRY(check_open(c, s->k, s->rq->stage));
	TRY(case_check_right(c, s->k, step_of(s->rq->stage)));
	TRY(check_vote(c, s, &v));
	TRY(compute(c, s, &draft, &kept));
	return keep_all(c, s, &draft, &kept, &v);
}

/* The same click come twice: an older version, and the sheet is the one that was kept then. */
static fail made_before(struct call *c, const struct save *s, bool *out)
{
	struct case_snapshot kept = CASE_SNAPSHOT_NONE;
	struct year_draft draft;
	struct year_sheet last;

	*out = false;
	if (!s->rq->stage || s->rq->stage >= CASE_STAGES)
		return FAIL_OK;
	TRY(case_same_click(c, s->k, s->rq->rev, step_of(s->rq->stage), NULL, out));
	if (!*out)
		return FAIL_OK;
	fail f = compute(c, s, &draft, &kept);

	if (f == FAIL_BROKEN || f == FAIL_BUSY)
		return f;
	problem_clear(c);
	TRY(year_latest(c, s->k, s->rq->stage, &last));
	*out = f == FAIL_OK && same_sheet(&last, s->out);
	*s->out = last;
	return FAIL_OK;
}

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct year_case k;
	bool twice;

	*s->found = (struct flaws){ 0 };
	TRY(case_by_id(c, s->rq->case_id, s->k));
	TRY(made_before(c, s, &twice));
	if (twice)
		return FAIL_OK;
	*s->found = (struct flaws){ 0 };
	TRY(case_lock(c, s->rq->case_id, s->rq->rev, s->k));
	k = *s->k;
	TRY(make(c, &(struct save){ s->rq, s->vote, &k, s->out, s->found }));
	*s->k = k;
	return FAIL_OK;
}

fail year_save(struct call *c, const struct year_request *rq, const struct year_vote *v, struct year_case *k, struct year_sheet *out,
               struct flaws *found)
{
	struct flaws unread;
	struct year_sheet unseen;

	return db_write(c, save_body, &(struct save){ rq, v, k, out ? out : &unseen, found ? found : &unread });
}

/* ---------------------------------------------------------------- many at once */

struct many {
	const int64_t *ids, *revs;
	size_t n;
	int64_t *done;
	struct cases_left *left;
};

struct one { int64_t id, rev; };

/* The sheet the cell stands by must not be out of date: then it has to be looked at. */
static fail check_unchanged(struct call *c, const struct year_case *k)
{
	struct year_sheet before;
	struct year_draft now;
	struct year_view v;

	TRY(sheet_before(c, k, CASE_STAGE_APPRAISED, &before));
	if (!before.revision)
		return problem(c, FAIL_INPUT, "stage", "there is no sheet of the stage “%s” yet", case_stage_name(c->lang, k->kind, CASE_STAGE_VOTED));
	TRY(year_draft(c, k, JUDGED_NONE, &now));
	TRY(year_view(c, k, (enum case_stage)before.stage, &now.gathered, &v));
	if (v.changed || (*before.scheme && !v.has_lines))
		return problem(c, FAIL_CONFLICT, "stage", "records or the table have changed since the members voted; look at it");
	return FAIL_OK;
}

static fail appraise_one(struct call *c, void *arg)
{
	const struct one *o = arg;
	struct year_request rq = { .case_id = o->id, .rev = o->rev, .stage = CASE_STAGE_APPRAISED, .keep = true, .reason = "" };
	struct year_case k;

	TRY(case_lock(c, o->id, o->rev, &k));
	if (!case_has_way(&k, CASE_STEP_APPRAISE))
		return case_no_way(c, &k, CASE_STEP_APPRAISE);
	TRY(check_unchanged(c, &k));
	return year_save(c, &rq, NULL, &k, NULL, NULL);
}

static fail many_body(struct call *c, void *arg)
{
	struct many *m = arg;

	*m->done = 0;
	*m->left = (struct cases_left){ ARENA_ARRAY(c->arena, m->n + 1, struct case_left), 0 };
	for (size_t i = 0; i < m->n; i++) {
		fail f = db_write(c, appraise_one, &(struct one){ m->ids[i], m->revs ? m->revs[i] : ANY_REV });

		if (f == FAIL_BROKEN || f == FAIL_BUSY)
			return f;
		if (f == FAIL_OK)
			++*m->done;
		else
			m->left->v[m->left->n++] = (struct case_left){ m->ids[i], c->problem.text };
		problem_clear(c);
	}
	return FAIL_OK;
}

fail year_appraise_many(struct call *c, const int64_t *ids, const int64_t *revs, size_t n, int64_t *done, struct cases_left *left)
{
	return db_write(c, many_body, &(struct many){ ids, revs, n, done, left });
}
