/* online_pages.c — leave to meet online: given and taken back by the committee above. */
#include "org/unit.h"
#include "prepare_views.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/prepare_shown.h"

struct data {
	int64_t unit_id;
	struct unit unit;
	struct online_leave leave;
};

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(org_unit_nearest(c, d->unit_id, c->today, &d->unit));
	return online_leave_of(c, d->unit_id, &d->leave);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct online_view *v)
{
	struct page pg;

	v->unit_id = d->unit_id;
	v->unit_name = d->unit.name;
	v->leave = d->leave;
	v->may = call_may(c, MAY_DECIDE, d->unit_id);
	res_page(c, rq, rs, &pg, tr(c->lang, "Meeting online"));
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)d->unit_id), d->unit.name);
	page_crumb(&pg, NULL, tr(c->lang, "Meeting online"));
	view_online(&rs->body, &pg, v);
}

static fail online_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d;
	struct online_view v = { 0 };
	char text[DATE_TEXT];
	struct json j;

	TRY(unit_of_path(c, rq, &d.unit_id));
	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_put_bool(&j, "allowed", d.leave.given);
		date_format(d.leave.from, text);
		json_put_str(&j, "from", text);
		date_format(d.leave.to, text);
		json_put_str(&j, "to", text);
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail read_day(struct call *c, const struct req *rq, const char *name, struct date *out)
{
	const char *text = req_form(rq, name);

	*out = DATE_NONE;
	if (text && *text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, name, "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

static fail read_leave(struct call *c, const struct req *rq, struct online_leave *out)
{
	out->given = !req_form(rq, "take_back");
	TRY(read_day(c, rq, "from", &out->from));
	return read_day(c, rq, "to", &out->to);
}

static fail online_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d;
	struct online_view v = { 0 };
	struct online_leave leave;

	TRY(unit_of_path(c, rq, &d.unit_id));
	fail f = read_leave(c, rq, &leave);

	if (f == FAIL_OK)
		f = online_leave_put(c, d.unit_id, &leave);
	if (f == FAIL_OK) {
		struct flash what = { .text = leave.given ? tr(c->lang, "Meeting online is allowed.") : tr(c->lang, "The leave is taken back.") };

		return res_done(c, rq, rs, arena_printf(c->arena, "/units/%lld/online", (long long)d.unit_id), &what);
	}
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &d));
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

const struct route online_routes[] = {
	{ GET, "/units/:unit/online", MAY_SEE, unit_of_path, online_show, 0, N_("May the unit meet online, from when to when") },
	{ POST, "/units/:unit/online", MAY_DECIDE, unit_of_path, online_post, 0, N_("Allows meeting online: from, to; or take_back") },
	{ HTTP_NONE },
};
