/* structure_pages.c — a unit in the tree: what stands below it on a day, its names and parents over time, what happened, who came from whom. */
#include <string.h>

#include "org/org_pages.h"
#include "org/pages.h"
#include "org_views.h"

struct data {
	struct unit unit;
	struct units children, life;
	struct unit_event *events;
	size_t event_n;
	struct predecessor *links;
	size_t link_n;
};

static fail load(struct call *c, const struct req *rq, struct date on, struct data *d)
{
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	TRY(org_unit_nearest(c, id, on, &d->unit));
	TRY(org_children(c, id, on, &d->children));
	TRY(org_spans(c, id, &d->life));
	TRY(org_events(c, id, &d->events, &d->event_n));
	return org_predecessors_of(c, id, &d->links, &d->link_n);
}

/* ---- data ---- */

static void put_rows(struct json *j, const char *key, const struct record *r, const void *rows, size_t n)
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

static fail put_links(struct call *c, struct json *j, const struct data *d)
{
	char on[DATE_TEXT];

	json_key(j, "predecessors");
	json_array(j);
	for (size_t i = 0; i < d->link_n; i++) {
		struct unit from, to;

		TRY(org_unit_nearest(c, d->links[i].predecessor_id, d->links[i].on_date, &from));
		TRY(org_unit_nearest(c, d->links[i].unit_id, d->links[i].on_date, &to));
		date_format(d->links[i].on_date, on);
		json_object(j);
		json_put_str(j, "operation", predecessor_operations[d->links[i].operation]);
		json_put_str(j, "from_code", from.code);
		json_put_str(j, "to_code", to.code);
		json_put_str(j, "on", on);
		json_object_end(j);
	}
	json_array_end(j);
	return FAIL_OK;
}

static fail structure_json(struct call *c, struct res *rs, const struct data *d, const char *on)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "id", d->unit.id);
	json_put_int(&j, "rev", d->unit.rev);
	json_put_str(&j, "on", on);
	record_json(&j, &unit_record, &d->unit);
	put_rows(&j, "children", &unit_record, d->children.v, d->children.n);
	put_rows(&j, "history", &unit_record, d->life.v, d->life.n);
	put_rows(&j, "events", &unit_event_record, d->events, d->event_n);
	TRY(put_links(c, &j, d));
	json_object_end(&j);
	return FAIL_OK;
}

/* ---- the page ---- */

static void fill_children(struct call *c, const struct data *d, struct structure_view *v)
{
	static const struct column columns[] = {
		{ N_("Name"), NULL, false }, { N_("Code"), NULL, false }, { N_("Level"), NULL, false }, { N_("Type"), NULL, false }, { N_("Since"), NULL, false },
	};

	v->child_n = d->children.n;
	v->children = ARENA_ARRAY(c->arena, v->child_n + 1, struct child_line);
	for (size_t i = 0; i < v->child_n; i++) {
		const struct unit *u = &d->children.v[i];

		v->children[i] = (struct child_line){ u->id, u->name, u->code, unit_level_name(c->lang, u->level), unit_type_name(c->lang, u->type), u->valid_from };
	}
	v->table = (struct table){ .caption = tr(c->lang, "Units directly below"), .id = "children", .local = true,
		                       .columns = org_page_columns(c, columns, 5), .n = 5,
		                       .csv = arena_printf(c->arena, "/export/units?format=csv&unit=%s", d->unit.code),
		                       .excel = arena_printf(c->arena, "/export/units?format=xlsx&unit=%s", d->unit.code) };
}

static fail fill_life(struct call *c, const struct data *d, struct structure_view *v)
{
	v->life_n = d->life.n;
	v->life = ARENA_ARRAY(c->arena, v->life_n + 1, struct life_line);
	for (size_t i = 0; i < v->life_n; i++) {
		const struct unit *u = &d->life.v[d->life.n - 1 - i];
		struct unit up = { .name = "" };

		if (u->parent_id)
			TRY(org_unit_nearest(c, u->parent_id, u->valid_to, &up));
		v->life[i] = (struct life_line){ u->name, unit_level_name(c->lang, u->level), up.name, org_page_span(c, u->valid_from, u->valid_to), u->parent_id };
	}
	return FAIL_OK;
}

