/* evidence.c — what stands behind a criterion: a stored file, a registered document, or the number of a paper. */
#include <string.h>

#include "base/id.h"
#include "base/text.h"
#include "db/journal.h"
#include "document/file.h"
#include "year/assess_keep.h"
#include "year/case_keep.h"
#include "year_sql.h"

static const struct field fields[] = {
	COL(struct year_evidence, id),    COL(struct year_evidence, document_id), COL(struct year_evidence, file_id),
	COL(struct year_evidence, at_ms), COL(struct year_evidence, line),        COL(struct year_evidence, title),
	COL(struct year_evidence, actor), COL(struct year_evidence, paper_no),    FIELD_END,
};
static const struct record evidence_record = { "year_evidence", sizeof(struct year_evidence), fields };

fail year_evidence_of(struct call *c, const struct year_case *k, struct year_evidences *out)
{
	return db_all(c, &Q_case_evidence_of, ARGS(V(k->realm), V(k->id)), &evidence_record, &out->v, &out->n);
}

static const char *as_json(struct call *c, const struct year_evidence *e)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "line", e->line);
	json_put_str(&j, "title", e->title);
	json_put_str(&j, "paper_no", e->paper_no);
	json_object_end(&j);
	return out_text(&o);
}

/* ---------------------------------------------------------------- who and when */

static fail check_who(struct call *c, const struct year_case *k)
{
	return case_person_may(c, k, CASE_STEP_SELF_ASSESS) ? FAIL_OK : problem(c, FAIL_DENIED, "case", "evidence is given by who is evaluated");
}

/* Before the committee has it before its eyes; of a returned case again. */
static bool before_vote(const struct year_case *k)
{
	return k->state == CASE_OPEN || k->state == CASE_REGISTERED || k->state == CASE_HALF_YEAR || k->state == CASE_SELF_ASSESSED ||
	       k->state == CASE_RETURNED;
}

/* ---------------------------------------------------------------- giving */

struct adding {
	int64_t case_id;
	struct year_evidence e;
	int64_t *id;
};

static fail check_line(struct call *c, const struct year_case *k, const char *line)
{
	const struct scheme *s;
	struct unit unit;

	TRY(assess_unit(c, k, &unit));
	TRY(assess_scheme(c, k->kind, k->year, &unit, &s));
	return scheme_line_by_id(s, line) ? FAIL_OK : problem(c, FAIL_INPUT, "line", "the table has no criterion “%s”", line);
}

static fail check_source(struct call *c, const struct year_case *k, const struct year_evidence *e)
{
	int64_t unit = 0;
	struct file f;

	if (e->document_id > 0) {
		TRY(db_int(c, &Q_case_document_unit, ARGS(V(k->realm), V(e->document_id)), 0, &unit));
		if (unit != k->unit_id)
			return problem(c, FAIL_INPUT, "document_id", "that document is not one of %s", k->unit_name);
	}
	if (e->file_id > 0) {
		TRY(file_by_id(c, k->realm, e->file_id, &f));
		if (f.unit_id != k->unit_id)
			return problem(c, FAIL_INPUT, "file", "that file is not one of %s", k->unit_name);
	}
	if (e->document_id <= 0 && e->file_id <= 0 && !*e->paper_no)
		return problem(c, FAIL_INPUT, "paper_no", "choose a file or a document, or give the number of a paper");
	return FAIL_OK;
}

static struct dbv reference(int64_t id)
{
	return id > 0 ? V(id) : V(INT_UNKNOWN);
}

static fail add_body(struct call *c, void *arg)
{
	struct adding *a = arg;
	struct year_case k;
	const struct year_evidence *e = &a->e;

	TRY(case_by_id(c, a->case_id, &k));
	TRY(check_who(c, &k));
	if (!before_vote(&k) && k.state != CASE_VOTED)
		return problem(c, FAIL_CONFLICT, "state", "evidence is given before the committee decides; the case is at “%s”",
		               case_state_name(c->lang, k.kind, k.state));
	if (!*e->title)
		return problem(c, FAIL_INPUT, "title", "say what it shows");
	TRY(check_line(c, &k, e->line));
	TRY(check_source(c, &k, e));
	*a->id = id_new();
	TRY(db_exec(c, &Q_case_evidence_insert,
	            ARGS(V(k.realm), V(k.id), V(*a->id), V(e->line), V(e->title), V(e->paper_no), reference(e->document_id), reference(e->file_id),
	                 V(c->who.name), V(c->now_ms)),
	            NULL));
	TRY(journal_add(c, k.realm, k.unit_id, "evidence", "year_case", k.id, NULL, as_json(c, e)));
	return case_touched(c, &k);
}

fail year_evidence_add(struct call *c, int64_t case_id, const struct year_evidence *e, int64_t *id)
{
	struct adding a = { case_id, *e, id };

	a.e.line = e->line ? e->line : "";
	a.e.title = e->title ? text_clean(c->arena, e->title) : "";
	a.e.paper_no = e->paper_no ? text_clean(c->arena, e->paper_no) : "";
	return db_write(c, add_body, &a);
}

/* ---------------------------------------------------------------- taking back */

struct removing { int64_t case_id, id; };

static fail drop_file(struct call *c, const struct year_case *k, int64_t file_id)
{
	int64_t used;

	if (file_id <= 0)
		return FAIL_OK;
	TRY(db_int(c, &Q_case_file_used, ARGS(V(k->realm), V(file_id)), 0, &used));
	return used ? FAIL_OK : file_drop(c, k->realm, file_id);
}

static fail drop(struct call *c, struct year_case *k, const struct year_evidence *e)
{
	TRY(db_exec(c, &Q_case_evidence_drop, ARGS(V(k->realm), V(k->id), V(e->id)), NULL));
	TRY(journal_add(c, k->realm, k->unit_id, "drop_evidence", "year_case", k->id, as_json(c, e), NULL));
	TRY(drop_file(c, k, e->file_id));
	return case_touched(c, k);
}

static fail remove_body(struct call *c, void *arg)
{
	const struct removing *r = arg;
	struct year_evidences all;
	struct year_case k;

	TRY(case_by_id(c, r->case_id, &k));
	TRY(check_who(c, &k));
	if (!before_vote(&k))
		return problem(c, FAIL_CONFLICT, "state", "evidence stays once the members have voted; the case is at “%s”",
		               case_state_name(c->lang, k.kind, k.state));
	TRY(year_evidence_of(c, &k, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == r->id)
			return drop(c, &k, &all.v[i]);
	return problem(c, FAIL_NOT_FOUND, "evidence", "there is no such evidence");
}

fail year_evidence_remove(struct call *c, int64_t case_id, int64_t id)
{
	return db_write(c, remove_body, &(struct removing){ case_id, id });
}
