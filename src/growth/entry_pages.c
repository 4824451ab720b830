/* entry_pages.c — one form for initiatives, titles, agreements, undertakings and examples: new, change, remove; the review of an undertaking. */
#include <string.h>

#include "growth/pages.h"
#include "growth_views.h"

enum people { PEOPLE_NONE, PEOPLE_ONE, PEOPLE_OR_UNIT, PEOPLE_MANY };

/* What a kind's pages are called and which fields they have. Its addresses: /units/:unit/WORD and /WORD/:PARAM. */
static const struct entry_page {
	const char *word, *param;
	const struct entry_kind *kind;
	enum people people;
	struct entry_field fields[6];
	const char *new_title, *edit_title, *saved, *removed;
} pages[] = {
	{ "initiatives", "initiative", &initiative_entries, PEOPLE_MANY,
	  { { "title", NULL }, { "benefit", N_("For instance: how many hours or how much money it saves, how many households it serves.") }, { "year", NULL },
	    { "recognised_by", N_("Stays empty until somebody has recognised it.") }, { "recognised_on", NULL } },
	  N_("New initiative"), N_("Initiative"), N_("The initiative is kept: %s"), N_("The initiative was removed: %s") },
	{ "titles", "title", &title_entries, PEOPLE_OR_UNIT, { { "title", N_("As the committee above calls it.") }, { "year", NULL }, { "result", N_("At the end of the year.") } },
	  N_("Register for a title"), N_("Title registered for"), N_("Kept: %s"), N_("Removed: %s") },
	{ "agreements", "agreement", &agreement_entries, PEOPLE_NONE,
	  { { "title", NULL }, { "text", N_("Aims, measures, how they are looked at.") }, { "year", NULL }, { "signed_on", N_("When all have signed, or the cell for itself.") } },
	  N_("New emulation agreement"), N_("Change the agreement"), N_("Kept: %s"), N_("Removed: %s") },
	{ "undertakings", "undertaking", &undertaking_entries, PEOPLE_ONE, { { "text", N_("One thing that can be seen at the end of the year.") }, { "due_on", NULL }, { "year", NULL } },
	  N_("New undertaking"), N_("Undertaking"), N_("The undertaking is kept: %s"), N_("The undertaking was removed: %s") },
	{ "examples", "example", &example_entries, PEOPLE_NONE,
	  { { "title", NULL }, { "topic", N_("One or two words, the same for similar examples: “sinh hoạt chuyên đề”, “chuyển đổi số”.") },
	    { "text", N_("How it was before, what was done, by whom, what came of it, what others should mind. No names of people are needed.") }, { "year", NULL } },
	  N_("Write a good example"), N_("Change the example"), N_("Kept as a draft: %s"), N_("Removed: %s") },
};

/* The kind of a route, by the word in its path. */
static const struct entry_page *page_of(const struct req *rq)
{
	const char *path = rq->route->path, *at = strncmp(path, "/units/", 7) == 0 ? strchr(path + 7, '/') : path;

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		size_t n = strlen(pages[i].word);

		if (strncmp(at + 1, pages[i].word, n) == 0 && (at[1 + n] == '/' || at[1 + n] == '\0'))
			return &pages[i];
	}
	return &pages[0];
}

static fail unit_of_entry(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, page_of(rq)->param, &id));
	return entry_unit(c, page_of(rq)->kind, id, unit_id);
}

/* ---------------------------------------------------------------- the form */

struct editing {
	const struct req *rq;
	const struct entry_page *page;
	struct unit u;
	struct entry *row;      /* as shown or typed */
	bool may_record;
	const char *own;        /* code of the person asking in this unit, or "" */
	struct choice *people;
	size_t people_n;
	int64_t id;             /* 0: a new one */
};

static const char *name_of(const struct editing *d)
{
	const struct entry_kind *k = d->page->kind;
	const struct field *f = record_field(k->record, k == &undertaking_entries ? "text" : "title");

	return *(const char *const *)((const char *)d->row + f->at);
}

static const char **codes_at(const struct editing *d)
{
	const struct field *f = record_field(d->page->kind->record, d->page->people == PEOPLE_MANY ? "authors" : "member_code");

	return (const char **)((char *)d->row + f->at);
}

