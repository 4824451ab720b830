/* change_pages.c — reorganisation in the browser: a form, what it would do, one button that does it.
 *
 * The form asks by GET: its answer is the preview (or the form again with what is wrong), which writes nothing and may be sent to somebody
 * else as an address. Only the button on the preview posts. As JSON: GET with the fields gives the plan, POST carries it out. */
#include <string.h>

#include "db/db.h"
#include "org/org_pages.h"
#include "org/pages.h"
#include "org/store.h"
#include "org_views.h"

enum { MEMBERS_MOST = 400 };

struct row {
	struct date on;
	const char *code, *name;
	unsigned level, type, owner;
	const char *parent, *note;
};
static const struct field row_fields[] = {
	FIELD(struct row, on, N_("First day of the new state"), REQUIRED),
	FIELD(struct row, code, N_("Code of the new unit"), 0, .max = 40),
	FIELD(struct row, name, N_("Name"), NAME_TEXT, .max = 200),
	FIELD(struct row, level, N_("Level"), 0, .words = unit_levels),
	FIELD(struct row, type, N_("Type"), 0, .words = unit_types),
	FIELD(struct row, owner, N_("Owner"), 0, .words = unit_owners),
	FIELD(struct row, parent, N_("Code of the unit above"), 0, .max = 40),
	FIELD(struct row, note, N_("Number of the decision, or a note"), 0, .max = 200),
	FIELD_END,
};
static const struct record row_record = { "change", sizeof(struct row), row_fields };

struct asked {
	const struct req *rq;
	const struct pairs *pairs; /* the query of the preview, or the body that carries it out */
	struct unit unit;
	enum change_kind kind;
	struct row row;
	struct change change;
	struct form form;
};

/* ---- what was asked ---- */

static fail read_kind(struct call *c, const struct req *rq, enum change_kind *out)
{
	int i = word_index(change_kinds, req_param(rq, "kind"));

	if (i <= 0)
		return problem(c, FAIL_NOT_FOUND, "kind", "there is no page at this address");
	*out = (enum change_kind)i;
	return FAIL_OK;
}

static void read_row(struct call *c, struct asked *a)
{
	for (const struct field *f = row_fields; f->name; f++) {
		const char *text = pairs_get(a->pairs, f->name);

		if ((text || f->flags & REQUIRED) && field_parse(c, f, text ? text : "", &a->row) != FAIL_OK)
			(void)form_failed(&a->form);
	}
}

/* A unit named by its code that the person may reorganise, too. */
static int64_t other_unit(struct call *c, struct asked *a, const char *field, const char *code)
{
	int64_t id = 0;

	if (org_unit_id(c, code, &id) == FAIL_OK && call_may(c, MAY_EDIT_TREE, id))
		return id;
	problem_clear(c);
	form_problem(&a->form, field,
	             arena_printf(c->arena, tr(c->lang, "there is no unit with the code “%s” that you may reorganise; ask the committee above both units"), code));
	return 0;
}

static struct ids ids_of_units(struct call *c, struct asked *a)
{
	int64_t *v = ARENA_ARRAY(c->arena, a->pairs->n + 1, int64_t);
	struct ids out = { v, 0 };

	for (size_t i = 0; i < a->pairs->n; i++)
		if (strcmp(a->pairs->v[i].name, "units") == 0 && *a->pairs->v[i].value)
			v[out.n++] = other_unit(c, a, "units", a->pairs->v[i].value);
	return out;
}

static struct ids ids_of_members(struct call *c, struct asked *a)
{
	int64_t *v = ARENA_ARRAY(c->arena, a->pairs->n + 1, int64_t);
	struct ids out = { v, 0 };
	struct member m;

	for (size_t i = 0; i < a->pairs->n; i++) {
		if (strcmp(a->pairs->v[i].name, "members") != 0 || !*a->pairs->v[i].value)
			continue;
		if (org_member_by_code(c, a->unit.realm, a->pairs->v[i].value, &m) == FAIL_OK)
			v[out.n++] = m.id;
		else
			(void)form_failed(&a->form);
	}
	return out;
}

