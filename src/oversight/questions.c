/* questions.c — looks at the figures of a year and words what is worth asking. Judges nothing. */
#include <jansson.h>

#include "oversight/questions.h"

#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "db/journal.h"
#include "org/member.h"
#include "questions_sql.h"

const char *const question_kinds[] = { "", "gap", "constant", "diverging", "identical", NULL };

#define Q(f, ...) COL(struct figure_question, f, __VA_ARGS__)
static const struct field fields[] = { Q(realm),       Q(unit_id),     Q(year),      Q(rev),       Q(kind, .words = question_kinds), Q(figures), Q(asked_on),
	                                   Q(answered_on), Q(answer),      Q(answered_by), Q(unit_code), Q(unit_name), FIELD_END };
#undef Q
const struct record figure_question_record = { "figure_question", sizeof(struct figure_question), fields };

/* ---------------------------------------------------------------- figures */

enum { FIGURES = 8 };
/* The numbers of a question, by kind; stored as JSON under these names. */
static const char *const figure_names[QUESTION_KINDS][FIGURES + 1] = {
	[QUESTION_GAP] = { "months", "self", "decided" },
	[QUESTION_CONSTANT] = { "months", "points" },
	[QUESTION_DIVERGING] = { "months_before", "points_before", "months_after", "points_after", "present_before", "expected_before", "present_after",
	                         "expected_after" },
	[QUESTION_IDENTICAL] = { "same", "sheets", "cells", "month" },
};
enum { GAP_MONTHS, GAP_SELF, GAP_DECIDED };
enum { CONSTANT_MONTHS, CONSTANT_POINTS };
enum { MONTHS_BEFORE, POINTS_BEFORE, MONTHS_AFTER, POINTS_AFTER, PRESENT_BEFORE, EXPECTED_BEFORE, PRESENT_AFTER, EXPECTED_AFTER };
enum { SAME_SHEETS, ALL_SHEETS, SAME_CELLS, SAME_MONTH };

struct figures_of { int64_t v[FIGURES]; };

static const char *figures_json(struct call *c, unsigned kind, const struct figures_of *f)
{
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_write_object(&j);
	for (int i = 0; i < FIGURES && figure_names[kind][i]; i++)
		json_put_int(&j, figure_names[kind][i], f->v[i]);
	json_object_end(&j);
	return out_text(&o);
}

static struct figures_of figures_read(unsigned kind, const char *text)
{
	json_t *root = json_loads(text, 0, NULL);
	struct figures_of f = { 0 };

	for (int i = 0; i < FIGURES && figure_names[kind][i]; i++)
		f.v[i] = json_integer_value(json_object_get(root, figure_names[kind][i]));
	json_decref(root);
	return f;
}

/* ---------------------------------------------------------------- words */

/* Mean in tenths, half up. */
static struct tenths mean(int64_t sum, int64_t n)
{
	return n ? (struct tenths){ (int32_t)((2 * sum + n) / (2 * n)) } : TENTHS_NONE;
}

static const char *gap_words(struct call *c, const struct figures_of *f)
{
	int64_t gap = f->v[GAP_SELF] - f->v[GAP_DECIDED];
	const char *points = show_tenths(c->arena, c->lang, mean(gap < 0 ? -gap : gap, f->v[GAP_MONTHS]));

	return arena_printf(c->arena,
	                    tr(c->lang, gap > 0 ? N_("The cell's own score was on average %s points above the decided one in %lld months. What explains the difference?")
	                                        : N_("The cell's own score was on average %s points below the decided one in %lld months. What explains the difference?")),
	                    points, (long long)f->v[GAP_MONTHS]);
}

static const char *constant_words(struct call *c, const struct figures_of *f)
{
	return arena_printf(c->arena, tr(c->lang, N_("In %lld months the cell gave itself %s points every time. What did these meetings have in common?")),
	                    (long long)f->v[CONSTANT_MONTHS], show_tenths(c->arena, c->lang, (struct tenths){ (int32_t)f->v[CONSTANT_POINTS] }));
}

static const char *diverging_words(struct call *c, const struct figures_of *f)
{
	struct arena *a = c->arena;

	return arena_printf(a, tr(c->lang, N_("Points rose from %s to %s on average, while attendance fell from %s to %s. What has become better?")),
	                    show_tenths(a, c->lang, mean(f->v[POINTS_BEFORE], f->v[MONTHS_BEFORE])),
	                    show_tenths(a, c->lang, mean(f->v[POINTS_AFTER], f->v[MONTHS_AFTER])),
	                    show_percent(a, c->lang, f->v[PRESENT_BEFORE], f->v[EXPECTED_BEFORE]),
	                    show_percent(a, c->lang, f->v[PRESENT_AFTER], f->v[EXPECTED_AFTER]));
}

