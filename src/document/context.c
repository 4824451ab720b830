/* context.c — composed papers as JSON for the forms. Wording stands in forms/, values come from compose.c. */
#include "document/context.h"

#include <string.h>

/* ---------------------------------------------------------------- parts */

static void put_lines(struct json *j, const char *key, const struct lines *l)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < l->n; i++)
		json_str(j, l->v[i]);
	json_array_end(j);
}

static void put_head(struct json *j, const struct paper_head *h)
{
	json_put_str(j, "unit_above", h->unit_above);
	json_put_str(j, "unit", h->unit);
	json_put_str(j, "number", h->number);
	json_put_str(j, "place_date", h->place_date);
}

static void put_signature(struct json *j, const struct dossier *d, const struct paper_signature *s)
{
	json_put_str(j, "sign_for", s->sign_for);
	json_put_str(j, "sign_as", s->sign_as);
	json_put_str(j, "signer", s->signer);
	json_key(j, "recipients");
	json_array(j);
	for (size_t i = 0; i < d->recipient_n; i++)
		json_str(j, d->recipients[i]);
	json_array_end(j);
}

static void put_time(struct json *j, const struct sitting *s)
{
	json_put_str(j, "kind", s->kind);
	json_put_str(j, "month", s->month);
	json_put_str(j, "next_month", s->next_month);
	json_put_str(j, "day", s->day);
	json_put_str(j, "start", s->start);
	json_put_str(j, "end", s->end);
	json_put_str(j, "minutes", s->minutes);
	json_put_str(j, "place", s->place);
	json_put_str(j, "mode", s->mode);
	json_put_str(j, "topic", s->theme ? s->topic : "");
	json_put_str(j, "chair", s->chair);
	json_put_str(j, "chair_post", s->chair_post);
	json_put_str(j, "taker", s->taker);
}

static void put_people(struct json *j, const struct sitting *s)
{
	json_put_str(j, "members", s->members);
	json_put_str(j, "official", s->official);
	json_put_str(j, "probationary", s->probationary);
	json_put_str(j, "expected", s->expected);
	json_put_str(j, "present", s->present);
	json_put_str(j, "official_present", s->official_present);
	json_put_str(j, "percent", s->percent);
	json_put_str(j, "excused", s->excused);
	json_put_str(j, "excused_names", s->excused_names);
	json_put_str(j, "unexcused", s->unexcused);
	json_put_str(j, "unexcused_names", s->unexcused_names);
	json_put_str(j, "exempt", s->exempt);
	json_put_str(j, "away", s->away);
	json_put_str(j, "here", s->here);
	json_put_str(j, "late_names", s->late_names);
}

static void put_guests(struct call *c, struct json *j, const struct dossier *d)
{
	json_put_bool(j, "guests_any", d->guests.n > 0);
	json_key(j, "guests");
	json_array(j);
	for (size_t i = 0; i < d->guests.n; i++) {
		json_object(j);
		json_put_str(j, "no", arena_printf(c->arena, "%zu", i + 1));
		json_put_str(j, "name", d->guests.v[i].name);
		json_put_str(j, "function", d->guests.v[i].function);
		json_put_bool(j, "present", d->guests.v[i].present != 0);
		json_put_str(j, "note", "");
		json_object_end(j);
	}
	json_array_end(j);
}

static const char *clock_plus(struct call *c, struct moment from, int64_t minutes)
{
	return paper_time(c->arena, (struct moment){ from.minutes + minutes });
}

/* What people come for, without opening and closing. */
static void put_main(struct json *j, const struct dossier *d)
{
	json_key(j, "main");
	json_array(j);
	for (size_t i = 0; i < d->agenda.n; i++) {
		if (d->agenda.v[i].part != AGENDA_MAIN && d->agenda.v[i].part != AGENDA_THEMATIC && d->agenda.v[i].part != AGENDA_PERSONNEL)
			continue;
		json_object(j);
		json_put_str(j, "title", d->agenda.v[i].title);
		json_object_end(j);
	}
	json_array_end(j);
}

