/* report_levels.c — R18: annual levels by group with what the cap allows, the units of each group in their order, and members as counts of each cell.
 * The excess is shown; nobody is moved to another level here. */
#include "year/cap.h"
#include "year/reports.h"

enum { G_COMMITTEE, G_NAME, G_N, G_EXCELLENT, G_GOOD, G_COMPLETED, G_NOT_COMPLETED, G_BASE, G_ALLOWED, G_EXCESS, G_NEEDED };
static const struct report_column group_columns[] = {
	{ "committee", N_("Decided by"), VALUE_TEXT },  { "name", N_("Group"), VALUE_TEXT },      { "classified", N_("Classified"), VALUE_COUNT },
	{ "excellent", N_("Excellent"), VALUE_COUNT },  { "good", N_("Good"), VALUE_COUNT },      { "completed", N_("Completed"), VALUE_COUNT },
	{ "not_completed", N_("Not completed"), VALUE_COUNT }, { "base", N_("Base"), VALUE_COUNT }, { "allowed", N_("Allowed"), VALUE_COUNT },
	{ "excess", N_("Excess"), VALUE_COUNT },        { "base_needed", N_("Base needed"), VALUE_COUNT },
};
enum { U_COMMITTEE, U_GROUP, U_RANK, U_CODE, U_NAME, U_POINTS, U_LEVEL, U_OVER, U_DECISION };
static const struct report_column unit_columns[] = {
	{ "committee", N_("Decided by"), VALUE_TEXT }, { "group", N_("Group"), VALUE_TEXT },  { "rank", N_("Rank"), VALUE_COUNT },
	{ "code", N_("Code"), VALUE_TEXT },            { "name", N_("Unit"), VALUE_TEXT },    { "points", N_("Points"), VALUE_POINTS },
	{ "level", N_("Annual level"), VALUE_TEXT },   { "over", N_("Cap"), VALUE_TEXT },     { "decision_no", N_("Decision"), VALUE_TEXT },
};
enum { M_CODE, M_NAME, M_CLASSIFIED, M_EXCELLENT, M_GOOD, M_COMPLETED, M_NOT_COMPLETED, M_GOOD_OR_BETTER };
static const struct report_column member_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },            { "name", N_("Cell"), VALUE_TEXT },    { "classified", N_("Members classified"), VALUE_RATE },
	{ "excellent", N_("Excellent"), VALUE_COUNT }, { "good", N_("Good"), VALUE_COUNT },   { "completed", N_("Completed"), VALUE_COUNT },
	{ "not_completed", N_("Not completed"), VALUE_COUNT }, { "good_or_better", N_("Good or better"), VALUE_RATE },
};

struct levels_job {
	struct report *r;
	int year;
	const struct year_units *units;
	struct report_table *groups, *list, *members;
	const struct levels_rule *rule;
	bool mixed; /* committees with different rules */
};

/* ---- groups ---- */

static void add_counts(struct report_value *v, const struct cap_group *g)
{
	v[G_N].a += g->n;
	v[G_EXCELLENT].a += g->by_result[RESULT_EXCELLENT];
	v[G_GOOD].a += g->by_result[RESULT_GOOD];
	v[G_COMPLETED].a += g->by_result[RESULT_COMPLETED];
	v[G_NOT_COMPLETED].a += g->by_result[RESULT_NOT_COMPLETED];
	v[G_BASE].a += g->base;
	v[G_ALLOWED].a += g->allowed;
	v[G_EXCESS].a += g->excess;
	v[G_NEEDED].a += g->base_needed;
}

static void entry_row(struct call *c, struct report_table *t, const char *committee, const struct cap_group *g, const struct cap_entry *e)
{
	struct report_value *v = report_row(c, t);

	v[U_COMMITTEE].s = committee;
	v[U_GROUP].s = g->name;
	v[U_RANK].a = e->excellent ? e->rank : INT_UNKNOWN;
	v[U_CODE].s = e->kase.unit_code;
	v[U_NAME] = (struct report_value){ .b = e->kase.unit_id, .s = e->kase.unit_name };
	v[U_POINTS].a = e->sheet.revision ? e->sheet.points.t : INT_UNKNOWN;
	v[U_LEVEL].s = e->sheet.revision ? case_result_name(c->lang, e->sheet.result) : case_state_name(c->lang, e->kase.kind, e->kase.state);
	v[U_OVER].s = !e->excellent ? "" : tr(c->lang, e->over ? N_("over the cap") : N_("within"));
	v[U_DECISION].s = e->kase.decision_no;
}

