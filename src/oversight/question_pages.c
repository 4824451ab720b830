/* question_pages.c — what the figures of a year make one ask: the cell reads and answers first, the committee above sees what the cell answered, or what
 * has waited long enough. Nothing here changes points or ranks anybody. */
#include <string.h>

#include "oversight/oversight_pages.h"
#include "oversight/pages.h"
#include "oversight/questions.h"
#include "oversight_views.h"

struct question_data {
	const struct req *rq;
	struct unit u;
	int year;
	bool body, own, may_answer; /* own: the person belongs to the cell */
	struct figure_questions q;
	struct question_month *months;
	size_t month_n;
};

/* An officer has rights in the cell, but only its own people take part in it. */
static bool is_own(struct call *c, const struct unit *u)
{
	return call_may(c, MAY_TAKE_PART, u->id);
}

static fail load(struct call *c, void *arg)
{
	struct question_data *d = arg;

	TRY(oversight_year(c, d->rq, &d->year));
	TRY(oversight_unit(c, d->rq, d->year, &d->u));
	TRY(oversight_is_body(c, &d->u, d->year, &d->body));
	d->own = !d->body && is_own(c, &d->u);
	d->may_answer = d->own && call_may(c, MAY_RECORD, d->u.id);
	if (!d->own)
		return questions_below(c, d->u.id, d->year, &d->q);
	TRY(questions_of_cell(c, d->u.id, d->year, &d->q));
	return questions_months(c, &d->u, d->year, &d->months, &d->month_n);
}

static struct date seen_above_on(const struct figure_question *q)
{
	return (struct date){ q->asked_on.days + QUESTION_DAYS };
}

/* ---------------------------------------------------------------- data */

