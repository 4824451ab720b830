/* tables_try.c — trying a table: units in pieces, each piece with memory of its own, so that a province fits. */
#include "year/tables_try.h"

#include <stdlib.h>
#include <string.h>

#include "tables_sql.h"
#include "year/assess_keep.h"
#include "year/case_keep.h"

enum { PIECE = 250, PIECE_CEILING = 256 << 20 };

struct judged_row { int64_t unit_id, revision; const char *stage, *line; struct tenths points, max; };
static const struct field judged_fields[] = { COL(struct judged_row, unit_id), COL(struct judged_row, stage), COL(struct judged_row, revision),
	                                          COL(struct judged_row, line), COL(struct judged_row, points), COL(struct judged_row, max), FIELD_END };
static const struct record judged_record = { "judged", sizeof(struct judged_row), judged_fields };

struct trying {
	unsigned kind;
	const struct scheme *draft;
	struct units units;
	const struct judged_row *judged; /* by unit, the sheet that counts first */
	size_t judged_n;
	struct try_view *v;
};

/* ---------------------------------------------------------------- points that people gave */

static const struct judged_row *rows_of(const struct trying *t, int64_t unit_id, size_t *n)
{
	size_t low = 0, high = t->judged_n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (t->judged[middle].unit_id < unit_id)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	if (low == t->judged_n)
		return NULL;
	const struct judged_row *first = &t->judged[low];

	for (; low + *n < t->judged_n && first[*n].unit_id == unit_id && first[*n].revision == first->revision &&
	             strcmp(first[*n].stage, first->stage) == 0;)
		++*n;
	return first;
}

static const struct judged_row *row_named(const struct judged_row *v, size_t n, const char *id, size_t length)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(v[i].line) == length && memcmp(v[i].line, id, length) == 0)
			return &v[i];
	return NULL;
}

/* Of the line itself, of what it was split from, of its group judged as a whole. */
static const struct judged_row *row_for(const struct scheme *s, const struct scheme_line *line, const struct judged_row *v, size_t n)
{
	const struct judged_row *found = NULL;

	for (size_t length = strlen(line->id); !found && length; length--)
		if (!line->id[length] || line->id[length] == '.')
			found = row_named(v, n, line->id, length);
	if (!found && line->group >= 0)
		found = row_named(v, n, s->groups[line->group].id, strlen(s->groups[line->group].id));
	return found;
}

/* The scored line that a criterion was split from: "G1.3" for "G1.3.1". NULL: none, or it has no points. */
static const struct scored_line *split_from(const struct scored_sheet *before, const char *id)
{
	for (size_t length = strlen(id); length; length--)
		for (size_t i = 0; id[length] == '.' && i < before->n; i++)
			if (strlen(before->lines[i].id) == length && memcmp(before->lines[i].id, id, length) == 0)
				return before->lines[i].state == LINE_SCORED && before->lines[i].max.t > 0 ? &before->lines[i] : NULL;
	return NULL;
}

static struct tenths in_proportion(struct tenths points, struct tenths of, struct tenths max)
{
	return (struct tenths){ (int32_t)((2 * (int64_t)points.t * max.t + of.t) / (2 * (int64_t)of.t)) };
}

/* `before` NULL: only what people gave counts. */
static struct judged judged_by(struct call *c, const struct scheme *s, const struct judged_row *v, size_t n, const struct scored_sheet *before)
{
	struct judged_line *lines = ARENA_ARRAY(c->arena, s->n_lines + 1, struct judged_line);
	struct judged out = { lines, 0 };

	for (uint32_t i = 0; i < s->n_lines; i++) {
		const struct judged_row *row = s->lines[i].judged ? row_for(s, &s->lines[i], v, n) : NULL;
		const struct scored_line *part = s->lines[i].judged && before && !row ? split_from(before, s->lines[i].id) : NULL;
		struct tenths max = scheme_line_max(&s->lines[i]);

		if (row && row->max.t > 0)
			lines[out.n++] = (struct judged_line){ s->lines[i].id, in_proportion(row->points, row->max, max) };
		else if (part)
			lines[out.n++] = (struct judged_line){ s->lines[i].id, in_proportion(part->points, part->max, max) };
	}
	return out;
}

/* ---------------------------------------------------------------- one piece */

static struct tenths points_of(const struct year_draft *d)
{
	return d->sheet.complete ? d->sheet.total : d->secured;
}

static bool passes(unsigned result)
{
	return result == RESULT_MET || result >= RESULT_GOOD;
}

static void add_row(struct trying *t, const struct unit *u, const struct year_draft *before, const struct year_draft *after)
{
	struct try_view *v = t->v;
	struct try_row row = { .name = u->name, .key = u->sort_key, .unit_id = u->id, .before = points_of(before), .after = points_of(after),
		                   .was = before->result, .now = after->result, .open_before = before->result == RESULT_NONE,
		                   .open_after = after->result == RESULT_NONE };

	if (!row.open_before && !row.open_after)
		row.change = passes(row.now) - passes(row.was);
	v->n++;
	v->met_before += passes(row.was);
	v->met_after += passes(row.now);
	v->gained += row.change > 0;
	v->lost += row.change < 0;
	v->open += row.open_after;
	v->v[v->shown++] = row;
}

