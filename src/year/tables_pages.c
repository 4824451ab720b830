/* tables_pages.c — the tables of a unit, and one table: read as a table, edited as a form or as a file, issued, withdrawn. */
#include "year/tables_pages.h"

#include <string.h>
#include <unistd.h>

#include "org/address.h"
#include "rules/rule_words.h"
#include "rules/yaml.h"
#include "tables_views.h"
#include "year/pages.h"
#include "year/tables_edit.h"
#include "year/tables_shown.h"

/* ---------------------------------------------------------------- the tables of a unit */

static void add_version(struct call *c, const struct local_table *t, struct table_use_row *row)
{
	const struct scheme *s;

	row->v[row->n++] = (struct table_version_row){
		.t = t, .href = table_page_path(c, t->id, ""), .state = table_state_name(c->lang, t->state), .validity = table_page_validity(c, t),
		.decision = t->decision_no, .title = table_scheme(c, t, &s) == FAIL_OK ? s->title[c->lang] : t->rule_id,
	};
	if (!row->last_id)
		row->last_id = t->id;
	row->draft = row->draft || t->state == TABLE_DRAFT;
}

static const struct column *version_columns(struct call *c)
{
	static const char *const labels[] = { N_("Version"), N_("Title"), N_("State"), N_("In force"), N_("Decision") };
	struct column *v = ARENA_ARRAY(c->arena, 5, struct column);

	for (size_t i = 0; i < 5; i++)
		v[i].label = tr(c->lang, labels[i]);
	return v;
}

static fail use_row(struct call *c, const struct unit *u, enum scheme_use use, const struct local_tables *all, struct table_use_row *row)
{
	const struct scheme *s, *above;

	*row = (struct table_use_row){ .name = table_use_name(c->lang, use), .use = scheme_use_words[use] };
	TRY(table_holding(c, u, use, date_of((int)(date_month(c->today) / 12), 12, 31), true, &s));
	TRY(table_holding(c, u, use, c->today, false, &above));
	row->can_start = above != NULL;
	if (s) {
		row->title = s->title[c->lang];
		row->href = arena_printf(c->arena, "/rules/%s", s->id);
		row->since = s->valid_from.days == DATE_EVER.days ? "" : show_date(c->arena, c->lang, s->valid_from);
		TRY(table_page_from(c, s, &row->from));
	}
	row->v = ARENA_ARRAY(c->arena, all->n + 1, struct table_version_row);
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].used_for == use)
			add_version(c, &all->v[i], row);
	row->table = (struct table){ .caption = row->name, .id = arena_printf(c->arena, "versions-%s", row->use), .columns = version_columns(c), .n = 5 };
	return FAIL_OK;
}

static fail load_tables(struct call *c, int64_t unit_id, struct unit *u, struct tables_view *v)
{
	struct local_tables all;

	TRY(org_unit_nearest(c, unit_id, c->today, u));
	TRY(tables_of(c, unit_id, &all));
	v->u = u;
	v->may = call_may(c, MAY_DECIDE, unit_id) && u->level != LEVEL_CELL;
	v->action = arena_printf(c->arena, "/units/%lld/tables", (long long)unit_id);
	v->year_href = arena_printf(c->arena, "/units/%lld/year", (long long)unit_id);
	v->v = ARENA_ARRAY(c->arena, SCHEME_USES, struct table_use_row);
	for (int use = USE_FOUR_GOOD_CELL; use < SCHEME_USES; use++)
		TRY(use_row(c, u, (enum scheme_use)use, &all, &v->v[v->n++]));
	return FAIL_OK;
}

static void version_json(struct json *j, const struct local_table *t)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	date_format(t->valid_from, from);
	date_format(t->valid_to, to);
	json_object(j);
	json_put_int(j, "id", t->id);
	json_put_str(j, "rule_id", t->rule_id);
	json_put_str(j, "use", scheme_use_words[t->used_for]);
	json_put_str(j, "based_on", t->based_on);
	json_put_int(j, "version", t->version);
	json_put_str(j, "state", table_states[t->state]);
	json_put_str(j, "valid_from", from);
	json_put_str(j, "valid_to", t->valid_to.days == DATE_OPEN.days ? NULL : to);
	json_put_str(j, "decision_no", t->decision_no);
	json_put_int(j, "rev", t->rev);
	json_object_end(j);
}

