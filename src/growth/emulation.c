/* emulation.c — titles, agreements and undertakings in the store. */
#include "growth/emulation.h"

#include <string.h>

#include "db/journal.h"
#include "growth_sql.h"
#include "org/unit.h"

const char *const title_results[] = { "", "reached", "not_reached", NULL };
const char *const undertaking_results[] = { "", "done", "partly", "not_done", NULL };

const char *title_result_name(enum lang lang, unsigned result)
{
	static const char *const names[] = { N_("Registered"), N_("Reached"), N_("Not reached") };

	return result < TITLE_RESULTS ? tr(lang, names[result]) : "";
}

const char *undertaking_result_name(enum lang lang, unsigned result)
{
	static const char *const names[] = { N_("Not reviewed yet"), N_("Done"), N_("Partly done"), N_("Not done") };

	return result < UNDERTAKING_RESULTS ? tr(lang, names[result]) : "";
}

/* clang-format off */
static const struct field title_fields[] = {
	ENTRY_YEAR(struct emulation_title, 0),
	FIELD(struct emulation_title, title, N_("Title registered for"), REQUIRED, .max = 200),
	FIELD(struct emulation_title, member_code, N_("Who registers"), 0, .max = 60),
	FIELD(struct emulation_title, result, N_("Result"), 0, .words = title_results),
	ENTRY_COLS(struct emulation_title), ENTRY_COL(struct emulation_title, unit_code, FIELD_TEXT),
	COL(struct emulation_title, member_id), COL(struct emulation_title, member_name), FIELD_END,
};
static const struct field agreement_fields[] = {
	ENTRY_YEAR(struct agreement, 0),
	FIELD(struct agreement, title, N_("Agreement"), REQUIRED, .max = 200),
	FIELD(struct agreement, text, N_("What was agreed"), 0, .max = 4000),
	FIELD(struct agreement, signed_on, N_("Signed on"), 0),
	ENTRY_COLS(struct agreement), ENTRY_COL(struct agreement, unit_code, FIELD_TEXT), FIELD_END,
};
static const struct field party_fields[] = {
	COL(struct party, realm), COL(struct party, agreement_id), COL(struct party, unit_id), COL(struct party, unit_code), COL(struct party, unit_name),
	COL(struct party, signed_by), COL(struct party, signed_on), FIELD_END,
};
static const struct field undertaking_fields[] = {
	ENTRY_YEAR(struct undertaking, 0),
	FIELD(struct undertaking, member_code, N_("Member"), REQUIRED, .max = 60),
	FIELD(struct undertaking, text, N_("What is undertaken"), REQUIRED, .max = 500),
	FIELD(struct undertaking, due_on, N_("Until when"), 0),
	COL(struct undertaking, result, .words = undertaking_results), COL(struct undertaking, review), COL(struct undertaking, reviewed_on),
	ENTRY_COLS(struct undertaking), ENTRY_COL(struct undertaking, unit_code, FIELD_TEXT),
	COL(struct undertaking, member_id), COL(struct undertaking, member_name), FIELD_END,
};
/* clang-format on */
const struct record title_record = { "emulation_title", sizeof(struct emulation_title), title_fields };
const struct record agreement_record = { "agreement", sizeof(struct agreement), agreement_fields };
const struct record party_record = { "agreement_party", sizeof(struct party), party_fields };
const struct record undertaking_record = { "undertaking", sizeof(struct undertaking), undertaking_fields };

static const char *text_of(const char *s)
{
	return s ? s : "";
}

/* ---------------------------------------------------------------- titles */

static fail title_check(struct call *c, void *row, const void *was)
{
	struct emulation_title *t = row;

	(void)was;
	if (!*text_of(t->title))
		return problem(c, FAIL_INPUT, "title", "name the title");
	t->member_id = 0;
	t->member_code = text_of(t->member_code);
	return *t->member_code ? entry_person(c, &t->e, t->member_code, "member_code", &t->member_id) : FAIL_OK;
}

static fail title_write(struct call *c, const void *row)
{
	const struct emulation_title *t = row;

	return db_exec(c, &Q_title_put,
	               ARGS(V(t->e.realm), V(t->e.id), V(t->e.unit_id), V(t->member_id), V(t->e.year), V(t->title), V(title_results[t->result])), NULL);
}

static fail title_erase(struct call *c, const void *row)
{
	const struct entry *e = row;

	return db_exec(c, &Q_title_drop, ARGS(V(e->realm), V(e->id)), NULL);
}

