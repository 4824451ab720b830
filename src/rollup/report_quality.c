/* report_quality.c — R08: the month of each cell from the sheets themselves, and where its points were lost. */
#include <jansson.h>

#include "rollup/report.h"

#include <string.h>

#include "db/db.h"
#include "org/member.h"
#include "rollup/memory.h"
#include "rollup_sql.h"
#include "rules/facts_file.h"

enum { REASONS_MOST = 600 }; /* cells × months for which the sheets are explained, not only listed */

struct quality {
	int64_t id, month, expected, points, revision;
	struct moment starts_at;
	const char *stage, *scheme, *class, *facts;
};
#define Q(f) COL(struct quality, f)
static const struct field quality_fields[] = {
	Q(id), Q(month), Q(expected), Q(points), Q(revision), Q(starts_at), Q(stage), Q(scheme), Q(class), Q(facts), FIELD_END,
};
#undef Q
static const struct record quality_record = { "quality", sizeof(struct quality), quality_fields };

struct lost {
	const char *line;
	int64_t points, max;
};
static const struct field lost_fields[] = { COL(struct lost, line), COL(struct lost, points), COL(struct lost, max), FIELD_END };
static const struct record lost_record = { "lost", sizeof(struct lost), lost_fields };

enum { C_CODE, C_NAME, C_MONTH, C_MEMBERS, C_HELD_ON, C_SELF, C_DECIDED, C_POINTS, C_CLASS, C_STAGE, C_WHY };
static const struct report_column quality_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },
	{ "name", N_("Cell"), VALUE_TEXT },
	{ "month", N_("Month"), VALUE_MONTH },
	{ "members", N_("Members"), VALUE_COUNT },
	{ "held_on", N_("Day of the meeting"), VALUE_DAY },
	{ "self", N_("Scored by the cell"), VALUE_POINTS },
	{ "decided", N_("Decided"), VALUE_POINTS },
	{ "points", N_("Points"), VALUE_POINTS },
	{ "class", N_("Class"), VALUE_CLASS },
	{ "stage", N_("By"), VALUE_TEXT },
	{ "why", N_("Where points were lost"), VALUE_TEXT },
};

static const char *stage_words(enum lang lang, const char *stage)
{
	if (strcmp(stage, "decided") == 0)
		return tr(lang, N_("committee above"));
	if (strcmp(stage, "voted") == 0)
		return tr(lang, N_("vote of the cell"));
	return strcmp(stage, "self") == 0 ? tr(lang, N_("the cell itself")) : "";
}

/* ---- why ---- */

/* The sheet made again from what it was made from: for its sentences only. false: it cannot be. */
static bool sheet_again(struct call *c, const struct quality *q, const struct scheme *scheme, struct scored_sheet *out)
{
	json_t *all = *q->facts ? json_loads(q->facts, 0, NULL) : NULL, *kept = json_pack("{}");
	struct facts_file file;
	bool made = false;

	if (all && json_object_get(all, "facts")) {
		json_object_set(kept, "facts", json_object_get(all, "facts"));
		if (json_object_get(all, "judged"))
			json_object_set(kept, "judged", json_object_get(all, "judged"));
		char *text = json_dumps(kept, 0);

		made = text && facts_file_parse(c, "", text, strlen(text), USE_REGULAR, &file) == FAIL_OK &&
		       scheme_apply(c->arena, scheme, &file.facts, file.judged, c->lang, out) == FAIL_OK;
		problem_clear(c);
		free(text);
	}
	json_decref(all);
	json_decref(kept);
	return made;
}

/* "6/8 = 75 % of the tasks on time: 24 of 30 points" without the points, which stand in front already. */
static const char *without_points(struct call *c, const char *why)
{
	const char *cut = NULL;

	for (const char *s = why; (s = strstr(s, ": ")); s++)
		cut = s;
	return cut && (strstr(cut, "điểm") || strstr(cut, "point")) ? arena_strndup(c->arena, why, (size_t)(cut - why)) : why;
}

/* The reason beside a computed line; what was judged has none but the points. */
static const char *reason_of(struct call *c, const struct scored_sheet *sheet, const char *line)
{
	for (size_t i = 0; sheet && i < sheet->n; i++)
		if (strcmp(sheet->lines[i].id, line) == 0 && sheet->lines[i].state == LINE_SCORED && sheet->lines[i].source == SOURCE_FACT)
			return without_points(c, sheet->lines[i].why);
	return "";
}

