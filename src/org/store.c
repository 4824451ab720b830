/* store.c — rows of units, members and posts, one statement each. */
#include "org/store.h"

#include <string.h>

#include "db/journal.h"
#include "member_sql.h"
#include "org/people.h"
#include "unit_sql.h"

fail store_unit(struct call *c, int64_t id, int64_t realm, const char *code)
{
	return db_exec(c, &Q_org_unit_insert, ARGS(V(id), V(realm), V(code)), NULL);
}

static struct blob unit_sort_key(struct call *c, const struct unit *u)
{
	return u->sort_key.size ? u->sort_key : text_sort_key(c->arena, u->name);
}

fail store_span(struct call *c, const struct unit *u, bool update)
{
	const char *key = *u->name_key ? u->name_key : text_key(c->arena, u->name);

	return db_exec(c, update ? &Q_org_span_update : &Q_org_span_insert,
	               ARGS(V(u->id), V(u->valid_from), V(u->valid_to), V(u->parent_id), V(unit_levels[u->level]), V(unit_types[u->type]),
	                    V(unit_owners[u->owner]), V(u->name), V(key), V(unit_sort_key(c, u))),
	               NULL);
}

fail store_raise_unit(struct call *c, int64_t id)
{
	return db_exec(c, &Q_org_unit_raise, ARGS(V(id)), NULL);
}

fail store_predecessor(struct call *c, int64_t unit_id, int64_t predecessor_id, struct date on, const char *operation)
{
	return db_exec(c, &Q_org_predecessor_put, ARGS(V(unit_id), V(predecessor_id), V(on), V(operation)), NULL);
}

static const char *member_key(struct call *c, const struct member *m)
{
	return *m->name_key ? m->name_key : text_key(c->arena, m->full_name);
}

static struct blob member_sort_key(struct call *c, const struct member *m)
{
	return m->sort_key.size ? m->sort_key : text_name_sort_key(c->arena, m->full_name);
}

fail store_member(struct call *c, const struct member *m)
{
	return db_exec(c, &Q_org_member_insert,
	               ARGS(V(m->realm), V(m->id), V(m->code), V(m->full_name), V(member_key(c, m)), V(member_sort_key(c, m)),
	                    V(m->admitted_on), V(m->decision_on), V(m->official_on), V(m->contact), V(m->uses_app)),
	               NULL);
}

fail store_member_update(struct call *c, const struct member *m)
{
	return db_exec(c, &Q_org_member_update,
	               ARGS(V(m->realm), V(m->id), V(m->code), V(m->full_name), V(member_key(c, m)), V(member_sort_key(c, m)),
	                    V(m->admitted_on), V(m->decision_on), V(m->official_on), V(m->contact), V(m->uses_app)),
	               NULL);
}

fail store_member_copy(struct call *c, int64_t id, int64_t from_realm, int64_t to_realm)
{
	struct member m;
	int64_t taken;

	TRY(org_member(c, from_realm, id, &m));
	TRY(db_int(c, &Q_org_member_id, ARGS(V(to_realm), V(m.code)), 0, &taken));
	if (taken == id)
		return FAIL_OK;
	if (taken)
		return problem(c, FAIL_CONFLICT, "code", "the code “%s” of %s is somebody else's there; give one of them another code first", m.code,
		               m.full_name);
	m.realm = to_realm;
	return store_member(c, &m);
}

fail store_raise_member(struct call *c, int64_t realm, int64_t id)
{
	return db_exec(c, &Q_org_member_raise, ARGS(V(realm), V(id)), NULL);
}

fail org_people_changed(struct call *c, int64_t realm, int64_t unit_id)
{
	for (people_watcher *const *w = people_watchers; *w; w++)
		TRY((*w)(c, realm, unit_id));
	return FAIL_OK;
}

fail store_membership(struct call *c, const struct membership *m)
{
	TRY(db_exec(c, &Q_org_membership_insert,
	               ARGS(V(m->realm), V(m->member_id), V(m->unit_id), V(m->valid_from), V(m->valid_to), V(member_statuses[m->status]),
	                    V(exempt_reasons[m->reason]), V(m->decision_no)),
	               NULL));
	return org_people_changed(c, m->realm, m->unit_id);
}

fail store_membership_end(struct call *c, const struct membership *m, struct date last)
{
	TRY(db_exec(c, &Q_org_membership_end, ARGS(V(m->realm), V(m->unit_id), V(m->member_id), V(m->valid_from), V(last)), NULL));
	return org_people_changed(c, m->realm, m->unit_id);
}

fail store_membership_drop(struct call *c, const struct membership *m)
{
	TRY(db_exec(c, &Q_org_membership_drop, ARGS(V(m->realm), V(m->unit_id), V(m->member_id), V(m->valid_from)), NULL));
	return org_people_changed(c, m->realm, m->unit_id);
}

fail store_post(struct call *c, const struct post *p)
{
	TRY(db_exec(c, &Q_org_post_insert,
	               ARGS(V(p->realm), V(p->unit_id), V(p->member_id), V(post_kinds[p->post]), V(p->valid_from), V(p->valid_to)), NULL));
	return org_people_changed(c, p->realm, p->unit_id);
}

fail store_post_end(struct call *c, const struct post *p, struct date last)
{
	TRY(db_exec(c, &Q_org_post_end,
	               ARGS(V(p->realm), V(p->unit_id), V(p->member_id), V(post_kinds[p->post]), V(p->valid_from), V(last)), NULL));
	return org_people_changed(c, p->realm, p->unit_id);
}

fail store_post_drop(struct call *c, const struct post *p)
{
	TRY(db_exec(c, &Q_org_post_drop, ARGS(V(p->realm), V(p->unit_id), V(p->member_id), V(post_kinds[p->post]), V(p->valid_from)),
	               NULL));
	return org_people_changed(c, p->realm, p->unit_id);
}

static const char *row_json(struct call *c, const struct record *record, const void *row)
{
	struct out o;
	struct json j;

	if (!row)
		return NULL;
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, record, row);
	json_object_end(&j);
	return out_text(&o);
}

fail store_journal(struct call *c, int64_t realm, int64_t unit_id, const char *action, int64_t entity_id, const struct record *record,
                   const void *before, const void *after)
{
	return journal_add(c, realm, unit_id, action, record->name, entity_id, row_json(c, record, before), row_json(c, record, after));
}

void *store_grow(struct arena *a, void *v, size_t n, size_t size)
{
	if (n & (n - 1)) /* room is always the next power of two */
		return v;
	void *more = arena_array(a, n ? 2 * n : 1, size);

	if (n)
		memcpy(more, v, n * size);
	return more;
}
