/* post.c — posts and their rules. */
#include "org/post.h"

#include <string.h>

#include "member_sql.h"
#include "org/store.h"

enum { COMMITTEE_MIN = 9 };

const char *const post_kinds[] = { "", N_("secretary"), N_("deputy"), N_("committee"), N_("group_leader"), N_("officer"), N_("standing_committee"), NULL };

static const struct field post_fields[] = {
	FIELD(struct post, unit_code, N_("Unit"), 0, .max = 40),
	FIELD(struct post, member_code, N_("Member code"), 0, .max = 40),
	FIELD(struct post, full_name, N_("Full name"), 0, .max = 120),
	FIELD(struct post, post, N_("Post"), REQUIRED, .words = post_kinds),
	FIELD(struct post, valid_from, N_("First day"), FROM_DATE),
	FIELD(struct post, valid_to, N_("Last day"), TO_DATE),
	COL(struct post, unit_name),
	COL(struct post, realm),
	COL(struct post, unit_id),
	COL(struct post, member_id),
	FIELD_END,
};
const struct record post_record = { "post", sizeof(struct post), post_fields };

const char *post_kind_name(enum lang lang, unsigned post)
{
	static const char *const names[POST_COUNT] = {
		"", N_("Secretary"), N_("Deputy secretary"), N_("Committee member"), N_("Party-group leader"), N_("Staff officer"),
		N_("Standing committee member"),
	};

	return post > POST_NONE && post < POST_COUNT ? tr(lang, names[post]) : "";
}

fail org_posts(struct call *c, int64_t unit_id, struct date on, struct posts *out)
{
	return db_all(c, &Q_org_posts, ARGS(V(unit_id), V(on)), &post_record, &out->v, &out->n);
}

fail org_posts_of_member(struct call *c, int64_t realm, int64_t member_id, struct posts *out)
{
	return db_all(c, &Q_org_posts_of_member, ARGS(V(realm), V(member_id)), &post_record, &out->v, &out->n);
}

fail org_has_committee(struct call *c, int64_t unit_id, struct date on, bool *out)
{
	int64_t n;

	TRY(db_int(c, &Q_org_post_committee, ARGS(V(unit_id), V(on)), 0, &n));
	*out = n > 0;
	return FAIL_OK;
}

/* V02: what may be held in a unit of that size and level. */
static fail check_size(struct call *c, const struct post *p, const struct unit *u, struct date on)
{
	struct member_counts n;

	if (u->level != LEVEL_CELL)
		return FAIL_OK;
	if (p->post == POST_STANDING_COMMITTEE)
		return problem(c, FAIL_INPUT, "post", "a cell has no standing committee; choose a post of the cell");
	if (p->post != POST_COMMITTEE)
		return FAIL_OK;
	TRY(org_member_counts(c, u->id, on, &n));
	if (n.ever && n.official < COMMITTEE_MIN)
		return problem(c, FAIL_INPUT, "post",
		               "the cell has %lld official members on %s; with fewer than %d it elects a secretary and, if needed, a deputy, but no committee",
		               (long long)n.official, show_date(c->arena, c->lang, on), COMMITTEE_MIN);
	return FAIL_OK;
}

/* V10; and in a cell the holder is one of its own. A staff officer is appointed, not elected. */
static fail check_holder(struct call *c, const struct post *p, const struct unit *u, struct date on)
{
	int64_t cell = u->level == LEVEL_CELL ? u->id : 0, here = 1, official;

	if (p->post == POST_OFFICER)
		return FAIL_OK;
	if (cell)
		TRY(db_int(c, &Q_org_member_here, ARGS(V(p->realm), V(p->member_id), V(on), V(cell)), 0, &here));
	if (!here)
		return problem(c, FAIL_INPUT, "member_code", "the member does not belong to %s on %s; a cell elects its own members", u->name,
		               show_date(c->arena, c->lang, on));
	TRY(db_int(c, &Q_org_member_official, ARGS(V(p->realm), V(p->member_id), V(on), V(date_add_months(on, -12)), V(cell)), 0, &official));
	if (!official)
		return problem(c, FAIL_INPUT, "member_code", "only an official member can be elected; on %s this member is not one",
		               show_date(c->arena, c->lang, on));
	return FAIL_OK;
}

