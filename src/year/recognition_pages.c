/* recognition_pages.c — the proposal list of a committee, its decision, and the certificates that came of it. */
#include <string.h>

#include "org/address.h"
#include "org/post.h"
#include "paper/paper.h"
#include "recognition_views.h"
#include "year/office_case.h"
#include "year/office_parts.h"
#include "year/pages.h"
#include "year/recognition_pages.h"
#include "year/recognition_paper.h"
#include "year/recognition_shown.h"

struct recognising {
	const struct req *rq;
	int64_t unit_id;
	int year;
	bool below;      /* with what committees below it appraised */
	struct recognition r;
	struct posts posts;
	bool may_decide, may_print;
};

/* "year" of the query or body; the year before until June: recognition follows the year it is about. */
static fail read_year(struct call *c, const struct req *rq, int *year)
{
	const char *text = req_form(rq, "year");
	int64_t n = date_month(c->today) / 12 - (date_month(c->today) % 12 < 6);

	if (!text)
		text = req_query(rq, "year");
	if (text && *text && (!int_parse(text, &n) || n < 2000 || n > 2100))
		return problem(c, FAIL_INPUT, "year", "“%s” is no year; write one such as 2026", text);
	*year = (int)n;
	return FAIL_OK;
}

static bool is_yes(const char *text)
{
	return text && strcmp(text, "1") == 0;
}

static fail load(struct call *c, void *arg)
{
	struct recognising *d = arg;

	TRY(unit_of_path(c, d->rq, &d->unit_id));
	TRY(read_year(c, d->rq, &d->year));
	d->below = is_yes(req_form(d->rq, "below")) || is_yes(req_query(d->rq, "below"));
	TRY(recognition_list(c, d->unit_id, d->year, d->below, &d->r));
	d->may_decide = call_may(c, MAY_DECIDE, d->unit_id);
	d->may_print = call_may(c, MAY_SEE_MEMBERS, d->unit_id);
	return org_posts(c, d->unit_id, c->today, &d->posts);
}

/* ---------------------------------------------------------------- the view */

/* Was "ID.…" ticked in that field? */
static bool ticked(const struct req *rq, const char *field, int64_t id)
{
	const char *one;
	size_t at = 0;
	int64_t n;
	char head[32];

	while ((one = req_form_next(rq, field, &at))) {
		snprintf(head, sizeof head, "%.*s", (int)(strcspn(one, ".") < 31 ? strcspn(one, ".") : 31), one);
		if (int_parse(head, &n) && n == id)
			return true;
	}
	return false;
}

static struct recognition_line line_of(struct call *c, const struct recognising *d, const struct recognition_row *r, bool typed)
{
	struct recognition_line l = { .r = r, .href = arena_printf(c->arena, "/cases/%lld", (long long)r->case_id), .decision = "" };

	if (*r->decision_no)
		l.decision = date_is(r->decided_on) ? arena_join(c->arena, r->decision_no, ", ", show_date(c->arena, c->lang, r->decided_on), NULL) : r->decision_no;
	if (r->award_id)
		l.award = arena_printf(c->arena, "/awards/%lld", (long long)r->award_id);
	l.picked = typed ? ticked(d->rq, "case", r->case_id) : true;
	l.exemplary = typed ? ticked(d->rq, "exemplary", r->case_id) : r->exemplary;
	return l;
}

static const struct column *labels(struct call *c, const struct column *v, size_t n)
{
	struct column *out = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++)
		out[i] = (struct column){ tr(c->lang, v[i].label), v[i].key, v[i].number };
	return out;
}

static struct recognition_group group(struct call *c, const struct recognising *d, enum recognition_place place, const struct column *columns, size_t n, bool typed)
{
	struct recognition_group g = { .id = recognition_places[place], .title = recognition_place_name(c->lang, place) };

	g.v = ARENA_ARRAY(c->arena, d->r.n + 1, struct recognition_line);
	for (size_t i = 0; i < d->r.n; i++)
		if (d->r.v[i].place == place)
			g.v[g.n++] = line_of(c, d, &d->r.v[i], typed);
	g.title = arena_printf(c->arena, "%s (%s)", g.title, show_int(c->arena, c->lang, (int64_t)g.n));
	g.table = (struct table){ .caption = g.title, .id = g.id, .columns = labels(c, columns, n), .n = n, .local = true };
	return g;
}