static fail why_lost(struct call *c, int64_t realm, const struct quality *q, bool reasons, const char **out)
{
	const struct scheme *scheme = c->rules && *q->scheme ? rules_scheme_by_id(c->rules, q->scheme, moment_date(q->starts_at)) : NULL;
	struct scored_sheet sheet;
	bool explained = reasons && scheme && sheet_again(c, q, scheme, &sheet);
	struct lost *v;
	size_t n;

	*out = "";
	TRY(db_all(c, &Q_rollup_lost, ARGS(V(realm), V(q->id), V(q->stage), V(q->revision)), &lost_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const struct scheme_line *line = scheme ? scheme_line_by_id(scheme, v[i].line) : NULL;
		const char *why = reason_of(c, explained ? &sheet : NULL, v[i].line);
		const char *lost = show_tenths(c->arena, c->lang, (struct tenths){ (int32_t)(v[i].max - v[i].points) });

		*out = arena_printf(c->arena, "%s%s%s%s%s −%s%s%s%s", *out, **out ? "; " : "", v[i].line, line ? " " : "",
		                    line ? line->title[c->lang] : "", lost, *why ? " (" : "", why, *why ? ")" : "");
	}
	return FAIL_OK;
}

/* ---- a row ---- */

static fail members_then(struct call *c, int64_t unit_id, const struct quality *q, int64_t *out)
{
	struct member_counts n;

	TRY(org_member_counts(c, unit_id, moment_date(q->starts_at), &n));
	*out = n.ever ? n.members : q->expected;
	return FAIL_OK;
}

struct cell_months {
	int64_t realm, unit_id;
	month_no from, to;
	unsigned due;
	const char *code;
	struct report_value name;
};
struct sheets {
	const struct quality *v;
	size_t n;
}; /* of one meeting, the one that counts first */

static int64_t points_of(const struct sheets *s, const char *stage)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].stage, stage) == 0)
			return s->v[i].points;
	return INT_UNKNOWN;
}

static fail quality_row(struct call *c, struct report_table *t, const struct cell_months *x, month_no m, const struct sheets *s,
                        bool reasons)
{
	struct report_value *v = report_row(c, t);
	const struct quality *q = s->n ? s->v : NULL;

	v[C_CODE].s = x->code;
	v[C_NAME] = x->name;
	v[C_MONTH].a = m;
	v[C_MEMBERS].a = v[C_HELD_ON].a = v[C_SELF].a = v[C_DECIDED].a = v[C_POINTS].a = INT_UNKNOWN;
	if (!q) {
		v[C_WHY].s = tr(c->lang, N_("no regular meeting"));
		return FAIL_OK;
	}
	TRY(members_then(c, x->unit_id, q, &v[C_MEMBERS].a));
	v[C_HELD_ON].a = moment_date(q->starts_at).days;
	v[C_SELF].a = points_of(s, "self");
	v[C_DECIDED].a = points_of(s, "decided");
	v[C_POINTS].a = *q->stage ? q->points : INT_UNKNOWN;
	v[C_CLASS].a = grade_parse(q->class);
	v[C_STAGE].s = stage_words(c->lang, q->stage);
	if (*q->stage)
		return why_lost(c, x->realm, q, reasons, &v[C_WHY].s);
	v[C_WHY].s = tr(c->lang, N_("held, not scored"));
	return FAIL_OK;
}

/* Sheets come best stage first. The regular meeting of a month is the latest one: its sheets come first. */
static fail quality_of_cell(struct call *c, struct report_table *t, const struct cell_months *x, bool reasons)
{
	struct quality *v;
	size_t n, i = 0;

	TRY(db_all(c, &Q_rollup_quality, ARGS(V(x->realm), V(x->unit_id), V(x->from), V(x->to)), &quality_record, &v, &n));
	for (month_no m = x->from; m <= x->to; m++) {
		struct sheets s = { i < n && v[i].month == m ? &v[i] : NULL, 0 };

		while (s.v && i + s.n < n && v[i + s.n].month == m && v[i + s.n].id == s.v->id)
			s.n++;
		if (s.n || x->due >> (m - x->from) & 1)
			TRY(quality_row(c, t, x, m, &s, reasons));
		while (i < n && v[i].month == m)
			i++;
	}
	return FAIL_OK;
}

/* ---- totals ---- */

/* Half up to a tenth. */
static int64_t mean_of(const struct report_table *t, size_t column)
{
	int64_t sum = 0, n = 0;

	for (size_t i = 0; i < t->row_n; i++)
		if (t->rows[i][column].a != INT_UNKNOWN) {
			sum += t->rows[i][column].a;
			n++;
		}
	return n ? (2 * sum + n) / (2 * n) : INT_UNKNOWN;
}

