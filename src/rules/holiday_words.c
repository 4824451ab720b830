/* holiday_words.c — holidays as people read them. */
#include "rules/rule_words.h"

static const char *day_words(struct call *c, const struct holiday *h)
{
	const char *title = h->title[c->lang];

	if (h->month)
		return arena_printf(c->arena, tr(c->lang, "every year on %02d/%02d: %s"), h->day, h->month, title);
	if (h->from.days == h->to.days)
		return arena_printf(c->arena, "%s: %s", show_date(c->arena, c->lang, h->from), title);
	return arena_printf(c->arena, "%s – %s: %s", show_date(c->arena, c->lang, h->from), show_date(c->arena, c->lang, h->to), title);
}

size_t rule_holiday_words(struct call *c, const struct holidays *h, const char ***lines)
{
	static const char *const moves[] = { NULL, N_("A meeting that falls on a holiday is held on the next working day."),
		                                 N_("A meeting that falls on a holiday is held on the working day before."),
		                                 N_("A meeting that falls on a holiday stays where it is.") };
	static const char *const weekends[] = { NULL, N_("Meetings may be held on Saturdays and Sundays."),
		                                    N_("Meetings on Saturdays and Sundays are moved as well.") };
	const char **v = ARENA_ARRAY(c->arena, h->n + 2, const char *);
	size_t n = 0;

	if (h->move)
		v[n++] = tr(c->lang, moves[h->move]);
	if (h->weekend)
		v[n++] = tr(c->lang, weekends[h->weekend]);
	for (size_t i = 0; i < h->n; i++)
		v[n++] = day_words(c, &h->v[i]);
	*lines = v;
	return n;
}
