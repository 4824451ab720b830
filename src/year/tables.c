/* tables.c — local tables in the store. The texts are written by rules/scheme_write.h and checked with the whole set before they are kept. */
#include "year/tables.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "org/scopes.h"
#include "rules/scheme_write.h"
#include "tables_sql.h"

#define FILE_PREFIX "local_table/"

const char *const table_states[] = { "", "draft", "issued", "withdrawn", NULL };
fail (*tables_changed)(struct call *c);

const char *table_state_name(enum lang lang, unsigned state)
{
	static const char *const names[] = { "", N_("Draft"), N_("Issued"), N_("Withdrawn") };

	return state && state < TABLE_STATES ? tr(lang, names[state]) : "";
}

const char *table_use_name(enum lang lang, enum scheme_use use)
{
	static const char *const names[SCHEME_USES] = { [USE_FOUR_GOOD_CELL] = N_("“Four good” cell"), [USE_FOUR_GOOD_BODY] = N_("“Four good” organisation"),
		                                            [USE_ANNUAL_UNIT] = N_("Annual classification of units"),
		                                            [USE_ANNUAL_MEMBER] = N_("Annual classification of members") };

	return names[use] ? tr(lang, names[use]) : "";
}

/* clang-format off */
static const struct field fields[] = {
	COL(struct local_table, id), COL(struct local_table, unit_id), COL(struct local_table, rule_id), COL(struct local_table, used_for, .words = scheme_use_words),
	COL(struct local_table, based_on), COL(struct local_table, version), COL(struct local_table, valid_from, .flags = INTERNAL | FROM_DATE),
	COL(struct local_table, valid_to, .flags = INTERNAL | TO_DATE), COL(struct local_table, state, .words = table_states), COL(struct local_table, source),
	COL(struct local_table, decision_no), COL(struct local_table, issued_on), COL(struct local_table, actor), COL(struct local_table, at_ms),
	COL(struct local_table, rev), COL(struct local_table, unit_code), COL(struct local_table, unit_name), FIELD_END,
};
/* clang-format on */
static const struct record table_record = { "local_table", sizeof(struct local_table), fields };

/* ---------------------------------------------------------------- reading */

fail table_by_id(struct call *c, int64_t id, struct local_table *out)
{
	fail f = db_one(c, &Q_table_by_id, ARGS(V(id)), &table_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "", "there is no such table") : f;
}

fail tables_of(struct call *c, int64_t unit_id, struct local_tables *out)
{
	return db_all(c, &Q_tables_of, ARGS(V(unit_id)), &table_record, &out->v, &out->n);
}

static struct rule_text text_of(struct call *c, const struct local_table *t)
{
	return (struct rule_text){ arena_printf(c->arena, FILE_PREFIX "%lld", (long long)t->id), t->source, strlen(t->source) };
}

fail tables_issued(struct call *c, struct rule_text **out, size_t *n)
{
	struct local_tables all;

	TRY(db_all(c, &Q_tables_issued, NO_ARGS, &table_record, &all.v, &all.n));
	*out = ARENA_ARRAY(c->arena, all.n + 1, struct rule_text);
	for (*n = 0; *n < all.n; ++*n)
		(*out)[*n] = text_of(c, &all.v[*n]);
	return FAIL_OK;
}

fail table_scheme(struct call *c, const struct local_table *t, const struct scheme **out)
{
	struct complaints bad = { .arena = c->arena, .lang = c->lang };
	struct rule_text text = text_of(c, t);

	return rules_read_scheme(c->arena, &text, out, &bad) == FAIL_OK ? FAIL_OK : rules_report(c, &bad);
}

fail table_holding(struct call *c, const struct unit *u, enum scheme_use use, struct date on, bool own, const struct scheme **out)
{
	struct scopes scopes;

	TRY(org_scopes(c, u->id, u->code, on.days < c->today.days ? on : c->today, &scopes));
	if (!own && scopes.n) {
		scopes.v++;
		scopes.n--;
	}
	*out = rules_scheme(c->rules, use, on, scopes);
	return FAIL_OK;
}

bool table_is_bound(const struct unit *u)
{
	return u->level > LEVEL_PROVINCE;
}

