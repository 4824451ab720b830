/* agenda_pages.c — the agenda before the meeting: proposed in one tap, arranged item by item, saved as it is typed. */
#include <string.h>

#include "meeting/agenda.h"
#include "meeting/cycle.h"
#include "prepare_views.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/prepare_shown.h"

enum { TASKS_SHOWN = 8 };

struct data {
	int64_t id;
	struct meeting m;
	struct agenda a;
	struct agenda_frame f;
	struct tasks due;
};

/* What has to be reported on: everything unfinished, and what was due since the meeting before. */
static fail load_tasks(struct call *c, struct data *p)
{
	struct tasks open, due = { 0 };
	struct meeting before;

	TRY(tasks_open(c, p->m.realm, p->m.unit_id, &open));
	TRY(meeting_previous_regular(c, &p->m, &before));
	if (before.id)
		TRY(tasks_due_between(c, p->m.realm, p->m.unit_id, meeting_day(&before), meeting_day(&p->m), &due));
	p->due.v = ARENA_ARRAY(c->arena, open.n + due.n + 1, struct task);
	for (size_t i = 0; i < open.n; i++)
		if (open.v[i].meeting_id != p->m.id)
			p->due.v[p->due.n++] = open.v[i];
	for (size_t i = 0; i < due.n; i++)
		if (due.v[i].result != TASK_OPEN || date_is(due.v[i].done_on))
			p->due.v[p->due.n++] = due.v[i];
	return FAIL_OK;
}

static fail load(struct call *c, void *arg)
{
	struct data *p = arg;

	p->due = (struct tasks){ 0 };
	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(agenda_of(c, &p->m, &p->a));
	TRY(agenda_frame_of(c, &p->m, &p->f));
	return load_tasks(c, p);
}

static const char *item_path(struct call *c, int64_t meeting, int64_t item)
{
	return arena_printf(c->arena, "/meetings/%lld/agenda#f-item%lld", (long long)meeting, (long long)item);
}

/* ---------------------------------------------------------------- showing */

static void add_lines(struct call *c, const struct data *p, struct agenda_view *v)
{
	unsigned part = AGENDA_NO_PART;

	v->n = p->a.n;
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct agenda_line);
	for (size_t i = 0; i < v->n; i++) {
		const struct agenda_item *it = &p->a.v[i];

		v->v[i] = (struct agenda_line){
			.item = it, .title = it->title, .rev = it->rev, .up = agenda_may_move(&p->a, i, -1), .down = agenda_may_move(&p->a, i, 1),
			.drop = !it->mandatory && !it->done, .tasks = strcmp(it->step, "ST-M2") == 0,
			.minutes = it->planned_minutes > 0 ? arena_printf(c->arena, "%lld", (long long)it->planned_minutes) : "",
		};
		if (it->part != part)
			v->v[i].heading = agenda_part_name(c->lang, it->part);
		part = it->part;
	}
}

static bool is_on(const struct agenda *a, const char *title)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i].title, title) == 0)
			return true;
	return false;
}

/* Items by type of unit, and steps on request, that are not there yet. */
static void add_offers(struct call *c, const struct data *p, struct agenda_view *v)
{
	const struct agenda_rule *r = p->f.rule;

	v->offers = ARENA_ARRAY(c->arena, p->f.offer_n + (r ? r->n : 0) + 1, struct agenda_offer);
	for (size_t i = 0; i < p->f.offer_n; i++)
		if (!is_on(&p->a, p->f.offers[i][LANG_VI]))
			v->offers[v->offer_n++] = (struct agenda_offer){ "offer", arena_printf(c->arena, "%zu", i), p->f.offers[i][c->lang] };
	for (size_t i = 0; r && i < r->n; i++)
		if (r->steps[i].when == AGENDA_ON_REQUEST && !agenda_find(&p->a, r->steps[i].step))
			v->offers[v->offer_n++] = (struct agenda_offer){ "step", r->steps[i].step, r->steps[i].title[c->lang] };
	for (unsigned part = AGENDA_MAIN; part <= AGENDA_CLOSING; part++)
		v->parts[v->part_n++] = (struct choice){ agenda_part_words[part], agenda_part_name(c->lang, part), NULL };
	v->parts[v->part_n++] = (struct choice){ agenda_part_words[AGENDA_OPENING], agenda_part_name(c->lang, AGENDA_OPENING), NULL };
}

