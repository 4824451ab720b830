/* sheet_view.c — from a meeting to the sheet as an explanation: every line with its reason, its origin, and what the stages say. */
#include "score/sheet_view.h"

#include <string.h>

#include "base/text.h"
#include "meeting/cycle.h"

/* ---------------------------------------------------------------- gathering */

const struct score_view *sheet_kept(const struct meeting_whole *w, enum score_stage stage)
{
	const struct score_view *const views[] = { &w->self, &w->self, &w->guest, &w->voted, &w->decided };

	return views[stage];
}

/* Whose points stand before anybody types: those of the stage, else of the one it follows. */
static const struct score_view *base_of(const struct meeting_whole *w, enum score_stage stage)
{
	const struct score_view *kept = sheet_kept(w, stage);

	if (kept->sheet.revision || stage == STAGE_SELF)
		return kept;
	return stage != STAGE_VOTED && w->voted.sheet.revision ? &w->voted : &w->self;
}

static fail draft_of_stage(struct call *c, struct sheet_data *d)
{
	const struct score_view *base = base_of(&d->w, d->stage);

	if (!d->typed && base == &d->w.self)
		return FAIL_OK;
	fail f = score_draft(c, &d->w.meeting, d->typed ? d->judged : base->judged, &d->w.draft);

	if (f != FAIL_INPUT)
		return f;
	problem_clear(c); /* a point that does not fit is said at its field; the sheet is shown without it */
	return score_draft(c, &d->w.meeting, JUDGED_NONE, &d->w.draft);
}

static fail load_stage(struct call *c, struct sheet_data *d)
{
	const struct meeting *m = &d->w.meeting;

	if (d->stage == STAGE_GUEST)
		return score_guests(c, m, &d->guests);
	if (d->stage != STAGE_VOTED || m->afterwards)
		return FAIL_OK;
	TRY(voters_of(c, m, &d->voters));
	TRY(vote_latest(c, m, SUBJECT_SCORE, &d->vote));
	return vote_tellers_before(c, m, &d->tellers);
}

fail sheet_load(struct call *c, void *arg)
{
	struct sheet_data *d = arg;
	struct meeting m;

	TRY(meeting_by_id(c, d->id, &m));
	TRY(meeting_whole(c, &m, &d->w));
	if (!d->w.scored_kind)
		return problem(c, FAIL_INPUT, "kind", "only regular and thematic meetings are scored");
	if (d->w.no_scheme)
		return problem(c, FAIL_NOT_FOUND, "starts_at", "%s", d->w.no_scheme);
	TRY(meeting_texts_of(c, &m, &d->texts));
	TRY(load_stage(c, d));
	return draft_of_stage(c, d);
}

/* ---------------------------------------------------------------- lines */

struct tenths sheet_points(const struct score_view *v, const char *id)
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

/* "from the agenda, from the votes": each origin once. */
static const char *origins_of(struct call *c, const struct gathered *g, const struct scored_line *l)
{
	uint64_t facts = l->line && !l->line->judged ? scheme_line_facts(l->line) : 0;
	uint32_t said = 1u << FROM_NOWHERE | 1u << FROM_SCHEME;
	struct out o;

	out_memory(&o, c->arena);
	for (int f = 0; f < FACT_COUNT; f++) {
		if (!(facts & FACT_BIT(f)) || said >> g->origin[f] & 1)
			continue;
		said |= 1u << g->origin[f];
		out_printf(&o, "%s%s", o.size ? ", " : "", fact_origin_text(c->lang, g, (enum fact)f));
	}
	return o.size ? out_text(&o) : "";
}

/* Where a fact is recorded: in the room, or of a meeting written down afterwards on its three pages. */
static const char *place_of(const struct meeting *m, enum fact f)
{
	static const char *const places[FACT_COUNT] = {
		[FACT_held_minutes] = "/close",     [FACT_expected] = "/attendance",   [FACT_present] = "/attendance",
		[FACT_excused] = "/attendance",     [FACT_unexcused] = "/attendance",  [FACT_speakers] = "/room",
		[FACT_political_minutes] = "/room", [FACT_steps_required] = "/agenda", [FACT_steps_done] = "/room",
		[FACT_commendation_done] = "/room", [FACT_aim_stated] = "/room",
	};
	static const char *const afterwards[FACT_COUNT] = {
		[FACT_held_minutes] = "/edit",  [FACT_speakers] = "/edit",      [FACT_expected] = "/attendance",
		[FACT_present] = "/attendance", [FACT_excused] = "/attendance", [FACT_unexcused] = "/attendance"
	};
	const char *place = m->afterwards ? afterwards[f] : places[f];

	return place ? place : "/facts";
}

