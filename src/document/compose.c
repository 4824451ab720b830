/* compose.c — minutes and resolution out of the record. Nothing here is typed by anybody: texts, roll call, votes, tasks and sheet are where
 * they are kept; this puts them in the order and words of paper. */
#include "document/compose.h"

#include <string.h>

/* ---------------------------------------------------------------- the meeting */

static const char *kind_words(const struct meeting *m)
{
	static const char *const kinds[] = { "", "thường kỳ", "chuyên đề", "bất thường", "chi ủy" };

	return m->kind == MEETING_REGULAR && m->thematic ? "thường kỳ kết hợp chuyên đề" : kinds[m->kind];
}

/* Names with that status in the roll call, by comma; `late`: those present who came late. */
static const char *names_of(struct call *c, const struct dossier *d, unsigned status, bool late)
{
	const char *text = "";

	for (size_t i = 0; i < d->w.rows.n; i++) {
		const struct attendance *a = &d->w.rows.v[i];

		if (a->status == status && (!late || (moment_is(a->arrived_at) && a->arrived_at.minutes > d->w.meeting.starts_at.minutes)))
			text = arena_join(c->arena, text, *text ? ", " : "", a->full_name, (char *)NULL);
	}
	return text;
}

static void add_counts(struct call *c, const struct dossier *d, struct sitting *s)
{
	const struct meeting *m = &d->w.meeting;
	const struct member_counts *n = &d->counts;
	bool known = n->ever > 0;

	s->members = known ? paper_count(c->arena, n->members) : "";
	s->official = known ? paper_count(c->arena, n->official) : "";
	s->probationary = known ? paper_count(c->arena, n->probationary) : "";
	s->exempt = known ? paper_count(c->arena, n->exempt) : "";
	s->away = known ? paper_count(c->arena, n->temp_away) : "";
	s->here = known ? paper_count(c->arena, n->temp_here) : "";
	s->counted = m->present != INT_UNKNOWN;
	s->expected = paper_count(c->arena, m->expected != INT_UNKNOWN || !known ? m->expected : n->expected);
	s->present = paper_count(c->arena, m->present);
	s->official_present = paper_count(c->arena, m->official_present);
	s->excused = paper_count(c->arena, m->excused);
	s->unexcused = paper_count(c->arena, m->unexcused);
	s->percent = s->counted && m->expected > 0 ? show_percent(c->arena, LANG_VI, m->present, m->expected) : "";
	s->excused_names = names_of(c, d, ATTENDANCE_EXCUSED, false);
	s->unexcused_names = names_of(c, d, ATTENDANCE_UNEXCUSED, false);
	s->late_names = names_of(c, d, ATTENDANCE_PRESENT, true);
}

void compose_sitting(struct call *c, const struct dossier *d, struct sitting *out)
{
	static const char *const modes[] = { "trực tiếp", "trực tiếp", "trực tuyến", "trực tiếp kết hợp trực tuyến" };
	const struct meeting *m = &d->w.meeting;
	struct arena *a = c->arena;

	*out = (struct sitting){
		.kind = kind_words(m),
		.month = paper_month(a, (month_no)m->month),
		.next_month = paper_month(a, (month_no)m->month + 1),
		.day = paper_day(a, meeting_day(m)),
		.start = paper_time(a, m->starts_at),
		.end = paper_time(a, m->ends_at),
		.minutes = moment_is(m->ends_at) ? arena_printf(a, "%lld", (long long)(m->ends_at.minutes - m->starts_at.minutes)) : "",
		.place = m->place,
		.chair = dossier_name(d, m->chair_id),
		.chair_post = paper_post(dossier_post(d, m->chair_id)),
		.taker = dossier_name(d, m->minute_taker_id),
		.theme = meeting_has_theme(m),
		.topic = m->topic,
		.mode = modes[m->mode],
	};
	add_counts(c, d, out);
}

/* ---------------------------------------------------------------- agenda and what was concluded */

