/* reports.c — R01 and R13 as tables. Exceptions are exceptions.c. */
#include "plan/reports.h"

#include "db/db.h"
#include "plan/schedule.h"
#include "plan_sql.h"
#include "rollup/memory.h"

const struct report_kind plan_reports[] = {
	{ "R01", "schedule", N_("Schedule of meetings"), report_schedule },
	{ "R09", "exceptions", N_("Without meeting, not scored, not reported"), report_exceptions },
	{ "R13", "thematic", N_("Thematic plan and coverage"), report_topics },
	{ NULL },
};

/* ---- R01 ---- */

enum { S_CODE, S_NAME, S_MEMBERS, S_TIME, S_PLACE, S_SECRETARY, S_STATE };
static const struct report_column schedule_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },   { "name", N_("Cell"), VALUE_TEXT },   { "members", N_("Members"), VALUE_COUNT },
	{ "time", N_("Time"), VALUE_TEXT },   { "place", N_("Place"), VALUE_TEXT }, { "secretary", N_("Secretary"), VALUE_TEXT },
	{ "state", N_("State"), VALUE_TEXT },
};
static const struct report_column missing_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },
	{ "name", N_("Cell"), VALUE_TEXT },
	{ "members", N_("Members"), VALUE_COUNT },
	{ "secretary", N_("Secretary"), VALUE_TEXT },
};

struct schedule_job {
	struct report *r;
	struct schedule s;
	bool names;
};

static fail schedule_body(struct call *c, void *arg)
{
	struct schedule_job *j = arg;

	j->names = call_may(c, MAY_SEE_MEMBERS, j->r->question.unit_id);
	return schedule_load(c, j->r->question.unit_id, j->r->question.period.to, &j->s);
}

static void listed_row(struct call *c, struct report_table *t, const struct schedule_row *x, bool names)
{
	struct report_value *v = report_row(c, t);

	v[S_CODE].s = x->code;
	v[S_NAME] = (struct report_value){ .b = x->unit_id, .s = x->name };
	v[S_MEMBERS].a = x->members;
	v[S_TIME].s = schedule_time(c, x->starts_at);
	v[S_PLACE].s = x->place;
	v[S_SECRETARY].s = names ? x->secretary : "";
	v[S_STATE].s = meeting_state_name(c->lang, x->state);
}

static void missing_row(struct call *c, struct report_table *t, const struct schedule_row *x, bool names)
{
	struct report_value *v = report_row(c, t);

	v[0].s = x->code;
	v[1] = (struct report_value){ .b = x->unit_id, .s = x->name };
	v[2].a = x->members;
	v[3].s = names ? x->secretary : "";
}

fail report_schedule(struct call *c, struct report *r)
{
	struct schedule_job j = { .r = r };

	r->question.period.from = r->question.period.to;
	TRY(db_read(c, schedule_body, &j));
	struct report_table *t = report_table(r, "cells", r->kind->title, COLUMNS(schedule_columns));
	struct report_table *m = report_table(r, "missing", N_("Not registered yet"), COLUMNS(missing_columns));

	for (size_t i = 0; i < j.s.n; i++) {
		if (j.s.v[i].listed)
			listed_row(c, t, &j.s.v[i], j.names);
		else
			missing_row(c, m, &j.s.v[i], j.names);
	}
	struct report_value *total = report_total(c, t);

	total[S_NAME].s = tr(c->lang, "Total");
	total[S_MEMBERS].a = j.s.members;
	r->number = j.s.first || j.s.changed ? "       -TB/ĐU" : document_number_text(c->arena, &j.s.issued[0]);
	return FAIL_OK;
}

/* ---- R13 ---- */

static const struct report_column topic_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },    { "name", N_("Cell"), VALUE_TEXT },     { "quarter", N_("Quarter"), VALUE_TEXT },
	{ "title", N_("Topic"), VALUE_TEXT },  { "author", N_("Author"), VALUE_TEXT }, { "when", N_("Month"), VALUE_TEXT },
	{ "state", N_("Result"), VALUE_TEXT },
};

struct topics_job {
	struct report *r;
	struct plan_topics topics;
	struct units cells;
	bool names;
};

static fail topics_body(struct call *c, void *arg)
{
	struct topics_job *j = arg;
	const struct question *q = &j->r->question;
	struct unit self;

	j->names = call_may(c, MAY_SEE_MEMBERS, q->unit_id);
	TRY(db_all(c, &Q_plan_topics_below, ARGS(V(q->unit_id), V(c->today), V(q->period.from / 12), V(q->period.to / 12)), &plan_topic_record,
	           &j->topics.v, &j->topics.n));
	TRY(org_unit_nearest(c, q->unit_id, c->today, &self));
	return j->topics.n ? org_below(c, self.id, c->today, LEVEL_NONE, &j->cells) : FAIL_OK;
}

static const char *cell_name(const struct units *cells, int64_t id)
{
	for (size_t i = 0; i < cells->n; i++)
		if (cells->v[i].id == id)
			return cells->v[i].name;
	return "";
}

static const char *result_of(struct call *c, const struct plan_topic *t)
{
	month_no last = month_of((int)t->year, (int)t->quarter * 3);

	if (meeting_was_held(t->state))
		return arena_printf(c->arena, tr(c->lang, "held on %s"), show_date(c->arena, c->lang, moment_date(t->starts_at)));
	if ((t->month != INT_UNKNOWN ? month_of((int)t->year, (int)t->month) : last) < date_month(c->today))
		return tr(c->lang, N_("not held"));
	return t->state ? meeting_state_name(c->lang, t->state) : tr(c->lang, N_("not at a meeting yet"));
}

static void topic_row(struct call *c, struct report_table *t, const struct topics_job *j, const struct plan_topic *x)
{
	struct report_value *v = report_row(c, t);
	struct period quarter = { month_of((int)x->year, (int)x->quarter * 3 - 2), month_of((int)x->year, (int)x->quarter * 3) };

	v[0].s = x->unit_code;
	v[1] = (struct report_value){ .b = x->unit_id, .s = cell_name(&j->cells, x->unit_id) };
	v[2].s = show_period(c->arena, c->lang, quarter);
	v[3].s = x->title;
	v[4].s = j->names && x->author_name ? x->author_name : "";
	v[5].s = x->month == INT_UNKNOWN ? "" : show_month(c->arena, c->lang, month_of((int)x->year, (int)x->month));
	v[6].s = result_of(c, x);
}

fail report_topics(struct call *c, struct report *r)
{
	struct topics_job j = { .r = r };

	TRY(report_thematic(c, r));
	TRY(db_read(c, topics_body, &j));
	struct report_table *t = report_table(r, "topics", N_("Topics of the plans"), COLUMNS(topic_columns));

	for (size_t i = 0; i < j.topics.n; i++) {
		const struct plan_topic *x = &j.topics.v[i];
		struct period quarter = { month_of((int)x->year, (int)x->quarter * 3 - 2), month_of((int)x->year, (int)x->quarter * 3) };

		if (quarter.to >= r->question.period.from && quarter.from <= r->question.period.to)
			topic_row(c, t, &j, x);
	}
	return FAIL_OK;
}
