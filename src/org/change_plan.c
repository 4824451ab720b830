/* change_plan.c — working a change out: which units and spans there will be, and what speaks against it. Reads only.
 *
 * Every kind fills in spans and links; the laws of the tree (tree.h) are then checked on the spans as they would be, for the units
 * touched and for those that stand below them. */
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "org/change_steps.h"
#include "org/tree.h"
#include "unit_sql.h"

void plan_problem(struct call *c, struct change_plan *p, const char *field, const char *id, ...)
{
	va_list args;

	va_start(args, id);
	p->problems = store_grow(c->arena, p->problems, p->problem_n, sizeof *p->problems);
	p->problems[p->problem_n++] = (struct finding){ field, arena_vprintf(c->arena, tr(c->lang, id), args) };
	va_end(args);
}

static const char *day(struct call *c, struct date d)
{
	return show_date(c->arena, c->lang, d);
}

static bool given(const char *s)
{
	return s && *s;
}

/* ---- spans ---- */

static void add_span(struct call *c, struct change_plan *p, const struct unit *before, const struct unit *after)
{
	struct span_change s = { .has_before = before != NULL, .has_after = after != NULL };

	if (before)
		s.before = *before;
	if (after)
		s.after = *after;
	p->spans = store_grow(c->arena, p->spans, p->span_n, sizeof *p->spans);
	p->spans[p->span_n++] = s;
}

static void add_link(struct call *c, struct change_plan *p, int64_t unit_id, int64_t predecessor_id)
{
	p->links = store_grow(c->arena, p->links, p->link_n, sizeof *p->links);
	p->links[p->link_n].unit_id = unit_id;
	p->links[p->link_n++].predecessor_id = predecessor_id;
}

/* The span that the change begins from: the last one of the unit. *ok false, with a problem, when the day lies outside it. */
static fail last_span(struct call *c, struct change_plan *p, int64_t id, const char *field, struct unit *out, bool *ok)
{
	struct units life;

	*ok = false;
	TRY(org_spans(c, id, &life));
	if (!life.n)
		return problem(c, FAIL_NOT_FOUND, field, "there is no unit number %lld", (long long)id);
	*out = life.v[life.n - 1];
	if (p->change.on.days > out->valid_to.days)
		plan_problem(c, p, "on", "%s did not exist any more on %s; its last day was %s", out->name, day(c, p->change.on), day(c, out->valid_to));
	else if (p->change.on.days < out->valid_from.days && life.n == 1)
		plan_problem(c, p, "on", "%s did not exist yet on %s; it begins on %s", out->name, day(c, p->change.on), day(c, out->valid_from));
	else if (p->change.on.days < out->valid_from.days)
		plan_problem(c, p, "on", "%s changes again on %s; choose that day or a later one", out->name, day(c, out->valid_from));
	else
		*ok = true;
	return FAIL_OK;
}

/* The unit goes on as `after` from the day on: the span is cut in two, or written over when it began that very day. */
static void go_on_as(struct call *c, struct change_plan *p, const struct unit *before, struct unit *after)
{
	struct unit cut = *before;

	after->name_key = "";
	after->sort_key = (struct blob){ NULL, 0 };
	after->valid_from = p->change.on;
	if (before->valid_from.days == p->change.on.days) {
		add_span(c, p, before, after);
		return;
	}
	cut.valid_to = date_before(p->change.on);
	add_span(c, p, before, &cut);
	add_span(c, p, NULL, after);
}

static void end_unit(struct call *c, struct change_plan *p, const struct unit *u)
{
	struct unit cut = *u;

	if (u->valid_from.days == p->change.on.days) {
		plan_problem(c, p, "on", "%s only begins on %s; choose a later day", u->name, day(c, u->valid_from));
		return;
	}
	cut.valid_to = date_before(p->change.on);
	add_span(c, p, u, &cut);
}

static fail code_is_free(struct call *c, struct change_plan *p, const char *code)
{
	int64_t taken;

	TRY(db_int(c, &Q_org_unit_id, ARGS(V(code)), 0, &taken));
	if (taken)
		plan_problem(c, p, "code", "the code “%s” is already that of another unit; give another one", code);
	return FAIL_OK;
}

static void new_unit(struct call *c, struct change_plan *p, const struct unit *u)
{
	struct unit_steps *s = p->steps;

	s->units = store_grow(c->arena, s->units, s->unit_n, sizeof *s->units);
	s->units[s->unit_n++] = (struct new_unit){ u->id, u->realm, u->code };
	add_span(c, p, NULL, u);
}

