/* store.c — a case read and written. Which steps there are is case_table.c, taking one is case_step.c, opening one case_open.c, lists are case_list.c. */
#include "year/store.h"

#include "base/id.h"
#include "db/journal.h"
#include "growth/award.h"
#include "rollup/rollup.h"
#include "year/case_keep.h"
#include "year_sql.h"

static const struct field fields[] = {
	COL(struct year_case, realm),
	COL(struct year_case, id),
	COL(struct year_case, kind, .words = case_kinds),
	COL(struct year_case, year),
	COL(struct year_case, unit_id),
	COL(struct year_case, member_id),
	COL(struct year_case, meeting_id),
	COL(struct year_case, plan_id),
	COL(struct year_case, decision_id),
	COL(struct year_case, rev),
	COL(struct year_case, state, .words = case_states),
	COL(struct year_case, carried_over),
	COL(struct year_case, exemplary),
	COL(struct year_case, imported),
	FIELD(struct year_case, registered_on, N_("Registered on"), 0),
	FIELD(struct year_case, agreement_on, N_("Emulation agreement signed on"), 0),
	FIELD(struct year_case, decided_on, N_("Decided on"), 0),
	FIELD(struct year_case, due_on, N_("To be corrected by"), 0),
	FIELD(struct year_case, group_name, N_("Group of similar tasks"), 0, .max = 100),
	FIELD(struct year_case, decision_no, N_("Number of the decision"), 0, .max = 60),
	FIELD(struct year_case, moved_to, N_("Moved to"), 0, .max = 200),
	FIELD(struct year_case, remark, N_("Reason"), 0, .max = 1000),
	COL(struct year_case, unit_code),
	COL(struct year_case, unit_name),
	COL(struct year_case, member_code),
	COL(struct year_case, member_name),
	FIELD_END,
};
const struct record year_case_record = { "year_case", sizeof(struct year_case), fields };

static const struct field taken_fields[] = {
	COL(struct case_step_taken, seq),
	COL(struct case_step_taken, at_ms),
	COL(struct case_step_taken, step, .words = case_steps),
	COL(struct case_step_taken, from_state, .words = case_states),
	COL(struct case_step_taken, to_state, .words = case_states),
	COL(struct case_step_taken, actor),
	COL(struct case_step_taken, remark),
	FIELD_END,
};
static const struct record taken_record = { "year_step", sizeof(struct case_step_taken), taken_fields };

/* ---------------------------------------------------------------- reading */

fail case_by_id(struct call *c, int64_t id, struct year_case *out)
{
	fail f = db_one(c, &Q_case_by_id, ARGS(V(id)), &year_case_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "case", "there is no such case") : f;
}

fail case_find(struct call *c, unsigned kind, int year, int64_t unit_id, int64_t member_id, struct year_case *out)
{
	int64_t realm;

	TRY(org_realm(c, unit_id, &realm));
	fail f = db_one(c, &Q_case_find, ARGS(V(realm), V(case_kinds[kind]), V(year), V(unit_id), V(member_id)), &year_case_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&year_case_record, out);
	out->id = 0;
	return FAIL_OK;
}

struct date case_day(const struct call *c, int64_t year)
{
	struct date last = date_of((int)year, 12, 31);

	return last.days < c->today.days ? last : c->today;
}

fail case_decider(struct call *c, const struct year_case *k, struct unit *out)
{
	struct date on = case_day(c, k->year);

	TRY(org_unit_nearest(c, k->unit_id, on, out));
	do {
		if (out->parent_id <= 0)
			return FAIL_OK;
		TRY(org_unit_nearest(c, out->parent_id, on, out));
	} while (!unit_decides(out));
	return FAIL_OK;
}

fail case_history(struct call *c, const struct year_case *k, struct case_steps_taken *out)
{
	return db_all(c, &Q_case_steps_of, ARGS(V(k->realm), V(k->id)), &taken_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- as data */

void case_json(struct json *j, const struct year_case *k)
{
	char id[NUM_TEXT];

	snprintf(id, sizeof id, "%lld", (long long)k->id);
	json_put_str(j, "id", id);
	json_put_str(j, "kind", case_kinds[k->kind]);
	json_put_int(j, "year", k->year);
	json_put_str(j, "unit_code", k->unit_code);
	json_put_str(j, "unit_name", k->unit_name);
	json_put_str(j, "member_code", k->member_id > 0 ? k->member_code : NULL);
	json_put_str(j, "member_name", k->member_id > 0 ? k->member_name : NULL);
	json_put_str(j, "state", case_states[k->state]);
	record_json(j, &year_case_record, k);
	json_put_bool(j, "carried_over", k->carried_over > 0);
	json_put_bool(j, "exemplary", k->exemplary > 0);
	json_put_bool(j, "imported", k->imported > 0);
	json_put_int(j, "rev", k->rev);
}

const char *case_text(struct call *c, const struct year_case *k)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	case_json(&j, k);
	json_object_end(&j);
	return out_text(&o);
}

/* ---------------------------------------------------------------- writing */

fail case_lock(struct call *c, int64_t id, int64_t rev, struct year_case *k)
{
	TRY(case_by_id(c, id, k));
	if (rev == ANY_REV || rev == k->rev)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "rev", "somebody has changed this case meanwhile; look at it again");
}