static void tables_json(struct res *rs, const struct tables_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&j);
		json_put_str(&j, "use", v->v[i].use);
		json_put_str(&j, "rule", v->v[i].href ? v->v[i].href + strlen("/rules/") : NULL);
		json_put_str(&j, "from", v->v[i].from);
		json_key(&j, "versions");
		json_array(&j);
		for (size_t k = 0; k < v->v[i].n; k++)
			version_json(&j, v->v[i].v[k].t);
		json_array_end(&j);
		json_object_end(&j);
	}
	json_array_end(&j);
}

static fail tables_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct tables_view v = { 0 };
	struct unit u;
	struct page pg;
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	TRY(load_tables(c, id, &u, &v));
	if (req_wants_json(rq)) {
		tables_json(rs, &v);
		return FAIL_OK;
	}
	table_page_begin(c, rq, rs, &pg, &u, NULL, tr(c->lang, "Tables of criteria"), NULL);
	view_tables_list(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct local_table *t, const char *to, const char *text)
{
	struct flash said = { .text = text, .receipt = arena_printf(c->arena, "%lld · %lld", (long long)t->id, (long long)t->rev) };

	res_rev(c, rq, rs, t->rev);
	return res_done(c, rq, rs, to, &said);
}

static fail tables_post(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t unit_id, from_id = 0;
	const char *from = year_page_typed(c, rq, "from");
	int use = word_index(scheme_use_words, year_page_typed(c, rq, "use"));
	struct local_table t;

	TRY(unit_of_path(c, rq, &unit_id));
	if (*from && !int_parse(from, &from_id))
		return problem(c, FAIL_INPUT, "from", "“%s” is not a version", from);
	if (use < 0)
		return problem(c, FAIL_INPUT, "use", "choose what the table is for");
	TRY(table_start(c, unit_id, (enum scheme_use)use, from_id, &t));
	return done(c, rq, rs, &t, table_page_path(c, t.id, ""), tr(c->lang, "A draft was begun. It is in force for nobody until it is issued."));
}

/* ---------------------------------------------------------------- one table */

struct showing {
	const struct req *rq;
	struct local_table t;
	struct unit u;
	const struct scheme *s, *frame;
	struct table_view v;
};

static void line_cases(struct call *c, const struct showing *p, const struct scheme_line *l, struct table_line_row *row)
{
	row->cases = ARENA_ARRAY(c->arena, l->n_cases + 1, struct table_case_row);
	for (uint32_t k = 0; k < l->n_cases; k++)
		row->cases[row->case_n++] = (struct table_case_row){
			rule_case_points(c, &l->cases[k]), rule_case_words(c, l, &l->cases[k]),
			p->v.edit && !l->cases[k].pro_rata ? arena_printf(c->arena, "case.%s.%u", l->id, k) : NULL,
		};
}

static const char *line_field(struct call *c, const char *what, const struct scheme_line *l)
{
	return arena_join(c->arena, what, ".", l->id, NULL);
}

static void line_fields(struct call *c, const struct showing *p, const struct scheme_line *l, struct table_line_row *row)
{
	const char *typed;

	row->title_field = line_field(c, "title", l);
	row->evidence_field = line_field(c, "evidence", l);
	row->new_field = line_field(c, "new", l);
	row->newmax_field = line_field(c, "newmax", l);
	if (l->n_max == 1)
		row->max_field = line_field(c, "max", l);
	if (table_edit_may_drop(p->frame, l))
		row->drop_field = line_field(c, "drop", l);
	typed = p->v.form.typed ? pairs_get(p->v.form.typed, row->new_field) : NULL;
	row->open_new = typed && *typed;
}