static void fill_events(struct call *c, const struct data *d, struct structure_view *v)
{
	v->event_n = d->event_n;
	v->events = ARENA_ARRAY(c->arena, v->event_n + 1, struct event_line);
	for (size_t i = 0; i < v->event_n; i++)
		v->events[i] = (struct event_line){ change_kind_name(c->lang, d->events[i].kind), d->events[i].note, d->events[i].actor, d->events[i].on_date };
}

static const char *operation_name(enum lang lang, unsigned operation)
{
	static const char *const names[] = { "", N_("Continues"), N_("Merge"), N_("Split"), N_("Transfer") };

	return operation ? tr(lang, names[operation]) : "";
}

static fail fill_links(struct call *c, const struct data *d, struct structure_view *v)
{
	v->before = ARENA_ARRAY(c->arena, d->link_n + 1, struct link_line);
	v->after = ARENA_ARRAY(c->arena, d->link_n + 1, struct link_line);
	for (size_t i = 0; i < d->link_n; i++) {
		const struct predecessor *l = &d->links[i];
		bool came_from = l->unit_id == d->unit.id;
		struct unit other;

		TRY(org_unit_nearest(c, came_from ? l->predecessor_id : l->unit_id, l->on_date, &other));
		struct link_line line = { other.name, other.code, operation_name(c->lang, l->operation), other.id, l->on_date };

		if (came_from)
			v->before[v->before_n++] = line;
		else
			v->after[v->after_n++] = line;
	}
	return FAIL_OK;
}

static void fill_changes(struct call *c, const struct data *d, struct structure_view *v)
{
	static const struct { enum change_kind kind; const char *text; } all[] = {
		{ CHANGE_CREATE, N_("New unit below") }, { CHANGE_RENAME, N_("Rename or change the level") }, { CHANGE_MOVE, N_("Move under another unit") },
		{ CHANGE_MERGE, N_("Merge others into it") }, { CHANGE_SPLIT, N_("Split") }, { CHANGE_CLOSE, N_("Close") },
		{ CHANGE_TRANSFER, N_("Transfer to another province") },
	};

	if (v->closed || !call_may(c, MAY_EDIT_TREE, d->unit.id))
		return;
	v->changes = ARENA_ARRAY(c->arena, sizeof all / sizeof *all, struct change_link);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		bool possible = all[i].kind == CHANGE_CREATE ? d->unit.level != LEVEL_CELL : all[i].kind != CHANGE_MOVE || d->unit.parent_id;

		if (possible)
			v->changes[v->change_n++] = (struct change_link){
				org_page_path(c, &d->unit, "/change/%s", change_kinds[all[i].kind]), tr(c->lang, all[i].text),
			};
	}
}

static fail structure_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d;
	struct structure_view v = { .unit = &d.unit, .action = rq->path };
	struct page pg;

	TRY(org_page_day(c, rq, &v.day));
	TRY(load(c, rq, v.day, &d));
	v.on = org_page_iso(c, v.day);
	res_rev(c, rq, rs, d.unit.rev);
	if (req_wants_json(rq))
		return structure_json(c, rs, &d, v.on);
	v.today = v.day.days == c->today.days;
	v.closed = d.life.v[d.life.n - 1].valid_to.days < c->today.days;
	v.level = unit_level_name(c->lang, d.unit.level);
	v.type = unit_type_name(c->lang, d.unit.type);
	v.title = tr(c->lang, "Structure");
	fill_children(c, &d, &v);
	TRY(fill_life(c, &d, &v));
	fill_events(c, &d, &v);
	TRY(fill_links(c, &d, &v));
	fill_changes(c, &d, &v);
	org_page_begin(c, rq, rs, &pg, &d.unit, NULL, NULL, v.title);
	pg.wide = true;
	view_structure(&rs->body, &pg, &v);
	return FAIL_OK;
}

static const struct query_param day_param[] = { { "on", N_("The day, as year-month-day; today without it") }, { NULL, NULL } };

const struct route org_structure_routes[] = {
	{ GET, "/units/:unit/structure", MAY_SEE, unit_of_path, structure_show, .summary = N_("A unit in the tree on a day, its history and events"),
	  .answer = &unit_record, .query = day_param },
	{ HTTP_NONE },
};
