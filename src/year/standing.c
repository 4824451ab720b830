/* standing.c — points of many cells at once. Makes no sentence and keeps nothing. */
#include "year/standing.h"

#include <string.h>

#include "year/assess_keep.h"

/* ---------------------------------------------------------------- one cell */

static unsigned result_of(const struct scored_sheet *sheet, const struct standing *s)
{
	bool beyond_reach = tenths_is(sheet->scheme->standard) && s->secured.t + s->open.t < sheet->scheme->standard.t;

	if (!tenths_is(sheet->scheme->standard))
		return RESULT_NONE;
	if (s->vetoes || beyond_reach)
		return RESULT_NOT_MET;
	return sheet->complete && sheet->verdict != VERDICT_OPEN ? (sheet->verdict == VERDICT_MET ? RESULT_MET : RESULT_NOT_MET) : RESULT_NONE;
}

static void take(const struct scored_sheet *sheet, struct standing *s)
{
	for (size_t i = 0; i < sheet->n; i++) {
		const struct scored_line *l = &sheet->lines[i];

		if (tenths_is(l->points)) {
			s->secured.t += l->points.t;
			continue;
		}
		s->open.t += tenths_is(l->max) ? l->max.t : scheme_line_max(l->line).t;
		s->lines |= i < 64 ? UINT64_C(1) << i : 0;
	}
	for (size_t i = 0; i < sheet->n_vetoes && i < 64; i++)
		s->vetoes |= (uint64_t)sheet->vetoes[i].applies << i;
	s->missing = sheet->missing;
	s->result = result_of(sheet, s);
}

/* ---------------------------------------------------------------- all */

enum { SCRATCH = 1 << 22 }; /* of one cell's sheet */

static fail score_all(struct arena *scratch, const struct year_gathered *gathered, struct standings *out)
{
	for (size_t i = 0; i < out->n; i++) {
		struct scored_sheet sheet;

		arena_reset(scratch);
		TRY(scheme_points(scratch, out->v[i].scheme, &gathered[i].facts, JUDGED_NONE, &sheet));
		take(&sheet, &out->v[i]);
	}
	return FAIL_OK;
}

fail year_standing_of(struct call *c, const struct unit *units, const struct year_gathered *gathered, const struct scheme *const *schemes, size_t n,
                      struct standings *out)
{
	struct arena *scratch = arena_new(SCRATCH);

	if (!scratch)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	*out = (struct standings){ ARENA_ARRAY(c->arena, n + 1, struct standing), n };
	for (size_t i = 0; i < n; i++)
		out->v[i] = (struct standing){ .unit = &units[i], .scheme = schemes[i] };
	fail f = score_all(scratch, gathered, out);

	arena_free(scratch);
	return f;
}

fail year_standing(struct call *c, unsigned kind, int year, int64_t unit_id, const struct scheme *scheme, struct standings *out)
{
	struct date last = date_of(year, 12, 31);
	struct units cells;

	TRY(org_below(c, unit_id, c->today.days < last.days ? c->today : last, LEVEL_CELL, &cells));
	const struct scheme **schemes = ARENA_ARRAY(c->arena, cells.n + 1, const struct scheme *);
	struct year_gathered *gathered = ARENA_ARRAY(c->arena, cells.n + 1, struct year_gathered);

	for (size_t i = 0; i < cells.n; i++) {
		schemes[i] = scheme;
		if (!scheme)
			TRY(assess_scheme(c, kind, year, &cells.v[i], &schemes[i]));
	}
	TRY(year_gather(c, year, cells.v, cells.n, schemes, gathered));
	return year_standing_of(c, cells.v, gathered, schemes, cells.n, out);
}