static const char *identical_words(struct call *c, const struct figures_of *f)
{
	int64_t month = f->v[SAME_MONTH];

	if (f->v[SAME_CELLS])
		return arena_printf(c->arena,
		                    tr(c->lang, N_("In %lld/%lld the sheet had the very same points in every line as those of %lld other cells. How was it made?")),
		                    (long long)(month % 12 + 1), (long long)(month / 12), (long long)f->v[SAME_CELLS]);
	return arena_printf(c->arena, tr(c->lang, N_("%lld of %lld score sheets have the very same points in every line. How is each meeting scored?")),
	                    (long long)f->v[SAME_SHEETS], (long long)f->v[ALL_SHEETS]);
}

static const char *question_words(struct call *c, const struct figure_question *q)
{
	static const char *(*const words[QUESTION_KINDS])(struct call *, const struct figures_of *) = { NULL, gap_words, constant_words, diverging_words,
		                                                                                           identical_words };
	struct figures_of f = figures_read(q->kind, q->figures);

	return q->kind ? words[q->kind](c, &f) : "";
}

/* ---------------------------------------------------------------- thresholds */

struct thresholds { int64_t gap, gap_months, constant_months, rise, fall, same_sheets, same_cells; };

static fail threshold(struct call *c, int64_t realm, const char *name, int64_t usual, int64_t *out)
{
	const char *text;

	TRY(org_setting(c, realm, name, &text));
	if (!int_parse(text, out) || *out < 1)
		*out = usual;
	return FAIL_OK;
}

static fail thresholds_of(struct call *c, int64_t realm, struct thresholds *t)
{
	TRY(threshold(c, realm, "question_gap", 50, &t->gap));
	TRY(threshold(c, realm, "question_gap_months", 3, &t->gap_months));
	TRY(threshold(c, realm, "question_constant_months", 6, &t->constant_months));
	TRY(threshold(c, realm, "question_rise", 20, &t->rise));
	TRY(threshold(c, realm, "question_fall", 3, &t->fall));
	TRY(threshold(c, realm, "question_same_sheets", 4, &t->same_sheets));
	return threshold(c, realm, "question_same_cells", 5, &t->same_cells);
}

/* ---------------------------------------------------------------- the months of a cell */

#define M(f) COL(struct question_month, f)
static const struct field month_fields[] = { M(month), M(self_points), M(decided_points), M(points), M(expected), M(present), FIELD_END };
#undef M
static const struct record month_record = { "question_month", sizeof(struct question_month), month_fields };

struct finding {
	struct call *c;
	const struct unit *cell;
	int year;
	struct thresholds t;
	struct question_month *months;
	size_t month_n;
	struct figure_questions *out; /* room for one of each kind */
};

static void raise(const struct finding *d, unsigned kind, const struct figures_of *f)
{
	struct figure_question *q = &d->out->v[d->out->n++];

	record_clear(&figure_question_record, q);
	q->realm = d->cell->realm;
	q->unit_id = d->cell->id;
	q->year = d->year;
	q->kind = kind;
	q->rev = 0;
	q->figures = figures_json(d->c, kind, f);
	q->answer = q->answered_by = "";
	q->unit_code = d->cell->code;
	q->unit_name = d->cell->name;
	q->text = question_words(d->c, q);
}

static void find_gap(const struct finding *d)
{
	struct figures_of f = { 0 };

	for (size_t i = 0; i < d->month_n; i++)
		if (d->months[i].self_points != INT_UNKNOWN && d->months[i].decided_points != INT_UNKNOWN) {
			f.v[GAP_MONTHS]++;
			f.v[GAP_SELF] += d->months[i].self_points;
			f.v[GAP_DECIDED] += d->months[i].decided_points;
		}
	int64_t gap = f.v[GAP_SELF] - f.v[GAP_DECIDED];

	if (f.v[GAP_MONTHS] >= d->t.gap_months && (gap < 0 ? -gap : gap) >= d->t.gap * f.v[GAP_MONTHS])
		raise(d, QUESTION_GAP, &f);
}

/* The points that the cell gave itself most often. */
static void find_constant(const struct finding *d)
{
	struct figures_of best = { 0 };

	for (size_t i = 0; i < d->month_n; i++) {
		struct figures_of f = { { 0, d->months[i].self_points } };

		for (size_t k = 0; k < d->month_n && f.v[CONSTANT_POINTS] != INT_UNKNOWN; k++)
			f.v[CONSTANT_MONTHS] += d->months[k].self_points == f.v[CONSTANT_POINTS];
		if (f.v[CONSTANT_MONTHS] > best.v[CONSTANT_MONTHS])
			best = f;
	}
	if (best.v[CONSTANT_MONTHS] >= d->t.constant_months)
		raise(d, QUESTION_CONSTANT, &best);
}

