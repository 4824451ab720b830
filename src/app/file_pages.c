/* file_pages.c — record files in the browser: looked through, then imported; and taken out. */
#include <string.h>
#include <unistd.h>

#include "access/access.h"
#include "access/account.h"
#include "app/app_pages.h"
#include "app/shown.h"
#include "app/stash.h"
#include "app_views.h"
#include "db/db.h"
#include "http/res.h"
#include "org/unit.h"
#include "sheet/table.h"

/* ---- who may ---- */

static fail unit_of_importer(struct call *c, const struct req *rq, int64_t *out)
{
	struct reach r = access_reach(c, MAY_IMPORT);

	(void)rq;
	*out = r.n ? r.v[0] : 0;
	return FAIL_OK;
}

/* The unit named by ?unit=CODE, else the first on which the person holds a role today, else the installation. */
static fail unit_of_export(struct call *c, const struct req *rq, int64_t *out)
{
	const char *code = req_query(rq, "unit");
	size_t n;
	const struct grant *g = access_grants(c, &n);

	if (code && *code)
		return org_unit_id(c, code, out);
	*out = n ? g[0].unit_id : 0;
	return FAIL_OK;
}

/* ---- the page of files ---- */

static const char *column_names(struct call *c, const struct record *r)
{
	struct out o;

	out_memory(&o, c->arena);
	for (const struct field *f = r->fields; f->name; f++)
		if (!(f->flags & INTERNAL))
			out_printf(&o, "%s%s", o.size ? "," : "", f->name);
	return out_text(&o);
}

/* The tree concerns everybody: only who holds the right on a top unit imports it. */
static bool may_import_kind(const struct exchange_kind *k, bool whole)
{
	return k->row && (whole || (strcmp(k->name, "units") != 0 && strcmp(k->name, "predecessors") != 0));
}

static size_t kinds_there_are(void)
{
	size_t n = 0;

	while (exchange_kinds[n])
		n++;
	return n;
}

static void fill_files(struct call *c, struct files_view *v)
{
	size_t room = kinds_there_are() + 1;
	bool imports = access_anywhere(c, MAY_IMPORT), whole = imports && access_has(c, MAY_IMPORT, 0);

	v->in = ARENA_ARRAY(c->arena, room, struct file_kind);
	v->out = ARENA_ARRAY(c->arena, room, struct file_kind);
	v->kinds = ARENA_ARRAY(c->arena, room, struct choice);
	for (const struct exchange_kind *const *k = exchange_kinds; *k; k++) {
		struct file_kind kind = { (*k)->name, tr(c->lang, (*k)->label), column_names(c, (*k)->record) };

		if (imports && may_import_kind(*k, whole)) {
			v->kinds[v->kind_n++] = (struct choice){ .value = kind.name, .text = kind.label };
			v->in[v->in_n++] = kind;
		}
		if ((*k)->each && access_anywhere(c, (*k)->may_export))
			v->out[v->out_n++] = kind;
	}
}

static void files_json(struct res *rs, const struct files_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	for (int out = 0; out < 2; out++) {
		const struct file_kind *k = out ? v->out : v->in;

		json_key(&j, out ? "export" : "import");
		json_array(&j);
		for (size_t i = 0; i < (out ? v->out_n : v->in_n); i++) {
			json_object(&j);
			json_put_str(&j, "kind", k[i].name);
			json_put_str(&j, "columns", k[i].columns);
			json_object_end(&j);
		}
		json_array_end(&j);
	}
	json_object_end(&j);
}

static fail show_files(struct call *c, void *arg)
{
	fill_files(c, arg);
	return FAIL_OK;
}

/* After a write no snapshot is open: one is taken for what may be shown. */
static fail files_page(struct call *c, const struct req *rq, struct res *rs, struct files_view *v)
{
	struct page pg;

	TRY(db_read(c, show_files, v));
	if (req_wants_json(rq)) {
		files_json(rs, v);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "Files"));
	view_files(&rs->body, &pg, v);
	return FAIL_OK;
}

static fail files_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct files_view v = { 0 };

	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->query;
	return files_page(c, rq, rs, &v);
}

