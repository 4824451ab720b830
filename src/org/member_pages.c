/* member_pages.c — the members of a unit: the list on a day, a new member, one member and what can be changed about one. */
#include <string.h>

#include "db/db.h"
#include "org/org_pages.h"
#include "org/pages.h"
#include "org/store.h"
#include "org_views.h"

/* ---- the list ---- */

struct list_data {
	struct unit unit;
	struct roll roll;
	struct posts posts;
};

static const char *posts_of(struct call *c, const struct posts *posts, int64_t member_id)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < posts->n; i++)
		if (posts->v[i].member_id == member_id)
			out_printf(&o, "%s%s", o.size ? ", " : "", post_kind_name(c->lang, posts->v[i].post));
	return out_text(&o);
}

static void list_rows(struct call *c, const struct list_data *d, struct members_view *v)
{
	v->n = d->roll.n;
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct member_line);
	for (size_t i = 0; i < v->n; i++) {
		const struct roll_member *m = &d->roll.v[i];

		v->v[i] = (struct member_line){ .id = m->id, .name = m->full_name, .code = m->code, .status = member_status_name(c->lang, m->status),
			                            .posts = posts_of(c, &d->posts, m->id), .official_on = m->official_on, .since = m->valid_from,
			                            .quiet = !member_is_expected(m->status) };
	}
}

static void list_table(struct call *c, struct members_view *v)
{
	static const struct column columns[] = {
		{ N_("Full name"), NULL, false }, { N_("Status"), NULL, false }, { N_("Posts"), NULL, false },
		{ N_("Official since"), NULL, false }, { N_("Member code"), NULL, false },
	};

	v->table = (struct table){ .caption = v->title, .id = "members", .local = true, .columns = org_page_columns(c, columns, 5), .n = 5,
		                       .csv = arena_printf(c->arena, "/export/members?format=csv&unit=%s", v->unit->code),
		                       .excel = arena_printf(c->arena, "/export/members?format=xlsx&unit=%s", v->unit->code) };
}

