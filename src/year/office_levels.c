/* office_levels.c — the levels of a committee gathered: cap in words, order of work. */
#include "year/office_levels.h"

#include <string.h>

fail office_levels_load(struct call *c, struct office_levels *d)
{
	struct office_query collectives = { d->q.unit_id, CASE_UNIT, d->q.year };

	TRY(org_unit_nearest(c, d->q.unit_id, office_day(c, d->q.year), &d->unit));
	TRY(cap_groups_of(c, d->q.kind, d->q.year, d->q.unit_id, &d->groups));
	TRY(office_load(c, &d->q, &d->rows));
	if (d->q.kind == CASE_MEMBER)
		return office_load(c, &collectives, &d->cells);
	return office_bodies_of(c, &d->q, &d->bodies);
}

/* ---------------------------------------------------------------- the cap in words */

static const char *base_words(struct call *c, const struct levels_rule *rule, int64_t n)
{
	static const char *const bases[] = { [CAP_OF_GOOD] = N_("%s Good"), [CAP_OF_GOOD_OR_BETTER] = N_("%s Good or better"),
		                                 [CAP_OF_ALL] = N_("%s with a level") };

	return arena_printf(c->arena, tr(c->lang, bases[rule->cap_base]), show_int(c->arena, c->lang, n));
}

const char *office_cap_words(struct call *c, const struct levels_rule *rule, const struct cap_group *g)
{
	const char *most, *now = show_int(c->arena, c->lang, g->excellent);

	if (!rule || !rule->cap_percent)
		return arena_printf(c->arena, tr(c->lang, "%s Excellent; no cap is in force"), now);
	most = arena_printf(c->arena, tr(c->lang, "%1$s → at most %2$s Excellent (%3$d %%)"), base_words(c, rule, g->base),
	                    show_int(c->arena, c->lang, g->allowed), (int)rule->cap_percent);
	if (!g->excess)
		return arena_printf(c->arena, tr(c->lang, "%1$s; there are %2$s"), most, now);
	return arena_printf(c->arena, tr(c->lang, "%1$s; there are %2$s, %3$s too many. So many would need %4$s"), most, now,
	                    show_int(c->arena, c->lang, g->excess), base_words(c, rule, g->base_needed));
}

/* ---------------------------------------------------------------- the order of work */

enum { STEPS_MOST = 24, BODIES_SHOWN = 12 };

static void add_step(struct office_levels_view *v, enum step_state state, const char *href, const char *title, const char *why)
{
	if (v->step_n < STEPS_MOST)
		v->steps[v->step_n++] = (struct step){ href, title, why, state };
}

static int64_t count_wait(const struct office_rows *rows, enum office_wait w)
{
	int64_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += rows->v[i].wait == w;
	return n;
}

static const char *of_all(struct call *c, int64_t n, int64_t all)
{
	return arena_printf(c->arena, tr(c->lang, "%1$s of %2$s"), show_int(c->arena, c->lang, n), show_int(c->arena, c->lang, all));
}

static const char *levels_path(struct call *c, int64_t unit_id, int year, unsigned kind)
{
	return arena_printf(c->arena, "/units/%lld/levels?year=%d&kind=%s", (long long)unit_id, year, case_kinds[kind]);
}

/* Lower first: every body whose own units are not all decided. */
static void add_bodies(struct call *c, const struct office_levels *d, struct office_levels_view *v)
{
	size_t open = 0;

	for (size_t i = 0; i < d->bodies.n; i++) {
		const struct office_body *b = &d->bodies.v[i];
		int64_t decided = b->appraised + b->done;

		if (decided >= b->all || open++ >= BODIES_SHOWN)
			continue;
		add_step(v, STEP_TODO, levels_path(c, b->unit_id, d->q.year, CASE_UNIT), b->unit_name,
		         arena_printf(c->arena, tr(c->lang, "lower first: %s of its units are decided"), of_all(c, decided, b->all)));
	}
	if (open > BODIES_SHOWN)
		add_step(v, STEP_TODO, office_queue_path(c, d->q.unit_id, d->q.year, CASE_UNIT, ""), tr(c->lang, "More bodies below"),
		         arena_printf(c->arena, tr(c->lang, "%s more have units that are not decided"), show_int(c->arena, c->lang, (int64_t)open - BODIES_SHOWN)));
	if (d->bodies.n && !open)
		add_step(v, STEP_DONE, NULL, tr(c->lang, "The bodies below have decided on all their units"), NULL);
}

