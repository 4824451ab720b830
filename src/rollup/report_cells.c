/* report_cells.c — reports with a row for each cell: R08, R09, R24. */
#include <string.h>

#include "db/db.h"
#include "org/member.h"
#include "rollup/memory.h"
#include "rollup/report.h"
#include "rollup_sql.h"
#include "rules/rules.h"

static fail hold(struct call *c, const struct report *r, const struct cube **cube, struct belows *cells)
{
	struct rollup_want want = { r->question.unit_id, r->question.period };

	want.period.from -= want.period.from % 12; /* classes of a year look at all of it */
	TRY(rollup_lock(c, &want, cube));
	int32_t unit = shape_find((*cube)->shape, r->question.unit_id);

	if (unit < 0) {
		rollup_unlock(c);
		return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	}
	cells_below(c, *cube, unit, &r->question, cells);
	return FAIL_OK;
}

static const char *code_of(struct call *c, const struct cube *cube, int32_t unit)
{
	return arena_strdup(c->arena, cube->shape->unit[unit].code);
}

static struct report_value name_of(struct call *c, const struct cube *cube, int32_t unit)
{
	if (unit <= SHAPE_TOP)
		return (struct report_value){ .s = "" };
	return (struct report_value){ .b = cube->shape->unit[unit].id, .s = arena_strdup(c->arena, cube->shape->unit[unit].name) };
}

static bool is_due(const struct cube *cube, int32_t unit, month_no m)
{
	return m <= cube->now && shape_covered(cube->shape, unit, m / 12) >> m % 12 & 1;
}

static const struct cell_facts *facts_of(const struct cube *cube, int32_t unit, month_no m)
{
	static const struct cell_facts none;
	const struct cell_facts *f = cube_facts(cube, unit, m / 12);

	return f ? &f[m % 12] : &none;
}

/* ---- R09 ---- */

static const struct report_column exception_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Cell"), VALUE_TEXT }, { "parent", N_("Committee"), VALUE_TEXT },
	{ "month", N_("Month"), VALUE_MONTH }, { "kind", N_("What is missing"), VALUE_TEXT }, { "text", N_("In words"), VALUE_TEXT },
};

struct exception { const char *kind, *text; };
static const struct exception no_meeting = { "no_meeting", N_("no regular meeting") };
static const struct exception not_scored = { "not_scored", N_("held, not scored") };
static const struct exception not_reported = { "not_reported", N_("held, papers not uploaded") };

static void except(struct call *c, struct report_table *t, const struct cube *cube, enum structure k, int32_t unit, month_no m,
                   const struct exception *e)
{
	struct report_value *v = report_row(c, t);

	v[0].s = code_of(c, cube, unit);
	v[1] = name_of(c, cube, unit);
	v[2] = name_of(c, cube, shape_parent(cube->shape, k, unit, m));
	v[3].a = m;
	v[4].s = e->kind;
	v[5].s = tr(c->lang, e->text);
}

/* The current month still has time for its meeting. */
static void exceptions_of(struct call *c, struct report_table *t, const struct cube *cube, enum structure k, const struct below *b)
{
	for (month_no m = b->from; m <= b->to; m++) {
		const struct cell_facts *f = facts_of(cube, b->unit, m);

		if (!(f->marks & MARK_REGULAR)) {
			if (m < cube->now && is_due(cube, b->unit, m))
				except(c, t, cube, k, b->unit, m, &no_meeting);
			continue;
		}
		if (f->grade == GRADE_NONE)
			except(c, t, cube, k, b->unit, m, &not_scored);
		if (!(f->marks & MARK_REPORTED))
			except(c, t, cube, k, b->unit, m, &not_reported);
	}
}

fail report_exceptions(struct call *c, struct report *r)
{
	const struct cube *cube;
	struct belows cells;

	TRY(hold(c, r, &cube, &cells));
	struct report_table *t = report_table(r, "exceptions", r->kind->title, COLUMNS(exception_columns));

	for (size_t i = 0; i < cells.n; i++)
		exceptions_of(c, t, cube, r->question.structure, &cells.v[i]);
	rollup_unlock(c);
	return FAIL_OK;
}

/* ---- R24 ---- */

static const char *const month_keys[12] = { "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12" };