static fail load(struct call *c, void *arg)
{
	struct editing *d = arg;
	const struct entry_kind *k = d->page->kind;
	int year;

	d->row = arena_alloc(c->arena, k->record->size);
	record_clear(k->record, d->row);
	d->row->id = 0;
	if (d->id) {
		TRY(entry_by_id(c, k, d->id, d->row));
		TRY(org_unit_nearest(c, d->row->unit_id, c->today, &d->u));
	} else {
		TRY(growth_page_unit(c, d->rq, &d->u));
		TRY(growth_page_year(c, d->rq, &year));
		d->row->unit_id = d->u.id;
		d->row->unit_code = d->u.code;
		d->row->year = year;
	}
	d->may_record = call_may(c, MAY_RECORD, d->u.id);
	TRY(growth_own_code(c, &d->u, (int)d->row->year, &d->own));
	if (d->page->people == PEOPLE_NONE)
		return FAIL_OK;
	return growth_people(c, &d->u, (int)d->row->year, d->page->people == PEOPLE_OR_UNIT ? d->u.name : NULL, &d->people, &d->people_n);
}

static fail begin(struct call *c, const struct req *rq, struct editing *d, bool is_new)
{
	*d = (struct editing){ .rq = rq, .page = page_of(rq) };
	if (!is_new)
		TRY(req_id(c, rq, d->page->param, &d->id));
	return FAIL_OK;
}

/* A member without further rights writes own undertakings only. */
static fail own_only(struct call *c, const struct editing *d)
{
	if (d->page->kind != &undertaking_entries || d->may_record)
		return FAIL_OK;
	if (!*d->own)
		return problem(c, FAIL_DENIED, "", "an undertaking is written by the member; your account is not tied to a member of this unit");
	if (d->id && strcmp(*codes_at(d), d->own) != 0)
		return problem(c, FAIL_DENIED, "", "this is somebody else's undertaking");
	return FAIL_OK;
}

static bool has_code(const char *codes, const char *code)
{
	size_t n = strlen(code);

	for (const char *s = codes; s && (s = strstr(s, code)); s += n)
		if ((s == codes || s[-1] == ';') && (s[n] == ';' || s[n] == '\0'))
			return true;
	return false;
}

static void fill_people(struct call *c, const struct editing *d, struct entry_form_view *v)
{
	if (d->page->people == PEOPLE_ONE && d->may_record)
		v->people_label = tr(c->lang, N_("Member"));
	else if (d->page->people == PEOPLE_OR_UNIT)
		v->people_label = tr(c->lang, N_("Who registers"));
	v->people = d->people;
	v->people_n = d->people_n;
	if (d->page->people != PEOPLE_MANY)
		return;
	v->picks_label = tr(c->lang, N_("Authors"));
	v->picks = ARENA_ARRAY(c->arena, d->people_n + 1, struct pick);
	for (v->pick_n = 0; v->pick_n < d->people_n; v->pick_n++)
		v->picks[v->pick_n] = (struct pick){ d->people[v->pick_n].value, d->people[v->pick_n].text, has_code(*codes_at(d), d->people[v->pick_n].value) };
}

static void fill_fields(struct call *c, const struct editing *d, struct entry_form_view *v)
{
	v->words_name = "result";
	v->words_label = tr(c->lang, N_("Result"));
	v->words = growth_words(c, title_results, title_result_name, 0, &v->word_n);
	v->fields = ARENA_ARRAY(c->arena, 6, struct entry_field);
	for (const struct entry_field *f = d->page->fields; f->name; f++) {
		if (!d->id && (strcmp(f->name, "result") == 0 || strncmp(f->name, "recognised", 10) == 0))
			continue;
		v->fields[v->field_n++] = (struct entry_field){ f->name, f->hint ? tr(c->lang, f->hint) : NULL };
	}
}

static const char *back_of(struct call *c, const struct editing *d)
{
	if (d->id && (d->page->kind == &agreement_entries || d->page->kind == &example_entries))
		return growth_path(c, "/%s/%lld", d->page->word, (long long)d->id);
	return growth_path(c, "/units/%lld/emulation?year=%lld", (long long)d->u.id, (long long)d->row->year);
}

