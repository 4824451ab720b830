/* closing_pages.c — the two signatures, and the report to the committee above with its clock. */
#include <string.h>

#include "document/closing.h"
#include "document/document_pages.h"
#include "document/pages.h"
#include "document_views.h"
#include "meeting/cycle.h"
#include "score/task_list.h"

struct closing {
	int64_t id;
	struct meeting m;
	struct dossier d;
};

static fail load(struct call *c, void *arg)
{
	struct closing *p = arg;

	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(papers_may_read(c, p->m.unit_id));
	return dossier_gather(c, &p->m, &p->d);
}

/* ---------------------------------------------------------------- signatures */

/* Why both cannot sign now, or NULL. */
static const char *sign_blocked(struct call *c, const struct closing *p)
{
	if (!p->m.afterwards && !cycle_find(STEP_SIGN, (enum meeting_state)p->m.state, false) && meeting_is_scored_kind(&p->m))
		return arena_printf(c->arena, tr(c->lang, "The minutes are signed once the cell has voted on the score; the meeting is “%s” now."),
		                    meeting_state_name(c->lang, p->m.state));
	if (p->m.chair_id <= 0 || p->m.minute_taker_id <= 0)
		return tr(c->lang, "Name chair and minute-taker first.");
	if (!moment_is(p->m.minutes_approved_at))
		return tr(c->lang, "The minutes have to be read out and approved first.");
	return NULL;
}

static void write_sign(struct call *c, const struct req *rq, struct res *rs, const struct closing *p, struct sign_view *v)
{
	struct date day = c->today.days < meeting_day(&p->m).days ? meeting_day(&p->m) : c->today;
	const char *signed_on = req_form(rq, "signed_on");
	struct page pg;

	v->id = p->m.id;
	v->rev = p->m.rev;
	v->title = page_meeting_title(c, &p->m);
	v->chair = dossier_name(&p->d, p->m.chair_id);
	v->taker = dossier_name(&p->d, p->m.minute_taker_id);
	v->day = signed_on ? signed_on : field_date(c, day);
	v->minutes = p->d.minutes.id > 0 && p->d.minutes.state == DOCUMENT_ISSUED ? &p->d.minutes : NULL;
	v->line = v->minutes ? document_line(c->arena, c->lang, v->minutes) : NULL;
	v->blocked = v->minutes ? NULL : sign_blocked(c, p);
	v->may = !v->minutes && !v->blocked && call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_TEXTS);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Sign the minutes"), tr(c->lang, "Sign the minutes"));
	view_sign(&rs->body, &pg, v);
}

static void paper_json(struct json *j, struct call *c, const char *key, const struct document *d)
{
	json_key(j, key);
	if (d->id > 0)
		document_json(j, c->arena, d);
	else
		json_null(j);
}

/* {"minutes":{…},"resolution":{…},"approved_at","signed_on","uploaded_at","rev"} */
static void closing_json(struct call *c, struct res *rs, const struct closing *p)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	paper_json(&j, c, "minutes", &p->d.minutes);
	paper_json(&j, c, "resolution", &p->d.resolution);
	json_put_str(&j, "approved_at", field_moment(c, p->m.minutes_approved_at));
	json_put_str(&j, "signed_on", field_date(c, p->m.minutes_signed_on));
	json_put_str(&j, "uploaded_at", field_moment(c, p->m.uploaded_at));
	json_put_str(&j, "state", meeting_state_words[p->m.state]);
	json_put_int(&j, "rev", p->m.rev);
	json_object_end(&j);
}

static fail sign_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct closing p = { 0 };
	struct sign_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		closing_json(c, rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_sign(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail sign_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct closing p = { 0 };
	struct sign_view v = { 0 };
	struct document d;
	struct meeting m;
	struct date on;
	int64_t rev;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(req_rev(c, rq, &rev));
	fail f = form_date(c, rq, "signed_on", DATE_NONE, &on);

	if (f == FAIL_OK)
		f = minutes_sign(c, p.id, rev, on, &m, &d);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &m, "/sign", arena_printf(c->arena, tr(c->lang, "Signed: %s"), document_line(c->arena, c->lang, &d)));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &p));
	write_sign(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- report */

static struct report_line report_line(struct call *c, const struct document *d, const char *draft, const char *href, const char *missing)
{
	bool done = d->id > 0 && d->state == DOCUMENT_ISSUED;
	const char *open = done && d->file_id <= 0 ? tr(c->lang, "The scan of the signed paper can be attached") : NULL;

	return (struct report_line){ .line = done ? document_line(c->arena, c->lang, d) : tr(c->lang, draft),
		                         .href = done ? arena_printf(c->arena, "/documents/%lld", (long long)d->id) : href, .done = done,
		                         .missing = done ? open : tr(c->lang, missing) };
}

static void fill_report(struct call *c, const struct closing *p, struct report_papers_view *v)
{
	v->id = p->m.id;
	v->rev = p->m.rev;
	v->title = page_meeting_title(c, &p->m);
	v->clock = task_list_upload_clock(c, &p->m);
	v->now = field_moment(c, call_local(c->now_ms));
	v->papers[v->n++] = report_line(c, &p->d.minutes, N_("Minutes"), page_meeting_path(c, &p->m, "/sign"), N_("not signed yet"));
	v->papers[v->n++] = report_line(c, &p->d.resolution, dossier_has_resolution(&p->d) ? N_("Resolution") : N_("Conclusion"),
	                                page_meeting_path(c, &p->m, "/resolution"), N_("without a number yet"));
	if (moment_is(p->m.uploaded_at))
		v->reported = arena_printf(c->arena, tr(c->lang, "Uploaded and reported: %s"), show_moment(c->arena, c->lang, p->m.uploaded_at));
	else if (!date_is(p->m.minutes_signed_on))
		v->blocked = tr(c->lang, "The minutes have to be signed first.");
	v->may = !v->reported && !v->blocked && call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_PAPERS);
}

static void write_report(struct call *c, const struct req *rq, struct res *rs, const struct closing *p, struct report_papers_view *v)
{
	struct page pg;

	fill_report(c, p, v);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Upload and report"), tr(c->lang, "Upload and report"));
	view_report_papers(&rs->body, &pg, v);
}

static fail report_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct closing p = { 0 };
	struct report_papers_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		closing_json(c, rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_report(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail report_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct closing p = { 0 };
	struct report_papers_view v = { 0 };
	struct meeting m;
	struct moment at;
	int64_t rev;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(req_rev(c, rq, &rev));
	fail f = form_moment(c, rq, "at", call_local(c->now_ms), &at);

	if (f == FAIL_OK)
		f = papers_report(c, p.id, rev, at, &m);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &m, "", tr(c->lang, "Reported: the committee above has the papers."));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &p));
	write_report(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

const struct route closing_routes[] = {
	{ GET, "/meetings/:meeting/sign", MAY_SEE, page_meeting_unit, sign_show, .summary = N_("Who signs the minutes, and whether they did") },
	{ POST, "/meetings/:meeting/sign", MAY_RECORD, page_meeting_unit, sign_post, .summary = N_("Minute-taker and chair have signed: signed_on, rev") },
	{ GET, "/meetings/:meeting/report", MAY_SEE, page_meeting_unit, report_show, .summary = N_("What is reported to the committee above, and by when") },
	{ POST, "/meetings/:meeting/report", MAY_RECORD, page_meeting_unit, report_post, .summary = N_("The final papers were uploaded: at, rev") },
	{ HTTP_NONE },
};