static void to_change(struct call *c, struct asked *a)
{
	const struct row *r = &a->row;

	a->change = (struct change){ .kind = a->kind, .on = r->on, .unit_id = a->unit.id, .code = r->code, .name = r->name, .level = r->level,
		                         .type = r->type, .owner = r->owner, .note = r->note };
	if (a->kind == CHANGE_CREATE)
		a->change.parent_id = a->unit.id;
	else if (*r->parent)
		a->change.parent_id = other_unit(c, a, "parent", r->parent);
	if (a->kind == CHANGE_MERGE)
		a->change.into_id = a->unit.id;
	a->change.units = ids_of_units(c, a);
	a->change.members = ids_of_members(c, a);
}

static void take_problems(struct asked *a, const struct change_plan *p)
{
	for (size_t i = 0; i < p->problem_n; i++)
		form_problem(&a->form, p->problems[i].field, p->problems[i].text);
}

/* Unit and kind of the address, and the fields that came. Inside a read. */
static fail read_asked(struct call *c, struct asked *a)
{
	TRY(org_page_unit(c, a->rq, &a->unit));
	TRY(read_kind(c, a->rq, &a->kind));
	record_clear(&row_record, &a->row);
	form_begin(&a->form, c, &row_record, NULL);
	return FAIL_OK;
}

static void read_fields(struct call *c, struct asked *a)
{
	a->form.typed = a->pairs;
	read_row(c, a);
	to_change(c, a);
}

/* ---- the form ---- */

struct words_of_kind { const char *title, *lead; };
static const struct words_of_kind words_of_kind[CHANGE_COUNT] = {
	[CHANGE_CREATE] = { N_("New unit below"), N_("It begins on the day given, empty.") },
	[CHANGE_RENAME] = { N_("Rename or change the level"), N_("What it was called before stays in its history. Give only what changes.") },
	[CHANGE_MOVE] = { N_("Move under another unit"), N_("Its members and all below come along. Figures of the time before stay with the unit above of that time.") },
	[CHANGE_MERGE] = { N_("Merge others into it"), N_("The units chosen end; their members and units come here. Their posts end.") },
	[CHANGE_SPLIT] = { N_("Split"), N_("A new unit begins beside it with those who are chosen.") },
	[CHANGE_CLOSE] = { N_("Close"), N_("Only a unit without members and without units below can be closed. Everything recorded stays readable.") },
	[CHANGE_TRANSFER] = { N_("Transfer to another province"), N_("The unit and all below end here and begin there under new codes, with their members and posts.") },
};

static struct choices levels_below(struct call *c, unsigned level)
{
	struct choices all = org_page_choices(c, unit_levels, unit_level_name, false), out = { all.v, 0 };

	for (size_t i = 0; i < all.n; i++)
		if (unit_level_may_hold(level, (unsigned)i + 1))
			out.v[out.n++] = all.v[i];
	return out;
}

static const char *owner_name(enum lang lang, unsigned owner)
{
	static const char *const names[] = { "", N_("State-owned"), N_("Private"), N_("Foreign-invested") };

	return owner <= OWNER_FOREIGN ? tr(lang, names[owner]) : "";
}

static bool was_ticked(const struct pairs *pairs, const char *name, const char *code)
{
	for (size_t i = 0; pairs && i < pairs->n; i++)
		if (strcmp(pairs->v[i].name, name) == 0 && strcmp(pairs->v[i].value, code) == 0)
			return true;
	return false;
}

static void tick(struct call *c, struct ticks *to, const char *code, const char *name, bool on)
{
	to->v = store_grow(c->arena, to->v, to->n, sizeof *to->v);
	to->v[to->n++] = (struct tick){ code, name, on };
}

/* Units beside it of the same level can be merged into it; units directly below go along in a split. */
static fail offer_units(struct call *c, const struct asked *a, struct change_form *v)
{
	bool merge = a->kind == CHANGE_MERGE;
	struct units some = { NULL, 0 };

	if (!merge && a->kind != CHANGE_SPLIT)
		return FAIL_OK;
	if (merge && a->unit.parent_id)
		TRY(org_children(c, a->unit.parent_id, c->today, &some));
	else if (!merge)
		TRY(org_children(c, a->unit.id, c->today, &some));
	for (size_t i = 0; i < some.n; i++)
		if (!merge || (some.v[i].id != a->unit.id && some.v[i].level == a->unit.level))
			tick(c, &v->units, some.v[i].code, some.v[i].name, was_ticked(a->form.typed, "units", some.v[i].code));
	return FAIL_OK;
}

