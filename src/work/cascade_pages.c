/* cascade_pages.c — a committee gives a task to cells below it, all, of some types, or chosen ones; and to more cells later. */
#include <stdlib.h>
#include <string.h>

#include "work/pages.h"
#include "work/work_pages.h"
#include "work_views.h"

enum { LISTED_MAX = 300 };

struct give {
	struct unit u;
	struct task t;           /* the committee's; id 0: a new one */
	struct units cells;
	struct tasks had;        /* tasks that carry it out already */
	int64_t id, unit_id;
};

static fail load(struct call *c, void *arg)
{
	struct give *g = arg;

	if (g->id) {
		TRY(task_seen(c, g->id, &g->t));
		g->unit_id = g->t.unit_id;
	}
	TRY(org_unit_nearest(c, g->unit_id, c->today, &g->u));
	if (g->u.level == LEVEL_CELL)
		return problem(c, FAIL_INPUT, "", "this is a cell; it gives its tasks to its members");
	TRY(work_cells(c, g->u.id, TYPE_NONE, &g->cells));
	if (!g->id)
		return task_code_free(c, g->u.id, &g->t.code);
	struct task_query q = { .unit_id = g->u.id, .show = SHOW_ALL, .parent_id = g->id, .after_due = DATE_NONE, .limit = 100000 };

	return tasks_below(c, &q, &g->had);
}

static fail ask(struct call *c, const struct req *rq, bool add, struct give *g)
{
	record_clear(&task_record, &g->t);
	g->t.id = 0;
	return add ? req_id(c, rq, "task", &g->id) : unit_of_path(c, rq, &g->unit_id);
}

/* ---------------------------------------------------------------- who */

static bool chosen_type(const struct req *rq, const char *word)
{
	const char *value;
	size_t at = 0;

	while ((value = req_form_next(rq, "type", &at)))
		if (strcmp(value, word) == 0)
			return true;
	return false;
}

static bool chosen_cell(const struct req *rq, int64_t id)
{
	const char *value;
	size_t at = 0;
	int64_t n;

	while ((value = req_form_next(rq, "cell", &at)))
		if (int_parse(value, &n) && n == id)
			return true;
	return false;
}

/* all, or those of the types and those ticked. */
static size_t choose(struct call *c, const struct req *rq, const struct give *g, int64_t **out)
{
	const char *who = req_form(rq, "who");
	bool all = who && strcmp(who, "all") == 0;
	size_t n = 0;

	*out = ARENA_ARRAY(c->arena, g->cells.n + 1, int64_t);
	for (size_t i = 0; i < g->cells.n; i++) {
		const struct unit *u = &g->cells.v[i];

		if (all || (u->type && chosen_type(rq, unit_types[u->type])) || chosen_cell(rq, u->id))
			(*out)[n++] = u->id;
	}
	return n;
}

static bool has_one(const struct give *g, int64_t unit_id)
{
	for (size_t i = 0; i < g->had.n; i++)
		if (g->had.v[i].unit_id == unit_id)
			return true;
	return false;
}

static void fill_types(struct call *c, const struct req *rq, const struct give *g, struct cascade_view *v)
{
	v->types = ARENA_ARRAY(c->arena, TYPE_COUNT, struct type_pick);
	for (unsigned k = 1; k < TYPE_COUNT; k++) {
		struct type_pick t = { unit_types[k], unit_type_name(c->lang, k), 0, chosen_type(rq, unit_types[k]) };

		for (size_t i = 0; i < g->cells.n; i++)
			t.n += g->cells.v[i].type == k;
		if (t.n)
			v->types[v->type_n++] = t;
	}
}