const struct scheme *table_framework(struct call *c, const struct scheme *s)
{
	const struct scheme *frame;

	if (!*s->framework)
		return NULL;
	frame = rules_scheme_by_id(c->rules, s->framework, s->valid_from);
	return frame ? frame : rules_scheme_by_id(c->rules, s->framework, DATE_NONE);
}

/* ---------------------------------------------------------------- the set with a table in it */

struct texts { struct rule_text *v; size_t n; };

static bool is_there(const struct texts *t, const char *file)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i].file, file) == 0)
			return true;
	return false;
}

static bool is_local(const char *file)
{
	return strncmp(file, FILE_PREFIX, strlen(FILE_PREFIX)) == 0;
}

/* The rules in force as texts, local tables from the store instead of those in memory, without the versions of one rule of a unit. */
static fail gather_texts(struct call *c, const struct local_table *without, size_t room, struct texts *out)
{
	struct local_tables issued;

	TRY(db_all(c, &Q_tables_issued, NO_ARGS, &table_record, &issued.v, &issued.n));
	out->n = 0;
	out->v = ARENA_ARRAY(c->arena, c->rules->n + issued.n + room, struct rule_text);
	for (size_t i = 0; i < c->rules->n; i++) {
		const struct rule *r = &c->rules->v[i];

		if (!is_local(r->file) && !is_there(out, r->file))
			out->v[out->n++] = (struct rule_text){ r->file, r->text, strlen(r->text) };
	}
	for (size_t i = 0; i < issued.n; i++)
		if (issued.v[i].unit_id != without->unit_id || strcmp(issued.v[i].rule_id, without->rule_id) != 0)
			out->v[out->n++] = text_of(c, &issued.v[i]);
	return FAIL_OK;
}

static fail check_texts(struct call *c, const struct texts *t, struct complaints *bad)
{
	struct rules set;

	*bad = (struct complaints){ .arena = c->arena, .lang = c->lang };
	return rules_load_texts(c->arena, t->v, t->n, &set, bad);
}

/* The scheme with the frame of its row. */
static struct scheme framed(const struct scheme *s, const struct local_table *t, const struct unit *u)
{
	struct scheme own = *s;

	own.id = t->rule_id;
	own.scope = u->code;
	own.source = "local";
	own.use = (enum scheme_use)t->used_for;
	own.framework = table_is_bound(u) ? t->based_on : "";
	own.valid_from = t->valid_from;
	own.valid_to = t->valid_to;
	own.is_default = true;
	return own;
}

static const char *written(struct call *c, const struct scheme *s, const struct local_table *t, const struct unit *u)
{
	struct scheme own = framed(s, t, u);
	struct out o;

	out_memory(&o, c->arena);
	scheme_write(&own, &o);
	return out_text(&o);
}

static const char *entry_of(struct call *c, const struct local_table *t, const char *reason)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct out o;
	struct json j;

	date_format(t->valid_from, from);
	date_format(t->valid_to, to);
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "rule_id", t->rule_id);
	json_put_int(&j, "version", t->version);
	json_put_str(&j, "state", table_states[t->state]);
	json_put_str(&j, "valid_from", from);
	json_put_str(&j, "valid_to", to);
	json_put_str(&j, "decision_no", t->decision_no);
	if (reason)
		json_put_str(&j, "reason", reason);
	json_put_str(&j, "source", t->source);
	json_object_end(&j);
	return out_text(&o);
}

/* The row as it is now, over the one of that rev. */
static fail keep(struct call *c, const struct local_table *before, struct local_table *t, const char *action, const char *reason)
{
	int64_t changed;

	t->actor = c->who.name ? c->who.name : "cli";
	t->at_ms = c->now_ms;
	TRY(db_exec(c, &Q_table_write,
	            ARGS(V(t->id), V(before->rev), V(t->valid_from), V(t->valid_to), V(table_states[t->state]), V(t->source), V(t->decision_no), V(t->issued_on),
	                 V(t->actor), V(t->at_ms)),
	            &changed));
	if (!changed)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed the table in the meantime; look at it as it is now");
	t->rev = before->rev + 1;
	return journal_add(c, 0, t->unit_id, action, "local_table", t->id, entry_of(c, before, NULL), entry_of(c, t, reason));
}