static void write_form(struct call *c, struct res *rs, const struct editing *d, struct entry_form_view *v)
{
	struct page pg;

	v->title = tr(c->lang, d->id ? d->page->edit_title : d->page->new_title);
	v->lead = d->u.name;
	v->rev = d->id ? d->row->rev : 0;
	v->back = back_of(c, d);
	v->action = d->id ? growth_path(c, "/%s/%lld", d->page->word, (long long)d->id) : growth_path(c, "/units/%lld/%s", (long long)d->u.id, d->page->word);
	v->remove = d->id && d->page->kind != &example_entries ? growth_path(c, "/%s/%lld/remove", d->page->word, (long long)d->id) : NULL;
	if (d->page->kind == &undertaking_entries && d->id) {
		v->undertaking = (const struct undertaking *)d->row;
		v->closed = v->undertaking->result != UNDERTAKING_OPEN;
		v->may_review = d->may_record;
	}
	fill_fields(c, d, v);
	fill_people(c, d, v);
	growth_page_begin(c, d->rq, rs, &pg, &d->u, v->title);
	view_entry_form(&rs->body, &pg, v);
}

static void entry_json_out(struct res *rs, const struct editing *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_id(&j, "id", d->row->id);
	json_put_str(&j, "unit", d->u.code);
	record_json(&j, d->page->kind->record, d->row);
	if (d->page->kind == &undertaking_entries) {
		const struct undertaking *u = (const struct undertaking *)d->row;

		json_put_str(&j, "result", undertaking_results[u->result]);
		json_put_str(&j, "review", u->review);
	}
	json_put_int(&j, "rev", d->row->rev);
	json_object_end(&j);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, bool is_new)
{
	struct entry_form_view v = { 0 };
	struct editing d;

	TRY(begin(c, rq, &d, is_new));
	TRY(load(c, &d));
	TRY(own_only(c, &d));
	if (req_wants_json(rq) && !is_new) {
		res_rev(c, rq, rs, d.row->rev);
		entry_json_out(rs, &d);
		return FAIL_OK;
	}
	form_begin(&v.form, c, d.page->kind->record, d.row);
	form_begin(&v.review, c, NULL, NULL);
	write_form(c, rs, &d, &v);
	return FAIL_OK;
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, true);
}

static fail edit_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, false);
}

/* ---------------------------------------------------------------- saving */

/* The boxes that were ticked, joined; the hidden empty one says that the form had boxes. */
static void read_picks(struct call *c, const struct editing *d)
{
	const char *one, *all = "";
	bool any = false;
	size_t at = 0;

	if (d->page->people != PEOPLE_MANY)
		return;
	for (; (one = req_form_next(d->rq, "author", &at)); any = true)
		if (*one)
			all = arena_join(c->arena, all, *all ? ";" : "", text_clean(c->arena, one), NULL);
	if (any)
		*codes_at(d) = all;
}

/* A long text keeps its lines; everything else is one line. */
static void read_lines(struct call *c, const struct editing *d)
{
	const struct field *f = record_field(d->page->kind->record, "text");
	const char *typed = req_form(d->rq, "text"), *all = "";

	if (!typed || (d->page->kind != &example_entries && d->page->kind != &agreement_entries))
		return;
	for (const char *s = typed; *s; s += strspn(s, "\r\n")) {
		size_t n = strcspn(s, "\r\n");
		const char *line = text_clean(c->arena, arena_strndup(c->arena, s, n));

		if (*line)
			all = arena_join(c->arena, all, *all ? "\n" : "", line, NULL);
		s += n;
	}
	*(const char **)((char *)d->row + f->at) = all;
}

static fail read_entry(struct call *c, struct editing *d, struct entry_form_view *v)
{
	if (d->page->people == PEOPLE_MANY && !d->id)
		*codes_at(d) = "-"; /* given by boxes, or checked below */
	if (d->page->kind == &undertaking_entries && !d->may_record)
		*codes_at(d) = d->own;
	if (d->page->kind == &initiative_entries && !d->id)
		((struct initiative *)d->row)->code = "-";
	fail f = req_record(c, d->rq, d->page->kind->record, d->row, &v->form);

	read_picks(c, d);
	read_lines(c, d);
	if (d->page->people == PEOPLE_MANY && strcmp(*codes_at(d), "-") == 0)
		*codes_at(d) = "";
	if (d->page->kind == &initiative_entries && strcmp(((struct initiative *)d->row)->code, "-") == 0)
		((struct initiative *)d->row)->code = "";
	if (d->page->kind == &undertaking_entries && !d->may_record)
		*codes_at(d) = d->own;
	return f;
}

