/* exchange_uploads.c — when the final papers of meetings were uploaded, as a file: for meetings that were written down, or imported, afterwards. What a
 * meeting with a life of its own uploaded, the program knows itself and no file changes. */
#include "db/journal.h"
#include "meeting/kinds.h"
#include "meeting/store.h"
#include "meeting_sql.h"
#include "org/unit.h"
#include "rollup/rollup.h"

struct upload {
	const char *meeting_code;
	struct moment uploaded_at;
};
static const struct field fields[] = {
	FIELD(struct upload, meeting_code, N_("Meeting"), REQUIRED | KEY, .max = 60),
	FIELD(struct upload, uploaded_at, N_("Final documents uploaded"), REQUIRED),
	FIELD_END,
};
static const struct record upload_record = { "upload", sizeof(struct upload), fields };

static fail begin(struct call *c, struct import *im, void **out)
{
	(void)c;
	*out = rollup_dirty_new(import_arena(im));
	return FAIL_OK;
}

static fail check(struct call *c, const struct meeting *m, const struct upload *u)
{
	if (!call_may(c, MAY_IMPORT, m->unit_id))
		return problem(c, FAIL_DENIED, "meeting_code", "you may not import rows of this unit");
	if (!m->afterwards)
		return problem(c, FAIL_CONFLICT, "meeting_code", "this meeting went its way here; its own record says when the papers were uploaded");
	if (!moment_is(m->ends_at) || u->uploaded_at.minutes < m->starts_at.minutes)
		return problem(c, FAIL_INPUT, "uploaded_at", "the papers cannot be reported before the meeting ended");
	if (u->uploaded_at.minutes > call_local(c->now_ms).minutes)
		return problem(c, FAIL_INPUT, "uploaded_at", "that moment is still to come");
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *row)
{
	const struct upload *u = row;
	struct meeting m, after;

	TRY(meeting_by_code(c, u->meeting_code, &m));
	TRY(check(c, &m, u));
	if (m.uploaded_at.minutes == u->uploaded_at.minutes) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	after = m;
	after.uploaded_at = u->uploaded_at;
	TRY(meeting_write_row(c, &m, &after));
	rollup_dirty_add(state, m.realm, m.unit_id, (month_no)m.month);
	import_count(im, moment_is(m.uploaded_at) ? IMPORT_CHANGED : IMPORT_ADDED);
	return FAIL_OK;
}

static fail finish(struct call *c, struct import *im, void *state)
{
	(void)im;
	return rollup_touch_many(c, state);
}

static const struct field found_fields[] = { COL(struct upload, meeting_code), COL(struct upload, uploaded_at), FIELD_END };
static const struct record found_record = { "upload", sizeof(struct upload), found_fields };

static fail out_row(struct call *c, const void *found, void *arg)
{
	(void)c;
	return export_row(arg, found);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	int64_t unit = 0;

	if (q->unit_code)
		TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_uploads_below, ARGS(V(unit), V(date_is(q->on) ? q->on : c->today)), &found_record, out_row, ex);
}

const struct exchange_kind upload_kind = {
	.name = "uploads",
	.label = N_("Uploads of final documents"),
	.record = &upload_record,
	.may_export = MAY_SEE,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
