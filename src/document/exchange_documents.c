/* exchange_documents.c — the register of documents in and out as files: what a unit issued before it came here, or elsewhere.
 *
 * A row is an issued document with its number as printed. It takes no place in the numbering kept here, which begins where the paper register stopped
 * (document_issue, first). Contents and scans do not come this way. */
#include <string.h>

#include "base/id.h"
#include "document/document.h"
#include "document/kinds.h"
#include "register_sql.h"

struct register_row {
	const char *unit_code, *number, *subject, *signed_by;
	unsigned type;
	struct date dated_on;
};
static const struct field fields[] = {
	FIELD(struct register_row, unit_code, N_("Unit"), REQUIRED | KEY, .max = 40),
	FIELD(struct register_row, type, N_("Kind of document"), REQUIRED | KEY, .words = document_types),
	FIELD(struct register_row, number, N_("Number on the paper"), REQUIRED | KEY, .max = 60),
	FIELD(struct register_row, dated_on, N_("Dated"), REQUIRED | KEY),
	FIELD(struct register_row, subject, N_("Subject"), REQUIRED, .max = 500),
	FIELD(struct register_row, signed_by, N_("Signed by"), 0, .max = 120),
	FIELD_END,
};
static const struct record register_row_record = { "document", sizeof(struct register_row), fields };

static bool same(const struct document *was, const struct document *d)
{
	return strcmp(was->subject, d->subject) == 0 && strcmp(was->signed_by, d->signed_by) == 0;
}

static fail find(struct call *c, const struct document *d, struct document *was)
{
	fail f = db_one(c, &Q_document_by_outside_no, ARGS(V(d->realm), V(d->unit_id), V(document_types[d->type]), V(d->outside_no), V(d->dated_on)),
	                &document_record, was);

	if (f == FAIL_NOT_FOUND)
		was->id = 0;
	return f == FAIL_NOT_FOUND ? FAIL_OK : f;
}

static fail read_document(struct call *c, const struct register_row *r, struct document *d)
{
	struct unit u;

	record_clear(&document_record, d);
	TRY(org_unit_id(c, r->unit_code, &d->unit_id));
	TRY(org_unit_nearest(c, d->unit_id, r->dated_on, &u));
	if (!call_may(c, MAY_IMPORT, u.id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	TRY(document_type_check(c, r->type, u.level, u.name));
	d->realm = u.realm;
	d->unit_level = u.level;
	d->unit_name = u.name;
	d->type = r->type;
	d->state = DOCUMENT_ISSUED;
	d->secrecy = SECRECY_OPEN;
	d->dated_on = r->dated_on;
	d->subject = r->subject;
	d->signed_by = r->signed_by;
	d->outside_no = r->number;
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *row)
{
	struct document d, was;

	(void)state;
	TRY(read_document(c, row, &d));
	TRY(find(c, &d, &was));
	if (was.id && same(&was, &d)) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	if (was.id)
		return problem(c, FAIL_CONFLICT, "number", "the register already has this number of that day with another subject or signer; a document that was issued is never overwritten");
	TRY(document_take_over(c, &d));
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

static fail out_row(struct call *c, const void *found, void *arg)
{
	const struct document *d = found;

	return export_row(arg, &(struct register_row){ d->unit_code, document_number_text(c->arena, d), d->subject, d->signed_by, d->type, d->dated_on });
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	int64_t unit = 0;

	if (q->unit_code)
		TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_documents_below, ARGS(V(unit), V(date_is(q->on) ? q->on : c->today)), &document_record, out_row, ex);
}

const struct exchange_kind document_kind = {
	.name = "documents",
	.label = N_("Register of documents"),
	.record = &register_row_record,
	.may_export = MAY_SEE,
	.row = row,
	.each = each,
};
