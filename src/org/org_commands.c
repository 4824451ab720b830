/* org_commands.c — words of the command line into calls of unit.h, change.h, member.h, post.h, warning.h and search.h. */
#include "org/org_commands.h"

#include <string.h>

#include "org/deadline.h"
#include "org/search.h"
#include "org/store.h"
#include "org/tree.h"
#include "org/warning.h"

/* ---- printing rows of a record ---- */

static void print_out(struct call *c, struct out *o)
{
	out_char(o, '\n');
	fwrite(out_text(o), 1, o->size, c->out);
}

static bool is_shown(const struct field *f)
{
	return !(f->flags & INTERNAL);
}

static size_t width_of(struct call *c, const struct record *r, const struct field *f, const void *rows, size_t n)
{
	size_t width = text_length(f->name);

	for (size_t i = 0; i < n; i++) {
		size_t w = text_length(field_text(c->arena, f, (const char *)rows + i * r->size));

		width = w > width ? w : width;
	}
	return width;
}

static void pad(struct call *c, const char *text, size_t width, bool last)
{
	fputs(text, c->out);
	for (size_t n = text_length(text); !last && n < width + 2; n++)
		fputc(' ', c->out);
}

static const struct field *last_shown(const struct record *r)
{
	const struct field *last = NULL;

	for (const struct field *f = r->fields; f->name; f++)
		last = is_shown(f) ? f : last;
	return last;
}

/* Columns under the names of files, padded by what is seen; nothing at all for no rows. */
static void print_rows(struct call *c, const struct record *r, const void *rows, size_t n)
{
	size_t widths[64], at = 0;
	const struct field *last = last_shown(r);

	for (const struct field *f = r->fields; f->name && at < 64; f++, at++) {
		widths[at] = is_shown(f) ? width_of(c, r, f, rows, n) : 0;
		if (n && is_shown(f))
			pad(c, f->name, widths[at], f == last);
	}
	if (n)
		fputc('\n', c->out);
	for (size_t i = 0; i < n; i++) {
		at = 0;
		for (const struct field *f = r->fields; f->name && at < 64; f++, at++)
			if (is_shown(f))
				pad(c, field_text(c->arena, f, (const char *)rows + i * r->size), widths[at], f == last);
		fputc('\n', c->out);
	}
}

static void json_rows(struct json *j, const struct record *r, const void *rows, size_t n)
{
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		record_json(j, r, (const char *)rows + i * r->size);
		json_object_end(j);
	}
	json_array_end(j);
}

static void show_rows(struct call *c, bool as_json, const struct record *r, const void *rows, size_t n)
{
	struct out o;
	struct json j;

	if (!as_json) {
		print_rows(c, r, rows, n);
		return;
	}
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_rows(&j, r, rows, n);
	print_out(c, &o);
}

/* ---- words into values ---- */

struct ask {
	const char *code, *level, *text;
	struct date on;
	bool all, as_json;
	struct args *args;
};

