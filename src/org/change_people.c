/* change_people.c — members and posts of a reorganisation: who stands where from the day on. Reads and plans, writes nothing.
 *
 * Everything a member has in the units concerned from the day on is taken apart at every boundary; in each piece the fullest status
 * wins; equal neighbours are joined again. For the usual member, with one open span, that is that span from the day on. */
#include <stdlib.h>
#include <string.h>

#include "member_sql.h"
#include "org/change_steps.h"

struct row {
	unsigned status, reason;
	struct date valid_from, valid_to;
	const char *decision_no, *code, *full_name, *unit_code;
	int64_t realm, member_id, unit_id;
};
static const struct field row_fields[] = {
	COL(struct row, status, .words = member_statuses),
	COL(struct row, reason, .words = exempt_reasons),
	COL(struct row, valid_from),
	COL(struct row, valid_to),
	COL(struct row, decision_no),
	COL(struct row, code),
	COL(struct row, full_name),
	COL(struct row, realm),
	COL(struct row, member_id),
	COL(struct row, unit_id),
	FIELD_END,
};
static const struct record row_record = { "membership", sizeof(struct row), row_fields };

struct rows { struct row *v; size_t n; };

static struct membership membership_of(const struct row *r)
{
	return (struct membership){ .status = r->status, .reason = r->reason, .valid_from = r->valid_from, .valid_to = r->valid_to,
		                        .decision_no = r->decision_no, .realm = r->realm, .member_id = r->member_id, .unit_id = r->unit_id,
		                        .unit_code = r->unit_code, .unit_name = "" };
}

static void add_step(struct call *c, struct change_plan *p, const struct membership_step *step)
{
	struct unit_steps *s = p->steps;

	s->memberships = store_grow(c->arena, s->memberships, s->membership_n, sizeof *s->memberships);
	s->memberships[s->membership_n++] = *step;
}

static void end_row(struct call *c, struct change_plan *p, const struct row *r)
{
	struct membership_step step = { .has_before = true, .before = membership_of(r) };

	if (r->valid_from.days < p->change.on.days) {
		step.has_after = true;
		step.after = step.before;
		step.after.valid_to = date_before(p->change.on);
	}
	add_step(c, p, &step);
}

static void add_row(struct call *c, struct change_plan *p, const struct row *r, const struct unit *to)
{
	struct membership_step step = { .has_after = true, .after = membership_of(r) };

	step.after.realm = to->realm;
	step.after.unit_id = to->id;
	step.after.unit_code = to->code;
	add_step(c, p, &step);
}

static void show_person(struct call *c, struct person_changes *list, const struct row *r, const struct unit *to)
{
	list->v = store_grow(c->arena, list->v, list->n, sizeof *list->v);
	list->v[list->n++] = (struct person_change){
		.realm = r->realm, .member_id = r->member_id, .code = r->code, .full_name = r->full_name, .what = member_statuses[r->status],
		.from_id = r->unit_id, .to_id = to->id, .from_code = r->unit_code, .to_code = to->code, .from = r->valid_from, .to = r->valid_to,
	};
}

static fail load_rows(struct call *c, const struct unit *u, struct date on, struct rows *out)
{
	TRY(db_all(c, &Q_org_memberships_from, ARGS(V(u->realm), V(u->id), V(on)), &row_record, &out->v, &out->n));
	for (size_t i = 0; i < out->n; i++)
		out->v[i].unit_code = u->code;
	return FAIL_OK;
}

/* ---- one member's pieces ---- */

/* How full a status is, given that somebody may be away from home and here at once. */
static int fullness(unsigned status)
{
	static const int order[STATUS_COUNT] = { [STATUS_OFFICIAL] = 8, [STATUS_PROBATIONARY] = 7, [STATUS_EXEMPT] = 6, [STATUS_TEMP_AWAY] = 5,
		                                     [STATUS_TEMP_HERE] = 4, [STATUS_DECEASED] = 3, [STATUS_LEFT] = 2, [STATUS_TRANSFERRED] = 1 };

	return order[status];
}

static bool holds_on(const struct row *r, int32_t day)
{
	return r->valid_from.days <= day && r->valid_to.days >= day;
}

/* The fullest row of a day. Away from a home and a guest in another of the same units: the guest row is dropped and the home's status is
 * full again; which of the two full statuses it is, the dates of the person say (`full`). */
