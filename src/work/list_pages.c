/* list_pages.c — tasks of a cell, or of everything below a committee; a new task without a meeting. */
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "work/pages.h"
#include "work/work_pages.h"
#include "work_views.h"

enum { LIST_PAGE = 50 };

struct asked {
	struct unit u;
	struct task_query q;
	bool mine;
};

static const struct query_param list_params[] = {
	{ "show", N_("open (otherwise), late, done or all") },
	{ "mine", N_("1: only my own") },
	{ "resolution", N_("only tasks of this resolution") },
	{ "meeting", N_("only tasks assigned at this meeting") },
	{ "of", N_("only tasks that carry out this one") },
	{ "after", N_("where the page before ended") },
	{ NULL, NULL },
};

/* "2025-11-20.1234": deadline and id of the last row shown. */
static fail read_after(struct call *c, const struct req *rq, struct task_query *q)
{
	const char *text = req_query(rq, "after"), *dot = text ? strchr(text, '.') : NULL;

	q->after_due = DATE_NONE;
	if (!text || !*text)
		return FAIL_OK;
	if (!dot || !date_parse(arena_strndup(c->arena, text, (size_t)(dot - text)), &q->after_due) || !int_parse(dot + 1, &q->after_id))
		return problem(c, FAIL_INPUT, "after", "“%s” is not a place in this list; begin anew", text);
	return FAIL_OK;
}

static fail read_query(struct call *c, const struct req *rq, struct asked *a)
{
	const char *show = req_query(rq, "show"), *mine = req_query(rq, "mine");
	const struct account *me = access_account(c);
	int i = show && *show ? word_index(task_show_words, show) : SHOW_OPEN;

	if (i < 0)
		return problem(c, FAIL_INPUT, "show", "“%s” is not a choice here; write open, late, done or all", show);
	a->q.show = (enum task_show)i;
	a->q.limit = LIST_PAGE + 1;
	a->mine = mine && strcmp(mine, "1") == 0 && me && me->member_id > 0;
	if (a->mine) {
		a->q.member_realm = me->member_realm;
		a->q.member_id = me->member_id;
	}
	TRY(page_number(c, rq, "resolution", &a->q.resolution_id));
	TRY(page_number(c, rq, "meeting", &a->q.meeting_id));
	TRY(page_number(c, rq, "of", &a->q.parent_id));
	return read_after(c, rq, &a->q);
}

static void fill_tabs(struct call *c, const struct req *rq, const struct asked *a, struct task_list_view *v)
{
	static const char *const names[] = { N_("Unfinished"), N_("Overdue"), N_("Done"), N_("All") };
	const struct account *me = access_account(c);

	for (int i = 0; i < 4; i++) {
		const char *href = req_link(c, rq, "show", i ? task_show_words[i] : NULL);

		v->tabs[v->tab_n++] = (struct list_tab){ href, tr(c->lang, names[i]), (int)a->q.show == i };
	}
	if (me && me->member_id > 0)
		v->tabs[v->tab_n++] = (struct list_tab){ req_link(c, rq, "mine", a->mine ? NULL : "1"), tr(c->lang, "Only mine"), a->mine };
}

static const char *after_of(struct call *c, const struct task *t)
{
	char day[DATE_TEXT];

	date_format(date_is(t->due_on) ? t->due_on : DATE_OPEN, day);
	return arena_printf(c->arena, "%s.%lld", day, (long long)t->id);
}

static void fill_rows(struct call *c, const struct req *rq, const struct asked *a, struct tasks *t, struct task_list_view *v)
{
	bool more = t->n > LIST_PAGE;

	t->n = more ? LIST_PAGE : t->n;
	v->v = ARENA_ARRAY(c->arena, t->n + 1, struct task_line);
	for (v->n = 0; v->n < t->n; v->n++)
		v->v[v->n] = task_line_of(c, &t->v[v->n]);
	v->pager.shown = (int64_t)t->n;
	v->pager.total = -1;
	if (date_is(a->q.after_due))
		v->pager.prev = req_link(c, rq, "after", NULL);
	if (more)
		v->pager.next = req_link(c, rq, "after", after_of(c, &t->v[t->n - 1]));
}

static void fill_table(struct call *c, struct task_list_view *v)
{
	static const struct column columns[] = {
		{ N_("Task"), NULL, false }, { N_("Unit"), NULL, false }, { N_("Person in charge"), NULL, false }, { N_("Due on"), NULL, false },
		{ N_("State"), NULL, false }, { N_("How far"), NULL, true },
	};

	v->table = (struct table){ .caption = tr(c->lang, "Tasks"), .id = "tasks", .columns = page_columns(c, columns, 6), .n = 6, .local = true };
}

static void list_json(struct call *c, struct res *rs, const struct tasks *t, const struct task_list_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "open", v->totals.open);
	json_put_int(&j, "late", v->totals.late);
	json_put_int(&j, "done", v->totals.done);
	json_put_int(&j, "due", v->totals.all);
	json_key(&j, "tasks");
	json_array(&j);
	for (size_t i = 0; i < t->n; i++) {
		json_object(&j);
		task_json(&j, &t->v[i], c->today);
		json_put_str(&j, "resolution", task_resolution(c->arena, &t->v[i]));
		json_object_end(&j);
	}
	json_array_end(&j);
	if (v->pager.next)
		json_put_str(&j, "next", v->pager.next);
	json_object_end(&j);
}

