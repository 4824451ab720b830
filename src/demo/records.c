/* records.c — rows of the plain registers, written straight into their tables: nothing is scored here. */
#include "demo/records.h"

#include "base/id.h"
#include "db/db.h"
#include "demo/random.h"
#include "demo_sql.h"
#include "document/document.h"
#include "org/member.h"
#include "org/post.h"
#include "org/unit.h"
#include "rollup/rollup.h"

struct cell {
	struct call *c;
	const struct unit *u;
	struct roll roll;
	struct posts posts;
	struct rng r;
	int n, year;
	bool behind; /* sends reports late, puts inspections off */
};

static bool is_past(const struct cell *k, struct date day)
{
	return day.days <= k->c->today.days;
}

static const char *code_of(const struct cell *k, const char *kind, int i)
{
	return arena_printf(k->c->arena, "%s/%d/%s%02d", k->u->code, k->year, kind, i);
}

static struct date day_or_none(const struct cell *k, struct date day, bool done)
{
	return done && is_past(k, day) ? day : DATE_NONE;
}

/* ---------------------------------------------------------------- papers */

static fail paper(const struct cell *k, unsigned type, const char *number, struct date day, const char *subject)
{
	struct document d;

	if (!is_past(k, day))
		return FAIL_OK;
	record_clear(&document_record, &d);
	d.unit_id = k->u->id;
	d.realm = k->u->realm;
	d.unit_level = k->u->level;
	d.unit_name = k->u->name;
	d.type = type;
	d.state = DOCUMENT_ISSUED;
	d.secrecy = SECRECY_OPEN;
	d.purpose = d.form = d.content = "";
	d.outside_no = number;
	d.subject = subject;
	d.dated_on = day;
	d.signed_by = "Bí thư chi bộ";
	return document_take_over(k->c, &d);
}

static fail papers(const struct cell *k, bool first_year)
{
	struct arena *a = k->c->arena;

	if (first_year && k->n % 9 != 7)
		TRY(paper(k, DOC_WORKING_RULES, "01-QC/CB", date_of(k->year, 1, 10), "Quy chế làm việc của chi bộ, phân công nhiệm vụ chi ủy viên"));
	return paper(k, DOC_PROGRAMME, arena_printf(a, "%02d-CTr/CB", k->year % 100), date_of(k->year, k->behind ? 2 : 1, 16 + k->n % 9),
	             arena_printf(a, "Chương trình công tác năm %d", k->year));
}

/* ---------------------------------------------------------------- registers */

static fail inspections(const struct cell *k)
{
	static const char *const titles[] = { "Kiểm tra việc thực hiện nhiệm vụ đảng viên được phân công", "Giám sát việc thực hiện quy chế làm việc" };

	for (int i = 0; i < 2; i++) {
		struct date planned = date_of(k->year, 4 + 5 * i, 20), done = { planned.days - 3 };

		TRY(db_exec(k->c, &Q_demo_inspection,
		            ARGS(V(k->u->realm), V(id_new()), V(code_of(k, "KT", i + 1)), V(k->u->id), V(i ? "supervision" : "inspection"), V(titles[i]), V(planned),
		                 V(day_or_none(k, done, !(k->behind && i)))), NULL));
	}
	return FAIL_OK;
}

static fail reports(struct cell *k)
{
	for (int month = 1; month <= 12; month++) {
		struct date due = date_of(k->year, month, 25), sent = { due.days - rng_between(&k->r, 1, 5) };

		if (k->behind && month % 4 == 2)
			sent.days = due.days + 3;
		TRY(db_exec(k->c, &Q_demo_report_due,
		            ARGS(V(k->u->realm), V(id_new()), V(code_of(k, "BC", month)), V(k->u->id),
		                 V((const char *)arena_printf(k->c->arena, "Báo cáo tháng %d", month)), V(due), V(day_or_none(k, sent, true))), NULL));
	}
	return FAIL_OK;
}

static fail feedback(struct cell *k)
{
	static const char *const topics[] = { "Đường làng, ngõ xóm", "Vệ sinh môi trường", "Thủ tục hành chính" };

	for (int i = 0; i < 2; i++) {
		struct date in = date_of(k->year, 3 + 4 * i, 8), due = { in.days + 15 }, out = { due.days - rng_between(&k->r, 1, 6) + (k->behind && i ? 12 : 0) };

		if (is_past(k, in))
			TRY(db_exec(k->c, &Q_demo_feedback,
			            ARGS(V(k->u->realm), V(id_new()), V(code_of(k, "PA", i + 1)), V(k->u->id), V(in), V("resident"), V(topics[(k->n + i) % 3]), V(due),
			                 V(day_or_none(k, out, true))), NULL));
	}
	return FAIL_OK;
}

