/* exchange_targets.c — targets of a programme and their values in and out as files. A target is known by its unit and its code. */
#include <string.h>

#include "org/unit.h"
#include "programme_sql.h"
#include "work/kinds.h"
#include "work/programme.h"

/* The unit of the row before: neighbours in a file mostly share it. */
struct state {
	char unit_code[256];
	int64_t unit_id, realm;
};

static fail begin(struct call *c, struct import *im, void **out)
{
	(void)c;
	*out = ARENA_NEW(import_arena(im), struct state);
	return FAIL_OK;
}

static fail find_unit(struct call *c, struct state *s, const char *code)
{
	if (strcmp(s->unit_code, code) == 0)
		return FAIL_OK;
	s->unit_code[0] = '\0';
	TRY(org_unit_id(c, code, &s->unit_id));
	TRY(org_realm(c, s->unit_id, &s->realm));
	if (!call_may(c, MAY_IMPORT, s->unit_id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	snprintf(s->unit_code, sizeof s->unit_code, "%s", code);
	return FAIL_OK;
}

static fail find_target(struct call *c, const struct state *s, const char *code, struct programme_target *out)
{
	return db_one(c, &Q_programme_target_find, ARGS(V(s->realm), V(s->unit_id), V(code), V(c->today)), &programme_target_record, out);
}

/* ---------------------------------------------------------------- targets */

static fail target_prepare(struct call *c, void *row)
{
	return programme_target_check(c, row);
}

static fail target_row(struct call *c, struct import *im, void *state, const void *data)
{
	struct programme_target t = *(const struct programme_target *)data, was, stored;
	struct state *s = state;

	TRY(find_unit(c, s, t.unit_code));
	t.unit_id = s->unit_id;
	t.rev = 0;
	fail f = find_target(c, s, t.code, &was);

	if (f == FAIL_NOT_FOUND) {
		TRY(programme_target_add(c, &t));
		import_count(im, IMPORT_ADDED);
		return FAIL_OK;
	}
	TRY(f);
	t.id = was.id;
	TRY(programme_target_change(c, &t, &stored));
	import_count(im, t.rev == was.rev ? IMPORT_SAME : IMPORT_CHANGED);
	return FAIL_OK;
}

static fail out_row(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail unit_of_query(struct call *c, const struct export_query *q, int64_t *out)
{
	*out = 0;
	return q->unit_code ? org_unit_id(c, q->unit_code, out) : FAIL_OK;
}

static fail target_each(struct call *c, const struct export_query *q, struct export *ex)
{
	int64_t unit;

	TRY(unit_of_query(c, q, &unit));
	return db_each(c, &Q_targets_rows, ARGS(V(unit)), &programme_target_record, out_row, ex);
}

const struct exchange_kind target_kind = {
	.name = "targets",
	.label = N_("Targets of the programme"),
	.record = &programme_target_record,
	.may_export = MAY_SEE,
	.prepare = target_prepare,
	.begin = begin,
	.row = target_row,
	.each = target_each,
};

/* ---------------------------------------------------------------- values */

static fail value_row(struct call *c, struct import *im, void *state, const void *data)
{
	struct target_value v = *(const struct target_value *)data, before;
	struct programme_target t;
	struct state *s = state;

	TRY(find_unit(c, s, v.unit_code));
	fail f = find_target(c, s, v.code, &t);

	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "code", "the unit %s has no target with the code “%s”; import the targets first", v.unit_code, v.code);
	TRY(f);
	v.target_id = t.id;
	v.file_id = INT_UNKNOWN;
	f = db_one(c, &Q_target_value_of_day, ARGS(V(s->realm), V(t.id), V(v.on_date)), &target_value_record, &before);
	if (f == FAIL_OK && before.value == v.value && strcmp(before.remark, v.remark) == 0 && strcmp(before.evidence_no, v.evidence_no) == 0) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	import_count(im, f == FAIL_OK ? IMPORT_CHANGED : IMPORT_ADDED);
	return target_value_put(c, &v, &t);
}

static fail value_each(struct call *c, const struct export_query *q, struct export *ex)
{
	bool all = q->period.from == 0 && q->period.to == 0;
	struct date since = all ? DATE_EVER : month_first(q->period.from), until = all ? DATE_OPEN : month_last(q->period.to);
	int64_t unit;

	TRY(unit_of_query(c, q, &unit));
	return db_each(c, &Q_target_values_rows, ARGS(V(unit), V(since), V(until)), &target_value_record, out_row, ex);
}

const struct exchange_kind target_value_kind = {
	.name = "target_values",
	.label = N_("Values of targets"),
	.record = &target_value_record,
	.may_export = MAY_SEE,
	.begin = begin,
	.row = value_row,
	.each = value_each,
};