static void fill(struct call *c, struct data *p, struct agenda_view *v)
{
	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->sums = agenda_sums(&p->a);
	v->required = p->f.needs.minutes;
	v->missing = agenda_missing(&p->f, &p->a);
	v->has_rule = p->f.rule != NULL;
	v->may_papers = page_may_read_papers(c, p->m.unit_id);
	v->may = call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_PREPARATION);
	if (!meeting_part_is_open(&p->m, PART_PREPARATION) && p->a.n)
		v->closed = tr(c->lang, "The meeting has begun: the agenda stays as it is, what was done is ticked in the room.");
	v->due_more = p->due.n > TASKS_SHOWN ? p->due.n - TASKS_SHOWN : 0;
	p->due.n -= v->due_more;
	v->due = &p->due;
	add_lines(c, p, v);
	add_offers(c, p, v);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *p, struct agenda_view *v)
{
	struct page pg;

	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Agenda"), tr(c->lang, "Agenda"));
	view_agenda(&rs->body, &pg, v);
}

static void json_page(struct call *c, struct res *rs, const struct data *p)
{
	struct agenda_sums s = agenda_sums(&p->a);
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", p->m.code);
	json_put_int(&j, "required_minutes", p->f.needs.minutes);
	json_put_int(&j, "planned_minutes", s.planned_minutes);
	json_put_int(&j, "steps_required", s.required);
	json_put_int(&j, "steps_done", s.done);
	json_put_int(&j, "steps_missing", (int64_t)agenda_missing(&p->f, &p->a));
	json_key(&j, "items");
	json_array(&j);
	for (size_t i = 0; i < p->a.n; i++) {
		json_object(&j);
		record_json(&j, &agenda_item_record, &p->a.v[i]);
		json_put_int(&j, "rev", p->a.v[i].rev);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, "tasks");
	json_array(&j);
	for (size_t i = 0; i < p->due.n; i++) {
		json_object(&j);
		task_json(&j, &p->due.v[i], c->today);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail agenda_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data p = { 0 };
	struct agenda_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	if (req_wants_json(rq)) {
		json_page(c, rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &agenda_item_record, NULL);
	fill(c, &p, &v);
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the whole */

static fail said(struct call *c, const struct req *rq, struct res *rs, int64_t meeting, int64_t item, const char *text)
{
	struct flash what = { .text = text };

	return res_done(c, rq, rs, item ? item_path(c, meeting, item) : arena_printf(c->arena, "/meetings/%lld/agenda", (long long)meeting), &what);
}

static fail propose_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct agenda a;
	int64_t id;

	TRY(req_id(c, rq, "meeting", &id));
	TRY(agenda_propose(c, id, &a));
	struct agenda_sums s = agenda_sums(&a);

	return said(c, rq, rs, id, 0, arena_printf(c->arena, tr(c->lang, "The agenda has %lld items and %lld minutes."), (long long)s.items,
	                                           (long long)s.planned_minutes));
}

/* ---------------------------------------------------------------- adding */

/* What the form names: a step on request, an item offered to this type of unit, or one of the cell's own. */
static fail wanted_item(struct call *c, const struct req *rq, const struct data *p, struct agenda_item *it, struct form *form)
{
	const char *offer = req_form(rq, "offer");
	int64_t n;

	record_clear(&agenda_item_record, it);
	if (offer && int_parse(offer, &n) && n >= 0 && n < (int64_t)p->f.offer_n) {
		form_begin(form, c, &agenda_item_record, NULL);
		it->part = AGENDA_MAIN;
		it->step = "";
		it->title = p->f.offers[n][LANG_VI];
		it->planned_minutes = 5;
		return FAIL_OK;
	}
	if (req_form(rq, "step"))
		it->title = "-"; /* the step brings its own */
	return req_record(c, rq, &agenda_item_record, it, form);
}

static fail add_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data p = { 0 };
	struct agenda_view v = { 0 };
	struct agenda_item wanted, it;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(db_read(c, load, &p));
	fail f = wanted_item(c, rq, &p, &wanted, &v.form);

	if (f == FAIL_OK)
		f = agenda_add(c, p.id, &wanted, &it);
	if (f == FAIL_OK)
		return said(c, rq, rs, p.id, it.item, arena_printf(c->arena, tr(c->lang, "On the agenda: %s"), it.title));
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	fill(c, &p, &v);
	write_page(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- one item */

/* The page comes back with the item open: what was typed, and what stands there now. */
static fail item_again(struct call *c, const struct req *rq, struct res *rs, struct data *p, const struct agenda_item *stored, fail why)
{
	struct agenda_view v = { 0 };
	int64_t item;

	TRY(req_id(c, rq, "item", &item));
	const char *text = c->problem.text;

	if (why == FAIL_CONFLICT && stored->item)
		text = arena_printf(c->arena, tr(c->lang, "Somebody else changed this item. Stored now: “%s”, %s. Yours is below; save to put it in its place."),
		                    stored->title, stored->planned_minutes > 0 ?
		                    arena_printf(c->arena, tr(c->lang, "%lld minutes"), (long long)stored->planned_minutes) : tr(c->lang, "no minutes"));
	problem_clear(c);
	TRY(db_read(c, load, p));
	form_begin(&v.form, c, &agenda_item_record, NULL);
	fill(c, p, &v);
	for (size_t i = 0; i < v.n; i++) {
		struct agenda_line *l = &v.v[i];

		if (l->item->item != item)
			continue;
		l->problem = text;
		form_problem(&v.form, arena_printf(c->arena, "item%lld", (long long)item), text);
		l->open = true;
		l->title = req_form(rq, "title") ? req_form(rq, "title") : l->title;
		l->minutes = req_form(rq, "planned_minutes") ? req_form(rq, "planned_minutes") : l->minutes;
	}
	write_page(c, rq, rs, p, &v);
	return res_again(rs, why);
}

static fail read_item(struct call *c, const struct req *rq, int64_t item, struct agenda_item *it)
{
	struct form form;

	record_clear(&agenda_item_record, it);
	TRY(req_rev(c, rq, &it->rev));
	TRY(req_record(c, rq, &agenda_item_record, it, &form));
	it->item = item;
	return FAIL_OK;
}

static fail save_item(struct call *c, const struct req *rq, struct res *rs, int64_t id, int64_t item)
{
	struct data p = { .id = id };
	struct agenda_item it, stored = { 0 };
	fail f = read_item(c, rq, item, &it);

	if (f == FAIL_OK)
		f = agenda_change(c, id, &it, &stored);
	if (f == FAIL_OK) {
		res_rev(c, rq, rs, it.rev);
		return said(c, rq, rs, id, item, tr(c->lang, "Saved."));
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	return item_again(c, rq, rs, &p, &stored, f);
}

static fail item_post(struct call *c, const struct req *rq, struct res *rs)
{
	const char *what = req_form(rq, "do"), *place = req_form(rq, "place");
	int64_t id, item, from = 0;

	TRY(req_id(c, rq, "meeting", &id));
	TRY(req_id(c, rq, "item", &item));
	if (!what || !*what || strcmp(what, "save") == 0)
		return save_item(c, rq, rs, id, item);
	if (strcmp(what, "drop") == 0) {
		TRY(agenda_drop(c, id, item));
		return said(c, rq, rs, id, 0, tr(c->lang, "Taken off the agenda."));
	}
	if ((strcmp(what, "up") != 0 && strcmp(what, "down") != 0) || !place || !int_parse(place, &from))
		return problem(c, FAIL_INPUT, "do", "say what to do with the item: save, up, down or drop; to move it, give its place");
	TRY(agenda_move(c, id, item, from, strcmp(what, "up") == 0 ? -1 : 1));
	return said(c, rq, rs, id, item, tr(c->lang, "Moved."));
}

const struct route agenda_routes[] = {
	{ GET, "/meetings/:meeting/agenda", MAY_SEE, page_meeting_unit, agenda_show, 0, N_("The agenda of a meeting, with last month's tasks"), NULL,
	  &agenda_item_record, NULL },
	{ POST, "/meetings/:meeting/agenda", MAY_RECORD, page_meeting_unit, add_post, 0, N_("Adds an item: title, part, planned_minutes; or step; or offer"),
	  &agenda_item_record, NULL, NULL },
	{ POST, "/meetings/:meeting/agenda/propose", MAY_RECORD, page_meeting_unit, propose_post, 0, N_("Makes the agenda whole: steps, order, minutes") },
	{ POST, "/meetings/:meeting/agenda/:item", MAY_RECORD, page_meeting_unit, item_post, 0, N_("Changes, moves or drops an item: do, title, planned_minutes, place"),
	  &agenda_item_record, NULL, NULL },
	{ HTTP_NONE },
};
