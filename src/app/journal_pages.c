/* journal_pages.c — who changed what: of a unit, and of everything a person may look into, newest first. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "app/app_pages.h"
#include "app/shown.h"
#include "app_sql.h"
#include "app_views.h"
#include "db/db.h"
#include "http/res.h"
#include "org/address.h"
#include "meeting/attendance.h"
#include "meeting/meeting.h"
#include "org/member.h"
#include "org/post.h"
#include "org/unit.h"
#include "work/task.h"
#include "year/case.h"

enum { SHOWN = 50, BATCH = 200, LOOKED_AT = 20000, CHANGES_MAX = 40, LONGEST = 120 };

/* ---- words ---- */

struct words { const char *word, *text; };

static const struct words actions[] = {
	{ "create", N_("created") },     { "update", N_("changed") },          { "delete", N_("deleted") },    { "decide", N_("decided") },
	{ "score", N_("scored") },       { "sign-in", N_("signed in") },       { "sign-out", N_("signed out") }, { "grant", N_("gave a role") },
	{ "revoke", N_("ended a role") }, { "disable", N_("disabled") },        { "enable", N_("opened again") }, { "password", N_("new password") },
	{ "import", N_("imported") }, { "load", N_("loaded") },    { "rebuild", N_("computed again") },
	{ "register", N_("registered") }, { "half_year", N_("half-year results") }, { "self_assess", N_("assessed itself") }, { "vote", N_("voted") },
	{ "return", N_("returned for correction") }, { "appraise", N_("appraised") }, { "recognise", N_("recognised") }, { "refuse", N_("not recognised") },
	{ "notify", N_("notified") }, { "reopen", N_("reopened") }, { "withdraw", N_("withdrew") }, { "transfer_out", N_("moved to another body") },
	{ "exemplary", N_("chosen for a certificate") }, { "group", N_("put into a group") }, { "appeal", N_("appealed") }, { "upheld", N_("appeal answered: upheld") },
	{ "changed", N_("appeal answered: changed") }, { "withdrawn", N_("appeal withdrawn") }, { "evidence", N_("gave evidence") },
	{ "drop_evidence", N_("took evidence back") }, { "check", N_("checked the month") }, { "self", N_("assessed itself") }, { "voted", N_("sheet voted on") },
	{ "appraised", N_("appraised") }, { NULL, NULL },
};
static const struct words entities[] = {
	{ "account", N_("account") },       { "unit", N_("unit") },           { "member", N_("member") },  { "membership", N_("membership") },
	{ "post", N_("post") },             { "meeting", N_("meeting") },     { "task", N_("task") },      { "attendance", N_("attendance") },
	{ "score_sheet", N_("score sheet") }, { "meeting_fact", N_("answers of a meeting") }, { "cell_month", N_("counters") }, { "rule_file", N_("rule") },
	{ "year_case", N_("case of a year") }, { "year_sheet", N_("sheet of a year") }, { NULL, NULL },
};

static const char *in_words(enum lang lang, const struct words *w, const char *word)
{
	for (; w->word; w++)
		if (strcmp(w->word, word) == 0)
			return tr(lang, w->text);
	return word;
}

const char *journal_words(enum lang lang, const char *word)
{
	const char *text = in_words(lang, actions, word);

	return text == word ? in_words(lang, entities, word) : text;
}

/* The field of a record kept in the journal; of another record with that name where the entry's own has none (a role in an account). */
static const struct field *field_of(const char *entity, const char *key)
{
	const struct record *const records[] = { &unit_record, &member_record, &membership_record, &post_record, &meeting_record,
		                                     &attendance_record, &task_record, &account_record, &grant_record, &year_case_record };
	const struct field *other = NULL;

	for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
		const struct field *f = record_field(records[i], key);

		if (f && f->label && strcmp(records[i]->name, entity) == 0)
			return f;
		if (f && f->label && !other)
			other = f;
	}
	return other;
}

static const char *label_of(enum lang lang, const char *entity, const char *key)
{
	static const struct words keys[] = {
		{ "stage", N_("Stage") },   { "revision", N_("Revision") }, { "scheme", N_("Rule") },     { "points", N_("Points") },
		{ "class", N_("Class") },   { "facts", N_("Facts") },       { "reason", N_("Reason") },   { "actor", N_("Who") },
		{ "rows", N_("Rows") },     { "file", N_("File") },         { "added", N_("Added") },     { "changed", N_("Changed") },
		{ NULL, NULL },
	};
	const struct field *f = field_of(entity, key);

	return f ? tr(lang, f->label) : in_words(lang, keys, key);
}

/* ---- what changed ---- */

/* Long values are facts as JSON: enough to recognise them; the whole stands in the JSON of this page. */
static const char *shortened(struct arena *a, const char *text)
{
	size_t n = LONGEST;

	if (strlen(text) <= LONGEST)
		return text;
	while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return arena_printf(a, "%.*s…", (int)n, text);
}

