/* paper_pages.c — the schedule notice and the work programme as documents: Word, PDF, sheet, page to print. */
#include "plan/plan_pages.h"

#include <string.h>

#include "db/db.h"
#include "paper/paper.h"
#include "plan/pages.h"
#include "plan/programme.h"

static fail read_format(struct call *c, const struct req *rq, enum paper_format *out)
{
	const char *text = req_query(rq, "format");

	*out = PAPER_PDF;
	if (text && !paper_format_parse(text, out))
		return problem(c, FAIL_INPUT, "format", "“%s” is not a form of documents; write pdf, docx, xlsx or html", text);
	return FAIL_OK;
}

static fail send(struct call *c, struct res *rs, const char *form, struct date on, const char *facts, enum paper_format format,
                 const char *name)
{
	struct out o;

	if (format == PAPER_HTML) {
		rs->type = paper_type(format);
		TRY(paper_make(c, form, on, facts, format, &rs->body));
		rs->policy = paper_policy(c->arena, &rs->body);
		return FAIL_OK;
	}
	TRY(res_file_begin(c, rs, arena_printf(c->arena, "%s.%s", name, paper_word(format)), paper_type(format), &o));
	TRY(paper_make(c, form, on, facts, format, &o));
	return res_file_end(c, rs, &o);
}

/* The notice that was asked for, else the schedule as it would be issued today. */
static fail notice_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *month = req_query(rq, "month"), *notice = req_query(rq, "notice"), *facts;
	struct date on = c->today;
	enum paper_format format;
	struct schedule s;
	struct period p;
	int64_t unit_id, id = 0;

	TRY(unit_of_path(c, rq, &unit_id));
	TRY(read_format(c, rq, &format));
	if (!month || !period_parse(month, &p) || p.from != p.to)
		return problem(c, FAIL_INPUT, "month", "“%s” is no month; write one such as 2026-01", month ? month : "");
	if (notice && (!int_parse(notice, &id) || id <= 0))
		return problem(c, FAIL_NOT_FOUND, "", "there is no such notice");
	c->lang = LANG_VI; /* the language of paper */
	TRY(schedule_load(c, unit_id, p.from, &s));
	const struct document *d = NULL;

	for (size_t i = 0; i < s.issued_n; i++)
		if (s.issued[i].id == id)
			d = &s.issued[i];
	if (id && !d)
		return problem(c, FAIL_NOT_FOUND, "", "there is no such notice");
	if (d) {
		on = d->dated_on;
		TRY(schedule_printed(c, d, &facts));
	} else {
		TRY(schedule_facts(c, &s, &(struct paper_of){ s.unit, "       -TB/ĐU", c->today, "" }, "", &facts));
	}
	return send(c, rs, FORM_SCHEDULE, on, facts, format, arena_printf(c->arena, "R01-%s-%s", s.unit.code, month));
}

static fail programme_show(struct call *c, const struct req *rq, struct res *rs)
{
	enum paper_format format;
	struct document d;
	struct plan_year y;
	int64_t unit_id;
	const char *facts;
	int year;

	TRY(unit_of_path(c, rq, &unit_id));
	TRY(plan_page_year(c, rq, &year));
	TRY(read_format(c, rq, &format));
	c->lang = LANG_VI; /* the language of paper */
	TRY(plan_load(c, unit_id, year, &y));
	if (y.plan.programme_id <= 0)
		return problem(c, FAIL_NOT_FOUND, "", "the programme of %d has no number yet", year);
	TRY(document_by_id(c, y.plan.programme_id, &d));
	TRY(schedule_printed(c, &d, &facts));
	return send(c, rs, "programme", d.dated_on, facts, format, arena_printf(c->arena, "CTr-%s-%d", y.unit.code, year));
}

static const struct query_param notice_params[] = { { "month", N_("the month, such as 2026-01") },
	                                                { "format", N_("pdf (otherwise), docx, xlsx or html") },
	                                                { "notice", N_("the number of a notice that was issued, as the page links it") },
	                                                { NULL, NULL } };
static const struct query_param programme_params[] = { { "year", N_("the year, such as 2026; this year if not given") },
	                                                   { "format", N_("pdf (otherwise), docx, xlsx or html") },
	                                                   { NULL, NULL } };

const struct route plan_paper_routes[] = {
	{ GET, "/units/:unit/schedule/notice", MAY_SEE_MEMBERS, unit_of_path, notice_show, ROUTE_SLOW,
	  N_("The schedule notice as a document: one that was issued, or as it would be"), .query = notice_params },
	{ GET, "/units/:unit/plan/programme", MAY_SEE, unit_of_path, programme_show, ROUTE_SLOW,
	  N_("The issued work programme of a cell as a document"), .query = programme_params },
	{ HTTP_NONE },
};
