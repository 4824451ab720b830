/* kind_units.c — the file `units`: a row per span of a unit.
 *
 * A parent may come after its child: its unit is made as soon as its code is met. What needs the whole file is looked at in the end, on the
 * whole tree as it then is: gaps, overlaps, levels, days without a parent, realms. */
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "org/codes.h"
#include "org/kinds.h"
#include "org/store.h"
#include "org/tree.h"
#include "org/version.h"
#include "unit_sql.h"

/* A unit met in the file or in the database. */
struct met {
	int64_t id, realm;
	int64_t line;       /* where it was first met as a parent; 0: it has a row */
	const char *code;   /* of a parent without a row so far */
	bool stored, sure;  /* was there before; its realm is known */
};
struct written { int64_t id; struct date from; int64_t line; };

struct state {
	struct call *c;
	struct import *im;
	struct codes *codes; /* code → index in units */
	struct met *units;
	size_t n;
	struct written *written;
	size_t written_n;
	struct tree tree;    /* only in finish */
};

/* ---- one row by itself ---- */

static fail prepare(struct call *c, void *row)
{
	struct unit *u = row;

	if (strchr(u->code, ' '))
		return problem(c, FAIL_INPUT, "code", "a code has no blanks; write it with dots or dashes");
	if (strcmp(u->code, u->parent_code) == 0)
		return problem(c, FAIL_INPUT, "parent_code", "a unit cannot stand below itself; give the code of the unit above");
	if (u->valid_to.days < u->valid_from.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, u->valid_to),
		               show_date(c->arena, c->lang, u->valid_from));
	u->name_key = text_key(c->arena, u->name);
	u->sort_key = text_sort_key(c->arena, u->name);
	return FAIL_OK;
}

/* ---- begin ---- */

static struct met *meet(struct state *s, const char *code, const struct met *as)
{
	s->units = store_grow(import_arena(s->im), s->units, s->n, sizeof *s->units);
	s->units[s->n] = *as;
	codes_put(s->codes, 0, code, (int64_t)s->n);
	return &s->units[s->n++];
}

static fail remember(struct call *c, const void *row, void *arg)
{
	const struct unit *u = row;

	(void)c;
	meet(arg, u->code, &(struct met){ .id = u->id, .realm = u->realm, .stored = true, .sure = true });
	return FAIL_OK;
}

static fail begin(struct call *c, struct import *im, void **state)
{
	struct state *s = ARENA_NEW(import_arena(im), struct state);

	if (!call_may(c, MAY_IMPORT, 0))
		return problem(c, FAIL_DENIED, "", "the tree is imported by who holds that right on a top unit");
	*s = (struct state){ .c = c, .im = im, .codes = codes_new(import_arena(im)) };
	*state = s;
	return db_each(c, &Q_org_unit_codes, NO_ARGS, &unit_record, remember, s);
}

/* ---- rows ---- */

/* The unit of a code; made, with a realm still to be found, when it is new. The answer holds until the next call. */
static struct met *unit_of_code(struct state *s, const char *code)
{
	int64_t at;

	if (codes_get(s->codes, 0, code, &at))
		return &s->units[at];
	return meet(s, code, &(struct met){ .id = id_new() });
}

static fail parent_of(struct call *c, struct state *s, const struct unit *row, int64_t *id, int64_t *realm)
{
	struct met *p;
	size_t before = s->n;

	*id = *realm = 0;
	if (!*row->parent_code)
		return FAIL_OK;
	p = unit_of_code(s, row->parent_code);
	if (s->n > before) {
		p->line = import_line(s->im);
		p->code = arena_strdup(import_arena(s->im), row->parent_code);
		p->realm = p->id;
		TRY(store_unit(c, p->id, p->realm, row->parent_code));
	}
	*id = p->id;
	*realm = p->sure ? p->realm : 0;
	return FAIL_OK;
}

/* A new unit gets its realm at once when its parent's is known, which is so in files that go from the top down. */
static fail begin_unit(struct call *c, const struct unit *row, int64_t parent_realm, struct met *u, bool made)
{
	bool own = row->level == LEVEL_PROVINCE || !*row->parent_code;

	u->line = 0;
	if (u->stored || u->sure)
		return FAIL_OK;
	u->sure = own || parent_realm;
	u->realm = own || !parent_realm ? u->id : parent_realm;
	if (made)
		return store_unit(c, u->id, u->realm, row->code);
	return u->realm == u->id ? FAIL_OK : db_exec(c, &Q_org_unit_set_realm, ARGS(V(u->id), V(u->realm)), NULL);
}

static bool same_span(const struct unit *a, const struct unit *b)
{
	return a->parent_id == b->parent_id && a->level == b->level && a->type == b->type && a->owner == b->owner &&
	       a->valid_to.days == b->valid_to.days && strcmp(a->name, b->name) == 0;
}

static void note_written(struct state *s, const struct unit *u)
{
	s->written = store_grow(import_arena(s->im), s->written, s->written_n, sizeof *s->written);
	s->written[s->written_n++] = (struct written){ u->id, u->valid_from, import_line(s->im) };
}

