/* post_pages.c — who holds which post in a unit: today, before, and the election of somebody. */
#include <string.h>

#include "db/db.h"
#include "org/org_pages.h"
#include "org/pages.h"
#include "org_views.h"

enum { PEOPLE_MOST = 500 };

struct data {
	const struct req *rq;
	struct unit unit;
	struct posts posts;
	struct roll roll;
};

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(org_page_unit(c, d->rq, &d->unit));
	TRY(org_posts(c, d->unit.id, DATE_NONE, &d->posts));
	return org_members_on(c, d->unit.id, c->today, &d->roll);
}

static void add_line(struct call *c, struct post_lines *to, const struct post *p)
{
	to->v[to->n++] = (struct post_line){ .member_id = p->member_id, .post = post_kinds[p->post], .word = post_kind_name(c->lang, p->post),
		                                 .name = p->full_name, .code = p->member_code, .when = org_page_span(c, p->valid_from, p->valid_to),
		                                 .from_iso = p->valid_from.days == DATE_EVER.days ? "" : org_page_iso(c, p->valid_from) };
}

/* Secretary first among those of today; the latest first among those before. */
static void fill_lines(struct call *c, const struct posts *posts, struct posts_view *v)
{
	v->current.v = ARENA_ARRAY(c->arena, posts->n + 1, struct post_line);
	v->past.v = ARENA_ARRAY(c->arena, posts->n + 1, struct post_line);
	for (unsigned kind = POST_SECRETARY; kind < POST_COUNT; kind++)
		for (size_t i = 0; i < posts->n; i++)
			if (posts->v[i].post == kind && posts->v[i].valid_to.days >= c->today.days)
				add_line(c, &v->current, &posts->v[i]);
	for (size_t i = 0; i < posts->n; i++)
		if (posts->v[i].valid_to.days < c->today.days)
			add_line(c, &v->past, &posts->v[i]);
}

/* Whom the unit may elect (V10): its own official members. Above a cell people come from below and are named by their code. */
static struct choices people_of(struct call *c, const struct roll *roll)
{
	struct choices out = { ARENA_ARRAY(c->arena, roll->n + 1, struct choice), 0 };

	out.v[out.n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < roll->n && out.n < PEOPLE_MOST; i++)
		if (roll->v[i].official && roll->v[i].status != STATUS_TEMP_HERE)
			out.v[out.n++] = (struct choice){ roll->v[i].code, roll->v[i].full_name, NULL };
	return out;
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct posts_view *v)
{
	struct page pg;

	v->unit = &d->unit;
	v->today = org_page_iso(c, c->today);
	v->posts = org_page_choices(c, post_kinds, post_kind_name, false);
	if (d->unit.level == LEVEL_CELL) {
		v->people = people_of(c, &d->roll);
		v->posts.n--; /* a cell has no standing committee */
	}
	fill_lines(c, &d->posts, v);
	org_page_begin(c, rq, rs, &pg, &d->unit, NULL, NULL, tr(c->lang, "Posts"));
	view_posts(&rs->body, &pg, v);
}

static void posts_json(struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "unit", d->unit.code);
	json_key(&j, "posts");
	json_array(&j);
	for (size_t i = 0; i < d->posts.n; i++) {
		json_object(&j);
		record_json(&j, &post_record, &d->posts.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail posts_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct post *row = ARENA_NEW(c->arena, struct post);
	struct data d = { .rq = rq };
	struct posts_view v = { 0 };

	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		posts_json(rs, &d);
		return FAIL_OK;
	}
	record_clear(&post_record, row);
	row->valid_from = c->today;
	form_begin(&v.form, c, &post_record, row);
	v.may_edit = call_may(c, MAY_EDIT_MEMBERS, d.unit.id);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* The member of a code that came with a form. */
struct holder { int64_t realm; const char *code; struct member member; };

static fail find_holder(struct call *c, void *arg)
{
	struct holder *h = arg;

	return org_member_by_code(c, h->realm, h->code, &h->member);
}

static fail to_posts(struct call *c, const struct req *rq, struct res *rs, const struct unit *u, const char *text, const char *receipt)
{
	struct flash said = { .text = text, .receipt = receipt };

	return res_done(c, rq, rs, org_page_path(c, u, "/posts"), &said);
}

static fail again(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct posts_view *v, fail f)
{
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT && f != FAIL_NOT_FOUND) || req_wants_json(rq))
		return f;
	(void)form_failed(&v->form);
	v->may_edit = true;
	write_page(c, rq, rs, d, v);
	return res_again(rs, f == FAIL_NOT_FOUND ? FAIL_INPUT : f);
}

static fail read_post(struct call *c, const struct req *rq, const struct unit *u, struct post *row, struct form *form)
{
	struct holder h = { .realm = u->realm };

	record_clear(&post_record, row);
	TRY(req_record(c, rq, &post_record, row, form));
	h.code = row->member_code;
	TRY(db_read(c, find_holder, &h));
	row->realm = u->realm;
	row->unit_id = u->id;
	row->unit_code = u->code;
	row->member_id = h.member.id;
	row->full_name = h.member.full_name;
	return FAIL_OK;
}

static fail posts_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { .rq = rq };
	struct posts_view v = { 0 };
	struct post row;
	fail f;

	TRY(db_read(c, load, &d));
	f = read_post(c, rq, &d.unit, &row, &v.form);
	if (f == FAIL_OK)
		f = org_post_begin(c, &row);
	if (f != FAIL_OK)
		return again(c, rq, rs, &d, &v, f);
	return to_posts(c, rq, rs, &d.unit, arena_printf(c->arena, "%s: %s", post_kind_name(c->lang, row.post), row.full_name), row.member_code);
}

static fail posts_end(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { .rq = rq };
	struct posts_view v = { 0 };
	struct post row;
	fail f;

	TRY(db_read(c, load, &d));
	f = read_post(c, rq, &d.unit, &row, &v.form);
	if (f == FAIL_OK && row.valid_to.days == DATE_OPEN.days)
		f = problem(c, FAIL_INPUT, "valid_to", "give the last day of the post");
	if (f == FAIL_OK)
		f = org_post_end(c, &row, row.valid_to);
	if (f != FAIL_OK)
		return again(c, rq, rs, &d, &v, f);
	return to_posts(c, rq, rs, &d.unit,
	                arena_printf(c->arena, tr(c->lang, "%s, %s: until %s"), post_kind_name(c->lang, row.post), row.full_name,
	                             show_date(c->arena, c->lang, row.valid_to)),
	                row.member_code);
}

const struct route org_post_routes[] = {
	{ GET, "/units/:unit/posts", MAY_SEE_MEMBERS, unit_of_path, posts_show, .summary = N_("Posts of a unit, today and before"),
	  .answer = &post_record },
	{ POST, "/units/:unit/posts", MAY_EDIT_MEMBERS, unit_of_path, posts_post, .summary = N_("Elects or appoints somebody"), .form = &post_record },
	{ POST, "/units/:unit/posts/end", MAY_EDIT_MEMBERS, unit_of_path, posts_end,
	  .summary = N_("Ends a post: member_code, post, valid_from as it stands, valid_to the last day"), .form = &post_record },
	{ HTTP_NONE },
};
