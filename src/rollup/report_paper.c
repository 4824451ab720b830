/* report_paper.c — tables as facts for a form. How a form looks is not known here. */
#include <jansson.h>

#include "rollup/report_paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "db/db.h"
#include "paper/builtin.h"
#include "rollup/head.h"

static const struct builtin_form *form_of(const struct report_kind *kind)
{
	for (const struct builtin_form *f = builtin_forms; *kind->id && f->name; f++)
		if (strcmp(f->id, kind->id) == 0)
			return f;
	return NULL;
}

/* ---- values ---- */

/* "90,48 %" stays on one line. */
static const char *unbroken(struct call *c, const char *text)
{
	const char *blank = strchr(text, ' ');

	return blank ? arena_printf(c->arena, "%.*s\u00a0%s", (int)(blank - text), text, blank + 1) : text;
}

static const char *shown(struct call *c, const struct report_column *column, const struct report_value *v)
{
	const char *text = value_show(c->arena, c->lang, column->kind, v);

	if (column->kind == VALUE_RATE)
		return v->b > 0 ? arena_printf(c->arena, "%s/%s (%s)", show_int(c->arena, c->lang, v->a), show_int(c->arena, c->lang, v->b),
		                               unbroken(c, text))
		                : "";
	return column->kind != VALUE_TEXT && strcmp(text, "–") == 0 ? "" : text;
}

static void columns_json(struct call *c, struct json *j, const struct report_table *t, const struct report_value *row)
{
	for (size_t i = 0; i < t->column_n; i++)
		json_put_str(j, t->columns[i].key, shown(c, &t->columns[i], &row[i]));
}

static void rows_json(struct call *c, struct json *j, const struct report_table *t)
{
	json_key(j, t->name);
	json_array(j);
	for (size_t i = 0; i < t->row_n; i++) {
		json_object(j);
		json_put_str(j, "no", arena_printf(c->arena, "%zu", i + 1));
		columns_json(c, j, t, t->rows[i]);
		json_object_end(j);
	}
	json_array_end(j);
}

static void table_facts(struct call *c, struct json *j, const struct report_table *t)
{
	rows_json(c, j, t);
	json_put_str(j, arena_printf(c->arena, "%s_count", t->name), show_int(c->arena, c->lang, (int64_t)t->row_n));
	json_put_str(j, arena_printf(c->arena, "%s_note", t->name), t->note ? t->note : "");
	json_put_bool(j, arena_printf(c->arena, "%s_has", t->name), t->row_n > 0);
	json_put_bool(j, arena_printf(c->arena, "%s_has_total", t->name), t->total != NULL);
	json_key(j, arena_printf(c->arena, "%s_total", t->name));
	json_object(j);
	for (size_t i = 0; !t->total && i < t->column_n; i++)
		json_put_str(j, t->columns[i].key, "");
	if (t->total)
		columns_json(c, j, t, t->total);
	json_object_end(j);
}

/* ---- every table in the general form: number, the first name, the other values in lines ---- */

static size_t name_column(const struct report_table *t)
{
	for (size_t i = 0; i < t->column_n; i++)
		if (strcmp(t->columns[i].key, "name") == 0 || strcmp(t->columns[i].key, "title") == 0)
			return i;
	return 0;
}

static const char *lines_of(struct call *c, const struct report_table *t, const struct report_value *row, size_t name)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < t->column_n; i++) {
		const char *text = shown(c, &t->columns[i], &row[i]);

		if (i != name && *text)
			out_printf(&o, "%s%s: %s", o.size ? "; " : "", tr(c->lang, t->columns[i].label), text);
	}
	return out_text(&o);
}

static void general_row(struct call *c, struct json *j, const struct report_table *t, const struct report_value *row, const char *no)
{
	size_t name = name_column(t);

	json_object(j);
	json_put_str(j, "no", no);
	json_put_str(j, "name", shown(c, &t->columns[name], &row[name]));
	json_put_str(j, "text", lines_of(c, t, row, name));
	json_object_end(j);
}

