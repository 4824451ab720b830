/* room_pages.c — the running meeting: one item of the agenda at a time, its minutes by the clock, texts saved as they are typed, tasks as they are decided.
 *
 * Every field that a form sends is saved on its own terms. A tick is the last word. A text that the person left alone is not touched, whatever somebody
 * else has made of it meanwhile; one that both have changed comes back with both versions. Who spoke is never asked. */
#include <string.h>

#include "meeting/cycle.h"
#include "meeting/text.h"
#include "org/post.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/room_shown.h"
#include "score/task_list.h"
#include "room_views.h"

/* What belongs to which step; "" an item of the cell's own. */
enum { ASK_PEOPLE = 1, ASK_ROLL = 2, ASK_DUES = 4, ASK_SPEAKERS = 8, ASK_SCORE = 16, ASK_MINUTES = 32, ASK_RESULTS = 64, ASK_TASKS = 128, ASK_GUESTS = 256 };
static const struct item_card { const char *step; enum meeting_text texts[4]; unsigned ask; unsigned votes[2]; } cards[] = {
	{ "ST-O1", { TEXT_REASON }, 0, { 0 } },
	{ "ST-O2", { 0 }, ASK_PEOPLE, { SUBJECT_MINUTE_TAKER } },
	{ "ST-O3", { 0 }, ASK_ROLL, { 0 } },
	{ "ST-O4", { 0 }, ASK_DUES, { 0 } },
	{ "ST-O5", { 0 }, 0, { SUBJECT_AGENDA } },
	{ "ST-M2", { TEXT_ASSESSMENT, TEXT_WEAKNESSES, TEXT_CAUSES }, ASK_RESULTS, { 0 } },
	{ "ST-M3", { TEXT_COMMENDATION, TEXT_REMINDER }, 0, { 0 } },
	{ "ST-M4", { TEXT_DIRECTION }, 0, { 0 } },
	{ "ST-M5", { 0 }, ASK_GUESTS, { 0 } },
	{ "ST-M6", { TEXT_DISCUSSION }, ASK_SPEAKERS, { 0 } },
	{ "ST-T3", { 0 }, ASK_SPEAKERS, { 0 } },
	{ "ST-C2", { TEXT_EXECUTION }, ASK_TASKS, { 0 } },
	{ "ST-P1", { 0 }, 0, { SUBJECT_ADMIT } },
	{ "ST-P2", { 0 }, 0, { SUBJECT_MAKE_OFFICIAL } },
	{ "ST-C4", { TEXT_CONCLUSION }, 0, { SUBJECT_RESOLUTION, SUBJECT_CONCLUSION } },
	{ "ST-C5", { TEXT_SCORE_WEAKNESSES, TEXT_SCORE_REMEDY }, ASK_SCORE, { SUBJECT_SCORE } },
	{ "ST-C6", { 0 }, ASK_MINUTES, { SUBJECT_MINUTES } },
	{ "", { 0 }, 0, { 0 } },
};

static const struct item_card *card_of(const struct agenda_item *it)
{
	const struct item_card *k = cards;

	while (*k->step && strcmp(k->step, it->step) != 0)
		k++;
	return k;
}

/* Dues are recorded as complete or not, never by person; the sentence is part of the record and stays in Vietnamese. */
static const char *const dues_words[] = { "complete", "open", NULL };
static const char *dues_sentence(int i)
{
	return tr(LANG_VI, i == 0 ? N_("All members have paid their dues in full and in time.") : N_("Dues have not been paid completely."));
}

struct room_data {
	int64_t id, item, clock;
	struct meeting m;
	struct agenda agenda;
	struct meeting_texts texts;
	struct roll roll;
	struct attendances rows;
	struct guests guests;
	struct votes votes;
	struct tasks results, assigned;
	struct posts posts;
};

static bool is_due(const struct room_data *p, const struct task *t)
{
	return t->meeting_id != p->m.id && date_is(t->due_on) && t->due_on.days <= meeting_day(&p->m).days;
}

