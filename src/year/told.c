/* told.c — totals become a case: its sheets without lines, and the steps that lead to where it stands. */
#include "year/told.h"

#include <string.h>

#include "base/id.h"
#include "db/batch.h"
#include "year/assess_keep.h"
#include "year_sql.h"

fail told_begin(struct call *c, struct import *im, void **out)
{
	struct told_state *s = ARENA_NEW(import_arena(im), struct told_state);

	if (!c->rules)
		return problem(c, FAIL_BROKEN, "", "no rules were loaded");
	s->dirty = rollup_dirty_new(import_arena(im));
	s->steps = db_batch_new(import_arena(im), &Q_case_steps_insert, &Q_case_steps_insert_rows);
	*out = s;
	return FAIL_OK;
}

fail told_finish(struct call *c, struct import *im, void *state)
{
	struct told_state *s = state;

	(void)im;
	TRY(db_batch_flush(c, s->steps));
	return rollup_touch_many(c, s->dirty);
}

/* ---------------------------------------------------------------- the unit */

/* The names of a unit are in the call's arena, which is emptied meanwhile: only what is needed is kept. */
static fail load_unit(struct call *c, struct told_state *s, const char *code, int64_t year)
{
	const struct scheme *scheme;
	struct unit u;

	s->unit_code[0] = '\0';
	fail f = org_unit_nearest_by_code(c, code, case_day(c, year), &u);

	if (f == FAIL_NOT_FOUND) {
		problem_clear(c);
		return problem(c, f, "unit_code", "there is no unit with the code “%s”; import the units first", code);
	}
	TRY(f);
	if (!call_may(c, MAY_IMPORT, u.id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	if (u.valid_from.days > date_of((int)year, 12, 31).days || u.valid_to.days < date_of((int)year, 1, 1).days)
		return problem(c, FAIL_INPUT, "unit_code", "%s did not exist in %lld", u.name, (long long)year);
	TRY(assess_scheme(c, CASE_FOUR_GOOD, year, &u, &scheme));
	s->standard = scheme->standard;
	TRY(assess_levels(c, CASE_UNIT, year, &u, &s->levels[CASE_UNIT]));
	TRY(assess_levels(c, CASE_MEMBER, year, &u, &s->levels[CASE_MEMBER]));
	s->unit = (struct unit){ .id = u.id, .realm = u.realm, .level = u.level, .type = u.type, .parent_id = u.parent_id };
	s->unit_year = year;
	snprintf(s->unit_code, sizeof s->unit_code, "%s", code);
	return FAIL_OK;
}

fail told_unit(struct call *c, struct told_state *s, const char *code, int64_t year)
{
	if (year < 2000 || year > 2999)
		return problem(c, FAIL_INPUT, "year", "give the year");
	if (date_of((int)year - 1, 12, 1).days > c->today.days)
		return problem(c, FAIL_INPUT, "year", "the year %d has not begun", (int)year);
	return strcmp(s->unit_code, code) == 0 && s->unit_year == year ? FAIL_OK : load_unit(c, s, code, year);
}

/* ---------------------------------------------------------------- the way to where it stands */

struct way {
	enum case_step v[8];
	int n;
};

static void go(struct way *w, bool really, enum case_step step)
{
	if (really)
		w->v[w->n++] = step;
}

static bool has_sheet(const struct told *t, enum case_stage stage)
{
	return tenths_is(t->points[stage]);
}

/* How far it came: by its state, of one that left by its sheets. */
static int reach_of(const struct told *t)
{
	switch (t->state) {
	case CASE_HALF_YEAR: return 1;
	case CASE_SELF_ASSESSED: return 2;
	case CASE_VOTED: return 3;
	case CASE_APPRAISED: case CASE_RECOGNISED: case CASE_NOT_RECOGNISED: case CASE_NOTIFIED: return 4;
	case CASE_WITHDRAWN: case CASE_TRANSFERRED_OUT:
		return has_sheet(t, CASE_STAGE_APPRAISED) && t->state == CASE_TRANSFERRED_OUT ? 4
		       : has_sheet(t, CASE_STAGE_VOTED)                                     ? 3
		       : has_sheet(t, CASE_STAGE_SELF)                                      ? 2
		                                                                            : 0;
	default: return 0;
	}
}

static void find_way(const struct told *t, struct way *w)
{
	bool half_year = t->kind == CASE_FOUR_GOOD && t->registered_on.days <= HALF_YEAR_LAST(t->year).days;
	int reach = reach_of(t);

	*w = (struct way){ { CASE_STEP_REGISTER }, 1 };
	go(w, reach >= 1 && (half_year || reach == 1), CASE_STEP_HALF_YEAR);
	go(w, reach >= 2, CASE_STEP_SELF_ASSESS);
	go(w, reach >= 3, CASE_STEP_VOTE);
	go(w, reach >= 4, CASE_STEP_APPRAISE);
	go(w, t->state == CASE_RECOGNISED, CASE_STEP_RECOGNISE);
	go(w, t->state == CASE_NOT_RECOGNISED, CASE_STEP_REFUSE);
	go(w, t->state == CASE_NOTIFIED, CASE_STEP_NOTIFY);
	go(w, t->state == CASE_WITHDRAWN, CASE_STEP_WITHDRAW);
	go(w, t->state == CASE_TRANSFERRED_OUT, CASE_STEP_TRANSFER_OUT);
}

/* The steps from `from` on: rows[0 … *n]. FAIL_CONFLICT when the way does not pass `from`. */
static fail way_from(struct call *c, const struct told *t, unsigned from, const struct case_row **rows, int *n)
{
	unsigned at = CASE_NO_STATE;
	bool begun = from == CASE_NO_STATE;
	struct way w;

	*n = 0;
	find_way(t, &w);
	for (int i = 0; i < w.n; i++) {
		const struct case_row *row = case_find_row(t->kind, w.v[i], at);

		if (!row)
			return problem(c, FAIL_INPUT, "state", "a case does not come to “%s” in this way", case_state_name(c->lang, t->kind, t->state));
		if (begun)
			rows[(*n)++] = row;
		at = row->to;
		begun = begun || at == from;
	}
	if (begun && at == t->state)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "state", "the case is at “%s” here; from there a file does not bring it to “%s”", case_state_name(c->lang, t->kind, from),
	               case_state_name(c->lang, t->kind, t->state));
}

/* Once the case is there. */
static fail walk(struct call *c, struct told_state *s, const struct year_case *k, unsigned from, int64_t seq, const struct case_row *const *rows, int n)
{
	for (int i = 0; i < n; i++) {
		TRY(db_batch_add(c, s->steps,
		                 ARGS(V(k->realm), V(k->id), V(++seq), V(case_steps[rows[i]->step]), V(case_states[from]), V(case_states[rows[i]->to]), V(c->who.name),
		                      V(c->now_ms), V(""))));
		from = rows[i]->to;
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- sheets */

static fail put_sheets(struct call *c, struct year_case *k, const struct told *t, bool may_exist, bool *changed)
{
	for (int stage = CASE_STAGE_SELF; stage < CASE_STAGES; stage++) {
		struct year_sheet last = { .revision = 0 }, s = { .stage = (unsigned)stage, .scheme = "", .points = t->points[stage], .result = t->result[stage],
			                                              .vetoes = "", .facts = "", .reason = "" };

		if (!tenths_is(t->points[stage]))
			continue;
		if (may_exist)
			TRY(year_latest(c, k, (enum case_stage)stage, &last));
		if (last.revision && last.points.t == s.points.t && last.result == s.result)
			continue;
		*changed = true;
		TRY(assess_total(c, k, &last, &s));
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- a new one */

static void fill(struct year_case *k, const struct told *t)
{
	k->state = t->state;
	k->registered_on = date_is(t->registered_on) ? t->registered_on : k->registered_on;
	k->decided_on = date_is(t->decided_on) ? t->decided_on : k->decided_on;
	k->exemplary = t->exemplary;
	k->decision_no = *t->decision_no ? t->decision_no : k->decision_no;
	k->moved_to = *t->moved_to ? t->moved_to : k->moved_to;
}

static fail write_row(struct call *c, const struct year_case *k)
{
	return db_exec(c, &Q_case_write,
	               ARGS(V(k->realm), V(k->id), V(case_states[k->state]), V(k->group_name), V(k->exemplary), k->decision_id > 0 ? V(k->decision_id) : V(INT_UNKNOWN),
	                    V(k->decision_no), V(k->decided_on), V(k->due_on), V(k->moved_to), V(k->remark), V(k->registered_on), V(k->imported)),
	               NULL);
}

static fail was_recognised(struct call *c, const struct year_case *k, int64_t *out)
{
	struct year_case last;

	*out = 0;
	if (k->kind != CASE_FOUR_GOOD)
		return FAIL_OK;
	TRY(case_find(c, k->kind, (int)k->year - 1, k->unit_id, 0, &last));
	*out = last.id && last.state == CASE_RECOGNISED;
	return FAIL_OK;
}

static fail add(struct call *c, struct told_state *s, const struct told *t, struct year_case *k)
{
	const struct case_row *rows[8];
	bool changed = false;
	int n;

	if (t->state == CASE_RETURNED || t->state == CASE_REOPENED || t->state == CASE_NO_STATE)
		return problem(c, FAIL_INPUT, "state", "a case does not come to “%s” in this way", case_state_name(c->lang, t->kind, t->state));
	if (t->state == CASE_RECOGNISED && !*t->decision_no)
		return problem(c, FAIL_INPUT, "decision_no", "give the number of the decision");
	k->id = id_new();
	fill(k, t);
	TRY(way_from(c, t, CASE_NO_STATE, rows, &n));
	TRY(was_recognised(c, k, &k->carried_over));
	TRY(db_exec(c, &Q_case_insert,
	            ARGS(V(k->realm), V(k->id), V(case_kinds[k->kind]), V(k->year), V(k->unit_id), V(k->member_id), V(case_states[k->state]),
	                 V(k->registered_on), V(INT_UNKNOWN), V(INT_UNKNOWN), V(DATE_NONE), V(k->carried_over), V(INT64_C(1))),
	            NULL));
	TRY(walk(c, s, k, CASE_NO_STATE, 0, rows, n));
	if (*k->decision_no || date_is(k->decided_on) || k->exemplary || *k->moved_to)
		TRY(write_row(c, k));
	return put_sheets(c, k, t, false, &changed);
}

/* ---------------------------------------------------------------- one that is there */

static bool same_row(const struct year_case *x, const struct year_case *y)
{
	return x->state == y->state && x->registered_on.days == y->registered_on.days && x->decided_on.days == y->decided_on.days &&
	       (x->exemplary > 0) == (y->exemplary > 0) && strcmp(x->decision_no, y->decision_no) == 0 && strcmp(x->moved_to, y->moved_to) == 0;
}

static fail same_sheets(struct call *c, const struct year_case *k, const struct told *t, bool *out)
{
	struct year_sheet s;

	*out = true;
	for (int stage = CASE_STAGE_SELF; stage < CASE_STAGES && *out; stage++) {
		if (!tenths_is(t->points[stage]))
			continue;
		TRY(year_latest(c, k, (enum case_stage)stage, &s));
		*out = s.revision && s.points.t == t->points[stage].t && (k->kind == CASE_FOUR_GOOD || s.result == t->result[stage]);
	}
	return FAIL_OK;
}

static fail change(struct call *c, struct told_state *s, const struct told *t, struct year_case *k, const struct year_case *was)
{
	const struct case_row *rows[8];
	bool changed = false;
	int64_t last;
	int n;

	if (was->imported <= 0)
		return problem(c, FAIL_CONFLICT, "state", "this case is kept here step by step; a file does not change it");
	TRY(db_batch_flush(c, s->steps));
	TRY(db_int(c, &Q_case_step_last, ARGS(V(k->realm), V(k->id)), 0, &last));
	TRY(way_from(c, t, was->state, rows, &n));
	TRY(walk(c, s, k, was->state, last, rows, n));
	TRY(put_sheets(c, k, t, true, &changed));
	return write_row(c, k);
}

fail told_take(struct call *c, struct told_state *s, const struct told *t, int64_t member_id, enum told_outcome *outcome, int64_t *case_id)
{
	struct year_case was, k;
	bool same;

	TRY(case_find(c, t->kind, (int)t->year, s->unit.id, member_id, &was));
	k = was;
	rollup_dirty_add_year(s->dirty, s->unit.realm, s->unit.id, (int)t->year);
	if (!was.id) {
		k.kind = t->kind;
		k.year = t->year;
		k.realm = s->unit.realm;
		k.unit_id = s->unit.id;
		k.member_id = member_id;
		k.imported = 1;
		*outcome = TOLD_ADDED;
		TRY(add(c, s, t, &k));
		*case_id = k.id;
		return FAIL_OK;
	}
	fill(&k, t);
	*case_id = k.id;
	TRY(same_sheets(c, &was, t, &same));
	*outcome = same && same_row(&was, &k) ? TOLD_SAME : TOLD_CHANGED;
	return *outcome == TOLD_SAME ? FAIL_OK : change(c, s, t, &k, &was);
}