/* ---- import ---- */

static void fill_problems(struct call *c, const struct import_result *r, struct import_view *v)
{
	v->v = ARENA_ARRAY(c->arena, r->n + 1, struct import_row);
	for (; v->n < r->n; v->n++) {
		const struct import_issue *x = &r->issues[v->n];

		v->v[v->n] = (struct import_row){ x->line, *x->label ? arena_printf(c->arena, "%s (%s)", x->column, x->label) : x->column, x->value, x->text };
	}
}

static fail answer_import(struct call *c, const struct req *rq, struct res *rs, const struct exchange_kind *kind, const struct import_result *r,
                          fail result)
{
	const struct column columns[] = { { .label = tr(c->lang, "Line"), .number = true }, { .label = tr(c->lang, "Column") },
		                              { .label = tr(c->lang, "What stands there") }, { .label = tr(c->lang, "What is wrong") } };
	struct import_view v = { .result = r, .kind = kind->name, .label = tr(c->lang, kind->label), .summary = import_summary(c, r) };
	struct page pg;
	struct json j;

	problem_clear(c);
	v.may_confirm = r->check && result == FAIL_OK && r->added + r->changed > 0;
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		import_result_json(&j, kind, r);
	} else {
		fill_problems(c, r, &v);
		v.table = (struct table){ .caption = v.summary, .id = "problems", .columns = columns, .n = sizeof columns / sizeof *columns };
		res_page(c, rq, rs, &pg, v.label);
		pg.wide = r->n > 0;
		page_crumb(&pg, "/import", tr(c->lang, "Files"));
		page_crumb(&pg, NULL, r->file);
		view_import(&rs->body, &pg, &v);
	}
	return result == FAIL_OK ? FAIL_OK : res_again(rs, result);
}

static fail run_import(struct call *c, const struct req *rq, struct res *rs, const struct exchange_kind *kind, const char *name, FILE *file,
                       bool check, struct import_result *r)
{
	struct table_reader *table;
	fail f;

	TRY(table_open_file(c, name, file, &table));
	f = exchange_import(c, kind, table, check, r);
	table_close(table);
	if (f == FAIL_OK || (f == FAIL_INPUT && r->n > 0))
		return answer_import(c, rq, rs, kind, r, f);
	return f;
}

static fail kind_of_form(struct call *c, const struct req *rq, const struct exchange_kind **out)
{
	const char *name = req_form(rq, "kind");

	*out = name ? exchange_kind_find(name) : NULL;
	return *out && (*out)->row ? FAIL_OK : problem(c, FAIL_INPUT, "kind", "choose what the rows of the file are");
}

static fail check_upload(struct call *c, const struct req *rq, struct res *rs)
{
	const struct upload *up = req_upload(rq, "file");
	const char *check = req_form(rq, "check");
	bool only_check = !check || strcmp(check, "0") != 0;
	const struct exchange_kind *kind;
	struct import_result r = { 0 };
	FILE *file;
	int fd;

	TRY(kind_of_form(c, rq, &kind));
	if (!up || up->size == 0)
		return problem(c, FAIL_INPUT, "file", "choose a file, CSV or XLSX");
	fd = dup(up->fd);
	file = fd >= 0 ? fdopen(fd, "rb") : NULL;
	if (!file)
		return problem(c, FAIL_BUSY, "", "there is no memory left");
	TRY(run_import(c, rq, rs, kind, up->filename, file, only_check, &r));
	if (only_check && r.n == 0)
		stash_put(c, kind->name, r.digest, up->filename, up->fd);
	return FAIL_OK;
}

/* A file that cannot be read at all is said on the form itself. */
static fail import_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct files_view v = { 0 };
	fail f = check_upload(c, rq, rs);

	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	(void)form_failed(&v.form);
	TRY(files_page(c, rq, rs, &v));
	return res_again(rs, f);
}