static struct dbv reference(int64_t id)
{
	return id > 0 ? V(id) : V(INT_UNKNOWN);
}

fail case_count(struct call *c, const struct year_case *k)
{
	return rollup_touch_year(c, k->realm, k->unit_id, (int)k->year);
}

fail case_touched(struct call *c, struct year_case *k)
{
	TRY(db_exec(c, &Q_case_raise, ARGS(V(k->realm), V(k->id)), NULL));
	k->rev++;
	return case_count(c, k);
}

fail case_write(struct call *c, const struct year_case *before, struct year_case *k, const char *action)
{
	TRY(db_exec(c, &Q_case_write,
	            ARGS(V(k->realm), V(k->id), V(case_states[k->state]), V(k->group_name), V(k->exemplary), reference(k->decision_id), V(k->decision_no),
	                 V(k->decided_on), V(k->due_on), V(k->moved_to), V(k->remark), V(k->registered_on), V(k->imported)),
	            NULL));
	TRY(journal_add(c, k->realm, k->unit_id, action, "year_case", k->id, case_text(c, before), case_text(c, k)));
	k->rev++;
	return case_count(c, k);
}

static fail write_step(struct call *c, const struct year_case *k, enum case_step step, unsigned from, const char *remark)
{
	int64_t last;

	TRY(db_int(c, &Q_case_step_last, ARGS(V(k->realm), V(k->id)), 0, &last));
	return db_exec(c, &Q_case_step_insert,
	               ARGS(V(k->realm), V(k->id), V(last + 1), V(case_steps[step]), V(case_states[from]), V(case_states[k->state]), V(c->who.name),
	                    V(c->now_ms), V(remark)),
	               NULL);
}

/* What the words beside a step change in the row. The level of a classification is decided on the day it is set, unless the notice names another. */
static void put_note(struct year_case *k, enum case_step step, const struct case_note *note, struct date today)
{
	if (step == CASE_STEP_APPRAISE && k->kind != CASE_FOUR_GOOD)
		k->decided_on = today;
	k->due_on = step == CASE_STEP_RETURN ? note->due_on : DATE_NONE;
	if (note->remark && *note->remark)
		k->remark = note->remark;
	if (note->decision_no && *note->decision_no)
		k->decision_no = note->decision_no;
	if (note->decision_id > 0)
		k->decision_id = note->decision_id;
	if (note->decided_on.days > 0) /* neither DATE_NONE nor left at zero */
		k->decided_on = note->decided_on;
	if (note->moved_to && *note->moved_to)
		k->moved_to = note->moved_to;
	if (step == CASE_STEP_REFUSE || step == CASE_STEP_REOPEN)
		k->exemplary = 0;
}

fail case_move(struct call *c, struct year_case *k, enum case_step step, const struct case_note *note)
{
	const struct case_row *row = case_find_row(k->kind, step, k->state);
	const struct case_note none = { .remark = "" };
	struct year_case before = *k;

	if (!row)
		return case_no_way(c, k, step);
	k->state = row->to;
	put_note(k, step, note ? note : &none, c->today);
	TRY(write_step(c, k, step, before.state, note && note->remark ? note->remark : ""));
	if (step == CASE_STEP_REOPEN && k->kind == CASE_FOUR_GOOD) /* what was given for it no longer stands */
		TRY(award_revoke_case(c, k->realm, k->id, note && note->remark && *note->remark ? note->remark : k->remark, NULL));
	return case_write(c, &before, k, case_steps[step]);
}

fail case_insert(struct call *c, struct year_case *k, enum case_step first)
{
	k->id = id_new();
	TRY(db_exec(c, &Q_case_insert,
	            ARGS(V(k->realm), V(k->id), V(case_kinds[k->kind]), V(k->year), V(k->unit_id), V(k->member_id), V(case_states[k->state]),
	                 V(k->registered_on), reference(k->meeting_id), reference(k->plan_id), V(k->agreement_on), V(k->carried_over), V(k->imported)),
	            NULL));
	TRY(write_step(c, k, first, CASE_NO_STATE, ""));
	TRY(case_by_id(c, k->id, k));
	TRY(journal_add(c, k->realm, k->unit_id, case_steps[first], "year_case", k->id, NULL, case_text(c, k)));
	return case_count(c, k);
}