static const char *value_text(struct arena *a, const json_t *v)
{
	char *dumped;
	const char *text;

	if (!v || json_is_null(v))
		return "";
	if (json_is_string(v))
		return json_string_value(v);
	dumped = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT);
	text = dumped ? arena_strdup(a, dumped) : "";
	free(dumped);
	return text;
}

static void free_json(void *arg)
{
	json_decref(arg);
}

/* The object behind a text of the journal, freed with the call; NULL when it is none. */
static json_t *parse(struct call *c, const char *text)
{
	json_t *v = text && *text ? json_loads(text, 0, NULL) : NULL;

	if (v)
		arena_defer(c->arena, free_json, v);
	return json_is_object(v) ? v : NULL;
}

static void add_change(struct call *c, const struct journal_entry *e, struct journal_row *row, const char *key, const json_t *before,
                       const json_t *after)
{
	const char *was = value_text(c->arena, before), *is = value_text(c->arena, after);

	if (strcmp(was, is) != 0 && row->change_n < CHANGES_MAX)
		row->changes[row->change_n++] = (struct journal_change){ label_of(c->lang, e->entity, key), shortened(c->arena, was), shortened(c->arena, is) };
}

static void fill_changes(struct call *c, const struct journal_entry *e, struct journal_row *row)
{
	json_t *before = parse(c, e->before), *after = parse(c, e->after), *value;
	const char *key;

	row->changes = ARENA_ARRAY(c->arena, CHANGES_MAX, struct journal_change);
	json_object_foreach(after, key, value)
		add_change(c, e, row, key, json_object_get(before, key), value);
	json_object_foreach(before, key, value)
		if (!json_object_get(after, key))
			add_change(c, e, row, key, value, NULL);
}

static fail fill_unit(struct call *c, int64_t unit_id, struct journal_row *row)
{
	struct unit unit;
	fail f;

	if (!unit_id)
		return FAIL_OK;
	f = org_unit_nearest(c, unit_id, c->today, &unit);
	if (f == FAIL_NOT_FOUND)
		problem_clear(c);
	else
		TRY(f);
	if (f == FAIL_OK) {
		row->unit = unit.name;
		row->href = arena_printf(c->arena, "/units/%lld", (long long)unit_id);
	}
	return FAIL_OK;
}

/* ---- gathering ---- */

/* A place in the journal: the entries behind it are older. */
struct cursor { int64_t at_ms, lane, seq; };

struct pile {
	struct journal_entry *v;
	size_t n;
	bool more;
	struct cursor next;
};

static struct cursor cursor_of(const struct journal_entry *e)
{
	return (struct cursor){ e->at_ms, e->lane, e->seq };
}

static fail of_unit(struct call *c, int64_t unit_id, struct cursor at, struct pile *out)
{
	TRY(db_all(c, &Q_journal_unit_before, ARGS(V(unit_id), V(at.at_ms), V(at.lane), V(at.seq), V((int64_t)SHOWN + 1)), &journal_record, &out->v, &out->n));
	out->more = out->n > SHOWN;
	if (out->more) {
		out->n = SHOWN;
		out->next = cursor_of(&out->v[SHOWN - 1]);
	}
	return FAIL_OK;
}

/* Entries of units the person may look into; what belongs to no unit is for those of the whole installation. */
static fail of_reach(struct call *c, struct cursor at, struct pile *out)
{
	struct journal_entry *batch;
	size_t n = BATCH;

	*out = (struct pile){ .v = ARENA_ARRAY(c->arena, SHOWN, struct journal_entry) };
	for (int looked = 0; n == BATCH && looked < LOOKED_AT; looked += BATCH) {
		TRY(db_all(c, &Q_journal_before, ARGS(V(at.at_ms), V(at.lane), V(at.seq), V((int64_t)BATCH)), &journal_record, &batch, &n));
		for (size_t i = 0; i < n; i++) {
			if (access_has(c, MAY_READ_JOURNAL, batch[i].unit_id)) {
				out->more = out->n == SHOWN;
				if (out->more)
					return FAIL_OK;
				out->v[out->n++] = batch[i];
			}
			at = out->next = cursor_of(&batch[i]);
		}
	}
	out->more = n == BATCH;
	return FAIL_OK;
}

static const char *cursor_text(struct arena *a, struct cursor at)
{
	return arena_printf(a, "%lld-%lld-%lld", (long long)at.at_ms, (long long)at.lane, (long long)at.seq);
}

/* ---- showing ---- */