const struct entry_kind title_entries = { "emulation_title", &title_record, &Q_title, &Q_titles_of, NULL, title_check, title_write, title_erase, NULL };

/* ---------------------------------------------------------------- agreements */

static fail agreement_check(struct call *c, void *row, const void *was)
{
	struct agreement *a = row;

	(void)was;
	if (!*text_of(a->title))
		return problem(c, FAIL_INPUT, "title", "give the agreement a name");
	if (date_is(a->signed_on) && a->signed_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "signed_on", "%s has not come yet", show_date(c->arena, c->lang, a->signed_on));
	return FAIL_OK;
}

static fail agreement_write(struct call *c, const void *row)
{
	const struct agreement *a = row;

	return db_exec(c, &Q_agreement_put,
	               ARGS(V(a->e.realm), V(a->e.id), V(a->e.unit_id), V(a->e.year), V(a->title), V(a->signed_on), V(text_of(a->text))), NULL);
}

static fail agreement_erase(struct call *c, const void *row)
{
	const struct entry *e = row;

	TRY(db_exec(c, &Q_parties_drop, ARGS(V(e->realm), V(e->id)), NULL));
	return db_exec(c, &Q_agreement_drop, ARGS(V(e->realm), V(e->id)), NULL);
}

const struct entry_kind agreement_entries = { "agreement",     &agreement_record, &Q_agreement,    &Q_agreements_of, NULL,
	                                          agreement_check, agreement_write,   agreement_erase, NULL };

fail agreement_parties(struct call *c, const struct agreement *a, struct parties *out)
{
	return db_all(c, &Q_parties, ARGS(V(a->e.realm), V(a->e.id)), &party_record, &out->v, &out->n);
}

fail agreements_with(struct call *c, int64_t unit_id, int year, struct agreements *out)
{
	int64_t realm;

	TRY(org_realm(c, unit_id, &realm));
	return db_all(c, &Q_agreements_with, ARGS(V(realm), V(unit_id), V(year)), &agreement_record, &out->v, &out->n);
}

struct party_list {
	int64_t id;
	const int64_t *units;
	size_t n;
};

static bool listed(const struct party_list *l, int64_t unit)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->units[i] == unit)
			return true;
	return false;
}

static fail leave_out(struct call *c, const struct party_list *l, const struct parties *known)
{
	for (size_t i = 0; i < known->n; i++) {
		const struct party *p = &known->v[i];

		if (listed(l, p->unit_id))
			continue;
		if (date_is(p->signed_on))
			return problem(c, FAIL_CONFLICT, "party", "%s has signed already and stays in the agreement", p->unit_name);
		TRY(db_exec(c, &Q_party_drop, ARGS(V(p->realm), V(p->agreement_id), V(p->unit_id)), NULL));
	}
	return FAIL_OK;
}

static fail parties_body(struct call *c, void *arg)
{
	const struct party_list *l = arg;
	struct agreement a;
	struct parties known;
	int64_t added, changed = 0;

	TRY(entry_by_id(c, &agreement_entries, l->id, &a));
	TRY(agreement_parties(c, &a, &known));
	TRY(leave_out(c, l, &known));
	for (size_t i = 0; i < l->n; i++) {
		int64_t realm;

		TRY(org_realm(c, l->units[i], &realm));
		if (realm != a.e.realm)
			return problem(c, FAIL_INPUT, "party", "a party belongs to the same province");
		TRY(db_exec(c, &Q_party_add, ARGS(V(a.e.realm), V(l->id), V(l->units[i])), &added));
		changed += added;
	}
	return journal_add(c, a.e.realm, a.e.unit_id, "update", "agreement", l->id, NULL,
	                   arena_printf(c->arena, "{\"parties\":%zu,\"added\":%lld}", l->n, (long long)changed));
}

fail agreement_set_parties(struct call *c, int64_t id, const int64_t *units, size_t n)
{
	return db_write(c, parties_body, &(struct party_list){ id, units, n });
}

struct signing {
	int64_t id, unit_id;
	struct date on;
	const char *by;
};

