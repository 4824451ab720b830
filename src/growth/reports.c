/* reports.c — the register of awards of a unit and all below it, year by year of the period. */
#include "growth/reports.h"

#include "growth/award.h"

enum { MOST = 20000 };

static fail report_awards(struct call *c, struct report *r);

const struct report_kind growth_reports[] = {
	{ "", "awards", N_("Register of awards"), report_awards },
	{ NULL },
};

enum { A_RECEIVER, A_MEMBER, A_TITLE, A_KIND, A_YEAR, A_DECISION, A_DAY, A_GIVER, A_CODE, A_REVOKED };
static const struct report_column columns[] = {
	{ "name", N_("Unit"), VALUE_TEXT },          { "member", N_("Member"), VALUE_TEXT },       { "title", N_("What for"), VALUE_TEXT },
	{ "kind", N_("Kind of award"), VALUE_TEXT }, { "year", N_("Year"), VALUE_TEXT },           { "decision_no", N_("Decision"), VALUE_TEXT },
	{ "decided_on", N_("Day of the decision"), VALUE_DAY }, { "given_by", N_("Given by"), VALUE_TEXT }, { "check_code", N_("Check code"), VALUE_TEXT },
	{ "revoked_on", N_("Revoked on"), VALUE_DAY },
};

struct job {
	struct report *r;
	struct awards list;
	bool names;
};

static fail load(struct call *c, void *arg)
{
	struct job *j = arg;
	struct award_query q = { .unit_id = j->r->question.unit_id, .before_id = INT64_MAX, .limit = MOST };

	j->names = call_may(c, MAY_SEE_MEMBERS, q.unit_id);
	return award_list(c, &q, &j->list);
}

static int64_t day_of(struct date d)
{
	return date_is(d) ? d.days : INT_UNKNOWN;
}

static fail report_awards(struct call *c, struct report *r)
{
	int from = r->question.period.from / 12, to = r->question.period.to / 12;
	struct job j = { .r = r };

	TRY(db_read(c, load, &j));
	struct report_table *t = report_table(r, "awards", r->kind->title, COLUMNS(columns));

	for (size_t i = 0; i < j.list.n; i++) {
		const struct award *a = &j.list.v[i];

		if (a->year < from || a->year > to)
			continue;
		struct report_value *v = report_row(c, t);

		v[A_RECEIVER] = (struct report_value){ .b = a->unit_id, .s = a->unit_name };
		v[A_MEMBER].s = a->member_id && j.names ? a->member_name : "";
		v[A_TITLE].s = a->title;
		v[A_KIND].s = award_kind_name(c->lang, a->kind);
		v[A_YEAR].s = arena_printf(c->arena, "%lld", (long long)a->year);
		v[A_DECISION].s = a->decision_no;
		v[A_DAY].a = day_of(a->decided_on);
		v[A_GIVER].s = a->giver_name;
		v[A_CODE].s = a->check_code;
		v[A_REVOKED].a = day_of(a->revoked_on);
	}
	return FAIL_OK;
}