/* Units that stand below `from` on or after the day come to stand below `to`. */
static fail move_child(struct call *c, struct change_plan *p, int64_t child, const struct unit *to)
{
	struct unit before, after;
	bool ok;

	TRY(last_span(c, p, child, "units", &before, &ok));
	if (!ok || before.parent_id == to->id)
		return FAIL_OK;
	after = before;
	after.parent_id = to->id;
	after.parent_code = to->code;
	go_on_as(c, p, &before, &after);
	return FAIL_OK;
}

static fail children_from(struct call *c, int64_t parent, struct date on, struct units *out)
{
	return db_all(c, &Q_org_child_spans, ARGS(V(parent), V(on)), &unit_record, &out->v, &out->n);
}

static fail move_children(struct call *c, struct change_plan *p, const struct unit *from, const struct unit *to)
{
	struct units kids;
	int64_t done = 0;

	TRY(children_from(c, from->id, p->change.on, &kids));
	for (size_t i = 0; i < kids.n; i++) {
		if (kids.v[i].id == done || ids_have(&p->change.units, kids.v[i].id))
			continue;
		done = kids.v[i].id;
		TRY(move_child(c, p, done, to));
	}
	return FAIL_OK;
}

/* ---- the kinds ---- */

static void need_name(struct call *c, struct change_plan *p)
{
	if (!given(p->change.code))
		plan_problem(c, p, "code", "the new unit needs a code");
	else if (strlen(p->change.code) > 40)
		plan_problem(c, p, "code", "the code is longer than 40 characters; give a shorter one");
	if (!given(p->change.name))
		plan_problem(c, p, "name", "the new unit needs a name");
}

static fail plan_create(struct call *c, struct change_plan *p)
{
	const struct change *ch = &p->change;
	struct unit u = { .code = ch->code, .parent_code = "", .level = ch->level, .type = ch->type, .owner = ch->owner, .name = ch->name,
		              .valid_from = ch->on, .valid_to = DATE_OPEN, .id = id_new(), .parent_id = ch->parent_id, .rev = 1, .name_key = "" };
	struct unit parent;

	need_name(c, p);
	if (!ch->level)
		plan_problem(c, p, "level", "the new unit needs a level");
	if (p->problem_n)
		return FAIL_OK;
	TRY(code_is_free(c, p, u.code));
	u.realm = u.id;
	if (u.parent_id) {
		TRY(org_unit_nearest(c, u.parent_id, ch->on, &parent));
		u.parent_code = parent.code;
		u.realm = u.level == LEVEL_PROVINCE ? u.id : parent.realm;
	}
	p->steps->shown = u.id;
	new_unit(c, p, &u);
	return FAIL_OK;
}

static fail plan_rename(struct call *c, struct change_plan *p)
{
	const struct change *ch = &p->change;
	struct unit before, after;
	bool ok;

	TRY(last_span(c, p, ch->unit_id, "unit", &before, &ok));
	if (!ok)
		return FAIL_OK;
	after = before;
	after.name = given(ch->name) ? ch->name : before.name;
	after.level = ch->level ? ch->level : before.level;
	after.type = ch->type ? ch->type : before.type;
	after.owner = ch->owner ? ch->owner : before.owner;
	if (strcmp(after.name, before.name) == 0 && after.level == before.level && after.type == before.type && after.owner == before.owner)
		plan_problem(c, p, "name", "this is how the unit is called already; give a new name, level, type or owner");
	else
		go_on_as(c, p, &before, &after);
	return FAIL_OK;
}

static fail plan_move(struct call *c, struct change_plan *p)
{
	struct unit before, after, parent;
	bool ok;

	TRY(last_span(c, p, p->change.unit_id, "unit", &before, &ok));
	if (!ok)
		return FAIL_OK;
	if (!p->change.parent_id) {
		plan_problem(c, p, "parent", "give the unit above to which it moves");
		return FAIL_OK;
	}
	TRY(org_unit_nearest(c, p->change.parent_id, p->change.on, &parent));
	if (parent.id == before.parent_id) {
		plan_problem(c, p, "parent", "%s already stands below %s", before.name, parent.name);
		return FAIL_OK;
	}
	after = before;
	after.parent_id = parent.id;
	after.parent_code = parent.code;
	go_on_as(c, p, &before, &after);
	return FAIL_OK;
}

