/* home_year.c — of the year: the next step of "four good" and of the annual classification, when it is due. */
#include "app/home.h"
#include "year/cell_steps.h"

static void add(struct call *c, struct home_section *s, const struct year_duties *d)
{
	for (size_t i = 0; i < d->n; i++)
		home_step(c, s, d->v[i].state, d->v[i].href, d->v[i].title, d->v[i].why);
}

fail home_year_cell(struct call *c, const struct grant *g, struct home_section *s)
{
	struct year_duties d;

	TRY(year_duties_of(c, g->unit_id, &d));
	add(c, s, &d);
	return FAIL_OK;
}

fail home_year_member(struct call *c, const struct grant *g, struct home_section *s)
{
	struct year_duties d;

	TRY(year_duties_of_me(c, g->unit_id, &d));
	add(c, s, &d);
	return FAIL_OK;
}
