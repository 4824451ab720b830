/* close_pages.c — the end of the meeting: what is still missing, when it ended, one button. */
#include <string.h>

#include "meeting/progress.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/room_shown.h"
#include "score/task_list.h"
#include "room_views.h"

struct close_data {
	int64_t id;
	struct meeting m;
	struct agenda agenda;
	struct flaws blocks, questions;
	bool possible, taken;
};

/* The end is what this page asks for: it does not block itself. */
static void without_end(struct flaws *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].field, "ends_at") != 0)
			f->v[n++] = f->v[i];
	f->n = n;
}

static fail load(struct call *c, void *arg)
{
	struct close_data *p = arg;
	struct meeting_progress done;

	p->blocks = p->questions = (struct flaws){ 0 };
	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(agenda_of(c, &p->m, &p->agenda));
	TRY(meeting_step_is_last(c, &p->m, STEP_CLOSE, &p->taken));
	p->possible = cycle_find(STEP_CLOSE, (enum meeting_state)p->m.state, p->m.afterwards) != NULL;
	if (!p->possible)
		return FAIL_OK;
	TRY(meeting_progress_of(c, &p->m, &done));
	TRY(meeting_step_blocks(c, &p->m, STEP_CLOSE, &p->blocks));
	TRY(meeting_step_questions(c, &p->m, &done, STEP_CLOSE, &p->questions));
	without_end(&p->blocks);
	without_end(&p->questions);
	return FAIL_OK;
}

/* Now, while the meeting runs; of one that began on another day, what its items took. */
static struct moment proposed_end(struct call *c, const struct close_data *p)
{
	struct moment now = call_local(c->now_ms), start = p->m.starts_at;
	int64_t minutes = agenda_sums(&p->agenda).minutes;

	if (moment_is(p->m.ends_at))
		return p->m.ends_at;
	if (now.minutes >= start.minutes && now.minutes - start.minutes < 12 * 60)
		return now;
	return minutes > 0 ? (struct moment){ start.minutes + minutes } : MOMENT_NONE;
}

static struct close_line *lines_of(struct call *c, const struct meeting *m, const struct flaws *f)
{
	struct close_line *v = ARENA_ARRAY(c->arena, f->n + 1, struct close_line);

	for (size_t i = 0; i < f->n; i++)
		v[i] = (struct close_line){ task_list_remedy(c, m, f->v[i].field), f->v[i].text };
	return v;
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct close_data *p, struct close_view *v)
{
	struct moment end = proposed_end(c, p);
	const char *typed = req_form(rq, "ends_at");
	char text[MOMENT_TEXT];
	struct page pg;

	moment_format(end, text);
	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->ends_at = typed ? typed : arena_strdup(c->arena, text);
	v->minutes = moment_is(end) ? end.minutes - p->m.starts_at.minutes : INT_UNKNOWN;
	v->planned = agenda_sums(&p->agenda).planned_minutes;
	v->may = p->possible;
	if (!p->possible)
		v->no_way = p->taken ? tr(c->lang, "This is already done.") :
		                       arena_printf(c->arena, tr(c->lang, "This step is not possible while the meeting is “%s”."), meeting_state_name(c->lang, p->m.state));
	v->blocks = lines_of(c, &p->m, &p->blocks);
	v->block_n = p->blocks.n;
	v->questions = lines_of(c, &p->m, &p->questions);
	v->question_n = p->questions.n;
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Close the meeting"), tr(c->lang, "Close the meeting"));
	view_close(&rs->body, &pg, v);
}

static void put_flaws(struct json *j, const char *key, const struct flaws *f)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < f->n; i++)
		json_str(j, f->v[i].text);
	json_array_end(j);
}

static fail close_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct close_data p;
	struct close_view v = { 0 };
	struct json j;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_put_str(&j, "state", meeting_state_words[p.m.state]);
		json_put_bool(&j, "possible", p.possible && !p.blocks.n);
		put_flaws(&j, "blocks", &p.blocks);
		put_flaws(&j, "questions", &p.questions);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

struct close_job {
	int64_t id;
	struct moment ends_at;
	struct meeting m;
	struct flaws found;
};

/* The end and the step, together or not at all. */
static fail close_body(struct call *c, void *arg)
{
	struct close_job *k = arg;
	struct meeting stored;

	TRY(meeting_by_id(c, k->id, &k->m));
	if (cycle_find(STEP_CLOSE, (enum meeting_state)k->m.state, k->m.afterwards)) {
		k->m.ends_at = k->ends_at;
		TRY(meeting_update(c, &k->m, &stored));
	}
	return meeting_take_step(c, k->id, ANY_REV, STEP_CLOSE, NULL, &k->m, &k->found);
}

static fail close_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct close_data p;
	struct close_job k = { 0 };
	struct close_view v = { 0 };
	const char *typed = req_form(rq, "ends_at");

	TRY(req_id(c, rq, "meeting", &p.id));
	k.id = p.id;
	fail f = typed && moment_parse(text_clean(c->arena, typed), &k.ends_at) ?
	             db_write(c, close_body, &k) :
	             problem(c, FAIL_INPUT, "ends_at", "write the day and time at which the meeting ended");

	if (f == FAIL_OK)
		return page_done(c, rq, rs, &k.m, "/score", tr(c->lang, "The meeting is closed. Now the score, in the same sitting."));
	if (f != FAIL_INPUT && f != FAIL_CONFLICT)
		return f;
	struct problem said = c->problem;

	problem_clear(c);
	TRY(db_read(c, load, &p));
	if (f == FAIL_CONFLICT && p.taken) /* the second click of the same button */
		return page_done(c, rq, rs, &p.m, "/score", tr(c->lang, "The meeting is closed. Now the score, in the same sitting."));
	c->problem = said;
	if (req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	page_flaws(&v.form, &k.found);
	write_page(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

const struct route close_routes[] = {
	{ GET, "/meetings/:meeting/close", MAY_RECORD, page_meeting_unit, close_show, 0, N_("What is missing before the meeting is closed"), NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/close", MAY_RECORD, page_meeting_unit, close_post, 0, N_("Closes the meeting: ends_at"), NULL, NULL, NULL },
	{ HTTP_NONE },
};
