/* paper_pages.c — the papers of a meeting: put up by the secretary, read by the members.
 *
 * A member who opens the page has got the notice, one who opens a file has got that paper: both are noted where they were sent. */
#include <string.h>

#include "document/document_pages.h"
#include "document/pages.h"
#include "document/paper.h"
#include "document_sql.h"
#include "papers_views.h"
#include "meeting/cycle.h"
#include "meeting/pre_meeting.h"
#include "meeting/sending.h"

struct reading_count { int64_t id, times, people; };
static const struct field reading_fields[] = { COL(struct reading_count, id), COL(struct reading_count, times), COL(struct reading_count, people), FIELD_END };
static const struct record reading_record = { "document_read", sizeof(struct reading_count), reading_fields };

struct data {
	int64_t id;
	struct meeting m;
	struct papers papers;
	struct roll roll;
	struct reading_count *read;
	size_t read_n;
	bool approved;      /* the committee met before: drafts are approved with its minutes */
	const char *person; /* as whom the reader takes part, or NULL */
};

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;
	struct pre_meeting pre;
	struct pre_people people;
	enum pre_need need;

	TRY(meeting_by_id(c, d->id, &d->m));
	TRY(papers_of(c, &d->m, &d->papers));
	TRY(org_members_on(c, d->m.unit_id, meeting_day(&d->m), &d->roll));
	TRY(db_all(c, &Q_paper_readings, ARGS(V(d->m.realm), V(d->m.id)), &reading_record, &d->read, &d->read_n));
	TRY(pre_meeting_of(c, &d->m, &pre, &people, &need));
	d->approved = pre.rev && date_is(pre.signed_on);
	return sending_person_asking(c, &d->m, &d->person);
}

/* ---------------------------------------------------------------- showing */

static const char *about(struct call *c, const struct data *d, const struct paper *p)
{
	enum paper_purpose purpose = paper_purpose_of(&p->document);
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, paper_purpose_name(c->lang, purpose));
	if (p->author)
		out_printf(&o, " · %s", p->author);
	if (*p->document.outside_no && p->document.secrecy != SECRECY_SECRET)
		out_printf(&o, " · %s", p->document.outside_no);
	if (p->file.id)
		out_printf(&o, " · %s", file_size_show(c->arena, c->lang, p->file.size));
	if (purpose == PAPER_DRAFT && d->approved)
		out_printf(&o, " · %s", tr(c->lang, "approved by the committee"));
	return out_text(&o);
}

static const char *read_words(struct call *c, const struct data *d, int64_t id)
{
	for (size_t i = 0; i < d->read_n; i++)
		if (d->read[i].id == id)
			return arena_printf(c->arena, tr(c->lang, "read by %lld people"), (long long)d->read[i].people);
	return NULL;
}

static void add_lines(struct call *c, const struct data *d, struct papers_view *v)
{
	v->v = ARENA_ARRAY(c->arena, d->papers.n + 1, struct paper_line);
	for (size_t i = 0; i < d->papers.n; i++) {
		const struct paper *p = &d->papers.v[i];
		bool secret = p->document.secrecy == SECRECY_SECRET;

		v->v[v->n++] = (struct paper_line){
			.id = p->document.id, .file = p->file.id > 0, .may_file = !secret, .about = about(c, d, p),
			.subject = secret ? arena_printf(c->arena, tr(c->lang, "No. %s, handled on paper"), p->document.outside_no) : p->document.subject,
			.secrecy = p->document.secrecy == SECRECY_OPEN ? "" : secret ? tr(c->lang, "secret") : tr(c->lang, "internal"),
			.read = v->may ? read_words(c, d, p->document.id) : NULL,
		};
	}
}

static void add_choices(struct call *c, const struct data *d, struct papers_view *v)
{
	static const char *const hints[] = { "", N_("Members, guests and those who look after the cell"), N_("Members and guests of this meeting; every reading is noted"),
		                                 N_("Only its number; nothing of it is kept here") };

	for (unsigned k = PAPER_GUIDE; k <= PAPER_MATERIAL; k++)
		v->purposes[k - 1] = (struct choice){ paper_purposes[k], paper_purpose_name(c->lang, k), NULL };
	for (unsigned k = SECRECY_OPEN; k <= SECRECY_SECRET; k++)
		v->secrecies[k - 1] = (struct choice){ document_secrecies[k], document_secrecy_name(c->lang, k), tr(c->lang, hints[k]) };
	v->people = ARENA_ARRAY(c->arena, d->roll.n + 1, struct choice);
	v->people[v->people_n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < d->roll.n; i++)
		v->people[v->people_n++] = (struct choice){ arena_printf(c->arena, "%lld", (long long)d->roll.v[i].id), d->roll.v[i].full_name, NULL };
}

