/* draft_pages.c — minutes and resolution as drafts that write themselves: read, put right in place, approved, numbered; and every form of a
 * meeting as a file. */
#include <string.h>

#include "document/closing.h"
#include "document/document_pages.h"
#include "document/pages.h"
#include "document_views.h"
#include "meeting/cycle.h"
#include "paper/print_html.h"

/* ---------------------------------------------------------------- minutes */

struct draft {
	int64_t id;
	struct meeting m;
	struct dossier d;
	struct issued_part issued;
	const char *form; /* "minutes" or "resolution" */
};

static fail load(struct call *c, void *arg)
{
	struct draft *p = arg;
	const struct document *paper = strcmp(p->form, "minutes") == 0 ? &p->d.minutes : &p->d.resolution;

	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(papers_may_read(c, p->m.unit_id));
	TRY(dossier_gather(c, &p->m, &p->d));
	if (paper->id > 0 && paper->state == DOCUMENT_ISSUED && *paper->content)
		TRY(issued_part_of(c, paper, &p->issued));
	return FAIL_OK;
}

static bool may_edit_texts(struct call *c, const struct draft *p)
{
	return call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_TEXTS);
}

/* Which texts are edited at which step of the agenda; the rest at the end. */
static const struct { const char *step; enum meeting_text texts[3]; } slots[] = {
	{ "ST-O1", { TEXT_REASON } },
	{ "ST-O4", { TEXT_DUES } },
	{ "ST-M2", { TEXT_ASSESSMENT, TEXT_WEAKNESSES, TEXT_CAUSES } },
	{ "ST-M3", { TEXT_COMMENDATION, TEXT_REMINDER } },
	{ "ST-M4", { TEXT_DIRECTION } },
	{ "ST-M6", { TEXT_DISCUSSION } },
	{ "ST-C2", { TEXT_EXECUTION } },
	{ "ST-C4", { TEXT_CONCLUSION } },
};

static const char *step_of(const struct dossier *d, int64_t item)
{
	for (size_t i = 0; i < d->agenda.n; i++)
		if (d->agenda.v[i].item == item)
			return d->agenda.v[i].step;
	return "";
}

/* What the record says at this step; the same words as the form has. */
static const char *said(struct call *c, const struct minutes *m, const struct worded_item *item)
{
	const struct sitting *s = &m->sitting;
	struct arena *a = c->arena;

	switch (item->words) {
	case WORDS_TAKER: return *s->taker ? arena_printf(a, "Chi bộ thống nhất cử đồng chí %s làm thư ký buổi sinh hoạt.", s->taker) : NULL;
	case WORDS_ROLL: return s->counted ? arena_printf(a, "Chi bộ có mặt %s/%s đảng viên phải dự.", s->present, s->expected) : NULL;
	case WORDS_AGENDA: return "Chi bộ thông qua chương trình buổi sinh hoạt.";
	case WORDS_SPEAKERS: return *m->speakers ? arena_printf(a, "Có %s đảng viên phát biểu ý kiến.", m->speakers) : NULL;
	case WORDS_TASKS: return m->task_n ? arena_printf(a, "Giao %02zu nhiệm vụ, ghi tại mục VI.", m->task_n) : NULL;
	case WORDS_DECISION:
		return m->decision ? arena_printf(a, "Chi bộ biểu quyết thông qua %s: %s/%s đồng ý.", m->decision_name, paper_count(a, m->decision->in_favour),
		                                  paper_count(a, m->decision->base))
		                   : NULL;
	case WORDS_SCORE: return m->score.known ? arena_printf(a, "Chi bộ chấm %s điểm, xếp loại %s.", m->score.total, m->score.class) : NULL;
	case WORDS_APPROVAL: return *m->approved_at ? arena_printf(a, "Thư ký đọc biên bản; chi bộ thông qua lúc %s.", m->approved_at) : NULL;
	default: return NULL;
	}
}

static void fill_item(struct call *c, const struct draft *p, const struct minutes *m, const struct worded_item *item, bool may, struct item_part *out)
{
	const char *step = step_of(&p->d, item->item);

	out->item = item;
	out->said = said(c, m, item);
	for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
		if (item->item && strcmp(slots[i].step, step) == 0)
			for (int t = 0; t < 3 && slots[i].texts[t]; t++)
				out->edits[out->edit_n++] = text_edit_of(c, &p->d, slots[i].texts[t], "minutes", may);
	if (!item->item && item->text_n && *meeting_text_words[item->texts[0].text] && item->texts[0].text != TEXT_GUEST)
		out->edits[out->edit_n++] = text_edit_of(c, &p->d, item->texts[0].text, "minutes", may);
}

