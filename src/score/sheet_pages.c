/* sheet_pages.c — the score sheet as an explanation: self by the cell, decided by the committee above. */
#include <string.h>

#include "base/text.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

struct data {
	int64_t id;
	enum score_stage stage;
	struct judged judged;  /* typed; used when `typed` */
	bool typed;
	struct meeting_whole w;
};

/* ---------------------------------------------------------------- gathering */

/* The points that stand before anybody types: those of this stage's sheet, else the cell's own, which is what the draft holds. */
static fail draft_of_stage(struct call *c, struct data *d)
{
	struct judged judged = d->typed ? d->judged : d->w.decided.judged;

	if (!d->typed && (d->stage != STAGE_DECIDED || !d->w.decided.sheet.revision))
		return FAIL_OK;
	fail f = score_draft(c, &d->w.meeting, judged, &d->w.draft);

	if (f != FAIL_INPUT)
		return f;
	problem_clear(c); /* a point that does not fit is said at its field; the sheet is shown without it */
	return score_draft(c, &d->w.meeting, JUDGED_NONE, &d->w.draft);
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;
	struct meeting m;

	TRY(meeting_by_id(c, d->id, &m));
	TRY(meeting_whole(c, &m, &d->w));
	if (!d->w.scored_kind)
		return problem(c, FAIL_INPUT, "kind", "only regular and thematic meetings are scored");
	if (d->w.no_scheme)
		return problem(c, FAIL_NOT_FOUND, "starts_at", "%s", d->w.no_scheme);
	return draft_of_stage(c, d);
}

/* ---------------------------------------------------------------- what is shown */

static struct tenths kept_points(const struct score_view *v, const char *id)
{
	for (size_t i = 0; v->has_lines && i < v->lines.n; i++)
		if (strcmp(v->lines.lines[i].id, id) == 0)
			return v->lines.lines[i].points;
	return TENTHS_NONE;
}

static void add_group(const struct scored_sheet *s, size_t at, struct call *c, struct sheet_line *out)
{
	int g = s->lines[at].group;
	int32_t sum = 0;
	bool known = true;

	if (g < 0 || (at > 0 && s->lines[at - 1].group == g))
		return;
	for (size_t i = at; i < s->n && s->lines[i].group == g; i++) {
		known &= s->lines[i].state == LINE_SCORED;
		sum += known ? s->lines[i].points.t : 0;
	}
	out->group = s->scheme->groups[g].title[c->lang];
	out->group_max = s->scheme->groups[g].max;
	out->group_points = known ? (struct tenths){ sum } : TENTHS_NONE;
	out->group_known = known;
}

static void add_line(struct call *c, const struct data *d, size_t i, struct sheet_view *v)
{
	const struct scored_line *l = &d->w.draft.sheet.lines[i];
	struct sheet_line *out = &v->v[i];
	bool judged = l->line ? l->line->judged : true;

	*out = (struct sheet_line){
		.id = l->id, .title = l->title, .points = l->points, .max = tenths_is(l->max) ? l->max : scheme_line_max(l->line), .why = l->why,
		.to_full = l->to_full, .judged = judged, .missing = l->state == LINE_MISSING || l->state == LINE_UNDEFINED,
		.open = judged && v->may && l->source != SOURCE_NOT_APPLICABLE && (!tenths_is(l->max) || l->max.t > 0),
		.field = arena_printf(c->arena, "judged.%s", l->id), .self = kept_points(&d->w.self, l->id),
		.decided = kept_points(&d->w.decided, l->id),
	};
	out->differs = tenths_is(out->self) && tenths_is(out->decided) && out->self.t != out->decided.t;
	add_group(&d->w.draft.sheet, i, c, out);
	v->sofar.t += l->state == LINE_SCORED ? l->points.t : 0;
	v->possible.t += l->state == LINE_SCORED ? l->points.t : out->max.t;
}

static const char *state_words(struct call *c, const struct data *d)
{
	size_t facts = 0;

	for (int f = 0; f < FACT_COUNT; f++)
		facts += (d->w.draft.sheet.missing & FACT_BIT(f)) != 0;
	if (facts && d->w.draft.sheet.unjudged)
		return arena_printf(c->arena, tr(c->lang, "%zu facts are missing, %zu lines wait for your points"), facts, d->w.draft.sheet.unjudged);
	if (facts)
		return arena_printf(c->arena, tr(c->lang, "%zu facts are missing"), facts);
	if (d->w.draft.sheet.unjudged)
		return arena_printf(c->arena, tr(c->lang, "%zu lines wait for your points"), d->w.draft.sheet.unjudged);
	return d->w.draft.sheet.complete ? NULL : tr(c->lang, "a share of nothing cannot be worked out");
}

