/* fixture.h — a small organisation for the tests of this room and of those above it.
 *
 *	Q08 province ── X1 commune ── G1 grassroots ── C11, C12 cells (agency)
 *	             │             └─ V1 village cell
 *	             └─ X2 commune ── C21 cell
 *	Q19 province ── X9 commune
 *
 * All since 2024-01-01. Cells get members by fixture_members. */
#ifndef CHIBO_ORG_FIXTURE_H
#define CHIBO_ORG_FIXTURE_H

#include "support/support.h"

#include <string.h>

#include "org/change.h"
#include "org/member.h"
#include "org/post.h"

#define FIXTURE_FROM date_of(2024, 1, 1)

struct fixture { int64_t q08, x1, g1, c11, c12, v1, x2, c21, q19, x9; };

static inline int64_t fixture_unit(struct call *c, int64_t parent, const char *code, unsigned level, unsigned type)
{
	struct change ch = { .kind = CHANGE_CREATE, .on = FIXTURE_FROM, .parent_id = parent, .code = code, .level = level, .type = type,
		                 .name = arena_printf(c->arena, "Đơn vị %s", code) };
	int64_t id = 0;

	assert_ok(c, org_change_apply(c, &ch, &id));
	return id;
}

static inline struct fixture fixture_make(struct call *c)
{
	struct fixture f = { 0 };

	f.q08 = fixture_unit(c, 0, "Q08", LEVEL_PROVINCE, TYPE_NONE);
	f.x1 = fixture_unit(c, f.q08, "X1", LEVEL_COMMUNE, TYPE_NONE);
	f.g1 = fixture_unit(c, f.x1, "G1", LEVEL_GRASSROOTS, TYPE_AGENCY);
	f.c11 = fixture_unit(c, f.g1, "C11", LEVEL_CELL, TYPE_AGENCY);
	f.c12 = fixture_unit(c, f.g1, "C12", LEVEL_CELL, TYPE_AGENCY);
	f.v1 = fixture_unit(c, f.x1, "V1", LEVEL_CELL, TYPE_RESIDENTIAL);
	f.x2 = fixture_unit(c, f.q08, "X2", LEVEL_COMMUNE, TYPE_NONE);
	f.c21 = fixture_unit(c, f.x2, "C21", LEVEL_CELL, TYPE_AGENCY);
	f.q19 = fixture_unit(c, 0, "Q19", LEVEL_PROVINCE, TYPE_NONE);
	f.x9 = fixture_unit(c, f.q19, "X9", LEVEL_COMMUNE, TYPE_NONE);
	return f;
}

/* A member CODE since 2024-01-01. */
static inline struct member fixture_member(struct call *c, int64_t unit, const char *code, unsigned status)
{
	struct member m;
	struct membership ms;

	record_clear(&member_record, &m);
	record_clear(&membership_record, &ms);
	m.code = code;
	m.full_name = arena_printf(c->arena, "Nguyễn Văn %s", code);
	m.admitted_on = date_of(2010, 5, 19);
	m.official_on = status == STATUS_PROBATIONARY ? DATE_NONE : date_of(2011, 5, 19);
	if (status == STATUS_PROBATIONARY)
		m.admitted_on = date_of(2025, 5, 19);
	ms.unit_id = unit;
	ms.status = status;
	ms.valid_from = FIXTURE_FROM;
	assert_ok(c, org_member_add(c, &m, &ms));
	return m;
}

/* n official members UNIT-01 …; the last ones probationary. */
static inline void fixture_members(struct call *c, int64_t unit, const char *prefix, int official, int probationary)
{
	for (int i = 0; i < official + probationary; i++)
		fixture_member(c, unit, arena_printf(c->arena, "%s-%02d", prefix, i + 1), i < official ? STATUS_OFFICIAL : STATUS_PROBATIONARY);
}

/* Runs a piece of reading inside db_read. */
#define READING(c)                                                                                                     \
	for (int reading_ = (assert_ok((c), db_read_begin(c)), 1); reading_; db_read_end(c), reading_ = 0)

#endif
