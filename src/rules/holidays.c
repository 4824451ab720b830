/* holidays.c — which days are off, and where a fixed day goes. What this does not do: know units or meetings. */
#include "rules/holidays.h"

#include <string.h>

const char *const holiday_move_words[] = { "", "next_working_day", "previous_working_day", "keep", NULL };
const char *const holiday_weekend_words[] = { "", "keep", "move", NULL };

/* 0 for the unit itself, more further up, -1: not for this unit or not on that day. */
static int distance(const struct rule *r, struct date on, struct scopes scopes)
{
	if (!r->holidays || !r->is_default || on.days < r->valid_from.days || on.days > r->valid_to.days)
		return -1;
	if (!*r->scope)
		return (int)scopes.n;
	for (size_t i = 0; i < scopes.n; i++)
		if (strcmp(scopes.v[i], r->scope) == 0)
			return (int)i;
	return -1;
}

static bool is_on(const struct holiday *h, struct date day)
{
	int year, month, of_month;

	if (!h->month)
		return h->from.days <= day.days && day.days <= h->to.days;
	date_split(day, &year, &month, &of_month);
	return h->month == month && h->day == of_month;
}

const char *holiday_name(const struct rules *r, struct date day, struct scopes scopes, enum lang lang)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct holidays *h = r->v[i].holidays;

		if (distance(&r->v[i], day, scopes) < 0)
			continue;
		for (size_t k = 0; k < h->n; k++)
			if (is_on(&h->v[k], day))
				return h->v[k].title[lang];
	}
	return NULL;
}

bool holidays_know_year(const struct rules *r, int year, struct scopes scopes)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct holidays *h = r->v[i].holidays;

		for (size_t k = 0; h && k < h->n; k++)
			if (!h->v[k].month && date_month(h->v[k].from) / 12 == year && distance(&r->v[i], h->v[k].from, scopes) >= 0)
				return true;
	}
	return false;
}

/* How the nearest rule wants it. */
struct habits {
	enum holiday_move move;
	enum holiday_weekend weekend;
};

static struct habits habits_of(const struct rules *r, struct date day, struct scopes scopes)
{
	struct habits h = { MOVE_NEXT, WEEKEND_KEEP };
	int move_from = -1, weekend_from = -1;

	for (size_t i = 0; i < r->n; i++) {
		int d = distance(&r->v[i], day, scopes);

		if (d >= 0 && r->v[i].holidays->move && (move_from < 0 || d < move_from)) {
			h.move = r->v[i].holidays->move;
			move_from = d;
		}
		if (d >= 0 && r->v[i].holidays->weekend && (weekend_from < 0 || d < weekend_from)) {
			h.weekend = r->v[i].holidays->weekend;
			weekend_from = d;
		}
	}
	return h;
}

static bool is_working_day(const struct rules *r, struct date day, struct scopes scopes)
{
	return date_weekday(day) < 6 && !holiday_name(r, day, scopes, LANG_EN);
}

/* The nearest working day of the same month in one direction; DATE_NONE: none. */
static struct date working_day(const struct rules *r, struct date day, int step, struct scopes scopes)
{
	month_no month = date_month(day);

	for (day.days += step; date_month(day) == month; day.days += step)
		if (is_working_day(r, day, scopes))
			return day;
	return DATE_NONE;
}

static const char *why_off(const struct rules *r, struct date day, struct habits h, struct scopes scopes, enum lang lang)
{
	const char *name = holiday_name(r, day, scopes, lang);

	if (name || h.weekend != WEEKEND_MOVE || date_weekday(day) < 6)
		return name;
	return date_weekday(day) == 6 ? tr(lang, N_("Saturday")) : tr(lang, N_("Sunday"));
}

struct meeting_day holidays_meeting_day(const struct rules *r, month_no month, int day, struct scopes scopes, enum lang lang)
{
	struct date first = month_first(month), last = month_last(month), fixed = { first.days + day - 1 };
	struct meeting_day out = { .fixed = fixed.days > last.days ? last : fixed };
	struct habits h = habits_of(r, out.fixed, scopes);
	int step = h.move == MOVE_PREVIOUS ? -1 : 1;

	out.day = out.fixed;
	out.why = h.move == MOVE_KEEP ? NULL : why_off(r, out.fixed, h, scopes, lang);
	if (!out.why)
		return out;
	struct date to = working_day(r, out.fixed, step, scopes);

	if (!date_is(to))
		to = working_day(r, out.fixed, -step, scopes);
	if (date_is(to))
		out.day = to;
	else
		out.why = NULL;
	return out;
}

struct date holidays_working_day_after(const struct rules *r, struct date from, int n, struct scopes scopes)
{
	while (n > 0) {
		from.days++;
		n -= r ? is_working_day(r, from, scopes) : date_weekday(from) < 6;
	}
	return from;
}
