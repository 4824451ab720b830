/* exchange_initiatives.c — initiatives in and out as files. An initiative is known by its code; a row never removes one. */
#include <string.h>

#include "growth/initiative.h"
#include "growth/kinds.h"
#include "growth_sql.h"
#include "org/unit.h"

/* The unit of the row before: neighbours in a file mostly share it. */
struct state {
	char code[256];
	int64_t unit_id, realm;
};

static fail begin(struct call *c, struct import *im, void **out)
{
	(void)c;
	*out = ARENA_NEW(import_arena(im), struct state);
	return FAIL_OK;
}

static fail find_unit(struct call *c, struct state *s, const char *code)
{
	if (strcmp(s->code, code) == 0)
		return FAIL_OK;
	s->code[0] = '\0';
	TRY(org_unit_id(c, code, &s->unit_id));
	TRY(org_realm(c, s->unit_id, &s->realm));
	if (!call_may(c, MAY_IMPORT, s->unit_id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	snprintf(s->code, sizeof s->code, "%s", code);
	return FAIL_OK;
}

/* Codes without blanks between, each between semicolons: ";A;B;" */
static const char *fenced(struct arena *a, const char *codes)
{
	char *out = arena_printf(a, ";%s;", codes), *to = out;

	for (const char *s = out; *s; s++)
		if (*s != ' ')
			*to++ = *s == ',' ? ';' : *s;
	*to = '\0';
	return out;
}

/* The same people, whatever their order. */
static bool same_people(struct arena *a, const char *x, const char *y)
{
	const char *one = fenced(a, x), *two = fenced(a, y);

	if (strlen(one) != strlen(two))
		return false;
	for (const char *s = one; s[1]; s += 1 + strcspn(s + 1, ";"))
		if (!strstr(two, arena_printf(a, ";%.*s;", (int)strcspn(s + 1, ";"), s + 1)))
			return false;
	return true;
}

static bool same(struct arena *a, const struct initiative *x, const struct initiative *y)
{
	return x->e.year == y->e.year && x->recognised_on.days == y->recognised_on.days && strcmp(x->title, y->title) == 0 &&
	       strcmp(x->benefit, y->benefit) == 0 && strcmp(x->recognised_by, y->recognised_by) == 0 && same_people(a, x->authors, y->authors);
}

static fail row(struct call *c, struct import *im, void *state, const void *given)
{
	struct initiative i = *(const struct initiative *)given, was;
	struct state *s = state;
	fail f;

	TRY(find_unit(c, s, i.e.unit_code));
	i.e.realm = s->realm;
	i.e.unit_id = s->unit_id;
	i.e.id = i.e.rev = 0;
	f = initiative_by_code(c, s->realm, i.code, &was);
	if (f == FAIL_NOT_FOUND) {
		TRY(entry_save(c, &initiative_entries, &i, NULL));
		import_count(im, IMPORT_ADDED);
		return FAIL_OK;
	}
	TRY(f);
	if (was.e.unit_id != i.e.unit_id)
		return problem(c, FAIL_CONFLICT, "code", "the initiative “%s” belongs to the unit %s; give this one another code", i.code, was.e.unit_code);
	if (same(c->arena, &was, &i)) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	i.e.id = was.e.id;
	i.e.rev = was.e.rev;
	TRY(entry_save(c, &initiative_entries, &i, NULL));
	import_count(im, IMPORT_CHANGED);
	return FAIL_OK;
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	bool all = q->period.from == 0 && q->period.to == 0;
	int64_t first = all ? 0 : q->period.from / 12, last = all ? 9999 : q->period.to / 12, unit = 0;
	struct initiatives list;

	if (q->unit_code)
		TRY(org_unit_id(c, q->unit_code, &unit));
	TRY(db_all(c, &Q_initiatives_rows, ARGS(V(unit), V(date_is(q->on) ? q->on : c->today), V(first), V(last)), &initiative_record, &list.v, &list.n));
	for (size_t i = 0; i < list.n; i++) {
		struct initiative one;

		TRY(entry_by_id(c, &initiative_entries, list.v[i].e.id, &one));
		TRY(export_row(ex, &one));
	}
	return FAIL_OK;
}

const struct exchange_kind initiative_kind = {
	.name = "initiatives",
	.label = N_("Initiatives"),
	.record = &initiative_record,
	.may_export = MAY_SEE_MEMBERS,
	.begin = begin,
	.row = row,
	.each = each,
};
