/* ledger.c — rows of the registers in the store: found, checked against what there was on their day, written, taken away. */
#include "oversight/ledger.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "ledger_sql.h"
#include "org/member.h"
#include "oversight/words.h"

enum { ARGS_MOST = 16, CODE_TRIES = 10000 };

/* ---------------------------------------------------------------- values of a row for a statement */

struct args { struct dbv v[ARGS_MOST]; int n; };

static void put(struct args *a, struct dbv v)
{
	a->v[a->n++] = v;
}

/* Columns that stand in the table as they are: not the codes that became ids. */
static bool is_stored(const struct field *f)
{
	return !(f->flags & INTERNAL) && strcmp(f->name, "unit_code") != 0 && strcmp(f->name, "member_code") != 0 && strcmp(f->name, "meeting_code") != 0;
}

static struct dbv value_of(const struct field *f, const struct ledger_row *row)
{
	const char *at = (const char *)row + f->at;

	switch (f->type) {
	case FIELD_INT: return dbv_int(*(const int64_t *)at);
	case FIELD_DATE: return dbv_date(*(const struct date *)at);
	case FIELD_WORD: return dbv_text(f->words[*(const unsigned *)at]);
	default: return dbv_text(*(const char *const *)at);
	}
}

static void put_ids(const struct ledger *l, const struct ledger_row *row, struct args *a)
{
	put(a, V(row->unit_id));
	if (l->flags & LEDGER_HIGHER)
		put(a, V(row->member_realm));
	if (l->flags & (LEDGER_HIGHER | LEDGER_MEMBER))
		put(a, V(row->member_id));
	if (l->flags & LEDGER_MEETING)
		put(a, V(row->meeting_id));
}

/* All columns, or those the row is known by. */
static struct args args_of(const struct ledger *l, const struct ledger_row *row, bool key)
{
	struct args a = { .n = 0 };

	put(&a, V(row->realm));
	if (!key)
		put(&a, V(row->id));
	if (!key || !(l->flags & LEDGER_CODE))
		put_ids(l, row, &a);
	for (const struct field *f = l->record->fields; f->name; f++)
		if (is_stored(f) && (!key || f->flags & KEY))
			put(&a, value_of(f, row));
	return a;
}

static struct db_args given(const struct args *a)
{
	return (struct db_args){ a->v, a->n };
}

/* ---------------------------------------------------------------- reading */

static struct date tree_day(const struct call *c, int year)
{
	struct date end = date_of(year, 12, 31);

	return end.days < c->today.days ? end : c->today;
}

static struct args args_of_query(struct call *c, const struct ledger_query *q)
{
	bool all = q->until.days == DATE_OPEN.days;
	struct date to = q->until.days < c->today.days ? q->until : c->today;
	char after[DATE_TEXT] = "";
	struct args a = { .n = 0 };

	date_format(q->after_day, after);
	put(&a, V(q->unit_id));
	put(&a, V(all ? DATE_EVER : to));
	put(&a, V(all ? DATE_OPEN : to));
	put(&a, V(q->since));
	put(&a, V(q->until));
	put(&a, V(arena_strdup(c->arena, after)));
	put(&a, V(q->after_id));
	put(&a, V(q->limit ? q->limit : INT64_MAX));
	put(&a, V(q->below));
	return a;
}

fail ledger_rows(struct call *c, const struct ledger *l, const struct ledger_query *q, struct ledger_rows *out)
{
	struct args a = args_of_query(c, q);

	return db_all(c, l->rows, given(&a), l->record, &out->v, &out->n);
}

fail ledger_each(struct call *c, const struct ledger *l, const struct ledger_query *q, fail (*each)(struct call *c, const void *row, void *arg), void *arg)
{
	struct args a = args_of_query(c, q);

	return db_each(c, l->rows, given(&a), l->record, each, arg);
}

static fail no_such_row(struct call *c)
{
	return problem(c, FAIL_NOT_FOUND, "row", "there is no such row in the register of this unit");
}

fail ledger_row_of(struct call *c, const struct ledger *l, int64_t unit_id, int64_t id, struct ledger_row *out)
{
	int64_t realm;

	TRY(org_realm(c, unit_id, &realm));
	ledger_clear(l, out);
	fail f = db_one(c, l->one, ARGS(V(realm), V(id)), l->record, out);

	if (f == FAIL_NOT_FOUND || (f == FAIL_OK && out->unit_id != unit_id))
		return no_such_row(c);
	return f;
}

struct count_row { int64_t ledger, n, done, late; };
static const struct field count_fields[] = {
	COL(struct count_row, ledger), COL(struct count_row, n), COL(struct count_row, done), COL(struct count_row, late), FIELD_END,
};
static const struct record count_record = { "ledger_count", sizeof(struct count_row), count_fields };

