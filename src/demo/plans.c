/* plans.c — year plans of the demonstration: adopted in January, kept mostly, with the topics that were held and one that is still to come.
 */
#include "demo/plans.h"

#include <string.h>

#include "db/db.h"
#include "demo_sql.h"
#include "document/term.h"
#include "meeting/cycle.h"
#include "org/member.h"
#include "plan/plan.h"

enum { COMMUNE_DAY = 3, CELLS_ROOM = 64 };

/* The day of the month on which the cell mostly met this year. */
static int usual_day(const struct plan_year *y)
{
	int times[32] = { 0 }, best = COMMUNE_DAY, day;

	for (int i = 0; i < 12; i++) {
		if (!y->slot[i].meeting)
			continue;
		date_split(meeting_day(y->slot[i].meeting), &(int){ 0 }, &(int){ 0 }, &day);
		if (++times[day] > times[best])
			best = day;
	}
	return best;
}

/* What was held stands in the plan on its fixed day: who met later than that, met late. */
static fail plan_the_past(struct call *c, const struct plan_year *y)
{
	for (int i = 0; i < 12; i++) {
		const struct meeting *m = y->slot[i].meeting;
		struct date day = y->slot[i].fixed.day;

		if (!m || date_is(m->planned_on))
			continue;
		if (meeting_day(m).days < day.days)
			day = meeting_day(m);
		TRY(db_exec(c, &Q_demo_planned_on, ARGS(V(m->realm), V(m->id), V(day)), NULL));
	}
	return FAIL_OK;
}

static fail add_topics(struct call *c, const struct plan_year *y, const struct roll *roll, int n)
{
	static const char *const titles[] = {
		"Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh năm nay",
		"Nâng cao chất lượng sinh hoạt chi bộ",
		"Chuyển đổi số trong công tác đảng ở cơ sở",
		"Thực hành tiết kiệm, chống lãng phí",
	};

	for (int quarter = 1; quarter <= 4; quarter++) {
		struct plan_topic t;

		record_clear(&plan_topic_record, &t);
		t.unit_id = y->unit.id;
		t.year = y->plan.year;
		t.id = 0;
		t.quarter = quarter;
		t.month = quarter * 3 - 1;
		t.title = titles[(quarter + n) % 4];
		t.author_code = roll->n ? roll->v[(size_t)(n + quarter) % roll->n].code : "";
		for (int m = quarter * 3 - 3; m < quarter * 3; m++) {
			const struct meeting *held = y->slot[m].meeting;

			if (held && meeting_was_held(held->state) && held->thematic) {
				t.month = m + 1;
				t.title = *held->topic ? held->topic : t.title;
			}
		}
		TRY(plan_topic_save(c, &t, NO_PLAN_REV));
	}
	return FAIL_OK;
}

static fail add_programme(struct call *c, const struct plan_year *y, const struct roll *roll, int n)
{
	static const char *const village[] = { "Chỉnh trang đường làng, ngõ xóm", "Vận động nhân dân giữ gìn vệ sinh môi trường",
		                                   "Giúp đỡ hộ nghèo, hộ cận nghèo" };
	static const char *const office[] = { "Cải cách thủ tục hành chính", "Bồi dưỡng nghiệp vụ cho cán bộ, viên chức",
		                                  "Rà soát, sửa đổi quy chế làm việc" };
	bool in_village = y->unit.type == TYPE_RESIDENTIAL;

	for (int i = 0; i < 3; i++) {
		struct plan_item x;

		record_clear(&plan_item_record, &x);
		x.unit_id = y->unit.id;
		x.year = y->plan.year;
		x.id = 0;
		x.title = in_village ? village[i] : office[i];
		x.leader_code = roll->n ? roll->v[(size_t)(n * 3 + i) % roll->n].code : "";
		x.due_on = date_of((int)y->plan.year, 4 * (i + 1), 20 + i);
		if (x.due_on.days < c->today.days && (n + i) % 5)
			x.done_on.days = x.due_on.days - (n + i) % 7;
		TRY(plan_item_save(c, &x, NO_PLAN_REV));
	}
	return FAIL_OK;
}

