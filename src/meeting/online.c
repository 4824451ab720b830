/* online.c — leave to meet online, and its bounds. */
#include "meeting/online.h"

#include <string.h>

#include "db/journal.h"
#include "org/unit.h"
#include "sending_sql.h"

fail online_leave_of(struct call *c, int64_t unit_id, struct online_leave *out)
{
	const char *text, *sign;

	*out = (struct online_leave){ false, DATE_NONE, DATE_NONE };
	TRY(org_setting(c, unit_id, SETTING_ONLINE, &text));
	sign = strstr(text, "..");
	out->given = sign && date_parse(arena_strndup(c->arena, text, (size_t)(sign - text)), &out->from) && date_parse(sign + 2, &out->to);
	return FAIL_OK;
}

struct put {
	int64_t unit_id;
	const struct online_leave *leave;
};

static fail put_body(struct call *c, void *arg)
{
	const struct put *p = arg;
	char from[DATE_TEXT], to[DATE_TEXT];
	const char *before, *after = "";
	int64_t realm;

	date_format(p->leave->from, from);
	date_format(p->leave->to, to);
	if (p->leave->given)
		after = arena_printf(c->arena, "%s..%s", from, to);
	TRY(org_realm(c, p->unit_id, &realm));
	TRY(org_setting(c, p->unit_id, SETTING_ONLINE, &before));
	if (strcmp(before, after) == 0)
		return FAIL_OK;
	TRY(org_setting_put(c, p->unit_id, SETTING_ONLINE, after));
	return journal_add(c, realm, p->unit_id, "update", "unit", p->unit_id, arena_printf(c->arena, "{\"online_allowed\":\"%s\"}", before),
	                   arena_printf(c->arena, "{\"online_allowed\":\"%s\"}", after));
}

fail online_leave_put(struct call *c, int64_t unit_id, const struct online_leave *leave)
{
	if (leave->given && (!date_is(leave->from) || !date_is(leave->to)))
		return problem(c, FAIL_INPUT, date_is(leave->from) ? "to" : "from", "write from when to when meeting online is allowed");
	if (leave->given && leave->to.days < leave->from.days)
		return problem(c, FAIL_INPUT, "to", "the last day comes before the first");
	if (leave->given && leave->to.days >= date_add_months(leave->from, 12).days)
		return problem(c, FAIL_INPUT, "to", "leave is given for a year at most; it can be given again");
	return db_write(c, put_body, &(struct put){ unit_id, leave });
}

fail online_meetings_in_year(struct call *c, const struct meeting *m, int64_t *n)
{
	month_no first = date_month(meeting_day(m)) / 12 * 12;

	return db_int(c, &Q_online_in_year, ARGS(V(m->realm), V(m->unit_id), V((int64_t)first), V((int64_t)first + 11), V(m->id)), 0, n);
}

static fail check_leave(struct call *c, const struct meeting *m)
{
	struct online_leave l;

	TRY(online_leave_of(c, m->unit_id, &l));
	if (!l.given)
		return problem(c, FAIL_INPUT, "mode", "the committee above has not allowed this cell to meet online; meet in one room, or ask it for leave");
	if (meeting_day(m).days >= l.from.days && meeting_day(m).days <= l.to.days)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "mode", "this cell may meet online from %s to %s; the meeting is on another day", show_date(c->arena, c->lang, l.from),
	               show_date(c->arena, c->lang, l.to));
}

fail meeting_check_online(struct call *c, const struct meeting *m)
{
	int64_t n;

	if (m->afterwards || (m->mode != MEETING_ONLINE && m->mode != MEETING_HYBRID))
		return FAIL_OK;
	TRY(check_leave(c, m));
	TRY(online_meetings_in_year(c, m, &n));
	if (m->mode == MEETING_ONLINE && n >= ONLINE_MOST)
		return problem(c, FAIL_INPUT, "mode", "%lld meetings of this year were held wholly online; more than %d are not allowed", (long long)n, ONLINE_MOST);
	TRY(db_int(c, &Q_online_secret_papers, ARGS(V(m->realm), V(m->id)), 0, &n));
	if (n)
		return problem(c, FAIL_INPUT, "mode", "a secret paper is on the list of this meeting: such matters are never dealt with online");
	return FAIL_OK;
}
