/* verify.c — every step of a case is one of the table and goes on from the one before, its state is where the last one led, and the lines of every
 * computed sheet add up. */
#include "year/verify.h"

#include "year/store.h"
#include "year_sql.h"

struct difference {
	int64_t id, year;
	const char *code, *a, *b;
};
static const struct field fields[] = { COL(struct difference, id), COL(struct difference, year), COL(struct difference, code),
	                                   COL(struct difference, a),  COL(struct difference, b),    FIELD_END };
static const struct record difference_record = { "difference", sizeof(struct difference), fields };

struct telling {
	const char *text; /* message id */
	bool found;
};

/* The first is the call's problem, the others are lines of their own. */
static fail tell(struct call *c, const void *row, void *arg)
{
	const struct difference *d = row;
	struct telling *t = arg;
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, "%s: %s %lld (%lld): %s / %s", t->text, d->code, (long long)d->year, (long long)d->id, d->a, d->b);
	if (t->found)
		fprintf(c->err, "%s\n", out_text(&o));
	else
		(void)!problem(c, FAIL_BROKEN, "year_case", "%s", out_text(&o));
	t->found = true;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the steps in order */

struct step_row {
	int64_t id, seq;
	unsigned kind, step, from_state, to_state;
};
static const struct field step_fields[] = { COL(struct step_row, id),
	                                        COL(struct step_row, seq),
	                                        COL(struct step_row, kind, .words = case_kinds),
	                                        COL(struct step_row, step, .words = case_steps),
	                                        COL(struct step_row, from_state, .words = case_states),
	                                        COL(struct step_row, to_state, .words = case_states),
	                                        FIELD_END };
static const struct record step_record = { "year_step", sizeof(struct step_row), step_fields };

struct walking {
	int64_t id, seq;
	unsigned state;
	int64_t looked_at;
	bool found;
};

static fail walk(struct call *c, const void *data, void *arg)
{
	const struct step_row *r = data;
	struct walking *w = arg;
	const struct case_row *row = case_find_row(r->kind, (enum case_step)r->step, r->from_state);
	bool first = r->id != w->id;
	bool right = row && row->to == r->to_state && r->from_state == (first ? CASE_NO_STATE : w->state) && r->seq == (first ? 1 : w->seq + 1);

	if (!right && w->found)
		fprintf(c->err, tr(c->lang, "case %lld: step %lld is not one of the table\n"), (long long)r->id, (long long)r->seq);
	else if (!right)
		(void)!problem(c, FAIL_BROKEN, "year_step", "case %lld: step %lld is not one of the table", (long long)r->id, (long long)r->seq);
	w->found |= !right;
	w->id = r->id;
	w->seq = r->seq;
	w->state = r->to_state;
	w->looked_at++;
	return FAIL_OK;
}

static fail steps_follow(struct call *c, int64_t *checked)
{
	struct walking w = { 0 };

	TRY(db_each(c, &Q_case_steps_all, NO_ARGS, &step_record, walk, &w));
	*checked = w.looked_at;
	return w.found ? FAIL_BROKEN : FAIL_OK;
}

static fail states_follow(struct call *c, int64_t *checked)
{
	struct telling t = { tr(c->lang, "a case is not where its last step led"), false };

	TRY(db_int(c, &Q_case_count_all, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_case_state_wrong, NO_ARGS, &difference_record, tell, &t));
	return t.found ? FAIL_BROKEN : FAIL_OK;
}

static fail sheets_add_up(struct call *c, int64_t *checked)
{
	struct telling t = { tr(c->lang, "the lines of a sheet of the year do not add up to its total"), false };

	TRY(db_int(c, &Q_case_sheets_all, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_case_points_wrong, NO_ARGS, &difference_record, tell, &t));
	return t.found ? FAIL_BROKEN : FAIL_OK;
}

const struct verify_check year_checks[] = {
	{ "cases", N_("states of cases against their steps"), states_follow },
	{ "case-steps", N_("steps of cases against the table of states"), steps_follow },
	{ "year-sheets", N_("lines of sheets of a year against their totals"), sheets_add_up },
	{ NULL },
};