static void questions_json(struct res *rs, const struct question_data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", d->u.code);
	json_put_int(&j, "year", d->year);
	json_key(&j, "questions");
	json_array(&j);
	for (size_t i = 0; i < d->q.n; i++) {
		const struct figure_question *q = &d->q.v[i];
		char asked[DATE_TEXT], answered[DATE_TEXT];

		date_format(q->asked_on, asked);
		date_format(q->answered_on, answered);
		json_object(&j);
		json_put_str(&j, "unit", q->unit_code);
		json_put_str(&j, "kind", question_kinds[q->kind]);
		json_put_str(&j, "text", q->text);
		json_put_str(&j, "asked_on", asked);
		json_put_str(&j, "answered_on", *answered ? answered : NULL);
		json_put_str(&j, "answer", q->answer);
		json_put_int(&j, "rev", q->rev);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

/* ---------------------------------------------------------------- the page */

/* Several questions stand on a page: each form has a field of its own. JSON says just "answer". */
static const char *field_of(struct call *c, const char *kind)
{
	return arena_printf(c->arena, "answer.%s", kind);
}

static struct question_shown shown_of(struct call *c, const struct question_data *d, const struct figure_question *q)
{
	struct question_shown x = { .text = q->text, .kind = question_kinds[q->kind], .answer = q->answer, .answered = "", .rev = q->rev };
	struct pairs *typed = ARENA_NEW(c->arena, struct pairs);

	if (!d->own) {
		x.unit_name = q->unit_name;
		x.unit_href = oversight_path(c, "/units/%lld/questions?year=%d", (long long)q->unit_id, d->year);
	}
	x.asked = arena_printf(c->arena, d->own ? tr(c->lang, "Asked on %1$s. The committee above sees it once the cell has answered, else from %2$s on.")
	                                        : tr(c->lang, "Asked on %1$s; the cell has not answered yet."),
	                       show_date(c->arena, c->lang, q->asked_on), show_date(c->arena, c->lang, seen_above_on(q)));
	if (date_is(q->answered_on))
		x.answered = arena_printf(c->arena, tr(c->lang, "The cell's answer, %s"), show_date(c->arena, c->lang, q->answered_on));
	if (d->may_answer)
		x.action = oversight_path(c, "/units/%lld/questions/%s", (long long)d->u.id, x.kind);
	form_begin(&x.form, c, NULL, NULL);
	x.field = field_of(c, x.kind);
	pairs_add(c->arena, typed, x.field, q->answer);
	x.form.typed = typed;
	return x;
}

static void fill_months(struct call *c, const struct question_data *d, struct questions_view *v)
{
	v->months = ARENA_ARRAY(c->arena, d->month_n + 1, struct question_month_shown);
	for (; v->month_n < d->month_n && d->q.n; v->month_n++) {
		const struct question_month *m = &d->months[v->month_n];
		struct tenths none = TENTHS_NONE;

		v->months[v->month_n] = (struct question_month_shown){ (month_no)m->month, m->self_points == INT_UNKNOWN ? none : (struct tenths){ (int32_t)m->self_points },
			                                                   m->decided_points == INT_UNKNOWN ? none : (struct tenths){ (int32_t)m->decided_points }, m->present,
			                                                   m->expected };
	}
}

/* Only of what the committee may see. */
static const char *count_of(struct call *c, const struct question_data *d)
{
	int64_t answered = 0, cells = 0;

	for (size_t i = 0; i < d->q.n; i++) {
		answered += date_is(d->q.v[i].answered_on);
		cells += !i || d->q.v[i].unit_id != d->q.v[i - 1].unit_id;
	}
	if (d->own)
		return arena_printf(c->arena, tr(c->lang, "%1$s questions, %2$s answered"), show_int(c->arena, c->lang, (int64_t)d->q.n), show_int(c->arena, c->lang, answered));
	return arena_printf(c->arena, tr(c->lang, "%1$s questions to %2$s cells, %3$s answered"), show_int(c->arena, c->lang, (int64_t)d->q.n),
	                    show_int(c->arena, c->lang, cells), show_int(c->arena, c->lang, answered));
}

static void fill(struct call *c, const struct question_data *d, struct questions_view *v)
{
	v->title = arena_printf(c->arena, tr(c->lang, "Questions that the figures of %d raise"), d->year);
	v->unit_name = d->u.name;
	v->intro = d->own ? tr(c->lang, "Some figures of the year make one ask. A question is no finding: it changes no points and ranks nobody. The cell is asked first and "
	                                "answers in its own words.")
	                  : tr(c->lang, "Some figures make one ask. A question is no finding: it changes no points and ranks nobody. Here stands what cells have answered, and what "
	                                "has waited for 14 days; the rest is between the program and the cell.");
	v->year = d->year;
	v->years = oversight_years(c, oversight_path(c, "/units/%lld/questions", (long long)d->u.id), d->year);
	v->body = d->body;
	v->own = d->own;
	v->empty_title = tr(c->lang, "No question");
	v->empty = d->own ? tr(c->lang, "Nothing in the figures of this year makes one ask: own scores and decided ones, the same points month after month, points that rise "
	                                "while fewer people come, sheets that are alike.")
	                  : tr(c->lang, "There is nothing to see for the committee: no question was raised, or the cells still have time to answer.");
	v->count = count_of(c, d);
	v->v = ARENA_ARRAY(c->arena, d->q.n + 1, struct question_shown);
	for (; v->n < d->q.n; v->n++)
		v->v[v->n] = shown_of(c, d, &d->q.v[v->n]);
	if (d->body ? call_may(c, MAY_DECIDE, d->u.id) : d->may_answer)
		v->ask = oversight_path(c, "/units/%lld/questions/ask", (long long)d->u.id);
	fill_months(c, d, v);
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct question_data *d, struct questions_view *v)
{
	struct page pg;

	res_page(c, rq, rs, &pg, v->title);
	page_crumb(&pg, oversight_path(c, "/units/%lld", (long long)d->u.id), d->u.name);
	page_crumb(&pg, oversight_path(c, "/units/%lld/year?year=%d", (long long)d->u.id, d->year), arena_printf(c->arena, tr(c->lang, "Year %d"), d->year));
	page_crumb(&pg, NULL, tr(c->lang, "Questions that the figures raise"));
	view_oversight_questions(&rs->body, &pg, v);
}

static fail questions_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct question_data d = { .rq = rq };
	struct questions_view v = { 0 };

	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		questions_json(rs, &d);
		return FAIL_OK;
	}
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the answer */

static const char *answer_of(struct call *c, const struct req *rq)
{
	const char *text = req_form(rq, "answer");

	if (!text)
		text = req_form(rq, field_of(c, req_param(rq, "kind")));
	return text ? text : "";
}

/* The page comes back with what was typed at its question. */
static fail answer_again(struct call *c, const struct req *rq, struct res *rs, struct question_data *d, const char *kind, fail why)
{
	struct questions_view v = { 0 };

	TRY(db_read(c, load, d));
	fill(c, d, &v);
	for (size_t i = 0; i < v.n; i++) {
		if (strcmp(v.v[i].kind, kind) != 0)
			continue;
		v.v[i].form.typed = &rq->form;
		c->problem.field = v.v[i].field;
		(void)form_failed(&v.v[i].form);
		if (why == FAIL_CONFLICT)
			conflict_add(c, &v.v[i].conflict, tr(c->lang, "The cell's answer, in its own words"), v.v[i].answer, answer_of(c, rq));
	}
	write_page(c, rq, rs, d, &v);
	return res_again(rs, why);
}

static void put_answer(struct json *j, const void *stored)
{
	json_put_str(j, "answer", ((const struct figure_question *)stored)->answer);
}

static fail answer_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct question_data d = { .rq = rq };
	const char *word = req_param(rq, "kind");
	int kind = word_index(question_kinds, word);
	struct figure_question q = { .answer = "" };
	int64_t rev;

	TRY(db_read(c, load, &d));
	if (kind < 1)
		return problem(c, FAIL_NOT_FOUND, "", "this question was not asked");
	if (!d.may_answer)
		return problem(c, FAIL_DENIED, "", "the cell itself answers: its secretary, or who stands in");
	TRY(req_rev(c, rq, &rev));
	fail f = question_answer(c, d.u.id, d.year, (unsigned)kind, rev, answer_of(c, rq), &q);

	if (f == FAIL_OK) {
		struct flash said = { .text = tr(c->lang, "Answer kept. The committee above reads it beside the question.") };

		return res_done(c, rq, rs, oversight_path(c, "/units/%lld/questions?year=%d", (long long)d.u.id, d.year), &said);
	}
	if (f == FAIL_CONFLICT && req_wants_json(rq))
		return res_conflict(c, rq, rs, put_answer, &q, q.rev);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	return answer_again(c, rq, rs, &d, word, f);
}

