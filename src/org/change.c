/* change.c — carrying a change out, and telling what it is. Working it out is change_plan.c. */
#include "org/change.h"

#include <string.h>

#include "base/id.h"
#include "org/change_steps.h"
#include "org/version.h"
#include "unit_sql.h"

const char *const change_kinds[] = { "", "create", "rename", "move", "merge", "split", "close", "transfer", NULL };

const char *change_kind_name(enum lang lang, unsigned kind)
{
	static const char *const names[CHANGE_COUNT] = {
		"", N_("New unit"), N_("Rename"), N_("Move"), N_("Merge"), N_("Split"), N_("Close"), N_("Transfer"),
	};

	return kind > CHANGE_NONE && kind < CHANGE_COUNT ? tr(lang, names[kind]) : "";
}

static const struct field unit_event_fields[] = {
	FIELD(struct unit_event, kind, N_("Change"), 0, .words = change_kinds),
	FIELD(struct unit_event, on_date, N_("First day"), 0),
	FIELD(struct unit_event, note, N_("Note"), 0),
	FIELD(struct unit_event, actor, N_("By"), 0),
	COL(struct unit_event, id),
	COL(struct unit_event, unit_id),
	COL(struct unit_event, at_ms),
	FIELD_END,
};
const struct record unit_event_record = { "unit_event", sizeof(struct unit_event), unit_event_fields };

fail org_events(struct call *c, int64_t unit_id, struct unit_event **out, size_t *n)
{
	return db_all(c, &Q_org_events, ARGS(V(unit_id)), &unit_event_record, out, n);
}

/* ---- writing ---- */

static fail write_units(struct call *c, const struct change_plan *p)
{
	for (size_t i = 0; i < p->steps->unit_n; i++)
		TRY(store_unit(c, p->steps->units[i].id, p->steps->units[i].realm, p->steps->units[i].code));
	for (size_t i = 0; i < p->span_n; i++) {
		const struct span_change *s = &p->spans[i];

		TRY(store_span(c, &s->after, s->has_before));
		TRY(store_journal(c, s->after.realm, s->after.id, s->has_before ? "update" : "create", s->after.id, &unit_record,
		                  s->has_before ? &s->before : NULL, &s->after));
	}
	return FAIL_OK;
}

static fail write_membership(struct call *c, const struct membership_step *s)
{
	const struct membership *m = s->has_before ? &s->before : &s->after;

	if (!s->has_before)
		TRY(store_membership(c, &s->after));
	else if (!s->has_after)
		TRY(store_membership_drop(c, &s->before));
	else
		TRY(store_membership_end(c, &s->before, s->after.valid_to));
	return store_journal(c, m->realm, m->unit_id, !s->has_before ? "create" : s->has_after ? "update" : "delete", m->member_id,
	                     &membership_record, s->has_before ? &s->before : NULL, s->has_after ? &s->after : NULL);
}

static fail write_post(struct call *c, const struct post_step *s)
{
	const struct post *m = s->has_before ? &s->before : &s->after;

	if (!s->has_before)
		TRY(store_post(c, &s->after));
	else if (!s->has_after)
		TRY(store_post_drop(c, &s->before));
	else
		TRY(store_post_end(c, &s->before, s->after.valid_to));
	return store_journal(c, m->realm, m->unit_id, !s->has_before ? "create" : s->has_after ? "update" : "delete", m->member_id, &post_record,
	                     s->has_before ? &s->before : NULL, s->has_after ? &s->after : NULL);
}

/* What ends goes first: a new span may begin on the same day. */
static fail write_people(struct call *c, const struct unit_steps *s)
{
	for (size_t i = 0; i < s->copy_n; i++)
		TRY(store_member_copy(c, s->copies[i].id, s->copies[i].from_realm, s->copies[i].to_realm));
	for (int adding = 0; adding < 2; adding++) {
		for (size_t i = 0; i < s->membership_n; i++)
			if (adding == !s->memberships[i].has_before)
				TRY(write_membership(c, &s->memberships[i]));
		for (size_t i = 0; i < s->post_n; i++)
			if (adding == !s->posts[i].has_before)
				TRY(write_post(c, &s->posts[i]));
	}
	return FAIL_OK;
}

static fail write_event(struct call *c, const struct change *ch, int64_t unit_id)
{
	return db_exec(c, &Q_org_event_insert,
	               ARGS(V(id_new()), V(change_kinds[ch->kind]), V(ch->on), V(unit_id), V(ch->note ? ch->note : ""), V(c->who.name), V(c->now_ms)),
	               NULL);
}

/* An event and a new revision for every unit of the change, each once. */
static fail write_events(struct call *c, const struct change_plan *p)
{
	struct ids done = { NULL, 0 };
	int64_t *v = ARENA_ARRAY(c->arena, p->span_n + 1, int64_t);

	done.v = v;
	for (size_t i = 0; i <= p->span_n; i++) {
		int64_t id = i < p->span_n ? p->spans[i].after.id : p->change.kind == CHANGE_SPLIT ? p->change.unit_id : p->steps->shown;

		if (p->change.kind == CHANGE_CLOSE && i == p->span_n)
			break;
		if (ids_have(&done, id))
			continue;
		v[done.n++] = id;
		TRY(write_event(c, &p->change, id));
		TRY(store_raise_unit(c, id));
	}
	return FAIL_OK;
}

