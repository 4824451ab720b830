/* kind_predecessors.c — the file `predecessors`: which unit came from which, and by what. The names in it are for reading only. */
#include <string.h>

#include "org/kinds.h"
#include "org/store.h"
#include "org/tree.h"
#include "org/version.h"
#include "unit_sql.h"

struct link_row {
	unsigned operation;
	const char *from_code, *to_code;
	struct date on;
	const char *from_name, *to_name;
};
static const struct field row_fields[] = {
	FIELD(struct link_row, operation, N_("Change"), REQUIRED, .words = predecessor_operations),
	FIELD(struct link_row, from_code, N_("Earlier unit"), REQUIRED | KEY, .max = 40),
	FIELD(struct link_row, to_code, N_("Later unit"), REQUIRED | KEY, .max = 40),
	FIELD(struct link_row, on, N_("First day"), REQUIRED),
	FIELD(struct link_row, from_name, N_("Name of the earlier unit"), 0, .max = 200),
	FIELD(struct link_row, to_name, N_("Name of the later unit"), 0, .max = 200),
	FIELD_END,
};
static const struct record row_record = { "predecessor", sizeof(struct link_row), row_fields };

static fail unit_on(struct call *c, const char *column, const char *code, struct date on, struct unit *out)
{
	int64_t id;
	fail f;

	TRY(db_int(c, &Q_org_unit_id, ARGS(V(code)), 0, &id));
	if (!id)
		return problem(c, FAIL_NOT_FOUND, column, "there is no unit with this code; import the units first, or correct the code");
	f = db_one(c, &Q_org_unit_on, ARGS(V(id), V(on)), &unit_record, out);
	if (f == FAIL_NOT_FOUND)
		return problem(c, FAIL_INPUT, column, "this unit did not exist on %s; correct the day or the code", show_date(c->arena, c->lang, on));
	return f;
}

static fail begin(struct call *c, struct import *im, void **state)
{
	if (!call_may(c, MAY_IMPORT, 0))
		return problem(c, FAIL_DENIED, "", "the tree is imported by who holds that right on a top unit");
	*state = ARENA_NEW(import_arena(im), bool); /* was anything written? */
	return FAIL_OK;
}

static fail row(struct call *c, struct import *im, void *state, const void *data)
{
	const struct link_row *l = data;
	struct unit from, to;
	struct predecessor before;
	struct link_row old = *l;
	fail f;

	if (strcmp(l->from_code, l->to_code) == 0)
		return problem(c, FAIL_INPUT, "to_code", "a unit cannot come from itself; give another code");
	TRY(unit_on(c, "from_code", l->from_code, date_before(l->on), &from));
	TRY(unit_on(c, "to_code", l->to_code, l->on, &to));
	f = db_one(c, &Q_org_predecessor_get, ARGS(V(to.id), V(from.id)), &predecessor_record, &before);
	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	if (f == FAIL_OK && before.on_date.days == l->on.days && before.operation == l->operation) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	*(bool *)state = true;
	TRY(store_predecessor(c, to.id, from.id, l->on, predecessor_operations[l->operation]));
	if (f == FAIL_NOT_FOUND) {
		import_count(im, IMPORT_ADDED);
		return FAIL_OK;
	}
	old.on = before.on_date;
	old.operation = before.operation;
	return import_changed(c, im, to.realm, to.id, "predecessor", to.id, &old, l);
}

static fail finish(struct call *c, struct import *im, void *state)
{
	struct arena *rows = c->arena;

	if (!*(bool *)state)
		return FAIL_OK;
	c->arena = import_arena(im); /* what waits for the commit outlasts the rows */
	org_tree_changed(c);
	c->arena = rows;
	return FAIL_OK;
}

static fail out_row(struct call *c, const void *data, void *arg)
{
	(void)c;
	return export_row(arg, data);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	(void)q;
	return db_each(c, &Q_org_export_predecessors, NO_ARGS, &row_record, out_row, ex);
}

const struct exchange_kind org_predecessors_kind = {
	.name = "predecessors",
	.label = N_("Predecessors"),
	.record = &row_record,
	.may_export = MAY_SEE,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
