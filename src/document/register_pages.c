/* register_pages.c — the register of a unit's documents, and one document: draft, number, annexes, the scan of the signed paper. */
#include <string.h>

#include "document/document_pages.h"
#include "document/file.h"
#include "document/pages.h"
#include "document/paper.h"
#include "document_views.h"
#include "meeting/cycle.h"

enum { ROWS = 50 };

/* ---------------------------------------------------------------- choices */

static size_t words_of(struct call *c, const char *const *words, const char *(*name)(enum lang lang, unsigned i), const char *none, struct choice **out)
{
	size_t n = 1;

	while (words[n])
		n++;
	*out = ARENA_ARRAY(c->arena, n, struct choice);
	(*out)[0] = (struct choice){ "", none, NULL };
	for (size_t i = 1; i < n; i++)
		(*out)[i] = (struct choice){ words[i], name(c->lang, (unsigned)i), NULL };
	return n;
}

/* V20: what this unit issues. */
static size_t types_of(struct call *c, const struct unit *u, struct choice **out)
{
	struct choice *all;
	size_t n = words_of(c, document_types, document_type_name, "–", &all), kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || document_type_check(c, (unsigned)i, u->level, u->name) == FAIL_OK)
			all[kept++] = all[i];
		problem_clear(c);
	}
	*out = all;
	return kept;
}

/* ---------------------------------------------------------------- the list */

struct list {
	int64_t unit_id;
	struct unit unit;
	struct terms terms;
	struct document_query query;
	struct documents found;
};

static unsigned word_asked(const struct req *rq, const char *name, const char *const *words)
{
	const char *text = req_query(rq, name);
	int i = text ? word_index(words, text) : 0;

	return i > 0 ? (unsigned)i : 0;
}

static fail load_list(struct call *c, const struct req *rq, struct list *l)
{
	const char *term = req_query(rq, "term"), *before = req_query(rq, "before");

	TRY(unit_of_path(c, rq, &l->unit_id));
	TRY(org_unit_nearest(c, l->unit_id, c->today, &l->unit));
	TRY(terms_of(c, l->unit_id, &l->terms));
	l->query = (struct document_query){ .unit_id = l->unit_id, .type = word_asked(rq, "type", document_types),
		                                .state = word_asked(rq, "state", document_states), .term_from = DATE_NONE, .words = req_query(rq, "q"),
		                                .before_id = INT64_MAX, .limit = ROWS + 1 };
	if (term && *term && !date_parse(term, &l->query.term_from))
		return problem(c, FAIL_INPUT, "term", "“%s” is not a day; write it as 2025-11-03", term);
	if (before && !int_parse(before, &l->query.before_id))
		return problem(c, FAIL_INPUT, "before", "“%s” is not a whole number", before);
	return document_list(c, &l->query, &l->found);
}

static struct document_line_row row_of(struct call *c, const struct document *d)
{
	return (struct document_line_row){
		.d = d, .number = document_number_text(c->arena, d),
		.type = strcmp(d->purpose, PURPOSE_ANNEX) == 0 ? tr(c->lang, "Annex") : document_type_name(c->lang, d->type),
		.state = document_state_name(c->lang, d->state), .day = date_is(d->dated_on) ? show_date(c->arena, c->lang, d->dated_on) : "",
		.secret = d->secrecy == SECRECY_SECRET,
	};
}

static void fill_list(struct call *c, const struct req *rq, const struct list *l, struct documents_view *v)
{
	size_t shown = l->found.n > ROWS ? ROWS : l->found.n;

	v->unit = &l->unit;
	v->query = l->query.words ? l->query.words : "";
	v->action = arena_printf(c->arena, "/units/%lld/documents", (long long)l->unit_id);
	v->type = l->query.type;
	v->state = l->query.state;
	v->term = req_query(rq, "term") ? req_query(rq, "term") : "";
	v->terms = l->terms;
	v->type_n = words_of(c, document_types, document_type_name, tr(c->lang, "all"), &v->types);
	v->state_n = words_of(c, document_states, document_state_name, tr(c->lang, "all"), &v->states);
	v->new_type_n = types_of(c, &l->unit, &v->new_types);
	v->secrecy_n = words_of(c, document_secrecies, document_secrecy_name, "–", &v->secrecies) - 1;
	v->secrecies++;
	v->may = call_may(c, MAY_RECORD, l->unit_id);
	v->v = ARENA_ARRAY(c->arena, shown + 1, struct document_line_row);
	for (size_t i = 0; i < shown; i++)
		v->v[v->n++] = row_of(c, &l->found.v[i]);
	v->pager = (struct pager){ .shown = (int64_t)shown, .total = -1 };
	if (l->found.n > ROWS)
		v->pager.next = req_link(c, rq, "before", arena_printf(c->arena, "%lld", (long long)l->found.v[ROWS - 1].id));
}

