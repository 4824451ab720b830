/* list_pages.c — meetings of a unit; sheets that wait for a decision. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "org/unit.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

enum { PAGE = 100, QUEUE_PAGE = 200 };

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

/* ---------------------------------------------------------------- the queue */

static int by_start(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;

	if (x->starts_at.minutes != y->starts_at.minutes)
		return x->starts_at.minutes < y->starts_at.minutes ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Of all units whose class the person decides; what belongs to two of them comes once. */
static fail queue_of(struct call *c, struct meetings *out)
{
	struct reach reach = access_reach(c, MAY_DECIDE);
	struct units roots = { 0 };
	month_no since = date_month(c->today) - 24;

	if (reach.everything)
		TRY(org_roots(c, c->today, &roots));
	size_t units = reach.everything ? roots.n : reach.n;

	*out = (struct meetings){ ARENA_ARRAY(c->arena, units * QUEUE_PAGE + 1, struct meeting), 0 };
	for (size_t i = 0; i < units; i++) {
		struct meetings part;

		TRY(score_queue(c, reach.everything ? roots.v[i].id : reach.v[i], since, MOMENT_NONE, 0, QUEUE_PAGE, &part));
		if (part.n)
			if (part.n)
			memcpy(out->v + out->n, part.v, part.n * sizeof *part.v);
		out->n += part.n;
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_start);
	size_t kept = 0;

	for (size_t i = 0; i < out->n; i++)
		if (!kept || out->v[kept - 1].id != out->v[i].id)
			out->v[kept++] = out->v[i];
	out->n = kept;
	return FAIL_OK;
}

static void queue_table(struct call *c, struct queue_view *v)
{
	static const char *const labels[] = { N_("Unit"), N_("Day"), N_("Kind"), N_("Attendance"), N_("The cell's own points"), N_("Class"), N_("Take over") };
	struct column *columns = ARENA_ARRAY(c->arena, 7, struct column);

	for (size_t i = 0; i < 7; i++)
		columns[i] = (struct column){ tr(c->lang, labels[i]), NULL, i == 3 || i == 4 };
	v->table = (struct table){ .caption = tr(c->lang, "Sheets that wait for a decision"), .id = "queue", .columns = columns, .n = 7 };
}

struct queue_page {
	struct queue_view v;
	struct meetings list;
};

static fail queue_gather(struct call *c, void *arg)
{
	struct queue_page *p = arg;

	TRY(queue_of(c, &p->list));
	p->v.n = p->list.n < QUEUE_PAGE ? p->list.n : QUEUE_PAGE;
	p->v.more = p->list.n > QUEUE_PAGE;
	p->v.v = ARENA_ARRAY(c->arena, p->v.n + 1, struct meeting_line);
	for (size_t i = 0; i < p->v.n; i++)
		p->v.v[i] = page_line(c, &p->list.v[i]);
	queue_table(c, &p->v);
	return FAIL_OK;
}

static void queue_write(struct call *c, const struct req *rq, struct res *rs, struct queue_page *p)
{
	struct page pg;

	if (req_wants_json(rq)) {
		list_json(rs, &p->list, NULL);
		return;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "Sheets that wait for a decision"));
	pg.wide = true;
	view_queue(&rs->body, &pg, &p->v);
}

static fail queue_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct queue_page p = { 0 };

	form_begin(&p.v.form, c, NULL, NULL);
	TRY(queue_gather(c, &p));
	queue_write(c, rq, rs, &p);
	return FAIL_OK;
}

struct many {
	const struct req *rq;
	struct form *form;
	int64_t done;
};

/* Each sheet by itself: one that cannot be taken over does not hold up the others. */
static fail confirm_many(struct call *c, void *arg)
{
	struct many *k = arg;
	struct meeting m;
	const char *text;
	int64_t id;

	k->done = 0;
	k->form->n = 0;
	for (size_t at = 0; (text = req_form_next(k->rq, "meeting", &at));) {
		if (!int_parse(text, &id))
			return problem(c, FAIL_INPUT, "meeting", "“%s” is not the number of a meeting", text);
		fail f = score_confirm(c, id, ANY_REV, &m);

		if (f == FAIL_BUSY || f == FAIL_BROKEN)
			return f;
		if (f == FAIL_OK)
			k->done++;
		else
			(void)form_failed(k->form);
	}
	return FAIL_OK;
}

static fail queue_decide(struct call *c, const struct req *rq, struct res *rs)
{
	struct queue_page p = { 0 };
	struct many many = { rq, &p.v.form, 0 };

	form_begin(&p.v.form, c, NULL, NULL);
	TRY(db_write(c, confirm_many, &many));
	if (!many.done && !p.v.form.n)
		return problem(c, FAIL_INPUT, "meeting", "tick the sheets to be taken over");
	if (!p.v.form.n) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "%s sheets taken over as the cells scored them."),
			                                       show_int(c->arena, c->lang, many.done)) };

		return res_done(c, rq, rs, "/decide", &said);
	}
	if (req_wants_json(rq))
		return problem(c, FAIL_CONFLICT, "meeting", "%s", p.v.form.problems[0].text);
	TRY(db_read(c, queue_gather, &p));
	queue_write(c, rq, rs, &p);
	return res_again(rs, FAIL_CONFLICT);
}

static const struct query_param list_query[] = { { "period", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	                                             { "structure", N_("then: the units of that time; now: those of today") },
	                                             { "before", N_("where the page before ended") },
	                                             { NULL, NULL } };

const struct route meeting_list_routes[] = {
	{ GET, "/units/:unit/meetings", MAY_SEE, unit_of_path, meetings_show, 0, N_("Meetings of a unit and all below it, newest first"), NULL,
	  &meeting_record, list_query },
	{ GET, "/decide", MAY_SIGNED_IN, NULL, queue_show, 0, N_("Sheets that wait for my decision"), NULL, &meeting_record, NULL },
	{ POST, "/decide", MAY_SIGNED_IN, NULL, queue_decide, 0, N_("Takes over the cells' own sheets of the meetings named: meeting, many times"), NULL,
	  NULL, NULL },
	{ HTTP_NONE },
};