static fail sign_body(struct call *c, void *arg)
{
	const struct signing *s = arg;
	char day[DATE_TEXT];
	struct agreement a;
	struct parties known;

	TRY(entry_by_id(c, &agreement_entries, s->id, &a));
	TRY(agreement_parties(c, &a, &known));
	for (size_t i = 0; i < known.n; i++) {
		const struct party *p = &known.v[i];

		if (p->unit_id != s->unit_id)
			continue;
		if (date_is(p->signed_on))
			return problem(c, FAIL_CONFLICT, "", "%s has signed already, on %s", p->unit_name, show_date(c->arena, c->lang, p->signed_on));
		TRY(db_exec(c, &Q_party_sign, ARGS(V(p->realm), V(p->agreement_id), V(p->unit_id), V(s->on), V(s->by)), NULL));
		date_format(s->on, day);
		return journal_add(c, p->realm, p->unit_id, "sign", "agreement", p->agreement_id, NULL, arena_printf(c->arena, "{\"signed_on\":\"%s\"}", day));
	}
	return problem(c, FAIL_NOT_FOUND, "", "this unit is no party of the agreement");
}

fail agreement_sign(struct call *c, int64_t id, int64_t unit_id, struct date on, const char *by)
{
	if (!date_is(on))
		return problem(c, FAIL_INPUT, "signed_on", "give the day of signing");
	if (on.days > c->today.days)
		return problem(c, FAIL_INPUT, "signed_on", "%s has not come yet", show_date(c->arena, c->lang, on));
	if (!*text_of(by))
		return problem(c, FAIL_INPUT, "signed_by", "name who signs");
	return db_write(c, sign_body, &(struct signing){ id, unit_id, on, by });
}

/* ---------------------------------------------------------------- undertakings */

static fail undertaking_check(struct call *c, void *row, const void *was)
{
	struct undertaking *u = row;
	const struct undertaking *before = was;

	if (!*text_of(u->text))
		return problem(c, FAIL_INPUT, "text", "say what is undertaken");
	if (!*text_of(u->member_code))
		return problem(c, FAIL_INPUT, "member_code", "say whose undertaking it is");
	if (before && before->result != UNDERTAKING_OPEN)
		return problem(c, FAIL_CONFLICT, "", "it has been reviewed; the words stay as they are");
	return entry_person(c, &u->e, u->member_code, "member_code", &u->member_id);
}

static fail undertaking_write(struct call *c, const void *row)
{
	const struct undertaking *u = row;

	return db_exec(c, &Q_undertaking_put,
	               ARGS(V(u->e.realm), V(u->e.id), V(u->e.unit_id), V(u->member_id), V(u->e.year), V(u->text), V(u->due_on)), NULL);
}

static fail undertaking_erase(struct call *c, const void *row)
{
	const struct undertaking *u = row;

	if (u->result != UNDERTAKING_OPEN)
		return problem(c, FAIL_CONFLICT, "", "it has been reviewed; the words stay as they are");
	return db_exec(c, &Q_undertaking_drop, ARGS(V(u->e.realm), V(u->e.id)), NULL);
}

const struct entry_kind undertaking_entries = { "undertaking",     &undertaking_record, &Q_undertaking,    &Q_undertakings_of, NULL,
	                                            undertaking_check, undertaking_write,   undertaking_erase, NULL };

struct reviewing {
	int64_t id, rev;
	unsigned result;
	const char *words;
	struct undertaking *stored;
};

static fail review_body(struct call *c, void *arg)
{
	const struct reviewing *r = arg;
	struct undertaking u;
	struct date on = r->result == UNDERTAKING_OPEN ? DATE_NONE : c->today;

	TRY(entry_by_id(c, &undertaking_entries, r->id, &u));
	*r->stored = u;
	if (u.e.rev != r->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed it in the meantime; both versions are shown");
	TRY(db_exec(c, &Q_undertaking_review, ARGS(V(u.e.realm), V(u.e.id), V(undertaking_results[r->result]), V(r->words), V(on)), NULL));
	r->stored->result = r->result;
	r->stored->review = r->words;
	r->stored->e.rev++;
	return journal_add(c, u.e.realm, u.e.unit_id, "review", "undertaking", u.e.id, arena_printf(c->arena, "{\"result\":\"%s\"}", undertaking_results[u.result]),
	                   arena_printf(c->arena, "{\"result\":\"%s\"}", undertaking_results[r->result]));
}

fail undertaking_review(struct call *c, int64_t id, int64_t rev, unsigned result, const char *words, struct undertaking *stored)
{
	if (result > UNDERTAKING_DONE && result < UNDERTAKING_RESULTS && !*text_of(words))
		return problem(c, FAIL_INPUT, "review", "say in a few words what was missing");
	return db_write(c, review_body, &(struct reviewing){ id, rev, result, result == UNDERTAKING_OPEN ? "" : text_of(words), stored });
}