static void fill(struct call *c, const struct data *d, struct papers_view *v)
{
	const char *most = file_size_show(c->arena, c->lang, file_limit());

	v->id = d->m.id;
	v->title = page_meeting_title(c, &d->m);
	v->starts_at = d->m.starts_at;
	v->place = d->m.place;
	v->may = call_may(c, MAY_RECORD, d->m.unit_id) && meeting_part_is_open(&d->m, PART_PREPARATION);
	v->accept = file_accept;
	v->most = file_limit();
	v->file_hint = arena_printf(c->arena, tr(c->lang, "PDF, Word, Excel, OpenDocument, a picture or a plain text; at most %s."), most);
	v->too_large = arena_printf(c->arena, tr(c->lang, "This file is larger than %s; nothing was sent."), most);
	add_lines(c, d, v);
	add_choices(c, d, v);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct papers_view *v)
{
	struct page pg;

	page_begin(c, rq, rs, &pg, &d->m, tr(c->lang, "Papers"), tr(c->lang, "Papers"));
	view_papers(&rs->body, &pg, v);
}

static void paper_json(struct call *c, struct json *j, const struct paper *p)
{
	json_object(j);
	json_put_str(j, "id", arena_printf(c->arena, "%lld", (long long)p->document.id));
	json_put_str(j, "purpose", p->document.purpose);
	json_put_str(j, "secrecy", document_secrecies[p->document.secrecy]);
	json_put_str(j, "subject", p->document.subject);
	json_put_str(j, "number", document_number_text(c->arena, &p->document));
	json_put_str(j, "author", p->author);
	json_put_str(j, "file", p->file.id ? p->file.name : NULL);
	json_put_str(j, "media", p->file.id ? p->file.media : NULL);
	json_put_int(j, "size", p->file.id ? p->file.size : INT_UNKNOWN);
	json_put_int(j, "rev", p->document.rev);
	json_object_end(j);
}

static void json_page(struct call *c, struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", d->m.code);
	json_put_bool(&j, "approved", d->approved);
	json_key(&j, "papers");
	json_array(&j);
	for (size_t i = 0; i < d->papers.n; i++)
		paper_json(c, &j, &d->papers.v[i]);
	json_array_end(&j);
	json_object_end(&j);
}

static void begin_form(struct call *c, struct papers_view *v)
{
	struct pairs *usual = ARENA_NEW(c->arena, struct pairs);

	pairs_add(c->arena, usual, "purpose", paper_purposes[PAPER_GUIDE]);
	pairs_add(c->arena, usual, "secrecy", document_secrecies[SECRECY_INTERNAL]);
	form_begin(&v->form, c, NULL, NULL);
	v->form.typed = usual;
}

/* Whoever opens the list has the notice, and the papers that are a name only. */
static fail note_opened(struct call *c, const struct data *d)
{
	if (!d->person)
		return FAIL_OK;
	for (size_t i = 0; i < d->papers.n; i++)
		if (!d->papers.v[i].file.id)
			TRY(sending_opened(c, &d->m, d->papers.v[i].document.id, d->person));
	return sending_opened(c, &d->m, NOTICE, d->person);
}

static fail papers_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct papers_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(meeting_by_id(c, d.id, &d.m));
	TRY(paper_may_read(c, &d.m, SECRECY_OPEN));
	TRY(load(c, &d));
	TRY(note_opened(c, &d));
	if (req_wants_json(rq)) {
		json_page(c, rs, &d);
		return FAIL_OK;
	}
	begin_form(c, &v);
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- a file */

static fail file_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting m;
	struct paper p;
	const char *person;
	int64_t id;

	TRY(page_meeting(c, rq, &m));
	TRY(paper_may_read(c, &m, SECRECY_OPEN));
	TRY(req_id(c, rq, "paper", &id));
	TRY(paper_by_id(c, &m, id, &p));
	TRY(paper_may_read(c, &m, p.document.secrecy));
	TRY(sending_person_asking(c, &m, &person));
	if (!p.file.id)
		return problem(c, FAIL_NOT_FOUND, "file", "this paper has no file here");
	TRY(paper_note_reading(c, &p.document));
	if (person)
		TRY(sending_opened(c, &m, id, person));
	return file_answer(c, &p.file, rs);
}

/* ---------------------------------------------------------------- putting up */

