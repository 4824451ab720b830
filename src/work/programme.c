/* programme.c — targets of a programme in the store, their values, their sums. */
#include "work/programme.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "org/unit.h"
#include "programme_sql.h"

static const struct field target_fields[] = {
	FIELD(struct programme_target, unit_code, N_("Unit code"), REQUIRED | KEY, .max = 60),
	FIELD(struct programme_target, code, N_("Target code"), REQUIRED | KEY, .max = 40),
	FIELD(struct programme_target, title, N_("Target"), REQUIRED, .max = 300),
	FIELD(struct programme_target, measure, N_("What is counted"), 0, .max = 60),
	FIELD(struct programme_target, whole, N_("Of how many"), 0, .min = 0, .max = INT64_C(1000000000000)),
	FIELD(struct programme_target, baseline, N_("At the beginning"), REQUIRED, .min = 0, .max = INT64_C(1000000000000)),
	FIELD(struct programme_target, goal, N_("Goal"), REQUIRED, .min = 0, .max = INT64_C(1000000000000)),
	FIELD(struct programme_target, starts_on, N_("Begins on"), REQUIRED),
	FIELD(struct programme_target, due_on, N_("To be reached by"), REQUIRED),
	COL(struct programme_target, realm),
	COL(struct programme_target, id),
	COL(struct programme_target, unit_id),
	COL(struct programme_target, rev),
	COL(struct programme_target, unit_name),
	COL(struct programme_target, value),
	COL(struct programme_target, value_on),
	FIELD_END,
};
const struct record programme_target_record = { "target", sizeof(struct programme_target), target_fields };

static const struct field value_fields[] = {
	FIELD(struct target_value, unit_code, N_("Unit code"), REQUIRED | KEY, .max = 60),
	FIELD(struct target_value, code, N_("Target code"), REQUIRED | KEY, .max = 40),
	FIELD(struct target_value, on_date, N_("As of"), REQUIRED | KEY),
	FIELD(struct target_value, value, N_("Value"), REQUIRED, .min = 0, .max = INT64_C(1000000000000)),
	FIELD(struct target_value, remark, N_("Remark"), 0, .max = 500),
	FIELD(struct target_value, evidence_no, N_("Number of the paper that shows it"), 0, .max = 80),
	COL(struct target_value, realm),
	COL(struct target_value, target_id),
	COL(struct target_value, file_id),
	COL(struct target_value, at_ms),
	COL(struct target_value, actor),
	FIELD_END,
};
const struct record target_value_record = { "target_value", sizeof(struct target_value), value_fields };

bool target_is_reached(int64_t baseline, int64_t goal, int64_t value)
{
	return goal >= baseline ? value >= goal : value <= goal;
}

/* ---------------------------------------------------------------- reading */

fail programme_target(struct call *c, int64_t id, struct date on, struct programme_target *out)
{
	fail f = db_one(c, &Q_programme_target, ARGS(V(id), V(on)), &programme_target_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "target", "there is no such target") : f;
}

fail programme_target_unit(struct call *c, int64_t id, int64_t *unit_id)
{
	TRY(db_int(c, &Q_programme_target_unit, ARGS(V(id)), 0, unit_id));
	return *unit_id ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "target", "there is no such target");
}

fail target_values_of(struct call *c, const struct programme_target *t, struct target_values *out)
{
	return db_all(c, &Q_target_values_of, ARGS(V(t->realm), V(t->id)), &target_value_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- writing */

static const char *as_json(struct call *c, const struct record *r, const void *row)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, r, row);
	json_object_end(&j);
	return out_text(&o);
}

/* Codes stand in addresses. */
static bool plain_code(const char *s)
{
	return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(s);
}

fail programme_target_check(struct call *c, const struct programme_target *t)
{
	if (!t->code || !*t->code)
		return problem(c, FAIL_INPUT, "code", "give the target a short code; it is the same in every unit");
	if (!plain_code(t->code))
		return problem(c, FAIL_INPUT, "code", "a code has letters without marks, digits, “-”, “_” and “.” only");
	if (!t->title || !*t->title)
		return problem(c, FAIL_INPUT, "title", "say in a few words what is to be reached");
	if (!date_is(t->starts_on) || !date_is(t->due_on) || t->due_on.days < t->starts_on.days)
		return problem(c, FAIL_INPUT, "due_on", "the target is to be reached on a day after it begins");
	if (t->baseline == t->goal)
		return problem(c, FAIL_INPUT, "goal", "the goal is what there was at the beginning; a target changes something");
	if (t->whole != INT_UNKNOWN && (t->goal > t->whole || t->baseline > t->whole))
		return problem(c, FAIL_INPUT, "whole", "there are not that many: goal and beginning are at most the whole");
	return FAIL_OK;
}

