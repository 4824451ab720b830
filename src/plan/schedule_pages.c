/* schedule_pages.c — the schedule of a month for all cells of a committee, and issuing its notice (R01). */
#include "plan/plan_pages.h"

#include "db/db.h"
#include "org/post.h"
#include "plan/pages.h"
#include "plan_views.h"

struct noticing {
	const struct req *rq;
	int64_t unit_id;
	month_no month;
	struct schedule s;
	struct posts posts;
	bool may_issue;
};

/* "month" of the query or body, or next month. */
static fail read_month(struct call *c, const struct req *rq, month_no *out)
{
	const char *text = req_form(rq, "month");
	struct period p;

	if (!text)
		text = req_query(rq, "month");
	*out = date_month(c->today) + 1;
	if (!text)
		return FAIL_OK;
	if (!period_parse(text, &p) || p.from != p.to)
		return problem(c, FAIL_INPUT, "month", "“%s” is no month; write one such as 2026-01", text);
	*out = p.from;
	return FAIL_OK;
}

static fail notice_load(struct call *c, void *arg)
{
	struct noticing *d = arg;

	TRY(unit_of_path(c, d->rq, &d->unit_id));
	TRY(read_month(c, d->rq, &d->month));
	TRY(schedule_load(c, d->unit_id, d->month, &d->s));
	d->may_issue = call_may(c, MAY_DECIDE, d->unit_id);
	return org_posts(c, d->unit_id, c->today, &d->posts);
}

static const char *month_text(struct call *c, month_no m)
{
	char text[MONTH_TEXT];

	month_format(m, text);
	return arena_strdup(c->arena, text);
}

static struct schedule_line schedule_line(struct call *c, const struct schedule_row *r)
{
	struct schedule_line l = { .name = r->name, .place = r->place, .secretary = r->secretary, .listed = r->listed, .before = r->before };

	l.members = show_int(c->arena, c->lang, r->members);
	l.time = r->meeting_id ? show_moment(c->arena, c->lang, r->starts_at) : "–";
	l.href = r->meeting_id ? arena_printf(c->arena, "/meetings/%lld", (long long)r->meeting_id) : plan_page_path(c, r->unit_id, "/plan");
	l.state = r->meeting_id ? meeting_state_name(c->lang, r->state) : tr(c->lang, N_("nothing planned"));
	if (r->listed && r->before)
		l.before = *r->before ? arena_printf(c->arena, tr(c->lang, "changed; on the notice: %s"), r->before)
		                      : tr(c->lang, N_("not on the notice yet"));
	else if (r->before)
		l.before = arena_printf(c->arena, tr(c->lang, "on the notice: %s"), r->before);
	return l;
}

static void schedule_table(struct call *c, struct schedule_view *v)
{
	static const struct column labels[] = { { N_("Cell"), NULL, false },  { N_("Members"), NULL, true },    { N_("Time"), NULL, false },
		                                    { N_("Place"), NULL, false }, { N_("Secretary"), NULL, false }, { N_("State"), NULL, false } };
	struct column *columns = ARENA_ARRAY(c->arena, 6, struct column);

	for (size_t i = 0; i < 6; i++)
		columns[i] = (struct column){ tr(c->lang, labels[i].label), NULL, labels[i].number };
	v->table = (struct table){ .caption = v->title,
		                       .id = "schedule",
		                       .columns = columns,
		                       .n = 6,
		                       .excel = v->preview ? arena_printf(c->arena, "%s/notice?month=%s&format=xlsx", v->action, v->month) : NULL };
}

static void notices(struct call *c, const struct noticing *d, struct schedule_view *v)
{
	v->notices = ARENA_ARRAY(c->arena, d->s.issued_n + 1, struct notice_line);
	for (size_t i = 0; i < d->s.issued_n; i++) {
		const struct document *x = &d->s.issued[i];
		const char *base = arena_printf(c->arena, "%s/notice?month=%s&notice=%lld&format=", v->action, v->month, (long long)x->id);

		v->notices[v->notice_n++] = (struct notice_line){ document_line(c->arena, c->lang, x), arena_printf(c->arena, "%spdf", base),
			                                              arena_printf(c->arena, "%sdocx", base) };
	}
}

