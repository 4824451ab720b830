/* office_queue.c — rows of a committee's work read in two statements and put together; sorting, filtering. */
#include "year/office_queue.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "office_sql.h"
#include "year/pages.h"

const char *const office_waits[] = { "answer", "appraise", "overdue", "decision", "returned", "silent", "none", "cell", "done", "left", NULL };

const char *office_wait_name(enum lang lang, unsigned kind, enum office_wait w)
{
	static const char *const names[] = { N_("Appeal to answer"), N_("To be appraised"), N_("Returned, overdue"), N_("To be recognised"),
		N_("Returned, being corrected"), N_("Silent"), N_("Not registered"), N_("With the cell"), N_("Done"), N_("Left the set") };

	if (kind != CASE_FOUR_GOOD && w == WAIT_APPRAISE)
		return tr(lang, N_("To be decided"));
	if (kind != CASE_FOUR_GOOD && w == WAIT_DECISION)
		return tr(lang, N_("To be notified"));
	if (kind != CASE_FOUR_GOOD && w == WAIT_NONE)
		return tr(lang, N_("Not opened"));
	return w < OFFICE_WAITS ? tr(lang, names[w]) : "";
}

struct date office_day(const struct call *c, int year)
{
	struct date last = date_of(year, 12, 31);

	return c->today.days < last.days ? c->today : last;
}

/* ---------------------------------------------------------------- what a case waits for */

/* The day by which the next step of a case is done (domain, 7.1); all of them are proposals. */
static struct date calendar(unsigned kind, int year, unsigned state)
{
	static const unsigned next[CASE_STATES] = {
		[CASE_REGISTERED] = CASE_STEP_HALF_YEAR, [CASE_OPEN] = CASE_STEP_SELF_ASSESS, [CASE_HALF_YEAR] = CASE_STEP_SELF_ASSESS,
		[CASE_SELF_ASSESSED] = CASE_STEP_VOTE,   [CASE_VOTED] = CASE_STEP_APPRAISE,   [CASE_REOPENED] = CASE_STEP_APPRAISE,
		[CASE_APPRAISED] = CASE_STEP_NOTIFY,
	};

	if (state == CASE_NO_STATE)
		return year_step_by(year, kind == CASE_FOUR_GOOD ? CASE_STEP_REGISTER : CASE_STEP_SELF_ASSESS);
	return year_step_by(year, next[state]);
}

static enum office_wait wait_of(const struct call *c, const struct office_query *q, const struct office_row *r)
{
	struct date by = calendar(q->kind, q->year, r->state);

	if (r->appeal_seq)
		return WAIT_ANSWER;
	switch (r->state) {
	case CASE_NO_STATE: return WAIT_NONE;
	case CASE_VOTED:
	case CASE_REOPENED: return WAIT_APPRAISE;
	case CASE_RETURNED: return date_is(r->due_on) && r->due_on.days < c->today.days ? WAIT_OVERDUE : WAIT_RETURNED;
	case CASE_APPRAISED: return WAIT_DECISION;
	case CASE_RECOGNISED:
	case CASE_NOT_RECOGNISED:
	case CASE_NOTIFIED: return WAIT_DONE;
	case CASE_WITHDRAWN:
	case CASE_TRANSFERRED_OUT: return WAIT_LEFT;
	default: return by.days < c->today.days ? WAIT_SILENT : WAIT_CELL;
	}
}

static void settle(const struct call *c, const struct office_query *q, struct office_row *r, struct date appeal_due)
{
	r->wait = wait_of(c, q, r);
	r->due = r->wait == WAIT_ANSWER ? appeal_due : r->state == CASE_RETURNED ? r->due_on : calendar(q->kind, q->year, r->state);
}

enum case_stage office_before(const struct office_row *r)
{
	return tenths_is(r->points[CASE_STAGE_VOTED]) ? CASE_STAGE_VOTED : CASE_STAGE_SELF;
}

/* ---------------------------------------------------------------- reading */

