/* report_write.c — the same tables as JSON, CSV, XLSX and as a printed page. */
#include <string.h>

#include "base/json.h"
#include "html/html.h"
#include "org/unit.h"
#include "rollup/report_paper.h"
#include "sheet/csv_write.h"
#include "sheet/xlsx_write.h"

const char *const report_formats[] = { "json", "csv", "xlsx", "html", "docx", "pdf", NULL };

const char *report_content_type(enum report_format format)
{
	static const char *const types[] = {
		[REPORT_JSON] = "application/json", [REPORT_CSV] = "text/csv; charset=utf-8",
		[REPORT_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [REPORT_HTML] = "text/html; charset=utf-8",
		[REPORT_DOCX] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [REPORT_PDF] = "application/pdf",
	};
	return types[format];
}

static bool is_number(int64_t n)
{
	return n != INT_UNKNOWN;
}

const char *value_show(struct arena *a, enum lang lang, enum value_kind kind, const struct report_value *v)
{
	switch (kind) {
	case VALUE_TEXT: return v->s;
	case VALUE_COUNT: return show_int(a, lang, v->a);
	case VALUE_RATE: return show_percent(a, lang, v->a, v->b);
	case VALUE_POINTS: return is_number(v->a) ? show_tenths(a, lang, (struct tenths){ (int32_t)v->a }) : "–";
	case VALUE_DAY: return is_number(v->a) ? show_date(a, lang, (struct date){ (int32_t)v->a }) : "–";
	case VALUE_MONTH: return is_number(v->a) ? show_month(a, lang, (month_no)v->a) : "–";
	case VALUE_CLASS: return v->a ? grade_title((enum grade)v->a, lang) : "–";
	case VALUE_MET: return v->a < 0 ? "–" : tr(lang, v->a ? "met" : "not met");
	}
	return "";
}

/* The text of files: ISO, decimal point, words of the contract; "" when there is none. */
static const char *value_text(struct arena *a, enum value_kind kind, const struct report_value *v)
{
	char text[NUM_TEXT] = "";

	switch (kind) {
	case VALUE_TEXT: return v->s;
	case VALUE_COUNT: return is_number(v->a) ? arena_printf(a, "%lld", (long long)v->a) : "";
	case VALUE_RATE: percent_format(v->a, v->b, text); break;
	case VALUE_POINTS:
		if (is_number(v->a))
			tenths_format((struct tenths){ (int32_t)v->a }, text);
		break;
	case VALUE_DAY:
		if (is_number(v->a))
			date_format((struct date){ (int32_t)v->a }, text);
		break;
	case VALUE_MONTH:
		if (is_number(v->a))
			month_format((month_no)v->a, text);
		break;
	case VALUE_CLASS: return grade_words[v->a];
	case VALUE_MET: return v->a < 0 ? "" : v->a ? "1" : "0";
	}
	return arena_strdup(a, text);
}

/* ---- JSON ---- */

static void value_json(struct json *j, struct arena *a, enum value_kind kind, const struct report_value *v)
{
	const char *text = value_text(a, kind, v);

	if (kind == VALUE_RATE) {
		json_object(j);
		rate_json(j, v->a, v->b);
		json_object_end(j);
	} else if (kind == VALUE_COUNT && is_number(v->a)) {
		json_int(j, v->a);
	} else if (kind == VALUE_MET && v->a >= 0) {
		json_bool(j, v->a);
	} else if (*text || kind == VALUE_TEXT) {
		json_str(j, text);
	} else {
		json_null(j);
	}
}

static void row_json(struct json *j, struct arena *a, const struct report_table *t, const struct report_value *row)
{
	json_object(j);
	for (size_t i = 0; i < t->column_n; i++) {
		json_key(j, t->columns[i].key);
		value_json(j, a, t->columns[i].kind, &row[i]);
	}
	json_object_end(j);
}

static void table_json(struct json *j, struct call *c, const struct report_table *t)
{
	json_object(j);
	json_put_str(j, "name", t->name);
	json_put_str(j, "title", tr(c->lang, t->title));
	json_key(j, "rows");
	json_array(j);
	for (size_t i = 0; i < t->row_n; i++)
		row_json(j, c->arena, t, t->rows[i]);
	json_array_end(j);
	if (t->total) {
		json_key(j, "total");
		row_json(j, c->arena, t, t->total);
	}
	if (t->note)
		json_put_str(j, "note", t->note);
	json_object_end(j);
}

static void write_json(struct call *c, const struct report *r, struct out *out)
{
	char period[PERIOD_TEXT];
	struct json j;

	period_format(r->question.period, period);
	json_begin(&j, out);
	json_object(&j);
	json_put_str(&j, "report", *r->kind->id ? r->kind->id : r->kind->name);
	json_put_str(&j, "name", r->kind->name);
	json_put_str(&j, "title", tr(c->lang, r->kind->title));
	json_put_str(&j, "unit", r->unit_code);
	json_put_str(&j, "unit_name", r->unit_name);
	json_put_str(&j, "period", period);
	json_put_str(&j, "structure", structure_words[r->question.structure]);
	if (strcmp(r->kind->name, "reconcile") == 0)
		json_put_bool(&j, "equal", r->holds);
	json_key(&j, "tables");
	json_array(&j);
	for (size_t i = 0; i < r->table_n; i++)
		table_json(&j, c, &r->tables[i]);
	json_array_end(&j);
	json_object_end(&j);
	out_char(out, '\n');
}

/* ---- rows of cells, for CSV and XLSX: a rate takes three ---- */

typedef fail put_cell(struct call *c, void *to, const char *text);

static fail header_cells(struct call *c, const struct report_table *t, void *to, put_cell *put)
{
	for (size_t i = 0; i < t->column_n; i++) {
		const char *key = t->columns[i].key;

		if (t->columns[i].kind != VALUE_RATE) {
			TRY(put(c, to, key));
			continue;
		}
		TRY(put(c, to, arena_printf(c->arena, "%s_numerator", key)));
		TRY(put(c, to, arena_printf(c->arena, "%s_denominator", key)));
		TRY(put(c, to, arena_printf(c->arena, "%s_percent", key)));
	}
	return FAIL_OK;
}

/* A spreadsheet is read by people: months, classes and yes or no in words; numbers and days stay what they are. */
static const char *sheet_text(struct call *c, enum value_kind kind, const struct report_value *v)
{
	bool words = kind == VALUE_MONTH || (kind == VALUE_CLASS && v->a) || (kind == VALUE_MET && v->a >= 0);

	return words ? value_show(c->arena, c->lang, kind, v) : value_text(c->arena, kind, v);
}

static fail row_cells(struct call *c, const struct report_table *t, const struct report_value *row, void *to, put_cell *put, bool people)
{
	for (size_t i = 0; i < t->column_n; i++) {
		if (t->columns[i].kind == VALUE_RATE) {
			TRY(put(c, to, arena_printf(c->arena, "%lld", (long long)row[i].a)));
			TRY(put(c, to, arena_printf(c->arena, "%lld", (long long)row[i].b)));
		}
		TRY(put(c, to, people ? sheet_text(c, t->columns[i].kind, &row[i]) : value_text(c->arena, t->columns[i].kind, &row[i])));
	}
	return FAIL_OK;
}

static fail put_csv(struct call *c, void *to, const char *text)
{
	(void)c;
	csv_cell(to, text);
	return FAIL_OK;
}

static fail write_csv(struct call *c, const struct report *r, struct out *out)
{
	struct csv_writer w;

	csv_begin_write(&w, out, false);
	for (size_t i = 0; i < r->table_n; i++) {
		const struct report_table *t = &r->tables[i];

		if (i)
			csv_row_end(&w);
		TRY(header_cells(c, t, &w, put_csv));
		csv_row_end(&w);
		for (size_t n = 0; n < t->row_n + (t->total != NULL); n++) {
			TRY(row_cells(c, t, n < t->row_n ? t->rows[n] : t->total, &w, put_csv, false));
			csv_row_end(&w);
		}
	}
	return FAIL_OK;
}

static size_t cell_count(const struct report_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->column_n; i++)
		n += t->columns[i].kind == VALUE_RATE ? 3 : 1;
	return n;
}