static fail trainings(const struct cell *k)
{
	struct date day = date_of(k->year, 5, 14);

	for (size_t i = 0; i < k->posts.n && is_past(k, day); i++)
		if (k->posts.v[i].post == POST_SECRETARY || k->posts.v[i].post == POST_DEPUTY || (k->posts.v[i].post == POST_COMMITTEE && k->n % 5 != 3))
			TRY(db_exec(k->c, &Q_demo_training,
			            ARGS(V(k->u->realm), V(k->u->id), V(k->posts.v[i].member_id), V("Bồi dưỡng nghiệp vụ công tác chi bộ"), V(day), V((int64_t)8), V(id_new())), NULL));
	return FAIL_OK;
}

static fail number(const struct cell *k, const char *name, int64_t value)
{
	return db_exec(k->c, &Q_demo_year_number, ARGS(V(k->u->realm), V(k->u->id), V((int64_t)k->year), V(name), V(value), V(id_new())), NULL);
}

/* ---------------------------------------------------------------- emulation */

static fail initiatives(const struct cell *k)
{
	static const char *const titles[] = { "Lịch phân công trực nhật dọn vệ sinh theo tổ", "Sổ theo dõi việc giao dùng mã màu", "Tiếp dân tại nhà văn hóa vào sáng thứ bảy",
		                                  "Nhóm tin nhắn nhắc lịch họp và việc đến hạn", "Tổ hướng dẫn làm thủ tục trực tuyến cho người già" };
	bool office = k->u->type == TYPE_AGENCY || k->u->type == TYPE_PUBLIC_SERVICE;
	size_t wanted = office ? (k->roll.n + 2) / 3 : 1;

	for (size_t i = 0; i < wanted && !(k->behind && i) && is_past(k, date_of(k->year, 6, 1)); i++) {
		int64_t id = id_new();

		TRY(db_exec(k->c, &Q_demo_initiative,
		            ARGS(V(k->u->realm), V(id), V(code_of(k, "SK", (int)i + 1)), V(k->u->id), V((int64_t)k->year), V(titles[((size_t)k->n + i) % 5]),
		                 V("Việc nhanh hơn, ít sót hơn"), V("Đảng ủy xã"), V(day_or_none(k, date_of(k->year, 10, 10), true))), NULL));
		TRY(db_exec(k->c, &Q_demo_initiative_author, ARGS(V(k->u->realm), V(id), V(k->roll.v[(i * 2 + 1) % k->roll.n].id)), NULL));
	}
	return rollup_touch_year(k->c, k->u->realm, k->u->id, k->year);
}

static fail undertakings(struct cell *k)
{
	static const char *const texts[] = { "Giúp đỡ một hộ khó khăn trong thôn", "Học và hướng dẫn ba người dùng dịch vụ công trực tuyến", "Không vắng buổi sinh hoạt nào không có lý do",
		                                 "Gương mẫu phân loại rác tại nhà" };

	for (size_t i = 0; i < k->roll.n && is_past(k, date_of(k->year, 2, 1)); i++) {
		bool over = is_past(k, date_of(k->year, 12, 10));

		TRY(db_exec(k->c, &Q_demo_undertaking,
		            ARGS(V(k->u->realm), V(id_new()), V(k->u->id), V(k->roll.v[i].id), V((int64_t)k->year), V(texts[((size_t)k->n + i) % 4]),
		                 V(date_of(k->year, 12, 1)), V(!over ? "" : rng_chance(&k->r, 900) ? "done" : "partly")), NULL));
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- all */

static fail one_year(struct cell *k, bool first_year)
{
	TRY(papers(k, first_year));
	TRY(initiatives(k));
	TRY(undertakings(k));
	if (k->n % 11 == 6) /* this cell has nobody yet who keeps the registers */
		return FAIL_OK;
	TRY(inspections(k));
	TRY(reports(k));
	TRY(feedback(k));
	TRY(trainings(k));
	TRY(number(k, "none_discipline", 1));
	TRY(number(k, "none_target", 1));
	return number(k, "admissions_aim", 0);
}

static fail one_cell(struct call *c, const struct unit *u, int n, int year)
{
	struct cell k = { .c = c, .u = u, .n = n, .r = { (uint64_t)n * 7919 + 5 }, .behind = n % 4 == 2 };

	TRY(org_members_on(c, u->id, c->today, &k.roll));
	TRY(org_posts(c, u->id, c->today, &k.posts));
	if (!k.roll.n)
		return FAIL_OK;
	for (k.year = year - 1; k.year <= year; k.year++)
		TRY(one_year(&k, k.year < year));
	return FAIL_OK;
}

static fail body(struct call *c, void *arg)
{
	struct unit commune;
	struct units cells;

	(void)arg;
	TRY(org_unit_by_code(c, "01.001", c->today, &commune));
	TRY(org_below(c, commune.id, c->today, LEVEL_CELL, &cells));
	for (size_t i = 0; i < cells.n; i++)
		TRY(one_cell(c, &cells.v[i], (int)i, date_month(c->today) / 12));
	return FAIL_OK;
}

fail demo_records(struct call *c, const struct demo_shape *shape)
{
	return shape->size <= DEMO_COMMUNE ? db_write(c, body, NULL) : FAIL_OK;
}