static const char *after_saving(struct call *c, const struct editing *d)
{
	if (d->page->kind == &agreement_entries || d->page->kind == &example_entries)
		return growth_path(c, "/%s/%lld", d->page->word, (long long)d->row->id);
	return growth_path(c, "/units/%lld/emulation?year=%lld", (long long)d->u.id, (long long)d->row->year);
}

static void stored_json(struct json *j, const void *arg)
{
	const struct editing *d = arg;

	record_json(j, d->page->kind->record, d->row);
}

static fail refused(struct call *c, struct res *rs, struct editing *d, struct entry_form_view *v, struct entry *stored, fail f)
{
	bool stale = f == FAIL_CONFLICT && stored->id && stored->rev != d->row->rev;

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT))
		return f;
	if (req_wants_json(d->rq)) {
		struct editing kept = *d;

		kept.row = stored;
		return stale ? res_conflict(c, d->rq, rs, stored_json, &kept, stored->rev) : f;
	}
	if (stale) {
		conflict_of(c, d->page->kind->record, stored, d->row, &v->conflict);
		d->row->rev = stored->rev;
	}
	(void)form_failed(&v->form);
	form_begin(&v->review, c, NULL, NULL);
	TRY(db_read_begin(c));
	write_form(c, rs, d, v);
	db_read_end(c);
	return res_again(rs, f);
}

static fail post(struct call *c, const struct req *rq, struct res *rs, bool is_new)
{
	struct entry_form_view v = { 0 };
	struct entry *stored;
	struct editing d;

	TRY(begin(c, rq, &d, is_new));
	TRY(db_read(c, load, &d));
	TRY(own_only(c, &d));
	stored = arena_alloc(c->arena, d.page->kind->record->size);
	if (d.id)
		TRY(req_rev(c, rq, &d.row->rev));
	fail f = read_entry(c, &d, &v);

	if (f == FAIL_OK)
		f = entry_save(c, d.page->kind, d.row, stored);
	if (f != FAIL_OK)
		return refused(c, rs, &d, &v, stored, f);
	res_rev(c, rq, rs, d.row->rev);
	return growth_page_done(c, rq, rs, after_saving(c, &d), arena_printf(c->arena, tr(c->lang, d.page->saved), name_of(&d)));
}

static fail new_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, true);
}

static fail edit_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, false);
}

static fail remove_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct editing d;
	int64_t rev;

	TRY(begin(c, rq, &d, false));
	TRY(db_read(c, load, &d));
	TRY(own_only(c, &d));
	TRY(req_rev(c, rq, &rev));
	TRY(entry_remove(c, d.page->kind, d.id, rev));
	return growth_page_done(c, rq, rs, growth_path(c, "/units/%lld/emulation?year=%lld", (long long)d.u.id, (long long)d.row->year),
	                        arena_printf(c->arena, tr(c->lang, d.page->removed), name_of(&d)));
}

/* ---------------------------------------------------------------- the review of an undertaking */

static fail review_post(struct call *c, const struct req *rq, struct res *rs)
{
	const char *word = growth_typed(c, rq, "result");
	int result = word_index(undertaking_results, word);
	struct entry_form_view v = { 0 };
	struct undertaking stored;
	struct editing d;
	int64_t rev;

	TRY(begin(c, rq, &d, false));
	TRY(req_rev(c, rq, &rev));
	fail f = result < 0 ? problem(c, FAIL_INPUT, "result", "say whether it was done, partly done or not done")
	                    : undertaking_review(c, d.id, rev, (unsigned)result, growth_typed(c, rq, "review"), &stored);

	if (f == FAIL_OK)
		return growth_page_done(c, rq, rs, growth_path(c, "/units/%lld/emulation?year=%lld", (long long)stored.e.unit_id, (long long)stored.e.year),
		                        arena_printf(c->arena, tr(c->lang, "Reviewed: %1$s: %2$s"), stored.text, undertaking_result_name(c->lang, stored.result)));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.review, c, NULL, NULL);
	v.review.typed = &rq->form;
	(void)form_failed(&v.review);
	TRY(db_read(c, load, &d));
	form_begin(&v.form, c, d.page->kind->record, d.row);
	write_form(c, rs, &d, &v);
	return res_again(rs, f);
}

