/* report_recognition.c — R17: what the year came to, who is proposed and recognised, and the certificates (W8 to W10). */
#include "growth/award.h"
#include "year/reports.h"

static const struct report_column rate_columns[] = {
	{ "name", N_("Share"), VALUE_TEXT }, { "value", N_("Value"), VALUE_RATE },
};
enum { C_CODE, C_NAME, C_KIND, C_PARENT, C_SELF, C_VOTED, C_APPRAISED, C_RESULT, C_LEVEL, C_STATE, C_DECISION, C_DECIDED, C_EXEMPLARY };
static const struct report_column unit_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },          { "name", N_("Unit"), VALUE_TEXT },         { "kind", N_("Kind of unit"), VALUE_TEXT },
	{ "parent", N_("Committee"), VALUE_TEXT },   { "self", N_("Self"), VALUE_POINTS },       { "voted", N_("Voted"), VALUE_POINTS },
	{ "appraised", N_("Appraisal"), VALUE_POINTS }, { "result", N_("Result"), VALUE_TEXT },  { "level", N_("Annual level"), VALUE_TEXT },
	{ "state", N_("State"), VALUE_TEXT },        { "decision_no", N_("Decision"), VALUE_TEXT }, { "decided_on", N_("Decided on"), VALUE_DAY },
	{ "exemplary", N_("Exemplary"), VALUE_TEXT },
};
static const struct report_column certificate_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },   { "name", N_("Unit"), VALUE_TEXT },     { "title", N_("What for"), VALUE_TEXT },
	{ "decision_no", N_("Decision"), VALUE_TEXT }, { "decided_on", N_("Decided on"), VALUE_DAY }, { "check_code", N_("Check code"), VALUE_TEXT },
};

struct sums { int64_t units, registered, assessed, met, excellent, recognised, exemplary; };
struct recognition_job {
	struct report *r;
	int year;
	const struct year_units *units;
	struct report_table *list, *certificates;
	struct awards awards;
	struct sums n;
};

/* ---- a unit ---- */

static const struct award *award_of(const struct awards *all, int64_t case_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].case_id == case_id && !date_is(all->v[i].revoked_on))
			return &all->v[i];
	return NULL;
}

static void certificate_row(struct call *c, struct recognition_job *j, const struct year_unit *u, const struct year_case *k)
{
	const struct award *a = award_of(&j->awards, k->id);
	struct report_value *v = report_row(c, j->certificates);

	v[0].s = u->code;
	v[1] = (struct report_value){ .b = u->id, .s = u->name };
	v[2].s = a ? a->title : "";
	v[3].s = a ? a->decision_no : "";
	v[4].a = a && date_is(a->decided_on) ? a->decided_on.days : INT_UNKNOWN;
	v[5].s = a ? a->check_code : "";
}

static void unit_row(struct call *c, struct recognition_job *j, const struct year_unit *u, const struct report_case *k, unsigned level)
{
	struct report_value *v = report_row(c, j->list);

	v[C_CODE].s = u->code;
	v[C_NAME] = (struct report_value){ .b = u->id, .s = u->name };
	v[C_KIND].s = report_unit_kind(c->lang, u);
	v[C_PARENT].s = u->parent;
	v[C_SELF].a = report_points(k, CASE_STAGE_SELF);
	v[C_VOTED].a = report_points(k, CASE_STAGE_VOTED);
	v[C_APPRAISED].a = report_points(k, CASE_STAGE_APPRAISED);
	v[C_RESULT].s = k->counts ? case_result_name(c->lang, k->counts->result) : "";
	v[C_LEVEL].s = case_result_name(c->lang, level);
	v[C_STATE].s = case_state_name(c->lang, CASE_FOUR_GOOD, k->kase.state);
	v[C_DECISION].s = k->kase.decision_no;
	v[C_DECIDED].a = date_is(k->kase.decided_on) ? k->kase.decided_on.days : INT_UNKNOWN;
	v[C_EXEMPLARY].s = k->kase.exemplary > 0 ? tr(c->lang, N_("exemplary")) : "";
}

