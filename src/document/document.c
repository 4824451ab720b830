/* document.c — the register in the store: drafts, numbers, withdrawal, annexes. How a document looks is not known here. */
#include "document/document.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "register_sql.h"

const char *const document_types[] = { "",   "NQ",  "QĐ", "KL", "TB", "BC",  "KH", "CTr", "ĐA",
	                                   "PA", "TTr", "CV", "BB", "QC", "QyĐ", "HD", "CT",  NULL };
const char *const document_secrecies[] = { "", "open", "internal", "secret", NULL };
const char *const document_states[] = { "", "draft", "issued", "withdrawn", NULL };

static const struct field document_fields[] = {
	COL(struct document, realm),
	COL(struct document, id),
	COL(struct document, unit_id),
	COL(struct document, meeting_id),
	COL(struct document, author_id),
	COL(struct document, number),
	COL(struct document, annex_to),
	COL(struct document, file_id),
	COL(struct document, rev),
	FIELD(struct document, type, N_("Kind of document"), 0, .words = document_types),
	FIELD(struct document, secrecy, N_("Secrecy"), 0, .words = document_secrecies),
	FIELD(struct document, subject, N_("Subject"), 0, .max = 500),
	FIELD(struct document, dated_on, N_("Dated"), 0),
	FIELD(struct document, signed_by, N_("Signed by"), 0, .max = 120),
	FIELD(struct document, outside_no, N_("Number on the paper"), 0, .max = 60),
	COL(struct document, state, .words = document_states),
	COL(struct document, purpose),
	COL(struct document, form),
	COL(struct document, content),
	COL(struct document, term_from),
	COL(struct document, uploaded_at),
	COL(struct document, search_key),
	COL(struct document, unit_code),
	COL(struct document, unit_name),
	COL(struct document, unit_level, .words = unit_levels),
	FIELD_END,
};
const struct record document_record = { "document", sizeof(struct document), document_fields };

const char *document_type_name(enum lang lang, unsigned type)
{
	static const char *const names[DOC_TYPES] = {
		"",         N_("Resolution"), N_("Decision"),   N_("Conclusion"), N_("Notice"),        N_("Report"),     N_("Plan"),     N_("Programme"), N_("Scheme"),
		N_("Option"), N_("Submission"), N_("Official letter"), N_("Minutes"), N_("Working rules"), N_("Regulation"), N_("Guidance"), N_("Directive"),
	};

	return type > DOC_NO_TYPE && type < DOC_TYPES ? tr(lang, names[type]) : "";
}

const char *document_secrecy_name(enum lang lang, unsigned secrecy)
{
	static const char *const names[] = { "", N_("Open"), N_("Internal"), N_("Secret: on paper only") };

	return secrecy && secrecy < sizeof names / sizeof *names ? tr(lang, names[secrecy]) : "";
}

const char *document_state_name(enum lang lang, unsigned state)
{
	static const char *const names[] = { "", N_("draft"), N_("issued"), N_("withdrawn") };

	return state && state < sizeof names / sizeof *names ? tr(lang, names[state]) : "";
}

static bool is_cell(unsigned level, const char *unit_name)
{
	return level == LEVEL_CELL || (unit_name && strncmp(unit_name, "Chi bộ", strlen("Chi bộ")) == 0);
}

fail document_type_check(struct call *c, unsigned type, unsigned level, const char *unit_name)
{
	if (!type)
		return problem(c, FAIL_INPUT, "type", "say what kind of document it is");
	if (is_cell(level, unit_name) && (type == DOC_OPTION || type > DOC_WORKING_RULES))
		return problem(c, FAIL_INPUT, "type",
		               "a cell issues resolutions, decisions, conclusions, notices, reports, plans, programmes, schemes, submissions, letters, minutes and "
		               "working rules; it does not issue regulations, guidance or directives");
	return FAIL_OK;
}

const char *document_org_code(unsigned level, const char *unit_name)
{
	return is_cell(level, unit_name) ? "CB" : "ĐU";
}

/* ---------------------------------------------------------------- in words */

const char *document_number_text(struct arena *a, const struct document *d)
{
	const char *type = document_types[d->type], *org = document_org_code(d->unit_level, d->unit_name);

	if (*d->outside_no)
		return d->outside_no;
	if (strcmp(d->purpose, PURPOSE_ANNEX) == 0)
		return arena_printf(a, "%02d", d->number > 0 ? (int)d->number : 0);
	if (!d->type)
		return "";
	return d->number > 0 ? arena_printf(a, "%02lld-%s/%s", (long long)d->number, type, org) : arena_printf(a, "   -%s/%s", type, org);
}

