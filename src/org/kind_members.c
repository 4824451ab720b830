/* kind_members.c — the file `members`: a row per membership, with the person's own columns in each.
 *
 * An empty date says nothing: it does not take away one that is known. Reasons and numbers of decisions are not in the file and stay as they
 * are. Who came with the file is known from memory; where nobody was recorded before, no row asks the database at all. New rows go out
 * several at a time (db/batch.h), and before the database is asked about one of them. */
#include <string.h>

#include "base/id.h"
#include "db/batch.h"
#include "member_sql.h"
#include "org/codes.h"
#include "org/kinds.h"
#include "org/people.h"
#include "org/store.h"
#include "unit_sql.h"

struct member_row {
	const char *code, *full_name, *unit_code;
	unsigned status;
	struct date admitted_on, official_on, from, to;
	const char *name_key;
	struct blob sort_key;
};
static const struct field row_fields[] = {
	FIELD(struct member_row, code, N_("Member code"), REQUIRED | KEY, .max = 40),
	FIELD(struct member_row, full_name, N_("Full name"), REQUIRED | NAME_TEXT, .max = 120),
	FIELD(struct member_row, unit_code, N_("Unit"), REQUIRED | KEY, .max = 40),
	FIELD(struct member_row, status, N_("Status"), REQUIRED, .words = member_statuses),
	FIELD(struct member_row, admitted_on, N_("Admitted on"), 0),
	FIELD(struct member_row, official_on, N_("Official since"), 0),
	FIELD(struct member_row, from, N_("First day"), KEY | FROM_DATE),
	FIELD(struct member_row, to, N_("Last day"), TO_DATE),
	COL(struct member_row, name_key),
	COL(struct member_row, sort_key),
	FIELD_END,
};
static const struct record row_record = { "member", sizeof(struct member_row), row_fields };

/* A member with several memberships: whether they fit together is seen in the end. */
struct several { int64_t realm, member_id, line; };

struct state {
	struct import *im;
	bool fresh;             /* nobody was recorded when the import began */
	struct codes *members;  /* who came with this file: (realm, code) → id */
	struct db_batch *people, *memberships;
	struct codes *units;    /* code → index in lives */
	struct unit *lives;     /* first and last day, latest level */
	size_t n;
	struct several *several;
	size_t several_n;
};

static fail prepare(struct call *c, void *row)
{
	struct member_row *m = row;

	if (m->to.days < m->from.days)
		return problem(c, FAIL_INPUT, "to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, m->to),
		               show_date(c->arena, c->lang, m->from));
	if (date_is(m->admitted_on) && date_is(m->official_on) && m->official_on.days < m->admitted_on.days)
		return problem(c, FAIL_INPUT, "official_on", "official since %s, before the admission on %s; correct one of the two",
		               show_date(c->arena, c->lang, m->official_on), show_date(c->arena, c->lang, m->admitted_on));
	m->name_key = text_key(c->arena, m->full_name);
	m->sort_key = text_name_sort_key(c->arena, m->full_name);
	return FAIL_OK;
}

static fail begin(struct call *c, struct import *im, void **state)
{
	struct state *s = ARENA_NEW(import_arena(im), struct state);
	int64_t fresh;

	TRY(db_int(c, &Q_org_members_empty, NO_ARGS, 0, &fresh));
	*s = (struct state){ .im = im, .fresh = fresh, .members = codes_new(import_arena(im)), .units = codes_new(import_arena(im)) };
	s->people = db_batch_new(import_arena(im), &Q_org_member_insert, &Q_org_member_insert_rows);
	s->memberships = db_batch_new(import_arena(im), &Q_org_membership_insert, &Q_org_membership_insert_rows);
	*state = s;
	return FAIL_OK;
}

/* ---- the unit of a row ---- */

