/* task_pages.c — one task: how far it is, its reports, how it ended, who carries it out. For the secretary and the committees above; and the same
 * for the person in charge, who reports on it in two taps. */
#include <string.h>

#include "org/member.h"
#include "work/pages.h"
#include "work/work_pages.h"
#include "work_views.h"

struct page_data {
	int64_t id, below;       /* below: whose answers; 0: of the task's own unit */
	bool mine;               /* asked for as one's own */
	struct task t, parent;
	struct unit unit, answers_unit;
	struct task_history history;
	struct answers answers;
	struct choice *people;
	size_t people_n;
	bool may_record, may_decide, sees_parent;
};

static fail load_rights(struct call *c, struct page_data *p)
{
	p->may_record = call_may(c, MAY_RECORD, p->t.unit_id);
	p->may_decide = call_may(c, MAY_DECIDE, p->t.unit_id);
	if (p->t.parent_id <= 0)
		return FAIL_OK;
	TRY(task_by_id(c, p->t.parent_id, &p->parent));
	p->sees_parent = call_may(c, MAY_SEE_MEMBERS, p->parent.unit_id);
	return FAIL_OK;
}

static fail load_answers(struct call *c, struct page_data *p)
{
	bool inside = true;

	if (p->t.children <= 0)
		return FAIL_OK;
	if (p->below)
		TRY(org_is_below(c, p->below, p->t.unit_id, c->today, &inside));
	if (!inside)
		return problem(c, FAIL_NOT_FOUND, "below", "this unit does not belong below the committee that gave the task");
	TRY(org_unit_nearest(c, p->below ? p->below : p->t.unit_id, c->today, &p->answers_unit));
	return work_answers(c, &p->t, p->answers_unit.id, &p->answers);
}

static fail load(struct call *c, void *arg)
{
	struct page_data *p = arg;

	TRY(task_seen(c, p->id, &p->t));
	if (p->mine && !task_is_mine(c, &p->t))
		return problem(c, FAIL_NOT_FOUND, "task", "there is no such task");
	TRY(org_unit_nearest(c, p->t.unit_id, c->today, &p->unit));
	TRY(task_progress_of(c, &p->t, &p->history));
	TRY(load_rights(c, p));
	TRY(page_people(c, p->t.unit_id, &p->people, &p->people_n));
	return p->mine ? FAIL_OK : load_answers(c, p);
}

static fail ask(struct call *c, const struct req *rq, bool mine, struct page_data *p)
{
	p->mine = mine;
	TRY(page_number(c, rq, "below", &p->below));
	return req_id(c, rq, "task", &p->id);
}

/* ---------------------------------------------------------------- showing */

static void fill_history(struct call *c, const struct page_data *p, struct task_page_view *v)
{
	v->history = ARENA_ARRAY(c->arena, p->history.n + 1, struct progress_line);
	v->history_n = p->history.n;
	for (size_t i = 0; i < p->history.n; i++) {
		const struct task_progress *x = &p->history.v[i];

		v->history[i] = (struct progress_line){ x, call_local(x->at_ms), NULL };
		if (x->file_id > 0)
			v->history[i].href = page_path(c, "%s/tasks/%lld/evidence/%lld", p->mine ? "/me" : "", (long long)p->t.id, (long long)x->seq);
	}
	if (task_is_claimed(&p->t, c->today))
		v->claimed_on = moment_date(call_local(p->t.reported_ms));
}

static const char *answer_words(struct call *c, const struct answer_line *a)
{
	if (a->done == a->given)
		return tr(c->lang, "done");
	if (a->late)
		return arena_printf(c->arena, tr(c->lang, "%s overdue"), show_int(c->arena, c->lang, a->late));
	return a->not_done ? tr(c->lang, "not done") : tr(c->lang, "open");
}

static void fill_answers(struct call *c, const struct page_data *p, struct task_page_view *v)
{
	static const struct column columns[] = {
		{ N_("Unit"), NULL, false }, { N_("Given"), NULL, true }, { N_("Done"), NULL, true }, { N_("On time"), NULL, true },
		{ N_("Overdue"), NULL, true }, { N_("State"), NULL, false },
	};
	long long id = (long long)p->t.id;

	v->answer_n = p->answers.n;
	v->answers = ARENA_ARRAY(c->arena, v->answer_n + 1, struct answer_row);
	for (size_t i = 0; i < v->answer_n; i++) {
		const struct answer_line *a = &p->answers.v[i];

		v->answers[i] = (struct answer_row){ a, a->cell ? page_path(c, "/tasks/%lld", (long long)a->task_id)
		                                               : page_path(c, "/tasks/%lld?below=%lld", id, (long long)a->unit_id),
			                                 answer_words(c, a) };
	}
	v->sum = p->answers.sum;
	v->table = (struct table){ .caption = tr(c->lang, "Answers"), .id = "answers", .columns = page_columns(c, columns, 6), .n = 6, .local = true };
	if (p->below) {
		v->answers_of = p->answers_unit.name;
		v->answers_back = page_path(c, "/tasks/%lld", id);
	} else if (p->t.children > 0) {
		v->elsewhere = p->t.children - v->sum.given;
	}
}

