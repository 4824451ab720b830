/* shown.c — addresses, cells and tables of this room's pages. */
#include "rollup/shown.h"

#include <string.h>

#define LIT(o, literal) out_bytes((o), (literal), sizeof(literal) - 1)

/* ---- addresses ---- */

#define ID_TEXT 24

static const char *id_text(char out[ID_TEXT], int64_t id)
{
	*put_digits(out, (uint64_t)id, 1) = '\0';
	return out;
}

const char *unit_address(struct arena *a, int64_t unit_id, const char *tail)
{
	return arena_join(a, "/units/", id_text((char[ID_TEXT]){ 0 }, unit_id), tail, NULL);
}

static const char *with_question(struct arena *a, const struct question *q, int64_t unit_id, const char *tail)
{
	char period[PERIOD_TEXT], id[ID_TEXT];
	const char *part = strchr(tail, '#');
	const char *path = part ? arena_strndup(a, tail, (size_t)(part - tail)) : tail;

	period_format(q->period, period);
	return arena_join(a, "/units/", id_text(id, unit_id), path, strchr(tail, '?') ? "&" : "?", "period=", period,
	                  q->structure == NOW ? "&structure=now" : "", part ? part : "", NULL);
}

const char *keep_address(struct arena *a, const struct unit_view *v, int64_t unit_id, const char *tail)
{
	return with_question(a, &v->q, unit_id, tail);
}

const char *keep_query(struct arena *a, const struct question *q)
{
	char period[PERIOD_TEXT];

	period_format(q->period, period);
	return arena_join(a, "period=", period, q->structure == NOW ? "&amp;structure=now" : "", NULL);
}

static const char *meetings_address(struct arena *a, int64_t unit_id, struct period of)
{
	char period[PERIOD_TEXT], id[ID_TEXT];

	period_format(of, period);
	return arena_join(a, "/units/", id_text(id, unit_id), "/meetings?period=", period, NULL);
}

const char *month_address(struct arena *a, int64_t unit_id, month_no month)
{
	return meetings_address(a, unit_id, (struct period){ month, month });
}

const char *row_address(struct arena *a, const struct target_row *row)
{
	char id[ID_TEXT];

	if (row->of_year)
		return arena_join(a, "/units/", id_text(id, row->unit_id), "/year?year=", arena_printf(a, "%d", row->of.from / 12), NULL);
	return meetings_address(a, row->unit_id, row->of);
}

const char *report_address(struct arena *a, const struct reports_view *v, const struct report_kind *kind, const char *format)
{
	const char *tail = arena_printf(a, "/reports/%s%s%s", *kind->id ? kind->id : kind->name, format ? "?format=" : "", format ? format : "");

	return with_question(a, &v->q, v->q.unit_id, tail);
}

const char *year_address(struct arena *a, const struct unit_view *v, const char *page, const char *more)
{
	char id[ID_TEXT];

	return arena_join(a, "/units/", id_text(id, v->id), page, "?year=", arena_printf(a, "%d", v->year_number), more, NULL);
}

/* ---- words ---- */

const char *held_words(enum lang lang, const struct month_view *m)
{
	if (m->regular)
		return tr(lang, N_("held"));
	if (!m->due)
		return tr(lang, N_("not due"));
	return tr(lang, m->future ? N_("to come") : N_("not held"));
}

const char *points_shown(const struct page *pg, int64_t points)
{
	return points == INT_UNKNOWN ? "–" : show_tenths(pg->arena, pg->lang, (struct tenths){ (int32_t)points });
}

/* ---- cells ---- */

static void rate_link(struct out *o, const struct unit_view *v, const struct child_view *k, const char *target)
{
	LIT(o, "<a href=\"/units/");
	out_int(o, k->id);
	LIT(o, "/rows?target=");
	out_str(o, target);
	LIT(o, "&amp;");
	out_str(o, v->keep);
	LIT(o, "\">");
}