/* Texts that no step on the agenda takes are edited at the end. */
static void fill_loose(struct call *c, const struct draft *p, bool may, struct minutes_view *v)
{
	bool taken[TEXT_COUNT] = { false };

	for (size_t i = 0; i < v->item_n; i++)
		for (size_t k = 0; k < v->items[i].edit_n; k++)
			taken[v->items[i].edits[k].text] = true;
	for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
		for (int t = 0; t < 3 && slots[i].texts[t]; t++)
			if (!taken[slots[i].texts[t]])
				v->loose[v->loose_n++] = text_edit_of(c, &p->d, slots[i].texts[t], "minutes", may);
}

static const char *approved_words(struct call *c, const struct meeting *m)
{
	return moment_is(m->minutes_approved_at)
	           ? arena_printf(c->arena, tr(c->lang, "Read out and approved: %s"), show_moment(c->arena, c->lang, m->minutes_approved_at))
	           : NULL;
}

/* The end of the meeting, or now while it is still going on. */
static const char *approval_moment(struct call *c, const struct meeting *m)
{
	struct moment now = call_local(c->now_ms);
	struct moment at = moment_is(m->minutes_approved_at) ? m->minutes_approved_at : now;

	return field_moment(c, at);
}

static void fill_minutes(struct call *c, const struct draft *p, const struct minutes *m, struct minutes_view *v)
{
	bool may = may_edit_texts(c, p), held = meeting_was_held(p->m.state) || p->m.state == MEETING_OPEN;

	v->id = p->m.id;
	v->rev = p->m.rev;
	v->title = page_meeting_title(c, &p->m);
	v->m = m;
	v->d = &p->d;
	v->issued = p->issued;
	v->paper = (struct paper_links){ p->m.id, "minutes" };
	v->may_edit = may;
	v->may_approve = may && held;
	v->may_sign = v->may_approve && moment_is(p->m.minutes_approved_at);
	v->late = held ? NULL : tr(c->lang, "The meeting has not begun: this is what is known so far.");
	v->approved = approved_words(c, &p->m);
	v->approve_at = approval_moment(c, &p->m);
	v->items = ARENA_ARRAY(c->arena, m->item_n + 1, struct item_part);
	for (size_t i = 0; i < m->item_n; i++)
		fill_item(c, p, m, &m->items[i], may, &v->items[v->item_n++]);
	fill_loose(c, p, may, v);
	v->score[0] = text_edit_of(c, &p->d, TEXT_SCORE_WEAKNESSES, "minutes", may);
	v->score[1] = text_edit_of(c, &p->d, TEXT_SCORE_REMEDY, "minutes", may);
}

static void write_minutes(struct call *c, const struct req *rq, struct res *rs, const struct draft *p, struct minutes_view *v)
{
	struct minutes m;
	struct page pg;

	compose_minutes(c, &p->d, &m);
	fill_minutes(c, p, &m, v);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Minutes of the meeting"), tr(c->lang, "Minutes"));
	view_minutes(&rs->body, &pg, v);
}

static void gaps_json(struct json *j, const struct gaps *g)
{
	json_key(j, "missing");
	json_array(j);
	for (size_t i = 0; i < g->n; i++) {
		json_object(j);
		json_put_str(j, "text", g->v[i].what);
		json_put_str(j, "href", g->v[i].href);
		json_object_end(j);
	}
	json_array_end(j);
}

/* {"document":{…} or null,"missing":[…],"texts":{…},"approved_at"}; the paper itself is …/paper/minutes?format=json. */
static void draft_json(struct call *c, struct res *rs, const struct draft *p, const struct document *paper, const struct gaps *g)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "document");
	if (paper->id > 0)
		document_json(&j, c->arena, paper);
	else
		json_null(&j);
	gaps_json(&j, g);
	json_key(&j, "texts");
	json_object(&j);
	for (int t = TEXT_REASON; t <= TEXT_SCORE_REMEDY; t++) {
		json_key(&j, meeting_text_words[t]);
		json_object(&j);
		json_put_str(&j, "value", p->d.texts.value[t]);
		json_put_int(&j, "rev", p->d.texts.rev[t]);
		json_object_end(&j);
	}
	json_object_end(&j);
	json_put_str(&j, "approved_at", moment_is(p->m.minutes_approved_at) ? field_moment(c, p->m.minutes_approved_at) : NULL);
	json_put_int(&j, "rev", p->m.rev);
	json_object_end(&j);
}

