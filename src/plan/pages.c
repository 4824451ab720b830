/* pages.c — small parts of this room's pages: addresses, years, shapes. */
#include "plan/pages.h"

#include <string.h>

const char *slot_shape(enum slot_state s)
{
	static const char *const shapes[SLOT_STATES] = { "–", "○", "○", "◎", "●", "◐", "✕", "⊘", "–" };

	return shapes[s];
}

fail plan_page_year(struct call *c, const struct req *rq, int *year)
{
	const char *text = req_form(rq, "year");
	int64_t n = date_month(c->today) / 12;

	if (!text)
		text = req_query(rq, "year");
	if (text && (!int_parse(text, &n) || n < 2000 || n > 2100))
		return problem(c, FAIL_INPUT, "year", "“%s” is no year; write one such as 2026", text);
	*year = (int)n;
	return FAIL_OK;
}

const char *plan_page_path(struct call *c, int64_t unit_id, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const char *tail = arena_vprintf(c->arena, fmt, args);

	va_end(args);
	return arena_printf(c->arena, "/units/%lld%s", (long long)unit_id, tail);
}

void plan_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const char *section_href,
                     const char *section, const char *here)
{
	res_page(c, rq, rs, pg, here);
	page_crumb(pg, plan_page_path(c, u->id, "%s", ""), u->name);
	if (section)
		page_crumb(pg, section_href, section);
	page_crumb(pg, NULL, here);
}

struct year_links plan_page_years(struct call *c, int64_t unit_id, const char *tail, int year)
{
	return (struct year_links){ plan_page_path(c, unit_id, "%s?year=%d", tail, year - 1),
		                        plan_page_path(c, unit_id, "%s?year=%d", tail, year + 1), arena_printf(c->arena, "%d", year - 1),
		                        arena_printf(c->arena, "%d", year + 1) };
}

fail plan_page_rev(struct call *c, const struct req *rq, int64_t *rev)
{
	const char *text = req_form(rq, "rev");

	if (!text)
		return req_rev(c, rq, rev);
	return int_parse(text, rev) && *rev >= 0 ? FAIL_OK : problem(c, FAIL_INPUT, "rev", "“%s” is no version of the plan", text);
}

const char *plan_page_fixed(struct call *c, const struct fixed_day *f, int64_t unit_id)
{
	if (!f->day)
		return arena_printf(c->arena, tr(c->lang, "No fixed day has been set; day %d of the month is proposed."), FIXED_DAY_USUAL);
	if (f->unit_id == unit_id)
		return arena_printf(c->arena, tr(c->lang, "Fixed day: day %d of the month."), f->day);
	return arena_printf(c->arena, tr(c->lang, "Fixed day: day %1$d of the month, as set by %2$s."), f->day, f->unit_name);
}

const char *plan_page_iso(struct call *c, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	return arena_strdup(c->arena, text);
}

fail plan_page_done(struct call *c, const struct req *rq, struct res *rs, const char *to, const char *text, const char *receipt)
{
	struct flash said = { .text = text, .receipt = receipt };

	return res_done(c, rq, rs, to, &said);
}

struct alert_lines plan_alert_lines(struct call *c, const struct plan_alerts *a, size_t most)
{
	struct alert_lines out = { ARENA_ARRAY(c->arena, a->n + 1, struct alert_line), 0 };

	for (size_t i = 0; i < a->n && out.n < most; i++) {
		char period[PERIOD_TEXT];

		period_format(a->v[i].period, period);
		out.v[out.n++] = (struct alert_line){ a->v[i].rule, a->v[i].text, a->v[i].unit_name,
			                                  plan_page_path(c, a->v[i].unit_id, "/meetings?period=%s", period), a->v[i].closed };
	}
	return out;
}
