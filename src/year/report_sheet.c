/* report_sheet.c — R16: the sheet of a unit's "four good" year with a column for every stage, and the reason beside every point. */
#include <string.h>

#include "base/text.h"
#include "year/reports.h"

enum { L_ID, L_TITLE, L_MAX, L_HALF_YEAR, L_SELF, L_VOTED, L_APPRAISED, L_WHY };
static const struct report_column line_columns[] = {
	{ "id", N_("Code"), VALUE_TEXT },           { "title", N_("Criterion"), VALUE_TEXT }, { "max", N_("Most"), VALUE_POINTS },
	{ "half_year", N_("Half-year"), VALUE_POINTS }, { "self", N_("Self"), VALUE_POINTS }, { "voted", N_("Voted"), VALUE_POINTS },
	{ "appraised", N_("Appraisal"), VALUE_POINTS }, { "why", N_("Reason"), VALUE_TEXT },
};
enum { S_STAGE, S_ON, S_POINTS, S_RESULT, S_VOTE, S_WHY };
static const struct report_column stage_columns[] = {
	{ "name", N_("Stage"), VALUE_TEXT },   { "on", N_("Day"), VALUE_DAY },   { "points", N_("Points"), VALUE_POINTS },
	{ "result", N_("Result"), VALUE_TEXT }, { "vote", N_("Vote"), VALUE_RATE }, { "why", N_("Reason"), VALUE_TEXT },
};

struct sheet_job {
	struct report *r;
	int year;
	struct year_case k;
	struct year_view view[CASE_STAGES];
	struct year_votes votes;
};

/* ---- lines ---- */

static const struct scored_line *line_in(const struct year_view *v, const char *id)
{
	for (size_t i = 0; v->sheet.revision && i < v->lines.n; i++)
		if (strcmp(v->lines.lines[i].id, id) == 0)
			return &v->lines.lines[i];
	return NULL;
}

static const char *said_of(const struct year_view *v, const char *id)
{
	for (size_t i = 0; i < v->whys.n; i++)
		if (strcmp(v->whys.v[i].line, id) == 0)
			return v->whys.v[i].text;
	return "";
}

/* The latest stage that has lines: its criteria are the rows. */
static const struct year_view *rows_of(const struct sheet_job *j)
{
	for (int s = CASE_STAGE_APPRAISED; s >= CASE_STAGE_HALF_YEAR; s--)
		if (j->view[s].sheet.revision && j->view[s].lines.n)
			return &j->view[s];
	return NULL;
}

/* The computed reason, then what people said beside it, the later stage first. */
static const char *why_of(struct call *c, const struct sheet_job *j, const struct scored_line *line)
{
	const char *text = line->source == SOURCE_JUDGED ? "" : line->why;

	for (int s = CASE_STAGE_APPRAISED; s >= CASE_STAGE_SELF; s--) {
		const char *said = said_of(&j->view[s], line->id);

		if (*said)
			return *text ? arena_printf(c->arena, "%s; %s", text, said) : said;
	}
	return text;
}

static void put_points(struct report_value *v, const struct sheet_job *j, const char *id)
{
	for (enum case_stage s = CASE_STAGE_HALF_YEAR; s < CASE_STAGES; s++) {
		const struct scored_line *l = line_in(&j->view[s], id);

		v[L_HALF_YEAR + s - CASE_STAGE_HALF_YEAR].a = l && tenths_is(l->points) ? l->points.t : INT_UNKNOWN;
	}
}

static void add_points(struct report_value *sum, const struct report_value *v)
{
	for (int i = L_MAX; i <= L_APPRAISED; i++)
		if (v[i].a != INT_UNKNOWN)
			sum[i].a = sum[i].a == INT_UNKNOWN ? v[i].a : sum[i].a + v[i].a;
}

static struct report_value *group_row(struct call *c, struct report_table *t, const struct scheme *s, int group)
{
	struct report_value *v = report_row(c, t);

	v[L_ID].s = s->groups[group].id;
	v[L_TITLE].s = text_upper(c->arena, s->groups[group].title[c->lang]);
	for (int i = L_MAX; i <= L_APPRAISED; i++)
		v[i].a = INT_UNKNOWN;
	return v;
}

