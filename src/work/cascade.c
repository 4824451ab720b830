/* cascade.c — one task to many cells, and their answers up the tree. */
#include "work/cascade.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "db/batch.h"
#include "db/journal.h"
#include "task_sql.h"

/* ---------------------------------------------------------------- who can be given one */

static int by_name(const void *x, const void *y)
{
	const struct unit *a = x, *b = y;
	size_t n = a->sort_key.size < b->sort_key.size ? a->sort_key.size : b->sort_key.size;
	int d = n ? memcmp(a->sort_key.data, b->sort_key.data, n) : 0;

	if (d || a->sort_key.size != b->sort_key.size)
		return d ? d : a->sort_key.size < b->sort_key.size ? -1 : 1;
	return strcmp(a->code, b->code);
}

static int by_number(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static bool has(const int64_t *sorted, size_t n, int64_t id)
{
	return n && bsearch(&id, sorted, n, sizeof id, by_number);
}

fail work_cells(struct call *c, int64_t unit_id, unsigned type, struct units *out)
{
	struct units all;
	size_t kept = 0;

	TRY(org_below(c, unit_id, c->today, LEVEL_NONE, &all));
	int64_t *parents = ARENA_ARRAY(c->arena, all.n + 1, int64_t);

	for (size_t i = 0; i < all.n; i++)
		parents[i] = all.v[i].parent_id;
	qsort(parents, all.n, sizeof *parents, by_number);
	for (size_t i = 0; i < all.n; i++) {
		const struct unit *u = &all.v[i];
		bool cell = u->level == LEVEL_CELL || (u->level == LEVEL_GRASSROOTS && !has(parents, all.n, u->id));

		if (cell && u->id != unit_id && (type == TYPE_NONE || u->type == type))
			all.v[kept++] = *u;
	}
	qsort(all.v, kept, sizeof *all.v, by_name);
	*out = (struct units){ all.v, kept };
	return FAIL_OK;
}

/* ---------------------------------------------------------------- giving it */

struct giving {
	struct call *c;
	struct cascade *job;
	struct units cells;      /* below the committee */
	int64_t *had;            /* units that carry it out already, sorted */
	size_t had_n;
};

/* The committee's own row: found, or made. */
static fail settle_parent(struct call *c, struct task *t)
{
	struct task stored;

	if (t->id > 0)
		return task_by_id(c, t->id, t);
	if (t->code && *t->code) {
		TRY(org_realm(c, t->unit_id, &t->realm));
		fail f = task_by_code(c, t->realm, t->code, &stored);

		if (f == FAIL_OK && stored.unit_id == t->unit_id && strcmp(stored.title, t->title) == 0 && stored.due_on.days == t->due_on.days) {
			*t = stored;
			return FAIL_OK;
		}
		if (f != FAIL_OK && f != FAIL_NOT_FOUND)
			return f;
		problem_clear(c);
	}
	return task_create(c, t);
}

static const struct unit *chosen(const struct giving *g, int64_t id)
{
	for (size_t i = 0; i < g->cells.n; i++)
		if (g->cells.v[i].id == id)
			return &g->cells.v[i];
	return NULL;
}

struct unit_id_row { int64_t unit_id; };
static const struct field unit_id_fields[] = { COL(struct unit_id_row, unit_id), FIELD_END };
static const struct record unit_id_record = { "task_unit", sizeof(struct unit_id_row), unit_id_fields };

static fail read_had(struct call *c, struct giving *g)
{
	struct unit_id_row *rows;

	TRY(db_all(c, &Q_task_children_units, ARGS(V(g->job->task.id), V(g->job->task.realm)), &unit_id_record, &rows, &g->had_n));
	g->had = ARENA_ARRAY(c->arena, g->had_n + 1, int64_t);
	for (size_t i = 0; i < g->had_n; i++)
		g->had[i] = rows[i].unit_id;
	qsort(g->had, g->had_n, sizeof *g->had, by_number);
	return FAIL_OK;
}

static const char *note_of(struct call *c, const char *code, const char *parent)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "code", code);
	json_put_str(&j, "parent", parent);
	json_object_end(&j);
	return out_text(&o);
}

static fail give(struct call *c, struct db_batch *batch, const struct task *parent, const struct unit *u)
{
	const char *code = arena_printf(c->arena, "%s/%s", parent->code, u->code);
	int64_t id = id_new();

	TRY(db_batch_add(c, batch,
	                 ARGS(V(u->realm), V(id), V(code), V(INT_UNKNOWN), V(u->id), V(parent->title), V(INT_UNKNOWN), V(parent->due_on),
	                      V(DATE_NONE), V(""), V(parent->measure), V(parent->report_at), V(INT_UNKNOWN), V(parent->realm), V(parent->id))));
	return journal_add(c, u->realm, u->id, "create", "task", id, NULL, note_of(c, code, parent->code));
}