static struct report_column *year_columns(struct call *c, size_t *n)
{
	static const struct report_column last[] = {
		{ "months", N_("Months due"), VALUE_COUNT }, { "held", N_("Held"), VALUE_COUNT }, { "good", N_("Good"), VALUE_COUNT },
		{ "mean", N_("Mean points"), VALUE_POINTS }, { "class", N_("Class of the year"), VALUE_CLASS }, { "why", N_("Reason"), VALUE_TEXT },
	};
	size_t end = sizeof last / sizeof *last;
	struct report_column *v = ARENA_ARRAY(c->arena, 14 + end, struct report_column);

	v[0] = exception_columns[0];
	v[1] = exception_columns[1];
	for (int m = 0; m < 12; m++)
		v[2 + m] = (struct report_column){ month_keys[m], arena_printf(c->arena, "%d", m + 1), VALUE_POINTS };
	memcpy(v + 14, last, sizeof last);
	*n = 14 + end;
	return v;
}

static void year_row(struct call *c, struct report_table *t, const struct cube *cube, const struct below *b, int year, int last)
{
	const struct cell_facts *facts = cube_facts(cube, b->unit, year);
	const struct year_rule *rule = cube->rule ? cube->rule(cube->rule_arg, b->unit, year) : NULL;
	struct report_value *v = report_row(c, t);
	struct year_result result = { .mean = TENTHS_NONE, .why = "" };
	struct year_facts y;

	v[0].s = code_of(c, cube, b->unit);
	v[1] = name_of(c, cube, b->unit);
	figure_year_facts(facts, shape_covered(cube->shape, b->unit, year), last, &y);
	if (rule)
		year_classify(c->arena, rule, &y, c->lang, &result);
	for (int m = 0; m < 12; m++)
		v[2 + m].a = y.month[m].state == MONTH_SCORED ? y.month[m].points.t : INT_UNKNOWN;
	v[14].a = result.months;
	v[15].a = result.held;
	v[16].a = result.at_least[GRADE_GOOD];
	v[17].a = tenths_is(result.mean) ? result.mean.t : INT_UNKNOWN;
	v[18].a = result.grade;
	v[19].s = result.why;
}

/* The year in which the period ends; a cell that moved stands with the unit it hung below at the end. */
fail report_year_sheet(struct call *c, struct report *r)
{
	int year = r->question.period.to / 12;
	const struct cube *cube;
	struct belows cells;
	size_t n;

	r->question.period = (struct period){ month_of(year, 1), month_of(year, 12) };
	TRY(hold(c, r, &cube, &cells));
	const struct report_column *columns = year_columns(c, &n);
	struct report_table *t = report_table(r, "cells", r->kind->title, columns, n);
	int last = cube->now - month_of(year, 1);

	for (size_t i = 0; i < cells.n; i++)
		if (cells.v[i].to == month_of(year, 12))
			year_row(c, t, cube, &cells.v[i], year, last < 0 ? -1 : last > 11 ? 12 : last);
	rollup_unlock(c);
	return FAIL_OK;
}

/* ---- R08: from the sheets themselves ---- */

struct quality { int64_t id, month, expected, points, revision; struct moment starts_at; const char *stage, *scheme, *class; };
#define Q(f) COL(struct quality, f)
static const struct field quality_fields[] = {
	Q(id), Q(month), Q(expected), Q(points), Q(revision), Q(starts_at), Q(stage), Q(scheme), Q(class), FIELD_END,
};
#undef Q
static const struct record quality_record = { "quality", sizeof(struct quality), quality_fields };

struct lost { const char *line; int64_t points, max; };
static const struct field lost_fields[] = { COL(struct lost, line), COL(struct lost, points), COL(struct lost, max), FIELD_END };
static const struct record lost_record = { "lost", sizeof(struct lost), lost_fields };

static const struct report_column quality_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT }, { "name", N_("Cell"), VALUE_TEXT }, { "month", N_("Month"), VALUE_MONTH },
	{ "members", N_("Members"), VALUE_COUNT }, { "held_on", N_("Day of the meeting"), VALUE_DAY }, { "points", N_("Points"), VALUE_POINTS },
	{ "class", N_("Class"), VALUE_CLASS }, { "stage", N_("By"), VALUE_TEXT }, { "why", N_("Where points were lost"), VALUE_TEXT },
};

static const char *stage_words(enum lang lang, const char *stage)
{
	if (strcmp(stage, "decided") == 0)
		return tr(lang, N_("committee above"));
	if (strcmp(stage, "voted") == 0)
		return tr(lang, N_("vote of the cell"));
	return strcmp(stage, "self") == 0 ? tr(lang, N_("the cell itself")) : "";
}

