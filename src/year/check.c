/* check.c — the monthly self-check: what the cell saw as met in a month, beside what the records said then. */
#include <string.h>

#include "base/text.h"
#include "db/journal.h"
#include "year/assess.h"
#include "year/case_keep.h"
#include "year_sql.h"

static const struct field fields[] = {
	COL(struct year_check, line),     COL(struct year_check, remark), COL(struct year_check, month), COL(struct year_check, met),
	COL(struct year_check, proposed), COL(struct year_check, at_ms),  COL(struct year_check, actor), FIELD_END,
};
static const struct record check_record = { "year_check", sizeof(struct year_check), fields };

fail year_checks_of(struct call *c, const struct year_case *k, struct year_checks *out)
{
	return db_all(c, &Q_case_checks_of, ARGS(V(k->realm), V(k->id)), &check_record, &out->v, &out->n);
}

struct put {
	int64_t id, rev;
	month_no month;
	const struct year_check *v;
	size_t n;
	struct year_case *k;
};

static fail check_open(struct call *c, const struct year_case *k, month_no month)
{
	if (k->kind != CASE_FOUR_GOOD)
		return problem(c, FAIL_INPUT, "month", "the monthly check belongs to “four good”");
	if (month < month_of((int)k->year, 1) || month > month_of((int)k->year, 12) || month > date_month(c->today))
		return problem(c, FAIL_INPUT, "month", "the check is of a month of %lld that has begun", (long long)k->year);
	if (k->state == CASE_REGISTERED || k->state == CASE_HALF_YEAR || k->state == CASE_SELF_ASSESSED || k->state == CASE_RETURNED)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "state", "the self-check ends with the vote; the case is at “%s”", case_state_name(c->lang, k->kind, k->state));
}

static const struct scored_line *line_of(const struct scored_sheet *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->lines[i].id, id) == 0)
			return &s->lines[i];
	return NULL;
}

/* What the records say today: full points, fewer, or nothing. */
static int64_t proposed(const struct scored_line *l)
{
	return l->state == LINE_SCORED ? l->points.t == l->max.t : INT_UNKNOWN;
}

static fail check_rows(struct call *c, const struct put *p, const struct scored_sheet *sheet)
{
	for (size_t i = 0; i < p->n; i++) {
		if (!line_of(sheet, p->v[i].line))
			return problem(c, FAIL_INPUT, p->v[i].line, "the table has no criterion “%s”", p->v[i].line);
		if (p->v[i].met != 0 && p->v[i].met != 1)
			return problem(c, FAIL_INPUT, p->v[i].line, "say whether %s is met", p->v[i].line);
		for (size_t at = 0; at < i; at++)
			if (strcmp(p->v[at].line, p->v[i].line) == 0)
				return problem(c, FAIL_INPUT, p->v[i].line, "%s stands there twice", p->v[i].line);
	}
	return FAIL_OK;
}

static fail write_rows(struct call *c, const struct put *p, const struct scored_sheet *sheet)
{
	const struct year_case *k = p->k;
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	TRY(db_exec(c, &Q_case_check_drop, ARGS(V(k->realm), V(k->id), V(p->month)), NULL));
	for (size_t i = 0; i < p->n; i++) {
		const struct year_check *r = &p->v[i];

		TRY(db_exec(c, &Q_case_check_insert,
		            ARGS(V(k->realm), V(k->id), V(p->month), V(r->line), V(r->met), V(proposed(line_of(sheet, r->line))),
		                 V(r->remark ? text_clean(c->arena, r->remark) : ""), V(c->who.name), V(c->now_ms)),
		            NULL));
		json_put_bool(&j, r->line, r->met);
	}
	json_object_end(&j);
	return journal_add(c, k->realm, k->unit_id, "check", "year_case", k->id, NULL, out_text(&o));
}

static fail put_body(struct call *c, void *arg)
{
	struct put *p = arg;
	struct year_draft d;

	TRY(case_lock(c, p->id, p->rev, p->k));
	if (!call_may(c, MAY_RECORD, p->k->unit_id))
		return problem(c, FAIL_DENIED, "case", "only the cell itself checks its months");
	TRY(check_open(c, p->k, p->month));
	TRY(year_draft(c, p->k, JUDGED_NONE, &d));
	TRY(check_rows(c, p, &d.sheet));
	TRY(write_rows(c, p, &d.sheet));
	return case_touched(c, p->k);
}

fail year_check_put(struct call *c, int64_t case_id, int64_t rev, month_no month, const struct year_check *v, size_t n, struct year_case *k)
{
	return db_write(c, put_body, &(struct put){ case_id, rev, month, v, n, k });
}