static void list_json(struct res *rs, const struct list_data *d, const struct members_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", v->unit->code);
	json_put_str(&j, "on", v->on);
	json_key(&j, "counts");
	json_object(&j);
	record_json(&j, &member_counts_record, &v->counts);
	json_object_end(&j);
	json_key(&j, "members");
	json_array(&j);
	for (size_t i = 0; i < d->roll.n; i++) {
		json_object(&j);
		json_put_int(&j, "id", d->roll.v[i].id);
		record_json(&j, &roll_member_record, &d->roll.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail members_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct list_data d;
	struct members_view v = { .unit = &d.unit, .action = rq->path };
	struct page pg;

	TRY(org_page_unit(c, rq, &d.unit));
	TRY(org_page_day(c, rq, &v.day));
	TRY(org_members_on(c, d.unit.id, v.day, &d.roll));
	TRY(org_member_counts(c, d.unit.id, v.day, &v.counts));
	v.on = org_page_iso(c, v.day);
	if (req_wants_json(rq)) {
		list_json(rs, &d, &v);
		return FAIL_OK;
	}
	TRY(org_posts(c, d.unit.id, v.day, &d.posts));
	if (d.unit.level == LEVEL_CELL)
		TRY(org_warnings(c, d.unit.id, v.day, &v.warnings));
	v.today = v.day.days == c->today.days;
	v.may_edit = (d.unit.level == LEVEL_CELL || d.unit.level == LEVEL_GRASSROOTS) && call_may(c, MAY_EDIT_MEMBERS, d.unit.id);
	if (v.may_edit)
		TRY(org_deadlines(c, d.unit.id, v.day, &v.deadlines));
	v.title = arena_printf(c->arena, tr(c->lang, "Members of %s"), d.unit.name);
	list_rows(c, &d, &v);
	list_table(c, &v);
	org_page_begin(c, rq, rs, &pg, &d.unit, NULL, NULL, tr(c->lang, "Members"));
	pg.wide = true;
	view_members(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- a new member ---- */

struct new_member {
	const char *code, *full_name;
	unsigned status;
	struct date valid_from, admitted_on, decision_on, official_on;
	const char *decision_no, *contact;
	bool uses_app;
};
static const struct field new_fields[] = {
	FIELD(struct new_member, code, N_("Member code"), REQUIRED, .max = 40),
	FIELD(struct new_member, full_name, N_("Full name"), REQUIRED | NAME_TEXT, .max = 120),
	FIELD(struct new_member, status, N_("Status"), REQUIRED, .words = member_statuses),
	FIELD(struct new_member, valid_from, N_("Here since"), REQUIRED),
	FIELD(struct new_member, admitted_on, N_("Admitted on"), 0),
	FIELD(struct new_member, decision_on, N_("Date of the admission decision"), 0),
	FIELD(struct new_member, official_on, N_("Official since"), 0),
	FIELD(struct new_member, decision_no, N_("Number of the decision"), 0, .max = 60),
	FIELD(struct new_member, contact, N_("Contact"), 0, .max = 120),
	FIELD(struct new_member, uses_app, N_("Uses the application"), 0),
	FIELD_END,
};
static const struct record new_record = { "member", sizeof(struct new_member), new_fields };

static void write_new(struct call *c, const struct req *rq, struct res *rs, const struct unit *u, struct member_form *v)
{
	struct page pg;

	v->unit = u;
	v->title = tr(c->lang, "New member");
	v->back = v->action = org_page_path(c, u, "/members");
	v->statuses = org_page_choices(c, member_statuses, member_status_name, false);
	v->statuses.n = STATUS_TEMP_HERE; /* nobody begins by leaving */
	org_page_begin(c, rq, rs, &pg, u, v->back, tr(c->lang, "Members"), v->title);
	view_member_form(&rs->body, &pg, v);
}

static fail new_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct new_member *row = ARENA_NEW(c->arena, struct new_member);
	struct member_form v = { 0 };
	struct unit u;

	TRY(org_page_unit(c, rq, &u));
	record_clear(&new_record, row);
	row->status = STATUS_OFFICIAL;
	row->valid_from = c->today;
	form_begin(&v.form, c, &new_record, row);
	write_new(c, rq, rs, &u, &v);
	return FAIL_OK;
}

struct unit_data { const struct req *rq; struct unit unit; struct member member; };

static fail load_unit(struct call *c, void *arg)
{
	struct unit_data *d = arg;

	return org_page_unit(c, d->rq, &d->unit);
}

static fail add(struct call *c, const struct new_member *n, const struct unit *u, struct member *m)
{
	struct membership first;

	record_clear(&membership_record, &first);
	record_clear(&member_record, m);
	m->code = n->code;
	m->full_name = n->full_name;
	m->admitted_on = n->admitted_on;
	m->decision_on = n->decision_on;
	m->official_on = n->official_on;
	m->contact = n->contact;
	m->uses_app = n->uses_app;
	first.unit_id = u->id;
	first.unit_code = u->code;
	first.status = n->status;
	first.valid_from = n->valid_from;
	first.decision_no = n->decision_no;
	return org_member_add(c, m, &first);
}

static bool may_show_again(fail f, const struct req *rq)
{
	return (f == FAIL_INPUT || f == FAIL_CONFLICT) && !req_wants_json(rq);
}

static fail members_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit_data d = { .rq = rq };
	struct member_form v = { 0 };
	struct new_member row;
	fail f;

	TRY(db_read(c, load_unit, &d));
	record_clear(&new_record, &row);
	f = req_record(c, rq, &new_record, &row, &v.form);
	if (f == FAIL_OK)
		f = add(c, &row, &d.unit, &d.member);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "%s was added"), d.member.full_name), .receipt = d.member.code };

		return res_done(c, rq, rs, org_page_path(c, &d.unit, "/members/%lld", (long long)d.member.id), &said);
	}
	if (!may_show_again(f, rq))
		return f;
	(void)form_failed(&v.form);
	write_new(c, rq, rs, &d.unit, &v);
	return res_again(rs, f);
}

/* ---- one member ---- */

static struct span_lines membership_lines(struct call *c, const struct membership *life, size_t n)
{
	struct span_lines out = { ARENA_ARRAY(c->arena, n + 1, struct span_line), n };

	for (size_t i = 0; i < n; i++) {
		const struct membership *m = &life[n - 1 - i]; /* latest first */

		out.v[i] = (struct span_line){ .what = member_status_name(c->lang, m->status), .unit_name = m->unit_name, .unit_id = m->unit_id,
			                           .note = m->decision_no, .when = org_page_span(c, m->valid_from, m->valid_to),
			                           .current = m->valid_from.days <= c->today.days && m->valid_to.days >= c->today.days };
	}
	return out;
}

static struct span_lines post_lines(struct call *c, const struct posts *posts)
{
	struct span_lines out = { ARENA_ARRAY(c->arena, posts->n + 1, struct span_line), posts->n };