static void fill_rights(struct call *c, const struct asked *a, struct task_list_view *v)
{
	v->cell = unit_is_cell(&a->u);
	v->may_add = v->cell && call_may(c, MAY_RECORD, a->u.id);
	v->may_give = a->u.level != LEVEL_CELL && call_may(c, MAY_DECIDE, a->u.id);
}

static fail list_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct task_list_view v = { 0 };
	struct asked a = { 0 };
	struct tasks t;
	struct page pg;

	TRY(page_unit(c, rq, &a.u));
	TRY(read_query(c, rq, &a));
	a.q.unit_id = a.u.id;
	TRY(tasks_below(c, &a.q, &t));
	TRY(tasks_totals(c, a.u.id, &v.totals));
	fill_rows(c, rq, &a, &t, &v);
	if (req_wants_json(rq)) {
		list_json(c, rs, &t, &v);
		return FAIL_OK;
	}
	fill_rights(c, &a, &v);
	fill_tabs(c, rq, &a, &v);
	fill_table(c, &v);
	v.unit_id = a.u.id;
	v.unit_name = a.u.name;
	if (a.q.resolution_id && t.n)
		v.only = arena_printf(c->arena, tr(c->lang, "Only tasks of the resolution %s"), task_resolution(c->arena, &t.v[0]));
	else if (a.q.meeting_id && t.n)
		v.only = arena_printf(c->arena, tr(c->lang, "Only tasks of the meeting %s"), t.v[0].meeting_code);
	v.all_href = page_path(c, "/units/%lld/tasks", (long long)a.u.id);
	res_page(c, rq, rs, &pg, tr(c->lang, "Tasks"));
	pg.wide = !v.cell;
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)a.u.id), a.u.name);
	page_crumb(&pg, NULL, tr(c->lang, "Tasks"));
	view_task_list(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- a new one, without a meeting */

static fail fill_new(struct call *c, void *arg)
{
	struct task_new_view *v = arg;

	return page_people(c, v->unit_id, &v->people, &v->people_n);
}

static void write_new(struct call *c, const struct req *rq, struct res *rs, struct task_new_view *v)
{
	struct page pg;

	v->action = page_path(c, "/units/%lld/tasks/new", (long long)v->unit_id);
	res_page(c, rq, rs, &pg, tr(c->lang, "New task"));
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)v->unit_id), v->unit_name);
	page_crumb(&pg, page_path(c, "/units/%lld/tasks", (long long)v->unit_id), tr(c->lang, "Tasks"));
	page_crumb(&pg, NULL, tr(c->lang, "New task"));
	view_task_new(&rs->body, &pg, v);
}

static fail read_unit(struct call *c, const struct req *rq, struct task_new_view *v)
{
	struct unit u;

	TRY(page_unit(c, rq, &u));
	v->unit_id = u.id;
	v->unit_name = u.name;
	return FAIL_OK;
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct task_new_view v = { 0 };

	TRY(read_unit(c, rq, &v));
	TRY(fill_new(c, &v));
	form_begin(&v.form, c, &task_record, NULL);
	write_new(c, rq, rs, &v);
	return FAIL_OK;
}

struct unit_read { const struct req *rq; struct task_new_view *v; };

static fail read_all(struct call *c, void *arg)
{
	struct unit_read *r = arg;

	TRY(read_unit(c, r->rq, r->v));
	return fill_new(c, r->v);
}

static fail new_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct task_new_view v = { 0 };
	struct task t;

	TRY(db_read(c, read_all, &(struct unit_read){ rq, &v }));
	record_clear(&task_record, &t);
	t.code = t.unit_code = "-"; /* given by the path; the fields may be missing */
	fail f = req_record(c, rq, &task_record, &t, &v.form);

	t.code = t.unit_code = t.meeting_code = "";
	t.unit_id = v.unit_id;
	if (f == FAIL_OK)
		f = task_create(c, &t);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "Task recorded: %s"), t.title), .receipt = t.code };

		return res_done(c, rq, rs, page_path(c, "/tasks/%lld", (long long)t.id), &said);
	}
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	write_new(c, rq, rs, &v);
	return res_again(rs, f);
}

const struct route task_list_routes[] = {
	{ GET, "/units/:unit/tasks", MAY_SEE_MEMBERS, unit_of_path, list_show, 0, N_("Tasks of a unit and of all below it"), NULL, &task_record, list_params },
	{ GET, "/units/:unit/tasks/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form for a task without a meeting") },
	{ POST, "/units/:unit/tasks/new", MAY_RECORD, unit_of_path, new_post, 0, N_("Gives a task without a meeting: title, member_code, due_on, measure"),
	  &task_record, NULL, NULL },
	{ HTTP_NONE },
};