static fail day_option(struct call *c, struct args *args, struct date otherwise, struct date *out)
{
	const char *text = args_option(args, "--on");

	*out = otherwise;
	if (text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, "--on", "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

static fail word_option(struct call *c, const char *text, const char *name, const char *const *words, unsigned *out)
{
	int i = text ? word_index(words, text) : 0;
	struct field f = { .type = FIELD_WORD, .words = words };

	if (i < 0 || (text && !*text))
		return problem(c, FAIL_INPUT, name, "“%s” does not fit; expected %s", text, field_expected(c->arena, c->lang, &f));
	*out = (unsigned)i;
	return FAIL_OK;
}

static fail first_word(struct call *c, struct args *args, const char *what, const char **out)
{
	*out = args_next(args);
	return *out ? FAIL_OK : problem(c, FAIL_INPUT, what, "the word %s is missing; see --help", what);
}

static fail read_ask(struct call *c, struct args *args, struct ask *a)
{
	a->code = args_option(args, "--unit");
	a->level = args_option(args, "--level");
	a->all = args_flag(args, "--all");
	a->as_json = args_flag(args, "--json");
	return day_option(c, args, c->today, &a->on);
}

/* ---- units list, show ---- */

static fail list_units(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct units units;
	unsigned level;
	int64_t id;

	TRY(word_option(c, a->level, "--level", unit_levels, &level));
	if (!a->code) {
		TRY(org_roots(c, a->on, &units));
	} else {
		TRY(org_unit_id(c, a->code, &id));
		if (a->all || level)
			TRY(org_below(c, id, a->on, level, &units));
		else
			TRY(org_children(c, id, a->on, &units));
	}
	show_rows(c, a->as_json, &unit_record, units.v, units.n);
	return FAIL_OK;
}

static fail units_list(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(args_end(c, args));
	return db_read(c, list_units, &a);
}

struct shown {
	struct unit unit;
	struct units above, children, life;
	struct unit_event *events;
	size_t event_n;
	struct member_counts counts;
};

static void print_shown(struct call *c, const struct shown *s)
{
	for (size_t i = 0; i < s->above.n; i++)
		fprintf(c->out, "%s / ", s->above.v[i].name);
	fprintf(c->out, "%s\n\n", s->unit.name);
	print_rows(c, &unit_record, s->life.v, s->life.n);
	if (s->counts.ever) {
		fputc('\n', c->out);
		print_rows(c, &member_counts_record, &s->counts, 1);
	}
	if (s->event_n) {
		fputc('\n', c->out);
		print_rows(c, &unit_event_record, s->events, s->event_n);
	}
	if (s->children.n) {
		fputc('\n', c->out);
		print_rows(c, &unit_record, s->children.v, s->children.n);
	}
}

static void print_shown_json(struct call *c, const struct shown *s)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &unit_record, &s->unit);
	json_key(&j, "above");
	json_rows(&j, &unit_record, s->above.v, s->above.n);
	json_key(&j, "history");
	json_rows(&j, &unit_record, s->life.v, s->life.n);
	json_key(&j, "events");
	json_rows(&j, &unit_event_record, s->events, s->event_n);
	json_key(&j, "members");
	json_object(&j);
	record_json(&j, &member_counts_record, &s->counts);
	json_object_end(&j);
	json_key(&j, "children");
	json_rows(&j, &unit_record, s->children.v, s->children.n);
	json_object_end(&j);
	print_out(c, &o);
}

static fail show_unit(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct shown s;

	TRY(org_unit_nearest_by_code(c, a->text, a->on, &s.unit));
	TRY(org_ancestors(c, s.unit.id, a->on, &s.above));
	TRY(org_children(c, s.unit.id, a->on, &s.children));
	TRY(org_spans(c, s.unit.id, &s.life));
	TRY(org_events(c, s.unit.id, &s.events, &s.event_n));
	TRY(org_member_counts(c, s.unit.id, a->on, &s.counts));
	if (a->as_json)
		print_shown_json(c, &s);
	else
		print_shown(c, &s);
	return FAIL_OK;
}

static fail units_show(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(first_word(c, args, "CODE", &a.text));
	TRY(args_end(c, args));
	return db_read(c, show_unit, &a);
}

/* ---- changes ---- */

struct words {
	struct change change;
	const char *unit, *parent, *into, *units, *members; /* codes; the last two in a list with commas */
	const char *level, *type, *owner;
	bool preview, as_json;
	struct args *args;
};

/* "A,B" → the words, one after the other. */
static const char *next_code(struct arena *a, const char **rest)
{
	const char *from = *rest, *end;

	while (from && *from == ',')
		from++;
	if (!from || !*from)
		return NULL;
	end = strchrnul(from, ',');
	*rest = end;
	return arena_strndup(a, from, (size_t)(end - from));
}

static fail unit_ids(struct call *c, const char *list, struct ids *out)
{
	int64_t *v = NULL;
	const char *code;

	while ((code = next_code(c->arena, &list))) {
		v = store_grow(c->arena, v, out->n, sizeof *v);
		TRY(org_unit_id(c, code, &v[out->n++]));
	}
	out->v = v;
	return FAIL_OK;
}