static const char *fix_of(struct call *c, const struct meeting *m, const struct scored_line *l)
{
	for (int f = 0; f < FACT_COUNT; f++)
		if (l->missing & FACT_BIT(f))
			return page_meeting_path(c, m, place_of(m, (enum fact)f));
	return NULL;
}

static const char *stage_short(enum lang lang, enum score_stage s)
{
	static const char *const names[] = { "", N_("cell, own"), N_("guest"), N_("cell, voted"), N_("committee above") };

	return tr(lang, names[s]);
}

static const enum score_stage in_order[] = { STAGE_SELF, STAGE_VOTED, STAGE_GUEST, STAGE_DECIDED };

/* All stages beside each other where they do not say the same. */
static void add_sides(struct call *c, const struct meeting_whole *w, struct sheet_line *out)
{
	bool differ = false;

	out->sides = ARENA_ARRAY(c->arena, 4, struct side);
	for (size_t i = 0; i < 4; i++) {
		struct tenths p = sheet_points(sheet_kept(w, in_order[i]), out->id);

		if (!tenths_is(p))
			continue;
		differ |= out->side_n && p.t != out->sides[0].points.t;
		out->sides[out->side_n++] = (struct side){ stage_short(c->lang, in_order[i]), p };
	}
	out->side_n = differ ? out->side_n : 0;
}

static void add_line(struct call *c, const struct sheet_data *d, const struct scored_sheet *s, const struct waiting *w, size_t i,
                     struct sheet_view *v)
{
	const struct scored_line *l = &s->lines[i];
	struct sheet_line *out = &v->v[i];
	bool judged = l->line ? l->line->judged : true;

	*out = (struct sheet_line){
		.id = l->id,
		.title = l->title,
		.points = l->points,
		.max = tenths_is(l->max) ? l->max : scheme_line_max(l->line),
		.why = l->why,
		.to_full = l->to_full,
		.judged = judged,
		.missing = l->state == LINE_MISSING || l->state == LINE_UNDEFINED,
		.open = judged && v->may && l->source != SOURCE_NOT_APPLICABLE && (!tenths_is(l->max) || l->max.t > 0),
		.field = arena_printf(c->arena, "judged.%s", l->id),
		.from = origins_of(c, &d->w.draft.gathered, l),
		.waits = l->line && scheme_line_facts(l->line) & w->not_due,
		.fix = v->may && l->state == LINE_MISSING ? fix_of(c, &d->w.meeting, l) : NULL,
	};
	add_sides(c, &d->w, out);
	add_group(s, i, c, out);
	v->sofar.t += l->state == LINE_SCORED ? l->points.t : 0;
	v->possible.t += l->state == LINE_SCORED ? l->points.t : out->max.t;
}

static const char *state_words(struct call *c, const struct scored_sheet *s)
{
	size_t facts = 0;

	for (int f = 0; f < FACT_COUNT; f++)
		facts += (s->missing & FACT_BIT(f)) != 0;
	if (facts && s->unjudged)
		return arena_printf(c->arena, tr(c->lang, "%zu facts are missing, %zu lines wait for your points"), facts, s->unjudged);
	if (facts)
		return arena_printf(c->arena, tr(c->lang, "%zu facts are missing"), facts);
	if (s->unjudged)
		return arena_printf(c->arena, tr(c->lang, "%zu lines wait for your points"), s->unjudged);
	return s->complete ? NULL : tr(c->lang, "a share of nothing cannot be worked out");
}

/* ---------------------------------------------------------------- stages on top */

static const char *settled_words(struct call *c, const struct score_view *v)
{
	const char *points = show_tenths(c->arena, c->lang, v->before.points);

	if (!v->settled)
		return NULL;
	if (v->before.class != v->sheet.class)
		return arena_printf(c->arena, tr(c->lang, "Class changed: it was %s points, %s, before this fell due"), points,
		                    grade_title((enum grade)v->before.class, c->lang));
	return v->before.points.t == v->sheet.points.t ? NULL
	                                               : arena_printf(c->arena, tr(c->lang, "It was %s points before this fell due"), points);
}

static const char *follower(const struct meeting_whole *w, int64_t member_id)
{
	for (size_t i = 0; member_id > 0 && i < w->roll.n; i++)
		if (w->roll.v[i].id == member_id)
			return w->roll.v[i].full_name;
	return NULL;
}

static const char *made_by(struct call *c, const struct meeting_whole *w, const struct score_sheet *s)
{
	const char *name = call_may(c, MAY_SEE_MEMBERS, w->meeting.unit_id) ? follower(w, s->followed_by) : NULL;
	const char *when = show_moment(c->arena, c->lang, call_local(s->at_ms));

	return name ? arena_printf(c->arena, tr(c->lang, "%s; sheet followed by %s"), when, name) : when;
}