static fail find_rev(struct call *c, int64_t id, int64_t rev, enum table_state state, struct local_table *out)
{
	TRY(table_by_id(c, id, out));
	if (out->rev != rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed the table in the meantime; look at it as it is now");
	if (out->state != state)
		return problem(c, FAIL_CONFLICT, "", "this cannot be done now: the table is “%s”", table_state_name(c->lang, out->state));
	return FAIL_OK;
}

static fail unit_of_table(struct call *c, const struct local_table *t, struct unit *out)
{
	return org_unit_nearest(c, t->unit_id, c->today, out);
}

/* ---------------------------------------------------------------- starting */

struct starting { int64_t unit_id, from_id; enum scheme_use use; struct local_table *t; };

/* "4G-C" and the code of the unit: letters, digits, . - _ ; at most 40. */
static const char *rule_id_of(struct call *c, enum scheme_use use, const struct unit *u)
{
	static const char *const names[SCHEME_USES] = { [USE_FOUR_GOOD_CELL] = "4G-C", [USE_FOUR_GOOD_BODY] = "4G-O", [USE_ANNUAL_UNIT] = "AC-U",
		                                            [USE_ANNUAL_MEMBER] = "AC-M" };
	char *id = arena_printf(c->arena, "%s.%.30s", names[use], u->code);

	for (char *s = id; *s; s++)
		if (!strchr(".-_", *s) && !((*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z')))
			*s = '-';
	return id;
}

static fail scheme_to_start(struct call *c, const struct starting *s, const struct unit *u, const struct scheme *above, const struct scheme **out)
{
	struct local_table from;

	*out = above;
	if (!s->from_id)
		return FAIL_OK;
	TRY(table_by_id(c, s->from_id, &from));
	if (from.unit_id != u->id || from.used_for != s->use)
		return problem(c, FAIL_INPUT, "from", "this version belongs to another unit or another kind of table");
	return table_scheme(c, &from, out);
}

static fail start_body(struct call *c, void *arg)
{
	const struct starting *s = arg;
	struct local_table *t = s->t;
	const struct scheme *above, *scheme;
	struct complaints bad = { 0 };
	struct texts texts;
	struct unit u;
	int64_t last;

	TRY(org_unit(c, s->unit_id, c->today, &u));
	*t = (struct local_table){ .id = id_new(), .unit_id = u.id, .used_for = s->use, .state = TABLE_DRAFT, .valid_from = date_of(date_month(c->today) / 12 + 1, 1, 1),
		                       .valid_to = DATE_OPEN, .issued_on = DATE_NONE, .decision_no = "", .unit_code = u.code, .unit_name = u.name, .rev = 1 };
	TRY(table_holding(c, &u, s->use, t->valid_from, false, &above));
	if (!above)
		return problem(c, FAIL_CONFLICT, "use", "no table from above is in force for “%s”; there is nothing to begin from", table_use_name(c->lang, s->use));
	t->rule_id = rule_id_of(c, s->use, &u);
	t->based_on = above->id;
	TRY(scheme_to_start(c, s, &u, above, &scheme));
	TRY(db_int(c, &Q_table_last_version, ARGS(V(u.id), V(t->rule_id)), 0, &last));
	t->version = last + 1;
	t->source = written(c, scheme, t, &u);
	t->actor = c->who.name ? c->who.name : "cli";
	t->at_ms = c->now_ms;
	TRY(gather_texts(c, t, 1, &texts));
	texts.v[texts.n++] = text_of(c, t);
	if (check_texts(c, &texts, &bad) != FAIL_OK)
		return rules_report(c, &bad);
	TRY(db_exec(c, &Q_table_insert,
	            ARGS(V(t->id), V(t->unit_id), V(t->rule_id), V(scheme_use_words[t->used_for]), V(t->based_on), V(t->version), V(t->valid_from),
	                 V(t->valid_to), V(t->source), V(t->actor), V(t->at_ms)),
	            NULL));
	return journal_add(c, 0, t->unit_id, "create", "local_table", t->id, NULL, entry_of(c, t, NULL));
}

fail table_start(struct call *c, int64_t unit_id, enum scheme_use use, int64_t from_id, struct local_table *out)
{
	if (!scheme_use_is_year(use) || use >= SCHEME_USES)
		return problem(c, FAIL_INPUT, "use", "choose what the table is for");
	return db_write(c, start_body, &(struct starting){ unit_id, from_id, use, out });
}

/* ---------------------------------------------------------------- saving */

struct saving {
	int64_t id, rev;
	const struct scheme *scheme;
	struct local_table *t;
	struct complaints *bad;
};

static fail save_body(struct call *c, void *arg)
{
	const struct saving *s = arg;
	struct local_table before, *t = s->t;
	struct texts texts;
	struct unit u;

	TRY(find_rev(c, s->id, s->rev, TABLE_DRAFT, &before));
	*t = before;
	TRY(unit_of_table(c, t, &u));
	if (s->scheme->use != (enum scheme_use)t->used_for)
		return problem(c, FAIL_INPUT, "text", "this table is for “%s”, the text is for “%s”", table_use_name(c->lang, (enum scheme_use)t->used_for),
		               table_use_name(c->lang, s->scheme->use));
	t->source = written(c, s->scheme, t, &u);
	TRY(gather_texts(c, t, 1, &texts));
	texts.v[texts.n++] = text_of(c, t);
	s->bad->n = 0;
	if (check_texts(c, &texts, s->bad) != FAIL_OK)
		return problem(c, FAIL_INPUT, "", "the table cannot be kept like this: %s", s->bad->v[0].text);
	return keep(c, &before, t, "update", NULL);
}

fail table_save(struct call *c, int64_t id, int64_t rev, const struct scheme *s, struct local_table *out, struct complaints *bad)
{
	return db_write(c, save_body, &(struct saving){ id, rev, s, out, bad });
}

fail table_save_text(struct call *c, int64_t id, int64_t rev, const char *text, size_t size, struct local_table *out, struct complaints *bad)
{
	struct rule_text one = { tr(c->lang, "the text"), text, size };
	const struct scheme *s;

	*bad = (struct complaints){ .arena = c->arena, .lang = c->lang };
	if (rules_read_scheme(c->arena, &one, &s, bad) != FAIL_OK)
		return problem(c, FAIL_INPUT, "text", "line %d, column %d: %s", bad->v[0].at.line, bad->v[0].at.column, bad->v[0].text);
	return table_save(c, id, rev, s, out, bad);
}

/* ---------------------------------------------------------------- issuing, withdrawing */

struct issuing {
	int64_t id, rev;
	int year;
	const char *words; /* decision, or reason */
	struct date on;
	struct local_table *t;
	struct complaints *bad;
};

/* The issued version of the same rule that holds until further notice, or ends on `last`; id 0: none. */
static fail version_before(struct call *c, const struct local_table *t, struct date last, struct local_table *out)
{
	struct local_tables all;

	*out = (struct local_table){ 0 };
	TRY(tables_of(c, t->unit_id, &all));
	for (size_t i = 0; i < all.n && !out->id; i++)
		if (all.v[i].state == TABLE_ISSUED && all.v[i].id != t->id && strcmp(all.v[i].rule_id, t->rule_id) == 0 &&
		    (all.v[i].valid_to.days == last.days))
			*out = all.v[i];
	return FAIL_OK;
}

/* Its text anew with another end. */
static fail end_version(struct call *c, struct local_table *t, struct date last, const struct unit *u)
{
	const struct scheme *s;

	TRY(table_scheme(c, t, &s));
	t->valid_to = last;
	t->source = written(c, s, t, u);
	return FAIL_OK;
}

/* All issued versions of the rule with these two as they will be. */
static fail add_versions(struct call *c, const struct local_table *t, const struct local_table *before, struct texts *texts)
{
	struct local_tables all;

	TRY(tables_of(c, t->unit_id, &all));
	texts->v = memcpy(ARENA_ARRAY(c->arena, texts->n + all.n + 2, struct rule_text), texts->v, texts->n * sizeof *texts->v);
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].state == TABLE_ISSUED && strcmp(all.v[i].rule_id, t->rule_id) == 0 && all.v[i].id != t->id && all.v[i].id != before->id)
			texts->v[texts->n++] = text_of(c, &all.v[i]);
	if (before->id)
		texts->v[texts->n++] = text_of(c, before);
	if (t->state == TABLE_ISSUED)
		texts->v[texts->n++] = text_of(c, t);
	return FAIL_OK;
}

static fail check_versions(struct call *c, const struct local_table *t, const struct local_table *before, struct complaints *bad)
{
	struct texts texts;

	TRY(gather_texts(c, t, 0, &texts));
	TRY(add_versions(c, t, before, &texts));
	bad->n = 0;
	if (check_texts(c, &texts, bad) != FAIL_OK)
		return problem(c, FAIL_CONFLICT, "", "the rules together do not allow this: %s", bad->v[0].text);
	return FAIL_OK;
}

static fail issue_body(struct call *c, void *arg)
{
	const struct issuing *s = arg;
	struct local_table draft, *t = s->t, before, was;
	const struct scheme *scheme;
	struct unit u;

	TRY(find_rev(c, s->id, s->rev, TABLE_DRAFT, &draft));
	*t = draft;
	TRY(unit_of_table(c, t, &u));
	t->state = TABLE_ISSUED;
	t->valid_from = date_of(s->year, 1, 1);
	t->valid_to = DATE_OPEN;
	t->decision_no = s->words;
	t->issued_on = s->on;
	TRY(table_scheme(c, t, &scheme));
	t->source = written(c, scheme, t, &u);
	TRY(version_before(c, t, DATE_OPEN, &before));
	was = before;
	if (before.id) {
		if (before.valid_from.days >= t->valid_from.days)
			return problem(c, FAIL_CONFLICT, "year", "the version issued before begins on %s; choose a later year or withdraw it",
			               show_date(c->arena, c->lang, before.valid_from));
		TRY(end_version(c, &before, (struct date){ t->valid_from.days - 1 }, &u));
	}
	TRY(check_versions(c, t, &before, s->bad));
	if (before.id)
		TRY(keep(c, &was, &before, "end", NULL));
	return keep(c, &draft, t, "issue", NULL);
}

fail table_issue(struct call *c, int64_t id, int64_t rev, int year, const char *decision_no, struct date issued_on, struct local_table *out,
                 struct complaints *bad)
{
	int this_year = date_month(c->today) / 12;

	if (year < this_year - 1 || year > this_year + 2)
		return problem(c, FAIL_INPUT, "year", "choose a year from %d to %d", this_year - 1, this_year + 2);
	if (!*decision_no)
		return problem(c, FAIL_INPUT, "decision_no", "write the number of the decision");
	return db_write(c, issue_body, &(struct issuing){ id, rev, year, decision_no, date_is(issued_on) ? issued_on : c->today, out, bad });
}

static fail withdraw_body(struct call *c, void *arg)
{
	const struct issuing *s = arg;
	struct local_table issued, *t = s->t, before, was;
	struct unit u;

	TRY(find_rev(c, s->id, s->rev, TABLE_ISSUED, &issued));
	*t = issued;
	TRY(unit_of_table(c, t, &u));
	t->state = TABLE_WITHDRAWN;
	TRY(version_before(c, t, (struct date){ t->valid_from.days - 1 }, &before));
	was = before;
	if (before.id)
		TRY(end_version(c, &before, t->valid_to, &u));
	TRY(check_versions(c, t, &before, s->bad));
	if (before.id)
		TRY(keep(c, &was, &before, "reopen", NULL));
	return keep(c, &issued, t, "withdraw", s->words);
}

fail table_withdraw(struct call *c, int64_t id, int64_t rev, const char *reason, struct local_table *out, struct complaints *bad)
{
	if (!*reason)
		return problem(c, FAIL_INPUT, "reason", "write the reason");
	return db_write(c, withdraw_body, &(struct issuing){ .id = id, .rev = rev, .words = reason, .t = out, .bad = bad });
}

static fail drop_body(struct call *c, void *arg)
{
	const struct saving *s = arg;
	struct local_table t;

	TRY(find_rev(c, s->id, s->rev, TABLE_DRAFT, &t));
	TRY(db_exec(c, &Q_table_drop, ARGS(V(t.id), V(t.rev)), NULL));
	return journal_add(c, 0, t.unit_id, "delete", "local_table", t.id, entry_of(c, &t, NULL), NULL);
}

fail table_drop(struct call *c, int64_t id, int64_t rev)
{
	return db_write(c, drop_body, &(struct saving){ .id = id, .rev = rev });
}