static fail take_unit(struct call *c, struct recognition_job *j, const struct year_unit *u)
{
	struct report_case k, class;

	j->n.units += (u->exists && !u->left) || u->facts.marks & MARK_REGISTERED;
	j->n.registered += u->facts.marks & MARK_REGISTERED;
	if (!(u->facts.marks & MARK_ASSESSED))
		return FAIL_OK;
	TRY(report_case_of(c, CASE_FOUR_GOOD, j->year, u->id, &k));
	TRY(report_case_of(c, CASE_UNIT, j->year, u->id, &class));
	unsigned level = class.counts ? class.counts->result : RESULT_NONE;
	bool met = k.counts && k.counts->result == RESULT_MET;

	j->n.assessed++;
	j->n.met += met;
	j->n.excellent += met && level == RESULT_EXCELLENT;
	j->n.recognised += k.kase.state == CASE_RECOGNISED;
	unit_row(c, j, u, &k, level);
	if (k.kase.state != CASE_RECOGNISED || k.kase.exemplary <= 0)
		return FAIL_OK;
	j->n.exemplary++;
	certificate_row(c, j, u, &k.kase);
	return FAIL_OK;
}

/* ---- shares ---- */

static void rate_row(struct call *c, struct report_table *t, const char *name, int64_t num, int64_t den)
{
	struct report_value *v = report_row(c, t);

	v[0].s = tr(c->lang, name);
	v[1] = (struct report_value){ num, den, "" };
}

static void rate_rows(struct call *c, struct report_table *t, const struct sums *n)
{
	rate_row(c, t, N_("Registered, of all units"), n->registered, n->units);
	rate_row(c, t, N_("Assessed, of those registered"), n->assessed, n->registered);
	rate_row(c, t, N_("Meeting the standard, of those assessed"), n->met, n->assessed);
	rate_row(c, t, N_("Recognised, of those meeting the standard"), n->recognised, n->met);
	rate_row(c, t, N_("Classified Excellent, of those meeting the standard"), n->excellent, n->met);
	rate_row(c, t, N_("Classified Excellent, of those assessed"), n->excellent, n->assessed);
	rate_row(c, t, N_("Exemplary, of those meeting the standard"), n->exemplary, n->met);
}

/* ---- the report ---- */

static fail recognition_body(struct call *c, void *arg)
{
	struct recognition_job *j = arg;
	const struct award_query q = { .unit_id = j->r->question.unit_id, .year = j->year, .kind = AWARD_CERTIFICATE, .before_id = INT64_MAX,
		                           .limit = (int64_t)j->units->n * 4 + 16 };

	TRY(award_list(c, &q, &j->awards));
	for (size_t i = 0; i < j->units->n; i++)
		if (j->units->v[i].id != j->r->question.unit_id || !j->units->v[i].body)
			TRY(take_unit(c, j, &j->units->v[i]));
	return FAIL_OK;
}

fail report_recognition(struct call *c, struct report *r)
{
	struct recognition_job j = { .r = r, .year = report_year_of(r) };
	struct year_units units;

	TRY(report_year_units(c, &r->question, j.year, &units));
	j.units = &units;
	struct report_table *rates = report_table(r, "rates", N_("What the year came to"), COLUMNS(rate_columns));

	j.list = report_table(r, "units", r->kind->title, COLUMNS(unit_columns));
	j.certificates = report_table(r, "certificates", N_("Certificates"), COLUMNS(certificate_columns));
	TRY(db_read(c, recognition_body, &j));
	rate_rows(c, rates, &j.n);
	j.list->note = arena_printf(c->arena, tr(c->lang, "Assessed: %1$s; meeting the standard: %2$s; recognised: %3$s; exemplary: %4$s."),
	                            show_int(c->arena, c->lang, j.n.assessed), show_int(c->arena, c->lang, j.n.met),
	                            show_int(c->arena, c->lang, j.n.recognised), show_int(c->arena, c->lang, j.n.exemplary));
	return FAIL_OK;
}