/* ---------------------------------------------------------------- looking now */

static fail ask_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct question_data d = { .rq = rq };
	int64_t asked;

	TRY(db_read(c, load, &d));
	if (!d.may_answer) {
		bool may = false;

		TRY(db_read_begin(c));
		may = d.body && call_may(c, MAY_DECIDE, d.u.id);
		db_read_end(c);
		if (!may)
			return problem(c, FAIL_DENIED, "", "a cell looks at its own figures, the committee above at those of all its cells");
	}
	TRY(questions_ask(c, d.u.id, d.year, &asked));
	struct flash said = { .text = asked ? arena_printf(c->arena, tr(c->lang, "%s new questions; the cells read them first."), show_int(c->arena, c->lang, asked))
		                                : tr(c->lang, "No new question.") };

	return res_done(c, rq, rs, oversight_path(c, "/units/%lld/questions?year=%d", (long long)d.u.id, d.year), &said);
}

static const struct query_param year_param[] = { { "year", N_("the year; this year if not given") }, { NULL, NULL } };

const struct route question_routes[] = {
	{ GET, "/units/:unit/questions", MAY_SEE, unit_of_path, questions_show, 0, N_("Questions that the figures of a year raise: to the cell, or what a committee may see of them"),
	  .query = year_param },
	{ POST, "/units/:unit/questions/ask", MAY_RECORD, unit_of_path, ask_post, 0, N_("Looks at the figures now: year") },
	{ POST, "/units/:unit/questions/:kind", MAY_RECORD, unit_of_path, answer_post, 0, N_("The cell's answer to a question: year, rev, answer") },
	{ HTTP_NONE },
};