static void general_table(struct call *c, struct json *j, const struct report_table *t)
{
	json_object(j);
	json_put_str(j, "title", tr(c->lang, t->title));
	json_put_str(j, "note", t->note ? t->note : "");
	json_key(j, "rows");
	json_array(j);
	for (size_t i = 0; i < t->row_n; i++)
		general_row(c, j, t, t->rows[i], arena_printf(c->arena, "%zu", i + 1));
	if (t->total)
		general_row(c, j, t, t->total, "");
	json_array_end(j);
	json_object_end(j);
}

/* ---- the whole ---- */

struct facts_job {
	const struct report *r;
	struct json *j;
};

/* The number of a report is given when it is sent; here is room for it. */
static fail head_body(struct call *c, void *arg)
{
	const struct facts_job *k = arg;
	struct paper_of paper = { .number = "       -BC/ĐU", .on = c->today, .signed_by = "" };

	TRY(org_unit_nearest(c, k->r->question.unit_id, c->today, &paper.unit));
	if (paper.unit.level == LEVEL_CELL)
		paper.number = "       -BC/CB";
	if (k->r->number)
		paper.number = k->r->number;
	json_put_str(k->j, "issuer", head_issuer(c->arena, &paper.unit));
	return head_facts(c, k->j, &paper);
}

fail report_facts(struct call *c, const struct report *r, const char **out)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	TRY(db_read(c, head_body, &(struct facts_job){ r, &j }));
	json_put_str(&j, "title", tr(c->lang, r->kind->title));
	json_put_str(&j, "period", show_period(c->arena, c->lang, r->question.period));
	json_put_str(&j, "month", show_month(c->arena, c->lang, r->question.period.to));
	json_put_str(&j, "structure", r->question.structure == NOW ? tr(c->lang, "structure of today") : tr(c->lang, "structure of that time"));
	json_put_str(&j, "printed", show_date(c->arena, c->lang, c->today));
	for (size_t i = 0; i < r->table_n; i++)
		table_facts(c, &j, &r->tables[i]);
	json_key(&j, "tables");
	json_array(&j);
	for (size_t i = 0; i < r->table_n; i++)
		general_table(c, &j, &r->tables[i]);
	json_array_end(&j);
	json_object_end(&j);
	*out = out_text(&o);
	return FAIL_OK;
}

/* ---- tables that a report has only sometimes ---- */

static json_t *emptied(const json_t *like)
{
	const char *key;
	json_t *value, *out;

	if (json_is_string(like))
		return json_string("");
	if (!json_is_object(like))
		return json_is_array(like) ? json_pack("[]") : json_false();
	out = json_pack("{}");
	json_object_foreach((json_t *)like, key, value)
		json_object_set_new(out, key, emptied(value));
	return out;
}

/* What the form's sample has and this report has not is there, and empty. */
static const char *complete(struct call *c, const char *facts, const char *sample)
{
	json_t *all = json_loads(facts, 0, NULL), *like = *sample ? json_loads(sample, 0, NULL) : NULL, *value;
	const char *key;

	if (!all || !like) {
		json_decref(all);
		json_decref(like);
		return facts;
	}
	json_object_foreach(like, key, value)
		if (!json_object_get(all, key))
			json_object_set_new(all, key, emptied(value));
	char *text = json_dumps(all, 0);

	facts = arena_strdup(c->arena, text ? text : "{}");
	free(text);
	json_decref(all);
	json_decref(like);
	return facts;
}

fail report_paper(struct call *c, const struct report *r, enum paper_format format, struct out *out)
{
	const struct builtin_form *form = form_of(r->kind);
	const char *facts;
	size_t rows = 0;

	for (size_t i = 0; i < r->table_n; i++)
		rows += r->tables[i].row_n;
	if (rows > PAPER_ROWS_MOST)
		return problem(c, FAIL_INPUT, "format", "%zu rows are too many for a paper; take xlsx or csv, or a smaller unit or period", rows);
	TRY(report_facts(c, r, &facts));
	if (form)
		facts = complete(c, facts, form->sample);
	return paper_make(c, form ? form->name : "table", c->today, facts, format, out);
}