struct work { const struct change *change; int64_t shown; };

static fail check_rev(struct call *c, const struct change *ch)
{
	struct unit u;

	if (!ch->rev)
		return FAIL_OK;
	TRY(org_unit_nearest(c, ch->unit_id, ch->on, &u));
	if (u.rev != ch->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed this unit in the meantime; look at it again and repeat what is still needed");
	return FAIL_OK;
}

static fail apply(struct call *c, void *arg)
{
	struct work *w = arg;
	struct change_plan p;

	TRY(check_rev(c, w->change));
	TRY(org_change_plan(c, w->change, &p));
	if (p.problem_n)
		return problem(c, FAIL_INPUT, p.problems[0].field, "%s", p.problems[0].text);
	TRY(write_units(c, &p));
	TRY(write_people(c, p.steps));
	for (size_t i = 0; i < p.link_n; i++)
		TRY(store_predecessor(c, p.links[i].unit_id, p.links[i].predecessor_id, p.change.on, change_kinds[p.change.kind]));
	TRY(write_events(c, &p));
	org_tree_changed(c);
	w->shown = p.steps->shown;
	return FAIL_OK;
}

fail org_change_apply(struct call *c, const struct change *change, int64_t *unit_id)
{
	struct work w = { change, 0 };

	TRY(db_write(c, apply, &w));
	if (unit_id)
		*unit_id = w.shown;
	return FAIL_OK;
}

/* ---- telling ---- */

static void json_span(struct json *j, const char *key, bool is, const struct unit *u)
{
	json_key(j, key);
	if (!is) {
		json_null(j);
		return;
	}
	json_object(j);
	record_json(j, &unit_record, u);
	json_object_end(j);
}

static void json_date(struct json *j, const char *key, struct date d, struct date empty)
{
	char text[DATE_TEXT];

	date_format(d, text);
	json_put_str(j, key, d.days == empty.days || !date_is(d) ? NULL : text);
}

static void json_people(struct json *j, const char *key, const char *what, const struct person_changes *people)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < people->n; i++) {
		const struct person_change *m = &people->v[i];

		json_object(j);
		json_put_str(j, "code", m->code);
		json_put_str(j, "full_name", m->full_name);
		json_put_str(j, what, m->what);
		json_put_str(j, "from_unit", m->from_code);
		json_put_str(j, "to_unit", m->to_id ? m->to_code : NULL);
		json_date(j, "from", m->from, DATE_EVER);
		json_date(j, "to", m->to, DATE_OPEN);
		json_object_end(j);
	}
	json_array_end(j);
}

static const char *code_in(const struct change_plan *p, int64_t id)
{
	for (size_t i = 0; i < p->span_n; i++)
		if (p->spans[i].after.id == id)
			return p->spans[i].after.code;
	return NULL;
}

/* The unit that goes on may have no span of its own in the plan; its code is then told by whoever goes there. */
static void json_links(struct json *j, const struct change_plan *p)
{
	json_key(j, "predecessors");
	json_array(j);
	for (size_t i = 0; i < p->link_n; i++) {
		json_object(j);
		json_put_int(j, "unit_id", p->links[i].unit_id);
		json_put_str(j, "unit", code_in(p, p->links[i].unit_id));
		json_put_int(j, "predecessor_id", p->links[i].predecessor_id);
		json_put_str(j, "predecessor", code_in(p, p->links[i].predecessor_id));
		json_object_end(j);
	}
	json_array_end(j);
}

static void json_problems(struct json *j, const struct change_plan *p)
{
	json_key(j, "problems");
	json_array(j);
	for (size_t i = 0; i < p->problem_n; i++) {
		json_object(j);
		json_put_str(j, "field", p->problems[i].field);
		json_put_str(j, "text", p->problems[i].text);
		json_object_end(j);
	}
	json_array_end(j);
}

void org_change_json(struct json *j, const struct change_plan *plan)
{
	json_object(j);
	json_put_str(j, "kind", change_kinds[plan->change.kind]);
	json_date(j, "on", plan->change.on, DATE_NONE);
	json_key(j, "spans");
	json_array(j);
	for (size_t i = 0; i < plan->span_n; i++) {
		json_object(j);
		json_span(j, "before", plan->spans[i].has_before, &plan->spans[i].before);
		json_span(j, "after", plan->spans[i].has_after, &plan->spans[i].after);
		json_object_end(j);
	}
	json_array_end(j);
	json_people(j, "members", "status", &plan->members);
	json_people(j, "posts", "post", &plan->posts);
	json_links(j, plan);
	json_problems(j, plan);
	json_object_end(j);
}
