/* task_pages.c — tasks of a meeting: those that were due, and those assigned. */
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

struct page_data {
	int64_t id;
	struct meeting m;
	struct tasks assigned, due;
	struct roll roll;
};

static fail load(struct call *c, void *arg)
{
	struct page_data *p = arg;
	struct meeting before;

	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(tasks_of_meeting(c, &p->m, &p->assigned));
	TRY(org_members_on(c, p->m.unit_id, meeting_day(&p->m), &p->roll));
	TRY(meeting_previous_regular(c, &p->m, &before));
	p->due = (struct tasks){ 0 };
	return before.id ? tasks_due_between(c, p->m.realm, p->m.unit_id, meeting_day(&before), meeting_day(&p->m), &p->due) : FAIL_OK;
}

static struct task_row *rows_of(struct call *c, const struct tasks *t)
{
	struct task_row *rows = ARENA_ARRAY(c->arena, t->n + 1, struct task_row);

	for (size_t i = 0; i < t->n; i++) {
		enum task_state s = task_state(&t->v[i], c->today);

		rows[i] = (struct task_row){ &t->v[i], task_state_name(c->lang, s), s == TASK_IS_LATE || s == TASK_IS_NOT_DONE || s == TASK_IS_DONE_LATE };
	}
	return rows;
}

static size_t people_of(struct call *c, const struct roll *roll, struct choice **out)
{
	*out = ARENA_ARRAY(c->arena, roll->n + 1, struct choice);
	(*out)[0] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < roll->n; i++)
		(*out)[i + 1] = (struct choice){ roll->v[i].code, roll->v[i].full_name, NULL };
	return roll->n + 1;
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct page_data *p, struct tasks_form *v)
{
	struct page pg;

	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->assigned = rows_of(c, &p->assigned);
	v->assigned_n = p->assigned.n;
	v->due = rows_of(c, &p->due);
	v->due_n = p->due.n;
	v->people_n = people_of(c, &p->roll, &v->people);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Tasks"), tr(c->lang, "Tasks"));
	view_meeting_tasks(&rs->body, &pg, v);
}

static void put_tasks(struct json *j, const char *key, const struct tasks *t, struct date today)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < t->n; i++) {
		json_object(j);
		task_json(j, &t->v[i], today);
		json_object_end(j);
	}
	json_array_end(j);
}

static fail tasks_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct page_data p;
	struct tasks_form v = { 0 };
	struct json j;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		put_tasks(&j, "due", &p.due, c->today);
		put_tasks(&j, "assigned", &p.assigned, c->today);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &task_record, NULL);
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail tasks_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct page_data p;
	struct tasks_form v = { 0 };
	struct task t;

	TRY(req_id(c, rq, "meeting", &p.id));
	record_clear(&task_record, &t);
	t.code = t.unit_code = "-"; /* given by the path; the fields may be missing */
	fail f = req_record(c, rq, &task_record, &t, &v.form);

	t.code = t.unit_code = "";
	t.meeting_id = p.id;
	t.meeting_code = "";
	if (f == FAIL_OK)
		f = task_create(c, &t);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "Task recorded: %s"), t.title), .receipt = t.code };

		return res_done(c, rq, rs, arena_printf(c->arena, "/meetings/%lld/tasks", (long long)p.id), &said);
	}
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &p));
	write_page(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

const struct route task_routes[] = {
	{ GET, "/meetings/:meeting/tasks", MAY_RECORD, page_meeting_unit, tasks_show, 0, N_("Tasks that were due at a meeting, and those assigned"), NULL,
	  &task_record, NULL },
	{ POST, "/meetings/:meeting/tasks", MAY_RECORD, page_meeting_unit, tasks_post, 0, N_("Assigns a task: title, member_code, due_on"), &task_record,
	  NULL, NULL },
	{ HTTP_NONE },
};