void html_child_name(struct out *o, const struct page *pg, const struct unit_view *v, const struct child_view *k)
{
	if (!k->own) {
		LIT(o, "<a href=\"/units/");
		out_int(o, k->id);
		out_char(o, '?');
		out_str(o, v->keep);
		LIT(o, "\">");
	}
	html_text(o, pg, k->name);
	if (!k->own)
		LIT(o, "</a>");
}

/* Sorting compares tenths of per mille: exact enough to order, and numbers for the script. */
static void sort_value(struct out *o, struct rate r)
{
	LIT(o, "<td class=\"n\" data-v=\"");
	if (r.den > 0)
		out_int(o, r.num * 10000 / r.den);
	LIT(o, "\">");
}

void html_rate_cell(struct out *o, const struct page *pg, const struct unit_view *v, const struct child_view *k, const char *target,
                    struct rate r)
{
	bool link = *target && r.den > 0 && !k->own;

	sort_value(o, r);
	if (link)
		rate_link(o, v, k, target);
	html_percent(o, pg, percent(r.num, r.den));
	if (link)
		LIT(o, "</a>");
	LIT(o, "</td>");
}

void html_mean_cell(struct out *o, const struct page *pg, int64_t mean)
{
	LIT(o, "<td class=\"n\" data-v=\"");
	if (mean != INT_UNKNOWN)
		out_int(o, mean);
	LIT(o, "\">");
	html_text(o, pg, points_shown(pg, mean));
	LIT(o, "</td>");
}

/* ---- figures of a year ---- */

#define ALL(what) COUNTER_cells##what, COUNTER_bodies##what, COUNTER_members##what
#define UNITS(what) COUNTER_cells##what, COUNTER_bodies##what, COUNTER_COUNT
const struct figure_line figure_lines[FIGURE_LINES] = {
	{ N_("In all"), ALL() },
	{ N_("Registered for “four good”"), UNITS(_registered) },
	{ N_("Assessed (without those that moved away)"), UNITS(_assessed) },
	{ N_("Standard met"), UNITS(_met) },
	{ N_("Recognised"), UNITS(_recognised) },
	{ N_("Exemplary, with a certificate"), UNITS(_exemplary) },
	{ N_("Tasks completed excellently"), ALL(_excellent) },
	{ N_("Tasks completed well"), ALL(_good) },
	{ N_("Tasks completed"), ALL(_completed) },
	{ N_("Tasks not completed"), ALL(_not_completed) },
	{ N_("Members with an initiative"), COUNTER_COUNT, COUNTER_COUNT, COUNTER_members_with_initiative },
};
#undef ALL
#undef UNITS

void html_figure_cell(struct out *o, const struct page *pg, const struct unit_view *v, enum counter counter)
{
	int64_t n = counter == COUNTER_COUNT ? 0 : v->of_year.v[figure_of(counter)];
	struct question q = { v->id, { month_of(v->year_number, 1), month_of(v->year_number, 12) }, v->q.structure };

	LIT(o, "<td class=\"n\">");
	if (n) {
		LIT(o, "<a href=\"");
		html_url_whole(o, pg, url(with_question(pg->arena, &q, v->id, arena_join(pg->arena, "/rows?target=", counter_words[counter], NULL))));
		LIT(o, "\">");
	}
	html_text(o, pg, counter == COUNTER_COUNT ? "–" : show_int(pg->arena, pg->lang, n));
	if (n)
		LIT(o, "</a>");
	LIT(o, "</td>");
}

/* ---- tables of reports ---- */

static bool is_figure(enum value_kind kind)
{
	return kind == VALUE_COUNT || kind == VALUE_RATE || kind == VALUE_POINTS || kind == VALUE_DAY;
}

static void unit_link(struct out *o, const struct page *pg, const struct report_view *v, const struct report_value *x)
{
	if (x->b > 0) {
		LIT(o, "<a href=\"");
		html_url_whole(o, pg, url(with_question(pg->arena, &v->asked, x->b, "")));
		LIT(o, "\">");
	}
	html_text(o, pg, x->s);
	if (x->b > 0)
		LIT(o, "</a>");
}