/* The agenda as it was planned; without one, the texts do not stand in for it. */
static void put_agenda(struct call *c, struct json *j, const struct dossier *d)
{
	int64_t spent = 0;
	bool timed = true;

	json_key(j, "agenda");
	json_array(j);
	for (size_t i = 0; i < d->agenda.n; i++) {
		const struct agenda_item *item = &d->agenda.v[i];
		bool known = item->planned_minutes > 0;

		json_object(j);
		json_put_str(j, "no", arena_printf(c->arena, "%zu", i + 1));
		json_put_str(j, "title", item->title);
		json_put_str(j, "planned", known ? arena_printf(c->arena, "%lld", (long long)item->planned_minutes) : "");
		json_put_str(j, "at", timed ? clock_plus(c, d->w.meeting.starts_at, spent) : "");
		json_object_end(j);
		spent += known ? item->planned_minutes : 0;
		timed &= known;
	}
	json_array_end(j);
	put_main(j, d);
	json_put_str(j, "total_planned", spent ? arena_printf(c->arena, "%lld", (long long)spent) : "");
}

static void put_tasks(struct json *j, const struct worded_task *v, size_t n)
{
	json_put_bool(j, "tasks_any", n > 0);
	json_key(j, "tasks");
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_str(j, "no", v[i].no);
		json_put_str(j, "title", v[i].title);
		json_put_str(j, "person", v[i].person);
		json_put_str(j, "due", v[i].due);
		json_put_str(j, "measure", v[i].measure);
		json_put_str(j, "report_at", v[i].report_at);
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_last_tasks(struct json *j, const struct worded_due *v, size_t n)
{
	json_put_bool(j, "last_any", n > 0);
	json_key(j, "last_tasks");
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_str(j, "no", v[i].no);
		json_put_str(j, "title", v[i].title);
		json_put_str(j, "person", v[i].person);
		json_put_str(j, "due", v[i].due);
		json_put_str(j, "start", v[i].start);
		json_put_str(j, "result", v[i].result);
		json_object_end(j);
	}
	json_array_end(j);
}

static const char *own_points(const struct worded_line *l)
{
	return *l->voted ? l->voted : l->self;
}

static void put_score_line(struct json *j, const struct worded_line *l)
{
	json_object(j);
	json_put_str(j, "id", l->id);
	json_put_str(j, "title", l->title);
	json_put_str(j, "max", l->max);
	json_put_str(j, "points", own_points(l));
	json_put_str(j, "self", l->self);
	json_put_str(j, "voted", l->voted);
	json_put_str(j, "guest", l->guest);
	json_put_str(j, "decided", l->decided);
	json_put_bool(j, "group", l->group);
	json_object_end(j);
}

/* `short_form`: groups, and lines that stand by themselves, as a resolution shows them. */
static void put_score(struct json *j, const struct worded_score *s, bool short_form)
{
	json_put_bool(j, "score_any", s->n > 0);
	json_put_bool(j, "score_known", s->known);
	json_put_str(j, "scheme", s->scheme);
	json_put_str(j, "total", s->total);
	json_put_str(j, "class", s->class);
	json_key(j, "lines");
	json_array(j);
	for (size_t i = 0; i < s->n; i++)
		if (!short_form || !s->v[i].group || s->v[i].whole)
			put_score_line(j, &s->v[i]);
	json_array_end(j);
}

static void put_vote(struct json *j, const struct worded_vote *v)
{
	json_object(j);
	json_put_str(j, "no", v->no);
	json_put_str(j, "title", v->title);
	json_put_str(j, "method", v->method);
	json_put_str(j, "base", v->base);
	json_put_str(j, "in_favour", v->in_favour);
	json_put_str(j, "against", v->against);
	json_put_str(j, "abstain", v->abstain);
	json_put_str(j, "invalid", v->invalid);
	json_put_str(j, "percent", v->percent);
	json_put_str(j, "result", v->result);
	json_object_end(j);
}

/* ---------------------------------------------------------------- R05 */

static void put_paragraphs(struct json *j, const struct worded_item *item)
{
	json_key(j, "paragraphs");
	json_array(j);
	for (size_t k = 0; k <= item->text_n; k++) {
		const struct worded_text *t = k ? &item->texts[k - 1] : NULL;
		const struct lines *l = t ? &t->lines : &item->conclusion;

		for (size_t i = 0; i < l->n; i++) {
			json_object(j);
			json_put_str(j, "label", t && i == 0 ? t->label : "");
			json_put_str(j, "text", l->v[i]);
			json_object_end(j);
		}
	}
	json_array_end(j);
}

