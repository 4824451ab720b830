/* award_pages.c — the register of awards, one award, its certificate, and giving or revoking one. */
#include <string.h>

#include "growth/certificate.h"
#include "growth/pages.h"
#include "growth_views.h"

enum { SHOWN = 100, BATCH_MOST = 500 };

static fail unit_of_award(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct award a;
	int64_t id;

	TRY(req_id(c, rq, "award", &id));
	TRY(award_by_id(c, id, &a));
	*unit_id = a.unit_id;
	return FAIL_OK;
}

static fail unit_that_gave(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct award a;
	int64_t id;

	TRY(req_id(c, rq, "award", &id));
	TRY(award_by_id(c, id, &a));
	*unit_id = a.given_by;
	return FAIL_OK;
}

/* Where the person's own browser reached us: for an installation that was not told its address. */
static const char *site_of(struct call *c, const struct req *rq)
{
	const char *host = req_header(rq, "Host");

	return host ? arena_printf(c->arena, "%s://%s", rq->https ? "https" : "http", host) : "";
}

/* "a member" where names are not for the person asking. */
static const char *receiver_of(struct call *c, const struct award *a)
{
	if (!a->member_id)
		return a->unit_name;
	if (!growth_may_names(c, a->unit_id))
		return arena_printf(c->arena, tr(c->lang, "a member of %s"), a->unit_name);
	return arena_join(c->arena, a->member_name, ", ", a->unit_name, NULL);
}

/* ---------------------------------------------------------------- the register */

static fail read_query(struct call *c, const struct req *rq, struct award_query *q)
{
	const char *year = req_query(rq, "year"), *kind = req_query(rq, "kind"), *before = req_query(rq, "before");
	int64_t n = 0;
	int k = 0;

	*q = (struct award_query){ .words = req_query(rq, "q"), .before_id = INT64_MAX, .limit = SHOWN };
	if (year && *year && (!int_parse(year, &n) || n < 2000 || n > 2100))
		return problem(c, FAIL_INPUT, "year", "“%s” is no year; write one such as 2026", year);
	if (kind && (k = word_index(award_kinds, kind)) < 0)
		return problem(c, FAIL_INPUT, "kind", "“%s” is no kind of award", kind);
	if (before && *before && !int_parse(before, &q->before_id))
		return problem(c, FAIL_INPUT, "before", "“%s” is no place in the list", before);
	q->year = (int)n;
	q->kind = (unsigned)k;
	return FAIL_OK;
}

static void award_json(struct call *c, struct json *j, const struct award *a)
{
	char day[DATE_TEXT];

	date_format(a->revoked_on, day);
	json_object(j);
	json_put_id(j, "id", a->id);
	json_put_str(j, "unit", a->unit_code);
	json_put_str(j, "receiver", receiver_of(c, a));
	record_json(j, &award_record, a);
	json_put_str(j, "given_by", a->giver_name);
	json_put_str(j, "check_code", a->check_code);
	json_put_str(j, "revoked_on", *day ? day : NULL);
	json_put_str(j, "revoked_why", a->revoked_why);
	json_put_int(j, "rev", a->rev);
	json_object_end(j);
}

static void fill_choices(struct call *c, const struct award_query *q, struct awards_view *v)
{
	int this_year = date_month(c->today) / 12;

	v->years[v->year_n++] = (struct choice){ "", tr(c->lang, N_("All years")), NULL };
	for (int y = this_year; y > this_year - 12; y--) {
		const char *text = arena_printf(c->arena, "%d", y);

		v->years[v->year_n++] = (struct choice){ text, text, NULL };
	}
	v->kinds[v->kind_n++] = (struct choice){ "", tr(c->lang, N_("All kinds")), NULL };
	for (unsigned k = 1; k < AWARD_KINDS; k++)
		v->kinds[v->kind_n++] = (struct choice){ award_kinds[k], award_kind_name(c->lang, k), NULL };
	v->year = q->year;
	v->year_text = q->year ? arena_printf(c->arena, "%d", q->year) : "";
	v->kind = award_kinds[q->kind];
	v->words = q->words ? q->words : "";
}