static void add_cards(struct call *c, const struct meeting_whole *w, struct sheet_view *v)
{
	v->cards = ARENA_ARRAY(c->arena, 4, struct stage_card);
	for (size_t i = 0; i < 4; i++) {
		const struct score_view *kept = sheet_kept(w, in_order[i]);
		const char *settled = settled_words(c, kept);
		/* what people wrote; how it was settled only where that changed something */
		const char *reason = kept->settled && !settled ? kept->before.reason : kept->sheet.reason;

		if (!kept->sheet.revision)
			continue;
		v->cards[v->card_n++] = (struct stage_card){ .title = stage_title(c->lang, in_order[i]),
			                                         .by = made_by(c, w, &kept->sheet),
			                                         .points = kept->sheet.points,
			                                         .class = class_mark(grade_words[kept->sheet.class]),
			                                         .settled = settled,
			                                         .reason = reason };
	}
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

/* ---------------------------------------------------------------- what a stage asks for */

static void add_people(struct call *c, const struct sheet_data *d, struct sheet_view *v)
{
	v->people = ARENA_ARRAY(c->arena, d->w.roll.n + 1, struct choice);
	v->people[v->people_n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < d->w.roll.n; i++) {
		const struct roll_member *p = &d->w.roll.v[i];

		if (d->stage == STAGE_VOTED && (!p->official || p->status == STATUS_TEMP_HERE))
			continue;
		v->people[v->people_n++] = (struct choice){ p->code, p->full_name, NULL };
	}
}

static void add_vote(struct call *c, const struct sheet_data *d, struct sheet_view *v)
{
	const struct vote *vote = &d->vote;

	v->vote_done = d->w.meeting.afterwards || (vote->id && vote->result == VOTE_ADOPTED);
	if (vote->id)
		v->vote =
		    vote->in_favour == INT_UNKNOWN
		        ? arena_printf(c->arena, "%s: %s", vote_method_name(c->lang, vote->method), vote_result_name(c->lang, vote->result))
		        : arena_printf(c->arena, tr(c->lang, "%lld of %lld in favour (%s): %s"), (long long)vote->in_favour, (long long)vote->base,
		                       show_percent(c->arena, c->lang, vote->in_favour, vote->base), vote_result_name(c->lang, vote->result));
	if (!v->vote_done && d->voters.voting.known)
		v->vote_needs = arena_printf(c->arena, tr(c->lang, "%lld have a vote; at least %lld votes in favour are needed"),
		                             (long long)d->voters.voting.base, (long long)d->voters.voting.for_resolution);
	v->weaknesses_rev = d->texts.rev[TEXT_SCORE_WEAKNESSES];
	v->remedy_rev = d->texts.rev[TEXT_SCORE_REMEDY];
}

static void add_guests(struct call *c, const struct sheet_data *d, struct sheet_view *v)
{
	static const struct {
		const char *value, *text;
	} opinions[] = { { "1", N_("in order") }, { "0", N_("not in order") } };

	v->guests = ARENA_ARRAY(c->arena, d->guests.n + 1, struct choice);
	for (size_t i = 0; i < d->guests.n; i++) {
		const struct score_guest *g = &d->guests.v[i];

		if (!score_guest_may(c, &d->w.meeting, g))
			continue;
		v->guests[v->guest_n++] =
		    (struct choice){ arena_printf(c->arena, "%lld", (long long)g->id), g->name, *g->function ? g->function : NULL };
		v->on_paper |= !score_guest_is_me(c, &d->w.meeting, g);
	}
	v->opinions = ARENA_ARRAY(c->arena, 2, struct choice);
	for (size_t i = 0; i < 2; i++)
		v->opinions[i] = (struct choice){ opinions[i].value, tr(c->lang, opinions[i].text), NULL };
	v->may = v->may && v->guest_n;
}

/* ---------------------------------------------------------------- fields */

static void put(struct sheet_view *v, const struct req *rq, const char *name, const char *now)
{
	struct pairs *values = (struct pairs *)v->form.typed;
	const char *typed = req_form(rq, name);

	values->v[values->n++] = (struct pair){ name, typed ? typed : now };
}

static const char *teller_code(const struct sheet_data *d, size_t i)
{
	return i < d->tellers.n ? d->tellers.v[i].member_code : "";
}

static const char *follower_code(const struct meeting_whole *w, int64_t member_id)
{
	for (size_t i = 0; member_id > 0 && i < w->roll.n; i++)
		if (w->roll.v[i].id == member_id)
			return w->roll.v[i].code;
	return "";
}

/* What stands in the fields: typed, else what is kept, else nothing: points are not invented. */
static void fill_fields(struct call *c, const struct req *rq, const struct sheet_data *d, struct sheet_view *v)
{
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);

	values->v = ARENA_ARRAY(c->arena, v->n + 16, struct pair);
	v->form.typed = values;
	for (size_t i = 0; i < v->n; i++)
		put(v, rq, v->v[i].field, tenths_is(v->v[i].points) ? show_tenths(c->arena, c->lang, v->v[i].points) : "");
	put(v, rq, "reason", d->w.decided.sheet.revision ? d->w.decided.sheet.reason : "");
	put(v, rq, "scored_at", "");
	put(v, rq, "followed_by", follower_code(&d->w, d->w.self.sheet.followed_by));
	put(v, rq, "weaknesses", d->texts.value[TEXT_SCORE_WEAKNESSES]);
	put(v, rq, "remedy", d->texts.value[TEXT_SCORE_REMEDY]);
	put(v, rq, "in_favour", "");
	put(v, rq, "against", "0");
	put(v, rq, "abstain", "0");
	put(v, rq, "teller1", teller_code(d, 0));
	put(v, rq, "teller2", teller_code(d, 1));
	put(v, rq, "guest", v->guest_n ? v->guests[0].value : "");
	put(v, rq, "procedure_ok", "");
	put(v, rq, "remark", "");
}

