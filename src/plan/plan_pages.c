/* plan_pages.c — the year plan of a cell: its twelve days, topics, programme. One topic or line of the programme is line_pages.c. */
#include "plan/plan_pages.h"

#include <string.h>

#include "db/db.h"
#include "org/member.h"
#include "plan/plan_page.h"
#include "plan/programme.h"
#include "plan_views.h"

const char *const plan_quarters[] = { "", "I", "II", "III", "IV" };
static const char *const day_fields[12] = { "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12" };

fail plan_page_load(struct call *c, void *arg)
{
	struct plan_page *d = arg;
	struct plan before;

	TRY(unit_of_path(c, d->rq, &d->unit_id));
	TRY(plan_page_year(c, d->rq, &d->year));
	TRY(plan_load(c, d->unit_id, d->year, &d->y));
	if (d->year == date_month(c->today) / 12)
		TRY(plan_alerts_load(c, d->unit_id, &d->alerts));
	if (d->y.plan.programme_id > 0)
		TRY(document_by_id(c, d->y.plan.programme_id, &d->programme));
	TRY(plan_get(c, d->y.unit.realm, d->unit_id, d->year - 1, &before));
	d->may_copy = before.rev && !d->y.topics.n && !d->y.items.n;
	d->may_edit = call_may(c, MAY_RECORD, d->unit_id);
	d->names = call_may(c, MAY_SEE_MEMBERS, d->unit_id) || call_may(c, MAY_TAKE_PART, d->unit_id);
	return org_members_on(c, d->unit_id, c->today, &d->roll);
}

/* ---- the twelve months ---- */

