/* mine_pages.c — everything the system keeps about the person signed in, to read and to take away. */
#include <string.h>

#include "access/access.h"
#include "access/session.h"
#include "app/app_pages.h"
#include "app/shown.h"
#include "app_sql.h"
#include "app_views.h"
#include "db/db.h"
#include "http/res.h"
#include "meeting/attendance.h"
#include "org/member.h"
#include "org/post.h"
#include "work/task.h"

static size_t shown_fields(const struct record *r)
{
	size_t n = 0;

	for (const struct field *f = r->fields; f->name; f++)
		n += f->label && !(f->flags & INTERNAL);
	return n;
}

static void fill_cells(struct call *c, struct mine_section *s)
{
	size_t width = shown_fields(s->record), at = 0;
	const char **columns = ARENA_ARRAY(c->arena, width + 1, const char *);
	const char **cells = ARENA_ARRAY(c->arena, s->n * width + 1, const char *);

	for (const struct field *f = s->record->fields; f->name; f++)
		if (f->label && !(f->flags & INTERNAL))
			columns[s->column_n++] = tr(c->lang, f->label);
	for (size_t i = 0; i < s->n; i++)
		for (const struct field *f = s->record->fields; f->name; f++)
			if (f->label && !(f->flags & INTERNAL))
				cells[at++] = field_show(c->arena, c->lang, f, (const char *)s->rows + i * s->record->size);
	s->columns = columns;
	s->cells = cells;
}

static void add(struct call *c, struct mine_view *v, const char *key, const char *title, const struct record *r, const void *rows, size_t n)
{
	struct mine_section *s = &v->v[v->n++];

	*s = (struct mine_section){ .key = key, .title = tr(c->lang, title), .record = r, .rows = rows, .n = n };
	fill_cells(c, s);
}

/* The person as a member of the organisation. */
static fail add_member(struct call *c, struct mine_view *v, int64_t realm, int64_t id)
{
	struct member *m = ARENA_NEW(c->arena, struct member);
	struct membership *spans;
	struct posts posts;
	struct attendances calls;
	struct tasks tasks;
	size_t n;

	TRY(org_member(c, realm, id, m));
	TRY(org_memberships(c, realm, id, &spans, &n));
	TRY(org_posts_of_member(c, realm, id, &posts));
	TRY(db_all(c, &Q_mine_attendance, ARGS(V(realm), V(id)), &attendance_record, &calls.v, &calls.n));
	TRY(db_all(c, &Q_mine_tasks, ARGS(V(realm), V(id)), &task_record, &tasks.v, &tasks.n));
	v->is_member = true;
	add(c, v, "member", N_("As a member"), &member_record, m, 1);
	add(c, v, "memberships", N_("Where I belong and belonged"), &membership_record, spans, n);
	add(c, v, "posts", N_("Posts"), &post_record, posts.v, posts.n);
	add(c, v, "attendance", N_("Attendance"), &attendance_record, calls.v, calls.n);
	add(c, v, "tasks", N_("Tasks"), &task_record, tasks.v, tasks.n);
	return FAIL_OK;
}

static fail gather(struct call *c, struct mine_view *v)
{
	const struct account *me = access_account(c);
	struct grants roles;

	TRY(account_grants(c, me->id, DATE_NONE, &roles));
	add(c, v, "account", N_("Account"), &account_record, me, 1);
	add(c, v, "roles", N_("Roles"), &grant_record, roles.v, roles.n);
	return me->member_id == INT_UNKNOWN ? FAIL_OK : add_member(c, v, me->member_realm, me->member_id);
}

static void write_json(struct res *rs, const struct mine_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	for (size_t i = 0; i < v->n; i++) {
		const struct mine_section *s = &v->v[i];

		json_key(&j, s->key);
		json_array(&j);
		for (size_t k = 0; k < s->n; k++) {
			json_object(&j);
			record_json(&j, s->record, (const char *)s->rows + k * s->record->size);
			json_object_end(&j);
		}
		json_array_end(&j);
	}
	json_object_end(&j);
}

static fail mine_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *format = req_query(rq, "format");
	bool as_file = format && strcmp(format, "json") == 0;
	struct mine_view v = { 0 };
	struct page pg;

	TRY(gather(c, &v));
	rs->no_store = true;
	if (as_file || req_wants_json(rq)) {
		write_json(rs, &v);
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

static const struct query_param params[] = { { "format", N_("json: as a file to save") }, { NULL, NULL } };

const struct route mine_routes[] = {
	{ GET, "/me/data", MAY_SIGNED_IN, NULL, mine_show, 0, N_("Everything that is stored about me"), .query = params },
	{ HTTP_NONE },
};
