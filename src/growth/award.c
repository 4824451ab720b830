/* award.c — awards in the store. */
#include "growth/award.h"

#include <string.h>

#include "award_sql.h"
#include "base/id.h"
#include "db/journal.h"
#include "growth/certificate.h"
#include "growth/code.h"
#include "growth/entry.h"
#include "growth/pattern.h"
#include "org/member.h"
#include "org/unit.h"

const char *const award_kinds[] = { "", "certificate", "commendation", "title", "prize", NULL };

const char *award_kind_name(enum lang lang, unsigned kind)
{
	static const char *const names[] = { "", N_("Certificate"), N_("Commendation by decision"), N_("Title of emulation"), N_("Prize") };

	return kind && kind < AWARD_KINDS ? tr(lang, names[kind]) : "";
}

/* clang-format off */
static const struct field fields[] = {
	FIELD(struct award, kind, N_("Kind of award"), REQUIRED, .words = award_kinds),
	FIELD(struct award, year, N_("Year"), REQUIRED, .min = 2000, .max = 2100),
	FIELD(struct award, title, N_("What for, as printed"), REQUIRED, .max = 300),
	FIELD(struct award, decision_no, N_("Number of the decision"), REQUIRED, .max = 60),
	FIELD(struct award, decided_on, N_("Day of the decision"), REQUIRED),
	FIELD(struct award, signed_by, N_("Signed by"), 0, .max = 120),
	COL(struct award, realm), COL(struct award, id), COL(struct award, unit_id), COL(struct award, case_id), COL(struct award, given_by),
	COL(struct award, at_ms), COL(struct award, rev), COL(struct award, member_id), COL(struct award, revoked_on), COL(struct award, check_code),
	COL(struct award, content), COL(struct award, revoked_why), COL(struct award, actor), COL(struct award, search_key), COL(struct award, unit_code),
	COL(struct award, unit_name), COL(struct award, giver_name), COL(struct award, member_code), COL(struct award, member_name), FIELD_END,
};
struct standing { int64_t id, rev; };
static const struct field standing_fields[] = { COL(struct standing, id), COL(struct standing, rev), FIELD_END };
/* clang-format on */
const struct record award_record = { "award", sizeof(struct award), fields };
static const struct record standing_record = { "award", sizeof(struct standing), standing_fields };

/* ---------------------------------------------------------------- reading */

fail award_by_id(struct call *c, int64_t id, struct award *out)
{
	fail f = db_one(c, &Q_award, ARGS(V(id)), &award_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "award", "there is no such award") : f;
}

fail award_by_code(struct call *c, const char *code, struct award *out)
{
	return db_one(c, &Q_award_by_code, ARGS(V(code)), &award_record, out);
}