/* Which texts belong to which step of the agenda, and what the record says there by itself. */
static const struct { const char *step; enum meeting_text texts[3]; enum item_words words; } steps[] = {
	{ "ST-O1", { TEXT_REASON }, WORDS_NONE },
	{ "ST-O2", { 0 }, WORDS_TAKER },
	{ "ST-O3", { 0 }, WORDS_ROLL },
	{ "ST-O4", { TEXT_DUES }, WORDS_NONE },
	{ "ST-O5", { 0 }, WORDS_AGENDA },
	{ "ST-M2", { TEXT_ASSESSMENT, TEXT_WEAKNESSES, TEXT_CAUSES }, WORDS_NONE },
	{ "ST-M3", { TEXT_COMMENDATION, TEXT_REMINDER }, WORDS_NONE },
	{ "ST-M4", { TEXT_DIRECTION }, WORDS_NONE },
	{ "ST-M5", { TEXT_GUEST }, WORDS_NONE },
	{ "ST-M6", { TEXT_DISCUSSION }, WORDS_SPEAKERS },
	{ "ST-C2", { TEXT_EXECUTION }, WORDS_TASKS },
	{ "ST-C4", { TEXT_CONCLUSION }, WORDS_DECISION },
	{ "ST-C5", { 0 }, WORDS_SCORE },
	{ "ST-C6", { 0 }, WORDS_APPROVAL },
};
enum { STEPS = sizeof steps / sizeof *steps, TEXTS_OF_GUESTS = 8 };

static int step_index(const char *step)
{
	for (int i = 0; i < STEPS; i++)
		if (strcmp(steps[i].step, step) == 0)
			return i;
	return -1;
}

static void add_text(struct call *c, const struct dossier *d, struct worded_item *item, enum meeting_text t, bool labelled)
{
	if (!*d->texts.value[t])
		return;
	item->texts[item->text_n++] = (struct worded_text){
		.text = t, .label = labelled ? meeting_text_title(LANG_VI, t) : "", .lines = paper_lines(c->arena, d->texts.value[t])
	};
}

/* What a guest concluded stands under the guest's name. */
static bool add_guest_words(struct call *c, const struct dossier *d, struct worded_item *item)
{
	size_t before = item->text_n;

	for (size_t i = 0; i < d->guests.n && item->text_n < before + TEXTS_OF_GUESTS; i++)
		if (*d->guests.v[i].remark)
			item->texts[item->text_n++] = (struct worded_text){ TEXT_GUEST, arena_printf(c->arena, "Đồng chí %s", d->guests.v[i].name),
				                                                paper_lines(c->arena, d->guests.v[i].remark) };
	return item->text_n > before;
}

static struct worded_item *add_item(struct call *c, struct worded_item *items, size_t *n, const char *title)
{
	struct worded_item *item = &items[*n];

	*item = (struct worded_item){ .no = arena_printf(c->arena, "%zu", ++*n), .title = title, .planned = "", .spent = "",
		                          .texts = ARENA_ARRAY(c->arena, 3 + TEXTS_OF_GUESTS, struct worded_text) };
	return item;
}

static const char *minutes_text(struct call *c, int64_t n)
{
	return n > 0 ? arena_printf(c->arena, "%lld", (long long)n) : "";
}

/* Texts that no step of the agenda takes stand at the end under their own titles, so that nothing is lost. */
static void add_loose(struct call *c, const struct dossier *d, const bool *taken, struct worded_item *items, size_t *n)
{
	static const enum meeting_text order[] = { TEXT_REASON, TEXT_DUES, TEXT_ASSESSMENT, TEXT_WEAKNESSES, TEXT_CAUSES, TEXT_COMMENDATION, TEXT_REMINDER,
		                                       TEXT_DIRECTION, TEXT_DISCUSSION, TEXT_GUEST, TEXT_EXECUTION, TEXT_CONCLUSION };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (!taken[order[i]] && *d->texts.value[order[i]])
			add_text(c, d, add_item(c, items, n, meeting_text_title(LANG_VI, order[i])), order[i], false);
}

static bool any_guest_words(const struct dossier *d)
{
	for (size_t i = 0; i < d->guests.n; i++)
		if (*d->guests.v[i].remark)
			return true;
	return false;
}