struct declared_row { unsigned name; int64_t declared; };
static const struct field declared_fields[] = {
	COL(struct declared_row, name, .words = year_number_names), COL(struct declared_row, declared), FIELD_END,
};
static const struct record declared_record = { "ledger_declared", sizeof(struct declared_row), declared_fields };

/* The register, initiatives or targets that a declaration is about. */
static size_t declared_about(unsigned name)
{
	static const size_t about[NUMBER_NAMES] = {
		[NUMBER_NONE_DISCIPLINE] = LEDGER_DISCIPLINES, [NUMBER_NONE_INSPECTION] = LEDGER_INSPECTIONS, [NUMBER_NONE_REPORT] = LEDGER_REPORTS,
		[NUMBER_NONE_FEEDBACK] = LEDGER_FEEDBACK,      [NUMBER_NONE_TRAINING] = LEDGER_TRAININGS,     [NUMBER_NONE_ASSIGNMENT] = LEDGER_ASSIGNMENTS,
		[NUMBER_NONE_INITIATIVE] = LEDGER_COUNT,       [NUMBER_NONE_TARGET] = LEDGER_COUNT + 1,
	};

	return about[name];
}

fail ledger_counts(struct call *c, int64_t unit_id, bool below, int year, struct ledger_count out[LEDGER_COUNT + 2])
{
	struct count_row *v;
	struct declared_row *d;
	size_t n;

	TRY(db_all(c, &Q_ledger_counts,
	           ARGS(V(unit_id), V(tree_day(c, year)), V(date_of(year, 1, 1)), V(date_of(year, 12, 31)), V(year), V(c->today), V(below)), &count_record,
	           &v, &n));
	memset(out, 0, (LEDGER_COUNT + 2) * sizeof *out);
	for (size_t i = 0; i < n; i++)
		out[v[i].ledger] = (struct ledger_count){ v[i].n, v[i].done, v[i].late, 0 };
	TRY(db_all(c, &Q_ledger_declarations, ARGS(V(unit_id), V(tree_day(c, year)), V(year), V(below)), &declared_record, &d, &n));
	for (size_t i = 0; i < n; i++)
		if (number_declares(d[i].name))
			out[declared_about(d[i].name)].declared = d[i].declared;
	return FAIL_OK;
}

struct due_row { int64_t ledger, late, soon; };
static const struct field due_fields[] = { COL(struct due_row, ledger), COL(struct due_row, late), COL(struct due_row, soon), FIELD_END };
static const struct record due_record = { "ledger_due", sizeof(struct due_row), due_fields };

fail ledger_due(struct call *c, int64_t unit_id, int days, struct ledger_due out[LEDGER_COUNT])
{
	struct date since = { c->today.days - 365 }, until = { c->today.days + days };
	struct due_row *v;
	int64_t realm;
	size_t n;

	memset(out, 0, LEDGER_COUNT * sizeof *out);
	TRY(org_realm(c, unit_id, &realm));
	TRY(db_all(c, &Q_ledger_due, ARGS(V(realm), V(unit_id), V(since), V(c->today), V(until)), &due_record, &v, &n));
	for (size_t i = 0; i < n; i++)
		out[v[i].ledger] = (struct ledger_due){ v[i].late, v[i].soon };
	return FAIL_OK;
}

/* ---------------------------------------------------------------- codes become ids, checked on their day */

static fail check_unit(struct call *c, const struct ledger_row *row, struct date from, struct date to)
{
	struct unit u;

	TRY(org_unit_nearest(c, row->unit_id, from, &u));
	if (u.valid_from.days > to.days || u.valid_to.days < from.days)
		return problem(c, FAIL_INPUT, "unit_code", "%s did not exist on %s", u.name, show_date(c->arena, c->lang, from));
	return FAIL_OK;
}

static fail no_member(struct call *c, const char *code)
{
	return problem(c, FAIL_NOT_FOUND, "member_code", "there is no member with the code “%s”; import the members first, or correct the code", code);
}

static fail find_member(struct call *c, const struct ledger *l, struct ledger_row *row)
{
	struct member m;

	row->member_realm = row->realm;
	TRY(db_int(c, &Q_ledger_member_id, ARGS(V(row->realm), V(row->member_code)), 0, &row->member_id));
	if (row->member_id)
		return FAIL_OK;
	if (!(l->flags & LEDGER_HIGHER))
		return no_member(c, row->member_code);
	fail f = org_member_by_code(c, 0, row->member_code, &m);

	if (f == FAIL_NOT_FOUND) {
		problem_clear(c);
		return no_member(c, row->member_code);
	}
	TRY(f);
	row->member_realm = m.realm;
	row->member_id = m.id;
	return FAIL_OK;
}

