/* term_pages.c — terms of a unit, and the words its papers need: place in front of the date, recipients. */
#include <string.h>

#include "document/document_pages.h"
#include "document/pages.h"
#include "db/journal.h"
#include "document_views.h"
#include "org/unit.h"

struct data { const struct req *rq; int64_t unit_id; struct unit unit; struct terms terms; const char *locality, *recipients, *found; };

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;
	struct units above;

	TRY(unit_of_path(c, d->rq, &d->unit_id));
	TRY(org_unit_nearest(c, d->unit_id, c->today, &d->unit));
	TRY(terms_of(c, d->unit_id, &d->terms));
	TRY(org_setting(c, d->unit_id, SETTING_LOCALITY, &d->locality));
	TRY(org_setting(c, d->unit_id, SETTING_RECIPIENTS, &d->recipients));
	TRY(org_ancestors(c, d->unit_id, c->today, &above));
	d->found = "";
	for (size_t i = above.n; i > 0 && !*d->found; i--) {
		TRY(org_setting(c, above.v[i - 1].id, SETTING_LOCALITY, &d->found));
		if (!*d->found)
			d->found = locality_of_name(c->arena, above.v[i - 1].name);
	}
	return FAIL_OK;
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct terms_view *v)
{
	struct page pg;

	v->unit = &d->unit;
	v->terms = d->terms;
	v->locality = d->locality;
	v->recipients = d->recipients;
	v->found_locality = d->found;
	v->may = call_may(c, MAY_EDIT_MEMBERS, d->unit_id);
	res_page(c, rq, rs, &pg, tr(c->lang, "Terms"));
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)d->unit_id), d->unit.name);
	page_crumb(&pg, NULL, tr(c->lang, "Terms"));
	view_terms(&rs->body, &pg, v);
}

static fail terms_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct term *row = ARENA_NEW(c->arena, struct term);
	struct data d = { .rq = rq };
	struct terms_view v = { 0 };
	struct json j;

	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < d.terms.n; i++) {
			json_object(&j);
			record_json(&j, &term_record, &d.terms.v[i]);
			json_object_end(&j);
		}
		json_array_end(&j);
		return FAIL_OK;
	}
	record_clear(&term_record, row);
	form_begin(&v.form, c, &term_record, row);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail to_terms(struct call *c, const struct req *rq, struct res *rs, int64_t unit_id, const char *text, const char *receipt)
{
	struct flash said = { .text = text, .receipt = receipt };

	return res_done(c, rq, rs, arena_printf(c->arena, "/units/%lld/terms", (long long)unit_id), &said);
}

static fail terms_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { .rq = rq };
	struct terms_view v = { 0 };
	struct term t;

	record_clear(&term_record, &t);
	t.unit_code = "-"; /* given by the path; the field may be missing */
	t.name = "";
	fail f = req_record(c, rq, &term_record, &t, &v.form);

	TRY(unit_of_path(c, rq, &t.unit_id));
	if (f == FAIL_OK)
		f = term_save(c, &t);
	if (f == FAIL_OK)
		return to_terms(c, rq, rs, t.unit_id, arena_printf(c->arena, tr(c->lang, "Term saved: %s"), t.name), t.name);
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &d));
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

struct words { int64_t unit_id; const char *place, *recipients; };

static fail put_words(struct call *c, void *arg)
{
	struct words *w = arg;
	int64_t realm;
	struct out o;
	struct json j;

	TRY(org_realm(c, w->unit_id, &realm));
	TRY(org_setting_put(c, w->unit_id, SETTING_LOCALITY, w->place));
	TRY(org_setting_put(c, w->unit_id, SETTING_RECIPIENTS, w->recipients));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, SETTING_LOCALITY, w->place);
	json_put_str(&j, SETTING_RECIPIENTS, w->recipients);
	json_object_end(&j);
	return journal_add(c, realm, w->unit_id, "update", "unit", w->unit_id, "", out_text(&o));
}

static fail words_post(struct call *c, const struct req *rq, struct res *rs)
{
	const char *place = req_form(rq, "place"), *recipients = req_form(rq, "recipients");
	struct words w = { 0 };

	TRY(unit_of_path(c, rq, &w.unit_id));
	w.place = text_clean(c->arena, place ? place : "");
	w.recipients = recipients ? recipients : "";
	if (text_length(w.place) > 60 || text_length(w.recipients) > 1000)
		return problem(c, FAIL_INPUT, "recipients", "the place has at most 60, the recipients at most 1000 characters");
	TRY(db_write(c, put_words, &w));
	return to_terms(c, rq, rs, w.unit_id, tr(c->lang, "Saved: the words on papers"), NULL);
}

const struct route term_routes[] = {
	{ GET, "/units/:unit/terms", MAY_SEE, unit_of_path, terms_show, .summary = N_("Terms of a unit"), .answer = &term_record },
	{ POST, "/units/:unit/terms", MAY_EDIT_MEMBERS, unit_of_path, terms_post, .summary = N_("Adds a term, or changes its end"), .form = &term_record },
	{ POST, "/units/:unit/paper-words", MAY_EDIT_MEMBERS, unit_of_path, words_post,
	  .summary = N_("Place in front of the date and recipients on papers: place, recipients") },
	{ HTTP_NONE },
};