static bool fullest(const struct rows *rows, int32_t day, unsigned full, struct row *out)
{
	const struct row *best = NULL;
	bool away = false, here = false;

	for (size_t i = 0; i < rows->n; i++) {
		if (!holds_on(&rows->v[i], day))
			continue;
		away |= rows->v[i].status == STATUS_TEMP_AWAY;
		here |= rows->v[i].status == STATUS_TEMP_HERE;
		if (!best || fullness(rows->v[i].status) > fullness(best->status))
			best = &rows->v[i];
	}
	if (!best)
		return false;
	*out = *best;
	if (best->status == STATUS_TEMP_AWAY && away && here)
		out->status = full;
	return true;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static bool same_status(const struct row *a, const struct row *b)
{
	return a->status == b->status && a->reason == b->reason && strcmp(a->decision_no, b->decision_no) == 0;
}

/* First days of the pieces from `on` on, in order. */
static size_t boundaries(struct arena *a, const struct rows *rows, struct date on, int32_t **out)
{
	int32_t *v = ARENA_ARRAY(a, 2 * rows->n + 1, int32_t);
	size_t n = 0;

	v[n++] = on.days;
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->v[i].valid_from.days > on.days)
			v[n++] = rows->v[i].valid_from.days;
		if (rows->v[i].valid_to.days < DATE_OPEN.days)
			v[n++] = rows->v[i].valid_to.days + 1;
	}
	qsort(v, n, sizeof *v, by_day);
	*out = v;
	return n;
}

static void add_pieces(struct call *c, struct change_plan *p, const struct rows *rows, unsigned full, const struct unit *to)
{
	int32_t *start;
	size_t n = boundaries(c->arena, rows, p->change.on, &start);
	struct row piece, open = { .status = STATUS_NONE };

	for (size_t i = 0; i < n; i++) {
		int32_t last = i + 1 < n ? start[i + 1] - 1 : DATE_OPEN.days;

		if (last < start[i] || !fullest(rows, start[i], full, &piece))
			continue;
		piece.valid_from.days = start[i];
		piece.valid_to.days = last;
		if (open.status && open.valid_to.days + 1 == start[i] && same_status(&open, &piece)) {
			open.valid_to = piece.valid_to;
			continue;
		}
		if (open.status)
			add_row(c, p, &open, to);
		open = piece;
	}
	if (open.status)
		add_row(c, p, &open, to);
}

/* ---- all members ---- */

static int by_member(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->member_id != y->member_id)
		return x->member_id < y->member_id ? -1 : 1;
	return (x->valid_from.days > y->valid_from.days) - (x->valid_from.days < y->valid_from.days);
}

/* Notes of the past (transferred, left, deceased) that began before the day stay where they are. */
static bool is_past_note(const struct row *r, struct date on)
{
	return !member_is_here(r->status) && r->valid_from.days < on.days;
}

static void append(struct arena *a, struct rows *to, const struct row *r)
{
	to->v = store_grow(a, to->v, to->n, sizeof *to->v);
	to->v[to->n++] = *r;
}

static fail gather(struct call *c, struct change_plan *p, struct ids from, const struct ids *only, struct rows *out)
{
	for (size_t i = 0; i < from.n; i++) {
		struct unit u;
		struct rows some;

		TRY(org_unit_nearest(c, from.v[i], p->change.on, &u));
		TRY(load_rows(c, &u, p->change.on, &some));
		for (size_t k = 0; k < some.n; k++)
			if ((!only || ids_have(only, some.v[k].member_id)) && !is_past_note(&some.v[k], p->change.on))
				append(c->arena, out, &some.v[k]);
	}
	return FAIL_OK;
}

static fail full_status(struct call *c, const struct row *r, struct date on, unsigned *out)
{
	int64_t official;

	TRY(db_int(c, &Q_org_member_official, ARGS(V(r->realm), V(r->member_id), V(on), V(date_add_months(on, -12)), V((int64_t)0)), 0,
	           &official));
	*out = official ? STATUS_OFFICIAL : STATUS_PROBATIONARY;
	return FAIL_OK;
}

static bool several(const struct rows *rows)
{
	for (size_t i = 1; i < rows->n; i++)
		if (rows->v[i].unit_id != rows->v[0].unit_id)
			return true;
	return false;
}

/* One member: everything in the old units and in the new one gives way to the pieces. */
static fail move_member(struct call *c, struct change_plan *p, const struct rows *own, const struct rows *there, const struct unit *to)
{
	struct rows all = { NULL, 0 };
	unsigned full = STATUS_OFFICIAL;

	for (size_t i = 0; i < own->n; i++)
		append(c->arena, &all, &own->v[i]);
	for (size_t i = 0; i < there->n; i++)
		if (there->v[i].member_id == own->v[0].member_id) {
			end_row(c, p, &there->v[i]);
			if (!is_past_note(&there->v[i], p->change.on))
				append(c->arena, &all, &there->v[i]);
		}
	if (several(&all))
		TRY(full_status(c, &own->v[0], p->change.on, &full));
	for (size_t i = 0; i < own->n; i++) {
		end_row(c, p, &own->v[i]);
		show_person(c, &p->members, &own->v[i], to);
	}
	add_pieces(c, p, &all, full, to);
	return FAIL_OK;
}

