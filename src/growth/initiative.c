/* initiative.c — initiatives in the store, and their count for T21. */
#include "growth/initiative.h"

#include <string.h>

#include "growth_sql.h"
#include "org/unit.h"
#include "rollup/rollup.h"

/* clang-format off */
static const struct field fields[] = {
	{ .name = "code", .label = N_("Code of the initiative"), .type = FIELD_TEXT, .at = offsetof(struct initiative, code), .flags = REQUIRED | KEY, .max = 60 },
	{ .name = "unit_code", .label = N_("Unit code"), .type = FIELD_TEXT, .at = offsetof(struct initiative, e) + offsetof(struct entry, unit_code), .flags = REQUIRED, .max = 60 },
	ENTRY_YEAR(struct initiative, 0),
	FIELD(struct initiative, title, N_("Initiative"), REQUIRED, .max = 300),
	FIELD(struct initiative, authors, N_("Authors (member codes, joined by ;)"), REQUIRED, .max = 1000),
	FIELD(struct initiative, benefit, N_("What it brings"), 0, .max = 1000),
	FIELD(struct initiative, recognised_by, N_("Recognised by"), 0, .max = 200),
	FIELD(struct initiative, recognised_on, N_("Recognised on"), 0),
	ENTRY_COLS(struct initiative), COL(struct initiative, author_names), FIELD_END,
};

struct author { int64_t id; const char *code, *full_name; };
static const struct field author_fields[] = { COL(struct author, id), COL(struct author, code), COL(struct author, full_name), FIELD_END };

static const struct field count_fields[] = {
	COL(struct initiative_count, initiatives), COL(struct initiative_count, recognised), COL(struct initiative_count, members),
	COL(struct initiative_count, authors), FIELD_END,
};
/* clang-format on */
const struct record initiative_record = { "initiative", sizeof(struct initiative), fields };
static const struct record author_record = { "author", sizeof(struct author), author_fields };
static const struct record count_record = { "initiative_count", sizeof(struct initiative_count), count_fields };

static fail read_authors(struct call *c, void *row)
{
	struct initiative *i = row;
	struct author *v;
	size_t n;

	TRY(db_all(c, &Q_initiative_authors, ARGS(V(i->e.realm), V(i->e.id)), &author_record, &v, &n));
	i->authors = i->author_names = "";
	for (size_t k = 0; k < n; k++) {
		i->authors = arena_join(c->arena, i->authors, k ? ";" : "", v[k].code, NULL);
		i->author_names = arena_join(c->arena, i->author_names, k ? ", " : "", v[k].full_name, NULL);
	}
	return FAIL_OK;
}

fail initiative_by_code(struct call *c, int64_t realm, const char *code, struct initiative *out)
{
	TRY(db_one(c, &Q_initiative_by_code, ARGS(V(realm), V(code)), &initiative_record, out));
	return read_authors(c, out);
}

/* The next code on the list, from *at on; NULL at the end. */
static const char *next_code(struct arena *a, const char **at)
{
	const char *s = *at + strspn(*at, "; ,");
	size_t n = strcspn(s, ";,"), end = n;

	while (end && s[end - 1] == ' ')
		end--;
	*at = s + n;
	return n ? arena_strndup(a, s, end) : NULL;
}

static fail check_authors(struct call *c, const struct initiative *i)
{
	const char *at = i->authors ? i->authors : "", *code;
	size_t n = 0;
	int64_t id;

	for (; (code = next_code(c->arena, &at)); n++)
		TRY(entry_person(c, &i->e, code, "authors", &id));
	return n ? FAIL_OK : problem(c, FAIL_INPUT, "authors", "name at least one author");
}

/* "C11-SK-2025-03": free at this moment. */
static fail propose_code(struct call *c, struct initiative *i)
{
	const char *unit;
	int64_t n, taken = 1;

	TRY(db_int(c, &Q_initiative_number, ARGS(V(i->e.realm), V(i->e.unit_id), V(i->e.year)), 0, &n));
	unit = i->e.unit_code ? i->e.unit_code : "";
	while (taken) {
		i->code = arena_printf(c->arena, "%s%sSK-%lld-%02lld", unit, *unit ? "-" : "", (long long)i->e.year, (long long)++n);
		TRY(db_int(c, &Q_initiative_taken, ARGS(V(i->e.realm), V(i->code), V(i->e.id)), 0, &taken));
	}
	return FAIL_OK;
}

static fail check(struct call *c, void *row, const void *was)
{
	struct initiative *i = row;
	int64_t taken;

	(void)was;
	if (!i->title || !*i->title)
		return problem(c, FAIL_INPUT, "title", "say in a sentence what the initiative is");
	if (date_is(i->recognised_on) && i->recognised_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "recognised_on", "%s has not come yet", show_date(c->arena, c->lang, i->recognised_on));
	if (date_is(i->recognised_on) && !*(i->recognised_by ? i->recognised_by : ""))
		return problem(c, FAIL_INPUT, "recognised_by", "say who recognised it");
	TRY(check_authors(c, i));
	if (!i->code || !*i->code)
		return propose_code(c, i);
	TRY(db_int(c, &Q_initiative_taken, ARGS(V(i->e.realm), V(i->code), V(i->e.id)), 0, &taken));
	return taken ? problem(c, FAIL_CONFLICT, "code", "there is an initiative with the code “%s” already", i->code) : FAIL_OK;
}

static fail write(struct call *c, const void *row)
{
	const struct initiative *i = row;
	const char *at = i->authors, *code;
	int64_t id;

	TRY(db_exec(c, &Q_initiative_put,
	            ARGS(V(i->e.realm), V(i->e.id), V(i->code), V(i->e.unit_id), V(i->e.year), V(i->title), V(i->benefit ? i->benefit : ""),
	                 V(i->recognised_by ? i->recognised_by : ""), V(i->recognised_on)),
	            NULL));
	TRY(db_exec(c, &Q_initiative_authors_drop, ARGS(V(i->e.realm), V(i->e.id)), NULL));
	while ((code = next_code(c->arena, &at))) {
		TRY(entry_person(c, &i->e, code, "authors", &id));
		TRY(db_exec(c, &Q_initiative_author_add, ARGS(V(i->e.realm), V(i->e.id), V(id)), NULL));
	}
	return FAIL_OK;
}

static fail erase(struct call *c, const void *row)
{
	const struct initiative *i = row;

	TRY(db_exec(c, &Q_initiative_authors_drop, ARGS(V(i->e.realm), V(i->e.id)), NULL));
	return db_exec(c, &Q_initiative_drop, ARGS(V(i->e.realm), V(i->e.id)), NULL);
}

static fail touch(struct call *c, const void *row)
{
	const struct entry *e = row;

	return rollup_touch_year(c, e->realm, e->unit_id, (int)e->year);
}

const struct entry_kind initiative_entries = { "initiative", &initiative_record, &Q_initiative, &Q_initiatives_of, read_authors, check, write, erase, touch };

fail initiative_counts(struct call *c, int64_t unit_id, int year, bool below, struct initiative_count *out)
{
	struct date last = date_of(year, 12, 31), on = last.days < c->today.days ? last : c->today;

	return db_one(c, below ? &Q_initiative_counts_below : &Q_initiative_counts, ARGS(V(unit_id), V(year), V(on)), &count_record, out);
}