#define ROW(f, ...) COL(struct office_row, f, __VA_ARGS__)
static const struct field row_fields[] = { ROW(realm), ROW(unit_id), ROW(id), ROW(rev), ROW(member_id), ROW(unit_code), ROW(unit_name), ROW(member_code),
	ROW(member_name), ROW(group_name), ROW(level, .words = unit_levels), ROW(type, .words = unit_types), ROW(state, .words = case_states), ROW(sort_key),
	ROW(member_key), ROW(due_on), ROW(decided_on), ROW(exemplary), FIELD_END };
static const struct record row_record = { "office_row", sizeof(struct office_row), row_fields };

/* What else is known of a case: a sheet, an open appeal, the number of its pieces of evidence. */
enum extra_kind { EXTRA_SHEET = 1, EXTRA_APPEAL, EXTRA_EVIDENCE };
struct extra { int64_t case_id, what, n; unsigned stage, result; struct tenths points; const char *vetoes; struct date due_on; };
#define EXTRA(f, ...) COL(struct extra, f, __VA_ARGS__)
static const struct field extra_fields[] = { EXTRA(case_id), EXTRA(what), EXTRA(n), EXTRA(stage, .words = case_stages),
	EXTRA(result, .words = case_results), EXTRA(points), EXTRA(vetoes), EXTRA(due_on), FIELD_END };
static const struct record extra_record = { "office_extra", sizeof(struct extra), extra_fields };

struct extras { struct extra *v; size_t n; };

static int by_case(const void *key, const void *row)
{
	int64_t a = *(const int64_t *)key, b = ((const struct extra *)row)->case_id;

	return a < b ? -1 : a > b;
}

/* The sheet of the latest stage says which vetoes hold. */
static void add_sheet(struct office_row *r, const struct extra *x, unsigned *last)
{
	r->points[x->stage] = x->points;
	r->result[x->stage] = x->result;
	if (x->stage > *last) {
		*last = x->stage;
		r->vetoes = x->vetoes;
	}
}

static void add_extras(struct office_row *r, const struct extras *all, struct date *appeal_due)
{
	const struct extra *x = all->n ? bsearch(&r->id, all->v, all->n, sizeof *x, by_case) : NULL;
	unsigned last = CASE_STAGE_NONE;

	while (x && x > all->v && x[-1].case_id == r->id)
		x--;
	for (; x && x < all->v + all->n && x->case_id == r->id; x++) {
		if (x->what == EXTRA_SHEET)
			add_sheet(r, x, &last);
		if (x->what == EXTRA_EVIDENCE)
			r->evidence = x->n;
		if (x->what != EXTRA_APPEAL)
			continue;
		r->appeal_seq = x->n;
		*appeal_due = x->due_on;
	}
}

static void complete(const struct call *c, const struct office_query *q, const struct extras *all, struct office_row *r)
{
	struct date appeal_due = DATE_NONE;

	for (int i = 0; i < CASE_STAGES; i++)
		r->points[i] = TENTHS_NONE;
	r->vetoes = "";
	if (r->id)
		add_extras(r, all, &appeal_due);
	settle(c, q, r, appeal_due);
}

static int compare_keys(const struct blob *a, const struct blob *b)
{
	size_t least = a->size < b->size ? a->size : b->size;
	int order = least ? memcmp(a->data, b->data, least) : 0;

	return order ? order : a->size < b->size ? -1 : a->size > b->size;
}

static int by_name(const void *a, const void *b)
{
	const struct office_row *x = a, *y = b;
	int order = compare_keys(&x->sort_key, &y->sort_key);

	if (!order)
		order = strcmp(x->unit_code, y->unit_code);
	if (!order)
		order = compare_keys(&x->member_key, &y->member_key);
	return order ? order : strcmp(x->member_code, y->member_code);
}

/* Whoever stands above the communes does not strive for "four good" itself. */
static bool belongs(const struct office_query *q, const struct office_row *r)
{
	return r->id || q->kind != CASE_FOUR_GOOD || r->level >= LEVEL_COMMUNE;
}