static fail member_ids(struct call *c, int64_t unit_id, const char *list, struct ids *out)
{
	int64_t *v = NULL, realm;
	const char *code;
	struct member m;

	if (!list)
		return FAIL_OK;
	TRY(org_realm(c, unit_id, &realm));
	while ((code = next_code(c->arena, &list))) {
		TRY(org_member_by_code(c, realm, code, &m));
		v = store_grow(c->arena, v, out->n, sizeof *v);
		v[out->n++] = m.id;
	}
	out->v = v;
	return FAIL_OK;
}

static fail optional_id(struct call *c, const char *code, int64_t *out)
{
	return code ? org_unit_id(c, code, out) : FAIL_OK;
}

static void print_problems(struct call *c, const struct change_plan *p)
{
	for (size_t i = 0; i < p->problem_n; i++)
		fprintf(c->out, "! %s\n", p->problems[i].text);
}

static void print_span(struct call *c, const char *sign, const struct unit *u)
{
	fprintf(c->out, "%s %s  %s  %s – %s%s%s\n", sign, u->code, u->name, show_date(c->arena, c->lang, u->valid_from),
	        show_date(c->arena, c->lang, u->valid_to), *u->parent_code ? "  ↑ " : "", u->parent_code);
}

static void print_people(struct call *c, const struct person_changes *people, const char *(*name)(enum lang, unsigned), const char *const *words)
{
	for (size_t i = 0; i < people->n; i++) {
		const struct person_change *p = &people->v[i];

		fprintf(c->out, "  %s  %s  %s: %s → %s\n", p->code, p->full_name, name(c->lang, (unsigned)word_index(words, p->what)), p->from_code,
		        p->to_id ? p->to_code : "–");
	}
}

static void print_plan(struct call *c, const struct change_plan *p)
{
	for (size_t i = 0; i < p->span_n; i++) {
		if (p->spans[i].has_before)
			print_span(c, "-", &p->spans[i].before);
		if (p->spans[i].has_after)
			print_span(c, "+", &p->spans[i].after);
	}
	print_people(c, &p->members, member_status_name, member_statuses);
	print_people(c, &p->posts, post_kind_name, post_kinds);
	print_problems(c, p);
}

static fail show_plan(struct call *c, const struct words *w)
{
	struct change_plan p;
	struct out o;
	struct json j;

	TRY(org_change_plan(c, &w->change, &p));
	if (w->as_json) {
		out_memory(&o, c->arena);
		json_begin(&j, &o);
		org_change_json(&j, &p);
		print_out(c, &o);
	} else {
		print_plan(c, &p);
	}
	return p.problem_n ? problem(c, FAIL_INPUT, p.problems[0].field, "%s", p.problems[0].text) : FAIL_OK;
}

static fail look_up(struct call *c, void *arg)
{
	struct words *w = arg;

	TRY(optional_id(c, w->unit, &w->change.unit_id));
	TRY(optional_id(c, w->parent, &w->change.parent_id));
	TRY(optional_id(c, w->into, &w->change.into_id));
	TRY(unit_ids(c, w->units, &w->change.units));
	TRY(member_ids(c, w->change.unit_id, w->members, &w->change.members));
	return w->preview ? show_plan(c, w) : FAIL_OK;
}

static fail show_after(struct call *c, const struct words *w, int64_t id)
{
	struct unit u;

	TRY(db_read_begin(c));
	fail f = org_unit_nearest(c, id, w->change.on, &u);

	db_read_end(c);
	TRY(f);
	if (w->as_json)
		show_rows(c, true, &unit_record, &u, 1);
	else
		print_span(c, "+", &u);
	return FAIL_OK;
}