/* `own` has an arena that is thrown away; names and keys of units stay where they were read. */
static fail try_piece(struct call *own, struct trying *t, const struct unit *units, size_t n)
{
	const struct scheme *schemes[PIECE];
	struct judged *now = ARENA_ARRAY(own->arena, n, struct judged), *then = ARENA_ARRAY(own->arena, n, struct judged);
	struct year_draft *before = ARENA_ARRAY(own->arena, n, struct year_draft), *after = ARENA_ARRAY(own->arena, n, struct year_draft);

	for (size_t i = 0; i < n; i++) {
		size_t rows;
		const struct judged_row *v = rows_of(t, units[i].id, &rows);

		TRY(assess_scheme(own, t->kind, t->v->year, &units[i], &schemes[i]));
		then[i] = judged_by(own, schemes[i], v, rows, NULL);
	}
	TRY(year_draft_many(own, t->kind, (int)t->v->year, units, n, NULL, then, before));
	for (size_t i = 0; i < n; i++) {
		size_t rows;
		const struct judged_row *v = rows_of(t, units[i].id, &rows);

		now[i] = judged_by(own, t->draft, v, rows, &before[i].sheet);
	}
	TRY(year_draft_many(own, t->kind, (int)t->v->year, units, n, t->draft, now, after));
	for (size_t i = 0; i < n; i++)
		add_row(t, &units[i], &before[i], &after[i]);
	return FAIL_OK;
}

struct held { struct arena *arena; };

static void let_go(void *arg)
{
	struct held *h = arg;

	arena_free(h->arena);
	h->arena = NULL;
}

/* However the piece ends, also by a jump out of c's arena, its memory goes. */
static fail try_in_own_memory(struct call *c, struct trying *t, size_t from, size_t n)
{
	struct held *held = ARENA_NEW(c->arena, struct held);
	struct call own = *c;
	fail f;

	held->arena = own.arena = arena_new(PIECE_CEILING);
	if (!own.arena)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	arena_defer(c->arena, let_go, held);
	f = try_piece(&own, t, t->units.v + from, n);
	if (f != FAIL_OK && own.problem.text)
		f = problem(c, f, arena_strdup(c->arena, own.problem.field ? own.problem.field : ""), "%s", own.problem.text);
	let_go(held);
	return f;
}

/* ---------------------------------------------------------------- which units */

static bool is_for(enum scheme_use use, const struct unit *u)
{
	if (u->level <= LEVEL_PROVINCE)
		return false;
	return use == USE_FOUR_GOOD_CELL ? u->level == LEVEL_CELL : use == USE_FOUR_GOOD_BODY ? u->level != LEVEL_CELL : true;
}

/* Does a committee between the table's unit and this one have a table of its own? */
static bool has_nearer(const struct local_table *t, const struct units *below, const struct scheme *holding)
{
	if (!*holding->scope || strcmp(holding->scope, t->unit_code) == 0)
		return false;
	for (size_t i = 0; i < below->n; i++)
		if (strcmp(below->v[i].code, holding->scope) == 0)
			return true;
	return false;
}

static fail choose_units(struct call *c, const struct local_table *table, struct trying *t)
{
	const struct scheme *holding;
	struct units below;

	TRY(org_below(c, table->unit_id, case_day(c, t->v->year), LEVEL_NONE, &below));
	t->units.v = ARENA_ARRAY(c->arena, below.n + 1, struct unit);
	for (size_t i = 0; i < below.n; i++) {
		if (!is_for(t->draft->use, &below.v[i]))
			continue;
		TRY(assess_scheme(c, t->kind, t->v->year, &below.v[i], &holding));
		if (has_nearer(table, &below, holding))
			t->v->own_tables++;
		else
			t->units.v[t->units.n++] = below.v[i];
	}
	return FAIL_OK;
}

static int by_change_and_name(const void *x, const void *y)
{
	const struct try_row *a = x, *b = y;
	bool changed_a = a->change != 0, changed_b = b->change != 0;

	if (changed_a != changed_b)
		return changed_b - changed_a;
	if (a->change != b->change)
		return a->change - b->change;
	size_t n = a->key.size < b->key.size ? a->key.size : b->key.size;
	int order = n ? memcmp(a->key.data, b->key.data, n) : 0;

	return order ? order : (a->key.size > b->key.size) - (a->key.size < b->key.size);
}

fail table_try(struct call *c, const struct local_table *table, const struct scheme *s, struct try_view *v)
{
	struct trying t = { .kind = scheme_use_is_four_good(s->use) ? CASE_FOUR_GOOD : CASE_UNIT, .draft = s, .v = v };

	if (s->use == USE_ANNUAL_MEMBER)
		return problem(c, FAIL_INPUT, "", "a table of members is not tried: levels of single members are not shown to others");
	TRY(choose_units(c, table, &t));
	TRY(db_all(c, &Q_table_judged, ARGS(V(case_kinds[t.kind]), V(v->year), V(table->unit_id), V(case_day(c, v->year))), &judged_record,
	           (void *)&t.judged, &t.judged_n));
	v->v = ARENA_ARRAY(c->arena, t.units.n + 1, struct try_row);
	for (size_t i = 0; i < t.units.n; i += PIECE)
		TRY(try_in_own_memory(c, &t, i, t.units.n - i < PIECE ? t.units.n - i : PIECE));
	qsort(v->v, v->shown, sizeof *v->v, by_change_and_name);
	return FAIL_OK;
}
