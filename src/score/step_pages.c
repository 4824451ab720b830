/* step_pages.c — one step in a meeting's life: what it is, what stands in its way, one button. And the history of steps taken.
 *
 * The step itself is meeting/cycle.h; a second click of the same button is answered as the first was. */
#include <string.h>

#include "meeting/progress.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/task_list.h"
#include "score_views.h"

/* What a form or a JSON body says with a step. */
struct asked {
	const char *remark, *approved_by, *place;
	struct moment starts_at;
};
static const struct field asked_fields[] = {
	FIELD(struct asked, remark, N_("Remark"), 0, .max = 1000),
	FIELD(struct asked, approved_by, N_("Approved by"), 0, .max = 200),
	FIELD(struct asked, starts_at, N_("New day and time"), 0),
	FIELD(struct asked, place, N_("Place"), 0, .max = 200),
	FIELD_END,
};
static const struct record asked_record = { "step", sizeof(struct asked), asked_fields };

/* The step of the path: "/meetings/7/steps/open", or "/meetings/7/register". */
static fail path_step(struct call *c, const struct req *rq, enum meeting_step *out)
{
	const char *name = req_param(rq, "step");
	int i = word_index(meeting_step_words, name ? name : strrchr(rq->path, '/') + 1);

	if (i <= 0)
		return problem(c, FAIL_NOT_FOUND, "step", "there is no step “%s” in the life of a meeting", name ? name : "");
	*out = (enum meeting_step)i;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- looking */

struct looking {
	int64_t id;
	enum meeting_step step;
	struct meeting m;
	struct flaws blocks, questions;
	bool taken; /* it was the last step: nothing to do any more */
	const struct cycle_row *row;
};

static fail look(struct call *c, void *arg)
{
	struct looking *l = arg;
	struct meeting_progress p;

	l->blocks = l->questions = (struct flaws){ 0 };
	TRY(meeting_by_id(c, l->id, &l->m));
	TRY(meeting_step_is_last(c, &l->m, l->step, &l->taken));
	l->row = cycle_find(l->step, (enum meeting_state)l->m.state, l->m.afterwards);
	if (!l->row)
		return FAIL_OK;
	TRY(meeting_progress_of(c, &l->m, &p));
	TRY(meeting_step_blocks(c, &l->m, l->step, &l->blocks));
	return meeting_step_questions(c, &l->m, &p, l->step, &l->questions);
}

static void lines_of(struct call *c, const struct meeting *m, const struct flaws *f, struct step_line **v, size_t *n)
{
	*n = f->n;
	*v = ARENA_ARRAY(c->arena, f->n + 1, struct step_line);
	for (size_t i = 0; i < f->n; i++)
		(*v)[i] = (struct step_line){ task_list_remedy(c, m, f->v[i].field), f->v[i].text };
}

/* What happens when the button is pressed. */
static const char *meaning(enum lang lang, enum meeting_step step)
{
	static const char *const texts[STEP_COUNT] = {
		[STEP_REGISTER] = N_("The committee above sees the day and puts it on its schedule notice."),
		[STEP_SCHEDULE] = N_("The meeting stands on the schedule notice of the committee above; the preparation begins."),
		[STEP_PREPARE] = N_("Agenda and papers are ready. What is missing can still be added until the opening."),
		[STEP_OPEN] = N_("The meeting begins. Next is the roll call."),
		[STEP_CLOSE] = N_("The meeting ends. Next is the score, in the same sitting."),
		[STEP_LOCK] = N_("Nothing can be changed any more, unless the committee reopens the record."),
		[STEP_POSTPONE] = N_("The meeting is held on another day. Everybody who has it in the calendar sees the change."),
		[STEP_CANCEL] = N_("The meeting is not held. If no other regular meeting is held, the month counts as missed. This cannot be taken back."),
		[STEP_REOPEN] = N_("The cell can score anew, the committee can decide anew. What was decided stays in the record."),
	};

	return texts[step] ? tr(lang, texts[step]) : NULL;
}

static const char *remark_label(const struct call *c, const struct looking *l)
{
	if (l->row->needs_reason)
		return tr(c->lang, "Reason");
	return tr(c->lang, l->step == STEP_SCHEDULE && l->m.state == MEETING_DATE_REGISTERED ? N_("Number and day of the notice") : N_("Remark"));
}

static const char *no_way(struct call *c, const struct looking *l)
{
	if (l->row)
		return NULL;
	if (l->taken)
		return tr(c->lang, "This is already done.");
	return arena_printf(c->arena, tr(c->lang, "This step is not possible while the meeting is “%s”."), meeting_state_name(c->lang, l->m.state));
}

static void write_step(struct call *c, const struct req *rq, struct res *rs, const struct looking *l, struct step_view *v)
{
	struct page pg;

	v->meeting = &l->m;
	v->what = meeting_step_name(c->lang, l->step);
	v->meaning = meaning(c->lang, l->step);
	v->action = page_meeting_path(c, &l->m, arena_printf(c->arena, "/steps/%s", meeting_step_words[l->step]));
	v->no_way = no_way(c, l);
	lines_of(c, &l->m, &l->blocks, &v->blocks, &v->block_n);
	lines_of(c, &l->m, &l->questions, &v->questions, &v->question_n);
	if (l->row) {
		v->remark = remark_label(c, l);
		v->approval = l->row->needs_approval;
		v->day = l->step == STEP_REGISTER || l->step == STEP_POSTPONE || (l->step == STEP_SCHEDULE && l->m.state == MEETING_POSTPONED);
		v->may = call_may(c, l->row->may, l->m.unit_id);
	}
	v->grave = l->step == STEP_CANCEL;
	page_begin(c, rq, rs, &pg, &l->m, v->what, v->what);
	view_step(&rs->body, &pg, v);
}

static void put_lines(struct json *j, const char *key, const struct flaws *f)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < f->n; i++) {
		json_object(j);
		json_put_str(j, "field", f->v[i].field);
		json_put_str(j, "text", f->v[i].text);
		json_object_end(j);
	}
	json_array_end(j);
}