static const char *note_of(struct call *c, const struct report_table *t)
{
	int64_t classes[GRADE_COUNT] = { 0 }, held = 0;

	for (size_t i = 0; i < t->row_n; i++) {
		held += t->rows[i][C_HELD_ON].a != INT_UNKNOWN;
		classes[t->rows[i][C_CLASS].a]++;
	}
	return arena_printf(
	    c->arena, tr(c->lang, "Meetings held: %1$s of %2$s. Good: %3$s, Fair: %4$s, Average: %5$s, Poor: %6$s, not scored: %7$s."),
	    show_int(c->arena, c->lang, held), show_int(c->arena, c->lang, (int64_t)t->row_n), show_int(c->arena, c->lang, classes[GRADE_GOOD]),
	    show_int(c->arena, c->lang, classes[GRADE_FAIR]), show_int(c->arena, c->lang, classes[GRADE_AVERAGE]),
	    show_int(c->arena, c->lang, classes[GRADE_POOR]),
	    show_int(c->arena, c->lang, held - (classes[GRADE_GOOD] + classes[GRADE_FAIR] + classes[GRADE_AVERAGE] + classes[GRADE_POOR])));
}

static void sum_up(struct call *c, const struct report *r, struct report_table *t)
{
	struct report_value *total = report_total(c, t);
	bool one_month = r->question.period.from == r->question.period.to;

	total[C_NAME].s = tr(c->lang, "Total");
	total[C_MONTH].a = r->question.period.to;
	total[C_HELD_ON].a = INT_UNKNOWN;
	total[C_MEMBERS].a = one_month ? 0 : INT_UNKNOWN;
	for (size_t i = 0; one_month && i < t->row_n; i++)
		total[C_MEMBERS].a += t->rows[i][C_MEMBERS].a != INT_UNKNOWN ? t->rows[i][C_MEMBERS].a : 0;
	total[C_SELF].a = mean_of(t, C_SELF);
	total[C_DECIDED].a = mean_of(t, C_DECIDED);
	total[C_POINTS].a = mean_of(t, C_POINTS);
	t->note = note_of(c, t);
}

/* ---- the report ---- */

static fail find_cells(struct call *c, const struct report *r, struct cell_months **out, size_t *n)
{
	struct rollup_want want = { r->question.unit_id, r->question.period };
	const struct cube *cube;
	struct belows cells;

	TRY(rollup_lock(c, &want, &cube));
	int32_t unit = shape_find(cube->shape, r->question.unit_id);

	if (unit < 0) {
		rollup_unlock(c);
		return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	}
	cells_below(c, cube, unit, &r->question, &cells);
	*out = ARENA_ARRAY(c->arena, cells.n + 1, struct cell_months);
	*n = cells.n;
	for (size_t i = 0; i < cells.n; i++) {
		const struct below *b = &cells.v[i];
		const struct shape_unit *u = &cube->shape->unit[b->unit];

		(*out)[i] = (struct cell_months){
			u->realm, u->id, b->from, b->to, 0, arena_strdup(c->arena, u->code), { .b = u->id, .s = arena_strdup(c->arena, u->name) }
		};
		for (month_no m = b->from; m <= b->to; m++)
			(*out)[i].due |= (unsigned)(m < cube->now && (shape_covered(cube->shape, b->unit, m / 12) >> m % 12 & 1)) << (m - b->from);
	}
	rollup_unlock(c);
	return FAIL_OK;
}

struct quality_job {
	struct report_table *t;
	const struct cell_months *v;
	size_t n;
	bool reasons;
};

static fail quality_body(struct call *c, void *arg)
{
	const struct quality_job *j = arg;

	for (size_t i = 0; i < j->n; i++)
		TRY(quality_of_cell(c, j->t, &j->v[i], j->reasons));
	return FAIL_OK;
}

fail report_monthly_quality(struct call *c, struct report *r)
{
	struct quality_job job = { 0 };
	struct cell_months *v;

	if (period_months(r->question.period) > 24)
		return problem(c, FAIL_INPUT, "period", "this report covers at most two years at once");
	TRY(find_cells(c, r, &v, &job.n));
	job.v = v;
	job.reasons = job.n * (size_t)period_months(r->question.period) <= REASONS_MOST;
	job.t = report_table(r, "meetings", r->kind->title, COLUMNS(quality_columns));
	TRY(db_read(c, quality_body, &job));
	sum_up(c, r, job.t);
	return FAIL_OK;
}
