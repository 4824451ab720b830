/* bulk_year.c — rows of a year by the hundred thousand. Draws them around the quality of the cell; scores nothing. */
#include "demo/bulk_year.h"

#include <string.h>

#include "bulk_year_sql.h"
#include "db/batch.h"

#define TABLES(X) \
	X(task) X(target) X(value) X(document) X(term) X(inspection) X(report) X(feedback) X(training) X(discipline) X(initiative) X(number) X(case) X(year_sheet)
enum table {
#define X(name) TABLE_##name,
	TABLES(X)
#undef X
	TABLE_COUNT
};

struct bulk_year {
	struct call *c;
	struct arena *arena;     /* of the province; the call's own is emptied commune by commune */
	int year;
	struct date today;
	int64_t *next_id;
	struct rollup_dirty *dirty;
	struct db_batch *to[TABLE_COUNT];
	/* the cell at hand */
	int64_t realm, unit;
	const char *code;
	struct rng rng;
	int quality;
};

struct bulk_year *bulk_year_new(struct call *c, int year, struct date today, int64_t *next_id, struct rollup_dirty *dirty)
{
	struct bulk_year *y = ARENA_NEW(c->arena, struct bulk_year);

	*y = (struct bulk_year){ .c = c, .arena = c->arena, .year = year, .today = today, .next_id = next_id, .dirty = dirty };
#define X(name) y->to[TABLE_##name] = db_batch_new(c->arena, &Q_bulk_##name, &Q_bulk_##name##_rows);
	TABLES(X)
#undef X
	return y;
}

static int64_t id(struct bulk_year *y)
{
	return (*y->next_id)++;
}

static const char *code(struct bulk_year *y, const char *kind, int n)
{
	return arena_printf(y->c->arena, "%s/%d/%s%02d", y->code, y->year, kind, n);
}

static struct date day(const struct bulk_year *y, int month, int of_month)
{
	return date_of(y->year, month, of_month);
}

/* A day, unless it has not come or the thing was not done. */
static struct date if_done(const struct bulk_year *y, struct date d, bool done)
{
	return done && d.days <= y->today.days ? d : DATE_NONE;
}

/* Well done: the better the cell, the likelier. */
static bool well(struct bulk_year *y, int least)
{
	return rng_chance(&y->rng, least + (1000 - least) * y->quality / 1000);
}

#define ADD(y, table, ...) db_batch_add((y)->c, (y)->to[TABLE_##table], ARGS(__VA_ARGS__))

/* ---------------------------------------------------------------- work */

static fail tasks(struct bulk_year *y, const int64_t *members, int n)
{
	for (int i = 0; i < (n > 12 ? n : 12); i++) {
		struct date due = day(y, 1 + i % 12, 20);
		int late = well(y, 900) ? 0 : rng_between(&y->rng, 1, 20);
		struct date done = if_done(y, (struct date){ due.days - 2 + late + (late ? 2 : 0) }, rng_chance(&y->rng, 985));
		const char *result = !date_is(done) ? "" : rng_chance(&y->rng, 200 + y->quality / 4) ? "above_requirement" : "done";
		int64_t who = n ? members[i % n] : INT_UNKNOWN;

		TRY(ADD(y, task, V(y->realm), V(id(y)), V(code(y, "NV", i + 1)), V(y->unit), V("Nhiệm vụ được phân công"), V(who), V(due), V(done), V(result)));
	}
	return FAIL_OK;
}

