/* cell_evidence.c — evidence of the criteria of a case: a file, a document of the register, or the number of a paper. */
#include <string.h>

#include "cell_views.h"
#include "document/document.h"
#include "document/file.h"
#include "score/pages.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

struct data {
	const struct req *rq;
	struct year_case k;
	const char *type; /* of the unit */
	struct year_draft draft;
	struct year_evidences all;
	struct documents documents;
	struct cell_evidence_view v;
	struct res *rs;
};

static bool may_add(struct call *c, const struct year_case *k)
{
	return call_may(c, MAY_RECORD, k->unit_id) || year_page_is_mine(c, k);
}

/* Papers of the unit are for its members and those who look after it; of a member's case also for the member. */
static bool may_read(struct call *c, const struct year_case *k)
{
	return page_may_read_papers(c, k->unit_id) || year_page_is_mine(c, k);
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(year_page_case(c, d->rq, &d->k));
	TRY(year_draft(c, &d->k, JUDGED_NONE, &d->draft));
	TRY(year_evidence_of(c, &d->k, &d->all));
	TRY(year_page_type(c, &d->k, &d->type));
	struct document_query q = { .unit_id = d->k.unit_id, .term_from = DATE_NONE, .before_id = INT64_MAX, .limit = 60 };

	return document_list(c, &q, &d->documents);
}

/* ---------------------------------------------------------------- showing */

static fail row_of(struct call *c, const struct data *d, const struct year_evidence *e, struct cell_evidence_row *out)
{
	struct document doc;
	struct file file;

	*out = (struct cell_evidence_row){ .e = e, .when = show_moment(c->arena, c->lang, call_local(e->at_ms)), .may_remove = d->v.may };
	if (e->document_id > 0) {
		TRY(document_by_id(c, e->document_id, &doc));
		out->what = document_line(c->arena, c->lang, &doc);
		out->href = arena_printf(c->arena, "/documents/%lld", (long long)e->document_id);
	} else if (e->file_id > 0) {
		TRY(file_by_id(c, d->k.realm, e->file_id, &file));
		out->what = arena_printf(c->arena, "%s, %s", file.name, file_size_show(c->arena, c->lang, file.size));
		if (may_read(c, &d->k))
			out->href = year_page_path(c, &d->k, arena_printf(c->arena, "/evidence/%lld", (long long)e->id));
	} else {
		out->what = arena_printf(c->arena, tr(c->lang, "Paper no. %s"), e->paper_no);
	}
	return FAIL_OK;
}

static fail line_rows(struct call *c, struct data *d, const char *line, struct cell_evidence_line *out)
{
	out->v = ARENA_ARRAY(c->arena, d->all.n + 1, struct cell_evidence_row);
	for (size_t i = 0; i < d->all.n; i++)
		if (strcmp(d->all.v[i].line, line) == 0) {
			TRY(row_of(c, d, &d->all.v[i], &out->v[out->n]));
			out->n++;
		}
	return FAIL_OK;
}

/* Judged lines first in the list to choose from: they need it most. */
static fail add_lines(struct call *c, struct data *d)
{
	size_t n = d->draft.sheet.n;

	d->v.v = ARENA_ARRAY(c->arena, n + 1, struct cell_evidence_line);
	d->v.lines = ARENA_ARRAY(c->arena, n + 1, struct choice);
	for (int pass = 1; pass >= 0; pass--)
		for (size_t i = 0; i < n; i++) {
			const struct scored_line *l = &d->draft.sheet.lines[i];
			bool judged = l->line ? l->line->judged : true;
			struct cell_evidence_line row = { .id = l->id, .title = l->title, .hint = year_line_evidence(c, l, d->type), .judged = judged };

			if (judged != (pass == 1))
				continue;
			d->v.lines[d->v.line_n++] = (struct choice){ l->id, arena_printf(c->arena, "%s %s", l->id, l->title), NULL };
			TRY(line_rows(c, d, l->id, &row));
			if (row.n || judged)
				d->v.v[d->v.n++] = row;
			d->v.count += row.n;
		}
	return FAIL_OK;
}