static void signers(struct call *c, const struct noticing *d, struct schedule_view *v)
{
	v->signers = ARENA_ARRAY(c->arena, d->posts.n + 1, struct choice);
	for (size_t i = 0; i < d->posts.n; i++)
		if (d->posts.v[i].post == POST_SECRETARY || d->posts.v[i].post == POST_DEPUTY)
			v->signers[v->signer_n++] =
			    (struct choice){ d->posts.v[i].full_name,
				                 arena_printf(c->arena, "%s, %s", d->posts.v[i].full_name, post_kind_name(c->lang, d->posts.v[i].post)),
				                 NULL };
}

static void schedule_words(struct call *c, const struct noticing *d, struct schedule_view *v)
{
	const struct schedule *s = &d->s;
	const char *when = show_month(c->arena, c->lang, s->month);
	struct date by = { month_first(s->month - 1).days + REGISTER_BY_DAY - 1 };

	v->title = arena_printf(c->arena, tr(c->lang, "Schedule of meetings, %s"), when);
	v->lead = arena_printf(c->arena, tr(c->lang, "%1$s of %2$s cells have registered day and place."),
	                       show_int(c->arena, c->lang, (int64_t)s->listed), show_int(c->arena, c->lang, (int64_t)s->n));
	if (s->missing && c->today.days > by.days)
		v->late_words = arena_printf(
		    c->arena,
		    tr(c->lang, "%1$s cells have not registered, although the %2$s has passed. The notice leaves them out; it is issued "
		                "again when they have."),
		    show_int(c->arena, c->lang, (int64_t)s->missing), show_date(c->arena, c->lang, by));
	v->issue_title = s->first ? tr(c->lang, N_("Issue the schedule notice")) : tr(c->lang, N_("Issue a notice of change"));
	v->total = arena_printf(c->arena, tr(c->lang, "On the notice: %s cells"), show_int(c->arena, c->lang, (int64_t)s->listed));
}

static void schedule_write(struct call *c, const struct req *rq, struct res *rs, struct noticing *d, struct schedule_view *v)
{
	struct page pg;

	v->s = &d->s;
	v->action = plan_page_path(c, d->unit_id, "/schedule");
	v->month = month_text(c, d->month);
	v->months = (struct year_links){ arena_printf(c->arena, "%s?month=%s", v->action, month_text(c, d->month - 1)),
		                             arena_printf(c->arena, "%s?month=%s", v->action, month_text(c, d->month + 1)),
		                             show_month(c->arena, c->lang, d->month - 1), show_month(c->arena, c->lang, d->month + 1) };
	v->may_issue = d->may_issue;
	v->can_issue = d->s.listed && (d->s.first || d->s.changed);
	v->preview = d->s.listed ? arena_printf(c->arena, "%s/notice?month=%s&format=pdf", v->action, v->month) : NULL;
	schedule_words(c, d, v);
	schedule_table(c, v);
	notices(c, d, v);
	signers(c, d, v);
	v->v = ARENA_ARRAY(c->arena, d->s.n + 1, struct schedule_line);
	for (; v->n < d->s.n; v->n++)
		v->v[v->n] = schedule_line(c, &d->s.v[v->n]);
	plan_page_begin(c, rq, rs, &pg, &d->s.unit, plan_page_path(c, d->unit_id, "/plan-overview"), tr(c->lang, "Plans of the cells"),
	                v->title);
	pg.wide = true;
	view_plan_schedule(&rs->body, &pg, v);
}

static void row_json(struct json *j, const struct schedule_row *r)
{
	char at[MOMENT_TEXT];

	moment_format(r->starts_at, at);
	json_object(j);
	json_put_str(j, "unit", r->code);
	json_put_str(j, "name", r->name);
	json_put_int(j, "members", r->members);
	json_put_str(j, "starts_at", r->meeting_id ? at : NULL);
	json_put_str(j, "place", r->place);
	json_put_str(j, "secretary", r->secretary);
	json_put_str(j, "state", meeting_state_words[r->state]);
	json_put_bool(j, "listed", r->listed);
	json_put_bool(j, "changed", r->before != NULL);
	json_object_end(j);
}