fail office_load(struct call *c, const struct office_query *q, struct office_rows *out)
{
	struct date on = office_day(c, q->year);
	struct extras x;
	struct office_row *all;
	size_t n;

	if (q->kind == CASE_MEMBER)
		TRY(db_all(c, &Q_office_members, ARGS(V(q->unit_id), V((int64_t)q->year), V(on)), &row_record, &all, &n));
	else
		TRY(db_all(c, &Q_office_units, ARGS(V(q->unit_id), V(case_kinds[q->kind]), V((int64_t)q->year), V(on), V(q->below)), &row_record, &all, &n));
	TRY(db_all(c, &Q_office_extras, ARGS(V(q->unit_id), V(case_kinds[q->kind]), V((int64_t)q->year), V(on), V(q->below)), &extra_record, &x.v, &x.n));
	*out = (struct office_rows){ all, 0 };
	for (size_t i = 0; i < n; i++)
		if (belongs(q, &all[i])) {
			complete(c, q, &x, &all[i]);
			all[out->n++] = all[i];
		}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_name);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- order and choice */

static int compare_int(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_wait(const void *a, const void *b)
{
	const struct office_row *x = a, *y = b;

	return x->wait != y->wait ? compare_int(x->wait, y->wait) : by_name(a, b);
}

static int by_state(const void *a, const void *b)
{
	const struct office_row *x = a, *y = b;

	return x->state != y->state ? compare_int(x->state, y->state) : by_name(a, b);
}

static int by_due(const void *a, const void *b)
{
	const struct office_row *x = a, *y = b;
	int order = compare_int(date_is(x->due) ? x->due.days : INT32_MAX, date_is(y->due) ? y->due.days : INT32_MAX);

	return order ? order : by_name(a, b);
}

static int by_points(const void *a, const void *b, int stage)
{
	const struct office_row *x = a, *y = b;
	int order = compare_int(x->points[stage].t, y->points[stage].t);

	return order ? order : by_name(a, b);
}

static int by_self(const void *a, const void *b) { return by_points(a, b, CASE_STAGE_SELF); }
static int by_voted(const void *a, const void *b) { return by_points(a, b, CASE_STAGE_VOTED); }
static int by_appraised(const void *a, const void *b) { return by_points(a, b, CASE_STAGE_APPRAISED); }

static int64_t difference(const struct office_row *r)
{
	struct tenths before = r->points[office_before(r)], now = r->points[CASE_STAGE_APPRAISED];

	return tenths_is(before) && tenths_is(now) ? now.t - before.t : INT64_MAX;
}

static int by_difference(const void *a, const void *b)
{
	int order = compare_int(difference(a), difference(b));

	return order ? order : by_name(a, b);
}

static int by_evidence(const void *a, const void *b)
{
	const struct office_row *x = a, *y = b;

	return x->evidence != y->evidence ? compare_int(x->evidence, y->evidence) : by_name(a, b);
}

static const struct { const char *word; int (*compare)(const void *, const void *); } orders[] = {
	{ "wait", by_wait }, { "name", by_name }, { "state", by_state }, { "due", by_due }, { "self", by_self }, { "voted", by_voted },
	{ "appraised", by_appraised }, { "difference", by_difference }, { "evidence", by_evidence },
};

static void turn_round(struct office_rows *rows)
{
	for (size_t i = 0; i < rows->n / 2; i++) {
		struct office_row r = rows->v[i];

		rows->v[i] = rows->v[rows->n - 1 - i];
		rows->v[rows->n - 1 - i] = r;
	}
}

fail office_sort(struct call *c, struct office_rows *rows, const char *by)
{
	bool down = by && *by == '-';
	const char *word = by && *by ? by + down : "wait";

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		if (strcmp(orders[i].word, word) != 0)
			continue;
		if (rows->n)
			qsort(rows->v, rows->n, sizeof *rows->v, orders[i].compare);
		if (down)
			turn_round(rows);
		return FAIL_OK;
	}
	return problem(c, FAIL_INPUT, "sort", "“%s” is no column to sort by", by);
}