static void line_row(struct call *c, const struct showing *p, uint32_t i, struct table_line_row *row)
{
	const struct scheme_line *l = &p->s->lines[i];

	*row = (struct table_line_row){ .l = l, .title = l->title[c->lang], .max = rule_max_words(c, l) };
	if (l->group >= 0 && (i == 0 || p->s->lines[i - 1].group != l->group)) {
		const struct scheme_group *g = &p->s->groups[l->group];

		row->group = g->title[c->lang];
		row->group_id = g->id;
		row->group_points = show_tenths(c->arena, c->lang, g->max);
		if (p->v.edit && !p->frame)
			row->group_field = arena_join(c->arena, "gmax.", g->id, NULL);
	}
	if (l->measure.n)
		row->measure = rule_expr_words(c, &l->measure, NULL);
	if (l->not_applicable.n)
		row->not_applicable = rule_expr_words(c, &l->not_applicable, NULL);
	line_cases(c, p, l, row);
	row->evidence = ARENA_ARRAY(c->arena, l->n_evidence + 1, const char *);
	for (uint32_t k = 0; k < l->n_evidence; k++)
		if (!p->v.edit || l->evidence[k].types)
			row->evidence[row->evidence_n++] = rule_evidence_words(c, &l->evidence[k]);
	if (p->v.edit)
		line_fields(c, p, l, row);
}

static fail load_table(struct call *c, void *arg)
{
	struct showing *p = arg;

	TRY(table_page_of(c, p->rq, &p->t));
	TRY(org_unit_nearest(c, p->t.unit_id, c->today, &p->u));
	TRY(table_scheme(c, &p->t, &p->s));
	p->frame = table_framework(c, p->s);
	p->v.may = call_may(c, MAY_DECIDE, p->t.unit_id);
	return FAIL_OK;
}

static void build(struct call *c, struct showing *p)
{
	struct table_view *v = &p->v;
	struct pairs *values = ARENA_NEW(c->arena, struct pairs);

	v->t = &p->t;
	v->u = &p->u;
	v->s = p->s;
	v->edit = v->may && p->t.state == TABLE_DRAFT;
	if (v->edit && !v->form.typed) {
		table_edit_values(c, p->s, values);
		v->form.typed = values;
	}
	v->title = p->s->title[c->lang];
	v->state = table_state_name(c->lang, p->t.state);
	v->validity = table_page_validity(c, &p->t);
	v->use = table_use_name(c->lang, (enum scheme_use)p->t.used_for);
	v->action = table_page_path(c, p->t.id, "");
	v->rev = p->t.rev;
	v->standard_field = tenths_is(p->s->standard) && !p->frame;
	v->try_year = date_month(c->today) / 12 - (date_month(c->today) % 12 < 11);
	v->issue_year = date_month(c->today) / 12 + 1;
	if (p->frame) {
		v->frame = arena_printf(c->arena, "%s (%s)", p->frame->title[c->lang], p->frame->id);
		v->frame_href = arena_printf(c->arena, "/rules/%s", p->frame->id);
	}
	v->beside_n = rule_year_words(c, p->s, &v->beside);
	v->v = ARENA_ARRAY(c->arena, p->s->n_lines + 1, struct table_line_row);
	for (uint32_t i = 0; i < p->s->n_lines; i++)
		line_row(c, p, i, &v->v[v->n++]);
}

static void show_page(struct call *c, struct res *rs, struct showing *p)
{
	struct page pg;

	build(c, p);
	table_page_begin(c, p->rq, rs, &pg, &p->u, &p->t, p->v.title, NULL);
	view_tables_table(&rs->body, &pg, &p->v);
}

static fail table_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct showing p = { .rq = rq };
	struct json j;

	TRY(load_table(c, &p));
	res_rev(c, rq, rs, p.t.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_key(&j, "table");
		version_json(&j, &p.t);
		json_put_str(&j, "text", p.t.source);
		json_object_end(&j);
		return FAIL_OK;
	}
	show_page(c, rs, &p);
	return FAIL_OK;
}

static void put_stored(struct json *j, const void *stored)
{
	const struct local_table *t = stored;

	json_put_int(j, "id", t->id);
	json_put_int(j, "rev", t->rev);
	json_put_str(j, "text", t->source);
}

