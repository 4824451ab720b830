/* register_pages.c — a cell registers day and place of its next meeting (domain, section 5, step 1: by the 20th of the month before).
 *
 * The meeting the year plan holds for that month is moved to the day; where there is none, one is made. */
#include <string.h>

#include "meeting/cycle.h"
#include "org/unit.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score_views.h"

/* By when the meetings of a month are registered. */
static struct date deadline_of(month_no month)
{
	return (struct date){ month_first(month - 1).days + REGISTER_BY_DAY - 1 };
}

struct registering {
	int64_t unit_id;
	struct unit unit;
	struct meeting wanted;
	struct meeting m;       /* as stored afterwards */
	struct meeting planned; /* of the year plan; id 0: none */
	bool already;
	struct flaws found;
};

/* ---------------------------------------------------------------- the form */

static fail first_planned(struct call *c, int64_t unit_id, month_no month, struct meeting *out)
{
	struct meetings list;

	out->id = 0;
	TRY(meetings_in_month(c, unit_id, MEETING_REGULAR, month, &list));
	for (size_t i = 0; i < list.n && !out->id; i++)
		if (list.v[i].state == MEETING_PLANNED)
			*out = list.v[i];
	return FAIL_OK;
}

/* This month while its meeting is still only planned, else the next one. */
static fail load(struct call *c, void *arg)
{
	struct registering *r = arg;
	month_no now = date_month(c->today);

	TRY(org_unit_nearest(c, r->unit_id, c->today, &r->unit));
	TRY(first_planned(c, r->unit_id, now, &r->planned));
	if (!r->planned.id || meeting_day(&r->planned).days < c->today.days)
		TRY(first_planned(c, r->unit_id, now + 1, &r->planned));
	return FAIL_OK;
}

static void write_form(struct call *c, const struct req *rq, struct res *rs, struct registering *r, struct register_form *v)
{
	month_no month = r->planned.id ? (month_no)r->planned.month : date_month(c->today) + 1;
	struct date until = deadline_of(month);
	struct page pg;
	const char *title = tr(c->lang, "Register day and place");

	v->unit_id = r->unit_id;
	v->unit_name = r->unit.name;
	v->action = arena_printf(c->arena, "/units/%lld/meetings/register", (long long)r->unit_id);
	v->late = c->today.days > until.days;
	v->deadline = arena_printf(c->arena, tr(c->lang, v->late ? N_("Meetings of %s were to be registered by %s.") : N_("Meetings of %s are registered by %s.")),
	                           show_month(c->arena, c->lang, month), show_date(c->arena, c->lang, until));
	if (r->planned.id)
		v->planned = arena_printf(c->arena, tr(c->lang, "The year plan says: %s."), show_moment(c->arena, c->lang, r->planned.starts_at));
	res_page(c, rq, rs, &pg, title);
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)r->unit_id), r->unit.name);
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld/meetings", (long long)r->unit_id), tr(c->lang, "Meetings"));
	page_crumb(&pg, NULL, title);
	view_register(&rs->body, &pg, v);
}