static fail insert(struct call *c, struct programme_target *t)
{
	t->id = id_new();
	t->rev = 1;
	TRY(db_exec(c, &Q_programme_target_insert,
	            ARGS(V(t->realm), V(t->id), V(t->unit_id), V(t->code), V(t->title), V(t->measure ? t->measure : ""), V(t->whole), V(t->baseline),
	                 V(t->goal), V(t->starts_on), V(t->due_on)),
	            NULL));
	return journal_add(c, t->realm, t->unit_id, "create", "target", t->id, NULL, as_json(c, &programme_target_record, t));
}

static fail find(struct call *c, const struct programme_target *t, struct programme_target *out)
{
	return db_one(c, &Q_programme_target_find, ARGS(V(t->realm), V(t->unit_id), V(t->code), V(c->today)), &programme_target_record, out);
}

static fail add_body(struct call *c, void *arg)
{
	struct programme_target *out = arg, t = *out, other;

	if (t.unit_id <= 0)
		TRY(org_unit_id(c, t.unit_code, &t.unit_id));
	TRY(org_realm(c, t.unit_id, &t.realm));
	TRY(programme_target_check(c, &t));
	fail f = find(c, &t, &other);

	if (f == FAIL_OK)
		return problem(c, FAIL_CONFLICT, "code", "this unit has a target with the code “%s” already: %s", t.code, other.title);
	if (f != FAIL_NOT_FOUND)
		return f;
	TRY(insert(c, &t));
	*out = t;
	return FAIL_OK;
}

fail programme_target_add(struct call *c, struct programme_target *t)
{
	return db_write(c, add_body, t);
}

struct change { struct programme_target *t, *stored; };

static bool same(const struct programme_target *x, const struct programme_target *y)
{
	return strcmp(x->title, y->title) == 0 && strcmp(x->measure, y->measure) == 0 && x->whole == y->whole && x->baseline == y->baseline &&
	       x->goal == y->goal && x->starts_on.days == y->starts_on.days && x->due_on.days == y->due_on.days;
}

static fail change_body(struct call *c, void *arg)
{
	struct change *x = arg;
	struct programme_target t = *x->t;

	TRY(programme_target(c, t.id, c->today, x->stored));
	if (t.rev && t.rev != x->stored->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed this target in the meantime; compare and save again");
	t.realm = x->stored->realm;
	t.unit_id = x->stored->unit_id;
	t.code = x->stored->code;
	t.rev = x->stored->rev;
	TRY(programme_target_check(c, &t));
	if (!same(&t, x->stored)) {
		TRY(db_exec(c, &Q_programme_target_write,
		            ARGS(V(t.realm), V(t.id), V(t.title), V(t.measure), V(t.whole), V(t.baseline), V(t.goal), V(t.starts_on), V(t.due_on)), NULL));
		t.rev++;
		TRY(journal_add(c, t.realm, t.unit_id, "update", "target", t.id, as_json(c, &programme_target_record, x->stored),
		                as_json(c, &programme_target_record, &t)));
	}
	*x->t = t;
	return FAIL_OK;
}

fail programme_target_change(struct call *c, struct programme_target *t, struct programme_target *stored)
{
	return db_write(c, change_body, &(struct change){ t, stored });
}

struct put { struct target_value *v; struct programme_target *t; };

static fail check_value(struct call *c, const struct target_value *v, const struct programme_target *t)
{
	if (!date_is(v->on_date) || v->on_date.days > c->today.days)
		return problem(c, FAIL_INPUT, "on_date", "say of which day the value is; it cannot lie in the future");
	if (v->on_date.days < t->starts_on.days)
		return problem(c, FAIL_INPUT, "on_date", "the target begins on %s; what was before is its beginning",
		               show_date(c->arena, c->lang, t->starts_on));
	if (v->value < 0)
		return problem(c, FAIL_INPUT, "value", "the value is missing: a whole number");
	if (t->whole != INT_UNKNOWN && v->value > t->whole)
		return problem(c, FAIL_INPUT, "value", "there are only %s in all", show_int(c->arena, c->lang, t->whole));
	return FAIL_OK;
}

static bool same_value(const struct target_value *x, const struct target_value *y)
{
	return x->value == y->value && strcmp(x->remark, y->remark) == 0 && strcmp(x->evidence_no, y->evidence_no) == 0;
}

static fail put_body(struct call *c, void *arg)
{
	struct put *p = arg;
	struct target_value v = *p->v, before;

	TRY(programme_target(c, v.target_id, v.on_date, p->t));
	TRY(check_value(c, &v, p->t));
	v.remark = v.remark ? v.remark : "";
	v.evidence_no = v.evidence_no ? v.evidence_no : "";
	v.unit_code = p->t->unit_code;
	v.code = p->t->code;
	v.actor = c->who.name;
	v.at_ms = c->now_ms;
	fail f = db_one(c, &Q_target_value_of_day, ARGS(V(p->t->realm), V(v.target_id), V(v.on_date)), &target_value_record, &before);

	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	if (f == FAIL_NOT_FOUND || !same_value(&before, &v)) {
		TRY(db_exec(c, &Q_target_value_put,
		            ARGS(V(p->t->realm), V(v.target_id), V(v.on_date), V(v.value), V(v.remark), V(v.evidence_no),
		                 V(v.file_id > 0 ? v.file_id : INT_UNKNOWN), V(v.actor), V(v.at_ms)),
		            NULL));
		TRY(journal_add(c, p->t->realm, p->t->unit_id, f == FAIL_OK ? "update" : "create", "target_value", v.target_id,
		                f == FAIL_OK ? as_json(c, &target_value_record, &before) : NULL, as_json(c, &target_value_record, &v)));
	}
	TRY(programme_target(c, v.target_id, v.on_date, p->t));
	*p->v = v;
	return FAIL_OK;
}

fail target_value_put(struct call *c, struct target_value *v, struct programme_target *t)
{
	return db_write(c, put_body, &(struct put){ v, t });
}

struct share { const struct programme_target *rows; size_t n; int64_t *added; };

static fail share_body(struct call *c, void *arg)
{
	struct share *s = arg;
	int64_t added = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct programme_target t = s->rows[i], other;

		TRY(org_realm(c, t.unit_id, &t.realm));
		TRY(programme_target_check(c, &t));
		fail f = find(c, &t, &other);

		if (f == FAIL_OK)
			continue;
		if (f != FAIL_NOT_FOUND)
			return f;
		TRY(insert(c, &t));
		added++;
	}
	*s->added = added;
	return FAIL_OK;
}

