/* line_pages.c — one thematic topic, one line of the work programme: a page each, saved and removed. */
#include "plan/plan_pages.h"

#include <string.h>

#include "db/db.h"
#include "plan/plan_page.h"
#include "plan_views.h"

struct line_data {
	struct plan_page d;
	int64_t id;
	struct plan_topic topic;
	struct plan_item item;
	bool is_topic;
};

static fail load_line(struct call *c, void *arg)
{
	struct line_data *l = arg;
	const char *name = l->is_topic ? "topic" : "item", *id = req_param(l->d.rq, name);
	bool known = false;

	TRY(plan_page_load(c, &l->d));
	record_clear(&plan_topic_record, &l->topic);
	record_clear(&plan_item_record, &l->item);
	l->id = 0;
	if (strcmp(id, "new") == 0)
		return FAIL_OK;
	TRY(req_id(c, l->d.rq, name, &l->id));
	for (size_t i = 0; l->is_topic && i < l->d.y.topics.n; i++)
		if (l->d.y.topics.v[i].id == l->id) {
			l->topic = l->d.y.topics.v[i];
			known = true;
		}
	for (size_t i = 0; !l->is_topic && i < l->d.y.items.n; i++)
		if (l->d.y.items.v[i].id == l->id) {
			l->item = l->d.y.items.v[i];
			known = true;
		}
	return known ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "", "this line is no longer in the plan");
}

static void month_choices(struct call *c, const struct line_data *l, struct line_view *v)
{
	v->months = ARENA_ARRAY(c->arena, 16, struct choice);
	for (int q = 1; q <= 4; q++) {
		v->months[v->month_n++] =
		    (struct choice){ arena_printf(c->arena, "q%d", q),
			                 arena_printf(c->arena, tr(c->lang, "quarter %s, month not known yet"), plan_quarters[q]), NULL };
		for (int m = q * 3 - 2; m <= q * 3; m++)
			v->months[v->month_n++] =
			    (struct choice){ arena_printf(c->arena, "%d", m), show_month(c->arena, c->lang, month_of(l->d.year, m)), NULL };
	}
}

static void people_choices(struct call *c, const struct line_data *l, struct line_view *v)
{
	v->people = ARENA_ARRAY(c->arena, l->d.roll.n + 1, struct choice);
	v->people[v->people_n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < l->d.roll.n; i++)
		v->people[v->people_n++] = (struct choice){ l->d.roll.v[i].code, l->d.roll.v[i].full_name, NULL };
}

static void write_line(struct call *c, const struct req *rq, struct res *rs, struct line_data *l, struct line_view *v)
{
	const char *kind = l->is_topic ? "topics" : "items", *plan = arena_printf(c->arena, tr(c->lang, "Plan of %d"), l->d.year);
	struct page pg;

	v->topic = l->is_topic;
	v->known = l->id != 0;
	v->title = l->is_topic ? tr(c->lang, "Thematic topic") : tr(c->lang, "Work of the programme");
	v->action = l->id ? plan_page_path(c, l->d.unit_id, "/plan/%s/%lld", kind, (long long)l->id)
	                  : plan_page_path(c, l->d.unit_id, "/plan/%s/new", kind);
	v->back = plan_page_path(c, l->d.unit_id, "/plan?year=%d", l->d.year);
	v->back_text = tr(c->lang, "Go back, change nothing");
	v->year = l->d.year;
	v->rev = l->d.y.plan.rev;
	month_choices(c, l, v);
	people_choices(c, l, v);
	plan_page_begin(c, rq, rs, &pg, &l->d.y.unit, v->back, plan, v->title);
	view_plan_line(&rs->body, &pg, v);
}

/* What stands in the fields: the month of a topic may be only its quarter. */
static void begin_line(struct call *c, struct line_data *l, struct line_view *v)
{
	const struct plan_topic *t = &l->topic;
	struct pairs *shown = ARENA_NEW(c->arena, struct pairs);

	form_begin(&v->form, c, l->is_topic ? &plan_topic_record : &plan_item_record, l->is_topic ? (const void *)&l->topic : &l->item);
	if (!l->is_topic || l->id == 0 || v->form.typed)
		return;
	pairs_add(c->arena, shown, "title", t->title);
	pairs_add(c->arena, shown, "author_code", t->author_code ? t->author_code : "");
	pairs_add(c->arena, shown, "month",
	          t->month == INT_UNKNOWN ? arena_printf(c->arena, "q%lld", (long long)t->quarter)
	                                  : arena_printf(c->arena, "%lld", (long long)t->month));
	v->form.typed = shown;
}

static fail line_show(struct call *c, const struct req *rq, struct res *rs, bool topic)
{
	struct line_data l = { .d.rq = rq, .is_topic = topic };
	struct line_view v = { 0 };

	TRY(load_line(c, &l));
	if (req_wants_json(rq)) {
		plan_page_json(c, rs, &l.d);
		return FAIL_OK;
	}
	begin_line(c, &l, &v);
	write_line(c, rq, rs, &l, &v);
	return FAIL_OK;
}

static fail topic_show(struct call *c, const struct req *rq, struct res *rs)
{
	return line_show(c, rq, rs, true);
}