static void write_list(struct call *c, const struct req *rq, struct res *rs, const struct list *l, struct documents_view *v)
{
	struct page pg;

	fill_list(c, rq, l, v);
	res_page(c, rq, rs, &pg, tr(c->lang, "Documents"));
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)l->unit_id), l->unit.name);
	page_crumb(&pg, NULL, tr(c->lang, "Documents"));
	view_documents(&rs->body, &pg, v);
}

static fail documents_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct document *row = ARENA_NEW(c->arena, struct document);
	struct documents_view v = { 0 };
	struct list l;
	struct json j;

	TRY(load_list(c, rq, &l));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < l.found.n && i < ROWS; i++)
			document_json(&j, c->arena, &l.found.v[i]);
		json_array_end(&j);
		return FAIL_OK;
	}
	record_clear(&document_record, row);
	row->secrecy = SECRECY_OPEN;
	form_begin(&v.form, c, &document_record, row);
	write_list(c, rq, rs, &l, &v);
	return FAIL_OK;
}

struct reading { const struct req *rq; struct list *l; };

static fail read_list(struct call *c, void *arg)
{
	struct reading *r = arg;

	return load_list(c, r->rq, r->l);
}

static const char *document_path(struct call *c, int64_t id)
{
	return arena_printf(c->arena, "/documents/%lld", (long long)id);
}

static fail documents_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct documents_view v = { 0 };
	struct document d;
	struct list l;

	record_clear(&document_record, &d);
	d.purpose = d.form = d.content = d.signed_by = d.outside_no = d.subject = "";
	TRY(unit_of_path(c, rq, &d.unit_id));
	fail f = req_record(c, rq, &document_record, &d, &v.form);

	if (f == FAIL_OK && !d.type)
		f = problem(c, FAIL_INPUT, "type", "say what kind of document it is");
	if (f == FAIL_OK)
		f = document_create(c, &d);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "Entered as a draft: %s"), document_type_name(c->lang, d.type)) };

		return res_done(c, rq, rs, document_path(c, d.id), &said);
	}
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	TRY(db_read(c, read_list, &(struct reading){ rq, &l }));
	write_list(c, rq, rs, &l, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- one document */

struct one {
	int64_t id;
	struct document d, corrected;
	struct meeting m;
	struct unit unit;
	struct file file;
	struct documents annexes;
	struct html text;
	bool has_text, may_read;
};

static fail load_text(struct call *c, struct one *o)
{
	if (o->d.state == DOCUMENT_DRAFT || !*o->d.content || !*o->d.form)
		return FAIL_OK;
	o->has_text = true;
	return document_fragment(c, o->d.form, o->d.dated_on, o->d.content, &o->text);
}

static fail load_one(struct call *c, void *arg)
{
	struct one *o = arg;

	TRY(document_by_id(c, o->id, &o->d));
	TRY(org_unit_nearest(c, o->d.unit_id, c->today, &o->unit));
	if (o->d.secrecy != SECRECY_OPEN)
		TRY(papers_may_read(c, o->d.unit_id));
	if (o->d.meeting_id > 0)
		TRY(meeting_by_id(c, o->d.meeting_id, &o->m));
	if (o->d.annex_to > 0)
		TRY(document_by_id(c, o->d.annex_to, &o->corrected));
	if (o->d.file_id > 0)
		TRY(file_by_id(c, o->d.realm, o->d.file_id, &o->file));
	TRY(document_annexes(c, &o->d, &o->annexes));
	return load_text(c, o);
}

static void fill_rights(struct call *c, const struct one *o, struct document_view *v)
{
	bool annex = strcmp(o->d.purpose, PURPOSE_ANNEX) == 0, of_meeting = o->d.meeting_id > 0;
	bool papers = !of_meeting || meeting_part_is_open(&o->m, PART_PAPERS);

	v->may = call_may(c, MAY_RECORD, o->d.unit_id);
	v->may_issue = v->may && o->d.state == DOCUMENT_DRAFT && o->d.type && !of_meeting;
	v->may_withdraw = v->may && o->d.state == DOCUMENT_ISSUED && !annex && strcmp(o->d.purpose, PURPOSE_MINUTES) != 0;
	v->may_annex = v->may && o->d.state == DOCUMENT_ISSUED && !annex && o->d.secrecy != SECRECY_SECRET;
	v->may_attach = v->may && o->d.state == DOCUMENT_ISSUED && o->d.secrecy != SECRECY_SECRET && papers;
}

static void fill_one(struct call *c, const struct one *o, struct document_view *v)
{
	const struct document *d = &o->d;

	v->d = d;
	v->title = document_line(c->arena, c->lang, d);
	v->number = document_number_text(c->arena, d);
	v->state = document_state_name(c->lang, d->state);
	v->secrecy = document_secrecy_name(c->lang, d->secrecy);
	v->file = d->file_id > 0 ? arena_printf(c->arena, "%s, %s", o->file.name, file_size_show(c->arena, c->lang, o->file.size)) : NULL;
	v->meeting_title = d->meeting_id > 0 ? page_meeting_title(c, &o->m) : NULL;
	v->annex_of = d->annex_to > 0 ? document_line(c->arena, c->lang, &o->corrected) : NULL;
	v->day = v->today = field_date(c, c->today);
	v->text = o->text;
	v->has_text = o->has_text;
	v->annexes = o->annexes;
	v->printed = o->has_text || (strcmp(d->purpose, PURPOSE_ANNEX) == 0 && d->meeting_id > 0);
	v->type_n = types_of(c, &o->unit, &v->types);
	v->secrecy_n = words_of(c, document_secrecies, document_secrecy_name, "–", &v->secrecies) - 1;
	v->secrecies++;
	fill_rights(c, o, v);
}

static void write_one(struct call *c, const struct req *rq, struct res *rs, const struct one *o, struct document_view *v)
{
	struct page pg;

	fill_one(c, o, v);
	res_page(c, rq, rs, &pg, v->title);
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)o->unit.id), o->unit.name);
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld/documents", (long long)o->unit.id), tr(c->lang, "Documents"));
	page_crumb(&pg, NULL, v->title);
	view_document(&rs->body, &pg, v);
}