static void fill_groups(struct call *c, const struct recognising *d, struct recognition_view *v, bool typed)
{
	static const struct column proposed[] = { { N_("Unit"), NULL, false }, { N_("Self-assessment"), NULL, true }, { N_("Vote"), NULL, true }, { N_("Appraisal"), NULL, true },
		                                      { N_("Certificate"), NULL, false } };
	static const struct column recognised[] = { { N_("Unit"), NULL, false }, { N_("Appraisal"), NULL, true }, { N_("Decision"), NULL, false }, { N_("Certificate"), NULL, false } };
	static const struct column others[] = { { N_("Unit"), NULL, false }, { N_("Appraisal"), NULL, true }, { N_("Why"), NULL, false } };
	static const enum recognition_place places[] = { RECOGNITION_BELOW, RECOGNITION_LEFT_OUT, RECOGNITION_WAITING, RECOGNITION_REFUSED };

	v->proposed = group(c, d, RECOGNITION_PROPOSED, proposed, 5, typed);
	v->recognised = group(c, d, RECOGNITION_RECOGNISED, recognised, 4, false);
	for (size_t i = 0; i < 4; i++) {
		v->others[v->other_n] = group(c, d, places[i], others, 3, false);
		v->other_n += v->others[v->other_n].n > 0;
	}
	v->gone = (size_t)d->r.count[RECOGNITION_GONE];
}

static void fill_signers(struct call *c, const struct recognising *d, struct recognition_view *v)
{
	v->signers = ARENA_ARRAY(c->arena, d->posts.n + 1, struct choice);
	for (size_t i = 0; i < d->posts.n; i++)
		if (d->posts.v[i].post == POST_SECRETARY || d->posts.v[i].post == POST_DEPUTY)
			v->signers[v->signer_n++] = (struct choice){ d->posts.v[i].full_name,
				                                         arena_printf(c->arena, "%s, %s", d->posts.v[i].full_name, post_kind_name(c->lang, d->posts.v[i].post)), NULL };
}

static void fill_choices(struct call *c, struct recognition_view *v)
{
	v->choices = ARENA_ARRAY(c->arena, v->recognised.n + 1, struct choice);
	for (; v->choice_n < v->recognised.n; v->choice_n++) {
		const struct recognition_row *r = v->recognised.v[v->choice_n].r;

		v->choices[v->choice_n] = (struct choice){ arena_printf(c->arena, "%lld.%lld", (long long)r->case_id, (long long)r->rev),
			                                       r->award_id ? arena_join(c->arena, r->unit_name, " · ", r->check_code, NULL) : r->unit_name, NULL };
	}
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct recognising *d, struct recognition_view *v, bool typed)
{
	struct page pg;

	v->r = &d->r;
	v->title = arena_printf(c->arena, tr(c->lang, "Recognition of “four good” in %d"), d->year);
	v->path = arena_printf(c->arena, "/units/%lld", (long long)d->unit_id);
	const char *below = d->below ? "&below=1" : "";

	v->before = arena_printf(c->arena, "%s/recognition?year=%d%s", v->path, d->year - 1, below);
	v->after = arena_printf(c->arena, "%s/recognition?year=%d%s", v->path, d->year + 1, below);
	v->other = arena_printf(c->arena, "%s/recognition?year=%d%s", v->path, d->year, d->below ? "" : "&below=1");
	v->before_text = arena_printf(c->arena, "%d", d->year - 1);
	v->after_text = arena_printf(c->arena, "%d", d->year + 1);
	v->may_decide = d->may_decide && (d->r.count[RECOGNITION_PROPOSED] || d->r.count[RECOGNITION_BELOW]);
	v->decides = d->may_decide;
	v->may_print = d->may_print;
	if (d->may_print && d->r.exemplary)
		v->batch = arena_printf(c->arena, "%s/awards/certificates?year=%d&kind=certificate", v->path, d->year);
	fill_groups(c, d, v, typed);
	fill_signers(c, d, v);
	fill_choices(c, v);
	year_page_unit_begin(c, rq, rs, &pg, &d->r.unit, d->year, v->title, tr(c->lang, "Recognition"));
	pg.wide = true;
	view_recognition(&rs->body, &pg, v);
}

/* ---------------------------------------------------------------- JSON */

static void put_points(struct json *j, const char *key, struct tenths p)
{
	char text[NUM_TEXT];

	tenths_format(p, text);
	json_put_str(j, key, *text ? text : NULL);
}