static fail item_show(struct call *c, const struct req *rq, struct res *rs)
{
	return line_show(c, rq, rs, false);
}

static fail read_topic(struct call *c, const struct req *rq, struct line_data *l)
{
	struct plan_topic *t = &l->topic;
	const char *title = req_form(rq, "title"), *month = req_form(rq, "month"), *quarter = req_form(rq, "quarter"),
	           *author = req_form(rq, "author_code");

	t->unit_id = l->d.unit_id;
	t->year = l->d.year;
	t->id = l->id;
	t->title = title ? text_clean(c->arena, title) : t->title ? t->title : "";
	t->author_code = author ? author : t->author_code ? t->author_code : "";
	if (month && *month != 'q')
		TRY(field_parse(c, record_field(&plan_topic_record, "month"), month, t));
	if (month && *month == 'q') {
		t->month = INT_UNKNOWN;
		quarter = month + 1;
	}
	if (quarter)
		TRY(field_parse(c, record_field(&plan_topic_record, "quarter"), quarter, t));
	else if (month && t->month != INT_UNKNOWN)
		t->quarter = (t->month - 1) / 3 + 1;
	return text_length(t->title) > 500 ? problem(c, FAIL_INPUT, "title", "at most %d characters", 500) : FAIL_OK;
}

static fail read_item(struct call *c, const struct req *rq, struct line_data *l, struct form *form)
{
	TRY(req_record(c, rq, &plan_item_record, &l->item, form));
	l->item.unit_id = l->d.unit_id;
	l->item.year = l->d.year;
	l->item.id = l->id;
	if (!l->item.leader_code)
		l->item.leader_code = "";
	return FAIL_OK;
}

static fail line_post(struct call *c, const struct req *rq, struct res *rs, bool topic)
{
	struct line_data l = { .d.rq = rq, .is_topic = topic };
	struct line_view v = { 0 };
	int64_t rev;

	TRY(db_read(c, load_line, &l));
	begin_line(c, &l, &v);
	v.form.typed = &rq->form;
	fail f = plan_page_rev(c, rq, &rev);

	if (f == FAIL_OK)
		f = topic ? read_topic(c, rq, &l) : read_item(c, rq, &l, &v.form);
	if (f == FAIL_OK)
		f = topic ? plan_topic_save(c, &l.topic, rev) : plan_item_save(c, &l.item, rev);
	if (f == FAIL_OK)
		return plan_page_done(c, rq, rs, plan_page_path(c, l.d.unit_id, "/plan?year=%d", l.d.year), tr(c->lang, "Saved."),
		                      arena_printf(c->arena, "%s-%d", l.d.y.unit.code, l.d.year));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	write_line(c, rq, rs, &l, &v);
	return res_again(rs, f);
}

static fail topic_post(struct call *c, const struct req *rq, struct res *rs)
{
	return line_post(c, rq, rs, true);
}

static fail item_post(struct call *c, const struct req *rq, struct res *rs)
{
	return line_post(c, rq, rs, false);
}

static fail line_remove(struct call *c, const struct req *rq, struct res *rs, bool topic)
{
	struct line_data l = { .d.rq = rq, .is_topic = topic };
	int64_t rev;

	TRY(db_read(c, load_line, &l));
	TRY(plan_page_rev(c, rq, &rev));
	return plan_page_end(c, rq, rs, &l.d,
	                     topic ? plan_topic_remove(c, l.d.unit_id, l.d.year, l.id, rev)
	                           : plan_item_remove(c, l.d.unit_id, l.d.year, l.id, rev),
	                     tr(c->lang, "Removed from the plan."));
}

static fail topic_remove(struct call *c, const struct req *rq, struct res *rs)
{
	return line_remove(c, rq, rs, true);
}

static fail item_remove(struct call *c, const struct req *rq, struct res *rs)
{
	return line_remove(c, rq, rs, false);
}

static const struct query_param year_param[] = { { "year", N_("the year, such as 2026; this year if not given") }, { NULL, NULL } };

const struct route plan_line_routes[] = {
	{ GET, "/units/:unit/plan/topics/:topic", MAY_RECORD, unit_of_path, topic_show, 0,
	  N_("A thematic topic of the plan; “new” for another one"), .query = year_param },
	{ POST, "/units/:unit/plan/topics/:topic", MAY_RECORD, unit_of_path, topic_post, 0, N_("Saves a thematic topic: year, rev"),
	  .form = &plan_topic_record },
	{ POST, "/units/:unit/plan/topics/:topic/remove", MAY_RECORD, unit_of_path, topic_remove, 0,
	  N_("Takes a topic out of the plan: year, rev") },
	{ GET, "/units/:unit/plan/items/:item", MAY_RECORD, unit_of_path, item_show, 0,
	  N_("A line of the work programme; “new” for another one"), .query = year_param },
	{ POST, "/units/:unit/plan/items/:item", MAY_RECORD, unit_of_path, item_post, 0, N_("Saves a line of the work programme: year, rev"),
	  .form = &plan_item_record },
	{ POST, "/units/:unit/plan/items/:item/remove", MAY_RECORD, unit_of_path, item_remove, 0,
	  N_("Takes a line out of the work programme: year, rev") },
	{ HTTP_NONE },
};
