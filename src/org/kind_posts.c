/* kind_posts.c — the file `posts`: who leads which unit from when to when. The rules are those of post.h; whether two rows hold the same
 * post at once is seen in the end, so that the order of the rows does not matter. */
#include <string.h>

#include "member_sql.h"
#include "org/kinds.h"
#include "org/store.h"
#include "unit_sql.h"

struct post_row {
	const char *unit_code, *member_code;
	unsigned post;
	struct date from, to;
};
static const struct field row_fields[] = {
	FIELD(struct post_row, unit_code, N_("Unit"), REQUIRED | KEY, .max = 40),
	FIELD(struct post_row, member_code, N_("Member code"), REQUIRED | KEY, .max = 40),
	FIELD(struct post_row, post, N_("Post"), REQUIRED | KEY, .words = post_kinds),
	FIELD(struct post_row, from, N_("First day"), KEY | FROM_DATE),
	FIELD(struct post_row, to, N_("Last day"), TO_DATE),
	FIELD_END,
};
static const struct record row_record = { "post", sizeof(struct post_row), row_fields };

struct written { struct post post; int64_t line; };
struct state {
	struct import *im;
	struct written *written;
	size_t n;
};

static fail prepare(struct call *c, void *row)
{
	const struct post_row *p = row;

	if (p->to.days < p->from.days)
		return problem(c, FAIL_INPUT, "to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, p->to),
		               show_date(c->arena, c->lang, p->from));
	return FAIL_OK;
}

static fail begin(struct call *c, struct import *im, void **state)
{
	struct state *s = ARENA_NEW(import_arena(im), struct state);

	(void)c;
	s->im = im;
	*state = s;
	return FAIL_OK;
}

/* The fields of a post have other names than the columns of the file. */
static fail in_columns(struct call *c, fail f)
{
	if (strcmp(c->problem.field, "valid_from") == 0 || strcmp(c->problem.field, "on") == 0)
		c->problem.field = "from";
	else if (strcmp(c->problem.field, "valid_to") == 0)
		c->problem.field = "to";
	return f;
}

static fail post_of(struct call *c, const struct post_row *row, struct post *out)
{
	struct unit u;
	fail f = db_one(c, &Q_org_unit_life, ARGS(V(row->unit_code)), &unit_record, &u);

	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "unit_code", "there is no unit with this code; import the units first, or correct the code");
	TRY(f);
	if (!call_may(c, MAY_IMPORT, u.id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	if (row->to.days > u.valid_to.days)
		return problem(c, FAIL_INPUT, "to", "the last day of %s was %s; give a last day not after that", u.name,
		               show_date(c->arena, c->lang, u.valid_to));
	*out = (struct post){ .post = row->post, .valid_from = row->from, .valid_to = row->to, .realm = u.realm, .unit_id = u.id,
		                  .unit_code = row->unit_code, .member_code = row->member_code, .full_name = "" };
	TRY(db_int(c, &Q_org_member_id, ARGS(V(u.realm), V(row->member_code)), 0, &out->member_id));
	if (!out->member_id)
		return problem(c, FAIL_NOT_FOUND, "member_code", "there is no member with this code in the province of the unit; import the members first");
	return FAIL_OK;
}

static void note_written(struct state *s, const struct post *p)
{
	s->written = store_grow(import_arena(s->im), s->written, s->n, sizeof *s->written);
	s->written[s->n++] = (struct written){ *p, import_line(s->im) };
}

static fail row(struct call *c, struct import *im, void *state, const void *data)
{
	const struct post_row *row = data;
	struct post p, before;
	struct post_row old;
	fail f;

	TRY(post_of(c, row, &p));
	f = db_one(c, &Q_org_post_from, ARGS(V(p.realm), V(p.unit_id), V(p.member_id), V(post_kinds[p.post]), V(p.valid_from)), &post_record,
	           &before);
	if (f == FAIL_OK && before.valid_to.days == p.valid_to.days) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	TRY(in_columns(c, post_check_holder(c, &p)));
	note_written(state, &p);
	if (f == FAIL_NOT_FOUND) {
		import_count(im, IMPORT_ADDED);
		return store_post(c, &p);
	}
	TRY(store_post_end(c, &before, p.valid_to));
	old = *row;
	old.to = before.valid_to;
	return import_changed(c, im, p.realm, p.unit_id, "post", p.member_id, &old, row);
}

static fail finish(struct call *c, struct import *im, void *state)
{
	struct state *s = state;
	bool ok = true;

	for (size_t i = 0; i < s->n; i++) {
		fail f = post_check_overlap(c, &s->written[i].post);

		if (f == FAIL_OK)
			continue;
		if (f != FAIL_CONFLICT)
			return f;
		ok = false;
		import_problem(c, im, s->written[i].line, "from", NULL, "%s", c->problem.text);
		problem_clear(c);
	}
	return ok ? FAIL_OK : FAIL_INPUT;
}

static fail out_row(struct call *c, const void *data, void *arg)
{
	(void)c;
	return export_row(arg, data);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	if (q->unit_code)
		return db_each(c, &Q_org_export_posts_below, ARGS(V(q->on), V(q->unit_code)), &row_record, out_row, ex);
	return db_each(c, &Q_org_export_posts, ARGS(V(q->on)), &row_record, out_row, ex);
}

const struct exchange_kind org_posts_kind = {
	.name = "posts",
	.label = N_("Posts"),
	.record = &row_record,
	.may_export = MAY_SEE_MEMBERS,
	.prepare = prepare,
	.begin = begin,
	.row = row,
	.finish = finish,
	.each = each,
};
