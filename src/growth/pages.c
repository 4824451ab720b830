/* pages.c — small things that all pages of this room need. */
#include "growth/pages.h"

#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "growth_sql.h"
#include "growth_views.h"

struct person { int64_t id; const char *code, *full_name; };
static const struct field person_fields[] = { COL(struct person, id), COL(struct person, code), COL(struct person, full_name), FIELD_END };
static const struct record person_record = { "member", sizeof(struct person), person_fields };

fail growth_page_unit(struct call *c, const struct req *rq, struct unit *out)
{
	int64_t id;

	TRY(unit_of_path(c, rq, &id));
	return org_unit_nearest(c, id, c->today, out);
}

fail growth_page_year(struct call *c, const struct req *rq, int *year)
{
	const char *text = req_form(rq, "year");
	int64_t n = date_month(c->today) / 12;

	if (!text)
		text = req_query(rq, "year");
	if (text && *text && (!int_parse(text, &n) || n < 2000 || n > 2100))
		return problem(c, FAIL_INPUT, "year", "“%s” is no year; write one such as 2026", text);
	*year = (int)n;
	return FAIL_OK;
}

const char *growth_path(struct call *c, const char *fmt, ...)
{
	va_list args;
	const char *text;

	va_start(args, fmt);
	text = arena_vprintf(c->arena, fmt, args);
	va_end(args);
	return text;
}

void growth_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const char *here)
{
	res_page(c, rq, rs, pg, here);
	page_crumb(pg, growth_path(c, "/units/%lld", (long long)u->id), u->name);
	page_crumb(pg, growth_path(c, "/units/%lld/emulation", (long long)u->id), tr(c->lang, "Emulation"));
	page_crumb(pg, NULL, here);
}

fail growth_page_done(struct call *c, const struct req *rq, struct res *rs, const char *to, const char *text)
{
	return res_done(c, rq, rs, to, &(struct flash){ .text = text });
}

const char *growth_typed(struct call *c, const struct req *rq, const char *name)
{
	const char *text = req_form(rq, name);

	return text ? text_clean(c->arena, text) : "";
}

fail growth_day(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out)
{
	const char *text = req_form(rq, name);

	*out = otherwise;
	if (text && *text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, name, "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

const char *growth_iso(struct call *c, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	return arena_strdup(c->arena, text);
}

const char *const *growth_lines(struct call *c, const char *text, size_t *n)
{
	const char **lines = ARENA_ARRAY(c->arena, strlen(text) / 2 + 2, const char *);

	*n = 0;
	for (const char *s = text + strspn(text, "\n"); *s; s += strspn(s, "\n")) {
		size_t size = strcspn(s, "\n");

		lines[(*n)++] = arena_strndup(c->arena, s, size);
		s += size;
	}
	return lines;
}

const struct column *growth_columns(struct call *c, const struct column *columns, size_t n)
{
	struct column *out = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++) {
		out[i] = columns[i];
		out[i].label = tr(c->lang, columns[i].label);
	}
	return out;
}

struct choice *growth_words(struct call *c, const char *const *words, const char *(*name)(enum lang lang, unsigned word), unsigned from, size_t *n)
{
	struct choice *out = ARENA_ARRAY(c->arena, 16, struct choice);

	for (*n = 0; words[from] && *n < 16; from++)
		out[(*n)++] = (struct choice){ words[from], name(c->lang, from), NULL };
	return out;
}

static fail people_of(struct call *c, const struct unit *u, int year, struct person **v, size_t *n)
{
	return db_all(c, &Q_growth_people, ARGS(V(u->realm), V(u->id), V(date_of(year, 1, 1)), V(date_of(year, 12, 31))), &person_record, v, n);
}

fail growth_people(struct call *c, const struct unit *u, int year, const char *first, struct choice **out, size_t *n)
{
	struct person *v;
	size_t count;

	TRY(people_of(c, u, year, &v, &count));
	*out = ARENA_ARRAY(c->arena, count + 1, struct choice);
	*n = 0;
	if (first)
		(*out)[(*n)++] = (struct choice){ "", first, NULL };
	for (size_t i = 0; i < count; i++)
		(*out)[(*n)++] = (struct choice){ v[i].code, v[i].full_name, NULL };
	return FAIL_OK;
}

fail growth_own_code(struct call *c, const struct unit *u, int year, const char **out)
{
	const struct account *me = access_account(c);
	struct person *v;
	size_t n;

	*out = "";
	if (!me || me->member_id <= 0 || me->member_realm != u->realm)
		return FAIL_OK;
	TRY(people_of(c, u, year, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].id == me->member_id)
			*out = v[i].code;
	return FAIL_OK;
}

bool growth_may_names(struct call *c, int64_t unit_id)
{
	return call_may(c, MAY_SEE_MEMBERS, unit_id) || call_may(c, MAY_TAKE_PART, unit_id);
}

void html_entry_fields(struct out *o, const struct page *pg, const struct entry_form_view *v)
{
	view_entry_fields(o, pg, v);
}
