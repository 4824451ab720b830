/* test_support.h — plans for the tests of this room: the rules, adopting, registering. */
#ifndef CHIBO_PLAN_TEST_SUPPORT_H
#define CHIBO_PLAN_TEST_SUPPORT_H

#include "meeting/cycle.h"
#include "org/fixture.h"
#include "plan/plan.h"
#include "rules/load.h"

static inline void test_rules(struct call *c)
{
	struct rules *rules = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", rules, &bad));
	c->rules = rules;
}

/* The commune X1 meets on the 3rd; its cells C11, C12 and V1 have five members each. Today is 15 November 2025. */
static inline struct fixture test_commune(struct call *c)
{
	struct fixture f = fixture_make(c);

	test_rules(c);
	fixture_members(c, f.c11, "C11", 5, 0);
	fixture_members(c, f.c12, "C12", 5, 0);
	fixture_members(c, f.v1, "V1", 5, 0);
	assert_ok(c, plan_fixed_day_put(c, f.x1, 3));
	return f;
}

static inline struct plan_wish test_wish(int64_t unit, int year, int64_t rev)
{
	struct plan_wish w = { .unit_id = unit, .year = year, .rev = rev };

	for (int i = 0; i < 12; i++)
		w.day[i] = DATE_NONE;
	return w;
}

static inline struct plan_made test_adopt(struct call *c, int64_t unit, int year)
{
	struct plan_wish w = test_wish(unit, year, NO_PLAN_REV);
	struct plan_made made;
	struct flaws found;

	w.place = "Nhà văn hóa";
	assert_ok(c, plan_adopt(c, &w, &made, &found));
	return made;
}

static inline struct meeting test_meeting_of(struct call *c, int64_t unit, int year, int month)
{
	struct plan_year y;

	READING(c)
	assert_ok(c, plan_load(c, unit, year, &y));
	assert_non_null(y.slot[month - 1].meeting);
	return *y.slot[month - 1].meeting;
}

static inline struct meeting test_step(struct call *c, int64_t unit, int year, int month, enum meeting_step step)
{
	struct meeting m = test_meeting_of(c, unit, year, month);
	struct step_note note = { "lý do", "đảng ủy" };

	assert_ok(c, meeting_take_step(c, m.id, m.rev, step, &note, &m, NULL));
	return m;
}

/* A meeting written down after it was held. */
static inline struct meeting test_held(struct call *c, int64_t unit, unsigned kind, const char *starts)
{
	struct meeting m;

	record_clear(&meeting_record, &m);
	m.unit_id = unit;
	m.kind = kind;
	assert_true(moment_parse(starts, &m.starts_at));
	assert_ok(c, meeting_create(c, &m));
	return m;
}

#endif