const char *document_line(struct arena *a, enum lang lang, const struct document *d)
{
	const char *number = document_number_text(a, d), *name = document_type_name(lang, d->type);

	if (strcmp(d->purpose, PURPOSE_ANNEX) == 0)
		name = tr(lang, N_("Annex"));
	if (d->number > 0 || *d->outside_no)
		name = arena_printf(a, tr(lang, N_("%s No. %s")), name, number);
	return date_is(d->dated_on) ? arena_printf(a, tr(lang, N_("%s dated %s")), name, show_date(a, lang, d->dated_on)) : name;
}

void document_json(struct json *j, struct arena *a, const struct document *d)
{
	char day[DATE_TEXT];

	json_object(j);
	json_put_str(j, "id", arena_printf(a, "%lld", (long long)d->id)); /* longer than a number of JavaScript holds */
	json_put_str(j, "unit", d->unit_code);
	record_json(j, &document_record, d);
	json_put_str(j, "state", document_states[d->state]);
	json_put_str(j, "purpose", d->purpose);
	json_put_str(j, "number", document_number_text(a, d));
	date_format(d->term_from, day);
	json_put_str(j, "term_from", day);
	if (d->annex_to > 0)
		json_put_str(j, "annex_to", arena_printf(a, "%lld", (long long)d->annex_to));
	json_put_int(j, "rev", d->rev);
	json_object_end(j);
}

static const char *as_json(struct call *c, const struct document *d)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	document_json(&j, c->arena, d);
	return out_text(&o);
}

/* ---------------------------------------------------------------- reading */

fail document_by_id(struct call *c, int64_t id, struct document *out)
{
	fail f = db_one(c, &Q_document_by_id, ARGS(V(id)), &document_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "document", "there is no such document") : f;
}

fail document_unit(struct call *c, int64_t id, int64_t *unit_id)
{
	TRY(db_int(c, &Q_document_unit, ARGS(V(id)), 0, unit_id));
	return *unit_id ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "document", "there is no such document");
}

fail documents_of_meeting(struct call *c, const struct meeting *m, struct documents *out)
{
	return db_all(c, &Q_documents_of_meeting, ARGS(V(m->realm), V(m->id)), &document_record, &out->v, &out->n);
}

fail document_of_meeting(struct call *c, const struct meeting *m, const char *purpose, struct document *out)
{
	fail f = db_one(c, &Q_document_of_meeting, ARGS(V(m->realm), V(m->id), V(purpose)), &document_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&document_record, out);
	out->id = 0;
	return FAIL_OK;
}

fail document_annexes(struct call *c, const struct document *d, struct documents *out)
{
	return db_all(c, &Q_document_annexes, ARGS(V(d->realm), V(d->id)), &document_record, &out->v, &out->n);
}

/* What LIKE takes for signs of its own is made plain. */
static const char *pattern(struct arena *a, const char *words)
{
	const char *key = text_key(a, words ? words : "");
	char *out = arena_alloc(a, 2 * strlen(key) + 3), *to = out;

	*to++ = '%';
	for (; *key; key++) {
		if (*key == '%' || *key == '_' || *key == '!')
			*to++ = '!';
		*to++ = *key;
	}
	*to++ = '%';
	return out;
}