/* Most cells have registered their next meeting already. */
static fail register_next(struct call *c, int64_t unit_id, int year, int n)
{
	struct plan_year y;
	struct meeting m;

	TRY(plan_load(c, unit_id, year, &y));
	for (int i = 0; i < 12; i++) {
		const struct plan_slot *s = &y.slot[i];

		if (s->state != SLOT_PLANNED || s->month <= date_month(c->today) || n % 4 == 3)
			continue;
		return meeting_take_step(c, s->meeting->id, s->meeting->rev, STEP_REGISTER, NULL, &m, NULL);
	}
	return FAIL_OK;
}

static const char *place_of(struct call *c, const struct unit *u)
{
	static const char village[] = "Chi bộ thôn ";

	if (strncmp(u->name, village, sizeof village - 1) == 0)
		return arena_printf(c->arena, "Nhà văn hóa thôn %s", u->name + sizeof village - 1);
	return u->type == TYPE_AGENCY ? "Phòng họp cơ quan" : "Phòng hội đồng";
}

static fail plan_cell(struct call *c, int64_t unit_id, int n, bool adopt)
{
	int year = date_month(c->today) / 12;
	struct plan_wish w = { .unit_id = unit_id, .year = year, .rev = NO_PLAN_REV, .start_time = "19:00" };
	struct plan_made made;
	struct plan_year y;
	struct flaws found;
	struct roll roll;

	TRY(plan_load(c, unit_id, year, &y));
	int day = usual_day(&y);

	if (day != COMMUNE_DAY)
		TRY(plan_fixed_day_put(c, unit_id, day));
	if (!adopt)
		return FAIL_OK;
	for (int i = 0; i < 12; i++)
		w.day[i] = DATE_NONE;
	w.place = place_of(c, &y.unit);
	TRY(plan_load(c, unit_id, year, &y));
	TRY(plan_the_past(c, &y));
	TRY(org_members_on(c, unit_id, c->today, &roll));
	TRY(add_topics(c, &y, &roll, n));
	TRY(add_programme(c, &y, &roll, n));
	TRY(plan_adopt(c, &w, &made, &found));
	TRY(register_next(c, unit_id, year, n));
	return db_exec(c, &Q_demo_plan_adopted, ARGS(V(y.unit.realm), V(unit_id), V(year), V(date_of(year, 1, 4))), NULL);
}

static fail committee(struct call *c, const struct unit *u)
{
	struct term t = { .unit_id = u->id, .unit_code = "", .name = "", .valid_from = date_of(date_month(c->today) / 12 - 1, 7, 1) };
	struct terms known;

	t.valid_to = (struct date){ date_add_months(t.valid_from, 60).days - 1 };
	TRY(plan_fixed_day_put(c, u->id, COMMUNE_DAY));
	TRY(terms_of(c, u->id, &known));
	return known.n ? FAIL_OK : term_save(c, &t);
}

/* The leadership of a cell is elected for three years here; a cell whose papers were numbered has its term already. */
static fail term_of_cell(struct call *c, int64_t unit_id)
{
	struct term t = { .unit_id = unit_id, .unit_code = "", .name = "", .valid_from = date_of(date_month(c->today) / 12 - 1, 1, 1) };
	struct terms known;

	t.valid_to = (struct date){ date_add_months(t.valid_from, 36).days - 1 };
	TRY(terms_of(c, unit_id, &known));
	return known.n ? FAIL_OK : term_save(c, &t);
}

static fail body(struct call *c, void *arg)
{
	struct unit commune;
	struct units cells;
	bool proposed;

	(void)arg;
	TRY(org_unit_by_code(c, "01.001", c->today, &commune));
	TRY(committee(c, &commune));
	TRY(org_below(c, commune.id, c->today, LEVEL_CELL, &cells));
	for (size_t i = 0; i < cells.n; i++) {
		bool last = cells.n > 2 && i + 2 >= cells.n;

		TRY(plan_cell(c, cells.v[i].id, (int)i, !last));
		TRY(term_of_cell(c, cells.v[i].id));
		if (last && i + 1 == cells.n)
			TRY(plan_propose(c, cells.v[i].id, date_month(c->today) / 12, commune.name, &proposed));
	}
	return FAIL_OK;
}

fail demo_plans(struct call *c, const struct demo_shape *shape)
{
	return shape->size <= DEMO_COMMUNE ? db_write(c, body, NULL) : FAIL_OK;
}