static fail register_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct registering *r = ARENA_NEW(c->arena, struct registering);
	struct register_form v = { 0 };
	struct json j;

	TRY(unit_of_path(c, rq, &r->unit_id));
	TRY(load(c, r));
	r->wanted = r->planned;
	if (!r->planned.id) {
		record_clear(&meeting_record, &r->wanted);
		r->wanted.kind = MEETING_REGULAR;
	}
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_key(&j, "planned");
		json_object(&j);
		if (r->planned.id)
			meeting_json(&j, &r->planned);
		json_object_end(&j);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &meeting_record, &r->wanted);
	write_form(c, rq, rs, r, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- registering */

/* What the cell says, over the meeting of the year plan. */
static fail move_planned(struct call *c, struct registering *r, const struct meeting *planned)
{
	struct meeting m = *planned, stored;
	const struct meeting *w = &r->wanted;
	struct step_note note = { .starts_at = w->starts_at, .place = w->place };

	m.thematic = w->thematic;
	m.mode = w->mode;
	m.by_groups = w->by_groups;
	if (*w->topic)
		m.topic = w->topic;
	TRY(meeting_update(c, &m, &stored));
	return meeting_take_step(c, planned->id, ANY_REV, STEP_REGISTER, &note, &r->m, &r->found);
}

static fail other_regular(struct call *c, const struct meeting *there, struct flaws *found)
{
	flaw_add(c, found, "starts_at", "this month already has its regular meeting, on %s (%s); change its day there, or register this one as extraordinary",
	         show_date(c->arena, c->lang, meeting_day(there)), meeting_state_name(c->lang, there->state));
	return flaws_refuse(c, found);
}

static fail register_body(struct call *c, void *arg)
{
	struct registering *r = arg;
	struct meetings list;
	const struct meeting *planned = NULL, *other = NULL;

	r->found = (struct flaws){ 0 };
	r->already = false;
	TRY(meetings_in_month(c, r->unit_id, r->wanted.kind, date_month(meeting_day(&r->wanted)), &list));
	for (size_t i = 0; i < list.n; i++) {
		if (list.v[i].state == MEETING_PLANNED)
			planned = planned ? planned : &list.v[i];
		else if (list.v[i].starts_at.minutes == r->wanted.starts_at.minutes) {
			r->already = true;
			r->m = list.v[i];
			return FAIL_OK;
		} else
			other = &list.v[i];
	}
	if (planned && r->wanted.kind == MEETING_REGULAR)
		return move_planned(c, r, planned);
	if (other && r->wanted.kind == MEETING_REGULAR)
		return other_regular(c, other, &r->found);
	r->m = r->wanted;
	r->m.id = 0;
	r->m.state = MEETING_DATE_REGISTERED;
	return meeting_create(c, &r->m);
}

static fail check_form(struct call *c, const struct req *rq, struct registering *r, struct register_form *v)
{
	r->wanted.unit_code = "-"; /* the cell is the path's; the field may be missing */
	TRY(req_record(c, rq, &meeting_record, &r->wanted, &v->form));
	r->wanted.unit_code = "";
	meeting_check(c, &r->wanted, &r->found);
	if (meeting_day(&r->wanted).days < c->today.days)
		flaw_add(c, &r->found, "starts_at", "this day is over; a meeting that was held is written down under “Record a meeting”");
	for (size_t i = 0; i < r->found.n; i++)
		form_problem(&v->form, r->found.v[i].field, r->found.v[i].text);
	return flaws_refuse(c, &r->found);
}

static const char *said(struct call *c, const struct registering *r)
{
	struct date until = deadline_of((month_no)r->m.month);

	if (r->already)
		return tr(c->lang, "This meeting was already registered.");
	if (c->today.days > until.days)
		return arena_printf(c->arena, tr(c->lang, "Registered for %s, late: the last day was %s."), show_moment(c->arena, c->lang, r->m.starts_at),
		                    show_date(c->arena, c->lang, until));
	return arena_printf(c->arena, tr(c->lang, "Registered for %s."), show_moment(c->arena, c->lang, r->m.starts_at));
}

static fail register_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct registering *r = ARENA_NEW(c->arena, struct registering);
	struct register_form v = { 0 };

	TRY(unit_of_path(c, rq, &r->unit_id));
	record_clear(&meeting_record, &r->wanted);
	r->wanted.unit_id = r->unit_id;
	r->wanted.kind = MEETING_REGULAR;
	fail f = check_form(c, rq, r, &v);

	if (f == FAIL_OK)
		f = db_write(c, register_body, r);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &r->m, "", said(c, r));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, r));
	write_form(c, rq, rs, r, &v);
	return res_again(rs, f);
}

const struct route register_routes[] = {
	{ GET, "/units/:unit/meetings/register", MAY_RECORD, unit_of_path, register_show, 0, N_("The form for day and place of the next meeting"), NULL, NULL,
	  NULL },
	{ POST, "/units/:unit/meetings/register", MAY_RECORD, unit_of_path, register_post, 0,
	  N_("Registers day and place of a meeting: the one of the year plan is moved, or one is made"), &meeting_record, NULL, NULL },
	{ HTTP_NONE },
};