static void entries_json(struct call *c, struct res *rs, const struct pile *p)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "entries");
	json_array(&j);
	for (size_t i = 0; i < p->n; i++) {
		char at[MOMENT_TEXT];

		moment_format(call_local(p->v[i].at_ms), at);
		json_object(&j);
		json_put_str(&j, "at", at);
		json_put_str(&j, "actor", p->v[i].actor);
		json_put_str(&j, "action", p->v[i].action);
		json_put_str(&j, "entity", p->v[i].entity);
		json_put_int(&j, "entity_id", p->v[i].entity_id);
		json_put_int(&j, "unit_id", p->v[i].unit_id);
		json_put_str(&j, "before", p->v[i].before);
		json_put_str(&j, "after", p->v[i].after);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_put_str(&j, "next", p->more ? cursor_text(c->arena, p->next) : NULL);
	json_object_end(&j);
}

static fail fill_rows(struct call *c, const struct pile *p, struct journal_view *v)
{
	v->v = ARENA_ARRAY(c->arena, p->n + 1, struct journal_row);
	for (; v->n < p->n; v->n++) {
		const struct journal_entry *e = &p->v[v->n];
		struct journal_row *row = &v->v[v->n];

		*row = (struct journal_row){ .at = call_local(e->at_ms), .actor = e->actor, .action = in_words(c->lang, actions, e->action),
			                         .entity = in_words(c->lang, entities, e->entity) };
		fill_changes(c, e, row);
		TRY(fill_unit(c, e->unit_id, row));
	}
	return FAIL_OK;
}

static fail show(struct call *c, const struct req *rq, struct res *rs, const struct pile *p, const char *title, struct page *pg)
{
	const struct column columns[] = { { .label = tr(c->lang, "When") }, { .label = tr(c->lang, "Who") }, { .label = tr(c->lang, "What") },
		                              { .label = tr(c->lang, "Unit") }, { .label = tr(c->lang, "Change") } };
	struct journal_view v = { .title = title };

	TRY(fill_rows(c, p, &v));
	v.table = (struct table){ .caption = title, .id = "journal", .columns = columns, .n = sizeof columns / sizeof *columns };
	v.pager = (struct pager){ .shown = (int64_t)v.n, .total = -1 };
	if (p->more)
		v.pager.next = req_link(c, rq, "before", cursor_text(c->arena, p->next));
	if (req_query(rq, "before"))
		v.pager.prev = req_link(c, rq, "before", NULL);
	pg->wide = true;
	view_journal(&rs->body, pg, &v);
	return FAIL_OK;
}

static fail read_cursor(struct call *c, const struct req *rq, struct cursor *out)
{
	const char *text = req_query(rq, "before");
	long long at, lane, seq;
	int used = 0;

	*out = (struct cursor){ INT64_MAX, INT64_MAX, INT64_MAX };
	if (!text)
		return FAIL_OK;
	if (sscanf(text, "%lld-%lld-%lld%n", &at, &lane, &seq, &used) != 3 || text[used])
		return problem(c, FAIL_INPUT, "before", "“%s” does not name a place in the journal; take `next` of the page before", text);
	*out = (struct cursor){ at, lane, seq };
	return FAIL_OK;
}

static fail journal_show(struct call *c, const struct req *rq, struct res *rs)
{
	const char *title = tr(c->lang, "Journal");
	struct pile p;
	struct page pg;
	struct cursor before;

	TRY(read_cursor(c, rq, &before));
	TRY(of_reach(c, before, &p));
	if (req_wants_json(rq)) {
		entries_json(c, rs, &p);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, title);
	return show(c, rq, rs, &p, title, &pg);
}

static fail unit_journal_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct unit unit;
	struct pile p;
	struct page pg;
	const char *title;
	struct cursor before;
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	TRY(read_cursor(c, rq, &before));
	TRY(org_unit_nearest(c, id, c->today, &unit));
	TRY(of_unit(c, id, before, &p));
	if (req_wants_json(rq)) {
		entries_json(c, rs, &p);
		return FAIL_OK;
	}
	title = arena_printf(c->arena, tr(c->lang, "Journal of %s"), unit.name);
	res_page(c, rq, rs, &pg, title);
	page_crumb(&pg, arena_printf(c->arena, "/units/%lld", (long long)id), unit.name);
	page_crumb(&pg, NULL, tr(c->lang, "Journal"));
	return show(c, rq, rs, &p, title, &pg);
}

static fail unit_of_reader(struct call *c, const struct req *rq, int64_t *out)
{
	struct reach r = access_reach(c, MAY_READ_JOURNAL);

	(void)rq;
	*out = r.n ? r.v[0] : 0;
	return FAIL_OK;
}

static const struct query_param params[] = { { "before", N_("go on behind this entry: `next` of the page before") }, { NULL, NULL } };

const struct route journal_routes[] = {
	{ GET, "/journal", MAY_READ_JOURNAL, unit_of_reader, journal_show, ROUTE_SLOW, N_("Who changed what, newest first"), .query = params },
	{ GET, "/units/:unit/journal", MAY_READ_JOURNAL, unit_of_path, unit_journal_show, 0, N_("Who changed what in a unit"), .query = params },
	{ HTTP_NONE },
};