static fail check_member(struct call *c, const struct ledger *l, const struct ledger_row *row, struct date from, struct date to)
{
	int64_t there;

	if (l->flags & LEDGER_MEMBER)
		TRY(db_int(c, &Q_ledger_member_there, ARGS(V(row->realm), V(row->unit_id), V(row->member_id), V(from), V(to)), 0, &there));
	else
		TRY(db_int(c, &Q_ledger_member_somewhere, ARGS(V(row->member_realm), V(row->member_id), V(from), V(to)), 0, &there));
	if (there)
		return FAIL_OK;
	if (l->flags & LEDGER_MEMBER)
		return problem(c, FAIL_INPUT, "member_code", "“%1$s” was neither on the list of members nor in a post of this unit on %2$s", row->member_code,
		               show_date(c->arena, c->lang, from));
	return problem(c, FAIL_INPUT, "member_code", "“%1$s” was on no list of members on %2$s", row->member_code, show_date(c->arena, c->lang, from));
}

struct meeting_there { int64_t meeting_id, unit_id; struct date on_date; };
static const struct field meeting_fields[] = {
	COL(struct meeting_there, meeting_id), COL(struct meeting_there, unit_id), COL(struct meeting_there, on_date), FIELD_END,
};
static const struct record meeting_record = { "meeting_there", sizeof(struct meeting_there), meeting_fields };

static fail find_meeting(struct call *c, struct ledger_row *row)
{
	struct meeting_there m;

	row->meeting_id = 0;
	if (!*row->meeting_code)
		return FAIL_OK;
	fail f = db_one(c, &Q_ledger_meeting, ARGS(V(row->realm), V(row->meeting_code)), &meeting_record, &m);

	if (f == FAIL_NOT_FOUND || (f == FAIL_OK && m.unit_id != row->unit_id))
		return problem(c, FAIL_NOT_FOUND, "meeting_code", "this unit has no meeting with the code “%s”; leave it empty and give the day", row->meeting_code);
	TRY(f);
	if (date_is(row->on) && row->on.days != m.on_date.days)
		return problem(c, FAIL_INPUT, "held_on", "the meeting %1$s was held on %2$s", row->meeting_code, show_date(c->arena, c->lang, m.on_date));
	row->meeting_id = m.meeting_id;
	row->on = m.on_date;
	return FAIL_OK;
}

static void span_of(const struct ledger *l, const struct ledger_row *row, struct date *from, struct date *to)
{
	*from = l->first ? *(const struct date *)((const char *)row + l->first) : date_of((int)row->year, 1, 1);
	*to = l->last ? *(const struct date *)((const char *)row + l->last) : date_of((int)row->year, 12, 31);
}

fail ledger_resolve(struct call *c, const struct ledger *l, struct ledger_row *row)
{
	struct date from, to;

	TRY(org_realm(c, row->unit_id, &row->realm));
	TRY(l->check(c, row));
	if (l->flags & LEDGER_MEETING)
		TRY(find_meeting(c, row));
	span_of(l, row, &from, &to);
	TRY(check_unit(c, row, from, to));
	if (!(l->flags & (LEDGER_MEMBER | LEDGER_HIGHER)))
		return FAIL_OK;
	TRY(find_member(c, l, row));
	return check_member(c, l, row, from, to);
}

/* ---------------------------------------------------------------- writing */

fail ledger_id_of(struct call *c, const struct ledger *l, const struct ledger_row *row, int64_t *id)
{
	struct args a = args_of(l, row, true);

	return db_int(c, l->find, given(&a), 0, id);
}

bool ledger_same(struct call *c, const struct ledger *l, const struct ledger_row *a, const struct ledger_row *b)
{
	for (const struct field *f = l->record->fields; f->name; f++)
		if (!(f->flags & INTERNAL) && strcmp(field_text(c->arena, f, a), field_text(c->arena, f, b)) != 0)
			return false;
	return true;
}

static const char *as_json(struct call *c, const struct ledger *l, const struct ledger_row *row)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, l->record, row);
	json_object_end(&j);
	return out_text(&o);
}

static fail take_back_of(struct call *c, const struct ledger *l, const struct ledger_row *row, int64_t unit_id)
{
	int64_t first, last, n;

	ledger_years(l, row, &first, &last);
	TRY(db_exec(c, &Q_ledger_taken_back, ARGS(V(row->realm), V(unit_id), V(l->none), V(first), V(last)), &n));
	if (!n)
		return FAIL_OK;
	return journal_add(c, row->realm, unit_id, "delete", "year_number", 0, arena_printf(c->arena, "{\"name\":\"%s\",\"value\":1}", l->none), NULL);
}