void compose_items(struct call *c, const struct dossier *d, bool before, struct worded_item **out, size_t *n)
{
	struct worded_item *items = ARENA_ARRAY(c->arena, d->agenda.n + TEXT_COUNT + 1, struct worded_item);
	bool taken[TEXT_COUNT] = { false }, guests = false;

	*n = 0;
	for (size_t i = 0; i < d->agenda.n; i++) {
		const struct agenda_item *from = &d->agenda.v[i];
		struct worded_item *item = add_item(c, items, n, from->title);
		int s = step_index(from->step);

		item->item = from->item;
		item->done = from->done;
		item->planned = minutes_text(c, from->planned_minutes);
		item->spent = minutes_text(c, from->minutes);
		item->conclusion = paper_lines(c->arena, from->conclusion);
		item->words = s < 0 || before ? WORDS_NONE : steps[s].words;
		for (int t = 0; s >= 0 && !before && t < 3 && steps[s].texts[t]; t++) {
			if (!taken[steps[s].texts[t]])
				add_text(c, d, item, steps[s].texts[t], t > 0 || steps[s].texts[0] == TEXT_COMMENDATION);
			taken[steps[s].texts[t]] = true;
		}
		if (!before && strcmp(from->step, "ST-M5") == 0)
			guests |= add_guest_words(c, d, item);
	}
	if (!before && !guests && any_guest_words(d))
		add_guest_words(c, d, add_item(c, items, n, meeting_text_title(LANG_VI, TEXT_GUEST)));
	if (!before)
		add_loose(c, d, taken, items, n);
	*out = items;
}

/* ---------------------------------------------------------------- votes and tasks */

static void compose_votes(struct call *c, const struct dossier *d, struct worded_vote **out, size_t *n)
{
	static const char *const methods[] = { "", "Biểu quyết giơ tay", "Bỏ phiếu kín", "Bỏ phiếu kín trên thiết bị" };
	static const char *const results[] = { "", "Thông qua", "Không thông qua", "Chưa đạt", "Báo cáo cấp trên", "" };
	struct worded_vote *v = ARENA_ARRAY(c->arena, d->votes.n + 1, struct worded_vote);
	struct arena *a = c->arena;

	*n = 0;
	for (size_t i = 0; i < d->votes.n; i++) {
		const struct vote *x = &d->votes.v[i];

		if (x->result == VOTE_OPEN || x->result == VOTE_VOID)
			continue;
		v[*n] = (struct worded_vote){
			.no = arena_printf(a, "%zu", *n + 1), .title = x->title, .method = methods[x->method], .base = paper_count(a, x->base),
			.in_favour = paper_count(a, x->in_favour), .against = paper_count(a, x->against), .abstain = paper_count(a, x->abstain),
			.invalid = x->invalid > 0 ? paper_count(a, x->invalid) : "", .percent = show_percent(a, LANG_VI, x->in_favour, x->base),
			.result = results[x->result], .subject = x->subject, .adopted = x->result == VOTE_ADOPTED,
		};
		(*n)++;
	}
	*out = v;
}

static void compose_tasks(struct call *c, const struct dossier *d, struct worded_task **out, size_t *n)
{
	struct worded_task *v = ARENA_ARRAY(c->arena, d->w.tasks.n + 1, struct worded_task);

	*n = 0;
	for (size_t i = 0; i < d->w.tasks.n; i++) {
		const struct task *t = &d->w.tasks.v[i];

		if (t->result == TASK_CANCELLED)
			continue;
		v[*n] = (struct worded_task){ .no = arena_printf(c->arena, "%zu", *n + 1), .title = t->title, .id = t->id,
			                          .person = t->member_name ? t->member_name : "", .due = paper_short_day(c->arena, t->due_on),
			                          .measure = t->measure, .report_at = t->report_at };
		(*n)++;
	}
	*out = v;
}

static const char *due_result(struct call *c, const struct dossier *d, const struct task *t)
{
	static const char *const words[] = { "Đang thực hiện", "Quá hạn, chưa xong", "Hoàn thành đúng hạn", "Hoàn thành, chậm so với thời hạn", "Hoàn thành",
		                                 "Không hoàn thành", "Thôi thực hiện" };
	const char *text = words[task_state(t, meeting_day(&d->w.meeting))];

	if (t->result == TASK_ABOVE)
		text = "Hoàn thành vượt yêu cầu";
	return date_is(t->done_on) ? arena_printf(c->arena, "%s (%s)", text, paper_short_day(c->arena, t->done_on)) : text;
}

void compose_due(struct call *c, const struct dossier *d, struct worded_due **out, size_t *n)
{
	struct worded_due *v = ARENA_ARRAY(c->arena, d->due_n + 1, struct worded_due);

	for (size_t i = 0; i < d->due_n; i++) {
		const struct task *t = d->due[i].task;
		int64_t percent = d->due[i].percent;

		v[i] = (struct worded_due){
			.no = arena_printf(c->arena, "%zu", i + 1), .title = t->title, .person = t->member_name ? t->member_name : "", .id = t->id,
			.due = paper_short_day(c->arena, t->due_on),
			.start = percent != INT_UNKNOWN ? arena_printf(c->arena, "Đã làm %lld %%", (long long)percent) : d->due[i].carried ? "Chuyển tiếp" : "Giao mới",
			.result = due_result(c, d, t),
		};
	}
	*n = d->due_n;
	*out = v;
}

