/* assess_view.c — a stored sheet laid open: its reasons computed again from the kept facts. One whose table has changed since shows its lines as kept. */
#include <string.h>

#include "year/assess_keep.h"
#include "year/case_keep.h"
#include "year/case_snapshot.h"
#include "year_sql.h"

struct kept_line {
	const char *line, *why;
	struct tenths points, max;
	unsigned source;
};
/* A word column counts from 1, and an unknown word is 0. */
static const char *const source_words[] = { "", "fact", "judged", "not_applicable", NULL };
static const struct field kept_fields[] = { COL(struct kept_line, line), COL(struct kept_line, why), COL(struct kept_line, points),
	                                        COL(struct kept_line, max), COL(struct kept_line, source, .words = source_words), FIELD_END };
static const struct record kept_record = { "year_line", sizeof(struct kept_line), kept_fields };

static uint64_t differing(const struct facts *x, const struct facts *y, uint64_t mask)
{
	uint64_t bits = 0;

	for (int f = 0; f < FACTS_MOST; f++) {
		bool known = facts_know(x, f);

		if (known != facts_know(y, f) || (known && x->v[f] != y->v[f]))
			bits |= FACT_BIT(f);
	}
	return bits & mask;
}

static bool same_conditions(const struct assess_outcome *x, const struct assess_outcome *y)
{
	for (size_t i = 0; i < x->n && i < y->n; i++)
		if (x->v[i].known != y->v[i].known || (x->v[i].known && x->v[i].holds != y->v[i].holds))
			return false;
	return x->n == y->n;
}

/* Facts that are different now and make a difference: another number that gives the same points and fulfils the same conditions keeps nobody waiting. */
static uint64_t changes(struct call *c, const struct year_view *v, const struct levels_rule *levels, const struct facts *kept, const struct facts *now,
                        const struct assess_outcome *then)
{
	struct scored_sheet sheet;
	struct assess_outcome outcome;
	uint64_t mask = 0;

	if (!v->has_lines || scheme_apply(c->arena, v->lines.scheme, now, v->judged, c->lang, &sheet) != FAIL_OK)
		return differing(kept, now, then->facts);
	for (size_t i = 0; i < sheet.n && i < v->lines.n; i++)
		if (sheet.lines[i].points.t != v->lines.lines[i].points.t && sheet.lines[i].line)
			mask |= scheme_line_facts(sheet.lines[i].line);
	assess_conclude(c, &sheet, levels, now, &outcome);
	return differing(kept, now, same_conditions(then, &outcome) ? mask : then->facts);
}

static int32_t sum_of(const struct scored_sheet *s)
{
	int32_t sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += tenths_is(s->lines[i].points) ? s->lines[i].points.t : 0;
	return sum;
}

static struct scored_line line_as_kept(struct call *c, const struct scheme *s, const struct kept_line *k)
{
	const struct scheme_line *line = s ? scheme_line_by_id(s, k->line) : NULL;

	return (struct scored_line){ .id = k->line, .title = line ? line->title[c->lang] : k->line, .line = line, .group = line ? line->group : -1,
		                         .state = LINE_SCORED, .source = k->source ? (enum line_source)(k->source - 1) : SOURCE_FACT, .points = k->points,
		                         .max = k->max, .why = tr(c->lang, "as it was kept; the table has changed since"), .to_full = "" };
}

static fail lay_as_kept(struct call *c, const struct scheme *s, struct year_view *v)
{
	struct kept_line *lines;
	size_t n;

	TRY(db_all(c, &Q_case_lines_of,
	           ARGS(V(v->sheet.realm), V(v->sheet.case_id), V(case_stages[v->sheet.stage]), V(v->sheet.revision)), &kept_record, &lines, &n));
	v->lines = (struct scored_sheet){ .scheme = s, .lang = c->lang, .lines = ARENA_ARRAY(c->arena, n + 1, struct scored_line), .n = n, .complete = true,
		                              .total = v->sheet.points };
	for (size_t i = 0; i < n; i++)
		v->lines.lines[i] = line_as_kept(c, s, &lines[i]);
	v->has_lines = n > 0 && s;
	return FAIL_OK;
}

static fail lay_open(struct call *c, const struct year_case *k, const struct year_gathered *now, struct year_view *v)
{
	const struct scheme *s = c->rules && *v->sheet.scheme ? rules_scheme_by_id(c->rules, v->sheet.scheme, date_of((int)k->year, 12, 31)) : NULL;
	const struct levels_rule *levels;
	struct assess_outcome outcome;
	struct case_snapshot kept;
	struct unit unit;

	TRY(case_snapshot_read(c, case_book(k->kind), v->sheet.facts, &kept));
	v->judged = kept.judged;
	v->whys = kept.whys;
	if (!s)
		return lay_as_kept(c, s, v);
	TRY(assess_unit(c, k, &unit));
	TRY(assess_levels(c, k->kind, k->year, &unit, &levels));
	v->has_lines = scheme_apply(c->arena, s, &kept.facts, v->judged, c->lang, &v->lines) == FAIL_OK && sum_of(&v->lines) == v->sheet.points.t;
	if (!v->has_lines)
		TRY(lay_as_kept(c, s, v));
	assess_conclude(c, &v->lines, levels, &kept.facts, &outcome);
	v->conditions = outcome.v;
	v->condition_n = outcome.n;
	v->changed = now ? changes(c, v, levels, &kept.facts, &now->facts, &outcome) : 0;
	return FAIL_OK;
}

fail year_view(struct call *c, const struct year_case *k, enum case_stage stage, const struct year_gathered *now, struct year_view *out)
{
	*out = (struct year_view){ 0 };
	TRY(year_latest(c, k, stage, &out->sheet));
	return out->sheet.revision ? lay_open(c, k, now, out) : FAIL_OK;
}
