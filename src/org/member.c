/* member.c — reading members, rolls and figures; the rules of one membership. Changes are member_change.c. */
#include "org/member.h"

#include <string.h>

#include "db/db.h"
#include "member_sql.h"

enum { OFFICIAL_MIN = 3, PROBATION_MONTHS = 12, EXEMPT_MONTHS = 12 };

const char *const member_statuses[] = { "", N_("probationary"), N_("official"), N_("exempt"), N_("temp_away"), N_("temp_here"), N_("transferred"),
	                                    N_("left"), N_("deceased"), NULL };
const char *const exempt_reasons[] = { "", N_("age_or_health"), N_("other"), NULL };

static const struct field member_fields[] = {
	FIELD(struct member, code, N_("Member code"), REQUIRED | KEY, .max = 40),
	FIELD(struct member, full_name, N_("Full name"), REQUIRED | NAME_TEXT, .max = 120),
	FIELD(struct member, admitted_on, N_("Admitted on"), 0),
	FIELD(struct member, decision_on, N_("Date of the admission decision"), 0),
	FIELD(struct member, official_on, N_("Official since"), 0),
	FIELD(struct member, contact, N_("Contact"), 0, .max = 120),
	FIELD(struct member, uses_app, N_("Uses the application"), 0),
	COL(struct member, realm),
	COL(struct member, id),
	COL(struct member, rev),
	COL(struct member, name_key),
	COL(struct member, sort_key),
	FIELD_END,
};
const struct record member_record = { "member", sizeof(struct member), member_fields };

static const struct field membership_fields[] = {
	FIELD(struct membership, unit_code, N_("Unit"), 0, .max = 40),
	FIELD(struct membership, status, N_("Status"), REQUIRED, .words = member_statuses),
	FIELD(struct membership, valid_from, N_("First day"), FROM_DATE),
	FIELD(struct membership, valid_to, N_("Last day"), TO_DATE),
	FIELD(struct membership, reason, N_("Reason of the exemption"), 0, .words = exempt_reasons),
	FIELD(struct membership, decision_no, N_("Number of the decision"), 0, .max = 60),
	COL(struct membership, realm),
	COL(struct membership, member_id),
	COL(struct membership, unit_id),
	COL(struct membership, unit_name),
	FIELD_END,
};
const struct record membership_record = { "membership", sizeof(struct membership), membership_fields };

static const struct field roll_member_fields[] = {
	FIELD(struct roll_member, code, N_("Member code"), 0),
	FIELD(struct roll_member, full_name, N_("Full name"), 0),
	FIELD(struct roll_member, status, N_("Status"), 0, .words = member_statuses),
	FIELD(struct roll_member, official, N_("Past probation"), 0),
	FIELD(struct roll_member, reason, N_("Reason of the exemption"), 0, .words = exempt_reasons),
	FIELD(struct roll_member, admitted_on, N_("Admitted on"), 0),
	FIELD(struct roll_member, official_on, N_("Official since"), 0),
	FIELD(struct roll_member, valid_from, N_("First day"), FROM_DATE),
	FIELD(struct roll_member, valid_to, N_("Last day"), TO_DATE),
	COL(struct roll_member, realm),
	COL(struct roll_member, id),
	COL(struct roll_member, rev),
	COL(struct roll_member, sort_key),
	FIELD_END,
};
const struct record roll_member_record = { "roll_member", sizeof(struct roll_member), roll_member_fields };

static const struct field counts_fields[] = {
	FIELD(struct member_counts, members, N_("Members"), 0),
	FIELD(struct member_counts, official, N_("Official members"), 0),
	FIELD(struct member_counts, probationary, N_("Probationary members"), 0),
	FIELD(struct member_counts, exempt, N_("Exempt"), 0),
	FIELD(struct member_counts, temp_away, N_("Temporarily elsewhere"), 0),
	FIELD(struct member_counts, temp_here, N_("Temporarily here"), 0),
	FIELD(struct member_counts, expected, N_("Expected at a meeting"), 0),
	FIELD(struct member_counts, base, N_("Voting base"), 0),
	COL(struct member_counts, official_exempt),
	COL(struct member_counts, official_away),
	COL(struct member_counts, ever),
	FIELD_END,
};
const struct record member_counts_record = { "member_counts", sizeof(struct member_counts), counts_fields };