fail document_list(struct call *c, const struct document_query *q, struct documents *out)
{
	char term[DATE_TEXT];

	date_format(q->term_from, term);
	return db_all(c, &Q_document_list,
	              ARGS(V(q->unit_id), V(document_types[q->type]), V(document_states[q->state]), V((const char *)term), V(pattern(c->arena, q->words)),
	                   V(q->before_id), V(q->limit)),
	              &document_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- drafts */

static struct dbv reference(int64_t id)
{
	return V(id > 0 ? id : INT_UNKNOWN);
}

static const char *search_key(struct call *c, const struct document *d)
{
	return text_key(c->arena, arena_printf(c->arena, "%s %s", document_number_text(c->arena, d), d->subject));
}

/* Of a secret paper only its number is kept. */
static fail check_secrecy(struct call *c, const struct document *d)
{
	if (d->secrecy != SECRECY_SECRET)
		return FAIL_OK;
	if (*d->subject)
		return problem(c, FAIL_INPUT, "subject", "of a secret document only the number is kept here: leave the subject empty and handle it on paper");
	if (d->file_id > 0 || *d->content)
		return problem(c, FAIL_INPUT, "secrecy", "a secret document cannot be kept here: only its number, and “handled on paper”");
	return FAIL_OK;
}

static fail check(struct call *c, const struct document *d)
{
	TRY(check_secrecy(c, d));
	if (!*d->subject && d->secrecy != SECRECY_SECRET)
		return problem(c, FAIL_INPUT, "subject", "say in a few words what the document is about");
	return d->type && !*d->outside_no ? document_type_check(c, d->type, d->unit_level, d->unit_name) : FAIL_OK;
}

static fail insert(struct call *c, struct document *d)
{
	TRY(db_exec(c, &Q_document_insert,
	            ARGS(V(d->realm), V(d->id), V(d->unit_id), reference(d->meeting_id), V(document_types[d->type]), V(d->purpose),
	                 V(document_secrecies[d->secrecy]), V(d->subject), reference(d->author_id), V(document_states[d->state]), reference(d->number),
	                 V(d->dated_on), V(d->signed_by), V(d->outside_no), reference(d->annex_to), V(d->form), V(d->content), reference(d->file_id),
	                 V(search_key(c, d))),
	            NULL));
	return journal_add(c, d->realm, d->unit_id, "create", "document", d->id, "", as_json(c, d));
}

static fail create_body(struct call *c, void *arg)
{
	struct document *d = arg;
	struct unit u;

	TRY(org_unit_nearest(c, d->unit_id, c->today, &u));
	d->realm = u.realm;
	d->unit_level = u.level;
	d->unit_name = u.name;
	d->unit_code = u.code;
	TRY(check(c, d));
	d->id = id_new();
	d->rev = 1;
	return insert(c, d);
}

fail document_create(struct call *c, struct document *d)
{
	if (!d->secrecy)
		d->secrecy = SECRECY_OPEN;
	if (!d->state)
		d->state = DOCUMENT_DRAFT;
	return db_write(c, create_body, d);
}

static fail take_over_body(struct call *c, void *arg)
{
	struct document *d = arg;

	d->id = id_new();
	d->rev = 1;
	TRY(check_secrecy(c, d));
	return insert(c, d);
}

fail document_take_over(struct call *c, struct document *d)
{
	return db_write(c, take_over_body, d);
}

/* The stored document, if it still is what the person saw. */
static fail lock(struct call *c, int64_t id, int64_t rev, struct document *out)
{
	TRY(document_by_id(c, id, out));
	if (rev != ANY_REV && out->rev != rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody else changed this document in the meantime");
	return FAIL_OK;
}

static fail must_be_draft(struct call *c, const struct document *d)
{
	if (d->state == DOCUMENT_DRAFT)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "state", "the document was issued and cannot be changed; put it right with an annex");
}

struct update { struct document *d, *stored; };

static fail update_body(struct call *c, void *arg)
{
	struct update *u = arg;
	struct document *d = u->d;

	TRY(lock(c, d->id, d->rev, u->stored));
	TRY(must_be_draft(c, u->stored));
	d->unit_level = u->stored->unit_level;
	d->unit_name = u->stored->unit_name;
	d->file_id = u->stored->file_id;
	TRY(check(c, d));
	TRY(db_exec(c, &Q_document_write,
	            ARGS(V(d->realm), V(d->id), V(document_types[d->type]), V(document_secrecies[d->secrecy]), V(d->subject), reference(d->author_id),
	                 V(d->dated_on), V(d->signed_by), V(d->outside_no), V(search_key(c, d))),
	            NULL));
	d->rev = u->stored->rev + 1;
	return journal_add(c, d->realm, d->unit_id, "update", "document", d->id, as_json(c, u->stored), as_json(c, d));
}

fail document_update(struct call *c, struct document *d, struct document *stored)
{
	struct document unused;

	return db_write(c, update_body, &(struct update){ d, stored ? stored : &unused });
}

/* ---------------------------------------------------------------- issuing */

/* The next number of the type in the term. The unique key of the table refuses a second one; SERIALIZABLE (or the one writer) makes the reading
 * and the writing one. */
static fail next_number(struct call *c, const struct document *d, int64_t first, int64_t *out)
{
	int64_t last;

	TRY(db_int(c, &Q_document_last_number, ARGS(V(d->realm), V(d->unit_id), V(document_types[d->type]), V(d->term_from)), 0, &last));
	if (last && first > 0 && first != last + 1)
		return problem(c, FAIL_INPUT, "first", "numbers go on from the last one: this document gets number %02lld", (long long)last + 1);
	*out = last ? last + 1 : first > 0 ? first : 1;
	return FAIL_OK;
}

struct issue { const struct document_issue *how; struct document *d; };

static fail issue_body(struct call *c, void *arg)
{
	struct issue *s = arg;
	struct document *d = s->d, was;
	struct term t;

	TRY(lock(c, s->how->id, s->how->rev, d));
	TRY(must_be_draft(c, d));
	was = *d;
	TRY(document_type_check(c, d->type, d->unit_level, d->unit_name));
	if (!date_is(s->how->dated_on))
		return problem(c, FAIL_INPUT, "dated_on", "give the day of the document");
	TRY(term_on(c, d->unit_id, s->how->dated_on, &t));
	d->term_from = t.valid_from;
	d->dated_on = s->how->dated_on;
	d->signed_by = s->how->signed_by;
	d->form = s->how->form;
	d->state = DOCUMENT_ISSUED;
	TRY(next_number(c, d, s->how->first, &d->number));
	d->content = s->how->content;
	if (s->how->compose)
		TRY(s->how->compose(c, d, s->how->arg, &d->content));
	TRY(check_secrecy(c, d));
	TRY(db_exec(c, &Q_document_set_issued,
	            ARGS(V(d->realm), V(d->id), V(d->term_from), V(d->number), V(d->dated_on), V(d->signed_by), V(d->form), V(d->content),
	                 V(search_key(c, d))),
	            NULL));
	d->rev++;
	return journal_add(c, d->realm, d->unit_id, "issue", "document", d->id, as_json(c, &was), as_json(c, d));
}

fail document_issue(struct call *c, const struct document_issue *how, struct document *d)
{
	return db_write(c, issue_body, &(struct issue){ how, d });
}

struct withdraw { int64_t id, rev; const char *reason; struct document *d; };

static const char *reason_json(struct call *c, const char *reason)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "reason", reason);
	json_object_end(&j);
	return out_text(&o);
}