static bool can_absorb(struct call *c, struct change_plan *p, const struct unit *from, const struct unit *into)
{
	if (from->id == into->id)
		plan_problem(c, p, "units", "%s cannot be merged into itself", from->name);
	else if (from->realm != into->realm)
		plan_problem(c, p, "into", "%s and %s belong to different provinces; transfer first, then merge", from->name, into->name);
	else if ((from->level == LEVEL_CELL) != (into->level == LEVEL_CELL))
		plan_problem(c, p, "into", "a cell can only be merged with a cell: %s, %s", from->name, into->name);
	else
		return true;
	return false;
}

static fail absorb(struct call *c, struct change_plan *p, int64_t id, const struct unit *into)
{
	struct unit from;
	bool ok;

	TRY(last_span(c, p, id, "units", &from, &ok));
	if (!ok || !can_absorb(c, p, &from, into))
		return FAIL_OK;
	end_unit(c, p, &from);
	TRY(move_children(c, p, &from, into));
	TRY(plan_end_posts(c, p, &from, NULL));
	add_link(c, p, into->id, from.id);
	return FAIL_OK;
}

static fail plan_merge(struct call *c, struct change_plan *p)
{
	struct unit into;
	bool ok;

	if (!p->change.units.n)
		plan_problem(c, p, "units", "name at least one unit that is merged into the other");
	if (!p->change.into_id)
		plan_problem(c, p, "into", "name the unit that they are merged into");
	if (p->problem_n)
		return FAIL_OK;
	TRY(last_span(c, p, p->change.into_id, "into", &into, &ok));
	if (!ok)
		return FAIL_OK;
	for (size_t i = 0; i < p->change.units.n; i++)
		TRY(absorb(c, p, p->change.units.v[i], &into));
	p->steps->shown = into.id;
	return p->problem_n ? FAIL_OK : plan_move_members(c, p, p->change.units, &into, NULL);
}

static fail check_split_members(struct call *c, struct change_plan *p, const struct unit *from)
{
	struct roll roll;

	TRY(org_members_on(c, from->id, p->change.on, &roll));
	for (size_t i = 0; i < p->change.members.n; i++) {
		bool found = false;

		for (size_t k = 0; k < roll.n; k++)
			found |= roll.v[k].id == p->change.members.v[i];
		if (!found)
			plan_problem(c, p, "members", "one of the members chosen does not stand in %s on %s", from->name, day(c, p->change.on));
	}
	return FAIL_OK;
}

static fail split_children(struct call *c, struct change_plan *p, const struct unit *from, const struct unit *to)
{
	for (size_t i = 0; i < p->change.units.n; i++) {
		struct unit kid;

		TRY(org_unit_nearest(c, p->change.units.v[i], p->change.on, &kid));
		if (kid.parent_id != from->id)
			plan_problem(c, p, "units", "%s does not stand directly below %s", kid.name, from->name);
		else
			TRY(move_child(c, p, kid.id, to));
	}
	return FAIL_OK;
}

static fail plan_split(struct call *c, struct change_plan *p)
{
	const struct change *ch = &p->change;
	struct unit from, to;
	bool ok;

	need_name(c, p);
	if (!ch->members.n && !ch->units.n)
		plan_problem(c, p, "members", "choose who or what goes to the new unit");
	TRY(last_span(c, p, ch->unit_id, "unit", &from, &ok));
	if (p->problem_n || !ok)
		return FAIL_OK;
	TRY(code_is_free(c, p, ch->code));
	to = (struct unit){ .code = ch->code, .name = ch->name, .level = ch->level ? ch->level : from.level, .type = ch->type ? ch->type : from.type,
		                .owner = ch->owner ? ch->owner : from.owner, .parent_id = from.parent_id, .parent_code = from.parent_code,
		                .valid_from = ch->on, .valid_to = from.valid_to, .id = id_new(), .realm = from.realm, .rev = 1, .name_key = "" };
	if (to.level == LEVEL_PROVINCE)
		to.realm = to.id;
	new_unit(c, p, &to);
	add_link(c, p, to.id, from.id);
	p->steps->shown = to.id;
	TRY(check_split_members(c, p, &from));
	TRY(split_children(c, p, &from, &to));
	if (!ch->members.n || p->problem_n)
		return FAIL_OK;
	TRY(plan_end_posts(c, p, &from, &ch->members));
	return plan_move_members(c, p, (struct ids){ &from.id, 1 }, &to, &ch->members);
}