/* ---------------------------------------------------------------- score */

static struct tenths line_points(const struct score_view *v, const char *id)
{
	for (size_t i = 0; v->has_lines && i < v->lines.n; i++)
		if (strcmp(v->lines.lines[i].id, id) == 0)
			return v->lines.lines[i].points;
	return TENTHS_NONE;
}

static struct tenths group_points(const struct score_view *v, int group)
{
	int32_t sum = 0;

	if (!v->has_lines)
		return TENTHS_NONE;
	for (size_t i = 0; i < v->lines.n; i++)
		if (v->lines.lines[i].group == group)
			sum += tenths_is(v->lines.lines[i].points) ? v->lines.lines[i].points.t : 0;
	return (struct tenths){ sum };
}

static void add_group(struct call *c, const struct dossier *d, const struct scheme *s, int g, struct worded_score *out)
{
	out->v[out->n++] = (struct worded_line){
		.id = s->groups[g].id, .title = s->groups[g].title[LANG_VI], .group = true, .max = paper_tenths(c->arena, s->groups[g].max),
		.self = paper_tenths(c->arena, group_points(&d->w.self, g)), .voted = paper_tenths(c->arena, group_points(&d->w.voted, g)),
		.guest = paper_tenths(c->arena, group_points(&d->guest_sheet, g)), .decided = paper_tenths(c->arena, group_points(&d->w.decided, g)),
	};
}

/* A group that was judged as a whole is a line itself. */
static const char *line_title(const struct scheme *s, const struct scored_line *l)
{
	return l->line ? l->line->title[LANG_VI] : s->groups[l->group].title[LANG_VI];
}

static void add_line(struct call *c, const struct dossier *d, const struct scheme *s, const struct scored_line *l, struct worded_score *out)
{
	out->v[out->n++] = (struct worded_line){
		.id = l->id, .title = line_title(s, l), .group = !l->line, .whole = !l->line,
		.max = paper_tenths(c->arena, tenths_is(l->max) ? l->max : l->line ? scheme_line_max(l->line) : TENTHS_NONE),
		.self = paper_tenths(c->arena, line_points(&d->w.self, l->id)), .voted = paper_tenths(c->arena, line_points(&d->w.voted, l->id)),
		.guest = paper_tenths(c->arena, line_points(&d->guest_sheet, l->id)), .decided = paper_tenths(c->arena, line_points(&d->w.decided, l->id)),
	};
}

static const char *total_of(struct call *c, const struct score_view *v)
{
	return v->sheet.revision ? paper_tenths(c->arena, v->sheet.points) : "";
}

static const char *class_of(const struct score_view *v)
{
	return v->sheet.revision && v->sheet.class ? grade_title(v->sheet.class, LANG_VI) : "";
}

static void add_totals(struct call *c, const struct dossier *d, struct worded_score *out)
{
	const struct score_view *own = dossier_sheet(d);

	out->known = own != NULL;
	out->total = own ? total_of(c, own) : "";
	out->class = own ? class_of(own) : "";
	out->self = total_of(c, &d->w.self);
	out->voted = total_of(c, &d->w.voted);
	out->guest = total_of(c, &d->guest_sheet);
	out->decided = total_of(c, &d->w.decided);
	out->self_class = class_of(&d->w.self);
	out->voted_class = class_of(&d->w.voted);
	out->guest_class = class_of(&d->guest_sheet);
	out->decided_class = class_of(&d->w.decided);
}

/* The lines come from the sheet that was kept; before there is one, from the rule of the day: a sheet to fill in by hand. */
void compose_score(struct call *c, const struct dossier *d, struct worded_score *out)
{
	const struct score_view *own = dossier_sheet(d);
	const struct scored_sheet *lines = own && own->has_lines ? &own->lines : d->w.draft.scheme ? &d->w.draft.sheet : NULL;

	*out = (struct worded_score){ .scheme = "" };
	add_totals(c, d, out);
	out->weaknesses = paper_lines(c->arena, d->texts.value[TEXT_SCORE_WEAKNESSES]);
	out->remedy = paper_lines(c->arena, d->texts.value[TEXT_SCORE_REMEDY]);
	if (!lines || !lines->scheme)
		return;
	out->scheme = lines->scheme->title[LANG_VI];
	out->v = ARENA_ARRAY(c->arena, lines->n + lines->scheme->n_groups, struct worded_line);
	for (size_t i = 0; i < lines->n; i++) {
		int g = lines->lines[i].group;

		if (g >= 0 && lines->lines[i].line && (i == 0 || lines->lines[i - 1].group != g))
			add_group(c, d, lines->scheme, g, out);
		add_line(c, d, lines->scheme, &lines->lines[i], out);
	}
}

