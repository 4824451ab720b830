/* exchange_classifications.c — annual levels of units and members in and out as files. A row without a day of decision is what the cell proposes. */
#include <string.h>

#include "org/member.h"
#include "year/assess_keep.h"
#include "year/kinds.h"
#include "year/told.h"
#include "year_sql.h"

struct class_row {
	const char *unit_code, *member_code;
	int64_t year;
	struct tenths points;
	unsigned level;
	struct date decided_on;
};

static const struct field fields[] = {
	FIELD(struct class_row, unit_code, N_("Unit"), REQUIRED | KEY, .max = 60),
	FIELD(struct class_row, member_code, N_("Member"), KEY, .max = 60),
	FIELD(struct class_row, year, N_("Year"), REQUIRED | KEY, .min = 2000, .max = 2999),
	FIELD(struct class_row, points, N_("Points"), REQUIRED, .min = 0, .max = 1000),
	FIELD(struct class_row, level, N_("Level"), REQUIRED, .words = level_words),
	FIELD(struct class_row, decided_on, N_("Decided on"), 0),
	FIELD_END,
};
static const struct record row_record = { "classification", sizeof(struct class_row), fields };

/* ---------------------------------------------------------------- in */

/* On the roll at some time of the year. */
static fail find_member(struct call *c, const struct told_state *s, const struct class_row *r, int64_t *out)
{
	struct member m;
	struct membership *v;
	size_t n;
	struct date first = date_of((int)r->year, 1, 1), last = date_of((int)r->year, 12, 31);

	*out = 0;
	if (!*r->member_code)
		return FAIL_OK;
	fail f = org_member_by_code(c, s->unit.realm, r->member_code, &m);

	if (f == FAIL_NOT_FOUND) {
		problem_clear(c);
		return problem(c, f, "member_code", "there is no member with the code “%s”; import the members first, or correct the code", r->member_code);
	}
	TRY(f);
	TRY(org_memberships(c, s->unit.realm, m.id, &v, &n));
	*out = m.id;
	for (size_t i = 0; i < n; i++)
		if (v[i].unit_id == s->unit.id && member_is_here(v[i].status) && v[i].valid_from.days <= last.days && v[i].valid_to.days >= first.days)
			return FAIL_OK;
	return problem(c, FAIL_INPUT, "member_code", "%s was not a member of %s in %lld", m.full_name, r->unit_code, (long long)r->year);
}

/* The points are enough for the level; conditions may have made it lower. */
static fail check_level(struct call *c, const struct told_state *s, unsigned kind, const struct class_row *r)
{
	struct tenths from = s->levels[kind]->rows[r->level].from;

	if (r->level <= LEVEL_OF_NOT_COMPLETED || r->points.t >= from.t)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "level", "“%s” takes %s points, here are %s", level_title((enum level)r->level, c->lang),
	               show_tenths(c->arena, c->lang, from), show_tenths(c->arena, c->lang, r->points));
}

static void as_told(const struct class_row *r, unsigned kind, struct told *t)
{
	bool decided = date_is(r->decided_on);

	*t = (struct told){ .kind = kind, .state = decided ? CASE_NOTIFIED : CASE_VOTED, .year = r->year, .registered_on = DATE_NONE, .decided_on = r->decided_on,
		                .decision_no = "", .moved_to = "" };
	for (int i = 0; i < CASE_STAGES; i++)
		t->points[i] = TENTHS_NONE;
	t->points[decided ? CASE_STAGE_APPRAISED : CASE_STAGE_VOTED] = r->points;
	t->result[decided ? CASE_STAGE_APPRAISED : CASE_STAGE_VOTED] = assess_result_of_level((enum level)r->level);
}

static fail stored_row(struct call *c, const struct class_row *r, unsigned kind, int64_t unit_id, int64_t member_id, struct told *t, struct class_row *out)
{
	struct year_case k;
	struct year_sheet s;

	*out = *r;
	TRY(case_find(c, kind, (int)r->year, unit_id, member_id, &k));
	if (!k.id)
		return FAIL_OK;
	TRY(year_counting(c, &k, &s));
	out->points = s.revision ? s.points : TENTHS_NONE;
	out->level = s.revision && s.result >= RESULT_NOT_COMPLETED ? s.result - RESULT_NOT_COMPLETED + LEVEL_OF_NOT_COMPLETED : LEVEL_OF_NONE;
	out->decided_on = k.decided_on;
	/* An export of a case that is under way here says no more than its sheet: the same row again is the same. */
	if (s.revision && s.points.t == r->points.t && out->level == r->level && k.decided_on.days == r->decided_on.days) {
		t->state = k.state;
		t->points[CASE_STAGE_VOTED] = t->points[CASE_STAGE_APPRAISED] = TENTHS_NONE;
	}
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *data)
{
	const struct class_row *r = data;
	struct told_state *s = state;
	unsigned kind = *r->member_code ? CASE_MEMBER : CASE_UNIT;
	struct class_row before;
	enum told_outcome outcome;
	struct told t;
	int64_t member, id;

	TRY(told_unit(c, s, r->unit_code, r->year));
	TRY(find_member(c, s, r, &member));
	TRY(check_level(c, s, kind, r));
	if (date_is(r->decided_on) && r->decided_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "decided_on", "%s is still to come", show_date(c->arena, c->lang, r->decided_on));
	as_told(r, kind, &t);
	TRY(stored_row(c, r, kind, s->unit.id, member, &t, &before));
	TRY(told_take(c, s, &t, member, &outcome, &id));
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
		return db_each(c, &Q_class_rows_all, ARGS(V(from), V(to)), &row_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_class_rows_below, ARGS(V(unit), V(since), V(until), V(from), V(to)), &row_record, out_row, ex);
}

const struct exchange_kind classification_kind = {
	.name = "classifications",
	.label = N_("Annual classifications"),
	.record = &row_record,
	.may_export = MAY_SEE_MEMBERS,
	.begin = told_begin,
	.row = row,
	.finish = told_finish,
	.each = each,
};