static fail check_cells(struct call *c, const struct giving *g)
{
	if (!g->job->n)
		return problem(c, FAIL_INPUT, "cells", "choose at least one cell that is to carry this out");
	for (size_t i = 0; i < g->job->n; i++)
		if (!chosen(g, g->job->cells[i]))
			return problem(c, FAIL_INPUT, "cells", "one of the cells chosen does not belong below this committee; load the page again");
	return FAIL_OK;
}

static fail give_all(struct call *c, struct giving *g, struct cascade_result *out)
{
	struct db_batch *batch = db_batch_new(c->arena, &Q_task_insert, &Q_task_insert_rows);
	int64_t *wanted = ARENA_ARRAY(c->arena, g->job->n, int64_t);

	memcpy(wanted, g->job->cells, g->job->n * sizeof *wanted);
	qsort(wanted, g->job->n, sizeof *wanted, by_number);
	for (size_t i = 0; i < g->job->n; i++) {
		if (i && wanted[i] == wanted[i - 1])
			continue;
		if (has(g->had, g->had_n, wanted[i])) {
			out->had++;
			continue;
		}
		TRY(give(c, batch, &g->job->task, chosen(g, wanted[i])));
		out->added++;
	}
	return db_batch_flush(c, batch);
}

struct cascade_args {
	struct cascade *job;
	struct cascade_result *out;
};

static fail cascade_body(struct call *c, void *arg)
{
	struct cascade_args *a = arg;
	struct cascade job = *a->job;
	struct giving g = { .c = c, .job = &job };
	struct cascade_result result = { 0 };

	TRY(settle_parent(c, &job.task));
	TRY(work_cells(c, job.task.unit_id, TYPE_NONE, &g.cells));
	TRY(check_cells(c, &g));
	TRY(read_had(c, &g));
	TRY(give_all(c, &g, &result));
	a->job->task = job.task;
	*a->out = result;
	return FAIL_OK;
}

fail work_cascade(struct call *c, struct cascade *job, struct cascade_result *out)
{
	return db_write(c, cascade_body, &(struct cascade_args){ job, out });
}

/* ---------------------------------------------------------------- changing it */

struct change_args {
	struct task *t, *stored;
	int64_t *changed;
};

static fail follow(struct call *c, const struct task *child, const struct task *was, const struct task *now, int64_t *changed)
{
	struct task k = *child, stored;

	if (task_state(child, c->today) == TASK_IS_CANCELLED || date_is(child->done_on) || child->result != TASK_OPEN)
		return FAIL_OK;
	if (now->result == TASK_CANCELLED)
		k.result = TASK_CANCELLED;
	if (strcmp(child->title, was->title) == 0)
		k.title = now->title;
	if (strcmp(child->measure, was->measure) == 0)
		k.measure = now->measure;
	if (strcmp(child->report_at, was->report_at) == 0)
		k.report_at = now->report_at;
	if (child->due_on.days == was->due_on.days)
		k.due_on = now->due_on;
	TRY(task_update(c, &k, &stored));
	*changed += k.rev != child->rev;
	return FAIL_OK;
}

static fail change_body(struct call *c, void *arg)
{
	struct change_args *a = arg;
	struct task t = *a->t;
	struct tasks children;
	int64_t changed = 0;

	TRY(task_update(c, &t, a->stored));
	TRY(db_all(c, &Q_task_children, ARGS(V(t.id), V(t.realm)), &task_record, &children.v, &children.n));
	for (size_t i = 0; i < children.n; i++)
		TRY(follow(c, &children.v[i], a->stored, &t, &changed));
	*a->t = t;
	*a->changed = changed;
	return FAIL_OK;
}

fail work_cascade_change(struct call *c, struct task *t, struct task *stored, int64_t *changed)
{
	return db_write(c, change_body, &(struct change_args){ t, stored, changed });
}

/* ---------------------------------------------------------------- how it stands */

static const struct field line_fields[] = {
	COL(struct answer_line, unit_id), COL(struct answer_line, unit_code), COL(struct answer_line, unit_name), COL(struct answer_line, cell),
	COL(struct answer_line, task_id), COL(struct answer_line, given), COL(struct answer_line, done), COL(struct answer_line, on_time),
	COL(struct answer_line, late), COL(struct answer_line, not_done), FIELD_END,
};
static const struct record line_record = { "answer_line", sizeof(struct answer_line), line_fields };

fail work_answers(struct call *c, const struct task *parent, int64_t unit_id, struct answers *out)
{
	*out = (struct answers){ 0 };
	TRY(db_all(c, &Q_task_answers, ARGS(V(parent->id), V(parent->realm), V(unit_id), V(c->today)), &line_record, &out->v, &out->n));
	for (size_t i = 0; i < out->n; i++) {
		const struct answer_line *l = &out->v[i];

		out->sum.given += l->given;
		out->sum.done += l->done;
		out->sum.on_time += l->on_time;
		out->sum.late += l->late;
		out->sum.not_done += l->not_done;
	}
	return FAIL_OK;
}