static fail minutes_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct draft p = { .form = "minutes" };
	struct minutes_view v = { 0 };
	struct minutes m;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		compose_minutes(c, &p.d, &m);
		draft_json(c, rs, &p, &p.d.minutes, &m.gaps);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_minutes(c, rq, rs, &p, &v);
	return FAIL_OK;
}

/* The form again with what is wrong; anything but a mistake of the person goes on as it is. */
static fail minutes_again(struct call *c, const struct req *rq, struct res *rs, int64_t id, fail f)
{
	struct draft p = { .id = id, .form = "minutes" };
	struct minutes_view v = { 0 };

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &p));
	write_minutes(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

static fail approve_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting m;
	struct moment at;
	int64_t id, rev;

	TRY(req_id(c, rq, "meeting", &id));
	TRY(req_rev(c, rq, &rev));
	fail f = form_moment(c, rq, "at", call_local(c->now_ms), &at);

	if (f == FAIL_OK)
		f = minutes_approve(c, id, rev, at, &m);
	if (f != FAIL_OK)
		return minutes_again(c, rq, rs, id, f);
	return page_done(c, rq, rs, &m, "/minutes", tr(c->lang, "The minutes are approved. Next: minute-taker and chair sign."));
}

/* ---------------------------------------------------------------- a text, as it is typed */

struct text_save { int64_t id; enum meeting_text text; struct meeting m; struct meeting_texts texts; };

static fail load_texts(struct call *c, void *arg)
{
	struct text_save *s = arg;

	TRY(meeting_by_id(c, s->id, &s->m));
	return meeting_texts_of(c, &s->m, &s->texts);
}

static void put_text(struct json *j, const void *stored)
{
	const struct text_save *s = stored;

	json_put_str(j, "value", s->texts.value[s->text]);
	json_put_int(j, "rev", s->texts.rev[s->text]);
}

static fail text_conflict(struct call *c, const struct req *rq, struct res *rs, struct text_save *s, const char *yours, const char *back)
{
	struct conflict_view v = { .meeting = s->id, .title = meeting_text_title(c->lang, s->text), .name = meeting_text_words[s->text], .back = back,
		                       .yours = yours };
	struct page pg;

	TRY(db_read(c, load_texts, s));
	v.stored = s->texts.value[s->text];
	v.rev = s->texts.rev[s->text];
	if (req_wants_json(rq))
		return res_conflict(c, rq, rs, put_text, s, v.rev);
	problem_clear(c);
	page_begin(c, rq, rs, &pg, &s->m, v.title, v.title);
	view_text_conflict(&rs->body, &pg, &v);
	return res_again(rs, FAIL_CONFLICT);
}

static const char *unix_lines(struct call *c, const char *text)
{
	char *copy = arena_strdup(c->arena, text), *to = copy;

	for (const char *s = copy; *s; s++)
		if (*s != '\r')
			*to++ = *s;
	while (to > copy && (to[-1] == '\n' || to[-1] == ' '))
		to--;
	*to = '\0';
	return copy;
}

static fail text_post(struct call *c, const struct req *rq, struct res *rs)
{
	int word = word_index(meeting_text_words, req_param(rq, "text"));
	const char *value = req_form(rq, "value"), *back = req_form(rq, "back"), *stored;
	struct text_save s = { 0 };
	int64_t rev;

	TRY(req_id(c, rq, "meeting", &s.id));
	if (word <= TEXT_NONE || !value)
		return problem(c, FAIL_NOT_FOUND, "text", "a meeting has no such text");
	back = back && strcmp(back, "resolution") == 0 ? "resolution" : "minutes";
	s.text = (enum meeting_text)word;
	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_texts, &s));
	value = unix_lines(c, value);
	if (text_length(value) > 20000)
		return problem(c, FAIL_INPUT, "value", "a text of a meeting has at most %d characters", 20000);
	fail f = meeting_text_save(c, &s.m, s.text, value, rev, &stored);

	if (f == FAIL_CONFLICT && strcmp(c->problem.field, "state") != 0)
		return text_conflict(c, rq, rs, &s, value, back);
	TRY(f);
	TRY(db_read(c, load_texts, &s));
	if (req_wants_json(rq)) {
		struct json j;

		res_rev(c, rq, rs, s.texts.rev[s.text]);
		res_json(rs, &j);
		json_object(&j);
		put_text(&j, &s);
		json_object_end(&j);
		return FAIL_OK;
	}
	return page_done(c, rq, rs, &s.m, arena_printf(c->arena, "/%s#text-%s", back, meeting_text_words[s.text]),
	                 arena_printf(c->arena, tr(c->lang, "Saved: %s"), meeting_text_title(c->lang, s.text)));
}