static fail check_overlap(struct call *c, const struct post *p, bool others, int64_t *n)
{
	return db_int(c, &Q_org_post_overlaps,
	              ARGS(V(p->realm), V(p->unit_id), V(p->member_id), V(post_kinds[p->post]), V(p->valid_from), V(p->valid_to), V((int64_t)others)),
	              0, n);
}

/* A post that began before records did is looked at on the first day that is known: the unit's, or today. */
static struct date day_to_check(struct call *c, const struct post *p, const struct unit *u)
{
	if (p->valid_from.days > DATE_EVER.days)
		return p->valid_from;
	if (u->valid_from.days > DATE_EVER.days)
		return u->valid_from;
	return p->valid_to.days < c->today.days ? p->valid_to : c->today;
}

fail post_check_holder(struct call *c, const struct post *p)
{
	struct unit u;
	struct date on;

	if (p->post == POST_NONE)
		return problem(c, FAIL_INPUT, "post", "no post is given; choose one of the list");
	if (p->valid_to.days < p->valid_from.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, p->valid_to),
		               show_date(c->arena, c->lang, p->valid_from));
	TRY(org_unit_nearest(c, p->unit_id, p->valid_from, &u));
	on = day_to_check(c, p, &u);
	TRY(org_unit(c, p->unit_id, on, &u));
	TRY(check_size(c, p, &u, on));
	return check_holder(c, p, &u, on);
}

fail post_check_overlap(struct call *c, const struct post *p)
{
	int64_t n;

	TRY(check_overlap(c, p, false, &n));
	if (n)
		return problem(c, FAIL_CONFLICT, "valid_from", "the member already holds this post in that time; end it first");
	if (p->post != POST_SECRETARY)
		return FAIL_OK;
	TRY(check_overlap(c, p, true, &n));
	if (n)
		return problem(c, FAIL_CONFLICT, "valid_from", "the unit already has a secretary in that time; end that post first");
	return FAIL_OK;
}

fail org_post_check(struct call *c, const struct post *p)
{
	TRY(post_check_holder(c, p));
	return post_check_overlap(c, p);
}

struct work { struct post post; struct date last; };

static fail begin(struct call *c, void *arg)
{
	struct work *w = arg;
	struct post *p = &w->post;
	struct member m;
	struct unit u;
	int64_t realm;

	TRY(org_realm(c, p->unit_id, &realm));
	if (!p->realm)
		p->realm = realm;
	TRY(org_member(c, p->realm, p->member_id, &m));
	if (p->realm != realm)
		return problem(c, FAIL_INPUT, "member_code", "the member belongs to another province; transfer the member first");
	TRY(org_post_check(c, p));
	TRY(org_unit_nearest(c, p->unit_id, p->valid_from, &u));
	p->unit_code = u.code;
	p->member_code = m.code;
	p->full_name = m.full_name;
	TRY(store_post(c, p));
	return store_journal(c, p->realm, p->unit_id, "create", p->member_id, &post_record, NULL, p);
}

fail org_post_begin(struct call *c, const struct post *p)
{
	struct work w = { .post = *p };

	return db_write(c, begin, &w);
}

static fail find(struct call *c, const struct post *p, struct post *out)
{
	struct posts all;

	TRY(org_posts_of_member(c, p->realm, p->member_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		*out = all.v[i];
		if (out->unit_id == p->unit_id && out->post == p->post && out->valid_from.days == p->valid_from.days)
			return FAIL_OK;
	}
	return problem(c, FAIL_NOT_FOUND, "post", "there is no such post");
}

static fail end(struct call *c, void *arg)
{
	struct work *w = arg;
	struct post before, after;

	TRY(find(c, &w->post, &before));
	if (w->last.days < before.valid_from.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, w->last),
		               show_date(c->arena, c->lang, before.valid_from));
	after = before;
	after.valid_to = w->last;
	if (w->last.days > before.valid_to.days)
		TRY(org_post_check(c, &after));
	TRY(store_post_end(c, &before, w->last));
	return store_journal(c, before.realm, before.unit_id, "update", before.member_id, &post_record, &before, &after);
}

fail org_post_end(struct call *c, const struct post *p, struct date last)
{
	struct work w = { .post = *p, .last = last };

	return db_write(c, end, &w);
}