static fail read_options(struct call *c, struct args *args, struct words *w)
{
	w->parent = args_option(args, "--parent");
	w->into = args_option(args, "--into");
	w->units = args_option(args, "--units");
	w->members = args_option(args, "--members");
	w->change.name = args_option(args, "--name");
	w->change.note = args_option(args, "--note");
	w->preview = args_flag(args, "--preview");
	w->as_json = args_flag(args, "--json");
	TRY(word_option(c, args_option(args, "--level"), "--level", unit_levels, &w->change.level));
	TRY(word_option(c, args_option(args, "--type"), "--type", unit_types, &w->change.type));
	TRY(word_option(c, args_option(args, "--owner"), "--owner", unit_owners, &w->change.owner));
	TRY(day_option(c, args, DATE_NONE, &w->change.on));
	if (!date_is(w->change.on))
		return problem(c, FAIL_INPUT, "--on", "give the first day of the new state: --on year-month-day");
	return FAIL_OK;
}

static fail change(struct call *c, struct args *args, enum change_kind kind)
{
	struct words w = { .change.kind = kind };
	const char *code = args_option(args, "--code");
	int64_t id;

	TRY(read_options(c, args, &w));
	TRY(first_word(c, args, "CODE", &w.unit));
	w.change.code = code;
	if (kind == CHANGE_CREATE) {
		w.change.code = w.unit;
		w.unit = NULL;
	}
	if (kind == CHANGE_MERGE) {
		w.units = w.unit;
		w.unit = NULL;
		for (const char *more; (more = args_next(args));)
			w.units = arena_printf(c->arena, "%s,%s", w.units, more);
	}
	TRY(args_end(c, args));
	TRY(db_read(c, look_up, &w));
	if (w.preview)
		return FAIL_OK;
	TRY(org_change_apply(c, &w.change, &id));
	return show_after(c, &w, id);
}

static fail units_create(struct call *c, struct args *args) { return change(c, args, CHANGE_CREATE); }
static fail units_rename(struct call *c, struct args *args) { return change(c, args, CHANGE_RENAME); }
static fail units_move(struct call *c, struct args *args) { return change(c, args, CHANGE_MOVE); }
static fail units_merge(struct call *c, struct args *args) { return change(c, args, CHANGE_MERGE); }
static fail units_split(struct call *c, struct args *args) { return change(c, args, CHANGE_SPLIT); }
static fail units_close(struct call *c, struct args *args) { return change(c, args, CHANGE_CLOSE); }
static fail units_transfer(struct call *c, struct args *args) { return change(c, args, CHANGE_TRANSFER); }

/* ---- members, posts, warnings, search ---- */

static fail needed_unit(struct call *c, const struct ask *a, int64_t *id)
{
	if (!a->code)
		return problem(c, FAIL_INPUT, "--unit", "say which unit: --unit CODE");
	return org_unit_id(c, a->code, id);
}

static fail list_members(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct roll roll;
	int64_t id;

	TRY(needed_unit(c, a, &id));
	TRY(org_members_on(c, id, a->on, &roll));
	show_rows(c, a->as_json, &roll_member_record, roll.v, roll.n);
	return FAIL_OK;
}

static fail members_list(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(args_end(c, args));
	return db_read(c, list_members, &a);
}

static fail show_member(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct membership *life;
	struct posts posts;
	struct member m;
	struct out o;
	struct json j;
	size_t n;

	TRY(org_member_by_code(c, 0, a->text, &m));
	TRY(org_memberships(c, m.realm, m.id, &life, &n));
	TRY(org_posts_of_member(c, m.realm, m.id, &posts));
	if (!a->as_json) {
		print_rows(c, &member_record, &m, 1);
		fputc('\n', c->out);
		print_rows(c, &membership_record, life, n);
		fputs(posts.n ? "\n" : "", c->out);
		print_rows(c, &post_record, posts.v, posts.n);
		return FAIL_OK;
	}
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &member_record, &m);
	json_key(&j, "memberships");
	json_rows(&j, &membership_record, life, n);
	json_key(&j, "posts");
	json_rows(&j, &post_record, posts.v, posts.n);
	json_object_end(&j);
	print_out(c, &o);
	return FAIL_OK;
}