/* Collective first: members are decided once the level of their cell is. */
static void add_collectives(struct call *c, const struct office_levels *d, struct office_levels_view *v)
{
	int64_t decided = count_wait(&d->cells, WAIT_DECISION) + count_wait(&d->cells, WAIT_DONE), all = (int64_t)d->cells.n - count_wait(&d->cells, WAIT_LEFT);

	add_step(v, decided >= all ? STEP_DONE : STEP_NEXT, levels_path(c, d->q.unit_id, d->q.year, CASE_UNIT), tr(c->lang, "The collectives first"),
	         arena_printf(c->arena, tr(c->lang, "%s are decided"), of_all(c, decided, all)));
}

static void add_wait(struct call *c, const struct office_levels *d, struct office_levels_view *v, enum office_wait w, const char *title, const char *why)
{
	int64_t n = count_wait(&d->rows, w);

	if (n)
		add_step(v, w == WAIT_APPRAISE || w == WAIT_ANSWER ? STEP_NEXT : STEP_TODO,
		         office_queue_path(c, d->q.unit_id, d->q.year, d->q.kind, arena_printf(c->arena, "&state=%s", office_waits[w])), tr(c->lang, title),
		         arena_printf(c->arena, tr(c->lang, why), show_int(c->arena, c->lang, n)));
}

static void add_cap(struct call *c, const struct office_levels *d, struct office_levels_view *v)
{
	int64_t groups = 0, excess = 0;

	for (size_t i = 0; i < d->groups.n; i++) {
		groups += d->groups.v[i].excess > 0;
		excess += d->groups.v[i].excess;
	}
	if (excess)
		add_step(v, STEP_NEXT, "#groups", tr(c->lang, "The cap on Excellent"),
		         arena_printf(c->arena, tr(c->lang, "%1$s too many in %2$s groups; the committee decides whose level changes"),
		                      show_int(c->arena, c->lang, excess), show_int(c->arena, c->lang, groups)));
	else if (d->groups.n)
		add_step(v, STEP_DONE, "#groups", tr(c->lang, "The cap on Excellent"), tr(c->lang, "kept in every group"));
}

void office_order(struct call *c, const struct office_levels *d, struct office_levels_view *v)
{
	if (d->q.kind == CASE_MEMBER)
		add_collectives(c, d, v);
	else
		add_bodies(c, d, v);
	v->to_open = count_wait(&d->rows, WAIT_NONE);
	add_wait(c, d, v, WAIT_NONE, N_("Open what is missing"), N_("%s have no case yet"));
	add_wait(c, d, v, WAIT_SILENT, N_("Silent"), N_("%s have not reviewed themselves, and the day is past"));
	add_wait(c, d, v, WAIT_CELL, N_("Self-review and vote"), N_("%s are still with the cells"));
	add_wait(c, d, v, WAIT_RETURNED, N_("Returned"), N_("%s are being corrected"));
	add_wait(c, d, v, WAIT_OVERDUE, N_("Returned, overdue"), N_("%s were to be corrected by now"));
	add_wait(c, d, v, WAIT_APPRAISE, N_("Decide the levels"), N_("%s wait for the committee"));
	add_wait(c, d, v, WAIT_ANSWER, N_("Answer appeals"), N_("%s appeals are open"));
	add_cap(c, d, v);
	add_wait(c, d, v, WAIT_DECISION, N_("Notify"), N_("%s are decided and not notified"));
}