/* The first row of a year takes back that there was nothing; an assignment also what the committees above the unit had declared. */
static fail take_back(struct call *c, const struct ledger *l, const struct ledger_row *row)
{
	struct units above = { 0 };

	if (!l->none)
		return FAIL_OK;
	if (l == &ledgers[LEDGER_ASSIGNMENTS])
		TRY(org_ancestors(c, row->unit_id, c->today, &above));
	for (size_t i = 0; i < above.n; i++)
		if (above.v[i].realm == row->realm)
			TRY(take_back_of(c, l, row, above.v[i].id));
	return take_back_of(c, l, row, row->unit_id);
}

/* A declaration beside rows would contradict them. */
static fail check_declaration(struct call *c, const struct ledger *l, const struct ledger_row *row)
{
	struct ledger_count counts[LEDGER_COUNT + 2];

	if (l != &ledgers[LEDGER_NUMBERS] || !number_declares(row->kind) || row->number != 1)
		return FAIL_OK;
	TRY(ledger_counts(c, row->unit_id, row->kind == NUMBER_NONE_ASSIGNMENT, (int)row->year, counts));
	int64_t n = counts[declared_about(row->kind)].n;

	if (n)
		return problem(c, FAIL_CONFLICT, "value", "there are %s rows in that register for the year; take them away first, or leave this out",
		               show_int(c->arena, c->lang, n));
	return FAIL_OK;
}

fail ledger_put(struct call *c, const struct ledger *l, struct ledger_row *row)
{
	TRY(check_declaration(c, l, row));
	if (!row->id)
		row->id = id_new();
	struct args a = args_of(l, row, false);

	TRY(db_exec(c, l->put, given(&a), NULL));
	return take_back(c, l, row);
}

static fail make_code(struct call *c, const struct ledger *l, struct ledger_row *row)
{
	int64_t year, last, other = 1;
	struct unit u;

	TRY(org_unit_nearest(c, row->unit_id, c->today, &u));
	ledger_years(l, row, &year, &last);
	for (int i = 1; other && i < CODE_TRIES; i++) {
		row->code = arena_printf(c->arena, "%.40s/%s-%d-%02d", u.code, l->prefix, (int)year, i);
		TRY(ledger_id_of(c, l, row, &other));
	}
	return FAIL_OK;
}

struct change { const struct ledger *l; struct ledger_row *row, *stored; };

static fail add_body(struct call *c, void *arg)
{
	struct change *x = arg;
	struct ledger_row row = *x->row;
	int64_t other;

	TRY(ledger_resolve(c, x->l, &row));
	if (x->l->flags & LEDGER_CODE && !*row.code)
		TRY(make_code(c, x->l, &row));
	TRY(ledger_id_of(c, x->l, &row, &other));
	if (other)
		return problem(c, FAIL_CONFLICT, x->l->flags & LEDGER_CODE ? "code" : "", "this stands in the register already");
	row.id = 0;
	TRY(ledger_put(c, x->l, &row));
	TRY(journal_add(c, row.realm, row.unit_id, "create", x->l->record->name, row.id, NULL, as_json(c, x->l, &row)));
	return ledger_row_of(c, x->l, row.unit_id, row.id, x->row);
}

fail ledger_add(struct call *c, const struct ledger *l, struct ledger_row *row)
{
	return db_write(c, add_body, &(struct change){ l, row, NULL });
}

static fail write_over(struct call *c, const struct ledger *l, const struct ledger_row *stored, struct ledger_row *row)
{
	TRY(ledger_put(c, l, row));
	TRY(journal_add(c, row->realm, row->unit_id, "update", l->record->name, row->id, as_json(c, l, stored), as_json(c, l, row)));
	return ledger_row_of(c, l, row->unit_id, row->id, row);
}

