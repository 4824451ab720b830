/* home_registers.c — what a secretary has still to do in the registers, and the questions that wait for the cell's answer. */
#include "app/home.h"
#include "oversight/ledger.h"
#include "oversight/questions.h"

enum { SOON_DAYS = 7 };

static const char *how_many(struct call *c, const struct ledger_due *d)
{
	const char *late = show_int(c->arena, c->lang, d->late), *soon = show_int(c->arena, c->lang, d->soon);

	if (d->late && d->soon)
		return arena_printf(c->arena, tr(c->lang, "%1$s overdue, %2$s due within a week"), late, soon);
	return arena_printf(c->arena, d->late ? tr(c->lang, "%s overdue") : tr(c->lang, "%s due within a week"), d->late ? late : soon);
}

static fail add_registers(struct call *c, int64_t unit_id, struct home_section *s)
{
	struct ledger_due due[LEDGER_COUNT];

	TRY(ledger_due(c, unit_id, SOON_DAYS, due));
	for (size_t i = 0; i < LEDGER_COUNT; i++)
		if (due[i].late || due[i].soon)
			home_step(c, s, STEP_NEXT, arena_printf(c->arena, "/units/%lld/registers/%s", (long long)unit_id, ledgers[i].name), tr(c->lang, ledgers[i].label),
			          how_many(c, &due[i]));
	return FAIL_OK;
}

static fail add_questions(struct call *c, int64_t unit_id, struct home_section *s)
{
	int year = date_month(c->today) / 12;
	struct figure_questions q;
	int64_t open = 0;

	TRY(questions_of_cell(c, unit_id, year, &q));
	for (size_t i = 0; i < q.n; i++)
		open += !date_is(q.v[i].answered_on);
	if (open)
		home_step(c, s, STEP_TODO, arena_printf(c->arena, "/units/%lld/questions?year=%d", (long long)unit_id, year),
		          arena_printf(c->arena, tr(c->lang, "Questions that the figures of %d raise"), year),
		          arena_printf(c->arena, tr(c->lang, "%s to be answered in the cell's own words"), show_int(c->arena, c->lang, open)));
	return FAIL_OK;
}

fail home_registers_cell(struct call *c, const struct grant *g, struct home_section *s)
{
	TRY(add_registers(c, g->unit_id, s));
	return add_questions(c, g->unit_id, s);
}