static fail plan_close(struct call *c, struct change_plan *p)
{
	struct unit u;
	struct roll roll;
	bool ok;

	TRY(last_span(c, p, p->change.unit_id, "unit", &u, &ok));
	if (!ok)
		return FAIL_OK;
	end_unit(c, p, &u);
	TRY(org_members_on(c, u.id, p->change.on, &roll));
	if (roll.n)
		plan_problem(c, p, "unit", "%s still has %lld members on %s; transfer them first, or merge the unit with another", u.name,
		             (long long)roll.n, day(c, p->change.on));
	p->steps->shown = u.parent_id ? u.parent_id : u.id;
	return plan_end_posts(c, p, &u, NULL);
}

/* ---- transfer: each unit of the sub-tree ends here and begins there ---- */

struct pairing { const struct unit *from; struct unit to; };

/* 04.012.001 below 04.012 becomes 17.003.001 below 17.003; a code of another shape is put behind the new one. */
static const char *new_code(struct call *c, const struct unit *top, const char *top_code, const char *code)
{
	size_t n = strlen(top->code);

	if (strncmp(code, top->code, n) == 0)
		return arena_printf(c->arena, "%s%s", top_code, code + n);
	return arena_printf(c->arena, "%s.%s", top_code, code);
}

static const struct pairing *pair_of(const struct pairing *pairs, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (pairs[i].from->id == id)
			return &pairs[i];
	return NULL;
}

static void pair_up(struct call *c, struct change_plan *p, const struct units *below, const struct unit *top, const struct unit *parent,
                    struct pairing *pairs)
{
	for (size_t i = 0; i < below->n; i++) {
		struct unit to = below->v[i];

		to.id = id_new();
		to.realm = parent->realm;
		to.code = new_code(c, top, p->change.code, to.code);
		to.valid_from = p->change.on;
		to.rev = 1;
		to.name_key = "";
		pairs[i] = (struct pairing){ &below->v[i], to };
	}
	for (size_t i = 0; i < below->n; i++) {
		const struct pairing *up = pair_of(pairs, below->n, below->v[i].parent_id);

		pairs[i].to.parent_id = up ? up->to.id : parent->id;
		pairs[i].to.parent_code = up ? up->to.code : parent->code;
	}
}

static fail transfer_one(struct call *c, struct change_plan *p, const struct pairing *pair)
{
	struct unit last;
	bool ok;

	TRY(last_span(c, p, pair->from->id, "unit", &last, &ok));
	if (!ok)
		return FAIL_OK;
	TRY(code_is_free(c, p, pair->to.code));
	end_unit(c, p, &last);
	new_unit(c, p, &pair->to);
	add_link(c, p, pair->to.id, pair->from->id);
	return plan_carry_over(c, p, pair->from, &pair->to);
}

static fail plan_transfer(struct call *c, struct change_plan *p)
{
	struct unit top, parent;
	struct units below;
	bool ok;

	if (!given(p->change.code))
		plan_problem(c, p, "code", "the unit needs a new code in the province it goes to");
	if (!p->change.parent_id)
		plan_problem(c, p, "parent", "give the unit above to which it moves");
	TRY(last_span(c, p, p->change.unit_id, "unit", &top, &ok));
	if (p->problem_n || !ok)
		return FAIL_OK;
	TRY(org_unit_nearest(c, p->change.parent_id, p->change.on, &parent));
	if (top.level == LEVEL_PROVINCE || top.realm == parent.realm) {
		plan_problem(c, p, "parent", "%s and %s belong to the same province; use a move", top.name, parent.name);
		return FAIL_OK;
	}
	TRY(org_below(c, top.id, p->change.on, LEVEL_NONE, &below));
	struct pairing *pairs = ARENA_ARRAY(c->arena, below.n, struct pairing);

	pair_up(c, p, &below, &top, &parent, pairs);
	for (size_t i = 0; i < below.n; i++) {
		TRY(transfer_one(c, p, &pairs[i]));
		if (below.v[i].id == top.id)
			p->steps->shown = pairs[i].to.id;
	}
	return FAIL_OK;
}

/* ---- the laws, on what would be ---- */

struct laws {
	struct change_plan *plan;
	struct tree tree;
	int64_t *touched;
	size_t touched_n;
};