static fail import_confirm(struct call *c, const struct req *rq, struct res *rs)
{
	const char *digest = req_form(rq, "digest"), *name;
	const struct exchange_kind *kind;
	struct import_result r = { 0 };
	FILE *file;

	TRY(kind_of_form(c, rq, &kind));
	TRY(stash_take(c, kind->name, digest ? digest : "", &name, &file));
	return run_import(c, rq, rs, kind, name, file, false, &r);
}

/* ---- export ---- */

/* A role that holds for the unit alone does not open what is below it. */
static fail may_take_out(struct call *c, const struct exchange_kind *kind, int64_t unit_id)
{
	struct reach single = access_reach_single(c, kind->may_export);
	struct units below;

	TRY(access_may(c, kind->may_export, unit_id));
	for (size_t i = 0; i < single.n; i++) {
		if (single.v[i] != unit_id)
			continue;
		TRY(org_children(c, unit_id, c->today, &below));
		if (below.n)
			return problem(c, FAIL_DENIED, "", "your role on this unit does not allow that");
	}
	return FAIL_OK;
}

static fail read_query(struct call *c, const struct req *rq, struct export_query *q)
{
	const char *on = req_query(rq, "on"), *period = req_query(rq, "period");

	*q = (struct export_query){ .on = DATE_NONE };
	if (on && *on && !date_parse(on, &q->on))
		return problem(c, FAIL_INPUT, "on", "“%s” is not a day; write year-month-day, such as 2026-01-05", on);
	if (period && *period && !period_parse(period, &q->period))
		return problem(c, FAIL_INPUT, "period", "“%s” is no period; write 2025, 2025-H1, 2025-Q3 or 2025-03", period);
	return FAIL_OK;
}

static fail unit_code(struct call *c, int64_t unit_id, const char **out)
{
	struct unit unit;

	*out = NULL;
	if (!unit_id)
		return FAIL_OK;
	TRY(org_unit_nearest(c, unit_id, c->today, &unit));
	*out = unit.code;
	return FAIL_OK;
}

static fail export_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct exchange_kind *kind = exchange_kind_find(req_param(rq, "kind"));
	const char *word = req_query(rq, "format");
	enum export_format format = req_wants_json(rq) ? EXPORT_JSON : EXPORT_XLSX;
	struct export_query q;
	struct out o;
	int64_t unit_id;

	if (!kind || !kind->each)
		return problem(c, FAIL_NOT_FOUND, "", "there are no files of “%s”", req_param(rq, "kind"));
	if (word && !export_format_parse(word, &format))
		return problem(c, FAIL_INPUT, "format", "“%s” is no format; write csv, xlsx or json", word);
	TRY(read_query(c, rq, &q));
	TRY(unit_of_export(c, rq, &unit_id));
	TRY(may_take_out(c, kind, unit_id));
	TRY(unit_code(c, unit_id, &q.unit_code));
	TRY(res_file_begin(c, rs, arena_printf(c->arena, "%s.%s", kind->name, export_file_ending(format)), export_content_type(format), &o));
	TRY(exchange_export(c, kind, &q, format, &o));
	return res_file_end(c, rs, &o);
}

static const struct query_param export_params[] = {
	{ "unit", N_("code of the unit; it and all below it") }, { "format", N_("csv, csv-excel, xlsx or json") },
	{ "on", N_("only what holds on this day") }, { "period", N_("only what falls in this period, such as 2025, 2025-Q3 or 2025-03") }, { NULL, NULL },
};

const struct route file_routes[] = {
	{ GET, "/import", MAY_SEE, unit_of_export, files_show, 0, N_("Files to take in and out") },
	{ POST, "/import", MAY_IMPORT, unit_of_importer, import_post, ROUTE_UPLOAD | ROUTE_NOT_ONCE, N_("Looks through a file, or imports it with check=0: kind, file, check") },
	{ POST, "/import/confirm", MAY_IMPORT, unit_of_importer, import_confirm, ROUTE_NOT_ONCE, N_("Imports the file that was looked through: kind, digest") },
	{ GET, "/export/:kind", MAY_SEE, unit_of_export, export_show, ROUTE_SLOW, N_("Rows of a kind as a file with the columns of import"), .query = export_params },
	{ HTTP_NONE },
};