	for (size_t i = 0; i < posts->n; i++) {
		const struct post *p = &posts->v[i];

		out.v[i] = (struct span_line){ .what = post_kind_name(c->lang, p->post), .unit_name = p->unit_name, .unit_id = p->unit_id, .note = "",
			                           .when = org_page_span(c, p->valid_from, p->valid_to),
			                           .current = p->valid_from.days <= c->today.days && p->valid_to.days >= c->today.days };
	}
	return out;
}

static void json_list(struct json *j, const char *key, const struct record *r, const void *rows, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		record_json(j, r, (const char *)rows + i * r->size);
		json_object_end(j);
	}
	json_array_end(j);
}

static void member_json(struct res *rs, const struct member *m, const struct membership *life, size_t n, const struct posts *posts)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "id", m->id);
	json_put_int(&j, "rev", m->rev);
	record_json(&j, &member_record, m);
	json_list(&j, "memberships", &membership_record, life, n);
	json_list(&j, "posts", &post_record, posts->v, posts->n);
	json_object_end(&j);
}

/* Whoever has gone elsewhere is shown as far as the time here goes. */
static void only_here(const struct unit *u, struct membership *life, size_t *n, struct posts *posts)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++)
		if (life[i].unit_id == u->id)
			life[kept++] = life[i];
	*n = kept;
	kept = 0;
	for (size_t i = 0; i < posts->n; i++)
		if (posts->v[i].unit_id == u->id)
			posts->v[kept++] = posts->v[i];
	posts->n = kept;
}

static fail member_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit u;
	struct member m;
	struct membership *life;
	struct posts posts;
	struct member_view v = { .unit = &u, .member = &m };
	struct page pg;
	size_t n;
	bool here;

	TRY(org_page_unit(c, rq, &u));
	TRY(org_page_member(c, rq, &u, &m, &here));
	TRY(org_memberships(c, m.realm, m.id, &life, &n));
	TRY(org_posts_of_member(c, m.realm, m.id, &posts));
	if (!here)
		only_here(&u, life, &n, &posts);
	res_rev(c, rq, rs, m.rev);
	if (req_wants_json(rq)) {
		member_json(rs, &m, life, n, &posts);
		return FAIL_OK;
	}
	v.memberships = membership_lines(c, life, n);
	v.posts = post_lines(c, &posts);
	v.may_edit = here && call_may(c, MAY_EDIT_MEMBERS, u.id);
	org_page_begin(c, rq, rs, &pg, &u, org_page_path(c, &u, "/members"), tr(c->lang, "Members"), m.full_name);
	view_member(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- the person's own fields ---- */

static fail load_member(struct call *c, void *arg)
{
	struct unit_data *d = arg;
	bool here;

	TRY(org_page_unit(c, d->rq, &d->unit));
	TRY(org_page_member(c, d->rq, &d->unit, &d->member, &here));
	if (!here)
		return problem(c, FAIL_DENIED, "member", "the member does not belong to this unit any more; the unit of today keeps the record");
	return FAIL_OK;
}

static void write_edit(struct call *c, const struct req *rq, struct res *rs, const struct unit_data *d, struct member_form *v)
{
	struct page pg;

	v->unit = &d->unit;
	v->id = d->member.id;
	v->title = d->member.full_name;
	v->back = v->action = org_page_path(c, &d->unit, "/members/%lld", (long long)d->member.id);
	org_page_begin(c, rq, rs, &pg, &d->unit, org_page_path(c, &d->unit, "/members"), tr(c->lang, "Members"), v->title);
	view_member_form(&rs->body, &pg, v);
}

static fail edit_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit_data d = { .rq = rq };
	struct member_form v = { 0 };

	TRY(load_member(c, &d));
	form_begin(&v.form, c, &member_record, &d.member);
	v.rev = d.member.rev;
	write_edit(c, rq, rs, &d, &v);
	return FAIL_OK;
}

static fail member_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit_data d = { .rq = rq };
	struct member_form v = { 0 };
	struct member row;
	fail f;

	TRY(db_read(c, load_member, &d));
	TRY(req_rev(c, rq, &v.rev));
	row = d.member;
	f = req_record(c, rq, &member_record, &row, &v.form);
	if (f == FAIL_OK)
		f = org_member_update(c, &row, v.rev);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "%s was saved"), row.full_name),
			                  .receipt = arena_printf(c->arena, "%s · %lld", row.code, (long long)v.rev + 1) };

		res_rev(c, rq, rs, v.rev + 1);
		return res_done(c, rq, rs, org_page_path(c, &d.unit, "/members/%lld", (long long)row.id), &said);
	}
	if (!may_show_again(f, rq))
		return f;
	(void)form_failed(&v.form);
	if (f == FAIL_CONFLICT)
		v.rev = d.member.rev;
	write_edit(c, rq, rs, &d, &v);
	return res_again(rs, f);
}