static fail document_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct document_view v = { 0 };
	struct one o = { 0 };
	struct json j;

	TRY(req_id(c, rq, "document", &o.id));
	TRY(load_one(c, &o));
	res_rev(c, rq, rs, o.d.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		document_json(&j, c->arena, &o.d);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &document_record, &o.d);
	write_one(c, rq, rs, &o, &v);
	return FAIL_OK;
}

/* The page again with what is wrong. */
static fail one_again(struct call *c, const struct req *rq, struct res *rs, struct document_view *v, int64_t id, fail f)
{
	struct one o = { .id = id };

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v->form);
	TRY(db_read(c, load_one, &o));
	if (!v->form.record) {
		struct form fresh;

		form_begin(&fresh, c, &document_record, &o.d);
		fresh.problems = v->form.problems;
		fresh.n = v->form.n;
		v->form = fresh;
	}
	write_one(c, rq, rs, &o, v);
	return res_again(rs, f);
}

static fail one_done(struct call *c, const struct req *rq, struct res *rs, const struct document *d, const char *text)
{
	struct flash said = { .text = text, .receipt = document_number_text(c->arena, d) };

	res_rev(c, rq, rs, d->rev);
	return res_done(c, rq, rs, document_path(c, d->id), &said);
}

static void put_document(struct json *j, const void *stored)
{
	const struct document *d = stored;

	record_json(j, &document_record, d);
	json_put_int(j, "rev", d->rev);
}

static fail document_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct document_view v = { 0 };
	struct document d, stored = { 0 };
	struct one o = { 0 };

	TRY(req_id(c, rq, "document", &o.id));
	TRY(db_read(c, load_one, &o));
	d = o.d;
	TRY(req_rev(c, rq, &d.rev));
	fail f = req_record(c, rq, &document_record, &d, &v.form);

	if (f == FAIL_OK)
		f = document_update(c, &d, &stored);
	if (f == FAIL_OK)
		return one_done(c, rq, rs, &d, tr(c->lang, "The draft is saved."));
	if (f == FAIL_CONFLICT && req_wants_json(rq) && stored.id)
		return res_conflict(c, rq, rs, put_document, &stored, stored.rev);
	if (f == FAIL_CONFLICT && stored.id)
		conflict_of(c, &document_record, &stored, &d, &v.conflict);
	return one_again(c, rq, rs, &v, o.id, f);
}