static void step_json(struct call *c, struct res *rs, const struct looking *l)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "step", meeting_step_words[l->step]);
	json_put_str(&j, "state", meeting_state_words[l->m.state]);
	json_put_bool(&j, "possible", l->row && !l->blocks.n && call_may(c, l->row->may, l->m.unit_id));
	json_put_bool(&j, "needs_reason", l->row && l->row->needs_reason);
	json_put_bool(&j, "needs_approval", l->row && l->row->needs_approval);
	put_lines(&j, "blocks", &l->blocks);
	put_lines(&j, "questions", &l->questions);
	json_put_int(&j, "rev", l->m.rev);
	json_object_end(&j);
}

static fail step_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct looking l;
	struct step_view v = { 0 };
	struct asked *shown = ARENA_NEW(c->arena, struct asked);

	TRY(req_id(c, rq, "meeting", &l.id));
	TRY(path_step(c, rq, &l.step));
	TRY(look(c, &l));
	res_rev(c, rq, rs, l.m.rev);
	if (req_wants_json(rq)) {
		step_json(c, rs, &l);
		return FAIL_OK;
	}
	*shown = (struct asked){ "", "", l.m.place, l.step == STEP_POSTPONE ? MOMENT_NONE : l.m.starts_at };
	form_begin(&v.form, c, &asked_record, shown);
	v.rev = l.m.rev;
	write_step(c, rq, rs, &l, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- taking */

/* Where one goes on. */
static const char *after(enum meeting_step step)
{
	return step == STEP_OPEN ? "/attendance" : step == STEP_CLOSE ? "/score" : "";
}

static fail say_done(struct call *c, const struct req *rq, struct res *rs, const struct meeting *m, enum meeting_step step, const char *text)
{
	return page_done(c, rq, rs, m, after(step),
	                 arena_printf(c->arena, tr(c->lang, text), meeting_step_name(c->lang, step), meeting_state_name(c->lang, m->state)));
}

/* The same click come twice, or somebody else was faster with the same step: it is done, and only once. */
static fail refused(struct call *c, const struct req *rq, struct res *rs, struct looking *l, struct step_view *v, fail f)
{
	TRY(db_read(c, look, l));
	if (f == FAIL_CONFLICT && l->taken) {
		problem_clear(c);
		return say_done(c, rq, rs, &l->m, l->step, N_("“%s” was already done. The meeting is: %s."));
	}
	if (req_wants_json(rq))
		return strcmp(c->problem.field, "rev") == 0 ? page_conflict_json(c, rq, rs, &l->m) : f;
	(void)form_failed(&v->form);
	v->rev = l->m.rev;
	write_step(c, rq, rs, l, v);
	return res_again(rs, f);
}

static fail step_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct looking l;
	struct step_view v = { 0 };
	struct asked *a = ARENA_NEW(c->arena, struct asked);
	struct meeting m;
	struct flaws found = { 0 };

	TRY(req_id(c, rq, "meeting", &l.id));
	TRY(path_step(c, rq, &l.step));
	TRY(req_rev(c, rq, &v.rev));
	record_clear(&asked_record, a);
	form_begin(&v.form, c, &asked_record, a);
	fail f = req_record(c, rq, &asked_record, a, &v.form);

	if (f == FAIL_OK) {
		struct step_note note = { a->remark, a->approved_by, a->starts_at, *a->place ? a->place : NULL };

		f = meeting_take_step(c, l.id, v.rev, l.step, &note, &m, &found);
		if (f == FAIL_OK)
			return say_done(c, rq, rs, &m, l.step, N_("Done: %s. The meeting is: %s."));
	}
	if (f != FAIL_INPUT && f != FAIL_CONFLICT)
		return f;
	for (size_t i = 0; i < found.n; i++)
		form_problem(&v.form, found.v[i].field, found.v[i].text);
	return refused(c, rq, rs, &l, &v, f);
}