static void put_item(struct json *j, const struct minutes *m, const struct worded_item *item)
{
	const enum item_words w = item->words;

	json_object(j);
	json_put_str(j, "no", item->no);
	json_put_str(j, "title", item->title);
	json_put_str(j, "planned", item->planned);
	json_put_str(j, "spent", item->spent);
	json_put_bool(j, "done", item->done);
	json_put_bool(j, "taker_step", w == WORDS_TAKER && *m->sitting.taker);
	json_put_bool(j, "roll_step", w == WORDS_ROLL && m->sitting.counted);
	json_put_bool(j, "agenda_step", w == WORDS_AGENDA);
	json_put_bool(j, "speakers_step", w == WORDS_SPEAKERS && *m->speakers);
	json_put_bool(j, "tasks_step", w == WORDS_TASKS && m->task_n > 0);
	json_put_bool(j, "decision_step", w == WORDS_DECISION && m->decision);
	json_put_bool(j, "score_step", w == WORDS_SCORE && m->score.known);
	json_put_bool(j, "approval_step", w == WORDS_APPROVAL && *m->approved_at);
	put_paragraphs(j, item);
	json_object_end(j);
}

static void put_decision(struct call *c, struct json *j, const struct minutes *m)
{
	const struct vote *v = m->decision;

	json_put_str(j, "decision_name", m->decision_name);
	json_put_str(j, "decision_in_favour", v ? paper_count(c->arena, v->in_favour) : "");
	json_put_str(j, "decision_base", v ? paper_count(c->arena, v->base) : "");
	json_put_str(j, "decision_percent", v ? show_percent(c->arena, LANG_VI, v->in_favour, v->base) : "");
}

void document_context_R05(struct call *c, const struct dossier *d, const struct minutes *m, struct json *j)
{
	json_object(j);
	put_head(j, &m->head);
	put_time(j, &m->sitting);
	put_people(j, &m->sitting);
	put_guests(c, j, d);
	put_agenda(c, j, d);
	json_put_str(j, "base", d->w.voting.known ? paper_count(c->arena, d->w.voting.base) : "");
	json_put_str(j, "speakers", m->speakers);
	json_key(j, "items");
	json_array(j);
	for (size_t i = 0; i < m->item_n; i++)
		put_item(j, m, &m->items[i]);
	json_array_end(j);
	json_put_bool(j, "votes_any", m->vote_n > 0);
	json_key(j, "votes");
	json_array(j);
	for (size_t i = 0; i < m->vote_n; i++)
		put_vote(j, &m->votes[i]);
	json_array_end(j);
	put_decision(c, j, m);
	put_tasks(j, m->tasks, m->task_n);
	json_put_str(j, "task_count", paper_count(c->arena, (int64_t)m->task_n));
	put_score(j, &m->score, true);
	put_lines(j, "weaknesses", &m->score.weaknesses);
	put_lines(j, "remedy", &m->score.remedy);
	json_put_str(j, "approved_at", m->approved_at);
	json_put_str(j, "approved_by", m->approved_by);
	json_object_end(j);
}

/* ---------------------------------------------------------------- R06 */

static void put_resolution_texts(struct json *j, const struct resolution *r)
{
	put_lines(j, "assessment", &r->assessment);
	put_lines(j, "commendation", &r->commendation);
	put_lines(j, "reminder", &r->reminder);
	json_put_bool(j, "noted_any", r->commendation.n + r->reminder.n > 0);
	put_lines(j, "weaknesses", &r->weaknesses);
	put_lines(j, "causes", &r->causes);
	put_lines(j, "direction", &r->direction);
	put_lines(j, "execution", &r->execution);
	put_lines(j, "conclusion", &r->conclusion);
}

