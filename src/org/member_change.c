/* member_change.c — people come, go and change status. Every change is one transaction with its journal entries; what was before the day
 * stays. Reorganisations that move many people at once are change.c. */
#include <string.h>

#include "base/id.h"
#include "member_sql.h"
#include "org/store.h"

struct work {
	struct member *member;
	const struct member *update;
	struct membership *ms;
	int64_t realm, member_id, from_unit, to_unit, rev;
	struct date on;
	const char *decision_no;
	int64_t *realm_out;
};

static fail stale(struct call *c)
{
	return problem(c, FAIL_CONFLICT, "rev", "somebody changed this member in the meantime; look at it again and repeat what is still needed");
}

/* The unit takes members on that day: a cell, or a body at the grassroots that is a cell itself. */
static fail place(struct call *c, int64_t unit_id, struct date on, struct unit *u)
{
	if (on.days == DATE_EVER.days)
		TRY(org_unit_nearest(c, unit_id, on, u));
	else
		TRY(org_unit(c, unit_id, on, u));
	if (u->level != LEVEL_CELL && u->level != LEVEL_GRASSROOTS)
		return problem(c, FAIL_INPUT, "unit_code", "%s is not a cell; members belong to a cell", u->name);
	return FAIL_OK;
}

static fail spans_in(struct call *c, const struct membership *m, struct membership **v, size_t *n)
{
	return db_all(c, &Q_org_memberships_in, ARGS(V(m->realm), V(m->unit_id), V(m->member_id)), &membership_record, v, n);
}

static fail add_membership(struct call *c, const struct membership *m)
{
	TRY(store_membership(c, m));
	return store_journal(c, m->realm, m->unit_id, "create", m->member_id, &membership_record, NULL, m);
}

/* Ends a span the day before `on`, or takes it away when it would not last a day. */
static fail end_membership(struct call *c, const struct membership *m, struct date on)
{
	struct membership after = *m;

	after.valid_to = date_before(on);
	if (m->valid_from.days >= on.days) {
		TRY(store_membership_drop(c, m));
		return store_journal(c, m->realm, m->unit_id, "delete", m->member_id, &membership_record, m, NULL);
	}
	TRY(store_membership_end(c, m, after.valid_to));
	return store_journal(c, m->realm, m->unit_id, "update", m->member_id, &membership_record, m, &after);
}

static fail end_post(struct call *c, const struct post *p, struct date on)
{
	struct post after = *p;

	after.valid_to = date_before(on);
	if (p->valid_from.days >= on.days) {
		TRY(store_post_drop(c, p));
		return store_journal(c, p->realm, p->unit_id, "delete", p->member_id, &post_record, p, NULL);
	}
	TRY(store_post_end(c, p, after.valid_to));
	return store_journal(c, p->realm, p->unit_id, "update", p->member_id, &post_record, p, &after);
}

/* Posts of a member in one unit (0: in all) end the day before. */
static fail end_posts(struct call *c, int64_t realm, int64_t member_id, int64_t unit_id, struct date on)
{
	struct posts posts;

	TRY(org_posts_of_member(c, realm, member_id, &posts));
	for (size_t i = 0; i < posts.n; i++)
		if ((!unit_id || posts.v[i].unit_id == unit_id) && posts.v[i].valid_to.days >= on.days)
			TRY(end_post(c, &posts.v[i], on));
	return FAIL_OK;
}

static bool overlaps(const struct membership *a, const struct membership *b)
{
	return a->valid_from.days <= b->valid_to.days && b->valid_from.days <= a->valid_to.days;
}

static bool is_home(unsigned status)
{
	return member_is_here(status) && status != STATUS_TEMP_HERE;
}

/* One home at a time: elsewhere somebody can only be temp_here, and at home is then temp_away. */
static fail check_one_home(struct call *c, const struct membership *m)
{
	struct membership *v;
	size_t n;

	if (!is_home(m->status))
		return FAIL_OK;
	TRY(org_memberships(c, m->realm, m->member_id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].unit_id != m->unit_id && is_home(v[i].status) && overlaps(&v[i], m))
			return problem(c, FAIL_CONFLICT, "unit_code", "the member belongs to %s at that time; use a transfer", v[i].unit_name);
	return FAIL_OK;
}

/* ---- a new member ---- */