/* ---------------------------------------------------------------- all of it */

static fail check_open(struct call *c, const struct meeting *m, enum score_stage stage)
{
	if (stage == STAGE_GUEST)
		return m->state >= MEETING_SCORED && m->state <= MEETING_REPORTED
		           ? FAIL_OK
		           : problem(c, FAIL_CONFLICT, "state", "the guest confirms after the cell has scored and before the committee decides");
	return meeting_may_edit(c, m, stage == STAGE_DECIDED ? PART_DECISION : stage == STAGE_VOTED ? PART_VOTED_SHEET : PART_OWN_SHEET);
}

static fail find_closed(struct call *c, const struct sheet_data *d, struct sheet_view *v)
{
	fail f = check_open(c, &d->w.meeting, d->stage);

	if (f != FAIL_CONFLICT)
		return f;
	v->closed = c->problem.text;
	problem_clear(c);
	v->may = false;
	return FAIL_OK;
}

static void add_totals(struct call *c, const struct scored_sheet *s, struct sheet_view *v)
{
	v->scheme_id = s->scheme->id;
	v->scheme_title = s->scheme->title[c->lang];
	v->proposed = strcmp(s->scheme->source, "P") == 0;
	v->total = s->total;
	v->class = class_mark(grade_words[s->grade]);
	v->state = state_words(c, s);
}

fail sheet_build(struct call *c, const struct req *rq, const struct sheet_data *d, struct sheet_view *v)
{
	static const char *const below[] = { "", "/score", "/guest-score", "/vote-score", "/decide" };
	const struct score_view *kept = sheet_kept(&d->w, d->stage);

	v->w = &d->w;
	v->id = d->id;
	v->stage = d->stage;
	v->deciding = d->stage == STAGE_DECIDED;
	v->may = d->stage == STAGE_GUEST || call_may(c, v->deciding ? MAY_DECIDE : MAY_RECORD, d->w.meeting.unit_id);
	v->title = page_meeting_title(c, &d->w.meeting);
	v->action = page_meeting_path(c, &d->w.meeting, below[d->stage]);
	if (d->stage == STAGE_GUEST)
		add_guests(c, d, v);
	if (d->stage == STAGE_VOTED)
		add_vote(c, d, v);
	TRY(find_closed(c, d, v));
	bool as_kept = v->closed && kept->has_lines;
	const struct scored_sheet *s = as_kept ? &kept->lines : &d->w.draft.sheet;

	v->n = s->n;
	v->v = ARENA_ARRAY(c->arena, s->n + 1, struct sheet_line);
	for (size_t i = 0; i < s->n; i++)
		add_line(c, d, s, as_kept ? &kept->waiting : &d->w.draft.gathered.waiting, i, v);
	add_totals(c, s, v);
	add_cards(c, &d->w, v);
	add_stale(c, kept, v);
	add_people(c, d, v);
	v->ask_scored_at = d->stage == STAGE_SELF && v->may && d->w.meeting.afterwards && !moment_is(d->w.meeting.scored_at);
	fill_fields(c, rq, d, v);
	return FAIL_OK;
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

void sheet_read_judged(struct call *c, const struct req *rq, struct judged *out, struct form *form)
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
	*out = (struct judged){ v, n };
}