static void fill_cells(struct call *c, const struct req *rq, const struct give *g, struct cascade_view *v)
{
	v->too_many = g->cells.n > LISTED_MAX;
	v->cells = ARENA_ARRAY(c->arena, g->cells.n + 1, struct cell_pick);
	for (size_t i = 0; i < g->cells.n && !v->too_many; i++) {
		const struct unit *u = &g->cells.v[i];

		v->cells[v->cell_n++] = (struct cell_pick){ u->id, u->name, unit_type_name(c->lang, u->type), chosen_cell(rq, u->id), has_one(g, u->id) };
	}
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct give *g, struct cascade_view *v)
{
	const char *who = req_form(rq, "who");
	struct page pg;

	v->task = g->id ? &g->t : NULL;
	v->title = tr(c->lang, g->id ? N_("More cells for this task") : N_("A task for many cells"));
	v->unit_name = g->u.name;
	v->action = g->id ? page_path(c, "/tasks/%lld/cells", (long long)g->id) : page_path(c, "/units/%lld/tasks/give", (long long)g->u.id);
	v->back = g->id ? page_path(c, "/tasks/%lld", (long long)g->id) : page_path(c, "/units/%lld/tasks", (long long)g->u.id);
	v->some = who ? strcmp(who, "some") == 0 : g->id != 0;
	v->all = !v->some;
	fill_types(c, rq, g, v);
	fill_cells(c, rq, g, v);
	res_page(c, rq, rs, &pg, v->title);
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)g->u.id), g->u.name);
	page_crumb(&pg, page_path(c, "/units/%lld/tasks", (long long)g->u.id), tr(c->lang, "Tasks"));
	page_crumb(&pg, NULL, v->title);
	view_cascade_form(&rs->body, &pg, v);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, bool add)
{
	struct give g = { 0 };
	struct cascade_view v = { 0 };

	TRY(ask(c, rq, add, &g));
	TRY(load(c, &g));
	form_begin(&v.form, c, &task_record, &g.t);
	write_page(c, rq, rs, &g, &v);
	return FAIL_OK;
}

static fail give_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, false);
}

static fail more_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, true);
}

/* ---------------------------------------------------------------- giving */

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct cascade *job, const struct cascade_result *r)
{
	struct flash said = { .receipt = job->task.code };

	said.text = r->had ? arena_printf(c->arena, tr(c->lang, "%1$s cells have the task now; %2$s had it before."), show_int(c->arena, c->lang, r->added),
	                                  show_int(c->arena, c->lang, r->had))
	                   : arena_printf(c->arena, tr(c->lang, "%s cells have the task now."), show_int(c->arena, c->lang, r->added));
	return res_done(c, rq, rs, page_path(c, "/tasks/%lld", (long long)job->task.id), &said);
}

/* The form carries the code the new task will have, so that the same form sent twice is the same task. */
static fail read_task(struct call *c, const struct req *rq, struct give *g, struct form *form)
{
	struct task *t = &g->t; /* the form shows it again: it lasts as long */
	const char *code = req_form(rq, "code"), *free_code = t->code;

	t->unit_code = "-";
	fail f = req_record(c, rq, &task_record, t, form);

	t->code = code && *code ? code : free_code;
	t->unit_code = g->u.code;
	t->unit_id = g->u.id;
	t->member_code = t->meeting_code = "";
	t->done_on = DATE_NONE;
	t->result = TASK_OPEN;
	return f;
}

static fail post(struct call *c, const struct req *rq, struct res *rs, bool add)
{
	struct give g = { 0 };
	struct cascade_view v = { 0 };
	struct cascade_result r;
	int64_t *cells;
	fail f = FAIL_OK;

	TRY(ask(c, rq, add, &g));
	TRY(db_read(c, load, &g));
	form_begin(&v.form, c, &task_record, &g.t);
	if (!add)
		f = read_task(c, rq, &g, &v.form);
	struct cascade job = { .task = g.t, .n = choose(c, rq, &g, &cells) };

	job.cells = cells;
	if (f == FAIL_OK)
		f = work_cascade(c, &job, &r);
	if (f == FAIL_OK)
		return done(c, rq, rs, &job, &r);
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	write_page(c, rq, rs, &g, &v);
	return res_again(rs, f);
}

static fail give_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, false);
}

static fail more_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, true);
}

const struct route cascade_routes[] = {
	{ GET, "/units/:unit/tasks/give", MAY_DECIDE, unit_of_path, give_show, 0, N_("The form for a task that many cells carry out") },
	{ POST, "/units/:unit/tasks/give", MAY_DECIDE, unit_of_path, give_post, 0,
	  N_("Gives a task to cells below: title, measure, due_on; who: all or some; type, cell (each may be repeated)"), &task_record, NULL, NULL },
	{ GET, "/tasks/:task/cells", MAY_DECIDE, page_of_task, more_show, 0, N_("The form that gives a task to more cells") },
	{ POST, "/tasks/:task/cells", MAY_DECIDE, page_of_task, more_post, 0, N_("Gives a task to more cells: who, type, cell") },
	{ HTTP_NONE },
};
