/* exchange_terms.c — terms in and out as files. A term is known by its unit and its first day. */
#include <string.h>

#include "document/kinds.h"
#include "document/term.h"
#include "register_sql.h"
#include "org/unit.h"

static fail prepare(struct call *c, void *row)
{
	const struct term *t = row;

	if (t->valid_to.days < t->valid_from.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, t->valid_to),
		               show_date(c->arena, c->lang, t->valid_from));
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *row)
{
	struct term t = *(const struct term *)row, was, stored;

	(void)state;
	TRY(org_unit_id(c, t.unit_code, &t.unit_id));
	TRY(org_realm(c, t.unit_id, &t.realm));
	if (!call_may(c, MAY_IMPORT, t.unit_id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	fail f = db_one(c, &Q_term_on, ARGS(V(t.unit_id), V(t.valid_from)), &term_record, &was);
	bool known = f == FAIL_OK && was.valid_from.days == t.valid_from.days;

	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	stored = t;
	TRY(term_save(c, &stored));
	import_count(im, !known ? IMPORT_ADDED : was.valid_to.days == stored.valid_to.days && strcmp(was.name, stored.name) == 0 ? IMPORT_SAME : IMPORT_CHANGED);
	return FAIL_OK;
}

static fail out_row(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	int64_t unit;

	if (!q->unit_code)
		return db_each(c, &Q_terms_all, NO_ARGS, &term_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_terms_below, ARGS(V(unit), V(date_is(q->on) ? q->on : c->today)), &term_record, out_row, ex);
}

const struct exchange_kind term_kind = {
	.name = "terms",
	.label = N_("Terms"),
	.record = &term_record,
	.may_export = MAY_SEE,
	.prepare = prepare,
	.row = row,
	.each = each,
};