static fail offer_members(struct call *c, const struct asked *a, struct change_form *v)
{
	struct roll roll;

	if (a->kind != CHANGE_SPLIT)
		return FAIL_OK;
	TRY(org_members_on(c, a->unit.id, c->today, &roll));
	for (size_t i = 0; i < roll.n && i < MEMBERS_MOST; i++)
		tick(c, &v->members, roll.v[i].code, roll.v[i].full_name, was_ticked(a->form.typed, "members", roll.v[i].code));
	return FAIL_OK;
}

/* The name and level as they are, so that only what changes is written over. */
static const struct row *row_of_unit(struct call *c, const struct asked *a)
{
	struct row *row = ARENA_NEW(c->arena, struct row);

	record_clear(&row_record, row);
	row->on = c->today;
	if (a->kind == CHANGE_RENAME) {
		row->name = a->unit.name;
		row->level = a->unit.level;
		row->type = a->unit.type;
		row->owner = a->unit.owner;
	}
	return row;
}

static void fill_choices(struct call *c, struct change_form *v)
{
	if (!v->about)
		return;
	v->levels = v->kind == CHANGE_CREATE ? levels_below(c, v->unit->level) : org_page_choices(c, unit_levels, unit_level_name, false);
	v->types = org_page_choices(c, unit_types, unit_type_name, true);
	v->owners = org_page_choices(c, unit_owners, owner_name, true);
}

struct form_data { struct asked *a; struct change_form *v; };

static fail offer(struct call *c, void *arg)
{
	struct form_data *d = arg;

	TRY(offer_units(c, d->a, d->v));
	return offer_members(c, d->a, d->v);
}

static fail write_form(struct call *c, struct res *rs, struct asked *a)
{
	enum change_kind kind = a->kind;
	struct change_form v = { .unit = &a->unit, .kind = kind, .title = tr(c->lang, words_of_kind[kind].title),
		                     .lead = tr(c->lang, words_of_kind[kind].lead), .action = a->rq->path };
	struct form_data d = { a, &v };
	struct page pg;

	a->form.row = row_of_unit(c, a);
	v.code = kind == CHANGE_CREATE || kind == CHANGE_SPLIT || kind == CHANGE_TRANSFER;
	v.name = kind == CHANGE_CREATE || kind == CHANGE_SPLIT || kind == CHANGE_RENAME;
	v.about = kind == CHANGE_CREATE || kind == CHANGE_RENAME;
	v.place = kind == CHANGE_MOVE || kind == CHANGE_TRANSFER;
	fill_choices(c, &v);
	TRY(db_read(c, offer, &d));
	v.form = a->form;
	org_page_begin(c, a->rq, rs, &pg, &a->unit, org_page_path(c, &a->unit, "/structure"), tr(c->lang, "Structure"), v.title);
	view_change_form(&rs->body, &pg, &v);
	return FAIL_OK;
}

/* ---- the preview ---- */

static struct plan_line line_of(struct call *c, const char *sign, const struct unit *u, bool ends)
{
	return (struct plan_line){ .sign = sign, .name = u->name, .code = u->code, .place = u->parent_code,
		                       .when = org_page_span(c, u->valid_from, u->valid_to), .ends = ends };
}

/* A span that is cut says when it ends; one that begins, from when it holds. */
static void plan_lines(struct call *c, const struct change_plan *p, struct preview *v)
{
	v->lines = ARENA_ARRAY(c->arena, p->span_n + 1, struct plan_line);
	for (size_t i = 0; i < p->span_n; i++) {
		const struct span_change *s = &p->spans[i];
		bool cut = s->has_before && s->after.valid_to.days < s->before.valid_to.days;

		v->lines[v->line_n++] = line_of(c, cut ? tr(c->lang, "Until then") : s->has_before ? tr(c->lang, "Corrected") : tr(c->lang, "New"), &s->after, cut);
	}
}

static struct moved_line *moved_lines(struct call *c, const struct person_changes *people, const char *const *words,
                                      const char *(*name)(enum lang lang, unsigned word))
{
	struct moved_line *v = ARENA_ARRAY(c->arena, people->n + 1, struct moved_line);

	for (size_t i = 0; i < people->n; i++) {
		const struct person_change *m = &people->v[i];

		v[i] = (struct moved_line){ m->full_name, m->code, name(c->lang, (unsigned)word_index(words, m->what)), m->from_code,
			                        m->to_id ? m->to_code : tr(c->lang, "ends") };
	}
	return v;
}

