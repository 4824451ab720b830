/* guest.c — guests of a meeting in the store. */
#include "meeting/guest.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "meeting/cycle.h"
#include "sending_sql.h"
#include "vote_sql.h"

const char *const guest_kind_words[] = { "", "assigned", "visitor", NULL };

const char *guest_kind_name(enum lang lang, unsigned kind)
{
	static const char *const names[] = { "", N_("Higher member in charge of the cell"), N_("Guest") };

	return *names[kind] ? tr(lang, names[kind]) : "";
}

static const struct field fields[] = {
	FIELD(struct guest, name, N_("Full name"), REQUIRED | NAME_TEXT, .max = 120),
	FIELD(struct guest, function, N_("Function"), 0, .max = 160),
	FIELD(struct guest, kind, N_("Kind"), 0, .words = guest_kind_words),
	FIELD(struct guest, present, N_("Present"), 0, .min = 0, .max = 1),
	FIELD(struct guest, arrived_at, N_("Arrived"), 0),
	FIELD(struct guest, contact, N_("Contact"), 0, .max = 80),
	FIELD(struct guest, procedure_ok, N_("Procedure in order"), 0, .min = 0, .max = 1),
	FIELD(struct guest, remark, N_("The guest's conclusion"), 0, .max = 4000),
	COL(struct guest, realm),
	COL(struct guest, meeting_id),
	COL(struct guest, id),
	COL(struct guest, member_id),
	COL(struct guest, confirmed_at),
	COL(struct guest, rev),
	FIELD_END,
};
const struct record guest_record = { "guest", sizeof(struct guest), fields };

void guest_json(struct json *j, const struct guest *g)
{
	char id[NUM_TEXT];

	snprintf(id, sizeof id, "%lld", (long long)g->id);
	json_put_str(j, "id", id);
	record_json(j, &guest_record, g);
	json_put_int(j, "rev", g->rev);
}

fail guests_of(struct call *c, const struct meeting *m, struct guests *out)
{
	return db_all(c, &Q_guests_of_meeting, ARGS(V(m->realm), V(m->id)), &guest_record, &out->v, &out->n);
}

const struct guest *guest_find(const struct guests *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

static const char *as_json(struct call *c, const struct guest *g)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	guest_json(&j, g);
	json_object_end(&j);
	return out_text(&o);
}

/* Guests are invited before the meeting, and come and go while it runs. */
static fail may_edit(struct call *c, const struct meeting *m)
{
	return meeting_part_is_open(m, PART_PREPARATION) ? FAIL_OK : meeting_may_edit(c, m, PART_ROOM);
}

/* ---------------------------------------------------------------- adding */

static bool same_person(const struct guest *x, const struct guest *y)
{
	return strcmp(x->name, y->name) == 0 && strcmp(x->function, y->function) == 0;
}

