/* list_pages.c — meetings of a unit. What waits for a decision is queue_pages.c. */
#include <string.h>

#include "org/unit.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

enum { PAGE = 100 };

/* ---------------------------------------------------------------- meetings of a unit */

/* "2025-11-03T19:00.123": where the page before ended. */
static fail read_cursor(struct call *c, const struct req *rq, struct meeting_list_query *q)
{
	const char *text = req_query(rq, "before"), *dot = text ? strchr(text, '.') : NULL;

	q->before = MOMENT_NONE;
	if (!text)
		return FAIL_OK;
	if (!dot || !moment_parse(arena_strndup(c->arena, text, (size_t)(dot - text)), &q->before) || !int_parse(dot + 1, &q->before_id))
		return problem(c, FAIL_INPUT, "before", "this address does not lead to a page; begin again without “before”");
	return FAIL_OK;
}

static const char *cursor_after(struct call *c, const struct meeting *m)
{
	char start[MOMENT_TEXT];

	moment_format(m->starts_at, start);
	return arena_printf(c->arena, "%s.%lld", start, (long long)m->id);
}

static void list_json(struct res *rs, const struct meetings *list, const char *next)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "meetings");
	json_array(&j);
	for (size_t i = 0; i < list->n; i++) {
		json_object(&j);
		meeting_json(&j, &list->v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_str(&j, "next", next);
	json_object_end(&j);
}

static void list_rows(struct call *c, const struct meetings *list, struct meetings_view *v)
{
	v->n = list->n;
	v->v = ARENA_ARRAY(c->arena, list->n + 1, struct meeting_line);
	for (size_t i = 0; i < list->n; i++)
		v->v[i] = page_line(c, &list->v[i]);
}

static void list_table(struct call *c, struct meetings_view *v)
{
	static const struct column columns[] = {
		{ N_("Day"), NULL, false },   { N_("Kind"), NULL, false }, { N_("Unit"), NULL, false },      { N_("Present"), NULL, true },
		{ N_("Attendance"), NULL, true }, { N_("Points"), NULL, true }, { N_("Class"), NULL, false }, { N_("State"), NULL, false },
	};
	struct column *translated = ARENA_ARRAY(c->arena, 8, struct column);

	for (size_t i = 0; i < 8; i++) {
		translated[i] = columns[i];
		translated[i].label = tr(c->lang, columns[i].label);
	}
	v->table = (struct table){ .caption = v->title, .id = "meetings", .columns = translated, .n = 8 };
}

static fail meetings_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting_list_query q = { .limit = PAGE, .today = c->today };
	struct meetings list;
	struct meetings_view v = { 0 };
	struct unit unit;
	struct page pg;
	int year;

	TRY(unit_of_path(c, rq, &q.unit_id));
	date_split(c->today, &year, &(int){ 0 }, &(int){ 0 });
	TRY(req_period(c, rq, (struct period){ month_of(year, 1), month_of(year, 12) }, &q.period));
	TRY(req_structure(c, rq, &q.now));
	TRY(read_cursor(c, rq, &q));
	TRY(org_unit_nearest(c, q.unit_id, c->today, &unit));
	TRY(meeting_list(c, &q, &list));
	v.pager.total = -1;
	v.pager.shown = (int64_t)list.n;
	if (list.n == PAGE)
		v.pager.next = req_link(c, rq, "before", cursor_after(c, &list.v[list.n - 1]));
	if (req_wants_json(rq)) {
		list_json(rs, &list, v.pager.next);
		return FAIL_OK;
	}
	v.unit_id = q.unit_id;
	v.unit_name = unit.name;
	v.title = arena_printf(c->arena, tr(c->lang, "Meetings of %s"), unit.name);
	v.may_record = meeting_fits_level(MEETING_REGULAR, unit.level) && call_may(c, MAY_RECORD, q.unit_id);
	v.one_cell = unit.level == LEVEL_CELL;
	v.chooser = (struct chooser){ .action = rq->path, .period = q.period, .structure = v.one_cell ? NULL : q.now ? "now" : "then" };
	list_rows(c, &list, &v);
	list_table(c, &v);
	res_page(c, rq, rs, &pg, v.title);
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)q.unit_id), unit.name);
	page_crumb(&pg, NULL, tr(c->lang, "Meetings"));
	pg.wide = !v.one_cell;
	view_meetings(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param list_query[] = { { "period", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	                                             { "structure", N_("then: the units of that time; now: those of today") },
	                                             { "before", N_("where the page before ended") },
	                                             { NULL, NULL } };

const struct route meeting_list_routes[] = {
	{ GET, "/units/:unit/meetings", MAY_SEE, unit_of_path, meetings_show, 0, N_("Meetings of a unit and all below it, newest first"), NULL,
	  &meeting_record, list_query },
	{ HTTP_NONE },
};
