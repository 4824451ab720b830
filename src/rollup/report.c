/* report.c — which reports there are, and the tables they are put together from. */
#include "rollup/report.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rollup/memory.h"

const struct report_kind rollup_reports[] = {
	{ "R08", "monthly-quality", N_("Monthly quality summary"), report_monthly_quality },
	{ "R14", "summary", N_("Summary by unit"), report_summary },
	{ "R19", "targets", N_("Targets"), report_targets },
	{ "R24", "year-sheet", N_("Meeting quality over the year"), report_year_sheet },
	{ "", "reconcile", N_("Structure of that time against today's"), report_reconcile },
	{ NULL },
};

/* By number, then by name; those without a number last. */
static int by_id(const void *x, const void *y)
{
	const struct report_kind *a = x, *b = y;

	if (!*a->id != !*b->id)
		return *a->id ? -1 : 1;
	return *a->id ? strcmp(a->id, b->id) : strcmp(a->name, b->name);
}

size_t report_all(struct arena *a, bool tables_only, const struct report_kind **out)
{
	struct report_kind *v;
	size_t n = 0;

	for (const struct report_kind *const *t = report_tables; *t; t++)
		for (const struct report_kind *k = *t; k->name; k++)
			n++;
	*out = v = ARENA_ARRAY(a, n, struct report_kind);
	n = 0;
	for (const struct report_kind *const *t = report_tables; *t; t++)
		for (const struct report_kind *k = *t; k->name; k++)
			if (k->make || !tables_only)
				v[n++] = *k;
	qsort(v, n, sizeof *v, by_id);
	return n;
}

static const char *all_names(struct call *c)
{
	const struct report_kind *k;
	size_t n = report_all(c->arena, false, &k);
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(c->arena, "%s%s%s%s%s", text, *text ? ", " : "", k[i].id, *k[i].id ? " " : "", k[i].name);
	return text;
}

fail report_find(struct call *c, const char *name, const struct report_kind **out)
{
	for (const struct report_kind *const *t = report_tables; *t; t++)
		for (*out = *t; (*out)->name; (*out)++)
			if (strcasecmp((*out)->name, name) == 0 || (*(*out)->id && strcasecmp((*out)->id, name) == 0))
				return FAIL_OK;
	return problem(c, FAIL_NOT_FOUND, "report", "there is no report “%s” here; these can be had: %s", name, all_names(c));
}

fail report_format_of(struct call *c, const char *text, enum report_format *out)
{
	int i = text ? word_index(report_formats, text) : REPORT_JSON;

	if (i < 0)
		return problem(c, FAIL_INPUT, "--format", "“%s” is not a form of reports; write json, csv, xlsx, html, docx or pdf", text);
	*out = (enum report_format)i;
	return FAIL_OK;
}

/* ---- tables ---- */

struct report_table *report_table(struct report *r, const char *name, const char *title, const struct report_column *columns, size_t n)
{
	struct report_table *t = &r->tables[r->table_n++];

	*t = (struct report_table){ .name = name, .title = title, .columns = columns, .column_n = n };
	return t;
}

static struct report_value *values(struct call *c, const struct report_table *t)
{
	struct report_value *v = ARENA_ARRAY(c->arena, t->column_n, struct report_value);

	for (size_t i = 0; i < t->column_n; i++)
		v[i].s = "";
	return v;
}

struct report_value *report_row(struct call *c, struct report_table *t)
{
	if (t->row_n == t->room) {
		struct report_value **old = t->rows;

		t->room = t->room ? t->room * 2 : 64;
		t->rows = ARENA_ARRAY(c->arena, t->room, struct report_value *);
		if (t->row_n)
			memcpy(t->rows, old, t->row_n * sizeof *old);
	}
	return t->rows[t->row_n++] = values(c, t);
}

struct report_value *report_total(struct call *c, struct report_table *t)
{
	return t->total = values(c, t);
}

/* ---- cells below a unit ---- */

struct walk {
	struct call *c;
	const struct cube *cube;
	enum structure structure;
	struct belows *out;
	size_t room;
};

static bool acts_as_cell(const struct cube *cube, int32_t unit, month_no from, month_no to)
{
	for (month_no m = from; m <= to; m++) {
		const struct cell_facts *f = cube_facts(cube, unit, m / 12);

		if ((f && f[m % 12].meetings) || (m <= cube->now && shape_covered(cube->shape, unit, m / 12) >> m % 12 & 1))
			return true;
	}
	return false;
}

static void add_below(struct walk *w, int32_t unit, month_no from, month_no to)
{
	struct belows *b = w->out;

	if (b->n == w->room) {
		struct below *old = b->v;

		w->room = w->room ? w->room * 2 : 256;
		b->v = ARENA_ARRAY(w->c->arena, w->room, struct below);
		if (b->n)
			memcpy(b->v, old, b->n * sizeof *old);
	}
	b->v[b->n++] = (struct below){ unit, from, to };
}

static void walk_below(struct walk *w, int32_t unit, month_no from, month_no to, int depth)
{
	size_t n;
	const struct shape_link *l = shape_children(w->cube->shape, w->structure, unit, &n);

	if (acts_as_cell(w->cube, unit, from, to))
		add_below(w, unit, from, to);
	for (size_t i = 0; i < n && depth < 64; i++) {
		month_no a = l[i].from > from ? l[i].from : from, b = l[i].to < to ? l[i].to : to;

		if (a <= b)
			walk_below(w, l[i].child, a, b, depth + 1);
	}
}

void cells_below(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct belows *out)
{
	struct walk w = { c, cube, q->structure, out, 0 };

	*out = (struct belows){ 0 };
	walk_below(&w, unit, q->period.from, q->period.to, 0);
}

/* ---- making ---- */

static fail name_unit(struct call *c, struct report *r)
{
	struct rollup_want want = { r->question.unit_id, r->question.period };
	const struct cube *cube;

	TRY(rollup_lock(c, &want, &cube));
	int32_t unit = shape_find(cube->shape, r->question.unit_id);

	if (unit >= 0) {
		r->unit_code = arena_strdup(c->arena, cube->shape->unit[unit].code);
		r->unit_name = arena_strdup(c->arena, cube->shape->unit[unit].name);
	}
	rollup_unlock(c);
	return unit < 0 ? problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit") : FAIL_OK;
}

fail report_make(struct call *c, const struct report_kind *kind, const struct question *q, struct report *out)
{
	if (!kind->make)
		return problem(c, FAIL_NOT_FOUND, "report", "“%s” is the paper of one meeting; it stands on the page of the meeting", kind->name);
	*out = (struct report){ .kind = kind, .question = *q };
	TRY(name_unit(c, out));
	return kind->make(c, out);
}