/* ---------------------------------------------------------------- resolution */

static const char *vote_words(struct call *c, const struct resolution *r)
{
	return r->voted ? arena_printf(c->arena, tr(c->lang, "Adopted with %s of %s votes (%s)."), r->in_favour, r->base, r->percent)
	                : tr(c->lang, "Not voted on yet: it needs more than half of the voting base.");
}

static void fill_resolution(struct call *c, const struct draft *p, const struct resolution *r, struct resolution_view *v)
{
	static const enum meeting_text order[] = { TEXT_ASSESSMENT, TEXT_COMMENDATION, TEXT_REMINDER, TEXT_WEAKNESSES, TEXT_CAUSES, TEXT_DIRECTION,
		                                       TEXT_EXECUTION,  TEXT_CONCLUSION,   TEXT_SCORE_WEAKNESSES, TEXT_SCORE_REMEDY };
	bool may = may_edit_texts(c, p);

	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->type = document_type_name(c->lang, r->type);
	v->r = r;
	v->d = &p->d;
	v->issued = p->issued;
	v->paper = (struct paper_links){ p->m.id, "resolution" };
	v->vote = vote_words(c, r);
	v->may_edit = may;
	v->may_issue = r->voted && call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_PAPERS);
	v->may_first = v->may_issue && p->d.last_resolution.id <= 0;
	v->late = meeting_was_held(p->m.state) || p->m.state == MEETING_OPEN ? NULL : tr(c->lang, "The meeting has not begun: this is what is known so far.");
	v->day = field_date(c, meeting_day(&p->m));
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		v->edits[v->edit_n++] = text_edit_of(c, &p->d, order[i], "resolution", may);
}

static void write_resolution(struct call *c, const struct req *rq, struct res *rs, const struct draft *p, struct resolution_view *v)
{
	struct resolution r;
	struct page pg;

	compose_resolution(c, &p->d, &r);
	fill_resolution(c, p, &r, v);
	page_begin(c, rq, rs, &pg, &p->m, v->type, v->type);
	view_resolution(&rs->body, &pg, v);
}

static fail resolution_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct draft p = { .form = "resolution" };
	struct resolution_view v = { 0 };
	struct resolution r;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		compose_resolution(c, &p.d, &r);
		draft_json(c, rs, &p, &p.d.resolution, &r.gaps);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_resolution(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail resolution_again(struct call *c, const struct req *rq, struct res *rs, int64_t id, fail f)
{
	struct draft p = { .id = id, .form = "resolution" };
	struct resolution_view v = { 0 };

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &p));
	write_resolution(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

struct reload { int64_t id; struct meeting m; };

static fail reload(struct call *c, void *arg)
{
	struct reload *r = arg;

	return meeting_by_id(c, r->id, &r->m);
}

static fail read_resolution(struct call *c, const struct req *rq, struct resolution_issue *how)
{
	const char *first = req_form(rq, "first"), *signer = req_form(rq, "signer");

	TRY(form_date(c, rq, "dated_on", DATE_NONE, &how->dated_on));
	how->signer = signer ? text_clean(c->arena, signer) : "";
	if (first && *first && (!int_parse(first, &how->first) || how->first < 1 || how->first > 999))
		return problem(c, FAIL_INPUT, "first", "“%s” is not a number of a document; write 1 to 999", first);
	return FAIL_OK;
}

static fail resolution_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct resolution_issue how = { 0 };
	struct reload r;
	struct document d;

	TRY(req_id(c, rq, "meeting", &how.meeting_id));
	fail f = read_resolution(c, rq, &how);

	if (f == FAIL_OK)
		f = resolution_issue(c, &how, &d);
	if (f != FAIL_OK)
		return resolution_again(c, rq, rs, how.meeting_id, f);
	r.id = how.meeting_id;
	TRY(db_read(c, reload, &r));
	return page_done(c, rq, rs, &r.m, "/resolution", arena_printf(c->arena, tr(c->lang, "Issued: %s"), document_line(c->arena, c->lang, &d)));
}

/* ---------------------------------------------------------------- any form as a file */

struct wanted { int64_t id; const struct meeting_form_kind *kind; const char *person; struct meeting m; struct meeting_paper paper; };