static fail put_span(struct call *c, struct state *s, const struct unit *u, bool stored)
{
	struct unit before;
	fail f = stored ? db_one(c, &Q_org_span_from, ARGS(V(u->id), V(u->valid_from)), &unit_record, &before) : FAIL_NOT_FOUND;

	if (f == FAIL_NOT_FOUND) {
		import_count(s->im, IMPORT_ADDED);
		note_written(s, u);
		return store_span(c, u, false);
	}
	TRY(f);
	if (same_span(&before, u)) {
		import_count(s->im, IMPORT_SAME);
		return FAIL_OK;
	}
	note_written(s, u);
	TRY(store_span(c, u, true));
	TRY(store_raise_unit(c, u->id));
	return import_changed(c, s->im, u->realm, u->id, "unit", u->id, &before, u);
}

static fail row(struct call *c, struct import *im, void *state, const void *data)
{
	struct state *s = state;
	struct unit u = *(const struct unit *)data;
	struct met *unit;
	int64_t parent_realm;
	size_t before;

	(void)im;
	TRY(parent_of(c, s, &u, &u.parent_id, &parent_realm));
	before = s->n;
	unit = unit_of_code(s, u.code);
	TRY(begin_unit(c, &u, parent_realm, unit, s->n > before));
	u.id = unit->id;
	u.realm = unit->realm;
	return put_span(c, s, &u, unit->stored);
}

/* ---- the whole file ---- */

static void missing_parents(struct call *c, struct state *s, bool *ok)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!s->units[i].line)
			continue;
		*ok = false;
		import_problem(c, s->im, s->units[i].line, "parent_code", s->units[i].code,
		               "there is no unit with this code, neither in the file nor in the database; add a row for it or correct the code");
	}
}

/* Walks up to a unit whose realm is sure, the units on the way learn it. Depth is at most the number of levels, or the laws say so. */
static int64_t find_realm(struct state *s, struct unit *span, int depth)
{
	size_t n, first = tree_find(&s->tree, span->parent_id, &n);

	if (span->level == LEVEL_PROVINCE || !span->parent_id || !n || depth > LEVEL_COUNT)
		return span->id;
	return find_realm(s, &s->tree.v[first], depth + 1);
}

/* A stored unit stays in its realm once the realm owns something: its members would stay behind. */
static fail may_leave_realm(struct call *c, int64_t realm, bool *out)
{
	int64_t used;

	TRY(db_int(c, &Q_org_realm_in_use, ARGS(V(realm)), 0, &used));
	*out = !used;
	return FAIL_OK;
}

static fail settle_realms(struct call *c, struct state *s)
{
	for (size_t i = 0, n; i < s->tree.n; i += n) {
		struct unit *u = &s->tree.v[i];
		int64_t realm = find_realm(s, u, 0);
		bool may;

		tree_find(&s->tree, u->id, &n);
		if (realm == u->realm)
			continue;
		TRY(may_leave_realm(c, u->realm, &may));
		if (!may)
			continue; /* the laws report it */
		TRY(db_exec(c, &Q_org_unit_set_realm, ARGS(V(u->id), V(realm)), NULL));
		for (size_t k = i; k < i + n; k++)
			s->tree.v[k].realm = realm;
	}
	return FAIL_OK;
}

static int by_unit_and_day(const void *a, const void *b)
{
	const struct written *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->from.days > y->from.days) - (x->from.days < y->from.days);
}

/* The line of a span, or of any other of the unit, or of its parent. */
static int64_t line_of(const struct state *s, const struct unit *span)
{
	struct written key = { span->id, span->valid_from, 0 };
	const struct written *w = s->written_n ? bsearch(&key, s->written, s->written_n, sizeof key, by_unit_and_day) : NULL;

	if (w)
		return w->line;
	for (size_t i = 0; i < s->written_n; i++)
		if (s->written[i].id == span->id || s->written[i].id == span->parent_id)
			return s->written[i].line;
	return 0;
}

struct found { struct state *s; bool ok; };

static void found(struct call *c, const struct unit *span, const char *text, void *arg)
{
	struct found *f = arg;

	f->ok = false;
	import_problem(c, f->s->im, line_of(f->s, span), "valid_from", NULL, "%s", text);
}

static fail finish(struct call *c, struct import *im, void *state)
{
	struct state *s = state;
	struct found f = { s, true };
	struct arena *rows = c->arena;

	if (!s->written_n)
		return FAIL_OK;
	missing_parents(c, s, &f.ok);
	if (!f.ok)
		return FAIL_INPUT;
	qsort(s->written, s->written_n, sizeof *s->written, by_unit_and_day);
	TRY(tree_load(c, &s->tree));
	TRY(settle_realms(c, s));
	tree_check(c, &s->tree, 0, found, &f);
	c->arena = import_arena(im); /* what waits for the commit outlasts the rows */
	org_tree_changed(c);
	c->arena = rows;
	return f.ok ? FAIL_OK : FAIL_INPUT;
}

/* ---- out ---- */

static fail out_row(struct call *c, const void *row, void *arg)
{
	(void)c;
	return export_row(arg, row);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	if (q->unit_code)
		return db_each(c, &Q_org_export_units_below, ARGS(V(q->on), V(q->unit_code)), &unit_record, out_row, ex);
	return db_each(c, &Q_org_export_units, ARGS(V(q->on)), &unit_record, out_row, ex);
}

const struct exchange_kind org_units_kind = {
	.name = "units",
	.label = N_("Units"),
	.record = &unit_record,
	.may_export = MAY_SEE,
	.prepare = prepare,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
