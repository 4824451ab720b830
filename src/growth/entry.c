/* entry.c — one way to read, save and remove entries of every kind. */
#include "growth/entry.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "growth_sql.h"
#include "org/unit.h"

static const struct field person_fields[] = { { .name = "id", .type = FIELD_INT, .at = 0, .flags = INTERNAL }, FIELD_END };
static const struct record person_record = { "member", sizeof(int64_t), person_fields };

const char *entry_json(struct call *c, const struct record *r, const void *row)
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

fail entry_person(struct call *c, const struct entry *e, const char *code, const char *field, int64_t *id)
{
	fail f = db_one(c, &Q_growth_person, ARGS(V(e->realm), V(code), V(e->unit_id), V(date_of((int)e->year, 1, 1)), V(date_of((int)e->year, 12, 31))),
	                &person_record, id);

	if (f != FAIL_NOT_FOUND)
		return f;
	return problem(c, FAIL_INPUT, field, "nobody with the code “%s” belonged to this unit in %lld", code, (long long)e->year);
}

/* ---------------------------------------------------------------- reading */

static fail complete(struct call *c, const struct entry_kind *k, void *row)
{
	return k->read ? k->read(c, row) : FAIL_OK;
}

fail entry_by_id(struct call *c, const struct entry_kind *k, int64_t id, void *row)
{
	fail f = db_one(c, k->by_id, ARGS(V(id)), k->record, row);

	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "", "there is no such entry; it may have been removed");
	TRY(f);
	return complete(c, k, row);
}

fail entry_unit(struct call *c, const struct entry_kind *k, int64_t id, int64_t *unit_id)
{
	void *row = arena_alloc(c->arena, k->record->size);

	TRY(entry_by_id(c, k, id, row));
	*unit_id = ((const struct entry *)row)->unit_id;
	return FAIL_OK;
}

fail entry_list(struct call *c, const struct entry_kind *k, int64_t unit_id, int year, void *rows, size_t *n)
{
	int64_t realm;

	TRY(org_realm(c, unit_id, &realm));
	TRY(db_all(c, k->of_unit, ARGS(V(realm), V(unit_id), V(year)), k->record, rows, n));
	for (size_t i = 0; i < *n; i++)
		TRY(complete(c, k, *(char **)rows + i * k->record->size));
	return FAIL_OK;
}

/* ---------------------------------------------------------------- writing */

struct saving {
	const struct entry_kind *k;
	const void *asked;
	void *row, *stored;
};

static fail touch_both(struct call *c, const struct entry_kind *k, const void *was, const void *row)
{
	if (!k->touch)
		return FAIL_OK;
	if (was && (!row || ((const struct entry *)was)->year != ((const struct entry *)row)->year))
		TRY(k->touch(c, was));
	return row ? k->touch(c, row) : FAIL_OK;
}

static fail add(struct call *c, const struct entry_kind *k, struct entry *e)
{
	e->id = id_new();
	e->rev = 1;
	TRY(k->write(c, e));
	TRY(touch_both(c, k, NULL, e));
	return journal_add(c, e->realm, e->unit_id, "create", k->entity, e->id, NULL, entry_json(c, k->record, e));
}

static fail change(struct call *c, const struct entry_kind *k, struct entry *e, const struct entry *was)
{
	const char *before = entry_json(c, k->record, was), *after = entry_json(c, k->record, e);

	if (strcmp(before, after) == 0)
		return FAIL_OK;
	TRY(k->write(c, e));
	e->rev++;
	TRY(touch_both(c, k, was, e));
	return journal_add(c, e->realm, e->unit_id, "update", k->entity, e->id, before, after);
}

static fail save_body(struct call *c, void *arg)
{
	struct saving *s = arg;
	const struct entry_kind *k = s->k;
	struct entry *e = s->row, *was = arena_alloc(c->arena, k->record->size);

	memcpy(s->row, s->asked, k->record->size);
	if (!e->id) {
		TRY(org_realm(c, e->unit_id, &e->realm));
		TRY(k->check(c, e, NULL));
		return add(c, k, e);
	}
	TRY(entry_by_id(c, k, e->id, was));
	if (s->stored)
		memcpy(s->stored, was, k->record->size);
	if (e->rev != was->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed it in the meantime; both versions are shown");
	e->realm = was->realm;
	e->unit_id = was->unit_id;
	TRY(k->check(c, e, was));
	return change(c, k, e, was);
}

fail entry_save(struct call *c, const struct entry_kind *k, void *row, void *stored)
{
	void *asked = arena_alloc(c->arena, k->record->size);

	memcpy(asked, row, k->record->size);
	fail f = db_write(c, save_body, &(struct saving){ k, asked, row, stored });

	if (f != FAIL_OK)
		memcpy(row, asked, k->record->size);
	return f;
}

struct removal {
	const struct entry_kind *k;
	int64_t id, rev;
};

static fail remove_body(struct call *c, void *arg)
{
	const struct removal *r = arg;
	struct entry *was = arena_alloc(c->arena, r->k->record->size);

	TRY(entry_by_id(c, r->k, r->id, was));
	if (r->rev != was->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed it in the meantime; look at it before removing it");
	TRY(r->k->erase(c, was));
	TRY(touch_both(c, r->k, was, NULL));
	return journal_add(c, was->realm, was->unit_id, "delete", r->k->entity, was->id, entry_json(c, r->k->record, was), NULL);
}

fail entry_remove(struct call *c, const struct entry_kind *k, int64_t id, int64_t rev)
{
	return db_write(c, remove_body, &(struct removal){ k, id, rev });
}