static fail withdraw_body(struct call *c, void *arg)
{
	struct withdraw *w = arg;
	struct document *d = w->d;

	TRY(lock(c, w->id, w->rev, d));
	if (d->state != DOCUMENT_ISSUED)
		return problem(c, FAIL_CONFLICT, "state", "only a document that was issued can be withdrawn");
	if (!*w->reason)
		return problem(c, FAIL_INPUT, "reason", "say why the document is withdrawn");
	TRY(db_exec(c, &Q_document_set_withdrawn, ARGS(V(d->realm), V(d->id)), NULL));
	TRY(journal_add(c, d->realm, d->unit_id, "withdraw", "document", d->id, as_json(c, d), reason_json(c, w->reason)));
	d->state = DOCUMENT_WITHDRAWN;
	d->rev++;
	return FAIL_OK;
}

fail document_withdraw(struct call *c, int64_t id, int64_t rev, const char *reason, struct document *d)
{
	return db_write(c, withdraw_body, &(struct withdraw){ id, rev, reason, d });
}

/* ---------------------------------------------------------------- annexes and scans */

struct annex { int64_t id; const char *text, *signed_by; struct date on; struct document *out; };

static fail annex_body(struct call *c, void *arg)
{
	struct annex *x = arg;
	struct document to, *d = x->out;
	int64_t last;

	TRY(document_by_id(c, x->id, &to));
	if (to.state != DOCUMENT_ISSUED)
		return problem(c, FAIL_CONFLICT, "state", "an annex corrects a document that was issued; a draft is changed itself");
	if (to.secrecy == SECRECY_SECRET)
		return problem(c, FAIL_INPUT, "text", "a secret document cannot be kept here: only its number, and “handled on paper”");
	if (!*x->text)
		return problem(c, FAIL_INPUT, "text", "write what is put right, and how it reads now");
	TRY(db_int(c, &Q_document_last_annex, ARGS(V(to.realm), V(to.id)), 0, &last));
	record_clear(&document_record, d);
	*d = (struct document){ .realm = to.realm, .id = id_new(), .unit_id = to.unit_id, .meeting_id = to.meeting_id, .number = last + 1,
		                    .annex_to = to.id, .secrecy = to.secrecy, .state = DOCUMENT_ISSUED, .unit_level = to.unit_level,
		                    .purpose = PURPOSE_ANNEX, .subject = x->text, .signed_by = x->signed_by, .outside_no = "", .form = "annex",
		                    .content = "", .dated_on = x->on, .term_from = DATE_NONE, .uploaded_at = MOMENT_NONE, .rev = 1,
		                    .unit_code = to.unit_code, .unit_name = to.unit_name, .author_id = INT_UNKNOWN, .file_id = INT_UNKNOWN };
	return insert(c, d);
}

fail document_annex(struct call *c, int64_t id, const char *text, struct date dated_on, const char *signed_by, struct document *annex)
{
	return db_write(c, annex_body, &(struct annex){ id, text, signed_by, dated_on, annex });
}

struct attach { int64_t id, file_id; struct document *d; };

static fail attach_body(struct call *c, void *arg)
{
	struct attach *x = arg;
	struct document was;

	TRY(document_by_id(c, x->id, &was));
	*x->d = was;
	x->d->file_id = x->file_id;
	TRY(check_secrecy(c, x->d));
	TRY(db_exec(c, &Q_document_set_file, ARGS(V(was.realm), V(was.id), reference(x->file_id)), NULL));
	x->d->rev++;
	return journal_add(c, was.realm, was.unit_id, "attach", "document", was.id, as_json(c, &was), as_json(c, x->d));
}

fail document_attach(struct call *c, int64_t id, int64_t file_id, struct document *d)
{
	return db_write(c, attach_body, &(struct attach){ id, file_id, d });
}