/* Shows the page again with what was typed; the stored version beside it after a change by somebody else. */
static fail again(struct call *c, const struct req *rq, struct res *rs, struct showing *p, fail why)
{
	bool form_is_whole = pairs_get(&rq->form, "name") != NULL;
	const struct pairs *stored = NULL;
	struct pairs *kept = ARENA_NEW(c->arena, struct pairs);

	if (why == FAIL_CONFLICT && req_wants_json(rq))
		return res_conflict(c, rq, rs, put_stored, &p->t, p->t.rev);
	if (req_wants_json(rq) && !p->v.form.n)
		return why;
	form_failed(&p->v.form);
	table_edit_values(c, p->s, kept);
	stored = kept;
	p->v.form.typed = form_is_whole ? &rq->form : kept;
	if (why == FAIL_CONFLICT && form_is_whole)
		for (size_t i = 0; i < stored->n; i++) {
			const char *mine = pairs_get(&rq->form, stored->v[i].name);

			conflict_add(c, &p->v.conflict, stored->v[i].name, stored->v[i].value, mine ? mine : stored->v[i].value);
		}
	if (!form_is_whole)
		for (size_t i = 0; i < rq->form.n; i++)
			pairs_add(c->arena, kept, rq->form.v[i].name, rq->form.v[i].value);
	show_page(c, rs, p);
	return res_again(rs, why);
}

static fail table_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct complaints bad = { .arena = c->arena, .lang = c->lang };
	struct showing p = { .rq = rq };
	struct local_table out;
	struct scheme own;
	int64_t rev;
	fail f = FAIL_OK;

	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_table, &p));
	form_begin(&p.v.form, c, NULL, NULL);
	p.v.form.typed = &rq->form;
	table_edit(c, &rq->form, p.s, p.frame, &p.v.form, &own);
	if (!p.v.form.n)
		f = table_save(c, p.t.id, rev, &own, &out, &bad);
	if (f == FAIL_OK && !p.v.form.n)
		return done(c, rq, rs, &out, table_page_path(c, out.id, ""), tr(c->lang, "The draft was kept."));
	if (f == FAIL_INPUT && bad.n) {
		problem_clear(c);
		table_edit_complaints(c, &own, &bad, &p.v.form);
	}
	return again(c, rq, rs, &p, f == FAIL_OK ? FAIL_INPUT : f);
}

/* ---------------------------------------------------------------- the file */

static fail file_get(struct call *c, const struct req *rq, struct res *rs)
{
	struct local_table t;

	TRY(table_page_of(c, rq, &t));
	rs->type = "application/yaml; charset=utf-8";
	res_header(rs, "Content-Disposition", arena_printf(c->arena, "attachment; filename=\"%s-v%lld.yaml\"", t.rule_id, (long long)t.version));
	out_str(&rs->body, t.source);
	return FAIL_OK;
}

/* The uploaded file, or else what was pasted. */
static fail text_of(struct call *c, const struct req *rq, const char **text, size_t *size)
{
	const struct upload *u = req_upload(rq, "file");
	const char *pasted = req_form(rq, "text");
	char *room;
	ssize_t n;

	if (!u || u->size == 0) {
		*text = pasted ? pasted : "";
		*size = strlen(*text);
		return *size ? FAIL_OK : problem(c, FAIL_INPUT, "text", "choose a file or paste its text");
	}
	if (u->size > YAML_MAX_SIZE)
		return problem(c, FAIL_INPUT, "file", "the file is larger than 64 KB");
	room = arena_alloc(c->arena, YAML_MAX_SIZE + 1);
	*text = room;
	for (*size = 0; (n = read(u->fd, room + *size, YAML_MAX_SIZE - *size)) > 0;)
		*size += (size_t)n;
	return n < 0 ? problem(c, FAIL_BROKEN, "file", "the file cannot be read") : FAIL_OK;
}

static fail file_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct complaints bad = { .arena = c->arena, .lang = c->lang };
	struct showing p = { .rq = rq };
	struct local_table out;
	const char *text;
	size_t size;
	int64_t rev;
	fail f;

	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_table, &p));
	form_begin(&p.v.form, c, NULL, NULL);
	f = text_of(c, rq, &text, &size);
	if (f == FAIL_OK)
		f = table_save_text(c, p.t.id, rev, text, size, &out, &bad);
	if (f == FAIL_OK)
		return done(c, rq, rs, &out, table_page_path(c, out.id, ""), tr(c->lang, "The draft was kept."));
	for (size_t i = 1; i < bad.n && i < 20; i++)
		form_problem(&p.v.form, "text", arena_printf(c->arena, tr(c->lang, "line %d, column %d: %s"), bad.v[i].at.line, bad.v[i].at.column, bad.v[i].text));
	return again(c, rq, rs, &p, f);
}

