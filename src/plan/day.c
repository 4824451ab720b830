/* day.c — the fixed day of a unit, its own or that of the nearest committee above. */
#include "db/journal.h"
#include "plan/plan.h"

static fail own_day(struct call *c, const struct unit *u, struct fixed_day *out)
{
	const char *text;
	int64_t day;

	TRY(org_setting(c, u->id, SETTING_FIXED_DAY, &text));
	if (int_parse(text, &day) && day >= 1 && day <= 31)
		*out = (struct fixed_day){ (int)day, u->id, u->name };
	return FAIL_OK;
}

fail plan_fixed_day(struct call *c, const struct unit *u, struct date on, struct fixed_day *out)
{
	struct units above;

	*out = (struct fixed_day){ 0 };
	TRY(own_day(c, u, out));
	if (out->day)
		return FAIL_OK;
	TRY(org_ancestors(c, u->id, on, &above));
	for (size_t i = above.n; i-- > 0 && !out->day;)
		TRY(own_day(c, &above.v[i], out));
	return FAIL_OK;
}

struct put {
	int64_t unit_id, day;
};

static fail put_body(struct call *c, void *arg)
{
	const struct put *p = arg;
	const char *before, *after = p->day ? arena_printf(c->arena, "%lld", (long long)p->day) : "";
	int64_t realm;

	TRY(org_realm(c, p->unit_id, &realm));
	TRY(org_setting(c, p->unit_id, SETTING_FIXED_DAY, &before));
	TRY(org_setting_put(c, p->unit_id, SETTING_FIXED_DAY, after));
	return journal_add(c, realm, p->unit_id, "update", "fixed_day", p->unit_id, arena_printf(c->arena, "{\"day\":\"%s\"}", before),
	                   arena_printf(c->arena, "{\"day\":\"%s\"}", after));
}

fail plan_fixed_day_put(struct call *c, int64_t unit_id, int64_t day)
{
	if (day < 0 || day > 31)
		return problem(c, FAIL_INPUT, "fixed_day", "the fixed day is a day of the month from 1 to 31");
	return db_write(c, put_body, &(struct put){ unit_id, day });
}
