/* achieved.c — sums of tasks and targets for the rules. */
#include "work/achieved.h"

#include "org/member.h"
#include "programme_sql.h"
#include "task_sql.h"

static void count_tasks(const struct tasks *due, struct work_sums *out)
{
	int64_t on_time = 0;
	bool unknown = false;

	for (size_t i = 0; i < due->n; i++) {
		enum task_state s = task_state(&due->v[i], due->v[i].due_on);

		on_time += s == TASK_IS_ON_TIME;
		unknown |= s == TASK_IS_DONE; /* done, but nobody wrote down when */
	}
	out->tasks_due = (int64_t)due->n;
	out->tasks_on_time = unknown ? INT_UNKNOWN : on_time;
}

static const struct field count_fields[] = { COL(struct target_count, assigned), COL(struct target_count, reached), FIELD_END };
static const struct record count_record = { "target_count", sizeof(struct target_count), count_fields };

fail work_targets_reached(struct call *c, int64_t unit_id, struct date after, struct date until, struct date on, struct target_count *out)
{
	return db_one(c, &Q_targets_reached, ARGS(V(unit_id), V(on), V(after), V(until)), &count_record, out);
}

fail work_achieved(struct call *c, int64_t realm, int64_t unit_id, struct date after, struct date until, struct work_sums *out)
{
	struct tasks due;
	struct target_count targets;

	TRY(tasks_due_between(c, realm, unit_id, after, until, &due));
	count_tasks(&due, out);
	TRY(work_targets_reached(c, unit_id, after, until, until, &targets));
	out->targets_due = targets.assigned;
	out->targets_reached = targets.reached;
	out->due = out->tasks_due + out->targets_due;
	out->achieved = out->tasks_on_time == INT_UNKNOWN ? INT_UNKNOWN : out->tasks_on_time + out->targets_reached;
	return FAIL_OK;
}

struct holder { int64_t member_id; };
static const struct field holder_fields[] = { COL(struct holder, member_id), FIELD_END };
static const struct record holder_record = { "task_holder", sizeof(struct holder), holder_fields };

static bool holds(const struct holder *v, size_t n, int64_t member_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].member_id == member_id)
			return true;
	return false;
}

fail work_members_with_task(struct call *c, int64_t realm, int64_t unit_id, struct date from, struct date until, struct task_share *out)
{
	struct roll roll;
	struct holder *v;
	size_t n;

	*out = (struct task_share){ 0 };
	TRY(org_members_on(c, unit_id, until, &roll));
	TRY(db_all(c, &Q_task_holders, ARGS(V(realm), V(unit_id), V(from), V(until)), &holder_record, &v, &n));
	for (size_t i = 0; i < roll.n; i++)
		if (member_is_expected(roll.v[i].status)) {
			out->members++;
			out->with_task += holds(v, n, roll.v[i].id);
		}
	return FAIL_OK;
}