static bool is_whole(const struct question_month *m)
{
	return m->points != INT_UNKNOWN && m->expected != INT_UNKNOWN && m->present != INT_UNKNOWN && m->expected > 0;
}

/* Months with points and counts, the first half against the second. */
static void find_diverging(const struct finding *d)
{
	struct figures_of f = { 0 };
	size_t whole = 0, seen = 0;

	for (size_t i = 0; i < d->month_n; i++)
		whole += is_whole(&d->months[i]);
	for (size_t i = 0; i < d->month_n; i++) {
		const struct question_month *m = &d->months[i];
		bool after = seen >= whole / 2;

		if (!is_whole(m))
			continue;
		seen++;
		f.v[after ? MONTHS_AFTER : MONTHS_BEFORE]++;
		f.v[after ? POINTS_AFTER : POINTS_BEFORE] += m->points;
		f.v[after ? PRESENT_AFTER : PRESENT_BEFORE] += m->present;
		f.v[after ? EXPECTED_AFTER : EXPECTED_BEFORE] += m->expected;
	}
	if (whole < 6)
		return;
	int64_t rise = mean(f.v[POINTS_AFTER], f.v[MONTHS_AFTER]).t - mean(f.v[POINTS_BEFORE], f.v[MONTHS_BEFORE]).t;
	int64_t fall = percent_hundredths(f.v[PRESENT_BEFORE], f.v[EXPECTED_BEFORE]) - percent_hundredths(f.v[PRESENT_AFTER], f.v[EXPECTED_AFTER]);

	if (rise >= d->t.rise && fall >= d->t.fall * 100)
		raise(d, QUESTION_DIVERGING, &f);
}

/* ---------------------------------------------------------------- sheets that are alike */

struct line_row {
	int64_t unit_id, month, meeting_id, points, max;
	const char *line;
};
#define L(f) COL(struct line_row, f)
static const struct field line_fields[] = { L(unit_id), L(month), L(meeting_id), L(points), L(max), L(line), FIELD_END };
#undef L
static const struct record line_record = { "question_line", sizeof(struct line_row), line_fields };

/* A sheet as one number: the same lines with the same points give the same. */
struct sheet_print {
	int64_t unit_id, month, meeting_id;
	uint64_t print;
	bool full;     /* nothing was lost: such sheets are alike by themselves */
};
struct prints {
	struct sheet_print *v;
	size_t n, room;
};

static uint64_t add_bytes(uint64_t h, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
	return h;
}

static struct sheet_print *print_of(struct call *c, struct prints *p, const struct line_row *r)
{
	if (p->n && p->v[p->n - 1].meeting_id == r->meeting_id)
		return &p->v[p->n - 1];
	if (p->n == p->room) {
		struct sheet_print *old = p->v;

		p->room = p->room ? p->room * 2 : 64;
		p->v = ARENA_ARRAY(c->arena, p->room, struct sheet_print);
		if (p->n)
			memcpy(p->v, old, p->n * sizeof *old);
	}
	p->v[p->n] = (struct sheet_print){ r->unit_id, r->month, r->meeting_id, UINT64_C(14695981039346656037), true };
	return &p->v[p->n++];
}

static fail take_line(struct call *c, const void *row, void *arg)
{
	const struct line_row *r = row;
	struct sheet_print *s = print_of(c, arg, r);

	s->print = add_bytes(add_bytes(s->print, r->line, strlen(r->line) + 1), &r->points, sizeof r->points);
	s->full &= r->points >= r->max;
	return FAIL_OK;
}

static fail take_sheets(struct call *c, int64_t realm, int64_t unit_id, int year, struct prints *p)
{
	return db_each(c, &Q_question_lines, ARGS(V(realm), V(unit_id), V(month_of(year, 1)), V(month_of(year, 12))), &line_record, take_line, p);
}

/* Sheets of the cells that hang below the same unit on the last day of the year; the cell's own alone where it has no parent. */
static fail load_prints(struct call *c, const struct unit *cell, int year, struct prints *p)
{
	struct date last = date_of(year, 12, 31);
	struct units beside = { 0 };

	*p = (struct prints){ 0 };
	if (cell->parent_id <= 0)
		return take_sheets(c, cell->realm, cell->id, year, p);
	TRY(org_children(c, cell->parent_id, c->today.days < last.days ? c->today : last, &beside));
	for (size_t i = 0; i < beside.n; i++)
		if (beside.v[i].level == LEVEL_CELL)
			TRY(take_sheets(c, beside.v[i].realm, beside.v[i].id, year, p));
	return FAIL_OK;
}