static fail targets(struct bulk_year *y)
{
	static const char *const titles[] = { "Hộ gia đình văn hóa", "Hộ có nhà vệ sinh hợp chuẩn", "Đảng viên học nghị quyết" };

	for (int i = 0; i < 3; i++) {
		int64_t target = id(y), goal = rng_between(&y->rng, 40, 100), value = well(y, 850) ? goal : goal - rng_between(&y->rng, 1, 20);

		TRY(ADD(y, target, V(y->realm), V(target), V(y->unit), V((const char *)arena_printf(y->c->arena, "%d-CT%d", y->year, i + 1)), V(titles[i]), V("hộ"),
		        V(INT64_C(10)), V(goal), V(day(y, 1, 1)), V(day(y, 12, 20))));
		TRY(ADD(y, value, V(y->realm), V(target), V(day(y, 6, 30)), V(INT64_C(25)), V("demo"), V(y->c->now_ms)));
		TRY(ADD(y, value, V(y->realm), V(target), V(day(y, 12, 15)), V(value), V("demo"), V(y->c->now_ms)));
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- papers and registers */

static fail papers(struct bulk_year *y)
{
	const char *programme = arena_printf(y->c->arena, "Chương trình công tác năm %d", y->year);

	TRY(ADD(y, term, V(y->realm), V(y->unit), V(date_of(y->year - 1, 1, 1)), V(date_of(y->year + 1, 12, 31)),
	        V((const char *)arena_printf(y->c->arena, "%d–%d", y->year - 1, y->year + 1))));
	if (well(y, 900))
		TRY(ADD(y, document, V(y->realm), V(id(y)), V(y->unit), V("QC"), V("Quy chế làm việc"), V(date_of(y->year - 1, 3, 1)), V("01-QC/CB")));
	return ADD(y, document, V(y->realm), V(id(y)), V(y->unit), V("CTr"), V(programme), V(day(y, well(y, 800) ? 1 : 2, rng_between(&y->rng, 5, 28))),
	           V("01-CTr/CB"));
}

static fail inspections(struct bulk_year *y)
{
	for (int i = 0; i < 2; i++) {
		struct date planned = day(y, 4 + 5 * i, 20);

		TRY(ADD(y, inspection, V(y->realm), V(id(y)), V(code(y, "KT", i + 1)), V(y->unit), V("Kiểm tra đảng viên chấp hành"), V(planned),
		        V(if_done(y, (struct date){ planned.days - 3 }, well(y, 850)))));
	}
	return FAIL_OK;
}

static fail reports(struct bulk_year *y)
{
	for (int month = 1; month <= 12; month++) {
		struct date due = day(y, month, 25), sent = { due.days + (well(y, 960) ? -2 : 3) };

		TRY(ADD(y, report, V(y->realm), V(id(y)), V(code(y, "BC", month)), V(y->unit), V("Báo cáo tháng"), V(due), V(if_done(y, sent, true))));
	}
	return FAIL_OK;
}

static fail feedback(struct bulk_year *y)
{
	for (int i = 0; i < 2; i++) {
		struct date in = day(y, 3 + 4 * i, 8), due = { in.days + 15 }, out = { due.days + (well(y, 900) ? -3 : 4) };

		TRY(ADD(y, feedback, V(y->realm), V(id(y)), V(code(y, "PA", i + 1)), V(y->unit), V(in), V("Vệ sinh môi trường"), V(due), V(if_done(y, out, true))));
	}
	return FAIL_OK;
}

/* Secretary, deputy and a third stand first among those able. */
static fail trainings(struct bulk_year *y, const int64_t *members, int n)
{
	for (int i = 0; i < n && i < 3; i++)
		if (well(y, 850))
			TRY(ADD(y, training, V(y->realm), V(id(y)), V(y->unit), V(members[i]), V("Bồi dưỡng cấp ủy viên"), V(day(y, 5, 14))));
	return FAIL_OK;
}

static fail number(struct bulk_year *y, const char *name, int64_t value)
{
	return ADD(y, number, V(y->realm), V(id(y)), V(y->unit), V(y->year), V(name), V(value));
}

static fail discipline(struct bulk_year *y)
{
	if (!rng_chance(&y->rng, 20))
		return number(y, "none_discipline", 1);
	return ADD(y, discipline, V(y->realm), V(id(y)), V(code(y, "KL", 1)), V(y->unit), V(day(y, 8, 12)));
}

static fail initiatives(struct bulk_year *y, int members)
{
	int n = y->quality > 400 ? members / 2 : rng_between(&y->rng, 0, 2);

	for (int i = 0; i < n; i++)
		TRY(ADD(y, initiative, V(y->realm), V(id(y)), V(code(y, "SK", i + 1)), V(y->unit), V(y->year), V("Sáng kiến trong công việc"), V("Hội đồng sáng kiến xã"),
		        V(day(y, 10, 20))));
	return n ? FAIL_OK : number(y, "none_initiative", 1);
}

/* ---------------------------------------------------------------- results of the year */

static fail result(struct bulk_year *y, const char *kind, int64_t member, const char *state, int points, const char *word)
{
	int64_t it = id(y);
	struct date registered = strcmp(kind, "four_good") == 0 ? day(y, 1, 20) : DATE_NONE;

	TRY(ADD(y, case, V(y->realm), V(it), V(kind), V(y->year), V(y->unit), V(member), V(state), V(registered)));
	return ADD(y, year_sheet, V(y->realm), V(it), V((struct tenths){ points }), V(word), V(y->c->now_ms));
}

static const char *level(int points)
{
	return points >= 900 ? "excellent" : points >= 700 ? "good" : points >= 500 ? "completed" : "not_completed";
}

static fail results(struct bulk_year *y, const int64_t *members, int n)
{
	for (int i = 0; i < n; i++) {
		int points = rng_chance(&y->rng, 4) ? 450 : well(y, 920) ? rng_between(&y->rng, 700, 960) : rng_between(&y->rng, 500, 699);

		TRY(result(y, "member_class", members[i], "notified", points, level(points)));
	}
	int own = 650 + y->quality / 4 + rng_between(&y->rng, 0, 60);

	TRY(result(y, "unit_class", 0, "notified", own, level(own)));
	return y->quality > 500 ? result(y, "four_good", 0, own > 850 ? "recognised" : "not_recognised", own + 60, own > 850 ? "met" : "not_met") : FAIL_OK;
}

/* ---------------------------------------------------------------- a cell */

fail bulk_year_cell(struct bulk_year *y, int64_t realm, int64_t unit, const char *unit_code, const struct cell_profile *p, const int64_t *members, int n,
                    int first_able)
{
	y->realm = realm;
	y->unit = unit;
	y->code = unit_code;
	y->quality = p->quality;
	y->rng = rng_part(&p->rng, (uint64_t)y->year * 100);
	rollup_dirty_add_year(y->dirty, realm, unit, y->year);
	TRY(tasks(y, members, n));
	TRY(targets(y));
	TRY(papers(y));
	TRY(inspections(y));
	TRY(reports(y));
	TRY(feedback(y));
	TRY(trainings(y, members + first_able, n - first_able));
	TRY(discipline(y));
	TRY(initiatives(y, n));
	if (n >= 20)
		TRY(number(y, "admissions_aim", 1));
	return results(y, members, n);
}

fail bulk_year_end(struct bulk_year *y)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		TRY(db_batch_flush(y->c, y->to[i]));
	return FAIL_OK;
}