static void add_stale(struct call *c, const struct score_view *kept, struct sheet_view *v)
{
	const char **texts = ARENA_ARRAY(c->arena, FACT_COUNT + 1, const char *);

	for (int f = 0; f < FACT_COUNT; f++)
		if (kept->changed & FACT_BIT(f))
			texts[v->stale_n++] = rule_facts[f].label[c->lang];
	if (kept->other_rule)
		texts[v->stale_n++] = tr(c->lang, "the rule for that day");
	v->stale = texts;
}

/* What stands in the fields: typed points, else those of the draft. */
static void fill_fields(struct call *c, const struct req *rq, struct sheet_view *v)
{
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);

	values->v = ARENA_ARRAY(c->arena, v->n + 2, struct pair);
	for (size_t i = 0; i < v->n; i++) {
		const char *typed = req_form(rq, v->v[i].field);

		const char *now = tenths_is(v->v[i].points) ? show_tenths(c->arena, c->lang, v->v[i].points) : "";

		values->v[values->n++] = (struct pair){ v->v[i].field, typed ? typed : now };
	}
	const char *reason = req_form(rq, "reason"), *scored = req_form(rq, "scored_at");
	const struct score_sheet *kept = v->decided->sheet.revision ? &v->decided->sheet : NULL;

	values->v[values->n++] = (struct pair){ "reason", reason ? reason : kept ? kept->reason : "" };
	values->v[values->n++] = (struct pair){ "scored_at", scored ? scored : "" };
	v->form.typed = values;
}

static void build(struct call *c, const struct req *rq, const struct data *d, struct sheet_view *v)
{
	const struct scored_sheet *s = &d->w.draft.sheet;

	v->w = &d->w;
	v->id = d->id;
	v->stage = d->stage;
	v->deciding = d->stage == STAGE_DECIDED;
	v->may = call_may(c, v->deciding ? MAY_DECIDE : MAY_RECORD, d->w.meeting.unit_id);
	v->title = page_meeting_title(c, &d->w.meeting);
	v->scheme_id = s->scheme->id;
	v->scheme_title = s->scheme->title[c->lang];
	v->proposed = strcmp(s->scheme->source, "P") == 0;
	v->action = page_meeting_path(c, &d->w.meeting, v->deciding ? "/decide" : "/score");
	v->n = s->n;
	v->v = ARENA_ARRAY(c->arena, s->n + 1, struct sheet_line);
	for (size_t i = 0; i < s->n; i++)
		add_line(c, d, i, v);
	v->total = s->total;
	v->class = class_mark(grade_words[s->grade]);
	v->state = state_words(c, d);
	v->self = &d->w.self;
	v->decided = &d->w.decided;
	v->ask_scored_at = !v->deciding && v->may && !moment_is(d->w.meeting.scored_at);
	add_stale(c, v->deciding && d->w.decided.sheet.revision ? &d->w.decided : &d->w.self, v);
	fill_fields(c, rq, v);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct data *d, struct sheet_view *v)
{
	struct page pg;
	const char *title = tr(c->lang, d->stage == STAGE_DECIDED ? N_("Decision of the committee above") : N_("The cell's own score"));

	build(c, rq, d, v);
	v->lead = title;
	page_begin(c, rq, rs, &pg, &d->w.meeting, title, title);
	view_sheet(&rs->body, &pg, v);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, enum score_stage stage)
{
	struct data d = { .stage = stage };
	struct sheet_view v = { 0 };
	struct json j;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(load(c, &d));
	res_rev(c, rq, rs, d.w.meeting.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		whole_json(&j, c, &d.w, false);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	v.rev = d.w.meeting.rev;
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail score_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, STAGE_SELF);
}

static fail decide_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, STAGE_DECIDED);
}

/* ---------------------------------------------------------------- what comes in */

static const char *with_point(struct call *c, const char *text)
{
	char *copy = arena_strdup(c->arena, text_clean(c->arena, text));

	for (char *at = copy; *at; at++)
		if (*at == ',')
			*at = '.';
	return copy;
}

/* Every "judged.ID" that is not empty. */
static void read_judged(struct call *c, const struct req *rq, struct data *d, struct form *form)
{
	struct judged_line *v = ARENA_ARRAY(c->arena, rq->form.n + 1, struct judged_line);
	size_t n = 0;

	for (size_t i = 0; i < rq->form.n; i++) {
		const char *name = rq->form.v[i].name, *text = with_point(c, rq->form.v[i].value);

		if (strncmp(name, "judged.", 7) != 0 || !*text)
			continue;
		if (tenths_parse(text, &v[n].points))
			v[n++].id = name + 7;
		else
			form_problem(form, name, tr(c->lang, "write points with at most one decimal, such as 4 or 4,5"));
	}
	d->judged = (struct judged){ v, n };
	d->typed = true;
}