static fail members_show(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(first_word(c, args, "CODE", &a.text));
	TRY(args_end(c, args));
	return db_read(c, show_member, &a);
}

static fail list_posts(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct posts posts;
	int64_t id;

	TRY(needed_unit(c, a, &id));
	TRY(org_posts(c, id, a->all ? DATE_NONE : a->on, &posts));
	show_rows(c, a->as_json, &post_record, posts.v, posts.n);
	return FAIL_OK;
}

static fail posts_list(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(args_end(c, args));
	return db_read(c, list_posts, &a);
}

static void append_warnings(struct call *c, struct warnings *to, const struct warnings *more)
{
	for (size_t i = 0; i < more->n; i++) {
		to->v = store_grow(c->arena, to->v, to->n, sizeof *to->v);
		to->v[to->n++] = more->v[i];
	}
}

static fail list_warnings(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct units roots = { NULL, 1 };
	struct warnings all = { NULL, 0 }, some;
	struct unit one;

	if (a->code) {
		TRY(org_unit_by_code(c, a->code, a->on, &one));
		roots.v = &one;
	} else {
		TRY(org_roots(c, a->on, &roots));
	}
	for (size_t i = 0; i < roots.n; i++) {
		TRY(org_warnings(c, roots.v[i].id, a->on, &some));
		append_warnings(c, &all, &some);
	}
	show_rows(c, a->as_json, &warning_record, all.v, all.n);
	return FAIL_OK;
}

static fail warnings(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(args_end(c, args));
	return db_read(c, list_warnings, &a);
}

static fail list_deadlines(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct deadlines all;
	int64_t id;

	TRY(needed_unit(c, a, &id));
	TRY(org_deadlines(c, id, a->on, &all));
	show_rows(c, a->as_json, &deadline_record, all.v, all.n);
	return FAIL_OK;
}

static fail deadlines(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(args_end(c, args));
	return db_read(c, list_deadlines, &a);
}

static fail find(struct call *c, void *arg)
{
	const struct ask *a = arg;
	struct search s = { .text = a->text, .on = a->on };
	struct hits hits;

	TRY(org_search(c, &s, &hits));
	show_rows(c, a->as_json, &hit_record, hits.v, hits.n);
	return FAIL_OK;
}

static fail search(struct call *c, struct args *args)
{
	struct ask a;

	TRY(read_ask(c, args, &a));
	TRY(first_word(c, args, "TEXT", &a.text));
	for (const char *more; (more = args_next(args));)
		a.text = arena_printf(c->arena, "%s %s", a.text, more);
	TRY(args_end(c, args));
	return db_read(c, find, &a);
}

/* ---- the table ---- */

#define UNIT_OPTION { "--unit", "CODE", N_("the unit; without it, everything") }
#define ON_OPTION { "--on", "DATE", N_("as it was on that day; today without it") }
#define JSON_OPTION { "--json", NULL, N_("as JSON") }
#define NAME_OPTION { "--name", "TEXT", N_("the name") }
#define CODE_OPTION { "--code", "CODE", N_("code of the new unit") }
#define PARENT_OPTION { "--parent", "CODE", N_("the unit above") }
#define LEVEL_OPTION { "--level", "WORD", N_("centre, province, district, bloc, commune, grassroots, subcommittee or cell") }
#define TYPE_OPTION { "--type", "WORD", N_("AG, PS, EN, VR, AF or ST") }
#define OWNER_OPTION { "--owner", "WORD", N_("state, private or foreign") }
#define CHANGE_OPTIONS                                                                                                 \
	{ "--on", "DATE", N_("first day of the new state") }, { "--note", "TEXT", N_("for instance the number of the decision") },             \
		{ "--preview", NULL, N_("tells what would be and changes nothing") }, JSON_OPTION, { NULL, NULL, NULL }

static const struct option list_options[] = { UNIT_OPTION, ON_OPTION, LEVEL_OPTION, { "--all", NULL, N_("everything below, not only the next level") },
	                                          JSON_OPTION, { NULL, NULL, NULL } };
