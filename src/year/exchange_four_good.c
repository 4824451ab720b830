/* exchange_four_good.c — cases of "four good" in and out as files, by their totals. */
#include <string.h>

#include "year/assess.h"
#include "year/kinds.h"
#include "year/told.h"
#include "year_sql.h"

struct four_good_row {
	const char *unit_code;
	int64_t year;
	struct date registered_on;
	unsigned state;
	struct tenths self_points, voted_points, appraised_points;
	bool exemplary;
	const char *decision_no;
	struct date decided_on;
	const char *moved_to;
};

static const struct field fields[] = {
	FIELD(struct four_good_row, unit_code, N_("Unit"), REQUIRED | KEY, .max = 60),
	FIELD(struct four_good_row, year, N_("Year"), REQUIRED | KEY, .min = 2000, .max = 2999),
	FIELD(struct four_good_row, registered_on, N_("Registered on"), REQUIRED),
	FIELD(struct four_good_row, state, N_("State"), REQUIRED, .words = case_states),
	FIELD(struct four_good_row, self_points, N_("Points by the cell itself"), 0, .min = 0, .max = 1000),
	FIELD(struct four_good_row, voted_points, N_("Points voted by the members"), 0, .min = 0, .max = 1000),
	FIELD(struct four_good_row, appraised_points, N_("Points by the committee"), 0, .min = 0, .max = 1000),
	FIELD(struct four_good_row, exemplary, N_("Chosen for a certificate"), 0),
	FIELD(struct four_good_row, decision_no, N_("Number of the decision"), 0, .max = 60),
	FIELD(struct four_good_row, decided_on, N_("Decided on"), 0),
	FIELD(struct four_good_row, moved_to, N_("Moved to"), 0, .max = 200),
	FIELD_END,
};
static const struct record row_record = { "four_good", sizeof(struct four_good_row), fields };

/* ---------------------------------------------------------------- what a row says by itself */

static bool reached(unsigned state, unsigned least)
{
	return state >= least && state <= CASE_NOT_RECOGNISED && state != CASE_RETURNED;
}

static void check_points(struct call *c, const struct four_good_row *r, struct flaws *found)
{
	if (reached(r->state, CASE_SELF_ASSESSED) && !tenths_is(r->self_points))
		flaw_add(c, found, "self_points", "a case that is at “%s” has points here", case_state_name(c->lang, CASE_FOUR_GOOD, r->state));
	if (reached(r->state, CASE_APPRAISED) && !tenths_is(r->appraised_points))
		flaw_add(c, found, "appraised_points", "a case that is at “%s” has points here", case_state_name(c->lang, CASE_FOUR_GOOD, r->state));
	if (tenths_is(r->appraised_points) && !tenths_is(r->self_points))
		flaw_add(c, found, "self_points", "what was appraised was assessed by the cell first; give its points");
}

static void check_end(struct call *c, const struct four_good_row *r, struct flaws *found)
{
	if (r->state == CASE_RECOGNISED && !date_is(r->decided_on))
		flaw_add(c, found, "decided_on", "give the day of the decision");
	if (r->exemplary && r->state != CASE_RECOGNISED)
		flaw_add(c, found, "exemplary", "only a recognised cell is chosen for a certificate; this one is “%s”",
		         case_state_name(c->lang, CASE_FOUR_GOOD, r->state));
	if ((r->state == CASE_TRANSFERRED_OUT) != (*r->moved_to != '\0'))
		flaw_add(c, found, "moved_to", "say where to, and only of a unit that moved away");
}

static fail prepare(struct call *c, void *row)
{
	const struct four_good_row *r = row;
	struct flaws found = { 0 };

	if (r->registered_on.days < date_of((int)r->year - 1, 12, 1).days || r->registered_on.days > date_of((int)r->year, 12, 31).days)
		flaw_add(c, &found, "registered_on", "for %lld one registers from %s to %s", (long long)r->year,
		         show_date(c->arena, c->lang, date_of((int)r->year - 1, 12, 1)), show_date(c->arena, c->lang, date_of((int)r->year, 12, 31)));
	if (r->state == CASE_OPEN || r->state == CASE_NOTIFIED)
		flaw_add(c, &found, "state", "“%s” belongs to the annual classification", case_state_name(c->lang, CASE_UNIT, r->state));
	check_points(c, r, &found);
	check_end(c, r, &found);
	return flaws_refuse(c, &found);
}

