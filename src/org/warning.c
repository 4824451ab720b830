/* warning.c — V01, V02, V17 and V19 over a part of the tree: one statement, the rest here. */
#include "org/warning.h"

#include <stdlib.h>
#include <string.h>

#include "member_sql.h"
#include "org/store.h"

enum { MEET_MIN = 3, COMMITTEE_MIN = 9, VILLAGE_MIN = 7, BODY_MIN = 30, CELL_MAX = 30 };

static const struct field warning_fields[] = {
	FIELD(struct warning, rule, N_("Rule"), 0),
	FIELD(struct warning, unit_code, N_("Unit"), 0),
	FIELD(struct warning, unit_name, N_("Name"), 0),
	FIELD(struct warning, members, N_("Members"), 0),
	FIELD(struct warning, official, N_("Official members"), 0),
	FIELD(struct warning, text, N_("What to look at"), 0),
	COL(struct warning, unit_id),
	FIELD_END,
};
const struct record warning_record = { "warning", sizeof(struct warning), warning_fields };

/* A unit of the part looked at; bodies get the sums of what is below them. */
struct row {
	int64_t id, parent_id, members, official;
	const char *code, *name;
	unsigned level, type;
	bool known, committee;
};
static const struct field row_fields[] = {
	COL(struct row, id), COL(struct row, parent_id), COL(struct row, members), COL(struct row, official), COL(struct row, code),
	COL(struct row, name), COL(struct row, level, .words = unit_levels), COL(struct row, type, .words = unit_types),
	COL(struct row, known), COL(struct row, committee), FIELD_END,
};
static const struct record row_record = { "warning", sizeof(struct row), row_fields };
struct rows { struct row *v; size_t n; };

static int by_id(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static struct row *row_of(const struct rows *rows, int64_t id)
{
	struct row key = { .id = id };

	return bsearch(&key, rows->v, rows->n, sizeof key, by_id);
}

/* The body at the grassroots a cell belongs to, within the part looked at. */
static struct row *body_of(const struct rows *rows, const struct row *cell)
{
	struct row *up = row_of(rows, cell->parent_id);

	while (up && up->level != LEVEL_GRASSROOTS)
		up = row_of(rows, up->parent_id);
	return up;
}

static void PRINTF_LIKE(5, 6) warn(struct call *c, struct warnings *w, const char *rule, const struct row *r, const char *id, ...)
{
	va_list args;

	va_start(args, id);
	w->v = store_grow(c->arena, w->v, w->n, sizeof *w->v);
	w->v[w->n++] = (struct warning){ .rule = rule, .unit_code = r->code, .unit_name = r->name, .members = r->members, .official = r->official,
		                             .text = arena_vprintf(c->arena, tr(c->lang, id), args), .unit_id = r->id };
	va_end(args);
}

static void look_at_cell(struct call *c, struct warnings *w, const struct rows *rows, const struct row *r)
{
	const struct row *up = row_of(rows, r->parent_id);

	if (r->official < MEET_MIN)
		warn(c, w, "V01", r, N_("%lld official members: fewer than 3 cannot hold a valid meeting; move members here or merge the cell?"),
		     (long long)r->official);
	if (r->official >= COMMITTEE_MIN && !r->committee)
		warn(c, w, "V02", r, N_("%lld official members and no committee: has it been elected?"), (long long)r->official);
	if (r->type != TYPE_RESIDENTIAL && r->members > CELL_MAX && up && (up->level == LEVEL_GRASSROOTS || up->level == LEVEL_SUBCOMMITTEE))
		warn(c, w, "V17", r, N_("%lld members: a subordinate cell of more than 30 needs the consent of the committee above; was it given?"),
		     (long long)r->members);
	if (r->type == TYPE_RESIDENTIAL && r->members < VILLAGE_MIN)
		warn(c, w, "V19", r, N_("%lld members: a village cell under 7 receives commune staff as members; who could join?"),
		     (long long)r->members);
}

static void look_at_body(struct call *c, struct warnings *w, const struct row *r)
{
	if (r->known && r->members < BODY_MIN)
		warn(c, w, "V17", r, N_("%lld members: a body at the grassroots with a committee of its own needs 30; is another form better?"),
		     (long long)r->members);
}

static void sum_up(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct row *body = rows->v[i].level == LEVEL_CELL ? body_of(rows, &rows->v[i]) : NULL;

		if (!body)
			continue;
		body->members += rows->v[i].members;
		body->official += rows->v[i].official;
		body->known |= rows->v[i].known;
	}
}

static int by_rule(const void *a, const void *b)
{
	const struct warning *x = a, *y = b;
	int order = strcmp(x->rule, y->rule);

	return order ? order : strcmp(x->unit_code, y->unit_code);
}

/* The parent of the unit asked for is not among the rows, so a single cell's own rule V17 needs its parent's level. */
static fail add_parent(struct call *c, int64_t unit_id, struct date on, struct rows *rows)
{
	const struct row *top = row_of(rows, unit_id);
	struct unit up;

	if (!top || !top->parent_id || top->level != LEVEL_CELL)
		return FAIL_OK;
	TRY(org_unit_nearest(c, top->parent_id, on, &up));
	struct row *v = ARENA_ARRAY(c->arena, rows->n + 1, struct row);

	memcpy(v, rows->v, rows->n * sizeof *v);
	v[rows->n++] = (struct row){ .id = up.id, .level = up.level == LEVEL_GRASSROOTS ? LEVEL_SUBCOMMITTEE : up.level, .code = up.code, .name = up.name };
	rows->v = v;
	qsort(rows->v, rows->n, sizeof *rows->v, by_id);
	return FAIL_OK;
}

fail org_warnings(struct call *c, int64_t unit_id, struct date on, struct warnings *out)
{
	struct rows rows;

	*out = (struct warnings){ NULL, 0 };
	TRY(db_all(c, &Q_org_warning_units, ARGS(V(unit_id), V(on), V(date_add_months(on, -12))), &row_record, &rows.v, &rows.n));
	TRY(add_parent(c, unit_id, on, &rows));
	sum_up(&rows);
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].level == LEVEL_CELL && rows.v[i].known)
			look_at_cell(c, out, &rows, &rows.v[i]);
		if (rows.v[i].level == LEVEL_GRASSROOTS)
			look_at_body(c, out, &rows.v[i]);
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_rule);
	return FAIL_OK;
}