static void value_text(struct out *o, const struct page *pg, const struct report_view *v, const struct report_column *column,
                       const struct report_value *x)
{
	switch (column->kind) {
	case VALUE_CLASS: html_class(o, pg, class_mark(grade_words[x->a])); return;
	case VALUE_MET: html_met(o, pg, (int)x->a); return;
	case VALUE_RATE:
		html_percent(o, pg, percent(x->a, x->b));
		if (x->b > 0)
			out_printf(o, " <small class=\"quiet\">%s/%s</small>", show_int(pg->arena, pg->lang, x->a), show_int(pg->arena, pg->lang, x->b));
		return;
	case VALUE_TEXT: unit_link(o, pg, v, x); return;
	default: html_text(o, pg, value_show(pg->arena, pg->lang, column->kind, x));
	}
}

static void value_cell(struct out *o, const struct page *pg, const struct report_view *v, const struct report_column *column,
                       const struct report_value *x, bool head)
{
	if (head)
		LIT(o, "<th scope=\"row\">");
	else if (column->kind == VALUE_RATE)
		sort_value(o, (struct rate){ x->a, x->b });
	else if (column->kind == VALUE_POINTS || column->kind == VALUE_COUNT || column->kind == VALUE_DAY || column->kind == VALUE_MONTH)
		out_printf(o, "<td class=\"%s\" data-v=\"%lld\">", is_figure(column->kind) ? "n" : "", x->a == INT_UNKNOWN ? -1LL : (long long)x->a);
	else if (strcmp(column->key, "why") == 0)
		LIT(o, "<td class=\"why\">");
	else
		LIT(o, "<td>");
	value_text(o, pg, v, column, x);
	out_str(o, head ? "</th>" : "</td>");
}

/* The name stands first and keeps its place; the code follows it. */
static void report_row_html(struct out *o, const struct page *pg, const struct report_view *v, const struct report_table *t,
                            const struct report_value *row, const size_t *order)
{
	LIT(o, "<tr>");
	for (size_t i = 0; i < t->column_n; i++)
		value_cell(o, pg, v, &t->columns[order[i]], &row[order[i]], i == 0);
	LIT(o, "</tr>\n");
}

static const size_t *column_order(const struct page *pg, const struct report_table *t)
{
	size_t *order = ARENA_ARRAY(pg->arena, t->column_n, size_t);

	for (size_t i = 0; i < t->column_n; i++)
		order[i] = i;
	if (t->column_n > 1 && strcmp(t->columns[0].key, "code") == 0) {
		order[0] = 1;
		order[1] = 0;
	}
	return order;
}

static const char *form_address(const struct page *pg, const struct report_view *v, const char *format)
{
	char period[PERIOD_TEXT];

	period_format(v->asked.period, period);
	return arena_printf(pg->arena, "%s?format=%s&period=%s%s", v->action, format, period, v->asked.structure == NOW ? "&structure=now" : "");
}

void html_report_table(struct out *o, const struct page *pg, const struct report_view *v, const struct report_table *t)
{
	const size_t *order = column_order(pg, t);
	struct column *columns = ARENA_ARRAY(pg->arena, t->column_n, struct column);
	struct table head = { .caption = tr(pg->lang, t->title), .id = t->name, .columns = columns, .n = t->column_n, .local = true };

	head.csv = form_address(pg, v, "csv");
	head.excel = form_address(pg, v, "xlsx");
	for (size_t i = 0; i < t->column_n; i++)
		columns[i] = (struct column){ tr(pg->lang, t->columns[order[i]].label), t->columns[order[i]].key,
			                          is_figure(t->columns[order[i]].kind) };
	html_table_begin(o, pg, &head);
	for (size_t i = 0; i < t->row_n; i++)
		report_row_html(o, pg, v, t, t->rows[i], order);
	if (t->total) {
		html_table_foot(o, pg);
		report_row_html(o, pg, v, t, t->total, order);
		LIT(o, "</tfoot>");
	}
	html_table_end(o, pg);
}
