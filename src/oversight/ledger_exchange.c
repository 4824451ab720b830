/* ledger_exchange.c — the registers in and out as files. One row is read, compared and written the same way in all of them. */
#include <string.h>

#include "oversight/kinds.h"
#include "oversight/ledger.h"

/* The unit of the row before: neighbours in a file mostly share it. */
struct state {
	const struct ledger *l;
	char unit_code[256];
	int64_t unit_id;
};

static fail begin_with(struct import *im, const struct ledger *l, void **out)
{
	struct state *s = ARENA_NEW(import_arena(im), struct state);

	s->l = l;
	*out = s;
	return FAIL_OK;
}

static fail find_unit(struct call *c, struct state *s, const char *code)
{
	if (strcmp(s->unit_code, code) == 0)
		return FAIL_OK;
	s->unit_code[0] = '\0';
	fail f = org_unit_id(c, code, &s->unit_id);

	if (f == FAIL_NOT_FOUND) {
		problem_clear(c);
		return problem(c, f, "unit_code", "there is no unit with this code; import the units first, or correct the code");
	}
	TRY(f);
	if (!call_may(c, MAY_IMPORT, s->unit_id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	snprintf(s->unit_code, sizeof s->unit_code, "%s", code);
	return FAIL_OK;
}

/* One with the same key: of this unit, the same or to be written over. */
static fail over(struct call *c, struct import *im, const struct ledger *l, struct ledger_row *row, int64_t id)
{
	struct ledger_row stored;
	fail f = ledger_row_of(c, l, row->unit_id, id, &stored);

	if (f == FAIL_NOT_FOUND) {
		problem_clear(c);
		return problem(c, FAIL_CONFLICT, "code", "another unit has a row with this code; codes are unique in a province");
	}
	TRY(f);
	if (ledger_same(c, l, &stored, row)) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	row->id = id;
	TRY(ledger_put(c, l, row));
	return import_changed(c, im, row->realm, row->unit_id, l->record->name, id, &stored, row);
}

static fail read_row(struct call *c, struct import *im, void *state, const void *data)
{
	struct state *s = state;
	struct ledger_row row = *(const struct ledger_row *)data;
	int64_t id;

	TRY(find_unit(c, s, row.unit_code));
	row.unit_id = s->unit_id;
	TRY(ledger_resolve(c, s->l, &row));
	TRY(ledger_id_of(c, s->l, &row, &id));
	if (id)
		return over(c, im, s->l, &row, id);
	row.id = 0;
	TRY(ledger_put(c, s->l, &row));
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

static fail out_row(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail each_of(struct call *c, const struct ledger *l, const struct export_query *q, struct export *ex)
{
	struct ledger_query some = { .below = true, .since = DATE_EVER, .until = DATE_OPEN, .after_day = DATE_NONE };

	if (q->unit_code)
		TRY(org_unit_id(c, q->unit_code, &some.unit_id));
	if (q->period.from || q->period.to) {
		some.since = month_first(q->period.from);
		some.until = month_last(q->period.to);
	}
	return ledger_each(c, l, &some, out_row, ex);
}

/* The engine gives no row of its own to `begin`, so each register has one. */
#define KIND(kind, which, name_, label_, see)                                                                          \
	static fail kind##_begin(struct call *c, struct import *im, void **state)                                          \
	{                                                                                                                  \
		(void)c;                                                                                                       \
		return begin_with(im, &ledgers[which], state);                                                                 \
	}                                                                                                                  \
	static fail kind##_each(struct call *c, const struct export_query *q, struct export *ex)                           \
	{                                                                                                                  \
		return each_of(c, &ledgers[which], q, ex);                                                                     \
	}                                                                                                                  \
	const struct exchange_kind kind##_kind = {                                                                         \
		.name = name_, .label = label_, .record = &ledger_records[which], .may_export = see, .begin = kind##_begin,    \
		.row = read_row, .each = kind##_each,                                                                          \
	}

KIND(disciplines, LEDGER_DISCIPLINES, "disciplines", N_("Discipline"), MAY_SEE_MEMBERS);
KIND(inspections, LEDGER_INSPECTIONS, "inspections", N_("Inspection and supervision"), MAY_SEE);
KIND(reports, LEDGER_REPORTS, "reports", N_("Reports due"), MAY_SEE);
KIND(feedback, LEDGER_FEEDBACK, "feedback", N_("Feedback"), MAY_SEE);
KIND(trainings, LEDGER_TRAININGS, "trainings", N_("Training"), MAY_SEE_MEMBERS);
KIND(numbers, LEDGER_NUMBERS, "year-numbers", N_("Aims of the year, and where there was nothing"), MAY_SEE);
KIND(assignments, LEDGER_ASSIGNMENTS, "assignments", N_("Assigned attendance"), MAY_SEE_MEMBERS);
KIND(visits, LEDGER_VISITS, "visits", N_("Meetings attended from above"), MAY_SEE_MEMBERS);
