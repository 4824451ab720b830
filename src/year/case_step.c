/* case_step.c — taking a step of a case: who, what stands in the way, the words it needs. */
#include <string.h>

#include "base/text.h"
#include "year/assess.h"
#include "year/case_keep.h"

/* ---------------------------------------------------------------- the words beside it */

static void check_return(struct call *c, const struct case_note *note, struct flaws *out)
{
	if (note->due_on.days <= 0)
		flaw_add(c, out, "due_on", "say by when it has to be corrected");
	else if (note->due_on.days < c->today.days)
		flaw_add(c, out, "due_on", "%s is over already", show_date(c->arena, c->lang, note->due_on));
}

static void check_decision(struct call *c, const struct case_note *note, struct flaws *out)
{
	if (!*note->decision_no && note->decision_id <= 0)
		flaw_add(c, out, "decision_no", "give the number of the decision");
	if (note->decided_on.days <= 0)
		flaw_add(c, out, "decided_on", "give the day of the decision");
	else if (note->decided_on.days > c->today.days)
		flaw_add(c, out, "decided_on", "%s is still to come", show_date(c->arena, c->lang, note->decided_on));
}

static fail check_refusal(struct call *c, const struct year_case *k, const struct case_note *note, struct flaws *out)
{
	struct year_sheet s;

	TRY(year_latest(c, k, CASE_STAGE_APPRAISED, &s));
	if (s.result == RESULT_MET && !*note->remark)
		flaw_add(c, out, "remark", "the sheet meets the standard; say why it is not recognised");
	return FAIL_OK;
}

static fail check_note(struct call *c, const struct year_case *k, const struct case_row *row, const struct case_note *note, struct flaws *out)
{
	if (row->needs_reason && !*note->remark)
		flaw_add(c, out, "remark", "say why");
	if (row->step == CASE_STEP_RETURN)
		check_return(c, note, out);
	if (row->step == CASE_STEP_RECOGNISE)
		check_decision(c, note, out);
	if (row->step == CASE_STEP_TRANSFER_OUT && !*note->moved_to)
		flaw_add(c, out, "moved_to", "say where to");
	return row->step == CASE_STEP_REFUSE ? check_refusal(c, k, note, out) : FAIL_OK;
}

fail case_move_checked(struct call *c, struct year_case *k, enum case_step step, const struct case_note *note, struct flaws *found)
{
	const struct case_row *row = case_find_row(k->kind, step, k->state);

	if (!row)
		return case_no_way(c, k, step);
	TRY(case_check_right(c, k, step));
	TRY(check_note(c, k, row, note, found));
	TRY(case_step_blocks(c, k, step, found));
	TRY(flaws_refuse(c, found));
	return case_move(c, k, step, note);
}

/* ---------------------------------------------------------------- taking one */

struct take {
	int64_t id, rev;
	enum case_step step;
	struct case_note note;
	struct year_case *k;
	struct flaws *found;
};

fail case_same_click(struct call *c, const struct year_case *k, int64_t rev, enum case_step step, const char *remark, bool *out)
{
	struct case_steps_taken all;

	*out = false;
	if (rev == ANY_REV || rev >= k->rev || rev < k->rev - 2)
		return FAIL_OK;
	TRY(case_history(c, k, &all));
	const struct case_step_taken *last = all.n ? &all.v[all.n - 1] : NULL;

	*out = last && last->step == step && last->to_state == k->state && strcmp(last->actor, c->who.name) == 0 &&
	       (!remark || strcmp(last->remark, remark) == 0);
	return FAIL_OK;
}

static fail take_body(struct call *c, void *arg)
{
	struct take *t = arg;
	struct year_case k;
	bool twice;

	*t->found = (struct flaws){ 0 };
	TRY(case_by_id(c, t->id, t->k));
	TRY(case_same_click(c, t->k, t->rev, t->step, t->note.remark, &twice));
	if (twice)
		return FAIL_OK;
	TRY(case_lock(c, t->id, t->rev, t->k));
	k = *t->k;
	TRY(case_move_checked(c, &k, t->step, &t->note, t->found));
	*t->k = k;
	return FAIL_OK;
}

static const char *clean(struct call *c, const char *text)
{
	return text ? text_clean(c->arena, text) : "";
}

fail case_take_step(struct call *c, int64_t id, int64_t rev, enum case_step step, const struct case_note *note, struct year_case *k,
                    struct flaws *found)
{
	struct flaws unread;
	struct take t = { id, rev, step, note ? *note : (struct case_note){ 0 }, k, found ? found : &unread };

	t.note.remark = clean(c, t.note.remark);
	t.note.decision_no = clean(c, t.note.decision_no);
	t.note.moved_to = clean(c, t.note.moved_to);
	return db_write(c, take_body, &t);
}

/* ---------------------------------------------------------------- choices beside the steps */

struct choice {
	int64_t id, rev;
	bool exemplary;
	const char *group; /* NULL: the choice is about the certificate */
	struct year_case *k;
};

static fail check_decider(struct call *c, const struct year_case *k)
{
	struct unit decider;

	TRY(case_decider(c, k, &decider));
	return call_may(c, MAY_DECIDE, decider.id) ? FAIL_OK : problem(c, FAIL_DENIED, "case", "only %s decides this", decider.name);
}

static fail exemplary_body(struct call *c, void *arg)
{
	struct choice *x = arg;
	struct year_case before;

	TRY(case_by_id(c, x->id, x->k));
	TRY(check_decider(c, x->k));
	if (x->k->exemplary == x->exemplary && x->k->state == CASE_RECOGNISED)
		return FAIL_OK;
	TRY(case_lock(c, x->id, x->rev, x->k));
	if (x->exemplary && x->k->state != CASE_RECOGNISED)
		return problem(c, FAIL_CONFLICT, "exemplary", "only a recognised cell is chosen for a certificate; this one is “%s”",
		               case_state_name(c->lang, x->k->kind, x->k->state));
	before = *x->k;
	x->k->exemplary = x->exemplary;
	return case_write(c, &before, x->k, "exemplary");
}

fail case_set_exemplary(struct call *c, int64_t id, int64_t rev, bool exemplary, struct year_case *k)
{
	return db_write(c, exemplary_body, &(struct choice){ .id = id, .rev = rev, .exemplary = exemplary, .k = k });
}

static fail group_body(struct call *c, void *arg)
{
	struct choice *x = arg;
	struct year_case before;

	TRY(case_by_id(c, x->id, x->k));
	TRY(check_decider(c, x->k));
	if (strcmp(x->k->group_name, x->group) == 0)
		return FAIL_OK;
	TRY(case_lock(c, x->id, x->rev, x->k));
	if (x->k->kind == CASE_FOUR_GOOD)
		return problem(c, FAIL_INPUT, "group_name", "groups belong to the annual classification");
	if (text_length(x->group) > 100)
		return problem(c, FAIL_INPUT, "group_name", "at most 100 characters");
	before = *x->k;
	x->k->group_name = x->group;
	return case_write(c, &before, x->k, "group");
}

fail case_set_group(struct call *c, int64_t id, int64_t rev, const char *group, struct year_case *k)
{
	return db_write(c, group_body, &(struct choice){ .id = id, .rev = rev, .group = clean(c, group), .k = k });
}