static void row_json(struct json *j, const struct recognition_row *r)
{
	json_object(j);
	json_put_id(j, "case", r->case_id);
	json_put_int(j, "rev", r->rev);
	json_put_str(j, "unit", r->unit_code);
	json_put_str(j, "name", r->unit_name);
	json_put_str(j, "place", recognition_places[r->place]);
	put_points(j, "self", r->self);
	put_points(j, "voted", r->voted);
	put_points(j, "appraised", r->points);
	json_put_str(j, "why", r->why);
	json_put_bool(j, "exemplary", r->exemplary);
	json_put_str(j, "decision_no", r->decision_no);
	json_put_str(j, "check_code", r->check_code);
	json_object_end(j);
}

static void list_json(struct res *rs, const struct recognition *r)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", r->unit.code);
	json_put_int(&j, "year", r->year);
	json_put_bool(&j, "below", r->below);
	json_put_int(&j, "registered", r->registered);
	json_put_int(&j, "assessed", r->assessed);
	for (int i = 0; i < RECOGNITION_PLACES; i++)
		json_put_int(&j, recognition_places[i], r->count[i]);
	json_put_int(&j, "exemplary", r->exemplary);
	json_key(&j, "cases");
	json_array(&j);
	for (size_t i = 0; i < r->n; i++)
		row_json(&j, &r->v[i]);
	json_array_end(&j);
	json_object_end(&j);
}

/* ---------------------------------------------------------------- pages */

static fail recognition_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct recognising d = { .rq = rq };
	struct recognition_view v = { 0 };
	struct pairs *shown = ARENA_NEW(c->arena, struct pairs);
	char day[DATE_TEXT];

	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		list_json(rs, &d.r);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	form_begin(&v.choice, c, NULL, NULL);
	date_format(c->today, day);
	pairs_add(c->arena, shown, "decided_on", arena_strdup(c->arena, day));
	v.form.typed = shown;
	write_page(c, rq, rs, &d, &v, false);
	return FAIL_OK;
}

static fail read_decision(struct call *c, const struct recognising *d, struct recognition_decision *out)
{
	struct recognition_choice *v = ARENA_ARRAY(c->arena, d->rq->form.n + 1, struct recognition_choice);
	const char *one;
	size_t at = 0, n = 0;

	while ((one = req_form_next(d->rq, "case", &at))) {
		if (!*one)
			continue;
		TRY(office_read_choice(c, "case", one, &v[n].case_id, &v[n].rev));
		v[n].exemplary = ticked(d->rq, "exemplary", v[n].case_id);
		n++;
	}
	*out = (struct recognition_decision){ .unit_id = d->unit_id,
		                                  .year = d->year,
		                                  .below = d->below,
		                                  .v = v,
		                                  .n = n,
		                                  .why = year_page_typed(c, d->rq, "why"),
		                                  .outside_no = year_page_typed(c, d->rq, "outside_no"),
		                                  .signed_by = year_page_typed(c, d->rq, "signed_by") };
	return year_page_day(c, d->rq, "decided_on", DATE_NONE, &out->decided_on);
}

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct recognising *d, const struct recognition_done *x)
{
	struct flash said = { .receipt = x->decision_no };

	said.text = arena_printf(c->arena, tr(c->lang, "Decision %1$s: %2$s recognised, %3$s not recognised, %4$s certificates; %5$s left for later."), x->decision_no,
	                         show_int(c->arena, c->lang, x->recognised), show_int(c->arena, c->lang, x->refused), show_int(c->arena, c->lang, x->certificates),
	                         show_int(c->arena, c->lang, x->left_out));
	return res_done(c, rq, rs, arena_printf(c->arena, "/units/%lld/recognition?year=%d%s", (long long)d->unit_id, d->year, d->below ? "&below=1" : ""), &said);
}

static fail recognition_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct recognising d = { .rq = rq };
	struct recognition_view v = { 0 };
	struct recognition_decision how;
	struct recognition_done x;

	TRY(db_read(c, load, &d));
	fail f = read_decision(c, &d, &how);

	if (f == FAIL_OK)
		f = recognition_decide(c, &how, &x);
	if (f == FAIL_OK)
		return done(c, rq, rs, &d, &x);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	form_begin(&v.choice, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, load, &d));
	write_page(c, rq, rs, &d, &v, true);
	return res_again(rs, f);
}