static void add_documents(struct call *c, struct data *d)
{
	d->v.documents = ARENA_ARRAY(c->arena, d->documents.n + 1, struct choice);
	d->v.documents[d->v.document_n++] = (struct choice){ "", tr(c->lang, "none"), NULL };
	for (size_t i = 0; i < d->documents.n; i++) {
		const struct document *doc = &d->documents.v[i];

		if (doc->state != DOCUMENT_WITHDRAWN && doc->secrecy != SECRECY_SECRET)
			d->v.documents[d->v.document_n++] =
			    (struct choice){ arena_printf(c->arena, "%lld", (long long)doc->id),
				                 arena_printf(c->arena, "%s: %s", document_line(c->arena, c->lang, doc), doc->subject), NULL };
	}
}

static fail build(struct call *c, struct data *d)
{
	const char *line = req_query(d->rq, "line");

	d->v.k = &d->k;
	d->v.action = year_page_path(c, &d->k, "/evidence");
	d->v.accept = file_accept;
	d->v.limit = file_size_show(c->arena, c->lang, file_limit());
	d->v.may = may_add(c, &d->k) && d->k.state != CASE_WITHDRAWN && d->k.state != CASE_TRANSFERRED_OUT;
	TRY(add_lines(c, d));
	add_documents(c, d);
	year_page_value(c, &d->v.form, "line", line ? line : "");
	year_page_values_typed(c, d->rq, &d->v.form);
	return FAIL_OK;
}

static fail write_page(struct call *c, struct res *rs, struct data *d)
{
	struct page pg;

	TRY(build(c, d));
	year_page_begin(c, d->rq, rs, &pg, &d->k, tr(c->lang, "Evidence"), tr(c->lang, "Evidence"));
	view_cell_evidence(&rs->body, &pg, &d->v);
	return FAIL_OK;
}

static void evidence_json(struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "evidence");
	json_array(&j);
	for (size_t i = 0; i < d->all.n; i++) {
		const struct year_evidence *e = &d->all.v[i];

		json_object(&j);
		json_put_id(&j, "id", e->id);
		json_put_str(&j, "line", e->line);
		json_put_str(&j, "title", e->title);
		json_put_str(&j, "paper_no", e->paper_no);
		json_put_id(&j, "document_id", e->document_id);
		json_put_bool(&j, "file", e->file_id > 0);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_int(&j, "rev", d->k.rev);
	json_object_end(&j);
}

static fail evidence_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	*d = (struct data){ .rq = rq };
	TRY(load(c, d));
	if (req_wants_json(rq)) {
		evidence_json(rs, d);
		return FAIL_OK;
	}
	form_begin(&d->v.form, c, NULL, NULL);
	return write_page(c, rs, d);
}