void document_context_R06(struct call *c, const struct dossier *d, const struct resolution *r, struct json *j)
{
	const struct meeting *m = &d->w.meeting;
	bool known = m->excused != INT_UNKNOWN && m->unexcused != INT_UNKNOWN;

	json_object(j);
	put_head(j, &r->head);
	json_put_str(j, "type_name", r->type == DOC_RESOLUTION ? "NGHỊ QUYẾT" : "KẾT LUẬN");
	json_put_str(j, "type_this", r->type == DOC_RESOLUTION ? "Nghị quyết" : "Kết luận");
	put_time(j, &r->sitting);
	put_people(j, &r->sitting);
	json_put_str(j, "absent", known ? paper_count(c->arena, m->excused + m->unexcused) : "");
	put_last_tasks(j, r->due, r->due_n);
	put_resolution_texts(j, r);
	put_tasks(j, r->tasks, r->task_n);
	put_score(j, &r->score, true);
	put_lines(j, "score_weaknesses", &r->score.weaknesses);
	put_lines(j, "score_remedy", &r->score.remedy);
	json_put_bool(j, "voted", r->voted);
	json_put_str(j, "in_favour", r->in_favour);
	json_put_str(j, "base", r->base);
	json_put_str(j, "vote_percent", r->percent);
	put_signature(j, d, &r->signature);
	json_object_end(j);
}

/* ---------------------------------------------------------------- R07 */

static const char *score_vote(struct call *c, const struct dossier *d)
{
	const struct vote *v = dossier_vote(d, SUBJECT_SCORE);

	return v ? arena_printf(c->arena, "%s/%s đồng ý, đạt %s", paper_count(c->arena, v->in_favour), paper_count(c->arena, v->base),
	                        show_percent(c->arena, LANG_VI, v->in_favour, v->base))
	         : "";
}

void document_context_R07(struct call *c, const struct dossier *d, struct json *j)
{
	struct paper_head head = compose_head(c, d, DOC_NO_TYPE, NULL, meeting_day(&d->w.meeting));
	struct paper_signature signature = compose_signature(c, d, "");
	struct worded_score s;
	struct sitting sitting;

	compose_sitting(c, d, &sitting);
	compose_score(c, d, &s);
	json_object(j);
	put_head(j, &head);
	put_time(j, &sitting);
	put_people(j, &sitting);
	put_score(j, &s, false);
	json_put_str(j, "self", s.self);
	json_put_str(j, "voted", s.voted);
	json_put_str(j, "guest", s.guest);
	json_put_str(j, "decided", s.decided);
	json_put_str(j, "self_class", s.self_class);
	json_put_str(j, "voted_class", s.voted_class);
	json_put_str(j, "guest_class", s.guest_class);
	json_put_str(j, "decided_class", s.decided_class);
	json_put_str(j, "vote_words", score_vote(c, d));
	put_lines(j, "weaknesses", &s.weaknesses);
	put_lines(j, "remedy", &s.remedy);
	json_put_str(j, "decided_reason", d->w.decided.sheet.revision ? d->w.decided.sheet.reason : "");
	put_signature(j, d, &signature);
	json_object_end(j);
}

/* ---------------------------------------------------------------- R02 */

/* What goes with the notice: papers to read. Of a secret one only its number, "handled on paper". */
static void put_papers(struct call *c, struct json *j, const struct dossier *d)
{
	size_t n = 0;

	json_key(j, "papers");
	json_array(j);
	for (size_t i = 0; i < d->papers.n; i++) {
		const struct document *p = &d->papers.v[i];
		bool secret = p->secrecy == SECRECY_SECRET;

		if (strcmp(p->purpose, PURPOSE_MINUTES) == 0 || strcmp(p->purpose, PURPOSE_RESOLUTION) == 0 || strcmp(p->purpose, PURPOSE_ANNEX) == 0)
			continue;
		json_object(j);
		json_put_str(j, "title", secret ? arena_printf(c->arena, "Văn bản số %s", document_number_text(c->arena, p)) : p->subject);
		json_put_str(j, "note", secret ? "xử lý trên giấy" : "");
		json_object_end(j);
		n++;
	}
	json_array_end(j);
	json_put_bool(j, "papers_any", n > 0);
}

/* A notice is written before the meeting. */
static struct date day_of_notice(const struct call *c, const struct dossier *d)
{
	struct date day = meeting_day(&d->w.meeting);

	return c->today.days < day.days ? c->today : day;
}

void document_context_R02(struct call *c, const struct dossier *d, struct json *j)
{
	struct paper_head head = compose_head(c, d, DOC_NO_TYPE, NULL, day_of_notice(c, d));
	struct paper_signature signature = compose_signature(c, d, "");
	struct sitting s;

	compose_sitting(c, d, &s);
	json_object(j);
	put_head(j, &head);
	put_time(j, &s);
	put_agenda(c, j, d);
	put_papers(c, j, d);
	json_put_str(j, "author", dossier_name(d, d->w.meeting.author_id));
	put_signature(j, d, &signature);
	json_object_end(j);
}