const char *member_status_name(enum lang lang, unsigned status)
{
	static const char *const names[STATUS_COUNT] = {
		"", N_("Probationary"), N_("Official"), N_("Exempt"), N_("Temporarily elsewhere"), N_("Temporarily here"), N_("Transferred"),
		N_("Left"), N_("Deceased"),
	};

	return status > STATUS_NONE && status < STATUS_COUNT ? tr(lang, names[status]) : "";
}

static struct date probation_ends(struct date on)
{
	return date_add_months(on, -PROBATION_MONTHS);
}

fail org_member(struct call *c, int64_t realm, int64_t id, struct member *out)
{
	fail f = db_one(c, &Q_org_member, ARGS(V(realm), V(id)), &member_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "member", "there is no such member") : f;
}

fail org_member_by_code(struct call *c, int64_t realm, const char *code, struct member *out)
{
	fail f = realm ? db_one(c, &Q_org_member_by_code, ARGS(V(realm), V(code)), &member_record, out)
	               : db_one(c, &Q_org_member_anywhere, ARGS(V(code)), &member_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "member_code", "there is no member with the code “%s”", code) : f;
}

fail org_memberships(struct call *c, int64_t realm, int64_t member_id, struct membership **out, size_t *n)
{
	return db_all(c, &Q_org_memberships, ARGS(V(realm), V(member_id)), &membership_record, out, n);
}

fail org_members_on(struct call *c, int64_t unit_id, struct date on, struct roll *out)
{
	return db_all(c, &Q_org_members_on, ARGS(V(unit_id), V(on), V(probation_ends(on))), &roll_member_record, &out->v, &out->n);
}

fail org_member_counts(struct call *c, int64_t unit_id, struct date on, struct member_counts *out)
{
	return db_one(c, &Q_org_member_counts, ARGS(V(unit_id), V(on), V(probation_ends(on))), &member_counts_record, out);
}

fail org_may_meet(struct call *c, int64_t unit_id, struct date on)
{
	struct member_counts n;

	TRY(org_member_counts(c, unit_id, on, &n));
	if (!n.ever || n.official >= OFFICIAL_MIN)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "unit",
	               "the cell has %lld official members on %s; a meeting needs at least %d: ask the committee above to move members here or to merge the cell",
	               (long long)n.official, show_date(c->arena, c->lang, on), OFFICIAL_MIN);
}

static fail check_exemption(struct call *c, const struct membership *m)
{
	struct date year = date_add_months(m->valid_from, EXEMPT_MONTHS);

	if (m->reason != REASON_OTHER)
		return FAIL_OK;
	if (m->valid_to.days == DATE_OPEN.days)
		return problem(c, FAIL_INPUT, "valid_to", "an exemption for another reason than age or health needs a last day, less than 12 months on");
	if (m->valid_to.days + 1 >= year.days)
		return problem(c, FAIL_INPUT, "valid_to",
		               "an exemption for another reason than age or health lasts less than 12 months each time: give a last day before %s",
		               show_date(c->arena, c->lang, (struct date){ year.days - 1 }));
	return FAIL_OK;
}

fail membership_check(struct call *c, const struct membership *m)
{
	if (m->status == STATUS_NONE)
		return problem(c, FAIL_INPUT, "status", "no status is given; choose one of the list");
	if (m->valid_to.days < m->valid_from.days)
		return problem(c, FAIL_INPUT, "valid_to", "the last day (%s) comes before the first day (%s)", show_date(c->arena, c->lang, m->valid_to),
		               show_date(c->arena, c->lang, m->valid_from));
	if (m->status != STATUS_EXEMPT && m->reason != REASON_NONE)
		return problem(c, FAIL_INPUT, "reason", "a reason is given only with an exemption; leave it empty");
	return m->status == STATUS_EXEMPT ? check_exemption(c, m) : FAIL_OK;
}