/* Of the meetings before: due since the last one, whatever became of them, and older ones that are still open. */
static fail load_results(struct call *c, struct room_data *p)
{
	struct tasks due = { 0 }, open;
	struct meeting before;

	TRY(meeting_previous_regular(c, &p->m, &before));
	if (before.id)
		TRY(tasks_due_between(c, p->m.realm, p->m.unit_id, meeting_day(&before), meeting_day(&p->m), &due));
	TRY(tasks_open(c, p->m.realm, p->m.unit_id, &open));
	p->results.v = ARENA_ARRAY(c->arena, due.n + open.n + 1, struct task);
	p->results.n = 0;
	for (size_t i = 0; i < due.n; i++)
		p->results.v[p->results.n++] = due.v[i];
	for (size_t i = 0; i < open.n; i++) {
		bool there = !is_due(p, &open.v[i]);

		for (size_t k = 0; k < due.n; k++)
			there |= due.v[k].id == open.v[i].id;
		if (!there)
			p->results.v[p->results.n++] = open.v[i];
	}
	return FAIL_OK;
}

static fail load(struct call *c, void *arg)
{
	struct room_data *p = arg;

	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(agenda_of(c, &p->m, &p->agenda));
	TRY(meeting_texts_of(c, &p->m, &p->texts));
	TRY(org_members_on(c, p->m.unit_id, meeting_day(&p->m), &p->roll));
	TRY(org_posts(c, p->m.unit_id, meeting_day(&p->m), &p->posts));
	TRY(attendance_of(c, &p->m, &p->rows));
	TRY(guests_of(c, &p->m, &p->guests));
	TRY(votes_of(c, &p->m, &p->votes));
	TRY(tasks_of_meeting(c, &p->m, &p->assigned));
	TRY(room_clock(c, &p->m, p->item, &p->clock));
	return load_results(c, p);
}

/* ---------------------------------------------------------------- what is shown */

static const struct agenda_item *item_at(const struct agenda *a, int64_t item)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].item == item)
			return &a->v[i];
	return NULL;
}

/* The wanted one, else the first that is not done. */
static const struct agenda_item *item_now(const struct room_data *p)
{
	const struct agenda_item *wanted = p->item ? item_at(&p->agenda, p->item) : NULL;

	for (size_t i = 0; !wanted && i < p->agenda.n; i++)
		if (!p->agenda.v[i].done)
			wanted = &p->agenda.v[i];
	return wanted;
}

static const char *title_behind(const struct room_data *p, const struct agenda_item *now)
{
	for (size_t i = 0; i < p->agenda.n; i++)
		if (p->agenda.v[i].place > now->place && !p->agenda.v[i].done)
			return p->agenda.v[i].title;
	return NULL;
}

