/* year.c — through the product's own functions, as a secretary and a committee would do it. */
#include "demo/year.h"

#include "db/db.h"
#include "demo_sql.h"
#include "org/unit.h"
#include "rollup/rollup.h"
#include "year/assess.h"
#include "year/recognition.h"

struct play {
	struct call *c;
	struct moment real;      /* the clock as it was */
	const struct unit *u;
	int year, n;             /* number of the cell */
	int64_t base;            /* who may vote */
	struct year_case k;
	struct flaws found;
};

/* False: that day has not come yet. */
static bool at(struct play *p, int year, int month, int day)
{
	struct moment then = { (int64_t)date_of(year, month, day).days * 1440 + 20 * 60 };

	if (then.minutes > p->real.minutes)
		return false;
	call_set_now(p->c, then);
	return true;
}

/* Points of the judged lines: in full, but for a tenth part here and there. Most units are more modest about themselves than about their year. */
static fail judge(struct play *p, struct judged *out)
{
	struct year_draft d;

	TRY(year_draft(p->c, &p->k, JUDGED_NONE, &d));
	struct judged_line *v = ARENA_ARRAY(p->c->arena, d.sheet.n + 1, struct judged_line);
	bool modest = p->k.kind == CASE_UNIT && p->n % 4 != 2;
	size_t n = 0;

	for (size_t i = 0; i < d.sheet.n; i++) {
		struct tenths max = d.sheet.lines[i].max;

		if (d.sheet.lines[i].state == LINE_UNJUDGED)
			v[n++] = (struct judged_line){ d.sheet.lines[i].id, { (int32_t)(max.t - (modest ? max.t * 4 / 10 : (int64_t)((size_t)p->n + i) % 5 * max.t / 50)) } };
	}
	*out = (struct judged){ v, n };
	return FAIL_OK;
}

/* Keeps a sheet of the stage, with the vote that belongs to it. A sheet that cannot be made yet is left alone: *done false. */
static fail keep(struct play *p, enum case_stage stage, bool *done)
{
	struct year_vote v = { .on = p->c->today, .base = p->base, .in_favour = p->base - p->n % 3, .against = p->n % 3 / 2, .abstain = (p->n % 3 + 1) / 2, .remark = "" };
	struct year_request rq = { .case_id = p->k.id, .rev = ANY_REV, .stage = stage, .reason = "", .keep = stage > CASE_STAGE_SELF };
	struct year_sheet sheet;

	if (!rq.keep)
		TRY(judge(p, &rq.judged));
	fail f = year_save(p->c, &rq, stage == CASE_STAGE_HALF_YEAR || stage == CASE_STAGE_VOTED ? &v : NULL, &p->k, &sheet, &p->found);

	*done = f == FAIL_OK;
	if (f == FAIL_INPUT || f == FAIL_CONFLICT)
		problem_clear(p->c);
	return f == FAIL_INPUT || f == FAIL_CONFLICT ? FAIL_OK : f;
}

static fail step(struct play *p, enum case_step s, const struct case_note *note)
{
	return case_take_step(p->c, p->k.id, ANY_REV, s, note, &p->k, &p->found);
}

static fail open_class(struct play *p)
{
	struct case_opening o = { .kind = CASE_UNIT, .year = p->year, .unit_id = p->u->id, .base = INT_UNKNOWN };

	return case_open(p->c, &o, &p->k);
}

/* At the first regular meeting of the year, in January or February. */
struct held { int64_t id; struct moment starts_at; };
static const struct field held_fields[] = { COL(struct held, id), COL(struct held, starts_at), FIELD_END };
static const struct record held_record = { "held", sizeof(struct held), held_fields };

static fail register_case(struct play *p, bool *done)
{
	struct held m;
	int64_t january = (int64_t)p->year * 12;
	fail f = db_one(p->c, &Q_demo_regular, ARGS(V(p->u->realm), V(p->u->id), V(january), V(january + 1)), &held_record, &m);

	*done = f == FAIL_OK && m.starts_at.minutes < p->real.minutes;
	if (!*done)
		return f == FAIL_NOT_FOUND ? FAIL_OK : f;
	struct date day = moment_date(m.starts_at);
	struct case_opening o = { .kind = CASE_FOUR_GOOD, .year = p->year, .unit_id = p->u->id, .meeting_id = m.id, .registered_on = day, .agreement_on = day,
		                      .base = p->base, .in_favour = p->base, .against = 0, .abstain = 0 };

	call_set_now(p->c, (struct moment){ m.starts_at.minutes + 120 });
	f = case_open(p->c, &o, &p->k);
	*done = f == FAIL_OK;
	if (f == FAIL_INPUT || f == FAIL_CONFLICT) /* no programme of the year yet */
		problem_clear(p->c);
	return f == FAIL_INPUT || f == FAIL_CONFLICT ? FAIL_OK : f;
}

/* ---------------------------------------------------------------- "four good" */

static fail return_it(struct play *p)
{
	struct case_note note = { .remark = "Chưa có minh chứng cho kết quả theo loại hình; bổ sung báo cáo của thôn", .due_on = { p->c->today.days + 7 },
		                      .decision_no = "", .moved_to = "", .decided_on = DATE_NONE };

	return step(p, CASE_STEP_RETURN, &note);
}

