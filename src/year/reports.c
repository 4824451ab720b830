/* reports.c — R15 and what the reports of a year share. The others: report_sheet.c, report_recognition.c, report_levels.c. */
#include "year/reports.h"

#include "document/document.h"

const struct report_kind year_reports[] = {
	{ "R15", "four-good-registration", N_("“Four good” registrations"), report_registration },
	{ "R16", "four-good-sheet", N_("“Four good” score sheet"), report_sheet },
	{ "R17", "recognition", N_("“Four good” recognition"), report_recognition },
	{ "R18", "annual-levels", N_("Annual classification with the cap"), report_levels },
	{ NULL },
};

/* ---------------------------------------------------------------- shared */

enum unit_sort { WITH_COMMITTEE, GRASSROOTS_CELL, DEPARTMENT, SUBORDINATE_CELL, OTHER_BODY, UNIT_SORTS };

static enum unit_sort sort_of(const struct year_unit *u)
{
	if (u->grassroots_cell)
		return GRASSROOTS_CELL;
	if (u->level == LEVEL_CELL)
		return SUBORDINATE_CELL;
	if (u->level == LEVEL_SUBCOMMITTEE)
		return DEPARTMENT;
	if (u->level == LEVEL_GRASSROOTS)
		return WITH_COMMITTEE;
	return OTHER_BODY;
}

static const char *sort_name(enum lang lang, enum unit_sort s)
{
	static const char *const names[] = { N_("Grassroots body with a committee"), N_("Grassroots cell"), N_("Department committee"),
		                                 N_("Subordinate cell"), N_("Body of a higher level") };

	return tr(lang, names[s]);
}

const char *report_unit_kind(enum lang lang, const struct year_unit *u)
{
	return sort_of(u) == OTHER_BODY ? unit_level_name(lang, u->level) : sort_name(lang, sort_of(u));
}

int report_year_of(struct report *r)
{
	int year = r->question.period.to / 12;

	r->question.period = (struct period){ month_of(year, 1), month_of(year, 12) };
	return year;
}

fail report_case_of(struct call *c, unsigned kind, int year, int64_t unit_id, struct report_case *out)
{
	*out = (struct report_case){ 0 };
	TRY(case_find(c, kind, year, unit_id, 0, &out->kase));
	for (enum case_stage s = CASE_STAGE_HALF_YEAR; out->kase.id && s < CASE_STAGES; s++) {
		TRY(year_latest(c, &out->kase, s, &out->sheet[s]));
		if (s >= CASE_STAGE_SELF && out->sheet[s].revision)
			out->counts = &out->sheet[s];
	}
	return FAIL_OK;
}

int64_t report_points(const struct report_case *k, enum case_stage stage)
{
	return k->sheet[stage].revision ? k->sheet[stage].points.t : INT_UNKNOWN;
}

/* ---------------------------------------------------------------- R15 */

static const struct report_column sort_columns[] = {
	{ "name", N_("Kind of unit"), VALUE_TEXT }, { "units", N_("Units"), VALUE_COUNT }, { "registered", N_("Registered"), VALUE_RATE },
	{ "moved", N_("Moved away"), VALUE_COUNT }, { "assessed", N_("Assessed"), VALUE_COUNT },
};
enum { U_CODE, U_NAME, U_KIND, U_PARENT, U_REGISTERED, U_PLAN, U_AGREEMENT, U_VOTE, U_STATE, U_NOTE };
static const struct report_column unit_columns[] = {
	{ "code", N_("Code"), VALUE_TEXT },           { "name", N_("Unit"), VALUE_TEXT },   { "kind", N_("Kind of unit"), VALUE_TEXT },
	{ "parent", N_("Committee"), VALUE_TEXT },    { "registered_on", N_("Registered on"), VALUE_DAY }, { "plan", N_("Plan"), VALUE_TEXT },
	{ "agreement_on", N_("Emulation agreement"), VALUE_DAY }, { "vote", N_("Vote"), VALUE_RATE },
	{ "state", N_("State"), VALUE_TEXT },         { "note", N_("Remark"), VALUE_TEXT },
};

struct sort_sums { int64_t units, registered, assessed; };

static void sort_row(struct report_value *v, const char *name, const struct sort_sums *s)
{
	v[0].s = name;
	v[1].a = s->units;
	v[2] = (struct report_value){ s->registered, s->units, "" };
	v[3].a = s->registered - s->assessed;
	v[4].a = s->assessed;
}

/* The unit asked about is not one of those it lists, unless it is a cell. */
static bool is_listed(const struct report *r, const struct year_unit *u)
{
	return u->id != r->question.unit_id || !u->body;
}

static struct sort_sums sort_rows(struct call *c, struct report *r, const struct year_units *units)
{
	struct report_table *t = report_table(r, "kinds", N_("By kind of unit"), COLUMNS(sort_columns));
	struct sort_sums sums[UNIT_SORTS] = { 0 }, all = { 0 };

