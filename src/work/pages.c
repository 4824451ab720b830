/* pages.c — small things that all pages of this room need. */
#include "work/pages.h"

#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "org/member.h"

fail page_of_task(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct task t;
	int64_t id;

	TRY(req_id(c, rq, "task", &id));
	TRY(task_by_id(c, id, &t));
	*unit_id = t.unit_id;
	return FAIL_OK;
}

fail page_of_goal(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "goal", &id));
	return programme_target_unit(c, id, unit_id);
}

fail page_unit(struct call *c, const struct req *rq, struct unit *out)
{
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	return org_unit_nearest(c, id, c->today, out);
}

const char *page_path(struct call *c, const char *fmt, ...)
{
	va_list args;
	const char *text;

	va_start(args, fmt);
	text = arena_vprintf(c->arena, fmt, args);
	va_end(args);
	return text;
}

const struct column *page_columns(struct call *c, const struct column *columns, size_t n)
{
	struct column *out = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++) {
		out[i] = columns[i];
		out[i].label = tr(c->lang, columns[i].label);
	}
	return out;
}

fail page_day(struct call *c, const struct req *rq, struct date *out)
{
	const char *text = req_query(rq, "on");

	*out = c->today;
	if (text && *text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, "on", "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

fail page_number(struct call *c, const struct req *rq, const char *name, int64_t *out)
{
	const char *text = req_query(rq, name);

	*out = 0;
	if (text && *text && (!int_parse(text, out) || *out < 0))
		return problem(c, FAIL_INPUT, name, "“%s” is not a whole number", text);
	return FAIL_OK;
}

bool task_is_mine(const struct call *c, const struct task *t)
{
	const struct account *me = access_account(c);

	return me && me->member_id > 0 && me->member_id == t->member_id && me->member_realm == t->realm;
}

static const char *how_far(struct call *c, const struct task *t)
{
	if (t->children > 0)
		return arena_printf(c->arena, tr(c->lang, "%1$s of %2$s"), show_int(c->arena, c->lang, t->children_done),
		                    show_int(c->arena, c->lang, t->children));
	return t->percent >= 0 ? arena_printf(c->arena, "%d %%", (int)t->percent) : "";
}

struct task_line task_line_of(struct call *c, const struct task *t)
{
	enum task_state s = task_state(t, c->today);

	return (struct task_line){
		.task = t,
		.state = task_is_claimed(t, c->today) ? tr(c->lang, "said to be finished") : task_state_name(c->lang, s),
		.href = page_path(c, "/tasks/%lld", (long long)t->id),
		.far = task_is_open(s) ? how_far(c, t) : "",
		.late = s == TASK_IS_LATE || s == TASK_IS_NOT_DONE || s == TASK_IS_DONE_LATE,
	};
}

fail page_people(struct call *c, int64_t unit_id, struct choice **out, size_t *n)
{
	struct roll roll;

	TRY(org_members_on(c, unit_id, c->today, &roll));
	*out = ARENA_ARRAY(c->arena, roll.n + 1, struct choice);
	(*out)[0] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < roll.n; i++)
		(*out)[i + 1] = (struct choice){ roll.v[i].code, roll.v[i].full_name, NULL };
	*n = roll.n ? roll.n + 1 : 0;
	return FAIL_OK;
}