static enum sheet_value sheet_kind(enum value_kind kind)
{
	switch (kind) {
	case VALUE_COUNT:
	case VALUE_RATE:
	case VALUE_POINTS: return SHEET_NUMBER;
	case VALUE_DAY: return SHEET_DAY;
	default: return SHEET_TEXT;
	}
}

/* People open this one: labels instead of keys. */
static const struct sheet_column *sheet_columns(struct call *c, const struct report_table *t)
{
	struct sheet_column *v = ARENA_ARRAY(c->arena, cell_count(t), struct sheet_column);
	size_t n = 0;

	for (size_t i = 0; i < t->column_n; i++) {
		const char *label = tr(c->lang, t->columns[i].label);
		enum sheet_value kind = sheet_kind(t->columns[i].kind);

		if (t->columns[i].kind == VALUE_RATE) {
			v[n++] = (struct sheet_column){ label, SHEET_NUMBER, 12 };
			v[n++] = (struct sheet_column){ arena_printf(c->arena, tr(c->lang, "%s: out of"), label), SHEET_NUMBER, 12 };
			v[n++] = (struct sheet_column){ arena_printf(c->arena, "%s, %%", label), SHEET_NUMBER, 10 };
		} else {
			v[n++] = (struct sheet_column){ label, kind, kind == SHEET_TEXT ? 28 : 12 };
		}
	}
	return v;
}