static fail add_member(struct call *c, void *arg)
{
	struct work *w = arg;
	struct unit u;
	int64_t taken;

	TRY(membership_check(c, w->ms));
	TRY(place(c, w->ms->unit_id, w->ms->valid_from, &u));
	TRY(db_int(c, &Q_org_member_id, ARGS(V(u.realm), V(w->member->code)), 0, &taken));
	if (taken)
		return problem(c, FAIL_CONFLICT, "code", "the code “%s” is already somebody's; give another one", w->member->code);
	w->member->realm = w->ms->realm = u.realm;
	w->member->id = w->ms->member_id = id_new();
	w->member->rev = 1;
	w->member->name_key = text_key(c->arena, w->member->full_name);
	w->member->sort_key = text_name_sort_key(c->arena, w->member->full_name);
	TRY(store_member(c, w->member));
	TRY(store_journal(c, u.realm, u.id, "create", w->member->id, &member_record, NULL, w->member));
	return add_membership(c, w->ms);
}

fail org_member_add(struct call *c, struct member *m, struct membership *first)
{
	struct work w = { .member = m, .ms = first };

	return db_write(c, add_member, &w);
}

/* ---- the person's own fields ---- */

static fail update_member(struct call *c, void *arg)
{
	struct work *w = arg;
	struct member before, after = *w->update;
	int64_t taken;

	TRY(org_member(c, after.realm, after.id, &before));
	if (w->rev && w->rev != before.rev)
		return stale(c);
	TRY(db_int(c, &Q_org_member_id, ARGS(V(after.realm), V(after.code)), 0, &taken));
	if (taken && taken != after.id)
		return problem(c, FAIL_CONFLICT, "code", "the code “%s” is already somebody's; give another one", after.code);
	after.name_key = text_key(c->arena, after.full_name);
	after.sort_key = text_name_sort_key(c->arena, after.full_name);
	TRY(store_member_update(c, &after));
	return store_journal(c, after.realm, 0, "update", after.id, &member_record, &before, &after);
}

fail org_member_update(struct call *c, const struct member *m, int64_t rev)
{
	struct work w = { .update = m, .rev = rev };

	return db_write(c, update_member, &w);
}

/* ---- status ---- */