/* Lines stay lines; carriage returns and what surrounds the text go. */
static const char *lines_clean(struct call *c, const char *s)
{
	struct out o;
	const char *end;

	out_memory(&o, c->arena);
	while (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')
		s++;
	for (end = s + strlen(s); end > s && strchr(" \n\r\t", end[-1]);)
		end--;
	for (; s < end; s++)
		if (*s != '\r')
			out_char(&o, *s);
	return out_text(&o);
}

/* A short sum of a text: only to see whether a field was changed on the page. */
static const char *sum_of(struct call *c, const char *s)
{
	uint32_t sum = 2166136261;

	for (; *s; s++)
		sum = (sum ^ (unsigned char)*s) * 16777619;
	return arena_printf(c->arena, "%08x", sum);
}

static const char *seen_text(struct call *c, int64_t rev, const char *stored)
{
	return arena_printf(c->arena, "%lld.%s", (long long)rev, sum_of(c, lines_clean(c, stored)));
}

static const char *typed_or(const struct req *rq, const char *name, const char *otherwise)
{
	const char *typed = rq->method == POST ? req_form(rq, name) : NULL;

	return typed ? typed : otherwise;
}

static void add_text(struct call *c, const struct req *rq, const struct room_data *p, enum meeting_text t, struct room_view *v)
{
	const char *name = meeting_text_words[t];

	v->texts[v->text_n++] = (struct room_text){ name, meeting_text_title(c->lang, t), typed_or(rq, arena_printf(c->arena, "text.%s", name), p->texts.value[t]),
		                                        seen_text(c, p->texts.rev[t], p->texts.value[t]) };
}

static void fill_guests(struct call *c, const struct req *rq, const struct room_data *p, struct room_view *v)
{
	v->guests = ARENA_ARRAY(c->arena, p->guests.n + 1, struct room_guest);
	for (size_t i = 0; i < p->guests.n; i++) {
		const struct guest *g = &p->guests.v[i];

		if (g->present != 0)
			v->guests[v->guest_n++] = (struct room_guest){ g, typed_or(rq, arena_printf(c->arena, "remark.%lld", (long long)g->id), g->remark),
				                                           seen_text(c, g->rev, g->remark) };
	}
}

static const char *code_of(const struct room_data *p, int64_t id)
{
	const struct roll_member *who = id > 0 ? roll_find(&p->roll, id) : NULL;

	return who ? who->code : "";
}

static bool is_absent(const struct room_data *p, int64_t id)
{
	for (size_t i = 0; i < p->rows.n; i++)
		if (p->rows.v[i].member_id == id)
			return p->rows.v[i].status != ATTENDANCE_PRESENT;
	return false;
}

/* Whom to propose as chair: the secretary, else the deputy, who is there. */
static const char *usual_chair(const struct room_data *p)
{
	for (size_t i = 0; i < p->posts.n; i++)
		if ((p->posts.v[i].post == POST_SECRETARY || p->posts.v[i].post == POST_DEPUTY) && !is_absent(p, p->posts.v[i].member_id))
			return p->posts.v[i].member_code;
	return "";
}

static void fill_people(struct call *c, const struct req *rq, const struct room_data *p, struct room_view *v)
{
	v->people = ARENA_ARRAY(c->arena, p->roll.n + 1, struct choice);
	v->chairs = ARENA_ARRAY(c->arena, p->roll.n + 1, struct choice);
	v->people[v->people_n++] = v->chairs[v->chair_n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < p->roll.n; i++) {
		const struct roll_member *who = &p->roll.v[i];

		if (is_absent(p, who->id))
			continue;
		v->people[v->people_n++] = (struct choice){ who->code, who->full_name, NULL };
		if (who->official)
			v->chairs[v->chair_n++] = (struct choice){ who->code, who->full_name, NULL };
	}
	v->chair = typed_or(rq, "chair", p->m.chair_id > 0 ? code_of(p, p->m.chair_id) : usual_chair(p));
	v->minute_taker = typed_or(rq, "minute_taker", code_of(p, p->m.minute_taker_id));
}

static struct room_task *task_rows(struct call *c, const struct tasks *t)
{
	struct room_task *rows = ARENA_ARRAY(c->arena, t->n + 1, struct room_task);

	for (size_t i = 0; i < t->n; i++) {
		enum task_state s = task_state(&t->v[i], c->today);

		rows[i] = (struct room_task){ &t->v[i], task_state_name(c->lang, s), task_is_open(s) };
	}
	return rows;
}

static void fill_tasks(struct call *c, const struct room_data *p, struct room_view *v)
{
	char day[DATE_TEXT];
	month_no next = date_month(meeting_day(&p->m)) + 1;

	v->results = task_rows(c, &p->results);
	v->result_n = p->results.n;
	v->assigned = task_rows(c, &p->assigned);
	v->assigned_n = p->assigned.n;
	date_format(date_add_months(meeting_day(&p->m), 1), day);
	v->due_on = arena_strdup(c->arena, day);
	v->report_at = arena_printf(c->arena, "tháng %d/%d", next % 12 + 1, next / 12);
}

static struct room_vote vote_now(struct call *c, const struct room_data *p, unsigned subject)
{
	struct room_vote out = { NULL, "", "", vote_subject_words[subject], vote_subject_name(c->lang, subject) };

	for (size_t i = 0; i < p->votes.n; i++)
		if (p->votes.v[i].subject == subject && p->votes.v[i].result != VOTE_VOID)
			out.vote = &p->votes.v[i];
	if (!out.vote)
		return out;
	out.result = vote_result_name(c->lang, out.vote->result);
	if (out.vote->in_favour != INT_UNKNOWN)
		out.counts = arena_printf(c->arena, tr(c->lang, "%lld in favour of %lld with a vote"), (long long)out.vote->in_favour, (long long)out.vote->base);
	return out;
}

static void fill_card(struct call *c, const struct req *rq, const struct room_data *p, const struct item_card *k, struct room_view *v)
{
	const struct meeting *m = &p->m;

	v->ask_people = k->ask & ASK_PEOPLE;
	v->ask_roll = k->ask & ASK_ROLL;
	v->ask_dues = k->ask & ASK_DUES;
	v->ask_speakers = k->ask & ASK_SPEAKERS;
	v->ask_score = k->ask & ASK_SCORE;
	v->ask_minutes = k->ask & ASK_MINUTES;
	v->ask_results = k->ask & ASK_RESULTS;
	v->ask_tasks = k->ask & ASK_TASKS;
	v->ask_guests = k->ask & ASK_GUESTS;
	for (int i = 0; i < 4 && k->texts[i]; i++)
		add_text(c, rq, p, k->texts[i], v);
	fill_guests(c, rq, p, v);
	v->ask_guests |= k->ask & ASK_SPEAKERS && v->guest_n && !agenda_find(&p->agenda, "ST-M5"); /* a guest who came without an item of the agenda */
	if (k->ask & ASK_GUESTS && (!v->guest_n || *p->texts.value[TEXT_GUEST]))
		add_text(c, rq, p, TEXT_GUEST, v);
	for (int i = 0; i < 2 && dues_words[i]; i++)
		if (strcmp(p->texts.value[TEXT_DUES], dues_sentence(i)) == 0)
			v->dues = dues_words[i];
	for (int i = 0; i < 2 && k->votes[i]; i++)
		v->votes[v->vote_n++] = vote_now(c, p, k->votes[i]);
	v->speakers = m->speakers == INT_UNKNOWN ? 0 : m->speakers;
	v->conclusion = typed_or(rq, "conclusion", v->now->conclusion);
	v->conclusion_seen = seen_text(c, v->now->rev, v->now->conclusion);
}

static const char *status_words(struct call *c, const struct room_data *p, struct room_view *v)
{
	const struct meeting *m = &p->m;
	int64_t now = call_local(c->now_ms).minutes - m->starts_at.minutes;
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, meeting_state_name(c->lang, m->state));
	if (m->state == MEETING_OPEN && now >= 0 && now < 12 * 60)
		out_printf(&o, tr(c->lang, " · minute %lld"), (long long)now);
	if (m->rows > 0 && m->present != INT_UNKNOWN) {
		v->came = arena_printf(c->arena, tr(c->lang, "%s of %s came (%s)"), show_int(c->arena, c->lang, m->present), show_int(c->arena, c->lang, m->expected),
		                       show_percent(c->arena, c->lang, m->present, m->expected));
		out_printf(&o, tr(c->lang, " · %lld present"), (long long)m->present);
	}
	if (m->speakers != INT_UNKNOWN && m->speakers > 0)
		out_printf(&o, tr(c->lang, " · %lld spoke"), (long long)m->speakers);
	return out_text(&o);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct room_data *p, struct room_view *v)
{
	struct page pg;

	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->status = status_words(c, p, v);
	v->may = meeting_part_is_open(&p->m, PART_ROOM);
	if (!v->may)
		v->refusal = arena_printf(c->arena, tr(c->lang, "What happens in the room is recorded from the opening until the minutes are signed; the meeting is “%s” now."),
		                          meeting_state_name(c->lang, p->m.state));
	v->agenda = &p->agenda;
	for (size_t i = 0; i < p->agenda.n; i++)
		v->done += p->agenda.v[i].done;
	v->dues = "";
	v->clock = p->clock;
	v->present = p->m.present;
	v->now = v->may ? item_now(p) : NULL;
	fill_people(c, rq, p, v);
	fill_tasks(c, p, v);
	if (v->now) {
		v->next = title_behind(p, v->now);
		fill_card(c, rq, p, card_of(v->now), v);
	}
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "The running meeting"), tr(c->lang, "The running meeting"));
	view_room(&rs->body, &pg, v);
}