static fail evidence_file(struct call *c, const struct req *rq, struct res *rs)
{
	struct year_evidences all;
	struct year_case k;
	struct file f;
	int64_t id;

	TRY(year_page_case(c, rq, &k));
	TRY(req_id(c, rq, "evidence", &id));
	if (!may_read(c, &k))
		return problem(c, FAIL_DENIED, "evidence", "papers of a cell are read by its members and by those who look after it");
	TRY(year_evidence_of(c, &k, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == id && all.v[i].file_id > 0) {
			TRY(file_by_id(c, k.realm, all.v[i].file_id, &f));
			return file_answer(c, &f, rs);
		}
	return problem(c, FAIL_NOT_FOUND, "evidence", "there is no such file");
}

/* ---------------------------------------------------------------- adding and taking back */

struct adding {
	const struct req *rq;
	struct year_case k;
	struct year_evidence e;
	const struct file_taken *taken;
	int64_t id;
};

/* Without words of its own an evidence is called as the paper is. */
static fail name_it(struct call *c, struct year_evidence *e, const struct file_taken *taken)
{
	struct document d;

	if (*e->title)
		return FAIL_OK;
	e->title = taken ? taken->name : e->paper_no;
	if (taken || e->document_id <= 0)
		return FAIL_OK;
	TRY(document_by_id(c, e->document_id, &d));
	e->title = *d.subject ? d.subject : document_line(c->arena, c->lang, &d);
	return FAIL_OK;
}

/* File and evidence together, or neither. */
static fail add_body(struct call *c, void *arg)
{
	struct adding *a = arg;
	struct file kept;

	TRY(year_page_case(c, a->rq, &a->k));
	if (!may_add(c, &a->k))
		return problem(c, FAIL_DENIED, "case", "this is done by the cell itself, for a member also by the member");
	if (a->taken) {
		TRY(file_keep(c, a->k.realm, a->k.unit_id, a->taken, &kept));
		a->e.file_id = kept.id;
	}
	TRY(name_it(c, &a->e, a->taken));
	TRY(year_evidence_add(c, a->k.id, &a->e, &a->id));
	return case_by_id(c, a->k.id, &a->k);
}

static fail read_evidence(struct call *c, struct adding *a, struct file_taken *taken)
{
	const char *document = year_page_typed(c, a->rq, "document_id");
	const struct upload *u = req_upload(a->rq, "file");

	a->e = (struct year_evidence){ .line = year_page_typed(c, a->rq, "line"), .title = year_page_typed(c, a->rq, "title"),
		                           .paper_no = year_page_typed(c, a->rq, "paper_no"), .actor = "" };
	if (*document && !int_parse(document, &a->e.document_id))
		return problem(c, FAIL_INPUT, "document_id", "“%s” is not a whole number", document);
	if (!*a->e.line)
		return problem(c, FAIL_INPUT, "line", "say for which criterion");
	if (u && u->size > 0) {
		TRY(file_take_upload(c, u, taken));
		a->taken = taken;
	}
	if (!a->taken && a->e.document_id <= 0 && !*a->e.paper_no)
		return problem(c, FAIL_INPUT, "file", "choose a file, a document of the register, or write the number of the paper");
	return FAIL_OK;
}

static fail again_body(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(load(c, d));
	return write_page(c, d->rs, d);
}

static fail again(struct call *c, const struct req *rq, struct res *rs, fail f)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	*d = (struct data){ .rq = rq, .rs = rs };
	form_begin(&d->v.form, c, NULL, NULL);
	(void)form_failed(&d->v.form);
	TRY(db_read(c, again_body, d));
	return res_again(rs, f);
}

static fail evidence_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct adding a = { .rq = rq };
	struct file_taken taken;
	fail f = read_evidence(c, &a, &taken);

	if (f == FAIL_OK)
		f = db_write(c, add_body, &a);
	if (f != FAIL_OK)
		return again(c, rq, rs, f);
	return year_page_done(c, rq, rs, &a.k, "/evidence", arena_printf(c->arena, tr(c->lang, "Evidence for %s kept."), a.e.line));
}

static fail remove_body(struct call *c, void *arg)
{
	struct adding *a = arg;

	TRY(year_page_case(c, a->rq, &a->k));
	if (!may_add(c, &a->k))
		return problem(c, FAIL_DENIED, "case", "this is done by the cell itself, for a member also by the member");
	TRY(year_evidence_remove(c, a->k.id, a->id));
	return case_by_id(c, a->k.id, &a->k);
}

static fail remove_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct adding a = { .rq = rq };

	TRY(req_id(c, rq, "evidence", &a.id));
	fail f = db_write(c, remove_body, &a);

	if (f != FAIL_OK)
		return again(c, rq, rs, f);
	return year_page_done(c, rq, rs, &a.k, "/evidence", tr(c->lang, "The evidence is taken back."));
}

static const struct query_param line_params[] = { { "line", N_("the criterion that is chosen in the form") }, { NULL } };

const struct route cell_evidence_routes[] = {
	{ GET, "/cases/:case/evidence", MAY_SEE, year_page_unit, evidence_show, 0, N_("Evidence of the criteria of a case"), NULL, NULL, line_params },
	{ POST, "/cases/:case/evidence", MAY_SEE, year_page_unit, evidence_post, ROUTE_UPLOAD,
	  N_("Adds evidence to a case: line, title and one of file, document_id, paper_no. By the cell, of a member's case also by the member"), NULL, NULL, NULL },
	{ GET, "/cases/:case/evidence/:evidence", MAY_SEE, year_page_unit, evidence_file, ROUTE_SLOW, N_("The file of an evidence") },
	{ POST, "/cases/:case/evidence/:evidence/remove", MAY_SEE, year_page_unit, remove_post, 0, N_("Takes an evidence back") },
	{ HTTP_NONE },
};
