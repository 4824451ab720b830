/* evidence_pages.c — a report on a task with a file as evidence, and the file to read again. Stands here because tasks and the store of files
 * are rooms that do not know each other. */
#include <string.h>

#include "app/app_pages.h"
#include "app/shown.h"
#include "app_views.h"
#include "db/db.h"
#include "document/file.h"
#include "http/res.h"
#include "work/progress.h"
#include "work/work_pages.h"

static fail find_task(struct call *c, const struct req *rq, bool mine, struct task *out)
{
	int64_t id;

	TRY(req_id(c, rq, "task", &id));
	TRY(task_seen(c, id, out));
	return mine && !task_is_mine(c, out) ? problem(c, FAIL_NOT_FOUND, "task", "there is no such task") : FAIL_OK;
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct task *t, bool mine, struct evidence_view *v)
{
	struct page pg;

	v->task = t;
	v->back = arena_printf(c->arena, "%s/tasks/%lld", mine ? "/me" : "", (long long)t->id);
	v->action = arena_printf(c->arena, "%s/evidence", v->back);
	v->accept = file_accept;
	v->limit = file_size_show(c->arena, c->lang, file_limit());
	res_page(c, rq, rs, &pg, tr(c->lang, "Report with a file"));
	page_crumb(&pg, v->back, t->code);
	page_crumb(&pg, NULL, tr(c->lang, "Report with a file"));
	view_evidence(&rs->body, &pg, v);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, bool mine)
{
	struct evidence_view v = { 0 };
	struct task t;

	TRY(find_task(c, rq, mine, &t));
	form_begin(&v.form, c, &task_progress_record, NULL);
	write_page(c, rq, rs, &t, mine, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- sending */

struct sending {
	const struct req *rq;
	bool mine;
	struct task *t;
	struct task_progress *p;
	const struct file_taken *taken;
};

static fail read_body(struct call *c, void *arg)
{
	struct sending *s = arg;

	return find_task(c, s->rq, s->mine, s->t);
}

/* File and report together, or neither. */
static fail keep_body(struct call *c, void *arg)
{
	struct sending *s = arg;
	struct file kept;

	TRY(file_keep(c, s->t->realm, s->t->unit_id, s->taken, &kept));
	s->p->file_id = kept.id;
	return task_progress_add(c, s->p, s->t);
}

static fail keep(struct call *c, const struct req *rq, struct sending *s, struct form *form)
{
	struct file_taken taken;

	TRY(req_record(c, rq, &task_progress_record, s->p, form));
	s->p->task_id = s->t->id;
	if (s->mine)
		s->p->done_on = DATE_NONE;
	TRY(file_take_upload(c, req_upload(rq, "file"), &taken));
	s->taken = &taken;
	return db_write(c, keep_body, s);
}

static fail post(struct call *c, const struct req *rq, struct res *rs, bool mine)
{
	struct evidence_view v = { 0 };
	struct task_progress p;
	struct task t;
	struct sending s = { rq, mine, &t, &p, NULL };

	TRY(db_read(c, read_body, &s));
	record_clear(&task_progress_record, &p);
	fail f = keep(c, rq, &s, &v.form);

	if (f == FAIL_OK) {
		struct flash said = { .text = tr(c->lang, "The report and its file are kept."), .receipt = arena_printf(c->arena, "%s · %lld", t.code, (long long)p.seq) };

		return res_done(c, rq, rs, arena_printf(c->arena, "%s/tasks/%lld", mine ? "/me" : "", (long long)t.id), &said);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	write_page(c, rq, rs, &t, mine, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- reading */

static fail answer(struct call *c, const struct req *rq, struct res *rs, bool mine)
{
	struct task_history h;
	struct task t;
	struct file f;
	int64_t seq;

	TRY(find_task(c, rq, mine, &t));
	TRY(req_id(c, rq, "seq", &seq));
	TRY(task_progress_of(c, &t, &h));
	for (size_t i = 0; i < h.n; i++)
		if (h.v[i].seq == seq && h.v[i].file_id > 0) {
			TRY(file_by_id(c, t.realm, h.v[i].file_id, &f));
			return file_answer(c, &f, rs);
		}
	return problem(c, FAIL_NOT_FOUND, "seq", "there is no file with this report");
}

static fail evidence_show(struct call *c, const struct req *rq, struct res *rs) { return show(c, rq, rs, false); }
static fail my_evidence_show(struct call *c, const struct req *rq, struct res *rs) { return show(c, rq, rs, true); }
static fail evidence_post(struct call *c, const struct req *rq, struct res *rs) { return post(c, rq, rs, false); }
static fail my_evidence_post(struct call *c, const struct req *rq, struct res *rs) { return post(c, rq, rs, true); }
static fail evidence_file(struct call *c, const struct req *rq, struct res *rs) { return answer(c, rq, rs, false); }
static fail my_evidence_file(struct call *c, const struct req *rq, struct res *rs) { return answer(c, rq, rs, true); }

const struct route evidence_routes[] = {
	{ GET, "/tasks/:task/evidence", MAY_RECORD, page_of_task, evidence_show, 0, N_("The form for a report with a file") },
	{ POST, "/tasks/:task/evidence", MAY_RECORD, page_of_task, evidence_post, ROUTE_UPLOAD, N_("Reports on a task with a file: file, percent, remark"),
	  &task_progress_record, NULL, NULL },
	{ GET, "/tasks/:task/evidence/:seq", MAY_SEE_MEMBERS, page_of_task, evidence_file, ROUTE_SLOW, N_("The file of a report on a task") },
	{ GET, "/me/tasks/:task/evidence", MAY_TAKE_PART, page_of_task, my_evidence_show, 0, N_("The form for a report with a file on one of my own tasks") },
	{ POST, "/me/tasks/:task/evidence", MAY_TAKE_PART, page_of_task, my_evidence_post, ROUTE_UPLOAD,
	  N_("Reports on one of my own tasks with a file: file, percent, remark"), &task_progress_record, NULL, NULL },
	{ GET, "/me/tasks/:task/evidence/:seq", MAY_TAKE_PART, page_of_task, my_evidence_file, ROUTE_SLOW, N_("The file of a report on one of my own tasks") },
	{ HTTP_NONE },
};