static void put_person(struct json *j, size_t *n, const char *name, const char *function)
{
	json_object(j);
	json_put_bool(j, "first", *n == 0);
	json_put_str(j, "blank", "");
	json_put_str(j, "name", name);
	json_put_str(j, "function", function);
	json_object_end(j);
	++*n;
}

static bool is_asked(struct call *c, const char *only, char kind, int64_t id)
{
	return !only || strcmp(only, arena_printf(c->arena, "%c%lld", kind, (long long)id)) == 0;
}

void document_context_invitation(struct call *c, const struct dossier *d, const char *only, struct json *j)
{
	struct paper_head head = compose_head(c, d, DOC_NO_TYPE, NULL, day_of_notice(c, d));
	struct paper_signature signature = compose_signature(c, d, "");
	struct sitting s;
	size_t n = 0;

	compose_sitting(c, d, &s);
	json_object(j);
	put_head(j, &head);
	put_time(j, &s);
	put_agenda(c, j, d);
	put_papers(c, j, d);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < d->w.roll.n; i++)
		if (member_is_expected(d->w.roll.v[i].status) && is_asked(c, only, 'm', d->w.roll.v[i].id))
			put_person(j, &n, d->w.roll.v[i].full_name, paper_post(dossier_post(d, d->w.roll.v[i].id)));
	for (size_t i = 0; i < d->guests.n; i++)
		if (is_asked(c, only, 'g', d->guests.v[i].id))
			put_person(j, &n, d->guests.v[i].name, d->guests.v[i].function);
	json_array_end(j);
	put_signature(j, d, &signature);
	json_object_end(j);
}

/* ---------------------------------------------------------------- R03 */

static const struct attendance *row_of(const struct dossier *d, int64_t member_id)
{
	for (size_t i = 0; i < d->w.rows.n; i++)
		if (d->w.rows.v[i].member_id == member_id)
			return &d->w.rows.v[i];
	return NULL;
}

static void put_roll_person(struct call *c, struct json *j, const struct dossier *d, const struct roll_member *p, size_t no)
{
	static const char *const status[STATUS_COUNT] = { "", "dự bị", "chính thức", "được miễn", "tạm thời đi", "tạm thời đến" };
	const struct attendance *a = row_of(d, p->id);
	unsigned mark = a ? a->status : ATTENDANCE_NONE;
	const char *note = !member_is_expected(p->status) && mark != ATTENDANCE_PRESENT ? "không phải dự" : "";

	if (a && mark == ATTENDANCE_PRESENT && a->mode == MODE_ONLINE)
		note = "trực tuyến";
	if (a && mark == ATTENDANCE_PRESENT && moment_is(a->arrived_at) && a->arrived_at.minutes > d->w.meeting.starts_at.minutes)
		note = arena_printf(c->arena, "đến %s", paper_time(c->arena, a->arrived_at));
	json_object(j);
	json_put_str(j, "no", arena_printf(c->arena, "%zu", no));
	json_put_str(j, "name", p->full_name);
	json_put_str(j, "status", p->status < STATUS_COUNT && status[p->status] ? status[p->status] : "");
	json_put_str(j, "present", mark == ATTENDANCE_PRESENT ? "x" : "");
	json_put_str(j, "excused", mark == ATTENDANCE_EXCUSED ? "x" : "");
	json_put_str(j, "unexcused", mark == ATTENDANCE_UNEXCUSED ? "x" : "");
	json_put_str(j, "note", note);
	json_object_end(j);
}

void document_context_R03(struct call *c, const struct dossier *d, struct json *j)
{
	struct paper_head head = compose_head(c, d, DOC_NO_TYPE, NULL, meeting_day(&d->w.meeting));
	struct sitting s;

	compose_sitting(c, d, &s);
	json_object(j);
	put_head(j, &head);
	put_time(j, &s);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < d->w.roll.n; i++)
		put_roll_person(c, j, d, &d->w.roll.v[i], i + 1);
	json_array_end(j);
	json_put_str(j, "expected", s.expected);
	json_put_str(j, "present_count", s.present);
	json_put_str(j, "excused_count", s.excused);
	json_put_str(j, "unexcused_count", s.unexcused);
	json_put_str(j, "percent", s.percent);
	put_guests(c, j, d);
	json_object_end(j);
}