static const char *weekday(struct call *c, struct date d)
{
	static const char *const names[] = { "", N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

	return arena_printf(c->arena, "%s, %s", tr(c->lang, names[date_weekday(d)]), show_date(c->arena, c->lang, d));
}

static const char *topic_of(const struct plan_page *d, const struct plan_slot *s)
{
	for (size_t i = 0; i < d->y.topics.n; i++)
		if (d->y.topics.v[i].month == s->month % 12 + 1)
			return d->y.topics.v[i].title;
	return NULL;
}

static void slot_field(struct call *c, const struct plan_page *d, const struct plan_view *v, int i, struct slot_line *l)
{
	const struct plan_slot *s = &d->y.slot[i];
	struct date day = moment_date(s->starts_at);
	const char *typed = v->form.typed ? pairs_get(v->form.typed, day_fields[i]) : NULL;

	l->field = day_fields[i];
	l->value = s->state == SLOT_GONE ? "" : plan_page_iso(c, day);
	l->min = plan_page_iso(c, month_first(s->month).days > c->today.days ? month_first(s->month) : c->today);
	l->max = plan_page_iso(c, month_last(s->month));
	l->problem = form_problem_at(&v->form, day_fields[i]);
	if (!typed)
		return;
	if (strcmp(typed, l->value) != 0)
		l->stored = arena_printf(c->arena, tr(c->lang, "now: %s"), weekday(c, day));
	l->value = typed;
}

static const char *moved_words(struct call *c, const struct plan_slot *s)
{
	if (s->state == SLOT_PROPOSED && s->fixed.why)
		return arena_printf(c->arena, tr(c->lang, "%1$s; moved from %2$s because of %3$s"), weekday(c, s->fixed.day),
		                    show_date(c->arena, c->lang, s->fixed.fixed), s->fixed.why);
	return s->state == SLOT_PROPOSED ? weekday(c, s->fixed.day) : NULL;
}

static void fill_slot(struct call *c, const struct plan_page *d, struct plan_view *v, int i)
{
	const struct plan_slot *s = &d->y.slot[i];
	struct slot_line *l = &v->slots[i];

	*l = (struct slot_line){ .month = show_month(c->arena, c->lang, s->month),
		                     .shape = slot_shape(s->state),
		                     .state = slot_words[s->state],
		                     .word = slot_name(c->lang, s->state),
		                     .day = "",
		                     .topic = topic_of(d, s),
		                     .moved = moved_words(c, s) };
	if (s->meeting) {
		l->href = arena_printf(c->arena, "/meetings/%lld", (long long)s->meeting->id);
		l->day = weekday(c, moment_date(s->starts_at));
		if (s->state == SLOT_REGISTERED)
			l->word = meeting_state_name(c->lang, s->meeting->state);
		if (s->state == SLOT_LATE)
			l->moved = arena_printf(c->arena, tr(c->lang, "planned for %s"), show_date(c->arena, c->lang, s->meeting->planned_on));
	}
	if (d->may_edit && (s->state == SLOT_PROPOSED || s->state == SLOT_PLANNED || s->state == SLOT_GONE))
		slot_field(c, d, v, i, l);
	else if (s->state == SLOT_PROPOSED)
		l->day = weekday(c, s->fixed.day);
}

/* ---- topics and programme ---- */

static void fill_topics(struct call *c, const struct plan_page *d, struct plan_view *v)
{
	v->topics = ARENA_ARRAY(c->arena, d->y.topics.n + 1, struct topic_line);
	for (size_t i = 0; i < d->y.topics.n; i++) {
		const struct plan_topic *t = &d->y.topics.v[i];
		bool known = t->month != INT_UNKNOWN;

		v->topics[v->topic_n++] = (struct topic_line){
			.title = t->title,
			.when = known ? show_month(c->arena, c->lang, month_of(d->year, (int)t->month))
			              : arena_printf(c->arena, tr(c->lang, "quarter %s, month not known yet"), plan_quarters[t->quarter]),
			.author = d->names && t->author_name && *t->author_name ? t->author_name : NULL,
			.state = t->meeting_id > 0 ? meeting_state_name(c->lang, t->state) : tr(c->lang, "not at a meeting yet"),
			.edit = d->may_edit ? plan_page_path(c, d->unit_id, "/plan/topics/%lld?year=%d", (long long)t->id, d->year) : NULL,
		};
	}
}

/* V04 asks for one in each quarter. */
static const char *topic_gap(struct call *c, const struct plan_page *d)
{
	const char *list = "";

	for (int q = 1; q <= 4; q++) {
		bool has = false;

		for (size_t i = 0; i < d->y.topics.n; i++)
			has |= d->y.topics.v[i].quarter == q;
		if (!has)
			list = arena_printf(c->arena, "%s%s%s", list, *list ? ", " : "", plan_quarters[q]);
	}
	return *list ? arena_printf(c->arena, tr(c->lang, "No topic yet for quarter %s."), list) : NULL;
}

static void fill_items(struct call *c, const struct plan_page *d, struct plan_view *v)
{
	v->items = ARENA_ARRAY(c->arena, d->y.items.n + 1, struct item_line);
	for (size_t i = 0; i < d->y.items.n; i++) {
		const struct plan_item *x = &d->y.items.v[i];
		bool late = !date_is(x->done_on) && date_is(x->due_on) && x->due_on.days < c->today.days;

		v->items[v->item_n++] = (struct item_line){
			.title = x->title,
			.who = d->names && x->leader_name && *x->leader_name ? x->leader_name : NULL,
			.due = date_is(x->due_on) ? arena_printf(c->arena, tr(c->lang, "by %s"), show_date(c->arena, c->lang, x->due_on))
			                          : tr(c->lang, "no day set"),
			.state = date_is(x->done_on) ? arena_printf(c->arena, tr(c->lang, "done on %s"), show_date(c->arena, c->lang, x->done_on))
			         : late              ? tr(c->lang, "late")
			                             : tr(c->lang, "under way"),
			.edit = d->may_edit ? plan_page_path(c, d->unit_id, "/plan/items/%lld?year=%d", (long long)x->id, d->year) : NULL,
			.late = late,
		};
	}
}

/* ---- the page ---- */

static const char *standing(struct call *c, const struct plan_page *d)
{
	const struct plan *p = &d->y.plan;

	if (date_is(p->adopted_on))
		return arena_printf(c->arena, tr(c->lang, "adopted on %1$s; held %2$s of %3$s so far, 12 in the year"),
		                    show_date(c->arena, c->lang, p->adopted_on), show_int(c->arena, c->lang, d->y.held),
		                    show_int(c->arena, c->lang, d->y.expected));
	if (*p->proposed_by)
		return arena_printf(c->arena, tr(c->lang, "proposed by %s, not adopted yet"), p->proposed_by);
	return tr(c->lang, "not adopted yet");
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct plan_page *d, struct plan_view *v)
{
	struct page pg;

	v->y = &d->y;
	v->may_edit = d->may_edit;
	v->adopted = date_is(d->y.plan.adopted_on);
	v->names = d->names;
	v->title = arena_printf(c->arena, tr(c->lang, "Plan of %d"), d->year);
	v->standing = standing(c, d);
	v->fixed_words = plan_page_fixed(c, &d->y.fixed, d->unit_id);
	v->fixed_value = d->y.fixed.unit_id == d->unit_id ? arena_printf(c->arena, "%d", d->y.fixed.day) : "";
	v->action = plan_page_path(c, d->unit_id, "/plan");
	v->alerts = plan_alert_lines(c, &d->alerts, 12);
	v->years = plan_page_years(c, d->unit_id, "/plan", d->year);
	v->topic_gap = topic_gap(c, d);
	v->may_copy = d->may_copy;
	if (d->y.plan.programme_id > 0) {
		v->programme = document_line(c->arena, c->lang, &d->programme);
		v->programme_href = plan_page_path(c, d->unit_id, "/plan/programme?year=%d&format=pdf", d->year);
	}
	for (int i = 0; i < 12; i++)
		fill_slot(c, d, v, i);
	fill_topics(c, d, v);
	fill_items(c, d, v);
	plan_page_begin(c, rq, rs, &pg, &d->y.unit, NULL, NULL, v->title);
	view_plan(&rs->body, &pg, v);
}

static void slot_json(struct call *c, struct json *j, const struct plan_slot *s)
{
	char month[MONTH_TEXT], at[MOMENT_TEXT];

	(void)c;
	month_format(s->month, month);
	moment_format(s->starts_at, at);
	json_object(j);
	json_put_str(j, "month", month);
	json_put_str(j, "state", slot_words[s->state]);
	json_put_str(j, "starts_at", s->state == SLOT_GONE || (s->state == SLOT_MISSED && !s->meeting) ? NULL : at);
	json_put_str(j, "moved_because_of", s->fixed.why);
	json_put_str(j, "meeting", s->meeting ? s->meeting->code : NULL);
	json_object_end(j);
}

static void topics_json(struct json *j, const struct plan_topics *t)
{
	json_key(j, "topics");
	json_array(j);
	for (size_t i = 0; i < t->n; i++) {
		json_object(j);
		json_put_int(j, "id", t->v[i].id);
		record_json(j, &plan_topic_record, &t->v[i]);
		json_object_end(j);
	}
	json_array_end(j);
}

static void items_json(struct json *j, const struct plan_items *t)
{
	json_key(j, "programme");
	json_array(j);
	for (size_t i = 0; i < t->n; i++) {
		json_object(j);
		json_put_int(j, "id", t->v[i].id);
		record_json(j, &plan_item_record, &t->v[i]);
		json_object_end(j);
	}
	json_array_end(j);
}

void plan_page_json(struct call *c, struct res *rs, const struct plan_page *d)
{
	const struct plan_year *y = &d->y;
	char adopted[DATE_TEXT];
	struct json j;

	date_format(y->plan.adopted_on, adopted);
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", y->unit.code);
	json_put_int(&j, "year", y->plan.year);
	json_put_int(&j, "rev", y->plan.rev);
	json_put_str(&j, "adopted_on", date_is(y->plan.adopted_on) ? adopted : NULL);
	json_put_str(&j, "proposed_by", y->plan.proposed_by);
	json_put_int(&j, "fixed_day", y->fixed.day);
	record_json(&j, &plan_record, &y->plan);
	json_put_int(&j, "expected", y->expected);
	json_put_int(&j, "held", y->held);
	json_put_int(&j, "late", y->late);
	json_key(&j, "months");
	json_array(&j);
	for (int i = 0; i < 12; i++)
		slot_json(c, &j, &y->slot[i]);
	json_array_end(&j);
	topics_json(&j, &y->topics);
	items_json(&j, &y->items);
	json_object_end(&j);
}

static void hide_names(struct plan_page *d)
{
	for (size_t i = 0; !d->names && i < d->y.topics.n; i++)
		d->y.topics.v[i].author_code = NULL;
	for (size_t i = 0; !d->names && i < d->y.items.n; i++)
		d->y.items.v[i].leader_code = NULL;
}

static fail plan_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct plan_page d = { .rq = rq };
	struct plan_view v = { 0 };

	TRY(plan_page_load(c, &d));
	if (req_wants_json(rq)) {
		hide_names(&d);
		plan_page_json(c, rs, &d);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &plan_record, &d.y.plan);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* ---- adopting and changing ---- */

static fail read_wish(struct call *c, const struct req *rq, const struct plan_page *d, struct plan_wish *w)
{
	*w = (struct plan_wish){
		.unit_id = d->unit_id, .year = d->year, .start_time = req_form(rq, "start_time"), .place = req_form(rq, "place")
	};
	for (int i = 0; i < 12; i++) {
		const char *text = req_form(rq, day_fields[i]);

		w->day[i] = DATE_NONE;
		if (text && *text && !date_parse(text, &w->day[i]))
			return problem(c, FAIL_INPUT, day_fields[i], "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	}
	return plan_page_rev(c, rq, &w->rev);
}

static fail again(struct call *c, const struct req *rq, struct res *rs, struct plan_page *d, const struct flaws *found, fail f)
{
	struct plan_view v = { 0 };

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, &plan_record, &d->y.plan);
	v.form.typed = &rq->form;
	v.form.kept = NULL;
	for (size_t i = 0; i < found->n; i++)
		form_problem(&v.form, found->v[i].field, found->v[i].text);
	if (found->n)
		problem_clear(c);
	(void)form_failed(&v.form);
	TRY(db_read(c, plan_page_load, d));
	write_page(c, rq, rs, d, &v);
	return res_again(rs, f);
}

static const char *made_words(struct call *c, bool adopted, const struct plan_made *made)
{
	if (adopted)
		return made->moved || made->created
		           ? arena_printf(c->arena, tr(c->lang, "Plan changed: %s meetings moved."), show_int(c->arena, c->lang, made->moved))
		           : tr(c->lang, "Nothing had to be changed.");
	return arena_printf(c->arena, tr(c->lang, "Plan adopted: %s meetings are planned."), show_int(c->arena, c->lang, made->created));
}

static fail plan_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct plan_page d = { .rq = rq };
	struct flaws found = { 0 };
	struct plan_made made;
	struct plan_wish w;

	TRY(db_read(c, plan_page_load, &d));
	bool adopted = date_is(d.y.plan.adopted_on);
	fail f = read_wish(c, rq, &d, &w);

	if (f == FAIL_OK)
		f = adopted ? plan_change(c, &w, &made, &found) : plan_adopt(c, &w, &made, &found);
	if (f != FAIL_OK)
		return again(c, rq, rs, &d, &found, f);
	return plan_page_done(c, rq, rs, plan_page_path(c, d.unit_id, "/plan?year=%d", d.year), made_words(c, adopted, &made),
	                      arena_printf(c->arena, "%s-%d", d.y.unit.code, d.year));
}

fail plan_page_end(struct call *c, const struct req *rq, struct res *rs, struct plan_page *d, fail f, const char *text)
{
	static const struct flaws none = { 0 };

	if (f != FAIL_OK)
		return again(c, rq, rs, d, &none, f);
	return plan_page_done(c, rq, rs, plan_page_path(c, d->unit_id, "/plan?year=%d", d->year), text, NULL);
}

static fail copy_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct plan_page d = { .rq = rq };
	int64_t rev, made;

	TRY(db_read(c, plan_page_load, &d));
	TRY(plan_page_rev(c, rq, &rev));
	return plan_page_end(c, rq, rs, &d, plan_copy(c, d.unit_id, d.year, rev, &made),
	                     tr(c->lang, "Topics and programme of the year before were taken over; check authors and days."));
}