/* ---------------------------------------------------------------- JSON */

static void put_texts(struct json *j, const struct meeting_texts *texts)
{
	json_key(j, "texts");
	json_object(j);
	for (int t = 1; t < TEXT_COUNT; t++)
		if (texts->rev[t]) {
			json_key(j, meeting_text_words[t]);
			json_object(j);
			json_put_str(j, "value", texts->value[t]);
			json_put_int(j, "rev", texts->rev[t]);
			json_object_end(j);
		}
	json_object_end(j);
}

static void room_json(struct res *rs, const struct room_data *p)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", p->m.code);
	json_put_str(&j, "state", meeting_state_words[p->m.state]);
	json_put_str(&j, "chair", code_of(p, p->m.chair_id));
	json_put_str(&j, "minute_taker", code_of(p, p->m.minute_taker_id));
	json_key(&j, "speakers");
	if (p->m.speakers == INT_UNKNOWN)
		json_null(&j);
	else
		json_int(&j, p->m.speakers);
	json_key(&j, "agenda");
	json_array(&j);
	for (size_t i = 0; i < p->agenda.n; i++) {
		json_object(&j);
		record_json(&j, &agenda_item_record, &p->agenda.v[i]);
		json_put_int(&j, "rev", p->agenda.v[i].rev);
		json_object_end(&j);
	}
	json_array_end(&j);
	put_texts(&j, &p->texts);
	json_object_end(&j);
}