static fail unit_life(struct call *c, struct state *s, const char *code, const struct unit **out)
{
	int64_t at;
	struct unit u;
	fail f;

	if (codes_get(s->units, 0, code, &at)) {
		*out = &s->lives[at];
		return FAIL_OK;
	}
	f = db_one(c, &Q_org_unit_life, ARGS(V(code)), &unit_record, &u);
	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "unit_code", "there is no unit with this code; import the units first, or correct the code");
	TRY(f);
	if (!call_may(c, MAY_IMPORT, u.id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	u.name = arena_strdup(import_arena(s->im), u.name);
	s->lives = store_grow(import_arena(s->im), s->lives, s->n, sizeof *s->lives);
	s->lives[s->n] = u;
	codes_put(s->units, 0, code, (int64_t)s->n);
	*out = &s->lives[s->n++];
	return FAIL_OK;
}

static fail check_place(struct call *c, const struct member_row *m, const struct unit *u)
{
	if (u->level != LEVEL_CELL && u->level != LEVEL_GRASSROOTS)
		return problem(c, FAIL_INPUT, "unit_code", "%s is not a cell; members belong to a cell", u->name);
	if (m->from.days != DATE_EVER.days && m->from.days < u->valid_from.days)
		return problem(c, FAIL_INPUT, "from", "%s only begins on %s; give that day or a later one", u->name,
		               show_date(c->arena, c->lang, u->valid_from));
	if (m->to.days > u->valid_to.days || m->from.days > u->valid_to.days)
		return problem(c, FAIL_INPUT, "to", "the last day of %s was %s; give a last day not after that", u->name,
		               show_date(c->arena, c->lang, u->valid_to));
	return FAIL_OK;
}

/* ---- the person of a row ---- */

static fail find_member(struct call *c, struct state *s, int64_t realm, const char *code, int64_t *id)
{
	*id = 0;
	if (codes_get(s->members, realm, code, id) || s->fresh)
		return FAIL_OK;
	return db_int(c, &Q_org_member_id, ARGS(V(realm), V(code)), 0, id);
}

static fail add_member(struct call *c, struct state *s, const struct member_row *m, int64_t realm, int64_t *id)
{
	*id = id_new();
	codes_put(s->members, realm, m->code, *id);
	return db_batch_add(c, s->people,
	                    ARGS(V(realm), V(*id), V(m->code), V(m->full_name), V(m->name_key), V(m->sort_key), V(m->admitted_on), V(DATE_NONE),
	                         V(m->official_on), V(""), V(false)));
}

/* The person's own columns: what the file says, and what it leaves out. *changed tells whether anything is new. */
static fail update_member(struct call *c, const struct member_row *m, const struct member *stored, bool *changed)
{
	struct member person = *stored;

	if (date_is(m->admitted_on))
		person.admitted_on = m->admitted_on;
	if (date_is(m->official_on))
		person.official_on = m->official_on;
	*changed = strcmp(person.full_name, m->full_name) != 0 || person.admitted_on.days != stored->admitted_on.days ||
	           person.official_on.days != stored->official_on.days;
	if (!*changed)
		return FAIL_OK;
	person.full_name = m->full_name;
	person.name_key = m->name_key;
	person.sort_key = m->sort_key;
	return store_member_update(c, &person);
}

/* ---- the membership of a row ---- */

static struct membership membership_of(const struct member_row *m, int64_t realm, int64_t member_id, int64_t unit_id)
{
	return (struct membership){ .status = m->status, .valid_from = m->from, .valid_to = m->to, .decision_no = "", .realm = realm,
		                        .member_id = member_id, .unit_id = unit_id };
}

static fail add_membership(struct call *c, struct state *s, const struct membership *m)
{
	return db_batch_add(c, s->memberships,
	                    ARGS(V(m->realm), V(m->member_id), V(m->unit_id), V(m->valid_from), V(m->valid_to), V(member_statuses[m->status]), V(""),
	                         V(m->decision_no)));
}

/* People first: memberships refer to them. */
static fail flush(struct call *c, struct state *s)
{
	TRY(db_batch_flush(c, s->people));
	return db_batch_flush(c, s->memberships);
}

static void note_several(struct state *s, int64_t realm, int64_t member_id)
{
	s->several = store_grow(import_arena(s->im), s->several, s->several_n, sizeof *s->several);
	s->several[s->several_n++] = (struct several){ realm, member_id, import_line(s->im) };
}

static struct member_row row_of(const struct member *m, const struct membership *ms, const struct member_row *like)
{
	return (struct member_row){ .code = m->code, .full_name = m->full_name, .unit_code = like->unit_code, .status = ms->status,
		                        .admitted_on = m->admitted_on, .official_on = m->official_on, .from = ms->valid_from, .to = ms->valid_to };
}

static fail change(struct call *c, struct state *s, const struct member_row *m, const struct member *person, const struct membership *before)
{
	struct member_row old = row_of(person, before, m);
	bool changed, moved = before->status != m->status || before->valid_to.days != m->to.days;

	TRY(update_member(c, m, person, &changed));
	if (!changed && !moved) {
		import_count(s->im, IMPORT_SAME);
		return FAIL_OK;
	}
	if (moved) {
		TRY(db_exec(c, &Q_org_membership_update,
		            ARGS(V(before->realm), V(before->unit_id), V(before->member_id), V(before->valid_from), V(m->to),
		                 V(member_statuses[m->status])),
		            NULL));
		TRY(store_raise_member(c, person->realm, person->id));
		note_several(s, person->realm, person->id);
	}
	return import_changed(c, s->im, person->realm, before->unit_id, "member", person->id, &old, m);
}

static fail known_member(struct call *c, struct state *s, const struct member_row *m, const struct unit *u, int64_t id)
{
	struct member person;
	struct membership before, ms = membership_of(m, u->realm, id, u->id);
	bool changed;
	fail f;

	TRY(flush(c, s));
	TRY(org_member(c, u->realm, id, &person));
	f = db_one(c, &Q_org_membership_from, ARGS(V(u->realm), V(u->id), V(id), V(m->from)), &membership_record, &before);
	if (f == FAIL_OK)
		return change(c, s, m, &person, &before);
	if (f != FAIL_NOT_FOUND)
		return f;
	TRY(update_member(c, m, &person, &changed));
	TRY(add_membership(c, s, &ms));
	note_several(s, u->realm, id);
	import_count(s->im, IMPORT_ADDED);
	return flush(c, s); /* the two batches fill in step: a membership never leaves before its person */
}

static fail row(struct call *c, struct import *im, void *state, const void *data)
{
	struct state *s = state;
	const struct member_row *m = data;
	const struct unit *u;
	struct membership ms;
	int64_t id;

	TRY(unit_life(c, s, m->unit_code, &u));
	TRY(check_place(c, m, u));
	TRY(find_member(c, s, u->realm, m->code, &id));
	if (id)
		return known_member(c, s, m, u, id);
	TRY(add_member(c, s, m, u->realm, &id));
	ms = membership_of(m, u->realm, id, u->id);
	TRY(add_membership(c, s, &ms));
	import_count(im, IMPORT_ADDED);
	return FAIL_OK;
}

/* ---- the whole file ---- */

static bool at_once(const struct membership *a, const struct membership *b)
{
	return a->valid_from.days <= b->valid_to.days && b->valid_from.days <= a->valid_to.days;
}

static bool at_home(const struct membership *m)
{
	return member_is_here(m->status) && m->status != STATUS_TEMP_HERE;
}

static bool check_pair(struct call *c, struct state *s, int64_t line, const struct membership *a, const struct membership *b)
{
	if (!at_once(a, b))
		return true;
	if (a->unit_id == b->unit_id)
		import_problem(c, s->im, line, "from", NULL, "two memberships of the same member in %s hold at once from %s; correct the days",
		               a->unit_code, show_date(c->arena, c->lang, a->valid_from.days > b->valid_from.days ? a->valid_from : b->valid_from));
	else if (at_home(a) && at_home(b))
		import_problem(c, s->im, line, "unit_code", NULL,
		               "the member belongs to %s and to %s at once from %s; end the one first, or write temp_here for the second", a->unit_code,
		               b->unit_code, show_date(c->arena, c->lang, a->valid_from.days > b->valid_from.days ? a->valid_from : b->valid_from));
	else
		return true;
	return false;
}

static fail check_several(struct call *c, struct state *s, const struct several *one, bool *ok)
{
	struct membership *v;
	size_t n;

	TRY(org_memberships(c, one->realm, one->member_id, &v, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (!check_pair(c, s, one->line, &v[i], &v[k])) {
				*ok = false;
				return FAIL_OK; /* one problem a member is enough */
			}
	return FAIL_OK;
}

static fail finish(struct call *c, struct import *im, void *state)
{
	struct state *s = state;
	bool ok = true;

	(void)im;
	TRY(flush(c, s));
	for (size_t i = 0; i < s->several_n; i++)
		TRY(check_several(c, s, &s->several[i], &ok));
	for (size_t i = 0; ok && !s->fresh && i < s->n; i++)
		TRY(org_people_changed(c, s->lives[i].realm, s->lives[i].id));
	return ok ? FAIL_OK : FAIL_INPUT;
}

/* ---- out ---- */

static fail out_row(struct call *c, const void *data, void *arg)
{
	(void)c;
	return export_row(arg, data);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	if (q->unit_code)
		return db_each(c, &Q_org_export_members_below, ARGS(V(q->on), V(q->unit_code)), &row_record, out_row, ex);
	return db_each(c, &Q_org_export_members, ARGS(V(q->on)), &row_record, out_row, ex);
}

const struct exchange_kind org_members_kind = {
	.name = "members",
	.label = N_("Members"),
	.record = &row_record,
	.may_export = MAY_SEE_MEMBERS,
	.prepare = prepare,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