static fail read_issue(struct call *c, const struct req *rq, struct document_issue *how)
{
	const char *signer = req_form(rq, "signed_by"), *first = req_form(rq, "first");

	TRY(req_rev(c, rq, &how->rev));
	TRY(form_date(c, rq, "dated_on", DATE_NONE, &how->dated_on));
	how->signed_by = signer ? text_clean(c->arena, signer) : "";
	how->form = how->content = "";
	if (first && *first && (!int_parse(first, &how->first) || how->first < 1 || how->first > 999))
		return problem(c, FAIL_INPUT, "first", "“%s” is not a number of a document; write 1 to 999", first);
	return FAIL_OK;
}

static fail issue_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct document_view v = { 0 };
	struct document_issue how = { 0 };
	struct document d;

	TRY(req_id(c, rq, "document", &how.id));
	form_begin(&v.form, c, NULL, NULL);
	fail f = read_issue(c, rq, &how);

	if (f == FAIL_OK)
		f = document_issue(c, &how, &d);
	if (f == FAIL_OK)
		return one_done(c, rq, rs, &d, arena_printf(c->arena, tr(c->lang, "Issued: %s"), document_line(c->arena, c->lang, &d)));
	return one_again(c, rq, rs, &v, how.id, f);
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	const char *reason = req_form(rq, "reason");
	struct document_view v = { 0 };
	struct document d;
	int64_t id, rev;

	TRY(req_id(c, rq, "document", &id));
	TRY(req_rev(c, rq, &rev));
	form_begin(&v.form, c, NULL, NULL);
	fail f = document_withdraw(c, id, rev, reason ? text_clean(c->arena, reason) : "", &d);

	if (f == FAIL_OK)
		return one_done(c, rq, rs, &d, tr(c->lang, "Withdrawn; its number stays taken."));
	return one_again(c, rq, rs, &v, id, f);
}

static fail annex_post(struct call *c, const struct req *rq, struct res *rs)
{
	const char *text = req_form(rq, "text"), *signer = req_form(rq, "signed_by");
	struct document_view v = { 0 };
	struct document annex;
	struct date on;
	int64_t id;

	TRY(req_id(c, rq, "document", &id));
	form_begin(&v.form, c, NULL, NULL);
	fail f = form_date(c, rq, "dated_on", c->today, &on);

	if (f == FAIL_OK)
		f = document_annex(c, id, text ? text : "", on, signer ? text_clean(c->arena, signer) : "", &annex);
	if (f == FAIL_OK)
		return one_done(c, rq, rs, &annex, tr(c->lang, "The annex stands with the document it corrects."));
	return one_again(c, rq, rs, &v, id, f);
}

/* ---------------------------------------------------------------- the scan of the signed paper */

struct attach { int64_t id; const struct file_taken *taken; struct document d; };

static fail attach_body(struct call *c, void *arg)
{
	struct attach *x = arg;
	struct meeting m;
	struct file f;

	TRY(document_by_id(c, x->id, &x->d));
	if (x->d.secrecy == SECRECY_SECRET)
		return problem(c, FAIL_INPUT, "file", "a secret document cannot be kept here: only its number, and “handled on paper”");
	if (x->d.state != DOCUMENT_ISSUED)
		return problem(c, FAIL_CONFLICT, "file", "a signed copy belongs to a document that was issued");
	if (x->d.meeting_id > 0) {
		TRY(meeting_by_id(c, x->d.meeting_id, &m));
		TRY(meeting_may_edit(c, &m, PART_PAPERS));
	}
	TRY(file_keep(c, x->d.realm, x->d.unit_id, x->taken, &f));
	return document_attach(c, x->id, f.id, &x->d);
}

static fail attach_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct document_view v = { 0 };
	struct file_taken taken;
	struct attach x = { .taken = &taken };

	TRY(req_id(c, rq, "document", &x.id));
	form_begin(&v.form, c, NULL, NULL);
	fail f = file_take_upload(c, req_upload(rq, "file"), &taken);

	if (f == FAIL_OK)
		f = db_write(c, attach_body, &x);
	if (f == FAIL_OK)
		return one_done(c, rq, rs, &x.d, arena_printf(c->arena, tr(c->lang, "Attached: %s"), taken.name));
	return one_again(c, rq, rs, &v, x.id, f);
}

static fail file_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct document d;
	struct file f;
	int64_t id;

	TRY(req_id(c, rq, "document", &id));
	TRY(document_by_id(c, id, &d));
	TRY(document_may_read(c, &d));
	if (d.file_id <= 0)
		return problem(c, FAIL_NOT_FOUND, "file", "no file is attached to this document");
	TRY(file_by_id(c, d.realm, d.file_id, &f));
	TRY(paper_note_reading(c, &d));
	return file_answer(c, &f, rs);
}