static const struct option show_options[] = { ON_OPTION, JSON_OPTION, { NULL, NULL, NULL } };
static const struct option unit_options[] = { UNIT_OPTION, ON_OPTION, JSON_OPTION, { NULL, NULL, NULL } };
static const struct option posts_options[] = { UNIT_OPTION, ON_OPTION, { "--all", NULL, N_("all of the past as well") }, JSON_OPTION,
	                                           { NULL, NULL, NULL } };
static const struct option create_options[] = { NAME_OPTION, LEVEL_OPTION, PARENT_OPTION, TYPE_OPTION, OWNER_OPTION, CHANGE_OPTIONS };
static const struct option rename_options[] = { NAME_OPTION, LEVEL_OPTION, TYPE_OPTION, OWNER_OPTION, CHANGE_OPTIONS };
static const struct option move_options[] = { PARENT_OPTION, CHANGE_OPTIONS };
static const struct option merge_options[] = { { "--into", "CODE", N_("the unit that they go to") }, CHANGE_OPTIONS };
static const struct option split_options[] = { CODE_OPTION, NAME_OPTION, { "--members", "CODES", N_("members that go, with commas between") },
	                                           { "--units", "CODES", N_("units below that go, with commas between") }, CHANGE_OPTIONS };
static const struct option close_options[] = { CHANGE_OPTIONS };
static const struct option transfer_options[] = { PARENT_OPTION, CODE_OPTION, CHANGE_OPTIONS };

const struct command org_commands[] = {
	{ "units list", "[--unit CODE] [--all]", N_("units below a unit, or the top units"), NEEDS_DB, units_list, list_options },
	{ "units show", "CODE", N_("a unit, its history, members and what stands below it"), NEEDS_DB, units_show, show_options },
	{ "units create", "CODE --name TEXT --level WORD [--parent CODE] --on DATE", N_("a new unit"), NEEDS_DB | NEEDS_WRITE, units_create,
	  create_options },
	{ "units rename", "CODE --name TEXT --on DATE", N_("another name, level, type or owner"), NEEDS_DB | NEEDS_WRITE, units_rename, rename_options },
	{ "units move", "CODE --parent CODE --on DATE", N_("another unit above, in the same province"), NEEDS_DB | NEEDS_WRITE, units_move, move_options },
	{ "units merge", "CODE… --into CODE --on DATE", N_("units end, their members and units go to another"), NEEDS_DB | NEEDS_WRITE, units_merge,
	  merge_options },
	{ "units split", "CODE --code NEW --name TEXT [--members CODES] [--units CODES] --on DATE", N_("a part becomes a new unit"),
	  NEEDS_DB | NEEDS_WRITE, units_split, split_options },
	{ "units close", "CODE --on DATE", N_("an empty unit ends"), NEEDS_DB | NEEDS_WRITE, units_close, close_options },
	{ "units transfer", "CODE --parent CODE --code NEW --on DATE", N_("a unit and all below go to another province"), NEEDS_DB | NEEDS_WRITE,
	  units_transfer, transfer_options },
	{ "members list", "--unit CODE", N_("the roll of a cell on a day"), NEEDS_DB, members_list, unit_options },
	{ "members show", "CODE", N_("a member, memberships and posts"), NEEDS_DB, members_show, show_options },
	{ "posts list", "--unit CODE", N_("who holds which post"), NEEDS_DB, posts_list, posts_options },
	{ "deadlines", "--unit CODE [--on DAY]", N_("what has to be done about members by a day (V11, V12, V13), many guests (V15)"), NEEDS_DB | NEEDS_RULES, deadlines,
	  unit_options },
	{ "warnings", "[--unit CODE]", N_("cells too small or too large, without committee, villages under 7 (V01, V02, V17, V19)"), NEEDS_DB, warnings,
	  unit_options },
	{ "search", "TEXT", N_("units and members, without tone marks"), NEEDS_DB, search, show_options },
	{ NULL, NULL, NULL, 0, NULL, NULL },
};