static void write_preview(struct call *c, struct res *rs, struct asked *a, const struct change_plan *p)
{
	struct preview v = { .unit = &a->unit, .title = tr(c->lang, words_of_kind[a->kind].title), .action = a->rq->path, .back = a->rq->path,
		                 .on_text = show_date(c->arena, c->lang, a->row.on), .note = a->row.note, .fields = a->pairs, .rev = a->unit.rev };
	struct page pg;

	plan_lines(c, p, &v);
	v.members = moved_lines(c, &p->members, member_statuses, member_status_name);
	v.member_n = p->members.n;
	v.posts = moved_lines(c, &p->posts, post_kinds, post_kind_name);
	v.post_n = p->posts.n;
	org_page_begin(c, a->rq, rs, &pg, &a->unit, org_page_path(c, &a->unit, "/structure"), tr(c->lang, "Structure"), v.title);
	view_change_preview(&rs->body, &pg, &v);
}

static fail change_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct asked a = { .rq = rq, .pairs = &rq->query };
	struct change_plan p;
	struct json j;

	TRY(read_asked(c, &a));
	res_rev(c, rq, rs, a.unit.rev);
	if (!req_query(rq, "on"))
		return write_form(c, rs, &a);
	read_fields(c, &a);
	if (!a.form.n || req_wants_json(rq)) {
		TRY(org_change_plan(c, &a.change, &p));
		take_problems(&a, &p);
		if (req_wants_json(rq)) {
			res_json(rs, &j);
			org_change_json(&j, &p);
			return FAIL_OK;
		}
	}
	if (a.form.n) {
		TRY(write_form(c, rs, &a));
		return res_again(rs, FAIL_INPUT);
	}
	write_preview(c, rs, &a, &p);
	return FAIL_OK;
}

/* ---- carrying out ---- */

static fail read_posted(struct call *c, void *arg)
{
	struct asked *a = arg;

	TRY(read_asked(c, a));
	read_fields(c, a);
	return FAIL_OK;
}

struct shown { int64_t id; struct date on; struct unit unit; };

static fail load_shown(struct call *c, void *arg)
{
	struct shown *s = arg;

	return org_unit_nearest(c, s->id, s->on, &s->unit);
}

static fail carry_out(struct call *c, struct asked *a, struct shown *s)
{
	if (a->form.n)
		return problem(c, FAIL_INPUT, a->form.problems[0].field, "%s", a->form.problems[0].text);
	TRY(req_rev(c, a->rq, &a->change.rev));
	TRY(org_change_apply(c, &a->change, &s->id));
	s->on = a->change.on;
	return db_read(c, load_shown, s);
}

static fail change_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct asked a = { .rq = rq, .pairs = &rq->form };
	struct shown s = { 0 };
	fail f;

	TRY(db_read(c, read_posted, &a));
	f = carry_out(c, &a, &s);
	if (f == FAIL_OK) {
		struct flash said = { .text = arena_printf(c->arena, tr(c->lang, "%s, from %s: %s"), change_kind_name(c->lang, a.kind),
			                                       show_date(c->arena, c->lang, a.row.on), s.unit.name),
			                  .receipt = arena_printf(c->arena, "%s · %lld", s.unit.code, (long long)s.unit.rev) };

		res_rev(c, rq, rs, s.unit.rev);
		return res_done(c, rq, rs, org_page_path(c, &s.unit, "/structure"), &said);
	}
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&a.form);
	TRY(write_form(c, rs, &a));
	return res_again(rs, f);
}

static const struct query_param change_params[] = {
	{ "on", N_("First day of the new state; with it the answer is what would be") },
	{ "code", N_("Code of the new unit") }, { "name", N_("Name") }, { "level", N_("Level") }, { "type", N_("Type") }, { "owner", N_("Owner") },
	{ "parent", N_("Code of the unit above") }, { "units", N_("Codes of units that are merged or go along; may be repeated") },
	{ "members", N_("Codes of members that go along; may be repeated") }, { "note", N_("Number of the decision, or a note") }, { NULL, NULL },
};

const struct route org_change_routes[] = {
	{ GET, "/units/:unit/change/:kind", MAY_EDIT_TREE, unit_of_path, change_show,
	  .summary = N_("The form of a reorganisation, or what it would do: create rename move merge split close transfer"), .query = change_params },
	{ POST, "/units/:unit/change/:kind", MAY_EDIT_TREE, unit_of_path, change_post, .summary = N_("Carries a reorganisation out"), .form = &row_record },
	{ HTTP_NONE },
};