static void compare(const struct prints *p, const struct sheet_print *s, struct figures_of *f)
{
	*f = (struct figures_of){ { [SAME_MONTH] = s->month } };
	for (size_t i = 0; i < p->n; i++) {
		const struct sheet_print *x = &p->v[i];

		f->v[ALL_SHEETS] += x->unit_id == s->unit_id;
		f->v[SAME_SHEETS] += x->unit_id == s->unit_id && x->print == s->print;
		f->v[SAME_CELLS] += x->unit_id != s->unit_id && x->month == s->month && x->print == s->print;
	}
}

static void find_identical(const struct finding *d, const struct prints *p)
{
	struct figures_of best = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		struct figures_of f;

		if (p->v[i].unit_id != d->cell->id || p->v[i].full)
			continue;
		compare(p, &p->v[i], &f);
		if (f.v[SAME_CELLS] < d->t.same_cells)
			f.v[SAME_CELLS] = 0;
		if (f.v[SAME_CELLS] > best.v[SAME_CELLS] || (f.v[SAME_CELLS] == best.v[SAME_CELLS] && f.v[SAME_SHEETS] > best.v[SAME_SHEETS]))
			best = f;
	}
	if (best.v[SAME_CELLS] || best.v[SAME_SHEETS] >= d->t.same_sheets)
		raise(d, QUESTION_IDENTICAL, &best);
}

/* ---------------------------------------------------------------- finding */

fail questions_months(struct call *c, const struct unit *cell, int year, struct question_month **out, size_t *n)
{
	return db_all(c, &Q_question_months, ARGS(V(cell->realm), V(cell->id), V(month_of(year, 1)), V(month_of(year, 12))), &month_record, out, n);
}

static fail find_in(struct call *c, const struct unit *cell, int year, const struct prints *p, struct figure_questions *out)
{
	struct finding d = { .c = c, .cell = cell, .year = year, .out = out };

	*out = (struct figure_questions){ ARENA_ARRAY(c->arena, QUESTION_KINDS, struct figure_question), 0 };
	TRY(thresholds_of(c, cell->realm, &d.t));
	TRY(questions_months(c, cell, year, &d.months, &d.month_n));
	find_gap(&d);
	find_constant(&d);
	find_diverging(&d);
	find_identical(&d, p);
	return FAIL_OK;
}

fail questions_find(struct call *c, const struct unit *cell, int year, struct figure_questions *out)
{
	struct prints p;

	TRY(load_prints(c, cell, year, &p));
	return find_in(c, cell, year, &p, out);
}

/* ---------------------------------------------------------------- those that were asked */

static void word_all(struct call *c, struct figure_questions *q)
{
	for (size_t i = 0; i < q->n; i++)
		q->v[i].text = question_words(c, &q->v[i]);
}

fail questions_of_cell(struct call *c, int64_t unit_id, int year, struct figure_questions *out)
{
	TRY(db_all(c, &Q_questions_of_cell, ARGS(V(unit_id), V(year), V("")), &figure_question_record, &out->v, &out->n));
	word_all(c, out);
	return FAIL_OK;
}

fail questions_below(struct call *c, int64_t unit_id, int year, struct figure_questions *out)
{
	struct date until = { c->today.days - QUESTION_DAYS };

	TRY(db_all(c, &Q_questions_below, ARGS(V(unit_id), V(c->today), V(year), V(until)), &figure_question_record, &out->v, &out->n));
	word_all(c, out);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- asking */

struct asking { int64_t unit_id, asked; int year; };

static const struct figure_question *of_kind(const struct figure_questions *q, unsigned kind)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->v[i].kind == kind)
			return &q->v[i];
	return NULL;
}

static fail ask_new(struct call *c, const struct figure_question *q, struct asking *a)
{
	a->asked++;
	TRY(db_exec(c, &Q_question_insert, ARGS(V(q->realm), V(q->unit_id), V(q->year), V(question_kinds[q->kind]), V(q->figures), V(c->today)), NULL));
	return journal_add(c, q->realm, q->unit_id, "ask", "figure_question", q->unit_id, NULL, q->figures);
}