struct save {
	const struct req *rq;
	struct score_request request;
	struct moment scored_at;
	struct meeting m;
	struct score_sheet sheet;
	struct flaws found;
};

/* The time of scoring belongs to the meeting; both are saved or neither. */
static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct meeting stored;
	struct score_request rq = s->request;

	TRY(meeting_lock(c, rq.meeting_id, rq.rev, &s->m));
	if (moment_is(s->scored_at) && s->scored_at.minutes != s->m.scored_at.minutes) {
		s->m.scored_at = s->scored_at;
		TRY(meeting_update(c, &s->m, &stored));
	}
	rq.rev = ANY_REV;
	return score_save(c, &rq, &s->m, &s->sheet, &s->found);
}

static fail read_request(struct call *c, const struct req *rq, struct data *d, struct save *s, struct form *form)
{
	const char *scored = req_form(rq, "scored_at");

	s->scored_at = MOMENT_NONE;
	if (scored && *scored && !moment_parse(scored, &s->scored_at))
		form_problem(form, "scored_at", tr(c->lang, "a day and time such as 2026-01-05T19:00"));
	s->request = (struct score_request){ .meeting_id = d->id, .stage = d->stage, .judged = d->judged,
		                                 .reason = req_form(rq, "reason") ? text_clean(c->arena, req_form(rq, "reason")) : "" };
	TRY(req_rev(c, rq, &s->request.rev));
	return form->n ? problem(c, FAIL_INPUT, form->problems[0].field, "%s", form->problems[0].text) : FAIL_OK;
}

static bool is_preview(const struct req *rq)
{
	const char *what = req_form(rq, "do");

	return what && strcmp(what, "work-out") == 0;
}

static fail again(struct call *c, const struct req *rq, struct res *rs, struct data *d, struct sheet_view *v, const struct save *s, fail f)
{
	page_flaws(&v->form, &s->found);
	problem_clear(c);
	TRY(db_read(c, load, d));
	v->rev = f == FAIL_CONFLICT ? d->w.meeting.rev : s->request.rev;
	write_page(c, rq, rs, d, v);
	return f == FAIL_OK ? FAIL_OK : res_again(rs, f);
}

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct save *s)
{
	const char *text = arena_printf(c->arena, tr(c->lang, s->request.stage == STAGE_DECIDED ? N_("Decided: %s points, %s.") : N_("Scored: %s points, %s.")),
	                                show_tenths(c->arena, c->lang, s->sheet.points), grade_title((enum grade)s->sheet.class, c->lang));

	return page_done(c, rq, rs, &s->m, "", text);
}

static fail post(struct call *c, const struct req *rq, struct res *rs, enum score_stage stage)
{
	struct data d = { .stage = stage };
	struct save s = { .rq = rq };
	struct sheet_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &d.id));
	form_begin(&v.form, c, NULL, NULL);
	read_judged(c, rq, &d, &v.form);
	fail f = read_request(c, rq, &d, &s, &v.form);

	if (f == FAIL_OK && is_preview(rq))
		return again(c, rq, rs, &d, &v, &s, FAIL_OK);
	if (f == FAIL_OK)
		f = db_write(c, save_body, &s);
	if (f == FAIL_OK)
		return done(c, rq, rs, &s);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	return again(c, rq, rs, &d, &v, &s, f);
}

static fail score_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, STAGE_SELF);
}

static fail decide_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, STAGE_DECIDED);
}

const struct route sheet_routes[] = {
	{ GET, "/meetings/:meeting/score", MAY_SEE, page_meeting_unit, score_show, 0, N_("The cell's own sheet: every line with its reason"), NULL, NULL,
	  NULL },
	{ POST, "/meetings/:meeting/score", MAY_RECORD, page_meeting_unit, score_post, 0, N_("Keeps the cell's own sheet: judged.ID for each judged line"),
	  NULL, NULL, NULL },
	{ GET, "/meetings/:meeting/decide", MAY_DECIDE, page_meeting_unit, decide_show, 0, N_("The sheet as the committee above decides it"), NULL, NULL,
	  NULL },
	{ POST, "/meetings/:meeting/decide", MAY_DECIDE, page_meeting_unit, decide_post, 0,
	  N_("Keeps the decision: judged.ID for each judged line, reason when it differs"), NULL, NULL, NULL },
	{ HTTP_NONE },
};