/* ---- status ---- */

static const char *reason_name(enum lang lang, unsigned reason)
{
	static const char *const names[] = { "", N_("Age or health"), N_("Another reason") };

	return reason <= REASON_OTHER ? tr(lang, names[reason]) : "";
}

struct status_data { struct unit_data d; const char *now; };

static fail load_status(struct call *c, void *arg)
{
	struct status_data *s = arg;
	struct roll roll;

	TRY(load_member(c, &s->d));
	TRY(org_members_on(c, s->d.unit.id, c->today, &roll));
	s->now = tr(c->lang, "not on the roll");
	for (size_t i = 0; i < roll.n; i++)
		if (roll.v[i].id == s->d.member.id)
			s->now = member_status_name(c->lang, roll.v[i].status);
	return FAIL_OK;
}

static void write_status(struct call *c, const struct req *rq, struct res *rs, const struct status_data *s, struct status_form *v)
{
	struct page pg;

	v->unit = &s->d.unit;
	v->member = &s->d.member;
	v->now = s->now;
	v->statuses = org_page_choices(c, member_statuses, member_status_name, false);
	v->reasons = org_page_choices(c, exempt_reasons, reason_name, true);
	org_page_begin(c, rq, rs, &pg, v->unit, org_page_path(c, v->unit, "/members/%lld", (long long)v->member->id), v->member->full_name,
	               tr(c->lang, "Change of status"));
	view_member_status(&rs->body, &pg, v);
}

static fail status_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct membership *row = ARENA_NEW(c->arena, struct membership);
	struct status_data s = { .d.rq = rq };
	struct status_form v = { 0 };

	TRY(load_status(c, &s));
	record_clear(&membership_record, row);
	row->valid_from = c->today;
	v.rev = s.d.member.rev;
	form_begin(&v.form, c, &membership_record, row);
	write_status(c, rq, rs, &s, &v);
	return FAIL_OK;
}

static fail to_member(struct call *c, const struct req *rq, struct res *rs, const struct unit_data *d, int64_t rev, const char *text)
{
	struct flash said = { .text = arena_printf(c->arena, "%s: %s", d->member.full_name, text),
		                  .receipt = arena_printf(c->arena, "%s · %lld", d->member.code, (long long)rev) };

	res_rev(c, rq, rs, rev);
	return res_done(c, rq, rs, org_page_path(c, &d->unit, "/members/%lld", (long long)d->member.id), &said);
}

static fail status_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct status_data s = { .d.rq = rq };
	struct status_form v = { 0 };
	struct membership row;
	fail f;

	TRY(db_read(c, load_status, &s));
	TRY(req_rev(c, rq, &v.rev));
	record_clear(&membership_record, &row);
	row.valid_from = c->today;
	f = req_record(c, rq, &membership_record, &row, &v.form);
	row.realm = s.d.member.realm;
	row.member_id = s.d.member.id;
	row.unit_id = s.d.unit.id;
	row.unit_code = s.d.unit.code;
	if (f == FAIL_OK)
		f = org_member_set_status(c, &row, v.rev);
	if (f == FAIL_OK)
		return to_member(c, rq, rs, &s.d, v.rev + 1, member_status_name(c->lang, row.status));
	if (!may_show_again(f, rq))
		return f;
	(void)form_failed(&v.form);
	write_status(c, rq, rs, &s, &v);
	return res_again(rs, f);
}

/* ---- formal transfer ---- */

struct member_move {
	const char *to_code;
	struct date on;
	const char *decision_no;
};
static const struct field move_fields[] = {
	FIELD(struct member_move, to_code, N_("Code of the unit the member goes to"), REQUIRED, .max = 40),
	FIELD(struct member_move, on, N_("First day there"), REQUIRED),
	FIELD(struct member_move, decision_no, N_("Number of the decision"), 0, .max = 60),
	FIELD_END,
};
static const struct record move_record = { "transfer", sizeof(struct member_move), move_fields };