fail award_list(struct call *c, const struct award_query *q, struct awards *out)
{
	return db_all(c, &Q_awards,
	              ARGS(V(q->unit_id), V(c->today), V(q->year), V(award_kinds[q->kind]), V(search_pattern(c->arena, q->words)), V(q->before_id),
	                   V(q->limit), V(q->given_only)),
	              &award_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- giving */

static fail check(struct call *c, const struct award *a)
{
	if (!a->kind || a->kind >= AWARD_KINDS)
		return problem(c, FAIL_INPUT, "kind", "say what kind of award it is");
	if (!a->title || !*a->title)
		return problem(c, FAIL_INPUT, "title", "say what it is given for");
	if (!a->decision_no || !*a->decision_no)
		return problem(c, FAIL_INPUT, "decision_no", "give the number of the decision");
	if (!date_is(a->decided_on))
		return problem(c, FAIL_INPUT, "decided_on", "give the day of the decision");
	if (a->decided_on.days > c->today.days)
		return problem(c, FAIL_INPUT, "decided_on", "%s has not come yet", show_date(c->arena, c->lang, a->decided_on));
	return FAIL_OK;
}

/* Who it is for, and who gives it, as they were on the day of the decision. */
static fail find_parties(struct call *c, struct award *a)
{
	struct unit u;

	TRY(org_unit_nearest(c, a->unit_id, a->decided_on, &u));
	a->realm = u.realm;
	a->unit_code = u.code;
	a->unit_name = u.name;
	a->member_id = 0;
	a->member_name = "";
	if (!a->member_code)
		a->member_code = "";
	if (*a->member_code) {
		struct entry e = { .realm = u.realm, .unit_id = u.id, .year = a->year };
		struct member m;

		TRY(entry_person(c, &e, a->member_code, "member_code", &a->member_id));
		TRY(org_member(c, u.realm, a->member_id, &m));
		a->member_name = m.full_name;
	}
	TRY(org_unit_nearest(c, a->given_by, a->decided_on, &u));
	a->giver_name = u.name;
	return FAIL_OK;
}

static const char *search_key(struct arena *a, const struct award *w)
{
	return text_key(a, arena_join(a, w->unit_name, " ", w->member_name, " ", w->title, " ", w->decision_no, NULL));
}

struct giving { const struct award *asked; struct award *a; };

static fail give_body(struct call *c, void *arg)
{
	const struct giving *g = arg;
	char code[CODE_TEXT];
	struct award *a = g->a;

	*a = *g->asked;
	TRY(check(c, a));
	TRY(find_parties(c, a));
	code_make(code);
	a->id = id_new();
	a->rev = 1;
	a->at_ms = c->now_ms;
	a->actor = c->who.name;
	a->check_code = arena_strdup(c->arena, code);
	a->revoked_on = DATE_NONE;
	a->revoked_why = "";
	if (!a->signed_by)
		a->signed_by = "";
	if (a->case_id <= 0)
		a->case_id = INT_UNKNOWN;
	a->search_key = search_key(c->arena, a);
	TRY(certificate_compose(c, a, &a->content));
	TRY(db_exec(c, &Q_award_insert,
	            ARGS(V(a->realm), V(a->id), V(award_kinds[a->kind]), V(a->year), V(a->unit_id), V(a->member_id), V(a->case_id), V(a->title),
	                 V(a->given_by), V(a->decision_no), V(a->decided_on), V(a->signed_by), V(a->check_code), V(a->content), V(a->search_key),
	                 V(a->actor), V(a->at_ms)),
	            NULL));
	return journal_add(c, a->realm, a->unit_id, "create", "award", a->id, NULL, entry_json(c, &award_record, a));
}

fail award_give(struct call *c, struct award *a)
{
	struct award asked = *a;
	fail f = db_write(c, give_body, &(struct giving){ &asked, a });

	if (f != FAIL_OK)
		*a = asked;
	return f;
}

/* ---------------------------------------------------------------- revoking */

struct revoking {
	int64_t id, rev;
	const char *why;
	struct award *a;
};

static fail revoke_body(struct call *c, void *arg)
{
	const struct revoking *r = arg;
	struct award *a = r->a;

	TRY(award_by_id(c, r->id, a));
	if (date_is(a->revoked_on))
		return problem(c, FAIL_CONFLICT, "", "this award was revoked on %s already", show_date(c->arena, c->lang, a->revoked_on));
	if (a->rev != r->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed it in the meantime; look at it as it is now");
	a->revoked_on = c->today;
	a->revoked_why = r->why;
	TRY(db_exec(c, &Q_award_revoke, ARGS(V(a->realm), V(a->id), V(a->revoked_on), V(r->why)), NULL));
	a->rev++;
	return journal_add(c, a->realm, a->unit_id, "revoke", "award", a->id, NULL, entry_json(c, &award_record, a));
}

fail award_revoke(struct call *c, int64_t id, int64_t rev, const char *why, struct award *a)
{
	if (!why || !*why)
		return problem(c, FAIL_INPUT, "why", "say why it is revoked");
	return db_write(c, revoke_body, &(struct revoking){ id, rev, why, a });
}

struct revoking_case {
	int64_t realm, case_id, *n;
	const char *why;
};

static fail revoke_case_body(struct call *c, void *arg)
{
	const struct revoking_case *r = arg;
	struct standing *v;
	struct award a;
	size_t n;

	TRY(db_all(c, &Q_awards_of_case, ARGS(V(r->realm), V(r->case_id)), &standing_record, &v, &n));
	for (size_t i = 0; i < n; i++)
		TRY(award_revoke(c, v[i].id, v[i].rev, r->why, &a));
	*r->n = (int64_t)n;
	return FAIL_OK;
}

fail award_revoke_case(struct call *c, int64_t realm, int64_t case_id, const char *why, int64_t *n)
{
	int64_t unused;

	return db_write(c, revoke_case_body, &(struct revoking_case){ realm, case_id, n ? n : &unused, why });
}