static void fill(struct call *c, struct page_data *p, struct task_page_view *v)
{
	enum task_state s = task_state(&p->t, c->today);
	struct task_line line = task_line_of(c, &p->t);

	v->task = &p->t;
	v->unit_name = p->unit.name;
	v->state = line.state;
	v->late = line.late;
	v->mine = p->mine;
	v->resolution = task_resolution(c->arena, &p->t);
	v->action = page_path(c, "%s/tasks/%lld", p->mine ? "/me" : "", (long long)p->t.id);
	v->back = p->mine ? "/mine" : page_path(c, "/units/%lld/tasks", (long long)p->t.unit_id);
	v->claimed_on = DATE_NONE;
	v->may_report = p->t.children <= 0 && s != TASK_IS_CANCELLED && (p->mine || p->may_record);
	v->may_edit = !p->mine && p->may_record;
	v->may_give = !p->mine && p->may_decide && p->unit.level != LEVEL_CELL;
	v->people = p->people;
	v->people_n = p->people_n;
	v->rev = p->t.rev;
	if (v->may_report)
		v->file_href = page_path(c, "%s/evidence", v->action);
	if (p->parent.id && p->sees_parent)
		v->parent_href = page_path(c, "/tasks/%lld", (long long)p->parent.id);
	v->parent_title = p->parent.id ? p->parent.code : NULL;
	fill_history(c, p, v);
	fill_answers(c, p, v);
}

static void begin_page(struct call *c, const struct req *rq, struct res *rs, struct page_data *p, struct task_page_view *v, struct page *out)
{
	fill(c, p, v);
	res_page(c, rq, rs, out, p->t.title);
	if (p->mine) {
		page_crumb(out, "/mine", tr(c->lang, "My own"));
	} else {
		page_crumb(out, page_path(c, "/units/%lld", (long long)p->unit.id), p->unit.name);
		page_crumb(out, v->back, tr(c->lang, "Tasks"));
	}
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct page_data *p, struct task_page_view *v)
{
	struct page pg;

	begin_page(c, rq, rs, p, v, &pg);
	page_crumb(&pg, NULL, p->t.code);
	view_task_page(&rs->body, &pg, v);
}

static void write_edit(struct call *c, const struct req *rq, struct res *rs, struct page_data *p, struct task_page_view *v)
{
	struct page pg;

	begin_page(c, rq, rs, p, v, &pg);
	v->back = page_path(c, "/tasks/%lld", (long long)p->t.id);
	page_crumb(&pg, v->back, p->t.code);
	page_crumb(&pg, NULL, tr(c->lang, "Change the task"));
	view_task_edit(&rs->body, &pg, v);
}

static void put_history(struct call *c, struct json *j, const struct task_history *h)
{
	json_key(j, "history");
	json_array(j);
	for (size_t i = 0; i < h->n; i++) {
		char at[MOMENT_TEXT];

		(void)c;
		moment_format(call_local(h->v[i].at_ms), at);
		json_object(j);
		json_put_str(j, "at", at);
		json_put_str(j, "by", h->v[i].actor);
		if (h->v[i].percent >= 0)
			json_put_int(j, "percent", h->v[i].percent);
		json_put_str(j, "remark", h->v[i].remark);
		json_put_str(j, "evidence_no", h->v[i].evidence_no);
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_answers(struct json *j, const struct answers *a)
{
	json_key(j, "answers");
	json_array(j);
	for (size_t i = 0; i < a->n; i++) {
		json_object(j);
		json_put_str(j, "unit", a->v[i].unit_code);
		json_put_str(j, "name", a->v[i].unit_name);
		json_put_int(j, "given", a->v[i].given);
		json_put_int(j, "done", a->v[i].done);
		json_put_int(j, "on_time", a->v[i].on_time);
		json_put_int(j, "late", a->v[i].late);
		json_object_end(j);
	}
	json_array_end(j);
}

static void page_json(struct call *c, struct res *rs, const struct page_data *p)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	task_json(&j, &p->t, c->today);
	json_put_str(&j, "resolution", task_resolution(c->arena, &p->t));
	put_history(c, &j, &p->history);
	if (p->t.children > 0)
		put_answers(&j, &p->answers);
	json_object_end(&j);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, bool mine)
{
	struct page_data p = { 0 };
	struct task_page_view v = { 0 };

	TRY(ask(c, rq, mine, &p));
	TRY(load(c, &p));
	res_rev(c, rq, rs, p.t.rev);
	if (req_wants_json(rq)) {
		page_json(c, rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.report, c, &task_progress_record, NULL);
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail task_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, false);
}

static fail mine_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, true);
}