static fail proposal_paper(struct call *c, const struct req *rq, struct res *rs)
{
	const char *word = req_query(rq, "format"), *facts;
	struct recognising d = { .rq = rq };
	enum paper_format format;
	enum lang lang = c->lang;
	struct out o;

	if (!paper_format_parse(word ? word : "pdf", &format))
		return problem(c, FAIL_INPUT, "format", "“%s” is not a form of papers; write json, docx, pdf, html or xlsx", word);
	c->lang = LANG_VI; /* reasons are printed */
	fail f = load(c, &d);

	if (f == FAIL_OK)
		f = recognition_proposal(c, &d.r, c->today, &facts);
	c->lang = lang;
	TRY(f);
	TRY(res_file_begin(c, rs, arena_printf(c->arena, "to-trinh-bon-tot-%d.%s", d.year, paper_word(format)), paper_type(format), &o));
	TRY(paper_make(c, FORM_PROPOSAL, c->today, facts, format, &o));
	return res_file_end(c, rs, &o);
}

static fail chosen(struct call *c, const struct req *rq, struct res *rs, const char *to, bool on, const struct award *a)
{
	return res_done(c, rq, rs, to,
	                &(struct flash){ .text = on ? tr(c->lang, N_("Chosen; the certificate is made.")) : tr(c->lang, N_("The certificate is taken back.")),
		                             .receipt = on ? a->check_code : NULL });
}

static fail exemplary_post(struct call *c, const struct req *rq, struct res *rs)
{
	bool on = strcmp(year_page_typed(c, rq, "exemplary"), "0") != 0;
	struct award a;
	int64_t id, rev;

	TRY(req_id(c, rq, "case", &id));
	TRY(req_rev(c, rq, &rev));
	TRY(recognition_set_exemplary(c, id, rev, on, year_page_typed(c, rq, "why"), &a));
	return chosen(c, rq, rs, arena_printf(c->arena, "/cases/%lld", (long long)id), on, &a);
}

/* The same from the list: case ID.REV, exemplary, why. */
static fail certificate_post(struct call *c, const struct req *rq, struct res *rs)
{
	bool on = strcmp(year_page_typed(c, rq, "exemplary"), "0") != 0;
	struct recognising d = { .rq = rq };
	struct recognition_view v = { 0 };
	int64_t id, rev;
	struct award a;

	TRY(db_read(c, load, &d));
	fail f = office_read_choice(c, "case", year_page_typed(c, rq, "case"), &id, &rev);

	if (f == FAIL_OK)
		f = recognition_set_exemplary(c, id, rev, on, year_page_typed(c, rq, "why"), &a);
	if (f == FAIL_OK)
		return chosen(c, rq, rs, arena_printf(c->arena, "/units/%lld/recognition?year=%d%s", (long long)d.unit_id, d.year, d.below ? "&below=1" : ""), on, &a);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	form_begin(&v.choice, c, NULL, NULL);
	v.choice.typed = &rq->form;
	(void)form_failed(&v.choice);
	TRY(db_read(c, load, &d));
	write_page(c, rq, rs, &d, &v, false);
	return res_again(rs, f);
}

static const struct query_param year_param[] = { { "year", N_("the year; until June the one before") }, { "below", N_("1: with what the committees below have appraised") },
	                                              { NULL, NULL } };
static const struct query_param paper_params[] = { { "year", N_("the year; until June the one before") }, { "format", N_("pdf, docx, xlsx or html") }, { NULL, NULL } };

const struct route recognition_routes[] = {
	{ GET, "/units/:unit/recognition", MAY_SEE, unit_of_path, recognition_show, ROUTE_SLOW, N_("What a committee recognises in a year: proposed, below the standard, decided"),
	  .query = year_param },
	{ POST, "/units/:unit/recognition", MAY_DECIDE, unit_of_path, recognition_post, 0,
	  N_("The decision of recognition: year, below, case ID.REV and exemplary ID (repeated), decided_on, outside_no, signed_by, why") },
	{ POST, "/units/:unit/recognition/certificate", MAY_DECIDE, unit_of_path, certificate_post, 0,
	  N_("Gives a recognised unit a certificate afterwards, or takes it back: case ID.REV, exemplary 1 or 0, why, year") },
	{ GET, "/units/:unit/recognition/proposal", MAY_SEE_MEMBERS, unit_of_path, proposal_paper, ROUTE_SLOW, N_("The proposal on paper"), .query = paper_params },
	{ POST, "/cases/:case/exemplary", MAY_DECIDE, office_case_decider, exemplary_post, 0,
	  N_("Chooses a recognised case for a certificate, or takes it back: exemplary 1 or 0, why, rev") },
	{ HTTP_NONE },
};