const struct route entry_routes[] = {
	{ GET, "/units/:unit/initiatives/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form for a new initiative") },
	{ POST, "/units/:unit/initiatives", MAY_RECORD, unit_of_path, new_post, 0, N_("A new initiative; authors as codes joined by ;"), .form = &initiative_record },
	{ GET, "/initiatives/:initiative", MAY_RECORD, unit_of_entry, edit_show, 0, N_("An initiative"), .answer = &initiative_record },
	{ POST, "/initiatives/:initiative", MAY_RECORD, unit_of_entry, edit_post, 0, N_("Changes an initiative"), .form = &initiative_record },
	{ POST, "/initiatives/:initiative/remove", MAY_RECORD, unit_of_entry, remove_post, 0, N_("Removes an initiative: rev") },
	{ GET, "/units/:unit/titles/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form for a title registered for") },
	{ POST, "/units/:unit/titles", MAY_RECORD, unit_of_path, new_post, 0, N_("A title registered for, by the unit or a member"), .form = &title_record },
	{ GET, "/titles/:title", MAY_RECORD, unit_of_entry, edit_show, 0, N_("A title registered for"), .answer = &title_record },
	{ POST, "/titles/:title", MAY_RECORD, unit_of_entry, edit_post, 0, N_("Changes a title registered for, or says what came of it"), .form = &title_record },
	{ POST, "/titles/:title/remove", MAY_RECORD, unit_of_entry, remove_post, 0, N_("Removes a title registered for: rev") },
	{ GET, "/units/:unit/agreements/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form for a new emulation agreement") },
	{ POST, "/units/:unit/agreements", MAY_RECORD, unit_of_path, new_post, 0, N_("A new emulation agreement"), .form = &agreement_record },
	{ GET, "/agreements/:agreement/edit", MAY_RECORD, unit_of_entry, edit_show, 0, N_("The form that changes an agreement"), .answer = &agreement_record },
	{ POST, "/agreements/:agreement", MAY_RECORD, unit_of_entry, edit_post, 0, N_("Changes an agreement"), .form = &agreement_record },
	{ POST, "/agreements/:agreement/remove", MAY_RECORD, unit_of_entry, remove_post, 0, N_("Removes an agreement: rev") },
	{ GET, "/units/:unit/undertakings/new", MAY_SEE, unit_of_path, new_show, 0, N_("The form for a new undertaking; a member's is their own") },
	{ POST, "/units/:unit/undertakings", MAY_SEE, unit_of_path, new_post, 0, N_("A new undertaking; a member's is their own"), .form = &undertaking_record },
	{ GET, "/undertakings/:undertaking", MAY_SEE, unit_of_entry, edit_show, 0, N_("An undertaking: for the member and the cell"), .answer = &undertaking_record },
	{ POST, "/undertakings/:undertaking", MAY_SEE, unit_of_entry, edit_post, 0, N_("Changes an undertaking that was not reviewed"), .form = &undertaking_record },
	{ POST, "/undertakings/:undertaking/remove", MAY_SEE, unit_of_entry, remove_post, 0, N_("Removes an undertaking that was not reviewed: rev") },
	{ POST, "/undertakings/:undertaking/review", MAY_RECORD, unit_of_entry, review_post, 0,
	  N_("The cell's word on an undertaking: result done, partly, not_done or empty; review; rev") },
	{ GET, "/units/:unit/examples/new", MAY_RECORD, unit_of_path, new_show, 0, N_("The form for a good example") },
	{ POST, "/units/:unit/examples", MAY_RECORD, unit_of_path, new_post, 0, N_("A new good example, as a draft"), .form = &example_record },
	{ GET, "/examples/:example/edit", MAY_RECORD, unit_of_entry, edit_show, 0, N_("The form that changes an example"), .answer = &example_record },
	{ POST, "/examples/:example", MAY_RECORD, unit_of_entry, edit_post, 0, N_("Changes an example that is a draft or was withdrawn"), .form = &example_record },
	{ POST, "/examples/:example/remove", MAY_RECORD, unit_of_entry, remove_post, 0, N_("Removes a draft: rev") },
	{ HTTP_NONE },
};