fail programme_target_share(struct call *c, const struct programme_target *rows, size_t n, int64_t *added)
{
	return db_write(c, share_body, &(struct share){ rows, n, added });
}

/* ---------------------------------------------------------------- up the tree */

#define L(f) COL(struct goal_sum, f)
static const struct field line_fields[] = {
	L(unit_id), L(unit_code), L(unit_name), L(code), L(title), L(measure), L(own), L(target_id), L(units), L(reached), L(valued), L(value),
	L(whole), L(baseline), L(goal), L(due_on), L(value_on), FIELD_END,
};
#undef L
static const struct record line_record = { "goal_sum", sizeof(struct goal_sum), line_fields };

static struct date later(struct date a, struct date b)
{
	return !date_is(a) || (date_is(b) && b.days > a.days) ? b : a;
}

static void add_line(struct goal_sum *sum, const struct goal_sum *l)
{
	sum->units += l->units;
	sum->reached += l->reached;
	sum->valued += l->valued;
	sum->value += l->value;
	sum->whole = sum->whole == INT_UNKNOWN || l->whole == INT_UNKNOWN ? INT_UNKNOWN : sum->whole + l->whole;
	sum->baseline += l->baseline;
	sum->goal += l->goal;
	sum->due_on = later(sum->due_on, l->due_on);
	sum->value_on = later(sum->value_on, l->value_on);
	sum->own |= l->own;
	if (l->own)
		sum->target_id = l->target_id;
}

fail target_sums(struct call *c, int64_t unit_id, struct date on, struct goal_sums *out)
{
	struct goal_sums all;

	TRY(db_all(c, &Q_target_sums, ARGS(V(unit_id), V(on), V("")), &line_record, &all.v, &all.n));
	*out = (struct goal_sums){ all.v, 0 };
	for (size_t i = 0; i < all.n; i++) {
		struct goal_sum l = all.v[i];

		l.own = l.own && l.unit_id == unit_id;
		if (!l.own)
			l.target_id = 0;
		l.unit_id = unit_id;
		if (out->n && strcmp(out->v[out->n - 1].code, l.code) == 0)
			add_line(&out->v[out->n - 1], &l);
		else
			out->v[out->n++] = l;
	}
	return FAIL_OK;
}

fail target_answers(struct call *c, int64_t unit_id, const char *code, struct date on, struct goal_sums *out, struct goal_sum *sum)
{
	TRY(db_all(c, &Q_target_sums, ARGS(V(unit_id), V(on), V(code)), &line_record, &out->v, &out->n));
	*sum = (struct goal_sum){ .unit_id = unit_id, .code = code, .title = "", .measure = "", .due_on = DATE_NONE, .value_on = DATE_NONE };
	for (size_t i = 0; i < out->n; i++) {
		sum->title = out->v[i].title;
		sum->measure = out->v[i].measure;
		add_line(sum, &out->v[i]);
	}
	return FAIL_OK;
}

fail target_trend(struct call *c, int64_t unit_id, const char *code, struct date until, struct target_point *v, size_t n)
{
	month_no last = date_month(until);

	for (size_t i = 0; i < n; i++) {
		month_no m = last - (month_no)(n - 1 - i);
		struct date on = m == last ? until : month_last(m);
		struct goal_sums lines;
		struct goal_sum sum;

		TRY(target_answers(c, unit_id, code, on, &lines, &sum));
		v[i] = (struct target_point){ on, lines.n ? sum.value : INT_UNKNOWN, lines.n ? sum.whole : INT_UNKNOWN, lines.n ? sum.goal : INT_UNKNOWN };
	}
	return FAIL_OK;
}