static fail why_lost(struct call *c, int64_t realm, const struct quality *q, const char **out)
{
	const struct scheme *scheme = c->rules && *q->scheme ? rules_scheme_by_id(c->rules, q->scheme, moment_date(q->starts_at)) : NULL;
	struct lost *v;
	size_t n;

	*out = "";
	TRY(db_all(c, &Q_rollup_lost, ARGS(V(realm), V(q->id), V(q->stage), V(q->revision)), &lost_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const struct scheme_line *line = scheme ? scheme_line_by_id(scheme, v[i].line) : NULL;

		const char *lost = show_tenths(c->arena, c->lang, (struct tenths){ (int32_t)(v[i].max - v[i].points) });

		*out = arena_printf(c->arena, "%s%s%s%s%s −%s", *out, **out ? "; " : "", v[i].line, line ? " " : "",
		                    line ? line->title[c->lang] : "", lost);
	}
	return FAIL_OK;
}

static fail members_then(struct call *c, int64_t unit_id, const struct quality *q, int64_t *out)
{
	struct member_counts n;

	TRY(org_member_counts(c, unit_id, moment_date(q->starts_at), &n));
	*out = n.ever ? n.members : q->expected;
	return FAIL_OK;
}

struct cell_months { int64_t realm, unit_id; month_no from, to; unsigned due; const char *code; struct report_value name; };

static fail quality_row(struct call *c, struct report_table *t, const struct cell_months *x, month_no m, const struct quality *q)
{
	struct report_value *v = report_row(c, t);

	v[0].s = x->code;
	v[1] = x->name;
	v[2].a = m;
	v[3].a = v[4].a = v[5].a = INT_UNKNOWN;
	if (!q) {
		v[8].s = tr(c->lang, no_meeting.text);
		return FAIL_OK;
	}
	TRY(members_then(c, x->unit_id, q, &v[3].a));
	v[4].a = moment_date(q->starts_at).days;
	v[5].a = *q->stage ? q->points : INT_UNKNOWN;
	v[6].a = grade_parse(q->class);
	v[7].s = stage_words(c->lang, q->stage);
	if (*q->stage)
		return why_lost(c, x->realm, q, &v[8].s);
	v[8].s = tr(c->lang, not_scored.text);
	return FAIL_OK;
}

/* Sheets come best stage first: the first of a meeting counts. The regular meeting of a month is the latest one. */
static fail quality_of_cell(struct call *c, struct report_table *t, const struct cell_months *x)
{
	struct quality *v;
	size_t n, i = 0;

	TRY(db_all(c, &Q_rollup_quality, ARGS(V(x->realm), V(x->unit_id), V(x->from), V(x->to)), &quality_record, &v, &n));
	for (month_no m = x->from; m <= x->to; m++) {
		bool held = i < n && v[i].month == m;

		if (held || x->due >> (m - x->from) & 1)
			TRY(quality_row(c, t, x, m, held ? &v[i] : NULL));
		while (i < n && v[i].month == m)
			i++;
	}
	return FAIL_OK;
}

static struct cell_months *cells_with_months(struct call *c, const struct cube *cube, const struct belows *cells)
{
	struct cell_months *v = ARENA_ARRAY(c->arena, cells->n, struct cell_months);

	for (size_t i = 0; i < cells->n; i++) {
		const struct below *b = &cells->v[i];
		const struct shape_unit *u = &cube->shape->unit[b->unit];

		v[i] = (struct cell_months){ u->realm, u->id, b->from, b->to, 0, code_of(c, cube, b->unit), name_of(c, cube, b->unit) };
		for (month_no m = b->from; m <= b->to; m++)
			v[i].due |= (unsigned)(m < cube->now && is_due(cube, b->unit, m)) << (m - b->from);
	}
	return v;
}

struct quality_job { struct report_table *t; const struct cell_months *v; size_t n; };

static fail quality_body(struct call *c, void *arg)
{
	const struct quality_job *j = arg;

	for (size_t i = 0; i < j->n; i++)
		TRY(quality_of_cell(c, j->t, &j->v[i]));
	return FAIL_OK;
}

fail report_monthly_quality(struct call *c, struct report *r)
{
	const struct cube *cube;
	struct belows cells;

	if (period_months(r->question.period) > 24)
		return problem(c, FAIL_INPUT, "period", "this report covers at most two years at once");
	TRY(hold(c, r, &cube, &cells));
	struct quality_job job = { .v = cells_with_months(c, cube, &cells), .n = cells.n };

	rollup_unlock(c);
	job.t = report_table(r, "meetings", r->kind->title, COLUMNS(quality_columns));
	return db_read(c, quality_body, &job);
}