/* ---------------------------------------------------------------- history */

/* What this person can do next, as far as the table and the rights go. */
static void possible_json(struct call *c, struct json *j, const struct meeting *m)
{
	json_key(j, "possible");
	json_array(j);
	for (const struct cycle_row *r = cycle_table; r->step; r++)
		if (cycle_find(r->step, (enum meeting_state)m->state, m->afterwards) == r && call_may(c, r->may, m->unit_id))
			json_str(j, meeting_step_words[r->step]);
	json_array_end(j);
}

static void history_json(struct call *c, struct res *rs, const struct meeting *m, const struct steps_taken *s)
{
	struct json j;
	char at[MOMENT_TEXT];

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", m->code);
	json_put_str(&j, "state", meeting_state_words[m->state]);
	json_put_int(&j, "rev", m->rev);
	possible_json(c, &j, m);
	json_key(&j, "steps");
	json_array(&j);
	for (size_t i = 0; i < s->n; i++) {
		const struct step_taken *t = &s->v[i];

		json_object(&j);
		json_put_str(&j, "step", meeting_step_words[t->step]);
		json_put_str(&j, "from", meeting_state_words[t->from_state]);
		json_put_str(&j, "to", meeting_state_words[t->to_state]);
		moment_format(call_local(t->at_ms), at);
		json_put_str(&j, "at", at);
		json_put_str(&j, "by", t->actor);
		json_put_str(&j, "remark", t->remark);
		json_put_str(&j, "approved_by", t->approved_by);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail history_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting m;
	struct steps_taken s;
	struct history_view v = { 0 };
	struct page pg;

	TRY(page_meeting(c, rq, &m));
	TRY(meeting_steps_taken(c, &m, &s));
	res_rev(c, rq, rs, m.rev);
	if (req_wants_json(rq)) {
		history_json(c, rs, &m, &s);
		return FAIL_OK;
	}
	v.title = page_meeting_title(c, &m);
	task_list_history(c, &s, &v.lines, &v.n);
	page_begin(c, rq, rs, &pg, &m, tr(c->lang, "History"), tr(c->lang, "History"));
	view_history(&rs->body, &pg, &v);
	return FAIL_OK;
}

#define STEP_PAGE(path, flags) { GET, path, MAY_RECORD, page_meeting_unit, step_show, flags, N_("One step of a meeting: what stands in its way"), NULL, NULL, NULL }

const struct route step_routes[] = {
	{ GET, "/meetings/:meeting/steps", MAY_SEE, page_meeting_unit, history_show, 0, N_("The history of a meeting: its steps"), NULL, NULL, NULL },
	STEP_PAGE("/meetings/:meeting/steps/:step", 0),
	STEP_PAGE("/meetings/:meeting/register", 0),
	{ POST, "/meetings/:meeting/steps/:step", MAY_RECORD, page_meeting_unit, step_post, 0,
	  N_("Takes a step: register schedule prepare open close score vote sign report decide lock postpone cancel reopen"), &asked_record, NULL, NULL },
	{ HTTP_NONE },
};