/* ---------------------------------------------------------------- gaps */

static void gap(struct call *c, struct gaps *g, const struct dossier *d, bool missing, const char *what, const char *below)
{
	if (!missing)
		return;
	if (g->n == g->room) {
		struct gap *old = g->v;

		g->room = g->room ? g->room * 2 : 16;
		g->v = ARENA_ARRAY(c->arena, g->room, struct gap);
		if (g->n)
			memcpy(g->v, old, g->n * sizeof *old);
	}
	const char *href = *below == '/' ? arena_printf(c->arena, "/meetings/%lld%s", (long long)d->w.meeting.id, below)
	                 : *below == 'u' ? arena_printf(c->arena, "/units/%lld/%s", (long long)d->unit.id, below + 1) : below;

	g->v[g->n++] = (struct gap){ tr(c->lang, what), href };
}

/* What both papers need. */
static void sitting_gaps(struct call *c, const struct dossier *d, const struct sitting *s, struct gaps *g)
{
	gap(c, g, d, !*d->above.name, N_("The unit above"), "ustructure");
	gap(c, g, d, !*d->locality, N_("The place that stands in front of the date"), "uterms");
	gap(c, g, d, !*s->end, N_("When the meeting ended"), d->w.meeting.afterwards ? "/edit" : "/close");
	gap(c, g, d, !*s->place, N_("Where it was held"), "/edit");
	gap(c, g, d, !*s->chair, N_("Who was in the chair"), "/room");
	gap(c, g, d, !*s->taker, N_("Who took the minutes"), "/room");
	gap(c, g, d, !*s->members, N_("The members of the cell"), "umembers");
	gap(c, g, d, !s->counted, N_("The roll call"), "/attendance");
}

static void shared_gaps(struct call *c, const struct dossier *d, size_t tasks, struct gaps *g)
{
	bool open = false;

	for (size_t i = 0; i < d->w.tasks.n; i++)
		open |= d->w.tasks.v[i].result != TASK_CANCELLED && (d->w.tasks.v[i].member_id <= 0 || !date_is(d->w.tasks.v[i].due_on));
	gap(c, g, d, !tasks, N_("Tasks with person and deadline"), "/tasks");
	gap(c, g, d, open, N_("A task without person or deadline"), "/tasks");
	gap(c, g, d, d->w.scored_kind && !dossier_sheet(d), N_("The cell's own score and class"), "/score");
}

static void minutes_gaps(struct call *c, const struct dossier *d, struct minutes *m)
{
	struct gaps *g = &m->gaps;
	size_t silent = 0;

	for (size_t i = 0; i < m->item_n; i++)
		silent += m->items[i].item && !m->items[i].conclusion.n && !m->items[i].text_n && !m->items[i].words;
	sitting_gaps(c, d, &m->sitting, g);
	gap(c, g, d, !d->agenda.n, N_("The agenda"), "/agenda");
	gap(c, g, d, silent > 0, N_("An item of the agenda without a conclusion"), "#items");
	gap(c, g, d, !m->decision, N_("The vote on the conclusion or resolution"), "/votes");
	shared_gaps(c, d, m->task_n, g);
	gap(c, g, d, !moment_is(d->w.meeting.minutes_approved_at), N_("That the minutes were read out and approved"), "#approve");
}

/* ---------------------------------------------------------------- minutes */

static void add_approval(struct call *c, const struct dossier *d, struct minutes *m)
{
	const struct vote *v = dossier_vote(d, SUBJECT_MINUTES);

	m->approved_at = paper_time(c->arena, d->w.meeting.minutes_approved_at);
	m->approved_by = v ? arena_printf(c->arena, "%s/%s (%s)", paper_count(c->arena, v->in_favour), paper_count(c->arena, v->base),
	                                  show_percent(c->arena, LANG_VI, v->in_favour, v->base))
	                   : "";
}

