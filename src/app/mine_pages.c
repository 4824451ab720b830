/* mine_pages.c — the page of a member: meetings to come, papers, tasks, attendance; and everything the system keeps about the person signed in, to
 * read and to take away. */
#include <string.h>

#include "access/access.h"
#include "app/app_pages.h"
#include "app/shown.h"
#include "app_views.h"
#include "db/db.h"
#include "http/res.h"
#include "meeting/attendance.h"
#include "meeting/ballot.h"
#include "mine_sql.h"
#include "work/progress.h"

/* ---------------------------------------------------------------- everything about me */

enum { ROWS_SHOWN = 30 }; /* of each section on the page; the file has all */

static fail as_zip(struct call *c, struct res *rs, const struct mine_view *v)
{
	rs->type = "application/zip";
	res_header(rs, "Content-Disposition", "attachment; filename=\"chibo.zip\"");
	return mine_zip(c, v, &rs->body);
}

static fail data_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *format = req_query(rq, "format");
	bool as_file = format && strcmp(format, "json") == 0;
	struct mine_view v;
	struct page pg;
	struct json j;

	TRY(mine_gather(c, access_account(c), &v));
	v.shown = ROWS_SHOWN;
	rs->no_store = true;
	if (format && strcmp(format, "zip") == 0)
		return as_zip(c, rs, &v);
	if (as_file || req_wants_json(rq)) {
		res_json(rs, &j);
		mine_json(&j, &v);
		if (as_file)
			res_header(rs, "Content-Disposition", "attachment; filename=\"chibo.json\"");
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "What is stored about me"));
	pg.wide = true;
	page_crumb(&pg, "/me", tr(c->lang, "My account"));
	page_crumb(&pg, NULL, tr(c->lang, "What is stored about me"));
	view_mine(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- my own page */

#define P(f) COL(struct my_paper, f)
static const struct field paper_fields[] = { P(document_id), P(meeting_id), P(subject), P(starts_at), P(received_at), FIELD_END };
#undef P
static const struct record paper_record = { "my_paper", sizeof(struct my_paper), paper_fields };

#define K(f, ...) COL(struct my_call, f, __VA_ARGS__)
static const struct field call_fields[] = { K(meeting_id), K(kind, .words = meeting_kind_words), K(starts_at), K(status, .words = attendance_status_words),
	                                        FIELD_END };
#undef K
static const struct record call_record = { "my_call", sizeof(struct my_call), call_fields };

static const char *status_words(struct call *c, unsigned status)
{
	static const char *const names[] = { "", N_("Present"), N_("With reason"), N_("No reason"), N_("Need not come") };

	return *names[status] ? tr(c->lang, names[status]) : "";
}

static void fill_calls(struct call *c, struct my_view *v)
{
	for (size_t i = 0; i < v->call_n; i++) {
		unsigned status = v->calls[i].status;

		v->calls[i].words = status_words(c, status);
		v->present += status == ATTENDANCE_PRESENT;
		v->expected += status != ATTENDANCE_EXEMPT;
	}
}

static void fill_tasks(struct call *c, const struct tasks *t, struct my_view *v)
{
	v->tasks = ARENA_ARRAY(c->arena, t->n + 1, struct my_task);
	for (size_t i = 0; i < t->n; i++) {
		enum task_state s = task_state(&t->v[i], c->today);
		struct my_task *m = &v->tasks[v->task_n];

		if (!task_is_open(s) && v->done_n++ >= 5)
			continue;
		m->task = &t->v[i];
		m->state = task_is_claimed(&t->v[i], c->today) ? tr(c->lang, "said to be finished") : task_state_name(c->lang, s);
		m->late = s == TASK_IS_LATE;
		v->open_n += task_is_open(s);
		v->task_n++;
	}
}

/* Those in which the person has not voted yet. */
static fail find_ballots(struct call *c, const struct account *me, struct votes *out)
{
	size_t n = 0;

	TRY(votes_waiting(c, me->member_realm, me->member_id, out));
	for (size_t i = 0; i < out->n; i++)
		if (ballot_marked(c, out->v[i].id) >= 0 && !ballot_has_voted(c, out->v[i].id, me->member_id))
			out->v[n++] = out->v[i];
	out->n = n;
	return FAIL_OK;
}

static fail gather(struct call *c, const struct account *me, struct my_view *v)
{
	month_no month = date_month(c->today);
	struct tasks tasks;

	TRY(db_all(c, &Q_my_meetings, ARGS(V(me->member_realm), V(me->member_id), V(c->today)), &meeting_record, &v->meetings.v, &v->meetings.n));
	TRY(db_all(c, &Q_my_papers, ARGS(V(me->member_realm), V(me->member_id), V((struct date){ c->today.days - 31 })), &paper_record, &v->papers, &v->paper_n));
	TRY(db_all(c, &Q_my_calls, ARGS(V(me->member_realm), V(me->member_id), V((int64_t)(month - month % 12)), V((int64_t)month)), &call_record, &v->calls,
	           &v->call_n));
	TRY(tasks_of_member(c, me->member_realm, me->member_id, &tasks));
	TRY(find_ballots(c, me, &v->ballots));
	fill_calls(c, v);
	fill_tasks(c, &tasks, v);
	for (size_t i = 0; i < v->paper_n; i++)
		v->unread += !moment_is(v->papers[i].received_at);
	return FAIL_OK;
}

static void my_json(struct call *c, struct res *rs, const struct my_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "meetings");
	json_array(&j);
	for (size_t i = 0; i < v->meetings.n; i++) {
		json_object(&j);
		meeting_json(&j, &v->meetings.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, "tasks");
	json_array(&j);
	for (size_t i = 0; i < v->task_n; i++) {
		json_object(&j);
		task_json(&j, v->tasks[i].task, c->today);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_int(&j, "papers_unread", v->unread);
	json_put_int(&j, "present", v->present);
	json_put_int(&j, "expected", v->expected);
	json_object_end(&j);
}

static fail my_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct account *me = access_account(c);
	struct my_view v = { .is_member = me && me->member_id > 0 };
	struct page pg;

	rs->no_store = true;
	if (v.is_member)
		TRY(gather(c, me, &v));
	if (req_wants_json(rq)) {
		my_json(c, rs, &v);
		return FAIL_OK;
	}
	v.year = date_month(c->today) / 12;
	res_page(c, rq, rs, &pg, tr(c->lang, "My own"));
	page_crumb(&pg, NULL, tr(c->lang, "My own"));
	view_my(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param params[] = { { "format", N_("json or zip (of CSV files): as a file to save") }, { NULL, NULL } };

const struct route mine_routes[] = {
	{ GET, "/mine", MAY_SIGNED_IN, NULL, my_show, 0, N_("My meetings, papers, tasks and attendance") },
	{ GET, "/me/data", MAY_SIGNED_IN, NULL, data_show, 0, N_("Everything that is stored about me"), .query = params },
	{ HTTP_NONE },
};
