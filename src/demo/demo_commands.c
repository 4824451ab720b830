/* demo_commands.c — `chibo demo`: fills an empty database and prints who can sign in. */
#include <string.h>

#include "access/account.h"
#include "base/record.h"
#include "db/db.h"
#include "demo/bulk.h"
#include "demo/coming.h"
#include "demo/demo.h"
#include "demo/plans.h"
#include "demo/records.h"
#include "demo/work.h"
#include "demo/year.h"
#include "demo_sql.h"
#include "org/post.h"
#include "org/unit.h"
#include "work/task.h"

/* Everybody in the demonstration has the same password, printed where the sign-ins are; it is no secret and no default of the program. */
#define DEMO_PASSWORD "dem-trang-ram-2026"

struct sign_in {
	const char *login, *name;
	enum role role;
	const char *unit; /* code; "" is the top */
	enum { NO_MEMBER, THE_SECRETARY, SOMEBODY } is; /* whom of the cell the account belongs to */
	const char *what; /* message id */
};

/* A good village cell, an agency's cell, their commune, the province: codes are the same at every size. */
static const struct sign_in sign_ins[] = {
	{ "bithu", "Bí thư chi bộ 4", ROLE_SECRETARY, "01.001.000.000.004", THE_SECRETARY, N_("secretary of a cell") },
	{ "bithu2", "Bí thư chi bộ 11", ROLE_SECRETARY, "01.001.000.000.011", THE_SECRETARY, N_("secretary of another cell") },
	{ "dangvien", "Đảng viên chi bộ 4", ROLE_MEMBER, "01.001.000.000.004", SOMEBODY, N_("member") },
	{ "canbo", "Cán bộ đảng ủy xã", ROLE_OFFICER, "01.001", NO_MEMBER, N_("officer of the commune committee") },
	{ "tinhuy", "Cán bộ tỉnh ủy", ROLE_UPPER, "01", NO_MEMBER, N_("officer of the province") },
	{ "kiemtra", "Cán bộ kiểm tra", ROLE_INSPECTOR, "01", NO_MEMBER, N_("inspector") },
	{ "quantri", "Quản trị", ROLE_ADMINISTRATOR, "", NO_MEMBER, N_("administrator") },
};
enum { SIGN_INS = sizeof sign_ins / sizeof *sign_ins };

static fail is_empty(struct call *c, void *arg)
{
	return db_int(c, &Q_demo_any_unit, NO_ARGS, 0, arg);
}

static fail read_unit(struct call *c, void *arg)
{
	struct unit *u = arg;

	return org_unit_by_code(c, u->code, c->today, u);
}

/* The member an account belongs to: the secretary, or the first other one with something to do. */
struct whom { int64_t unit, realm, member; bool secretary; };

static fail find_member(struct call *c, void *arg)
{
	struct whom *w = arg;
	struct posts posts;
	struct tasks open;

	TRY(org_realm(c, w->unit, &w->realm));
	TRY(org_posts(c, w->unit, c->today, &posts));
	w->member = posts.n && posts.v[0].post == POST_SECRETARY ? posts.v[0].member_id : INT_UNKNOWN;
	if (w->secretary)
		return FAIL_OK;
	int64_t secretary = w->member;

	w->member = INT_UNKNOWN;
	TRY(tasks_open(c, w->realm, w->unit, &open));
	for (size_t i = 0; i < open.n && w->member == INT_UNKNOWN; i++)
		if (open.v[i].member_id > 0 && open.v[i].member_id != secretary)
			w->member = open.v[i].member_id;
	return FAIL_OK;
}

static fail add_sign_in(struct call *c, const struct sign_in *s, const char *top)
{
	struct unit u = { .code = *s->unit ? s->unit : top };
	struct account a;

	if (db_read(c, read_unit, &u) != FAIL_OK) { /* the cell was merged or is not there at this size */
		problem_clear(c);
		return FAIL_OK;
	}
	record_clear(&account_record, &a);
	a.login = s->login;
	a.name = s->name;
	if (s->is) {
		struct whom w = { .unit = u.id, .secretary = s->is == THE_SECRETARY };

		TRY(db_read(c, find_member, &w));
		a.member_id = w.member;
		a.member_realm = w.member > 0 ? w.realm : INT_UNKNOWN;
	}
	struct grant g = { .role = s->role, .unit_id = u.id, .valid_from = DATE_EVER, .valid_to = DATE_OPEN };

	TRY(account_add(c, &a, DEMO_PASSWORD, &g));
	fprintf(c->out, "  %-9s %-20s %s: %s\n", s->login, DEMO_PASSWORD, tr(c->lang, s->what), u.name);
	return FAIL_OK;
}

static fail read_options(struct call *c, struct args *args, struct demo_shape *out)
{
	const char *size = args_option(args, "--size"), *seed = args_option(args, "--seed"), *year = args_option(args, "--year");
	int64_t seed_n = 1, year_n = date_month(c->today) / 12;
	int which = size ? word_index(demo_size_words, size) : DEMO_COMMUNE;

	if (which < 0)
		return problem(c, FAIL_INPUT, "--size", "“%s” is no size; give cell, commune, province or nation", size);
	if (seed && (!int_parse(seed, &seed_n) || seed_n < 0))
		return problem(c, FAIL_INPUT, "--seed", "“%s” is no seed; give a whole number from 0 on", seed);
	if (year && (!int_parse(year, &year_n) || year_n < 2020 || year_n > 2100))
		return problem(c, FAIL_INPUT, "--year", "“%s” is no year of the demonstration; give one from 2020 to 2100", year);
	TRY(args_end(c, args));
	*out = demo_shape_of((enum demo_size)which, (uint64_t)seed_n, (int)year_n, c->today);
	return FAIL_OK;
}

static fail run_demo(struct call *c, struct args *args)
{
	struct demo_shape shape;
	struct demo_counts counts = { 0 };
	int64_t units;

	TRY(read_options(c, args, &shape));
	TRY(db_read(c, is_empty, &units));
	if (units)
		return problem(c, FAIL_CONFLICT, "", "the database is not empty; a demonstration is only made in a new one (chibo init)");
	TRY(demo_bulk(c, &shape, &counts));
	TRY(demo_plans(c, &shape));
	if (shape.size == DEMO_COMMUNE || shape.size == DEMO_CELL)
		TRY(demo_work(c, &shape));
	TRY(demo_coming(c, &shape));
	TRY(demo_records(c, &shape));
	TRY(demo_year(c, &shape));
	fprintf(c->out, tr(c->lang, "made: %lld units, of these %lld cells; %lld members; %lld meetings"), (long long)counts.units,
	        (long long)counts.cells, (long long)counts.members, (long long)counts.meetings);
	fputc('\n', c->out);
	fprintf(c->out, "%s\n", tr(c->lang, "Sign-ins (name, password, who):"));
	for (int i = 0; i < SIGN_INS; i++)
		TRY(add_sign_in(c, &sign_ins[i], shape.provinces > 1 ? "VN" : "01"));
	return FAIL_OK;
}

static const struct option demo_options[] = {
	{ "--size", "SIZE", N_("cell, commune (the usual), province or nation") },
	{ "--seed", "N", N_("another seed makes another organisation") },
	{ "--year", "Y", N_("the later of its two years; this year if not given") },
	{ 0 },
};

const struct command demo_commands[] = {
	{ "demo", "[--size cell|commune|province|nation] [--seed N] [--year Y]", N_("fill an empty database with a made-up organisation"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_CREATE | NEEDS_RULES, run_demo, demo_options },
	{ 0 },
};
