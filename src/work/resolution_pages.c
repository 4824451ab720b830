/* resolution_pages.c — what a unit resolved, and what has become of the tasks in it. Documents and numbers are kept by the room of papers. */
#include "work/pages.h"
#include "work_sql.h"
#include "work_views.h"

enum { SHOWN = 120 };

#define R(f) COL(struct resolution_line, f)
static const struct field line_fields[] = { R(document_id), R(meeting_id), R(number), R(dated_on), R(subject), R(meeting_code), R(given), R(done),
	                                        R(on_time), R(late), FIELD_END };
#undef R
static const struct record line_record = { "resolution_line", sizeof(struct resolution_line), line_fields };

static const char *name_of(struct call *c, const struct resolution_line *l)
{
	if (l->number > 0)
		return arena_printf(c->arena, "%02lld-NQ", (long long)l->number);
	return arena_printf(c->arena, tr(c->lang, "Meeting of %s"), show_date(c->arena, c->lang, l->dated_on));
}

static void write_json(struct call *c, struct res *rs, const struct resolutions_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		char day[DATE_TEXT];

		date_format(v->v[i].dated_on, day);
		json_object(&j);
		json_put_str(&j, "name", name_of(c, &v->v[i]));
		json_put_str(&j, "dated_on", day);
		json_put_str(&j, "meeting", v->v[i].meeting_code);
		json_put_int(&j, "given", v->v[i].given);
		json_put_int(&j, "done", v->v[i].done);
		json_put_int(&j, "on_time", v->v[i].on_time);
		json_put_int(&j, "late", v->v[i].late);
		json_object_end(&j);
	}
	json_array_end(&j);
}

static fail resolutions_show(struct call *c, const struct req *rq, struct res *rs)
{
	static const struct column columns[] = {
		{ N_("Resolution"), NULL, false }, { N_("Day"), NULL, false }, { N_("Tasks"), NULL, true }, { N_("Done"), NULL, true },
		{ N_("On time"), NULL, true }, { N_("Overdue"), NULL, true },
	};
	struct resolutions_view v = { 0 };
	struct unit u;
	struct page pg;

	TRY(page_unit(c, rq, &u));
	TRY(db_all(c, &Q_resolutions_of, ARGS(V(u.id), V(c->today), V((int64_t)SHOWN)), &line_record, &v.v, &v.n));
	if (req_wants_json(rq)) {
		write_json(c, rs, &v);
		return FAIL_OK;
	}
	for (size_t i = 0; i < v.n; i++) {
		struct resolution_line *l = &v.v[i];

		l->name = name_of(c, l);
		l->href = l->document_id > 0 ? page_path(c, "/units/%lld/tasks?show=all&resolution=%lld", (long long)u.id, (long long)l->document_id)
		                             : page_path(c, "/units/%lld/tasks?show=all&meeting=%lld", (long long)u.id, (long long)l->meeting_id);
	}
	v.unit_name = u.name;
	v.table = (struct table){ .caption = tr(c->lang, "Resolutions and their tasks"), .id = "resolutions", .columns = page_columns(c, columns, 6),
		                      .n = 6, .local = true };
	res_page(c, rq, rs, &pg, tr(c->lang, "Resolutions and their tasks"));
	page_crumb(&pg, page_path(c, "/units/%lld", (long long)u.id), u.name);
	page_crumb(&pg, page_path(c, "/units/%lld/tasks", (long long)u.id), tr(c->lang, "Tasks"));
	page_crumb(&pg, NULL, tr(c->lang, "Resolutions and their tasks"));
	view_resolutions(&rs->body, &pg, &v);
	return FAIL_OK;
}

const struct route resolution_routes[] = {
	{ GET, "/units/:unit/resolutions", MAY_SEE, unit_of_path, resolutions_show, 0, N_("What a unit resolved and what has become of the tasks") },
	{ HTTP_NONE },
};