static fail follow(struct call *c, const struct figure_question *old, const struct figure_question *now)
{
	const char *kind = question_kinds[old->kind];

	if (date_is(old->answered_on) || (now && strcmp(now->figures, old->figures) == 0))
		return FAIL_OK;
	if (now)
		TRY(db_exec(c, &Q_question_figures, ARGS(V(old->realm), V(old->unit_id), V(old->year), V(kind), V(now->figures)), NULL));
	else
		TRY(db_exec(c, &Q_question_drop, ARGS(V(old->realm), V(old->unit_id), V(old->year), V(kind)), NULL));
	return journal_add(c, old->realm, old->unit_id, now ? "update" : "delete", "figure_question", old->unit_id, old->figures, now ? now->figures : NULL);
}

static fail ask_cell(struct call *c, const struct unit *cell, const struct prints *p, struct asking *a)
{
	struct figure_questions found, asked;

	TRY(find_in(c, cell, a->year, p, &found));
	TRY(questions_of_cell(c, cell->id, a->year, &asked));
	for (size_t i = 0; i < asked.n; i++)
		TRY(follow(c, &asked.v[i], of_kind(&found, asked.v[i].kind)));
	for (size_t i = 0; i < found.n; i++)
		if (!of_kind(&asked, found.v[i].kind))
			TRY(ask_new(c, &found.v[i], a));
	return FAIL_OK;
}

static int by_parent(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;

	return x->parent_id != y->parent_id ? (x->parent_id > y->parent_id) - (x->parent_id < y->parent_id) : (x->id > y->id) - (x->id < y->id);
}

/* Cells of one committee share what is compared. */
static fail ask_body(struct call *c, void *arg)
{
	struct asking *a = arg;
	struct date last = date_of(a->year, 12, 31), on = c->today.days < last.days ? c->today : last;
	struct prints p = { 0 };
	struct units cells;

	a->asked = 0;
	TRY(org_below(c, a->unit_id, on, LEVEL_CELL, &cells));
	qsort(cells.v, cells.n, sizeof *cells.v, by_parent);
	for (size_t i = 0; i < cells.n; i++) {
		if (!i || cells.v[i].parent_id != cells.v[i - 1].parent_id)
			TRY(load_prints(c, &cells.v[i], a->year, &p));
		TRY(ask_cell(c, &cells.v[i], &p, a));
	}
	return FAIL_OK;
}

fail questions_ask(struct call *c, int64_t unit_id, int year, int64_t *asked)
{
	struct asking a = { .unit_id = unit_id, .year = year };

	TRY(db_write(c, ask_body, &a));
	if (asked)
		*asked = a.asked;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- answering */

struct answering {
	int64_t unit_id, rev;
	int year;
	unsigned kind;
	const char *answer;
	struct figure_question *out;
};

static fail read_one(struct call *c, const struct answering *a)
{
	fail f = db_one(c, &Q_questions_of_cell, ARGS(V(a->unit_id), V(a->year), V(question_kinds[a->kind])), &figure_question_record, a->out);

	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "", "this question was not asked");
	a->out->text = f == FAIL_OK ? question_words(c, a->out) : "";
	return f;
}

static const char *answer_json(struct call *c, const char *kind, const char *answer)
{
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_write_object(&j);
	json_put_str(&j, "kind", kind);
	json_put_str(&j, "answer", answer);
	json_object_end(&j);
	return out_text(&o);
}

static fail answer_body(struct call *c, void *arg)
{
	const struct answering *a = arg;
	const char *kind = question_kinds[a->kind];

	TRY(read_one(c, a));
	if (a->out->rev != a->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed this question or its answer first");
	if (c->today.days > date_of(a->year + 1, 12, 31).days)
		return problem(c, FAIL_CONFLICT, "answer", "the year after is over; the answer stays as it is");
	const char *before = *a->out->answer ? answer_json(c, kind, a->out->answer) : NULL;

	TRY(db_exec(c, &Q_question_answered,
	            ARGS(V(a->out->realm), V(a->unit_id), V(a->year), V(kind), V(a->answer), V(c->who.name), V(c->today)), NULL));
	TRY(journal_add(c, a->out->realm, a->unit_id, "answer", "figure_question", a->unit_id, before, answer_json(c, kind, a->answer)));
	return read_one(c, a);
}

fail question_answer(struct call *c, int64_t unit_id, int year, unsigned kind, int64_t rev, const char *answer, struct figure_question *out)
{
	const char *text = text_clean(c->arena, answer);

	if (!text || !*text)
		return problem(c, FAIL_INPUT, "answer", "write an answer of a sentence or two");
	if (kind == QUESTION_NONE || kind >= QUESTION_KINDS)
		return problem(c, FAIL_NOT_FOUND, "", "this question was not asked");
	return db_write(c, answer_body, &(struct answering){ unit_id, rev, year, kind, text, out });
}