static void write_move(struct call *c, const struct req *rq, struct res *rs, const struct unit_data *d, struct move_form *v)
{
	struct page pg;

	v->unit = &d->unit;
	v->member = &d->member;
	org_page_begin(c, rq, rs, &pg, v->unit, org_page_path(c, v->unit, "/members/%lld", (long long)v->member->id), v->member->full_name,
	               tr(c->lang, "Formal transfer"));
	view_member_move(&rs->body, &pg, v);
}

static fail move_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct member_move *row = ARENA_NEW(c->arena, struct member_move);
	struct unit_data d = { .rq = rq };
	struct move_form v = { 0 };

	TRY(load_member(c, &d));
	record_clear(&move_record, row);
	row->on = c->today;
	v.rev = d.member.rev;
	form_begin(&v.form, c, &move_record, row);
	write_move(c, rq, rs, &d, &v);
	return FAIL_OK;
}

struct target { const struct member_move *move; struct unit unit; };

/* Members are received by who looks after them there, too. */
static fail find_target(struct call *c, void *arg)
{
	struct target *t = arg;
	int64_t id;

	if (org_unit_id(c, t->move->to_code, &id) != FAIL_OK || !call_may(c, MAY_EDIT_MEMBERS, id)) {
		problem_clear(c);
		return problem(c, FAIL_INPUT, "to_code", "there is no unit with the code “%s” whose members you may change; ask the committee above both units",
		               t->move->to_code);
	}
	return org_unit(c, id, t->move->on, &t->unit);
}

static fail move_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit_data d = { .rq = rq };
	struct move_form v = { 0 };
	struct member_move row;
	struct target t = { .move = &row };
	fail f;

	TRY(db_read(c, load_member, &d));
	TRY(req_rev(c, rq, &v.rev));
	record_clear(&move_record, &row);
	f = req_record(c, rq, &move_record, &row, &v.form);
	if (f == FAIL_OK)
		f = db_read(c, find_target, &t);
	if (f == FAIL_OK)
		f = org_member_transfer(c, d.member.realm, d.member.id, d.unit.id, t.unit.id, row.on, row.decision_no, v.rev, NULL);
	if (f == FAIL_OK)
		return to_member(c, rq, rs, &d, v.rev + 1, arena_printf(c->arena, tr(c->lang, "transferred to %s"), t.unit.name));
	if (!may_show_again(f == FAIL_NOT_FOUND ? FAIL_INPUT : f, rq))
		return f;
	(void)form_failed(&v.form);
	write_move(c, rq, rs, &d, &v);
	return res_again(rs, f == FAIL_NOT_FOUND ? FAIL_INPUT : f);
}

static const struct query_param day_param[] = { { "on", N_("The day, as year-month-day; today without it") }, { NULL, NULL } };

const struct route org_member_routes[] = {
	{ GET, "/units/:unit/members", MAY_SEE_MEMBERS, unit_of_path, members_show, .summary = N_("The roll of a cell on a day"),
	  .answer = &roll_member_record, .query = day_param },
	{ GET, "/units/:unit/members/new", MAY_EDIT_MEMBERS, unit_of_path, new_show, .summary = N_("The form for a new member") },
	{ POST, "/units/:unit/members", MAY_EDIT_MEMBERS, unit_of_path, members_post, .summary = N_("Adds a member"), .form = &new_record },
	{ GET, "/units/:unit/members/:member", MAY_SEE_MEMBERS, unit_of_path, member_show, .summary = N_("A member, memberships and posts"),
	  .answer = &member_record },
	{ GET, "/units/:unit/members/:member/edit", MAY_EDIT_MEMBERS, unit_of_path, edit_show, .summary = N_("The form for the person's own fields") },
	{ POST, "/units/:unit/members/:member", MAY_EDIT_MEMBERS, unit_of_path, member_post, .summary = N_("Changes the person's own fields"),
	  .form = &member_record },
	{ GET, "/units/:unit/members/:member/status", MAY_EDIT_MEMBERS, unit_of_path, status_show, .summary = N_("The form for a change of status") },
	{ POST, "/units/:unit/members/:member/status", MAY_EDIT_MEMBERS, unit_of_path, status_post, .summary = N_("Changes the status from a day on"),
	  .form = &membership_record },
	{ GET, "/units/:unit/members/:member/transfer", MAY_EDIT_MEMBERS, unit_of_path, move_show, .summary = N_("The form for a formal transfer") },
	{ POST, "/units/:unit/members/:member/transfer", MAY_EDIT_MEMBERS, unit_of_path, move_post,
	  .summary = N_("Transfers a member to another unit"), .form = &move_record },
	{ HTTP_NONE },
};