/* ---------------------------------------------------------------- reporting */

static fail report(struct call *c, const struct req *rq, struct res *rs, bool mine)
{
	struct page_data p = { 0 };
	struct task_page_view v = { 0 };
	struct task_progress said;

	TRY(ask(c, rq, mine, &p));
	TRY(db_read(c, load, &p));
	record_clear(&task_progress_record, &said);
	fail f = req_record(c, rq, &task_progress_record, &said, &v.report);

	said.task_id = p.id;
	if (mine)
		said.done_on = DATE_NONE; /* that is for the secretary to say */
	if (f == FAIL_OK)
		f = task_progress_add(c, &said, &p.t);
	if (f == FAIL_OK) {
		struct flash done = { .text = tr(c->lang, date_is(said.done_on) ? N_("The task is done.") : N_("The report is kept.")),
			                  .receipt = arena_printf(c->arena, "%s · %lld", p.t.code, (long long)said.seq) };

		return res_done(c, rq, rs, page_path(c, "%s/tasks/%lld", mine ? "/me" : "", (long long)p.id), &done);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.report);
	write_page(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

static fail progress_post(struct call *c, const struct req *rq, struct res *rs)
{
	return report(c, rq, rs, false);
}

static fail mine_post(struct call *c, const struct req *rq, struct res *rs)
{
	return report(c, rq, rs, true);
}

/* ---------------------------------------------------------------- changing */

static fail edit_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct page_data p = { 0 };
	struct task_page_view v = { 0 };

	TRY(ask(c, rq, false, &p));
	TRY(load(c, &p));
	form_begin(&v.edit, c, &task_record, &p.t);
	write_edit(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail save(struct call *c, struct task *t, struct task *stored, const char **said)
{
	int64_t changed;

	if (t->children <= 0) {
		TRY(task_update(c, t, stored));
		*said = arena_printf(c->arena, tr(c->lang, "Task saved: %s"), t->title);
		return FAIL_OK;
	}
	TRY(work_cascade_change(c, t, stored, &changed));
	*said = arena_printf(c->arena, tr(c->lang, "Task saved: %1$s; also changed in %2$s cells"), t->title, show_int(c->arena, c->lang, changed));
	return FAIL_OK;
}

static fail task_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct page_data p = { 0 };
	struct task_page_view v = { 0 };
	struct task t, stored;
	const char *said = NULL;

	TRY(ask(c, rq, false, &p));
	TRY(db_read(c, load, &p));
	t = p.t;
	TRY(req_rev(c, rq, &t.rev));
	fail f = req_record(c, rq, &task_record, &t, &v.edit);

	if (f == FAIL_OK && !*t.member_code)
		t.member_id = INT_UNKNOWN;
	if (f == FAIL_OK)
		f = save(c, &t, &stored, &said);
	if (f == FAIL_OK) {
		struct flash done = { .text = said, .receipt = arena_printf(c->arena, "%s · %lld", t.code, (long long)t.rev) };

		res_rev(c, rq, rs, t.rev);
		return res_done(c, rq, rs, page_path(c, "/tasks/%lld", (long long)t.id), &done);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.edit);
	v.stored = f == FAIL_CONFLICT ? &stored : NULL;
	write_edit(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

static const struct query_param page_params[] = { { "below", N_("the unit whose answers are wanted") }, { NULL, NULL } };

const struct route task_page_routes[] = {
	{ GET, "/tasks/:task", MAY_SEE_MEMBERS, page_of_task, task_show, 0, N_("A task, its reports and who carries it out"), NULL, &task_record, page_params },
	{ GET, "/tasks/:task/edit", MAY_RECORD, page_of_task, edit_show, 0, N_("The form that changes a task") },
	{ POST, "/tasks/:task", MAY_RECORD, page_of_task, task_post, 0, N_("Changes a task, or says how it ended"), &task_record, NULL, NULL },
	{ POST, "/tasks/:task/progress", MAY_RECORD, page_of_task, progress_post, 0, N_("Reports on a task; with done_on it is done"),
	  &task_progress_record, NULL, NULL },
	{ GET, "/me/tasks/:task", MAY_TAKE_PART, page_of_task, mine_show, 0, N_("One of my own tasks"), NULL, &task_record, NULL },
	{ POST, "/me/tasks/:task", MAY_TAKE_PART, page_of_task, mine_post, 0, N_("Reports on one of my own tasks"), &task_progress_record, NULL, NULL },
	{ HTTP_NONE },
};
