/* pages.c — small parts of this room's pages: addresses, years, words. */
#include "oversight/pages.h"

#include <string.h>

fail oversight_year(struct call *c, const struct req *rq, int *year)
{
	const char *text = req_form(rq, "year");
	int64_t n = date_month(c->today) / 12;

	if (!text)
		text = req_query(rq, "year");
	if (text && *text && (!int_parse(text, &n) || n < 1930 || n > 2200))
		return problem(c, FAIL_INPUT, "year", "“%s” is no year; write one such as 2026", text);
	*year = (int)n;
	return FAIL_OK;
}

static struct date day_of(const struct call *c, int year)
{
	struct date end = date_of(year, 12, 31);

	return end.days < c->today.days ? end : c->today;
}

fail oversight_unit(struct call *c, const struct req *rq, int year, struct unit *out)
{
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	return org_unit_nearest(c, id, day_of(c, year), out);
}

fail oversight_is_body(struct call *c, const struct unit *u, int year, bool *out)
{
	struct units below = { 0 };

	if (u->level != LEVEL_CELL)
		TRY(org_children(c, u->id, day_of(c, year), &below));
	*out = below.n > 0;
	return FAIL_OK;
}

struct year_links oversight_years(struct call *c, const char *base, int year)
{
	return (struct year_links){ arena_printf(c->arena, "%s?year=%d", base, year - 1), arena_printf(c->arena, "%s?year=%d", base, year + 1),
		                        arena_printf(c->arena, "%d", year - 1), arena_printf(c->arena, "%d", year + 1) };
}

const char *oversight_path(struct call *c, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const char *text = arena_vprintf(c->arena, fmt, args);

	va_end(args);
	return text;
}

const struct ledger *oversight_ledger(const struct req *rq)
{
	const char *name = rq->route->path + strlen("/units/:unit/registers/");
	size_t size = strcspn(name, "/");

	for (size_t i = 0; i < LEDGER_COUNT; i++)
		if (strlen(ledgers[i].name) == size && strncmp(ledgers[i].name, name, size) == 0)
			return &ledgers[i];
	return NULL;
}

const char *oversight_counts(struct call *c, const struct ledger *l, const struct ledger_count *n)
{
	const char *all = show_int(c->arena, c->lang, n->n);

	if (!l || !l->mark)
		return arena_printf(c->arena, tr(c->lang, "%s rows"), all);
	if (n->late)
		return arena_printf(c->arena, tr(c->lang, "%1$s rows, %2$s done, %3$s overdue"), all, show_int(c->arena, c->lang, n->done),
		                    show_int(c->arena, c->lang, n->late));
	return arena_printf(c->arena, tr(c->lang, "%1$s rows, %2$s done"), all, show_int(c->arena, c->lang, n->done));
}

static const char *days(struct call *c, const char *text, int n)
{
	return arena_printf(c->arena, tr(c->lang, text), show_int(c->arena, c->lang, n));
}

const char *oversight_state(struct call *c, const struct ledger *l, const struct ledger_row *row, bool beside, bool *late)
{
	int behind = (date_is(row->done_on) ? row->done_on : c->today).days - row->due_on.days;

	*late = l->mark && behind > 0;
	if (!l->mark)
		return "";
	if (date_is(row->done_on) && beside)
		return behind > 0 ? days(c, N_("%s days late"), behind) : "";
	if (date_is(row->done_on)) {
		const char *done = arena_printf(c->arena, tr(c->lang, l->marked), show_date(c->arena, c->lang, row->done_on));

		return behind > 0 ? arena_printf(c->arena, "%s, %s", done, days(c, N_("%s days late"), behind)) : done;
	}
	if (behind > 0)
		return days(c, N_("overdue by %s days"), behind);
	return behind == 0 ? tr(c->lang, N_("today")) : "";
}
