/* term.c — terms in the store. What runs inside them (numbers) is document.c's. */
#include "document/term.h"

#include <string.h>

#include "db/journal.h"
#include "register_sql.h"
#include "org/unit.h"

static const struct field term_fields[] = {
	FIELD(struct term, unit_code, N_("Unit"), REQUIRED | KEY, .max = 40),
	FIELD(struct term, name, N_("Name of the term"), 0, .max = 60),
	FIELD(struct term, valid_from, N_("First day"), REQUIRED | KEY),
	FIELD(struct term, valid_to, N_("Last day"), REQUIRED),
	COL(struct term, realm),
	COL(struct term, unit_id),
	FIELD_END,
};
const struct record term_record = { "term", sizeof(struct term), term_fields };

fail terms_of(struct call *c, int64_t unit_id, struct terms *out)
{
	return db_all(c, &Q_terms_of, ARGS(V(unit_id)), &term_record, &out->v, &out->n);
}

fail term_on(struct call *c, int64_t unit_id, struct date on, struct term *out)
{
	fail f = db_one(c, &Q_term_on, ARGS(V(unit_id), V(on)), &term_record, out);

	if (f == FAIL_NOT_FOUND)
		return problem(c, FAIL_INPUT, "dated_on", "no term of this unit is recorded for %s, and numbers run within a term; record the term first",
		               show_date(c->arena, c->lang, on));
	return f;
}

static const char *term_json(struct call *c, const struct term *t)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &term_record, t);
	json_object_end(&j);
	return out_text(&o);
}

static const char *years(struct call *c, const struct term *t)
{
	int from, to, unused;

	date_split(t->valid_from, &from, &unused, &unused);
	date_split(t->valid_to, &to, &unused, &unused);
	return arena_printf(c->arena, "%d–%d", from, to);
}

static fail find_unit(struct call *c, struct term *t)
{
	if (t->unit_id <= 0)
		TRY(org_unit_id(c, t->unit_code, &t->unit_id));
	return org_realm(c, t->unit_id, &t->realm);
}

static fail check(struct call *c, const struct term *t)
{
	int64_t n;

	if (t->valid_to.days < t->valid_from.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, t->valid_to),
		               show_date(c->arena, c->lang, t->valid_from));
	TRY(db_int(c, &Q_term_overlaps, ARGS(V(t->realm), V(t->unit_id), V(t->valid_from), V(t->valid_to)), 0, &n));
	if (n)
		return problem(c, FAIL_INPUT, "valid_from", "the unit has another term in these days; terms follow one another");
	TRY(db_int(c, &Q_term_cut_off, ARGS(V(t->realm), V(t->unit_id), V(t->valid_from), V(t->valid_to)), 0, &n));
	if (n)
		return problem(c, FAIL_INPUT, "valid_to", "documents of this term are dated after %s; the term cannot end before them",
		               show_date(c->arena, c->lang, t->valid_to));
	return FAIL_OK;
}

static fail save_body(struct call *c, void *arg)
{
	struct term *t = arg, was;
	const char *before = "";

	TRY(find_unit(c, t));
	if (!*t->name)
		t->name = years(c, t);
	TRY(check(c, t));
	fail f = db_one(c, &Q_term_on, ARGS(V(t->unit_id), V(t->valid_from)), &term_record, &was);

	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	if (f == FAIL_OK && was.valid_to.days == t->valid_to.days && strcmp(was.name, t->name) == 0)
		return FAIL_OK;
	if (f == FAIL_OK)
		before = term_json(c, &was);
	TRY(db_exec(c, &Q_term_put, ARGS(V(t->realm), V(t->unit_id), V(t->valid_from), V(t->valid_to), V(t->name)), NULL));
	return journal_add(c, t->realm, t->unit_id, *before ? "update" : "create", "term", t->unit_id, before, term_json(c, t));
}

fail term_save(struct call *c, struct term *t)
{
	return db_write(c, save_body, t);
}