static bool is_touched(const struct laws *l, int64_t id)
{
	return ids_have(&(struct ids){ l->touched, l->touched_n }, id);
}

static bool is_loaded(const struct laws *l, int64_t id)
{
	for (size_t i = 0; i < l->tree.n; i++)
		if (l->tree.v[i].id == id)
			return true;
	return false;
}

static void put_span(struct call *c, struct laws *l, const struct unit *u)
{
	l->tree.v = store_grow(c->arena, l->tree.v, l->tree.n, sizeof *l->tree.v);
	l->tree.v[l->tree.n++] = *u;
}

static fail load_life(struct call *c, struct laws *l, int64_t id)
{
	struct units life;

	if (!id || is_loaded(l, id))
		return FAIL_OK;
	TRY(org_spans(c, id, &life));
	for (size_t i = 0; i < life.n; i++)
		put_span(c, l, &life.v[i]);
	return FAIL_OK;
}

static fail touch(struct call *c, struct laws *l, int64_t id)
{
	if (is_touched(l, id))
		return FAIL_OK;
	TRY(load_life(c, l, id));
	l->touched = store_grow(c->arena, l->touched, l->touched_n, sizeof *l->touched);
	l->touched[l->touched_n++] = id;
	return FAIL_OK;
}

/* A span that is written over loses to its new form; a new one joins. */
static void carry_out(struct call *c, struct laws *l, const struct span_change *s)
{
	for (size_t i = 0; s->has_before && i < l->tree.n; i++)
		if (l->tree.v[i].id == s->before.id && l->tree.v[i].valid_from.days == s->before.valid_from.days) {
			l->tree.v[i] = s->after;
			return;
		}
	put_span(c, l, &s->after);
}

static fail load_around(struct call *c, struct laws *l)
{
	struct units kids;

	for (size_t i = 0, n = l->tree.n; i < n; i++)
		TRY(load_life(c, l, l->tree.v[i].parent_id));
	for (size_t i = 0; i < l->touched_n; i++) {
		TRY(children_from(c, l->touched[i], l->plan->change.on, &kids));
		for (size_t k = 0; k < kids.n; k++)
			TRY(load_life(c, l, kids.v[k].id));
	}
	return FAIL_OK;
}

/* Of units that are only looked at because they stand below a touched one, other parents are not loaded: their findings do not count. */
static void found(struct call *c, const struct unit *span, const char *text, void *arg)
{
	struct laws *l = arg;
	struct change_plan *p = l->plan;

	if (!is_touched(l, span->id) && !is_touched(l, span->parent_id))
		return;
	p->problems = store_grow(c->arena, p->problems, p->problem_n, sizeof *p->problems);
	p->problems[p->problem_n++] = (struct finding){ p->change.kind == CHANGE_MOVE || p->change.kind == CHANGE_CREATE ? "parent" : "unit", text };
}

static fail check_laws(struct call *c, struct change_plan *p)
{
	struct laws l = { .plan = p };

	for (size_t i = 0; i < p->span_n; i++)
		TRY(touch(c, &l, p->spans[i].after.id));
	for (size_t i = 0; i < p->span_n; i++)
		carry_out(c, &l, &p->spans[i]);
	TRY(load_around(c, &l));
	tree_sort(&l.tree);
	tree_check(c, &l.tree, 0, found, &l);
	return FAIL_OK;
}

fail org_change_plan(struct call *c, const struct change *change, struct change_plan *out)
{
	static fail (*const kinds[CHANGE_COUNT])(struct call *c, struct change_plan *p) = {
		[CHANGE_CREATE] = plan_create, [CHANGE_RENAME] = plan_rename, [CHANGE_MOVE] = plan_move, [CHANGE_MERGE] = plan_merge,
		[CHANGE_SPLIT] = plan_split, [CHANGE_CLOSE] = plan_close, [CHANGE_TRANSFER] = plan_transfer,
	};

	*out = (struct change_plan){ .change = *change, .steps = ARENA_NEW(c->arena, struct unit_steps) };
	out->steps->shown = change->unit_id;
	if (change->kind >= CHANGE_COUNT || !kinds[change->kind])
		return problem(c, FAIL_INPUT, "kind", "this kind of change is not known");
	if (!date_is(change->on))
		plan_problem(c, out, "on", "give the first day of the new state");
	else
		TRY(kinds[change->kind](c, out));
	return out->problem_n ? FAIL_OK : check_laws(c, out);
}