static fail programme_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct plan_page d = { .rq = rq };
	struct programme_issue how;
	struct document made;
	const char *day = req_form(rq, "dated_on");

	TRY(db_read(c, plan_page_load, &d));
	how = (struct programme_issue){ .unit_id = d.unit_id, .year = d.year, .dated_on = c->today };
	TRY(plan_page_rev(c, rq, &how.rev));
	if (day && *day && !date_parse(day, &how.dated_on))
		return problem(c, FAIL_INPUT, "dated_on", "“%s” is not a day; write year-month-day, such as 2026-01-05", day);
	fail f = programme_issue(c, &how, &made);

	return plan_page_end(c, rq, rs, &d, f,
	                     f ? ""
	                       : arena_printf(c->arena, tr(c->lang, "The programme has number %s."), document_number_text(c->arena, &made)));
}

static const struct query_param year_param[] = { { "year", N_("the year, such as 2026; this year if not given") }, { NULL, NULL } };

const struct route plan_routes[] = {
	{ GET, "/units/:unit/plan", MAY_SEE, unit_of_path, plan_show, 0, N_("The year plan of a cell: regular meetings, topics, programme"),
	  .query = year_param },
	{ POST, "/units/:unit/plan", MAY_RECORD, unit_of_path, plan_post, 0,
	  N_("Adopts the plan, or moves meetings that are still planned: m01 … m12 days, start_time, place, year, rev"), .form = &plan_record },
	{ POST, "/units/:unit/plan/copy", MAY_RECORD, unit_of_path, copy_post, 0,
	  N_("Takes over topics and programme of the year before: year, rev") },
	{ POST, "/units/:unit/plan/programme", MAY_RECORD, unit_of_path, programme_post, 0,
	  N_("Issues the work programme as a numbered document: year, rev, dated_on") },
	{ HTTP_NONE },
};