/* What holds around [from, to] in the unit gives way. Only the span of the first day may be cut through; a later one was decided by somebody. */
static fail make_room(struct call *c, const struct membership *m)
{
	struct membership *v, rest;
	size_t n;

	TRY(spans_in(c, m, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (!overlaps(&v[i], m))
			continue;
		if (v[i].valid_from.days > m->valid_from.days)
			return problem(c, FAIL_CONFLICT, "valid_from", "the status changes again on %s; choose a last day before that",
			               show_date(c->arena, c->lang, v[i].valid_from));
		TRY(end_membership(c, &v[i], m->valid_from));
		if (v[i].valid_to.days <= m->valid_to.days)
			continue;
		rest = v[i];
		rest.valid_from = date_after(m->valid_to);
		TRY(add_membership(c, &rest));
	}
	return FAIL_OK;
}

/* Somebody who left or died is on no roll and in no post any more. */
static fail leave_everything(struct call *c, const struct membership *m)
{
	struct membership *v;
	size_t n;

	TRY(org_memberships(c, m->realm, m->member_id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].unit_id != m->unit_id && member_is_here(v[i].status) && v[i].valid_to.days >= m->valid_from.days)
			TRY(end_membership(c, &v[i], m->valid_from));
	return end_posts(c, m->realm, m->member_id, 0, m->valid_from);
}

/* V11: however late probation is found to be over, the person is official since the day the 12 months ended. */
static fail note_official(struct call *c, const struct member *before)
{
	struct member after = *before;

	if (date_is(before->official_on) || !date_is(before->admitted_on))
		return FAIL_OK;
	after.official_on = date_add_months(before->admitted_on, 12);
	TRY(store_member_update(c, &after));
	return store_journal(c, after.realm, 0, "update", after.id, &member_record, before, &after);
}

static fail set_status(struct call *c, void *arg)
{
	struct work *w = arg;
	struct membership m = *w->ms;
	struct member person;
	struct unit u;

	TRY(membership_check(c, &m));
	TRY(place(c, m.unit_id, m.valid_from, &u));
	TRY(org_member(c, m.realm, m.member_id, &person));
	if (u.realm != m.realm)
		return problem(c, FAIL_INPUT, "unit_code", "%s belongs to another province; use a transfer", u.name);
	if (w->rev && w->rev != person.rev)
		return stale(c);
	TRY(make_room(c, &m));
	TRY(check_one_home(c, &m));
	TRY(add_membership(c, &m));
	if (m.status == STATUS_OFFICIAL)
		TRY(note_official(c, &person));
	if (m.status == STATUS_LEFT || m.status == STATUS_DECEASED)
		TRY(leave_everything(c, &m));
	if (m.status == STATUS_TRANSFERRED)
		TRY(end_posts(c, m.realm, m.member_id, m.unit_id, m.valid_from));
	return store_raise_member(c, m.realm, m.member_id);
}

fail org_member_set_status(struct call *c, const struct membership *ms, int64_t rev)
{
	struct membership m = *ms;
	struct work w = { .ms = &m, .rev = rev };

	return db_write(c, set_status, &w);
}

/* ---- formal transfer ---- */

/* What holds at home from the day on; it goes along. A stay elsewhere ends with the move: the person is again what the dates say. */
static fail home_spans(struct call *c, const struct work *w, struct membership **out, size_t *n)
{
	struct membership *v;
	size_t all, kept = 0;
	int64_t official;
	bool now = false;

	TRY(org_memberships(c, w->realm, w->member_id, &v, &all));
	for (size_t i = 0; i < all; i++) {
		if (v[i].unit_id != w->from_unit || v[i].valid_to.days < w->on.days || !is_home(v[i].status))
			continue;
		now |= v[i].valid_from.days <= w->on.days;
		if (v[i].status == STATUS_TEMP_AWAY) {
			TRY(db_int(c, &Q_org_member_official,
			           ARGS(V(w->realm), V(w->member_id), V(w->on), V(date_add_months(w->on, -12)), V(w->from_unit)), 0, &official));
			v[i].status = official ? STATUS_OFFICIAL : STATUS_PROBATIONARY;
		}
		v[kept++] = v[i];
	}
	if (!now)
		return problem(c, FAIL_INPUT, "from_unit", "the member does not belong to that unit on %s", show_date(c->arena, c->lang, w->on));
	*out = v;
	*n = kept;
	return FAIL_OK;
}

/* Everything that holds at home from the day on ends; the unit keeps a note that the member was transferred. */
static fail leave_home(struct call *c, const struct work *w)
{
	struct membership note = { .realm = w->realm, .member_id = w->member_id, .unit_id = w->from_unit, .status = STATUS_TRANSFERRED,
		                       .valid_from = w->on, .valid_to = DATE_OPEN, .decision_no = w->decision_no, .unit_code = "", .unit_name = "" };
	struct membership *v;
	size_t n;

	TRY(spans_in(c, &note, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].valid_to.days >= w->on.days)
			TRY(end_membership(c, &v[i], w->on));
	TRY(end_posts(c, w->realm, w->member_id, w->from_unit, w->on));
	return add_membership(c, &note);
}

/* What stood in the new unit (a stay, an earlier departure) gives way to what held at home. */
static fail enter_home(struct call *c, const struct work *w, const struct unit *to, struct membership *spans, size_t span_n)
{
	struct membership there = { .realm = to->realm, .member_id = w->member_id, .unit_id = to->id }, *v;
	size_t n;

	TRY(spans_in(c, &there, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].valid_to.days >= w->on.days)
			TRY(end_membership(c, &v[i], w->on));
	for (size_t i = 0; i < span_n; i++) {
		struct membership m = spans[i];

		m.realm = to->realm;
		m.unit_id = to->id;
		m.unit_code = to->code;
		if (m.valid_from.days < w->on.days)
			m.valid_from = w->on;
		if (m.valid_from.days == w->on.days && *w->decision_no)
			m.decision_no = w->decision_no;
		TRY(check_one_home(c, &m));
		TRY(add_membership(c, &m));
	}
	return FAIL_OK;
}

static fail transfer(struct call *c, void *arg)
{
	struct work *w = arg;
	struct membership *home;
	struct member person;
	struct unit to;
	size_t n;

	if (w->from_unit == w->to_unit)
		return problem(c, FAIL_INPUT, "to_unit", "the member already belongs there; choose another unit");
	TRY(org_member(c, w->realm, w->member_id, &person));
	if (w->rev && w->rev != person.rev)
		return stale(c);
	TRY(place(c, w->to_unit, w->on, &to));
	TRY(home_spans(c, w, &home, &n));
	TRY(leave_home(c, w));
	if (to.realm != w->realm)
		TRY(store_member_copy(c, w->member_id, w->realm, to.realm));
	TRY(enter_home(c, w, &to, home, n));
	if (w->realm_out)
		*w->realm_out = to.realm;
	return store_raise_member(c, w->realm, w->member_id);
}

fail org_member_transfer(struct call *c, int64_t realm, int64_t member_id, int64_t from_unit, int64_t to_unit, struct date on,
                         const char *decision_no, int64_t rev, int64_t *realm_out)
{
	struct work w = { .realm = realm, .member_id = member_id, .from_unit = from_unit, .to_unit = to_unit, .on = on, .rev = rev,
		              .decision_no = decision_no ? decision_no : "", .realm_out = realm_out };

	return db_write(c, transfer, &w);
}
