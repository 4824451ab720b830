/* home_office.c — the year on the officer's first page: cases to appraise or decide, appeals, what is to be recognised or notified. */
#include "app/home.h"
#include "year/office_queue.h"

struct waiting { int64_t appraise, decision, appeals; };

static void count_kind(const struct office_counts *all, unsigned kind, struct waiting *w)
{
	*w = (struct waiting){ 0 };
	for (size_t i = 0; i < all->n; i++) {
		const struct office_count *n = &all->v[i];

		if (n->kind != kind)
			continue;
		w->appeals += n->appeals;
		if (n->state == CASE_VOTED || n->state == CASE_REOPENED)
			w->appraise += n->n - n->appeals;
		if (n->state == CASE_APPRAISED)
			w->decision += n->n - n->appeals;
	}
}

static const char *queue_link(struct call *c, const struct grant *g, int year, unsigned kind, enum office_wait wait)
{
	return arena_printf(c->arena, "/units/%lld/appraisal?year=%d&kind=%s&state=%s", (long long)g->unit_id, year, case_kinds[kind], office_waits[wait]);
}

static void add_line(struct call *c, const struct grant *g, struct home_section *s, int year, unsigned kind, enum office_wait wait, int64_t n)
{
	const char *href = queue_link(c, g, year, kind, wait);

	if (wait == WAIT_DECISION && kind == CASE_FOUR_GOOD)
		href = arena_printf(c->arena, "/units/%lld/recognition?year=%d", (long long)g->unit_id, year);
	if (n)
		home_step(c, s, wait == WAIT_DECISION ? STEP_TODO : STEP_NEXT, href,
		          arena_printf(c->arena, "%s: %s", office_wait_name(c->lang, kind, wait), show_int(c->arena, c->lang, n)), case_kind_name(c->lang, kind));
}

/* A year without anything that waits says nothing. */
static fail add_year(struct call *c, const struct grant *g, struct home_view *v, int year)
{
	struct office_counts all;
	struct home_section *s = NULL;

	TRY(office_waiting_of(c, g->unit_id, year, &all));
	for (unsigned kind = CASE_FOUR_GOOD; kind < CASE_KINDS; kind++) {
		struct waiting w;

		count_kind(&all, kind, &w);
		if (!w.appeals && !w.appraise && !w.decision)
			continue;
		if (!s)
			s = home_section(c, v, arena_printf(c->arena, "%s · %s", arena_printf(c->arena, tr(c->lang, "Appraisal of the year %d"), year), g->unit_name));
		add_line(c, g, s, year, kind, WAIT_ANSWER, w.appeals);
		add_line(c, g, s, year, kind, WAIT_APPRAISE, w.appraise);
		add_line(c, g, s, year, kind, WAIT_DECISION, w.decision);
	}
	if (!s)
		return FAIL_OK;
	s->more_href = arena_printf(c->arena, "/units/%lld/appraisal?year=%d", (long long)g->unit_id, year);
	s->more = tr(c->lang, "The whole queue");
	return FAIL_OK;
}

fail home_year_officer(struct call *c, const struct grant *g, struct home_view *v)
{
	int year = date_month(c->today) / 12;

	TRY(add_year(c, g, v, year));
	return add_year(c, g, v, year - 1);
}