void compose_minutes(struct call *c, const struct dossier *d, struct minutes *out)
{
	const struct vote *resolution = dossier_vote(d, SUBJECT_RESOLUTION), *conclusion = dossier_vote(d, SUBJECT_CONCLUSION);

	*out = (struct minutes){ 0 };
	out->head = compose_head(c, d, DOC_MINUTES, &d->minutes, meeting_day(&d->w.meeting));
	compose_sitting(c, d, &out->sitting);
	compose_items(c, d, false, &out->items, &out->item_n);
	compose_votes(c, d, &out->votes, &out->vote_n);
	compose_tasks(c, d, &out->tasks, &out->task_n);
	compose_score(c, d, &out->score);
	out->speakers = paper_count(c->arena, d->w.meeting.speakers);
	out->decision = resolution ? resolution : conclusion;
	out->decision_name = resolution || dossier_has_resolution(d) ? "nghị quyết" : "kết luận";
	add_approval(c, d, out);
	minutes_gaps(c, d, out);
}

/* ---------------------------------------------------------------- resolution */

static void resolution_texts(struct call *c, const struct dossier *d, struct resolution *r)
{
	static const enum meeting_text names[] = { TEXT_ASSESSMENT, TEXT_COMMENDATION, TEXT_REMINDER, TEXT_WEAKNESSES,
		                                       TEXT_CAUSES,     TEXT_DIRECTION,    TEXT_EXECUTION, TEXT_CONCLUSION };
	struct lines *const to[] = { &r->assessment, &r->commendation, &r->reminder, &r->weaknesses, &r->causes, &r->direction, &r->execution, &r->conclusion };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		*to[i] = paper_lines(c->arena, d->texts.value[names[i]]);
}

static void resolution_gaps(struct call *c, const struct dossier *d, struct resolution *r)
{
	struct gaps *g = &r->gaps;

	sitting_gaps(c, d, &r->sitting, g);
	gap(c, g, d, !r->assessment.n, N_("The assessment of last month"), "#text-assessment");
	gap(c, g, d, !r->weaknesses.n, N_("Weaknesses and causes"), "#text-weaknesses");
	gap(c, g, d, !r->direction.n, N_("Direction and tasks of next month"), "#text-direction");
	gap(c, g, d, !r->execution.n, N_("Assignment and execution"), "#text-execution");
	shared_gaps(c, d, r->task_n, g);
	gap(c, g, d, r->score.known && !r->score.weaknesses.n, N_("Weaknesses of this meeting"), "#text-score_weaknesses");
	gap(c, g, d, !r->voted, N_("The vote on the conclusion or resolution"), "/votes");
	gap(c, g, d, !*r->signature.signer, N_("A secretary or deputy who signs"), "uposts");
}

/* V21: secretary or deputy signs, whoever of them was in the chair. */
static bool chair_signs(const struct dossier *d)
{
	unsigned post = d->w.meeting.chair_id > 0 ? dossier_post(d, d->w.meeting.chair_id) : POST_NONE;

	return post == POST_SECRETARY || post == POST_DEPUTY;
}

void compose_resolution(struct call *c, const struct dossier *d, struct resolution *out)
{
	bool full = dossier_has_resolution(d);
	const struct vote *v = dossier_vote(d, full ? SUBJECT_RESOLUTION : SUBJECT_CONCLUSION);

	*out = (struct resolution){ .type = full ? DOC_RESOLUTION : DOC_CONCLUSION };
	bool numbered = d->resolution.id > 0;

	out->head = compose_head(c, d, out->type, &d->resolution, numbered ? d->resolution.dated_on : meeting_day(&d->w.meeting));
	compose_sitting(c, d, &out->sitting);
	resolution_texts(c, d, out);
	compose_due(c, d, &out->due, &out->due_n);
	compose_tasks(c, d, &out->tasks, &out->task_n);
	compose_score(c, d, &out->score);
	out->voted = v && v->result == VOTE_ADOPTED;
	out->in_favour = out->voted ? paper_count(c->arena, v->in_favour) : "";
	out->base = out->voted ? paper_count(c->arena, v->base) : "";
	out->percent = out->voted ? show_percent(c->arena, LANG_VI, v->in_favour, v->base) : "";
	out->signature = compose_signature(c, d, numbered ? d->resolution.signed_by : chair_signs(d) ? dossier_name(d, d->w.meeting.chair_id) : "");
	resolution_gaps(c, d, out);
}