static fail four_good(struct play *p)
{
	bool done;

	TRY(register_case(p, &done));
	if (!done || !at(p, p->year, 7, 2 + p->n % 5))
		return FAIL_OK;
	TRY(keep(p, CASE_STAGE_HALF_YEAR, &done));
	if (!at(p, p->year, 11, 26 + p->n % 4))
		return FAIL_OK;
	TRY(keep(p, CASE_STAGE_SELF, &done));
	if (!done || (p->n % 6 == 5 && p->real.minutes < (int64_t)date_of(p->year, 12, 20).days * 1440))
		return FAIL_OK; /* not voted yet */
	TRY(keep(p, CASE_STAGE_VOTED, &done));
	if (done && p->n % 7 == 0 && p->real.minutes < (int64_t)date_of(p->year, 12, 20).days * 1440 && at(p, p->year, 12, 1))
		return return_it(p);
	if (!done || !at(p, p->year, 12, 12))
		return FAIL_OK;
	return keep(p, CASE_STAGE_APPRAISED, &done);
}

/* ---------------------------------------------------------------- annual classification */

static fail classify(struct play *p)
{
	bool done;

	if (!at(p, p->year, 11, 14))
		return FAIL_OK;
	TRY(open_class(p));
	TRY(keep(p, CASE_STAGE_SELF, &done));
	if (!done || !at(p, p->year, 11, 20))
		return FAIL_OK;
	TRY(keep(p, CASE_STAGE_VOTED, &done));
	if (!done || !at(p, p->year, 12, 10))
		return FAIL_OK;
	return keep(p, CASE_STAGE_APPRAISED, &done);
}

static fail classify_member(struct play *p, int64_t id)
{
	bool done;

	TRY(case_by_id(p->c, id, &p->k));
	TRY(keep(p, CASE_STAGE_SELF, &done));
	if (!done || !at(p, p->year, 11, 20))
		return FAIL_OK;
	TRY(keep(p, CASE_STAGE_VOTED, &done));
	if (done && at(p, p->year, 12, 9))
		TRY(keep(p, CASE_STAGE_APPRAISED, &done));
	return FAIL_OK;
}

static fail classify_members(struct play *p)
{
	struct case_query q = { .unit_id = p->u->id, .own_only = true, .kind = CASE_MEMBER, .year = p->year, .limit = 300 };
	struct year_cases all;
	int64_t opened;

	if (!at(p, p->year, 11, 16))
		return FAIL_OK;
	fail f = case_open_all(p->c, CASE_MEMBER, p->year, p->u->id, &opened);

	if (f == FAIL_CONFLICT) { /* the collective has not reviewed itself */
		problem_clear(p->c);
		return FAIL_OK;
	}
	TRY(f);
	TRY(case_list(p->c, &q, &all));
	for (size_t i = 0; i < all.n; i++)
		if (at(p, p->year, 11, 16))
			TRY(classify_member(p, all.v[i].id));
	return FAIL_OK;
}

/* The order of the rules: the collective reviews itself, then its members are classified, then the unit is decided, then "four good". */
static fail one_year(struct play *p)
{
	TRY(classify(p));
	TRY(classify_members(p));
	return p->n % 3 != 1 ? four_good(p) : FAIL_OK;
}

static fail one_cell(struct call *c, const struct unit *u, int n, int year)
{
	struct play p = { .c = c, .real = call_local(c->now_ms), .u = u, .n = n, .year = year };
	struct unit then;

	TRY(year_vote_base(c, u->id, c->today, 0, &p.base));
	if (p.base < 3)
		return FAIL_OK;
	fail f = org_unit(c, u->id, date_of(year, 12, 31).days < c->today.days ? date_of(year, 12, 31) : c->today, &then);

	if (f == FAIL_NOT_FOUND) { /* founded later */
		problem_clear(c);
		return FAIL_OK;
	}
	if (f == FAIL_OK)
		f = one_year(&p);
	call_set_now(c, p.real);
	TRY(f);
	return rollup_touch_year(c, u->realm, u->id, year); /* initiatives, too, were written straight into their table */
}

/* One decision for all that met the standard; the best two are exemplary. */
static fail recognise(struct play *p)
{
	struct recognition list;
	struct recognition_done done;

	if (!at(p, p->year + 1, 1, 8))
		return FAIL_OK;
	TRY(recognition_list(p->c, p->u->id, p->year, false, &list));
	struct recognition_choice *v = ARENA_ARRAY(p->c->arena, list.n + 1, struct recognition_choice);
	struct recognition_decision d = { .unit_id = p->u->id, .year = p->year, .v = v, .why = "Chưa đạt 95 điểm", .outside_no = "12-QĐ/ĐU",
		                              .decided_on = p->c->today, .signed_by = "Đỗ Thị Thanh Tâm" };

	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].place == RECOGNITION_PROPOSED) {
			v[d.n] = (struct recognition_choice){ list.v[i].case_id, list.v[i].rev, d.n < 2 };
			d.n++;
		}
	return d.n ? recognition_decide(p->c, &d, &done) : FAIL_OK;
}

static fail body(struct call *c, void *arg)
{
	struct unit commune;
	struct units cells;
	int this_year = date_month(c->today) / 12;

	(void)arg;
	TRY(org_unit_by_code(c, "01.001", c->today, &commune));
	TRY(org_below(c, commune.id, c->today, LEVEL_CELL, &cells));
	for (int year = this_year - 1; year <= this_year; year++) {
		struct play p = { .c = c, .real = call_local(c->now_ms), .u = &commune, .year = year };

		for (size_t i = 0; i < cells.n; i++)
			TRY(one_cell(c, &cells.v[i], (int)i, year));
		fail f = recognise(&p);

		call_set_now(c, p.real);
		TRY(f);
	}
	return FAIL_OK;
}

fail demo_year(struct call *c, const struct demo_shape *shape)
{
	return shape->size <= DEMO_COMMUNE ? db_write(c, body, NULL) : FAIL_OK;
}