static void line_rows(struct call *c, struct report_table *t, const struct sheet_job *j)
{
	const struct year_view *rows = rows_of(j);
	struct report_value *group = NULL, *total = report_total(c, t);
	int at = -1;

	total[L_TITLE].s = tr(c->lang, "Total");
	for (int i = L_MAX; i <= L_APPRAISED; i++)
		total[i].a = INT_UNKNOWN;
	for (size_t i = 0; rows && i < rows->lines.n; i++) {
		const struct scored_line *l = &rows->lines.lines[i];

		if (l->group >= 0 && l->group != at && rows->lines.scheme)
			group = group_row(c, t, rows->lines.scheme, at = l->group);
		struct report_value *v = report_row(c, t);

		v[L_ID].s = l->id;
		v[L_TITLE].s = l->title;
		v[L_MAX].a = tenths_is(l->max) ? l->max.t : INT_UNKNOWN;
		put_points(v, j, l->id);
		v[L_WHY].s = why_of(c, j, l);
		if (group)
			add_points(group, v);
		add_points(total, v);
	}
}

/* ---- stages ---- */

static enum case_stage stage_of_vote(unsigned word)
{
	return word == YEAR_VOTE_HALF_YEAR ? CASE_STAGE_HALF_YEAR : word == YEAR_VOTE_VOTED ? CASE_STAGE_VOTED : CASE_STAGE_NONE;
}

static void put_vote(struct report_value *v, const struct sheet_job *j, enum case_stage stage)
{
	for (size_t i = 0; i < j->votes.n; i++)
		if (stage_of_vote(j->votes.v[i].stage_word) == stage) {
			v[S_VOTE] = (struct report_value){ j->votes.v[i].in_favour, j->votes.v[i].base, "" };
			v[S_ON].a = j->votes.v[i].on.days;
		}
}

/* Vetoes that hold, then the words of whoever made the sheet. */
static const char *stage_why(struct call *c, const struct year_view *v)
{
	const char *text = "";

	for (size_t i = 0; i < v->condition_n; i++)
		if (v->conditions[i].known && v->conditions[i].holds)
			text = arena_printf(c->arena, "%s%s%s", text, *text ? "; " : "", v->conditions[i].text);
	if (!*text)
		text = v->sheet.vetoes;
	return *text && *v->sheet.reason ? arena_printf(c->arena, "%s; %s", text, v->sheet.reason) : *text ? text : v->sheet.reason;
}

static void stage_rows(struct call *c, struct report_table *t, const struct sheet_job *j)
{
	for (enum case_stage s = CASE_STAGE_HALF_YEAR; s < CASE_STAGES; s++) {
		const struct year_view *view = &j->view[s];
		struct report_value *v;

		if (!view->sheet.revision)
			continue;
		v = report_row(c, t);
		v[S_STAGE].s = case_stage_name(c->lang, CASE_FOUR_GOOD, s);
		v[S_ON].a = moment_date(call_local(view->sheet.at_ms)).days;
		v[S_POINTS].a = view->sheet.points.t;
		v[S_RESULT].s = case_result_name(c->lang, view->sheet.result);
		v[S_WHY].s = stage_why(c, view);
		put_vote(v, j, s);
	}
}

/* ---- the report ---- */

static fail sheet_body(struct call *c, void *arg)
{
	struct sheet_job *j = arg;

	TRY(case_find(c, CASE_FOUR_GOOD, j->year, j->r->question.unit_id, 0, &j->k));
	if (!j->k.id)
		return FAIL_OK;
	TRY(year_votes_of(c, &j->k, &j->votes));
	for (enum case_stage s = CASE_STAGE_HALF_YEAR; s < CASE_STAGES; s++)
		TRY(year_view(c, &j->k, s, NULL, &j->view[s]));
	return FAIL_OK;
}

static const char *standing(struct call *c, const struct sheet_job *j)
{
	const struct year_view *rows = rows_of(j);

	if (!j->k.id)
		return tr(c->lang, N_("This unit has not registered for “four good” in this year."));
	return arena_printf(c->arena, "%s%s%s", case_state_name(c->lang, j->k.kind, j->k.state), rows && rows->lines.scheme ? " · " : "",
	                    rows && rows->lines.scheme ? rows->lines.scheme->title[c->lang] : "");
}

fail report_sheet(struct call *c, struct report *r)
{
	struct sheet_job *j = ARENA_NEW(c->arena, struct sheet_job);

	j->r = r;
	j->year = report_year_of(r);
	TRY(db_read(c, sheet_body, j));
	struct report_table *lines = report_table(r, "lines", r->kind->title, COLUMNS(line_columns));
	struct report_table *stages = report_table(r, "stages", N_("Stages"), COLUMNS(stage_columns));

	line_rows(c, lines, j);
	stage_rows(c, stages, j);
	stages->note = standing(c, j);
	return FAIL_OK;
}