static fail compose_wanted(struct call *c, struct wanted *w)
{
	TRY(meeting_by_id(c, w->id, &w->m));
	TRY(papers_may_read(c, w->m.unit_id));
	return meeting_paper_of(c, &w->m, w->kind, w->person, &w->paper);
}

static fail send_paper(struct call *c, struct res *rs, const struct wanted *w, enum paper_format format)
{
	struct out o;

	if (format == PAPER_HTML) {
		TRY(meeting_paper_make(c, &w->paper, format, &rs->body));
		rs->type = paper_type(format);
		rs->policy = print_html_policy(c->arena, rs->body.data, rs->body.size);
		return FAIL_OK;
	}
	TRY(res_file_begin(c, rs, arena_printf(c->arena, "%s.%s", w->paper.filename, paper_word(format)), paper_type(format), &o));
	fail f = meeting_paper_make(c, &w->paper, format, &o);

	return f == FAIL_OK ? res_file_end(c, rs, &o) : f;
}

static fail paper_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *word = req_query(rq, "format");
	struct wanted w = { .kind = meeting_form_find(req_param(rq, "form")), .person = req_query(rq, "person") };
	enum paper_format format;

	TRY(req_id(c, rq, "meeting", &w.id));
	if (!w.kind)
		return problem(c, FAIL_NOT_FOUND, "form", "a meeting has no such form; there are R02 to R07");
	TRY(compose_wanted(c, &w));
	if (!word ? req_wants_json(rq) : strcmp(word, "json") == 0) {
		rs->type = "application/json";
		out_str(&rs->body, w.paper.context);
		return FAIL_OK;
	}
	if (!paper_format_parse(word ? word : "html", &format))
		return problem(c, FAIL_INPUT, "format", "“%s” is not a form of papers; write json, docx, pdf, html or xlsx", word);
	return send_paper(c, rs, &w, format);
}

static fail forms_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct forms_view v = { 0 };
	struct meeting m;
	struct page pg;
	struct json j;

	TRY(page_meeting(c, rq, &m));
	TRY(papers_may_read(c, m.unit_id));
	v.id = m.id;
	v.title = page_meeting_title(c, &m);
	while (meeting_forms[v.n].name)
		v.n++;
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < v.n; i++) {
			json_object(&j);
			json_put_str(&j, "id", meeting_forms[i].id);
			json_put_str(&j, "name", meeting_forms[i].name);
			json_put_str(&j, "title", tr(c->lang, meeting_forms[i].title));
			json_put_str(&j, "href", page_meeting_path(c, &m, arena_printf(c->arena, "/paper/%s", meeting_forms[i].name)));
			json_object_end(&j);
		}
		json_array_end(&j);
		return FAIL_OK;
	}
	page_begin(c, rq, rs, &pg, &m, tr(c->lang, "Forms of the meeting"), tr(c->lang, "Forms"));
	view_forms(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param paper_params[] = {
	{ "format", N_("pdf, docx, xlsx, html to print, or json") },
	{ "person", N_("of invitations: the page of one person, m or g and the id") },
	{ NULL },
};

const struct route draft_routes[] = {
	{ GET, "/meetings/:meeting/minutes", MAY_SEE, page_meeting_unit, minutes_show, .summary = N_("The minutes as a draft, or as they were signed") },
	{ POST, "/meetings/:meeting/minutes/approve", MAY_RECORD, page_meeting_unit, approve_post,
	  .summary = N_("The minutes were read out and approved: at") },
	{ POST, "/meetings/:meeting/texts/:text", MAY_RECORD, page_meeting_unit, text_post,
	  .summary = N_("Saves one text of the minutes or the resolution: value, rev") },
	{ GET, "/meetings/:meeting/resolution", MAY_SEE, page_meeting_unit, resolution_show,
	  .summary = N_("The resolution or conclusion as a draft, or as it was issued") },
	{ POST, "/meetings/:meeting/resolution", MAY_RECORD, page_meeting_unit, resolution_post,
	  .summary = N_("Gives the resolution or conclusion its number: dated_on, signer, first") },
	{ GET, "/meetings/:meeting/forms", MAY_SEE, page_meeting_unit, forms_show, .summary = N_("Which forms a meeting has") },
	{ GET, "/meetings/:meeting/paper/:form", MAY_SEE, page_meeting_unit, paper_show, ROUTE_SLOW, N_("A form of a meeting (R02 to R07) as a document"),
	  .query = paper_params },
	{ HTTP_NONE },
};