static void schedule_json(struct call *c, struct res *rs, const struct schedule *s)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", s->unit.code);
	json_put_str(&j, "month", month_text(c, s->month));
	json_put_int(&j, "listed", (int64_t)s->listed);
	json_put_int(&j, "missing", (int64_t)s->missing);
	json_put_int(&j, "members", s->members);
	json_key(&j, "cells");
	json_array(&j);
	for (size_t i = 0; i < s->n; i++)
		row_json(&j, &s->v[i]);
	json_array_end(&j);
	json_key(&j, "notices");
	json_array(&j);
	for (size_t i = 0; i < s->issued_n; i++)
		json_str(&j, document_number_text(c->arena, &s->issued[i]));
	json_array_end(&j);
	json_object_end(&j);
}

static fail schedule_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct noticing d = { .rq = rq };
	struct schedule_view v = { 0 };
	struct pairs *shown = ARENA_NEW(c->arena, struct pairs);

	TRY(notice_load(c, &d));
	if (req_wants_json(rq)) {
		schedule_json(c, rs, &d.s);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	pairs_add(c->arena, shown, "dated_on", plan_page_iso(c, c->today));
	v.form.typed = shown;
	schedule_write(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail read_issue(struct call *c, const struct req *rq, const struct noticing *d, struct schedule_issue *how)
{
	const char *day = req_form(rq, "dated_on"), *seen = req_form(rq, "seen"), *by = req_form(rq, "signed_by"), *note = req_form(rq, "note");

	*how = (struct schedule_issue){ .unit_id = d->unit_id,
		                            .month = d->month,
		                            .seen = -1,
		                            .dated_on = DATE_NONE,
		                            .signed_by = by ? text_clean(c->arena, by) : "",
		                            .note = note ? text_clean(c->arena, note) : "" };
	if (seen && (!int_parse(seen, &how->seen) || how->seen < 0))
		return problem(c, FAIL_INPUT, "seen", "“%s” is no number of notices", seen);
	if (day && *day && !date_parse(day, &how->dated_on))
		return problem(c, FAIL_INPUT, "dated_on", "“%s” is not a day; write year-month-day, such as 2026-01-05", day);
	return FAIL_OK;
}

static fail schedule_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct noticing d = { .rq = rq };
	struct schedule_view v = { 0 };
	struct schedule_issue how;
	struct document notice;
	int64_t scheduled;

	TRY(db_read(c, notice_load, &d));
	fail f = read_issue(c, rq, &d, &how);

	if (f == FAIL_OK)
		f = schedule_issue(c, &how, &notice, &scheduled);
	if (f == FAIL_OK)
		return plan_page_done(c, rq, rs, plan_page_path(c, d.unit_id, "/schedule?month=%s", month_text(c, d.month)),
		                      arena_printf(c->arena, tr(c->lang, "Issued: %1$s; %2$s meetings are on the schedule."),
		                                   document_line(c->arena, c->lang, &notice), show_int(c->arena, c->lang, scheduled)),
		                      document_number_text(c->arena, &notice));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, notice_load, &d));
	schedule_write(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

static const struct query_param month_param[] = { { "month", N_("the month, such as 2026-01; next month if not given") }, { NULL, NULL } };

const struct route plan_schedule_routes[] = {
	{ GET, "/units/:unit/schedule", MAY_SEE_MEMBERS, unit_of_path, schedule_show, 0,
	  N_("The schedule of a month for all cells of a committee (R01)"), .query = month_param },
	{ POST, "/units/:unit/schedule", MAY_DECIDE, unit_of_path, schedule_post, 0,
	  N_("Issues the schedule notice with a number: month, dated_on, signed_by, note, seen") },
	{ HTTP_NONE },
};