static fail put_xlsx(struct call *c, void *to, const char *text)
{
	return xlsx_cell(c, to, text);
}

static fail xlsx_rows(struct call *c, const struct report_table *t, struct xlsx_writer *w)
{
	for (size_t n = 0; n < t->row_n + (t->total != NULL); n++) {
		TRY(row_cells(c, t, n < t->row_n ? t->rows[n] : t->total, w, put_xlsx, true));
		TRY(xlsx_row_end(c, w));
	}
	return FAIL_OK;
}

static const char *sheet_title(struct call *c, const struct report *r, size_t i)
{
	const char *id = *r->kind->id ? r->kind->id : r->kind->name;

	return r->table_n == 1 ? id : arena_printf(c->arena, "%s %s", id, r->tables[i].name);
}

/* A sheet for each table. */
static fail xlsx_tables(struct call *c, const struct report *r, struct xlsx_writer *w)
{
	TRY(xlsx_rows(c, &r->tables[0], w));
	for (size_t i = 1; i < r->table_n; i++) {
		const struct report_table *t = &r->tables[i];

		TRY(xlsx_sheet(c, w, sheet_title(c, r, i), sheet_columns(c, t), cell_count(t)));
		TRY(xlsx_rows(c, t, w));
	}
	return FAIL_OK;
}

static fail write_xlsx(struct call *c, const struct report *r, struct out *out)
{
	const struct report_table *t = &r->tables[0];
	struct xlsx_writer *w;

	TRY(xlsx_begin(c, sheet_title(c, r, 0), sheet_columns(c, t), cell_count(t), &w));
	fail f = xlsx_tables(c, r, w);

	if (f == FAIL_OK)
		return xlsx_end(c, w, out);
	xlsx_abandon(w);
	return f;
}

/* ---- a page to print ---- */

static const char print_style[] =
	"@page{size:A4 landscape;margin:15mm}body{font:13px/1.4 'Times New Roman',Tinos,serif;color:#000}h1{font-size:17px;margin:0 0 4px}"
	"h2{font-size:14px;margin:14px 0 4px}p{margin:2px 0}table{border-collapse:collapse;width:100%}thead{display:table-header-group}"
	"tr{break-inside:avoid}th,td{border:0.5pt solid #000;padding:2px 5px;text-align:left;vertical-align:top}"
	"td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tfoot td{font-weight:bold}small{color:#333}";