/* ---------------------------------------------------------------- R04 */

static const char *pre_names(struct call *c, const struct dossier *d, bool present)
{
	const char *text = "";

	for (size_t i = 0; i < d->pre.people_n; i++)
		if (d->pre.people[i].present == present)
			text = arena_join(c->arena, text, *text ? ", " : "", d->pre.people[i].full_name, (char *)NULL);
	return text;
}

static void put_pre(struct call *c, struct json *j, const struct dossier *d)
{
	const struct dossier_pre *p = &d->pre;
	int64_t present = 0;

	for (size_t i = 0; i < p->people_n; i++)
		present += p->people[i].present;
	json_put_str(j, "form_name", p->held && strcmp(p->form, "confer") == 0 ? "hội ý bí thư, phó bí thư" : "họp chi ủy");
	json_put_str(j, "pre_start", p->held ? paper_time(c->arena, p->starts_at) : "");
	json_put_str(j, "pre_day", p->held ? paper_day(c->arena, moment_date(p->starts_at)) : "");
	json_put_str(j, "pre_end", p->held ? paper_time(c->arena, p->ends_at) : "");
	json_put_str(j, "pre_place", p->held && *p->place ? p->place : d->w.meeting.place);
	json_put_str(j, "chair", p->held ? p->chair : "");
	json_put_str(j, "taker", p->held ? p->minute_taker : "");
	json_put_str(j, "present_count", p->held ? paper_count(c->arena, present) : "");
	json_put_str(j, "person_count", p->held ? paper_count(c->arena, (int64_t)p->people_n) : "");
	json_put_str(j, "present_names", pre_names(c, d, true));
	json_put_str(j, "absent_names", pre_names(c, d, false));
}

void document_context_R04(struct call *c, const struct dossier *d, struct json *j)
{
	static const struct { const char *key; enum meeting_text text; } texts[] = {
		{ "results", TEXT_PRE_RESULTS }, { "tasks", TEXT_PRE_TASKS }, { "agenda_words", TEXT_PRE_AGENDA }, { "points", TEXT_PRE_POINTS },
		{ "draft", TEXT_PRE_DRAFT },
	};
	struct document numbered = { 0 };
	struct paper_head head;
	struct worded_due *due;
	size_t due_n;

	for (size_t i = 0; i < d->papers.n; i++)
		if (strcmp(d->papers.v[i].purpose, PURPOSE_PRE_MINUTES) == 0)
			numbered = d->papers.v[i];
	head = compose_head(c, d, DOC_MINUTES, &numbered, d->pre.held ? moment_date(d->pre.starts_at) : DATE_NONE);
	compose_due(c, d, &due, &due_n);
	json_object(j);
	put_head(j, &head);
	json_put_str(j, "month", paper_month(c->arena, (month_no)d->w.meeting.month));
	put_pre(c, j, d);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct lines l = paper_lines(c->arena, d->texts.value[texts[i].text]);

		put_lines(j, texts[i].key, &l);
	}
	json_put_bool(j, "draft_any", *d->texts.value[TEXT_PRE_DRAFT] != '\0');
	put_last_tasks(j, due, due_n);
	put_agenda(c, j, d);
	json_object_end(j);
}

/* ---------------------------------------------------------------- annex */

void document_context_annex(struct call *c, const struct dossier *d, const struct document *corrected, const struct document *annex, struct json *j)
{
	struct paper_head head = compose_head(c, d, DOC_NO_TYPE, NULL, annex->dated_on);
	struct lines l = paper_lines(c->arena, annex->subject);
	struct sitting s;

	compose_sitting(c, d, &s);
	json_object(j);
	put_head(j, &head);
	json_put_str(j, "annex_no", document_number_text(c->arena, annex));
	json_put_str(j, "to", document_line(c->arena, LANG_VI, corrected));
	put_lines(j, "paragraphs", &l);
	json_put_str(j, "chair", s.chair);
	json_put_str(j, "taker", s.taker);
	json_object_end(j);
}