/* ---------------------------------------------------------------- in */

static void put_points(struct told *t, enum case_stage stage, struct tenths points, struct tenths standard)
{
	t->points[stage] = points;
	t->result[stage] = points.t >= standard.t ? RESULT_MET : RESULT_NOT_MET;
}

static void as_told(const struct four_good_row *r, struct tenths standard, struct told *t)
{
	*t = (struct told){ .kind = CASE_FOUR_GOOD, .state = r->state, .year = r->year, .registered_on = r->registered_on, .decided_on = r->decided_on,
		                .exemplary = r->exemplary, .decision_no = r->decision_no, .moved_to = r->moved_to };
	t->points[CASE_STAGE_NONE] = t->points[CASE_STAGE_HALF_YEAR] = TENTHS_NONE;
	put_points(t, CASE_STAGE_SELF, r->self_points, standard);
	put_points(t, CASE_STAGE_VOTED, r->voted_points, standard);
	put_points(t, CASE_STAGE_APPRAISED, r->appraised_points, standard);
}

/* As it stood before, for the journal. */
static fail stored_row(struct call *c, const struct four_good_row *r, int64_t unit_id, struct four_good_row *out)
{
	struct year_case k;
	struct year_sheet s;

	*out = *r;
	TRY(case_find(c, CASE_FOUR_GOOD, (int)r->year, unit_id, 0, &k));
	if (!k.id)
		return FAIL_OK;
	*out = (struct four_good_row){ .unit_code = r->unit_code, .year = r->year, .registered_on = k.registered_on, .state = k.state, .exemplary = k.exemplary > 0,
		                           .decision_no = k.decision_no, .decided_on = k.decided_on, .moved_to = k.moved_to };
	TRY(year_latest(c, &k, CASE_STAGE_SELF, &s));
	out->self_points = s.revision ? s.points : TENTHS_NONE;
	TRY(year_latest(c, &k, CASE_STAGE_VOTED, &s));
	out->voted_points = s.revision ? s.points : TENTHS_NONE;
	TRY(year_latest(c, &k, CASE_STAGE_APPRAISED, &s));
	out->appraised_points = s.revision ? s.points : TENTHS_NONE;
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *data)
{
	const struct four_good_row *r = data;
	struct told_state *s = state;
	struct four_good_row before;
	enum told_outcome outcome;
	struct told t;
	int64_t id;

	TRY(told_unit(c, s, r->unit_code, r->year));
	if (date_is(r->decided_on) && r->decided_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "decided_on", "%s is still to come", show_date(c->arena, c->lang, r->decided_on));
	if (r->state == CASE_RECOGNISED && r->appraised_points.t < s->standard.t)
		return problem(c, FAIL_INPUT, "appraised_points", "%s points do not meet the standard of %s", show_tenths(c->arena, c->lang, r->appraised_points),
		               show_tenths(c->arena, c->lang, s->standard));
	as_told(r, s->standard, &t);
	TRY(stored_row(c, r, s->unit.id, &before));
	TRY(told_take(c, s, &t, 0, &outcome, &id));
	if (outcome == TOLD_CHANGED)
		return import_changed(c, im, s->unit.realm, s->unit.id, "year_case", id, &before, r);
	import_count(im, outcome == TOLD_ADDED ? IMPORT_ADDED : IMPORT_SAME);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- out */

static fail out_row(struct call *c, const void *data, void *arg)
{
	(void)c;
	return export_row(arg, data);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	bool all = q->period.from == 0 && q->period.to == 0;
	int64_t from = all ? 0 : q->period.from / 12, to = all ? 9999 : q->period.to / 12, unit;
	struct date since = all ? DATE_EVER : date_of((int)from, 1, 1), until = all ? DATE_OPEN : date_of((int)to, 12, 31);

	if (!q->unit_code)
		return db_each(c, &Q_four_good_rows_all, ARGS(V(from), V(to)), &row_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_four_good_rows_below, ARGS(V(unit), V(since), V(until), V(from), V(to)), &row_record, out_row, ex);
}

const struct exchange_kind four_good_kind = {
	.name = "four-good",
	.label = N_("“Four good” cases"),
	.record = &row_record,
	.may_export = MAY_SEE,
	.prepare = prepare,
	.begin = told_begin,
	.row = row,
	.finish = told_finish,
	.each = each,
};