static bool right(enum value_kind kind)
{
	return kind == VALUE_COUNT || kind == VALUE_RATE || kind == VALUE_POINTS || kind == VALUE_DAY;
}

static void html_cell(struct out *out, struct call *c, const struct report_column *column, const struct report_value *v)
{
	out_str(out, right(column->kind) ? "<td class=\"n\">" : "<td>");
	html_text(out, NULL, value_show(c->arena, c->lang, column->kind, v));
	if (column->kind == VALUE_RATE && v->b > 0)
		out_printf(out, " <small>%s/%s</small>", show_int(c->arena, c->lang, v->a), show_int(c->arena, c->lang, v->b));
	out_str(out, "</td>");
}

static void html_row(struct out *out, struct call *c, const struct report_table *t, const struct report_value *row)
{
	out_str(out, "<tr>");
	for (size_t i = 0; i < t->column_n; i++)
		html_cell(out, c, &t->columns[i], &row[i]);
	out_str(out, "</tr>\n");
}

static void html_table(struct out *out, struct call *c, const struct report_table *t)
{
	out_str(out, "<h2>");
	html_text(out, NULL, tr(c->lang, t->title));
	out_str(out, "</h2>\n<table><thead><tr>");
	for (size_t i = 0; i < t->column_n; i++) {
		out_str(out, "<th scope=\"col\">");
		html_text(out, NULL, tr(c->lang, t->columns[i].label));
		out_str(out, "</th>");
	}
	out_str(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->row_n; i++)
		html_row(out, c, t, t->rows[i]);
	out_str(out, "</tbody>\n");
	if (t->total) {
		out_str(out, "<tfoot>");
		html_row(out, c, t, t->total);
		out_str(out, "</tfoot>");
	}
	out_str(out, "</table>\n");
	if (t->note) {
		out_str(out, "<p>");
		html_text(out, NULL, t->note);
		out_str(out, "</p>\n");
	}
}

static void write_html(struct call *c, const struct report *r, struct out *out)
{
	const char *title = tr(c->lang, r->kind->title);

	out_printf(out, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>", lang_code(c->lang));
	html_text(out, NULL, title);
	out_printf(out, "</title><style>%s</style></head><body>\n<h1>", print_style);
	html_text(out, NULL, title);
	out_str(out, "</h1>\n<p>");
	html_text(out, NULL, r->unit_name);
	out_str(out, " (");
	html_text(out, NULL, r->unit_code);
	out_str(out, ") · ");
	html_text(out, NULL, show_period(c->arena, c->lang, r->question.period));
	out_str(out, " · ");
	html_text(out, NULL, tr(c->lang, r->question.structure == NOW ? N_("structure of today") : N_("structure of that time")));
	out_str(out, " · ");
	html_text(out, NULL, show_date(c->arena, c->lang, c->today));
	out_str(out, "</p>\n");
	for (size_t i = 0; i < r->table_n; i++)
		html_table(out, c, &r->tables[i]);
	out_str(out, "</body></html>\n");
}

static size_t row_count(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->table_n; i++)
		n += r->tables[i].row_n;
	return n;
}

fail report_write(struct call *c, const struct report *r, enum report_format format, struct out *out)
{
	switch (format) {
	case REPORT_JSON: write_json(c, r, out); return FAIL_OK;
	case REPORT_CSV: return write_csv(c, r, out);
	case REPORT_XLSX: return write_xlsx(c, r, out);
	case REPORT_HTML:
		if (row_count(r) <= PAPER_ROWS_MOST)
			return report_paper(c, r, PAPER_HTML, out);
		write_html(c, r, out);
		return FAIL_OK;
	case REPORT_DOCX: return report_paper(c, r, PAPER_DOCX, out);
	case REPORT_PDF: return report_paper(c, r, PAPER_PDF, out);
	}
	return FAIL_OK;
}