	for (size_t i = 0; i < units->n; i++) {
		const struct year_unit *u = &units->v[i];
		struct sort_sums *both[] = { &sums[sort_of(u)], &all };
		bool registered = u->facts.marks & MARK_REGISTERED, counted = (u->exists && !u->left) || registered;

		for (int k = 0; k < 2 && is_listed(r, u); k++) {
			both[k]->units += counted;
			both[k]->registered += registered;
			both[k]->assessed += (u->facts.marks & MARK_ASSESSED) != 0;
		}
	}
	for (int s = 0; s < UNIT_SORTS; s++)
		if (sums[s].units)
			sort_row(report_row(c, t), sort_name(c->lang, (enum unit_sort)s), &sums[s]);
	sort_row(report_total(c, t), tr(c->lang, "Total"), &all);
	return all;
}

static fail plan_words(struct call *c, const struct year_case *k, const char **out)
{
	struct document d;

	*out = "";
	if (k->plan_id <= 0)
		return FAIL_OK;
	TRY(document_by_id(c, k->plan_id, &d));
	*out = document_number_text(c->arena, &d);
	if (!**out)
		*out = d.subject;
	return FAIL_OK;
}

static fail registration_vote(struct call *c, const struct year_case *k, struct report_value *out)
{
	struct year_votes votes;

	TRY(year_votes_of(c, k, &votes));
	for (size_t i = 0; i < votes.n; i++)
		if (votes.v[i].stage_word == YEAR_VOTE_REGISTRATION)
			*out = (struct report_value){ votes.v[i].in_favour, votes.v[i].base, "" };
	return FAIL_OK;
}

static const char *note_of(struct call *c, const struct year_case *k)
{
	if (k->state == CASE_TRANSFERRED_OUT && *k->moved_to)
		return arena_printf(c->arena, tr(c->lang, "moved to %s"), k->moved_to);
	return k->carried_over > 0 ? tr(c->lang, "carries on from last year") : "";
}

static fail unit_row(struct call *c, struct report_table *t, const struct year_unit *u, int year)
{
	struct year_case k;
	struct report_value *v;

	TRY(case_find(c, CASE_FOUR_GOOD, year, u->id, 0, &k));
	if (!k.id || k.state == CASE_WITHDRAWN)
		return FAIL_OK;
	v = report_row(c, t);
	v[U_CODE].s = u->code;
	v[U_NAME] = (struct report_value){ .b = u->id, .s = u->name };
	v[U_KIND].s = report_unit_kind(c->lang, u);
	v[U_PARENT].s = u->parent;
	v[U_REGISTERED].a = date_is(k.registered_on) ? k.registered_on.days : INT_UNKNOWN;
	v[U_AGREEMENT].a = date_is(k.agreement_on) ? k.agreement_on.days : INT_UNKNOWN;
	v[U_STATE].s = case_state_name(c->lang, k.kind, k.state);
	v[U_NOTE].s = note_of(c, &k);
	TRY(plan_words(c, &k, &v[U_PLAN].s));
	return registration_vote(c, &k, &v[U_VOTE]);
}

struct registration_job { struct report *r; struct report_table *t; const struct year_units *units; int year; };

static fail registration_body(struct call *c, void *arg)
{
	const struct registration_job *j = arg;

	for (size_t i = 0; i < j->units->n; i++)
		if (is_listed(j->r, &j->units->v[i]) && j->units->v[i].facts.rev)
			TRY(unit_row(c, j->t, &j->units->v[i], j->year));
	return FAIL_OK;
}

fail report_registration(struct call *c, struct report *r)
{
	struct registration_job j = { .r = r, .year = report_year_of(r) };
	struct year_units units;

	TRY(report_year_units(c, &r->question, j.year, &units));
	struct sort_sums all = sort_rows(c, r, &units);

	j.units = &units;
	j.t = report_table(r, "units", r->kind->title, COLUMNS(unit_columns));
	TRY(db_read(c, registration_body, &j));
	struct report_value *total = report_total(c, j.t);

	total[U_NAME].s = tr(c->lang, "Total");
	total[U_KIND].s = show_int(c->arena, c->lang, (int64_t)j.t->row_n);
	total[U_REGISTERED].a = total[U_AGREEMENT].a = INT_UNKNOWN;
	j.t->note = arena_printf(c->arena, tr(c->lang, "Registered: %1$s of %2$s; moved away: %3$s; to be assessed: %4$s."),
	                         show_int(c->arena, c->lang, all.registered), show_int(c->arena, c->lang, all.units),
	                         show_int(c->arena, c->lang, all.registered - all.assessed), show_int(c->arena, c->lang, all.assessed));
	return FAIL_OK;
}
