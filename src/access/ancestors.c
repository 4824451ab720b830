/* ancestors.c — a table of unit → parents, read when asked for. */
#include "access/ancestors.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "org/tree.h"
#include "org/version.h"

enum { PARENTS_MAX = 6, OLD_MS = 5000, ROOM_FIRST = 1024 };

/* What stands directly above a unit. n 0: nothing. */
struct above {
	int64_t unit_id; /* 0: an empty place of the table */
	bool exists, is_open;
	int n;
	int64_t parents[PARENTS_MAX];
};

static struct {
	pthread_rwlock_t lock;
	const struct db *db;
	int64_t version, since_ms;
	struct date day;
	struct above *places; /* open addressing; room is a power of two */
	size_t n, room;
} table = { .lock = PTHREAD_RWLOCK_INITIALIZER };

static size_t place_of(int64_t id, size_t room)
{
	return (size_t)(((uint64_t)id * 0x9e3779b97f4a7c15u) >> 20) & (room - 1);
}

static struct above *find(struct above *places, size_t room, int64_t id)
{
	size_t at = place_of(id, room);

	while (places[at].unit_id && places[at].unit_id != id)
		at = (at + 1) & (room - 1);
	return &places[at];
}

/* Does the table hold what this call may use? */
static bool is_current(const struct call *c)
{
	return table.db == c->db && table.version == org_tree_version() && table.day.days == c->today.days &&
	       (db_engine_of(c->db) == DB_SQLITE || c->now_ms - table.since_ms < OLD_MS);
}

static bool remembered(struct call *c, int64_t id, struct above *out)
{
	bool found = false;

	pthread_rwlock_rdlock(&table.lock);
	if (table.room && is_current(c)) {
		const struct above *at = find(table.places, table.room, id);

		found = at->unit_id == id;
		if (found)
			*out = *at;
	}
	pthread_rwlock_unlock(&table.lock);
	return found;
}

static void begin_anew(struct call *c)
{
	if (table.room)
		memset(table.places, 0, table.room * sizeof *table.places);
	table.n = 0;
	table.db = c->db;
	table.version = org_tree_version();
	table.day = c->today;
	table.since_ms = c->now_ms;
}

static bool make_room(void)
{
	size_t room = table.room ? table.room * 2 : ROOM_FIRST;
	struct above *places;

	if (table.n * 4 < table.room * 3)
		return true;
	places = calloc(room, sizeof *places);
	if (!places)
		return false;
	for (size_t i = 0; i < table.room; i++)
		if (table.places[i].unit_id)
			*find(places, room, table.places[i].unit_id) = table.places[i];
	free(table.places);
	table.places = places;
	table.room = room;
	return true;
}

/* Only what was read from a snapshot taken after the last change of the tree may be kept. */
static void remember(struct call *c, const struct above *a)
{
	if (!c->who.tree || c->who.tree != org_tree_version())
		return;
	pthread_rwlock_wrlock(&table.lock);
	if (!is_current(c))
		begin_anew(c);
	if (c->who.tree == table.version && make_room()) {
		struct above *at = find(table.places, table.room, a->unit_id);

		table.n += at->unit_id == 0;
		*at = *a;
	}
	pthread_rwlock_unlock(&table.lock);
}

/* The span of today, or else the last before it, or else the first after it. */
static const struct unit *span_of_today(const struct units *spans, struct date today, bool *is_open)
{
	const struct unit *best = spans->n ? &spans->v[0] : NULL;

	*is_open = false;
	for (size_t i = 0; i < spans->n; i++)
		if (spans->v[i].valid_from.days <= today.days) {
			best = &spans->v[i];
			*is_open = best->valid_to.days >= today.days;
		}
	return best;
}

static void add_parent(struct above *a, int64_t id)
{
	if (id && a->n < PARENTS_MAX)
		a->parents[a->n++] = id;
}

static fail add_successors(struct call *c, struct above *a)
{
	struct predecessor *links;
	size_t n;

	TRY(org_predecessors_of(c, a->unit_id, &links, &n));
	for (size_t i = 0; i < n; i++)
		if (links[i].predecessor_id == a->unit_id)
			add_parent(a, links[i].unit_id);
	return FAIL_OK;
}

static fail read_above(struct call *c, int64_t id, struct above *out)
{
	struct units spans;
	const struct unit *span;

	if (remembered(c, id, out))
		return FAIL_OK;
	*out = (struct above){ .unit_id = id };
	TRY(org_spans(c, id, &spans));
	span = span_of_today(&spans, c->today, &out->is_open);
	out->exists = span;
	if (span)
		add_parent(out, span->parent_id);
	if (span && !out->is_open)
		TRY(add_successors(c, out));
	remember(c, out);
	return FAIL_OK;
}

static bool holds(const int64_t *v, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == id)
			return true;
	return false;
}

fail ancestors_of(struct call *c, int64_t unit_id, int64_t out[ANCESTORS_MAX], size_t *n)
{
	struct above a;

	out[0] = unit_id;
	*n = 1;
	for (size_t i = 0; i < *n; i++) {
		TRY(read_above(c, out[i], &a));
		if (!a.exists && i == 0)
			*n = 0;
		for (int k = 0; k < a.n && *n < ANCESTORS_MAX; k++)
			if (!holds(out, *n, a.parents[k]))
				out[(*n)++] = a.parents[k];
	}
	return FAIL_OK;
}

fail ancestors_is_top(struct call *c, int64_t unit_id, bool *out)
{
	struct above a;

	TRY(read_above(c, unit_id, &a));
	*out = a.exists && a.is_open && a.n == 0;
	return FAIL_OK;
}