/* ---------------------------------------------------------------- as a document */

struct wanted { int64_t id; struct document d; const char *form, *content; };

/* An annex is worded with the paper it corrects; it is never changed, so it can be worded anew at any time. */
static fail compose_annex(struct call *c, struct wanted *w)
{
	struct document corrected;
	struct meeting m;
	struct dossier all;
	struct json j;
	struct out o;

	TRY(document_by_id(c, w->d.annex_to, &corrected));
	TRY(meeting_by_id(c, w->d.meeting_id, &m));
	TRY(dossier_gather(c, &m, &all));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	document_context_annex(c, &all, &corrected, &w->d, &j);
	w->form = "annex";
	w->content = out_text(&o);
	return FAIL_OK;
}

static fail find_content(struct call *c, struct wanted *w)
{
	bool annex;

	TRY(document_by_id(c, w->id, &w->d));
	TRY(document_may_read(c, &w->d));
	annex = strcmp(w->d.purpose, PURPOSE_ANNEX) == 0 && w->d.meeting_id > 0;
	if (annex)
		return compose_annex(c, w);
	if (w->d.state == DOCUMENT_DRAFT || !*w->d.content || !*w->d.form)
		return problem(c, FAIL_NOT_FOUND, "document", "the content of this document is not kept here, only its entry in the register");
	w->form = w->d.form;
	w->content = w->d.content;
	return FAIL_OK;
}

static fail document_paper(struct call *c, const struct req *rq, struct res *rs)
{
	const char *word = req_query(rq, "format");
	struct wanted w = { 0 };
	enum paper_format format;
	struct out o;

	TRY(req_id(c, rq, "document", &w.id));
	if (!paper_format_parse(word ? word : "pdf", &format))
		return problem(c, FAIL_INPUT, "format", "“%s” is not a form of papers; write json, docx, pdf, html or xlsx", word);
	TRY(find_content(c, &w));
	TRY(paper_note_reading(c, &w.d));
	const char *name = arena_printf(c->arena, "%s-%lld.%s", w.form, (long long)w.id, paper_word(format));

	TRY(res_file_begin(c, rs, name, paper_type(format), &o));
	fail f = paper_make(c, w.form, w.d.dated_on, w.content, format, &o);

	return f == FAIL_OK ? res_file_end(c, rs, &o) : f;
}

static const struct query_param document_paper_params[] = { { "format", N_("pdf, docx, xlsx or html") }, { NULL } };

static const struct query_param list_params[] = {
	{ "q", N_("words of the subject, or the number; tone marks do not matter") },
	{ "type", N_("NQ, QĐ, KL …") },
	{ "state", N_("draft, issued or withdrawn") },
	{ "term", N_("first day of a term") },
	{ "before", N_("only documents entered before this one") },
	{ NULL },
};

const struct route document_routes[] = {
	{ GET, "/units/:unit/documents", MAY_SEE, unit_of_path, documents_show, .summary = N_("The register of a unit's documents, newest first"),
	  .answer = &document_record, .query = list_params },
	{ POST, "/units/:unit/documents", MAY_RECORD, unit_of_path, documents_post, .summary = N_("Enters a document as a draft"), .form = &document_record },
	{ GET, "/documents/:document", MAY_SEE, page_document_unit, document_show, .summary = N_("A document of the register"), .answer = &document_record },
	{ POST, "/documents/:document", MAY_RECORD, page_document_unit, document_post, .summary = N_("Changes a draft"), .form = &document_record },
	{ POST, "/documents/:document/issue", MAY_RECORD, page_document_unit, issue_post,
	  .summary = N_("Gives a document its number: dated_on, signed_by, first, rev") },
	{ POST, "/documents/:document/withdraw", MAY_RECORD, page_document_unit, withdraw_post, .summary = N_("Withdraws a document: reason, rev") },
	{ POST, "/documents/:document/annex", MAY_RECORD, page_document_unit, annex_post, .summary = N_("Corrects an issued document: text, dated_on") },
	{ POST, "/documents/:document/file", MAY_RECORD, page_document_unit, attach_post, ROUTE_FILE, N_("Attaches the scan of the signed paper: file") },
	{ GET, "/documents/:document/paper", MAY_SEE, page_document_unit, document_paper, ROUTE_SLOW, N_("An issued document, or an annex, as it was issued"),
	  .query = document_paper_params },
	{ GET, "/documents/:document/file", MAY_SEE, page_document_unit, file_show, ROUTE_SLOW, N_("The attached file") },
	{ HTTP_NONE },
};