static fail read_paper(struct call *c, const struct req *rq, struct paper_new *p, struct file_taken *file)
{
	const char *purpose = req_form(rq, "purpose"), *secrecy = req_form(rq, "secrecy"), *subject = req_form(rq, "subject"), *number = req_form(rq, "outside_no"),
	           *author = req_form(rq, "author_id");
	int at = purpose ? word_index(paper_purposes, purpose) : 0, class = secrecy ? word_index(document_secrecies, secrecy) : 0;
	const struct upload *u = req_upload(rq, "file");

	p->purpose = at > 0 ? (unsigned)at : PAPER_NO_PURPOSE;
	p->secrecy = class > 0 ? (unsigned)class : SECRECY_NONE;
	p->subject = subject ? text_clean(c->arena, subject) : "";
	p->outside_no = number ? text_clean(c->arena, number) : "";
	if (author && *author && !int_parse(author, &p->author_id))
		return problem(c, FAIL_INPUT, "author_id", "the author of a draft is a member of the cell");
	if (text_length(p->subject) > 500 || text_length(p->outside_no) > 60)
		return problem(c, FAIL_INPUT, text_length(p->subject) > 500 ? "subject" : "outside_no", "that is too long: at most 500 characters for the name, 60 for the number");
	if (!u)
		return FAIL_OK;
	TRY(file_take_upload(c, u, file));
	p->file = file;
	return FAIL_OK;
}

static fail again(struct call *c, const struct req *rq, struct res *rs, int64_t id, fail why)
{
	struct data d = { .id = id };
	struct papers_view v = { 0 };

	if (why != FAIL_INPUT || req_wants_json(rq))
		return why;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &d));
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, why);
}

static fail done(struct call *c, const struct req *rq, struct res *rs, int64_t meeting, const struct paper *p, const char *text)
{
	struct flash said = { .text = text };

	res_rev(c, rq, rs, p->document.rev);
	return res_done(c, rq, rs, arena_printf(c->arena, "/meetings/%lld/papers", (long long)meeting), &said);
}

static fail papers_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct paper_new wanted = { 0 };
	struct file_taken file;
	struct paper p;

	TRY(req_id(c, rq, "meeting", &wanted.meeting_id));
	fail f = read_paper(c, rq, &wanted, &file);

	if (f == FAIL_OK)
		f = paper_add(c, &wanted, &p);
	if (f != FAIL_OK)
		return again(c, rq, rs, wanted.meeting_id, f);
	return done(c, rq, rs, wanted.meeting_id, &p, *p.document.subject ? arena_printf(c->arena, tr(c->lang, "Put up: %s"), p.document.subject) :
	                                                                   tr(c->lang, "Its number is kept; the paper itself is handled on paper."));
}

static fail file_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct file_taken file;
	struct paper p;
	int64_t meeting, id;

	TRY(req_id(c, rq, "meeting", &meeting));
	TRY(req_id(c, rq, "paper", &id));
	fail f = file_take_upload(c, req_upload(rq, "file"), &file);

	if (f == FAIL_OK)
		f = paper_replace_file(c, meeting, id, &file, &p);
	return f == FAIL_OK ? done(c, rq, rs, meeting, &p, arena_printf(c->arena, tr(c->lang, "Put up: %s"), p.file.name)) : again(c, rq, rs, meeting, f);
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct flash said = { .text = tr(c->lang, "The paper is taken off.") };
	int64_t meeting, id;

	TRY(req_id(c, rq, "meeting", &meeting));
	TRY(req_id(c, rq, "paper", &id));
	TRY(paper_withdraw(c, meeting, id));
	return res_done(c, rq, rs, arena_printf(c->arena, "/meetings/%lld/papers", (long long)meeting), &said);
}

const struct route paper_routes[] = {
	{ GET, "/meetings/:meeting/papers", MAY_SIGNED_IN, NULL, papers_show, ROUTE_SLOW, N_("Papers to read before a meeting: for the cell and its guests") },
	{ POST, "/meetings/:meeting/papers", MAY_RECORD, page_meeting_unit, papers_post, ROUTE_FILE,
	  N_("Puts a paper up: file, purpose, secrecy, subject, author_id, outside_no") },
	{ GET, "/meetings/:meeting/papers/:paper/file", MAY_SIGNED_IN, NULL, file_show, ROUTE_SLOW, N_("The file of a paper; every reading of an internal one is noted") },
	{ POST, "/meetings/:meeting/papers/:paper/file", MAY_RECORD, page_meeting_unit, file_post, ROUTE_FILE, N_("Puts a file in the place of the one there is: file") },
	{ POST, "/meetings/:meeting/papers/:paper/withdraw", MAY_RECORD, page_meeting_unit, withdraw_post, 0, N_("Takes a paper off") },
	{ HTTP_NONE },
};