static void fill_rows(struct call *c, const struct awards *list, struct awards_view *v)
{
	static const struct column columns[] = { { N_("Who"), NULL, false }, { N_("What for"), NULL, false }, { N_("Kind of award"), NULL, false }, { N_("Year"), NULL, true },
		                                     { N_("Decision"), NULL, false }, { N_("Given by"), NULL, false }, { N_("Check code"), NULL, false } };

	v->table = (struct table){ .caption = v->title, .id = "awards", .columns = growth_columns(c, columns, 7), .n = 7, .local = true };
	v->table.excel = growth_path(c, "%s/reports/awards?period=%d&format=xlsx", v->path, v->year ? v->year : date_month(c->today) / 12);
	v->v = ARENA_ARRAY(c->arena, list->n + 1, struct award_line);
	for (; v->n < list->n; v->n++) {
		const struct award *a = &list->v[v->n];

		v->v[v->n] = (struct award_line){ a, growth_path(c, "/awards/%lld", (long long)a->id), receiver_of(c, a), award_kind_name(c->lang, a->kind) };
	}
}

static fail awards_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct awards_view v = { 0 };
	struct award_query q;
	struct awards list;
	struct unit u;
	struct page pg;
	struct json j;

	TRY(growth_page_unit(c, rq, &u));
	TRY(read_query(c, rq, &q));
	q.unit_id = u.id;
	TRY(award_list(c, &q, &list));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < list.n; i++)
			award_json(c, &j, &list.v[i]);
		json_array_end(&j);
		return FAIL_OK;
	}
	v.title = tr(c->lang, N_("Register of awards"));
	v.unit_name = u.name;
	v.path = growth_path(c, "/units/%lld", (long long)u.id);
	v.may_give = call_may(c, MAY_DECIDE, u.id);
	fill_choices(c, &q, &v);
	fill_rows(c, &list, &v);
	if (list.n == SHOWN)
		v.more = req_link(c, rq, "before", arena_printf(c->arena, "%lld", (long long)list.v[list.n - 1].id));
	if (list.n && q.year && growth_may_names(c, u.id))
		v.batch = growth_path(c, "%s/awards/certificates?year=%d&kind=%s", v.path, q.year, award_kinds[q.kind]);
	growth_page_begin(c, rq, rs, &pg, &u, v.title);
	pg.wide = true;
	view_awards(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- one award */

struct one { int64_t id; struct award a; bool may_revoke, names; const char *receiver; };

static fail load_one(struct call *c, void *arg)
{
	struct one *o = arg;

	TRY(award_by_id(c, o->id, &o->a));
	o->names = !o->a.member_id || growth_may_names(c, o->a.unit_id);
	o->may_revoke = !date_is(o->a.revoked_on) && call_may(c, MAY_DECIDE, o->a.given_by);
	o->receiver = receiver_of(c, &o->a);
	return FAIL_OK;
}

static void write_one(struct call *c, const struct req *rq, struct res *rs, const struct one *o, struct award_view *v)
{
	struct page pg;

	v->a = &o->a;
	v->path = growth_path(c, "/awards/%lld", (long long)o->a.id);
	v->receiver = o->receiver;
	v->kind = award_kind_name(c->lang, o->a.kind);
	v->verify = growth_path(c, "/verify/%s", o->a.check_code);
	v->may_revoke = o->may_revoke;
	v->printable = o->names && !date_is(o->a.revoked_on);
	res_page(c, rq, rs, &pg, o->a.title);
	page_crumb(&pg, growth_path(c, "/units/%lld", (long long)o->a.unit_id), o->a.unit_name);
	page_crumb(&pg, growth_path(c, "/units/%lld/awards", (long long)o->a.unit_id), tr(c->lang, "Register of awards"));
	page_crumb(&pg, NULL, o->a.title);
	view_award(&rs->body, &pg, v);
}

static fail award_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct award_view v = { 0 };
	struct one o = { 0 };
	struct json j;

	TRY(req_id(c, rq, "award", &o.id));
	TRY(load_one(c, &o));
	res_rev(c, rq, rs, o.a.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		award_json(c, &j, &o.a);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_one(c, rq, rs, &o, &v);
	return FAIL_OK;
}

static fail revoke_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct award_view v = { 0 };
	struct one o = { 0 };
	struct award a;
	int64_t rev;

	TRY(req_id(c, rq, "award", &o.id));
	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_one, &o));
	fail f = o.a.case_id > 0 ? problem(c, FAIL_CONFLICT, "", "this certificate belongs to a recognition; it is revoked by reopening the case")
	                         : award_revoke(c, o.id, rev, growth_typed(c, rq, "why"), &a);

	if (f == FAIL_OK) {
		res_rev(c, rq, rs, a.rev);
		return growth_page_done(c, rq, rs, growth_path(c, "/awards/%lld", (long long)o.id), tr(c->lang, N_("Revoked; its code says so now.")));
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(db_read(c, load_one, &o));
	write_one(c, rq, rs, &o, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- on paper */

static fail send_paper(struct call *c, const struct req *rq, struct res *rs, const struct awards *list, const char *name, enum paper_format format)
{
	struct out o;

	TRY(res_file_begin(c, rs, arena_printf(c->arena, "%s.%s", name, paper_word(format)), paper_type(format), &o));
	TRY(certificate_paper(c, list, site_of(c, rq), format, &o));
	return res_file_end(c, rs, &o);
}

static fail award_paper(struct call *c, const struct req *rq, struct res *rs)
{
	bool word = strstr(rq->route->path, ".docx");
	struct one o = { 0 };

	TRY(req_id(c, rq, "award", &o.id));
	TRY(load_one(c, &o));
	return send_paper(c, rq, rs, &(struct awards){ &o.a, 1 }, arena_printf(c->arena, "giay-khen-%s", o.a.check_code), word ? PAPER_DOCX : PAPER_PDF);
}

static fail batch_paper(struct call *c, const struct req *rq, struct res *rs)
{
	const char *word = req_query(rq, "format");
	enum paper_format format;
	struct award_query q;
	struct awards list;
	struct unit u;

	TRY(growth_page_unit(c, rq, &u));
	TRY(read_query(c, rq, &q));
	q.unit_id = u.id;
	q.limit = BATCH_MOST;
	if (!paper_format_parse(word ? word : "pdf", &format))
		return problem(c, FAIL_INPUT, "format", "“%s” is not a form of papers; write json, docx, pdf, html or xlsx", word);
	TRY(award_list(c, &q, &list));
	if (!list.n)
		return problem(c, FAIL_NOT_FOUND, "", "there is no certificate to print: none was given, or all were revoked");
	return send_paper(c, rq, rs, &list, arena_printf(c->arena, "giay-khen-%d", q.year), format);
}

/* ---------------------------------------------------------------- giving one */

struct giving {
	const struct req *rq;
	struct unit u;
	int year;
	struct award a;
	struct choice *people, *givers;
	size_t people_n, giver_n;
};

/* The unit and those above it for which the person may decide, the nearest above first. */
static fail find_givers(struct call *c, struct giving *g)
{
	struct units above;

	TRY(org_ancestors(c, g->u.id, c->today, &above));
	g->givers = ARENA_ARRAY(c->arena, above.n + 2, struct choice);
	for (size_t i = above.n; i > 0; i--)
		if (call_may(c, MAY_DECIDE, above.v[i - 1].id))
			g->givers[g->giver_n++] = (struct choice){ arena_printf(c->arena, "%lld", (long long)above.v[i - 1].id), above.v[i - 1].name, NULL };
	if (g->u.level != LEVEL_CELL)
		g->givers[g->giver_n++] = (struct choice){ arena_printf(c->arena, "%lld", (long long)g->u.id), g->u.name, NULL };
	return FAIL_OK;
}

static fail load_giving(struct call *c, void *arg)
{
	struct giving *g = arg;

	g->giver_n = 0;
	TRY(growth_page_unit(c, g->rq, &g->u));
	TRY(growth_page_year(c, g->rq, &g->year));
	TRY(find_givers(c, g));
	return growth_people(c, &g->u, g->year, g->u.name, &g->people, &g->people_n);
}

static void write_giving(struct call *c, struct res *rs, const struct giving *g, struct entry_form_view *v)
{
	static const struct entry_field fields[] = { { "kind", NULL }, { "title", N_("As it is printed, for instance: Hoàn thành xuất sắc nhiệm vụ năm 2025.") }, { "year", NULL },
		                                         { "decision_no", NULL }, { "decided_on", NULL }, { "signed_by", N_("Empty: the secretary of the day.") } };
	struct page pg;

	v->title = tr(c->lang, N_("Give an award"));
	v->lead = g->u.name;
	v->action = growth_path(c, "/units/%lld/awards", (long long)g->u.id);
	v->back = growth_path(c, "/units/%lld/awards?year=%d", (long long)g->u.id, g->year);
	v->button = tr(c->lang, N_("Give the award"));
	v->givers_label = tr(c->lang, N_("Given by"));
	v->givers = g->givers;
	v->giver_n = g->giver_n;
	v->people_label = tr(c->lang, N_("Who gets it"));
	v->people = g->people;
	v->people_n = g->people_n;
	v->words_name = "kind";
	v->words_label = tr(c->lang, N_("Kind of award"));
	v->words = growth_words(c, award_kinds, award_kind_name, 1, &v->word_n);
	v->fields = ARENA_ARRAY(c->arena, 6, struct entry_field);
	for (; v->field_n < 6; v->field_n++)
		v->fields[v->field_n] = (struct entry_field){ fields[v->field_n].name, fields[v->field_n].hint ? tr(c->lang, fields[v->field_n].hint) : NULL };
	growth_page_begin(c, g->rq, rs, &pg, &g->u, v->title);
	view_entry_form(&rs->body, &pg, v);
}

static void clear_award(const struct giving *g, struct award *a)
{
	record_clear(&award_record, a);
	a->kind = AWARD_COMMENDATION;
	a->year = g->year;
	a->unit_id = g->u.id;
	a->member_id = a->id = a->case_id = 0;
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct giving g = { .rq = rq };
	struct entry_form_view v = { 0 };

	TRY(load_giving(c, &g));
	clear_award(&g, &g.a);
	form_begin(&v.form, c, &award_record, &g.a);
	form_begin(&v.review, c, NULL, NULL);
	write_giving(c, rs, &g, &v);
	return FAIL_OK;
}

static fail read_giver(struct call *c, const struct giving *g, int64_t *out)
{
	const char *text = growth_typed(c, g->rq, "given_by");

	for (size_t i = 0; i < g->giver_n; i++)
		if (strcmp(g->givers[i].value, text) == 0)
			return int_parse(text, out) ? FAIL_OK : FAIL_BROKEN;
	return problem(c, FAIL_INPUT, "given_by", "choose the committee that gives it; it must be one you decide for");
}

static fail award_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct giving g = { .rq = rq };
	struct entry_form_view v = { 0 };

	TRY(db_read(c, load_giving, &g));
	clear_award(&g, &g.a);
	fail f = req_record(c, rq, &award_record, &g.a, &v.form);

	g.a.member_code = growth_typed(c, rq, "member_code");
	if (f == FAIL_OK)
		f = read_giver(c, &g, &g.a.given_by);
	if (f == FAIL_OK)
		f = award_give(c, &g.a);
	if (f == FAIL_OK)
		return res_done(c, rq, rs, growth_path(c, "/awards/%lld", (long long)g.a.id),
		                &(struct flash){ .text = tr(c->lang, N_("The award is given.")), .receipt = g.a.check_code });
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	form_begin(&v.review, c, NULL, NULL);
	write_giving(c, rs, &g, &v);
	return res_again(rs, f);
}

static const struct query_param list_params[] = { { "q", N_("words of receiver, reason or decision; tone marks do not matter") }, { "year", N_("one year only") },
	                                              { "kind", N_("certificate, commendation, title or prize") }, { "before", N_("only awards entered before this one") }, { NULL, NULL } };
static const struct query_param batch_params[] = { { "year", N_("one year only") }, { "kind", N_("certificate, commendation, title or prize") },
	                                               { "format", N_("pdf, docx, xlsx or html") }, { NULL, NULL } };

const struct route award_routes[] = {
	{ GET, "/units/:unit/awards", MAY_SEE, unit_of_path, awards_show, 0, N_("Awards given to a unit, to those below it, or by it"), .answer = &award_record, .query = list_params },
	{ GET, "/units/:unit/awards/new", MAY_DECIDE, unit_of_path, new_show, 0, N_("The form for giving an award") },
	{ POST, "/units/:unit/awards", MAY_DECIDE, unit_of_path, award_post, 0,
	  N_("Gives the unit or a member an award: given_by, member_code (empty: the unit) and the fields"), .form = &award_record },
	{ GET, "/units/:unit/awards/certificates", MAY_SEE_MEMBERS, unit_of_path, batch_paper, ROUTE_SLOW, N_("The certificates of a year as one paper"), .query = batch_params },
	{ GET, "/awards/:award", MAY_SEE, unit_of_award, award_show, 0, N_("An award"), .answer = &award_record },
	{ GET, "/awards/:award/certificate.pdf", MAY_SEE_MEMBERS, unit_of_award, award_paper, ROUTE_SLOW, N_("The certificate of an award as PDF") },
	{ GET, "/awards/:award/certificate.docx", MAY_SEE_MEMBERS, unit_of_award, award_paper, ROUTE_SLOW, N_("The certificate of an award as a Word file") },
	{ POST, "/awards/:award/revoke", MAY_DECIDE, unit_that_gave, revoke_post, 0, N_("Revokes an award: why, rev") },
	{ HTTP_NONE },
};