static fail take_committee(struct call *c, struct levels_job *j, const struct year_unit *u)
{
	struct cap_groups groups;

	TRY(cap_groups_of(c, CASE_UNIT, j->year, u->id, &groups));
	j->mixed |= groups.n && j->rule && j->rule != groups.rule;
	if (groups.n)
		j->rule = groups.rule;
	for (size_t i = 0; i < groups.n; i++) {
		const struct cap_group *g = &groups.v[i];
		struct report_value *v = report_row(c, j->groups);

		v[G_COMMITTEE].s = u->name;
		v[G_NAME].s = g->name;
		add_counts(v, g);
		add_counts(j->groups->total, g);
		for (size_t k = 0; k < g->entry_n; k++)
			entry_row(c, j->list, u->name, g, &g->entries[k]);
	}
	return FAIL_OK;
}

/* A cell has decided nothing of units: its own level. */
static fail take_own(struct call *c, struct levels_job *j, const struct year_unit *u)
{
	struct report_case k;

	TRY(report_case_of(c, CASE_UNIT, j->year, u->id, &k));
	if (!k.kase.id)
		return FAIL_OK;
	const struct cap_entry e = { .kase = k.kase, .sheet = k.counts ? *k.counts : (struct year_sheet){ 0 } };

	entry_row(c, j->list, u->parent, &(struct cap_group){ .name = "" }, &e);
	return FAIL_OK;
}

static const char *cap_words(struct call *c, const struct levels_job *j)
{
	static const char *const bases[] = { N_("those classified Good"), N_("those classified Good or Excellent"), N_("all classified") };

	if (!j->rule || !j->rule->cap_percent)
		return "";
	return arena_printf(c->arena, tr(c->lang, "In each group the Excellent may be at most %1$d %% of %2$s, rounded down.%3$s The program shows the excess; the committee decides."),
	                    (int)j->rule->cap_percent, tr(c->lang, bases[j->rule->cap_base]),
	                    j->mixed ? tr(c->lang, N_(" Some committees have a rule of their own.")) : "");
}

/* ---- members ---- */

static void add_members(struct report_value *v, const struct unit_year *y)
{
	int64_t classified = 0;

	for (int i = 0; i < 4; i++) {
		v[M_EXCELLENT + i].a += y->members[i];
		classified += y->members[i];
	}
	v[M_CLASSIFIED].a += classified;
	v[M_CLASSIFIED].b += y->members_all;
	v[M_GOOD_OR_BETTER].a += y->members[0] + y->members[1];
	v[M_GOOD_OR_BETTER].b += classified;
}

static void member_rows(struct call *c, struct levels_job *j)
{
	struct report_value *total = report_total(c, j->members);

	total[M_NAME].s = tr(c->lang, "Total");
	for (size_t i = 0; i < j->units->n; i++) {
		const struct year_unit *u = &j->units->v[i];
		struct report_value *v;

		if (u->left || !(u->facts.members_all + u->facts.members[0] + u->facts.members[1] + u->facts.members[2] + u->facts.members[3]))
			continue;
		v = report_row(c, j->members);
		v[M_CODE].s = u->code;
		v[M_NAME] = (struct report_value){ .b = u->id, .s = u->name };
		add_members(v, &u->facts);
		add_members(total, &u->facts);
	}
}

/* ---- the report ---- */

static fail levels_body(struct call *c, void *arg)
{
	struct levels_job *j = arg;
	bool may = call_may(c, MAY_SEE_MEMBERS, j->r->question.unit_id);

	for (size_t i = 0; i < j->units->n; i++) {
		const struct year_unit *u = &j->units->v[i];

		if (u->body && u->level != LEVEL_SUBCOMMITTEE && !u->left)
			TRY(take_committee(c, j, u));
		else if (u->id == j->r->question.unit_id)
			TRY(take_own(c, j, u));
	}
	if (may)
		member_rows(c, j);
	else
		j->members->note = tr(c->lang, N_("Only for those who may see the members."));
	return FAIL_OK;
}

fail report_levels(struct call *c, struct report *r)
{
	struct levels_job j = { .r = r, .year = report_year_of(r) };
	struct year_units units;

	TRY(report_year_units(c, &r->question, j.year, &units));
	j.units = &units;
	j.groups = report_table(r, "groups", r->kind->title, COLUMNS(group_columns));
	j.list = report_table(r, "units", N_("Units of each group"), COLUMNS(unit_columns));
	j.members = report_table(r, "members", N_("Members of each cell"), COLUMNS(member_columns));
	report_total(c, j.groups)[G_COMMITTEE].s = tr(c->lang, "Total");
	TRY(db_read(c, levels_body, &j));
	j.groups->note = cap_words(c, &j);
	return FAIL_OK;
}
