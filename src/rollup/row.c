/* row.c — cell_month and cell_year between database and memory. */
#include "rollup/row.h"

#define R(f) COL(struct cell_month, f)
static const struct field fields[] = {
	R(realm), R(unit_id), R(month), R(rev), R(regular), R(thematic), R(meetings), R(pre_meetings), R(complete), R(by_score), R(scored), R(good),
	R(fair), R(average), R(poor), R(self_good), R(self_scored), R(decided), R(reported), R(points), R(expected), R(present), R(excused),
	R(unexcused), R(thematic_poor), FIELD_END,
};
#undef R
const struct record cell_month_record = { "cell_month", sizeof(struct cell_month), fields };

static uint8_t u8(int64_t n)
{
	return (uint8_t)(n < 0 ? 0 : n > UINT8_MAX ? UINT8_MAX : n);
}

static uint16_t u16(int64_t n)
{
	return (uint16_t)(n < 0 ? 0 : n > UINT16_MAX ? UINT16_MAX : n);
}

static unsigned mark(int64_t n, unsigned m)
{
	return n ? m : 0;
}

static enum grade grade(const struct cell_month *r)
{
	return r->good ? GRADE_GOOD : r->fair ? GRADE_FAIR : r->average ? GRADE_AVERAGE : r->poor ? GRADE_POOR : GRADE_NONE;
}

struct cell_facts cell_month_pack(const struct cell_month *r)
{
	return (struct cell_facts){
		.rev = u16(r->rev), .points = u16(r->points), .expected = u16(r->expected), .present = u16(r->present),
		.excused = u16(r->excused), .unexcused = u16(r->unexcused),
		.meetings = u8(r->meetings), .thematic = u8(r->thematic), .pre_meetings = u8(r->pre_meetings), .thematic_poor = u8(r->thematic_poor),
		.grade = (uint8_t)grade(r),
		.marks = (uint8_t)(mark(r->regular, MARK_REGULAR) | mark(r->self_scored, MARK_SELF_SCORED) | mark(r->self_good, MARK_SELF_GOOD) |
		                   mark(r->decided, MARK_DECIDED) | mark(r->complete, MARK_COMPLETE) | mark(r->by_score, MARK_BY_SCORE) |
		                   mark(r->reported, MARK_REPORTED)),
	};
}

#define Y(f) COL(struct cell_year, f)
static const struct field year_fields[] = {
	Y(realm), Y(unit_id), Y(year), Y(rev), Y(registered), Y(assessed), Y(met), Y(recognised), Y(exemplary), Y(excellent), Y(good), Y(completed),
	Y(not_completed), Y(members_excellent), Y(members_good), Y(members_completed), Y(members_not_completed), Y(secretaries),
	Y(secretaries_good), Y(initiatives), Y(members), Y(members_with_initiative), FIELD_END,
};
#undef Y
const struct record cell_year_record = { "cell_year", sizeof(struct cell_year), year_fields };

struct unit_year cell_year_pack(const struct cell_year *r)
{
	return (struct unit_year){
		.rev = u16(r->rev),
		.marks = (uint8_t)(mark(r->registered, MARK_REGISTERED) | mark(r->assessed, MARK_ASSESSED) | mark(r->met, MARK_MET) |
		                   mark(r->recognised, MARK_RECOGNISED) | mark(r->exemplary, MARK_EXEMPLARY)),
		.level = r->excellent ? 1 : r->good ? 2 : r->completed ? 3 : r->not_completed ? 4 : 0,
		.members = { u16(r->members_excellent), u16(r->members_good), u16(r->members_completed), u16(r->members_not_completed) },
		.secretaries = u16(r->secretaries), .secretaries_good = u16(r->secretaries_good), .initiatives = u16(r->initiatives),
		.members_all = u16(r->members), .members_with_initiative = u16(r->members_with_initiative),
	};
}