/* ---------------------------------------------------------------- issue, withdraw, drop */

static fail tell_others(struct call *c)
{
	return tables_changed ? tables_changed(c) : FAIL_OK;
}

static fail issue_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct complaints bad = { .arena = c->arena, .lang = c->lang };
	struct showing p = { .rq = rq };
	struct local_table out;
	struct date on;
	int64_t rev, year;
	fail f = FAIL_OK;

	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_table, &p));
	form_begin(&p.v.form, c, NULL, NULL);
	if (!int_parse(year_page_typed(c, rq, "year"), &year))
		f = problem(c, FAIL_INPUT, "year", "write the first year in which the table holds");
	if (f == FAIL_OK)
		f = year_page_day(c, rq, "issued_on", c->today, &on);
	if (f == FAIL_OK)
		f = table_issue(c, p.t.id, rev, year < 9999 ? (int)year : 0, year_page_typed(c, rq, "decision_no"), on, &out, &bad);
	if (f != FAIL_OK)
		return again(c, rq, rs, &p, f);
	TRY(tell_others(c));
	return done(c, rq, rs, &out, table_page_path(c, out.id, ""), tr(c->lang, "The table was issued. It holds for this unit and all below it."));
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct complaints bad = { .arena = c->arena, .lang = c->lang };
	struct showing p = { .rq = rq };
	struct local_table out;
	int64_t rev;
	fail f;

	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_table, &p));
	form_begin(&p.v.form, c, NULL, NULL);
	f = table_withdraw(c, p.t.id, rev, year_page_typed(c, rq, "reason"), &out, &bad);
	if (f != FAIL_OK)
		return again(c, rq, rs, &p, f);
	TRY(tell_others(c));
	return done(c, rq, rs, &out, table_page_path(c, out.id, ""), tr(c->lang, "The table was withdrawn."));
}

static fail drop_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct showing p = { .rq = rq };
	int64_t rev;

	TRY(req_rev(c, rq, &rev));
	TRY(db_read(c, load_table, &p));
	TRY(table_drop(c, p.t.id, rev));
	return done(c, rq, rs, &p.t, arena_printf(c->arena, "/units/%lld/tables", (long long)p.t.unit_id), tr(c->lang, "The draft was removed."));
}

const struct route table_routes[] = {
	{ GET, "/units/:unit/tables", MAY_SEE, unit_of_path, tables_show, 0, N_("The tables of criteria that hold for a unit, and the versions of its own") },
	{ POST, "/units/:unit/tables", MAY_DECIDE, unit_of_path, tables_post, 0, N_("Begins a draft of a table: use, from (a version of the unit; empty: from above)") },
	{ GET, "/tables/:table", MAY_SEE, table_page_unit, table_show, 0, N_("A table of criteria of a committee; a draft as a form") },
	{ POST, "/tables/:table", MAY_DECIDE, table_page_unit, table_post, 0, N_("Keeps a draft: name, note, title.ID, max.ID, case.ID.N, evidence.ID, new.ID, newmax.ID, drop.ID; rev") },
	{ GET, "/tables/:table/file", MAY_SEE, table_page_unit, file_get, 0, N_("A table as a rule file") },
	{ POST, "/tables/:table/file", MAY_DECIDE, table_page_unit, file_post, ROUTE_UPLOAD, N_("Keeps a draft from a rule file: file or text; rev") },
	{ POST, "/tables/:table/issue", MAY_DECIDE, table_page_unit, issue_post, 0, N_("Puts a draft in force: year, decision_no, issued_on; rev") },
	{ POST, "/tables/:table/withdraw", MAY_DECIDE, table_page_unit, withdraw_post, 0, N_("Takes an issued table back: reason; rev") },
	{ POST, "/tables/:table/drop", MAY_DECIDE, table_page_unit, drop_post, 0, N_("Removes a draft; rev") },
	{ HTTP_NONE },
};
