/* sheet.c — stored sheets of a case, read. */
#include "year/assess.h"
#include "year_sql.h"

static const struct field fields[] = {
	COL(struct year_sheet, realm),
	COL(struct year_sheet, case_id),
	COL(struct year_sheet, stage, .words = case_stages),
	COL(struct year_sheet, revision),
	COL(struct year_sheet, scheme),
	COL(struct year_sheet, points),
	COL(struct year_sheet, result, .words = case_results),
	COL(struct year_sheet, vetoes),
	COL(struct year_sheet, facts),
	COL(struct year_sheet, reason),
	COL(struct year_sheet, actor),
	COL(struct year_sheet, at_ms),
	FIELD_END,
};
static const struct record sheet_record = { "year_sheet", sizeof(struct year_sheet), fields };

fail year_sheets_of(struct call *c, const struct year_case *k, struct year_sheets *out)
{
	return db_all(c, &Q_case_sheets_of, ARGS(V(k->realm), V(k->id)), &sheet_record, &out->v, &out->n);
}

static fail one_or_none(fail f, struct year_sheet *out)
{
	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&sheet_record, out);
	out->revision = 0;
	return FAIL_OK;
}

fail year_latest(struct call *c, const struct year_case *k, enum case_stage stage, struct year_sheet *out)
{
	return one_or_none(db_one(c, &Q_case_sheet_latest, ARGS(V(k->realm), V(k->id), V(case_stages[stage])), &sheet_record, out), out);
}

fail year_counting(struct call *c, const struct year_case *k, struct year_sheet *out)
{
	return one_or_none(db_one(c, &Q_case_sheet_counting, ARGS(V(k->realm), V(k->id)), &sheet_record, out), out);
}