fail plan_move_members(struct call *c, struct change_plan *p, struct ids from, const struct unit *to, const struct ids *only)
{
	struct rows moving = { NULL, 0 }, there = { NULL, 0 };

	TRY(gather(c, p, from, only, &moving));
	TRY(load_rows(c, to, p->change.on, &there));
	if (moving.n)
		qsort(moving.v, moving.n, sizeof *moving.v, by_member);
	for (size_t i = 0, n; i < moving.n; i += n) {
		for (n = 1; i + n < moving.n && moving.v[i + n].member_id == moving.v[i].member_id; n++)
			;
		TRY(move_member(c, p, &(struct rows){ moving.v + i, n }, &there, to));
	}
	return FAIL_OK;
}

/* ---- posts ---- */

static void show_post(struct call *c, struct person_changes *list, const struct post *from, const struct unit *to)
{
	list->v = store_grow(c->arena, list->v, list->n, sizeof *list->v);
	list->v[list->n++] = (struct person_change){
		.realm = from->realm, .member_id = from->member_id, .code = from->member_code, .full_name = from->full_name,
		.what = post_kinds[from->post], .from_id = from->unit_id, .to_id = to ? to->id : 0, .from_code = from->unit_code,
		.to_code = to ? to->code : "", .from = from->valid_from, .to = from->valid_to,
	};
}

static void end_post(struct call *c, struct change_plan *p, const struct post *post)
{
	struct unit_steps *s = p->steps;
	struct post_step step = { .has_before = true, .before = *post };

	if (post->valid_from.days < p->change.on.days) {
		step.has_after = true;
		step.after = *post;
		step.after.valid_to = date_before(p->change.on);
	}
	s->posts = store_grow(c->arena, s->posts, s->post_n, sizeof *s->posts);
	s->posts[s->post_n++] = step;
}

static void add_post(struct call *c, struct change_plan *p, const struct post *post, const struct unit *to)
{
	struct unit_steps *s = p->steps;
	struct post_step step = { .has_after = true, .after = *post };

	step.after.realm = to->realm;
	step.after.unit_id = to->id;
	step.after.unit_code = to->code;
	if (step.after.valid_from.days < p->change.on.days)
		step.after.valid_from = p->change.on;
	s->posts = store_grow(c->arena, s->posts, s->post_n, sizeof *s->posts);
	s->posts[s->post_n++] = step;
}

static fail posts_from(struct call *c, const struct unit *u, struct date on, struct posts *out)
{
	return db_all(c, &Q_org_posts_from, ARGS(V(u->realm), V(u->id), V(on)), &post_record, &out->v, &out->n);
}

fail plan_end_posts(struct call *c, struct change_plan *p, const struct unit *unit, const struct ids *only)
{
	struct posts posts;

	TRY(posts_from(c, unit, p->change.on, &posts));
	for (size_t i = 0; i < posts.n; i++) {
		if (only && !ids_have(only, posts.v[i].member_id))
			continue;
		end_post(c, p, &posts.v[i]);
		show_post(c, &p->posts, &posts.v[i], NULL);
	}
	return FAIL_OK;
}

/* ---- over to another province ---- */

static void copy_member(struct call *c, struct change_plan *p, int64_t id, int64_t from_realm, int64_t to_realm)
{
	struct unit_steps *s = p->steps;

	for (size_t i = s->copy_n; i > 0; i--)
		if (s->copies[i - 1].id == id)
			return;
	s->copies = store_grow(c->arena, s->copies, s->copy_n, sizeof *s->copies);
	s->copies[s->copy_n++] = (struct member_copy){ id, from_realm, to_realm };
}

fail plan_carry_over(struct call *c, struct change_plan *p, const struct unit *from, const struct unit *to)
{
	struct posts posts;
	size_t first = p->steps->membership_n;

	TRY(plan_move_members(c, p, (struct ids){ &from->id, 1 }, to, NULL));
	for (size_t i = first; i < p->steps->membership_n; i++)
		if (!p->steps->memberships[i].has_before)
			copy_member(c, p, p->steps->memberships[i].after.member_id, from->realm, to->realm);
	TRY(posts_from(c, from, p->change.on, &posts));
	for (size_t i = 0; i < posts.n; i++) {
		copy_member(c, p, posts.v[i].member_id, from->realm, to->realm);
		end_post(c, p, &posts.v[i]);
		add_post(c, p, &posts.v[i], to);
		show_post(c, &p->posts, &posts.v[i], to);
	}
	return FAIL_OK;
}