static fail add_body(struct call *c, void *arg)
{
	struct guest *out = arg, g = *out;
	struct guests all;
	struct meeting m;

	TRY(meeting_by_id(c, g.meeting_id, &m));
	TRY(may_edit(c, &m));
	TRY(guests_of(c, &m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (same_person(&all.v[i], &g)) {
			*out = all.v[i];
			return FAIL_OK;
		}
	g.realm = m.realm;
	g.id = id_new();
	g.rev = 1;
	TRY(db_exec(c, &Q_guest_insert,
	            ARGS(V(g.realm), V(g.meeting_id), V(g.id), V(g.member_id > 0 ? g.member_id : INT_UNKNOWN), V(g.name), V(g.function),
	                 V(guest_kind_words[g.kind]), V(g.present), V(g.arrived_at), V(g.contact)),
	            NULL));
	TRY(journal_add(c, m.realm, m.unit_id, "create", "guest", g.id, NULL, as_json(c, &g)));
	*out = g;
	return FAIL_OK;
}

fail guest_add(struct call *c, struct guest *g)
{
	g->name = text_clean(c->arena, g->name ? g->name : "");
	g->function = text_clean(c->arena, g->function ? g->function : "");
	g->contact = g->contact ? g->contact : "";
	g->remark = "";
	g->procedure_ok = INT_UNKNOWN;
	g->confirmed_at = MOMENT_NONE;
	if (!*g->name)
		return problem(c, FAIL_INPUT, "name", "write the guest's name");
	if (!g->kind)
		g->kind = GUEST_VISITOR;
	return db_write(c, add_body, g);
}

/* ---------------------------------------------------------------- changing */

struct change {
	struct guest *g, *stored;
	bool only_came;
};

static bool same_content(const struct guest *x, const struct guest *y)
{
	return same_person(x, y) && x->kind == y->kind && x->present == y->present && x->arrived_at.minutes == y->arrived_at.minutes &&
	       strcmp(x->contact, y->contact) == 0 && x->procedure_ok == y->procedure_ok && strcmp(x->remark, y->remark) == 0;
}

static fail write_guest(struct call *c, const struct meeting *m, const struct guest *before, struct guest *g)
{
	if (same_content(before, g)) {
		g->rev = before->rev;
		return FAIL_OK;
	}
	TRY(db_exec(c, &Q_guest_write,
	            ARGS(V(g->realm), V(g->meeting_id), V(g->id), V(g->name), V(g->function), V(guest_kind_words[g->kind]), V(g->present),
	                 V(g->arrived_at), V(g->contact), V(g->procedure_ok), V(g->remark)),
	            NULL));
	g->rev = before->rev + 1;
	return journal_add(c, m->realm, m->unit_id, "update", "guest", g->id, as_json(c, before), as_json(c, g));
}

static fail change_body(struct call *c, void *arg)
{
	struct change *k = arg;
	struct guest g = *k->g;
	struct guests all;
	struct meeting m;

	TRY(meeting_by_id(c, g.meeting_id, &m));
	TRY(may_edit(c, &m));
	TRY(guests_of(c, &m, &all));
	const struct guest *there = guest_find(&all, g.id);

	if (!there)
		return problem(c, FAIL_NOT_FOUND, "guest", "there is no such guest at this meeting");
	*k->stored = *there;
	if (k->only_came) {
		g = *there;
		g.present = k->g->present;
		g.arrived_at = k->g->arrived_at;
	} else if (g.rev != ANY_REV && g.rev != there->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody else changed what is recorded of this guest; compare both and save again");
	g.realm = there->realm;
	g.member_id = there->member_id;
	g.confirmed_at = there->confirmed_at;
	TRY(write_guest(c, &m, there, &g));
	*k->g = g;
	return FAIL_OK;
}

fail guest_change(struct call *c, struct guest *g, struct guest *stored)
{
	return db_write(c, change_body, &(struct change){ g, stored, false });
}

fail guest_came(struct call *c, int64_t meeting_id, int64_t id, int64_t present, struct moment arrived_at)
{
	struct guest g = { .meeting_id = meeting_id, .id = id, .present = present, .arrived_at = present == 1 ? arrived_at : MOMENT_NONE }, stored;

	return db_write(c, change_body, &(struct change){ &g, &stored, true });
}

struct drop { int64_t meeting_id, id; };

static fail drop_body(struct call *c, void *arg)
{
	const struct drop *d = arg;
	struct guests all;
	struct meeting m;

	TRY(meeting_by_id(c, d->meeting_id, &m));
	TRY(meeting_may_edit(c, &m, PART_PREPARATION));
	TRY(guests_of(c, &m, &all));
	const struct guest *there = guest_find(&all, d->id);

	if (!there)
		return FAIL_OK;
	TRY(db_exec(c, &Q_guest_sendings_drop, ARGS(V(m.realm), V(m.id), V(arena_printf(c->arena, "g%lld", (long long)d->id))), NULL));
	TRY(db_exec(c, &Q_guest_drop, ARGS(V(m.realm), V(m.id), V(d->id)), NULL));
	return journal_add(c, m.realm, m.unit_id, "delete", "guest", d->id, as_json(c, there), NULL);
}

fail guest_drop(struct call *c, int64_t meeting_id, int64_t id)
{
	return db_write(c, drop_body, &(struct drop){ meeting_id, id });
}