static fail change_body(struct call *c, void *arg)
{
	struct change *x = arg;
	struct ledger_row row = *x->row;
	int64_t other;

	TRY(ledger_row_of(c, x->l, row.unit_id, row.id, x->stored));
	if (row.rev && row.rev != x->stored->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed this row in the meantime; compare and save again");
	row.unit_code = x->stored->unit_code;
	row.code = x->stored->code;
	TRY(ledger_resolve(c, x->l, &row));
	TRY(ledger_id_of(c, x->l, &row, &other));
	if (other && other != row.id)
		return problem(c, FAIL_INPUT, "", "this stands in the register already");
	if (ledger_same(c, x->l, x->stored, &row))
		row = *x->stored;
	else
		TRY(write_over(c, x->l, x->stored, &row));
	*x->row = row;
	return FAIL_OK;
}

fail ledger_change(struct call *c, const struct ledger *l, struct ledger_row *row, struct ledger_row *stored)
{
	return db_write(c, change_body, &(struct change){ l, row, stored });
}

static fail mark_body(struct call *c, void *arg)
{
	struct change *x = arg;
	struct ledger_row stored, row;

	TRY(ledger_row_of(c, x->l, x->row->unit_id, x->row->id, &stored));
	row = stored;
	row.done_on = x->row->done_on;
	TRY(x->l->check(c, &row));
	if (row.done_on.days != stored.done_on.days)
		TRY(write_over(c, x->l, &stored, &row));
	*x->row = row;
	return FAIL_OK;
}

fail ledger_mark(struct call *c, const struct ledger *l, int64_t unit_id, int64_t id, struct date on, struct ledger_row *row)
{
	ledger_clear(l, row);
	row->unit_id = unit_id;
	row->id = id;
	row->done_on = on;
	return db_write(c, mark_body, &(struct change){ l, row, NULL });
}

static fail drop_body(struct call *c, void *arg)
{
	struct change *x = arg;
	struct ledger_row stored;

	TRY(ledger_row_of(c, x->l, x->row->unit_id, x->row->id, &stored));
	if (x->row->rev && x->row->rev != stored.rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed this row in the meantime; compare and save again");
	TRY(db_exec(c, x->l->drop, ARGS(V(stored.realm), V(stored.id)), NULL));
	return journal_add(c, stored.realm, stored.unit_id, "delete", x->l->record->name, stored.id, as_json(c, x->l, &stored), NULL);
}

fail ledger_drop(struct call *c, const struct ledger *l, int64_t unit_id, int64_t id, int64_t rev)
{
	struct ledger_row row = { .unit_id = unit_id, .id = id, .rev = rev };

	return db_write(c, drop_body, &(struct change){ l, &row, NULL });
}

/* ---------------------------------------------------------------- nothing to record */

struct declaration { unsigned name; int64_t unit_id; int year; bool nothing; int64_t *declared; };

static fail declare_one(struct call *c, const struct declaration *d, int64_t unit_id)
{
	const struct ledger *l = &ledgers[LEDGER_NUMBERS];
	struct ledger_row row;
	int64_t id;

	ledger_clear(l, &row);
	row.unit_id = unit_id;
	row.year = d->year;
	row.kind = d->name;
	row.number = 1;
	TRY(org_realm(c, unit_id, &row.realm));
	TRY(ledger_id_of(c, l, &row, &id));
	if (id && !d->nothing)
		return ledger_drop(c, l, unit_id, id, 0);
	if (!d->nothing)
		return FAIL_OK;
	if (!id)
		return ledger_add(c, l, &row);
	struct ledger_row stored;

	row.id = id;
	return ledger_change(c, l, &row, &stored);
}

static fail declare_body(struct call *c, void *arg)
{
	const struct declaration *d = arg;

	return declare_one(c, d, d->unit_id);
}

fail ledger_declare(struct call *c, unsigned name, int64_t unit_id, int year, bool nothing)
{
	return db_write(c, declare_body, &(struct declaration){ name, unit_id, year, nothing, NULL });
}

static fail declare_below_body(struct call *c, void *arg)
{
	const struct declaration *d = arg;
	struct units below;
	int64_t n = 0;

	TRY(org_below(c, d->unit_id, tree_day(c, d->year), LEVEL_NONE, &below));
	for (size_t i = 0; i < below.n; i++) {
		struct ledger_count counts[LEDGER_COUNT + 2];

		TRY(ledger_counts(c, below.v[i].id, false, d->year, counts));
		if (counts[declared_about(d->name)].n || counts[declared_about(d->name)].declared)
			continue;
		TRY(declare_one(c, d, below.v[i].id));
		n++;
	}
	*d->declared = n;
	return FAIL_OK;
}

fail ledger_declare_below(struct call *c, unsigned name, int64_t unit_id, int year, int64_t *declared)
{
	return db_write(c, declare_below_body, &(struct declaration){ name, unit_id, year, true, declared });
}

/* ---------------------------------------------------------------- for people */

const char *ledger_shown(struct call *c, const struct field *f, const struct ledger_row *row)
{
	if (f->type == FIELD_WORD)
		return ledger_word(c->lang, f->words, *(const unsigned *)((const char *)row + f->at));
	return field_show(c->arena, c->lang, f, row);
}