fail office_filter(struct call *c, struct office_rows *rows, const char *state)
{
	int wait = state && *state ? word_index(office_waits, state) : -1, of = state && *state && wait < 0 ? word_index(case_states, state) : -1;
	size_t kept = 0;

	if (!state || !*state)
		return FAIL_OK;
	if (wait < 0 && of < 0)
		return problem(c, FAIL_INPUT, "state", "“%s” is no state of a case", state);
	for (size_t i = 0; i < rows->n; i++)
		if (wait >= 0 ? (int)rows->v[i].wait == wait : (int)rows->v[i].state == of)
			rows->v[kept++] = rows->v[i];
	rows->n = kept;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the bodies below */

struct body_row { int64_t unit_id, n; const char *unit_code, *unit_name; unsigned level, of_level, state; struct blob sort_key; };
#define BODY(f, ...) COL(struct body_row, f, __VA_ARGS__)
static const struct field body_fields[] = { BODY(unit_id), BODY(n), BODY(unit_code), BODY(unit_name), BODY(level, .words = unit_levels),
	BODY(of_level, .words = unit_levels), BODY(state, .words = case_states), BODY(sort_key), FIELD_END };
static const struct record body_record = { "office_body", sizeof(struct body_row), body_fields };

static void count_body(struct office_body *b, const struct body_row *r)
{
	if (r->state == CASE_WITHDRAWN || r->state == CASE_TRANSFERRED_OUT)
		return; /* left the set */
	b->all += r->n;
	if (r->state == CASE_NO_STATE)
		return;
	b->with_case += r->n;
	b->voted += r->state == CASE_VOTED || r->state == CASE_REOPENED ? r->n : 0;
	b->returned += r->state == CASE_RETURNED ? r->n : 0;
	b->appraised += r->state == CASE_APPRAISED ? r->n : 0;
	b->done += r->state == CASE_RECOGNISED || r->state == CASE_NOT_RECOGNISED || r->state == CASE_NOTIFIED ? r->n : 0;
}

static int by_body(const void *a, const void *b)
{
	const struct office_body *x = a, *y = b;
	int order = x->level != y->level ? compare_int(x->level, y->level) : compare_keys(&x->sort_key, &y->sort_key);

	return order ? order : strcmp(x->unit_code, y->unit_code);
}

static int by_top(const void *a, const void *b)
{
	return compare_int(((const struct body_row *)a)->unit_id, ((const struct body_row *)b)->unit_id);
}

fail office_bodies_of(struct call *c, const struct office_query *q, struct office_bodies *out)
{
	struct body_row *rows;
	size_t n;

	TRY(db_all(c, &Q_office_bodies, ARGS(V(q->unit_id), V(case_kinds[q->kind]), V((int64_t)q->year), V(office_day(c, q->year))), &body_record, &rows, &n));
	if (n)
		qsort(rows, n, sizeof *rows, by_top);
	*out = (struct office_bodies){ ARENA_ARRAY(c->arena, n + 1, struct office_body), 0 };
	for (size_t i = 0; i < n; i++) {
		if (!out->n || out->v[out->n - 1].unit_id != rows[i].unit_id)
			out->v[out->n++] = (struct office_body){ .unit_id = rows[i].unit_id, .unit_code = rows[i].unit_code, .unit_name = rows[i].unit_name,
				                                     .level = rows[i].level, .sort_key = rows[i].sort_key };
		if (q->kind != CASE_FOUR_GOOD || rows[i].state || rows[i].of_level >= LEVEL_COMMUNE)
			count_body(&out->v[out->n - 1], &rows[i]);
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_body);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the first page */

static const struct field count_fields[] = { COL(struct office_count, kind, .words = case_kinds), COL(struct office_count, state, .words = case_states),
	COL(struct office_count, n), COL(struct office_count, appeals), FIELD_END };
static const struct record count_record = { "office_count", sizeof(struct office_count), count_fields };

fail office_waiting_of(struct call *c, int64_t unit_id, int year, struct office_counts *out)
{
	return db_all(c, &Q_office_waiting, ARGS(V(unit_id), V((int64_t)year), V(office_day(c, year))), &count_record, &out->v, &out->n);
}