static fail room_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *item = req_query(rq, "item");
	struct room_data p = { 0 };
	struct room_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &p.id));
	if (item && !int_parse(item, &p.item))
		p.item = 0;
	TRY(load(c, &p));
	if (req_wants_json(rq)) {
		room_json(rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	form_begin(&v.task_form, c, NULL, NULL);
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- saving */

/* What the person had before their eyes. `own`: has the person changed the text since? */
static fail seen_of(struct call *c, const struct req *rq, const char *name, const char *value, int64_t *rev, bool *own)
{
	const char *text = req_form(rq, name), *dot = text ? strchr(text, '.') : NULL;

	if (!text || !int_parse(dot ? arena_strndup(c->arena, text, (size_t)(dot - text)) : text, rev))
		return problem(c, FAIL_INPUT, name, "the version that was seen is missing (%s)", name);
	*own = !dot || strcmp(dot + 1, sum_of(c, value)) != 0;
	return FAIL_OK;
}

struct save {
	const struct req *rq;
	struct room_data p;
	bool ticked;
};

static fail save_texts(struct call *c, const struct save *s)
{
	for (int t = 1; t < TEXT_COUNT; t++) {
		const char *name = meeting_text_words[t], *value = req_form(s->rq, arena_printf(c->arena, "text.%s", name)), *stored;
		int64_t rev;
		bool own;

		if (!value || t >= TEXT_PRE_RESULTS)
			continue;
		value = lines_clean(c, value);
		TRY(seen_of(c, s->rq, arena_printf(c->arena, "rev.%s", name), value, &rev, &own));
		if (own && strcmp(value, s->p.texts.value[t]) != 0)
			TRY(meeting_text_save(c, &s->p.m, (enum meeting_text)t, value, rev, &stored));
	}
	return FAIL_OK;
}

static fail save_dues(struct call *c, const struct save *s)
{
	const char *dues = req_form(s->rq, "dues");
	int i = dues ? word_index(dues_words, dues) : -1;

	return i < 0 ? FAIL_OK : meeting_text_save(c, &s->p.m, TEXT_DUES, dues_sentence(i), ANY_TEXT_REV, NULL);
}

static fail save_guests(struct call *c, const struct save *s)
{
	for (size_t i = 0; i < s->p.guests.n; i++) {
		struct guest g = s->p.guests.v[i], stored;
		const char *remark = req_form(s->rq, arena_printf(c->arena, "remark.%lld", (long long)g.id));
		const char *ok = req_form(s->rq, arena_printf(c->arena, "ok.%lld", (long long)g.id));

		if (!remark && !ok)
			continue;
		bool own = false;

		if (remark) {
			remark = lines_clean(c, remark);
			TRY(seen_of(c, s->rq, arena_printf(c->arena, "grev.%lld", (long long)g.id), remark, &g.rev, &own));
		}
		if (own && strcmp(remark, g.remark) != 0)
			g.remark = remark;
		else
			g.rev = ANY_REV;
		if (ok && *ok)
			g.procedure_ok = strcmp(ok, "1") == 0;
		TRY(guest_change(c, &g, &stored));
	}
	return FAIL_OK;
}

static int64_t member_named(const struct room_data *p, const char *code)
{
	for (size_t i = 0; i < p->roll.n; i++)
		if (strcmp(p->roll.v[i].code, code) == 0)
			return p->roll.v[i].id;
	return 0;
}

static fail save_people(struct call *c, struct save *s)
{
	const char *chair = req_form(s->rq, "chair"), *taker = req_form(s->rq, "minute_taker"), *speakers = req_form(s->rq, "speakers");
	struct room_people people = { INT_UNKNOWN, INT_UNKNOWN, INT_UNKNOWN };

	if (!chair && !taker && !speakers)
		return FAIL_OK;
	if (chair)
		people.chair_id = member_named(&s->p, chair);
	if (taker)
		people.minute_taker_id = member_named(&s->p, taker);
	if (speakers && *speakers && !int_parse(text_clean(c->arena, speakers), &people.speakers))
		return problem(c, FAIL_INPUT, "speakers", "write how many members spoke");
	if (req_form(s->rq, "one_more"))
		people.speakers = people.speakers == INT_UNKNOWN ? 1 : people.speakers + 1;
	if (req_form(s->rq, "one_fewer") && people.speakers > 0)
		people.speakers--;
	return room_set(c, s->p.id, &people, &s->p.m);
}

/* What became of the tasks of the meetings before. */
static fail save_results(struct call *c, const struct save *s)
{
	for (size_t i = 0; i < s->p.results.n; i++) {
		struct task t = s->p.results.v[i], stored;
		const char *said = req_form(s->rq, arena_printf(c->arena, "task.%lld", (long long)t.id));
		int result = said && *said ? word_index(task_result_words, said) : -1;

		if (result < 0 || (unsigned)result == t.result)
			continue;
		t.result = (unsigned)result;
		t.done_on = result == TASK_DONE || result == TASK_ABOVE ? date_is(t.done_on) ? t.done_on : meeting_day(&s->p.m) : DATE_NONE;
		t.rev = ANY_REV;
		TRY(task_update(c, &t, &stored));
	}
	return FAIL_OK;
}

static fail save_item(struct call *c, struct save *s)
{
	const char *done = req_form(s->rq, "done"), *minutes = req_form(s->rq, "minutes"), *conclusion = req_form(s->rq, "conclusion");
	const struct agenda_item *now = item_at(&s->p.agenda, s->p.item);
	int64_t rev, n = INT_UNKNOWN;
	struct agenda_item it;
	bool own;

	if (!s->p.item)
		return FAIL_OK;
	if (!now)
		return problem(c, FAIL_NOT_FOUND, "item", "this item is not on the agenda any more");
	if (conclusion) {
		conclusion = lines_clean(c, conclusion);
		TRY(seen_of(c, s->rq, "rev.item", conclusion, &rev, &own));
		if (own && strcmp(conclusion, now->conclusion) != 0)
			TRY(agenda_conclude(c, s->p.id, s->p.item, conclusion, rev, &it));
	}
	if (!done)
		return FAIL_OK;
	if (minutes && *text_clean(c->arena, minutes) && !int_parse(text_clean(c->arena, minutes), &n))
		return problem(c, FAIL_INPUT, "minutes", "write the minutes as a whole number from 0 to %d", 24 * 60);
	s->ticked = strcmp(done, "1") == 0;
	return agenda_tick(c, s->p.id, s->p.item, s->ticked, n, &it);
}

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;

	TRY(load(c, &s->p));
	TRY(meeting_may_edit(c, &s->p.m, PART_ROOM));
	TRY(save_texts(c, s));
	TRY(save_dues(c, s));
	TRY(save_guests(c, s));
	TRY(save_people(c, s));
	TRY(save_results(c, s));
	return save_item(c, s);
}

/* The revs that a script has to know from now on, under the names of the form's hidden fields. */
static void put_revs(struct call *c, struct res *rs, const struct save *s)
{
	const struct agenda_item *it = item_at(&s->p.agenda, s->p.item);
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	for (int t = 1; t < TEXT_PRE_RESULTS; t++)
		if (req_form(s->rq, arena_printf(c->arena, "text.%s", meeting_text_words[t])))
			json_put_str(&j, arena_printf(c->arena, "rev.%s", meeting_text_words[t]), seen_text(c, s->p.texts.rev[t], s->p.texts.value[t]));
	for (size_t i = 0; i < s->p.guests.n; i++)
		json_put_str(&j, arena_printf(c->arena, "grev.%lld", (long long)s->p.guests.v[i].id), seen_text(c, s->p.guests.v[i].rev, s->p.guests.v[i].remark));
	if (it) {
		json_put_str(&j, "rev.item", seen_text(c, it->rev, it->conclusion));
		json_put_bool(&j, "done", it->done);
	}
	json_object_end(&j);
}

/* Both versions of every text that somebody else changed in the meantime. */
static void both_versions(struct call *c, const struct save *s, struct conflict *k)
{
	const struct agenda_item *it = item_at(&s->p.agenda, s->p.item);
	const char *conclusion = req_form(s->rq, "conclusion");
	int64_t rev;
	bool own;

	for (int t = 1; t < TEXT_PRE_RESULTS; t++) {
		const char *name = meeting_text_words[t], *value = req_form(s->rq, arena_printf(c->arena, "text.%s", name));

		if (value && seen_of(c, s->rq, arena_printf(c->arena, "rev.%s", name), lines_clean(c, value), &rev, &own) == FAIL_OK && own && rev != s->p.texts.rev[t])
			conflict_add(c, k, meeting_text_title(c->lang, (enum meeting_text)t), s->p.texts.value[t], lines_clean(c, value));
	}
	if (it && conclusion && seen_of(c, s->rq, "rev.item", lines_clean(c, conclusion), &rev, &own) == FAIL_OK && own && rev != it->rev)
		conflict_add(c, k, tr(c->lang, "Conclusion"), it->conclusion, lines_clean(c, conclusion));
	for (size_t i = 0; i < s->p.guests.n; i++) {
		const struct guest *g = &s->p.guests.v[i];
		const char *remark = req_form(s->rq, arena_printf(c->arena, "remark.%lld", (long long)g->id));

		if (remark && seen_of(c, s->rq, arena_printf(c->arena, "grev.%lld", (long long)g->id), lines_clean(c, remark), &rev, &own) == FAIL_OK && own)
			conflict_add(c, k, g->name, g->remark, lines_clean(c, remark));
	}
}

/* The texts as they are stored now, under the names of the fields. */
static void put_stored(struct json *j, const void *stored)
{
	const struct save *s = stored;
	const struct agenda_item *it = item_at(&s->p.agenda, s->p.item);

	for (int t = 1; t < TEXT_PRE_RESULTS; t++)
		if (s->p.texts.rev[t]) {
			char name[40];

			snprintf(name, sizeof name, "text.%s", meeting_text_words[t]);
			json_put_str(j, name, s->p.texts.value[t]);
			snprintf(name, sizeof name, "rev.%s", meeting_text_words[t]);
			json_put_int(j, name, s->p.texts.rev[t]);
		}
	if (it) {
		json_put_str(j, "conclusion", it->conclusion);
		json_put_int(j, "rev.item", it->rev);
	}
}

static fail room_done(struct call *c, const struct req *rq, struct res *rs, const struct save *s)
{
	const struct agenda_item *it = item_at(&s->p.agenda, s->p.item);
	const char *below = it && !s->ticked ? arena_printf(c->arena, "/room?item=%lld", (long long)it->item) : "/room";
	const char *text = tr(c->lang, "Saved.");

	if (s->ticked && it->minutes != INT_UNKNOWN)
		text = arena_printf(c->arena, tr(c->lang, "Done: %s (%lld minutes)"), it->title, (long long)it->minutes);
	else if (s->ticked)
		text = arena_printf(c->arena, tr(c->lang, "Done: %s"), it->title);
	return page_done(c, rq, rs, &s->p.m, below, text);
}

static fail room_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct save s = { .rq = rq };
	struct room_view v = { 0 };
	const char *item = req_form(rq, "item");

	TRY(req_id(c, rq, "meeting", &s.p.id));
	if (item && *item && !int_parse(item, &s.p.item))
		return problem(c, FAIL_INPUT, "item", "this item is not on the agenda any more");
	fail f = db_write(c, save_body, &s);

	if (f != FAIL_OK && ((f != FAIL_INPUT && f != FAIL_CONFLICT) || (f == FAIL_INPUT && req_wants_json(rq))))
		return f;
	if (f == FAIL_CONFLICT && req_wants_json(rq)) {
		const struct problem said = c->problem;

		problem_clear(c);
		TRY(db_read(c, load, &s.p));
		c->problem = said;
		return strcmp(said.field, "state") == 0 ? f : res_conflict(c, rq, rs, put_stored, &s, s.p.m.rev);
	}
	form_begin(&v.form, c, NULL, NULL);
	form_begin(&v.task_form, c, NULL, NULL);
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &s.p));
	if (f == FAIL_OK && req_wants_json(rq)) {
		put_revs(c, rs, &s);
		return FAIL_OK;
	}
	if (f == FAIL_OK)
		return room_done(c, rq, rs, &s);
	if (f == FAIL_CONFLICT)
		both_versions(c, &s, &v.conflict);
	write_page(c, rq, rs, &s.p, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- a task as it is decided */

struct new_task {
	struct room_data p;
	struct task t;
};

/* The same task said twice – a double tap – is one. */
static fail add_task(struct call *c, void *arg)
{
	struct new_task *n = arg;
	struct task t = n->t;

	TRY(load(c, &n->p));
	TRY(meeting_may_edit(c, &n->p.m, PART_ROOM));
	for (size_t i = 0; i < n->p.assigned.n; i++) {
		const struct task *there = &n->p.assigned.v[i];

		if (strcmp(there->title, t.title) == 0 && strcmp(there->member_code, t.member_code) == 0 && there->due_on.days == t.due_on.days)
			return FAIL_OK;
	}
	return task_create(c, &t);
}

static fail task_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct new_task n = { 0 };
	struct room_view v = { 0 };
	int64_t item = 0;

	TRY(req_id(c, rq, "meeting", &n.p.id));
	if (req_form(rq, "item") && int_parse(req_form(rq, "item"), &item))
		n.p.item = item;
	record_clear(&task_record, &n.t);
	n.t.code = n.t.unit_code = "-"; /* given by the path; the fields may be missing */
	fail f = req_record(c, rq, &task_record, &n.t, &v.task_form);

	n.t.code = n.t.unit_code = n.t.meeting_code = "";
	n.t.meeting_id = n.p.id;
	if (f == FAIL_OK && !*n.t.title)
		f = problem(c, FAIL_INPUT, "title", "say what is to be done");
	if (f == FAIL_OK)
		f = db_write(c, add_task, &n);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &n.p.m, item ? arena_printf(c->arena, "/room?item=%lld", (long long)item) : "/room",
		                 arena_printf(c->arena, tr(c->lang, "Task recorded: %s"), n.t.title));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.task_form);
	form_begin(&v.form, c, NULL, NULL);
	TRY(db_read(c, load, &n.p));
	write_page(c, rq, rs, &n.p, &v);
	return res_again(rs, f);
}

const struct route room_routes[] = {
	{ GET, "/meetings/:meeting/room", MAY_RECORD, page_meeting_unit, room_show, 0, N_("The running meeting: agenda, texts, people"), NULL, &agenda_item_record,
	  (const struct query_param[]){ { "item", N_("The item in hand") }, { NULL, NULL } } },
	{ POST, "/meetings/:meeting/room", MAY_RECORD, page_meeting_unit, room_post, 0,
	  N_("Saves what is given: item with done, minutes, conclusion; text.NAME with rev.NAME; chair, minute_taker, speakers, dues; task.ID"), NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/room/tasks", MAY_RECORD, page_meeting_unit, task_post, 0, N_("Records a task as it is decided: title, member_code, due_on, measure, report_at"),
	  &task_record, NULL, NULL },
	{ HTTP_NONE },
};
