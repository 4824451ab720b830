/* pages.c — small things that all pages of a unit's people and structure need. */
#include "org/pages.h"

#include <string.h>

fail org_page_unit(struct call *c, const struct req *rq, struct unit *out)
{
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	return org_unit_nearest(c, id, c->today, out);
}

fail org_page_day(struct call *c, const struct req *rq, struct date *out)
{
	const char *text = req_query(rq, "on");

	*out = c->today;
	if (text && *text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, "on", "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

const char *org_page_iso(struct call *c, struct date d)
{
	char *text = arena_alloc(c->arena, DATE_TEXT);

	date_format(d, text);
	return text;
}

const char *org_page_span(struct call *c, struct date from, struct date to)
{
	const char *first = show_date(c->arena, c->lang, from), *last = show_date(c->arena, c->lang, to);

	if (*first && *last)
		return arena_printf(c->arena, "%s – %s", first, last);
	if (*first)
		return arena_printf(c->arena, tr(c->lang, "since %s"), first);
	if (*last)
		return arena_printf(c->arena, tr(c->lang, "until %s"), last);
	return tr(c->lang, "without known beginning or end");
}

const char *org_page_path(struct call *c, const struct unit *u, const char *fmt, ...)
{
	va_list args;
	const char *rest;

	va_start(args, fmt);
	rest = arena_vprintf(c->arena, fmt, args);
	va_end(args);
	return arena_printf(c->arena, "/units/%lld%s", (long long)u->id, rest);
}

void org_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const char *section_href,
                    const char *section, const char *here)
{
	res_page(c, rq, rs, pg, here);
	page_crumb(pg, org_page_path(c, u, "%s", ""), u->name);
	if (section)
		page_crumb(pg, section_href, section);
	page_crumb(pg, NULL, here);
}

struct choices org_page_choices(struct call *c, const char *const *words, const char *(*name)(enum lang lang, unsigned word), bool with_empty)
{
	struct choices out = { NULL, 0 };
	unsigned all = 0;

	while (words[all])
		all++;
	out.v = ARENA_ARRAY(c->arena, all, struct choice);
	for (unsigned i = with_empty ? 0 : 1; i < all; i++)
		out.v[out.n++] = (struct choice){ words[i], i ? name(c->lang, i) : "–", NULL };
	return out;
}

fail org_page_member(struct call *c, const struct req *rq, const struct unit *u, struct member *out, bool *here)
{
	struct membership *life;
	size_t n;
	int64_t id;
	bool known = false, elsewhere = false;

	*here = false;
	TRY(req_id(c, rq, "member", &id));
	TRY(org_member(c, u->realm, id, out));
	TRY(org_memberships(c, u->realm, id, &life, &n));
	for (size_t i = 0; i < n; i++) {
		bool counts = member_is_here(life[i].status) && life[i].valid_to.days >= c->today.days;

		known |= life[i].unit_id == u->id;
		*here |= counts && life[i].unit_id == u->id;
		elsewhere |= counts && life[i].unit_id != u->id;
	}
	*here |= !elsewhere;
	return known ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "member", "there is no such member");
}

const struct column *org_page_columns(struct call *c, const struct column *columns, size_t n)
{
	struct column *out = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++) {
		out[i] = columns[i];
		out[i].label = tr(c->lang, columns[i].label);
	}
	return out;
}
